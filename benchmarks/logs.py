"""The order log that the benchmarks read: three years, made from a seed, block by block.

Orders of one to many lines, customers of very unequal size (20 lines each in the mean), 3 % refunds, text ids, a cost
column, in the order of time. A block holds half a million lines and has a seed of its own, so that any length is made
in a few hundred MB; the same length and number of customers give the same bytes.
"""

from __future__ import annotations

import os
from pathlib import Path

import measure

SEED = 20240131
BLOCK = 500_000
LINES_A_CUSTOMER = 20
AS_OF = "2023-12-31"
SECONDS = 3 * 365 * 86_400


def load_engine() -> None:
    """Import what a call on a log imports when it is first asked: what that costs is another question (imports.py)."""
    from importlib import import_module

    for name in ("repeats", "rhythm", "sources", "summary", "waits"):
        import_module(f"crmlib.engine.{name}")


def find_log(n_lines: int, n_customers: int | None = None) -> str:
    """The path of a log, which is made if there is none."""
    n_customers = n_customers or max(n_lines // LINES_A_CUSTOMER, 1)
    path = measure.BUILD / f"log-{n_lines}-{n_customers}-{SEED}.parquet"
    if not path.exists():
        measure.child("logs.py", "make_log", str(path), n_lines, n_customers)
    return str(path)


def make_log(path: str, n_lines: int, n_customers: int) -> dict:
    """Write a log as Parquet."""
    import numpy as np
    import pyarrow.parquet as pq

    bought = np.cumsum(np.random.default_rng(SEED).lognormal(0, 1.5, n_customers))
    n_blocks = -(-n_lines // BLOCK)
    unfinished = Path(path).with_suffix(".part")
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    n_orders, writer = 0, None
    for number in range(n_blocks):
        span = [SECONDS * place // n_blocks for place in (number, number + 1)]
        block, n_made = _make_block(
            np.random.default_rng([SEED, number]), min(BLOCK, n_lines - number * BLOCK), bought, n_orders, span
        )
        writer = writer or pq.ParquetWriter(unfinished, block.schema, compression="zstd")
        writer.write_table(block)
        n_orders += n_made
    writer.close()
    os.replace(unfinished, path)
    return {}


def _make_block(random, n_lines: int, bought, n_before: int, span: list[int]):
    """Some lines, of orders numbered from `n_before` on, and how many orders they are of."""
    import numpy as np
    import pyarrow as pa

    n_in_order = random.geometric(1 / 3, n_lines)
    n_orders = int(np.searchsorted(np.cumsum(n_in_order), n_lines)) + 1
    order = np.repeat(np.arange(n_orders), n_in_order[:n_orders])[:n_lines]
    customer = np.searchsorted(bought, random.random(n_orders) * bought[-1])
    seconds = np.sort(random.integers(*span, n_orders))
    amount = np.round(random.lognormal(3, 1, n_lines), 2)
    amount[random.random(n_lines) < 0.03] *= -1
    block = pa.table(
        {
            "customer_id": pa.array([f"C{one:07d}" for one in customer.tolist()]).take(pa.array(order)),
            "order_date": pa.array((np.datetime64("2021-01-01", "s") + seconds)[order].astype("datetime64[us]")),
            "amount": amount,
            "order_id": pa.array([f"SO{n_before + one:09d}" for one in range(n_orders)]).take(pa.array(order)),
            "cost": np.round(amount * 0.6, 2),
        }
    )
    return block, n_orders


if __name__ == "__main__":
    measure.main(__doc__, "", lambda options: ([], []), [make_log], lambda parser: None)
