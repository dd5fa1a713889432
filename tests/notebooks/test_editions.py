"""The editions: equal to their source, with the outputs of one run; built again where something has changed."""

from pathlib import Path

import nbformat
import pytest
from built import EDITIONS, NOTEBOOKS, TINY, find_faults, language_of, name_of_edition, read

from crmlib.files import places
from crmlib.kit import editions, lab, made_from
from crmlib.language import LANGUAGES
from crmlib.lesson import exercise_files, sources


def test_there_are_editions_in_both_languages():
    assert {language_of(path) for path in EDITIONS} == {"en", "zh"}
    assert len(EDITIONS) == 2 * len(sources.list_sources())


def test_editions_equal_their_source():
    assert editions.find_stale() == []


@pytest.mark.parametrize("path", EDITIONS, ids=name_of_edition)
def test_outputs_are_those_of_one_run_without_a_warning(path):
    assert find_faults(read(path)) == []


@pytest.mark.parametrize("path", EDITIONS, ids=name_of_edition)
def test_a_notebook_stays_small(path):
    assert path.stat().st_size <= editions.MAX_KILOBYTES * 1000


def test_sentences_are_folded_in_lessons_and_open_in_analyses():
    def count(folder):
        return sum("jupyter" in cell.metadata for path in EDITIONS if folder in path.parts for cell in read(path).cells)

    assert count("2-customer-pyramid") > 10
    opened = [cell for path in EDITIONS if "analysis" in path.parts for cell in read(path).cells]
    folded = [cell for cell in opened if "jupyter" in cell.metadata]
    assert [cell for cell in folded if editions.FOLDED not in cell.metadata.get("tags", [])] == []


@pytest.mark.parametrize(
    ("code", "folds"),
    [
        ('say("{n} left", n=number(lost))', True),
        ('say("a")\nsay("b")', True),
        ('lost = 3\nsay("{n} left", n=number(lost))', False),
        ("plt.show()", False),
        ("", False),
    ],
)
def test_only_cells_that_compute_nothing_are_folded(code, folds):
    assert editions.only_says(code) is folds


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_of_an_analysis_is_the_first_code_not_folded_after_what_can_be_set(language):
    """Whoever opens it reads the answer before the code that finds it."""
    cells = editions.make_edition(sources.SOURCES / "2-customer-pyramid" / "analysis.py", language).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    answer = next(place for place, cell in enumerate(code) if "show_headline(" in cell.source.split("import")[0])
    is_folded = [cell.metadata.get("jupyter", {}).get("source_hidden", False) for cell in code]
    assert "parameters" in code[0].metadata["tags"] and is_folded[:2] == [False, False]
    assert all(is_folded[2 : answer + 1]) and not any(is_folded[answer + 1 :])


@pytest.mark.parametrize("language", LANGUAGES)
def test_lab_opens_the_start_and_the_lessons_of_its_map_are_there(language):
    assert (NOTEBOOKS.parent / lab.START[language]).exists()
    for lesson in sources.list_lessons(language):
        assert (NOTEBOOKS / language / lesson["path"]).exists()
        assert lesson["minutes"] is not None and lesson["exercise_minutes"] is not None


def test_a_lesson_lies_in_the_folder_of_its_language():
    lesson = places.SOURCES / "2-customer-pyramid" / "1-the-pyramid.py"
    analysis = places.SOURCES / "2-customer-pyramid" / "analysis.py"
    root = Path("root")
    assert sources.edition_path(lesson, "zh", root) == root / "zh" / "2-customer-pyramid" / "1-the-pyramid.ipynb"
    assert sources.edition_path(analysis, "zh", root) == root / "analysis" / "zh" / "2-customer-pyramid.ipynb"
    solution = sources.edition_path(lesson, "en", root, kind="solution")
    assert solution == root / "solutions" / "en" / "2-customer-pyramid" / "1-the-pyramid.ipynb"


def test_building_twice_gives_the_same_bytes(tiny, tmp_path):
    path = sources.edition_path(tiny, "zh", tmp_path)
    before = path.read_bytes()
    editions.build(tiny, "zh", tmp_path)
    assert path.read_bytes() == before
    assert find_faults(read(path)) == []
    assert editions.find_stale(tmp_path) == []


