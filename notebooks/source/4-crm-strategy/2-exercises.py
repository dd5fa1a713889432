"""Exercises of lesson 4.2: does 5 % less churn bring 25 to 85 % more profit?"""

import pandas as pd

from crmlib import keeping, purchases
from crmlib.lesson import Option, exercise, judgment, prediction, question

MAY, JUNE = pd.Timestamp("2025-05-01"), pd.Timestamp("2025-06-01")


def example():
    ends = ["2025-01-31", "2025-02-28", "2025-02-28", "2025-03-31", "2025-05-31", None, None, None]
    eight = pd.DataFrame({"start_date": pd.Timestamp("2025-01-01"), "end_date": pd.to_datetime(ends)}, index=list("ABCDEFGH"))
    later = pd.DataFrame(
        {"n_earlier_subscribers": [400, 380, 290, 230, 205, 180, 160, 141, 120], "n_subscribers": [400, 310, 255, 212, 190, 171, 148, 133, 117]},
        index=pd.Index(range(9), name="month"),
    )
    regular = pd.Series([1, 0.63, 0.47, 0.38, 0.33, 0.29, 0.26, 0.24, 0.22, 0.21, 0.19, 0.18, 0.17])
    family = pd.DataFrame({"n_payments": [19.2, 20.9]}, index=pd.Index([0.0, 0.1], name="churn_cut"))
    survival = pd.Series([1, 0.8, 0.7, 0.6, 0.55, 0.5, 0.45], name="survival")
    return {
        "eight": eight,
        "later": later,
        "survival": survival,
        "laundry": pd.Series({"gain": 0.45, "discount_rate": 0.08, "points": 0.05}),
        "regular": regular,
        "family": family,
        "yearly_rate": 0.10,
    }


def _is_there(eight, day):
    return ~(eight["end_date"] < day)


# --- inside the lesson ---


@exercise(
    "4.2.a",
    why="Survival looks back to January, retention to the month before. Churn is what is missing to 100 %.",
    hints=[
        "Who was there in May? They are the whole. Who of them is there in June?",
        "A to D have left by the end of March. Who of the other four is still there in June?",
        "Three of the four who were there in May are there in June.",
    ],
)
def retention_of_june(eight):
    in_may = ~(eight["end_date"] < "2025-05-01")
    in_june = ~(eight["end_date"] < "2025-06-01")
    return in_june.sum() / in_may.sum()


@retention_of_june.mistake("That is survival: the share of all eight. For the retention rate the whole is those who were there in May.")
def survival_of_june(eight):
    return _is_there(eight, JUNE).mean()


@retention_of_june.mistake("That is how many are there in June. Divide by how many were there in May.")
def how_many_in_june(eight):
    return _is_there(eight, JUNE).sum()


@retention_of_june.mistake("That is the share of all eight who are gone. Ask of those who were there in May, who of them is there in June.")
def gone_since_january(eight):
    return 1 - _is_there(eight, JUNE).mean()


@retention_of_june.mistake("You took who left at the end of May, over all eight. Take who stayed, over those who were there in May.")
def left_of_all(eight):
    return (_is_there(eight, MAY) & ~_is_there(eight, JUNE)).mean()


@retention_of_june.mistake("That is the rate of May: nobody left at the end of April. One month on.")
def retention_of_may(eight):
    return _is_there(eight, MAY).sum() / _is_there(eight, pd.Timestamp("2025-04-01")).sum()


@retention_of_june.mistake("A half is the survival of May, four of eight. Asked is June: of the four of May, how many are there in June?")
def survival_of_may(eight):
    return _is_there(eight, MAY).mean()


@retention_of_june.mistake("That is one rate for all months together. June alone is asked for.")
def rate_of_all_months(eight):
    n = [_is_there(eight, pd.Timestamp(2025, month, 1)).sum() for month in range(1, 7)]
    return sum(n[1:]) / sum(n[:-1])


@retention_of_june.mistake("That is the mean of the rates of five months. June alone is asked for.")
def mean_of_rates(eight):
    n = [_is_there(eight, pd.Timestamp(2025, month, 1)).sum() for month in range(1, 7)]
    return sum(after / before for before, after in zip(n, n[1:], strict=False)) / 5


@prediction(
    "4.2.b",
    near=0.25,
    why="Look for the grey line in the figure: wherever one starts, it hardly rises. It has no discount; at 10 % it lies lower still.",
    hints=[
        "5 % of a churn of 10 % is half a point: churn falls from 10 % to 9.5 %.",
        "The value is a margin over 1 + d - r. How much smaller does 1.10 - r become?",
    ],
)
def gain_of_five_percent(yearly_rate):
    return (1 + yearly_rate - 0.90) / (1 + yearly_rate - 0.905) - 1


