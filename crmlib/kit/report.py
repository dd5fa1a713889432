"""One page for a run: the findings, figures and tables of each chapter, what was set aside, what was left out.

And a page for each notebook as it ran. Both are single files that load nothing and run
nothing: whatever comes out of data is escaped, and the pages forbid scripts besides.
"""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined

from crmlib import datasets, language
from crmlib.files.safe_csv import PLAIN_NUMBER
from crmlib.language import t

MOST_ROWS = 10  # a longer table shows its first FEW_ROWS
FEW_ROWS = 5
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

# JupyterLab's look, without the scripts that nbconvert fetches from the net.
NOTEBOOK_TEMPLATE = """
{%- extends 'lab/index.html.j2' -%}
{%- block html_head_js -%}<meta http-equiv="Content-Security-Policy" content="POLICY">{%- endblock -%}
{%- block jupyter_widgets -%}{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
{%- block data_png -%}
<div class="jp-RenderedImage jp-OutputArea-output"><img style="max-width: 100%"
alt="{{ output.metadata.get('alt', '') | escape_html_keep_quotes }}"
src="data:image/png;base64,{{ output.data['image/png'] | escape_html }}"></div>
{%- endblock -%}
""".replace("POLICY", POLICY)


def read_marks(notebook: nbformat.NotebookNode) -> dict:
    """What a notebook said of itself, by kind (see `lesson.findings`): title, findings, skipped, doubts, sources ..."""
    marks = [
        dict(output.metadata["crmlib"])
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "crmlib" in output.get("metadata", {})
    ]

    def of(kind: str) -> list[dict]:
        return [
            {name: value for name, value in mark.items() if name != "kind"} for mark in marks if mark["kind"] == kind
        ]

    return {
        "title": _title(notebook),
        "findings": [mark["text"] for mark in of("finding")],
        "skipped": of("skipped"),
        "doubts": [mark["doubt"] for mark in of("doubt")],
        "sources": of("source"),
        "period": next(iter(of("period")), None),
        "tables": of("table"),
    }


def _title(notebook: nbformat.NotebookNode) -> str:
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return _plain(cell.source.splitlines()[0])
    return ""


def _plain(heading: str) -> str:
    return re.sub(r"[`*]", "", heading).lstrip("# ").strip()


def read_sections(notebook: nbformat.NotebookNode) -> list[dict]:
    """The notebook's headings with the findings and figures below each, in order.

    A figure's text, for people who cannot see it, is the next finding of its section, or
    the one before, or the heading. It is also put into the output's metadata, as `alt`.
    """
    sections: list[dict] = [{"heading": "", "items": []}]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            heading = next((line for line in cell.source.splitlines() if line.startswith("##")), None)
            if heading:
                sections.append({"heading": _plain(heading), "items": []})
        for output in cell.get("outputs", []):
            mark = output.get("metadata", {}).get("crmlib", {})
            if "image/png" in output.get("data", {}):
                png = "".join(output.data["image/png"]).replace("\n", "")
                sections[-1]["items"].append({"kind": "figure", "png": png, "text": "", "output": output})
            elif mark.get("kind") in ("finding", "skipped"):
                sections[-1]["items"].append({"kind": mark["kind"], "text": mark["text"]})
    title, n_figures = _title(notebook), 0
    for section in sections:
        for position, item in enumerate(section["items"]):
            if item["kind"] == "figure":
                n_figures += 1
                around = section["items"][position:] + section["items"][:position][::-1]
                findings = (other["text"] for other in around if other["kind"] == "finding")
                item["text"] = next(findings, section["heading"] or title)
                item["number"] = n_figures
                item.pop("output").metadata["alt"] = item["text"]
    return [section for section in sections if section["items"]]


def make_notebook_page(notebook: nbformat.NotebookNode, name: str, spoken: str) -> str:
    """A notebook as it ran, as one HTML file to read."""
    from nbconvert import HTMLExporter

    read_sections(notebook)  # gives its figures their words
    exporter = HTMLExporter(raw_template=NOTEBOOK_TEMPLATE, language_code=spoken, exclude_anchor_links=True)
    return exporter.from_notebook_node(notebook, resources={"metadata": {"name": name}})[0]


