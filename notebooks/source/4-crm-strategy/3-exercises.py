"""Exercises of lesson 4.3: who will buy again?"""

from functools import cache

import pandas as pd

from crmlib import customers, datasets, holdout, purchases
from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    weeks = {"A": [0, 6, 12, 34], "B": [0, 3, 6, 9], "C": [2], "E": [7, 15, 15, 29]}
    eight = pd.Series(weeks, name="week").explode().astype(int).rename_axis("customer_id").reset_index()
    lines = datasets.load_cdnow()
    early = lines[lines["customer_id"].isin(lines["customer_id"].unique()[:900])]
    grocer = holdout.split_purchases(early, cut="1997-11-30", until="1998-05-31", unit="week")
    both = holdout.split_purchases(lines, cut="1997-09-30", until="1998-06-30", unit="week")
    donors = datasets.load_donors().iloc[::40].reset_index(drop=True)
    return {
        "eight": eight,
        "grocer": grocer,
        "grocer_model": purchases.fit_mbg_nbd(grocer["frequency"], grocer["recency"], grocer["tenure"]),
        "donors": donors,
        "both": both,
    }


# --- inside the lesson ---


@exercise(
    "4.3.a",
    why="From the first purchase to the last: how long this customer has shown to be one. What came after it is silence.",
    hints=[
        "E bought in weeks 7, 15, 15 and 29. The models' recency runs from the first purchase to the last.",
        "It is not from the last purchase to today: that is RFM's recency.",
        "The last week less the first week.",
    ],
)
def recency_of_e(eight):
    weeks = eight.loc[eight["customer_id"] == "E", "week"]
    return weeks.max() - weeks.min()


def _weeks(eight):
    return eight.loc[eight["customer_id"] == "E", "week"]


@recency_of_e.mistake("That is RFM's recency, from the last purchase to today. The models count from the first purchase to the last.")
def since_last(eight):
    return 39 - _weeks(eight).max()


@recency_of_e.mistake("That is the week of the last purchase. How long after the first purchase was it?")
def week_of_last(eight):
    return _weeks(eight).max()


@recency_of_e.mistake("That is T, from the first purchase to today. The recency ends at the last purchase.")
def tenure(eight):
    return 39 - _weeks(eight).min()


@recency_of_e.mistake("That is the last gap, between the last purchase and the one before. Begin at the first purchase.")
def last_gap(eight):
    return _weeks(eight).max() - 15


@recency_of_e.mistake("That is an average gap. The whole time from the first purchase to the last is asked for.")
def average_gap(eight):
    return (_weeks(eight).max() - _weeks(eight).min()) / 2


@recency_of_e.mistake("That is an average gap, and it counts the two orders of one day twice. From the first purchase to the last is asked for.")
def average_of_three(eight):
    return (_weeks(eight).max() - _weeks(eight).min()) / 3


@recency_of_e.mistake("That is x, the number of repeat purchases. Asked is a time, in weeks.")
def frequency(eight):
    return _weeks(eight).nunique() - 1


@recency_of_e.mistake("That is the week of the first purchase. Asked is the time from there to the last one.")
def week_of_first(eight):
    return _weeks(eight).min()


@recency_of_e.mistake("That is a number of orders. Asked is a time, in weeks.")
def all_orders(eight):
    return len(_weeks(eight))


@recency_of_e.mistake("That is how many orders came after the first, one day counted twice. Asked is a time, in weeks.")
def orders_after_first(eight):
    return len(_weeks(eight)) - 1


@recency_of_e.mistake("That is in days. The table counts weeks.")
def in_days(eight):
    return 7 * (_weeks(eight).max() - _weeks(eight).min())


@recency_of_e.mistake("You divided by today's week. A number of weeks is asked for.")
def as_a_share(eight):
    return (_weeks(eight).max() - _weeks(eight).min()) / 39


