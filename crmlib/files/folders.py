"""A folder of results that is whole or not there, that two runs never mix, and that destroys nothing of yours.

``with replaced(out) as work:`` gives a hidden folder beside `out` to fill. When the block
ends well it takes the place of `out`; when it fails, or the process is killed at any
moment, `out` is what it was before, and the next run removes what was left lying.

A folder belongs to a run only where its own ``run.json`` says so, file by file with a hash. What no run
wrote, or was changed since, is refused before the run; what comes into `out` while the run is at work is
kept, in a folder beside it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from crmlib.language import t

MANIFEST = "run.json"  # its "files" names every other file of a result, with its hash
MARK = ".crmlib-run"  # in a folder that a run is filling: the number of its process
# A file manager's, and JupyterLab's copies of what lies beside them.
HARMLESS = ("Thumbs.db", "desktop.ini", ".DS_Store", ".directory", ".ipynb_checkpoints", MARK)
MOST_NAMED = 3


@contextmanager
def replaced(out: Path, *, tell=print) -> Iterator[Path]:
    """A hidden folder to fill, which then replaces `out`.

    Parameters
    ----------
    out : Path
        The folder to make or replace.
    tell : callable
        What to do with a line about what was kept.

    Raises
    ------
    ValueError
        `out` is a file or the root of a disk, or holds files that no run made, or that were changed since.
    RuntimeError
        Another process is filling a folder to replace the same `out`.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with _locked(out):
        _tidy(out)
        _check_replaceable(out)
        # Its own name each time: what a killed run started may outlive it for a moment, and still write.
        work = _beside(out, f"{os.getpid()}.partial")
        work.mkdir()
        try:
            (work / MARK).write_text(str(os.getpid()), encoding="ascii")
            yield work
            _swap(work, out, tell)
        finally:
            shutil.rmtree(work, ignore_errors=True)


def list_files(folder: Path) -> Iterator[str]:
    """The files in a folder of results, hidden ones too, with forward slashes; a file manager's are of no account."""
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if set(HARMLESS) & set(inside.parts):
            continue
        if path.is_symlink() or not path.is_dir():
            yield inside.as_posix()


def hash_files(folder: Path) -> dict[str, str]:
    """Each file in a folder of results and its SHA-256, in the order of their names."""
    return {name: _hash(folder / name) for name in sorted(list_files(folder))}


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _beside(out: Path, ending: str) -> Path:
    return out.with_name(f".{out.name}.{ending}")


def _list_ours(out: Path, ending: str) -> list[Path]:
    """Folders beside `out` with a name that a run gives them, and in them what only a run puts there."""
    form = re.compile(rf"\.{re.escape(out.name)}\.\d+\.{ending}")
    named = [path for path in out.parent.iterdir() if form.fullmatch(path.name) and path.is_dir()]
    sign = {"partial": MARK, "old": MANIFEST}[ending]
    return [path for path in named if (path / sign).exists() or not any(path.iterdir())]


def _tidy(out: Path) -> None:
    """Remove what a killed run left, and bring back what it had just moved away."""
    for old in _list_ours(out, "old"):
        if not out.exists():
            old.rename(out)
        else:
            _remove(old, out)
    for partial in _list_ours(out, "partial"):
        shutil.rmtree(partial, ignore_errors=True)


def _check_replaceable(out: Path) -> None:
    """Only what a run made may be replaced: someone may have named the folder of their own files."""
    if out.exists() and not out.is_dir():
        raise ValueError(
            t("out must be a folder, to be made or replaced; {out} is a file. Choose another name.", out=out)
        )
    if os.path.ismount(out):
        raise ValueError(
            t("out must be a folder that can be replaced; {out} is a disk of its own. Choose a folder in it.", out=out)
        )
    strange, changed = _find_yours(out)
    if strange:
        raise ValueError(
            t(
                "out must be a new folder, or one that an earlier run made, for it is replaced as a whole; {out} holds"
                " {strange}, which no run made. Choose another folder, or move what is yours out of it.",
                out=out,
                strange=_name_some(strange),
            )
        )
    if changed:
        raise ValueError(
            t(
                "what a run wrote must be as it was, to be replaced; in {out} somebody has changed {changed} since."
                " Choose another folder, or move what is yours out of it.",
                out=out,
                changed=_name_some(changed),
            )
        )


def _find_yours(out: Path) -> tuple[list[str], list[str]]:
    """What lies in a folder and is not a run's: files it did not write, and files it wrote that were changed since."""
    if not out.exists():
        return [], []
    try:
        made = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"]
        made = dict(made) | {MANIFEST: ""}
    except (OSError, ValueError, KeyError, TypeError):
        made = {}
    there = sorted(list_files(out))
    strange = [name for name in there if name not in made]
    changed = [name for name in there if made.get(name) and _hash(out / name) != made[name]]
    return strange, changed


def _name_some(names: list[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (" ..." if len(names) > MOST_NAMED else "")


def _swap(work: Path, out: Path, tell) -> None:
    old = _beside(out, f"{os.getpid()}.old")
    try:
        if out.exists():
            out.rename(old)
        work.rename(out)
    except OSError as error:
        if old.exists() and not out.exists():
            old.rename(out)
        raise OSError(
            t("could not replace {out}: {error}. Is one of its files open in another program?", out=out, error=error)
        ) from error
    (out / MARK).unlink(missing_ok=True)
    if old.exists():
        _remove(old, out, tell)


def _remove(old: Path, out: Path, tell=print) -> None:
    """Remove the result before this one, but for what somebody put into it while the new one was made."""
    strange, changed = _find_yours(old)
    if not strange and not changed:
        shutil.rmtree(old, ignore_errors=True)
        return
    kept = out.with_name(f"{out.name}.before-{datetime.now():%Y-%m-%dT%H%M%S}")
    old.rename(kept)
    tell(
        t(
            "  kept    {kept}: the result before, for {names} came into it meanwhile",
            kept=kept.name,
            names=_name_some(strange + changed),
        )
    )


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Hold a lock that the system releases however this process ends."""
    path = _beside(out, "lock")
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise RuntimeError(
            t(
                "only one run at a time may write {out}; process {owner} is at it. Wait for it, or choose another"
                " folder with --out.",
                out=out,
                owner=_owner(out),
            )
        ) from None
    try:
        yield
    finally:
        with suppress(OSError):  # Windows removes no open file: the next run finds it, and that is all
            path.unlink(missing_ok=True)
        lock.release()


def _owner(out: Path) -> str:
    """The number of the process that is filling a folder for `out`."""
    marks = [path / MARK for path in _list_ours(out, "partial")]
    return next((mark.read_text(encoding="ascii") for mark in marks if mark.exists()), "another")
