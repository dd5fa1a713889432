"""Links reviewed: how right they are where the truth is known, and which are worth a look, in money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t


def is_true_pair(pairs: pd.DataFrame, truth: pd.DataFrame) -> pd.Series:
    """Which pairs are known to be one person's; which of the two ids stands first does not matter.

    Parameters
    ----------
    pairs : DataFrame
        One row per pair: id_left and id_right.
    truth : DataFrame
        One row per true pair, the two ids in its first two columns.

    Returns
    -------
    Series
        True or false, index as `pairs`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> pairs = pd.DataFrame({"id_left": ["A", "A"], "id_right": ["B", "C"]})
    >>> is_true_pair(pairs, pd.DataFrame({"one": ["B"], "other": ["A"]})).tolist()
    [True, False]
    """
    require.columns(pairs, ["id_left", "id_right"], "pairs")
    if truth.shape[1] < 2:
        raise ValueError(t("truth must have two columns of ids, one row per true pair; got {n}.", n=truth.shape[1]))
    true = {frozenset(pair) for pair in truth.iloc[:, :2].itertuples(index=False)}
    found = [frozenset(pair) in true for pair in zip(pairs["id_left"], pairs["id_right"], strict=True)]
    return pd.Series(found, index=pairs.index, dtype=bool, name="is_true_pair")


def link_quality(pairs: pd.DataFrame, truth: pd.DataFrame, *, thresholds: Sequence[float] = (0.5,)) -> pd.DataFrame:
    """How right the linked pairs are, where it is known which records are one person's.

    Precision is the share of the linked pairs that are true, recall the share of the true pairs that are
    linked. Recall counts the true pairs that were never compared, too: a method looks better without them than it is.

    Parameters
    ----------
    pairs : DataFrame
        All pairs compared, from `identity.link_records`: id_left, id_right and probability.
    truth : DataFrame
        One row per true pair, the two ids in its first two columns. Of a person with three records, all three pairs.
    thresholds : sequence of float
        Probabilities from which on a pair counts as linked.

    Returns
    -------
    DataFrame
        One row per threshold (index `threshold`): n_linked, n_correct, n_false, n_missed (true pairs that are not
        linked), n_never_compared (those of them that no rule found); precision and recall (range 0 to 1; best 1;
        missing where nothing is linked, or nothing is true).

    Raises
    ------
    ValueError
        A column is missing, or a threshold is no probability.

    Examples
    --------
    >>> pairs = pd.DataFrame({"id_left": ["A", "A"], "id_right": ["B", "C"], "probability": [0.9, 0.6]})
    >>> truth = pd.DataFrame({"one": ["B", "D"], "other": ["A", "E"]})
    >>> link_quality(pairs, truth, thresholds=[0.5]).loc[0.5].to_dict()
    {'n_linked': 2.0, 'n_correct': 1.0, 'n_false': 1.0, 'n_missed': 1.0, 'n_never_compared': 1.0, 'precision': 0.5, \
'recall': 0.5}
    """
    require.columns(pairs, ["id_left", "id_right", "probability"], "pairs")
    is_true = is_true_pair(pairs, truth).to_numpy()
    n_true = len({frozenset(pair) for pair in truth.iloc[:, :2].itertuples(index=False)})
    rows = {}
    for threshold in thresholds:
        require.share(threshold, "threshold")
        is_linked = pairs["probability"].to_numpy() >= threshold
        n_linked, n_correct = int(is_linked.sum()), int((is_linked & is_true).sum())
        rows[threshold] = {
            "n_linked": n_linked,
            "n_correct": n_correct,
            "n_false": n_linked - n_correct,
            "n_missed": n_true - n_correct,
            "n_never_compared": n_true - int(is_true.sum()),
            "precision": n_correct / n_linked if n_linked else np.nan,
            "recall": n_correct / n_true if n_true else np.nan,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("threshold")


class ReviewThresholds(NamedTuple):
    """Below `lower` two records stay apart, from `upper` on they are merged; between, somebody looks."""

    lower: float
    upper: float


def review_thresholds(*, false_merge: float, missed_duplicate: float, review: float) -> ReviewThresholds:
    """Between which probabilities a pair is worth a look by somebody, from what mistakes and looks cost.

    Leaving a pair apart costs its probability times a missed duplicate; merging it costs the rest of the probability
    times a false merge; a look costs the same for every pair, and is taken to find the truth. A look is cheapest
    from review / missed_duplicate to 1 - review / false_merge. Where a look costs too much, there is no such
    range, and both are false apart from the single probability where merging and leaving cost the same.

    The probabilities must be right for that, and those of fields that know of each other are too sure of themselves:
    look at some pairs beyond both thresholds, drawn by lot.

    Parameters
    ----------
    false_merge, missed_duplicate : float
        What one such mistake costs, in currency units; above 0.
    review : float
        What one look costs, in currency units; 0 or more.

    Returns
    -------
    ReviewThresholds
        lower and upper, probabilities; the same where nothing is worth a look.

    Raises
    ------
    ValueError
        A cost is no number, or too small.

    References
    ----------
    Fellegi & Sunter (1969), doi:10.1080/01621459.1969.10501049, have the three decisions; Tepping (1968), A model for
    optimum linkage of records, doi:10.1080/01621459.1968.10480930, their costs.

    Examples
    --------
    >>> review_thresholds(false_merge=200, missed_duplicate=50, review=5)
    ReviewThresholds(lower=0.1, upper=0.975)
    >>> review_thresholds(false_merge=200, missed_duplicate=50, review=45)
    ReviewThresholds(lower=0.8, upper=0.8)
    """
    require.number(false_merge, "false_merge", above=0, example=200)
    require.number(missed_duplicate, "missed_duplicate", above=0, example=50)
    require.number(review, "review", least=0, example=5)
    lower, upper = review / missed_duplicate, 1 - review / false_merge
    if lower >= upper:
        lower = upper = false_merge / (false_merge + missed_duplicate)
    return ReviewThresholds(lower, upper)
