"""Exercises of lesson 3.4: every quarter, who moves, and how much of it is noise."""

import pandas as pd

from crmlib.lesson import Option, exercise, judgment, prediction, question

GRADES = ["AAA", "AA", "A", "B", "C"]


def example():
    people = list("ABCDEFGHIJKLMN")
    eight = pd.DataFrame(
        {
            "before": ["AA", "A", "A", "A", "A", "A", "B", "not rated"],
            "after": ["AAA", "A", "A", "B", "left", "not rated", "C", "C"],
        },
        index=list("STUVWXYZ"),
    )
    after_a = ["A"] * 4 + ["AA"] * 5 + ["B", "C", "C", "not rated", "not rated", "left"]
    last_quarter = pd.DataFrame(
        {
            "before": ["A"] * len(after_a) + ["AAA", "AA", "AA", "C", "new"],
            "after": [*after_a, "B", "AA", "B", "A", "B"],
        }
    )
    states = [*GRADES, "not rated", "left"]
    rows = [
        [0.70, 0.15, 0.02, 0.00, 0.03, 0.10, 0.00],
        [0.10, 0.60, 0.11, 0.04, 0.03, 0.12, 0.00],
        [0.03, 0.12, 0.48, 0.08, 0.13, 0.16, 0.00],
        [0.01, 0.09, 0.25, 0.28, 0.30, 0.07, 0.00],
        [0.00, 0.02, 0.13, 0.12, 0.58, 0.15, 0.00],
        [0.02, 0.04, 0.10, 0.02, 0.09, 0.70, 0.03],
        [0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 1.00],
    ]
    spring = pd.DataFrame(
        {
            "before": ["A", "A", "A", "B", "B", "C", "C", "AA", "AA", "not rated", "A", "B", "C", "AAA"],
            "after": ["A", "B", "A", "B", "C", "C", "A", "A", "not rated", "A", "not rated", "C", "B", "AAA"],
            "first": ["A", "B", "A", "B", "C", "C", "A", "A", "not rated", "A", "A", "C", "B", "AAA"],
            "second": ["A", "A", "A", "B", "B", "C", "A", "A", "C", "A", "not rated", "C", "C", "AAA"],
        },
        index=people,
    )
    fell_2023 = pd.DataFrame(
        {
            "customer_id": ["P", "Q", "R", "S", "P"],
            "before": ["AA", "A", "B", "AAA", "A"],
            "after": ["A", "C", "C", "AA", "B"],
            "is_low_again": [True, False, True, False, True],
            "amount_first": [900.0, 1400.0, 0.0, 2500.0, 700.0],
            "unpaid_amount_first": [0.0, 400.0, 0.0, 0.0, 60.0],
            "amount_second": [1200.0, 300.0, 800.0, 1900.0, 0.0],
            "unpaid_amount_second": [250.0, 0.0, 800.0, 0.0, 0.0],
        }
    )
    shuffled = [pd.DataFrame({"grade": spring[name]}) for name in ("first", "second", "after")]
    return {
        "eight": eight,
        "shuffled": shuffled,
        "last_quarter": last_quarter,
        "matrix_2025": pd.DataFrame(rows, states, states),
        "spring": spring,
        "fell_2023": fell_2023,
        "margin_rate": 0.16,
        "visit_cost": 120.0,
    }


# --- inside the lesson ---


@exercise(
    "3.4.a",
    why="A fifth of all, but a third of those who still have a grade. The difference is the two whom many tables leave out.",
    hints=[
        "Look at the rows with A in the column before. How many are there?",
        "Lower than A are B and C. To have left, or not to be rated, is no lower grade; but these customers were A before.",
        'a = eight[eight["before"] == "A"]; then a["after"].isin(["B", "C"]).mean().',
    ],
)
def lower_share(eight):
    of_a = eight[eight["before"] == "A"]
    return of_a["after"].isin(["B", "C"]).mean()


@lower_share.mistake(
    "You left out those who left and those not rated. They were graded A before, and belong to the whole."
)
def only_graded(eight):
    of_a = eight[(eight["before"] == "A") & ~eight["after"].isin(["left", "not rated"])]
    return of_a["after"].isin(["B", "C"]).mean()


