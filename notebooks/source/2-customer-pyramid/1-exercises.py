"""Exercises of lesson 2.1: the pyramid."""

import pandas as pd

from crmlib import concentration
from crmlib.lesson import Option, exercise, judgment, question


def example():
    # 250 households that spent 1 to 250: 1 % is 2.5, rounded up 3, so the last VIP spent 248.
    grocer = pd.Series(range(1, 251), index=[f"h{n:03}" for n in range(1, 251)], dtype=float)
    # 10 customers, 5 % is 0.5, rounded up 1. Net: a 120, b 480, c 50, d 40, six others 15 each: 780. b brings 48/78.
    # a spends most before the refund, c has most orders (5), d most lines (8).
    rows = [("a", "a1", "2025-12-20", 500), ("a", "a1", "2025-12-25", -380), ("b", "b1", "2025-12-01", 240)]
    rows += [("b", "b0", "2025-03-01", 240)]  # long before the window
    rows += [("c", f"c{n}", "2025-10-02", 10) for n in range(5)]  # the first of the 91 days
    rows += [("d", "d1", "2025-10-01", 5)] * 8  # the day before it
    rows += [(name, f"{name}1", "2025-12-31", 15) for name in "efghi"]  # the last day
    rows += [("j", "j1", "2025-12-31 15:00", 15)]  # and its afternoon
    lines = pd.DataFrame(rows, columns=["customer_id", "order_id", "order_date", "amount"])
    lines["order_date"] = pd.to_datetime(lines["order_date"], format="ISO8601")
    # 100 customers, 4,900 in all. 1.6 small ones gain 90 each, 0.3 regular ones 300, 0.08 major ones 600: 282.
    names = ["VIP", "major", "regular", "small"]
    tiers = pd.DataFrame({"n_customers": [1, 4, 15, 80], "mean": [1000.0, 400, 100, 10]}, index=names)
    tiers["value"] = tiers["n_customers"] * tiers["mean"]
    # In the window: a (120), b (240), c (50) and e to j (15 each), who stand on the line exactly; d, 40 the day before, not.
    return {"grocer": grocer, "lines": lines, "tiers": tiers, "as_of": pd.Timestamp("2025-12-31"), "threshold": 15.0}


@exercise(
    "2.1.1",
    why=(
        "This amount is the line of the year: who wants to be VIP at the grocer has to spend as much. Kept as a "
        "threshold, it shows how next year compares."
    ),
    hints=[
        "First: how many VIPs are there? One percent of the households, rounded to the nearest whole one.",
        "Take that many from the top, then the smallest of them.",
        "int(0.01 * len(grocer) + 0.5) is how many; grocer.nlargest(n) are they.",
    ],
)
def last_vip(grocer):
    n = int(0.01 * len(grocer) + 0.5)
    return grocer.nlargest(n).min()


@last_vip.mistake("You cut the decimals off. Round to the nearest whole customer: here that is one more.")
def rounded_down(grocer):
    return grocer.nlargest(int(0.01 * len(grocer))).min()


@last_vip.mistake("A quantile lies between two households. A tier holds whole ones: name what one of them spent.")
def quantile(grocer):
    return grocer.quantile(0.99)


@last_vip.mistake("That is the first household below the cut, the best of the major customers.")
def first_below(grocer):
    n = int(0.01 * len(grocer) + 0.5)
    return grocer.nlargest(n + 1).min()


@last_vip.mistake("That is the first VIP, the biggest household of all. The last is the one who only just got in.")
def first_vip(grocer):
    return grocer.max()


@last_vip.mistake("That is how many VIPs there are. The question is what the last of them spent.")
def how_many(grocer):
    return int(0.01 * len(grocer) + 0.5)


@exercise(
    "2.1.2",
    why=(
        "Few enough to know each by name, and they carry a large part of the house: whoever plans without them plans "
        "for somebody else's company."
    ),
    hints=[
        "One customer has many lines. What must you do before you can rank customers?",
        (
            "Add up the amounts of each customer, refunds included, and set what is below zero to zero. Then take the "
            "best of them."
        ),
        'spent = lines.groupby("customer_id")["amount"].sum().clip(lower=0); n = int(0.05 * len(spent) + 0.5)',
    ],
)
def share_of_best(lines):
    spent = lines.groupby("customer_id")["amount"].sum().clip(lower=0)
    n = int(0.05 * len(spent) + 0.5)
    return spent.nlargest(n).sum() / spent.sum()


@share_of_best.mistake(
    "You left the refunds out. Money that went back was not earned, and big customers send much back."
)
def without_refunds(lines):
    spent = lines[lines["amount"] > 0].groupby("customer_id")["amount"].sum()
    n = int(0.05 * len(spent) + 0.5)
    return spent.nlargest(n).sum() / spent.sum()


