"""Exercises of lesson 2.3: profit is not revenue."""

import pandas as pd

from crmlib.lesson import Option, exercise, judgment, question

VISIT = "representative visit"


def example():
    # The 100 biggest of six are all of them: 2.3.2 divides all cost, 660, by all gross profit, 1020.
    # Spread by sales (660 / 5900 for each yuan), b and d look fine; c, who earns, does not.
    costs = pd.DataFrame(
        {"home delivery": [20.0, 80, 20, 40, 20, 0], VISIT: [120.0, 240, 0, 0, 120, 0]}, index=list("abcdef")
    )
    profit = pd.DataFrame(
        {"monetary": [2000.0, 1900, 1500, 150, 50, 300], "gross_profit": [500.0, 280, 120, 30, -10, 100]},
        index=list("abcdef"),
    )
    profit["cost_to_serve"] = costs.sum(axis=1)  # 140 320 20 40 140 0
    profit["net_profit"] = profit["gross_profit"] - profit["cost_to_serve"]  # 360 -40 100 -10 -150 100
    return {"profit": profit, "costs": costs}


@exercise(
    "2.3.1",
    why=(
        "That is the height of the whale's back. It is earned by some and lost on others, so nobody sees it in the"
        " accounts of the firm."
    ),
    hints=[
        "Which column says what is left of a customer after the goods and the service?",
        "Keep the customers in whom that column is below zero, and add it up.",
        'profit.loc[profit["net_profit"] < 0, "net_profit"].sum() is negative; the question wants it without its sign.',
    ],
)
def taken_back(profit):
    return -profit.loc[profit["net_profit"] < 0, "net_profit"].sum()


@taken_back.mistake("You counted customers. The question is about money.")
def heads(profit):
    return int((profit["net_profit"] < 0).sum())


@taken_back.mistake(
    "That is all it costs to serve them. They also bring gross profit, which covers part of it: what is lost is the"
    " rest."
)
def cost_of_losers(profit):
    return profit.loc[profit["net_profit"] < 0, "cost_to_serve"].sum()


@taken_back.mistake(
    "You looked at gross profit. Most customers who lose money have a gross profit above zero: it is the service that"
    " costs more."
)
def gross_only(profit):
    return -profit.loc[profit["gross_profit"] < 0, "gross_profit"].sum()


@exercise(
    "2.3.2",
    why=(
        "A share of totals answers what the firm keeps. The mean of the customers' shares answers another question, in"
        " which each counts alike."
    ),
    hints=[
        "Take the hundred with the largest monetary first. Then think which two totals to divide.",
        "All their cost to serve, divided by all their gross profit: add up first, divide afterwards.",
        'biggest = profit.nlargest(100, "monetary"); then divide the sum of one column by the sum of another.',
    ],
)
def used_up(profit):
    biggest = profit.nlargest(100, "monetary")
    return biggest["cost_to_serve"].sum() / biggest["gross_profit"].sum()


@used_up.mistake(
    "You averaged the shares of the customers. Then one with hardly any gross profit counts as much as the biggest: add"
    " up first, divide afterwards."
)
def mean_of_shares(profit):
    biggest = profit.nlargest(100, "monetary")
    return (biggest["cost_to_serve"] / biggest["gross_profit"]).mean()


@used_up.mistake("You divided by sales. Sales pay for the goods first; service is paid out of gross profit.")
def of_sales(profit):
    biggest = profit.nlargest(100, "monetary")
    return biggest["cost_to_serve"].sum() / biggest["monetary"].sum()


@used_up.mistake("That is what is left to them. The question is what service uses up.")
def what_is_left(profit):
    biggest = profit.nlargest(100, "monetary")
    return biggest["net_profit"].sum() / biggest["gross_profit"].sum()


@exercise(
    "2.3.3",
    why=(
        "It tells where a conversation with these customers would begin. Whether a saved visit saves money is another"
        " question."
    ),
    hints=[
        "Of what total is it a share? Of all costs of those customers, not of all visits.",
        "Choose the rows of costs in which profit shows a loss, then add up one column and all columns.",
        (
            'rows = costs[profit["net_profit"] < 0]; one column is rows["representative visit"].sum(), everything'
            " rows.sum().sum()."
        ),
    ],
)
def visit_share(profit, costs):
    rows = costs[profit["net_profit"] < 0]
    return rows["representative visit"].sum() / rows.sum().sum()


@visit_share.mistake("You took all customers. The question is about those who lose money.")
def of_everybody(costs):
    return costs[VISIT].sum() / costs.sum().sum()


