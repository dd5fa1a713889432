"""How a guess stands: close, too small, too large, far off; never how large the value is."""

from __future__ import annotations

import math
from numbers import Integral

import pandas as pd

from crmlib.language import t
from crmlib.lesson.display import join_sentences
from crmlib.lesson.kinds import NUMERALS, kind_of, wrong_kind
from crmlib.lesson.numbers import as_float
from crmlib.lesson.typed import read_typed

MORE_THAN_A_SHARE = 1.5  # who guesses so much of a whole has written percent


def tell_guess(value: float, guess: object, *, near: float) -> tuple[str | None, str]:
    """How a guess stands, as a word for programs and as a sentence; no word where it is not a number at all.

    Parameters
    ----------
    value : float
        What is guessed.
    guess : object
        Any number; a percentage of a share is read as one, and told so.
    near : float
        How far off a close guess may be, as a part of the value.

    Examples
    --------
    >>> tell_guess(0.6, 0.55, near=0.2)
    ('close', 'Your guess is close.')
    >>> tell_guess(0.6, 0.2, near=0.2)[1]
    'Your guess is far too small: less than half.'
    """
    typed = read_typed(guess) if type(guess) in (str, tuple) else None
    if typed is not None:
        stands, said = tell_guess(value, typed, near=near)
        return stands, join_sentences(t("Write it as a plain number: 0.5, without quotes, commas and signs."), said)
    if type(guess) is str and not NUMERALS.search(guess):
        return None, t("Guess a number, whichever seems likely to you.")
    if kind_of(guess) != "number":
        return None, wrong_kind("number", guess)
    if pd.isna(guess) or not math.isfinite(as_float(guess)):
        return None, t("Guess a number, whichever seems likely to you.")
    advice = ""
    if _is_percentage(value, float(guess)):
        advice = t("Read as a percentage; a share is written as a fraction: one half is 0.5, not 50.")
        guess = guess / 100
    stands = place_guess(float(value), float(guess), near=near)
    return stands, join_sentences(advice, _say(stands))


def place_guess(value: float, guess: float, *, near: float) -> str:
    """Where a guess stands beside the value: "close", "too small", "far too large", "other sign" ...

    Examples
    --------
    >>> place_guess(100, 90, near=0.2), place_guess(100, 250, near=0.2), place_guess(-5, 5, near=0.2)
    ('close', 'far too large', 'other sign')
    """
    if abs(guess - value) <= near * (abs(value) or 1.0):
        return "close"
    if value * guess < 0:
        return "other sign"
    if abs(guess) > abs(value):
        return "far too large" if abs(guess) > 2 * abs(value) > 0 else "too large"
    return "far too small" if abs(guess) < abs(value) / 2 else "too small"


def _say(stands: str) -> str:
    return {
        "close": t("Your guess is close."),
        "too small": t("Your guess is too small."),
        "too large": t("Your guess is too large."),
        "far too small": t("Your guess is far too small: less than half."),
        "far too large": t("Your guess is far too large: more than twice."),
        "other sign": t("Your guess has the other sign: plus and minus are exchanged."),
    }[stands]


def _is_percentage(value: float, guess: float) -> bool:
    is_share = not isinstance(value, Integral) and -1 < value < 1 and value != 0
    return is_share and MORE_THAN_A_SHARE < abs(guess) <= 100
