"""Invoices of what organisations bought on account: when due, when paid, when given up."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import parameters as p
from crmlib.simulate import parameters_credit as pc
from crmlib.simulate.credit import (
    N_QUARTERS,
    NEVER,
    QUARTER_STARTS,
    State,
    logistic,
    next_month,
    places,
    quarter_of,
)
from crmlib.simulate.records import typed
from crmlib.simulate.streams import stream

REASONS = ("closed", "cannot pay", "will not pay")


def make_bills(
    state: State, lines: pd.DataFrame, records: pd.DataFrame, seed: int, chunk: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The invoices as they came to be, and who ceased to pay.

    Returns
    -------
    bills : DataFrame
        One row per invoice, in the order of time: record, place (row of `state`), day, amount (fen), due,
        paid and written_off (days; NEVER), is_disputed.
    defaults : DataFrame
        One row per row of `state`: day (NEVER for who always paid), reason (place in REASONS), stop (first day
        without credit).
    """
    random = stream(seed, "invoices", chunk)
    bills = _bills(state, lines, records)
    bills["due"] = bills["day"] + state.terms[bills["place"]]
    bills["paid"], bills["is_disputed"] = _paid(state, bills, random)
    defaults = _defaults(state, bills, seed, chunk)
    bills = bills[bills["day"].to_numpy() < defaults["stop"].to_numpy()[bills["place"]]].reset_index(drop=True)
    bills["written_off"] = NEVER
    _settle(bills, defaults, seed, chunk)
    return bills, defaults


