"""The exercises in a lesson: asked once each, blank for students, worked for instructors."""

import re

import pytest
from built import EDITIONS, LESSONS, language_of, name_of, name_of_edition, read, read_checks

from crmlib.kit import editions
from crmlib.language import LANGUAGES, speaking
from crmlib.lesson import exercise_files, exercises
from crmlib.lesson.writing import Judgment


@pytest.mark.parametrize("path", EDITIONS, ids=name_of_edition)
def test_exercises_are_blank_in_the_student_edition_and_say_so_as_today(path, capsys):
    checks = [cell for cell in read(path).cells if "exercise" in cell.metadata.get("tags", [])]
    for cell in checks:
        (output,) = cell.outputs
        mark = output.metadata["crmlib"]
        assert mark["state"] == "not attempted"
        with speaking(language_of(path)):
            exercises.check(mark["id"], ...)
        assert capsys.readouterr().out == output.data["text/plain"] + "\n"
    assert len(checks) == len(read_checks(read(path)))


@pytest.mark.parametrize("source", LESSONS, ids=name_of)
def test_every_exercise_of_a_lesson_is_asked_and_none_is_left_over(source):
    text = source.read_text(encoding="utf-8")
    asked = re.findall(r'^(?:check|quiz)\("([\w.]+)"', text, flags=re.MULTILINE)
    assert asked != []
    assert sorted(asked) == sorted(exercise_files.read_exercises(exercise_files.exercises_path(asked[0])))


@pytest.mark.parametrize("language", LANGUAGES)
def test_instructors_read_beside_an_exercise_what_students_get_wrong(language):
    lesson = next(source for source in LESSONS if name_of(source).endswith("1-the-pyramid"))
    notes = {}
    for kind in ("solution", "slides"):
        cells = editions.make_edition(lesson, language, kind=kind).cells
        at = [i for i, cell in enumerate(cells) if "exercise" in cell.metadata.get("tags", [])]
        notes[kind] = [cells[i + 1].source for i in at]
    for id, item in exercise_files.read_exercises(exercise_files.exercises_path("2.1.1")).items():
        said = (
            item.weighs if isinstance(item, Judgment) else [mistake.advice for mistake in getattr(item, "mistakes", [])]
        )
        for told in notes.values():
            own = next((text for text in told if f"**{id}**" in text), "")
            assert own.count("\n- ") == len(said)
            assert language == "zh" or all(sentence.replace("$", r"\$").replace("*", r"\*") in own for sentence in said)
    assert all("```python" in text for text in notes["slides"]) and not any("```" in text for text in notes["solution"])
    assert language == "en" or all("程序认得的错误" in text or "好的回答会权衡" in text for text in notes["solution"])


def test_a_blank_is_filled_with_the_correct_code():
    filled = editions.fill_blank('# yours\nmost = ...  # a number\ncheck("0.0.1", most)', "en", "x.py")
    assert filled.splitlines()[0] == "# yours"
    assert filled.splitlines()[-2:] == ["most = spent.max()", 'check("0.0.1", most)']


@pytest.mark.parametrize(
    "code", ['check("0.0.1", 3)', 'a = ...\nb = ...\ncheck("0.0.1", a)', 'a = ...\ncheck("0.0.1", b)']
)
def test_an_exercise_without_its_one_blank_is_refused(code):
    with pytest.raises(ValueError, match="a cell with the tag exercise must have one blank and its check"):
        editions.fill_blank(code, "en", "x.py")
