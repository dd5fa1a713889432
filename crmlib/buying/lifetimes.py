"""Pareto/NBD: a customer buys at a rate of their own and may leave for good at any time, seen or not.

The chance of having left between the last purchase and now is an integral. It is added up at points that crowd at
both ends (tanh-sinh, Takahasi and Mori 1974), on the scale of logarithms, and so is its gradient: where purchases are
many it is all but over right after the last one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, gammaln, psi

from crmlib.buying.alike import Alike, find_alike
from crmlib.buying.fitted import Fitted, as_arrays, as_series, in_units, told
from crmlib.buying.maximum import Evaluate, maximize

NAMES = ["r", "alpha", "s", "beta"]
N_STEPS, STEP = 26, 0.125
MANY = 4_000  # distinct rows, from which on some of them find the way first
BATCH = 50_000


def _points() -> tuple[np.ndarray, np.ndarray]:
    """Places between 0 and 1, close together at both ends, and their weights."""
    even = np.arange(-N_STEPS, N_STEPS + 1) * STEP
    at = expit(np.pi * np.sinh(even))
    return at, STEP * np.pi * np.cosh(even) * at * expit(-np.pi * np.sinh(even))


def _gone(parameters: np.ndarray, x: np.ndarray, last: np.ndarray, age: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Log odds of having left since the last purchase, and their gradient, one row per customer and four columns.

    The odds are the integral over u from t_x to T of s / (beta+u) ((beta+T)/(beta+u))^s ((alpha+T)/(alpha+u))^(r+x) du.
    """
    r, alpha, s, beta = parameters
    at, weight = _points()
    shape, near = (r + x)[:, None], min(alpha, beta)
    length = np.log((near + age) / (near + last))
    until = age[:, None]
    u = np.minimum(last[:, None] + (near + last)[:, None] * np.expm1(length[:, None] * at), until)
    by_rate, by_leaving = np.log((alpha + until) / (alpha + u)), np.log((beta + until) / (beta + u))
    logs = np.log(weight * (near + u) / (beta + u)) + s * by_leaving + shape * by_rate
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    total = parts.sum(axis=1)
    parts /= total[:, None]
    gradient = [
        (parts * by_rate).sum(axis=1),
        (parts * (shape / (alpha + until) - shape / (alpha + u))).sum(axis=1),
        1 / s + (parts * by_leaving).sum(axis=1),
        (parts * (s / (beta + until) - (s + 1) / (beta + u))).sum(axis=1),
    ]
    with np.errstate(divide="ignore"):  # who bought this day has had no time to leave: odds of 0
        return np.log(s * length * total) + top[:, 0], np.column_stack(gradient)


def log_likelihood(rows: Alike) -> Evaluate:
    """Of rows (x, t_x, T): the log-likelihood of parameters (r, alpha, s, beta), and its gradient."""
    x, last, age = rows.columns
    n, n_all, values, n_x = rows.n, rows.n_customers, rows.values[0], rows.by_value(0)

    def evaluate(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        r, alpha, s, beta = parameters
        value = n_x @ (gammaln(r + values) - gammaln(r)) + n_all * r * np.log(alpha)
        slope = np.array([n_x @ (psi(r + values) - psi(r)) + n_all * np.log(alpha), n_all * r / alpha, 0.0, 0.0])
        for start in range(0, len(n), BATCH):
            part = slice(start, start + BATCH)
            gone, of_gone = _gone(parameters, x[part], last[part], age[part])
            shape, until, stay = r + x[part], alpha + age[part], beta + age[part]
            value += n[part] @ (np.logaddexp(0, gone) - shape * np.log(until) + s * np.log(beta / stay))
            slope += (n[part] * expit(gone)) @ of_gone
            alive = [-np.log(until), -shape / until, np.log(beta / stay), s / beta - s / stay]
            slope += np.array([n[part] @ one for one in alive])
        return float(value), slope

    return evaluate


@dataclass(frozen=True)
class FittedLifetimes(Fitted):
    """A fitted Pareto/NBD model, in the units of time of its data."""

    def probability_alive(self, frequency: object, recency: object, tenure: object) -> object:
        """The chance that a customer has not left, given repeat purchases, age at the last one, and age now; 0 to 1."""
        return as_series(self._alive(*as_arrays(frequency, recency, tenure)), frequency, "probability_alive")

    def _alive(self, x: np.ndarray, last: np.ndarray, age: np.ndarray) -> np.ndarray:
        rows = [np.ravel(one) for one in np.broadcast_arrays(x, last, age)]
        gone, _ = _gone(np.array(self._values), *rows)
        return expit(-gone).reshape(np.broadcast(x, last, age).shape)

    def chance_to_buy(self, t: object, frequency: object, recency: object, tenure: object) -> object:
        """The chance that a customer buys at all in the next `t` units of time; 0 to `probability_alive`."""
        rows = np.broadcast_arrays(*as_arrays(frequency, recency, tenure), np.asarray(t, dtype=float))
        x, last, age, time = (np.ravel(one) for one in rows)
        # The same purchases seen for longer: how much less likely that is, is the chance of none.
        none = self._log_of_silence(x, last, age + time) - self._log_of_silence(x, last, age)
        return as_series(-np.expm1(none).reshape(rows[0].shape), frequency, "chance_to_buy")

    def _log_of_silence(self, x: np.ndarray, last: np.ndarray, age: np.ndarray) -> np.ndarray:
        r, alpha, s, beta = self._values
        gone, _ = _gone(np.array(self._values), x, last, age)
        return np.logaddexp(0, gone) - (r + x) * np.log(alpha + age) - s * np.log(beta + age)

    def expected_purchases(self, t: object) -> object:
        """The repeat purchases expected of a customer in the first `t` units of time."""
        r, alpha, s, beta = self._values
        return as_series(_while_alive(r / alpha, s, beta, np.asarray(t, dtype=float)), t, "expected_purchases")

    def future_purchases(self, t: object, frequency: object, recency: object, tenure: object) -> object:
        """The purchases expected of each customer in the next `t` units of time, given what they did so far."""
        r, alpha, s, beta = self._values
        x, last, age = as_arrays(frequency, recency, tenure)
        time = np.asarray(t, dtype=float)
        if_alive = _while_alive((r + x) / (alpha + age), s, beta + age, time)
        return as_series(self._alive(x, last, age) * if_alive, frequency, "future_purchases")


def _while_alive(rate: np.ndarray, s: float, beta: np.ndarray, time: np.ndarray) -> np.ndarray:
    """The mean of rate x (1 - exp(-m t)) / m over m ~ gamma(s, beta); s = 1 is its limit."""
    longer = np.log1p(time / beta)
    return rate * beta * (longer if abs(s - 1) < 1e-12 else -np.expm1(-(s - 1) * longer) / (s - 1))


def fit(x: np.ndarray, last: np.ndarray, age: np.ndarray) -> FittedLifetimes:
    """The parameters under which these purchases are most likely."""
    unit = age.mean() / 10  # in units in which the parameters are neither large nor small
    rows = find_alike(x, last / unit, age / unit)
    nearby = log_likelihood(rows.some(MANY)) if len(rows.n) > 2 * MANY else None
    start = np.array([0.5, 3.0, 0.5, 3.0])
    found = maximize(log_likelihood(rows), start, rows.n_customers, names=NAMES, nearby=nearby)
    fields = told(found, NAMES, rows.n_customers)
    return FittedLifetimes(**in_units(fields, {"alpha": unit, "beta": unit}, -x.sum() * np.log(unit)))
