"""Orders, their lines and refunds."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from crmlib.simulate import parameters as p
from crmlib.simulate.entities import day_number, intensity, of_segment, promotion_days, windows
from crmlib.simulate.records import typed
from crmlib.simulate.streams import pick, stream

CATEGORY = np.array([p.CATEGORIES.index(product[2]) for product in p.PRODUCTS])
IS_BULK = np.array([product[3] == "bulk" for product in p.PRODUCTS])
POPULARITY = np.array([product[5] for product in p.PRODUCTS], dtype=float)
SOLD_ONLY = np.array([p.WINDOWS.index(product[6]) if product[6] else -1 for product in p.PRODUCTS])
PRODUCT_IDS = np.array([f"P{place + 1:03d}" for place in range(len(p.PRODUCTS))], dtype=object)


@cache
def price_list() -> tuple[np.ndarray, np.ndarray]:
    """Prices and costs in fen: one row per day of the period, one column per product."""
    prices = np.empty((p.N_DAYS, len(p.PRODUCTS)), dtype=np.int64)
    costs = np.empty_like(prices)
    for product, (_, _, category, _, yuan, _, _) in enumerate(p.PRODUCTS):
        place = p.CATEGORIES.index(category)
        price = round(yuan * 100)
        cost = price * (100 - round(p.MARGINS[place] * 100)) // 100
        prices[:, product], costs[:, product] = price, cost
        for day, percents in p.PRICE_STEPS:  # to the next ten fen
            prices[day_number(day) :, product] = -(-price * (100 + percents[place]) // 1000) * 10
        for day, percents in p.COST_STEPS:
            costs[day_number(day) :, product] = cost * (100 + percents[place]) // 100
    return prices, costs


def make_products() -> pd.DataFrame:
    """The public table `products`, with the prices and costs of the last day of the period."""
    prices, costs = price_list()
    table = pd.DataFrame(
        {
            "product_id": PRODUCT_IDS,
            "product_name": [product[0] for product in p.PRODUCTS],
            "product_name_zh": [product[1] for product in p.PRODUCTS],
            "category": [product[2] for product in p.PRODUCTS],
            "list_price": prices[-1] / 100,
            "unit_cost": costs[-1] / 100,
        }
    )
    return typed(table, ["product_id", "product_name", "product_name_zh", "category"])


def make_lines(entities: pd.DataFrame, records: pd.DataFrame, seed: int, chunk: int) -> pd.DataFrame:
    """Every line of every order and refund: one row per line, in the order of time.

    Integers throughout: record (row of `records`), day, minute, order (number in the
    chunk), product, quantity, amount and cost (fen), channel; and is_refund.
    """
    orders = _orders(entities, seed, chunk)
    sales = _sales(entities, orders, seed, chunk)
    lines = pd.concat([sales, _refunds(entities, sales, seed, chunk)], ignore_index=True)
    lines["record"] = _record(records, orders, seed, chunk)[lines["order"]]
    return lines.sort_values(["day", "minute", "order", "product"], ignore_index=True, kind="stable")


def _orders(entities: pd.DataFrame, seed: int, chunk: int) -> pd.DataFrame:
    """One row per order, in the order of time: entity, day, minute, channel."""
    random = stream(seed, "orders", chunk)
    segment, kind = entities["segment"].to_numpy(), entities["kind"].to_numpy()
    joined, left = entities["joined"].to_numpy(), entities["left"].to_numpy()
    trend = entities["trend"].to_numpy()
    regularity = of_segment("regularity")[segment].astype(int)
    start, end = np.maximum(joined, 0), np.minimum(left, p.N_DAYS - 1)
    passed = np.hstack([np.zeros((len(p.KINDS), 1)), np.cumsum(intensity(), axis=1)]) / p.DAYS_PER_YEAR
    years = passed[kind, end + 1] - passed[kind, start]
    most = np.exp(np.maximum(trend, 0) * p.N_DAYS / p.DAYS_PER_YEAR)

    # As many chances as the customer could have at most, spread by season ...
    n_chances = random.poisson(entities["orders_per_year"].to_numpy() * regularity * most * years)
    who = np.repeat(np.arange(len(entities)), n_chances)
    place = passed[kind, start][who] + random.random(len(who)) * years[who]
    day = np.empty(len(who), dtype=int)
    for number in range(len(p.KINDS)):
        mine = kind[who] == number
        day[mine] = np.searchsorted(passed[number], place[mine], side="right") - 1
    day = np.clip(day, start[who], end[who])
    # ... of which trend, beginning, fading and an eye for deals let some through ...
    taken = random.random(len(who)) * most[who] < _activity(entities.iloc[who], day)
    who, place, day = who[taken], place[taken], day[taken]
    order = np.lexsort((place, who))
    who, day = who[order], day[order]
    # ... and of those every k-th: the larger k, the more regular (Erlang).
    number = np.arange(len(who)) - np.searchsorted(who, who, side="left")
    phase = np.where(joined < 0, np.floor(random.random(len(entities)) * regularity), 0).astype(int)
    kept = (number + 1 + phase[who]) % regularity[who] == 0
    # A new customer comes with an order.
    first = np.flatnonzero((joined >= 0) & ~entities["never_buys"].to_numpy())
    who, day = np.concatenate([who[kept], first]), np.concatenate([day[kept], joined[first]])

    usual = random.random(len(who)) < p.CHANNEL_LOYALTY
    mix = np.array([each.channels for each in p.SEGMENTS])[segment[who]]
    channel = np.where(usual, entities["channel"].to_numpy()[who], pick(random.random(len(who)), mix))
    to_web = random.random(len(who)) < p.TO_WEB_PER_YEAR * day / p.DAYS_PER_YEAR
    to_web &= channel != p.CHANNELS.index("representative")
    channel = np.where(to_web, p.CHANNELS.index("web"), channel)
    minute = pick_minutes(np.array([p.HOURS[name] for name in p.CHANNELS], dtype=float)[channel], random)
    orders = pd.DataFrame({"entity": who, "day": day, "minute": minute, "channel": channel})
    return orders.sort_values(["day", "minute", "entity"], ignore_index=True, kind="stable")


def _activity(entities: pd.DataFrame, day: np.ndarray) -> np.ndarray:
    """How active each entity is on each day, relative to its own rate; at most what its trend allows."""
    joined, left = entities["joined"].to_numpy(), entities["left"].to_numpy()
    level = np.exp(entities["trend"].to_numpy() * (day - np.maximum(joined, 0)) / p.DAYS_PER_YEAR)
    is_trying = (entities["kind"].to_numpy() > 0) & (joined >= 0)
    ramp = p.RAMP_START + (1 - p.RAMP_START) * np.clip((day - joined) / p.RAMP_DAYS, 0, 1)
    faded = p.FADING_FLOOR + (1 - p.FADING_FLOOR) * np.clip((left - day) / p.FADING_DAYS, 0, 1)
    level = level * np.where(is_trying, ramp, 1) * np.where(entities["is_fading"], faded, 1)
    return level * np.where(entities["is_deal_prone"] & ~promotion_days()[day], p.DEAL_PRONE_ELSE, 1)


def pick_minutes(hours: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A minute of the day for each row of hourly weights."""
    hour = pick(random.random(len(hours)), hours)
    return hour * 60 + np.floor(random.random(len(hours)) * 60).astype(int)


