"""Exercises of lesson 4.7: more, longer, deeper."""

import numpy as np
import pandas as pd

from crmlib import bridge, engagement, equity
from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    eight = pd.DataFrame(
        {
            2023: [90, 100, 60, 50, None, None, None, None],
            2024: [120, 140, None, None, 60, 80, None, 100],
            2025: [160, 210, -20, 60, 110, None, 150, 100],
        },
        index=list("ABCDEFGH"),
    )
    one_city = pd.DataFrame(
        {
            2023: [30, 80, -15, 40, 200, None, None, 12, None, None, 55, None],
            2024: [45, None, -30, 60, 260, 20, None, None, 90, 70, None, None],
            2025: [50, None, 10, 75, None, 35, -40, 25, 110, None, None, 140],
        },
        index=[f"c{n}" for n in range(12)],
        dtype=float,
    )
    sales = pd.DataFrame({"n_customers": [100, 130, 150], "average_sales": [50.0, 58, 53]}, index=[2023, 2024, 2025])
    cities = pd.DataFrame(
        {"n_customers": [60, 25, 9, 6], "length": [2.1, 3.4, 2.9, 5.2], "profit_per_customer": [70.0, 90, 40, 260]},
        index=["east", "west", "north", "south"],
    )
    # a and c recommended: a brought b, c and d, c brought e, b (who recommended too) brought f; g is nobody's.
    brought = pd.Series({"a": 95.0, "b": 130.0, "c": -40.0, "d": 55.0, "e": -25.0, "g": 310.0})
    referred_by = pd.Series({"a": None, "b": "a", "c": "a", "d": "a", "e": "c", "f": "b", "g": None}, dtype=object)
    return {
        "eight": eight,
        "base_of_eight": equity.base_by_period(eight, discount_rate=0),
        "base": equity.base_by_period(one_city + 3, discount_rate=0.1),
        "one_city": one_city,
        "sales": sales,
        "cities": cities,
        "brought": brought,
        "referred_by": referred_by,
    }


# --- inside the lesson ---


@exercise(
    "4.7.a",
    why="Nearly four times as much as the year before, and nobody can see from the product which of the three sides has grown.",
    hints=[
        "Three factors: how many were there in 2025, how long do they stay, what does one bring?",
        "Of the five of 2024, four came again: r = 4/5, so L = 5. C and D were not there in 2024: they do not count in r. But they count in 2025, C with a loss.",
        "7 x 5 x the mean of the seven profits.",
    ],
)
def equity_of_2025(eight):
    there = eight.notna()
    retention_rate = (there[2024] & there[2025]).sum() / there[2024].sum()
    return there[2025].sum() / (1 - retention_rate) * eight[2025].mean()


def _eight(eight):
    """Number, rate and profit of 2025."""
    there = eight.notna()
    return there[2025].sum(), (there[2024] & there[2025]).sum() / there[2024].sum(), eight[2025].mean()


@equity_of_2025.mistake("You took all eight. F bought nothing in 2025 and is no customer then.")
def all_eight(eight):
    n, r, m = _eight(eight)
    return len(eight) / (1 - r) * m


@equity_of_2025.mistake("That is the value of one customer. How many are there?")
def value_of_one(eight):
    n, r, m = _eight(eight)
    return m / (1 - r)


@equity_of_2025.mistake("That is the profit of one year. How many years do they stay?")
def one_year(eight):
    n, r, m = _eight(eight)
    return n * m


@equity_of_2025.mistake(
    "You took the share of this year's customers who were there before. Retention is a share of those of last year: of the five, how many came again?"
)
def share_of_this_year(eight):
    there = eight.notna()
    n, r, m = _eight(eight)
    return n / (1 - (there[2024] & there[2025]).sum() / n) * m


@equity_of_2025.mistake(
    "You counted C and D as kept. They are old customers, but they were not there in 2024; retention asks for those of the year before."
)
def back_after_a_gap(eight):
    there = eight.notna()
    n, r, m = _eight(eight)
    return n / (1 - (there[2025] & (there[2024] | there[2023])).sum() / n) * m


@equity_of_2025.mistake("You multiplied by the rate. It has to become a length first: 1 / (1 - r).")
def rate_for_length(eight):
    n, r, m = _eight(eight)
    return n * r * m


@equity_of_2025.mistake("The length is 1 / (1 - r), not 1 / r: who comes again more often stays longer.")
def one_by_the_rate(eight):
    n, r, m = _eight(eight)
    return n / r * m


