"""Exercises of lesson 4.5: why do they choose us?"""

import numpy as np
import pandas as pd

from crmlib import choice
from crmlib.lesson import Option, exercise, judgment, prediction, question

DRIVERS = ["quality", "price", "convenience", "liking", "trust", "recognition", "rewards"]
GROCERS = ["Jiahe", "Fengyuan", "Wanjia", "Lvhe"]
WHO = {"occasion": "respondent_id", "alternative": "grocer", "chosen": "is_next"}


def _survey(seed, n=120):
    random = np.random.default_rng(seed)
    table = pd.DataFrame({"respondent_id": np.repeat(np.arange(n), 4), "grocer": GROCERS * n})
    for driver in DRIVERS:
        table[driver] = random.integers(1, 6, 4 * n).astype(float)
    utility = table[DRIVERS] @ np.array([0.3, 0.5, 0.4, 0.2, 0.3, 0.3, 0.25])
    for name, more in (("is_last", 0), ("is_next", 1.5)):
        total = utility + (more * table["is_last"] if more else 0) + random.gumbel(size=4 * n)
        table[name] = total == total.groupby(table["respondent_id"]).transform("max")
    return table


def _pairs(survey):
    grocer = survey.set_index("respondent_id")["grocer"]
    return pd.DataFrame({name: grocer[survey[f"is_{name}"].to_numpy()] for name in ("last", "next")})


def example():
    eight = pd.DataFrame(index=list("ABCDEFGH"))
    eight["last"] = ["Jiahe"] * 5 + ["Fengyuan"] * 3
    eight["next"] = ["Jiahe", "Jiahe", "Fengyuan", "Jiahe", "Fengyuan", "Fengyuan", "Jiahe", "Fengyuan"]
    offers = pd.DataFrame({"household": np.repeat(eight.index, 2), "grocer": ["Jiahe", "Fengyuan"] * 8})
    offers["price"] = [2, 4, 4, 3, 3, 5, 3, 3, 2, 3, 3, 4, 4, 4, 3, 4]
    offers["trust"] = [5, 3, 4, 3, 4, 3, 4, 3, 5, 4, 3, 4, 3, 4, 4, 3]
    survey_2024, survey_2025 = _survey(24), _survey(25)
    return {
        "eight": eight,
        "offers": offers,
        "survey_2024": survey_2024,
        "survey_2025": survey_2025,
        "pairs_2025": _pairs(survey_2025),
        "utilities": pd.Series({"Jiahe": 2.1, "Fengyuan": 2.4, "Wanjia": 1.2, "Lvhe": 1.9}),
        "gained_share": 0.016,
        "share_2025": 0.26,
        "contribution": 250_000.0,
    }


# --- inside the lesson ---


@exercise(
    "4.5.a",
    why="A row of the switching matrix starts from where people were. So the whole is those who bought at Jiahe last.",
    hints=[
        "Who is the whole? Those who bought at Jiahe last: A, B, C, D and E.",
        "Which of these five buy at Jiahe next?",
        "A, B and D stay. Divide their number by five.",
    ],
)
def stay_share(eight):
    was_here = eight["last"] == "Jiahe"
    return (eight.loc[was_here, "next"] == "Jiahe").mean()


def _was(eight):
    return eight["last"] == "Jiahe"


def _comes(eight):
    return eight["next"] == "Jiahe"


@stay_share.mistake("You divided by all eight. The whole is those who bought at Jiahe last.")
def of_all(eight):
    return (_was(eight) & _comes(eight)).mean()


@stay_share.mistake(
    "You divided by those who buy at Jiahe next. G is among them, who came from Fengyuan. Start from those of last time."
)
def of_next(eight):
    return _was(eight)[_comes(eight)].mean()


@stay_share.mistake("That is the share of Jiahe last time. Of those, which share stays?")
def share_before(eight):
    return _was(eight).mean()


@stay_share.mistake(
    "That is the share of Jiahe next time, newcomers among it. Of those who were here, which share stays?"
)
def share_after(eight):
    return _comes(eight).mean()


