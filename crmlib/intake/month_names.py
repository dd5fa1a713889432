"""What months and days of the week are called, in the languages of Unicode's CLDR (by way of Babel)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

LANGUAGES = "en de fr es it pt nl pl sv da nb fi cs sk sl hr hu ro ca ru uk bg el tr id zh".split()
# What people write and CLDR does not list.
ALSO = {
    "de": {"jan": 1, "feb": 2, "mrz": 3, "maer": 3, "mar": 3, "maerz": 3, "jun": 6, "jul": 7, "sep": 9, "janner": 1},
    "en": {"sept": 9},
    "fr": {"fev": 2, "jul": 7, "juill": 7, "aou": 8, "mar": 3, "avr": 4},
    "es": {"sep": 9, "set": 9, "setiembre": 9},
    "it": {"sett": 9},
    "nl": {"maa": 3, "mar": 3},
    "sv": {"mar": 3},
    "nb": {"mar": 3},
    "ru": {"сен": 9, "ноя": 11, "фев": 2},
    "zh": {f"{month}月": month for month in range(1, 13)},
}


def plain_name(name: str) -> str:
    """A name without case, accents and points.

    Examples
    --------
    >>> plain_name("févr."), plain_name("PAŹ"), plain_name("Kasım"), plain_name("мая")
    ('fevr', 'paz', 'kasim', 'мая')
    """
    apart = unicodedata.normalize("NFD", name.strip(" .").casefold().translate({0x131: "i", 0x142: "l", 0xF8: "o"}))
    return "".join(character for character in apart if not unicodedata.combining(character))


@cache
def months_by_language() -> dict[str, dict[str, int]]:
    """Of each language the names of the months, long and short, as in a date and alone."""
    from babel import Locale  # loaded where a name is not English

    found = {}
    for language in LANGUAGES:
        months = Locale(language).months
        names = {
            plain_name(name.removeprefix("de ").removeprefix("d’")): month
            for form in ("format", "stand-alone")
            for width in ("wide", "abbreviated")
            for month, name in months[form][width].items()
        }
        found[language] = names | ALSO.get(language, {})
    return found


@cache
def month_names(words: frozenset[str] = frozenset()) -> Mapping[str, int]:
    """The month that each name means, in the languages that have all of these words; no name that means two.

    Listopad is November in Poland and October in Croatia: which it is the other names of a column tell.

    Examples
    --------
    >>> month_names()["marzo"], month_names().get("listopad")
    (3, None)
    >>> month_names(frozenset(["listopada", "stycznia"]))["listopada"]
    11
    """
    all_of_them = months_by_language().values()
    chosen = [names for names in all_of_them if words <= names.keys()] or list(all_of_them)
    meant: dict[str, set[int]] = {}
    for names in chosen:
        for name, month in names.items():
            meant.setdefault(name, set()).add(month)
    return {name: next(iter(months)) for name, months in meant.items() if len(months) == 1}


def is_month(name: str) -> bool:
    """Is it a month in some language?"""
    return any(plain_name(name) in names for names in months_by_language().values())


@cache
def weekday_names() -> frozenset[str]:
    """What the days of the week are called, long and short."""
    from babel import Locale

    return frozenset(
        plain_name(name)
        for language in LANGUAGES
        for form in ("format", "stand-alone")
        for width in ("wide", "abbreviated", "short")
        for name in Locale(language).days[form].get(width, {}).values()
    )
