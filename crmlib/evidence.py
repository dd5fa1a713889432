"""What two records that agree say: the chances of each outcome, learned from the records, and their weight in bits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from crmlib import engine, require

LARGEST_BLOCK = 1000  # records that share a key: more are a default typed in, or a value that says little


def agreement_weight(m: float, u: float) -> float:
    r"""What one outcome of one field says, in bits: :math:`\log_2(m/u)`, the weight of Fellegi and Sunter.

    One bit doubles the odds that two records are one person's, minus one halves them, zero says nothing. The weight
    of a disagreement is that of the chances of disagreeing, 1 - m and 1 - u.

    Parameters
    ----------
    m, u : float
        The chance of the outcome between two records of one person, and between two of strangers; above 0, at most 1.

    Returns
    -------
    float
        Bits; no limit on either side.

    Raises
    ------
    ValueError
        m or u is no chance, or 0: what cannot be between strangers would prove, and no field does.

    References
    ----------
    Fellegi & Sunter (1969), doi:10.1080/01621459.1969.10501049.

    Examples
    --------
    >>> round(agreement_weight(0.95, 0.01), 4), round(agreement_weight(1 - 0.95, 1 - 0.01), 4)
    (6.5699, -4.3074)
    """
    for value, name in ((m, "m"), (u, "u")):
        require.share(value, name)
        require.number(value, name, above=0, example=0.01)
    return float(np.log2(m) - np.log2(u))


def estimate_chances(
    records: pd.DataFrame,
    *,
    fields: Mapping[str, str] | None = None,
    block_on: Sequence[str | Sequence[str]] | None = None,
    between: str | None = None,
    largest_block: int = LARGEST_BLOCK,
) -> pd.DataFrame:
    """How often each field agrees, nearly agrees or differs between records of one person, and between strangers.

    Nobody says which pairs are one person: u is counted among all pairs, and m comes from the pairs that a rule
    finds, split in two kinds by expectation and maximization (EM). What a rule finds agrees in its own fields by
    construction, so it teaches the others only; a field that no rule leaves free keeps a guess, .9 for agreement.

    When something else is right: pairs that somebody has looked at, if they were drawn by lot. In a file of a few
    records, or with hardly a duplicate, EM has nothing to learn from: give chances of your own.

    Parameters
    ----------
    records : DataFrame
        One row per record, its id in the column customer_id or else in the index.
    fields : mapping of str to str, optional
        The columns to compare, each with its kind, as in `identity.link_records`.
    block_on : sequence of str or sequences of str, optional
        The rules by which pairs are found, as in `identity.link_records`.
    between : str, optional
        A column: only records that differ in it are compared.
    largest_block : int
        A key that more records share finds no pair.

    Returns
    -------
    DataFrame
        One row per field and outcome (index `field`, `outcome`: agree, nearly, differ): m, u and weight, in bits. m and
        u of a field add up to 1, missing values apart; a category is never nearly the same.

    Raises
    ------
    ValueError
        As `identity.link_records`.

    Examples
    --------
    >>> from crmlib import datasets
    >>> records = datasets.load_febrl().set_index("record_id")
    >>> fields = {"surname": "text", "postcode": "code", "birth_date": "date"}
    >>> estimate_chances(records, fields=fields).loc["birth_date"].round({"m": 2, "u": 5, "weight": 1})
                m        u  weight
    outcome
    agree    0.94  0.00003    14.9
    nearly   0.01  0.00099     3.7
    differ   0.05  0.99898    -4.3
    """
    plan = engine.plan_linkage(records, fields, block_on, between, largest_block)
    m, u = engine.learn_chances(plan.prepared, engine.compare_pairs(plan.prepared))
    rows = [
        {"field": name, "outcome": outcome, "m": m[place][level], "u": u[place][level]}
        for place, name in enumerate(plan.fields)
        for level, outcome in ((2, "agree"), (1, "nearly"), (0, "differ"))
        if u[place][level] > 0
    ]
    table = pd.DataFrame(rows).set_index(["field", "outcome"])
    return table.assign(weight=np.log2(table["m"] / table["u"]))
