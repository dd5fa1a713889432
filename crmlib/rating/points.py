"""From facts to points: all customers at once, item by item; what is not known brings none and costs none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t
from crmlib.rating.card import Condition, Fact, Item, Scorecard

# What is beyond is dust of float arithmetic: 90 must not become 89.99999999999999.
DIGITS = 9


@dataclass(frozen=True)
class Judged:
    """Points by item, NaN where a fact is missing; which level was reached, -1 for none; vetoes and caps."""

    points: dict[str, np.ndarray]
    levels: dict[str, np.ndarray]
    holds: dict[str, np.ndarray]
    unknown: dict[str, np.ndarray]


def judge(facts: pd.DataFrame, card: Scorecard) -> Judged:
    """The points of every item, and which vetoes and caps hold or are not known."""
    require.columns(facts, card.fact_names, "facts")
    known = {name: as_numbers(facts[name], card.fact(name)) for name in card.fact_names}
    points, levels = {}, {}
    for item in card.items:
        points[item.id], levels[item.id] = item_points(item, known, card)
    rules = {rule.id: truth_of(rule.when, known, card) for rule in (*card.vetoes, *card.caps)}
    return Judged(
        points, levels, {name: one == 1 for name, one in rules.items()}, {n: np.isnan(r) for n, r in rules.items()}
    )


def item_points(item: Item, known: Mapping[str, np.ndarray], card: Scorecard) -> tuple[np.ndarray, np.ndarray]:
    """Points of one item, and which level was reached (of a slope always -1)."""
    missing = np.any([np.isnan(known[name]) for name in item.facts], axis=0)
    if item.slope:
        value, slope = known[item.slope.fact], item.slope
        points = item.points * np.clip((value - slope.zero) / (slope.full - slope.zero), 0, 1)
        if slope.none_below is not None:
            points = np.where(value < slope.none_below, 0.0, points)
        return np.where(missing, np.nan, points), np.full(len(value), -1)
    holds = [truth_of(level.when, known, card, size=len(missing)) == 1 for level in item.levels]
    reached = np.where(missing | ~np.any(holds, axis=0), -1, np.argmax(holds, axis=0))
    worth = np.array([level.points for level in item.levels] + [np.nan])
    return worth[reached], reached


def truth_of(
    conditions: Sequence[Condition], known: Mapping[str, np.ndarray], card: Scorecard, *, size: int = 0
) -> np.ndarray:
    """1 where all conditions hold, 0 where one does not, NaN where that hangs on a fact that is not known."""
    each = [_truth(one, known[one.fact], card.fact(one.fact)) for one in conditions]
    if not each:
        return np.ones(size)
    lowest = np.fmin.reduce(each)  # NaN only where all are
    return np.where((lowest == 1) & np.any(np.isnan(each), axis=0), np.nan, lowest)


def _truth(condition: Condition, value: np.ndarray, fact: Fact) -> np.ndarray:
    compare = {"at_least": np.greater_equal, "above": np.greater, "at_most": np.less_equal, "below": np.less}
    if condition.bound:
        holds = compare[condition.bound](value, condition.number)
    else:
        wanted = [fact.words.index(one) if fact.type == "words" else float(one) for one in condition.values]
        holds = np.isin(value, wanted)
    return np.where(np.isnan(value), np.nan, holds)


def as_numbers(column: pd.Series, fact: Fact) -> np.ndarray:
    """A fact as floats: numbers as they are, truths as 0 and 1, words by their place; NaN where it is not known."""
    if fact.type == "words":
        return _places(column, fact)
    if fact.type == "truth":
        return _truths(column, fact)
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    bad = (np.isnan(numbers) & column.notna().to_numpy()) | np.isinf(numbers)
    if bad.any():
        raise ValueError(
            t(
                "{fact} of facts must be a number, or missing where it is not known; got {value}, for example of"
                " {who!r}. A ratio with a denominator of 0 is not known: make it missing.",
                fact=fact.id,
                value=column.iloc[bad.argmax()],
                who=column.index[bad.argmax()],
            )
        )
    return numbers


def _places(column: pd.Series, fact: Fact) -> np.ndarray:
    codes = pd.Index(fact.words, dtype=object).get_indexer(column.astype(object)).astype(float)
    bad = (codes < 0) & column.notna().to_numpy()
    if bad.any():
        raise ValueError(
            t(
                "{fact} of facts must be one of {words}, or missing where it is not known; got {value!r}, for example"
                " of {who!r}. Rename yours: facts['{fact}'].replace({{{value!r}: '{first}'}}).",
                fact=fact.id,
                words=list(fact.words),
                value=column.iloc[bad.argmax()],
                who=column.index[bad.argmax()],
                first=fact.words[0],
            )
        )
    return np.where(codes < 0, np.nan, codes)


def _truths(column: pd.Series, fact: Fact) -> np.ndarray:
    bad = [one for one in column.dropna().unique() if not isinstance(one, (bool, np.bool_))]
    if bad:
        raise ValueError(
            t(
                "{fact} of facts must be true or false, or missing where it is not known; got {value!r}. Compare:"
                " facts['{fact}'] == {value!r}.",
                fact=fact.id,
                value=bad[0],
            )
        )
    return column.astype("boolean").to_numpy(dtype=float, na_value=np.nan)