def make_page(run: dict, executed: list[tuple[dict, nbformat.NotebookNode]], folder: Path) -> str:
    """The page of a run as HTML."""
    environment = Environment(
        loader=PackageLoader("crmlib.kit"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    with language.speaking(run["language"]):
        chapters = [{**entry, "sections": read_sections(notebook)} for entry, notebook in executed]
        for chapter in chapters:
            chapter["shown_tables"] = [_read_table(table, folder) for table in chapter["tables"]]
        counts = {kind: sum(len(chapter[kind]) for chapter in chapters) for kind in ("findings", "skipped")}
        return environment.get_template("report.html.j2").render(
            run=run,
            chapters=chapters,
            counts=counts | {"failed": sum(chapter["status"] == "failed" for chapter in chapters)},
            sources=_sources(chapters),
            doubts=list_doubts(chapters),
            about=_about(run, chapters),
            policy=POLICY,
            t=t,
            number=language.number,
        )


def list_doubts(entries: list[dict]) -> list[str]:
    """Every doubt once: the chapters read the same data."""
    return list(dict.fromkeys(doubt for entry in entries for doubt in entry["doubts"]))


def _sources(chapters: list[dict]) -> list[dict]:
    """Each table that was read, once: the chapters read the same ones."""
    sources = {(source["table"], source["sha256"]): source for chapter in chapters for source in chapter["sources"]}
    return list(sources.values())


def _about(run: dict, chapters: list[dict]) -> dict:
    """What is known of the data: its title, whether it is real, and the days it covers."""
    period = next((chapter["period"] for chapter in chapters if chapter["period"]), {})
    about = {"title": Path(run["data"]).name or run["data"], "kind": "yours", "source": "", "caveat": ""}
    about |= {"first_day": None, "last_day": None, "as_of": run["parameters"]["as_of"]}
    if run["data"] in datasets.COMPANIES:
        row = datasets.describe_dataset(run["data"])
        about |= {name: row[name] for name in ("title", "kind", "source", "caveat")}
        about |= {day: row[day].date() for day in ("first_day", "last_day")}
    return about | {name: str(day)[:10] for name, day in period.items() if name in about}


def _read_table(table: dict, folder: Path) -> dict:
    # As text: the page shows the digits that the file holds, not what became of them on the way.
    frame = pd.read_csv(folder / table["path"], dtype=str, keep_default_na=False, encoding="utf-8-sig")
    shown = frame.head(FEW_ROWS if len(frame) > MOST_ROWS else MOST_ROWS)
    columns = [show_column(str(name), shown.iloc[:, place].tolist()) for place, name in enumerate(frame.columns)]
    return {
        **table,
        "headings": [t(str(name).replace("_", " ")) for name in frame.columns],
        "is_number": [is_number for _, is_number in columns],
        "rows": [list(row) for row in zip(*(cells for cells, _ in columns), strict=True)],
        "exact": shown.to_numpy().tolist(),
        "n_rows": len(frame),
    }


def show_column(name: str, cells: list[str]) -> tuple[list[str], bool]:
    """The cells of a column of a CSV file as people read them, and whether they are numbers.

    Shares and rates are shown as percentages, amounts with separators, what is no number
    (nor the number of a customer or product) as it is, or in the reader's language where
    it is a name the kit knows.

    Examples
    --------
    >>> show_column("value_share", ["0.2510", "0.7490"])
    (['25.1%', '74.9%'], True)
    >>> show_column("value", ["741817.361", "1.5", ""])
    (['741,817.36', '1.50', ''], True)
    >>> show_column("customer_id", ["1001", "1002"])
    (['1001', '1002'], False)
    """
    filled = [cell for cell in cells if cell]
    if name == "id" or name.endswith("_id"):
        return cells, False
    # Leading zeros and very many digits make the number of something, not an amount.
    is_amount = all(
        PLAIN_NUMBER.fullmatch(cell) and not re.match(r"[+-]?0\d", cell) and len(cell) <= 25 for cell in filled
    )
    if not filled or not is_amount:
        return [_in_language(cell) for cell in cells], False
    largest = max(abs(float(cell)) for cell in filled)
    if re.search(r"(^|_)(share|rate)(_|$)", name) and largest <= 10:
        return [cell and language.percent(float(cell)) for cell in cells], True
    digits = 0 if all(re.fullmatch(r"[+-]?\d+", cell) for cell in filled) else 2 if largest >= 100 else 4
    return [cell and language.number(float(cell), digits) for cell in cells], True


def _in_language(cell: str) -> str:
    known = t(cell.replace("_", " "))
    return cell if known == cell.replace("_", " ") else known
