"""What became of a file: rows read, accepted and set aside, and everything worth knowing about it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

REJECTED = ["line", "column", "value", "reason"]


@dataclass(frozen=True, repr=False, eq=False)
class IntakeReport:
    """One reading of one file; ``n_read == n_accepted + n_rejected`` always holds.

    Attributes
    ----------
    path : Path
        The file.
    sha256 : str
        Of the file as it lies there, so that anyone can tell whether it is the same.
    table : str
        The table it was read as, such as "transactions".
    encoding, delimiter : str or None
        As found or given; None for Parquet, which has neither.
    columns : dict
        The file's names on the left, the kit's on the right, for the columns used.
    n_read, n_accepted, n_rejected : int
        Rows. Blank lines are none; a line that cannot be split into fields is one.
    rejected : DataFrame
        One row per row set aside, in the order of the file: `line` (where the row begins in the
        file, whose first line is 1; in Parquet the number of the row), `column` (the kit's name;
        empty where the whole line is at fault), `value` (personal ones masked) and `reason`
        (the first; it says whether there are more).
    notes : sequence of str
        Sentences on what was understood, kept or left out.
    """

    path: Path
    sha256: str
    table: str
    encoding: str | None
    delimiter: str | None
    columns: dict[str, str]
    n_read: int
    n_accepted: int
    n_rejected: int
    rejected: pd.DataFrame
    notes: tuple[str, ...]

    def __post_init__(self):
        if self.n_read != self.n_accepted + self.n_rejected or len(self.rejected) != self.n_rejected:
            raise ValueError(
                "a report must account for every row: n_read = n_accepted + n_rejected, and one row of "
                f"rejected each; got {self.n_read} read, {self.n_accepted} accepted, {self.n_rejected} and "
                f"{len(self.rejected)} rejected."
            )

    def __repr__(self) -> str:
        return f"<IntakeReport of {Path(self.path).name}: {self._counts()}>"

    def __str__(self) -> str:
        return self.summary()

    def _counts(self) -> str:
        rows = "row" if self.n_read == 1 else "rows"
        return f"{self.n_read:,} {rows} read = {self.n_accepted:,} accepted + {self.n_rejected:,} set aside"

    def summary(self, *, most: int = 5) -> str:
        """The report as text to read, with the `most` common reasons for setting rows aside."""
        form = [
            self.encoding,
            self.delimiter and f"delimiter {DELIMITER_NAMES.get(self.delimiter, self.delimiter)}",
        ]
        said = ", ".join(part for part in form if part) or "Parquet"
        lines = [f"{self.table} from {Path(self.path).name} ({said})", f"  {self._counts()}"]
        lines += [
            f"    {sentence}"
            for sentence in common_reasons(self.rejected, most, "line" if self.delimiter else "row")
        ]
        lines += [f"  - {note}" for note in self.notes]
        return "\n".join(lines)

    def write_rejected(self, path: str | os.PathLike) -> Path:
        """Write the rows set aside as a CSV file that a spreadsheet can open safely."""
        from crmlib.export import write_csv

        return write_csv(self.rejected, path, index=False)


DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def common_reasons(rejected: pd.DataFrame, most: int, word: str) -> list[str]:
    """The commonest reasons, each with how often and where first."""
    first_reason = rejected["reason"].str.split(" (also: ", regex=False).str[0]
    groups = rejected.groupby(first_reason, sort=False)["line"].agg(["size", "min"])
    groups = groups.sort_values("size", ascending=False, kind="stable")
    said = [
        f"{size:,}: {reason} (first in {word} {first:,})"
        for reason, (size, first) in _rows(groups.head(most))
    ]
    others = int(groups["size"].iloc[most:].sum())
    return said + ([f"{others:,} for other reasons"] if others else [])


def _rows(groups: pd.DataFrame):
    return zip(groups.index, groups.to_numpy().tolist(), strict=True)
