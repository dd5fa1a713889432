"""Orders where they are kept: one table of PostgreSQL, of a DuckDB file or of Spark, by its URL, to read only.

    postgres://user@host:5432/shop?table=sales.orders      (or postgresql://)
    duckdb://folder/shop.duckdb?table=orders               (duckdb:///data/shop.duckdb from the root)
    spark://host:7077?table=sales.orders                   a master of one's own
    spark://yarn?table=sales.orders                        or local, local[4]: what Spark calls a master
    spark://local?parquet=/data/orders                     Parquet instead of a table of the catalog

`&zone=Asia/Shanghai` says in which time zone a time has its day, where the column keeps moments (timestamptz; the
TIMESTAMP of Spark); otherwise UTC. What else stands behind the ? goes to the driver: `&sslmode=require` to PostgreSQL,
`&spark.executor.memory=4g` to Spark.
"""

from __future__ import annotations

import os
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote
from zoneinfo import ZoneInfo

import ibis

from crmlib.engine.database import keep_limited
from crmlib.language import t

SCHEMES = ("postgres", "postgresql", "duckdb", "spark")
EXAMPLES = (
    "postgres://user@host/database?table=orders",
    "duckdb://file.duckdb?table=orders",
    "spark://host:7077?table=orders",
)


class Place(NamedTuple):
    """What a URL says."""

    scheme: str
    where: str
    table: str | None
    parquet: str | None
    zone: str
    options: dict[str, str]


class Connected(NamedTuple):
    """A table and what it is asked through; `backend.disconnect()` when it is no longer needed (ends all of Spark)."""

    backend: ibis.BaseBackend
    table: ibis.Table


def is_url(data: object) -> bool:
    """Whether data is the URL of a table rather than a path.

    Examples
    --------
    >>> is_url("postgres://host/shop?table=orders"), is_url("orders.csv"), is_url("s3://bucket/orders.parquet")
    (True, False, False)
    """
    return isinstance(data, str) and data.partition("://")[0].lower() in SCHEMES and "://" in data


def connect(url: str) -> Connected:
    """The table that a URL leads to, as an Ibis table; its rows stay where they are.

    Nothing is written there: PostgreSQL is told that every transaction is read-only, DuckDB opens the file read-only,
    and Spark, which has no such switch, is sent questions only. A password does not belong into a URL, which is shown
    and kept: PostgreSQL takes it from PGPASSWORD or ~/.pgpass.

    When something else is right: an Ibis table of your own connection, to BigQuery, Snowflake or another; every
    function that takes transactions takes it.

    Parameters
    ----------
    url : str
        As above; the table by its name, with the schema in front where it is not the first that is looked into.

    Returns
    -------
    Connected
        (backend, table), the table with the columns and types it has there.

    Raises
    ------
    ValueError
        The URL is none, holds a password, or names no table; there is no such table, file or time zone.
    ModuleNotFoundError
        What speaks to this engine is not installed; the message says how to install it.
    ConnectionError
        Nobody answers there, or not to this user.

    Examples
    --------
    >>> import duckdb, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with duckdb.connect(f"{folder}/shop.duckdb") as shop:
    ...         orders = shop.sql("CREATE TABLE orders AS SELECT 'ann' AS customer_id, 9.5 AS amount")
    ...     backend, table = connect(f"duckdb://{folder}/shop.duckdb?table=orders")
    ...     print(table.count().to_pyarrow())
    ...     backend.disconnect()
    1
    """
    place = parse(url)
    if place.scheme == "spark":
        from crmlib.engine.spark import open_spark

        return open_spark(place)
    return _open_duckdb(place) if place.scheme == "duckdb" else _open_postgres(place)


def parse(url: str) -> Place:
    """What a URL says; a ValueError where it says too little.

    Examples
    --------
    >>> parse("postgres://ann@host/shop?table=sales.orders&zone=Asia/Shanghai")[:3]
    ('postgres', 'ann@host/shop', 'sales.orders')
    """
    if not is_url(url):
        raise ValueError(
            t(
                "the place of orders must be a URL such as {examples}; got {url!r}.",
                examples=", ".join(EXAMPLES),
                url=url,
            )
        )
    scheme, _, rest = url.partition("://")
    where, _, query = rest.partition("?")
    said = dict(parse_qsl(query, keep_blank_values=True))
    user, at, _ = where.rpartition("@")
    if (at and ":" in user) or "password" in said:
        raise ValueError(
            t(
                "a URL of orders must hold no password, since it is shown and kept; this one does. Leave it out, and"
                " set PGPASSWORD or write it into ~/.pgpass."
            )
        )
    table, parquet = said.pop("table", None), said.pop("parquet", None)
    of_files = parquet if scheme.lower() == "spark" else None
    if not where or bool(table) == bool(of_files):
        raise ValueError(
            t(
                "a URL of orders must say where and which table, such as {example}; got {url!r}. Put ?table=... with"
                " the name of the table behind it.",
                example=next(example for example in EXAMPLES if example.startswith(scheme.lower()[:5])),
                url=url,
            )
        )
    return Place(scheme.lower(), unquote(where), table, of_files, _zone(said.pop("zone", "UTC")), said)