# --- at its end ---


@exercise(
    "4.2.1",
    why="Those who came late are not yet due: they count in the months that they have reached, and in no other.",
    hints=[
        "First the retention rate of each month; then ask how one comes from 100 % to month 6.",
        "Survival is the product of the rates of months 1 to 6. n_earlier_subscribers of a month are not all who began.",
        'rate = later["n_subscribers"] / later["n_earlier_subscribers"], then rate.loc[1:6].prod().',
    ],
)
def still_there(later):
    rate = later["n_subscribers"] / later["n_earlier_subscribers"]
    return rate.loc[1:6].prod()


@still_there.in_lesson("the first cohort", asks="those who began later")
def of_the_first_cohort(survival):
    return survival.loc[6]


@still_there.mistake("You divided by all who began. Many of them began less than six months ago: they are not yet due, and not gone.")
def not_yet_due_as_gone(later):
    return later.loc[6, "n_subscribers"] / later.loc[0, "n_subscribers"]


@still_there.mistake("That is the retention rate of month 6 alone: of those who were there in month 5. Multiply the rates of months 1 to 6.")
def rate_of_six(later):
    return later.loc[6, "n_subscribers"] / later.loc[6, "n_earlier_subscribers"]


@still_there.mistake("That is how many of them are there in month 6. Asked is a share: multiply the rates of months 1 to 6.")
def how_many_at_six(later):
    return later.loc[6, "n_subscribers"]


@still_there.mistake("That is a mean rate. To come to month 6 one has to stay six times: multiply.")
def mean_rate(later):
    return (later["n_subscribers"] / later["n_earlier_subscribers"]).loc[1:6].mean()


@still_there.mistake("That is a mean rate, and month 0, in which nobody could leave, is in it. Multiply the rates of months 1 to 6.")
def mean_rate_from_zero(later):
    return (later["n_subscribers"] / later["n_earlier_subscribers"]).loc[0:6].mean()


@still_there.mistake("You stopped at month 5. Month 0 is the beginning; iloc leaves out its end.")
def five_months(later):
    return (later["n_subscribers"] / later["n_earlier_subscribers"]).loc[1:5].prod()


@still_there.mistake("You went on to month 7.")
def seven_months(later):
    return (later["n_subscribers"] / later["n_earlier_subscribers"]).loc[1:7].prod()


@still_there.mistake("You multiplied the rates of all months. Stop at month 6.")
def to_the_end(later):
    return (later["n_subscribers"] / later["n_earlier_subscribers"]).prod()


@still_there.mistake("That is one rate for six months together, the share who stay *a* month. Multiply the six rates.")
def pooled_rate(later):
    return later.loc[1:6, "n_subscribers"].sum() / later.loc[1:6, "n_earlier_subscribers"].sum()


@still_there.mistake("You took one mean rate six times. The rates are not the same: multiply each month's own.")
def pooled_rate_to_six(later):
    return (later.loc[1:6, "n_subscribers"].sum() / later.loc[1:6, "n_earlier_subscribers"].sum()) ** 6


@still_there.mistake("You took the rate of month 1 six times. Later rates are other ones.")
def first_rate_to_six(later):
    return (later.loc[1, "n_subscribers"] / later.loc[1, "n_earlier_subscribers"]) ** 6


@still_there.mistake("You added up churn rates. Each is of those who were left: multiply retention rates instead.")
def churn_added(later):
    return (1 - (later["n_subscribers"] / later["n_earlier_subscribers"]).loc[1:6]).sum()


@still_there.mistake("You took the sum of the churn rates off 100 %. Each is of those who were left: multiply retention rates instead.")
def churn_added_and_taken_off(later):
    return 1 - (1 - (later["n_subscribers"] / later["n_earlier_subscribers"]).loc[1:6]).sum()


@exercise(
    "4.2.2",
    why="Ask of every such claim: from which rate? Without it, “five points” says nothing.",
    hints=[
        "With r before and r + p after, the value grows by (1 + d - r) / (1 + d - r - p) - 1. Set that equal to the gain g.",
        "It gives 1 + d - r = p (1 + g) / g. What is r?",
        'keeping.retention_needed(laundry["gain"], discount_rate=laundry["discount_rate"]), or the formula.',
    ],
)
def needed_before(laundry):
    gap = laundry["points"] * (1 + laundry["gain"]) / laundry["gain"]
    return 1 + laundry["discount_rate"] - gap


