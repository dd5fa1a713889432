"""The customer records: what clerks and web forms made of the people and firms."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import names
from crmlib.simulate import parameters as p
from crmlib.simulate.streams import pick, stream


def n_duplicates(n_records: int) -> int:
    """How many of the records are the second of somebody."""
    return int(n_records * p.DUPLICATE_SHARE + 0.5)


def make_records(entities: pd.DataFrame, seed: int, chunk: int, n_records: int) -> pd.DataFrame:
    """Who has which record: one row per record, in the order of customer_id.

    Columns: customer_id, entity (row of `entities`), is_second, registered (day),
    share (of the orders that go to this record once it is there; 1 for a first record).
    """
    random = stream(seed, "records", chunk)
    n = len(entities)
    # Who is met more often is entered twice more often: a draw without replacement, weighted.
    weight = np.where(entities["never_buys"], 0.05, 2.0 + entities["orders_per_year"])
    second = np.sort(np.argsort(random.standard_exponential(n) / weight)[: n_records - n])
    joined = entities["joined"].to_numpy()
    last = np.minimum(entities["left"].to_numpy(), p.N_DAYS - 1)[second]
    earliest = np.minimum(np.maximum(joined[second], 0) + p.SECOND_AFTER, p.N_DAYS - 1)
    wait = random.random(len(second)) ** p.SECOND_EARLY * np.maximum(last - earliest, 0)
    made = earliest + np.floor(wait).astype(int)
    least, most = p.SECOND_ORDERS
    share = least + (most - least) * random.random(len(second))
    records = pd.DataFrame(
        {
            "entity": np.concatenate([np.arange(n), second]),
            "is_second": np.repeat([False, True], [n, len(second)]),
            "registered": np.concatenate([joined, made]),
            "share": np.concatenate([np.ones(n), share]),
            "tie": random.random(n + len(second)),
        }
    )
    records = records.sort_values(["registered", "tie"], ignore_index=True).drop(columns="tie")
    numbers = chunk * p.CHUNK + 1 + np.arange(len(records))
    return records.assign(customer_id=[f"C{number:06d}" for number in numbers])


def make_customers(entities: pd.DataFrame, records: pd.DataFrame, seed: int, chunk: int) -> pd.DataFrame:
    """The public table `customers`: one row per record, as typed in."""
    random = stream(seed, "customers", chunk)
    n = len(entities)
    kind = entities["kind"].to_numpy()
    is_female = random.random(n) < p.FEMALE_SHARE
    people = names.make_people(random.random((n, 6)), is_female)
    city_of = [names.CITIES[place] for place in pick(random.random(n), names.CITY_WEIGHTS)]
    chance = random.random((n, 6))
    for row in np.flatnonzero(kind > 0):
        people[row] = names.make_organisation(p.KINDS[kind[row]], city_of[row], chance[row])
    phones = [names.make_phone(number) for number in random.random(n)]
    mail = [
        names.make_mail(person["reading"], *numbers)
        for person, numbers in zip(people, random.random((n, 3)), strict=True)
    ]
    addresses = [names.make_address(numbers, kind[row] == 0) for row, numbers in enumerate(random.random((n, 4)))]
    youngest, oldest, *shapes = p.AGES
    ages = youngest + (oldest - youngest) * random.beta(*shapes, n)
    days_old = np.ceil(ages * p.DAYS_PER_YEAR).astype(int)
    born = p.START + (entities["joined"].to_numpy() - days_old).astype("timedelta64[D]")

    writing, lost = random.random((len(records), 4)), random.random((len(records), 6))
    spoiled, changed = random.random((len(records), 4)), random.random((len(records), 8))
    rows = []
    for place, (entity, again) in enumerate(zip(records["entity"], records["is_second"], strict=True)):
        person, is_person = people[entity], kind[entity] == 0
        row = {
            "name": person["name"],
            "phone": names.write_phone(phones[entity], writing[place, 0]),
            "email": mail[entity],
            "address": names.write_address(addresses[entity], city_of[entity], writing[place, 1]),
            "city": city_of[entity],
            "birth_date": str(born[entity]) if is_person else None,
            "industry": None if is_person else p.KINDS[kind[entity]],
        }
        if again:
            row |= _second(row, person, phones[entity], spoiled[place], changed[place], is_person, is_female[entity])
        for field, gone in zip(p.EMPTY, lost[place], strict=True):
            if gone < p.EMPTY[field]:
                row[field] = None
        rows.append(row)
    table = pd.DataFrame(rows, columns=["name", *p.EMPTY])
    kinds = np.where(kind[records["entity"]] == 0, "person", "organisation")
    table.insert(0, "customer_id", records["customer_id"].to_numpy())
    table.insert(1, "customer_type", kinds)
    table["birth_date"] = pd.to_datetime(table["birth_date"], format="%Y-%m-%d")
    table["registered_date"] = p.START + records["registered"].to_numpy().astype("timedelta64[D]")
    table["referred_by"] = _referred_by(entities, records, seed, chunk)
    return typed(table, [name for name in table.columns if not name.endswith("_date")])


def _second(
    row: dict,
    person: dict,
    phone: str,
    spoiled: np.ndarray,
    changed: np.ndarray,
    is_person: bool,
    is_female: bool,
) -> dict:
    """What is written otherwise in a second record; mostly one or two things."""
    other = {"name": names.misspell(person, spoiled[0], changed[0], is_person, is_female)}
    if spoiled[1] < p.WRONG_DIGIT:  # a digit is wrong, never one of the first three
        place = 3 + int(changed[1] * 8)
        wrong = phone[:place] + str((int(phone[place]) + 1 + int(changed[2] * 9)) % 10) + phone[place + 1 :]
        other["phone"] = names.write_phone(wrong, changed[3])
    elif spoiled[1] < p.WRONG_DIGIT + p.OTHER_PHONE:
        other["phone"] = names.write_phone(names.make_phone(changed[1]), changed[3])
    if spoiled[2] < p.OTHER_MAIL:
        other["email"] = names.make_mail(person["reading"], *changed[4:7])
    if spoiled[3] < p.OTHER_ADDRESS:  # moved, or another branch
        moved = names.make_address(changed[[1, 3, 5, 7]], is_person)
        other["address"] = names.write_address(moved, row["city"], changed[0])
    if is_person and changed[7] < p.OTHER_BIRTH_DATE:  # day for month where that gives a date, else a wrong year
        year, month, day = row["birth_date"].split("-")
        other["birth_date"] = f"{year}-{day}-{month}" if int(day) <= 12 else f"{int(year) - 1}-{month}-28"
    return other


def _referred_by(entities: pd.DataFrame, records: pd.DataFrame, seed: int, chunk: int) -> pd.Series:
    """Who recommended us: an earlier customer, and few recommend to many."""
    random = stream(seed, "referrals", chunk)
    before = records["registered"].to_numpy() < 0
    share = np.where(before, p.REFERRED_BEFORE, p.REFERRED_SHARE)
    referred = (random.random(len(records)) < share) & ~records["is_second"].to_numpy()
    weight = entities["advocacy"].to_numpy()[records["entity"]] * ~records["is_second"].to_numpy()
    total = np.cumsum(weight)
    registered = records["registered"].to_numpy()
    earlier = np.searchsorted(registered, registered, side="left")  # records made on days before
    known = np.concatenate([[0.0], total])[earlier]
    place = np.searchsorted(total, random.random(len(records)) * known, side="right")
    found = records["customer_id"].to_numpy()[np.minimum(place, len(records) - 1)]
    return pd.Series(np.where(referred & (known > 0), found, None), dtype="str")


def make_truth(entities: pd.DataFrame, records: pd.DataFrame, chunk: int) -> pd.DataFrame:
    """What a real company never knows: one row per record, in the order of `customers`."""
    who = entities.iloc[records["entity"]].reset_index(drop=True)
    first = records[~records["is_second"]].set_index("entity")["customer_id"]
    is_second = records["is_second"].to_numpy()
    gone = (who["left"] < p.N_DAYS).to_numpy()
    left = np.where(gone, np.minimum(who["left"], p.N_DAYS), 0).astype("timedelta64[D]")
    truth = pd.DataFrame(
        {
            "customer_id": records["customer_id"],
            "entity_id": [f"E{chunk * p.CHUNK + 1 + entity:06d}" for entity in records["entity"]],
            "is_duplicate_of": np.where(is_second, first.loc[records["entity"]].to_numpy(), None),
            "segment": [p.SEGMENTS[place].name for place in who["segment"]],
            "active_from": p.START + who["joined"].to_numpy().astype("timedelta64[D]"),
            "left_date": np.where(gone, p.START + left, np.datetime64("NaT", "D")),
            "leaving": np.where(gone, np.where(who["is_fading"], "fading", "sudden"), None),
            "orders_per_year": who["orders_per_year"],
            "size": who["size"],
            "discount_percent": who["discount"],
            "demanding": who["demanding"],
            "yearly_trend": who["trend"],
            "is_large": who["is_large"],
            "is_deal_prone": who["is_deal_prone"],
            "never_buys": who["never_buys"],
            "share_of_orders": records["share"].round(4),
        }
    )
    return typed(truth, ["customer_id", "entity_id", "is_duplicate_of", "segment", "leaving"])


def typed(table: pd.DataFrame, strings: list[str]) -> pd.DataFrame:
    """Text as pandas' string type, days and minutes as datetime64 in microseconds."""
    for column in table.columns:
        if column in strings:
            table[column] = table[column].astype("str")
        elif table[column].dtype.kind == "M":
            table[column] = table[column].astype("datetime64[us]")
    return table
