"""The account of rows that stay where they are: how many count, how many do not and why, and what is worth a word."""

from __future__ import annotations

from typing import NamedTuple

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.cells import ADDS_UP, EMPTY
from crmlib.intake.notes import LARGEST_WITH_CENTS
from crmlib.intake.report import place
from crmlib.intake.rows import reason_said
from crmlib.intake.there import OF_A_PART, make_table
from crmlib.intake.there_cells import to_millionths
from crmlib.intake.there_rows import Rows
from crmlib.language import plural, t

EXACT = "decimal(38, 6)"  # money as it is added up: a millionth, as cells are kept


class Figures(NamedTuple):
    """What became of the rows."""

    n: int
    n_good: int
    n_meant: int
    kept: float
    lost: float
    counted: dict  # of the notes: by what is counted, how many, their amount, where the first stands
    reasons: dict[str, int]  # how many rows were set aside, by their first reason


def count_rows(rows: Rows) -> Figures:
    """Everything that is counted in one go over the rows, and why rows were set aside in another."""
    amount, good, meant = rows.columns["amount"], rows.is_good, rows.is_meant
    # Only of amounts that can be kept: an engine cannot make a decimal of what is infinite.
    money = ibis.cases((amount.problem == 0, amount.value), else_=ibis.null("float64")).cast(EXACT)
    is_lost = ~good & ~meant & (amount.problem == 0) & amount.value.notnull()
    asked = {
        "n": rows.lines.table.count(),
        "n_good": rows.lines.table.count(where=good),
        "n_meant": rows.lines.table.count(where=~good & meant),
        "kept": money.sum(where=good),
        "lost": money.abs().sum(where=is_lost),
    }
    about = _what_to_count(rows)
    for name, is_one in about.items():
        asked[f"{name}_n"] = rows.lines.table.count(where=is_one)
        asked[f"{name}_amount"] = money.sum(where=is_one)
        if rows.lines.is_local:
            asked[f"{name}_first"] = rows.position.min(where=is_one)
    for name, value in _of_money(rows).items():
        is_one = good & _has_more(value)
        asked[f"decimals_{name}_n"] = rows.lines.table.count(where=is_one)
        asked[f"decimals_{name}_example"] = (
            value.argmin(rows.position, where=is_one) if rows.lines.is_local else value.min(where=is_one)
        )
    found = rows.lines.run(rows.lines.table.aggregate(**asked)).to_pylist()[0]
    n_all = found["n"] + rows.lines.n_misfits
    return Figures(
        n_all,
        found["n_good"],
        found["n_meant"],
        round(float(found["kept"] or 0), 6),
        round(float(found["lost"] or 0), 6),
        found,
        _count_reasons(rows) if n_all > found["n_good"] else {},
    )


def _what_to_count(rows: Rows) -> dict[str, ibis.BooleanValue]:
    amount, good = rows.columns["amount"].value, rows.is_good
    customer = rows.columns["customer_id"]
    nobody = customer.problem == customer.reasons.index(EMPTY) + 1
    if "order_id" in rows.columns:
        nobody = nobody & (rows.columns["order_id"].problem == 0)
    return {"nobody": nobody, "negative": good & (amount < 0), "zero": good & (amount == 0)}


def _of_money(rows: Rows) -> dict[str, ibis.Value]:
    """The columns of money as they are kept: of a profit the cost."""
    found = {name: rows.columns[name].value for name in ("amount", "cost", "profit") if name in rows.columns}
    if "profit" in found:
        profit = found.pop("profit")
        found.setdefault("cost", to_millionths(found["amount"] - profit))
    return found


def _has_more(value: ibis.Value) -> ibis.BooleanValue:
    """Has a number more than two decimals, as far as a float can tell?"""
    plain = ibis.cases((value.abs() <= LARGEST_WITH_CENTS, value), else_=ibis.literal(0.0))
    return plain.round(2) != plain


def _count_reasons(rows: Rows) -> dict[str, int]:
    """How many rows were set aside for which first reason, as `list_rejected` tells it."""
    first, texts = _first_reason(rows)
    table = rows.lines.table
    counted = rows.lines.run(
        table.filter(~rows.is_good).select(first=first).group_by("first").aggregate(n=lambda found: found.count())
    )
    pairs = zip(counted["first"].to_pylist(), counted["n"].to_pylist(), strict=True)
    found = {texts[code]: n for code, n in pairs} | (rows.lines.form.misfits if rows.lines.form else {})
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _first_reason(rows: Rows) -> tuple[ibis.IntegerValue, dict[int, str]]:
    """A number for the first reason of each row, and what it says; a total comes first."""
    cases, totals, texts = [], [], {}
    for number, (name, problem) in enumerate(rows.problems.items(), start=1):
        reasons = rows.columns[name].reasons if name in rows.columns else [reason_said(name)]
        code = problem + number * 1_000
        texts |= {number * 1_000 + n: f"{name} {t(reason)}".strip() for n, reason in enumerate(reasons, start=1)}
        cases.append((problem > 0, code))
        if ADDS_UP in reasons:
            totals.insert(0, (problem == reasons.index(ADDS_UP) + 1, code))
    return ibis.cases(*totals, *cases, else_=ibis.literal(0).cast("int64")), texts


