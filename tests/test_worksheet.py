"""The segmentation worksheet."""

import pandas as pd
import pytest

from crmlib import worksheet

SOLD = pd.DataFrame(
    {
        "segment": ["tea", "oil", "tea", "tea", "tea", "tea"],
        "net_profit": [50.0, 500.0, 20.0, 20.0, -5.0, -90.0],
        "next_step": list("uvwxyz"),
    },
    index=list("afbcde"),
)


def test_the_worksheet_by_hand():
    # oil brings 500 and comes first, though it has one customer; of b and c, equal, b is before c.
    sheet = worksheet.segment_worksheet(SOLD, k=2)
    assert sheet["customer_id"].tolist() == ["f", "a", "b", "e", "d"]
    assert sheet["place"].tolist() == ["best", "best", "best", "worst", "worst"]
    assert sheet["rank"].tolist() == [1, 1, 2, 1, 2]


def test_nobody_stands_twice_in_a_small_segment():
    sheet = worksheet.segment_worksheet(SOLD, k=4)
    assert sheet["customer_id"].is_unique
    assert len(sheet) == len(SOLD)


def test_the_worksheet_does_not_depend_on_the_order_of_rows():
    first, second = (worksheet.segment_worksheet(table, k=2) for table in (SOLD, SOLD[::-1]))
    pd.testing.assert_frame_equal(first, second)


def test_a_customer_without_a_segment_is_counted():
    with pytest.raises(ValueError, match="must have a segment; 1 of 6 have none"):
        worksheet.segment_worksheet(SOLD.assign(segment=["tea", None, "tea", "tea", "tea", "tea"]))
    with pytest.raises(
        ValueError, match="every net_profit of customers must be a number; 1 of 6 are not, the first that of 'b'"
    ):
        worksheet.segment_worksheet(SOLD.assign(net_profit=SOLD["net_profit"].where(SOLD.index != "b")))
    with pytest.raises(ValueError, match="k must be a whole number of at least 1; got 0"):
        worksheet.segment_worksheet(SOLD, k=0)


def test_who_earns_is_thanked_and_who_loses_gets_the_dearest_activity_mended():
    costs = pd.DataFrame(
        {"representative visit": [240.0, 120, 0, 0], "home delivery": [20.0, 140, 0, 0], "complaint": [0.0, 0, 9, 0]},
        index=list("abcd"),
    )
    steps = worksheet.next_steps(pd.Series({"a": -9.0, "b": -1.0, "c": -2.0, "d": 0.0, "e": -3.0}), costs)
    assert steps.to_dict() == {
        "a": "phone instead of some visits",
        "b": "bundle deliveries, or a minimum order",
        "c": "find out what goes wrong",  # no step is known for complaints
        "d": "thank them, ask what else they need",
        "e": "find out what goes wrong",  # no cost is known
    }
