"""Exercises of lesson 2.1: the pyramid."""

import pandas as pd

from crmlib.lesson import Option, exercise, judgment, prediction, question


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
    # In the window: a (120), b (240), c (50) and e to j (15 each), who stand on the line exactly; d, 40 the day before, not.
    # The line is 100: a and b stand on it or above, c and d (both from 80 on) rise by 10 and 20 and leave 18 of 170; e
    # stands below 80, f (a little above the line) leaves much. 30 yuan more leave 3.18, for 5 members.
    summary = pd.DataFrame(
        {"monetary": [150.0, 100, 90, 80, 79.5, 120], "profit": [3.0, 2, 10, 8, 30, 60]}, index=list("abcdef")
    )
    # A brings 90 of 160: with the refund left out 90 of 165.
    few = pd.DataFrame(
        [("A", 1, 60), ("A", 2, 30), ("B", 3, 45), ("B", 3, -5), ("C", 4, 30)],
        columns=["customer_id", "order_id", "amount"],
    )
    days = {"as_of": pd.Timestamp("2025-12-31"), "threshold": 15.0}
    return {"grocer": grocer, "lines": lines, "summary": summary, "line_2023": 100.0, "few": few, "spending": grocer, **days}


@exercise(
    "2.1.a",
    why="More than half of the money hangs on one customer of eight. So it is in many firms, and why we rank them at all.",
    hints=[
        "The share of A is what A spent over what all eight spent.",
        'ranked["A"] is what A spent, ranked.sum() what all did.',
    ],
)
def share_of_a(few):
    ranked = few.groupby("customer_id")["amount"].sum()
    return ranked["A"] / ranked.sum()


@share_of_a.mistake("You left out what B brought back. The refund is a negative row, and lowers the sum of all.")
def refund_left_out(few):
    bought = few[few["amount"] > 0]
    return bought.loc[bought["customer_id"] == "A", "amount"].sum() / bought["amount"].sum()


@share_of_a.mistake("That is A's share of the customers. Put money over money.")
def share_of_heads(few):
    return 1 / few["customer_id"].nunique()


@share_of_a.mistake("You counted orders. A has few of them, but large ones: put money over money.")
def share_of_orders(few):
    return few.loc[few["customer_id"] == "A", "order_id"].nunique() / few["order_id"].nunique()


@share_of_a.mistake("You set A against the others. A share is of the whole, and A is part of it.")
def against_the_others(few):
    ranked = few.groupby("customer_id")["amount"].sum()
    return ranked["A"] / (ranked.sum() - ranked["A"])


@share_of_a.mistake("That is only the first order of A. Add up all rows of A before you divide.")
def first_order(few):
    return few["amount"].iloc[0] / few["amount"].sum()


@prediction(
    "2.1.b",
    near=0.3,
    why="Look at the pillar in the middle of the figure: its top band is that share.",
    hints=[
        "One percent of the customers are about twenty. How much more than the one in the middle does each of them buy?"
    ],
)
def share_of_vips(spending):
    n = int(0.01 * len(spending) + 0.5)
    return spending.nlargest(n).sum() / spending.sum()


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


@last_vip.in_lesson("the lesson's company", asks="the grocer")
def at_the_company(spending):
    return {"grocer": spending}



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
        "They are few enough to know each by name, and they carry a large part of the firm. A plan without them is a "
        "plan for another firm."
    ),
    hints=[
        "One customer has many lines. What must you do before you can rank customers?",
        ("Add up the amounts of each customer, refunds included. Then take the best of them."),
        'spent = lines.groupby("customer_id")["amount"].sum(), and n = int(0.05 * len(spent) + 0.5) of them.',
    ],
)
def share_of_best(lines):
    spent = lines.groupby("customer_id")["amount"].sum()
    n = int(0.05 * len(spent) + 0.5)
    return spent.nlargest(n).sum() / spent.sum()


@share_of_best.mistake(
    "You left the refunds out. Money that went back was not earned, and big customers send much back."
)
def without_refunds(lines):
    spent = lines[lines["amount"] > 0].groupby("customer_id")["amount"].sum()
    n = int(0.05 * len(spent) + 0.5)
    return spent.nlargest(n).sum() / spent.sum()


@share_of_best.in_lesson("the year 2025", asks="the year 2024")
def best_of_2025(year):
    return {"lines": year}



@share_of_best.mistake("You ranked by number of orders. Who orders often may order little: rank by money.")
def by_orders(lines):
    spent = lines.groupby("customer_id")["amount"].sum()
    orders = lines[lines["amount"] >= 0].groupby("customer_id")["order_id"].nunique().reindex(spent.index, fill_value=0)
    n = int(0.05 * len(spent) + 0.5)
    return spent[orders.nlargest(n).index].sum() / spent.sum()


