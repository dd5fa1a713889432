"""Exercises of lesson 1.8: whom to call first."""

import pandas as pd
from sklearn.metrics import roc_auc_score

from crmlib.lesson import Option, exercise, judgment, prediction, question

SCORES = ["money_score", "authority_score", "need_score"]


def example():
    eight = pd.DataFrame(
        {
            "money_score": [80, 70, 40, 90, 60, 30, 75, 20],
            "authority_score": [70, 30, 80, 85, 70, 20, 40, 30],
            "need_score": [90, 80, 75, 20, 82, 85, 55, 25],
            "won": [True, True, True, False, False, True, False, False],
        },
        index=list("ABCDEFGH"),
    )
    shops = pd.DataFrame(
        {
            "money_score": [60.0, 65, 80, 90, 50, 70, 75, 60, 55, 45, 85, 95, 40],
            "authority_score": [50.0, 40, 75, 60, 65, 55, 30, 50, 20, 50, 45, 10, 48],
            "need_score": [70.0, 60, 65, 60, 85, 40, 75, 55, 35, 60, 95, 20, 50],
            "is_old_customer": [False, True, False, False, True, False, False, False, False, False, True, False, False],
            "won": [True, False, True, False, True, False, True, True, False, False, True, False, False],
            "gain": [2100.0, -180, 1900, -300, 2700, -90, 1500, 1100, -60, -250, 4000, -45, -70],
        }
    )
    calls = pd.DataFrame(
        {
            "outcome_before": ["unknown"] * 8 + ["success"] * 5 + ["failure"] * 6 + ["other"] * 3,
            "subscribed": [bool(int(mark)) for mark in "10100100" + "11101" + "010010" + "100"],
        }
    )
    later = shops.assign(chance=[0.4, 0.3, 0.5, 0.2, 0.7, 0.1, 0.25, 0.15, 0.05, 0.35, 0.8, 0.12, 0.08])
    return {"eight": eight, "shops": shops, "calls_2010": calls, "later": later}


# --- inside the lesson ---


@exercise(
    "1.8.a",
    why="The number of letters is easy to count. Which letters they are will matter more.",
    hints=[
        "Go down the table. Behind each organization write a letter for each score of 60 or more.",
        "60 itself meets the condition. Then look for rows with two letters.",
        "In code: ((eight[['money_score', 'authority_score', 'need_score']] >= 60).sum(axis=1) == 2).sum()",
    ],
)
def exactly_two(eight):
    met = eight[["money_score", "authority_score", "need_score"]] >= 60
    return int((met.sum(axis=1) == 2).sum())


@exactly_two.mistake("You counted those with two or three conditions. Exactly two are asked for.")
def two_or_three(eight):
    return int(((eight[SCORES] >= 60).sum(axis=1) >= 2).sum())


@exactly_two.mistake("You took 60 points for too few. From 60 on a condition is met: look at E again.")
def above_the_threshold(eight):
    return int(((eight[SCORES] > 60).sum(axis=1) == 2).sum())


@exactly_two.mistake("You counted the conditions that are met. Count organizations.")
def all_letters(eight):
    return int((eight[SCORES] >= 60).sum().sum())


@exactly_two.mistake("You counted those with all three conditions.")
def all_three(eight):
    return int((eight[SCORES] >= 60).all(axis=1).sum())


@exactly_two.mistake("You counted those with two conditions or fewer. Exactly two are asked for.")
def two_or_fewer(eight):
    return int(((eight[SCORES] >= 60).sum(axis=1) <= 2).sum())


def pairs_of(eight, column=None):
    total = eight[SCORES].sum(axis=1) if column is None else eight[column]
    return [(high, low) for high in total[eight["won"]] for low in total[~eight["won"]]]


@exercise(
    "1.8.b",
    why="Little better than a coin: the sum lets money and authority speak as loudly as need.",
    hints=[
        "Four who signed and four who did not make sixteen pairs. Write them as a table of four rows and four columns.",
        "The sums of those who signed: 240, 180, 195, 135. Of the others: 195, 212, 170, 75. One pair is a tie.",
        "A wins 4 pairs, B 2, C 2 and a half, F 1. Divide by the number of pairs.",
    ],
)
def auc_of_sum(eight):
    total = eight["money_score"] + eight["authority_score"] + eight["need_score"]
    return roc_auc_score(eight["won"], total)


