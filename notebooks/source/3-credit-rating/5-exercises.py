"""Exercises of lesson 3.5: does it work?"""

import numpy as np
import pandas as pd

from crmlib import stability, validation
from crmlib.lesson import Option, exercise, judgment, prediction, question

GRADES = ["not rated", "C", "B", "A", "AA", "AAA"]
STATES = ["no default", "defaulted", "in default"]


def example():
    eight = pd.DataFrame(
        {
            "score": [92, 85, 78, 78, 71, 66, 55, 48],
            "has_failed": [False, False, True, False, False, True, False, True],
        },
        index=list("ABCDEFGH"),
    )
    july = pd.DataFrame(
        {
            "grade": pd.Categorical(["C"] * 5 + ["B"] * 3 + ["A"] * 3 + ["AA"] * 2 + ["not rated"] * 3, GRADES, ordered=True),
            "score": [51.0, 40, 58, 35, 55, 62, 64, 68, 71, 77, 74, 81, 92, 80, 45, 60],
            "state": pd.Categorical.from_codes([0, 0, 1, 2, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 2], STATES),
            "sold_amount": [900.0, 700, 500, 0, 300, 800, 650, 400, 2000, 1500, 900, 3000, 2500, 350, 120, 0],
            "lost_amount": [90.0, 0, 60, 0, 0, 0, 110, 0, 0, 80, 0, 0, 0, 0, 30, 0],
        }
    )
    july["margin_amount"] = 0.16 * july["sold_amount"]
    july.loc[3, ["sold_amount", "margin_amount", "lost_amount"]] = [200.0, 32.0, 200.0]
    of_lesson = july.iloc[[0, 1, 2, 4, 5, 6, 8, 9, 10, 11, 13]].assign(state=lambda year: year["state"].shift(1).fillna("no default"))
    tested = of_lesson[of_lesson["grade"] != "not rated"].assign(is_bad=lambda year: year["state"] == "defaulted")
    before = pd.Series(pd.Categorical(["not rated"] * 4 + ["C"] * 2 + ["B"] * 3 + ["A"] * 5, GRADES, ordered=True))
    after = pd.Series(pd.Categorical(["not rated"] * 2 + ["C"] * 6 + ["B"] * 2 + ["A"] * 4, GRADES, ordered=True))
    return {
        "eight": eight,
        "tested": tested,
        "year": of_lesson,
        "margin_rate": 0.16,
        "july": july,
        "grades_before": before,
        "grades_after": after,
        "rated": july.iloc[2:13][["grade"]],
        "rated_2024": july[["grade"]],
    }


def _kept(july):
    return july[(july["grade"] != "not rated") & (july["state"] != "in default")]


# --- inside the lesson ---


@exercise(
    "3.5.a",
    why="Each pair is a question: which of the two failed? A coin is right in half of them.",
    hints=[
        "Three failed: C, F and H. Five paid. So there are 3 times 5 pairs; go through those who failed, one by one.",
        "F has 66. Of those who paid, A, B, D and E have more, G has less: 4 pairs are right. C and D are a tie: half a pair.",
        "C: 2 and a half, F: 4, H: 5. Add them up, and divide by 15.",
    ],
)
def auc_of_eight(eight):
    failed = eight.loc[eight["has_failed"], "score"].to_numpy()[:, None]
    paid = eight.loc[~eight["has_failed"], "score"].to_numpy()[None, :]
    counts = (failed < paid) + 0.5 * (failed == paid)
    return counts.mean()


@auc_of_eight.mistake("You counted the tie of C and D as wrong. A tie says nothing: it counts half.")
def tie_as_wrong(eight):
    failed, paid = _scores(eight)
    return (failed < paid).mean()


@auc_of_eight.mistake("You counted the tie of C and D as right. A tie says nothing: it counts half.")
def tie_as_right(eight):
    failed, paid = _scores(eight)
    return (failed <= paid).mean()


@auc_of_eight.mistake("You left out the pair C and D. It is a pair as well, and counts half.")
def tie_left_out(eight):
    failed, paid = _scores(eight)
    return (failed < paid).sum() / (failed != paid).sum()


