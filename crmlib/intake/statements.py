"""Statements of customers as people keep them -> the table `statements`: quarters read, money in yuan, doubts said."""

from __future__ import annotations

import dataclasses
import os
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from crmlib.intake.cells import to_number
from crmlib.intake.conventions import OpenQuestion
from crmlib.intake.draft import Look, draft_table
from crmlib.intake.mapping import Reading
from crmlib.intake.mapping_file import to_reading
from crmlib.intake.names import aliases, bare
from crmlib.intake.raw import Raw
from crmlib.intake.reading import read_rows
from crmlib.intake.report import IntakeReport
from crmlib.intake.samples import filled
from crmlib.intake.units import UNITS, unit_above, unit_in_name
from crmlib.language import later, plural, t
from crmlib.tables import STATEMENTS

LATE_DAYS = 120  # yearly statements may come as late as the end of April
OPTIONAL = dataclasses.replace(
    STATEMENTS,
    columns=tuple(
        dataclasses.replace(column, required=False) if column.name == "recorded_date" else column
        for column in STATEMENTS.columns
    ),
)
MONEY = tuple(column.name for column in STATEMENTS.columns if column.unit == "currency")
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
QUARTER = re.compile(r"(\d{4})\s*[-年/. ]?\s*(?:[qQ]\s*([1-4])|第?([一二三四1-4])季度?)|[qQ]([1-4])[-/ ]?(\d{4})")
MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:末|底)?|(\d{4})(0[1-9]|1[0-2])")
YEAR = re.compile(r"(\d{4})\s*(?:年末|年底|年报|年度|年)?")
HALF = re.compile(r"(\d{4})\s*年?\s*(?:半年报|中报|上半年|[hH]1)")
WIDE = re.compile(r"20\d\d\s*[-年/. ]?\s*([qQ][1-4]|第?[一二三四1-4]季|1?\d月|年)|[qQ][1-4][-/ ]?20\d\d")
COUNTED = re.compile(r"\s*(-?[\d,.]+)\s*(亿|百万|万|千)元?\s*")
PARTS = (  # a part, and the whole that it cannot exceed
    ("current_assets", "total_assets"),
    ("current_liabilities", "total_liabilities"),
    ("inventory", "current_assets"),
    ("receivables", "current_assets"),
)
YEAR_TO_DATE, FEWEST_YEARS = 0.5, 3
FEWEST_QUARTERS = 2
JUMP = 100  # so many times as much as a quarter before is another unit rather than growth


def read_statements(path: str | os.PathLike, reading: Reading) -> tuple[pd.DataFrame, IntakeReport]:
    """Read statements, one row per customer and quarter.

    A quarter or a month stands for its last day. Money counted in thousands or ten thousands is multiplied out. Where
    nothing says when a statement was received, it counts as known 120 days after its last day, and that is doubted.

    Raises
    ------
    ValueError
        What `reading.read` refuses.
    """
    frame, report, _ = read_rows(path, OPTIONAL, reading, translate=_translate)
    frame, notes = _in_yuan(frame, report, Path(path), reading)
    frame, doubts = _with_days(frame)
    names = [*(name for name in STATEMENTS.names if name in frame), *(reading.extra or [])]
    doubts += [*_on_parts(frame), *_on_flows(frame), *_on_units(frame), *_on_repeats(frame)]
    report = dataclasses.replace(report, notes=(*report.notes, *notes), doubts=(*report.doubts, *doubts))
    return frame[names], report


