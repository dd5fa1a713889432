"""The contract of the tables under truth/, which `crmlib.tables` does not have: no company knows them."""

from __future__ import annotations

from crmlib.tables import Column, Table

CUSTOMERS = Table(
    name="customers",
    row="one customer record, in the order of customers.csv",
    key=("customer_id",),
    columns=(
        Column("customer_id", "string", "the record's number", required=True),
        Column("entity_id", "string", "the real person or firm; two records of one share it", required=True),
        Column("is_duplicate_of", "string", "customer_id of the first record of the same person or firm"),
        Column("segment", "string", "the kind of customer it was made as", required=True),
        Column("active_from", "date", "when the person or firm became a customer", required=True),
        Column("left_date", "date", "the last day as a customer; empty if still one at the end of 2025"),
        Column("leaving", "string", "how they left, if they did", choices=("fading", "sudden")),
        Column(
            "orders_per_year",
            "number",
            "true rate of orders while active, before season and trend",
            unit="orders",
        ),
        Column("size", "number", "what multiplies the usual quantity of the segment"),
        Column("discount_percent", "integer", "discount on account, off the list price", unit="percent"),
        Column("demanding", "number", "how much service is asked for; the median is 1"),
        Column("yearly_trend", "number", "growth of the rate of orders a year, as a logarithm"),
        Column("is_large", "boolean", "whether made as a large account", required=True),
        Column("is_deal_prone", "boolean", "whether waiting for promotions", required=True),
        Column("never_buys", "boolean", "whether only registered", required=True),
        Column("share_of_orders", "number", "of a second record: share of orders booked to it once it exists"),
    ),
)

PLANTED_LINES = Table(
    name="planted-lines",
    row="one line of a file of transactions that is not as it should be",
    key=("file", "line"),
    columns=(
        Column("file", "string", "the file", required=True),
        Column("line", "integer", "number of the line; the header is line 1", required=True),
        Column(
            "kind",
            "string",
            "what is wrong",
            required=True,
            choices=(
                "no customer",
                "unreadable amount",
                "impossible date",
                "too few fields",
                "repeated line",
            ),
        ),
        Column("column", "string", "the column that is wrong, if it is one"),
        Column("written", "string", "what stands there"),
        Column("meant", "string", "what should stand there, if that is known"),
    ),
)

FILES = {"truth/customers.csv": CUSTOMERS, "truth/planted-lines.csv": PLANTED_LINES}
