"""The teaching company as files, written as it is made."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from crmlib.simulate import mess
from crmlib.simulate import parameters as p
from crmlib.simulate.company import ADDED_UP, add_up, check_size, chunk_sizes, make_chunk, make_whole
from crmlib.simulate.readme import readme
from crmlib.simulate.statements import FIGURES

YEARS = range(int(str(p.START)[:4]), int(str(p.END)[:4]) + 1)
FILES = (
    "customers.csv",
    "products.csv",
    *(f"transactions-{year}.csv" for year in YEARS),
    "activities.csv",
    "activity_rates.csv",
    "customer_changes.csv",
    "customer_roles.csv",
    "prospects.csv",
    "contacts.csv",
    "lead_sources.csv",
    "invoices.csv",
    "statements.csv",
    "credit_reviews.csv",
    "subscriptions.csv",
    "brand_survey.csv",
    "marketing_spending.csv",
    "ideas.csv",
    "truth/customers.csv",
    "truth/planted-lines.csv",
    "truth/customer-roles.csv",
    "truth/unrecorded-changes.csv",
    "truth/prospects.csv",
    "truth/credit.csv",
    "truth/subscriptions.csv",
    "truth/brand-survey.csv",
    "truth/choice-weights.csv",
    "truth/marketing-spending.csv",
    "truth/ideas.csv",
)
TABLE_OF = {  # of the files that hold a table of a chunk as it is
    "customers.csv": "customers",
    "activities.csv": "activities",
    "customer_changes.csv": "customer_changes",
    "customer_roles.csv": "customer_roles",
    "prospects.csv": "prospects",
    "contacts.csv": "contacts",
    "invoices.csv": "invoices",
    "statements.csv": "statements",
    "credit_reviews.csv": "credit_reviews",
    "subscriptions.csv": "subscriptions",
    "brand_survey.csv": "brand_survey",
    "ideas.csv": "ideas",
    "truth/customers.csv": "truth",
    "truth/customer-roles.csv": "customer_roles_truth",
    "truth/unrecorded-changes.csv": "unrecorded_changes",
    "truth/prospects.csv": "prospects_truth",
    "truth/credit.csv": "credit_truth",
    "truth/subscriptions.csv": "subscriptions_truth",
    "truth/brand-survey.csv": "brand_survey_truth",
    "truth/ideas.csv": "ideas_truth",
}
FILE_OF = {  # of the tables that do not grow with the chunks
    "choice_weights_truth": "truth/choice-weights.csv",
    "marketing_spending_truth": "truth/marketing-spending.csv",
}
FINE = {
    "entity_id",
    "chance_per_call",
    "chance_of_default",
    "chance_to_leave",
    "chance_next",
    "chance_of_success",
}  # tables with such a column have four digits
WHOLE = {"quantity", "years_in_business", "monthly_sales_expected", *FIGURES}  # numbers without decimals
UNFINISHED = ".unfinished"


def write_company(
    folder: str | os.PathLike,
    *,
    n_customers: int = 3000,
    seed: int = p.SEED,
    progress: Callable[[int, int], None] | None = None,
) -> list[Path]:
    """Write the teaching company to `folder`: its tables, what is wrong in them, and the truth apart.

    The files are made by chunks of 10,000 customer records, so memory does not grow
    with their number: a million takes some minutes. They appear when all are
    complete; a run that is broken off leaves nothing but a folder ``.unfinished``,
    which the next run removes. The same `n_customers` and `seed` give the same bytes.

    For tables in memory, without damaged lines, use `simulate_company`.

    Parameters
    ----------
    folder : path
        Made if it is not there. Files of the same names are replaced.
    n_customers : int
        Customer records, of whom some are second records of the same person or firm.
    seed : int
        Another seed gives another company of the same kind.
    progress : callable, optional
        Called after each chunk with the records done and the records to do.

    Returns
    -------
    list of Path
        The files written, README.md last. All but the README are CSV: UTF-8 without
        mark, comma, line feed.

    Raises
    ------
    ValueError
        `n_customers` is not a whole number of at least 1, or `seed` is negative.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = write_company(folder, n_customers=20, seed=1)
    ...     print(written[0].name, written[0].read_text(encoding="utf-8").count("\\n"))
    customers.csv 21
    """
    check_size(n_customers, seed)
    folder = Path(folder)
    unfinished = folder / UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    (unfinished / "truth").mkdir(parents=True)
    try:
        rows, parts = dict.fromkeys(FILES, 0), {name: [] for name in ADDED_UP}
        for name, table in make_whole().items():
            rows[_file_of(name)] += _append(unfinished / _file_of(name), table)
        for chunk, size in chunk_sizes(n_customers):
            made = make_chunk(seed, chunk, size)
            for name, table in TABLE_OF.items():
                rows[name] += _append(unfinished / name, made[table])
            for name, found in parts.items():
                found.append(made[name])
            planted = _append_transactions(unfinished, made["transactions"], rows, seed, chunk)
            rows["truth/planted-lines.csv"] += _append(unfinished / "truth" / "planted-lines.csv", planted)
            if progress is not None:
                progress(chunk * p.CHUNK + size, n_customers)
        for name, found in parts.items():
            rows[_file_of(name)] = _append(unfinished / _file_of(name), add_up(name, found))
        (unfinished / "README.md").write_text(readme(rows, n_customers, seed), encoding="utf-8", newline="")
        (folder / "truth").mkdir(exist_ok=True)
        for name in (*FILES, "README.md"):
            os.replace(unfinished / name, folder / name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return [folder / name for name in (*FILES, "README.md")]


def _file_of(table: str) -> str:
    return FILE_OF.get(table, f"{table}.csv")


def _append(path: Path, table: pd.DataFrame) -> int:
    """Add rows to a file, with a header if it is new; the number of rows."""
    with path.open("a", encoding="utf-8", newline="") as stream:
        stream.write(to_text(table, header=stream.tell() == 0))
    return len(table)


def to_text(table: pd.DataFrame, *, header: bool) -> str:
    """A table as CSV text, the same on every system."""
    text = table.copy()
    for column in text.columns:
        if pd.api.types.is_bool_dtype(text[column].dtype):
            text[column] = np.where(text[column], "true", "false")
    for column in (name for name in text.columns if name in WHOLE or name.endswith("_score")):
        text[column] = text[column].astype("Int64")
    form = "%Y-%m-%d %H:%M" if "order_date" in text.columns else "%Y-%m-%d"
    digits = "%.4f" if FINE & set(text.columns) else "%.2f"
    return text.to_csv(index=False, header=header, lineterminator="\n", date_format=form, float_format=digits)


def _append_transactions(
    folder: Path, transactions: pd.DataFrame, rows: dict[str, int], seed: int, chunk: int
) -> pd.DataFrame:
    """Add a chunk to the files of its years, spoiled; the list of what was planted."""
    till = mess.make_till_lines(len(transactions), seed, chunk)
    both = pd.concat([transactions, till], ignore_index=True)
    both = both.sort_values("order_date", kind="stable", ignore_index=True)
    year_of = both["order_date"].dt.year
    planted = []
    for year in YEARS:
        name = f"transactions-{year}.csv"
        table = both[year_of == year].reset_index(drop=True)
        header, *lines = to_text(table, header=True).splitlines()
        written, found = mess.spoil(lines, table, name, seed, chunk, first_line=rows[name] + 2)
        text = [header, *written] if chunk == 0 else written
        with (folder / name).open("a", encoding="utf-8", newline="") as stream:
            stream.write("".join(line + "\n" for line in text))
        rows[name] += len(written)
        planted.append(found)
    return pd.concat(planted, ignore_index=True)
