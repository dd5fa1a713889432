"""The fresh box: who subscribes, and for how long. Its payments are in no table of orders."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import parameters as p
from crmlib.simulate import parameters_worth as pw
from crmlib.simulate.records import typed
from crmlib.simulate.streams import stream

N_MONTHS = int((p.END.astype("datetime64[M]") - p.START.astype("datetime64[M]")).astype(int)) + 1
FIRST_DAYS = (p.START.astype("datetime64[M]") + np.arange(N_MONTHS + 1)).astype("datetime64[D]")
RISE = int(np.searchsorted(FIRST_DAYS, np.datetime64(pw.RISE_MONTH, "D")))


def make_subscriptions(entities: pd.DataFrame, records: pd.DataFrame, seed: int, chunk: int) -> pd.DataFrame:
    """The columns of both tables, the public one and the truth: one row per subscription, in order of its start."""
    random = stream(seed, "subscriptions", chunk)
    n = len(entities)
    buys = (entities["kind"] == 0).to_numpy() & ~entities["never_buys"].to_numpy()
    often = np.minimum(1 + pw.BEGINS_PER_ORDER * (entities["orders_per_year"].to_numpy() - 4), 2).clip(0.5)
    joined, chance, place = entities["joined"].to_numpy(), random.random((n, 3)), random.random(n)
    subscribes = buys & (chance[:, 0] < pw.SUBSCRIBER_SHARE * often)
    earliest = np.searchsorted(FIRST_DAYS, p.START + np.maximum(joined, 0).astype("timedelta64[D]"))
    later = earliest + np.floor(place * np.maximum(N_MONTHS - earliest, 0)).astype(int)
    start = np.where((joined < 0) & (chance[:, 1] < pw.FIRST_COHORT), 0, later)
    plan = (chance[:, 2] < pw.FAMILY_SHARE).astype(int)
    shape = np.array(pw.LEAVE)[plan]
    leaves = random.beta(shape[:, 0], shape[:, 1])
    end = _last_month(start, leaves, plan, random.random((n, N_MONTHS)))
    wait = 1 + random.poisson(pw.BACK_MONTHS - 1, n)
    back = (end < N_MONTHS) & (random.random(n) < pw.BACK_SHARE)
    again = end + wait
    end_again = _last_month(again, leaves, plan, random.random((n, N_MONTHS)))
    first = records[~records["is_second"]].set_index("entity")["customer_id"].reindex(np.arange(n)).to_numpy()
    columns = {"customer_id": first, "plan": plan, "leaves": leaves}
    both = pd.concat(
        [
            pd.DataFrame(columns | {"start": start, "end": end})[subscribes & (start < N_MONTHS)],
            pd.DataFrame(columns | {"start": again, "end": end_again})[subscribes & back & (again < N_MONTHS)],
        ]
    )
    both = both.sort_values(["start", "customer_id"], ignore_index=True)
    both.insert(0, "subscription_id", [f"B{chunk * p.CHUNK + 1 + row:06d}" for row in range(len(both))])
    return both


def _last_month(start: np.ndarray, leaves: np.ndarray, plan: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """The month after the last paid one, `N_MONTHS` where it runs on; everybody pays for the first."""
    month = np.arange(N_MONTHS)
    more = np.zeros((2, N_MONTHS))
    more[1, RISE - 1 : RISE + len(pw.RISE_LEAVES) - 1] = pw.RISE_LEAVES  # they leave before they pay it
    ends = 1 - (1 - leaves[:, None]) * (1 - more[plan])
    gone = (chance < ends) & (month >= start[:, None])
    return np.where(gone.any(axis=1), gone.argmax(axis=1) + 1, N_MONTHS)


def make_public(subscriptions: pd.DataFrame) -> pd.DataFrame:
    """The public table `subscriptions`."""
    plan, start, end = (subscriptions[name].to_numpy() for name in ("plan", "start", "end"))
    fee = np.where((plan == 1) & (start >= RISE), pw.FAMILY_FEE_LATER, np.array(pw.FEE)[plan])
    ended = FIRST_DAYS[end] - np.timedelta64(1, "D")
    table = pd.DataFrame(
        {
            "subscription_id": subscriptions["subscription_id"],
            "customer_id": subscriptions["customer_id"],
            "plan": np.array(pw.PLANS, dtype=object)[plan],
            "monthly_fee": fee / 100,
            "monthly_cost": np.array(pw.COST)[plan] / 100,
            "start_date": FIRST_DAYS[start],
            "end_date": np.where(end < N_MONTHS, ended, np.datetime64("NaT", "D")),
        }
    )
    return typed(table, ["subscription_id", "customer_id", "plan"])


def make_truth(subscriptions: pd.DataFrame) -> pd.DataFrame:
    """What each subscriber's own chance to leave is."""
    table = subscriptions[["subscription_id"]].assign(chance_to_leave=subscriptions["leaves"].round(4))
    return typed(table, ["subscription_id"])
