"""A ledger known as such: by the names of its columns and its first values, or by the name of its file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from crmlib.intake.conventions import Choice, OpenQuestion, Undecided
from crmlib.intake.days import looks_like_date
from crmlib.intake.ledger_table import LEDGER, MORE_ALIASES
from crmlib.intake.mapping_file import to_reading
from crmlib.intake.names import aliases, bare, count_known
from crmlib.intake.raw import Peeked
from crmlib.intake.samples import filled
from crmlib.intake.source import DATABASES
from crmlib.language import t
from crmlib.tables import CREDIT_REVIEWS, CUSTOMERS, INVOICES, STATEMENTS, TRANSACTIONS

# One row per customer, and how old what they owe is.
BUCKET = re.compile(
    r"^([<>≤≥]?\s*\d{1,3}\s*([-–~—至到]|bis|to)\s*\d{1,3}\s*(天|日|days?|tage|d)?.*"
    r"|[<>≤≥]\s*\d{1,3}.*|\d{1,3}\s*(天|日|days?)?\s*(以上|以内|\+|and over|and above)|over \d{1,3}.*|über \d{1,3}.*"
    r"|\d\s*(年|个月)以[内上]|\d\s*[-–~至]\s*\d\s*(年|个月)|current|未到期|not due|nicht fällig)$",
    re.IGNORECASE,
)
FEWEST_BUCKETS = 3
SHOWN = 6
FEWEST_KNOWN = 2
GOODS = ("product_id", "product_name", "quantity", "list_price", "category")
# What only an order has: when it was placed.
OF_ORDERS = re.compile(r"order(ed)?(date|time|at|no|number|id)|bestell|auftrag|下单|订单|訂單|購買|购买|成交")
# A deposit that a member has left, and not what is open.
ANY_BALANCE = frozenset("balance saldo 余额".split())
OF_FILES = {  # what a file is called that holds a table; the first that fits
    CREDIT_REVIEWS.name: r"信用(评审|评价|评估|调查)|评审|credit.?review|kreditprüfung|bonitätsprüfung",
    STATEMENTS.name: r"财务报表|财报|资产负债|利润表|财务数据|financial.?statement|balance.?sheet|bilanz|jahresabschl",
    INVOICES.name: (
        r"应收|账龄|帳齡|往来账|receivable|^ar([-_ .]|$)|aging|ageing|ledger|offene.?posten|debitoren|fbl5n|^invoices?$"
    ),
    CUSTOMERS.name: r"^客户(资料|信息|名单|档案|列表|清单|主数据)?$|^kunden(stamm|liste)?$|^customer.?(list|master)$",
}


def table_by_name(stem: str) -> str | None:
    """Which table a file holds, by what it is called, without its ending; None where the name does not say it.

    Examples
    --------
    >>> [table_by_name(stem) for stem in ("应收账款明细2025", "财务报表", "信用评审", "客户资料", "AR aging", "sales")]
    ['invoices', 'statements', 'credit_reviews', 'customers', 'invoices', None]
    """
    plain = unicodedata.normalize("NFKC", stem).casefold()
    plain = re.sub(r"[\d_.()\s-]+$|^[\d_.()\s-]+", "", re.sub(r"年|月|季度", "", plain))
    return next((table for table, form in OF_FILES.items() if re.search(form, plain)), None)


def find_buckets(names: list[str]) -> list[str]:
    """The columns that say how old a debt is, by their names; [] where they are too few to be that.

    Examples
    --------
    >>> find_buckets(["客户", "0-30天", "31-60天", "61-90天", ">90天", "合计"])
    ['0-30天', '31-60天', '61-90天', '>90天']
    """
    found = [name for name in names if BUCKET.match(unicodedata.normalize("NFKC", name).strip())]
    return found if len(found) >= FEWEST_BUCKETS else []


def judge_ledger(path: Path, names: list[str], samples: dict[str, list[str]]) -> str | None:
    """Is a file a "ledger", an "ageing" list, or "either" a ledger or orders; None where it is hardly a ledger.

    Examples
    --------
    >>> days = {"Due date": ["2024-02-01"], "Date": ["2024-01-02"]}
    >>> judge_ledger(Path("a.csv"), ["Customer", "Invoice no", "Due date", "Amount"], days)
    'ledger'
    >>> judge_ledger(Path("a.csv"), ["Order date", "Customer", "Due date", "Quantity"], days)
    'either'
    >>> judge_ledger(Path("a.csv"), ["Customer", "Date", "Amount"], days) is None
    True
    """
    known = {bare(name) for name in names}

    def has(*ours: str) -> bool:
        return any(known & {*aliases(name)[0], *MORE_ALIASES.get(name, "").split()} for name in ours)

    is_due = has_due(names, samples)
    if find_buckets(names) and not is_due:
        return "ageing"
    is_of_orders = bool(known & {name for ours in GOODS for name in aliases(ours)[0]})
    is_of_orders |= any(OF_ORDERS.search(name) for name in known)
    is_open = bool(known & ({*aliases("open_amount")[0]} - ANY_BALANCE))
    if is_due:
        return "either" if is_of_orders and not (is_open or has("open_amount") and has("paid_amount")) else "ledger"
    if is_of_orders and not is_open:
        return None
    has_number = bool(known & {*aliases("invoice_id")[0]})
    if has("debit") and has("credit") and bool(known & {*aliases("customer_id")[0], *aliases("customer_id")[1]}):
        return "ledger"
    if has_number and (is_open or has("terms")):
        return "ledger"
    if has("terms") or (has_number and bool(known & {*aliases("paid_date")[0]} - {*aliases("order_date")[1]})):
        return "either"
    is_called = table_by_name(path.name.split(".")[0]) == INVOICES.name
    return "either" if is_called and bool(known & {*aliases("customer_id")[0], *aliases("customer_id")[1]}) else None


def has_due(names: list[str], samples: dict[str, list[str]]) -> bool:
    """Does a column say, by its name and its first values, when something is due?"""
    due = {*aliases("due_date")[0], *aliases("due_date")[1], *MORE_ALIASES["due_date"].split()}
    for name in names:
        cells = [cell for cell in filled(samples.get(name, [])) if cell.casefold() != "false"][
            :50
        ]  # as Odoo writes none
        if bare(name) in due and (not cells or sum(map(looks_like_date, cells)) >= 0.5 * len(cells)):
            return True
    return False


def is_ledger(path: Path, seen: Peeked, said: dict[str, dict], look: Callable[..., Peeked]) -> bool:
    """Is a row an invoice, with the day on which it is due? `seen` is the file as one of orders would be seen.

    Raises
    ------
    Undecided
        It may be that, or the line of an order.
    """
    if path.name.casefold().endswith(DATABASES):
        return False
    found, names = judge_ledger(path, *seen), seen[0]
    if found is None and count_known(names, TRANSACTIONS) < FEWEST_KNOWN:
        # Below a title the names of a ledger may not have been seen as those of orders are.
        with suppress(ValueError):
            names, samples = look(path, LEDGER, to_reading(said.get(TRANSACTIONS.name, {})))
            found = judge_ledger(path, names, samples)
    if found == "either":
        raise Undecided(ask_orders_or_ledger(names))
    return found is not None


def ask_orders_or_ledger(names: list[str]) -> OpenQuestion:
    """Whether a row is a line of an order or an invoice, where a file may be either."""
    text = t(
        "This may be orders, one line each, or a ledger of invoices, with when they are due and paid ({names}). What is"
        " a row?",
        names=", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else ""),
    )
    ledger = t("one row per invoice, what is owed and when it is due: for chapter 3")
    orders = t("one row per line of an order, what was bought: for chapters 1, 2 and 4")
    choices = (Choice("invoices", ledger), Choice("orders", orders))
    return OpenQuestion(TRANSACTIONS.name, "file", "rows", text, choices)
