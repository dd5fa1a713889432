"""Guesses, judgments and blanks of students: what is none is told so, what is one is taken, in both languages."""

import tomllib
from pathlib import Path

import pandas as pd
import pytest
from built import LESSONS, run_to_blank

from crmlib import language
from crmlib.lesson import exercise_files
from crmlib.lesson.exercise_files import find_exercise, lesson_path, read_question
from crmlib.lesson.replies import reply_to
from crmlib.lesson.writing import Exercise, Judgment, Prediction

LISTED = tomllib.loads(Path(__file__).with_name("wrong_answers.toml").read_text(encoding="utf-8"))
CHAPTER = [source for source in LESSONS if source.parent.name.startswith("2-")]
ITEMS = {
    id: item
    for source in CHAPTER
    for id, item in exercise_files.read_exercises(source.with_name(f"{source.name[0]}-exercises.py")).items()
}
GUESSES = [(listed["id"], guess) for listed in LISTED["guess"] for guess in listed["guesses"]]


@pytest.mark.parametrize(("id", "guess"), GUESSES, ids=[f"{id} {guess['code']}" for id, guess in GUESSES])
def test_a_guess_is_told_how_it_stands_and_what_is_none_is_told_so(id, guess):
    names = run_to_blank(lesson_path(id), id)
    reply = reply_to(find_exercise(id), eval(guess["code"], dict(names)), names)
    assert reply.state == ("guessed" if guess["fits"] else "wrong")
    assert [reply.marks[one] for one in reply.marks] == guess["fits"]


def test_every_prediction_and_every_judgment_is_listed():
    kinds = {"guess": Prediction, "judgment": Judgment}
    for kind, item_type in kinds.items():
        ids = {id for id, item in ITEMS.items() if isinstance(item, item_type)}
        assert {listed["id"] for listed in LISTED[kind]} == ids


# What students write where they have nothing to say, and what it is told.
NONE = [
    ("好", "a beginning"),
    ("Yes", "a beginning"),
    ("不知道", "a beginning"),
    ("I agree with finance.", "a beginning"),
    ("同意财务的意见。", "a beginning"),
    ("不知道。不知道。不知道。", "again and again"),
    ("very good " * 12, "again and again"),
    ("哈" * 30, "again and again"),
    ("1234567890", "a beginning"),
    ("lkj asdf öiu qwer xcv. nmh gtr fdsw plo ikuj. zhn bgt vfr cde xsw qay plm okn", "do not read"),
    ("啊手动阀手动阀。撒旦法阿萨德。阿斯蒂芬请问二阿斯蒂芬自行车飞机场柠檬", "do not read"),
    (0.5, "Words are wanted"),
    (pd.Series([1, 2]), "Words are wanted"),
    (True, "Words are wanted"),
]
JUDGMENTS = [id for id, item in ITEMS.items() if isinstance(item, Judgment)]


@pytest.mark.parametrize("id", JUDGMENTS)
def test_what_is_no_judgment_is_told_what_it_lacks(id):
    item = find_exercise(id)
    for text, said in [*NONE, *((text, "what was asked") for text in [*read_question(id), *item.hints])]:
        reply = reply_to(item, text, {})
        assert (reply.state, said in reply.head + reply.text) == ("wrong", True), text
    assert len(read_question(id)) == 2  # in both languages


@pytest.mark.parametrize("listed", LISTED["judgment"], ids=[listed["id"] for listed in LISTED["judgment"]])
def test_sentences_of_ones_own_are_taken_and_so_is_the_example(listed):
    item = find_exercise(listed["id"])
    language.use("zh")
    in_chinese = language.t(item.example)
    for text in [*listed["real"], item.example, in_chinese]:
        assert reply_to(item, text, {}).state == "written", text


@pytest.mark.parametrize("answer", [None, ..., "", "   ", "...", "……", "\n"])
def test_an_empty_blank_is_never_wrong(answer):
    for item in (one for one in ITEMS.values() if isinstance(one, (Exercise, Prediction, Judgment))):
        assert reply_to(item, answer, {}).state == "not attempted"


@pytest.mark.parametrize("text", ["五成六", "两成", "三分之二", "亏20元", "减少628元", "about a third", "二百"])
def test_a_number_in_words_is_asked_for_in_figures(text):
    item = next(one for one in ITEMS.values() if isinstance(one, Exercise) and one.id == "2.7.a")
    assert "Write it in figures, without words and without quotes" in reply_to(item, text, {}).text
    assert "It is a name" in reply_to(item, "VIP", {}).text
