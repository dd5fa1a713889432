"""Whether groups of customers hold and what they are good for: how many clusters, how stable, what they predict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t

if TYPE_CHECKING:
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

FACTS = ["recency_days", "frequency", "monetary"]
N_STARTS = 3  # k-means begins that often at other places and keeps the best; more changed nothing where we looked
# Of fewer customers than this k-means is a matter of milliseconds, and its threads wait for each other longer than they
# work: on two busy cores 2,000 customers took 0.3 to 0.7 s with two threads and 0.01 s with one.
WORTH_THREADS = 500_000


class CaughtLead(NamedTuple):
    """How much more of a later value one score catches than another, and a 95 % interval for it."""

    lead: float
    low: float
    high: float


def scale_facts(summary: pd.DataFrame) -> pd.DataFrame:
    """Recency, frequency and monetary on one scale: logarithms, less their mean, in standard deviations.

    Of days and of money it is the ratio that counts, from 10 to 20 as from 100 to 200; and without a common unit the
    column with the biggest numbers would decide alone. One is added before the logarithm is taken, so that 0 stays 0;
    who has a negative total counts as 0.

    When something else is right: facts without a long tail need no logarithm; facts that were meant to weigh more.

    Parameters
    ----------
    summary : DataFrame
        One row per customer: recency_days, frequency, monetary, as `customers.summarize_customers` gives them. Who
        has no order has no recency and must be left out first.

    Returns
    -------
    DataFrame
        One row per customer, as `summary`; each column with mean 0 and standard deviation 1 (0 where all are equal).

    Raises
    ------
    ValueError
        A column or a number is missing.

    Examples
    --------
    >>> three = pd.DataFrame({"recency_days": [0, 9, 99], "frequency": [1, 1, 1], "monetary": [9.0, 99.0, 999.0]})
    >>> scale_facts(three).round(3).to_numpy().tolist()
    [[-1.0, 0.0, -1.0], [0.0, 0.0, 0.0], [1.0, 0.0, 1.0]]
    """
    require.columns(summary, FACTS, "summary")
    facts = summary[FACTS].astype("float64")
    require.numbers(facts, FACTS, "summary")
    logs = np.log1p(facts.clip(lower=0))
    return (logs - logs.mean()) / logs.std().where(lambda spread: spread > 0, 1.0)


def find_clusters(summary: pd.DataFrame, *, n_clusters: int, seed: int) -> pd.Series:
    """The k-means cluster of each customer by recency, frequency and monetary, numbered by money, 1 the richest.

    The facts are put on one scale first (`scale_facts`). Numbers follow the mean of monetary, so that the same cluster
    has the same number whatever k-means happened to call it.

    When something else is right: rules that can be said in a sentence (`lifecycle.rfm_scores`); see `cluster_quality`.

    Parameters
    ----------
    summary : DataFrame
        As in `scale_facts`.
    n_clusters : int
        How many, from 2 to the number of customers who differ in one of the three facts.
    seed : int
        The same seed gives the same clusters.

    Returns
    -------
    Series
        int64, name "cluster", index as `summary`.

    Raises
    ------
    ValueError
        As `scale_facts`; n_clusters is not a whole number from 2 to the number of customers who differ.

    References
    ----------
    Lloyd (1982), doi:10.1109/TIT.1982.1056489.

    Examples
    --------
    >>> four = pd.DataFrame({"recency_days": [300, 5, 4], "frequency": [1, 9, 8], "monetary": [20.0, 900.0, 800.0]})
    >>> find_clusters(four, n_clusters=2, seed=1).tolist()
    [2, 1, 1]
    """
    features = scale_facts(summary)
    _check_number(n_clusters, most=len(features), features=features)
    order = features.index.argsort()  # where k-means begins hangs on the order of the rows
    found = np.empty(len(features), dtype=int)
    found[order] = _fit(features.to_numpy()[order], n_clusters, seed).labels_
    mean = summary["monetary"].astype("float64").groupby(found).mean()
    number = mean.rank(method="first", ascending=False).astype("int64")
    return pd.Series(number.reindex(found).to_numpy(), index=summary.index, name="cluster")


def cluster_quality(
    features: pd.DataFrame, *, n_clusters: Sequence[int], n_samples: int = 10, seed: int
) -> pd.DataFrame:
    """How well k-means clusters lie apart, and whether other customers of the kind would give the same ones.

    The silhouette compares, for each customer, how far the own cluster is on average and how far the nearest other.
    For stability customers are drawn anew, with replacement, `n_samples` times; the clusters of each sample then
    place *all* customers, and the adjusted Rand index says how far two groupings agree beyond chance.

    When something else is right: a rule (`lifecycle.rfm_scores`, `pyramid.assign_tiers`) wherever customers have to
    be told why; a mixture model where clusters overlap. A good silhouette says that clusters are tidy, not that they
    are of use: test them on a later period (`share_caught`).

    Parameters
    ----------
    features : DataFrame
        One row per customer, one column per fact, on scales that may be compared, as of `scale_facts`.
    n_clusters : sequence of int
        How many clusters to try, each from 2 to one less than there are customers, and no more than there are
        different ones. A sample with fewer different customers gets as many clusters as it has of them.
    n_samples : int
        How often customers are drawn anew.
    seed : int
        The same seed gives the same table.

    Returns
    -------
    DataFrame
        One row per number of clusters:

        silhouette      mean of the customers. Range -1 to 1; best 1
        stability       mean adjusted Rand index. Range about 0 (chance) to 1; best 1
        least_stable    the lowest of the samples
        smallest_share  share of the customers in the smallest cluster

    Raises
    ------
    ValueError
        A value is missing; n_clusters holds a number that cannot be; n_samples is no whole number of at least 1.

    References
    ----------
    Rousseeuw (1987), doi:10.1016/0377-0427(87)90125-7; Hubert & Arabie (1985), doi:10.1007/BF01908075; Hennig (2007),
    doi:10.1016/j.csda.2006.11.025.

    Examples
    --------
    Two heaps that nobody could mistake: two clusters are apart and stable, three are neither.

    >>> apart = np.repeat([0.0, 8.0], 16) + np.tile(np.linspace(0, 1, 16), 2)
    >>> table = cluster_quality(pd.DataFrame({"visits": apart, "spent": apart % 3}), n_clusters=[2, 3], seed=1)
    >>> int(table["silhouette"].idxmax()), float(table.loc[2, "stability"])
    (2, 1.0)
    """
    require.numbers(features, list(features.columns), "features")
    require.whole(n_samples, "n_samples")
    for number in n_clusters:
        _check_number(number, most=len(features) - 1, features=features)
    values, rng = features.to_numpy(dtype=float), np.random.default_rng(seed)
    samples = [rng.integers(0, len(values), len(values)) for _ in range(n_samples)]
    with _few_threads(values):  # the silhouette as well: with two threads it took twice the work in the same time
        rows = {int(number): _judge(values, samples, int(number), seed) for number in n_clusters}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("n_clusters")


def share_caught(score: pd.Series, value: pd.Series, *, share: float) -> float:
    """What share of a later value the best customers by an earlier score bring; equal ones share the places left.

    Rank by the score, take the best `share` of the customers, and look what they bring of the value. Where the cut runs
    through customers with the same score, as it does with groups, nobody can say who of them is taken: each counts
    with the same part, so that no order of rows decides.

    When something else is right: `concentration.top_share`, the most that any score could catch; a rank correlation,
    where the order of all customers matters and not only who is best.

    Parameters
    ----------
    score : Series
        One number per customer, higher for whom more is expected of; index customer_id.
    value : Series
        What they brought afterwards, same index; who brought nothing has 0.
    share : float
        How many customers are taken, as a fraction; rounded half up to whole ones.

    Returns
    -------
    float
        Range 0 to 1 where no value is negative; of a score that knows nothing, about `share`; best `top_share`.

    Raises
    ------
    ValueError
        A number is missing; the customers are not the same; the total is not positive; share is not between 0 and 1.

    References
    ----------
    Malthouse & Blattberg (2005), doi:10.1002/dir.20027: who will be best is told wrongly for many.

    Examples
    --------
    The best half of four: ann for sure, and half each of bob and cy, who tie.

    >>> score = pd.Series({"ann": 5, "bob": 3, "cy": 3, "dee": 1})
    >>> float(share_caught(score, pd.Series({"ann": 50.0, "bob": 30.0, "cy": 10.0, "dee": 10.0}), share=0.5))
    0.7
    """
    require.values(score)
    require.values(value)
    require.share(share, "share")
    if not score.index.equals(value.index):
        raise ValueError(t("score and value must be of the same customers, in the same order; reindex one of them."))
    total = float(value.sum())
    if not total > 0:
        raise ValueError(
            t("the values must have a positive total to take shares of; theirs is {total:g}.", total=total)
        )
    return _caught(score.to_numpy(dtype=float), value.to_numpy(dtype=float), share)


def caught_lead(
    better: pd.Series, plain: pd.Series, value: pd.Series, *, share: float, n_resamples: int = 200, seed: int
) -> CaughtLead:
    """How much more of a later value the best by one score bring than the best by another, and what chance may do.

    Customers are drawn anew, with replacement, and both scores are measured on the same draw: they err together, so
    their difference is more certain than either.

    When something else is right: another year, which tells more than another draw of the same customers in one.

    Parameters
    ----------
    better, plain, value : Series
        The two scores and what customers brought afterwards, as in `share_caught`.
    share : float
        How many customers are taken, as a fraction.
    n_resamples : int
        How often to draw.
    seed : int
        The same seed gives the same interval.

    Returns
    -------
    CaughtLead
        lead (the share that `better` catches less that of `plain`), low and high, between which it lies in 95 of
        100 draws.

    Raises
    ------
    ValueError
        As `share_caught`; or n_resamples is no whole number from 1 on.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.

    Examples
    --------
    >>> later = pd.Series([50.0, 30.0, 10.0, 10.0])
    >>> round(caught_lead(later, -later, later, share=0.5, seed=1).lead, 2)
    0.6
    """
    require.whole(n_resamples, "n_resamples")
    lead = share_caught(better, value, share=share) - share_caught(plain, value, share=share)
    scores = [one.to_numpy(dtype=float) for one in (better, plain)]
    brought, rng, draws = value.to_numpy(dtype=float), np.random.default_rng(seed), []
    while len(draws) < n_resamples:
        drawn = rng.integers(0, len(brought), len(brought))
        if brought[drawn].sum() > 0:  # of nothing there are no shares
            first, second = (_caught(score[drawn], brought[drawn], share) for score in scores)
            draws.append(first - second)
    low, high = np.quantile(draws, [0.025, 0.975])
    return CaughtLead(lead, float(low), float(high))


# --- the evidence -------------------------------------------------------------------------------


def _caught(score: np.ndarray, value: np.ndarray, share: float) -> float:
    n_taken = int(share * len(score) + 0.5)
    if n_taken == 0:
        return 0.0
    cut = np.partition(score, len(score) - n_taken)[len(score) - n_taken]
    above, tied = score > cut, score == cut
    places_left = n_taken - above.sum()
    return float((value[above].sum() + value[tied].mean() * places_left) / value.sum())


def _check_number(number: object, *, most: int, features: pd.DataFrame) -> None:
    if not isinstance(number, (int, np.integer)) or isinstance(number, bool) or not 2 <= number <= most:
        raise ValueError(
            t(
                "n_clusters must be whole and from 2 to {most} for so many customers; got {number!r}. For example 4.",
                most=most,
                number=number,
            )
        )
    n_different = len(features.drop_duplicates())
    if number > n_different:
        raise ValueError(
            t(
                "n_clusters must be at most the number of different customers: those who are equal in every fact"
                " cannot be parted. Of {n:,} customers {n_different:,} differ; got {number}. Ask for fewer clusters,"
                " or take facts in which customers differ.",
                n=len(features),
                n_different=n_different,
                number=number,
            )
        )


def _judge(values: np.ndarray, samples: list[np.ndarray], n_clusters: int, seed: int) -> dict[str, float]:
    from sklearn.metrics import adjusted_rand_score, silhouette_score

    found = _fit(values, n_clusters, seed).labels_
    again = [_fit(values[drawn], n_clusters, seed).predict(values) for drawn in samples]
    agreed = [adjusted_rand_score(found, other) for other in again]
    return {
        "silhouette": float(silhouette_score(values, found)),
        "stability": float(np.mean(agreed)),
        "least_stable": float(np.min(agreed)),
        "smallest_share": float(np.bincount(found, minlength=n_clusters).min() / len(values)),
    }


def _fit(values: np.ndarray, n_clusters: int, seed: int) -> KMeans:
    from sklearn.cluster import KMeans  # a noun costs what pandas costs, until somebody asks for clusters

    n_different = len(pd.DataFrame(values).drop_duplicates())  # fewer than were asked for: a sample, drawn twice over
    means = KMeans(min(n_clusters, n_different), n_init=N_STARTS, random_state=seed)
    with _few_threads(values):
        return means.fit(values)


def _few_threads(values: np.ndarray) -> threadpool_limits:
    from threadpoolctl import threadpool_limits  # comes with scikit-learn

    return threadpool_limits(limits=1 if len(values) < WORTH_THREADS else None)
