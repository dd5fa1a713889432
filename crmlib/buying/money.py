"""What customers are worth by fitted models, and two kinds of doubt about it that are never mixed.

Of the parameters: other data would have given others, and the expected value with them. Of the customers' own futures:
were the parameters known, what one customer will do is still open.
"""

from __future__ import annotations

import numpy as np

from crmlib.buying.ahead import Models, Past, draw_spending, expected_discounted
from crmlib.buying.alike import Alike, find_alike
from crmlib.buying.spending import FittedSpending
from crmlib.language import t

NUMBERS_AT_ONCE = 4_000_000  # values held in memory
FARTHEST_LOG_ERROR = 3.0  # a standard error of a logarithm above it: the parameter may be 20 times as large, or small


def refuse_unusable(model: Models, spending: FittedSpending) -> None:
    """Models whose parameters the data do not tell.

    Raises
    ------
    ValueError
        They do not; the message names what to do instead.
    """
    why = ""
    if not (model.is_converged and spending.is_converged):
        why = t("the search for the parameters did not end at a maximum")
    elif not np.isfinite(spending.average_purchase()):
        why = t("q of Gamma-Gamma is 1 or less, so that the mean of a purchase has no end")
    elif max(largest_log_error(model), largest_log_error(spending)) > FARTHEST_LOG_ERROR:
        why = t("a parameter is not told: it may as well be twenty times as large")
    if why:
        raise ValueError(
            t(
                "the data cannot carry a model of purchases: {why}. Fall back on value.retention_value with a margin"
                " and a retention rate that you state, and say that it is an assumption.",
                why=why,
            )
        )


def largest_log_error(model: Models | FittedSpending) -> float:
    """The largest standard error of the logarithms of the parameters."""
    return float(np.sqrt(np.diag(model.covariance_of_logs)).max())


def expected_value(
    model: Models, spending: FittedSpending, past: Past, horizon: float, force: float, rows: Alike | None = None
) -> np.ndarray:
    """The expected present value of what each customer buys within the horizon; customers alike are worked out once."""
    rows = rows if rows is not None else find_alike(past.x, past.last, past.age)
    x, last, age = rows.columns
    none = np.zeros(len(x))
    purchases = expected_discounted(model, Past(x, last, age, none, none), horizon, force)
    return purchases[rows.of_row] * spending.expected_purchase(past.n_seen, past.mean)


def draws_of_parameters(
    model: Models, spending: FittedSpending, n_draws: int, random: np.random.Generator
) -> list[tuple[Models, FittedSpending]]:
    """Models such as other data would have given; those under which a purchase has no mean are drawn again."""
    drawn: list[tuple[Models, FittedSpending]] = []
    while len(drawn) < n_draws:
        other = spending.drawn(random)
        if other.params["q"] > 1:
            drawn.append((model.drawn(random), other))
    return drawn


def intervals(
    model: Models,
    spending: FittedSpending,
    past: Past,
    horizon: float,
    force: float,
    *,
    n_draws: int,
    level: float,
    random: np.random.Generator,
) -> dict[str, np.ndarray]:
    """Between what two values each customer's expected value lies, and between what two their own future."""
    ends = (1 - level) / 2, (1 + level) / 2
    others = draws_of_parameters(model, spending, n_draws, random)
    at_once = max(1, NUMBERS_AT_ONCE // n_draws)
    found: dict[str, list[np.ndarray]] = {"value": [], "future": []}
    for start in range(0, len(past), at_once):
        some = past.some(slice(start, start + at_once))
        rows = find_alike(some.x, some.last, some.age)
        expected = [expected_value(*one, some, horizon, force, rows) for one in others]
        futures = [draw_spending(model, spending, some, horizon, force, random) for _ in range(n_draws)]
        found["value"].append(np.quantile(expected, ends, axis=0))
        found["future"].append(np.quantile(futures, ends, axis=0))
    return {name: np.concatenate(parts, axis=1) for name, parts in found.items()}


def totals(
    model: Models,
    spending: FittedSpending,
    past: Past,
    horizon: float,
    force: float,
    *,
    n_draws: int,
    random: np.random.Generator,
) -> dict[str, np.ndarray]:
    """The sum over customers, drawn under each kind of doubt and under both."""
    others = draws_of_parameters(model, spending, n_draws, random)
    rows = find_alike(past.x, past.last, past.age)
    drawn = {
        "parameters": [expected_value(*one, past, horizon, force, rows) for one in others],
        "own futures": [draw_spending(model, spending, past, horizon, force, random) for _ in range(n_draws)],
        "both": [draw_spending(*one, past, horizon, force, random) for one in others],
    }
    return {name: np.array([one.sum() for one in each]) for name, each in drawn.items()}
