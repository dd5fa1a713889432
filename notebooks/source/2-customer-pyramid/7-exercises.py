"""Exercises of lesson 2.7: convert or drop, the bank and its fee."""

import pandas as pd

from crmlib import profitability
from crmlib.lesson import Option, exercise, judgment, prediction, question


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
            "age": [65, 30, 50, 40, 62, 60, 70, 25, 33, 45, 45],
            "cheques_per_month": [15, 5, 10, 20, 5, 5, 5, 5, 5, 5, 5],
            "earned": [10.0, 8, 200, 12, 90, 9, 80, 7, 85, 75, 95],
            "cost": [48.0, 24, 36, 60, 24, 24, 24, 24, 24, 24, 24],
        },
        index=list("ABCDEFGHIJK"),
    )
    book["balance"] = [90.0, 40, 3000, 120, 900, 30, 800, 60, 850, 700, 950]
    book["profit"] = book["earned"] - book["cost"]
    book["contribution"] = book["earned"] - 0.10 * book["cost"]
    charged = book["earned"] < 20
    its_prices = {"spread": 0.045, "savings_spread": 0.015, "cheque_cost": 0.20, "account_cost": 1.00}
    its = {"its_book": book, "its_charged": charged, "its_prices": its_prices}
    return its | {"losers_2024": losers, "losers": losers, "prices": its_prices}


@exercise(
    "2.7.a",
    why="By full cost B loses 230, and still the firm would miss B: most of that cost is paid whether B is there or not.",
    hints=[
        "Two things happen when B leaves: a part of the cost stops, and the gross profit no longer comes in.",
        "Saved is 40 % of 1,430; gone is 1,200.",
        "0.40 * 1430 - 1200",
    ],
)
def change_without_b():
    return 0.40 * 1430 - 1200


@change_without_b.mistake("You let all of the cost stop. Only the avoidable share of it does: 40 %.")
def all_of_it():
    return 1430 - 1200


@change_without_b.mistake("That is what is saved. B's gross profit leaves as well.")
def only_saved():
    return 0.40 * 1430


@change_without_b.mistake("You took 40 % of the loss. The share is of the cost; the gross profit goes entirely.")
def share_of_the_loss():
    return 0.40 * (1430 - 1200)


@change_without_b.mistake("You took away the sales. The goods need no longer be bought: what is missed is gross profit.")
def sales_gone():
    return 0.40 * 1430 - 6000


@change_without_b.mistake("You let 40 % of the cost stay. 40 % is what stops.")
def the_other_share():
    return 0.60 * 1430 - 1200


@change_without_b.mistake("That is what no longer comes in. A part of the cost stops as well: 40 % of 1,430.")
def only_gone():
    return -1200


@change_without_b.mistake(
    "That is what B leaves by full cost today. The question is what changes: 40 % of the cost stops, the gross profit goes."
)
def profit_of_b():
    return 1200 - 1430


@prediction("2.7.b", near=0.2, why="Cost that stays is no reason to let somebody go.")
def share_kept(losers):
    assumed = {"price_rise": 0.05, "p_accept": 0.6, "saving": 0.5, "p_cheaper": 0.7, "attempt_cost": 30}
    best = profitability.convert_or_drop(losers, **assumed, avoidable_share=0.4)["best"]
    return (best == "keep").mean()


@exercise(
    "2.7.c",
    why="The cheques cost more than six times what the balance earns: it is the number of cheques that makes this loss.",
    hints=[
        "What does the balance earn in a year? What do cheques and account cost in a year?",
        "0.045 of 120 dollars is earned; twelve months of 15 cheques and of the account are the cost.",
        '120 * prices["spread"] - 12 * (15 * prices["cheque_cost"] + prices["account_cost"])',
    ],
)
def profit_of_one(prices):
    return 120 * prices["spread"] - 12 * (15 * prices["cheque_cost"] + prices["account_cost"])


