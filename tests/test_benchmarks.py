"""What the benchmarks share: figures go between their marks in README.md, and nothing else moves."""

import importlib.util

import pytest

from crmlib.files.places import ROOT


@pytest.fixture
def figures(tmp_path, monkeypatch):
    specification = importlib.util.spec_from_file_location("figures", ROOT / "benchmarks" / "figures.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    monkeypatch.setattr(module, "README", tmp_path / "README.md")
    return module


def test_new_figures_take_the_place_of_the_old_ones(figures):
    before = "# Speed\n\n<!-- intake: made by intake.py -->\nold\n<!-- end of intake -->\n\nRest.\n"
    figures.README.write_text(before, encoding="utf-8")
    figures.write_figures("intake", "| new |")
    assert figures.README.read_text(encoding="utf-8") == before.replace("old", "| new |")


@pytest.mark.parametrize("name", ["figures", "alternatives", "intake", "lifecycle", "linkage", "fitting", "purchases"])
def test_the_readme_has_the_marks(figures, name):
    text = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    assert text.count(f"<!-- {name}: ") == text.count(f"<!-- end of {name} -->") == 1
