"""Lines of orders, however many: by hand, and the same from a DataFrame as from tables that stay where they are."""

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from crmlib import customers, gaps, orders, trend

# Ibis 12 reads by functions that DuckDB 2 and pandas 3.1 have since renamed.
pytestmark = [
    pytest.mark.filterwarnings("ignore:fetch_arrow_table"),
    pytest.mark.filterwarnings("ignore:The 'future.infer_string' option is deprecated"),
]

LINES = pd.DataFrame(
    [
        ("ann", "2024-01-05 09:00", 20.10, "1", 12.0, "north"),
        ("ann", "2024-01-05 09:00", 0.20, "1", None, "north"),
        ("ann", "2024-03-01 23:59", 30.00, "2", 10.0, "south"),
        ("bob", "2024-03-02 00:00", -5.50, "3", -2.0, "south"),
        ("cy", "2024-03-09 10:00", 8.00, "4", 6.5, None),
    ],
    columns=["customer_id", "order_date", "amount", "order_id", "cost", "region"],
).assign(order_date=lambda lines: pd.to_datetime(lines["order_date"]))


@pytest.fixture(params=["in memory", "a view of Parquet", "numbers as ids"])
def table(request, lying, tmp_path):
    """LINES as an Ibis table."""
    if request.param == "in memory":
        return lying(LINES)
    if request.param == "numbers as ids":
        return lying(LINES.assign(customer_id=LINES["customer_id"].map({"ann": 7, "bob": 8, "cy": 9})))
    LINES.to_parquet(tmp_path / "log.parquet", index=False)
    return ibis.duckdb.connect().read_parquet(tmp_path / "log.parquet")


def renamed(frame):
    """Ids 7, 8, 9 back to the names that LINES has."""
    names = {"7": "ann", "8": "bob", "9": "cy"}
    if "customer_id" in frame:
        return frame.assign(customer_id=frame["customer_id"].replace(names))
    return frame.rename(index=names) if "customer_id" in frame.index.names else frame


# --- described ----------------------------------------------------------------------------------


def test_the_lines_up_to_a_day_are_described_and_the_later_ones_counted():
    log = orders.describe_orders(LINES, as_of="2024-03-01")
    assert log.to_dict() == {
        "n_lines": 3,
        "n_customers": 1,
        "amount": 50.3,
        "first_day": pd.Timestamp("2024-01-05"),
        "last_day": pd.Timestamp("2024-03-01"),
        "n_without_cost": 1,
        "amount_without_cost": 0.2,
        "n_later": 2,
        "earliest_day": pd.Timestamp("2024-01-05"),
        "latest_day": pd.Timestamp("2024-03-09"),
    }


def test_a_window_without_a_line_has_no_days():
    log = orders.describe_orders(LINES, since="2024-02-01", as_of="2024-02-29")
    assert (log["n_lines"], log["n_customers"], log["amount"], log["n_later"]) == (0, 0, 0.0, 3)
    assert log["first_day"] is pd.NaT
    assert log["last_day"] is pd.NaT


def test_where_there_is_no_column_of_costs_every_line_lacks_one():
    log = orders.describe_orders(LINES.drop(columns="cost"))
    assert (log["n_without_cost"], log["amount_without_cost"], log["n_later"]) == (5, 52.8, 0)


@pytest.mark.parametrize("days", [{}, {"as_of": "2024-03-01"}, {"since": "2024-03-01", "as_of": "2024-03-02"}])
def test_a_table_is_described_as_the_frame_is(table, days):
    assert orders.describe_orders(table, **days).to_dict() == orders.describe_orders(LINES, **days).to_dict()


def test_a_cost_that_is_not_a_number_is_none(lying):
    lines = LINES.assign(cost=[1.0, 2.0, np.nan, np.nan, 3.0])
    arrow = pa.Table.from_pandas(lines.drop(columns="cost"), preserve_index=False)
    arrow = arrow.append_column("cost", pa.array(lines["cost"].to_numpy(), from_pandas=False))
    table = lying(arrow)
    assert table.cost.isnan().sum().execute() == 2
    assert orders.describe_orders(table).to_dict() == orders.describe_orders(lines).to_dict()
    assert orders.select_orders(table, with_cost=True).count().execute() == 3


# --- selected -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, [0, 1, 2, 3, 4]),
        ({"as_of": "2024-03-01"}, [0, 1, 2]),
        ({"since": "2024-03-01", "as_of": "2024-03-02"}, [2, 3]),
        ({"since": "2024-03-02"}, [3, 4]),
        ({"with_cost": True}, [0, 2, 3, 4]),
        ({"drop": ["cost", "quantity"]}, [0, 1, 2, 3, 4]),
    ],
)
def test_lines_are_selected_with_both_days_whole(table, asked, kept):
    wanted = LINES.loc[kept].drop(columns=asked.get("drop", []), errors="ignore")
    assert orders.select_orders(LINES, **asked).equals(wanted)
    found = orders.select_orders(table, **asked)
    assert isinstance(found, ibis.Table)
    assert list(found.columns) == list(wanted)
    frame = renamed(found.to_pandas().astype({"customer_id": "str"}))
    wanted = wanted.reset_index(drop=True)
    by = ["order_date", "amount"]
    pd.testing.assert_frame_equal(
        frame.sort_values(by).reset_index(drop=True), wanted.sort_values(by).reset_index(drop=True), check_dtype=False
    )


