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

CUSTOMER_ROLES = Table(
    name="customer-roles",
    row="one record of customer_roles.csv, in its order",
    key=("customer_id",),
    columns=(
        Column("customer_id", "string", "the record's number", required=True),
        Column(
            "customer_kind",
            "string",
            "what it was made as, by the main purpose",
            required=True,
            choices=("consumer", "enterprise", "intermediary", "public-benefit", "no customer"),
        ),
        Column("is_ambiguous", "boolean", "whether it was planted as a case in which rules disagree", required=True),
        Column("case", "string", "which case"),
    ),
)

UNRECORDED_CHANGES = Table(
    name="unrecorded-changes",
    row="one change about a customer that nobody told the company of, up to the last day",
    key=("customer_id", "field", "valid_from"),
    columns=(
        Column("customer_id", "string", "whom it is about", required=True),
        Column("field", "string", "what changed", required=True),
        Column("field_value", "string", "what it is now", required=True, personal=True),
        Column("valid_from", "date", "since when", required=True),
    ),
)

PROSPECTS = Table(
    name="prospects",
    row="one prospect, in the order of prospects.csv",
    key=("prospect_id",),
    columns=(
        Column("prospect_id", "string", "the prospect's number", required=True),
        Column("money", "number", "true money, spread 1 among new prospects", required=True),
        Column("authority", "number", "true authority of whom we know, spread 1", required=True),
        Column("need", "number", "true need, spread 1", required=True),
        Column("chance_per_call", "number", "chance of a yes at the best of the calls, if answered", required=True),
        Column("chance_in_twelve", "number", "chance of a yes within twelve answered calls", required=True),
        Column("expected_margin", "number", "mean margin of a first year, if won", unit="currency", required=True),
    ),
)

CREDIT = Table(
    name="credit",
    row="one customer who buys on account in one quarter, from the first on account to the last before a default",
    key=("customer_id", "quarter_end"),
    columns=(
        Column("customer_id", "string", "the number of the customer's first record", required=True),
        Column("quarter_end", "date", "the last day of the quarter", required=True),
        Column("ability", "number", "how well they can pay, spread about 1", required=True),
        Column("will", "number", "how much they care to pay, spread about 1", required=True),
        Column(
            "chance_of_default", "number", "chance of ceasing to pay in the quarter, if anything is owed", required=True
        ),
        Column(
            "n_disputed", "integer", "invoices of the quarter that they dispute, and pay late for that", required=True
        ),
        Column("default_date", "date", "the day from which they paid no more in time; empty unless in this quarter"),
        Column("default_reason", "string", "why", choices=("closed", "cannot pay", "will not pay")),
    ),
)

SUBSCRIPTIONS = Table(
    name="subscriptions",
    row="one subscription, in the order of subscriptions.csv",
    key=("subscription_id",),
    columns=(
        Column("subscription_id", "string", "the subscription's number", required=True),
        Column("chance_to_leave", "number", "the subscriber's own chance to leave after a month", required=True),
    ),
)

BRAND_SURVEY = Table(
    name="brand-survey",
    row="one respondent of a survey and one grocer, in the order of brand_survey.csv",
    key=("respondent_id", "grocer"),
    columns=(
        Column("respondent_id", "string", "the respondent's number", required=True),
        Column("survey_date", "date", "the day of the survey", required=True),
        Column("grocer", "string", "which grocer", required=True),
        Column("taste", "string", "what counts for them", required=True, choices=("price", "relationship")),
        Column("chance_next", "number", "their chance to buy there next", required=True),
    ),
)

CHOICE_WEIGHTS = Table(
    name="choice-weights",
    row="one driver of the choice of a grocer, for one taste",
    key=("taste", "driver"),
    columns=(
        Column("taste", "string", "whose weight it is", required=True, choices=("price", "relationship")),
        Column("driver", "string", "what is rated, or habit: having bought there last", required=True),
        Column("weight", "number", "what a point more, as they truly see it, adds to the utility", required=True),
    ),
)

MARKETING_SPENDING = Table(
    name="marketing-spending",
    row="one city, month and aim, in the order of marketing_spending.csv",
    key=("city", "month", "aim"),
    columns=(
        Column("city", "string", "the city", required=True),
        Column("month", "date", "the first day of the month", required=True),
        Column("aim", "string", "to win or to keep", required=True, choices=("win", "keep")),
        Column("floor", "number", "chance of success if nothing is spent", required=True),
        Column("ceiling", "number", "chance of success that no spending surpasses", required=True),
        Column("chance_of_success", "number", "chance with what was spent", required=True),
    ),
)

IDEAS = Table(
    name="ideas",
    row="one idea, in the order of ideas.csv",
    key=("idea_id",),
    columns=(
        Column("idea_id", "string", "the idea's number", required=True),
        Column("true_gain", "number", "what it truly brings a year; 0 if not adopted", unit="currency", required=True),
    ),
)

FILES = {
    "truth/customers.csv": CUSTOMERS,
    "truth/planted-lines.csv": PLANTED_LINES,
    "truth/customer-roles.csv": CUSTOMER_ROLES,
    "truth/unrecorded-changes.csv": UNRECORDED_CHANGES,
    "truth/prospects.csv": PROSPECTS,
    "truth/credit.csv": CREDIT,
    "truth/subscriptions.csv": SUBSCRIPTIONS,
    "truth/brand-survey.csv": BRAND_SURVEY,
    "truth/choice-weights.csv": CHOICE_WEIGHTS,
    "truth/marketing-spending.csv": MARKETING_SPENDING,
    "truth/ideas.csv": IDEAS,
}