@lower_share.mistake("You left out W, who has left. W was graded A before, and belongs to the whole.")
def without_left(eight):
    of_a = eight[(eight["before"] == "A") & (eight["after"] != "left")]
    return of_a["after"].isin(["B", "C"]).mean()


@lower_share.mistake(
    "You counted those who left or are not rated as lower. They have no grade now: neither lower nor higher."
)
def all_who_lost_it(eight):
    of_a = eight[eight["before"] == "A"]
    return (of_a["after"] != "A").mean()


@lower_share.mistake("You divided by all eight. Asked is about those graded A before: they are the whole.")
def of_all_eight(eight):
    return ((eight["before"] == "A") & eight["after"].isin(["B", "C"])).mean()


@lower_share.mistake(
    "You counted everybody at B or C now. Z had no grade before and Y was B: only those graded A before are asked for."
)
def all_who_fell(eight):
    return eight["after"].isin(["B", "C"]).mean()


@lower_share.mistake("You took everybody with a grade before for the whole. Only those graded A before are asked for.")
def fell_of_graded(eight):
    had_grade = eight[eight["before"] != "not rated"]
    return had_grade["after"].isin(["B", "C"]).mean()


@lower_share.mistake("That is the share who stayed at A. Asked is who is lower now.")
def who_stayed(eight):
    return (eight.loc[eight["before"] == "A", "after"] == "A").mean()


@lower_share.mistake(
    "You counted one customer, or read down the column of B. Asked is the share of those graded A before: along the row of A."
)
def into_b(eight):
    return (eight.loc[eight["after"] == "B", "before"] == "A").mean()


@prediction(
    "3.4.b",
    near=0.25,
    why="Compare it with the line: the share of the quarter that really was. What is between them needs another explanation than chance.",
    hints=[
        "Punctuality and repayment are 34 points. A grade is 10 points wide. How many customers have only one or two invoices due?",
        "Those who always pay on time, or never, do not vary. The others do.",
    ],
)
def share_by_luck(shuffled):
    first, second = (one["grade"].astype(str) for one in shuffled[:2])
    both = first.index.intersection(second.index)
    is_rated = (first[both] != "not rated") & (second[both] != "not rated")
    return (first[both] != second[both])[is_rated].mean()


# --- at its end ---


@exercise(
    "3.4.1",
    why="Beside it stand those who lost their grade. A report that shows only the grades would tell of neither.",
    hints=[
        'The whole: last_quarter[last_quarter["before"] == "A"], whatever they are now.',
        "Lower than A are B and C. Not rated is no grade.",
        'of_a = last_quarter[last_quarter["before"] == "A"]; then of_a["after"].isin(["B", "C"]).mean().',
    ],
)
def lower(last_quarter):
    of_a = last_quarter[last_quarter["before"] == "A"]
    return of_a["after"].isin(["B", "C"]).mean()


@lower.in_lesson("the four quarters of 2024", asks="the last quarter of 2025")
def lower_2024(counts):
    return counts.loc["A", ["B", "C"]].sum() / counts.loc["A"].sum()


@lower.mistake("You left out those not rated now. They were graded A before, and belong to the whole.")
def only_those_rated(last_quarter):
    of_a = last_quarter[(last_quarter["before"] == "A") & last_quarter["after"].isin(GRADES)]
    return of_a["after"].isin(["B", "C"]).mean()


@lower.mistake("You counted those not rated as lower. Nobody knows whether they are.")
def not_rated_as_lower(last_quarter):
    of_a = last_quarter[last_quarter["before"] == "A"]
    return of_a["after"].isin(["B", "C", "not rated", "left"]).mean()


@lower.mistake("You counted everybody whose state is another. Those who rose, and those not rated now, are among them.")
def any_other(last_quarter):
    return (last_quarter.loc[last_quarter["before"] == "A", "after"] != "A").mean()


@lower.mistake(
    "You counted those who rose as well, and left out those not rated. Lower than A are B and C; the whole is all who were A."
)
def any_other_grade(last_quarter):
    of_a = last_quarter[(last_quarter["before"] == "A") & last_quarter["after"].isin(GRADES)]
    return (of_a["after"] != "A").mean()


@lower.mistake("You counted the fall to B alone. C is lower too.")
def one_down(last_quarter):
    return (last_quarter.loc[last_quarter["before"] == "A", "after"] == "B").mean()


