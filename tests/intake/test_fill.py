"""Cells left empty because they mean what stands above: merged ones, columns said to be so, and whether one asks."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from crmlib.intake import Undecided, fill
from crmlib.intake.load import load_path
from crmlib.intake.mapping import Reading
from crmlib.intake.prepare import prepare
from crmlib.intake.reading import read
from crmlib.intake.source import Source
from crmlib.intake.workbook import peek_workbook
from crmlib.tables import TRANSACTIONS

HEADER = "Customer,order_date,amount,note\n"
GROUPED = HEADER + "C1,2024-01-02,10,a\n,2024-01-03,20,b\n,2024-01-04,30,c\nC2,2024-01-05,40,d\n,2024-01-06,50,e\n"
CUSTOMER = {"Customer": "customer_id"}


@pytest.fixture
def save(tmp_path):
    def save(text, name="sales.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return save


@pytest.fixture
def merge(tmp_path):
    """A workbook: `merge(rows, "A2:A4", ...)` with those cells merged."""

    def merge(rows, *ranges):
        path = tmp_path / "sales.xlsx"
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
            sheet = book.add_worksheet()
            for place in ranges:
                sheet.merge_range(place, None)
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(i, j, cell)
        return path

    return merge


def take(path, **said):
    return read(path, TRANSACTIONS, Reading(CUSTOMER, **said))


# --- merged cells -----------------------------------------------------------------------------------


def test_a_merged_cell_holds_its_value_in_each_of_its_rows(merge):
    day = date(2024, 1, 2)
    rows = [("Orders",), ("Customer", "order_date", "amount"), ("C1", day, 10), (None, None, 20), (None, day, 30)]
    rows += [("C2", day, 40), (None, day, 50)]
    orders, report = take(merge(rows, "A3:A5", "B3:B4"))
    assert orders["customer_id"].tolist() == ["C1", "C1", "C1", "C2"]
    assert orders["order_date"].tolist() == [pd.Timestamp(day)] * 4
    assert orders["amount"].tolist() == [10, 20, 30, 40]
    # The last customer is empty and not merged.
    assert report.rejected[["line", "reason"]].to_numpy().tolist() == [[7, "customer_id is empty"]]
    assert "3 cells merged with the one above, read with its value: Customer, order_date." in report.notes


def test_a_merged_customer_is_no_row_per_customer(merge):
    rows = [("Customer", "Total")] + [(f"C{n // 3}" if n % 3 == 0 else None, 10 + n) for n in range(30)]
    path = merge(rows, *(f"A{n + 2}:A{n + 4}" for n in range(0, 30, 3)))
    with Source(path) as source:
        names, values = peek_workbook(source, TRANSACTIONS, Reading())
    assert (names, values["Customer"][:4]) == (["Customer", "Total"], ["C0", "C0", "C0", "C1"])


def test_what_is_merged_above_the_names_or_across_fills_nothing(merge):
    rows = [("Orders of 2024", None, None), ("Customer", "order_date", "amount"), ("C1", "2024-01-02", 10)]
    rows += [(None, "2024-01-03", 20), ("C2", "2024-01-04", 30)]
    orders, report = take(merge(rows, "A1:C1", "D1:D2"), fill_down=[])
    assert orders["amount"].tolist() == [10, 30]
    assert not [note for note in report.notes if "merged" in note]


def test_a_name_merged_with_a_row_below_it_is_nobody_there(merge):
    rows = [("Customer", "order_date", "amount"), (None, "2024-01-02", 10), ("C2", "2024-01-03", 20)]
    orders, report = take(merge(rows, "A1:A2"))
    assert orders["customer_id"].tolist() == ["C2"] and report.n_rejected == 1


def test_a_merged_amount_counts_once_and_is_doubted(merge):
    rows = [("Customer", "order_date", "amount"), ("C1", "2024-01-02", 60), ("C1", "2024-01-02", None)]
    path = merge([*rows, ("C2", "2024-01-03", 5)], "C2:C3")
    orders, report = take(path)
    assert orders["amount"].tolist() == [60, 5]
    assert [doubt for doubt in report.doubts if doubt.startswith("amount: 1 cell is merged with the one above")]
    assert take(path, fill_down=["amount"])[0]["amount"].tolist() == [60, 60, 5]


def test_rows_alike_but_for_a_merged_customer_are_no_repeats(merge):
    rows = [("Customer", "order_date", "amount"), ("C1", "2024-01-02", 5), (None, "2024-01-03", 5)]
    rows += [("C2", "2024-01-02", 5), (None, "2024-01-03", 5)]
    orders, report = take(merge(rows, "A2:A3", "A4:A5"))
    assert len(orders) == 4 and not [note for note in report.notes if "repeating" in note]


# --- columns said to be so --------------------------------------------------------------------------


def test_an_empty_cell_means_what_stands_above_where_that_is_said(save):
    orders, report = take(save(GROUPED), fill_down=["Customer"])
    assert orders["customer_id"].tolist() == ["C1", "C1", "C1", "C2", "C2"]
    assert "Customer: 3 empty cells filled with what stands above, as you said (fill_down)." in report.notes


def test_it_is_so_in_every_kind_of_file(save, merge, tmp_path):
    wanted = take(save(GROUPED), fill_down=["Customer"])[0]
    frame = pd.read_csv(save(GROUPED))
    frame.to_parquet(tmp_path / "sales.parquet")
    rows = [frame.columns.tolist(), *frame.astype(object).where(frame.notna(), None).to_numpy().tolist()]
    for path in (tmp_path / "sales.parquet", merge(rows)):
        found = take(path, fill_down=["Customer"])[0]
        pd.testing.assert_frame_equal(found, wanted)


def test_a_number_carried_down_stays_the_number_it_is(merge):
    # 1.234 is a number; text in the column has its decimals after a comma.
    rows = [("Customer", "order_date", "amount"), ("C1", "2024-01-02", 1.234), ("C1", "2024-01-03", None)]
    orders, _ = take(merge([*rows, ("C1", "2024-01-04", "2,50")]), fill_down=["amount"])
    assert orders["amount"].tolist() == [1.234, 1.234, 2.5]


def test_nothing_is_carried_past_a_line_that_is_no_row(save):
    # The line of C2 has a field too many: the rows after it are not C1's.
    text = HEADER + "C1,2024-01-02,10,a\n,2024-01-03,20,b\nC2,2024-01-04,30,c,?\n,2024-01-05,40,d\nC3,2024-01-06,50,e\n"
    orders, report = take(save(text), fill_down=["Customer"])
    assert orders["customer_id"].tolist() == ["C1", "C1", "C3"]
    assert report.rejected["line"].tolist() == [4, 5]


def test_nothing_stands_above_the_first_row(save):
    orders, report = take(save(GROUPED.replace("C1,", ",")), fill_down=["Customer"])
    assert orders["customer_id"].tolist() == ["C2", "C2"] and report.n_rejected == 3


def test_a_name_the_file_has_not_is_refused(save):
    with pytest.raises(ValueError, match=r"fill_down must name columns of the file; \['Kunde'\] are not"):
        take(save(GROUPED), fill_down=["Kunde"])


def test_rows_alike_of_two_customers_are_no_repeats_and_those_of_one_are(save):
    rows = "".join(f"{name},2024-01-02,1,a\n,2024-01-03,5,b\n" for name in ("C1", "C2"))
    assert not [note for note in take(save(HEADER + rows), fill_down=["Customer"])[1].notes if "repeating" in note]
    (note,) = [n for n in take(save(HEADER + rows * 2), fill_down=["Customer"])[1].notes if "repeating" in n]
    assert note.startswith("4 rows repeating another exactly")


@given(st.lists(st.sampled_from(["", " ", "a", "b"]), max_size=30), st.lists(st.integers(1, 40), max_size=4))
def test_filling_is_what_a_loop_would_do(cells, between):
    wanted, above = [], ""
    for line, cell in enumerate(cells, 1):
        if line in between:  # something else stood there before the row
            above = ""
        above = cell if cell.strip() else above
        wanted.append(above or cell)
    whole = {0: pa.chunked_array([pa.array(cells, pa.large_string())])}
    lines = np.arange(1, len(cells) + 1) * 2
    columns = fill.Columns(whole, np.zeros(len(cells), np.int64), lines)
    found, _ = fill.fill_down(columns, ["x"], Reading(fill_down=["x"]), {0}, [2 * line - 1 for line in between])
    assert found.whole[0].to_pylist() == wanted


# --- and whether they are ---------------------------------------------------------------------------


def test_a_customer_at_the_top_of_groups_is_asked_and_both_answers_are_taken(save, tmp_path):
    path = save(GROUPED)
    with pytest.raises(ValueError, match="Customer is empty in 3 of 5 rows that have an amount"):
        prepare(path)
    mapping = tmp_path / "sales.csv.mapping.toml"
    assert '# fill_down = ["Customer"]' in mapping.read_text(encoding="utf-8")
    for answer, n in (('fill_down = ["Customer"]', 5), ("fill_down = []", 2)):
        text = mapping.read_text(encoding="utf-8")
        mapping.write_text(text.replace(f"# {answer}", answer), encoding="utf-8")
        assert len(load_path(path)[0]["transactions"]) == n
        mapping.write_text(text, encoding="utf-8")


def test_a_person_who_is_asked_answers_once(save):
    prepared = prepare(save(GROUPED), ask=lambda question: question.choices[0])
    assert prepared.tables["transactions"]["amount"].sum() == 150
    assert prepared.mapping["transactions"]["file"] == {"fill_down": ["Customer"]}


def test_a_day_that_stands_once_is_asked_with_the_customer(save):
    text = HEADER + "".join(f"C{n},2024-01-0{n},10,a\n,,20,b\n,,30,c\n" for n in (1, 2, 3))
    with pytest.raises(Undecided) as asked:
        take(save(text))
    assert [choice.value for choice in asked.value.questions[0].choices] == [["Customer", "order_date"], []]


def test_a_customer_in_a_row_of_its_own_is_asked(save):
    text = HEADER + "".join(f"C{n},,,\n,2024-01-02,10,a\n,2024-01-03,20,b\n" for n in (1, 2))
    with pytest.raises(Undecided, match="Customer is empty in 4 of 4 rows"):
        take(save(text))
    orders, report = take(save(text), fill_down=["Customer"])
    assert orders["customer_id"].tolist() == ["C1", "C1", "C2", "C2"]
    # The headings are no rows of the table, as blank lines are none.
    assert (report.n_read, report.n_rejected, report.doubts) == (4, 0, ())
    assert any(
        "2 rows with nothing but what is filled down, headings of groups, passed over (the first: line 2)" in n
        for n in report.notes
    )


ONE_EACH = [f"C{n}" for n in range(6)]


@pytest.mark.parametrize(
    ("names", "is_asked"),
    [
        (["C1", "", "", "C2", "", ""], True),
        (["C1", "", "C2", "C3", "", "C4", "C5", ""], True),  # few are empty, but no customer stands twice
        (["C1", "", "C1 Total", "C2", "", "C2 Total", "C3", "", "C3 Total"], True),  # groups that are added up
        (["", "C1", "", "", "C2", "", ""], False),  # the first row would be nobody's
        (["C1", *[""] * 20], False),  # one name above all: rows of nobody
        ([*ONE_EACH, *[""] * 20], False),  # sorted, so that nobody comes last
        (["C1", "C2", "", "C1", "C3", "", "C2", "C2", "", "C1"], False),  # a third bought without a card
        (["C1", "", "C2", "C1", "", "C2", "C3", ""], False),  # few are empty, and customers come again
        (["C1", "C2", "C1"], False),
    ],
)
def test_what_is_asked_and_what_is_not(save, names, is_asked):
    text = HEADER + "".join(f"{name},2024-01-02,{n},x\n" for n, name in enumerate(names, 1))
    if is_asked:
        with pytest.raises(Undecided):
            take(save(text))
    else:
        assert take(save(text))[1].n_rejected == names.count("")


def test_what_is_added_up_below_a_group_is_set_aside_as_that(save):
    groups = "".join(f"C{n},2024-01-0{n},10,a\n,2024-02-0{n},20,b\nC{n} Total,,30,\n" for n in range(1, 5))
    orders, report = take(save(HEADER + groups), fill_down=["Customer"])
    assert orders.groupby("customer_id")["amount"].sum().tolist() == [30] * 4
    assert report.rejected["reason"].str.contains("the word for a total").sum() == report.n_rejected == 4


def test_further_lines_of_an_order_without_amounts_are_not_asked_about(save):
    # As shops export: customer and total in the first line of an order, its goods below.
    text = HEADER + "".join(f"C{n},2024-01-02,10,a\n,,,b\n,,,c\n" for n in (1, 2, 3))
    assert take(save(text))[1].n_accepted == 3
