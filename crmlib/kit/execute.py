"""One notebook of a run, in a kernel of its own: executed, cleared of this machine's paths, made into a page."""

from __future__ import annotations

import json
import logging
import os
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from weakref import WeakSet

import nbformat
import papermill
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError

from crmlib.files.places import ROOT
from crmlib.files.whole import write_whole
from crmlib.kit import report
from crmlib.language import current, speaking, t

# Several threads, and sets in another order, could change the last digit shown; a back end
# chosen for scripts would leave the page without figures.
KERNEL_ENVIRONMENT = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
KERNEL_ENVIRONMENT |= {"PYTHONHASHSEED": "0", "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
PREPARED = "prepared"  # the folder of a run with the tables that all its notebooks read
LONGEST_MESSAGE = 2000
WRITTEN_ONCE = "crmlib-written-once"
_managers: WeakSet = WeakSet()  # of the kernels, to end them when somebody stops us


class WrittenOnce(NBClientEngine):
    """Papermill's engine, but the notebook is written when it starts and when it ends, also by a kernel that dies.

    Papermill writes it before and after each cell, which takes longer than most cells do, and nobody reads it.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man: object, kernel_name: str, **options: object) -> None:
        path, nb_man.output_path = nb_man.output_path, None
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **options)
        finally:
            nb_man.output_path = path  # papermill writes it next, whatever has happened


papermill_engines.register(WRITTEN_ONCE, WrittenOnce)


class Pool:
    """Notebooks run several at a time, and ended together."""

    def __init__(self, jobs: int):
        self.threads = ThreadPoolExecutor(jobs)
        self.is_ended = False

    def map(self, run_one: Callable, paths: Sequence[Path]) -> list:
        """What `run_one` makes of each path, in their order."""
        waiting = [self.threads.submit(self._run, run_one, path, current()) for path in paths]
        done = [future.result() for future in waiting]
        if self.is_ended:  # what kernels left when they were ended is no result
            raise KeyboardInterrupt
        return done

    def _run(self, run_one: Callable, path: Path, language: str):
        from jupyter_core.utils import ensure_event_loop

        if self.is_ended:
            raise KeyboardInterrupt
        try:
            with speaking(language):  # a thread speaks the language of whoever started it
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


def run_one(path: Path, work: Path, given: dict, source: str, *, progress: bool) -> tuple[dict, nbformat.NotebookNode]:
    """Execute a notebook into the folder `work`.

    Parameters
    ----------
    path : Path
        The notebook.
    work : Path
        The folder of the run.
    given : dict
        What to set in it.
    source : str
        What the data are called by whoever asked for the run.
    progress : bool
        Whether to show a bar.

    Returns
    -------
    (dict, NotebookNode)
        Its entry in run.json, and the notebook as it ran.
    """
    target = work / "notebooks" / path.name
    started = time.monotonic()
    error = _execute(path, target, given, progress=progress)
    notebook = nbformat.read(target if target.exists() else path, as_version=4)
    if not target.exists():  # it never began: what the kit's own copy says is of another run
        for cell in notebook.cells:
            cell.update({"outputs": [], "execution_count": None} if cell.cell_type == "code" else {})
    _forget_machine(notebook, path.name, work)
    _make_reopenable(notebook, source)
    if error and error["cell"] is None:
        error |= _last_begun(notebook)
    entry = {
        "name": path.stem,
        "status": "failed" if error else "ok",
        "seconds": round(time.monotonic() - started, 1),
        **report.read_marks(notebook),
    }
    if error:
        entry["error"] = _without_places(error, work)
    write_whole(target, nbformat.writes(notebook) + "\n")
    page = report.make_notebook_page(notebook, entry["title"], given["language"])
    write_whole(target.with_suffix(".html"), page)
    return entry, notebook


def _execute(path: Path, target: Path, given: dict, *, progress: bool) -> dict | None:
    """Run one notebook into `target`; what went wrong, if anything."""
    bar = {"desc": f"  {path.stem}", "leave": False, "dynamic_ncols": True}
    try:
        papermill.execute_notebook(
            literal(path),
            literal(target),
            parameters=given,
            engine_name=WRITTEN_ONCE,
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
        message = failure.evalue[:LONGEST_MESSAGE] or t("it said no more; was there enough memory?")
        return {"cell": failure.exec_count, "kind": failure.ename, "message": message, "source": failure.source}
    except Exception as failure:  # a kernel that died, for one: the other notebooks still run
        message = str(failure)[:LONGEST_MESSAGE] or t("it said no more; was there enough memory?")
        return {"cell": None, "kind": type(failure).__name__, "message": message, "source": ""}
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


def literal(path: Path) -> str:
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


def _forget_machine(notebook: nbformat.NotebookNode, name: str, work: Path) -> None:
    """Leave no path of this machine in what a notebook shows; its pictures and its code are left alone."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            for part in ("text", "ename", "evalue", "traceback", "metadata"):
                if part in output:
                    output[part] = _without_places(output[part], work)
            for kind, content in output.get("data", {}).items():
                if kind.startswith("text/"):
                    output.data[kind] = _without_places(content, work)
    if "papermill" in notebook.metadata:
        notebook.metadata.papermill |= {"input_path": name, "output_path": name}
        notebook.metadata.papermill = _without_places(notebook.metadata.papermill, work)


def _without_places(said: object, work: Path) -> object:
    """`said`, a text or what holds texts, with names for the folder of the run and of the kit."""
    if isinstance(said, str):
        for place in (str(work), str(ROOT)):
            for form in (place, repr(place)[1:-1]):  # in a message, and in a text quoted there
                said = said.replace(f"{form}{os.sep}", "").replace(form, ".")
        return said
    if isinstance(said, dict):
        return type(said)({key: _without_places(value, work) for key, value in said.items()})
    if isinstance(said, list):
        return [_without_places(value, work) for value in said]
    return said


def _make_reopenable(notebook: nbformat.NotebookNode, source: str) -> None:
    """The parameters as somebody needs them who opens the notebook where it lies, and runs it again."""
    # A name may hold a line break, and one of the marks that end a comment elsewhere.
    remark = f"  # what crmlib run took in from {json.dumps(source, ensure_ascii=False)}"
    now = {"data": f'data = "../{PREPARED}"{remark}', "out": "out = None  # for example a folder for the tables"}
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            lines = cell.source.splitlines()
            cell.source = "\n".join(now.get(line.partition(" = ")[0], line) for line in lines)
    if "parameters" in notebook.metadata.get("papermill", {}):
        notebook.metadata.papermill.parameters |= {"data": f"../{PREPARED}", "out": None}
