"""Exercises of lesson 4.4: who is worth much and slipping away?"""

import numpy as np
import pandas as pd

from crmlib import value
from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    eight = pd.DataFrame(
        {
            "n_seen": [12, 3, 0, 6, 1, 20, 4, 9],
            "average_amount": [260, 560, 0, 150, 900, 330, 80, 210],
            "n_ahead": [7, 1.5, 0.5, 4, 1, 9, 3, 5],
            "probability_alive": [0.95, 0.60, 0.80, 0.30, 0.90, 0.10, 0.98, 0.55],
        },
        index=list("ABCDEFGH"),
    )
    states = [0, 1, 2, 3, "gone"]
    shares = [
        [0.30, 0.70, 0, 0, 0],
        [0.20, 0, 0.80, 0, 0],
        [0.15, 0, 0, 0.85, 0],
        [0.05, 0, 0, 0, 0.95],
        [0, 0, 0, 0, 1],
    ]
    catalog = pd.DataFrame(shares, index=states, columns=states)
    n = np.arange(60)
    now = pd.DataFrame(
        {
            "frequency": (n * 7) % 5 + (n % 13 == 0) * 9,
            "monetary": 40.0 + (n * 37) % 211,
            "probability_alive": 0.03 + ((n * 29) % 97) / 101,
            "customer_value": 5.0 + (n * 53) % 89 + (n % 9) ** 2,
            "earned_2025": 2.0 + (n * 71) % 143,
        },
        index=[f"C{i:02d}" for i in n],
    )
    now.loc[now["frequency"] == 0, "monetary"] = np.nan
    at_stake = now["customer_value"] / now["probability_alive"] - now["customer_value"]
    moves = pd.DataFrame(
        [[620, 380, 0, 0], [140, 0, 260, 0], [50, 0, 0, 170], [12, 0, 0, 400]], index=range(4), columns=range(4)
    )
    return {
        "eight": eight,
        "catalog": catalog,
        "gain": [36, -4, -4, -4, 0],
        "margin_2024": now["earned_2025"],
        "known": pd.DataFrame(
            {
                "customer_id": now.index,
                "order_date": pd.Timestamp("2024-06-01"),
                "amount": now["earned_2025"].to_numpy(),
            }
        ),
        "worth": now.rename(columns={"customer_value": "value"}).assign(at_stake_amount=at_stake),
        "now": now,
        "mean_now": 180.0,
        "weight_now": 1.3,
        "moves": moves,
    }


# --- inside the lesson ---


@exercise(
    "4.4.a",
    why="Three purchases weigh a little more than two. With twenty the own mean would hardly move.",
    hints=[
        "What is B's own mean, of how many purchases? And what does the mean of all count for?",
        "Above the line: 3 times 560, and 2 times 200. Below it: all that they count for.",
        "(3 * 560 + 2 * 200) / (3 + ...)",
    ],
)
def amount_of_b(eight):
    b = eight.loc["B"]
    return (b["n_seen"] * b["average_amount"] + 2 * 200) / (b["n_seen"] + 2)


@amount_of_b.mistake("That is B's own mean, of three purchases only. Shrink it towards the mean of all.")
def own_mean(eight):
    return eight.loc["B", "average_amount"]


@amount_of_b.mistake("That is the mean of all. B's three purchases say something as well.")
def mean_of_all(eight):
    return 200


@amount_of_b.mistake("You counted B's mean once. It comes from three purchases, so it counts three times.")
def own_counted_once(eight):
    return (eight.loc["B", "average_amount"] + 2 * 200) / 3


@amount_of_b.mistake("You counted the mean of all once. It counts as two purchases.")
def all_counted_once(eight):
    return (3 * eight.loc["B", "average_amount"] + 200) / 4


@amount_of_b.mistake("That is halfway. The own mean counts three times, the mean of all twice.")
def halfway(eight):
    return (eight.loc["B", "average_amount"] + 200) / 2


