"""What docs/chinese-style.md asks of the Chinese, as far as a program can see it."""

import re

import pytest
from babel.messages.pofile import read_po

from crmlib.files.places import DATASETS, DOCS, ROOT, SOURCES
from crmlib.kit import labels
from crmlib.lesson.sources import list_sources, read_twins

# Not this, but that.
SAID_BETTER = {
    "您": "你",
    "带来的钱": "贡献 … 的销售额（利润）",
    "用钱来做决定": "算清账，再决定",
    "你已经": "本课小结",
    "打到谁": "落到谁头上",
    "有 0 次": "一次也没有",
    "世界里": "情景下",
    "做做不好": "做不擅长的事",
    "是偶然": "是随机波动",
    "进行分析": "分析",
    "生命周期价值": "客户终身价值",
    "信用评分表": "客户信用等级评估",
    "带来了": "贡献了",
    "基于": "根据",
}


def chinese_texts():
    for source in list_sources():
        for _, cell in read_twins(source):
            if cell.cell_type == "markdown":
                yield source.relative_to(ROOT).as_posix(), cell.source
    for path in labels.list_catalogues():
        with path.open("rb") as stream:
            for message in read_po(stream, locale="zh_CN"):
                for text in [message.string] if isinstance(message.string, str) else message.string:
                    yield path.relative_to(ROOT).as_posix(), text
    pages = [*DOCS.glob("*.zh.md"), ROOT / "README.zh.md", DATASETS / "README.zh.md"]
    for path in [*pages, *SOURCES.glob("*/*.zh.md")]:
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


@pytest.mark.parametrize("phrase", SAID_BETTER)
def test_what_can_be_said_better_is_not_said(phrase):
    found = [
        (place, re.search(f".{{0,12}}{phrase}.{{0,12}}", text)[0]) for place, text in chinese_texts() if phrase in text
    ]
    assert found == [], f"better: {SAID_BETTER[phrase]}"


WORD, MARK = "[0-9A-Za-z\u4e00-\u9fff]", "[，。：；！？、（）“”《》]"


def find_open_stars(text):
    """Emphasis that a page shows as stars: a mark inside beside the star, and a word right outside of it."""
    found = []
    for line in re.sub(r"`[^`]*`|\$[^$]*\$", "x", text).splitlines():
        line = re.sub(r"^\s*[*-] ", "", line)
        for place, star in enumerate(re.finditer(r"\*+", line)):
            before, after = line[: star.start()][-1:], line[star.end() :][:1]
            inner, outer = (after, before) if place % 2 == 0 else (before, after)
            if re.fullmatch(MARK, inner) and re.fullmatch(WORD, outer):
                found.append(line[max(0, star.start() - 12) : star.end() + 6])
    return found


def test_stars_that_a_page_would_show_are_found():
    assert find_open_stars("读出声来：*B 最差。*接着") == ["读出声来：*B 最差。*接着"]
    assert len(find_open_stars("这是*“金牌”*客户")) == 2
    assert find_open_stars("读出声来：*B 最差*。接着，*再*多投") == []


def test_emphasis_shows_as_emphasis():
    assert [(place, found) for place, text in chinese_texts() if (found := find_open_stars(text))] == []


NEXT = (r"^\*\*Next\*\* [—·] (\d+\.\d+): (.+)$", r"^\*\*下一课\*\*：(\d+\.\d+) (.+)$")


@pytest.mark.parametrize("place", [0, 1], ids=["en", "zh"])
def test_a_lesson_names_the_next_by_its_title(place):
    lessons = {}
    for source in list_sources():
        if re.match(r"\d+-", source.parent.name) and re.match(r"\d+-", source.name):
            cells = [pair[place].source for pair in read_twins(source) if pair[place].cell_type == "markdown"]
            title = re.sub(r"^# \d+ · ", "", cells[0].splitlines()[0])
            lessons[f"{source.parent.name.split('-')[0]}.{source.name.split('-')[0]}"] = (title, "\n".join(cells))
    named = [
        (number, name) for _, text in lessons.values() for number, name in re.findall(NEXT[place], text, re.MULTILINE)
    ]
    assert len(named) >= len(lessons) - 2
    assert [(number, name) for number, name in named if number in lessons and name != lessons[number][0]] == []