@stay_share.mistake("That is how many stay. Divide by how many bought at Jiahe last.")
def number_who_stay(eight):
    return (_was(eight) & _comes(eight)).sum()


@stay_share.mistake(
    "You divided the customers of next time by those of last time. One of the new ones came from Fengyuan."
)
def size_kept(eight):
    return _comes(eight).sum() / _was(eight).sum()


@stay_share.mistake("That is how much share Jiahe lost. Asked is which part of its households stays.")
def share_lost(eight):
    return _was(eight).mean() - _comes(eight).mean()


@stay_share.mistake("You multiplied two shares. Count: of the five who were here, how many stay?")
def product(eight):
    return _was(eight).mean() * _comes(eight).mean()


@stay_share.mistake(
    "Those are the households of Fengyuan that come to Jiahe. Start from those who bought at Jiahe last."
)
def who_come(eight):
    return _comes(eight)[~_was(eight)].mean()


@stay_share.mistake("Those are the households of Fengyuan that stay there. Start from those who bought at Jiahe last.")
def stay_at_the_other(eight):
    return (~_comes(eight))[~_was(eight)].mean()


@exercise(
    "4.5.b",
    why="A lead of 0.2 in utility for Fengyuan, and still nearly one half: the model leaves room for what it does not see.",
    hints=[
        "First the utility of each grocer for C: 0.3 times price plus 0.4 times trust.",
        "Jiahe: 0.3 x 3 + 0.4 x 4 = 2.5. Fengyuan: 0.3 x 5 + 0.4 x 3 = 2.7.",
        "np.exp(2.5) / (np.exp(2.5) + np.exp(2.7))",
    ],
)
def chance_of_c(offers):
    of_c = offers[offers["household"] == "C"].set_index("grocer")
    power = np.exp(0.3 * of_c["price"] + 0.4 * of_c["trust"])
    return power["Jiahe"] / power.sum()


def _of_c(offers, price=0.3, trust=0.4):
    of_c = offers[offers["household"] == "C"].set_index("grocer")
    return price * of_c["price"] + trust * of_c["trust"]


def _share(utility, base=np.e):
    power = base**utility
    return power["Jiahe"] / power.sum()


@chance_of_c.mistake("You divided the utilities. The chance takes e to their power first: np.exp(u).")
def share_of_utility(offers):
    utility = _of_c(offers)
    return utility["Jiahe"] / utility.sum()


@chance_of_c.mistake("That is e^u of Jiahe. Divide it by the sum over both grocers.")
def not_divided(offers):
    return np.exp(_of_c(offers)["Jiahe"])


@chance_of_c.mistake("That is the utility of Jiahe. Take e to its power, and divide by the sum over both grocers.")
def utility_itself(offers):
    return _of_c(offers)["Jiahe"]


@chance_of_c.mistake(
    "You added up the ratings without their weights: 0.3 for a point of price, 0.4 for a point of trust."
)
def no_weights(offers):
    return _share(_of_c(offers, 1, 1))


@chance_of_c.mistake("You swapped the weights: price 0.3, trust 0.4.")
def swapped(offers):
    return _share(_of_c(offers, 0.4, 0.3))


@chance_of_c.mistake("You took price alone. Trust counts as well: add 0.4 times its rating.")
def price_only(offers):
    return _share(_of_c(offers, trust=0))


@chance_of_c.mistake("You took trust alone. Price counts as well: add 0.3 times its rating.")
def trust_only(offers):
    return _share(_of_c(offers, price=0))


@chance_of_c.mistake("That is the difference of the utilities. Turn each into e^u, and divide by the sum.")
def difference(offers):
    utility = _of_c(offers)
    return utility["Jiahe"] - utility["Fengyuan"]


@chance_of_c.mistake("Two grocers are two chances, but they are equal only where the utilities are.")
def one_half(offers):
    return 1 / 2


@chance_of_c.mistake("Jiahe is one of two grocers, and the sum is over C's two rows: households do not count here.")
def one_eighth(offers):
    return 1 / 8


@chance_of_c.mistake("You took 10 to the power. The logit takes e: np.exp(u).")
def base_ten(offers):
    return _share(_of_c(offers), 10)