def draft_statements(path: Path, said: dict[str, dict], *, look: Look) -> tuple[dict[str, dict], list[OpenQuestion]]:
    """What is said of statements, completed as far as names and values tell (`draft.draft_table`).

    Raises
    ------
    ValueError
        The quarters of a customer stand beside each other.
    """
    names, samples = look(path, STATEMENTS, to_reading(said))
    found = [name for name in names if WIDE.search(name)]
    if len(found) >= FEWEST_QUARTERS:
        raise ValueError(
            t(
                "{file} must have one row per customer and quarter, with the last day of the quarter in a column; its"
                " quarters stand beside each other ({names}). Unpivot it (逆透视) in a spreadsheet, and try again.",
                file=path.name,
                names=", ".join(found[:4]),
            )
        )
    columns = dict(said.get("columns", {}))
    if "period_end" not in columns and "period_end" not in names:
        # "2024Q1" and "2024年3月" are no days until they are read, and would not be known by their values.
        known = {*aliases("period_end")[0], *aliases("period_end")[1]}
        if period := [name for name in names if bare(name) in known and any(filled(samples.get(name, [])))]:
            columns["period_end"] = period[0]
    return draft_table(path, OPTIONAL, {**said, "columns": columns} if columns else said, look=look)


# --- cells ----------------------------------------------------------------------------------------


def _translate(raw: Raw) -> tuple[Raw, list[str]]:
    """Quarters and months as their last days, and 120万 as 1200000; with sentences on what was understood."""
    columns, said = dict(raw.columns), []
    for name, cells in raw.columns.items():
        convert = _last_day if name == "period_end" else _written_out if name in MONEY else None
        if convert is None or not pa.types.is_large_string(cells.type):
            continue
        texts = cells.to_pylist()
        others = [convert(text) if text else text for text in texts]
        changed = [text for text, other in zip(texts, others, strict=True) if text != other]
        if changed:
            columns[name] = pa.chunked_array([pa.array(others, pa.large_string())])
            n = plural(len(changed), "1 cell", "{n} cells")
            days = later("{column}: {cells} such as {example} read as the last day of that time.")
            money = later("{column}: {cells} such as {example} multiplied out.")
            text = days if name == "period_end" else money
            said.append(t(text, column=name, cells=n, example=changed[0]))
    return raw._replace(columns=columns), said


def _last_day(text: str) -> str:
    """The last day of a quarter, half-year, month or year; any other text as it is.

    Examples
    --------
    >>> [_last_day(text) for text in ("2024Q1", "2024年二季度", "2024-02", "2024年报", "2024中报", "2024-03-31")]
    ['2024-03-31', '2024-06-30', '2024-02-29', '2024-12-31', '2024-06-30', '2024-03-31']
    """
    plain = text.strip()
    if found := QUARTER.fullmatch(plain):
        year = found[1] or found[5]
        month = 3 * QUARTERS[found[2] or found[3] or found[4]]
    elif found := HALF.fullmatch(plain):
        year, month = found[1], 6
    elif found := MONTH.fullmatch(plain):
        year, month = found[1] or found[3], int(found[2] or found[4])
    elif found := YEAR.fullmatch(plain):
        year, month = found[1], 12
    else:
        return text
    if not 1 <= month <= 12 or not 1900 <= int(year) <= 2200:
        return text
    return str((pd.Timestamp(int(year), month, 1) + pd.offsets.MonthEnd(0)).date())


def _written_out(text: str) -> str:
    """An amount with 万 behind it, written out; any other text as it is."""
    found = COUNTED.fullmatch(text)
    if not found:
        return text
    try:
        return f"{to_number(found[1]) * UNITS[found[2] + '元']:.2f}"
    except ValueError:
        return text


# --- money and days -------------------------------------------------------------------------------


