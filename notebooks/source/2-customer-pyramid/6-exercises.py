"""Exercises of lesson 2.6: where does the next yuan go?"""

import pandas as pd

from crmlib import allocation
from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    tiers = ["VIP", "major", "regular", "small"]
    counts = {"n_customers": [20, 80, 300, 1600]}
    curves = pd.DataFrame({**counts, "ceiling": [900.0, 400.0, 150.0, 30.0], "half_at": 50.0}, index=tiers)
    doors = pd.DataFrame({**counts, "ceiling": [2400.0, 1100.0, 500.0, 90.0], "half_at": 3.0}, index=tiers)
    outcome = pd.DataFrame(
        {"good": [700, 400, 500, 0], "fair": [100, 350, 240, 0], "bad": [-500, -200, -350, 0]},
        index=["bold", "careful", "mixed", "nothing"],
    )
    return {
        "ceilings": pd.Series([660, 400, 300, 180, 120, 80, 40, 20], index=list("ABCDEFGH")),
        "curves": curves,
        "curves_2024": curves.assign(half_at=80.0),
        "door_curves_2024": doors,
        "outcome_of_trial": outcome,
        "odds": pd.Series({"good": 0.6, "fair": 0.3, "bad": 0.1}),
    }


@exercise(
    "2.6.a",
    why="The second 50 yuan bring a third of what the first did. For the next step only this number counts.",
    hints=[
        "What do 100 yuan bring from A by the formula? And what did the first 50 bring?",
        "The difference of the two: extra(660, 100) - extra(660, 50).",
    ],
)
def next_fifty(ceilings):
    return ceilings["A"] * 100 / (50 + 100) - ceilings["A"] * 50 / (50 + 50)


@next_fifty.mistake("That is what all 100 yuan bring. Take away what the first 50 brought.")
def all_hundred(ceilings):
    return ceilings["A"] * 100 / 150


@next_fifty.mistake("That is what the first 50 bring. A has had them already; the question is about the next 50.")
def first_fifty(ceilings):
    return ceilings["A"] * 50 / 100


@next_fifty.mistake("That is the average of the two fifties. The first brings more than the second.")
def average(ceilings):
    return ceilings["A"] * 100 / 150 / 2


@next_fifty.mistake("Half of what is left is not what the curve says. Put x = 100 into the formula, and take away x = 50.")
def half_of_the_rest(ceilings):
    return (ceilings["A"] - ceilings["A"] * 50 / 100) / 2


@next_fifty.mistake("That is for one yuan of the 50. The question is what all 50 bring.")
def per_yuan(ceilings):
    return (ceilings["A"] * 100 / 150 - ceilings["A"] * 50 / 100) / 50


@next_fifty.mistake("That is what B's first 50 yuan bring. The question is about A.")
def first_fifty_of_b(ceilings):
    return ceilings["B"] * 50 / 100


@next_fifty.mistake("You took off the 50 yuan that are spent. The question is what they bring.")
def less_what_is_spent(ceilings):
    return ceilings["A"] * 100 / 150 - ceilings["A"] * 50 / 100 - 50


@prediction(
    "2.6.b",
    near=0.25,
    why="Look at how fast the curve of the VIPs falls: there are few of them to spread the money over.",
    hints=["The VIPs are few. Fifty yuan a head, and half of what attention can do is done."],
)
def share_of_vips(curves):
    return allocation.allocate_budget(curves, budget=10_000, step=50)["share"].iloc[0]


@exercise(
    "2.6.1",
    why="What the next yuan brings is a difference of two points of the curve, never a quotient of one.",
    hints=[
        "What does the tier bring with 3,000 yuan, and what with 3,600?",
        "n customers with x yuan together bring n * ceiling * x / (n * half_at + x).",
        "Take the row curves_2024.loc['major'], and the difference of the two.",
    ],
)
def next_600(curves_2024):
    major = curves_2024.loc["major"]
    most, reach = major["n_customers"] * major["ceiling"], major["n_customers"] * major["half_at"]
    return most * 3600 / (reach + 3600) - most * 3000 / (reach + 3000)


def _gain(row, money):
    reach = row["n_customers"] * row["half_at"]
    return row["n_customers"] * row["ceiling"] * money / (reach + money)


def of_2025(curves):
    """The curves of the lesson."""
    return {"curves_2024": curves}


next_600.in_lesson("the year 2025", asks="the year 2024")(of_2025)



@next_600.mistake("That is what 600 of the first 3,000 brought on average. The next 600 bring less.")
def by_average(curves_2024):
    return _gain(curves_2024.loc["major"], 3000) / 3000 * 600


@next_600.mistake("That is what the first 600 bring. The tier has had 3,000 already.")
def the_first(curves_2024):
    return _gain(curves_2024.loc["major"], 600)


