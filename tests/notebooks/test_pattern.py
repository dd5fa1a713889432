"""Lessons that say they keep the pattern (docs/lesson-pattern.md) do."""

import re

import pytest
from built import LESSONS, name_of

from crmlib.kit import pattern
from crmlib.lesson.sources import read_twins

KEEPING = [source for source in LESSONS if pattern.keeps_pattern(source)]
# Steps that a student who has had "a little pandas" cannot read: a named helper does them, shown once on the eight.
TOO_CLEVER = r"hypergeom|np\.convolve|\.diff\(\)\.loc|lambda|translate\(|\bmap\(lambda|pd\.concat\(|\.pipe\(|functools"


def codes_of(source):
    return [cell.source for cell in pattern.cells_before_exercises(source) if cell.cell_type == "code"]


@pytest.mark.parametrize("source", KEEPING, ids=name_of)
def test_a_lesson_is_as_short_as_the_pattern_asks(source):
    measured = pattern.measure_lesson(source)
    assert measured[measured > pattern.MOST].to_dict() == {}


@pytest.mark.parametrize("source", KEEPING, ids=name_of)
def test_a_sentence_stands_between_two_cells_of_code(source):
    assert pattern.find_crowded(source) == []


@pytest.mark.parametrize("source", KEEPING, ids=name_of)
def test_nothing_is_too_clever_for_a_little_pandas(source):
    assert [found for code in codes_of(source) for found in re.findall(TOO_CLEVER, code)] == []


@pytest.mark.parametrize("source", KEEPING, ids=name_of)
def test_sentences_take_their_values_by_name(source):
    said = [code[code.index("say(") :] for code in codes_of(source) if "say(" in code]
    assert [one for one in said if re.search(r"^\s+\w+=", one, flags=re.MULTILINE)] == []


@pytest.mark.parametrize("source", KEEPING, ids=name_of)
def test_the_student_fills_blanks_before_the_exercises_and_has_three_to_five_of_them(source):
    before = re.findall(r"check\(\"\d+\.\d+\.([a-z])\"", "\n".join(codes_of(source)))
    assert len(before) >= 2  # one after the hand calculation, one prediction
    assert before == sorted(before)
    everything = "\n".join(cell.source for cell, _ in read_twins(source) if cell.cell_type == "code")
    assert 3 <= len(re.findall(r"check\(\"\d+\.\d+\.\d+\"", everything)) <= 5
    assert len(re.findall(r"quiz\(", everything)) >= 3


@pytest.mark.parametrize("source", KEEPING, ids=name_of)
def test_a_class_of_45_minutes(source):
    marks = read_twins(source)[0][0].metadata
    assert marks["minutes"] + marks["exercise_minutes"] <= 45
    assert marks["exercise_minutes"] >= 10


def test_a_lesson_that_is_too_long_is_seen(tmp_path):
    lesson = tmp_path / "1-long.py"
    cell = "# %%\nn = 1\n"
    lesson.write_text(
        '# %% [markdown] lang="en" pattern=2\n# # Long\n\n# %% [markdown] lang="zh"\n# # 长\n\n' + cell * 26
    )
    assert pattern.keeps_pattern(lesson)
    assert pattern.measure_lesson(lesson)["code_cells"] == 26 > pattern.MOST["code_cells"]
    assert len(pattern.find_crowded(lesson)) == 25