@amount_of_b.mistake("You counted four purchases of B. Only the three repeat purchases are in the mean.")
def first_counted(eight):
    return (4 * eight.loc["B", "average_amount"] + 2 * 200) / 6


@amount_of_b.mistake("That is the sum above the line. Divide by what both count for.")
def not_divided(eight):
    return 3 * eight.loc["B", "average_amount"] + 2 * 200


@amount_of_b.mistake("You divided by B's purchases alone. The mean of all counts below the line, too.")
def divided_by_own(eight):
    return (3 * eight.loc["B", "average_amount"] + 2 * 200) / 3


@amount_of_b.mistake("You shrank towards nothing: the mean of all is missing above the line.")
def towards_nothing(eight):
    return 3 * eight.loc["B", "average_amount"] / 5


@amount_of_b.mistake("You took the mean of these eight. The mean of **all** customers is 200.")
def mean_of_the_eight(eight):
    return (3 * eight.loc["B", "average_amount"] + 2 * eight["average_amount"].mean()) / 5


@amount_of_b.mistake("You went on to the purchases of a year. Asked is the amount of one.")
def times_purchases(eight):
    return 416 * eight.loc["B", "n_ahead"]


@prediction(
    "4.4.b",
    near=0.4,
    why="Look where the biggest stand in the map: nearly all on the right. Who is big has bought a short while ago.",
    hints=[
        "Whoever brought most in 2024 bought often, and most likely in December, too. What is their chance to be gone?",
        "At stake is the value times the chance to be **gone**. Both must be large.",
    ],
)
def n_on_both(known, worth):
    of_2024 = known[known["order_date"] >= "2024-01-01"].groupby("customer_id")["amount"].sum()
    biggest = value.choose_top(of_2024.reindex(worth.index, fill_value=0), 40)
    return (biggest & value.choose_top(worth["at_stake_amount"], 40)).sum()


@exercise(
    "4.4.c",
    why="Below zero: the catalog costs more than such a customer will ever bring. That is the number of the paper.",
    hints=[
        "What happens now, for certain? And what may happen in the next period, by which chance?",
        "Now: a catalog, -4. Next period: with chance 0.05 they are worth 52.32 again, else nothing.",
        "-4 + 0.05 * 52.32 / ...: the next period is a period away.",
    ],
    tolerance=0.005,
)
def worth_of_three(catalog, gain):
    return gain[3] + catalog.loc[3, 0] * 52.32 / 1.2


@worth_of_three.mistake("You did not discount. The next period is a period away: divide its value by 1.2.")
def not_discounted(catalog, gain):
    return gain[3] + catalog.loc[3, 0] * 52.32


@worth_of_three.mistake("You forgot the catalog: it is sent now, and costs 4.")
def cost_forgotten(catalog, gain):
    return catalog.loc[3, 0] * 52.32 / 1.2


@worth_of_three.mistake("You forgot the catalog, which costs 4, and did not discount.")
def not_discounted_and_no_cost(catalog, gain):
    return catalog.loc[3, 0] * 52.32


@worth_of_three.mistake("You discounted the catalog, too. It is paid now.")
def cost_discounted(catalog, gain):
    return (gain[3] + catalog.loc[3, 0] * 52.32) / 1.2


@worth_of_three.mistake(
    "You took one order of 40. Who orders again is a buyer again, worth 52.32 with all that follows."
)
def first_order_only(catalog, gain):
    return catalog.loc[3, 0] * 40 + gain[3]


@worth_of_three.mistake(
    "You took the profit of one order. Who orders again is a buyer again, worth 52.32 with all that follows."
)
def one_purchase(catalog, gain):
    return gain[3] + catalog.loc[3, 0] * gain[0] / 1.2


@worth_of_three.mistake("That is the chance of the row above. Three periods ago: 0.05.")
def row_above(catalog, gain):
    return gain[3] + catalog.loc[2, 0] * 52.32 / 1.2