@recency_of_e.mistake("You divided by T. A number of weeks is asked for.")
def as_a_share_of_tenure(eight):
    return (_weeks(eight).max() - _weeks(eight).min()) / (39 - _weeks(eight).min())


@recency_of_e.mistake("That is today. The recency ends at the last purchase.")
def today(eight):
    return 39


@recency_of_e.mistake("That is the time to the second purchase. Go on to the last one.")
def to_second(eight):
    return 15 - _weeks(eight).min()


@recency_of_e.mistake("You added the first week and the last. The time between them is asked for.")
def added(eight):
    return _weeks(eight).max() + _weeks(eight).min()


@recency_of_e.mistake("That is the recency of A. Look at E.")
def of_a(eight):
    weeks = eight.loc[eight["customer_id"] == "A", "week"]
    return weeks.max() - weeks.min()


@recency_of_e.mistake("You counted the first week and the last both. From one day to another: the last less the first.")
def both_ends(eight):
    return _weeks(eight).max() - _weeks(eight).min() + 1


@recency_of_e.mistake("You counted the weeks in between only. From one day to another: the last less the first.")
def neither_end(eight):
    return _weeks(eight).max() - _weeks(eight).min() - 1


@prediction(
    "4.3.b",
    near=0.05,
    why="Compare it with the certainty of BG/NBD: still a customer and buying within 39 weeks are two things, and the first was assumed.",
    hints=[
        "They have bought once, 27 to 39 weeks ago, and not again.",
        "Think of a store in which you bought once last winter.",
    ],
)
def again_of_once(both):
    once = both[both["frequency"] == 0]
    return (once["holdout_purchases"] > 0).mean()


# --- at its end ---


@exercise(
    "4.3.1",
    why="He came five times in 30 weeks, every six weeks; now he has been silent for 50. The words of RFM in place of the models' would have made him look far more alive.",
    hints=[
        "Write down three numbers first: repeat purchases, from the first purchase to the last, from the first to today.",
        "Six purchases are five repeat purchases. The last was 50 weeks ago, the first 80: so 30 weeks lie between.",
        "grocer_model.probability_alive(repeat purchases, first to last, first to today).",
    ],
)
def alive_of_wang(grocer_model):
    return grocer_model.probability_alive(5, 30, 80)


@alive_of_wang.mistake("You counted the first purchase. frequency is repeat purchases: one less.")
def first_counted(grocer_model):
    return grocer_model.probability_alive(6, 30, 80)


@alive_of_wang.mistake("You gave RFM's recency, the weeks since the last purchase. The models' runs from the first purchase to the last.")
def recency_of_rfm(grocer_model):
    return grocer_model.probability_alive(5, 50, 80)


@alive_of_wang.mistake("These are RFM's numbers. Here frequency is repeat purchases, and recency runs from the first purchase to the last.")
def all_of_rfm(grocer_model):
    return grocer_model.probability_alive(6, 50, 80)


@alive_of_wang.mistake("Tenure runs from the first purchase to today, not from the last one.")
def tenure_since_last(grocer_model):
    return grocer_model.probability_alive(5, 30, 50)


@alive_of_wang.mistake("You added 80 and 30. Tenure is from the first purchase to today: 80 weeks, the last purchase within them.")
def added_tenure(grocer_model):
    return grocer_model.probability_alive(5, 30, 110)


@alive_of_wang.mistake("You gave days. The model was fitted in weeks, and knows no unit but that.")
def in_days_alive(grocer_model):
    return grocer_model.probability_alive(5, 210, 560)


@alive_of_wang.mistake("You gave days, and counted the first purchase. The model knows weeks, and repeat purchases.")
def in_days_with_first(grocer_model):
    return grocer_model.probability_alive(6, 210, 560)


@alive_of_wang.mistake("That is the chance to buy in 26 weeks. Who is still a customer may buy later: probability_alive is asked for.")
def buys_in_window(grocer_model):
    return grocer_model.chance_to_buy(26, 5, 30, 80)


