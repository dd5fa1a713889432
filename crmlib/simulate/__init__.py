"""The teaching company, 嘉禾食品 Jiahe Foods: simulated, at any size, with the truth known.

    simulate_company(n_customers=3000)      tables in memory, nothing wrong in them
    write_company("my-company", n_customers=100_000)     files, as messy as life

It is SIMULATED and must always be called so. What shapes it is in `parameters`
(`parameters_prospects`, `parameters_facts`, `parameters_credit`, `parameters_worth`);
what comes out of it (how concentrated sales are, who loses money) is set nowhere.

A table that is added draws from a stream of its own (`streams.stream`, keyed by the
seed, the table's name and the chunk of customers), so it changes no byte of the
others; nor does a larger number of customers change chunks that are full.

The modules, in the order in which they build on each other: `parameters`, `streams`,
`entities` (the people and firms), `names`, `records` (customers), `orders`
(products, transactions), `service` (activities), `changes` and `roles` (of customers),
`prospects`, `contacts` (calls to them), `sources`, `credit` (how well organisations can pay), `invoices`,
`statements`, `reviews`, `subscriptions`, `brands`, `marketing`, `ideas`, `company` (all of a chunk), `mess`,
`truth`, `readme`, `files`. Apart from the company stands `bank`: current accounts
rebuilt from the course's case, simulated as well.
"""

from __future__ import annotations

import pandas as pd

from crmlib.simulate.company import ADDED_UP, BY_CHUNK, add_up, check_size, chunk_sizes, make_chunk, make_whole
from crmlib.simulate.files import write_company
from crmlib.simulate.parameters import SEED
from crmlib.tables import TABLES

__all__ = ["SEED", "simulate_company", "write_company"]


def simulate_company(*, n_customers: int = 3000, seed: int = SEED) -> dict[str, pd.DataFrame]:
    """The teaching company in memory: clean, typed tables, and the truth.

    For files (messy, and as many customers as the disk holds) use `write_company`;
    with the same `n_customers` and `seed` it is the same company.

    Parameters
    ----------
    n_customers : int
        Customer records, of whom some are second records of the same person or firm.
    seed : int
        Another seed gives another company of the same kind.

    Returns
    -------
    dict of DataFrame
        "customers", "products", "transactions", "activities", "activity_rates", "customer_changes",
        "customer_roles", "prospects", "contacts", "lead_sources", "invoices", "statements", "credit_reviews",
        "subscriptions", "brand_survey", "marketing_spending" and "ideas" as in `crmlib.tables`, amounts in CNY with two
        decimals (of statements, whole yuan); and what no company knows (see `crmlib.simulate.truth`): "truth", one row
        per customer record, and "customer_roles_truth", "unrecorded_changes", "prospects_truth", "credit_truth",
        "subscriptions_truth", "brand_survey_truth", "choice_weights_truth", "marketing_spending_truth" and
        "ideas_truth".

    Raises
    ------
    ValueError
        `n_customers` is not a whole number of at least 1, or `seed` is negative.

    Examples
    --------
    >>> company = simulate_company(n_customers=200, seed=1)
    >>> len(company["customers"]), int(company["truth"]["is_duplicate_of"].notna().sum())
    (200, 7)
    >>> bool((company["transactions"]["amount"] < 0).any())  # refunds
    True
    """
    check_size(n_customers, seed)
    chunks = [make_chunk(seed, chunk, size) for chunk, size in chunk_sizes(n_customers)]
    tables = {name: pd.concat([chunk[name] for chunk in chunks], ignore_index=True) for name in BY_CHUNK}
    tables |= {name: add_up(name, [chunk[name] for chunk in chunks]) for name in ADDED_UP}
    tables |= make_whole()
    public = [name for name in TABLES if name in tables]
    return {name: tables[name] for name in [*public, *(name for name in tables if name not in public)]}
