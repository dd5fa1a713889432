"""Customers found in a table without making objects of their ids: as pandas finds them."""

import numpy as np
import pandas as pd
import pytest

from crmlib.customer_index import have_same_customers, is_sorted, is_unique, look_up, side_by_side

IDS = pd.Index([f"c{n}" for n in range(60)])
COLUMNS = {
    "numbers": np.arange(40) / 8,
    "whole numbers": np.arange(40),
    "small whole numbers": np.arange(40, dtype="int8"),
    "nullable": pd.array([None, 1] * 20, dtype="Int64"),
    "days": pd.date_range("2024-01-01", periods=40),
    "words": pd.Categorical(["a", "b"] * 20),
    "texts": pd.array(["x", None] * 20, dtype="str"),
    "answers": np.arange(40) % 3 == 0,
}


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("order", [1, -1])
def test_values_are_looked_up_as_pandas_does(name, order):
    values = pd.Series(COLUMNS[name], index=IDS[10:50][::order], name=name)
    pd.testing.assert_series_equal(look_up(values, IDS), values.reindex(IDS))
    pd.testing.assert_series_equal(look_up(values, IDS[:0]), values.reindex(IDS[:0]))
    pd.testing.assert_series_equal(look_up(values[:0], IDS), values[:0].reindex(IDS))


@pytest.mark.parametrize("name", ["numbers", "whole numbers", "small whole numbers"])
def test_who_has_no_value_gets_what_is_said(name):
    values = pd.Series(COLUMNS[name], index=IDS[10:50])
    pd.testing.assert_series_equal(look_up(values, IDS, -1), values.reindex(IDS, fill_value=-1))


def test_other_ids_than_texts_and_pieces_of_them_are_found_too():
    values = pd.Series([1.0, 2.0], index=[7, 3])
    assert look_up(values, pd.Index([3, 4])).tolist()[0] == 2.0
    pieces = pd.concat([pd.Series([1.0], ["ann"]), pd.Series([2.0], ["bob"])])
    assert look_up(pieces, pd.Index(["bob", "ann"])).tolist() == [2.0, 1.0]
    assert np.isnan(look_up(pieces, pd.Index([None, "ann"], dtype="str")).iloc[0])


def test_who_stands_twice_is_refused():
    twice = pd.Series([1.0, 2.0], ["ann", "ann"])
    assert not is_unique(twice.index) and is_unique(IDS) and is_unique(IDS[:0])
    with pytest.raises(ValueError, match="duplicate"):
        look_up(twice, IDS)


def test_rows_are_looked_up_as_pandas_does():
    rows = pd.DataFrame(COLUMNS, index=IDS[10:50][::-1])
    pd.testing.assert_frame_equal(look_up(rows, IDS), rows.reindex(IDS))
    pd.testing.assert_frame_equal(look_up(rows, IDS[:0]), rows.reindex(IDS[:0]))
    inside = IDS[12:15]
    pd.testing.assert_frame_equal(look_up(rows, inside), rows.loc[inside])
    numbers = rows[["numbers", "whole numbers"]]
    pd.testing.assert_frame_equal(look_up(numbers, IDS, 0), numbers.reindex(IDS, fill_value=0))
    assert look_up(rows[[]], IDS).shape == (60, 0)


@pytest.mark.parametrize("missing", [None, 0.0])
@pytest.mark.parametrize("ids", [IDS, pd.RangeIndex(60)], ids=["texts", "numbers"])
def test_columns_stand_side_by_side_as_in_pandas(ids, missing):
    shuffled = ids[np.random.default_rng(1).permutation(60)]
    columns = {"now": pd.Series(np.arange(40.0), shuffled[:40]), 2023: pd.Series(np.arange(30.0), shuffled[30:])}
    wanted = pd.DataFrame(columns).sort_index().rename_axis("customer_id")
    wanted = wanted if missing is None else wanted.fillna(missing)
    pd.testing.assert_frame_equal(side_by_side(columns, missing), wanted)
    assert side_by_side({"now": columns["now"][:0]}).shape == (0, 1)


@pytest.mark.parametrize("other", [IDS[::-1], IDS[:59], IDS[:59].append(IDS[:1]), IDS[:59].append(pd.Index(["x"]))])
def test_the_same_customers_stand_in_both(other):
    wanted = set(other) == set(IDS) and len(other) == len(IDS)
    assert have_same_customers(IDS, other) == have_same_customers(other, IDS) == wanted
    assert have_same_customers(pd.RangeIndex(3), pd.Index([2, 0, 1]))


def test_order_and_repeats_are_seen_in_every_index():
    orders = [
        ["a", "b"],
        ["b", "a"],
        ["a", "a", "b"],
        ["b", "b", "a"],
        ["a"],
        [],
        ["a", None],
        [None, "a"],
        ["a", None, None],
    ]
    for texts in orders:
        index = pd.Index(texts, dtype="str")
        assert is_unique(index) == index.is_unique
        if None not in texts:
            assert is_sorted(index) == index.is_monotonic_increasing
    assert is_unique(pd.Index([2, 1]))
    assert not is_sorted(pd.Index([2, 1]))
