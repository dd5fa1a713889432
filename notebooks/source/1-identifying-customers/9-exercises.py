"""Exercises of lesson 1.9: when do you stop calling?"""

import pandas as pd

from crmlib import prospects
from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    # Called until a yes or given up: 207 people; the fourth call loses, the fifth wins again.
    ends = {1: (90, 14), 2: (50, 7), 3: (26, 4), 4: (20, 1), 5: (12, 5), 6: (9, 0)}
    rows = [(n, place < won) for n, (people, won) in ends.items() for place in range(people)]
    again = pd.DataFrame(rows, columns=["n_calls", "subscribed"])
    new_leads = pd.DataFrame(
        {
            "n_leads": [50, 300, 90],
            "n_won": [12, 20, 14],
            "margin": [40_000.0, 62_000.0, 50_000.0],
            "cost_of_calls": [9_000.0, 41_000.0, 16_000.0],
            "cost_of_finding": [3_000.0, 2_700.0, 30_000.0],
        },
        index=pd.Index(["referral", "bought list", "exhibition"], name="source"),
    )
    return {
        "eight": pd.DataFrame(
            {"n_calls": [1, 1, 1, 2, 2, 2, 3, 3], "won": [True, False, False, True, True, False, True, False]},
            index=list("ABCDEFGH"),
        ),
        "chance": pd.Series([0.12, 0.09, 0.06, 0.03], index=[1, 2, 3, 4]),
        "margin": 200,
        "cost": 15,
        "calls": again,
        "again": again.loc[again.index.repeat(20)],
        "new_leads": new_leads,
    }


@exercise(
    "1.9.a",
    why="The share of those who got the call: only to them could it bring anything.",
    hints=[
        "Who got a second call? Everybody whose n_calls is 2 or more.",
        "And who of them said yes at the second call: won, with n_calls equal to 2?",
    ],
)
def second_of_eight(eight):
    got = (eight["n_calls"] >= 2).sum()
    n_yes = (eight["won"] & (eight["n_calls"] == 2)).sum()
    return n_yes / got


@second_of_eight.mistake("That is a share of all eight. Three of them never got a second call.")
def of_all_eight(eight):
    return (eight["won"] & (eight["n_calls"] == 2)).sum() / len(eight)


@second_of_eight.mistake("You divided by those whose last call was the second. Those who got a third call got a second one, too.")
def of_those_who_ended(eight):
    return (eight["won"] & (eight["n_calls"] == 2)).sum() / (eight["n_calls"] == 2).sum()


@second_of_eight.mistake("You counted the yes at the first call as well. The question is about the second call alone.")
def up_to_the_second(eight):
    return (eight["won"] & (eight["n_calls"] <= 2)).sum() / len(eight)


@second_of_eight.mistake("That is the share of all who said yes. The question is about those who got the call.")
def of_all_yes(eight):
    return (eight["won"] & (eight["n_calls"] == 2)).sum() / eight["won"].sum()


@second_of_eight.mistake(
    "You divided by everybody without a yes before. B and C had none, but were given up: they got no second call."
)
def of_all_open(eight):
    open_before = ~(eight["won"] & (eight["n_calls"] == 1))
    return (eight["won"] & (eight["n_calls"] == 2)).sum() / open_before.sum()


@second_of_eight.mistake("You counted every yes from the second call on. Take those at the second call alone.")
def from_the_second_on(eight):
    return (eight["won"] & (eight["n_calls"] >= 2)).sum() / (eight["n_calls"] >= 2).sum()


@exercise(
    "1.9.b",
    why="A late call is made to few: what it adds counts only for those still open.",
    hints=[
        "Which share has not said yes at the first call?",
        "To them the second call brings 0.09 * 200 and costs 15.",
    ],
)
def second_adds(chance, margin, cost):
    still_open = 1 - chance[1]
    return still_open * (chance[2] * margin - cost)


@second_adds.mistake("That is per prospect who gets the second call. Per prospect we began with, some have said yes already.")
def per_call(chance, margin, cost):
    return chance[2] * margin - cost


@second_adds.mistake("That is what the first and the second call bring together. The question is about the second.")
def both_calls(chance, margin, cost):
    return chance[1] * margin - cost + (1 - chance[1]) * (chance[2] * margin - cost)


