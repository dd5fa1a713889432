"""The statements that some organisations give each quarter: their latent state, blurred, late, now and then missing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import parameters as p
from crmlib.simulate import parameters_credit as pc
from crmlib.simulate.credit import N_QUARTERS, QUARTER_STARTS, State, logistic, quarter_of
from crmlib.simulate.records import typed
from crmlib.simulate.streams import stream
from crmlib.tables import TABLES

QUARTERS = np.arange(N_QUARTERS)
TRAITS = tuple(pc.DIFFER)
FIGURES = tuple(column.name for column in TABLES["statements"].columns if column.unit == "currency")


def make_firms(state: State, bought: np.ndarray, seed: int, chunk: int) -> pd.DataFrame:
    """What each organisation is for good: one row per row of `state`.

    `bought` is the most it bought of us in a year, in yuan. Columns: wallet (our share of what it buys, as a place
    in the range of its kind, 0 to 1), revenue (yuan a year at START), gives (chance of a statement).
    """
    random = stream(seed, "firms", chunk)
    n = len(state.entity)
    wallet = random.beta(1.6, 1.6, n)
    least, most = np.array(pc.WALLET)[state.kind].T
    cost = np.maximum(bought, 1_000.0) / (least + (most - least) * wallet) / pc.OUR_GOODS[state.kind]
    logit = pc.GIVES[state.kind] + pc.GIVES_SIZE * np.log(cost / pc.USUAL_COST)
    logit = logit + pc.GIVES_WILL * state.will[:, 0] + pc.GIVES_SPREAD * random.standard_normal(n)
    gives = logistic(logit)
    return pd.DataFrame(
        {
            "wallet": wallet,
            "revenue": cost / (1 - pc.GROSS[state.kind]),
            "gives": np.where(gives < pc.GIVES_NEVER, 0.0, gives),
        }
    )


def revenues(state: State, firms: pd.DataFrame, seed: int, chunk: int) -> np.ndarray:
    """Revenue of the twelve months up to the end of each quarter, as it truly was."""
    random = stream(seed, "revenues", chunk)
    shape = state.ability.shape
    growth = pc.GROWTH + pc.GROWTH_ABILITY * state.ability + pc.GROWTH_NOISE * random.standard_normal(shape) * 2
    level = np.cumsum(np.clip(growth, -0.6, 0.6) / 4, axis=1)
    return firms["revenue"].to_numpy()[:, None] * np.exp(level[:, pc.QUARTERS_BEFORE :])


def make_statements(
    state: State, firms: pd.DataFrame, revenue: np.ndarray, customer_id: np.ndarray, seed: int, chunk: int
) -> pd.DataFrame:
    """The public table `statements`, in the order in which they came in; `customer_id` is that of each of `state`."""
    random = stream(seed, "statements", chunk)
    n = len(state.entity)
    for_good = {name: pc.DIFFER[name] * random.standard_normal((n, 1)) for name in TRAITS}
    strays = {name: pc.STRAYS[name] * random.standard_normal((n, N_QUARTERS)) for name in TRAITS}
    noise = {name: for_good[name] + strays[name] for name in TRAITS}
    figures = _figures(state, revenue, _shown(state, random), noise)
    given, recorded = _given(state, firms, random)
    row, quarter = np.nonzero(given)
    table = pd.DataFrame(
        {
            "customer_id": customer_id[row],
            "period_end": p.START + (QUARTER_STARTS[1:][quarter] - 1).astype("timedelta64[D]"),
            "recorded_date": p.START + recorded[row, quarter].astype("timedelta64[D]"),
            **{name: np.rint(figures[name][row, quarter]) + 0.0 for name in FIGURES},
        }
    )
    table = table.sort_values(["recorded_date", "customer_id", "period_end"], ignore_index=True)
    return typed(table, ["customer_id"])


def _shown(state: State, random: np.random.Generator) -> np.ndarray:
    """The ability that statements show: the mean of a year, blurred; the unwilling show more than there is."""
    total = np.cumsum(np.pad(state.ability, ((0, 0), (1, 0))), axis=1)
    year = (total[:, 4:] - total[:, :-4])[:, -N_QUARTERS:] / 4
    blurred = year + pc.STATE_NOISE * random.standard_normal(year.shape)
    return blurred + pc.EMBELLISHED * np.maximum(-state.now("will"), 0)


def _figures(
    state: State, revenue: np.ndarray, shown: np.ndarray, noise: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """The figures, in yuan; each is within what the others allow."""
    kind = state.kind[:, None]
    gross = np.clip(pc.GROSS[kind] + pc.GROSS_ABILITY * shown + noise["gross"], 0.02, 0.85)
    cost = revenue * (1 - gross)
    profit = revenue * np.clip(pc.NET[kind] + pc.NET_ABILITY * shown + noise["net"], -0.4, 0.4)
    assets = revenue / pc.TURNOVER[kind] * np.exp(0.5 * noise["debtor"])
    current = assets * pc.CURRENT_SHARE[kind] * np.exp(np.clip(0.3 * noise["stock"], -0.3, 0.3))
    owed = current / (pc.CURRENT_RATIO[kind] * np.exp(pc.RATIO_ABILITY * shown + noise["ratio"]))
    debt = assets * logistic(pc.DEBT[kind] - pc.DEBT_ABILITY * shown + noise["debt"])
    slow = np.exp(-pc.DAYS_ABILITY * shown)
    stock = np.minimum(cost * pc.STOCK_DAYS[kind] / 365 * slow * np.exp(noise["stock"]), 0.7 * current)
    debtors = np.minimum(
        revenue * pc.DEBTOR_DAYS[kind] / 365 * slow * np.exp(noise["debtor"]), 0.95 * (current - stock)
    )
    cash = owed * (pc.CASH[kind] + pc.CASH_ABILITY * shown + noise["cash"])
    return {
        "total_assets": assets,
        "total_liabilities": np.maximum(debt, owed),
        "current_assets": current,
        "current_liabilities": owed,
        "inventory": stock,
        "receivables": debtors,
        "revenue": revenue,
        "cost_of_sales": cost,
        "net_profit": profit,
        "operating_cash_flow": cash,
    }


def _given(state: State, firms: pd.DataFrame, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Which statements came, and on which day, while somebody was a customer and within the period."""
    shape = (len(state.entity), N_QUARTERS)
    gives = firms["gives"].to_numpy()[:, None]
    weak = np.clip(-state.now("ability"), 0, 2) * pc.GIVES_WEAK
    comes = random.random(shape) < gives / (1 + weak)
    wait = pc.SENT_LEAST + pc.SENT_DAYS * random.standard_exponential(shape) * np.exp(-pc.SENT_WILL * state.now("will"))
    least, most = pc.SENT_LATE_DAYS
    much = (random.random(shape) < pc.SENT_LATE) * (least + (most - least) * random.random(shape))
    recorded = QUARTER_STARTS[1:][None, :] - 1 + np.floor(wait + much).astype(int)
    end = np.minimum(state.left, p.N_DAYS - 1)[:, None]
    is_customer = (QUARTERS[None, :] >= quarter_of(np.maximum(state.joined, 0))[:, None]) & (recorded <= end)
    return comes & is_customer, recorded