@equity_of_2025.mistake(
    "You left out this year's profit. The length counts this year too: 1 / (1 - r), not r / (1 - r)."
)
def without_this_year(eight):
    n, r, m = _eight(eight)
    return n * r / (1 - r) * m


@equity_of_2025.mistake(
    "You took the length of 2024. The retention of 2025 is asked for: of those of 2024, who came again?"
)
def length_of_2024(eight):
    there = eight.notna()
    n, r, m = _eight(eight)
    return n / (1 - (there[2023] & there[2024]).sum() / there[2023].sum()) * m


@equity_of_2025.mistake("That is the base of 2024. The one of 2025 is asked for.")
def year_before(eight):
    there = eight.notna()
    rate = (there[2023] & there[2024]).sum() / there[2023].sum()
    return there[2024].sum() / (1 - rate) * eight[2024].mean()


@equity_of_2025.mistake("You divided the profits by eight. The mean is over the customers of 2025.")
def mean_over_eight(eight):
    n, r, m = _eight(eight)
    return n / (1 - r) * eight[2025].sum() / len(eight)


@equity_of_2025.mistake("You counted C's loss as 0. A loss is part of the mean, with its minus.")
def losses_as_zero(eight):
    n, r, m = _eight(eight)
    return n / (1 - r) * eight[2025].clip(lower=0).mean()


@equity_of_2025.mistake("You left C out of the mean. A customer who makes a loss is a customer.")
def losses_left_out(eight):
    n, r, m = _eight(eight)
    return n / (1 - r) * eight.loc[eight[2025] > 0, 2025].mean()


@equity_of_2025.mistake("You took the number of 2024 beside the profit of 2025. All three factors belong to 2025.")
def number_of_2024(eight):
    n, r, m = _eight(eight)
    return eight[2024].notna().sum() / (1 - r) * m


@equity_of_2025.mistake("You took the profit of 2024 beside the number of 2025. All three factors belong to 2025.")
def profit_of_2024(eight):
    n, r, m = _eight(eight)
    return n / (1 - r) * eight[2024].mean()


@equity_of_2025.mistake("You multiplied by the share who left. The length is one divided by it.")
def times_the_churn(eight):
    n, r, m = _eight(eight)
    return n * (1 - r) * m


@equity_of_2025.mistake("You added the three factors. Equity is their product.")
def added_up(eight):
    n, r, m = _eight(eight)
    return n + 1 / (1 - r) + m


@equity_of_2025.mistake("You discounted. Here it is without a discount: L = 1 / (1 - r).")
def discounted(eight):
    n, r, m = _eight(eight)
    return n * 1.1 / (1.1 - r) * m


@exercise(
    "4.7.b",
    why="It is the smallest that this number of customers can add: they are counted at the short length and the low profit of 2024. Changed last, it adds nearly three times as much.",
    hints=[
        "Only the number moves. By how many customers?",
        "Each of those is counted as a customer of 2024 was: that length, that profit.",
        "(7 - 5) x length of 2024 x profit of 2024.",
    ],
)
def more_first(base_of_eight):
    before, after = base_of_eight.iloc[0], base_of_eight.iloc[1]
    return (after["n_customers"] - before["n_customers"]) * before["length"] * before["profit_per_customer"]


def _two(base_of_eight):
    before, after = base_of_eight.iloc[0], base_of_eight.iloc[1]
    return before, after, after["n_customers"] - before["n_customers"]


@more_first.mistake("You took the length and the profit of 2025. Changed first, the number meets those of 2024.")
def more_last(base_of_eight):
    before, after, more = _two(base_of_eight)
    return more * after["value"]


@more_first.mistake("That is how many more there are. What is each worth, at the length and profit of 2024?")
def heads(base_of_eight):
    return _two(base_of_eight)[2]


@more_first.mistake("The length is missing: each of them stays as long as a customer of 2024.")
def without_length(base_of_eight):
    before, after, more = _two(base_of_eight)
    return more * before["profit_per_customer"]


@more_first.mistake("The profit is missing: you have customers times years. What does each bring a year?")
def without_profit(base_of_eight):
    before, after, more = _two(base_of_eight)
    return more * before["length"]


@more_first.mistake("That is the equity after the first step. By how much has it grown from 2024?")
def level_after(base_of_eight):
    before, after, more = _two(base_of_eight)
    return after["n_customers"] * before["value"]


@more_first.mistake("That is the whole change, of all three factors. Here only the number moves.")
def whole_change(base_of_eight):
    before, after, more = _two(base_of_eight)
    return after["equity"] - before["equity"]


