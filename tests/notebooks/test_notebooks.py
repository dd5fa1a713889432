"""The editions: equal to their source, run from top to bottom, in two languages with one code.

The outputs themselves are compared by nbval (`make test` runs it on every
notebook); here are the things nbval cannot see, and proof that tampering is seen.
"""

import ast
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import jupytext
import nbformat
import pytest
from helpers import find_half_width

from crmlib.files import places
from crmlib.kit import course, editions, lab, made_from
from crmlib.kit.report import read_sections
from crmlib.language import LANGUAGES
from crmlib.lesson import exercises, sources

NOTEBOOKS = places.NOTEBOOKS


SOLUTIONS = NOTEBOOKS / "solutions"  # built on demand, not kept
EDITIONS = sorted(
    path
    for path in NOTEBOOKS.rglob("*.ipynb")
    if ".ipynb_checkpoints" not in path.parts and SOLUTIONS not in path.parents
)
LESSONS = [source for source in sources.list_sources() if sources.has_exercises(source)]


def name_of(source):
    return source.relative_to(places.SOURCES).with_suffix("").as_posix()


def language_of(path):
    """The language of an edition, by the folder it lies in."""
    return next(part for part in path.relative_to(NOTEBOOKS).parts if part in LANGUAGES)


def read(path):
    return nbformat.read(path, as_version=4)


def find_faults(notebook):
    """What is wrong with a notebook that should hold the outputs of one run."""
    faults = []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    counts = [cell.execution_count for cell in code]
    if counts != list(range(1, len(code) + 1)):
        faults.append(f"execution counts are {counts[:3]} ..., not 1 to {len(code)}")
    for cell in code:
        for output in cell.outputs:
            if output.output_type == "error":
                faults.append(f"an error: {output.ename}")
            if output.output_type == "stream" and output.name == "stderr":
                faults.append(f"a warning: {output.text.strip()[:200]}")
        if len(cell.source.splitlines()) > 20:
            faults.append(f"a cell of {len(cell.source.splitlines())} lines")
    return faults


def test_there_are_editions_in_both_languages():
    assert {language_of(path) for path in EDITIONS} == {"en", "zh"}
    assert len(EDITIONS) == 2 * len(sources.list_sources())


def test_editions_equal_their_source():
    assert editions.find_stale() == []


@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: "/".join(path.parts[-3:]))
def test_outputs_are_those_of_one_run_without_a_warning(path):
    assert find_faults(read(path)) == []


@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_notebook_stays_small(path):
    assert path.stat().st_size <= editions.MAX_KILOBYTES * 1000


@pytest.mark.parametrize("source", sources.list_sources(), ids=name_of)
def test_code_is_the_same_in_both_languages_but_for_the_parameter(source):
    english, chinese = (editions.make_edition(source, language).cells for language in LANGUAGES)
    differ = [(a.source, b.source) for a, b in zip(english, chinese, strict=True) if a.cell_type == "code" and a != b]
    assert len(differ) == 1
    assert differ[0][0].replace('language = "en"', 'language = "zh"') == differ[0][1]


@pytest.mark.parametrize("source", sources.list_sources(), ids=name_of)
def test_chinese_prose_is_chinese(source):
    for cell in editions.make_edition(source, "zh").cells:
        if cell.cell_type == "markdown":
            assert re.search("[\u4e00-\u9fff]", cell.source), cell.source
            assert find_half_width(cell.source) == []


class Headings(HTMLParser):
    """Collects the text of every heading cell of the tables in a page."""

    def __init__(self):
        super().__init__()
        self.texts, self._open = [], False

    def handle_starttag(self, tag, attributes):
        self._open = tag == "th"

    def handle_data(self, data):
        if self._open and data.strip():
            self.texts.append(data.strip())


@pytest.mark.parametrize(
    "path", [p for p in EDITIONS if language_of(p) == "zh"], ids=lambda path: "/".join(path.parts[-3:])
)
def test_no_english_heading_in_a_chinese_table(path):
    headings = Headings()
    for cell in read(path).cells:
        for output in cell.get("outputs", []):
            headings.feed("".join(output.get("data", {}).get("text/html", "")))
    words = [text for text in headings.texts if re.search("[a-z]{2}", text)]
    assert headings.texts != []
    assert words == []


# --- exercises and marks ----------------------------------------------------------------------