@next_600.mistake("That is what all 3,600 bring. Take away what 3,000 bring.")
def with_all(curves_2024):
    return _gain(curves_2024.loc["major"], 3600)


@next_600.mistake("You took 50 yuan a head, as in the lesson. In these curves 80 bring half: column half_at.")
def half_at_of_the_lesson(curves_2024):
    one = curves_2024.loc["major"].copy()
    one["half_at"] = 50.0
    return _gain(one, 3600) - _gain(one, 3000)


@next_600.mistake("You took off the 600 that are spent. The question is what they bring.")
def less_the_cost(curves_2024):
    return _gain(curves_2024.loc["major"], 3600) - _gain(curves_2024.loc["major"], 3000) - 600


@next_600.mistake("You gave all the money to one customer. It is spread over all customers of the tier.")
def one_customer(curves_2024):
    one = curves_2024.loc["major"].copy()
    one["n_customers"] = 1
    return _gain(one, 3600) - _gain(one, 3000)


@next_600.mistake("That is for one customer. Multiply by the number of customers of the tier.")
def per_customer(curves_2024):
    major = curves_2024.loc["major"]
    return (_gain(major, 3600) - _gain(major, 3000)) / major["n_customers"]


@next_600.mistake(
    "That is 600 times what the very next yuan brings. Within 600 yuan the curve falls: take the difference."
)
def slope_times_600(curves_2024):
    spending = pd.Series(0.0, index=curves_2024.index)
    spending["major"] = 3000
    return 600 * allocation.marginal_gain(curves_2024, spending)["major"]


@next_600.mistake("You took the row of the VIPs. The question is about the major customers.")
def for_vips(curves_2024):
    return _gain(curves_2024.loc["VIP"], 3600) - _gain(curves_2024.loc["VIP"], 3000)


@exercise(
    "2.6.2",
    why="The plan follows from the curves, and from nothing else: change the assumption and it changes.",
    hints=[
        "allocate_budget does the steps. What are its budget and its step here?",
        "allocation.allocate_budget(curves_2024, budget=8000, step=100): then the row of the regular customers.",
    ],
)
def to_regular(curves_2024):
    plan = allocation.allocate_budget(curves_2024, budget=8000, step=100)
    return plan.loc["regular", "spending"]


to_regular.in_lesson("the year 2025", asks="the year 2024")(of_2025)


@to_regular.in_lesson("the year 2025", asks="the year 2024")
def printed_plan(plan):
    return plan.loc["regular", "spending"]



@to_regular.mistake("You spread the money evenly over all customers. Each step goes where it brings most.")
def evenly(curves_2024):
    return 8000 * curves_2024.loc["regular", "n_customers"] / curves_2024["n_customers"].sum()


@to_regular.mistake("You gave each tier the same. Each step goes where it brings most.")
def a_quarter(curves_2024):
    return 8000 / len(curves_2024)


@to_regular.mistake("You spread the money in proportion to what the tiers can bring. That is the average rule again.")
def in_proportion(curves_2024):
    most = curves_2024["n_customers"] * curves_2024["ceiling"]
    return 8000 * most["regular"] / most.sum()


@to_regular.mistake("That is for a budget of 10,000, as in the lesson. Here it is 8,000.")
def the_lessons_budget(curves_2024):
    return allocation.allocate_budget(curves_2024, budget=10_000, step=100).loc["regular", "spending"]


@to_regular.mistake("That is what a regular customer gets. The question is about all of them together.")
def for_one(curves_2024):
    return allocation.allocate_budget(curves_2024, budget=8000, step=100).loc["regular", "per_customer"]


@to_regular.mistake("That is what the regular customers bring. The question is how much they get.")
def what_they_bring(curves_2024):
    return allocation.allocate_budget(curves_2024, budget=8000, step=100).loc["regular", "gain"]


@to_regular.mistake("That is their share of what is spent. The question is how many yuan they get.")
def as_share(curves_2024):
    return allocation.allocate_budget(curves_2024, budget=8000, step=100).loc["regular", "share"]


@to_regular.mistake("That is the row of the major customers. The question is about the regular ones.")
def wrong_tier(curves_2024):
    return allocation.allocate_budget(curves_2024, budget=8000, step=100).loc["major", "spending"]


@to_regular.mistake("That is what all the others get. The question is about the regular customers.")
def the_other_tiers(curves_2024):
    plan = allocation.allocate_budget(curves_2024, budget=8000, step=100)
    return plan["spending"].sum() - plan.loc["regular", "spending"]


