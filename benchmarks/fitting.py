"""A scorecard fitted on 100,000 records, beside optbinning's: clock, CPU time, peak memory, and what both find.

    python -m venv build/optbinning && build/optbinning/bin/pip install optbinning pyarrow
    python benchmarks/fitting.py --optbinning build/optbinning/bin/python             measure and print
    python benchmarks/fitting.py --optbinning build/optbinning/bin/python --readme    and write into README.md

The records are made at random from a seed. Both fit on one half and score the other. optbinning is no part of the kit:
it has an environment of its own. Every measurement is a process of its own; the two take turns.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from figures import write_figures

SEED = 2023
NUMBERS, WORDS = 12, 4


def make_records(path: str, n: int) -> None:
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


def measure(who: str, path: str) -> dict:
    """Seconds, CPU seconds and peak memory of fitting and scoring; the AUC on the half that was not fitted on."""
    import pandas as pd
    from sklearn.metrics import roc_auc_score

    records = pd.read_parquet(path)
    half = len(records) // 2
    is_bad, facts = records["is_bad"], records.drop(columns="is_bad")
    fit = fit_ours if who == "crmlib" else fit_optbinning
    imported = "crmlib.credit" if who == "crmlib" else "optbinning"
    __import__(imported)  # what an import costs is another question
    start, cpu = time.monotonic(), time.process_time()
    score, n_used = fit(facts.iloc[:half], is_bad.iloc[:half], facts.iloc[half:])
    seconds, cpu = time.monotonic() - start, time.process_time() - cpu
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9
    auc = roc_auc_score(~is_bad.iloc[half:], score)
    return {"seconds": seconds, "cpu": cpu, "peak": peak, "auc": auc, "n_used": n_used, "versions": versions(who)}


def versions(who: str) -> str:
    from importlib.metadata import version

    names = ("pandas", "scikit-learn") if who == "crmlib" else ("optbinning", "ortools", "pandas", "scikit-learn")
    return ", ".join(f"{name} {version(name)}" for name in names)


def child(python: str, *arguments: str) -> dict:
    command = [python, str(Path(__file__).resolve()), *arguments]
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8", env={**os.environ, **one}
    )
    return json.loads(done.stdout.splitlines()[-1])


def report(n: int, rounds: int, optbinning: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "records.parquet")
        child(sys.executable, "--make", path, str(n))
        pythons = {"crmlib": sys.executable, "optbinning": optbinning}
        found = {who: [] for who in pythons}
        for _ in range(rounds):
            for who, python in pythons.items():
                found[who].append(child(python, "--measure", who, path))
    rows = ["| fitted by | seconds | CPU seconds | peak memory | columns used | AUC on the other half |"]
    rows.append("| --- | --- | --- | --- | --- | --- |")
    for who, runs in found.items():
        middle = {name: statistics.median(run[name] for run in runs) for name in ("seconds", "cpu", "peak", "auc")}
        rows.append(
            f"| {who} | {middle['seconds']:.2f} | {middle['cpu']:.2f} | {middle['peak']:.2f} GB"
            f" | {runs[0]['n_used']} | {middle['auc']:.4f} |"
        )
    ratios = [theirs["cpu"] / ours["cpu"] for ours, theirs in zip(found["crmlib"], found["optbinning"], strict=True)]
    says = (
        f"{n:,} records, {NUMBERS} numbers and {WORDS} words, fitted on half. CPU seconds of optbinning to ours, round"
        f" by round: {statistics.median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f})."
    )
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    packages = "; ".join(f"{who}: {runs[0]['versions']}" for who, runs in found.items())
    return "\n".join([*rows, "", says, f"Median of {rounds} rounds. {machine}. {packages}."])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--optbinning", help="the interpreter of an environment that has optbinning and pyarrow")
    parser.add_argument("--readme", action="store_true", help="write the figures into README.md")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(*options.measure)))
        return
    if options.make:
        make_records(options.make[0], int(options.make[1]))
        print("{}")
        return
    if not options.optbinning:
        parser.error("--optbinning must name the interpreter of an environment with optbinning; see the first lines")
    figures = report(options.records, options.rounds, options.optbinning)
    print(figures)
    if options.readme:
        write_figures("fitting", figures)


if __name__ == "__main__":
    main()
