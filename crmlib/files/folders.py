"""A folder of results that is whole or not there, and that two runs never mix.

``with replaced(out) as work:`` gives a hidden folder beside `out` to fill. When the block
ends well it takes the place of `out`; when it fails, or the process is killed at any
moment, `out` is what it was before, and the next run removes what was left lying.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crmlib.language import t

MANIFEST = "run.json"  # its "files" names every other file of a result
NOT_OURS_BUT_HARMLESS = ("Thumbs.db", "desktop.ini")  # a file manager's


@contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """A hidden folder to fill, which then replaces `out`.

    Raises
    ------
    ValueError
        `out` is a file, or holds files that its run.json does not name.
    RuntimeError
        Another process is filling a folder to replace the same `out`.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with _locked(_beside(out, "lock"), out):
        _tidy(out)
        _check_replaceable(out)
        # Its own name each time: what a killed run started may outlive it for a moment, and still write.
        work = _beside(out, f"{os.getpid()}.partial")
        work.mkdir()
        try:
            yield work
            _swap(work, out)
        finally:
            shutil.rmtree(work, ignore_errors=True)


def list_files(folder: Path) -> Iterator[str]:
    """The files in a folder of results, with forward slashes; hidden ones are of no account."""
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts) or path.name in NOT_OURS_BUT_HARMLESS
        if not hidden and (path.is_symlink() or not path.is_dir()):
            yield inside.as_posix()


def _beside(out: Path, ending: str) -> Path:
    return out.with_name(f".{out.name}.{ending}")


def _tidy(out: Path) -> None:
    """Remove what a killed run left, and bring back what it had just moved away."""
    old = _beside(out, "old")
    if old.exists() and not out.exists():
        old.rename(out)
    for path in out.parent.iterdir():
        if path == old or re.fullmatch(rf"\.{re.escape(out.name)}\.\d+\.partial", path.name):
            shutil.rmtree(path, ignore_errors=True)


def _check_replaceable(out: Path) -> None:
    """Only what a run made may be replaced: someone may have named the folder of their own files."""
    if out.exists() and not out.is_dir():
        raise ValueError(
            t("out must be a folder, to be made or replaced; {out} is a file. Choose another name.", out=out)
        )
    try:
        made = {MANIFEST, *json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        made = set()
    strange = next((name for name in list_files(out) if name not in made), None)
    if strange:
        raise ValueError(
            t(
                "out must be a new folder, or one that an earlier run made, for it is replaced as a whole; {out} holds"
                " {strange}, which no run made. Choose another folder, or move what is yours out of it.",
                out=out,
                strange=strange,
            )
        )


def _swap(work: Path, out: Path) -> None:
    old = _beside(out, "old")
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
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _locked(path: Path, out: Path) -> Iterator[None]:
    """Hold a lock that the system releases however this process ends."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(handle)
        except (BlockingIOError, PermissionError):  # as Linux and macOS say it, and as Windows does
            owner = os.read(handle, 20).decode(errors="replace") or "another"
            os.close(handle)
            raise RuntimeError(
                t(
                    "only one run at a time may write {out}; process {owner} is at it. Wait for it, or choose another"
                    " folder with --out.",
                    out=out,
                    owner=owner,
                )
            ) from None
        if _is_same(handle, path):
            break
        os.close(handle)  # its last owner removed it between our opening and our locking it
    try:
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        with suppress(PermissionError):  # Windows removes no open file: the next run finds it, and that is all
            path.unlink(missing_ok=True)
        os.close(handle)


def _lock(handle: int) -> None:
    if os.name == "nt":
        import msvcrt

        os.lseek(handle, 1 << 20, os.SEEK_SET)  # far behind the number, which others may read
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_same(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
