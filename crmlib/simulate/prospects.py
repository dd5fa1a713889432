"""Whom the sellers would win for a yearly supply contract: one row per prospect.

The contract's goods are delivered from the depot and are in no table of orders.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import contacts, names
from crmlib.simulate import parameters as p
from crmlib.simulate import parameters_prospects as pp
from crmlib.simulate.entities import day_number
from crmlib.simulate.records import typed
from crmlib.simulate.streams import pick, stream

TRAITS = ("money", "authority", "need")
FIRST, LAST = day_number(pp.FIRST_FOUND), day_number(pp.LAST_FOUND)


def make_leads(entities: pd.DataFrame, cities: np.ndarray, seed: int, chunk: int, n_records: int) -> pd.DataFrame:
    """The latent truth of the prospects, in the order in which they were found; none of it is in the company's tables.

    `cities` are the places in `names.CITIES` of the entities, -1 where their record has none. Columns: entity (row of
    `entities`; -1 of who is new), found (day), source, seller, kind and city (places), money, authority, need (traits),
    yes (chance at the best call), margin (fen, if won) and lot (the number drawn).
    """
    random = stream(seed, "prospects", chunk)
    n = int(n_records * pp.PROSPECTS_PER_CUSTOMER + 0.5)
    joined = entities["joined"].to_numpy()
    earliest = np.maximum(joined + pp.OLD_AFTER, FIRST)
    is_known = (entities["kind"] > 0).to_numpy() & ~entities["never_buys"].to_numpy() & (earliest <= LAST)
    old = np.flatnonzero(is_known & (random.random(len(entities)) < pp.OLD_CALLED))[:n]
    entity = np.concatenate([old, np.full(n - len(old), -1)])
    is_old, first = entity >= 0, np.where(entity >= 0, earliest[entity], FIRST)
    found = first + np.floor(random.random(n) * (LAST + 1 - first)).astype(int)
    later = (found >= day_number(pp.DRIFT_FROM)).astype(int)
    shares = np.array([source[2:4] for source in pp.SOURCES])
    weights = shares.T[is_old.astype(int)] * np.array([source[4] for source in pp.SOURCES]) ** later[:, None]
    leads = pd.DataFrame(
        {
            "entity": entity,
            "found": found,
            "source": pick(random.random(n), weights),
            "seller": pick(random.random(n), pp.SELLER_WEIGHTS),
            "kind": np.where(is_old, entities["kind"].to_numpy()[entity], pick(random.random(n), pp.KIND_SHARE)),
            "city": np.where(
                is_old & (cities[entity] >= 0), cities[entity], pick(random.random(n), names.CITY_WEIGHTS)
            ),
            "tie": random.random(n),
        }
    )
    leads[list(TRAITS)] = _traits(leads, entities, later, random.standard_normal((n, 3)))
    leads["yes"] = _chance(leads, later)
    spread = pp.MARGIN_WITH_MONEY * leads["money"] + pp.MARGIN_SPREAD * random.standard_normal(n)
    leads["margin"] = np.rint(pp.MARGIN[leads["kind"]] * np.exp(spread)).astype(np.int64)
    leads["lot"] = random.random(n)
    return leads.sort_values(["found", "tie"], ignore_index=True).drop(columns="tie")


def _traits(leads: pd.DataFrame, entities: pd.DataFrame, later: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """Money, authority and need: of the new by where they were found, of the old by what they bought."""
    shifts = np.array([source[5] for source in pp.SOURCES])[leads["source"]]
    shifts[:, 2] += np.array([source[6] for source in pp.SOURCES])[leads["source"]] * later
    new = np.array(pp.NEW_MEANS) + shifts + noise
    who = entities.iloc[leads["entity"]]  # the last of them where there is none; not used there
    size = np.log(who["size"].to_numpy()) / p.SIZE_SPREAD
    orders = np.log(np.maximum(who["orders_per_year"].to_numpy(), 0.1) / pp.USUAL_ORDERS)
    is_gone = (who["left"].to_numpy() < leads["found"].to_numpy()).astype(float)
    need = pp.OLD_NEED + pp.OLD_NEED_BY_ORDERS * orders - pp.OLD_GONE * is_gone + pp.OLD_NEED_SPREAD * noise[:, 2]
    old = np.column_stack(
        [
            pp.OLD_MONEY + pp.OLD_MONEY_BY_SIZE * size + pp.OLD_MONEY_SPREAD * noise[:, 0],
            pp.OLD_AUTHORITY + pp.OLD_AUTHORITY_SPREAD * noise[:, 1],
            need,
        ]
    )
    return np.where((leads["entity"] >= 0).to_numpy()[:, None], old, new)


def _chance(leads: pd.DataFrame, later: np.ndarray) -> np.ndarray:
    """The chance of a yes at the best call. Whether somebody is a customer already is not in it."""
    total = np.zeros(len(leads))
    both = (leads["need"] * leads["authority"]).to_numpy()
    parts = {"start": 1.0, **{name: leads[name].to_numpy() for name in TRAITS}, "need and authority": both}
    for name, part in parts.items():
        total += np.where(later == 1, pp.YES_LATER[name], pp.YES[name]) * part
    return 1 / (1 + np.exp(-total))


def called_on(leads: pd.DataFrame) -> np.ndarray:
    """What the lot said: 1 called on, 0 as usual, -1 no lot was drawn."""
    between = leads["found"].between(day_number(pp.LOT_FROM), day_number(pp.LOT_TO)).to_numpy()
    drawn = between & (leads["city"] == names.CITIES.index(pp.LOT_CITY)).to_numpy()
    return np.where(drawn, (leads["lot"] < pp.LOT_SHARE).astype(int), -1)


def make_prospects(
    leads: pd.DataFrame, ends: pd.DataFrame, customers: pd.DataFrame, first_record: np.ndarray, seed: int, chunk: int
) -> pd.DataFrame:
    """The public table `prospects`; `first_record` is the row of `customers` of each entity, `ends` how it ended."""
    random = stream(seed, "prospect cards", chunk)
    n, is_old = len(leads), (leads["entity"] >= 0).to_numpy()
    chance = random.random((n, 6))
    made = [
        names.make_organisation(p.KINDS[kind], names.CITIES[city], row)["name"]
        for kind, city, row in zip(leads["kind"], leads["city"], chance, strict=True)
    ]
    record = customers.iloc[first_record[leads["entity"]]]
    is_won, won_day = (ends["outcome"] == "won").to_numpy(), ends["day"].to_numpy().astype("timedelta64[D]")
    table = pd.DataFrame(
        {
            "prospect_id": prospect_ids(n, chunk),
            "name": np.where(is_old, record["name"].to_numpy(), made),
            "industry": np.array(p.KINDS, dtype=object)[leads["kind"]],
            "city": np.array(names.CITIES, dtype=object)[leads["city"]],
            "found_date": p.START + leads["found"].to_numpy().astype("timedelta64[D]"),
            "source": np.array([source[0] for source in pp.SOURCES], dtype=object)[leads["source"]],
            "seller": np.array(pp.SELLERS, dtype=object)[leads["seller"]],
            "is_old_customer": pd.array(is_old, dtype="boolean"),
            "customer_id": np.where(is_old, record["customer_id"].to_numpy(), None),
            **_scores(leads, random),
            "lot": np.array(["as usual", "called on", None], dtype=object)[called_on(leads)],
            "outcome": ends["outcome"],
            "converted_date": np.where(is_won, p.START + won_day, np.datetime64("NaT", "D")),
            "order_margin": np.where(is_won, leads["margin"] / 100, np.nan),
        }
    )
    strings = ["prospect_id", "name", "industry", "city", "source", "seller", "customer_id", "lot", "outcome"]
    return typed(table, strings)


def prospect_ids(n: int, chunk: int) -> np.ndarray:
    return np.array([f"Q{chunk * p.CHUNK + 1 + place:06d}" for place in range(n)], dtype=object)


def _scores(leads: pd.DataFrame, random: np.random.Generator) -> dict[str, np.ndarray]:
    """What the seller wrote down before the first call: the traits with noise, in steps; some left empty."""
    n, is_old = len(leads), (leads["entity"] >= 0).to_numpy()
    is_list = (leads["source"] == [source[0] for source in pp.SOURCES].index("bought list")).to_numpy()
    scores = {}
    for name, noise, empty in zip(TRAITS, pp.SCORE_NOISE, pp.SCORE_EMPTY, strict=True):
        felt = leads[name].to_numpy() + noise * np.where(is_old, pp.SCORE_NOISE_OLD, 1) * random.standard_normal(n)
        points = pp.SCORE_MIDDLE + pp.SCORE_UNIT * felt + pp.SELLER_LENIENCY[leads["seller"]]
        written = np.clip(np.rint(points / pp.SCORE_STEP) * pp.SCORE_STEP, 0, 100)
        is_empty = random.random(n) < empty * np.where(is_list, pp.SCORE_EMPTY_LIST, 1)
        scores[f"{name}_score"] = np.where(is_empty, np.nan, written)
    return scores


def make_truth(leads: pd.DataFrame, chunk: int) -> pd.DataFrame:
    """What no seller knows: one row per prospect, in the order of `prospects`."""
    never = 1 - contacts.yes_by_call(leads["yes"].to_numpy())
    spread = pp.MARGIN_WITH_MONEY * leads["money"] + pp.MARGIN_SPREAD**2 / 2
    truth = pd.DataFrame(
        {
            "prospect_id": prospect_ids(len(leads), chunk),
            **{name: leads[name].round(4) for name in TRAITS},
            "chance_per_call": leads["yes"].round(4),
            "chance_in_twelve": (1 - never.prod(axis=1)).round(4),
            "expected_margin": (pp.MARGIN[leads["kind"]] * np.exp(spread) / 100).round(2),
        }
    )
    return typed(truth, ["prospect_id"])
