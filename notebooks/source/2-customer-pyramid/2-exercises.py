"""Exercises of lesson 2.2: how concentrated are we?"""

import pandas as pd

from crmlib import concentration
from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    # In 2023 fifteen customers bought, one with a line taken back; a tenth of 15 is 1.5, rounded 2.
    bought = [60.0, 40, 30, 25, 20, 12, 10, 7, 4, 2, 440, 200, 130, 90, 80, 50, -20]  # not sorted
    who = [f"c{n:02}" for n in range(15)] + ["c11", "c10"]
    lines = pd.DataFrame({"customer_id": who, "amount": bought})
    lines["order_id"] = [f"o{n}" for n in range(17)]
    lines["order_date"] = pd.Timestamp("2023-03-01")
    # Of 200 people, 2 % are four. Sixty bought from 3 June on, forty of them twice; 1 and 2 June are too early.
    cds = [(f"p{n:03}", f"06-{3 + n % 28:02}", 1 + n * 37 % 61) for n in range(60)]
    cds += [(f"p{n:03}", f"06-{3 + n % 14:02}", 1 + n * 19 % 47) for n in range(40)]
    cds += [(f"p{n:03}", "06-01", 70) for n in range(60, 85)]
    cds += [(f"p{n:03}", "06-02", 90) for n in range(30, 70)] + [(f"p{n:03}", "01-05", 7 + n) for n in range(200)]
    cd_lines = pd.DataFrame(cds, columns=["customer_id", "day", "amount"])
    cd_lines["order_date"] = pd.to_datetime("1998-" + cd_lines.pop("day"))
    return {
        "ordered": pd.Series([10, 40, 80, 120, 200, 250, 400, 900], index=list("HGFEDCBA")),
        "spending": lines.groupby("customer_id")["amount"].sum(),
        "lines_2023": lines,
        "organizations": pd.Series([400.0, 90, 30, 250, 60, 700, 10], index=list("abcdefg")),
        "cd_lines": cd_lines,
        # 4 % of 1,800 are the 72 that a contact costs: it pays for 3,000 and 2,000, not for 1,700.
        "profit_2024": pd.Series([100.0, 3000, 1700, -50, 2000, 1500, 300, 75, 1650, 60, 20], index=list("abcdefghijk")),
    }


@exercise(
    "2.2.a",
    why="Five of eight customers, and so little of the money. That is one point of the Lorenz curve.",
    hints=[
        "Add up what D to H spent. What do all eight together spend?",
        "D to H together, divided by the sum of all eight.",
    ],
)
def five_smallest(ordered):
    return ordered.nsmallest(5).sum() / ordered.sum()


@five_smallest.mistake("Those are the four smallest. D is the fifth.")
def four_smallest(ordered):
    return ordered.nsmallest(4).sum() / ordered.sum()


@five_smallest.mistake(
    "That is their share of the customers, five of eight. The question is about their share of the money."
)
def of_heads(ordered):
    return 5 / len(ordered)


@five_smallest.mistake("You divided by what the other three spent. A share is a part of all eight.")
def against_the_others(ordered):
    return ordered.nsmallest(5).sum() / ordered.nlargest(len(ordered) - 5).sum()


@five_smallest.mistake("Those are the five biggest, A to E.")
def five_biggest(ordered):
    return ordered.nlargest(5).sum() / ordered.sum()


@prediction(
    "2.2.b",
    near=0.1,
    why="Look where the dotted line meets the curve, and read it as a sentence.",
    hints=["In the histogram most customers stand at the left edge. How much can they bring together?"],
)
def best_fifth_of_all(spending):
    return concentration.top_share(spending, 0.20)


@exercise(
    "2.2.1",
    why="A share says little without its base and its period: here the customers who bought in 2023, and that year's money.",
    hints=[
        "First one number per customer: what all their lines of the year add up to.",
        "How many customers are a tenth, rounded? Then take that many from the top.",
        "The sum of spent.nlargest(n), divided by the sum of spent.",
    ],
)
def best_tenth(lines_2023):
    spent = lines_2023.groupby("customer_id")["amount"].sum().clip(lower=0)
    n = int(0.1 * len(spent) + 0.5)
    return spent.nlargest(n).sum() / spent.sum()


