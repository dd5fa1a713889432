"""Texts in the language in use, from gettext catalogues: English is the key.

The package's own catalogue lies in ``locale/zh.po``; each chapter brings the one of its notebooks and
exercises, ``notebooks/source/<chapter>/zh.po``. A text that stands in several takes the package's twin.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from crmlib.language.fonts import use_fonts

LANGUAGES = ("en", "zh")
CATALOGUE = Path(__file__).parent / "locale" / "zh.po"
CHAPTERS = Path(__file__).resolve().parents[2] / "notebooks" / "source"

_default = "en"  # a cell of a notebook need not run in the context of the one before it
_speaking: ContextVar[str | None] = ContextVar("speaking", default=None)


def use(language: str) -> None:
    """Speak `language`, "en" or "zh", from here on; figures get a font that can.

    For a notebook or a command, once, at the top. When something else is right: `speaking`, for a while.

    Examples
    --------
    >>> use("zh"); t("customers")
    '客户'
    >>> use("en"); t("customers")
    'customers'
    """
    global _default
    _refuse_unknown(language)
    _default = language
    use_fonts()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` inside the block, in this thread only.

    Examples
    --------
    >>> with speaking("zh"):
    ...     t("customers")
    '客户'
    """
    _refuse_unknown(language)
    before = _speaking.set(language)
    try:
        yield
    finally:
        _speaking.reset(before)


def _refuse_unknown(language: str) -> None:
    if language not in LANGUAGES:
        raise ValueError(
            t(
                "language must be one of {languages}; got {language!r}. Use language.use('zh').",
                languages=list(LANGUAGES),
                language=language,
            )
        )


def current() -> str:
    """The language in use: "en" or "zh"."""
    return _speaking.get() or _default


def t(text: str, /, **values: object) -> str:
    """`text` in the language in use, with `values` in the places of their names in braces.

    Data that is not in a catalogue (a product's name, a customer's) comes back as it is; so do braces
    where no values are given.

    Examples
    --------
    >>> t("{part} of {whole}", part=3, whole=8)
    '3 of 8'
    """
    said = find_twin(text) or text
    return said.format(**values) if values else said


def later(text: str, /) -> str:
    """`text` as it stands: to be said with `t` elsewhere, and found by `make labels` here.

    Examples
    --------
    >>> later("{part} of {whole}")
    '{part} of {whole}'
    """
    return text


def plural(n: int, one: str, many: str, /, **values: object) -> str:
    """`one` for one thing, `many` for any other number, in the language in use; ``{n}`` is the number with separators.

    Examples
    --------
    >>> plural(1, "1 row", "{n} rows"), plural(1250, "1 row", "{n} rows")
    ('1 row', '1,250 rows')
    """
    said = (one if n == 1 else many) if current() == "en" else _catalogue().ngettext(one, many, n)
    return said.format(n=f"{n:,}", **values)


def find_twin(text: str) -> str | None:
    """The Chinese of a text where Chinese is spoken and a catalogue knows it; otherwise None."""
    if current() == "en" or not text:
        return None
    said = _catalogue().gettext(text)
    return said if said != text else None


@cache
def _catalogue() -> GNUTranslations:
    first, *others = (_read(path) for path in [CATALOGUE, *sorted(CHAPTERS.glob("*/zh.po"))])
    for other in others:
        first.add_fallback(other)
    return first


def _read(path: Path) -> GNUTranslations:
    # Compiled in memory: a binary file beside its source would be one more thing that can be out of date.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with path.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale="zh_CN"))
    compiled.seek(0)
    return GNUTranslations(compiled)
