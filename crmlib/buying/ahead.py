"""What customers may buy from now on: drawn one by one, given what they did so far.

The parameters say how customers differ; what one customer did says where among them they stand. Given that they are
still there, their rate, their chance or rate of leaving, and the mean of their purchases are independent of each
other, and of known shape: they are drawn from it, and then their purchases, one after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.buying.leaving import FittedLeaving
from crmlib.buying.lifetimes import FittedLifetimes
from crmlib.buying.spending import FittedSpending
from crmlib.language import t

Models = FittedLeaving | FittedLifetimes
COLUMNS = ["frequency", "recency", "tenure", "monetary"]
ALL_THAT_MATTERS = 32  # points of the integral over the horizon: exact to five digits over a hundred years


@dataclass(frozen=True)
class Past:
    """What was seen of each customer: repeat purchases, age at the last, age now, mean and number of purchases seen."""

    x: np.ndarray
    last: np.ndarray
    age: np.ndarray
    mean: np.ndarray
    n_seen: np.ndarray

    def __len__(self) -> int:
        return len(self.x)

    def some(self, rows: slice | np.ndarray) -> Past:
        """Some of the customers."""
        return Past(*(getattr(self, name)[rows] for name in ("x", "last", "age", "mean", "n_seen")))


def past_of_models(model: Models, spending: FittedSpending, summary: pd.DataFrame) -> Past:
    """What was seen of each customer, once both models are of the right kind."""
    if not isinstance(model, Models) or not isinstance(spending, FittedSpending):
        raise TypeError(
            t(
                "model must come from purchases.fit_bg_nbd, fit_mbg_nbd or fit_pareto_nbd, and spending_model from"
                " purchases.fit_gamma_gamma; got {model} and {spending}.",
                model=type(model).__name__,
                spending=type(spending).__name__,
            )
        )
    return past_of(summary)


def past_of(summary: pd.DataFrame) -> Past:
    """A mean that is missing, 0 or negative (all taken back) says nothing of what a purchase is worth."""
    require.columns(summary, COLUMNS, "summary")
    require.numbers(summary, COLUMNS[:3], "summary")
    if not len(summary):
        raise ValueError(t("summary must hold at least one customer; it is empty."))
    x, last, age, mean = (summary[name].to_numpy(dtype=float, na_value=np.nan) for name in COLUMNS)
    is_seen = (x > 0) & (mean > 0)
    return Past(x, last, age, np.where(is_seen, mean, 0.0), np.where(is_seen, x, 0.0))


def expected_discounted(model: Models, past: Past, horizon: float, force: float) -> np.ndarray:
    """Purchases expected within the horizon, each counted exp(-force x time): by parts, of those expected by t."""
    at, weight = np.polynomial.legendre.leggauss(ALL_THAT_MATTERS if force * horizon > 1 else 8)
    value = np.exp(-force * horizon) * model.future_purchases(horizon, past.x, past.last, past.age)
    for time, share in zip((at + 1) / 2 * horizon, weight / 2 * horizon, strict=True):
        if force > 0:
            value += share * force * np.exp(-force * time) * model.future_purchases(time, past.x, past.last, past.age)
    return value


def draw_purchases(
    model: Models,
    past: Past,
    horizon: float,
    random: np.random.Generator,
    *,
    each: Callable[[np.ndarray, np.ndarray], None],
) -> None:
    """One future of each customer: `each` is told, again and again, which customers buy now, and when."""
    of = np.flatnonzero(random.random(len(past)) < model.probability_alive(past.x, past.last, past.age))
    r, alpha, *_ = model.params.values()
    rate = random.gamma(r + past.x[of]) / (alpha + past.age[of])
    leaves, until = _leaving(model, past.some(of), horizon, random)
    now = random.exponential(size=len(of)) / np.maximum(rate, 1e-300)
    while True:
        buys = now < until
        if not buys.any():
            return
        of, rate, leaves, until, now = (one[buys] for one in (of, rate, leaves, until, now))
        each(of, now)
        stays = random.random(len(of)) >= leaves
        until = np.where(stays, until, -1.0)
        now = now + random.exponential(size=len(of)) / rate


def _leaving(model: Models, past: Past, horizon: float, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """For each customer who is there: the chance to leave after a purchase, and the time at which they leave anyhow."""
    _, _, third, fourth = model.params.values()
    if isinstance(model, FittedLifetimes):
        stays = (
            random.exponential(size=len(past))
            * (fourth + past.age)
            / np.maximum(random.gamma(third, size=len(past)), 1e-300)
        )
        return np.zeros(len(past)), np.minimum(stays, horizon)
    chance = random.beta(third, fourth + past.x + model.may_leave_first)
    return chance, np.full(len(past), horizon)


def draw_spending(
    model: Models, spending: FittedSpending, past: Past, horizon: float, force: float, random: np.random.Generator
) -> np.ndarray:
    """One future of each customer, in money: what their purchases within the horizon are worth now."""
    p, q, gamma = spending.params.values()
    scale = (gamma + past.n_seen * past.mean) / np.maximum(random.gamma(p * past.n_seen + q), 1e-300)
    total = np.zeros(len(past))

    def each(of: np.ndarray, now: np.ndarray) -> None:
        total[of] += random.gamma(p, size=len(of)) * scale[of] * np.exp(-force * now)

    draw_purchases(model, past, horizon, random, each=each)
    return total


def draw_repeats(model: Models, age: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """How often new customers would have bought again by their age now, if the model were true."""
    none = np.zeros(len(age))
    repeats = np.zeros(len(age))
    longest = float(age.max())

    def each(of: np.ndarray, now: np.ndarray) -> None:
        repeats[of[now <= age[of]]] += 1

    draw_purchases(model, Past(none, none, none, none, none), longest, random, each=each)
    return repeats
