"""Exercises of lesson 3.1: twenty indicators, one hundred points."""

import pandas as pd

from crmlib.lesson import Option, exercise, judgment, prediction, question

KEEPING = ["repayment", "punctuality", "bad_debts"]


def example():
    eight = pd.DataFrame(
        {
            "repaid_share": [1.00, 0.90, 1.00, 0.75, 0.59, 0.61, 0.95, 0.00],
            "relation_days": [1200, 500, 45, 730, 900, 900, 200, 1500],
            "current_ratio": [1.80, 1.30, 0.95, 1.50, 1.40, 1.40, 1.10, 2.00],
        },
        index=list("ABCDEFGH"),
    )
    facts_2025 = pd.DataFrame({"debt_ratio": [0.30, 0.64, None, 0.70, 0.82, 0.95, None, 1.05]}, index=list("ABCDEFGH"))
    rated = pd.DataFrame(
        {
            "grade": ["AAA", "A", "C", "not rated", "C", "B", "not rated", "C", "AA"],
            "amount_due": [900.0, 410.0, 250.0, 170.0, 80.0, 330.0, None, 120.0, 640.0],
            "overdue_amount": [0.0, 20.0, 210.0, 60.0, 75.0, 90.0, None, 35.0, 0.0],
        },
        index=list("ABCDEFGHI"),
    )
    missed = pd.DataFrame(
        {
            "leadership": [2.0, 0.0, 4.0, None],
            "repayment": [0.0, 3.0, 20.0, 1.0],
            "punctuality": [1.5, 5.0, 14.0, None],
            "bad_debts": [0.0, 0.0, 8.0, 0.0],
            "indebtedness": [1.0, None, 2.5, 0.5],
            "current_cover": [4.0, 3.0, None, 0.4],
        },
        index=list("ABCD"),
    )
    c_sales = pd.DataFrame(
        {
            "customer_id": list("PPQRRS"),
            "amount": [800.0, 300.0, 500.0, 900.0, 1400.0, 250.0],
            "unpaid_amount": [0.0, 0.0, 0.0, 90.0, 0.0, 250.0],
        }
    )
    graded = rated[["grade"]]
    return {
        "eight": eight,
        "facts": facts_2025,
        "graded": graded,
        "facts_2025": facts_2025,
        "rated": rated,
        "missed": missed,
        "c_sales": c_sales,
        "margin_rate": 0.16,
    }


# --- inside the lesson ---


@exercise(
    "3.1.a",
    why="Three facts of three kinds, and one number. Which of the three said most is no longer in it.",
    hints=[
        "One item after the other: how much was repaid, how long is the relation, what is the current ratio?",
        "Repayment: 20 times the share, as it is above 60 %. 500 days are more than one year and less than two.",
        "Current ratio: 1.30 is 0.30 above the zero of the slope, and the slope is 0.50 long: 4 times 0.30 / 0.50.",
    ],
)
def points_of_b(eight):
    b = eight.loc["B"]
    repayment = 20 * b["repaid_share"]
    relation = 2
    current = 4 * (b["current_ratio"] - 1.0) / 0.5
    return repayment + relation + current


@points_of_b.mistake("You gave all 4 points for the current ratio. 1.30 lies on the slope: full points begin at 1.50.")
def full_current(eight):
    return 20 * eight.loc["B", "repaid_share"] + 2 + 4


@points_of_b.mistake("You let the slope of the current ratio begin at 0. It has its zero at 1.00.")
def slope_from_nothing(eight):
    b = eight.loc["B"]
    return 20 * b["repaid_share"] + 2 + 4 * b["current_ratio"] / 1.5


@points_of_b.mistake("You took 4 points times the part above 1.00. Divide by the length of the slope, from 1.00 to 1.50.")
def slope_not_divided(eight):
    b = eight.loc["B"]
    return 20 * b["repaid_share"] + 2 + 4 * (b["current_ratio"] - 1.0)


@points_of_b.mistake("You let the slope of repayment begin at 60 %. It begins at 0; below 60 % there is nothing, that is a floor.")
def slope_from_the_floor(eight):
    b = eight.loc["B"]
    return 20 * (b["repaid_share"] - 0.6) / 0.4 + 2 + 4 * (b["current_ratio"] - 1.0) / 0.5


