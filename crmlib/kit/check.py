"""``crmlib check``: what is right and wrong with a file before anything runs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import pandas as pd

from crmlib import ledger, quality
from crmlib.files.safe_csv import write_csv
from crmlib.intake.audit import list_columns, small_percent, tell_said
from crmlib.intake.links import take_password
from crmlib.intake.prepare import Prepared
from crmlib.intake.report import IntakeReport
from crmlib.kit import chapters
from crmlib.kit.prepared import prepare_data
from crmlib.kit.terminal import find_person, near, plain
from crmlib.language import money, plural, t
from crmlib.lesson.findings import explain_ledger


def check_file(data: str, *, mapping: Path | None, out: Path | None, show_personal: bool, language: str) -> int:
    """Print what is right and wrong with a file or folder; 1 if not all is well.

    That is, if rows were set aside, there are doubts, or no chapter can do anything with it.
    """
    prepared = prepare_data(take_password(data), mapping=mapping, ask=find_person(), show_personal=show_personal)
    reports = prepared.reports.values()
    grave = [text for report in reports for text in report.losses]
    doubts = [doubt for report in reports for doubt in report.doubts]
    doubts += quality.find_doubts(prepared.tables, today=date.today())
    if "invoices" in prepared.tables:
        doubts += ledger.find_doubts(prepared.tables["invoices"], today=date.today())
    lines = [*_tell_intake(prepared), *_tell_columns(prepared)]
    lines += [t("What is in it"), *(f"  {text}" for text in _tell_content(prepared)), ""]
    if grave:
        lines += [t("Look at this before trusting any number"), *(f"  - {text}" for text in grave), ""]
    if doubts:
        lines += [t("Doubtful"), *(f"  - {text}" for text in dict.fromkeys(doubts)), ""]
    can_do = chapters.list_chapters(chapters.list_analyses(language), prepared.tables, language)
    for line in [*lines, *_tell_chapters(can_do, explain_ledger(prepared.tables))]:
        click.echo(plain(line))
    n_rejected = sum(report.n_rejected for report in prepared.reports.values())
    n_written = sum(len(report.rejected) for report in prepared.reports.values())
    if out and n_written:
        rejected = [
            block.assign(table=name)
            for name, report in prepared.reports.items()
            for block in (report.rejected, *(report.rest() if report.rest else ()))
        ]
        write_csv(pd.concat(rejected, ignore_index=True), out, index=False)
        click.echo(plain(t("The rows set aside are in {path}.", path=near(out))))
    elif n_written:
        click.echo(t("To have the rows set aside as a file: --set-aside rows.csv"))
    elif out and n_rejected:
        click.echo(t("Nothing is written: the database left these rows out, and only counted them."))
    return 1 if n_rejected or grave or doubts or all(chapter.missing for chapter in can_do) else 0


def _tell_intake(prepared: Prepared) -> list[str]:
    """What became of each file's rows, and what share of the rows and of the money is missed."""
    lines = []
    for report in prepared.reports.values():
        head, counts, *others = report.summary(with_doubts=False).splitlines()  # the doubts come below
        lines += [head, counts, *_tell_shares(report), *others, ""]
    return lines


def _tell_shares(report: IntakeReport) -> list[str]:
    """What share of the rows and of the money is missed, and how many rows are not."""
    told = []
    if report.n_rejected > report.n_on_purpose:
        rows = small_percent(report.share_of_rows)
        told.append(t("{rows} of the rows set aside", rows=rows))
        if report.amount_set_aside is not None:
            amount = money(report.amount_set_aside, report.currency, 2)
            share = small_percent(report.share_of_money)
            said = {"rows": rows, "money": share, "amount": amount}
            told = [t("{rows} of the rows and {money} of the money ({amount}) set aside", **said)]
    if report.n_on_purpose:
        n = plural(report.n_on_purpose, "1 row", "{n} rows")
        told.append(t("set aside on purpose: {n}", n=n))
    return [f"    {text}" for text in told]


def _tell_columns(prepared: Prepared) -> list[str]:
    """Which column of the file was taken for what, and what was said of it."""
    how = ""
    if prepared.path:
        drafted = t("drafted just now; look it over, change it, and it is used again")
        how = drafted if prepared.is_drafted else t("as you left it")
    lines = [t("Columns, in {path} ({drafted})", path=near(prepared.path), drafted=how) if how else t("Columns")]
    for table, report in prepared.reports.items():
        if len(prepared.reports) > 1:
            lines.append(f"  {t(table.replace('_', ' '))}")
        columns = [(theirs, ours) for theirs, ours, _ in list_columns(report)]
        lines += [f"  {ours:<15} {theirs}" for theirs, ours in columns if theirs != ours]
        same = ", ".join(ours for theirs, ours in columns if theirs == ours)
        lines += ["  " + t("called so in the file: {columns}", columns=same)] if same else []
        lines += [f"  {text}" for text in tell_said(report.said)]
    return [*lines, ""]


def _tell_content(prepared: Prepared) -> list[str]:
    """What the tables hold, from which day to which, and in which currency."""
    told = quality.describe_tables({name: table for name, table in prepared.tables.items() if name != "invoices"})
    if "invoices" in prepared.tables:
        told.append(ledger.describe_ledger(prepared.tables["invoices"]))
    currencies = {report.currency for report in prepared.reports.values() if report.amount_accepted is not None}
    for currency in sorted(currencies, key=str):
        told.append(t("amounts in {currency}", currency=currency) if currency else t("no currency is named"))
    return told


def _tell_chapters(can_do: list[chapters.Chapter], why_not: list[str]) -> list[str]:
    """What each chapter can do; `why_not` says it once for those that can do nothing."""
    lines = [t("What the chapters can do with it")]
    for chapter in can_do:
        if chapter.missing:
            missing = ", ".join(chapter.missing)
            lines.append("  " + t("{title}: no, it needs {what}", title=chapter.title, what=missing))
            continue
        lines.append("  " + t("{title}: yes", title=chapter.title))
        for section, missing in chapter.left_out:
            without = t("without {section}, which needs {what}", section=section, what=", ".join(missing))
            lines.append(f"    {without}")
    return [*lines, *(f"  {text}" for text in why_not)]