@more_first.mistake("You took the profit of 2025. It moves later; here it is still that of 2024.")
def new_profit(base_of_eight):
    before, after, more = _two(base_of_eight)
    return more * before["length"] * after["profit_per_customer"]


@more_first.mistake("You took the length of 2025. It moves later; here it is still that of 2024.")
def new_length(base_of_eight):
    before, after, more = _two(base_of_eight)
    return more * after["length"] * before["profit_per_customer"]


@more_first.mistake("You took the means of both years. In this order nothing else has moved yet: take 2024.")
def means_of_both(base_of_eight):
    before, after, more = _two(base_of_eight)
    return more * np.prod([(before[one] + after[one]) / 2 for one in ("length", "profit_per_customer")])


@more_first.mistake("That is by what share the number, and so the equity, grows. It is asked for in yuan.")
def growth_in_heads(base_of_eight):
    before, after, more = _two(base_of_eight)
    return more / before["n_customers"]


@more_first.mistake("You took the growth of the number from the equity of 2025. It grows on that of 2024.")
def of_the_new_equity(base_of_eight):
    before, after, more = _two(base_of_eight)
    return more / before["n_customers"] * after["equity"]


@more_first.mistake("You took the change of the value. Changed first, the number meets the value of 2024 itself.")
def both_together(base_of_eight):
    before, after, more = _two(base_of_eight)
    return more * (after["value"] - before["value"])


@more_first.mistake("That is the length, changed first. The number is asked for.")
def longer_first(base_of_eight):
    before, after, more = _two(base_of_eight)
    return (after["length"] - before["length"]) * before["n_customers"] * before["profit_per_customer"]


@more_first.mistake("That is the profit, changed first. The number is asked for.")
def deeper_first(base_of_eight):
    before, after, more = _two(base_of_eight)
    return (after["profit_per_customer"] - before["profit_per_customer"]) * before["n_customers"] * before["length"]


@more_first.mistake(
    "A third for each would need no data. How much does the number add, at the length and profit of 2024?"
)
def a_third(base_of_eight):
    before, after, more = _two(base_of_eight)
    return (after["equity"] - before["equity"]) / 3


@more_first.mistake("That is a share of the growth. It is asked for in yuan.")
def share_of_the_change(base_of_eight):
    before, after, more = _two(base_of_eight)
    return more * before["value"] / (after["equity"] - before["equity"])


@prediction(
    "4.7.c",
    near=0.15,
    why="Look at the first green step of the bridge beside the whole rise.",
    hints=["The number grew from 2024 to 2025 by less than a fifth. By how much did the profit of one customer grow?"],
)
def share_of_more(base):
    split = bridge.growth_split(base.shift().iloc[1:], base.iloc[1:])
    return split["more"].sum() / split["change"].sum()


# --- your turn ---


@exercise(
    "4.7.1",
    why="Set the three factors beside those of the company: is the city unlike it in number, in length or in depth?",
    hints=[
        "Who is a customer of 2025 in that city, and of those of 2024, what share came again?",
        "L = 1.1 / (1.1 - r). The profit of one is the mean over the customers of 2025, losses included.",
        'equity.base_by_period(one_city, discount_rate=0.1).loc[2025, "equity"]',
    ],
)
def equity_of_city(one_city):
    there = one_city.notna()
    retention_rate = (there[2024] & there[2025]).sum() / there[2024].sum()
    length = 1.1 / (1.1 - retention_rate)
    return there[2025].sum() * length * one_city[2025].mean()


@equity_of_city.in_lesson("the whole company", asks="one city")
def whole_company(base):
    return base.loc[2025, "equity"]


def _city(one_city):
    """Number, kept, rate and profit of 2025."""
    there = one_city.notna()
    kept = (there[2024] & there[2025]).sum()
    return there[2025].sum(), kept, kept / there[2024].sum(), one_city[2025].mean()


@equity_of_city.mistake("You left out the discount: L = (1 + d) / (1 + d - r), with d = 0.1.")
def without_discount(one_city):
    n, kept, r, m = _city(one_city)
    return n * m / (1 - r)


@equity_of_city.mistake("You left out this year's profit: on top stands 1 + d, not r.")
def without_this_year_d(one_city):
    n, kept, r, m = _city(one_city)
    return n * m * r / (1.1 - r)


@equity_of_city.mistake("You discounted this year's profit as well. It is there now: on top stands 1 + d.")
def at_the_end(one_city):
    n, kept, r, m = _city(one_city)
    return n * m / (1.1 - r)


