"""Exercises of lesson 3.6: who set the weights?"""

import numpy as np
import pandas as pd

from crmlib import credit, scorecard
from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    card = scorecard.load_scorecard("default")
    eight = pd.DataFrame(
        {"financial": [95, 30, 62, 45, 88, 20, 70, 55], "not_financial": [92, 78, 90, 88, 55, 64, 70, 52]},
        index=list("ABCDEFGH"),
    )
    random = np.random.default_rng(1)
    two = pd.DataFrame({"financial": random.normal(72, 22, 150), "not_financial": random.normal(68, 20, 150)}).clip(
        0, 100
    )
    parts_july = pd.DataFrame(
        {
            "character": [20.0, 14.0, 11.0, 16.0, 22.0, 9.0],
            "keeping": [42.0, 40.0, 12.0, 33.0, 25.0, 8.0],
            "solvency": [14.0, 6.0, 9.0, 12.0, 3.0, 1.0],
            "operations": [9.0, 8.0, 8.5, 7.0, 9.0, 6.0],
            "earnings": [7.0, 2.0, 4.0, 6.0, 5.0, 0.0],
        },
        index=list("ABCDEF"),
    )
    facts_july = some_facts(card)
    scores = credit.score_customers(facts_july, card, as_of="2024-07-01")
    after = pd.DataFrame(
        {
            "sold_amount": [9000.0, 4200.0, 800.0, 2600.0, 1500.0, 700.0, 3100.0, 1900.0],
            "lost_amount": [0.0, 100.0, 800.0, 0.0, 400.0, 60.0, 0.0, 500.0],
            "grade": ["AAA", "B", "C", "C", "C", "A", "B", "B"],
            "other_grade": ["AA", "C", "C", "B", "B", "C", "A", "C"],
        },
        index=list("ABCDEFGH"),
    )
    now = pd.Series(["A", "B", "C", "AA", "AAA"], index=list("ABCDE"))
    return {
        "eight": eight,
        "now": now,
        "even_now": pd.Series(["A", "C", "C", "A", "AAA"], index=list("ABCDE")),
        "two": two,
        "parts_july": parts_july,
        "facts_july": facts_july,
        "grades_july": credit.assign_grades(scores, card)["grade"].astype("str"),
        "card": card,
        "after": after,
        "margin_rate": 0.16,
    }


def some_facts(card):
    """Made-up facts of ninety customers, a third of them without statements."""
    random = np.random.default_rng(82)
    n = 90
    ability, will = random.random(n), random.random(n)
    facts = pd.DataFrame(
        {
            "years_in_business": 12 * ability,
            "business_size": random.choice(["large", "medium", "small"], n),
            "trade_rank": random.choice(["top 3", "top 10", "other"], n),
            "management": random.choice(["good", "fair", "poor"], n),
            "relation_days": 1200 * will,
            "supplier_rank": random.choice(["main", "secondary", "occasional"], n),
            "good_faith": random.choice(["gives", "reluctant", "refuses"], n),
            "n_staff": 140 * ability,
            "is_staff_stable": random.random(n) < 0.8,
            "litigation": random.choice(["none", "none", "won", "pending"], n),
            "repaid_share": np.minimum(1, 0.55 + 0.7 * will),
            "on_time_share": np.minimum(1, 0.35 + 0.8 * will),
            "n_bad_debts": (random.random(n) < 0.1).astype(int),
            "debt_ratio": 1 - 0.6 * ability,
            "current_ratio": 0.9 + ability,
            "quick_ratio": 0.4 + 0.9 * ability,
            "cash_flow_ratio": 0.3 * ability,
            "receivable_days": 130 - 100 * ability,
            "inventory_turnover": 1 + 6 * ability,
            "revenue_growth": 0.3 * ability - 0.12,
            "gross_margin": 0.25 * ability,
            "net_margin": 0.07 * ability,
            "is_halted": False,
            "is_sued_by_supplier": random.random(n) < 0.05,
            "is_export": False,
        },
        index=[f"C{place:02d}" for place in range(n)],
    ).reindex(columns=card.fact_names)
    from_statements = ["debt_ratio", "current_ratio", "quick_ratio", "cash_flow_ratio", "receivable_days"]
    from_statements += ["inventory_turnover", "revenue_growth", "gross_margin", "net_margin"]
    facts.loc[random.random(n) < 0.35, from_statements] = None
    return facts


