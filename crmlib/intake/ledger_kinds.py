"""What a row of a ledger is, by its words, its side and its sign; and whether it is open, paid, void or given up."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np
import pandas as pd

from crmlib.language.words import is_total

# The first that fits counts. What is written off or void stands before "note", a receipt before an invoice.
KINDS = {
    "opening": r"期初|上年结转|上期结转|年初余额|opening|brought forward|\bb/f\b|saldovortrag|anfangsbestand|eröffnung",
    "credit": (
        r"红字|红冲|冲红|贷项|负数发票|退货|销售折让|折让|credit[\s_-]*(note|memo)|\bcredit\b(?!.*card)|gutschrift|storno"
        r"|^(cn|cm|cr|dg|rg|g2|accreccredit)$"
    ),
    "receipt": (
        r"收款|回款|到账|付款|汇款|承兑|银行存款|核销单|payment|receipt|\bpmt\b|zahlung|bank|lastschrift|überweisung"
        r"|^(dz|zp|zr|zv|za|ze|zb|rcpt|pay)$"
    ),
    "invoice": (
        r"发票|应收单|应收款单|销售|出库|开票|invoice|rechnung|debit[\s_-]*note|finance charge"
        r"|^(rv|dr|rx|ra|re|inv|in|ar|ri|accrec)$"
    ),
}
STATES = {
    "lost": r"坏账|坏帐|呆账|呆帐|bad debt|written[\s_-]*off|write[\s_-]*off|uncollect|ausgebucht|uneinbringlich",
    "void": r"作废|红冲|取消|删除|草稿|void|draft|cancel|delete|storn|entwurf|gelöscht|reversed",
    "part": r"部分|partial|partly|part[\s_-]*paid|teil",
    "open": (
        r"未|^否$|^no$|^n$|^false$|^0$|unpaid|unsettled|uncleared|\bnot\b|open|overdue|outstanding|unbezahlt|\bnicht\b|offen"
        r"|authori[sz]ed|awaiting|pending|sent|逾期|fällig|due|не\s?оплач"
    ),
    "paid": (
        r"^是$|^yes$|^y$|^true$|^1$|已付|已收|已回|已结|付清|结清|收讫|收清|已核销|(全部|完全)核销|^完全$|全额|paid|closed|cleared|settled"
        r"|bezahlt|ausgeglichen|beglichen|erledigt|оплачен"
    ),
    # What says nothing of payment.
    "booked": r"posted|审核|确认|生效|有效|正常|approved|confirmed|active|gebucht|gültig|проведен",
}
SIDES = ("debit", "credit")
CREDIT_SIDE = re.compile(r"^(贷|贷方|h|haben|c|cr|credit|-)$", re.IGNORECASE)
DEBIT_SIDE = re.compile(r"^(借|借方|s|soll|d|dr|debit|\+)$", re.IGNORECASE)


@cache
def kind_of(text: str) -> str | None:
    """What a word for a kind of document says; None where it is not known.

    Examples
    --------
    >>> [kind_of(word) for word in ("销售发票", "收款单", "RV", "DZ", "Credit Memo", "期初余额", "XY")]
    ['invoice', 'receipt', 'invoice', 'receipt', 'credit', 'opening', None]
    """
    return _first(KINDS, text)


@cache
def state_of(text: str) -> str | None:
    """What a word for the state of an invoice says; None where it is not known.

    Examples
    --------
    >>> [state_of(word) for word in ("已付清", "未付", "Paid", "unpaid", "Voided", "部分回款", "坏账", "?")]
    ['paid', 'open', 'paid', 'open', 'void', 'part', 'lost', None]
    """
    return _first(STATES, text)


def _first(words: dict[str, str], text: str) -> str | None:
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    return next((name for name, pattern in words.items() if re.search(pattern, plain)), None)


def find_kinds(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series, list[str]]:
    """What each row is, what it comes to, and the words for kinds that are not known.

    A row is an "invoice", a "receipt", a "reversal" of one, a "credit" note, an "opening" balance, a "total", "void",
    or "nothing", where it comes to nothing. What a receipt or a credit note comes to is above zero as well.

    Examples
    --------
    >>> rows = pd.DataFrame({"kind": ["RV", "DZ", "RV"], "amount": [100.0, -60.0, -40.0]})
    >>> [part.tolist() for part in find_kinds(rows)[:2]]
    [['invoice', 'receipt', 'credit'], [100.0, 60.0, 40.0]]
    """
    value = rows["amount"].copy()
    side = _texts(rows, "side")
    value = value.mask(side.str.fullmatch(CREDIT_SIDE.pattern, case=False) & (value > 0), -value)
    words = _texts(rows, "kind")
    kind = words.map(lambda text: kind_of(text) if text else None).astype(object)
    unknown = sorted({text for text, one in zip(words, kind, strict=True) if text and one is None})
    note = _texts(rows, "note").map(lambda text: kind_of(text) if text else None).astype(object)
    by_note = note.isin(["opening"]) | ((value < 0) & note.isin(["receipt", "credit"]))
    kind = kind.where(kind.notna() | ~by_note, note)
    # On the credit side of an account stand receipts; an amount below zero among amounts is a credit note.
    has_sides = "side" in rows or {"debit", "credit"} <= set(rows)
    debit, credit = (rows[name].fillna(0) if {"debit", "credit"} <= set(rows) else value * 0 for name in SIDES)
    kind = kind.mask(kind.isna() & (debit < 0), "credit")  # an invoice in red
    kind = kind.mask((kind.isna() & (credit < 0)) | ((kind == "receipt") & (debit > 0)), "reversal")
    kind = kind.mask(kind.isna() & (value < 0), "receipt" if has_sides else "credit")
    kind = kind.mask((kind == "invoice") & (value < 0), "credit").mask(kind.isna(), "invoice")
    kind = kind.mask(~(value.abs() > 0) & (kind != "opening"), "nothing")
    kind = kind.mask(_texts(rows, "status").map(state_of) == "void", "void")
    is_sum = _texts(rows, "note").map(is_total) | _texts(rows, "kind").map(is_total)
    return kind.mask(is_sum, "total"), value.abs(), unknown


def find_states(rows: pd.DataFrame) -> pd.Series:
    """Of each row "paid", "open", "part", "lost" or "void", as far as its state says it; None otherwise."""
    if "status" not in rows:
        return pd.Series(np.full(len(rows), None, dtype=object), index=rows.index)
    return _texts(rows, "status").map(lambda text: state_of(text) if text else None).astype(object)


def find_unknown_states(invoices: pd.DataFrame) -> pd.Series:
    """The words of invoices that nothing says to be paid or open but a state that is not known.

    Examples
    --------
    >>> rows = pd.DataFrame({"status": ["Paid", "Kappa", "Kappa"], "state": ["paid", None, None]})
    >>> rows["paid_date"], rows["open_amount"] = pd.NaT, [float("nan"), float("nan"), 5.0]
    >>> find_unknown_states(rows).to_dict()
    {1: 'Kappa'}
    """
    words = _texts(invoices, "status")
    is_silent = invoices["state"].isna() & invoices["paid_date"].isna() & invoices["open_amount"].isna()
    return words[is_silent & (words != "")]


def _texts(rows: pd.DataFrame, name: str) -> pd.Series:
    if name not in rows:
        return pd.Series("", index=rows.index, dtype="str")
    return rows[name].fillna("").astype("str").str.strip()