@worth_of_three.mistake("You took the chance to be gone. Those who are gone are worth nothing.")
def chance_of_none(catalog, gain):
    return gain[3] + catalog.loc[3, "gone"] * 52.32 / 1.2


@worth_of_three.mistake("You added the cost of the catalog. It is spent: take it off.")
def cost_added(catalog, gain):
    return -gain[3] + catalog.loc[3, 0] * 52.32 / 1.2


@worth_of_three.mistake("You multiplied by 1.2. What comes later is worth **less** now: divide.")
def compounded(catalog, gain):
    return gain[3] + catalog.loc[3, 0] * 52.32 * 1.2


@worth_of_three.mistake("You divided by 1 - 0.2. To discount is to divide by 1 + 0.2.")
def over_one_less(catalog, gain):
    return gain[3] + catalog.loc[3, 0] * 52.32 / 0.8


# --- at its end ---


def _three(now):
    return now[now["frequency"] == 3]


@exercise(
    "4.4.1",
    why="Compare it with the mean of their own means: who has been seen three times is drawn towards the mean of all, up or down.",
    hints=[
        "Which rows? Exactly three repeat purchases. Then the formula, row by row.",
        "Their own mean counts three times, `mean_now` counts `weight_now` times.",
        "three = now[now['frequency'] == 3], then ((3 * three['monetary'] + ...) / (3 + weight_now)).mean()",
    ],
)
def average_amount(now, mean_now, weight_now):
    three = now[now["frequency"] == 3]
    return ((3 * three["monetary"] + weight_now * mean_now) / (3 + weight_now)).mean()


@average_amount.in_lesson("31 December 2024", asks="31 December 2025")
def day_of_the_lesson(bought, m, w):
    return {"now": bought, "mean_now": m, "weight_now": w}


@average_amount.mistake("That is the mean of their own means. Shrink each towards `mean_now` first.")
def own_means(now, mean_now, weight_now):
    return _three(now)["monetary"].mean()


@average_amount.mistake("That is the mean of all customers. Those seen three times have means of their own.")
def only_all(now, mean_now, weight_now):
    return mean_now


@average_amount.mistake("You took the middle between the own mean and that of all. The weights are 3 and `weight_now`.")
def in_the_middle(now, mean_now, weight_now):
    return ((_three(now)["monetary"] + mean_now) / 2).mean()


@average_amount.mistake("You counted the mean of all once. It counts as `weight_now` purchases.")
def weight_of_one(now, mean_now, weight_now):
    return ((3 * _three(now)["monetary"] + mean_now) / 4).mean()


@average_amount.mistake("You took the weight of the eight by hand, 2. The model of that day gives `weight_now`.")
def weight_of_the_eight(now, mean_now, weight_now):
    return ((3 * _three(now)["monetary"] + 2 * mean_now) / 5).mean()


@average_amount.mistake("You took the 200 yuan of the eight by hand. The mean of all is `mean_now`.")
def mean_of_hand(now, mean_now, weight_now):
    return ((3 * _three(now)["monetary"] + weight_now * 200) / (3 + weight_now)).mean()


@average_amount.mistake("You counted four purchases. The first is not in the mean: three repeat purchases count.")
def first_too(now, mean_now, weight_now):
    return ((4 * _three(now)["monetary"] + weight_now * mean_now) / (4 + weight_now)).mean()


@average_amount.mistake("You counted their own mean once. It comes from three purchases: it counts three times.")
def counted_once(now, mean_now, weight_now):
    return ((_three(now)["monetary"] + weight_now * mean_now) / (1 + weight_now)).mean()


@average_amount.mistake("You did not divide by what both count for, 3 + `weight_now`.")
def not_over(now, mean_now, weight_now):
    return (3 * _three(now)["monetary"] + weight_now * mean_now).mean()


@average_amount.mistake("That is the median. Asked is the average.")
def median(now, mean_now, weight_now):
    return ((3 * _three(now)["monetary"] + weight_now * mean_now) / (3 + weight_now)).median()