# --- inside the lesson ---


@exercise(
    "3.6.a",
    why="With 30 and 70 it was an A, with 50 and 50 it is a B. D did nothing at all in between.",
    hints=[
        "Each class score counts with its weight, as a fraction: 50 of 100 points are 0.5.",
        "Half of the financial score, and half of the other.",
        "0.5 times 45, and 0.5 times 88, added.",
    ],
)
def score_of_d(eight):
    d = eight.loc["D"]
    return 0.5 * d["financial"] + 0.5 * d["not_financial"]


@score_of_d.mistake("Those are the weights of the card, 30 and 70. Asked is the score with 50 and 50.")
def old_weights(eight):
    return 0.3 * eight.loc["D", "financial"] + 0.7 * eight.loc["D", "not_financial"]


@score_of_d.mistake("You gave 70 to the financial score and 30 to the other. Both get 50.")
def weights_swapped(eight):
    return 0.7 * eight.loc["D", "financial"] + 0.3 * eight.loc["D", "not_financial"]


@score_of_d.mistake("You added the two class scores. Each counts for one half only: the score ends at 100, not at 200.")
def added_up(eight):
    return eight.loc["D"].sum()


@score_of_d.mistake("You took the weights as whole numbers. 50 points of 100 are one half.")
def weights_as_points(eight):
    return 50 * eight.loc["D", "financial"] + 50 * eight.loc["D", "not_financial"]


@score_of_d.mistake("That is one half of the sum, and one half is missing: weigh both class scores, then add.")
def half_of_financial(eight):
    return 0.5 * eight.loc["D", "financial"]


@score_of_d.mistake("That is the part of one class. The financial score of D counts as well, with one half.")
def half_of_other(eight):
    return 0.5 * eight.loc["D", "not_financial"]


@score_of_d.mistake("Your weights add up to 120. What financial gains the other class must give: 50 and 50.")
def not_a_hundred(eight):
    return 0.5 * eight.loc["D", "financial"] + 0.7 * eight.loc["D", "not_financial"]


@score_of_d.mistake(
    "You added 20 to the score. The 20 points go to the weight of the financial class, and D got only 45 % of that."
)
def twenty_added(eight):
    return 0.3 * eight.loc["D", "financial"] + 0.7 * eight.loc["D", "not_financial"] + 20


@score_of_d.mistake("That is customer C. D stands one row below.")
def row_above(eight):
    return 0.5 * eight.loc["C"].sum()


@score_of_d.mistake("That is customer E. D stands one row above.")
def row_below(eight):
    return 0.5 * eight.loc["E"].sum()


@score_of_d.mistake("You moved 10 points, to 40 and 60. Asked is 50 and 50.")
def forty_sixty(eight):
    return 0.4 * eight.loc["D", "financial"] + 0.6 * eight.loc["D", "not_financial"]


@score_of_d.mistake("You multiplied the two and took the root. A scorecard adds: each class score times its weight.")
def geometric(eight):
    return (eight.loc["D", "financial"] * eight.loc["D", "not_financial"]) ** 0.5


@score_of_d.mistake("That is the mean of all eight. Asked is D alone.")
def of_all(eight):
    return (0.5 * eight["financial"] + 0.5 * eight["not_financial"]).mean()


@score_of_d.mistake("0.2 is the weight of one class of five. Here there are two classes of 50 points.")
def fifths(eight):
    return 0.2 * eight.loc["D"].sum()


@prediction(
    "3.6.b",
    near=0.1,
    why="Look at the column over 50, and at the one over 30: why is it empty?",
    hints=[
        "Half of the customers stand less than 3 points from a line. How far does a score move if 20 points change sides?",
        "Who has nearly the same share of both classes does not move at all.",
    ],
)
def share_changed(now, even_now):
    return (now != even_now).mean()


# --- at its end ---


