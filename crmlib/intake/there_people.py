"""Personal values of rows that stay where they are: judged on a part, masked by the engine as small files are.

Customers whose numbers are personal get others by the rules for small files, from their different numbers, and a table
of both is joined. Where nothing can be joined, in a database, such rows are refused in words.
"""

from __future__ import annotations

import ibis
import pandas as pd
import pyarrow as pa

from crmlib.intake.headers import is_of_goods
from crmlib.intake.personal import year_of_days
from crmlib.intake.privacy import (
    LINKED,
    days_in,
    in_words,
    is_text,
    kind_of_people,
    mask_cells,
    mask_personal,
    stand_in,
    years_of,
)
from crmlib.intake.there import Lines, make_table
from crmlib.language import number, t
from crmlib.tables import Table

MOST_MASKED = 500_000  # different cells of a column that are looked at


def mask_customers(
    ids: pa.Array, tables: dict[str, pd.DataFrame], table: Table, *, is_named: bool
) -> tuple[dict[str, pd.DataFrame], dict[str, list[str]], pd.Series | None]:
    """The other tables masked, what was done, and the masked number of each customer; None where they stay."""
    customers = pd.DataFrame({"customer_id": pd.Series(ids.to_pandas(), dtype="str")})
    masked, notes = mask_personal({**tables, table.name: customers}, is_named=is_named)
    shown = masked.pop(table.name)["customer_id"]
    is_same = shown.equals(customers["customer_id"])
    return masked, notes, None if is_same else pd.Series(shown.to_numpy(), index=customers["customer_id"].to_numpy())


def join_customers(lines: Lines, good: ibis.Table, shown: pd.Series) -> ibis.Table:
    """The rows with the numbers that may be shown."""
    _refuse_far(lines, "customer_id")
    pair = pa.table({"own": pa.array(shown.index, pa.large_string()), "shown": pa.array(shown, pa.large_string())})
    known = make_table(lines, pair)
    names = good.columns
    joined = good.left_join(known, good.customer_id == known.own)
    return joined.mutate(customer_id=joined.shown).select(*names)


def mask_others(
    lines: Lines, good: ibis.Table, part: pd.DataFrame, table: Table
) -> tuple[ibis.Table, list[str], list[str]]:
    """The rows with other personal columns masked, what was done, and which columns these are."""
    said, notes, replaced = {column.name: column for column in table.columns}, [], []
    since = min(filter(None, map(year_of_days, days_in(part))), default=None)
    for name in part.columns:
        known = said.get(name)
        if name in LINKED or (known and known.type != "string") or not is_text(part[name]):
            continue
        kind = kind_of_people(part, name, is_known=known is not None, since=since)
        if kind is None and known is not None and name.endswith("_id"):
            continue
        cells = _cells(lines, good, name, is_needed=kind is not None)
        if cells is None:
            continue
        if kind is None:
            shown = mask_cells(cells, are_goods=is_of_goods(str(name)))
        else:
            shown = years_of(cells) if kind == "date of birth" else stand_in(cells, str(name))
            notes.append(
                t(
                    "{column} holds {what}: others stand for them, such as {example} (show_personal shows them).",
                    column=name,
                    what=in_words(kind),
                    example=shown.dropna().min() if shown.notna().any() else t("empty"),
                )
            )
            replaced.append(name)
        good = _replace(lines, good, name, cells, shown)
    return good, notes, replaced


def _cells(lines: Lines, good: ibis.Table, name: str, *, is_needed: bool) -> pd.Series | None:
    """The different cells of a column; None where they are too many to look at, and need not be."""
    one = good.select(cell=good[name]).filter(lambda rows: rows.cell.notnull()).distinct()
    found = lines.run(one.limit(MOST_MASKED + 1))["cell"]
    if len(found) <= MOST_MASKED:
        return pd.Series(found.to_pandas(), dtype="str").sort_values(ignore_index=True)
    if not is_needed:
        return None
    raise ValueError(
        t(
            "{column} seems to hold people, in more than {n} different cells: too many to put others in their place."
            " Leave the column out of the mapping, or show it: --show-personal.",
            column=name,
            n=number(MOST_MASKED),
        )
    )


def _replace(lines: Lines, good: ibis.Table, name: str, cells: pd.Series, shown: pd.Series) -> ibis.Table:
    is_other = ~((cells == shown) | (cells.isna() & shown.isna()))
    if not is_other.any():
        return good
    _refuse_far(lines, name)
    own, other = pa.array(cells[is_other], pa.large_string()), pa.array(shown[is_other], pa.large_string())
    known, names = make_table(lines, pa.table({"own": own, "shown": other})), good.columns
    joined = good.left_join(known, good[name] == known.own)
    value = ibis.cases((joined.own.notnull(), joined.shown), else_=joined[name])
    return joined.mutate(**{name: value}).select(*names)


def _refuse_far(lines: Lines, name: str) -> None:
    if not lines.is_local:
        raise ValueError(
            t(
                "{column} holds what is personal, and rows that stay in a database cannot be masked there: nothing"
                " is written to it. Show it all the same, --show-personal, or make a view with numbers in its place.",
                column=name,
            )
        )
