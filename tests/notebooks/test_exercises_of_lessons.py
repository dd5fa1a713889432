"""The exercises in a lesson: asked once each, blank for students, worked for instructors."""

import ast
import inspect
import re
import warnings
from collections import Counter
from itertools import groupby

import pytest
from built import EDITIONS, LESSONS, language_of, name_of, name_of_edition, read, read_checks, run_lesson

from crmlib.kit import editions, pattern
from crmlib.language import LANGUAGES, speaking
from crmlib.lesson import exercise_files, exercises, replies, sources
from crmlib.lesson.kinds import kind_of
from crmlib.lesson.numbers import is_close
from crmlib.lesson.writing import Exercise, Judgment, Option, Prediction, Question, question

KEEPING = [source for source in LESSONS if pattern.keeps_pattern(source)]


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


@pytest.mark.parametrize("source", LESSONS, ids=name_of)
def test_a_solution_finds_its_data_under_names_of_the_lesson(source):
    text = source.read_text(encoding="utf-8")
    nodes = ast.walk(ast.parse(text))
    names = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    first = re.search(r'^(?:check|quiz)\("([\w.]+)"', text, flags=re.MULTILINE)[1]
    items = exercise_files.read_exercises(exercise_files.exercises_path(first)).items()
    asked = {id: set(inspect.signature(item.function).parameters) for id, item in items if isinstance(item, Exercise)}
    assert {id: data - names for id, data in asked.items() if data - names} == {}


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
        said = item.texts() if isinstance(item, Prediction) else said
        for told in notes.values():
            own = next((text for text in told if f"**{id}**" in text), "")
            assert own.count("\n- ") == len(said) + isinstance(item, Prediction)  # and how near is close
            assert language == "zh" or all(sentence.replace("$", r"\$").replace("*", r"\*") in own for sentence in said)
    assert all("```python" in text for text in notes["slides"]) and not any("```" in text for text in notes["solution"])
    heads = ("程序认得的错误", "好的回答会权衡", "先猜")
    assert language == "en" or all(any(head in text for head in heads) for text in notes["solution"])


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


# --- lessons that keep the pattern ------------------------------------------------------------------


def items_of(source):
    number = name_of(source).split("/")[1].split("-")[0]
    return exercise_files.read_exercises(source.with_name(f"{number}-exercises.py")).values()


def read_shown(text):
    """The numbers that a text shows, each with the unit of its last digit; a percentage as a fraction."""
    for found in re.finditer(r"(?<![\w.])(-?\d[\d,]*(?:\.\d+)?)(?!\w) ?(%?)", text):
        written = found[1].replace(",", "")
        if len(written.lstrip("-0.").replace(".", "")) >= 3:  # shorter ones stand everywhere by chance
            scale = 0.01 if found[2] else 1.0
            digits = len(written.partition(".")[2])
            yield float(written) * scale, 10.0**-digits * scale


def says(text, wanted):
    """Does a text show a number, or its percentage, rounded as the text writes it?"""
    if kind_of(wanted) != "number":
        return False
    shown = list(read_shown(text))
    return any(
        abs(value - size) <= unit / 2 * (1 + 1e-9) for value, unit in shown for size in (abs(wanted), abs(wanted) * 100)
    )


def outputs_before(notebook):
    """The text of the outputs above each check, by the exercise's id."""
    above, texts = [], {}
    for cell in notebook.cells:
        for id in re.findall(r"^check\([\"']([\w.]+)", cell.source if cell.cell_type == "code" else "", re.MULTILINE):
            texts[id] = "\n".join(above)
        for output in cell.get("outputs", []):
            above.append(output.get("text", "") or output.get("data", {}).get("text/plain", ""))
    return texts


def compute_all(item, source):
    """The value wanted and those of the mistakes, on the lesson's own data."""
    names, at_hand = run_lesson(source)
    data = {**at_hand, **names} if exercise_files.is_inside(item.id) else at_hand
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = [replies.compute(item, mistake.function, data) for mistake in getattr(item, "mistakes", [])]
        return replies.compute(item, item.function, data), values


