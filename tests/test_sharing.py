"""What is computed once for several files of tests is computed in one process."""

import re
from pathlib import Path

import sharing

TESTS = Path(__file__).parent


def test_the_files_that_read_a_lessons_run_are_known():
    """Where one is missing, its process runs all lessons again."""
    texts = {
        path.relative_to(TESTS.parent).as_posix(): path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")
    }
    reading = {name for name, text in texts.items() if re.search(r"^from built import .*\brun_", text, re.MULTILINE)}
    assert reading == sharing.LESSONS_RUN


def test_they_go_to_one_process_and_each_other_file_to_one():
    together = {sharing.find_group(f"{name}::test_a[1-b]") for name in sharing.LESSONS_RUN}
    assert len(together) == 1
    apart = {sharing.find_group(f"tests/test_{name}.py::test_x") for name in ("trend", "totals")}
    assert apart == {"tests/test_trend.py", "tests/test_totals.py"}
