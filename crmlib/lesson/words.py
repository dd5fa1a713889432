"""Is a text a judgment: sentences of one's own, and not one word, one word many times, or the question again?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crmlib.language import t

FEWEST_WORDS, FEWEST_CHARACTERS = 15, 25  # English words, Chinese characters: a sentence and a reason
FEWEST_SENTENCES = 2
SAME = 0.8  # of the words of a text that stand in the question too


def fault_of_words(text: str, asked: Iterable[str] = ()) -> str | None:
    """What a judgment lacks, said kindly, or None where it holds real sentences.

    Parameters
    ----------
    text : str
        What was written.
    asked : iterable of str
        Texts that a student may only have copied: the question's hints.

    Examples
    --------
    >>> fault_of_words("Yes.")
    'That is a beginning. Write two sentences or more: what you would do, and why.'
    >>> fault_of_words("I would keep them for a year. Their cost would stay when they leave.")
    """
    words = re.findall(r"[\u4e00-\u9fff]|[^\W\d_]+", text.lower())
    chinese = sum("\u4e00" <= word <= "\u9fff" for word in words)
    fewest = FEWEST_CHARACTERS if chinese > len(words) / 2 else FEWEST_WORDS
    sentences = [
        one for one in re.split(r"[.!?。！？；;\n]+", text) if len(re.findall(r"[\u4e00-\u9fff]|\w+", one)) >= 3
    ]
    if len(words) >= 4 and len(set(words)) < min(len(words) / 2, 8):
        return t("The same words come again and again. Say in sentences of your own what you would do, and why.")
    for copied in asked:
        theirs = set(re.findall(r"[\u4e00-\u9fff]|[^\W\d_]+", copied.lower()))
        if words and len(theirs) > 3 and sum(word in theirs for word in words) / len(words) >= SAME:
            return t("That is what was asked. What do you say to it, and why?")
    if len(words) < fewest and len(sentences) < FEWEST_SENTENCES:
        return t("That is a beginning. Write two sentences or more: what you would do, and why.")
    return None
