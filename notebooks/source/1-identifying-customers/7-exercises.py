"""Exercises of lesson 1.7: when do they buy again?"""

import numpy as np
import pandas as pd

from crmlib import gaps
from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    expected = pd.DataFrame(
        {
            "earliest_date": pd.Timestamp("2017-07-03"),
            "expected_date": pd.Timestamp("2017-07-05"),
            "latest_date": pd.to_datetime(
                ["2017-07-08", "2017-07-10", "2017-07-12", "2017-07-08", None, None, "2017-07-06", "2017-07-20", "2017-07-20"]
            ),
        },
        index=list("abcdefghi"),
    )
    came = pd.Series(
        pd.to_datetime(["2017-07-04", "2017-07-11", None, "2017-07-01", "2017-08-01", None, "2017-07-06", None, "2017-07-19"]),
        index=expected.index,
    )
    orders = ["2017-01-01", "2017-01-01", "2017-02-10", "2017-03-01", "2017-03-01", "2017-05-20", "2017-08-09"]
    waits = np.random.default_rng(3).gamma(2, 0.5, 39)
    waits[:2] = np.inf
    return {
        "of_g": pd.Series([44, 47, 50, 53, 56, 68], name="day"),
        "visits": pd.DataFrame({"order_date": pd.to_datetime(orders), "amount": 9.0}),
        "spring_waits": pd.Series(waits),
        "expected": expected,
        "came": came,
        "expected_june": expected,
        "came_june": came,
        "after_june": pd.Series([0.0, 0, 0, 0, 80, 40, 120, 60, 30, 90]),
    }


# --- inside the lesson ---


@exercise(
    "1.7.a",
    why="G came every three days, and then waited longer than all others who came back: that is what late looks like.",
    hints=[
        "First the gap of G on day 60: first day 44, last day 56, five days of purchase.",
        "Five days have four gaps between them: 12 days in 4 gaps. And G came on day 68, counted from day 60.",
        "In numbers: (68 - 60) / ((56 - 44) / 4)",
    ],
)
def wait_of_g(of_g):
    seen = of_g[of_g <= 60]
    gap = (seen.max() - seen.min()) / (len(seen) - 1)
    return (of_g[of_g > 60].min() - 60) / gap


@wait_of_g.mistake("You divided by five days of purchase. Between five days lie four gaps.")
def one_gap_too_many(of_g):
    seen = of_g[of_g <= 60]
    return (68 - 60) / ((seen.max() - seen.min()) / len(seen))


@wait_of_g.mistake("You counted from G's last purchase, day 56. The wait begins on day 60, when we look.")
def from_last_purchase(of_g):
    seen = of_g[of_g <= 60]
    return (68 - seen.max()) / ((seen.max() - seen.min()) / (len(seen) - 1))


@wait_of_g.mistake("The gap with day 68 in it was not known on day 60. Leave it out.")
def gap_of_today(of_g):
    days = of_g
    return (68 - 60) / ((days.max() - days.min()) / (len(days) - 1))


@wait_of_g.mistake("That is how long G had been silent on day 60. Asked is how much longer G stayed away: from day 60 to day 68.")
def silent_on_day_60(of_g):
    seen = of_g[of_g <= 60]
    return (60 - seen.max()) / ((seen.max() - seen.min()) / (len(seen) - 1))



@wait_of_g.mistake("That is the wait in days. Divide it by the gap of G.")
def wait_in_days(of_g):
    return int(of_g.max()) - 60


@wait_of_g.mistake("That is the gap of G. Asked is how many of these gaps the wait was.")
def the_gap(of_g):
    seen = of_g[of_g <= 60]
    return (seen.max() - seen.min()) / (len(seen) - 1)


@wait_of_g.mistake("You counted until today, day 90. G came on day 68.")
def until_today(of_g):
    seen = of_g[of_g <= 60]
    return (90 - 60) / ((seen.max() - seen.min()) / (len(seen) - 1))


@prediction(
    "1.7.b",
    near=0.05,
    why="Look at the dotted lines: a promise without an end is easily kept.",
    hints=["Promised are at least four fifths. What could make it more, what could make it less?"],
)
def share_held(expected, came):
    return gaps.intervals_held(expected, came).mean()