def _shrunk(some, mean_now, weight_now):
    return ((some["frequency"] * some["monetary"] + weight_now * mean_now) / (some["frequency"] + weight_now)).mean()


@average_amount.mistake("You took all who came back. Choose those with exactly three repeat purchases.")
def all_who_came_back(now, mean_now, weight_now):
    return _shrunk(now[now["monetary"] > 0], mean_now, weight_now)


@average_amount.mistake("You took three repeat purchases or more. Exactly three are asked for.")
def three_or_more(now, mean_now, weight_now):
    return _shrunk(now[(now["frequency"] >= 3) & (now["monetary"] > 0)], mean_now, weight_now)


def _stake(now):
    return now["customer_value"] / now["probability_alive"] - now["customer_value"]


@exercise(
    "4.4.2",
    why="Beside the list of a year before: is more or less at stake? And how much of it is with the first three?",
    hints=[
        "`customer_value` already holds the chance to be still there. What would it be, were that certain?",
        "Value if still a customer: customer_value / probability_alive. At stake: that, times the chance to be gone.",
        "at_stake = (1 - now['probability_alive']) * now['customer_value'] / now['probability_alive'], then the sum of the 40 largest: nlargest(40)",
    ],
)
def total_at_stake(now):
    if_there = now["customer_value"] / now["probability_alive"]
    at_stake = (1 - now["probability_alive"]) * if_there
    return at_stake.nlargest(40).sum()


@total_at_stake.in_lesson("31 December 2024", asks="31 December 2025")
def list_of_the_lesson(worth, margin_2024):
    return {"now": worth.rename(columns={"value": "customer_value"}).assign(earned_2025=margin_2024)}


@total_at_stake.mistake(
    "You multiplied `customer_value` by the chance to be gone. It holds the chance to be there already: divide by it first."
)
def value_times_chance(now):
    return (now["customer_value"] * (1 - now["probability_alive"])).nlargest(40).sum()


@total_at_stake.mistake("That is the value of the 40 most valuable. With whom is most at stake?")
def most_valuable(now):
    return now["customer_value"].nlargest(40).sum()


@total_at_stake.mistake("You took the 40 most valuable. Take the 40 with whom most is at stake.")
def of_the_most_valuable(now):
    return _stake(now)[now["customer_value"].nlargest(40).index].sum()


@total_at_stake.mistake(
    "That is what the largest 40 would be worth, were they surely still customers. Multiply by the chance to be gone before you choose."
)
def if_there(now):
    return (now["customer_value"] / now["probability_alive"]).nlargest(40).sum()


@total_at_stake.mistake("The list is right. But you added up what they would be worth, not what is at stake.")
def if_there_of_list(now):
    chosen = _stake(now).nlargest(40).index
    return (now["customer_value"] / now["probability_alive"])[chosen].sum()


@total_at_stake.mistake("The list is right. But you added up their value, not what is at stake.")
def value_of_list(now):
    return now.loc[_stake(now).nlargest(40).index, "customer_value"].sum()


@total_at_stake.mistake("That is at stake with all customers. Take the 40 with whom most is.")
def all_customers(now):
    return _stake(now).sum()


@total_at_stake.mistake("That is at stake with the last of the list. Add up all 40.")
def last_of_list(now):
    return _stake(now).nlargest(40).iloc[-1]


@total_at_stake.mistake("You took all who are more likely gone than not. Take the 40 with whom most is at stake.")
def all_below_half(now):
    return _stake(now)[now["probability_alive"] < 0.5].sum()


@total_at_stake.mistake("You took the 40 who are most likely gone. Some of them were never worth much.")
def surely_gone(now):
    return _stake(now)[now["probability_alive"].nsmallest(40).index].sum()


@total_at_stake.mistake("You took the margin of 2025 for the value. What is at stake is what is to come.")
def of_last_year(now):
    return (now["earned_2025"] * (1 - now["probability_alive"])).nlargest(40).sum()


