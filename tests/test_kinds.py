"""What sorts customers: columns of few kinds, and the kind each spent most in; from a DataFrame, a file or a table."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from crmlib import kinds, orders

# Ibis 12 reads by functions that DuckDB 2 and pandas 3.1 have since renamed.
pytestmark = [
    pytest.mark.filterwarnings("ignore:fetch_arrow_table"),
    pytest.mark.filterwarnings("ignore:The 'future.infer_string' option is deprecated"),
]

LINES = pd.DataFrame(
    [
        ("ann", "2024-01-05", 20.0, "north"),
        ("ann", "2024-01-06", 15.1, "south"),
        ("ann", "2024-03-01", 4.9, "south"),  # as much as in the north, in cents: the last in order
        ("bob", "2024-03-02", -5.5, "south"),
        ("bob", "2024-03-02", -1.0, "east"),  # of who only gave back, the kind with the least
        ("cy", "2024-03-09", 8.0, None),
        ("cy", "2024-03-10", 1.0, "北"),
        ("dee", "2024-03-10", 1.0, None),
    ],
    columns=["customer_id", "order_date", "amount", "region"],
).assign(order_date=lambda lines: pd.to_datetime(lines["order_date"]))


@pytest.mark.parametrize("most", [2, 3])
def test_a_column_of_one_value_or_of_very_many_tells_no_kinds(lying, most):
    size = [1.0, 2.0, 3.0, np.nan, np.nan]
    lines = LINES[:5].assign(region=["a", "a", "b", None, "b"], country="CN", number=range(5), size=size)
    columns = ["size", "country", "region", "number"]
    wanted = {2: ["region"], 3: ["size", "region"]}[most]
    assert kinds.find_kinds(lines, columns, most=most) == wanted
    assert kinds.find_kinds(lying(lines), columns, most=most) == wanted
    assert kinds.find_kinds(lying(lines), []) == []


def in_pandas(lines, column):
    """The same by sums of each customer and kind."""
    sums = orders.sum_orders(lines, ["customer_id", column])["amount"].sort_values(kind="stable")
    return sums.reset_index(column).groupby(level=0)[column].last().dropna()


def test_the_kind_each_spent_most_in(lying, tmp_path):
    wanted = {"ann": "south", "bob": "east", "cy": "北"}
    LINES.to_parquet(tmp_path / "log.parquet", index=False)
    for lines in (LINES, lying(LINES), tmp_path / "log.parquet", LINES[::-1]):
        found = kinds.find_main_kind(lines, "region")
        assert (found.to_dict(), found.name, found.index.name) == (wanted, "region", "customer_id")
        assert found.cat.categories.tolist() == ["east", "north", "south", "北"]


@given(
    some.lists(
        some.tuples(
            some.sampled_from(["a", "b", "C", "é", "甲"]),
            some.integers(-3, 3),
            some.sampled_from(["x", "X", "", "é", "z", "门", None]),
        ),
        min_size=1,
        max_size=25,
    )
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_is_what_sums_of_each_kind_say(lying, rows):
    lines = pd.DataFrame(rows, columns=["customer_id", "amount", "kind"])
    lines = lines.assign(order_date=pd.Timestamp("2024-01-05"), amount=lines["amount"] / 10)
    lines["kind"] = lines["kind"].astype("str")
    wanted = in_pandas(lines, "kind")
    for given_lines in (lines, lying(lines)):
        found = kinds.find_main_kind(given_lines, "kind").astype("str")
        assert found.to_dict() == wanted.to_dict()


def test_a_number_may_be_a_kind_and_nan_is_none():
    lines = LINES.assign(store=[2.0, 1.0, 2.0, 1.0, np.nan, np.nan, 3.0, np.nan])
    assert kinds.find_main_kind(lines, "store").to_dict() == {"ann": 2.0, "bob": 1.0, "cy": 3.0}


def test_where_no_line_tells_a_kind_nobody_has_one(lying):
    lines = LINES.assign(region=pd.array([None] * len(LINES), dtype="str"))
    assert len(kinds.find_main_kind(lying(lines), "region")) == 0


def test_a_column_of_too_many_kinds_is_refused(lying):
    with pytest.raises(ValueError, match="region must have at most 3 kinds"):
        kinds.find_main_kind(lying(LINES), "region", most=3)
    with pytest.raises(ValueError, match="shop"):
        kinds.find_main_kind(LINES, "shop")
