"""Exercises of lesson 3.2: what was known then."""

import pandas as pd

from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    eight = pd.DataFrame(
        {
            "amount": [500.0, 300.0, 300.0, 200.0, 250.0, 500.0, 450.0, 600.0],
            "due_date": pd.to_datetime(
                ["2024-11-30", "2024-12-20", "2025-02-10", "2025-03-31"]
                + ["2025-03-10", "2025-03-20", "2025-03-05", "2025-04-01"]
            ),
            "paid_date": pd.to_datetime(
                ["2024-12-10", "2025-02-05", "2025-02-20", "2025-03-31", "2025-05-06", "2025-04-01", None, None]
            ),
        },
        index=list("ABCDEFGH"),
    )
    rated = pd.DataFrame({"grade": ["AAA", "A", "B", "C", "not rated", "AA", "C"]}, index=list("ABCDEFG"))
    peeked = pd.DataFrame({"grade": ["AAA", "AA", "B", "C", "C", "AA", "C"]}, index=list("ABCDEFG"))
    ledger = pd.DataFrame(
        {
            "customer_id": list("PPQRSTU"),
            "invoice_date": pd.to_datetime(
                ["2024-01-05", "2024-02-01", "2024-02-10", "2024-03-01", "2024-01-20", "2024-03-15", "2024-02-20"]
            ),
            "due_date": pd.to_datetime(
                ["2024-02-05", "2024-03-05", "2024-03-10", "2024-04-01", "2024-02-20", "2024-05-15", "2024-03-20"]
            ),
            "amount": [310.0, 120.0, 745.0, 95.0, 530.0, 205.0, 60.0],
            "paid_date": pd.to_datetime(
                ["2024-02-15", "2024-04-01", "2024-06-10", "2024-05-02", None, None, "2024-03-18"]
            ),
        }
    )
    sent = pd.DataFrame(
        {
            "customer_id": list("PPPQQRSTQ"),
            "period_end": pd.to_datetime(
                ["2024-03-31", "2024-06-30", "2024-09-30", "2024-06-30", "2024-09-30", "2023-12-31", "2024-09-30"]
                + ["2024-12-31", "2024-03-31"]
            ),
            "recorded_date": pd.to_datetime(
                ["2024-04-25", "2024-07-20", "2024-11-02", "2024-08-30", "2024-12-05", "2024-02-10", "2024-11-15"]
                + ["2025-01-20", "2024-09-12"]
            ),
        }
    )
    scored = pd.DataFrame(
        {
            "points": [45.0, 81.5, 29.7, 71.0, 30.0, 56.7, 56.8, 70.0, 97.0, 16.2, 78.6],
            "coverage": [1.0, 0.97, 0.66, 1.0, 0.3, 0.7, 0.66, 0.7, 0.97, 0.36, 0.97],
            "score": [45.0, 84.0, 45.0, 71.0, 100.0, 81.0, 86.0, 100.0, 100.0, 45.0, 81.0],
        },
        index=list("ABCDEFGHIJK"),
    )
    first_sales = pd.DataFrame(
        {
            "customer_id": list("PPQRRST"),
            "amount": [900.0, 420.0, 450.0, 2400.0, 800.0, 700.0, 350.0],
            "unpaid_amount": [400.0, 420.0, 0.0, 2400.0, 0.0, 310.0, 0.0],
        }
    )
    return {
        "eight": eight,
        "rated": rated,
        "peeked": peeked,
        "ledger": ledger,
        "sent": sent,
        "scored": scored,
        "first_sales": first_sales,
    }


# --- inside the lesson ---


@exercise(
    "3.2.a",
    why="Three invoices: one paid later, one paid on that very day, one never. Today's list shows only the last of them.",
    hints=[
        "Two questions to each invoice: was it due before 1 April? Had it been paid before 1 April?",
        "E and F were paid, but not before that day. H is due on the day itself: not before it.",
        '(eight["due_date"] < day) & ~(eight["paid_date"] < day), and add up amount.',
    ],
)
def overdue(eight):
    day = pd.Timestamp("2025-04-01")
    is_overdue = (eight["due_date"] < day) & ~(eight["paid_date"] < day)
    return eight.loc[is_overdue, "amount"].sum()