@exercise(
    "3.6.1",
    why="Compare it with the card's own weights on the same customers: fewer or more below the line? Nobody has changed but the weights.",
    hints=[
        "One score for each customer first, from both columns; then compare it with 70.",
        "60 of 100 points are 0.6, 40 are 0.4.",
        'score = 0.6 * two["financial"] + 0.4 * two["not_financial"]; the mean of score < 70 is the share.',
    ],
)
def share_below(two):
    score = 0.6 * two["financial"] + 0.4 * two["not_financial"]
    return (score < 70).mean()


@share_below.mistake("You gave 40 to the financial score and 60 to the other. The bank does it the other way round.")
def bank_swapped(two):
    return (0.4 * two["financial"] + 0.6 * two["not_financial"] < 70).mean()


@share_below.mistake("Those are the weights of the card, 30 and 70. The bank has 60 and 40.")
def card_weights(two):
    return (0.3 * two["financial"] + 0.7 * two["not_financial"] < 70).mean()


@share_below.mistake("You weighed 50 and 50, as in the lesson. The bank has 60 and 40.")
def even_weights(two):
    return (0.5 * two["financial"] + 0.5 * two["not_financial"] < 70).mean()


@share_below.mistake("You looked at the financial score alone. The other one counts 40 points.")
def financial_alone(two):
    return (two["financial"] < 70).mean()


@share_below.mistake("You looked at the other score alone. The financial one counts 60 points.")
def other_alone(two):
    return (two["not_financial"] < 70).mean()


@share_below.mistake(
    "You asked for both below 70. A good class can make up for a bad one: add them up first, then compare."
)
def below_in_both(two):
    return ((two["financial"] < 70) & (two["not_financial"] < 70)).mean()


@share_below.mistake(
    "You asked for one of them below 70. A good class can make up for a bad one: add them up first, then compare."
)
def below_in_either(two):
    return ((two["financial"] < 70) | (two["not_financial"] < 70)).mean()


@share_below.mistake("You weighed the two shares. Weigh the scores of each customer first, then count.")
def weighed_shares(two):
    return 0.6 * (two["financial"] < 70).mean() + 0.4 * (two["not_financial"] < 70).mean()


@share_below.mistake("You counted those below 60, a C. Asked are all who get no A: below 70.")
def below_sixty(two):
    return (0.6 * two["financial"] + 0.4 * two["not_financial"] < 60).mean()


@share_below.mistake("You counted those below 50. Asked are all who get no A: below 70.")
def below_fifty(two):
    return (0.6 * two["financial"] + 0.4 * two["not_financial"] < 50).mean()


@share_below.mistake("Your weights add up to 130. 60 for the one leaves 40 for the other.")
def more_than_a_hundred(two):
    return (0.6 * two["financial"] + 0.7 * two["not_financial"] < 70).mean()


@share_below.mistake("You left the other score out: everybody lacks its 40 points. Add 0.4 times the other score.")
def one_part(two):
    return (0.6 * two["financial"] < 70).mean()


@share_below.mistake("That is the mean score. Compare the score of each customer with 70, then take the share.")
def mean_score(two):
    return (0.6 * two["financial"] + 0.4 * two["not_financial"]).mean()


@share_below.mistake("You rounded the scores first. Nothing is rounded before the line: 69.9 is below 70.")
def rounded_first(two):
    return ((0.6 * two["financial"] + 0.4 * two["not_financial"]).round(-1) < 70).mean()


@exercise(
    "3.6.2",
    why="Set it beside the 28 points. A class in which customers hardly differ, or differ otherwise than in the rest, decides little.",
    hints=[
        "The score of each customer first: the sum of the row.",
        "The part of a class in the variance is its covariance with the score, over the variance of the score.",
        'score = parts_july.sum(axis=1); then parts_july["character"].cov(score) / score.var().',
    ],
)
def share_of_character(parts_july):
    score = parts_july.sum(axis=1)
    return parts_july["character"].cov(score) / score.var()


@share_of_character.in_lesson("1 January 2025", asks="1 July 2024")
def parts_of_january(parts):
    return {"parts_july": parts}


@share_of_character.mistake(
    "You took the variance of the class alone. It goes up and down with the other classes too: take its covariance with the score."
)
def own_variance(parts_july):
    return parts_july["character"].var() / parts_july.sum(axis=1).var()


@share_of_character.mistake(
    "The variances of the classes do not add up to that of the score, for the classes go together. Take the covariance with the score."
)
def of_the_variances(parts_july):
    return parts_july["character"].var() / parts_july.var().sum()


