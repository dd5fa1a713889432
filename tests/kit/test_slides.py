"""Slides: what is chosen from a lesson, what is said instead, and that nothing out of data runs."""

import base64
import re
import struct

import pandas as pd
import pytest
from helpers import V4, code, figure, finding, lesson, prose

from crmlib.kit.lesson_plan import tell_minutes
from crmlib.kit.slide_tables import tidy_table
from crmlib.kit.slide_text import find_unchosen, first_sentence, render
from crmlib.kit.slides import make_deck, read_slides

LONG = "All do. " + "And here is much more to say about it. " * 6  # 50 words and more


def texts(slide):
    return [re.sub("<.+?>|\n", "", item.html) for item in slide.items]


def test_short_prose_stands_on_its_slide_whole_and_the_rest_is_said():
    text = "## Who pays?\n\nAll do. Not all the same.\n\n- one\n- two\n\nA last paragraph."
    (slide,) = read_slides(lesson(prose(text, "slide"), prose("Unmarked prose is said.")))
    assert slide.heading == "Who pays?"
    assert texts(slide) == ["All do. Not all the same.", "onetwo", "A last paragraph."]
    assert "Not all the same" in slide.notes[0] and "Unmarked prose is said." in slide.notes[1]


def test_the_text_chosen_for_a_slide_stands_there_and_the_prose_is_said():
    cells = [prose(f"## Who pays?\n\n{LONG}\n\n- one", "slide"), prose("Two thirds pay.", tags=["slide-text"])]
    (slide,) = read_slides(lesson(*cells))
    assert (slide.heading, texts(slide)) == ("Who pays?", ["Two thirds pay."])
    assert len(slide.notes) == 1 and "much more to say" in slide.notes[0]
    (slide,) = read_slides(lesson(cells[0], prose("## They do\n\n$$x$$", tags=["slide-text"])))
    assert slide.heading == "They do" and len(slide.items) == 1


def test_a_text_chosen_for_prose_in_between_joins_the_slide_before():
    cells = [prose("## A\n\nB.", "slide"), prose(LONG), prose("*Simulated.*", tags=["slide-text"])]
    (slide,) = read_slides(lesson(*cells))
    assert texts(slide) == ["B.", "Simulated."] and "much more" in slide.notes[1]


def test_of_long_prose_that_nobody_chose_the_first_sentence_the_lists_and_the_symbols_stand():
    text = f"## H\n\n{LONG}\n\nYou will\n\n- one\n\n$$x$$\n\nwhere $x$ is a share.\n\nA paragraph before nothing."
    (slide,) = read_slides(lesson(prose(text, "slide")))
    assert texts(slide) == ["All do.", "You will", "one", "x", "where x is a share."]


def test_cells_whose_slide_needs_a_text_are_named():
    marked = prose(f"## H\n\n{LONG}", "slide")
    assert find_unchosen(lesson(marked)) == ['the prose of "H" is too long for its slide']
    assert find_unchosen(lesson(marked, prose("Chosen.", tags=["slide-text"]))) == []
    assert find_unchosen(lesson(prose("## 标题\n\n" + "九个字的一句中文。" * 12, "slide"))) != []
    assert find_unchosen(lesson(prose("## H\n\n" + "- a line of a list\n" * 20, "slide"))) == []
    assert find_unchosen(lesson(prose("## H\n\nShort.", "slide"), prose(LONG))) == []
    assert find_unchosen(lesson(prose("## H\n\nShort.", "slide"), prose(LONG, "fragment"))) != []
    assert find_unchosen(lesson(prose(f"## H\n\n{LONG}", "skip"), prose(f"**2.1.1** {LONG}"))) == []


@pytest.mark.parametrize(
    ("said", "what"), [("All simulated.", "simulated"), ("按假设计算。", "assumed"), ("We rebuilt it.", "rebuilt")]
)
def test_what_is_simulated_rebuilt_or_assumed_must_be_said_on_the_slide_too(said, what):
    heading = prose("## H\n\nShort.", "slide")
    assert find_unchosen(lesson(heading, prose(said))) == [
        f'the prose of "H" says that something is {what}, and its slide does not'
    ]
    assert find_unchosen(lesson(heading, prose(said, "fragment"))) == []
    assert find_unchosen(lesson(heading, prose(said), prose(said, tags=["slide-text"]))) == []
    assert find_unchosen(lesson(heading, prose(said, tags=["notes"]))) == []
    assert find_unchosen(lesson(heading, prose(said), code(f'say("{said}")'))) == []
    assert find_unchosen(lesson(heading, prose(said), code(f"x = 1  # {said}"))) != []


