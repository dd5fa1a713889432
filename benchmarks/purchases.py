"""BG/NBD and Gamma-Gamma fitted to CDNOW, to 100,000 and to a million customers, beside other libraries.

    python -m venv build/lifetimes
    build/lifetimes/bin/pip install lifetimes "numpy<2" "pandas<2.2" "scipy<1.12"
    python -m venv build/clvkit && build/clvkit/bin/pip install clvkit
    python -m venv build/pymc && build/pymc/bin/pip install pymc-marketing
    python benchmarks/purchases.py --lifetimes build/lifetimes/bin/python --clvkit build/clvkit/bin/python
        --pymc build/pymc/bin/python

Those libraries are no part of the kit: each has an environment of its own. The customers are made from a seed, seen by
the day for up to a year; CDNOW is real. lifetimes and clvkit look for the largest likelihood, as we do; pymc-marketing
finds the mode of a posterior, so its numbers differ a little, and its time is with compiled code in the cache.
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from importlib.metadata import version
from pathlib import Path

import measure

SEED = 2024
SIZES = (0, 100_000, 1_000_000)  # 0 is CDNOW
LEAVING, SPENDING = ["r", "alpha", "a", "b"], ["p", "q", "gamma"]
MODELS = {"BG/NBD": LEAVING, "Gamma-Gamma": SPENDING}


def make_customers(path: str, n: int) -> dict:
    """Frequency, recency and tenure in weeks, to the day, and the mean of the repeat purchases."""
    import numpy as np
    import pandas as pd

    from crmlib import customers, datasets

    if not n:
        bought = customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit="week")
        bought[["frequency", "recency", "tenure", "monetary"]].to_csv(path, index=False)
        return {}
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
    again = frequency > 0
    monetary = np.full(n, np.nan)
    scale = random.gamma(3.74, 1 / 15.44, again.sum())
    monetary[again] = random.gamma(6.25 * frequency[again], 1 / (scale * frequency[again]))
    columns = {"frequency": frequency, "recency": last, "tenure": tenure, "monetary": monetary}
    pd.DataFrame(columns).to_csv(path, index=False)
    return {}


# --- a fit by each library, of the one model or the other ----------------------------------------


def fit_ours(bought: object, model: str) -> list[float]:
    from crmlib import purchases

    if model == "BG/NBD":
        return [*purchases.fit_bg_nbd(bought["frequency"], bought["recency"], bought["tenure"]).params.values()]
    return [*purchases.fit_gamma_gamma(bought["frequency"], bought["monetary"]).params.values()]


def fit_lifetimes(bought: object, model: str) -> list[float]:
    from lifetimes import BetaGeoFitter, GammaGammaFitter

    if model == "BG/NBD":
        fitter = BetaGeoFitter()
        fitter.fit(bought["frequency"], bought["recency"], bought["tenure"])
        return [float(fitter.params_[name]) for name in LEAVING]
    fitter = GammaGammaFitter()
    fitter.fit(bought["frequency"], bought["monetary"])
    return [float(fitter.params_[name]) for name in ("p", "q", "v")]


def fit_clvkit(bought: object, model: str) -> list[float]:
    import clvkit
    import pandas as pd

    # Made by hand from what it would count itself, so that all fit the same customers.
    base = clvkit.CustomerBase(
        bought.rename(columns={"tenure": "T", "monetary": "monetary_value"}),
        time_unit="W", collapse="D", observation_period_end=pd.Timestamp("2024-12-31"), has_monetary=True,
        on_negative="keep",
    )  # fmt: skip
    fitted = (clvkit.BGNBD() if model == "BG/NBD" else clvkit.GammaGamma()).fit(base)
    return [float(value) for value in fitted.params_]


def fit_pymc(bought: object, model: str) -> list[float]:
    from pymc_marketing.clv import BetaGeoModel, GammaGammaModel

    data = bought.assign(customer_id=range(len(bought)))
    data = data.rename(columns={"tenure": "T", "monetary": "monetary_value"})
    if model == "BG/NBD":
        fitted, names = BetaGeoModel(data=data.drop(columns="monetary_value")), LEAVING
    else:
        fitted, names = GammaGammaModel(data=data[["customer_id", "frequency", "monetary_value"]]), ["p", "q", "v"]
    fitted.fit(method="map", progressbar=False)
    found = fitted.idata.posterior
    return [float(found[name].mean()) for name in names]


FITS = {
    "crmlib": (fit_ours, ("crmlib.purchases", "crmlib.buying.leaving", "crmlib.buying.spending", "scipy.optimize")),
    "lifetimes": (fit_lifetimes, ("lifetimes",)),
    "clvkit": (fit_clvkit, ("clvkit",)),
    "pymc-marketing": (fit_pymc, ("pymc_marketing.clv",)),
}


def measure_fit(who: str, model: str, path: str) -> dict:
    """CPU seconds, those of compilers too, and peak memory of the fit, imports apart; the parameters."""
    import pandas as pd

    bought = pd.read_csv(path)
    if model == "Gamma-Gamma":  # it sees who came again, and only where something was paid
        bought = bought[(bought["frequency"] > 0) & (bought["monetary"] > 0)].reset_index(drop=True)
    else:
        bought = bought.drop(columns="monetary").assign(monetary=0.0)
    fit, imported = FITS[who]
    for module in imported:  # what an import costs is another question
        __import__(module)
    with measure.spent() as found, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parameters = fit(bought, model)
    named = who if who == "crmlib" else f"{who} {version(who)}"
    return found | {"parameters": parameters, "named": named, "n": len(bought)}


def find(options: object) -> tuple[list[dict], list[str]]:
    asked = {"lifetimes": options.lifetimes, "clvkit": options.clvkit, "pymc-marketing": options.pymc}
    pythons = {"crmlib": sys.executable} | {who: python for who, python in asked.items() if python}
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    rows, apart = [], {}
    for n in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "customers.csv")
            measure.child("purchases.py", "make_customers", path, n)
            for model in MODELS:

                def once(who: str, model: str = model, path: str = path) -> dict:
                    return measure.child("purchases.py", "measure_fit", who, model, path, python=pythons[who], **one)

                found = measure.in_turns(pythons, options.rounds, once)
                ours = found["crmlib"]
                for runs in found.values():
                    named = runs[0]["named"]
                    size = f"{n:,} customers" if n else "2,357 customers (CDNOW)"
                    rows.append(measure.row(f"{model}, {named}", size, runs, ours, size=n))
                    pairs = zip(runs[0]["parameters"], ours[0]["parameters"], strict=True)
                    apart[named] = max(apart.get(named, 0), *(abs(other / own - 1) for other, own in pairs))
    del apart["crmlib"]
    says = ", ".join(f"{named} {share:.2%}" for named, share in apart.items())
    return rows, [f"Parameters are at most so far from ours: {says}."] if says else []


def add(parser: object) -> None:
    parser.add_argument("--sizes", type=int, nargs="+", default=[*SIZES], help="how many customers; 0 is CDNOW")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--lifetimes", help="the interpreter of an environment that has lifetimes")
    parser.add_argument("--clvkit", help="the interpreter of an environment that has clvkit")
    parser.add_argument("--pymc", help="the interpreter of an environment that has pymc-marketing")


if __name__ == "__main__":
    measure.main(__doc__, "purchases", find, [make_customers, measure_fit], add)
