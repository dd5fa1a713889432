"""What lessons of the second pattern owe to those who teach them: a plan, minutes, chosen texts for the slides."""

import re

import nbformat
import pytest
from built import LESSONS, TINY, name_of

from crmlib.kit import decks, editions
from crmlib.kit.lesson_plan import LEADS, read_plan
from crmlib.kit.pattern import keeps_pattern
from crmlib.language import LANGUAGES
from crmlib.lesson import sources

SECOND = [source for source in LESSONS if keeps_pattern(source)]


def find_owed(source):
    """What a lesson of the second pattern lacks for its teachers, one sentence each."""
    title = sources.read_twins(source)[0][0].metadata
    owed = [f"the title has no {mark}=..." for mark in ("minutes", "exercise_minutes") if mark not in title]
    owed += [f"no plan in {language}" for language in LANGUAGES if not read_plan(source, language)]
    return owed + decks.list_unchosen(source)


@pytest.mark.parametrize("source", SECOND, ids=name_of)
def test_a_lesson_of_the_second_pattern_owes_its_teachers_nothing(source):
    assert find_owed(source) == []


def find_unnumbered(cells):
    """The blanks and exercises whose question does not say their number: on a slide nobody would find them."""
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    return [id for id in re.findall(r'^check\("([\d.]+\w)"', code, re.MULTILINE) if f"**{id}**" not in prose]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", SECOND, ids=name_of)
def test_every_question_has_the_number_of_its_blank(source, language):
    assert find_unnumbered(editions.make_edition(source, language).cells) == []


def test_a_question_without_its_number_is_seen():
    cells = [nbformat.v4.new_markdown_cell("**2.1.a** Which?"), nbformat.v4.new_code_cell('check("2.1.a", answer)')]
    assert find_unnumbered(cells) == []
    assert find_unnumbered(cells[1:]) == ["2.1.a"]


def pair(english, chinese, marks=""):
    return f'# %% [markdown] lang="en" {marks}\n# {english}\n\n# %% [markdown] lang="zh"\n# {chinese}\n\n'


LED = ["\n#\n# ".join(f"**{lead}** Say it." for lead in LEADS[language]) for language in LANGUAGES]
PLAN = pair(*LED, 'tags=["notes", "plan"]')
LONG = pair("## All\n#\n# " + "word " * 46, "## 全部\n#\n# 短。", 'slide="slide"')
CHOSEN = pair("Short.", "短。", 'tags=["slide-text"]')


def test_a_lesson_without_plan_minutes_or_text_for_its_slides_is_seen(tiny):
    head = TINY.replace('lang="en"', 'lang="en" minutes=33 exercise_minutes=12', 1)
    tiny.write_text(f"{TINY}\n{LONG}", encoding="utf-8")
    assert find_owed(tiny) == [
        "the title has no minutes=...",
        "the title has no exercise_minutes=...",
        "no plan in en",
        "no plan in zh",
        '1-tiny/analysis.py, en: the prose of "All" is too long for its slide',
    ]
    tiny.write_text(f"{head}\n{PLAN}{LONG}{CHOSEN}", encoding="utf-8")
    assert find_owed(tiny) == []


def test_texts_of_slides_are_in_no_notebook_and_plans_only_in_the_instructors(tiny):
    tiny.write_text(f"{TINY}\n{PLAN}{LONG}{CHOSEN}", encoding="utf-8")
    for language in LANGUAGES:
        cells = {
            kind: [cell.source for cell in editions.make_edition(tiny, language, kind=kind).cells]
            for kind in ("student", "solution", "slides")
        }
        lead = LEADS[language][0]
        assert [any(lead in one for one in cells[kind]) for kind in cells] == [False, True, True]
        assert [any(one in ("Short.", "短。") for one in cells[kind]) for kind in cells] == [False, False, True]


def test_a_result_waits_for_a_click_and_does_not_show_its_code(tiny):
    tiny.write_text(TINY.replace("# %%\nprint", '# %% slide="result"\nprint'), encoding="utf-8")
    result = editions.make_edition(tiny, "en").cells[-1].metadata
    assert result == {"slideshow": {"slide_type": "fragment"}, "tags": ["result"]}
