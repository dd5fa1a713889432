"""Texts parted by spaces, and files that do not name their columns."""

from __future__ import annotations

import pytest

from crmlib import intake
from crmlib.intake.guess_names import guess_names
from crmlib.intake.mapping import Reading
from crmlib.intake.names import count_known, name_empty
from crmlib.intake.prepare import prepare
from crmlib.intake.reading import peek, read
from crmlib.intake.spaced import find_any, find_spaced
from crmlib.language import speaking
from crmlib.tables import PRODUCTS, TRANSACTIONS

ROWS = [(f"C{i % 7}", f"2024-01-{1 + i % 28:02}", i * 37.5, "New York" if i % 3 else "") for i in range(150)]
TOTAL = sum(row[2] for row in ROWS)
NAMES = {"Customer No": "customer_id", "Order Date": "order_date", "Amount": "amount"}


def known(names):
    return count_known(names, TRANSACTIONS)


def printed(rows=ROWS) -> str:
    """A list as it is printed: a title, names, rulers, amounts to the right, cells that are empty, a sum below."""
    lines = [
        "Sales list, 2024",
        "",
        "Customer No  Order Date        Amount  City",
        "-----------  ----------  ------------  ----",
    ]
    lines += [f"{who:<11}  {day:<10}  {amount:>12,.2f}  {city}".rstrip() for who, day, amount, city in rows]
    return (
        "\n".join([*lines, "-----------  ----------  ------------", f"{'Total':<25}{TOTAL:>12,.2f}", "End of list"])
        + "\n"
    )


