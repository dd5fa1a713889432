"""Intake of order lines: CPU time and memory of the fast way, the careful one, and Parquet.

    python benchmarks/intake.py                       measure and print
    python benchmarks/intake.py --readme              and write the figures into README.md
    python benchmarks/intake.py --before ../before    and the intake of another checkout of the kit

The log is that of `summarize_customers.py`, made from its seed in a temporary folder. Every measurement
is a process of its own, the ways in turns, so that none finds another's memory.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import measure
from logs import find_log

WAYS = {"CSV, fast": ".csv", "CSV, careful": ".csv", "Parquet": ".parquet"}
BEFORE = "CSV, before"
FAST = "CSV, fast"


def make_files(folder: str, log: str) -> dict:
    """The log as Parquet and as CSV."""
    from pyarrow import csv, parquet

    table = parquet.read_table(log)
    path = Path(folder) / "log.parquet"
    parquet.write_table(table, path)
    dates = table.column("order_date").cast("timestamp[s]").cast("string")
    table = table.set_column(1, "order_date", dates)
    csv.write_csv(table, path.with_suffix(".csv"), csv.WriteOptions(quoting_style="none"))
    return {}


def measure_intake(way: str, path: str) -> dict:
    """CPU seconds and peak memory of reading a file, and what the report says."""
    from crmlib import intake

    if way == "CSV, careful":
        from crmlib.intake import blocks, columns

        blocks.split = columns._plain_column = lambda *_: None
    with measure.spent() as found:
        frame, report = intake.read_transactions(path)
    said = [report.n_accepted, round(float(frame["amount"].sum()), 2), [note.split("(")[0] for note in report.notes]]
    return found | {"said": said}


def find(options: object) -> tuple[list[dict], list[str]]:
    ways = dict(WAYS) | ({BEFORE: ".csv"} if options.before else {})
    rows = []
    for n_lines in options.lines:
        print(f"{n_lines:,} lines", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            measure.child("intake.py", "make_files", folder, find_log(n_lines))

            def once(way: str, folder: str = folder) -> dict:
                package = options.before if way == BEFORE else measure.HERE.parent
                path = str(Path(folder) / f"log{ways[way]}")
                return measure.child("intake.py", "measure_intake", way, path, PYTHONPATH=str(package))

            found = measure.in_turns(ways, options.rounds, once)
        said = found[FAST][0]["said"]
        if any(run["said"] != said for runs in found.values() for run in runs):
            raise SystemExit("All ways must say the same of the file; they do not: there is nothing to compare.")
        rows += [measure.row(way, n_lines, runs, found[FAST]) for way, runs in found.items()]
    return rows, []


def add(parser: object) -> None:
    measure.add_rounds(parser, [1_000_000, 5_000_000])
    parser.add_argument("--before", type=Path, help="the folder of another checkout, to measure as well")


if __name__ == "__main__":
    measure.main(__doc__, "intake", find, [make_files, measure_intake], add)
