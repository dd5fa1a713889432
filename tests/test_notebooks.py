"""The editions: equal to their source, run from top to bottom, in two languages with one code.

The outputs themselves are compared by nbval (`make test` runs it on every
notebook); here are the things nbval cannot see, and proof that tampering is seen.
"""

import importlib.util
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from importlib.machinery import SourceFileLoader
from pathlib import Path

import nbformat
import pytest
from test_language import find_half_width

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"


def load_build():
    loader = SourceFileLoader("build_notebooks", str(NOTEBOOKS / "build"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("build_notebooks", loader))
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode  # no cache beside the script
    try:
        loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


BUILD = load_build()
EDITIONS = sorted(path for path in NOTEBOOKS.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)


def read(path):
    return nbformat.read(path, as_version=4)


def find_faults(notebook):
    """What is wrong with a notebook that should hold the outputs of one run."""
    faults = []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    counts = [cell.execution_count for cell in code]
    if counts != list(range(1, len(code) + 1)):
        faults.append(f"execution counts are {counts[:3]} ..., not 1 to {len(code)}")
    for cell in code:
        for output in cell.outputs:
            if output.output_type == "error":
                faults.append(f"an error: {output.ename}")
            if output.output_type == "stream" and output.name == "stderr":
                faults.append(f"a warning: {output.text.strip()[:200]}")
        if len(cell.source.splitlines()) > 20:
            faults.append(f"a cell of {len(cell.source.splitlines())} lines")
    return faults


def test_there_are_editions_in_both_languages():
    assert {path.parent.name for path in EDITIONS} == {"en", "zh"}


def test_editions_equal_their_source():
    assert BUILD.find_stale() == []


@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: "/".join(path.parts[-3:]))
def test_outputs_are_those_of_one_run_without_a_warning(path):
    assert find_faults(read(path)) == []


@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_notebook_stays_small(path):
    assert path.stat().st_size <= BUILD.MAX_KILOBYTES * 1000


@pytest.mark.parametrize("source", BUILD.list_sources(), ids=lambda path: path.stem)
def test_code_is_the_same_in_both_languages_but_for_the_parameter(source):
    english, chinese = (BUILD.make_edition(source, language).cells for language in BUILD.LANGUAGES)
    differ = [(a.source, b.source) for a, b in zip(english, chinese, strict=True) if a.cell_type == "code" and a != b]
    assert len(differ) == 1
    assert differ[0][0].replace('language = "en"', 'language = "zh"') == differ[0][1]


@pytest.mark.parametrize("source", BUILD.list_sources(), ids=lambda path: path.stem)
def test_chinese_prose_is_chinese(source):
    for cell in BUILD.make_edition(source, "zh").cells:
        if cell.cell_type == "markdown":
            assert re.search("[\u4e00-\u9fff]", cell.source), cell.source
            assert find_half_width(cell.source) == []


class Headings(HTMLParser):
    """Collects the text of every heading cell of the tables in a page."""

    def __init__(self):
        super().__init__()
        self.texts, self._open = [], False

    def handle_starttag(self, tag, attributes):
        self._open = tag == "th"

    def handle_data(self, data):
        if self._open and data.strip():
            self.texts.append(data.strip())


@pytest.mark.parametrize("path", [p for p in EDITIONS if p.parent.name == "zh"], ids=lambda path: path.stem)
def test_no_english_heading_in_a_chinese_table(path):
    headings = Headings()
    for cell in read(path).cells:
        for output in cell.get("outputs", []):
            headings.feed("".join(output.get("data", {}).get("text/html", "")))
    words = [text for text in headings.texts if re.search("[a-z]{2}", text)]
    assert headings.texts != []
    assert words == []


# --- proof that the safeguards see what they are for, on a notebook of three cells ---

TINY = """\
# %% [markdown] lang="en"
# # Money

# %% [markdown] lang="zh"
# # 钱

# %% tags=["parameters"]
language = "en"

# %%
print(6 * 7)
"""


