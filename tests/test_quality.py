"""What is said of a file before anything runs: facts, doubts, and what each chapter can do with it."""

from datetime import date

import nbformat
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlib import customers, datasets
from crmlib.kit import run as kit
from crmlib.kit.chapters import list_chapters, read_needs
from crmlib.quality import _plain_numbers, describe_tables, find_doubts, last_day, plain_number

TODAY = date(2026, 1, 1)


def orders_of(*rows, columns=("customer_id", "order_date", "amount")):
    frame = pd.DataFrame(rows, columns=list(columns))
    return frame.assign(order_date=pd.to_datetime(frame["order_date"]))


def many(**changed):
    """Forty customers with an order each, nothing doubtful."""
    rows = {
        "customer_id": [f"c{i:02}" for i in range(40)],
        "order_date": pd.date_range("2024-01-01", periods=40),
        "amount": [10.0 + i for i in range(40)],
    }
    return pd.DataFrame(rows | changed)


def doubts_of(frame):
    return find_doubts({"transactions": frame}, today=TODAY)


def of_many_doubts():
    """Orders with all there is to doubt."""
    rows = {
        "customer_id": ["c7", "C7", "007", "7", *[f"k{i}" for i in range(36)]],
        "order_date": [
            pd.Timestamp("1969-12-31"),
            pd.Timestamp("2052-01-01"),
            *pd.date_range("2024-01-01", periods=38),
        ],
        "amount": [5.0] * 39 + [900.0],
        "order_id": ["1", "1", None, *[f"n{i}" for i in range(37)]],
        "category": ["tea"] * 38 + ["Total", "合计"],
        "channel": [None, 7.0] * 20,
    }
    twice = pd.DataFrame(rows)
    return pd.concat([twice, twice.iloc[4:30]], ignore_index=True)


@pytest.mark.parametrize("kept", [[], ["order_id"], ["order_id", "category", "channel"]])
def test_a_table_that_stays_where_it_is_is_doubted_and_described_as_one_in_memory(lying, kept):
    frame = of_many_doubts()[["customer_id", "order_date", "amount", *kept]]
    records = pd.DataFrame({"customer_id": ["x1", "x2", "k1"]})
    tables = {"transactions": frame, "customers": records}
    there = {**tables, "transactions": lying(frame)}
    doubts = find_doubts(tables, today=TODAY)
    assert len(doubts) == 6 + 1 * ("order_id" in kept) + 1 * ("category" in kept)
    assert find_doubts(there, today=TODAY) == doubts
    assert describe_tables(there) == describe_tables(tables)


@given(st.lists(st.one_of(st.text("a1B0.-/_ 7", min_size=1, max_size=8), st.text(min_size=1, max_size=5)), unique=True))
def test_numbers_are_made_plain_all_at_once_as_one_by_one(drawn):
    known = pd.Series(
        [*drawn, "007", "000", "C-7", "k\u200b1", "12-3", "7.0", "-1", "--1", "1-a-2", "张三"], dtype="str"
    )
    assert _plain_numbers(known).tolist() == known.map(plain_number).tolist()


# --- facts ---


def test_orders_are_counted_as_the_analysis_counts_them():
    # By hand: c1 has order 1 (two lines) and order 2; the refund is none. c2's two lines of a day without a
    # number are one order.
    frame = orders_of(
        ("c1", "2024-01-01", 10, "1"),
        ("c1", "2024-01-01", 5, "1"),
        ("c1", "2024-01-02", -5, "3"),
        ("c1", "2024-01-02", 1, "2"),
        ("c2", "2024-01-02", 1, None),
        ("c2", "2024-01-02", 2, None),
        columns=("customer_id", "order_date", "amount", "order_id"),
    )
    assert describe_tables({"transactions": frame}) == [
        "2024-01-01 to 2024-01-02: 2 customers, 3 orders, 14.00 in all. "
        "Rows without an order_id: 2. What a customer buys on a day counts as one order there."
    ]


def test_one_is_said_as_one():
    assert describe_tables({"transactions": orders_of(("c1", "2024-01-01", 10))}) == [
        "2024-01-01 to 2024-01-01: 1 customer, 1 order, 10.00 in all. There is no order_id: what a customer buys on a"
        " day counts as one order."
    ]


