"""Which records of customers may be the same customer twice: found before anything is masked, told without a name.

The pairs travel as a table beside the others, `RECORD_PAIRS`: numbers of customers, weights, and which fields agree.
No value of a record is in it, so that it may be shown where names and telephone numbers may not.
"""

from __future__ import annotations

import pandas as pd

from crmlib import identity
from crmlib.intake.personal import judge_column
from crmlib.tables import CUSTOMERS, RECORD_PAIRS

FIELDS = ("name", "phone", "email", "address", "birth_date")
OF_NUMBERS = {"name": "name", "telephone": "phone", "email": "email"}  # what a customer's number may be
MOST_RECORDS = 300_000  # 100,000 take some ten seconds and 0.6 GB (benchmarks/linkage.py); a run must not stand still
LIKELY = 0.5  # from here on a pair is more likely one customer than two


def find_pairs(customers: pd.DataFrame, shown: pd.Series | None = None) -> pd.DataFrame | None:
    """The pairs of records that a person should look at, the most certain first.

    These are the pairs that are more likely one customer than two; and those that agree and differ in nothing, where
    too little is known to call them likely (a list of names alone, a list of a few people, two records that have
    nothing but the telephone number in common). Of a number that stands in several records the first is compared.

    When something else is right: `identity.link_records`, for other fields, or for all pairs that were compared.

    Parameters
    ----------
    customers : DataFrame
        Records with what is personal, as `tables.CUSTOMERS` says.
    shown : Series, optional
        The numbers of the same records as they may be shown, by row; those of `customers` if None.

    Returns
    -------
    DataFrame or None
        One row per pair: id_left, id_right, weight, probability, is_likely, and the outcome in each field (agree,
        nearly, differ, missing). None where there are fewer than two records, more than `MOST_RECORDS`, or nothing to
        compare them by.

    Examples
    --------
    >>> names, phones = ["Ann Lee", "Bob Ray", "Lee, Ann"], ["1544108", "1544109", "154-4108"]
    >>> found = find_pairs(pd.DataFrame({"customer_id": ["1", "2", "3"], "name": names, "phone": phones}))
    >>> found[["id_left", "id_right", "is_likely", "name", "phone"]]
      id_left id_right  is_likely    name  phone
    0       1        3      False  nearly  agree
    """
    records = customers.drop_duplicates("customer_id")
    kind = judge_column(records["customer_id"], is_customer=True)
    if kind in OF_NUMBERS and OF_NUMBERS[kind] not in records:  # a shop's customers may be known by their e-mail
        records = records.assign(**{OF_NUMBERS[kind]: records["customer_id"]})
    fields = [name for name in FIELDS if name in records and records[name].notna().any()]
    if not fields or not 2 <= len(records) <= MOST_RECORDS:
        return None
    pairs = identity.link_records(records.set_index("customer_id")[fields]).drop(columns="found_by")
    pairs.insert(4, "is_likely", pairs["probability"] >= LIKELY)
    pairs = pairs[pairs["is_likely"] | _have_nothing_against(pairs[fields])].reset_index(drop=True)
    if shown is not None:
        numbers = pd.Series(shown.to_numpy(), index=customers["customer_id"].to_numpy())
        numbers = numbers[~numbers.index.duplicated()]
        for side in ("id_left", "id_right"):
            pairs[side] = pairs[side].map(numbers).astype("str")
    return pairs


def _have_nothing_against(fields: pd.DataFrame) -> pd.Series:
    """The pairs that differ in nothing and agree in something; where there is one field only, nearly is enough."""
    outcomes = fields.astype("str")
    enough = ["agree", "nearly"] if outcomes.shape[1] == 1 else ["agree"]
    return (outcomes != "differ").all(axis=1) & outcomes.isin(enough).any(axis=1)


def add_pairs(tables: dict[str, pd.DataFrame], shown: dict[str, pd.DataFrame] | None = None) -> dict[str, pd.DataFrame]:
    """The tables as they may be `shown`, with the pairs of the customers' records if there are some to compare.

    Examples
    --------
    >>> customers = pd.DataFrame({"customer_id": ["1", "2"], "phone": ["1544108", "1544108"]})
    >>> hidden = {"customers": customers.assign(phone="1***")}
    >>> add_pairs({"customers": customers}, hidden)["record_pairs"][["id_left", "id_right", "phone"]]
      id_left id_right  phone
    0       1        2  agree
    """
    shown = tables if shown is None else shown
    if CUSTOMERS.name not in tables:
        return shown
    pairs = find_pairs(tables[CUSTOMERS.name], shown[CUSTOMERS.name]["customer_id"])
    return shown if pairs is None else {**shown, RECORD_PAIRS.name: pairs}
