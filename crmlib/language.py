"""English or Chinese: labels, sentences, numbers and the font that can draw them.

One call at the top of a notebook, ``language.use("zh")``, sets the language for
all that follows. ``t("...")`` gives the label in that language; the catalogue is
``locale/zh/crmlib.po``, one entry per English text, and a test refuses a text
that has no twin.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

LANGUAGES = ("en", "zh")
LOCALES = {"en": "en_US", "zh": "zh_CN"}
CATALOGUE = Path(__file__).parent / "locale" / "zh" / "crmlib.po"
FONT = Path(__file__).parent / "fonts" / "CRMSansSC-Regular.otf"
FAMILY = "CRM Sans SC"
NAMED = ("category", "channel", "activity", "industry", "customer_type")  # columns that hold names of kinds

_current = "en"


def use(language: str) -> None:
    """Speak `language`, "en" or "zh", from here on; figures get a font that can.

    Examples
    --------
    >>> use("zh"); t("share of value")
    '累计金额占比'
    >>> use("en"); t("share of value")
    'share of value'
    """
    global _current
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {list(LANGUAGES)}; got {language!r}. Use language.use('zh').")
    _current = language
    use_fonts()


def current() -> str:
    """The language in use: "en" or "zh"."""
    return _current


@cache
def _catalogue() -> dict[str, str]:
    from babel.messages.pofile import read_po

    with CATALOGUE.open("rb") as stream:
        return {message.id: message.string for message in read_po(stream) if message.id}


def t(text: str) -> str:
    """`text` in the language in use; English is the key.

    Data that is not in the catalogue (a product's name, a customer's) comes back as it is.
    """
    return text if _current == "en" else _catalogue().get(text) or text


def number(value: float, digits: int = 0) -> str:
    """A number with separators.

    Examples
    --------
    >>> number(1234567.891), number(0.4567, 2), number(float("nan"))
    ('1,234,568', '0.46', '–')
    """
    return "–" if pd.isna(value) else f"{value:,.{digits}f}".replace("-", "−")


def percent(share: float, digits: int = 1) -> str:
    """A fraction as a percentage: 0.123 is 12.3%.

    Examples
    --------
    >>> percent(0.1234), percent(1, 0)
    ('12.3%', '100%')
    """
    return "–" if pd.isna(share) else f"{100 * share:,.{digits}f}%".replace("-", "−")


def money(value: float, currency: str | None = None, digits: int = 0) -> str:
    """An amount of money with its currency's sign; without a currency, the number alone.

    Examples
    --------
    >>> money(-1234.5, "CNY"), money(1234.5, "USD", 2), money(1234.5)
    ('−¥1,234', '$1,234.50', '1,234')
    """
    if pd.isna(value):
        return "–"
    from babel.numbers import get_currency_symbol

    sign = get_currency_symbol(currency, LOCALES["zh" if currency == "CNY" else "en"]) if currency else ""
    return ("−" if round(value, digits) < 0 else "") + sign + f"{abs(value):,.{digits}f}"


def translate(table: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """A copy of a table for reading: headings and names of tiers and states in the language in use.

    For showing only; computation goes on with the original names. Data that the
    catalogue does not know, such as customer numbers, stays as it is.
    """
    shown = table.to_frame() if isinstance(table, pd.Series) else table.copy()
    headings, table_columns = shown.columns.name, list(shown.columns)
    shown.columns = [t(_words(name)) for name in shown.columns]
    shown.columns.name = t(_words(headings)) if headings else None
    for position in range(shown.shape[1]):
        column = shown.iloc[:, position]
        if isinstance(column.dtype, pd.CategoricalDtype):
            shown.isetitem(position, column.cat.rename_categories([_known(name) for name in column.cat.categories]))
        elif table_columns[position] in NAMED:
            shown.isetitem(position, column.map(_known))
    name = shown.index.name
    if not isinstance(shown.index, pd.MultiIndex):
        shown.index = shown.index.map(_known)
    shown.index.name = t(_words(name)) if name else None
    return shown


def _words(name: object) -> str:
    return str(name).replace("_", " ")


def _known(label: object) -> object:
    """`label` translated where the catalogue knows it; other data stays as it is."""
    return label if _current == "en" or not isinstance(label, str) else _catalogue().get(_words(label)) or label


def use_fonts() -> None:
    """Let matplotlib draw Chinese, with the font that comes with the kit."""
    import matplotlib
    from matplotlib import font_manager

    if FAMILY not in {font.name for font in font_manager.fontManager.ttflist}:
        font_manager.fontManager.addfont(FONT)
    # An explicit list: only then does matplotlib look in the second font for what the first lacks.
    matplotlib.rcParams["font.family"] = ["DejaVu Sans", FAMILY]


@cache
def _drawable_characters() -> frozenset[int]:
    from matplotlib import font_manager

    files = [str(FONT), font_manager.findfont("DejaVu Sans")]
    return frozenset().union(*(font_manager.get_font(file).get_charmap() for file in files))


def drawable(text: str) -> str:
    """`text` with a box for every character that no font of the kit can draw.

    For names out of data on their way into a figure: a rare character must not
    stop a report.

    Examples
    --------
    >>> drawable("Tea 茶 \U0001f375")
    'Tea 茶 □'
    """
    known = _drawable_characters()
    return "".join(character if ord(character) in known else "□" for character in str(text))