@share_of_character.mistake(
    "You divided standard deviations. They do not add up over the classes; covariances with the score do."
)
def deviations(parts_july):
    return parts_july["character"].std() / parts_july.sum(axis=1).std()


@share_of_character.mistake(
    "You divided by the sum of the standard deviations. They do not add up; covariances with the score do."
)
def of_the_deviations(parts_july):
    return parts_july["character"].std() / parts_july.std().sum()


@share_of_character.mistake(
    "That is the correlation with the score: how straight the line is, not how much of the variance is from the class."
)
def correlation(parts_july):
    return parts_july["character"].corr(parts_july.sum(axis=1))


@share_of_character.mistake(
    "You squared the correlation. For the five classes these squares do not add up to 1; covariances over the variance do."
)
def squared_correlation(parts_july):
    return parts_july["character"].corr(parts_july.sum(axis=1)) ** 2


@share_of_character.mistake(
    "That is the share of the points on the card. Asked is what it decides, in these customers."
)
def nominal(parts_july):
    return 28 / 100


@share_of_character.mistake(
    "That is the share of the points that were got. What all get alike decides nothing: take variances, not sums."
)
def points_got(parts_july):
    return parts_july["character"].sum() / parts_july.sum().sum()


@share_of_character.mistake("You did not divide by the variance of the score.")
def not_divided(parts_july):
    return parts_july["character"].cov(parts_july.sum(axis=1))


@share_of_character.mistake(
    "You divided by the standard deviation of the score. Covariance and variance have the same unit: divide by the variance."
)
def over_deviation(parts_july):
    score = parts_july.sum(axis=1)
    return parts_july["character"].cov(score) / score.std()


@share_of_character.mistake("You divided by the variance of the class. The whole is the variance of the score.")
def over_own_variance(parts_july):
    return parts_july["character"].cov(parts_july.sum(axis=1)) / parts_july["character"].var()


@share_of_character.mistake(
    "You left character out of the score it goes with. The score is the sum of all five classes."
)
def with_the_rest(parts_july):
    score = parts_july.sum(axis=1)
    return parts_july["character"].cov(score - parts_july["character"]) / score.var()


@share_of_character.mistake("That is keeping of payments. Asked is character.")
def of_keeping(parts_july):
    score = parts_july.sum(axis=1)
    return parts_july["keeping"].cov(score) / score.var()


@share_of_character.mistake("Those are the three financial classes together. Asked is character.")
def all_financial(parts_july):
    score = parts_july.sum(axis=1)
    return parts_july[["solvency", "operations", "earnings"]].sum(axis=1).cov(score) / score.var()


@share_of_character.mistake("That would be one class of five if all decided alike. How much do customers differ in it?")
def one_of_five(parts_july):
    return 1 / 5


@exercise(
    "3.6.3",
    why="And some lost their grade altogether, for 70 of the points must be known: more weight on statements asks for statements.",
    hints=[
        "reweigh wants the points of both classes: the one that gives, and the one that takes.",
        "Character goes from 28 to 19, solvency from 14 to 23. Then score_customers and assign_grades with the new card.",
        'other = credit.assign_grades(...)["grade"].astype("str"); compare it with grades_july where neither is "not rated".',
    ],
)
def n_other_grade(facts_july, grades_july, card):
    mine = scorecard.reweigh(card, {"character": 19, "solvency": 23})
    scores = credit.score_customers(facts_july, mine, as_of="2024-07-01")
    other = credit.assign_grades(scores, mine)["grade"].astype("str")
    is_both = (grades_july != "not rated") & (other != "not rated")
    return (grades_july != other)[is_both].sum()


def moved(facts_july, grades_july, card, points, *, by_score=False):
    """Old and new grades of those whom both cards rate."""
    mine = scorecard.reweigh(card, points)
    scores = credit.score_customers(facts_july, mine, as_of="2024-07-01")
    other = credit.assign_grades(scores["score"] if by_score else scores, mine)
    other = (other if by_score else other["grade"]).astype("str")
    is_both = (grades_july != "not rated") & (other != "not rated")
    return grades_july[is_both], other[is_both]


