"""``crmlib check``: what is right and wrong with a file before anything runs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import pandas as pd

from crmlib import quality
from crmlib.files.safe_csv import write_csv
from crmlib.intake.prepare import Prepared
from crmlib.kit import chapters
from crmlib.kit.prepared import prepare_data
from crmlib.kit.terminal import find_person, near, plain
from crmlib.language import t


def check_file(data: str, *, mapping: Path | None, out: Path | None, show_personal: bool, language: str) -> int:
    """Print what is right and wrong with a file or folder; 1 if not all is well.

    That is, if rows were set aside, there are doubts, or no chapter can do anything with it.
    """
    prepared = prepare_data(data, mapping=mapping, ask=find_person(), show_personal=show_personal)
    doubts = [doubt for report in prepared.reports.values() for doubt in report.doubts]
    doubts += quality.find_doubts(prepared.tables, today=date.today())
    lines = [*_tell_intake(prepared), *_tell_mapping(prepared)]
    lines += [t("What is in it"), *(f"  {text}" for text in quality.describe_tables(prepared.tables)), ""]
    if doubts:
        lines += [t("Doubtful"), *(f"  - {text}" for text in doubts), ""]
    can_do = chapters.list_chapters(chapters.list_analyses(language), prepared.tables, language)
    for line in [*lines, *_tell_chapters(can_do)]:
        click.echo(plain(line))
    n_rejected = sum(report.n_rejected for report in prepared.reports.values())
    if out and n_rejected:
        rejected = [report.rejected.assign(table=name) for name, report in prepared.reports.items()]
        write_csv(pd.concat(rejected, ignore_index=True), out, index=False)
        click.echo(plain(t("The rows set aside are in {path}.", path=near(out))))
    elif n_rejected:
        click.echo(t("To have the rows set aside as a file: --set-aside rows.csv"))
    return 1 if n_rejected or doubts or all(chapter.missing for chapter in can_do) else 0


def _tell_intake(prepared: Prepared) -> list[str]:
    lines = []
    for report in prepared.reports.values():
        lines += [*report.summary(with_doubts=False).splitlines(), ""]  # those come below
    return lines


def _tell_mapping(prepared: Prepared) -> list[str]:
    if not prepared.path:
        return []
    drafted = t("drafted just now; look it over, change it, and it is used again")
    how = drafted if prepared.is_drafted else t("as you left it")
    lines = [t("Columns, in {path} ({drafted})", path=near(prepared.path), drafted=how)]
    for sections in (said for table, said in prepared.mapping.items() if table in prepared.tables):
        shown = {
            ours: theirs if isinstance(theirs, str) else " × ".join(theirs)
            for ours, theirs in sections.get("columns", {}).items()
        }
        shown |= {ours: " + ".join(theirs) for ours, theirs in sections.get("sum", {}).items()}
        width = max(15, *map(len, shown))
        lines += [f"  {ours:<{width}} {theirs}" for ours, theirs in shown.items()]
    return [*lines, ""]


def _tell_chapters(can_do: list[chapters.Chapter]) -> list[str]:
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
    return lines
