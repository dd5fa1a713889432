"""What to compare, by which rules and with which chances: the arguments of linkage, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.engine.linkage import Prepared, prepare_records
from crmlib.engine.readings import KINDS
from crmlib.language import t

USUAL_FIELDS = {"name": "name", "phone": "phone", "email": "email", "address": "address", "birth_date": "date"}
RESERVED = ("id_left", "id_right", "weight", "probability", "found_by")


class Plan(NamedTuple):
    """What is compared, by which rules, and the records made ready for it."""

    fields: dict[str, str]
    rules: list[str]
    prepared: Prepared


def plan_linkage(
    records: pd.DataFrame,
    fields: Mapping[str, str] | None,
    block_on: Sequence[str | Sequence[str]] | None,
    between: str | None,
    largest_block: int,
) -> Plan:
    if "customer_id" in records.columns:
        records = records.set_index("customer_id")
    if len(records) < 2:
        raise ValueError(t("records must hold at least two records; got {n}.", n=len(records)))
    check_record_ids(records.index)
    require.whole(largest_block, "largest_block", least=2)
    fields = _check_fields(records, fields)
    rules = _check_rules(fields, block_on)
    source = None
    if between is not None:
        require.columns(records, [between], "records")
        source = records[between]
        if source.isna().any():
            raise ValueError(t("every record must have {between}; some have none.", between=between))
    places = {name: place for place, name in enumerate(fields)}
    numbers = [[places[name] for name in rule] for rule in rules]
    prepared = prepare_records(records[[*fields]], [*fields.values()], numbers, source, largest_block)
    return Plan(fields, [" + ".join(rule) for rule in rules], prepared)


def check_record_ids(ids: pd.Index) -> None:
    if ids.hasnans or ids.has_duplicates:
        bad = None if ids.hasnans else ids[ids.duplicated()][0]
        raise ValueError(
            t(
                "every record must have an id of its own; {bad!r} is none. Number them:"
                " records.reset_index(drop=True).",
                bad=bad,
            )
        )


def _check_fields(records: pd.DataFrame, fields: Mapping[str, str] | None) -> dict[str, str]:
    if fields is None:
        fields = {name: kind for name, kind in USUAL_FIELDS.items() if name in records.columns}
    fields = dict(fields)
    taken = set(RESERVED) & set(fields)
    if not fields or taken:
        raise ValueError(
            t(
                "fields must name columns of records with their kind, for example {{'name': 'name', 'phone': 'phone'}},"
                " and none of {reserved}; got {fields}.",
                reserved=list(RESERVED),
                fields=fields,
            )
        )
    require.columns(records, list(fields), "records")
    for name, kind in fields.items():
        require.one_of(kind, list(KINDS), t("the kind of {name}", name=name))
    return fields


def _check_rules(fields: dict[str, str], block_on: Sequence[str | Sequence[str]] | None) -> list[list[str]]:
    if block_on is None:
        block_on = [name for name, kind in fields.items() if kind != "category"] or list(fields)
    rules = [
        [rule] if isinstance(rule, str) else list(rule) for rule in ([] if isinstance(block_on, str) else block_on)
    ]
    unknown = [name for rule in rules for name in rule if name not in fields]
    if not rules or not all(rules) or unknown:
        raise ValueError(
            t(
                "block_on must be a list of fields, or of groups of them, among {fields}; got {block_on!r}. For example"
                " block_on=['phone', ('name', 'birth_date')].",
                fields=list(fields),
                block_on=block_on,
            )
        )
    return rules


def given_chances(chances: pd.DataFrame, fields: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """m and u as engine.learn_chances gives them: fields x (differ, nearly, agree)."""
    require.numbers(chances, ["m", "u"], "chances")
    found = []
    for column in ("m", "u"):
        table = chances[column].astype(float)
        if table.index.nlevels == 2:
            rest = None
            table = table.unstack().reindex(index=fields, columns=["differ", "nearly", "agree"])
            table = table.assign(nearly=table["nearly"].fillna(0.0))
        else:
            agree = table.reindex(fields)
            rest = 1 - agree
            table = pd.DataFrame({"differ": rest, "nearly": rest, "agree": agree})
        values = table.to_numpy()
        total = values.sum(axis=1) - (0 if rest is None else rest.to_numpy())
        # Where the comparison is false, a field is not there.
        if not (np.abs(total - 1) < 1e-4).all() or not ((values[:, [0, 2]] > 0) & (values[:, [0, 2]] <= 1)).all():
            bad = fields[int((~(np.abs(total - 1) < 1e-4) | ~(values[:, [0, 2]] > 0).all(axis=1)).argmax())]
            raise ValueError(
                t(
                    "chances must have {column} of every field above 0, of agree, nearly and differ together 1; those"
                    " of {bad!r} are not. For example estimate_chances(records).",
                    column=column,
                    bad=bad,
                )
            )
        found.append(values)
    return found[0], found[1]
