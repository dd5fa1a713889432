"""Hold-out validation: customers by hand, what the engine and pandas both say, published numbers, laws, messages."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlib import customers, datasets, holdout, language, purchases, tables

CUT, UNTIL = "2024-01-29", "2024-03-25"
COLUMNS = ["frequency", "recency", "tenure"]


def lines_of(*rows):
    lines = pd.DataFrame(rows, columns=["customer_id", "order_date", "amount"])
    lines["order_date"] = pd.to_datetime(lines["order_date"], format="ISO8601")
    return lines


LINES = lines_of(
    ("ann", "2024-01-01", 10.0), ("ann", "2024-01-15", 20.0), ("bob", "2024-01-22", 5.0),
    ("ann", "2024-01-29 23:00", 1.0),  # the day of the cut is known
    ("ann", "2024-02-05 09:00", 15.0), ("ann", "2024-02-05 18:00", 2.0), ("ann", "2024-02-20", -7.0),
    ("bob", "2024-03-01", -5.0),  # a refund is no purchase, and is taken off
    ("ann", "2024-03-25 22:00", 25.0), ("cy", "2024-02-11", 8.0), ("cy", "2024-03-25", 8.0),
    ("ann", "2024-03-26", 99.0),
)  # fmt: skip


@pytest.fixture(scope="module")
def cdnow():
    both = holdout.split_purchases(datasets.load_cdnow(), cut="1997-09-30", until="1998-06-30", unit="week")
    columns = [both[name] for name in COLUMNS]
    return both, columns


# --- by hand ------------------------------------------------------------------------------------


def test_a_customer_is_cut_in_two():
    both = holdout.split_purchases(LINES, cut=CUT, until=UNTIL, unit="week")
    assert both.index.tolist() == ["ann", "bob"]  # cy was not known at the cut
    assert both[[*COLUMNS, "holdout_purchases", "holdout_spent"]].values.tolist() == [
        [2, 4.0, 4.0, 2, 35.0],
        [0, 0.0, 1.0, 0, -5.0],
    ]


def test_before_the_cut_it_is_what_models_are_fitted_on():
    lines = datasets.load_cdnow()
    both = holdout.split_purchases(lines, cut="1997-09-30", until="1998-06-30", unit="month")
    expected = customers.repeat_purchase_summary(lines, as_of="1997-09-30", unit="month")
    pd.testing.assert_frame_equal(both[expected.columns], expected)


DAYS = st.dates(pd.Timestamp("2024-06-01").date(), pd.Timestamp("2024-07-05").date())
ROW = st.tuples(st.sampled_from(["ann", "bob", "cy"]), DAYS, st.integers(-3000, 9000))


def test_where_nobody_has_a_line_after_the_cut_all_bought_nothing():
    late = pd.DataFrame({"customer_id": ["zoe"], "order_date": pd.Timestamp("2025-06-01"), "amount": [9.0]})
    both = holdout.split_purchases(pd.concat([LINES, late]), cut="2025-01-01", until="2025-03-01", unit="day")
    assert both["holdout_purchases"].tolist() == [0] * len(both)
    assert (both["holdout_purchases"].dtype, both["holdout_spent"].dtype) == ("int64", "float64")


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=25))
def test_the_engine_says_what_pandas_says(rows):
    cut, until = pd.Timestamp("2024-06-15"), pd.Timestamp("2024-07-06")
    lines = lines_of(("dee", "2024-06-10", 100), *rows, ("dee", "2024-07-06", 100))
    lines["amount"] = lines["amount"] / 100
    both = holdout.split_purchases(lines, cut=cut, until=until, unit="day")
    later = lines[lines["order_date"] > cut]
    n = later[later["amount"] >= 0].groupby("customer_id")["order_date"].nunique().reindex(both.index, fill_value=0)
    spent = later.groupby("customer_id")["amount"].sum().reindex(both.index, fill_value=0.0)
    assert both["holdout_purchases"].tolist() == n.tolist()
    assert both["holdout_spent"].tolist() == pytest.approx(spent.tolist())
    weeks = holdout.cumulative_purchases(lines, cut=cut, until=until, unit="week")
    assert weeks.index.tolist() == [1, 2, 3]
    assert weeks["actual"].iloc[-1] == both["holdout_purchases"].sum()


def test_weeks_are_added_up_and_the_last_that_is_not_whole_is_left_out():
    weeks = holdout.cumulative_purchases(LINES, cut=CUT, until="2024-03-20", unit="week")
    assert weeks["actual"].to_dict() == {1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1}  # ann's on day 7; cy is not known
    assert holdout.cumulative_purchases(LINES, cut=CUT, until=UNTIL, unit="week")["actual"].iloc[-1] == 2


def test_the_naive_rule_carries_a_rate_on():
    index = ["ann", "bob", "cy", "dee"]
    frequency, recency, tenure = (pd.Series(one, index) for one in ([3, 3, 0, 0], [28.0, 10, 0, 0], [30.0, 30, 5, 0]))
    assert holdout.carry_on(frequency, recency, tenure, length=10).tolist() == [1.0, 1.0, 0.0, 0.0]
    assert holdout.carry_on(frequency, recency, tenure, length=10, silence=20).tolist() == [1.0, 1.0, 0.0, 0.0]
    assert holdout.carry_on(frequency, recency, tenure, length=10, silence=19).tolist() == [1.0, 0.0, 0.0, 0.0]


def test_a_forecast_is_off_in_total_by_customer_and_in_order():
    actual = pd.Series({"ann": 4, "bob": 2, "cy": 0, "dee": 0})
    table = holdout.accuracy_table(
        actual,
        {"total right": pd.Series([0.0, 0, 3, 3], actual.index), "order right": pd.Series([8.0, 4, 0, 0], actual.index),
         "nothing": pd.Series(0.0, actual.index)},
    )  # fmt: skip
    assert table.index.tolist() == ["total right", "order right", "nothing"]
    assert table["off_by_share"].tolist() == [0.0, 1.0, -1.0]
    assert table["average_absolute_error"].tolist() == [3.0, 1.5, 1.5]
    assert table["average_squared_error"].tolist() == [9.5, 5.0, 5.0]
    assert table["rank_correlation"].iloc[0] == pytest.approx(-0.9428, abs=1e-4)
    assert table["rank_correlation"].iloc[1] == pytest.approx(1.0)
    assert np.isnan(table["rank_correlation"].iloc[2])


def test_groups_of_alive_say_who_came():
    alive, came = pd.Series([0.0, 0.2, 0.21, 1.0, 1.0]), pd.Series([0, 1, 3, 0, 1])
    table = holdout.alive_table(alive, came)
    assert table["n_customers"].to_dict() == {"0 to 20%": 2, "20 to 40%": 1, "100%": 2}
    assert table["again_rate"].tolist() == [0.5, 1.0, 0.5]
    assert "chance_rate" not in table
    assert (table["low_rate"] <= table["again_rate"]).all() and (table["again_rate"] <= table["high_rate"]).all()
    table = holdout.alive_table(alive, came, chance=alive / 2, edges=(0, 0.3, 1))
    assert table["n_customers"].to_dict() == {"0 to 30%": 3, "100%": 2}
    assert table["chance_rate"].tolist() == pytest.approx([0.41 / 6, 0.5])


def test_a_log_may_lie_in_a_file(tmp_path):
    LINES.to_parquet(tmp_path / "log.parquet")
    for function in (holdout.split_purchases, holdout.cumulative_purchases):
        found = function(tmp_path / "log.parquet", cut=CUT, until=UNTIL, unit="week")
        pd.testing.assert_frame_equal(found, function(LINES, cut=CUT, until=UNTIL, unit="week"), check_dtype=False)


# --- published ----------------------------------------------------------------------------------


def test_what_came_after_week_39_at_cdnow_is_what_is_printed(cdnow):
    # McCarthy & Wadsworth, Buy 'Til You Die, a walkthrough of the R package BTYD: customers and purchases of weeks 40
    # to 78 by repeat purchases of weeks 1 to 39, and what Pareto/NBD expects of them.
    both, columns = cdnow
    model = purchases.fit_pareto_nbd(*columns)
    said = model.future_purchases(39, *columns)
    table = holdout.frequency_table(both["frequency"], both["holdout_purchases"], {"pareto": said})
    assert table.index.tolist() == ["0", "1", "2", "3", "4", "5", "6", "7+"]
    assert table["n_customers"].tolist() == [1411, 439, 214, 100, 62, 38, 29, 64]
    printed = [0.2367, 0.6970, 1.3925, 1.5600, 2.5323, 2.9474, 3.8621, 6.3594]
    assert table["actual"].tolist() == pytest.approx(printed, abs=0.00005)
    assert table["pareto"].tolist() == pytest.approx([0.138, 0.600, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403], abs=1e-3)


def test_forecasts_of_cdnow_correlate_as_printed(cdnow):
    # Fader, Hardie & Lee (2005), p. 282, as remembered: BG/NBD .626 with what came, Pareto/NBD .630, .996 between them.
    both, columns = cdnow
    said = {
        "bg": purchases.fit_bg_nbd(*columns).future_purchases(39, *columns),
        "pareto": purchases.fit_pareto_nbd(*columns).future_purchases(39, *columns),
    }
    frame = pd.DataFrame({**said, "actual": both["holdout_purchases"]}).corr().round(3)
    assert frame["actual"][["bg", "pareto"]].tolist() == [0.626, 0.630]
    assert frame.loc["bg", "pareto"] == 0.996


# --- laws ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fit_bg_nbd", "fit_mbg_nbd", "fit_pareto_nbd"])
def test_the_chance_to_buy_lies_between_nothing_and_alive_and_grows_towards_it(cdnow, name):
    _, columns = cdnow
    model = getattr(purchases, name)(*columns)
    alive, future = model.probability_alive(*columns), model.future_purchases(39, *columns)
    chances = [model.chance_to_buy(t, *columns) for t in (0, 13, 39, 1000)]
    assert chances[0].abs().max() < 1e-12
    assert all((less <= more + 1e-8).all() for less, more in zip(chances, chances[1:], strict=False))
    assert (chances[-1] <= alive + 1e-8).all()
    assert (chances[2] <= future + 1e-9).all()  # nobody buys more seldom than they buy at all
    assert chances[2].name == "chance_to_buy"
    bought, last, age = (float(one.iloc[0]) for one in columns)
    assert model.chance_to_buy(39, bought, last, age) == pytest.approx(chances[2].iloc[0])


def test_the_chance_to_buy_is_what_simulated_customers_do():
    # BG/NBD: buy at rate l ~ gamma, leave with chance p ~ beta after each repeat purchase.
    r, alpha, a, b, cut, until = 0.9, 8.0, 0.8, 2.4, 30.0, 50.0
    generator = np.random.default_rng(4)
    n = 60_000
    rate, leave = generator.gamma(r, 1 / alpha, n), generator.beta(a, b, n)
    now, is_in = np.zeros(n), np.ones(n, dtype=bool)
    x, last, later = np.zeros(n), np.zeros(n), np.zeros(n)
    while is_in.any():
        now = now + np.where(is_in, generator.exponential(1 / rate), np.inf)
        is_in &= now < until
        x += is_in & (now < cut)
        last = np.where(is_in & (now < cut), now, last)
        later += is_in & (now >= cut)
        is_in &= generator.random(n) >= leave
    model = purchases.fit_bg_nbd(*(pd.Series(one) for one in (x, last, np.full(n, cut))))
    chance = model.chance_to_buy(until - cut, x, last, np.full(n, cut))
    for part in (x == 0, x == 1, (x == 2) & (last < 15), x > 4):
        error = np.sqrt(chance[part].mean() * (1 - chance[part].mean()) / part.sum())
        assert abs((later[part] > 0).mean() - chance[part].mean()) < 4 * error


def test_the_chance_to_give_is_one_less_that_of_silence():
    donors = datasets.load_donors()
    columns = [donors[name] for name in ("n_years_given", "last_year_given", "n_years")]
    model = purchases.fit_bg_bb(*columns)
    chance, alive = model.chance_to_buy(1, *columns), model.probability_alive(*columns)
    # At one occasion the chance to buy is the number expected.
    assert np.allclose(chance, model.future_purchases(1, *columns))
    assert (model.chance_to_buy(5, *columns) <= alive + 1e-12).all()


def test_all_customers_stand_in_one_group_of_each_table(cdnow):
    both, columns = cdnow
    model = purchases.fit_mbg_nbd(*columns)
    said, came = model.future_purchases(39, *columns), both["holdout_purchases"]
    by_frequency = holdout.frequency_table(both["frequency"], came, {"model": said})
    total = holdout.accuracy_table(came, {"model": said}).loc["model"]
    assert by_frequency["n_customers"].sum() == len(both)
    assert (by_frequency["n_customers"] * by_frequency["model"]).sum() == pytest.approx(total["predicted"])
    by_alive = holdout.alive_table(model.probability_alive(*columns), came)
    assert (by_alive["n_customers"] * by_alive["again_rate"]).sum() == pytest.approx((came > 0).sum())


# --- messages -----------------------------------------------------------------------------------

ACTUAL = pd.Series({"ann": 1, "bob": 0})
HALF = pd.Series({"ann": 0.5, "bob": 0.5})


def split(lines=LINES, cut=CUT, until=UNTIL, unit="week"):
    return holdout.split_purchases(lines, cut=cut, until=until, unit=unit)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: split(cut=UNTIL, until=CUT), "until must lie after the cut.*Swap"),
        (lambda: split(until="2024-04-30"), "last line, of 2024-03-26"),
        (lambda: split(cut="2023-01-01"), "cut must not lie before the first line"),
        (lambda: split(unit="hour"), "unit must be one of"),
        (lambda: split(lines_of(("a", CUT, -1.0), ("a", UNTIL, 1.0))), "only refunds"),
        (lambda: holdout.cumulative_purchases(LINES, cut=CUT, until="2024-02-02", unit="week"), "last one week"),
        (lambda: holdout.carry_on(ACTUAL, ACTUAL, ACTUAL, length=0), "length must be"),
        (lambda: holdout.carry_on(ACTUAL, ACTUAL, ACTUAL, length=1, silence=-1), "silence must be"),
        (lambda: holdout.accuracy_table(ACTUAL, {"model": HALF[::-1]}), "model must be a Series of the same customers"),
        (lambda: holdout.accuracy_table(ACTUAL, {"model": HALF.replace(0.5, np.nan)}), "2 of 2 are not"),
        (lambda: holdout.accuracy_table(ACTUAL * 0, {"model": HALF}), "nobody did"),
        (lambda: holdout.frequency_table(ACTUAL, ACTUAL, {"model": HALF}, top=0), "top must be a whole number"),
        (lambda: holdout.alive_table(HALF * 100, ACTUAL), "chances from 0 to 1.*divided by 100"),
        (lambda: holdout.alive_table(HALF, ACTUAL, chance=HALF * 7), "purchases are no chances"),
        (lambda: holdout.alive_table(HALF, ACTUAL, edges=(0, 0.5)), "edges must rise from 0 to 1"),
    ],
)  # fmt: skip
def test_a_wrong_argument_is_told(call, message):
    with language.speaking("en"), pytest.raises(ValueError, match=message):
        call()


def test_units_of_time_are_those_of_the_summary():
    assert customers.UNITS is tables.TIME_UNITS
