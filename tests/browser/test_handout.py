"""The handout of a chapter prints on one page of A4, and its decks can be read."""

import re

import pytest
from helpers import find_overfull

from crmlib.kit import chapter
from crmlib.language import LANGUAGES

SOURCES = chapter.list_chapter_sources()


def count_pages(page):
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.parent.name)
def test_a_handout_prints_on_one_page(see, tmp_path, source, language):
    page = see(chapter.write_handout(source, language, tmp_path))
    assert count_pages(page) == 1
    assert page.complaints == []
    page.evaluate("document.body.append(document.body.cloneNode(true))")  # twice as much does not
    assert count_pages(page) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.parent.name)
def test_the_decks_of_a_chapter_can_be_read_from_the_last_row(see, tmp_path, source, language):
    for path in chapter.write_decks(source, language, tmp_path):
        page = see(path, width=1280)
        assert find_overfull(page) == []