@profit_of_one.mistake("You counted one month of cost against a year of earnings.")
def cost_of_a_month(prices):
    return 120 * prices["spread"] - (15 * prices["cheque_cost"] + prices["account_cost"])


@profit_of_one.mistake("You left out what the account itself costs, cheques or not.")
def without_account(prices):
    return 120 * prices["spread"] - 12 * 15 * prices["cheque_cost"]


@profit_of_one.mistake("Money on the account earns the spread of the account, not that of savings.")
def spread_of_savings(prices):
    return 120 * prices["savings_spread"] - 12 * (15 * prices["cheque_cost"] + prices["account_cost"])


@profit_of_one.mistake("You took twelve months of the account, but the cheques of one month only.")
def cheques_once(prices):
    return 120 * prices["spread"] - (15 * prices["cheque_cost"] + 12 * prices["account_cost"])


@profit_of_one.mistake("A spread is for a year already: do not take it twelve times.")
def spread_by_month(prices):
    return 12 * (120 * prices["spread"] - (15 * prices["cheque_cost"] + prices["account_cost"]))


@profit_of_one.mistake("You took the balance for what it earns. It earns the spread: 0.045 of 120.")
def balance_for_earnings(prices):
    return 120 - 12 * (15 * prices["cheque_cost"] + prices["account_cost"])


@exercise(
    "2.7.1",
    why=(
        "Half of the cost sounds like much, and yet the gross profit that leaves with them takes nearly all of it back."
    ),
    hints=[
        "Two things happen when they leave: something stops, and something no longer comes in.",
        "Half of their cost to serve is saved; all of their gross profit is gone.",
        '0.5 * losers_2024["cost_to_serve"].sum() is saved; subtract what is gone.',
    ],
)
def change_if_gone(losers_2024):
    return 0.5 * losers_2024["cost_to_serve"].sum() - losers_2024["gross_profit"].sum()


@change_if_gone.in_lesson("the year 2025", asks="the year 2024")
def losers_of_2025(losers):
    return {"losers_2024": losers}



@change_if_gone.mistake(
    "You took all of their cost as saved. Only half of it stops; the rest is paid for all the same, by the other"
    " customers."
)
def all_cost_stops(losers_2024):
    return -losers_2024["net_profit"].sum()


@change_if_gone.mistake("You forgot what they bring: their gross profit leaves with them.")
def forgot_gross_profit(losers_2024):
    return 0.5 * losers_2024["cost_to_serve"].sum()


@change_if_gone.mistake("You halved the loss. Cost is halved; the gross profit goes entirely.")
def half_of_the_loss(losers_2024):
    return -0.5 * losers_2024["net_profit"].sum()


@change_if_gone.mistake("You let 40 % of the cost stop, as in the lesson. Here it is half.")
def share_of_the_lesson(losers_2024):
    return 0.4 * losers_2024["cost_to_serve"].sum() - losers_2024["gross_profit"].sum()


@change_if_gone.mistake("You halved the gross profit. It goes entirely; half of the cost is what stops.")
def halved_the_other(losers_2024):
    return losers_2024["cost_to_serve"].sum() - 0.5 * losers_2024["gross_profit"].sum()


@change_if_gone.mistake(
    "You subtracted their sales. With the sales the cost of the goods disappears too: what is missed is gross profit."
)
def lost_sales(losers_2024):
    return 0.5 * losers_2024["cost_to_serve"].sum() - losers_2024["monetary"].sum()


@change_if_gone.mistake("That is their net profit as it is. The question is what changes when they leave: half of the cost stops.")
def their_loss(losers_2024):
    return losers_2024["net_profit"].sum()


@change_if_gone.mistake("That is what no longer comes in. Half of their cost stops as well.")
def only_lost(losers_2024):
    return -losers_2024["gross_profit"].sum()


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
def balance_needed(its_prices):
    cost = 12 * (its_prices["cheque_cost"] * 12 + its_prices["account_cost"])
    return cost / its_prices["spread"]