@needed_before.mistake("That is the rate after the five points. Which was it before?")
def rate_after(laundry):
    return 1 + laundry["discount_rate"] - laundry["points"] / laundry["gain"]


@needed_before.mistake("You took the 10 % of the lesson. Here the discount rate is 8 %.")
def discount_of_the_lesson(laundry):
    return 1.1 - laundry["points"] * (1 + laundry["gain"]) / laundry["gain"]


@needed_before.mistake("You did not discount. A yuan of next year is worth less: add the 8 %.")
def not_discounted(laundry):
    return 1 - laundry["points"] * (1 + laundry["gain"]) / laundry["gain"]


@needed_before.mistake("45 % more is a gain of 0.45, not of 1.45.")
def gain_as_a_multiple(laundry):
    return 1 + laundry["discount_rate"] - laundry["points"] * (2 + laundry["gain"]) / (1 + laundry["gain"])


@needed_before.mistake("You took the discount rate off. It makes 1 + d - r larger: r = 1 + d - the gap.")
def discount_taken_off(laundry):
    return 1 - laundry["discount_rate"] - laundry["points"] * (1 + laundry["gain"]) / laundry["gain"]


@needed_before.mistake("That is 1 + d - r. One step more: what is r?")
def not_yet_the_rate(laundry):
    return laundry["points"] * (1 + laundry["gain"]) / laundry["gain"]


@needed_before.mistake("Your fraction is upside down: p times (1 + g) / g.")
def fraction_upside_down(laundry):
    return 1 + laundry["discount_rate"] - laundry["points"] * laundry["gain"] / (1 + laundry["gain"])


@needed_before.mistake("You took the 25 % of the claim. The laundry is said to have gained 45 %.")
def a_quarter_more(laundry):
    return 1 + laundry["discount_rate"] - laundry["points"] * 1.25 / 0.25


@needed_before.mistake("That is the highest rate from which five points can be added at all. Which rate gives just 45 %?")
def highest_rate(laundry):
    return 1 - laundry["points"]


@needed_before.mistake("That is the rate after the five points, and without a discount. Which was it before, at 8 %?")
def rate_after_not_discounted(laundry):
    return 1 - laundry["points"] / laundry["gain"]


@exercise(
    "4.2.3",
    why="A mean rate of the first years says that hardly anybody will be left. A firm that plans with it gives up subscribers who would have paid for years.",
    hints=[
        "Three steps: the mean rate of years 1 to 5, what it predicts for year 12, what came less what is predicted.",
        "Mean rate: all who were there in years 1 to 5, over all who were there a year before (years 0 to 4).",
        "rate = regular.loc[1:5].sum() / regular.loc[0:4].sum(); then regular.loc[12] - rate ** 12.",
    ],
)
def missed_points(regular):
    rate = regular.loc[1:5].sum() / regular.loc[0:4].sum()
    return regular.loc[12] - rate**12


@missed_points.mistake("That is what the mean rate predicts for year 12. What came less this is asked for.")
def predicted(regular):
    return (regular.loc[1:5].sum() / regular.loc[0:4].sum()) ** 12


@missed_points.mistake("You took the mean of five rates. In the first year there are more who can leave: add up before you divide.")
def mean_of_rates_of_years(regular):
    return regular.loc[12] - (regular / regular.shift()).loc[1:5].mean() ** 12


@missed_points.mistake("You took the root of what is left in year 5. The mean rate here is all who stayed over all who could.")
def root_of_the_end(regular):
    return regular.loc[12] - regular.loc[5] ** (12 / 5)


@missed_points.mistake("You fitted on all twelve years. Then nothing is held out: the first five only.")
def all_years(regular):
    return regular.loc[12] - (regular.loc[1:12].sum() / regular.loc[0:11].sum()) ** 12


@missed_points.mistake("You fitted on seven years, as the lesson does. Here it is the first five.")
def seven_years_fitted(regular):
    return regular.loc[12] - (regular.loc[1:7].sum() / regular.loc[0:6].sum()) ** 12


@missed_points.mistake("You fitted on six years. Years 1 to 5, over years 0 to 4.")
def six_years_fitted(regular):
    return regular.loc[12] - (regular.loc[1:6].sum() / regular.loc[0:5].sum()) ** 12