LINES = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["2024-01-01", "2024-01-01 18:00", "2024-02-01"]),
        st.integers(-5, 5),
        st.sampled_from(["1", "2", None]),
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=60)  # the engine is started each time
@given(LINES, st.booleans())
def test_the_number_of_orders_is_that_of_summarize_customers(lines, has_numbers):
    frame = pd.DataFrame(lines, columns=["customer_id", "order_date", "amount", "order_id"])
    frame["order_date"] = pd.to_datetime(frame["order_date"], format="mixed")
    frame["order_id"] = frame["order_id"].astype("str").where(frame["order_id"].notna())
    frame = frame if has_numbers else frame.drop(columns="order_id")
    counted = int(customers.summarize_customers(frame, as_of="2024-12-31")["frequency"].sum())
    assert f" {counted} order{'s' if counted != 1 else ''}, " in describe_tables({"transactions": frame})[0]


# --- doubts ---


def test_nothing_is_doubted_where_all_is_well():
    assert doubts_of(many()) == []


@pytest.mark.parametrize("name", datasets.COMPANIES)
def test_the_kit_s_own_companies_are_not_doubted(name):
    """A doubt that good data raise would soon be read by nobody."""
    tables, reports = datasets.load_data(name)
    assert [doubt for report in reports.values() for doubt in report.doubts] + find_doubts(tables, today=TODAY) == []