def test_a_result_comes_at_a_click_with_its_code_or_without():
    cells = [
        prose("## By hand", "slide"),
        code("one", finding("It is 1.")),
        code("two", finding("It is 2."), slide="fragment"),
        code("three", finding("It is 3."), slide="fragment", tags=["result"]),
    ]
    (slide,) = read_slides(lesson(*cells))
    assert texts(slide) == ["It is 1.", "two", "It is 2.", "It is 3."]
    assert [item.is_fragment for item in slide.items] == [False, True, True, True]


def test_a_blank_inside_the_lesson_has_a_slide_of_its_own_before_the_result():
    cells = [
        prose("## By hand\n\nAdd up.", "slide"),
        prose(f"**2.1.a** Which share? {LONG}"),
        code("share = ...", finding("Not attempted yet."), tags=["exercise"]),
        code("share", finding("It is 12 %."), slide="fragment", tags=["result"]),
    ]
    first, asked = read_slides(lesson(*cells))
    assert texts(first) == ["Add up."] and asked.is_below
    assert len(asked.items) == 2 and "much more" in asked.items[0].html and asked.items[1].is_fragment


def test_nothing_answers_a_question_or_overtakes_a_result_before_the_click():
    cells = [
        prose("**2.1.b** Guess.", "subslide"),
        code("guess = ...", finding("Not attempted yet."), tags=["exercise"]),
        code("plt.show()", figure(), slide="slide"),
        code("say('x')", finding("It is 12 %.")),
        prose("## By hand", "slide"),
        code("one", finding("It is 1."), slide="fragment", tags=["result"]),
        code("two", finding("So all are 2.")),
    ]
    asked, by_hand = read_slides(lesson(*cells))
    assert [item.is_fragment for item in asked.items] == [False, True, True]
    assert [item.is_fragment for item in by_hand.items] == [True, True]


def test_what_a_heading_leaves_out_its_cells_leave_out():
    cells = [
        prose("## H", "slide"),
        code("x", finding("It is 1.")),
        prose("## Optional: more", "skip"),
        code("y", finding("It is 2."), figure()),
        code("z", finding("It is 3."), slide="slide", tags=["result"]),
    ]
    assert [texts(slide) for slide in read_slides(lesson(*cells))] == [["It is 1."], ["It is 3."]]


def test_findings_figures_and_short_tables_are_shown_and_long_ones_are_not():
    rows = "<tr><td>1</td></tr>"
    short, long = (
        V4.new_output("execute_result", {"text/html": f"<table>{rows * n}</table>"}, execution_count=1) for n in (3, 40)
    )
    (slide,) = read_slides(lesson(prose("## H", "slide"), code("x", finding("It is 12 %."), figure(), short, long)))
    assert [item.html[:20] for item in slide.items] == [
        '<p class="finding">I',
        '<img alt="" style="m',
        "<table><tbody><tr><t",
    ]


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


def test_a_table_is_tidied_for_reading_from_afar():
    frame = pd.DataFrame({"n": [1200.0, -3.0], "share": [0.5, 1.0]}, index=pd.Index(["a", "b"], name="tier"))
    heads = "<thead><tr><th>tier</th><th>n</th><th>share</th></tr></thead>"
    assert heads in tidy_table(frame.to_html()) and "<td>1,200</td><td>0.5</td>" in tidy_table(frame.to_html())
    numbered = tidy_table(frame.reset_index().to_html())
    assert heads in numbered and "<th>0</th>" not in numbered
    named = tidy_table(frame.rename_axis(columns="after").to_html())  # what rows and columns are is not lost
    assert "after" in named and "tier" in named
    numbers = tidy_table(frame.set_index(pd.Index([2024, 2025], name="year")).to_html())
    assert "<th>2024</th>" in numbers
    years = tidy_table(frame.set_index(pd.Index([2008, 2009])).to_html())
    assert "<th>2008</th>" in years  # no row number, though nobody named it
    spanning = frame.T.set_index(pd.MultiIndex.from_product([["x"], ["n", "share"]])).to_html()
    assert "rowspan" in spanning and tidy_table(spanning) == spanning


