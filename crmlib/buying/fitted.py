"""What every fitted model of purchases has."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from crmlib.buying.maximum import Maximum


@dataclass(frozen=True)
class Fitted:
    """Parameters in their published order, and how they were found."""

    params: dict[str, float]
    log_likelihood: float
    standard_errors: dict[str, float]
    n_customers: int
    is_converged: bool
    covariance_of_logs: np.ndarray = field(  # of the logarithms of the parameters; none where nothing was fitted
        default_factory=lambda: np.zeros((0, 0)), kw_only=True, repr=False, compare=False
    )

    @property
    def _values(self) -> tuple[float, ...]:
        return tuple(self.params.values())

    def drawn(self, random: np.random.Generator) -> Fitted:
        """The same model with other parameters: such as the data would have given as well."""
        steps = random.multivariate_normal(np.zeros(len(self.params)), self.covariance_of_logs, method="cholesky")
        params = {name: float(one * np.exp(step)) for (name, one), step in zip(self.params.items(), steps, strict=True)}
        return replace(self, params=params)


def told(maximum: Maximum, names: list[str], n_customers: float) -> dict:
    """The fields of `Fitted`."""
    return {
        "params": dict(zip(names, map(float, maximum.parameters), strict=True)),
        "log_likelihood": float(maximum.log_likelihood),
        "standard_errors": dict(zip(names, map(float, maximum.standard_errors), strict=True)),
        "n_customers": round(n_customers),
        "is_converged": maximum.is_converged,
        "covariance_of_logs": maximum.covariance_of_logs,
    }


def as_series(values: np.ndarray, like: object, name: str) -> object:
    """A Series with the index of `like` where that is one; a number where all was one; else an array."""
    import pandas as pd

    if isinstance(like, pd.Series):
        return pd.Series(values, index=like.index, name=name)
    return float(values) if np.ndim(values) == 0 else values


def in_units(fields: dict, units: dict[str, float], shift: float) -> dict:
    """The fields of a model fitted in other units: some parameters are longer, and the likelihood is shifted."""
    for table in ("params", "standard_errors"):
        fields[table] = {name: float(value * units.get(name, 1.0)) for name, value in fields[table].items()}
    fields["log_likelihood"] += float(shift)
    return fields


def as_arrays(*columns: object) -> tuple[np.ndarray, ...]:
    """Numbers, or columns of them, as arrays that may be worked out together."""
    return tuple(np.asarray(getattr(column, "array", column), dtype=float) for column in columns)
