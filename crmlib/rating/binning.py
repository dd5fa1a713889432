"""Where a column is cut into bins: numbers by a tree that keeps a trend, categories by rarity, missing by itself."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crmlib.language import t

TRENDS = ("auto", "rising", "falling", "free")
SIGNS = {"rising": 1, "falling": -1, "free": 0}
# With fewer good or fewer bad ones the logarithm of their ratio is noise; at none it has no bound.
FEWEST = 5


@dataclass(frozen=True)
class Bins:
    """How one column falls into bins; the last bin holds what is missing, of categories the one before all others.

    Numbers are cut at `cuts`, each the first value of its bin; categories are in `groups`. `seen` is the range of the
    numbers, or the categories that were there.
    """

    name: str
    cuts: tuple[float, ...] = ()
    groups: tuple[tuple[str, ...], ...] | None = None
    seen: tuple = ()

    @property
    def is_number(self) -> bool:
        return self.groups is None

    @property
    def size(self) -> int:
        """How many bins there are, those of others and missing included."""
        return len(self.cuts) + 2 if self.is_number else len(self.groups) + 2

    def places(self, column: pd.Series) -> np.ndarray:
        """The number of the bin of each value."""
        if self.is_number:
            values = as_numbers(column, self.name)
            return np.where(np.isnan(values), self.size - 1, np.searchsorted(self.cuts, values, side="right"))
        group_of = {value: place for place, group in enumerate(self.groups) for value in group}
        words = as_words(column)
        return words.map(group_of).fillna(self.size - 2).where(words.notna(), self.size - 1).to_numpy(dtype=int)

    def labels(self) -> list[str]:
        """What each bin holds, in words of the reader's language."""
        if self.is_number:
            ends = [f"{cut:.12g}" for cut in self.cuts]
            inner = [t("{low} to below {high}", low=low, high=high) for low, high in zip(ends, ends[1:], strict=False)]
            outer = (
                [t("below {high}", high=ends[0]), *inner, t("{low} or more", low=ends[-1])]
                if ends
                else [t("all values")]
            )
            return [*outer, t("missing")]
        last = [t("all others"), t("missing")]
        names = [" | ".join(group) for group in self.groups]
        return [*(f"'{name}'" if name in last else name for name in names), *last]  # a category may be called so


def is_number(column: pd.Series) -> bool:
    """Whether a column holds numbers, not truths; None among them makes it no words."""
    if pd.api.types.is_bool_dtype(column):
        return False
    kinds = {"integer", "floating", "mixed-integer-float", "decimal"}
    return pd.api.types.is_numeric_dtype(column) or (
        column.dtype == object and pd.api.types.infer_dtype(column, skipna=True) in kinds
    )


def as_numbers(column: pd.Series, name: str) -> np.ndarray:
    """A column as floats, NaN where it is missing; words and infinities are refused."""
    values = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    bad = (np.isnan(values) & column.notna().to_numpy()) | np.isinf(values)
    if bad.any():
        raise ValueError(
            t(
                "{name} of facts must be a number, or missing where it is not known; got {value}, for example in row"
                " {row!r}. A ratio with a denominator of 0 is not known: make it missing.",
                name=name,
                value=column.iloc[bad.argmax()],
                row=column.index[bad.argmax()],
            )
        )
    return values


def as_words(column: pd.Series) -> pd.Series:
    """A column of categories or truths as text, None where it is missing."""
    words = column.astype(object)
    return words.where(words.isna(), words.astype(str))


def cut_numbers(
    column: pd.Series, is_bad: np.ndarray, *, trend: str, max_bins: int, min_share: float
) -> tuple[Bins, Bins]:
    """Bins of a column of numbers whose bad rate only rises, only falls or is free; as found, and as they are kept.

    A tree cuts where it learns most. What is kept has enough good and bad ones in every bin.
    """
    values = as_numbers(column, str(column.name))
    is_known = ~np.isnan(values)
    levels, ranks = np.unique(values[is_known], return_inverse=True)
    seen = (float(levels[0]), float(levels[-1])) if len(levels) else ()
    least = max(1, math.ceil(min_share * len(column)))
    ends = _tree_cuts(ranks, is_bad[is_known], sign=SIGNS[trend], max_bins=max_bins, least=least)
    cuts = tuple(_plain_number(levels[end], levels[end + 1]) for end in ends)
    found = Bins(str(column.name), cuts, seen=seen)
    keep = _merged(*_counts(found.places(column), is_bad, found.size - 1))
    return found, replace(found, cuts=tuple(cut for cut, kept in zip(cuts, keep, strict=True) if kept))


