"""The contract of every table: columns, types, meaning, unit, key.

Every other module reads its column names from here. A table of yours has
other names at first; ``intake`` renames them once, and from then on a column
means the same thing everywhere in the kit.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from crmlib.language import t

TIME_UNITS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}  # in days
TYPES = ("string", "number", "integer", "datetime", "date", "boolean")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``personal`` marks what could identify a person: reports mask it unless
    asked not to. ``choices`` lists the only values allowed, if they are few.
    """

    name: str
    type: str
    meaning: str
    unit: str | None = None
    required: bool = False
    personal: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: what a row is, which columns identify it, and its columns."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def required(self) -> list[str]:
        return [column.name for column in self.columns if column.required]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def added_up(self) -> str | None:
        """What is added up of each row: the amount of an order's line, the value of a customer; None elsewhere."""
        return next((name for name in ("amount", "value") if name in self.names), None)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class Field:
    """One column of a contract on customer records: what it is for, and what a good value is.

    ``pattern`` is a regular expression that a value must match as a whole, ``choices`` the only values allowed;
    ``unique`` says that no two records may share a value, ``fresh_days`` for how long a value is good after it was
    last checked. A field that is not ``required`` may be empty.
    """

    name: str
    purpose: str
    required: bool = True
    pattern: str | None = None
    choices: tuple[str, ...] = ()
    unique: bool = False
    fresh_days: int | None = None


TRANSACTIONS = Table(
    name="transactions",
    row="one line of an order or of a refund",
    key=(),
    columns=(
        Column("customer_id", "string", "who bought", required=True),
        Column("order_date", "datetime", "when it was ordered, or refunded", required=True),
        Column(
            "amount",
            "number",
            "what the customer paid for the line, after discounts; a refund is negative",
            unit="currency",
            required=True,
        ),
        Column("order_id", "string", "the order the line belongs to; without it, a customer and day is an order"),
        Column("product_id", "string", "what was bought"),
        Column("category", "string", "the product's category"),
        Column("quantity", "number", "how many units", unit="units"),
        Column("cost", "number", "what the goods of the line cost the seller", unit="currency"),
        Column("channel", "string", "where the order came in"),
        Column(
            "profit",
            "number",
            "amount less cost, where that is what the file has; it becomes the cost",
            unit="currency",
        ),
    ),
)

CUSTOMER_VALUES = Table(
    name="customer_values",
    row="one customer, with what they brought in all: for who has no orders, but their totals",
    key=("customer_id",),
    columns=(
        Column("customer_id", "string", "who bought; where no column says it, rows are numbered", required=True),
        Column("value", "number", "what the customer brought in all, after refunds", unit="currency", required=True),
        Column("n_orders", "integer", "how many orders that were", unit="orders"),
        Column("first_order_date", "date", "the day of the first order"),
        Column("last_order_date", "date", "the day of the last order"),
        Column("cost", "number", "what the goods cost the seller", unit="currency"),
        Column("profit", "number", "what was left of the value after all costs", unit="currency"),
    ),
)

CUSTOMERS = Table(
    name="customers",
    row="one customer record (a person may have two by mistake)",
    key=("customer_id",),
    columns=(
        Column("customer_id", "string", "the record's number", required=True),
        Column("customer_type", "string", "a person or an organisation", choices=("person", "organisation")),
        Column("name", "string", "the name as typed in", personal=True),
        Column("phone", "string", "telephone as typed in", personal=True),
        Column("email", "string", "e-mail address as typed in", personal=True),
        Column("address", "string", "street address as typed in", personal=True),
        Column("city", "string", "the city"),
        Column("birth_date", "date", "date of birth, people only", personal=True),
        Column("industry", "string", "line of business, organisations only"),
        Column("registered_date", "date", "when the record was made"),
        Column("referred_by", "string", "customer_id of whoever recommended us"),
    ),
)

PRODUCTS = Table(
    name="products",
    row="one product",
    key=("product_id",),
    columns=(
        Column("product_id", "string", "the product's number", required=True),
        Column("product_name", "string", "its name in English"),
        Column("product_name_zh", "string", "its name in Chinese"),
        Column("category", "string", "its category"),
        Column("list_price", "number", "price before discounts", unit="currency"),
        Column("unit_cost", "number", "what one unit costs the seller", unit="currency"),
    ),
)

ACTIVITIES = Table(
    name="activities",
    row="one customer, month and kind of activity that costs money to serve",
    key=("customer_id", "month", "activity"),
    columns=(
        Column("customer_id", "string", "whom it was done for", required=True),
        Column("month", "date", "first day of the month", required=True),
        Column("activity", "string", "what was done", required=True),
        Column("n_times", "integer", "how many times", unit="times", required=True),
    ),
)

