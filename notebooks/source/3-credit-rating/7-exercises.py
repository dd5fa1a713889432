"""Exercises of lesson 3.7: points from data."""

import numpy as np
import pandas as pd

from crmlib import validation
from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    counts = pd.DataFrame(
        {"good": [80, 40, 24, 16], "bad": [5, 10, 10, 15]}, index=pd.Index(["never", "a week", "a month", "longer"])
    )
    rated = pd.DataFrame(
        {
            "fitted": [520, 535, 540, 528, 500, 495, 560, 571],
            "is_bad": [True, False, False, True, True, False, False, False],
        }
    )
    loans = pd.DataFrame(
        {
            "term_months": [36] * 14 + [60] * 9,
            "is_bad": [True] * 3 + [False] * 11 + [True] * 4 + [False] * 5,
        }
    )
    next_year = pd.DataFrame(
        {
            "grade": ["A"] * 5 + ["not rated"] * 9,
            "expert": [81.0, 77.0, 74.0, 79.0, 72.0, 60.0, 70.0, 75.0, 90.0, 85.0, 50.0, 88.0, 62.0, 71.0],
            "fitted": [520, 480, 500, 530, 510, 505, 490, 470, 515, 525, 495, 530, 500, 512],
            "is_bad": [False, True, False, False, True, True, False, True, False, False, True, False, True, False],
        }
    )
    applications = pd.DataFrame(
        {
            "is_approved": [True] * 5 + [False] + [True, True, False] + [True, False, False] + [True, False],
            "is_history_clean": [True] * 9 + [False] * 3 + [True] * 2,
            "is_male": pd.array([True, True, False, False, False, True, True, False, False, True, False, True, True, False], dtype="boolean"),
            "is_married": pd.array([True] * 6 + [False] * 3 + [True, False, True] + [None, None], dtype="boolean"),
        }
    )
    chances = pd.Series([0.05, 0.12, 0.30, 0.44, 0.62])
    return {
        "counts": counts,
        "new_rated": rated,
        "loans": loans,
        "chances": chances,
        "next_year": next_year,
        "applications": applications,
        "new_auc": 0.71,
    }


# --- inside the lesson ---


@exercise(
    "3.7.a",
    why="Below 0: a larger share of the bad ones than of the good ones is here. The sign says which way, the size how clearly.",
    hints=[
        "Say it first: of all good ones this share is here, of all bad ones that share.",
        "All good ones are 160, all bad ones 40. Of the last bin: 16 of 160, and 15 of 40.",
        "np.log((16 / 160) / (15 / 40)): the share of the good is on top.",
    ],
)
def woe_of_longer(counts):
    shares = counts / counts.sum()
    return np.log(shares.loc["longer", "good"] / shares.loc["longer", "bad"])


@woe_of_longer.mistake("You put the bad ones on top. The share of the good ones is on top, so that more is safer.")
def upside_down(counts):
    shares = counts / counts.sum()
    return np.log(shares.loc["longer", "bad"] / shares.loc["longer", "good"])


@woe_of_longer.mistake("You took the counts, or shares of all customers. Divide by all good ones first, and by all bad ones: there are four times as many good ones.")
def of_counts(counts):
    return np.log(counts.loc["longer", "good"] / counts.loc["longer", "bad"])


@woe_of_longer.mistake("The logarithm is missing: np.log of that quotient.")
def no_logarithm(counts):
    shares = counts / counts.sum()
    return shares.loc["longer", "good"] / shares.loc["longer", "bad"]


@woe_of_longer.mistake("You took log10. The natural logarithm is np.log.")
def base_ten(counts):
    shares = counts / counts.sum()
    return np.log10(shares.loc["longer", "good"] / shares.loc["longer", "bad"])


@woe_of_longer.mistake("You took the logarithm to base 2. The natural logarithm is np.log.")
def base_two(counts):
    shares = counts / counts.sum()
    return np.log2(shares.loc["longer", "good"] / shares.loc["longer", "bad"])


@woe_of_longer.mistake("You subtracted the shares. Divide them, then take the logarithm.")
def difference(counts):
    shares = counts / counts.sum()
    return shares.loc["longer", "good"] - shares.loc["longer", "bad"]


@woe_of_longer.mistake("That is what the bin adds to the information value. The weight alone is asked for.")
def its_part_of_iv(counts):
    shares = counts / counts.sum()
    good, bad = shares.loc["longer", "good"], shares.loc["longer", "bad"]
    return (good - bad) * np.log(good / bad)


