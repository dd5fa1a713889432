"""Who pays, who uses and for what: one row per record of a list, customers and some who are none.

Some cases are planted in which rules disagree: a canteen that sells to people from
outside, a shop owner who takes goods home, staff who buy.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import parameters as p
from crmlib.simulate import parameters_facts as pf
from crmlib.simulate.records import typed
from crmlib.simulate.streams import pick, stream

OWN, RESALE, INSIDE, PUBLIC, AGENT = "own use", "resale", "used in the organisation", "public service", "for others"
CONSUMER, ENTERPRISE, BETWEEN, WELFARE = "consumer", "enterprise", "intermediary", "public-benefit"
# A word in the name of an organisation, what kind it is, and whom it is for.
NAMED = (
    ("小学", "school", "pupils"),
    ("中学", "school", "pupils"),
    ("幼儿园", "school", "pupils"),
    ("医院", "hospital", "staff"),
    ("养老院", "nursing home", "residents"),
    ("培训中心", "training center", "trainees"),
)
OF_ONE_OWNER = ("记", "老", "阿", "家小厨", "氏")  # in the name of a shop or restaurant


def make_labels(
    entities: pd.DataFrame, records: pd.DataFrame, customers: pd.DataFrame, seed: int, chunk: int
) -> pd.DataFrame:
    """One row per record with the columns of both tables, the public one and the truth."""
    random = stream(seed, "roles", chunk)
    who, n = records["entity"].to_numpy(), len(entities)
    first = np.flatnonzero(~records["is_second"].to_numpy())
    name = pd.Series(customers["name"].to_numpy()[first], index=records["entity"].to_numpy()[first]).sort_index()
    chance = random.random((n, 5))
    makers = (_household, _restaurant, _shop, _firm, _institution)
    made = [
        makers[kind](str(text), *row) for kind, text, row in zip(entities["kind"], name, chance[:, :4], strict=True)
    ]
    labels = pd.DataFrame(made).iloc[who].reset_index(drop=True)
    labels.insert(0, "customer_id", records["customer_id"].to_numpy())
    labels.insert(1, "listed_in", "customers")
    for column, chances in (("pays", random.random(len(who))), ("uses", random.random(len(who)))):
        labels[column] = labels[column].where(chances >= pf.FIELD_EMPTY)
    return pd.concat([labels, _others(len(who), chunk, random)], ignore_index=True)


def _row(pays: str, uses: str, purpose: str, kind: str, **more) -> dict:
    usual = {"second_purpose": None, "organisation_kind": None, "is_staff": False, "is_supplier": False, "case": None}
    return {"pays": pays, "uses": uses, "purpose": purpose, "customer_kind": kind} | usual | more


def _household(_: str, chance: float, pays: float, uses: float, is_staff: float) -> dict:
    payer, user = (
        list(shares)[int(pick(np.array([one]), np.array(list(shares.values())))[0])]
        for one, shares in ((pays, pf.HOUSEHOLD_PAYS), (uses, pf.HOUSEHOLD_USES))
    )
    if chance < pf.AGENT_SHARE:
        return _row("neighbors", "neighbors", AGENT, BETWEEN, second_purpose=OWN, case="orders for neighbors")
    if chance < pf.AGENT_SHARE + pf.STALL_SHARE:
        return _row("self", "family", OWN, CONSUMER, second_purpose=RESALE, case="resells a part")
    if is_staff < pf.STAFF_SHARE:
        return _row(payer, user, OWN, CONSUMER, is_staff=True, case="staff who buy")
    return _row(payer, user, OWN, CONSUMER)


def _restaurant(name: str, chance: float, *_: float) -> dict:
    kind = "sole trader" if any(word in name for word in OF_ONE_OWNER) else "company"
    more = {"organisation_kind": kind}
    if chance < pf.COUNTER_SHARE:
        more |= {"second_purpose": RESALE, "case": "sells over the counter, too"}
    return _row("organisation", "guests", INSIDE, ENTERPRISE, **more)


def _shop(name: str, chance: float, supplies: float, *_: float) -> dict:
    kind = "sole trader" if any(word in name for word in OF_ONE_OWNER) else "company"
    more = {"organisation_kind": kind}
    if kind == "sole trader" and chance < pf.HOME_SHARE:
        more |= {"second_purpose": OWN, "case": "owner who buys for home"}
    elif supplies < pf.SUPPLIER_SHARE:
        more |= {"is_supplier": True, "case": "supplier who buys"}
    return _row("organisation", "their customers", RESALE, BETWEEN, **more)


def _firm(name: str, chance: float, supplies: float, *_: float) -> dict:
    more = {"organisation_kind": "company"}
    if chance < pf.STAFF_SALE_SHARE:
        more |= {"second_purpose": RESALE, "case": "sells on to staff"}
    elif supplies < pf.SUPPLIER_SHARE:
        more |= {"is_supplier": True, "case": "supplier who buys"}
    uses = "business partners" if chance > 1 - pf.GIFT_SHARE else "staff"
    return _row("organisation", uses, INSIDE, ENTERPRISE, **more)


def _institution(name: str, chance: float, is_private: float, *_: float) -> dict:
    kind, uses = next(((kind, uses) for word, kind, uses in NAMED if word in name), ("school", "pupils"))
    more = {"organisation_kind": kind}
    if kind == "training center":
        return _row("organisation", uses, INSIDE, ENTERPRISE, **more, case="business with a public name")
    if kind == "nursing home" and is_private < pf.PRIVATE_HOME_SHARE:
        return _row("families", uses, INSIDE, ENTERPRISE, **more, case="private nursing home")
    if "食堂" in name and chance < pf.CANTEEN_RESELLS:
        more |= {"second_purpose": RESALE, "case": "canteen that resells"}
    return _row("public budget", uses, PUBLIC, WELFARE, **more)


def _others(n_records: int, chunk: int, random: np.random.Generator) -> pd.DataFrame:
    """Staff and suppliers in our lists, who are no customers."""
    n = int(n_records * pf.OTHERS_SHARE + 0.5)
    is_staff = random.random(n) < pf.OTHERS_STAFF
    rows = [
        _row(None, None, None, "no customer", is_staff=bool(staff), is_supplier=not staff)
        | {"organisation_kind": None if staff else "company", "listed_in": "staff" if staff else "suppliers"}
        for staff in is_staff
    ]
    others = pd.DataFrame(rows, columns=["listed_in", *_row("", "", "", "")])
    others.insert(0, "customer_id", [f"N{chunk * p.CHUNK + 1 + place:06d}" for place in range(n)])
    return others


PUBLIC_COLUMNS = ["customer_id", "listed_in", "pays", "uses", "purpose", "second_purpose", "organisation_kind"]


def make_roles(labels: pd.DataFrame) -> pd.DataFrame:
    """The public table `customer_roles`."""
    table = labels[[*PUBLIC_COLUMNS, "is_staff", "is_supplier"]].astype(
        {"is_staff": "boolean", "is_supplier": "boolean"}
    )
    return typed(table, PUBLIC_COLUMNS)


def make_truth(labels: pd.DataFrame) -> pd.DataFrame:
    """What each record was made as, and which cases were planted."""
    table = labels[["customer_id", "customer_kind", "case"]].copy()
    table.insert(2, "is_ambiguous", labels["case"].notna().to_numpy())
    return typed(table, ["customer_id", "customer_kind", "case"])
