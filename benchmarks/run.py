"""All analyses, as `crmlib run` does them: CPU time and peak memory of all its processes.

    python benchmarks/run.py                            the teaching company, and one million lines
    python benchmarks/run.py --lines 5000000 20000000   five million and twenty

A file of lines is the teaching company's orders, again and again with other numbers of customers and orders, as
Parquet; the analyses that need other tables than orders are left out, as `crmlib run` does. Memory is sampled
(Linux only): the sum over all processes of what each has for itself and its part of what is shared.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import measure

EVERY = 0.1  # seconds between two looks at the memory
COMPANY = "teaching-company"
RUN = """
import sys
from pathlib import Path
from crmlib.kit import run
paths = [Path(path) for path in sys.argv[3:]] or None
made = run.run_analyses(sys.argv[1], sys.argv[2], notebooks=paths)
failed = [one["name"] for one in made["notebooks"] if one["status"] != "ok"]
sys.exit(f"failed: {failed}" if failed or not made["notebooks"] else 0)
"""


def find_orders(n_lines: int) -> str:
    """The path of a file of so many lines, which is made if there is none."""
    path = measure.BUILD / f"orders-{n_lines}.parquet"
    if not path.exists():
        measure.child("run.py", "make_orders", str(path), n_lines)
    return str(path)


def make_orders(path: str, n_lines: int) -> dict:
    """Orders of the teaching company until there are `n_lines`, each time of other customers; one after the other."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from crmlib import datasets

    orders = datasets.load_teaching_company()["transactions"]
    unfinished = Path(path).with_suffix(".part")
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    writer = None
    for copy in range(-(-n_lines // len(orders))):
        names = {name: orders[name] + f"-{copy}" for name in ("customer_id", "order_id")}
        part = orders.assign(**names).head(n_lines - copy * len(orders))
        table = pa.Table.from_pandas(part, preserve_index=False)
        writer = writer or pq.ParquetWriter(unfinished, table.schema, compression="zstd")
        writer.write_table(table.cast(writer.schema))
    writer.close()
    os.replace(unfinished, path)
    return {}


def copy_notebooks(n: int) -> list[str]:
    """Chapter 2's analysis under `n` names: how cost grows in notebooks that are alike."""
    from crmlib.kit.chapters import list_analyses

    (analysis,) = list_analyses("en", [2])
    folder = measure.BUILD / "notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    return [str(shutil.copy(analysis, folder / f"{number}-copy.ipynb")) for number in range(1, n + 1)]


def measure_run(data: str, notebooks: Sequence[str] = ()) -> dict:
    """Run all analyses, or the notebooks, on the data: CPU seconds and the peak memory of all its processes."""
    out = measure.BUILD / "run"
    shutil.rmtree(out, ignore_errors=True)
    before, started = measure.cpu_seconds(), time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", RUN, data, str(out), *notebooks], stdout=sys.stderr)
    peak = [0]
    looking = threading.Thread(target=_watch, args=(process, peak))
    looking.start()
    code = process.wait()
    looking.join()
    if code != 0:
        raise SystemExit(f"the run of {data} failed; there is no figure to show.")
    seconds = time.monotonic() - started
    return {"cpu": measure.cpu_seconds() - before, "seconds": seconds, "peak": peak[0] / 1e9 or None}


def _watch(process: subprocess.Popen, peak: list[int]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(map(_memory_of, _tree(process.pid))))
        time.sleep(EVERY)


def _tree(pid: int) -> list[int]:
    """A process and all that it began."""
    found = [pid]
    for one in found:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:  # it has ended meanwhile
                continue
    return found


def _memory_of(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)


def find(options: object) -> tuple[list[dict], list[str]]:
    sources = [] if options.no_company else [("the teaching company, all its tables", COMPANY, 58_209)]
    sources += [("orders alone, a file", find_orders(n), n) for n in options.lines]
    limit = os.environ.get("CRMLIB_MEMORY")
    rows = []
    for what, data, n_lines in sources:
        print(f"{what}: {n_lines:,} lines", file=sys.stderr)
        runs = [measure_run(data, options.notebooks) for _ in range(options.rounds)]
        named = what + (f", memory limit {limit}" if limit else "")
        rows.append(measure.row(named, n_lines, runs))
    shutil.rmtree(measure.BUILD / "run", ignore_errors=True)
    return rows, ["One notebook at a time; the processor time and memory of all processes, kernels too."]


def add(parser: object) -> None:
    measure.add_rounds(parser, [1_000_000], rounds=1)
    parser.add_argument("--no-company", action="store_true", help="leave the teaching company out")
    parser.add_argument("--notebooks", nargs="+", default=[], help="these instead of all analyses")


if __name__ == "__main__":
    measure.main(__doc__, "runs", find, [make_orders, measure_run], add)