# --- sentences ----------------------------------------------------------------------------------


def tell(rows: Rows, figures: Figures, repeated: dict) -> list[str]:
    """A sentence each on what is kept and worth a word, as of small files."""
    said, notes = figures.counted | repeated, []
    if figures.n > figures.n_good and not rows.lines.has_lines:
        if rows.lines.is_local:
            notes.append(t("This file has no lines: `line` is the number of the row, the first being 1."))
        else:
            notes.append(t("A database has no lines: `line` counts the rows set aside."))
    if said["nobody_n"]:
        notes.append(
            t(
                "{n} without a customer_id set aside, {total} in all: they belong to no customer.",
                n=_rows(said["nobody_n"]),
                total=f"{float(said['nobody_amount'] or 0):,.2f}",
            )
        )
    for name, sentence in (
        ("negative", "{n} with a negative amount{amount}, kept as refunds (the first: {first})."),
        ("zero", "{n} with an amount of zero, kept (the first: {first})."),
    ):
        if said[f"{name}_n"]:
            notes.append(_located(rows, sentence, said, name))
    for name in _of_money(rows):
        if said[f"decimals_{name}_n"]:
            notes.append(
                t(
                    "{n} with more than two decimals in {column}, such as {example}, kept as they are.",
                    n=_rows(said[f"decimals_{name}_n"]),
                    column=name,
                    example=said[f"decimals_{name}_example"],
                )
            )
    if said.get("repeated_n"):
        sentence = "{n} repeating another exactly{amount}, kept (the first: {first})."
        notes.append(_located(rows, sentence, said, "repeated"))
    return notes


def _located(rows: Rows, sentence: str, said: dict, name: str) -> str:
    amount = t(", {amount} in all", amount=f"{float(said[f'{name}_amount'] or 0):,.2f}")
    if not rows.lines.is_local:  # whose rows stand nowhere
        refunds = t("{n} with a negative amount{amount}, kept as refunds.", n=_rows(said[f"{name}_n"]), amount=amount)
        return refunds if name == "negative" else t("{n} with an amount of zero, kept.", n=_rows(said[f"{name}_n"]))
    return t(sentence, n=_rows(said[f"{name}_n"]), amount=amount, first=locate(rows, said[f"{name}_first"]))


def locate(rows: Rows, position: int | None) -> str:
    """Where a row stands, in words."""
    part, row = divmod(int(position), OF_A_PART)
    said = place(row, has_lines=rows.lines.has_lines)
    return t("{place} of {file}", place=said, file=rows.lines.files[part - 1]) if len(rows.lines.files) > 1 else said


def _rows(n: int) -> str:
    return plural(n, "1 row", "{n} rows")


# --- rows alike, and customers ------------------------------------------------------------------


def count_repeated(rows: Rows) -> dict:
    """How many rows that count repeat another exactly, by a number made of all their columns; of files only."""
    if not rows.lines.is_local:
        return {}
    table, amount = rows.lines.table, rows.columns["amount"].value
    good = table.filter(rows.is_good).select(row_hash=table.row_hash, position=rows.position, amount=amount)
    twice = good.group_by("row_hash").aggregate(n=good.count()).filter(lambda found: found.n > 1)
    known = rows.lines.run(twice.select("row_hash"))["row_hash"]
    if not len(known):
        return {}
    again = good.semi_join(make_table(rows.lines, pa.table({"row_hash": known})), "row_hash")
    window = ibis.window(group_by="row_hash", order_by="position")
    again = again.mutate(number=ibis.row_number().over(window)).filter(lambda found: found.number > 0)
    found = rows.lines.run(
        again.aggregate(
            repeated_n=again.count(),
            repeated_amount=again.amount.cast(EXACT).sum(),
            repeated_first=again.position.min(),
        )
    )
    return found.to_pylist()[0]


def count_customers(rows: Rows, good: ibis.Table) -> tuple[pa.Array, np.ndarray]:
    """The customers, in the order of their ids, and how many rows that count each has."""
    counted = rows.lines.run(good.group_by("customer_id").aggregate(n=good.count()))
    ids = counted["customer_id"].cast(pa.large_string()).combine_chunks()
    order = pc.array_sort_indices(ids)
    return ids.take(order), counted["n"].combine_chunks().take(order).to_numpy()
