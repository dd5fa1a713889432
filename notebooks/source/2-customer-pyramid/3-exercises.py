"""Exercises of lesson 2.3: profit is not revenue."""

import pandas as pd

from crmlib.lesson import Option, exercise, judgment, prediction, question

VISIT = "representative visit"


def example():
    eight = pd.DataFrame(
        {"gross_profit": [1800, 1200], "home delivery": [12, 30], VISIT: [4, 6], "return handling": [1, 5]},
        index=list("AB"),
    )
    # 105 customers. Nine have names; of the other 96 each buys for 310 and costs nothing to serve, so the hundred
    # biggest are a to d and these. Their gross profit is 31, or 7 for thirty of them: less than the mean cost, 7.6.
    visits = pd.Series([120.0, 240, 0, 0, 120, 0, 0, 0, 0], index=list("abcdefghi"))
    costs = pd.DataFrame({"home delivery": [20.0, 80, 25, 40, 20, 0, 45, 45, 45], VISIT: visits})
    profit = pd.DataFrame({"monetary": [2000.0, 1900, 1500, 350, 50, 300, 305, 305, 305]}, index=costs.index)
    profit["gross_profit"] = [500.0, 280, 120, 30, -10, 4, 50, 50, 50]
    others = pd.DataFrame({"monetary": 310.0, "gross_profit": [7.0] * 30 + [31.0] * 66})
    profit = pd.concat([profit, others.rename(index=str)])
    costs = costs.reindex(profit.index, fill_value=0.0)
    profit["cost_to_serve"] = costs.sum(axis=1)
    profit["net_profit"] = profit["gross_profit"] - profit["cost_to_serve"]  # 360 -40 95 -10 -150 4 5 5 5 7 ...
    return {"eight": eight, "profit": profit, "profit_2024": profit, "costs_2024": costs}


# --- inside the lesson ---


@exercise(
    "2.3.a",
    why="The customer with the second largest gross profit leaves less than nothing: the service has used up all of it.",
    hints=[
        "Work out the cost of the deliveries, of the visits and of the returns. Each is a number of times, times a rate.",
        "30 deliveries at 20, and so on. Take the sum of the three off the gross profit.",
        "In numbers: 1200 - (30 * 20 + 6 * 120 + 5 * 22)",
    ],
)
def left_of_b(eight):
    b = eight.loc["B"]
    served = 20 * b["home delivery"] + 120 * b["representative visit"] + 22 * b["return handling"]
    return b["gross_profit"] - served


@left_of_b.mistake("You counted one visit. There were several, and each costs 120.")
def one_visit(eight):
    b = eight.loc["B"]
    return b["gross_profit"] - (20 * b["home delivery"] + 120 + 22 * b["return handling"])


@left_of_b.mistake("That is the cost to serve. Take it off the gross profit to see what is left.")
def only_the_cost(eight):
    b = eight.loc["B"]
    return 20 * b["home delivery"] + 120 * b[VISIT] + 22 * b["return handling"]


@left_of_b.mistake("That is the line of A. The question is about B, in the second row.")
def of_a(eight):
    a = eight.loc["A"]
    return a["gross_profit"] - (20 * a["home delivery"] + 120 * a[VISIT] + 22 * a["return handling"])


@left_of_b.mistake("You left the returns out. Handling a return costs money, too.")
def no_returns(eight):
    b = eight.loc["B"]
    return b["gross_profit"] - (20 * b["home delivery"] + 120 * b[VISIT])


@left_of_b.mistake("You took off how many times something was done. Multiply each by its rate first.")
def times_only(eight):
    b = eight.loc["B"]
    return b["gross_profit"] - (b["home delivery"] + b[VISIT] + b["return handling"])


@left_of_b.mistake("You took each activity once. Multiply each rate by how many times it was done.")
def one_of_each(eight):
    return eight.loc["B", "gross_profit"] - (20 + 120 + 22)


@prediction(
    "2.3.b",
    near=0.25,
    why="Look where the curve is highest, and how far it falls from there to its right end.",
    hints=["Among the eight, five earned 2,186 and three took 334 back. Is a whole company better or worse?"],
)
def taken_back_share(profit):
    net = profit["net_profit"]
    return -net.clip(upper=0).sum() / net.clip(lower=0).sum()


