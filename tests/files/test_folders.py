"""A folder of results: whole or not there, at whatever moment its maker is killed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crmlib.files import folders as folder
from crmlib.files import lock


def fill(work, text):
    (work / "tables").mkdir()
    (work / "tables" / "a.csv").write_text(text, encoding="utf-8")
    folder.write_manifest(work, {"files": folder.sign_files(work)})


def make(out, text, tell=print):
    with folder.replaced(out, tell=tell) as work:
        fill(work, text)


def names(path):
    return sorted(entry.name for entry in path.iterdir())


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


def leave(path, **mark):
    """What a killed run leaves, or somebody else has, if without our mark."""
    path.mkdir()
    if mark:
        (path / folder.MARK).write_text(json.dumps(mark), encoding="utf-8")
    (path / "new").mkdir()
    (path / "new" / "half.csv").write_text("x", encoding="utf-8")


def test_leftovers_go_but_not_those_of_a_namesake(tmp_path):
    out = tmp_path / "mine[1]"  # brackets mean something in a glob
    leave(tmp_path / ".mine[1].abcdefgh.partial", **{"for": "mine[1]"})
    leave(tmp_path / ".mine[1].2.abcdefg.partial", **{"for": "mine[1].2"})
    leave(tmp_path / ".mine1.abcdefgh.partial", **{"for": "mine1"})
    (tmp_path / ".mine[1].born_now.partial").mkdir()  # killed before it was marked
    (tmp_path / ".mine[1].lock").write_text("crmlib 17", encoding="utf-8")  # its owner is dead, whoever has its number
    make(out, "one")
    assert names(tmp_path) == [".mine1.abcdefgh.partial", ".mine[1].2.abcdefg.partial", "mine[1]"]


def test_what_only_bears_a_name_like_ours_is_left_alone(tmp_path):
    (tmp_path / ".mine.old").mkdir()
    (tmp_path / ".mine.old" / "thesis.txt").write_text("mine", encoding="utf-8")
    leave(tmp_path / ".mine.17.partial")
    leave(tmp_path / ".mine.abcdefgh.partial")
    leave(tmp_path / ".mine.ijklmnop.partial", **{"for": "yours"})
    (tmp_path / ".mine.lock").write_text("the combination is 17", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    make(tmp_path / "mine", "one")
    make(tmp_path / "mine", "two")
    assert {path: path.read_bytes() for path in before} == before
    assert read(tmp_path / "mine") == "two"


@pytest.mark.parametrize("name", [".git/config", ".env", "tables/.hidden"])
def test_a_folder_of_hidden_files_is_somebodys(tmp_path, name):
    out = tmp_path / "proj"
    (out / name).parent.mkdir(parents=True)
    (out / name).write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match=f"holds {name}, which no run made"):
        make(out, "one")
    assert (out / name).read_text(encoding="utf-8") == "mine"


def test_a_sentence_names_a_few_files_only(tmp_path):
    (tmp_path / "mine").mkdir()
    for n in range(7):
        (tmp_path / "mine" / f"{n}.txt").touch()
    with pytest.raises(ValueError, match="holds 0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 2 more, which"):
        make(tmp_path / "mine", "one")


def test_an_empty_folder_is_fine_and_so_is_what_a_file_manager_left(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / ".DS_Store").touch()
    make(tmp_path / "mine", "one")
    assert read(tmp_path / "mine") == "one" and names(tmp_path) == ["mine"]


def test_what_was_changed_since_is_moved_aside_and_told(tmp_path):
    out, said = tmp_path / "mine", []
    make(out, "one")
    (out / "tables" / "a.csv").write_text("edited", encoding="utf-8")
    make(out, "two", said.append)
    (aside,) = tmp_path.glob("mine.yours-*")
    assert (aside / "tables" / "a.csv").read_text(encoding="utf-8") == "edited"
    assert said == [
        "In mine there were files that the run did not make, or that were changed since: tables/a.csv. They are now in"
        f" {aside}."
    ]
    make(out, "three", said.append)
    assert len(said) == 1 and names(tmp_path) == ["mine", aside.name]


def test_a_changed_run_json_is_moved_aside_too_and_the_rest_is_known(tmp_path):
    out, said = tmp_path / "mine", []
    make(out, "one")
    changed = json.loads((out / "run.json").read_text(encoding="utf-8")) | {"note": "mine"}
    (out / "run.json").write_text(json.dumps(changed), encoding="utf-8")
    make(out, "two", said.append)
    (aside,) = tmp_path.glob("mine.yours-*")
    assert names(aside) == ["run.json"] and "mine" in (aside / "run.json").read_text(encoding="utf-8")


def test_what_is_put_there_during_a_run_is_moved_aside(tmp_path):
    out, said = tmp_path / "mine", []
    make(out, "one")
    with folder.replaced(out, tell=said.append) as work:
        fill(work, "two")
        (out / "notes").mkdir()
        (out / "notes" / "n.txt").write_text("mine", encoding="utf-8")
        (out / "tables" / "a.csv").write_text("edited", encoding="utf-8")
    assert read(out) == "two"
    (aside,) = tmp_path.glob("mine.yours-*")
    found = {path.relative_to(aside).as_posix(): path.read_text(encoding="utf-8") for path in aside.rglob("*.*")}
    assert found == {"notes/n.txt": "mine", "tables/a.csv": "edited"}
    assert "notes/n.txt, tables/a.csv" in said[0]


def test_a_link_in_the_place_of_a_file_of_ours_is_yours(tmp_path):
    out = tmp_path / "mine"
    make(out, "one")
    (tmp_path / "real.csv").write_text("one", encoding="utf-8")
    (out / "tables" / "a.csv").unlink()
    try:
        (out / "tables" / "a.csv").symlink_to(tmp_path / "real.csv")
    except OSError:
        pytest.skip("this system lets only some people make links")
    make(out, "two")
    (aside,) = tmp_path.glob("mine.yours-*")
    assert (aside / "tables" / "a.csv").is_symlink() and (tmp_path / "real.csv").read_text(encoding="utf-8") == "one"


def test_a_folder_that_cannot_be_moved_is_refused_before_the_run(tmp_path, monkeypatch):
    """A mounted folder: EBUSY, or EXDEV."""
    out = tmp_path / "mine"
    out.mkdir()
    rename = Path.rename

    def busy(self, target):
        if self == out:
            raise OSError(16, "Device or resource busy")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", busy)
    message = "mine must be a folder that can be replaced; Device or resource busy.*--out .*report"
    with pytest.raises(OSError, match=message), folder.replaced(out):
        pytest.fail("it ran")
    assert names(tmp_path) == ["mine"]


def test_a_folder_that_cannot_be_moved_away_stays(tmp_path, monkeypatch):
    out = tmp_path / "mine"
    make(out, "one")
    rename = Path.rename

    def held(self, target):
        if self.name == "new":
            raise PermissionError("in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(OSError, match="could not replace .*in use. Is one of its files open in another program"):
        make(out, "two")
    assert read(out) == "one" and names(tmp_path) == ["mine"]


def test_a_folder_one_may_not_write_to_is_a_sentence(tmp_path, monkeypatch):
    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folder.tempfile, "TemporaryFile", refuse)
    with pytest.raises(OSError, match="must be one you may write to; Permission denied. Choose another with --out"):
        make(tmp_path / "mine", "one")


def test_a_name_as_long_as_names_may_be(tmp_path):
    out = tmp_path / ("m" * 250)
    make(out, "one")
    (out / "tables" / "a.csv").write_text("edited", encoding="utf-8")
    make(out, "two", lambda _: None)
    assert read(out) == "two" and len(list(tmp_path.iterdir())) == 2


def test_a_lock_that_its_last_owner_removed_is_taken_anew(tmp_path, monkeypatch):
    """Between our opening the file and our locking it, its last owner removed it: others would lock another one."""
    real, looked = lock._is_there, []

    def look(handle, path):
        if not looked:
            path.unlink()
        looked.append(real(handle, path))
        return looked[-1]

    monkeypatch.setattr(lock, "_is_there", look)
    with folder.replaced(tmp_path / "mine") as work:
        assert looked == [False, True]
        with pytest.raises(RuntimeError, match="only one run at a time"):
            make(tmp_path / "mine", "two")
        fill(work, "one")


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
