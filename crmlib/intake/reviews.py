"""Reviews of customers as sellers write them -> the table `credit_reviews`: words as choices, and each told."""

from __future__ import annotations

import dataclasses
import os

import pandas as pd
import pyarrow as pa

from crmlib.intake.cells import MISSING
from crmlib.intake.mapping import Reading
from crmlib.intake.raw import Raw
from crmlib.intake.reading import read_rows
from crmlib.intake.records import shorten
from crmlib.intake.report import IntakeReport
from crmlib.intake.review_words import choice_of, number_in
from crmlib.language import plural, t
from crmlib.tables import CREDIT_REVIEWS

MOST_SHOWN = 4


def read_reviews(path: str | os.PathLike, reading: Reading) -> tuple[pd.DataFrame, IntakeReport]:
    """Read reviews; 大型 is read as large, 是 as true, 15年 as 15. A word that is not known sets its row aside."""
    frame, report, _ = read_rows(path, CREDIT_REVIEWS, reading, translate=_translate)
    n = int(frame.duplicated(list(CREDIT_REVIEWS.key)).sum())
    doubts = []
    if n:
        rows = plural(n, "1 row", "{n} rows")
        doubts.append(t("A customer was reviewed twice on one day: {rows}. Which of the two is meant?", rows=rows))
    return frame, dataclasses.replace(report, doubts=(*report.doubts, *doubts))


def _translate(raw: Raw) -> tuple[Raw, list[str]]:
    """Words as the choices of the contract, and sentences on which was read as what."""
    columns, said = dict(raw.columns), []
    for column in CREDIT_REVIEWS.columns:
        cells = raw.columns.get(column.name)
        if cells is None or not pa.types.is_large_string(cells.type):
            continue
        if not column.choices and column.type not in ("boolean", "number", "integer"):
            continue
        texts = cells.to_pylist()
        is_word = bool(column.choices) or column.type == "boolean"
        means = {
            text: found
            for text in dict.fromkeys(filter(None, texts))
            if text.strip().casefold() not in MISSING  # "None" is what programs write for nothing
            if (found := choice_of(column.name, text) if is_word else number_in(text)) not in (None, text)
        }
        if means:
            columns[column.name] = pa.chunked_array(
                [pa.array([means.get(one, one) for one in texts], pa.large_string())]
            )
            said.append(_describe(column.name, means))
    return raw._replace(columns=columns), said


def _describe(name: str, means: dict[str, str]) -> str:
    pairs = [
        t("{theirs} as {ours}", theirs=shorten(theirs.strip(), 20), ours=ours)
        for theirs, ours in list(means.items())[:MOST_SHOWN]
    ]
    more = " …" if len(means) > MOST_SHOWN else ""
    return t("{column}: read {pairs}.", column=name, pairs=t(", ").join(pairs) + more)