@exercise(
    "2.6.3",
    why="Whether to go at all is asked of the last visit. The first ones would pay for many that lose money.",
    hints=[
        "allocate_budget stops where a step brings less than least_return. What is a step here, and what must it bring?",
        "For example allocation.allocate_budget(door_curves_2024, budget=100_000, step=1, least_return=120).",
        "Its column spending is in visits: add it up.",
    ],
)
def n_worth(door_curves_2024):
    plan = allocation.allocate_budget(door_curves_2024, budget=100_000, step=1, least_return=120)
    return int(plan["spending"].sum())


@n_worth.in_lesson("the year 2025", asks="the year 2024")
def worth_in_2025(door_curves):
    return {"door_curves_2024": door_curves}



@n_worth.mistake("You let a visit pay from 1 yuan on: least_return is 1 unless you say so. A visit costs 120 yuan.")
def from_one_yuan(door_curves_2024):
    return int(allocation.allocate_budget(door_curves_2024, budget=100_000, step=1)["spending"].sum())


@n_worth.mistake("That is what these visits cost, in yuan. The question is how many there are.")
def their_cost(door_curves_2024):
    plan = allocation.allocate_budget(door_curves_2024, budget=100_000, step=1, least_return=120)
    return 120 * int(plan["spending"].sum())


@n_worth.mistake("So many visits pay on average. Ask it of the last one: the first visits pay for the others.")
def on_average(door_curves_2024):
    most = door_curves_2024["n_customers"] * door_curves_2024["ceiling"]
    reach = door_curves_2024["n_customers"] * door_curves_2024["half_at"]
    return int((most / 120 - reach).clip(lower=0).round().sum())


@n_worth.mistake("You counted the customers whose first visit pays. Some of them are worth more than one.")
def first_visits(door_curves_2024):
    pays = door_curves_2024["ceiling"] / (door_curves_2024["half_at"] + 1) >= 120
    return int(door_curves_2024.loc[pays, "n_customers"].sum())


@n_worth.mistake("That is per customer. The question is about all visits together.")
def per_head(door_curves_2024):
    plan = allocation.allocate_budget(door_curves_2024, budget=100_000, step=1, least_return=120)
    return float(plan["per_customer"].sum())


@n_worth.mistake("That is what these visits bring, in yuan. The question is how many there are.")
def their_gain(door_curves_2024):
    plan = allocation.allocate_budget(door_curves_2024, budget=100_000, step=1, least_return=120)
    return float(plan["gain"].sum())


@n_worth.mistake("That is how many customers are visited. The question is how many visits are worth making.")
def the_visited(door_curves_2024):
    return int(door_curves_2024["n_customers"].sum())


@n_worth.mistake("Those are the visits to the VIPs only. Add up all tiers.")
def vips_only(door_curves_2024):
    plan = allocation.allocate_budget(door_curves_2024, budget=100_000, step=1, least_return=120)
    return int(plan["spending"].iloc[0])


@n_worth.mistake("Visits are whole: nobody makes half of one. Hand them out one at a time.")
def parts_of_visits(door_curves_2024):
    best = (door_curves_2024["ceiling"] * door_curves_2024["half_at"] / 120) ** 0.5 - door_curves_2024["half_at"]
    return float((best.clip(lower=0) * door_curves_2024["n_customers"]).sum())


@n_worth.mistake("Visits are whole, and you added up one customer of each tier. Take all customers, one visit at a time.")
def one_customer_each(door_curves_2024):
    best = (door_curves_2024["ceiling"] * door_curves_2024["half_at"] / 120) ** 0.5 - door_curves_2024["half_at"]
    return float(best.clip(lower=0).sum())


@exercise(
    "2.6.4",
    why="More than that no trial is worth, however good. A real one tells less, so it is worth less.",
    hints=[
        "Which plan is best if you must choose before you know? Weigh each world by its odds.",
        "And if you know the world first, you take the best plan of each world. What does that bring, weighed by the odds?",
        "(outcome_of_trial.max() * odds).sum() less the largest of (outcome_of_trial * odds).sum(axis=1)",
    ],
)
def at_most(outcome_of_trial, odds):
    knowing = (outcome_of_trial.max() * odds).sum()
    return knowing - (outcome_of_trial * odds).sum(axis=1).max()


@at_most.in_lesson("the lesson's plans", asks="the trial")
def at_most_in_the_lesson(worth):
    return worth


@at_most.in_lesson("the lesson's plans", asks="the trial")
def with_equal_odds(outcome):
    return {"outcome_of_trial": outcome, "odds": pd.Series(1 / outcome.shape[1], index=outcome.columns)}



@at_most.mistake("You took the worlds for equally likely. Weigh them by odds.")
def equal_odds(outcome_of_trial):
    return outcome_of_trial.max().mean() - outcome_of_trial.mean(axis=1).max()


@at_most.mistake("That is what you get if you know the world first. Without a trial you get something, too: take it away.")
def all_of_it(outcome_of_trial, odds):
    return (outcome_of_trial.max() * odds).sum()


