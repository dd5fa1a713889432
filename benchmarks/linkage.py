"""Linkage of 100,000 customer records: clock, CPU time, peak memory, and how right it is.

    python benchmarks/linkage.py            measure and print
    python benchmarks/linkage.py --readme   and write the figures into README.md

The records are those of the teaching company, made larger from its seed in a temporary folder: of 100,000, 3,500 are
the second of somebody. Every measurement is a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from figures import write_figures

SEED = 2023
WAYS = ("count_comparisons", "estimate_chances", "link_records")


def make_records(folder: str, n_records: int) -> None:
    """Customer records of the simulated company and who is a duplicate of whom, as Parquet."""
    import pandas as pd

    from crmlib.simulate.company import chunk_sizes, make_chunk

    parts = [make_chunk(SEED, chunk, size, tables=("customers", "truth")) for chunk, size in chunk_sizes(n_records)]
    for name in ("customers", "truth"):
        pd.concat([part[name] for part in parts]).to_parquet(Path(folder) / f"{name}.parquet")


def measure(way: str, folder: str) -> dict:
    """Seconds and CPU seconds of one call, by all its threads; peak memory of its process; what was found."""
    import pandas as pd

    from crmlib import identity

    records = pd.read_parquet(Path(folder) / "customers.parquet")
    start, cpu = time.monotonic(), time.process_time()
    found = getattr(identity, way)(records)
    result = {"seconds": time.monotonic() - start, "cpu": time.process_time() - cpu}
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    result["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9
    if way == "link_records":
        fields = {"name": "name", "phone": "phone", "address": "address", "birth_date": "date"}
        truth = pd.read_parquet(Path(folder) / "truth.parquet").dropna(subset=["is_duplicate_of"])
        truth = truth[["customer_id", "is_duplicate_of"]]
        result |= {"pairs": len(found), "true": len(truth)} | identity.link_quality(found, truth).loc[0.5].to_dict()
        without = identity.link_quality(identity.link_records(records, fields=fields), truth).loc[0.5]
        result |= {f"{name}_without": without[name] for name in ("precision", "recall")}
    return result


def child(*arguments: str) -> dict:
    command = [sys.executable, str(Path(__file__).resolve()), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return json.loads(done.stdout.splitlines()[-1])


def report(n_records: int) -> str:
    rows = ["| call | seconds | CPU seconds | peak memory |", "| --- | --- | --- | --- |"]
    with tempfile.TemporaryDirectory() as folder:
        # Made in a process of its own: on Linux a child inherits the peak memory of its parent.
        child("--make", folder, str(n_records))
        for way in WAYS:
            print(way, file=sys.stderr)
            found = child("--measure", way, folder)
            rows.append(f"| `{way}` | {found['seconds']:.1f} | {found['cpu']:.1f} | {found['peak']:.2f} GB |")
    says = (
        f"{n_records:,} records, {found['pairs']:,} pairs compared of {n_records * (n_records - 1) // 2:,}. Of"
        f" {found['true']:,} true pairs {found['n_never_compared']:,.0f} were never compared; at probability 0.5,"
        f" precision {found['precision']:.3f}, recall {found['recall']:.3f}; without the field email"
        f" {found['precision_without']:.3f} and {found['recall_without']:.3f}."
    )
    packages = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pandas", "pyarrow", "pypinyin"))
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return "\n".join([*rows, "", says, f"One round. {machine}, {packages}."])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--readme", action="store_true", help="write the figures into README.md")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(*options.measure)))
        return
    if options.make:
        make_records(options.make[0], int(options.make[1]))
        print("{}")
        return
    figures = report(options.records)
    print(figures)
    if options.readme:
        write_figures("linkage", figures)


if __name__ == "__main__":
    main()
