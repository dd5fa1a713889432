"""Who moved from which state to which, and where that leads: for tiers, grades, stages and brands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from crmlib import customer_index, require
from crmlib.language import t


def transition_counts(
    before: pd.Series, after: pd.Series, *, states: Sequence[str], absent: str | None = None
) -> pd.DataFrame:
    """How many customers moved from each state to each.

    Customers are matched by customer_id, never by position. One who is in only one of the
    two, or whose state is missing there, has the state `absent` there. Without it such
    customers are an error: leaving them out would make every firm look loyal.

    Parameters
    ----------
    before, after : Series
        The state of each customer, indexed by customer_id.
    states : sequence of str
        All states, in the order of rows and columns, `absent` included.
    absent : str, optional
        The state of who is not there, such as "away" or "left".

    Returns
    -------
    DataFrame
        One row per state before, one column per state after; whole numbers that add up to
        the number of customers in either.

    Raises
    ------
    ValueError
        A customer stands twice in a period, a state is not one of `states`, or customers are
        absent from a period and `absent` is not given.

    Examples
    --------
    >>> before = pd.Series({"ann": "big", "bob": "small", "cy": "small"})
    >>> after = pd.Series({"ann": "small", "bob": "small", "dee": "big"})
    >>> transition_counts(before, after, states=["big", "small", "away"], absent="away")
    after   big  small  away
    before
    big       0      1     0
    small     0      1     1
    away      1      0     0
    """
    states = list(states)
    _check_states(before, after, states, absent)
    # Places of states instead of names: of millions of customers, those take gigabytes.
    first, second = (series.astype(pd.CategoricalDtype(states)).cat.codes for series in (before, after))
    is_new = ~customer_index.look_up(pd.Series(True, first.index), second.index, False).to_numpy()
    pair = [
        np.append(first.to_numpy(), np.full(is_new.sum(), -1)),
        np.append(customer_index.look_up(second, first.index, -1).to_numpy(), second.to_numpy()[is_new]),
    ]
    n_absent = [int((codes < 0).sum()) for codes in pair]
    if absent is None and any(n_absent):
        raise ValueError(
            t(
                "every customer must have a state before and after; {n_before:,} have none before and {n_after:,} none"
                " after. Give them a state of their own: states=[..., 'away'], absent='away'.",
                n_before=n_absent[0],
                n_after=n_absent[1],
            )
        )
    away = states.index(absent) if absent is not None else 0
    codes = [np.where(codes < 0, away, codes).astype(np.int64) for codes in pair]
    flat = np.bincount(codes[0] * len(states) + codes[1], minlength=len(states) ** 2)
    counts = flat.reshape(len(states), len(states))
    return pd.DataFrame(counts, index=pd.Index(states, name="before"), columns=pd.Index(states, name="after"))


def transition_matrix(
    before: pd.Series, after: pd.Series, *, states: Sequence[str], absent: str | None = None
) -> pd.DataFrame:
    """What share of the customers of each state moved to each: the rows of `transition_counts` as shares.

    Parameters
    ----------
    before, after : Series
        The state of each customer, indexed by customer_id.
    states : sequence of str
        As in `transition_counts`.
    absent : str, optional
        As in `transition_counts`.

    Returns
    -------
    DataFrame
        One row per state before, one column per state after. A row adds up to 1; one that
        nobody started in is missing, not zero.

    Raises
    ------
    ValueError
        As `transition_counts`.

    Examples
    --------
    >>> before = pd.Series({"ann": "big", "bob": "small", "cy": "small"})
    >>> after = pd.Series({"ann": "big", "bob": "small", "cy": "big"})
    >>> transition_matrix(before, after, states=["big", "small"]).loc["small"].to_dict()
    {'big': 0.5, 'small': 0.5}
    """
    counts = transition_counts(before, after, states=states, absent=absent)
    started = counts.sum(axis=1)
    return counts.div(started.where(started > 0), axis=0)


def mobility(counts: pd.DataFrame) -> pd.Series:
    """What share of the customers moved up, stayed and moved down.

    Parameters
    ----------
    counts : DataFrame
        A result of `transition_counts` whose states stand from best to worst; leave out the
        state of the absent unless it is meant to be the worst.

    Returns
    -------
    Series
        One row per way: up, same and down, shares of the customers. Range 0 to 1; best: up 1; they add up to 1.

    Raises
    ------
    ValueError
        Rows and columns are not the same states, or nobody is counted.

    Examples
    --------
    >>> counts = pd.DataFrame([[3, 1], [2, 4]], index=["big", "small"], columns=["big", "small"])
    >>> mobility(counts).to_dict()
    {'up': 0.2, 'same': 0.7, 'down': 0.1}
    """
    _check_square(counts)
    values = counts.to_numpy(dtype=float)
    if values.sum() <= 0:
        raise ValueError(t("counts must hold at least one customer; it holds none."))
    up, same, down = np.tril(values, -1).sum(), np.trace(values), np.triu(values, 1).sum()
    return pd.Series({"up": up, "same": same, "down": down}) / values.sum()


def forecast(matrix: pd.DataFrame, start: pd.Series, *, periods: int) -> pd.DataFrame:
    """Where customers will stand if they go on moving as in `matrix`.

    The matrix to the power of periods: someone may leave a state and come back, so what
    stays over a year is more than the quarterly share to the fourth power.

    Parameters
    ----------
    matrix : DataFrame
        A result of `transition_matrix`.
    start : Series
        Customers (or shares) in each state now, indexed by state.
    periods : int
        How many periods to look ahead, 0 or more.

    Returns
    -------
    DataFrame
        One row per period from 0, one column per state.

    Raises
    ------
    ValueError
        The matrix holds a number that is no share, or a row that does not add up to 1; start
        has other states, or customers that are missing or negative; periods is not 0, 1, 2 ...

    Examples
    --------
    >>> matrix = pd.DataFrame([[0.9, 0.1], [0.5, 0.5]], index=["in", "out"], columns=["in", "out"])
    >>> forecast(matrix, pd.Series({"in": 100.0, "out": 0.0}), periods=2)["in"].round(6).tolist()
    [100.0, 90.0, 86.0]
    """
    _check_rows(matrix)
    if start.index.has_duplicates or set(start.index) != set(matrix.index):
        raise ValueError(
            t(
                "start must be indexed by the states {states}; got {found}.",
                states=list(matrix.index),
                found=list(start.index),
            )
        )
    if not (np.isfinite(start.to_numpy(dtype=float)) & (start.to_numpy(dtype=float) >= 0)).all():
        raise ValueError(t("start must hold numbers of customers, 0 or more; got {start}.", start=start.to_dict()))
    require.whole(periods, "periods", least=0)
    rows = [start.reindex(matrix.index).to_numpy(dtype=float)]
    for _ in range(periods):
        rows.append(rows[-1] @ matrix.to_numpy(dtype=float))
    return pd.DataFrame(rows, columns=matrix.columns, index=pd.RangeIndex(periods + 1, name="period"))


def steady_state(matrix: pd.DataFrame) -> pd.Series:
    """The shares of the states in the long run, whatever the start.

    Right only while customers go on moving as in `matrix` and none are won or lost outside it. Where
    customers move in a circle (all who are in a go to b, and back), no period ever shows these shares:
    they are then the mean over many periods, the share of the time that a customer spends in each state.

    Parameters
    ----------
    matrix : DataFrame
        A result of `transition_matrix`.

    Returns
    -------
    Series
        One row per state: its share of the customers, adding up to 1.

    Raises
    ------
    ValueError
        A number is no share, a row does not add up to 1, or the long run depends on the start: there is more than
        one group of states that cannot be left.

    References
    ----------
    Kemeny & Snell (1960), Finite Markov Chains, ch. 4 and 5.

    Examples
    --------
    >>> matrix = pd.DataFrame([[0.9, 0.1], [0.5, 0.5]], index=["in", "out"], columns=["in", "out"])
    >>> steady_state(matrix).round(4).to_dict()
    {'in': 0.8333, 'out': 0.1667}
    """
    _check_rows(matrix)
    values = matrix.to_numpy(dtype=float)
    n = len(values)
    system = np.vstack([values.T - np.eye(n), np.ones(n)])
    if np.linalg.matrix_rank(values.T - np.eye(n), tol=1e-10) < n - 1:
        raise ValueError(
            t(
                "the long run must not depend on the start; in this matrix more than one group of states is never left."
                " Use forecast(matrix, start, periods=...) from where the customers stand."
            )
        )
    share, *_ = np.linalg.lstsq(system, np.append(np.zeros(n), 1.0), rcond=None)
    return pd.Series(share.clip(0, 1), index=matrix.index)


def expected_stay(matrix: pd.DataFrame, *, end: str) -> pd.DataFrame:
    """How many periods customers stay in a state, and how many pass until they are in the last one.

    Where a share p stays from one period to the next, the stay lasts 1/(1 - p) periods on average, the first one
    counted. The way to the end may lead through other states and back; all of it adds up in the fundamental matrix
    (I - Q)^-1, where Q holds the moves between the states that are not the end.

    When something else is right: it takes for granted that a customer's next move hangs on where they stand, not on
    how they came there, and that all who stand there are alike. Where some leave soon and others hardly ever, those
    still there leave less and less often, and a survival curve is right.

    Parameters
    ----------
    matrix : DataFrame
        A result of `transition_matrix`.
    end : str
        The last state, such as "ended" or "left". Whoever gets there is taken to have gone, even if some come back.

    Returns
    -------
    DataFrame
        One row per state: stay, periods in a row in it; until_end, periods until the first one in `end`, 0 for `end`
        itself. Infinite where nobody leaves, or where customers may get to a place from which no way leads to the end.

    Raises
    ------
    ValueError
        A number is no share, a row does not add up to 1, or end is not one of the states.

    References
    ----------
    Kemeny & Snell (1960), Finite Markov Chains, ch. 3; Grinstead & Snell (1997), Introduction to Probability, ch. 11.

    Examples
    --------
    Of the mature half stay and a quarter end, of those in decline half end. By hand, m = 1 + m/2 + d/4 and
    d = 1 + m/4 + d/4, so m is 3.2 and d is 2.4.

    >>> states = ["maturity", "decline", "ended"]
    >>> matrix = pd.DataFrame([[0.5, 0.25, 0.25], [0.25, 0.25, 0.5], [0, 0, 1]], index=states, columns=states)
    >>> expected_stay(matrix, end="ended").round(2)
              stay  until_end
    maturity  2.00        3.2
    decline   1.33        2.4
    ended      inf        0.0
    """
    _check_rows(matrix)
    require.one_of(end, list(matrix.index), "end")
    values = matrix.to_numpy(dtype=float).clip(0, 1)
    stays = values.diagonal()
    others = np.flatnonzero(matrix.index != end)
    inside = values[np.ix_(others, others)]
    leads = np.linalg.matrix_power(np.eye(len(others)) + (inside > 0), len(others)) > 0  # from each state to each
    is_lost = ~(leads & (values[others, matrix.index.get_loc(end)] > 0)).any(axis=1)
    is_safe = ~(leads & is_lost).any(axis=1)
    safe, until_end = others[is_safe], np.full(len(values), np.inf)
    until_end[safe] = np.linalg.solve(np.eye(len(safe)) - values[np.ix_(safe, safe)], np.ones(len(safe)))
    until_end[matrix.index.get_loc(end)] = 0.0
    stay = np.divide(1.0, 1 - stays, out=np.full(len(values), np.inf), where=stays < 1)
    return pd.DataFrame({"stay": stay, "until_end": until_end}, index=matrix.index)


def _check_states(before: pd.Series, after: pd.Series, states: list[str], absent: str | None) -> None:
    if len(set(states)) != len(states) or not states:
        raise ValueError(t("states must be different names, at least one; got {states}.", states=states))
    if absent is not None:
        require.one_of(absent, states, "absent")
    for name, series in (("before", before), ("after", after)):
        if not customer_index.is_unique(series.index):
            twice = series.index[series.index.duplicated()][0]
            raise ValueError(
                t(
                    "every customer must stand once in {name}; {twice!r} stands there more than once.",
                    name=name,
                    twice=twice,
                )
            )
        unknown = [state for state in series.unique() if pd.notna(state) and state not in states]
        if unknown:
            raise ValueError(
                t(
                    "every state must be one of {states}; {name} also has {unknown}. Add them to states, as text or as"
                    " numbers in both.",
                    states=states,
                    name=name,
                    unknown=unknown,
                )
            )


def _check_square(matrix: pd.DataFrame) -> None:
    if list(matrix.index) != list(matrix.columns):
        raise ValueError(
            t(
                "rows and columns must be the same states; got {rows} and {columns}.",
                rows=list(matrix.index),
                columns=list(matrix.columns),
            )
        )


def _check_rows(matrix: pd.DataFrame) -> None:
    _check_square(matrix)
    values = matrix.to_numpy(dtype=float)
    is_share = (values >= 0) & (values <= 1 + 1e-9)
    # A row that is missing throughout is told below: nobody started there.
    wrong = ~is_share & ~np.isnan(values).all(axis=1, keepdims=True)
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        raise ValueError(
            t(
                "every number of the matrix must be a share from 0 to 1; {before!r} to {after!r} is {value:g}. Make the"
                " matrix with transition_matrix.",
                before=matrix.index[row],
                after=matrix.columns[column],
                value=values[row, column],
            )
        )
    off = matrix.index[~np.isclose(matrix.sum(axis=1), 1.0, atol=1e-9)].tolist()
    if off:
        raise ValueError(
            t(
                "every row must add up to 1; {off} do not. Drop states that nobody starts in, in rows and columns.",
                off=off,
            )
        )
