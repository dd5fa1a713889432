"""``crmlib mark``: the notebooks of a class, each run apart, judged together, written as two tables.

What a notebook came to is kept beside the tables as soon as it has run: a marking that was stopped goes on where
it was, and only what is new or has changed is run again.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import click
import pandas as pd
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from crmlib import datasets
from crmlib.files.folders import write_manifest
from crmlib.files.safe_csv import write_csv
from crmlib.files.whole import write_whole
from crmlib.kit import apart, marks
from crmlib.kit.hand_in import HandIn, read_handed_in
from crmlib.kit.key import COMPANY, ask_lesson
from crmlib.kit.results import BUILD, choose_folders
from crmlib.kit.terminal import near, plain
from crmlib.language import plural, t
from crmlib.lesson.sources import in_order, name_of

MARKS, EXERCISES, ANSWERS = "marks.csv", "exercises.csv", "answers"


def mark_class(
    place: Path,
    *,
    out: Path | None,
    seconds: int,
    memory: int,
    jobs: int,
    company: str | None,
    again: bool,
    language: str,
) -> int:
    """Mark the notebooks in a folder or zip; 0, or 1 where one could not be read or did not run to its end."""
    handed_in = read_handed_in(place)
    out = out or choose_folders([str(place)], BUILD / "marks")[str(place)]
    (out / ANSWERS).mkdir(parents=True, exist_ok=True)
    write_manifest(out, {"data": str(place.resolve()), "files": {}})  # whose results lie here
    limits = {"seconds": seconds, "megabytes": memory}
    if company is not None and company not in datasets.COMPANIES:
        company = str(Path(company).resolve())
    ours = [one for one in handed_in if one.lesson]
    with _bar(t("Running notebooks"), len(ours)) as step:
        runs = _run_all(ours, out / ANSWERS, limits, company, jobs, again, step)
    lessons = sorted({one.lesson for one in ours}, key=in_order)
    with _bar(t("Running the kit's lessons"), len(lessons)) as step:
        asked = {}
        for lesson in lessons:
            asked[lesson] = ask_lesson(lesson, language, company=company)
            step()
    rows = []
    for one in handed_in:
        found = marks.judge_notebook(one, asked[one.lesson], runs[one.file]) if one.lesson else []
        rows += found or [marks.row_without_lesson(one)]
    return _write(pd.DataFrame(rows, columns=marks.COLUMNS), handed_in, runs, out)


def _run_all(
    handed_in: list[HandIn], kept: Path, limits: dict, company: str | None, jobs: int, again: bool, step: object
) -> dict[str, dict]:
    """What came of each notebook, by its file; what has run before is not run again."""
    pool = ThreadPoolExecutor(jobs)
    try:
        waiting = {one.file: pool.submit(_run_or_read, one, kept, limits, company, again) for one in handed_in}
        runs = {}
        for file, future in waiting.items():
            runs[file] = future.result()
            step()
        return runs
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        apart.end_all()


def _run_or_read(one: HandIn, kept: Path, limits: dict, company: str | None, again: bool) -> dict:
    cells = one.cells if company is None else [_on_company(code, company) for code in one.cells]
    beside = {name: hashlib.sha256(content).hexdigest() for name, content in one.beside.items()}
    made_from = json.dumps([cells, beside, limits, version("crmlib")], sort_keys=True)
    path = kept / f"{hashlib.sha256(made_from.encode()).hexdigest()[:32]}.json"
    if path.exists() and not again:
        return json.loads(path.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="crmlib-work-", ignore_cleanup_errors=True) as work:
        for name, content in one.beside.items():
            Path(work, Path(name).name).write_bytes(content)
        run = apart.run_apart(cells, Path(work), **limits)
    write_whole(path, json.dumps(run))
    return run


def _on_company(code: str, company: str) -> str:
    """A cell that chooses a company chooses this one."""
    sets_it = any(line.replace(" ", "").startswith(f"{COMPANY}=") for line in code.splitlines())
    return f"{code}\n{COMPANY} = {company!r}" if sets_it else code


def _write(rows: pd.DataFrame, handed_in: list[HandIn], runs: dict[str, dict], out: Path) -> int:
    """Write both tables and say how the class did."""
    summary = marks.summarize_exercises(rows)
    write_csv(marks.in_language(rows), out / MARKS, index=False)
    write_csv(marks.in_language(summary), out / EXERCISES, index=False)
    for line in _tell(rows, summary, handed_in, runs):
        click.echo(plain(line))
    files = {"marks": near(out / MARKS), "exercises": near(out / EXERCISES)}
    click.echo(plain(t("Every answer is in {marks}, every exercise in {exercises}.", **files)))
    bad = any(one.lesson is None for one in handed_in) or any(run["ended"] for run in runs.values())
    return 1 if bad else 0


def _tell(rows: pd.DataFrame, summary: pd.DataFrame, handed_in: list[HandIn], runs: dict[str, dict]) -> Iterator[str]:
    students = plural(len({one.student for one in handed_in}), "1 student", "{n} students")
    yield t(
        "{notebooks} of {students}", notebooks=plural(len(handed_in), "1 notebook", "{n} notebooks"), students=students
    )
    for one in summary.itertuples():
        n_good = one.right + one.written + one.guessed
        line = t("{id}: {n} of {total} right or written", id=one.exercise, n=n_good, total=one.handed_in)
        for state in ("mistake", "wrong", "not_attempted", "failed_to_run"):
            n = getattr(one, state)
            line += t(", {state} {n}", state=marks.in_words(state.replace("_", " ")), n=n) if n else ""
        yield f"  {line}"
        if one.commonest_mistake:
            yield "    " + t("most often: {mistake}", mistake=one.commonest_mistake)
    lost = rows[rows["state"].isin([marks.UNREADABLE, marks.NO_LESSON])]
    for row in lost.itertuples():
        yield f"  {row.file}: {marks.in_words(row.state)}"
    for one in handed_in:
        if one.lesson and runs[one.file]["ended"]:
            yield f"  {one.file}: {marks.explain(runs[one.file]['ended'])}"
    twice = pd.Series([f"{one.student}: {name_of(one.lesson)}" for one in handed_in if one.lesson]).value_counts()
    for who in twice[twice > 1].index:
        yield "  " + t("handed in more than once, and every file has its rows: {who}", who=who)


@contextmanager
def _bar(text: str, total: int) -> Iterator[object]:
    """A bar on a terminal; in a pipe nothing."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(text, total=total)
        yield lambda: progress.advance(task)
