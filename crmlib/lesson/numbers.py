"""What is wrong about a number that is not the one wanted: unit, sign, rounding, or the number itself."""

from __future__ import annotations

import math

import pandas as pd

from crmlib.language import t
from crmlib.lesson.kinds import kind_of

NEAR_ZERO = 1e-9
SMALLEST_ROUNDED = 100  # nobody rounds a count below
TOLERANCE = 1e-6  # relative: what two ways of adding the same numbers may differ by, with room


def number_fault(wanted: float, answer: float, *, tolerance: float, **_: object) -> str | None:
    """What is wrong about a number, in one sentence, or None where it is right."""
    if pd.isna(wanted) or pd.isna(answer):
        if pd.isna(wanted) and pd.isna(answer):
            return None
        if pd.isna(answer):
            return t("It is missing (NaN): look at the steps one by one, and where it first appears.")
        return t("It should be missing (NaN), and is not.")
    wanted, answer = as_float(wanted), as_float(answer)

    if is_close(wanted, answer, tolerance=tolerance):
        return None
    if is_percentage(wanted, answer, tolerance=tolerance):
        return t("That is a percentage; a fraction is wanted: one half is 0.5, not 50.")
    if is_close(wanted, -answer, tolerance=tolerance):
        return t("The size is right, the sign is not: plus and minus are exchanged.")
    if is_rounded(wanted, answer):
        return say_rounded(tolerance)
    if 0 < wanted < 1 < answer:
        return t("Wanted is a number between 0 and 1; yours is larger.")
    if answer < wanted:
        return t("That is not the number wanted: yours is too small.")
    return t("That is not the number wanted: yours is too large.")


def is_nearly(wanted: object, answer: object, *, tolerance: float = TOLERANCE) -> bool:
    """Is `answer` a number that is `wanted` but for rounding, or in percent?

    Examples
    --------
    >>> is_nearly(0.2514, 0.25), is_nearly(0.2514, 25.1), is_nearly(0.2514, 0.26)
    (True, True, False)
    """
    try:
        if {kind_of(wanted), kind_of(answer)} != {"number"} or pd.isna(wanted) or pd.isna(answer):
            return False
        wanted, answer = as_float(wanted), as_float(answer)
    except Exception:  # an object that is no number whatever it says of itself
        return False
    return is_rounded(wanted, answer) or is_percentage(wanted, answer, tolerance=tolerance)


def is_close(wanted: float, answer: float, *, tolerance: float = TOLERANCE) -> bool:
    """Are two numbers the same but for the order in which they were added up?"""
    return math.isclose(wanted, answer, rel_tol=tolerance, abs_tol=NEAR_ZERO)


def is_percentage(wanted: float, answer: float, *, tolerance: float) -> bool:
    """Is `answer` in percent what `wanted` is as a fraction?"""
    exact = math.isclose(wanted, answer / 100, rel_tol=tolerance, abs_tol=NEAR_ZERO)
    return abs(wanted) <= 1 and (exact or is_rounded(wanted * 100, answer))


def is_rounded(wanted: float, answer: float) -> bool:
    """Is `answer` the number wanted, rounded, with two digits left at least?"""
    if not (math.isfinite(wanted) and math.isfinite(answer)):
        return False
    if 0 < abs(wanted) < 1 <= abs(answer):  # a part is not the whole, however near
        return False
    # Money of thousands is also rounded to hundreds; a number of heads is not.
    most = 3 if abs(wanted) >= 1000 and not float(wanted).is_integer() else 0
    for digits in range(-most, 7):
        half = 0.5 * 10.0**-digits * (1 + 1e-9)
        ends_there = math.isclose(answer, round(answer, digits), rel_tol=1e-12)
        if ends_there and abs(answer) >= 10.0 ** (1 - digits) and abs(answer - wanted) <= half:
            return True
    return False


def is_coarse(wanted: float, answer: float) -> bool:
    """Is `answer` the number wanted with a single digit left, or a large count without its last digits?

    Of a count that ends in a zero nobody can tell that it was rounded.

    Examples
    --------
    >>> is_coarse(0.56, 0.6), is_coarse(0.46, 0.5), is_coarse(633, 600), is_coarse(0.56, 0.5), is_coarse(0.96, 1)
    (True, True, True, False, False)
    """
    if wanted == 0 or not (math.isfinite(wanted) and math.isfinite(answer)) or 0 < abs(wanted) < 1 <= abs(answer):
        return False
    is_count = float(wanted).is_integer()
    if is_count and (abs(wanted) < SMALLEST_ROUNDED or wanted % 10 == 0):
        return False
    first = math.floor(math.log10(abs(wanted)))
    return any(_is_rounded_to(wanted, answer, 10.0 ** (first - place)) for place in range(2 if is_count else 1))


def _is_rounded_to(wanted: float, answer: float, unit: float) -> bool:
    """Is it the nearest multiple of a unit? Half-way between two there is none."""
    is_multiple = math.isclose(answer, unit * round(answer / unit), rel_tol=1e-9)
    return is_multiple and answer != 0 and abs(answer - wanted) < unit / 2 * (1 - 1e-9)


def is_known_by_digits(value: float, answer: float, *, digits: int = 3) -> bool:
    """Is an answer, written with so many digits, a value but for rounding, or in percent?"""
    return count_digits(answer) >= digits and is_nearly(value, answer)


def count_digits(number: float) -> int:
    """With how many digits a number is written, zeros at its ends aside.

    Examples
    --------
    >>> count_digits(0.25), count_digits(3500), count_digits(100.0)
    (2, 2, 1)
    """
    return len(f"{abs(number):.12g}".replace(".", "").strip("0").replace("e-", ""))


def say_rounded(tolerance: float, *, whole: bool = False) -> str:
    """What to say of a right number that was rounded, and how many digits it must have."""
    if whole:
        return t("It is right, but rounded: what one counts is a whole number. Give all of it.")
    n_digits = math.ceil(-math.log10(2 * tolerance)) + 1
    return t(
        "Right, but rounded too much: give the number as it was computed, or at least {n} digits of it. "
        "Round only what you show.",
        n=n_digits,
    )


def as_float(number: float) -> float:
    """A number as a float; one beyond all floats, such as 10**400, as infinity."""
    try:
        return float(number)
    except OverflowError:
        return math.copysign(math.inf, number > 0 or -1)