@alive_of_wang.mistake("That is how many purchases are expected in 26 weeks. A chance is asked for: probability_alive.")
def expected(grocer_model):
    return grocer_model.future_purchases(26, 5, 30, 80)


@alive_of_wang.mistake("That is how many purchases are expected in one week. A chance is asked for: probability_alive.")
def expected_in_a_week(grocer_model):
    return grocer_model.future_purchases(1, 5, 30, 80)


@alive_of_wang.mistake("That is 30 weeks of 80. Silence says more the faster somebody bought: let the model compute it.")
def share_of_time(grocer_model):
    return 30 / 80


@alive_of_wang.mistake("That is the share of the time he has been silent. Let the model compute the chance.")
def share_of_silence(grocer_model):
    return 50 / 80


@alive_of_wang.mistake("You took two off. Of six purchases five are repeat purchases; the last one counts.")
def two_taken_off(grocer_model):
    return grocer_model.probability_alive(4, 30, 80)


@alive_of_wang.mistake("Where do 104 weeks come from? He first bought 80 weeks ago.")
def two_years(grocer_model):
    return grocer_model.probability_alive(5, 30, 104)


@alive_of_wang.mistake("That is BG/NBD of CDNOW. Mr. Wang buys at the grocer: grocer_model.")
def bg_of_cdnow(grocer_model):
    return purchases.fit_bg_nbd(*_cdnow()).probability_alive(5, 30, 80)


@alive_of_wang.mistake("That is the model of CDNOW. Mr. Wang buys at the grocer: grocer_model.")
def mbg_of_cdnow(grocer_model):
    return purchases.fit_mbg_nbd(*_cdnow()).probability_alive(5, 30, 80)


@cache
def _cdnow():
    bought = customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit="week")
    return bought["frequency"], bought["recency"], bought["tenure"]


@exercise(
    "4.3.2",
    why="One number for a total. It says nothing about whether the customers were told apart: a table by groups does.",
    hints=[
        "Two totals: what future_purchases predicts for each customer, added up, and holdout_purchases added up.",
        "The cut is 26 weeks before the end, and the model counts in weeks.",
        'grocer_model.future_purchases(26, grocer["frequency"], grocer["recency"], grocer["tenure"]).sum(), divided by what came, less 1.',
    ],
)
def error_of_total(grocer, grocer_model):
    expected = grocer_model.future_purchases(26, grocer["frequency"], grocer["recency"], grocer["tenure"])
    return expected.sum() / grocer["holdout_purchases"].sum() - 1


def _triple(grocer):
    return [grocer[name] for name in ("frequency", "recency", "tenure")]


def _expected(grocer, grocer_model, weeks=26):
    return grocer_model.future_purchases(weeks, *_triple(grocer))


@error_of_total.mistake("That is predicted divided by actual. How far is it from 1?")
def ratio(grocer, grocer_model):
    return _expected(grocer, grocer_model).sum() / grocer["holdout_purchases"].sum()


@error_of_total.mistake("You divided by the predicted total. Divide by what came.")
def over_predicted(grocer, grocer_model):
    expected = _expected(grocer, grocer_model).sum()
    return (expected - grocer["holdout_purchases"].sum()) / expected


@error_of_total.mistake("You turned it round: actual over predicted. Predicted less actual, divided by actual, is asked for.")
def over_predicted_turned(grocer, grocer_model):
    return grocer["holdout_purchases"].sum() / _expected(grocer, grocer_model).sum() - 1


@error_of_total.mistake("That is in purchases. Divide by what came.")
def in_purchases(grocer, grocer_model):
    return _expected(grocer, grocer_model).sum() - grocer["holdout_purchases"].sum()


@error_of_total.mistake("You added up the errors of the customers without their signs. In a total too much and too little cancel: compare the totals.")
def of_customers(grocer, grocer_model):
    came = grocer["holdout_purchases"]
    return (_expected(grocer, grocer_model) - came).abs().sum() / came.sum()


