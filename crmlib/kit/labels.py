"""Bring the Chinese catalogues up to date with the code: `make labels`.

Texts are found in ``t("...")``, ``plural(n, "...", "...")``, ``say("...")`` and ``sentence("...")`` of the package,
its templates and the notebooks' sources, in the remarks and docstrings of the lessons' cells, in every text of the
exercises, in the contract of the tables, and in the files ``headings.txt`` (columns, tiers and states, which are
data and stand in no call). The package has one catalogue and each chapter its own, for what stands only there. New
texts are added empty, for a person to fill; vanished ones are dropped. A test refuses empty ones.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from crmlib.files.places import DATASETS, ROOT, SOURCES
from crmlib.intake.ledger_table import LEDGER
from crmlib.kit.twins import find_said
from crmlib.language.texts import CATALOGUE
from crmlib.lesson import exercise_files
from crmlib.lesson.sources import has_exercises, list_sources, read_twins
from crmlib.tables import TABLES

PACKAGE = ROOT / "crmlib"
KEYWORDS = {"t": None, "say": None, "sentence": None, "set_aside_because": None, "later": None, "plural": (2, 3)}

Text = str | tuple[str, str]  # of a text with a number, for one and for many


def find_texts() -> dict[Path, dict[Text, list[str]]]:
    """By catalogue, every text that needs a twin, with the files it stands in."""
    places: dict[Text, set[Path]] = defaultdict(set)
    lessons = list(filter(has_exercises, list_sources()))
    for path in sorted([*PACKAGE.rglob("*.py"), *SOURCES.rglob("*.py")]):
        # Of a choice between two sentences Babel makes one long text; in lessons `find_said` sees them apart.
        _extract("python", path, places, {"plural": (2, 3)} if path in lessons else KEYWORDS)
    for path in sorted(PACKAGE.rglob("*.j2")):
        _extract("jinja2.ext:babel_extract", path, places, KEYWORDS)
    for table in (*TABLES.values(), LEDGER):
        for text in (table.row, *(column.meaning for column in table.columns)):
            places[text].add(PACKAGE / "tables.py")
    for entry in json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))["datasets"]:
        for text in (entry["title"], entry["kind"], entry["caveat"]):
            places[text].add(PACKAGE / "datasets.py")
    for source in lessons:
        for cell, _ in read_twins(source):
            if cell.cell_type == "code":
                for place in find_said(cell.source):
                    places[place.text].add(source)
    for text, path in exercise_files.list_texts():
        places[text].add(path)
    for path in [CATALOGUE.with_name("headings.txt"), *sorted(SOURCES.glob("*/headings.txt"))]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                places[line].add(path)
    found: dict[Path, dict[Text, list[str]]] = {path: {} for path in list_catalogues()}
    for text, files in places.items():
        for catalogue in _catalogues_of(files):
            found[catalogue][text] = sorted(path.relative_to(ROOT).as_posix() for path in files)
    return found


def _extract(method: str, path: Path, places: dict[Text, set[Path]], keywords: dict) -> None:
    for _, text, _, _ in extract_from_file(method, path, keywords=keywords):
        places[text].add(path)


def list_catalogues() -> list[Path]:
    """The package's catalogue, and that of each chapter."""
    return [CATALOGUE, *(folder / "zh.po" for folder in sorted(SOURCES.glob("[0-9]*")))]


def _catalogues_of(files: set[Path]) -> set[Path]:
    """A text of the package stands in its catalogue only; others in that of each chapter that says them."""
    if any(path.is_relative_to(PACKAGE) for path in files):
        return {CATALOGUE}
    return {path.parent / "zh.po" for path in files}


def read_catalogues() -> dict[Text, str | tuple[str, ...]]:
    """The twin of every text in any catalogue."""
    twins = {}
    for path in list_catalogues():
        if path.exists():
            with path.open("rb") as stream:
                twins |= {message.id: message.string for message in read_po(stream, locale="zh_CN") if message.id}
    return twins


def update() -> list[Text]:
    """Write the catalogues anew and return the texts that still lack Chinese."""
    twins, missing = read_catalogues(), []
    for path, texts in find_texts().items():
        catalogue = Catalog(locale="zh_CN", project="crmlib", header_comment="# Chinese for every label of the kit.")
        for text, files in sorted(texts.items(), key=lambda item: str(item[0])):
            twin = twins.get(text, "")
            catalogue.add(text, twin, locations=[(place, None) for place in files])
            missing += [] if twin and all(twin) else [text]
        with path.open("wb") as stream:
            write_po(stream, catalogue, width=110, omit_header=True)
    return missing


if __name__ == "__main__":
    missing = update()
    print("\n".join(f"no Chinese yet: {text}" for text in missing) or "Every label has its Chinese twin.")
    sys.exit(1 if missing else 0)
