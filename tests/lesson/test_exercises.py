"""Exercises: every one is fair, the engine tells answers apart, and nothing gives the answer away.

`find_faults` says what is wrong with an exercise; further down it is shown to see each
of the things it looks for.
"""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crmlib import language
from crmlib.lesson import exercise_files, exercises, replies
from crmlib.lesson.exercises import check, hint, practice_on, quiz
from crmlib.lesson.kinds import kind_of
from crmlib.lesson.widgets import VIEW
from crmlib.lesson.writing import (
    Exercise,
    Judgment,
    Mistake,
    Option,
    Prediction,
    Question,
    exercise,
    judgment,
    prediction,
    question,
)

FILES = exercise_files.list_files()
ITEMS = [(path, item) for path in FILES for item in exercise_files.read_exercises(path).values()]


def find_faults(item, data):
    """What is wrong with an exercise on `data`, one sentence each."""
    faults = []
    if isinstance(item, Exercise):
        wanted = replies.compute(item, item.function, data)
        if item.compare(wanted, replies.compute(item, item.function, data)) is not None:
            faults.append("the correct function does not pass")
        if len(item.mistakes) < 2:
            faults.append(f"{len(item.mistakes)} known mistakes, fewer than two")
        values = [replies.compute(item, mistake.function, data) for mistake in item.mistakes]
        for place, value in enumerate(values):
            if item.compare(wanted, value) is None:
                faults.append(f"mistake {place} gives the value wanted")
            faults += [
                f"mistakes {place} and {other} are not told apart"
                for other in range(place)
                if item.compare(values[other], value) is None
            ]
        if len({mistake.advice for mistake in item.mistakes}) < len(item.mistakes):
            faults.append("two mistakes have the same advice")
        if not 2 <= len(item.hints) <= 3:
            faults.append(f"{len(item.hints)} hints, not two or three")
        faults += [f"gives the answer away: {text}" for text in item.texts() if _says(text, wanted)]
    if isinstance(item, Prediction):
        value = replies.compute(item, item.function, data)
        if kind_of(value) != "number" or not np.isfinite(value):
            faults.append(f"a prediction of {value}, which is no number")
        faults += [f"gives the answer away: {text}" for text in item.texts() if _says(text, value)]
    if isinstance(item, Judgment) and len(item.weighs) < 2:
        faults.append("a judgment weighs two things at least")
    if isinstance(item, Question) and not 2 <= len(item.options) <= 5:
        faults.append(f"{len(item.options)} options, not two to five")
    faults += [f"has braces, which are for values: {text}" for text in item.texts() if re.search(r"[{}]", text)]
    return faults


def _says(text, wanted):
    """Does a text hold the number wanted, in one of the ways one writes it?"""
    if kind_of(wanted) != "number" or not np.isfinite(wanted):
        return False
    ways = {f"{value:.{digits}f}" for value in (wanted, wanted * 100) for digits in range(5)}
    ways |= {f"{wanted:,.{digits}f}" for digits in range(3)} | {f"{wanted:g}"}
    # 0, 1 and 2 stand in any text and say nothing.
    return any(
        number in ways for number in re.findall(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?!\w)", text) if number not in "012"
    )


@pytest.mark.parametrize(("path", "item"), ITEMS, ids=[item.id for _, item in ITEMS])
def test_an_exercise_is_fair(path, item):
    assert find_faults(item, exercise_files.load_module(path).example()) == []


@pytest.mark.parametrize(("path", "item"), ITEMS, ids=[item.id for _, item in ITEMS])
def test_an_exercise_lies_in_the_file_of_its_id(path, item):
    assert exercise_files.exercises_path(item.id) == path


@pytest.mark.parametrize(("path", "item"), ITEMS, ids=[item.id for _, item in ITEMS])
def test_every_text_is_said_in_chinese(path, item):
    language.use("zh")
    texts = [text for text in item.texts() if not is_code(text)]
    assert [text for text in texts if not re.search("[\u4e00-\u9fff]", language.t(text))] == []


def is_code(text):
    """A hint may be code alone, which is the same in every language; a single word is none."""
    try:
        return not isinstance(ast.parse(text, mode="eval").body, ast.Name)
    except SyntaxError:
        return False


