"""What a rating may know: the ledger, statements and reviews before its day, by hand; tomorrow changes nothing."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlib import credit, scorecard

CARD = scorecard.load_scorecard("default")
DAY = pd.Timestamp("2025-01-01")
LEDGER = ["repaid_share", "on_time_share", "n_bad_debts"]
BALANCE = [
    "debt_ratio", "current_ratio", "quick_ratio", "cash_flow_ratio", "receivable_days", "inventory_turnover",
    "revenue_growth", "gross_margin", "net_margin",
]  # fmt: skip


# --- the ledger ---


def invoices_of(*rows):
    """Invoices: customer, made, due, amount, paid, written off."""
    columns = ["customer_id", "invoice_date", "due_date", "amount", "paid_date", "written_off_date"]
    table = pd.DataFrame([[*row, *[None] * (6 - len(row))] for row in rows], columns=columns)
    for name in columns:
        if name.endswith("date"):
            table[name] = pd.to_datetime(table[name])
    return table.assign(invoice_id=[f"i{number}" for number in range(len(table))])


INVOICES = invoices_of(
    # ann: of 1,000 due in the last quarter, 600 on time, 100 late, 300 not until the day of the rating.
    ("ann", "2024-09-01", "2024-10-01", 600.0, "2024-10-01"),
    ("ann", "2024-10-01", "2024-11-01", 100.0, "2024-11-20"),
    ("ann", "2024-12-01", "2024-12-31", 300.0, "2025-01-01"),
    # bob: nothing fell due, but a debt of the summer is open: it is due, and nothing of it repaid.
    ("bob", "2024-05-01", "2024-08-01", 50.0),
    # cy: all was due and paid long ago; what is due next quarter is no evidence yet.
    ("cy", "2024-05-01", "2024-08-01", 80.0, "2024-08-02"),
    ("cy", "2024-12-20", "2025-02-20", 40.0),
    # dee: an old debt was paid late, in the last quarter; another was given up.
    ("dee", "2024-05-01", "2024-08-01", 20.0, "2024-12-15"),
    ("dee", "2023-05-01", "2023-08-01", 500.0, None, "2024-02-01"),
    # eve: given up within the quarter.
    ("eve", "2024-07-01", "2024-09-01", 30.0, None, "2024-11-01"),
    ("eve", "2024-09-01", "2024-11-01", 10.0, "2024-10-20"),
    # fay: her first invoice is of the day of the rating.
    ("fay", "2025-01-01", "2025-02-01", 10.0),
)


def gather(day=DAY, **tables):
    return credit.gather_facts(tables or {"invoices": INVOICES}, as_of=day)


def test_repayment_by_hand():
    facts = gather()
    assert facts.index.tolist() == ["ann", "bob", "cy", "dee", "eve"]
    assert facts["amount_due"].tolist() == [1000, 50, 0, 20, 40]
    assert facts["repaid_share"].fillna(-1).tolist() == [0.7, 0, -1, 1, 0.25]
    # On time or not is an invoice once, in the quarter in which it falls due.
    assert facts["on_time_share"].fillna(-1).tolist() == [0.6, -1, -1, -1, 1]
    assert facts["n_bad_debts"].tolist() == [0, 0, 0, 1, 1]
    assert facts["overdue_amount"].tolist() == [300, 50, 0, 0, 0]
    assert facts["overdue_days"].tolist() == [1, 153, 0, 0, 0]


def test_an_invoice_paid_on_the_day_is_unpaid_and_the_day_after_paid():
    assert gather("2025-01-02").loc["ann", ["repaid_share", "overdue_amount"]].tolist() == [1, 0]
    assert gather("2025-01-01").loc["ann", ["repaid_share", "overdue_amount"]].tolist() == [0.7, 300]


def test_the_quarter_is_the_last_whole_one():
    # On 31 December the last whole quarter is that of summer: bob's 50 fell due in it, cy's 80 were paid a day late.
    facts = gather("2024-12-31")
    assert facts["amount_due"].fillna(0).tolist() == [0, 50, 80, 20, 30]
    assert facts.loc["cy", ["repaid_share", "on_time_share"]].tolist() == [1, 0]


def test_average_sales_are_those_of_months_with_shipments():
    invoices = invoices_of(
        ("ann", "2023-12-31", "2024-02-01", 9000.0, "2024-02-01"),  # thirteen months ago
        ("ann", "2024-01-01", "2024-02-01", 100.0, "2024-02-01"),
        ("ann", "2024-06-05", "2024-07-05", 150.0, "2024-07-01"),
        ("ann", "2024-06-25", "2024-07-25", 50.0, "2024-07-01"),
        ("bob", "2023-10-15", "2023-11-15", 70.0, "2023-11-15"),
    )
    facts = gather(invoices=invoices)
    assert facts.loc["ann", ["monthly_sales", "n_months_sold"]].tolist() == [150, 2]
    assert np.isnan(facts.loc["bob", "monthly_sales"]) and facts.loc["bob", "n_months_sold"] == 0
    # In the middle of a month that month is not whole, and not counted.
    june = gather("2024-06-30", invoices=invoices)
    assert june.loc["ann", ["monthly_sales", "n_months_sold"]].tolist() == [4550, 2]


def test_the_relation_begins_with_the_record_or_the_first_invoice():
    customers = pd.DataFrame({
        "customer_id": ["ann", "bob", "zoe"],
        "registered_date": pd.to_datetime(["2024-11-02", "2023-01-01", "2020-01-01"]),
    })  # fmt: skip
    facts = gather(invoices=INVOICES, customers=customers)
    assert facts.loc[["ann", "bob"], "relation_days"].tolist() == [122, 731]
    assert facts.loc["cy", "relation_days"] == 245
    assert "zoe" not in facts.index  # nobody asked to give her credit


def test_customers_may_be_categories_and_numbers():
    plain = gather()
    named = {"ann": 7, "bob": 8, "cy": 9, "dee": 10, "eve": 11, "fay": 12}
    as_categories = INVOICES.assign(customer_id=INVOICES["customer_id"].astype("category"))
    as_numbers = INVOICES.assign(customer_id=INVOICES["customer_id"].map(named))
    pd.testing.assert_frame_equal(gather(invoices=as_categories), plain)
    by_number = gather(invoices=as_numbers)
    assert sorted(by_number.index) == by_number.index.tolist() == ["10", "11", "7", "8", "9"]
    assert by_number.loc["7", ["repaid_share", "overdue_amount"]].tolist() == [0.7, 300]


def test_days_may_have_a_time_zone_or_be_text_and_other_columns_may_be_absent():
    days = [name for name in INVOICES if name.endswith("date")]
    as_text = INVOICES.assign(**{name: INVOICES[name].dt.strftime("%Y-%m-%d") for name in days})
    in_zone = INVOICES.assign(**{name: INVOICES[name].dt.tz_localize("Asia/Shanghai") for name in days})
    for table in (as_text, in_zone):
        pd.testing.assert_frame_equal(gather(invoices=table.drop(columns="invoice_id")), gather())


def test_before_anything_is_known_nobody_is_there():
    tables = TABLES | {"statements": statements_of(STATEMENT)}
    facts = credit.gather_facts(tables, as_of="2020-01-01")
    assert facts.empty
    assert facts.columns.tolist() == credit.gather_facts(tables, as_of=DAY).columns.tolist()
    graded = credit.assign_grades(credit.score_customers(facts, CARD, as_of="2020-01-01"), CARD)
    assert graded.empty and graded["grade"].cat.categories.tolist() == ["not rated", "C", "B", "A", "AA", "AAA"]


def test_a_list_of_open_items_says_what_is_overdue_and_nothing_of_repayment():
    open_items = INVOICES[INVOICES["paid_date"].isna() & INVOICES["written_off_date"].isna()]
    facts = gather(invoices=open_items.drop(columns=["paid_date", "written_off_date"]))
    assert facts["overdue_amount"].to_dict() == {"bob": 50, "cy": 0}
    assert facts[["amount_due", "repaid_share", "on_time_share"]].isna().all(axis=None)


def test_a_ledger_without_any_payment_is_asked_about_and_not_taken_for_bad_payers():
    with pytest.raises(ValueError, match="all 2 are empty. In a list of open items leave the column out"):
        gather(invoices=INVOICES.head(2).assign(paid_date=pd.NaT))
    assert gather(invoices=INVOICES.head(0)).empty


def test_the_first_payment_ever_changes_nothing_before_its_day():
    two = invoices_of(("a", "2024-09-01", "2024-10-15", 100.0), ("b", "2024-09-01", "2024-10-15", 50.0, "2024-10-20"))
    paid_later = two.assign(paid_date=two["paid_date"].fillna(pd.Timestamp("2025-03-01")))
    assert gather(invoices=two)["repaid_share"].to_dict() == {"a": 0.0, "b": 1.0}
    pd.testing.assert_frame_equal(gather(invoices=paid_later), gather(invoices=two))


def test_without_an_invoice_there_is_no_evidence_of_any_kind():
    reviews = pd.DataFrame([REVIEWS | {"customer_id": "zoe"}])
    facts = gather(invoices=INVOICES, credit_reviews=reviews)
    assert facts.loc["zoe", [*LEDGER, "amount_due", "overdue_amount", "monthly_sales"]].isna().all()
    assert facts.loc["zoe", "n_staff"] == 40


# --- statements and reviews ---

STATEMENT = {
    "customer_id": "ann", "period_end": "2024-09-30", "recorded_date": "2024-11-10", "total_assets": 1000.0,
    "total_liabilities": 670.0, "current_assets": 420.0, "current_liabilities": 300.0, "inventory": 150.0,
    "receivables": 60.0, "revenue": 730.0, "cost_of_sales": 600.0, "net_profit": 36.5, "operating_cash_flow": 30.0,
}  # fmt: skip
BEFORE = STATEMENT | {"period_end": "2023-09-30", "recorded_date": "2023-11-15", "revenue": 500.0}
REVIEWS = {
    "customer_id": "ann", "recorded_date": pd.Timestamp("2024-07-05"), "years_in_business": 4, "business_size": "small",
    "trade_rank": "other", "management": "fair", "supplier_rank": "main", "good_faith": "gives", "n_staff": 40,
    "is_staff_stable": True, "litigation": "none", "is_halted": False, "is_sued_by_supplier": False, "is_export": False,
    "monthly_sales_expected": 5000.0,
}  # fmt: skip


def statements_of(*rows):
    table = pd.DataFrame(list(rows))
    return table.assign(**{name: pd.to_datetime(table[name]) for name in ("period_end", "recorded_date")})


def test_ratios_by_hand():
    facts = gather(statements=statements_of(STATEMENT, BEFORE))
    found = facts.loc["ann", ["statement_age_days", *BALANCE]].astype(float)
    assert found.to_dict() == pytest.approx({
        "statement_age_days": 93, "debt_ratio": 0.67, "current_ratio": 1.4, "quick_ratio": 0.9, "cash_flow_ratio": 0.1,
        "receivable_days": 30, "inventory_turnover": 4, "revenue_growth": 0.46, "gross_margin": 13 / 73,
        "net_margin": 0.05,
    }, abs=1e-9)  # fmt: skip


def test_a_statement_is_seen_from_the_day_after_it_was_recorded():
    table = statements_of(STATEMENT, BEFORE | {"total_liabilities": 100.0})
    for day, debt in (("2024-11-10", 0.1), ("2024-11-11", 0.67)):
        assert gather(day, statements=table).loc["ann", "debt_ratio"] == debt
    assert gather("2023-11-15", statements=table).empty


def test_a_statement_that_was_revised_counts_as_revised_from_then_on():
    table = statements_of(STATEMENT, STATEMENT | {"recorded_date": "2024-12-20", "total_liabilities": 900.0}, BEFORE)
    assert gather("2024-12-20", statements=table).loc["ann", "debt_ratio"] == 0.67
    assert gather("2024-12-21", statements=table).loc["ann", "debt_ratio"] == 0.9


def test_growth_needs_the_same_quarter_a_year_before():
    other = BEFORE | {"period_end": "2023-12-31", "recorded_date": "2024-02-15"}
    assert gather(statements=statements_of(STATEMENT, other))["revenue_growth"].isna().all()


def test_a_ratio_without_a_denominator_is_not_known():
    none = {"current_liabilities": 0.0, "inventory": 0.0, "revenue": 0.0}
    facts = gather(statements=statements_of(STATEMENT | none, BEFORE | none))
    names = facts.columns[facts.notna().all()]
    assert set(names) & set(BALANCE) == {"debt_ratio"}
    assert facts["revenue_growth"].isna().all()


def test_what_is_too_old_does_not_count():
    tables = {"statements": statements_of(STATEMENT), "credit_reviews": pd.DataFrame([REVIEWS]), "invoices": INVOICES}
    for days, known in ((93, True), (92, False)):
        facts = credit.gather_facts(tables, as_of=DAY, max_age_days=days)
        assert pd.notna(facts.loc["ann", "debt_ratio"]) == known
    for days, known in ((180, True), (179, False)):
        facts = credit.gather_facts(tables, as_of=DAY, max_age_days=days)
        assert pd.notna(facts.loc["ann", "management"]) == known


def test_who_has_nothing_new_and_owes_nothing_has_left():
    """So that a later rating lacks them, and `migration_matrix` counts them as gone."""
    invoices = invoices_of(
        ("ann", "2023-08-28", "2023-09-28", 10.0, "2023-09-27"),  # 461 days since it was due
        ("bob", "2023-08-28", "2023-09-28", 10.0, "2023-09-29"),  # 460 since it was paid
        ("cy", "2020-01-01", "2020-02-01", 10.0),  # still owes it
        ("dee", "2020-01-01", "2020-02-01", 10.0, None, "2021-01-01"),  # given up
        ("eve", "2020-01-01", "2020-02-01", 10.0, "2025-01-05"),  # paid, but later
        ("fay", "2020-01-01", "2020-02-01", 10.0, None, "2024-12-01"),  # given up only now
    )
    facts = gather(invoices=invoices)
    assert facts.index.tolist() == ["bob", "cy", "eve", "fay"]
    assert facts["overdue_days"].tolist() == [0, 1796, 1796, 0]
    alone = gather(statements=statements_of(STATEMENT | {"period_end": "2023-09-28"}))
    assert alone.empty


def test_what_has_no_column_is_not_known():
    facts = gather(
        invoices=INVOICES[["customer_id", "due_date", "amount", "paid_date"]],
        statements=statements_of(STATEMENT)[["customer_id", "period_end", "recorded_date", "revenue", "net_profit"]],
        credit_reviews=pd.DataFrame([REVIEWS])[["customer_id", "recorded_date", "management"]],
    )
    assert facts.columns.tolist() == gather().columns.tolist()
    # Without a day of its own an invoice is known when it is due: ann's three, and cy's of the next year not.
    assert facts.loc["ann", ["repaid_share", "management", "net_margin"]].tolist() == [0.7, "fair", 0.05]
    assert facts.loc["ann", ["relation_days", "n_months_sold"]].tolist() == [92, 3]
    assert facts.loc["ann", ["debt_ratio", "gross_margin", "litigation", "is_halted", "n_staff"]].isna().all()
    assert set(facts["n_bad_debts"]) == {0}


def test_the_newest_review_before_the_day_counts():
    table = pd.DataFrame([REVIEWS, REVIEWS | {"recorded_date": DAY, "is_halted": True}])
    facts = gather(credit_reviews=table)
    assert facts[["is_halted", "review_age_days", "monthly_sales_expected"]].iloc[0].tolist() == [False, 180, 5000]
    assert gather("2025-01-02", credit_reviews=table)["is_halted"].tolist() == [True]


def test_from_the_tables_to_a_grade():
    tables = {"invoices": INVOICES, "statements": statements_of(STATEMENT, BEFORE),
              "credit_reviews": pd.DataFrame([REVIEWS])}  # fmt: skip
    facts = credit.gather_facts(tables, as_of=DAY)
    scores = credit.score_customers(facts, CARD, as_of=DAY)
    # 1 + 0 + 2 + 1 + 3 + 4 + 1 + 4 = 16; 14 + 8.4 + 8; 3 + 3.2 + 2.4 + 1.5; 4 + 1 + 3; 2.56 + 4
    by_hand = 16 + 30.4 + 10.1 + 8 + (13 / 73 - 0.05) / 0.15 * 3 + 4
    assert scores.loc["ann", "score"] == pytest.approx(by_hand, abs=1e-8)
    assert scores.loc["ann", "coverage"] == 1
    graded = credit.assign_grades(scores, CARD)
    assert graded["grade"].tolist() == ["A", *["not rated"] * 4]


def test_a_ledger_alone_gives_grades_up_to_a_by_a_card_of_its_items():
    items = ["relation_length", "repayment", "punctuality", "bad_debts"]
    ledger = scorecard.keep_items(CARD, items)
    facts = gather(invoices=invoices_of(
        ("ann", "2022-01-01", "2024-11-01", 100.0, "2024-10-30"), ("bob", "2022-01-01", "2024-11-01", 100.0),
    ))  # fmt: skip
    whole = credit.assign_grades(credit.score_customers(facts, CARD, as_of=DAY), CARD)
    assert whole["grade"].tolist() == ["not rated", "not rated"]
    scores = credit.score_customers(facts, ledger, as_of=DAY)
    assert scores["score"].tolist() == [100, pytest.approx(1100 / 45, abs=1e-8)]  # 3 and 8 of 45
    graded = credit.assign_grades(scores, ledger)
    assert graded["grade"].tolist() == ["A", "C"]  # whether a veto holds is not known
    assert graded["reason"].tolist() == ["cap", "score"]


# --- no look-ahead ---


TABLES = {
    "invoices": INVOICES,
    "statements": statements_of(STATEMENT, BEFORE),
    "credit_reviews": pd.DataFrame([REVIEWS]),
    "customers": pd.DataFrame({"customer_id": ["ann"], "registered_date": [pd.Timestamp("2022-01-01")]}),
}
ON_OR_AFTER = st.integers(0, 500).map(lambda n: DAY + pd.Timedelta(days=n))


@settings(max_examples=15)
@given(
    st.lists(st.tuples(st.sampled_from(["ann", "bob", "zoe"]), ON_OR_AFTER, st.floats(1, 1e6)), max_size=5),
    st.lists(ON_OR_AFTER, min_size=len(INVOICES), max_size=len(INVOICES)),
    st.lists(st.tuples(ON_OR_AFTER, st.floats(1, 1e6)), max_size=3, unique_by=lambda row: row[0]),
    st.lists(st.tuples(ON_OR_AFTER, st.sampled_from(["good", "poor"])), max_size=3, unique_by=lambda row: row[0]),
)
def test_what_tomorrow_brings_changes_nothing(new, paid, statements, reviews):
    later = invoices_of(*((who, day, day + pd.Timedelta(days=30), amount) for who, day, amount in new))
    # Whatever is still open is paid, or given up, on some day to come.
    settled = INVOICES.copy()
    is_open = settled["paid_date"].isna() & settled["written_off_date"].isna()
    settled.loc[is_open, "paid_date"] = pd.Series(paid)[is_open]
    given_up = INVOICES.copy()
    given_up.loc[is_open, "written_off_date"] = pd.Series(paid)[is_open]
    more = {
        "invoices": pd.concat([settled, later.astype(settled.dtypes)], ignore_index=True),
        "statements": statements_of(STATEMENT, BEFORE, *(
            STATEMENT | {"recorded_date": day, "total_liabilities": owed} for day, owed in statements
        )),
        "credit_reviews": pd.DataFrame([REVIEWS, *(
            REVIEWS | {"recorded_date": day, "management": how} for day, how in reviews
        )]),
        "customers": pd.concat([TABLES["customers"], pd.DataFrame(
            {"customer_id": ["bob"], "registered_date": [DAY]}
        )]),
    }  # fmt: skip
    expected = credit.gather_facts(TABLES, as_of=DAY)
    pd.testing.assert_frame_equal(credit.gather_facts(more, as_of=DAY), expected)
    pd.testing.assert_frame_equal(credit.gather_facts(more | {"invoices": given_up}, as_of=DAY), expected)


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"orders": INVOICES}, r"tables must have at least one of \['invoices', 'statements', 'credit_reviews'\]"),
        ({"invoices": INVOICES.drop(columns="due_date")}, r"invoices must have the columns .*missing \['due_date'\]"),
        ({"invoices": INVOICES.assign(due_date=None)}, "every due_date of invoices must be a day; 11 of 11 are not"),
        ({"invoices": INVOICES.assign(paid_date="soon")}, "every paid_date of invoices must be a day; .*'soon'"),
        ({"invoices": INVOICES.assign(amount=-5.0)},
         "every amount of invoices must be above 0; 11 of 11 are not, .*-5"),
        ({"invoices": INVOICES.assign(customer_id=None)}, "every row of invoices must have a customer_id; 11"),
        ({"invoices": INVOICES.assign(amount=np.nan)}, "every amount of invoices must be a number"),
        ({"statements": statements_of(STATEMENT, STATEMENT)},
         "statements must have one row per customer and day; 'ann'"),
        ({"credit_reviews": pd.DataFrame([REVIEWS, REVIEWS])}, "credit_reviews must have one row per customer and day"),
        ({"statements": statements_of(STATEMENT).drop(columns="period_end")}, r"statements must .*\['period_end'\]"),
        ({"statements": statements_of(STATEMENT | {"revenue": "much"})},
         "every revenue of statements must be an amount, or missing .*; 1 of 1 are not, the first 'much'"),
        ({"credit_reviews": pd.DataFrame([REVIEWS | {"n_staff": "many"}])},
         "n_staff of credit_reviews must be a number, or missing .*; got 'many'"),
        ({"credit_reviews": pd.DataFrame([REVIEWS | {"is_halted": "perhaps"}])},
         "is_halted of credit_reviews must be true or false, or missing .*; got 'perhaps'"),
    ],
)  # fmt: skip
def test_tables_that_are_none_are_named(tables, message):
    with pytest.raises(ValueError, match=message):
        gather(**tables)