@lower.mistake("You counted the fall to C alone. B is lower than A too.")
def two_down(last_quarter):
    return (last_quarter.loc[last_quarter["before"] == "A", "after"] == "C").mean()


@lower.mistake("You divided by all customers. The whole is those graded A before.")
def of_everybody(last_quarter):
    return ((last_quarter["before"] == "A") & last_quarter["after"].isin(["B", "C"])).mean()


@lower.mistake("You read down the columns: of those at B or C now, how many were A. Read along the row of A.")
def down_the_column(last_quarter):
    return (last_quarter.loc[last_quarter["after"].isin(["B", "C"]), "before"] == "A").mean()


@lower.mistake("AAA and AA are higher than A. Lower are B and C.")
def higher(last_quarter):
    return last_quarter.loc[last_quarter["before"] == "A", "after"].isin(["AAA", "AA"]).mean()


@lower.mistake("That is the share who are A again. Asked is who is lower.")
def still_a(last_quarter):
    return (last_quarter.loc[last_quarter["before"] == "A", "after"] == "A").mean()


@lower.mistake("You took A and better together. Only those graded A before are asked for.")
def a_and_better(last_quarter):
    was_good = last_quarter[last_quarter["before"].isin(["AAA", "AA", "A"])]
    return was_good["after"].isin(["B", "C"]).mean()


@exercise(
    "3.4.2",
    why="The diagonal to the fourth power would be smaller: it forgets those who leave AA and come back. Would you bet on this number? See what the matrix of 2024 was worth.",
    hints=[
        "A year is four quarters. The share who stay AA each single quarter leaves out those who go and come back.",
        "@ multiplies matrices; ** would multiply each number with itself.",
        'year = matrix_2025 @ matrix_2025 @ matrix_2025 @ matrix_2025; then year.loc["AA", "AA"].',
    ],
)
def still_aa(matrix_2025):
    year = matrix_2025 @ matrix_2025 @ matrix_2025 @ matrix_2025
    return year.loc["AA", "AA"]


@still_aa.in_lesson("the matrix of 2024", asks="that of 2025")
def year_of_2024(square):
    return {"matrix_2025": square}


@still_aa.mistake(
    "You took the diagonal to the fourth power, number by number. Those who leave AA and come back are missing: use @."
)
def of_the_diagonal(matrix_2025):
    return matrix_2025.loc["AA", "AA"] ** 4


@still_aa.mistake("That is a single quarter. A year has four.")
def one_quarter(matrix_2025):
    return matrix_2025.loc["AA", "AA"]


@still_aa.mistake("You added four quarters. Shares of shares are multiplied.")
def four_times(matrix_2025):
    return 4 * matrix_2025.loc["AA", "AA"]


@still_aa.mistake("You took four times the loss of a quarter. Who has left AA cannot leave again before they are back.")
def four_losses(matrix_2025):
    return 1 - 4 * (1 - matrix_2025.loc["AA", "AA"])


@still_aa.mistake(
    "You took the diagonal to the third power. A year is four quarters, and powers of the diagonal forget who comes back."
)
def one_too_few_of_the_diagonal(matrix_2025):
    return matrix_2025.loc["AA", "AA"] ** 3


@still_aa.mistake(
    "You multiplied three matrices. A year is four quarters: the matrix stands four times, with @ three times between."
)
def one_too_few(matrix_2025):
    return (matrix_2025 @ matrix_2025 @ matrix_2025).loc["AA", "AA"]


@still_aa.mistake("You multiplied five matrices. A year is four quarters.")
def one_too_many(matrix_2025):
    return (matrix_2025 @ matrix_2025 @ matrix_2025 @ matrix_2025 @ matrix_2025).loc["AA", "AA"]


@still_aa.mistake("You looked half a year ahead. A year is four quarters.")
def two_quarters(matrix_2025):
    return (matrix_2025 @ matrix_2025).loc["AA", "AA"]


@still_aa.mistake("You counted those who rose to AAA as well. Asked is AA itself.")
def or_better(matrix_2025):
    year = matrix_2025 @ matrix_2025 @ matrix_2025 @ matrix_2025
    return year.loc["AA", ["AAA", "AA"]].sum()