def _record(records: pd.DataFrame, orders: pd.DataFrame, seed: int, chunk: int) -> np.ndarray:
    """The record under which each order was booked: now and then its customer's second, once there is one."""
    random = stream(seed, "orders of duplicates", chunk)
    is_second = records["is_second"].to_numpy()
    entity = records["entity"].to_numpy()
    first = np.empty(entity.max() + 1, dtype=int)
    first[entity[~is_second]] = np.flatnonzero(~is_second)
    second = np.full(entity.max() + 1, -1)
    second[entity[is_second]] = np.flatnonzero(is_second)
    other = second[orders["entity"]]
    chosen = random.random(len(orders)) < records["share"].to_numpy()[other]
    use = (other >= 0) & chosen & (orders["day"].to_numpy() >= records["registered"].to_numpy()[other])
    return np.where(use, other, first[orders["entity"]])


@cache
def _product_weights() -> np.ndarray:
    """Weights of products: one row per window, kind and category (in that order of place)."""
    liking = np.array([[p.BULK_LIKING[kind]] for kind in p.KINDS])
    by_kind = np.where(IS_BULK[None, :], liking, 1.0) * POPULARITY[None, :]
    table = np.zeros((len(p.WINDOWS), len(p.KINDS), len(p.CATEGORIES), len(p.PRODUCTS)))
    for window in range(len(p.WINDOWS)):
        on_sale = (SOLD_ONLY == -1) | (window == SOLD_ONLY)
        for category in range(len(p.CATEGORIES)):
            table[window, :, category] = by_kind * (on_sale & (category == CATEGORY))
    return table.reshape(-1, len(p.PRODUCTS))


