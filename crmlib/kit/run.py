"""Run the analysis notebooks on a data set, and leave a folder that is whole or not there.

    build/<name>/index.html       the findings, figures and tables of each chapter, on one page
    build/<name>/notebooks/       the notebooks as they ran, to open (.ipynb) and to read (.html)
    build/<name>/tables/*.csv     the result tables
    build/<name>/set-aside/*.csv  the rows that could not be read, if any
    build/<name>/run.json         what ran, on what, how long, what was skipped and why

Everything is made in a hidden folder beside it and moved into place at the end, so a run
that is killed leaves the last whole result, or nothing.
"""

from __future__ import annotations

import functools
import json
import logging
import os
import platform
import re
import shlex
import signal
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from weakref import WeakSet

import nbformat

from crmlib import datasets
from crmlib.files import folders as folder
from crmlib.files.places import ANALYSES, ROOT
from crmlib.kit import report
from crmlib.language import LANGUAGES, plural, t

# Several threads, and sets in another order, could change the last digit shown; a back end
# chosen for scripts would leave the page without figures.
KERNEL_ENVIRONMENT = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
KERNEL_ENVIRONMENT |= {"PYTHONHASHSEED": "0", "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
VERSIONS = ("pandas", "duckdb", "ibis-framework", "scikit-learn", "matplotlib", "papermill")
LONGEST_MESSAGE = 2000
_managers: WeakSet = WeakSet()  # of the kernels, to end them when somebody stops us


def list_analyses(language: str, chapters: Sequence[int] = ()) -> list[Path]:
    """The analysis notebooks of a language, in the order of their chapters.

    Raises
    ------
    ValueError
        The language is not one of the kit's, or a chapter has no notebook.
    """
    if language not in LANGUAGES:
        raise ValueError(
            t("language must be one of {languages}; got {language!r}.", languages=list(LANGUAGES), language=language)
        )
    there = {int(path.name.split("-")[0]): path for path in sorted((ANALYSES / language).glob("*.ipynb"))}
    if not there:
        raise FileNotFoundError(
            t(
                "the kit's notebooks must lie in {folder}, and there are none. Install the kit from its folder: python"
                " -m pip install -e .",
                folder=ANALYSES / language,
            )
        )
    missing = [chapter for chapter in chapters if chapter not in there]
    if missing:
        raise ValueError(t("chapter must be one of {known}; got {missing}.", known=sorted(there), missing=missing))
    return [path for number, path in sorted(there.items()) if not chapters or number in chapters]


def run_analyses(
    data: str | os.PathLike,
    out: str | os.PathLike,
    *,
    language: str = "en",
    chapters: Sequence[int] = (),
    as_of: str | None = None,
    parameters: dict | None = None,
    notebooks: Sequence[Path] | None = None,
    progress: bool | None = None,
    say: Callable[[str], None] = print,
    pool: Pool | None = None,
) -> dict:
    """Run the analysis notebooks on one data set and write the folder `out`.

    A notebook that fails stops neither the others nor the index.

    Parameters
    ----------
    data
        A data set of the kit, or the path of a file or folder.
    out
        The folder to make. An earlier result there is replaced once the new one is whole;
        a folder with files that no run made is refused.
    language, chapters
        Which notebooks.
    as_of
        The day to look from, such as "2025-12-31"; the last day in the data if None.
    parameters
        What else to set in the notebooks, such as ``{"period_days": 90}``.
    notebooks
        Other notebooks than the kit's. Each needs the parameters data, as_of, language, out.
    progress
        Show a bar with the time left; if None, where standard error is a terminal.
    say
        What to do with a line for the person who waits.
    pool
        Runs several notebooks at a time; shared by several data sets, each in a thread of its
        own. One after the other if None.

    Returns
    -------
    dict
        What run.json holds:

        - data, language, chapters, parameters (as_of and what else was set), command (to repeat
          it), versions, started (UTC), seconds, files (all that was written, but run.json);
        - notebooks, one each: name, title, status ("ok" or "failed"), seconds;
          sources (table, file, sha256, n_read, n_accepted, n_rejected, set_aside: where those rows
          are); period (first_day, last_day, as_of; None where the notebook does not say);
          findings (sentences); skipped (text, section, needs: columns by table); doubts
          (sentences); tables (name, title, path); and where it failed, error (cell: its number, kind, message, source).

    Raises
    ------
    ValueError
        The data, a chapter, the language or a parameter is not known, or `out` holds other files.
    RuntimeError
        Another run is writing the same folder.
    """
    out = Path(out).resolve()
    paths = list(notebooks) if notebooks is not None else list_analyses(language, chapters)
    place, last_day = check_data(data)
    known = {"as_of": as_of or last_day, **(parameters or {})}
    for path in paths:
        _check_parameters(path, {"data", "language", "out", *known})
    progress = sys.stderr.isatty() if progress is None else progress
    with folder.replaced(out) as work:
        started = time.monotonic()
        run = {
            "data": str(data),
            "language": language,
            "chapters": list(chapters),
            "parameters": known,
            "command": _command(str(data), language, chapters, known["as_of"]),
            "versions": (
                {"crmlib": version("crmlib"), "python": platform.python_version()}
                | {name: version(name) for name in VERSIONS}
            ),
            "started": datetime.now(UTC).isoformat(timespec="seconds"),
            "notebooks": [],
        }
        (work / "notebooks").mkdir()
        given = {"data": place, "language": language, "out": ".", **known}
        hide = functools.partial(_hide, {str(work): ".", place: str(data)})
        run_one = functools.partial(_run_one, work=work, given=given, hide=hide, progress=progress)
        executed = []
        for entry, notebook in pool.map(run_one, paths) if pool else map(run_one, paths):
            executed.append((entry, notebook))
            say(_line(entry))
        run["notebooks"] = [entry for entry, _ in executed]
        page = report.make_page(run, executed, work)
        _write(work / "index.html", page)
        run["seconds"] = round(time.monotonic() - started, 1)
        run["files"] = sorted(folder.list_files(work))
        _write(work / "run.json", json.dumps(run, indent=2, ensure_ascii=False) + "\n")
    return run


def check_data(data: str | os.PathLike) -> tuple[str, str | None]:
    """What a notebook in another folder can find, and the last day where the kit knows it."""
    if data in datasets.COMPANIES:
        return str(data), datasets.describe_dataset(data)["as_of"].date().isoformat()
    if data in datasets.SINGLE_TABLES:
        raise ValueError(
            t(
                "data must have transactions to be analyzed; {data} has none. Try {names}.",
                data=data,
                names=datasets.COMPANIES[0],
            )
        )
    path = Path(data).expanduser()
    if not path.exists():
        raise ValueError(
            t(
                "data must be a data set of the kit ({names}) or the path of a file or folder; there is no {data!r}"
                " here. Look for a slip in it, or see what there is: crmlib data",
                names=", ".join(datasets.COMPANIES),
                data=str(data),
            )
        )
    return str(path.resolve()), None


def _check_parameters(path: Path, wanted: set[str]) -> None:
    # papermill only warns of a parameter the notebook does not have, and the run goes on without it.
    import papermill

    known = papermill.inspect_notebook(_literal(path))
    if unknown := sorted(wanted - set(known)):
        raise ValueError(
            t(
                "parameters must be among {known} for {file}; got {unknown}.",
                known=sorted(known),
                file=path.name,
                unknown=unknown,
            )
        )


def _command(data: str, language: str, chapters: Sequence[int], as_of: str | None) -> str:
    words = ["crmlib", "run", "--data", data, *(f"--chapter={chapter}" for chapter in chapters)]
    words += ["--as-of", as_of] if as_of else []
    return shlex.join([*words, "--language", language])


def _line(entry: dict) -> str:
    """A notebook's line on the terminal; nothing out of the data can move the cursor there."""
    if entry["status"] == "failed":
        error = entry["error"]
        text = t(
            "  failed  {name}, cell {cell}: {kind}: {message}",
            name=entry["name"],
            **{**error, "message": error["message"][:300]},
        )
        return re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", text)
    said = [
        count_findings(len(entry["findings"])),
        *([count_left_out(len(entry["skipped"]))] if entry["skipped"] else []),
    ]
    return t(
        "  ok      {name}: {said}, {seconds} s", name=entry["name"], said=t(", ").join(said), seconds=entry["seconds"]
    )


def count_findings(n: int) -> str:
    return plural(n, "1 finding", "{n} findings")


def count_left_out(n: int) -> str:
    return plural(n, "1 section left out", "{n} sections left out")


# --- one notebook ---------------------------------------------------------------------------------


class Pool:
    """Notebooks run several at a time, and ended together."""

    def __init__(self, jobs: int):
        self.threads = ThreadPoolExecutor(jobs)
        self.is_ended = False

    def map(self, run_one: Callable, paths: Sequence[Path]) -> list:
        """What `run_one` makes of each path, in their order."""
        done = [future.result() for future in [self.threads.submit(self._run, run_one, path) for path in paths]]
        if self.is_ended:  # what kernels left when they were ended is no result
            raise KeyboardInterrupt
        return done

    def _run(self, run_one: Callable, path: Path):
        from jupyter_core.utils import ensure_event_loop

        if self.is_ended:
            raise KeyboardInterrupt
        try:
            return run_one(path)
        finally:
            # To talk to its kernel a thread gets an event loop of its own, which nobody else closes.
            ensure_event_loop().close()

    def end(self) -> None:
        """Start no more notebooks, and end the kernels of those that run."""
        self.is_ended = True
        logging.disable(logging.CRITICAL)  # that their kernels die is no news
        self.threads.shutdown(wait=False, cancel_futures=True)
        for manager in list(_managers):
            with suppress(OSError, AttributeError):  # it has ended by itself
                os.kill(manager.provisioner.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)


def _run_one(path: Path, work: Path, given: dict, hide: Callable[[str], str], *, progress: bool):
    """Execute a notebook into `work`: its entry in run.json, and the notebook as it ran."""
    target = work / "notebooks" / path.name
    started = time.monotonic()
    error = _execute(path, target, given, progress=progress)
    notebook = nbformat.read(target if target.exists() else path, as_version=4)
    if not target.exists():  # it never began: what the kit's own copy says is of another run
        for cell in notebook.cells:
            cell.update({"outputs": [], "execution_count": None} if cell.cell_type == "code" else {})
    notebook = _forget_machine(notebook, path.name, hide)
    if error and error["cell"] is None:
        error |= _last_begun(notebook)
    entry = {
        "name": path.stem,
        "status": "failed" if error else "ok",
        "seconds": round(time.monotonic() - started, 1),
        **report.read_marks(notebook),
    }
    if error:
        entry["error"] = {name: hide(text) if isinstance(text, str) else text for name, text in error.items()}
    _write(target, nbformat.writes(notebook) + "\n")
    page = report.make_notebook_page(notebook, entry["title"], given["language"])
    _write(target.with_suffix(".html"), page)
    return entry, notebook


def _execute(path: Path, target: Path, given: dict, *, progress: bool) -> dict | None:
    """Run one notebook into `target`; what went wrong, if anything."""
    import papermill
    from papermill.exceptions import PapermillExecutionError

    bar = {"desc": f"  {path.stem}", "leave": False, "dynamic_ncols": True}
    try:
        papermill.execute_notebook(
            _literal(path),
            _literal(target),
            parameters=given,
            kernel_name="python3",
            kernel_manager_class=_make_kernel_manager(),
            # A module of the reader's own folder must not stand in for one of ours, so: an empty one.
            # (papermill's own cwd= would move this whole process there, and the notebooks beside it.)
            resources={"metadata": {"path": str(target.parents[1])}},
            progress_bar=bar if progress else False,
            log_output=False,
            extra_arguments=["--log-level=CRITICAL"],  # no remarks of the kernel's own on our terminal
        )
    except PapermillExecutionError as failure:
        message = failure.evalue[:LONGEST_MESSAGE]
        return {"cell": failure.exec_count, "kind": failure.ename, "message": message, "source": failure.source}
    except Exception as failure:  # a kernel that died, for one: the other notebooks still run
        return {"cell": None, "kind": type(failure).__name__, "message": str(failure)[:LONGEST_MESSAGE], "source": ""}
    return None


def _make_kernel_manager() -> type:
    """Kernels of this very Python: "python3" may be another where the user has registered one."""
    from ipykernel.kernelspec import get_kernel_dict
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    class ThisPython(AsyncKernelManager):
        kernel_spec = KernelSpec(env=KERNEL_ENVIRONMENT, **get_kernel_dict())

        async def start_kernel(self, **options: object) -> None:
            await super().start_kernel(**options)
            _managers.add(self)

    return ThisPython


def _literal(path: Path) -> str:
    # papermill fills {braces} in paths.
    return str(path).replace("{", "{{").replace("}", "}}")


def _last_begun(notebook: nbformat.NotebookNode) -> dict:
    """The cell that a kernel died in."""
    begun = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.metadata.get("papermill", {}).get("start_time")
    ]
    return {"cell": len(begun), "source": begun[-1].source} if begun else {}


def _forget_machine(notebook: nbformat.NotebookNode, name: str, hide: Callable[[str], str]) -> nbformat.NotebookNode:
    """Leave no path of this machine in a notebook that people pass on."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output["traceback"] = [line.replace(f"{ROOT}{os.sep}", "") for line in output.traceback]
    if "papermill" in notebook.metadata:
        notebook.metadata.papermill |= {"input_path": name, "output_path": name}
    return nbformat.reads(hide(nbformat.writes(notebook)), as_version=4)


def _hide(names: dict[str, str], text: str) -> str:
    for path, name in names.items():
        inside = [path, json.dumps(path, ensure_ascii=False)[1:-1]]  # as it is, and within a string of JSON,
        inside.append(inside[1].replace("\\", "\\\\"))  # and of code within that
        for form in reversed(inside):
            text = text.replace(form, name)
    return text


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
