"""A whole run of one notebook and of five on a long file: CPU time and peak memory of all its processes.

    python benchmarks/run.py                          measure one million lines, and print
    python benchmarks/run.py --lines 1000000 5000000  and five
    python benchmarks/run.py --readme                 and write the figures into README.md

The file is the teaching company's orders, again and again with other numbers of customers and orders, as CSV. The
five notebooks are chapter 2's analysis under five names, as the other chapters are not written yet. Memory is
sampled (Linux only): the sum over all processes of what each has for itself and its part of what is shared.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / "build" / "benchmarks"
README = HERE / "README.md"
EVERY = 0.1  # seconds between two looks at the memory
BEGIN, END = "<!-- runs: written by run.py --readme -->\n", "<!-- end of runs -->"
RUN = """
import sys
from pathlib import Path
from crmlib.kit import run
run.run_analyses(sys.argv[1], sys.argv[2], notebooks=[Path(path) for path in sys.argv[3:]])
"""


def make_file(n_lines: int) -> Path:
    """Orders of the teaching company until there are `n_lines`, each time of other customers."""
    import pandas as pd

    from crmlib import datasets

    path = BUILD / f"orders-{n_lines}.csv"
    if path.exists():
        return path
    orders = datasets.load_teaching_company()["transactions"]
    copies = -(-n_lines // len(orders))
    parts = []
    for copy in range(copies):
        names = {name: orders[name] + f"-{copy}" for name in ("customer_id", "order_id")}
        parts.append(orders.assign(**names))
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    pd.concat(parts).head(n_lines).to_csv(unfinished, index=False)
    unfinished.replace(path)
    return path


def copy_notebooks(n: int) -> list[Path]:
    """Chapter 2's analysis under `n` names."""
    from crmlib.kit.chapters import list_analyses

    (analysis,) = list_analyses("en", [2])
    folder = BUILD / "notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copy(analysis, folder / f"{number}-copy.ipynb")) for number in range(1, n + 1)]


def measure(data: Path, notebooks: list[Path]) -> dict[str, float]:
    """Run the notebooks on the data in processes of their own: seconds, CPU seconds, peak memory in GB."""
    out = BUILD / "run"
    shutil.rmtree(out, ignore_errors=True)
    before, started = _cpu(), time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", RUN, str(data), str(out), *map(str, notebooks)])
    peak = [0]
    looking = threading.Thread(target=_watch, args=(process, peak))
    looking.start()
    code = process.wait()
    looking.join()
    if code != 0:
        raise SystemExit(f"the run failed with {code}")
    return {"seconds": time.monotonic() - started, "cpu": _cpu() - before, "memory": peak[0] / 1e9}


def _cpu() -> float:
    """CPU seconds of all the processes that have ended, and of those that they waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
    return next(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:"))


def describe(rows: list[dict]) -> str:
    """The figures as a table of Markdown."""
    lines = ["| lines | notebooks | seconds | CPU seconds | peak memory |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {row['lines']:,} | {row['notebooks']} | {row['seconds']:.0f} | {row['cpu']:.0f} | {row['memory']:.1f} GB |"
        for row in rows
    ]
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}."
    return "\n".join([*lines, "", f"One round each, one notebook at a time. {machine}"]) + "\n"


def write_readme(text: str) -> None:
    """Put the figures between their marks."""
    whole = README.read_text(encoding="utf-8")
    head, rest = whole.split(BEGIN)
    README.write_text(head + BEGIN + text + END + rest.split(END)[1], encoding="utf-8")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--notebooks", type=int, nargs="+", default=[1, 5])
    parser.add_argument("--readme", action="store_true", help="write the figures into README.md")
    asked = parser.parse_args()
    rows = []
    for n_lines in asked.lines:
        data = make_file(n_lines)
        for n in asked.notebooks:
            rows.append({"lines": n_lines, "notebooks": n, **measure(data, copy_notebooks(n))})
            print(rows[-1], flush=True)
    print(describe(rows))
    if asked.readme:
        write_readme(describe(rows))


if __name__ == "__main__":
    main()
