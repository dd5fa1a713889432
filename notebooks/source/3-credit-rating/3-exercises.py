"""Exercises of lesson 3.3: from grade to credit."""

import pandas as pd

from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    eight = pd.DataFrame(
        {"score": [90, 89.999, 93.0], "cap": [None, None, "A"], "monthly_sales": [20_000, 20_000, 30_000]},
        index=["A", "B", "D"],
    )
    book = pd.DataFrame(
        {
            "grade": ["AAA", "AA", "A", "B", "C", "not rated", "AAA", "A"],
            "monthly_sales": [2000.0, 900.0, 700.0, 500.0, 800.0, None, 1200.0, 400.0],
            "coefficient": [1.5, 1.0, 0.8, 0.6, 0.0, 0.0, 1.5, 0.8],
            "term_days": [90, 60, 45, 30, 0, 0, 90, 45],
            "limit": [9000.0, 1800.0, 840.0, 300.0, 0.0, 0.0, 5400.0, 480.0],
            "owed": [5000.0, 2500.0, 600.0, 900.0, 700.0, 200.0, 0.0, 1000.0],
        },
        index=list("ABCDEFGH"),
    )
    ability_2024 = pd.DataFrame(
        {
            "limit": [600.0, 500.0, 550.0, 900.0, 500.0, 950.0, 700.0, 750.0, 300.0, 700.0, 800.0],
            "cash_in_term": [700.0, 300.0, 500.0, 300.0, 300.0, 900.0, 100.0, 500.0, 100.0, 300.0, None],
            "equity": [9000.0, 2000.0, 2000.0, 9000.0, 2000.0, 9000.0, 9000.0, 9000.0, 5000.0, 2000.0, None],
            "has_failed": [False, None, False, True, True, False, None, False, None, None, True],
        },
        index=list("ABCDEFGHIJK"),
    )
    low_unrated = pd.DataFrame(
        {
            "gross_profit": [300.0, 150.0, 90.0, 420.0],
            "amount": [1500.0, 600.0, 0.0, 900.0],
            "unpaid_amount": [0.0, 110.0, 0.0, 40.0],
            "failed_amount": [70.0, 110.0, 0.0, 90.0],
            "cost_to_serve": [400.0, 220.0, 310.0, 150.0],
        },
        index=list("ABCD"),
    )
    return {
        "eight": eight,
        "book": book,
        "book_2025": book.drop(columns="owed"),
        "ability_2024": ability_2024,
        "low_unrated": low_unrated,
        "thin_margin": 0.03,
        "lost_share": 0.6,
        "margin_rate": 0.16,
    }


# --- inside the lesson ---


@exercise(
    "3.3.a",
    why="The score says AAA, the cap says A, and A decides both: the coefficient and the term.",
    hints=[
        "Which grade does D have, after the cap? Term and coefficient are those of that grade.",
        "45 days are one month and a half.",
        "Sales of a month x 45 / 30 x the coefficient of A.",
    ],
)
def limit_of_d(eight):
    return eight.loc["D", "monthly_sales"] * 45 / 30 * 0.8


@limit_of_d.mistake("You went by the score alone: AAA. D has a cap, at A.")
def by_score_alone(eight):
    return eight.loc["D", "monthly_sales"] * 90 / 30 * 1.5


@limit_of_d.mistake("You went down one grade, to AA. The cap says which grade is the highest: A.")
def one_grade_down(eight):
    return eight.loc["D", "monthly_sales"] * 60 / 30 * 1.0


@limit_of_d.mistake("You gave nothing. A cap is no veto: D is an A.")
def cap_as_veto(eight):
    return 0.0


@limit_of_d.mistake("You multiplied by days. Sales are those of a month, so divide the days by 30.")
def days_for_months(eight):
    return eight.loc["D", "monthly_sales"] * 45 * 0.8


@limit_of_d.mistake("You counted the term as one month, or forgot it. It is 45 days.")
def without_term(eight):
    return eight.loc["D", "monthly_sales"] * 0.8


@limit_of_d.mistake("You forgot the coefficient of A, or the term.")
def without_coefficient(eight):
    return eight.loc["D", "monthly_sales"] * 1.5


@limit_of_d.mistake("You took 45 days for two months. Nothing is rounded: they are one and a half.")
def two_whole_months(eight):
    return eight.loc["D", "monthly_sales"] * 2 * 0.8