ACTIVITY_RATES = Table(
    name="activity_rates",
    row="one kind of activity",
    key=("activity",),
    columns=(
        Column("activity", "string", "what is done", required=True),
        Column("unit_cost", "number", "what doing it once costs", unit="currency", required=True),
        Column("driver", "string", "what one unit of it is"),
        Column("activity_zh", "string", "what is done, in Chinese"),
        Column("driver_zh", "string", "what one unit of it is, in Chinese"),
    ),
)

CUSTOMER_CHANGES = Table(
    name="customer_changes",
    row="one fact about a customer, from the day it held; customers has what was typed at first",
    key=("customer_id", "field", "valid_from"),
    columns=(
        Column("customer_id", "string", "whom it is about", required=True),
        Column(
            "field",
            "string",
            "what it says: address, phone, job (people) or contact person (organisations)",
            required=True,
        ),
        Column("field_value", "string", "the address, number, job or name", required=True, personal=True),
        Column(
            "valid_from",
            "date",
            "since when it holds; of the first fact, the day of the record, though it may have held before",
            required=True,
        ),
        Column("recorded_date", "date", "when it was written down; before, nobody here knew", required=True),
    ),
)

CUSTOMER_ROLES = Table(
    name="customer_roles",
    row="one record of a list: of the customers, the staff or the suppliers",
    key=("customer_id",),
    columns=(
        Column("customer_id", "string", "the record's number; N... is not in customers", required=True),
        Column(
            "listed_in",
            "string",
            "the list the record stands in",
            required=True,
            choices=("customers", "staff", "suppliers"),
        ),
        Column("pays", "string", "who pays"),
        Column("uses", "string", "who uses what is bought"),
        Column(
            "purpose",
            "string",
            "what it is bought for",
            choices=("own use", "resale", "used in the organisation", "public service", "for others"),
        ),
        Column("second_purpose", "string", "what a part is bought for, if that differs"),
        Column("organisation_kind", "string", "kind of organisation, by its papers"),
        Column("is_staff", "boolean", "whether somebody of our own staff", required=True),
        Column("is_supplier", "boolean", "whether we buy from them", required=True),
    ),
)

PROSPECTS = Table(
    name="prospects",
    row="one prospect: an organisation that is offered a yearly supply contract",
    key=("prospect_id",),
    columns=(
        Column("prospect_id", "string", "the prospect's number", required=True),
        Column("name", "string", "name of the organisation", personal=True),
        Column("industry", "string", "line of business"),
        Column("city", "string", "the city"),
        Column("found_date", "date", "when we found them", required=True),
        Column("source", "string", "where we found them", required=True),
        Column("seller", "string", "who calls on them, by number"),
        Column("is_old_customer", "boolean", "whether they bought from us before, and may have left"),
        Column("customer_id", "string", "their number as a customer, old customers only"),
        Column("money_score", "number", "can they pay: what the seller wrote before the first call", unit="0 to 100"),
        Column("authority_score", "number", "can who we know decide: before the first call", unit="0 to 100"),
        Column("need_score", "number", "do they need it: before the first call", unit="0 to 100"),
        Column(
            "lot",
            "string",
            "what a lot said, where one was drawn: called on up to twelve times, or as usual",
            choices=("called on", "as usual"),
        ),
        Column(
            "outcome",
            "string",
            "how it ended, known only at the end; open: not decided on the last day",
            choices=("won", "declined", "given up", "open"),
        ),
        Column("converted_date", "date", "when they signed; known only then"),
        Column(
            "order_margin",
            "number",
            "margin of the contract's first year, of those won; its goods are not in transactions",
            unit="currency",
        ),
    ),
)

CONTACTS = Table(
    name="contacts",
    row="one call or visit to a prospect",
    key=("prospect_id", "n_contact"),
    columns=(
        Column("prospect_id", "string", "whom it was made to", required=True),
        Column("n_contact", "integer", "1 for the first call or visit, 2 for the second ...", required=True),
        Column("contact_date", "date", "the day", required=True),
        Column("channel", "string", "how it was made", choices=("phone", "visit")),
        Column("minutes", "integer", "how long it lasted: known only when the answer is", unit="minutes"),
        Column("cost", "number", "what it cost us", unit="currency"),
        Column(
            "outcome",
            "string",
            "what came of it",
            required=True,
            choices=("no answer", "call again", "declined", "won"),
        ),
    ),
)

LEAD_SOURCES = Table(
    name="lead_sources",
    row="one source of prospects in one year",
    key=("source", "year"),
    columns=(
        Column("source", "string", "where prospects were found", required=True),
        Column("year", "integer", "the year", required=True),
        Column("cost", "number", "what finding them cost in that year, calls not included", unit="currency"),
        Column("source_zh", "string", "where prospects were found, in Chinese"),
    ),
)