@error_of_total.mistake("That is the average absolute error of a customer. The error of the total is asked for.")
def average_error(grocer, grocer_model):
    return (_expected(grocer, grocer_model) - grocer["holdout_purchases"]).abs().mean()


@error_of_total.mistake("You predicted 39 weeks, as for CDNOW. This hold-out has 26.")
def weeks_39(grocer, grocer_model):
    return _expected(grocer, grocer_model, 39).sum() / grocer["holdout_purchases"].sum() - 1


@error_of_total.mistake("You predicted a year. This hold-out has 26 weeks.")
def weeks_52(grocer, grocer_model):
    return _expected(grocer, grocer_model, 52).sum() / grocer["holdout_purchases"].sum() - 1


@error_of_total.mistake("You gave days. The model counts in weeks: 26.")
def in_days_total(grocer, grocer_model):
    return _expected(grocer, grocer_model, 182).sum() / grocer["holdout_purchases"].sum() - 1


@error_of_total.mistake("You gave months. The model counts in weeks: 26.")
def in_months(grocer, grocer_model):
    return _expected(grocer, grocer_model, 6).sum() / grocer["holdout_purchases"].sum() - 1


@error_of_total.mistake("You added up chances to buy at all: that is how many customers buy, not how many purchases they make.")
def buyers_for_purchases(grocer, grocer_model):
    return grocer_model.chance_to_buy(26, *_triple(grocer)).sum() / grocer["holdout_purchases"].sum() - 1


@error_of_total.mistake("That is the error in how many customers buy. How many purchases they make is asked for: future_purchases.")
def buyers_for_both(grocer, grocer_model):
    return grocer_model.chance_to_buy(26, *_triple(grocer)).sum() / (grocer["holdout_purchases"] > 0).sum() - 1


@error_of_total.mistake("You added up who is alive. Purchases are asked for: future_purchases.")
def alive_for_purchases(grocer, grocer_model):
    return grocer_model.probability_alive(*_triple(grocer)).sum() / grocer["holdout_purchases"].sum() - 1


@error_of_total.mistake("expected_purchases is of new customers. Of those we know, future_purchases takes what they did so far.")
def of_new_customers(grocer, grocer_model):
    return grocer_model.expected_purchases(26) * len(grocer) / grocer["holdout_purchases"].sum() - 1


@error_of_total.mistake("frequency is what they did before the cut. Take what the model predicts for the time after it.")
def before_the_cut(grocer, grocer_model):
    return grocer["frequency"].sum() / grocer["holdout_purchases"].sum() - 1


@error_of_total.mistake("You carried the rate so far on. The model is asked for: future_purchases.")
def rate_carried_on(grocer, grocer_model):
    return holdout.carry_on(*_triple(grocer), length=26).sum() / grocer["holdout_purchases"].sum() - 1


@error_of_total.mistake("That is the plain rule. The model is asked for: future_purchases.")
def naive_with_silence(grocer, grocer_model):
    return holdout.carry_on(*_triple(grocer), length=26, silence=26).sum() / grocer["holdout_purchases"].sum() - 1


@error_of_total.mistake("You took the error of each customer and then the mean, and lost those who bought nothing. Add up first.")
def mean_of_errors(grocer, grocer_model):
    came = grocer["holdout_purchases"]
    return (_expected(grocer, grocer_model) / came.where(came > 0) - 1).mean()


@error_of_total.mistake("That is the rank correlation: the order of the customers. The error of the total is asked for.")
def in_order(grocer, grocer_model):
    ranks = _expected(grocer, grocer_model).rank()
    return ranks.corr(grocer["holdout_purchases"].rank())


