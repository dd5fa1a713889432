"""Whatever a small Parquet file holds and a mapping says of it, read where it lies it gives the same account."""

import datetime as dt
import decimal
import tempfile
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from both_ways import expect_same, expect_same_rows
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crmlib import datasets
from crmlib.intake import kept, large

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table")  # Ibis asks DuckDB so

DAYS = [dt.datetime(2024, 2, 28, 23, 59, 59, 999_999), dt.datetime(2024, 3, 1), dt.datetime(1850, 1, 1), None]
DAYS += [dt.datetime(2023, 12, 31, 8, 5) + dt.timedelta(days=k) for k in range(14)]
IDS = ["C1", "C2", "C3", " C1", "c1 ", "", "  ", "Guest", "N/A", "007", "1e5", "Total", None, "匿名", "A\u00a0"]
TEXTS = ["1.50", "2", "-3.25", "1,234.50", "(4.00)", "¥5", "", "x", "1e3", "0", "12.345", "-0", None]
STATES = ["paid", "open", "refund", " paid", "", None]
DATES = ["2024-01-05", "2024-02-30", "2024-03-07 24:00", "7 June 2024", "2024/6/7 8:05", "", "20240607", "45000", None]


def numbers_of(*units):
    return [None if day is None else unit(day) for day in DAYS for unit in units]


def in_days(day):
    return day.year * 10_000 + day.month * 100 + day.day


def in_seconds(day):
    return int((day - dt.datetime(1970, 1, 1)).total_seconds())


WHOLE = [1, 2, 3, 7, 2**53, 2**53 + 1, -1, 0, None]
FLOATS = [1.0, 2.5, -3.25, 0.0, -0.0, 19.99, 1e15, float("inf"), float("nan"), None, 0.1 + 0.2]
EXACT = [decimal.Decimal(n) for n in ("1.50", "2.00", "-3.25", "0", "740.04")] + [None]
KINDS = {
    "Customer ID": [
        (pa.string(), IDS),
        (pa.dictionary(pa.int32(), pa.string()), IDS),
        (pa.large_string(), IDS[:3]),
        (pa.int64(), WHOLE),
        (pa.float64(), [1.0, 2.0, 3.0, None, float("nan")]),
        (pa.decimal128(20, 2), [decimal.Decimal(n) for n in (1, 2, 3)] + [None]),
    ],
    "Order Date": [
        (pa.timestamp("ms"), DAYS),
        (pa.timestamp("us"), DAYS),
        # Before 1900 these are set aside as well, and shown in other digits.
        (pa.timestamp("ms", "Asia/Shanghai"), [day for day in DAYS if day is None or day.year > 1900]),
        (pa.timestamp("ns"), DAYS[3:]),
        (pa.date32(), DAYS),
        (pa.int64(), numbers_of(in_days)),
        (pa.int32(), numbers_of(in_seconds)[3:]),
        (pa.int64(), [None if n is None else n * 1000 + 250 for n in numbers_of(in_seconds)[3:]]),
        (pa.string(), DATES),
        (pa.string(), DATES[:1]),
    ],
    "Total": [
        (pa.float64(), FLOATS),
        (pa.float64(), FLOATS[:5]),
        (pa.float32(), FLOATS),
        (pa.int32(), WHOLE[:4]),
        (pa.int64(), WHOLE),
        (pa.decimal128(18, 3), EXACT),
        (pa.string(), TEXTS),
        (pa.string(), TEXTS[:3]),
    ],
    "Order No": [(pa.string(), [*IDS, "A1", "A2"]), (pa.int64(), WHOLE), (pa.null(), [None])],
    "Status": [(pa.string(), STATES), (pa.bool_(), [True, False, None]), (pa.int64(), [0, 1, None])],
    "Rabatt": [
        (pa.float64(), [0.0, 0.5, -1.0, None, float("nan"), float("inf"), 1e15, 1e-7]),
        (pa.string(), ["", "0.5", "x", "20 %", None]),
    ],
    "Other": [
        (pa.list_(pa.int64()), [[1], [1, 2], [], None]),
        (pa.string(), ["a", "b ", "", None]),
        (pa.binary(), [b"a", b"\xff", None]),
        (pa.int64(), WHOLE),
        (pa.bool_(), [True, False, None]),
        (pa.float64(), FLOATS),
        (pa.float32(), FLOATS),
        (pa.time64("us"), [dt.time(8, 5), None]),
    ],
}
PLAIN = {
    "Customer ID": [(pa.string(), IDS[:3])] * 4,
    "Order Date": [(pa.timestamp("us"), DAYS[4:])] * 3
    + [(pa.date32(), DAYS[4:]), (pa.int64(), numbers_of(in_days)[4:])],
    "Total": [(pa.float64(), FLOATS[:5])] * 4,
    "Status": [(pa.string(), ["paid", "paid ", "open"])] * 3,
    "Rabatt": [(pa.float64(), [0.0, 0.5])] * 2,
}
# Each example reads twice: a mistake is shown as it was found, for a smaller one would take minutes to find.
LAW = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
OURS = {"customer_id": "Customer ID", "order_date": "Order Date", "amount": "Total"}


