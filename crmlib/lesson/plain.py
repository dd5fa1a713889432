"""Mistakes about a number that need no data: the rest for the part, one over it, a zero too many."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from crmlib.language import t
from crmlib.lesson.numbers import count_digits

FEWEST = 5  # in a table of three plans or four tiers, a third of something is more often chance than a mean
HUNDRED = 100
FACTORS = (10.0, 100.0, 1000.0, 10_000.0)


class Known(NamedTuple):
    """A general mistake: its name for programs, the value that it leads to, and what to say."""

    name: str
    value: object
    advice: str


def list_plain(wanted: float) -> Iterator[Known]:
    """What a wrong turn makes of the number wanted, the plainest first.

    Examples
    --------
    >>> [(one.name, round(one.value, 2)) for one in list_plain(0.8)][:3]
    [('sign', -0.8), ('complement', 0.2), ('factor', 8.0)]
    """
    if wanted == 0 or not math.isfinite(wanted):
        return
    yield Known("sign", -wanted, t("The size is right, the sign is not: plus and minus are exchanged."))
    is_part = 0 < wanted < 1
    if is_part:
        rest = t("That is the rest of the whole: the two make one. Which of the two is asked for?")
        yield Known("complement", 1 - wanted, rest)
    for factor in FACTORS:
        advice = t(
            "The digits are right, the place of the point is not: yuan or 10,000 yuan, percent or per thousand, a zero "
            "too many or too few?"
        )
        yield Known("factor", wanted * factor, advice)
        yield Known("factor", wanted / factor, advice)
    yield Known("inverse", 1 / wanted, t("You divided the wrong way round: exchange what is above and below."))
    if is_part:
        yield Known(
            "odds", wanted / (1 - wanted), t("You divided by the rest. Divide by the whole, this part included.")
        )
    if -1 < wanted < 1:
        yield Known("plus one", 1 + wanted, t("That is after divided by before. The change is what it is above one."))
        base = t("You divided by what there is afterwards. A change is measured on what there was before.")
        yield Known("other base", wanted / (1 + wanted), base)
    two = t("It is off by a factor of two: was something counted twice, or halved?")
    if count_digits(wanted) > 2 or abs(wanted) > HUNDRED:  # a half of a small number is many things
        yield from (Known("two", wanted * factor, two) for factor in (2.0, 0.5))
    if 1 < wanted < HUNDRED and not float(wanted).is_integer():  # a sum of money is no ratio
        yield Known(
            "minus one", wanted - 1, t("One is missing: that is the change, and after divided by before is asked.")
        )


def list_by_counts(wanted: float, counts: dict[str, int], *, divides: bool = True) -> Iterator[Known]:
    """A mean for a sum and the other way round: `counts` are how many rows, customers or orders there are.

    Only where the right way divides (`divides`) somebody may have divided by another number of things, or not at all.

    Examples
    --------
    >>> [(one.name, one.value) for one in list_by_counts(50.5, {"rows": 10})]
    [('sum for mean', 505.0), ('mean for sum', 5.05)]
    """
    whole = isinstance(wanted, int) or float(wanted).is_integer()
    several = sorted({n for n in counts.values() if n > 2})
    for n in several:
        if 0 < wanted < 1:
            yield Known(
                "number for share",
                wanted * n,
                t("That is how many. The share is asked for: divide by how many there are."),
            )
            continue
        if n < FEWEST:
            continue
        if divides:
            yield Known(
                "sum for mean",
                wanted * n,
                t("That is the sum over all. The mean is asked for: divide by how many there are."),
            )
        yield Known(
            "share for number" if whole and wanted <= n else "mean for sum",
            wanted / n,
            t("That is a share. How many there are is asked for.")
            if whole and wanted <= n
            else t("You divided by how many there are. The whole is asked for."),
        )
        if whole and wanted < n:
            yield Known("the others", n - wanted, t("You counted the others: all but those who are asked for."))
    advice = t("You divided by another number of things: which things does the question ask about?")
    things = [n for n in several if divides and n >= FEWEST]
    pairs = [(above, below) for above in things for below in things if above != below]
    yield from (Known("other count", wanted * above / below, advice) for above, below in pairs)