# --- at its end, on data not yet shown ---


@exercise(
    "1.7.1",
    why="A long gap, and a few bunches of orders: the mean hides how uneven they are.",
    hints=[
        "Make a list of the days without repeats. How many gaps lie between that many days?",
        'visits["order_date"].nunique() counts the days; first and last day are min and max.',
        'In code: d = visits["order_date"]; (d.max() - d.min()).days / (d.nunique() - 1)',
    ],
)
def gap_of_one(visits):
    d = visits["order_date"]
    return (d.max() - d.min()).days / (d.nunique() - 1)


@gap_of_one.mistake("You counted orders. Several on one day are one day of purchase.")
def by_orders(visits):
    d = visits["order_date"]
    return (d.max() - d.min()).days / (len(d) - 1)


@gap_of_one.mistake("You divided by the number of days of purchase. There is one gap fewer than days.")
def by_days(visits):
    d = visits["order_date"]
    return (d.max() - d.min()).days / d.nunique()


@gap_of_one.mistake("You divided by the number of orders: days count once, and there is one gap fewer than days.")
def by_all_orders(visits):
    d = visits["order_date"]
    return (d.max() - d.min()).days / len(d)


@gap_of_one.mistake("That is the number of days of purchase. How many gaps lie between them, and how long is the time from the first to the last?")
def number_of_days(visits):
    return visits["order_date"].dt.normalize().nunique()


@gap_of_one.mistake("You took two gaps fewer than days. There is one gap fewer than days.")
def two_fewer(visits):
    days = visits["order_date"].dt.normalize().drop_duplicates()
    return (days.max() - days.min()).days / (len(days) - 2)


@gap_of_one.mistake("That is the gap in the middle, the median. The gap here is the mean.")
def median_gap(visits):
    return float(np.median(np.diff(np.sort(visits["order_date"].unique())) / np.timedelta64(1, "D")))


@gap_of_one.mistake("That is the time from the first day to the last. Divide it by the number of gaps.")
def whole_span(visits):
    d = visits["order_date"]
    return (d.max() - d.min()).days


@exercise(
    "1.7.2",
    why="One in ten may come later still, and nobody can say how late: some of the 39 had not come by the end of May.",
    hints=[
        "There are 40 places. 80 % of them are 32, so 8 are left out: how many on either side?",
        "Four on either side: from the fourth smallest to the fourth largest.",
        "In code: spring_waits.sort_values().iloc[-4]",
    ],
)
def upper_end(spring_waits):
    return spring_waits.sort_values().iloc[-4]


@upper_end.mistake("That is the lower end. The upper one is the fourth largest.")
def lower_end(spring_waits):
    return spring_waits.sort_values().iloc[3]


@upper_end.mistake("You left out eight on the upper side. There are eight in all, four on either side.")
def all_above(spring_waits):
    return spring_waits.sort_values().iloc[-8]


@upper_end.mistake("That is the fifth largest: Python counts from 0 at the front, and from -1 at the end.")
def fifth_largest(spring_waits):
    return spring_waits.sort_values().iloc[-5]


@upper_end.mistake("That is the wait of those who have not come by the end of May: nobody knows it. Take the fourth largest of all 39.")
def not_come(spring_waits):
    return spring_waits.max()


@upper_end.mistake("That is the largest wait of those who came. Those who have not come wait longer still: the fourth largest of all 39 ends the interval.")
def largest(spring_waits):
    return spring_waits[np.isfinite(spring_waits)].max()


@upper_end.mistake("quantile(0.9) goes between two waits. The promise is counted in places: the fourth largest of 39.")
def by_quantile(spring_waits):
    return spring_waits.quantile(0.9)


@upper_end.mistake("quantile(0.8) leaves out 20 % above. It is 10 % on either side, and counted in places.")
def by_quantile_80(spring_waits):
    return spring_waits.quantile(0.8)


@upper_end.mistake("You left out those who have not come yet. They wait longest of all: they count at the end.")
def only_who_came(spring_waits):
    return spring_waits[np.isfinite(spring_waits)].sort_values().iloc[-4]


