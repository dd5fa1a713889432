"""A folder of results: whole or not there, at whatever moment its maker is killed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crmlib.files import folders as folder


def fill(work, text):
    (work / "tables").mkdir()
    (work / "tables" / "a.csv").write_text(text, encoding="utf-8")
    (work / "run.json").write_text(json.dumps({"files": folder.hash_files(work)}), encoding="utf-8")


def make(out, text):
    with folder.replaced(out) as work:
        fill(work, text)


def read(out):
    """What a result says; None where there is none, and an error where it is only half there."""
    return (
        json.loads((out / "run.json").read_text("utf-8")) and (out / "tables" / "a.csv").read_text("utf-8")
        if out.exists()
        else None
    )


def test_a_result_is_replaced_as_a_whole(tmp_path):
    out = tmp_path / "new" / "mine"
    make(out, "one")
    assert read(out) == "one"
    make(out, "two")
    assert read(out) == "two"
    assert [path.name for path in out.parent.iterdir()] == ["mine"]


def test_a_block_that_fails_changes_nothing(tmp_path):
    out = tmp_path / "mine"
    make(out, "one")
    with pytest.raises(KeyboardInterrupt), folder.replaced(out) as work:
        fill(work, "two")
        raise KeyboardInterrupt
    assert read(out) == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_files_that_no_run_made_are_never_replaced(tmp_path):
    out = tmp_path / "mine"
    make(out, "one")
    (out / "tables" / "my notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match=r"holds tables/my notes.txt, which no run made. Choose another folder"):
        make(out, "two")
    assert (out / "tables" / "my notes.txt").read_text(encoding="utf-8") == "mine"
    assert read(out) == "one"


@pytest.mark.parametrize("name", ["thesis.docx", "index.html", "run.json", "tables/a.csv"])
def test_somebody_elses_folder_is_refused_whatever_its_files_are_called(tmp_path, name):
    out = tmp_path / "mine"
    (out / name).parent.mkdir(parents=True)
    (out / name).write_text("[1]", encoding="utf-8")
    with pytest.raises(ValueError, match=f"holds {name}, which no run made"):
        make(out, "two")
    assert (out / name).read_text(encoding="utf-8") == "[1]"


def test_hidden_files_are_somebodys_too(tmp_path):
    out = tmp_path / "project"
    (out / ".git").mkdir(parents=True)
    (out / ".git" / "config").write_text("x", encoding="utf-8")
    (out / ".env").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match=r"holds \.env, \.git/config, which no run made"):
        make(out, "two")
    assert (out / ".env").exists() and (out / ".git" / "config").exists()


def test_a_file_that_was_changed_since_the_run_is_refused(tmp_path):
    out = tmp_path / "mine"
    make(out, "one")
    (out / "tables" / "a.csv").write_text("one, and what I made of it", encoding="utf-8")
    with pytest.raises(ValueError, match=r"somebody has changed tables/a.csv since. Choose another folder"):
        make(out, "two")
    assert (out / "tables" / "a.csv").read_text(encoding="utf-8") == "one, and what I made of it"


def test_what_comes_in_during_a_run_is_kept_and_told(tmp_path):
    out, told = tmp_path / "mine", []
    make(out, "one")
    with folder.replaced(out, tell=told.append) as work:
        fill(work, "two")
        (out / "notes.md").write_text("mine", encoding="utf-8")
    (kept,) = tmp_path.glob("mine.before-*")
    assert (read(out), (kept / "notes.md").read_text(encoding="utf-8")) == ("two", "mine")
    assert told == [f"  kept    {kept.name}: the result before, for notes.md came into it meanwhile"]
    assert sorted(path.name for path in out.iterdir()) == ["run.json", "tables"]


def test_folders_of_somebody_else_beside_it_are_left_alone(tmp_path):
    for name in (".mine.old", ".mine.17.old", ".mine.17.partial"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "thesis.docx").write_text("x", encoding="utf-8")
    make(tmp_path / "mine", "one")
    make(tmp_path / "mine", "two")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".mine.17.old", ".mine.17.partial", ".mine.old", "mine"]


def test_a_disk_is_refused_before_anything_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr(folder.os.path, "ismount", lambda path: path == tmp_path / "disk")
    (tmp_path / "disk").mkdir()
    with pytest.raises(ValueError, match="disk is a disk of its own. Choose a folder in it"):
        make(tmp_path / "disk", "two")


def test_a_file_is_refused(tmp_path):
    (tmp_path / "orders.csv").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match="out must be a folder, to be made or replaced; .*orders.csv is a file"):
        make(tmp_path / "orders.csv", "two")
    assert [path.name for path in tmp_path.iterdir()] == ["orders.csv"]


def test_what_jupyter_and_file_managers_leave_does_not_count(tmp_path):
    out = tmp_path / "mine"
    make(out, "one")
    (out / "tables" / ".ipynb_checkpoints").mkdir()
    (out / "tables" / ".ipynb_checkpoints" / "a-checkpoint.csv").write_text("x", encoding="utf-8")
    (out / "Thumbs.db").write_text("x", encoding="utf-8")
    make(out, "two")
    assert sorted(folder.list_files(out)) == ["run.json", "tables/a.csv"]


def test_two_at_once_never_mix(tmp_path):
    out = tmp_path / "mine"
    with folder.replaced(out) as work:
        with pytest.raises(
            RuntimeError, match=f"only one run at a time may write .*mine; process {os.getpid()} is at it"
        ):
            make(out, "two")
        fill(work, "one")
    assert read(out) == "one"


def test_leftovers_go_but_not_those_of_a_namesake(tmp_path):
    out = tmp_path / "mine[1]"  # brackets mean something in a glob
    for name in (".mine[1].17.partial", ".mine[1].2.17.partial", ".mine1.17.partial"):
        (tmp_path / name).mkdir()
    (tmp_path / ".mine[1].lock").write_text("17", encoding="utf-8")  # its owner is dead, whoever has its number now
    make(out, "one")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".mine1.17.partial", ".mine[1].2.17.partial", "mine[1]"]


def test_a_folder_that_cannot_be_moved_away_stays(tmp_path, monkeypatch):
    out = tmp_path / "mine"
    make(out, "one")
    rename = Path.rename

    def held(self, target):
        if ".partial" in self.name:
            raise PermissionError("in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(OSError, match="could not replace .*in use. Is one of its files open in another program"):
        make(out, "two")
    assert read(out) == "one"


# Each child replaces "one" by "two" and kills itself at its nth touch of the file system.
KILL_AT_EVERY_STEP = """
import json, os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_folders import folder, make, read
base, step, seen = Path(sys.argv[2]), 0, []
while True:
    out = base / str(step) / "mine"
    make(out, "one")
    child = os.fork()
    if child == 0:
        left = [step]
        def touch(event, arguments):
            if event == "open" or event.startswith(("os.", "shutil.", "fcntl.")):
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(touch)
        make(out, "two")
        os._exit(0)
    whole = os.waitpid(child, 0)[1] == 0
    after = read(out)
    if not whole:
        folder._tidy(out)
        restored = read(out)
        make(out, "three")
    else:
        restored = after
    seen.append([after, restored, read(out), sorted(path.name for path in out.parent.iterdir())])
    if whole:
        break
    step += 1
print(json.dumps(seen))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no fork to make a process that can be killed at each step")
def test_killed_at_any_moment_it_is_the_old_result_or_the_new_one(tmp_path):
    command = [sys.executable, "-W", "ignore", "-c", KILL_AT_EVERY_STEP, str(Path(__file__).parent), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    *killed, whole = json.loads(done.stdout)
    assert whole == ["two", "two", "two", ["mine"]]
    assert len(killed) > 15
    assert {after for after, *_ in killed} == {"one", None, "two"}  # None: between two renames
    assert {restored for _, restored, *_ in killed} == {"one", "two"}
    assert [rest for _, _, *rest in killed if rest != ["three", ["mine"]]] == []
