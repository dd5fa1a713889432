"""Exercises of lesson 4.1: what a customer is worth."""

import pandas as pd

from crmlib import value
from crmlib.lesson import Option, exercise, judgment, prediction, question

YEARS = [2026, 2027, 2028]


def example():
    eight = pd.DataFrame(
        {
            2026: [1000, 900, 300, 0, -500, 400, 1500, -200],
            2027: [1000, 600, 600, 0, 900, 400, 0, 100],
            2028: [1000, 300, 900, 2000, 900, 400, 0, 100],
            "referral_in_2027": [0, 250, 0, 0, 0, 0, 0, 0],
        },
        index=list("ABCDEFGH"),
    )
    best = pd.DataFrame({2023: [900.0, 400.0, 350.0], 2024: [700.0, 450.0, -20.0], 2025: [300.0, 380.0, 0.0]})
    change_2024 = pd.DataFrame(
        {
            "before": [1000.0, -780.0, -90.0, -30.0],
            "after": [1300.0, -1000.0, -110.0, -45.0],
            "quantity_change": [230.0, -170.0, -20.0, -15.0],
            "price_change": [70.0, -50.0, 0.0, 0.0],
            "change": [300.0, -220.0, -20.0, -15.0],
        },
        index=["sales", "goods", "home delivery", "complaint"],
    )
    plans = pd.DataFrame({"monthly_fee": [120.0, 230.0], "monthly_cost": [90.0, 150.0]}, index=["basic", "family"])
    shop_profits = pd.Series({2026: 640.0, 2027: 910.0, 2028: 1130.0})
    return {
        "eight": eight,
        "best": best,
        "shop_profits": shop_profits,
        "plans": plans,
        "change_2024": change_2024,
        "yearly_profit": 5200.0,
    }


# --- inside the lesson ---


@exercise(
    "4.1.a",
    why="The gain by recommendation is discounted as the profit of its year. The course counts both in pi.",
    hints=[
        "Three years, three terms. In which year does the gain of 250 come?",
        "The first year is divided by 1.1, the second by 1.1², the third by 1.1³.",
        "900 / 1.1 + (600 + 250) / 1.1**2 + 300 / 1.1**3",
    ],
    tolerance=1e-5,  # by hand one writes to the cent
)
def worth_of_b(eight):
    b = eight.loc["B"]
    second = b[2027] + b["referral_in_2027"]
    return b[2026] / 1.1 + second / 1.1**2 + b[2028] / 1.1**3


def _b(eight):
    return (float(one) for one in eight.loc["B", [*YEARS, "referral_in_2027"]])


@worth_of_b.mistake("You added up. A yuan that comes later is worth less: divide each year by its power of 1.1.")
def not_discounted(eight):
    return sum(_b(eight))


@worth_of_b.mistake("You added up the profits. Discount each of them, and count the gain by recommendation of 2027 as well.")
def not_discounted_alone(eight):
    one, two, three, _ = _b(eight)
    return one + two + three


@worth_of_b.mistake("You left out the gain by recommendation. The course counts gains beside sales in the profit of their year.")
def referral_forgotten(eight):
    one, two, three, _ = _b(eight)
    return one / 1.1 + two / 1.1**2 + three / 1.1**3


@worth_of_b.mistake("You did not discount the first year. Money comes at the end of a year: the first is divided by 1.1 already.")
def from_the_start(eight):
    one, two, three, gain = _b(eight)
    return one + (two + gain) / 1.1 + three / 1.1**2


@worth_of_b.mistake("You let money come in the middle of the year. The course's formula has it at the end.")
def from_the_middle(eight):
    return 1.1**0.5 * worth_of_b.function(eight)


@worth_of_b.mistake("You multiplied by 1.1. That is what it grows to; today it is worth less: divide.")
def grown(eight):
    one, two, three, gain = _b(eight)
    return one * 1.1 + (two + gain) * 1.1**2 + three * 1.1**3


@worth_of_b.mistake("You took 10 % off each year, times 0.9. To undo a growth of 10 % divide by 1.1.")
def ten_percent_off(eight):
    one, two, three, gain = _b(eight)
    return one * 0.9 + (two + gain) * 0.9**2 + three * 0.9**3


@worth_of_b.mistake("You discounted all of it for three years. Each year has a factor of its own.")
def all_at_the_end(eight):
    return sum(_b(eight)) / 1.1**3


