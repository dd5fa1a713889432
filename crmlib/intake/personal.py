"""What a column holds of people, judged by its values: names, telephones, identity cards, addresses ..."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from crmlib.intake import people
from crmlib.intake.brands import BRANDS
from crmlib.intake.cells import ERRORS, MISSING
from crmlib.intake.days import looks_like_date
from crmlib.intake.headers import (
    ADDRESS_HEADER,
    BORN_HEADER,
    BRAND_HEADER,
    CARD_HEADER,
    MESSENGER_HEADER,
    PERSONAL_BY_HEADER,
    PHONE_HEADER,
    SINCE_HEADER,
    STATE_HEADER,
    is_of_goods,
    is_of_people,
    is_of_short_numbers,
)
from crmlib.intake.identifiers import IN_TEXT, find_number, keep_likely
from crmlib.intake.mentions import mentions_person
from crmlib.intake.names import aliases, bare, is_name
from crmlib.intake.persons import HAN, IS, MAY_BE, is_firm, person

ROWS, DIFFERENT = 20_000, 1_000  # looked at, spread over the whole column
FEWEST = 3
YEAR = re.compile(r"(?:^|[^0-9])((?:19|20)[0-9]{2})(?![0-9])|^((?:19|20)[0-9]{2})(?=[0-9]{4}$)")
MOSTLY = 0.8
MOST, KNOWN, FEW_KNOWN = 0.6, 0.25, 0.05
FREE, FEWEST_FREE, FEWEST_STATES = 0.2, 10, 20  # of so many rows another text, and so many texts; of states
BRANDED = 0.1  # of a column of goods bear the name of a maker
BORN, YEARS, APART = (1930, 2010), 10, 15
ADDRESS = re.compile(
    r"[路街巷弄道村]\s*\d+\s*[号號弄]|[幢栋棟楼樓]\s*\d+|[市区區县縣].{1,12}[路街巷弄道镇鎮]|"
    r"\w(str\.|straße|strasse|weg|platz|allee|gasse|stieg|ufer|damm|ring)\s*\d+|\d\s+(\w+\.?\s+){1,3}(street|st|road|rd|avenue|"
    r"ave|lane|ln|drive|dr|blvd|boulevard|court|ct|way|close|place|terrace)\b|\b(rue|via|calle|avenida|rua|ulica|ul\.)\s\w",
    re.IGNORECASE,
)


def judge_column(
    values: Iterable, name: str = "", *, is_customer: bool = False, is_owned: bool = False, since: int | None = None
) -> str | None:
    """What the values of a column are of people; None where nothing speaks for that.

    Judged is a whole column, by a sample of its different values. Names: six of ten have the form of one and a
    quarter hold a known name ("Vogel, Dieter", 王小明); single words must nearly all be known. Where the column is
    called after people, or is that of customers, the form is enough. Firms that say they are firms (GmbH, 公司) are
    no people, however many: only the values beside them are judged; where goods are called after their makers
    (Calvin Klein), nobody is meant. Numbers: six of ten are somebody's (`identifiers` has the rule for telephones).
    Dates of birth: by name, or where most are of 1930 to 2010 and long before the other dates, or spread over ten
    years. Free text: it addresses people, or holds their numbers.

    When something else is right: `tables.Column.personal`, where the contract says what a column is.

    Parameters
    ----------
    values : iterable
        The column; a Series of millions is sampled, not read whole.
    name : str
        What the column is called in the file, if anything.
    is_customer : bool
        Are they customers?
    is_owned : bool
        Has each customer one of them, and nobody else the same (`owners.are_owned`)? A product is bought by several.
    since : int, optional
        The year in which the other dates of the file begin.

    Returns
    -------
    str or None
        "name", "telephone", "email", "identity card", "bank account", "WeChat id", "address", "date of birth", "text".

    Examples
    --------
    >>> judge_column(["Dieter Vogel", "Anna Lang", "Berta Meier"]), judge_column(["宁波", "杭州", "上海"])
    ('name', None)
    >>> judge_column(["(200) 555-1000", "010-65551000"]), judge_column(["C021", "A-17"])
    ('telephone', None)
    >>> judge_column(["1985-05-04", "1961-12-30"], since=2024), judge_column(["Calvin Klein", "Hugo Boss"], "Brand")
    ('date of birth', None)
    """
    texts = sample(values, least=10_000 if is_of_short_numbers(name) else 1e9)
    if not texts:
        return None
    header = _judge_header(name, texts)
    if header:
        return header
    are_people = is_customer or is_of_people(name)
    are_goods = is_of_goods(name) and not are_people
    is_named = are_people or is_owned or not _bear_names(texts, name)
    return (
        _judge_numbers(texts, is_customer)
        or ("name" if is_named and _judge_names(texts, are_people, is_owned, are_goods) else None)
        or ("date of birth" if not SINCE_HEADER.search(bare(name)) and are_births(texts, since) else None)
        or _judge_texts(texts, is_owned, are_goods)
    )


def sample(values: Iterable, least: float = 1e9) -> list[str]:
    """Different texts of a column, spread over it; large whole numbers and days such as 19850504 as texts as well."""
    column = values if isinstance(values, pd.Series) else pd.Series(list(values), dtype="object").infer_objects()
    column = column.iloc[:: len(column) // ROWS + 1].dropna()
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return []
    if pd.api.types.is_numeric_dtype(column):
        numbers = column.to_numpy(dtype=float)
        if not len(numbers) or (numbers != np.floor(numbers)).any():
            return []
        are_days = numbers.min() >= BORN[0] * 10_000 and numbers.max() <= BORN[1] * 10_000 + 1231
        if np.abs(numbers).max() < least and not are_days:
            return []
        column = column.astype("int64")
    texts = [str(text).strip() for text in column.drop_duplicates()]
    texts = [text for text in dict.fromkeys(texts) if text.casefold() not in MISSING and text.casefold() not in ERRORS]
    return texts[:: len(texts) // DIFFERENT + 1]


def _judge_header(name: str, texts: list[str]) -> str | None:
    """What the contract calls personal is so in other columns as well."""
    plain = bare(name)
    kind = next((kind for ours, kind in PERSONAL_BY_HEADER.items() if plain in aliases(ours)[0]), None)
    if kind == "telephone" or CARD_HEADER.search(plain) or PHONE_HEADER.search(plain):
        has_digits = sum(len(re.sub(r"\D", "", text)) >= 6 for text in texts) >= MOST * len(texts)
        is_phone = kind or PHONE_HEADER.search(plain)
        return ("telephone" if is_phone else "identity card") if has_digits else None
    if kind == "date of birth" or (BORN_HEADER.search(plain) and _are_days(texts)):
        return "date of birth"
    if MESSENGER_HEADER.fullmatch(plain) and not any(len(text) < 3 for text in texts):
        return "messenger"
    has_words = 2 * sum(not re.search(r"\d", text) for text in texts) > len(texts)
    if ADDRESS_HEADER.search(plain) and not has_words:
        return "address"
    return "name" if is_name(name) and plain not in ("name", "名称") and has_words else kind


def _are_days(texts: list[str]) -> bool:
    """Are most of them days, with a year or without?"""
    is_day = (
        looks_like_date(text) or re.search(r"\d\D{1,3}\d", text) or re.fullmatch(r"\d{6}|\d{8}", text) for text in texts
    )
    return sum(map(bool, is_day)) >= MOST * len(texts)


def are_births(texts: list[str], since: int | None = None) -> bool:
    """Are these days people were born on?

    Examples
    --------
    >>> are_births(["1985-05-04", "30.12.1961"], since=2024), are_births(["2024-01-02", "2024-03-04"], since=2024)
    (True, False)
    >>> are_births([f"{year}-05-04" for year in range(1950, 2000, 5)]), are_births(["1998-05-04", "1997-01-02"])
    (True, False)
    """
    days = [text for text in texts if len(text) <= 30 and looks_like_date(text)]
    years = sorted(int(found[1] or found[2]) for text in days if (found := YEAR.search(text)))
    if not years or len(years) < MOSTLY * len(texts):
        return False
    within = sum(BORN[0] <= year <= BORN[1] for year in years)
    if within < MOSTLY * len(years):
        return False
    if since is not None and years[len(years) // 2] <= since - APART:
        return True
    return len(years) >= FEWEST and years[len(years) * 9 // 10] - years[len(years) // 10] >= YEARS


def year_of_days(values: Iterable) -> int | None:
    """The year in the middle of a column of days; None where it holds none."""
    column = values if isinstance(values, pd.Series) else pd.Series(list(values), dtype="object")
    if pd.api.types.is_datetime64_any_dtype(column):
        return int(column.dt.year.median()) if column.notna().any() else None
    texts = sample(column.iloc[:DIFFERENT])
    years = sorted(
        int(found[1] or found[2]) for text in texts if looks_like_date(text) and (found := YEAR.search(text))
    )
    return years[len(years) // 2] if len(years) >= MOSTLY * len(texts) > 0 else None


def year_of_others(samples: Mapping[str, list[str]], name: str) -> int | None:
    """The year in which the days in the columns beside one begin; None where no other holds days."""
    years = (year_of_days(values) for other, values in samples.items() if other != name)
    return min(filter(None, years), default=None)


def is_free_text(texts: list[str], n_rows: int, name: str = "") -> bool:
    """Are these texts of a column in which people write what they like: long, and hardly one like another?

    Examples
    --------
    >>> remarks = [f"please leave parcel {n} at the door" for n in range(10)]
    >>> is_free_text(remarks, 30), is_free_text(["paid in full at the shop"] * 10, 300)
    (True, False)
    """
    different = set(texts)
    fewest = FEWEST_STATES if STATE_HEADER.search(bare(name)) else FEWEST_FREE
    return len(different) >= max(fewest, FREE * n_rows) and 2 * sum(map(_is_long, different)) >= len(different)


def _is_long(text: str) -> bool:
    words = text.split()
    has_words = len(words) >= 4 and sum(any(map(str.isalpha, word)) for word in words) >= 3
    return has_words or (len(text) >= 8 and not text.isascii())


def _bear_names(texts: list[str], name: str) -> bool:
    """Does a column say, by its name or by well-known makers in it, that names in it are those of goods?"""
    n = sum(BRANDS.search(text) is not None for text in texts)
    is_so = n >= max(BRANDED * len(texts), 1 if is_of_goods(name) else 2)
    return is_so or (BRAND_HEADER.search(bare(name)) is not None and is_of_goods(name))


def _judge_numbers(texts: list[str], is_customer: bool) -> str | None:
    found = [find_number(text) for text in texts]
    # Of customers even numbers that follow one another may be telephones: nobody else's are written 0171 2345678.
    is_whole = is_customer and len([number for number in found if number and number.form in ("marked", "old")]) >= 3
    found = found if is_whole else keep_likely(found, texts)
    kinds = Counter(number.kind for number in found if number)
    return kinds.most_common(1)[0][0] if sum(kinds.values()) >= MOST * len(texts) else None


def _judge_names(texts: list[str], are_people: bool, is_owned: bool, are_goods: bool) -> bool:
    others = [text for text in texts if not is_firm(text)]
    sure = [person(text) for text in others]
    is_single = [" " not in text and text.isascii() or len(re.split(r"[\s,.·]+", text)) == 1 for text in others]
    n, n_form, n_known = len(others), sum(found >= MAY_BE for found in sure), sum(found == IS for found in sure)
    if (
        is_owned
        and n >= FEWEST
        and sum(re.fullmatch(rf"{HAN}{{2,4}}", text) is not None for text in others) >= MOST * n
    ):
        return sum(text in people.CHINESE_PLACES for text in others) < MOST * n
    if not n or n_form < MOST * n:
        return False
    # Words of one piece, and scripts that write without spaces, have no form to go by: the lists must know most.
    needed = KNOWN if sum(is_single) < n / 2 and not are_goods else MOST
    if not are_people and n < FEWEST and all(is_single) and all(text.isascii() or len(text) < 3 for text in others):
        return False  # a word or two, or two characters, may be anything
    if is_owned and sum(is_single) < n / 2:
        needed = 0
    elif are_people and 5 * n >= len(texts):
        needed = 0 if sum(is_single) < n / 2 or _begin_with_surnames(others) else MOST / 2
    return n_known >= needed * n


def _begin_with_surnames(texts: list[str]) -> bool:
    """In Chinese, Japanese and Korean `person` finds no form without a surname."""
    return sum(re.match(r"[\u3400-\u9fff\uac00-\ud7a3]", text) is not None for text in texts) >= MOST * len(texts)


def _judge_texts(texts: list[str], is_owned: bool, are_goods: bool) -> str | None:
    """Addresses, and free text that speaks of people."""
    if sum(ADDRESS.search(text) is not None for text in texts) >= MOST * len(texts):
        return "address"
    if 2 * sum(map(_is_long, texts)) < len(texts):
        return None
    n = sum(IN_TEXT.search(text) is not None or mentions_person(text) for text in texts)
    least = MOST if are_goods else FEW_KNOWN  # goods may be called after people
    return "text" if (is_owned and len(texts) >= FEWEST) or (n and n >= least * len(texts)) else None
