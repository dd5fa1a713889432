"""Lines that are the sum of others, known by their amounts: of the whole file, of each customer, month or order.

A report has them between its lines, and they would count everything twice. Words tell some
(`language.words.is_total`); these are told by arithmetic, to the cent.
"""

from __future__ import annotations

import numpy as np

FEWEST_LINES = 10  # of a file, below which a line may equal the sum of the others by chance
FEWEST_GROUPS, MOSTLY = 3, 0.9  # so many groups of three lines and more, so many of them with a sum
# So many times as many values must an amount be able to take as there are lines: else it is chance.
FINE = 50
OF_ALL = "is the sum of all other lines"
OF_ITS = {
    "customer": "is the sum of the other lines of its customer",
    "month": "is the sum of the other lines of its month",
    "order": "is the sum of the other lines of its order",
}


def find_sums(amounts: np.ndarray, groups: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Which lines are the sum of others, by the reason to set them aside for; {} where none is.

    Parameters
    ----------
    amounts : ndarray of float
        One per line, in the order of the file.
    groups : dict of str to ndarray of int
        By "customer", "month" and "order" the group of each line; -1 for none.

    Returns
    -------
    dict of str to ndarray of bool
        The lines, by reason.

    Examples
    --------
    >>> amounts = np.array([12.34, 45.67, 58.01, 7.89, 3.21, 11.10, 9.99, 8.88, 18.87])
    >>> customer = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2])
    >>> found = find_sums(amounts, {"customer": customer})
    >>> {reason: lines.nonzero()[0].tolist() for reason, lines in found.items()}
    {'is the sum of the other lines of its customer': [2, 5, 8]}
    """
    cents = np.rint(amounts * 100).astype(np.int64)
    found, is_open = {}, np.ones(len(cents), dtype=bool)
    for name, of_line in groups.items():
        places = np.flatnonzero(is_open & (of_line >= 0))
        is_sum = np.zeros(len(cents), dtype=bool)
        is_sum[places] = _sums_of_groups(cents[places], of_line[places])
        if is_sum.any():
            found[OF_ITS[name]] = is_sum
            is_open &= ~is_sum
    is_sum = is_open & _sum_of_all(cents, is_open)
    return found | ({OF_ALL: is_sum} if is_sum.any() else {})


def _sums_of_groups(cents: np.ndarray, group: np.ndarray) -> np.ndarray:
    """The last line of each group that equals its others, if nearly all groups have one."""
    is_last = np.zeros(len(cents), dtype=bool)
    if not len(cents) or not _is_fine(cents):
        return is_last
    total, size = np.bincount(group, weights=cents), np.bincount(group)
    hits = np.flatnonzero((np.abs(2 * cents - total[group]) <= 1) & (size[group] >= 2) & (cents > 0))
    has_sum = np.zeros(len(total), dtype=bool)
    has_sum[group[hits]] = True
    is_large, is_there = size >= 3, size > 0
    if is_large.sum() < FEWEST_GROUPS or min(has_sum[is_large].mean(), has_sum[is_there].mean()) < MOSTLY:
        return is_last
    last = np.full(len(total), -1)
    last[group[hits]] = hits  # of several in a group the last one stays
    is_last[last[last >= 0]] = True
    return is_last


def _sum_of_all(cents: np.ndarray, is_open: np.ndarray) -> np.ndarray:
    """The one line that equals all others together, if it can hardly be chance."""
    counted = cents[is_open]
    if len(counted) < FEWEST_LINES or not _is_fine(counted):
        return np.zeros(len(cents), dtype=bool)
    is_sum = is_open & (np.abs(2 * cents - counted.sum()) <= 1) & (cents > 0)
    return is_sum if is_sum.sum() == 1 else np.zeros(len(cents), dtype=bool)


def _is_fine(cents: np.ndarray) -> bool:
    """Could the amounts be so many different ones that equal sums are no chance?"""
    unit = int(np.gcd.reduce(cents)) or 1
    return np.abs(cents).sum() / unit >= FINE * len(cents)


def is_sum_reason(reason: str) -> bool:
    """Is it a reason of these to set a row aside?"""
    return reason == OF_ALL or reason in OF_ITS.values()