@worth_of_b.mistake("You discounted all of it for one year. The second year waits for two, the third for three.")
def discounted_once(eight):
    return sum(_b(eight)) / 1.1


@worth_of_b.mistake("You took 10 % off the sum. Divide each year by its own power of 1.1.")
def ten_percent_off_the_sum(eight):
    return sum(_b(eight)) * 0.9


@worth_of_b.mistake("You divided by 1.1, 1.2 and 1.3. The rate works on what has grown already: 1.1, 1.1², 1.1³.")
def simple_interest(eight):
    one, two, three, gain = _b(eight)
    return one / 1.1 + (two + gain) / 1.2 + three / 1.3


@worth_of_b.mistake("You added the gain by recommendation without discounting it. It comes in the second year.")
def referral_not_discounted(eight):
    return referral_forgotten(eight) + eight.loc["B", "referral_in_2027"]


@worth_of_b.mistake("You put the gain by recommendation into the first year. It comes in 2027, the second.")
def referral_in_another_year(eight):
    return referral_forgotten(eight) + eight.loc["B", "referral_in_2027"] / 1.1


@worth_of_b.mistake("You put the gain by recommendation into the last year. It comes in 2027, the second.")
def referral_in_the_last_year(eight):
    return referral_forgotten(eight) + eight.loc["B", "referral_in_2027"] / 1.1**3


@worth_of_b.mistake("You took the gain by recommendation off. It is a gain: add it.")
def referral_as_a_cost(eight):
    return referral_forgotten(eight) - eight.loc["B", "referral_in_2027"] / 1.1**2


@worth_of_b.mistake("You counted the gain by recommendation in each year. It comes once, in 2027.")
def referral_each_year(eight):
    one, two, three, gain = _b(eight)
    return (one + gain) / 1.1 + (two + gain) / 1.1**2 + (three + gain) / 1.1**3


@worth_of_b.mistake("That is what B is worth for each year. The sum is asked for.")
def a_year(eight):
    return worth_of_b.function(eight) / 3


@worth_of_b.mistake("You discounted the years in the wrong order: what comes first is discounted least.")
def backward_in_time(eight):
    one, two, three, gain = _b(eight)
    return three / 1.1 + (two + gain) / 1.1**2 + one / 1.1**3


@worth_of_b.mistake("You divided by 1.01. 10 % is 0.10.")
def one_percent(eight):
    one, two, three, gain = _b(eight)
    return one / 1.01 + (two + gain) / 1.01**2 + three / 1.01**3


@prediction(
    "4.1.b",
    near=0.2,
    why="The figure shows all customers in five groups. The finding below it says what came of these 20.",
    hints=[
        "Those were the best of 2023. Some of them had simply a good year. Does it come again?",
        "Some of them buy no more. What do you expect of a good restaurant: all of it, two thirds, a third?",
    ],
)
def part_that_came(best):
    return best[[2024, 2025]].to_numpy().sum() / (2 * best[2023].sum())


# --- at its end ---


@exercise(
    "4.1.1",
    why="A forecast made of the past three years: the lesson shows how far off that can be for one customer.",
    hints=[
        "Add the 400 to the profit of its year first. Then discount three years.",
        "customer_lifetime_value takes the three profits in order of time; the rate is 0.12.",
        "value.customer_lifetime_value(shop_profits + [0, 400, 0], discount_rate=0.12)",
    ],
)
def worth_of_shop(shop_profits):
    gains = shop_profits.copy()
    gains[2027] += 400
    return value.customer_lifetime_value(gains, discount_rate=0.12)


@worth_of_shop.in_lesson("the big restaurant", asks="the shop")
def profits_of_big(restaurants):
    return {"shop_profits": restaurants.dropna().nlargest(1, 2025).iloc[0].set_axis(YEARS)}


def _shop(profits, gains=(0, 400, 0), rate=0.12, timing="end"):
    paid = [float(one) + gain for one, gain in zip(profits, gains, strict=True)]
    return value.customer_lifetime_value(paid, discount_rate=rate, timing=timing)


@worth_of_shop.mistake("You added up. Divide each year by its power of 1.12.")
def shop_not_discounted(shop_profits):
    return shop_profits.sum() + 400


