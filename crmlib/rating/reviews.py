"""What the newest review says that was known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.language import t
from crmlib.rating.known import Known, newest

REVIEWED = {
    "years_in_business": "Float64",
    "business_size": "str",
    "trade_rank": "str",
    "management": "str",
    "supplier_rank": "str",
    "good_faith": "str",
    "n_staff": "Float64",
    "is_staff_stable": "boolean",
    "litigation": "str",
    "is_halted": "boolean",
    "is_sued_by_supplier": "boolean",
    "is_export": "boolean",
    "monthly_sales_expected": "Float64",
}


def read_reviews(reviews: Known | None, everyone: pd.Index, day: pd.Timestamp, oldest: pd.Timestamp) -> pd.DataFrame:
    """What the newest review of each customer says, unless it is too old."""
    row = np.full(len(everyone), -1)
    age = np.full(len(everyone), np.nan)
    facts = {name: pd.array([], dtype=kind) for name, kind in REVIEWED.items()}
    if reviews is not None:
        who, recorded = reviews.place, reviews.columns["recorded_date"]
        last = newest(reviews, [who], "credit_reviews")
        last = last[recorded[last] >= np.datetime64(oldest)]
        row[who[last]] = last
        age[who[last]] = (np.datetime64(day) - recorded[last]) / np.timedelta64(1, "D") // 1
        facts |= {name: reviews.columns[name] for name in REVIEWED if name in reviews.columns}
    columns = {name: _typed(pd.Series(column).reindex(row), name).set_axis(everyone) for name, column in facts.items()}
    return pd.DataFrame({"review_age_days": age} | columns, index=everyone)


def _typed(column: pd.Series, name: str) -> pd.Series:
    try:
        return column.astype(REVIEWED[name])
    except (ValueError, TypeError):
        kind, is_right = {
            "Float64": (t("a number"), pd.to_numeric(column, errors="coerce").notna()),
            "boolean": (t("true or false"), column.isin([True, False])),
        }[REVIEWED[name]]
        raise ValueError(
            t(
                "{column} of credit_reviews must be {kind}, or missing where it is not known; got {value!r}. Mend the"
                " column first, for example credit_reviews['{column}'].replace({{{value!r}: None}}).",
                column=name,
                kind=kind,
                value=column[column.notna() & ~is_right].iloc[0],
            )
        ) from None
