"""The sources: two languages with one code, and marks where they belong."""

import ast
import re

import jupytext
import pytest
from built import LESSONS, TINY, name_of
from helpers import find_half_width

from crmlib.kit import decks, editions, twins
from crmlib.language import LANGUAGES, find_twin, speaking
from crmlib.lesson import sources


@pytest.mark.parametrize("source", sources.list_sources(), ids=name_of)
def test_code_is_the_same_in_both_languages_but_for_the_parameter_and_the_texts(source):
    english, chinese = (editions.make_edition(source, language).cells for language in LANGUAGES)
    is_lesson = sources.has_exercises(source)
    n_parameters = 0
    for ours, theirs in zip(english, chinese, strict=True):
        if ours.cell_type == "code":
            n_parameters += 'language = "zh"' in theirs.source
            assert _without_texts(ours.source) == _without_texts(theirs.source)
            if is_lesson:
                assert _twins_of(ours.source) == [_unspaced(place.text) for place in twins.find_said(theirs.source)]
            else:
                assert ours.source.replace('language = "en"', 'language = "zh"') == theirs.source
    assert n_parameters == 1


def _twins_of(code):
    with speaking("zh"):
        texts = [place.text for place in twins.find_said(code)]
        return [_unspaced(find_twin(text) or find_twin(" ".join(text.split())) or text) for text in texts]


def _unspaced(text):
    """A docstring has ends of lines where it goes on."""
    return "".join(text.split())


def _without_texts(code):
    """The code's shape: every text empty, remarks gone."""
    tree = ast.parse(code.replace('language = "zh"', 'language = "en"'))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


@pytest.mark.parametrize("source", LESSONS, ids=name_of)
def test_a_chinese_lesson_shows_no_english_sentence_in_its_code(source):
    for cell in editions.make_edition(source, "zh").cells:
        if cell.cell_type == "code":
            said = [place.text for place in twins.find_said(cell.source)]
            assert [text for text in said if re.search("[a-z]{3} [a-z]{2}", re.sub(r"\{[^}]*\}", "", text))] == []


@pytest.mark.parametrize("source", sources.list_sources(), ids=name_of)
def test_chinese_prose_is_chinese(source):
    for cell in editions.make_edition(source, "zh").cells:
        if cell.cell_type == "markdown":
            assert re.search("[\u4e00-\u9fff]", cell.source), cell.source
            assert find_half_width(cell.source) == []


@pytest.mark.parametrize("source", sources.list_sources(), ids=name_of)
def test_saving_a_source_as_a_notebook_changes_nothing_but_its_header(source):
    # What JupyterLab does when one opens a source as a notebook and saves it.
    text = source.read_text(encoding="utf-8")
    saved = jupytext.writes(jupytext.read(source, fmt="py:percent"), fmt="py:percent")
    assert saved.split("# ---\n", 2)[2] == text.split("# ---\n", 2)[2]


def test_a_missing_twin_is_refused_by_name(tiny):
    tiny.write_text(TINY.replace('# %% [markdown] lang="zh"\n# # 钱\n', ""), encoding="utf-8")
    with pytest.raises(ValueError, match=r"analysis.py: the prose cell that begins \['# Money'\] has no Chinese twin"):
        sources.read_twins(tiny)


MARKED = """\
# %% [markdown] lang="en" minutes=5 rows=["A12"] slide="slide"
# # Money

# %% [markdown] lang="zh"
# # 钱

# %% [markdown] lang="en" tags=["notes"]
# Say it slowly.

# %% [markdown] lang="zh"
# 慢慢说。

# %% slide="fragment" tags=["parameters"]
language = "en"
"""


def test_marks_have_their_standard_places_and_notes_go_to_the_instructor(tiny, tmp_path):
    tiny.write_text(MARKED, encoding="utf-8")
    title, code = editions.make_edition(tiny, "zh").cells
    assert title.source == "# 钱"
    assert title.metadata == {"crmlib": {"minutes": 5, "rows": ["A12"]}, "slideshow": {"slide_type": "slide"}}
    assert code.metadata == {"tags": ["parameters"], "slideshow": {"slide_type": "fragment"}}
    _, notes, same = editions.make_edition(tiny, "zh", kind="solution").cells
    assert (notes.source, notes.metadata["slideshow"]) == ("慢慢说。", {"slide_type": "notes"})
    assert same.id == code.id


def test_slides_get_the_outputs_of_the_run_and_the_notes(tiny, tmp_path):
    tiny.write_text(
        TINY + "\n" + MARKED[MARKED.index('# %% [markdown] lang="en" tags') : MARKED.index("# %% slide")],
        encoding="utf-8",
    )
    cells = decks.add_notes(tiny, "en", tmp_path).cells
    assert cells[2].outputs[0]["text"] == "42\n"
    assert cells[3].source == "Say it slowly."


def test_a_mark_on_the_chinese_cell_is_refused(tiny):
    tiny.write_text(TINY.replace('lang="zh"', 'lang="zh" slide="slide"'), encoding="utf-8")
    with pytest.raises(ValueError, match=r"marks such as \['slide'\] stand on the English cell only"):
        sources.read_twins(tiny)


def test_an_unknown_kind_of_slide_is_refused(tiny):
    tiny.write_text(TINY.replace('lang="en"', 'lang="en" slide="big"'), encoding="utf-8")
    with pytest.raises(ValueError, match="slide must be one of .* got 'big'"):
        editions.make_edition(tiny, "en")


@pytest.mark.parametrize("source", sources.list_sources(), ids=name_of)
def test_a_logarithmic_axis_has_plain_labels(source):
    """Dollars are dollars in our figures (text.parse_math is off), and powers of ten would show their source."""
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if re.search(r"""set_[xy]scale\(.log|loglog\(|semilog|scale=.log""", cell.source):
            assert "set_major_formatter(" in cell.source, cell.source


@pytest.mark.parametrize("source", LESSONS, ids=name_of)
def test_speaker_notes_are_for_the_instructor_only(source):
    def count(kind):
        cells = editions.make_edition(source, "zh", kind=kind).cells
        return sum("notes" in cell.metadata.get("tags", []) for cell in cells)

    assert count("student") == 0
    assert count("solution") == count("slides") > 0


def test_a_title_read_alone_is_that_of_the_whole_source():
    for source in sources.list_sources():
        alone, whole = sources.read_title(source), sources.read_twins(source)[0]
        assert [(cell.source, cell.metadata) for cell in alone] == [(cell.source, cell.metadata) for cell in whole]


def test_lesson_10_comes_behind_lesson_9_and_is_not_lesson_1(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "SOURCES", tmp_path)
    for name in ("2-b/1-last", "10-c/1-very-last", "1-a/10-tenth", "1-a/9-ninth", "1-a/1-first", "1-a/analysis"):
        path = tmp_path / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(TINY, encoding="utf-8")
    listed = sources.list_lessons("en")
    assert [(one["chapter"], one["lesson"]) for one in listed] == [(1, 1), (1, 9), (1, 10), (2, 1), (10, 1)]
    names = [f"{source.parent.name}/{source.name}" for source in sources.list_sources()]
    assert names[:5] == ["1-a/1-first.py", "1-a/9-ninth.py", "1-a/10-tenth.py", "1-a/analysis.py", "2-b/1-last.py"]
    for part, wanted in {"1-a/1": names[:1], "1-a/10": names[2:3], "a/": names[:4], "10": [names[2], names[5]]}.items():
        assert [name for name in names if editions._is_chosen(name, [part])] == wanted