@st.composite
def tables(draw, names, n):
    """A table of Parquet, some of its rows twice; most of its columns as one would wish them."""
    columns = {}
    for name in names:
        kind, values = draw(st.sampled_from(KINDS[name] + PLAIN.get(name, [])), label=name)
        columns[name] = pa.array(draw(st.lists(st.sampled_from(values), min_size=n, max_size=n)), kind)
    rows = pa.table(columns)
    again = draw(st.lists(st.integers(0, n - 1), max_size=4))
    return pa.concat_tables([rows, rows.take(pa.array(again, pa.int64()))])


@st.composite
def mappings(draw, names):
    """What a mapping file may say of such a table."""
    said = {
        "repeated": st.sampled_from(["once", "all"]),
        "fill_down": st.lists(st.sampled_from(["Customer ID", "Order Date", "Status"]), unique=True),
        "extra": st.lists(st.sampled_from(["Status", "Rabatt", "Other"]), unique=True),
    }
    file = {key: draw(value) for key, value in said.items() if draw(st.booleans())}
    file["sums"] = "count"  # large files that seem to have some are refused
    columns = OURS | ({"order_id": "Order No"} if "Order No" in names else {})
    return {
        "columns": columns,
        "file": file,
        "decimal": {"amount": "."},
        "dates": {"order_date": "day first"},
        "keep": {"Status": draw(st.sampled_from(["all", ["paid"], ["paid", "", "1", "true"], ["p*"]]))},
        "negative": draw(
            st.sampled_from([{"Status": []}, {"Status": ["refund", "0"]}, {"Status": [], "Total": ["<0"]}])
        ),
        "subtract": {"Rabatt": draw(st.sampled_from([False, True, "share"]))},
        "nobody": draw(st.sampled_from([{}, {"customer_id": []}, {"customer_id": ["C1", "7"]}])),
    }


def read(place, most, mapping):
    """The tables and reports, or the words of a refusal."""
    before, large.LARGEST_IN_MEMORY = large.LARGEST_IN_MEMORY, most
    try:
        return datasets.load_data(place, mapping={"transactions": mapping}, show_personal=True)
    except ValueError as error:
        return str(error)
    finally:
        large.LARGEST_IN_MEMORY = before


def compare(place, mapping):
    """Read both ways; None where both refuse."""
    small, there = read(place, 10**9, mapping), read(place, 0, mapping)
    if isinstance(small, str) or isinstance(there, str):
        assert isinstance(there, str), f"only the small one is refused: {small}"
        assert isinstance(small, str), f"only the large one is refused: {there}"
        return None
    assert isinstance(there[0]["transactions"], ibis.Table)
    folder = place.parent / "kept"
    folder.mkdir()
    kept.keep_tables(folder, *there)
    return small, (kept.read_kept(folder)[0], there[1])


@LAW
@given(st.data())
def test_any_file_gives_the_same_account_where_it_lies(data):
    names = [name for name in KINDS if name != "Order No" or data.draw(st.booleans())]
    rows = data.draw(tables(names, data.draw(st.integers(1, 30))))
    mapping = data.draw(mappings(names))
    with tempfile.TemporaryDirectory() as folder:
        pq.write_table(rows, Path(folder) / "orders.parquet", row_group_size=10)
        if found := compare(Path(folder) / "orders.parquet", mapping):
            expect_same(*found)


@LAW
@given(st.data())
def test_any_parts_give_the_same_rows_where_they_lie(data):
    mapping = data.draw(mappings(KINDS))
    with tempfile.TemporaryDirectory() as folder:
        for part in range(data.draw(st.integers(2, 3))):
            rows = data.draw(tables(KINDS, data.draw(st.integers(1, 20))))
            pq.write_table(rows, Path(folder) / f"part-{part}.parquet")
        if found := compare(Path(folder) / "*.parquet", mapping):
            expect_same_rows(*found)
