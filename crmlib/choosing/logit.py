"""The multinomial logit: chances from utilities, and the weights under which what was chosen is most likely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.choosing.occasions import Columns, Occasions, arranged, chosen_rows
from crmlib.language import t

FLAT = 1e-8  # a gradient, per occasion, that is taken for none
FAR = 6.0  # a weight, times the spread of its driver, from which on separation is looked for


@dataclass(frozen=True)
class FittedChoice:
    """Weights of the drivers, how uncertain they are, and what they foretell of a table."""

    params: dict[str, float]
    standard_errors: dict[str, float]
    log_likelihood: float
    null_log_likelihood: float
    n_occasions: int
    is_converged: bool
    covariance: np.ndarray
    columns: Columns

    @property
    def weights(self) -> np.ndarray:
        """The params as an array, in their order."""
        return np.array(list(self.params.values()))

    def intervals(self, *, level: float = 0.95) -> pd.DataFrame:
        """The weights with their intervals, estimate +- z standard errors.

        Parameters
        ----------
        level : float
            How often such an interval holds the true weight.

        Returns
        -------
        DataFrame
            One row per weight: weight, low and high.
        """
        from scipy.special import ndtri

        require.between(level, "level", 0, 1, example=0.95)
        weight, error = pd.Series(self.params, name="weight"), pd.Series(self.standard_errors)
        z = float(ndtri((1 + level) / 2))
        return pd.DataFrame({"weight": weight, "low": weight - z * error, "high": weight + z * error})

    def chances(self, table: pd.DataFrame) -> pd.Series:
        """The chance of each row to be chosen: e^u over the sum of e^u of its occasion.

        Parameters
        ----------
        table : DataFrame
            One row per occasion and alternative, with the columns the model was fitted on; what was chosen may lack.

        Returns
        -------
        Series
            One row per row of the table; they add up to 1 in each occasion.
        """
        occasions = arranged(table, self.columns)
        values = np.empty(len(table))
        values[occasions.order] = occasions.chances(self.weights)[0]
        return pd.Series(values, index=table.index, name="chance")

    def shares(self, table: pd.DataFrame) -> pd.Series:
        """The share of each alternative that the model foretells: the mean of its chances over all occasions.

        Parameters
        ----------
        table : DataFrame
            As in `chances`.

        Returns
        -------
        Series
            One row per alternative; they add up to 1.
        """
        total = self.chances(table).groupby(table[self.columns.alternative], sort=False).sum()
        return (total / table[self.columns.occasion].nunique()).rename("share")

    def score(self, table: pd.DataFrame) -> pd.Series:
        """How well the model foretells choices, best of a table it has not seen.

        Parameters
        ----------
        table : DataFrame
            As in `chances`, with what was chosen.

        Returns
        -------
        Series
            One row per measure: log_likelihood (range below 0; best 0), log_likelihood_per_occasion, hit_rate (the
            share of occasions in which the alternative with the highest chance was chosen; of several equal ones
            their part; range 0 to 1; best 1) and n_occasions.
        """
        occasions = arranged(table, self.columns)
        rows = chosen_rows(table, self.columns, occasions)
        chances, logs = occasions.chances(self.weights)
        highest = np.isclose(chances, occasions.spread(np.maximum.reduceat(chances, occasions.starts)), rtol=1e-12)
        hits = highest[rows] / occasions.sums(highest.astype(float))
        total = float(logs[rows].sum())
        measures = {"log_likelihood": total, "log_likelihood_per_occasion": total / len(rows)}
        return pd.Series(measures | {"hit_rate": float(hits.mean()), "n_occasions": len(rows)}, name="score")

    def lead_over(self, other: FittedChoice, table: pd.DataFrame, *, level: float = 0.95) -> pd.Series:
        """By how much the logarithm of the chance of what was chosen is higher than another model's, per occasion.

        Parameters
        ----------
        other : FittedChoice
            Another model, fitted on the same table as this one or not.
        table : DataFrame
            As in `score`; best one that neither has seen.
        level : float
            Of the interval, which has the doubt in which occasions came.

        Returns
        -------
        Series
            One row per number: lead, low and high. Best: above 0.
        """
        from scipy.special import ndtri

        require.between(level, "level", 0, 1, example=0.95)
        chosen = []
        for one in (self, other):
            occasions = arranged(table, one.columns)
            chosen.append(occasions.chances(one.weights)[1][chosen_rows(table, one.columns, occasions)])
        gap = chosen[0] - chosen[1]
        wide = float(ndtri((1 + level) / 2)) * gap.std(ddof=1) / len(gap) ** 0.5
        return pd.Series({"lead": gap.mean(), "low": gap.mean() - wide, "high": gap.mean() + wide}, name="lead")


def fit(table: pd.DataFrame, columns: Columns, chooser: str | None) -> FittedChoice:
    """The weights of highest likelihood, drivers measured in their own spread while it is searched."""
    occasions = arranged(table, columns)
    rows = chosen_rows(table, columns, occasions)
    within = occasions.design - occasions.spread(occasions.sums(occasions.design) / _sizes(occasions)[:, None])
    spread = np.sqrt((within**2).mean(axis=0))
    _refuse_untold(within, spread, columns)
    scaled = Occasions(within / spread, occasions.starts, occasions.alternatives, occasions.order)
    weights, is_converged = _climb(scaled, rows)
    if np.abs(weights).max() > FAR:
        _refuse_separation(scaled, rows, columns)
    chances, logs = scaled.chances(weights)
    covariance = np.linalg.inv(_information(scaled, chances))
    if chooser is not None:
        covariance = _by_chooser(table, chooser, scaled, rows, chances, covariance)
    covariance = covariance / np.outer(spread, spread)
    errors = np.sqrt(np.diag(covariance))
    return FittedChoice(
        dict(zip(columns.names, map(float, weights / spread), strict=True)),
        dict(zip(columns.names, map(float, errors), strict=True)),
        float(logs[rows].sum()),
        float(-np.log(_sizes(occasions)).sum()),
        len(rows),
        is_converged,
        covariance,
        columns,
    )


def _sizes(occasions: Occasions) -> np.ndarray:
    return np.diff(np.append(occasions.starts, len(occasions.order)))


def _climb(occasions: Occasions, rows: np.ndarray) -> tuple[np.ndarray, bool]:
    from scipy.optimize import minimize

    chosen = occasions.design[rows].sum(axis=0)

    def downhill(weights: np.ndarray) -> tuple[float, np.ndarray]:
        chances, logs = occasions.chances(weights)
        return -logs[rows].sum() / len(rows), (chances @ occasions.design - chosen) / len(rows)

    start = np.zeros(occasions.design.shape[1])
    weights = minimize(downhill, start, jac=True, method="BFGS", options={"gtol": 1e-7, "maxiter": 500}).x
    for _ in range(3):  # BFGS ends near the top; Newton's steps end on it
        information = _information(occasions, occasions.chances(weights)[0])
        if np.linalg.cond(information) > 1e12:
            break
        weights = weights - np.linalg.solve(information, downhill(weights)[1] * len(rows))
    return weights, bool(np.abs(downhill(weights)[1]).max() < FLAT)


def _information(occasions: Occasions, chances: np.ndarray) -> np.ndarray:
    """How sharp the top of the likelihood is."""
    design = occasions.design
    means = occasions.sums(chances[:, None] * design)
    return (design * chances[:, None]).T @ design - means.T @ means


def _by_chooser(
    table: pd.DataFrame,
    chooser: str,
    occasions: Occasions,
    rows: np.ndarray,
    chances: np.ndarray,
    covariance: np.ndarray,
) -> np.ndarray:
    """Uncertain as people are, not as occasions are: whoever chose forty times is one person."""
    require.columns(table, [chooser], "table")
    slopes = occasions.design[rows] - occasions.sums(chances[:, None] * occasions.design)
    people = table[chooser].to_numpy(dtype=object)[occasions.order[rows]]
    sums = pd.DataFrame(slopes).groupby(people).sum().to_numpy()
    n = len(sums)
    if n <= occasions.design.shape[1]:
        raise ValueError(
            t("there must be more choosers than weights; {column} has {n}. Take drivers out.", column=chooser, n=n)
        )
    return covariance @ (sums.T @ sums) @ covariance * n / (n - 1)


def _refuse_untold(within: np.ndarray, spread: np.ndarray, columns: Columns) -> None:
    names = columns.names
    same = [name for name, wide in zip(names, spread, strict=True) if not wide > 1e-12]
    if same:
        raise ValueError(
            t(
                "a driver must differ between the alternatives of an occasion; {same} is the same for all in every one,"
                " and so cannot say why one was chosen. What belongs to the person (income, age) needs its product with"
                " an alternative.",
                same=", ".join(same),
            )
        )
    values = np.linalg.svd(within / spread, compute_uv=False)
    if values[-1] < 1e-8 * values[0]:
        raise ValueError(
            t(
                "the drivers {names} must not say the same: one of them follows from the others. Take one out; with"
                " base, a driver that is always the same for each alternative is what the constants say already.",
                names=", ".join(names),
            )
        )


def _refuse_separation(occasions: Occasions, rows: np.ndarray, columns: Columns) -> None:
    """Is there a sum of drivers that is highest for the chosen one in every occasion? Then weights have no end."""
    from scipy.optimize import linprog

    sizes = _sizes(occasions)
    better = np.repeat(occasions.design[rows], sizes, axis=0) - occasions.design
    best = linprog(-better.sum(axis=0), A_ub=-better, b_ub=np.zeros(len(better)), bounds=(-1, 1))
    if best.status == 0 and -best.fun > 1e-6:
        names = [name for name, weight in zip(columns.names, best.x, strict=True) if abs(weight) > 1e-9]
        raise ValueError(
            t(
                "no driver may tell every choice without a miss; here {names} does (separation): the larger its weight,"
                " the likelier the data, without end. Take it out or more occasions: often it was measured after the"
                " choice, or is the choice itself.",
                names=" + ".join(names),
            )
        )
