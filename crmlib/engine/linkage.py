"""Pairs of records in DuckDB: found by what they share, compared field by field.

A pair's outcome in a field is a number: missing -1, differ 0, nearly 1, agree 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmlib.engine.database import connected
from crmlib.engine.readings import LONGEST_PERSON, prepare

MISSING, DIFFER, NEARLY, AGREE = -1, 0, 1, 2
SAMPLE = 1000  # records all of whose pairs say how often strangers nearly agree: half a million


@dataclass(frozen=True)
class Prepared:
    """Records ready to be compared: one row per record in the order of their ids, and the kind of each field."""

    table: pd.DataFrame
    ids: pd.Index
    kinds: tuple[str, ...]
    rules: tuple[tuple[int, ...], ...]
    by_source: bool

    @property
    def n_pairs(self) -> int:
        """How many pairs there are, compared or not."""
        return count_pairs(self.table["source"], self.by_source)


def prepare_records(
    records: pd.DataFrame,
    kinds: Sequence[str],
    rules: Sequence[Sequence[int]],
    source: pd.Series | None,
    largest_block: int,
) -> Prepared:
    """Bring each column of `records` into the form in which it is compared, and give each rule its key."""
    records = records.sort_index()
    columns = {}
    for place, kind in enumerate(kinds):
        for name, form in prepare(records.iloc[:, place], kind).items():
            columns[f"{name}_{place}"] = form.to_numpy()
    table = pd.DataFrame(columns).astype("str")
    for number, rule in enumerate(rules):
        keys = table[[f"key_{place}" for place in rule]]
        key = keys.iloc[:, 0].str.cat(keys.iloc[:, 1:], sep="\x1f")
        size = key.map(key.value_counts())
        table[f"block_{number}"] = key.where(size <= largest_block)
        table[f"full_{number}"] = key
    table["source"] = "" if source is None else source.reindex(records.index).astype("str").to_numpy()
    table["n"] = np.arange(len(table))
    return Prepared(table, records.index, tuple(kinds), tuple(map(tuple, rules)), source is not None)


def compare_pairs(prepared: Prepared) -> pd.DataFrame:
    """One row per pair that a rule finds: left, right (row numbers), rule, met_0 ..., and the outcomes g_0 ..."""
    found = []
    other = " AND l.source <> r.source" if prepared.by_source else ""
    for number in range(len(prepared.rules)):
        before = "".join(f" AND (l.block_{i} = r.block_{i}) IS NOT TRUE" for i in range(number))
        found.append(
            f"SELECT l.n AS left_n, r.n AS right_n, {number} AS rule FROM t l JOIN t r"
            f" ON l.block_{number} = r.block_{number} AND l.n < r.n{other}{before}"
        )
    met = [f"coalesce(l.block_{i} = r.block_{i}, false) AS met_{i}" for i in range(len(prepared.rules))]
    query = (
        f"WITH found AS ({' UNION ALL '.join(found)}) SELECT left_n, right_n, rule, {', '.join(met)},"
        f" {_outcomes(prepared.kinds)} FROM found JOIN t l ON l.n = left_n JOIN t r ON r.n = right_n"
        " ORDER BY left_n, right_n"
    )
    return _ask(prepared.table, query)


def compare_strangers(prepared: Prepared) -> pd.DataFrame:
    """How often each field nearly agrees among all pairs of some records: one row per pattern of outcomes, n."""
    table = prepared.table
    if len(table) > SAMPLE:
        table = table.iloc[np.sort(np.random.default_rng(1969).choice(len(table), SAMPLE, replace=False))]
    other = " AND l.source <> r.source" if prepared.by_source else ""
    names = ", ".join(f"g_{place}" for place in range(len(prepared.kinds)))
    query = (
        f"WITH all_pairs AS (SELECT {_outcomes(prepared.kinds)} FROM t l JOIN t r ON l.n < r.n{other})"
        f" SELECT {names}, count(*) AS n FROM all_pairs GROUP BY {names} ORDER BY {names}"
    )
    return _ask(table, query)


def _ask(table: pd.DataFrame, query: str) -> pd.DataFrame:
    with connected() as connection:
        connection.register("t", table)
        return connection.execute(query).df()


def _outcomes(kinds: Sequence[str]) -> str:
    """SQL of the outcome of a pair in each field."""
    return ", ".join(_outcome(kind, place) for place, kind in enumerate(kinds))


def _outcome(kind: str, place: int) -> str:
    left, right = f"l.same_{place}", f"r.same_{place}"
    nearly = nearly_sql(kind, place)
    nearly = f" WHEN {nearly} THEN {NEARLY}" if nearly else ""
    return (
        f"CASE WHEN {left} IS NULL OR {right} IS NULL THEN {MISSING} WHEN {left} = {right} THEN {AGREE}{nearly}"
        f" ELSE {DIFFER} END::TINYINT AS g_{place}"
    )


def nearly_sql(kind: str, place: int) -> str:
    """SQL of what is nearly the same. All texts here have one byte a character: DuckDB's distances count bytes."""
    same, reads, third = ((f"l.{name}_{place}", f"r.{name}_{place}") for name in ("same", "reads", "third"))
    if kind == "name":
        # Of Chinese people another letter of pinyin is another person; a letter may be lost of all other names.
        people = " AND ".join(f"(length({one}) <= {LONGEST_PERSON} AND strlen({one}) > length({one}))" for one in same)
        return f"{third[0]} = {third[1]} OR (NOT ({people}) AND {_is_similar(reads, 0.25)})"
    if kind == "text":
        return _is_similar(reads, 0.2)
    if kind == "code":
        return f"least(strlen({same[0]}), strlen({same[1]})) >= 4 AND {_one_slip(same)}"
    if kind == "phone":
        is_end = f"suffix({same[0]}, {same[1]}) OR suffix({same[1]}, {same[0]})"
        return f"least(strlen({same[0]}), strlen({same[1]})) >= 7 AND ({_one_slip(same)} OR {is_end})"
    if kind == "email":  # before the @ people write their name: that much follows from the name
        return _one_slip(same)
    if kind == "date":
        return f"{same[0]} = {reads[1]} OR {_one_slip(same)}"
    if kind == "address":
        is_start = f"starts_with({third[0]}, {third[1]}) OR starts_with({third[1]}, {third[0]})"
        same_numbers = f"{third[0]} = {third[1]} AND {third[0]} <> '' AND {_is_similar(reads, 0.4)}"
        return f"({same_numbers}) OR ({reads[0]} = {reads[1]} AND ({is_start} OR {_one_slip(third)}))"
    return ""  # a category is the same or another


