"""What a lesson says for those who teach it: minutes, shown to students too, and the lesson's plan (教案).

The plan is a pair of prose cells tagged ``["notes", "plan"]``, each with four leads in bold, one to a paragraph:

    **Key point** ...    **Hard point** ...    **Board** ...    **Homework** ...
    **重点** ...         **难点** ...          **板书** ...     **作业** ...

Minutes stand in the marks of the title: ``minutes=33`` of teaching and ``exercise_minutes=12`` for the exercises.
"""

from __future__ import annotations

import re
from pathlib import Path

from crmlib.language import LANGUAGES
from crmlib.lesson.sources import name_of, read_twins

PLAN = "plan"  # the tag
LEADS = {"en": ("Key point", "Hard point", "Board", "Homework"), "zh": ("重点", "难点", "板书", "作业")}
MINUTES = {
    "en": "*{minutes} minutes of teaching · {exercise_minutes} minutes of exercises*",
    "zh": "*讲授 {minutes} 分钟 · 练习 {exercise_minutes} 分钟*",
}


def tell_minutes(source: str, marks: dict, language: str) -> str:
    """A title cell with its minutes in the line below the title, where its marks say both.

    Examples
    --------
    >>> print(tell_minutes("# Who pays?\\n\\nAll do.", {"minutes": 33, "exercise_minutes": 12}, "en"))
    # Who pays?
    <BLANKLINE>
    *33 minutes of teaching · 12 minutes of exercises*
    <BLANKLINE>
    All do.
    """
    if not {"minutes", "exercise_minutes"} <= set(marks):
        return source
    return re.sub(r"^(# .+)$", rf"\1\n\n{MINUTES[language].format(**marks)}", source, count=1, flags=re.MULTILINE)


def without_minutes(text: str) -> str:
    """The text of a title without that line, for a slide: the speaker's minutes stand in its corner.

    Examples
    --------
    >>> without_minutes("*33 minutes of teaching · 12 minutes of exercises*\\n\\nAll do.")
    'All do.'
    """
    lines = "|".join(re.sub(r"\\{\w+\\}", r"\\d+", re.escape(line)) for line in MINUTES.values())
    return re.sub(rf"\A\s*(?:{lines})\s*", "", text)


def read_plan(source: Path, language: str) -> dict[str, str]:
    """The plan of a lesson, by its leads in a language; empty where it has none.

    Raises
    ------
    ValueError
        A lead is missing, stands twice or says nothing; the message names it.
    """
    cells = [twins[LANGUAGES.index(language)] for twins in read_twins(source) if _is_plan(twins[0])]
    if not cells:
        return {}
    return split_plan("\n\n".join(cell.source for cell in cells), language, name_of(source))


def split_plan(text: str, language: str, name: str) -> dict[str, str]:
    """What stands behind each of the leads of a plan.

    Examples
    --------
    >>> plan = "**Key point** A.\\n\\n**Hard point** B.\\n\\n**Board** C.\\n\\n**Homework** D."
    >>> split_plan(plan, "en", "1-the-pyramid")["Board"]
    'C.'
    """
    leads = LEADS[language]
    parts = re.split(rf"^\*\*({'|'.join(leads)})[:：]?\*\*[:：]?", text, flags=re.MULTILINE)
    found = [(lead, said.strip()) for lead, said in zip(parts[1::2], parts[2::2], strict=True)]
    if [lead for lead, _ in found] != list(leads) or not all(said for _, said in found):
        example = "  ".join(f"**{lead}** ..." for lead in leads)
        raise ValueError(
            f"{name}: the plan must have the leads {', '.join(leads)}, each once, in this order, with something behind "
            f"it; found {[lead for lead, said in found if said]}. Write paragraphs that begin so: {example}"
        )
    return dict(found)


def _is_plan(cell: dict) -> bool:
    return PLAN in cell.metadata.get("tags", [])
