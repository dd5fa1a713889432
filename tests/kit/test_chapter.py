"""What opens and closes a chapter: two decks and a handout, in both languages."""

import re

import pytest
from helpers import find_half_width

from crmlib.kit import chapter
from crmlib.language import LANGUAGES

SOURCES = chapter.list_chapter_sources()


def part(name, english, chinese):
    text = f'# %% [markdown] lang="en" part="{name}"\n# {english}\n\n# %% [markdown] lang="zh"\n# {chinese}\n\n'
    return text.replace("\\n", "\n# ")


TINY = (
    part("opening", "# Money", "# 钱")
    + part("handout", "# Money on a page\\n\\n$$x$$", "# 一页纸讲钱")
    + part("take-away", "## Take away\\n\\n- Count.", "## 学完带走\\n\\n- 先数。")
    + part("quiz", "## One\\n\\n- A. x\\n- B. y\\n> Right: B.", "## 一\\n\\n- A. x\\n- B. y\\n> 正确：B。")
)


@pytest.fixture
def tiny(tmp_path):
    path = tmp_path / "1-tiny" / "chapter.py"
    path.parent.mkdir()
    path.write_text(TINY, encoding="utf-8")
    return path


def test_a_chapter_opens_and_closes_with_a_deck_and_answers_are_for_the_speaker(tiny, tmp_path):
    opening, closing = chapter.write_decks(tiny, "en", tmp_path / "slides")
    assert (opening.name, closing.name) == ("0-opening.html", "wrap-up.html")
    assert "<h1>Money</h1>" in opening.read_text(encoding="utf-8")
    page = closing.read_text(encoding="utf-8")
    assert "Count." in page and "A. x" in page
    assert page.count("Right: B.") == 1 < page.index("Right: B.") - page.index("<aside")


def test_a_handout_has_its_page_and_what_to_take_away_and_no_answers(tiny, tmp_path):
    page = chapter.write_handout(tiny, "zh", tmp_path / "handouts").read_text(encoding="utf-8")
    assert "一页纸讲钱" in page and "先数。" in page and "正确" not in page
    assert "<math" in chapter.write_handout(tiny, "en", tmp_path / "handouts").read_text(encoding="utf-8")


def test_a_cell_without_its_part_and_a_chapter_without_one_are_refused_by_name(tiny):
    tiny.write_text(TINY.replace('part="quiz"', 'part="riddle"'), encoding="utf-8")
    with pytest.raises(ValueError, match="1-tiny/chapter.py: each prose cell must have part= .*got 'riddle'"):
        chapter.read_parts(tiny, "en")
    tiny.write_text(TINY[: TINY.index('# %% [markdown] lang="en" part="quiz"')], encoding="utf-8")
    with pytest.raises(ValueError, match="there is no quiz"):
        chapter.read_parts(tiny, "en")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.parent.name)
def test_the_kits_chapters_ask_balanced_questions_and_say_the_same_in_both_languages(source):
    parts = [chapter.read_parts(source, language) for language in LANGUAGES]
    assert [len(texts) for texts in parts[0].values()] == [len(texts) for texts in parts[1].values()]
    rights = []
    for english, chinese in zip(*(one["quiz"] for one in parts), strict=True):
        (right,), (same,) = re.findall(r"> Right: (\w)", english), re.findall("> 正确：(\\w)", chinese)
        assert right == same
        rights.append(right)
        for text in (english, chinese):
            choices = dict(re.findall(r"^- ([A-D])\. (.+)$", text, flags=re.MULTILINE))
            assert len(choices) == 4
    assert max(map(rights.count, rights)) <= len(rights) / 2  # no letter is right more often than not
    assert find_half_width("".join(text for texts in parts[1].values() for text in texts)) == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.parent.name)
def test_no_right_choice_is_told_by_its_length(source):
    for language in LANGUAGES:
        longest = 0
        for text in chapter.read_parts(source, language)["quiz"]:
            choices = dict(re.findall(r"^- ([A-D])\. (.+)$", text, flags=re.MULTILINE))
            right = re.search(r"> (?:Right: |正确：)(\w)", text)[1]
            longest += len(choices[right]) == max(map(len, choices.values()))
        assert longest <= 2
