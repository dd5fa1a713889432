"""The house: a file is CRM or its data, a folder is machinery, and imports go one way."""

import ast
import json
import subprocess
import sys

import pytest

from crmlib.files.places import ROOT

PACKAGE = ROOT / "crmlib"
NOUNS = {path.stem for path in PACKAGE.glob("*.py")} - {
    "__init__",
    "__main__",
    "customer_index",
    "datasets",
    "require",
    "tables",
}
# Each may import those on its own line's left and the lines above; the kit's door opens on everything.
LAYERS = [
    {"language"},
    {"customer_index", "files", "tables"},
    {"require"},
    {"buying", "choosing", "engine", "intake", "rating", "response", "simulate"} | NOUNS,
    {"datasets", "plots", "lesson"},
    {"kit", "__main__"},
]
LEVEL = {part: level for level, parts in enumerate(LAYERS) for part in parts}
WITHOUT_ENGINE = NOUNS - {
    "customers",
    "evidence",
    "gaps",
    "holdout",
    "identity",
    "kinds",
    "lifecycle",
    "orders",
    "quality",
    "trend",
}  # these add up logs, or compare records

# A noun that has grown into several hands on what moved out, for whoever looks for it there.
HANDS_ON = {"chance": {"intervals"}, "identity": {"evidence", "records", "review"}, "value": {"health", "worth"}}
RATING = {"scorecard", "credit", "rating", "plots", "lesson", "kit"}  # who may use the machinery of credit rating


def part_of(path):
    """The file or folder of the package that a module belongs to."""
    inside = path.relative_to(PACKAGE).parts
    return inside[0] if len(inside) > 1 else path.stem


def imported_parts(source):
    """The parts of the package that a piece of code imports, wherever the import stands."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom) and node.module == "crmlib":
            names += [f"crmlib.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
    return {name.split(".")[1] for name in names if name.startswith("crmlib.")} - {"__version__"}


def find_wrong_imports(part, imported):
    """What a part must not import: what is above it, beside it among the nouns, or an engine it has no use for."""
    others = imported - {part}
    wrong = {other for other in others if LEVEL[other] > LEVEL[part]}
    if part in NOUNS:
        wrong |= others & (
            NOUNS - HANDS_ON.get(part, set()) | {"intake", "simulate"}
        )  # chapters meet in the notebook, through tables
    if part in WITHOUT_ENGINE:
        wrong |= others & {"engine"}
    if part not in RATING:
        wrong |= others & {"rating"}
    if part not in {"health", "purchases", "worth", "lesson", "kit"}:
        wrong |= others & {"buying"}
    if part not in {"choice", "lesson", "kit"}:
        wrong |= others & {"choosing"}
    return wrong


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(path):
    if path == PACKAGE / "__init__.py":
        assert imported_parts(path.read_text(encoding="utf-8")) == set()
    else:
        assert find_wrong_imports(part_of(path), imported_parts(path.read_text(encoding="utf-8"))) == set()


@pytest.mark.parametrize(
    ("part", "code", "wrong"),
    [
        ("pyramid", "from crmlib import customers", {"customers"}),
        ("pyramid", "def f():\n    from crmlib.engine import opened", {"engine"}),
        ("customers", "from crmlib import engine, require", set()),
        ("credit", "from crmlib import rating, scorecard", {"scorecard"}),
        ("pyramid", "from crmlib import rating", {"rating"}),
        ("customers", "import crmlib.plots", {"plots"}),
        ("identity", "from crmlib import customers, review", {"customers"}),
        ("review", "from crmlib import identity", {"identity"}),
        ("language", "from crmlib.files.places import ROOT", {"files"}),
        ("kit", "from crmlib import datasets, pyramid", set()),
    ],
)
def test_a_wrong_import_is_seen(part, code, wrong):
    assert find_wrong_imports(part, imported_parts(code)) == wrong


HEAVY = [
    "ibis",
    "duckdb",
    "matplotlib",
    "statsmodels",
    "scipy",
    "sklearn",
    "jupytext",
    "IPython",
    "ipywidgets",
    "nbformat",
]


def loaded_by(code, *names):
    """Which of the modules named are loaded after some code has run in a Python of its own."""
    code = f"import sys\n{code}\nprint(*sorted(set({list(names)}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


LIGHT = sorted(NOUNS | {"tables", "require"})
# One after the other: to start a Python for each takes longer, and what is heavy is named at the first that loads it.
ONE_BY_ONE = """
import importlib, json, sys
found = {{}}
for noun in {nouns}:
    before = set(sys.modules)
    importlib.import_module(f"crmlib.{{noun}}")
    found[noun] = sorted({heavy} & (set(sys.modules) - before))
print(json.dumps(found))
"""


def loaded_by_each(nouns, heavy):
    code = ONE_BY_ONE.format(nouns=list(nouns), heavy=set(heavy))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_a_noun_costs_what_pandas_costs():
    assert {noun: heavy for noun, heavy in loaded_by_each(LIGHT, HEAVY).items() if heavy} == {}


def test_the_noun_that_loads_something_heavy_is_named():
    assert loaded_by_each(["tables", "engine.sources", "pyramid"], ["duckdb"]) == {
        "tables": [],
        "engine.sources": ["duckdb"],
        "pyramid": [],
    }


def test_the_figures_cost_matplotlib_only_when_one_is_drawn():
    assert loaded_by("from crmlib import plots", *HEAVY) == []


def test_a_lesson_waits_for_no_reader_of_sources():
    assert loaded_by("import crmlib.lesson", "jupytext", "nbformat", "IPython", "ipywidgets", "matplotlib") == []


def test_texts_cost_no_pandas():
    assert loaded_by("from crmlib.language import t; t('share of value')", "pandas", "numpy", *HEAVY) == []


def test_a_summary_does_load_the_engine():
    """Proof that the tests above can fail."""
    assert loaded_by("from crmlib import customers; customers.engine.opened", "ibis", "duckdb") == ["duckdb", "ibis"]
