"""Credit rating of 100,000 organizations over 12 quarters: CPU time, peak memory.

    python benchmarks/rating.py             measure and print
    python benchmarks/rating.py --readme    and write the figures into README.md

Invoices, statements and reviews are made at random from a seed in a temporary folder: an invoice a month and customer,
a statement each quarter, a review each half-year. Every measurement is a process of its own.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import measure

SEED = 2023
FIRST, N_QUARTERS = "2023-01-01", 12
STEPS = ("gather_facts", "score_customers", "assign_grades", "credit_limits", "migration_matrix")


def make_tables(folder: str, n_customers: int) -> dict:
    """The four tables of a seller on credit, as Parquet: one year more than the quarters that are rated."""
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(SEED)
    names = np.array([f"C{number:07}" for number in range(n_customers)])
    months = pd.date_range(pd.Timestamp(FIRST) - pd.DateOffset(years=1), periods=12 + 3 * N_QUARTERS, freq="MS")
    ends = pd.date_range(months[0], months[-1] + pd.DateOffset(months=1), freq="QE")
    half_years = pd.date_range(months[0], months[-1], freq="182D")
    registered = pd.Timestamp(FIRST) - pd.to_timedelta(random.integers(0, 2000, n_customers), unit="D")
    tables = {
        "customers": {"customer_id": names, "registered_date": registered},
        "invoices": make_invoices(random, names, months.to_numpy()),
        "statements": make_statements(random, names, ends.to_numpy()),
        "credit_reviews": make_reviews(random, names, half_years.to_numpy()),
    }
    for name, columns in tables.items():
        pd.DataFrame(columns).to_parquet(Path(folder) / f"{name}.parquet")
    return {}


def make_invoices(random: object, names: object, months: object) -> dict:
    """An invoice a month and customer, due after 30 days; each pays in their own habit, one in 2,000 never."""
    import numpy as np

    who = np.repeat(np.arange(len(names)), len(months))
    made = np.tile(months, len(names)) + random.integers(0, 28, len(who)).astype("timedelta64[D]")
    due = made + np.timedelta64(30, "D")
    habit = random.gamma(2.0, 6.0, len(names))  # how many days late a customer usually pays
    paid = due + np.round(random.normal(habit[who] - 10, 15)).astype("timedelta64[D]")
    is_lost = random.random(len(who)) < 0.0005
    never = np.datetime64("NaT")
    return {
        "customer_id": names[who],
        "invoice_date": made,
        "due_date": due,
        "amount": np.round(random.lognormal(9, 1, len(who)), 2),
        "paid_date": np.where(is_lost, never, paid),
        "written_off_date": np.where(is_lost, due + np.timedelta64(180, "D"), never),
    }


def make_statements(random: object, names: object, ends: object) -> dict:
    """A statement a quarter and customer, received 45 days later."""
    import numpy as np

    end = np.tile(ends, len(names))
    assets = random.lognormal(15, 1, len(end))
    shares = {
        "total_liabilities": 0.6, "current_assets": 0.5, "current_liabilities": 0.4, "inventory": 0.15,
        "receivables": 0.15, "revenue": 1.2, "cost_of_sales": 1.0, "net_profit": 0.03, "operating_cash_flow": 0.06,
    }  # fmt: skip
    amounts = {name: assets * share * random.lognormal(0, 0.3, len(end)) for name, share in shares.items()}
    days = {"period_end": end, "recorded_date": end + np.timedelta64(45, "D")}
    return {"customer_id": np.repeat(names, len(ends)), **days, "total_assets": assets, **amounts}


def make_reviews(random: object, names: object, days: object) -> dict:
    """A review a half-year and customer."""
    import numpy as np

    n = len(names) * len(days)
    words = {
        "business_size": ["large", "medium", "small"], "trade_rank": ["top 3", "top 10", "other"],
        "management": ["good", "fair", "poor"], "supplier_rank": ["main", "secondary", "occasional"],
        "good_faith": ["gives", "reluctant", "refuses"], "litigation": ["none", "won", "pending", "lost"],
    }  # fmt: skip
    rare = ("is_halted", "is_sued_by_supplier", "is_export")
    return {
        "customer_id": np.repeat(names, len(days)),
        "recorded_date": np.tile(days, len(names)),
        "years_in_business": random.integers(0, 30, n),
        "n_staff": random.integers(5, 400, n),
        "is_staff_stable": random.random(n) < 0.8,
        "monthly_sales_expected": random.lognormal(9, 1, n),
        **{name: random.choice(choices, n) for name, choices in words.items()},
        **{name: random.random(n) < 0.01 for name in rare},
    }


def measure_all(folder: str) -> dict:
    """CPU seconds of each step over all quarters; peak memory of the process; what was rated."""
    import pandas as pd

    from crmlib import credit, scorecard

    names = ("invoices", "statements", "credit_reviews", "customers")
    tables = {name: pd.read_parquet(Path(folder) / f"{name}.parquet") for name in names}
    card = scorecard.load_scorecard("default")
    spent = dict.fromkeys(STEPS, 0.0)

    def timed(step: str, *arguments: object, **options: object) -> object:
        with measure.spent() as cost:
            found = getattr(credit, step)(*arguments, **options)
        spent[step] += cost["cpu"]
        return found

    before, n_rated = None, 0
    for day in pd.date_range(FIRST, periods=N_QUARTERS, freq="QS") + pd.DateOffset(months=3):
        facts = timed("gather_facts", tables, as_of=day)
        scores = timed("score_customers", facts, card, as_of=day)
        graded = timed("assign_grades", scores, card)
        timed("credit_limits", graded, facts, card, stepwise=True)
        if before is not None:
            timed("migration_matrix", before, graded["grade"], grades=card.grade_names)
        before = graded["grade"]
        n_rated += int((before != "not rated").sum())
    memory = sum(table.memory_usage(index=False).sum() for table in tables.values()) / 1e9
    rows = {name: len(table) for name, table in tables.items()}
    return {"spent": spent, "peak": measure.peak_memory(), "tables": memory, "rows": rows, "n_rated": n_rated}


def find(options: object) -> tuple[list[dict], list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        measure.child("rating.py", "make_tables", folder, options.customers)
        runs = [measure.child("rating.py", "measure_all", folder) for _ in range(options.rounds)]
    one = runs[0]
    size = f"{options.customers:,} customers"
    rows = [measure.row(f"`{step}`", size, [{"cpu": run["spent"][step]} for run in runs]) for step in STEPS]
    whole = [{"cpu": sum(run["spent"].values()), "peak": run["peak"]} for run in runs]
    rows.append(measure.row("all of them", size, whole))
    says = (
        f"{size}, {N_QUARTERS} quarters, {one['rows']['invoices']:,} invoices, {one['rows']['statements']:,}"
        f" statements, {one['rows']['credit_reviews']:,} reviews; {one['n_rated']:,} grades given; the tables take"
        f" {one['tables']:.2f} GB of the memory."
    )
    return rows, [says]


def add(parser: object) -> None:
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=1)


if __name__ == "__main__":
    measure.main(__doc__, "rating", find, [make_tables, measure_all], add)