def _spent(lines):
    return lines.groupby("customer_id")["amount"].sum().clip(lower=0)


@best_tenth.in_lesson("the year 2025", asks="the year 2023")
def tenth_of_2025(year):
    return {"lines_2023": year}



@best_tenth.mistake("That is the best tenth of the lines. One customer has many lines: add them up per customer first.")
def of_lines(lines_2023):
    amount = lines_2023["amount"]
    return amount.nlargest(int(0.1 * len(amount) + 0.5)).sum() / amount.sum()


@best_tenth.mistake("You ranked the customers by their average line. Rank them by what they spent together.")
def by_average_line(lines_2023):
    by_mean = lines_2023.groupby("customer_id")["amount"].mean().nlargest(int(0.1 * len(_spent(lines_2023)) + 0.5))
    return _spent(lines_2023)[by_mean.index].sum() / _spent(lines_2023).sum()


@best_tenth.mistake("You took the smallest tenth. Sort the other way.")
def smallest(lines_2023):
    spent = _spent(lines_2023)
    return spent.nsmallest(int(0.1 * len(spent) + 0.5)).sum() / spent.sum()


@best_tenth.mistake(
    "You took the customers above nine tenths of the largest amount. The question cuts by number of customers."
)
def by_amount(lines_2023):
    spent = _spent(lines_2023)
    return spent[spent >= 0.9 * spent.max()].sum() / spent.sum()


@best_tenth.mistake("That is the best fifth. The question is about the best tenth.")
def a_fifth(lines_2023):
    spent = _spent(lines_2023)
    return spent.nlargest(int(0.2 * len(spent) + 0.5)).sum() / spent.sum()


@best_tenth.mistake("top_share takes a part of the customer at the cut. Whole customers are wanted: round their number.")
def cut_inside(lines_2023):
    return concentration.top_share(_spent(lines_2023), 0.1)


@best_tenth.mistake("You took the first customers as they stand in the table. Sort by amount first.")
def not_sorted(lines_2023):
    spent = _spent(lines_2023)
    return spent.head(int(0.1 * len(spent) + 0.5)).sum() / spent.sum()


@best_tenth.mistake("You left out the returns. They are money given back, so they belong into what a customer spent.")
def without_returns(lines_2023):
    return best_tenth.function(lines_2023[lines_2023["amount"] > 0])


@exercise(
    "2.2.2",
    why="You can now check any Gini coefficient somebody shows you, and ask of whom and of which period it is.",
    hints=[
        "Sort from the smallest to the biggest and number them 1, 2, 3 ...",
        "Twice the sum of number times amount, over n times the sum of the amounts; then take (n + 1) / n away.",
        "ordered = organizations.sort_values(); the numbers are pd.Series(range(1, n + 1), index=ordered.index).",
    ],
)
def gini_of_organizations(organizations):
    ordered = organizations.sort_values()
    n = len(ordered)
    places = pd.Series(range(1, n + 1), index=ordered.index)
    return 2 * (places * ordered).sum() / (n * ordered.sum()) - (n + 1) / n


@gini_of_organizations.in_lesson("all customers of 2025", asks="the organizations of 2024")
def gini_of_all(spending):
    return {"organizations": spending}



@gini_of_organizations.mistake("That is the area between the two lines. The Gini coefficient is twice that area.")
def not_doubled(organizations):
    return concentration.gini_coefficient(organizations) / 2


@gini_of_organizations.mistake("You left out the second part: take (n + 1) / n away.")
def first_part_only(organizations):
    return concentration.gini_coefficient(organizations) + (len(organizations) + 1) / len(organizations)


@gini_of_organizations.mistake("You counted from 0. The smallest customer has the number 1.")
def from_zero(organizations):
    return concentration.gini_coefficient(organizations) - 2 / len(organizations)


@gini_of_organizations.mistake(
    "You corrected for a small sample, n / (n - 1). That is a choice one may make; the formula here is without."
)
def with_correction(organizations):
    return concentration.gini_coefficient(organizations, corrected=True)