@limit_of_d.mistake("The coefficient is that of A, but the term is that of AAA. The grade after the cap decides both.")
def term_of_the_score(eight):
    return eight.loc["D", "monthly_sales"] * 90 / 30 * 0.8


@limit_of_d.mistake("The term is that of A, but the coefficient is that of AAA. The grade after the cap decides both.")
def coefficient_of_the_score(eight):
    return eight.loc["D", "monthly_sales"] * 45 / 30 * 1.5


@limit_of_d.mistake("You took a year of sales. The term says how many months count.")
def a_year_of_sales(eight):
    return eight.loc["D", "monthly_sales"] * 12 * 0.8


@limit_of_d.mistake("You took the row of B. The cap is A.")
def took_b(eight):
    return eight.loc["D", "monthly_sales"] * 30 / 30 * 0.6


@limit_of_d.mistake("You gave the first step of a new customer. Here the full limit is asked for; steps come later.")
def first_step(eight):
    return eight.loc["D", "monthly_sales"] * 45 / 30 * 0.8 * 0.25


@prediction(
    "3.3.b",
    near=0.15,
    why="Look for the hatched part of each column: whose is most of it?",
    hints=[
        "Sums can hide it: AAA customers have room that nobody else may use.",
        "What do C customers and those not rated owe, whose limit is 0?",
    ],
)
def above_a_limit(book):
    return (book["owed"] - book["limit"]).clip(lower=0).sum() / book["owed"].sum()


# --- at its end ---


@exercise(
    "3.3.1",
    why="Terms move limits as much as grades do, and the terms by grade are rebuilt (R). Who would gain, who would lose?",
    hints=[
        "New limit of each: sales of a month x 60 / 30 x the coefficient. The coefficient of C is 0, so it stays at 0.",
        "Add up the new limits, and divide by the sum of the old ones.",
        '(book_2025["monthly_sales"] * 2 * book_2025["coefficient"]).sum(), over book_2025["limit"].sum().',
    ],
)
def times_as_high(book_2025):
    new = book_2025["monthly_sales"] * (60 / 30) * book_2025["coefficient"]
    return new.sum() / book_2025["limit"].sum()


@times_as_high.in_lesson("1 January 2026", asks="1 January 2025")
def limits_of_today(book):
    return {"book_2025": book}


@times_as_high.mistake("You multiplied by 60. A term counts in months: 60 / 30.")
def terms_in_days(book_2025):
    return (book_2025["monthly_sales"] * 60 * book_2025["coefficient"]).sum() / book_2025["limit"].sum()


@times_as_high.mistake("You forgot the coefficient. Without it C and those not rated get credit as well.")
def without_coefficients(book_2025):
    return (book_2025["monthly_sales"] * 2).sum() / book_2025["limit"].sum()


@times_as_high.mistake("You took the mean of the customers' own ratios. Add up first: large limits count for more.")
def mean_of_ratios(book_2025):
    some = book_2025[book_2025["limit"] > 0]
    return (some["monthly_sales"] * 2 * some["coefficient"] / some["limit"]).mean()


@times_as_high.mistake(
    "You used a mean term for all. Those with a long term have large limits too: compute each limit anew."
)
def by_mean_term(book_2025):
    return 60 / book_2025["term_days"].mean()


@times_as_high.mistake("You compared the terms. Limits are asked for: sales and coefficients count too.")
def terms_alone(book_2025):
    return 60 / book_2025.loc[book_2025["coefficient"] > 0, "term_days"].mean()


@times_as_high.mistake("You counted one month. 60 days are two.")
def one_month(book_2025):
    return (book_2025["monthly_sales"] * book_2025["coefficient"]).sum() / book_2025["limit"].sum()


@times_as_high.mistake("You doubled the limits. Their old terms are still inside: compute each limit anew, from sales.")
def limits_doubled(book_2025):
    return (book_2025["limit"] * 60 / 30).sum() / book_2025["limit"].sum()


@times_as_high.mistake("That is the change. How many times as high is asked: new over old.")
def change(book_2025):
    return (book_2025["monthly_sales"] * 2 * book_2025["coefficient"]).sum() / book_2025["limit"].sum() - 1


@exercise(
    "3.3.2",
    why="Set it beside the lesson's table. Two years, two answers, and half a year is in both: neither alone is a rule.",
    hints=[
        "Whole: those above, who bought on account in 2024. Part: those of them who failed.",
        "Choose rows by limit > cash_in_term; then leave out those without has_failed: dropna.",
        'With above = ability_2024[ability_2024["limit"] > ability_2024["cash_in_term"]]: above["has_failed"].dropna().mean().',
    ],
)
def failed_share(ability_2024):
    above = ability_2024[ability_2024["limit"] > ability_2024["cash_in_term"]]
    return above["has_failed"].dropna().astype(bool).mean()


