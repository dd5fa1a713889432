"""One page for a run: the answer, whom to act on, the evidence of each chapter, and the account of every row.

And a page for each notebook as it ran. Both are single files that load nothing and run
nothing: whatever comes out of data is escaped, and the pages forbid scripts besides.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import nbformat
import pandas as pd

from crmlib import datasets, language
from crmlib.intake.audit import small_percent
from crmlib.intake.links import is_link, show_link
from crmlib.kit.columns import show_column
from crmlib.kit.pages import find_template
from crmlib.language import plural, t

MOST_ROWS = 10  # of a table on the page: the best ones, as the notebook sorts them
WORKBOOK = "tables/all.xlsx"
TYPICAL_ROWS = 1000  # looked at to tell what a column holds
BEST = "best-customers"  # how the name of the table ends that stands above the evidence
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
        "grave": [mark["doubt"] for mark in of("doubt") if mark.get("grave")],
        "headline": next(iter(of("headline")), None),
        "act_on": next(iter(of("act_on")), None),
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
    exporter.register_filter("clean_html", _clean)
    return exporter.from_notebook_node(notebook, resources={"metadata": {"name": name}})[0]


@lru_cache(maxsize=1000)  # of several data sets the code is the same, and cleaning it takes a third of a page's time
def _clean(html: str) -> str:
    from nbconvert.filters import clean_html

    return clean_html(html)


def make_page(run: dict, executed: list[tuple[dict, nbformat.NotebookNode]], folder: Path) -> str:
    """The page of a run as HTML."""
    with language.speaking(run["language"]):
        chapters = [{**entry, "sections": read_sections(notebook)} for entry, notebook in executed]
        sources, currency, about = list_sources(chapters), find_currency(run, chapters), describe_data(run, chapters)
        facts = find_facts(chapters)
        for chapter in chapters:
            chapter["shown_tables"] = [show_table(table, folder, currency) for table in chapter["tables"]]
        return find_template("report.html.j2").render(
            run=run,
            chapters=chapters,
            best=_take_best(chapters),
            acts=[
                chapter["act_on"] | {"chapter": chapter["title"] or chapter["name"]}
                for chapter in chapters
                if chapter["act_on"]
            ],
            answers=list_answers(chapters),
            facts=facts,
            told=_tell_data(about, currency, sources),
            counts=_count(chapters),
            sources=sources,
            columns_called_so=_columns_called_so,
            has_money=any(source["amount_accepted"] is not None for source in sources),
            grave=list_doubts(chapters, grave=True),
            doubts=list_doubts(chapters, grave=False),
            about=about,
            workbook=WORKBOOK if (folder / WORKBOOK).exists() else None,
            policy=POLICY,
            t=t,
            plural=plural,
            number=language.number,
            percent=small_percent,
            money=lambda value: language.money(value, currency, 2),
        )


def _count(chapters: list[dict]) -> dict[str, int]:
    counts = {kind: sum(len(chapter[kind]) for chapter in chapters) for kind in ("findings", "skipped")}
    return counts | {"failed": sum(chapter["status"] == "failed" for chapter in chapters)}


def _take_best(chapters: list[dict]) -> list[dict]:
    """The tables that stand above the evidence, taken out of it: each is shown once."""
    best = [table for chapter in chapters for table in chapter["shown_tables"] if table["name"].endswith(BEST)]
    acted_on = {chapter["act_on"]["name"] for chapter in chapters if chapter["act_on"]}
    above = acted_on | {table["name"] for table in best}
    for chapter in chapters:
        chapter["shown_tables"] = [table for table in chapter["shown_tables"] if table["name"] not in above]
    return best


def list_doubts(entries: list[dict], *, grave: bool | None = None) -> list[str]:
    """Every doubt once, for the chapters read the same data: the grave ones first, or these or the others only."""
    heavy = list(dict.fromkeys(doubt for entry in entries for doubt in entry["grave"]))
    light = [doubt for entry in entries for doubt in entry["doubts"] if doubt not in heavy]
    return {True: heavy, False: list(dict.fromkeys(light))}.get(grave, list(dict.fromkeys(heavy + light)))


def list_sources(entries: list[dict]) -> list[dict]:
    """Each table that was read, once: the chapters read the same ones."""
    sources = {(source["table"], source["sha256"]): source for entry in entries for source in entry["sources"]}
    return list(sources.values())


def find_facts(entries: list[dict]) -> list[dict]:
    """The facts of every headline, each once: the chapters read the same data."""
    facts: dict[str, dict] = {}
    for entry in entries:
        for fact in entry["headline"]["facts"] if entry["headline"] else []:
            facts.setdefault(fact["name"], fact)
    return list(facts.values())


def list_answers(chapters: list[dict]) -> list[tuple[int, dict, list[str]]]:
    """What a board reads: of each chapter that has an answer its place, the chapter, and the sentences."""
    numbered = enumerate(chapters, start=1)
    answers = ((n, chapter, (chapter["headline"] or {}).get("answer", [])) for n, chapter in numbered)
    return [(n, chapter, answer) for n, chapter, answer in answers if answer]


def find_currency(run: dict, entries: list[dict]) -> str | None:
    """The currency of the amounts: as a notebook says it, as was asked for, or as the file has it."""
    said = [entry["headline"].get("currency") for entry in entries if entry["headline"]]
    read = [source["currency"] for source in list_sources(entries)]
    return next(filter(None, [*said, run["parameters"].get("currency"), *read]), None)


def describe_data(run: dict, chapters: list[dict]) -> dict:
    """What is known of the data: its title, whether it is real, and the days it covers."""
    period = next((chapter["period"] for chapter in chapters if chapter["period"]), {})
    data = run["data"]
    title = show_link(data) if is_link(data) else Path(data).name or data
    about = {"title": title, "kind": "yours", "source": "", "caveat": ""}
    about |= {"first_day": None, "last_day": None, "as_of": run["parameters"]["as_of"]}
    if run["data"] in datasets.COMPANIES:
        row = datasets.describe_dataset(run["data"])
        about |= {name: row[name] for name in ("title", "kind", "source", "caveat")}
        about |= {day: row[day].date() for day in ("first_day", "last_day")}
    return about | {name: str(day)[:10] for name, day in period.items() if name in about}


def _tell_data(about: dict, currency: str | None, sources: list[dict]) -> list[str]:
    """What the numbers are of: the days, the currency, and how many of the rows."""
    told = []
    if about["first_day"]:
        told.append(t("data from {first} to {last}", first=about["first_day"], last=about["last_day"]))
    if about["as_of"]:
        told.append(t("seen as of {day}", day=about["as_of"]))
    if any(source["amount_accepted"] is not None for source in sources):
        told.append(t("amounts in {currency}", currency=currency) if currency else t("no currency is named"))
    with_money = [source for source in sources if source["amount_accepted"] is not None]
    for source in (with_money or sources)[:1]:
        told.append(_tell_rows(source))
    return told


def _tell_rows(source: dict) -> str:
    """How many rows a table had, and what share of them and of the money was set aside."""
    n_read, n_rejected, money = source["n_read"], source["n_rejected"], source["share_of_money"]
    if not n_rejected:
        return plural(n_read, "1 row read and accepted", "{n} rows read, all accepted")
    share = small_percent(n_rejected / n_read)
    rows = plural(n_read, "1 row read, {share} set aside", "{n} rows read, {share} set aside", share=share)
    return rows if money is None else t("{rows}; of the money {share}", rows=rows, share=small_percent(money))


def _columns_called_so(source: dict) -> list[str]:
    """The columns that have their name of ours in the file already: nothing was decided about them."""
    return [column["ours"] for column in source["columns"] if column["theirs"] == column["ours"]]


def show_table(table: dict, folder: Path, currency: str | None) -> dict:
    """The best rows of a table as they are shown, and what the file holds there."""
    typical = read_table(folder / table["path"], TYPICAL_ROWS)
    columns = [
        show_column(str(name), typical.iloc[:, place].tolist(), table=table["name"], currency=currency)
        for place, name in enumerate(typical.columns)
    ]
    return {
        **table,
        "headings": [t(str(name).replace("_", " ")) for name in typical.columns],
        "is_number": [is_number for _, is_number in columns],
        "rows": [list(row) for row in zip(*(cells[:MOST_ROWS] for cells, _ in columns), strict=True)],
        "exact": typical.head(MOST_ROWS).to_numpy().tolist(),
    }


def read_table(path: Path, most: int) -> pd.DataFrame:
    """The first rows of a result table, as text: the digits that the file holds, not what became of them."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig", nrows=most)
