"""What the seller writes down about each organisation every half-year: judgement, and it is kind to large buyers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import parameters as p
from crmlib.simulate import parameters_credit as pc
from crmlib.simulate.credit import N_QUARTERS, NEVER, QUARTER_STARTS, State
from crmlib.simulate.records import typed
from crmlib.simulate.streams import stream

HALF_YEAR_ENDS = QUARTER_STARTS[2::2] - 1
LAST_QUARTER = np.arange(1, N_QUARTERS, 2) + pc.QUARTERS_BEFORE  # column of the state that a review looks on


WORDS = ("business_size", "trade_rank", "management", "supplier_rank", "good_faith", "litigation")
COLUMNS = (
    "years_in_business",
    "business_size",
    "trade_rank",
    "management",
    "supplier_rank",
    "good_faith",
    "n_staff",
    "is_staff_stable",
    "litigation",
    "is_halted",
    "is_sued_by_supplier",
    "is_export",
    "monthly_sales_expected",
)


def make_reviews(
    state: State,
    firms: pd.DataFrame,
    revenue: np.ndarray,
    bought: np.ndarray,
    customer_id: np.ndarray,
    stop: np.ndarray,
    seed: int,
    chunk: int,
) -> pd.DataFrame:
    """The public table `credit_reviews`, in the order in which they were written.

    `stop` is the first day without credit after a default, `bought` the yuan a month that each buys while a customer.
    """
    random = stream(seed, "reviews", chunk)
    written, recorded = _written(state, stop, random)
    shape = written.shape
    seen = _seen(state, bought, random)
    facts = _firm(state, firms, revenue, recorded, random) | _judged(state, firms, seen, random)
    facts |= _law(state, random)
    is_new = (state.joined >= 0)[:, None] & (np.cumsum(written, axis=1) == 1)
    expected = bought[:, None] * np.exp(pc.EXPECTED_LOG + pc.EXPECTED_SPREAD * random.standard_normal(shape))
    facts["monthly_sales_expected"] = np.where(is_new, np.maximum(np.rint(expected / 50), 1) * 50, np.nan)
    for name, share in pc.EMPTY.items():
        empty = random.random(shape) < share
        facts[name] = np.where(empty, None if facts[name].dtype == object else np.nan, facts[name])
    row, half = np.nonzero(written)
    table = pd.DataFrame(
        {
            "customer_id": customer_id[row],
            "recorded_date": p.START + recorded[row, half].astype("timedelta64[D]"),
            **{name: np.broadcast_to(facts[name], shape)[row, half] for name in COLUMNS},
        }
    )
    table["n_staff"] = table["n_staff"].astype("Int64")
    for name in (name for name in COLUMNS if name.startswith("is_")):
        table[name] = table[name].astype("boolean")
    table = table.sort_values(["recorded_date", "customer_id"], ignore_index=True)
    return typed(table, ["customer_id", *WORDS])


def steps(values: np.ndarray, cuts: tuple[float, ...], words: tuple[str, ...]) -> np.ndarray:
    """A word for each value: the first below the first cut ...

    Examples
    --------
    >>> steps(np.array([-1.0, 0.0, 1.0]), (0.0, 1.0), ("low", "middle", "high")).tolist()
    ['low', 'middle', 'high']
    """
    return np.array(words, dtype=object)[np.searchsorted(np.array(cuts), values, side="right")]


def _written(state: State, stop: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Which reviews were written, and on which day: of customers on account, but not of the new."""
    shape = (len(state.entity), len(HALF_YEAR_ENDS))
    recorded = HALF_YEAR_ENDS[None, :] - np.floor(pc.REVIEW_DAYS * random.random(shape)).astype(int)
    first = np.maximum(state.joined + pc.REVIEW_AFTER, state.credit_from)
    last = np.minimum(np.minimum(state.left, stop), p.N_DAYS - 1)
    written = (recorded >= first[:, None]) & (recorded <= last[:, None]) & (state.credit_from < NEVER)[:, None]
    return written & (random.random(shape) >= pc.REVIEW_SKIPPED), recorded