@second_adds.mistake("That is what the first call adds. The question is about the second.")
def first_call(chance, margin, cost):
    return chance[1] * margin - cost


@second_adds.mistake("The call costs something, too: take 15 yuan off for everybody who gets it.")
def without_cost(chance, margin):
    return (1 - chance[1]) * chance[2] * margin


@second_adds.mistake("You let everybody pay for the call. Those who said yes at the first call do not get it.")
def cost_for_all(chance, margin, cost):
    return (1 - chance[1]) * chance[2] * margin - cost


@second_adds.mistake("You took off those who say yes at the second call itself. Still open are those without a yes at the first.")
def open_after(chance, margin, cost):
    return (1 - chance[1]) * (1 - chance[2]) * (chance[2] * margin - cost)


@prediction(
    "1.9.c",
    near=0.25,
    why="Look at how many get a late call at all, and at how the bars fall.",
    hints=["Most people got one call or two. A yes cannot come at a call that nobody made."],
)
def mean_call_of_yes(calls):
    return calls[calls["subscribed"]]["n_calls"].mean()


@exercise(
    "1.9.1",
    why="Compare it with the fourth call to all people: is the difference more than the interval allows?",
    hints=[
        "call_hazard counts it: what are its two arguments here?",
        "prospects.call_hazard(again['n_calls'], again['subscribed']): the row of call 4, the column hazard.",
    ],
)
def fourth(again):
    counted = prospects.call_hazard(again["n_calls"], again["subscribed"])
    return counted.loc[4, "n_won"] / counted.loc[4, "n_called"]


@fourth.mistake("That is a share of everybody in again. Most never got a fourth call.")
def fourth_of_all(again):
    return (again["subscribed"] & (again["n_calls"] == 4)).sum() / len(again)


@fourth.mistake("You divided by those whose last call was the fourth. Those who got a fifth call got a fourth one, too.")
def fourth_of_ended(again):
    return again.loc[again["n_calls"] == 4, "subscribed"].mean()


@fourth.mistake("You divided by those who got more than four calls. Those whose fourth call was the last got it, too: 4 or more.")
def more_than_four(again):
    return (again["subscribed"] & (again["n_calls"] == 4)).sum() / (again["n_calls"] > 4).sum()


@fourth.mistake("That is the share of yes among all who got four calls or more, whenever it came.")
def yes_from_fourth_on(again):
    return again.loc[again["n_calls"] >= 4, "subscribed"].mean()


@fourth.mistake("That is how many people got four calls and no more. A share is asked for, of those who got the fourth call.")
def ended_at_fourth(again):
    return int((again["n_calls"] == 4).sum())


@fourth.mistake("That is the third call. The index of the table begins with 1, so .iloc[3] is call 4.")
def third_call(again):
    return prospects.call_hazard(again["n_calls"], again["subscribed"]).loc[3, "hazard"]


@fourth.mistake("That is the fifth call: .iloc counts from 0, .loc takes the number of the call.")
def fifth_call(again):
    return prospects.call_hazard(again["n_calls"], again["subscribed"]).loc[5, "hazard"]


@fourth.mistake("That is the share of all yes that came at the fourth call. The question is about those who got it.")
def fourth_of_yes(again):
    return (again["subscribed"] & (again["n_calls"] == 4)).sum() / again["subscribed"].sum()


@fourth.mistake("That is an end of the interval. The hazard itself is asked for.")
def end_of_interval(again):
    return prospects.call_hazard(again["n_calls"], again["subscribed"]).loc[4, "high"]


@exercise(
    "1.9.2",
    why="More than the share of yes in the table: there many were given up before their third call.",
    hints=[
        "Who has said nothing at all after three calls? Multiply the shares that say no at each.",
        "1 less (1 - h1) * (1 - h2) * (1 - h3); best_stop has it as sold_share.",
    ],
)
def by_third(again):
    hazard = prospects.call_hazard(again["n_calls"], again["subscribed"])["hazard"]
    no_yet = (1 - hazard.loc[[1, 2, 3]]).prod()
    return 1 - no_yet


@by_third.mistake("The sum counts people twice: those who say yes at the first call cannot say it at the second.")
def sum_of_hazards(again):
    return prospects.call_hazard(again["n_calls"], again["subscribed"])["hazard"].loc[[1, 2, 3]].sum()


