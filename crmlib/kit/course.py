"""The course row by row, and the outlines for instructors, written from the marks of the lessons."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from crmlib.files.places import DOCS, ROOT
from crmlib.language import LANGUAGES
from crmlib.lesson.sources import edition_path, is_named, list_sources, read_twins

OUTLINES = {"en": DOCS / "instructors.md", "zh": DOCS / "instructors.zh.md"}
COURSE_ROWS, COURSE_PAGE = DOCS / "course.csv", DOCS / "course.md"
# What stands between the parts of an outline, by language.
OUTLINE_WORDS = {
    "en": (
        "Rows of the course: ",
        "none",
        "; ",
        "Needs: ",
        "nothing before it",
        ", ",
        "| section | minutes ({minutes}) |",
    ),
    "zh": ("课程内容：", "无", "；", "先修：", "无", "、", "| 小节 | 分钟（共 {minutes}） |"),
}


def write_outlines(path: Path, language: str) -> bool:
    """Bring the tables of sections and minutes for instructors up to date; whether anything changed."""
    text = path.read_text(encoding="utf-8")
    pattern = r"(<!-- sections (\S+) -->\n).*?(<!-- end -->)"
    return _write_if_new(path, re.sub(pattern, lambda m: m[1] + outline(m[2], language) + m[3], text, flags=re.DOTALL))


def outline(beginning: str, language: str) -> str:
    """What a lesson teaches, section by section, as Markdown; empty where there is no such lesson."""
    source = next((one for one in list_sources() if is_named(one, beginning)), None)
    if source is None:
        return ""
    cells = [twins[LANGUAGES.index(language)] for twins in read_twins(source) if twins[0].cell_type == "markdown"]
    title = cells[0]
    rows_of, no_row, semicolon, needs, nothing, comma, head = OUTLINE_WORDS[language]
    place = {"en": "english", "zh": "chinese"}[language]
    rows = [
        f"{row['row']} {row[place].rstrip('?')}"
        for row in read_course()
        if row["row"] in title.metadata.get("rows", [])
    ]
    heading = re.search(r"^# (.+)$", title.source, flags=re.MULTILINE)[1]
    lines = [
        f"**{heading}**",
        "",
        f"{needs}{comma.join(title.metadata.get('needs', [])) or nothing}",
        "",
        f"{rows_of}{semicolon.join(rows) or no_row}",
        "",
    ]
    lines += re.findall(r"^- .+$", title.source, flags=re.MULTILINE)
    lines += ["", head.format(minutes=title.metadata["minutes"]), "|---|---|"]
    for cell in cells[1:]:
        found = re.match(r"#+ (.+)", cell.source)
        if found and "minutes" in cell.metadata:
            lines.append(f"| {found[1]} | {cell.metadata['minutes']} |")
    return "\n".join(lines) + "\n"


def read_course() -> list[dict[str, str]]:
    """The rows of the course, in order.

    row, lessons (where the outline puts it), english, chinese, words (the course's own), counts_as_worked (what a
    lesson must do on data, or the student do by hand) and status ("worked" or "open", written by the build).
    """
    with COURSE_ROWS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_status(path: Path = COURSE_ROWS) -> bool:
    """Bring the status of every row up to date, "worked" where a section claims it; whether anything changed."""
    sections = find_sections(list_sources())
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "status": "worked" if row["row"] in sections else "open"} for row in rows)
    return _write_if_new(path, text.getvalue())


def find_sections(sources: list[Path]) -> dict[str, list[tuple[Path, str, str]]]:
    """By row of the course: the lessons that work it, each with the section's English and Chinese heading."""
    found: dict[str, list[tuple[Path, str, str]]] = {}
    for source in sources:
        for english, chinese in read_twins(source)[1:]:
            for row in english.metadata.get("rows", []):
                headings = [cell.source.splitlines()[0].lstrip("# ") for cell in (english, chinese)]
                found.setdefault(row, []).append((source, *headings))
    return found


def write_course_page(path: Path = COURSE_PAGE) -> bool:
    """Every row of the course and where it is worked; whether anything changed."""
    sections = find_sections(list_sources())
    rows = read_course()
    lines = [
        "# The course, row by row · 课程内容一览",
        "",
        (
            "Every framework, model, formula, table and case of the course has a row; a lesson names those it works."
            " Written by `make notebooks`"
        ),
        (
            "from [course.csv](course.csv) and the marks of the lessons. 课程中的每个框架、模型、公式、"
            "表格和案例各占一行；本页由 `make notebooks` 生成。"
        ),
        "",
        f"Worked so far · 已完成: {sum(row['row'] in sections for row in rows)} / {len(rows)}",
        "",
        "| row | what | 内容 | the course's words · 课程原话 | lesson · 课 | counts as worked | worked in · 所在小节 |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        where = []
        for source, english, chinese in sections.get(row["row"], []):
            student = {language: edition_path(source, language).relative_to(ROOT).as_posix() for language in LANGUAGES}
            where.append(f"[{english}](../{student['en']}) · [{chinese}](../{student['zh']})")
        lines.append(
            f"| {row['row']} | {row['english']} | {row['chinese']} | {row['words']} |"
            f" {row['lessons'].replace(' ', ', ')} | {row['counts_as_worked']} |"
            f" {'<br>'.join(where) or '—'} |"
        )
    return _write_if_new(path, "\n".join(lines) + "\n")


def _write_if_new(path: Path, text: str) -> bool:
    is_new = not path.exists() or path.read_text(encoding="utf-8") != text
    if is_new:
        path.write_text(text, encoding="utf-8", newline="\n")
    return is_new


def write_pages() -> list[Path]:
    """Bring the course's page and the instructors' outlines up to date; those that changed."""
    written = {COURSE_ROWS: write_status(), COURSE_PAGE: write_course_page()}
    written |= {page: write_outlines(page, language) for language, page in OUTLINES.items()}
    return [page for page, is_new in written.items() if is_new]