def group_categories(column: pd.Series, is_bad: np.ndarray, *, max_bins: int, min_share: float) -> tuple[Bins, Bins]:
    """Bins of a column of categories, as found and as they are kept.

    Rare ones are thrown together, whatever their rate: it is chance for the most part. Where more than `max_bins` are
    left, a tree joins those of nearly equal rates.
    """
    words = as_words(column)
    counted = pd.DataFrame({"word": words, "is_bad": is_bad}).groupby("word")["is_bad"].agg(["size", "mean"])
    common = counted[counted["size"] >= max(1, math.ceil(min_share * len(column)))]
    order = common.sort_values(["mean", "size"], kind="stable").index
    groups = [(word,) for word in order]
    if len(groups) > max_bins:
        ranks = pd.Series(range(len(order)), index=order).reindex(words).to_numpy()
        is_known = ~np.isnan(ranks)
        ends = _tree_cuts(ranks[is_known], is_bad[is_known], sign=1, max_bins=max_bins, least=1)
        groups = [tuple(part) for part in np.split(order.to_numpy(dtype=object), np.asarray(ends, dtype=int) + 1)]
    found = Bins(str(column.name), groups=tuple(groups), seen=tuple(counted.index))
    keep = _merged(*_counts(found.places(column), is_bad, len(groups)))
    kept = [groups[0]] if groups else []
    for group, is_apart in zip(groups[1:], keep, strict=True):
        kept = [*kept, group] if is_apart else [*kept[:-1], kept[-1] + group]
    return found, replace(found, groups=tuple(kept))


def _tree_cuts(ranks: np.ndarray, is_bad: np.ndarray, *, sign: int, max_bins: int, least: int) -> list[int]:
    """After which ranks a tree of one variable cuts."""
    from sklearn.tree import DecisionTreeClassifier

    if len(ranks) < 2 * least or is_bad.all() or not is_bad.any():
        return []
    tree = DecisionTreeClassifier(
        criterion="entropy", max_leaf_nodes=max_bins, min_samples_leaf=least, monotonic_cst=[sign], random_state=0
    )
    tree.fit(ranks.reshape(-1, 1), is_bad)
    return sorted(math.floor(cut) for cut in tree.tree_.threshold[tree.tree_.children_left >= 0])


def _plain_number(low: float, high: float) -> float:
    """The number with the fewest digits above `low` and not above `high`: a cut is to be read."""
    step = -math.floor(math.log10(high - low)) - 1
    for digits in range(step, step + 18):
        number = round((math.floor(low * 10.0**digits) + 1) / 10.0**digits, max(digits, 0))
        if low < number <= high:
            return number
    return float(high)


def _counts(places: np.ndarray, is_bad: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Good and bad ones in each of the first bins."""
    total, bad = np.bincount(places, minlength=size), np.bincount(places, weights=is_bad, minlength=size)
    return (total - bad)[:size], bad[:size]


def _merged(good: np.ndarray, bad: np.ndarray) -> list[bool]:
    """Which boundaries stay once bins with too few good or bad ones joined the neighbor whose rate is nearer."""
    parts = [[place, float(g), float(b)] for place, (g, b) in enumerate(zip(good, bad, strict=True))]
    while len(parts) > 1:
        poorest = min(range(len(parts)), key=lambda place: min(parts[place][1:]))
        if min(parts[poorest][1:]) >= FEWEST:
            break
        rates = [b / max(g + b, 1) for _, g, b in parts]
        beside = [place for place in (poorest - 1, poorest + 1) if 0 <= place < len(parts)]
        nearest = min(beside, key=lambda place: abs(rates[place] - rates[poorest]))
        first, second = sorted((poorest, nearest))
        parts[first] = [parts[first][0], parts[first][1] + parts[second][1], parts[first][2] + parts[second][2]]
        del parts[second]
    begins = {part[0] for part in parts}
    return [place in begins for place in range(1, len(good))]