@n_other_grade.mistake(
    "You counted those whom the new card does not rate any more. Asked are the customers whom both cards rate."
)
def not_rated_counted(facts_july, grades_july, card):
    mine = scorecard.reweigh(card, {"character": 19, "solvency": 23})
    scores = credit.score_customers(facts_july, mine, as_of="2024-07-01")
    other = credit.assign_grades(scores, mine)["grade"].astype("str")
    return (grades_july != other).sum()


@n_other_grade.mistake(
    "You moved other points. Nine go from character, 28 to 19, to solvency, 14 to 23; keeping of payments stays at 42."
)
def other_move(facts_july, grades_july, card):
    old, new = moved(facts_july, grades_july, card, {"solvency": 23, "keeping": 33})
    return (old != new).sum()


@n_other_grade.mistake("You let all other classes pay for the nine points. Here character alone pays.")
def from_all(facts_july, grades_july, card):
    old, new = moved(facts_july, grades_july, card, scorecard.rebalance(card, {"solvency": 23}))
    return (old != new).sum()


@n_other_grade.mistake("You gave the points to operations. They go to solvency, the ability to pay debts.")
def to_operations(facts_july, grades_july, card):
    old, new = moved(facts_july, grades_july, card, {"operations": 18, "character": 19})
    return (old != new).sum()


@n_other_grade.mistake("You gave the points to earnings. They go to solvency, the ability to pay debts.")
def to_earnings(facts_july, grades_july, card):
    old, new = moved(facts_july, grades_july, card, {"earnings": 16, "character": 19})
    return (old != new).sum()


@n_other_grade.mistake(
    "You graded the scores alone. Give assign_grades the whole table: vetoes, caps and coverage stand there."
)
def without_caps(facts_july, grades_july, card):
    old, new = moved(facts_july, grades_july, card, {"solvency": 23, "character": 19}, by_score=True)
    return (old != new).sum()


@n_other_grade.mistake("You counted only those who fall. Those who rise have another grade as well.")
def only_down(facts_july, grades_july, card):
    old, new = moved(facts_july, grades_july, card, {"solvency": 23, "character": 19})
    order = {grade: place for place, grade in enumerate(card.grade_names)}
    return (new.map(order) > old.map(order)).sum()


@n_other_grade.mistake("You counted only those who rise. Those who fall have another grade as well.")
def only_up(facts_july, grades_july, card):
    old, new = moved(facts_july, grades_july, card, {"solvency": 23, "character": 19})
    order = {grade: place for place, grade in enumerate(card.grade_names)}
    return (new.map(order) < old.map(order)).sum()


@n_other_grade.mistake("You counted only moves into C and out of it. Every other grade counts.")
def only_c(facts_july, grades_july, card):
    old, new = moved(facts_july, grades_july, card, {"solvency": 23, "character": 19})
    return ((old == "C") != (new == "C")).sum()


@n_other_grade.mistake(
    "You kept the coverage of the old card. Score the facts anew with your own: the new weights decide who can be rated."
)
def old_coverage(facts_july, grades_july, card):
    scores = credit.score_customers(facts_july, card, as_of="2024-07-01")
    points = scorecard.rebalance(card, {"solvency": 23, "character": 19}).to_frame("mine").T
    return (scorecard.grade_weightings(scores, card, points)["mine"] != grades_july).sum()


@n_other_grade.mistake(
    "You compared how many have each grade. Two who change places leave the numbers alike: compare customer by customer."
)
def net_moves(facts_july, grades_july, card):
    old, new = moved(facts_july, grades_july, card, {"solvency": 23, "character": 19})
    return new.value_counts().sub(old.value_counts(), fill_value=0).abs().sum()


@exercise(
    "3.6.4",
    why="From how many customers is it? Had the one who bought most of them not paid, it would have turned: set it beside the gain in the lesson.",
    hints=[
        "The profit of a customer on credit: the margin of the sales, less what was not paid.",
        "With each way of refusing: add up the profit of those who are *not* refused. Then the difference.",
        'profit = margin_rate * after["sold_amount"] - after["lost_amount"]; profit[after["other_grade"] != "C"].sum() less profit[after["grade"] != "C"].sum().',
    ],
)
def gain_july(after, margin_rate):
    profit = margin_rate * after["sold_amount"] - after["lost_amount"]
    by_other = profit[after["other_grade"] != "C"].sum()
    by_card = profit[after["grade"] != "C"].sum()
    return by_other - by_card


