"""Why customers choose us: chances from what each brand offers, switching, and what a point more of a driver brings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t

if TYPE_CHECKING:
    from crmlib.choosing.logit import FittedChoice


def fit_choice(
    table: pd.DataFrame,
    *,
    occasion: str,
    alternative: str,
    chosen: str,
    drivers: Sequence[str],
    base: str | None = None,
    chooser: str | None = None,
) -> FittedChoice:
    """The multinomial (conditional) logit: each alternative has a utility, and its chance is e^u over the sum of e^u.

    A utility is the sum of drivers times weights; the weights are those under which what was chosen is most likely.
    A weight counts in units of its driver: one point of a scale, one cent. It is no effect where something else
    raises both the driver and the choice; people rate the shop they use higher.

    When something else is right: an alternative that is like one of the others. The model takes
    the share of a newcomer from all in proportion to theirs (a second bus line from cars as from buses); a nested or
    mixed logit does not.

    Parameters
    ----------
    table : DataFrame
        One row per occasion and alternative that was there to choose; occasions may offer different alternatives.
    occasion, alternative, chosen : str
        Its columns: which choice the row belongs to, what could be chosen, and whether it was (true for one row of
        each occasion).
    drivers : sequence of str
        Columns of numbers that differ between the alternatives of an occasion; may be empty where `base` is given.
    base : str, optional
        With it each other alternative gets a constant: what it has over the base when all drivers are the same. With
        constants alone the model gives the shares.
    chooser : str, optional
        The column that says who chose, where people chose more than once. Standard errors then count people.

    Returns
    -------
    FittedChoice
        params (constants, then drivers), standard_errors, log_likelihood, null_log_likelihood (all alternatives alike),
        n_occasions, is_converged, covariance; and functions: intervals(), and of any such table chances(table),
        shares(table), score(table).

    Raises
    ------
    ValueError
        A column is missing, an occasion has none or two chosen or one alternative only, a driver is the same for all
        alternatives of each occasion, drivers say the same, or one tells every choice without a miss.

    References
    ----------
    McFadden (1974), Conditional Logit Analysis of Qualitative Choice Behavior; Train (2009), Discrete Choice Methods
    with Simulation, ch. 3, doi:10.1017/CBO9780511805271.

    Examples
    --------
    >>> from crmlib import datasets
    >>> houses = datasets.load_heating()
    >>> costs = ["installation_cost", "operating_cost"]
    >>> model = fit_choice(houses, occasion="household_id", alternative="system", chosen="is_chosen", drivers=costs)
    >>> {name: round(weight, 5) for name, weight in model.params.items()}, round(model.log_likelihood, 2)
    ({'installation_cost': -0.00623, 'operating_cost': -0.00458}, -1095.24)
    """
    from crmlib.choosing import logit, occasions

    require.columns(table, [occasion, alternative, chosen, *drivers], "table")
    if not len(drivers) and base is None:
        raise ValueError(t("drivers must name at least one column, or base an alternative. For example ['price']."))
    constants = occasions.constants_of(table, alternative, base, drivers)
    columns = occasions.Columns(occasion, alternative, chosen, tuple(drivers), base, constants)
    return logit.fit(table, columns, chooser)


def driver_return(
    model: FittedChoice,
    table: pd.DataFrame,
    *,
    driver: str,
    alternative: str,
    by: float = 1.0,
    highest: float | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """What share each alternative has when a driver of one of them is raised for everybody, as the model tells it.

    The step from share to money is the reader's: share gained x customers x contribution, against what it costs. It
    holds as far as the weight is an effect.

    Parameters
    ----------
    model : FittedChoice
        A result of `fit_choice`.
    table : DataFrame
        The occasions to foretell, as `fit_choice` takes them.
    driver, alternative : str
        What is raised, and for whom.
    by : float
        By how much, in units of the driver; below 0 it falls.
    highest : float, optional
        The end of the scale: who gives 5 of 5 cannot give 6, and their rating stays.
    level : float
        Of the interval of what is gained.

    Returns
    -------
    DataFrame
        One row per alternative: share, share_after, gained, low and high. The interval has the doubt in the weights,
        not in who is in the table.

    Raises
    ------
    ValueError
        The model has no such driver, or the table no such alternative.

    Examples
    --------
    >>> from crmlib import datasets
    >>> houses, costs = datasets.load_heating(), ["installation_cost", "operating_cost"]
    >>> model = fit_choice(houses, occasion="household_id", alternative="system", chosen="is_chosen", drivers=costs)
    >>> after = driver_return(model, houses, driver="installation_cost", alternative="heat_pump", by=-100)
    >>> after["gained"].round(4).to_dict()["heat_pump"]
    0.061
    """
    from scipy.special import ndtri

    require.one_of(driver, model.columns.drivers, "driver")
    require.one_of(alternative, list(table[model.columns.alternative].unique()), "alternative")
    require.between(level, "level", 0, 1, example=0.95)
    raised = table[driver].astype(float).where(table[model.columns.alternative] != alternative, table[driver] + by)
    if highest is not None:
        raised = raised.clip(upper=table[driver].clip(lower=highest))
    share, slope = _shares_and_slopes(model, table)
    after, slope_after = _shares_and_slopes(model, table.assign(**{driver: raised}))
    change = (slope_after - slope).to_numpy()
    error = np.sqrt(np.einsum("ij,jk,ik->i", change, model.covariance, change))
    gained, wide = after - share, float(ndtri((1 + level) / 2)) * error
    return pd.DataFrame(
        {"share": share, "share_after": after, "gained": gained, "low": gained - wide, "high": gained + wide}
    )


def driver_returns(
    model: FittedChoice,
    table: pd.DataFrame,
    *,
    alternative: str,
    drivers: Sequence[str],
    by: float = 1.0,
    highest: float | None = None,
) -> pd.DataFrame:
    """What each driver of one alternative, raised by itself, brings to its share: `driver_return` of several.

    When something else is right: two drivers raised together; raise both in the table and take `model.shares`.

    Parameters
    ----------
    model : FittedChoice
        A result of `fit_choice`.
    table : DataFrame
        The occasions to foretell, as `fit_choice` takes them.
    alternative : str
        For whom each is raised.
    drivers : sequence of str
        Which drivers of the model.
    by, highest : float
        As in `driver_return`.

    Returns
    -------
    DataFrame
        One row per driver: gained, low, high, share and share_after of the alternative.

    Raises
    ------
    ValueError
        As `driver_return`.

    Examples
    --------
    >>> from crmlib import datasets
    >>> houses, costs = datasets.load_heating(), ["installation_cost", "operating_cost"]
    >>> model = fit_choice(houses, occasion="household_id", alternative="system", chosen="is_chosen", drivers=costs)
    >>> driver_returns(model, houses, alternative="heat_pump", drivers=costs, by=-100)["gained"].round(3).to_dict()
    {'installation_cost': 0.061, 'operating_cost': 0.042}
    """
    rows = {
        driver: driver_return(model, table, driver=driver, alternative=alternative, by=by, highest=highest).loc[
            alternative
        ]
        for driver in drivers
    }
    return pd.DataFrame(rows).T[["gained", "low", "high", "share", "share_after"]].rename_axis("driver")


def _shares_and_slopes(model: FittedChoice, table: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """The shares foretold, and how fast each moves with each weight."""
    from crmlib.choosing.occasions import arranged

    occasions = arranged(table, model.columns)
    chances = occasions.chances(model.weights)[0][:, None]
    beside = occasions.design - occasions.spread(occasions.sums(chances * occasions.design))
    n = len(occasions.starts)
    by_alternative = pd.DataFrame(chances * beside).groupby(occasions.alternatives, sort=False).sum() / n
    share = pd.Series(chances[:, 0]).groupby(occasions.alternatives, sort=False).sum() / n
    return share.rename_axis(model.columns.alternative), by_alternative


def elasticities(model: FittedChoice, table: pd.DataFrame, *, driver: str) -> pd.DataFrame:
    """By how many percent shares change when a driver of one alternative rises by one percent.

    When something else is right: a rating has no percent; use `driver_return`.

    Parameters
    ----------
    model : FittedChoice
        A result of `fit_choice`.
    table : DataFrame
        The occasions to foretell, as `fit_choice` takes them.
    driver : str
        A driver of the model, such as a price.

    Returns
    -------
    DataFrame
        One row per alternative whose driver rises, one column per alternative whose share answers.

    Raises
    ------
    ValueError
        The model has no such driver.

    References
    ----------
    Train (2009), Discrete Choice Methods with Simulation, section 3.6.

    Examples
    --------
    >>> from crmlib import datasets
    >>> houses, costs = datasets.load_heating(), ["installation_cost", "operating_cost"]
    >>> model = fit_choice(houses, occasion="household_id", alternative="system", chosen="is_chosen", drivers=costs)
    >>> answers = elasticities(model, houses, driver="installation_cost")
    >>> float(round(answers.loc["gas_central", "gas_central"], 2))
    -2.2
    """
    require.one_of(driver, model.columns.drivers, "driver")
    kind, occasion = model.columns.alternative, model.columns.occasion
    chances = table.assign(chance=model.chances(table)).pivot(index=occasion, columns=kind, values="chance").fillna(0)
    values = table.pivot(index=occasion, columns=kind, values=driver).fillna(0)
    pull = model.params[driver] * (values * chances)
    crossed = -pull.T @ chances + np.diag(pull.sum())
    names = table[kind].unique()
    answers = (crossed / chances.sum()).loc[names, names]
    return answers.rename_axis(index=f"{driver} of", columns="share of")


def switching_matrix(last: pd.Series, following: pd.Series, *, alternatives: Sequence[str]) -> pd.DataFrame:
    """Of those who chose one alternative last, which share chose each the time after.

    When something else is right: who may be absent (a customer who left) needs `transitions.transition_matrix`.

    Parameters
    ----------
    last, following : Series
        One row per pair of choices, one after the other, of one person; the same index. Pairs without a last choice
        (the first of a person) are left out.
    alternatives : sequence of str
        All alternatives, in the order of rows and columns.

    Returns
    -------
    DataFrame
        One row per alternative chosen last, one column per alternative chosen next. A row adds up to 1; one that
        nobody chose last is missing.

    Raises
    ------
    ValueError
        The two have different rows, a choice is not one of the alternatives, or no pair is left.

    References
    ----------
    Rust, Lemon & Zeithaml (2004), Return on Marketing, doi:10.1509/jmkg.68.1.109.24030.

    Examples
    --------
    >>> last, following = pd.Series(["A", "A", "B", "B"]), pd.Series(["A", "B", "B", "B"])
    >>> switching_matrix(last, following, alternatives=["A", "B"]).loc["A"].to_dict()
    {'A': 0.5, 'B': 0.5}
    """
    if not last.index.equals(following.index):
        raise ValueError(t("last and following must have the same rows, in one order. Take both from one table."))
    kept = last.notna() & following.notna()
    unknown = sorted((set(last[kept]) | set(following[kept])) - set(alternatives), key=str)
    if unknown:
        raise ValueError(
            t(
                "every choice must be one of {alternatives}; got {unknown} too. Add them to alternatives.",
                alternatives=list(alternatives),
                unknown=unknown,
            )
        )
    if not kept.any():
        raise ValueError(t("there must be a pair of choices, one after the other; there is none."))
    pairs = (column[kept].to_numpy(dtype=object) for column in (last, following))  # the index may repeat a person
    counts = pd.crosstab(*pairs)
    counts = counts.reindex(index=list(alternatives), columns=list(alternatives), fill_value=0)
    started = counts.sum(axis=1)
    return counts.div(started.where(started > 0), axis=0).rename_axis(index="last", columns="next")


def switching_value(
    matrix: pd.DataFrame,
    last: str,
    *,
    purchases_per_year: float,
    spend: float,
    margin_rate: float,
    discount_rate: float,
    n_purchases: int,
) -> pd.Series:
    """What a customer who switches between brands is worth to each of them.

    The sum over purchases t = 0, 1 ... of chance(brand at t) x spend x margin, discounted by t / purchases_per_year
    years. The purchase of today, t = 0, is of the brand bought last, for certain, and is counted.

    When something else is right: who stays or leaves for good (`value.retention_value`); shares that depend on more
    than the last brand, as they do where people differ: a matrix of all hides loyal and restless ones.

    Parameters
    ----------
    matrix : DataFrame
        A result of `switching_matrix`.
    last : str
        The brand bought last.
    purchases_per_year, spend, margin_rate : float
        How often the customer buys, for how much each time, and which part of it is contribution.
    discount_rate : float
        Of a year: 0.1 is 10 %.
    n_purchases : int
        How many purchases are counted, the one of today included.

    Returns
    -------
    Series
        One row per brand, in currency, named value; they add up to what the customer is worth to all.

    Raises
    ------
    ValueError
        A row of the matrix does not add up to 1, the brand is not in it, or a number lies outside its range.

    References
    ----------
    Rust, Lemon & Zeithaml (2004), Return on Marketing, doi:10.1509/jmkg.68.1.109.24030: equation 2 and its example.

    Examples
    --------
    >>> moves = pd.DataFrame([[.7, .3], [.4, .6]], index=["A", "B"], columns=["A", "B"])
    >>> terms = {"purchases_per_year": 2, "spend": 10, "margin_rate": 0.4, "discount_rate": 0.1, "n_purchases": 7}
    >>> switching_value(moves, "A", **terms).round(4).to_dict()
    {'A': 16.3323, 'B': 8.048}
    """
    _check_matrix(matrix)
    require.one_of(last, list(matrix.index), "last")
    require.number(purchases_per_year, "purchases_per_year", above=0, example=12)
    require.number(spend, "spend", least=0, example=100)
    require.share(margin_rate, "margin_rate")
    require.number(discount_rate, "discount_rate", least=0, example=0.1)
    require.whole(n_purchases, "n_purchases")
    chance, value = (matrix.index == last).astype(float), np.zeros(len(matrix))
    for purchase in range(n_purchases):
        value += chance * spend * margin_rate / (1 + discount_rate) ** (purchase / purchases_per_year)
        chance = chance @ matrix.to_numpy(dtype=float)
    return pd.Series(value, index=matrix.index, name="value")


def _check_matrix(matrix: pd.DataFrame) -> None:
    values = matrix.to_numpy(dtype=float)
    if list(matrix.index) != list(matrix.columns) or not np.allclose(values.sum(axis=1), 1, atol=1e-9):
        raise ValueError(
            t(
                "matrix must have the same brands in rows and columns, and each row must add up to 1. A brand that"
                " nobody bought last has no row: leave it out, or give it the chances of a brand like it."
            )
        )
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError(t("every number of matrix must be a share from 0 to 1. Make it with switching_matrix."))