# --- the engine, on an exercise of its own --------------------------------------------------------

FRIENDS = pd.Series({"a": 60.0, "b": 20.0, "c": 15.0, "d": 5.0}, name="spending")  # 100 in all


@exercise("9.9.1", why="So much hangs on one.", hints=["Who is the biggest?", "Divide by the sum of all."])
def share_of_the_biggest(spending):
    """The share of the biggest customer: 60 of 100."""
    # the biggest one
    biggest = spending.max()
    return biggest / spending.sum()


@share_of_the_biggest.mistake("You left the biggest out of the sum of all.")
def of_the_others(spending):
    return spending.max() / (spending.sum() - spending.max())  # 60 of 40


@share_of_the_biggest.mistake("You counted heads.")
def heads(spending):
    return 1 / len(spending)  # 1 of 4


SAFE = judgment("9.9.2", weighs=["<b>who</b> pays", "how sure"], example='Keep "a" & watch.')
RULE = question("9.9.q1", "Is 1 < 2?", [Option("No <i>", "Count again."), Option("Yes", "One & one.", right=True)])


@pytest.fixture(autouse=True)
def only_ours(monkeypatch):
    """The engine finds the exercises above; nothing is at hand at first."""
    ours = {item.id: item for item in (share_of_the_biggest, SAFE, RULE)}
    read = exercise_files.read_exercises
    monkeypatch.setattr(exercises, "_at_hand", {})
    monkeypatch.setattr(exercise_files, "read_exercises", lambda path: ours if path is OUR_PATH else read(path))
    find = exercise_files.exercises_path
    monkeypatch.setattr(
        exercise_files, "exercises_path", lambda id: OUR_PATH if str(id).startswith("9.9") else find(id)
    )


OUR_PATH = Path(__file__)


def say(capsys, id, *answer):
    practice_on(spending=FRIENDS)
    check(id, *answer)
    return capsys.readouterr().out


def test_the_right_answer_is_told_why_it_matters(capsys):
    assert say(capsys, "9.9.1", 0.6) == "9.9.1: Right. So much hangs on one.\n"
    assert say(capsys, "9.9.1", np.float64(60) / 100).startswith("9.9.1: Right.")


@pytest.mark.parametrize("blank", [(), (...,), (None,), ("",), ("  ",), ("...",), ("……",)])
def test_a_blank_is_not_attempted(capsys, blank):
    assert say(capsys, "9.9.1", *blank).startswith(
        "9.9.1: Not attempted yet. Write your answer in place of the three dots"
    )
    assert say(capsys, "9.9.2", *blank).startswith("9.9.2: Not attempted yet")


def test_a_blank_needs_no_data(capsys):
    check("9.9.1", ...)
    assert "Not attempted" in capsys.readouterr().out


@pytest.mark.parametrize(("answer", "advice"), [(1.5, "You left the biggest out"), (0.25, "You counted heads.")])
def test_a_known_mistake_gets_its_own_advice(capsys, answer, advice):
    assert say(capsys, "9.9.1", answer).startswith(f"9.9.1: Not yet. {advice}")


@pytest.mark.parametrize(
    ("answer", "advice"), [(25, "You counted heads."), (25.0, "You counted heads."), (0.333, "odd")]
)
def test_a_known_mistake_is_known_in_percent_and_rounded_too(capsys, monkeypatch, answer, advice):
    odd = Mistake("odd", lambda spending: 1 / 3)
    monkeypatch.setattr(share_of_the_biggest, "mistakes", [*share_of_the_biggest.mistakes, odd])
    assert say(capsys, "9.9.1", answer).startswith(f"9.9.1: Not yet. {advice}")


def test_the_right_number_rounded_is_not_taken_for_a_mistake_nearby(capsys, monkeypatch):
    nearby = Mistake("nearby", lambda spending: 0.6001)
    monkeypatch.setattr(share_of_the_biggest, "mistakes", [nearby])
    assert "That is a percentage" in say(capsys, "9.9.1", 60)
    assert "nearby" in say(capsys, "9.9.1", 60.01)


