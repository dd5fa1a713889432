"""BG/NBD fitted to CDNOW, to 100,000 and to a million customers, beside lifetimes and pymc-marketing's MAP.

    python -m venv build/lifetimes
    build/lifetimes/bin/pip install lifetimes "numpy<2" "pandas<2.2" "scipy<1.12"
    python -m venv build/pymc && build/pymc/bin/pip install pymc-marketing
    python benchmarks/purchases.py --lifetimes build/lifetimes/bin/python --pymc build/pymc/bin/python [--readme]

Those libraries are no part of the kit: each has an environment of its own. Every measurement is a process of its own;
they take turns. The customers are made from a seed, seen by the day for up to a year; CDNOW is real.
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

SEED = 2024
SIZES = (0, 100_000, 1_000_000)  # 0 is CDNOW
NAMES = ["r", "alpha", "a", "b"]


def make_customers(path: str, n: int) -> None:
    """Frequency, recency and tenure in weeks, to the day."""
    import numpy as np
    import pandas as pd

    from crmlib import customers, datasets

    if not n:
        bought = customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit="week")
        bought[["frequency", "recency", "tenure"]].reset_index(drop=True).to_csv(path, index=False)
        return
    random = np.random.default_rng(SEED)
    rate, chance = random.gamma(0.6, 1 / 8.0, n), random.beta(0.9, 2.5, n)
    tenure = np.ceil(random.uniform(1, 364, n)) / 7
    frequency, last, now, is_there = np.zeros(n), np.zeros(n), np.zeros(n), np.ones(n, dtype=bool)
    while is_there.any():
        here = np.flatnonzero(is_there)
        now[here] += random.exponential(1 / rate[here])
        is_there[here[now[here] >= tenure[here]]] = False
        bought = here[now[here] < tenure[here]]
        frequency[bought] += 1
        last[bought] = now[bought]
        is_there[bought[random.random(len(bought)) < chance[bought]]] = False
    last = np.minimum(np.ceil(last * 7) / 7, tenure)
    pd.DataFrame({"frequency": frequency, "recency": last, "tenure": tenure}).to_csv(path, index=False)


def fit_ours(bought: object) -> list[float]:
    from crmlib import purchases

    return [*purchases.fit_bg_nbd(bought["frequency"], bought["recency"], bought["tenure"]).params.values()]


def fit_lifetimes(bought: object) -> list[float]:
    from lifetimes import BetaGeoFitter

    model = BetaGeoFitter()
    model.fit(bought["frequency"], bought["recency"], bought["tenure"])
    return [float(model.params_[name]) for name in NAMES]


def fit_pymc(bought: object) -> list[float]:
    from pymc_marketing.clv import BetaGeoModel

    data = bought.rename(columns={"tenure": "T"}).assign(customer_id=range(len(bought)))
    model = BetaGeoModel(data=data)
    model.fit(method="map", progressbar=False)
    found = model.idata.posterior
    return [float(found[name].mean()) for name in NAMES]


FITS = {
    "crmlib": (fit_ours, "scipy.special"),
    "lifetimes": (fit_lifetimes, "lifetimes"),
    "pymc-marketing": (fit_pymc, "pymc_marketing.clv"),
}


def measure(who: str, path: str) -> dict:
    """Seconds, CPU seconds and peak memory of the fit, imports apart; the parameters."""
    import pandas as pd

    bought = pd.read_csv(path)
    fit, imported = FITS[who]
    __import__(imported)  # what an import costs is another question
    start, cpu = time.monotonic(), os.times()
    parameters = fit(bought)
    seconds, end = time.monotonic() - start, os.times()
    used = sum(end[:4]) - sum(cpu[:4])  # compilers that it starts, too
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9
    return {"seconds": seconds, "cpu": used, "peak": peak, "parameters": parameters, "version": version_of(who)}


def version_of(who: str) -> str:
    from importlib.metadata import version

    return f"{who} {version(who)}"


def child(python: str, *arguments: str) -> dict:
    command = [python, str(Path(__file__).resolve()), *arguments]
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8", env={**os.environ, **one}
    )
    return json.loads(done.stdout.splitlines()[-1])


def report(sizes: list[int], rounds: int, pythons: dict[str, str]) -> str:
    rows = ["| customers | fitted by | CPU seconds | of ours | peak memory | r, alpha, a, b |"]
    rows.append("| --- | --- | --- | --- | --- | --- |")
    for n in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "customers.csv")
            child(sys.executable, "--make", path, str(n))
            found = {who: [] for who in pythons}
            for _ in range(rounds):
                for who, python in pythons.items():
                    found[who].append(child(python, "--measure", who, path))
        ours = statistics.median(run["cpu"] for run in found["crmlib"])
        for who, runs in found.items():
            cpu, peak = (statistics.median(run[name] for run in runs) for name in ("cpu", "peak"))
            parameters = " ".join(f"{value:.3f}" for value in runs[0]["parameters"])
            named = f"{n:,}" if n else "2,357 (CDNOW)"
            rows.append(f"| {named} | {who} | {cpu:.2f} | {cpu / ours:.0f} | {peak:.2f} GB | {parameters} |")
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    packages = ", ".join(runs[0]["version"] for runs in found.values())
    return "\n".join([*rows, "", f"Median of {rounds} rounds, imports apart. {machine}, {packages}."])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[*SIZES], help="how many customers; 0 is CDNOW")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--lifetimes", help="the interpreter of an environment that has lifetimes")
    parser.add_argument("--pymc", help="the interpreter of an environment that has pymc-marketing")
    parser.add_argument("--readme", action="store_true", help="write the figures into README.md")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(*options.measure)))
        return
    if options.make:
        make_customers(options.make[0], int(options.make[1]))
        print("{}")
        return
    pythons = {"crmlib": sys.executable, "lifetimes": options.lifetimes, "pymc-marketing": options.pymc}
    figures = report(options.sizes, options.rounds, {who: one for who, one in pythons.items() if one})
    print(figures)
    if options.readme:
        write_figures("purchases", figures)


if __name__ == "__main__":
    main()