@auc_of_eight.mistake("That is how many pairs are right. Which part of all pairs is that?")
def number_of_pairs(eight):
    failed, paid = _scores(eight)
    return ((failed < paid) + 0.5 * (failed == paid)).sum()


@auc_of_eight.mistake("That is the number of pairs. How many of them are right?")
def all_pairs(eight):
    return eight["has_failed"].sum() * (~eight["has_failed"]).sum()


@auc_of_eight.mistake("You divided by all pairs of eight customers. A pair is one who failed and one who paid.")
def over_all_pairs(eight):
    return number_of_pairs(eight) / (len(eight) * (len(eight) - 1) / 2)


@auc_of_eight.mistake("You divided by eight times eight. A pair is one who failed and one who paid.")
def over_squares(eight):
    return number_of_pairs(eight) / len(eight) ** 2


@auc_of_eight.mistake("You divided by eight times seven. A pair is one who failed and one who paid.")
def over_ordered_pairs(eight):
    return number_of_pairs(eight) / (len(eight) * (len(eight) - 1))


@auc_of_eight.mistake("That is Gini, 2 x AUC - 1. The share of the pairs is asked for.")
def gini(eight):
    failed, paid = _scores(eight)
    return 2 * ((failed < paid) + 0.5 * (failed == paid)).mean() - 1


@auc_of_eight.mistake("That is how often one is right who refuses the lowest three. No line is asked for: compare pairs.")
def accuracy(eight):
    is_lowest = eight["score"].rank() <= eight["has_failed"].sum()
    return (is_lowest == eight["has_failed"]).mean()


@auc_of_eight.mistake("That is the part of those who failed among the lowest three. No line is asked for: compare pairs.")
def caught_of_three(eight):
    is_lowest = eight["score"].rank() <= eight["has_failed"].sum()
    return eight.loc[is_lowest, "has_failed"].mean()


@auc_of_eight.mistake("That is the part of the customers who failed. Compare each of them with each of those who paid.")
def base_rate(eight):
    return eight["has_failed"].mean()


@auc_of_eight.mistake("That compares mean scores. How far apart they lie does not count here, only which is lower, pair by pair.")
def mean_gap(eight):
    failed, paid = _scores(eight)
    return paid.mean() - failed.mean()


def _scores(eight):
    failed, paid = (eight.loc[eight["has_failed"] == one, "score"].to_numpy() for one in (True, False))
    return failed[:, None], paid[None, :]


@prediction(
    "3.5.b",
    near=0.08,
    why="Look at the middle, and then at the ends of the interval: how many of the guesses in your class does it hold?",
    hints=[
        "A coin has 0.5, a card that is never wrong has 1. Twenty indicators were chosen with care.",
        "Ability and will change within a year, and some firms fail without a warning.",
    ],
)
def auc_of_the_card(tested):
    return validation.auc_interval(tested["score"], tested["is_bad"]).auc


# --- at its end ---


@exercise(
    "3.5.1",
    why="Another half-year, another number. Is it inside the interval of the lesson? Much of the year is the same, so it must not be far.",
    hints=[
        "Who belongs to the test? Those with a grade, and not in default on the day. Choose the rows first.",
        'is_bad is kept["state"] == "defaulted"; the score is safer the higher it is.',
        'kept = july[(july["grade"] != "not rated") & (july["state"] != "in default")], then validation.auc_interval(kept["score"], ...).auc',
    ],
)
def auc_of_july(july):
    kept = july[(july["grade"] != "not rated") & (july["state"] != "in default")]
    return validation.auc_interval(kept["score"], kept["state"] == "defaulted").auc


@auc_of_july.in_lesson("1 January 2025", asks="1 July 2024")
def january(year, margin_rate):
    return {"july": year.assign(margin_amount=margin_rate * year["sold_amount"])}


@auc_of_july.mistake("You kept those in default on the day, and counted them as good. Nothing is left to predict of them: take them out.")
def in_default_as_good(july):
    rated = july[july["grade"] != "not rated"]
    return validation.auc_interval(rated["score"], rated["state"] == "defaulted").auc


@auc_of_july.mistake("You counted those in default on the day as predicted. The ledger said so already: take them out.")
def in_default_as_bad(july):
    rated = july[july["grade"] != "not rated"]
    return validation.auc_interval(rated["score"], rated["state"] != "no default").auc