@still_aa.mistake("You added up a column: shares of different groups. Take the row of AA, and in it the column AA.")
def the_column(matrix_2025):
    return (matrix_2025 @ matrix_2025 @ matrix_2025 @ matrix_2025)["AA"].sum()


@still_aa.mistake("That is AAA. Take the row and the column AA.")
def of_aaa(matrix_2025):
    return (matrix_2025 @ matrix_2025 @ matrix_2025 @ matrix_2025).loc["AAA", "AAA"]


@exercise(
    "3.4.3",
    why="Two shuffles are little: another pair gives another number. In the lesson there are forty, and an interval.",
    hints=[
        "Two shares, each over those with a grade in both of its columns. Then one divided by the other.",
        'For one pair: d = spring[(spring["first"] != "not rated") & (spring["second"] != "not rated")]; then (d["first"] != d["second"]).mean().',
        'The same with "before" and "after" is the share below the line of the fraction.',
    ],
)
def by_chance(spring):
    dealt = spring[(spring["first"] != "not rated") & (spring["second"] != "not rated")]
    real = spring[(spring["before"] != "not rated") & (spring["after"] != "not rated")]
    return (dealt["first"] != dealt["second"]).mean() / (real["before"] != real["after"]).mean()


@by_chance.in_lesson("the third quarter of 2025", asks="the first quarter of 2025")
def by_chance_in_autumn(noise):
    return noise["ratio"]


@by_chance.mistake("You took the difference. How large is the one beside the other: divide.")
def difference(spring):
    dealt = spring[(spring["first"] != "not rated") & (spring["second"] != "not rated")]
    real = spring[(spring["before"] != "not rated") & (spring["after"] != "not rated")]
    return (real["before"] != real["after"]).mean() - (dealt["first"] != dealt["second"]).mean()


@by_chance.mistake(
    "You counted it as a move when somebody is not rated in one of the columns. Look at those with a grade in both."
)
def not_rated_moves(spring):
    return (spring["first"] != spring["second"]).mean() / (spring["before"] != spring["after"]).mean()


@by_chance.mistake(
    "You divided numbers of customers. There are not as many with a grade in each pair of columns: take shares first."
)
def of_numbers(spring):
    dealt = spring[(spring["first"] != "not rated") & (spring["second"] != "not rated")]
    real = spring[(spring["before"] != "not rated") & (spring["after"] != "not rated")]
    return (dealt["first"] != dealt["second"]).sum() / (real["before"] != real["after"]).sum()


@by_chance.mistake("You multiplied the two shares. Divide the first by the second.")
def product(spring):
    dealt = spring[(spring["first"] != "not rated") & (spring["second"] != "not rated")]
    real = spring[(spring["before"] != "not rated") & (spring["after"] != "not rated")]
    return (dealt["first"] != dealt["second"]).mean() * (real["before"] != real["after"]).mean()


@by_chance.mistake("You counted those who have the same grade in both columns. Asked is who differs.")
def of_stayers(spring):
    dealt = spring[(spring["first"] != "not rated") & (spring["second"] != "not rated")]
    real = spring[(spring["before"] != "not rated") & (spring["after"] != "not rated")]
    return (dealt["first"] == dealt["second"]).mean() / (real["before"] == real["after"]).mean()


@by_chance.mistake(
    "You set a shuffle beside the real grade, among those with a real grade twice. Compare the two shuffles with each other."
)
def shuffle_of_the_real(spring):
    real = spring[(spring["before"] != "not rated") & (spring["after"] != "not rated")]
    return (real["first"] != real["after"]).mean() / (real["before"] != real["after"]).mean()


@exercise(
    "3.4.4",
    why="In 2023 the answer is another than in the lesson: few customers, and in each half-year a few large invoices. One half-year of profit does not prove a rule.",
    hints=[
        "Two profits over all rows and both quarters. Doing nothing: the margin of all sales, less what was never paid.",
        "A visit at once: 70 % of that margin, nothing unpaid, and a visit for every row.",
        'sales = fell_2023["amount_first"] + fell_2023["amount_second"], unpaid likewise; then (0.7 * margin_rate * sales - visit_cost - (margin_rate * sales - unpaid)).sum().',
    ],
)
def more_by_acting(fell_2023, margin_rate, visit_cost):
    sales = fell_2023["amount_first"] + fell_2023["amount_second"]
    unpaid = fell_2023["unpaid_amount_first"] + fell_2023["unpaid_amount_second"]
    at_once = 0.7 * margin_rate * sales - visit_cost
    nothing = margin_rate * sales - unpaid
    return (at_once - nothing).sum()


