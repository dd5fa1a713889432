"""The ways to set the kit up agree with each other."""

import re
import runpy
import subprocess
import sys
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCK = runpy.run_path(str(ROOT / ".ci" / "lock.py"))
PINS = LOCK["read_pins"]((ROOT / "requirements.lock").read_text(encoding="utf-8"))
TEST_PINS = LOCK["read_pins"]((ROOT / "requirements-test.lock").read_text(encoding="utf-8"))
ENGINE_PINS = LOCK["read_pins"]((ROOT / "requirements-engines.lock").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def normalize(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements):
    return {normalize(re.match(r"[A-Za-z0-9_.-]+", requirement)[0]) for requirement in requirements}


def test_conda_gets_the_versions_of_the_lock_and_crmlib():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert sorted(re.findall(r'^      - "(.+)"$', text, flags=re.MULTILINE)) == sorted(PINS)
    assert "      - -e .\n" in text
    assert text == LOCK["make_environment"]((ROOT / "requirements.lock").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["jupyterlab", "pandas", "matplotlib", "scikit-learn", "nbval", "papermill"])
def test_what_was_asked_for_is_named_in_every_list(name):
    assert name in names(PINS)
    assert name in names(PROJECT["dependencies"])


def test_everything_the_project_needs_is_locked():
    assert names(PROJECT["dependencies"]) - names(PINS) == set()
    assert names(PROJECT["optional-dependencies"]["test"]) - names(PINS) - names(TEST_PINS) == set()


def test_the_locks_are_hashed_and_name_no_host():
    for name in ("requirements.lock", "requirements-test.lock", "requirements-engines.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        entries = re.split(r"(?m)^(?=[A-Za-z0-9])", text)[1:]
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
        assert "://" not in text


def test_the_locks_on_top_repeat_nothing_of_the_first():
    assert (set(TEST_PINS) | set(ENGINE_PINS)) & set(PINS) == set()


def test_the_engines_are_those_that_ibis_speaks_to():
    wanted = [Requirement(text) for text in requires("ibis-framework")]
    for extra, name in (("pyspark", "pyspark"), ("postgres", "psycopg")):
        asked = [one for one in wanted if one.name == name and one.marker and one.marker.evaluate({"extra": extra})]
        version = next(pin for pin in ENGINE_PINS if pin.startswith(f"{name}==")).split("==")[1]
        assert asked and all(version in one.specifier for one in asked)


def test_importing_crmlib_loads_nothing_heavy():
    code = (
        "import sys, crmlib; print([m for m in ('pandas', 'numpy', 'matplotlib', 'duckdb', 'ibis') if m in"
        " sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_module_is_on_the_map():
    import crmlib

    modules = {path.stem for path in (ROOT / "crmlib").glob("*.py")} - {"__init__", "__main__"}
    modules |= {path.parent.name for path in (ROOT / "crmlib").glob("*/__init__.py")}
    assert {name for name in modules if not re.search(rf"(?m)^(\w+, )*{name}\b", crmlib.__doc__)} == set()