@gini_of_organizations.mistake(
    "Numbers and amounts do not belong together: the amounts are not sorted. Sort first, then number them."
)
def as_they_stand(organizations):
    n = len(organizations)
    places = pd.Series(range(1, n + 1), index=organizations.index)
    return 2 * (places * organizations).sum() / (n * organizations.sum()) - (n + 1) / n


@gini_of_organizations.mistake("You took (n - 1) / n away. The formula has (n + 1) / n.")
def minus_for_plus(organizations):
    return concentration.gini_coefficient(organizations) + 2 / len(organizations)


@gini_of_organizations.mistake("That is the share of the best fifth, one point of the curve. The Gini coefficient takes all of them.")
def best_fifth_for_gini(organizations):
    return concentration.top_share(organizations, 0.20)


@exercise(
    "2.2.3",
    why="So few of everybody bring so much of a month, because most did not come. Whoever shows a share must say who is counted.",
    hints=[
        "How many people are in cd_lines at all? A fiftieth of them is a number of people.",
        "Add up each person's orders of the 28 days. The last day is one of the 28, so the first is 3 June.",
        "spent.nlargest(n).sum() / spent.sum(), where spent is of the 28 days and n of everybody.",
    ],
)
def best_fiftieth(cd_lines):
    recent = cd_lines[cd_lines["order_date"] >= "1998-06-03"]
    spent = recent.groupby("customer_id")["amount"].sum()
    n = int(0.02 * cd_lines["customer_id"].nunique() + 0.5)
    return spent.nlargest(n).sum() / spent.sum()


def _of_days(cd_lines, first_day, n):
    spent = cd_lines[cd_lines["order_date"] >= first_day].groupby("customer_id")["amount"].sum()
    return spent.nlargest(n).sum() / spent.sum()


@best_fiftieth.mistake("You took a fiftieth of those who bought in the 28 days. Count all people in cd_lines.")
def buyers_only(cd_lines):
    n = cd_lines.loc[cd_lines["order_date"] >= "1998-06-03", "customer_id"].nunique()
    return _of_days(cd_lines, "1998-06-03", int(0.02 * n + 0.5))


@best_fiftieth.mistake("That is over the whole time of the data. The question is about the last 28 days.")
def all_the_time(cd_lines):
    return _of_days(cd_lines, "1997-01-01", int(0.02 * cd_lines["customer_id"].nunique() + 0.5))


@best_fiftieth.mistake(
    "Your period begins on 2 June and has 29 days. The last day is one of the 28, so the first is 3 June."
)
def one_day_too_many(cd_lines):
    return _of_days(cd_lines, "1998-06-02", int(0.02 * cd_lines["customer_id"].nunique() + 0.5))


@best_fiftieth.mistake("Those are a fiftieth of the orders. Add up each person's orders first, and count people.")
def of_orders(cd_lines):
    amount = cd_lines.loc[cd_lines["order_date"] >= "1998-06-03", "amount"]
    return amount.nlargest(int(0.02 * len(amount) + 0.5)).sum() / amount.sum()


@best_fiftieth.mistake("That is a twentieth of all people, 5 %. A fiftieth is 2 %.")
def a_twentieth(cd_lines):
    return _of_days(cd_lines, "1998-06-03", int(0.05 * cd_lines["customer_id"].nunique() + 0.5))


@best_fiftieth.mistake("You took the whole of June. The last 28 days begin on 3 June.")
def whole_june(cd_lines):
    return _of_days(cd_lines, "1998-06-01", int(0.02 * cd_lines["customer_id"].nunique() + 0.5))


@exercise(
    "2.2.4",
    why="Whether care pays is asked of each further customer, not of the group: the big ones would pay for the small ones.",
    hints=[
        "What does the contact keep of one customer's profit, on average? Four in a hundred of it.",
        "It pays where 4 % of the profit are more than 72 yuan. Count those customers.",
    ],
)
def n_contacts(profit_2024):
    return int((0.04 * profit_2024 > 72).sum())


@n_contacts.in_lesson("the year 2025", asks="the year 2024")
def contacts_in_2025(gross):
    return {"profit_2024": gross}