@visit_share.mistake(
    "You divided by all visits. That says how many of the visits go to these customers, not how much of their cost is"
    " visits."
)
def of_all_visits(profit, costs):
    return costs.loc[profit["net_profit"] < 0, VISIT].sum() / costs[VISIT].sum()


@visit_share.mistake("You averaged the shares of the customers. Add up first, divide afterwards.")
def averaged(profit, costs):
    rows = costs[profit["net_profit"] < 0]
    return (rows[VISIT] / rows.sum(axis=1)).mean()


@exercise(
    "2.3.4",
    why=(
        "Spread by sales, cost lands where the money is and not where the work is. These customers would never be"
        " talked to."
    ),
    hints=[
        "Work out a second net profit for each customer, with the same total cost shared out differently.",
        "Each gets the total cost to serve times his share of sales. Compare the sign of the two net profits.",
        (
            'profit["gross_profit"] - profit["cost_to_serve"].sum() * profit["monetary"] / profit["monetary"].sum() is'
            " the second one; count where the first is below zero and the second is not."
        ),
    ],
)
def hidden(profit):
    share = profit["monetary"] / profit["monetary"].sum()
    by_sales = profit["gross_profit"] - profit["cost_to_serve"].sum() * share
    return int(((profit["net_profit"] < 0) & (by_sales >= 0)).sum())


@hidden.mistake(
    "You counted everybody whose sign changes. Those who earn and now look like losers are another mistake of the same"
    " method."
)
def both_ways(profit):
    share = profit["monetary"] / profit["monetary"].sum()
    by_sales = profit["gross_profit"] - profit["cost_to_serve"].sum() * share
    return int(((profit["net_profit"] < 0) != (by_sales < 0)).sum())


@hidden.mistake("You gave every customer the same cost. The question spreads it in proportion to sales.")
def per_head(profit):
    by_head = profit["gross_profit"] - profit["cost_to_serve"].mean()
    return int(((profit["net_profit"] < 0) & (by_head >= 0)).sum())


@hidden.mistake(
    "You counted all who look profitable when cost is spread by sales. Only those who really lose money are asked for."
)
def all_that_look_fine(profit):
    share = profit["monetary"] / profit["monetary"].sum()
    by_sales = profit["gross_profit"] - profit["cost_to_serve"].sum() * share
    return int((by_sales >= 0).sum())


big_and_unhappy = judgment(
    "2.3.5",
    hints=[
        "Which activities cost most with him, and which of them could he and you do differently?",
        "What part of that cost would stop if he left, and what would stay with the other customers?",
    ],
    weighs=[
        "which activity makes him lose money, and whether he would give it up for a better price or an easier order",
        "what the complaints are about: if they are right, the fault and the cost are ours",
        "that the visit, the car and the office stay when he leaves, while his gross profit goes",
        "that one bad year may be chance: how were the years before",
    ],
    example=(
        "Keep him for a year and change how we serve him: fewer visits, bundled deliveries, one person who answers his"
        " complaints. First I would read the complaints and look at the years before. I would let him go only if he"
        " refuses and his gross profit is below the cost that really stops."
    ),
)

what_the_hump_is = question(
    "2.3.q1",
    "The whale's back is as high as a tenth of the profit. What would the firm gain next year by sending all customers"
    " to the right of the peak away?",
    [
        Option(
            "Exactly that tenth",
            "The rates are full costs. Cars, offices and people stay, and the gross profit of these customers goes.",
        ),
        Option(
            "It depends on how much of their cost stops when they leave",
            "Only cost that stops is saved. The next lesson counts it.",
            right=True,
        ),
        Option(
            "Nothing, for the total stays the same", "Some cost does stop: fuel, postage, the complaint not handled."
        ),
    ],
)

programme_for_the_worst = question(
    "2.3.q2",
    "You train the ten worst branches of a year. Next year eight of them are better. What do you know?",
    [
        Option("The training works in four cases out of five", "The worst of a year would mostly improve without it."),
        Option(
            "Little, until you see the worst branches that were not trained",
            "Chosen because they were worst, they had bad luck as well, and luck does not repeat.",
            right=True,
        ),
        Option("The training does not work", "That does not follow either: without a control group you cannot tell."),
    ],
)

sign_without_evidence = question(
    "2.3.q3",
    "A checklist has five signs; for one of them no table holds any evidence. How do you count it?",
    [
        Option("As absent: no evidence, no sign", "Then a firm that writes nothing down has only good customers."),
        Option("As not judged, and say how many of the five were", "What was not looked at is not zero.", right=True),
        Option("As present, to be careful", "Then every customer carries it, and it tells nobody apart."),
    ],
)
