"""English or Chinese: labels, sentences, numbers and the font that can draw them.

One call at the top of a notebook, ``language.use("zh")``, sets the language for all that follows;
``with language.speaking("zh"):`` does for a while. ``t("...")`` gives a text in that language,
``plural(n, "1 row", "{n} rows")`` one with a number. A test refuses a text that has no twin.
"""

from crmlib.language.fonts import drawable, use_fonts
from crmlib.language.formats import FEW, money, number, out_of, percent, span
from crmlib.language.tables import for_reading, translate
from crmlib.language.texts import LANGUAGES, current, find_twin, later, plural, speaking, t, use

__all__ = [
    "FEW",
    "LANGUAGES",
    "current",
    "drawable",
    "find_twin",
    "for_reading",
    "later",
    "money",
    "number",
    "out_of",
    "percent",
    "plural",
    "span",
    "speaking",
    "t",
    "translate",
    "use",
    "use_fonts",
]
