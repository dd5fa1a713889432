"""The response curve of Blattberg and Deighton: a rate that rises with spending towards a ceiling, ever more slowly."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class ResponseCurve(NamedTuple):
    """The rate of success by spending per person: floor + (ceiling - floor) x (1 - exp(-k x spending)).

    ceiling: the rate that no spending passes; k: how fast it is approached, per unit of money; floor: the rate
    without any spending, 0 in the paper.
    """

    ceiling: float
    k: float
    floor: float = 0.0

    def rate(self, spending: np.ndarray) -> np.ndarray:
        """The share that does what we want, at this spending per person."""
        return self.floor - (self.ceiling - self.floor) * np.expm1(-self.k * spending)

    def slope(self, spending: np.ndarray) -> np.ndarray:
        """How much the rate rises with the next unit of money per person."""
        return (self.ceiling - self.floor) * self.k * np.exp(-self.k * spending)

    def spending_at(self, slope: float) -> float:
        """The spending per person at which the slope has come down to this; 0 where it starts below."""
        first = float(self.slope(0.0))
        return float(np.log(first / slope) / self.k) if first > slope else 0.0
