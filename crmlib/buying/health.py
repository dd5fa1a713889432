"""Whether the data carry a model of purchases: one check after the other, each with a verdict and what to do."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.buying.ahead import Models, Past, draw_repeats
from crmlib.buying.money import largest_log_error
from crmlib.buying.spending import FittedSpending
from crmlib.language import t

VERDICTS = ["good", "doubtful", "unusable"]
MOST_REPEATS = 7  # seven repeat purchases and more are one bar of the histogram
COPIES = 100_000  # customers drawn at least, for the histogram that the model predicts


def checks(model: Models, spending: FittedSpending, past: Past, random: np.random.Generator) -> pd.DataFrame:
    """One row per check: what was found, the limits of good and doubtful, verdict and what to do."""
    seen = past.n_seen > 0
    n_again = int(seen.sum())
    is_searched = model.is_converged and spending.is_converged
    log_error = max(largest_log_error(model), largest_log_error(spending))
    together = _correlation(past.n_seen[seen], past.mean[seen])
    rows = [
        _row(
            t("the search ended at a maximum (1 is yes)"),
            float(is_searched),
            (1.0, 1.0),
            t("fit again with more customers; believe no number of this model"),
            more_is_better=True,
        ),
        _row(
            t("a parameter at its border: the largest standard error of a logarithm"),
            log_error,
            (1.0, 3.0),
            t("take more customers or a longer time; look at the interval of the total before any plan"),
        ),
        _row(
            t("mean of a purchase: q of Gamma-Gamma, above 1"),
            spending.params["q"],
            (1.5, 1.0),
            t("look for a few enormous purchases and treat them apart"),
            more_is_better=True,
        ),
        _row(
            t("who buys often spends more or less: correlation, without its sign"),
            together,
            (0.2, 0.4),
            t("fit frequent and rare buyers apart, or take each customer's own mean"),
        ),
        _row(
            t("share who bought once only"),
            float((past.x == 0).mean()),
            (0.8, 0.95),
            t("wait longer; of who bought once the model knows no more than of all"),
        ),
        _row(
            t("repeat purchases, predicted against actual: share of customers in the wrong bar"),
            histogram(model, past, random).diff(axis=1)["predicted_share"].abs().sum() / 2,
            (0.05, 0.15),
            t("try another model (fit_mbg_nbd, fit_pareto_nbd), or customers of one season or kind alone"),
        ),
        _row(
            t("customers who bought again"),
            float(n_again),
            (300.0, 100.0),
            t("use the total with its interval, not the list of single customers"),
            more_is_better=True,
        ),
    ]
    table = pd.DataFrame(rows, columns=["check", "found", "good", "unusable", "verdict", "what_to_do"])
    return table.assign(verdict=pd.Categorical(table["verdict"], VERDICTS, ordered=True)).set_index("check")


def _correlation(x: np.ndarray, z: np.ndarray) -> float:
    """Without its sign; of what is all the same, none."""
    return abs(float(np.corrcoef(x, z)[0, 1])) if len(x) > 1 and x.std() > 0 and z.std() > 0 else 0.0


def _row(name: str, found: float, limits: tuple[float, float], advice: str, *, more_is_better: bool = False) -> tuple:
    good, bad = limits
    side = -1 if more_is_better else 1
    passed = [side * found <= side * limit for limit in limits]
    verdict = VERDICTS[0 if passed[0] else 1 if passed[1] else 2]
    return name, found, good, bad, verdict, "" if verdict == "good" else advice


def histogram(model: Models, past: Past, random: np.random.Generator) -> pd.DataFrame:
    """One row per number of repeat purchases: shares of customers, actual and as the model predicts for their ages."""
    bars = [*map(str, range(MOST_REPEATS)), f"{MOST_REPEATS}+"]
    copies = np.tile(past.age, max(1, -(-COPIES // len(past))))
    counted = {"actual_share": past.x, "predicted_share": draw_repeats(model, copies, random)}
    return pd.DataFrame(
        {
            name: np.bincount(np.minimum(one, MOST_REPEATS).astype(int), minlength=len(bars)) / len(one)
            for name, one in counted.items()
        },
        index=pd.Index(bars, name="repeat_purchases"),
    )