@exercise(
    "1.7.3",
    why="Among intervals that dare to name an end the promise is harder to keep.",
    hints=[
        "Keep the rows whose latest_date is there. When does such an interval hold?",
        "It holds if the day is not before earliest_date and not after latest_date. A missing day makes both comparisons False.",
        'In code: e = expected_june.dropna(subset="latest_date"); c = came_june[e.index]; the mean of (c >= e.earliest_date) & (c <= e.latest_date)',
    ],
)
def held_with_end(expected_june, came_june):
    with_end = expected_june.dropna(subset="latest_date")
    day = came_june[with_end.index]
    return ((day >= with_end["earliest_date"]) & (day <= with_end["latest_date"])).mean()


@held_with_end.mistake("You took all intervals. Only those with a latest_date are asked for.")
def all_intervals(expected_june, came_june):
    in_time = expected_june["latest_date"].isna() | (came_june <= expected_june["latest_date"])
    early = came_june < expected_june["earliest_date"]
    return (in_time & ~early).mean()


@held_with_end.mistake("You took the intervals without an end. Asked are those that have one.")
def without_end(expected_june, came_june):
    open_end = expected_june[expected_june["latest_date"].isna()]
    return gaps.intervals_held(open_end, came_june.reindex(open_end.index)).mean()


@held_with_end.mistake("You divided by all intervals. Divide by those that have an end.")
def over_all(expected_june, came_june):
    return ((came_june >= expected_june["earliest_date"]) & (came_june <= expected_june["latest_date"])).mean()


@held_with_end.mistake("You only asked whether they came too late. Those who came before earliest_date break the promise as well.")
def early_forgiven(expected_june, came_june):
    with_end = expected_june.dropna(subset="latest_date")
    return (came_june[with_end.index] <= with_end["latest_date"]).mean()


@held_with_end.mistake("You left out those who did not come. They came too late, and belong to the whole.")
def only_who_came_back(expected_june, came_june):
    with_end = expected_june[expected_june["latest_date"].notna() & came_june.notna()]
    day = came_june[with_end.index]
    return ((day >= with_end["earliest_date"]) & (day <= with_end["latest_date"])).mean()


@held_with_end.mistake("That is the share of intervals that have an end. How many of these held?")
def share_with_end(expected_june):
    return expected_june["latest_date"].notna().mean()


@held_with_end.mistake("That is the share who came by the expected day. The interval goes from earliest_date to latest_date.")
def by_expected_date(expected_june, came_june):
    with_end = expected_june.dropna(subset="latest_date")
    return (came_june[with_end.index] <= with_end["expected_date"]).mean()


@exercise(
    "1.7.4",
    why="Most of the coupons go to those who come anyway; the few who follow have to pay for them all.",
    hints=[
        "What do the coupons of those who come anyway cost? What does one who follows leave, after their own coupon?",
        "Cost: 3 times those who came. One who follows leaves 0.30 times the mean spending of those who came, less 3.",
        "In code: came = after_june[after_june > 0]; 3 * len(came) / ((after_june == 0).sum() * (0.30 * came.mean() - 3))",
    ],
)
def share_needed(after_june):
    came = after_june[after_june > 0]
    stayed_away = (after_june == 0).sum()
    return 3 * len(came) / (stayed_away * (0.30 * came.mean() - 3))


@share_needed.mistake("You forgot that those who follow use a coupon, too: take 3 dollars off what each of them leaves.")
def own_coupon_forgotten(after_june):
    came = after_june[after_june > 0]
    return 3 * len(came) / ((after_june == 0).sum() * 0.30 * came.mean())


@share_needed.mistake("You took the margin of the lesson. In June a dollar of sales leaves 30 cents.")
def margin_of_the_lesson(after_june):
    came = after_june[after_june > 0]
    return 3 * len(came) / ((after_june == 0).sum() * (0.25 * came.mean() - 3))


@share_needed.mistake("You took the coupon of the lesson, 2 dollars. In June it is worth 3.")
def coupon_of_the_lesson(after_june):
    came = after_june[after_june > 0]
    return 2 * len(came) / ((after_june == 0).sum() * (0.30 * came.mean() - 2))