def test_prose_changed_in_one_edition_only_is_stale(tiny, tmp_path):
    path = sources.edition_path(tiny, "zh", tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("# 钱", "# 金钱"), encoding="utf-8")
    assert editions.find_stale(tmp_path) == ["analysis/zh/1-tiny.ipynb is not what its source says."]


def test_code_changed_in_an_edition_is_stale(tiny, tmp_path):
    path = sources.edition_path(tiny, "en", tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("6 * 7", "7 * 6"), encoding="utf-8")
    assert editions.find_stale(tmp_path) == ["analysis/en/1-tiny.ipynb is not what its source says."]


def test_a_notebook_without_a_source_is_named(tiny, tmp_path):
    nbformat.write(nbformat.v4.new_notebook(), tmp_path / "analysis" / "en" / "stray.ipynb")
    assert editions.find_stale(tmp_path) == ["analysis/en/stray.ipynb has no source."]


def test_a_notebook_that_grew_too_large_is_not_written(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr(editions, "MAX_KILOBYTES", 1)
    path = sources.edition_path(tiny, "en", tmp_path)
    before = path.read_bytes()
    tiny.write_text(TINY + '\n# %%\nprint("x" * 2000)\n', encoding="utf-8")
    with pytest.raises(ValueError, match="keep it under 1: show less"):
        editions.build(tiny, "en", tmp_path)
    assert path.read_bytes() == before


def test_what_has_not_changed_is_not_built_again(tiny, tmp_path, monkeypatch):
    path = sources.edition_path(tiny, "en", tmp_path)
    monkeypatch.setattr(editions, "run_edition", lambda notebook, folder: notebook)  # building is seen, nothing is run
    assert editions.build(tiny, "en", tmp_path, only_changed=True) is None
    assert editions.build(tiny, "en", tmp_path) == path
    assert editions.build(tiny, "en", tmp_path, only_changed=True) == path  # it was written without a run, so: again


def test_a_module_that_is_imported_builds_again_but_is_not_stale(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr(made_from, "_package_of", lambda codes: {"crmlib/new.py": "n = 1"})
    assert editions.find_stale(tmp_path) == []
    path = sources.edition_path(tiny, "en", tmp_path)
    before = read(path)
    assert editions.build(tiny, "en", tmp_path, only_changed=True) == path
    assert read(path).cells == before.cells


def test_a_widget_with_nothing_beside_it_is_refused(tiny, tmp_path):
    tiny.write_text(TINY + "\n# %%\nfrom ipywidgets import IntSlider\nIntSlider()\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a widget must have something beside it that a page can show"):
        editions.build(tiny, "en", tmp_path)


def test_other_exercises_make_an_edition_stale(tmp_path, monkeypatch):
    changed = tmp_path / "0-exercises.py"
    changed.write_text(
        exercise_files.exercises_path("0.0.1").read_text(encoding="utf-8") + "\n# new\n", encoding="utf-8"
    )
    find = exercise_files.exercises_path
    monkeypatch.setattr(made_from, "exercises_path", lambda id: changed if id.startswith("0.0.") else find(id))
    start = "0-start-here/0-start-here.ipynb was built from other exercises, or before a lesson was added."
    assert editions.find_stale() == [f"en/{start}", f"zh/{start}"]


def test_a_new_lesson_makes_the_map_stale(monkeypatch):
    known = sources.list_lessons
    monkeypatch.setattr(made_from, "list_lessons", lambda language: [*known(language), {"title": "New"}])
    assert [sentence.split()[0] for sentence in editions.find_stale()] == [
        "en/0-start-here/0-start-here.ipynb",
        "zh/0-start-here/0-start-here.ipynb",
    ]


def test_figures_are_there_whatever_back_end_the_shell_has_set(monkeypatch, tmp_path):
    monkeypatch.setenv("MPLBACKEND", "Agg")
    code = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    run = editions.run_edition(notebook, tmp_path)
    assert any("image/png" in output.get("data", {}) for output in run.cells[0]["outputs"])
