"""What is done for customers and costs money: one row per customer, month and activity."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import parameters as p
from crmlib.simulate.entities import of_segment
from crmlib.simulate.records import typed
from crmlib.simulate.streams import stream

NAMES = [activity[0] for activity in p.ACTIVITIES]
FIRST_MONTH = p.START.astype("datetime64[M]")
MONTH = ((p.START + np.arange(p.N_DAYS)).astype("datetime64[M]") - FIRST_MONTH).astype(int)
N_MONTHS = int(MONTH[-1]) + 1
FIRST_DAYS = np.flatnonzero(np.diff(MONTH, prepend=-1))


def make_activity_rates() -> pd.DataFrame:
    """The public table `activity_rates`."""
    rates = pd.DataFrame(p.ACTIVITIES, columns=["activity", "activity_zh", "fen", "driver", "driver_zh"])
    rates["unit_cost"] = rates["fen"] / 100
    strings = ["activity", "driver", "activity_zh", "driver_zh"]
    return typed(rates[["activity", "unit_cost", *strings[1:]]].copy(), strings)


def make_activities(
    entities: pd.DataFrame, records: pd.DataFrame, lines: pd.DataFrame, seed: int, chunk: int
) -> pd.DataFrame:
    """The public table `activities`, from orders and from how demanding customers are."""
    random = stream(seed, "activities", chunk)
    sold = lines[~lines["is_refund"]]
    orders = sold.groupby("order", as_index=False).agg(
        record=("record", "first"),
        day=("day", "first"),
        channel=("channel", "first"),
        amount=("amount", "sum"),
    )
    who = records["entity"].to_numpy()[orders["record"]]
    kind, demanding = entities["kind"].to_numpy()[who], entities["demanding"].to_numpy()[who]
    channel, n = orders["channel"].to_numpy(), len(orders)
    extra = np.maximum(demanding - 1, 0)
    by_phone = channel == p.CHANNELS.index("phone")
    delivered = random.random(n) < np.array([p.DELIVERED[name] for name in p.CHANNELS])[channel]
    calls = random.poisson(np.where(kind > 0, p.PHONE_INQUIRIES * extra, 0))
    is_small = (orders["amount"].to_numpy() < p.SMALL_ORDER) & (by_phone | (channel == p.CHANNELS.index("web")))
    times = {
        "home delivery": delivered * (1 + random.poisson(p.EXTRA_DELIVERIES * extra)),
        "phone order": by_phone + calls,
        "small order": is_small,
        "special invoice": random.random(n) < np.array([p.INVOICED[name] for name in p.KINDS])[kind],
        "complaint": random.poisson(p.COMPLAINTS_PER_ORDER * demanding),
    }
    record, month = orders["record"].to_numpy(), MONTH[orders["day"]]
    done = [(record, month, NAMES.index(name), count) for name, count in times.items()]
    back = lines[lines["is_refund"]]
    once, returned = np.ones(len(back), dtype=int), NAMES.index("return handling")
    done.append((back["record"].to_numpy(), MONTH[back["day"]], returned, once))
    visited, month, times = _visits(entities, random)
    first = np.flatnonzero(~records["is_second"])
    record_of = np.empty(len(entities), dtype=int)
    record_of[records["entity"].to_numpy()[first]] = first  # visits are booked to the first record
    done.append((record_of[visited], month, NAMES.index("representative visit"), times))
    return _add_up(done, records)


def _visits(entities: pd.DataFrame, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Visits of representatives in the months in which a customer is active: entity, month, how many."""
    demanding, size = entities["demanding"].to_numpy(), entities["size"].to_numpy()
    rate = of_segment("visits_per_month")[entities["segment"]] * ~entities["never_buys"].to_numpy()
    rate = rate * demanding**p.VISIT_DEMANDING * size**p.VISIT_SIZE
    joined, left = entities["joined"].to_numpy()[:, None], entities["left"].to_numpy()[:, None]
    active = (joined < np.append(FIRST_DAYS[1:], p.N_DAYS)) & (left >= FIRST_DAYS)
    counts = random.poisson(rate[:, None] * active)
    who, month = np.nonzero(counts)
    return who, month, counts[who, month]


def _add_up(done: list[tuple], records: pd.DataFrame) -> pd.DataFrame:
    """Sums by record, month and activity, without zeros."""
    record = np.concatenate([part[0] for part in done])
    month = np.concatenate([part[1] for part in done])
    activity = np.concatenate([np.full(len(part[0]), part[2]) for part in done])
    times = np.concatenate([part[3] for part in done]).astype(np.int64)
    key = (record * N_MONTHS + month) * len(NAMES) + activity
    totals = np.bincount(key, weights=times, minlength=1).astype(np.int64)
    found = np.flatnonzero(totals)
    months = FIRST_MONTH + (found // len(NAMES) % N_MONTHS).astype("timedelta64[M]")
    table = pd.DataFrame(
        {
            "customer_id": records["customer_id"].to_numpy()[found // len(NAMES) // N_MONTHS],
            "month": months.astype("datetime64[D]"),
            "activity": np.array(NAMES, dtype=object)[found % len(NAMES)],
            "n_times": totals[found],
        }
    )
    return typed(table, ["customer_id", "activity"])
