"""The same expressions on Spark (a master and two workers), on PostgreSQL and on DuckDB: equal to the last bit.

DuckDB is given a DataFrame, the others an Ibis table that stays where it is. An answer is a table, or a sentence.
"""

import datetime as dt
import re
import uuid
import warnings
from decimal import Decimal

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crmlib import customers, datasets, engine, gaps, kinds, lifecycle, orders, quality, trend
from crmlib.engine.backends import run_there
from crmlib.intake.linked import open_again
from crmlib.intake.links import stay_put
from crmlib.intake.report import count_reasons

# PySpark closes its sockets to Java when it pleases.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"),
]
INT64 = {pa.int64(): pd.Int64Dtype()}  # whole numbers with a gap stay whole
DAY = pd.Timestamp("2024-06-30")
CUT = pd.Timestamp("2024-04-30")


def later_purchases(lines):
    with engine.opened(lines) as (table, run):
        return engine.find_later_purchases(table, run, CUT, DAY).sort_index()


def later_days(lines):
    with engine.opened(lines) as (table, run):
        return engine.find_later_days(table, run, CUT, DAY).sort_index()


SUMMARY = {"summary": lambda lines: customers.summarize_customers(lines, as_of=DAY)}
FEW = SUMMARY | {
    "repeat purchases": lambda lines: customers.repeat_purchase_summary(lines, as_of=DAY, unit="day"),
    "last day": quality.last_day,
}
ALL = FEW | {
    "since": lambda lines: customers.summarize_customers(lines, as_of=DAY, since=CUT),
    "snapshots": lambda lines: customers.snapshots(lines, dates=[CUT, DAY], window_days=45),
    "cohorts by week": lambda lines: customers.cohort_retention(lines, as_of=DAY, period="W"),
    "cohorts by quarter": lambda lines: customers.cohort_retention(lines, as_of=DAY, period="Q"),
    "stages": lambda lines: lifecycle.assign_stages(lines, as_of=DAY),
    "next purchase": lambda lines: lifecycle.next_purchase(lines, as_of=DAY),
    "later purchases": later_purchases,
    "later days": later_days,
}


