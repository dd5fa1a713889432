"""A class marked from the command line: recomputed, resumed, written whole."""

import json

import nbformat
import pandas as pd
import pytest

from crmlib.files.places import SOURCES
from crmlib.kit import apart, mark_class
from crmlib.kit.editions import make_edition

START = SOURCES / "0-start-here" / "0-start-here.py"
FORGED = nbformat.v4.new_output(
    "display_data",
    {"text/plain": "0.0.1: Right."},
    metadata={"crmlib": {"kind": "check", "id": "0.0.1", "state": "right"}},
)


def hand_in(folder, student, *, kind="student", say=None, code=None, cut=False):
    """A student's copy of the first lesson: with an answer, with another cell in place of the exercise, or without."""
    notebook = make_edition(START, "en", kind=kind)
    place = next(i for i, cell in enumerate(notebook.cells) if "exercise" in cell.metadata.get("tags", []))
    cell = notebook.cells[place]
    cell.source = cell.source.replace("= ...", f"= {say}") if say is not None else cell.source
    cell.source = code if code is not None else cell.source
    cell.outputs = [FORGED]
    if cut:
        del notebook.cells[place]
    path = folder / student / "0-start-here.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    hand_in(folder, "Cut", cut=True)
    hand_in(folder, "Forger", code="check = print\ncheck('0.0.1', 270)")
    hand_in(folder, "Liar", say='"=HYPERLINK(1)"')
    hand_in(folder, "张三", kind="solution")
    (folder / "notes.ipynb").write_text("no notebook")
    return folder


def read(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")  # for Excel
    return pd.read_csv(path, keep_default_na=False)


@pytest.mark.slow
def test_a_class_is_marked_by_running_and_by_nothing_that_a_notebook_says(call, handed_in, tmp_path, monkeypatch):
    out = tmp_path / "marks"
    code, said, _ = call("mark", handed_in, "--out", out, "--seconds", 60, "--jobs", 2)
    assert code == 1  # notes.ipynb could not be read
    rows = read(out / "marks.csv").set_index("student")
    assert rows["state"].to_dict() == {
        "Cut": "not attempted",
        "Forger": "not attempted",
        "Liar": "not yet right",
        "notes": "not a notebook",
        "张三": "right",
    }
    assert rows.loc["Liar", "answer"] == "'=HYPERLINK(1)"
    assert rows.loc["张三", "file"] == "张三/0-start-here.ipynb"
    assert "5 notebooks of 5 students" in said and "0.0.1: 1 of 4 right or written" in said
    assert read(out / "exercises.csv")[["exercise", "handed in", "right"]].to_numpy().tolist() == [["0.0.1", 4, 1]]

    # Again: only what has changed is run.
    run_before, ran = apart.run_apart, []
    monkeypatch.setattr(apart, "run_apart", lambda cells, *a, **k: ran.append(cells) or run_before(cells, *a, **k))
    call("mark", handed_in, "--out", out, "--seconds", 60)
    assert ran == []
    new = json.loads((handed_in / "Cut" / "0-start-here.ipynb").read_text(encoding="utf-8"))
    new["cells"].append(nbformat.v4.new_code_cell('check("0.0.1", 1)'))
    (handed_in / "Cut" / "0-start-here.ipynb").write_text(json.dumps(new))
    code, said, _ = call("mark", handed_in, "--out", out, "--seconds", 60, "--language", "zh")
    assert len(ran) == 1
    assert "5 名学生，5 份作业" in said and read(out / "marks.csv")["状态"].to_list()[0] != "未作答"


def test_a_marking_that_is_stopped_goes_on_where_it_was(tmp_path, monkeypatch):
    folder, out = tmp_path / "class", tmp_path / "marks"
    for student in ("a", "b"):
        hand_in(folder, student, say=student == "b")
    ran = []

    def stopped_at_the_second(cells, *_, **__):
        ran.append(cells)
        if len(ran) == 2:
            raise KeyboardInterrupt
        return {"answers": {}, "errors": {}, "ended": ""}

    monkeypatch.setattr(apart, "run_apart", stopped_at_the_second)
    options = {"seconds": 60, "memory": 4000, "jobs": 1, "company": None, "again": False, "language": "en"}
    with pytest.raises(KeyboardInterrupt):
        mark_class.mark_class(folder, out=out, **options)
    assert not (out / "marks.csv").exists()
    mark_class.mark_class(folder, out=out, **options)
    assert len(ran) == 3 and ran[1] == ran[2]
    assert len(read(out / "marks.csv")) == 2


def test_two_folders_of_one_name_have_marks_of_their_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(apart, "run_apart", lambda *_, **__: {"answers": {}, "errors": {}, "ended": ""})
    for school in ("north", "south"):
        hand_in(tmp_path / school / "class", school)
        options = {"seconds": 60, "memory": 4000, "jobs": 1, "company": None, "again": False, "language": "en"}
        assert mark_class.mark_class(tmp_path / school / "class", out=None, **options) == 0
    tables = sorted((tmp_path / "build" / "marks").glob("*/marks.csv"))
    assert sorted(student for table in tables for student in read(table)["student"]) == ["north", "south"]


def test_a_folder_that_is_not_there_is_said(call, tmp_path):
    code, _, complained = call("mark", tmp_path / "nowhere")
    assert code == 2 and "FOLDER must be a folder or a zip archive" in complained
