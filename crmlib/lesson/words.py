"""Is a text a judgment: sentences of one's own, and not one word, one word many times, or the question again?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crmlib.language import t

FEWEST_WORDS, FEWEST_CHARACTERS = 15, 25  # English words, Chinese characters: a sentence and a reason
FEWEST_SENTENCES = 2
SAME = 0.8  # of the words of a text that stand in the question too, or of its pairs of neighbors
ENGLISH = """a an and are as at be because but by can do does for from have how i if in is it its more no not of on one
or our she that the their them then they this those to we what when which who will with would you he her so than"""
CHINESE = "的了是不我会先再要他她它们这那有在把也就和对看问多少人钱为因所以果但没可能应该如个给让与"
# Two sentences in a row without any two of these are keys that were struck.
COMMON = {*ENGLISH.split(), *CHINESE}


def fault_of_words(text: str, asked: Iterable[str] = ()) -> str | None:
    """What a judgment lacks, said kindly, or None where it holds real sentences.

    Parameters
    ----------
    text : str
        What was written.
    asked : iterable of str
        Texts that a student may only have copied: the question and its hints.

    Examples
    --------
    >>> fault_of_words("Yes.")
    'That is a beginning. Write two sentences or more: what you would do, and why.'
    >>> fault_of_words("I would keep them for a year. Their cost would stay when they leave.")
    """
    words = split_words(text)
    chinese = sum("\u4e00" <= word <= "\u9fff" for word in words)
    fewest = FEWEST_CHARACTERS if chinese > len(words) / 2 else FEWEST_WORDS
    written = [tuple(split_words(one)) for one in re.split(r"[.!?。！？；;\n]+", text)]
    sentences = [one for one in written if len(one) >= 3]
    is_repeated = len(sentences) > 1 and len(set(sentences)) <= len(sentences) / 2
    if is_repeated or (len(words) >= 4 and len(set(words)) < min(len(words) / 2, 8)):
        return t("The same words come again and again. Say in sentences of your own what you would do, and why.")
    if words and any(_is_copied(words, split_words(one)) for one in asked):
        return t("That is what was asked. What do you say to it, and why?")
    if len(words) < fewest and len(sentences) < FEWEST_SENTENCES:
        return t("That is a beginning. Write two sentences or more: what you would do, and why.")
    if len(COMMON.intersection(words)) < 2:
        return t("These do not read as sentences. Say in words what you would do, and why.")
    return None


def split_words(text: str) -> list[str]:
    """English words and Chinese characters, in order."""
    return re.findall(r"[\u4e00-\u9fff]|[^\W\d_\u4e00-\u9fff]+", text.lower())


def _is_copied(words: list[str], theirs: list[str]) -> bool:
    """Are they the words of a short text, or mostly neighbors in a long one, in which every common word stands?"""
    if len(set(theirs)) <= 3:
        return False
    if len(theirs) < FEWEST_CHARACTERS:
        return sum(word in theirs for word in words) / len(words) >= SAME
    pairs, known = list(zip(words, words[1:], strict=False)), set(zip(theirs, theirs[1:], strict=False))
    return len(pairs) > 0 and sum(pair in known for pair in pairs) / len(pairs) >= SAME