def answer(ask, lines):
    """What is said: the table or the error, and the warnings."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("error")
        warnings.simplefilter("always", UserWarning)
        try:
            found = ask(lines)
        except ValueError as error:
            found = str(error)
    return found, [str(one.message) for one in told]


def assert_same(questions, table, other, frame=None, **types):
    """The DataFrame of a table, asked of DuckDB, and the table where the other engine keeps it."""
    kept = other.keep(table, **types)
    frame = table.to_pandas() if frame is None else frame
    for name, ask in questions.items():
        expected, told = answer(ask, frame)
        found, told_there = answer(ask, kept)
        assert type(found) is type(expected), f"{name}: {found} instead of {expected}"
        if isinstance(expected, pd.DataFrame):
            pd.testing.assert_frame_equal(found, expected, check_exact=True, obj=name)
        elif isinstance(expected, pd.Series):
            pd.testing.assert_series_equal(found, expected, check_exact=True, obj=name)
        else:
            assert without_example(found, other) == without_example(expected, other), name
        assert told_there == told, name
    return expected


def without_example(said, other):
    """The answer, or what is said in its place; of Spark, whose rows have no order, without the bad line shown."""
    if other.backend.name != "pyspark" or not isinstance(said, str):
        return said
    assert said.count("for example: customer_id") <= 1
    return re.sub(r"for example: customer_id .*?(?=\. [A-Z])", "", said)


def table(*rows, **types):
    """Rows of customer_id, order_date, amount and, where there is one, order_id."""
    names = ["customer_id", "order_date", "amount", "order_id"][: len(rows[0])]
    kinds = {"customer_id": pa.string(), "order_date": pa.timestamp("us"), "amount": pa.float64()} | types
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    if kinds["order_date"] == pa.timestamp("us"):
        columns["order_date"] = [None if day is None else pd.Timestamp(day) for day in columns["order_date"]]
    return pa.table({name: pa.array(values, kinds.get(name, pa.string())) for name, values in columns.items()})


# --- logs of many lines ---------------------------------------------------------------------------

# Ids whose order depends on who sorts, or that some take for the same.
IDS = ["Ann", "ann", "ANN", "ann ", " ann", "Ánn", "A\u0301nn", "änn", "Zoë", "zoe", "ß", "ss", "王芳", "王", "10", "9"]
IDS += ["010", "1e1", "a-b", "ab", "a_b", "İ", "i", "ı", "\U0001f600", "'; --", "null", "NULL", "1.0", "%", "\\"]


def nasty_log(seed, n_lines, amount):
    """A random log in which all that may differ does: ties, days' borders, refunds, orders without a number."""
    rng = np.random.default_rng(seed)
    ids = np.array([*IDS, *(f"c{n}" for n in range(200))], dtype=object)
    who = ids[np.minimum(rng.geometric(0.02, n_lines), len(ids)) - 1]
    day = np.datetime64("2023-11-01") + rng.integers(0, 280, n_lines).astype("timedelta64[D]")
    borders = np.array([0, 0, 0, 1, 86_399_999_999, 86_399_000_000, 43_200_000_000, 3_600_000_000])
    order_date = day.astype("datetime64[us]") + rng.choice(borders, n_lines).astype("timedelta64[us]")
    order_id = np.array([f"{n}" for n in rng.integers(0, n_lines // 2, n_lines)], dtype=object)
    order_id[rng.random(n_lines) < 0.1] = None
    order_id[rng.random(n_lines) < 0.1] = ""
    looks_like_a_day = rng.random(n_lines) < 0.05
    order_id[looks_like_a_day] = day[looks_like_a_day].astype(str)
    amounts = amount(rng, n_lines)
    amounts[who == "ss"] = -np.abs(amounts[who == "ss"])  # refunds only
    amounts[who == "zoe"] = 0.0
    for n, one in enumerate(np.flatnonzero(who == "i")):  # adds up to nothing
        amounts[one] = (-1) ** n * 12.34
    columns = {"customer_id": who, "order_date": order_date, "amount": amounts, "order_id": order_id}
    cost = np.round(np.abs(amounts) * 0.6, 2)
    return pa.table({name: pa.array(values) for name, values in columns.items()} | {"cost": pa.array(cost)})


def cents(rng, n):
    amounts = np.round(rng.lognormal(3, 1.2, n), 2) * rng.choice([1, 1, 1, 1, -1], n)
    amounts[rng.random(n) < 0.05] = 0.0
    amounts[rng.random(n) < 0.02] = 0.1 + 0.2  # dust
    amounts[rng.random(n) < 0.1] = 19.99  # ties
    return amounts


def fractions(rng, n):
    """Seven decimals, of which the last is often a 5: where it is rounded up or down is a matter of the last bit."""
    return np.round(rng.integers(-(10**6), 10**7, n) * 5e-7, 7)


def huge(rng, n):
    """From a cent to a billion billions; 15 digits and more, of which no cent may be lost."""
    return np.round(10.0 ** rng.uniform(-2, 18, n), 2) * rng.choice([1, 1, 1, -1], n)


def fifteen_digits(rng, n):
    """As large as a float with all its cents can be."""
    return rng.integers(10**14, 2**50, n) / 100


def halves(rng, n):
    """Odd amounts beside one so large that spending is counted in units of 2."""
    amounts = 2.0 * rng.integers(0, 9, n) + 1
    amounts[-1] = 2e12
    return amounts


@pytest.mark.parametrize("amount", [cents, fractions, huge, fifteen_digits, halves], ids=lambda one: one.__name__)
def test_a_random_log_of_nasty_lines(amount, other):
    log = nasty_log(1, 3000, amount)
    by_amount = FEW | {"stages": ALL["stages"], "later purchases": later_purchases}
    questions = {cents: ALL, halves: {"stages": ALL["stages"]}}.get(amount, by_amount)
    assert_same(questions, log, other)


def test_the_teaching_company_with_the_settings_that_users_have(other):
    other.set_usual(True)
    lines = datasets.load_teaching_company()["transactions"]
    day = lines["order_date"].max().normalize()
    questions = {
        "summary": lambda lines: customers.summarize_customers(lines, as_of=day),
        "cohorts": lambda lines: customers.cohort_retention(lines, as_of=day, period="M"),
    }
    names = [name for name in ("customer_id", "order_date", "amount", "order_id", "cost") if name in lines]
    log = pa.Table.from_pandas(lines[names], preserve_index=False)
    log = log.set_column(1, "order_date", log["order_date"].cast(pa.timestamp("us")))
    assert_same(questions, log, other, frame=lines)


# What looks at lines rather than customers; a line may lack its cost.
ORDERS = {
    "describe": lambda lines: orders.describe_orders(lines, as_of=DAY, since=CUT),
    "by channel": lambda lines: orders.sum_orders(lines, ["channel"], as_of=DAY),
    "by customer and month": lambda lines: orders.sum_orders(lines, ["customer_id"], period="M", as_of=DAY),
    "a sample": lambda lines: orders.sample_customers(lines, 20, seed=1, as_of=DAY),
    "selected": lambda lines: orders.sum_orders(orders.select_orders(lines, since=CUT, with_cost=True), period="W"),
    "kinds": lambda lines: kinds.find_kinds(lines, ["channel", "order_id"]),
    "main kind": lambda lines: kinds.find_main_kind(lines, "channel"),
    "by month": lambda lines: trend.by_month(lines, as_of=DAY),
    "months compared": lambda lines: trend.compare_months(lines, as_of=DAY),
    "returned": lambda lines: gaps.count_returned(lines, as_of=DAY),
    "first days after": lambda lines: gaps.first_days_after(lines, as_of=CUT, until=DAY),
}


def test_lines_of_any_kind(other):
    log = nasty_log(2, 3000, cents)
    rng = np.random.default_rng(2)
    cost = np.where(rng.random(len(log)) < 0.1, None, log["cost"].to_numpy())
    log = log.set_column(log.column_names.index("cost"), "cost", pa.array(list(cost), pa.float64()))
    channel = rng.choice(["shop", "Shop", "门店", "web", "", None], len(log))
    assert_same(ORDERS, log.append_column("channel", pa.array(list(channel), pa.string())), other)


# --- types ---------------------------------------------------------------------------------------

PLAIN = [
    ("2", "2024-01-05", 20.0, "1"), ("2", "2024-01-05", 5.5, "1"), ("2", "2024-03-01", -5.5, "2"),
    ("10", "2024-02-01", -8.0, "3"), ("9", "2024-06-30", 0.0, None), ("9", "2024-07-01", 9.0, "5"),
]  # fmt: skip


def with_ids(ids, kind):
    known = dict(zip(["2", "10", "9"], ids, strict=True))
    return table(*((known[row[0]], *row[1:]) for row in PLAIN), customer_id=kind)


@pytest.mark.parametrize(
    ("ids", "kind"),
    [
        ([2, 10, -9], pa.int64()),
        ([2.0, 10.0, 2.0**53 - 1], pa.float64()),
        ([Decimal(2), Decimal(10), Decimal(9)], pa.decimal128(18, 0)),
        ([Decimal(2), Decimal(10), Decimal("9.5")], pa.decimal128(10, 2)),  # refused, in the same words
        ([None, "10", "9"], pa.string()),
        (["2", " ", "9"], pa.string()),
        (["2", "", "9"], pa.string()),
    ],
    ids=str,
)
def test_ids_as_numbers_and_ids_that_are_none(ids, kind, other):
    assert_same(SUMMARY, with_ids(ids, kind), other)


def test_ids_as_uuid(postgres):
    ids = [str(uuid.UUID(int=n)) for n in (2, 2**127, 9)]
    assert_same(FEW, with_ids(ids, pa.string()), postgres, customer_id="uuid")


@pytest.mark.parametrize("collation", ["C", "und-x-icu", "de-x-icu", "zh-x-icu"])
def test_an_order_of_text_that_is_not_that_of_bytes(collation, postgres):
    rows = [(one, day, 1.0, number) for one in IDS for day, number in (("2024-01-05", "a"), ("2024-01-06", ""))]
    text = f'text COLLATE "{collation}"'
    assert_same(FEW, table(*rows), postgres, customer_id=text, order_id=text)


@pytest.mark.parametrize("kind", [pa.int64(), pa.float64(), pa.decimal128(20, 0)], ids=str)
def test_order_ids_as_numbers(kind, other):
    orders = [1, 1, 2, None, 2**40, 5]
    as_kind = Decimal if pa.types.is_decimal(kind) else lambda number: number
    rows = [(*row[:3], None if n is None else as_kind(n)) for row, n in zip(PLAIN, orders, strict=True)]
    assert_same(SUMMARY, table(*rows, order_id=kind), other)


@pytest.mark.parametrize(
    ("amounts", "kind"),
    [
        (["20.00", "5.50", "-5.50", "-8.00", "0.00", "9.00"], pa.decimal128(12, 2)),
        (["20.001", "5.5", "-5.5", "-8", "0", "9"], pa.decimal128(18, 3)),
        (["0.123456789", "0.0000005", "-0.0000005", "-8", "0", "9"], pa.decimal128(38, 9)),
        (["123456789012345678901234.56", "0.01", "-0.02", "-8", "0", "9"], pa.decimal128(38, 2)),
        (["20", "5", "-5", "-8", "0", "9"], pa.int64()),
        (["20.5", "5.25", "-5.25", "-8", "0", "9"], pa.float32()),
        (["1e24", "5", "-5", "-8", "0", "9"], pa.float64()),  # refused, in the same words
        (["20", "inf", "-5", "-8", "0", "9"], pa.float64()),
        (["-20", "-1", "-5", "-8", "-1", "-9"], pa.float64()),  # nobody bought
    ],
    ids=str,
)
def test_money_of_every_kind(amounts, kind, other):
    as_kind = Decimal if pa.types.is_decimal(kind) else int if pa.types.is_integer(kind) else float
    rows = [(*row[:2], as_kind(amount), row[3]) for row, amount in zip(PLAIN, amounts, strict=True)]
    assert_same(FEW, table(*rows, amount=kind), other)


def test_decimals_of_no_declared_size(postgres):
    amounts = ["20.00", "5.5", "-0.1234565", "1234567890123456789.12", "0.0000000000000000001", "9"]
    rows = [(*row[:2], Decimal(amount), row[3]) for row, amount in zip(PLAIN, amounts, strict=True)]
    assert_same(FEW, table(*rows, amount=pa.decimal128(38, 19)), postgres, amount="numeric")


def test_numbers_of_no_declared_size_as_ids(postgres):
    """`numeric` alone is what many a table of PostgreSQL has everywhere."""
    log = with_ids([2, 10, 9], pa.int64()).set_column(3, "order_id", pa.array([1, 1, 2, 3, None, 2**40]))
    assert_same(ALL, log, postgres, customer_id="numeric", order_id="numeric")
    bad = with_ids([2, None, 9], pa.int64())
    assert_same(SUMMARY, bad, postgres, customer_id="numeric", frame=bad.to_pandas(types_mapper=INT64.get))


@pytest.mark.parametrize("cost", [None, float("nan")])
def test_a_missing_cost_is_refused(cost, other):
    log = table(*PLAIN).append_column("cost", pa.array([1.0, 2.0, cost, 3.0, 4.0, 5.0]))
    expected, _ = answer(SUMMARY["summary"], log.to_pandas())
    found, _ = answer(SUMMARY["summary"], other.keep(log))
    shown = "cost None" if cost is None else "cost"  # a DataFrame has one word for both
    assert found.split(", for example")[0] == expected.split(", for example")[0]
    assert found.rsplit(". ", 1)[-1] == expected.rsplit(". ", 1)[-1] and shown in found


# --- days ----------------------------------------------------------------------------------------


def test_days_as_dates(other):
    rows = [(row[0], dt.date.fromisoformat(row[1]), *row[2:]) for row in PLAIN]
    some = {
        name: ALL[name] for name in ("summary", "since", "cohorts by week", "repeat purchases", "stages", "last day")
    }
    assert_same(some, table(*rows, order_date=pa.date32()), other)


MOMENTS = {
    "UTC": ["2024-06-30 23:59:59.999999", "2024-07-01 00:00:00", "2024-03-31 00:00", "2024-03-30 23:59:59.999999"],
    "Asia/Shanghai": ["2024-06-30 23:59:59.999999", "2024-07-01 00:00:00", "2024-04-30 00:00", "2024-05-01 00:00"],
    # An hour is missing on 31 March, and one comes twice on 27 October.
    "Europe/Berlin": ["2024-03-31 00:30", "2024-03-31 03:30", "2023-10-29 02:30", "2024-06-30 23:30"],
    # Midnight itself is missing.
    "Africa/Cairo": ["2024-04-26 01:30", "2024-04-25 23:30", "2023-04-28 01:00", "2024-07-01 00:00"],
    "America/St_Johns": ["2024-06-30 23:59:59.999999", "2024-07-01 00:00:00", "2024-03-10 03:00", "2024-03-10 01:00"],
}


@pytest.mark.parametrize("zone", MOMENTS)
def test_moments_have_their_day_in_the_zone_of_the_connection(zone, other):
    other.set_zone(zone)
    rows = [(f"c{n % 3}", moment, 10.0 + n, f"{n}") for n, moment in enumerate(MOMENTS[zone])]
    frame = table(*rows).to_pandas()
    frame["order_date"] = frame["order_date"].dt.tz_localize(zone, ambiguous=True)
    moments = pa.array(frame["order_date"].dt.tz_convert("UTC")).cast(pa.timestamp("us", "UTC"))
    assert_same(FEW, table(*rows).set_column(1, "order_date", moments), other, frame=frame)


@pytest.mark.parametrize(("zone", "day"), [("Asia/Shanghai", "2024-04-26"), ("Europe/Berlin", "2024-03-31")])
def test_a_wall_time_is_that_of_no_zone(zone, day, other):
    """Not even where the clock of the connection never showed it."""
    other.set_zone(zone)
    times = ["00:00", "00:30", "01:30", "02:30", "23:59:59.999999"]
    log = table(*((f"c{n}", f"{day} {time}", 1.0, f"{n}") for n, time in enumerate(times)))
    before = pd.Timestamp(day) - pd.Timedelta(days=1)
    questions = {
        "until": lambda lines: customers.summarize_customers(lines, as_of=day, since=day),
        "before": lambda lines: customers.summarize_customers(lines, as_of=before),
        "cohorts": lambda lines: customers.cohort_retention(lines, as_of=DAY, period="W"),
    }
    assert_same(questions, log, other)


# --- windows, and what is refused -----------------------------------------------------------------


def test_windows_with_nobody_in_them(other):
    questions = {
        "before the first": lambda lines: customers.summarize_customers(lines, as_of="2023-12-31"),
        "none since": lambda lines: customers.summarize_customers(lines, as_of="2024-06-29", since="2024-04-01"),
        "empty snapshot": lambda lines: customers.snapshots(lines, dates=["2024-06-29"], window_days=9),
        "none later": lambda lines: later_purchases(lines),
    }
    assert_same(questions, table(*PLAIN), other)
    assert_same({"no line": SUMMARY["summary"]}, table(*PLAIN).slice(0, 0), other)


def test_a_missing_day_is_refused(other):
    rows = [*PLAIN, ("2", None, 1.0, "9")]
    assert_same(SUMMARY | {"last day": quality.last_day}, table(*rows), other)


def test_columns_of_another_type_are_refused(other):
    wrong = table(*((row[0], row[1], row[2], row[3]) for row in PLAIN), order_date=pa.string())
    with pytest.raises(ValueError, match="order_date must be dates or timestamps; it is string"):
        SUMMARY["summary"](other.keep(wrong))
    with pytest.raises(ValueError, match="missing"):
        SUMMARY["summary"](other.keep(table(*PLAIN).drop(["amount"])))


# --- Spark by its URL ----------------------------------------------------------------------------


HERE = "spark://local-cluster[2,1,1024]"


def place_of(kept):
    """The folder of a table that Spark reads from Parquet."""
    return kept.get_backend().raw_sql(ibis.to_sql(kept, dialect="pyspark")).inputFiles()[0].rpartition("/")[0]


def test_spark_is_two_workers(spark):
    """Processes of their own, each with a Java of its own; not threads of one."""
    workers = spark.session.sparkContext._jsc.sc().statusTracker().getExecutorInfos()
    assert len(workers) == 3  # with the driver


def test_a_table_and_files_of_spark_by_their_url(spark):
    expected = customers.summarize_customers(table(*PLAIN).to_pandas(), as_of=DAY)
    kept = spark.keep(table(*PLAIN))
    spark.backend.raw_sql("CREATE DATABASE sales")
    spark.backend.raw_sql(f"CREATE TABLE sales.orders USING parquet AS {ibis.to_sql(kept, dialect='pyspark')}")
    for rest in ("table=sales.orders", f"parquet={place_of(kept)}"):
        found = engine.connect(f"{HERE}?{rest}")
        pd.testing.assert_frame_equal(customers.summarize_customers(found.table, as_of=DAY), expected)
    with pytest.raises(ValueError, match="there must be a table 'sales.none'"):
        engine.connect(f"{HERE}?table=sales.none")
    with pytest.raises(ValueError, match="there must be Parquet at '/nowhere'"):
        engine.connect(f"{HERE}?parquet=/nowhere")
    with pytest.raises(ValueError, match=r"a process works with one Spark; this one has local-cluster.* and not yarn"):
        engine.connect("spark://yarn?table=orders")


def test_the_zone_of_a_url_is_that_of_its_table_only(spark):
    moments = table(("ann", "2024-01-05 23:30", 1.0)).to_pandas()["order_date"].dt.tz_localize("UTC")
    log = table(("ann", "2024-01-05", 1.0)).set_column(
        1, "order_date", pa.array(moments).cast(pa.timestamp("us", "UTC"))
    )
    kept = spark.keep(log)
    there = engine.connect(f"{HERE}?parquet={place_of(kept)}&zone=Asia/Shanghai").table
    days = [str(quality.last_day(one).date()) for one in (there, kept)]
    assert days == ["2024-01-06", "2024-01-05"]


# --- intake, by a URL -------------------------------------------------------------------------------

N = 300
SAID = {
    "transactions": {
        "columns": {"customer_id": "Kunde", "order_id": "Nummer"},
        "keep": {"Status": ["pa*"]},
        "negative": {"Nummer": ["A1*"]},
        "file": {"extra": ["Region"]},
    }
}


def make_lines():
    rows = pa.table(
        {
            "Kunde": [f"C{k % 40:03}" for k in range(N)],
            "order_date": [dt.datetime(2024, 1, 1, 8) + dt.timedelta(hours=11 * k) for k in range(N)],
            "amount": [k / 4 - 3 for k in range(N)],
            "Nummer": [f"A{k // 2}" for k in range(N)],
            "Status": [None if k == 20 else "paid" if k % 9 else "open" for k in range(N)],
            "Region": ["north" if k % 2 else " south" for k in range(N)],
        }
    )
    columns = {name: rows[name].to_pylist() for name in rows.column_names}
    columns["Kunde"][3:7] = [None, " C001", "Guest", ""]
    columns["amount"][7:10] = [None, float("nan"), float("inf")]
    columns["amount"][10:13] = [1e15, 1.005, 0.0]
    columns["order_date"][13:15] = [None, dt.datetime(1850, 1, 1)]
    columns["Nummer"][15:17] = ["", " A1 "]
    return pa.table(columns, schema=rows.schema)


def test_a_table_elsewhere_is_the_same_as_a_file_of_its_rows(other, tmp_path):
    """Rows are counted and set aside there as the same rows in a file are."""
    kept = other.keep(make_lines(), "orders_there")
    is_spark = kept.get_backend().name == "pyspark"
    url = f"postgres://crm@/postgres?table=orders_there&host={other.folder}"
    url = f"{HERE}?parquet={place_of(kept)}" if is_spark else url
    pq.write_table(make_lines(), tmp_path / "orders.parquet")
    small, report = (found["transactions"] for found in datasets.load_data(tmp_path / "orders.parquet", mapping=SAID))
    tables, reports = datasets.load_data(url, mapping=SAID)
    account = reports["transactions"]
    counts = ("n_read", "n_accepted", "n_rejected", "n_on_purpose", "amount_accepted", "amount_set_aside", "columns")
    for name in counts:
        assert getattr(account, name) == getattr(report, name), name
    assert count_reasons(account) == count_reasons(report)
    listed = ["column", "value", "reason"]
    ours, theirs = (one.rejected[listed].sort_values(listed, ignore_index=True) for one in (report, account))
    pd.testing.assert_frame_equal(theirs, ours)
    again = open_again(stay_put(url), SAID)
    for there in (tables["transactions"], again):
        order = ["order_date", "customer_id"]
        found = run_there(there.get_backend(), there).to_pandas()[list(small)].sort_values(order, ignore_index=True)
        pd.testing.assert_frame_equal(found.astype(small.dtypes), small.sort_values(order, ignore_index=True))
    if not is_spark:
        tables["transactions"].get_backend().disconnect()
        again.get_backend().disconnect()