def read_checks(notebook):
    """The marks that `check` left in a notebook, in order."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    marks = [output.get("metadata", {}).get("crmlib", {}) for output in outputs]
    return [mark for mark in marks if mark.get("kind") == "check"]


def find_unworked(notebook):
    """Exercises of a solution edition that do not come out right, or whose mistakes do no harm on its data."""
    checks = read_checks(notebook)
    faults = [f"{mark['id']} is {mark['state']}" for mark in checks if mark["state"] not in ("right", "written")]
    faults += [
        f"{mark['id']}: mistake {place} gives the value wanted" for mark in checks for place in mark.get("alike", [])
    ]
    n_exercises = sum("exercise" in cell.metadata.get("tags", []) for cell in notebook.cells)
    return faults + ([] if len(checks) == n_exercises else [f"{len(checks)} checks of {n_exercises} exercises"])


def count_minutes(cells):
    """The minutes on the title, and those on the sections together."""
    minutes = [cell.metadata["crmlib"]["minutes"] for cell in cells if "minutes" in cell.metadata.get("crmlib", {})]
    return minutes[0], sum(minutes[1:])


def rows_claimed_and_worked(cells):
    """The course's rows that the title claims, and those that the sections say they work."""
    rows = [cell.metadata.get("crmlib", {}).get("rows", []) for cell in cells]
    return set(rows[0]), {row for later in rows[1:] for row in later}


@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: "/".join(path.parts[-3:]))
def test_exercises_are_blank_in_the_student_edition(path):
    assert {mark["state"] for mark in read_checks(read(path))} <= {"not attempted"}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", LESSONS, ids=name_of)
def test_every_exercise_of_the_solution_edition_comes_out_right(source, language, tmp_path):
    notebook = read(editions.build(source, language, tmp_path, kind="solution"))
    assert find_unworked(notebook) == []
    assert find_faults(notebook) == []


@pytest.mark.parametrize("source", LESSONS, ids=name_of)
def test_minutes_of_the_sections_add_up(source):
    title, sections = count_minutes(editions.make_edition(source, "en").cells)
    assert title == sections


@pytest.mark.parametrize("source", LESSONS, ids=name_of)
def test_rows_of_the_course_that_a_title_claims_are_worked_in_a_section(source):
    claimed, worked = rows_claimed_and_worked(editions.make_edition(source, "en").cells)
    assert claimed == worked


@pytest.mark.parametrize("source", LESSONS, ids=name_of)
def test_every_exercise_of_a_lesson_is_asked_and_none_is_left_over(source):
    text = source.read_text(encoding="utf-8")
    asked = re.findall(r'^(?:check|quiz)\("([\w.]+)"', text, flags=re.MULTILINE)
    assert asked != []
    assert sorted(asked) == sorted(exercises.read_exercises(exercises.exercises_path(asked[0])))


@pytest.mark.parametrize("source", LESSONS, ids=name_of)
def test_speaker_notes_are_for_the_instructor_only(source):
    def count(kind):
        cells = editions.make_edition(source, "zh", kind=kind).cells
        return sum("notes" in cell.metadata.get("tags", []) for cell in cells)

    assert count("student") == 0
    assert count("solution") == count("slides") > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_instructors_read_beside_an_exercise_what_students_get_wrong(language):
    lesson = next(source for source in LESSONS if name_of(source).endswith("1-the-pyramid"))
    notes = {}
    for kind in ("solution", "slides"):
        cells = editions.make_edition(lesson, language, kind=kind).cells
        at = [i for i, cell in enumerate(cells) if "exercise" in cell.metadata.get("tags", [])]
        notes[kind] = [cells[i + 1].source for i in at]
    for id, item in exercises.read_exercises(exercises.exercises_path("2.1.1")).items():
        said = (
            item.weighs
            if isinstance(item, exercises.Judgment)
            else [mistake.advice for mistake in getattr(item, "mistakes", [])]
        )
        for told in notes.values():
            own = next((text for text in told if f"**{id}**" in text), "")
            assert own.count("\n- ") == len(said)
            assert language == "zh" or all(sentence.replace("$", r"\$").replace("*", r"\*") in own for sentence in said)
    assert all("```python" in text for text in notes["slides"]) and not any("```" in text for text in notes["solution"])
    assert language == "en" or all("程序认得的错误" in text or "好的回答会权衡" in text for text in notes["solution"])


