"""Exercises of 00-start-here: how exercises work."""

import pandas as pd

from crmlib.lesson import Option, exercise, question


def example():
    # a: 30 + 20 = 50, b: 40, c: 5 + 5 + 5 = 15; the biggest order is b's
    rows = [("a", 30.0), ("b", 40.0), ("a", 20.0), ("c", 5.0), ("c", 5.0), ("c", 5.0)]
    return {"orders": pd.DataFrame(rows, columns=["customer_id", "amount"])}


@exercise(
    "0.0.1",
    why=(
        "Orders became customers: one row per order was added up to one number per customer. "
        "Most of this kit begins with that step."
    ),
    hints=[
        "The table has one row per order. Which customer would you call the biggest, if you had only paper?",
        "First add up the orders of each customer, then take the largest of the sums.",
        'orders.groupby("customer_id")["amount"].sum() has one row per customer; its .max() is the largest.',
    ],
)
def spent_by_the_biggest(orders):
    spent = orders.groupby("customer_id")["amount"].sum()
    return spent.max()


@spent_by_the_biggest.mistake("That is the biggest single order. A customer may have several: add them up first.")
def biggest_order(orders):
    return orders["amount"].max()


@spent_by_the_biggest.mistake("That is what all customers spent together. The question is about one of them.")
def everybody(orders):
    return orders["amount"].sum()


@spent_by_the_biggest.mistake(
    "That belongs to the customer who orders most often, who need not be the one who spends most."
)
def most_frequent(orders):
    spent = orders.groupby("customer_id")["amount"].agg(["size", "sum"])
    return spent.loc[spent["size"].idxmax(), "sum"]


@spent_by_the_biggest.mistake("That is who it is. The question is how much they spent: take the value, not its label.")
def who(orders):
    return orders.groupby("customer_id")["amount"].sum().idxmax()


stale_cells = question(
    "0.0.q1",
    "You change a number in a cell and do not run the cell. What do the cells below work with?",
    [
        Option("The new number", "A change counts only once the cell is run: Shift + Enter."),
        Option(
            "The old number",
            "What you see and what the computer knows can differ. "
            "When in doubt: Run, Restart Kernel and Run All Cells.",
            right=True,
        ),
        Option(
            "Neither: they stop with an error",
            "They go on with what they know, without a word. That is why it is worth remembering.",
        ),
    ],
)
