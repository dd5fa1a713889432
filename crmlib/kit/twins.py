"""The Chinese edition of a lesson shows no English sentence in its code: texts and remarks get their twins.

What a cell says by ``say("...")``, ``sentence("...")`` or ``t("...")``, its remarks (``# ...``) and the
docstrings of its functions are replaced by what the catalogue holds. Names stay as they are. In both editions a
text too long for the box that a notebook shows code in goes on in the next line.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crmlib.language import find_twin, speaking

SAID_BY = ("say", "sentence", "t", "show_doubts")
WIDTH = 100  # columns of the box that shows code; a Chinese character takes two
NARROWEST = 40  # a text that begins far to the right still has so many
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
    is_docstring: bool = False


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
            yield replace(_place_of(node.body[0].value), is_docstring=True)
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
    """A cell's code with its texts in `language`, none of them longer than the box it is shown in.

    Examples
    --------
    >>> put_twins('ax.set_xlabel(t("customers"))', "zh")
    'ax.set_xlabel(t("客户"))'
    """
    lines = code.splitlines()
    with speaking(language):
        for place in sorted(find_said(code), key=lambda place: place.first, reverse=True):
            twin = place.text if language == "en" else find_twin(place.text)
            (first, start), (last, end) = place.first, place.last
            before = lines[first - 1].encode()[:start].decode()
            after = lines[last - 1].encode()[end:].decode()
            if twin is None or (language == "en" and _is_short(lines[first - 1 : last])):
                continue
            written = _write(twin, place, before, after)
            lines[first - 1 : last] = (before + written + after).split("\n")
    return "\n".join(lines)


def _is_short(lines: list[str]) -> bool:
    return all(columns_of(line) <= WIDTH for line in lines)


def columns_of(text: str) -> int:
    """How many columns a line of code takes.

    Examples
    --------
    >>> columns_of("say"), columns_of("客户")
    (3, 4)
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _write(text: str, place: Place, before: str, after: str) -> str:
    """A text as it stands in code between what comes before and after it on its lines."""
    if place.is_remark:
        return f"# {text}"
    indent = columns_of(before)
    if place.is_docstring:
        lines = _wrap(text, WIDTH - indent - 3, WIDTH - indent - 6) if "\n" not in text else [text]
        return '"""' + ("\n" + " " * indent).join(line.rstrip() for line in lines) + '"""'
    room = max(NARROWEST, WIDTH - indent - 2)
    quoted = [_quote(part) for part in _wrap(text, room, room - columns_of(after.rstrip()))]
    return ("\n" + " " * indent).join(quoted)


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _wrap(text: str, room: int, room_at_the_end: int) -> list[str]:
    """Parts of a text that fill a line of code; a value in braces stays whole, a mark stays with what it follows.

    The last has less room, since the code goes on behind it.
    """
    if columns_of(text) <= room_at_the_end:
        return [text]
    lines = [""]
    pieces = PIECE.findall(text)
    for piece in pieces:
        if lines[-1] and columns_of(lines[-1] + piece) > room:
            lines.append("")
        lines[-1] += piece
    if columns_of(lines[-1]) > max(room_at_the_end, NARROWEST // 2) and lines[-1] != pieces[-1]:
        lines[-1] = lines[-1].removesuffix(pieces[-1])
        lines.append(pieces[-1])
    return lines