@share_needed.mistake("You set the coupon of one who came against one who follows. Count them: many come anyway, few stay away.")
def one_for_one(after_june):
    return 3 / (0.30 * after_june[after_june > 0].mean() - 3)


@share_needed.mistake("You let everybody who was late use a coupon. Those who do not come cost nothing.")
def everybody_uses_one(after_june):
    came = after_june[after_june > 0]
    return 3 * len(after_june) / ((after_june == 0).sum() * (0.30 * came.mean() - 3))


@share_needed.mistake("You divided by all who were late. The share is one of those who would have stayed away.")
def of_all_late(after_june):
    came = after_june[after_june > 0]
    return 3 * len(came) / (len(after_june) * (0.30 * came.mean() - 3))


@share_needed.mistake("You took sales for what they leave. Of a dollar of sales 30 cents are left.")
def sales_for_margin(after_june):
    came = after_june[after_june > 0]
    return 3 * len(came) / ((after_june == 0).sum() * (came.mean() - 3))


@share_needed.mistake("You took the mean over all, those with 0 among them. Those who follow spend as those who came.")
def mean_of_all(after_june):
    came = after_june[after_june > 0]
    return 3 * len(came) / ((after_june == 0).sum() * (0.30 * after_june.mean() - 3))


@share_needed.mistake("That is how many have to follow. As a share, divide it by those who would have stayed away.")
def number_needed(after_june):
    came = after_june[after_june > 0]
    return 3 * len(came) / (0.30 * came.mean() - 3)


@share_needed.mistake("You forgot those who come anyway: they use the coupon as well, and that is most of its cost.")
def anyway_forgotten(after_june):
    came = after_june[after_june > 0]
    return 3 / (0.30 * came.mean())


advice = judgment(
    "1.7.5",
    hints=[
        "What would have happened without the coupon? Who could tell you?",
        "How would you choose who gets the next one, and how many would you need?",
    ],
    weighs=[
        "that customers chosen for buying nothing can only buy more: regression to the mean",
        "that those who come anyway use the coupon too, and what that costs",
        "a lot: half of those who are late get one, half do not, and the halves are compared",
        "how many customers a lot needs before it can see anything",
        "margin instead of sales, and doing nothing among the choices",
    ],
    example=(
        "I would not send it to all. They were chosen because they had bought nothing for a month, so their sales could"
        " only rise; how much they rise without a coupon nobody has looked at. Next month I let lots decide: half of"
        " those who are late get the coupon, half do not, and I compare what both leave after the coupon is paid. With"
        " a few hundred customers I would see nothing, so I go on for several months before I decide. Until then, a"
        " reminder without a discount costs next to nothing."
    ),
)

promise = question(
    "1.7.q1",
    "An interval is promised for 80 % of all customers. What does it say of Mr Zhang?",
    [
        Option("That his own chance is 80 %", "He may be one of those it holds for more often, or more rarely."),
        Option("Nothing of his own: of all like him 80 % come within theirs", "Of all together.", right=True),
        Option("That he came within it 8 times of 10 so far, and will go on to", "His past is only in his gap."),
        Option("That he buys 80 % of what he needs here", "It speaks of days, not of amounts."),
    ],
)

came_back = question(
    "1.7.q2",
    "Of 200 late customers with a coupon 140 came back, of 200 drawn at random without one 134. What did the coupon do?",
    [
        Option("It brought 140 customers back", "134 of them would have come without it."),
        Option("It brought nobody back, since 6 is small", "It may have. The lot cannot tell 6 from chance."),
        Option("Six came more, which chance may explain", "So ask more customers before you pay more coupons.", right=True),
        Option("It raised the sales of those who came by 4.5 %", "It was counted who came, not what they spent."),
    ],
)

season = question(
    "1.7.q3",
    "You learned waits from October to December. Why may the intervals for January to March fail?",
    [
        Option("A feast lies between: customers do not go on as before", "That is all the promise rests on.", right=True),
        Option("Three months are too short for any interval", "How far ahead you may speak is as far as you looked."),
        Option("Intervals hold only for those days from which they were learned", "Then nobody would need them."),
        Option("In winter the gaps have to be counted in weeks", "The unit is the customer's own gap."),
    ],
)
