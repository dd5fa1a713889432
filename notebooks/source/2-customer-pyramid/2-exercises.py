"""Exercises of lesson 2.2: how concentrated are we?"""

import numpy as np
import pandas as pd

from crmlib import concentration
from crmlib.lesson import Option, exercise, judgment, question


def example():
    # Fifteen customers who bought, 21 who did not. A tenth of 15 is 1.5, rounded 2: 440 + 200 of 1150; of all 36 it
    # is 4. Half, 575, takes the first two; a fifth of all is seven: 440 + 200 + 130 + 90 + 80 + 60 + 40.
    bought = [60.0, 40, 30, 25, 20, 12, 10, 7, 4, 2, 440, 200, 130, 90, 80]  # not sorted
    spending = pd.Series(bought, index=[f"c{i:02}" for i in range(15)])
    return {"spending": spending, "everybody": spending.reindex([f"c{i:02}" for i in range(36)], fill_value=0.0)}


@exercise(
    "2.2.1",
    why="A share says little without its base: here the customers who bought in 2025, and the money of 2025.",
    hints=[
        "How many customers are a tenth? Then take that many from the top.",
        "int(0.1 * len(spending) + 0.5) customers; nlargest gives the biggest.",
        "The sum of spending.nlargest(n), divided by the sum of spending.",
    ],
)
def best_tenth(spending):
    n = int(0.1 * len(spending) + 0.5)
    return spending.nlargest(n).sum() / spending.sum()


@best_tenth.mistake("You took the smallest tenth. Sort the other way.")
def smallest(spending):
    return spending.nsmallest(round(0.1 * len(spending))).sum() / spending.sum()


@best_tenth.mistake(
    "You cut the amounts at nine tenths of the largest amount. The question cuts by number of customers."
)
def by_amount(spending):
    return spending[spending >= 0.9 * spending.max()].sum() / spending.sum()


@best_tenth.mistake("You took a tenth of everybody who ever bought. The question is about the customers of 2025.")
def of_everybody(spending, everybody):
    return everybody.nlargest(round(0.1 * len(everybody))).sum() / everybody.sum()


@best_tenth.mistake(
    "top_share takes a part of the customer at the cut. Whole customers are wanted: round their number first."
)
def cut_inside(spending):
    return concentration.top_share(spending, 0.1)


@best_tenth.mistake("You took the first customers as they stand in the table. Sort by amount first.")
def not_sorted(spending):
    return spending.head(int(0.1 * len(spending) + 0.5)).sum() / spending.sum()


@exercise(
    "2.2.2",
    why="You can now check any Gini coefficient somebody shows you, and ask of whom and of which period it is.",
    hints=[
        "Sort from the smallest to the biggest and number them 1, 2, 3 ...",
        "Twice the sum of number times amount, over n times the sum of the amounts; then take (n + 1) / n away.",
        "np.sort(spending) puts the smallest first; np.arange(1, n + 1) are the numbers.",
    ],
)
def gini_2025(spending):
    ordered = np.sort(spending.to_numpy())
    n = len(ordered)
    places = np.arange(1, n + 1)
    return 2 * (places * ordered).sum() / (n * ordered.sum()) - (n + 1) / n


@gini_2025.mistake("You sorted from the biggest to the smallest, which turns the sign. Sort the other way.")
def descending(spending):
    return -concentration.gini_coefficient(spending)


@gini_2025.mistake("That is the area between the two lines. The Gini coefficient is twice that area.")
def not_doubled(spending):
    return concentration.gini_coefficient(spending) / 2


@gini_2025.mistake("That is with the correction for small samples, n / (n - 1). The question is without.")
def with_correction(spending):
    return concentration.gini_coefficient(spending) * len(spending) / (len(spending) - 1)


@gini_2025.mistake(
    "You counted those who bought nothing in 2025. The question is about spending, the customers of that year."
)
def all_known(everybody):
    return concentration.gini_coefficient(everybody)


@gini_2025.mistake("You counted from 0. The smallest customer has the number 1.")
def from_zero(spending):
    return concentration.gini_coefficient(spending) - 2 / len(spending)


@gini_2025.mistake(
    "Numbers and amounts do not belong together: either you did not sort, or both are Series, and pandas matched them "
    "by label again. np.sort(spending) has no labels."
)
def labels_matched(spending):
    n = len(spending)
    return 2 * (np.arange(1, n + 1) * spending.to_numpy()).sum() / (n * spending.sum()) - (n + 1) / n


@exercise(
    "2.2.3",
    why="So few people carry half of the year. Somebody should know each of them by name.",
    hints=[
        "Sort from the biggest down and add up as you go.",
        "cumsum() adds up as you go. Where does it first reach half of the total?",
        "Count the customers whose running sum is still below half, and add the one who crosses.",
    ],
)
def half(spending):
    running = spending.sort_values(ascending=False).cumsum()
    return int((running < 0.5 * spending.sum()).sum()) + 1