@auc_of_sum.mistake("You counted the tie of C and D as a pair that is right. It counts half.")
def tie_is_right(eight):
    pairs = pairs_of(eight)
    return sum(high >= low for high, low in pairs) / len(pairs)


@auc_of_sum.mistake("You counted the tie of C and D as a pair that is wrong. It counts half.")
def tie_is_wrong(eight):
    pairs = pairs_of(eight)
    return sum(high > low for high, low in pairs) / len(pairs)


@auc_of_sum.mistake("You divided by all 28 pairs of eight. Pairs of two who both signed, or both did not, say nothing here.")
def of_all_pairs(eight):
    return sum((high > low) + 0.5 * (high == low) for high, low in pairs_of(eight)) / 28


@auc_of_sum.mistake("You counted the pairs that are right. Divide by the number of pairs, four times four.")
def not_divided(eight):
    return sum((high > low) + 0.5 * (high == low) for high, low in pairs_of(eight))


@auc_of_sum.mistake("You looked at the four highest sums and counted who signed. AUC compares pairs.")
def best_four(eight):
    total = eight[SCORES].sum(axis=1)
    return eight.loc[total.nlargest(4).index, "won"].mean()


@auc_of_sum.mistake("That is the AUC of need alone. Add up the three scores first.")
def need_alone(eight):
    return sum((high > low) + 0.5 * (high == low) for high, low in pairs_of(eight, "need_score")) / 16


@auc_of_sum.mistake("That is the AUC of money alone. Add up the three scores first.")
def money_alone(eight):
    return sum((high > low) + 0.5 * (high == low) for high, low in pairs_of(eight, "money_score")) / 16


@prediction(
    "1.8.c",
    near=0.05,
    why="Compare it with equal weights, and with the year of the fit: which of the two columns falls from one year to the next?",
    hints=["A coin would give 0.5, and a score that is never wrong 1."],
)
def auc_of_2025(later):
    return roc_auc_score(later["won"], later["chance"])


# --- at its end ---


@exercise(
    "1.8.1",
    why="For all of these the next step is the same: find who decides. That is one telephone call each.",
    hints=[
        "A small letter counts as well: authority must *not* be met.",
        "Three comparisons, joined by &: two with >= 60 and one with < 60.",
        'In code: ((shops["money_score"] >= 60) & (shops["authority_score"] < 60) & (shops["need_score"] >= 60)).sum()',
    ],
)
def n_undecided(shops):
    has_money, has_need = shops["money_score"] >= 60, shops["need_score"] >= 60
    return int((has_money & (shops["authority_score"] < 60) & has_need).sum())


@n_undecided.mistake("You left out that authority is not met: those in all three letters are in your count as well.")
def money_and_need(shops):
    return int(((shops["money_score"] >= 60) & (shops["need_score"] >= 60)).sum())


@n_undecided.mistake("You counted all with exactly two conditions. That is three cells; MaN is one of them.")
def any_two(shops):
    met = shops[SCORES] >= 60
    return int((met.sum(axis=1) == 2).sum())


@n_undecided.mistake("You counted those with a score above 60. A score of 60 meets the condition.")
def above_60(shops):
    has_money, has_need = shops["money_score"] > 60, shops["need_score"] > 60
    return int((has_money & (shops["authority_score"] <= 60) & has_need).sum())


@n_undecided.mistake("That is the cell MAn: need is not met there. In MaN it is authority that is not met.")
def cell_without_need(shops):
    has_money, has_authority = shops["money_score"] >= 60, shops["authority_score"] >= 60
    return int((has_money & has_authority & (shops["need_score"] < 60)).sum())


@n_undecided.mistake("That is the cell mAN: money is not met there. In MaN it is authority that is not met.")
def cell_without_money(shops):
    has_authority, has_need = shops["authority_score"] >= 60, shops["need_score"] >= 60
    return int((has_authority & has_need & (shops["money_score"] < 60)).sum())


@exercise(
    "1.8.2",
    why="One score and no model. What a fit adds must be measured against the plainest thing that works.",
    hints=[
        "One argument says who signed, the other is the score that ranks.",
        "roc_auc_score takes the answer first, then the score.",
        'In code: roc_auc_score(shops["won"], shops["need_score"])',
    ],
)
def auc_of_need(shops):
    return roc_auc_score(shops["won"], shops["need_score"])