@total_at_stake.mistake("You left out those who are gone almost for certain. That is right for the calls; asked are the first 40, all of them.")
def without_the_gone(now):
    return _stake(now)[now["probability_alive"] >= 0.10].nlargest(40).sum()


@total_at_stake.mistake("You left some of the 40 out, as they are gone almost for certain. Asked are all 40.")
def some_left_out(now):
    first = _stake(now).nlargest(40)
    return first[now.loc[first.index, "probability_alive"] >= 0.10].sum()


@total_at_stake.mistake("You took the 40 biggest of 2025. Take the 40 with whom most is at stake.")
def biggest_of_last_year(now):
    return _stake(now)[now["earned_2025"].nlargest(40).index].sum()


@exercise(
    "4.4.3",
    why="A dearer call asks for more. And whoever is gone for certain cannot be kept: without them, what is it of the rest?",
    hints=[
        "What do the 40 calls cost together? What is at stake with the 40, from 4.4.2?",
        "The calls pay for themselves if what they keep is as much as they cost.",
        "40 * 45 / total_at_stake",
    ],
)
def share_to_keep(now):
    at_stake = (1 - now["probability_alive"]) * now["customer_value"] / now["probability_alive"]
    return 40 * 45 / at_stake.nlargest(40).sum()


@share_to_keep.in_lesson("31 December 2024", asks="31 December 2025")
def share_of_the_lesson(worth):
    return {"now": worth.rename(columns={"value": "customer_value"})}


@share_to_keep.mistake("You took the cost of one call. There are 40.")
def one_call(now):
    return 45 / _stake(now).nlargest(40).sum()


@share_to_keep.mistake("That is what the calls cost. Which share of what is at stake is that?")
def cost_alone(now):
    return 40 * 45


@share_to_keep.mistake("You divided by what the 40 would be worth, were they surely there. Divide by what is at stake.")
def of_value_if_there(now):
    stake = _stake(now).nlargest(40).index
    return 40 * 45 / (now["customer_value"] / now["probability_alive"])[stake].sum()


@share_to_keep.mistake("You divided by the value of the 40. Divide by what is at stake.")
def of_value(now):
    return 40 * 45 / now.loc[_stake(now).nlargest(40).index, "customer_value"].sum()


@share_to_keep.mistake("You divided by what is at stake with all customers. Only 40 are called.")
def of_all_at_stake(now):
    return 40 * 45 / _stake(now).sum()


@share_to_keep.mistake("You divided by the value of the 40 most valuable. Divide by what is at stake with those with whom most is.")
def of_most_valuable(now):
    return 40 * 45 / now["customer_value"].nlargest(40).sum()


@share_to_keep.mistake("You left some of the 40 out, as they are gone almost for certain. Asked are all 40.")
def without_some(now):
    first = _stake(now).nlargest(40)
    first = first[now.loc[first.index, "probability_alive"] >= 0.10]
    return len(first) * 45 / first.sum()


@share_to_keep.mistake("That is for the last of the list alone. Take the 40 together.")
def of_the_last(now):
    return 45 / _stake(now).nlargest(40).iloc[-1]


@share_to_keep.mistake("That is for the first of the list alone. Take the 40 together.")
def of_the_first(now):
    return 45 / _stake(now).max()


@share_to_keep.mistake(
    "You averaged the shares of the 40. Divide the sums: all that the calls cost by all that is at stake."
)
def mean_of_shares(now):
    return (45 / _stake(now).nlargest(40)).mean()


@share_to_keep.mistake("That is a gain in yuan, if the calls kept all. Asked is which share pays for them.")
def in_yuan(now):
    return _stake(now).nlargest(40).sum() - 40 * 45


@share_to_keep.mistake("You called everybody. There are 40 calls.")
def call_all(now):
    return 45 * len(now) / _stake(now).sum()


