"""Build the editions of the notebooks from their sources.

A source, `notebooks/source/<chapter>/<name>.py`, holds every code cell once and
every prose cell twice: English, then its Chinese twin. From it come

    notebooks/<lang>/<chapter>/<name>.ipynb            what students open, with outputs
    notebooks/analysis/<lang>/<chapter>.ipynb          the same of the chapter's analysis.py
    notebooks/solutions/<lang>/<chapter>/<name>.ipynb  exercises worked, speaker notes shown (not kept in git)

with the outputs of a run from top to bottom. Nothing else writes there.

    python -m crmlib.kit.editions                    build what has changed
    python -m crmlib.kit.editions 2-customer         build sources with that in their name, if they changed
    python -m crmlib.kit.editions --all              build everything
    python -m crmlib.kit.editions --solutions        build the instructors' editions and answer keys
    python -m crmlib.kit.editions --slides           make a deck of each lesson, build/slides/<lang>/...
    python -m crmlib.kit.editions --check            say which editions no longer match
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import os
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from crmlib.files.places import NOTEBOOKS, ROOT
from crmlib.files.whole import write_whole
from crmlib.kit import course
from crmlib.kit.exercise_notes import CHECK, describe_exercise
from crmlib.kit.lesson_plan import tell_minutes
from crmlib.kit.made_from import fingerprint, hash_texts
from crmlib.kit.pictures import slim_pictures
from crmlib.kit.slide_text import SLIDE_TEXT
from crmlib.kit.slides import RESULT
from crmlib.kit.twins import put_twins
from crmlib.language import LANGUAGES, speaking
from crmlib.lesson import exercises
from crmlib.lesson.sources import LAYOUT, edition_path, has_exercises, list_sources, name_of, read_twins
from crmlib.lesson.widgets import VIEW

SLIDES = ("slide", "subslide", "fragment", "result", "skip", "notes", "-")
# What a lesson says about itself, for students, instructors and tests.
FACTS = ("minutes", "exercise_minutes", "needs", "rows", "pattern")
# Sums over several threads, and sets in another order, could change the last digit shown.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# A back end chosen for scripts, in the shell of whoever builds, would leave the notebooks without figures.
FIGURES = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
SAME_EVERY_TIME = ONE_THREAD | FIGURES | {"PYTHONHASHSEED": "0"}
MAX_KILOBYTES = 500
FOLDED = "folded"  # the tag of a cell of an analysis that stands before the answer, and only prepares it


# --- from a source to the cells of an edition -----------------------------------------------------


def make_edition(source: Path, language: str, *, kind: str = "student") -> nbformat.NotebookNode:
    """The notebook of one language, not yet run; what it is made from is noted when it is built.

    kind "student": exercises are blank, without speaker notes; "solution": exercises
    worked, with them; "slides": exercises blank, with them. Instructors also get, after each
    exercise, its known mistakes or what a good answer weighs. A cell has the same id in all.
    """
    name = name_of(source)
    notebook = nbformat.v4.new_notebook()
    is_lesson = has_exercises(source)
    for position, pair in enumerate(read_twins(source)):
        cell = nbformat.from_dict(dict(pair[LANGUAGES.index(language)]))
        cell.metadata = nbformat.from_dict(_standard_marks(cell.metadata, name))
        # The same in both languages and every build, so that a change shows as what it is.
        cell["id"] = hashlib.sha256(f"{name}:{position}".encode()).hexdigest()[:8]
        tags = cell.metadata.get("tags", [])
        if ("notes" in tags and kind == "student") or (SLIDE_TEXT in tags and kind != "slides"):
            continue
        cell.source = tell_minutes(cell.source, cell.metadata.get("crmlib", {}), language)
        if "parameters" in tags:
            cell.source = cell.source.replace('language = "en"', f'language = "{language}"')
        if cell.cell_type == "code" and is_lesson:
            cell.source = put_twins(cell.source, language)
        if "exercise" in tags:
            cell.source = fill_blank(cell.source, language, name) if kind == "solution" else cell.source
        if cell.cell_type == "code" and (FOLDED in tags or (is_lesson and only_says(cell.source))):
            cell.metadata["jupyter"] = {"source_hidden": True}  # JupyterLab folds it; a click unfolds it
        notebook.cells.append(cell)
        if "exercise" in tags and kind != "student":
            notebook.cells.append(describe_exercise(cell, language, with_code=kind == "slides"))
    about = {"source": name, "language": language}
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "crmlib": about | ({} if kind == "student" else {"kind": kind}),
        }
    )
    return notebook


def only_says(code: str) -> bool:
    """Does a cell compute nothing, but put numbers into sentences?

    Examples
    --------
    >>> only_says('say("{n} left", n=number(lost))'), only_says('lost = 3\\nsay("{n} left", n=number(lost))')
    (True, False)
    """
    body = ast.parse(code).body
    return bool(body) and all(
        isinstance(one, ast.Expr) and isinstance(one.value, ast.Call) and getattr(one.value.func, "id", "") == "say"
        for one in body
    )


def _standard_marks(marks: dict, name: str) -> dict:
    """A cell's metadata as the notebook holds it: the source's short marks in their places."""
    marks = {key: value for key, value in marks.items() if key not in ("lang", LAYOUT)}
    slide = marks.pop("slide", "notes" if "notes" in marks.get("tags", []) else None)
    if slide is not None and slide not in SLIDES:
        raise ValueError(f"{name}: slide must be one of {list(SLIDES)}; got {slide!r}.")
    if slide == "result":  # a fragment to Jupyter, too
        slide, marks["tags"] = "fragment", [*marks.get("tags", []), RESULT]
    facts = {key: marks.pop(key) for key in FACTS if key in marks}
    marks |= {"slideshow": {"slide_type": slide}} if slide else {}
    return marks | ({"crmlib": facts} if facts else {})


def fill_blank(code: str, language: str, name: str) -> str:
    """An exercise's cell with the correct answer in place of its blank, `answer = ...`."""
    ids = re.findall(CHECK, code, flags=re.MULTILINE)
    blanks = re.findall(r"^(\w+) = \.\.\.[ \t]*(?:#.*)?$", code, flags=re.MULTILINE)
    if len(ids) != 1 or blanks != [ids[0][1]]:
        raise ValueError(
            f"{name}: a cell with the tag exercise must have one blank and its check, such as "
            f'answer = ...  and  check("2.1.1", answer); this one is:\n{code}'
        )
    with speaking(language):
        answer = exercises.solution_code(ids[0][0], blanks[0])
    # A function, so that no backslash in the answer is taken for a group.
    return re.sub(r"^\w+ = \.\.\.[ \t]*(?:#.*)?$", lambda _: answer, code, flags=re.MULTILINE)


