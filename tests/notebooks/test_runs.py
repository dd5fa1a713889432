"""Each lesson runs once in each language.

nbval runs the English editions and the analyses, and compares them with what is committed. A Chinese lesson
is run here, with its exercises worked, and what it shows besides is compared with what is committed.
"""

import subprocess
import sys

import nbformat
import pytest
from built import EDITIONS, NOTEBOOKS, TINY, find_faults, name_of, read, read_checks

from crmlib.files import places
from crmlib.kit import editions
from crmlib.lesson import exercises, sources
from crmlib.lesson.widgets import VIEW

RUN_HERE = [source for source in sources.list_sources() if not sources.is_analysis(source)]
PICTURES = ("image/png", "image/jpeg")


def find_unworked(notebook):
    """Exercises of a solution edition that do not come out right, or whose mistakes do no harm on its data."""
    checks = read_checks(notebook)
    faults = [
        f"{mark['id']} is {mark['state']}" for mark in checks if mark["state"] not in ("right", "written", "guessed")
    ]
    faults += [
        f"{mark['id']}: mistake {place} gives the value wanted" for mark in checks for place in mark.get("alike", [])
    ]
    n_exercises = sum("exercise" in cell.metadata.get("tags", []) for cell in notebook.cells)
    return faults + ([] if len(checks) == n_exercises else [f"{len(checks)} checks of {n_exercises} exercises"])


def shown(cell):
    """What a cell shows, but for its pictures: texts, tables and the marks of findings; of texts in a row, one."""
    found = []
    for output in cell.outputs:
        data = {kind: text for kind, text in output.get("data", {}).items() if kind not in (*PICTURES, VIEW)}
        one = {
            "name": output.get("name"),
            "text": output.get("text", ""),
            "data": data,
            "metadata": output.get("metadata"),
        }
        if found and one["name"] and found[-1]["name"] == one["name"]:
            found[-1]["text"] += one["text"]
        else:
            found.append(one)
    return found


def find_differences(committed, run):
    """Cells that show something else in a run than is committed; an exercise does, once it is worked."""
    there = {cell.id: cell for cell in run.cells}
    return [
        cell.source
        for cell in committed.cells
        if cell.cell_type == "code"
        and "exercise" not in cell.metadata.get("tags", [])
        and (cell.id not in there or shown(cell) != shown(there[cell.id]))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("source", RUN_HERE, ids=name_of)
def test_a_chinese_lesson_shows_what_is_committed_and_its_exercises_come_out_right(source, tmp_path):
    notebook = read(editions.build(source, "zh", tmp_path, kind="solution"))
    assert find_faults(notebook) == []
    assert find_unworked(notebook) == []
    assert find_differences(read(sources.edition_path(source, "zh")), notebook) == []


def test_every_edition_is_run_once_by_nbval_or_here(pytestconfig):
    folder = NOTEBOOKS / "zh"
    assert f"--ignore={folder.relative_to(places.ROOT).as_posix()}" in pytestconfig.getini("addopts")
    here = [sources.edition_path(source, "zh") for source in RUN_HERE]
    assert sorted(here) == sorted(path for path in EDITIONS if folder in path.parents)


ONE_LINE = '"text": [\n      "42\\n"\n     ]'


@pytest.mark.parametrize(("before", "after"), [('"42\\n"', '"43\\n"'), (ONE_LINE, '"text": []')])
def test_another_output_or_none_is_seen(tiny, tmp_path, before, after):
    path = sources.edition_path(tiny, "zh", tmp_path)
    run = read(path)
    assert find_differences(read(path), run) == []
    assert before in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert find_differences(read(path), run) == ["print(6 * 7)"]


@pytest.mark.slow
def test_a_wrong_solution_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(exercises, "solution_code", lambda id, name: f"{name} = orders['amount'].max()")
    notebook = read(
        editions.build(places.SOURCES / "0-start-here" / "0-start-here.py", "en", tmp_path, kind="solution")
    )
    assert find_unworked(notebook) == ["0.0.1 is mistake"]


def test_a_mistake_that_does_no_harm_on_the_lessons_data_is_seen():
    mark = {"crmlib": {"kind": "check", "id": "2.1.1", "state": "right", "alike": [1]}}
    cell = nbformat.v4.new_code_cell("", metadata={"tags": ["exercise"]})
    cell.outputs = [nbformat.v4.new_output("display_data", metadata=mark)]
    assert find_unworked(nbformat.v4.new_notebook(cells=[cell])) == ["2.1.1: mistake 1 gives the value wanted"]
    cell.outputs = []
    assert find_unworked(nbformat.v4.new_notebook(cells=[cell])) == ["0 checks of 1 exercises"]


def run_nbval(path):
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-q",
        "-p",
        "no:cacheprovider",
        path.name,
    ]
    return subprocess.run(command, cwd=path.parent, capture_output=True, text=True, encoding="utf-8", check=False)


def test_tampered_output_turns_nbval_red(tiny, tmp_path):
    path = sources.edition_path(tiny, "en", tmp_path)
    assert run_nbval(path).returncode == 0
    path.write_text(path.read_text(encoding="utf-8").replace('"42\\n"', '"43\\n"'), encoding="utf-8")
    result = run_nbval(path)
    assert result.returncode == 1
    assert "43" in result.stdout


def test_a_stripped_notebook_is_seen_though_nbval_passes_it(tiny, tmp_path):
    path = sources.edition_path(tiny, "en", tmp_path)
    notebook = read(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, path)
    assert run_nbval(path).returncode == 0
    assert "execution counts" in find_faults(read(path))[0]


@pytest.mark.slow
def test_a_figure_to_move_stays_as_its_default_picture_and_passes_nbval(tiny, tmp_path):
    draw = "def draw(cut):\n    _, ax = plt.subplots(figsize=(2, 1))\n    ax.axvline(cut)\n    return ax\n"
    head = (
        "from ipywidgets import FloatSlider\nfrom matplotlib import pyplot as plt\nfrom crmlib.lesson import explore\n"
    )
    text = f"{TINY}\n# %%\n{head}{draw}\nexplore(draw, cut=FloatSlider(value=0.2, min=0, max=1))\n"
    tiny.write_text(text, encoding="utf-8")
    path = editions.build(tiny, "en", tmp_path)
    (output,) = read(path).cells[-1].outputs
    assert set(output.data) == {"image/png", "text/plain"}
    assert run_nbval(path).returncode == 0
    before = path.read_bytes()
    editions.build(tiny, "en", tmp_path)
    assert path.read_bytes() == before
