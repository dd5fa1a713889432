"""Exercises of lesson 1.6: scores and clusters."""

import math

import pandas as pd

from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    eight = pd.DataFrame(
        {
            "recency_days": [5, 12, 20, 40, 30, 90, 200, 340],
            "frequency": [9, 5, 3, 2, 1, 1, 1, 1],
            "monetary": [900, 620, 120, 240, 60, 300, 40, 35],
        },
        index=list("ABCDEFGH"),
    )
    donors = pd.DataFrame({"n_years_given": [0, 0, 0, 1, 1, 2, 3, 6, 6, 6]})
    quiet = pd.DataFrame(
        {
            "responded": [False, True, False, False, True, False, True, True, False, False],
            "gift": [0, 20, 0, 0, 5, 0, 25, 10, 0, 0],
            "last_gift": [10, 25, 10, 5, 5, 10, 50, 10, 25, 10],
            "frequency_score": [1, 1, 1, 2, 2, 2, 3, 4, 5, 2],
        }
    )
    scored_2023 = pd.DataFrame(
        {
            "monetary": [900.0, 800, 300, 200, 90, 80, 60, 20, 15, 10],
            "profit": [200.0, 150, 60, 50, 30, 9, 8, 5, 2, 1],
            "cluster": [1, 1, 1, 2, 2, 3, 3, 3, 3, 3],
            "sum_of_scores": [15, 14, 13, 12, 11, 9, 8, 6, 4, 3],
            "profit_2024": [210.0, 0, 30, 70, 5, 12, 0, 7, 0, 0],
            "came_back": [True, False, True, True, True, True, False, True, False, False],
        },
        index=list("abcdefghij"),
    )
    charity = pd.DataFrame({"responded": [False, False, True, False, True, True]})
    scores = pd.DataFrame({"frequency_score": [1, 2, 3, 5, 5, 5]})
    return {
        "eight": eight,
        "charity": charity,
        "scores": scores,
        "donors": donors,
        "quiet": quiet,
        "scored_2023": scored_2023,
    }


# --- inside the lesson ---


@exercise(
    "1.6.a",
    why="F, G and H stand at the same place, in whatever order the file has them.",
    hints=[
        "Nobody ordered less often than E. How many ordered as often, E among them?",
        "Four of the eight are equal. Half of four, divided by eight.",
        "In numbers: (0 + 4 / 2) / 8",
    ],
)
def place_of_e(eight):
    orders = eight["frequency"]
    worse = (orders < orders["E"]).sum()
    equal = (orders == orders["E"]).sum()
    return (worse + equal / 2) / len(orders)


@place_of_e.mistake("You left E out of the equal ones. A customer is equal to themself: there are four.")
def without_herself(eight):
    orders = eight["frequency"]
    return ((orders == orders["E"]).sum() - 1) / 2 / len(orders)


@place_of_e.mistake("You took half of E alone. F, G and H bought once as well: half of all four counts.")
def half_of_herself(eight):
    return 0.5 / len(eight)


@place_of_e.mistake("That is one of eight, as if E stood alone. E shares the place with F, G and H: half of these four counts.")
def one_of_eight(eight):
    return 1 / len(eight)


@place_of_e.mistake("That is the place times five, which is rounded up to the score. The place itself is a fraction between 0 and 1.")
def times_five(eight):
    orders = eight["frequency"]
    return 5 * (orders == orders["E"]).sum() / 2 / len(orders)



@place_of_e.mistake("You took all of the equal ones. Only half of them count.")
def all_equal(eight):
    orders = eight["frequency"]
    return (orders <= orders["E"]).mean()


@place_of_e.mistake("You looked at recency. Here it is frequency, the number of orders.")
def by_recency(eight):
    silence = eight["recency_days"]
    return ((silence > silence["E"]).sum() + 0.5) / len(silence)


@place_of_e.mistake("That is rank(pct=True), their mean rank divided by eight. The place is half a rank less.")
def pct_rank(eight):
    return eight["frequency"].rank(pct=True)["E"]