INVOICES = Table(
    name="invoices",
    row="one invoice; where none has a paid_date, the list is one of open items",
    key=("invoice_id",),
    columns=(
        Column("invoice_id", "string", "the invoice's number", required=True),
        Column("customer_id", "string", "who owes it", required=True),
        Column("invoice_date", "date", "the day of the invoice"),
        Column("due_date", "date", "the last day on which it is paid in time", required=True),
        Column("amount", "number", "what is owed; more than nothing", unit="currency", required=True),
        Column("paid_date", "date", "when it was paid in full; empty while it is open"),
        Column("written_off_date", "date", "when it was given up as bad; empty unless it was"),
    ),
)

STATEMENTS = Table(
    name="statements",
    row="one customer's statement at the end of one quarter; its flows are of the twelve months up to then",
    key=("customer_id", "period_end"),
    columns=(
        Column("customer_id", "string", "whose statement it is", required=True),
        Column("period_end", "date", "the last day of the quarter", required=True),
        Column("recorded_date", "date", "when we received it; before, nobody here knew", required=True),
        Column("total_assets", "number", "total assets at the end of the quarter", unit="currency"),
        Column("total_liabilities", "number", "total liabilities at the end of the quarter", unit="currency"),
        Column("current_assets", "number", "current assets at the end of the quarter", unit="currency"),
        Column("current_liabilities", "number", "current liabilities at the end of the quarter", unit="currency"),
        Column("inventory", "number", "inventory at the end of the quarter", unit="currency"),
        Column("receivables", "number", "trade receivables at the end of the quarter", unit="currency"),
        Column("revenue", "number", "revenue of the twelve months", unit="currency"),
        Column("cost_of_sales", "number", "cost of sales of the twelve months", unit="currency"),
        Column("net_profit", "number", "net profit of the twelve months; a loss is negative", unit="currency"),
        Column("operating_cash_flow", "number", "operating cash flow of the twelve months", unit="currency"),
    ),
)

CREDIT_REVIEWS = Table(
    name="credit_reviews",
    row="one customer as the seller judged them on one day, every half-year",
    key=("customer_id", "recorded_date"),
    columns=(
        Column("customer_id", "string", "whom it is about", required=True),
        Column("recorded_date", "date", "when it was written down", required=True),
        Column("years_in_business", "number", "how long the business has existed", unit="years"),
        Column("business_size", "string", "size of the business", choices=("large", "medium", "small")),
        Column("trade_rank", "string", "place in the local trade", choices=("top 3", "top 10", "other")),
        Column("management", "string", "how it is led", choices=("good", "fair", "poor")),
        Column("supplier_rank", "string", "what we are to them", choices=("main", "secondary", "occasional")),
        Column("good_faith", "string", "whether statements are given", choices=("gives", "reluctant", "refuses")),
        Column("n_staff", "integer", "how many work there", unit="people"),
        Column("is_staff_stable", "boolean", "whether few of them leave"),
        Column("litigation", "string", "suits about their debts", choices=("none", "won", "pending", "lost")),
        Column("is_halted", "boolean", "whether an authority has stopped the business"),
        Column("is_sued_by_supplier", "boolean", "whether another supplier has sued for payment"),
        Column("is_export", "boolean", "whether the business is export"),
        Column(
            "monthly_sales_expected",
            "number",
            "what the seller expects to sell a month, new customers",
            unit="currency",
        ),
    ),
)

SUBSCRIPTIONS = Table(
    name="subscriptions",
    row="one subscription, paid by the month",
    key=("subscription_id",),
    columns=(
        Column("subscription_id", "string", "the subscription's number", required=True),
        Column("customer_id", "string", "who subscribes; who comes back has a second one", required=True),
        Column("plan", "string", "what is delivered"),
        Column("monthly_fee", "number", "what a month cost when it began", unit="currency"),
        Column("monthly_cost", "number", "goods and delivery of a month", unit="currency"),
        Column("start_date", "date", "the first day of the first month that is paid", required=True),
        Column("end_date", "date", "the last day of the last month that was paid; empty while it runs"),
    ),
)

SCORES = {
    "quality": "quality of the goods",
    "price": "prices; 5 is cheap",
    "convenience": "how easily one buys there",
    "liking": "how well the brand is liked",
    "trust": "trust in the brand",
    "recognition": "being known and treated well",
    "rewards": "rewards for coming back",
}
BRAND_SURVEY = Table(
    name="brand_survey",
    row="one respondent of a survey and one grocer",
    key=("respondent_id", "grocer"),
    columns=(
        Column("respondent_id", "string", "the respondent's number; nobody is asked twice", required=True),
        Column("survey_date", "date", "the day of the survey", required=True),
        Column("grocer", "string", "which of the grocers", required=True),
        Column("customer_id", "string", "the number as a customer of ours, if their card says so"),
        Column("is_last", "boolean", "whether they bought there last, before the survey", required=True),
        Column("is_next", "boolean", "whether they bought there next, after it", required=True),
        *(Column(name, "integer", f"{what}, 1 to 5, as they see it") for name, what in SCORES.items()),
        Column("monthly_spend", "number", "what they spend on groceries a month, all grocers", unit="currency"),
    ),
)