@share_of_best.mistake("You ranked by number of orders. Who orders often may order little: rank by money.")
def by_orders(lines):
    spent = lines.groupby("customer_id")["amount"].sum().clip(lower=0)
    orders = lines[lines["amount"] >= 0].groupby("customer_id")["order_id"].nunique().reindex(spent.index, fill_value=0)
    n = int(0.05 * len(spent) + 0.5)
    return spent[orders.nlargest(n).index].sum() / spent.sum()


@share_of_best.mistake("You ranked by number of lines. A line is neither an order nor money: one order may have many.")
def by_lines(lines):
    spent = lines.groupby("customer_id")["amount"].sum().clip(lower=0)
    n = int(0.05 * len(spent) + 0.5)
    return spent[lines["customer_id"].value_counts().nlargest(n).index].sum() / spent.sum()


@share_of_best.mistake("That is the VIPs alone. The best 5 % are the VIPs and the major customers together.")
def vip_only(lines):
    spent = lines.groupby("customer_id")["amount"].sum().clip(lower=0)
    return spent.nlargest(int(0.01 * len(spent) + 0.5)).sum() / spent.sum()


@share_of_best.mistake(
    "top_share cuts inside a customer. A tier holds whole ones: round how many they are, then take them."
)
def cut_inside(lines):
    return concentration.top_share(lines.groupby("customer_id")["amount"].sum().clip(lower=0), 0.05)


@exercise(
    "2.1.3",
    why=(
        "A promise has edges: the first day, the last day and the exact amount. Whoever stands on the edge will "
        "write to you."
    ),
    hints=[
        (
            "Which is the first of 91 days, if the last one counts? Count on a small case: 3 days up to and including "
            "the 31st."
        ),
        (
            "Keep the lines from as_of - pd.Timedelta(days=90) on, add up each customer, refunds included, and round to"
            " cents."
        ),
        '"At least" is >=. Keep the customers at or above the threshold and add up what they spent.',
    ],
)
def gold_club(lines, as_of, threshold):
    recent = lines[lines["order_date"] >= as_of - pd.Timedelta(days=90)]
    net = recent.groupby("customer_id")["amount"].sum().round(2)
    return net[net >= threshold].sum()


@gold_club.mistake(
    "Whoever spent exactly the threshold is missing. At least means >=, and sums are compared after rounding to cents: "
    "0.1 + 0.2 is a hair more than 0.3."
)
def above_only(lines, as_of, threshold):
    recent = lines[lines["order_date"] >= as_of - pd.Timedelta(days=90)]
    net = recent.groupby("customer_id")["amount"].sum().round(2)
    return net[net > threshold].sum()


@gold_club.mistake(
    "Your window has one day too many. If the last day counts, the first lies a day later than as_of less the length."
)
def a_day_too_many(lines, as_of, threshold):
    recent = lines[lines["order_date"] >= as_of - pd.Timedelta(days=91)]
    net = recent.groupby("customer_id")["amount"].sum().round(2)
    return net[net >= threshold].sum()


@gold_club.mistake("Your window has one day too few: 91 days that end with as_of begin 90 days before it.")
def a_day_too_few(lines, as_of, threshold):
    recent = lines[lines["order_date"] >= as_of - pd.Timedelta(days=89)]
    net = recent.groupby("customer_id")["amount"].sum().round(2)
    return net[net >= threshold].sum()


@gold_club.mistake("You left the refunds out. Net spending is what is left after them.")
def gross(lines, as_of, threshold):
    recent = lines[(lines["order_date"] >= as_of - pd.Timedelta(days=90)) & (lines["amount"] > 0)]
    total = recent.groupby("customer_id")["amount"].sum().round(2)
    return total[total >= threshold].sum()


@gold_club.mistake(
    "You stopped at as_of, which is the midnight when that day begins: what was bought during the day is missing. "
    "No line is later, so leave the upper end open."
)
def last_day_missing(lines, as_of, threshold):
    recent = lines[(lines["order_date"] >= as_of - pd.Timedelta(days=90)) & (lines["order_date"] <= as_of)]
    net = recent.groupby("customer_id")["amount"].sum().round(2)
    return net[net >= threshold].sum()


@gold_club.mistake("These are the right members, but you added up their whole year. Only the days of the window count.")
def whole_year(lines, as_of, threshold):
    recent = lines[lines["order_date"] >= as_of - pd.Timedelta(days=90)]
    net = recent.groupby("customer_id")["amount"].sum().round(2)
    return lines.loc[lines["customer_id"].isin(net.index[net >= threshold]), "amount"].sum()


