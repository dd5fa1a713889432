"""What a notebook found, as sentences and tables that a report can collect.

The numbers of a sentence come from the run, so prose cannot go stale. Each
output carries a mark in its metadata, ``crmlib: {kind, ...}``, by which
``kit`` gathers the findings of a run into one page:

==========  =====================================================
finding     a sentence with numbers from the run
skipped     a section that had to be left out, and what it needs
period      the days the data cover, and the day looked from
table       a result table that was written as CSV
headline    the answer in a few facts: how many customers, how much money ...
act_on      whom to act on: the first lines of the list, as shown
source      the file an analysis read, its counts, and which column was taken for what
doubt       what a person should look at before trusting the rest; `grave` where no number should be trusted before
==========  =====================================================
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from inspect import currentframe
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from crmlib.files.safe_csv import write_csv
from crmlib.files.safe_parquet import write_parquet
from crmlib.language import number, plural, t
from crmlib.lesson.display import BLUE, frame, show_marked
from crmlib.lesson.sentences import fill_in, names_at
from crmlib.tables import INVOICES, TABLES

if TYPE_CHECKING:
    from crmlib.intake import IntakeReport

GRAY = "#999"
SKIPPED = frame(GRAY, "; color: #555")
ABOUT_DATA = frame("#E69F00")
DOUBT = frame("#D55E00")
GRAVE = frame("#B3261E", "; background: #fdf1f0")
MOST_IN_CSV, N_BEST = 100_000, 10_000  # rows that a spreadsheet still opens with ease, and the best of more
MAIN_TABLES = ("transactions", "customer_values")  # either is enough


def say(text: str, /, **values: object) -> None:
    """Say a finding: a sentence in the language in use, with values from the run.

    `text` is English and the key of the catalogue; its Chinese twin may put the named values in another
    order. In a lesson the names in its braces are those of the notebook, and behind the colon stands how
    they are written (`sentences`). An analysis, which chooses the currency itself, may give `values` that
    are written already.

    Examples
    --------
    >>> n_lost, lost = 8, 0.016
    >>> say("{n_lost} customers left, {lost:.1%} of all.")
    8 customers left, 1.6% of all.
    >>> say("{n} customers bought at least once.", n="about 8")
    about 8 customers bought at least once.
    """
    said = t(text, **values) if values else fill_in(text, names_at(currentframe().f_back))
    show_marked(said, style=frame(BLUE, "; font-size: 1.05em"), mark={"kind": "finding", "text": said})


def sentence(text: str, /) -> str:
    """A sentence as `say` would say it, for the title of a figure.

    Examples
    --------
    >>> share = 0.2
    >>> sentence("{share:.0%} of the customers bring most of the money")
    '20% of the customers bring most of the money'
    """
    return fill_in(text, names_at(currentframe().f_back))


def find_main(tables: dict[str, pd.DataFrame], *others: str, only: tuple[str, ...] = ()) -> str:
    """The table that an analysis runs on: orders, or, where there are none, one row per customer.

    Parameters
    ----------
    tables : dict of DataFrame
        The tables at hand, by name.
    *others : str
        What else is enough for this analysis, where there is neither; `kit.chapters` reads them in the notebook.
    only : tuple of str, optional
        The tables of which one must be there, for an analysis that orders do not serve; the first that is there.

    Raises
    ------
    ValueError
        There is none of them.

    Examples
    --------
    >>> find_main({"customer_values": pd.DataFrame(), "customers": pd.DataFrame()})
    'customer_values'
    >>> find_main({"customers": pd.DataFrame()}, "customers")
    'customers'
    >>> find_main({"transactions": pd.DataFrame(), "invoices": pd.DataFrame()}, only=("invoices",))
    'invoices'
    """
    enough = only or (*MAIN_TABLES, *others)
    found = next((name for name in enough if name in tables), None)
    if found is None:
        text = t(
            "data must have {what} to be analyzed; it has {tables}. Add such a file.",
            what=t(" or ").join(enough),
            tables=", ".join(tables),
        )
        raise ValueError(" ".join([text, *explain_ledger(tables)]))
    return found


def explain_ledger(tables: dict[str, pd.DataFrame]) -> list[str]:
    """A sentence on why a ledger does not do where orders are asked for; [] where that is not the matter.

    Examples
    --------
    >>> explain_ledger({"invoices": pd.DataFrame(), "transactions": pd.DataFrame()})
    []
    >>> explain_ledger({"invoices": pd.DataFrame()})
    ['A ledger says who owes and who pays late, which chapter 3 rates; what was bought and when, orders say.']
    """
    if INVOICES.name not in tables or any(name in tables for name in MAIN_TABLES):
        return []
    return [t("A ledger says who owes and who pays late, which chapter 3 rates; what was bought and when, orders say.")]


def needs(tables: dict[str, pd.DataFrame], name: str, columns: tuple[str, ...] = (), *, section: str) -> bool:
    """Is there what a section needs? If not, say what to add, and let the rest go on.

    Parameters
    ----------
    tables : dict of DataFrame
        The tables at hand, by name.
    name, columns
        The table the section needs, and optional columns it needs in it.
    section : str
        The section's heading, in the reader's language: ``t("Cost to serve")``.

    Returns
    -------
    bool
        True where the section can run.

    Examples
    --------
    >>> needs({}, "activities", section="Cost to serve")  # doctest: +NORMALIZE_WHITESPACE
    "Cost to serve" is left out: there is no table activities (a row: one customer, month and kind of activity that
    costs money to serve). Add a file activities.csv with the columns customer_id, month, activity, n_times.
    False
    """
    here = tables.get(name)
    wanted = list(columns) or TABLES[name].required
    missing = [column for column in wanted if here is None or column not in here.columns]
    if not missing:
        return True
    values = {"section": section, "table": name, "columns": ", ".join(missing)}
    if here is None and name == MAIN_TABLES[0]:
        text = t(
            '"{section}" is left out: it needs orders, one row each, with their days (a table {table} with the columns'
            " {columns}).",
            **values,
        )
    elif here is None:
        text = t(
            '"{section}" is left out: there is no table {table} (a row: {row}). Add a file {table}.csv with the'
            " columns {columns}.",
            **values,
            row=t(TABLES[name].row),
        )
    else:
        meanings = t("; ").join(t(TABLES[name].column(column).meaning) for column in missing)
        text = plural(
            len(missing),
            '"{section}" is left out: the table {table} does not say {meanings}. Add one column, {columns}.',
            '"{section}" is left out: the table {table} does not say {meanings}. Add the columns {columns}.',
            **values,
            meanings=meanings,
        )
    _skip(text, section, {name: missing})
    return False


def enough(condition: bool, reason: str, *, section: str) -> bool:
    """Do the data suffice for a section? If not, say why, and let the rest go on.

    When something else is right: `needs` where a table or a column may be missing.

    Parameters
    ----------
    condition : bool
        Whether the section can run.
    reason : str
        What it needs and what was found, in the reader's language, as the end of a sentence.
    section : str
        The section's heading, in the reader's language.

    Returns
    -------
    bool
        The condition.

    Examples
    --------
    >>> enough(1 >= 2, "it needs at least 2 customers; there is 1", section="The pyramid")
    "The pyramid" is left out: it needs at least 2 customers; there is 1.
    False
    """
    if condition:
        return True
    text = t('"{section}" is left out: {reason}.', section=section, reason=reason)
    _skip(text, section, {})
    return False


def _skip(text: str, section: str, needs: dict[str, list[str]]) -> None:
    show_marked(text, style=SKIPPED, mark={"kind": "skipped", "text": text, "section": section, "needs": needs})


def show_period(first_day: object, last_day: object, *, as_of: object) -> None:
    """Say which days the data cover and from which day they are looked at.

    Parameters
    ----------
    first_day, last_day : object
        The first and the last day that counts.
    as_of : object
        The day to look from, which counts whole.

    Raises
    ------
    ValueError
        as_of lies before the first day: nothing would be left to look at.

    Examples
    --------
    >>> show_period("2024-01-01", "2024-12-31", as_of="2024-12-31")
    The data run from 2024-01-01 to 2024-12-31, their last day, and are looked at from there.
    >>> show_period("2024-01-01", "2024-12-31", as_of="2024-06-30")
    The data run from 2024-01-01 to 2024-12-31; they are looked at from 2024-06-30.
    """
    first, last, day = (pd.Timestamp(value).date().isoformat() for value in (first_day, last_day, as_of))
    if day < first:
        raise ValueError(
            t(
                "as_of must not lie before the first line; got {day}, and the lines run from {first} to {last}. Choose"
                " a day from {first} on.",
                day=day,
                first=first,
                last=last,
            )
        )
    if first == last == day:
        text = t("All the data are of one day, {first}.", first=first)
    elif first == last:
        text = t("All the data are of one day, {first}; they are looked at from {as_of}.", first=first, as_of=day)
    elif last == day:
        text = t(
            "The data run from {first} to {last}, their last day, and are looked at from there.", first=first, last=last
        )
    else:
        text = t(
            "The data run from {first} to {last}; they are looked at from {as_of}.", first=first, last=last, as_of=day
        )
    mark = {"kind": "period", "text": text, "first_day": first, "last_day": last, "as_of": day}
    show_marked(text, style=ABOUT_DATA, mark=mark)


def show_source(reports: dict[str, IntakeReport], *, out: str | os.PathLike | None = None) -> None:
    """Say what was read: rows, rows set aside, everything intake noted, and what is doubtful.

    With `out`, the rows set aside are written to ``set-aside/<table>.csv`` there. The mark holds what an
    auditor asks besides: which column was taken for what, what was said of the file, the money set aside.
    """
    for name, report in reports.items():
        text = t(
            "{table}: {n_read} rows read, {n_accepted} accepted, {n_rejected} set aside.",
            table=t(name.replace("_", " ")),
            n_read=f"{report.n_read:,}",
            n_accepted=f"{report.n_accepted:,}",
            n_rejected=f"{report.n_rejected:,}",
        )
        mark = {"kind": "source", "text": text, "notes": list(report.notes), "table": name, **_account(report)}
        if out is not None and len(report.rejected):
            mark["set_aside"] = f"set-aside/{name}.csv"
            write_csv(report.rejected, Path(out) / mark["set_aside"], index=False)
            if report.not_listed:  # of so many a table to open has the first
                mark["notes"].append(_tell_first(report))
        show_marked(text, style=ABOUT_DATA, mark=mark, notes=mark["notes"])
        show_doubts(report.losses, grave=True)
        show_doubts(report.doubts)


def _tell_first(report: IntakeReport) -> str:
    said = {"n": f"{len(report.rejected):,}", "all": f"{report.n_rejected:,}"}
    if report.rest is None:
        return t("The list of rows set aside has {n} of {all}; the others are counted.", **said)
    return t(
        "The list of rows set aside has the first {n} of {all}; all of them are in transactions.set-aside.parquet,"
        " in the folder `prepared` of a run.",
        **said,
    )


def _account(report: IntakeReport) -> dict:
    """What a report says of its file, for a mark."""
    from crmlib.intake.audit import list_columns, tell_said
    from crmlib.intake.report import count_reasons, name_of

    return {
        "file": name_of(report.path),
        "sha256": report.sha256,
        "n_read": report.n_read,
        "n_accepted": report.n_accepted,
        "n_rejected": report.n_rejected,
        "n_on_purpose": report.n_on_purpose,
        "share_of_rows": report.share_of_rows,
        "amount_accepted": report.amount_accepted,
        "amount_set_aside": report.amount_set_aside,
        "share_of_money": report.share_of_money,
        "currency": report.currency,
        "reasons": [{"reason": reason, "n": n} for reason, n in count_reasons(report).items()],
        "n_left_out": sum(report.left_out.values()),
        "columns": [
            {"theirs": theirs, "ours": ours, "meaning": meaning} for theirs, ours, meaning in list_columns(report)
        ],
        "said": tell_said(report.said),
    }


def show_doubts(doubts: Sequence[str], *, grave: bool = False) -> None:
    """Say what is doubtful about the data (`quality.find_doubts`), a sentence each; a run says it again at its end.

    Parameters
    ----------
    doubts : sequence of str
        The sentences, in the reader's language.
    grave : bool
        Whether no number should be trusted before a person has looked: shown in red, above all else.

    Examples
    --------
    >>> show_doubts(["All amounts are the same: is this the right column?"])
    Doubtful: All amounts are the same: is this the right column?
    """
    for doubt in doubts:
        text = t("Doubtful: {text}", text=doubt)
        mark = {"kind": "doubt", "text": text, "doubt": doubt} | ({"grave": True} if grave else {})
        show_marked(text, style=GRAVE if grave else DOUBT, mark=mark)


def save_table(
    table: pd.DataFrame | pd.Series,
    name: str,
    *,
    title: str,
    out: str | os.PathLike | None,
    best: str | None = None,
) -> None:
    """Keep a result as ``tables/<name>.csv`` in the folder of the run; without a folder, do nothing.

    Full precision and original column names, so that it can be computed with. What has more than 100,000 rows is kept
    whole as ``tables/<name>.parquet``; the CSV then has its first 10,000, which the sentence says.

    Parameters
    ----------
    table : DataFrame or Series
        The best rows first.
    name, title : str
        Of the file, and in the reader's language.
    out : path, optional
        The folder of the run.
    best : str, optional
        Where the rows do not stand so: the column whose largest values are the best.
    """
    if out is None:
        return
    frame = table.to_frame() if isinstance(table, pd.Series) else table
    path = f"tables/{name}.csv"
    mark = {"kind": "table", "name": name, "title": title, "path": path, "n_rows": len(frame)}
    if len(frame) <= MOST_IN_CSV:
        write_csv(frame, Path(out) / path)
        text = t("Table written: {path}", path=path)
    else:
        mark |= {"whole": f"tables/{name}.parquet", "n_shown": N_BEST}
        write_parquet(frame, Path(out) / mark["whole"])
        write_csv(frame.head(N_BEST) if best is None else frame.nlargest(N_BEST, best), Path(out) / path)
        text = t(
            "Table written: {whole}, all of its {n_all} rows; {path}, the best {n}.",
            whole=mark["whole"],
            n_all=number(len(frame)),
            path=path,
            n=number(N_BEST),
        )
    show_marked(text, style="color: #555", mark={"text": text, **mark})