def test_a_mistake_that_does_no_harm_on_these_data_is_not_reported(capsys, monkeypatch):
    monkeypatch.setattr(share_of_the_biggest, "mistakes", [Mistake("You counted heads.", heads)])
    practice_on(spending=pd.Series({"a": 7.0}))  # one customer: counting heads gives 1, too
    check("9.9.1", 1.0)
    assert capsys.readouterr().out.startswith("9.9.1: Right.")
    assert replies.list_alike(share_of_the_biggest, exercises._at_hand) == [0]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (True, "Wanted is a number; yours is True or False."),
        ("a", "yours is a text. It is a name or a sentence: take the value that belongs to it."),
        (FRIENDS, "yours is a Series. It holds 4 values"),
        (FRIENDS[:1], "It holds a single value: put .iloc[0] behind it"),
        (FRIENDS[:1].to_frame(), "It holds a single value: put .iloc[0, 0] behind it"),
        ([0.6], "It holds a single value: put [0] behind it"),
        (0.6 + 0j, "Wanted is a number; yours is complex."),
        (FRIENDS.max, "put parentheses after its name"),
        (0.5, "too small"),
        (0.7, "too large"),
    ],
)
def test_a_wrong_answer_is_told_what_is_wrong_about_it(capsys, answer, said):
    text = say(capsys, "9.9.1", answer)
    assert text.startswith("9.9.1: Not yet. ")
    assert said in text
    assert text.endswith(
        'Hint: Who is the biggest? Still stuck? hint("9.9.1", 2) is the next hint; then solution("9.9.1").\n'
    )


@pytest.mark.parametrize(
    ("answer", "name", "said"),
    [
        (60, "percentage", "That is a percentage"),
        ("0.6", "typed", "The number is right. Write it as a plain number"),
        ("60 %", "typed", "The number is right."),
        (-0.6, "sign", "the sign is not"),
        (float("nan"), "missing", "It is missing (NaN): look at the steps"),
        (float("inf"), "missing", "divided by zero"),
        (0.4, "complement", "the rest of the whole"),
        (1 / 0.6, "inverse", "the wrong way round"),
        (6.0, "factor", "the place of the point"),
        (100.0, "step", "what one divides by"),
        (2.4, "number for share", "divide by how many there are"),
        (0.05, "wrong end", "at the other end"),
    ],
)
def test_a_mistake_that_nobody_wrote_down_is_known_too(shown, monkeypatch, answer, name, said):
    monkeypatch.setattr(share_of_the_biggest, "mistakes", [])
    practice_on(spending=FRIENDS)
    check("9.9.1", answer)
    bundle, mark = shown.pop()
    assert (mark["state"], mark["general"]) == ("mistake", name)
    assert said in bundle["text/plain"]


def test_data_that_are_not_there_yet_are_named():
    with pytest.raises(
        ValueError, match=r"exercise 9.9.1 must know \['spending'\], and does not yet. Run the cells above"
    ):
        check("9.9.1", 0.6)


def test_a_student_reads_what_to_do_in_his_language(capsys):
    language.use("zh")
    for ask, said in (
        (lambda: check("9.9.1", 0.6), "practice_on"),
        (lambda: hint("9.9.7"), "9.9.7"),
        (lambda: hint(2.1), "2.1.q1"),
    ):
        with pytest.raises(ValueError, match=said) as told:
            ask()
        assert re.search("[\u4e00-\u9fff]", str(told.value))


def test_what_was_given_to_practice_on_stays_as_it_was(capsys):
    mine, pairs = FRIENDS.copy(), {"a": [1]}
    practice_on(spending=mine, pairs=pairs)
    mine["a"] = 0.0
    pairs["a"].append(2)
    check("9.9.1", 0.6)
    assert "Right." in capsys.readouterr().out
    assert exercises._at_hand["pairs"] == {"a": [1]}


WORDS = "I would keep them for a year. Their cost stays when they go, and we do not know how sure it is."


def test_words_are_written_not_right_and_get_a_list_to_tick(capsys):
    said = say(capsys, "9.9.2", WORDS).splitlines()
    assert said[0].startswith("9.9.2: Written. There is no one right answer. Tick what yours weighs")
    assert said[1:] == ["☐ <b>who</b> pays", "☐ how sure"]
    assert "Words are wanted" in say(capsys, "9.9.2", 7)
    assert say(capsys, "9.9.2", "Keep them.").startswith("9.9.2: Not yet. That is a beginning.")


