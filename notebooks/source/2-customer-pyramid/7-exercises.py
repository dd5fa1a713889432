"""Exercises of lesson 2.7: convert or drop, the bank and its fee."""

import pandas as pd

from crmlib.lesson import Option, exercise, judgment, question


def example():
    losers = pd.DataFrame(
        {
            "monetary": [1900.0, 150, 50],
            "gross_profit": [280.0, 30, -10],
            "cost_to_serve": [320.0, 40, 140],
            "net_profit": [-40.0, -10, -150],
        },
        index=list("bde"),
    )
    # cost is 12 x (0.20 x cheques + 1): 15 cheques 48, 5 cheques 24, 10 cheques 36, 20 cheques 60
    book = pd.DataFrame(
        {
            "age": [65, 30, 50, 40, 62],
            "cheques_per_month": [15, 5, 10, 20, 5],
            "earned": [10.0, 8, 200, 12, 90],
            "cost": [48.0, 24, 36, 60, 24],
        },
        index=list("ABCDE"),
    )
    book["profit"] = book["earned"] - book["cost"]
    book["contribution"] = book["earned"] - 0.10 * book["cost"]
    charged = pd.Series([True, True, False, True, False], index=book.index)
    prices = {"spread": 0.045, "savings_spread": 0.015, "cheque_cost": 0.20, "account_cost": 1.00}
    return {"losers": losers, "book": book, "charged": charged, "prices": prices}


@exercise(
    "2.7.1",
    why=(
        "Half of the cost sounds like much, and yet the gross profit that leaves with them takes nearly all of it back."
    ),
    hints=[
        "Two things happen when they leave: something stops, and something no longer comes in.",
        "Half of their cost to serve is saved; all of their gross profit is gone.",
        '0.5 * losers["cost_to_serve"].sum() is saved; subtract what is gone.',
    ],
)
def change_if_gone(losers):
    return 0.5 * losers["cost_to_serve"].sum() - losers["gross_profit"].sum()


@change_if_gone.mistake(
    "You took all of their cost as saved. Only half of it stops; the rest is paid for all the same, by the other"
    " customers."
)
def all_cost_stops(losers):
    return -losers["net_profit"].sum()


@change_if_gone.mistake("You forgot what they bring: their gross profit leaves with them.")
def forgot_gross_profit(losers):
    return 0.5 * losers["cost_to_serve"].sum()


@change_if_gone.mistake("You halved the loss. Cost is halved; the gross profit goes entirely.")
def half_of_the_loss(losers):
    return -0.5 * losers["net_profit"].sum()


@change_if_gone.mistake(
    "You subtracted their sales. With the sales the cost of the goods disappears too: what is missed is gross profit."
)
def lost_sales(losers):
    return 0.5 * losers["cost_to_serve"].sum() - losers["monetary"].sum()


@exercise(
    "2.7.2",
    why=(
        "A threshold below this balance lets accounts through that lose money; above it, it charges some that earn. It"
        " moves with the cheques."
    ),
    hints=[
        "What does the account cost in a year? And what does one dollar on it earn in a year?",
        "Cost of a year divided by what one dollar earns. Cheques and account cost are by the month.",
        "bank.break_even_balance(...) takes the number of cheques and the three prices it needs.",
    ],
)
def balance_needed(prices):
    cost = 12 * (prices["cheque_cost"] * 12 + prices["account_cost"])
    return cost / prices["spread"]


@balance_needed.mistake("You divided the cost of one month by what a dollar earns in a year.")
def one_month(prices):
    return (prices["cheque_cost"] * 12 + prices["account_cost"]) / prices["spread"]


@balance_needed.mistake("You left out what the account itself costs, cheques or not.")
def no_account_cost(prices):
    return 12 * prices["cheque_cost"] * 12 / prices["spread"]


@balance_needed.mistake("You used what savings earn. The balance stands on the account, which earns the other spread.")
def savings_spread(prices):
    return 12 * (prices["cheque_cost"] * 12 + prices["account_cost"]) / prices["savings_spread"]


@exercise(
    "2.7.3",
    why=(
        "A fee has no age in it, and still a part of it is paid by the old. Whether that is fair is a question the"
        " number only raises."
    ),
    hints=[
        "Who is the whole here: all accounts, all old customers, or those who are charged?",
        "Keep the charged accounts first, then ask which of them are old.",
        'book.loc[charged, "age"] are the ages of the charged; compare with 60 and take the mean.',
    ],
)
def old_among_charged(book, charged):
    return (book.loc[charged, "age"] >= 60).mean()


