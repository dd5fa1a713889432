"""The parameters under which what was seen is most likely. All are above zero: their logarithms are searched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from crmlib.language import t

Evaluate = Callable[[np.ndarray], tuple[float, np.ndarray]]  # parameters -> log-likelihood and its gradient

FARTHEST = np.log(1e5)  # a parameter above 100,000, or below one 100,000th, is on its way to infinity or zero
STEP = 1e-4  # of a logarithm, for the curvature
FLAT = 1e-6  # a gradient, per customer, that is taken for none


@dataclass(frozen=True)
class Maximum:
    """Where the likelihood is highest: parameters, how uncertain they are, and whether it is a maximum."""

    parameters: np.ndarray
    log_likelihood: float
    covariance_of_logs: np.ndarray
    is_converged: bool

    @property
    def standard_errors(self) -> np.ndarray:
        """Of the parameters themselves."""
        return self.parameters * np.sqrt(np.diag(self.covariance_of_logs))


def maximize(evaluate: Evaluate, start: np.ndarray, n: float, *, names: list[str], nearby: Evaluate | None) -> Maximum:
    """The highest likelihood, from `start`; `nearby`, that of some of the customers, finds the way first.

    Raises
    ------
    ValueError
        The data cannot tell the parameters: one runs away, or the likelihood is flat.
    """
    from threadpoolctl import threadpool_limits

    logs, curvature = np.log(start), None
    with threadpool_limits(1, "blas"):  # threads would wait for each other, and could change the last digit
        if nearby is not None:
            logs = _climb(nearby, logs, n, curvature)
            curvature = _curvature(nearby, logs)
        logs = _climb(evaluate, logs, n, curvature)
        _refuse_runaways(logs, names)
        information = _curvature(evaluate, logs)
        log_likelihood, gradient = _by_logs(evaluate, logs)
    lowest = np.linalg.eigvalsh(information / n).min()
    if not lowest > 1e-9:
        raise ValueError(_untold(names, t("the likelihood is flat: several sets of parameters are as good")))
    is_converged = bool(np.abs(gradient).max() / n < FLAT)
    return Maximum(np.exp(logs), log_likelihood, np.linalg.inv(information), is_converged)


def _by_logs(evaluate: Evaluate, logs: np.ndarray) -> tuple[float, np.ndarray]:
    parameters = np.exp(logs)
    value, gradient = evaluate(parameters)
    return value, gradient * parameters


def _climb(evaluate: Evaluate, logs: np.ndarray, n: float, curvature: np.ndarray | None) -> np.ndarray:
    from scipy.optimize import minimize

    def downhill(at: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient = _by_logs(evaluate, np.clip(at, -FARTHEST - 1, FARTHEST + 1))
        return -value / n, -gradient / n

    options = {"gtol": FLAT / 10, "maxiter": 500}
    if curvature is not None and np.linalg.eigvalsh(curvature).min() > 0:
        options["hess_inv0"] = _symmetric(np.linalg.inv(curvature / n))
    return minimize(downhill, logs, jac=True, method="BFGS", options=options).x


def _symmetric(matrix: np.ndarray) -> np.ndarray:
    return (matrix + matrix.T) / 2


def _curvature(evaluate: Evaluate, logs: np.ndarray) -> np.ndarray:
    """The observed information of the logarithms: how fast the gradient changes, from both sides."""
    steps = np.eye(len(logs)) * STEP
    slopes = [(_by_logs(evaluate, logs + one)[1] - _by_logs(evaluate, logs - one)[1]) / (2 * STEP) for one in steps]
    return _symmetric(-np.array(slopes))


def _refuse_runaways(logs: np.ndarray, names: list[str]) -> None:
    away = [name for name, log in zip(names, logs, strict=True) if abs(log) >= FARTHEST]
    if away:
        raise ValueError(_untold(names, t("{away} runs to zero or to infinity", away=", ".join(away))))


def _untold(names: list[str], why: str) -> str:
    return t(
        "the data must tell the parameters {names}; they do not: {why}. Customers may be too few, seen for too short a"
        " time, or too much alike. Take more customers or a longer time, or an average with its interval; to value"
        " customers, value.retention_value with a retention rate that you state.",
        names=", ".join(names),
        why=why,
    )