@failed_share.in_lesson("the year from July 2024", asks="the year 2024")
def year_of_the_lesson(tried, later):
    return {"ability_2024": tried.join(later["has_failed"])}


@failed_share.mistake(
    "You counted those who bought nothing on account as payers. Nothing bought is no evidence: leave them out."
)
def nothing_bought_as_paid(ability_2024):
    above = ability_2024["limit"] > ability_2024["cash_in_term"]
    return (ability_2024["has_failed"] == True)[above].mean()  # noqa: E712  # the column holds empty cells too


@failed_share.mistake("Those are the others, whose limit lies within their cash.")
def of_those_below(ability_2024):
    within = ability_2024[ability_2024["limit"] <= ability_2024["cash_in_term"]]
    return within["has_failed"].dropna().astype(bool).mean()


@failed_share.mistake("That is the share of all with a limit. Choose those above their cash first.")
def of_all(ability_2024):
    return ability_2024["has_failed"].dropna().astype(bool).mean()


@failed_share.mistake(
    "You turned it round: that part of those who failed was above. Asked is which part of those above failed."
)
def other_way_round(ability_2024):
    failed = ability_2024[ability_2024["has_failed"].fillna(False).astype(bool)]
    return (failed["limit"] > failed["cash_in_term"]).mean()


@failed_share.mistake("You divided by all who bought. The whole is those above their cash.")
def over_all_who_bought(ability_2024):
    bought = ability_2024.dropna(subset="has_failed")
    is_above = bought["limit"] > bought["cash_in_term"]
    return (is_above & bought["has_failed"].astype(bool)).mean()


@failed_share.mistake("That is how many of them failed. Divide by how many there are.")
def as_a_number(ability_2024):
    is_above = ability_2024["limit"] > ability_2024["cash_in_term"]
    return int((is_above & ability_2024["has_failed"].fillna(False).astype(bool)).sum())


@failed_share.mistake("You divided by all customers of the list. The whole is those above their cash who bought.")
def over_all_customers(ability_2024):
    is_above = ability_2024["limit"] > ability_2024["cash_in_term"]
    return (is_above & ability_2024["has_failed"].fillna(False).astype(bool)).sum() / len(ability_2024)


@failed_share.mistake("That is the rule of thumb, a tenth of equity. Compare with cash_in_term.")
def by_equity(ability_2024):
    above = ability_2024[ability_2024["limit"] > 0.1 * ability_2024["equity"]]
    return above["has_failed"].dropna().astype(bool).mean()


@failed_share.mistake("You counted those without a statement as above. Their cash is not known.")
def unknown_as_none(ability_2024):
    above = ability_2024[~(ability_2024["limit"] <= ability_2024["cash_in_term"])]
    return above["has_failed"].dropna().astype(bool).mean()


@failed_share.mistake(
    "That is the difference between those above and the others. The share of those above is asked for."
)
def difference(ability_2024):
    bought = ability_2024.dropna(subset="has_failed")
    failed, is_above = bought["has_failed"].astype(bool), bought["limit"] > bought["cash_in_term"]
    return failed[is_above].mean() - failed[~is_above].mean()


@failed_share.mistake("That is how many are above their cash. How many of them failed?")
def how_many_above(ability_2024):
    bought = ability_2024.dropna(subset="has_failed")
    return (bought["limit"] > bought["cash_in_term"]).mean()


@exercise(
    "3.3.3",
    why="Set it beside the interval of the AAA row in the lesson. The best grade has the highest limit for its sales, so it has the least room.",
    hints=[
        "Break even: exposure x rate x lost_share = margin of a year. Exposure is the limits in sum.",
        "Margin of a year: thin_margin x 12 x the sales of a month, of the AAA customers.",
        'With aaa = book_2025[book_2025["grade"] == "AAA"]: thin_margin * 12 * aaa["monthly_sales"].sum() / (aaa["limit"].sum() * lost_share).',
    ],
)
def break_even_rate(book_2025, thin_margin, lost_share):
    aaa = book_2025[book_2025["grade"] == "AAA"]
    margin = thin_margin * 12 * aaa["monthly_sales"].sum()
    return margin / (aaa["limit"].sum() * lost_share)


