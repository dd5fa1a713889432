"""A table or Parquet files of Spark, by their URL, see `connections`."""

from __future__ import annotations

import os
import re
import shutil
import socket
from typing import TYPE_CHECKING

import ibis

from crmlib.engine.connections import Connected, Place, first_line, need, no_answer, table_of
from crmlib.language import t

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MASTERS = re.compile(r"local(\[.+\])?|local-cluster\[.+\]|yarn")
# What runs on this machine is spoken to on this machine only.
HERE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
# A notebook shows no bars of Spark's, and nobody asked for a page of its own on a port of this machine.
QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}


def open_spark(place: Place) -> Connected:
    need("pyspark", "spark")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise ModuleNotFoundError(
            t("Spark needs Java 17 or 21; there is none. Install it, on Debian with: apt install default-jre-headless")
        )
    from pyspark.errors import PySparkException

    try:
        session = _start_spark(place)
        backend = ibis.pyspark.connect(session)
    except (ValueError, ConnectionError):
        raise
    except Exception as error:  # Py4J's, Java's and PySpark's own have no common name
        raise no_answer(place, error, t("Look up the master and the options.")) from error
    # Overflow is an error and never another number; Spark 3 has that off.
    for name, value in {"spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": place.zone}.items():
        session.conf.set(name, value)
    try:
        return Connected(backend, backend.read_parquet(place.parquet) if place.parquet else table_of(backend, place))
    except PySparkException as error:
        raise ValueError(
            t("there must be Parquet at {path!r}; {error}.", path=place.parquet, error=first_line(error))
        ) from error


def _start_spark(place: Place) -> SparkSession:
    """A session of its own, in the Spark of this process, which is started if there is none."""
    from pyspark.sql import SparkSession

    master = place.where if MASTERS.fullmatch(place.where) else f"spark://{place.where}"
    master = "local[*]" if master == "local" else master
    active = SparkSession.getActiveSession()
    if active is not None:
        if active.sparkContext.master != master:
            raise ValueError(
                t(
                    "a process works with one Spark; this one has {master} already, and not {asked}. End it with"
                    " SparkSession.getActiveSession().stop(), or start Python anew.",
                    master=active.sparkContext.master,
                    asked=master,
                )
            )
        return active.newSession()
    if master.startswith("spark://"):
        _knock(place)  # Spark itself would knock for a minute
    builder = SparkSession.builder.master(master).appName("crmlib")
    for name, value in (QUIET | (HERE if master.startswith("local") else {}) | place.options).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session.newSession()


def _knock(place: Place) -> None:
    """A ConnectionError where none of the masters answers."""
    for address in place.where.split(","):
        host, _, port = address.rpartition(":")
        try:
            socket.create_connection((host, int(port)), timeout=20).close()
            return
        except (OSError, ValueError) as error:
            last = error
    raise no_answer(place, last, t("Look up the host and the port of the master, 7077 unless said otherwise."))
