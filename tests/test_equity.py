"""What the customer base is worth: by hand, by law, and refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import equity, value

# Four of 2023; two of them come again in 2024, beside two new ones; of these four three come in 2025, beside two.
EIGHT = pd.DataFrame(
    {
        2023: [60, 90, 40, 70, None, None, None, None],
        2024: [120, 140, None, None, 60, 80, None, None],
        2025: [150, 170, None, None, 90, None, 100, 90],
    },
    index=list("ABCDEFGH"),
)
TWO = pd.DataFrame(
    {"n_customers": [90, 10], "length": [2.0, 6.0], "profit_per_customer": [50.0, 200.0]}, index=["s", "l"]
)


def test_the_eight_by_hand():
    base = equity.base_by_period(EIGHT, discount_rate=0)
    assert base.index.tolist() == [2024, 2025] and base.index.name == "period"
    assert base.loc[2024].tolist() == [4, 0.5, 2, 100, 200, 800]
    assert base.loc[2025].tolist() == [5, 0.75, 4, 120, 480, 2400]


def test_segments_are_the_base_of_each_and_who_has_none_is_left_out():
    kind = pd.Series({**dict.fromkeys("ABCD", "old"), **dict.fromkeys("EFG", "new")})
    more = EIGHT.fillna({2023: 3.0, 2024: 7.0})
    base = equity.base_by_segment(more, kind, discount_rate=0.1)
    assert base.index.names == ["period", "segment"]
    assert base.loc[2025].index.tolist() == ["new", "old"]
    wanted = equity.base_by_period(more.loc[list("ABCD")], discount_rate=0.1)
    assert base.xs("old", level="segment").equals(wanted)


def test_the_length_is_the_multiple_of_value():
    for rate in (0.0, 0.3, 0.9, 1.0):
        wanted = value.retention_value(1, retention_rate=rate, discount_rate=0.12, first_payment="now")
        assert equity.relation_length(pd.Series([rate]), discount_rate=0.12).iloc[0] == pytest.approx(wanted)


def test_a_relation_without_end_is_refused():
    with pytest.raises(ValueError, match="never leave and are not discounted"):
        equity.relation_length(pd.Series([0.5, 1.0]), discount_rate=0)


@pytest.mark.parametrize("rate", [-0.1, 1.2, float("nan")])
def test_a_retention_that_is_no_share_is_refused(rate):
    with pytest.raises(ValueError, match="retention_rate must lie between 0 and 1"):
        equity.relation_length(pd.Series([rate]), discount_rate=0.1)


def test_a_period_without_customers_and_a_lone_period_are_refused():
    with pytest.raises(ValueError, match="two periods or more, each with a customer.*'2025': 0"):
        equity.base_by_period(EIGHT.assign(**{"2025": np.nan}), discount_rate=0.1)
    with pytest.raises(ValueError, match="two periods or more"):
        equity.base_by_period(EIGHT[[2024]], discount_rate=0.1)


def test_a_profit_of_zero_is_a_customer_and_a_loss_counts():
    base = equity.base_by_period(pd.DataFrame({1: [5.0, 5.0], 2: [0.0, -10.0]}), discount_rate=0.5)
    assert base.loc[2, ["n_customers", "retention_rate", "profit_per_customer"]].tolist() == [2, 1, -5]
    assert base.loc[2, "equity"] == pytest.approx(2 * 3 * -5)


def test_who_comes_back_after_a_gap_was_not_kept():
    profits = pd.DataFrame({1: [1.0, 1.0], 2: [None, 1.0], 3: [1.0, 1.0]})
    assert equity.base_by_period(profits, discount_rate=0.1)["retention_rate"].tolist() == [0.5, 1.0]


def test_equity_is_number_times_value_in_each_segment():
    table = equity.customer_equity(TWO)
    assert table["value_per_customer"].tolist() == [100, 1200]
    assert table["equity"].tolist() == [9000, 12000]
    with pytest.raises(ValueError, match="every length of segments must be a number"):
        equity.customer_equity(TWO.assign(length=[2.0, None]))


def test_the_product_of_means_is_not_the_mean_of_products():
    # Means over 100 customers: length (180 + 60) / 100, profit (4,500 + 2,000) / 100.
    found = equity.means_and_covariance(TWO)
    assert found[["average_length", "average_profit"]].tolist() == [2.4, 65]
    assert found["product_of_means"] == pytest.approx(100 * 2.4 * 65)
    assert found["covariance_term"] == pytest.approx(21000 - 15600)


@given(
    st.lists(st.tuples(st.integers(0, 1000), st.floats(1, 20), st.floats(-500, 500)), min_size=1, max_size=6).filter(
        lambda rows: sum(n for n, _, _ in rows) > 0
    )
)
def test_product_of_means_and_covariance_add_up(rows):
    found = equity.means_and_covariance(pd.DataFrame(rows, columns=["n_customers", "length", "profit_per_customer"]))
    assert found["product_of_means"] + found["covariance_term"] == pytest.approx(found["equity"], abs=1e-5)


def test_segments_alike_have_no_covariance():
    alike = pd.DataFrame({"n_customers": [3, 5], "length": [2.0, 2.0], "profit_per_customer": [10.0, 40.0]})
    assert equity.means_and_covariance(alike)["covariance_term"] == 0


@pytest.mark.parametrize("numbers", [[0, 0], [-1, 5]])
def test_means_over_nobody_are_refused(numbers):
    with pytest.raises(ValueError, match="n_customers must be 0 or more, and somewhere above 0"):
        equity.means_and_covariance(TWO.assign(n_customers=numbers))


def test_two_periods_ahead_by_hand():
    # Half stay; each is worth 10 x 2. Won: 20, then 20 + 10. Winning costs 15, so each won leaves 5.
    one = pd.DataFrame(
        {
            "n_customers": [100],
            "retention_rate": [0.5],
            "profit_per_customer": [10.0],
            "n_won": [20],
            "win_cost": [15.0],
        },
        index=["all"],
    )
    ahead = equity.equity_ahead(one, discount_rate=0, n_ahead=2)
    assert ahead.index.tolist() == [("all", 0), ("all", 1), ("all", 2)]
    assert ahead["n_present"].tolist() == [100, 50, 25]
    assert ahead["n_won"].tolist() == [0, 20, 30]
    assert ahead["present_equity"].tolist() == [2000, 1000, 500]
    assert ahead["won_equity"].tolist() == [0, 400, 600]
    assert ahead["won_net_value"].tolist() == [0, 100, 200]
    later = equity.equity_ahead(one, discount_rate=0.25, n_ahead=1).iloc[-1]
    assert later["won_net_value"] == pytest.approx(20 * (10 * 1.25 / 0.75 - 15) / 1.25)


def test_today_is_the_equity_of_today_and_segments_keep_their_order():
    rates = TWO.drop(columns="length").assign(retention_rate=[0.5, 0.9])
    ahead = equity.equity_ahead(rates, discount_rate=0.1, n_ahead=3)
    assert ahead.index.get_level_values("segment").unique().tolist() == ["s", "l"]
    length = equity.relation_length(rates["retention_rate"], discount_rate=0.1)
    wanted = equity.customer_equity(rates.assign(length=length))["equity"]
    assert ahead.xs(0, level="period")["present_equity"].tolist() == pytest.approx(wanted.tolist())
    assert (ahead[["n_won", "won_equity", "won_net_value"]] == 0).all(axis=None)


def test_profits_of_the_present_customers_add_up_to_their_equity():
    one = pd.DataFrame({"n_customers": [100], "retention_rate": [0.8], "profit_per_customer": [10.0]})
    ahead = equity.equity_ahead(one, discount_rate=0.1, n_ahead=400)
    paid = ahead["n_present"].to_numpy() * 10 / 1.1 ** np.arange(401)
    assert paid.sum() == pytest.approx(ahead["present_equity"].iloc[0])


def test_periods_ahead_are_whole_and_columns_are_there():
    with pytest.raises(ValueError, match="n_ahead must be a whole number"):
        equity.equity_ahead(TWO.assign(retention_rate=0.5), discount_rate=0.1, n_ahead=1.5)
    with pytest.raises(ValueError, match="retention_rate"):
        equity.equity_ahead(TWO, discount_rate=0.1, n_ahead=1)


def test_a_unit_of_each_way_is_what_the_equity_grows_by():
    base = equity.base_by_period(EIGHT, discount_rate=0.1).loc[2025]
    units = equity.unit_values(base, discount_rate=0.1)

    def worth(**moved):
        row = base[["n_customers", "retention_rate", "profit_per_customer"]].to_frame().T.assign(**moved)
        return equity.customer_equity(
            row.assign(length=equity.relation_length(row["retention_rate"], discount_rate=0.1))
        )

    moves = {"customer": {"n_customers": 6}, "point": {"retention_rate": 0.76}, "unit": {"profit_per_customer": 121}}
    for name, moved in moves.items():
        assert units[name] == pytest.approx(worth(**moved)["equity"].iloc[0] - base["equity"])


def _newcomers_and_old(n=40):
    """Of the old, all stay and bring 9; of the new of 2024, half stay; all new bring 5, and as many are new in 2025."""
    old = pd.DataFrame({2023: [9.0] * n, 2024: [9.0] * n, 2025: [9.0] * n})
    new = {2023: [None] * 2 * n, 2024: [5.0] * n + [None] * n, 2025: [5.0, None] * (n // 2) + [5.0] * n}
    return pd.concat([old, pd.DataFrame(new, dtype=float)], ignore_index=True)


def test_a_newcomer_is_worth_what_newcomers_are_and_the_others_are_as_of_unit_values():
    profits = _newcomers_and_old()
    found = equity.unit_intervals(profits, discount_rate=0.1, seed=1)
    by_hand = equity.unit_values(equity.base_by_period(profits, discount_rate=0.1).loc[2025], discount_rate=0.1)
    assert found.loc["newcomer", "amount"] == pytest.approx(5 * 1.1 / (1.1 - 0.5))
    assert found.loc[["point", "unit"], "amount"].tolist() == pytest.approx(by_hand[["point", "unit"]].tolist())
    assert (found["low"] < found["amount"]).all() and (found["amount"] < found["high"]).all()


def test_who_comes_back_after_a_gap_is_no_newcomer():
    profits = _newcomers_and_old()
    back = pd.DataFrame({2023: [1.0] * 30, 2024: [None] * 30, 2025: [900.0] * 30}, dtype=float)
    both = pd.concat([profits, back], ignore_index=True)
    without, found = (equity.unit_intervals(one, discount_rate=0.1, seed=1) for one in (profits, both))
    assert found.loc["newcomer", "amount"] == without.loc["newcomer", "amount"]


def test_intervals_of_units_do_not_hang_on_how_many_are_drawn_at_once(monkeypatch):
    whole = equity.unit_intervals(_newcomers_and_old(), discount_rate=0.1, seed=1, n_resamples=50)
    monkeypatch.setattr(equity, "CELLS", 1)
    pd.testing.assert_frame_equal(
        equity.unit_intervals(_newcomers_and_old(), discount_rate=0.1, seed=1, n_resamples=50), whole
    )


def test_intervals_of_units_are_refused_without_newcomers_or_an_end():
    with pytest.raises(ValueError, match=r"20 newcomers or more in each of the last two periods.*\[10, 10\]"):
        equity.unit_intervals(_newcomers_and_old(10), discount_rate=0.1, seed=1)
    with pytest.raises(ValueError, match="three periods or more; it has 2"):
        equity.unit_intervals(_newcomers_and_old()[[2024, 2025]], discount_rate=0.1, seed=1)
    loyal = _newcomers_and_old().dropna(subset=2025)
    with pytest.raises(ValueError, match="worth without end"):
        equity.unit_intervals(loyal, discount_rate=0, seed=1)
