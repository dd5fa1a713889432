"""One process at a time: a lock that the system releases however its holder ends."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from crmlib.language import t


@contextmanager
def locked(path: Path, out: Path) -> Iterator[None]:
    """Hold the lock file `path` while `out` is written; the file says who holds it.

    Raises
    ------
    RuntimeError
        Another process holds it.
    """
    while True:
        handles: list[int] = []
        lock = FileLock(path, timeout=0, thread_local=False, mode=0o644, on_acquired=handles.append)
        try:
            lock.acquire()
        except Timeout:
            raise RuntimeError(
                t(
                    "only one run at a time may write {out}; process {owner} is at it. Wait for it, or choose another"
                    " folder with --out.",
                    out=out,
                    owner=_read_owner(path) or t("another"),
                )
            ) from None
        if _is_there(handles[0], path):
            break
        lock.release()  # its last owner removed it between our opening and our locking it
    is_ours = _read_owner(path) is not None
    try:
        if is_ours:
            os.ftruncate(handles[0], 0)
            os.lseek(handles[0], 0, os.SEEK_SET)
            os.write(handles[0], f"crmlib {os.getpid()}".encode())
        yield
    finally:
        if is_ours:
            with suppress(PermissionError):  # Windows removes no open file: the next run finds it, and that is all
                path.unlink(missing_ok=True)
        lock.release()


def _read_owner(path: Path) -> str | None:
    """The process that a lock file of ours names, "" where none; None where the file is somebody else's."""
    try:
        found = re.fullmatch(r"(?:crmlib (\d+))?", path.read_text(encoding="utf-8", errors="replace"))
    except OSError:  # Windows lets nobody read it meanwhile
        return ""
    return (found[1] or "") if found else None


def _is_there(handle: int, path: Path) -> bool:
    """Is the file that was opened the one that has the name?"""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
