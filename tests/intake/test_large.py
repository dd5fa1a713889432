"""Orders that stay where they are are counted, set aside and masked as the same file is that is read into memory."""

import dataclasses

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from both_ways import expect_same, read_both
from messy_orders import make_messy, say, write

from crmlib import datasets
from crmlib.intake import large, stand_in, there_rows
from crmlib.intake.report import count_reasons

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table")  # Ibis asks DuckDB so


@pytest.fixture
def few(monkeypatch):
    """A thousand lines are large already."""
    monkeypatch.setattr(large, "LARGEST_IN_MEMORY", 1_000)


def test_the_teaching_company_is_the_same_whichever_way_it_is_read(tmp_path, monkeypatch):
    lines = datasets.load_data("teaching-company")[0]["transactions"]
    lines.to_parquet(tmp_path / "orders.parquet", index=False)
    expect_same(*read_both(tmp_path / "orders.parquet", monkeypatch))


def test_a_messy_file_is_the_same_whichever_way_it_is_read(tmp_path, monkeypatch):
    file = write(make_messy(), tmp_path / "orders.parquet")
    small, there = read_both(file, monkeypatch, mapping={"transactions": say(keep={"Status": ["paid"]})})
    expect_same(small, there)
    assert there[1]["transactions"].n_rejected > 200


@pytest.mark.parametrize(
    "said",
    [
        {"keep": {"Status": ["pa*"]}, "negative": {"Order No": ["A0*"]}},
        {"keep": {"Status": ["open"], "Region": ["south"]}},
        {"negative": {"Total": ["<0"]}, "nobody": {"customer_id": ["C0001", "C000*"]}},
        {"nobody": {"customer_id": []}, "file": {"extra": ["Region", "Price"]}},
        {"keep": {"order_id": ["A*"]}},
    ],
)
def test_what_a_mapping_says_counts_there_too(said, tmp_path, monkeypatch):
    file = write(make_messy(), tmp_path / "orders.parquet")
    expect_same(*read_both(file, monkeypatch, mapping={"transactions": say(**said)}))


@pytest.mark.parametrize(
    "types",
    [
        {"Order Date": pa.timestamp("ns")},
        {"Order Date": pa.timestamp("ms", tz="Asia/Shanghai")},
        {"Order Date": pa.timestamp("us", tz="+05:30")},
        {"Order Date": pa.date32()},
        {"Total": pa.float32()},
        {"Total": pa.decimal128(18, 3)},
        {"Customer ID": pa.large_string(), "Order No": pa.dictionary(pa.int32(), pa.string())},
    ],
)
def test_types_are_read_as_in_small_files(types, tmp_path, monkeypatch):
    frame = make_messy()
    frame.loc[[8, 9], "Order Date"] = pd.NaT  # beyond what nanoseconds hold
    if pa.types.is_decimal(types.get("Total", pa.null())):
        frame.loc[[3, 10, 11, 12], "Total"] = 5.0
    file = write(frame, tmp_path / "orders.parquet", **types)
    expect_same(*read_both(file, monkeypatch, mapping={"transactions": say()}))


@pytest.mark.parametrize("kind", [pa.int64(), pa.int32(), pa.float64(), pa.decimal128(20, 0)])
def test_ids_that_are_numbers(kind, tmp_path, monkeypatch):
    frame = make_messy()
    frame["Customer ID"] = [None if k % 50 == 0 else k % 300 for k in range(len(frame))]
    file = write(frame, tmp_path / "orders.parquet", **{"Customer ID": kind})
    expect_same(*read_both(file, monkeypatch, mapping={"transactions": say()}))


def test_text_that_is_plain_or_hardly_so_is_read_by_the_same_rules(tmp_path, monkeypatch):
    frame = make_messy()
    frame["Total"] = frame["Total"].astype("str")
    frame["Order Date"] = frame["Order Date"].dt.strftime("%Y-%m-%d %H:%M:%S")
    frame.loc[[30, 31, 32, 33], "Total"] = ["¥12.50", "(3.00)", "1,234.50", "nothing"]
    frame.loc[[34, 35, 36], "Order Date"] = ["2024-02-30", "7 June 2024", "2024/6/7 8:05"]
    file = write(frame, tmp_path / "orders.parquet")
    small, there = read_both(file, monkeypatch, mapping={"transactions": say()})
    assert there[1]["transactions"].currency == "CNY"
    expect_same(small, there)