@woe_of_longer.mistake("You took the logarithm of the bad rate of the bin. Two shares are compared: of all good ones, and of all bad ones.")
def of_the_rate(counts):
    return np.log(counts.loc["longer", "bad"] / counts.loc["longer"].sum())


@woe_of_longer.mistake("You set the bad rate of the bin against that of all. The weight compares the share of all good ones with the share of all bad ones.")
def rate_over_rate(counts):
    rate = counts.loc["longer", "bad"] / counts.loc["longer"].sum()
    return np.log(rate / (counts["bad"].sum() / counts.to_numpy().sum()))


@woe_of_longer.mistake("That is the bad rate of the bin: how many of its customers are bad. Ask what part of all good ones, and of all bad ones, is in the bin.")
def bad_rate(counts):
    return counts.loc["longer", "bad"] / counts.loc["longer"].sum()


@woe_of_longer.mistake("That is the first bin, `never`. The last one is asked for.")
def first_row(counts):
    shares = counts / counts.sum()
    return np.log(shares.loc["never", "good"] / shares.loc["never", "bad"])


@woe_of_longer.mistake("You took the logarithm of the share of the good ones alone. Divide by the share of the bad ones first.")
def good_only(counts):
    return np.log(counts.loc["longer", "good"] / counts["good"].sum())


@prediction(
    "3.7.b",
    near=0.04,
    why="Look at the distance between the first two curves, and at the third, which was fitted to nobody.",
    hints=[
        "0.5 is a coin. The number above is of customers whose answers the card had seen.",
        "Count the bad ones it learned from, and the columns it could choose among. Does more of either help it on new customers?",
    ],
)
def auc_a_year_later(new_rated):
    return validation.auc_interval(new_rated["fitted"], new_rated["is_bad"]).auc


# --- at its end ---


@exercise(
    "3.7.1",
    why="Two bins, one number. Custom calls less than 0.02 useless; what is a lot hangs on how many records there are.",
    hints=[
        "Count good and bad ones for 36 and for 60 months. Then the same four steps as for the delays.",
        "Shares of all good ones, shares of all bad ones, weight = logarithm of their quotient.",
        "In code: iv = ((good_share - bad_share) * np.log(good_share / bad_share)).sum()",
    ],
)
def information(loans):
    counts = loans.groupby("term_months")["is_bad"].agg(["size", "sum"])
    good, bad = counts["size"] - counts["sum"], counts["sum"]
    good_share, bad_share = good / good.sum(), bad / bad.sum()
    return ((good_share - bad_share) * np.log(good_share / bad_share)).sum()


def _both(loans):
    counts = loans.groupby("term_months")["is_bad"].agg(["size", "sum"])
    good, bad = counts["size"] - counts["sum"], counts["sum"]
    return good, bad, good / good.sum(), bad / bad.sum()


@information.mistake("You added up the weights. Each is first multiplied by the difference of the two shares.")
def weights_added(loans):
    _, _, good, bad = _both(loans)
    return np.log(good / bad).sum()


@information.mistake("You weighed with the share of the good ones. The difference is asked for: share of the good less share of the bad.")
def by_the_good(loans):
    _, _, good, bad = _both(loans)
    return (good * np.log(good / bad)).sum()


@information.mistake("You weighed with the share of the bad ones. The difference is asked for: share of the good less share of the bad.")
def by_the_bad(loans):
    _, _, good, bad = _both(loans)
    return (bad * np.log(good / bad)).sum()


@information.mistake("You weighed with the share of all loans in a bin. Multiply by the share of the good less the share of the bad.")
def by_all(loans):
    good, bad, good_share, bad_share = _both(loans)
    return ((good + bad) / (good + bad).sum() * np.log(good_share / bad_share)).sum()


@information.mistake("The logarithm is missing: np.log of share of the good over share of the bad.")
def no_log(loans):
    _, _, good, bad = _both(loans)
    return ((good - bad) * good / bad).sum()


@information.mistake("You took log10. The natural logarithm is np.log.")
def ten(loans):
    _, _, good, bad = _both(loans)
    return ((good - bad) * np.log10(good / bad)).sum()


@information.mistake("That is what the 60 months add. Add what the 36 months add as well.")
def long_only(loans):
    _, _, good, bad = _both(loans)
    return ((good - bad) * np.log(good / bad)).loc[60]


@information.mistake("You took counts. Divide by all good ones, and by all bad ones, first.")
def counts_for_shares(loans):
    good, bad, _, _ = _both(loans)
    return ((good - bad) * np.log(good / bad)).sum()