@exercise(
    "2.1.4",
    why=(
        "A number like 10 % follows from a firm's means, not from a law, and it takes for granted that whoever rises "
        "spends what the old members of that tier spend. How the risen were made to rise, and what that cost, it does "
        "not say."
    ),
    hints=[
        "Start with one tier: how many rise, and by how much does each of them grow?",
        "Somebody who rises brings the mean of the tier above, but no longer the mean of his own.",
        (
            'tiers["mean"].shift(1) is the mean of the tier above; VIPs have none above them and stay. Divide by the'
            " sales of all."
        ),
    ],
)
def growth(tiers):
    step = (tiers["mean"].shift(1) - tiers["mean"]).fillna(0.0)
    return (0.02 * tiers["n_customers"] * step).sum() / tiers["value"].sum()


@growth.mistake(
    "You counted all that they bring after rising. They had brought something before: only the difference is growth."
)
def without_before(tiers):
    return (0.02 * tiers["n_customers"] * tiers["mean"].shift(1).fillna(0.0)).sum() / tiers["value"].sum()


@growth.mistake("You let everybody rise to VIP. The question moves them one tier up.")
def straight_to_the_top(tiers):
    step = tiers["mean"].iloc[0] - tiers["mean"]
    return (0.02 * tiers["n_customers"] * step).sum() / tiers["value"].sum()


@growth.mistake("You took all who rise from the small customers. Of each tier below VIP a part rises.")
def from_the_bottom(tiers):
    step = tiers["mean"].iloc[2] - tiers["mean"].iloc[3]
    return 0.02 * tiers["n_customers"].sum() * step / tiers["value"].sum()


@growth.mistake("You let them fall: shift(-1) gives the tier below. The tier above stands one row higher.")
def downward(tiers):
    step = (tiers["mean"].shift(-1) - tiers["mean"]).fillna(0.0)
    return (0.02 * tiers["n_customers"] * step).sum() / tiers["value"].sum()


@growth.mistake("That is the growth in yuan. Divide it by the sales of all tiers.")
def in_yuan(tiers):
    step = (tiers["mean"].shift(1) - tiers["mean"]).fillna(0.0)
    return (0.02 * tiers["n_customers"] * step).sum()


all_to_the_top = judgment(
    "2.1.5",
    hints=[
        "What would the next yuan change with a VIP, and what with a small customer? Who has measured it?",
        "Where were this year's VIPs and major customers a year ago?",
    ],
    weighs=[
        "that what a tier brings on average is not what the next yuan spent on it changes",
        "that the response curve is a guess until a trial with customers drawn by lot has tested it",
        "what the small customers' gross profit is, and which part of their service costs nothing or must be given",
        "that some of the big customers of tomorrow are small, new or not yet customers today",
        "that a rank changes by chance as well: who is small this year need not be so next year",
    ],
    example=(
        "I would not stop anything at once. What VIPs bring says little about what more service would change "
        "with them, and several of this year's big customers were small or unknown last year. I would cut what costs "
        "most and is used least at the bottom, give the money to VIPs drawn by lot, leave the others as they are, and "
        "compare after half a year."
    ),
)

bad_year = question(
    "2.1.q1",
    "Next year every customer spends half as much. How many VIPs will there be?",
    [
        Option(
            "Half as many, by either rule",
            "By share of customers the number depends on how many customers there are, not on what they spend.",
        ),
        Option(
            "As many as before by share of customers, fewer or none by the old threshold",
            "A race always has winners; an exam may have none.",
            right=True,
        ),
        Option(
            "As many as before, by either rule",
            "The old threshold is an amount. Somebody who stood a little above it now stands far below.",
        ),
    ],
)

fallen_vip = question(
    "2.1.q2",
    "Of ten VIPs four are no longer VIP after a year. In the world in which nobody changes, four of ten fall as "
    "well. What do you tell the team that looks after them?",
    [
        Option(
            "You lost four VIPs",
            "As many would have fallen if nobody had changed and nothing had been done wrong.",
        ),
        Option(
            "All is well, nobody has changed",
            "One cannot tell from this. With ten customers a real change would have to be large to show.",
        ),
        Option(
            "The number alone is no sign of a loss; look at each of the four",
            "Ask whether they still order, and what, before you praise or blame.",
            right=True,
        ),
    ],
)

most_is_not_next = question(
    "2.1.q3",
    "A VIP brings a hundred times as much as a small customer. Where does the next yuan go?",
    [
        Option("To the VIP, since he brings most", "What he brings he brings already. The yuan is for what changes."),
        Option(
            "To wherever it changes most, which the pyramid does not show",
            "That is the response curve, and it has to be tested.",
            right=True,
        ),
        Option(
            "To the small customer, for he has more room to grow",
            "He may; that is a guess about the response curve, not a result.",
        ),
    ],
)
