"""Predictions and blanks inside a lesson: what a guess is told, and what a blank is computed on."""

import re
from pathlib import Path

import pandas as pd
import pytest

from crmlib import language
from crmlib.kit import editions
from crmlib.lesson import exercise, exercise_files, exercises, prediction
from crmlib.lesson.exercises import check, practice_on, solution
from crmlib.lesson.guesses import tell_guess

HERE = Path(__file__)


@exercise("9.8.a", why="Half of it all.", hints=["Add up all.", "Divide by the sum."])
def share_of_a(eight):
    """A's 60 of 100."""
    return eight["A"] / eight.sum()


@prediction("9.8.b", near=0.2, why="Where does the line bend?")
def best_two(eight):
    return eight.nlargest(2).sum() / eight.sum()


@pytest.fixture(autouse=True)
def only_ours(monkeypatch):
    ours = {item.id: item for item in (share_of_a, best_two)}
    find, read = exercise_files.exercises_path, exercise_files.read_exercises
    monkeypatch.setattr(exercises, "_at_hand", {})
    monkeypatch.setattr(exercise_files, "exercises_path", lambda id: HERE if str(id).startswith("9.8") else find(id))
    monkeypatch.setattr(exercise_files, "read_exercises", lambda path: ours if path is HERE else read(path))


def ask(capsys, id, *answer):
    eight = pd.Series({"A": 60.0, "B": 20.0, "C": 15.0, "D": 5.0})
    assert eight.sum() == 100
    check(id, *answer)
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("value", "guess", "stands"),
    [
        (0.8, 0.8, "close"),
        (0.8, 0.64, "close"),
        (0.8, 0.95, "close"),
        (0.8, 0.5, "too small"),
        (0.8, 0.3, "far too small"),
        (0.4, 0.7, "too large"),
        (0.4, 0.9, "far too large"),
        (120, 100, "close"),
        (120, 50, "far too small"),
        (-200.0, 150.0, "other sign"),
        (-200.0, -150.0, "too small"),
        (0.0, 0.1, "close"),
        (0.0, 5.0, "too large"),
        (3, 10**300, "far too large"),
    ],
)
def test_a_guess_is_told_how_it_stands(value, guess, stands):
    assert tell_guess(value, guess, near=0.2)[0] == stands


def test_a_percentage_is_read_as_one_and_told_so():
    stands, said = tell_guess(0.8, 75, near=0.2)
    assert stands == "close"
    assert (
        said == "Read as a percentage; a share is written as a fraction: one half is 0.5, not 50. Your guess is close."
    )
    assert tell_guess(0.8, 10, near=0.2)[0] == "far too small"
    assert "percentage" not in tell_guess(0.8, 1.2, near=0.2)[1]  # a bit more than the whole is no percentage
    assert "percentage" not in tell_guess(1, 75, near=0.2)[1]  # one customer is no share
    assert "percentage" not in tell_guess(40, 75, near=0.2)[1]


@pytest.mark.parametrize(
    ("guess", "stands"), [("75%", "close"), ("0.8", "close"), ("约 0.3", "far too small"), ("75", "close")]
)
def test_a_guess_typed_as_a_text_is_read_and_told_how_to_write_it(guess, stands):
    told, said = tell_guess(0.8, guess, near=0.2)
    assert told == stands
    assert said.startswith("Write it as a plain number: 0.5, without quotes")


@pytest.mark.parametrize("guess", ["about half", [0.5, 0.6], float("nan"), float("inf"), pd.NA, 10**400, True, len])
def test_what_is_no_number_is_no_guess(guess):
    stands, said = tell_guess(0.8, guess, near=0.2)
    assert stands is None
    assert said


def test_a_word_that_names_no_number_is_asked_for_a_number_and_one_that_does_for_figures():
    for guess in ("很多", "a lot"):
        assert tell_guess(0.8, guess, near=0.2) == (None, "Guess a number, whichever seems likely to you.")
    assert "Write it in figures" in tell_guess(0.8, "两成", near=0.2)[1]


def test_the_reply_to_a_guess_never_says_the_value(capsys):
    for guess in (0.1, 0.5, 0.79, 0.81, 1.0, 2, 55, 80, -1, "x", 1e9):
        said = ask(capsys, "9.8.b", guess)
        assert "0.8" not in said
        assert "80" not in said
    assert ask(capsys, "9.8.b", 0.3) == (
        "9.8.b: Guessed. Your guess is far too small: less than half. Now look. Where does the line bend?\n"
    )


def test_a_blank_inside_a_lesson_is_computed_on_what_the_notebook_holds(capsys):
    practice_on(eight=pd.Series({"A": 1.0, "B": 99.0}))  # of the exercises at the end, not of the blank
    assert ask(capsys, "9.8.a", 0.6).startswith("9.8.a: Right. Half of it all.")
    assert ask(capsys, "9.8.a", 0.4).startswith("9.8.a: Not ")


@pytest.mark.parametrize("id", ["9.8.a", "9.8.b"])
def test_an_open_blank_lets_the_lesson_run_on_whatever_is_there(id, capsys):
    check(id, ...)
    assert capsys.readouterr().out.startswith(f"{id}: Not attempted yet. Write ")


def test_tables_that_are_not_there_or_were_changed_are_named(capsys):
    with pytest.raises(
        ValueError, match=r"9.8.a must know \['eight'\], and does not yet. Run the cells above it first"
    ):
        check("9.8.a", 0.6)
    eight = ...
    with pytest.raises(ValueError, match=r"9.8.b must be computed from \['eight'\] as the cells above make them"):
        check("9.8.b", 0.6)
    assert eight is ...


def test_near_is_a_part_of_the_value():
    with pytest.raises(ValueError, match="near must be a part of the value between 0 and 1; got 20"):
        prediction("9.8.c", near=20)


def test_blanks_are_worked_for_instructors_and_described():
    filled = editions.fill_blank('answer = ...\ncheck("9.8.a", answer)', "en", "x.py")
    assert filled == 'answer = eight["A"] / eight.sum()\ncheck("9.8.a", answer)'
    cell = editions.nbformat.v4.new_code_cell('guess = ...\ncheck("9.8.b", guess)')
    assert editions.fill_blank(cell.source, "en", "x.py").startswith("guess = eight.nlargest(2).sum()")
    told = editions.describe_exercise(cell, "en", with_code=True).source.splitlines()
    assert told[0] == "**9.8.b** · a prediction: any number is an attempt"
    assert told[2:4] == ["- Close means: off by no more than 20% of the value.", "- Where does the line bend?"]
    assert "guess = eight.nlargest(2).sum() / eight.sum()" in told
    assert "先猜" in editions.describe_exercise(cell, "zh", with_code=False).source


def test_a_prediction_shows_its_solution(capsys):
    solution("9.8.b")
    assert capsys.readouterr().out.splitlines()[1:] == [
        "best_two = eight.nlargest(2).sum() / eight.sum()",
        "Where does the line bend?",
    ]


def test_a_guess_is_answered_in_chinese(capsys):
    language.use("zh")
    for guess in (..., 0.8, 0.7, 0.3, 1, 2, -0.8, 75, "x", float("nan")):
        said = ask(capsys, "9.8.b", guess).replace("Where does the line bend?", "")
        assert not re.search("[a-zA-Z]{3}", said), said


def test_ids_with_a_letter_lie_in_the_file_of_their_lesson():
    assert exercise_files.exercises_path("2.1.a").name == "1-exercises.py"
    with pytest.raises(ValueError, match=r"'2.1.a' for a blank inside"):
        exercise_files.exercises_path("2.1.ab")