# --- at its end, on 2024 ---


@exercise(
    "2.3.1",
    why=(
        "That is the height of the whale's back. It is earned by some and lost on others, so the accounts of the firm"
        " do not show it."
    ),
    hints=[
        "Which column says what is left of a customer after the goods and the service?",
        "Keep the customers in whom that column is below zero, and add it up.",
        (
            'profit_2024.loc[profit_2024["net_profit"] < 0, "net_profit"].sum() is negative; the question wants it'
            " without its sign."
        ),
    ],
)
def taken_back(profit_2024):
    return -profit_2024.loc[profit_2024["net_profit"] < 0, "net_profit"].sum()


@taken_back.in_lesson("the year 2025", asks="the year 2024")
def taken_back_in_2025(profit):
    return {"profit_2024": profit}



@taken_back.mistake("You counted customers. The question is about money.")
def heads(profit_2024):
    return int((profit_2024["net_profit"] < 0).sum())


@taken_back.mistake(
    "That is all it costs to serve them. They also bring gross profit, which covers part of it: what is lost is the"
    " rest."
)
def cost_of_losers(profit_2024):
    return profit_2024.loc[profit_2024["net_profit"] < 0, "cost_to_serve"].sum()


@taken_back.mistake(
    "You looked at gross profit. Most customers who lose money have a gross profit above zero: it is the service that"
    " costs more."
)
def gross_only(profit_2024):
    return -profit_2024.loc[profit_2024["gross_profit"] < 0, "gross_profit"].sum()


@taken_back.mistake("You added up all customers. Take only those whose net profit is below zero.")
def everybody(profit_2024):
    return profit_2024["net_profit"].sum()


@taken_back.mistake("That is what the others earn: the height of the peak. The question is what is lost again.")
def the_peak(profit_2024):
    return profit_2024["net_profit"].clip(lower=0).sum()


@taken_back.mistake("That is a share of what the others earn. The question asks how much, in yuan.")
def as_a_share(profit_2024):
    net = profit_2024["net_profit"]
    return -net.clip(upper=0).sum() / net.clip(lower=0).sum()


@exercise(
    "2.3.2",
    why=(
        "A share of totals answers what the firm keeps. The mean of the customers' shares answers another question, in"
        " which each counts alike."
    ),
    hints=[
        "Take the hundred with the largest monetary first. Then think which two totals to divide.",
        "All their cost to serve, divided by all their gross profit: add up first, divide afterwards.",
        'biggest = profit_2024.nlargest(100, "monetary"); then divide the sum of one column by the sum of another.',
    ],
)
def used_up(profit_2024):
    biggest = profit_2024.nlargest(100, "monetary")
    return biggest["cost_to_serve"].sum() / biggest["gross_profit"].sum()


@used_up.in_lesson("the year 2025", asks="the year 2024")
def used_up_in_2025(profit):
    return {"profit_2024": profit}



@used_up.mistake(
    "You averaged the shares of the customers. Then one with hardly any gross profit counts as much as the biggest: add"
    " up first, divide afterwards."
)
def mean_of_shares(profit_2024):
    biggest = profit_2024.nlargest(100, "monetary")
    return (biggest["cost_to_serve"] / biggest["gross_profit"]).mean()


@used_up.mistake("You divided by sales. Sales pay for the goods first; service is paid out of gross profit.")
def of_sales(profit_2024):
    biggest = profit_2024.nlargest(100, "monetary")
    return biggest["cost_to_serve"].sum() / biggest["monetary"].sum()


@used_up.mistake("You took all customers. The question is about the hundred with the largest sales.")
def of_all(profit_2024):
    return profit_2024["cost_to_serve"].sum() / profit_2024["gross_profit"].sum()


@used_up.mistake(
    "You took the hundred with the largest net profit. They were chosen because service costs them little: rank by sales."
)
def best_by_net(profit_2024):
    best = profit_2024.nlargest(100, "net_profit")
    return best["cost_to_serve"].sum() / best["gross_profit"].sum()