@pytest.mark.parametrize("source", sources.list_sources(), ids=name_of)
def test_saving_a_source_as_a_notebook_changes_nothing_but_its_header(source):
    # What JupyterLab does when one opens a source as a notebook and saves it.
    text = source.read_text(encoding="utf-8")
    saved = jupytext.writes(jupytext.read(source, fmt="py:percent"), fmt="py:percent")
    assert saved.split("# ---\n", 2)[2] == text.split("# ---\n", 2)[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_lab_opens_the_start_and_the_lessons_of_its_map_are_there(language):
    assert (NOTEBOOKS.parent / lab.START[language]).exists()
    for lesson in sources.list_lessons(language):
        assert (NOTEBOOKS / language / lesson["path"]).exists()
        assert lesson["minutes"] is not None


# --- proof that the safeguards see what they are for, on a notebook of three cells ---

TINY = """\
# %% [markdown] lang="en"
# # Money

# %% [markdown] lang="zh"
# # 钱

# %% tags=["parameters"]
language = "en"

# %%
print(6 * 7)
"""


@pytest.fixture(scope="module")
def tiny_once(tmp_path_factory):
    """A source of its own, built into a folder of its own."""
    root = tmp_path_factory.mktemp("tiny")
    source = root / "source" / "1-tiny" / "analysis.py"
    source.parent.mkdir(parents=True)
    source.write_text(TINY, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "SOURCES", root / "source")
        for language in LANGUAGES:
            editions.build(source, language, root)
    return root


@pytest.fixture
def tiny(tiny_once, tmp_path, monkeypatch):
    """A copy of it to spoil."""
    shutil.copytree(tiny_once, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(sources, "SOURCES", tmp_path / "source")
    return tmp_path / "source" / "1-tiny" / "analysis.py"


def run_nbval(path):
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-q",
        "-p",
        "no:cacheprovider",
        path.name,
    ]
    return subprocess.run(command, cwd=path.parent, capture_output=True, text=True, encoding="utf-8", check=False)


def test_building_twice_gives_the_same_bytes(tiny, tmp_path):
    path = sources.edition_path(tiny, "zh", tmp_path)
    before = path.read_bytes()
    editions.build(tiny, "zh", tmp_path)
    assert path.read_bytes() == before
    assert find_faults(read(path)) == []
    assert editions.find_stale(tmp_path) == []


def test_tampered_output_turns_nbval_red(tiny, tmp_path):
    path = sources.edition_path(tiny, "en", tmp_path)
    assert run_nbval(path).returncode == 0
    path.write_text(path.read_text(encoding="utf-8").replace('"42\\n"', '"43\\n"'), encoding="utf-8")
    result = run_nbval(path)
    assert result.returncode == 1
    assert "43" in result.stdout


def test_a_stripped_notebook_is_seen_though_nbval_passes_it(tiny, tmp_path):
    path = sources.edition_path(tiny, "en", tmp_path)
    notebook = read(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, path)
    assert run_nbval(path).returncode == 0
    assert "execution counts" in find_faults(read(path))[0]


def test_a_missing_twin_is_refused_by_name(tiny):
    tiny.write_text(TINY.replace('# %% [markdown] lang="zh"\n# # 钱\n', ""), encoding="utf-8")
    with pytest.raises(ValueError, match=r"analysis.py: the prose cell that begins \['# Money'\] has no Chinese twin"):
        sources.read_twins(tiny)


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
    monkeypatch.setattr(made_from, "find_modules", lambda codes: [Path(made_from.__file__)])
    assert editions.find_stale(tmp_path) == []
    path = sources.edition_path(tiny, "en", tmp_path)
    before = read(path)
    assert editions.build(tiny, "en", tmp_path, only_changed=True) == path
    assert read(path).cells == before.cells


def test_a_lesson_lies_in_the_folder_of_its_language():
    lesson = places.SOURCES / "2-customer-pyramid" / "1-the-pyramid.py"
    analysis = places.SOURCES / "2-customer-pyramid" / "analysis.py"
    root = Path("root")
    assert sources.edition_path(lesson, "zh", root) == root / "zh" / "2-customer-pyramid" / "1-the-pyramid.ipynb"
    assert sources.edition_path(analysis, "zh", root) == root / "analysis" / "zh" / "2-customer-pyramid.ipynb"
    solution = sources.edition_path(lesson, "en", root, kind="solution")
    assert solution == root / "solutions" / "en" / "2-customer-pyramid" / "1-the-pyramid.ipynb"


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
    cells = editions.add_notes(tiny, "en", tmp_path).cells
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


def test_a_blank_is_filled_with_the_correct_code():
    filled = editions.fill_blank('# yours\nmost = ...  # a number\ncheck("0.0.1", most)', "en", "x.py")
    assert filled.splitlines()[0] == "# yours"
    assert filled.splitlines()[-2:] == ["most = spent.max()", 'check("0.0.1", most)']


@pytest.mark.parametrize(
    "code", ['check("0.0.1", 3)', 'a = ...\nb = ...\ncheck("0.0.1", a)', 'a = ...\ncheck("0.0.1", b)']
)
def test_an_exercise_without_its_one_blank_is_refused(code):
    with pytest.raises(ValueError, match="a cell with the tag exercise must have one blank and its check"):
        editions.fill_blank(code, "en", "x.py")


def test_a_widget_with_nothing_beside_it_is_refused(tiny, tmp_path):
    tiny.write_text(TINY + "\n# %%\nfrom ipywidgets import IntSlider\nIntSlider()\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a widget must have something beside it that a page can show"):
        editions.build(tiny, "en", tmp_path)


@pytest.mark.slow
def test_a_figure_to_move_stays_as_its_default_picture_and_passes_nbval(tiny, tmp_path):
    draw = "def draw(cut):\n    _, ax = plt.subplots(figsize=(2, 1))\n    ax.axvline(cut)\n    return ax\n"
    head = "from ipywidgets import FloatSlider\nfrom matplotlib import pyplot as plt\nfrom crmlib.lesson.widgets import explore\n"
    text = f"{TINY}\n# %%\n{head}{draw}\nexplore(draw, cut=FloatSlider(value=0.2, min=0, max=1))\n"
    tiny.write_text(text, encoding="utf-8")
    path = editions.build(tiny, "en", tmp_path)
    (output,) = read(path).cells[-1].outputs
    assert set(output.data) == {"image/png", "text/plain"}
    assert run_nbval(path).returncode == 0
    before = path.read_bytes()
    editions.build(tiny, "en", tmp_path)
    assert path.read_bytes() == before


def test_other_exercises_make_an_edition_stale(tmp_path, monkeypatch):
    changed = tmp_path / "0-exercises.py"
    changed.write_text(exercises.exercises_path("0.0.1").read_text(encoding="utf-8") + "\n# new\n", encoding="utf-8")
    find = exercises.exercises_path
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


@pytest.mark.slow
def test_a_wrong_solution_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(exercises, "solution_code", lambda id, name: f"{name} = orders['amount'].max()")
    notebook = read(
        editions.build(places.SOURCES / "0-start-here" / "0-start-here.py", "en", tmp_path, kind="solution")
    )
    assert find_unworked(notebook) == ["0.0.1 is mistake"]


def test_a_mistake_that_does_no_harm_on_the_lessons_data_is_seen():
    mark = {"crmlib": {"kind": "check", "id": "2.1.1", "state": "right", "alike": [1]}}
    cell = nbformat.v4.new_code_cell("", metadata={"tags": ["exercise"]})
    cell.outputs = [nbformat.v4.new_output("display_data", metadata=mark)]
    assert find_unworked(nbformat.v4.new_notebook(cells=[cell])) == ["2.1.1: mistake 1 gives the value wanted"]
    cell.outputs = []
    assert find_unworked(nbformat.v4.new_notebook(cells=[cell])) == ["0 checks of 1 exercises"]


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_students_handed_in_becomes_a_table(tmp_path, monkeypatch, language):
    code = re.search(r"```python\n(.*?)```", course.OUTLINES[language].read_text(encoding="utf-8"), re.DOTALL)[1]
    (tmp_path / "handed-in").mkdir()
    for name, state in {"li": "right", "wang": "mistake"}.items():
        marks = [
            {"kind": "check", "id": "2.1.1", "state": "wrong"},
            {"kind": "hint", "id": "2.1.1"},
            {"kind": "check", "id": "2.1.1", "state": state},
        ]
        outputs = [nbformat.v4.new_output("display_data", metadata={"crmlib": mark}) for mark in marks]
        outputs.append(nbformat.v4.new_output("stream", text="not ours"))
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", outputs=outputs)])
        nbformat.write(notebook, tmp_path / "handed-in" / f"{name}.ipynb")
    monkeypatch.chdir(tmp_path)
    *statements, last = ast.parse(code).body
    names = {}
    exec(compile(ast.Module(statements, []), "page", "exec"), names)
    table = eval(compile(ast.Expression(last.value), "page", "eval"), names)
    assert table.to_dict() == {"2.1.1": {"li": "right", "wang": "mistake"}}  # the last run counts


# --- rows of the course -------------------------------------------------------------------------


def test_the_table_of_the_course_is_whole():
    rows = course.read_course()
    # A43 is a page of titles and B's, C's ... rows count on: see the documents of the course.
    wanted = [
        f"{letter}{n}" for letter, last in zip("ABCDE", (42, 24, 34, 35, 36), strict=True) for n in range(1, last + 1)
    ]
    assert [row["row"] for row in rows] == wanted
    for row in rows:
        assert re.fullmatch(r"[1-5]\.\d( [1-5]\.\d)*", row["lessons"]), row
        assert row["english"].isascii() and 2 <= len(row["english"].split()) <= 12, row
        assert re.search("[一-鿿]", row["chinese"]) and find_half_width(row["chinese"]) == [], row
    assert len({row["english"] for row in rows}) == len({row["chinese"] for row in rows}) == len(rows)


@pytest.mark.parametrize("source", LESSONS, ids=name_of)
def test_rows_that_a_lesson_claims_exist_and_are_put_there(source):
    lesson = ".".join(re.findall(r"(\d)-", name_of(source))) or "0"
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


def test_sentences_are_folded_in_lessons_and_open_in_analyses():
    def count(folder):
        return sum("jupyter" in cell.metadata for path in EDITIONS if folder in path.parts for cell in read(path).cells)

    assert count("2-customer-pyramid") > 20
    assert count("analysis") == 0


@pytest.mark.parametrize("source", sources.list_sources(), ids=name_of)
def test_a_logarithmic_axis_has_plain_labels(source):
    """Dollars are dollars in our figures (text.parse_math is off), so matplotlib's own powers of ten show their source."""
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if re.search(r"""set_[xy]scale\(.log|loglog\(|semilog|scale=.log""", cell.source):
            assert "set_major_formatter(" in cell.source, cell.source


def find_typed_numbers(notebook):
    """Numbers of the run that stand typed in prose as well, where they would go stale."""
    number = re.compile(
        r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,])\d+\.\d+(?=\s?%)|(?<![\w.,])\d{3,}(?:\.\d+)?"
    )
    said = " ".join(
        output.metadata.get("crmlib", {}).get("text", "")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.get("metadata", {}).get("crmlib", {}).get("kind") == "finding"
    )
    code = " ".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    given = set(re.findall(r"\d+", code.replace("_", "")))  # what stands in the code was not found by the run
    prose = " ".join(
        re.sub(r"\]\([^)]*\)|`[^`]*`", "", cell.source) for cell in notebook.cells if cell.cell_type == "markdown"
    )
    years = {str(year) for year in range(1700, 2100)}
    both = set(number.findall(said)) & set(number.findall(prose)) - years
    return sorted(one for one in both if one.replace(",", "") not in given)


def find_bare_figures(notebook):
    """Sections with a figure and no sentence from the run that says in words what it shows."""
    return [
        section["heading"]
        for section in read_sections(notebook)
        if any(item["kind"] == "figure" for item in section["items"])
        and not any(item["kind"] == "finding" for item in section["items"])
    ]


@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: "/".join(path.parts[-3:]))
def test_no_number_of_the_run_stands_typed_in_prose_and_every_figure_has_its_sentence(path):
    assert find_typed_numbers(read(path)) == []
    assert find_bare_figures(read(path)) == []


def test_a_typed_number_and_a_bare_figure_are_seen():
    path = next(path for path in EDITIONS if path.stem == "2-how-concentrated" and "en" in path.parts)
    notebook = read(path)
    notebook.cells.append(nbformat.v4.new_markdown_cell("As we saw, the best fifth brings 79.5 % of it."))
    assert find_typed_numbers(notebook) == ["79.5"]
    figure = nbformat.v4.new_output("display_data", {"image/png": "iVBORw0KGgo="})
    notebook.cells += [
        nbformat.v4.new_markdown_cell("## Bare"),
        nbformat.v4.new_code_cell("plt.show()", outputs=[figure]),
    ]
    assert find_bare_figures(notebook) == ["Bare"]