def test_a_selection_goes_on_into_a_summary(table):
    asked = {"since": "2024-01-01", "as_of": "2024-03-02", "with_cost": True}
    found, wanted = (
        customers.summarize_customers(orders.select_orders(lines, **asked), as_of="2024-03-02")
        for lines in (table, LINES)
    )
    pd.testing.assert_frame_equal(renamed(found), wanted)


def test_days_with_a_zone_are_taken_by_their_local_day():
    zoned = LINES.assign(order_date=LINES["order_date"].dt.tz_localize("Asia/Shanghai"))
    assert orders.select_orders(zoned, as_of="2024-03-01").index.tolist() == [0, 1, 2]


# --- added up -----------------------------------------------------------------------------------


def test_kinds_are_added_up_and_a_missing_one_is_a_kind():
    found = orders.sum_orders(LINES, ["region"])
    assert found.index.tolist()[:2] == ["north", "south"]
    assert found.index.isna().tolist() == [False, False, True]
    assert found["n_lines"].tolist() == [2, 2, 1]
    assert found["n_customers"].tolist() == [1, 2, 1]
    assert found["amount"].tolist() == [20.3, 24.5, 8.0]
    assert found["cost"].isna().tolist() == [True, False, False]  # one line of the north has none
    assert found["cost"].tolist()[1:] == [8.0, 6.5]


def test_periods_begin_with_their_first_day():
    found = orders.sum_orders(LINES, period="M")
    assert found["amount"].to_dict() == {pd.Timestamp("2024-01-01"): 20.3, pd.Timestamp("2024-03-01"): 32.5}
    weeks = orders.sum_orders(LINES, ["customer_id"], period="W", since="2024-03-01")
    assert weeks.index.tolist() == [
        ("ann", pd.Timestamp("2024-02-26")),
        ("bob", pd.Timestamp("2024-02-26")),
        ("cy", pd.Timestamp("2024-03-04")),
    ]
    assert list(weeks) == ["n_lines", "amount", "cost"]


def test_sums_are_exact_in_any_order():
    lines = pd.concat([LINES] * 30).assign(amount=0.1, cost=0.7)
    found = orders.sum_orders(lines, "customer_id")
    assert found["amount"].to_dict() == {"ann": 9.0, "bob": 3.0, "cy": 3.0}
    assert found["cost"].to_dict() == {"ann": 63.0, "bob": 21.0, "cy": 21.0}


@pytest.mark.parametrize(
    "asked",
    [{"by": ["region"]}, {"by": ["customer_id", "region"]}, {"by": ["region"], "period": "Q"}, {"period": "D"}],
)
def test_a_table_is_added_up_as_the_frame_is(table, asked):
    found = renamed(orders.sum_orders(table, **asked, as_of="2024-03-02"))
    pd.testing.assert_frame_equal(found, orders.sum_orders(LINES, **asked, as_of="2024-03-02"))


def test_a_number_may_be_a_kind(lying):
    lines = LINES.assign(store=[1.0, 2.0, np.nan, 1.0, np.nan])
    wanted = orders.sum_orders(lines, ["store"])
    assert wanted["n_lines"].tolist() == [2, 1, 2]
    pd.testing.assert_frame_equal(orders.sum_orders(lying(lines), ["store"]), wanted)


def test_a_file_keeps_its_own_columns(tmp_path):
    lines = LINES.rename(columns={"region": 'the "region"'})
    wanted = orders.sum_orders(lines, ['the "region"'])
    lines.to_parquet(tmp_path / "log.parquet", index=False)
    pd.testing.assert_frame_equal(orders.sum_orders(tmp_path / "log.parquet", ['the "region"']), wanted)
    lines.to_csv(tmp_path / "log.csv", index=False)
    pd.testing.assert_frame_equal(orders.sum_orders(tmp_path / "log.csv", ['the "region"']), wanted)


# --- drawn --------------------------------------------------------------------------------------


def many(n):
    day = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(2 * n) % 60, unit="D")
    ids = [f"c{i:03}" for i in range(n)] * 2
    return pd.DataFrame({"customer_id": ids, "order_date": day, "amount": np.arange(2 * n) / 100, "order_id": "1"})


def test_all_lines_of_the_customers_drawn_are_there(lying):
    lines = many(100)
    found = orders.sample_customers(lines, 10, seed=3)
    who = found["customer_id"].unique()
    assert len(who) == 10
    wanted = lines[lines["customer_id"].isin(who)].sort_values(["customer_id", "order_date"])
    assert found["amount"].tolist() == wanted["amount"].tolist()
    pd.testing.assert_frame_equal(orders.sample_customers(lying(lines), 10, seed=3), found)
    pd.testing.assert_frame_equal(orders.sample_customers(lines[::-1], 10, seed=3), found)
    assert set(orders.sample_customers(lines, 10, seed=4)["customer_id"]) != set(who)


