"""Several sheets as parts of one table: asked, read, accounted for, doubted where they overlap."""

from __future__ import annotations

from datetime import date

import pytest
import xlsxwriter

from crmlib import intake
from crmlib.intake.load import load_path
from crmlib.intake.mapping_file import mapping_path
from crmlib.intake.prepare import prepare

HEADER = ("customer_id", "order_date", "amount")
FIRST = [HEADER, ("C1", date(2023, 1, 2), 1), ("C2", date(2023, 1, 3), 2), (None, date(2023, 1, 4), 4)]
SECOND = [("Sales of 2024",), HEADER, ("C1", date(2024, 1, 2), 8), ("C3", "soon", 16)]


@pytest.fixture
def book(tmp_path):
    """A workbook and what is said of its sheets: `book({"2023": rows}, ["2023"])`."""

    def book(sheets, said=None, name="sales.xlsx"):
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as made:
            for title, rows in sheets.items():
                sheet = made.add_worksheet(title)
                for i, row in enumerate(rows):
                    for j, cell in enumerate(row):
                        sheet.write(i, j, cell)
        if said:
            mapping_path(path).write_text(f"[transactions.file]\nsheet = {said}\n".replace("'", '"'), encoding="utf-8")
        return path

    return book


def test_sheets_are_parts_of_one_table_and_every_row_is_accounted_for(book):
    path = book({"2023": FIRST, "2024": SECOND, "Notes": [("made by the till",)]}, ["2023", "2024"])
    tables, reports = load_path(path)
    report = reports["transactions"]
    assert tables["transactions"]["amount"].tolist() == [1, 2, 8]
    assert (report.n_read, report.n_accepted, report.n_rejected) == (5, 3, 2)
    assert report.rejected[["file", "line", "column"]].to_numpy().tolist() == [
        ["sales.xlsx, 2023", 4, "customer_id"],
        ["sales.xlsx, 2024", 4, "order_date"],
    ]
    assert (report.path.name, report.sheet, report.encoding) == ("sales.xlsx", "2023, 2024", None)
    assert (report.amount_accepted, report.amount_set_aside) == (11, 20)
    assert report.sha256 == intake.read_transactions(path, sheet="2023")[1].sha256
    assert str(report).startswith("transactions from sales.xlsx (sheet 2023, 2024)\n  5 rows read = 3 accepted + 2 set")
    # Neither is among the sheets that were not read.
    assert [note for note in report.notes if "not read" in note] == [
        "sales.xlsx, 2023: Other sheets, not read: Notes.",
        "sales.xlsx, 2024: Other sheets, not read: Notes.",
    ]


@pytest.mark.parametrize(
    ("second", "together"),
    [
        (SECOND, 0),
        ([(*HEADER, "channel"), ("C1", date(2024, 1, 2), 8, "web"), ("C3", date(2024, 1, 2), 16, "web")], 2),
    ],
)
def test_all_of_them_together_are_offered_first_where_their_names_are_the_same(book, second, together):
    asked = []

    def answer(question):
        asked.append(question)
        return question.choices[together]

    prepared = prepare(book({"2023": FIRST, "2024": second}), ask=answer)
    (question,) = asked
    values = ["2023", "2024"]
    values.insert(together, ["2023", "2024"])
    assert [choice.value for choice in question.choices] == values
    assert prepared.mapping["transactions"]["file"]["sheet"] == ["2023", "2024"]
    assert prepared.tables["transactions"]["amount"].sum() == (11 if together == 0 else 27)


def test_rows_that_stand_in_two_sheets_are_doubted(book):
    path = book({"2023": FIRST, "All": [*FIRST, ("C9", date(2024, 1, 2), 9)]}, ["2023", "All"])
    *_, doubt = load_path(path)[1]["transactions"].doubts  # before it, that a row is set aside in each
    assert doubt.startswith("In one part and in another as well: 2 rows, 3.00 in all, counted twice.")


def test_sheets_in_two_currencies_are_refused(book):
    path = book({"CN": [HEADER, ("a", "2024-01-02", "¥5")], "US": [HEADER, ("a", "2024-01-02", "$5")]}, ["CN", "US"])
    with pytest.raises(ValueError, match="'sales.xlsx, CN' has CNY, 'sales.xlsx, US' has USD"):
        load_path(path)


def test_a_part_that_cannot_be_read_is_named(book):
    path = book({"2023": FIRST, "2024": [("Kunde", "order_date", "amount"), ("a", "2024-01-02", 5)]}, ["2023", "2024"])
    with pytest.raises(ValueError, match="sales.xlsx, 2024: transactions needs the columns? customer_id|2024: .*Kunde"):
        load_path(path)
    path = book({"2023": FIRST}, ["2023", "2025"])
    with pytest.raises(ValueError, match=r"sheet must be one of \['2023'\]; sales.xlsx has no '2025'"):
        load_path(path)


def test_a_sheet_named_twice_counts_once(book):
    path = book({"2023": FIRST, "2024": SECOND}, ["2023", "2023"])
    assert load_path(path)[0]["transactions"]["amount"].tolist() == [1, 2]


def test_a_call_names_one_sheet(book):
    with pytest.raises(TypeError, match="sheet must be the name of one sheet"):
        intake.read_transactions(book({"2023": FIRST}), sheet=["2023"])
