"""The same summary by DuckDB, by PostgreSQL and by a Spark of two worker processes: CPU time of all that work for it.

    make engines                                           once: puts PySpark and psycopg into .venv
    python benchmarks/engines.py                            1 and 5 million lines
    python benchmarks/engines.py --lines 10000000 --readme  10 million, and write them down

Servers are started for it, on this machine, and asked once about few lines first, so that their start is not counted.
Not the machine each is made for: what it says is what a line costs there, not how many machines help.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import measure
from logs import AS_OF, find_log, load_engine

WARM_UP = 100_000  # lines
ENGINES = ("DuckDB", "PostgreSQL", "Spark, two workers")
TYPES = "customer_id text, order_date timestamp, amount float8, order_id text, cost float8"


def cpu_of_all() -> float:
    """CPU seconds of this process, of all that it began and of all that those began."""
    import psutil

    me = psutil.Process()
    used = [one.cpu_times() for one in (me, *me.children(recursive=True))]
    return sum(one.user + one.system + one.children_user + one.children_system for one in used)


def measure_engine(engine: str, n_lines: int) -> dict:
    """One summary of a log, by an engine that has just been asked about a short one."""
    from crmlib.customers import summarize_customers

    load_engine()
    opener = {"DuckDB": in_duckdb, "PostgreSQL": in_postgres}.get(engine, in_spark)
    few, many = find_log(WARM_UP), find_log(n_lines)
    with opener(few, many) as (first, log):
        summarize_customers(first, as_of=AS_OF)
        start, cpu = time.monotonic(), cpu_of_all()
        n_customers = len(summarize_customers(log, as_of=AS_OF))
        return {"cpu": cpu_of_all() - cpu, "seconds": time.monotonic() - start, "n": n_customers, "peak": None}


@contextmanager
def in_duckdb(*paths: str) -> Iterator[tuple]:
    """The files themselves."""
    yield paths


@contextmanager
def in_spark(*paths: str) -> Iterator[tuple]:
    """A Spark of two worker processes of one core each; their files are read where they lie."""
    import ibis
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local-cluster[2,1,4096]").appName("benchmark")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "4g",
        "spark.sql.shuffle.partitions": "8",
        "spark.sql.session.timeZone": "UTC",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    backend = ibis.pyspark.connect(session)
    yield tuple(backend.read_parquet(path) for path in paths)
    session.stop()


@contextmanager
def in_postgres(*paths: str) -> Iterator[tuple]:
    """A PostgreSQL with a table of each file, its statistics known; reached by a socket in its folder."""
    import ibis

    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        raise SystemExit("PostgreSQL is not there; on Debian: apt install postgresql")
    with tempfile.TemporaryDirectory(prefix="crm-pg-", ignore_cleanup_errors=True) as folder:
        who = {}
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres")
            who = {"user": "postgres"}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
        new = [programs[-1] / "initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "crm", "-E", "UTF8", "--no-sync"]
        subprocess.run(new, check=True, **who, **quiet)
        options = ["-F", "-c", "listen_addresses=", "-c", "work_mem=256MB", "-c", "shared_buffers=512MB"]
        server = [programs[-1] / "postgres", "-D", f"{folder}/data", "-k", folder, *options]
        running = subprocess.Popen(server, **who, **quiet)
        try:
            _wait_for(folder)
            backend = ibis.postgres.connect(host=folder, user="crm", database="postgres")
            names = [_fill(backend, f"orders_{place}", path) for place, path in enumerate(paths)]
            yield tuple(backend.table(name) for name in names)
        finally:
            running.send_signal(signal.SIGINT)  # ends what is connected, too
            running.wait(timeout=60)


def _wait_for(folder: str) -> None:
    import psycopg

    for _ in range(300):
        try:
            return psycopg.connect(host=folder, user="crm", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise SystemExit("PostgreSQL did not start within 30 seconds")


def _fill(backend, name: str, path: str) -> str:
    """Copy a file into a table: as CSV, which PostgreSQL reads fastest."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder, backend.con.cursor() as cursor:
        file = f"{folder}/log.csv"
        duckdb.sql(f"COPY (FROM '{path}') TO '{file}' (HEADER false)")
        cursor.execute(f"CREATE TABLE {name} ({TYPES})")
        with open(file, "rb") as lines, cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy:
            while block := lines.read(1 << 20):
                copy.write(block)
        cursor.execute("COMMIT")
        cursor.execute(f"ANALYZE {name}")
    return name


def find(options: argparse.Namespace) -> tuple[list[dict], list[str]]:
    rows = []
    for n_lines in options.lines:
        found = measure.in_turns(
            ENGINES, options.rounds, lambda engine, n=n_lines: measure.child("engines.py", "measure_engine", engine, n)
        )
        assert len({one["n"] for runs in found.values() for one in runs}) == 1, "the engines counted other customers"
        rows += [measure.row(engine, n_lines, runs, found["DuckDB"]) for engine, runs in found.items()]
    return rows, ["CPU seconds of all processes of the engine; what it keeps to itself in memory is not measured."]


if __name__ == "__main__":
    measure.main(__doc__, "engines", find, [measure_engine], lambda p: measure.add_rounds(p, [1_000_000, 5_000_000], 1))
