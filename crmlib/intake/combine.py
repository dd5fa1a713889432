"""Parts as one table: files of a folder, sheets of a workbook, and a second file of what was paid back."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from crmlib.intake.conventions import Undecided
from crmlib.intake.mapping import Reading
from crmlib.intake.mapping_file import find_mapping, read_mapping, to_reading
from crmlib.intake.report import IntakeReport
from crmlib.intake.understood import read_as
from crmlib.language import plural, t
from crmlib.tables import Table


def with_note(report: IntakeReport, note: str) -> IntakeReport:
    return dataclasses.replace(report, notes=(*report.notes, note))


def read_sheets(
    file: Path, table: Table, reading: Reading, called: str
) -> dict[str, tuple[pd.DataFrame, IntakeReport]]:
    """A file, by what it is `called`; a workbook whose sheets are parts of the table, by their names as well."""
    sheets = list(dict.fromkeys(reading.sheet)) if isinstance(reading.sheet, list) else []
    if len(sheets) < 2:
        return {called: read_as(file, table, reading)}
    parts = {}
    for sheet in sheets:
        name = f"{file.name}, {sheet}"
        others = [other for other in sheets if other != sheet]
        try:
            parts[name] = read_as(file, table, dataclasses.replace(reading, sheet=[sheet, *others]))
        except Undecided:
            raise
        except ValueError as error:
            raise ValueError(t("{file}: {note}", file=name, note=error)) from error
    return parts


def read_returns(path: Path, table: Table, reading: Reading) -> dict[str, tuple[pd.DataFrame, IntakeReport]]:
    """The second file, of what was paid back: all its amounts with a minus; with a mapping of its own if it has one."""
    file = (path if path.is_dir() else path.parent) / reading.returns
    own = find_mapping(file)
    said = to_reading(read_mapping(own).get(table.name, {})) if own else dataclasses.replace(reading, returns=None)
    try:
        frame, report = read_as(file, table, dataclasses.replace(said, show_personal=reading.show_personal))
    except Undecided as undecided:
        raise _ask_first(file, undecided) from None
    except ValueError as error:
        raise ValueError(t("{file}: {note}", file=file.name, note=error)) from error
    frame["amount"] = -frame["amount"].abs()
    money = None if report.amount_accepted is None else float(frame["amount"].sum())
    note = t("Read as what was paid back: every amount has a minus.")
    return {file.name: (frame, dataclasses.replace(with_note(report, note), amount_accepted=money))}


def _ask_first(file: Path, undecided: Undecided) -> ValueError:
    return ValueError(
        t(
            "{file}, the file of returns, leaves open: {note} Answer it in a mapping file of its own, which crmlib"
            " check {file} drafts.",
            file=file.name,
            note=undecided,
        )
    )


def combine(path: Path, parts: dict[str, tuple[pd.DataFrame, IntakeReport]]):
    """The parts of a table as one, in the order of their names, and one report of all."""
    frame = pd.concat(_with_texts([part for part, _ in parts.values()]), ignore_index=True)
    by_name = {name: report for name, (_, report) in parts.items()}
    refuse_twins(by_name)
    return frame, combine_reports(path, by_name, _overlaps(frame, [len(part) for part, _ in parts.values()]))


def _with_texts(frames: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Tables whose further columns are text where they are so in one of them: a column has one type."""
    texts = {name for frame in frames for name in frame if not pd.api.types.is_numeric_dtype(frame[name])}
    numbers = [[name for name in frame if name in texts and frame[name].dtype == float] for frame in frames]
    return [
        frame.astype(dict.fromkeys(own, "str")) if own else frame for frame, own in zip(frames, numbers, strict=True)
    ]


