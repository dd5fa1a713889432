"""What exercises want, from a run of the kit's own lesson: on its own data, and on another company's."""

import pytest

from crmlib import lesson
from crmlib.files.places import SOURCES
from crmlib.kit import key
from crmlib.kit.key import ask_lesson, find_unmoved
from crmlib.language import current
from crmlib.lesson import exercises
from crmlib.simulate import write_company

TINY = """\
# %% [markdown] lang="en"
# # Money

# %% [markdown] lang="zh"
# # 钱

# %% tags=["parameters"]
language = "en"
company = "teaching-company"

# %%
from crmlib import datasets
from crmlib.lesson import check, practice_on
orders = datasets.load_data(company)[0]["transactions"]
practice_on(orders=orders)
orders

# %% tags=["exercise"]
answer = ...
check("0.0.1", answer)
"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A lesson of one exercise, and a small company of another seed."""
    folder = tmp_path_factory.mktemp("key")
    path = folder / "0-tiny.py"
    path.write_text(TINY, encoding="utf-8")
    write_company(folder / "other", n_customers=200, seed=7)
    return path, str(folder / "other")


def test_a_lesson_runs_and_gives_its_exercises_with_their_values_and_leaves_nothing_behind(capsys):
    check = exercises.check
    exercises._at_hand["kept"] = 1
    asked = ask_lesson(SOURCES / "0-start-here" / "0-start-here.py", "zh")
    assert list(asked) == ["0.0.1"] and asked["0.0.1"].wanted() > 0
    mistaken = asked["0.0.1"].mistaken()
    assert len(mistaken) >= 2 and all(value != asked["0.0.1"].wanted() for _, value in mistaken)
    assert exercises.check is lesson.check is check and current() == "en"
    assert exercises._at_hand == {"kept": 1}
    assert capsys.readouterr().out == ""
    exercises._at_hand.clear()


def test_an_exercise_asked_of_another_company_wants_another_value(tiny):
    source, other = tiny
    ours, theirs = ask_lesson(source, "en"), ask_lesson(source, "en", company=other)
    assert ours["0.0.1"].wanted() != theirs["0.0.1"].wanted()
    assert find_unmoved(source, other) == ([], [])


def test_answers_that_do_not_move_are_told_and_why(tiny, tmp_path):
    source, other = tiny
    text = source.read_text(encoding="utf-8")
    own = tmp_path / "0-own.py"
    own.write_text(text.replace("load_data(company)", 'load_data("cdnow")'), encoding="utf-8")
    assert find_unmoved(own, other) == (["0.0.1"], [])  # on data of its own
    fixed = tmp_path / "0-fixed.py"
    fixed.write_text(text.replace("(orders=orders)", "(orders=orders.head(1).assign(amount=5.0))"), encoding="utf-8")
    assert find_unmoved(fixed, other) == ([], ["0.0.1"])  # other data, the same answer


def test_the_list_of_answers_that_do_not_move_is_said(tiny, monkeypatch, capsys):
    source, other = tiny
    monkeypatch.setattr(key, "list_sources", lambda: [source])
    beginning = f"{source.parent.name}/0-tiny"
    assert key.main(beginning, other) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith("a real firm: none.")
    assert key.main("9-nothing", other) == 2


def test_a_lesson_without_the_parameter_and_one_that_does_not_run_are_refused_by_name(tiny, tmp_path):
    source, other = tiny
    text = source.read_text(encoding="utf-8")
    without = tmp_path / "0-without.py"
    without.write_text(text.replace("company =", "firm ="), encoding="utf-8")
    with pytest.raises(RuntimeError, match="0-without.py must have a parameter company"):
        ask_lesson(without, "en", company=other)
    broken = tmp_path / "0-broken.py"
    broken.write_text(text.replace("load_data(company)", "load_data(nothing)"), encoding="utf-8")
    with pytest.raises(RuntimeError, match="0-broken.py must run, and does not: NameError"):
        ask_lesson(broken, "en")
