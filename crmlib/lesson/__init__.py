"""What a notebook imports: exercises that know the mistake, sentences with numbers from the run, figures to move.

start, show                                 the language and currency of a lesson, and how its tables appear
check, hint, solution, quiz, practice_on    exercises; written with exercise, prediction, judgment, question, Option
say, sentence, needs, enough, show_..., save_table    what a notebook found, for a report to collect
explore                                     a figure to move in JupyterLab, and what a page shows instead
list_lessons                                the lessons there are
"""

from crmlib.lesson.exercises import check, hint, practice_on, quiz, solution
from crmlib.lesson.findings import (
    enough,
    find_main,
    needs,
    save_table,
    say,
    sentence,
    show_doubts,
    show_period,
    show_source,
)
from crmlib.lesson.headlines import show_headline, show_priorities
from crmlib.lesson.shown import show, start
from crmlib.lesson.sources import list_lessons
from crmlib.lesson.widgets import explore
from crmlib.lesson.writing import Option, exercise, judgment, prediction, question

__all__ = [
    "Option",
    "check",
    "enough",
    "exercise",
    "explore",
    "find_main",
    "hint",
    "judgment",
    "list_lessons",
    "needs",
    "practice_on",
    "prediction",
    "question",
    "quiz",
    "save_table",
    "say",
    "sentence",
    "show",
    "show_doubts",
    "show_headline",
    "show_period",
    "show_priorities",
    "show_source",
    "solution",
    "start",
]