@break_even_rate.mistake("You let everything be lost that a failing customer owes. Only lost_share of it is.")
def all_is_lost(book_2025, thin_margin, lost_share):
    aaa = book_2025[book_2025["grade"] == "AAA"]
    return thin_margin * 12 * aaa["monthly_sales"].sum() / aaa["limit"].sum()


@break_even_rate.mistake(
    "You took the margin of one month. The default rate is of a year, so take the margin of twelve."
)
def margin_of_a_month(book_2025, thin_margin, lost_share):
    aaa = book_2025[book_2025["grade"] == "AAA"]
    return thin_margin * aaa["monthly_sales"].sum() / (aaa["limit"].sum() * lost_share)


@break_even_rate.mistake(
    "That is the margin. It breaks even with the rate only where a customer owes a year of sales and all is lost."
)
def the_margin(book_2025, thin_margin, lost_share):
    return thin_margin


@break_even_rate.mistake(
    "You reckoned as if a year of sales were owed. Set the margin of a year against the limit, a few months of sales."
)
def per_sale(book_2025, thin_margin, lost_share):
    return thin_margin / lost_share


@break_even_rate.mistake("You multiplied by lost_share. The less is lost, the higher a rate can be carried: divide.")
def times_lost(book_2025, thin_margin, lost_share):
    aaa = book_2025[book_2025["grade"] == "AAA"]
    return thin_margin * 12 * aaa["monthly_sales"].sum() * lost_share / aaa["limit"].sum()


@break_even_rate.mistake("You took all grades. Only AAA is asked for.")
def all_grades(book_2025, thin_margin, lost_share):
    return thin_margin * 12 * book_2025["monthly_sales"].sum() / (book_2025["limit"].sum() * lost_share)


@break_even_rate.mistake("You divided by what comes back, 1 - lost_share. What is lost counts.")
def what_comes_back(book_2025, thin_margin, lost_share):
    aaa = book_2025[book_2025["grade"] == "AAA"]
    return thin_margin * 12 * aaa["monthly_sales"].sum() / (aaa["limit"].sum() * (1 - lost_share))


@break_even_rate.mistake("Sales and limit have changed places: the margin comes from sales, the loss from the limit.")
def sales_and_limit_swapped(book_2025, thin_margin, lost_share):
    aaa = book_2025[book_2025["grade"] == "AAA"]
    return thin_margin * aaa["limit"].sum() / (12 * aaa["monthly_sales"].sum() * lost_share)


@break_even_rate.mistake("You took the margin of our company. The wholesaler's is thin_margin.")
def our_margin(book_2025, thin_margin, lost_share, margin_rate):
    aaa = book_2025[book_2025["grade"] == "AAA"]
    return margin_rate * 12 * aaa["monthly_sales"].sum() / (aaa["limit"].sum() * lost_share)


@exercise(
    "3.3.4",
    why="Some of them are new. A year of sums does not show what they become: those who are refused never grow.",
    hints=[
        "Keeping them brings margin less what is not paid, less cost to serve. Refusing brings nothing, and the part of the cost that does not end.",
        "Set both equal: the cost that ends = margin - unpaid. Divide by the whole cost to serve.",
        '(low_unrated["gross_profit"].sum() - low_unrated["unpaid_amount"].sum()), over low_unrated["cost_to_serve"].sum().',
    ],
)
def ends(low_unrated):
    left = low_unrated["gross_profit"].sum() - low_unrated["unpaid_amount"].sum()
    return left / low_unrated["cost_to_serve"].sum()


@ends.in_lesson("the year from July 2024", asks="the year 2024")
def cell_of_the_lesson(must_end):
    return must_end["low value", "not rated"]


@ends.mistake("You left out what was not paid. It is gone from the margin.")
def without_losses(low_unrated):
    return low_unrated["gross_profit"].sum() / low_unrated["cost_to_serve"].sum()


@ends.mistake("You took sales for margin. The goods have to be paid for as well.")
def sales_for_margin(low_unrated):
    left = low_unrated["amount"].sum() - low_unrated["unpaid_amount"].sum()
    return left / low_unrated["cost_to_serve"].sum()


@ends.mistake("You took what was 90 days late as lost. Part of it was paid in the end: unpaid_amount.")
def late_for_lost(low_unrated):
    left = low_unrated["gross_profit"].sum() - low_unrated["failed_amount"].sum()
    return left / low_unrated["cost_to_serve"].sum()