@overdue.mistake(
    "You took the invoices whose paid_date is empty today. E and F were paid later, and nobody knew that on 1 April."
)
def by_the_list_of_today(eight):
    due, paid = eight["due_date"], eight["paid_date"]
    return eight.loc[(due < "2025-04-01") & paid.isna(), "amount"].sum()


@overdue.mistake("You took all that is open today. E and F were unpaid on that day as well, and H was not due yet.")
def open_today(eight):
    return eight.loc[eight["paid_date"].isna(), "amount"].sum()


@overdue.mistake("You counted H. It is due on 1 April, and overdue is what was due *before* that day.")
def not_yet_due(eight):
    return eight.loc[~(eight["paid_date"] < "2025-04-01"), "amount"].sum()


@overdue.mistake("You let F count as paid. The money came on 1 April itself, and known is only what came before.")
def paid_on_the_day(eight):
    due, paid = eight["due_date"], eight["paid_date"]
    return eight.loc[(due < "2025-04-01") & ~(paid <= "2025-04-01"), "amount"].sum()


@overdue.mistake(
    "G is missing. Its paid_date is empty, and paid_date >= day is not true of an empty date: use ~(paid_date < day)."
)
def without_the_empty(eight):
    due, paid = eight["due_date"], eight["paid_date"]
    return eight.loc[(due < "2025-04-01") & (paid >= "2025-04-01"), "amount"].sum()


@overdue.mistake(
    "You took all that was paid late. What had been paid before 1 April, late or not, was not overdue on that day any more."
)
def paid_late(eight):
    return eight.loc[eight["paid_date"] > eight["due_date"], "amount"].sum()


@overdue.mistake(
    "You took all that was not paid in time. What had been paid late, but before 1 April, was not overdue any more."
)
def ever_late(eight):
    due, paid = eight["due_date"], eight["paid_date"]
    return eight.loc[(due < "2025-04-01") & ~(paid <= due), "amount"].sum()


@overdue.mistake("You counted invoices. Yuan are asked for: add up amount.")
def number_of_invoices(eight):
    due, paid = eight["due_date"], eight["paid_date"]
    return ((due < "2025-04-01") & ~(paid < "2025-04-01")).sum()


@overdue.mistake("You added up all that was due before 1 April. Leave out what had been paid before.")
def all_due(eight):
    return eight.loc[eight["due_date"] < "2025-04-01", "amount"].sum()


@exercise(
    "3.2.b",
    why="Below 60 % the item repayment gives no points at all: a date read wrongly decides over 20 points.",
    hints=[
        "Below the line: due before 1 April, and not yet paid on 1 January. That is all but A and H.",
        "Above it: those of them that were paid before 1 April: B, C and D.",
        "(300 + 300 + 200) over (300 + 300 + 200 + 250 + 500 + 450).",
    ],
)
def repaid_share(eight):
    day, quarter = pd.Timestamp("2025-04-01"), pd.Timestamp("2025-01-01")
    is_asked = (eight["due_date"] < day) & ~(eight["paid_date"] < quarter)
    is_repaid = is_asked & (eight["paid_date"] < day)
    return eight.loc[is_repaid, "amount"].sum() / eight.loc[is_asked, "amount"].sum()


def _asked(eight):
    return eight[(eight["due_date"] < "2025-04-01") & ~(eight["paid_date"] < "2025-01-01")]


@repaid_share.mistake("You counted E and F as repaid. They were paid, but not before 1 April.")
def paid_by_today(eight):
    asked = _asked(eight)
    return asked.loc[asked["paid_date"].notna(), "amount"].sum() / asked["amount"].sum()


@repaid_share.mistake("You counted F as repaid. The money came on 1 April itself: for the next rating.")
def paid_on_the_day_counts(eight):
    asked = _asked(eight)
    return asked.loc[asked["paid_date"] <= "2025-04-01", "amount"].sum() / asked["amount"].sum()


@repaid_share.mistake("You counted invoices. The share is one of money.")
def of_invoices(eight):
    return (_asked(eight)["paid_date"] < "2025-04-01").mean()


@repaid_share.mistake("That is what was paid on time. Repaid late is repaid as well, if it came before 1 April.")
def on_time_only(eight):
    asked = _asked(eight)
    return asked.loc[asked["paid_date"] <= asked["due_date"], "amount"].sum() / asked["amount"].sum()


