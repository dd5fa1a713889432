"""Numbers, shares, amounts and spans as the reader's language writes them."""

from __future__ import annotations

import math
import numbers
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache

from crmlib.language.texts import t

LOCALES = {"en": "en_US", "zh": "zh_CN"}
FEW = 30  # among fewer, chance alone moves a share near one half by 18 points and more (95 %)


def number(value: float, digits: int = 0) -> str:
    """A number with separators; a half goes up, as on paper (away from zero).

    Examples
    --------
    >>> number(1234567.891), number(0.4567, 2), number(float("nan"))
    ('1,234,568', '0.46', '–')
    >>> number(0.5), number(2.5), number(1.005, 2), number(-0.4)
    ('1', '3', '1.01', '0')
    """
    if _is_missing(value):
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
    if _is_missing(share):
        return "–"
    sign, digits_of_it = _rounded(share, digits, shift=2)
    return f"{sign}{digits_of_it}%"


def out_of(part: int, whole: int) -> str:
    """How many customers of how many, with the share; that of fewer than 30 is called too few to tell.

    Examples
    --------
    >>> out_of(25, 40), out_of(1, 2), out_of(0, 0)
    ('25 of 40 (62.5%)', '1 of 2 (too few to tell)', '0 of 0')
    """
    counted = t("{part} of {whole}", part=number(part), whole=number(whole))
    if whole == 0:
        return counted
    if whole < FEW:
        return t("{counted} (too few to tell)", counted=counted)
    return t("{counted} ({share})", counted=counted, share=percent(part / whole))


def span(first: object, last: object) -> str:
    """From one to another, as written; where both are written alike, only once.

    Examples
    --------
    >>> span("72.7%", "83.7%"), span("2024-01", "2024-01")
    ('72.7% to 83.7%', '2024-01')
    """
    first, last = str(first), str(last)
    return first if first == last else t("{first} to {last}", first=first, last=last)


def money(value: float, currency: str | None = None, digits: int = 0) -> str:
    """An amount of money with its currency's sign; without a currency, the number alone. A half goes up.

    Examples
    --------
    >>> money(-1234.5, "CNY"), money(1234.5, "USD", 2), money(1234.5)
    ('−¥1,235', '$1,234.50', '1,235')
    """
    if _is_missing(value):
        return "–"
    sign, digits_of_it = _rounded(value, digits)
    return sign + (_symbol_of(currency) if currency else "") + digits_of_it


@cache  # babel looks through its list of languages each time, and a table asks for each of its cells
def _symbol_of(currency: str) -> str:
    from babel.numbers import get_currency_symbol

    return get_currency_symbol(currency, LOCALES["zh" if currency == "CNY" else "en"])


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


def _is_missing(value: object) -> bool:
    """None, NaN, NaT or pandas' NA, without pandas."""
    try:
        return value is None or bool(value != value)
    except TypeError:  # NA is neither equal nor unequal to itself
        return True