@more_by_acting.in_lesson("those who fell in 2024", asks="those who fell on 1 October 2023 or 1 January 2024")
def fell_in_2024(fell, margin_rate, visit_cost):
    return {"fell_2023": fell, "margin_rate": margin_rate, "visit_cost": visit_cost}


@more_by_acting.mistake("You forgot the visits. Each row costs one.")
def without_visits(fell_2023, margin_rate):
    sales = fell_2023[["amount_first", "amount_second"]].sum().sum()
    unpaid = fell_2023[["unpaid_amount_first", "unpaid_amount_second"]].sum().sum()
    return 0.7 * margin_rate * sales - (margin_rate * sales - unpaid)


@more_by_acting.mistake("You took off one visit for all. There is one for every row.")
def one_visit(fell_2023, margin_rate, visit_cost):
    sales = fell_2023[["amount_first", "amount_second"]].sum().sum()
    unpaid = fell_2023[["unpaid_amount_first", "unpaid_amount_second"]].sum().sum()
    return 0.7 * margin_rate * sales - visit_cost - (margin_rate * sales - unpaid)


@more_by_acting.mistake("You let everybody stay. Asked for cash, 30 % of the purchases go, and their margin with them.")
def all_stay(fell_2023, visit_cost):
    return (fell_2023["unpaid_amount_first"] + fell_2023["unpaid_amount_second"] - visit_cost).sum()


@more_by_acting.mistake(
    "You left a part unpaid after the visit as well. Those asked for cash pay before the goods go out."
)
def still_unpaid(fell_2023, margin_rate, visit_cost):
    sales = fell_2023["amount_first"] + fell_2023["amount_second"]
    unpaid = fell_2023["unpaid_amount_first"] + fell_2023["unpaid_amount_second"]
    return (0.7 * (margin_rate * sales - unpaid) - visit_cost - (margin_rate * sales - unpaid)).sum()


@more_by_acting.mistake("That is the profit with a visit at once. Take off the profit of doing nothing.")
def acting_alone(fell_2023, margin_rate, visit_cost):
    return (0.7 * margin_rate * (fell_2023["amount_first"] + fell_2023["amount_second"]) - visit_cost).sum()


@more_by_acting.mistake("That is the profit of doing nothing. Asked is how much more a visit at once brings.")
def nothing_alone(fell_2023, margin_rate):
    sales = fell_2023[["amount_first", "amount_second"]].sum().sum()
    return margin_rate * sales - fell_2023[["unpaid_amount_first", "unpaid_amount_second"]].sum().sum()


@more_by_acting.mistake("You reckoned with sales. Of a yuan of sales only the margin is ours: times margin_rate.")
def sales_for_margin(fell_2023, visit_cost):
    sales = fell_2023["amount_first"] + fell_2023["amount_second"]
    unpaid = fell_2023["unpaid_amount_first"] + fell_2023["unpaid_amount_second"]
    return (0.7 * sales - visit_cost - (sales - unpaid)).sum()


@more_by_acting.mistake(
    "You took only the margin of what is unpaid as lost. The goods are gone too: the whole amount does not come."
)
def margin_of_unpaid(fell_2023, margin_rate, visit_cost):
    sales = fell_2023["amount_first"] + fell_2023["amount_second"]
    unpaid = fell_2023["unpaid_amount_first"] + fell_2023["unpaid_amount_second"]
    return (0.7 * margin_rate * sales - visit_cost - margin_rate * (sales - unpaid)).sum()


@more_by_acting.mistake(
    "You took the first quarter alone. The half-year has two: add amount_second and unpaid_amount_second."
)
def first_quarter(fell_2023, margin_rate, visit_cost):
    sales, unpaid = fell_2023["amount_first"], fell_2023["unpaid_amount_first"]
    return (0.7 * margin_rate * sales - visit_cost - (margin_rate * sales - unpaid)).sum()