@gain_july.mistake("That is the profit of one way of refusing. Take the difference of the two.")
def by_other_only(after, margin_rate):
    profit = margin_rate * after["sold_amount"] - after["lost_amount"]
    return profit[after["other_grade"] != "C"].sum()


@gain_july.mistake(
    "That is the profit of refusing by the card. How much more is it with 20 points for keeping of payments?"
)
def by_card_only(after, margin_rate):
    profit = margin_rate * after["sold_amount"] - after["lost_amount"]
    return profit[after["grade"] != "C"].sum()


@gain_july.mistake("You compared with refusing nobody. Compare with refusing the C customers of the card.")
def against_all(after, margin_rate):
    profit = margin_rate * after["sold_amount"] - after["lost_amount"]
    return profit[after["other_grade"] != "C"].sum() - profit.sum()


@gain_july.mistake("You counted the margin only. What was not paid must be taken off.")
def margin_only(after, margin_rate):
    margin = margin_rate * after["sold_amount"]
    return margin[after["other_grade"] != "C"].sum() - margin[after["grade"] != "C"].sum()


@gain_july.mistake("You counted only what was not paid. The margin of the sales belongs to it.")
def unpaid_only(after, margin_rate):
    lost = after["lost_amount"]
    return lost[after["grade"] != "C"].sum() - lost[after["other_grade"] != "C"].sum()


@gain_july.mistake("Those are sales. Of a yuan sold only the margin is left.")
def sales(after, margin_rate):
    sold = after["sold_amount"]
    return sold[after["other_grade"] != "C"].sum() - sold[after["grade"] != "C"].sum()


@gain_july.mistake(
    "Those are sales that were paid. The goods had a cost: the margin of all sales, less what was not paid."
)
def paid_sales(after, margin_rate):
    paid = after["sold_amount"] - after["lost_amount"]
    return paid[after["other_grade"] != "C"].sum() - paid[after["grade"] != "C"].sum()


@gain_july.mistake(
    "You took the margin of what was paid. What is not paid costs the whole invoice, not only its margin."
)
def margin_of_paid(after, margin_rate):
    profit = margin_rate * (after["sold_amount"] - after["lost_amount"])
    return profit[after["other_grade"] != "C"].sum() - profit[after["grade"] != "C"].sum()


@gain_july.mistake(
    "You took off only the cost of the unpaid goods. Their margin was counted in and did not come either."
)
def cost_of_unpaid(after, margin_rate):
    profit = margin_rate * after["sold_amount"] - (1 - margin_rate) * after["lost_amount"]
    return profit[after["other_grade"] != "C"].sum() - profit[after["grade"] != "C"].sum()


@gain_july.mistake("You compared means per customer. The two ways deliver to different numbers of customers: add up.")
def per_customer(after, margin_rate):
    profit = margin_rate * after["sold_amount"] - after["lost_amount"]
    return profit[after["other_grade"] != "C"].mean() - profit[after["grade"] != "C"].mean()


@gain_july.mistake("You counted customers. Profit is asked for, in yuan.")
def customers(after, margin_rate):
    return (after["grade"] == "C").sum() - (after["other_grade"] == "C").sum()


@gain_july.mistake("You added only those who are let in. Some are refused anew: take off what they would have brought.")
def let_in_only(after, margin_rate):
    profit = margin_rate * after["sold_amount"] - after["lost_amount"]
    return profit[(after["grade"] == "C") & (after["other_grade"] != "C")].sum()


@gain_july.mistake("You added only those who are refused anew. Others are let in, and those are what is gained.")
def refused_only(after, margin_rate):
    profit = margin_rate * after["sold_amount"] - after["lost_amount"]
    return profit[(after["grade"] != "C") & (after["other_grade"] == "C")].sum()


@gain_july.mistake("You added both groups. Who is let in brings profit, who is refused anew takes it away: subtract.")
def added_both(after, margin_rate):
    profit = margin_rate * after["sold_amount"] - after["lost_amount"]
    return profit[(after["grade"] == "C") != (after["other_grade"] == "C")].sum()