@points_of_b.mistake("You gave 3 points for the relation. They are for more than 730 days; B has 500.")
def relation_of_two_years(eight):
    b = eight.loc["B"]
    return 20 * b["repaid_share"] + 3 + 4 * (b["current_ratio"] - 1.0) / 0.5


@points_of_b.mistake("You gave 1 point for the relation. 500 days are at least 365, and that brings 2.")
def relation_of_months(eight):
    b = eight.loc["B"]
    return 20 * b["repaid_share"] + 1 + 4 * (b["current_ratio"] - 1.0) / 0.5


@points_of_b.mistake("For the current ratio you took the points that B misses. Count those B gets.")
def missed_current(eight):
    b = eight.loc["B"]
    return 20 * b["repaid_share"] + 2 + 4 * (1.5 - b["current_ratio"]) / 0.5


@points_of_b.mistake("You took all 20 points for repayment. B repaid nine tenths.")
def full_repayment(eight):
    return 20 + 2 + 4 * (eight.loc["B", "current_ratio"] - 1.0) / 0.5


@points_of_b.mistake("You gave full points for repayment and for the current ratio. Both are slopes, and B is not at their top: 90 %, and 1.30.")
def full_slopes(eight):
    return 20 + 2 + 4


@points_of_b.mistake("You divided by the 27 points of the three items. The points themselves are asked for.")
def as_a_share(eight):
    b = eight.loc["B"]
    return (20 * b["repaid_share"] + 2 + 4 * (b["current_ratio"] - 1.0) / 0.5) / 27


@points_of_b.mistake("That is repayment alone. Add the points of the relation and of the current ratio.")
def repayment_only(eight):
    return 20 * eight.loc["B", "repaid_share"]


@points_of_b.mistake("You added the facts. Turn each of them into points first.")
def added_facts(eight):
    return eight.loc["B"].sum()


@prediction(
    "3.1.b",
    near=0.2,
    why="Look for the hatched part of each column, and in which line of business it is largest.",
    hints=[
        "Look at the known shares above: who has no statements lacks 30 points at once.",
        "Less than 70 points known means not rated. How many lack more than one block of facts?",
    ],
)
def share_not_rated(graded):
    return (graded["grade"] == "not rated").mean()


# --- at its end ---


@exercise(
    "3.1.1",
    why="All with a ratio of 0.60 or less get the same 4 points: the item tells apart only those who are deeper in debt.",
    hints=[
        "A slope that falls: the higher the ratio, the fewer points. Who is at 0.74, half way, gets 2.",
        "The points are 4 times (0.88 - ratio) / (0.88 - 0.60), but not more than 4 and not less than 0: clip.",
        'points = (4 * (0.88 - facts_2025["debt_ratio"]) / 0.28).clip(0, 4); mean() leaves out what is missing.',
    ],
)
def mean_points(facts_2025):
    points = (4 * (0.88 - facts_2025["debt_ratio"]) / (0.88 - 0.60)).clip(0, 4)
    return points.mean()


@mean_points.in_lesson("1 January 2026", asks="1 January 2025")
def ratios_of_today(facts):
    return {"facts_2025": facts}


@mean_points.mistake("You counted those without a ratio as 0 points. Who gives no statement is not known, and that is not a bad ratio.")
def missing_as_zero(facts_2025):
    return (4 * (0.88 - facts_2025["debt_ratio"]) / 0.28).clip(0, 4).fillna(0).mean()


@mean_points.mistake("You did not cut at 4. A ratio below 0.60 brings 4 points and not more.")
def no_top(facts_2025):
    return (4 * (0.88 - facts_2025["debt_ratio"]) / 0.28).clip(lower=0).mean()


@mean_points.mistake("You did not cut at 0. A ratio above 0.88 brings nothing, and takes nothing away.")
def no_bottom(facts_2025):
    return (4 * (0.88 - facts_2025["debt_ratio"]) / 0.28).clip(upper=4).mean()


@mean_points.mistake("You did not cut the slope at all. It ends at 4 points and at 0.")
def not_cut(facts_2025):
    return (4 * (0.88 - facts_2025["debt_ratio"]) / 0.28).mean()


@mean_points.mistake("Your slope rises. More debt must bring fewer points: 4 at 0.60, 0 at 0.88.")
def rising(facts_2025):
    return (4 * (facts_2025["debt_ratio"] - 0.60) / 0.28).clip(0, 4).mean()