@chance_of_c.mistake("That is what C did. Asked is the chance by the model, before we know it.")
def what_happened(offers):
    return 0


@chance_of_c.mistake("1 / (1 + e^u) is the curve for the difference of two utilities, not for one of them.")
def logistic_of_one(offers):
    return 1 / (1 + np.exp(_of_c(offers)["Jiahe"]))


@prediction(
    "4.5.c",
    near=0.02,
    why="A point is a lot: on a scale of five it lies between dear and cheap. And whoever takes the rating for the cause hopes for too much.",
    hints=[
        "One point more is a big step on this scale, and still most households stay where they are.",
        "Shares add up to 1: what we gain the three others lose. A tenth would be very much.",
    ],
)
def gained_by_price(survey_2024):
    ratings = ["quality", "price", "convenience", "liking", "trust", "recognition", "rewards"]
    by = {"occasion": "respondent_id", "alternative": "grocer", "chosen": "is_next"}
    model = choice.fit_choice(survey_2024, **by, drivers=[*ratings, "is_last"])
    gained = choice.driver_return(model, survey_2024, driver="price", alternative="Jiahe", highest=5)["gained"]
    return gained["Jiahe"]


# --- at its end ---


@exercise(
    "4.5.1",
    why="A column of the switching table, not a row. Rows say who leaves; columns say where those who come were before.",
    hints=[
        "The whole: the households that buy at Jiahe next.",
        "Of these, look at where they bought last.",
        'pairs_2025.loc[pairs_2025["next"] == "Jiahe", "last"], and how many of it are not Jiahe',
    ],
)
def won_share(pairs_2025):
    comes = pairs_2025["next"] == "Jiahe"
    return (pairs_2025.loc[comes, "last"] != "Jiahe").mean()


@won_share.in_lesson("the survey of 2024", asks="that of 2025")
def pairs_of_2024(survey_2024):
    return {"pairs_2025": _pairs(survey_2024)}


def _two(pairs):
    return pairs["last"] == "Jiahe", pairs["next"] == "Jiahe"


@won_share.mistake("You started from those who bought elsewhere last. The whole is those who buy at Jiahe next.")
def of_others(pairs_2025):
    was, comes = _two(pairs_2025)
    return comes[~was].mean()


@won_share.mistake("You divided by all households. The whole is those who buy at Jiahe next.")
def of_everybody(pairs_2025):
    was, comes = _two(pairs_2025)
    return (comes & ~was).mean()


@won_share.mistake("Those are the ones who leave Jiahe. Asked is who comes: start from those who buy at Jiahe next.")
def who_leave(pairs_2025):
    was, comes = _two(pairs_2025)
    return (~comes)[was].mean()


@won_share.mistake(
    "That is the share of Jiahe's households that stay: a row of the matrix. Asked is a column: where were those who come?"
)
def who_stay(pairs_2025):
    was, comes = _two(pairs_2025)
    return comes[was].mean()


@won_share.mistake("That is Jiahe's share next time. Which part of these was elsewhere last time?")
def our_share(pairs_2025):
    return _two(pairs_2025)[1].mean()


@won_share.mistake("That is Jiahe's share last time. Start from those who buy there next.")
def our_share_before(pairs_2025):
    return _two(pairs_2025)[0].mean()


@won_share.mistake(
    "That is the share of all households that bought elsewhere last. Look only at those who buy at Jiahe next."
)
def all_others(pairs_2025):
    return (~_two(pairs_2025)[0]).mean()


@won_share.mistake("That is how many we won. Divide by how many buy at Jiahe next.")
def number_won(pairs_2025):
    was, comes = _two(pairs_2025)
    return (comes & ~was).sum()


@won_share.mistake("That is how many buy at Jiahe next: the whole. Which part of them bought elsewhere last?")
def number_of_next(pairs_2025):
    return _two(pairs_2025)[1].sum()


@won_share.mistake("That is everybody who changes, between whichever grocers. Look at those who come to Jiahe.")
def all_who_switch(pairs_2025):
    return (pairs_2025["last"] != pairs_2025["next"]).mean()


