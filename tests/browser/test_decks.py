"""The decks as a beamer shows them: whole slides at 1280 x 720, no network, notes for the speaker."""

import base64
import io

import matplotlib.pyplot as plt
import pytest
from helpers import V4, code, figure, find_overfull, finding, lesson, prose, wait_for_deck

from crmlib.kit import decks
from crmlib.kit.slides import make_deck
from crmlib.language import LANGUAGES
from crmlib.lesson.sources import has_slides, list_sources

LESSONS = [source for source in list_sources() if has_slides(source)]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", LESSONS, ids=lambda source: source.stem)
def test_nothing_is_cut_off_and_nothing_is_asked_of_the_network(see, tmp_path, monkeypatch, source, language):
    monkeypatch.setattr(decks, "DECKS", tmp_path)
    page = see(decks.build_deck(source, language), width=1280)
    wait_for_deck(page)
    assert find_overfull(page) == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert page.complaints == []
    assert page.evaluate("Reveal.getTotalSlides()") >= 5
    assert page.locator("aside.notes").count() >= 3
    figures = page.evaluate("[...document.querySelectorAll('.slides img')].map(img => img.naturalWidth)")
    assert all(width > 100 for width in figures)
    seen = {page.evaluate("Reveal.getSlidePastCount()")}
    for _ in range(page.evaluate("Reveal.getTotalSlides() + document.querySelectorAll('.fragment').length") - 1):
        page.keyboard.press("ArrowRight")
        seen.add(page.evaluate("Reveal.getSlidePastCount()"))
    assert seen == set(range(page.evaluate("Reveal.getTotalSlides()")))  # one key passes through all of them


def open_deck(see, folder, *cells):
    path = folder / "deck.html"
    path.write_text(make_deck(lesson(*cells), "en"), encoding="utf-8")
    page = see(path)
    wait_for_deck(page)
    return page


def test_a_slide_below_that_is_too_full_is_seen(see, tmp_path):
    long = code("shown\n" * 60, slide="fragment")
    page = open_deck(see, tmp_path, prose("## First", "slide"), prose("## Full", "subslide"), long)
    assert find_overfull(page) != []


HEADINGS = "[...document.querySelectorAll('.page h2')].map(one => one.innerText)"


def table(n_rows, text="cell"):
    rows = "".join(f"<tr><td>{text}</td><td>{n}</td></tr>" for n in range(n_rows))
    return V4.new_output("execute_result", {"text/html": f"<table>{rows}</table>"}, execution_count=1)


def test_what_does_not_fit_goes_on_a_slide_below_and_the_notes_stay_with_the_first(see, tmp_path):
    said = prose("Ask first.", tags=["notes"])
    lines = [code("shown\n" * 8, slide="fragment") for _ in range(3)]
    page = open_deck(see, tmp_path, prose("## A", "slide"), said, *lines, prose("## B", "slide"))
    assert page.evaluate(HEADINGS) == ["A", "A", "B"]
    assert page.evaluate("Reveal.getSlides().map(slide => slide.querySelectorAll('pre').length)") == [2, 1, 0]
    assert page.evaluate("Reveal.getSlides().map(slide => slide.querySelectorAll('aside').length)") == [1, 0, 0]
    assert page.evaluate("Reveal.getHorizontalSlides().length") == 2  # what was split stands in one column
    assert find_overfull(page) == []


def test_a_small_rest_gets_no_slide_of_its_own(see, tmp_path):
    # By hand: a line of code is 24 * .85 * 1.3 pixels high, so 18 of them leave room for a box of one more, and with
    # letters of 22 pixels 20 do; a box of eight is no small rest.
    for n_lines, n_more, n_slides in [(16, 1, 1), (19, 1, 1), (21, 2, 2), (19, 8, 2)]:
        shown, more = code("shown\n" * n_lines, slide="fragment"), code("more\n" * n_more, slide="fragment")
        page = open_deck(see, tmp_path, prose("## A", "slide"), shown, more)
        assert page.evaluate("Reveal.getTotalSlides()") == n_slides
        assert find_overfull(page) == []


def test_a_small_table_at_the_end_is_not_cut_in_two(see, tmp_path):
    # With letters of 24 pixels one of its rows would stand alone on the next slide; with 22 all of them fit.
    page = open_deck(see, tmp_path, prose("## A\n\n" + "- a line\n" * 14, "slide"), code("1", table(3)))
    assert page.evaluate("[...document.querySelectorAll('table')].map(table => table.rows.length)") == [3]
    assert find_overfull(page) == []


