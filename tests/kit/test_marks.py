"""Answers judged by the kit's own code: whatever an answer is, it gets a row."""

import pandas as pd
import pytest

from crmlib.kit.hand_in import HandIn
from crmlib.kit.key import Asked
from crmlib.kit.marks import COLUMNS, in_language, judge_notebook, row_without_lesson, summarize_exercises
from crmlib.kit.plain_values import to_plain
from crmlib.language import speaking
from crmlib.lesson import exercise, judgment
from crmlib.lesson.sources import list_sources


@exercise("0.0.1", why="Because.", hints=["Look."])
def largest(spent):
    return spent.max()


@largest.mistake("That is the smallest.")
def smallest(spent):
    return spent.min()


SPENT = pd.Series([3.0, 9.0, 1.0])
ASKED = {
    "0.0.1": Asked(largest, {"spent": SPENT}),
    "0.0.2": Asked(judgment("0.0.2", weighs=["chance"], example="I would wait."), {}),
}
ONE = HandIn("李四", "李四/1.ipynb", [], list_sources()[0])


def judge(**answers):
    plain = {f"0.0.{id[1:]}": to_plain(answer) for id, answer in answers.items()}
    return {row["exercise"]: row for row in judge_notebook(ONE, ASKED, {"answers": plain, "errors": {}, "ended": ""})}


@pytest.mark.parametrize(
    ("answer", "state", "advice"),
    [(9, "right", ""), (1.0, "mistake", "That is the smallest."), (4, "wrong", None), (..., "not attempted", "")],
)
def test_an_answer_has_its_state_and_the_advice_it_gets(answer, state, advice):
    row = judge(_1=answer)["0.0.1"]
    assert row["state"] == state and set(row) == set(COLUMNS)
    assert row["advice"] == advice if advice is not None else row["advice"] != ""


def test_a_judgment_is_written_with_its_text_and_words_are_no_answer_to_a_number():
    rows = judge(
        _1="=1+1",
        _2="I would wait a year, for chance alone does as much. Then I would try it on customers drawn by lot.",
    )
    assert (rows["0.0.2"]["state"], rows["0.0.2"]["text"]) == (
        "written",
        "I would wait a year, for chance alone does as much. Then I would try it on customers drawn by lot.",
    )
    assert (rows["0.0.1"]["state"], rows["0.0.1"]["answer"], rows["0.0.1"]["text"]) == ("wrong", "=1+1", "")


def test_a_judgment_too_short_is_kept_and_says_what_it_lacks():
    row = judge(_2="x")["0.0.2"]
    assert (row["state"], row["text"], row["answer"]) == ("wrong", "x", "") and row["advice"]
    number = judge(_2=7)["0.0.2"]
    assert (number["state"], number["text"], number["answer"]) == ("wrong", "", "7") and number["advice"]


def test_exercises_stand_in_the_order_of_the_lessons_whoever_handed_in_first():
    rows = pd.DataFrame({"lesson": ["2-p/10-x", "2-p/9-y"], "exercise": ["2.10.1", "2.9.1"], "state": "right"})
    assert list(summarize_exercises(rows.assign(advice=""))["exercise"]) == ["2.9.1", "2.10.1"]


def test_what_was_not_asked_is_not_attempted_and_what_did_not_run_says_why():
    rows = judge_notebook(ONE, ASKED, {"answers": {}, "errors": {"0.0.2": "NameError: x", "9.9.9": "?"}, "ended": ""})
    assert [row["state"] for row in rows] == ["not attempted", "failed to run"]
    assert rows[1]["advice"] == "NameError: x"
    late = judge_notebook(ONE, ASKED, {"answers": {}, "errors": {"0.0.1": "time"}, "ended": "time"})
    assert late[0]["advice"] == "it took too long"


@pytest.mark.parametrize("plain", [None, 3, {"kind": "list"}, {"kind": "Series", "items": [{"kind": "number"}]}])
def test_an_answer_that_somebody_has_forged_into_nonsense_is_not_right_and_stops_nothing(plain):
    (row, _) = judge_notebook(ONE, ASKED, {"answers": {"0.0.1": plain}, "errors": {}, "ended": ""})
    assert row["state"] in ("wrong", "failed to run")


def test_a_class_is_summed_up_with_its_commonest_mistake():
    answers = [9, 9, 1, 1, 4, ...]
    rows = [row for answer in answers for row in judge(_1=answer).values()]
    summary = summarize_exercises(pd.DataFrame(rows)).set_index("exercise")
    first = summary.loc["0.0.1"]
    assert first[["handed_in", "right", "mistake", "wrong", "not_attempted"]].to_list() == [6, 2, 2, 1, 1]
    assert first["commonest_mistake"] == "2 × That is the smallest."
    assert summary.loc["0.0.2", "commonest_mistake"] == ""


def test_a_file_that_is_no_lesson_has_a_row_and_counts_for_no_exercise():
    rows = pd.DataFrame([row_without_lesson(HandIn("w", "w.ipynb", cells, None)) for cells in ([], None)])
    assert rows["state"].to_list() == ["no lesson of the kit", "not a notebook"]
    assert len(summarize_exercises(rows)) == 0


def test_tables_speak_the_language_chosen():
    with speaking("zh"):
        table = in_language(pd.DataFrame(judge(_1=9).values()))
        summary = in_language(summarize_exercises(pd.DataFrame(judge(_1=9).values())))
    assert table.columns[:2].to_list() == ["学生", "文件"] and table["状态"].to_list() == ["正确", "未作答"]
    assert all(any("一" <= letter <= "鿿" for letter in column) for column in summary.columns)
