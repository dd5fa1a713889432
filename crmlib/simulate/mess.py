"""What goes wrong in the files, as in life, and a list of where."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import parameters as p
from crmlib.simulate.entities import intensity, windows
from crmlib.simulate.orders import (
    CATEGORY,
    PRODUCT_IDS,
    pick_minutes,
    pick_products,
    price_list,
    promotion_percent,
)
from crmlib.simulate.records import typed
from crmlib.simulate.streams import pick, stream

WRONG_DAYS = ("02-30", "04-31", "11-31")
FEWEST_LINES = 50  # a file with fewer is left in order
PLANTED = ["file", "line", "kind", "column", "written", "meant"]


def make_till_lines(n_lines: int, seed: int, chunk: int) -> pd.DataFrame:
    """Sales over the counter to people nobody asked for a card: transactions without customer_id."""
    random = stream(seed, "till", chunk)
    n = int(n_lines * p.TILL_SHARE + 0.5)
    day = np.sort(pick(random.random(n), intensity()[0]))
    receipt = np.cumsum((np.diff(day, prepend=-1) > 0) | (random.random(n) < p.TILL_NEW_RECEIPT))
    hours = np.tile(np.array(p.HOURS["shop"], dtype=float), (n, 1))
    minute = pick_minutes(hours, random)[np.searchsorted(receipt, receipt)]
    window, household = windows()[day], np.zeros(n, dtype=int)
    season = np.array(p.CATEGORY_SEASONS, dtype=float)[window]
    category = pick(random.random(n), np.array(p.CATEGORY_WEIGHTS["household"], dtype=float) * season)
    product = pick_products(random.random(n), window, household, category)
    quantity = 1 + (random.random(n) < p.TILL_TWO).astype(np.int64)
    percent = promotion_percent(day, category, household)
    prices, costs = price_list()
    minutes = day * 1440 + minute
    table = pd.DataFrame(
        {
            "customer_id": pd.Series([None] * n, dtype="str"),
            "order_date": p.START.astype("datetime64[m]") + minutes.astype("timedelta64[m]"),
            "amount": (prices[day, product] * quantity * (100 - percent) + 50) // 100 / 100,
            "order_id": [f"T{chunk * 1_000_000 + number:07d}" for number in receipt],
            "product_id": PRODUCT_IDS[product],
            "category": np.array(p.CATEGORIES, dtype=object)[CATEGORY[product]],
            "quantity": quantity.astype(float),
            "cost": costs[day, product] * quantity / 100,
            "channel": p.CHANNELS[0],
        }
    ).drop_duplicates(["order_id", "product_id"], ignore_index=True)
    return typed(table, ["order_id", "product_id", "category", "channel"])


def spoil(
    lines: list[str], table: pd.DataFrame, file: str, seed: int, chunk: int, *, first_line: int
) -> tuple[list[str], pd.DataFrame]:
    """The lines as they stand in the file, and one row per line that is not as it should be.

    `lines` are the rows of `table` as text, in its order; `first_line` is the number
    in the file of the first of them.
    """
    random = stream(seed, f"damage of {file}", chunk)
    is_customer = table["customer_id"].notna().to_numpy()
    candidates = random.permutation(np.flatnonzero(is_customer & (table["amount"] > 0).to_numpy()))
    damaged = {}  # place -> kind
    for kind, share in p.DAMAGED_PER_LINE.items():
        n = max(1, round(share * len(lines))) if len(candidates) >= FEWEST_LINES else 0
        damaged |= dict.fromkeys(candidates[len(damaged) : len(damaged) + n].tolist(), kind)
    twice = _exported_twice(table, candidates[len(damaged) :], damaged, round(p.TWICE_PER_LINE * len(lines)))

    written, planted = [], []
    for place, line in enumerate(lines):
        number = first_line + len(written)
        if not is_customer[place]:
            planted.append((file, number, "no customer", "customer_id", "", ""))
        elif place in damaged:
            line, column, wrong, meant = _damage(line, damaged[place], random.random())
            planted.append((file, number, damaged[place], column, wrong, meant))
        written.append(line)
        for again in twice.get(place, ()):
            planted.append((file, first_line + len(written), "repeated line", "", "", ""))
            written.append(lines[again])
    return written, pd.DataFrame(planted, columns=PLANTED)


def _exported_twice(table: pd.DataFrame, candidates: np.ndarray, damaged: dict, n: int) -> dict[int, list[int]]:
    """After which line which lines follow once more: those of a whole order, none of them damaged."""
    n = max(1, n) if len(candidates) >= FEWEST_LINES else 0
    order_id, is_sale = table["order_id"].to_numpy(), (table["amount"] >= 0).to_numpy()
    twice = {}
    for place in candidates:
        if len(twice) == n:
            break
        same = np.flatnonzero((order_id == order_id[place]) & is_sale).tolist()
        if same[-1] not in twice and same[-1] - same[0] == len(same) - 1 and not set(same) & set(damaged):
            twice[same[-1]] = same
    return twice


def _damage(line: str, kind: str, chance: float) -> tuple[str, str, str, str]:
    """A line of the file damaged: the line, the column, what stands there, what was meant."""
    fields = line.split(",")
    if kind == "too few fields":
        cut = ",".join(fields[: 3 + int(chance * 3)])
        return cut, "", cut, line
    if kind == "unreadable amount":
        place, column, meant = 2, "amount", fields[2]
        wrong = (meant.replace(".", ","), "--", "见备注")[int(chance * 3)]
        fields[place] = f'"{wrong}"' if "," in wrong else wrong
    else:
        place, column, meant = 1, "order_date", fields[1]
        wrong = f"{meant[:4]}-{WRONG_DAYS[int(chance * 3)]}{meant[10:]}"
        fields[place] = wrong
    return ",".join(fields), column, wrong, meant