@won_share.mistake("Those come from Fengyuan alone. Wanjia and Lvhe lose households to Jiahe as well.")
def from_one_rival(pairs_2025):
    return (pairs_2025.loc[_two(pairs_2025)[1], "last"] == "Fengyuan").mean()


@won_share.mistake("You divided by Jiahe's households of last time. The whole is those who buy there next.")
def over_old_customers(pairs_2025):
    was, comes = _two(pairs_2025)
    return (comes & ~was).sum() / was.sum()


@exercise(
    "4.5.2",
    why="All three gain in the same proportion: that is what the logit assumes (“red bus, blue bus”). Whether Lvhe's households are like that, the model does not ask.",
    hints=[
        "Who is left? Three grocers. Their utilities stay what they were.",
        "The chance is e^u of Jiahe over the sum of e^u of the three.",
        'power = np.exp(utilities.drop("Lvhe")); then power["Jiahe"] / power.sum()',
    ],
)
def chance_without(utilities):
    power = np.exp(utilities.drop("Lvhe"))
    return power["Jiahe"] / power.sum()


def _four(utilities):
    power = np.exp(utilities)
    return power / power.sum()


@chance_without.mistake("That is the chance with all four. Lvhe closes: take it out of the sum.")
def with_lvhe(utilities):
    return _four(utilities)["Jiahe"]


@chance_without.mistake(
    "You shared out Lvhe's chance in three equal parts. By the logit each gains in proportion to its own chance."
)
def in_thirds(utilities):
    return _four(utilities)["Jiahe"] + _four(utilities)["Lvhe"] / 3


@chance_without.mistake(
    "You gave all of Lvhe's chance to Jiahe. By the logit all three gain, in proportion to their chances."
)
def all_to_us(utilities):
    return _four(utilities)["Jiahe"] + _four(utilities)["Lvhe"]


@chance_without.mistake(
    "You gave half of Lvhe's chance to Jiahe. By the logit all three gain, in proportion to their chances."
)
def half_to_us(utilities):
    return _four(utilities)["Jiahe"] + _four(utilities)["Lvhe"] / 2


@chance_without.mistake("Three are left, but they are not alike: their utilities differ.")
def one_third(utilities):
    return 1 / 3


@chance_without.mistake("You divided the utilities. The chance takes e to their power first: np.exp(u).")
def share_of_utility_left(utilities):
    return utilities["Jiahe"] / utilities.drop("Lvhe").sum()


@chance_without.mistake("You divided the utilities, of all four. Take e to their power first, and leave Lvhe out.")
def share_of_utility_of_four(utilities):
    return utilities["Jiahe"] / utilities.sum()


@chance_without.mistake("That is how much Jiahe gains. Asked is its chance afterwards.")
def what_is_gained(utilities):
    four = _four(utilities)
    return four["Jiahe"] / (1 - four["Lvhe"]) - four["Jiahe"]


@chance_without.mistake("That is the chance of Fengyuan. Asked is Jiahe.")
def of_fengyuan(utilities):
    power = np.exp(utilities.drop("Lvhe"))
    return power["Fengyuan"] / power.sum()


@chance_without.mistake("You multiplied by what is left. Jiahe's chance grows: divide by what is left.")
def times_what_is_left(utilities):
    four = _four(utilities)
    return four["Jiahe"] * (1 - four["Lvhe"])


@chance_without.mistake(
    "You let the chance grow by Lvhe's share. Divide by what is left of the whole: 1 less Lvhe's chance."
)
def that_much_more(utilities):
    four = _four(utilities)
    return four["Jiahe"] * (1 + four["Lvhe"])


@chance_without.mistake("That is Jiahe against Fengyuan. The sum has all who are left in it, Jiahe too.")
def against_one(utilities):
    return np.exp(utilities["Jiahe"] - utilities["Fengyuan"])


