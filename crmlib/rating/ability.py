"""What a customer can pay, of the newest statement that was known: cash until the invoice is due, and own funds."""

from __future__ import annotations

import pandas as pd

from crmlib import require
from crmlib.rating.known import known_before, newest
from crmlib.rating.limits import refuse_repeated

NEEDED = ("total_assets", "total_liabilities", "operating_cash_flow")


def paying_ability(
    limits: pd.DataFrame, statements: pd.DataFrame, *, as_of: object, max_age_days: int = 460
) -> pd.DataFrame:
    """What customers could pay with, to set beside their limits: sales say what they would like to owe us.

    Cash in the term is the operating cash flow of a year, times the days of the term over 365. Equity is assets less
    liabilities. Both are of the newest statement that was recorded before the day.

    When something else is right: a limit that knows their other creditors. All of them want to be paid of the same
    cash, so our part of it is less; and cash flow is after suppliers were paid, so who pays us as ever has it besides.

    Parameters
    ----------
    limits : DataFrame
        A result of `credit_limits`: index customer_id, term_days.
    statements : DataFrame
        customer_id, recorded_date, period_end, total_assets, total_liabilities and operating_cash_flow of twelve
        months, in currency units.
    as_of : date, str or Timestamp
        The day of the rating; what was recorded on it or later is not seen.
    max_age_days : int
        Statements that ended longer ago are too old to count.

    Returns
    -------
    DataFrame
        One row per customer, index as `limits`: cash_in_term and equity; missing where no statement is known.

    Raises
    ------
    ValueError
        A column is missing, a customer stands twice, or two statements of one customer and period were recorded on
        one day.

    Examples
    --------
    >>> limits = pd.DataFrame({"term_days": [73, 30]}, index=["ann", "bob"])
    >>> statements = pd.DataFrame({"customer_id": ["ann"], "recorded_date": ["2024-11-01"],
    ...     "period_end": ["2024-09-30"], "total_assets": [900.0], "total_liabilities": [500.0],
    ...     "operating_cash_flow": [200.0]})
    >>> paying_ability(limits, statements, as_of="2025-01-01")
         cash_in_term  equity
    ann          40.0   400.0
    bob           NaN     NaN
    """
    day = require.day(as_of, "as_of")
    require.whole(max_age_days, "max_age_days")
    require.columns(limits, ["term_days"], "limits")
    refuse_repeated(limits["term_days"], "limits")
    require.columns(statements, ["customer_id", "recorded_date", "period_end", *NEEDED], "statements")
    known = known_before(statements, "statements", day, ("period_end",), [*NEEDED])
    each = newest(known, [known.place, known.columns["period_end"]], "statements")  # as it was revised last
    seen = pd.DataFrame({name: known.columns[name][each] for name in ("period_end", *NEEDED)})
    seen.index = known.names[known.place[each]]
    seen = seen[seen["period_end"] >= day - pd.Timedelta(days=max_age_days)]
    last = seen[~seen.index.duplicated(keep="last")][[*NEEDED]]
    last = last.apply(pd.to_numeric).astype("Float64").astype(float).reindex(limits.index)
    return pd.DataFrame(
        {
            "cash_in_term": last["operating_cash_flow"] * limits["term_days"] / 365,
            "equity": last["total_assets"] - last["total_liabilities"],
        },
        index=limits.index,
    )
