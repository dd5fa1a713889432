"""Intake of order lines: CPU time and memory of the fast way, the careful one, and Parquet.

    python benchmarks/intake.py                       measure and print
    python benchmarks/intake.py --readme              and write the figures into README.md
    python benchmarks/intake.py --before ../before    and the intake of another checkout of the kit

The log is that of `summarize_customers.py`, made from its seed in a temporary folder. Every measurement
is a process of its own, the ways in turns, so that none finds another's memory.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from figures import write_figures
from summarize_customers import make_log

LINES = (1_000_000, 5_000_000)
WAYS = {"CSV, fast": ".csv", "CSV, careful": ".csv", "Parquet": ".parquet"}
BEFORE = "CSV, before"


def make_files(folder: Path, n_lines: int) -> Path:
    """A log as Parquet and as CSV; the path of the CSV."""
    from pyarrow import csv, parquet

    path = folder / f"{n_lines}.parquet"
    make_log(path, n_lines)
    table = parquet.read_table(path)
    dates = table.column("order_date").cast("timestamp[s]").cast("string")
    table = table.set_column(1, "order_date", dates)
    csv.write_csv(table, path.with_suffix(".csv"), csv.WriteOptions(quoting_style="none"))
    return path.with_suffix(".csv")


def measure(way: str, path: str) -> dict:
    """CPU seconds and peak memory of reading a file, and what the report says."""
    import resource

    from crmlib import intake

    if way == "CSV, careful":
        from crmlib.intake import blocks, columns

        blocks.split = columns._plain_column = lambda *_: None
    start = time.process_time()
    frame, report = intake.read_transactions(path)
    seconds = time.process_time() - start
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9
    said = [report.n_accepted, round(float(frame["amount"].sum()), 2), [note.split("(")[0] for note in report.notes]]
    return {"seconds": seconds, "peak": peak, "said": said}


def child(way: str, path: Path, package: Path) -> dict:
    command = [sys.executable, str(Path(__file__).resolve()), "--measure", way, str(path)]
    place = {**os.environ, "PYTHONPATH": str(package)}
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", env=place)
    return json.loads(done.stdout.splitlines()[-1])


def report(n_rounds: int, before: Path | None, lines: tuple[int, ...]) -> str:
    ways = dict(WAYS) | ({BEFORE: ".csv"} if before else {})
    rows = ["| lines | way | CPU seconds | of the fast way | peak memory |", "| --- | --- | --- | --- | --- |"]
    for n_lines in lines:
        with tempfile.TemporaryDirectory() as folder:
            path = make_files(Path(folder), n_lines)
            rounds = []
            for number in range(n_rounds):
                print(f"{n_lines:,} lines, round {number + 1} of {n_rounds}", file=sys.stderr)
                turn = list(ways)[:: -1 if number % 2 else 1]
                here = Path(__file__).resolve().parent.parent
                rounds.append(
                    {way: child(way, path.with_suffix(ways[way]), before if way == BEFORE else here) for way in turn}
                )
        for way in ways:
            if any(once[way]["said"] != once["CSV, fast"]["said"] for once in rounds):
                raise ValueError(f"{way} and the fast way must say the same; they do not: there is nothing to compare.")
            ratios = [once[way]["seconds"] / once["CSV, fast"]["seconds"] for once in rounds]
            of_fast = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
            seconds = statistics.median(once[way]["seconds"] for once in rounds)
            peak = max(once[way]["peak"] for once in rounds)
            rows.append(f"| {n_lines:,} | {way} | {seconds:.2f} | {of_fast} | {peak:.2f} GB |")
    packages = ", ".join(f"{name} {version(name)}" for name in ("pandas", "pyarrow"))
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return "\n".join([*rows, "", f"Median of {n_rounds} rounds (least to most). {machine}, {packages}."])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--lines", type=int, nargs="+", default=LINES)
    parser.add_argument("--before", type=Path, help="the folder of another checkout, to measure as well")
    parser.add_argument("--readme", action="store_true", help="write the figures into README.md")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(*options.measure)))
        return
    figures = report(options.rounds, options.before, tuple(options.lines))
    print(figures)
    if options.readme:
        write_figures("intake", figures)


if __name__ == "__main__":
    main()