@share_to_keep.mistake("You took a year of calls, twelve lists. This is one list of 40.")
def a_year_of_calls(now):
    return 12 * 40 * 45 / _stake(now).nlargest(40).sum()


@share_to_keep.mistake("You took the 40 most valuable. The list is of those with whom most is at stake.")
def of_most_valuable_stake(now):
    return 40 * 45 / _stake(now)[now["customer_value"].nlargest(40).index].sum()


A_QUARTER = 1.1**0.25 - 1


def _chain(moves, reward, *, rate=A_QUARTER, may_stop=True):
    return value.markov_value(moves.div(moves.sum(axis=1), axis=0), reward, discount_rate=rate, may_stop=may_stop)


@exercise(
    "4.4.4",
    why="From which state on is the value 0? There the messages end, and whoever comes back does so unasked: the chain does not count that.",
    hints=[
        "Turn the moves into chances: each row divided by its sum. What does a quarter bring in each state?",
        "Who bought this quarter: 45 - 8. All others: -8. The rate of a quarter is 1.10 ** 0.25 - 1.",
        "value.markov_value(moves.div(moves.sum(axis=1), axis=0), [37] + [-8] * 7, discount_rate=1.10 ** 0.25 - 1, may_stop=...).iloc[0]",
    ],
)
def worth_of_private_buyer(moves):
    chances = moves.div(moves.sum(axis=1), axis=0)
    reward = [45 - 8] + [-8] * (len(moves) - 1)
    values = value.markov_value(chances, reward, discount_rate=1.10**0.25 - 1, may_stop=True)
    return values.iloc[0]


@worth_of_private_buyer.mistake("You never stop. The firm may: `may_stop=True`.")
def never_stops(moves):
    return _chain(moves, [37] + [-8] * (len(moves) - 1), may_stop=False).iloc[0]


@worth_of_private_buyer.mistake("You sent buyers no message. It costs 8 in every state, theirs too.")
def buyer_not_written_to(moves):
    return _chain(moves, [45] + [-8] * (len(moves) - 1)).iloc[0]


@worth_of_private_buyer.mistake("You wrote to buyers only. The message costs 8 in every state.")
def only_buyers_written_to(moves):
    return _chain(moves, [37] + [0] * (len(moves) - 1)).iloc[0]


@worth_of_private_buyer.mistake("You forgot the messages: 8 yuan each quarter, in every state.")
def no_cost(moves):
    return _chain(moves, [45] + [0] * (len(moves) - 1)).iloc[0]


@worth_of_private_buyer.mistake("You took the rate of a year. A step of this chain is a quarter.")
def rate_of_a_year(moves):
    return _chain(moves, [37] + [-8] * (len(moves) - 1), rate=0.1).iloc[0]


@worth_of_private_buyer.mistake("You took a fourth of the yearly rate. Four quarters must make 10 %: 1.10 ** 0.25 - 1.")
def quarter_of_the_rate(moves):
    return _chain(moves, [37] + [-8] * (len(moves) - 1), rate=0.025).iloc[0]


@worth_of_private_buyer.mistake("You let every state bring a purchase. Only who bought this quarter brings 45.")
def buys_in_every_state(moves):
    return _chain(moves, [37] * len(moves)).iloc[0]


@worth_of_private_buyer.mistake("You added the cost of the message to what a buyer leaves. Take it off.")
def cost_on_top(moves):
    return _chain(moves, [53] + [-8] * (len(moves) - 1)).iloc[0]


@worth_of_private_buyer.mistake("That is the sum of all states. Asked is who bought this quarter, the first one.")
def sum_of_states(moves):
    return _chain(moves, [37] + [-8] * (len(moves) - 1)).sum()


@worth_of_private_buyer.mistake("That is the mean of all states. Asked is who bought this quarter, the first one.")
def mean_of_states(moves):
    return _chain(moves, [37] + [-8] * (len(moves) - 1)).mean()