def test_the_minutes_below_a_title_are_for_students_and_not_on_its_slide():
    marks = {"minutes": 30, "exercise_minutes": 15}
    for language, title in (("en", "# Who pays?\n\nAll do."), ("zh", "# 谁付钱？\n\n都付。")):
        (slide,) = read_slides(lesson(prose(tell_minutes(title, marks, language), "slide", crmlib=marks)))
        assert texts(slide) == [title.split("\n\n")[1]] and slide.minutes == 30


def test_a_figure_asks_for_the_height_it_was_made_with():
    for made, asked in ((431, 431), (200, 400), (900, 560)):
        start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 700, made)
        drawn = V4.new_output("display_data", {"image/png": base64.b64encode(start).decode()})
        (slide,) = read_slides(lesson(prose("## H", "slide"), code("x", drawn)))
        assert f'style="min-height: {asked}px"' in slide.items[0].html


def test_a_quiz_is_a_slide_to_vote_on_and_its_answer_is_said():
    text = "2.1.q1: Who?\nA. One <b>\nB. All"
    shown = (
        "<details><summary>A. One &lt;b&gt;</summary><div style='x'>No.</div></details><details><summary>B."
        " All</summary><div>Yes.</div></details>"
    )
    quiz = V4.new_output(
        "display_data", {"text/plain": text, "text/html": shown}, metadata={"crmlib": {"kind": "quiz", "id": "2.1.q1"}}
    )
    before, asked = read_slides(lesson(prose("## H\n\nSaid.", "slide"), code("quiz('2.1.q1')", quiz)))
    assert asked.heading == "H" and asked.is_below and len(before.items) == 1
    assert (
        "<strong>Who?</strong>" in asked.items[0].html
        and "<li>A. One &lt;b&gt;</li><li>B. All</li>" in asked.items[0].html
    )
    assert "Yes." not in asked.items[0].html and "<strong>B. All</strong><br>Yes." in asked.notes[1]


def test_choices_with_letters_of_their_own_have_no_dots():
    (slide,) = read_slides(lesson(prose("## Vote\n\nWhich?\n\n- A. This\n- B. That", "slide")))
    assert [item.html.startswith('<ul class="choices">') for item in slide.items] == [False, True]


def test_what_a_deck_cannot_reach_is_no_link_and_numbers_keep_their_signs():
    assert render("[glossary](../../docs/glossary.md)") == "<p>glossary</p>\n"
    assert 'href="https://doi.org/10.1"' in render("[x](https://doi.org/10.1)")
    assert "1\u00a0%" in render("about 1 % of all") and "−\u2060$5" in render("it is −$5")


def test_a_sentence_alone_gets_no_slide_and_stands_above_what_it_announces():
    announced = [prose("## H\n\nLook at this.", "slide"), code("1", finding("so it is"), slide="slide")]
    (slide,) = read_slides(lesson(*announced))
    assert [re.sub("<.+?>", "", item.html).strip() for item in slide.items] == ["Look at this.", "1", "so it is"]
    full = [prose("## H\n\n- a\n- b\n- c\n- d", "slide"), code("1", finding("so it is"), slide="slide")]
    assert len(read_slides(lesson(*full))) == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two.", "One."),
        ("At 3.5 % it turns. Then not.", "At 3.5 % it turns."),
        ("Some, e.g. Bob, left. Others stayed.", "Some, e.g. Bob, left."),
        ("谁在付钱？都在付。", "谁在付钱？"),
        ("三问：谁来（哪些人）？谁走？我们来数。", "三问：谁来（哪些人）？谁走？"),
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
    deck = make_deck(
        lesson(prose(f"## {evil}", "slide"), prose(evil), code(evil, finding(evil), slide="fragment")), "en"
    )
    assert evil not in deck and "&lt;script&gt;alert(1)" in deck


def test_a_deck_needs_no_network_and_names_its_licence():
    deck = make_deck(lesson(prose("# T", "slide"), prose("## A\n\nB.", "slide"), prose("### C", "subslide")), "zh")
    assert '<html lang="zh-CN">' in deck and "MIT: Copyright" in deck
    assert "<script src" not in deck and "<link" not in deck and "@import" not in deck
    assert deck.count("<section") == 4  # T; a column of A and, below it, C


def test_what_is_stressed_in_chinese_has_dots_under_it_and_is_not_slanted():
    deck = make_deck(lesson(prose("# T", "slide"), prose("## A\n\n*多*花。", "slide")), "zh")
    assert '<html lang="zh-CN">' in deck and "<em>多</em>" in deck
    assert ":lang(zh) .page em { font-style: normal; text-emphasis: dot;" in deck