def combine_reports(path: Path, by_name: dict[str, IntakeReport], further: list[str]) -> IntakeReport:
    """One report of all parts, with `further` doubts on them together."""
    reports = list(by_name.values())
    doubts = [t("{file}: {note}", file=name, note=doubt) for name, report in by_name.items() for doubt in report.doubts]
    sums = "".join(f"{report.sha256}  {name}\n" for name, report in by_name.items())
    sha256 = reports[0].sha256 if path == reports[0].path else hashlib.sha256(sums.encode()).hexdigest()
    rejected = [name_file(report.rejected, name) for name, report in by_name.items()]
    return dataclasses.replace(
        reports[0],
        path=path,
        sha256=sha256,
        encoding=_joined(report.encoding for report in reports),
        sheet=_joined(report.sheet for report in reports),
        columns={key: value for report in reports for key, value in report.columns.items()},
        n_read=sum(report.n_read for report in reports),
        n_accepted=sum(report.n_accepted for report in reports),
        n_rejected=sum(report.n_rejected for report in reports),
        rejected=pd.concat(rejected, ignore_index=True),
        notes=tuple(
            t("{file}: {note}", file=name, note=note) for name, report in by_name.items() for note in report.notes
        ),
        doubts=(*doubts, *further),
        amount_accepted=_add_up(report.amount_accepted for report in reports),
        amount_set_aside=_add_up(report.amount_set_aside for report in reports),
        n_on_purpose=sum(report.n_on_purpose for report in reports),
        left_out=_count_up(report.left_out for report in reports),
        not_listed=_count_up(report.not_listed for report in reports),
    )


def name_file(rejected: pd.DataFrame, name: str) -> pd.DataFrame:
    """Rows set aside, each with its file, that of a part unless they say it already."""
    return rejected if "file" in rejected else rejected.assign(file=name)


def _count_up(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    return dict(sum(map(Counter, counts), Counter()))


def _add_up(amounts: Iterable[float | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return round(sum(known), 6) if known else None


def _joined(names: Iterable[str | None]) -> str | None:
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def same_files(first: str, second: str) -> ValueError:
    return ValueError(
        t(
            "the parts of a table must be different files; {first!r} and {second!r} are the same, byte for"
            " byte. Move one away.",
            first=first,
            second=second,
        )
    )


def refuse_twins(by_name: dict[str, IntakeReport]) -> None:
    """Parts that would be counted twice, or added up though their money is not the same."""
    seen: dict[str, tuple[Path, str]] = {}
    for name, report in by_name.items():
        if report.sha256 in seen and seen[report.sha256][0] != report.path:  # sheets are of one file
            raise same_files(seen[report.sha256][1], name)
        seen[report.sha256] = report.path, name
    refuse_currencies(by_name)


def refuse_currencies(by_name: dict[str, IntakeReport]) -> None:
    """Parts whose money is not the same."""
    money = {report.currency: name for name, report in by_name.items() if report.currency}
    if len(money) > 1:
        found = ", ".join(f"{name!r} has {currency}" for currency, name in money.items())
        raise ValueError(
            t(
                "the parts of a table must be in one currency, for amounts are added up; {found}. Convert them, or"
                " analyze each by itself.",
                found=found,
            )
        )


def _overlaps(frame: pd.DataFrame, lengths: list[int]) -> list[str]:
    """A sentence on rows of one part that another has as well, if there are any."""
    part = np.repeat(np.arange(len(lengths)), lengths)
    # A line may stand twice in one part; only that it stands in another is told here.
    once = frame.assign(part=part).drop_duplicates()
    repeated = once.drop(columns="part").duplicated()
    if not repeated.any():
        return []
    return overlap_doubt(int(repeated.sum()), once["amount"][repeated].sum() if "amount" in once else None)


def overlap_doubt(n: int, amount: float | None) -> list[str]:
    """A doubt on rows that stand in two parts."""
    return [
        t(
            "In one part and in another as well: {n}, {amount} in all, counted twice. Do the periods of the files"
            " overlap?",
            n=plural(n, "1 row", "{n} rows"),
            amount="" if amount is None else f"{amount:,.2f}",
        )
    ]
