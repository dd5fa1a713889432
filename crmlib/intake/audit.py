"""What an auditor asks of a reading: what was taken for what, how much was set aside, what was said of the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from crmlib.intake.cells import ADDS_UP
from crmlib.intake.records import shorten
from crmlib.intake.report import IntakeReport, count_reasons
from crmlib.language import number, percent, plural, t
from crmlib.tables import TABLES

if TYPE_CHECKING:
    from crmlib.intake.columns import Parsed

MUCH = 0.05  # of the rows or of the money: whoever sets more aside analyzes another business
# Reasons for which a row is rightly no row: it adds others up, or somebody has said so.
ON_PURPOSE = (ADDS_UP, "is none of the values whose rows count", "repeats a row above exactly")
MOST_VALUES = 6  # in a sentence


# --- what was set aside -----------------------------------------------------------------------------


def weigh(parsed: Mapping[str, Parsed], is_good: np.ndarray) -> dict[str, float | int | None]:
    """How much money the good rows hold, and how much the lost ones, for an `IntakeReport`.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from crmlib.intake.columns import parse_text
    >>> from crmlib.tables import TRANSACTIONS
    >>> cells = {"customer_id": ["a", "", "Total"], "amount": ["5", "2", "7"]}
    >>> parsed = {name: parse_text(pa.chunked_array([texts], pa.large_string()), TRANSACTIONS.column(name))
    ...           for name, texts in cells.items()}
    >>> weigh(parsed, np.array([True, False, False]))
    {'amount_accepted': 5.0, 'amount_set_aside': 2.0, 'n_on_purpose': 1}
    """
    is_meant = np.zeros(len(is_good), dtype=bool)
    for column in parsed.values():
        at = [place for place, reason in enumerate(column.reasons, start=1) if reason in ON_PURPOSE]
        is_meant |= np.isin(column.problem, at) if at else False
    is_meant &= ~is_good
    found = {"amount_accepted": None, "amount_set_aside": None, "n_on_purpose": int(is_meant.sum())}
    if "amount" in parsed:
        amount = parsed["amount"]
        can_be_read = amount.problem == 0
        found["amount_accepted"] = _sum(amount.values[is_good])
        found["amount_set_aside"] = _sum(amount.values[can_be_read & ~is_good & ~is_meant])
    return found


def _sum(amounts: np.ndarray) -> float:
    return round(float(np.nansum(amounts)), 6)


def share_of_rows(report: IntakeReport) -> float:
    """The share of the rows read that were set aside and are missed: a total is not."""
    return (report.n_rejected - report.n_on_purpose) / report.n_read if report.n_read else 0.0


def share_of_money(report: IntakeReport) -> float | None:
    """The share of the money that stood in such rows, as far as it could be read; None where there are no amounts."""
    if report.amount_accepted is None or report.amount_set_aside is None:
        return None
    aside, accepted = abs(report.amount_set_aside), abs(report.amount_accepted)
    return aside / (aside + accepted) if aside + accepted else 0.0


def small_percent(share: float) -> str:
    """A share as a percentage; a little that would round to none is not none.

    Examples
    --------
    >>> small_percent(0.0002), small_percent(0.0), small_percent(0.051)
    ('<0.1%', '0.0%', '5.1%')
    """
    return f"<{percent(0.001)}" if 0 < share < 0.0005 else percent(share)


def find_losses(report: IntakeReport) -> list[str]:
    """A sentence where more than a twentieth of the rows or of the money was set aside; [] where less was."""
    rows, money = share_of_rows(report), share_of_money(report) or 0.0
    if max(rows, money) <= MUCH:
        return []
    said = {"table": t(report.table.replace("_", " ")), "rows": percent(rows), "money": percent(money)}
    if share_of_money(report) is None:
        text = t("{table}: {rows} of the rows are set aside, and what follows is about the others.", **said)
    else:
        text = t(
            "{table}: {rows} of the rows and {money} of the money in them are set aside, and what follows is about the"
            " others.",
            **said,
        )
    return [t("{sentence} Most often: {reason}.", sentence=text, reason=_commonest(report))]


def _commonest(report: IntakeReport) -> str:
    """The reason why most of the rows that are missed were set aside, and how many."""
    on_purpose = tuple(t(reason) for reason in ON_PURPOSE)
    sizes = {
        reason: n for reason, n in count_reasons(report.rejected)["size"].items() if not reason.endswith(on_purpose)
    }
    reason = next(iter(sizes))
    return t("{reason} ({n})", reason=reason, n=plural(sizes[reason], "1 row", "{n} rows"))


# --- what was taken for what, and what was said -----------------------------------------------------


def list_columns(report: IntakeReport) -> list[tuple[str, str, str]]:
    """Of the columns used: the file's name, ours, and what that means, in the contract's order."""
    table = TABLES[report.table]
    ours = {name: theirs for theirs, name in report.columns.items()}
    listed = [(_joined(ours[name]), name, t(table.column(name).meaning)) for name in table.names if name in ours]
    others = [(_joined(theirs), name, "") for name, theirs in ours.items() if name not in table.names]
    return listed + others


def _joined(theirs: object) -> str:
    return " × ".join(theirs) if isinstance(theirs, (tuple, list)) else str(theirs)


def tell_said(said: Mapping[str, object]) -> list[str]:
    """What somebody has said of the file beyond the names of its columns (`mapping.Reading`), a sentence each.

    Examples
    --------
    >>> tell_said({"keep": {"Status": ["paid", "sent"]}, "nobody": {"customer_id": ["Guest"]}, "extra": ["Region"]})
    ['Only rows whose Status is paid, sent count.', 'customer_id Guest stands for no customer.', \
'Further columns: Region.']
    """
    sentences = []
    for section, tell in _TELL_PAIRS.items():
        for name, value in dict(said.get(section) or {}).items():
            sentences += [text for text in [tell(shorten(str(name), 40), value)] if text]
    for key, tell in _TELL_VALUES.items():
        if said.get(key):
            sentences.append(tell(_values(said[key])))
    return sentences


def _values(value: object) -> str:
    if not isinstance(value, (list, tuple)):
        return shorten(str(value), 80)
    shown = ", ".join(shorten(str(one), 40) for one in value[:MOST_VALUES])
    n_more = len(value) - MOST_VALUES
    return t("{names} and {n} more", names=shown, n=number(n_more)) if n_more > 0 else shown


def _tell_keep(name: str, value: object) -> str:
    if value == "all":
        return t("All rows count, whatever {column} says.", column=name)
    return t("Only rows whose {column} is {values} count.", column=name, values=_values(value))


def _tell_negative(name: str, value: object) -> str:
    if not value:
        return t("{column} marks no row as paid back.", column=name)
    return t(
        "Rows whose {column} is {values} were paid back: they count below zero.", column=name, values=_values(value)
    )


def _tell_subtract(name: str, value: object) -> str:
    if value == "share":
        return t("{column} is a share of the amount, and is taken off it.", column=name)
    if value:
        return t("{column} is taken off the amount.", column=name)
    return t("{column} had been taken off the amount already.", column=name)


def _tell_nobody(name: str, value: object) -> str:
    if not value:
        return t("Every {column} is a customer, whatever it is called.", column=name)
    return t("{column} {values} stands for no customer.", column=name, values=_values(value))


_TELL_PAIRS = {
    "keep": _tell_keep,
    "negative": _tell_negative,
    "subtract": _tell_subtract,
    "nobody": _tell_nobody,
    "decimal": lambda name, value: t("{column}: decimals stand behind “{sign}”.", column=name, sign=value),
    "dates": lambda name, value: t("{column}: dates have the {order}.", column=name, order=t(value)),
}
_TELL_VALUES = {
    "encoding": lambda value: t("Encoding: {name}.", name=value),
    "sheet": lambda value: t("Sheet: {name}.", name=value),
    "table": lambda value: t("Table of the database: {name}.", name=value),
    "names": lambda value: t("The columns are called, as said: {names}.", names=value),
    "fill_down": lambda value: t("An empty cell means what stands above it in: {names}.", names=value),
    "extra": lambda value: t("Further columns: {names}.", names=value),
    "returns": lambda value: t("Paid back, from a second file: {name}.", name=value),
    "repeated": lambda value: (
        t("Rows that repeat another exactly count once.")
        if value == "once"
        else t("Rows that repeat another all count.")
    ),
}
