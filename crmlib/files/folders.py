"""A folder of results that is whole or not there, that two runs never mix, and that takes nothing of yours with it.

``with replaced(out) as work:`` gives a folder to fill. When the block ends well it takes the place of
`out`; when it fails, or the process is killed at any moment, `out` is what it was before, and the next
run removes what was left lying.

    .mine.k3x9_a2b.partial/    beside `out`, while it is filled
        crmlib.json            says that it is ours, and for which `out`: a name alone proves nothing
        new/                   to fill
        old/                   what was in `out`, while the two change places

A folder belongs to a run where its own run.json says so: its "files" name every other file with its
sha256. What no run made is refused before anything is done. What a run made and somebody changed
since, and what was put there while the new result was made, is moved aside and told.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from crmlib.files.lock import locked
from crmlib.files.whole import write_whole
from crmlib.language import t

MANIFEST = "run.json"
MARK = "crmlib.json"
HARMLESS = (".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints")  # of file managers and of Jupyter
LONGEST_NAME = 255  # bytes of a file's name
MOST_NAMES = 5  # in a sentence


@contextmanager
def replaced(out: Path, *, tell: Callable[[str], None] = print) -> Iterator[Path]:
    """A folder to fill, which then replaces `out`.

    Parameters
    ----------
    out : path
        New, empty, or what an earlier run made.
    tell : callable
        What to do with a sentence on files of yours that were moved aside.

    Raises
    ------
    ValueError
        `out` is a file, or holds files that no run made.
    OSError
        `out` cannot be replaced: it is a drive or mounted, in use, or its folder may not be written.
    RuntimeError
        Another process is filling a folder to replace the same `out`.
    """
    _make_parent(out)
    with locked(out.with_name(f"{_stem(out)}.lock"), out):
        _tidy(out, tell)
        _refuse_strangers(out)
        hold = _make_hold(out)
        try:
            _try_to_move(out, hold)
            (hold / "new").mkdir()
            yield hold / "new"
            _swap(hold, out)
            _remove(hold, out, tell)
        finally:
            old = hold / "old"
            if old.exists() and not out.exists():
                old.rename(out)
            if hold.exists() and not old.exists():  # else it holds files of yours, and the next run moves them aside
                _delete(hold)


def list_files(folder: Path) -> Iterator[str]:
    """The files in a folder of results, hidden ones too, with forward slashes; without those of file managers."""
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        is_file = path.is_symlink() or not path.is_dir()
        if is_file and not any(part in HARMLESS for part in inside.parts):
            yield inside.as_posix()


def sign_files(folder: Path) -> dict[str, str]:
    """The sha256 of every file in a folder, by its name."""
    return {name: _sha256(folder / name) for name in sorted(list_files(folder))}


def write_manifest(folder: Path, run: dict) -> None:
    """Write run.json, which makes the folder a run's: all of `run`, which holds "files", and a seal over it."""
    write_whole(folder / MANIFEST, json.dumps(run | {"seal": _seal(run)}, indent=2, ensure_ascii=False) + "\n")


def _sha256(path: Path) -> str:
    if path.is_symlink():
        return ""  # no run makes one
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _seal(run: dict) -> str:
    return hashlib.sha256(json.dumps(run, sort_keys=True).encode()).hexdigest()


def read_run(folder: Path) -> dict:
    """What run.json says of the run that made a folder; {} where there is none, or somebody has changed it."""
    try:
        run = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return run if run.pop("seal") == _seal(run) else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _read_manifest(folder: Path) -> dict[str, str]:
    """What a run's run.json says of the files beside it; {} where there is none that a run made."""
    try:
        run = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = dict(run["files"].items())
        seal = run.pop("seal")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    # The manifest counts as unchanged where its seal fits.
    return {**files, MANIFEST: _sha256(folder / MANIFEST) if seal == _seal(run) else ""}


def find_strangers(folder: Path) -> tuple[list[str], list[str]]:
    """The files in a folder that no run made, and those that a run made and somebody changed since."""
    made = _read_manifest(folder)
    there = sorted(list_files(folder))
    changed = [name for name in there if name in made and _sha256(folder / name) != made[name]]
    return [name for name in there if name not in made], changed


# --- before -----------------------------------------------------------------------------------------


def _make_parent(out: Path) -> None:
    if (out.exists() or out.is_symlink()) and not out.is_dir():
        raise ValueError(
            t("out must be a folder, to be made or replaced; {out} is a file. Choose another name.", out=out)
        )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=out.parent).close()
    except OSError as error:
        raise OSError(
            t(
                "the folder in which {out} is made must be one you may write to; {error}. Choose another with --out.",
                out=out,
                error=error.strerror or error,
            )
        ) from None


