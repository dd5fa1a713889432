"""The process in which a student's notebook runs alone: ``python -m crmlib.kit.apart CELLS ANSWERS SECONDS MEGABYTES``.

It runs the cells from top to bottom, goes on after one that fails, and writes what `check` was asked as plain values,
a line each; it judges nothing. `run_apart`, in the process that marks, starts it and ends it.

What holds the student's code: limits of time, memory and file size; a network that is not there (Linux) or refused;
no writing, renaming or deleting outside the folder it runs in; no other programs. This stops mishaps and pranks. Who
means harm gets around it (native code does), so that the work of strangers belongs into a container.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import math
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from crmlib.language import t

PART_OF_A_CELL = 4  # a cell may take this part of a notebook's time
SPARE = 10  # seconds of work beyond a notebook's time, at most, until whoever cannot be interrupted is ended
LARGEST_FILE, LARGEST_REPORT = 100_000_000, 20_000_000  # bytes
ASKED = re.compile(r"""\bcheck\(\s*["']([\w.]+)["']""")
NEW_NET, NEW_USER = 0x40000000, 0x10000000  # of Linux: a network, and users, of one's own
THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
REFUSED = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname")
REFUSED += ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty")
REFUSED += ("os.kill", "os.killpg", "os.startfile", "pty.spawn", "sys.addaudithook")
CHANGES = ("os.remove", "os.rmdir", "os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate", "os.chmod")
CHANGES += ("os.chown", "os.utime", "shutil.rmtree", "shutil.move")


_running: set[subprocess.Popen] = set()  # to end them when somebody stops us


class OutOfTime(KeyboardInterrupt):
    """A cell has had its time. No error that a student's own `except Exception` would catch."""


# --- in the process that marks --------------------------------------------------------------------


def run_apart(cells: list[str], folder: Path, *, seconds: int, megabytes: int) -> dict:
    """Run the code cells of a notebook in `folder`, in a process of its own.

    Returns
    -------
    dict
        answers: by exercise, what `check` was asked last, as plain values; errors: by exercise, why its cell
        did not run to the end; ended: "" or why the whole run ended early ("time", "died").
    """
    with tempfile.TemporaryDirectory(prefix="crmlib-mark-") as place:
        given, report = Path(place, "cells.json"), Path(place, "answers.jsonl")
        given.write_text(json.dumps(cells), encoding="utf-8")
        command = [sys.executable, "-P", "-m", __name__, given, report, str(seconds), str(megabytes)]
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        ended = ""
        _running.add(process)
        try:
            process.wait(timeout=seconds + 30)  # to start takes time, too
        except subprocess.TimeoutExpired:
            ended = "time"
        else:
            ended = "time" if process.returncode == -getattr(signal, "SIGXCPU", 0) else ""
        finally:
            _end(process)
        return _read_report(report, cells, ended)


def _end(process: subprocess.Popen) -> None:
    """End it, and whatever it has started."""
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
    process.wait()
    _running.discard(process)


def end_all() -> None:
    """End every notebook that still runs."""
    for process in list(_running):
        _end(process)


def _environment(folder: Path) -> dict[str, str]:
    """What a student's code may know of this machine: no keys, no home."""
    import matplotlib
    from matplotlib import font_manager  # noqa: F401 -- its list of fonts is written now, not by each notebook

    from crmlib.files.places import ROOT

    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT") if name in os.environ}
    own = {"HOME": str(folder), "TMPDIR": str(folder), "TEMP": str(folder), "IPYTHONDIR": str(folder / ".ipython")}
    own |= {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    return {**kept, **own, **THREADS, "MPLBACKEND": "Agg", "MPLCONFIGDIR": matplotlib.get_cachedir()}


def _read_report(report: Path, cells: list[str], ended: str) -> dict:
    """What the process has written, which may be anything: lines that are not what they should be are left out."""
    found: dict = {"answers": {}, "errors": {}, "ended": ended or "died"}
    text = ""
    if report.exists():
        with report.open(encoding="utf-8", errors="replace") as stream:
            text = stream.read(LARGEST_REPORT)
    begun = -1
    for line in text.splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if not isinstance(said, dict):
            continue
        begun = said["begun"] if isinstance(said.get("begun"), int) else begun
        if isinstance(said.get("id"), str):
            found["answers"][said["id"]] = said.get("answer")
        if isinstance(said.get("error"), str) and isinstance(said.get("ids"), list):
            found["errors"] |= {str(id): said["error"][:300] for id in said["ids"]}
        if said.get("done") is True and not ended:
            found["ended"] = ""
    if found["ended"]:  # the cell it ended in, and those that never began
        found["errors"] |= {id: found["ended"] for code in cells[max(begun, 0) :] for id in ASKED.findall(code)}
    return found


# --- in the process apart -------------------------------------------------------------------------


def main(given: str, report: str, seconds: str, megabytes: str) -> None:
    """Run the cells; called with the words of the command line."""
    _leave_network()
    cells = json.loads(Path(given).read_text(encoding="utf-8"))
    stream = open(report, "a", encoding="utf-8", buffering=1)  # noqa: SIM115 -- open to the end, whatever happens

    def tell(**said: object) -> None:
        stream.write(json.dumps(said) + "\n")

    shell = _make_shell(tell)
    _limit(int(seconds), int(megabytes))
    sys.addaudithook(_make_guard(Path.cwd().resolve()))
    for place, code in enumerate(cells):
        tell(begun=place)
        error = _run_cell(shell, code, max(int(seconds) // PART_OF_A_CELL, 1))
        if error is not None:
            tell(ids=ASKED.findall(code), error=error)
    tell(done=True)
    stream.close()
    os._exit(0)  # nothing that a student has left for the end runs


def _make_shell(tell: object) -> object:
    """IPython with the kit loaded, and `check` replaced by one that only writes down what it is asked."""
    from IPython.core.interactiveshell import InteractiveShell
    from matplotlib import pyplot as plt

    from crmlib import lesson
    from crmlib.kit.plain_values import to_plain
    from crmlib.lesson import exercises

    def check(id: str, answer: object = ...) -> None:
        tell(id=str(id), answer=to_plain(answer))

    exercises.check = lesson.check = check
    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    shell.events.register("post_run_cell", lambda *_: plt.close("all"))
    sys.path.append(os.getcwd())
    return shell


def _run_cell(shell: object, code: str, seconds: int) -> str | None:
    """Run one cell; what went wrong, in a line."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _stop)
        signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # again and again, should it be caught
    try:
        done = shell.run_cell(code, store_history=False)
        fault = done.error_before_exec or done.error_in_exec
    except BaseException as raised:  # SystemExit, and what else a cell may raise: the next cells still run
        fault = raised
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
    if fault is None:
        return None
    return "time" if isinstance(fault, OutOfTime) else f"{type(fault).__name__}: {_said_by(fault)}"


def _said_by(fault: BaseException) -> str:
    try:
        return " ".join(str(fault).split())[:200]
    except Exception:  # an error of the student's own making may fail to say what it is
        return ""


def _stop(*_: object) -> None:
    raise OutOfTime


def _leave_network() -> None:
    """A network of one's own has nobody in it. Where the system does not grant it, the guard refuses."""
    if not sys.platform.startswith("linux"):
        return
    user, group = os.geteuid(), os.getegid()
    if ctypes.CDLL(None).unshare(NEW_NET | (0 if user == 0 else NEW_USER)) == 0 and user:
        with contextlib.suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _limit(seconds: int, megabytes: int) -> None:
    """Limits that the process cannot raise again; Windows has none, and macOS does not keep that of memory."""
    try:
        import resource
    except ImportError:
        return
    began = resource.getrusage(resource.RUSAGE_SELF)  # to load pandas is no fault of the student's
    wanted = {
        "RLIMIT_CPU": math.ceil(began.ru_utime + began.ru_stime) + seconds + min(seconds, SPARE),
        "RLIMIT_AS": megabytes * 2**20,
        "RLIMIT_FSIZE": LARGEST_FILE,
        "RLIMIT_CORE": 0,
    }
    for name, most in wanted.items():
        with contextlib.suppress(ValueError, OSError):
            hard = most + 5 if name == "RLIMIT_CPU" else most  # at the soft one it is told why it ends
            resource.setrlimit(getattr(resource, name), (most, hard))


def _make_guard(folder: Path) -> object:
    """A hook that Python asks before it changes a file, reaches the network or starts a program; it stays."""

    # Said before the guard stands: to look a text up opens files.
    refused_at_all = t("{event} is refused while notebooks are marked.")
    refused_outside = t("{event} outside of its own folder is refused while notebooks are marked.")

    def is_outside(path: object, dir_fd: object = -1) -> bool:
        if isinstance(path, int):
            return False  # an open file
        base = folder if dir_fd in (-1, None) else Path(os.readlink(f"/proc/self/fd/{dir_fd}"))
        whole = os.path.realpath(os.path.join(base, os.fsdecode(path)))
        return whole != os.devnull and not Path(whole).is_relative_to(folder)

    def guard(event: str, given: tuple) -> None:
        if event in REFUSED:
            raise PermissionError(refused_at_all.format(event=event))
        if event == "open":
            path, mode, flags = given
            writes = set(mode or "") & set("wax+") or (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            refused = bool(writes) and is_outside(path)
        elif event in CHANGES:
            places = given[:2] if event in ("os.rename", "os.link", "os.symlink", "shutil.move") else given[:1]
            beside = given[-1] if event not in ("os.truncate", "shutil.move") else -1  # the folder a name is said from
            refused = any(is_outside(place, beside) for place in places)
        else:
            return
        if refused:
            raise PermissionError(refused_outside.format(event=event))

    return guard


if __name__ == "__main__":
    main(*sys.argv[1:])