def pick_products(chance: np.ndarray, window: np.ndarray, kind: np.ndarray, category: np.ndarray) -> np.ndarray:
    """A product of the category for each uniform number, as that kind of customer chooses in that window."""
    row = (window * len(p.KINDS) + kind) * len(p.CATEGORIES) + category
    share = np.cumsum(_product_weights(), axis=1)
    share = share / share[:, -1:] * (1 - 1e-12)  # the end of a row stays below the start of the next
    flat = (np.arange(len(share))[:, None] + share).ravel()
    place = np.searchsorted(flat, row + chance * (1 - 1e-9), side="right")
    return place - row * len(p.PRODUCTS)


def _sales(entities: pd.DataFrame, orders: pd.DataFrame, seed: int, chunk: int) -> pd.DataFrame:
    """The lines of the orders, prices, discounts and samples applied."""
    random = stream(seed, "lines", chunk)
    n_entities, n_categories = len(entities), len(p.CATEGORIES)
    kind_of = entities["kind"].to_numpy()
    shape = np.array([p.TASTE_SHAPE[kind] for kind in p.KINDS])[kind_of]
    taste = random.gamma(shape[:, None], 1.0, (n_entities, n_categories)) + 0.02
    usual = np.zeros(n_entities, dtype=int)
    chance = random.random((n_categories, n_entities))
    favorite = np.column_stack(
        [pick_products(chance[place], usual, kind_of, usual + place) for place in range(n_categories)]
    )

    segment = entities["segment"].to_numpy()[orders["entity"]]
    is_large = entities["is_large"].to_numpy()[orders["entity"]]
    more = of_segment("more_lines")[segment] + p.LARGE_LINES * is_large
    order = np.repeat(np.arange(len(orders)), 1 + random.poisson(more))
    line = orders.iloc[order].reset_index(drop=True).assign(order=order)
    who, day = line["entity"].to_numpy(), line["day"].to_numpy()
    kind, window = kind_of[who], windows()[day]
    base = np.array([p.CATEGORY_WEIGHTS[name] for name in p.KINDS], dtype=float)
    weights = base[kind] * np.array(p.CATEGORY_SEASONS, dtype=float)[window] * taste[who]
    category = pick(random.random(len(line)), weights)
    product = pick_products(random.random(len(line)), window, kind, category)
    loyal = (random.random(len(line)) < p.FAVORITE_SHARE) & (category != p.CATEGORIES.index("gift boxes"))
    product = np.where(loyal, favorite[who, category], product)

    spread = np.array([p.UNIT_SPREAD[name] for name in p.KINDS])[kind]
    units = of_segment("units")[segment[order]] * entities["size"].to_numpy()[who]
    quantity = np.rint(units * np.exp(spread * random.standard_normal(len(line)))).astype(np.int64)
    quantity = np.clip(quantity, 1, np.where((kind == 0) & IS_BULK[product], 2, 500))
    is_sample = random.random(len(line)) < p.SAMPLE_SHARE
    quantity[is_sample] = 1
    promotion = promotion_percent(day, category, line["channel"].to_numpy())
    percent = np.where(is_sample, 100, np.maximum(promotion, entities["discount"].to_numpy()[who]))
    prices, costs = price_list()
    line["product"], line["quantity"] = product, quantity
    line["amount"] = (prices[day, product] * quantity * (100 - percent) + 50) // 100
    line["cost"] = costs[day, product] * quantity
    line["is_refund"] = False
    # Nobody orders one thing in two lines.
    return line.drop_duplicates(["order", "product"], ignore_index=True)