@pytest.fixture(scope="module")
def tiny_once(tmp_path_factory):
    """A source of its own, built into a folder of its own."""
    root = tmp_path_factory.mktemp("tiny")
    source = root / "source" / "analysis" / "tiny.py"
    source.parent.mkdir(parents=True)
    source.write_text(TINY, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BUILD, "SOURCES", root / "source")
        for language in BUILD.LANGUAGES:
            BUILD.build(source, language, root)
    return root


@pytest.fixture
def tiny(tiny_once, tmp_path, monkeypatch):
    """A copy of it to spoil."""
    shutil.copytree(tiny_once, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(BUILD, "SOURCES", tmp_path / "source")
    return tmp_path / "source" / "analysis" / "tiny.py"


def run_nbval(path):
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q", "-p", "no:cacheprovider", path.name]
    return subprocess.run(command, cwd=path.parent, capture_output=True, text=True, encoding="utf-8", check=False)


def test_building_twice_gives_the_same_bytes(tiny, tmp_path):
    path = BUILD.edition_path(tiny, "zh", tmp_path)
    before = path.read_bytes()
    BUILD.build(tiny, "zh", tmp_path)
    assert path.read_bytes() == before
    assert find_faults(read(path)) == []
    assert BUILD.find_stale(tmp_path) == []


def test_tampered_output_turns_nbval_red(tiny, tmp_path):
    path = BUILD.edition_path(tiny, "en", tmp_path)
    assert run_nbval(path).returncode == 0
    path.write_text(path.read_text(encoding="utf-8").replace('"42\\n"', '"43\\n"'), encoding="utf-8")
    result = run_nbval(path)
    assert result.returncode == 1
    assert "43" in result.stdout


def test_a_stripped_notebook_is_seen_though_nbval_passes_it(tiny, tmp_path):
    path = BUILD.edition_path(tiny, "en", tmp_path)
    notebook = read(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, path)
    assert run_nbval(path).returncode == 0
    assert "execution counts" in find_faults(read(path))[0]


def test_a_missing_twin_is_refused_by_name(tiny):
    tiny.write_text(TINY.replace('# %% [markdown] lang="zh"\n# # 钱\n', ""), encoding="utf-8")
    with pytest.raises(ValueError, match=r"tiny.py: the prose cell that begins \['# Money'\] has no Chinese twin"):
        BUILD.read_twins(tiny)


def test_prose_changed_in_one_edition_only_is_stale(tiny, tmp_path):
    path = BUILD.edition_path(tiny, "zh", tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("# 钱", "# 金钱"), encoding="utf-8")
    assert BUILD.find_stale(tmp_path) == ["tiny.ipynb (zh) is not what its source says."]


def test_code_changed_in_an_edition_is_stale(tiny, tmp_path):
    path = BUILD.edition_path(tiny, "en", tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("6 * 7", "7 * 6"), encoding="utf-8")
    assert BUILD.find_stale(tmp_path) == ["tiny.ipynb (en) is not what its source says."]


def test_a_notebook_without_a_source_is_named(tiny, tmp_path):
    nbformat.write(nbformat.v4.new_notebook(), tmp_path / "analysis" / "en" / "stray.ipynb")
    assert BUILD.find_stale(tmp_path) == [f"{Path('analysis', 'en', 'stray.ipynb')} has no source."]


def test_a_notebook_that_grew_too_large_is_not_written(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr(BUILD, "MAX_KILOBYTES", 1)
    path = BUILD.edition_path(tiny, "en", tmp_path)
    before = path.read_bytes()
    tiny.write_text(TINY + '\n# %%\nprint("x" * 2000)\n', encoding="utf-8")
    with pytest.raises(ValueError, match="keep it under 1: show less"):
        BUILD.build(tiny, "en", tmp_path)
    assert path.read_bytes() == before
