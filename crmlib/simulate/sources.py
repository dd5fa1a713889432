"""What finding prospects costs: one row per source and year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import parameters_prospects as pp
from crmlib.simulate.entities import day_number
from crmlib.simulate.records import typed

YEARS = (2024, 2025)


def make_sources(leads: pd.DataFrame) -> pd.DataFrame:
    """The public table `lead_sources`, as far as these prospects go: a source without any costs nothing yet."""
    rows = []
    is_later = (leads["found"] >= day_number(pp.DRIFT_FROM)).to_numpy()
    for place, (source, chinese, *_, unit) in enumerate(pp.SOURCES):
        for year, fen in zip(YEARS, unit, strict=True):
            n = int(np.sum((leads["source"] == place) & (is_later == (year == YEARS[1]))))
            rows.append({"source": source, "year": year, "cost": n * fen / 100, "source_zh": chinese})
    return typed(pd.DataFrame(rows), ["source", "source_zh"])


def add_up(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The table of all chunks together."""
    return parts[0].assign(cost=sum(part["cost"] for part in parts).round(2))
