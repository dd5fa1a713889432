"""The steps of a function on the way to its value: each part of its code, with what it came to and what it is for.

A student who stops halfway gives one of them.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

KEPT = (ast.Call, ast.BinOp, ast.Subscript, ast.Compare, ast.UnaryOp)
ROUNDS = {"int", "round"}
TAKES = {"nlargest", "nsmallest", "head", "tail"}


@dataclass(frozen=True)
class Step:
    """What a part of a function came to, and what it is for: "divided", "divisor", "unrounded" ... or "step"."""

    value: object
    role: str
    code: str


def trace_steps(function: Callable, arguments: dict[str, object]) -> list[Step]:
    """The steps of a function that computes its value from `arguments`; none where its code cannot be read.

    Examples
    --------
    >>> def share(spending):
    ...     return max(spending) / sum(spending)
    >>> [(step.code, step.role, step.value) for step in trace_steps(share, {"spending": [6, 4]})]
    [('max(spending)', 'divided', 6), ('sum(spending)', 'divisor', 10), ('max(spending) / sum(spending)', 'step', 0.6)]
    """
    kept: list[Step] = []

    def keep(value: object, role: str, code: str) -> object:
        kept.append(Step(value, role, code))
        return value

    changed = rewrite(function, _Keep(), keep_step=keep)
    if changed is not None:
        try:
            changed(**arguments)
        except Exception:  # what a mistake's function may do on data it was not written for
            return kept
    return kept


def selects_rows(function: Callable) -> bool:
    """Does a function take some rows of its tables, by a condition or from one end?

    Examples
    --------
    >>> def richest(spending):
    ...     return spending[spending > 100].sum()
    >>> def everybody(spending):
    ...     return spending.sum()
    >>> selects_rows(richest), selects_rows(everybody)
    (True, False)
    """
    tree = parse_function(function)
    takes = {"loc", "iloc", "query", *TAKES}
    return tree is not None and any(
        isinstance(node, ast.Compare) or (isinstance(node, ast.Attribute) and node.attr in takes)
        for node in ast.walk(tree)
    )


def adds_a_half(node: ast.AST) -> bool:
    """Is it `x + 0.5`, which int() then cuts to the nearest whole number?"""
    is_sum = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)
    return is_sum and isinstance(node.right, ast.Constant) and node.right.value == 0.5


def parse_function(function: Callable) -> ast.Module | None:
    """The code of a function as a tree, without its decorators; None where there is no code to read."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return None
    if len(tree.body) != 1 or not isinstance(tree.body[0], ast.FunctionDef):
        return None
    tree.body[0].decorator_list = []
    return tree


def compile_tree(tree: ast.Module, function: Callable, **names: object) -> Callable:
    """The function that a changed tree is the code of; it sees what `function` sees, and `names`."""
    space = {**function.__globals__, **dict(zip(function.__code__.co_freevars, _cells(function), strict=True)), **names}
    exec(compile(ast.fix_missing_locations(tree), "<exercise>", "exec"), space)
    return space[tree.body[0].name]


def rewrite(function: Callable, by: ast.NodeTransformer, **names: object) -> Callable | None:
    tree = parse_function(function)
    return None if tree is None else compile_tree(by.visit(tree), function, **names)


def _cells(function: Callable) -> list[object]:
    return [cell.cell_contents for cell in function.__closure__ or ()]


class _Keep(ast.NodeTransformer):
    """Put every part of the code through `keep_step`."""

    def visit(self, node: ast.AST) -> ast.AST:
        roles = _roles_of_parts(node)
        for name, part in ast.iter_fields(node):
            if isinstance(part, list):
                setattr(node, name, [self._keep(one, roles) for one in part])
            else:
                setattr(node, name, self._keep(part, roles))
        return node

    def _keep(self, part: object, roles: dict[int, str]) -> object:
        if not isinstance(part, ast.AST):
            return part
        is_read = isinstance(getattr(part, "ctx", None) or ast.Load(), ast.Load)
        is_part = isinstance(part, KEPT) or (isinstance(part, ast.Name) and id(part) in roles)
        role, code = roles.get(id(part), "step"), ast.unparse(part) if is_part else ""
        part = self.visit(part)
        if not (is_part and is_read):
            return part
        call = ast.Call(ast.Name("keep_step", ast.Load()), [part, ast.Constant(role), ast.Constant(code)], [])
        return ast.copy_location(call, part)


def _roles_of_parts(node: ast.AST) -> dict[int, str]:
    """What the parts of a piece of code are for in it."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ROUNDS
        and len(node.args) == 1
    ):
        return {id(node.args[0]): "unrounded"}
    if adds_a_half(node):
        return {id(node.left): "unrounded"}
    if isinstance(node, ast.BinOp):
        left, right = {
            ast.Div: ("divided", "divisor"),
            ast.Mult: ("factor", "factor"),
            ast.Sub: ("minuend", "subtrahend"),
            ast.Add: ("summand", "summand"),
        }.get(type(node.op), ("step", "step"))
        return {id(node.left): left, id(node.right): right}
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TAKES:
        return {id(one): "size" for one in node.args}
    if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Constant):
        return {id(node.value): "chosen from"}
    return {}
