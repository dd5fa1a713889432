"""What became of a file: rows read, accepted and set aside, and everything worth knowing about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from crmlib.language import percent, t

MUCH = 0.05  # of the rows or the money: whoever sets more aside analyzes another business
REJECTED = ["line", "column", "value", "reason"]


@dataclass(frozen=True, repr=False, eq=False)
class IntakeReport:
    """One reading of one file; ``n_read == n_accepted + n_rejected`` always holds.

    Attributes
    ----------
    path : Path or str
        The file; of a table that stays in a database its URL, without user and password.
    sha256 : str
        Of the file as it lies there, so that anyone can tell whether it is the same.
    table : str
        The table it was read as, such as "transactions".
    encoding, delimiter : str or None
        As found or given; None for Parquet, workbooks and databases, which have neither.
    sheet : str or None
        Of a workbook, the sheet that was read.
    relation : str or None
        Of a database, the table or view that was read.
    columns : dict
        The file's names on the left, the kit's on the right, for the columns used.
    n_read, n_accepted, n_rejected : int
        Rows. Blank lines are none; a line that cannot be split into fields is one.
    rejected : DataFrame
        One row per row set aside, in the order of the file: `line` (where the row begins in the
        file, whose first line is 1; in Parquet and databases the number of the row), `column` (the kit's name;
        empty where the whole line is at fault), `value` (personal ones masked) and `reason`
        (the first; it says whether there are more).
    notes : sequence of str
        Sentences on what was understood, kept or left out.
    doubts : sequence of str
        Sentences on what a person should look at: columns left out that change what an amount counts.
    currency : str or None
        That stood beside the amounts or in a column of its own.
    amount_accepted, amount_set_aside : float or None
        The sum of the amounts accepted, and of those of the rows set aside that could be read, without
        their signs and without the rows set aside on purpose; None for a table without amounts.
    n_on_purpose : int
        Of the rows set aside those that add others up, or that somebody has said do not count.
    said : dict
        What somebody has said of the file beyond its columns (`mapping.Reading`), by section.
    left_out : dict
        Rows of a database that it left out itself, as somebody has said (keep), by reason: counted among
        `n_rejected`, and not in `rejected`, for they were never read.
    not_listed : dict
        Rows set aside of a large table beyond those in `rejected`, by reason: counted among `n_rejected`.
    rest : callable or None
        Gives those rows, as `rejected` has them, a block at a time.
    """

    path: Path | str
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
    sheet: str | None = None
    doubts: tuple[str, ...] = ()
    currency: str | None = None
    amount_accepted: float | None = None
    amount_set_aside: float | None = None
    relation: str | None = None
    n_on_purpose: int = 0
    said: dict = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    not_listed: dict[str, int] = field(default_factory=dict)
    rest: Callable[[], Iterable[pd.DataFrame]] | None = None

    def __post_init__(self):
        n_rejected = len(self.rejected) + sum(self.left_out.values()) + sum(self.not_listed.values())
        if self.n_read != self.n_accepted + self.n_rejected or n_rejected != self.n_rejected:
            raise ValueError(
                t(
                    "a report must account for every row: n_read = n_accepted + n_rejected, and one row of rejected"
                    " each, or counted in left_out; got {n_read} read, {n_accepted} accepted, {n_rejected} rejected"
                    " and {n_rows} rows.",
                    n_read=self.n_read,
                    n_accepted=self.n_accepted,
                    n_rejected=self.n_rejected,
                    n_rows=n_rejected,
                )
            )

    @property
    def share_of_rows(self) -> float:
        """The share of the rows read that are missed; those set aside on purpose are not."""
        return (self.n_rejected - self.n_on_purpose) / self.n_read if self.n_read else 0.0

    @property
    def share_of_money(self) -> float | None:
        """The share of the money that stood in them, as far as it could be read; None where there are no amounts."""
        if self.amount_accepted is None or self.amount_set_aside is None:
            return None
        whole = abs(self.amount_accepted) + self.amount_set_aside
        return self.amount_set_aside / whole if whole else 0.0

    @property
    def losses(self) -> list[str]:
        """A sentence where so much is missed that what is left may say something else; [] where it is little."""
        money = self.share_of_money or 0.0
        if max(self.share_of_rows, money) <= MUCH:
            return []
        n_lost = self.n_rejected - self.n_on_purpose
        shares = {"rows": percent(self.share_of_rows), "money": percent(money)}
        rows = t("{n} of {all} rows ({share})", n=f"{n_lost:,}", all=f"{self.n_read:,}", share=shares["rows"])
        if self.amount_set_aside:
            amount = f"{self.amount_set_aside:,.2f}"
            rows = t("{rows}, {amount} ({share} of the money)", rows=rows, amount=amount, share=shares["money"])
        return [t("Much is set aside: {rows}. See why before you use a number.", rows=rows)]

    def __repr__(self) -> str:
        return f"<IntakeReport of {name_of(self.path)}: {self._counts()}>"

    def __str__(self) -> str:
        return self.summary()

    def _counts(self) -> str:
        n_read, said = f"{self.n_read:,}", {"n_accepted": f"{self.n_accepted:,}", "n_rejected": f"{self.n_rejected:,}"}
        if self.n_read == 1:
            return t("1 row read = {n_accepted} accepted + {n_rejected} set aside", **said)
        return t("{n_read} rows read = {n_accepted} accepted + {n_rejected} set aside", n_read=n_read, **said)

    def summary(self, *, most: int = 5, with_doubts: bool = True) -> str:
        """The report as text to read, with the `most` common reasons for setting rows aside."""
        form = [
            self.encoding,
            self.delimiter and t("delimiter {name}", name=t(DELIMITER_NAMES.get(self.delimiter, self.delimiter))),
        ]
        form += [self.sheet and t("sheet {name}", name=self.sheet)]
        form += [self.relation and t("table {name}", name=self.relation)]
        said = ", ".join(part for part in form if part) or (
            t("a table that stays where it is") if "://" in str(self.path) else "Parquet"
        )
        head = t("{table} from {file} ({form})", table=self.table, file=name_of(self.path), form=said)
        lines = [head, f"  {self._counts()}"]
        has_lines, counts = self.delimiter is not None, {"left_out": self.left_out, "not_listed": self.not_listed}
        said = common_reasons(self.rejected, most, has_lines=has_lines, **counts)
        lines += [f"    {sentence}" for sentence in said]
        doubts = (*self.losses, *self.doubts) if with_doubts else ()
        lines += [f"  - {note}" for note in (*self.notes, *doubts)]
        return "\n".join(lines)


def name_of(path: Path | str) -> str:
    """What a file is called; of a table in a database its URL, in which nothing is secret.

    Examples
    --------
    >>> name_of(Path("my/orders.csv")), name_of("postgres://host/shop?table=orders")
    ('orders.csv', 'postgres://host/shop?table=orders')
    """
    return str(path) if "://" in str(path) else Path(path).name


DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "spaces"}


def place(number: int, *, has_lines: bool) -> str:
    """Where a row stands, for a sentence: its line in a text, its number in what has no lines."""
    return t("line {n}", n=f"{number:,}") if has_lines else t("row {n}", n=f"{number:,}")


def common_reasons(
    rejected: pd.DataFrame,
    most: int,
    *,
    has_lines: bool,
    left_out: Mapping[str, int] | None = None,
    not_listed: Mapping[str, int] | None = None,
) -> list[str]:
    """The commonest reasons, each with how often and where first; what a database left out is not written out."""
    counted = [
        t("{n}: {reason} (left out by the database)", n=f"{n:,}", reason=reason)
        for reason, n in (left_out or {}).items()
    ]
    groups = _first_places(rejected)
    for reason, n in (not_listed or {}).items():
        if reason in groups.index:
            groups.loc[reason, "size"] += n
    groups = groups.sort_values("size", ascending=False, kind="stable")
    only_counted = {reason: n for reason, n in (not_listed or {}).items() if reason not in groups.index}
    counted += [f"{n:,}: {reason}" for reason, n in only_counted.items()]
    said = [
        t("{n}: {reason} (first in {place})", n=f"{size:,}", reason=reason, place=place(first, has_lines=has_lines))
        for reason, (size, first) in _rows(groups.head(most))
    ]
    others = int(groups["size"].iloc[most:].sum())
    return counted + said + ([t("{n} for other reasons", n=f"{others:,}")] if others else [])


def count_reasons(report: IntakeReport) -> dict[str, int]:
    """How many rows were set aside, or left out by a database, for which first reason; the commonest first."""
    counted = dict(report.left_out)
    for reason, n in (*_first_places(report.rejected)["size"].items(), *report.not_listed.items()):
        counted[reason] = counted.get(reason, 0) + int(n)
    return dict(sorted(counted.items(), key=lambda pair: -pair[1]))


def count_first(rejected: pd.DataFrame) -> dict[str, int]:
    """How many rows set aside have which first reason."""
    return {reason: int(n) for reason, n in _first_places(rejected)["size"].items()}


def _first_places(rejected: pd.DataFrame) -> pd.DataFrame:
    """One row per first reason, the commonest above: how many rows (size) and where the first is (min)."""
    first_reason = rejected["reason"].str.split(t(" (also: {others})").split("{")[0], regex=False).str[0]
    groups = rejected.groupby(first_reason, sort=False)["line"].agg(["size", "min"])
    return groups.sort_values("size", ascending=False, kind="stable")


def _rows(groups: pd.DataFrame):
    return zip(groups.index, groups.to_numpy().tolist(), strict=True)