def _refuse_strangers(out: Path) -> None:
    """Only what a run made may be replaced: someone may have named the folder of their own files."""
    strange, _ = find_strangers(out) if out.exists() else ([], [])
    if strange:
        raise ValueError(
            t(
                "out must be a new folder, or one that an earlier run made, for it is replaced as a whole; {out} holds"
                " {strange}, which no run made. Choose another folder, or move what is yours out of it.",
                out=out,
                strange=_name_some(strange),
            )
        )


def _try_to_move(out: Path, hold: Path) -> None:
    """Better to fail now than after the run: a drive, a mounted folder or one in use cannot change its name."""
    if not out.exists():
        return
    try:
        out.rename(hold / "old")
        (hold / "old").rename(out)
    except OSError as error:
        raise OSError(
            t(
                "{out} must be a folder that can be replaced; {error}. Is it a drive or a mounted folder? Then choose a"
                " folder in it: --out {inside}. Is one of its files open in another program? Close it.",
                out=out,
                error=error.strerror or error,
                inside=out / "report",
            )
        ) from error


def _name_some(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else t("{names} and {n} more", names=shown, n=len(names) - MOST_NAMES)


# --- the folder beside ------------------------------------------------------------------------------


def _stem(out: Path) -> str:
    """How the names of what lies beside `out` for a while begin; a very long name by its sum."""
    is_long = len(os.fsencode(out.name)) > LONGEST_NAME - 20
    return f".{hashlib.sha256(os.fsencode(out.name)).hexdigest()[:16] if is_long else out.name}"


def _make_hold(out: Path) -> Path:
    hold = Path(tempfile.mkdtemp(prefix=f"{_stem(out)}.", suffix=".partial", dir=out.parent))
    (hold / MARK).write_text(json.dumps({"for": out.name, "process": os.getpid()}), encoding="utf-8")
    return hold


def _is_ours(hold: Path, out: Path) -> bool:
    """Did we make it, for this `out`? An empty one, or with nothing but an empty mark, was killed at its birth."""
    if hold.is_symlink() or not hold.is_dir():
        return False
    try:
        return json.loads((hold / MARK).read_text(encoding="utf-8"))["for"] == out.name
    except (OSError, ValueError, KeyError, TypeError):
        return all(path.name == MARK and path.stat().st_size == 0 for path in hold.iterdir())


def _tidy(out: Path, tell: Callable[[str], None] = print) -> None:
    """Remove what a killed run left, and bring back what it had just moved away."""
    name = re.compile(rf"{re.escape(_stem(out))}\.[^.]{{8}}\.partial")
    for hold in sorted(out.parent.iterdir()):
        if name.fullmatch(hold.name) and _is_ours(hold, out):
            if (hold / "old").exists() and not out.exists():
                (hold / "old").rename(out)
            _remove(hold, out, tell)


def _swap(hold: Path, out: Path) -> None:
    old = hold / "old"
    try:
        if out.exists():
            out.rename(old)
        (hold / "new").rename(out)
    except OSError as error:
        if old.exists() and not out.exists():
            old.rename(out)
        raise OSError(
            t("could not replace {out}: {error}. Is one of its files open in another program?", out=out, error=error)
        ) from error


def _remove(hold: Path, out: Path, tell: Callable[[str], None]) -> None:
    """Remove a hold, but for what is yours in the old result."""
    old = hold / "old"
    if old.exists():
        strange, changed = find_strangers(old)
        if strange or changed:
            aside = _move_aside(old, out, strange + changed)
            tell(
                t(
                    "In {out} there were files that the run did not make, or that were changed since: {names}. They"
                    " are now in {aside}.",
                    out=out.name,
                    names=_name_some(strange + changed),
                    aside=aside,
                )
            )
        old.rename(hold / "gone")  # so that nobody takes half of it for a whole
    _delete(hold)


def _delete(hold: Path) -> None:
    """Remove a hold, its mark last: what is left when we are killed here is still known as ours."""
    for path in hold.iterdir():
        if path.name != MARK:
            shutil.rmtree(path, ignore_errors=True)
    shutil.rmtree(hold, ignore_errors=True)


def _move_aside(old: Path, out: Path, names: list[str]) -> Path:
    stamp = f"{_stem(out)[1:]}.yours-{datetime.now():%Y-%m-%d-%H%M%S}"
    aside = next(
        path
        for path in (out.with_name(stamp + more) for more in ["", *(f"-{n}" for n in range(2, 1000))])
        if not path.exists()
    )
    for name in names:
        (aside / name).parent.mkdir(parents=True, exist_ok=True)
        (old / name).rename(aside / name)
    return aside