@old_among_charged.mistake("You turned it round: that is the share of the old who are charged.")
def charged_among_old(book, charged):
    return charged[book["age"] >= 60].mean()


@old_among_charged.mistake("You divided by all accounts. The whole is the charged ones.")
def of_all(book, charged):
    return ((book["age"] >= 60) & charged).mean()


@old_among_charged.mistake("That is the share of the old among all accounts, charged or not.")
def old_among_all(book, charged):
    return (book["age"] >= 60).mean()


@exercise(
    "2.7.4",
    why=(
        "This year almost any number may leave, because such accounts bring so little now. What they would have brought"
        " later is not in this figure."
    ),
    hints=[
        "Those who stay pay; those who leave take something with them. When do the two balance?",
        "With p leaving: (1 - p) times all fees equals p times all contribution of the charged. Solve for p.",
        (
            'fees = 36 * charged.sum(), contribution = book.loc[charged, "contribution"].sum(); p is the fees divided'
            " by the two together."
        ),
    ],
)
def may_leave(book, charged):
    fees = 12 * 3 * charged.sum()
    return fees / (fees + book.loc[charged, "contribution"].sum())


@may_leave.mistake(
    "You let full profit leave. These accounts lose money by full cost, but most of that cost stays: what leaves is the"
    " contribution."
)
def by_full_profit(book, charged):
    fees = 12 * 3 * charged.sum()
    return fees / (fees + book.loc[charged, "profit"].sum())


@may_leave.mistake("You counted all accounts. Only those who are charged pay, and only they have a reason to leave.")
def everybody(book):
    fees = 12 * 3 * len(book)
    return fees / (fees + book["contribution"].sum())


@may_leave.mistake("You counted one month of fees against a year of contribution.")
def one_month_of_fees(book, charged):
    fees = 3 * charged.sum()
    return fees / (fees + book.loc[charged, "contribution"].sum())


@may_leave.mistake("You let everything earned leave. The cost that stops is saved: what leaves is the contribution.")
def by_earned(book, charged):
    fees = 12 * 3 * charged.sum()
    return fees / (fees + book.loc[charged, "earned"].sum())


the_vote = judgment(
    "2.7.5",
    hints=[
        "Which of the numbers of this lesson come from the course, and which were assumed?",
        "How could the bank learn how many leave, before it charges everybody?",
    ],
    weighs=[
        "that how many leave is an assumption, and that the answer turns on it once later years are counted",
        "who is hit: the new, the young who would grow, the old with little",
        "whether a charge on cheques meets the cause better than a charge on low balances",
        "a trial in a few branches, with others as a control group, before the whole bank",
        "what those who are not charged will think when they hear of it",
    ],
    example=(
        "I would sign a changed fee: the young and the new are spared, because their later profit outweighs this year's"
        " fees. The number that decided is the share that may leave once later years count. I would test the share that"
        " leaves in five branches for a year, with five others as control."
    ),
)

what_stays = question(
    "2.7.q1",
    "A customer who loses 500 a year by full cost leaves. What happens to the firm's profit?",
    [
        Option("It rises by 500", "Only if all of the cost charged to him stops. Wages, cars and rooms rarely do."),
        Option(
            "It may rise or fall: less cost, but his gross profit is gone",
            "Compare the cost that stops with the gross profit that goes.",
            right=True,
        ),
        Option("It does not change", "Something changes in any case: his gross profit is gone."),
    ],
)

trying_and_dropping = question(
    "2.7.q2",
    "Whoever refuses the higher price leaves. For a customer whom it would pay to let go, why try a higher price"
    " first?",
    [
        Option("Because customers usually accept", "They may not; the reason holds even if most refuse."),
        Option(
            "Because if he refuses, you are where letting go would have taken you, less the cost of the talk",
            "So trying wins whenever the talk is cheap and some accept.",
            right=True,
        ),
        Option("There is no reason: let him go at once", "Then you give away the chance that he accepts."),
    ],
)

simulated_bank = question(
    "2.7.q3",
    "In our table of the bank the best 19 % make about 90 % of the profit. What does that show about banks?",
    [
        Option("That the course's figure is right", "The table was made so that it comes out."),
        Option("That most banks lose money on small accounts", "No bank was looked at."),
        Option(
            "Nothing: it was put in",
            "The table shows what follows from assumptions, such as whom a fee hits.",
            right=True,
        ),
    ],
)