def test_each_customer_is_as_likely_as_another():
    drawn = pd.concat([orders.sample_customers(many(10), 3, seed=seed) for seed in range(200)])
    counts = drawn["customer_id"].value_counts() / 2
    assert counts.between(60 - 4 * 6.5, 60 + 4 * 6.5).all()  # 200 draws of 3 in 10: 60, standard error 6.5


def test_everybody_where_there_are_no_more(table):
    wanted = LINES.drop(columns="region").sort_values(["customer_id", "order_date", "amount"]).reset_index(drop=True)
    pd.testing.assert_frame_equal(orders.sample_customers(LINES, 3, seed=1), wanted, check_dtype=False)
    pd.testing.assert_frame_equal(renamed(orders.sample_customers(table, 9, seed=1)), wanted, check_dtype=False)


def test_who_has_no_line_in_the_days_is_not_drawn_from():
    for seed in range(10):
        assert set(orders.sample_customers(LINES, 1, seed=seed, since="2024-03-02")["customer_id"]) < {"bob", "cy"}


# --- messages -----------------------------------------------------------------------------------


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="since must not lie after as_of"):
        orders.describe_orders(LINES, since="2024-03-02", as_of="2024-03-01")
    with pytest.raises(ValueError, match="at least one line"):
        orders.describe_orders(LINES.iloc[:0])
    with pytest.raises(TypeError, match="DataFrame or an Ibis table; got str"):
        orders.select_orders("log.csv")
    with pytest.raises(ValueError, match="missing \\['cost'\\]"):
        orders.select_orders(LINES.drop(columns="cost"), with_cost=True)
    with pytest.raises(ValueError, match="order_date must be dates"):
        orders.select_orders(LINES.astype({"order_date": "str"}))
    with pytest.raises(ValueError, match="missing \\['shop'\\]"):
        orders.sum_orders(LINES, ["shop"])
    with pytest.raises(ValueError, match="by must name at least one column"):
        orders.sum_orders(LINES)
    with pytest.raises(ValueError, match="period must be one of"):
        orders.sum_orders(LINES, period="H")
    with pytest.raises(ValueError, match="n must be a whole number"):
        orders.sample_customers(LINES, 0, seed=1)
    with pytest.raises(ValueError, match="a line must lie between since and as_of"):
        orders.sample_customers(LINES, 1, seed=1, as_of="2023-12-31")


# --- properties ---------------------------------------------------------------------------------

LOGS = some.lists(
    some.tuples(
        some.sampled_from(["ann", "bob", "Cy", "张三", "10", "9"]),
        some.datetimes(pd.Timestamp("2024-01-01"), pd.Timestamp("2024-04-01")),
        some.integers(-(10**6), 10**6).map(lambda cents: cents / 100),
        some.one_of(some.none(), some.integers(0, 10**6).map(lambda cents: cents / 100)),
        some.one_of(some.none(), some.sampled_from(["north", "south", ""])),
    ),
    min_size=1,
    max_size=40,
).map(
    lambda rows: pd.DataFrame(rows, columns=["customer_id", "order_date", "amount", "cost", "region"]).astype(
        {"customer_id": "str", "amount": "float64", "cost": "float64", "region": "str"}
    )
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LOGS, day=some.dates(pd.Timestamp("2024-01-01").date(), pd.Timestamp("2024-04-01").date()))
def test_a_table_and_a_frame_agree_and_parts_add_up(lying, lines, day):
    table = lying(lines)
    whole = orders.describe_orders(lines, as_of=day)
    assert orders.describe_orders(table, as_of=day).to_dict() == whole.to_dict()
    found = orders.sum_orders(lines, ["region", "customer_id"], as_of=day)
    pd.testing.assert_frame_equal(orders.sum_orders(table, ["region", "customer_id"], as_of=day), found)
    assert found["n_lines"].sum() == whole["n_lines"] == len(orders.select_orders(lines, as_of=day))
    assert found["amount"].sum() == pytest.approx(whole["amount"], abs=1e-6)
    pd.testing.assert_frame_equal(orders.sample_customers(table, 2, seed=1), orders.sample_customers(lines, 2, seed=1))
    pd.testing.assert_frame_equal(trend.by_month(table, as_of="2024-04-01"), trend.by_month(lines, as_of="2024-04-01"))
    change = trend.compare_months(lines, as_of="2024-04-01", n_months=1)
    assert trend.compare_months(table, as_of="2024-04-01", n_months=1) == change
    assert gaps.count_returned(table, as_of=day) == gaps.count_returned(lines, as_of=day)
    days = {"as_of": "2023-12-31", "until": day}
    pd.testing.assert_series_equal(gaps.first_days_after(table, **days), gaps.first_days_after(lines, **days))