@share_of_best.mistake("You ranked by number of lines. A line is neither an order nor money: one order may have many.")
def by_lines(lines):
    spent = lines.groupby("customer_id")["amount"].sum()
    n = int(0.05 * len(spent) + 0.5)
    return spent[lines["customer_id"].value_counts().nlargest(n).index].sum() / spent.sum()


@share_of_best.mistake("That is the VIPs alone. The best 5 % are the VIPs and the major customers together.")
def vip_only(lines):
    spent = lines.groupby("customer_id")["amount"].sum()
    return spent.nlargest(int(0.01 * len(spent) + 0.5)).sum() / spent.sum()


@share_of_best.mistake("Those are the largest lines. One customer has many lines: add them up per customer first.")
def largest_lines(lines):
    amount = lines["amount"]
    return amount.nlargest(int(0.05 * len(amount) + 0.5)).sum() / amount.sum()


@share_of_best.mistake("That is their share of the heads. Put their money over the money of all.")
def share_of_customers(lines):
    n_all = lines["customer_id"].nunique()
    return int(0.05 * n_all + 0.5) / n_all


@share_of_best.mistake("The whole must be net as well: you left the refunds out of it.")
def gross_whole(lines):
    spent = lines.groupby("customer_id")["amount"].sum()
    best = spent.nlargest(int(0.05 * len(spent) + 0.5)).sum()
    return best / lines.loc[lines["amount"] > 0, "amount"].sum()


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


@gold_club.mistake("You added up the whole year. Only what they spent in the 91 days counts.")
def the_whole_year(lines, threshold):
    net = lines.groupby("customer_id")["amount"].sum().round(2)
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
        "This is the most generous case: everyone near the line rises, and only because of the gift. A gift that costs "
        "more loses money for certain, unless it also keeps members who would have left."
    ),
    hints=[
        "Who is near: from 80 % of the line, and below it? By how much does each of them rise?",
        "The gain is what they spend more, times what a yuan of theirs leaves. The members are those above, and those who rise.",
        'near = summary[(summary["monetary"] < line_2023) & (summary["monetary"] >= 0.8 * line_2023)]; divide the gain by the members.',
    ],
)
def most_for_a_gift(summary, line_2023):
    near = summary[(summary["monetary"] < line_2023) & (summary["monetary"] >= 0.8 * line_2023)]
    margin = near["profit"].sum() / near["monetary"].sum()
    gain = (line_2023 - near["monetary"]).sum() * margin
    members = (summary["monetary"] >= 0.8 * line_2023).sum()
    return gain / members


@most_for_a_gift.in_lesson("the year 2025", asks="the year 2024")
def of_2025(spending, profit, line):
    return {"summary": pd.DataFrame({"monetary": spending, "profit": profit}), "line_2023": line}


@most_for_a_gift.in_lesson("the year 2025", asks="the year 2024")
def printed_for_2025(most_gift):
    return most_gift



@most_for_a_gift.mistake(
    "You forgot those who are above the line anyway. They are members too, and most of the gifts are theirs."
)
def only_the_risen(summary, line_2023):
    near = summary[(summary["monetary"] < line_2023) & (summary["monetary"] >= 0.8 * line_2023)]
    margin = near["profit"].sum() / near["monetary"].sum()
    return (line_2023 - near["monetary"]).sum() * margin / len(near)


@most_for_a_gift.mistake("You forgot that those who rise are members too: they get the gift as well.")
def only_those_above(summary, line_2023):
    near = summary[(summary["monetary"] < line_2023) & (summary["monetary"] >= 0.8 * line_2023)]
    margin = near["profit"].sum() / near["monetary"].sum()
    return (line_2023 - near["monetary"]).sum() * margin / (summary["monetary"] >= line_2023).sum()


@most_for_a_gift.mistake("You let half of those near the line rise, as in the lesson. Here all of them do.")
def half_rise(summary, line_2023):
    near = summary[(summary["monetary"] < line_2023) & (summary["monetary"] >= 0.8 * line_2023)]
    margin = near["profit"].sum() / near["monetary"].sum()
    members = (summary["monetary"] >= line_2023).sum() + 0.5 * len(near)
    return 0.5 * (line_2023 - near["monetary"]).sum() * margin / members


@most_for_a_gift.mistake("That is sales. A gift is paid from what sales leave: multiply by the margin.")
def sales_for_profit(summary, line_2023):
    near = summary[(summary["monetary"] < line_2023) & (summary["monetary"] >= 0.8 * line_2023)]
    return (line_2023 - near["monetary"]).sum() / (summary["monetary"] >= 0.8 * line_2023).sum()