@auc_of_july.mistake("You kept those not rated. The card gave them no grade, so it cannot be tested on them.")
def with_not_rated(july):
    kept = july[july["state"] != "in default"].dropna(subset="score")
    return validation.auc_interval(kept["score"], kept["state"] == "defaulted").auc


@auc_of_july.mistake("You left out nobody. Those not rated, and those in default on the day, are counted apart.")
def nobody_left_out(july):
    known = july.dropna(subset="score")
    return validation.auc_interval(known["score"], known["state"] == "defaulted").auc


@auc_of_july.mistake("You left out nobody, and took all who are in default for predicted. Choose the rows first.")
def all_not_good(july):
    known = july.dropna(subset="score")
    return validation.auc_interval(known["score"], known["state"] != "no default").auc


@auc_of_july.mistake("That is the AUC of the grades. Within a grade all are a tie; take the scores.")
def of_grades(july):
    kept = _kept(july)
    return validation.auc_interval(kept["grade"].cat.codes.astype(float), kept["state"] == "defaulted").auc


@auc_of_july.mistake("That is Gini. AUC is the field .auc.")
def gini_of_july(july):
    kept = _kept(july)
    return validation.auc_interval(kept["score"], kept["state"] == "defaulted").gini


@auc_of_july.mistake("That is the lower end of the interval. AUC itself is the field .auc.")
def lower_end(july):
    kept = _kept(july)
    return validation.auc_interval(kept["score"], kept["state"] == "defaulted").low


@auc_of_july.mistake("That is the upper end of the interval. AUC itself is the field .auc.")
def upper_end(july):
    kept = _kept(july)
    return validation.auc_interval(kept["score"], kept["state"] == "defaulted").high


@auc_of_july.mistake("That is KS: one line, the best one. AUC looks at all pairs.")
def ks(july):
    kept = _kept(july)
    return validation.ks_statistic(kept["score"], kept["state"] == "defaulted").ks


@auc_of_july.mistake("That is the score at which KS lies. Asked is the share of the pairs in the right order.")
def cut_of_ks(july):
    kept = _kept(july)
    return validation.ks_statistic(kept["score"], kept["state"] == "defaulted").at


@auc_of_july.mistake("That is the share of those who defaulted. It says how many there are, not whether the card knew which.")
def share_defaulted(july):
    return (_kept(july)["state"] == "defaulted").mean()


@auc_of_july.mistake("That is how often the line of C is right. AUC needs no line: give the scores to auc_interval.")
def accuracy_of_c(july):
    kept = _kept(july)
    return ((kept["grade"] == "C") == (kept["state"] == "defaulted")).mean()


@exercise(
    "3.5.2",
    why="Judged by accuracy one should refuse nobody; and yet the rule catches most of the defaults. Accuracy counts both mistakes alike. In money they are not alike.",
    hints=[
        "Two rules, and how often each is right: “C, B and A will default, nobody else”, and “nobody will default”.",
        "A rule is right where what it says and what came are the same: (says == came).mean().",
        'is_refused = kept["grade"].isin(["A", "B", "C"]); then (is_refused == is_bad).mean() - (~is_bad).mean()',
    ],
)
def gain_in_accuracy(july):
    kept = july[(july["grade"] != "not rated") & (july["state"] != "in default")]
    is_refused, is_bad = kept["grade"].isin(["A", "B", "C"]), kept["state"] == "defaulted"
    return (is_refused == is_bad).mean() - (~is_bad).mean()


@gain_in_accuracy.in_lesson("1 January 2025", asks="1 July 2024")
def january_again(year):
    return {"july": year}


@gain_in_accuracy.mistake("That is how often the rule is right. Take away how often “nobody will default” is right.")
def of_the_rule(july):
    kept = _kept(july)
    return (kept["grade"].isin(["A", "B", "C"]) == (kept["state"] == "defaulted")).mean()


@gain_in_accuracy.mistake("That is how often “nobody will default” is right. How much more often is the rule?")
def of_all_good(july):
    return (_kept(july)["state"] != "defaulted").mean()