@by_third.mistake("That is what happened: many were given up before. The question is what if nobody were.")
def as_it_was(again):
    return (again["subscribed"] & (again["n_calls"] <= 3)).sum() / len(again)


@by_third.mistake("That is the share of all yes, at any call. The question is about three calls at most, for everybody.")
def all_yes(again):
    return again["subscribed"].mean()


@by_third.mistake("That is the chance to say yes three times. One yes is enough: multiply the shares that say no.")
def product(again):
    return prospects.call_hazard(again["n_calls"], again["subscribed"])["hazard"].loc[[1, 2, 3]].prod()


@by_third.mistake("That is after two calls. .head(2), or range(3) from 0 on, ends too early.")
def by_second(again):
    return 1 - (1 - prospects.call_hazard(again["n_calls"], again["subscribed"])["hazard"].loc[[1, 2]]).prod()


@by_third.mistake("That is the share of yes among those with three calls at most. The question is what happens if everybody is called on.")
def yes_of_three_at_most(again):
    return again.loc[again["n_calls"] <= 3, "subscribed"].mean()


@by_third.mistake("You took the mean hazard three times in a sum. Multiply the shares that say no.")
def mean_hazard(again):
    return prospects.call_hazard(again["n_calls"], again["subscribed"])["hazard"].loc[[1, 2, 3]].mean()


@exercise(
    "1.9.3",
    why="The fourth call loses a little, and opens the way to a fifth that wins: the highest sum decides. By chance? The"
    " interval says it may be.",
    hints=[
        "Take the hazards of all calls, then best_stop with the margin and the cost given.",
        "The best stop is the row with the highest profit; profit is per person, so times 1,000.",
        "1000 * prospects.best_stop(hazard, margin=115, cost_per_call=5)['profit'].max()",
    ],
)
def at_best(again):
    counted = prospects.call_hazard(again["n_calls"], again["subscribed"])
    table = prospects.best_stop(counted["hazard"], margin=115, cost_per_call=5)
    return 1000 * table["profit"].max()


def _table(again, margin=115):
    counted = prospects.call_hazard(again["n_calls"], again["subscribed"])
    return prospects.best_stop(counted["hazard"], margin=margin, cost_per_call=5)


@at_best.mistake("That is after how many calls to stop. The money that is left there, per 1,000 people, is asked for.")
def the_stop(again):
    return int(_table(again)["profit"].idxmax())


@at_best.mistake("You stopped before the first call that loses. Look at the sum: a later call makes up for it.")
def stop_at_first_loss(again):
    table = _table(again)
    return 1000 * table["profit"][(table["call_profit"] < 0).idxmax() - 1]


@at_best.mistake("That is per person. The question is per 1,000 people.")
def per_person(again):
    return _table(again)["profit"].max()


@at_best.mistake("You made every call of the table. Stop where the sum is highest.")
def all_calls(again):
    return 1000 * _table(again)["profit"].iloc[-1]


@at_best.mistake("You took the 150 euros of the lesson. Here a yes is worth 115.")
def margin_of_the_lesson(again):
    return 1000 * _table(again, margin=150)["profit"].max()


@at_best.mistake("That is the best single call. What all calls up to the stop bring is asked for.")
def best_call(again):
    return 1000 * _table(again)["call_profit"].max()


@at_best.mistake("You made each call to everybody. Those who have said yes are not called again: their share is open_share.")
def nobody_leaves(again):
    table = _table(again)
    counted = prospects.call_hazard(again["n_calls"], again["subscribed"])
    n_best = table["profit"].idxmax()
    return 1000 * (counted["hazard"].loc[1:n_best] * 115 - 5).sum()


@at_best.mistake("You left out what the calls cost.")
def free_calls(again):
    table = _table(again)
    return 1000 * 115 * table["sold_share"][table["profit"].idxmax()]


@at_best.mistake("That is what the bank really did with these people, given up as they were: yeses less all calls made.")
def as_called(again):
    return 1000 * (115 * again["subscribed"].mean() - 5 * again["n_calls"].mean())


