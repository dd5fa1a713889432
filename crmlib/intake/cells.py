"""One cell: what stands in a file as text, and the value it means.

One function per type reads a cell (`to_number`, `to_boolean`, ...; `days.to_datetime`) and refuses it with the
end of a sentence that begins with the column's name. What a cell alone cannot tell, whether
1,250 is a thousand or one and a quarter, whether 03/04/2024 is in April, is decided for the
whole column (`conventions`) and passed in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime

from crmlib.language import t
from crmlib.language.words import is_total

# What exports write for "nothing here", as a whole cell, in any case.
MISSING = frozenset({"", "null", "none", "nan", "n/a", "#n/a", "<na>", "\\n"})
# What a spreadsheet shows where a formula fails; #N/A, which a search that finds nothing gives, is above.
ERRORS = frozenset(
    ("#div/0! #ref! #value! #name? #null! #num! #spill! #calc! #field! #blocked! #connect! #unknown! #formula!").split()
)
# A cell of a workbook with a formula that nobody has worked out, as it is shown here.
UNSOLVED = "#FORMULA!"
# A long number as a spreadsheet shows and saves it: its last digits are gone, and two customers may be one.
LOST_DIGITS = r"(?i)^\W*\d([.,]\d+)?e\+\d\d+\W*$"
EMPTY = "is empty"
ADDS_UP = "is the word for a total: the line adds others up"
# A footnote's mark is no digit, though Unicode would make one of it.
RAISED = re.compile("[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2150-\u2189\u2460-\u24ff\u2776-\u2793]")
# Beyond, a float no longer holds every hundredth.
LARGEST_NUMBER = 2**53 / 100
LARGEST_WHOLE = 2**53
ORDERS = ("day first", "month first", "year first")  # of a date, what comes first
FIRST_DAY, AFTER_LAST_DAY = datetime(1900, 1, 1), datetime(2201, 1, 1)
YES_NO = {"true": True, "yes": True, "1": True, "是": True, "false": False, "no": False, "0": False, "否": False}


def set_aside_because(text: str) -> ValueError:
    """The reason that sets a row aside; `text` is English and the key of the catalogue."""
    return ValueError(text)


# --- numbers and money --------------------------------------------------------------------------

# What stands beside an amount, and the currency it means.
CURRENCIES = {
    "¥": "CNY", "元": "CNY", "人民币": "CNY", "RMB": "CNY", "CN¥": "CNY", "块": "CNY", "圆": "CNY",
    "$": "USD", "US$": "USD", "€": "EUR", "EURO": "EUR", "£": "GBP", "₩": "KRW", "₹": "INR", "RS": "INR", "RS.": "INR",
    "₽": "RUB", "฿": "THB", "₫": "VND", "₺": "TRY", "₴": "UAH", "₦": "NGN", "₱": "PHP", "₪": "ILS",
    "HK$": "HKD", "NT$": "TWD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "S$": "SGD", "R$": "BRL",
    "KR": "kr", "KR.": "kr", "ZŁ": "PLN", "FR.": "CHF", "SFR.": "CHF", "FR": "CHF", "SFR": "CHF", "KČ": "CZK",
    "FT": "HUF", "円": "JPY", "원": "KRW", "РУБ": "RUB", "РУБ.": "RUB", "ГРН": "UAH", "ГРН.": "UAH", "TL": "TRY",
}  # fmt: skip
CODES = frozenset(
    (
        "CNY USD EUR GBP JPY KRW INR RUB THB VND TRY UAH HKD TWD AUD CAD SGD BRL NZD MXN SEK NOK DKK PLN CHF "
        "CZK HUF ZAR IDR MYR PHP AED SAR ILS EGP NGN ARS CLP COP"
    ).split()
)
MONEY = re.compile(r"(?P<before>[^\d]*?)(?P<number>((?<![^\W\d])[.,])?\d[\d.,'\s]*)(?P<after>[^\d]*)")
PLAIN_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
# A number with its thousands parted, by what stands before the decimals.
GROUPED = {
    ".": re.compile(r"(\d{1,3}(,\d{3})+|\d{1,2}(,\d\d)+,\d{3}|\d{1,3}('\d{3})+|\d+)?(\.\d*)?", re.ASCII),
    ",": re.compile(r"(\d{1,3}(\.\d{3})+|\d{1,2}(\.\d\d)+\.\d{3}|\d{1,3}('\d{3})+|\d+)?(,\d*)?", re.ASCII),
}


def to_number(text: str, decimal: str = ".") -> float:
    """A number, also as money: with its thousands parted, a currency, a minus or parentheses.

    Examples
    --------
    >>> to_number("-12.50"), to_number("¥1,234.50"), to_number("(99.00)"), to_number("12-")
    (-12.5, 1234.5, -99.0, -12.0)
    >>> to_number("1.234,50 €", ","), to_number("1 234 567"), to_number("12,-")
    (1234.5, 1234567.0, 12.0)
    >>> to_number("12,5")
    Traceback (most recent call last):
    ...
    ValueError: has a comma where thousands are not parted; decimals follow a point in this column
    """
    if decimal == "." and PLAIN_NUMBER.fullmatch(text):
        return _kept(float(text))
    return read_money(text, decimal)[0]


def read_money(text: str, decimal: str) -> tuple[float, str | None]:
    """The number of a cell, and the currency that stands beside it, if one does."""
    plain = simplify(text)
    if decimal == "." and PLAIN_NUMBER.fullmatch(plain):
        return _kept(float(plain)), None
    plain = re.sub(r"(?<=\d)[.,]-{1,2}(?=[^\d]*$)", "", plain)  # 12,- is twelve and no cents, not minus twelve
    match = MONEY.fullmatch(plain)
    if not match:
        raise _why_no_number(plain)
    before, after = match["before"], match["after"]
    signs = re.findall(r"[+-]", before + after)
    brackets = re.findall(r"[()]", before + after)
    words = [re.sub(r"[+()\s-]", "", part) for part in (before, after)]
    currencies = {_currency(word) for word in words if word}
    if None in currencies:
        raise _why_no_number(plain)
    is_in_brackets = brackets == ["(", ")"] and "(" in before and ")" in after
    if len(signs) > 1 or "+" in after or (brackets and (signs or not is_in_brackets)) or len(currencies) > 1:
        raise set_aside_because("has more than one sign or currency, or an open parenthesis")
    digits = re.sub(r"(?<=\d)\s(?=\d{3}(?!\d))", "'", match["number"].strip())
    if not GROUPED[decimal].fullmatch(digits):
        raise _why_no_digits(digits, decimal)
    value = float(digits.replace("'", "").replace("." if decimal == "," else ",", "").replace(decimal, "."))
    return _kept(-value if "-" in signs or is_in_brackets else value), next(iter(currencies), None)


def simplify(text: str) -> str:
    """Full-width digits, signs and spaces as ASCII has them; ’ and ` as they part thousands in Switzerland."""
    text = unicodedata.normalize("NFKC", RAISED.sub("*", text))
    text = re.sub(r"[\N{MINUS SIGN}\N{EN DASH}\N{FIGURE DASH}]", "-", text)
    # An apostrophe in front says "this is text" in a spreadsheet, and in the bills of WeChat.
    return re.sub(r"[’`´]", "'", re.sub(r"\s", " ", text)).strip().removeprefix("'")