@exercise(
    "4.3.3",
    why="Still a donor, and giving in one given year, are two things: the chance to give is well below the chance to be alive.",
    hints=[
        "Three numbers first: further years with a gift, the place of the last of them (1996 is 1), and how many years there were.",
        "1996, 1997, 1999: three gifts, the last at place 4, of 6 years. 2002 is the next occasion.",
        "of_donors = purchases.fit_bg_bb(...three columns of donors...), then of_donors.chance_to_buy(1, gifts, place of the last, years).",
    ],
)
def chance_in_2002(donors):
    of_donors = purchases.fit_bg_bb(donors["n_years_given"], donors["last_year_given"], donors["n_years"])
    return of_donors.chance_to_buy(1, 3, 4, 6)


def _of_donors(donors):
    return purchases.fit_bg_bb(donors["n_years_given"], donors["last_year_given"], donors["n_years"])


@chance_in_2002.mistake("That is the chance to be still a donor. Who is one need not give in 2002: chance_to_buy(1, ...).")
def alive_only(donors):
    return _of_donors(donors).probability_alive(3, 4, 6)


@chance_in_2002.mistake("You counted the gift of 1995. Only further years count: three.")
def first_gift_counted(donors):
    return _of_donors(donors).chance_to_buy(1, 4, 4, 6)


@chance_in_2002.mistake("You counted 1995 throughout. It is the year in which they were won; places begin with 1996.")
def year_of_1995_counted(donors):
    return _of_donors(donors).chance_to_buy(1, 4, 5, 7)


@chance_in_2002.mistake("You began to count years in 1995. The first place is 1996, so 1999 is 4, and there are 6.")
def places_from_1995(donors):
    return _of_donors(donors).chance_to_buy(1, 3, 5, 7)


@chance_in_2002.mistake("You gave the number of gifts for the place of the last. 1999 is the fourth year after 1995.")
def place_is_number(donors):
    return _of_donors(donors).chance_to_buy(1, 3, 3, 6)


@chance_in_2002.mistake("You counted two gifts. 1996, 1997 and 1999 are three.")
def one_gift_fewer(donors):
    return _of_donors(donors).chance_to_buy(1, 2, 4, 6)


@chance_in_2002.mistake("You counted 2002 as a year that has been seen. Known are six years, 1996 to 2001.")
def seen_to_2002(donors):
    return _of_donors(donors).chance_to_buy(1, 3, 4, 7)


@chance_in_2002.mistake("You ended in the year of the last gift. The two years of silence say much: six years were seen.")
def seen_to_last(donors):
    return _of_donors(donors).chance_to_buy(1, 3, 4, 4)


@chance_in_2002.mistake("That is the chance to give at all in five years. 2002 is one occasion.")
def five_years(donors):
    return _of_donors(donors).chance_to_buy(5, 3, 4, 6)


@chance_in_2002.mistake("That is how many gifts are expected in five years. The chance of one year is asked for.")
def gifts_of_five(donors):
    return _of_donors(donors).future_purchases(5, 3, 4, 6)


@chance_in_2002.mistake("That is how many gifts are expected in six years. The first number is how many years lie ahead: 1.")
def gifts_of_six(donors):
    return _of_donors(donors).future_purchases(6, 3, 4, 6)


@chance_in_2002.mistake("You looked two years ahead. 2002 is the next one: 1.")
def two_years_on(donors):
    return _of_donors(donors).chance_to_buy(2, 3, 4, 6)


@chance_in_2002.mistake("That is the rate so far. It does not know that the donor may have left: ask the model.")
def rate_so_far(donors):
    return 3 / 6


@chance_in_2002.mistake("That is the rate so far, 1995 counted. It does not know that the donor may have left: ask the model.")
def rate_with_first(donors):
    return 4 / 7


@chance_in_2002.mistake("That is the rate while they gave. It does not know that the donor may have left: ask the model.")
def rate_while_giving(donors):
    return 3 / 4


@chance_in_2002.mistake("You multiplied the chance to be alive by the rate so far. Those years hold some in which the donor may have left: ask chance_to_buy.")
def alive_times_rate(donors):
    return _of_donors(donors).probability_alive(3, 4, 6) * 3 / 6


