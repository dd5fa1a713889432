"""The editions of the notebooks as tests see them: which there are, what one shows, what is wrong with one."""

import contextlib
import io
import re
from functools import cache

import nbformat
import pandas as pd

from crmlib.files import places
from crmlib.kit.pattern import TURN
from crmlib.language import LANGUAGES, speaking
from crmlib.lesson import exercises, sources

NOTEBOOKS = places.NOTEBOOKS
SOLUTIONS = NOTEBOOKS / "solutions"  # built on demand, not kept
EDITIONS = sorted(
    path
    for path in NOTEBOOKS.rglob("*.ipynb")
    if ".ipynb_checkpoints" not in path.parts and SOLUTIONS not in path.parents
)
BLANK = r'^check\("([\d.]+[a-z])"'
LESSONS = [source for source in sources.list_sources() if sources.has_exercises(source)]

# A source of three cells, to spoil.
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


def read_checks(notebook):
    """The marks that `check` left in a notebook, in order."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    marks = [output.get("metadata", {}).get("crmlib", {}) for output in outputs]
    return [mark for mark in marks if mark.get("kind") == "check"]


def name_of_edition(path):
    """An edition by its last folders, for the name of a test."""
    return "/".join(path.parts[-3:])


@cache
def run_lesson(source):
    """A lesson run up to its exercises: the names of its notebook, and what the exercises are computed on."""
    names, at_hand, _ = _run_lesson(source)
    return names, at_hand


def run_to_blank(source, id):
    """The names of a lesson's notebook where it comes to a blank, as a student meets it."""
    return _run_lesson(source)[2][id]


@cache
def _run_lesson(source):
    from matplotlib import pyplot as plt

    names, before, at_blanks = {"__name__": "__lesson__"}, dict(exercises._at_hand), {}
    exercises._at_hand.clear()
    with contextlib.redirect_stdout(io.StringIO()), speaking("en"):
        codes = [cell.source for cell, _ in sources.read_twins(source) if cell.cell_type == "code"]
        last = max(place for place, code in enumerate(codes) if TURN in code)
        for code in codes[: last + 1]:
            at_blanks |= dict.fromkeys(re.findall(BLANK, code, re.MULTILINE), keep_tables(names))
            exec(compile(code, source.name, "exec"), names)
            plt.close("all")
    at_hand = dict(exercises._at_hand)
    exercises._at_hand.clear()
    exercises._at_hand.update(before)
    return names, at_hand, at_blanks


def keep_tables(names):
    """Names as they are now: what is done to their tables later does no harm (pandas copies on write)."""
    are_tables = (pd.Series, pd.DataFrame)
    return {name: value.copy(deep=False) if isinstance(value, are_tables) else value for name, value in names.items()}
