"""SQLite and DuckDB files, opened to be read and never changed: their tables, and the rows of one.

Both are asked the same things: `relations`, `first_rows`, `count` and `read`. SQLite is read by Python's
own module, as a file nobody else writes (``immutable``), so that no journal is left beside it; DuckDB by
its own, read-only, in one thread, so that the rows of a view come in the same order every time, and
without access to any other file.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa

from crmlib.intake.loose import Loose
from crmlib.intake.pushed import Condition
from crmlib.intake.records import shorten
from crmlib.intake.relations import Cells, Engine, Relation, column_of, quoted
from crmlib.language import t

BATCH = 100_000  # rows at a time
HOT_JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"  # a change of SQLite's that was broken off
# DuckDB's types that a column may be read from as they are; others as their text.
NATIVE = re.compile(
    r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\)|DATE|TIMESTAMP.*|VARCHAR|BOOLEAN|BLOB"
)


class _Sqlite(Engine):
    def __init__(self, path: Path):
        journal = path.with_name(f"{path.name}-journal")
        if journal.exists() and journal.read_bytes()[: len(HOT_JOURNAL)] == HOT_JOURNAL:
            raise ValueError(
                t(
                    "{file} must be whole; a change to it was broken off, or is being made right now, says {journal}"
                    " beside it. Open it in the program it belongs to, close that, and read it again.",
                    file=path.name,
                    journal=journal.name,
                )
            )
        if _pages_said(path) > path.stat().st_size:  # what is gone would be read as rows of nothing
            raise sqlite3.DatabaseError(t("its end is cut off"))
        self.connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)

    def close(self) -> None:
        self.connection.close()

    def relations(self) -> list[Relation]:
        """The tables and views, in the order in which they were made; not what SQLite keeps for itself."""
        found = []
        listed = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY rowid"
        for (name,) in self.connection.execute(listed).fetchall():
            if name.startswith("sqlite_"):
                continue
            try:
                columns = self.connection.execute(f"PRAGMA table_xinfo({quoted(name)})").fetchall()
            except sqlite3.DatabaseError:  # a view of a table that is gone
                continue
            shown = [column for column in columns if column[6] != 1]
            if shown:
                has_key = any(column[5] for column in shown)
                found.append(Relation(name, tuple(column[1] for column in shown), has_key, quoted(name)))
        return found

    def count(self, relation: Relation) -> int:
        return self.connection.execute(f"SELECT count(*) FROM {relation.quoted}").fetchone()[0]

    def first_rows(self, relation: Relation, n: int) -> list[tuple]:
        return self.connection.execute(f"{_select(relation, range(len(relation.names)))} LIMIT {n}").fetchall()

    def holds_numbers(self, relation: Relation, place: int) -> bool:
        """Are there numbers among the cells of a column?"""
        kind = f"typeof({column_of(relation, place)}) IN ('integer', 'real')"
        return bool(self.connection.execute(f"SELECT 1 FROM {relation.quoted} r WHERE {kind} LIMIT 1").fetchall())

    def learn(self, relation: Relation, conditions: Sequence[Condition]) -> None:
        for number, condition in enumerate(conditions):
            self.connection.create_function(f"crmlib_fits_{number}", 1, condition.of_cells(), deterministic=True)

    def fits(self, relation: Relation, number: int, condition: Condition) -> str:
        return f"crmlib_fits_{number}({column_of(relation, condition.place)})"

    def read(
        self, relation: Relation, places: list[int], texts: set[int], conditions: Sequence[Condition] = ()
    ) -> Cells:
        """Columns by their place; those of `texts` as text. All are fetched where rows may repeat each other.

        Only the rows that fit all `conditions`.
        """
        fetched = places if relation.has_key else list(range(len(relation.names)))
        columns, hashes = {place: Loose() for place in places}, [np.array([], np.int64)]
        query = self.query(relation, {f"c{place}": column_of(relation, place) for place in fetched}, conditions)
        cursor = self.connection.execute(query)
        n_rows, lines = 0, []
        while rows := cursor.fetchmany(BATCH):
            if conditions:
                lines += [row[-1] for row in rows]
                rows = [row[:-1] for row in rows]
            cells = dict(zip(fetched, zip(*rows, strict=True), strict=True))
            for place, column in columns.items():
                column.add(cells[place])
            if not relation.has_key:
                hashes.append(np.fromiter(map(hash, rows), np.int64, len(rows)))
            n_rows += len(rows)
        row_hash = np.arange(n_rows) if relation.has_key else np.concatenate(hashes)
        read = {place: column.as_text() if place in texts else column.finish() for place, column in columns.items()}
        is_typed = {place: mask for place, (_, mask) in read.items() if mask is not None}
        numbers = np.array(lines, np.int64) if conditions else np.arange(1, n_rows + 1)
        return Cells({place: values for place, (values, _) in read.items()}, is_typed, row_hash, numbers)


class _Duckdb(Engine):
    def __init__(self, path: Path):
        import duckdb

        # With its whole path, for "md:sales.db" alone would be a place on the net.
        config = {"threads": "1", "enable_external_access": "false", "autoload_known_extensions": "false"}
        self.connection = duckdb.connect(str(path.absolute()), read_only=True, config=config)

    def close(self) -> None:
        self.connection.close()

    def relations(self) -> list[Relation]:
        """The tables and views, by name."""
        listed = self.connection.sql(
            "SELECT schema_name, table_name, has_primary_key FROM duckdb_tables() WHERE NOT internal UNION ALL "
            "SELECT schema_name, view_name, false FROM duckdb_views() WHERE NOT internal ORDER BY 1, 2"
        ).fetchall()
        columns = self.connection.sql(
            "SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE NOT internal ORDER BY column_index"
        ).fetchall()
        found = []
        for schema, name, has_key in listed:
            said = name if schema == "main" else f"{schema}.{name}"
            names = tuple(column for of_schema, of_table, column in columns if (of_schema, of_table) == (schema, name))
            found.append(Relation(said, names, has_key, f"{quoted(schema)}.{quoted(name)}"))
        return found

    def count(self, relation: Relation) -> int:
        return self.connection.sql(f"SELECT count(*) FROM {relation.quoted}").fetchone()[0]

    def first_rows(self, relation: Relation, n: int) -> list[tuple]:
        """As text; as Python has them, some types ask for further packages."""
        columns = ", ".join(f"CAST({column_of(relation, place)} AS VARCHAR)" for place in range(len(relation.names)))
        return self.connection.sql(f"SELECT {columns} FROM {relation.quoted} r LIMIT {n}").fetchall()

    def holds_numbers(self, relation: Relation, place: int) -> bool:
        """Are there numbers among the cells of a column?"""
        return re.match("DATE|TIME|VARCHAR", str(self._types(relation)[place])) is None

    def learn(self, relation: Relation, conditions: Sequence[Condition]) -> None:
        from duckdb.func import FunctionNullHandling, PythonUDFType  # it has none of these before it is there

        types = self._types(relation)
        for number, condition in enumerate(conditions):
            self.connection.create_function(
                f"crmlib_fits_{number}",
                condition.of_texts(are_decimal=str(types[condition.place]) in ("FLOAT", "DOUBLE")),
                ["VARCHAR"],
                "BOOLEAN",
                type=PythonUDFType.ARROW,
                null_handling=FunctionNullHandling.SPECIAL,
            )

    def fits(self, relation: Relation, number: int, condition: Condition) -> str:
        return f"crmlib_fits_{number}(CAST({column_of(relation, condition.place)} AS VARCHAR))"

    def _types(self, relation: Relation) -> list:
        return self.connection.sql(f"SELECT * FROM {relation.quoted} LIMIT 0").types

    def read(
        self, relation: Relation, places: list[int], texts: set[int], conditions: Sequence[Condition] = ()
    ) -> Cells:
        """Columns by their place, those of `texts` as text; only the rows that fit all `conditions`."""
        types = self._types(relation)
        is_text = {place: place in texts or not NATIVE.fullmatch(str(types[place])) for place in places}
        columns = {place: column_of(relation, place) for place in places}
        wanted = {
            f"c{place}": f"CAST({column} AS VARCHAR)" if is_text[place] else column for place, column in columns.items()
        }
        if not relation.has_key:
            wanted["row_hash"] = "hash(r)"
        read = self.connection.sql(self.query(relation, wanted, conditions)).to_arrow_table()
        row_hash = np.arange(len(read)) if relation.has_key else read["row_hash"].to_numpy()
        whole = {place: read[f"c{place}"] for place in places}
        for place, values in whole.items():
            if pa.types.is_string(values.type) or pa.types.is_string_view(values.type):
                whole[place] = values.cast(pa.large_string())
        lines = read["line"].to_numpy() if conditions else np.arange(1, len(read) + 1)
        return Cells(whole, {}, row_hash, lines)


def _pages_said(path: Path) -> int:
    """How many bytes long a SQLite file says it is; 0 where the program that wrote it did not keep count."""
    with path.open("rb") as stream:
        head = stream.read(100)
    size, n_pages = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
    is_counted = head[24:28] == head[92:96]
    return (1 << 16 if size == 1 else size) * n_pages if is_counted else 0


def _select(relation: Relation, places) -> str:
    return f"SELECT {', '.join(column_of(relation, place) for place in places)} FROM {relation.quoted} r"


@contextmanager
def opened(path: Path, head: bytes) -> Iterator[_Sqlite | _Duckdb]:
    """A database, open to be read.

    Raises
    ------
    ValueError
        It is locked, encrypted or damaged; the message says which, as far as its engine does.
    """
    if head.startswith(b"SQLite"):
        kind, errors = "SQLite", (sqlite3.Error, UnicodeDecodeError)
    else:
        import duckdb

        kind, errors = "DuckDB", (duckdb.Error,)
    try:
        with closing((_Sqlite if kind == "SQLite" else _Duckdb)(path)) as engine:
            yield engine
    except errors as error:
        raise _cannot_be_read(path, kind, error) from None


def _cannot_be_read(path: Path, kind: str, error: Exception) -> ValueError:
    said = str(error)
    if isinstance(error, UnicodeDecodeError) or "decode to UTF-8" in said:
        return ValueError(t("{file} must hold its texts in UTF-8; it has other bytes.", file=path.name))
    if "lock" in said and "on file" in said or "different configuration" in said:
        return ValueError(
            t(
                "{file} must not be in use while it is read; another program has it open. Close that, and read it"
                " again.",
                file=path.name,
            )
        )
    if "encrypted" in said or "not a database" in said:
        return ValueError(
            t(
                "{file} must be a {kind} database that opens without a key; it is encrypted or damaged. Save it"
                " without a key, or export the table as CSV.",
                file=path.name,
                kind=kind,
            )
        )
    # Of where the file lies, nothing is repeated.
    shown = shorten(said.replace(f"{path.absolute().parent}{os.sep}", ""), 150)
    return ValueError(
        t(
            "{file} must be a whole {kind} database; it cannot be read ({error}). Copy or make it again, or export the"
            " table as CSV.",
            file=path.name,
            kind=kind,
            error=shown,
        )
    )