def test_a_product_of_two_columns_and_a_profit(tmp_path, monkeypatch):
    frame = make_messy()
    frame["Quantity"], frame["UnitPrice"] = np.arange(len(frame)) % 7 - 1, frame["Total"].round(3)
    frame["Profit"] = frame["Total"].replace([np.inf, 1e15], 1.0) / 4
    columns = {"customer_id": "Customer ID", "order_date": "Order Date", "amount": ["Quantity", "UnitPrice"]}
    said = {"columns": columns | {"profit": "Profit"}, "keep": {"Status": "all"}, "subtract": {"Profit": False}}
    file = write(frame, tmp_path / "orders.parquet")
    expect_same(*read_both(file, monkeypatch, mapping={"transactions": said}))


def test_ids_that_have_lost_digits_are_refused_there_too(tmp_path, few):
    frame = make_messy()
    frame["Customer ID"] = np.arange(len(frame)) + 0.5
    broken = write(frame, tmp_path / "broken.parquet")
    with pytest.raises(ValueError, match="digits may be lost already"):
        datasets.load_data(broken, mapping={"transactions": say()})


def test_people_are_masked_as_in_small_files(tmp_path, monkeypatch):
    frame = make_messy()
    frame["Customer ID"] = [f"1380013{k % 250:04}" for k in range(len(frame))]
    frame["Seller"] = np.where(np.arange(len(frame)) % 2, "Anna Lang", "Dieter Vogel")
    frame["Region"] = np.where(np.arange(len(frame)) % 3, "north", "call 13912345678")
    frame.loc[[3, 40], "Customer ID"] = [None, "Guest"]
    file = write(frame, tmp_path / "orders.parquet")
    said = {"transactions": say(file={"extra": ["Seller", "Region"]})}
    small, there = read_both(file, monkeypatch, mapping=said)
    expect_same(small, there)
    seen = there[0]["transactions"].to_pyarrow().to_pandas().to_csv()
    assert "customer-00001" in seen and not any(text in seen for text in ("13800", "Anna", "139123"))
    expect_same(*read_both(file, monkeypatch, mapping=said, show_personal=True))


def test_a_part_stands_in_for_the_whole_and_finds_what_is_asked(tmp_path, few, monkeypatch):
    monkeypatch.setattr(stand_in, "ROWS", 400)
    frame = make_messy()
    frame["Type"] = np.where(np.arange(len(frame)) % 40, "sale", "refund")
    file = write(frame, tmp_path / "orders.parquet")
    with pytest.raises(ValueError, match=r"In \d+ rows looked at first: Type says refund"):
        datasets.load_data(file, mapping={"transactions": say()})
    rare = frame.assign(Type=np.where(np.arange(len(frame)) == 1_717, "refund", "sale"))
    file = write(rare, tmp_path / "rare.parquet", **{"Order Date": pa.timestamp("ns", tz="Asia/Tokyo")})
    with pytest.raises(ValueError, match=r"looked at first: Type says refund in 1 row"):
        datasets.load_data(file, mapping={"transactions": say()})


def test_more_rows_set_aside_than_are_listed_are_counted_and_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(there_rows, "BLOCK", 50)
    file = write(make_messy(), tmp_path / "orders.parquet")
    small, there = read_both(file, monkeypatch, mapping={"transactions": say(keep={"Status": ["paid"]})})
    ours, theirs = small[1]["transactions"], there[1]["transactions"]
    assert len(theirs.rejected) == 50 and theirs.n_rejected == ours.n_rejected > 200
    assert count_reasons(theirs) == count_reasons(ours)
    whole = pd.concat([theirs.rejected, *theirs.rest()], ignore_index=True)
    pd.testing.assert_frame_equal(whole, ours.rejected)
    with pytest.raises(ValueError, match="must account for every row"):
        dataclasses.replace(theirs, not_listed={})


