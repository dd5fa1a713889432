"""What is taken off amounts, further columns of any type, ties in rounding, and sums: the same small or large."""

import datetime as dt
import decimal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from both_ways import expect_same, read_both

from crmlib import datasets
from crmlib.intake import fits, large, there_said
from crmlib.intake.typed import to_text

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table")  # Ibis asks DuckDB so

N = 40
NOON = dt.datetime(2024, 1, 5, 12)
COLUMNS = {"customer_id": "Customer ID", "order_date": "Order Date", "amount": "Total"}


def write(folder, kind, values, **others):
    """Orders with a further column, in which the values come again and again."""
    rows = {
        "Customer ID": [f"C{k % 7}" for k in range(N)],
        "Order Date": pa.array([NOON + dt.timedelta(days=k) for k in range(N)], pa.timestamp("us")),
        "Total": [round(10 + k * 1.37, 2) for k in range(N)],
        "Other": pa.array([values[k % len(values)] for k in range(N)], kind),
    }
    pq.write_table(pa.table(rows | others), folder / "orders.parquet", row_group_size=10)
    return folder / "orders.parquet"


def say(**sections):
    return {"transactions": {"columns": COLUMNS} | sections}


# --- what is taken off --------------------------------------------------------------------------


@pytest.mark.parametrize("how", [True, "share"])
@pytest.mark.parametrize(
    ("kind", "values", "n_wrong"),
    [
        (pa.string(), ["", "0.5", "x", "20 %", None, " 1 ", "-2", "(3)"], 5),
        (pa.string(), ["1,50", "2,25", "1.234,5", None], 0),
        (pa.dictionary(pa.int32(), pa.string()), ["0.5", "x", None], 13),
        (pa.bool_(), [True, None], 20),
        (pa.null(), [None], 0),
        (pa.float64(), [0.0, float("inf"), -1.5, None, float("nan")], 8),
        (pa.float64(), [0.0, 1e15, 1 / 3, 1234.5678915], 10),
        (pa.int64(), [2**53, 1], 20),
    ],
    ids=str,
)
def test_what_is_taken_off_is_read_as_in_small_files(kind, values, n_wrong, how, tmp_path, monkeypatch):
    file = write(tmp_path, kind, values)
    small, there = read_both(file, monkeypatch, largest=10, is_kept=False, mapping=say(subtract={"Other": how}))
    expect_same(small, there)
    reasons = there[1]["transactions"].rejected["reason"]
    assert reasons.str.contains("what is to be taken off it is not a number").sum() == n_wrong == len(reasons)


def test_what_a_text_says_is_taken_off_is_read_where_it_lies(tmp_path, monkeypatch):
    rows = [f"{k % 5};2024-01-0{k % 9 + 1};{k + 10},5;{('', '1,25', '10 %', 'free')[k % 4]}" for k in range(N)]
    file = tmp_path / "orders.csv"
    file.write_text("\n".join(["customer_id;order_date;amount;Rabatt", *rows]) + "\n")
    said = {"transactions": {"subtract": {"Rabatt": True}}}
    small, there = read_both(file, monkeypatch, largest=10, is_kept=False, mapping=said)
    expect_same(small, there)
    by_hand = sum(k + 10.5 - (0, 1.25, 0.1, 0)[k % 4] for k in range(N) if k % 4 != 3)
    assert there[1]["transactions"].amount_accepted == pytest.approx(by_hand, abs=1e-6)


def test_what_too_many_texts_take_off_is_refused(tmp_path, monkeypatch):
    file = write(tmp_path, pa.string(), ["1", "2", "3"])
    monkeypatch.setattr(large, "LARGEST_IN_MEMORY", 10)
    monkeypatch.setattr(there_said, "MOST_DIFFERENT", 2)
    with pytest.raises(ValueError, match="a column named under subtract must be of numbers, or have at most 2"):
        datasets.load_data(file, mapping=say(subtract={"Other": True}))


def test_half_a_millionth_is_rounded_as_in_small_files(tmp_path, monkeypatch):
    """numpy takes it to the even millionth, engines away from zero."""
    quantity = [0.125, 0.375, 1.5, -0.125, 4503599.627370496, 7e9, -9e12]
    price = [0.000004, 1.000004, 0.000001, 1.000012, 1.0000001, 3.0000005, 1.1]
    place = np.arange(N) % 7
    file = write(tmp_path, pa.float64(), quantity, Total=np.array(price)[place])
    columns = COLUMNS | {"amount": ["Other", "Total"]}
    small, there = read_both(file, monkeypatch, largest=10, is_kept=False, mapping=say(columns=columns))
    expect_same(small, there)
    by_hand = {round(round(a * b * 1e6) / 1e6, 6) for a, b in zip(quantity[:4], price[:4], strict=True)}
    assert by_hand <= set(there[0]["transactions"].amount.to_pyarrow().to_pylist())


# --- further columns ----------------------------------------------------------------------------

MOMENTS = [NOON, NOON.replace(microsecond=250_000), NOON.replace(microsecond=1), None]
TIMES = [dt.time(8, 5), dt.time(8, 5, 1, 250_000), None]


