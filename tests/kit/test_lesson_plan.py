"""What a lesson says for those who teach it: its minutes, its plan."""

import pytest

from crmlib.kit.lesson_plan import LEADS, split_plan, tell_minutes


def test_minutes_stand_below_the_title_in_both_languages():
    marks = {"minutes": 33, "exercise_minutes": 12}
    told = tell_minutes("# Who pays?\n\nAll do.", marks, "en")
    assert told.split("\n\n") == ["# Who pays?", "*33 minutes of teaching · 12 minutes of exercises*", "All do."]
    assert "*讲授 33 分钟 · 练习 12 分钟*" in tell_minutes("# 谁在付钱？", marks, "zh")


@pytest.mark.parametrize("marks", [{}, {"minutes": 5}])
def test_a_cell_without_both_marks_stays_as_it_is(marks):
    assert tell_minutes("# Who pays?\n\nAll do.", marks, "en") == "# Who pays?\n\nAll do."


def plan(language, *, mark="", left_out=None):
    return "\n\n".join(f"**{lead}{mark}** {lead} it is.\n\nMore." for lead in LEADS[language] if lead != left_out)


@pytest.mark.parametrize("language", LEADS)
@pytest.mark.parametrize("mark", ["", ":", "："])
def test_a_plan_is_read_by_its_leads(language, mark):
    found = split_plan(plan(language, mark=mark), language, "x.py")
    assert found == {lead: f"{lead} it is.\n\nMore." for lead in LEADS[language]}


@pytest.mark.parametrize("left_out", LEADS["zh"])
def test_a_plan_without_one_of_its_leads_is_refused_by_name(left_out):
    with pytest.raises(ValueError, match=f"x.py: the plan must have the leads .*{left_out}") as refused:
        split_plan(plan("zh", left_out=left_out), "zh", "x.py")
    assert left_out not in str(refused.value).split("found ")[1].split(".")[0]


def test_a_lead_that_says_nothing_is_refused():
    with pytest.raises(ValueError, match="found .'Key point', 'Hard point', 'Homework'."):
        split_plan(plan("en").replace("Board it is.\n\nMore.", ""), "en", "x.py")
