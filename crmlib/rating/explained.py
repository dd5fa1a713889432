"""What a scorecard and its points say in words, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from crmlib.language import number, percent, plural, t
from crmlib.rating.card import NOT_RATED, Condition, Fact, Item, Scorecard
from crmlib.rating.points import Judged, as_numbers

MOST = 2  # items of which a sentence tells


def in_words(item: Item, card: Scorecard) -> str:
    """How an item's points are got, in one sentence."""
    if not item.slope:
        return _levels_said(item, card)
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


def _levels_said(item: Item, card: Scorecard) -> str:
    """Its levels; of an item with one fact, the fact is named once."""
    alone = card.fact(item.facts[0]) if len(item.facts) == 1 else None
    said = []
    for level in item.levels:
        is_short = alone is not None and level.when
        when = _value_asked(level.when[0], alone) if is_short else _conditions_said(level.when, card)
        said.append(t("{fact}: {value}", fact=when, value=_points(level.points)))
    return t("{fact}: {value}", fact=alone.said(), value=t("; ").join(said)) if alone else t("; ").join(said)


def explain(facts: pd.DataFrame, card: Scorecard, judged: Judged) -> pd.DataFrame:
    """One row per customer and item: class_id, class, name, fact, level, points, out_of, sentence."""
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
    name, out_of = item.said(), _short(item.points)
    sentences = [
        t("{item}: not known ({fact}); no points, and none asked for.", item=name, fact=value)
        if np.isnan(worth)
        else t(
            "{item}: {points} of {out_of} points ({fact}).", item=name, points=_short(worth), out_of=out_of, fact=value
        )
        for worth, value in zip(points, values, strict=True)
    ]
    columns = {
        "class_id": item.class_id,
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


def grade_sentences(scores: pd.DataFrame, graded: pd.DataFrame, card: Scorecard) -> list[str]:
    """Why each customer has their grade."""
    missed = np.array([item.points for item in card.items]) - scores[card.item_names].to_numpy(dtype=float)
    told = {"veto": _veto_said, "cap": _cap_said, "coverage": _coverage_said, "score": _score_said}
    rows = scores.assign(grade=graded["grade"].astype("str"), by_score=graded["by_score"].astype("str"))
    names = ["grade", "by_score", "score", "coverage", "missing_key", "veto", "cap_because"]
    return [
        told[reason](row, lost, card)
        for reason, row, lost in zip(graded["reason"], rows[names].itertuples(index=False), missed, strict=True)
    ]


def _veto_said(row: tuple, missed: np.ndarray, card: Scorecard) -> str:
    said = t("{grade} by veto: {veto}.", grade=row.grade, veto=_names_said(row.veto, card))
    if row.by_score in (row.grade, NOT_RATED):
        return said
    return said + t(
        " The score alone, {score}, would give {by_score}.", score=_cut_off(row.score), by_score=row.by_score
    )


def _cap_said(row: tuple, missed: np.ndarray, card: Scorecard) -> str:
    whys = []
    for name in row.cap_because.split(", "):
        is_key = name == "missing_key"
        whys.append(
            t("not known: {what}", what=_names_said(row.missing_key, card)) if is_key else _names_said(name, card)
        )
    return t(
        "{grade} at most: {why}. The score alone, {score}, would give {by_score}.",
        grade=row.grade,
        why=t("; ").join(whys),
        score=_cut_off(row.score),
        by_score=row.by_score,
    )


def _coverage_said(row: tuple, missed: np.ndarray, card: Scorecard) -> str:
    names = t(", ").join(item.said() for item, lost in zip(card.items, missed, strict=True) if np.isnan(lost))
    return t(
        "Not rated: {share} of the points could be judged. Not known: {what}.", share=percent(row.coverage), what=names
    )


def _score_said(row: tuple, missed: np.ndarray, card: Scorecard) -> str:
    said = t("{grade}: score {score} of 100.", grade=row.grade, score=_cut_off(row.score))
    if row.coverage < 1:
        said += t(" {share} of the points could be judged.", share=percent(row.coverage))
    most = [place for place in np.argsort(-np.nan_to_num(missed), kind="stable")[:MOST] if missed[place] > 0]
    if most:
        parts = [
            t("{item} ({points} of {out_of})", item=item.said(), points=_short(lost), out_of=_short(item.points))
            for item, lost in ((card.items[place], missed[place]) for place in most)
        ]
        said += t(" Most was missed in: {items}.", items=t(", ").join(parts))
    return said


def _names_said(names: str, card: Scorecard) -> str:
    named = {one.id: one.said() for one in (*card.items, *card.rules)}
    return t(", ").join(named[name] for name in names.split(", "))


def _cut_off(score: float) -> str:
    """One digit, not rounded: 89.99 must not look like the 90 that it is not."""
    return f"{np.floor(score * 10) / 10:.1f}"


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
    said, whole = number(value, 0 if float(value).is_integer() else 1), int(value)
    if not fact.unit:
        return said
    if value != whole:
        whole = 2  # 1.5 days are several
    counted = {
        "days": lambda: plural(whole, "1 day", "{said} days", said=said),
        "years": lambda: plural(whole, "1 year", "{said} years", said=said),
        "people": lambda: plural(whole, "1 person", "{said} people", said=said),
        "times": lambda: plural(whole, "1 time", "{said} times", said=said),
        "times a year": lambda: plural(whole, "once a year", "{said} times a year", said=said),
    }
    return counted[fact.unit]()


def _conditions_said(conditions: Sequence[Condition], card: Scorecard) -> str:
    if not conditions:
        return t("all others")
    return t(", ").join(_condition_said(one, card.fact(one.fact)) for one in conditions)


def _condition_said(condition: Condition, fact: Fact) -> str:
    return t("{fact}: {value}", fact=fact.said(), value=_value_asked(condition, fact))


def _value_asked(condition: Condition, fact: Fact) -> str:
    if condition.bound:
        return _bound_said(condition, fact)
    if fact.type == "words":
        return t(" or ").join(fact.word(one) for one in condition.values)
    return t("yes") if condition.values[0] else t("no")


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
    return t("{points} points", points=_short(points))


def _short(points: float) -> str:
    """At most two digits, and none that says nothing."""
    return f"{points:.2f}".rstrip("0").rstrip(".")
