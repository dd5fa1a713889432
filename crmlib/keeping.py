"""What less churn is worth: a claim about it put to the test, and the most that keeping customers may cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t

FIRST_PAYMENTS = ("now", "end", "end if retained")
N_NODES = 200  # of the integral over customers; 1,000 give the same ten digits


# Reichheld & Sasser (1990): the gain in percent, and whether it was read in a source (else known from the literature).
CLAIMS_OF_1990 = {
    "deposits of a bank branch": (85, True),
    "credit cards": (75, False),
    "insurance brokerage": (50, True),
    "industrial distribution": (45, False),
    "industrial laundry": (45, False),
    "management of office buildings": (40, False),
    "software": (35, False),
    "car service chain": (30, True),
    "credit insurance": (25, False),
}


class FittedChurn(Protocol):
    """A result of `purchases.fit_sbg`: chances to leave, spread over customers as beta(alpha, beta)."""

    params: Mapping[str, float]


def claims_of_1990(*, discount_rates: Sequence[float] = ()) -> pd.DataFrame:
    """The nine services of "5 % less churn brings 25 to 85 % more profit", and the retention rate that each would need.

    What was computed in 1990 is the present value of an average customer when churn falls by five *points*. It is not
    the profit of a firm, and what keeping them costs is left out.

    Parameters
    ----------
    discount_rates : sequence of float
        For each a column says which rate `retention_needed` finds, where a customer brings the same each year.

    Returns
    -------
    DataFrame
        One row per service: ``gain_share``, ``is_read`` (whether we read the number in a source; the others we know
        from the literature only), and ``needed_rate`` with the discount rate in percent behind it, as needed_rate_10.

    References
    ----------
    Reichheld & Sasser (1990), Zero Defections: Quality Comes to Services, Harvard Business Review 68(5), 105-111.

    Examples
    --------
    >>> float(claims_of_1990(discount_rates=[0.1]).loc["car service chain", "needed_rate_10"])
    0.8833
    """
    table = pd.DataFrame.from_dict(CLAIMS_OF_1990, orient="index", columns=["gain_share", "is_read"])
    table = table.assign(gain_share=table["gain_share"] / 100).rename_axis("service")
    for rate in discount_rates:
        needed = [retention_needed(gain, discount_rate=rate) for gain in table["gain_share"]]
        table[f"needed_rate_{100 * rate:g}"] = np.round(needed, 4)
    return table


def retention_gain(
    retention_rates: Sequence[float] | pd.Series,
    *,
    discount_rate: float,
    first_payment: str,
    points: float = 0.05,
    relative: float = 0.05,
) -> pd.DataFrame:
    """By how much one customer is worth more if churn falls: by so many points, or by such a part of itself.

    "5 % less churn" is read in both ways. From a churn of 10 % five points lead to 5 %, and a part of 5 % to 9.5 %.

    Parameters
    ----------
    retention_rates : sequence of float
        As they are now, 0 to below 1.
    discount_rate : float
        What a unit of money is worth less when it comes a period later.
    first_payment : str
        "now" or at the "end" of the period, for certain, which both give the same gain; or at the "end if retained",
        which gives a larger one. See `value.retention_value`.
    points : float
        0.05 is a rate of 0.85 for one of 0.80.
    relative : float
        0.05 is a churn of 0.19 for one of 0.20.

    Returns
    -------
    DataFrame
        One row per retention rate: ``churn_rate``, ``multiple`` (the value of a margin of 1 each period),
        ``gain_of_points_share``, missing where the rate would be above 1, and ``gain_of_relative_share``.

    Raises
    ------
    ValueError
        A rate lies outside its range, or first_payment is none.

    References
    ----------
    Reichheld & Sasser (1990), Zero Defections, Harvard Business Review 68(5); Gupta & Lehmann (2003),
    doi:10.1002/dir.10045.

    Examples
    --------
    >>> gains = retention_gain([0.8, 0.9], discount_rate=0.1, first_payment="now")
    >>> gains[["gain_of_points_share", "gain_of_relative_share"]].round(4).to_numpy().tolist()
    [[0.2, 0.0345], [0.3333, 0.0256]]
    """
    require.one_of(first_payment, FIRST_PAYMENTS, "first_payment")
    require.number(discount_rate, "discount_rate", least=0, example=0.1)
    require.share(points, "points")
    require.share(relative, "relative")
    rate = np.asarray(retention_rates, dtype=float)
    if rate.ndim != 1 or not ((rate >= 0) & (rate < 1)).all():
        raise ValueError(
            t("retention_rates must be numbers from 0 to below 1; got {got!r}. For example [0.8].", got=retention_rates)
        )
    now = _multiple(rate, discount_rate, first_payment)
    table = pd.DataFrame({"churn_rate": 1 - rate, "multiple": now}, index=pd.Index(rate, name="retention_rate"))
    more = np.round(rate + points, 12)  # 0.95 + 0.05 is 1
    with np.errstate(divide="ignore", invalid="ignore"):
        by_points = _multiple(more, discount_rate, first_payment) / now - 1
        by_part = _multiple(rate + relative * (1 - rate), discount_rate, first_payment) / now - 1
    table["gain_of_points_share"] = np.where((more <= 1) & np.isfinite(by_points), by_points, np.nan)
    table["gain_of_relative_share"] = np.where(np.isfinite(by_part), by_part, np.nan)
    return table


def _multiple(rate: np.ndarray, discount_rate: float, first_payment: str) -> np.ndarray:
    first = {"now": 1.0, "end": 1 / (1 + discount_rate), "end if retained": rate / (1 + discount_rate)}[first_payment]
    with np.errstate(divide="ignore"):
        return first * (1 + discount_rate) / (1 + discount_rate - rate)


def retention_needed(gain: float, *, discount_rate: float, points: float = 0.05) -> float:
    """The retention rate from which so many points more raise the value of a customer by a claimed gain.

    The first payment is certain, as with "now" and "end" in `retention_gain`: the rate is 1 + d - points (1 + gain) /
    gain. Above it the gain is larger still.

    Parameters
    ----------
    gain : float
        0.25 is a value that is a quarter higher.
    discount_rate : float
        As in `retention_gain`.
    points : float
        As in `retention_gain`.

    Returns
    -------
    float
        Missing (nan) where no rate gives such a gain: with the points it would be above 1. Below 0, where all do.

    Raises
    ------
    ValueError
        The gain is not above 0, or a rate lies outside its range.

    Examples
    --------
    >>> [round(retention_needed(0.25, discount_rate=d), 4) for d in (0.0, 0.1)]
    [0.75, 0.85]
    >>> retention_needed(0.85, discount_rate=0.1)
    nan
    """
    require.number(gain, "gain", above=0, example=0.25)
    require.number(discount_rate, "discount_rate", least=0, example=0.1)
    require.between(points, "points", 0, 1, example=0.05)
    rate = round(1 + discount_rate - points * (1 + gain) / gain, 12)
    return float(rate) if rate + points <= 1 else float("nan")


def keeping_plans(
    churn: FittedChurn | float,
    churn_cuts: Sequence[float],
    *,
    margin: float,
    discount_rate: float,
    n_renewals: int = 0,
) -> pd.DataFrame:
    """What a subscriber is still worth if a programme cuts their churn, and the most it may cost.

    The programme is for everybody and costs the same at each payment, also of those who would have stayed. Each
    subscriber's own chance to leave falls by the same part of itself. At the most it may cost, the firm is as well off
    as if it does nothing, the row of a cut of 0.

    Parameters
    ----------
    churn : FittedRenewals or float
        A result of `purchases.fit_sbg`, in which each has a chance of their own; or one chance for all.
    churn_cuts : sequence of float
        The assumption: 0.05 is a chance of 0.19 for one of 0.20. 0, nothing done, is put in front where it is missing.
    margin : float
        Of one payment, in currency.
    discount_rate : float
        Of the time between two payments: of a month, (1 + yearly) ** (1 / 12) - 1.
    n_renewals : int
        How often the subscriber has renewed; they are about to again. Their next payment counts in full.

    Returns
    -------
    DataFrame
        One row per ``churn_cut``: ``n_payments``, still expected, each counted for less the later it comes;
        ``customer_value`` and ``added_value`` in currency; ``most_per_payment``, the most the programme may cost each
        time.

    Raises
    ------
    ValueError
        A cut lies outside 0 to 1, the margin is not above 0, the rate not above 0, or n_renewals is not whole.

    Examples
    --------
    >>> plans = keeping_plans(0.1, [0.05, 0.5], margin=100, discount_rate=0.1)
    >>> plans.round(2).to_numpy().tolist()
    [[4.95, 495.0, 0.0, 0.0], [5.11, 510.51, 15.51, 3.04], [6.97, 696.67, 201.67, 28.95]]
    """
    require.number(margin, "margin", above=0, example=30.0)
    require.number(discount_rate, "discount_rate", above=0, example=0.008)
    require.whole(n_renewals, "n_renewals", least=0)
    for one in churn_cuts:
        require.share(one, "churn_cuts")
    chance, weight = _chances(churn, n_renewals)
    cuts = [0.0, *(float(one) for one in churn_cuts if one != 0)]
    stay = 1 - np.outer(1 - np.array(cuts), chance)
    payments = (stay / (1 - stay / (1 + discount_rate))) @ weight
    table = pd.DataFrame({"n_payments": payments}, index=pd.Index(cuts, name="churn_cut"))
    table["customer_value"] = margin * table["n_payments"]
    table["added_value"] = table["customer_value"] - table["customer_value"].iloc[0]
    table["most_per_payment"] = margin * (1 - payments[0] / payments)
    return table


def _chances(churn: FittedChurn | float, n_renewals: int) -> tuple[np.ndarray, np.ndarray]:
    """Chances to leave of those who have renewed so often, and how many have each: nodes of Gauss and Jacobi."""
    from scipy.special import roots_jacobi

    if not hasattr(churn, "params"):
        require.share(churn, "churn")
        return np.array([float(churn)]), np.array([1.0])
    alpha, beta = churn.params["alpha"], churn.params["beta"] + n_renewals
    nodes, weights = roots_jacobi(N_NODES, beta - 1, alpha - 1)
    return (1 + nodes) / 2, weights / weights.sum()
