"""Run the analysis notebooks on a data set, and leave a folder that is whole or not there.

    build/<name>/index.html      the findings and figures of each chapter
    build/<name>/notebooks/      the notebooks as they ran
    build/<name>/tables/*.csv    the result tables
    build/<name>/set-aside/*.csv the rows that could not be read, if any
    build/<name>/run.json        what ran, on what, how long, what was skipped and why

Everything is made in a hidden folder beside it and moved into place at the end, so a run
that is killed leaves the last whole result, or nothing.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import nbformat

from crmlib import report

ROOT = Path(__file__).resolve().parents[1]
ANALYSES = ROOT / "notebooks" / "analysis"
LANGUAGES = ("en", "zh")
# Several threads, and sets in another order, could change the last digit shown.
SAME_EVERY_TIME = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
VERSIONS = ("pandas", "duckdb", "ibis-framework", "scikit-learn", "matplotlib", "papermill")


def list_analyses(language: str, chapters: Sequence[int] = ()) -> list[Path]:
    """The analysis notebooks of a language, in the order of their chapters.

    Raises
    ------
    ValueError
        The language is not one of the kit's, or a chapter has no notebook.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {list(LANGUAGES)}; got {language!r}.")
    paths = sorted((ANALYSES / language).glob("*.ipynb"))
    there = {int(path.name.split("-")[0]): path for path in paths}
    missing = [chapter for chapter in chapters if chapter not in there]
    if missing:
        raise ValueError(f"chapter must be one of {sorted(there)}; got {missing}.")
    return [path for number, path in there.items() if not chapters or number in chapters]


def run_analyses(
    data: str,
    out: str | os.PathLike,
    *,
    language: str = "en",
    chapters: Sequence[int] = (),
    parameters: dict | None = None,
    notebooks: Sequence[Path] | None = None,
    progress: bool | None = None,
    say: Callable[[str], None] = print,
) -> dict:
    """Run the analysis notebooks on one data set and write the folder `out`.

    A notebook that fails stops neither the others nor the index.

    Parameters
    ----------
    data
        A data set of the kit, or the path of a file or folder.
    out
        The folder to make; an earlier result there is replaced once the new one is whole.
    language, chapters
        Which notebooks.
    parameters
        Further parameters for the notebooks, such as as_of.
    notebooks
        Other notebooks than the kit's.
    progress
        Show a bar with the time left; by default, on a terminal.
    say
        What to do with a line for the person who waits.

    Returns
    -------
    dict
        What run.json holds: data, language, parameters, versions, started, seconds,
        notebooks (each with name, title, status "ok" or "failed", seconds, sources,
        findings, skipped, tables and, where it failed, the cell and the error).

    Raises
    ------
    ValueError
        A chapter, language or parameter is not known.
    ValueError
        `out` is a file, or holds files that no run made.
    RuntimeError
        Another run is writing the same folder.
    """
    out = Path(out).resolve()
    paths = list(notebooks) if notebooks is not None else list_analyses(language, chapters)
    parameters = {"data": data, "language": language, **(parameters or {})}
    for path in paths:
        _check_parameters(path, parameters)
    progress = sys.stderr.isatty() if progress is None else progress
    with _claimed(out) as work:
        started = time.monotonic()
        run = {
            "data": data,
            "language": language,
            "parameters": {name: value for name, value in parameters.items() if name not in ("data", "language")},
            "started": datetime.now(UTC).isoformat(timespec="seconds"),
            "versions": {"crmlib": version("crmlib"), "python": platform.python_version()}
            | {name: version(name) for name in VERSIONS},
            "notebooks": [],
        }
        (work / "notebooks").mkdir()
        executed = []
        for path in paths:
            entry, notebook = _run_one(path, work, parameters, progress)
            run["notebooks"].append(entry)
            executed.append((entry, notebook))
            say(_line(entry))
        run["seconds"] = round(time.monotonic() - started, 1)
        _write(work / "run.json", json.dumps(run, indent=2, ensure_ascii=False) + "\n")
        _write(work / "index.html", report.make_page(run, executed, work))
        _swap(work, out)
    return run


def _line(entry: dict) -> str:
    if entry["status"] == "failed":
        error = entry["error"]
        return f"  failed  {entry['name']}, cell {error['cell']}: {error['kind']}: {error['message']}"
    skipped = f", {len(entry['skipped'])} sections left out" if entry["skipped"] else ""
    return f"  ok      {entry['name']}: {len(entry['findings'])} findings{skipped}, {entry['seconds']} s"


