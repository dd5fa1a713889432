"""Gamma-Gamma: what a purchase is worth varies around a mean of each customer's own, however often they buy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, psi

from crmlib.buying.alike import Alike, find_alike
from crmlib.buying.fitted import Fitted, as_arrays, as_series, in_units, told
from crmlib.buying.maximum import Evaluate, maximize

NAMES = ["p", "q", "gamma"]
MANY = 20_000  # distinct rows, from which on some of them find the way first


def log_likelihood(rows: Alike) -> Evaluate:
    """Of rows (x purchases, their mean z): the log-likelihood of parameters (p, q, gamma), and its gradient."""
    x, z = rows.columns
    n, n_all, values, n_x, at_x = rows.n, rows.n_customers, rows.values[0], rows.by_value(0), rows.places[0]
    log_z, log_x = np.log(z), np.log(x)

    def evaluate(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        p, q, gamma = parameters
        shape, log_all = (p * values)[at_x], np.log(gamma + x * z)
        of_x = gammaln(p * values + q) - gammaln(p * values) - gammaln(q) + q * np.log(gamma)
        value = n_x @ of_x + n @ ((shape - 1) * log_z + shape * log_x - (shape + q) * log_all)
        slope_p = n_x @ (values * (psi(p * values + q) - psi(p * values))) + n @ (x * (log_z + log_x - log_all))
        slope_q = n_x @ psi(p * values + q) + n_all * (np.log(gamma) - psi(q)) - n @ log_all
        return float(value), np.array([slope_p, slope_q, n_all * q / gamma - n @ ((shape + q) / (gamma + x * z))])

    return evaluate


@dataclass(frozen=True)
class FittedSpending(Fitted):
    """A fitted Gamma-Gamma model, in the currency of its data."""

    def average_purchase(self) -> float:
        """The mean worth of a purchase over all customers; infinite where q is 1 or less."""
        p, q, gamma = self._values
        return p * gamma / (q - 1) if q > 1 else np.inf

    def expected_purchase(self, frequency: object, monetary: object) -> object:
        """What a purchase of each customer is worth on average, given how many were seen and their mean.

        Between the customer's own mean and that of all, nearer to their own the more was seen; without a purchase seen
        that of all.
        """
        p, q, gamma = self._values
        x, z = as_arrays(frequency, monetary)
        z = np.where(x > 0, z, 0.0)
        return as_series(p * (gamma + x * z) / (p * x + q - 1), frequency, "expected_purchase")


def fit(x: np.ndarray, z: np.ndarray) -> FittedSpending:
    """The parameters under which these means are most likely."""
    unit = float(z.mean())
    rows = find_alike(x, z / unit)
    nearby = log_likelihood(rows.some(MANY)) if len(rows.n) > 2 * MANY else None
    start = np.array([2.0, 3.0, 2.0])
    found = maximize(log_likelihood(rows), start, rows.n_customers, names=NAMES, nearby=nearby)
    fields = told(found, NAMES, rows.n_customers)
    return FittedSpending(**in_units(fields, {"gamma": unit}, -rows.n_customers * np.log(unit)))