@information.mistake("You took shares within each term, good and bad rates. Ask what part of all good ones, and of all bad ones, has that term.")
def within_each(loans):
    good, bad, _, _ = _both(loans)
    return ((good - bad) / (good + bad) * np.log(good / bad)).sum()


@information.mistake("That is the weight of evidence of the 60 months. The information value adds up both terms, each times the difference of its shares.")
def weight_of_long(loans):
    _, _, good, bad = _both(loans)
    return np.log(good / bad).loc[60]


@information.mistake("You added up how large the weights are, or how far they lie apart. Each is first multiplied by the difference of the two shares.")
def weights_apart(loans):
    _, _, good, bad = _both(loans)
    return np.log(good / bad).abs().sum()


@information.mistake("That is how much higher the bad rate of long loans is. The information value compares shares of all good and of all bad ones.")
def gap_of_rates(loans):
    good, bad, _, _ = _both(loans)
    rate = bad / (good + bad)
    return rate.loc[60] - rate.loc[36]


@exercise(
    "3.7.2",
    why="The order of the loans is the same on both scales; a scale is only a way to read odds.",
    hints=[
        "From a chance p to turn bad to the odds of good to bad: (1 - p) / p.",
        "In code: factor = 40 / np.log(2), and offset = 500 - factor * np.log(20).",
        "score = offset + factor * np.log((1 - chances) / chances), then the mean.",
    ],
)
def average_score(chances):
    factor = 40 / np.log(2)
    offset = 500 - factor * np.log(20)
    score = offset + factor * np.log((1 - chances) / chances)
    return score.mean()


def _scored(odds, *, double=40.0, at=500.0, anchor=20.0):
    return at + double / np.log(2) * (np.log(odds) - np.log(anchor))


@average_score.mistake("Your odds are those of bad to good. Good to bad is (1 - p) / p: fewer bad ones must give more points.")
def bad_to_good(chances):
    return _scored(chances / (1 - chances)).mean()


@average_score.mistake("On this scale 40 points double the odds, not 20.")
def twenty_points(chances):
    return _scored((1 - chances) / chances, double=20).mean()


@average_score.mistake("500 points stand for odds of 20 to 1, not of 1 to 1: the offset is 500 less factor times np.log(20).")
def no_anchor(chances):
    return _scored((1 - chances) / chances, anchor=1).mean()


@average_score.mistake("The offset is missing. 500 points stand for odds of 20 to 1.")
def no_offset(chances):
    return (40 / np.log(2) * np.log((1 - chances) / chances)).mean()


@average_score.mistake("You multiplied by 40. Doubling adds np.log(2) to the logarithm, so the factor is 40 / np.log(2).")
def not_divided(chances):
    return (500 + 40 * (np.log((1 - chances) / chances) - np.log(20))).mean()


@average_score.mistake("That is the scale of the lesson. Here 40 points double the odds, and 500 stand for 20 to 1.")
def scale_of_lesson(chances):
    return _scored((1 - chances) / chances, double=20, at=600, anchor=50).mean()


@average_score.mistake("You kept the 600 points of the lesson. Here it is 500 that stand for odds of 20 to 1.")
def at_600(chances):
    return _scored((1 - chances) / chances, at=600).mean()


@average_score.mistake("You kept the odds of 50 of the lesson. Here 500 points stand for odds of 20 to 1.")
def odds_50(chances):
    return _scored((1 - chances) / chances, anchor=50).mean()


@average_score.mistake("You scored the mean chance. Score each loan first, then take the mean.")
def mean_first(chances):
    mean = chances.mean()
    return _scored((1 - mean) / mean)


@average_score.mistake("You took 1 / p as odds. Odds of good to bad are (1 - p) / p.")
def one_over_chance(chances):
    return _scored(1 / chances).mean()


@average_score.mistake("You added the logarithm of 20. Subtract it: at odds of 20 the score must be 500.")
def plus_anchor(chances):
    return _scored((1 - chances) / chances, anchor=1 / 20).mean()


@average_score.mistake("You took log10 of the odds and np.log of 2. Both must be natural logarithms.")
def log_ten(chances):
    return (500 + 40 / np.log(2) * (np.log10((1 - chances) / chances) - np.log10(20))).mean()


@average_score.mistake("The logarithm of the odds is missing: factor * np.log(odds).")
def no_log_of_odds(chances):
    return (500 + 40 / np.log(2) * ((1 - chances) / chances - 20)).mean()


@average_score.mistake("You took the chance to be good for the odds. Divide it by the chance to be bad.")
def chance_for_odds(chances):
    return _scored(1 - chances).mean()