@place_of_e.mistake("That is the mean of their ranks, counted from 1. The place is half a rank less, divided by eight.")
def mean_rank(eight):
    return eight["frequency"].rank(method="average")["E"]


@place_of_e.mistake("That is the score. The place comes before it: a fraction between 0 and 1.")
def score_itself(eight):
    return 2 if len(eight) else 0


@prediction(
    "1.6.b",
    near=0.15,
    why="Look which line climbs most steeply, and which hardly climbs at all.",
    hints=["If frequency said nothing, it would be 0.4. If it said everything, 1."],
)
def rate_of_the_best(charity, scores):
    return charity["responded"][scores["frequency_score"] == 5].mean()


# --- at its end, on data not yet shown ---


@exercise(
    "1.6.1",
    why="The most common answers to “how often” are few, so equal ones are the rule and no exception.",
    hints=[
        "Which donors are worse than they? Those who never gave again. Which are equal? Those with a 1.",
        "Count the zeros and half of the ones, and divide by all donors.",
        'In code: given = donors["n_years_given"]; ((given == 0).sum() + (given == 1).sum() / 2) / len(given)',
    ],
)
def place_of_one(donors):
    given = donors["n_years_given"]
    return ((given == 0).sum() + (given == 1).sum() / 2) / len(given)


@place_of_one.mistake("You counted those who are worse, and nobody who is equal. Half of the equal ones belong to it.")
def worse_only(donors):
    return (donors["n_years_given"] == 0).mean()


@place_of_one.mistake("You took all of the equal ones. Only half of them count.")
def all_ones(donors):
    return (donors["n_years_given"] <= 1).mean()


@place_of_one.mistake("That is the share who gave in exactly one further year, no place: who is worse is not in it.")
def share_of_ones(donors):
    return (donors["n_years_given"] == 1).mean()


@place_of_one.mistake("You left out those who never gave again. They are donors too, and worse: they count in full.")
def zeros_left_out(donors):
    given = donors["n_years_given"][donors["n_years_given"] > 0]
    return (given == 1).sum() / 2 / len(given)


@place_of_one.mistake("That is rank(pct=True), their mean rank divided by all donors. The place is half a rank less.")
def pct_rank_of_one(donors):
    return donors["n_years_given"].rank(pct=True)[donors["n_years_given"] == 1].iloc[0]


