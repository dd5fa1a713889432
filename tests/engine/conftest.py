"""Other engines than DuckDB: a Spark of two worker processes and a PostgreSQL, each of the tests' own, started once."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

NO_ENGINE = "no such engine on this machine"


def absent(what):
    """Skip, or fail where the machine is one that must have it."""
    said = f"{NO_ENGINE}: {what}"
    if os.environ.get("CRM_REQUIRE_ENGINES"):
        pytest.fail(said)
    pytest.skip(said)


class Postgres:
    """Tables of Arrow as PostgreSQL keeps them."""

    TYPES = {"string": "text", "large_string": "text", "double": "float8", "float": "float4", "int64": "int8"}
    TYPES |= {"date32[day]": "date", "timestamp[us]": "timestamp", "int32": "int4"}

    def __init__(self, folder):
        self.folder = folder
        self.backend = ibis.postgres.connect(host=folder, user="crm", database="postgres")

    def keep(self, table, name="orders", **types):
        """The table as an Ibis table; types of PostgreSQL by column, where others than the usual are wanted."""
        columns = ", ".join(
            f'"{field.name}" {types.get(field.name) or self._type(field.type)}' for field in table.schema
        )
        with self.backend.con.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {name}; CREATE TABLE {name} ({columns})")
            with cursor.copy(f"COPY {name} FROM STDIN") as copy:
                for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
                    copy.write_row(row)
        return self.backend.table(name)

    def _type(self, kind):
        if pa.types.is_decimal(kind):
            return f"numeric({kind.precision}, {kind.scale})"
        return "timestamptz" if getattr(kind, "tz", None) else self.TYPES[str(kind)]

    def set_zone(self, zone):
        with self.backend.con.cursor() as cursor:
            cursor.execute("SELECT set_config('TimeZone', %s, false)", (zone,))

    def set_usual(self, is_usual):
        """PostgreSQL is as it comes."""


class Spark:
    """Tables of Arrow as Spark reads them: Parquet, in several files."""

    def __init__(self, session, folder):
        self.session, self.folder = session, folder
        self.backend = ibis.pyspark.connect(session)

    def keep(self, table, name="orders", **types):
        place = Path(tempfile.mkdtemp(dir=self.folder))
        for number in range(3):
            part = table.slice(number * len(table) // 3, (number + 1) * len(table) // 3 - number * len(table) // 3)
            pq.write_table(part, place / f"part-{number}.parquet")
        return self.backend.read_parquet(place)

    def set_zone(self, zone):
        self.session.conf.set("spark.sql.session.timeZone", zone)

    def set_usual(self, is_usual):
        for name, value in USUAL.items():
            self.session.conf.set(name, value if is_usual else SMALL[name])


@pytest.fixture(scope="session")
def postgres():
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))  # where Debian keeps them
    initdb = programs[-1] if programs else shutil.which("initdb")
    if not initdb:
        absent("PostgreSQL; on Debian: apt install postgresql")
    if not find_spec("psycopg"):
        absent('psycopg; pip install ".[postgres]", or make engines')
    with tempfile.TemporaryDirectory(prefix="crm-pg-", ignore_cleanup_errors=True) as folder:
        who = {}
        if hasattr(os, "getuid") and os.getuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres")
            who = {"user": "postgres"}
        data, quiet = f"{folder}/data", {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
        subprocess.run(
            [initdb, "-D", data, "-A", "trust", "-U", "crm", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"],
            check=True, **who, **quiet,
        )  # fmt: skip
        # Reached by a socket in the folder and by nothing else.
        server = subprocess.Popen(
            [Path(initdb).resolve().with_name("postgres"), "-D", data, "-k", folder, "-F", "-c", "listen_addresses="],
            **who, **quiet,
        )  # fmt: skip
        try:
            engine = Postgres(_until_it_answers(folder))
            yield engine
            engine.backend.disconnect()
        finally:
            server.send_signal(signal.SIGINT)  # at once, whoever is still connected
            server.wait(timeout=30)


def _until_it_answers(folder):
    import psycopg

    for _ in range(300):
        try:
            psycopg.connect(host=folder, user="crm", dbname="postgres").close()
            return folder
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise TimeoutError("PostgreSQL did not start within 30 seconds")


# As users have it: code is generated and compiled, plans are changed on the way, small tables are sent to everybody.
USUAL = {
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.autoBroadcastJoinThreshold": "10485760",
    "spark.sql.codegen.wholeStage": "true",
    "spark.sql.codegen.factoryMode": "FALLBACK",
}
# What makes a Spark of little data start and answer in little time, and reach no network.
SMALL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    # On a dozen lines, generating and compiling code takes longer than the answer.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


@pytest.fixture(scope="session")
def spark():
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        absent("Java for Spark; on Debian: apt install default-jre-headless")
    if not find_spec("pyspark"):
        absent('PySpark; pip install ".[spark]", or make engines')
    from pyspark.sql import SparkSession

    with tempfile.TemporaryDirectory(prefix="crm-spark-", ignore_cleanup_errors=True) as folder:
        # A cluster: a master, and two workers that are processes of their own.
        builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("crmlib tests")
        places = {"spark.local.dir": folder, "spark.sql.warehouse.dir": f"{folder}/warehouse"}
        places["spark.driver.extraJavaOptions"] = (
            f"{SMALL['spark.driver.extraJavaOptions']} -Dderby.system.home={folder}"
        )
        for name, value in (SMALL | places).items():
            builder = builder.config(name, value)
        before = os.getcwd()
        os.chdir(folder)  # where the workers write what they say
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
        try:
            session = builder.getOrCreate()
        finally:
            os.chdir(before)
        session.sparkContext.setLogLevel("OFF")
        # What the workers say goes to a folder in Spark's own home, whatever it is told.
        said = Path(find_spec("pyspark").origin).parent / "work" / session.sparkContext.applicationId
        yield Spark(session, folder)
        session.stop()
        shutil.rmtree(said, ignore_errors=True)


@pytest.fixture(params=["postgres", "spark"])
def other(request):
    """One of the engines that are not DuckDB."""
    engine = request.getfixturevalue(request.param)
    yield engine
    engine.set_zone("UTC")
    engine.set_usual(False)
