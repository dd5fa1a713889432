"""Which encoding a text file has: tried strictly, said aloud, and asked for where it is a guess."""

from __future__ import annotations

import codecs
import io
import re
from pathlib import Path
from typing import NamedTuple

from crmlib.intake.conventions import Choice, OpenQuestion, Undecided
from crmlib.intake.source import Source, sentences
from crmlib.language import t

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OTHERS = "encoding='cp1252' (Windows, Western European), 'big5', 'shift_jis' or 'utf-16-le'"
# What a file that is neither UTF-8 nor Chinese of the mainland may be, shown to whoever can read it.
OFFERED = ("cp1252", "cp1250", "cp1251", "big5", "shift_jis", "euc_kr", "gb18030")
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
    """The encoding of a text file: the one given, a mark at its start, UTF-8, or GB18030.

    Each is tried strictly on the whole file: not one character is replaced or dropped.
    GB18030 accepts much that is not Chinese, so it is taken only where the bytes
    look like it.

    Raises
    ------
    Undecided
        None of them fits, or the Chinese it gives stands inside Western words.
    ValueError
        The file is not text or mixes two encodings, or `encoding` is not one that Python knows.
    """
    file, marked = source.path.name, find_mark(source)
    if encoding is not None:
        return _check_given(source, encoding, marked)
    failure = _decode(source, marked or "utf-8")
    if not failure:
        return Encoding(marked or "utf-8")
    window = _window(source, failure.byte)
    if marked or _is_damaged_utf8(window):
        raise ValueError(
            t(
                "{file} must be text in one encoding; it is {encoding}, but {failure} does not fit: it is damaged there"
                " or mixes two encodings. Mend that line, or save the file again from its source.",
                file=file,
                encoding=marked or "UTF-8",
                failure=failure,
            )
        )
    fits_gb18030 = _decode(source, "gb18030") is None
    if 100 * sum(byte < 9 or 13 < byte < 32 for byte in window) > len(window):
        raise ValueError(
            t(
                "{file} must be text; it is full of control characters: it is a binary file. Save the table as CSV"
                " (UTF-8) or xlsx from the program it comes from.",
                file=file,
            )
        )
    return _decide(source.path, failure, window, table, fits_gb18030=fits_gb18030)


def _check_given(source: Source, encoding: str, marked: str | None) -> Encoding:
    name = _known(encoding)
    # A mark at the start is no part of the first column's name.
    name = marked if name == "utf-8" and marked == "utf-8-sig" else name
    if failure := _decode(source, name):
        raise ValueError(
            t(
                "{file} must be text in the encoding given, {encoding!r}; {failure} does not fit. Leave encoding"
                " out to have it found, or pass another such as {others}.",
                file=source.path.name,
                encoding=encoding,
                failure=failure,
                others=OTHERS,
            )
        )
    return Encoding(name)


def _decide(path: Path, failure: _Failure, window: bytes, table: str, *, fits_gb18030: bool) -> Encoding:
    """Which encoding a text has that is not UTF-8: the one place where candidates are weighed.

    GB18030 is taken, with a note, wherever it decodes the whole file and its Chinese does not stand
    inside Western words; otherwise a person is asked, who sees the first text in question in each of
    `OFFERED`. Big5 and Shift-JIS decode as GB18030 without an error, and other characters come out: what
    tells them apart, or asks about them, belongs here, for nothing after this looks at bytes again.

    Parameters
    ----------
    failure : (int, int, int)
        The first byte that is not UTF-8.
    window : bytes
        The bytes around it, whole lines from the first on.
    fits_gb18030 : bool
        Whether every byte of the file fits GB18030.

    Raises
    ------
    Undecided
        No candidate is clearly right.
    """
    if not fits_gb18030 or _is_western(window):
        raise Undecided(_ask(path, failure, window, table))
    note = t("Read as GB18030, since it is not UTF-8; if names look wrong, say the encoding, for example big5.")
    return Encoding("gb18030", note)


def _ask(path: Path, failure: _Failure, window: bytes, table: str) -> OpenQuestion:
    """Which encoding it is, each with what the first text in question reads in it."""
    place = next(i for i, byte in enumerate(window) if byte > 127)
    start = max((window.rfind(mark, 0, place) + 1 for mark in (b"\n", b",", b";", b"\t", b'"')), default=0)
    choices = []
    for name in OFFERED:
        try:
            window.decode(name)
        except UnicodeDecodeError as error:
            if error.end < len(window) - 4:  # the window may end within a character
                continue
        text = window[max(start, place - SHOWN) : place + SHOWN].decode(name, "ignore")
        choices.append(Choice(name, re.split(r'[\r\n,;\t"]', text)[0].strip() or text[:1]))
    said = t("{file} is neither UTF-8 nor clearly GB18030: {failure} does not fit.", file=path.name, failure=failure)
    return OpenQuestion(table, "file", "encoding", said, tuple(choices))


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
            " If it is text saved as UTF-16 without a mark, pass encoding='utf-16-le'.",
            file=path.name,
            byte=byte,
        )
    )


def _nul_character(path: Path, encoding: str, line: int) -> ValueError:
    return ValueError(
        t(
            "{file} must be text; read as {encoding}, it has a NUL character near line {line:,}. Pass the"
            " encoding it was saved in, or leave encoding out.",
            file=path.name,
            encoding=encoding,
            line=line,
        )
    )


def _window(source: Source, byte: int) -> bytes:
    """The bytes around a place, from the beginning of a line on where there is one."""
    stream = source.unpacked()
    stream.seek(max(0, byte - WINDOW // 2))
    before, after = stream.read(min(byte, WINDOW // 2)), stream.read(WINDOW // 2)
    return (before[before.find(b"\n") + 1 :] if byte > WINDOW // 2 else before) + after


def _is_damaged_utf8(window: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8; of Chinese in GB18030 a few percent are, by chance."""
    fits = window.decode("utf-8", "ignore").encode("utf-8")
    return 2 * _count_high(fits) > _count_high(window)


def _count_high(content: bytes) -> int:
    return sum(byte > 127 for byte in content)


def _is_western(window: bytes) -> bool:
    """Whether "Chinese" comes from an accented letter and the plain letter after it, as in Müller.

    The second byte of the 6,763 common characters is never an ASCII letter.
    """
    pairs = re.findall(rb"([A-Za-z]?)[\x81-\xfe]([\x40-\x7e\x80-\xfe])(?=([A-Za-z]?))", window)
    with_letter = [before or after for before, second, after in pairs if b"A" <= second <= b"z"]
    return 2 * len(with_letter) > len(pairs) and any(with_letter)
