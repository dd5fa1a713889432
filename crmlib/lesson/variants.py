"""The right way on the wrong thing: another table, column or year, lines for customers, the other side of a line.

Each variant computes the correct function once more, with one thing changed, as a student may have changed it.
"""

from __future__ import annotations

import ast
import copy
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from crmlib.language import t
from crmlib.lesson.steps import adds_a_half, compile_tree, parse_function

MOST_TABLES, MOST_COLUMNS, MOST_YEARS = 24, 8, 6
MOST_ROWS = 200_000  # a student does not wait until a mistake is tried on a million
SWAPS = {
    "nlargest": ("nsmallest", "wrong end"),
    "nsmallest": ("nlargest", "wrong end"),
    "max": ("min", "wrong end"),
    "min": ("max", "wrong end"),
    "head": ("tail", "wrong end"),
    "tail": ("head", "wrong end"),
    "idxmax": ("idxmin", "wrong end"),
    "idxmin": ("idxmax", "wrong end"),
    "nunique": ("count", "lines"),
    "count": ("nunique", "lines"),
    "size": ("nunique", "lines"),
}
ALMOST_ONE = 1 - 1e-9  # added before int(), it rounds up
SUMMED = ("sum", "mean", "median", "max", "min", "count")
SIDES = {ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt}
STRICT = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
SHARES = (0.01, 0.02, 0.04, 0.05, 0.1, 0.15, 0.2, 0.25, 0.5, 0.75, 0.8, 0.9)


@dataclass(frozen=True)
class Variant:
    """A value that the correct function comes to with one thing changed, the kind of change, and what to say."""

    kind: str
    value: object
    advice: str


def list_variants(function: Callable, arguments: dict[str, object], others: dict[str, object]) -> Iterator[Variant]:
    """The variants of a function, the plainest first; `others` are further tables at hand, by name."""
    for kind, advice, changed in _changed_arguments(function, arguments, others):
        yield from _run(kind, advice, function, changed)
    for kind, advice, other in _changed_codes(function, _numeric_columns(arguments)):
        yield from _run(kind, advice, other, arguments)


def _run(kind: str, advice: str, function: Callable, arguments: dict[str, object]) -> Iterator[Variant]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield Variant(kind, function(**arguments), advice)
    except Exception:  # a function need not work on every table that looks like its own
        return


# --- other arguments ------------------------------------------------------------------------------


def _changed_arguments(
    function: Callable, arguments: dict[str, object], others: dict[str, object]
) -> Iterator[tuple[str, str, dict[str, object]]]:
    for name, value in arguments.items():
        alike = {other: one for other, one in others.items() if other not in arguments and _is_alike(value, one)}
        for other, one in list(alike.items())[:MOST_TABLES]:
            advice = t("The way is right, the table is another: you took {other}. Look at what is asked.", other=other)
            yield "other table", advice, {**arguments, name: one}
        if isinstance(value, pd.DataFrame):
            for kind, advice, table in (*_other_rows(value), *_other_columns(function, value)):
                yield kind, advice, {**arguments, name: table}


def _is_alike(value: object, other: object) -> bool:
    """Could a student take the one for the other? Tables of the same columns, columns of the same kind."""
    if isinstance(other, (pd.DataFrame, pd.Series)) and len(other) > MOST_ROWS:
        return False
    if isinstance(value, pd.DataFrame) and isinstance(other, pd.DataFrame):
        return set(value.columns) <= set(other.columns) and other is not value
    if isinstance(value, pd.Series) and isinstance(other, pd.Series):
        is_same_kind = pd.api.types.is_numeric_dtype(value) == pd.api.types.is_numeric_dtype(other)
        return is_same_kind and value.index.name == other.index.name and other is not value
    return False


