"""What the columns of result tables hold: shares as %, money with its currency, numbers of things as they are."""

import pytest

from crmlib import language
from crmlib.kit import columns


@pytest.mark.parametrize(
    ("name", "cells", "shown", "is_number"),
    [
        ("n_customers", ["19", "1489"], ["19", "1,489"], True),
        ("share_of_customers", ["0.01020956"], ["1.0%"], True),
        ("top_20_share", ["1.5", ""], ["150.0%", ""], True),
        ("value", ["741817.3599999999", "-5.5"], ["€741,817.36", "−€5.50"], True),
        ("mean", ["3", "4"], ["€3", "€4"], True),
        ("value_per_unit_spread_evenly", ["57.619", "7.5"], ["57.6190", "7.5000"], True),  # no money: a ratio
        ("here", ["0.7953", "2e-05"], ["79.5%", "0.0%"], True),
        ("stayed_by_chance", ["0.6438746"], ["64.4%"], True),
        ("ratio", ["0.7953", "2e-05"], ["0.7953", "0.0000"], True),
        ("customer_id", ["7", "1489"], ["7", "1489"], False),
        ("product_id", ["7", "1489"], ["7", "1489"], False),  # of other tables too
        ("id", ["7", "1489"], ["7", "1489"], False),
        ("n_paid", ["7", "1489"], ["7", "1,489"], True),
        ("product", ["0071", "1489"], ["0071", "1489"], False),  # leading zeros: a number of something, no amount
        ("code", ["1" * 40], ["1" * 40], False),
        ("tier", ["VIP", "1.0"], ["VIP", "1.0"], False),
        ("month", ["2024-01-01"], ["2024-01-01"], False),
        ("last", ["2024-01-01 00:00:00", "2024-01-01 18:30:00"], ["2024-01-01", "2024-01-01 18:30:00"], False),
        ("is_whole", ["True", "False", ""], ["yes", "no", ""], False),
        ("empty", ["", ""], ["", ""], False),
        ("share_price", ["1200.5"], ["€1,200.50"], True),  # what is beyond all shares is none
        ("owed", ["1200.5"], ["€1,200.50"], True),
        ("above_limit", ["0.0", "7.5"], ["€0.00", "€7.50"], True),
        ("coverage", ["0.45", "1.0"], ["45.0%", "100.0%"], True),
        ("loss_per_margin", ["0.189", "1.573"], ["18.9%", "157.3%"], True),
        ("gross_margin", ["0.3"], ["0.3000"], True),  # a ratio of a statement, not the margin in money
    ],
)
def test_a_column_is_shown_as_people_read_it(name, cells, shown, is_number):
    assert columns.show_column(name, cells, currency="EUR") == (shown, is_number)


def test_in_a_table_of_shares_every_number_is_one():
    assert columns.show_column("VIP", ["0.625", "0"], table="2-move-shares") == (["62.5%", "0.0%"], True)
    assert columns.show_column("VIP", ["10", "0"], table="2-moves") == (["10", "0"], True)


def test_names_the_kit_knows_are_said_in_the_readers_language():
    language.use("zh")
    assert columns.show_column("tier", ["VIP", "mine"]) == (["VIP客户", "mine"], False)
