"""Fitting a scorecard to 100,000 records: `credit.fit_scorecard` and optbinning, in turns.

    python benchmarks/fit_scorecard.py                       measure our own, and print
    python benchmarks/fit_scorecard.py --optbinning PYTHON   and optbinning, which that interpreter imports
    python benchmarks/fit_scorecard.py --readme              and write the figures into README.md

optbinning is no dependency of the kit: give it an environment of its own. Both cut the same columns into at most five
bins with one trend, fit a logistic regression on the weights of evidence without a penalty, and scale it to points: 20
double the odds, 600 at 50 to 1. Every measurement is a process of its own; what each fitted is tried on records that
had no part in it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

SEED = 2026
NUMBERS = [f"x{number:02}" for number in range(12)]  # the first six say something, the others nothing
WORDS = ["trade", "region", "payment"]
PACKAGES = ("numpy", "pandas", "scikit-learn", "statsmodels", "optbinning")


def make_records(path: str, n_records: int) -> None:
    """Records with 12 numbers, of which a tenth is missing, and 3 columns of words; about one in ten is bad."""
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(SEED)
    table = pd.DataFrame(random.normal(size=(n_records, len(NUMBERS))), columns=NUMBERS)
    said = sum(table[name] * 0.2 * (place + 1) for place, name in enumerate(NUMBERS[:6]))
    for name in NUMBERS:
        table[name] = table[name].mask(random.random(n_records) < 0.1)
    for place, name in enumerate(WORDS):
        code = random.integers(0, 6, n_records)
        table[name] = np.array(list("abcdef"))[code]
        said = said + 0.15 * (place + 1) * (code - 2.5)
    table["is_bad"] = random.random(n_records) < 1 / (1 + np.exp(3.2 - said))
    table.to_parquet(path)


def fit_ours(facts: object, is_bad: object) -> object:
    from crmlib import credit

    start = time.process_time()
    card = credit.fit_scorecard(facts, is_bad)
    return time.process_time() - start, card.score


def fit_theirs(facts: object, is_bad: object) -> object:
    import numpy as np
    from optbinning import BinningProcess, Scorecard
    from sklearn.linear_model import LogisticRegression

    start = time.process_time()
    # At least 5 % of the records in a bin, and one trend: what credit.fit_scorecard does unless told otherwise.
    trend = dict.fromkeys(NUMBERS, {"monotonic_trend": "auto_asc_desc"})
    process = BinningProcess(
        [*NUMBERS, *WORDS],
        categorical_variables=WORDS,
        max_n_bins=5,
        min_bin_size=0.05,
        selection_criteria={"iv": {"min": 0.02}},
        binning_fit_params=trend,
    )
    scale = {"pdo": 20, "odds": 50, "scorecard_points": 600}
    card = Scorecard(
        process, LogisticRegression(C=np.inf), scaling_method="pdo_odds", scaling_method_params=scale, rounding=True
    )
    card.fit(facts, is_bad.astype(int), metric_missing="empirical")
    seconds = time.process_time() - start
    return seconds, card.score


def measure(way: str, path: str, n_fit: int) -> dict:
    """CPU seconds of the fit, by all threads, the first in this process and the second; AUC on the other records."""
    import pandas as pd
    from sklearn.metrics import roc_auc_score

    records = pd.read_parquet(path)
    facts, is_bad = records.drop(columns="is_bad"), records["is_bad"]
    fit = {"ours": fit_ours, "optbinning": fit_theirs}[way]
    first, _ = fit(facts.head(n_fit), is_bad.head(n_fit))
    second, score = fit(facts.head(n_fit), is_bad.head(n_fit))
    auc = roc_auc_score(is_bad.iloc[n_fit:], -score(facts.iloc[n_fit:]))
    return {"first": first, "second": second, "auc": float(auc), "versions": installed()}


def installed() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except ModuleNotFoundError:
            continue
    return found


def child(python: str, *arguments: str) -> dict:
    command = [python, str(Path(__file__).resolve()), *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    return json.loads(done.stdout.splitlines()[-1])


def report(n_records: int, n_rounds: int, optbinning: str | None) -> str:
    pythons = {"ours": sys.executable} | ({"optbinning": optbinning} if optbinning else {})
    found = {way: [] for way in pythons}
    with tempfile.TemporaryDirectory() as folder:
        path, n_fit = str(Path(folder) / "records.parquet"), n_records
        child(sys.executable, "--make", path, str(n_records + n_records // 5))
        for _ in range(n_rounds):  # in turns, so that a busy minute falls on both
            for way, python in pythons.items():
                found[way].append(child(python, "--measure", way, path, str(n_fit)))
    rows = ["| fitted by | CPU seconds, first fit | second fit | AUC on others |", "| --- | --- | --- | --- |"]
    for way, rounds in found.items():
        name = "`credit.fit_scorecard`" if way == "ours" else f"optbinning {rounds[0]['versions']['optbinning']}"
        spent = [spread([one[fit] for one in rounds]) for fit in ("first", "second")]
        rows.append(f"| {name} | {spent[0]} | {spent[1]} | {rounds[0]['auc']:.4f} |")
    if optbinning:
        pairs = [*zip(found["optbinning"], found["ours"], strict=True)]
        ratios = [spread([theirs[fit] / ours[fit] for theirs, ours in pairs]) for fit in ("first", "second")]
        rows.append(f"| optbinning / ours | {ratios[0]} | {ratios[1]} | |")
    columns = f"{len(NUMBERS)} numbers, {len(WORDS)} columns of words"
    says = (
        f"{n_records:,} records to fit, {n_records // 5:,} others; {columns}. Median of {n_rounds} rounds (least"
        " to most)."
    )
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    packages = ", ".join(f"{name} {number}" for name, number in found["ours"][0]["versions"].items())
    return "\n".join([*rows, "", says, f"{machine}, {packages}."])


def spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--optbinning", help="an interpreter that imports optbinning and pyarrow")
    parser.add_argument("--readme", action="store_true", help="write the figures into README.md")
    parser.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        make_records(options.make[0], int(options.make[1]))
        print("{}")
        return
    if options.measure:
        way, path, n_fit = options.measure
        print(json.dumps(measure(way, path, int(n_fit))))
        return
    figures = report(options.records, options.rounds, options.optbinning)
    print(figures)
    if options.readme:
        from figures import write_figures

        write_figures("fit", figures)


if __name__ == "__main__":
    main()
