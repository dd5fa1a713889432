"""Bring the Chinese catalogue up to date with the code: `make labels`.

Texts are found in ``t("...")`` and ``say("...")`` of the package, the report's
template and the notebooks' sources, in every text of the exercises, and in
``headings.txt`` (columns, tiers and states, which are data and stand in no call). New ones are added empty, for a
person to fill; vanished ones are dropped. A test refuses empty ones.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from crmlib import exercises

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CATALOGUE = HERE / "zh" / "crmlib.po"
KEYWORDS = {"t": None, "say": None}


def find_texts() -> dict[str, list[str]]:
    """Every text that needs a twin, with the files it stands in."""
    texts: dict[str, list[str]] = {}
    sources = [*sorted((ROOT / "crmlib").rglob("*.py")), *sorted((ROOT / "notebooks" / "source").rglob("*.py"))]
    templates = sorted((ROOT / "crmlib").rglob("*.j2"))
    for method, paths in (("python", sources), ("jinja2.ext:babel_extract", templates)):
        for path in paths:
            for _, message, _, _ in extract_from_file(method, path, keywords=KEYWORDS):
                texts.setdefault(message, []).append(path.relative_to(ROOT).as_posix())
    for text, path in exercises.list_texts():
        texts.setdefault(text, []).append(path.relative_to(ROOT).as_posix())
    for line in (HERE / "headings.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            texts.setdefault(line, []).append("crmlib/locale/headings.txt")
    return texts


def read_catalogue() -> Catalog:
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="zh_CN")


def update() -> list[str]:
    """Write the catalogue anew and return the texts that still lack Chinese."""
    old = {message.id: message.string for message in read_catalogue() if message.id} if CATALOGUE.exists() else {}
    catalogue = Catalog(locale="zh_CN", project="crmlib", header_comment="# Chinese for every label of the kit.")
    for text, places in sorted(find_texts().items()):
        catalogue.add(text, old.get(text, ""), locations=[(place, None) for place in sorted(set(places))])
    with CATALOGUE.open("wb") as stream:
        write_po(stream, catalogue, width=110, omit_header=True)
    return [text for text in find_texts() if not old.get(text)]


if __name__ == "__main__":
    missing = update()
    print("\n".join(f"no Chinese yet: {text}" for text in missing) or "Every label has its Chinese twin.")
    sys.exit(1 if missing else 0)
