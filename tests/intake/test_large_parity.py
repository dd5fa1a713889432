"""What a small file may say, a large one may: parts of different types, days as numbers, rows filled or left out."""

import datetime as dt

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from both_ways import expect_same, expect_same_rows, read_both
from messy_orders import make_messy, say, write

from crmlib import datasets
from crmlib.intake import large, stand_in, there_rows
from crmlib.intake.report import count_reasons

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table")  # Ibis asks DuckDB so


def said(**sections):
    return {"transactions": say(**sections)}


# --- rows that repeat another ---------------------------------------------------------------------


def test_rows_that_repeat_another_count_once(tmp_path, monkeypatch):
    frame = make_messy()
    twice = pd.concat([frame, frame[100:300], frame[:10], frame[100:110]], ignore_index=True)
    small, there = read_both(
        write(twice, tmp_path / "orders.parquet"), monkeypatch, mapping=said(file={"repeated": "once"})
    )
    expect_same(small, there)
    reasons = count_reasons(there[1]["transactions"])
    assert sum(n for reason, n in reasons.items() if "repeats a row above exactly" in reason) > 200


def test_numbers_too_long_for_a_float_are_different_rows(tmp_path, monkeypatch):
    frame = make_messy(1_200)
    frame["Serial"] = pd.array(np.arange(len(frame)) + 2**53, dtype="Int64")
    frame.loc[5, "Serial"] = None
    same = frame.loc[[20, 20]].assign(Serial=pd.array([2**53 + 1, 2**53], dtype="Int64"))
    frame = pd.concat([frame, same], ignore_index=True)
    small, there = read_both(
        write(frame, tmp_path / "orders.parquet"), monkeypatch, mapping=said(file={"repeated": "once"})
    )
    expect_same(small, there)
    assert not any("repeats" in reason for reason in small[1]["transactions"].rejected["reason"])


def test_an_empty_list_is_another_than_none(tmp_path, monkeypatch):
    frame = make_messy(1_200)
    frame["Items"] = [[1]] * len(frame)
    same = frame.loc[[20, 20, 20]].assign(Items=[[], None, []])
    file = write(pd.concat([frame, same], ignore_index=True), tmp_path / "orders.parquet")
    small, there = read_both(file, monkeypatch, mapping=said(file={"repeated": "once"}))
    expect_same(small, there)


def test_an_empty_number_elsewhere_hides_no_repeat(tmp_path, monkeypatch):
    """A batch with an empty cell and one without tell the same rows alike."""
    monkeypatch.setattr("crmlib.intake.parquet.BATCH", 500)
    frame = make_messy(1_200).assign(Serial=pd.array(np.arange(1_205), dtype="Int64"))
    frame.loc[100, "Serial"] = None
    frame = pd.concat([frame, frame.loc[[50, 60]]], ignore_index=True)
    small, there = read_both(
        write(frame, tmp_path / "orders.parquet"), monkeypatch, mapping=said(file={"repeated": "once"})
    )
    expect_same(small, there)
    assert sum("repeats" in reason for reason in small[1]["transactions"].rejected["reason"]) == 2


# --- cells that mean what stands above ------------------------------------------------------------


def make_grouped(n=1_500):
    """Customer and day in the first line of each group only, here and there in a line of its own."""
    frame = make_messy(n)
    is_first = np.arange(len(frame)) % 4 == 0
    frame["Order Date"] = frame["Order Date"].where(is_first | (np.arange(len(frame)) < 20))
    frame["Customer ID"] = [
        one if is_one else [None, "", " \t "][k % 3]
        for k, (one, is_one) in enumerate(zip(frame["Customer ID"], is_first, strict=True))
    ]
    frame.loc[[400, 800], ["Order Date", "Total", "Order No"]] = [pd.NaT, np.nan, None]
    return frame


@pytest.mark.parametrize(
    "filled", [["Customer ID"], ["Customer ID", "Order Date"], ["Customer ID", "Status", "Region"]]
)
@pytest.mark.parametrize("repeated", ["once", "all"])
def test_empty_cells_are_filled_from_above(filled, repeated, tmp_path, monkeypatch):
    frame = make_grouped()
    frame.loc[[50, 51], "Status"] = ["", None]
    file = write(pd.concat([frame, frame[40:60]], ignore_index=True), tmp_path / "orders.parquet")
    small, there = read_both(
        file, monkeypatch, mapping=said(file={"fill_down": filled, "repeated": repeated}, keep={"Status": ["paid"]})
    )
    expect_same(small, there)
    notes = there[1]["transactions"].notes
    assert any("filled with what stands above" in note for note in notes)
    if len(filled) == 2:
        assert any("headings of groups" in note for note in notes)