@mean_points.mistake("You gave 4 points or none. Between 0.60 and 0.88 lies a straight line.")
def all_or_nothing(facts_2025):
    ratio = facts_2025["debt_ratio"].dropna()
    return 4 * (ratio <= 0.60).mean()


@mean_points.mistake("You divided by 0.88. The slope goes from 0.60 to 0.88: its length is the difference.")
def wrong_length(facts_2025):
    return (4 * (0.88 - facts_2025["debt_ratio"]) / 0.88).clip(0, 4).mean()


@mean_points.mistake(
    "That is what the customer in the middle gets, or the mean ratio. Take the points of each customer first, then their mean."
)
def of_the_middle(facts_2025):
    return (4 * (0.88 - facts_2025["debt_ratio"]) / 0.28).clip(0, 4).median()


@mean_points.mistake("You left out the 4 points: that is the part of the item they get, between 0 and 1.")
def part_of_the_item(facts_2025):
    return ((0.88 - facts_2025["debt_ratio"]) / 0.28).clip(0, 1).mean()


@mean_points.mistake("That is the mean of the ratios. Turn each ratio into points first, then take the mean of the points.")
def mean_ratio(facts_2025):
    return facts_2025["debt_ratio"].mean()


@mean_points.mistake("You cut at 1 after multiplying by 4. Cut at 4, or cut first and then multiply.")
def cut_at_one(facts_2025):
    return (4 * (0.88 - facts_2025["debt_ratio"]) / 0.28).clip(0, 1).mean()


@exercise(
    "3.1.2",
    why="By heads C looks one way, by money another. Lesson 3.3 sets limits by money.",
    hints=[
        "Part: what C customers owe. Whole: what all customers in the list owe, those not rated among them.",
        "Choose the rows of C with a comparison, and add up amount_due.",
        'rated.loc[rated["grade"] == "C", "amount_due"].sum(), over rated["amount_due"].sum().',
    ],
)
def share_of_c(rated):
    of_c = rated.loc[rated["grade"] == "C", "amount_due"].sum()
    return of_c / rated["amount_due"].sum()


@share_of_c.in_lesson("1 January 2026", asks="1 January 2025")
def due_today(graded, facts):
    return {"rated": graded[["grade"]].join(facts[["amount_due", "overdue_amount"]])}


@share_of_c.mistake("You counted heads. Money is asked for: add up amount_due.")
def of_heads(rated):
    return (rated["grade"] == "C").mean()


@share_of_c.mistake("You left those not rated out of the whole. They owe as well, and are customers in the list.")
def without_not_rated(rated):
    has_grade = rated["grade"] != "not rated"
    return rated.loc[rated["grade"] == "C", "amount_due"].sum() / rated.loc[has_grade, "amount_due"].sum()


@share_of_c.mistake("You counted those not rated as C. They are a state of their own: nobody knows.")
def not_rated_as_c(rated):
    is_bad = rated["grade"].isin(["C", "not rated"])
    return rated.loc[is_bad, "amount_due"].sum() / rated["amount_due"].sum()


@share_of_c.mistake("That is their share of what is overdue. Asked is what was due last quarter, paid or not.")
def of_overdue(rated):
    return rated.loc[rated["grade"] == "C", "overdue_amount"].sum() / rated["overdue_amount"].sum()


@share_of_c.mistake("That part of what was due from C is overdue now. Put what was due from C over what was due from all.")
def overdue_within_c(rated):
    of_c = rated[rated["grade"] == "C"]
    return of_c["overdue_amount"].sum() / of_c["amount_due"].sum()


@share_of_c.mistake("You compared means per customer. Add up: there are not as many in each grade.")
def of_means(rated):
    return rated.loc[rated["grade"] == "C", "amount_due"].mean() / rated["amount_due"].mean()


@share_of_c.mistake("You counted those graded B as well. C alone is asked for.")
def b_and_c(rated):
    return rated.loc[rated["grade"].isin(["B", "C"]), "amount_due"].sum() / rated["amount_due"].sum()


@share_of_c.mistake("You counted heads, and left out those not rated. Money is asked for, of all customers: add up amount_due.")
def heads_of_rated(rated):
    return (rated["grade"] == "C").sum() / (rated["grade"] != "not rated").sum()