@worth_of_shop.mistake("You added up the profits. Discount each of them, and count the 400 of 2027 as well.")
def shop_not_discounted_alone(shop_profits):
    return shop_profits.sum()


@worth_of_shop.mistake("You left out the 400 yuan of 2027. Gains beside sales belong to the profit of their year.")
def shop_referral_forgotten(shop_profits):
    return _shop(shop_profits, (0, 0, 0))


@worth_of_shop.mistake("You added the 400 without discounting them. They come at the end of 2027.")
def shop_referral_not_discounted(shop_profits):
    return _shop(shop_profits, (0, 0, 0)) + 400


@worth_of_shop.mistake("You put the 400 into 2026. They come in 2027.")
def shop_referral_in_another_year(shop_profits):
    return _shop(shop_profits, (400, 0, 0))


@worth_of_shop.mistake("You put the 400 into 2028. They come in 2027.")
def shop_referral_in_the_last_year(shop_profits):
    return _shop(shop_profits, (0, 0, 400))


@worth_of_shop.mistake("You counted the 400 in each year. They come once, in 2027.")
def shop_referral_each_year(shop_profits):
    return _shop(shop_profits, (400, 400, 400))


@worth_of_shop.mistake("You took the 400 off. The recommendation brings them to us.")
def shop_referral_as_a_cost(shop_profits):
    return _shop(shop_profits, (0, -400, 0))


@worth_of_shop.mistake("You let money come at the start of a year. Here it comes at the end.")
def shop_from_the_start(shop_profits):
    return _shop(shop_profits, timing="start")


@worth_of_shop.mistake("You let money come in the middle of a year. Here it comes at the end.")
def shop_from_the_middle(shop_profits):
    return _shop(shop_profits, timing="middle")


@worth_of_shop.mistake("You took 10 %, as in the lesson. Here the rate is 12 %.")
def rate_of_the_lesson(shop_profits):
    return _shop(shop_profits, rate=0.10)


@worth_of_shop.mistake("You gave 12 as the rate. 12 % is 0.12.")
def rate_as_twelve(shop_profits):
    return _shop(shop_profits, rate=12)


@worth_of_shop.mistake("You gave 1.12 as the rate. customer_lifetime_value adds the 1 by itself: 0.12.")
def rate_with_one(shop_profits):
    return _shop(shop_profits, rate=1.12)


@worth_of_shop.mistake("You discounted all of it for three years. Each year has a factor of its own.")
def shop_all_at_the_end(shop_profits):
    return (shop_profits.sum() + 400) / 1.12**3


@worth_of_shop.mistake("You discounted all of it for one year. The second year waits for two, the third for three.")
def shop_discounted_once(shop_profits):
    return (shop_profits.sum() + 400) / 1.12


@worth_of_shop.mistake("You took 12 % off each year, times 0.88. Divide by 1.12.")
def percent_off(shop_profits):
    one, two, three = shop_profits
    return one * 0.88 + (two + 400) * 0.88**2 + three * 0.88**3


@worth_of_shop.mistake("You took 12 % off the sum. Divide each year by its own power of 1.12.")
def percent_off_the_sum(shop_profits):
    return (shop_profits.sum() + 400) * 0.88


@worth_of_shop.mistake("You divided by 1.12, 1.24 and 1.36. The rate works on what has grown already: powers of 1.12.")
def shop_simple_interest(shop_profits):
    one, two, three = shop_profits
    return one / 1.12 + (two + 400) / 1.24 + three / 1.36


@worth_of_shop.mistake("You multiplied by 1.12. That is what it grows to; today it is worth less: divide.")
def shop_grown(shop_profits):
    one, two, three = shop_profits
    return one * 1.12 + (two + 400) * 1.12**2 + three * 1.12**3


@worth_of_shop.mistake("That is what the shop is worth for each year. The sum is asked for.")
def shop_a_year(shop_profits):
    return _shop(shop_profits) / 3


@worth_of_shop.mistake("You took the last profit for every year. The three profits are the forecast.")
def last_year_again(shop_profits):
    return _shop([shop_profits.iloc[-1]] * 3)


@worth_of_shop.mistake("You gave the profits in the wrong order. What comes first is discounted least.")
def shop_backward_in_time(shop_profits):
    return _shop(shop_profits.iloc[::-1])


@worth_of_shop.mistake("That is the last profit for ever, without an end. Three years are asked for.")
def for_ever(shop_profits):
    return shop_profits.iloc[-1] / 0.12


