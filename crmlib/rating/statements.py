"""The ratios of the newest statement that was known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.language import t
from crmlib.rating.known import Known, newest, spread
from crmlib.rating.ledger import share

STATEMENT_AMOUNTS = (
    "total_assets", "total_liabilities", "current_assets", "current_liabilities", "inventory", "receivables", "revenue",
    "cost_of_sales", "net_profit", "operating_cash_flow",
)  # fmt: skip
RATIOS = (
    "debt_ratio", "current_ratio", "quick_ratio", "cash_flow_ratio", "receivable_days", "inventory_turnover",
    "revenue_growth", "gross_margin", "net_margin",
)  # fmt: skip


def read_statements(
    statements: Known | None, everyone: pd.Index, day: pd.Timestamp, oldest: pd.Timestamp
) -> pd.DataFrame:
    """The ratios of each customer's newest statement, unless it is too old; growth against the year before."""
    if statements is None:
        return pd.DataFrame(np.nan, index=everyone, columns=["statement_age_days", *RATIOS])
    who, end = statements.place, statements.columns["period_end"]
    each = newest(statements, [who, end], "statements")  # of each period as it was revised last
    who, end = who[each], end[each]
    month = who * 100_000 + end.astype("datetime64[M]").astype(int)  # one number a customer and month, in order
    is_newest = np.append(who[1:] != who[:-1], True)[: len(who)] & (end >= np.datetime64(oldest))
    place = np.flatnonzero(is_newest)
    before = np.searchsorted(month, month[place] - 12)
    is_there = month[before] == month[place] - 12
    amounts = {name: _amounts(statements, name)[each] for name in STATEMENT_AMOUNTS}
    values = {name: value[place] for name, value in amounts.items()}
    values["revenue_before"] = np.where(is_there, amounts["revenue"][before], np.nan)
    age = (np.datetime64(day) - end[place]) / np.timedelta64(1, "D") // 1
    return spread({"statement_age_days": age} | _ratios(values), who[place], everyone)


def _amounts(statements: Known, name: str) -> np.ndarray:
    """A column of statements as floats; NaN where it is empty or absent."""
    if name not in statements.columns:
        return np.full(len(statements.place), np.nan)
    column = pd.Series(statements.columns[name])
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    bad = (np.isnan(numbers) & column.notna().to_numpy()) | np.isinf(numbers)
    if bad.any():
        raise ValueError(
            t(
                "every {column} of statements must be an amount, or missing where it is not known; {n_bad:,} of {n:,}"
                " are not, the first {value!r}. Use pd.to_numeric, or leave these rows out and say so.",
                column=name,
                n_bad=int(bad.sum()),
                n=len(numbers),
                value=column[bad].iloc[0],
            )
        )
    return numbers


def _ratios(values: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The nine ratios; one whose denominator is 0 or less is not known."""
    revenue, owed = values["revenue"], values["current_liabilities"]
    return {
        "debt_ratio": share(values["total_liabilities"], values["total_assets"]),
        "current_ratio": share(values["current_assets"], owed),
        "quick_ratio": share(values["current_assets"] - values["inventory"], owed),
        "cash_flow_ratio": share(values["operating_cash_flow"], owed),
        "receivable_days": share(365 * values["receivables"], revenue),
        "inventory_turnover": share(values["cost_of_sales"], values["inventory"]),
        "revenue_growth": share(revenue - values["revenue_before"], values["revenue_before"]),
        "gross_margin": share(revenue - values["cost_of_sales"], revenue),
        "net_margin": share(values["net_profit"], revenue),
    }
