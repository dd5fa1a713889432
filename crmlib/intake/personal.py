"""What a column holds of people, judged by its values: names, telephones, identity cards, addresses ..."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd

from crmlib.intake import people
from crmlib.intake.cells import ERRORS, MISSING
from crmlib.intake.identifiers import IN_TEXT, find_number, keep_likely
from crmlib.intake.names import aliases, bare, is_name
from crmlib.intake.persons import IS, MAY_BE, is_firm, person

ROWS, DIFFERENT = 20_000, 1_000  # looked at, spread over the whole column
FEWEST = 3
MOST, KNOWN, FEW_KNOWN = 0.6, 0.25, 0.05
PERSONAL_BY_HEADER = {"phone": "telephone", "email": "email", "address": "address", "birth_date": "date of birth"}
BORN = re.compile(r"(birth(day|date)|dob|geburtsdatum|geburtstag|出生日期|出生年月|生日)$")
CARD_HEADER = re.compile(
    r"身份证|身份證|证件号|護照|护照|passport|reisepass|idcard|ssn|socialsecurity|ausweis|银行卡|卡号$|iban"
)
ADDRESS = re.compile(
    r"[路街巷弄道村]\s*\d+\s*[号號弄]|[幢栋棟楼樓]\s*\d+|[市区區县縣].{1,12}[路街巷弄道镇鎮]|"
    r"\w(str\.|straße|strasse|weg|platz|allee|gasse|stieg|ufer|damm|ring)\s*\d+|\d\s+(\w+\.?\s+){1,3}(street|st|road|rd|avenue|"
    r"ave|lane|ln|drive|dr|blvd|boulevard|court|ct|way|close|place|terrace)\b|\b(rue|via|calle|avenida|rua|ulica|ul\.)\s\w",
    re.IGNORECASE,
)
ADDRESSED = re.compile(r"\b(Herrn?|Frau|Mr|Mrs|Ms|Miss|Mme|Dr)\b\.?\s+[^\W\d_a-z]\w+")
ADDRESSED_IN_CHINESE = re.compile(rf"[{''.join(sorted(people.CHINESE_SURNAMES))}](先生|女士|小姐|太太|老师|师傅|阿姨)")


def judge_column(values: Iterable, name: str = "", *, is_customer: bool = False) -> str | None:
    """What the values of a column are of people; None where nothing speaks for that.

    Judged is a whole column, by a sample of its different values. Names: six of ten have the form of one and a
    quarter hold a known name ("Vogel, Dieter", 王小明); single words must nearly all be known. Where the column is
    called after people, or is that of customers, the form is enough. Firms that say they are firms (GmbH, 公司) are
    no people, however many: only the values beside them are judged. Numbers: six of ten are somebody's
    (`identifiers` has the rule for telephones). Free text: it addresses people, or holds their numbers.

    When something else is right: `tables.Column.personal`, where the contract says what a column is.

    Parameters
    ----------
    values : iterable
        The column; a Series of millions is sampled, not read whole.
    name : str
        What the column is called in the file, if anything.
    is_customer : bool
        Are they customers?

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
    """
    texts = sample(values)
    if not texts:
        return None
    header = _judge_header(name, texts)
    if header:
        return header
    return (
        _judge_numbers(texts, is_customer)
        or _judge_names(texts, is_customer or _is_of_people(name))
        or _judge_texts(texts)
    )


def sample(values: Iterable) -> list[str]:
    """Different texts of a column, spread over it; whole numbers as texts, others not at all."""
    column = values if isinstance(values, pd.Series) else pd.Series(list(values), dtype="object").infer_objects()
    column = column.iloc[:: len(column) // ROWS + 1].dropna()
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return []
    if pd.api.types.is_numeric_dtype(column):
        numbers = column.to_numpy(dtype=float)
        if not len(numbers) or (numbers != np.floor(numbers)).any() or np.abs(numbers).max() < 1e9:
            return []
        column = column.astype("int64")
    texts = [str(text).strip() for text in column.drop_duplicates()]
    texts = [text for text in dict.fromkeys(texts) if text.casefold() not in MISSING and text.casefold() not in ERRORS]
    return texts[:: len(texts) // DIFFERENT + 1]


def _judge_header(name: str, texts: list[str]) -> str | None:
    """What the contract calls personal is so in other columns as well."""
    plain = bare(name)
    kind = next((kind for ours, kind in PERSONAL_BY_HEADER.items() if plain in aliases(ours)[0]), None)
    if kind == "telephone" or CARD_HEADER.search(plain):
        has_digits = sum(len(re.sub(r"\D", "", text)) >= 6 for text in texts) >= MOST * len(texts)
        return (kind or "identity card") if has_digits else None
    if BORN.search(plain):
        return "date of birth"
    has_words = 2 * sum(not re.search(r"\d", text) for text in texts) > len(texts)
    return "name" if is_name(name) and plain not in ("name", "名称") and has_words else kind


def _is_of_people(name: str) -> bool:
    """Is a column called after people: Customer, Ship Name, 收件人; but not Customer Type?"""
    plain = bare(name)
    is_so = is_name(name) or re.search(people.PERSON_WORDS, plain) is not None
    return is_so and re.search(people.NUMBER_WORDS, plain) is None


def _judge_numbers(texts: list[str], is_customer: bool) -> str | None:
    found = [find_number(text) for text in texts]
    # Of customers even numbers that follow one another may be telephones: nobody else's are written 0171 2345678.
    is_whole = is_customer and len([number for number in found if number and number.form in ("marked", "old")]) >= 3
    found = found if is_whole else keep_likely(found, texts)
    kinds = Counter(number.kind for number in found if number)
    return kinds.most_common(1)[0][0] if sum(kinds.values()) >= MOST * len(texts) else None


def _judge_names(texts: list[str], is_of_people: bool) -> str | None:
    others = [text for text in texts if not is_firm(text)]
    sure = [person(text) for text in others]
    is_single = [" " not in text and text.isascii() or len(re.split(r"[\s,.·]+", text)) == 1 for text in others]
    n, n_form, n_known = len(others), sum(found >= MAY_BE for found in sure), sum(found == IS for found in sure)
    if not n or n_form < MOST * n:
        return None
    # Words of one piece, and scripts that write without spaces, have no form to go by: the lists must know most.
    needed = KNOWN if sum(is_single) < n / 2 else MOST
    if not is_of_people and n < FEWEST and all(is_single) and all(text.isascii() or len(text) < 3 for text in others):
        return None  # a word or two, or two characters, may be anything
    if is_of_people and 5 * n >= len(texts):
        needed = 0 if sum(is_single) < n / 2 or _begin_with_surnames(others) else MOST / 2
    return "name" if n_known >= needed * n else None


def _begin_with_surnames(texts: list[str]) -> bool:
    """In Chinese, Japanese and Korean `person` finds no form without a surname."""
    return sum(re.match(r"[\u3400-\u9fff\uac00-\ud7a3]", text) is not None for text in texts) >= MOST * len(texts)


def _judge_texts(texts: list[str]) -> str | None:
    """Addresses, and free text that speaks of people."""
    if sum(ADDRESS.search(text) is not None for text in texts) >= MOST * len(texts):
        return "address"
    is_long = [len(text.split()) >= 4 or (len(text) >= 8 and not text.isascii()) for text in texts]
    if 2 * sum(is_long) < len(texts):
        return None
    n = sum(_speaks_of_people(text) for text in texts)
    return "text" if n and n >= FEW_KNOWN * len(texts) else None


def _speaks_of_people(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    has_name = any(
        first in people.GIVEN and second in people.SURNAMES for first, second in zip(words, words[1:], strict=False)
    )
    return (
        has_name
        or ADDRESSED.search(text) is not None
        or ADDRESSED_IN_CHINESE.search(text) is not None
        or IN_TEXT.search(text) is not None
    )
