"""What an edition is made from: another hash where what it shows may be another, and nowhere else."""

import json
import re
import shutil
from functools import cache

import pytest

from crmlib.files import places
from crmlib.kit import made_from
from crmlib.lesson import sources

LESSON = "2-customer-pyramid/1-the-pyramid.py"
ANALYSIS = "2-customer-pyramid/analysis.py"
BOTH = ("en", "zh")


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    """A copy of the package, the sources and the description of the data, to change and change back."""
    root = tmp_path_factory.mktemp("kit")
    only = shutil.ignore_patterns("*.otf", "*.csv", "__pycache__")
    for folder in ("crmlib", "notebooks/source"):
        shutil.copytree(places.ROOT / folder, root / folder, ignore=only)
    (root / "datasets").mkdir()
    shutil.copy(places.DATASETS / "datapackage.json", root / "datasets")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("SOURCES", "DATASETS", "CATALOGUE", "ROOT"):
            patch.setattr(made_from, name, root / getattr(made_from, name).relative_to(places.ROOT))
        forget()  # what was read of the kit itself
        yield root
    forget()


def forget():
    made_from.forget()
    made_from._imported.cache_clear()


@cache
def take(kit, names):
    """The fingerprints of sources as the copy is: every test leaves it so."""
    paths = [kit / "notebooks" / "source" / name for name in names]
    return {
        (name, language, part): value
        for name, path in zip(names, paths, strict=True)
        for language in BOTH
        for part, value in made_from.fingerprint(path, language).items()
    }


def changes(kit, file, before, after, names=(LESSON,)):
    """The parts of the fingerprints that change with a file: (source, language, part)."""

    names = tuple(names)
    old, text = take(kit, names), (kit / file).read_text(encoding="utf-8")
    assert before in text
    (kit / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    made_from.forget()
    new = take.__wrapped__(kit, names)
    (kit / file).write_text(text, encoding="utf-8")
    made_from.forget()
    assert old.keys() == new.keys()
    return {key for key in old if old[key] != new[key]}


ALL = [f"{source.parent.name}/{source.name}" for source in sources.list_sources()]


def test_nothing_of_the_machinery_that_builds_is_part_of_a_lesson(kit):
    assert changes(kit, "crmlib/kit/report.py", "import", "import sys\nimport") == set()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("CUTS = ", "# a remark\nCUTS = "),
        ("CUTS = (0.01, 0.05, 0.20)", "CUTS = (0.01, 0.05, 0.20)  # a remark"),
        ("Customers of equal value are ranked by customer_id", "Ties are ranked by customer_id"),
        ("CUTS = ", "\n\n\nCUTS = "),
    ],
)
def test_a_comment_a_docstring_or_an_empty_line_changes_nothing(kit, before, after):
    assert changes(kit, "crmlib/pyramid.py", before, after) == set()


def test_code_changes_those_that_import_it(kit):
    changed = changes(kit, "crmlib/pyramid.py", "CUTS = (0.01,", "CUTS = (0.02,", ALL)
    users = [
        name
        for name in ALL
        if "pyramid" in re.split(r"\b(?:use|start)\(", (kit / "notebooks/source" / name).read_text(encoding="utf-8"))[0]
    ]
    assert changed == {(name, language, "package") for name in users for language in BOTH}
    assert 0 < len(users) < len(ALL)


def test_a_figure_that_a_lesson_does_not_draw_is_no_part_of_it(kit):
    bank = "2-customer-pyramid/7-the-bank-and-its-fee.py"
    assert "plot_transitions" not in (kit / "notebooks" / "source" / bank).read_text(encoding="utf-8")
    line = "def plot_transitions("
    changed = changes(kit, "crmlib/plots/transitions.py", line, f"x = 1\n{line}", [ANALYSIS, bank])
    assert changed == {(ANALYSIS, language, "package") for language in BOTH}


def set_twin(kit, catalogue, text, names=(LESSON,)):
    path = kit / catalogue
    lines = path.read_text(encoding="utf-8").splitlines()
    twin = lines[lines.index(f'msgid "{text}"') + 1]
    return changes(kit, catalogue, f'msgid "{text}"\n{twin}', f'msgid "{text}"\nmsgstr "别的"', names)


PACKAGE_PO, CHAPTER_PO = "crmlib/language/locale/zh.po", "notebooks/source/2-customer-pyramid/zh.po"


def test_a_label_changes_the_chinese_edition_that_can_show_it_and_no_other(kit):
    assert set_twin(kit, PACKAGE_PO, "  open    {path}") == set()  # of the command line
    assert set_twin(kit, CHAPTER_PO, "by place", ALL) == {(LESSON, "zh", "labels")}


def test_a_heading_counts_where_its_word_stands_in_the_code(kit):
    assert set_twin(kit, CHAPTER_PO, "by revenue", ALL) == {(LESSON, "zh", "labels")}


def test_a_new_data_set_builds_nothing_and_a_changed_one_what_names_it(kit):
    path = kit / "datasets" / "datapackage.json"
    first = next(
        one for one in json.loads(path.read_text(encoding="utf-8"))["resources"] if one["path"].startswith("cdnow")
    )
    more = json.dumps({**first, "path": "other-firm/transactions.csv"})
    assert changes(kit, "datasets/datapackage.json", '"resources": [', f'"resources": [{more},', ALL) == set()
    changed = changes(kit, "datasets/datapackage.json", first["hash"], "sha256:0", ALL)
    assert {part for _, _, part in changed} == {"data"} and (LESSON, "en", "data") in changed
    assert {name for name, _, _ in changed} < set(ALL)


def test_what_is_imported_for_the_types_alone_does_not_count():
    code = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from crmlib.kit import slides\n"
    assert made_from.find_modules([code]) == []
