"""What `make check` looks at: the tests of what changed, and no others."""

import subprocess

from crmlib.files.places import NOTEBOOKS, ROOT, SOURCES
from crmlib.kit import changed

TESTS = ROOT / "tests"


def found(*names):
    return {path.relative_to(TESTS).as_posix() for path in changed.find_tests({ROOT / name for name in names})}


def test_a_module_brings_the_tests_that_import_it_at_any_remove():
    tests = found("crmlib/lesson/answers.py")
    assert {"lesson/test_exercises.py", "kit/test_made_from.py"} <= tests
    assert "test_pyramid.py" not in tests and "files/test_folders.py" not in tests


def test_a_module_that_half_of_all_import_brings_only_the_tests_of_its_folder():
    tests = found("crmlib/language/texts.py")
    assert "language/test_language.py" in tests
    assert len(tests) < len(list(TESTS.rglob("test_*.py"))) / 2


def test_a_test_brings_itself_what_it_shares_brings_those_that_use_it_and_a_file_those_that_name_it():
    assert found("tests/test_pyramid.py") == {"test_pyramid.py"}
    assert "notebooks/test_runs.py" in found("tests/built.py") and "test_pyramid.py" not in found("tests/built.py")
    assert found("tests/sharing.py") == {"test_sharing.py"}  # which imports it as a whole
    assert "messy/test_messy.py" in found("tests/messy/cases.toml")
    assert found("docs/nobody-" + "knows.txt") == set()


def test_a_source_or_an_edition_brings_its_notebook_but_the_chinese_lessons_are_run_elsewhere():
    lesson, folder = "2-customer-pyramid/2-how-concentrated", "2-customer-pyramid"
    english = NOTEBOOKS / "en" / f"{lesson}.ipynb"
    assert changed.find_notebooks({SOURCES / f"{lesson}.py"}) == [english]
    assert changed.find_notebooks({NOTEBOOKS / "zh" / f"{lesson}.ipynb"}) == []
    analyses = [NOTEBOOKS / "analysis" / language / f"{folder}.ipynb" for language in ("en", "zh")]
    assert changed.find_notebooks({SOURCES / folder / "analysis.py"}) == analyses


def test_changed_is_what_differs_from_the_branch_from_the_last_commit_or_is_new(tmp_path):
    def git(*words):
        subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("config", "user.email", "a@b.c")
    git("config", "user.name", "A")
    for name in ("same", "committed", "edited", "gone"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "first")
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    (tmp_path / "committed").write_text("other", encoding="utf-8")
    git("commit", "-qam", "second")
    (tmp_path / "edited").write_text("other", encoding="utf-8")
    (tmp_path / "新的.csv").write_text("new", encoding="utf-8")
    (tmp_path / "gone").unlink()
    assert {path.name for path in changed.find_changed(tmp_path)} == {"committed", "edited", "新的.csv"}
