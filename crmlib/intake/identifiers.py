"""Numbers that are a person's own: telephones, identity cards, bank accounts, and the ids of messengers.

`find_number` looks at one cell: some forms are sure (an international prefix, the area in brackets, a date of birth
in an identity card), others are numbers of anything unless most of a column has them; `keep_likely` says which of
those stand.

The rule for telephones. Sure, wherever they stand: a mobile number of mainland China (eleven digits, the first
two 13 to 19), however it is parted (138 0013 8000, 138.0013.8000, full-width digits, +86); a plus and nine to
fourteen digits; an area in brackets, (200) 555-1000; a landline of China, 010-65551000. As most of a column: an
area that begins with 0 and is parted from the rest (0171 2345678), three, three and four digits of North America
(200-555-1000), and ten to twelve digits in a row after a leading zero. Never: numbers given one after the other
(they lie close together), unless they are customers, ten digits without a zero or a mark, twelve that end with
the check digit of a bar code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

BORN = r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
PROVINCE = r"(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123])"
CARD = re.compile(rf"\d{{6}}(19|20)\d\d{BORN}\d{{3}}[\dXx]")
OLD_CARD = re.compile(rf"{PROVINCE}\d{{4}}\d\d{BORN}\d{{3}}")
MOBILE = re.compile(r"(\+?86|0086)?1[3-9]\d{9}")
MARKED_MOBILE = re.compile(r"1[3-9]\d[ .-]\d{4}[ .-]\d{4}")
INTERNATIONAL = re.compile(r"\+\d{9,14}")
BRACKETS = re.compile(r"\+?\d{0,3}\s*\(0?\d{2,5}\)[\s-]*\d{3,4}[\s.-]?\d{3,5}")
CHINESE_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d\d)-[2-9]\d{6,7}(-\d{1,5})?")
EXTENSION = re.compile(r"\s*(ext\.?|x|#|转|轉|分机)\s*\d{1,5}$", re.IGNORECASE)
AREA_FIRST = re.compile(r"0[1-9]\d{0,4}[\s/.-]+[1-9]\d{1,7}([\s.-]\d{2,5})*")
AMERICAN = re.compile(r"(\+?1[\s.-]?)?\(?[2-9]\d\d\)?[\s.-]?[2-9]\d\d[\s.-]\d{4}|[48]00[\s-]\d{3}[\s-]\d{4}")
ZERO_FIRST = re.compile(r"0[1-9]\d{8,10}")
SOCIAL_SECURITY = re.compile(r"(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}")
WECHAT = re.compile(r"o[A-Za-z0-9_-]{27}|wxid_\w{6,}")
IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
BANK_CARD = re.compile(r"[3-6]\d{15,18}|3[47]\d{13}|2[2-7]\d{14}")
TAIWAN = re.compile(r"[A-Z][12]\d{8}")
# What of these may stand inside a text, wherever.
IN_TEXT = re.compile(
    r"[\w.+-]+@[\w-]+(\.[\w-]+)+|(?<!\d)(\+?[8８][6６][- ]?)?[1１][3-9３-９]\d[- .]?\d{4}[- .]?\d{4}(?!\d)|\+\d(["
    r" -]?\d){8,13}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)|\+\d{1,3}\s?\(0\)\s?\d([ /-]?\d){6,11}(?!\d)|"
    r"[(（]0?\d{2,5}[)）][\s-]?\d{3,4}[\s.-]?\d{3,5}(?!\d)|"
    r"(?<![\d.,-])0[1-9]\d{1,3}[ /－-]\d{6,8}(?!\d)|"
    r"\bwxid_\w{6,}|(?<!\d)[2-9]\d\d[-.][2-9]\d\d[-.]\d{4}(?!\d)"
)
LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"  # of identity cards of Taiwan: A is 10, B 11 ...
FEW, CLOSE = 5, 2_000
MOSTLY = 0.8


class Number(NamedTuple):
    """What a cell may be, and by which form."""

    kind: str  # "telephone", "identity card", "bank account", "WeChat id", "email"
    form: str  # "sure"; of the others each is believed for a reason of its own
    digits: str


def find_number(value: str) -> Number | None:
    """Whose number a cell may be.

    Examples
    --------
    >>> [number and number.kind for number in map(find_number, ("(200) 555-1000", "０１０－６５５５１０００", "C021"))]
    ['telephone', 'telephone', None]
    >>> find_number("0171 2345678").form, find_number("2005551000") is None
    ('marked', True)
    """
    text = EXTENSION.sub("", unicodedata.normalize("NFKC", value).strip())
    if "@" in text:
        return Number("email", "sure", "")
    digits = re.sub(r"\D", "", text)
    if len(digits) < 9 and not WECHAT.fullmatch(text):
        return None
    plain = re.sub(r"[\s()-]", "", text)
    return _sure(text, plain, digits) or _likely(text, plain, digits)


def _sure(text: str, plain: str, digits: str) -> Number | None:
    if WECHAT.fullmatch(text) and not text.isalpha():
        return Number("WeChat id", "sure", digits)
    if CARD.fullmatch(plain):
        return Number("identity card", "sure", digits)
    if IBAN.fullmatch(plain) and _is_iban(plain):
        return Number("bank account", "sure", digits)
    without_dots = plain.replace(".", "") if plain.startswith("+") else plain
    forms = (MOBILE, plain), (MARKED_MOBILE, text), (INTERNATIONAL, without_dots.replace("/", ""))
    if any(form.fullmatch(where) for form, where in (*forms, (BRACKETS, text), (CHINESE_LANDLINE, text))):
        is_bare = text.isdigit() and len(text) == 11
        return Number("telephone", "bare mobile" if is_bare else "sure", digits)
    return None


def _likely(text: str, plain: str, digits: str) -> Number | None:
    if (AREA_FIRST.fullmatch(text) and len(digits) <= 13) or AMERICAN.fullmatch(text):
        return Number("telephone", "marked", digits)
    if ZERO_FIRST.fullmatch(text):
        return Number("telephone", "zero first", digits)
    if OLD_CARD.fullmatch(text):
        return Number("identity card", "old", digits)
    if SOCIAL_SECURITY.fullmatch(text) or (TAIWAN.fullmatch(plain) and _is_taiwanese(plain)):
        return Number("identity card", "marked", digits)
    if BANK_CARD.fullmatch(plain) and _fits_luhn(plain):
        return Number("bank account", "checked", digits)
    letters = re.findall(r"[^\W\d_]", IN_TEXT.sub("", text))
    if len(letters) > 1 and IN_TEXT.search(text):
        return Number("telephone", "inside", digits)
    return None


def is_sure(found: Number | None) -> bool:
    """Is one cell enough? Of a bare mobile number too, for whoever is known by it may be reached by it."""
    return found is not None and found.form in ("sure", "bare mobile")


def keep_likely(found: Sequence[Number | None], values: Sequence[str]) -> list[Number | None]:
    """What stands of the cells of a column, once those are known that look alike and are none."""
    kept = list(found)
    for form, is_likely in (
        ("bare mobile", lambda group: len(group) > 2 and not _are_close(group)),
        ("marked", lambda group: not _are_close(group)),
        ("inside", lambda group: len(group) > 2 and not _are_close(group)),
        ("zero first", lambda group: len(group) > 2 and not _are_close(group) and not _are_bar_codes(group)),
        ("old", _are_born_apart),
        ("checked", lambda group: len(group) > 2 and len(group) >= MOSTLY * sum(map(_is_long, values))),
    ):
        group = [number.digits for number in found if number and number.form == form]
        if group and not is_likely(group):
            kept = [None if number and number.form == form else number for number in kept]
    return kept


def _are_close(digits: list[str]) -> bool:
    """Were they given one after the other?"""
    numbers = sorted(map(int, digits))
    return len(numbers) >= FEW and numbers[-1] - numbers[0] < CLOSE * len(numbers)


def _are_born_apart(digits: list[str]) -> bool:
    """Years of birth differ; those of orders are one or two."""
    return len(digits) < FEW or len({number[6:8] for number in digits}) >= FEW - 1


def _are_bar_codes(digits: list[str]) -> bool:
    """Twelve digits, the last of which checks the others."""
    fitting = sum(
        len(number) == 12 and (3 * sum(map(int, number[::2])) + sum(map(int, number[1::2]))) % 10 == 0
        for number in digits
    )
    return fitting >= MOSTLY * len(digits)


def _is_long(value: str) -> bool:
    return BANK_CARD.fullmatch(re.sub(r"[\s-]", "", value)) is not None


def _fits_luhn(digits: str) -> bool:
    doubled = [2 * int(digit) if place % 2 else int(digit) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _is_iban(text: str) -> bool:
    return int("".join(str(int(letter, 36)) for letter in text[4:] + text[:4])) % 97 == 1


def _is_taiwanese(text: str) -> bool:
    first = LETTERS.index(text[0]) + 10
    weighted = first // 10 + 9 * (first % 10)
    weighted += sum(int(digit) * weight for digit, weight in zip(text[1:], (8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True))
    return weighted % 10 == 0