@gain_in_accuracy.mistake("You took C alone. The rule refuses B and A as well.")
def c_alone(july):
    kept = _kept(july)
    is_bad = kept["state"] == "defaulted"
    return ((kept["grade"] == "C") == is_bad).mean() - (~is_bad).mean()


@gain_in_accuracy.mistake("You took C and B. The rule refuses A as well.")
def c_and_b(july):
    kept = _kept(july)
    is_bad = kept["state"] == "defaulted"
    return (kept["grade"].isin(["B", "C"]) == is_bad).mean() - (~is_bad).mean()


@gain_in_accuracy.mistake("You divided the difference by one of the shares. Asked is the difference itself.")
def relative(july):
    kept = _kept(july)
    is_bad = kept["state"] == "defaulted"
    return (kept["grade"].isin(["A", "B", "C"]) == is_bad).mean() / (~is_bad).mean() - 1


@gain_in_accuracy.mistake("You divided one share by the other. Asked is their difference.")
def quotient(july):
    kept = _kept(july)
    is_bad = kept["state"] == "defaulted"
    return (kept["grade"].isin(["A", "B", "C"]) == is_bad).mean() / (~is_bad).mean()


@gain_in_accuracy.mistake("That is the share of the defaults that the rule catches: a better question, but another. Count how often it is right.")
def share_caught(july):
    kept = _kept(july)
    return kept.loc[kept["state"] == "defaulted", "grade"].isin(["A", "B", "C"]).mean()


@gain_in_accuracy.mistake("That is the share of those refused who defaulted. Those not refused count as well: was the rule right about them?")
def share_bad(july):
    kept = _kept(july)
    return (kept.loc[kept["grade"].isin(["A", "B", "C"]), "state"] == "defaulted").mean()


@gain_in_accuracy.mistake("That is the share of the good ones who are refused. Count how often the rule is right, about good and bad.")
def good_refused(july):
    kept = _kept(july)
    return kept.loc[kept["state"] != "defaulted", "grade"].isin(["A", "B", "C"]).mean()


@gain_in_accuracy.mistake("That is a number of customers. Asked is a difference of shares: divide by how many were tested.")
def in_customers(july):
    kept = _kept(july)
    is_bad = kept["state"] == "defaulted"
    return (kept["grade"].isin(["A", "B", "C"]) == is_bad).sum() - (~is_bad).sum()


@gain_in_accuracy.mistake("You compared how many are refused with how many default. Are they the same customers? Compare one by one.")
def refused_less_bad(july):
    kept = _kept(july)
    return kept["grade"].isin(["A", "B", "C"]).mean() - (kept["state"] == "defaulted").mean()


@gain_in_accuracy.mistake("You counted only where refusing was right. Letting a good one buy is right as well.")
def right_by_refusing(july):
    kept = _kept(july)
    return (kept["grade"].isin(["A", "B", "C"]) & (kept["state"] == "defaulted")).mean()


@gain_in_accuracy.mistake("You compared with “all will default”. Compare with “nobody will default”.")
def against_all_bad(july):
    kept = _kept(july)
    is_bad = kept["state"] == "defaulted"
    return (kept["grade"].isin(["A", "B", "C"]) == is_bad).mean() - is_bad.mean()


@gain_in_accuracy.mistake("You left out nobody. Those not rated, and those in default on the day, do not belong to the test.")
def nobody_left_out_again(july):
    is_bad = july["state"] == "defaulted"
    return (july["grade"].isin(["A", "B", "C"]) == is_bad).mean() - (~is_bad).mean()


@gain_in_accuracy.mistake("You counted those in default on the day as predicted. The ledger said so already: take them out.")
def in_default_counted(july):
    rated = july[july["grade"] != "not rated"]
    is_bad = rated["state"] != "no default"
    return (rated["grade"].isin(["A", "B", "C"]) == is_bad).mean() - (~is_bad).mean()


@exercise(
    "3.5.3",
    why="Beside the rule of thumb of 0.1, ask what chance alone gives with as many customers: stability_by_lot.",
    hints=[
        "Take out those not rated first. Then it is about shares: how many of a hundred have each grade, then and now?",
        "For each grade (share after - share before) x log(share after / share before), with the natural logarithm; add them up.",
        'stability.stability_index(a, b).index, with a = grades_before[grades_before != "not rated"], and b in the same way.',
    ],
)
def index_of_grades(grades_before, grades_after):
    before = grades_before[grades_before != "not rated"]
    after = grades_after[grades_after != "not rated"]
    return stability.stability_index(before, after).index