MARKETING_SPENDING = Table(
    name="marketing_spending",
    row="one city, month and aim: what was spent, and what came of it",
    key=("city", "month", "aim"),
    columns=(
        Column("city", "string", "the city", required=True),
        Column("month", "date", "the first day of the month", required=True),
        Column("aim", "string", "to win people, or to keep customers", required=True, choices=("win", "keep")),
        Column("n_people", "integer", "people asked, or customers at risk", unit="people", required=True),
        Column("spent", "number", "what was spent on them", unit="currency", required=True),
        Column("n_success", "integer", "won, or still customers a quarter later", unit="people", required=True),
        Column("is_test", "boolean", "whether the amount was drawn by lot, and not chosen"),
    ),
)

IDEAS = Table(
    name="ideas",
    row="one suggestion of a customer",
    key=("idea_id",),
    columns=(
        Column("idea_id", "string", "the idea's number", required=True),
        Column("customer_id", "string", "whose idea it is", required=True),
        Column("idea_date", "date", "when it was written down", required=True),
        Column("topic", "string", "what it is about"),
        Column("is_adopted", "boolean", "whether it was taken up"),
        Column("yearly_gain", "number", "what it was booked to bring a year; empty if not adopted", unit="currency"),
    ),
)

# No file of yours, and no name in it: what intake finds in the records of customers before it masks them.
RECORD_PAIRS = Table(
    name="record_pairs",
    row="two records of customers that may be the same customer twice",
    key=("id_left", "id_right"),
    columns=(
        Column("id_left", "string", "the one record's number; it sorts first", required=True),
        Column("id_right", "string", "the other record's number", required=True),
        Column(
            "weight", "number", "what speaks for one customer, less what speaks against", unit="bits", required=True
        ),
        Column("probability", "number", "that they are one customer", required=True),
        Column("is_likely", "boolean", "is it more likely one customer than two?", required=True),
        *(
            Column(name, "string", f"what the two say of the {name}", choices=("agree", "nearly", "differ", "missing"))
            for name in ("name", "phone", "email", "address", "birth_date")
        ),
    ),
)

TABLES = {
    table.name: table
    for table in (
        TRANSACTIONS,
        CUSTOMER_VALUES,
        CUSTOMERS,
        PRODUCTS,
        ACTIVITIES,
        ACTIVITY_RATES,
        CUSTOMER_CHANGES,
        CUSTOMER_ROLES,
        PROSPECTS,
        CONTACTS,
        LEAD_SOURCES,
        INVOICES,
        STATEMENTS,
        CREDIT_REVIEWS,
        SUBSCRIPTIONS,
        BRAND_SURVEY,
        MARKETING_SPENDING,
        IDEAS,
    )
}


def check_columns(frame: pd.DataFrame, table: Table) -> None:
    """Refuse a DataFrame that lacks a required column, naming the mend.

    Parameters
    ----------
    frame : DataFrame
        What is to be such a table.
    table : Table
        The contract, such as `TRANSACTIONS`.

    Raises
    ------
    ValueError
        A required column is missing, or one stands there twice.

    Examples
    --------
    >>> check_columns(pd.DataFrame({"customer_id": ["a"], "order_date": ["2024-01-01"]}), TRANSACTIONS)
    Traceback (most recent call last):
    ...
    ValueError: transactions must have the columns ['customer_id', 'order_date', 'amount']; missing ['amount']. \
It has ['customer_id', 'order_date']. Map it with columns={'your name': 'amount'}.
    """
    has = [str(column) for column in frame.columns]
    missing = [name for name in table.required if name not in has]
    if missing:
        mapping = ", ".join(f"'your name': '{name}'" for name in missing)
        raise ValueError(
            t(
                "{table} must have the columns {required}; missing {missing}. It has {has}. Map it with"
                " columns={{{mapping}}}.",
                table=table.name,
                required=table.required,
                missing=missing,
                has=has,
                mapping=mapping,
            )
        )
    twice = sorted({name for name in table.names if has.count(name) > 1})
    if twice:
        raise ValueError(
            t(
                "{table} must have each column once; {twice} stand there more than once. It has {has}. Rename or drop"
                " one of them first.",
                table=table.name,
                twice=twice,
                has=has,
            )
        )