@exercise(
    "4.1.2",
    why="12 / 12 = 1 % a month would be a little too much: twelve months of 1 % make 12.7 % a year.",
    hints=[
        "What is left of a fee after the cost of the month? And what is the rate of a month?",
        "The rate of a month: 1.12 ** (1 / 12) - 1. Then eighteen equal sums.",
        "value.customer_lifetime_value([margin] * 18, discount_rate=1.12 ** (1 / 12) - 1), with the margin of family",
    ],
)
def worth_of_subscription(plans):
    family = plans.loc["family"]
    margin = family["monthly_fee"] - family["monthly_cost"]
    monthly_rate = 1.12 ** (1 / 12) - 1
    return value.customer_lifetime_value([margin] * 18, discount_rate=monthly_rate)


def _months(plans, n=18, rate=1.12 ** (1 / 12) - 1, timing="end", plan="family"):
    margin = plans.loc[plan, "monthly_fee"] - plans.loc[plan, "monthly_cost"]
    return value.customer_lifetime_value([margin] * n, discount_rate=rate, timing=timing)


@worth_of_subscription.mistake("You divided 12 % by 12. Twelve months of 1 % make more than 12 % a year: 1.12 ** (1 / 12) - 1.")
def rate_over_twelve(plans):
    return _months(plans, rate=0.01)


@worth_of_subscription.mistake("You took the year's rate for each month. The rate must be that of a month.")
def year_rate_on_months(plans):
    return _months(plans, rate=0.12)


@worth_of_subscription.mistake("You did not discount. Eighteen months are a long time.")
def not_discounted_months(plans):
    return 18 * (plans.loc["family", "monthly_fee"] - plans.loc["family", "monthly_cost"])


@worth_of_subscription.mistake("You took the fee. What the goods and the delivery cost must be taken off.")
def fee_for_margin(plans):
    return _months(plans.assign(monthly_cost=0.0))


@worth_of_subscription.mistake("You took the cost. What is left of the fee after it is what counts.")
def cost_for_margin(plans):
    return -_months(plans.assign(monthly_fee=0.0))


@worth_of_subscription.mistake("You let money come at the start of a month. Here it comes at the end.")
def months_from_the_start(plans):
    return _months(plans, timing="start")


@worth_of_subscription.mistake("You let money come in the middle of a month. Here it comes at the end.")
def months_from_the_middle(plans):
    return _months(plans, timing="middle")


@worth_of_subscription.mistake("That is the plan basic. The family took family.")
def other_plan(plans):
    return _months(plans, plan="basic")


@worth_of_subscription.mistake("You counted twelve months. They stay for eighteen.")
def one_year(plans):
    return _months(plans, n=12)


@worth_of_subscription.mistake("You counted seventeen months. They stay for eighteen.")
def seventeen(plans):
    return _months(plans, n=17)


@worth_of_subscription.mistake("You counted two years. They stay for eighteen months.")
def two_years(plans):
    return _months(plans, n=24)


@worth_of_subscription.mistake("You discounted all of it for a year and a half. The first month waits for one month only.")
def all_after_18_months(plans):
    return not_discounted_months(plans) / 1.12**1.5


@worth_of_subscription.mistake("You discounted all of it for one year. Each month has a factor of its own.")
def months_discounted_once(plans):
    return not_discounted_months(plans) / 1.12


@worth_of_subscription.mistake("You took 12 % off the sum. Discount month by month.")
def months_percent_off(plans):
    return not_discounted_months(plans) * 0.88


@worth_of_subscription.mistake("You counted in years, with half a year as a whole one. Money comes every month: count months.")
def in_years(plans):
    margin = plans.loc["family", "monthly_fee"] - plans.loc["family", "monthly_cost"]
    return value.customer_lifetime_value([12 * margin, 6 * margin], discount_rate=0.12)


@worth_of_subscription.mistake("That is what one month brings. Eighteen come, each discounted.")
def one_month(plans):
    return plans.loc["family", "monthly_fee"] - plans.loc["family", "monthly_cost"]


@worth_of_subscription.mistake("You raised 1.12 to the power of 12. From a year to a month it is the power of 1 / 12.")
def power_of_twelve(plans):
    return _months(plans, rate=1.12**12 - 1)