def _other_rows(table: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    if "amount" in table and (table["amount"] < 0).any():
        yield "refunds", t("You left the refunds out: they are the lines below zero."), table[table["amount"] >= 0]
        yield "refunds", t("You counted refunds as if they were sales."), table.assign(amount=table["amount"].abs())
    if "customer_id" in table and not table["customer_id"].is_unique:
        advice = t("You kept one line of each customer. One customer has many lines: add them up.")
        yield "lines", advice, table.drop_duplicates("customer_id")
        yield "lines", advice, table.drop_duplicates("customer_id", keep="last")
    if "order_id" in table and not table["order_id"].is_unique:
        advice = t("You kept one line of each order. One order has many lines: add them up.")
        yield "lines", advice, table.drop_duplicates("order_id")
    for column in table.select_dtypes("datetime").columns[:1]:
        years = table[column].dt.year
        for year in sorted(years.dropna().unique())[-MOST_YEARS:] if years.nunique() > 1 else []:
            advice = t("You took the year {year} alone. Which days does the question ask about?", year=int(year))
            yield "other period", advice, table[years == year]


def _other_columns(function: Callable, table: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    tree = parse_function(function)
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)} if tree else set()
    numbers = [column for column in table.columns if pd.api.types.is_numeric_dtype(table[column])]
    # Nobody adds up yes and no in place of a score, nor asks whether a score is true.
    is_mark = {column: pd.api.types.is_bool_dtype(table[column]) for column in numbers}
    for column in [name for name in numbers if isinstance(name, str) and name in said]:
        for other in [name for name in numbers if name != column and is_mark[name] == is_mark[column]][:MOST_COLUMNS]:
            yield "other column", _another_column(str(other)), table.assign(**{column: table[other]})


def _another_column(name: str) -> str:
    return t("The way is right, the column is another: you took {other}. Look at what is asked.", other=repr(name))


# --- other code -----------------------------------------------------------------------------------


def _numeric_columns(arguments: dict[str, object]) -> dict[str, bool]:
    """The columns of numbers in the tables, which a student may take one for the other: do they hold yes and no?"""
    tables = [value for value in arguments.values() if isinstance(value, pd.DataFrame)]
    return {
        column: pd.api.types.is_bool_dtype(table[column])
        for table in tables
        for column in table.columns
        if isinstance(column, str) and pd.api.types.is_numeric_dtype(table[column])
    }


def _changed_codes(function: Callable, columns: dict[str, bool]) -> Iterator[tuple[str, str, Callable]]:
    tree = parse_function(function)
    if tree is None:
        return
    for place, node in enumerate(ast.walk(tree)):
        for kind, change in (*_changes_of(node), *_changes_of_column(node, columns)):
            other = copy.deepcopy(tree)
            twin = next(one for at, one in enumerate(ast.walk(other)) if at == place)
            for name, value in change.items():
                setattr(twin, name, value)
            try:
                yield kind, _advise(kind, str(change.get("value"))), compile_tree(other, function)
            except (SyntaxError, ValueError, TypeError):
                continue


def _changes_of(node: ast.AST) -> Iterator[tuple[str, dict[str, object]]]:
    """What a student may do otherwise at one place of the code."""
    if isinstance(node, ast.Attribute) and node.attr in SWAPS:
        name, kind = SWAPS[node.attr]
        yield kind, {"attr": name}
    if isinstance(node, ast.Attribute) and node.attr in SUMMED:
        yield from (("other summary", {"attr": name}) for name in SUMMED if name != node.attr)
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SIDES:
        yield "on the line", {"ops": [STRICT[type(node.ops[0])](), *node.ops[1:]]}
        yield "other side", {"ops": [SIDES[type(node.ops[0])](), *node.ops[1:]]}
    if isinstance(node, ast.keyword) and node.arg == "ascending" and isinstance(node.value, ast.Constant):
        yield "wrong end", {"value": ast.Constant(not node.value.value)}
    if isinstance(node, ast.Constant) and node.value == "customer_id":
        yield "lines", {"value": "order_id"}
    if isinstance(node, ast.Constant) and isinstance(node.value, float) and node.value in SHARES:
        yield from (("other share", {"value": share}) for share in SHARES if share != node.value)
    if adds_a_half(node):
        yield "rounding", {"right": ast.Constant(0.0)}
        yield "rounding", {"right": ast.Constant(ALMOST_ONE)}
    elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        yield "other sign inside", {"op": ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()}


def _changes_of_column(node: ast.AST, columns: dict[str, bool]) -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in columns:
        alike = [name for name in list(columns)[:MOST_COLUMNS] if columns[name] == columns[node.value]]
        yield from (("other column", {"value": name}) for name in alike if name != node.value)


def _advise(kind: str, other: str) -> str:
    return {
        "other column": _another_column(other),
        "wrong end": t("You began at the other end: the smallest for the biggest, or the first for the last."),
        "lines": t("You counted something else: a line, an order and a customer are three things."),
        "other summary": t(
            "You summed it up in another way: sum, mean, median, largest or how many? Look at what is asked."
        ),
        "on the line": t("Look at those who stand exactly on the line: do they count or not?"),
        "other side": t("You took those on the other side of the line."),
        "other share": t("You took another share than the one that is asked for."),
        "rounding": t("How many is rounded to the nearest whole number, not down and not up: int(x + 0.5)."),
        "other sign inside": t("You added where something is to be taken off, or the other way round."),
    }[kind]