def _run_one(path: Path, work: Path, parameters: dict, progress: bool) -> tuple[dict, nbformat.NotebookNode]:
    import papermill
    from papermill.exceptions import PapermillExecutionError

    target = work / "notebooks" / path.name
    started = time.monotonic()
    error = None
    os.environ.update(SAME_EVERY_TIME)
    try:
        papermill.execute_notebook(
            str(path),
            str(target),
            parameters=parameters | {"out": str(work)},
            kernel_name="python3",
            cwd=str(Path.cwd()),
            progress_bar={"desc": f"  {path.stem}", "leave": False} if progress else False,
            log_output=False,
            extra_arguments=["--log-level=ERROR"],  # not the kernel's remarks about its transport
        )
    except PapermillExecutionError as failure:
        error = {"cell": failure.exec_count, "kind": failure.ename, "message": failure.evalue, "source": failure.source}
    except Exception as failure:  # a kernel that died, for one: the other notebooks still run
        error = {"cell": None, "kind": type(failure).__name__, "message": str(failure), "source": ""}
    notebook = nbformat.read(target if target.exists() else path, as_version=4)
    entry = {
        "name": path.stem,
        "status": "failed" if error else "ok",
        "seconds": round(time.monotonic() - started, 1),
        **report.read_marks(notebook),
    }
    if error:
        entry["error"] = error
    _forget_folder(target, work)
    return entry, nbformat.read(target if target.exists() else path, as_version=4)


def _forget_folder(path: Path, work: Path) -> None:
    """Leave no path of this machine in a notebook that people pass on."""
    if path.exists():
        text = path.read_text(encoding="utf-8")
        shown = json.dumps(str(work), ensure_ascii=False)[1:-1]
        _write(path, text.replace(shown, "results").replace(shown.replace("\\", "\\\\"), "results"))


def _check_parameters(path: Path, parameters: dict) -> None:
    # papermill only warns of a parameter the notebook does not have, and the run goes on without it.
    import papermill

    known = set(papermill.inspect_notebook(str(path)))
    unknown = sorted(set(parameters) - known)
    if unknown:
        raise ValueError(f"parameters must be among {sorted(known)} for {path.name}; got {unknown}.")


# --- whole or not there ---------------------------------------------------------------------------


@contextmanager
def _claimed(out: Path):
    """A hidden folder beside `out`, ours alone; it vanishes unless swapped into place."""
    _check_replaceable(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    lock = out.parent / f".{out.name}.lock"
    _take(lock, out)
    work = out.parent / f".{out.name}.partial"
    try:
        shutil.rmtree(work, ignore_errors=True)  # left by a run that was killed
        work.mkdir()
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        lock.unlink(missing_ok=True)


def _check_replaceable(out: Path) -> None:
    """Only what a run made may be replaced: someone may have named the folder of their own files."""
    if out.exists() and not out.is_dir():
        raise ValueError(f"out must be a folder, to be made or replaced; {out} is a file. Choose another name.")
    ours = {"index.html", "run.json", "notebooks", "tables", "set-aside"}
    strange = sorted(path.name for path in out.iterdir() if path.name not in ours) if out.exists() else []
    if strange or (out.exists() and any(out.iterdir()) and not (out / "run.json").exists()):
        raise ValueError(
            f"out must be a new folder, or one that an earlier run made, for it is replaced as a whole; {out} holds "
            f"{(strange or ['files but no run.json'])[0]}. Choose another folder, or move what is yours out of it."
        )


def _take(lock: Path, out: Path) -> None:
    for _ in range(2):
        try:
            with lock.open("x", encoding="utf-8") as stream:
                stream.write(str(os.getpid()))
            return
        except FileExistsError:
            owner = lock.read_text(encoding="utf-8").strip()
            if owner.isdigit() and _is_alive(int(owner)):
                raise RuntimeError(
                    f"only one run at a time may write {out}; process {owner} is at it. "
                    "Wait for it, or choose another folder with --out."
                ) from None
            lock.unlink(missing_ok=True)  # its owner was killed
    raise RuntimeError(f"could not claim {out}; remove {lock} if no other run is under way.")


def _is_alive(process: int) -> bool:
    import psutil

    return psutil.pid_exists(process)


def _swap(work: Path, out: Path) -> None:
    old = out.parent / f".{out.name}.old"
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    work.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)
