"""One page for a run: the findings and figures of each chapter, what was set aside, what was left out."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined

from crmlib import language
from crmlib.language import t

SHOWN_ROWS = 10


def read_marks(notebook: nbformat.NotebookNode) -> dict:
    """What a notebook said of itself, by kind (see `findings`): title, findings, skipped, sources, tables."""
    marks = [
        dict(output.metadata["crmlib"])
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "crmlib" in output.get("metadata", {})
    ]

    def of(kind: str) -> list[dict]:
        return [{name: value for name, value in mark.items() if name != "kind"} for mark in marks if mark["kind"] == kind]

    return {
        "title": _title(notebook),
        "findings": [mark["text"] for mark in of("finding")],
        "skipped": of("skipped"),
        "sources": of("source"),
        "tables": of("table"),
    }


def _title(notebook: nbformat.NotebookNode) -> str:
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return cell.source.splitlines()[0].removeprefix("# ")
    return ""


def read_sections(notebook: nbformat.NotebookNode) -> list[dict]:
    """The notebook's headings with the findings and figures below each, in order.

    A figure's text, for people who cannot see it, is the next finding of its section.
    """
    sections: list[dict] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            heading = next((line for line in cell.source.splitlines() if line.startswith("##")), None)
            if heading:
                sections.append({"heading": heading.lstrip("# "), "items": []})
            continue
        for output in cell.get("outputs", []):
            mark = output.get("metadata", {}).get("crmlib", {})
            items = sections[-1]["items"] if sections else []
            if "image/png" in output.get("data", {}):
                items.append({"kind": "figure", "png": "".join(output.data["image/png"]).replace("\n", ""), "text": ""})
            elif mark.get("kind") in ("finding", "skipped"):
                for item in items:
                    if item["kind"] == "figure" and not item["text"]:
                        item["text"] = mark["text"]
                items.append({"kind": mark["kind"], "text": mark["text"]})
    for section in sections:
        for item in section["items"]:
            item["text"] = item["text"] or section["heading"]
    return [section for section in sections if section["items"]]


def make_page(run: dict, executed: list[tuple[dict, nbformat.NotebookNode]], folder: Path) -> str:
    """The page as HTML: one file, nothing from the net, everything out of data escaped."""
    environment = Environment(
        loader=PackageLoader("crmlib", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    before = language.current()
    language.use(run["language"])
    try:
        chapters = [{**entry, "sections": read_sections(notebook)} for entry, notebook in executed]
        for chapter in chapters:
            chapter["shown_tables"] = [_read_table(table, folder) for table in chapter["tables"]]
        return environment.get_template("report.html.j2").render(run=run, chapters=chapters, t=t, about=_about(run), shorten=_shorten, number=language.number)
    finally:
        language.use(before)


def _read_table(table: dict, folder: Path) -> dict:
    # As text: the page shows the very digits that the file holds.
    frame = pd.read_csv(folder / table["path"], dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return {
        **table,
        "headings": [t(str(name).replace("_", " ")) for name in frame.columns],
        "rows": frame.head(SHOWN_ROWS).to_numpy().tolist(),
        "n_rows": len(frame),
    }


def _shorten(cell: str) -> str:
    """A number of a CSV file as people read it: four digits after the point at most."""
    try:
        value = float(cell)
    except ValueError:
        return cell
    if "." not in cell or not abs(value) < 1e15:
        return cell
    return language.number(value, 2 if abs(value) >= 100 else 4)


def _about(run: dict) -> dict:
    """What is known of the data set: its title and whether it is real."""
    from crmlib import datasets

    listed = datasets.list_datasets().set_index("name")
    if run["data"] in listed.index:
        row = listed.loc[run["data"]]
        return {"title": row["title"], "kind": row["kind"], "source": row["source"]}
    return {"title": Path(run["data"]).name, "kind": "yours", "source": ""}
