"""The brand survey: where households buy groceries, how they see four grocers, and where they buy next."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import parameters as p
from crmlib.simulate import parameters_worth as pw
from crmlib.simulate.records import typed
from crmlib.simulate.streams import pick, stream

N_GROCERS = len(pw.GROCERS)


def make_answers(entities: pd.DataFrame, records: pd.DataFrame, seed: int, chunk: int) -> pd.DataFrame:
    """The columns of both tables: one row per respondent and grocer."""
    random = stream(seed, "brand survey", chunk)
    n = int(len(records) * pw.RESPONDENTS_PER_CUSTOMER + 0.5)
    first = records[~records["is_second"]].set_index("entity")["customer_id"]
    parts = []
    for place, day in enumerate(pw.SURVEYS):
        asked = _ask(n, place, random)
        active = _active(entities, day)
        chosen = active[random.permutation(len(active))]
        buys_here = np.flatnonzero((asked["last"] == 0) & (random.random(n) < pw.FROM_OURS))[: len(chosen)]
        ours = np.full(n, None, dtype=object)
        ours[buys_here] = first.reindex(chosen[: len(buys_here)]).to_numpy()
        numbers = chunk * p.CHUNK * len(pw.SURVEYS) + place * n + 1 + np.arange(n)
        ids = np.array([f"V{number:06d}" for number in numbers], dtype=object)
        parts.append(_long(asked, ids, ours, day))
    return pd.concat(parts, ignore_index=True)


def _active(entities: pd.DataFrame, day: str) -> np.ndarray:
    """Households that are customers on the day."""
    number = int((np.datetime64(day, "D") - p.START).astype(int))
    is_here = (entities["joined"] <= number) & (entities["left"] > number) & ~entities["never_buys"]
    return np.flatnonzero((is_here & (entities["kind"] == 0)).to_numpy())


def _ask(n: int, survey: int, random: np.random.Generator) -> dict[str, np.ndarray]:
    taste = pick(random.random(n), np.array(pw.TASTE_SHARE))
    weight = pw.WEIGHTS[taste]
    seen = pw.SEEN + survey * pw.SEEN_LATER + pw.SEEN_SPREAD * random.standard_normal((n, N_GROCERS, len(pw.DRIVERS)))
    own = pw.OWN_TASTE * random.standard_normal((n, N_GROCERS))
    liked = np.einsum("igd,id->ig", seen, weight) + own
    last = pick(random.random(n), _chances(liked))
    is_last = np.arange(N_GROCERS) == last[:, None]
    chance = _chances(liked + pw.HABIT * is_last)
    lenient = pw.LENIENCY_SPREAD * random.standard_normal(n)
    noise = pw.ANSWER_NOISE * random.standard_normal(seen.shape)
    said = seen + lenient[:, None, None] + pw.HALO * is_last[:, :, None] + noise
    empty = random.random(said.shape) < pw.NO_ANSWER
    return {
        "taste": taste,
        "last": last,
        "next": pick(random.random(n), chance),
        "chance": chance,
        "said": np.where(empty, np.nan, np.clip(np.rint(said), 1, 5)),
        "spend": np.rint(np.exp(pw.MONTHLY_SPEND[0] + pw.MONTHLY_SPEND[1] * random.standard_normal(n))) / 10,
    }


def _chances(liked: np.ndarray) -> np.ndarray:
    weight = np.exp(liked - liked.max(axis=1, keepdims=True))
    return weight / weight.sum(axis=1, keepdims=True)


def _long(asked: dict[str, np.ndarray], ids: np.ndarray, ours: np.ndarray, day: str) -> pd.DataFrame:
    n, grocer = len(ids), np.tile(np.arange(N_GROCERS), len(ids))
    who = np.repeat(np.arange(n), N_GROCERS)
    table = pd.DataFrame(
        {
            "respondent_id": ids[who],
            "survey_date": np.datetime64(day, "D"),
            "grocer": np.array(pw.GROCERS, dtype=object)[grocer],
            "customer_id": ours[who],
            "is_last": pd.array(asked["last"][who] == grocer, dtype="boolean"),
            "is_next": pd.array(asked["next"][who] == grocer, dtype="boolean"),
        }
    )
    table[list(pw.DRIVERS)] = asked["said"].reshape(len(table), len(pw.DRIVERS))
    table["monthly_spend"] = asked["spend"][who].round(0)
    table["taste"] = np.array(pw.TASTES, dtype=object)[asked["taste"][who]]
    table["chance_next"] = asked["chance"].reshape(-1).round(4)
    return table


STRINGS = ["respondent_id", "grocer", "customer_id", "taste"]


def make_public(answers: pd.DataFrame) -> pd.DataFrame:
    """The public table `brand_survey`."""
    table = answers.drop(columns=["taste", "chance_next"])
    table[list(pw.DRIVERS)] = table[list(pw.DRIVERS)].astype("Int64")
    return typed(table, STRINGS)


def make_truth(answers: pd.DataFrame) -> pd.DataFrame:
    """What nobody could ask: each respondent's taste, and the chance of each grocer."""
    return typed(answers[["respondent_id", "survey_date", "grocer", "taste", "chance_next"]].copy(), STRINGS)


def make_weights() -> pd.DataFrame:
    """What a point of each driver weighs in the choice, by taste; the same for any number of customers."""
    rows = [
        {"taste": taste, "driver": driver, "weight": weight}
        for taste, weights in zip(pw.TASTES, pw.WEIGHTS, strict=True)
        for driver, weight in zip((*pw.DRIVERS, "habit"), (*weights, pw.HABIT), strict=True)
    ]
    return typed(pd.DataFrame(rows), ["taste", "driver"])