@ends.mistake("You took off the cost to serve first. Ask which part of it must end to make up for the margin.")
def service_twice(low_unrated):
    cost = low_unrated["cost_to_serve"].sum()
    return (low_unrated["gross_profit"].sum() - low_unrated["unpaid_amount"].sum() - cost) / cost


@ends.mistake("You divided by sales. Which part of the cost to serve is asked for.")
def over_sales(low_unrated):
    left = low_unrated["gross_profit"].sum() - low_unrated["unpaid_amount"].sum()
    return left / low_unrated["amount"].sum()


@ends.mistake("You set the unpaid invoices against the cost. Refusing loses the margin as well.")
def losses_alone(low_unrated):
    return low_unrated["unpaid_amount"].sum() / low_unrated["cost_to_serve"].sum()


@ends.mistake("You took the mean of the customers' own shares. Add up first.")
def mean_of_ratios_of_cost(low_unrated):
    some = low_unrated[low_unrated["cost_to_serve"] > 0]
    return ((some["gross_profit"] - some["unpaid_amount"]) / some["cost_to_serve"]).mean()


@ends.mistake(
    "You counted the margin of the sales on account alone. Refused, they buy nothing for cash either: take gross_profit."
)
def on_account_alone(low_unrated, margin_rate):
    left = margin_rate * low_unrated["amount"].sum() - low_unrated["unpaid_amount"].sum()
    return left / low_unrated["cost_to_serve"].sum()


@ends.mistake("You counted the margin of the sales on account alone, and forgot what was not paid. Take gross_profit.")
def on_account_before_losses(low_unrated, margin_rate):
    return margin_rate * low_unrated["amount"].sum() / low_unrated["cost_to_serve"].sum()


noodle_shop = judgment(
    "3.3.5",
    hints=[
        "Is it the customer that costs money, or the credit, or the visits?",
        "What does waiting two months cost, beside never being paid? What would they still buy for cash?",
    ],
    weighs=[
        "that credit and customer are two things: refusing credit is not refusing the shop",
        "that late is not lost: waiting costs interest and work, a loss costs the goods",
        "the cost of two visits a month beside the margin of 1,200 yuan, and whether that cost really ends",
        "a plan between all and nothing: cash first, a small limit, orders by phone, a discount for paying on time",
        "two numbers worth asking for: how much they would still buy for cash, and which part of the cost to serve ends",
        "a day on which one looks again, and that an exception to the grade is written down with its reason",
    ],
    example=(
        "I would keep the shop and refuse the credit: cash before delivery from now on, orders by phone instead of two visits, and the cash sales go on. They"
        " have always paid, so the loss so far is the waiting and the visits, not the goods. I would ask how much of the 900 yuan they would buy for cash,"
        " and which part of the visits' cost really ends. After half a year we look again: three months paid on time earn a small limit of one month."
    ),
)

veto_first = question(
    "3.3.q1",
    "A customer scores 92, is new, and another supplier has sued them for payment. Which grade?",
    [
        Option("AAA: from 90 points on", "The score speaks last. Two rules stand above it."),
        Option("A, for new customers get A at most", "That is the cap. A veto goes before it."),
        Option("C, whatever the score", "The veto goes before the cap, and the cap before the score.", right=True),
        Option("Not rated, since two rules contradict each other", "They do not: their order is fixed."),
    ],
)

sums_hide = question(
    "3.3.q2",
    "The limits of all customers add up to what they owe. Is the credit under control?",
    [
        Option("No", "Room of one customer does not cover the debt of another: compare one by one.", right=True),
        Option(
            "Yes, for the company as a whole owes no more than it may", "Each customer has a limit, not the company."
        ),
        Option(
            "Yes, if the AAA customers have room left in their limits",
            "Their room is theirs. It pays nobody else's debt.",
        ),
        Option(
            "That depends on how many of them are new customers",
            "Steps make limits smaller; the question stays the same.",
        ),
    ],
)

own_period = question(
    "3.3.q3",
    "To reckon the expected loss, somebody takes for each grade the share that is overdue today. What is wrong?",
    [
        Option("Overdue is not lost, but otherwise the shares will do", "That too. But there is something worse."),
        Option(
            "The shares should be weighed by money, not by customers", "Either way they say what was known already."
        ),
        Option(
            "There are too few customers in each grade for any share",
            "An interval would say so. It does not mend this.",
        ),
        Option(
            "The grade was made from it", "A rate must come from what happened after the day of the grade.", right=True
        ),
    ],
)
