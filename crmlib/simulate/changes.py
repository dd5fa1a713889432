"""What changes about a customer and when we learn it: one row per fact.

customers.csv keeps what was typed when the record was made; these are the facts since.
Who has left tells us nothing more, and of those who stay some never do.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import names
from crmlib.simulate import parameters as p
from crmlib.simulate import parameters_facts as pf
from crmlib.simulate.records import typed
from crmlib.simulate.streams import stream

FIELDS = ("address", "phone", "job", "contact person")


def make_facts(
    entities: pd.DataFrame, records: pd.DataFrame, customers: pd.DataFrame, seed: int, chunk: int
) -> pd.DataFrame:
    """Every fact: customer_id, field, field_value, day (it holds from) and written (day; far below 0: never told)."""
    random = stream(seed, "changes", chunk)
    first = np.flatnonzero(~records["is_second"].to_numpy())
    who = entities.iloc[records["entity"].to_numpy()[first]].reset_index(drop=True)
    n, registered = len(first), records["registered"].to_numpy()[first]
    unrest = random.gamma(pf.UNREST_SHAPE, 1 / pf.UNREST_SHAPE, n)
    is_person = (who["kind"] == 0).to_numpy()
    parts = []
    for field in FIELDS:
        people, organisations = (pf.CHANGES[kind].get(field, 0.0) for kind in pf.CHANGES)
        rate = np.where(is_person, people, organisations) * unrest / p.DAYS_PER_YEAR
        gaps = random.standard_exponential((n, pf.MOST_CHANGES)) / np.maximum(rate, 1e-12)[:, None]
        day = registered[:, None] + np.cumsum(1 + np.floor(np.minimum(gaps, 1e6)), axis=1)
        told = random.random((n, pf.MOST_CHANGES)) < pf.TOLD
        written = day + 1 + np.floor(pf.TOLD_DAYS * random.standard_exponential((n, pf.MOST_CHANGES)))
        chance = random.random((n, pf.MOST_CHANGES + 1, 7))
        last = np.minimum(who["left"].to_numpy(), p.N_DAYS - 1)[:, None]
        place, number = np.nonzero(day < p.N_DAYS)
        is_known = (told & (written <= last))[place, number]
        parts.append(_rows(field, first[place], day[place, number], np.where(is_known, written[place, number], -1e6)))
        parts[-1]["field_value"] = _values(field, first[place], customers, is_person[place], chance[place, number])
        start = _starts(field, first, registered, customers, is_person, chance[:, -1])
        parts.append(start)
    facts = pd.concat(parts, ignore_index=True).sort_values(["row", "field", "day"], ignore_index=True)
    before = facts[["row", "field", "field_value"]].shift()
    facts = facts[
        (facts[["row", "field", "field_value"]] != before).any(axis=1)
    ]  # a new job of the same name is no news
    facts["customer_id"] = customers["customer_id"].to_numpy()[facts["row"]]
    return facts


def _rows(field: str, row: np.ndarray, day: np.ndarray, written: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"row": row, "field": field, "day": day.astype(int), "written": written.astype(int)})


def _starts(
    field: str, row: np.ndarray, registered: np.ndarray, customers: pd.DataFrame, is_person: np.ndarray, chance
) -> pd.DataFrame:
    """What was known when the record was made."""
    if field in customers.columns:
        value = customers[field].to_numpy(dtype=object)[row]
        is_there = customers[field].notna().to_numpy()[row]
    else:
        is_job = field == "job"
        is_there = (is_person == is_job) & (chance[:, 6] < (pf.JOB_KNOWN if is_job else pf.CONTACT_KNOWN))
        value = _values(field, row, customers, is_person, chance)
    start = _rows(field, row, registered, registered)
    start["field_value"] = value
    return start[is_there]


def _values(field: str, row: np.ndarray, customers: pd.DataFrame, is_person: np.ndarray, chance) -> np.ndarray:
    """New values from 7 uniform numbers each."""
    if field == "job":
        return np.array([pf.JOBS[int(one[0] * len(pf.JOBS))] for one in chance], dtype=object)
    if field == "phone":
        return np.array([names.write_phone(names.make_phone(one[0]), one[1]) for one in chance], dtype=object)
    if field == "contact person":
        people = names.make_people(chance[:, :6], chance[:, 5] < p.FEMALE_SHARE) if len(chance) else []
        return np.array([person["name"] for person in people], dtype=object)
    city = customers["city"].fillna(names.CITIES[0]).to_numpy()[row]
    made = [
        names.write_address(names.make_address(one[:4], person), place, one[4])
        for one, person, place in zip(chance, is_person, city, strict=True)
    ]
    return np.array(made, dtype=object)


def make_changes(facts: pd.DataFrame) -> pd.DataFrame:
    """The public table `customer_changes`: what was written down, in the order in which it was."""
    return _table(facts[facts["written"] > -1e6], recorded=True)


def make_truth(facts: pd.DataFrame) -> pd.DataFrame:
    """The changes of which nobody told us, up to the last day."""
    return _table(facts[facts["written"] <= -1e6], recorded=False)


def _table(facts: pd.DataFrame, *, recorded: bool) -> pd.DataFrame:
    order = ["written", "customer_id", "field", "day"]
    facts = facts.sort_values(order, ignore_index=True)
    table = facts[["customer_id", "field", "field_value"]].copy()
    table["valid_from"] = p.START + facts["day"].to_numpy().astype("timedelta64[D]")
    if recorded:
        table["recorded_date"] = p.START + facts["written"].to_numpy().astype("timedelta64[D]")
    return typed(table, ["customer_id", "field", "field_value"])
