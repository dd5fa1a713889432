"""When customers buy again, and for how much: models of purchase, fitted to repeat purchases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t

if TYPE_CHECKING:
    from crmlib.buying.leaving import FittedLeaving
    from crmlib.buying.lifetimes import FittedLifetimes
    from crmlib.buying.occasions import FittedOccasions
    from crmlib.buying.renewals import FittedRenewals
    from crmlib.buying.spending import FittedSpending

FEWEST = 30  # customers; fewer say nothing of four parameters


def fit_bg_nbd(frequency: pd.Series, recency: pd.Series, tenure: pd.Series) -> FittedLeaving:
    """The BG/NBD model: each customer buys at a rate of their own, and may leave for good after a repeat purchase.

    Rates are gamma(r, alpha) over customers, chances to leave beta(a, b). Nobody leaves before a repeat purchase, so
    whoever bought once is alive for certain: that is the model's doing, not the customer's.

    When something else is right: `fit_mbg_nbd`, in which one may leave after the first purchase too; `fit_pareto_nbd`,
    in which one may leave at any time; `fit_bg_bb` for occasions (every year, every mailing); `fit_sbg` for contracts,
    where one sees who leaves.

    Parameters
    ----------
    frequency, recency, tenure : Series
        One value per customer, as `customers.repeat_purchase_summary` gives them: repeat purchases, age at the last
        one (0 without one), and age now, in one unit of time.

    Returns
    -------
    FittedLeaving
        params (r, alpha, a, b; alpha in units of time), log_likelihood, standard_errors, n_customers, is_converged;
        and functions: expected_purchases(t) of a new customer; future_purchases(t, frequency, recency, tenure),
        chance_to_buy(t, frequency, recency, tenure) and probability_alive(frequency, recency, tenure) of customers.

    Raises
    ------
    ValueError
        A number is missing, negative, not whole or larger than it can be; the columns are of other customers; fewer
        than 30 customers, nobody bought again; or the data cannot tell the parameters.

    References
    ----------
    Fader, Hardie & Lee (2005), "Counting Your Customers" the Easy Way, doi:10.1287/mksc.1040.0098.

    Examples
    --------
    >>> from crmlib import customers, datasets
    >>> bought = customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit="week")
    >>> model = fit_bg_nbd(bought["frequency"], bought["recency"], bought["tenure"])
    >>> {name: round(value, 3) for name, value in model.params.items()}, round(model.log_likelihood, 1)
    ({'r': 0.243, 'alpha': 4.414, 'a': 0.793, 'b': 2.426}, -9582.4)
    """
    from crmlib.buying import leaving

    return leaving.fit(*_checked(frequency, recency, tenure), may_leave_first=False)


def fit_mbg_nbd(frequency: pd.Series, recency: pd.Series, tenure: pd.Series) -> FittedLeaving:
    """The modified BG/NBD model: as BG/NBD, but a customer may leave right after the first purchase too.

    So whoever bought once is not alive for certain. When something else is right: as in `fit_bg_nbd`.

    Parameters
    ----------
    frequency, recency, tenure : Series
        As in `fit_bg_nbd`.

    Returns
    -------
    FittedLeaving
        As `fit_bg_nbd`.

    Raises
    ------
    ValueError
        As `fit_bg_nbd`.

    References
    ----------
    Batislam, Denizel & Filiztekin (2007), doi:10.1016/j.ijresmar.2006.12.005; Hoppe & Wagner (2007).

    Examples
    --------
    >>> from crmlib import customers, datasets
    >>> bought = customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit="week")
    >>> model = fit_mbg_nbd(bought["frequency"], bought["recency"], bought["tenure"])
    >>> round(model.probability_alive(0, 0, 39), 2)
    0.39
    """
    from crmlib.buying import leaving

    return leaving.fit(*_checked(frequency, recency, tenure), may_leave_first=True)


def fit_pareto_nbd(frequency: pd.Series, recency: pd.Series, tenure: pd.Series) -> FittedLifetimes:
    """The Pareto/NBD model: each customer buys at a rate of their own for a lifetime of their own, both unseen.

    Rates are gamma(r, alpha) over customers, rates of leaving gamma(s, beta).

    When something else is right: `fit_bg_nbd` tells much the same in less time; `fit_sbg` for contracts.

    Parameters
    ----------
    frequency, recency, tenure : Series
        As in `fit_bg_nbd`.

    Returns
    -------
    FittedLifetimes
        params (r, alpha, s, beta; alpha and beta in units of time), and else as `fit_bg_nbd`.

    Raises
    ------
    ValueError
        As `fit_bg_nbd`.

    References
    ----------
    Schmittlein, Morrison & Colombo (1987), Counting Your Customers, doi:10.1287/mnsc.33.1.1.

    Examples
    --------
    >>> from crmlib import customers, datasets
    >>> bought = customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit="week")
    >>> model = fit_pareto_nbd(bought["frequency"], bought["recency"], bought["tenure"])
    >>> {name: round(value, 3) for name, value in model.params.items()}
    {'r': 0.553, 'alpha': 10.578, 's': 0.606, 'beta': 11.669}
    """
    from crmlib.buying import lifetimes

    return lifetimes.fit(*_checked(frequency, recency, tenure))


def fit_bg_bb(frequency: pd.Series, recency: pd.Series, tenure: pd.Series) -> FittedOccasions:
    """The BG/BB model: at each occasion a customer buys by a chance of their own, and before each may leave for good.

    Chances to buy are beta(alpha, beta) over customers, chances to leave beta(gamma, delta).

    When something else is right: `fit_bg_nbd`, where one may buy at any time.

    Parameters
    ----------
    frequency, recency, tenure : Series
        One value per customer: at how many occasions they bought, at which one last (0 is never), and how many there
        were. The occasion on which they were won is not counted.

    Returns
    -------
    FittedOccasions
        params (alpha, beta, gamma, delta), and else as `fit_bg_nbd`, with time in occasions.

    Raises
    ------
    ValueError
        As `fit_bg_nbd`; all numbers must be whole.

    References
    ----------
    Fader, Hardie & Shang (2010), Customer-Base Analysis in a Discrete-Time Noncontractual Setting,
    doi:10.1287/mksc.1100.0580.

    Examples
    --------
    >>> from crmlib import datasets
    >>> donors = datasets.load_donors()
    >>> model = fit_bg_bb(donors["n_years_given"], donors["last_year_given"], donors["n_years"])
    >>> {name: round(value, 3) for name, value in model.params.items()}, round(model.log_likelihood, 1)
    ({'alpha': 1.204, 'beta': 0.75, 'gamma': 0.657, 'delta': 2.783}, -33225.6)
    """
    from crmlib.buying import occasions

    return occasions.fit(*_checked(frequency, recency, tenure, is_whole=True))


def fit_gamma_gamma(frequency: pd.Series, monetary: pd.Series) -> FittedSpending:
    """The Gamma-Gamma model: what a purchase is worth varies around a mean of each customer's own.

    It takes for granted that who buys often does not spend more, or less, on a purchase: look at the correlation first.

    When something else is right: the plain mean of each customer, where each has bought often.

    Parameters
    ----------
    frequency : Series
        Repeat purchases of each customer. Those without one say nothing and are left out.
    monetary : Series
        Mean spent on them, above 0, as `customers.repeat_purchase_summary` gives it.

    Returns
    -------
    FittedSpending
        params (p, q, gamma; gamma in currency), log_likelihood, standard_errors, n_customers, is_converged; and
        functions: average_purchase() of all, expected_purchase(frequency, monetary) of each customer.

    Raises
    ------
    ValueError
        A mean is missing, 0 or negative; else as `fit_bg_nbd`.

    References
    ----------
    Fader & Hardie (2013), The Gamma-Gamma Model of Monetary Value; Colombo & Jiang (1999),
    doi:10.1002/(SICI)1520-6653(199922)13:3<2::AID-DIR2>3.0.CO;2-H.

    Examples
    --------
    >>> from crmlib import customers, datasets
    >>> bought = customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit="week")
    >>> bought = bought[bought["monetary"] > 0]
    >>> model = fit_gamma_gamma(bought["frequency"], bought["monetary"])
    >>> {name: round(value, 2) for name, value in model.params.items()}
    {'p': 6.25, 'q': 3.74, 'gamma': 15.44}
    """
    x = _column(frequency, "frequency", is_whole=True)
    _same_customers({"frequency": frequency, "monetary": monetary})
    again = x > 0
    z = _column(monetary[again], "monetary", is_whole=False)
    if len(z) and z.min() <= 0:
        raise ValueError(
            t(
                "monetary must be above 0 where somebody bought again; {n} of {all} are not, the lowest {lowest:,.2f}."
                " Leave out customers who took back all they bought: monetary[monetary > 0].",
                n=int((z <= 0).sum()),
                all=len(z),
                lowest=z.min(),
            )
        )
    _enough(int(again.sum()), t("customers who bought again"))
    from crmlib.buying import spending

    return spending.fit(x[again], z)


def fit_sbg(alive: pd.Series, *, n_customers: float | None = None) -> FittedRenewals:
    """The shifted beta-geometric model: each customer ends a contract by a chance of their own, ever the same.

    Chances to leave are beta(alpha, beta) over customers. The retention rate of a cohort rises although nobody's does:
    those who leave easily leave first.

    When something else is right: `fit_bg_nbd`, where nobody says that they leave.

    Parameters
    ----------
    alive : Series
        Share or number of a cohort alive at the start of each period, the first one included, in order of time.
    n_customers : float, optional
        How many customers the cohort began with, where alive is shares. Without it standard errors are missing, and
        the log-likelihood is per customer.

    Returns
    -------
    FittedRenewals
        params (alpha, beta), log_likelihood, standard_errors, n_customers, is_converged; and functions: survival(t),
        retention_rate(t) and residual_lifetime(n_renewals, discount_rate=...).

    Raises
    ------
    ValueError
        A number is missing, negative or larger than the one before; fewer than 3 periods; nobody left; or the data
        cannot tell the parameters.

    References
    ----------
    Fader & Hardie (2007), How to Project Customer Retention, doi:10.1002/dir.20074.

    Examples
    --------
    >>> model = fit_sbg(pd.Series([1, .631, .468, .382, .326, .289, .262, .241]))
    >>> {name: round(value, 3) for name, value in model.params.items()}
    {'alpha': 0.704, 'beta': 1.182}
    """
    left = _column(pd.Series(alive), "alive", is_whole=False)
    rises = np.flatnonzero(np.diff(left) > 0)
    if len(left) < 3 or left[0] <= 0 or len(rises):
        raise ValueError(
            t(
                "alive must hold 3 periods or more, begin above 0 and never rise; got {alive}. Nobody comes back into a"
                " cohort. For example [1, 0.63, 0.47].",
                alive=[round(float(one), 4) for one in left],
            )
        )
    if left[-1] == left[0]:
        raise ValueError(t("somebody must have left; all {n:,g} are still there. Wait longer.", n=left[0]))
    if n_customers is not None:
        require.number(n_customers, "n_customers", above=0, example=1000)
        left = left / left[0] * n_customers
    from crmlib.buying import renewals

    return renewals.fit(left, n_customers if n_customers is not None or left[0] == 1 else float(left[0]))


# --- checks -------------------------------------------------------------------------------------


def _checked(
    frequency: pd.Series, recency: pd.Series, tenure: pd.Series, *, is_whole: bool = False
) -> list[np.ndarray]:
    columns = {"frequency": frequency, "recency": recency, "tenure": tenure}
    _same_customers(columns)
    x, last, age = (_column(column, name, is_whole=is_whole or name == "frequency") for name, column in columns.items())
    rules = {
        t("recency must not be later than tenure"): last > age,
        t("recency must be above 0 where frequency is, and 0 where it is 0"): (x > 0) != (last > 0),
    }
    if is_whole:
        rules[t("frequency must not be above recency")] = x > last
    for rule, is_broken in rules.items():
        if is_broken.any():
            one = int(np.flatnonzero(is_broken)[0])
            raise ValueError(
                t(
                    "{rule}; {n} of {all} rows break it, the first has frequency {x:g}, recency {last:g}, tenure"
                    " {age:g}. Take them from customers.repeat_purchase_summary: recency runs from the first purchase"
                    " to the last, and frequency counts repeat purchases.",
                    rule=rule,
                    n=int(is_broken.sum()),
                    all=len(x),
                    x=x[one],
                    last=last[one],
                    age=age[one],
                )
            )
    _enough(len(x), t("customers"))
    if not x.any():
        raise ValueError(t("somebody must have bought again; none of {n:,} did. Wait longer.", n=len(x)))
    return [x, last, age]


def _column(column: pd.Series, name: str, *, is_whole: bool) -> np.ndarray:
    values = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    is_bad = ~np.isfinite(values)
    if name != "monetary":  # of which a message of its own says why it must be above 0
        is_bad |= (values < 0) | (is_whole & (values != np.floor(values)))
    if is_bad.any():
        one = int(np.flatnonzero(is_bad)[0])
        must = t("whole numbers of 0 or more") if is_whole else t("numbers of 0 or more")
        raise ValueError(
            t(
                "{name} must hold {must}; {n} of {all} are not, the first is {first!r}. Leave those customers out, or"
                " mend the column.",
                name=name,
                must=must,
                n=int(is_bad.sum()),
                all=len(values),
                first=column.iloc[one],
            )
        )
    return values


def _same_customers(columns: dict[str, pd.Series]) -> None:
    first, *others = columns.items()
    for name, column in columns.items():
        if not isinstance(column, pd.Series):
            raise TypeError(
                t("{name} must be a Series, one value per customer; got {kind}.", name=name, kind=type(column).__name__)
            )
    for name, column in others:
        if not column.index.equals(first[1].index):
            raise ValueError(
                t(
                    "{name} must be of the same customers as {first}, in the same order; it has {n:,} rows, that one"
                    " {all:,}. Take both from one table.",
                    name=name,
                    first=first[0],
                    n=len(column),
                    all=len(first[1]),
                )
            )


def _enough(n: int, of_whom: str) -> None:
    if n < FEWEST:
        raise ValueError(
            t(
                "a model needs {fewest} {of_whom} or more; got {n}. Use an average with its interval instead.",
                fewest=FEWEST,
                of_whom=of_whom,
                n=n,
            )
        )