@equity_of_city.mistake("You divided by the customers of 2025. Retention is a share of those of 2024.")
def share_of_this_years(one_city):
    n, kept, r, m = _city(one_city)
    return n * m * 1.1 / (1.1 - kept / n)


@equity_of_city.mistake("That is the value of one customer. How many are there?")
def of_one(one_city):
    n, kept, r, m = _city(one_city)
    return m * 1.1 / (1.1 - r)


@equity_of_city.mistake("That is the profit of one year. The length is missing.")
def profit_of_the_year(one_city):
    n, kept, r, m = _city(one_city)
    return n * m


@equity_of_city.mistake("You counted everybody in the table. Customers of 2025 are those who have a profit there.")
def all_rows(one_city):
    n, kept, r, m = _city(one_city)
    return len(one_city) * m * 1.1 / (1.1 - r)


@equity_of_city.mistake(
    "You counted those who bought nothing with a profit of 0. They are missing, and no part of the mean."
)
def missing_as_zero(one_city):
    n, kept, r, m = _city(one_city)
    return n * 1.1 / (1.1 - r) * one_city[2025].fillna(0).mean()


@equity_of_city.mistake("You took number and profit of 2024. They are those of 2025; only the retention looks back.")
def of_2024_with_new_rate(one_city):
    n, kept, r, m = _city(one_city)
    return one_city[2024].sum() * 1.1 / (1.1 - r)


@equity_of_city.mistake("That is the base of 2024. The one of 2025 is asked for.")
def year_2024(one_city):
    return equity.base_by_period(one_city, discount_rate=0.1).loc[2024, "equity"]


@equity_of_city.mistake("You left the losses out of the mean. A customer who makes a loss is a customer.")
def without_losses(one_city):
    n, kept, r, m = _city(one_city)
    return n * 1.1 / (1.1 - r) * one_city.loc[one_city[2025] > 0, 2025].mean()


@equity_of_city.mistake(
    "You counted only customers who bring a profit. The others bought too, and count with their loss."
)
def profitable_only(one_city):
    n, kept, r, m = _city(one_city)
    return 1.1 / (1.1 - r) * one_city[2025].clip(lower=0).sum()


@equity_of_city.mistake("You took the median. Number times median is not the profit of all; take the mean.")
def median_for_mean(one_city):
    n, kept, r, m = _city(one_city)
    return n * 1.1 / (1.1 - r) * one_city[2025].median()


@equity_of_city.mistake("You multiplied by the rate. It has to become a length: (1 + d) / (1 + d - r).")
def times_the_rate(one_city):
    n, kept, r, m = _city(one_city)
    return n * m * r


@equity_of_city.mistake("You counted those who were kept alone. New customers of 2025 are part of the base.")
def kept_alone(one_city):
    n, kept, r, m = _city(one_city)
    return kept * m * 1.1 / (1.1 - r)


@equity_of_city.mistake("You took the discount off below: 1 + d - r is 1.1 - r.")
def discount_taken_off(one_city):
    n, kept, r, m = _city(one_city)
    return n * m * 1.1 / (1 - r)


@equity_of_city.mistake("You took 0.9 for 1 + d. With d = 10 % it is 1.1.")
def nine_tenths(one_city):
    n, kept, r, m = _city(one_city)
    return n * m * 0.9 / (0.9 - r)


@equity_of_city.mistake("You took d as 10. Ten percent is 0.1, and 1 + d is 1.1.")
def ten_for_ten_percent(one_city):
    n, kept, r, m = _city(one_city)
    return n * m * 11 / (11 - r)


@exercise(
    "4.7.2",
    why="With two factors Shapley's part is what each adds at the mean of the other: what both together add is halved.",
    hints=[
        "Two orders: number first, or number last. What does the number add in each?",
        "First, it meets the average of 2023; last, that of 2024. Take the mean of the two.",
        '(n_2024 - n_2023) * (average_2023 + average_2024) / 2, or bridge.growth_split with its factors named',
    ],
)
def part_of_more(sales):
    before, after = sales.loc[2023], sales.loc[2024]
    more = after["n_customers"] - before["n_customers"]
    return more * (before["average_sales"] + after["average_sales"]) / 2


def _years(sales):
    before, after = sales.loc[2023], sales.loc[2024]
    more, deeper = after["n_customers"] - before["n_customers"], after["average_sales"] - before["average_sales"]
    return before, after, more, deeper


@part_of_more.mistake(
    "You changed the number first. In the other order it meets the average of 2024; take the mean of both."
)
def number_first(sales):
    before, after, more, deeper = _years(sales)
    return more * before["average_sales"]


