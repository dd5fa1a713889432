"""What a scorecard and its points say in words, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from crmlib.language import number, percent, plural, t
from crmlib.rating.card import Condition, Fact, Item, Scorecard
from crmlib.rating.points import Judged, as_numbers


def in_words(item: Item, card: Scorecard) -> str:
    """How an item's points are got, in one sentence."""
    if not item.slope:
        return "; ".join(f"{_conditions_said(level.when, card)}: {_points(level.points)}" for level in item.levels)
    fact, slope = card.fact(item.slope.fact), item.slope
    said = t(
        "{fact}: {zero} {none}, {full} {all}",
        fact=fact.said(),
        zero=_number_said(slope.zero, fact),
        none=_points(0),
        full=_number_said(slope.full, fact),
        all=_points(item.points),
    )
    if slope.none_below is None:
        return said
    return t("{rule}; none below {floor}", rule=said, floor=_number_said(slope.none_below, fact))


def explain(facts: pd.DataFrame, card: Scorecard, judged: Judged) -> pd.DataFrame:
    """One row per customer and item: class, name, fact, level, points, out_of, sentence."""
    known = {name: as_numbers(facts[name], card.fact(name)) for name in card.fact_names}
    parts = [_explain_item(item, card, known, judged) for item in card.items]
    n_items, n = len(parts), len(facts)
    rows = np.arange(n * n_items).reshape(n_items, n).T.ravel()  # by customer, then by item
    table = pd.concat(parts, ignore_index=True).take(rows)
    index = [np.repeat(facts.index, n_items), np.tile(card.item_names, n)]
    table.index = pd.MultiIndex.from_arrays(index, names=["customer_id", "item"])
    return table


def _explain_item(item: Item, card: Scorecard, known: dict[str, np.ndarray], judged: Judged) -> pd.DataFrame:
    points, reached = judged.points[item.id], judged.levels[item.id]
    values = [_facts_said(item, card, row) for row in zip(*(known[name] for name in item.facts), strict=True)]
    levels = [_conditions_said(level.when, card) for level in item.levels] + [""]
    name, out_of = item.said(), f"{item.points:g}"
    sentences = [
        t("{item}: not known ({fact}); no points, and none asked for.", item=name, fact=value)
        if np.isnan(worth)
        else t(
            "{item}: {points} of {out_of} points ({fact}).", item=name, points=f"{worth:.4g}", out_of=out_of, fact=value
        )
        for worth, value in zip(points, values, strict=True)
    ]
    columns = {
        "class": card.card_class(item.class_id).said(),
        "name": name,
        "fact": values,
        "level": [levels[level] for level in reached],
        "points": points,
        "out_of": float(item.points),
        "missed": item.points - points,
        "sentence": sentences,
    }
    return pd.DataFrame(columns)


def _facts_said(item: Item, card: Scorecard, values: Sequence[float]) -> str:
    facts = [card.fact(name) for name in item.facts]
    said = [
        t("{fact}: {value}", fact=fact.said(), value=_value_said(value, fact))
        for fact, value in zip(facts, values, strict=True)
    ]
    return t("; ").join(said)


def _value_said(value: float, fact: Fact) -> str:
    if np.isnan(value):
        return t("not known")
    if fact.type == "words":
        return fact.word(fact.words[int(value)])
    if fact.type == "truth":
        return t("yes") if value else t("no")
    return _number_said(value, fact)


def _number_said(value: float, fact: Fact) -> str:
    if fact.unit == "percent":
        return percent(value, 1)
    said = number(value, 0 if float(value).is_integer() else 1)
    counted = {
        "days": lambda: t("{n} days", n=said),
        "years": lambda: t("{n} years", n=said),
        "people": lambda: t("{n} people", n=said),
        "times": lambda: t("{n} times", n=said),
        "times a year": lambda: t("{n} times a year", n=said),
    }
    return counted[fact.unit]() if fact.unit else said


def _conditions_said(conditions: Sequence[Condition], card: Scorecard) -> str:
    if not conditions:
        return t("all others")
    return t(", ").join(_condition_said(one, card.fact(one.fact)) for one in conditions)


def _condition_said(condition: Condition, fact: Fact) -> str:
    if condition.bound:
        return t("{fact}: {value}", fact=fact.said(), value=_bound_said(condition, fact))
    if fact.type == "words":
        said = t(" or ").join(fact.word(one) for one in condition.values)
    else:
        said = t("yes") if condition.values[0] else t("no")
    return t("{fact}: {value}", fact=fact.said(), value=said)


def _bound_said(condition: Condition, fact: Fact) -> str:
    value = _number_said(condition.number, fact)
    return {
        "at_least": lambda: t("at least {value}", value=value),
        "above": lambda: t("above {value}", value=value),
        "at_most": lambda: t("at most {value}", value=value),
        "below": lambda: t("below {value}", value=value),
    }[condition.bound]()


def _points(points: float) -> str:
    if float(points).is_integer():
        return plural(int(points), "1 point", "{n} points")
    return t("{points} points", points=f"{points:.4g}")
