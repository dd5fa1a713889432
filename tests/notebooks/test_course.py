"""The rows of the course, and the pages for instructors, as the lessons are."""

import re
import shutil

import nbformat
import pytest
from built import LESSONS, NOTEBOOKS, name_of
from helpers import find_half_width

from crmlib.kit import course, editions
from crmlib.language import LANGUAGES
from crmlib.lesson import sources


def count_minutes(cells):
    """The minutes on the title, and those on the sections together."""
    minutes = [cell.metadata["crmlib"]["minutes"] for cell in cells if "minutes" in cell.metadata.get("crmlib", {})]
    return minutes[0], sum(minutes[1:])


def rows_claimed_and_worked(cells):
    """The course's rows that the title claims, and those that the sections say they work."""
    rows = [cell.metadata.get("crmlib", {}).get("rows", []) for cell in cells]
    return set(rows[0]), {row for later in rows[1:] for row in later}


@pytest.mark.parametrize("source", LESSONS, ids=name_of)
def test_minutes_of_the_sections_add_up(source):
    title, sections = count_minutes(editions.make_edition(source, "en").cells)
    assert title == sections


@pytest.mark.parametrize("source", LESSONS, ids=name_of)
def test_rows_of_the_course_that_a_title_claims_are_worked_in_a_section(source):
    claimed, worked = rows_claimed_and_worked(editions.make_edition(source, "en").cells)
    assert claimed == worked


def test_minutes_and_rows_that_do_not_agree_are_seen():
    titles = [{"minutes": 10, "rows": ["A12", "A13"]}, {"minutes": 4, "rows": ["A12"]}, {"minutes": 5}]
    cells = [nbformat.v4.new_markdown_cell("", metadata={"crmlib": facts}) for facts in titles]
    assert count_minutes(cells) == (10, 9)
    assert rows_claimed_and_worked(cells) == ({"A12", "A13"}, {"A12"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_instructors_tables_are_those_of_the_lessons(tmp_path, language):
    copy = tmp_path / "instructors.md"
    shutil.copy(course.OUTLINES[language], copy)
    assert course.write_outlines(copy, language) is False, "Run: make notebooks"
    text = copy.read_text(encoding="utf-8")
    for source in sources.list_sources():
        name = sources.name_of(source)
        if not sources.is_analysis(source):
            assert any(name.startswith(beginning) for beginning in re.findall(r"<!-- sections (\S+) -->", text)), name
    copy.write_text(text.replace(" | 4 |", " | 5 |", 1), encoding="utf-8")
    assert course.write_outlines(copy, language) is True


def test_instructors_read_the_same_in_both_languages():
    """As far as a program can see: the same lessons in the same order, with misconceptions and questions for each."""
    pages = {language: path.read_text(encoding="utf-8") for language, path in course.OUTLINES.items()}
    outlines = [
        (re.findall(r"<!-- sections (\S+) -->", text), re.findall(r"\| (\d+) \|$", text, re.MULTILINE))
        for text in pages.values()
    ]
    assert outlines[0] == outlines[1]
    assert pages["en"].count("**To discuss.**") == pages["zh"].count("**讨论。**") == len(outlines[0][0]) - 1
    assert pages["en"].count("**Common misconceptions.**") == pages["zh"].count("**常见误解。**")
    assert find_half_width(pages["zh"]) == []


def test_the_table_of_the_course_is_whole():
    rows = course.read_course()
    # A43 is a page of titles and B's, C's ... rows count on: see the documents of the course.
    wanted = [
        f"{letter}{n}" for letter, last in zip("ABCDE", (42, 24, 34, 35, 36), strict=True) for n in range(1, last + 1)
    ]
    assert [row["row"] for row in rows] == wanted
    for row in rows:
        assert re.fullmatch(r"[1-5]\.\d+( [1-5]\.\d+)*", row["lessons"]), row
        assert row["english"].isascii() and 2 <= len(row["english"].split()) <= 12, row
        for told in (row["chinese"], row["words"]):
            assert re.search("[一-鿿]", told) and find_half_width(told) == [], row
        assert row["counts_as_worked"], row
    assert len({row["english"] for row in rows}) == len({row["chinese"] for row in rows}) == len(rows)


def test_the_status_of_a_row_is_that_of_the_lessons(tmp_path):
    copy = tmp_path / "course.csv"
    shutil.copy(course.COURSE_ROWS, copy)
    assert course.write_status(copy) is False, "Run: make notebooks"
    text = copy.read_text(encoding="utf-8")
    assert {row["status"] for row in course.read_course()} == {"worked", "open"}
    copy.write_text(text.replace(",open\n", ",worked\n", 1), encoding="utf-8")
    assert course.write_status(copy) is True


@pytest.mark.parametrize("source", LESSONS, ids=name_of)
def test_rows_that_a_lesson_claims_exist_and_are_put_there(source):
    lesson = ".".join(re.findall(r"(?:^|/)(\d+)-", name_of(source))) or "0"
    claimed, _ = rows_claimed_and_worked(editions.make_edition(source, "en").cells)
    assert claimed == {row["row"] for row in course.read_course() if lesson in row["lessons"].split()}


def find_idle_sections(cells):
    """Sections that claim a row of the course and neither compute anything nor ask for it."""
    idle, rows, works = [], [], True
    for cell in [*cells, None]:
        begins = cell is None or (cell.cell_type == "markdown" and cell.source.startswith("## "))
        if begins:
            idle += [] if works else rows
            rows, works = [], True
        if cell is None:
            break
        claimed = cell.metadata.get("crmlib", {}).get("rows", [])
        if claimed and cell is not cells[0]:
            rows, works = [*rows, *claimed], bool(rows) and works
        computes = (
            cell.cell_type == "code"
            and re.sub(r"^(use\(|import |from ).*$", "", cell.source, flags=re.MULTILINE).strip()
        )
        works = works or bool(computes)
    return idle


@pytest.mark.parametrize("source", LESSONS, ids=name_of)
def test_rows_are_worked_and_not_only_named(source):
    assert find_idle_sections(editions.make_edition(source, "en").cells) == []


def test_a_row_that_is_only_named_is_seen():
    def section(rows, *code):
        return [
            nbformat.v4.new_markdown_cell("## x", metadata={"crmlib": {"rows": rows}}),
            *map(nbformat.v4.new_code_cell, code),
        ]

    title = nbformat.v4.new_markdown_cell("# x", metadata={"crmlib": {"rows": ["A1", "A2", "A3"]}})
    assert find_idle_sections(
        [title, *section(["A1"], "1 + 1"), *section(["A2"]), *section(["A3"], "from crmlib import pyramid")]
    ) == ["A2", "A3"]


def test_the_page_of_the_course_is_as_the_lessons_are(tmp_path):
    assert course.write_course_page(course.COURSE_PAGE) is False, "Run: make notebooks"
    page = course.COURSE_PAGE.read_text(encoding="utf-8")
    for link in set(re.findall(r"\]\(\.\./([^)]+)\)", page)):
        assert (NOTEBOOKS.parent / link).exists(), link
    copy = tmp_path / "course.md"
    copy.write_text(page.replace("A12", "A99"), encoding="utf-8")
    assert course.write_course_page(copy) is True