@part_of_more.mistake(
    "You changed the number last. In the other order it meets the average of 2023; take the mean of both."
)
def number_last(sales):
    before, after, more, deeper = _years(sales)
    return more * after["average_sales"]


@part_of_more.mistake("That is the part of the average: deeper. The number is asked for.")
def deeper_instead(sales):
    before, after, more, deeper = _years(sales)
    return deeper * (before["n_customers"] + after["n_customers"]) / 2


@part_of_more.mistake("That is the whole growth. Which part of it is the number?")
def whole_growth(sales):
    before, after, more, deeper = _years(sales)
    return after.prod() - before.prod()


@part_of_more.mistake("Half for each factor would need no data. What does the number add in the two orders?")
def half_each(sales):
    before, after, more, deeper = _years(sales)
    return (after.prod() - before.prod()) / 2


@part_of_more.mistake("That is a share of the growth. It is asked for in yuan.")
def as_share(sales):
    before, after, more, deeper = _years(sales)
    return more * (before["average_sales"] + after["average_sales"]) / 2 / (after.prod() - before.prod())


@part_of_more.mistake("That is the log split. It adds up as well, but Shapley's part is the mean over the orders.")
def log_split(sales):
    before, after, more, deeper = _years(sales)
    ratio = np.log(after["n_customers"] / before["n_customers"]) / np.log(after.prod() / before.prod())
    return (after.prod() - before.prod()) * ratio


@part_of_more.mistake("That is how many more customers there are. What do they add in yuan?")
def heads_alone(sales):
    return _years(sales)[2]


@part_of_more.mistake("That is by what share the number grew. It is asked for in yuan.")
def growth_of_number(sales):
    before, after, more, deeper = _years(sales)
    return more / before["n_customers"]


@part_of_more.mistake(
    "That is what both add together, which the orders fight about. Half of it belongs to the number, beside what the number adds alone."
)
def joint_term(sales):
    before, after, more, deeper = _years(sales)
    return more * deeper


@part_of_more.mistake("You added up the two orders. Take their mean.")
def not_halved(sales):
    before, after, more, deeper = _years(sales)
    return more * (before["average_sales"] + after["average_sales"])


@part_of_more.mistake("That is half of what both add together. The number adds something alone, too.")
def half_joint(sales):
    before, after, more, deeper = _years(sales)
    return more * deeper / 2


@part_of_more.mistake(
    "Those are sales with the new number and the old average. By how much have they grown, and what in the other order?"
)
def level_with_new_number(sales):
    before, after, more, deeper = _years(sales)
    return after["n_customers"] * before["average_sales"]


@part_of_more.mistake("That is the average, changed first. The number is asked for, and the mean of both orders.")
def deeper_first_2(sales):
    before, after, more, deeper = _years(sales)
    return deeper * before["n_customers"]


@part_of_more.mistake("That is the average, changed last. The number is asked for, and the mean of both orders.")
def deeper_last_2(sales):
    before, after, more, deeper = _years(sales)
    return deeper * after["n_customers"]


@part_of_more.mistake(
    "You took the growth of the number from the sales of 2024. It grows on those of 2023; and that is one order only."
)
def growth_times_new(sales):
    before, after, more, deeper = _years(sales)
    return more / before["n_customers"] * after.prod()


@part_of_more.mistake(
    "You took the geometric mean of the two averages. Shapley's part is the plain mean of the two orders."
)
def geometric_mean(sales):
    before, after, more, deeper = _years(sales)
    return more * np.sqrt(before["average_sales"] * after["average_sales"])


@part_of_more.mistake("That is from 2024 to 2025. From 2023 to 2024 is asked for.")
def a_year_later(sales):
    before, after = sales.loc[2024], sales.loc[2025]
    return (after["n_customers"] - before["n_customers"]) * (before["average_sales"] + after["average_sales"]) / 2


@exercise(
    "4.7.3",
    why="Beside the term of people and organizations it may be small, even negative: cities need not differ in a way that kinds of customers do. A segment is worth its name if the term is large.",
    hints=[
        "First the equity of all cities: multiply in each, add up.",
        "The mean length is over customers: the lengths times the numbers, added up, divided by all customers. The mean profit likewise.",
        'equity.means_and_covariance(cities)["covariance_term"]',
    ],
)
def covariance_of_cities(cities):
    n = cities["n_customers"]
    whole = (n * cities["length"] * cities["profit_per_customer"]).sum()
    mean_length = (n * cities["length"]).sum() / n.sum()
    mean_profit = (n * cities["profit_per_customer"]).sum() / n.sum()
    return whole - n.sum() * mean_length * mean_profit


