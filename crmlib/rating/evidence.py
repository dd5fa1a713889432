"""Weights of evidence: what each bin of a column says of good and bad, and what is to be told about the column."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crmlib.language import t
from crmlib.rating.binning import FEWEST, Bins, cut_numbers, group_categories, is_number

SUSPICIOUS = 0.95  # AUC of one column alone: what is known before the answer is seldom that good
CLEAR_TURN = 4.0  # standard errors: cuts were chosen where rates differ most, so two of them are soon reached


@dataclass(frozen=True)
class Evidence:
    """The bins of a column, what they hold, and the trend that was asked for or chosen."""

    bins: Bins
    good: np.ndarray
    bad: np.ndarray
    trend: str = ""
    iv_free: float = np.nan
    turn: str = ""
    auc: float = 0.5

    @property
    def woe(self) -> np.ndarray:
        """Logarithm of the share of the good over the share of the bad; 0 where there are too few of either."""
        is_told = (self.good >= FEWEST) & (self.bad >= FEWEST)
        good, bad = (np.where(is_told, one, 1) / one.sum() for one in (self.good, self.bad))
        return np.where(is_told, np.log(good / bad), 0.0)

    @property
    def iv(self) -> np.ndarray:
        """What each bin adds to the information value."""
        return (self.good / self.good.sum() - self.bad / self.bad.sum()) * self.woe

    @property
    def n_apart(self) -> int:
        """How many different weights of evidence there are."""
        return len(np.unique(self.woe[self.good + self.bad > 0]))


def weigh(column: pd.Series, is_bad: np.ndarray, *, trend: str, max_bins: int, min_share: float) -> Evidence:
    """The evidence of a column; one that tells good from bad without a mistake is refused."""
    size = {"max_bins": max_bins, "min_share": min_share}
    if not is_number(column):
        found, kept = group_categories(column, is_bad, **size)
        return replace(count(kept, column, is_bad), auc=refuse_leak(count(found, column, is_bad)))
    found, free = cut_numbers(column, is_bad, trend="free", **size)
    auc = refuse_leak(count(found, column, is_bad))
    as_free = count(free, column, is_bad)
    tried = ("rising", "falling") if trend == "auto" else (trend,)
    kept = {one: as_free if one == "free" else _with_trend(column, is_bad, one, size) for one in tried}
    best = max(kept, key=lambda one: kept[one].iv.sum())
    turn = "" if trend == "free" else turn_of(as_free)
    return replace(kept[best], trend=best, iv_free=float(as_free.iv.sum()), turn=turn, auc=auc)


def count(bins: Bins, column: pd.Series, is_bad: np.ndarray) -> Evidence:
    """How many good and bad ones each bin holds."""
    places = bins.places(column)
    bad = np.bincount(places, weights=is_bad, minlength=bins.size)
    return Evidence(bins, np.bincount(places, minlength=bins.size) - bad, bad)


def _with_trend(column: pd.Series, is_bad: np.ndarray, trend: str, size: dict) -> Evidence:
    return count(cut_numbers(column, is_bad, trend=trend, **size)[1], column, is_bad)


def turn_of(evidence: Evidence) -> str:
    """Whether the bad rate of ordered bins clearly falls and then rises, or rises and then falls; else empty."""
    good, bad = evidence.good[:-1], evidence.bad[:-1]  # without the bin of what is missing
    total = good + bad
    rate = bad / np.maximum(total, 1)
    for name, sign in (("falls, then rises", 1), ("rises, then falls", -1)):
        for middle in range(1, len(rate) - 1):
            ends = (rate[:middle] * sign).argmax(), middle + 1 + (rate[middle + 1 :] * sign).argmax()
            pooled = [(bad[end] + bad[middle]) / (total[end] + total[middle]) for end in ends]
            error = [
                np.sqrt(p * (1 - p) * (1 / total[end] + 1 / total[middle])) for p, end in zip(pooled, ends, strict=True)
            ]
            if all(sign * (rate[end] - rate[middle]) > CLEAR_TURN * one for end, one in zip(ends, error, strict=True)):
                return name
    return ""


def refuse_leak(evidence: Evidence) -> float:
    """Refuse a column whose bins are all good or all bad; of others, how well they part the pairs, as an AUC."""
    held = evidence.good + evidence.bad > 0
    if held.sum() > 1 and (np.minimum(evidence.good, evidence.bad)[held] == 0).all():
        raise ValueError(
            t(
                "a column must be known before anybody is good or bad; {name} tells them apart without one mistake,"
                " as what is written down afterwards does. Leave it out: facts.drop(columns='{name}').",
                name=evidence.bins.name,
            )
        )
    good, bad = evidence.good[held], evidence.bad[held]
    order = np.argsort(-bad / (good + bad), kind="stable")
    below = bad[order].cumsum() - bad[order] / 2
    return float((good[order] * below).sum() / (good.sum() * bad.sum()))


def remarks(evidence: Evidence) -> list[str]:
    """What is to be told about a column, in the reader's language."""
    said = []
    if evidence.auc >= SUSPICIOUS:
        said.append(t("Nearly tells good from bad alone (AUC {auc:.2f}): is it known before?", auc=evidence.auc))
    if evidence.turn:
        turned = {"falls, then rises": t("falls, then rises"), "rises, then falls": t("rises, then falls")}
        said.append(
            t(
                "Its bad rate {turn}; kept to one direction it has an information value of {iv:.3f}, free {free:.3f}.",
                turn=turned[evidence.turn],
                iv=evidence.iv.sum(),
                free=evidence.iv_free,
            )
        )
    few = [
        label
        for label, good, bad in zip(evidence.bins.labels(), evidence.good, evidence.bad, strict=True)
        if good + bad > 0 and min(good, bad) < FEWEST
    ]
    if few and evidence.n_apart > 1:
        said.append(t("Too few to judge, so neutral: {bins}.", bins=", ".join(few)))
    return said
