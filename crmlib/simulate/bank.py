"""A bank's current accounts, RECONSTRUCTED from the course's case: simulated, never to be called real.

The course tells of a bank, without its name or its data: about 19 % of the
customers made 90 % of the profit; most of the other 81 % kept less than $250 on
average and wrote many cheques; among them were people near retirement, and 1 %
new customers who would be useful later; the bank then charged a fee below a
monthly balance unless there were savings. Everything else here is assumed, and the
balances of the modest customers were chosen so that the 19 % and 90 % come out; who
will keep more in three years, and that some of them are no longer young, is assumed. So
the table can show what such a fee does *under stated assumptions*; that 19 % make
90 % it cannot show, for that was put into it.

It draws from a stream of its own and changes no byte of the teaching company.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmlib.language import t
from crmlib.simulate.streams import stream

SEED = 1990
# What the bank earns a year on a dollar, and what a cheque and a month of an account cost it. Assumed.
RATES = {"spread": 0.045, "savings_spread": 0.015, "cheque_cost": 0.20, "account_cost": 1.00}
AVOIDABLE_SHARE = (
    0.10  # of these costs stop when an account is closed: paper and postage, not halls and machines. Assumed
)
RETIRED_AGE = 60
NEW_MONTHS = 12
YOUNG_AGE = 30  # below it, money may grow
# From YOUNG_AGE on it grows, too, for fewer: who spares the young must neither meet all who will grow, nor only them.
MIDDLE_AGE, MIDDLE_GROWS = 50, 0.35


@dataclass(frozen=True)
class Kind:
    """Accounts of one kind; balances and savings lognormal, cheques Poisson. Only `share` of new is the course's."""

    name: str
    share: float
    balance: tuple[float, float]  # median in dollars, sigma of the log
    savings: tuple[float, float, float]  # share who have any, median in dollars, sigma
    cheques: float  # mean a month
    ages: tuple[int, int]
    # Of those below YOUNG_AGE, the share whose money grows within three years to what a core customer keeps;
    # up to MIDDLE_AGE it is MIDDLE_GROWS times that.
    grows: float


# fmt: off
KINDS = (
    Kind("core", 0.19, (4500, 0.45), (0.80, 5500, 0.6), 11, (30, 79), 0.0),
    Kind("modest", 0.27, (1800, 0.40), (0.50, 2200, 0.5), 7, (25, 69), 0.0),
    Kind("cheque writer", 0.39, (120, 0.60), (0.06, 600, 0.6), 14, (20, 59), 0.25),
    Kind("near or past retirement", 0.14, (170, 0.45), (0.45, 3200, 0.5), 4, (60, 84), 0.0),
    Kind("new", 0.01, (110, 0.60), (0.05, 400, 0.5), 6, (18, 29), 0.60),
)
# fmt: on


def simulate_bank(*, n_accounts: int = 10_000, seed: int = SEED) -> dict[str, pd.DataFrame]:
    """Current accounts of a bank that does not exist, and the truth about them.

    Reconstructed from four figures of the course and from assumptions: `RATES`, `KINDS`. See the module's text.

    Parameters
    ----------
    n_accounts : int
        How many; the shares of the kinds are met to the nearest account.
    seed : int
        Another seed gives another bank of the same kind.

    Returns
    -------
    dict of DataFrame
        "accounts": one row per account (index account_id): age, tenure_months, balance and savings (yearly averages in
        dollars), cheques_per_month. "truth", what no bank knows: kind, and balance_later and savings_later, what the
        customer will keep in three years.

    Raises
    ------
    ValueError
        n_accounts is below 100: then 1 % new customers is nobody.

    Examples
    --------
    >>> bank = simulate_bank(n_accounts=1000)
    >>> bank["truth"]["kind"].value_counts().to_dict()["new"]
    10
    """
    if n_accounts < 100:
        raise ValueError(
            t(
                "n_accounts must be at least 100, so that 1 % is somebody; got {n_accounts!r}. Use 10_000.",
                n_accounts=n_accounts,
            )
        )
    random = stream(seed, "bank")
    counts = [round(kind.share * n_accounts) for kind in KINDS]
    counts[2] += n_accounts - sum(counts)  # rounding goes to the largest kind
    table = pd.concat([_accounts(kind, n, random) for kind, n in zip(KINDS, counts, strict=True)], ignore_index=True)
    # In no order, or the number would tell the kind.
    table = table.iloc[random.permutation(n_accounts)].reset_index(drop=True)
    table.index = pd.Index([f"A{number:06}" for number in range(1, n_accounts + 1)], name="account_id", dtype="string")
    truth = ["kind", "balance_later", "savings_later"]
    return {"accounts": table.drop(columns=truth), "truth": table[truth]}


def _accounts(kind: Kind, n: int, random: np.random.Generator) -> pd.DataFrame:
    core = KINDS[0]
    balance, later = _dollars(kind.balance, n, random), _dollars(core.balance, n, random)
    share, *savings_shape = kind.savings
    savings = _dollars(savings_shape, n, random) * (random.random(n) < share)
    savings_later = _dollars(core.savings[1:], n, random)
    age = random.integers(kind.ages[0], kind.ages[1] + 1, n)
    chance = np.select([age < YOUNG_AGE, age < MIDDLE_AGE], [kind.grows, MIDDLE_GROWS * kind.grows], 0.0)
    grows = random.random(n) < chance
    is_new = kind.name == "new"
    return pd.DataFrame(
        {
            "age": age,
            "tenure_months": random.integers(0, NEW_MONTHS, n) if is_new else random.integers(NEW_MONTHS, 300, n),
            "balance": balance,
            "savings": savings.round(2),
            "cheques_per_month": random.poisson(kind.cheques, n),
            "kind": kind.name,
            "balance_later": np.where(grows, later, balance),
            "savings_later": np.where(grows, savings_later, savings).round(2),
        }
    )


def _dollars(shape: tuple[float, float], n: int, random: np.random.Generator) -> np.ndarray:
    median, sigma = shape
    return random.lognormal(np.log(median), sigma, n).round(2)