@used_up.mistake("You took the first hundred as they stand in the table. Take those with the largest sales.")
def first_hundred(profit_2024):
    first = profit_2024.head(100)
    return first["cost_to_serve"].sum() / first["gross_profit"].sum()


@exercise(
    "2.3.3",
    why=(
        "It tells where a conversation with these customers would begin. Whether a saved visit saves money is another"
        " question."
    ),
    hints=[
        "Of what total is it a share? Of all costs of those customers, not of all visits.",
        "Choose the rows of costs_2024 in which profit_2024 shows a loss, then add up one column and all columns.",
        (
            'rows = costs_2024[profit_2024["net_profit"] < 0]; one column is rows["representative visit"].sum(),'
            " everything rows.sum().sum()."
        ),
    ],
)
def visit_share(profit_2024, costs_2024):
    rows = costs_2024[profit_2024["net_profit"] < 0]
    return rows["representative visit"].sum() / rows.sum().sum()


@visit_share.in_lesson("the year 2025", asks="the year 2024")
def visit_share_in_2025(profit, costs):
    return {"profit_2024": profit, "costs_2024": costs}



@visit_share.mistake("You took all customers. The question is about those who lose money.")
def of_everybody(costs_2024):
    return costs_2024[VISIT].sum() / costs_2024.sum().sum()


@visit_share.mistake(
    "You divided by all visits. That says how many of the visits go to these customers, not how much of their cost is"
    " visits."
)
def of_all_visits(profit_2024, costs_2024):
    return costs_2024.loc[profit_2024["net_profit"] < 0, VISIT].sum() / costs_2024[VISIT].sum()


@visit_share.mistake("You averaged the shares of the customers. Add up first, divide afterwards.")
def averaged(profit_2024, costs_2024):
    rows = costs_2024[profit_2024["net_profit"] < 0]
    return (rows[VISIT] / rows.sum(axis=1)).mean()


@visit_share.mistake("You divided by the cost of all customers. The whole is the cost of those who lose money.")
def of_all_cost(profit_2024, costs_2024):
    return costs_2024.loc[profit_2024["net_profit"] < 0, VISIT].sum() / costs_2024.sum().sum()


@visit_share.mistake("You took those who earn. The question is about net profit below zero.")
def of_earners(profit_2024, costs_2024):
    rows = costs_2024[profit_2024["net_profit"] > 0]
    return rows[VISIT].sum() / rows.sum().sum()


@visit_share.mistake("You counted who was visited. The question is about money: what their visits cost, of all their cost.")
def share_visited(profit_2024, costs_2024):
    return (costs_2024.loc[profit_2024["net_profit"] < 0, VISIT] > 0).mean()


@visit_share.mistake("You divided by their gross profit. The whole is all of their cost.")
def of_their_gross_profit(profit_2024, costs_2024):
    lose = profit_2024["net_profit"] < 0
    return costs_2024.loc[lose, VISIT].sum() / profit_2024.loc[lose, "gross_profit"].sum()


@exercise(
    "2.3.4",
    why=(
        "The same cost for everybody makes small customers look bad, whatever was done for them. Nothing was done for"
        " many of these."
    ),
    hints=[
        "Work out a second net profit for each customer, with the mean cost to serve in place of their own.",
        "Count where the first net profit is above zero and the second below.",
        (
            'profit_2024["gross_profit"] - profit_2024["cost_to_serve"].mean() is the second one; join the two conditions'
            " with &, each in brackets."
        ),
    ],
)
def blamed(profit_2024):
    same_for_all = profit_2024["gross_profit"] - profit_2024["cost_to_serve"].mean()
    return int(((profit_2024["net_profit"] > 0) & (same_for_all < 0)).sum())


@blamed.in_lesson("the year 2025 and a cost spread by sales", asks="the year 2024 and the same cost for everybody")
def blamed_by_sales(n_blamed):
    return n_blamed


@blamed.in_lesson("the year 2025", asks="the year 2024")
def blamed_in_2025(profit):
    return {"profit_2024": profit}



@blamed.mistake(
    "You counted all who seem to lose money. Some of them really do; count only those who earn by activity."
)
def all_that_seem(profit_2024):
    return int((profit_2024["gross_profit"] < profit_2024["cost_to_serve"].mean()).sum())