@index_of_grades.in_lesson("1 January 2024 and 2025", asks="1 July 2024 and 2025")
def grades_of_january(rated_2024, rated):
    return {"grades_before": rated_2024["grade"], "grades_after": rated["grade"]}


def _two(grades_before, grades_after):
    before, after = (one[one != "not rated"].astype("str").value_counts() for one in (grades_before, grades_after))
    return before, after.reindex(before.index)


def _two_shares(grades_before, grades_after):
    before, after = _two(grades_before, grades_after)
    return before / before.sum(), after / after.sum()


@index_of_grades.mistake("You left those not rated in as a grade of their own. The question is about those with a grade.")
def not_rated_left_in(grades_before, grades_after):
    return stability.stability_index(grades_before, grades_after).index


@index_of_grades.mistake("You took numbers of customers. There are more of them now; take shares.")
def of_numbers(grades_before, grades_after):
    before, after = _two(grades_before, grades_after)
    return ((after - before) * np.log(after / before)).sum()


@index_of_grades.mistake("You took the logarithm to base ten. The index has the natural one: np.log.")
def base_ten(grades_before, grades_after):
    before, after = _two_shares(grades_before, grades_after)
    return ((after - before) * np.log10(after / before)).sum()


@index_of_grades.mistake("You took the logarithm to base two. The index has the natural one: np.log.")
def base_two(grades_before, grades_after):
    before, after = _two_shares(grades_before, grades_after)
    return ((after - before) * np.log2(after / before)).sum()


@index_of_grades.mistake("You added up differences of shares. The index multiplies each by a logarithm.")
def of_differences(grades_before, grades_after):
    before, after = _two_shares(grades_before, grades_after)
    return (after - before).abs().sum()


@index_of_grades.mistake("You squared the differences. The index multiplies each by the logarithm of the quotient.")
def of_squares(grades_before, grades_after):
    before, after = _two_shares(grades_before, grades_after)
    return ((after - before) ** 2).sum()


@index_of_grades.mistake("The logarithm is missing: (after - before) x log(after / before). Without it you have the sum of a chi-squared test.")
def chi_squared(grades_before, grades_after):
    before, after = _two_shares(grades_before, grades_after)
    return ((after - before) ** 2 / before).sum()


@index_of_grades.mistake("Before the logarithm stands the share after alone. The index has the difference of the shares there.")
def one_way(grades_before, grades_after):
    before, after = _two_shares(grades_before, grades_after)
    return (after * np.log(after / before)).sum()


@index_of_grades.mistake("Before the logarithm stands the share before alone. The index has the difference of the shares there.")
def other_way(grades_before, grades_after):
    before, after = _two_shares(grades_before, grades_after)
    return (before * np.log(before / after)).sum()


@index_of_grades.mistake("You added up logarithms alone. Multiply each by the difference of the shares.")
def logarithms(grades_before, grades_after):
    before, after = _two_shares(grades_before, grades_after)
    return np.log(after / before).sum()


@index_of_grades.mistake("That is the grade that adds most. Add up all grades.")
def largest_bin(grades_before, grades_after):
    before, after = _two_shares(grades_before, grades_after)
    return ((after - before) * np.log(after / before)).max()


@index_of_grades.mistake("Your shares are of all customers, those not rated among them. Leave them out before you divide.")
def shares_of_all(grades_before, grades_after):
    before, after = _two(grades_before, grades_after)
    before, after = before / len(grades_before), after / len(grades_after)
    return ((after - before) * np.log(after / before)).sum()


@exercise(
    "3.5.4",
    why="Set it beside the interval of the lesson. One year says little; the share that stays says more, and nobody has measured it.",
    hints=[
        "Choose the customers: B and C. On credit they bring margin less what was lost.",
        "Paying first brings six tenths of the margin, and no losses. The difference is asked for.",
        '0.6 * asked["margin_amount"].sum() - (asked["margin_amount"] - asked["lost_amount"]).sum()',
    ],
)
def gain_of_cash(july):
    asked = july[july["grade"].isin(["B", "C"])]
    on_credit = (asked["margin_amount"] - asked["lost_amount"]).sum()
    return 0.6 * asked["margin_amount"].sum() - on_credit