def says_zone(url: str) -> bool:
    """Whether a URL says in which zone moments have their day.

    Examples
    --------
    >>> says_zone("postgres://host/shop?table=orders&zone=UTC"), says_zone("postgres://host/shop?table=orders")
    (True, False)
    """
    return "zone" in dict(parse_qsl(url.partition("?")[2], keep_blank_values=True))


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError, KeyError) as error:
        raise ValueError(
            t("zone must be a time zone such as Asia/Shanghai or Europe/Berlin; got {name!r}.", name=name)
        ) from error


# --- one engine each ----------------------------------------------------------------------------


def _open_postgres(place: Place) -> Connected:
    need("psycopg", "postgres")
    import psycopg

    server, _, database = place.where.partition("/")
    user, _, address = server.rpartition("@")
    host, _, port = address.partition(":")
    asked = {"user": user, "host": host, "port": port, "database": database, "connect_timeout": "20"} | place.options
    # Ibis' own default for the port would hide PGPORT.
    asked["port"] = asked["port"] or os.environ.get("PGPORT") or 5432
    asked = {name: value for name, value in asked.items() if value}
    asked["options"] = f"{asked.get('options', '')} -c default_transaction_read_only=on".strip()
    try:
        backend = ibis.postgres.connect(**asked)
    except psycopg.Error as error:
        hint = t("Look up the host, the user and the database; the password is taken from PGPASSWORD or ~/.pgpass.")
        raise no_answer(place, error, hint) from error
    try:
        with backend.con.cursor() as cursor:
            cursor.execute("SELECT set_config('TimeZone', %s, false)", (place.zone,))
        return Connected(backend, table_of(backend, place))
    except BaseException:
        backend.disconnect()
        raise


def _open_duckdb(place: Place) -> Connected:
    file = Path(place.where).expanduser()
    if not file.is_file():
        raise ValueError(t("there must be a DuckDB file at {path!r}; there is none. Look up the path.", path=str(file)))
    # Within the limit of memory that every file is read in.
    connection = keep_limited()
    try:
        quoted = str(file).replace("'", "''")
        connection.sql(f"ATTACH '{quoted}' AS orders_kept (READ_ONLY)")
        connection.sql("USE orders_kept")
        backend = ibis.duckdb.from_connection(connection)
        connection.sql(f"SET TimeZone = '{place.zone}'")
        return Connected(backend, table_of(backend, place))
    except BaseException as error:
        connection.close()
        if isinstance(error, OSError) or type(error).__module__.startswith(("duckdb", "_duckdb")):
            hint = t("Is it a DuckDB file, and does no other program write to it?")
            raise no_answer(place, error, hint) from error
        raise


def need(module: str, extra: str) -> None:
    if find_spec(module) is None or find_spec("pyarrow_hotfix") is None:
        raise ModuleNotFoundError(
            t(
                "orders in {engine} are read with {module}, which is not installed. Install it in the folder of the"
                ' kit with: pip install ".[{extra}]"',
                engine={"spark": "Spark"}.get(extra, "PostgreSQL"),
                module=module,
                extra=extra,
            )
        )


def table_of(backend: ibis.BaseBackend, place: Place) -> ibis.Table:
    *above, name = place.table.split(".")
    database = tuple(above) if len(above) > 1 else "".join(above) or None
    try:
        with warnings.catch_warnings():
            # Ibis 12 asks for a table's columns by a function that DuckDB 2 has since renamed.
            warnings.filterwarnings("ignore", "fetch_arrow_table", DeprecationWarning)
            return backend.table(name, database=database)
    except ibis.common.exceptions.TableNotFound as error:
        raise ValueError(
            t(
                "there must be a table {table!r}; there is none that this user may read. Look up its name, with its"
                " schema in front: ?table=schema.name",
                table=place.table,
            )
        ) from error


def no_answer(place: Place, error: BaseException, hint: str) -> ConnectionError:
    return ConnectionError(
        t("{where} must answer; {error}. {hint}", where=place.where, error=first_line(error), hint=hint)
    )


def first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0].rstrip(".") if lines else type(error).__name__
