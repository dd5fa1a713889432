"""Who may become a customer: money, authority and need in eight cells, and when to stop calling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t

CONDITIONS = ("money", "authority", "need")
# A capital letter where the condition is met; the cells with more of them first.
CELLS = ("MAN", "MAn", "MaN", "mAN", "Man", "mAn", "maN", "man")


def man_cells(prospects: pd.DataFrame, *, thresholds: Mapping[str, float] | float | None = None) -> pd.DataFrame:
    """The cell of each prospect by money, authority and need, and what to do there.

    A capital letter says that a condition is met: MAN has all three, man none. The cells treat the conditions as
    equally weighty and a little below a threshold as nothing; both are opinions.

    When something else is right: where it is known who bought, a model fitted to that and tested on later
    prospects, beside this table.

    Parameters
    ----------
    prospects : DataFrame
        One row per prospect: money (can they pay), authority (do they decide) and need, each true or false, or a
        score; a column of scores may also be called money_score, and so on.
    thresholds : mapping of str to float, or float, optional
        From which score on a condition is met, for each column of scores; one number is meant for all three. 0 and 1
        are scores, too.

    Returns
    -------
    DataFrame
        One row per prospect, index as `prospects`: money, authority and need as true or false; n_met, how many; cell
        (a categorical of all eight, MAN to man); and action, a sentence in the reader's language.

    Raises
    ------
    ValueError
        A column is missing, of neither truths nor numbers, or not known for a prospect; a threshold is missing, is no
        number or belongs to no column of scores.

    Examples
    --------
    >>> prospects = pd.DataFrame(
    ...     {"money": [90, 20], "authority": [True, False], "need": [True, True]}, index=["mill", "school"]
    ... )
    >>> man_cells(prospects, thresholds={"money": 50})[["cell", "action"]]
           cell                                             action
    mill    MAN                   Visit now: nothing else is open.
    school  maN  Watch: settle payment and find who decides first.

    Three scores with one threshold for all:

    >>> cards = pd.DataFrame({"money_score": [60], "authority_score": [50], "need_score": [80]}, index=["mill"])
    >>> man_cells(cards, thresholds=60)["cell"].tolist()
    ['MaN']
    """
    prospects = prospects.rename(columns={f"{name}_score": name for name in CONDITIONS if name not in prospects})
    require.columns(prospects, CONDITIONS, "prospects")
    is_one = thresholds is not None and not isinstance(thresholds, Mapping)
    thresholds = dict.fromkeys(CONDITIONS, thresholds) if is_one else dict(thresholds or {})
    _check_thresholds(prospects, thresholds)
    met = pd.DataFrame(index=prospects.index)
    for name in CONDITIONS:
        if name in thresholds:
            require.numbers(prospects, [name], "prospects")
            met[name] = (prospects[name].astype(float) >= thresholds[name]).astype(bool)
        else:
            met[name] = _truths(prospects[name], name)
    letters = [met[name].map({True: name[0].upper(), False: name[0]}) for name in CONDITIONS]
    cell, actions = letters[0] + letters[1] + letters[2], _actions()
    met["n_met"] = met.sum(axis=1)
    return met.assign(cell=pd.Categorical(cell, CELLS), action=cell.map(actions))


def call_hazard(n_calls: pd.Series, won: pd.Series) -> pd.DataFrame:
    """What share of those who got an n-th call said yes at it.

    A share of those still called, not of all: who said yes, or was given up, is not called again. Those given up were
    not given up at random, so the shares of late calls are those of the prospects whom callers kept on with; to learn
    what others would have said, call some of them on, drawn by lot.

    Parameters
    ----------
    n_calls : Series
        How many calls each prospect got, 1 or more.
    won : Series
        Whether the last of them ended in a yes, index as `n_calls`.

    Returns
    -------
    DataFrame
        One row per call (index `call`, from 1 on): n_called, n_won, hazard (the one by the other), and low and high, a
        95 % interval by Wilson's formula. Range of hazard 0 to 1.

    Raises
    ------
    ValueError
        There is no prospect, or calls are no whole numbers from 1 on, or it is not known who won.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22, doi:10.1080/01621459.1927.10502953.

    Examples
    --------
    Five prospects: two said yes at once, one at the second call, two not at all.

    >>> hazard = call_hazard(pd.Series([1, 1, 2, 2, 3]), pd.Series([True, True, True, False, False]))
    >>> hazard[["n_called", "n_won", "hazard"]].round(3)
          n_called  n_won  hazard
    call
    1            5      2   0.400
    2            3      1   0.333
    3            1      0   0.000
    """
    calls = pd.DataFrame({"n_calls": n_calls, "won": won})
    if calls.empty or len(n_calls) != len(calls) or len(won) != len(calls):
        raise ValueError(
            t(
                "n_calls and won must hold the same prospects, at least one; got {n_calls:,} and {n_won:,}.",
                n_calls=len(n_calls),
                n_won=len(won),
            )
        )
    require.numbers(calls, ["n_calls"], "calls")
    number = calls["n_calls"].astype(float)
    if (number < 1).any() or (number % 1 != 0).any():
        bad = number[(number < 1) | (number % 1 != 0)].iloc[0]
        raise ValueError(t("n_calls must be whole numbers from 1 on; one is {bad:g}. Leave out who got none.", bad=bad))
    is_won = _truths(calls["won"], "won")
    last = int(number.max())
    ended = np.bincount(number.astype(int), minlength=last + 1)[1:]
    n_won = np.bincount(number.astype(int), weights=is_won, minlength=last + 1)[1:].astype(int)
    n_called = ended[::-1].cumsum()[::-1]
    low, high = _wilson(n_won, n_called)
    columns = {"n_called": n_called, "n_won": n_won, "hazard": n_won / n_called, "low": low, "high": high}
    return pd.DataFrame(columns, index=pd.RangeIndex(1, last + 1, name="call"))


def best_stop(hazard: pd.Series, *, margin: float, cost_per_call: float) -> pd.DataFrame:
    """What calling brings if one stops after so many calls, and after how many it is best to stop.

    A prospect is called until they say yes, or until the stop. A call is worth making if it brings more than it costs,
    or if it opens the way to calls that do: so what counts is the highest sum, not the first call that does not pay.
    Where the chance of a yes falls from call to call, that is the last call whose hazard times margin covers its cost.
    The best stop moves with each of the three; no number of calls is right for all.

    When something else is right: where callers are few, the calls should go where the next one brings most
    (`allocation`), which may be another prospect's first.

    Parameters
    ----------
    hazard : Series
        The chance of a yes at each call of who has not said yes before, by number of the call from 1 on, as
        `call_hazard` gives it.
    margin : float
        What a yes brings, in currency units; above 0.
    cost_per_call : float
        What a call costs, in currency units; 0 or more.

    Returns
    -------
    DataFrame
        One row per number of calls to stop after (index `n_calls`, from 0 on), for one prospect: open_share, who has
        not said yes before that call; call_profit, what that call adds; profit, what all calls up to it bring;
        sold_share; and is_best, true in one row, that of the fewest calls where several are equally good.

    Raises
    ------
    ValueError
        hazard is empty, not numbered 1, 2, 3 ..., or holds no share; margin is not above 0; cost_per_call is negative.

    Examples
    --------
    A yes brings 100, a call costs 6.

    >>> best_stop(pd.Series([0.10, 0.08, 0.05], index=[1, 2, 3]), margin=100, cost_per_call=6).round(2)
             open_share  call_profit  profit  sold_share  is_best
    n_calls
    0              1.00         0.00    0.00        0.00    False
    1              1.00         4.00    4.00        0.10    False
    2              0.90         1.80    5.80        0.17     True
    3              0.83        -0.83    4.97        0.21    False
    """
    require.number(margin, "margin", above=0, example=100)
    require.number(cost_per_call, "cost_per_call", least=0, example=5)
    chance = _chances(hazard)
    still_open = np.concatenate([[1.0], np.cumprod(1 - chance)])
    added = np.concatenate([[0.0], still_open[:-1] * (chance * margin - cost_per_call)])
    profit = np.cumsum(added)
    calls = pd.RangeIndex(len(chance) + 1, name="n_calls")
    columns = {
        "open_share": np.concatenate([[1.0], still_open[:-1]]),
        "call_profit": added,
        "profit": profit,
        "sold_share": 1 - still_open,
        # A gain that is dust of float arithmetic is none.
        "is_best": calls == int((profit >= profit.max() - 1e-12 * margin).argmax()),
    }
    return pd.DataFrame(columns, index=calls)


def best_stops(hazards: Mapping[str, pd.Series], *, pays_for: Iterable[float]) -> pd.DataFrame:
    """After how many calls it is best to stop, by how many calls a yes pays for.

    A yes worth 150 at 5 a call pays for 30 calls: only this quotient of margin and cost counts, not the two. A stop at
    the last call of a hazard says that its data end, and no more.

    Parameters
    ----------
    hazards : mapping of str to Series
        By the name of a group: the chance of a yes at each call, as in `best_stop`.
    pays_for : iterable of float
        How many calls a yes pays for: margin / cost_per_call, each above 0.

    Returns
    -------
    DataFrame
        One row per quotient (index `pays_for`), one column per group: whole numbers from 0 on.

    Raises
    ------
    ValueError
        As `best_stop`.

    Examples
    --------
    >>> hazard = pd.Series([0.10, 0.08, 0.05], index=[1, 2, 3])
    >>> best_stops({"mills": hazard, "schools": hazard / 4}, pays_for=[15, 45])
              mills  schools
    pays_for
    15            2        0
    45            3        1
    """
    quotients = list(pays_for)
    stops = {
        name: [int(best_stop(hazard, margin=one, cost_per_call=1)["is_best"].idxmax()) for one in quotients]
        for name, hazard in hazards.items()
    }
    return pd.DataFrame(stops, index=pd.Index(quotients, name="pays_for"))


def stop_profits(hazards: Mapping[str, pd.Series], *, margin: float, cost_per_call: float) -> pd.DataFrame:
    """What calling brings if one stops after so many calls, for several hazards side by side.

    For a decision where nobody knows which hazard is the right one: a plan is a row, and each column says what it
    brings if that hazard holds.

    Parameters
    ----------
    hazards : mapping of str to Series
        By the name of a group, or of an assumption: the chance of a yes at each call, as in `best_stop`.
    margin : float
        What a yes brings, in currency units; above 0.
    cost_per_call : float
        What a call costs, in currency units; 0 or more.

    Returns
    -------
    DataFrame
        One row per number of calls to stop after (index `n_calls`, from 0 on), one column per group: currency units
        for one prospect, missing beyond the last call of a hazard.

    Raises
    ------
    ValueError
        As `best_stop`.

    Examples
    --------
    >>> hazard = pd.Series([0.10, 0.08], index=[1, 2])
    >>> stop_profits({"mills": hazard, "schools": hazard / 4}, margin=100, cost_per_call=6).round(2)
             mills  schools
    n_calls
    0          0.0      0.0
    1          4.0     -3.5
    2          5.8     -7.4
    """
    return pd.DataFrame(
        {
            name: best_stop(hazard, margin=margin, cost_per_call=cost_per_call)["profit"]
            for name, hazard in hazards.items()
        }
    )


def _actions() -> dict[str, str]:
    """What to do in each cell; in words of the reader's language, so asked for anew each time."""
    return {
        "MAN": t("Visit now: nothing else is open."),
        "MAn": t("Visit with your best seller: they can buy and decide, show what they would gain."),
        "MaN": t("Go on, and find who decides."),
        "mAN": t("Go on, and look into their credit: payment by installments, or a smaller order."),
        "Man": t("Watch: they can pay; find who decides, and what they need."),
        "mAn": t("Watch: they decide; find a need, and a way to pay."),
        "maN": t("Watch: settle payment and find who decides first."),
        "man": t("Do not call: look elsewhere."),
    }


