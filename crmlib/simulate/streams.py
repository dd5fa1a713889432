"""Random numbers that stay the same when something else is added."""

from __future__ import annotations

import zlib

import numpy as np


def stream(seed: int, name: str, chunk: int = 0) -> np.random.Generator:
    """The random numbers of one table (or trait) in one chunk of customers.

    Each name has its own stream, so a table that is added, or that draws more than
    it did, changes no number of another.

    Examples
    --------
    >>> int(stream(1, "orders").integers(1000)) == int(stream(1, "orders").integers(1000))
    True
    >>> int(stream(1, "orders").integers(10**9)) == int(stream(1, "survey").integers(10**9))
    False
    """
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, zlib.crc32(name.encode()), chunk])))


def pick(uniform: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """For each uniform number in [0, 1) the place that `weights` give it.

    `weights` is one row for all, or one row for each number.

    Examples
    --------
    >>> pick(np.array([0.0, 0.4, 0.6]), np.array([1.0, 0.0, 1.0])).tolist()
    [0, 0, 2]
    """
    total = np.cumsum(weights, axis=-1)
    if total.ndim == 1:
        place = np.searchsorted(total, uniform * total[-1], side="right")
    else:
        place = (total <= (uniform * total[:, -1])[:, None]).sum(axis=1)
    return np.minimum(place, total.shape[-1] - 1)