@missed_points.mistake("You took the model in which each has a chance of their own. Asked is the mean rate; compare the two afterwards.")
def the_other_model(regular):
    return regular.loc[12] - purchases.fit_sbg(regular.loc[:5]).survival(12)


@missed_points.mistake("You went on from what was left in year 5. The mean rate is taken twelve times, from the beginning.")
def from_year_five(regular):
    return regular.loc[12] - regular.loc[5] * (regular.loc[1:5].sum() / regular.loc[0:4].sum()) ** 7


@missed_points.mistake("You took the rate seven times. From the beginning to year 12 it is twelve times.")
def seven_years(regular):
    return regular.loc[12] - (regular.loc[1:5].sum() / regular.loc[0:4].sum()) ** 7


@missed_points.mistake("You took a ratio. Asked is the difference: what came less what is predicted.")
def how_many_times(regular):
    return regular.loc[12] / (regular.loc[1:5].sum() / regular.loc[0:4].sum()) ** 12


@missed_points.mistake("You divided the difference by what came. Asked is the difference of the two shares.")
def as_a_part(regular):
    return 1 - (regular.loc[1:5].sum() / regular.loc[0:4].sum()) ** 12 / regular.loc[12]


@missed_points.mistake("You took the rate of year 1 twelve times. Take the mean rate of years 1 to 5.")
def rate_of_year_one(regular):
    return regular.loc[12] - regular.loc[1] ** 12


@missed_points.mistake("You took the rate of year 5 twelve times. Take the mean rate of years 1 to 5.")
def rate_of_year_five(regular):
    return regular.loc[12] - (regular.loc[5] / regular.loc[4]) ** 12


@missed_points.mistake("That is what came in year 12. Take off what the mean rate predicts.")
def what_came(regular):
    return regular.loc[12]


@missed_points.mistake("That is how far it is off in year 5, within the years it was fitted on. Asked is year 12.")
def year_five(regular):
    return regular.loc[5] - (regular.loc[1:5].sum() / regular.loc[0:4].sum()) ** 5


@exercise(
    "4.2.4",
    why="The programme is paid for everybody, at every payment, also for those who would have stayed. Is it still worth it?",
    hints=[
        "Two worths: with the programme and without. Then the difference.",
        "Without: 86 yuan at each of the payments of today. With: 86 - 4 yuan at each of the payments that there are then.",
        'family.loc[0.1, "n_payments"] * (86 - 4) - family.loc[0.0, "n_payments"] * 86.',
    ],
)
def gain_of_offer(family):
    without = 86 * family.loc[0.0, "n_payments"]
    with_offer = (86 - 4) * family.loc[0.1, "n_payments"]
    return with_offer - without


@gain_of_offer.mistake("You forgot what the programme costs: 4 yuan at each payment.")
def cost_forgotten(family):
    return 86 * (family.loc[0.1, "n_payments"] - family.loc[0.0, "n_payments"])


@gain_of_offer.mistake("You took the 4 yuan off once. They are due at each payment.")
def cost_once(family):
    return 86 * (family.loc[0.1, "n_payments"] - family.loc[0.0, "n_payments"]) - 4


@gain_of_offer.mistake("You took the 4 yuan off as often as there are payments today. With the programme there are more of them.")
def cost_of_payments_now(family):
    return 86 * (family.loc[0.1, "n_payments"] - family.loc[0.0, "n_payments"]) - 4 * family.loc[0.0, "n_payments"]


@gain_of_offer.mistake("You took the 4 yuan off the added payments only. Those who would have paid anyway get the programme as well.")
def cost_of_added_payments(family):
    return (86 - 4) * (family.loc[0.1, "n_payments"] - family.loc[0.0, "n_payments"])


@gain_of_offer.mistake("That is the worth with the programme. How much more or less is it than without?")
def with_the_programme(family):
    return (86 - 4) * family.loc[0.1, "n_payments"]


@gain_of_offer.mistake("That is what the programme costs over the whole time. Set it against what it brings.")
def only_the_cost(family):
    return 4 * family.loc[0.1, "n_payments"]


@gain_of_offer.mistake("You took a ratio. Asked is a difference in yuan.")
def as_a_share(family):
    return (86 - 4) * family.loc[0.1, "n_payments"] / (86 * family.loc[0.0, "n_payments"]) - 1


@gain_of_offer.mistake("That is the most it may cost at each payment. It costs 4 yuan: what does a subscriber bring more or less, over the whole time?")
def most_it_may_cost(family):
    return 86 * (1 - family.loc[0.0, "n_payments"] / family.loc[0.1, "n_payments"])


