"""A chapter can be read, replaced or deleted alone: without chapter 2 the rest imports, speaks Chinese and passes."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from crmlib.files.places import DATASETS, NOTEBOOKS, ROOT

CHAPTER = "2-customer-pyramid"
NOUNS = ("pyramid", "concentration", "profitability", "bank", "allocation", "growth", "signs", "worksheet")
FIGURES = ("pyramid", "concentration", "allocation", "growth")
PARTS = [f"crmlib/{noun}.py" for noun in NOUNS] + [f"tests/test_{noun}.py" for noun in NOUNS]
PARTS += [*(f"crmlib/plots/{figure}.py" for figure in FIGURES), "crmlib/simulate/bank.py"]
# Quick ones, of what other chapters stand on.
STILL_PASS = ["tests/test_transitions.py", "tests/lesson/test_findings.py", "tests/lesson/test_exercises.py"]
STILL_PASS += ["tests/test_architecture.py::test_imports_go_one_way"]
STILL_PASS += [f"crmlib/{name}" for name in ("chance.py", "customers.py", "quality.py", "plots", "lesson", "language")]


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    """A copy of the kit, without chapter 2; the data and what other chapters built are as they are."""
    root = tmp_path_factory.mktemp("kit") / "kit"
    skip = shutil.ignore_patterns("__pycache__", CHAPTER, f"{CHAPTER}.ipynb", "solutions", "browser", "messy", "intake")
    for folder in ("crmlib", "tests", "docs"):
        keep = skip if folder == "tests" else shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, root / folder, ignore=keep)
    shutil.copytree(NOTEBOOKS, root / "notebooks", ignore=skip)
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copytree(DATASETS, root / "datasets", copy_function=os.link if hasattr(os, "link") else shutil.copy)
    for part in PARTS:
        (root / part).unlink(missing_ok=part.startswith("tests/"))
    forget_figures(root / "crmlib" / "plots" / "__init__.py")
    return root


def forget_figures(door):
    """Take the chapter's lines, and the names they hand on, out of the list of figures."""
    text = door.read_text(encoding="utf-8")
    for figure in FIGURES:
        line = re.search(rf"^from crmlib\.plots\.{figure} import (.+)\n", text, flags=re.MULTILINE)
        text = text.replace(line[0], "")
        for name in line[1].split(", "):
            text = text.replace(f'    "{name}",\n', "")
    door.write_text(text, encoding="utf-8")


def run(root, *arguments):
    """A Python of its own, in the copy."""
    alone = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=root, env=alone, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def test_every_module_that_is_left_imports(without):
    modules = [path.relative_to(without).with_suffix("") for path in (without / "crmlib").rglob("*.py")]
    names = [".".join(module.parts).removesuffix(".__init__") for module in modules if module.name != "__main__"]
    code = f"import importlib, crmlib\nassert crmlib.__file__.startswith({str(without)!r})\n"
    assert run(without, "-c", f"{code}for name in {names}: importlib.import_module(name)") == (0, "")


def test_every_label_that_is_left_has_its_twin_and_every_edition_its_source(without):
    assert run(without, "-m", "crmlib.kit.labels") == (0, "Every label has its Chinese twin.\n")
    # The map of lessons has fewer to show, and that is all.
    _, said = run(without, "-m", "crmlib.kit.editions", "--check")
    start = "0-start-here/0-start-here.ipynb was built from other exercises, or before a lesson was added."
    assert said.splitlines() == [f"en/{start}", f"zh/{start}", "Run: make notebooks"]


@pytest.mark.slow
def test_the_tests_of_what_is_left_pass(without):
    code, said = run(without, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-x", *STILL_PASS)
    assert code == 0, said