@auc_of_need.mistake("You ranked by the sum of the three scores. Only need is asked for.")
def auc_of_all_three(shops):
    return roc_auc_score(shops["won"], shops[SCORES].sum(axis=1))


@auc_of_need.mistake("You ranked by the authority score. Need is asked for.")
def auc_of_authority(shops):
    return roc_auc_score(shops["won"], shops["authority_score"])


@auc_of_need.mistake("You cut the score at 60 first. AUC takes the score as it is; cut in two, it loses most of its steps.")
def auc_of_condition(shops):
    return roc_auc_score(shops["won"], shops["need_score"] >= 60)


@auc_of_need.mistake("That is a correlation. AUC is a share of pairs: use roc_auc_score.")
def correlation(shops):
    return shops["won"].astype(float).corr(shops["need_score"])


@auc_of_need.mistake("That is the share of those with 60 points or more who signed. AUC compares those who signed with those who did not.")
def share_above_60(shops):
    return shops.loc[shops["need_score"] >= 60, "won"].mean()


@auc_of_need.mistake("You counted how often need met from 60 points on was right about who signed. AUC compares pairs, without a threshold.")
def accuracy(shops):
    return ((shops["need_score"] >= 60) == shops["won"]).mean()


@exercise(
    "1.8.3",
    why="Another year, another gap. If you quote 15 and 50, quote the year and the firm as well.",
    hints=[
        "Two groups by outcome_before, and of each the share who subscribed.",
        'The mean of "subscribed" is the share of yes. Take it for each group, then subtract.',
        'share = calls_2010.groupby("outcome_before")["subscribed"].mean(); then one entry less the other.',
    ],
)
def gap_2010(calls_2010):
    share = calls_2010.groupby("outcome_before")["subscribed"].mean()
    return share["success"] - share["unknown"]


@gap_2010.mistake("That is how much more in proportion, the quotient less one. The difference of the two shares is asked for.")
def in_proportion(calls_2010):
    share = calls_2010.groupby("outcome_before")["subscribed"].mean()
    return share["success"] / share["unknown"] - 1


@gap_2010.mistake("You compared with everybody else. Compare with those never called before: unknown.")
def against_the_others(calls_2010):
    is_success = calls_2010["outcome_before"] == "success"
    return calls_2010.loc[is_success, "subscribed"].mean() - calls_2010.loc[~is_success, "subscribed"].mean()


@gap_2010.mistake("You compared with all people of 2010, in which those with an earlier success are counted as well.")
def against_all(calls_2010):
    is_success = calls_2010["outcome_before"] == "success"
    return calls_2010.loc[is_success, "subscribed"].mean() - calls_2010["subscribed"].mean()


@gap_2010.mistake("You divided one share by the other. By how much it is higher is a difference.")
def ratio(calls_2010):
    share = calls_2010.groupby("outcome_before")["subscribed"].mean()
    return share["success"] / share["unknown"]


@gap_2010.mistake("You took those with an earlier failure for those never called. Those with a failure were called.")
def against_failure(calls_2010):
    share = calls_2010.groupby("outcome_before")["subscribed"].mean()
    return share["success"] - share["failure"]


@gap_2010.mistake("You took shares of all who said yes. The whole of each share is its own group: of those with an earlier success, how many said yes?")
def of_those_who_said_yes(calls_2010):
    share = calls_2010.loc[calls_2010["subscribed"], "outcome_before"].value_counts(normalize=True)
    return share["success"] - share["unknown"]


@exercise(
    "1.8.4",
    why="It is what the shops left out would have brought, with the sign turned. Set the hours that are saved beside it.",
    hints=[
        "gain already has the cost of the calls taken off.",
        "Add up gain for the shops that are called, then for all shops, and subtract.",
        'chosen = shops["need_score"] >= 60; then shops.loc[chosen, "gain"].sum() less shops["gain"].sum().',
    ],
)
def difference(shops):
    chosen = shops["need_score"] >= 60
    return shops.loc[chosen, "gain"].sum() - shops["gain"].sum()


