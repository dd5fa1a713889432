"""Customers found in a table without making objects of their ids: as pandas finds them."""

import numpy as np
import pandas as pd
import pytest

from crmlib import tables

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
    pd.testing.assert_series_equal(tables.look_up(values, IDS), values.reindex(IDS))
    pd.testing.assert_series_equal(tables.look_up(values, IDS[:0]), values.reindex(IDS[:0]))
    pd.testing.assert_series_equal(tables.look_up(values[:0], IDS), values[:0].reindex(IDS))


@pytest.mark.parametrize("name", ["numbers", "whole numbers", "small whole numbers"])
def test_who_has_no_value_gets_what_is_said(name):
    values = pd.Series(COLUMNS[name], index=IDS[10:50])
    pd.testing.assert_series_equal(tables.look_up(values, IDS, -1), values.reindex(IDS, fill_value=-1))


def test_other_ids_than_texts_and_pieces_of_them_are_found_too():
    values = pd.Series([1.0, 2.0], index=[7, 3])
    assert tables.look_up(values, pd.Index([3, 4])).tolist()[0] == 2.0
    pieces = pd.concat([pd.Series([1.0], ["ann"]), pd.Series([2.0], ["bob"])])
    assert tables.look_up(pieces, pd.Index(["bob", "ann"])).tolist() == [2.0, 1.0]
    assert np.isnan(tables.look_up(pieces, pd.Index([None, "ann"], dtype="str")).iloc[0])


def test_who_stands_twice_is_refused():
    twice = pd.Series([1.0, 2.0], ["ann", "ann"])
    assert not tables.is_unique(twice.index) and tables.is_unique(IDS) and tables.is_unique(IDS[:0])
    with pytest.raises(ValueError, match="duplicate"):
        tables.look_up(twice, IDS)