@gain_of_offer.mistake("That is what is left at each payment. Over the whole time: times the payments with the programme.")
def left_at_each_payment(family):
    return 86 * (1 - family.loc[0.0, "n_payments"] / family.loc[0.1, "n_payments"]) - 4


@gain_of_offer.mistake("You took the fee of 238 yuan. Of it we keep the margin, 86.")
def fee_for_margin(family):
    return 238 * (family.loc[0.1, "n_payments"] - family.loc[0.0, "n_payments"]) - 4 * family.loc[0.1, "n_payments"]


@gain_of_offer.mistake("You took the margin before the price rise. It is 86 yuan now.")
def old_fee(family):
    return 66 * (family.loc[0.1, "n_payments"] - family.loc[0.0, "n_payments"]) - 4 * family.loc[0.1, "n_payments"]


@gain_of_offer.mistake("You took the margin of the basic plan. The family plan brings 86 yuan.")
def margin_of_basic(family):
    return 35 * (family.loc[0.1, "n_payments"] - family.loc[0.0, "n_payments"]) - 4 * family.loc[0.1, "n_payments"]


consultant = judgment(
    "4.2.5",
    hints=[
        "Points or a part of the churn? Of whom: one customer, or the firm in a year? Who pays for the keeping?",
        "Which numbers of our own would you lay beside it, and what would a trial with subscribers drawn by lot cost?",
    ],
    weighs=[
        "that “5 %” must be asked about: five points of a churn of ten halve it, a part of 5 % hardly moves it",
        "that the gain is the value of an average customer over a lifetime, while the firm's profit of next year rises far less",
        "that what keeping costs is left out of the claim, and is paid for all, also for those who would have stayed",
        "that nobody has said by how much the programme cuts churn: that is the assumption on which all hangs",
        "a number of our own: the most it may cost, with its interval, beside what is asked",
        "a proposal that can be tested: some subscribers drawn by lot, the others as before, a day and a number decided before one looks",
    ],
    example=(
        "I would ask first what “5 %” means. If churn falls from 10 % to 9.5 %, a subscriber is worth only a few percent more, and only five points would give anything"
        " like 25 %. The 25 to 85 % are the value of one customer over years in nine services, not our profit of next year, and the cost of keeping is not in"
        " it. Our own numbers say what the programme may cost at most at each payment, with an interval. I propose a trial: the programme for a"
        " half drawn by lot, six months, and we decide by the difference in churn. Until then we do nothing."
    ),
)

two_readings = question(
    "4.2.q1",
    "Of 1,000 subscribers 80 leave each year. “We lower churn by 5 %.” How many leave then?",
    [
        Option("30: 5 points less than 8 % are 3 %", "That is one reading. The sentence does not say which one is meant."),
        Option("76: 5 % of the 80 stay", "That is one reading. The sentence does not say which one is meant."),
        Option("130, because 5 points are added to the 8 %", "Lower churn means that fewer leave."),
        Option("One has to ask", "76 or 30: a part of the churn, or points. The difference decides everything.", right=True),
    ],
)

rising_rate = question(
    "4.2.q2",
    "The retention rate of a cohort rises month after month. What follows?",
    [
        Option(
            "Customers become more loyal, the longer they have been with us",
            "Perhaps. But the rate rises as well if nobody changes and those who leave easily have left.",
        ),
        Option(
            "Nothing yet: it rises even if nobody changes",
            "Those who leave easily leave first. The figure alone cannot tell the two apart.",
            right=True,
        ),
        Option(
            "The programme works, for churn is lower than it was at the beginning",
            "Without a group that does not get it, the same fall is seen without any programme.",
        ),
        Option("There was a mistake in counting, as a rate like this one cannot rise", "It can, and in most cohorts it does."),
    ],
)

repeat_rate = question(
    "4.2.q3",
    "Of those who ordered groceries in May, 60 % ordered in June. Is the retention rate 60 %?",
    [
        Option(
            "No: who did not order in June has not left",
            "Without a contract nobody says that they leave. 60 % is a rate of buying again; lesson 4.3 is about it.",
            right=True,
        ),
        Option("Yes, since it is the share of those of one month who are there in the next", "Who orders every six weeks is missing in June, and has not left."),
        Option("Yes, but only if the same people are counted in both of the months", "The same people are counted. Still, a month without an order is no end."),
        Option("No, because a retention rate is always counted by the year", "It may be counted by the month; one must say which."),
    ],
)
