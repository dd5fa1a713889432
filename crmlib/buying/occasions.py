"""BG/BB: at each of n occasions a customer buys by a chance of their own, and before each one may leave for good."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, logsumexp, psi

from crmlib.buying.alike import Alike, find_alike
from crmlib.buying.fitted import Fitted, as_arrays, as_series, told
from crmlib.buying.maximum import Evaluate, maximize

NAMES = ["alpha", "beta", "gamma", "delta"]


def _ways(x: np.ndarray, last: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many occasions one may have been there for: all of them first, then up to the last bought at, and later."""
    there = np.column_stack([n, last[:, None] + np.arange(int((n - last).max(initial=0)))])
    is_one = there < n[:, None]
    is_one[:, 0] = True
    return there, is_one


def _logs(parameters: np.ndarray, x: np.ndarray, last: np.ndarray, n: np.ndarray) -> np.ndarray:
    """The log-likelihood of each of the ways, one row per customer; the first is to be there still."""
    alpha, beta, gamma, delta = parameters
    there, is_one = _ways(x, last, n)
    leaves = np.ones(there.shape[1])
    leaves[0] = 0
    bought = betaln(alpha + x[:, None], beta + there - x[:, None]) - betaln(alpha, beta)
    return np.where(is_one, bought + betaln(gamma + leaves, delta + there) - betaln(gamma, delta), -np.inf)


def log_likelihood(rows: Alike) -> Evaluate:
    """Of rows (x, t_x, n): the log-likelihood of parameters (alpha, beta, gamma, delta), and its gradient."""
    x, last, n = rows.columns
    there, _ = _ways(x, last, n)
    leaves = np.ones(there.shape[1])
    leaves[0] = 0

    def evaluate(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        alpha, beta, gamma, delta = parameters
        logs = _logs(parameters, x, last, n)
        total = logsumexp(logs, axis=1)
        weight = np.exp(logs - total[:, None]) * rows.n[:, None]
        buys, skips = alpha + x[:, None], beta + there - x[:, None]
        both = psi(alpha + beta) - psi(alpha + beta + there)
        stay = psi(gamma + delta) - psi(gamma + delta + there + leaves)
        slopes = [
            psi(buys) - psi(alpha) + both,
            psi(skips) - psi(beta) + both,
            psi(gamma + leaves) - psi(gamma) + stay,
            psi(delta + there) - psi(delta) + stay,
        ]
        return float(rows.n @ total), np.array([(weight * one).sum() for one in slopes])

    return evaluate


@dataclass(frozen=True)
class FittedOccasions(Fitted):
    """A fitted BG/BB model; time is counted in occasions."""

    def probability_alive(self, frequency: object, recency: object, tenure: object) -> object:
        """The chance that a customer is there at the next occasion; given occasions bought at, the last, and all."""
        values = self._future(1, *as_arrays(frequency, recency, tenure), buys=0)
        return as_series(values, frequency, "probability_alive")

    def chance_to_buy(self, t: int, frequency: object, recency: object, tenure: object) -> object:
        """The chance that a customer buys at all at the next `t` occasions; 0 to `probability_alive`."""
        x, last, n = np.broadcast_arrays(*as_arrays(frequency, recency, tenure))
        rows = [np.ravel(one) for one in (x, last, n)]
        # The same purchases seen for longer: how much less likely that is, is the chance of none.
        longer = logsumexp(_logs(np.array(self._values), *rows[:2], rows[2] + int(t)), axis=1)
        none = longer - logsumexp(_logs(np.array(self._values), *rows), axis=1)
        return as_series(-np.expm1(none).reshape(x.shape), frequency, "chance_to_buy")

    def expected_purchases(self, t: object) -> object:
        """The purchases expected of a customer at the first `t` occasions."""
        none = np.zeros(np.shape(t))
        occasions = np.asarray(t, dtype=float)
        most = np.arange(1, int(occasions.max(initial=0)) + 1)
        alpha, beta, gamma, delta = self._values
        there = np.exp(betaln(gamma, delta + most) - betaln(gamma, delta))
        added = np.concatenate([[0.0], np.cumsum(there)]) * alpha / (alpha + beta)
        return as_series(added[occasions.astype(int)] + none, t, "expected_purchases")

    def future_purchases(self, t: int, frequency: object, recency: object, tenure: object) -> object:
        """The purchases expected of each customer at the next `t` occasions, given what they did so far."""
        values = self._future(int(t), *as_arrays(frequency, recency, tenure), buys=1)
        return as_series(values, frequency, "future_purchases")

    def _future(self, t: int, x: np.ndarray, last: np.ndarray, n: np.ndarray, *, buys: int) -> np.ndarray:
        """The sum over the next t occasions of the chance to be there, and to buy if `buys`."""
        alpha, beta, gamma, delta = self._values
        rows = [np.atleast_1d(one) for one in np.broadcast_arrays(x, last, n)]
        shape = np.broadcast(x, last, n).shape
        total = logsumexp(_logs(np.array(self._values), *rows), axis=1)
        x, _, n = rows
        bought = betaln(alpha + x + buys, beta + n - x) - betaln(alpha, beta)
        ahead = n[:, None] + np.arange(1, t + 1)
        there = logsumexp(betaln(gamma, delta + ahead), axis=1) - betaln(gamma, delta)
        return np.exp(bought + there - total).reshape(shape)


def fit(x: np.ndarray, last: np.ndarray, n: np.ndarray) -> FittedOccasions:
    """The parameters under which these purchases are most likely."""
    rows = find_alike(x, last, n)
    found = maximize(log_likelihood(rows), np.ones(4), rows.n_customers, names=NAMES, nearby=None)
    return FittedOccasions(**told(found, NAMES, rows.n_customers))