@worth_of_subscription.mistake("That is a subscription without an end. This one ends after eighteen months.")
def without_end(plans):
    return one_month(plans) / (1.12 ** (1 / 12) - 1)


@worth_of_subscription.mistake("You took 10 % a year, as in the lesson. Here it is 12 %.")
def months_at_ten(plans):
    return _months(plans, rate=1.10 ** (1 / 12) - 1)


@exercise(
    "4.1.3",
    why="Set it beside the same part of the year after, in the lesson. Growth of sales is not growth of profit.",
    hints=[
        "Part: the change of profit, all branches added up. Whole: the change of sales.",
        'The column is change. Sales are one of its rows: change_2024.loc["sales", "change"].',
        'change_2024["change"].sum() / change_2024.loc["sales", "change"]',
    ],
)
def came_through(change_2024):
    more_profit = change_2024["change"].sum()
    return more_profit / change_2024.loc["sales", "change"]


@came_through.in_lesson("2024 to 2025", asks="2023 to 2024")
def year_after(change):
    return {"change_2024": change}


@came_through.mistake("That is the change of profit in yuan. Divide it by the change of sales.")
def change_in_yuan(change_2024):
    return change_2024["change"].sum()


@came_through.mistake("That is the change of sales in yuan. What part of it became profit?")
def sales_in_yuan(change_2024):
    return change_2024.loc["sales", "change"]


@came_through.mistake("You took off the goods only. Deliveries, visits and the other activities grew as well.")
def gross_only(change_2024):
    return change_2024.loc[["sales", "goods"], "change"].sum() / change_2024.loc["sales", "change"]


@came_through.mistake("That is the part that went into goods. Ask what is left after all branches.")
def goods_share(change_2024):
    return -change_2024.loc["goods", "change"] / change_2024.loc["sales", "change"]


@came_through.mistake("You took the whole of 2024, not what was added to 2023. Divide changes by changes.")
def of_the_year(change_2024):
    return change_2024["after"].sum() / change_2024.loc["sales", "after"]


@came_through.mistake("That is the profit of 2023 over its sales. Divide changes by changes.")
def of_the_year_before(change_2024):
    return change_2024["before"].sum() / change_2024.loc["sales", "before"]


@came_through.mistake("That is by how much profit grew. Divide the change of profit by the change of sales.")
def growth_of_profit(change_2024):
    return change_2024["change"].sum() / change_2024["before"].sum()


@came_through.mistake("That is by how much sales grew. Divide the change of profit by the change of sales.")
def growth_of_sales(change_2024):
    return change_2024.loc["sales", "change"] / change_2024.loc["sales", "before"]


@came_through.mistake("You divided by all sales of 2024. Divide by what was sold in addition.")
def over_sales_after(change_2024):
    return change_2024["change"].sum() / change_2024.loc["sales", "after"]


@came_through.mistake("You divided by all sales of 2023. Divide by what was sold in addition.")
def over_sales_before(change_2024):
    return change_2024["change"].sum() / change_2024.loc["sales", "before"]


@came_through.mistake("You took only what prices changed. Take the column change: it has both parts.")
def price_alone(change_2024):
    return change_2024["price_change"].sum() / change_2024.loc["sales", "change"]


@came_through.mistake("You took only what quantities changed. Take the column change: it has both parts.")
def quantity_alone(change_2024):
    return change_2024["quantity_change"].sum() / change_2024.loc["sales", "change"]


@came_through.mistake("That is the part of prices in the change of profit. Divide the whole change of profit by that of sales.")
def part_of_prices(change_2024):
    return change_2024["price_change"].sum() / change_2024["change"].sum()


@came_through.mistake("That is the part of quantities in the change of profit. Divide the whole change of profit by that of sales.")
def part_of_quantities(change_2024):
    return change_2024["quantity_change"].sum() / change_2024["change"].sum()


@came_through.mistake("You divided by what prices added to sales. Divide by the whole change of sales.")
def over_price_change(change_2024):
    return change_2024["change"].sum() / change_2024.loc["sales", "price_change"]


@came_through.mistake("You divided by what quantities added to sales. Divide by the whole change of sales.")
def over_quantity_change(change_2024):
    return change_2024["change"].sum() / change_2024.loc["sales", "quantity_change"]