@at_most.mistake("That is what the best plan brings without knowing. The question is how much more you get by knowing.")
def without_knowing(outcome_of_trial, odds):
    return (outcome_of_trial * odds).sum(axis=1).max()


@at_most.mistake("You left out the plan of doing nothing: in a bad world it is the best of all.")
def without_nothing(outcome_of_trial, odds):
    some = outcome_of_trial.drop(index="nothing")
    return (some.max() * odds).sum() - (some * odds).sum(axis=1).max()


@at_most.mistake("You took the best cell of the table for what knowing brings. Which world comes is not yours to choose.")
def the_best_cell(outcome_of_trial, odds):
    return outcome_of_trial.max().max() - (outcome_of_trial * odds).sum(axis=1).max()


@at_most.mistake("You compared with the most cautious plan. Compare with the plan that is best on average.")
def against_the_cautious(outcome_of_trial, odds):
    some = outcome_of_trial.drop(index="nothing")
    cautious = some.min(axis=1).idxmax()
    return (outcome_of_trial.max() * odds).sum() - (outcome_of_trial.loc[cautious] * odds).sum()


@at_most.mistake("That is the spread between the best world and the worst. It does not say what knowing changes.")
def spread(outcome_of_trial, odds):
    best = (outcome_of_trial * odds).sum(axis=1).idxmax()
    return outcome_of_trial.loc[best].max() - outcome_of_trial.loc[best].min()


@at_most.mistake("That is how far the best plan lies above the next one. Compare it with what you get if you know the world first.")
def best_less_second(outcome_of_trial, odds):
    mean = (outcome_of_trial * odds).sum(axis=1).sort_values()
    return mean.iloc[-1] - mean.iloc[-2]


@at_most.mistake("You weighed only one of the two by the odds. Weigh both: what knowing brings, and what the best plan brings.")
def odds_only_without(outcome_of_trial, odds):
    return outcome_of_trial.max().mean() - (outcome_of_trial * odds).sum(axis=1).max()


@at_most.mistake("You weighed what knowing brings by the odds, but not the plans. Weigh both.")
def odds_only_knowing(outcome_of_trial, odds):
    return (outcome_of_trial.max() * odds).sum() - outcome_of_trial.mean(axis=1).max()


director = judgment(
    "2.6.5",
    weighs=[
        "that what VIPs bring per head is an average of the past, and the next yuan changes something else",
        "that there are few VIPs, so the same money is much per head, and more and more of it brings less",
        "what is assumed about the curve, that doing nothing is a plan as well, and how a trial by lot would test it",
    ],
    example=(
        "What a VIP brings on average does not tell what one more yuan changes: so few people cannot use 10,000 yuan as"
        " well as they use the first thousand. By the curve we assumed, VIPs get only a part, and if they already buy"
        " all from us they should get nearly nothing. Let us draw some VIPs and some major customers by lot, spend a"
        " little on them, leave the others alone, and compare before we spend the rest."
    ),
    hints=[
        "Is the number the director quotes an average or about the next yuan?",
        "What would you have to observe to know which of you is right?",
    ],
)

last_step = question(
    "2.6.q1",
    "A budget is spread step by step, and all of it is spent. In one tier the next yuan would bring 0.40, in all others"
    " 1.70. What does that tell?",
    [
        Option("The rule has made a mistake: it must be the same", "It is the same only among tiers that get money."),
        Option("The tier gets nothing: its first yuan brings 0.40", "No money could be taken from it and moved.", right=True),
        Option("The tier has had too much: its money should move", "If it had any, the step would have gone elsewhere."),
        Option("The small tier is not worth serving at all", "Only this further attention does not pay, under this curve."),
    ],
)

average_or_next = question(
    "2.6.q2",
    "Firm-wide, a visit goes with 600 yuan of gross profit at the VIPs and with 60 at the small customers. What follows for the next"
    " visit?",
    [
        Option("It brings 600 at the VIPs", "That is the average of all visits so far, not the next one."),
        Option("It brings more at the VIPs than at the others", "Perhaps, perhaps not: they have many visits already."),
        Option("It should go where fewest visits were made", "A first visit may bring little as well. The curve decides."),
        Option("Nothing, without a response curve", "An average says nothing about the next one; a trial does.", right=True),
    ],
)

nothing = question(
    "2.6.q3",
    "Why does “do nothing” belong among the plans?",
    [
        Option("It is the cheapest plan, so it wins", "It costs nothing and brings nothing; often another plan wins."),
        Option("A table needs a row to compare with", "Each plan could be compared with each. That is not why."),
        Option("Some world may make every spending lose", "Then only who may stay at home can avoid the loss.", right=True),
        Option("Managers like to have a choice that is safe in every respect", "Safe is not the point: what is left after the spending is."),
    ],
)