def promotion_percent(day: np.ndarray, category: np.ndarray, channel: np.ndarray) -> np.ndarray:
    """Percent off by promotions: the best of those that run."""
    best = np.zeros(len(day), dtype=np.int64)
    for first, last, of_category, of_channel, percent in p.PROMOTIONS:
        runs = (day >= day_number(first)) & (day <= day_number(last))
        if of_category:
            runs &= category == p.CATEGORIES.index(of_category)
        if of_channel:
            runs &= channel == p.CHANNELS.index(of_channel)
        best = np.where(runs, np.maximum(best, percent), best)
    return best


def _refunds(entities: pd.DataFrame, sales: pd.DataFrame, seed: int, chunk: int) -> pd.DataFrame:
    """Lines that were taken back within the period, in whole or in part."""
    random = stream(seed, "refunds", chunk)
    demanding = entities["demanding"].to_numpy()[sales["entity"]]
    share = np.minimum(p.REFUND_SHARE * demanding**p.REFUND_DEMANDING, p.REFUND_LARGEST)
    is_back = (random.random(len(sales)) < share) & (sales["amount"] > 0).to_numpy()
    back = sales[is_back].copy()
    some = 1 + np.floor(random.random(len(back)) * back["quantity"]).astype(np.int64)
    whole = random.random(len(back)) < p.REFUND_WHOLE
    units = np.where(whole, back["quantity"], np.minimum(some, back["quantity"]))
    later = np.floor(random.standard_exponential(len(back)) * p.REFUND_DAYS).astype(int)
    back["amount"] = -(back["amount"] * units // back["quantity"])
    back["cost"] = -(back["cost"] // back["quantity"] * units)
    back["quantity"] = -units
    back["day"] += 1 + np.minimum(later, p.REFUND_LATEST - 1)
    back["minute"] = pick_minutes(np.tile(np.array(p.REFUND_HOURS, dtype=float), (len(back), 1)), random)
    back["is_refund"] = True
    return back[back["day"] < p.N_DAYS]


def make_transactions(lines: pd.DataFrame, records: pd.DataFrame, chunk: int) -> pd.DataFrame:
    """The public table `transactions`, before anything goes wrong in the files."""
    minutes = lines["day"].to_numpy() * 1440 + lines["minute"].to_numpy()
    table = pd.DataFrame(
        {
            "customer_id": records["customer_id"].to_numpy()[lines["record"]],
            "order_date": p.START.astype("datetime64[m]") + minutes.astype("timedelta64[m]"),
            "amount": lines["amount"].to_numpy() / 100,
            "order_id": order_ids(lines["order"].to_numpy(), chunk),
            "product_id": PRODUCT_IDS[lines["product"]],
            "category": np.array(p.CATEGORIES, dtype=object)[CATEGORY[lines["product"]]],
            "quantity": lines["quantity"].to_numpy(dtype=float),
            "cost": lines["cost"].to_numpy() / 100,
            "channel": np.array(p.CHANNELS, dtype=object)[lines["channel"]],
        }
    )
    return typed(table, ["customer_id", "order_id", "product_id", "category", "channel"])


def order_ids(order: np.ndarray, chunk: int) -> np.ndarray:
    """Numbers that no two chunks share."""
    first = chunk * 1_000_000 + 1
    known = np.array([f"S{first + number:07d}" for number in range(order.max(initial=-1) + 1)], dtype=object)
    return known[order]