@balance_needed.in_lesson("the lesson's bank", asks="another bank")
def at_the_first_bank(prices):
    return {"its_prices": prices}



@balance_needed.mistake("You divided the cost of one month by what a dollar earns in a year.")
def one_month(its_prices):
    return (its_prices["cheque_cost"] * 12 + its_prices["account_cost"]) / its_prices["spread"]


@balance_needed.mistake("You took the 15 cheques of the lesson. Here they are 12 a month.")
def cheques_of_the_lesson(its_prices):
    return 12 * (its_prices["cheque_cost"] * 15 + its_prices["account_cost"]) / its_prices["spread"]


@balance_needed.mistake("A balance times the spread is what it earns. To find the balance, divide the cost by the spread.")
def times_the_spread(its_prices):
    return 12 * (its_prices["cheque_cost"] * 12 + its_prices["account_cost"]) * its_prices["spread"]


@balance_needed.mistake("You left out what the account itself costs, cheques or not.")
def no_account_cost(its_prices):
    return 12 * its_prices["cheque_cost"] * 12 / its_prices["spread"]


@balance_needed.mistake("You used what savings earn. The balance stands on the account, which earns the other spread.")
def savings_spread(its_prices):
    return 12 * (its_prices["cheque_cost"] * 12 + its_prices["account_cost"]) / its_prices["savings_spread"]


@balance_needed.mistake("You took the cheques of one month and the account of twelve. Both are by the month.")
def cheques_of_a_month(its_prices):
    return (its_prices["cheque_cost"] * 12 + 12 * its_prices["account_cost"]) / its_prices["spread"]


@balance_needed.mistake("A spread is for a year already: do not take it twelve times.")
def twelve_spreads(its_prices):
    return (its_prices["cheque_cost"] * 12 + its_prices["account_cost"]) / (12 * its_prices["spread"])


@balance_needed.mistake("You added the spread of savings. This account has none: its balance earns one spread.")
def both_spreads(its_prices):
    cost = 12 * (its_prices["cheque_cost"] * 12 + its_prices["account_cost"])
    return cost / (its_prices["spread"] + its_prices["savings_spread"])


@balance_needed.mistake("That is the threshold of the fee. The question is which balance pays for the account.")
def threshold_of_the_fee():
    return 400


@exercise(
    "2.7.3",
    why=(
        "A fee has no age in it, and still a part of it is paid by the old. Whether that is fair is a question the"
        " number only raises."
    ),
    hints=[
        "Who is the whole here: all accounts, all old customers, or those who are charged?",
        "Keep the charged accounts first, then ask which of them are old.",
        'its_book.loc[its_charged, "age"] are the ages of the charged; compare with 60 and take the mean.',
    ],
)
def old_among_charged(its_book, its_charged):
    return (its_book.loc[its_charged, "age"] >= 60).mean()


@old_among_charged.mistake("You turned it round: that is the share of the old who are charged.")
def charged_among_old(its_book, its_charged):
    return its_charged[its_book["age"] >= 60].mean()


def first_bank(book, is_charged):
    """The bank of the lesson."""
    return {"its_book": book, "its_charged": is_charged}


old_among_charged.in_lesson("the lesson's bank", asks="another bank")(first_bank)



@old_among_charged.mistake("You divided by all accounts. The whole is the charged ones.")
def of_all(its_book, its_charged):
    return ((its_book["age"] >= 60) & its_charged).mean()


@old_among_charged.mistake("That is the share of the old among all accounts, charged or not.")
def old_among_all(its_book, its_charged):
    return (its_book["age"] >= 60).mean()


@old_among_charged.mistake("You took the accounts that are not charged. The question is about the others.")
def old_among_spared(its_book, its_charged):
    return (its_book.loc[~its_charged, "age"] >= 60).mean()


@old_among_charged.mistake("That is how many are charged at all. The question is how many of these are old.")
def how_many_charged(its_charged):
    return its_charged.mean()