def test_what_is_told_of_the_rest_of_a_folder_is_kept_where_people_are_masked(tmp_path, few):
    write(make_messy(), tmp_path / "transactions.parquet")
    write(make_messy(), tmp_path / "march.parquet")
    report = datasets.load_data(tmp_path, mapping={"transactions": say()})[1]["transactions"]
    assert any(note == "Not read, since not named after a table: march.parquet." for note in report.notes)
    assert any(doubt.startswith("march.parquet is not read, and has the columns") for doubt in report.doubts)


def test_parts_whose_types_go_together_are_read_exactly(tmp_path, monkeypatch):
    frame = make_messy().drop(index=[8, 9])
    write(frame.assign(Region=None), tmp_path / "part-1.parquet", **{"Order Date": pa.timestamp("ms")})
    frame["Order Date"] = frame["Order Date"].astype("datetime64[ns]")
    frame.loc[20, "Order Date"] = pd.Timestamp("2024-05-05 23:59:59.999999999")
    types = {"Order Date": pa.timestamp("ns"), "Order No": pa.dictionary(pa.int32(), pa.string())}
    write(frame, tmp_path / "part-2.parquet", **types)
    said = {"transactions": say()}
    small, there = read_both(tmp_path / "*.parquet", monkeypatch, mapping=said)
    lines = there[0]["transactions"].to_pyarrow().to_pandas()
    pd.testing.assert_frame_equal(lines.astype(small[0]["transactions"].dtypes), small[0]["transactions"])


def test_a_part_that_stands_there_twice_is_refused(tmp_path, few):
    for name in ("part-1.parquet", "part-2.parquet"):
        write(make_messy(), tmp_path / name)
    with pytest.raises(ValueError, match="are the same, byte for byte"):
        datasets.load_data(tmp_path / "*.parquet", mapping={"transactions": say()})


def test_a_large_file_that_holds_its_rows_twice_is_doubted_as_a_small_one(tmp_path, monkeypatch):
    file = write(pd.concat([make_messy()] * 2, ignore_index=True), tmp_path / "orders.parquet")
    small, there = read_both(file, monkeypatch, mapping={"transactions": say()})
    expect_same(small, there)
    assert any('repeated = "once"' in doubt for doubt in there[1]["transactions"].doubts)


def test_columns_called_as_duckdb_calls_its_own_are_refused(tmp_path, few):
    file = write(make_messy().assign(filename="a.csv"), tmp_path / "orders.parquet")
    with pytest.raises(ValueError, match="must not be called filename"):
        datasets.load_data(file, mapping={"transactions": say()})


def test_the_end_of_a_day_written_as_24_00_is_set_aside_as_in_small_files(tmp_path, monkeypatch):
    frame = make_messy()
    frame["Order Date"] = frame["Order Date"].dt.strftime("%Y-%m-%d %H:%M:%S")
    frame.loc[[30, 31], "Order Date"] = ["2024-02-20 24:00:00", "2024-02-20 23:59:60"]
    file = write(frame, tmp_path / "orders.parquet")
    expect_same(*read_both(file, monkeypatch, mapping={"transactions": say()}))


def test_a_column_of_text_that_is_two_of_ours_sets_aside_what_either_does(tmp_path, monkeypatch):
    frame = make_messy()
    frame["Quantity"] = [str(k % 7 - 1) for k in range(len(frame))]
    frame.loc[[50, 51], "Quantity"] = ["", "x"]
    columns = {"customer_id": "Customer ID", "order_date": "Order Date", "amount": ["Quantity", "Price"]}
    said = {"columns": columns | {"quantity": "Quantity"}, "keep": {"Status": "all"}}
    file = write(frame, tmp_path / "orders.parquet")
    expect_same(*read_both(file, monkeypatch, mapping={"transactions": said}))


def test_months_and_counted_days_among_days_are_set_aside_as_in_small_files(tmp_path, monkeypatch):
    frame = make_messy()
    frame["Order Date"] = frame["Order Date"].dt.strftime("%Y-%m-%d %H:%M:%S")
    for odd in ([f"2024-0{k}" for k in range(1, 9)], [str(45_292 + k) for k in range(15)]):
        frame.loc[list(range(60, 60 + len(odd))), "Order Date"] = odd
        file = write(frame, tmp_path / f"{len(odd)}.parquet")
        small, there = read_both(file, monkeypatch, mapping={"transactions": say()})
        expect_same(small, there)
        assert there[1]["transactions"].n_rejected > len(odd)