@exercise(
    "4.5.3",
    why="Half a point for everybody, and the share moves by a point or two. Look at the interval as well before you believe it.",
    hints=[
        'The drivers of the model: the seven ratings and "is_last", as in the lesson.',
        "driver_return has by= for how many points, and highest= for the end of the scale. Take the row Jiahe, column gained.",
        'model = choice.fit_choice(survey_2025, **who, drivers=[*drivers, "is_last"]); then choice.driver_return(model, survey_2025, '
        'driver="convenience", alternative="Jiahe", by=..., highest=...)',
    ],
)
def gained_by_convenience(survey_2025):
    drivers = ["quality", "price", "convenience", "liking", "trust", "recognition", "rewards"]
    who = {"occasion": "respondent_id", "alternative": "grocer", "chosen": "is_next"}
    model = choice.fit_choice(survey_2025, **who, drivers=[*drivers, "is_last"])
    after = choice.driver_return(model, survey_2025, driver="convenience", alternative="Jiahe", by=0.5, highest=5)
    return after.loc["Jiahe", "gained"]


@gained_by_convenience.in_lesson("the survey of 2024", asks="that of 2025")
def survey_of_2024(survey_2024):
    return {"survey_2025": survey_2024}


def _model(survey, with_last=True):
    return choice.fit_choice(survey, **WHO, drivers=[*DRIVERS, "is_last"] if with_last else DRIVERS)


def _after(survey, column="gained", *, model=None, **changes):
    asked = {"driver": "convenience", "alternative": "Jiahe", "by": 0.5, "highest": 5} | changes
    table = choice.driver_return(model or _model(survey), survey, **asked)
    return table.loc[asked["alternative"], column]


@gained_by_convenience.mistake("You raised it by a whole point. Half a point is by=0.5.")
def whole_point(survey_2025):
    return _after(survey_2025, by=1)


@gained_by_convenience.mistake("You let ratings go above 5. The scale ends there: highest=5.")
def above_five(survey_2025):
    return _after(survey_2025, highest=None)


@gained_by_convenience.mistake('You left the last shop out. The drivers are [*drivers, "is_last"].')
def without_last(survey_2025):
    return _after(survey_2025, model=_model(survey_2025, with_last=False))


@gained_by_convenience.mistake("You left the last shop out, and let ratings go above 5 as well.")
def without_last_above_five(survey_2025):
    return _after(survey_2025, model=_model(survey_2025, with_last=False), highest=None)


@gained_by_convenience.mistake("That is the share afterwards. Asked is what is gained: the column gained.")
def share_itself(survey_2025):
    return _after(survey_2025, "share_after")


@gained_by_convenience.mistake("That is the share before anything changes. Asked is what is gained.")
def share_now(survey_2025):
    return _after(survey_2025, "share")


@gained_by_convenience.mistake("That is the lower end of the interval. Asked is the column gained.")
def lower_end(survey_2025):
    return _after(survey_2025, "low")


@gained_by_convenience.mistake("That is the upper end of the interval. Asked is the column gained.")
def upper_end(survey_2025):
    return _after(survey_2025, "high")


@gained_by_convenience.mistake("That is what Lvhe loses when Jiahe becomes more convenient. Take the row of Jiahe.")
def of_lvhe(survey_2025):
    after = choice.driver_return(
        _model(survey_2025), survey_2025, driver="convenience", alternative="Jiahe", by=0.5, highest=5
    )
    return after.loc["Lvhe", "gained"]


@gained_by_convenience.mistake("You made Lvhe more convenient. Asked is Jiahe.")
def for_lvhe(survey_2025):
    return _after(survey_2025, alternative="Lvhe")


@gained_by_convenience.mistake("You raised the rating of the price. Asked is convenience.")
def of_price(survey_2025):
    return _after(survey_2025, driver="price")


@gained_by_convenience.mistake(
    "That is the weight of convenience in the utility. What does half a point do to the share? driver_return says it."
)
def weight_itself(survey_2025):
    return _model(survey_2025).params["convenience"]


@gained_by_convenience.mistake(
    "That is by how much the utility rises. The share rises by less: driver_return says by how much."
)
def half_the_weight(survey_2025):
    return _model(survey_2025).params["convenience"] / 2


