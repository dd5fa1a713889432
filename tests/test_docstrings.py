"""One dialect of docstrings in the nouns and the figures: what is promised stands in the same place everywhere."""

import importlib
import inspect
import re
from pathlib import Path

import pytest

import crmlib

# No nouns: the data, where the program starts, and the checks, whose summaries name their arguments.
ELSEWHERE = {"__init__", "__main__", "datasets", "require"}
ORDER = ["Parameters", "Returns", "Yields", "Raises", "Warns", "References", "Examples"]
NOUNS = sorted(path.stem for path in Path(crmlib.__file__).parent.glob("*.py") if path.stem not in ELSEWHERE)
MEASURES = ["concentration.gini_coefficient", "concentration.top_share", "concentration.share_needed"]
MEASURES += ["concentration.pareto_alpha", "concentration.pareto_top_share", "pyramid.score_by_criteria"]
MEASURES += ["transitions.mobility", "intervals.tail_exponent"]


def public(name):
    module = importlib.import_module(f"crmlib.{name}")
    for function in vars(module).values():
        is_own = inspect.isfunction(function) and (
            function.__module__ == module.__name__ or function.__module__.startswith(module.__name__ + ".")
        )
        if is_own and not function.__name__.startswith("_"):
            yield f"{name}.{function.__name__}", function


FUNCTIONS = {name: function for noun in [*NOUNS, "rating.fitting", "plots"] for name, function in public(noun)}


def sections(function):
    """The summary, and each section's lines by its heading, in the order they stand."""
    parts = re.split(r"^([A-Z][a-z]+)\n-{3,}\n", inspect.getdoc(function), flags=re.MULTILINE)
    return parts[0].split("\n")[0], dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_summary_is_a_sentence_in_a_line(name):
    summary, _ = sections(FUNCTIONS[name])
    assert summary.endswith(".")
    assert inspect.getdoc(FUNCTIONS[name]).split("\n")[1:2] in ([], [""])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_sections_stand_in_one_order(name):
    _, found = sections(FUNCTIONS[name])
    assert list(found) == [heading for heading in ORDER if heading in found]
    assert "Source:" not in inspect.getdoc(FUNCTIONS[name])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_parameter_is_there_with_its_type_and_no_other(name):
    _, found = sections(FUNCTIONS[name])
    heads = re.findall(r"^(\w[\w, ]*) : \S.*$", found.get("Parameters", ""), re.MULTILINE)
    documented = [one for head in heads for one in head.split(", ")]
    assert documented == list(inspect.signature(FUNCTIONS[name]).parameters)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_returned_has_its_type(name):
    _, found = sections(FUNCTIONS[name])
    annotation = inspect.signature(FUNCTIONS[name]).return_annotation
    if annotation in ("None", None):
        assert "Returns" not in found  # a check
    else:
        assert re.match(r"\S.*\n    \S", found.get("Returns") or found["Yields"])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_table_says_what_a_row_is(name):
    if inspect.signature(FUNCTIONS[name]).return_annotation == "pd.DataFrame":
        assert re.search(r"[Oo]ne row per ", sections(FUNCTIONS[name])[1]["Returns"])


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_says_its_range_and_what_is_best(name):
    assert re.search(r"Range .*; best", sections(FUNCTIONS[name])[1]["Returns"], re.DOTALL)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_there_is_an_example_that_runs(name):
    assert ">>> " in sections(FUNCTIONS[name])[1]["Examples"]


def test_what_can_be_raised_is_said():
    """A function that raises in its own lines says so."""
    silent = [
        name
        for name, function in FUNCTIONS.items()
        if re.search(r"^    +raise \w", inspect.getsource(function), re.MULTILINE)
        and "Raises" not in sections(function)[1]
    ]
    assert silent == []