@came_through.mistake("You took the mean of the branches. Profit is their sum.")
def mean_of_branches(change_2024):
    return change_2024["change"].mean() / change_2024.loc["sales", "change"]


@came_through.mistake("That is the part of prices in the change of sales. The profit that came of it is asked for.")
def prices_in_sales(change_2024):
    return change_2024.loc["sales", "price_change"] / change_2024.loc["sales", "change"]


@exercise(
    "4.1.4",
    why="What would be ours anyway is not bought by the offer: 60 of 100 such customers would have stayed without it.",
    hints=[
        "First what it is worth if it stays. Then: by how much does the offer raise the chance of it?",
        "The chance rises by 0.15. The offer may cost 0.15 times the CLV of four years.",
        "0.15 * value.customer_lifetime_value([yearly_profit] * 4, discount_rate=0.08)",
    ],
)
def most_to_pay(yearly_profit):
    clv = value.customer_lifetime_value([yearly_profit] * 4, discount_rate=0.08)
    return (0.75 - 0.60) * clv


@most_to_pay.in_lesson("the big restaurant", asks="the institution")
def last_of_big(last):
    return {"yearly_profit": last}


def _four(yearly_profit, n=4, rate=0.08, timing="end"):
    return value.customer_lifetime_value([yearly_profit] * n, discount_rate=rate, timing=timing)


@most_to_pay.mistake("That is the whole CLV. With 60 % it stays anyway: pay only for what the offer changes.")
def whole_value(yearly_profit):
    return _four(yearly_profit)


@most_to_pay.mistake("You took the chance to stay with the offer. Take off the chance without it: that part you would have had anyway.")
def value_with_offer(yearly_profit):
    return 0.75 * _four(yearly_profit)


@most_to_pay.mistake("That is what you may expect if you do nothing. By how much does the offer change it?")
def value_without_offer(yearly_profit):
    return 0.60 * _four(yearly_profit)


@most_to_pay.mistake("You took the chance that it leaves. The offer does not save all of that: it changes 60 % into 75 %.")
def chance_to_leave(yearly_profit):
    return 0.40 * _four(yearly_profit)


@most_to_pay.mistake("You took a quarter of the CLV. From 60 % to 75 % are 15 points: take the difference of the chances.")
def relative_change(yearly_profit):
    return 0.25 * _four(yearly_profit)


@most_to_pay.mistake("You did not discount the four years.")
def uplift_not_discounted(yearly_profit):
    return 0.15 * 4 * yearly_profit


@most_to_pay.mistake("You counted one year. If it stays, it brings four.")
def uplift_of_one_year(yearly_profit):
    return 0.15 * yearly_profit


@most_to_pay.mistake("You added up four years. Discount them, and pay only for what the offer changes.")
def four_years(yearly_profit):
    return 4 * yearly_profit


@most_to_pay.mistake("That is the profit of one year. Discount four of them, and pay only for what the offer changes.")
def one_year_profit(yearly_profit):
    return yearly_profit


@most_to_pay.mistake("You let money come at the start of a year. Here it comes at the end.")
def uplift_from_the_start(yearly_profit):
    return 0.15 * _four(yearly_profit, timing="start")


@most_to_pay.mistake("You let money come in the middle of a year. Here it comes at the end.")
def uplift_from_the_middle(yearly_profit):
    return 0.15 * _four(yearly_profit, timing="middle")


@most_to_pay.mistake("You took a customer for ever, without an end. Four years are counted.")
def uplift_for_ever(yearly_profit):
    return 0.15 * yearly_profit / 0.08


@most_to_pay.mistake("You counted five years, as in the lesson. Here they are four.")
def five_years(yearly_profit):
    return 0.15 * _four(yearly_profit, n=5)


@most_to_pay.mistake("You counted three years. Here they are four.")
def three_years(yearly_profit):
    return 0.15 * _four(yearly_profit, n=3)


@most_to_pay.mistake("You took 10 %, as in the lesson. Here the rate is 8 %.")
def at_ten(yearly_profit):
    return 0.15 * _four(yearly_profit, rate=0.10)


@most_to_pay.mistake("You took ten years' profit as the CLV. Discount four years, and no more.")
def ten_times(yearly_profit):
    return 0.15 * 10 * yearly_profit


@most_to_pay.mistake("That is the change of the chance. What is it worth in yuan?")
def uplift_alone(yearly_profit):
    return 0.15


