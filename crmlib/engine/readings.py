"""What is compared of a name, a telephone number, an address ...: the same for everyone, however it was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

import pandas as pd

# Where the dictionary gives the reading of the word, not that of the family.
SURNAMES = dict(
    zip(
        "单曾解仇查任区朴盖乐翟缪员种尉覃逄繁秘召宁卜折重能黑句薄",
        "shan zeng xie qiu zha ren ou piao ge yue zhai miao yun chong yu qin pang po bi shao ning bu she chong nai he"
        " gou bo".split(),
        strict=True,
    )
)  # fmt: skip
DOUBLE_SURNAMES = {
    "尉迟": "yuchi",
    "万俟": "moqi",
    "长孙": "zhangsun",
    "澹台": "tantai",
    "令狐": "linghu",
} | dict.fromkeys(
    ("欧阳", "上官", "诸葛", "司马", "司徒", "夏侯", "东方", "皇甫", "公孙", "慕容", "宇文", "轩辕", "端木", "南宫"), ""
)
TITLES_ZH = re.compile(r"(先生|女士|小姐|太太|老师|师傅)$")
TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof"}
LONGEST_PERSON = 4  # characters; a longer Chinese name is a firm's
HANZI = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]")
STREETS = {
    "street": "st", "avenue": "ave", "av": "ave", "boulevard": "blvd", "blv": "blvd", "road": "rd", "drive": "dr",
    "lane": "ln", "place": "pl", "court": "ct", "square": "sq", "highway": "hwy", "parkway": "pkwy", "north": "n",
    "south": "s", "east": "e", "west": "w", "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th",
    "fifth": "5th", "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
}  # fmt: skip
# Codes of countries after + or 00; within most of these a number begins with 0.
WITHOUT_ZERO = ("1", "7", "30", "34", "36", "39", "45", "47", "48", "52", "55", "65", "351", "420", "852", "853")
WITH_ZERO = ("20", "27", "31", "32", "33", "40", "41", "43", "44", "46", "49", "60", "61", "62", "63", "64", "66", "81")
WITH_ZERO += ("82", "84", "90", "91", "353", "358", "886", "971", "972")
COUNTRY = re.compile(
    rf"(?:\+|00)[\s(]*(?P<code>{'|'.join(sorted((*WITHOUT_ZERO, *WITH_ZERO), key=len, reverse=True))})"
)
Forms = tuple[str, str, str] | None  # what must be the same; how it reads; by what pairs are found


def plain(value: object) -> str:
    """Text without width, case and blanks at its ends: what people type differently and mean alike."""
    return unicodedata.normalize("NFKC", str(value)).casefold().strip()


def letters(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(character for character in text if character.isalnum())


def read(text: str, *, is_person: bool = False) -> str:
    """How a text reads, in the letters a to z and digits: accents taken off, Chinese as pinyin.

    One letter stands for one character of any other script, so that a distance counts characters.

    Examples
    --------
    >>> read("josé"), read("曾悦英", is_person=True), read("吕遥"), read("lyu yao")
    ('jose', 'zengyueying', 'lvyao', 'lvyao')
    """
    if HANZI.search(text):
        text = _pinyin(text, is_person)
    else:
        text = " ".join(re.sub(r"^([ln])(yu|ü)(?!e)", r"\1v", word) for word in text.split())
    text = unicodedata.normalize("NFKD", text.replace("lü", "lv").replace("nü", "nv"))
    kept = [c for c in text if c.isalnum()]
    return "".join(c if c.isascii() else chr(97 + ord(c) % 26) for c in kept)


def _pinyin(text: str, is_person: bool) -> str:
    from pypinyin import lazy_pinyin

    head = ""
    if is_person:
        if text[:2] in DOUBLE_SURNAMES:
            head, text = DOUBLE_SURNAMES[text[:2]] or "".join(lazy_pinyin(text[:2])), text[2:]
        elif text[:1] in SURNAMES:
            head, text = SURNAMES[text[:1]], text[1:]
    return head + "".join(lazy_pinyin(text))


def name_forms(value: str) -> Forms:
    """A name: its letters; how it reads; its sounds in any order."""
    text = TITLES_ZH.sub("", plain(value))
    words = [letters(word) for word in re.split(r"[\s,.·•、，]+", text)]
    words = [word for word in words if word and word not in TITLES]
    whole = "".join(words)
    n_hanzi = len(HANZI.findall(whole))
    has_title = text != plain(value)
    if not whole or (has_title and (n_hanzi == 1 or whole in DOUBLE_SURNAMES)):
        return None  # 杨女士 says no more than a surname
    is_person = n_hanzi == len(whole) <= LONGEST_PERSON
    reading = read(whole if n_hanzi else " ".join(words), is_person=is_person)
    return whole, reading, "".join(sorted(reading))


def text_forms(value: str) -> Forms:
    """Any text: its letters and digits, and how they read."""
    text = plain(value)
    whole = letters(text)
    return (whole, read(text), whole) if whole else None


def code_forms(value: str) -> Forms:
    """A number or code: its letters and digits. One sign over and over, as 00000, is none."""
    whole = letters(plain(value))
    return (whole, whole, whole) if len(set(whole)) > 1 or len(whole) == 1 else None


def phone_forms(value: str) -> Forms:
    """The digits, without the code of China before a number of its own; after + or 00 also without other codes.

    Examples
    --------
    >>> [phone_forms(number)[0] for number in ("+86 154-4108-5533", "+49 (0)228 1234", "0049 228 1234", "+1 415 5550")]
    ['15441085533', '02281234', '02281234', '4155550']
    """
    digits = "".join(character for character in plain(value) if character.isdecimal())
    shown = re.sub(r"^(?:00)?86(?=1\d{10}$|0\d{9,11}$)", "", digits)
    if shown == digits and (abroad := COUNTRY.match(plain(value).lstrip("'"))):
        rest = digits[digits.index(abroad["code"]) + len(abroad["code"]) :]
        shown = rest if abroad["code"] in WITHOUT_ZERO or rest.startswith("0") else f"0{rest}"
    return (shown, shown, shown) if len(set(shown)) > 1 else None


def email_forms(value: str) -> Forms:
    """The address, if it has something on both sides of its @."""
    whole = "".join(plain(value).split())
    local, at, domain = whole.partition("@")
    return (whole, whole, whole) if local and at and domain else None


def date_forms(value: object) -> Forms:
    """Year, month and day as eight digits, and with day and month exchanged."""
    if isinstance(value, pd.Timestamp):
        digits = value.strftime("%Y%m%d")
    else:
        parts = re.fullmatch(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*.*", plain(value))
        digits = "{}{:0>2}{:0>2}".format(*parts.groups()) if parts else re.sub(r"\D", "", plain(value))
    return (digits, digits[:4] + digits[6:] + digits[4:6], digits) if digits else None


def address_forms(value: str) -> Forms:
    """Words and numbers; how the words read; the numbers. Province and city before a street are left out."""
    text = re.sub(r"^(?:[^\d\s]{2,8}?(?:省|自治区))?(?:[^\d\s]{2,6}?市)?(?=.)", "", plain(value))
    text = re.sub(r"(?<=\d)(?:号楼|号院|号|幢|栋|座|室|楼|层|单元)", " ", text.replace("'", ""))
    tokens = re.findall(r"\d+(?:st|nd|rd|th)\b|\d+|[^\W\d_]+", text)
    tokens = [STREETS.get(token, token) for token in tokens]
    words = [token for token in tokens if not token.isdecimal()]
    numbers = " ".join(token for token in tokens if token.isdecimal())
    whole = f"{' '.join(words)} {numbers}".strip()
    return (whole, read("".join(words)), numbers) if whole else None


def category_forms(value: str) -> Forms:
    """A word from a list: itself."""
    whole = plain(value)
    return (whole, whole, whole) if whole else None


KINDS: dict[str, Callable[[object], Forms]] = {
    "name": name_forms,
    "phone": phone_forms,
    "email": email_forms,
    "address": address_forms,
    "date": date_forms,
    "code": code_forms,
    "text": text_forms,
    "category": category_forms,
}


def prepare(column: pd.Series, kind: str) -> pd.DataFrame:
    """The forms of a column, one row per value: same, reads, third, key; missing where nothing is said."""
    forms = cache(KINDS[kind])
    found = [None if pd.isna(value) else forms(value) for value in column]
    table = pd.DataFrame(
        [form or (None, None, None) for form in found],
        index=column.index,
        columns=["same", "reads", "third"],
        dtype="str",
    )
    return table.assign(key=table["third" if kind == "name" else "same"])
