"""The mapping of a ledger drafted, and what to ask of it."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from crmlib.intake.by_value import may_be
from crmlib.intake.conventions import Choice, OpenQuestion
from crmlib.intake.customer_level import Look
from crmlib.intake.draft import MOST_CHOICES, ask_if_unnamed, describe_values, refuse_lost_names
from crmlib.intake.known_ledger import ANY_BALANCE, find_buckets, has_due
from crmlib.intake.ledger import NOT_PAID
from crmlib.intake.ledger_said import refuse_ageing, refuse_without_due
from crmlib.intake.ledger_table import LEDGER, MORE_ALIASES
from crmlib.intake.likelier import narrow
from crmlib.intake.mapping_file import to_reading
from crmlib.intake.names import aliases, bare
from crmlib.intake.payments import CENT
from crmlib.intake.rows import number_of
from crmlib.intake.samples import filled, fits
from crmlib.language import t
from crmlib.tables import INVOICES, TRANSACTIONS, Column

ASKED = ("customer_id", "due_date", "amount")  # where several columns may be one of these, a person says which
FEWEST_STEPS = 3  # from one row to the next, to tell a balance that runs
ORDINALS = {word: n for n, word in enumerate("一二三四五六", start=1)}
NTH = re.compile(r"(付款|回款|收款|到账|payment|zahlung|paid)", re.IGNORECASE)
OF_DAY = re.compile(r"日期|时间|日$|date|datum|\bam\b|\bon\b", re.IGNORECASE)
OF_MONEY = re.compile(r"金额|额$|款$|amount|betrag|sum", re.IGNORECASE)
OTHER_MONEY = re.compile(r"税额|税率|不含税|单价|数量|汇率|tax|vat|mwst|rate|price|qty|steuer", re.IGNORECASE)


def draft_ledger(path: Path, said: dict[str, dict], *, look: Look) -> tuple[dict[str, dict], list[OpenQuestion]]:
    """What is said of all tables, with the columns of a ledger, as far as names and values tell.

    Raises
    ------
    ValueError
        It is a list of customers and ages, or says nothing of the day on which an invoice is due.
    """
    mine = {**said.get(INVOICES.name, {})}
    before = said.get(TRANSACTIONS.name, {}).get("file", {})
    mine["file"] = {name: before[name] for name in before if name in ("encoding", "sheet", "names")} | mine.get(
        "file", {}
    )
    names, samples = look(path, LEDGER, to_reading(mine))
    columns = dict(mine.get("columns", {}))
    refuse_lost_names(path, names, LEDGER, columns)
    if not columns:
        ask_if_unnamed(path, LEDGER, names, mine, look)
    if (buckets := find_buckets(names)) and not has_due(names, samples) and "due_date" not in columns:
        raise refuse_ageing(path.name, buckets)
    columns, questions = draft_columns_of(names, samples, columns)
    taken = {question.key for question in questions}
    has_terms = "invoice_date" in columns and ("terms" in columns or "terms" in mine["file"])
    if "due_date" not in columns and "due_date" not in taken and not has_terms:
        raise refuse_without_due(path.name)
    mine["columns"] = {name: columns[name] for name in LEDGER.names if name in columns}
    if not mine["file"]:
        del mine["file"]
    return {**said, INVOICES.name: mine}, questions


def draft_columns_of(
    names: list[str], samples: dict[str, list[str]], given: dict[str, str]
) -> tuple[dict[str, str], list[OpenQuestion]]:
    """Which of a ledger's columns are which, and what is open.

    Examples
    --------
    >>> cells = {"客户编码": ["1"], "发票号": ["1"], "到期日": ["2024-01-31"], "金额": ["1"], "收款日期": ["未付"]}
    >>> draft_columns_of(list(cells), cells, {})[0]
    {'customer_id': '客户编码', 'invoice_id': '发票号', 'due_date': '到期日', 'paid_date': '收款日期', 'amount': '金额'}
    """
    samples = {name: ["" if NOT_PAID.fullmatch(cell.strip()) else cell for cell in samples[name]] for name in samples}
    columns, questions = {**find_payments(names, samples), **given}, []
    for column in LEDGER.columns:
        if column.name in columns:
            continue
        free = [name for name in names if name and name not in columns.values() and names.count(name) == 1]
        found = _likeliest(column, free, samples)
        if column.name == "amount" and ("open_amount" in columns or {"debit", "credit"} <= set(columns)):
            found = found[:1]
        if column.name == "customer_id":
            found = narrow("customer_id", found, samples)
        if len(found) == 1 or (found and column.name not in ASKED):
            columns[column.name] = found[0]
        elif found or _is_needed(column.name, columns):
            choices = found or [name for name in free if _could_be(name, samples.get(name, []), column)]
            if choices:
                questions.append(_question(column, choices, samples, is_known=bool(found)))
            elif column.name != "due_date":
                questions.append(_question(column, [], samples, is_known=False))
    if "open_amount" in columns and "amount" not in columns and _is_whole(columns, samples):
        columns["amount"] = columns.pop("open_amount")
    if bare(columns.get("open_amount", "")) in ANY_BALANCE and _is_running(columns, samples):
        del columns["open_amount"]
        if _is_needed("amount", columns) and "amount" not in columns:
            questions.append(_question(LEDGER.column("amount"), [], samples, is_known=False))
    return columns, questions


def _is_whole(columns: dict[str, str], samples: dict[str, list[str]]) -> bool:
    """Is what is called the amount due that of the invoice, also where all of it was paid?"""
    pairs = [samples.get(columns.get(name, ""), []) for name in ("open_amount", "paid_amount")]
    known = [(number_of(due), number_of(paid)) for due, paid in zip(*pairs, strict=False)]
    return any(due and paid and abs(due - paid) < CENT for due, paid in known)


def _is_running(columns: dict[str, str], samples: dict[str, list[str]]) -> bool:
    """Is a balance that of the account after each row, and not what is open of an invoice?"""
    if {"debit", "credit"} <= set(columns):
        return True
    balance, amount = (samples.get(columns.get(name, ""), []) for name in ("open_amount", "amount"))
    pairs = [(number_of(one), number_of(other)) for one, other in zip(balance, amount, strict=False)]
    known = [(one, other) for one, other in pairs if one is not None and other is not None]
    steps = [abs(after[0] - before[0] - after[1]) < CENT for before, after in itertools.pairwise(known)]
    return len(steps) >= FEWEST_STEPS and sum(steps) > len(steps) / 2


def _likeliest(column: Column, free: list[str], samples: dict[str, list[str]]) -> list[str]:
    """The columns whose names say it most clearly, the likeliest first; other names only where none does."""
    sure, unsure = aliases(column.name)
    more = tuple(MORE_ALIASES.get(column.name, "").split())
    ranks = (sure, unsure, more) if column.name == "customer_id" else (sure, more, unsure)
    fitting = [name for name in free if _fits(samples.get(name, []), column)]
    for known in ranks:
        found = [name for name in fitting if bare(name) in known]
        if column.name in ASKED and any(filled(samples.get(name, [])) for name in found):
            found = [name for name in found if filled(samples.get(name, []))]
        if found:
            return sorted(found, key=lambda name: known.index(bare(name)))
    return []


def _fits(values: list[str], column: Column) -> bool:
    """Could these be values of the column? What is 0 or 1 is no amount, and an amount is no state."""
    is_flag = {*filled(values)} <= {"0", "1"} and any(filled(values))
    if column.name == "status":
        return is_flag or not any(filled(values)) or not fits(values, LEDGER.column("amount"))
    return fits(values, column) and not (is_flag and column.name == "paid_amount")


def _is_needed(ours: str, columns: dict[str, str]) -> bool:
    """Can nothing be done without a column?"""
    if ours == "amount":
        return "open_amount" not in columns and not {"debit", "credit"} <= set(columns)
    return ours == "customer_id"


def _could_be(name: str, values: list[str], column: Column) -> bool:
    if column.type == "number" and OTHER_MONEY.search(name):
        return False
    return bool(filled(values)) and fits(values, column) and may_be(name, values, column)


def _question(column: Column, names: list[str], samples: dict[str, list[str]], *, is_known: bool) -> OpenQuestion:
    said = {"column": column.name, "meaning": t(column.meaning)}
    if is_known:
        text = t("Several columns may be {column} ({meaning}).", **said)
    elif names:
        text = t("No column is known to be {column} ({meaning}).", **said)
    else:
        text = t("No column can be {column} ({meaning}).", **said)
    choices = tuple(Choice(name, describe_values(samples, column, name)) for name in names[:MOST_CHOICES])
    return OpenQuestion(INVOICES.name, "columns", column.name, text, choices)


def find_payments(names: list[str], samples: dict[str, list[str]]) -> dict[str, str]:
    """The columns of several payments of an invoice, which stand beside each other with a number in their names.

    Examples
    --------
    >>> names = ["第一次回款日期", "第一次回款金额", "Payment 2 date", "Payment 2 amount", "付款日期"]
    >>> find_payments(names, {})
    {'paid_date': '第一次回款日期', 'paid_amount': '第一次回款金额', 'paid_date_2': 'Payment 2 date', \
'paid_amount_2': 'Payment 2 amount'}
    """
    found: dict[str, str] = {}
    for name in names:
        digits = re.findall(r"\d+|[一二三四五六]", name)
        if len(digits) != 1 or not NTH.search(name):
            continue
        n = ORDINALS.get(digits[0]) or int(digits[0]) if not digits[0].isdigit() else int(digits[0])
        part = "paid_date" if OF_DAY.search(name) else "paid_amount" if OF_MONEY.search(name) else None
        ours = part if n == 1 else f"{part}_{n}"
        if part and ours in LEDGER.names and fits(samples.get(name, []), LEDGER.column(ours)):
            found.setdefault(ours, name)
    return found if {"paid_amount", "paid_amount_2"} <= set(found) else {}