def _currency(sign: str) -> str | None:
    sign = sign.upper()
    return sign if sign in CODES else CURRENCIES.get(sign)


def _kept(value: float) -> float:
    if abs(value) >= LARGEST_NUMBER:
        raise set_aside_because("is too large to be kept exactly")
    return value


def _why_no_number(plain: str) -> ValueError:
    if re.fullmatch(r"[+-]?inf(inity)?", plain, re.IGNORECASE):
        return set_aside_because("is infinite")
    if not any(character.isdigit() for character in plain):
        return set_aside_because("is not a number")
    if plain.endswith("%"):
        return set_aside_because("is a percentage; write plain decimals")
    if re.search(r"\d\s*[万亿千百kKmM]\b|[万亿]", plain):
        return set_aside_because("is counted in thousands or ten thousands; write the number out")
    return set_aside_because("is not a number, nor an amount of money with a currency known here")


def _why_no_digits(digits: str, decimal: str) -> ValueError:
    if decimal == "." and "," in digits:
        return set_aside_because("has a comma where thousands are not parted; decimals follow a point in this column")
    if decimal == "," and "." in digits:
        return set_aside_because("has a point where thousands are not parted; decimals follow a comma in this column")
    return set_aside_because("has marks between its digits that part no thousands")


def to_integer(text: str, decimal: str = ".") -> int:
    """A whole number; ``3.0`` is one."""
    value = to_number(text, decimal)
    if value != int(value):
        raise set_aside_because("is not a whole number")
    return int(value)


def to_boolean(text: str) -> bool:
    """true or false, yes or no, 1 or 0."""
    if text.casefold() not in YES_NO:
        raise set_aside_because("is neither true nor false, yes nor no, 1 nor 0")
    return YES_NO[text.casefold()]


def one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def to_choice(text: str) -> str:
        if choices and text not in choices:
            raise ValueError(t("is none of {choices}", choices=", ".join(choices)))
        return text

    return to_choice


def to_customer(text: str) -> str:
    """The number of a customer or an order; "Total" or 合计 is none, and of 1.23E+17 the digits are lost.

    Examples
    --------
    >>> to_customer("007")
    '007'
    >>> to_customer("1.23457E+17")
    Traceback (most recent call last):
    ...
    ValueError: is a long number shortened by a spreadsheet, which lost its last digits; export it again as text
    """
    if re.search(LOST_DIGITS, text):
        raise set_aside_because(
            "is a long number shortened by a spreadsheet, which lost its last digits; export it again as text"
        )
    if is_total(text):
        raise set_aside_because(ADDS_UP)
    return text
