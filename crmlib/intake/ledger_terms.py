"""Terms of payment in words -> the day an invoice falls due."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

import pandas as pd

AT_ONCE = re.compile(
    r"现结|现款|款到发货|货到付款|预付|立即|due (up)?on receipt|upon receipt|cash|\bcod\b|\bcia\b|immediate|prepa"
    r"|sofort|vorkasse"
)
END_OF_MONTH = re.compile(r"月结|月末|\beom\b|end of (the )?month|monatsende|ultimo")
DAYS = re.compile(r"(\d{1,3})\s*(天|日|days?\b|d\b|tagen?\b|tg\b)")
NET = (
    re.compile(r"\b(?:net|netto|n)\s*/?\s*(\d{1,3})\b"),
    re.compile(r"(\d{1,3})\s*(?:days?|tagen?|d|天|日)?\s*(?:net\b|netto|净)"),
)
MONTHS = re.compile(r"(\d{1,2})\s*(个月|months?\b|monate?\b)")
MOST_DAYS = 366  # longer terms are a slip of the pen


class Terms(NamedTuple):
    """How long an invoice may stay open: from its day, or from the end of its month."""

    days: int = 0
    months: int = 0
    from_month_end: bool = False


@cache
def read_terms(text: str) -> Terms | None:
    """What terms of payment say; None where they cannot be read for sure.

    Examples
    --------
    >>> [read_terms(text).days for text in ("30天", "net 45", "30 Tage netto", "2/10 net 30", "60", "货到付款")]
    [30, 45, 30, 30, 60, 0]
    >>> read_terms("月结30天").from_month_end, read_terms("3个月").months, read_terms("as agreed") is None
    (True, 3, True)
    >>> read_terms("10 Tage 2 % Skonto, 30 Tage netto").days, read_terms("10 or 20 days") is None
    (30, True)
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    at_month_end = END_OF_MONTH.search(plain) is not None
    plain = plain.removesuffix(".0")
    net = next((match for form in NET if (match := form.search(plain))), None)
    found = {int(net[1])} if net else {int(days) for days, _ in DAYS.findall(plain)}
    found = {int(plain)} if re.fullmatch(r"\d{1,3}", plain) else found
    months = {int(months) for months, _ in MONTHS.findall(plain)}
    if not net and len(set(re.findall(r"\d+", plain))) > 1:
        return None  # which of them is meant?
    if len(found) + len(months) > 1 or any(days > MOST_DAYS for days in found):
        return None
    if found:
        return Terms(days=found.pop(), from_month_end=at_month_end)
    if months:
        return Terms(months=months.pop(), from_month_end=at_month_end)
    if at_month_end:
        bare = re.search(r"\d+", plain)
        return Terms(days=int(bare[0]), from_month_end=True) if bare else Terms(from_month_end=True)
    return Terms() if AT_ONCE.search(plain) else None


def due_days(made: pd.Series, terms: pd.Series) -> pd.Series:
    """The day on which an invoice made on a day falls due; missing where the terms do not say it.

    Examples
    --------
    >>> made = pd.Series(pd.to_datetime(["2024-01-10", "2024-01-10", "2024-01-31"]))
    >>> due_days(made, pd.Series(["30天", "月结30天", "1个月"])).dt.date.astype(str).tolist()
    ['2024-02-09', '2024-03-01', '2024-02-29']
    """
    due = pd.Series(pd.NaT, index=made.index, dtype="datetime64[us]")
    for text in terms.dropna().unique():
        said = read_terms(str(text))
        if said is None:
            continue
        of_these = made[(terms == text) & made.notna()]
        start = of_these + pd.offsets.MonthEnd(0) if said.from_month_end else of_these
        end = start + pd.DateOffset(months=said.months) + pd.Timedelta(days=said.days)
        due.loc[of_these.index] = end.astype("datetime64[us]")
    return due
