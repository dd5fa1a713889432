"""Names in texts that are otherwise alike: "refund to Ngozi Okonkwo", "refund to Bjarki Thorvald", 退货-王小明.

What recurs in a column is what it says; two words with a capital that stand in one text only, time and again, are
people, though nobody has heard of them.
"""

from __future__ import annotations

import re
from collections import Counter

from crmlib.intake.mentions import LATIN_WORD, MARK, PARTICLE, may_be_person
from crmlib.intake.persons import HAN, IS, MAY_BE, person

FEWEST, FEWEST_KNOWN = 5, 3  # different names: unheard-of ones, and where some are known
SOME, HALF = 0.25, 0.5  # of them known; of goods, that name people
MOST_TEXTS = 2_000
RUN = re.compile(rf"(?<!\w){LATIN_WORD}\.?(?:,?{PARTICLE} {LATIN_WORD})+")
HAN_RUN = re.compile(rf"(?<!{HAN}){HAN}{{2,4}}(?!{HAN})")
LENGTHS = (4, 3, 2, 1)


def hide_varying(texts: list[str], *, in_goods: bool = False) -> dict[str, str]:
    """The texts of a column that name people in what varies, and how they read without.

    Examples
    --------
    >>> names = ["Ngozi Okonkwo", "Bjarki Thorvald", "Wiremu Tamihana", "Zsofia Kertbeny", "Xochitl Cuauhtli"]
    >>> sorted(set(hide_varying([f"Gutschrift {name}" for name in names]).values()))
    ['Gutschrift ***']
    >>> hide_varying(["退货-王小明", "退货-李娜", "退货-张伟", "销售"])["退货-李娜"]
    '退货-***'
    >>> hide_varying(["Paid via Apple Pay", "Shipped by Royal Mail", "Paid"])
    {}
    """
    texts = list(dict.fromkeys(text.strip() for text in texts))[:MOST_TEXTS]
    n_texts = Counter(word for text in texts for word in set(re.findall(r"[^\W\d_]+", text)))
    ends = Counter() if in_goods else _ends(texts)
    found = {
        text: names
        for text in texts
        if (names := [*_in_words(text, n_texts), *([] if in_goods else _in_han(text, ends))])
    }
    if in_goods and len(found) < HALF * len(texts):  # a few goods only: those whose name is known
        found = {text: [name for name in names if person(name) == IS] for text, names in found.items()}
    names = {name for several in found.values() for name in several}
    n_known = sum(person(name) == IS for name in names)
    needed = 0 if len(names) >= FEWEST and not in_goods else SOME
    if len(names) < FEWEST_KNOWN or n_known < needed * len(names):
        return {}
    return {text: _without(text, several) for text, several in found.items() if several}


def _in_words(text: str, n_texts: Counter) -> list[str]:
    """Two to four words with a capital, beside others, that hardly another text has."""
    found = []
    for run in RUN.finditer(text):
        words = run[0].split(" ")
        while words and n_texts[re.sub(r"\W", "", words[0])] > 2:
            words.pop(0)
        while words and n_texts[re.sub(r"\W", "", words[-1])] > 2:
            words.pop()
        if 2 <= len(words) <= 5 and len(words) < len(text.split()) and may_be_person(words):
            found.append(" ".join(words).strip(","))
    return found


def _ends(texts: list[str]) -> Counter:
    """How often texts begin and end with the same few characters."""
    han = [text for text in texts if re.search(HAN, text)]
    ends = Counter(text[:length] for text in han for length in LENGTHS if len(text) > length)
    return ends + Counter(f"…{text[-length:]}" for text in han for length in LENGTHS if len(text) > length)


def _in_han(text: str, ends: Counter) -> list[str]:
    """Two to four characters that begin with a surname, between what several texts begin or end with."""
    if not re.search(HAN, text):
        return []
    before = next((text[:n] for n in LENGTHS if len(text) > n + 1 and ends[text[:n]] >= FEWEST_KNOWN), "")
    after = next((text[-n:] for n in LENGTHS if len(text) > n + 1 and ends[f"…{text[-n:]}"] >= FEWEST_KNOWN), "")
    for one, other in ((before, after), (before, ""), ("", after)):
        middle = text[len(one) : len(text) - len(other)].strip("-_:：，, /()（）")
        if (one or other) and re.fullmatch(rf"{HAN}{{2,4}}", middle) and person(middle) >= MAY_BE:
            return [middle]
    return [run for run in HAN_RUN.findall(text) if run != text and person(run) == IS]


def _without(text: str, names: list[str]) -> str:
    for name in names:
        text = text.replace(name, MARK)
    return text