@gain_of_cash.in_lesson("1 January 2025", asks="1 July 2024")
def january_in_money(year, margin_rate):
    return {"july": year.assign(margin_amount=margin_rate * year["sold_amount"])}


def _asked(july):
    return july[july["grade"].isin(["B", "C"])]


def _sums(asked):
    return asked["margin_amount"].sum(), asked["lost_amount"].sum()


@gain_of_cash.mistake("You let all of them leave. Six tenths of the sales stay, and bring their margin.")
def all_leave(july):
    margin, lost = _sums(_asked(july))
    return lost - margin


@gain_of_cash.mistake("You let all of them stay. Four tenths of the margin go with those who leave.")
def nobody_leaves(july):
    return _asked(july)["lost_amount"].sum()


@gain_of_cash.mistake("That is what paying first brings. Take away what credit brought.")
def of_cash(july):
    return 0.6 * _asked(july)["margin_amount"].sum()


@gain_of_cash.mistake("That is what credit brought. How much more does paying first bring?")
def of_credit(july):
    margin, lost = _sums(_asked(july))
    return margin - lost


@gain_of_cash.mistake("You took six tenths of the profit. Who pays first causes no losses: take six tenths of the margin alone.")
def part_of_profit(july):
    margin, lost = _sums(_asked(july))
    return 0.6 * (margin - lost)


@gain_of_cash.mistake("You forgot the losses: on credit not all was paid.")
def losses_forgotten(july):
    return -0.4 * _asked(july)["margin_amount"].sum()


@gain_of_cash.mistake("You forgot what credit brought: the margin of all that they bought.")
def credit_forgotten(july):
    margin, lost = _sums(_asked(july))
    return 0.6 * margin + lost


@gain_of_cash.mistake("You took losses from paying first. They belong to credit; take away what credit brought.")
def losses_at_cash(july):
    margin, lost = _sums(_asked(july))
    return 0.6 * margin - lost


@gain_of_cash.mistake("You took six tenths of the sales as profit. Of a sale we earn the margin alone.")
def sales_for_margin(july):
    margin, lost = _sums(_asked(july))
    return 0.6 * _asked(july)["sold_amount"].sum() - (margin - lost)


@gain_of_cash.mistake("You asked C alone. B is asked as well.")
def only_c(july):
    margin, lost = _sums(july[july["grade"] == "C"])
    return 0.6 * margin - (margin - lost)


@gain_of_cash.mistake("You asked all customers to pay first. Choose B and C.")
def all_pay_first(july):
    margin, lost = _sums(july[july["grade"] != "not rated"])
    return 0.6 * margin - (margin - lost)


@gain_of_cash.mistake("You let one half stay, as in the lesson. Here six tenths stay.")
def one_half(july):
    margin, lost = _sums(_asked(july))
    return 0.5 * margin - (margin - lost)


@gain_of_cash.mistake("You asked those not rated as well. The plan is about B and C.")
def not_rated_too(july):
    margin, lost = _sums(july[july["grade"].isin(["not rated", "B", "C"])])
    return 0.6 * margin - (margin - lost)


@gain_of_cash.mistake("You divided by the margin. An amount in yuan is asked for.")
def as_a_share(july):
    margin, lost = _sums(_asked(july))
    return (0.6 * margin - (margin - lost)) / margin


@gain_of_cash.mistake("That is the share that must stay. Here it is given, six tenths: what do we gain in yuan?")
def must_stay(july):
    margin, lost = _sums(_asked(july))
    return (margin - lost) / margin


@gain_of_cash.mistake("You let seven tenths stay, as in lesson 3.1. Here six tenths stay.")
def seven_tenths(july):
    margin, lost = _sums(_asked(july))
    return 0.7 * margin - (margin - lost)


@gain_of_cash.mistake("That is the profit with all customers. By how much does the plan change it?")
def whole_profit(july):
    margin, lost = _sums(_asked(july))
    all_margin, all_lost = _sums(july[july["grade"] != "not rated"])
    return 0.6 * margin - (margin - lost) + all_margin - all_lost


