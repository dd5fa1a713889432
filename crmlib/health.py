"""Whether a model of purchases is fit to be used: checks of the fit, and what it predicts beside what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from crmlib.buying.ahead import Models
    from crmlib.buying.spending import FittedSpending


def check_purchase_model(
    model: Models, spending_model: FittedSpending, summary: pd.DataFrame, *, seed: int = 0
) -> pd.DataFrame:
    """Whether the data carry the models: one check after the other, with its verdict and what to do.

    Limits are habits, not laws: they stand in the table. A model with good checks may still predict badly, for
    customers change; a hold-out period tells.

    When something else is right: a hold-out period, wherever there is one.

    Parameters
    ----------
    model, spending_model, summary : as there
        As in `worth.purchase_value`; summary is what the models were fitted on.
    seed : int
        Of the customers drawn for the histogram that the model predicts.

    Returns
    -------
    DataFrame
        One row per check, indexed by `check`: found; good and unusable, up to or from where a verdict goes; verdict
        ("good", "doubtful" or "unusable", an ordered categorical); what_to_do, empty where it is good. One that is
        unusable is enough to fall back on `value.retention_value` with a stated retention rate.

    Raises
    ------
    TypeError
        The models are of another kind.
    ValueError
        Summary lacks a column or has no customer.

    Examples
    --------
    >>> from crmlib import customers, datasets, purchases
    >>> bought = customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit="week")
    >>> model = purchases.fit_bg_nbd(bought["frequency"], bought["recency"], bought["tenure"])
    >>> again = bought[bought["monetary"] > 0]
    >>> spending = purchases.fit_gamma_gamma(again["frequency"], again["monetary"])
    >>> check_purchase_model(model, spending, bought)["verdict"].max()
    'good'
    """
    from crmlib.buying import ahead, health

    past = ahead.past_of_models(model, spending_model, summary)
    return health.checks(model, spending_model, past, np.random.default_rng(seed))


def repeat_purchase_histogram(model: Models, summary: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """How many customers bought again how often, and how many the model has: the first look at a fit.

    When something else is right: a hold-out period; a model may fit the past and fail the future.

    Parameters
    ----------
    model : fitted model
        As in `worth.purchase_value`.
    summary : DataFrame
        One row per customer, what the model was fitted on.
    seed : int
        Of the customers drawn from the model, each as old as one of summary; 100,000 or more.

    Returns
    -------
    DataFrame
        One row per number of repeat purchases, "0" to "7+", indexed by `repeat_purchases`: actual_share and
        predicted_share of customers.

    Raises
    ------
    ValueError
        Summary lacks a column or has no customer.

    Examples
    --------
    >>> from crmlib import customers, datasets, purchases
    >>> bought = customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit="week")
    >>> model = purchases.fit_bg_nbd(bought["frequency"], bought["recency"], bought["tenure"])
    >>> repeat_purchase_histogram(model, bought).head(3).round(2)
                      actual_share  predicted_share
    repeat_purchases
    0                         0.60             0.60
    1                         0.19             0.20
    2                         0.09             0.08
    """
    from crmlib.buying import ahead, health

    return health.histogram(model, ahead.past_of(summary), np.random.default_rng(seed))