def _cities(cities):
    """Numbers, lengths and profits; the equity, and the product of the means."""
    n, length, profit = cities["n_customers"], cities["length"], cities["profit_per_customer"]
    return n, length, profit, (n * length * profit).sum(), (n * length).sum() * (n * profit).sum() / n.sum()


@covariance_of_cities.mistake("That is the product of the means. How much is missing to the equity of all cities?")
def product(cities):
    return _cities(cities)[4]


@covariance_of_cities.mistake("That is the equity of all cities. Take off the product of the means.")
def equity_itself(cities):
    return _cities(cities)[3]


@covariance_of_cities.mistake("You gave each city the same weight. The means are over customers: weigh by n_customers.")
def plain_means(cities):
    n, length, profit, whole, _ = _cities(cities)
    return whole - n.sum() * length.mean() * profit.mean()


@covariance_of_cities.mistake("That is the covariance of one customer. Multiply by the number of customers.")
def per_customer(cities):
    n, length, profit, whole, means = _cities(cities)
    return (whole - means) / n.sum()


@covariance_of_cities.mistake(
    "That is a covariance in which each city counts once. The customers count: weigh by n_customers, and multiply by their number."
)
def cov_of_cities(cities):
    return cities["length"].cov(cities["profit_per_customer"])


@covariance_of_cities.mistake("In cov each city counts once. The customers count: weigh by n_customers.")
def n_times_cov(cities):
    return cities["n_customers"].sum() * cov_of_cities(cities)


@covariance_of_cities.mistake("Here each city counts once. The customers count: weigh by n_customers.")
def n_times_cov_0(cities):
    return cities["n_customers"].sum() * cities["length"].cov(cities["profit_per_customer"], ddof=0)


@covariance_of_cities.mistake("That is a correlation. The term is asked for in yuan.")
def correlation(cities):
    return cities["length"].corr(cities["profit_per_customer"])


@covariance_of_cities.mistake("That is a share of the equity. It is asked for in yuan.")
def share_of_equity(cities):
    n, length, profit, whole, means = _cities(cities)
    return (whole - means) / whole


@covariance_of_cities.mistake("That is a share of the product of the means. It is asked for in yuan.")
def share_of_product(cities):
    n, length, profit, whole, means = _cities(cities)
    return (whole - means) / means


@covariance_of_cities.mistake("You divided. Take the difference, in yuan.")
def as_ratio(cities):
    n, length, profit, whole, means = _cities(cities)
    return whole / means


@covariance_of_cities.mistake(
    "You gave each city the same weight in the mean of the products. The equity of all cities is a sum: number x length x profit of each."
)
def plain_mean_of_products(cities):
    n, length, profit, whole, means = _cities(cities)
    return n.sum() * (length * profit).mean() - means


@covariance_of_cities.mistake("You multiplied by the mean number of customers. Take the number of all customers.")
def mean_number(cities):
    n, length, profit, whole, means = _cities(cities)
    return whole - means / len(cities)


@covariance_of_cities.mistake("You took off the mean of the products. Take off the product of the means.")
def products_taken_off(cities):
    n, length, profit, whole, means = _cities(cities)
    return whole - n.sum() * (length * profit).mean()


@covariance_of_cities.mistake(
    "In your means each city counts once, and it is for one customer. Weigh by n_customers; multiply by their number."
)
def plain_cov(cities):
    n, length, profit, whole, means = _cities(cities)
    return (length * profit).mean() - length.mean() * profit.mean()


@covariance_of_cities.mistake("That is the equity of one city. Add up all, and take off the product of the means.")
def largest_city(cities):
    n, length, profit, whole, means = _cities(cities)
    return (n * length * profit).max()


def _terms(cities):
    n, length, profit, whole, means = _cities(cities)
    return n * (length - (n * length).sum() / n.sum()) * (profit - (n * profit).sum() / n.sum())


@covariance_of_cities.mistake("That is the city that adds most. Add up all cities, with their signs.")
def largest_term(cities):
    return _terms(cities).max()


@covariance_of_cities.mistake(
    "You added up without the signs. Where a city stays longer and brings less, its term is negative."
)
def without_signs(cities):
    return _terms(cities).abs().sum()


