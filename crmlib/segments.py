"""Whether groups of customers hold and what they are good for: how many clusters, how stable, what they foretell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t

N_STARTS = 3  # k-means begins that often at other places and keeps the best; more changed nothing where we looked


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
        One row per customer, one column per fact, on scales that may be compared (for example logarithms, less their
        mean, in standard deviations). Nothing missing.
    n_clusters : sequence of int
        How many clusters to try, each from 2 to one less than there are customers.
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

    >>> heaps = pd.DataFrame({"visits": [1.0, 1.1, 9.0, 9.1] * 8, "spent": [2.0, 2.2, 8.0, 8.3] * 8})
    >>> table = cluster_quality(heaps, n_clusters=[2, 3], seed=1)
    >>> table["silhouette"].idxmax(), float(table.loc[2, "stability"])
    (2, 1.0)
    """
    require.numbers(features, list(features.columns), "features")
    require.whole(n_samples, "n_samples")
    for number in n_clusters:
        if isinstance(number, bool) or not 2 <= number < len(features) or number != int(number):
            raise ValueError(
                t(
                    "n_clusters must hold whole numbers from 2 to one less than the {n} customers; got {number}.",
                    n=len(features),
                    number=number,
                )
            )
    values, rng = features.to_numpy(dtype=float), np.random.default_rng(seed)
    samples = [rng.integers(0, len(values), len(values)) for _ in range(n_samples)]
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
    n_taken = int(share * len(score) + 0.5)
    if n_taken == 0:
        return 0.0
    cut = score.nlargest(n_taken).min()
    above, tied = score > cut, score == cut
    places_left = n_taken - above.sum()
    return float((value[above].sum() + value[tied].mean() * places_left) / total)


# --- the evidence -------------------------------------------------------------------------------


def _judge(values: np.ndarray, samples: list[np.ndarray], n_clusters: int, seed: int) -> dict[str, float]:
    from sklearn.cluster import KMeans  # a noun costs what pandas costs, until somebody asks for clusters
    from sklearn.metrics import adjusted_rand_score, silhouette_score

    found = KMeans(n_clusters, n_init=N_STARTS, random_state=seed).fit_predict(values)
    again = [KMeans(n_clusters, n_init=N_STARTS, random_state=seed).fit(values[s]).predict(values) for s in samples]
    agreed = [adjusted_rand_score(found, other) for other in again]
    is_grouped = len(np.unique(found)) > 1  # of customers who are all equal there is one heap, whatever was asked for
    return {
        "silhouette": float(silhouette_score(values, found)) if is_grouped else np.nan,
        "stability": float(np.mean(agreed)),
        "least_stable": float(np.min(agreed)),
        "smallest_share": float(np.bincount(found, minlength=n_clusters).min() / len(values)),
    }