def test_whether_empty_cells_mean_what_stands_above_is_asked_of_a_part(tmp_path, monkeypatch):
    monkeypatch.setattr(large, "LARGEST_IN_MEMORY", 1_000)
    monkeypatch.setattr(stand_in, "ROWS", 400)
    file = write(make_grouped(3_000), tmp_path / "orders.parquet")
    with pytest.raises(ValueError, match="does an empty cell mean what stands above it"):
        datasets.load_data(file, mapping=said())


def test_a_part_of_rows_that_are_filled_stands_in_for_them(tmp_path, monkeypatch):
    frame = make_grouped(3_000)
    file = write(frame, tmp_path / "orders.parquet")
    monkeypatch.setattr(stand_in, "ROWS", 400)
    mapping = said(file={"fill_down": ["Customer ID", "Order Date"]})
    expect_same_rows(*read_both(file, monkeypatch, mapping=mapping))


def test_the_first_cells_of_a_part_are_not_filled_from_the_part_before(tmp_path, monkeypatch):
    frame = make_grouped()
    write(frame[:700], tmp_path / "p1.parquet")
    write(frame[701:], tmp_path / "p2.parquet")
    small, there = read_both(
        tmp_path / "*.parquet", monkeypatch, mapping=said(file={"fill_down": ["Customer ID", "Order Date"]})
    )
    expect_same_rows(small, there)
    assert any("headings of groups" in note and "of p1.parquet" in note for note in there[1]["transactions"].notes)


def test_columns_to_fill_that_are_not_there_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(large, "LARGEST_IN_MEMORY", 1_000)
    file = write(make_messy(), tmp_path / "orders.parquet")
    with pytest.raises(ValueError, match="fill_down must name columns of the file"):
        datasets.load_data(file, mapping=said(file={"fill_down": ["Kunde"]}))


# --- a second file of what was paid back ----------------------------------------------------------


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_file_of_returns_is_taken_off(ending, tmp_path, monkeypatch):
    frame = make_messy()
    file = write(frame, tmp_path / "orders.parquet")
    returns = frame[100:140].assign(Total=12.5)
    returns.loc[110, "Total"] = np.nan
    if ending == "csv":
        returns.to_csv(tmp_path / "returns.csv", index=False)
    else:
        write(returns, tmp_path / "returns.parquet")
    mapping = said(file={"returns": f"returns.{ending}"}, keep={"Status": ["paid"]})
    small, there = read_both(file, monkeypatch, mapping=mapping)
    expect_same(small, there)
    assert there[0]["transactions"].filter(lambda rows: rows.amount < -12).count().to_pyarrow().as_py() > 30


def test_returns_of_people_are_masked_with_the_orders(tmp_path, monkeypatch):
    frame = make_messy()
    frame["Customer ID"] = [f"1380013{k % 250:04}" for k in range(len(frame))]
    file = write(frame, tmp_path / "orders.parquet")
    write(frame[100:140].assign(Total=12.5, **{"Customer ID": "13912345678"}), tmp_path / "returns.parquet")
    mapping = said(file={"returns": "returns.parquet"})
    small, there = read_both(file, monkeypatch, mapping=mapping)
    expect_same(small, there)
    seen = there[0]["transactions"].to_pyarrow().to_pandas().to_csv()
    assert "customer-00001" in seen and "13912345678" not in seen


def test_the_orders_are_no_file_of_returns(tmp_path, monkeypatch):
    monkeypatch.setattr(large, "LARGEST_IN_MEMORY", 1_000)
    file = write(make_messy(), tmp_path / "orders.parquet")
    write(make_messy(), tmp_path / "returns.parquet")
    with pytest.raises(ValueError, match="are the same, byte for byte"):
        datasets.load_data(file, mapping=said(file={"returns": "returns.parquet"}))


# --- numbers that are none ---


