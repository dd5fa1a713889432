"""Every number that shapes the teaching company, in one place.

They are chosen so that the company looks like a small food wholesaler with a shop,
not fitted to one. How concentrated sales are, who loses money and how many leave
is not set anywhere: it comes out.

Money is in fen (integers, 100 to a yuan), so that no result hangs on the last bit
of a floating-point number; days count from `START`, which is day 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SEED = 2023  # of the files in datasets/teaching-company
CHUNK = 10_000  # customer records made at a time

START = np.datetime64("2023-01-01", "D")
END = np.datetime64("2025-12-31", "D")
N_DAYS = int((END - START).astype(int)) + 1
DAYS_PER_YEAR = 365.25

# --- who the customers are ---------------------------------------------------------------------------------

KINDS = ("household", "restaurant", "shop", "firm", "institution")
CHANNELS = ("shop", "web", "phone", "representative")


@dataclass(frozen=True)
class Segment:
    """What the customers of one kind have in common; each of them differs around it.

    Attributes
    ----------
    share : of all customers
    orders_per_year : mean rate of a customer who is active
    rate_shape : shape of the gamma distribution of rates; small is uneven
    regularity : 1 orders at random; k keeps every k-th of k times as many chances (Erlang)
    leave_per_year : mean hazard of leaving; it differs between customers (gamma, `LEAVE_SHAPE`)
    more_lines : mean number of lines of an order beyond the first
    units : median units of a line
    size_spread : sigma of the lognormal size, which multiplies units
    large_share : of these customers who are large accounts
    visits_per_month : by a representative
    channels : share of orders by shop, web, phone, representative
    """

    name: str
    kind: str
    share: float
    orders_per_year: float
    rate_shape: float
    regularity: int
    leave_per_year: float
    more_lines: float
    units: float
    size_spread: float
    large_share: float
    visits_per_month: float
    channels: tuple[float, float, float, float]


# fmt: off
SEGMENTS = tuple(Segment(*row) for row in (
    # name, kind,
    #   share, orders, shape, regularity, leave, more lines, units, spread, large, visits, channels
    ("occasional household", "household",
        0.53, 2.2, 0.9, 1, 0.40, 1.2, 1.3, 0.25, 0, 0, (0.46, 0.42, 0.12, 0)),
    ("regular household", "household",
        0.27, 6.0, 2.5, 2, 0.24, 1.5, 1.5, 0.30, 0, 0, (0.50, 0.36, 0.14, 0)),
    ("devoted household", "household",
        0.06, 15.0, 5.0, 3, 0.14, 1.8, 1.7, 0.30, 0, 0, (0.55, 0.30, 0.15, 0)),
    ("restaurant", "restaurant",
        0.055, 14.0, 1.6, 4, 0.19, 2.0, 1.5, 0.50, 0.03, 0.20, (0.12, 0.28, 0.45, 0.15)),
    ("shop", "shop",
        0.040, 10.0, 1.8, 3, 0.17, 2.3, 2.2, 0.50, 0.03, 0.25, (0.10, 0.30, 0.30, 0.30)),
    ("firm", "firm",
        0.030, 3.2, 1.2, 1, 0.20, 1.1, 2.5, 0.70, 0.04, 0.12, (0.08, 0.37, 0.25, 0.30)),
    ("institution", "institution",
        0.015, 11.0, 2.5, 4, 0.11, 2.2, 2.2, 0.55, 0.10, 0.40, (0.02, 0.23, 0.35, 0.40)),
))
# fmt: on

BEFORE_SHARE = 0.42  # of the customers were won before START
BEFORE_YEARS = 7.0
BEFORE_SKEW = 1.8  # above 1: more of them were won lately
JOINING_GROWTH = 0.9  # at the end of the period, 1.9 times as many join a day as at its start
# Registered and nothing more.
NEVER_SHARE = {"household": 0.05, "restaurant": 0.02, "shop": 0.02, "firm": 0.08, "institution": 0.05}

LEAVE_SHAPE = 1.3  # of the gamma distribution of hazards; small is uneven
FADING_SHARE = 0.55  # of those who leave do it little by little; the others from one day to the next
FADING_DAYS = 150
FADING_FLOOR = 0.15  # share of orders left on the last day
RAMP_DAYS = 180  # a new organisation tries first
RAMP_START = 0.5
TREND_SPREAD = 0.14  # sigma of the yearly log growth of a customer's orders

LARGE_SIZE = (1.3, 0.45)  # mean and sigma of the log of what multiplies the size of a large account
LARGE_RATE = 1.8
LARGE_LINES = 2.0  # more lines an order

DEMANDING_SPREAD = 0.85  # sigma of the log of the trait "demanding"; its median is 1
DEMANDING_WITH_SIZE = 0.25  # its correlation with the log of size, among organisations, whose
SIZE_SPREAD = 0.7  # log of size has about this sigma, large accounts included
DEAL_PRONE_SHARE = 0.22  # of households wait for promotions
DEAL_PRONE_ELSE = 0.35  # share of their orders that are placed outside promotions all the same

# Discount on account, in whole percent: grows with what the customer buys a year, and with how he bargains.
DISCOUNT_PER_DOUBLING = 2.2
DISCOUNT_FROM = 9.0  # orders per year times size where it begins
DISCOUNT_BARGAINING = 4.0
DISCOUNT_LARGEST = 20

REFERRED_SHARE = 0.16  # of new customers
REFERRED_BEFORE = 0.08  # of those won before START
ADVOCACY_SHAPE = 0.35  # few recommend to many

# --- what stands in their records --------------------------------------------------------------------------

FEMALE_SHARE = 0.58  # of the people
AGES = (18, 84, 2.0, 3.2)  # when they join: youngest, oldest, and the shapes of the beta distribution between
LATIN_SHARE = 0.008  # of the people have a name in Latin letters
ONE_CHARACTER_SHARE = 0.17  # of the others have a given name of one character
# Share of the records in which the field is empty.
EMPTY = {"phone": 0.04, "email": 0.38, "address": 0.12, "city": 0.02, "birth_date": 0.30, "industry": 0.06}

DUPLICATE_SHARE = 0.035  # of the records are the second of somebody
SECOND_AFTER = 20  # days at least between the first record and the second
SECOND_EARLY = 1.5  # above 1: the second record comes rather early in the time that is left
SECOND_ORDERS = (0.2, 1.0)  # between these lies the share of orders that go to it
# Of the second records, the share that has ...
SAME_NAME, SAME_SOUND = 0.45, 0.35  # the name as it was, a character that sounds alike; else other changes
WRONG_DIGIT, OTHER_PHONE = 0.10, 0.10
OTHER_MAIL, OTHER_ADDRESS, OTHER_BIRTH_DATE = 0.30, 0.12, 0.15

# --- when they order ---------------------------------------------------------------------------------------

SPRING_FESTIVALS = ("2023-01-22", "2024-02-10", "2025-01-29")
MID_AUTUMNS = ("2023-09-29", "2024-09-17", "2025-10-06")
SPRING_DAYS, SPRING_HOLIDAY, SPRING_AFTER, AUTUMN_DAYS = 25, 6, 14, 18  # before, the holiday, after; before
SUMMER = ((6, 15), (8, 31))
WINDOWS = ("usual", "before Spring Festival", "before Mid-Autumn", "summer")


@dataclass(frozen=True)
class Season:
    """Orders of a kind of customer, relative to a usual day; `week` is Monday to Sunday."""

    before_spring: float
    spring_holiday: float
    after_spring: float
    before_autumn: float
    summer: float
    week: tuple[float, ...]


SEASONS = {
    "household": Season(2.1, 0.25, 0.70, 1.45, 0.90, (0.85, 0.85, 0.90, 0.95, 1.05, 1.30, 1.25)),
    "restaurant": Season(1.35, 0.10, 0.70, 1.15, 1.12, (1.30, 1.00, 1.00, 1.05, 1.35, 0.90, 0.20)),
    "shop": Season(1.9, 0.10, 0.65, 1.40, 1.08, (1.35, 1.10, 1.05, 1.05, 1.10, 0.75, 0.10)),
    "firm": Season(4.5, 0.02, 0.40, 3.60, 0.80, (1.25, 1.20, 1.15, 1.15, 1.10, 0.10, 0.02)),
    "institution": Season(0.95, 0.02, 0.60, 1.10, 0.55, (1.60, 1.05, 1.00, 1.00, 1.10, 0.15, 0.02)),
}

CHANNEL_LOYALTY = 0.75  # share of orders that come by the customer's own channel
TO_WEB_PER_YEAR = 0.05  # share of shop and phone orders that move to the web, more each year
# Relative number of orders by hour of the day, 0 to 23.
HOURS = {
    "shop": (0,) * 8 + (4, 6, 7, 6, 4, 3, 4, 5, 6, 8, 7, 4) + (0,) * 4,
    "web": (2, 1, 0.5, 0.3, 0.3, 0.5, 1, 2, 3, 4, 5, 5, 5, 4, 4, 4, 4, 4, 5, 7, 9, 10, 7, 4),
    "phone": (0,) * 8 + (5, 9, 8, 6, 3, 4, 7, 6, 5, 2) + (0,) * 6,
    "representative": (0,) * 9 + (4, 7, 6, 1, 3, 7, 7, 4) + (0,) * 7,
}
REFUND_HOURS = (0,) * 9 + (4, 6, 5, 2, 3, 5, 5, 4) + (0,) * 7

# --- what they order ---------------------------------------------------------------------------------------

CATEGORIES = (
    "rice and flour", "oil", "seasoning", "noodles", "dried goods", "tea",
    "snacks", "drinks", "wine", "frozen food", "gift boxes",
)  # fmt: skip
MARGINS = (0.12, 0.10, 0.29, 0.23, 0.33, 0.47, 0.35, 0.21, 0.27, 0.18, 0.40)  # of the list price in 2023

# Relative frequency of lines, by category, in the order of CATEGORIES.
CATEGORY_WEIGHTS = {
    "household": (12, 9, 18, 9, 8, 9, 13, 11, 5, 9, 1.2),
    "restaurant": (18, 19, 25, 7, 6, 2, 1, 7, 6, 13, 0.2),
    "shop": (14, 12, 20, 12, 5, 4, 14, 15, 6, 3, 1.0),
    "firm": (3, 4, 1, 1, 6, 18, 12, 12, 6, 1, 16),
    "institution": (26, 23, 19, 9, 4, 1, 3, 6, 0.3, 12, 0.2),
}
# Of the gamma distribution of a customer's liking for each category; small is one-sided.
TASTE_SHAPE = {"household": 2.0, "restaurant": 0.9, "shop": 1.2, "firm": 0.9, "institution": 0.8}
# What multiplies a category by window (rows as WINDOWS).
CATEGORY_SEASONS = (
    (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5),
    (1, 1.2, 1, 0.9, 1.6, 1.5, 1.9, 1.1, 1.8, 1.1, 9),
    (1, 1, 1, 1, 1.2, 1.4, 1.1, 1, 1.2, 0.9, 8),
    (0.9, 0.95, 1, 1.1, 0.8, 0.9, 0.9, 2.1, 0.8, 1, 0.3),
)
FAVORITE_SHARE = 0.6  # of the lines are the customer's usual product of the category
BULK_LIKING = {"household": 0.05, "restaurant": 4.0, "shop": 1.5, "firm": 0.4, "institution": 6.0}
UNIT_SPREAD = {"household": 0.45, "restaurant": 0.45, "shop": 0.5, "firm": 0.7, "institution": 0.45}

# English name, Chinese name, category, pack, price in yuan (2023), popularity, window it is sold in only.
PRODUCTS = (
    ("Northeast rice 5 kg", "东北大米 5kg", "rice and flour", "retail", 36.80, 6, ""),
    ("Fragrant rice 2.5 kg", "香米 2.5kg", "rice and flour", "retail", 26.80, 4, ""),
    ("Rice 25 kg", "大米 25kg", "rice and flour", "bulk", 138.00, 5, ""),
    ("Wheat flour 2.5 kg", "小麦粉 2.5kg", "rice and flour", "retail", 15.80, 4, ""),
    ("Wheat flour 25 kg", "小麦粉 25kg", "rice and flour", "bulk", 98.00, 3, ""),
    ("Glutinous rice 1 kg", "糯米 1kg", "rice and flour", "retail", 9.90, 2, ""),
    ("Millet 1 kg", "小米 1kg", "rice and flour", "retail", 13.80, 2, ""),
    ("Soybean oil 5 L", "大豆油 5L", "oil", "retail", 52.80, 5, ""),
    ("Peanut oil 5 L", "花生油 5L", "oil", "retail", 129.90, 3, ""),
    ("Rapeseed oil 5 L", "菜籽油 5L", "oil", "retail", 69.90, 4, ""),
    ("Soybean oil 20 L", "大豆油 20L", "oil", "bulk", 188.00, 5, ""),
    ("Frying oil 20 L", "煎炸油 20L", "oil", "bulk", 205.00, 3, ""),
    ("Sesame oil 400 mL", "芝麻油 400mL", "oil", "retail", 24.80, 3, ""),
    ("Light soy sauce 500 mL", "生抽 500mL", "seasoning", "retail", 11.90, 8, ""),
    ("Dark soy sauce 500 mL", "老抽 500mL", "seasoning", "retail", 12.90, 5, ""),
    ("Light soy sauce 4.9 L", "生抽 4.9L", "seasoning", "bulk", 42.00, 6, ""),
    ("Oyster sauce 700 g", "蚝油 700g", "seasoning", "retail", 9.80, 5, ""),
    ("Oyster sauce 6 kg", "蚝油 6kg", "seasoning", "bulk", 56.00, 3, ""),
    ("Rice vinegar 500 mL", "米醋 500mL", "seasoning", "retail", 8.80, 4, ""),
    ("Chili sauce 280 g", "辣椒酱 280g", "seasoning", "retail", 13.50, 3, ""),
    ("Bean paste 5 kg", "豆瓣酱 5kg", "seasoning", "bulk", 49.00, 3, ""),
    ("Salt 400 g", "食盐 400g", "seasoning", "retail", 3.50, 4, ""),
    ("Sugar 1 kg", "白砂糖 1kg", "seasoning", "retail", 8.90, 3, ""),
    ("Sugar 25 kg", "白砂糖 25kg", "seasoning", "bulk", 168.00, 1, ""),
    ("Chicken bouillon 1 kg", "鸡精 1kg", "seasoning", "bulk", 32.00, 4, ""),
    ("Sichuan pepper 100 g", "花椒 100g", "seasoning", "retail", 18.90, 2, ""),
    ("Dried noodles 1 kg", "挂面 1kg", "noodles", "retail", 8.90, 5, ""),
    ("Rice noodles 1 kg", "米粉 1kg", "noodles", "retail", 12.80, 3, ""),
    ("Instant noodles, 5 packs", "方便面 5连包", "noodles", "retail", 16.90, 4, ""),
    ("Noodles 10 kg", "面条 10kg", "noodles", "bulk", 62.00, 4, ""),
    ("Vermicelli 500 g", "粉丝 500g", "noodles", "retail", 9.90, 2, ""),
    ("Shiitake 250 g", "香菇 250g", "dried goods", "retail", 32.80, 4, ""),
    ("Wood ear 150 g", "黑木耳 150g", "dried goods", "retail", 22.80, 3, ""),
    ("Red dates 500 g", "红枣 500g", "dried goods", "retail", 19.80, 5, ""),
    ("Dried shrimp 200 g", "虾皮 200g", "dried goods", "retail", 18.80, 2, ""),
    ("Lotus seeds 500 g", "莲子 500g", "dried goods", "retail", 28.80, 2, ""),
    ("Shiitake 2.5 kg", "香菇 2.5kg", "dried goods", "bulk", 265.00, 2, ""),
    ("Longjing tea 125 g", "龙井茶 125g", "tea", "retail", 98.00, 4, ""),
    ("Jasmine tea 250 g", "茉莉花茶 250g", "tea", "retail", 58.00, 4, ""),
    ("Black tea 100 g", "红茶 100g", "tea", "retail", 68.00, 3, ""),
    ("Pu'er tea cake 357 g", "普洱茶饼 357g", "tea", "retail", 168.00, 1, ""),
    ("Tea bags, 100", "袋泡茶 100包", "tea", "bulk", 45.00, 3, ""),
    ("Mixed nuts 500 g", "混合坚果 500g", "snacks", "retail", 45.80, 4, ""),
    ("Sunflower seeds 500 g", "葵花籽 500g", "snacks", "retail", 12.80, 5, ""),
    ("Biscuits 800 g", "饼干 800g", "snacks", "retail", 15.80, 4, ""),
    ("Candied plums 300 g", "话梅 300g", "snacks", "retail", 16.80, 2, ""),
    ("Rice crackers, carton", "米饼 整箱", "snacks", "bulk", 88.00, 3, ""),
    ("Water, 24 bottles", "矿泉水 24瓶", "drinks", "retail", 28.80, 6, ""),
    ("Herbal tea, 24 cans", "凉茶 24罐", "drinks", "bulk", 62.00, 3, ""),
    ("Soy milk, 24 packs", "豆奶 24盒", "drinks", "retail", 48.00, 3, ""),
    ("Sour plum juice 1 L", "酸梅汤 1L", "drinks", "retail", 11.80, 4, ""),
    ("Cola, 24 bottles", "可乐 24瓶", "drinks", "bulk", 58.00, 4, ""),
    ("Yellow wine 500 mL", "黄酒 500mL", "wine", "retail", 19.80, 4, ""),
    ("Cooking wine 500 mL", "料酒 500mL", "wine", "retail", 7.90, 5, ""),
    ("Yellow wine, jar", "黄酒 坛装", "wine", "bulk", 118.00, 3, ""),
    ("Grain spirit 500 mL", "白酒 500mL", "wine", "retail", 88.00, 3, ""),
    ("Dumplings 1 kg", "水饺 1kg", "frozen food", "retail", 26.80, 5, ""),
    ("Steamed buns 1 kg", "包子 1kg", "frozen food", "retail", 19.80, 4, ""),
    ("Rice balls 500 g", "汤圆 500g", "frozen food", "retail", 12.80, 3, ""),
    ("Dumplings 10 kg", "水饺 10kg", "frozen food", "bulk", 178.00, 3, ""),
    ("Chicken wings 10 kg", "鸡翅 10kg", "frozen food", "bulk", 236.00, 3, ""),
    ("Tea gift box", "茶叶礼盒", "gift boxes", "retail", 268.00, 3, ""),
    ("Nut gift box", "坚果礼盒", "gift boxes", "retail", 128.00, 4, ""),
    ("Dried goods gift box", "干货礼盒", "gift boxes", "retail", 198.00, 3, ""),
    ("New Year hamper", "年货大礼包", "gift boxes", "retail", 238.00, 9, "before Spring Festival"),
    ("Mooncake gift box", "月饼礼盒", "gift boxes", "retail", 168.00, 14, "before Mid-Autumn"),
)

# From that day on, whole percent on the price (or cost) of 2023, by category in the order of CATEGORIES.
# Suppliers raise theirs first, so margins are squeezed for a while.
PRICE_STEPS = (
    ("2024-04-01", (2, 5, 3, 2, 4, 5, 3, 2, 3, 3, 4)),
    ("2025-04-01", (4, 7, 6, 4, 9, 11, 6, 5, 6, 6, 8)),
)
COST_STEPS = (
    ("2024-01-01", (3, 6, 3, 2, 4, 3, 3, 2, 3, 4, 4)),
    ("2025-01-01", (5, 8, 6, 4, 8, 7, 6, 4, 6, 7, 7)),
)

# First day, last day, category ("" is all), channel ("" is all), whole percent off the list price.
PROMOTIONS = (
    ("2023-01-02", "2023-01-20", "gift boxes", "", 8),
    ("2023-05-13", "2023-05-21", "", "shop", 8),
    ("2023-06-12", "2023-06-18", "", "web", 10),
    ("2023-07-15", "2023-08-06", "drinks", "", 12),
    ("2023-11-04", "2023-11-11", "", "web", 15),
    ("2024-01-20", "2024-02-07", "gift boxes", "", 8),
    ("2024-05-11", "2024-05-19", "", "shop", 8),
    ("2024-06-12", "2024-06-18", "", "web", 10),
    ("2024-07-13", "2024-08-04", "drinks", "", 12),
    ("2024-11-04", "2024-11-11", "", "web", 15),
    ("2025-01-10", "2025-01-26", "gift boxes", "", 8),
    ("2025-03-22", "2025-04-06", "tea", "", 15),
    ("2025-05-10", "2025-05-18", "", "shop", 8),
    ("2025-06-12", "2025-06-18", "", "web", 12),
    ("2025-07-12", "2025-08-03", "drinks", "", 12),
    ("2025-11-04", "2025-11-11", "", "web", 15),
)

SAMPLE_SHARE = 0.004  # of the lines are a sample: one unit, amount 0, its cost ours
REFUND_SHARE = 0.02  # of the lines of a customer of middling demands are refunded, in whole or in part
REFUND_DEMANDING = 0.7  # power of "demanding" that multiplies it
REFUND_LARGEST = 0.2
REFUND_WHOLE = 0.6
REFUND_DAYS = 5.0  # mean, after the day of the order
REFUND_LATEST = 30

# --- what it takes to serve them ---------------------------------------------------------------------------

# Name in English and Chinese, cost of one in fen, what one is in English and Chinese.
ACTIVITIES = (
    ("home delivery", "送货上门", 2000, "one delivery", "每送一次货"),
    ("phone order", "电话接单", 600, "one order taken by phone", "每接一个电话订单"),
    ("representative visit", "业务员拜访", 12000, "one visit", "每拜访一次"),
    ("return handling", "退货处理", 2200, "one line returned", "每退一行货"),
    (
        "small order",
        "小额订单拣货",
        500,
        "one web or phone order below 60 yuan",
        "每笔不足60元的网上或电话订单",
    ),
    ("special invoice", "专用发票", 800, "one special VAT invoice", "每开一张增值税专用发票"),
    ("complaint", "投诉处理", 6500, "one complaint", "每处理一件投诉"),
)
SMALL_ORDER = 6000  # fen
DELIVERED = {"shop": 0.08, "web": 0.75, "phone": 0.80, "representative": 0.95}  # share of orders
EXTRA_DELIVERIES = 0.45  # per delivered order and unit of "demanding" above 1: split, urgent, wrong hour
INVOICED = {"household": 0.0, "restaurant": 0.35, "shop": 0.45, "firm": 0.85, "institution": 0.80}
COMPLAINTS_PER_ORDER = 0.012  # times "demanding"
VISIT_DEMANDING, VISIT_SIZE = 0.9, 0.35  # powers that multiply the visits of the segment
PHONE_INQUIRIES = 0.10  # calls, as phone orders, per order of an organisation and unit of "demanding" above 1

# --- what is wrong in the files ----------------------------------------------------------------------------

TILL_SHARE = 0.01  # lines sold over the counter to nobody known, beside those of customers
TILL_NEW_RECEIPT = 0.6  # share of these lines that begin a receipt
TILL_TWO = 0.25  # share that is of two units, not one
DAMAGED_PER_LINE = {"unreadable amount": 1 / 6000, "impossible date": 1 / 9000, "too few fields": 1 / 12000}
TWICE_PER_LINE = 1 / 6000  # orders exported twice
