"""Which facts count before a day; from points to what stands in a grade's way: vetoes, caps, unknown key facts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t
from crmlib.rating.card import NOT_RATED, Scorecard
from crmlib.rating.known import days
from crmlib.rating.points import Judged

REASONS = ("score", "veto", "cap", "coverage")


def known_facts(facts: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """One row per customer, of what was known before the day."""
    if "customer_id" in facts.columns:
        facts = facts.set_index("customer_id")
    if "as_of" in facts.columns and (facts["as_of"] > day).any():
        raise ValueError(
            t(
                "facts must be known before as_of, {day}; they were gathered as of {later}. Gather them anew:"
                " gather_facts(tables, as_of='{day}').",
                day=f"{day:%Y-%m-%d}",
                later=f"{facts['as_of'].max():%Y-%m-%d}",
            )
        )
    if "recorded_date" in facts.columns:
        recorded = days(facts.reset_index(), "recorded_date", "facts").set_axis(facts.index)
        order = np.argsort(recorded.to_numpy(), kind="stable")
        facts, recorded = facts.iloc[order], recorded.iloc[order]
        is_known = (recorded < day).to_numpy()
        facts, recorded = facts[is_known], recorded[is_known]
        same = pd.Series(facts.index).duplicated(keep="last").to_numpy()
        tied = pd.DataFrame({"who": facts.index, "day": recorded.to_numpy()}).duplicated(keep=False).to_numpy()
        _refuse_twice(facts.index[tied & ~same])
        facts = facts[~same]
    _refuse_twice(facts.index[facts.index.duplicated()])
    return facts.rename_axis("customer_id").sort_index(kind="stable")


def _refuse_twice(twice: pd.Index) -> None:
    if len(twice):
        raise ValueError(
            t(
                "every customer must have one row of facts, or several that were recorded on different days;"
                " {n:,} have more, the first {first!r}. Keep the right one, or add a column recorded_date.",
                n=twice.nunique(),
                first=twice[0],
            )
        )


def missing_key(scores: pd.DataFrame, judged: Judged, card: Scorecard) -> np.ndarray:
    """The names of key items without points and of rules that hang on what is not known, joined; empty for none."""
    unknown = {item.id: scores[item.id].isna().to_numpy() for item in card.items if item.is_key}
    unknown |= {rule.id: judged.unknown[rule.id] for rule in card.rules}
    found = np.array([""] * len(scores), dtype=object)
    for name, is_unknown in unknown.items():
        found[is_unknown] = [f"{one}, {name}" if one else name for one in found[is_unknown]]
    return pd.array(found, dtype="str")


def first_veto(judged: Judged, card: Scorecard, index: pd.Index) -> tuple[pd.Series, pd.Series]:
    """Which veto holds, and the grade it leaves; of several the one that leaves the worst."""
    holds = [judged.holds[veto.id] for veto in card.vetoes]
    none = pd.Series(None, index=index, dtype="str")
    if not holds:
        return none, none
    # Of several, the one that leaves the worst grade, as the first of them in the card.
    worst = sorted(range(len(holds)), key=lambda place: -card.grade_names.index(card.vetoes[place].grade))
    conditions = [holds[place] for place in worst]
    choose = [np.select(conditions, [texts[place] for place in worst], "") for texts in (
        [veto.id for veto in card.vetoes], [veto.grade for veto in card.vetoes],
    )]  # fmt: skip
    is_any = np.any(holds, axis=0)
    return tuple(pd.Series(one, index=index, dtype="str").where(is_any) for one in choose)


def caps_that_hold(judged: Judged, card: Scorecard, is_key_missing: np.ndarray) -> np.ndarray:
    """The names of the caps that hold, and of missing key facts, joined; empty for none."""
    found = np.array([""] * len(is_key_missing), dtype=object)
    for name, holds in (*((cap.id, judged.holds[cap.id]) for cap in card.caps), ("missing_key", is_key_missing)):
        found[holds] = [f"{one}, {name}" if one else name for one in found[holds]]
    return pd.array(found, dtype="str")


def lowest_cap(judged: Judged, card: Scorecard, is_key_missing: np.ndarray) -> pd.Categorical:
    """The lowest of the grades that caps, and missing key facts, allow."""
    names = card.grade_names
    places = np.full(len(is_key_missing), -1)
    for is_met, highest in (
        *((judged.holds[cap.id], cap.highest) for cap in card.caps),
        (np.asarray(is_key_missing, dtype=bool), card.highest_if_key_missing),
    ):
        places = np.where(is_met, np.maximum(places, names.index(highest)), places)
    return pd.Categorical.from_codes(np.where(places < 0, -1, len(names) - 1 - places), names[::-1], ordered=True)


def cut(scores: pd.Series, card: Scorecard) -> pd.Series:
    """The grade of each score, exactly as the cut-offs say."""
    numbers = pd.to_numeric(scores, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    bad = (np.isnan(numbers) & scores.notna().to_numpy()) | (numbers < 0) | (numbers > 100)
    if bad.any():
        raise ValueError(
            t(
                "every score must be a number from 0 to 100, or missing; got {value!r}, of {who!r}. Points out of"
                " another sum make a score by points / total * 100.",
                value=scores.iloc[bad.argmax()],
                who=scores.index[bad.argmax()],
            )
        )
    starts = [grade.at_least for grade in card.grades[::-1]]
    place = np.where(np.isnan(numbers), 0, np.searchsorted(starts, numbers, side="right"))
    names = [NOT_RATED, *card.grade_names[::-1]]
    return pd.Series(pd.Categorical.from_codes(place, names, ordered=True), index=scores.index, name="grade")


def grade_scores(scores: pd.DataFrame, card: Scorecard) -> pd.DataFrame:
    """Grade and reason of a table of scores: a veto before coverage, that before a cap, and that before the score."""
    require.columns(scores, ["score", "coverage", "veto_grade", "cap"], "scores")
    by_score = cut(scores["score"], card)
    names = by_score.cat.categories
    grade = by_score.cat.codes.to_numpy().copy()
    cap, veto = (names.get_indexer(scores[name].astype("str")) for name in ("cap", "veto_grade"))
    is_thin = (scores["coverage"] < card.min_coverage - 1e-9).to_numpy() | (grade == 0)
    rules = {"veto": veto >= 0, "coverage": is_thin, "cap": (cap >= 0) & (grade > cap)}
    reason = np.select([*rules.values()], [*rules], "score")
    grade = np.select([*rules.values()], [veto, np.zeros_like(grade), cap], grade)
    return pd.DataFrame(
        {
            "grade": pd.Categorical.from_codes(grade, names, ordered=True),
            "reason": pd.Categorical(reason, REASONS),
        },
        index=scores.index,
    )
