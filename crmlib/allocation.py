"""Where the next unit of money does most: a budget over tiers by marginal value.

What attention would bring is a *response curve*. Nobody can read one off a pyramid: it is an
assumption until a trial has tested it. These functions say what follows from the curve you state.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t

COLUMNS = ("n_customers", "ceiling", "half_at")


def expected_gain(curves: pd.DataFrame, spending: pd.Series) -> pd.Series:
    """The extra profit that a stated response curve expects from what is spent on each tier.

    Attention has diminishing returns: of x spent on a customer, ``ceiling * x / (half_at + x)``
    comes back as extra profit. Half the ceiling is reached where x is half_at. A tier spreads
    its money evenly over its customers. When something else is right: where small amounts do
    nothing at all and large ones much (an S-shaped curve), which this one cannot be.

    Parameters
    ----------
    curves : DataFrame
        One row per tier (index): n_customers; ceiling, the most extra profit that attention could
        bring per customer and period, in currency units; half_at, the spending per customer and
        period at which half of it is reached.
    spending : Series
        Money for each tier as a whole, indexed like `curves`.

    Returns
    -------
    Series
        One row per tier, named "gain": extra profit of the whole tier, the spending not yet deducted.

    Raises
    ------
    ValueError
        A column is missing, a number is negative or missing, or the tiers of the two differ.

    References
    ----------
    Little (1970), Models and managers, doi:10.1287/mnsc.1040.0267 (reprint of 2004), his curve
    with the exponent 1.

    Examples
    --------
    10 customers, 50 spent on each, which is half_at: half of the ceiling of 80, ten times.

    >>> curves = pd.DataFrame({"n_customers": [10], "ceiling": [80.0], "half_at": [50.0]}, index=["VIP"])
    >>> expected_gain(curves, pd.Series({"VIP": 500.0})).to_dict()
    {'VIP': 400.0}
    """
    curves = _checked(curves)
    if not spending.index.is_unique or set(spending.index) != set(curves.index):
        named = list(spending.index)
        raise ValueError(
            t(
                "spending must name the tiers {tiers}, each once; it names {named}.",
                tiers=list(curves.index),
                named=named,
            )
        )
    money = spending.reindex(curves.index).astype(float)
    if not (np.isfinite(money) & (money >= 0)).all():
        raise ValueError(t("spending must be 0 or more for every tier; got {spending}.", spending=spending.to_dict()))
    return pd.Series(_gain(curves.to_numpy().T, money.to_numpy()), index=curves.index, name="gain")


def marginal_gain(curves: pd.DataFrame, spending: pd.Series) -> pd.Series:
    """What one more unit of money would bring in each tier, given what is spent there already.

    The slope of `expected_gain`: above 1, the next unit brings more than itself.

    Parameters
    ----------
    curves : DataFrame
        As in `expected_gain`.
    spending : Series
        Money for each tier as a whole, in currency units, indexed like `curves`.

    Returns
    -------
    Series
        One row per tier, named "marginal_gain": extra profit per unit of money. Range 0 to infinity; best as high
        as can be.

    Raises
    ------
    ValueError
        As `expected_gain`.

    Examples
    --------
    The first unit brings 80/50; where half_at is spent, a quarter of that.

    >>> curves = pd.DataFrame({"n_customers": [10], "ceiling": [80.0], "half_at": [50.0]}, index=["VIP"])
    >>> [marginal_gain(curves, pd.Series({"VIP": spent})).item() for spent in (0.0, 500.0)]
    [1.6, 0.4]
    """
    expected_gain(curves, spending)  # for its checks
    curves = _checked(curves)
    reach = curves["n_customers"] * curves["half_at"]
    top = curves["n_customers"] * curves["ceiling"]
    return (top * reach / (reach + spending.reindex(curves.index)) ** 2).fillna(0.0).rename("marginal_gain")


def allocate_budget(curves: pd.DataFrame, *, budget: float, step: float, least_return: float = 1.0) -> pd.DataFrame:
    """Spread a budget over tiers, step by step, each step where it brings most.

    Greedy, and the best there is in whole steps, since each further step in a tier brings less than
    the one before (Fox 1966). It stops when the budget is spent, or earlier: where no step brings
    back at least `least_return` times what it costs, the rest stays in the purse. Between equal
    steps the tier that stands first in `curves` wins.

    When something else is right: single customers with visits in whole numbers and travel between
    them, as in Lodish's CALLPLAN (1971), and effort that must follow a contract.

    Parameters
    ----------
    curves : DataFrame
        As in `expected_gain`.
    budget : float
        Money to spend, 0 or more. What is left below one whole step is not spent.
    step : float
        The smallest amount that is given, above 0: the budget or a small part of it, at most 100,000 steps.
    least_return : float
        1: a step must bring its own cost. 0: spend everything.

    Returns
    -------
    DataFrame
        One row per tier, as in `curves`: spending, share (of what is spent), per_customer, gain and
        next_return, what one more step would bring per unit of money.

    Raises
    ------
    ValueError
        As `expected_gain`; or budget, step or least_return is not such a number.

    References
    ----------
    Fox (1966), Discrete optimization via marginal analysis, doi:10.1287/mnsc.13.3.210.

    Examples
    --------
    10 VIPs whose ceiling is 80 and 90 others whose ceiling is 20; 50 a head reach half of it.

    >>> curves = pd.DataFrame(
    ...     {"n_customers": [10, 90], "ceiling": [80.0, 20.0], "half_at": [50.0, 50.0]}, index=["VIP", "other"]
    ... )
    >>> allocate_budget(curves, budget=300, step=10)[["spending", "gain"]].round(1)
           spending   gain
    VIP       130.0  165.1
    other       0.0    0.0
    """
    curves = _checked(curves)
    require.number(budget, "budget", least=0, example=1000)
    require.number(least_return, "least_return", least=0, example=1.0)
    require.number(step, "step", above=0, example="budget / 1000")
    if budget / step > 100_000:
        raise ValueError(
            t(
                "step must be at least a 100,000th of the budget; got {step!r} for a budget of {budget!r}. Try"
                " step=budget / 1000.",
                step=step,
                budget=budget,
            )
        )
    # What 0.3 / 0.1 falls short of 3 by rounding is a whole step all the same.
    left = int(np.floor(budget / step + 1e-9))
    shape, n_steps = curves.to_numpy().T, np.zeros(len(curves))
    gains = _step_gains(shape, n_steps, step)
    while left and gains.max() >= least_return * step:
        best = int(gains.argmax())
        n_steps[best] += 1
        gains[best] = _step_gains(shape[:, [best]], n_steps[[best]], step).item()
        left -= 1
    spending = n_steps * step
    n_customers, total = curves["n_customers"].to_numpy(), spending.sum()
    return pd.DataFrame(
        {
            "spending": spending,
            "share": spending / total if total else 0.0,
            "per_customer": spending / np.maximum(n_customers, 1),
            "gain": _gain(shape, spending),
            "next_return": gains / step,
        },
        index=curves.index,
    )


def _gain(shape: np.ndarray, spending: np.ndarray) -> np.ndarray:
    n_customers, ceiling, half_at = shape  # the rows, one column per tier
    reach = n_customers * half_at + spending
    # Where nobody is and nothing is spent, nothing is gained.
    return np.divide(n_customers * ceiling * spending, reach, out=np.zeros(len(spending)), where=reach > 0)


def _step_gains(shape: np.ndarray, n_steps: np.ndarray, step: float) -> np.ndarray:
    return _gain(shape, (n_steps + 1) * step) - _gain(shape, n_steps * step)


def _checked(curves: pd.DataFrame) -> pd.DataFrame:
    require.numbers(curves, COLUMNS, "curves")
    if curves.empty or curves.index.has_duplicates:
        raise ValueError(
            t("curves must have one row per tier, at least one; its rows are {tiers}.", tiers=list(curves.index))
        )
    numbers = curves[list(COLUMNS)].astype(float)
    bad = numbers < 0
    bad["half_at"] |= numbers["half_at"] == 0
    if bad.to_numpy().any():
        row, column = np.argwhere(bad.to_numpy())[0]
        raise ValueError(
            t(
                "n_customers and ceiling must be 0 or more and half_at above 0; {tier!r} has {column} {value}.",
                tier=curves.index[row],
                column=COLUMNS[column],
                value=curves[COLUMNS[column]].iloc[row],
            )
        )
    return numbers