def _is_similar(pair: tuple[str, str], share: float) -> str:
    """At most so large a share of the letters must be changed, put in, left out or exchanged."""
    return _is_within(pair, f"{share} * greatest(strlen({pair[0]}), strlen({pair[1]}))")


def _one_slip(pair: tuple[str, str]) -> str:
    """One sign wrong, lost or too many, or two exchanged."""
    return _is_within(pair, "1")


def _is_within(pair: tuple[str, str], distance: str) -> str:
    # The plain distance takes a sixth of the time, and counts an exchange of two as two changes.
    left, right = pair
    return (
        f"(CASE WHEN abs(strlen({left}) - strlen({right})) > {distance} THEN false"
        f" WHEN levenshtein({left}, {right}) > 2 * {distance} THEN false"
        f" ELSE damerau_levenshtein({left}, {right}) <= {distance} END)"
    )


def count_pairs(source: pd.Series, by_source: bool) -> int:
    n = len(source)
    pairs = n * (n - 1) // 2
    if by_source:
        within = source.value_counts().to_numpy()
        pairs -= int((within * (within - 1) // 2).sum())
    return pairs


def count_block(prepared: Prepared, number: int) -> tuple[int, int]:
    """How many pairs share the key of a rule, however many records do; how many records have none."""
    table = prepared.table[prepared.table[f"full_{number}"].notna()]
    return count_alike(table, f"full_{number}", prepared.by_source), len(prepared.table) - len(table)


def count_alike(table: pd.DataFrame, column: str, by_source: bool) -> int:
    sizes = table[column].value_counts().to_numpy()
    pairs = int((sizes * (sizes - 1) // 2).sum())
    if by_source:
        within = table[[column, "source"]].value_counts().to_numpy()
        pairs -= int((within * (within - 1) // 2).sum())
    return pairs