def _seen(state: State, bought: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """What the seller thinks of them: both traits in one, blurred, and better the more they buy."""
    buys = (np.log(np.maximum(bought, 1.0)) - pc.BOUGHT_LOG) / pc.BOUGHT_SPREAD
    both = 0.7 * state.ability[:, LAST_QUARTER] + 0.5 * state.will[:, LAST_QUARTER]
    liking = pc.OPTIMISM + pc.OPTIMISM_BY_SIZE * buys[:, None]
    return both + liking + pc.REVIEW_NOISE * random.standard_normal(both.shape)


def _firm(
    state: State, firms: pd.DataFrame, revenue: np.ndarray, recorded: np.ndarray, random: np.random.Generator
) -> dict[str, np.ndarray]:
    """How old and large the business is."""
    n = len(state.entity)
    before = random.gamma(pc.YEARS_SHAPE, pc.YEARS_SCALE, n)
    years = np.floor(before[:, None] + (recorded - state.joined[:, None]) / p.DAYS_PER_YEAR)
    turned_over = revenue[:, 1::2]  # at the end of each half-year
    usual = np.log(pc.USUAL_REVENUE)[state.kind]
    rank = np.log(turned_over) - usual[:, None] + pc.RANK_NOISE * random.standard_normal(turned_over.shape)
    staff = turned_over / 1e6 * pc.STAFF_PER_MILLION[state.kind][:, None]
    return {
        "years_in_business": years,
        "business_size": steps(turned_over, (pc.SIZE_MEDIUM, pc.SIZE_LARGE), ("small", "medium", "large")),
        "trade_rank": steps(rank, (pc.RANK_NEXT, pc.RANK_TOP), ("other", "top 10", "top 3")),
        "n_staff": np.maximum(np.rint(staff * np.exp(0.25 * random.standard_normal((n, 1)))), 1),
    }


def _judged(state: State, firms: pd.DataFrame, seen: np.ndarray, random: np.random.Generator) -> dict[str, np.ndarray]:
    """What is a matter of judgement."""
    faith = firms["gives"].to_numpy()[:, None] + pc.FAITH_WILL * state.will[:, LAST_QUARTER]
    faith = faith + pc.FAITH_NOISE * random.standard_normal(seen.shape)
    share = firms["wallet"].to_numpy()[:, None]
    return {
        "management": steps(seen, pc.MANAGEMENT, ("poor", "fair", "good")),
        "supplier_rank": steps(share, (pc.SECONDARY_FROM, pc.MAIN_FROM), ("occasional", "secondary", "main")),
        "good_faith": steps(faith, (pc.FAITH_REFUSES, pc.FAITH_GIVES), ("refuses", "reluctant", "gives")),
        "is_staff_stable": seen + 0.5 * random.standard_normal(seen.shape) > pc.STABLE_FROM,
    }


def _law(state: State, random: np.random.Generator) -> dict[str, np.ndarray]:
    """Suits, and what else is on record; a suit is pending for a half-year, then won or lost."""
    shape = (len(state.entity), len(HALF_YEAR_ENDS))
    trouble = np.exp(-pc.SUED_ABILITY * state.ability[:, LAST_QUARTER])
    is_sued = random.random(shape) < np.minimum(2 * pc.SUED * trouble, 0.5)
    is_won = random.random(shape) < pc.WON_SHARE
    before, won_before = np.roll(is_sued, 1, axis=1), np.roll(is_won, 1, axis=1)
    before[:, 0] = False
    ended = np.where(before, np.where(won_before, "won", "lost"), "none")
    by_supplier = is_sued & (random.random(shape) < pc.SUED_BY_SUPPLIER)
    return {
        "litigation": np.where(is_sued, "pending", ended).astype(object),
        "is_halted": random.random(shape) < np.minimum(pc.HALTED * trouble, 0.5),
        "is_sued_by_supplier": by_supplier,
        "is_export": np.broadcast_to((random.random(shape[0]) < pc.EXPORT * (state.kind == 3))[:, None], shape),
    }
