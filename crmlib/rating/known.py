"""What was known before a day: rows, whose they are, and which of them is the newest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t


@dataclass(frozen=True)
class Known:
    """Rows that were known before the day: whose each is, by its place among `names`, and its columns.

    The column `counts` is the day by which a row is too old, or not.
    """

    names: pd.Index
    place: np.ndarray
    columns: dict[str, np.ndarray]

    def present(self, oldest: pd.Timestamp) -> pd.Index:
        """The customers who have a row that is not too old, or an invoice that is open."""
        counts = self.columns["counts"] >= np.datetime64(oldest)
        if "paid" in self.columns:
            counts |= np.isnat(self.columns["paid"]) & np.isnat(self.columns["lost"])
        return self.names[np.bincount(self.place[counts], minlength=len(self.names)) > 0]

    def among(self, everyone: pd.Index) -> Known:
        """The rows of everyone, by their place among them."""
        place = everyone.get_indexer(self.names)[self.place]
        is_there = place >= 0
        if is_there.all():
            return Known(everyone, place, self.columns)
        return Known(everyone, place[is_there], {name: column[is_there] for name, column in self.columns.items()})


def days(table: pd.DataFrame, column: str, name: str, *, may_miss: bool = False) -> pd.Series:
    """A column of dates, as days; text has the year first."""
    given = table[column]
    if isinstance(given.dtype, pd.DatetimeTZDtype):
        given = given.dt.tz_localize(None)
    try:
        found = given if given.dtype.kind == "M" else pd.to_datetime(given, format="ISO8601")
    except (ValueError, TypeError):
        found = pd.to_datetime(given, format="ISO8601", errors="coerce")
    bad = found.isna() & (given.notna() if may_miss else True)
    if bad.any():
        raise ValueError(
            t(
                "every {column} of {name} must be a day; {n_bad:,} of {n:,} are not, the first {value!r}. Give dates,"
                " or text with the year first such as '2024-12-31'; leave out rows without one and say so.",
                column=column,
                name=name,
                n_bad=int(bad.sum()),
                n=len(table),
                value=given[bad].iloc[0],
            )
        )
    return found


def coded(table: pd.DataFrame, name: str, is_known: np.ndarray) -> tuple[pd.Index, np.ndarray]:
    """The customers of a table, each once, and whose each known row is."""
    who = table["customer_id"]
    if isinstance(who.dtype, pd.CategoricalDtype):  # numbered already, so that a long log need not be for each quarter
        names, place = who.cat.categories.astype("str"), who.cat.codes.to_numpy().astype(np.int64)
    else:
        place, names = pd.factorize(who.astype("str"))
    missing = place < 0
    if missing.any():
        raise ValueError(
            t(
                "every row of {name} must have a customer_id; {n_bad:,} of {n:,} have none. Find out whose they are, or"
                " leave them out and say so.",
                name=name,
                n_bad=int(missing.sum()),
                n=len(table),
            )
        )
    return names, place[is_known]


def known_before(table: pd.DataFrame, name: str, day: pd.Timestamp, dates: tuple[str, ...], others: list[str]) -> Known:
    """What was recorded before the day; `dates` must be there, `others` may be absent."""
    require.columns(table, ["customer_id", "recorded_date", *dates], name)
    recorded = days(table, "recorded_date", name).to_numpy()
    is_known = recorded < np.datetime64(day)
    names, place = coded(table, name, is_known)
    columns = {"recorded_date": recorded[is_known]}
    columns |= {column: days(table, column, name).to_numpy()[is_known] for column in dates}
    columns["counts"] = columns[(*dates, "recorded_date")[0]]
    columns |= {column: table[column].array[is_known] for column in others if column in table}
    return Known(names, place, columns)


def newest(known: Known, key: list[np.ndarray], name: str) -> np.ndarray:
    """The place of the row recorded last of each key, sorted by it; two of one day are refused."""
    order = np.lexsort([known.columns["recorded_date"], *key[::-1]])
    is_same = np.all([one[order][1:] == one[order][:-1] for one in key], axis=0)
    recorded = known.columns["recorded_date"][order]
    twice = is_same & (recorded[1:] == recorded[:-1])
    if twice.any():
        place = twice.argmax()
        raise ValueError(
            t(
                "{name} must have one row per customer and day; {who!r} has two of {day}. Keep the right one:"
                " {name}.drop_duplicates(['customer_id', 'recorded_date']).",
                name=name,
                who=known.names[known.place[order[place]]],
                day=str(recorded[place].astype("datetime64[D]")),
            )
        )
    return order[~np.append(is_same, False)] if len(order) else order


def spread(columns: dict[str, np.ndarray], who: np.ndarray, everyone: pd.Index) -> pd.DataFrame:
    """Values of some, NaN for all others."""
    spread = {name: np.full(len(everyone), np.nan) for name in columns}
    for name, values in columns.items():
        spread[name][who] = values
    return pd.DataFrame(spread, index=everyone)