@exercise(
    "3.7.3",
    why="Of these the expert's card says nothing. A card that says something of them may be worth having beside it; look at its interval, and at how few are bad.",
    hints=[
        "First the rows whose grade is “not rated”.",
        "validation.auc_interval(score, is_bad) has a part called auc. Both Series must be of the same rows.",
        'rows = next_year[next_year["grade"] == "not rated"]; then validation.auc_interval(rows["fitted"], rows["is_bad"]).auc',
    ],
)
def auc_not_rated(next_year):
    not_rated = next_year[next_year["grade"] == "not rated"]
    return validation.auc_interval(not_rated["fitted"], not_rated["is_bad"]).auc


@auc_not_rated.in_lesson("the customers that are rated", asks="those not rated")
def rated_ones(new_auc):
    return new_auc


@auc_not_rated.mistake("You took all customers. Choose those not rated first.")
def of_all(next_year):
    return validation.auc_interval(next_year["fitted"], next_year["is_bad"]).auc


@auc_not_rated.mistake("That is the expert's score among them. The fitted one is asked for.")
def of_expert(next_year):
    not_rated = next_year[next_year["grade"] == "not rated"]
    return validation.auc_interval(not_rated["expert"], not_rated["is_bad"]).auc


@auc_not_rated.mistake("That is the Gini, twice the AUC less 1. Take the part called auc.")
def gini(next_year):
    not_rated = next_year[next_year["grade"] == "not rated"]
    return validation.auc_interval(not_rated["fitted"], not_rated["is_bad"]).gini


@auc_not_rated.mistake("That is the low end of its interval. Take the part called auc.")
def low_end(next_year):
    not_rated = next_year[next_year["grade"] == "not rated"]
    return validation.auc_interval(not_rated["fitted"], not_rated["is_bad"]).low


@auc_not_rated.mistake("That is the high end of its interval. Take the part called auc.")
def high_end(next_year):
    not_rated = next_year[next_year["grade"] == "not rated"]
    return validation.auc_interval(not_rated["fitted"], not_rated["is_bad"]).high


@auc_not_rated.mistake("That is the share of them that turned bad. The AUC says how often a good one scores above a bad one.")
def bad_rate_of_these(next_year):
    return next_year.loc[next_year["grade"] == "not rated", "is_bad"].mean()


@auc_not_rated.mistake("That is KS, at the best of all cuts. The AUC looks at all pairs of a good and a bad one.")
def of_ks(next_year):
    not_rated = next_year[next_year["grade"] == "not rated"]
    return validation.ks_statistic(not_rated["fitted"], not_rated["is_bad"]).ks


@exercise(
    "3.7.4",
    why="A gap is a question: married couples have two incomes, and the gap may come from that. decision_gap would give it an interval.",
    hints=[
        "First those with a clean history, then two groups by is_married.",
        "groupby leaves out what is not known by itself. The mean of is_approved is the share approved.",
        'In code: clean = applications[applications["is_history_clean"]]; rates = clean.groupby("is_married")["is_approved"].mean(); rates.loc[True] - rates.loc[False]',
    ],
)
def gap_unmarried(applications):
    clean = applications[applications["is_history_clean"]]
    rates = clean.groupby("is_married")["is_approved"].mean()
    return rates.loc[True] - rates.loc[False]


@gap_unmarried.mistake("You took all applicants. Keep those with a clean history first.")
def of_everybody(applications):
    rates = applications.groupby("is_married")["is_approved"].mean()
    return rates.loc[True] - rates.loc[False]


@gap_unmarried.mistake("You counted those of whom it is not known as not married. Leave them out.")
def unknown_as_unmarried(applications):
    clean = applications[applications["is_history_clean"]]
    rates = clean["is_approved"].groupby(clean["is_married"].fillna(False)).mean()
    return rates.loc[True] - rates.loc[False]


@gap_unmarried.mistake("You divided the two shares. The difference is asked for.")
def as_ratio(applications):
    clean = applications[applications["is_history_clean"]]
    rates = clean.groupby("is_married")["is_approved"].mean()
    return rates.loc[False] / rates.loc[True]


@gap_unmarried.mistake("You divided the gap by the share of the married. The difference itself is asked for.")
def relative(applications):
    clean = applications[applications["is_history_clean"]]
    rates = clean.groupby("is_married")["is_approved"].mean()
    return 1 - rates.loc[False] / rates.loc[True]


@gap_unmarried.mistake("You asked how many of the approved are married, and how many of the refused. Ask how many of the married are approved.")
def wrong_way_round(applications):
    clean = applications[applications["is_history_clean"]].dropna(subset="is_married")
    rates = clean.groupby("is_approved")["is_married"].mean()
    return rates.loc[True] - rates.loc[False]


