"""Whether the customers of today are like those of then: the stability index, and its false alarms."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t


class Stability(NamedTuple):
    """The stability index, its table bin by bin, and which bins are empty; None where none is."""

    index: float
    table: pd.DataFrame
    doubt: str | None


def stability_index(before: pd.Series, after: pd.Series, *, n_bins: int = 10) -> Stability:
    """The population stability index: how far the customers of today differ from those of then.

    It is the sum of (share after - share before) x logarithm of their quotient, over bins of equal size before.
    Thresholds of 0.1 and 0.25 are custom; what chance alone brings hangs on how many customers and bins there are:
    `stability_by_lot`. It says that people differ, not that the score is worse.

    When something else is right: `auc_interval` and `calibration_table` of the later period, once it is known who
    turned bad.

    Parameters
    ----------
    before, after : Series
        A score, or another number, of the customers then and now; or categories, in which each is a bin.
    n_bins : int
        Into how many bins numbers are cut; equal ones stay together, so there may be fewer.

    Returns
    -------
    Stability
        index, 0 where shares are the same, without a top; table, one row per bin: n_before, n_after, share_before,
        share_after and adds; and doubt. A bin that is empty then or now has no logarithm: the index is then infinite,
        and doubt names the bin.

    Raises
    ------
    ValueError
        Nobody is there before or after, a value is missing, or n_bins is no whole number from 2 on.

    References
    ----------
    Siddiqi (2006), Credit Risk Scorecards, chapter 9. Yurdakul & Naranjo (2020), Statistical Properties of the
    Population Stability Index, Journal of Risk Model Validation 14(4).

    Examples
    --------
    >>> before, after = pd.Series(["A"] * 50 + ["B"] * 50), pd.Series(["A"] * 60 + ["B"] * 40)
    >>> round(stability_index(before, after).index, 4)
    0.0405
    >>> stability_index(before, after.replace("B", "C")).doubt
    'Nobody was in B after, in C before: the index has no bound there. Join bins, or ask why.'
    """
    require.whole(n_bins, "n_bins", least=2)
    counts = _bin_counts(before, after, n_bins)
    shares = counts / counts.sum()
    table = counts.set_axis(["n_before", "n_after"], axis=1)
    table["share_before"], table["share_after"] = shares["before"], shares["after"]
    table["adds"] = _differences(shares["before"].to_numpy(), shares["after"].to_numpy())
    said = {"before": t("before"), "after": t("after")}
    empty = [
        t("in {bin} {when}", bin=name, when=said[when]) for when in said for name in counts.index[counts[when] == 0]
    ]
    doubt = None
    if empty:
        doubt = t(
            "Nobody was {bins}: the index has no bound there. Join bins, or ask why.", bins=", ".join(sorted(empty))
        )
    return Stability(float(table["adds"].sum()), table, doubt)


def stability_by_lot(n_before: int, n_after: int, *, n_bins: int = 10, n_times: int = 1000, seed: int) -> pd.Series:
    """Stability indexes of a world in which nothing changed: customers then and now are drawn from the same bins.

    What share of them lies above a threshold is how often it gives a false alarm. On average chance alone brings about
    (n_bins - 1) x (1 / n_before + 1 / n_after).

    Parameters
    ----------
    n_before, n_after : int
        How many customers there are then and now.
    n_bins : int
        How many bins, each equally likely.
    n_times : int
        How often to draw.
    seed : int
        The same seed draws the same.

    Returns
    -------
    Series
        One index for each time; infinite where a bin was empty.

    Raises
    ------
    ValueError
        A number is no whole number from 1 on (n_bins from 2 on).

    References
    ----------
    Yurdakul & Naranjo (2020), Journal of Risk Model Validation 14(4).

    Examples
    --------
    With 100 customers each time half of the alarms above 0.1 are false ones.

    >>> drawn = stability_by_lot(100, 100, seed=1)
    >>> bool((drawn > 0.1).mean() > 0.5), bool((stability_by_lot(5000, 5000, seed=1) > 0.1).any())
    (True, False)
    """
    for name, number in (("n_before", n_before), ("n_after", n_after), ("n_times", n_times)):
        require.whole(number, name)
    require.whole(n_bins, "n_bins", least=2)
    random, equal = np.random.default_rng(seed), np.full(n_bins, 1 / n_bins)
    before, after = (random.multinomial(n, equal, size=n_times) / n for n in (n_before, n_after))
    return pd.Series(_differences(before, after).sum(axis=1), name="index")


def _bin_counts(before: pd.Series, after: pd.Series, n_bins: int) -> pd.DataFrame:
    """How many are in each bin, then and now; numbers are cut where those of then fall into equal parts."""
    for name, one in (("before", before), ("after", after)):
        if not isinstance(one, pd.Series) or one.empty or one.isna().any():
            raise ValueError(
                t(
                    "{name} must be a Series of at least one value, none missing. Give what is missing a name:"
                    " .fillna('missing').",
                    name=name,
                )
            )
    if pd.api.types.is_numeric_dtype(before) and not pd.api.types.is_bool_dtype(before):
        cuts = np.unique(np.quantile(before, np.arange(1, n_bins) / n_bins, method="inverted_cdf"))
        cuts = cuts[cuts < before.max()]
        ends = [f"{cut:.6g}" for cut in cuts]
        names = [t("above {low} to {high}", low=low, high=high) for low, high in zip(ends, ends[1:], strict=False)]
        names = [t("up to {high}", high=ends[0]), *names, t("above {low}", low=ends[-1])] if ends else [t("all values")]
        parts = [np.bincount(np.searchsorted(cuts, one), minlength=len(names)) for one in (before, after)]
    else:
        words = [one.astype(object).astype(str) for one in (before, after)]
        known = before.cat.categories.astype(str) if isinstance(before.dtype, pd.CategoricalDtype) else []
        present = set(words[0]) | set(words[1])
        names = [one for one in known if one in present]
        names += sorted(present - set(names))
        parts = [one.value_counts().reindex(names, fill_value=0).to_numpy() for one in words]
    return pd.DataFrame({"before": parts[0], "after": parts[1]}, index=pd.Index(names, name="bin"))


def _differences(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """What each bin adds to the index; infinite where it is empty in one, 0 where in both."""
    with np.errstate(divide="ignore", invalid="ignore"):
        adds = (after - before) * np.log(after / before)
    return np.where(before == after, 0.0, adds)
