"""Linkage of 100,000 customer records: CPU time, peak memory, and how right it is.

    python benchmarks/linkage.py            measure and print
    python benchmarks/linkage.py --readme   and write the figures into README.md

The records are those of the teaching company, made larger from its seed in a temporary folder: of 100,000, 3,500 are
the second of somebody. Every measurement is a process of its own.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import measure

SEED = 2023
WAYS = ("count_comparisons", "estimate_chances", "link_records")


def make_records(folder: str, n_records: int) -> dict:
    """Customer records of the simulated company and who is a duplicate of whom, as Parquet."""
    import pandas as pd

    from crmlib.simulate.company import chunk_sizes, make_chunk

    parts = [make_chunk(SEED, chunk, size, tables=("customers", "truth")) for chunk, size in chunk_sizes(n_records)]
    for name in ("customers", "truth"):
        pd.concat([part[name] for part in parts]).to_parquet(Path(folder) / f"{name}.parquet")
    return {}


def measure_call(way: str, folder: str) -> dict:
    """CPU seconds of one call, by all its threads; peak memory of its process; what was found."""
    import pandas as pd

    from crmlib import identity

    records = pd.read_parquet(Path(folder) / "customers.parquet")
    with measure.spent() as result:
        found = getattr(identity, way)(records)
    if way == "link_records":
        fields = {"name": "name", "phone": "phone", "address": "address", "birth_date": "date"}
        truth = pd.read_parquet(Path(folder) / "truth.parquet").dropna(subset=["is_duplicate_of"])
        truth = truth[["customer_id", "is_duplicate_of"]]
        result |= {"pairs": len(found), "true": len(truth)} | identity.link_quality(found, truth).loc[0.5].to_dict()
        without = identity.link_quality(identity.link_records(records, fields=fields), truth).loc[0.5]
        result |= {f"{name}_without": without[name] for name in ("precision", "recall")}
    return result


def find(options: object) -> tuple[list[dict], list[str]]:
    n = options.records
    with tempfile.TemporaryDirectory() as folder:
        measure.child("linkage.py", "make_records", folder, n)
        found = measure.in_turns(
            WAYS, options.rounds, lambda way: measure.child("linkage.py", "measure_call", way, folder)
        )
    one = found["link_records"][0]
    says = (
        f"Of {n:,} records {one['pairs']:,} pairs were compared of {n * (n - 1) // 2:,}. Of {one['true']:,} true pairs"
        f" {one['n_never_compared']:,.0f} were never compared; at probability 0.5, precision {one['precision']:.3f},"
        f" recall {one['recall']:.3f}; without the field email {one['precision_without']:.3f} and"
        f" {one['recall_without']:.3f}."
    )
    return [measure.row(f"`{way}`", f"{n:,} records", runs) for way, runs in found.items()], [says]


def add(parser: object) -> None:
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=1)


if __name__ == "__main__":
    measure.main(__doc__, "linkage", find, [make_records, measure_call], add)