@exercise(
    "1.9.4",
    why="A list is cheap to buy; what costs is calling people who do not need us.",
    hints=[
        "Take the row new_leads.loc['bought list'].",
        "Its margin less both costs, divided by the prospects found.",
    ],
)
def left(new_leads):
    row = new_leads.loc["bought list"]
    profit = row["margin"] - row["cost_of_calls"] - row["cost_of_finding"]
    return profit / row["n_leads"]


@left.mistake("You left out what the calls cost: with a list they are most of the cost.")
def without_calls(new_leads):
    row = new_leads.loc["bought list"]
    return (row["margin"] - row["cost_of_finding"]) / row["n_leads"]


@left.mistake("You left out what finding them cost.")
def without_finding(new_leads):
    row = new_leads.loc["bought list"]
    return (row["margin"] - row["cost_of_calls"]) / row["n_leads"]


@left.mistake("That is per prospect won. The question is per prospect found.")
def per_won(new_leads):
    row = new_leads.loc["bought list"]
    return (row["margin"] - row["cost_of_calls"] - row["cost_of_finding"]) / row["n_won"]


@left.mistake("That is margin per prospect, before the costs.")
def before_costs(new_leads):
    row = new_leads.loc["bought list"]
    return row["margin"] / row["n_leads"]


@left.mistake("That is margin per yuan spent. The question is what is left per prospect.")
def per_yuan(new_leads):
    row = new_leads.loc["bought list"]
    return row["margin"] / (row["cost_of_calls"] + row["cost_of_finding"])


@left.mistake("That is over all sources together. The question is about the bought list.")
def all_sources(new_leads):
    total = new_leads.sum()
    return (total["margin"] - total["cost_of_calls"] - total["cost_of_finding"]) / total["n_leads"]


@left.mistake("That is the margin of one deal. Most prospects of a list make none.")
def margin_of_a_deal(new_leads):
    return new_leads.loc["bought list", "margin"] / new_leads.loc["bought list", "n_won"]


manager = judgment(
    "1.9.5",
    weighs=[
        "that the 5 % are of people whom the sellers went on with, who are no random sample of all",
        "what a deal brings and what a call costs: 5 % pays only if a deal brings more than twenty calls cost",
        "how to find out what the others would say: call on some of them, drawn at random, and stop by the sum",
    ],
    example=(
        "The 5 % are those whom our sellers kept on calling because they felt good about them; those given up earlier may"
        " well be worse. Even 5 % pays only if a deal brings more than twenty calls cost, and calls before the eighth"
        " cost money, too. Let us draw at random fifty of those we would give up, call them ten times, and decide then."
    ),
    hints=["Whose calls are in the record after the eighth?", "What must 5 % bring so that a call pays?"],
)

denominator = question(
    "1.9.q1",
    "Of 200 prospects, 80 got a third call. At it 4 said yes. What is the hazard of the third call?",
    [
        Option("5 %: 4 of 80", "Of those who got the call.", right=True),
        Option("2 %: 4 of 200", "120 of them never got the call, so it could bring nothing there."),
        Option("It cannot be told without knowing how many got a fourth call", "Those who got a fourth had got the third."),
        Option("4 %: 4 of 100", "A hundred people do not occur here."),
    ],
)

dearer = question(
    "1.9.q2",
    "Hazards fall from call to call. A call becomes twice as expensive, nothing else changes. What of the best stop?",
    [
        Option("It stays: the hazards are as before", "A call must bring its cost, and that has doubled."),
        Option("It is halved as well", "It need not be: that depends on how steeply the hazards fall."),
        Option("It comes earlier or stays, never later", "Fewer calls cover the higher cost.", right=True),
        Option("It comes later, since more calls are needed to earn the higher cost", "More losing calls earn nothing."),
    ],
)

the_best_source = question(
    "1.9.q3",
    "A yuan for exhibitions brought 3 yuan of margin on average, one for ads 2. Where should the next 10,000 yuan go?",
    [
        Option("To exhibitions: 3 is more than 2", "Averages of the past; there may be no second exhibition as good."),
        Option("To ads, since they lag behind", "That they lag says nothing about the next yuan either."),
        Option("Half and half, to be on the safe side whatever comes", "No more is known about a half than about the whole."),
        Option("It depends on what the next yuan brings in each", "Find out by a small trial in both.", right=True),
    ],
)
