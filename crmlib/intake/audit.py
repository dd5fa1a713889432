"""What an auditor asks of a reading: what was taken for what, how much was set aside, what was said of the file."""

from __future__ import annotations

from collections.abc import Mapping

from crmlib.intake.ledger_table import table_said
from crmlib.intake.records import shorten
from crmlib.intake.report import IntakeReport
from crmlib.language import number, percent, t

MOST_VALUES = 6  # in a sentence


def small_percent(share: float) -> str:
    """A share as a percentage; a little that would round to none is not none.

    Examples
    --------
    >>> small_percent(0.0002), small_percent(0.0), small_percent(0.051)
    ('<0.1%', '0.0%', '5.1%')
    """
    return f"<{percent(0.001)}" if 0 < share < 0.0005 else percent(share)


def list_columns(report: IntakeReport) -> list[tuple[str, str, str]]:
    """Of the columns used: the file's name, ours, and what that means, in the contract's order."""
    table = table_said(report.table)
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
    "sums": lambda value: (
        t("Lines that are the sum of others count.")
        if value == "count"
        else t("Lines that are the sum of others do not.")
    ),
    "rows": lambda value: {
        "orders": t("A row is a line of an order."),
        "customers": t("A row is a customer."),
        "numbered": t("A row is a customer, who gets its number."),
    }.get(value, str(value)),
    "repeated": lambda value: (
        t("Rows that repeat another exactly count once.")
        if value == "once"
        else t("Rows that repeat another all count.")
    ),
}