@gain_of_cash.mistake("That is the mean of one customer. Add up.")
def per_customer(july):
    asked = _asked(july)
    return (asked["lost_amount"] - 0.4 * asked["margin_amount"]).mean()


@gain_of_cash.mistake("You took away six tenths of the margin. Six tenths stay; what goes is four tenths.")
def leaving_for_staying(july):
    margin, lost = _sums(_asked(july))
    return lost - 0.6 * margin


@gain_of_cash.mistake("You asked everybody in the list, those not rated among them. Choose B and C.")
def the_whole_list(july):
    margin, lost = _sums(july)
    return 0.6 * margin - (margin - lost)


agency = judgment(
    "3.5.5",
    hints=[
        "What does the interval of the lead hold, and how many defaults stand behind it?",
        "What would twenty indicators have to bring in yuan, beside a list of who is overdue, which costs nothing?",
    ],
    weighs=[
        "how large the lead is, and its interval: does it hold 0?",
        "that “not told apart” is no proof that both are equal: there are few defaults, and more years would say more",
        "that what is lost or gained hangs on the few lines where both rules decide otherwise: count those customers, in yuan",
        "that the card tells why, and who is not overdue yet but close to it; a list of who is overdue comes late, and costs nothing",
        "what the twenty indicators cost: visits, statements, and those who are not rated because one of them is missing",
        "a proposal that can be tested: both rules side by side for a year, decided before one looks, and a number that would change your mind",
    ],
    example=(
        "I would not pay for it yet. The card leads the plain rule, but the interval of the lead holds zero, so we cannot tell whether the"
        " twenty indicators add anything; that is not a proof that they add nothing, for there were few defaults. I propose to write down both"
        " decisions for every customer for a year, and to count in yuan only those about whom they differ. If the card has not saved its cost by"
        " then, we keep the list of who is overdue, which costs nothing."
    ),
)

wide = question(
    "3.5.q1",
    "A card has an AUC of 0.80 (95% interval: 0.62 to 0.98) on 12 defaults. What do you say?",
    [
        Option(
            "It is a good card: 0.80 is above the 0.75 that is usually asked for",
            "The data agree with 0.65 as well. A line at 0.75 cannot be tested with 12 defaults.",
        ),
        Option(
            "It is better than a coin; how good, twelve defaults cannot tell",
            "The interval leaves out 0.5 and little else.",
            right=True,
        ),
        Option(
            "It is worthless: an interval as wide as that says nothing at all",
            "It leaves out 0.5: those who defaulted did have lower scores.",
        ),
        Option(
            "Draw more good customers into the test, until the interval is narrow",
            "The few are the defaults: many more good ones make it hardly narrower.",
        ),
    ],
)

alarm = question(
    "3.5.q2",
    "With 60 customers each year the stability index is 0.15. The manual says: above 0.1, look into it. What do you do first?",
    [
        Option(
            "See how often chance alone gives 0.15 or more with 60 and 60 customers",
            "With so few the index passes 0.1 most of the time even if nothing has changed.",
            right=True,
        ),
        Option(
            "Stop using the card, since it was made for other customers than these",
            "The index says at most that customers differ, not that the card is worse.",
        ),
        Option(
            "Do nothing at all, because only an index above 0.25 means a real change",
            "That line is a rule of thumb as well: chance passes it too if there are few customers.",
        ),
        Option(
            "Use fewer bins until it lies below 0.1",
            "Then you choose the answer. Choose bins before you look.",
        ),
    ],
)

left_out = question(
    "3.5.q3",
    "A colleague tests a card on all customers, and counts those 90 days overdue on the day of the rating as correctly predicted. What happens?",
    [
        Option(
            "Nothing much, since they are in default either way, before and after",
            "They make part of the score themselves, and they lift the AUC.",
        ),
        Option(
            "The AUC gets lower, for such customers are harder to judge",
            "They are the easiest: the ledger already shows it.",
        ),
        Option(
            "The interval gets wider, because more customers are in the test",
            "More customers make it narrower, if anything. The trouble lies elsewhere.",
        ),
        Option(
            "The card looks better than it is",
            "It “predicts” what everybody knew. Count them apart.",
            right=True,
        ),
    ],
)