@repaid_share.mistake("You counted A. It had been paid when the quarter began: nothing was asked for any more.")
def all_ever_due(eight):
    due = eight[eight["due_date"] < "2025-04-01"]
    return due.loc[due["paid_date"] < "2025-04-01", "amount"].sum() / due["amount"].sum()


@repaid_share.mistake(
    "You left out B. It fell due before the quarter, but was still open when it began, and was paid in it."
)
def without_old_debt(eight):
    asked = _asked(eight)
    asked = asked[asked["due_date"] >= "2025-01-01"]
    return asked.loc[asked["paid_date"] < "2025-04-01", "amount"].sum() / asked["amount"].sum()


@repaid_share.mistake("You counted H below the line. It is due on 1 April: in that quarter nobody asked for it.")
def with_not_yet_due(eight):
    asked = eight[~(eight["paid_date"] < "2025-01-01")]
    return asked.loc[asked["paid_date"] < "2025-04-01", "amount"].sum() / asked["amount"].sum()


@repaid_share.mistake("You divided by all eight. A had been paid before the quarter, and H was not due in it.")
def of_all_eight(eight):
    asked = _asked(eight)
    return asked.loc[asked["paid_date"] < "2025-04-01", "amount"].sum() / eight["amount"].sum()


@prediction(
    "3.2.c",
    near=0.1,
    why="Look for the red points, and on which side of the line they lie: does peeking make customers look better, or worse?",
    hints=[
        "A grade is ten points wide. How far does a score move, if some invoices turn from unpaid to paid?",
        "Most customers pay before the day; and statements make up 30 of 100 points, of which a new quarter changes few.",
    ],
)
def share_other_grade(rated, peeked):
    has_grade = rated["grade"] != "not rated"
    return (peeked["grade"] != rated["grade"])[has_grade].mean()


# --- at its end ---


@exercise(
    "3.2.1",
    why="Set beside it what today's list shows of these invoices: the difference is money that came after the day.",
    hints=[
        "Two conditions: due before 1 April 2024, and not paid before 1 April 2024.",
        "An empty paid_date is not before anything: ~(paid_date < day) holds for it as well.",
        'day = pd.Timestamp("2024-04-01"); ledger.loc[(ledger["due_date"] < day) & ~(ledger["paid_date"] < day), "amount"].sum().',
    ],
)
def overdue_then(ledger):
    day = pd.Timestamp("2024-04-01")
    is_overdue = (ledger["due_date"] < day) & ~(ledger["paid_date"] < day)
    return ledger.loc[is_overdue, "amount"].sum()


@overdue_then.in_lesson("1 January 2025", asks="1 April 2024")
def overdue_in_lesson(overdue_known):
    return overdue_known


@overdue_then.mistake(
    "You took what is still empty today. What was paid after 1 April 2024 was overdue on that day, too."
)
def empty_today(ledger):
    return ledger.loc[(ledger["due_date"] < "2024-04-01") & ledger["paid_date"].isna(), "amount"].sum()


@overdue_then.mistake(
    "You took all that is empty today, due by then or not; and what was paid after the day is missing."
)
def empty_at_all(ledger):
    return ledger.loc[ledger["paid_date"].isna(), "amount"].sum()


@overdue_then.mistake("You let what came on 1 April 2024 count as paid. Known is only what came before that day.")
def paid_that_day(ledger):
    is_due = ledger["due_date"] < "2024-04-01"
    return ledger.loc[is_due & ~(ledger["paid_date"] <= "2024-04-01"), "amount"].sum()


@overdue_then.mistake("You took all that was open. Overdue is what was due before the day.")
def open_not_due(ledger):
    return ledger.loc[~(ledger["paid_date"] < "2024-04-01"), "amount"].sum()


@overdue_then.mistake("You counted what was due on 1 April 2024 itself. Due *before* the day is asked for.")
def due_that_day(ledger):
    is_due = ledger["due_date"] <= "2024-04-01"
    return ledger.loc[is_due & ~(ledger["paid_date"] < "2024-04-01"), "amount"].sum()


@overdue_then.mistake(
    "Those that were never paid are missing: paid_date >= day is not true of an empty date. Use ~(paid_date < day)."
)
def empty_dropped(ledger):
    is_due = ledger["due_date"] < "2024-04-01"
    return ledger.loc[is_due & (ledger["paid_date"] >= "2024-04-01"), "amount"].sum()