@half.mistake("That is a share. The question is how many customers, a whole number.")
def as_share(spending):
    running = spending.sort_values(ascending=False).cumsum()
    return (int((running < 0.5 * spending.sum()).sum()) + 1) / len(spending)


@half.mistake("You counted those who stay below half. The customer who crosses the line is needed, too.")
def without_the_last(spending):
    running = spending.sort_values(ascending=False).cumsum()
    return int((running < 0.5 * spending.sum()).sum())


@half.mistake("You began with the smallest. Begin with the biggest.")
def from_below(spending):
    running = spending.sort_values().cumsum()
    return int((running < 0.5 * spending.sum()).sum()) + 1


@half.mistake("That is half of the customers. The question is half of the money.")
def half_of_the_heads(spending):
    return round(0.5 * len(spending))


@half.mistake(
    "share_needed gives a share of the customers, and cuts inside one. Wanted is a number of whole customers."
)
def helper(spending):
    return concentration.share_needed(spending, 0.5)


@half.mistake("You added them up as they stand in the table. Sort first, the biggest on top.")
def as_they_stand(spending):
    return int((spending.cumsum() < 0.5 * spending.sum()).sum()) + 1


@exercise(
    "2.2.4",
    why="The same year, the same money, and another share: whoever shows one must say who is counted.",
    hints=[
        "Which of the two tables has those who did not buy?",
        "A fifth of everybody is more customers than a fifth of the buyers.",
        "n = int(0.2 * len(everybody) + 0.5); then as in the first exercise.",
    ],
)
def fifth_of_everybody(everybody):
    n = int(0.2 * len(everybody) + 0.5)
    return everybody.nlargest(n).sum() / everybody.sum()


@fifth_of_everybody.mistake("You left out those who did not buy. Use everybody.")
def buyers_only(spending):
    return spending.nlargest(round(0.2 * len(spending))).sum() / spending.sum()


@fifth_of_everybody.mistake("That is a tenth. The question is about the best fifth.")
def a_tenth(everybody):
    return everybody.nlargest(round(0.1 * len(everybody))).sum() / everybody.sum()


@fifth_of_everybody.mistake("That is what the others bring. The question is about the best fifth.")
def the_rest(everybody):
    return 1 - everybody.nlargest(round(0.2 * len(everybody))).sum() / everybody.sum()


consultant = judgment(
    "2.2.5",
    weighs=[
        (
            "that a ratio without its period, its base (who is counted) and its measure (revenue or profit) cannot be"
            " compared with ours"
        ),
        "what our own data say for the same period and base, and that real firms of the kit fall short of such ratios",
        (
            "that a small share of profit is no reason to drop anybody: what counts is what would change if they went,"
            " and cost that stays"
        ),
    ],
    example=(
        "Please tell us the period, whether people who did not buy are counted, and how profit was shared out; our own"
        " best fifth brings what we have computed, for one year, of those who bought. Even if the ratio held here, the"
        " rest pay part of costs that stay when they go. We would rather test serving some of them more cheaply, beside"
        " a control group."
    ),
    hints=[
        "Which three things must you know before two ratios can be compared?",
        "What would change in the accounts if the rest were gone?",
    ],
)

base = question(
    "2.2.q1",
    "A shop reports: our best fifth brings 60 %. Next year it counts only customers who bought that year, and reports"
    " 45 %. What happened?",
    [
        Option("The big customers spend less", "Perhaps, but the change of base alone can do this."),
        Option(
            "One cannot tell: who is counted has changed",
            "Leaving out those who bought nothing makes a fifth smaller.",
            right=True,
        ),
        Option("The business has become healthier", "A lower share is neither good nor bad in itself."),
    ],
)

line = question(
    "2.2.q2",
    "All customers of a firm spend the same. What is its Gini coefficient?",
    [
        Option("It is 1", "That is where one customer brings everything."),
        Option("It is 0", "The curve lies on the line of equal shares, so there is no area between them.", right=True),
        Option("It is 0.5", "There is no area between the curve and the line, so not a half of anything."),
    ],
)

window = question(
    "2.2.q3",
    "All households a grocer knows are counted, also those who did not buy. Over which time is the share of the best"
    " fifth larger?",
    [
        Option(
            "Over a week",
            "In a week many happen not to buy, so a few bring everything; over a year most have bought.",
            right=True,
        ),
        Option("Over a year", "More time lets everybody buy now and then, so the shares come closer."),
        Option("The same, for they are the same people", "The same people, but not the same purchases."),
    ],
)
