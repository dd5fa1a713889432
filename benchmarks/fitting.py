"""A scorecard fitted on 100,000 records, beside optbinning's: CPU time, peak memory, and what both find.

    python -m venv build/optbinning && build/optbinning/bin/pip install optbinning pyarrow
    python benchmarks/fitting.py --optbinning build/optbinning/bin/python             measure and print
    python benchmarks/fitting.py --optbinning build/optbinning/bin/python --readme    and write into README.md

The records are made at random from a seed. Both fit on one half and score the other. optbinning is no part of the kit:
it has an environment of its own. Every measurement is a process of its own; the two take turns.
"""

from __future__ import annotations

import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import measure

SEED = 2023
NUMBERS, WORDS = 12, 4


def make_records(path: str, n: int) -> dict:
    """Twelve numbers and four words, half of them telling something of who turns bad; some are missing."""
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(SEED)
    columns, odds = {}, np.full(n, -3.0)
    for place in range(NUMBERS):
        value = random.lognormal(3, 1, n) if place % 3 == 0 else random.normal(0, 1, n)
        odds += (0.5 if place % 2 else 0.0) * (np.log(value) - 3 if place % 3 == 0 else value)
        columns[f"number_{place}"] = np.where(random.random(n) < 0.05, np.nan, np.round(value, 3))
    for place in range(WORDS):
        value = random.integers(0, 6, n)
        odds += (0.3 if place % 2 else 0.0) * (value - 2.5)
        columns[f"word_{place}"] = np.array(list("abcdef"))[value]
    columns["is_bad"] = random.random(n) < 1 / (1 + np.exp(-odds))
    pd.DataFrame(columns).to_parquet(path)
    return {}


def fit_ours(facts: object, is_bad: object, later: object) -> tuple[object, int]:
    from crmlib import credit

    card = credit.fit_scorecard(facts, is_bad)
    return card.score(later), int(card.variables["is_used"].sum())


def fit_optbinning(facts: object, is_bad: object, later: object) -> tuple[object, int]:
    """With the same choices: at most five bins of 5 % each, the bad rate rising or falling, left out below 0.02."""
    from optbinning import BinningProcess, Scorecard
    from sklearn.linear_model import LogisticRegression

    words = [name for name in facts if name.startswith("word")]
    asked = {name: {"monotonic_trend": "auto_asc_desc"} for name in facts if name not in words}
    process = BinningProcess(
        list(facts), categorical_variables=words, max_n_bins=5, min_bin_size=0.05,
        selection_criteria={"iv": {"min": 0.02}}, binning_fit_params=asked,
    )  # fmt: skip
    scale = {"pdo": 20, "odds": 50, "scorecard_points": 600}
    card = Scorecard(
        process, LogisticRegression(), scaling_method="pdo_odds", scaling_method_params=scale, rounding=True
    )
    card.fit(facts, is_bad.astype(int), show_digits=2)
    return card.score(later), card.table()["Variable"].nunique()


def measure_fit(who: str, path: str) -> dict:
    """CPU seconds and peak memory of fitting and scoring; the AUC on the half that was not fitted on."""
    import pandas as pd
    from sklearn.metrics import roc_auc_score

    records = pd.read_parquet(path)
    half = len(records) // 2
    is_bad, facts = records["is_bad"], records.drop(columns="is_bad")
    fit = fit_ours if who == "crmlib" else fit_optbinning
    __import__("crmlib.credit" if who == "crmlib" else who)  # what an import costs is another question
    with measure.spent() as found:
        score, n_used = fit(facts.iloc[:half], is_bad.iloc[:half], facts.iloc[half:])
    named = who if who == "crmlib" else f"{who} {version(who)}"
    return found | {"auc": roc_auc_score(~is_bad.iloc[half:], score), "n_used": n_used, "named": named}


def find(options: object) -> tuple[list[dict], list[str]]:
    pythons = {"crmlib": sys.executable} | ({"optbinning": options.optbinning} if options.optbinning else {})
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "records.parquet")
        measure.child("fitting.py", "make_records", path, options.records)
        found = measure.in_turns(
            pythons,
            options.rounds,
            lambda who: measure.child("fitting.py", "measure_fit", who, path, python=pythons[who], **one),
        )
    rows = [
        measure.row(runs[0]["named"], f"{options.records:,} records", runs, found["crmlib"]) for runs in found.values()
    ]
    says = [
        f"{runs[0]['named']}: {runs[0]['n_used']} of {NUMBERS + WORDS} columns used, AUC {runs[0]['auc']:.4f} on the"
        " half that was not fitted on."
        for runs in found.values()
    ]
    return rows, says


def add(parser: object) -> None:
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--optbinning", help="the interpreter of an environment that has optbinning and pyarrow")


if __name__ == "__main__":
    measure.main(__doc__, "fitting", find, [make_records, measure_fit], add)
