"""The response curve that cells support: binomial likelihood, intervals, and a refusal where no ceiling can be told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmlib.language import t
from crmlib.response.curves import ResponseCurve

TOLD = 3.841  # the 95 % quantile of chi-squared with one degree of freedom
LEAST = 1e-12  # a rate below it is taken for it, so that its logarithm exists
FARTHEST = 15.0  # a logit or a logarithm beyond it has run away


@dataclass(frozen=True)
class FittedCurve:
    """A response curve, how surely the data tell it, and curves that they would allow as well."""

    curve: ResponseCurve
    intervals: pd.DataFrame
    log_likelihood: float
    dispersion: float
    n_cells: int
    searched: np.ndarray
    covariance: np.ndarray

    def draws(self, n: int, *, seed: int) -> list[ResponseCurve]:
        """`n` curves around the fitted one, as surely or unsurely as the data tell it; the same seed, the same curves.

        Examples
        --------
        >>> from crmlib.acquisition import fit_response_curve
        >>> cells = pd.DataFrame({"n_people": 1000, "spent": [5e3, 2e4, 8e4], "n_success": [90, 260, 400]})
        >>> len(fit_response_curve(cells, with_floor=False).draws(3, seed=1))
        3
        """
        drawn = np.random.default_rng(seed).multivariate_normal(self.searched, self.covariance, n, method="cholesky")
        return [_curve(one) for one in drawn]


def fit(people: np.ndarray, spending: np.ndarray, successes: np.ndarray, *, with_floor: bool, z: float) -> FittedCurve:
    """The most likely curve, from several starts; refused where a straight line would do as well."""
    data = (people, spending, successes)
    found = max((_climb(start, data) for start in _starts(data, with_floor)), key=lambda one: _likelihood(one, data))
    best = _likelihood(found, data)
    rate, slopes = _rate_and_slopes(found, spending)
    free = max(len(people) - len(found), 1)
    dispersion = max(1.0, float((((successes - people * rate) ** 2) / (people * rate * (1 - rate))).sum() / free))
    line = _likelihood_of_line(data, with_floor)
    if not (np.abs(found) < FARTHEST + abs(np.log(spending.max()))).all() or 2 * (best - line) < TOLD * dispersion:
        raise ValueError(_untold(spending))
    weight = people / (rate * (1 - rate))
    information = (slopes * weight) @ slopes.T
    if not np.linalg.eigvalsh(information).min() > 1e-9:
        raise ValueError(_untold(spending))
    covariance = dispersion * np.linalg.inv(information)
    intervals = _intervals(found, covariance, z)
    return FittedCurve(_curve(found), intervals, best, dispersion, len(people), found, covariance)


def _curve(searched: np.ndarray) -> ResponseCurve:
    """What is searched: the logarithm of k, the logit of the ceiling, that of the floor as a share of the ceiling."""
    ceiling = _share(searched[1])
    return ResponseCurve(
        ceiling, float(np.exp(searched[0])), ceiling * _share(searched[2]) if len(searched) > 2 else 0.0
    )


def _share(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))


def _rate_and_slopes(searched: np.ndarray, spending: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rate of each cell, and how it changes with each number that is searched."""
    ceiling, k, floor = curve = _curve(searched)
    rate, left = curve.rate(spending), np.exp(-k * spending)
    slopes = [(ceiling - floor) * left * k * spending, rate * (1 - ceiling)]
    if len(searched) > 2:
        slopes.append(left * floor * (1 - floor / ceiling))
    return np.clip(rate, LEAST, 1 - LEAST), np.array(slopes)


def _likelihood(searched: np.ndarray, data: tuple) -> float:
    people, spending, successes = data
    rate, _ = _rate_and_slopes(searched, spending)
    return float((successes * np.log(rate) + (people - successes) * np.log1p(-rate)).sum())


def _starts(data: tuple, with_floor: bool) -> list[np.ndarray]:
    people, spending, successes = data
    seen = successes / people
    ceiling = min(0.98, 1.1 * float(np.quantile(seen, 0.9)) + 0.01)
    floor = [np.log(0.8 / 0.2)] if with_floor else []
    typical = float(np.median(spending[spending > 0]))
    return [np.array([np.log(k / typical), np.log(ceiling / (1 - ceiling)), *floor]) for k in (0.3, 1.0, 3.0)]


def _climb(start: np.ndarray, data: tuple) -> np.ndarray:
    from scipy.optimize import minimize

    people, spending, successes = data

    def downhill(at: np.ndarray) -> tuple[float, np.ndarray]:
        rate, slopes = _rate_and_slopes(np.clip(at, -40, 40), spending)
        gradient = slopes @ ((successes - people * rate) / (rate * (1 - rate)))
        return -_likelihood(np.clip(at, -40, 40), data) / people.sum(), -gradient / people.sum()

    return minimize(downhill, start, jac=True, method="BFGS", options={"gtol": 1e-9, "maxiter": 500}).x


def _likelihood_of_line(data: tuple, with_floor: bool) -> float:
    """How likely the cells are if the rate rises in a straight line: a curve whose ceiling is out of sight."""
    from scipy.optimize import minimize

    people, spending, successes = data

    def downhill(at: np.ndarray) -> float:
        rate = np.clip(np.exp(at[0]) * spending + (_share(at[1]) if with_floor else 0.0), LEAST, 1 - LEAST)
        return -float((successes * np.log(rate) + (people - successes) * np.log1p(-rate)).sum())

    overall = successes.sum() / people.sum()
    steep = np.log(max(overall, LEAST) * people.sum() / (people * spending).sum())
    start = np.array([steep - 2, np.log(overall / (1 - overall))]) if with_floor else np.array([steep])
    return -minimize(downhill, start, method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-8, "maxiter": 4000}).fun


def _intervals(found: np.ndarray, covariance: np.ndarray, z: float) -> pd.DataFrame:
    """One row per parameter; the ends are taken on the scale on which it is searched, so that rates stay rates."""
    curve, reach = _curve(found), z * np.sqrt(np.diag(covariance))
    rows = {
        "ceiling": [curve.ceiling, _share(found[1] - reach[1]), _share(found[1] + reach[1])],
        "k": [curve.k, float(np.exp(found[0] - reach[0])), float(np.exp(found[0] + reach[0]))],
    }
    if len(found) > 2:
        floor, ceiling = curve.floor, curve.ceiling
        logit = np.log(floor / (1 - floor))
        # How the logit of the floor moves with the logit of the ceiling, and with that of their quotient.
        moves = np.array([0.0, (1 - ceiling) / (1 - floor), (1 - floor / ceiling) / (1 - floor)])
        of_floor = z * float(np.sqrt(moves @ covariance @ moves))
        rows["floor"] = [floor, _share(logit - of_floor), _share(logit + of_floor)]
    return pd.DataFrame.from_dict(rows, orient="index", columns=["estimate", "low", "high"]).rename_axis("parameter")


def _untold(spending: np.ndarray) -> str:
    return t(
        "cells must tell the ceiling; a straight line fits them as well as a curve that levels off. Spending per person"
        " was {low:g} to {high:g}: try more of it on some people drawn by lot, or state the ceiling and use"
        " curve_from_answers.",
        low=spending.min(),
        high=spending.max(),
    )