@exercise(
    "4.7.4",
    why="They are a small part of the customers. What they bring by word of mouth stands beside what they buy, and nothing is counted twice.",
    hints=[
        "Who recommended somebody? The values of referred_by, each once, without the missing.",
        "Their own profit, plus 0.4 of the profit of those whom they recommended. Some of them were recommended themselves: 0.4 of their own profit stands on another account.",
        "engagement.kinds_of_value(brought, referred_by=referred_by, word_share=0.4) has total_value; choose those in referred_by.dropna().unique() and add up.",
    ],
)
def of_those_who_recommend(brought, referred_by):
    values = engagement.kinds_of_value(brought, referred_by=referred_by, word_share=0.4)
    return values.loc[referred_by.dropna().unique(), "total_value"].sum()


def _word(brought, referred_by):
    """Own profit of those who recommended, profit of the recommended, and of those who are both."""
    by = referred_by.dropna()
    who = pd.Index(by.unique())
    return [brought.reindex(one).fillna(0).sum() for one in (who, by.index, who.intersection(by.index))]


@of_those_who_recommend.mistake(
    "You passed nothing on. Some of those who recommend were recommended themselves: 40 % of their own profit stands on another account."
)
def nothing_passed_on(brought, referred_by):
    own, theirs, passed = _word(brought, referred_by)
    return own + 0.4 * theirs


@of_those_who_recommend.mistake(
    "You credited all the profit of the recommended. Six in ten would have come anyway: 40 % belongs here."
)
def all_of_theirs(brought, referred_by):
    own, theirs, passed = _word(brought, referred_by)
    return own + theirs


@of_those_who_recommend.mistake("You credited all, and passed on all. Only 40 % is due to word of mouth.")
def all_and_passed(brought, referred_by):
    own, theirs, passed = _word(brought, referred_by)
    return own + theirs - passed


@of_those_who_recommend.mistake(
    "That is their referral value. Their own profit belongs to the account too, less what is passed on."
)
def referral_alone(brought, referred_by):
    own, theirs, passed = _word(brought, referred_by)
    return 0.4 * theirs


@of_those_who_recommend.mistake("That is their own profit. Referral value comes to it, and some is passed on.")
def own_alone(brought, referred_by):
    return _word(brought, referred_by)[0]


@of_those_who_recommend.mistake(
    "You took the share who would have come anyway. 40 % would not have come: that is what word of mouth brought."
)
def the_other_share(brought, referred_by):
    own, theirs, passed = _word(brought, referred_by)
    return own + 0.6 * theirs - 0.6 * passed


@of_those_who_recommend.mistake(
    "You took the share who would have come anyway, and passed nothing on. Word of mouth brought 40 %; some of those who recommend were recommended themselves."
)
def the_other_share_kept(brought, referred_by):
    own, theirs, passed = _word(brought, referred_by)
    return own + 0.6 * theirs


@of_those_who_recommend.mistake("You took one half, as in the lesson. Here it is 40 %.")
def one_half(brought, referred_by):
    own, theirs, passed = _word(brought, referred_by)
    return own + 0.5 * (theirs - passed)


@of_those_who_recommend.mistake(
    "You left out losses of the recommended. Who brings a loss-maker is credited with the loss."
)
def losses_of_theirs(brought, referred_by):
    own, theirs, passed = _word(brought, referred_by)
    return own + 0.4 * brought.reindex(referred_by.dropna().index).clip(lower=0).sum() - 0.4 * passed


@of_those_who_recommend.mistake("That is the account of everybody. Choose those who recommended somebody.")
def all_accounts(brought, referred_by):
    return brought.sum()


@of_those_who_recommend.mistake(
    "That is the profit of those who were recommended. What stands on the accounts of those who recommended them?"
)
def theirs_alone(brought, referred_by):
    return _word(brought, referred_by)[1]


@of_those_who_recommend.mistake("You took 40 % of their own profit. It is theirs, but for what is passed on.")
def four_tenths_of_both(brought, referred_by):
    own, theirs, passed = _word(brought, referred_by)
    return 0.4 * (own + theirs)


@of_those_who_recommend.mistake("The referral value is missing: 40 % of the profit of those whom they recommended.")
def only_passed(brought, referred_by):
    own, theirs, passed = _word(brought, referred_by)
    return own - 0.4 * passed


@of_those_who_recommend.mistake("What is passed on has the wrong sign: it leaves their account.")
def passed_added(brought, referred_by):
    own, theirs, passed = _word(brought, referred_by)
    return own + 0.4 * (theirs + passed)


@of_those_who_recommend.mistake("You passed on all of their own profit. Only 40 % of it is due to word of mouth.")
def all_passed(brought, referred_by):
    own, theirs, passed = _word(brought, referred_by)
    return own + 0.4 * theirs - passed