@gained_by_convenience.mistake(
    "The gain of half a point is not half the gain of a whole one: ratings end at 5. Use by=0.5."
)
def half_of_a_point(survey_2025):
    return _after(survey_2025, by=1) / 2


@gained_by_convenience.mistake(
    "You divided the gain by the share. Asked is the gain itself, in shares of the households."
)
def relative_gain(survey_2025):
    return _after(survey_2025) / _after(survey_2025, "share")


@exercise(
    "4.5.4",
    why="The dearest plan is not the worst, and a large weight is not the best: what counts is how many points it takes, and whether they can be had.",
    hints=[
        "What does one point bring a year? The contribution grows as the share does: contribution times gained_share / share_2025.",
        "Three years at 10 %, each at its end: add up 1.1 to the power of -1, -2 and -3.",
        "90,000 divided by (one point's contribution a year times that sum).",
    ],
)
def points_to_pay(gained_share, share_2025, contribution):
    yearly = contribution * gained_share / share_2025
    factor = sum(1.1**-year for year in (1, 2, 3))
    return 90_000 / (yearly * factor)


def _yearly(gained_share, share_2025, contribution):
    return contribution * gained_share / share_2025


def _factor(years):
    return sum(1.1**-year for year in years)


@points_to_pay.mistake("You counted one year. The rating stays up for three.")
def one_year(gained_share, share_2025, contribution):
    return 90_000 / _yearly(gained_share, share_2025, contribution)


@points_to_pay.mistake("You did not discount. A yuan at the end of year 2 is worth 1 / 1.1 ** 2 today.")
def not_discounted(gained_share, share_2025, contribution):
    return 90_000 / (3 * _yearly(gained_share, share_2025, contribution))


@points_to_pay.mistake("You took the five years of the lesson. Here the rating stays up for three.")
def five_years(gained_share, share_2025, contribution):
    return 90_000 / (_yearly(gained_share, share_2025, contribution) * _factor(range(1, 6)))


@points_to_pay.mistake("You let the first year's money come now. It comes at the end of the year: 1.1 ** -1, -2, -3.")
def first_year_now(gained_share, share_2025, contribution):
    return 90_000 / (_yearly(gained_share, share_2025, contribution) * _factor(range(3)))


@points_to_pay.mistake(
    "You multiplied the contribution by the gained share. The contribution belongs to our share: divide the gain by share_2025."
)
def not_over_share(gained_share, share_2025, contribution):
    return 90_000 / (contribution * gained_share * _factor((1, 2, 3)))


@points_to_pay.mistake("That is what one point brings. How many points are needed for 90,000?")
def what_a_point_brings(gained_share, share_2025, contribution):
    return _yearly(gained_share, share_2025, contribution) * _factor((1, 2, 3))


@points_to_pay.mistake(
    "You left out what a point gains. One point brings contribution x gained_share / share_2025 a year."
)
def without_the_gain(gained_share, share_2025, contribution):
    return 90_000 / (contribution * _factor((1, 2, 3)))


@points_to_pay.mistake("That is the share that must be gained. One point gains gained_share: how many points is that?")
def share_to_gain(gained_share, share_2025, contribution):
    return 90_000 * share_2025 / (contribution * _factor((1, 2, 3)))


@points_to_pay.mistake("You discounted all three years as the third. Each has its own power: -1, -2, -3.")
def all_as_the_last(gained_share, share_2025, contribution):
    return 90_000 / (_yearly(gained_share, share_2025, contribution) * 3 / 1.1**3)


@points_to_pay.mistake("You discounted all three years as the first. Each has its own power: -1, -2, -3.")
def all_as_the_first(gained_share, share_2025, contribution):
    return 90_000 / (_yearly(gained_share, share_2025, contribution) * 3 / 1.1)


@points_to_pay.mistake("You took the 200,000 of the lesson. The training costs 90,000.")
def lesson_budget(gained_share, share_2025, contribution):
    return 200_000 / (_yearly(gained_share, share_2025, contribution) * _factor((1, 2, 3)))


