"""The decks as a beamer shows them: whole slides at 1280 x 720, no network, notes for the speaker."""

from pathlib import Path

import pytest
from seeing import browser, see  # noqa: F401
from test_notebooks import BUILD

LESSONS = [source for source in BUILD.list_sources() if BUILD.has_slides(source)]
OVER = """() => Reveal.getSlides().flatMap(slide => {
  slide.style.display = 'block';
  const over = slide.scrollHeight > 680 || slide.scrollWidth > 1200;
  const cut = [...slide.querySelectorAll('pre, table, img')].some(e => e.offsetLeft + e.scrollWidth > 1200);
  const found = over || cut ? [`${slide.innerText.slice(0, 60)}: ${slide.scrollWidth} x ${slide.scrollHeight}`] : [];
  slide.style.display = '';
  return found;
})"""


@pytest.mark.slow
@pytest.mark.parametrize("language", BUILD.LANGUAGES)
@pytest.mark.parametrize("source", LESSONS, ids=lambda source: source.stem)
def test_nothing_is_cut_off_and_nothing_is_asked_of_the_network(see, tmp_path, monkeypatch, source, language):  # noqa: F811
    monkeypatch.setattr(BUILD, "DECKS", tmp_path)
    page = see(BUILD.build_slides(source, language), width=1280)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.wait_for_function("() => window.Reveal && Reveal.isReady()")
    assert page.evaluate(OVER) == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert page.complaints == []
    assert page.evaluate("Reveal.getTotalSlides()") >= 5
    assert page.locator("aside.notes").count() >= 3
    figures = page.evaluate("[...document.querySelectorAll('.slides img')].map(img => img.naturalWidth)")
    assert all(width > 100 for width in figures)


def test_a_slide_that_is_too_full_is_seen(see, tmp_path):  # noqa: F811
    from crmlib.slides import make_deck
    from test_slides import lesson, prose

    table = "\n".join(["| a |", "|---|", *[f"| {n} |" for n in range(60)]])
    path = Path(tmp_path / "full.html")
    path.write_text(make_deck(lesson(prose(f"## Full\n\n{table}", "slide")), "en"), encoding="utf-8")
    page = see(path)
    page.wait_for_function("() => window.Reveal && Reveal.isReady()")
    assert page.evaluate(OVER) != []
