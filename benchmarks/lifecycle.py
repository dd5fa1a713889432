"""Life-cycle stages and next purchases of ten million order lines: CPU time and peak memory.

    python benchmarks/lifecycle.py            measure and print
    python benchmarks/lifecycle.py --readme   and write the figures into README.md

The log is that of `summarize_customers.py`, made from its seed in a temporary folder. Every measurement is a
process of its own; `summarize_customers` of the same log stands beside, to compare with.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from figures import write_figures
from summarize_customers import AS_OF, make_log

WAYS = ("summarize_customers", "assign_stages", "next_purchase")


def measure(way: str, source: str, path: str) -> dict:
    """CPU seconds of one call, by all its threads; peak memory of its process; customers found."""
    import pandas as pd

    from crmlib import customers, lifecycle

    log = pd.read_parquet(path) if source == "DataFrame" else path
    function = getattr(customers if way == "summarize_customers" else lifecycle, way)
    start = time.process_time()
    found = function(log, as_of=AS_OF)
    seconds = time.process_time() - start
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9
    return {"seconds": seconds, "peak": peak, "n": len(found)}


def child(*arguments: str) -> dict:
    command = [sys.executable, str(Path(__file__).resolve()), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return json.loads(done.stdout.splitlines()[-1])


def report(n_rounds: int, n_lines: int) -> str:
    rows = ["| the log is | call | CPU seconds | peak memory | customers |", "| --- | --- | --- | --- | --- |"]
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "log.parquet")
        # Made in a process of its own: on Linux a child inherits the peak memory of its parent.
        child("--make", path, str(n_lines))
        for source in ("Parquet", "DataFrame"):
            for way in WAYS:
                print(f"{source}: {way}", file=sys.stderr)
                rounds = [child("--measure", way, source, path) for _ in range(n_rounds)]
                seconds = statistics.median(once["seconds"] for once in rounds)
                peak = max(once["peak"] for once in rounds)
                rows.append(f"| {source} | `{way}` | {seconds:.1f} | {peak:.2f} GB | {rounds[0]['n']:,} |")
    packages = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "ibis-framework", "pandas", "pyarrow"))
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    once = "One round" if n_rounds == 1 else f"Median of {n_rounds} rounds"
    return "\n".join([*rows, "", f"{once}, {n_lines:,} lines. {machine}, {packages}."])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--readme", action="store_true", help="write the figures into README.md")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(*options.measure)))
        return
    if options.make:
        make_log(Path(options.make[0]), int(options.make[1]))
        print("{}")
        return
    figures = report(options.rounds, options.lines)
    print(figures)
    if options.readme:
        write_figures("lifecycle", figures)


if __name__ == "__main__":
    main()
