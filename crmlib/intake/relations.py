"""Tables and views of a database, and what any engine is asked of one: the rows that fit, and how many do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from crmlib.intake.pushed import Condition


class Relation(NamedTuple):
    """A table or a view."""

    name: str  # as somebody would say it, such as orders or sales.orders
    names: tuple[str, ...]  # of its columns
    has_key: bool  # are no two of its rows alike?
    quoted: str  # as SQL says it


class Cells(NamedTuple):
    """Columns of a relation that were read."""

    whole: dict[int, pa.ChunkedArray]
    is_typed: dict[int, np.ndarray]  # of columns that hold texts and numbers: where the numbers are
    row_hash: np.ndarray
    lines: np.ndarray  # the number of each row


class Engine:
    """What both do in the same way: the rows that do not fit are left where they are, and counted.

    `learn` makes the conditions known, once.
    """

    def count_groups(self, relation: Relation, conditions: Sequence[Condition]) -> list[tuple]:
        """How many rows fit which conditions: whether they fit the first, the second and so on, and how many do so."""
        fits = [self.fits(relation, number, one) for number, one in enumerate(conditions)]
        groups = ", ".join(str(number) for number in range(1, len(fits) + 1))
        counted = f"SELECT {', '.join(fits)}, count(*) FROM {relation.quoted} r GROUP BY {groups}"
        return self.connection.execute(counted).fetchall()

    def query(self, relation: Relation, columns: dict[str, str], conditions: Sequence[Condition]) -> str:
        """The query of columns by their names here, of the rows that fit; then the last is the number of the row."""
        said = ", ".join(f"{column} AS {name}" for name, column in columns.items())
        if not conditions:
            return f"SELECT {said} FROM {relation.quoted} r"
        fits = [f"{self.fits(relation, number, one)} AS fits_{number}" for number, one in enumerate(conditions)]
        # Rows are numbered before any is left out: a number is that of the table, not of what was kept of it.
        inner = f"SELECT {said}, row_number() OVER () AS line, {', '.join(fits)} FROM {relation.quoted} r"
        wanted = " AND ".join(f"fits_{number}" for number in range(len(fits)))
        return f"SELECT {', '.join(columns)}, line FROM ({inner}) WHERE {wanted}"


def quoted(name: str) -> str:
    """A name as SQL says it."""
    return '"' + name.replace('"', '""') + '"'


def column_of(relation: Relation, place: int) -> str:
    """A column of a relation that the query calls r."""
    return f"r.{quoted(relation.names[place])}"
