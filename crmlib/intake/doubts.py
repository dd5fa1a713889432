"""What a careful person would ask of a file: columns left out, and names, that change what an amount counts.

Nothing here is guessed and nothing is changed. What follows from an answer is done in the file: rows
of orders that were closed are taken out there, a refund gets its minus there.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.cells import MISSING, to_number
from crmlib.intake.names import bare, is_name
from crmlib.intake.privacy import judge_column, show_values
from crmlib.intake.records import shorten
from crmlib.language import plural, t
from crmlib.tables import Table

# In lower case, without spaces and marks, as in `names`.
CURRENCY_COLUMNS = frozenset(
    ("currency currencycode curr waehrung währung devise moneda 币种 货币 货币代码 币别 结算币种").split()
)
# Whether a row is a sale, a refund, or an order that came to nothing.
STATE_COLUMNS = frozenset(
    (
        "status orderstatus financialstatus paymentstatus transactionstatus bestellstatus auftragsstatus "
        "zahlungsstatus storno storniert cancelled canceled iscancelled iscanceled refunded isrefund returned "
        "isreturn transactiontype recordtype doctype documenttype ordertype direction debitcredit creditdebit "
        "drcr sollhaben belegart auftragsart vorgangsart buchungsart shkzg debitcreditindicator creditdebitindicator "
        "状态 订单状态 交易状态 支付状态 付款状态 退款状态 售后状态 当前状态 资金状态 收支 收支类型 收支方向 交易类型 "
        "业务类型 借贷 借贷标志 借贷方向 单据类型 订单类型 是否退款 是否取消 是否退货 是否作废"
    ).split()
)
REFUND_COLUMNS = frozenset(
    (
        "refund refundamount refundedamount amountrefunded returnedamount erstattung 退款金额 退货金额 已退款金额 退款 "
        "订单退款金额"
    ).split()
)
# Other systems' words for the two: "Order Refund Amount", 物流状态.
ANY_STATE, ANY_REFUND = (
    re.compile(r"(status|状态|狀態)$"),
    re.compile(r"(refund|退款|退货|erstatt).*(amount|total|金额|金額|betrag)|(amount|total).*refund"),
)
IN_BRACKETS = re.compile(r"[(（\[【](.*?)[)）\]】]\s*$")
# "amount_cents", 金额分; not 积分, points.
AT_THE_END = re.compile(
    r"((?<=[_ -])(?:cents?|pence|thousands?|millions?)|(?<=[额款价])(?:分|万元?|千元|百万))$", re.IGNORECASE
)
COUNTED_IN = re.compile(
    r"[万千百亿]|(?<![积部得评])分|thousand|million|\b(mio|mln|tsd|cents?|pence)\b|\bt(eur|usd|€|\$)|'?000|^[km]$|\b[km]"
    r" ?(eur|usd|rmb|€|\$|£)|(eur|usd|rmb|€|\$|£) ?[km]\b",
    re.IGNORECASE,
)
MOST_STATES = 12  # more different values are no state
MOST_SHOWN = 4
# Rows without the names: what old and new spreadsheets can hold.
FULL_SHEETS = (65_535, 1_048_575)


def find_telling(names: list[str], used: set[int]) -> dict[str, int]:
    """The columns left out that say what a row counts for, by name: the place of each.

    Examples
    --------
    >>> find_telling(["Customer ID", "Total", "Currency", "Shelf"], {0, 1})
    {'Currency': 2}
    """
    unused = {name: place for place, name in enumerate(names) if place not in used}
    return {
        name: place
        for name, place in unused.items()
        if bare(name) in CURRENCY_COLUMNS or _is_state(name) or _is_refund(name)
    }


def _is_state(column: str) -> bool:
    return bare(column) in STATE_COLUMNS or ANY_STATE.search(bare(column)) is not None


def _is_refund(column: str) -> bool:
    return bare(column) in REFUND_COLUMNS or ANY_REFUND.search(bare(column)) is not None


def find_currency(telling: dict[str, pa.ChunkedArray]) -> Counter:
    """How many rows have which currency, where a column says it."""
    found: Counter = Counter()
    for name, cells in telling.items():
        if bare(name) in CURRENCY_COLUMNS:
            for text, n in _count_texts(cells).items():
                if text.casefold() not in MISSING:
                    found[text.upper()] += n
            break
    return found


def find_file_doubts(
    telling: dict[str, pa.ChunkedArray],
    mapping: dict[str, str],
    table: Table,
    is_good: np.ndarray,
    n_read: int,
    show_personal: bool = False,
) -> list[str]:
    """What to ask about a file, a sentence each; [] where all is well."""
    doubts = _doubts_by_column(telling, is_good, show_personal) + _doubts_by_name(mapping, table)
    if n_read in FULL_SHEETS:
        doubts.append(
            t("{n} rows are what a spreadsheet can hold: was the file cut off when one saved it?", n=f"{n_read:,}")
        )
    return doubts


def find_people(frame: pd.DataFrame, mapping: dict[str, str]) -> list[str]:
    """A doubt where customers are told apart by their names, whatever the column is called."""
    theirs = next((theirs for theirs, ours in mapping.items() if ours == "customer_id"), None)
    if theirs is None or not (
        is_name(theirs) or judge_column(frame["customer_id"], theirs, is_customer=True) == "name"
    ):
        return []
    return [
        t(
            "customer_id is read from {column}: customers who share a name count as one. If the file has their"
            " numbers, map those.",
            column=shorten(theirs, 40),
        )
    ]


def _doubts_by_column(telling: dict[str, pa.ChunkedArray], is_good: np.ndarray, show_personal: bool) -> list[str]:
    """On columns left out, by what they say of the rows."""
    doubts = []
    for name, cells in telling.items():
        counts = _count_texts(cells, is_good)
        if _is_state(name) and (said := _states(counts, name, show_personal)):
            doubts.append(
                t(
                    "{column} is left out, and does not say the same of all rows: {values}. All of them count; take"
                    " out of the file what should not, and put a minus before what was paid back.",
                    column=shorten(name, 40),
                    values=said,
                )
            )
        if _is_refund(name) and (n := sum(n for text, n in counts.items() if _is_something(text))):
            doubts.append(
                t(
                    "{column} is left out, and is not zero in {n}: the amounts are those before it. Subtract it in the"
                    " file if it was paid back.",
                    column=shorten(name, 40),
                    n=plural(n, "1 row", "{n} rows"),
                )
            )
    return doubts


def _doubts_by_name(mapping: dict[str, str], table: Table) -> list[str]:
    """On columns used, by what they are called."""
    doubts = []
    for theirs, ours in mapping.items():
        unit = IN_BRACKETS.search(theirs) or AT_THE_END.search(theirs)
        if table.column(ours).unit == "currency" and unit and COUNTED_IN.search(unit[1]):
            doubts.append(
                t(
                    "{theirs} is counted in {unit}, says its name: so is every {ours} here.",
                    theirs=shorten(theirs, 40),
                    unit=shorten(unit[1], 20),
                    ours=ours,
                )
            )
    return doubts


def _count_texts(cells: pa.ChunkedArray, is_good: np.ndarray | None = None) -> Counter:
    """How many rows have which text, the first to come first; of those that are good."""
    texts = cells.cast(pa.large_string())
    if is_good is not None and not is_good.all():
        texts = texts.filter(pa.array(is_good))
    found: Counter = Counter()
    for pair in pc.value_counts(texts).to_pylist():
        found[(pair["values"] or "").strip()] += pair["counts"]
    return found


def _states(counts: Counter, name: str, show_personal: bool) -> str:
    """What a column says of the rows, with how many; "" where it says the same of all, or of each something else."""
    if not 1 < len(counts) <= MOST_STATES:
        return ""
    most = counts.most_common()
    texts = [text for text, _ in most[:MOST_SHOWN]]
    if not show_personal:
        texts = show_values(texts, counts, name)
    shown = [f"{shorten(text, 20) or t('empty')} ({n:,})" for text, (_, n) in zip(texts, most, strict=False)]
    return ", ".join(shown) + (" …" if len(most) > MOST_SHOWN else "")


def _is_something(text: str) -> bool:
    """Is it an amount other than zero?"""
    if text.casefold() in MISSING:
        return False
    try:
        return to_number(text) != 0
    except ValueError:
        return True
