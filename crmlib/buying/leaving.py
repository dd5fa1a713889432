"""BG/NBD and modified BG/NBD: a customer buys at a rate of their own and may leave for good after a purchase.

In the first nobody leaves before their first repeat purchase; in the second one may leave right after the first
purchase of all. Written for x repeat purchases, the last at age t_x, seen until age T.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, expit, gammaln, hyp2f1, psi

from crmlib.buying.alike import Alike, find_alike
from crmlib.buying.fitted import Fitted, as_arrays, as_series, in_units, told
from crmlib.buying.maximum import Evaluate, maximize

NAMES = ["r", "alpha", "a", "b"]
NEAR = 1e-3
MANY = 20_000  # distinct rows, from which on some of them find the way first


def log_likelihood(rows: Alike, may_leave_first: bool) -> Evaluate:
    """Of rows (x, t_x, T): the log-likelihood of parameters (r, alpha, a, b), and its gradient."""
    x = rows.values[0]
    n_x, (at_x, at_last, at_age) = rows.by_value(0), rows.places
    k = x + may_leave_first  # after how many purchases one might have left and did not
    could_leave = k > 0
    n, x_row = rows.n, rows.columns[0]
    n_all = rows.n_customers

    def evaluate(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        r, alpha, a, b = parameters
        until, since = alpha + rows.values[2], alpha + rows.values[1]
        log_until, shape = np.log(until)[at_age], r + x_row
        odds = np.where(could_leave, np.log(a / np.where(could_leave, b + k - 1, 1.0)), -np.inf)
        gone = odds[at_x] + shape * (log_until - np.log(since)[at_last])  # log odds of having left
        has_left = expit(gone)
        of_x = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + betaln(a, b + k) - betaln(a, b)
        value = n_x @ of_x + n @ (np.logaddexp(0, gone) - shape * log_until)
        left, left_by_x = n * has_left, np.bincount(at_x, n * has_left, minlength=len(x))
        stays = n - left
        log_since = np.log(since)[at_last]
        shared = psi(a + b) * n_all - n_x @ psi(a + b + k)
        return value, np.array(
            [
                n_x @ (psi(r + x) - psi(r) + np.log(alpha)) - stays @ log_until - left @ log_since,
                n_all * r / alpha - (stays * shape) @ (1 / until)[at_age] - (left * shape) @ (1 / since)[at_last],
                shared + left.sum() / a,
                shared + n_x @ psi(b + k) - psi(b) * n_all - left_by_x @ (1 / np.where(could_leave, b + k - 1, 1.0)),
            ]
        )

    return evaluate


@dataclass(frozen=True)
class FittedLeaving(Fitted):
    """A fitted BG/NBD or modified BG/NBD model, in the units of time of its data."""

    may_leave_first: bool

    def probability_alive(self, frequency: object, recency: object, tenure: object) -> object:
        """The chance that a customer has not left, given repeat purchases, age at the last one, and age now; 0 to 1."""
        return as_series(self._alive(*as_arrays(frequency, recency, tenure)), frequency, "probability_alive")

    def _alive(self, x: np.ndarray, last: np.ndarray, age: np.ndarray) -> np.ndarray:
        r, alpha, a, b = self._values
        k = x + self.may_leave_first
        with np.errstate(divide="ignore"):
            odds = np.where(k > 0, np.log(a / np.where(k > 0, b + k - 1, 1.0)), -np.inf)
        return expit(-(odds + (r + x) * np.log((alpha + age) / (alpha + last))))

    def chance_to_buy(self, t: object, frequency: object, recency: object, tenure: object) -> object:
        """The chance that a customer buys at all in the next `t` units of time; 0 to `probability_alive`."""
        r, alpha, _, _ = self._values
        x, last, age = as_arrays(frequency, recency, tenure)
        waits = (r + x) * np.log1p(np.asarray(t, dtype=float) / (alpha + age))
        return as_series(self._alive(x, last, age) * -np.expm1(-waits), frequency, "chance_to_buy")

    def expected_purchases(self, t: object) -> object:
        """The repeat purchases expected of a customer in the first `t` units of time."""
        r, alpha, a, b = self._values
        time = np.asarray(t, dtype=float)
        if self.may_leave_first:
            return as_series(b / (a + b) * _mean_until_leaving(r, alpha, a, b + 1, time), t, "expected_purchases")
        return as_series(_mean_until_leaving(r, alpha, a, b, time), t, "expected_purchases")

    def future_purchases(self, t: object, frequency: object, recency: object, tenure: object) -> object:
        """The purchases expected of each customer in the next `t` units of time, given what they did so far."""
        r, alpha, a, b = self._values
        x, last, age = as_arrays(frequency, recency, tenure)
        time = np.asarray(t, dtype=float)
        if_alive = _mean_until_leaving(r + x, alpha + age, a, b + x + self.may_leave_first, time)
        return as_series(self._alive(x, last, age) * if_alive, frequency, "future_purchases")


def _mean_until_leaving(shape: np.ndarray, rate: np.ndarray, a: float, b: np.ndarray, time: np.ndarray) -> np.ndarray:
    """The mean of (1 - exp(-l p t)) / p over l ~ gamma(shape, rate) and p ~ beta(a, b)."""
    if abs(a - 1) < NEAR:  # the formula divides by a - 1; what it gives is smooth there, and level enough for a line
        below, above = (_by_formula(shape, rate, one, b, time) for one in (1 - NEAR, 1 + NEAR))
        return below + (above - below) * (a - 1 + NEAR) / (2 * NEAR)
    return _by_formula(shape, rate, a, b, time)


def _by_formula(shape: np.ndarray, rate: np.ndarray, a: float, b: np.ndarray, time: np.ndarray) -> np.ndarray:
    ahead = time / (rate + time)
    power = np.exp(shape * np.log1p(-ahead))
    mean = (a + b - 1) / (a - 1) * (1 - power * hyp2f1(shape, b, a + b - 1, ahead))
    return np.maximum(mean, 0.0)  # of no time at all it is 0, but for the last digit


def fit(x: np.ndarray, last: np.ndarray, age: np.ndarray, *, may_leave_first: bool) -> FittedLeaving:
    """The parameters under which these purchases are most likely."""
    unit = age.mean() / 10  # in units in which the parameters are neither large nor small
    rows = find_alike(x, last / unit, age / unit)
    nearby = log_likelihood(rows.some(MANY), may_leave_first) if len(rows.n) > 2 * MANY else None
    found = maximize(
        log_likelihood(rows, may_leave_first),
        np.array([0.5, 3.0, 1.0, 2.0]),
        rows.n_customers,
        names=NAMES,
        nearby=nearby,
    )
    fields = in_units(told(found, NAMES, rows.n_customers), {"alpha": unit}, -x.sum() * np.log(unit))
    return FittedLeaving(**fields, may_leave_first=may_leave_first)
