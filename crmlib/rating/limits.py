"""What limits, moves and losses are reckoned from, checked."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t
from crmlib.rating.card import NOT_RATED, Scorecard

BASES = ("past sales", "expected sales", "none")
QUARTER_DAYS = 365 / 4


def grade_texts(grades: pd.Series, card: Scorecard) -> pd.Series:
    """Grades as text, a missing one as not rated; others than the card's are refused."""
    text = grades.astype(object)
    text = text.where(text.notna(), NOT_RATED)
    refuse_unknown(text, [*card.grade_names, NOT_RATED], "grades")
    return text


def refuse_unknown(found: pd.Series, known: list[str], name: str) -> None:
    """Every grade must be one of those known."""
    others = [grade for grade in found.unique() if grade not in known]
    if others:
        raise ValueError(
            t(
                "every grade of {name} must be one of {known}; got {others}. Rename them, or name all grades.",
                name=name,
                known=known,
                others=others,
            )
        )


def refuse_repeated(grades: pd.Series, name: str) -> None:
    """Every customer must stand once."""
    if grades.index.has_duplicates:
        raise ValueError(
            t(
                "every customer must stand once in {name}; {who!r} stands there more than once. Keep one grade a"
                " customer: {name}[~{name}.index.duplicated()].",
                name=name,
                who=grades.index[grades.index.duplicated()][0],
            )
        )


def agreed_coefficients(card: Scorecard, coefficients: Mapping[str, float]) -> dict[str, float]:
    """The coefficient of every grade, the agreed ones within what the card allows; none for who is not rated."""
    grades = {grade.id: grade for grade in card.grades}
    for name, value in coefficients.items():
        require.one_of(name, card.grade_names, t("each grade in coefficients"))
        low, high = grades[name].coefficient, grades[name].coefficient_max
        require.number(value, name, example=low)
        if not low <= value <= high:
            raise ValueError(
                t(
                    "the coefficient of {grade} must lie between {low:g} and {high:g}, as the scorecard says; got"
                    " {value:g}. For example coefficients={{'{grade}': {high:g}}}.",
                    grade=name,
                    low=low,
                    high=high,
                    value=value,
                )
            )
    return {name: coefficients.get(name, grade.coefficient) for name, grade in grades.items()} | {NOT_RATED: 0.0}


def sales_of(grades: pd.Series, facts: pd.DataFrame, stepwise: bool) -> pd.DataFrame:
    """Of each graded customer the monthly sales to count on, where they are from, and the length of the relation."""
    refuse_repeated(grades, "grades")
    wanted = ["monthly_sales", "monthly_sales_expected", *(["relation_days"] if stepwise else [])]
    require.columns(facts, wanted, "facts")
    refuse_repeated(facts["monthly_sales"], "facts")
    absent = grades.index.difference(facts.index)
    if len(absent):
        raise ValueError(
            t(
                "facts must hold every customer of grades; {n:,} are missing, the first {first!r}. Use the facts that"
                " were graded.",
                n=len(absent),
                first=absent[0],
            )
        )
    known = facts.loc[grades.index, wanted].apply(pd.to_numeric).astype("Float64").astype(float)
    past, expected = known["monthly_sales"], known["monthly_sales_expected"]
    if (known[wanted[:2]] < 0).any(axis=None):
        raise ValueError(
            t(
                "monthly sales must be 0 or more; the lowest is {lowest:,.2f}. Take refunds off the sales they belong"
                " to.",
                lowest=float(known[wanted[:2]].min().min()),
            )
        )
    basis = np.select([past.notna(), expected.notna()], BASES[:2], BASES[2])
    relation = known["relation_days"] if stepwise else np.nan
    return pd.DataFrame(
        {
            "monthly_sales": past.where(past.notna(), expected),
            "basis": pd.Categorical(basis, BASES),
            "relation_days": relation,
        },
        index=grades.index,
    )


def step_of(relation_days: pd.Series, card: Scorecard) -> np.ndarray:
    """Which share of the full limit a relation of so many days has come to."""
    quarter = np.floor(relation_days.fillna(0).to_numpy(dtype=float) / QUARTER_DAYS).astype(int)
    steps = np.array([*card.steps, 1.0])
    return steps[np.clip(quarter, 0, len(steps) - 1)]


def count_moves(before: pd.Series, after: pd.Series, states: list[str]) -> pd.DataFrame:
    """Customers by their state before, or new, and after, or left."""
    if len(set(states)) < len(states) or {"new", "left"} & set(states):
        raise ValueError(
            t(
                "grades must be different names, none of them 'new' or 'left'; got {grades}. For example"
                " grades=scorecard.grade_names.",
                grades=states[:-1],
            )
        )
    for grades, name in ((before, "before"), (after, "after")):
        refuse_repeated(grades, name)
    everyone = before.index.union(after.index)
    codes = []
    for grades, name in ((before, "before"), (after, "after")):
        text = grades.astype(object)
        text = text.where(text.notna(), NOT_RATED)
        refuse_unknown(text, states, name)
        place = pd.Series(pd.Categorical(text, states).codes, index=grades.index, dtype="int64")
        codes.append(place.reindex(everyone, fill_value=len(states)).to_numpy())
    n = len(states) + 1
    counts = np.bincount(codes[0] * n + codes[1], minlength=n * n).reshape(n, n)
    rows, columns = pd.Index([*states, "new"], name="before"), pd.Index([*states, "left"], name="after")
    return pd.DataFrame(counts, index=rows, columns=columns)


def rates_by_grade(customers: pd.DataFrame, default_rates: pd.Series) -> pd.Series:
    """The default rate of every grade that has customers, by its text; customers are checked on the way."""
    require.columns(customers, ["grade", "exposure", "margin"], "customers")
    require.numbers(customers, ["exposure", "margin"], "customers")
    n_unknown = int(customers["grade"].isna().sum())
    lowest = float(customers["exposure"].min()) if len(customers) else 0.0
    if n_unknown or lowest < 0:
        raise ValueError(
            t(
                "every customer must have a grade and an exposure of 0 or more; {n:,} have no grade, the lowest"
                " exposure is {lowest:,.2f}. Name those without a grade 'not rated'; who paid ahead has 0.",
                n=n_unknown,
                lowest=lowest,
            )
        )
    rates = default_rates.rename(index=str).astype(float)
    rates = rates[~rates.index.duplicated()]
    for grade in customers["grade"].astype(object).unique():
        found = rates.get(str(grade), np.nan)
        if not 0 <= found <= 1:
            raise ValueError(
                t(
                    "default_rates must have a share from 0 to 1 for every grade with customers; that of {grade!r} is"
                    " {found}. Add it, or leave these customers out and say so.",
                    grade=str(grade),
                    found=found,
                )
            )
    return rates
