"""Customers with the same numbers are alike to a model: they are counted, and their likelihood is computed once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Alike:
    """Distinct rows of some columns, how many customers each has, and the distinct values of each column."""

    columns: tuple[np.ndarray, ...]
    n: np.ndarray
    places: tuple[np.ndarray, ...]  # of each row, where its value stands among the distinct values of its column
    values: tuple[np.ndarray, ...]
    of_row: np.ndarray  # of each customer, which of the rows is theirs

    @property
    def n_customers(self) -> float:
        """How many customers there are."""
        return float(self.n.sum())

    def by_value(self, column: int) -> np.ndarray:
        """How many customers have each distinct value of a column."""
        return np.bincount(self.places[column], self.n, minlength=len(self.values[column]))

    def some(self, most: int) -> Alike:
        """At most so many of the rows, at random from a fixed seed: enough to come near the maximum."""
        chosen = np.sort(np.random.default_rng(0).permutation(len(self.n))[:most])
        return _of_rows([column[chosen] for column in self.columns], self.n[chosen], np.arange(len(chosen)))


def find_alike(*columns: np.ndarray) -> Alike:
    """The distinct rows, in no order that means anything."""
    row, lengths = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        places, values = pd.factorize(column)
        row, lengths = row * len(values) + places, lengths * len(values)
        if lengths > 2**40:  # numbered anew before the product runs over
            row, distinct = pd.factorize(row)
            lengths = len(distinct)
    of_row, distinct = pd.factorize(row)
    first = np.zeros(len(distinct), dtype=np.int64)
    first[of_row[::-1]] = np.arange(len(row))[::-1]
    return _of_rows([column[first] for column in columns], np.bincount(of_row).astype(float), of_row)


def _of_rows(columns: list[np.ndarray], n: np.ndarray, of_row: np.ndarray) -> Alike:
    numbered = [pd.factorize(column) for column in columns]
    return Alike(tuple(columns), n, tuple(one for one, _ in numbered), tuple(one for _, one in numbered), of_row)