@most_for_a_gift.mistake(
    "You took all the profit of those near the line. Most of it they bring already: only what they buy more is gained."
)
def all_their_profit(summary, line_2023):
    near = summary[(summary["monetary"] < line_2023) & (summary["monetary"] >= 0.8 * line_2023)]
    return near["profit"].sum() / (summary["monetary"] >= 0.8 * line_2023).sum()


@most_for_a_gift.mistake(
    "You took the margin of all customers. Take that of those near the line: it is theirs that grows."
)
def margin_of_all(summary, line_2023):
    near = summary[(summary["monetary"] < line_2023) & (summary["monetary"] >= 0.8 * line_2023)]
    margin = summary["profit"].sum() / summary["monetary"].sum()
    return (line_2023 - near["monetary"]).sum() * margin / (summary["monetary"] >= 0.8 * line_2023).sum()


@most_for_a_gift.mistake(
    "You took the mean of the customers' margins. Sum the profit and the spending first, then divide: a big customer counts more."
)
def mean_of_margins(summary, line_2023):
    near = summary[(summary["monetary"] < line_2023) & (summary["monetary"] >= 0.8 * line_2023)]
    margin = (near["profit"] / near["monetary"]).mean()
    return (line_2023 - near["monetary"]).sum() * margin / (summary["monetary"] >= 0.8 * line_2023).sum()


three_gold_cards = judgment(
    "2.1.5",
    hints=[
        "Which of the three is a race and which an exam? What does each cost in a good year, and in a bad one?",
        "Who would do what they do without the card?",
    ],
    weighs=[
        "which are races, whose cost is known, and which is an exam, which members can aim at",
        "that who spends most need not bring most gross profit, and that serving them costs something as well",
        "whom the card would change: those near the line, or those who might leave; the others get it for nothing",
        "what it costs when the firm grows, or in a bad year",
        "that its effect is a guess until customers drawn by lot have been promised it and others have not",
    ],
    example=(
        "I would take the amount, since members can aim at it, but set it by gross profit and look at it every year, since "
        "the firm grows and more will pass it. First I would promise it to half of those near the line, drawn by lot. If "
        "they do not buy more than the others, I would have no card at all."
    ),
)

bad_year = question(
    "2.1.q1",
    "Next year every customer spends half as much. How many VIPs will there be?",
    [
        Option(
            "As many as before by share of customers, fewer or none by the old threshold",
            "A race always has winners; an exam may have none.",
            right=True,
        ),
        Option(
            "Half as many as before, whether they are chosen by share of customers or by threshold",
            "By share of customers the number depends on how many customers there are, not on what they spend.",
        ),
        Option(
            "As many as before, whether they are chosen by share of customers or by threshold",
            "The old threshold is an amount. Somebody who stood a little above it now stands far below.",
        ),
        Option(
            "None by share of customers, as many as before by the old threshold",
            "The other way round: a share of the customers is always found, an amount is not.",
        ),
    ],
)

biggest_by_revenue = question(
    "2.1.q2",
    "A customer is first by revenue and only in the middle by gross profit. What follows?",
    [
        Option(
            "One of the two rankings must be wrong, since large customers bring large profits",
            "Both may be right. Large customers often buy at low prices, and leave little of each yuan.",
        ),
        Option(
            "The firm should stop serving them, for it loses money with every order",
            "Little gross profit is not a loss. And what serving them costs is not counted yet.",
        ),
        Option(
            "Revenue decides, since the course ranks by the amount bought",
            "It names spending or profit. Each answers another question.",
        ),
        Option(
            "They are a VIP in one pyramid and not in the other, so one must say which",
            "A tier is a place in a ranking by a stated value.",
            right=True,
        ),
    ],
)

one_firm = question(
    "2.1.q3",
    "In a securities firm 20 % of the customers bring 90 % of the revenue. What do we know about a grocer?",
    [
        Option(
            "Its best 20 % bring 90 % as well, or nearly so",
            "That is what people quote. In the cases of this lesson the best fifth brought other shares.",
        ),
        Option(
            "Nothing yet: its own orders must be counted",
            "One firm's number is no law. It takes a minute to count one's own.",
            right=True,
        ),
        Option(
            "Its best 20 % bring 80 %, since 80/20 is the rule for shops",
            "80/20 is another firm's number too. Lesson 2.2 puts it to the test.",
        ),
        Option(
            "Its best 20 % bring 20 %, since food is bought by everybody",
            "Everybody eats, but not everybody buys as much, nor all of it here.",
        ),
    ],
)
