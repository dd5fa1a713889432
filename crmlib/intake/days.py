"""One day in a cell: with the year first, with the month's name, or in an order that the column tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from crmlib.intake.cells import AFTER_LAST_DAY, FIRST_DAY, set_aside_because, simplify
from crmlib.intake.month_names import is_month, month_names, plain_name, weekday_names

_ZONE = r"(?:\s*(?:Z|UTC|GMT)?(?:\s?[+-]\d\d(?::?\d\d)?)?)?(?:\s*\([^()]*\))?"
_TIME = (
    r"(?:\s*(?:[T,]|um|kl\.?|klo|à|a las?|às|o|в)?\s*(?P<half>上午|下午|午前|午後|오전|오후|[ap]\.?m\.?)?\s*"
    r"(?P<hour>\d{1,2})(?::|时|時|点|h|시\s?)(?P<minute>\d\d)(?:(?::|分|분\s?)(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"[分秒분초]?\s*(?P<half2>[ap]\.?m\.?)?(?:\s?Uhr)?" + _ZONE + ")?"
)
_OPTIONS = re.IGNORECASE | re.ASCII
YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?:(?P<mark>[-/.])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<day>\d{1,2})\.?|"
    r"[年년]\s*(?P<month2>\d{1,2})[月월]\s*(?P<day2>\d{1,2})[日号號일]?|(?P<month3>\d\d)(?P<day3>\d\d))" + _TIME,
    _OPTIONS,
)
# Which of the three is the day only the column can tell.
THREE = re.compile(
    r"(?P<a>\d{1,2})(?P<mark>[-/.])\s?(?P<b>\d{1,2})(?P=mark)\s?(?P<c>\d{4}|\d\d)(?:\.|\s?г\.?)?" + _TIME, _OPTIONS
)
_NAME = r"(?:\d{1,2}月|[^\W\d_]{2,14})"
_OF = r"(?:(?:de|del|di|of|den|of the)\s+|d')?"
_AFTER_DAY = r"(?:st|nd|rd|th|er|re|[oae°.])?"  # 1st, 1er, 1º (which is 1o by now), 18.
NAMED = re.compile(
    rf"(?:(?:(?:the|den|el|le|il)\s)?(?P<day>[0-9]{{1,2}}){_AFTER_DAY}[-/., ]*{_OF}(?P<name>{_NAME})[-/., ]*{_OF}"
    r"'?(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])"
    rf"|(?P<name2>{_NAME})[-/., ]+(?P<day2>[0-9]{{1,2}}){_AFTER_DAY}[-/., ]+'?(?P<year2>[0-9]{{4}}|[0-9]{{2}})(?![0-9])"
    rf"|(?P<year3>[0-9]{{4}})[-/., ]+(?P<name3>{_NAME})[-/., ]+(?P<day3>[0-9]{{1,2}})\.?)"
    r"(?:\.|\s*(?:г|года?|рік|року|р|r|roku)\b\.?)?" + _TIME,
    re.IGNORECASE,
)
# 二〇二四年三月十八日
IN_CHARACTERS = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十廿卅]{1,3})[日号號]"
)
DIGITS = {character: str(digit) for digit, character in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
# Mon Mar 18 14:30:00 UTC 2024, as computers say it.
TIME_BEFORE_YEAR = re.compile(r"(.*[^\d:]\d{1,2}) (\d{1,2}:\d\d(?::\d\d)?)(?: [A-Z]{3,4}| [+-]\d{4})? (\d{4})")
MONTH_ALONE = re.compile(r"(?P<name>[^\W\d_]{3,14})[-/., ]+(\d{4}|\d\d)|\d{4}[-/., ]+(?P<name2>[^\W\d_]{3,14})")
# 2024-03, 2024年3月, 202403, 03/2024; with a point it may be a number.
YEAR_MONTH = re.compile(
    r"(?P<year1>(?:19|2[01])\d\d)(?:[-/]|\s?[年년]\s?)(?P<month1>0?[1-9]|1[0-2])[月월]?"
    r"|(?P<year2>(?:19|2[01])\d\d)(?P<month2>0[1-9]|1[0-2])|(?P<month3>0?[1-9]|1[0-2])[-/](?P<year3>(?:19|2[01])\d\d)",
    re.ASCII,
)
WEEKDAYS = (
    re.compile(
        r"[(\[]?(?:(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일"
        r"|(?<=[(\[])[月火水木金土日월화수목금토일](?=[)\]]))[)\]]?"
    ),
    re.compile(r"[(\[]?(?P<word>[^\W\d_]{2,14}(?:-feira)?)\.?[)\]]?"),
)


def to_datetime(text: str, order: str | None = None, words: frozenset[str] = frozenset()) -> datetime:
    """A day, with or without a time, as the clock on the wall showed it; with a day of the week beside it or without.

    Year first, with a Chinese 年, with the month's name in one of two dozen languages; or, where `order`
    says what comes first, as 31.12.2025.

    Parameters
    ----------
    text : str
        A cell.
    order : {"day first", "month first", "year first"}, optional
        Of three numbers.
    words : set of str
        The names of months that the column has: they tell its language, where a name means two months.

    Examples
    --------
    >>> to_datetime("2024-06-07T18:30:00+08:00")
    datetime.datetime(2024, 6, 7, 18, 30)
    >>> to_datetime("2024年6月7日 下午 6:30") == to_datetime("7 Jun 2024 6:30 PM") == to_datetime("2024/6/7 18:30")
    True
    >>> to_datetime("Montag, 18. März 2024") == to_datetime("18-mars-24") == to_datetime("2024/3/18(月)")
    True
    >>> to_datetime("03/04/2024", "day first")
    datetime.datetime(2024, 4, 3, 0, 0)
    >>> to_datetime("03/04/2024")
    Traceback (most recent call last):
    ...
    ValueError: has the day or the month first, which is not guessed
    """
    plain = simplify(text)
    for form in forms_of(plain):
        if found := _read(form, order, words):
            return _moment(*found)
    raise _why_no_date(plain)


def forms_of(plain: str) -> Iterator[str]:
    """A cell as it is, and without what may be a day of the week: "mar. 18 mars 2024" is in March once."""
    yield plain
    if match := IN_CHARACTERS.match(plain):
        year, *others = match.groups()
        days = "-".join(["".join(map(DIGITS.get, year)), *map(_below_hundred, others)])
        yield from forms_of(days + plain[match.end() :])
    if match := TIME_BEFORE_YEAR.fullmatch(plain):
        yield from forms_of(f"{match[1]} {match[3]} {match[2]}")
    for match in (match for form in WEEKDAYS for match in form.finditer(plain)):
        word = match.groupdict().get("word")
        if word is None or plain_name(word) in weekday_names():
            yield f"{plain[: match.start()].rstrip(' ,')} {plain[match.end() :].lstrip(' ,.')}".strip()


def _below_hundred(characters: str) -> str:
    """十八 as 18; 廿 and 卅 are two and three tens."""
    tens, ten, ones = characters.replace("廿", "二十").replace("卅", "三十").rpartition("十")
    return f"{int(DIGITS.get(tens, '1')) * 10 * bool(ten) + int(DIGITS.get(ones, '0'))}"


def _read(plain: str, order: str | None, words: frozenset[str]) -> tuple[tuple, dict] | None:
    """Year, month and day of a form, and its time; None where it has none."""
    if match := YEAR_FIRST.fullmatch(plain):
        part = match.groupdict()
        return (part["year"], _first(part, "month"), _first(part, "day")), part
    if match := NAMED.fullmatch(plain):
        part = match.groupdict()
        name = _first(part, "name")
        if (month := month_names(words).get(plain_name(name))) is not None:
            return (_first(part, "year"), month, _first(part, "day")), part
        if is_month(name):
            raise set_aside_because("names a month that is another in another language")
        return None
    if match := THREE.fullmatch(plain):
        if order is None:
            raise set_aside_because("has the day or the month first, which is not guessed")
        part = match.groupdict()
        a, b, c = part["a"], part["b"], part["c"]
        if len(c) == 4 and order == "year first":
            raise set_aside_because("does not have the year first, as the others do")
        return {"day first": (c, b, a), "month first": (c, a, b), "year first": (a, b, c)}[order], part
    return None


def _first(part: dict, name: str) -> str:
    return next(part[key] for key in (name, f"{name}2", f"{name}3") if part.get(key))


def _moment(days: tuple, part: dict) -> datetime:
    year, month, day = map(int, days)
    year = full_year(year) if year < 100 else year
    hour, half = int(part["hour"] or 0), (part["half"] or part["half2"] or "").replace(".", "").lower()
    if half:
        hour = hour % 12 + 12 * (half in ("pm", "下午", "午後", "오후")) if 1 <= hour <= 12 else 99
    microsecond = int(part["fraction"][:6].ljust(6, "0")) if part["fraction"] else 0
    try:
        value = datetime(year, month, day, hour, int(part["minute"] or 0), int(part["second"] or 0), microsecond)
    except ValueError:
        raise set_aside_because("is no day of the calendar, or no time of day") from None
    if not FIRST_DAY <= value < AFTER_LAST_DAY:
        raise set_aside_because("lies before 1900 or after 2200")
    return value


def full_year(year: int) -> int:
    """A year of two digits, as POSIX reads them."""
    return year + (2000 if year < 69 else 1900)


def _why_no_date(plain: str) -> ValueError:
    if re.fullmatch(r"\d{10}(\d{3})?(\.\d*)?", plain):
        return set_aside_because("looks like seconds or milliseconds since 1970; write YYYY-MM-DD")
    if re.fullmatch(r"\d{5}(\.\d*)?", plain):
        return set_aside_because("looks like a spreadsheet's count of days; write YYYY-MM-DD")
    if YEAR_MONTH.fullmatch(plain):
        return set_aside_because("is a month without a day")
    if (match := MONTH_ALONE.fullmatch(plain)) and is_month(match["name"] or match["name2"]):
        return set_aside_because("is a month without a day")
    return set_aside_because("is not a date")


def name_of_month(text: str) -> str | None:
    """The name of the month in a cell, as names are compared; None where it has none."""
    for form in forms_of(simplify(text)):
        if (match := NAMED.fullmatch(form)) and is_month(name := _first(match.groupdict(), "name")):
            return plain_name(name)
    return None


def find_three(text: str) -> re.Match | None:
    """The three numbers of a date of which only the column can tell which is the day."""
    return next(filter(None, map(THREE.fullmatch, forms_of(simplify(text)))), None)


@lru_cache(maxsize=20_000)  # asked of the same cells for each column of ours that has dates or numbers
def looks_like_date(text: str) -> bool:
    """Whether a cell may be a date, in whatever order.

    Examples
    --------
    >>> looks_like_date("2024-03"), looks_like_date("202403")
    (True, False)
    >>> looks_like_date("03/04/24"), looks_like_date("lunes, 7 de febrero de 2024"), looks_like_date("7 apples 2024")
    (True, True, False)
    """
    plain = simplify(text)
    if not any(map(str.isdigit, plain)):
        return False
    for form in forms_of(plain):
        if YEAR_FIRST.fullmatch(form) or THREE.fullmatch(form):
            return True
        if YEAR_MONTH.fullmatch(form) and not form.isdigit():  # 202403 is a number as well
            return True
        if (match := NAMED.fullmatch(form)) and is_month(_first(match.groupdict(), "name")):
            return True
    return False
