"""From invoices, statements and reviews to the facts of each customer, as they were known before a day."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crmlib.rating.known import known_before
from crmlib.rating.ledger import has_payments, known_invoices, read_ledger, relation_days
from crmlib.rating.reviews import REVIEWED, read_reviews
from crmlib.rating.statements import STATEMENT_AMOUNTS, read_statements


def gather(tables: Mapping[str, pd.DataFrame], day: pd.Timestamp, max_age_days: int) -> pd.DataFrame:
    """One row per customer of whom anything was known before the day."""
    oldest = day - pd.Timedelta(days=max_age_days)
    invoices = known_invoices(tables["invoices"], day) if "invoices" in tables else None
    statements = (
        known_before(tables["statements"], "statements", day, ("period_end",), [*STATEMENT_AMOUNTS])
        if "statements" in tables
        else None
    )
    reviews = (
        known_before(tables["credit_reviews"], "credit_reviews", day, (), [*REVIEWED])
        if "credit_reviews" in tables
        else None
    )
    tables_known = (invoices, statements, reviews)
    first, *others = (known.present(oldest) for known in tables_known if known is not None)
    everyone = first.append(others).unique().sort_values().rename("customer_id")
    invoices, statements, reviews = (known and known.among(everyone) for known in tables_known)
    facts = pd.DataFrame({"as_of": day}, index=everyone)
    facts["relation_days"] = relation_days(tables.get("customers"), invoices, everyone, day)
    ledger = read_ledger(invoices, everyone, day)
    # A list of open items holds no invoice that was paid, so of repayment it says nothing.
    if invoices is not None and not has_payments(tables["invoices"]):
        ledger[["amount_due", "repaid_share", "on_time_share"]] = np.nan
    return pd.concat(
        [
            facts,
            ledger,
            read_statements(statements, everyone, day, oldest),
            read_reviews(reviews, everyone, day, oldest),
        ],
        axis=1,
    )