@gap_unmarried.mistake("You compared with all. Compare with the married.")
def against_all(applications):
    clean = applications[applications["is_history_clean"]]
    return clean["is_approved"].mean() - clean.groupby("is_married")["is_approved"].mean().loc[False]


@gap_unmarried.mistake("You divided by all with a clean history. Each group is a whole of its own: divide by its number.")
def shares_of_all(applications):
    clean = applications[applications["is_history_clean"]]
    approved = clean[clean["is_approved"]].groupby("is_married").size() / len(clean)
    return approved.loc[True] - approved.loc[False]


@gap_unmarried.mistake("Those are the applicants without a clean history. Keep the rows in which is_history_clean is true.")
def not_clean(applications):
    others = applications[~applications["is_history_clean"]]
    rates = others.groupby("is_married")["is_approved"].mean()
    return rates.loc[True] - rates.loc[False]


@gap_unmarried.mistake("You compared men and women. Married and not married are asked for.")
def men_and_women(applications):
    clean = applications[applications["is_history_clean"]]
    rates = clean.groupby("is_male")["is_approved"].mean()
    return rates.loc[True] - rates.loc[False]


on_monday = judgment(
    "3.7.5",
    hints=[
        "On which customers was each of the two numbers measured? How many bad ones were there?",
        "What might the phone model stand for? And of whom does the data say nothing at all?",
    ],
    weighs=[
        "that 0.9 may be of the customers it was fitted on: ask for the AUC on a later year, on the same customers as the expert's",
        "that a difference needs an interval, and with a few dozen bad ones it is wide",
        "that not asking for a field does not keep it out: the phone model and the opening hours may stand for it (proxies), and that one can test how well they tell the group",
        "that the card knows only those who got credit, and says little of those who would now be let in",
        "what it is worth in money, and what a customer who is asked for cash by mistake costs",
        "a proposal between all and nothing: run both cards side by side for a year, let people look where they disagree, let a few through at random",
    ],
    example=(
        "I would not switch on Monday. I would first ask on which customers the 0.9 was measured: on those it was fitted on every card flatters itself, so let us"
        " compare both cards on next year's customers, with an interval for the difference. Leaving out sex and district does not make it fair, because the phone"
        " model may stand for both; we can test how well these fields tell the group. Until then I would run both side by side, let a person look where they"
        " disagree, and let a few customers through at random to learn about those we refuse."
    ),
)

empty_bin = question(
    "3.7.q1",
    "A bin holds 30 good customers and no bad one. What should its weight of evidence be?",
    [
        Option(
            "Infinite: nobody there ever failed to pay",
            "Then one bin decides everything. Thirty good ones do not prove that the next one pays.",
        ),
        Option("Join it with a neighbor first", "Right: with so few bad ones the logarithm is noise, or has no bound.", right=True),
        Option(
            "The logarithm of 30, since there are thirty good ones for none",
            "Counts are no shares, and a quotient over nothing has no logarithm.",
        ),
        Option(
            "Leave these customers out of the data, they tell nothing",
            "They do tell something: put them into a bin that is large enough.",
        ),
    ],
)

which_auc = question(
    "3.7.q2",
    "A card was fitted on the customers of one year. Which AUC tells what it is worth?",
    [
        Option(
            "The AUC on all customers of both years taken together",
            "Half of them made the card. Together they flatter less, and flatter still.",
        ),
        Option(
            "The AUC on its own year, for there it is most precise",
            "There it has seen the answers: with few bad ones it learned their names by heart.",
        ),
        Option(
            "The mean of the AUC on its own year and on the next one",
            "The mean of a flattering number and an honest one still flatters.",
        ),
        Option("The AUC on a later year", "Those customers had no part in fitting it.", right=True),
    ],
)

fair_card = question(
    "3.7.q3",
    "A card does not use the field “group”. When do its decisions treat the groups alike?",
    [
        Option("Only a test can tell", "Right: look at the gap, and at how well the other fields tell the group.", right=True),
        Option(
            "Always: what is not in the card cannot be decided upon",
            "Other fields stand for it. In the mortgage data a gap stays without the field.",
        ),
        Option(
            "When the card has a high AUC on new customers",
            "The AUC says who pays, or who was approved. It says nothing about groups.",
        ),
        Option(
            "When the bank's own decisions, from which it learned, were made by people",
            "People's decisions are what the card copies, with their gap.",
        ),
    ],
)
