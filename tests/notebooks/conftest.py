"""A source of its own to spoil, built once; the analysis of a test file, run on tables."""

import shutil

import matplotlib.pyplot as plt
import pytest
from analyses import run_cells
from built import TINY

from crmlib.kit import editions
from crmlib.language import LANGUAGES
from crmlib.lesson import sources


@pytest.fixture(scope="session")
def tiny_once(tmp_path_factory):
    """A source of its own, built into a folder of its own."""
    root = tmp_path_factory.mktemp("tiny")
    source = root / "source" / "1-tiny" / "analysis.py"
    source.parent.mkdir(parents=True)
    source.write_text(TINY, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "SOURCES", root / "source")
        for language in LANGUAGES:
            editions.build(source, language, root)
    return root


@pytest.fixture
def tiny(tiny_once, tmp_path, monkeypatch):
    """A copy of it to spoil."""
    shutil.copytree(tiny_once, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(sources, "SOURCES", tmp_path / "source")
    return tmp_path / "source" / "1-tiny" / "analysis.py"


@pytest.fixture
def analyze(request, tmp_path, monkeypatch):
    """Run the notebook `SOURCE` of the test file on lines, or on tables by name; its marks and its variables."""

    def run(lines, extra=None, **parameters):
        tables = lines if isinstance(lines, dict) else {"transactions": lines}
        return run_cells(request.module.SOURCE, tmp_path, {**tables, **(extra or {})}, monkeypatch, **parameters)

    yield run
    plt.close("all")