def _bills(state: State, lines: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    """What is billed to whom on which day, as if nobody ever ceased to pay.

    A bill has what was bought since the bill before, refunds taken off; what is left of these when there is
    nothing more to take them off is taken off the next. So the bills up to a day add up to the most that
    purchases less refunds ever came to.
    """
    line = lines[["record", "day", "order", "amount", "is_refund"]].copy()
    line["place"] = places(state, lines, records)
    ordered = np.full(line["order"].to_numpy().max(initial=-1) + 1, NEVER)
    np.minimum.at(ordered, line["order"].to_numpy(), line["day"].to_numpy())
    line = line[line["place"] >= 0]
    line = line[ordered[line["order"]] >= state.credit_from[line["place"]]]
    is_monthly = state.is_monthly[line["place"]]
    line["bill"] = np.where(is_monthly, next_month(line["day"]) - 1, line["day"])
    # A refund of who is billed by order waits for the next order.
    waits = line["is_refund"] & ~is_monthly
    orders = line.loc[~line["is_refund"] & ~is_monthly, ["record", "bill"]].drop_duplicates()
    asked = line.loc[waits, ["record", "day"]].sort_values("day", kind="stable")
    found = pd.merge_asof(
        asked.reset_index(),
        orders.sort_values("bill"),
        left_on="day",
        right_on="bill",
        by="record",
        direction="forward",
    ).set_index("index")["bill"]
    line.loc[waits, "bill"] = found
    line = line.dropna(subset="bill")
    net = line.groupby(["record", "place", "bill"], sort=True)["amount"].sum().reset_index()
    total = net.groupby("record")["amount"].cumsum().clip(lower=0)
    billed = total.groupby(net["record"]).cummax()
    net["amount"] = billed - billed.groupby(net["record"]).shift(fill_value=0)
    bills = net[net["amount"] > 0].rename(columns={"bill": "day"})
    bills["day"] = bills["day"].astype("int64")
    return bills.sort_values(["day", "record"], ignore_index=True, kind="stable")


def _paid(state: State, bills: pd.DataFrame, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The day each bill is paid by who does not cease to pay, and whether it was disputed first."""
    place, due, n = bills["place"].to_numpy(), bills["due"].to_numpy(), len(bills)
    quarter, kind = quarter_of(due), state.kind[place]
    ability, will = state.now("ability")[place, quarter], state.now("will")[place, quarter]
    late = pc.LATE_START - pc.LATE_ABILITY * ability - pc.LATE_WILL * will + pc.LATE_OFFICE[kind]
    is_late = random.random(n) < logistic(late)
    early = np.floor(pc.EARLY_DAYS * random.standard_exponential(n)).astype(int)
    mean = pc.LATE_DAYS[kind] * np.exp(-pc.LATE_DAYS_ABILITY * ability - pc.LATE_DAYS_WILL * will)
    after = 1 + np.floor(mean * random.standard_exponential(n)).astype(int)
    in_time = np.maximum(due - early, bills["day"].to_numpy() + 1)
    paid = np.where(is_late, due + np.minimum(after, pc.LATE_MOST), in_time)
    chance = pc.DISPUTE * state.demanding[place] ** pc.DISPUTE_DEMANDING
    is_disputed = random.random(n) < chance
    least, most = pc.DISPUTE_DAYS
    settled = due + least + np.floor((most - least) * random.random(n)).astype(int)
    return np.where(is_disputed, settled, paid), is_disputed


def _defaults(state: State, bills: pd.DataFrame, seed: int, chunk: int) -> pd.DataFrame:
    """Who ceases to pay, when and why: the first time that somebody who owes something does."""
    random = stream(seed, "defaults", chunk)
    n = len(state.entity)
    ceases = random.random((n, N_QUARTERS)) < state.default
    length = np.diff(QUARTER_STARTS)
    day = QUARTER_STARTS[:-1] + np.floor(random.random((n, N_QUARTERS)) * length).astype(int)
    first_day = state.credit_from + np.where(state.joined < 0, 0, pc.DEFAULT_AFTER)
    ceases &= (day >= first_day[:, None]) & (day <= state.left[:, None])
    # Of those who leave, some leave because the business closes.
    rows, quarter = np.arange(n), quarter_of(state.left)
    closes = (state.left < p.N_DAYS) & (random.random(n) < state.closed[rows, quarter])
    last = state.left - np.floor(pc.CLOSED_DAYS * random.random(n)).astype(int)
    closes &= last >= state.credit_from
    ceases[rows[closes], quarter[closes]] = True
    day[rows[closes], quarter[closes]] = last[closes]
    stop = next_month(day + pc.STOP_AFTER)
    place = bills["place"].to_numpy()
    owed = ceases[place] & (bills["day"].to_numpy()[:, None] < stop[place])
    owed &= bills["paid"].to_numpy()[:, None] >= day[place]
    owes = np.zeros((n, N_QUARTERS), dtype=bool)
    np.logical_or.at(owes, place, owed)
    first = owes.argmax(axis=1)
    fails = owes[rows, first]
    not_willing = logistic(pc.NOT_WILLING_START - pc.NOT_WILLING_WILL * state.now("will")[rows, first])
    reason = np.where(closes & (first == quarter), 0, np.where(random.random(n) < not_willing, 2, 1))
    return pd.DataFrame(
        {
            "day": np.where(fails, day[rows, first], NEVER),
            "reason": np.where(fails, reason, -1),
            "stop": np.where(fails, stop[rows, first], NEVER),
        }
    )


def _settle(bills: pd.DataFrame, defaults: pd.DataFrame, seed: int, chunk: int) -> None:
    """What becomes of the open bills of those who ceased to pay: paid very late, or given up."""
    random = stream(seed, "recoveries", chunk)
    chance = random.random((len(defaults), 3))
    patience = random.standard_exponential(len(bills))
    which = defaults.iloc[bills["place"]].reset_index(drop=True)
    is_open = (bills["paid"] >= which["day"]).to_numpy()
    place, reason = bills["place"].to_numpy()[is_open], which["reason"].to_numpy()[is_open]
    share = np.array([pc.RECOVERED[name] for name in REASONS])[reason]
    pays = chance[place, 0] < share
    from_day = np.maximum(bills["due"], which["day"]).to_numpy()[is_open]
    late = from_day + pc.RECOVERY_LEAST + np.floor(pc.RECOVERY_DAYS * patience[is_open]).astype(int)
    least, spread = np.array([pc.WRITTEN_OFF[name] for name in REASONS])[reason].T
    given_up = which["day"].to_numpy()[is_open] + least + np.floor(spread * chance[place, 1]).astype(int)
    given_up = np.maximum(given_up, bills["due"].to_numpy()[is_open] + 1)
    bills.loc[is_open, "paid"] = np.where(pays, late, NEVER)
    bills.loc[is_open, "written_off"] = np.where(pays, NEVER, given_up)


def as_dates(day: np.ndarray) -> np.ndarray:
    """Days as dates; empty where they come after the period."""
    known = day < p.N_DAYS
    return np.where(known, p.START + np.where(known, day, 0).astype("timedelta64[D]"), np.datetime64("NaT", "D"))


def make_invoices(bills: pd.DataFrame, records: pd.DataFrame, chunk: int) -> pd.DataFrame:
    """The public table `invoices`, in the order of their dates."""
    first = chunk * 1_000_000 + 1
    table = pd.DataFrame(
        {
            "invoice_id": np.array([f"R{first + number:07d}" for number in range(len(bills))], dtype=object),
            "customer_id": records["customer_id"].to_numpy()[bills["record"]],
            "invoice_date": p.START + bills["day"].to_numpy().astype("timedelta64[D]"),
            "due_date": p.START + bills["due"].to_numpy().astype("timedelta64[D]"),
            "amount": bills["amount"].to_numpy() / 100,
            "paid_date": as_dates(bills["paid"].to_numpy()),
            "written_off_date": as_dates(bills["written_off"].to_numpy()),
        }
    )
    return typed(table, ["invoice_id", "customer_id"])


def make_truth(state: State, bills: pd.DataFrame, defaults: pd.DataFrame, customer_id: np.ndarray) -> pd.DataFrame:
    """What no seller knows: one row per customer on account and quarter; `customer_id` is that of each of `state`."""
    n = len(state.entity)
    end = np.minimum(np.minimum(defaults["day"].to_numpy(), state.left), p.N_DAYS - 1)
    quarter = np.arange(N_QUARTERS)[None, :]
    is_there = (quarter >= quarter_of(state.credit_from)[:, None]) & (quarter <= quarter_of(end)[:, None])
    is_there &= (state.credit_from <= end)[:, None]
    row, column = np.nonzero(is_there)
    chance = 1 - (1 - state.default) * (1 - state.leaving[:, None] * state.closed)
    disputed = np.zeros((n, N_QUARTERS), dtype=int)
    asked = bills[bills["is_disputed"]]
    np.add.at(disputed, (asked["place"].to_numpy(), quarter_of(asked["day"].to_numpy())), 1)
    is_last = (quarter_of(defaults["day"].to_numpy())[row] == column) & (defaults["day"].to_numpy()[row] < p.N_DAYS)
    reasons = np.array([*REASONS, None], dtype=object)
    table = pd.DataFrame(
        {
            "customer_id": customer_id[row],
            "quarter_end": p.START + (QUARTER_STARTS[1:][column] - 1).astype("timedelta64[D]"),
            "ability": state.now("ability")[row, column].round(4),
            "will": state.now("will")[row, column].round(4),
            "chance_of_default": chance[row, column].round(4),
            "n_disputed": disputed[row, column],
            "default_date": as_dates(np.where(is_last, defaults["day"].to_numpy()[row], NEVER)),
            "default_reason": np.where(is_last, reasons[defaults["reason"].to_numpy()[row]], None),
        }
    )
    return typed(table, ["customer_id", "default_reason"])
