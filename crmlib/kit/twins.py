"""The Chinese edition of a lesson shows no English sentence in its code: texts and remarks get their twins.

What a cell says by ``say("...")``, ``sentence("...")`` or ``t("...")``, its remarks (``# ...``) and the
docstrings of its functions are replaced by what the catalogue holds. Names stay as they are.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from crmlib.language import find_twin, speaking

SAID_BY = ("say", "sentence", "t", "show_doubts")
WIDTH = 88  # columns of a line of code; a Chinese character takes two
PIECE = re.compile(
    r"(?:\{[^{}]*\}|[!-z|~]+|.)[，。；：？！、）》”%]*\s*", re.DOTALL
)  # no line ends inside a value or a word


@dataclass(frozen=True)
class Place:
    """Where a text stands in code: from a line and column to another, as bytes of UTF-8; lines count from 1."""

    first: tuple[int, int]
    last: tuple[int, int]
    text: str
    is_remark: bool = False


def find_said(code: str) -> Iterator[Place]:
    """The texts of a cell that a reader reads: said ones, docstrings and remarks, each with its place.

    Examples
    --------
    >>> [place.text for place in find_said('say("It grew." if up else "It fell.")  # which?')]
    ['It grew.', 'It fell.', 'which?']
    """
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAID_BY and node.args:
            for part in _texts_in(node.args[0]):
                yield _place_of(part)
        elif isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
            yield _place_of(node.body[0].value)
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT and not token.string.startswith(("# noqa", "# fmt:")):
            line = token.line.encode()
            first = len(token.line[: token.start[1]].encode())
            last = min(len(line), first + len(token.string.encode()))
            yield Place((token.start[0], first), (token.start[0], last), token.string.lstrip("# "), is_remark=True)


def _texts_in(node: ast.AST) -> Iterator[ast.Constant]:
    """The constants that an argument may turn out to be: itself, or the branches of a choice."""
    if isinstance(node, ast.IfExp):
        yield from _texts_in(node.body)
        yield from _texts_in(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node


def _place_of(node: ast.Constant) -> Place:
    return Place((node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset), node.value)


def put_twins(code: str, language: str) -> str:
    """A cell's code with its texts in `language`.

    Examples
    --------
    >>> put_twins('ax.set_xlabel(t("customers"))', "zh")
    'ax.set_xlabel(t("客户"))'
    """
    if language == "en":
        return code
    lines = [line.encode() for line in code.splitlines()]
    with speaking(language):
        for place in sorted(find_said(code), key=lambda place: place.first, reverse=True):
            twin = find_twin(place.text)
            if twin is None:
                continue
            (first, start), (last, end) = place.first, place.last
            written = f"# {twin}" if place.is_remark else _as_literal(twin, start, several=last > first)
            lines[first - 1 : last] = [lines[first - 1][:start] + written.encode() + lines[last - 1][end:]]
    return b"\n".join(lines).decode()


def _as_literal(text: str, start: int, *, several: bool) -> str:
    """A text in double quotes; a long one over several lines where the original stood on several."""
    parts = _wrap(text) if several else [text]
    quoted = ['"' + part.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"' for part in parts]
    return ("\n" + " " * start).join(quoted)


def _wrap(text: str) -> list[str]:
    """Parts of a text that fill a line of code; a value in braces stays whole, a mark stays with what it follows."""
    lines, filled = [""], 0
    for piece in PIECE.findall(text):
        columns = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in piece)
        if lines[-1] and filled + columns > WIDTH:
            lines.append("")
            filled = 0
        lines[-1] += piece
        filled += columns
    return lines