@chance_in_2002.mistake("You multiplied by the rate while they gave. A rate from four years is uncertain, and the model knows what others do: chance_to_buy.")
def alive_times_rate_while(donors):
    return _of_donors(donors).probability_alive(3, 4, 6) * 3 / 4


@chance_in_2002.mistake("That is the share of all donors who gave in 2001. Asked is one donor, in 2002.")
def share_in_2001(donors):
    return (donors["last_year_given"] == 6).mean()


@chance_in_2002.mistake("That is a new donor of whom nothing is known. Give the three numbers to chance_to_buy.")
def of_a_new_donor(donors):
    return _of_donors(donors).expected_purchases(1)


@chance_in_2002.mistake("That is the average of all donors. Asked is one of them: 3, 4, 6.")
def of_all_donors(donors):
    columns = [donors[name] for name in ("n_years_given", "last_year_given", "n_years")]
    return _of_donors(donors).chance_to_buy(1, *columns).mean()


@exercise(
    "4.3.4",
    why="Set it beside a coupon for everybody. And remember what nobody has measured: the 6 %.",
    hints=[
        "Whom is a coupon worth 6 yuan? It brings 6 % of 50 yuan for each expected purchase.",
        "So more than two expected purchases in 26 weeks: choose those by future_purchases.",
        'Of the chosen: 0.06 * 50 * holdout_purchases, added up, less 6 yuan for each of them.',
    ],
)
def gain_of_coupons(grocer, grocer_model):
    expected = grocer_model.future_purchases(26, grocer["frequency"], grocer["recency"], grocer["tenure"])
    is_chosen = 0.06 * 50 * expected > 6
    return (0.06 * 50 * grocer.loc[is_chosen, "holdout_purchases"] - 6).sum()


def _gain(came):
    return (0.06 * 50 * came - 6).sum()


def _chosen(grocer, grocer_model):
    return grocer.loc[_expected(grocer, grocer_model) > 2, "holdout_purchases"]


@gain_of_coupons.mistake("You counted what the model expects. Choose by it, but count what came.")
def as_predicted(grocer, grocer_model):
    expected = _expected(grocer, grocer_model)
    return _gain(expected[expected > 2])


@gain_of_coupons.mistake("You gave the coupon all their purchases. Only 6 % of them are its doing; the others would have been made anyway.")
def all_purchases(grocer, grocer_model):
    return (50 * _chosen(grocer, grocer_model) - 6).sum()


@gain_of_coupons.mistake("You forgot what the coupons cost.")
def cost_forgotten(grocer, grocer_model):
    return 0.06 * 50 * _chosen(grocer, grocer_model).sum()


@gain_of_coupons.mistake("You paid for one coupon. Each of the chosen gets one.")
def one_coupon(grocer, grocer_model):
    return 0.06 * 50 * _chosen(grocer, grocer_model).sum() - 6


@gain_of_coupons.mistake("You sent it to everybody. Choose those to whom it is worth its cost.")
def to_everybody(grocer, grocer_model):
    return _gain(grocer["holdout_purchases"])


@gain_of_coupons.mistake("You counted the purchases of everybody. Only the chosen have a coupon.")
def purchases_of_all(grocer, grocer_model):
    return 0.06 * 50 * grocer["holdout_purchases"].sum() - 6 * len(_chosen(grocer, grocer_model))


@gain_of_coupons.mistake("You chose by what came. At the end of 2024 nobody knew that: choose by what the model expects.")
def chosen_by_hindsight(grocer, grocer_model):
    came = grocer["holdout_purchases"]
    return _gain(came[came > 2])


@gain_of_coupons.mistake("You chose by what they had bought before. Choose by what the model expects of them in 26 weeks.")
def chosen_by_past(grocer, grocer_model):
    return _gain(grocer.loc[grocer["frequency"] > 2, "holdout_purchases"])


@gain_of_coupons.mistake("You drew the line at one expected purchase. That brings 6 % of 50 yuan, less than the coupon costs.")
def from_one_on(grocer, grocer_model):
    return _gain(grocer.loc[_expected(grocer, grocer_model) > 1, "holdout_purchases"])


