"""A scorecard fitted to who paid and who did not: its table of points is what scores, to the last digit."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t
from crmlib.rating.binning import Bins, as_numbers, as_words


@dataclass(frozen=True, eq=False)
class FittedScorecard:
    """Bins with points, whose sum is the score; more points are safer. A result of `fit_scorecard`.

    Attributes
    ----------
    bins : DataFrame
        One row per variable and bin (index `variable` and `bin`): n, n_bad, bad_rate, woe (logarithm of the bin's share
        of the good over its share of the bad: above 0 is safer than all), iv, and points, missing for a variable that
        is left out. Missing values, and categories that are rare or were never seen, have bins of their own; one that
        held too few to judge is neutral (woe 0).
    variables : DataFrame
        One row per variable: holds (numbers or categories), trend of the bad rate (rising, falling or free; empty for
        categories), n_bins that differ, iv, iv_free (without a trend), coefficient, is_used, and told, what one should
        know of it.
    factor, offset : float
        score = offset + factor x logarithm of the odds good to bad.
    """

    bins: pd.DataFrame
    variables: pd.DataFrame
    factor: float
    offset: float
    places: dict[str, Bins] = field(repr=False)

    def __repr__(self) -> str:
        """In short: tables are read one by one."""
        n_used, n_all = len(self._used), len(self.variables)
        return t("<FittedScorecard: {n_used} of {n_all} variables>", n_used=n_used, n_all=n_all)

    @property
    def information_value(self) -> pd.Series:
        """How far each variable alone tells good from bad, the best first; 0 is not at all, and there is no top."""
        return self.variables["iv"].sort_values(ascending=False, kind="stable").rename("information_value")

    def points(self, facts: pd.DataFrame) -> pd.DataFrame:
        """The points of each record, one column per variable that is used.

        Warns
        -----
        UserWarning
            A category was never seen; it has the points of all others. `unseen` lists such values.
        """
        return self._from_bins(facts, "points", int)

    def evidence(self, facts: pd.DataFrame) -> pd.DataFrame:
        """The weights of evidence of each record, one column per variable used: what the regression is fitted to.

        `LogisticRegression(C=inf).fit(card.evidence(facts), ~is_bad)` of scikit-learn has the same coefficients.

        Warns
        -----
        UserWarning
            A category was never seen; it has the weight of all others.
        """
        return self._from_bins(facts, "woe", float)

    def score(self, facts: pd.DataFrame) -> pd.Series:
        """The sum of the points of each record, a whole number; more is safer.

        `facts` has one row per record, or is one record (a Series). A number beyond those seen is in the outermost bin.
        """
        return self._from_bins(facts, "points", int).sum(axis=1).rename("score")

    def probability(self, facts: pd.DataFrame) -> pd.Series:
        """The chance to turn bad that the score stands for, so that equal scores have equal chances; 0 to 1."""
        odds = np.exp((self.score(facts) - self.offset) / self.factor)
        return (1 / (1 + odds)).rename("probability")

    def find_bins(self, facts: pd.DataFrame) -> pd.DataFrame:
        """The bin of each record, one column per variable, used or not, that `facts` has."""
        facts = _as_table(facts)
        names = [name for name in self.places if name in facts.columns]
        found = {name: self.bins.loc[name].index.to_numpy()[self.places[name].places(facts[name])] for name in names}
        return pd.DataFrame(found, index=facts.index)

    def unseen(self, facts: pd.DataFrame) -> pd.DataFrame:
        """One row per value that was not there when the card was fitted: row, variable, given_value and reason."""
        facts = _as_table(facts)
        require.columns(facts, [*self._used], "facts")
        parts = [_strange(self.places[name], facts[name]) for name in self._used]
        return pd.concat(parts, ignore_index=True).astype({"given_value": object})

    def _from_bins(self, facts: pd.DataFrame, column: str, kind: type) -> pd.DataFrame:
        facts = _as_table(facts)
        require.columns(facts, [*self._used], "facts")
        self._warn_of_strangers(facts)
        found = {
            name: self.bins.loc[name, column].to_numpy(dtype=kind)[self.places[name].places(facts[name])]
            for name in self._used
        }
        return pd.DataFrame(found, index=facts.index)

    @property
    def _used(self) -> list[str]:
        return [*self.variables.index[self.variables["is_used"]]]

    def _warn_of_strangers(self, facts: pd.DataFrame) -> None:
        for name in self._used:
            bins = self.places[name]
            if bins.is_number:
                continue
            words = as_words(facts[name])
            strange = words.notna() & ~words.isin(bins.seen)
            if strange.any():
                warnings.warn(
                    t(
                        "{n:,} values of {name} were not there when the card was fitted, for example {value!r}; they"
                        " have the points of all others. unseen(facts) lists them.",
                        n=int(strange.sum()),
                        name=name,
                        value=words[strange].iloc[0],
                    ),
                    stacklevel=4,
                )


def _as_table(facts: pd.DataFrame | pd.Series) -> pd.DataFrame:
    return facts.to_frame().T if isinstance(facts, pd.Series) else facts


def _strange(bins: Bins, column: pd.Series) -> pd.DataFrame:
    """The values of a column that were not there at the fit, with the reason."""
    if bins.is_number:
        values = as_numbers(column, bins.name)
        low, high = bins.seen or (np.inf, -np.inf)
        is_strange = (values < low) | (values > high)
        reason = np.where(values < low, t("below the lowest seen"), t("above the highest seen"))
    else:
        words = as_words(column)
        is_strange = (words.notna() & ~words.isin(bins.seen)).to_numpy()
        reason = np.full(len(column), t("a category not seen"))
    return pd.DataFrame(
        {
            "row": column.index[is_strange],
            "variable": bins.name,
            "given_value": column[is_strange].to_numpy(dtype=object),
            "reason": reason[is_strange],
        }
    )