@of_those_who_recommend.mistake(
    "You exchanged the two: their own profit counts whole, that of the recommended with 40 %."
)
def exchanged(brought, referred_by):
    own, theirs, passed = _word(brought, referred_by)
    return 0.4 * own + theirs


@of_those_who_recommend.mistake("That is how many recommended somebody. What stands on their accounts, in yuan?")
def heads_of_referrers(brought, referred_by):
    return referred_by.dropna().nunique()


@of_those_who_recommend.mistake(
    "That is how many were recommended. What stands on the accounts of those who recommended them, in yuan?"
)
def heads_of_recommended(brought, referred_by):
    return referred_by.notna().sum()


@of_those_who_recommend.mistake("You left out losses of those who recommend. Their own profit counts with its sign.")
def own_losses(brought, referred_by):
    own, theirs, passed = _word(brought, referred_by)
    return brought.reindex(referred_by.dropna().unique()).clip(lower=0).sum() + 0.4 * (theirs - passed)


director = judgment(
    "4.7.5",
    hints=[
        "Does the interval of that part leave out 0? And what made profit per customer rise: the same customers, or others?",
        "A bridge looks back. What would the next yuan buy in each of the three ways?",
    ],
    weighs=[
        "that the largest part need not be the surest: does its interval leave out 0?",
        "that a few customers bring most of the profit, and that a change of the mix (more organizations) looks like “deeper” though nobody bought more",
        "that a part is no cause: the bridge does not say that cross-selling brought it",
        "that what counts is the next yuan: what a unit is worth, and what it costs; the bridge knows no costs",
        "that newcomers, longer relations and doing nothing are compared at the same 100,000 yuan",
        "a test that would tell: cross-selling to customers drawn by lot, with a number that would change your mind",
    ],
    example=(
        "The tallest bar says where growth lay, not what brought it, and its interval holds zero: a few large customers could have made it."
        " Before I spend the money I want to know what cross-selling costs for each yuan of yearly profit it adds, beside what keeping customers and"
        " winning them costs. I would offer it to a few hundred customers drawn by lot, leave as many others alone, and spend the rest only if the"
        " difference pays for the offer within the years that they stay."
    ),
)

orders = question(
    "4.7.q1",
    "Two analysts split the same growth into more, longer and deeper. One changes the number first, the other last. What do you expect?",
    [
        Option(
            "Their parts differ, their sums do not",
            "Each order adds up to the change; what several factors add together goes to whoever comes later.",
            right=True,
        ),
        Option(
            "Their parts agree, since the growth that they split is one and the same",
            "Only the sum is the same. What the factors add together is shared out by the order.",
        ),
        Option(
            "One of them has made a mistake, and the parts show which",
            "Both are correct. No order is better, and so Shapley takes the mean of all.",
        ),
        Option(
            "Their sums differ by what the factors add together",
            "The sums agree. If each factor were changed alone from the beginning, something would be missing.",
        ),
    ],
)

hidden = question(
    "4.7.q2",
    "Households stay 2 years and bring 50 yuan a year, firms stay 6 years and bring 500. You multiply number, mean length and mean profit. What do you get?",
    [
        Option(
            "The equity, since number times mean is always exact",
            "Number times the mean value is. But the mean of a product is not the product of the means.",
        ),
        Option(
            "Too much, because the firms pull both means upwards",
            "They do, and yet the product is too low: the firms' long stay meets the mean profit, not their own.",
        ),
        Option(
            "Too little: those who stay longer bring more",
            "The covariance term is missing, and here it is positive.",
            right=True,
        ),
        Option(
            "Nothing useful, since segments must never be put together",
            "They may, if the covariance term is added; and it says how much the segments matter.",
        ),
    ],
)

survive = question(
    "4.7.q3",
    "A shop has won nobody for a year. Its retention rose from 40 to 60 %. “Our loyalty program works!” What else would do that?",
    [
        Option(
            "Nothing else: with nobody new, the same people must have become more loyal",
            "They are not the same: the least loyal have left, and no longer lower the rate.",
        ),
        Option(
            "A rise of the prices, since loyal customers spend more when prices rise",
            "That would change profit per customer; retention counts who comes again.",
        ),
        Option(
            "A discount rate that was too low, so that later years count for too much",
            "Retention is a share of customers. No discount enters it.",
        ),
        Option(
            "The unfaithful left first, and the faithful remain",
            "Each may be as before; only the mix has changed. A group without the program would tell.",
            right=True,
        ),
    ],
)