def test_a_printed_list_is_read_by_its_columns(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text(printed())
    orders, report = intake.read_transactions(path, columns=NAMES)
    assert (len(orders), orders["amount"].sum()) == (150, TOTAL)
    assert report.delimiter == " " and "delimiter spaces" in str(report)
    # The sum and the last line are told; the blank line and the rulers are passed over.
    assert report.rejected["line"].tolist() == [156, 157]
    assert any("2 blank lines" in note for note in report.notes)


def test_a_line_that_leaves_the_columns_is_set_aside_with_its_number(tmp_path):
    path = tmp_path / "list.txt"
    lines = printed().splitlines()
    lines.insert(130, "a remark of the clerk that runs through all of the columns")  # long after what was looked at
    path.write_text("\n".join(lines) + "\n")
    orders, report = intake.read_transactions(path, columns=NAMES)
    assert len(orders) == 150 and report.rejected["line"].tolist()[0] == 131
    assert "the line has 1 field, the header has 4" in set(report.rejected["reason"])


@pytest.mark.parametrize(
    ("lines", "form", "fields"),
    [
        (["customer_id order_date", "C1 2024-01-02", "C234 2024-01-02"], "words", ["C1", "2024-01-02"]),
        (["customer_id\t order_date   amount", "C1  2024-01-02 10.5"], "words", ["C1", "2024-01-02", "10.5"]),
        (
            ["Customer No  Date                  Amount", "C001         2024-01-05 10:30      12.50"],
            "gaps",
            ["C001", "2024-01-05 10:30", "12.50"],
        ),
        (
            ["Customer     City       Amount", "Jane Doe     New York    12.50", "Al                      14.50"],
            "columns",
            ["Jane Doe", "New York", "12.50"],
        ),
        # A Chinese character takes two places on paper.
        (
            ["客户编号  城市        实付金额", "张 三     上海 浦东      10.00", "李小四                  120.00"],
            "columns",
            ["张 三", "上海 浦东", "10.00"],
        ),
        (['"who" "city" amount', '"C1" "New York" 10.5', '"C2" "Rome"  1.5'], "words", ["C1", "New York", "10.5"]),
        ([" 00001 19970101  1   11.77", " 00002 19970112 12  112.00"], "words", ["00002", "19970112", "12", "112.00"]),
    ],
)  # fmt: skip
def test_how_spaces_part_the_fields(lines, form, fields):
    found = find_spaced(lines, known)
    assert (found.form, found.split(lines[1])) == (form, fields)


@pytest.mark.parametrize(
    "lines",
    [
        ["customer name", "Jane Doe", "Jo", "Li Wei Ming"],
        ["This is a text.", "It has words and lines, and no table in it.", "Nothing more to say."],
        ["customer_id", "C1", "C2"],
    ],
)
def test_what_has_no_columns_gets_none(lines):
    assert find_spaced(lines, known) is None


@pytest.mark.parametrize(
    "lines",
    [
        ["Kd;Tag;Wert in Euro", "Jane Doe;2024-01-02;10,50", "Al Bo;2024-01-03;20,50"],
        ["Customer Date,Amount Total,Shop of it", "C 1,2 3,4 5", "C 2,2 3,4 5"],
        ["customer_id,amount", "C1,1", "C2,2"],
        ["a\tb c\td", "1\t2 3\t4"],
    ],
)
def test_a_delimiter_that_parts_well_is_preferred_to_spaces(lines):
    assert find_any(lines, known, None).delimiter != " "


# --- files that do not name their columns ---

CDNOW = "".join(f" {i % 40:05} 199701{1 + i % 28:02} {i % 9 + 1:2} {i * 1.25:8.2f}\n" for i in range(150))
COMMA = "\n".join(",".join(line.split()) for line in CDNOW.splitlines()) + "\n"
OURS = ["customer_id", "order_date", "quantity", "amount"]


@pytest.mark.parametrize("text", [CDNOW, COMMA, COMMA.replace(",", ";"), ",".join(OURS) + "\n" + COMMA])
def test_names_that_are_said_are_used_and_every_line_is_a_row(tmp_path, text):
    path = tmp_path / "orders.txt"
    path.write_text(text)
    orders, report = read(path, TRANSACTIONS, Reading(names=OURS))
    assert (len(orders), orders["amount"].sum()) == (150, 1.25 * 150 * 149 / 2)
    assert orders["customer_id"].iloc[0] == "00000" and orders["quantity"].iloc[0] == 1
    names, samples = peek(path, TRANSACTIONS, Reading(names=OURS))
    assert names == OURS and samples["customer_id"][:2] == ["00000", "00001"]


def test_names_of_a_sheet(tmp_path):
    import pandas as pd

    path = tmp_path / "orders.xlsx"
    rows = [("a", "2024-01-02", 1.5), ("b", "2024-01-03", 2.5)]
    for header in (False, True):
        pd.DataFrame(rows, columns=["customer_id", "order_date", "amount"]).to_excel(path, index=False, header=header)
        orders, report = read(path, TRANSACTIONS, Reading(names=["customer_id", "order_date", "amount"]))
        assert orders["amount"].tolist() == [1.5, 2.5] and report.n_read == 2


def test_as_many_names_as_columns(tmp_path):
    path = tmp_path / "orders.txt"
    path.write_text(COMMA)
    with pytest.raises(ValueError, match="it has 4 columns, and 3 names are said"):
        read(path, TRANSACTIONS, Reading(names=OURS[:3]))
    path.write_text("")
    with pytest.raises(ValueError, match="it is empty"):
        read(path, TRANSACTIONS, Reading(names=OURS))
    path.write_text('[{"customer_id": 1}]')
    with pytest.raises(ValueError, match="names are for files that do not say them"):
        read(path, TRANSACTIONS, Reading(names=OURS))


def test_the_names_are_asked_for_with_a_guess(tmp_path):
    path = tmp_path / "orders.txt"
    path.write_text(CDNOW)
    with pytest.raises(ValueError, match="its first line looks like a row: 00000, 19970101, 1, 0.00") as error:
        prepare(path)
    assert '\n  names = ["customer_id", "order_date", "quantity", "amount"]  # guessed' in str(error.value)
    asked = []

    def ask(question):
        asked.append(question.key)
        return question.choices[0]

    prepared = prepare(path, ask=ask)
    assert asked == ["names"] and len(prepared.tables["transactions"]) == 150
    assert prepared.mapping["transactions"]["file"]["names"] == OURS
    assert len(prepare(path).tables["transactions"]) == 150  # and is kept


def test_columns_by_their_places_are_asked_one_by_one(tmp_path):
    path = tmp_path / "orders.txt"
    path.write_text(COMMA)
    asked = []

    def ask(question):
        asked.append(question.key)
        if question.key == "names":
            return question.choices[1]
        place = {"customer_id": "column 1", "order_date": "column 2", "amount": "column 4"}[question.key]
        return next(choice for choice in question.choices if choice.value == place)

    tables = prepare(path, ask=ask).tables
    assert asked[0] == "names" and len(tables["transactions"]) == 150


def test_guesses_are_made_where_values_tell():
    rows = list(zip(["7", "8"] * 10, range(1000, 1020), ["2024-01-02"] * 20, ["2024-02-02"] * 20, strict=True))
    columns = [[str(cell) for cell in column] for column in zip(*rows, strict=True)]
    assert guess_names(columns, TRANSACTIONS) == ["quantity", "order_id", "column 3", "column 4"]
    assert guess_names([["1.50", "2.50"], ["3.00", "4.50"], ["", ""]], TRANSACTIONS) == [
        "column 1",
        "column 2",
        "column 3",
    ]
    assert guess_names([["2024-01-02"]], PRODUCTS) == ["column 1"]


# --- columns without a name ---


def test_a_column_without_a_name_can_be_mapped_in_either_language(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("customer_id,,amount,\nC1,2024-01-02,10,\nC2,2024-01-03,20,\n")
    for language in ("en", "zh"):
        for name in ("column 2", "第 2 列"):
            with speaking(language):
                orders, _ = read(path, TRANSACTIONS, Reading(columns={name: "order_date"}))
            assert len(orders) == 2
    names, _ = peek(path, TRANSACTIONS, Reading())
    assert names == ["customer_id", "column 2", "amount", "column 4"]


def test_a_name_that_is_taken_is_not_given_twice():
    assert name_empty(["column 2", "", ""], frozenset()) == ["column 2", "", "column 3"]


def test_it_is_offered_and_an_empty_column_is_not(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("customer_id,,amount,\nC1,2024-01-02,10,\nC2,2024-01-03,20,\n")
    seen = []

    def ask(question):
        seen.extend(choice.value for choice in question.choices)
        return question.choices[0]

    assert len(prepare(path, ask=ask).tables["transactions"]) == 2
    assert seen == ["column 2"]


def test_an_empty_column_of_the_right_name_is_no_choice_beside_another(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("Kundennummer,Bestelldatum,Auftragsdatum,Umsatz,Betrag\n7,,2024-01-02,,10\n8,,2024-01-03,,20\n")
    prepared = prepare(path)  # nobody to ask
    columns = prepared.mapping["transactions"]["columns"]
    assert (columns["order_date"], columns["amount"]) == ("Auftragsdatum", "Betrag")
    assert prepared.tables["transactions"]["amount"].tolist() == [10, 20]
