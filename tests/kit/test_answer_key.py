"""The instructor's answer key: values out of a run, every mistake's value beside its advice, in no student's hands."""

import re
import subprocess

import pytest

from crmlib.files.places import ROOT, SOURCES
from crmlib.kit import answer_key
from crmlib.kit.key import Asked
from crmlib.language import LANGUAGES, speaking
from crmlib.lesson import exercise, judgment

START = SOURCES / "0-start-here" / "0-start-here.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_has_values_mistakes_hints_and_questions_in_its_language(tmp_path, language):
    path = answer_key.write_key(START, language, tmp_path)
    assert path == tmp_path / language / "0-start-here" / "0-start-here.html"
    page = path.read_text(encoding="utf-8")
    # By hand: c2 has one order of 210, c1 two, 120 + 150 = 270; together 610.
    wanted, largest_order, everybody = {"en": "Wanted: 270", "zh": "答案：270"}[language], "210", "610"
    assert wanted in page
    assert all(f"<td>{value}</td>" in page for value in (largest_order, everybody))
    assert "0.0.q1" in page and page.count("✓") == 1 and "<script" not in page
    assert language == "en" or ("给学生的提示" in page and "Hints" not in page)
    assert re.search(r"groupby\(&quot;customer_id&quot;\)", page)


def test_a_judgment_says_what_a_good_answer_weighs_and_nothing_in_a_text_becomes_markup():
    item = judgment("0.0.2", weighs=["cost * time", "<b>"], example="I would ask for $5 | no more.")
    blocks = list(answer_key._describe("0.0.2", Asked(item, {})))
    assert blocks[1] == "- cost \\* time\n- \\<b>"


def test_a_mistake_without_harm_is_still_in_its_row():
    @exercise("0.0.3", why="Because.", hints=["Look."])
    def total(spent):
        return sum(spent)

    @total.mistake("That | is the first.")
    def first(spent):
        return spent[0]

    with speaking("en"):
        table = next(block for block in answer_key._describe("0.0.1", Asked(total, {"spent": [3]})) if "|---" in block)
    assert table.splitlines()[-1] == "| 3 | That \\| is the first. |"


def test_git_ignores_the_keys():
    ignored = subprocess.run(
        ["git", "check-ignore", "-q", str(answer_key.ANSWERS / "en" / "x.html")], cwd=ROOT, check=False
    )
    assert ignored.returncode == 0