@points_to_pay.mistake("That is what is left of one point after the cost. Asked is how many points make the two equal.")
def net_of_a_point(gained_share, share_2025, contribution):
    return _yearly(gained_share, share_2025, contribution) * _factor((1, 2, 3)) - 90_000


@points_to_pay.mistake("The three years bring more, so fewer points are needed: divide by their factor.")
def factor_on_the_wrong_side(gained_share, share_2025, contribution):
    return 90_000 * _factor((1, 2, 3)) / _yearly(gained_share, share_2025, contribution)


@points_to_pay.mistake("You let the money grow by 10 % a year. What comes later is worth less today: divide by 1.1.")
def grown_not_discounted(gained_share, share_2025, contribution):
    return 90_000 / (_yearly(gained_share, share_2025, contribution) * _factor((-1, -2, -3)))


agency = judgment(
    "4.5.5",
    hints=[
        "Who was asked? What would those who never come have said?",
        "What makes a rating of a shop high for those who stand in it? And how far can trust still rise?",
    ],
    weighs=[
        "who was asked: people in our own shops are those who chose us already; why others do not come they cannot say",
        "halo: people rate the shop they use higher, so the weight of trust holds some of the choice itself",
        "that a weight belongs to its scale, and has an interval; in another year another driver may lead",
        "how far trust can still rise, and what a point costs: a large weight where we lead already brings little",
        "money: the share a point gains, times contribution, against 200,000 yuan, and doing nothing among the choices",
        "a proposal that can be tested: a random sample of all households, or the advertising in a few cities drawn by lot, and then what people buy",
    ],
    example=(
        "I would not decide on that. They asked people in our own shops, who chose us already and rate the shop they use higher, so part of the"
        " weight of trust is the choice itself. And a large weight says nothing of the price of a point: in trust we are ahead of all others, so there"
        " is little to gain. I propose to run the advertising in two cities drawn by lot, and to compare what households there buy in the half-year after;"
        " below a gain in contribution that pays for it we keep the money."
    ),
)

halo = question(
    "4.5.q1",
    "With the last shop in the model the weight of trust falls from 0.50 to 0.35. What do you say?",
    [
        Option(
            "The 0.50 is the effect of trust, since nothing else was taken away from it",
            "Part of it may be the choice: people rate the shop they use higher.",
        ),
        Option(
            "The 0.35 is the effect of trust, because the halo has been taken out",
            "With it went part of what trust did last time.",
        ),
        Option(
            "Neither is sure to be the effect",
            "One holds the halo, the other leaves out what trust did before. A trial would tell.",
            right=True,
        ),
        Option(
            "Trust has no effect at all, for otherwise its weight could not change",
            "The weight fell; it did not go.",
        ),
    ],
)

scale = question(
    "4.5.q2",
    "The next survey asks for trust from 1 to 10, all else from 1 to 5. The weight of trust is half of what it was. What has happened?",
    [
        Option(
            "Nothing need have changed: a point of ten is a smaller step",
            "A weight counts per point. On a longer scale a point is less.",
            right=True,
        ),
        Option(
            "People care less for trust than they did, by about one half of it",
            "The weight is per point, and the points have become smaller.",
        ),
        Option(
            "The other drivers have become more important to people than before",
            "Nothing says so: their weights are per point of their own scale.",
        ),
        Option(
            "The model is wrong now, since all ratings must have the same scale",
            "They need not. But weights of unlike scales cannot be compared.",
        ),
    ],
)

newcomer = question(
    "4.5.q3",
    "A discount shop much like Wanjia opens. The logit says that each of the four grocers loses 15 % of its customers. What do you expect?",
    [
        Option(
            "Just that: the model was good in the year that it had never seen before",
            "It was good about the four that were there, not about one that is like one of them.",
        ),
        Option(
            "Each loses one fifth, since there are five shops now instead of four",
            "They would have to be alike for that.",
        ),
        Option(
            "The largest grocer loses most of its customers, because it has most to lose",
            "Size is not what matters: who looks for the same thing?",
        ),
        Option(
            "Wanjia loses more than that, the others less",
            "The like take from the like. The logit cannot know it.",
            right=True,
        ),
    ],
)