@difference.mistake("That is what the chosen shops bring. The difference to calling all is asked for.")
def of_the_chosen(shops):
    return shops.loc[shops["need_score"] >= 60, "gain"].sum()


@difference.mistake("You chose shops above 60. Those with 60 points are called as well.")
def chosen_above_60(shops):
    return shops.loc[shops["need_score"] > 60, "gain"].sum() - shops["gain"].sum()


@difference.mistake("You compared means. Fewer shops with a higher mean may bring less in all: add up.")
def of_means(shops):
    return shops.loc[shops["need_score"] >= 60, "gain"].mean() - shops["gain"].mean()


@difference.mistake("You left out the shops that did not sign. Their calls cost money, too.")
def only_signed(shops):
    signed = shops[shops["won"]]
    return signed.loc[signed["need_score"] >= 60, "gain"].sum() - signed["gain"].sum()


@difference.mistake("You called only those who signed. Nobody knows before the call who will sign: choose by the need score.")
def called_who_signed(shops):
    return shops.loc[shops["won"], "gain"].sum() - shops["gain"].sum()


@difference.mistake("You compared with the shops that are left out. Compare with calling all.")
def against_the_rest(shops):
    chosen = shops["need_score"] >= 60
    return shops.loc[chosen, "gain"].sum() - shops.loc[~chosen, "gain"].sum()


four_cases = judgment(
    "1.8.5",
    hints=[
        "Write M, A and N behind each prospect: capital, small, or a question mark where nobody knows.",
        "Ask of each what is missing: the one who decides, the facts, the means, or only silence.",
    ],
    weighs=[
        "P is about authority: the cook cannot sign, so find a way to the headmaster, with the cook's help",
        "Q lacks facts and gets question marks, not small letters: collect data before the first visit",
        "R needs help to earn: their means may grow with ours, and the risk has a limit, such as a smaller order",
        "S has given a signal to buy: answer the question, stop talking, do not push",
        "that another reading is possible, and which fact would decide between them",
    ],
    example=(
        "P is Carnegie's mother: need is there, the cook has no authority (?aN), so I ask the cook to bring us to the"
        " headmaster. Q is Leterman: money yes, the rest unknown (M??), so I first find out who buys and what. R is Tetra"
        " Pak: they want it and the owner decides (mAN), so I offer dishes that sell and a small first order. S is the time"
        " clock: whoever asks for the day of delivery has decided (MAN), so I name the day and stop talking."
    ),
)

same_year = question(
    "1.8.q1",
    "A score fitted on the cards of one year has an AUC of 91 % on the same cards. What may a report say?",
    [
        Option("91 % of the prospects will sign", "AUC is a share of pairs in the right order, not of prospects."),
        Option(
            "Nothing about next year until it was tried on later cards",
            "The year of the fit flatters: the score has seen its answers.",
            right=True,
        ),
        Option("Next year it will be right in 91 % of the pairs", "That takes next year for a copy of this one."),
        Option(
            "The score is useless, since it was tried on the cards it was fitted on, and such a trial says nothing at all",
            "It may well be of use. It has only not been tested yet.",
        ),
    ],
)

leaking = question(
    "1.8.q2",
    "You want to rank prospects before the first call. Which column must not be in the score?",
    [
        Option("Where the prospect was found", "That is known before the first call."),
        Option("The need score on the card", "The seller writes it down before the first call."),
        Option("Whether they bought from us before", "That stands in our own books, before any call."),
        Option("How many calls were made", "It is known afterwards, and it hangs on the answer.", right=True),
    ],
)

old_and_new = question(
    "1.8.q3",
    "Of old customers 48 in 100 sign, of new ones 16. The head of sales: so one small order makes a prospect three times as likely to sign.",
    [
        Option(
            "Not shown: firms that order are of another kind; draw at random who gets the small order",
            "Only then do the two groups differ by nothing but the order.",
            right=True,
        ),
        Option("Right: 48 is three times 16", "The numbers are; the *so* is not. Old and new differ in much else."),
        Option(
            "Right, if the groups are large enough for the interval to be narrow and the difference is far beyond chance",
            "Large groups make the gap certain. They do not say where it comes from.",
        ),
        Option("Wrong: being a customer never has an effect", "That is not shown either. It was not measured."),
    ],
)