def _in_yuan(frame: pd.DataFrame, report: IntakeReport, path: Path, reading: Reading) -> tuple[pd.DataFrame, list[str]]:
    """The amounts multiplied by the unit that is said, or stands in the names of columns or above them."""
    above = reading.unit or unit_above(path, reading)
    notes, of_unit = [], {}
    for theirs, ours in report.columns.items():
        if ours in MONEY and ours in frame:
            unit = reading.unit or unit_in_name(str(theirs)) or above or "元"
            of_unit.setdefault(unit, []).append(ours)
    for unit, names in of_unit.items():
        if UNITS[unit] == 1:
            continue
        frame = frame.assign(**{name: (frame[name] * UNITS[unit]).round(2) for name in names})
        notes.append(
            t(
                "Counted in {unit}, multiplied by {times}: {columns}. If they are in yuan already, write below"
                ' [statements.file] in the mapping file: unit = "元"',
                unit=unit,
                times=f"{UNITS[unit]:,}",
                columns=", ".join(names),
            )
        )
    return frame, notes


def _with_days(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The statements with a day on which each was received, a late one where none is said."""
    given = frame["recorded_date"] if "recorded_date" in frame else pd.Series(pd.NaT, index=frame.index)
    default = frame["period_end"] + pd.Timedelta(days=LATE_DAYS)
    n = int(given.isna().sum())
    frame = frame.assign(recorded_date=given.fillna(default).astype("datetime64[us]"))
    doubts = []
    if n:
        doubts.append(
            t(
                "Nothing says when these statements were received: {rows}. They count as known {days} days after the"
                " last day of their quarter, so that no rating knows them too early. Add a column recorded_date.",
                rows=plural(n, "1 row", "{n} rows"),
                days=LATE_DAYS,
            )
        )
    early = int((frame["recorded_date"] < frame["period_end"]).sum())
    if early:
        rows = plural(early, "1 row", "{n} rows")
        doubts.append(t("Received before the last day of their quarter: {rows}. Is that the day?", rows=rows))
    return frame, doubts


# --- doubts ---------------------------------------------------------------------------------------


def _on_parts(frame: pd.DataFrame) -> list[str]:
    doubts = []
    for part, whole in PARTS:
        if {part, whole} <= set(frame) and (n := int((frame[part] > frame[whole] * 1.0001).sum())):
            rows = plural(n, "1 row", "{n} rows")
            text = later("{part} is above {whole}, of which it is a part: {rows}. Were two columns mistaken?")
            doubts.append(t(text, part=part, whole=whole, rows=rows))
    return doubts


def _on_flows(frame: pd.DataFrame) -> list[str]:
    """Whether revenue falls every first quarter, as sums since the first of January do."""
    if "revenue" not in frame:
        return []
    ordered = frame.sort_values(["customer_id", "period_end"])
    before = ordered.groupby("customer_id")["revenue"].shift()
    is_first = (ordered["period_end"].dt.month == 3) & (before > 0)
    share = (ordered["revenue"] / before)[is_first]
    if len(share) < FEWEST_YEARS or not np.median(share) < YEAR_TO_DATE:
        return []
    return [
        t(
            "Revenue falls to less than half every first quarter: is it counted from the first of January (本年累计)?"
            " The kit asks for the twelve months up to the last day of the quarter: this year's, and the last year's"
            " whole less its same part."
        )
    ]


def _on_units(frame: pd.DataFrame) -> list[str]:
    """Whether one statement of a customer is in another unit than the one before."""
    if "total_assets" not in frame:
        return []
    ordered = frame.sort_values(["customer_id", "period_end"])
    times = ordered["total_assets"] / ordered.groupby("customer_id")["total_assets"].shift()
    n = int(((times > JUMP) | ((times > 0) & (times < 1 / JUMP))).sum())
    if not n:
        return []
    rows = plural(n, "1 row", "{n} rows")
    text = later("Total assets are a hundred times those of the quarter before, or a hundredth: {rows}. Another unit?")
    return [t(text, rows=rows)]


def _on_repeats(frame: pd.DataFrame) -> list[str]:
    n = int(frame.duplicated(list(STATEMENTS.key)).sum())
    if not n:
        return []
    rows = plural(n, "1 row", "{n} rows")
    text = later("A customer has two statements of one quarter: {rows}. The one received last counts; is one a slip?")
    return [t(text, rows=rows)]
