"""Shifted beta-geometric: each customer ends a contract by a chance of their own, at every renewal the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, hyp2f1, psi

from crmlib.buying.fitted import Fitted, as_series, told
from crmlib.buying.maximum import Evaluate, maximize

NAMES = ["alpha", "beta"]


def log_likelihood(n_left: np.ndarray, n_stayed: float) -> Evaluate:
    """Of how many left after each period and how many stayed: that of parameters (alpha, beta), and its gradient."""
    after = np.arange(len(n_left))  # renewals made before they left
    last = len(n_left)

    def evaluate(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        alpha, beta = parameters
        start = betaln(alpha, beta)
        value = n_left @ (betaln(alpha + 1, beta + after) - start) + n_stayed * (betaln(alpha, beta + last) - start)
        both = psi(alpha + beta)
        left = both - psi(alpha + beta + 1 + after)
        stayed = both - psi(alpha + beta + last)
        by_alpha = n_left @ (psi(alpha + 1) - psi(alpha) + left) + n_stayed * stayed
        by_beta = n_left @ (psi(beta + after) - psi(beta) + left) + n_stayed * (psi(beta + last) - psi(beta) + stayed)
        return float(value), np.array([by_alpha, by_beta])

    return evaluate


@dataclass(frozen=True)
class FittedRenewals(Fitted):
    """A fitted shifted beta-geometric model; time is counted in renewals."""

    def survival(self, t: object) -> object:
        """The share of a cohort still there after `t` renewals; 1 at 0."""
        alpha, beta = self._values
        times = np.asarray(t, dtype=float)
        return as_series(np.exp(betaln(alpha, beta + times) - betaln(alpha, beta)), t, "survival")

    def retention_rate(self, t: object) -> object:
        """The share of those there before renewal `t` (1 is the first) who renew: it rises, as the loyal remain."""
        alpha, beta = self._values
        times = np.asarray(t, dtype=float)
        return as_series((beta + times - 1) / (alpha + beta + times - 1), t, "retention_rate")

    def residual_lifetime(self, n_renewals: int, *, discount_rate: float) -> float:
        """The payments still expected, discounted, of a customer who has renewed so often and is about to again.

        The payment at the next renewal, if they renew, counts in full, as it is made now.
        """
        alpha, beta = self._values
        at = beta + n_renewals
        return float(at / (alpha + at) * hyp2f1(1, at + 1, alpha + at + 1, 1 / (1 + discount_rate)))


def fit(alive: np.ndarray, n_customers: float | None) -> FittedRenewals:
    """The parameters under which so many stay; shares without a number of customers leave the errors unknown."""
    n_left, n_stayed = -np.diff(alive), float(alive[-1])
    found = maximize(log_likelihood(n_left, n_stayed), np.ones(2), float(alive[0]), names=NAMES, nearby=None)
    fields = told(found, NAMES, n_customers or 0)
    if n_customers is None:
        fields["standard_errors"] = dict.fromkeys(NAMES, float("nan"))
        fields["covariance_of_logs"] = np.full((len(NAMES), len(NAMES)), np.nan)
    return FittedRenewals(**fields)