@pytest.mark.parametrize("others", [[], ["Customer ID"]])
def test_what_is_no_number_is_found_though_a_file_says_nothing_of_it(others, tmp_path, monkeypatch):
    """The least and largest that Parquet keeps of a group of rows tell nothing of NaN."""
    frame = make_messy().drop(index=[11, 12])
    frame["Off"] = 0.5
    table = pa.Table.from_pandas(frame, preserve_index=False)
    for name in ["Total", "Off", *others]:
        cells = np.arange(len(frame)) % 300 * 1.0
        cells[[50, 60, 70]] = np.nan
        table = table.set_column(table.schema.get_field_index(name), name, pa.array(cells, from_pandas=False))
    pq.write_table(table, tmp_path / "orders.parquet")
    small, there = read_both(
        tmp_path / "orders.parquet", monkeypatch, mapping=said(subtract={"Off": True}, file={"extra": ["Off"]})
    )
    expect_same(small, there)
    assert there[1]["transactions"].rejected["reason"].str.contains("amount is empty").sum() == 3


def test_a_list_is_no_value_in_either(tmp_path, monkeypatch):
    file = write(make_messy().assign(Items=[[1, 2]] * 3_005), tmp_path / "orders.parquet")
    expect_same(*read_both(file, monkeypatch, mapping=said()))
    for most in (10**9, 1_000):
        monkeypatch.setattr(large, "LARGEST_IN_MEMORY", most)
        with pytest.raises(ValueError, match="must hold one value a row; Items is list"):
            datasets.load_data(file, mapping=said(file={"extra": ["Items"]}))


# --- days as whole numbers ------------------------------------------------------------------------

EPOCH = dt.datetime(1970, 1, 1)


@pytest.mark.parametrize(
    "count",
    [
        lambda day: day.year * 10_000 + day.month * 100 + day.day,
        lambda day: int((day - EPOCH).total_seconds()),
        lambda day: int((day - EPOCH).total_seconds() * 1000) + 750,
        lambda day: (day - dt.datetime(1899, 12, 30)).days,
    ],
    ids=["20240607", "seconds", "milliseconds", "spreadsheet"],
)
@pytest.mark.parametrize("kind", [pa.int64(), pa.int32(), pa.string()])
def test_days_that_are_whole_numbers_are_read_as_in_small_files(count, kind, tmp_path, monkeypatch):
    frame = make_messy()
    frame.loc[[8, 9], "Order Date"] = pd.NaT
    days = pd.array(
        [pd.NA if pd.isna(day) else count(day.to_pydatetime()) for day in frame["Order Date"]], dtype="Int64"
    )
    if kind == pa.int32() and days.max() > 2**31:
        kind = pa.int64()
    file = write(frame.assign(**{"Order Date": days}), tmp_path / "orders.parquet", **{"Order Date": kind})
    small, there = read_both(file, monkeypatch, mapping=said())
    expect_same(small, there)
    assert small[0]["transactions"]["order_date"].min() >= pd.Timestamp(2023, 1, 1)


def test_a_few_numbers_among_days_are_no_counts_in_either(tmp_path, monkeypatch):
    frame = make_messy()
    frame["Order Date"] = frame["Order Date"].dt.strftime("%Y-%m-%d")
    frame.loc[100:119, "Order Date"] = [str(45_000 + k) for k in range(20)]
    expect_same(*read_both(write(frame, tmp_path / "orders.parquet"), monkeypatch, mapping=said()))


def test_numbers_that_are_no_days_are_set_aside_or_refused_alike(tmp_path, monkeypatch):
    frame = make_messy()
    days = pd.array(frame["Order Date"].dt.strftime("%Y%m%d").fillna("0").astype(int), dtype="Int64")
    days[[20, 21, 22]] = [20241345, 45_000, -1]
    expect_same(
        *read_both(write(frame.assign(**{"Order Date": days}), tmp_path / "a.parquet"), monkeypatch, mapping=said())
    )
    file = write(frame.assign(**{"Order Date": np.arange(len(frame))}), tmp_path / "b.parquet")
    for most in (10**9, 1_000):
        monkeypatch.setattr(large, "LARGEST_IN_MEMORY", most)
        with pytest.raises(ValueError, match="order_date must hold dates"):
            datasets.load_data(file, mapping=said())


# --- parts of several types -----------------------------------------------------------------------