@place_of_one.mistake("That is the score, 1 to 5. The place comes before it: a fraction between 0 and 1.")
def score_of_one_year(donors):
    given = donors["n_years_given"]
    return float(-(-5 * ((given == 0).sum() + (given == 1).sum() / 2) // len(given)))



@place_of_one.mistake("That is half of the equal ones. Those who are worse have to be added.")
def half_of_equal(donors):
    return (donors["n_years_given"] == 1).mean() / 2


@place_of_one.mistake("That is the place of those who never gave again. Asked is who gave in one further year.")
def place_of_none(donors):
    return (donors["n_years_given"] == 0).mean() / 2


@exercise(
    "1.6.2",
    why="A cluster says what its customers were like. Whether they come back, only the next year says.",
    hints=[
        "Which cluster is the largest? Count the customers of each.",
        'scored_2023["cluster"].value_counts() counts; the first one is the largest.',
        'In code: largest = scored_2023["cluster"].mode()[0]; then the mean of "came_back" of these rows',
    ],
)
def came_back(scored_2023):
    largest = scored_2023["cluster"].mode()[0]
    return scored_2023.loc[scored_2023["cluster"] == largest, "came_back"].mean()


@came_back.mistake("You took all customers. Only those of the largest cluster are asked for.")
def of_all(scored_2023):
    return scored_2023["came_back"].mean()


@came_back.mistake("You took cluster 1, those who spent most. The largest is the one with most customers.")
def richest(scored_2023):
    return scored_2023.loc[scored_2023["cluster"] == 1, "came_back"].mean()


@came_back.mistake("You divided by all customers. Divide by the customers of that cluster.")
def over_all(scored_2023):
    largest = scored_2023["cluster"].mode()[0]
    return (scored_2023["came_back"] & (scored_2023["cluster"] == largest)).mean()


@came_back.mistake("That says how many of those who came back belong to the cluster. The question goes the other way round.")
def backward(scored_2023):
    largest = scored_2023["cluster"].mode()[0]
    return (scored_2023.loc[scored_2023["came_back"], "cluster"] == largest).mean()


@came_back.mistake("That is how large the cluster is, as a share of all customers.")
def how_large(scored_2023):
    return (scored_2023["cluster"] == scored_2023["cluster"].mode()[0]).mean()


@exercise(
    "1.6.3",
    why="Small beside what they bring anyway. But that is not the catalog's doing: only a control group shows what is.",
    hints=[
        "What do all the catalogs cost, and what do those who get one bring anyway?",
        "Cost: 25 times their number. Divide by the sum of their profit_2024.",
        'In code: sent = scored_2023[scored_2023["sum_of_scores"] >= 13]; 25 * len(sent) / sent["profit_2024"].sum()',
    ],
)
def lift_needed(scored_2023):
    sent = scored_2023[scored_2023["sum_of_scores"] >= 13]
    return 25 * len(sent) / sent["profit_2024"].sum()


@lift_needed.mistake("You left out those with exactly 13. 13 or more is >=.")
def above_13(scored_2023):
    sent = scored_2023[scored_2023["sum_of_scores"] > 13]
    return 25 * len(sent) / sent["profit_2024"].sum()


@lift_needed.mistake("You took only those with exactly 13. Those with 14 and 15 get a catalog as well.")
def exactly_13(scored_2023):
    sent = scored_2023[scored_2023["sum_of_scores"] == 13]
    return 25 * len(sent) / sent["profit_2024"].sum()



@lift_needed.mistake("You divided by the profit of 2023. What has to rise is the profit of 2024.")
def of_2023(scored_2023):
    sent = scored_2023[scored_2023["sum_of_scores"] >= 13]
    return 25 * len(sent) / sent["profit"].sum()


@lift_needed.mistake("You divided by sales. A catalog is paid from gross profit.")
def of_sales(scored_2023):
    sent = scored_2023[scored_2023["sum_of_scores"] >= 13]
    return 25 * len(sent) / sent["monetary"].sum()


@lift_needed.mistake("You sent it to everybody. It goes to those with 13 or more.")
def to_everybody(scored_2023):
    return 25 * len(scored_2023) / scored_2023["profit_2024"].sum()


@lift_needed.mistake("You took one catalog for all. Each of them costs 25 yuan.")
def one_catalog(scored_2023):
    return 25 / scored_2023.loc[scored_2023["sum_of_scores"] >= 13, "profit_2024"].sum()


@lift_needed.mistake("You left out those who did not come back. They got a catalog as well, and it costs 25 yuan.")
def who_came_back(scored_2023):
    sent = scored_2023[(scored_2023["sum_of_scores"] >= 13) & scored_2023["came_back"]]
    return 25 * len(sent) / sent["profit_2024"].sum()


@lift_needed.mistake("You divided by the profit of all customers. Only those who get a catalog can pay for it.")
def profit_of_all(scored_2023):
    return 25 * (scored_2023["sum_of_scores"] >= 13).sum() / scored_2023["profit_2024"].sum()


@exercise(
    "1.6.4",
    why="It is the rate of answers times the gift of those who answer: a letter may cost what it brings on average.",
    hints=[
        "What does a letter to one of them bring on average, those who give nothing among them?",
        "Keep the rows with a score of 1 or 2, and take the mean of gift over all of them.",
        'In code: quiet.loc[quiet["frequency_score"] <= 2, "gift"].mean()',
    ],
)
def most_for_a_letter(quiet):
    return quiet.loc[quiet["frequency_score"] <= 2, "gift"].mean()


@most_for_a_letter.mistake("3 guilders is what a letter was assumed to cost in the lesson. Work out what these supporters bring, and do not round it.")
def cost_in_the_lesson():
    return 3


@most_for_a_letter.mistake("You took the mean of those who gave. Letters to the others cost as much: they count with 0.")
def of_givers(quiet):
    chosen = quiet[quiet["frequency_score"] <= 2]
    return chosen.loc[chosen["responded"], "gift"].mean()


@most_for_a_letter.mistake("You took all quiet supporters. Only those with a score of 1 or 2 are asked for.")
def all_quiet(quiet):
    return quiet["gift"].mean()


@most_for_a_letter.mistake("You took the gifts of the time before. What this letter brings is in the column gift.")
def last_gifts(quiet):
    return quiet.loc[quiet["frequency_score"] <= 2, "last_gift"].mean()


@most_for_a_letter.mistake("You took three guilders off, the cost in the lesson. Here the cost is asked for: a letter may cost all it brings.")
def less_three(quiet):
    return quiet.loc[quiet["frequency_score"] <= 2, "gift"].mean() - 3



@most_for_a_letter.mistake("That is the share who answer. Times what they give, it becomes money.")
def share_who_answer(quiet):
    return quiet.loc[quiet["frequency_score"] <= 2, "responded"].mean()


@most_for_a_letter.mistake("You took only those with a score of 1. Those with a 2 get a letter as well.")
def score_of_one(quiet):
    return quiet.loc[quiet["frequency_score"] == 1, "gift"].mean()


@most_for_a_letter.mistake("You took only those with a score of 2. Those with a 1 get a letter as well.")
def score_of_two(quiet):
    return quiet.loc[quiet["frequency_score"] == 2, "gift"].mean()


@most_for_a_letter.mistake("You took the others, with a score of 3 and more.")
def the_best(quiet):
    return quiet.loc[quiet["frequency_score"] > 2, "gift"].mean()


questions_to_ask = judgment(
    "1.6.5",
    hints=[
        "What would make seven groups better than three, or than none? How would you see it?",
        "What could you do yourself in an afternoon, for nothing? Compare with that.",
    ],
    weighs=[
        "a test on a later period that was not used to make the groups",
        "something simple to compare with: tiers, added scores, last year's money",
        "whether the groups come out the same when other customers are drawn, or next year",
        "what you would do differently for each group, and what that is worth in money",
        "that a name and a portrait make a group easy to remember, and not true",
    ],
    example=(
        "I ask for the seven groups of 2023 and look what each spent in 2024. Beside it I put our four tiers and the sum"
        " of three scores, which cost nothing. I draw the customers anew and ask how many change their group. And for"
        " each group I want one thing that we would do differently, and what it brings: if we write to all seven alike,"
        " seven names are worth nothing."
    ),
)

parted = question(
    "1.6.q1",
    "Your table gives two customers with one order each a 1 and a 3 in frequency. What happened?",
    [
        Option("One of them bought longer ago", "That is recency. It has a score of its own."),
        Option("The rows were numbered before they were cut", "So the order of the file decided.", right=True),
        Option("One of them spent more, and the money was taken into account", "Money has a score of its own as well."),
        Option("Nothing: fifths must be equally large", "They cannot be, where half of all are equal."),
    ],
)

tidy = question(
    "1.6.q2",
    "Two clusters have a silhouette of 0.7. What does that say?",
    [
        Option("That customers will keep to their cluster next year", "It looks at one period and at no other."),
        Option("That the two groups need different letters", "What they answer to is not in it."),
        Option("That they predict better than tiers do, which nobody measured", "Tidy is not useful: test it."),
        Option("That the two heaps lie well apart", "That, and no more.", right=True),
    ],
)

break_even = question(
    "1.6.q3",
    "A letter costs 2 yuan; those who answer give 40 on average. In one group 4 in 100 answer. Do you write to it?",
    [
        Option("No: 5 in 100 would have to answer", "2 of 40 is 5 %, and 4 % is less.", right=True),
        Option("Yes: 40 yuan is much more than 2", "But 96 of 100 letters bring nothing."),
        Option("Yes: each answer brings a profit of 38 yuan to the charity", "And each of the 96 others costs 2."),
        Option("That cannot be told without their recency", "Recency may sharpen the 4 %; the sum stands without."),
    ],
)