@pytest.mark.parametrize(
    ("kind", "values", "shown"),
    [
        (pa.time32("ms"), TIMES, "08:05:01.25"),
        (pa.time64("us"), TIMES, "08:05:01.25"),
        (pa.time64("ns"), TIMES, "08:05:00"),
        (pa.timestamp("s"), MOMENTS[:1], "2024-01-05 12:00:00"),
        (pa.timestamp("ms"), MOMENTS[:2], "2024-01-05 12:00:00.25"),
        (pa.timestamp("us"), MOMENTS, "2024-01-05 12:00:00.000001"),
        (pa.timestamp("ns"), [1_704_456_000_000_000_999, None], "2024-01-05 12:00:00"),
        (pa.timestamp("us", "Asia/Shanghai"), MOMENTS, "2024-01-05 20:00:00.25"),
        (pa.timestamp("ms", "-03:30"), MOMENTS[:1], "2024-01-05 08:30:00"),
        (pa.date32(), [NOON.date(), None], "2024-01-05"),
        (pa.bool_(), [True, False, None], "true"),
        (pa.decimal128(38, 2), [decimal.Decimal("123456789012345678.25"), decimal.Decimal("1.00"), None], None),
        (pa.binary(), [b"a ", None], "a"),
        (pa.string(), ["\u3000x\u00a0", " ", "\u2009", "a b", None], "x"),
        (pa.float64(), [0.1, float("nan"), float("inf"), 1e15], None),
        (pa.uint64(), [2**63 + 1, 1], None),
    ],
    ids=str,
)
def test_further_columns_of_any_type_are_the_same(kind, values, shown, tmp_path, monkeypatch):
    file = write(tmp_path, kind, values)
    small, there = read_both(file, monkeypatch, largest=10, is_kept=False, mapping=say(file={"extra": ["Other"]}))
    expect_same(small, there)
    assert shown is None or shown in set(there[0]["transactions"].Other.to_pyarrow().to_pylist())
    if shown is None:
        shown = str(values[0])
    small, there = read_both(file, monkeypatch, largest=10, is_kept=False, mapping=say(keep={"Other": [shown]}))
    expect_same(small, there)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (pa.time64("us"), [dt.time(8, 5), dt.time(9, 5), dt.time(10, 0, 1, 5), None]),
        (pa.date32(), [dt.date(2024, 1, 1), dt.date(2024, 1, 2), dt.date(2024, 1, 3)]),
        (pa.timestamp("us", "UTC"), [dt.datetime(2024, 1, 1), dt.datetime(2024, 1, 2), dt.datetime(2024, 1, 3)]),
        (pa.string(), ["a", "b", "c"]),
        (pa.int64(), [1, 2, 3]),
    ],
    ids=str,
)
def test_more_cells_than_a_question_holds_are_kept_as_in_small_files(kind, values, tmp_path, monkeypatch):
    monkeypatch.setattr(there_said, "MOST_SAID", 1)
    file = write(tmp_path, kind, values)
    shown = to_text(pa.chunked_array([pa.array(values, kind)])).drop_null().to_pylist()[:2]
    small, there = read_both(file, monkeypatch, largest=10, is_kept=False, mapping=say(keep={"Other": shown}))
    expect_same(small, there)
    assert 0 < there[1]["transactions"].n_rejected < N


# --- lines that are the sum of others -----------------------------------------------------------


def test_parquet_with_lines_that_are_sums_of_others_is_refused_unless_they_count(tmp_path, monkeypatch):
    total = [round(10 + k * 1.37, 2) for k in range(N - 1)]
    file = write(tmp_path, pa.int64(), [1], Total=[*total, round(sum(total), 2)])
    reasons = datasets.load_data(file, mapping=say())[1]["transactions"].rejected["reason"]
    assert reasons.str.contains("is the sum of all other lines").sum() == len(reasons) == 1
    small, there = read_both(file, monkeypatch, largest=10, is_kept=False, mapping=say(file={"sums": "count"}))
    expect_same(small, there)
    assert there[1]["transactions"].n_rejected == 0
    with pytest.raises(ValueError, match=r"no line of orders\.parquet may be the sum of others.*sums = \"count\""):
        datasets.load_data(file, mapping=say())


def test_rows_that_are_customers_without_a_number_are_refused_of_large_parquet(tmp_path, monkeypatch):
    file = write(tmp_path, pa.int64(), [1])
    monkeypatch.setattr(large, "LARGEST_IN_MEMORY", 10)
    monkeypatch.setattr(fits, "SMALLEST", 0)
    with pytest.raises(ValueError, match=r"rows under \[transactions\.file\] must be 'orders'.*take the line out"):
        datasets.load_data(file, mapping=say(file={"rows": "numbered"}))


@pytest.mark.parametrize("is_refused", [False, True])
def test_sums_of_small_whole_amounts_are_chance_large_as_small(is_refused, tmp_path, monkeypatch):
    # Of each customer's lines one is the sum of the others; where all amounts are a few times one unit, by chance.
    of_each = [1.0, 2.0, 3.0] if not is_refused else [1.17, 2.01, 3.18]
    ids = [f"C{k // 3}" for k in range(N - 1)] + ["C99"]
    file = write(tmp_path, pa.int64(), [1], **{"Customer ID": ids, "Total": [*of_each * 13, 9 * of_each[0]]})
    n_small = len(datasets.load_data(file, mapping=say())[1]["transactions"].rejected)
    assert (n_small > 0) == is_refused
    if is_refused:
        monkeypatch.setattr(large, "LARGEST_IN_MEMORY", 10)
        monkeypatch.setattr(fits, "SMALLEST", 0)
        with pytest.raises(ValueError, match="may be the sum of others"):
            datasets.load_data(file, mapping=say())
    else:
        small, there = read_both(file, monkeypatch, largest=10, is_kept=False, mapping=say())
        expect_same(small, there)