def test_hints_come_one_after_the_other_and_end(capsys):
    hint("9.9.1")
    hint("9.9.1", 2)
    hint("9.9.1", 3)
    assert capsys.readouterr().out.splitlines() == [
        "9.9.1: Hint 1 of 2: Who is the biggest?",
        "9.9.1: Hint 2 of 2: Divide by the sum of all.",
        '9.9.1: There are 2 hints: hint("9.9.1", 2) is the last. Then there is solution("9.9.1").',
    ]


def test_the_solution_is_the_code_of_the_correct_function(capsys):
    exercises.solution("9.9.1")
    assert capsys.readouterr().out.splitlines() == [
        "9.9.1: One way to do it:",
        "# the biggest one",
        "biggest = spending.max()",
        "share_of_the_biggest = biggest / spending.sum()",
        "So much hangs on one.",
    ]
    assert exercises.solution_code("9.9.1", "mine").splitlines()[-1] == "mine = biggest / spending.sum()"


def test_the_solution_of_a_judgment_is_what_a_good_answer_weighs(capsys):
    exercises.solution("9.9.2")
    assert capsys.readouterr().out.splitlines()[1:3] == ["- <b>who</b> pays", "- how sure"]
    text = {}
    exec(exercises.solution_code("9.9.2", "text"), text)
    assert text["text"] == SAFE.example


def test_a_function_with_two_returns_cannot_be_a_solution(monkeypatch):
    def two(spending):
        if len(spending) == 0:
            return 0
        return 1

    monkeypatch.setattr(share_of_the_biggest, "function", two)
    with pytest.raises(ValueError, match="the correct function of 9.9.1 must end with its only return; it has 2"):
        exercises.solution_code("9.9.1")


def test_an_id_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(ValueError, match=r"id must be one of \['9.9.1', '9.9.2'\] in this lesson; got '9.9.7'"):
        check("9.9.7", 1)
    with pytest.raises(ValueError, match="id must be chapter.lesson.number, in quotes; got 2.1"):
        check(2.1, 1)


def test_a_question_has_one_right_option():
    with pytest.raises(ValueError, match="question 9.9.q2 must have exactly one right option"):
        question("9.9.q2", "?", [Option("a", "b"), Option("c", "d")])


# --- what is displayed ----------------------------------------------------------------------------


@pytest.fixture
def shown(displayed, monkeypatch):
    """What is displayed in a notebook, where `check` displays and does not print."""
    monkeypatch.setattr("IPython.get_ipython", lambda: object())
    return displayed