@overdue_then.mistake("You took all that was ever paid late. Overdue on a day is what was unpaid on that day.")
def all_late(ledger):
    is_due = ledger["due_date"] < "2024-04-01"
    return ledger.loc[is_due & (ledger["paid_date"] > ledger["due_date"]), "amount"].sum()


@overdue_then.mistake("You added up all that was due before the day. Leave out what had been paid before it.")
def all_due_then(ledger):
    return ledger.loc[ledger["due_date"] < "2024-04-01", "amount"].sum()


@overdue_then.mistake("You counted invoices. Yuan are asked for: add up amount.")
def how_many(ledger):
    is_due = ledger["due_date"] < "2024-04-01"
    return (is_due & ~(ledger["paid_date"] < "2024-04-01")).sum()


@overdue_then.mistake("That is a share of what was due. Yuan are asked for.")
def as_share(ledger):
    due = ledger[ledger["due_date"] < "2024-04-01"]
    return due.loc[~(due["paid_date"] < "2024-04-01"), "amount"].sum() / due["amount"].sum()


@exercise(
    "3.2.2",
    why="A rating “on the quarter before” often rests on a statement that is two quarters old. The date of the rating does not say so.",
    hints=[
        "First leave out what had not come by 15 November: compare recorded_date, not period_end.",
        "Of what had come, take the newest period_end of each customer: groupby and max.",
        'came = sent[sent["recorded_date"] < day]; (day - came.groupby("customer_id")["period_end"].max()).dt.days.mean().',
    ],
)
def average_age(sent):
    day = pd.Timestamp("2024-11-15")
    came = sent[sent["recorded_date"] < day]
    newest = came.groupby("customer_id")["period_end"].max()
    return (day - newest).dt.days.mean()


def _came(sent):
    return sent[sent["recorded_date"] < "2024-11-15"]


def _days_to(ends):
    return (pd.Timestamp("2024-11-15") - ends).dt.days


@average_age.mistake(
    "You took every statement whose quarter had ended. Many of those had not come by 15 November: compare recorded_date."
)
def by_period_end(sent):
    ended = sent[sent["period_end"] < "2024-11-15"]
    return _days_to(ended.groupby("customer_id")["period_end"].max()).mean()


@average_age.mistake(
    "You counted from the day the statement came. It speaks of the end of its quarter: count from period_end."
)
def since_it_came(sent):
    came = _came(sent).sort_values("period_end")
    return _days_to(came.groupby("customer_id")["recorded_date"].last()).mean()


@average_age.mistake("You took all statements that had come. Of each customer only the newest is asked for.")
def all_that_came(sent):
    return _days_to(_came(sent)["period_end"]).mean()


@average_age.mistake("That is how long the statements took to come. Count from the end of the quarter to 15 November.")
def how_long_to_come(sent):
    came = _came(sent).sort_values("period_end").groupby("customer_id").last()
    return (came["recorded_date"] - came["period_end"]).dt.days.mean()


@average_age.mistake("You took the oldest statement of each customer. The newest is asked for: max.")
def oldest_of_each(sent):
    return _days_to(_came(sent).groupby("customer_id")["period_end"].min()).mean()


@average_age.mistake("That is the age of the newest statement of all. Take the newest of each customer, then the mean.")
def newest_of_all(sent):
    return (pd.Timestamp("2024-11-15") - _came(sent)["period_end"].max()).days


@average_age.mistake(
    "You took the newest statement in the table, whenever it came. On 15 November 2024 most of these were not there yet."
)
def newest_in_the_table(sent):
    return _days_to(sent.groupby("customer_id")["period_end"].max()).mean()


@average_age.mistake("You took the statement that came last. An older quarter can come later: take the newest period_end.")
def last_that_came(sent):
    came = _came(sent).sort_values("recorded_date")
    return _days_to(came.groupby("customer_id")["period_end"].last()).mean()


@average_age.mistake("That is in months. Days are asked for.")
def in_months(sent):
    return _days_to(_came(sent).groupby("customer_id")["period_end"].max()).mean() / 30


@average_age.mistake("That is the age in the middle. The mean is asked for.")
def of_the_middle_one(sent):
    return _days_to(_came(sent).groupby("customer_id")["period_end"].max()).median()