@gain_of_coupons.mistake("You drew the line where the lesson drew it, for another coupon. Compute it anew: 6 yuan, and 6 % of 50 yuan.")
def line_of_lesson(grocer, grocer_model):
    return _gain(grocer.loc[_expected(grocer, grocer_model) > _line_of_lesson(), "holdout_purchases"])


@cache
def _line_of_lesson():
    lines = datasets.load_cdnow()
    known = lines[lines["order_date"] <= "1997-09-30"]
    return len(known.drop_duplicates(["customer_id", "order_date"])) / (0.10 * 0.30 * known["amount"].sum())


@gain_of_coupons.mistake("You drew the line at 6 / 50 purchases: as if the coupon had made them all. It makes 6 % of them.")
def uplift_forgotten_in_line(grocer, grocer_model):
    return _gain(grocer.loc[_expected(grocer, grocer_model) > 0.12, "holdout_purchases"])


@gain_of_coupons.mistake("You sent 500, as in the lesson. Here all get one to whom it is worth its cost, and nobody else.")
def best_500(grocer, grocer_model):
    return _gain(grocer.loc[_expected(grocer, grocer_model).nlargest(500).index, "holdout_purchases"])


@gain_of_coupons.mistake("You sent it to the others, to whom it is not worth its cost.")
def the_others(grocer, grocer_model):
    return _gain(grocer.loc[_expected(grocer, grocer_model) <= 2, "holdout_purchases"])


@gain_of_coupons.mistake("That is the mean of one coupon. Add up.")
def per_coupon(grocer, grocer_model):
    return (0.06 * 50 * _chosen(grocer, grocer_model) - 6).mean()


@gain_of_coupons.mistake("You let the coupon lift purchases by 10 %, as in the lesson. Here it is 6 %.")
def uplift_of_lesson(grocer, grocer_model):
    return (0.1 * 50 * _chosen(grocer, grocer_model) - 6).sum()


@gain_of_coupons.mistake("You took yuan from purchases. A purchase brings a margin of 50 yuan.")
def margin_forgotten(grocer, grocer_model):
    return (0.06 * _chosen(grocer, grocer_model) - 6).sum()


@gain_of_coupons.mistake("That is how many coupons. What do they gain, in yuan?")
def how_many(grocer, grocer_model):
    return len(_chosen(grocer, grocer_model))


@gain_of_coupons.mistake("That is what the coupons cost. What do they bring, less their cost?")
def what_it_costs(grocer, grocer_model):
    return 6 * len(_chosen(grocer, grocer_model))


@gain_of_coupons.mistake("That is how often the chosen bought. Which part is the coupon's doing, and what does it bring?")
def their_purchases(grocer, grocer_model):
    return _chosen(grocer, grocer_model).sum()


@gain_of_coupons.mistake("You counted all purchases and 6 % more. Without a coupon they would have come as well: only the 6 % are gained.")
def all_and_more(grocer, grocer_model):
    return (1.06 * 50 * _chosen(grocer, grocer_model) - 6).sum()


@gain_of_coupons.mistake("You took 6 % of what they spent. Of a purchase we earn the margin: 50 yuan.")
def sales_for_margin(grocer, grocer_model):
    chosen = _expected(grocer, grocer_model) > 2
    return (0.06 * grocer.loc[chosen, "holdout_spent"] - 6).sum()


@gain_of_coupons.mistake("You chose those who are more likely alive than not. Alive is not enough: how often do they buy in 26 weeks?")
def who_is_alive(grocer, grocer_model):
    return _gain(grocer.loc[grocer_model.probability_alive(*_triple(grocer)) > 0.5, "holdout_purchases"])


@gain_of_coupons.mistake("You chose those who are more likely to buy than not. One purchase is not enough: expected purchases are asked for.")
def who_will_buy(grocer, grocer_model):
    return _gain(grocer.loc[grocer_model.chance_to_buy(26, *_triple(grocer)) > 0.5, "holdout_purchases"])