@share_of_c.mistake("You counted customers who had something due. Money is asked for: add up amount_due.")
def heads_with_due(rated):
    has_due = rated["amount_due"] > 0
    return (rated["grade"] == "C")[has_due].mean()


@exercise(
    "3.1.3",
    why="Compare it with the share of the points that this class has: 42 of 100. Where few points are missed, few customers are told apart.",
    hints=[
        "Two sums over the table: one over three columns, one over all.",
        "sum() gives one number per column; a second sum() adds them up. What is missing is left out.",
        'missed[["repayment", "punctuality", "bad_debts"]].sum().sum(), over missed.sum().sum().',
    ],
)
def share_missed(missed):
    in_keeping = missed[["repayment", "punctuality", "bad_debts"]].sum().sum()
    return in_keeping / missed.sum().sum()


@share_missed.in_lesson("1 January 2026", asks="1 January 2025")
def missed_today(items, scores, graded):
    return {"missed": (items["points"] - scores[items.index])[graded["grade"] != "not rated"]}


@share_missed.mistake("You forgot bad_debts: keeping of payments has three items.")
def two_items(missed):
    return missed[["repayment", "punctuality"]].sum().sum() / missed.sum().sum()


@share_missed.mistake("You took repayment alone. The class has its name, but three items.")
def first_item(missed):
    return missed["repayment"].sum() / missed.sum().sum()


@share_missed.mistake("You took the mean of the customers' own shares. Add up first: who misses many points counts for more.")
def mean_of_shares(missed):
    return (missed[KEEPING].sum(axis=1) / missed.sum(axis=1)).mean()


@share_missed.mistake("You divided the means of the items. Means hide that some items are known of more customers: add up.")
def of_item_means(missed):
    return missed[KEEPING].mean().sum() / missed.mean().sum()


@share_missed.mistake("You kept only customers of whom every item is known. Leave out the empty cells, not the customers.")
def complete_only(missed):
    known = missed.dropna()
    return known[KEEPING].sum().sum() / known.sum().sum()


@share_missed.mistake("You counted how often something was missed. Points are asked for.")
def times_missed(missed):
    return (missed[KEEPING] > 0).sum().sum() / (missed > 0).sum().sum()


@share_missed.mistake("That is the share of the card's points that this class has. Asked is its share of the points that were missed.")
def share_of_the_card(missed):
    return 42 / 100


@share_missed.mistake("You counted items: three of all. They do not have the same number of points, and not the same was missed in each.")
def share_of_items(missed):
    return len(KEEPING) / len(missed.columns)


@share_missed.mistake("That is punctuality alone. Add up repayment, punctuality and bad_debts.")
def punctuality_alone(missed):
    return missed["punctuality"].sum() / missed.sum().sum()


@share_missed.mistake("That is bad_debts alone. Add up repayment, punctuality and bad_debts.")
def bad_debts_alone(missed):
    return missed["bad_debts"].sum() / missed.sum().sum()


@exercise(
    "3.1.4",
    why="Set it beside the share of the half-year after, in the lesson: the same rule on another half-year. How much do you trust either?",
    hints=[
        "On credit: the margin of all sales, less what is unpaid. For cash: the margin of the sales that stay.",
        "Set both equal: stay x margin x sales = margin x sales - unpaid. Divide by margin x sales.",
        'full = margin_rate * c_sales["amount"].sum(); then (full - c_sales["unpaid_amount"].sum()) / full.',
    ],
)
def needed(c_sales, margin_rate):
    full = margin_rate * c_sales["amount"].sum()
    on_credit = full - c_sales["unpaid_amount"].sum()
    return on_credit / full


@needed.in_lesson("the first half of 2025", asks="the second half of 2024")
def half_year_after(must_stay):
    return must_stay


@needed.mistake("You took the share of the sales that was paid. What was lost must be set against the margin, not against the sales.")
def paid_share(c_sales):
    return 1 - c_sales["unpaid_amount"].sum() / c_sales["amount"].sum()



@needed.mistake("You counted only the cost of the unpaid goods as lost. Their margin was counted among the gains, and did not come either.")
def cost_of_unpaid(c_sales, margin_rate):
    full = margin_rate * c_sales["amount"].sum()
    return (full - (1 - margin_rate) * c_sales["unpaid_amount"].sum()) / full