@exercise(
    "3.2.3",
    why="So many of the good scores are opinions on a part of the card. Without coverage they would have open credit.",
    hints=[
        "The whole: those with a score of 80 or more. The part: those of them whose coverage is below 0.7.",
        "Make two columns of true and false, and put & between them for the part.",
        'is_high = scored["score"] >= 80; then the mean of (scored["coverage"] < 0.7) within is_high.',
    ],
)
def high_not_rated(scored):
    is_high = scored["score"] >= 80
    is_thin = scored["coverage"] < 0.7
    return (is_high & is_thin).sum() / is_high.sum()


@high_not_rated.in_lesson("1 January 2025", asks="1 October 2024")
def scored_in_lesson(rated):
    return {"scored": rated[["points", "coverage", "score"]]}


@high_not_rated.mistake("You divided by all customers. The whole is those with a score of 80 or more.")
def of_all(scored):
    return ((scored["score"] >= 80) & (scored["coverage"] < 0.7)).mean()


@high_not_rated.mistake("You divided by those not rated. The whole is those with a score of 80 or more.")
def of_the_not_rated(scored):
    is_thin = scored["coverage"] < 0.7
    return ((scored["score"] >= 80) & is_thin).sum() / is_thin.sum()


@high_not_rated.mistake(
    "You counted a coverage of exactly 70 % as too little. Below 70 % is not rated; 70 % is enough."
)
def on_the_line(scored):
    is_high = scored["score"] >= 80
    return (is_high & (scored["coverage"] <= 0.7)).sum() / is_high.sum()


@high_not_rated.mistake("You took 90, the line of AAA. AA begins at 80.")
def triple_a_only(scored):
    is_high = scored["score"] >= 90
    return (is_high & (scored["coverage"] < 0.7)).sum() / is_high.sum()


@high_not_rated.mistake(
    "You took points, the plain sum. Who has 80 points has a coverage of 80 % at least: take score."
)
def by_points(scored):
    is_high = scored["points"] >= 80
    return (is_high & (scored["coverage"] < 0.7)).sum() / is_high.sum()


@high_not_rated.mistake(
    "You took less than 70 points. Coverage is about the points that could be judged, not those that were got."
)
def few_points(scored):
    is_high = scored["score"] >= 80
    return (is_high & (scored["points"] < 70)).sum() / is_high.sum()


@high_not_rated.mistake(
    "That is the share of the not rated among all. Asked is their share among those with a score of 80 or more."
)
def not_rated_of_all(scored):
    return (scored["coverage"] < 0.7).mean()


@high_not_rated.mistake("That is the share of all who score 80 or more. Which of them are not rated?")
def high_of_all(scored):
    return (scored["score"] >= 80).mean()


@exercise(
    "3.2.4",
    why="A limit helps where the loss sits with a few. It also keeps small what the others buy on credit; that is its price.",
    hints=[
        "Add up per customer first: the limit is one of each customer, not of each invoice.",
        "With the limit a customer loses us the smaller of what they left unpaid and 500: clip(upper=500).",
        'each = first_sales.groupby("customer_id")["unpaid_amount"].sum(); 1 - each.clip(upper=500).sum() / each.sum().',
    ],
)
def avoided_share(first_sales):
    each = first_sales.groupby("customer_id")["unpaid_amount"].sum()
    return 1 - each.clip(upper=500).sum() / each.sum()


def _each(first_sales):
    return first_sales.groupby("customer_id")["unpaid_amount"].sum()


@avoided_share.mistake("That is what would have been saved, in yuan. Divide by all that was left unpaid.")
def in_yuan(first_sales):
    each = _each(first_sales)
    return each.sum() - each.clip(upper=500).sum()


@avoided_share.mistake("You cut each invoice. The limit is one of each customer: add up their invoices first.")
def by_invoice(first_sales):
    lost = first_sales["unpaid_amount"]
    return 1 - lost.clip(upper=500).sum() / lost.sum()


@avoided_share.mistake("You took away the whole loss of those above the limit. They still lose us 500 each.")
def all_of_the_large(first_sales):
    each = _each(first_sales)
    return each[each > 500].sum() / each.sum()


@avoided_share.mistake("You counted customers. A share of the money that was left unpaid is asked for.")
def customers_above(first_sales):
    return (_each(first_sales) > 500).mean()


@avoided_share.mistake("You counted customers, of those who left something unpaid. A share of the money is asked for.")
def of_those_unpaid(first_sales):
    each = _each(first_sales)
    return (each > 500).sum() / (each > 0).sum()