@gain_of_coupons.mistake("You paid a coupon for everybody. Only the chosen get one.")
def cost_of_all(grocer, grocer_model):
    return 0.06 * 50 * _chosen(grocer, grocer_model).sum() - 6 * len(grocer)


worksheet = judgment(
    "4.3.5",
    hints=[
        "Two questions for each: does somebody have to say that they leave? Can they buy at any time?",
        "The model without a contract lets people buy at random. Who of the six does not?",
    ],
    weighs=[
        "the gym: a contract by the month, one sees who ends it; sBG, on occasions",
        "the magazine: a contract renewed once a year; sBG as well, with years as periods",
        "the hairdresser and the taxi app: no contract, at any time; BG/NBD or its kin",
        "the trade fair: no contract, once a year or not at all; BG/BB",
        "the baker fits none: no contract and at any time, but a rhythm of days, not at random; BG/NBD would call them alive for too long",
        "for the baker a look at each guest's own gaps: three or four mornings missed say much, for somebody who comes once a week nothing",
        "doubt where it is due: a hairdresser's customers have a rhythm too, and a taxi app may know that somebody deleted it",
    ],
    example=(
        "The gym and the magazine have contracts, so one sees who leaves: sBG, by months and by years. The hairdresser and the taxi app have none, and"
        " one may come at any time: BG/NBD. The trade fair comes once a year, one goes or not, and nobody signs off: BG/BB. The baker fits none of"
        " them, because guests who come every morning do not buy at random; I would count how many of their own gaps they have been silent for."
    ),
)

thirty = question(
    "4.3.q1",
    "A model says of a customer: 30 % alive. What does that say?",
    [
        Option(
            "Of ten such customers about three have not left; fewer than that buy in the next weeks",
            "Alive and buying are two things, and the model may be off besides: a hold-out tells.",
            right=True,
        ),
        Option(
            "The customer has left, since 30 % is clearly less than one half",
            "Three of ten have not. What a call costs and what they bring decides, not one half.",
        ),
        Option(
            "Of ten such customers three buy again before the end of the hold-out period",
            "That is the chance to buy. Who is alive may buy later, or rarely.",
        ),
        Option(
            "The customer makes 30 % of the purchases that they made before the cut",
            "It is no rate of purchase. future_purchases is.",
        ),
    ],
)

once = question(
    "4.3.q2",
    "BG/NBD says that everybody who bought once is alive for certain. What follows?",
    [
        Option(
            "That these are our most faithful customers, and they should get the coupons first",
            "They were given the chance by an assumption: one leaves only after a repeat purchase.",
        ),
        Option(
            "That the fit has failed, and the log must be cleaned before it is used again",
            "The fit is as it should be. The story of the model has no way out before a repeat purchase.",
        ),
        Option(
            "Nothing about them: look at the chance to buy, or take a model in which they may leave",
            "MBG/NBD lets them leave after the first purchase.",
            right=True,
        ),
        Option(
            "That they will buy again soon, only the model cannot say on which day it will be",
            "Alive is not buying; most of them bought nothing in 39 weeks.",
        ),
    ],
)

total = question(
    "4.3.q3",
    "In a hold-out the total of a forecast is right within 1 %. May one use it to choose 500 customers?",
    [
        Option(
            "Yes: a total is the sum of the customers, so they must be right as well",
            "Too much here and too little there cancel in a total.",
        ),
        Option(
            "No: a forecast for a total can never say anything about customers",
            "It can. Only the total does not show whether it does.",
        ),
        Option(
            "Yes, if the hold-out is as long as the time on which the model was fitted",
            "Its length does not show whether customers are told apart.",
        ),
        Option(
            "Not for that reason: look at what the 500 bought, beside those of a plain rule",
            "For a choice the order counts, and what the chosen bring.",
            right=True,
        ),
    ],
)