DAY = "Order Date"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"Total": pa.float32()}, {}),
        ({}, {"Total": pa.float32()}),
        ({}, {"Total": pa.string()}),
        ({}, {"Total": pa.decimal128(20, 2)}),
        ({"Total": pa.int32()}, {"Total": pa.int64()}),
        ({"Total": pa.int64()}, {}),
        ({}, {DAY: pa.date32()}),
        ({}, {DAY: pa.string()}),
        ({DAY: pa.timestamp("us", "UTC")}, {DAY: pa.timestamp("us", "Asia/Shanghai")}),
        ({"Customer ID": pa.int64()}, {"Customer ID": pa.string()}),
        ({"Customer ID": pa.int64()}, {"Customer ID": pa.float64()}),
        ({"Order No": pa.large_string()}, {"Order No": pa.dictionary(pa.int32(), pa.string())}),
        ({"Price": pa.float64()}, {}),
    ],
    ids=str,
)
def test_parts_of_several_types_are_read_as_small_ones(first, second, tmp_path, monkeypatch):
    monkeypatch.setattr(stand_in, "ROWS", 4_000)
    frame = make_messy().drop(index=[8, 9, 10, 11, 12, 13, 15])
    frame = frame[frame["Total"].notna() & frame["Order Date"].notna()]
    frame["Customer ID"] = [str(k * 7 % 300) for k in range(len(frame))]
    write(frame[:1_500], tmp_path / "part-1.parquet", **first)
    write(frame[1_500:2_000], tmp_path / "part-2.parquet", **second)
    write(frame[2_000:], tmp_path / "part-3.parquet", **first)
    small, there = read_both(tmp_path / "*.parquet", monkeypatch, mapping=said(keep={"Status": ["paid"]}))
    expect_same_rows(small, there)


def test_numbers_of_customers_keep_their_last_digit_in_parts_of_several_types(tmp_path, monkeypatch):
    frame = make_messy()
    frame["Customer ID"] = [2**60 + k % 300 for k in range(len(frame))]
    write(frame[:1_500], tmp_path / "part-1.parquet")
    write(frame[1_500:], tmp_path / "part-2.parquet", **{"Customer ID": pa.string()})
    small, there = read_both(tmp_path / "*.parquet", monkeypatch, mapping=said())
    expect_same_rows(small, there)
    assert str(2**60 + 1) in set(there[0]["transactions"].customer_id.to_pyarrow().to_pylist())


def test_rows_in_parts_of_two_types_are_doubted_and_all_rows_set_aside_are_kept(tmp_path, monkeypatch):
    frame = make_messy()
    write(frame[:2_000], tmp_path / "part-1.parquet")
    write(frame[1_900:], tmp_path / "part-2.parquet", **{"Order No": pa.binary()})
    small, there = read_both(tmp_path / "*.parquet", monkeypatch, mapping=said(keep={"Status": ["paid"]}))
    expect_same_rows(small, there)
    overlaps = [[doubt for doubt in one[1]["transactions"].doubts if "In one part" in doubt] for one in (small, there)]
    assert overlaps[0] == overlaps[1] and len(overlaps[0]) == 1
    monkeypatch.setattr(there_rows, "BLOCK", 20)
    found = datasets.load_data(tmp_path / "*.parquet", mapping=said(keep={"Status": ["paid"]}))[1]["transactions"]
    whole = pd.concat([found.rejected, *found.rest()], ignore_index=True)
    order = ["file", "line"]
    pd.testing.assert_frame_equal(
        whole.sort_values(order, ignore_index=True),
        small[1]["transactions"].rejected.sort_values(order, ignore_index=True),
    )
    assert count_reasons(found) == count_reasons(small[1]["transactions"])


def test_further_columns_that_are_numbers_in_one_part_only_are_text(tmp_path, monkeypatch):
    frame = make_messy().assign(Extra=0.5)
    write(frame[:1_500], tmp_path / "part-1.parquet")
    write(frame[1_500:].assign(Extra="a"), tmp_path / "part-2.parquet")
    small, there = read_both(tmp_path / "*.parquet", monkeypatch, mapping=said(file={"extra": ["Extra"]}))
    expect_same_rows(small, there)
    assert set(small[0]["transactions"]["Extra"]) == {"0.5", "a"}


def test_parts_in_two_currencies_are_refused(tmp_path, monkeypatch):
    frame = make_messy().assign(Total=lambda rows: "€" + rows["Total"].replace([np.inf, np.nan], 1).astype(str))
    write(frame[:1_500], tmp_path / "part-1.parquet")
    other = frame[1_500:].assign(Total=lambda rows: rows["Total"].str.replace("€", "$"))
    write(other, tmp_path / "part-2.parquet", **{"Order No": pa.binary()})
    for most in (10**9, 1_000):
        monkeypatch.setattr(large, "LARGEST_IN_MEMORY", most)
        with pytest.raises(ValueError, match="must be in one currency"):
            datasets.load_data(tmp_path / "*.parquet", mapping=said())