@more_by_acting.mistake("You took the 30 % that leave. Of the margin the 70 % that stay are ours.")
def who_leaves(fell_2023, margin_rate, visit_cost):
    sales = fell_2023["amount_first"] + fell_2023["amount_second"]
    unpaid = fell_2023["unpaid_amount_first"] + fell_2023["unpaid_amount_second"]
    return (0.3 * margin_rate * sales - visit_cost - (margin_rate * sales - unpaid)).sum()


@more_by_acting.mistake(
    "You visited only those who are low again. Asked is a visit at once, to everybody in the table."
)
def only_low_again(fell_2023, margin_rate, visit_cost):
    low = fell_2023[fell_2023["is_low_again"]]
    sales, unpaid = low["amount_first"] + low["amount_second"], low["unpaid_amount_first"] + low["unpaid_amount_second"]
    return (0.7 * margin_rate * sales - visit_cost - (margin_rate * sales - unpaid)).sum()


@more_by_acting.mistake("That is per row. Asked is the sum of all of them together.")
def per_head(fell_2023, margin_rate, visit_cost):
    sales = fell_2023["amount_first"] + fell_2023["amount_second"]
    unpaid = fell_2023["unpaid_amount_first"] + fell_2023["unpaid_amount_second"]
    return (0.7 * margin_rate * sales - visit_cost - (margin_rate * sales - unpaid)).mean()


bonus = judgment(
    "3.4.5",
    hints=[
        "They were chosen because they stood at the bottom. What would have come of them without a visit?",
        "With whom should one compare? And what of those who have no grade now?",
    ],
    weighs=[
        "that those at the bottom can only rise: many would have a better grade without a visit (regression to the middle)",
        "how many C customers who were *not* visited rose in the same quarter: that is the number to compare with",
        "who is in the “half”: whether those who left or are not rated now were left out",
        "how many they are: of ten customers, five is luck's everyday business; an interval belongs to it",
        "a way to find out: draw at random which C customers are visited, and count both groups a quarter later",
        "that a better grade is not money: what was paid and what was bought counts, less the visits",
    ],
    example=(
        "How many C customers did you not visit, and how many of them rose? They stood at the bottom, so many would have risen without you. I would also ask whether"
        " those who left or lost their grade are in your half. To find out we draw at random which C customers you visit next quarter, count the better grades and the"
        " money in both groups with an interval, and pay the bonus for the difference."
    ),
)

not_zero = question(
    "3.4.q1",
    "On the first day nobody is graded B. What does the row of B say in the migration matrix?",
    [
        Option(
            "That it is unknown",
            "Nobody was there who could have moved. The next quarter may tell.",
            right=True,
        ),
        Option(
            "Zero in every column, as there was nobody who moved",
            "Zero would claim that B customers never move to any grade. Nobody has seen one.",
        ),
        Option("That all of them stayed, for nobody left the grade", "There was nobody who could have stayed."),
        Option(
            "The same as the row of A, the grade next to it",
            "That would be an assumption. It may be useful, if one calls it one.",
        ),
    ],
)

taken_out = question(
    "3.4.q2",
    "An agency takes out all firms whose rating was withdrawn in the year. What follows for its default shares?",
    [
        Option(
            "Nothing, as long as the share that was withdrawn is small",
            "It depends on who they were, not only on how many.",
        ),
        Option(
            "They are too high, since the whole has become smaller",
            "The whole is smaller, and so is the part: the withdrawn who later failed are out too.",
        ),
        Option(
            "They hold for firms that kept a rating; weak firms may be missing",
            "If those who vanish fail more often than the others, the table looks safer than the world is.",
            right=True,
        ),
        Option("They are right, because a firm without a rating cannot fail", "It can. It is only not counted."),
    ],
)

which_ones = question(
    "3.4.q3",
    "Chance alone would make two thirds as many moves as there were. What may you say?",
    [
        Option(
            "Two thirds of those who fell are as good as before; the rest are worse",
            "The share says how many, not which. And in each customer luck and change are mixed.",
        ),
        Option(
            "The card is worthless, for two in three of its grades are luck",
            "Two in three *moves*. Most customers did not move.",
        ),
        Option(
            "Nobody has changed, for luck could explain everything",
            "It explains a part. Beyond the pairs of shuffles there is real change.",
        ),
        Option(
            "A single move is weak evidence; look for a second sign",
            "A second quarter, a call, a statement: something that luck would have to make twice.",
            right=True,
        ),
    ],
)