@most_to_pay.mistake("You divided by the years. The CLV of all four is what the offer may save.")
def uplift_a_year(yearly_profit):
    return 0.15 * _four(yearly_profit) / 4


@most_to_pay.mistake("You divided by the chance to stay. The cost of the offer is paid in any case.")
def divided_by_staying(yearly_profit):
    return 0.15 * _four(yearly_profit) / 0.75


@most_to_pay.mistake("That is what is left of the CLV. The offer may cost the part by which it changes the chance.")
def rest_of_value(yearly_profit):
    return 0.85 * _four(yearly_profit)


@most_to_pay.mistake("You multiplied the two chances. It is their difference that the offer changes.")
def both_chances(yearly_profit):
    return 0.75 * 0.60 * _four(yearly_profit)


times_ten = judgment(
    "4.1.5",
    hints=[
        "What did the lesson find about last year's profit: for all customers together, and for one?",
        "What would the sellers do if their bonus hung on it? And is CLV what a visit changes?",
    ],
    weighs=[
        "that last year's profit is no forecast for one customer, although it may be near for all together",
        "that the best of last year fall on average and the worst rise, so the list is too sure about both ends",
        "that ten years without discount, without an end by leaving, are a choice nobody has tested: three years are in our tables",
        "that a list of today's customers holds only those who stayed",
        "that a visit should go where it changes something, and a high CLV does not say so",
        "that a bonus by this number rewards a lucky year, or what was there already; and a seller can move it",
        "a proposal that can be tested: a range in place of a number, a forecast written down now and compared in a year, visits by lot for some",
    ],
    example=(
        "I would not buy it in this form. Last year's profit was not far off for all customers together, but for one customer it was off by about a whole"
        " profit, and some of the best had left, so the list would be wrong just where the money is. Ten years without discount are a choice that"
        " nobody has tested; I would show a range with the years said. And a high CLV does not tell us where a visit changes anything: I propose to"
        " visit some customers drawn by lot, to compare after a year, and to keep the number out of the bonus until then."
    ),
)

a_group = question(
    "4.1.q1",
    "Customers of a group are worth 800 yuan on average, says a study, and that was right to 2 % last year. What may you say about Ms Wang, who is one of them?",
    [
        Option(
            "She is worth about 800 yuan, give or take 2 %",
            "The 2 % is about the mean of all. Errors of single customers cancel there; hers does not.",
        ),
        Option(
            "Without more about her 800 is the best single guess, and it may be far off",
            "A good mean says nothing about how far each lies from it.",
            right=True,
        ),
        Option(
            "Nothing at all, since a mean says nothing about any of those it was made from",
            "It is a guess, and the best there is so far. It is only not a precise one.",
        ),
        Option(
            "More than 800 yuan if she brought more than that last year, by as much as last year",
            "Part of a good year is luck, and does not come again: regression to the mean.",
        ),
    ],
)

forever = question(
    "4.1.q2",
    "A customer brings 1,000 yuan a year. At 10 % and without an end they are worth 10,000. Your manager asks you to put 10,000 into the plan. What do you look at first?",
    [
        Option(
            "At whether 10 % is right, for it decides nearly everything",
            "It matters; but first ask whether the customer stays for decades.",
        ),
        Option(
            "At whether money comes at the end or in the middle of the year",
            "That moves the value by 5 %. There is something larger here.",
        ),
        Option(
            "At how much of it lies in years that nobody has seen",
            "More than a third would come after ten years. Say how long you believe they stay.",
            right=True,
        ),
        Option(
            "At nothing: the formula of the course has no end, so this is its result",
            "The course's sum ends at n, the length of the relation.",
        ),
    ],
)

survivors = question(
    "4.1.q3",
    "“Our top customers of three years ago bring as much as then: I checked all who are on today's list.” What is wrong?",
    [
        Option(
            "Those who left are not on today's list",
            "Take the list of three years ago, and count as 0 whoever brings nothing now.",
            right=True,
        ),
        Option("Three years are too long for a comparison", "The time is fine. Look at who was compared."),
        Option(
            "Profit should have been discounted before the two years are compared",
            "For a test of a forecast you compare what came with what was expected.",
        ),
        Option(
            "Nothing, if the list of today is complete and the sums are right",
            "It is complete, of those who stayed. That is the trouble.",
        ),
    ],
)
