"""A long table of choices as arrays: occasions one after the other, each with its alternatives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t


@dataclass(frozen=True)
class Columns:
    """Which column of a table says what; `base` is the alternative without a constant, None where none has one."""

    occasion: str
    alternative: str
    chosen: str
    drivers: tuple[str, ...]
    base: str | None
    constants: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """Of the weights: constants first."""
        return [*self.constants, *self.drivers]


@dataclass(frozen=True)
class Occasions:
    """Rows in the order of their occasions; `order` says which row of the table each was."""

    design: np.ndarray
    starts: np.ndarray
    alternatives: np.ndarray
    order: np.ndarray

    def sums(self, values: np.ndarray) -> np.ndarray:
        """One sum per occasion."""
        return np.add.reduceat(values, self.starts, axis=0)

    def spread(self, values: np.ndarray) -> np.ndarray:
        """A value of each occasion, once for each of its rows."""
        return np.repeat(values, np.diff(np.append(self.starts, len(self.order))), axis=0)

    def chances(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of each row, and the logarithms of them."""
        utility = self.design @ weights
        utility = utility - self.spread(np.maximum.reduceat(utility, self.starts))
        logs = utility - self.spread(np.log(self.sums(np.exp(utility))))
        return np.exp(logs), logs


def arranged(table: pd.DataFrame, columns: Columns) -> Occasions:
    """The rows of a table by occasion.

    Raises
    ------
    ValueError
        A column is missing, a driver is no number, an alternative stands twice in an occasion or alone, or is one
        the model does not know.
    """
    require.columns(table, [columns.occasion, columns.alternative], "table")
    require.numbers(table, list(columns.drivers), "table")
    if not len(table):
        raise ValueError(t("table must have one row per occasion and alternative; it has none."))
    codes = pd.factorize(table[columns.occasion], use_na_sentinel=True)[0]
    if (codes < 0).any():
        raise ValueError(t("every row must say its occasion; {column} is missing in some.", column=columns.occasion))
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    alternatives = table[columns.alternative].to_numpy(dtype=object)[order]
    _check_alternatives(table, columns, starts, order)
    constants = np.column_stack([alternatives == one for one in columns.constants] or [np.empty((len(order), 0))])
    values = table[list(columns.drivers)].to_numpy(dtype=float)[order]
    return Occasions(np.hstack([constants.astype(float), values]), starts, alternatives, order)


def _check_alternatives(table: pd.DataFrame, columns: Columns, starts: np.ndarray, order: np.ndarray) -> None:
    pairs = table[[columns.occasion, columns.alternative]]
    if pairs.duplicated().any():
        occasion, alternative = pairs[pairs.duplicated()].iloc[0]
        raise ValueError(
            t(
                "an alternative must stand once in an occasion; {alternative!r} stands twice in {occasion!r}. Give each"
                " occasion a number of its own: one person who chose twice is two occasions.",
                alternative=alternative,
                occasion=str(occasion),
            )
        )
    alone = np.diff(np.append(starts, len(order))) < 2
    if alone.any():
        raise ValueError(
            t(
                "an occasion must offer at least two alternatives; {occasion!r} has one. Leave it out, or add the rows"
                " of what was not chosen.",
                occasion=str(table[columns.occasion].iloc[order[starts[alone][0]]]),
            )
        )
    known = {columns.base, *columns.constants}
    unknown = sorted(set(table[columns.alternative].unique()) - known, key=str)
    if columns.base is not None and unknown:
        raise ValueError(
            t(
                "each alternative must be one of {known}, which have a constant; got {unknown}.",
                known=sorted(known, key=str),
                unknown=unknown,
            )
        )


def chosen_rows(table: pd.DataFrame, columns: Columns, occasions: Occasions) -> np.ndarray:
    """Which row of each occasion was chosen.

    Raises
    ------
    ValueError
        Chosen is neither true nor false somewhere, or an occasion has none chosen, or two.
    """
    require.columns(table, [columns.chosen], "table")
    values = table[columns.chosen]
    if not values.isin([0, 1]).all():
        raise ValueError(t("{column} must be true or false in every row, none missing.", column=columns.chosen))
    is_chosen = values.to_numpy(dtype=float)[occasions.order]
    n_chosen = occasions.sums(is_chosen)
    if (n_chosen != 1).any():
        place = np.flatnonzero(n_chosen != 1)[0]
        raise ValueError(
            t(
                "each occasion must have one alternative that was chosen; {occasion!r} has {n}. Who took none needs an"
                " alternative of its own (nothing); who took two is two occasions.",
                occasion=str(table[columns.occasion].iloc[occasions.order[occasions.starts[place]]]),
                n=int(n_chosen[place]),
            )
        )
    return np.flatnonzero(is_chosen)


def constants_of(table: pd.DataFrame, alternative: str, base: str | None, drivers: Sequence[str]) -> tuple[str, ...]:
    """The alternatives that get a constant: all but the base, in order of appearance."""
    if base is None:
        return ()
    found = [one for one in table[alternative].unique() if one != base]
    if len(found) == table[alternative].nunique():
        raise ValueError(
            t("base must be one of the alternatives {alternatives}; got {base!r}.", alternatives=found, base=base)
        )
    both = sorted(set(found) & set(drivers))
    if both:
        raise ValueError(t("an alternative and a driver must have different names; both have {both}.", both=both))
    return tuple(found)