def test_a_figure_is_never_drawn_smaller_than_it_was_made(see, tmp_path):
    plt.figure(figsize=(5.0, 5.0))
    kept = io.BytesIO()
    plt.savefig(kept, dpi=100)
    plt.close()
    drawn = V4.new_output("display_data", {"image/png": base64.b64encode(kept.getvalue()).decode()})
    asked = prose("## A\n\n" + "What do you see? " * 12, "slide")
    page = open_deck(see, tmp_path, asked, code("1", drawn, finding("It is so. " * 30)))
    page.evaluate("Reveal.slide(Reveal.getIndices(document.querySelector('img').closest('section')).h, 0)")
    heights = page.evaluate("[...document.querySelectorAll('img')].map(img => img.offsetHeight)")
    assert len(heights) == 1 and heights[0] >= 500
    assert find_overfull(page) == []


def test_a_table_too_long_for_a_slide_goes_on_below_with_its_heads(see, tmp_path):
    cells = "".join(f"<tr><td>{'many words in a cell ' * 12}</td><td>{n}</td></tr>" for n in range(9))
    long = f"<table><thead><tr><th>what</th><th>n</th></tr></thead><tbody>{cells}</tbody></table>"
    shown = V4.new_output("execute_result", {"text/html": long}, execution_count=1)
    page = open_deck(see, tmp_path, prose("## A", "slide"), code("1", shown))
    rows = page.evaluate(
        "[...document.querySelectorAll('table')].map(t => [t.tHead.rows.length, t.tBodies[0].rows.length])"
    )
    assert len(rows) > 1 and all(heads == 1 for heads, _ in rows) and sum(n for _, n in rows) == 9
    assert find_overfull(page) == []


def test_narrow_tables_in_a_row_stand_side_by_side(see, tmp_path):
    def rows(*outputs):
        page = open_deck(see, tmp_path, prose("## A", "slide"), code("1", *outputs))
        return page.evaluate("[...document.querySelectorAll('.side-by-side')].map(row => row.children.length)")

    wide = table(3, "a long text in a cell, " * 3)
    assert rows(table(9), table(9)) == [2]
    assert rows(table(9), table(9), table(9)) == [3]
    assert rows(table(9), finding("It is so."), table(9)) == []
    assert rows(*[table(9, "a text of twenty-four ...")] * 4) != [4]
    assert rows(wide, wide, wide, wide) != [4]


def test_letters_and_figures_take_the_room_that_is_there(see, tmp_path):
    short, long = prose("## S\n\nShort.", "slide"), prose("## L\n\n" + "- a line\n" * 15, "slide")
    page = open_deck(see, tmp_path, short, long, prose("## F", "slide"), code("1", figure(), finding("It is so.")))
    sizes = page.evaluate("[...document.querySelectorAll('.page')].map(page => parseInt(page.style.fontSize))")
    assert sizes[0] == 36 and 22 <= sizes[1] < 36
    page.evaluate("Reveal.slide(2)")
    # By hand: of 626 pixels the heading takes 26 * 1.25 * 1.65, the finding 26 * 2.15: more than 500 are left.
    assert page.locator("img").bounding_box()["height"] > 480


def test_a_figure_that_comes_at_a_click_takes_the_room_that_is_there(see, tmp_path):
    shown = code("draw()", figure(), slide="fragment", tags=["result"])
    page = open_deck(see, tmp_path, prose("## F\n\nGuess first.", "slide"), shown)
    assert page.locator("img").bounding_box()["height"] > 450
    seen = "getComputedStyle(document.querySelector('.fragment')).visibility"
    assert page.evaluate(seen) == "hidden"
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => {seen} === 'visible'")
    assert find_overfull(page) == []


def test_the_speaker_sees_notes_and_the_printer_one_page_a_slide(see, tmp_path):
    cells = (
        prose("## A", "slide"),
        prose("Ask first.", tags=["notes"]),
        prose("## B", "subslide"),
        code("shown", slide="fragment"),
    )
    page = open_deck(see, tmp_path, *cells)
    with page.context.expect_page() as opened:
        page.keyboard.press("s")
    opened.value.get_by_text("Ask first.").wait_for()
    opened.value.close()
    page.goto(f"{page.url.split('#')[0]}?print-pdf")
    page.wait_for_function("() => document.querySelectorAll('.pdf-page').length")
    assert page.locator(".pdf-page").count() == 2