@blamed.mistake("You counted those who really lose money. The question is about those who earn, and seem to lose.")
def who_really_lose(profit_2024):
    return int((profit_2024["net_profit"] < 0).sum())


@blamed.mistake("You counted everybody whose sign changes. Those who lose and now seem to earn are not asked for.")
def both_ways(profit_2024):
    same_for_all = profit_2024["gross_profit"] - profit_2024["cost_to_serve"].mean()
    return int(((profit_2024["net_profit"] > 0) != (same_for_all > 0)).sum())


@blamed.mistake("You counted those who lose and now seem to earn. The question is the other way round.")
def hidden(profit_2024):
    same_for_all = profit_2024["gross_profit"] - profit_2024["cost_to_serve"].mean()
    return int(((profit_2024["net_profit"] < 0) & (same_for_all > 0)).sum())


@blamed.mistake("You spread the cost by sales, as the lesson did. Here every customer bears the same amount.")
def by_sales(profit_2024):
    share = profit_2024["monetary"] / profit_2024["monetary"].sum()
    seems = profit_2024["gross_profit"] - profit_2024["cost_to_serve"].sum() * share
    return int(((profit_2024["net_profit"] > 0) & (seems < 0)).sum())


@blamed.mistake("You took the mean cost off net profit. Their own service is taken off there already: begin at gross profit.")
def twice_served(profit_2024):
    seems = profit_2024["net_profit"] - profit_2024["cost_to_serve"].mean()
    return int(((profit_2024["net_profit"] > 0) & (seems < 0)).sum())


big_and_unhappy = judgment(
    "2.3.5",
    hints=[
        "Which activities cost most with them, and which of them could they and you do differently?",
        "What part of that cost would stop if they left, and what would stay with the other customers?",
    ],
    weighs=[
        "which activity makes them lose money, and whether they would give it up for a better price or an easier order",
        "what the complaints are about: if they are right, the fault and the cost are ours",
        "that the car and the office stay when they leave, while their gross profit goes",
        "that one bad year may be chance: how were the years before",
    ],
    example=(
        "Keep them for a year and change how we serve them: fewer visits, bundled deliveries, one person who answers"
        " their complaints. First I would read the complaints and look at the years before. I would let them go only if"
        " they refuse and their gross profit is below the cost that really stops."
    ),
)

what_the_hump_is = question(
    "2.3.q1",
    "The whale's back is as high as a third of the profit. What would the firm gain by sending away all customers to"
    " the right of the peak?",
    [
        Option(
            "That third, for their loss would be gone",
            "The rates are full costs. Cars, offices and people stay, and the gross profit of these customers goes.",
        ),
        Option(
            "Nothing, for the total stays the same", "Some cost does stop: fuel, postage, the complaint not handled."
        ),
        Option(
            "It cannot be said before one knows which cost stops",
            "Only cost that stops is saved. Lesson 2.7 counts it.",
            right=True,
        ),
        Option(
            "More than that third, as the good customers get more time",
            "Perhaps they will use it. But the whale does not say so, and first the cost must really stop.",
        ),
    ],
)

who_is_blamed = question(
    "2.3.q2",
    "A firm spreads the cost of visits over its customers by sales. A big customer who is never visited will then look",
    [
        Option(
            "worse than they are",
            "They pay for visits that others get.",
            right=True,
        ),
        Option("better than they are", "That holds for whoever gets more visits than their sales would suggest."),
        Option("as they are, since the total is right", "The total is right. What each customer bears is not."),
        Option("as they are, if their margin is high", "A high margin hides the mistake; it does not undo it."),
    ],
)

zero_cost = question(
    "2.3.q3",
    "In the table of activities a customer has no row for 2025. What is their cost to serve?",
    [
        Option(
            "Missing: leave the customer out of the analysis",
            "Then those who are cheapest to serve vanish, and all others look better than they are on average.",
        ),
        Option(
            "The mean of the others",
            "That charges them for visits and deliveries nobody made.",
        ),
        Option("The same part of sales as with the others", "That is cost spread by sales again."),
        Option("Zero, if all activities are written down", "Nothing was done for them. Check the condition first.", right=True),
    ],
)