def _check_thresholds(prospects: pd.DataFrame, thresholds: dict[str, float]) -> None:
    for name, threshold in thresholds.items():
        require.one_of(name, CONDITIONS, t("each of thresholds"))
        require.number(threshold, name, example=50)
        if pd.api.types.is_bool_dtype(prospects[name]):
            raise ValueError(
                t("thresholds are for scores; {name} is true or false already. Leave it out of thresholds.", name=name)
            )


def _truths(column: pd.Series, name: str) -> pd.Series:
    """A column of true and false as such; scores and unknowns are refused."""
    n_unknown = int(column.isna().sum())
    if n_unknown:
        raise ValueError(
            t(
                "{name} must be known of everyone; of {n_unknown:,} of {n:,} it is not, the first {first!r}. Ask, or"
                " decide what unknown means: .fillna(False).",
                name=name,
                n_unknown=n_unknown,
                n=len(column),
                first=column.index[column.isna().argmax()],
            )
        )
    if not all(isinstance(value, (bool, np.bool_)) for value in column.unique()):
        raise ValueError(
            t(
                "{name} must be true or false; it holds {example!r}. Of scores, say from which on it is met:"
                " thresholds={{'{name}': ...}}; of words, compare: column == 'yes'.",
                name=name,
                example=next(value for value in column if not isinstance(value, (bool, np.bool_))),
            )
        )
    return column.astype(bool)


def _chances(hazard: pd.Series) -> np.ndarray:
    if not isinstance(hazard, pd.Series) or hazard.empty or hazard.index.tolist() != [*range(1, len(hazard) + 1)]:
        found = hazard.index.tolist()[:5] if isinstance(hazard, pd.Series) else type(hazard).__name__
        raise ValueError(
            t(
                "hazard must be a Series by number of the call, 1, 2, 3 ...; got {found}. For example"
                " call_hazard(n_calls, won)['hazard'].",
                found=found,
            )
        )
    require.numbers(hazard.to_frame("hazard"), ["hazard"], "hazard")
    chance = hazard.to_numpy(dtype=float)
    for value in chance[(chance < 0) | (chance > 1)][:1]:
        require.share(float(value), "hazard")
    return chance


def _wilson(n_won: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    z2 = 1.959963984540054**2
    middle = (n_won + z2 / 2) / (n + z2)
    half = np.sqrt(z2) / (n + z2) * np.sqrt(n_won * (n - n_won) / n + z2 / 4)
    # Where none or all said yes, an end is exact, but for the dust of floats.
    return np.where(n_won == 0, 0.0, middle - half), np.where(n_won == n, 1.0, middle + half)
