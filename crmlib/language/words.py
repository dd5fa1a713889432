"""Words that mean the same in every file: for a total, in the languages of exports."""

from __future__ import annotations

import re

# What stands in the first column of a line that adds the others up.
TOTALS = frozenset(
    [
        "total",
        "totals",
        "grandtotal",
        "subtotal",
        "sum",
        "summe",
        "gesamt",
        "gesamtsumme",
        "zwischensumme",
        "insgesamt",
        "合计",
        "总计",
        "小计",
        "总和",
        "汇总",
    ]
)


def is_total(text: str) -> bool:
    """Is it the word for a sum, such as "Total:" or 合计?"""
    return re.sub(r"[\W_]+", "", text).casefold() in TOTALS
