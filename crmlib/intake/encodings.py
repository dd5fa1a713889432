"""Which encoding a text file has: tried strictly, said aloud, and asked for where it is a guess."""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from crmlib.intake.candidates import (
    LABELS,
    SCRIPTS,
    choose,
    decode_part,
    is_damaged_utf8,
    is_western,
    known_names,
    list_candidates,
)
from crmlib.intake.conventions import Choice, OpenQuestion, Undecided
from crmlib.intake.shown import looks_personal, names_person
from crmlib.intake.source import Source, sentences
from crmlib.language import t

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OTHERS = "cp1252 (Windows, Western European), big5, shift_jis, utf-16-le"
# What a file that is neither UTF-8 nor marked may be, shown to whoever can read it.
OFFERED = ("cp1252", "cp1250", "cp1251", "gb18030", "big5", "shift_jis", "euc_kr", "euc_jp", "cp1253", "cp1254")
WITHOUT_MARK = ("utf-16-le", "utf-16-be")
SHOWN = 24  # characters of the text around the first byte in question
BLOCK = 1 << 20  # bytes read at a time
WINDOW = 1 << 16  # bytes looked at to tell one encoding from another


class Encoding(NamedTuple):
    """How a file is to be decoded, and what to say about it."""

    name: str
    note: str | None = None


def find_mark(source: Source) -> str | None:
    """The encoding that a mark at the start of a text says."""
    with sentences(source.path):
        head = source.unpacked().read(4)
    return next((name for mark, name in MARKS if head.startswith(mark)), None)


def find_encoding(source: Source, encoding: str | None = None, table: str = "") -> Encoding:
    """The encoding of a text file: the one given, a mark at its start, UTF-8, or what its words say.

    Each is tried strictly on the whole file: not one character is replaced or dropped. Of those
    that are left, the one in which the names of the columns are known words is taken; then
    the one in which the characters are those in common use (`candidates`).

    Raises
    ------
    Undecided
        None of them fits, several do, or the Chinese it gives stands inside Western words.
    ValueError
        The file is not text, is damaged or mixes two encodings, or `encoding` is not one that Python knows.
    """
    file, marked = source.path.name, find_mark(source)
    if encoding is not None:
        return _check_given(source, encoding, marked)
    if not marked and (wide := _without_mark(source)):
        return wide
    failure = _decode(source, marked or "utf-8")
    if not failure:
        return Encoding(marked or "utf-8")
    window = _window(source, failure.byte)
    if marked or is_damaged_utf8(window):
        raise _damaged(source, marked or "UTF-8", failure)
    if 100 * sum(byte < 9 or 13 < byte < 32 for byte in window) > len(window):
        raise ValueError(
            t(
                "{file} must be text; it is full of control characters: it is a binary file. Save the table as CSV"
                " (UTF-8) or xlsx from the program it comes from.",
                file=file,
            )
        )
    return _decide(source, failure, window, table)


def _without_mark(source: Source) -> Encoding | None:
    """UTF-16 that does not say so: every other byte of plain letters is NUL, and the names are known in it."""
    head = _window(source, 0)
    if b"\0" not in head:
        return None
    for name in WITHOUT_MARK:
        text = decode_part(head, name)
        if text and len(known_names(text, with_ascii=True)) > 1 and not _decode(source, name):
            return Encoding(name, t("Read as {encoding}, though no mark at its start says so.", encoding=name.upper()))
    return None


def _check_given(source: Source, encoding: str, marked: str | None) -> Encoding:
    name = _known(encoding)
    # A mark at the start is no part of the first column's name.
    name = marked if name == "utf-8" and marked == "utf-8-sig" else name
    if failure := _decode(source, name):
        raise ValueError(
            t(
                "{file} must be text in the encoding given, {encoding!r}; {failure} does not fit. Leave encoding"
                " out to have it found, or say another, such as {others}.",
                file=source.path.name,
                encoding=encoding,
                failure=failure,
                others=OTHERS,
            )
        )
    return Encoding(name)


def _decide(source: Source, failure: _Failure, window: bytes, table: str) -> Encoding:
    """Which encoding a text has that is not UTF-8: the one place where candidates are weighed.

    The names of columns come first, then the characters in common use; each candidate must decode the
    whole file. Big5, Shift-JIS and Korean decode as GB18030 without an error, and other characters come
    out: nothing after this looks at bytes again.

    Parameters
    ----------
    failure : (int, int, int)
        The first byte that is not UTF-8.
    window : bytes
        The bytes around it, whole lines from the first on.

    Raises
    ------
    Undecided
        No candidate is clearly right.
    ValueError
        One is, but does not fit the whole file.
    """
    candidates = list_candidates(_window(source, 0), window)
    named = [one for one in candidates if one.known]
    found = named[0] if len(named) == 1 else None if is_western(window) else choose(candidates)
    name = found and _first_that_fits(source, found.encoding, found.script)
    if found and not name:
        raise _damaged(source, LABELS[found.script], _decode(source, found.encoding))
    if not name:
        raise Undecided(_ask(source, failure, window, table, [one.script for one in candidates if one.is_plain()]))
    said = {"encoding": LABELS[found.script], "names": ", ".join(found.known[:3])}
    if found.known:
        return Encoding(name, t("Read as {encoding}: so its columns have known names ({names}).", **said))
    note = t(
        "Read as {encoding}: so its characters are those in common use; if they look wrong, say the encoding.", **said
    )
    return Encoding(name, note)


