"""The answer first: a few facts in a row, and the list of whom to act on, with marks that a page puts on top.

==========  =====================================================
headline    facts, each with name, label, shown and value (a number, or None); answer, a few sentences; currency
act_on      the head of a list: columns, is_number, rows (all as shown), n_all; name, title, path of the whole
==========  =====================================================
"""

from __future__ import annotations

import html
import os
from collections.abc import Mapping, Sequence

import pandas as pd

from crmlib.language import number, t
from crmlib.language.tables import for_reading
from crmlib.lesson.display import BLUE, as_html, frame, show_marked
from crmlib.lesson.findings import save_table

MOST_SHOWN = 10  # lines of the list
LABEL, FACT = "color: #555; font-size: .85em; padding-right: 1.5em", "font-size: 1.2em; padding-right: 1.5em"


def show_headline(
    facts: Mapping[str, tuple[str, str, float | None]], *, answer: Sequence[str] = (), currency: str | None = None
) -> None:
    """Say the answer in a few facts and sentences, on top of everything.

    Parameters
    ----------
    facts : dict
        By name: the label and the fact as the reader sees them, and the number behind it, if it is one.
    answer : sequence of str
        Three to five sentences, in the reader's language, for somebody who reads no further.
    currency : str, optional
        Of the amounts among them.

    Examples
    --------
    >>> show_headline({"customers": ("Customers", "1,998", 1998), "revenue": ("Revenue", "$5", 5.0)}, currency="USD")
    Customers: 1,998 · Revenue: $5
    """
    listed = [{"name": name, "label": fact[0], "shown": fact[1], "value": fact[2]} for name, fact in facts.items()]
    text = " · ".join(t("{label}: {shown}", label=fact["label"], shown=fact["shown"]) for fact in listed)
    text = "\n".join([text, *answer])
    styles = ((LABEL, "label"), (FACT, "shown"))
    cells = ["".join(f'<div style="{style}">{as_html(fact[part])}</div>' for style, part in styles) for fact in listed]
    within = "".join(f"<div>{cell}</div>" for cell in cells)
    body = f'<div style="display: flex; flex-wrap: wrap; gap: .4em 0">{within}</div>'
    body += "".join(f'<p style="margin: .5em 0 0">{as_html(sentence)}</p>' for sentence in answer)
    mark = {"kind": "headline", "text": text, "currency": currency, "facts": listed, "answer": list(answer)}
    show_marked(text, style=frame(BLUE, "; background: #f4f8fb"), body=body, mark=mark)


def show_priorities(
    table: pd.DataFrame, text: str, name: str, *, title: str, out: str | os.PathLike | None, currency: str | None = None
) -> None:
    """Show the head of the list of whom to act on, and keep all of it as ``tables/<name>.csv``.

    Parameters
    ----------
    table : DataFrame
        One row per customer, the most urgent first: a result of ``priorities.list_priorities``, with what else helps.
    text : str
        A sentence on it, in the reader's language.
    name, title, out
        As in `save_table`.
    currency : str, optional
        Of the amounts.

    Examples
    --------
    >>> nobody = pd.DataFrame({"reason": [], "at_stake": []}, index=pd.Index([], name="customer_id"))
    >>> show_priorities(nobody, "There is nobody to act on.", "2-act-on", title="Whom to act on", out=None)
    There is nobody to act on.
    """
    head = table.head(MOST_SHOWN)
    spoken = head.assign(**{c: head[c].map(_speak) for c in ("reason", "also") if c in head})
    shown = for_reading(spoken.reset_index(), currency=currency)
    is_number = [pd.api.types.is_numeric_dtype(dtype) for dtype in head.reset_index().dtypes]
    rows = shown.astype(object).fillna("").astype(str).to_numpy().tolist()  # a text may be missing
    is_kept = out is not None and len(table) > 0
    mark = {
        "kind": "act_on",
        "text": text,
        "name": name,
        "title": title,
        "path": f"tables/{name}.csv" if is_kept else None,
        "columns": [str(column) for column in shown.columns],
        "is_number": is_number,
        "rows": rows,
        "n_all": len(table),
    }
    show_marked(text, style=frame("#E69F00"), body=_as_table(text, mark), mark=mark)
    if is_kept:
        save_table(table, name, title=title, out=out)


def _speak(codes: str) -> str:
    """The reasons in the reader's language."""
    return t("; ").join(t(code) for code in codes.split("; ") if code)


def _as_table(text: str, mark: dict) -> str:
    """The list as HTML, everything in it escaped."""
    if not mark["rows"]:
        return as_html(text)
    align = ["right" if is_number else "left" for is_number in mark["is_number"]]

    def row(cells: list[str], tag: str) -> str:
        made = (
            f'<{tag} style="text-align: {side}; padding: .1em .8em .1em 0">{as_html(cell)}</{tag}>'
            for cell, side in zip(cells, align, strict=True)
        )
        return f"<tr>{''.join(made)}</tr>"

    lines = "".join(row(cells, "td") for cells in mark["rows"])
    more = t("the first {n} of {total} rows", n=len(mark["rows"]), total=number(mark["n_all"]))
    below = f"<div>{html.escape(more)}</div>" if mark["n_all"] > len(mark["rows"]) else ""
    return f"<div>{as_html(text)}</div><table>{row(mark['columns'], 'th')}{lines}</table>{below}"
