"""English or Chinese: labels, sentences, numbers and the font that can draw them.

One call at the top of a notebook, ``language.use("zh")``, sets the language for
all that follows. ``t("...")`` gives the label in that language; the catalogue is
``locale/zh/crmlib.po``, one entry per English text, and a test refuses a text
that has no twin.
"""

from __future__ import annotations

import math
import numbers
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from pathlib import Path

import pandas as pd

LANGUAGES = ("en", "zh")
LOCALES = {"en": "en_US", "zh": "zh_CN"}
CATALOGUE = Path(__file__).parent / "locale" / "zh" / "crmlib.po"
FONT = Path(__file__).parent / "fonts" / "CRMSansSC-Regular.otf"
FAMILY = "CRM Sans SC"
FEW = 30  # among fewer, chance alone moves a share near one half by 18 points and more (95 %)
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
        raise ValueError(
            t("language must be one of {languages}; got {language!r}. Use language.use('zh').").format(languages=list(LANGUAGES), language=language)
        )
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
    """A number with separators; a half goes up, as on paper (away from zero).

    Examples
    --------
    >>> number(1234567.891), number(0.4567, 2), number(float("nan"))
    ('1,234,568', '0.46', '–')
    >>> number(0.5), number(2.5), number(1.005, 2), number(-0.4)
    ('1', '3', '1.01', '0')
    """
    if pd.isna(value):
        return "–"
    sign, digits_of_it = _rounded(value, digits)
    return sign + digits_of_it


def percent(share: float, digits: int = 1) -> str:
    """A fraction as a percentage: 0.123 is 12.3%; a half goes up.

    Examples
    --------
    >>> percent(0.1234), percent(1, 0), percent(0.625, 0), percent(0.0005)
    ('12.3%', '100%', '63%', '0.1%')
    """
    if pd.isna(share):
        return "–"
    sign, digits_of_it = _rounded(share, digits, shift=2)
    return f"{sign}{digits_of_it}%"


def out_of(part: int, whole: int) -> str:
    """How many customers of how many, with the share; the share of fewer than 30 is not given, but called too few to tell.

    Examples
    --------
    >>> out_of(25, 40), out_of(1, 2), out_of(0, 0)
    ('25 of 40 (62.5%)', '1 of 2 (too few to tell)', '0 of 0')
    """
    counted = t("{part} of {whole}").format(part=number(part), whole=number(whole))
    if whole == 0:
        return counted
    if whole < FEW:
        return t("{counted} (too few to tell)").format(counted=counted)
    return t("{counted} ({share})").format(counted=counted, share=percent(part / whole))


def span(first: object, last: object) -> str:
    """From one to another, as written; where both are written alike, only once.

    Examples
    --------
    >>> span("72.7%", "83.7%"), span("2024-01", "2024-01")
    ('72.7% to 83.7%', '2024-01')
    """
    first, last = str(first), str(last)
    return first if first == last else t("{first} to {last}").format(first=first, last=last)


def money(value: float, currency: str | None = None, digits: int = 0) -> str:
    """An amount of money with its currency's sign; without a currency, the number alone. A half goes up.

    Examples
    --------
    >>> money(-1234.5, "CNY"), money(1234.5, "USD", 2), money(1234.5)
    ('−¥1,235', '$1,234.50', '1,235')
    """
    if pd.isna(value):
        return "–"
    from babel.numbers import get_currency_symbol

    symbol = get_currency_symbol(currency, LOCALES["zh" if currency == "CNY" else "en"]) if currency else ""
    sign, digits_of_it = _rounded(value, digits)
    return sign + symbol + digits_of_it


def _rounded(value: float, digits: int, *, shift: int = 0) -> tuple[str, str]:
    """The sign ("−" or none) and the digits of a number, times ten to the power of `shift`.

    Rounded in the decimal that the number is written as: the float 1.005 lies a hair below
    1.005 and would go down, and Python takes a half to the even neighbor.
    """
    if isinstance(value, numbers.Integral):
        value = Decimal(int(value))
    decimal = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    if math.isinf(decimal):
        return ("−" if decimal < 0 else ""), "∞"
    context = Context(prec=400)  # room for every digit of the largest float
    shifted = decimal.scaleb(shift, context)
    rounded = shifted.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=context)
    return ("−" if rounded < 0 else ""), f"{rounded.copy_abs():,f}"


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
    matplotlib.rcParams["text.parse_math"] = False  # between two amounts in dollars stands no formula


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