class Tags(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.names = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.names.append(tag)


def test_a_check_carries_its_state_for_programs(shown):
    practice_on(spending=FRIENDS)
    for answer in (..., 0.6, 0.25, 0.5):
        check("9.9.1", answer)
    assert [mark["state"] for _, mark in shown] == ["not attempted", "right", "mistake", "wrong"]
    assert {mark["id"] for _, mark in shown} == {"9.9.1"}
    check("9.9.2", WORDS)
    assert "<b>9.9.2 · Written.</b> There is no one right answer" in shown.pop()[0]["text/html"]
    assert shown[1][1]["alike"] == []
    assert [set(bundle) for bundle, _ in shown] == [{"text/plain", "text/html"}] * 4


def test_a_quiz_opens_in_a_page_without_scripts_and_is_a_widget_in_the_lab(shown):
    quiz("9.9.q1")
    bundle, mark = shown[0]
    assert mark == {"kind": "quiz", "id": "9.9.q1"}
    assert set(bundle) == {VIEW, "text/html", "text/plain"}
    assert Tags(bundle["text/html"]).names == ["div", "b", "details", "summary", "div", "details", "summary", "div"]
    assert "A. No &lt;i&gt;" in bundle["text/html"]
    assert "Yes. One &amp; one." in bundle["text/html"]


def test_the_radio_buttons_answer_each_choice():
    box = exercises._make_radio(RULE, ["A. No", "B. Yes"], ["No. Count again.", "Yes. One & one."])
    _, choices, said = box.children
    assert (choices.value, said.value) == (None, "")
    choices.value = 0
    assert said.value == "No. Count again."
    choices.value = 1
    assert said.value == "Yes. One &amp; one."


def test_everything_shown_is_escaped(shown):
    exercises.solution("9.9.2")
    practice_on(spending=FRIENDS.set_axis(["<script>", "b", "c", "d"]))
    check("9.9.2", f"<script>alert(1)</script> {WORDS}")
    exercises.solution("9.9.1")
    assert {tag for bundle, _ in shown for tag in Tags(bundle["text/html"]).names} == {"div", "b", "ul", "li", "pre"}


def test_chinese_is_spoken_in_a_notebook(shown):
    language.use("zh")
    quiz("0.0.q1")
    assert re.findall("</summary><div[^>]*>(..)", shown[0][0]["text/html"]) == ["不对", "对。", "不对"]


def test_chinese_is_spoken_on_a_terminal(capsys):
    language.use("zh")
    assert say(capsys, "9.9.1", ...).startswith("9.9.1: 还没有作答。")
    assert say(capsys, "9.9.1", 0.6).startswith("9.9.1: 对了。")
    assert "百分数" in say(capsys, "9.9.1", 60)


def test_no_space_stands_between_chinese_sentences(shown):
    language.use("zh")
    practice_on(spending=FRIENDS)
    for answer in (..., 0.6, 0.25, 0.5, "a", FRIENDS, [0.6], {}, FRIENDS[::-1] / 2):
        check("9.9.1", answer)
    hint("0.0.1")
    check("9.9.2", 7)
    told = [re.sub("<.*?>", "", bundle["text/html"]) for bundle, _ in shown]
    assert [text for text in told if re.search("[。：？！；，] ", text)] == []


# --- proof that find_faults sees what it is for ---------------------------------------------------

DATA = {"spending": FRIENDS}


def make(*, function=share_of_the_biggest.function, mistakes=(of_the_others, heads), hints=("Who?", "Divide.")):
    item = exercise("9.9.3", why="It matters.", hints=list(hints))(function)
    for place, mistake in enumerate(mistakes):
        item.mistake(f"Mistake of kind {'ABC'[place]}.")(mistake)
    return item


def test_a_fair_exercise_has_no_fault():
    assert find_faults(make(), DATA) == []


def test_a_prediction_that_says_its_value_or_has_none_is_seen():
    value = prediction("9.9.b", near=0.2, why="It is 60 % of it.")(share_of_the_biggest.function)
    assert find_faults(value, DATA) == ["gives the answer away: It is 60 % of it."]
    table = prediction("9.9.b", near=0.2)(lambda spending: "a")
    assert find_faults(table, DATA) == ["a prediction of a, which is no number"]


def test_a_mistake_that_equals_the_answer_is_seen():
    item = make(mistakes=(of_the_others, lambda spending: spending.max() / spending.sum()))
    assert find_faults(item, DATA) == ["mistake 1 gives the value wanted"]


def test_two_mistakes_that_are_not_told_apart_are_seen():
    item = make(mistakes=(heads, lambda spending: 0.25))
    assert find_faults(item, DATA) == ["mistakes 1 and 0 are not told apart"]


def test_the_same_advice_twice_is_seen():
    item = make()
    item.mistakes[1] = item.mistakes[1]._replace(advice=item.mistakes[0].advice)
    assert find_faults(item, DATA) == ["two mistakes have the same advice"]


@pytest.mark.parametrize("hint_text", ["It is 0.6.", "About 60 % of it.", "Is it 0.60?"])
def test_a_hint_that_gives_the_answer_away_is_seen(hint_text):
    assert find_faults(make(hints=("Who?", hint_text)), DATA) == [f"gives the answer away: {hint_text}"]


def test_too_few_mistakes_and_hints_are_seen():
    assert find_faults(make(mistakes=(heads,), hints=("Who?",)), DATA) == [
        "1 known mistakes, fewer than two",
        "1 hints, not two or three",
    ]


def test_a_correct_function_that_gives_another_value_each_time_is_seen():
    values = iter(range(10))
    assert "the correct function does not pass" in find_faults(make(function=lambda spending: next(values) + 0.5), DATA)