@old_among_charged.mistake("You left out those who are exactly 60. The question is 60 or older.")
def older_than_60(its_book, its_charged):
    return (its_book.loc[its_charged, "age"] > 60).mean()


@old_among_charged.mistake("You divided money. The question is which share of the accounts it is: count them.")
def by_balance(its_book, its_charged):
    old = its_charged & (its_book["age"] >= 60)
    return its_book.loc[old, "balance"].sum() / its_book.loc[its_charged, "balance"].sum()


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
            'fees = 36 * its_charged.sum(), contribution = its_book.loc[its_charged, "contribution"].sum(); p is the fees divided'
            " by the two together."
        ),
    ],
)
def may_leave(its_book, its_charged):
    fees = 12 * 3 * its_charged.sum()
    return fees / (fees + its_book.loc[its_charged, "contribution"].sum())


may_leave.in_lesson("the lesson's bank", asks="another bank")(first_bank)



@may_leave.mistake(
    "You let full profit leave. These accounts lose money by full cost, but most of that cost stays: what leaves is the"
    " contribution."
)
def by_full_profit(its_book, its_charged):
    fees = 12 * 3 * its_charged.sum()
    return fees / (fees + its_book.loc[its_charged, "profit"].sum())


@may_leave.mistake("The contribution of all accounts cannot leave. Only those who are charged have a reason to go.")
def contribution_of_all(its_book, its_charged):
    fees = 12 * 3 * its_charged.sum()
    return fees / (fees + its_book["contribution"].sum())


@may_leave.mistake("You counted all accounts. Only those who are charged pay, and only they have a reason to leave.")
def everybody(its_book):
    fees = 12 * 3 * len(its_book)
    return fees / (fees + its_book["contribution"].sum())


@may_leave.mistake("You counted one month of fees against a year of contribution.")
def one_month_of_fees(its_book, its_charged):
    fees = 3 * its_charged.sum()
    return fees / (fees + its_book.loc[its_charged, "contribution"].sum())


@may_leave.mistake("You let everything earned leave. The cost that stops is saved: what leaves is the contribution.")
def by_earned(its_book, its_charged):
    fees = 12 * 3 * its_charged.sum()
    return fees / (fees + its_book.loc[its_charged, "earned"].sum())


@may_leave.mistake("That is the share of the accounts that are charged. How many of these may leave?")
def share_charged(its_charged):
    return its_charged.mean()


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
        Option(
            "It rises by 500, for the customer lost 500 a year",
            "Only if all of the cost charged to them stops. Wages, cars and rooms rarely do.",
        ),
        Option(
            "It does not change, for the cost is full cost and stays",
            "Something changes in any case: their gross profit is gone.",
        ),
        Option(
            "It may rise or fall",
            "Compare the cost that stops with the gross profit that goes.",
            right=True,
        ),
    ],
)

trying_and_dropping = question(
    "2.7.q2",
    "Whoever refuses the higher price leaves. For a customer whom it would pay to let go, why try a higher price"
    " first?",
    [
        Option(
            "A refusal ends where letting go does",
            "Less the cost of the talk. So trying wins whenever the talk is cheap and some accept.",
            right=True,
        ),
        Option(
            "Customers usually accept a higher price, if asked politely",
            "They may not; the reason holds even if most refuse.",
        ),
        Option("There is no reason: let them go at once", "Then you give away the chance that they accept."),
    ],
)

simulated_bank = question(
    "2.7.q3",
    "In our table of the bank the best 19 % make about 90 % of the profit. What does that show about banks?",
    [
        Option(
            "That most banks lose money on their small accounts",
            "No bank was looked at.",
        ),
        Option(
            "Nothing: it was put in",
            "The table shows what follows from assumptions, such as whom a fee hits.",
            right=True,
        ),
        Option("That the course's figure is right", "The table was made so that it comes out."),
    ],
)
