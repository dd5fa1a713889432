"""Slides: what is chosen from a lesson, what is said instead, and that nothing out of data runs."""

import re

import nbformat
import pytest

from crmlib import slides
from crmlib.slides import Item, Slide, first_sentence, make_deck, read_slides, render, split

V4 = nbformat.v4
PNG = "iVBORw0KGgo="


def prose(text, slide=None, **metadata):
    return V4.new_markdown_cell(text, metadata=metadata | ({"slideshow": {"slide_type": slide}} if slide else {}))


def code(source, *outputs, slide=None, tags=()):
    metadata = {"tags": list(tags)} | ({"slideshow": {"slide_type": slide}} if slide else {})
    return V4.new_code_cell(source, outputs=list(outputs), metadata=metadata)


def finding(text):
    return V4.new_output("display_data", {"text/plain": text}, metadata={"crmlib": {"kind": "finding", "text": text}})


def figure():
    return V4.new_output("display_data", {"image/png": PNG})


def lesson(*cells):
    return V4.new_notebook(cells=list(cells))


def test_a_slide_has_the_heading_the_first_sentence_and_the_list_and_the_rest_is_said():
    text = "## Who pays?\n\nAll do. And here is much more to say about it.\n\n- one\n- two\n\nA last paragraph."
    (slide,) = read_slides(lesson(prose(text, "slide"), prose("Unmarked prose is said.")))
    assert slide.heading == "Who pays?"
    assert [item.html.strip() for item in slide.items] == ["<p>All do.</p>", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"]
    assert "much more to say" in slide.notes[0] and "Unmarked prose is said." in slide.notes[1]


def test_findings_figures_and_short_tables_are_shown_and_long_ones_are_not():
    rows = "<tr><td>1</td></tr>"
    short, long = (V4.new_output("execute_result", {"text/html": f"<table>{rows * n}</table>"}, execution_count=1) for n in (3, 40))
    (slide,) = read_slides(lesson(prose("## H", "slide"), code("x", finding("It is 12 %."), figure(), short, long)))
    assert [item.html[:20] for item in slide.items] == ['<p class="finding">I', '<img alt="" src="dat', "<table><tr><td>1</td"]


def test_code_is_shown_where_it_is_marked_and_does_not_draw():
    cells = [
        prose("## H", "slide"),
        code("hidden = 1"),
        code("shown = 1 < 2", slide="fragment"),
        code("plt.show()", slide="fragment"),
        code("x = ...", tags=["exercise"], slide="fragment"),
    ]
    (slide,) = read_slides(lesson(*cells))
    assert [item.html for item in slide.items] == ['<pre class="code"><code>shown = 1 &lt; 2</code></pre>']
    assert slide.items[0].is_fragment


def test_notes_skipped_cells_and_exercises():
    cells = [
        prose("# Title", "slide"),
        prose("Ask first.", tags=["notes"]),
        prose("## Your turn\n\nHow it works.", "skip"),
        prose("**2.1.1** How many?"),
        code("n = ...\ncheck('2.1.1', n)", finding("Not attempted yet."), tags=["exercise"]),
        prose("**2.1.2** And how much?"),
    ]
    title, first, second = read_slides(lesson(*cells))
    assert title.notes == ["<p>Ask first.</p>\n"] and title.level == 1
    assert [first.heading, second.heading] == ["Your turn", "Your turn"]
    assert (first.is_below, second.is_below) == (False, True)
    assert "How many?" in first.items[0].html and len(first.items) == 1


def test_what_does_not_fit_goes_on_the_next_slide_and_notes_stay_with_the_first():
    # By hand: a heading takes 2.2 of 18 lines; three things of 7 are two slides, 2.2 + 14 and 2.2 + 7.
    slide = Slide("H", 2, items=[Item("a", 7), Item("b", 7), Item("c", 7)], notes=["said"])
    first, second = split(slide)
    assert [[item.html for item in part.items] for part in (first, second)] == [["a", "b"], ["c"]]
    assert (first.notes, second.notes) == (["said"], []) and second.is_below
    assert split(Slide("H", 2, items=[Item("too long", 99)])) == [Slide("H", 2, items=[Item("too long", 99)])]


def test_a_figure_makes_room_for_the_sentence_about_it():
    # By hand: 2.2 + 12.5 + 4 is more than 18; with the smaller figure 2.2 + 9.5 + 4 is 15.7.
    figure = Item('<img alt="x" src="y">', slides.FIGURE_LINES)
    (page,) = split(Slide("H", 2, items=[figure, Item("said", 4)]))
    assert 'class="small"' in page.items[0].html
    (page,) = split(Slide("H", 2, items=[Item("said", 4), figure]))
    assert 'class="small"' in page.items[1].html
    (page,) = split(Slide("H", 2, items=[figure, Item("said", 3)]))
    assert "small" not in page.items[0].html
    assert len(split(Slide("H", 2, items=[figure, Item("long", 8)]))) == 2


def test_a_sentence_alone_gets_no_slide_and_stands_above_what_it_announces():
    announced = [prose("## H\n\nLook at this.", "slide"), code("1", finding("so it is"), slide="slide")]
    (slide,) = read_slides(lesson(*announced))
    assert [re.sub("<.+?>", "", item.html).strip() for item in slide.items] == ["Look at this.", "1", "so it is"]
    full = [prose("## H\n\n- a\n- b\n- c\n- d", "slide"), code("1", finding("so it is"), slide="slide")]
    assert len(read_slides(lesson(*full))) == 2


def test_letters_are_larger_where_there_is_room():
    deck = make_deck(lesson(prose("# T\n\nFirst.", "slide"), prose("## H\n\nShort.", "slide"), prose("## I\n\n" + "- long\n" * 9, "slide")), "en")
    assert deck.count('<section class="roomy">') == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two.", "One."),
        ("At 3.5 % it turns. Then not.", "At 3.5 % it turns."),
        ("Some, e.g. Bob, left. Others stayed.", "Some, e.g. Bob, left."),
        ("谁在付钱？都在付。", "谁在付钱？"),
        ("no end", "no end"),
    ],
)
def test_the_first_sentence_of_a_paragraph(text, sentence):
    assert first_sentence(text) == sentence


def test_formulas_become_mathml_and_money_does_not():
    assert "<mfrac>" in render(r"$$\frac{a}{b}$$")
    assert "<math" in render("with $x$ in it")
    assert "<math" not in render("between $250 and $300 a month")


def test_nothing_out_of_data_runs_on_a_slide():
    evil = "<script>alert(1)</script>"
    deck = make_deck(lesson(prose(f"## {evil}", "slide"), prose(evil), code(evil, finding(evil), slide="fragment")), "en")
    assert evil not in deck and "&lt;script&gt;alert(1)" in deck


def test_a_deck_needs_no_network_and_names_its_licence():
    deck = make_deck(lesson(prose("# T", "slide"), prose("## A\n\nB.", "slide"), prose("### C", "subslide")), "zh")
    assert '<html lang="zh-CN">' in deck and "MIT: Copyright" in deck
    assert "<script src" not in deck and "<link" not in deck and "@import" not in deck
    assert deck.count("<section") == 4  # T; a column of A and, below it, C


def test_a_slide_holds_what_its_lines_say():
    assert slides.count_lines("x" * 89) == 2 * slides.count_lines("x" * 88)
    assert slides.count_lines("汉" * 44) == slides.count_lines("x" * 88)
