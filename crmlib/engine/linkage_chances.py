"""What agreement and difference say, learned from the pairs themselves: m and u by EM, weights, probabilities."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.engine.linkage import AGREE, MISSING, NEARLY, Prepared, compare_strangers, count_alike, count_pairs

ROUNDS = 20


def _chances_of_strangers(prepared: Prepared, place: int, strangers: pd.DataFrame, linked: np.ndarray) -> np.ndarray:
    """u of a field by outcome from differ on; `linked`, how many pairs of one person there are by outcome."""
    table = prepared.table[prepared.table[f"same_{place}"].notna()]
    n_pairs = count_pairs(table["source"], prepared.by_source)
    if n_pairs == 0:
        return np.full(3, 1 / 3)
    agree = count_alike(table, f"same_{place}", prepared.by_source)
    seen = strangers[strangers[f"g_{place}"] != MISSING]
    n_seen = max(int(seen["n"].sum()), 1)
    nearly = seen.loc[seen[f"g_{place}"] == NEARLY, "n"].sum() / n_seen * n_pairs
    # What was never seen is possible, too: half a pair.
    agree = max(agree - linked[AGREE], 0) + 0.5
    nearly = max(nearly - linked[NEARLY], 0) + 0.5 * n_pairs / n_seen
    rest = max(n_pairs - linked.sum() - agree - nearly, 0.5)
    counts = np.array([rest, nearly, agree])
    if prepared.kinds[place] == "category":
        counts = np.array([rest + nearly, 0.0, agree])
    return counts / counts.sum()


def learn_chances(prepared: Prepared, pairs: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """m and u, fields x outcomes (differ, nearly, agree), by EM within the pairs of each rule.

    The pairs that a rule finds agree in its fields by construction, so they teach only the other fields; strangers are
    all pairs less those of one person.
    """
    n_fields, n_rules = len(prepared.kinds), len(prepared.rules)
    names = [f"g_{place}" for place in range(n_fields)]
    met = [f"met_{number}" for number in range(n_rules)]
    patterns = pairs.groupby(names + met, sort=True).size().rename("n").reset_index()
    outcomes, n = patterns[names].to_numpy(), patterns["n"].to_numpy(dtype=float)
    start = np.array([_start(kind) for kind in prepared.kinds])
    strangers = compare_strangers(prepared)
    m, linked = start, np.zeros((n_fields, 3))
    for _ in range(ROUNDS):
        u = np.array([_chances_of_strangers(prepared, f, strangers, linked[f]) for f in range(n_fields)])
        total, weight = np.zeros((n_fields, 3)), np.zeros((n_fields, 1))
        for number, rule in enumerate(prepared.rules):
            rows = patterns[f"met_{number}"].to_numpy(dtype=bool)
            free = [place for place in range(n_fields) if place not in rule]
            if rows.any() and free:
                learned, n_linked = _learn_in_block(outcomes[rows][:, free], n[rows], start[free], u[free])
                total[free] += n_linked * learned
                weight[free] += n_linked
        before, m = m, np.where(weight > 0, total / np.where(weight > 0, weight, 1), start)
        chance = probabilities(weigh(outcomes, m, u), n, prepared.n_pairs)
        linked = np.array(
            [[(n * chance)[outcomes[:, f] == level].sum() for level in range(3)] for f in range(n_fields)]
        )
        if np.abs(m - before).max() < 1e-6:
            break
    return _rounded(m), _rounded(u)


def _start(kind: str) -> tuple[float, float, float]:
    """What is thought of one person's records before the first look: differ, nearly, agree."""
    return (0.1, 0.0, 0.9) if kind == "category" else (0.05, 0.05, 0.90)


def _learn_in_block(outcomes: np.ndarray, n: np.ndarray, start: np.ndarray, u: np.ndarray) -> tuple[np.ndarray, float]:
    """m of the fields that a rule leaves free, and how many of its pairs are of one person."""
    m, share = start, 0.5
    for _ in range(500):
        weight = weigh(outcomes, m, u)
        odds = share / (1 - share) * np.exp2(np.clip(weight, -500, 500))
        linked = n * odds / (1 + odds)
        counts = np.array(
            [[linked[outcomes[:, f] == level].sum() for level in range(3)] for f in range(outcomes.shape[1])]
        )
        counts += start  # as if one pair had been seen before
        before, m = m, counts / counts.sum(axis=1, keepdims=True)
        share = min(max(linked.sum() / n.sum(), 1e-9), 1 - 1e-9)
        if np.abs(m - before).max() < 1e-9:
            break
    return m, float(linked.sum())


def weigh(outcomes: np.ndarray, m: np.ndarray, u: np.ndarray) -> np.ndarray:
    """The weight in bits of each row of outcomes: log2(m / u), added over the fields that are there."""
    weight = np.zeros(len(outcomes))
    with np.errstate(divide="ignore", invalid="ignore"):
        bits = np.where(m == u, 0.0, np.log2(m) - np.log2(u))
    for place in range(outcomes.shape[1]):
        outcome = outcomes[:, place]
        weight += np.where(outcome == MISSING, 0.0, bits[place][np.maximum(outcome, 0)])
    return weight


def probabilities(weight: np.ndarray, n: np.ndarray, n_pairs: int, share: float | None = None) -> np.ndarray:
    """The probability that each pair, there `n` times, is one person's.

    Without a `share` of all pairs, it is the one that the probabilities add up to.
    """
    ratio = np.exp2(np.clip(weight, -500, 500))
    if share is not None:
        return _posterior(ratio, share)
    share, before = 0.5, -1.0
    for _ in range(1000):
        chance = _posterior(ratio, share)
        before, share = share, min(max((n * chance).sum(), 0.5) / n_pairs, 1 - 1e-9)
        if abs(share - before) <= 1e-9 * before:
            break
    return chance


def _posterior(ratio: np.ndarray, share: float) -> np.ndarray:
    return share * ratio / (share * ratio + 1 - share)


def _rounded(values: np.ndarray) -> np.ndarray:
    """Six digits: enough for a weight, and the same on every machine."""
    return np.array([[float(f"{value:.6g}") for value in row] for row in values])