@n_contacts.mistake("You counted everybody whose profit is above 72 yuan. The contact keeps only 4 % of it.")
def whole_profit(profit_2024):
    return int((profit_2024 > 72).sum())


@n_contacts.mistake("That is the profit above which the contact pays. Now count the customers who bring more.")
def the_line():
    return 72 / 0.04


@n_contacts.mistake(
    "That is how many the contact pays for on average: the biggest pay for the others. Ask it of each customer."
)
def on_average(profit_2024):
    ordered = profit_2024.sort_values(ascending=False)
    return int((0.04 * ordered.cumsum() > 72 * pd.Series(range(1, len(ordered) + 1), index=ordered.index)).sum())


@n_contacts.mistake("You took 4 of 100 for 0.4. Four of a hundred are 0.04.")
def tenfold(profit_2024):
    return int((0.4 * profit_2024 > 72).sum())


@n_contacts.mistake("Those are the customers for whom it does not pay. Turn the comparison.")
def turned(profit_2024):
    return int((0.04 * profit_2024 <= 72).sum())


@n_contacts.mistake("That is the best 4 % of the customers. The 4 of 100 are those who stay because of the contact.")
def best_four_percent(profit_2024):
    return int(0.04 * len(profit_2024) + 0.5)


@n_contacts.mistake("That is the gain in yuan. The question is how many customers.")
def in_money(profit_2024):
    gain = 0.04 * profit_2024 - 72
    return float(gain[gain > 0].sum())


consultant = judgment(
    "2.2.5",
    weighs=[
        "that a ratio without its period, who is counted, and its measure (sales or profit) cannot be compared with ours",
        "what our own data say for the same period and base, and that the real firms here fall short of such ratios",
        (
            "that a small share of profit is no reason to drop anybody: what counts is what would change if they went,"
            " and costs that stay"
        ),
    ],
    example=(
        "Please tell us the period, whether people who did not buy are counted, and how profit was worked out; neither"
        " of the two real firms we looked at comes near 20:90. Even if the ratio held here, the rest pay part of costs"
        " that stay when they go. We would rather serve some of them more cheaply, chosen by lot, and compare."
    ),
    hints=[
        "Which three things must you know before two ratios can be compared?",
        "What would change in the accounts if the rest were gone?",
    ],
)

base = question(
    "2.2.q1",
    "A shop reports: our best fifth brings 60 %. Next year it counts only customers who bought that year, and reports"
    " 45 %. What happened?",
    [
        Option("The big customers spend less than the year before", "Perhaps; but the change of who is counted can do it alone."),
        Option("The small customers have caught up with the big ones", "That is one story. It needs the same base in both years."),
        Option("The shop has become less dependent on a few", "That would be good news, and it is not what was measured."),
        Option(
            "One cannot tell: who is counted has changed",
            "Without those who bought nothing a fifth is fewer people, and brings less.",
            right=True,
        ),
    ],
)

line = question(
    "2.2.q2",
    "On a Lorenz curve with the smallest customers on the left lies the point 70 % and 25 %. What does it mean?",
    [
        Option("The best 70 % bring 25 %", "The smallest stand on the left: 70 % are the smallest."),
        Option("The best 30 % bring 75 %", "The smallest 70 % bring 25 %, and the others the rest.", right=True),
        Option("The best 25 % bring 70 %", "Customers stand on the axis below, money on the axis at the side."),
        Option("Seventy customers bring 25 yuan", "Both axes are shares, not numbers of customers and yuan."),
    ],
)

care = question(
    "2.2.q3",
    "Two firms have equally many customers and the same profit. Firm P is more concentrated. For which is a personal"
    " contact for the best 1 % worth more?",
    [
        Option("For P: its best 1 % hold more of the profit", "Same cost, more at stake. The curve decides.", right=True),
        Option("For the other: its customers are all important", "Each of its best 1 % has less profit to lose."),
        Option("Equally, since number and profit are the same", "The number and the cost are the same, the profit of the best 1 % is not."),
        Option("For neither: whoever is big stays anyway", "They may; then it pays nowhere. How many stay is an assumption to be tested."),
    ],
)