@pytest.mark.parametrize("source", KEEPING, ids=name_of)
def test_an_exercise_knows_four_mistakes(source):
    known = {item.id: len(item.mistakes) for item in items_of(source) if isinstance(item, Exercise)}
    assert {id: n for id, n in known.items() if n < 4} == {}


@pytest.mark.parametrize("source", KEEPING, ids=name_of)
def test_every_trap_changes_the_answer_on_the_lessons_own_data(source):
    harmless = []
    for item in (one for one in items_of(source) if isinstance(one, Exercise)):
        wanted, values = compute_all(item, source)
        names = [mistake.function.__name__ for mistake in item.mistakes]
        harmless += [
            f"{item.id} {name}: the answer"
            for name, v in zip(names, values, strict=True)
            if not item.compare(wanted, v)
        ]
        harmless += [
            f"{item.id} {names[i]}: as {names[j]}"
            for i in range(len(values))
            for j in range(i)
            if not item.compare(values[j], values[i])
        ]
    assert harmless == []


@pytest.mark.parametrize("source", KEEPING, ids=name_of)
def test_no_answer_is_a_variable_of_the_notebook(source):
    names, _ = run_lesson(source)
    numbers = {name: value for name, value in names.items() if kind_of(value) == "number" and not name.startswith("_")}
    found = []
    for item in (one for one in items_of(source) if isinstance(one, Exercise) and not exercise_files.is_inside(one.id)):
        wanted, _ = compute_all(item, source)
        if kind_of(wanted) == "number":
            found += [
                f"{item.id} is {name}" for name, value in numbers.items() if is_close(float(value), float(wanted))
            ]
    assert found == []


@pytest.mark.parametrize("source", KEEPING, ids=name_of)
def test_no_answer_was_shown_before(source):
    path = sources.edition_path(source, "en", editions.NOTEBOOKS)
    if not path.exists():
        pytest.skip("not built yet")
    above = outputs_before(read(path))
    items = [item for item in items_of(source) if isinstance(item, (Exercise, Prediction)) and item.id in above]
    assert [item.id for item in items if says(above[item.id], compute_all(item, source)[0])] == []


def find_lopsided(questions):
    """What gives the right choice of a chapter's questions away: its place, or its length."""
    n = len(questions)
    right = [next(place for place, option in enumerate(one.options) if option.right) for one in questions]
    longest = [
        all(len(one.options[place].text) > len(other.text) for other in one.options if not other.right)
        for one, place in zip(questions, right, strict=True)
    ]
    faults = [
        f"{'ABCDE'[place]} is right in {times} of {n}" for place, times in Counter(right).items() if times > n / 2
    ]
    return faults + ([f"the longest is right in {sum(longest)} of {n}"] if sum(longest) > n / 2 else [])


@pytest.mark.parametrize("chapter", [list(group) for _, group in groupby(KEEPING, lambda source: source.parent)])
def test_the_right_choice_is_neither_in_one_place_nor_the_longest(chapter):
    assert find_lopsided([item for source in chapter for item in items_of(source) if isinstance(item, Question)]) == []


# --- proof that these see what they are for ---------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted", "shown"),
    [
        ("the best fifth: 79.7%", 0.79704, True),
        ("the best fifth: 79.7%", 0.7981, False),
        ("spent ¥88,649 in all", 88649.31, True),
        ("spent ¥88,649 in all", 88651.0, False),
        ("share 0.797", 0.79704, True),
        ("16\n%", 0.157, False),
        ("80%", 0.80, False),  # too short to tell
        ("a loss of 1,234.5", -1234.5, True),
        ("c00797", 797.0, False),
    ],
)
def test_a_number_that_was_shown_is_seen(text, wanted, shown):
    assert says(text, wanted) is shown


def test_questions_that_give_themselves_away_are_seen():
    long = [Option("No", ""), Option("Yes, and much longer", "", right=True)]
    short = [Option("Yes", "", right=True), Option("No, not at all", "")]
    same = [question(f"9.9.q{n}", "?", long) for n in range(3)]
    assert find_lopsided(same) == ["B is right in 3 of 3", "the longest is right in 3 of 3"]
    assert find_lopsided([*same[:1], question("9.9.q4", "?", short)]) == []