@needed.mistake("That is a profit in yuan. Which share of the sales must stay: divide by the margin of all sales.")
def in_yuan(c_sales, margin_rate):
    return margin_rate * c_sales["amount"].sum() - c_sales["unpaid_amount"].sum()


@needed.mistake("You divided by the sales. For cash we earn the margin of what stays: divide by the margin of all sales.")
def over_sales(c_sales, margin_rate):
    amount = c_sales["amount"].sum()
    return (margin_rate * amount - c_sales["unpaid_amount"].sum()) / amount


@needed.mistake("You counted customers who paid everything. Sales are asked for, in yuan.")
def of_customers(c_sales):
    return (c_sales.groupby("customer_id")["unpaid_amount"].sum() == 0).mean()


@needed.mistake("That is the share of the sales that was not paid. Set the loss against the margin, and ask what is left of it.")
def unpaid_share(c_sales):
    return c_sales["unpaid_amount"].sum() / c_sales["amount"].sum()


@needed.mistake("70 % was the assumption of the lesson. Here the share is asked for at which both bring the same.")
def the_assumption(c_sales):
    return 0.7


fifty_nine = judgment(
    "3.1.5",
    hints=[
        "What of the table is the course's, what is quoted, what is rebuilt? Who wrote the line at 60?",
        "Which of the canteen's points were judged at all? What would each choice cost, and what would a trial cost?",
    ],
    weighs=[
        "that the frame is the course's, but the points are not: copies differ, and many items are rebuilt",
        "that 59 and 60 are hardly different, while C and B are; and that a line is needed all the same, decided before one looks at the name",
        "that no statements means not known: ask how much of the points could be judged before you read the 59",
        "that a week late is not the same as never: it costs interest and work, while a loss costs the goods",
        "a proposal between all and nothing: a small limit, a short term, a reminder before the due date, and a day on which one looks again",
        "that an exception is written down with its reason, or the card is only for those whom nobody knows",
    ],
    example=(
        "It is no national standard: five classes and 100 points are the course's, but most points of the items are quoted or rebuilt. So I would not let one"
        " point decide. First I would ask how many of the 100 points could be judged without statements; perhaps they are not rated rather than C. They"
        " have paid everything, a week late, so I propose a limit of one month's purchases at 30 days, a reminder before the due date, statements as the"
        " condition for more, and a second look in half a year, written down as an exception."
    ),
)

not_known = question(
    "3.1.q1",
    "A new customer gave no statements and nothing was due yet. What should the card say?",
    [
        Option(
            "C, since they have not earned the points",
            "Then every new customer looks like one who does not pay. Not known is not bad.",
        ),
        Option(
            "AAA if they got all the points that could be judged, for that makes 100 %",
            "A hundred percent of a few points is an opinion on a few points. Read the coverage beside it.",
        ),
        Option(
            "B, in the middle, until more is known about them",
            "The middle is a claim too: that they pay as B customers do. Nobody knows that.",
        ),
        Option("Not rated", "Too little is known for a grade, and that is a state of its own.", right=True),
    ],
)

own_proof = question(
    "3.1.q2",
    "“Today's C customers owe most of what is overdue today, so the card works.” What is wrong?",
    [
        Option(
            "They are C because they owe",
            "The grade was made from just that. A test needs what happens after the day of the rating.",
            right=True,
        ),
        Option("Nothing: the figure speaks for itself", "It speaks of itself: late payment was counted into the grade."),
        Option(
            "What is overdue should be counted by invoices and not by money",
            "Either way, it was known when the grade was made.",
        ),
        Option(
            "There are too few C customers to say anything about them",
            "Even with thousands of them it would be a circle.",
        ),
    ],
)

not_financial = question(
    "3.1.q3",
    "Seventy of the hundred points are called non-financial. What are they made of?",
    [
        Option(
            "Of soft impressions only, such as good faith and the first look",
            "Those are 28 points at most. The other 42 are counted from invoices.",
        ),
        Option(
            "Of facts that have nothing to do with money at all",
            "The share repaid is a ratio of money; it is not read from statements.",
        ),
        Option(
            "Of the seller's judgment, and of our own invoices",
            "28 points of character and 42 of keeping payments, from our own ledger.",
            right=True,
        ),
        Option(
            "Of what banks and other suppliers report to us about the customer",
            "No such report is on the card, apart from whether another supplier sued them.",
        ),
    ],
)