def test_the_same_amount_in_each_line_of_an_order_is_doubted_where_it_is_the_rule():
    # Six orders of three lines: in five the lines are alike, which is less than nine in ten.
    lines = many(order_id="", amount=0.0).head(18).assign(customer_id="c1")
    lines["order_id"] = [str(i // 3) for i in range(18)]
    lines["amount"] = [10.0 + i // 3 for i in range(18)]
    assert doubts_of(lines)[0].startswith("Of 6 orders with several lines, 6 have the same amount in each.")
    assert "Then 150.00 is counted more than once." in doubts_of(lines)[0]  # twice 10 + 11 + ... + 15
    lines.loc[0, "amount"] = 1.0
    assert not any("several lines" in doubt for doubt in doubts_of(lines))


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (many(order_date=pd.date_range("2027-01-01", periods=40)), "All rows are dated after today, 2026-01-01"),
        (
            many(order_date=[pd.Timestamp("2024-01-01")] * 39 + [pd.Timestamp("1970-01-01")]),
            "Dated before 1970-01-02: 1 row, the first 1970-01-01.",
        ),
        (
            many(customer_id=["c7", "C7", *[f"k{i}" for i in range(38)]]),
            "such as C7 and c7. They count as different customers.",
        ),
        (
            many(customer_id=["007", "7", *[f"k{i}" for i in range(38)]]),
            "in front, a .0 behind or characters that do not show: 2, such as 007 and 7.",
        ),
        (many(customer_id=["c7", "c7\u200b", *[f"k{i}" for i in range(38)]]), "such as c7 and c7\\u200b."),
        (
            many(order_id=["1", "1", *[f"k{i}" for i in range(38)]]),
            "Order numbers that belong to more than one customer: 1.",
        ),
        (many(category=["tea"] * 39 + ["Total"]), "category says Total in 1 row, 49.00 in all"),
        (many().head(1), "There is 1 customer only"),
        (many().head(29), "There are only 29 customers"),
        (many(amount=0.0), "No amount is above zero"),
        (many(amount=5.0), "All amounts are the same"),
        (many(amount=[5.0] * 39 + [196.0]), "One customer brings half of the money or more"),
        (many(amount=[5.0] * 39 + [195.0]), "One customer brings half of the money or more"),  # a total, to the cent
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_what_is_doubtful_is_said_and_nothing_else(frame, sentence):
    (doubt,) = doubts_of(frame)
    assert sentence in doubt


@pytest.mark.parametrize(
    "frame", [many().head(30), many(amount=[5.0] * 39 + [193.0]), many(order_date=[pd.Timestamp("1970-01-02")] * 40)]
)
def test_just_within_the_bounds_nothing_is_said(frame):
    assert doubts_of(frame) == []


def test_dates_to_come_are_told_with_the_day_the_run_looks_from():
    frame = pd.concat([many(), many().head(2).assign(order_date=pd.Timestamp("2052-01-01"))])
    assert doubts_of(frame) == [
        "2 rows are dated after today, 2026-01-01 (the last: 2052-01-01); crmlib run looks as of 2024-02-09, the last"
        " day before, and does not count them."
    ]
    assert last_day(frame, today=TODAY) == pd.Timestamp(2024, 2, 9)


@given(st.text(max_size=8))
def test_a_plain_number_is_plain(text):
    assert plain_number(plain_number(text)) == plain_number(text)
    assert plain_number(f" {text.upper()} ") == plain_number(text.upper())


@pytest.mark.parametrize(("one", "other"), [("10", "1"), ("c1", "c01"), ("1.5", "15"), ("0", "")])
def test_numbers_that_differ_are_not_taken_for_one(one, other):
    assert plain_number(one) != plain_number(other)


# --- what the chapters can do ---


def notebook_of(*cells):
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# A question"), *map(nbformat.v4.new_code_cell, cells)]
    )


def test_needs_are_read_from_the_notebook_itself():
    notebook = notebook_of(
        'if needs(tables, "activities", section=t("Cost to serve")):\n    pass',
        'section = t("Profit")\nneeds(tables, "transactions", ["cost"], section=section)',
    )
    assert read_needs(notebook) == [("Cost to serve", "activities", ()), ("Profit", "transactions", ("cost",))]


def test_a_chapter_says_what_is_missing_for_which_section(tmp_path):
    path = tmp_path / "2.ipynb"
    cell = (
        'needs(tables, "transactions", ["cost"], section=t("Profit is not revenue"))\nneeds(tables, "activities",'
        ' section=t("Cost to serve"))'
    )
    nbformat.write(notebook_of(cell), path)
    with_cost = {"transactions": many(cost=1.0)}
    assert list_chapters([path], with_cost, "en") == [("A question", [], [("Cost to serve", ["activities"])])]
    without = {"transactions": many()}
    assert list_chapters([path], without, "en")[0].left_out == [
        ("Profit is not revenue", ["transactions.cost"]),
        ("Cost to serve", ["activities"]),
    ]
    missing = (
        "the table transactions (customer_id, order_date, amount) or the table customer_values (customer_id, value)"
    )
    assert list_chapters([path], {}, "en")[0].missing == [missing]


def test_a_section_that_takes_either_table_is_left_out_where_neither_serves_it(tmp_path):
    path = tmp_path / "2.ipynb"
    both = (
        'section = t("Profit")\nneeds(tables, "transactions", ("cost",), section=section)\n'
        'needs(tables, "customer_values", ("profit",), section=section)\n'
        'needs(tables, "transactions", section=t("Moves"))'
    )
    nbformat.write(notebook_of(both), path)
    values = pd.DataFrame({"customer_id": ["a"], "value": [5.0]})
    moves = ("Moves", ["transactions"])
    for more, left_out in (
        ({}, [("Profit", ["customer_values.profit"]), moves]),
        ({"profit": 1.0}, [moves]),
        ({"cost": 1.0}, [moves]),  # one gives the other
    ):
        (chapter,) = list_chapters([path], {"customer_values": values.assign(**more)}, "en")
        assert (chapter.missing, chapter.left_out) == ([], left_out)
    (chapter,) = list_chapters([path], {"transactions": many(cost=1.0)}, "en")
    assert chapter.left_out == []


def test_values_of_customers_are_described_and_doubted():
    days = pd.to_datetime(["2024-03-01", "2024-05-01", None])
    values = pd.DataFrame({"customer_id": ["7", "8", "07"], "value": [5.0, 90.0, 5.0], "last_order_date": days})
    assert describe_tables({"customer_values": values}) == [
        "3 customers, 100.00 in all; their orders lie from 2024-03-01 to 2024-05-01."
    ]
    assert describe_tables({"customer_values": values[["customer_id", "value"]]}) == [
        "3 customers, 100.00 in all; no day is known."
    ]
    few = "There are only 3 customers: a share or a tier may be one or two of them."
    alike, *rest = find_doubts({"customer_values": values}, today=date(2025, 1, 1))
    assert alike.startswith("Customer numbers that differ from another only in capitals, spaces, zeros in front")
    assert rest == [few]
    twice = values.assign(customer_id=["7", "8", "8"])
    assert find_doubts({"customer_values": twice}, today=date(2025, 1, 1))[-1] == (
        "1 row of a customer who stands there already: their values are added up. Is a row an order, or was the file"
        " put together of several?"
    )
    assert find_doubts({"customers": values}, today=date(2025, 1, 1)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "keep", [["customer_id", "order_date", "amount"], ["customer_id", "order_date", "amount", "cost", "order_id"]]
)
def test_what_is_promised_is_what_the_run_does(tmp_path, keep):
    tables = datasets.load_data("teaching-company")[0]
    data = tmp_path / "orders.csv"
    tables["transactions"][keep].to_csv(data, index=False)
    read = datasets.load_data(data)[0]
    chapters = list_chapters(kit.list_analyses("en"), read, "en")
    promised = [chapter.left_out for chapter in chapters if not chapter.missing]  # the others do not run
    run = kit.run_analyses(data, tmp_path / "out", progress=False, tell=lambda _: None)
    # What tables and columns decide is promised; what their values do not suffice for shows in the run only.
    skipped = [sorted({skip["section"] for skip in entry["skipped"] if skip["needs"]}) for entry in run["notebooks"]]
    assert skipped == [sorted({section for section, _ in left_out}) for left_out in promised]
