"""Calls and visits to prospects: one row per call.

Whom to call on is the seller's choice, made by what he feels of them; only where a
lot decided do late calls tell what others would have said.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import parameters as p
from crmlib.simulate import parameters_prospects as pp
from crmlib.simulate.records import typed
from crmlib.simulate.streams import stream

CHANNELS = ("phone", "visit")
OUTCOMES = ("no answer", "call again", "declined", "won")
NO_ANSWER, AGAIN, DECLINED, WON = range(4)


def yes_by_call(yes: np.ndarray) -> np.ndarray:
    """The chance of a yes at each call that is answered: one row per prospect, one column per call.

    Examples
    --------
    >>> yes_by_call(np.array([0.1]))[0, :3].round(3).tolist()
    [0.045, 0.09, 0.1]
    """
    return yes[:, None] * pp.BY_CALL


def make_calls(leads: pd.DataFrame, is_on: np.ndarray, seed: int, chunk: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every call, and how each prospect stood on the last day.

    Returns
    -------
    calls : DataFrame
        One row per call: lead (row of `leads`), number, day, channel and outcome (places), minutes.
    ends : DataFrame
        One row per prospect: outcome (won, declined, given up, open) and the day of the yes (-1: none).
    """
    random, n = stream(seed, "contacts", chunk), len(leads)
    yes = leads["yes"].to_numpy()
    odds = np.log(yes / (1 - yes)) - pp.YES["start"]
    feeling, unlikely = odds + pp.FEELING_NOISE * random.standard_normal(n), 1 / (1 + np.exp(odds))
    patience = pp.SELLER_PATIENCE[leads["seller"]] + pp.GIVE_UP_FEELING * feeling
    day = leads["found"].to_numpy() + 1 + np.floor(random.exponential(pp.FIRST_CALL_DAYS, n)).astype(int)
    is_open, end, won_day, parts = np.ones(n, dtype=bool), np.full(n, "open", dtype=object), np.full(n, -1), []
    for number, factor in enumerate(pp.BY_CALL, start=1):
        draws, gap, long = random.random((n, 5)), random.exponential(pp.GAP_DAYS, n), random.standard_normal(n)
        is_made = is_open & (day < p.N_DAYS)
        channel = (draws[:, 0] < pp.VISIT_SHARE[number > 1]).astype(int)
        outcome = _outcomes(draws, channel, yes * factor, pp.DECLINE + pp.DECLINE_OF_UNLIKELY * unlikely)
        minutes = _minutes(channel, outcome, long)
        called = {"lead": np.arange(n), "number": number, "day": day, "channel": channel, "outcome": outcome}
        parts.append(pd.DataFrame(called | {"minutes": minutes})[is_made])
        weary = 1 / (1 + np.exp(patience - pp.GIVE_UP_START - pp.GIVE_UP_PER_CALL * number))
        is_last = np.full(n, number == pp.MOST_CALLS)
        is_left = (outcome < DECLINED) & (is_last | (~is_on & (draws[:, 4] < weary)))
        for name, ended in (("won", outcome == WON), ("declined", outcome == DECLINED), ("given up", is_left)):
            end[is_made & ended] = name
        won_day = np.where(is_made & (outcome == WON), day, won_day)
        is_open = is_made & (end == "open")
        day = day + pp.GAP_LEAST + np.floor(gap * np.where(outcome == NO_ANSWER, pp.GAP_NO_ANSWER, 1)).astype(int)
    calls = pd.concat(parts, ignore_index=True).sort_values(["lead", "number"], ignore_index=True)
    return calls, pd.DataFrame({"outcome": end, "day": won_day})


def make_contacts(calls: pd.DataFrame, ids: np.ndarray) -> pd.DataFrame:
    """The public table `contacts`."""
    once, minute = np.array([pp.CALL_COST[name] for name in CHANNELS]).T[:, calls["channel"]]
    table = pd.DataFrame(
        {
            "prospect_id": ids[calls["lead"]],
            "n_contact": calls["number"],
            "contact_date": p.START + calls["day"].to_numpy().astype("timedelta64[D]"),
            "channel": np.array(CHANNELS, dtype=object)[calls["channel"]],
            "minutes": calls["minutes"].astype("Int64"),  # as intake reads what may be empty
            "cost": (once + minute * calls["minutes"].to_numpy()) / 100,
            "outcome": np.array(OUTCOMES, dtype=object)[calls["outcome"]],
        }
    )
    return typed(table, ["prospect_id", "channel", "outcome"])


def _outcomes(draws: np.ndarray, channel: np.ndarray, yes: np.ndarray, no: np.ndarray) -> np.ndarray:
    """What came of a call to everybody: who is not reached says neither yes nor no."""
    is_missed = draws[:, 1] < np.array([pp.NO_ANSWER[name] for name in CHANNELS])[channel]
    return np.select([is_missed, draws[:, 2] < yes, draws[:, 3] < no], [NO_ANSWER, WON, DECLINED], AGAIN)


def _minutes(channel: np.ndarray, outcome: np.ndarray, long: np.ndarray) -> np.ndarray:
    """How long a call lasted: known afterwards only, and long where the answer was yes."""
    factor = np.array([pp.MINUTES_NO_ANSWER, 1.0, pp.MINUTES_DECLINED, pp.MINUTES_WON])[outcome]
    median = np.array([pp.MINUTES[name] for name in CHANNELS])[channel]
    return np.maximum(1, np.rint(median * factor * np.exp(pp.MINUTES_SPREAD * long))).astype(np.int64)