# --- run and write --------------------------------------------------------------------------------


def run_edition(notebook: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """The notebook with the outputs of a run from top to bottom in `folder`."""
    os.environ.update(SAME_EVERY_TIME)
    metadata = notebook.metadata.copy()
    client = NotebookClient(
        notebook,
        timeout=900,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],  # not the kernel's remarks about its transport
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    notebook.metadata = metadata  # the kernel adds the version of Python, which differs between machines
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            _drop_widget(output, cell)
    slim_pictures(notebook)
    return notebook


def _drop_widget(output: dict, cell: dict) -> None:
    """Leave of a widget what a page can show: the widget itself lives only as long as its kernel."""
    data = output.get("data", {})
    if data.pop(VIEW, None) and set(data) <= {"text/plain"}:
        raise ValueError(
            "a widget must have something beside it that a page can show: use crmlib.widgets.explore(...) "
            f"or show_widget(...). The cell is:\n{cell.source}"
        )


def build(
    source: Path, language: str, root: Path = NOTEBOOKS, *, kind: str = "student", only_changed: bool = False
) -> Path | None:
    """Run an edition and write it: its path, or None where `only_changed` and nothing has."""
    path = edition_path(source, language, root, kind=kind)
    notebook = make_edition(source, language, kind=kind)
    notebook.metadata.crmlib["built_from"] = fingerprint(source, language)
    if only_changed and path.exists():
        found = nbformat.read(path, as_version=4)
        if found.metadata == notebook.metadata and _contents(found) == _contents(notebook) and _has_run(found):
            return None
    path.parent.mkdir(parents=True, exist_ok=True)
    text = nbformat.writes(run_edition(notebook, path.parent), version=4) + "\n"
    if len(text) > MAX_KILOBYTES * 1000:
        raise ValueError(f"{path.name} would be {len(text) // 1000} KB; keep it under {MAX_KILOBYTES}: show less.")
    return write_whole(path, text)


def find_stale(root: Path = NOTEBOOKS) -> list[str]:
    """What no longer matches its source, one sentence each: an empty list where all is well.

    Outputs are not looked at: the tests compare them with a new run.
    """
    stale, expected = [], set()
    for source in list_sources():
        for language in LANGUAGES:
            path = edition_path(source, language, root)
            expected.add(path)
            name = path.relative_to(root).as_posix()
            if not path.exists():
                stale.append(f"{name} is missing.")
                continue
            wanted, found = make_edition(source, language), nbformat.read(path, as_version=4)
            if _contents(wanted) != _contents(found):
                stale.append(f"{name} is not what its source says.")
            elif hash_texts(source) != _made_from(found):
                stale.append(f"{name} was built from other exercises, or before a lesson was added.")
    for path in sorted(root.rglob("*.ipynb")):
        name = path.relative_to(root)
        if path not in expected and ".ipynb_checkpoints" not in path.parts and name.parts[0] != "solutions":
            stale.append(f"{name.as_posix()} has no source.")
    return stale


def _contents(notebook: nbformat.NotebookNode) -> list[tuple]:
    about = {key: value for key, value in notebook.metadata.get("crmlib", {}).items() if key != "built_from"}
    cells = [(cell.id, cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]
    return [{**notebook.metadata, "crmlib": about}, *cells]


def _made_from(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """Without the package, its labels and the data: most changes there change no notebook, and a run sees those."""
    made = notebook.metadata.crmlib.get("built_from", {})
    return {key: value for key, value in made.items() if key not in ("package", "data", "labels")}


def _has_run(notebook: nbformat.NotebookNode) -> bool:
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    return counts == list(range(1, len(counts) + 1))


def _is_chosen(name: str, parts: list[str]) -> bool:
    """Does a source's name hold one of the parts, or is none given? A number counts whole: "1-a/1" is not "1-a/10"."""
    return not parts or any(re.search(rf"{re.escape(part)}(?!(?<=\d)\d)", name) for part in parts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="parts of source names; all when none is given")
    parser.add_argument("--all", action="store_true", help="also what has not changed")
    parser.add_argument("--solutions", action="store_true", help="the instructors' editions: exercises worked")
    parser.add_argument("--slides", action="store_true", help="a deck of each lesson")
    parser.add_argument("--check", action="store_true", help="only say what is stale")
    options = parser.parse_args()
    if options.check:
        stale = find_stale()
        print("\n".join([*stale, "Run: make notebooks"]) if stale else "Every edition matches its source.")
        return 1 if stale else 0
    kind = "solution" if options.solutions else "student"
    known = {name_of(source): source for source in list_sources()}
    chosen = {name: source for name, source in known.items() if _is_chosen(name, options.names)}
    if not chosen:
        print(f"No source has {' or '.join(options.names)} in its name. There are: {', '.join(known)}.")
        return 2
    if options.slides:
        from crmlib.kit import decks  # it builds on this module

        return decks.build_all(chosen.values())
    for page in course.write_pages():
        print(page.relative_to(ROOT))
    n_unchanged = 0
    for source in chosen.values():
        if kind == "solution" and not has_exercises(source):
            continue
        for language in LANGUAGES:
            path = build(source, language, kind=kind, only_changed=not options.all)
            n_unchanged += path is None
            if path:
                print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} KB", flush=True)
    if kind == "solution":
        from crmlib.kit import answer_key  # it builds on this module

        for path in answer_key.write_keys(chosen.values()):
            print(path.relative_to(ROOT), flush=True)
    if n_unchanged:
        print(f"{n_unchanged} unchanged (--all builds them all the same).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