@avoided_share.mistake("You let everyone who did not pay lose us 500. Who left less unpaid loses us only that.")
def limit_for_all(first_sales):
    each = _each(first_sales)
    return 1 - 500 * (each > 0).sum() / each.sum()


@avoided_share.mistake("You divided by what they bought. The share is one of what they left unpaid.")
def of_sales(first_sales):
    each = _each(first_sales)
    return (each - each.clip(upper=500)).sum() / first_sales["amount"].sum()


@avoided_share.mistake("You took the limit of the lesson, 1,000 yuan. Here it is 500.")
def limit_of_the_lesson(first_sales):
    each = _each(first_sales)
    return 1 - each.clip(upper=1000).sum() / each.sum()


@avoided_share.mistake("That is the customer with the largest loss alone. Cut all of them at 500, and add up.")
def of_the_largest(first_sales):
    return 1 - 500 / _each(first_sales).max()


nine_of_ten = judgment(
    "3.2.5",
    hints=[
        "On which day was each fact of the file written? Could it have been written because somebody did not pay?",
        "Who is no longer in today's file? And how many good ones does the card call bad?",
    ],
    weighs=[
        "that a file without dates shows today's state: a note on bad debts, a stopped credit, a new address may be the result of not paying",
        "that the test must rate each customer by what was known before, and look at what came after",
        "that customers who left or failed may be missing from today's file, or have empty fields",
        "that “nine of ten bad ones” says nothing without the good ones whom the card calls bad, and without an interval",
        "a proposal: keep a dated copy of the file from now on, rebuild old days from invoices, which have dates, and test on the next two quarters",
        "that even a field that was known may have been filled in later: ask when, not only what",
    ],
    example=(
        "I would ask on which day each field was filled in, for today's file may say “cash only” because the customer did not pay, and then the card only reads the"
        " result. I would also ask how many good payers it calls bad, and whether those who left are still in the file. My proposal: rebuild the facts from invoices as"
        " of each quarter, which have dates, leave out every field without one, keep a dated copy from now on, and test the card on the next two quarters before anyone's credit"
        " depends on it."
    ),
)

on_the_day = question(
    "3.2.q1",
    "You rate on 1 July. A statement for the quarter that ended on 30 June comes on 18 August. When does a rating use it?",
    [
        Option(
            "In that of 1 July, as it is about the quarter before",
            "About the quarter, yes; but on 1 July nobody had it.",
        ),
        Option(
            "In that of 1 July, corrected in August with the old date kept",
            "Then the file shows a grade that nobody could have used when goods were sent.",
        ),
        Option(
            "In that of 1 October", "It is the first rating before whose day the statement was recorded.", right=True
        ),
        Option(
            "Never, since it came more than a month too late for its own quarter",
            "Late is not worthless: on 1 October it may be the newest there is. Its age stands beside it.",
        ),
    ],
)

no_lead = question(
    "3.2.q2",
    "Payments of today, used for a rating of a year ago, gave no lead in AUC that could be shown. What follows?",
    [
        Option(
            "It may stay as it is",
            "The grades are others, and nobody could have had them. The test is not the only victim.",
        ),
        Option(
            "The two ways of counting give the same grades to all customers",
            "No lead in the order says nothing of single grades: some were others.",
        ),
        Option(
            "It is wrong all the same",
            "No one had these payments on that day. With few bad payers a small lead cannot be seen, either.",
            right=True,
        ),
        Option(
            "Look-ahead is a worry of textbooks only, not of real firms",
            "The real case of the telephone calls shows what it can do: a firm that relied on it would know nothing beforehand.",
        ),
    ],
)

two_scores = question(
    "3.2.q3",
    "Two customers score 85: one with a coverage of 100 %, one with 72 %. What may be said?",
    [
        Option(
            "Of the second we know less: their score may move more when the rest becomes known",
            "The 28 points that were not judged may turn out good or bad.",
            right=True,
        ),
        Option(
            "The second is worse: they lack 28 points and must have been hiding something from us",
            "Not known is not bad. Some hide, others were never asked or nothing was due.",
        ),
        Option("They are equally safe", "They have the same score; it rests on more in one case than in the other."),
        Option(
            "The second is better, as they got as much with fewer items",
            "The score is a share of what was judged. Fewer items make it less sure, not better.",
        ),
    ],
)
