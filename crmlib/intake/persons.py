"""Does a text name a person? From its form, and from the lists of `people`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from crmlib.intake import people

HAN = r"[\u3400-\u9fff\uf900-\ufaff々]"
KANA = r"[\u3040-\u30ff]"
HANGUL = r"[\uac00-\ud7a3]"
# What `person` answers. In scripts without capitals the form says little.
NO, MAY_BE, IS = 0, 1, 2
# A letter and what it carries; Indian scripts write vowels as marks.
WORD = re.compile(r"[^\W\d_]([^\W\d_]|['’\u0300-\u036f\u0900-\u0d7f-])*\.?")
FIRM = re.compile(people.CHINESE_FIRM)
BESIDE = re.compile(rf"\s*[(\[][^)\]]*[)\]]$|[\s,#/-]+\d+$|^\d+[\s,#/-]+|(?<={HAN})\d{{1,4}}$")


def is_firm(text: str) -> bool:
    """Does it say of itself that it is a firm: GmbH, Ltd, 公司?

    Examples
    --------
    >>> is_firm("Vogel GmbH & Co. KG"), is_firm("宁波海天集团有限公司"), is_firm("Dieter Vogel")
    (True, True, False)
    """
    words = re.split(r"[\s,&/()]+", text.casefold())
    return any(word.strip(".") in people.LATIN_FIRM for word in words) or (
        len(text) > 2 and FIRM.search(text) is not None
    )


def without_number(text: str) -> str:
    """A name without what tells people of one name apart.

    Examples
    --------
    >>> [without_number(text) for text in ("Anna Lang (C021)", "王小明2", "1023 Vogel", "C021")]
    ['Anna Lang', '王小明', 'Vogel', 'C021']
    """
    return BESIDE.sub("", unicodedata.normalize("NFKC", text).strip()).strip()


@lru_cache(maxsize=20_000)
def person(text: str) -> int:
    """How surely a text names a person: 0 no, 1 it has the form of a name, 2 it holds a known name as well.

    The form: two to four words that begin with a capital, without digits ("Vogel, Dieter", "Dr. Anna Lang",
    "Иван Петров"); words in a script without capitals; two to four Chinese characters that begin with a
    surname; a Korean or Japanese surname and what follows it. A firm that says so is none.

    Examples
    --------
    >>> [person(text) for text in ("Vogel, Dieter", "王小明", "Blue Ridge", "C021", "宁波", "Vogel GmbH")]
    [2, 2, 0, 0, 0, 0]
    """
    text = without_number(text)
    if not 1 < len(text) <= 60 or any(letter.isdigit() for letter in text) or is_firm(text):
        return NO
    if re.search(HAN, text):
        return _person_in_han(text)
    if re.search(HANGUL, text):
        return _person_in_hangul(text)
    return _person_in_words(text)


def _person_in_han(text: str) -> int:
    """Chinese, also of a minority (阿里木·买买提), and Japanese."""
    plain = re.sub(r"\s+", "", text)
    if re.fullmatch(rf"{HAN}{{2,8}}[·•・]{HAN}{{2,10}}", plain):
        return IS
    for title in people.CHINESE_TITLES:
        if plain.endswith(title) and _surname(plain) in (len(plain) - len(title), 1, 2) and len(plain) <= 6:
            return IS
    for length in (3, 2, 1):
        rest = re.sub("(様|さん)$", "", plain[length:])
        if plain[:length] in people.JAPANESE_SURNAMES and len(plain) > length and not rest:
            return IS
        if plain[:length] in people.JAPANESE_SURNAMES and re.fullmatch(rf"({HAN}|{KANA}){{1,4}}", rest):
            return IS if length > 1 and (text != plain or KANA_NAME.search(rest) or len(plain) > 3) else MAY_BE
    if plain in people.CHINESE_PLACES:
        return NO
    if not re.fullmatch(rf"{HAN}{{2,4}}", plain) or not (length := _surname(plain)) or len(plain) - length > 2:
        return NO
    return IS if set(plain[length:]) <= people.CHINESE_GIVEN else MAY_BE


# A patronymic, or a surname that ends as Russian ones do.
SLAVIC = re.compile(r"\w\w(ович|евич|овна|евна|ский|ская|енко|ова|ева|ёв|ов|ин|ина)$")
KANA_NAME = re.compile(rf"^{KANA}{{2,4}}$|[子美郎太介輔也人香奈]$")


def _surname(text: str) -> int:
    """The length of the Chinese surname a text begins with; 0 where it begins with none."""
    if len(text) > 2 and text[:2] in people.CHINESE_DOUBLE_SURNAMES:
        return 2
    return 1 if text[0] in people.CHINESE_SURNAMES else 0


def _person_in_hangul(text: str) -> int:
    plain = re.sub(r"\s+|님$|씨$", "", text)
    if not re.fullmatch(rf"{HANGUL}{{2,4}}", plain) or plain[0] not in people.KOREAN_SURNAMES:
        return NO
    return IS if len(plain) == 3 and set(plain[1:]) <= people.KOREAN_GIVEN else MAY_BE


def _person_in_words(text: str) -> int:
    words = [word for word in re.split(r"[\s,&]+", text) if word]
    if len(words) == 1 and re.fullmatch(r"[^\W\d_]{2,}([._][^\W\d_]{2,}){1,2}", text):
        words = re.split(r"[._]", text)  # dieter.vogel
    if not all(WORD.fullmatch(word) for word in words):
        return NO
    bare = [word.rstrip(".").casefold().replace("’", "'") for word in words]
    is_titled = any(word in people.HONORIFICS for word in bare)
    kept = [
        (word, plain)
        for word, plain in zip(words, bare, strict=True)
        if plain not in people.HONORIFICS and plain not in people.PARTICLES
    ]
    if not 1 <= len(kept) <= 4 or any(plain in people.NO_NAME for _, plain in kept):
        return NO
    is_known = is_titled or any(_is_known(plain) for _, plain in kept)
    has_form = all(_has_form(word) for word, _ in kept)
    if len(kept) > 1 and has_form and any(map(SLAVIC.search, bare)):
        return IS
    if len(kept) == 1 and not is_titled:  # a given name or a surname alone
        return IS if is_known and len(words) == 1 and len(kept[0][1]) > 2 else NO
    if all(len(plain) == 1 for _, plain in kept):
        return NO
    return IS if is_known else MAY_BE if has_form else NO


def _is_known(word: str) -> bool:
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    parts = {*word.split("-"), *plain.split("-")}
    return not parts.isdisjoint(people.GIVEN) or not parts.isdisjoint(people.SURNAMES) or word in people.SURNAMES


def _has_form(word: str) -> bool:
    """Does it begin with a capital, or has its script none?"""
    if word.upper() == word.lower():
        return True
    return word[0].isupper() and (not word.isupper() or len(word.rstrip(".")) == 1)
