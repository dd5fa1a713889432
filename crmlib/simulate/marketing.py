"""What is spent on winning and on keeping customers, by city and month, and how many were won and kept."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import names
from crmlib.simulate import parameters_worth as pw
from crmlib.simulate.records import typed
from crmlib.simulate.streams import stream
from crmlib.simulate.subscriptions import FIRST_DAYS, N_MONTHS

KEY = ["city", "month", "aim"]
N_CITIES = len(names.CITIES)


def make_spending(seed: int, chunk: int, n_records: int) -> pd.DataFrame:
    """The public table `marketing_spending`, as far as these customers go, and the truth: one row per city, month, aim.

    What a head is spent on, and what comes of it, is the same in all chunks.
    """
    plan, random = _plan(seed), stream(seed, "marketing results", chunk)
    weight = names.CITY_WEIGHTS / names.CITY_WEIGHTS.sum()
    people = np.array(pw.PEOPLE_PER_CUSTOMER)[None, None, :] * n_records * weight[:, None, None]
    n_people = 1 + random.poisson(np.broadcast_to(people, plan["per_head"].shape))
    success = random.binomial(n_people, plan["rate"])
    city, month, aim = (axis.reshape(-1) for axis in np.indices(n_people.shape))
    table = pd.DataFrame(
        {
            "city": np.array(names.CITIES, dtype=object)[city],
            "month": FIRST_DAYS[month],
            "aim": np.array(pw.AIMS, dtype=object)[aim],
            "n_people": n_people.reshape(-1),
            "spent": np.rint(n_people * plan["per_head"]).reshape(-1) / 100,
            "n_success": success.reshape(-1),
            "is_test": pd.array(FIRST_DAYS[month] >= np.datetime64(pw.TEST_FROM, "D"), dtype="boolean"),
            **{name: plan[name].reshape(-1).round(4) for name in ("floor", "ceiling", "rate")},
        }
    )
    return typed(table.sort_values(["month", "city", "aim"], ignore_index=True), ["city", "aim"])


def _plan(seed: int) -> dict[str, np.ndarray]:
    """What is spent a head, in fen, and the chances that follow: cities x months x aims."""
    random = stream(seed, "marketing plan")
    shape = (N_CITIES, N_MONTHS, len(pw.AIMS))
    goes_well = np.array(pw.CITY_SPREAD) * random.standard_normal((N_CITIES, 1, 2))
    goes_well = goes_well + np.array(pw.MONTH_SPREAD) * random.standard_normal(shape)
    usual = np.broadcast_to(np.array(pw.USUAL_SPEND, dtype=float), shape)
    spread = np.array(pw.CITY_SPREAD) + np.array(pw.MONTH_SPREAD)
    felt = pw.FOLLOWS * goes_well / spread + 0.5 * random.standard_normal(shape)
    chosen = usual * np.exp(0.6 * felt - 0.2) * (random.random(shape) >= pw.NOTHING_SHARE)
    drawn = usual * np.array(pw.TEST_LEVELS)[random.integers(len(pw.TEST_LEVELS), size=shape)]
    is_test = (FIRST_DAYS[:N_MONTHS] >= np.datetime64(pw.TEST_FROM, "D"))[None, :, None]
    per_head = np.where(is_test, drawn, chosen)
    floor, ceiling = (_shifted(np.array(rate), goes_well) for rate in (pw.FLOOR, pw.CEILING))
    reached = 1 - np.exp(-np.array(pw.STEEPNESS) * per_head)
    return {"per_head": per_head, "floor": floor, "ceiling": ceiling, "rate": floor + (ceiling - floor) * reached}


def _shifted(rate: np.ndarray, by: np.ndarray) -> np.ndarray:
    """A chance whose logit is moved."""
    return 1 / (1 + np.exp(-(np.log(rate / (1 - rate)) + by)))


def add_up(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The table of all chunks together."""
    counted = [name for name in ("n_people", "spent", "n_success") if name in parts[0]]  # the truth has shares only
    return parts[0].assign(**{name: sum(part[name] for part in parts).round(2) for name in counted})


def make_public(spending: pd.DataFrame) -> pd.DataFrame:
    return spending.drop(columns=["floor", "ceiling", "rate"])


def make_truth(spending: pd.DataFrame) -> pd.DataFrame:
    """The true chance in each city and month: with what was spent, with nothing, and with more than can be spent."""
    return spending[[*KEY, "floor", "ceiling", "rate"]].rename(columns={"rate": "chance_of_success"})
