"""How well the organisations can pay and how much they care to: the latent truth behind invoices and statements."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmlib.simulate import parameters as p
from crmlib.simulate import parameters_credit as pc
from crmlib.simulate.entities import of_segment
from crmlib.simulate.streams import pick, stream

MONTHS = np.arange(p.START.astype("datetime64[M]"), p.END.astype("datetime64[M]") + 2)  # one beyond the last
MONTH_STARTS = (MONTHS.astype("datetime64[D]") - p.START).astype(int)
QUARTER_STARTS = MONTH_STARTS[::3]
N_QUARTERS = len(QUARTER_STARTS) - 1
NEVER = 10 * p.N_DAYS  # a day that does not come


@dataclass(frozen=True)
class State:
    """One row per organisation that ever buys.

    Attributes
    ----------
    entity : row of `entities`
    kind, log_size, is_large, demanding, joined, left : theirs
    ability, will : one column per quarter, `QUARTERS_BEFORE` of them before START
    default : chance of ceasing to pay in each quarter from START, as one who stays
    leaving : chance a quarter of leaving, whatever the reason
    closed : chance that leaving in that quarter is the end of the business
    terms : days to pay
    is_monthly : billed once a month
    credit_from : first day on account
    """

    entity: np.ndarray
    kind: np.ndarray
    log_size: np.ndarray
    is_large: np.ndarray
    demanding: np.ndarray
    joined: np.ndarray
    left: np.ndarray
    ability: np.ndarray
    will: np.ndarray
    default: np.ndarray
    leaving: np.ndarray
    closed: np.ndarray
    terms: np.ndarray
    is_monthly: np.ndarray
    credit_from: np.ndarray

    def now(self, trait: str) -> np.ndarray:
        """A trait in the quarters from START on."""
        return getattr(self, trait)[:, pc.QUARTERS_BEFORE :]


def logistic(logit: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-logit))


def quarter_of(day: np.ndarray) -> np.ndarray:
    """The place of the quarter of a day; days outside the period belong to its first or last quarter."""
    return np.clip(np.searchsorted(QUARTER_STARTS, day, side="right") - 1, 0, N_QUARTERS - 1)


def next_month(day: np.ndarray) -> np.ndarray:
    """The first day of the month after a day; `NEVER` beyond the period."""
    place = np.searchsorted(MONTH_STARTS, day, side="right")
    return np.where(place < len(MONTH_STARTS), MONTH_STARTS[np.minimum(place, len(MONTH_STARTS) - 1)], NEVER)


def make_state(entities: pd.DataFrame, seed: int, chunk: int) -> State:
    """The latent state of the organisations among the entities."""
    random = stream(seed, "credit", chunk)
    entity = np.flatnonzero((entities["kind"] > 0).to_numpy() & ~entities["never_buys"].to_numpy())
    who = entities.iloc[entity]
    kind, log_size, n = who["kind"].to_numpy(), np.log(who["size"].to_numpy()), len(entity)
    joined, is_large = who["joined"].to_numpy(), who["is_large"].to_numpy()
    ability = _ability(kind, log_size, random) + pc.ABILITY_STAYED * (joined < 0)[:, None]
    will = _will(ability[:, 0], is_large, random)
    default = -pc.DEFAULT_ABILITY * ability - pc.DEFAULT_WILL * will + pc.DEFAULT_START
    closed = -pc.CLOSED_ABILITY * ability - pc.CLOSED_WILL * will + pc.CLOSED_START
    later = next_month(joined + pc.CREDIT_AFTER)
    has_none = random.random(n) < pc.NO_CREDIT[kind] * ~is_large
    return State(
        entity=entity,
        kind=kind,
        log_size=log_size,
        is_large=is_large,
        demanding=who["demanding"].to_numpy(),
        joined=joined,
        left=who["left"].to_numpy(),
        ability=ability,
        will=will,
        default=logistic(default)[:, pc.QUARTERS_BEFORE :],
        leaving=of_segment("leave_per_year")[who["segment"]] / 4,
        closed=logistic(closed)[:, pc.QUARTERS_BEFORE :],
        terms=np.array(pc.TERMS)[pick(random.random(n), pc.TERM_SHARE[kind])],
        is_monthly=(random.random(n) < pc.MONTHLY[kind]) | is_large,
        credit_from=np.where(has_none, NEVER, np.where(joined < 0, 0, later)),
    )


def _ability(kind: np.ndarray, log_size: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A level for good, a drift, blows of one's own, seasons and what befalls the whole kind."""
    n, n_quarters = len(kind), N_QUARTERS + pc.QUARTERS_BEFORE
    level = pc.ABILITY[kind] + pc.ABILITY_BY_SIZE * log_size + pc.ABILITY_SPREAD * random.standard_normal(n)
    news = pc.ABILITY_NEWS * random.standard_normal((n, n_quarters))
    news -= pc.HIT_SIZE * (random.random((n, n_quarters)) < pc.HIT)
    drift = np.empty_like(news)
    drift[:, 0] = news[:, 0] / np.sqrt(1 - pc.ABILITY_KEPT**2)
    for quarter in range(1, n_quarters):
        drift[:, quarter] = pc.ABILITY_KEPT * drift[:, quarter - 1] + news[:, quarter]
    season = pc.SEASON[kind][:, np.arange(n_quarters) % 4]
    shock = np.zeros((len(p.KINDS), n_quarters))
    for name, first, quarters, taken in pc.SHOCKS:
        start = first + pc.QUARTERS_BEFORE
        shock[p.KINDS.index(name), start : start + quarters] -= taken
    return level[:, None] + drift + season + shock[kind]


def _will(ability: np.ndarray, is_large: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """How much they care to pay in time: it changes slowly."""
    n, n_quarters = len(ability), N_QUARTERS + pc.QUARTERS_BEFORE
    drawn = pc.WILL_WITH_ABILITY * ability + pc.WILL_SPREAD * random.standard_normal(n) + pc.WILL_LARGE * is_large
    news = pc.WILL_NEWS * random.standard_normal((n, n_quarters))
    drift = np.zeros((n, n_quarters))
    for quarter in range(1, n_quarters):
        drift[:, quarter] = pc.WILL_KEPT * drift[:, quarter - 1] + news[:, quarter]
    return drawn[:, None] + drift


def places(state: State, lines: pd.DataFrame, records: pd.DataFrame) -> np.ndarray:
    """The row of `state` that each line of an order belongs to; -1 of households."""
    place_of = np.full(int(records["entity"].max()) + 1, -1)
    place_of[state.entity] = np.arange(len(state.entity))
    return place_of[records["entity"].to_numpy()[lines["record"]]]


def bought(state: State, lines: pd.DataFrame, records: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The most that each bought in a calendar year, and what they buy in a month while customers; yuan."""
    place = places(state, lines, records)
    mine, day = place >= 0, lines["day"].to_numpy()
    by_quarter = np.zeros((len(state.entity), N_QUARTERS))
    np.add.at(by_quarter, (place[mine], quarter_of(day[mine])), lines["amount"].to_numpy()[mine] / 100)
    by_year = by_quarter.reshape(len(state.entity), -1, 4).sum(axis=2)
    days = np.minimum(state.left, p.N_DAYS - 1) - np.maximum(state.joined, 0) + 1
    return by_year.max(axis=1), np.maximum(by_quarter.sum(axis=1), 0) / (np.maximum(days, 30) / 30)