@gain_july.mistake("You put it in relation to the profit by the card. Asked is the difference itself, in yuan.")
def relative(after, margin_rate):
    profit = margin_rate * after["sold_amount"] - after["lost_amount"]
    by_card = profit[after["grade"] != "C"].sum()
    return (profit[after["other_grade"] != "C"].sum() - by_card) / by_card


@gain_july.mistake("You refused the B customers as well. Only C is refused.")
def b_as_well(after, margin_rate):
    profit = margin_rate * after["sold_amount"] - after["lost_amount"]
    refused = ["B", "C"]
    return profit[~after["other_grade"].isin(refused)].sum() - profit[~after["grade"].isin(refused)].sum()


two_lists = judgment(
    "3.6.5",
    hints=[
        "Both lists were made by looking at the names first. What would a fair way look like, and who would do it before seeing them?",
        "What can be measured: which grades are firm, who really defaults, and what a change would bring in money?",
    ],
    weighs=[
        "that neither number has a source that could be checked, and that the card in use has none for its points either",
        "that weights chosen while one looks at the names are favours, not weights: decide first, look at the list afterwards",
        "which customers have the same grade with all three cards; only the others are worth talking about",
        "the defaults of later years, chosen on one year and measured on the next, with an interval; probably it cannot be told",
        "that more weight on statements takes the grade from those who give none",
        "the money: from how many customers is the difference, and what does doing nothing bring",
        "a proposal with a date: keep the card, write down both others, grade in parallel for a year, then look",
    ],
    example=(
        "Neither 40 nor 50 has a source, and the 28 we use has none either, so I would not change the card because of two lists that were written with"
        " the names in view. First I would grade everybody with all three cards and set aside those who have the same grade with each; we only talk about the"
        " rest. Then I would take the defaults of last year to see whether one card is ahead, and check it on this year: with so few defaults the interval will"
        " probably hold 0. I propose to keep the card, to run the other two beside it for a year, and to decide on the first of January by what was lost and"
        " earned; customers who are near the line get a small limit and a visit."
    ),
)

full_marks = question(
    "3.6.q1",
    "A class has 20 of the 100 points, and every customer gets all 20. How much does it decide between them?",
    [
        Option(
            "A fifth, as its points say",
            "Points say what could be got. Between customers who all got it nothing differs.",
        ),
        Option(
            "Nothing", "What everybody has in full tells nobody from anybody: its effective weight is 0.", right=True
        ),
        Option(
            "More than a fifth, for nobody fails in it",
            "It lifts all scores alike, and with fixed lines all grades. But it tells no two customers apart.",
        ),
        Option(
            "It depends on what the other classes say about the same customers",
            "Whatever the others say, here there is no difference that could go with theirs.",
        ),
    ],
)

best_of_many = question(
    "3.6.q2",
    "You try 300 weightings on last year's defaults and take the best. On this year's it is no better than the card. Why?",
    [
        Option(
            "Customers have changed: weights must be chosen anew each year",
            "Perhaps, but the best of 300 looks worse the year after even if nothing has changed at all.",
        ),
        Option(
            "The AUC is the wrong measure for weights that were drawn at random",
            "With any measure the luckiest of many is less lucky the next time.",
        ),
        Option(
            "300 were too few; with 3,000 the best would have stayed ahead",
            "With more tries the best is luckier still on last year, and falls further.",
        ),
        Option(
            "It was the best partly by luck",
            "Of many tries the best is good and lucky. The luck does not come along.",
            right=True,
        ),
    ],
)

lower_lines = question(
    "3.6.q3",
    "A competitor has twice as many AAA customers as you, with lines at 86, 61, 46 and 31. What do you know?",
    [
        Option(
            "That its customers pay better than yours",
            "They may have the same scores as yours. It is the lines that are lower.",
        ),
        Option(
            "That its card gives too many points", "The points may be the same. Only the lines are known to differ."
        ),
        Option(
            "Nothing about its risk, before you know what became of them",
            "A grade is a name for a part of the scale. Compare how many of each failed to pay.",
            right=True,
        ),
        Option(
            "That it gives more credit, and will lose more money than you do on the same customers",
            "That hangs on limits and terms by grade, which you do not know.",
        ),
    ],
)