def _damaged(source: Source, encoding: str, failure: _Failure) -> ValueError:
    return ValueError(
        t(
            "{file} must be text in one encoding; it is {encoding}, but {failure} does not fit: it is damaged there"
            " or mixes two encodings. Mend that line, or save the file again from its source.",
            file=source.path.name,
            encoding=encoding,
            failure=failure,
        )
    )


def _first_that_fits(source: Source, encoding: str, script: str) -> str | None:
    """Of a script, the first encoding from the one that fits a part that fits the whole."""
    possible = SCRIPTS[script][SCRIPTS[script].index(encoding) :]
    return next((name for name in possible if not _decode(source, name)), None)


def _ask(source: Source, failure: _Failure, window: bytes, table: str, likely: list[str]) -> OpenQuestion:
    """Which encoding it is, each with what the first text in question reads in it; those first that read as a text."""
    place = next(i for i, byte in enumerate(window) if byte > 127)
    start = max((window.rfind(mark, 0, place) + 1 for mark in (b"\n", b",", b";", b"\t", b'"')), default=0)
    choices = []
    for name in sorted(OFFERED, key=lambda name: name not in likely):
        if decode_part(window, name) is None or _decode(source, name):
            continue
        text = window[max(start, place - SHOWN) : place + SHOWN].decode(name, "ignore")
        first = re.split(r'[\r\n,;\t"]', text)[0].strip() or text[:1]
        is_header = failure.line == 1 and not names_person(first) and not looks_personal(first)
        choices.append(Choice(name, first if is_header else _some_letters(first)))
    said = t(
        "{file} is neither UTF-8 nor clearly in another encoding: {failure} does not fit.",
        file=source.path.name,
        failure=failure,
    )
    return OpenQuestion(table, "file", "encoding", said, tuple(choices))


def _some_letters(text: str) -> str:
    """Of a cell, which may be a person's name, the letter in question and those beside it.

    Examples
    --------
    >>> _some_letters("Jürgen"), _some_letters("王小明"), _some_letters("Bär")
    ('Jür…', '王…', 'Bär')
    """
    place = next((place for place, letter in enumerate(text) if not letter.isascii()), 0)
    is_wide = unicodedata.east_asian_width(text[place : place + 1] or " ") in "WF"
    first, last = (place, place + 1) if is_wide else (max(0, place - 1), place + 2)
    return "…" * (first > 0) + text[first:last] + "…" * (last < len(text))


def _known(encoding: str) -> str:
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=encoding)  # refuses codecs that are not for text
        return "utf-8" if codecs.lookup(encoding).name == "utf-8" else encoding
    except (LookupError, ValueError, TypeError):
        raise ValueError(
            t(
                "encoding must be one that Python knows, such as 'utf-8', 'gb18030' or 'cp1252'; got {encoding!r}.",
                encoding=encoding,
            )
        ) from None


class _Failure(NamedTuple):
    byte: int
    line: int
    found: int

    def __str__(self) -> str:
        return t("byte {byte:,} (0x{found:02X}, in line {line:,})", byte=self.byte, found=self.found, line=self.line)


def _decode(source: Source, encoding: str) -> _Failure | None:
    """Where decoding fails first, if it does."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    is_wide = codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))
    position, line = 0, 1
    with sentences(source.path):
        stream = source.unpacked()
        while True:
            block = stream.read(BLOCK)
            if not is_wide and b"\0" in block:
                raise _nul_byte(source.path, position + block.index(b"\0") + 1)
            held = len(decoder.getstate()[0])
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                before = block[: max(0, error.start - held)]
                # Counted from 1, as lines are.
                byte = position - held + error.start + 1
                return _Failure(byte, line + before.count(b"\n"), error.object[error.start])
            except UnicodeError:  # UTF-16 without the mark that says which half comes first
                return _Failure(position + 1, line, block[0] if block else 0)
            if "\0" in text:
                raise _nul_character(source.path, encoding, line)
            if not block:
                return None
            position, line = position + len(block), line + block.count(b"\n")


def _nul_byte(path: Path, byte: int) -> ValueError:
    return ValueError(
        t(
            "{file} must be text; its byte {byte:,} is NUL, which text does not have: it is a binary file."
            ' If it is text saved as UTF-16 without a mark, say so: encoding = "utf-16-le" under [transactions.file] of'
            " the mapping file.",
            file=path.name,
            byte=byte,
        )
    )


def _nul_character(path: Path, encoding: str, line: int) -> ValueError:
    return ValueError(
        t(
            "{file} must be text; read as {encoding}, it has a NUL character near line {line:,}. Say the"
            " encoding it was saved in, or leave encoding out.",
            file=path.name,
            encoding=encoding,
            line=line,
        )
    )


def _window(source: Source, byte: int) -> bytes:
    """The bytes around a place, from the beginning of a line on where there is one."""
    with sentences(source.path):
        stream = source.unpacked()
        stream.seek(max(0, byte - WINDOW // 2))
        before, after = stream.read(min(byte, WINDOW // 2)), stream.read(WINDOW // 2)
    return (before[before.find(b"\n") + 1 :] if byte > WINDOW // 2 else before) + after