@worth_of_private_buyer.mistake("That is who bought one quarter ago. Asked is who bought this quarter.")
def one_quarter_ago(moves):
    return _chain(moves, [37] + [-8] * (len(moves) - 1)).iloc[1]


@worth_of_private_buyer.mistake("That is this quarter alone. Add what comes after it: markov_value.")
def one_quarter(moves):
    return 45 - 8


@worth_of_private_buyer.mistake("You left out this quarter. The first reward of the chain comes now, and counts.")
def without_now(moves):
    return _chain(moves, [37] + [-8] * (len(moves) - 1)).iloc[0] - 37


block_them = judgment(
    "4.4.5",
    hints=[
        "How many orders stand behind a rate of 40 %, for most of those who have it?",
        "What else than ill will can bring goods back? And what is lost with a customer who is blocked by mistake?",
    ],
    weighs=[
        "that most of those with 40 % or more made a few orders: one parcel that came back makes such a rate",
        "how many flags chance alone would give, beside how many there are",
        "that ill will is not in the data: a bad batch, a wrong size, a clerk's mistake look the same",
        "what a customer who is blocked wrongly was worth, beside what their refunds cost to handle",
        "milder steps first: read the orders, ask, charge for the parcel, mend the goods that come back",
        "a rule said beforehand and open to customers, a right to object, and a look after half a year at how often it was wrong",
    ],
    example=(
        "I would block nobody on a rate. Of those with 40 % nearly all made five orders or fewer, so one parcel that came back is enough to accuse"
        " them, and why it came back is not in our data. I propose to read the orders of the few whose refunds chance does not explain, to ask"
        " them, and to look at the goods first; what a wrongly blocked customer would have brought goes into the sum."
    ),
)

own_future = question(
    "4.4.q1",
    "Customer K is worth 550 yuan a year; value_low to value_high is 480 to 640, future_low to future_high 0 to 3,800. Next year K brings 0. What do you say?",
    [
        Option(
            "The model was wrong about K, as 0 lies far outside 480 to 640",
            "480 to 640 is about the expected value, a mean over many such customers.",
        ),
        Option(
            "Nothing: 0 lies within K's own future",
            "One customer's year proves nothing. Many of them together would.",
            right=True,
        ),
        Option(
            "With ten times as many customers both intervals would be narrow",
            "The first would. K's own future stays as open as it is.",
        ),
        Option(
            "The true interval is their sum, from 480 up to 4,440",
            "They answer two questions. Neither is added to the other.",
        ),
    ],
)

anyhow = question(
    "4.4.q2",
    "All 40 of the list were called. A year later 28 of them have bought again. How much did the calls gain?",
    [
        Option(
            "What those 28 brought, less the cost of all 40 calls",
            "Some of them would have bought anyhow. How many?",
        ),
        Option(
            "28 times what is at stake with each of them, less the cost of calls",
            "At stake is what might be lost, not what a call keeps.",
        ),
        Option(
            "It cannot be told: nobody of the list was left alone by lot",
            "Compare with those who were not called, drawn at random from the same list.",
            right=True,
        ),
        Option(
            "Nothing, since those who were likely gone on the list were not won back",
            "That is no measure either. What would have come without a call?",
        ),
    ],
)

right_to_stop = question(
    "4.4.q3",
    "With the right to stop, the catalog firm's buyers are worth more, too, though it never stops with buyers. Why?",
    [
        Option(
            "Buyers order more often if they know that the firm might stop",
            "The chances are the same in both columns.",
        ),
        Option(
            "The discount rate is lower, since a shorter future is counted",
            "The rate is the same, 20 % in both columns.",
        ),
        Option(
            "It is rounding: the two columns differ by less than one yuan",
            "0.83 is no rounding. What happens to a buyer later?",
        ),
        Option(
            "Buyers may drift into the states that cost more than they bring",
            "There the loss is now 0, and part of it is taken off the buyers' account.",
            right=True,
        ),
    ],
)
