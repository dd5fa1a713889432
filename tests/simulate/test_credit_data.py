"""Invoices, statements and reviews of the teaching company: their laws, and how far they foretell a default."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from crmlib import simulate
from crmlib.simulate import company, credit, invoices
from crmlib.simulate import parameters as p
from crmlib.simulate import parameters_credit as pc

START, END = pd.Timestamp(p.START), pd.Timestamp(p.END)


@pytest.fixture(scope="module")
def made() -> dict[str, pd.DataFrame]:
    return simulate.simulate_company()


@pytest.fixture(scope="module")
def many() -> dict[str, pd.DataFrame]:
    """A larger company, for shares that chance would blur."""
    return simulate.simulate_company(n_customers=20_000, seed=8)


def fen(amounts: pd.Series) -> pd.Series:
    return (amounts * 100).round().astype("int64")


def late_days(table: pd.DataFrame) -> pd.Series:
    return (table["paid_date"] - table["due_date"]).dt.days


def defaults(made: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return made["credit_truth"].dropna(subset="default_date")


# --- the tables that were there ------------------------------------------------------------------------------


def test_the_tables_that_were_there_do_not_hang_on_credit(monkeypatch):
    """Their streams are their own: with other customers who fail, or without the credit tables, nothing else moves."""
    others = tuple(name for name in company.TABLES if name not in (*company.CREDIT, *company.WHOLE))
    alone, together = company.make_chunk(5, 0, 300, tables=others), company.make_chunk(5, 0, 300)
    for name, value in {
        "DEFAULT_START": -1.0,
        "ABILITY_SPREAD": 3.0,
        "GIVES_NEVER": 0.0,
        "REVIEW_SKIPPED": 0.5,
    }.items():
        monkeypatch.setattr(pc, name, value)
    after = company.make_chunk(5, 0, 300)
    for name in company.CREDIT:
        assert not after[name].equals(together[name])
    for name in others:
        pd.testing.assert_frame_equal(alone[name], together[name])
        pd.testing.assert_frame_equal(after[name], together[name])


# --- invoices ------------------------------------------------------------------------------------------------


def test_invoices_are_what_was_bought(made):
    """The invoices of a record up to a day add up to the most that its purchases less refunds ever came to."""
    table, bought = made["invoices"], made["transactions"]
    day = bought["order_date"].dt.normalize()
    truth = made["truth"].set_index("customer_id")
    first = truth.reset_index().groupby("entity_id")["customer_id"].first()
    stopped = defaults(made).set_index("customer_id")["default_date"]
    n_exact = 0
    for customer, mine in table.groupby("customer_id"):
        lines = bought[bought["customer_id"] == customer].assign(day=day)
        begun = lines.groupby("order_id")["day"].transform("min")
        known = first[truth.loc[customer, "entity_id"]]
        last = END
        if known in stopped.index:  # since the month after it is seen they pay at once
            last = (stopped[known] + pd.Timedelta(days=pc.STOP_AFTER)).to_period("M").end_time.normalize()
        joined = truth.loc[customer, "active_from"]
        start = START
        if joined >= START:
            start = (joined + pd.Timedelta(days=pc.CREDIT_AFTER)).to_period("M").end_time.normalize()
            start += pd.Timedelta(days=1)
        on_account = lines[(begun >= start) & (lines["day"] <= last)]
        net = fen(on_account["amount"]).groupby(on_account["day"]).sum().cumsum()
        billed = fen(mine["amount"]).groupby(mine["invoice_date"]).sum().cumsum()
        assert billed.iloc[-1] <= max(net.max(), 0)
        # What is not billed in the end is a refund that waits for the next purchase.
        assert net.iloc[-1] <= billed.iloc[-1]
        n_exact += net.iloc[-1] == billed.iloc[-1]
    assert n_exact > 0.9 * table["customer_id"].nunique()


def test_a_month_by_hand(made):
    """The first customer with several orders in a month and no refund: one invoice, due when agreed."""
    table = made["invoices"]
    is_end = table["invoice_date"].dt.is_month_end
    customer = table[is_end].groupby("customer_id").size().idxmax()
    mine = table[table["customer_id"] == customer]
    assert mine["invoice_date"].dt.is_month_end.all() and not mine["invoice_date"].duplicated().any()
    bought = made["transactions"][made["transactions"]["customer_id"] == customer]
    month = fen(bought["amount"]).groupby(bought["order_date"].dt.to_period("M")).sum()
    by_invoice = fen(mine["amount"]).set_axis(mine["invoice_date"].dt.to_period("M"))
    same = by_invoice == month.reindex(by_invoice.index)
    assert same.mean() > 0.85  # but for refunds that came to more than the month
    assert (mine["due_date"] - mine["invoice_date"]).dt.days.nunique() == 1


def test_an_invoice_is_paid_or_given_up_or_open(made):
    table = made["invoices"]
    assert table["invoice_id"].is_unique and table["invoice_date"].is_monotonic_increasing
    assert (table["amount"] > 0).all() and (table["amount"] == table["amount"].round(2)).all()
    assert set((table["due_date"] - table["invoice_date"]).dt.days) <= set(pc.TERMS)
    paid, given_up = table["paid_date"].notna(), table["written_off_date"].notna()
    assert not (paid & given_up).any() and (~paid & ~given_up).any()
    assert (table["paid_date"] > table["invoice_date"])[paid].all()
    assert (table["written_off_date"] > table["due_date"])[given_up].all()
    assert max(table["paid_date"].max(), table["written_off_date"].max()) <= END
    kinds = made["customers"].set_index("customer_id")["customer_type"]
    assert (kinds.loc[table["customer_id"]] == "organisation").all()
    # Only those who ceased to pay have an invoice that is given up.
    entity = made["truth"].set_index("customer_id")["entity_id"]
    failed = set(entity.loc[defaults(made)["customer_id"]])
    assert set(entity.loc[table.loc[given_up, "customer_id"]]) <= failed


def test_who_pays_late_is_not_who_fails(many):
    """Offices are slow and safe, and disputes are late and paid: late payers are not all bad."""
    table = many["invoices"].assign(late=late_days(many["invoices"]) > 0)
    segment = table["customer_id"].map(many["truth"].set_index("customer_id")["segment"])
    share = table.groupby(segment)["late"].mean()
    failed = set(defaults(many)["customer_id"])
    on_account = many["credit_truth"]["customer_id"].drop_duplicates()
    fails = on_account.isin(failed).groupby(on_account.map(many["truth"].set_index("customer_id")["segment"])).mean()
    assert share["institution"] > share["shop"] * 0.9 and fails["institution"] < 0.5 * fails["shop"]
    waiting = many["credit_truth"].query("n_disputed > 0")
    assert 0.01 < len(waiting) / len(many["credit_truth"]) < 0.05
    never = set(on_account) - failed
    very_late = table[table["late"] & (late_days(table) >= pc.LATE_MOST + 2) & table["customer_id"].isin(never)]
    assert len(very_late) > 50  # as late as a bad payer, and no bad payer
    settled = late_days(very_late)
    assert settled.max() <= pc.DISPUTE_DAYS[1]


# --- defaults ------------------------------------------------------------------------------------------------


def test_defaults_are_enough_for_a_back_test_and_more_than_in_life(made, many):
    by_year = defaults(made)["default_date"].dt.year.value_counts()
    assert by_year[2025] >= 40 and by_year[2024] >= 20
    truth = many["credit_truth"]
    yearly = defaults(many)["default_date"].dt.year.value_counts().sort_index()
    customers = truth.groupby(truth["quarter_end"].dt.year)["customer_id"].nunique()
    rate = yearly / customers
    assert rate[2023] < rate[2024] < rate[2025] < 0.2  # 2025 is worse than what a card could learn from
    assert set(defaults(many)["default_reason"]) == set(invoices.REASONS)


def test_a_default_leaves_debts_and_ends_the_credit(many):
    failed = defaults(many).set_index("customer_id")
    table = many["invoices"]
    mine = table[table["customer_id"].isin(failed.index)]
    day = failed["default_date"].reindex(mine["customer_id"]).set_axis(mine.index)
    stop = (day + pd.Timedelta(days=pc.STOP_AFTER)).dt.to_period("M").dt.end_time
    assert (mine["invoice_date"] <= stop).all()
    open_then = mine[mine["paid_date"].isna() | (mine["paid_date"] >= day)]
    # Second records have invoices of their own: nearly all have debts under the first.
    assert open_then["customer_id"].nunique() > 0.93 * len(failed)
    known = late_days(open_then).dropna()
    assert (known >= pc.RECOVERY_LEAST).all()
    assert not many["credit_truth"].duplicated(["customer_id", "quarter_end"]).any()
    last = many["credit_truth"].groupby("customer_id")["quarter_end"].max()
    assert (last.loc[failed.index] == failed["quarter_end"]).all()


def test_those_who_close_have_left(many):
    closed = defaults(many).query("default_reason == 'closed'")
    left = many["truth"].set_index("customer_id")["left_date"].loc[closed["customer_id"]]
    assert len(closed) > 20 and left.notna().all()
    gap = (left.to_numpy() - closed["default_date"].to_numpy()).astype("timedelta64[D]").astype(int)
    assert ((gap >= 0) & (gap <= pc.CLOSED_DAYS)).all()


def test_the_truth_foretells_better_than_the_ledger_and_neither_is_perfect(many):
    """Of customers on account on the last day of 2024: who defaults in 2025?"""
    day = pd.Timestamp("2025-01-01")
    truth = many["credit_truth"]
    now = truth[truth["quarter_end"] == day - pd.Timedelta(days=1)].set_index("customer_id")
    now = now[now["default_date"].isna()]
    is_bad = now.index.isin(defaults(many).query("default_date >= @day")["customer_id"])
    assert 0.1 < is_bad.mean() < 0.25
    due = many["invoices"].query("due_date < @day and due_date >= '2024-07-01'")
    on_time = (due["paid_date"] <= due["due_date"]).groupby(due["customer_id"]).mean().reindex(now.index)
    known = on_time.notna().to_numpy()
    by_truth = roc_auc_score(is_bad, now["chance_of_default"])
    by_ledger = roc_auc_score(is_bad[known], -on_time[known])
    assert 0.82 < by_truth < 0.93
    assert 0.62 < by_ledger < by_truth - 0.05
    newest = many["statements"].query("recorded_date < @day").sort_values("period_end")
    newest = newest.groupby("customer_id").tail(1).set_index("customer_id").reindex(now.index)
    ratio = newest["current_assets"] / newest["current_liabilities"]
    given = ratio.notna().to_numpy()
    assert 0.6 < roc_auc_score(is_bad[given], -ratio[given]) < by_truth - 0.05


def test_the_state_drifts(many):
    truth = many["credit_truth"].set_index(["customer_id", "quarter_end"])
    for trait, least, most in (("ability", 0.6, 0.9), ("will", 0.85, 0.99)):
        wide = truth[trait].unstack()
        one, year_later = wide[pd.Timestamp("2024-03-31")], wide[pd.Timestamp("2025-03-31")]
        assert least < one.corr(year_later) < most
    mean = truth["ability"].groupby("quarter_end").mean()
    assert mean["2025"].mean() < mean["2024"].mean() - 0.1


# --- statements ----------------------------------------------------------------------------------------------


def test_statements_hold_together(many):
    table = many["statements"]
    assert (table["period_end"].dt.is_quarter_end).all()
    wait = (table["recorded_date"] - table["period_end"]).dt.days
    assert wait.min() >= pc.SENT_LEAST and 20 < wait.median() < 60 and wait.max() > 100
    assert table["recorded_date"].max() <= END
    assert (table["current_assets"] <= table["total_assets"]).all()
    assert (table["current_liabilities"] <= table["total_liabilities"]).all()
    assert (table["inventory"] + table["receivables"] <= table["current_assets"] + 1).all()
    assert (table["cost_of_sales"] < table["revenue"]).all() and (table["revenue"] > 0).all()
    assert (table["net_profit"] < 0).any() and (table["operating_cash_flow"] < 0).any()
    # They buy more in all than from us.
    bought = (
        many["transactions"]
        .groupby([many["transactions"]["customer_id"], many["transactions"]["order_date"].dt.year])["amount"]
        .sum()
    )
    years = table[table["period_end"].dt.month == 12]
    ours = pd.MultiIndex.from_arrays([years["customer_id"], years["period_end"].dt.year])
    assert (bought.reindex(ours, fill_value=0).to_numpy() < years["cost_of_sales"].to_numpy()).mean() > 0.99


def test_some_never_give_a_statement_and_the_weak_give_fewer(many):
    truth = many["credit_truth"]
    has_any = truth["customer_id"].drop_duplicates().isin(many["statements"]["customer_id"])
    assert 0.5 < has_any.mean() < 0.75
    keys = ["customer_id", "quarter_end"]
    given = many["statements"].rename(columns={"period_end": "quarter_end"})[keys].assign(given=True)
    both = truth[truth["quarter_end"] < "2025-07-01"].merge(given, on=keys, how="left")
    both = both[both["customer_id"].isin(many["statements"]["customer_id"])]
    weak = both["ability"] < -0.5
    assert both.loc[weak, "given"].notna().mean() < both.loc[~weak, "given"].notna().mean() - 0.1


# --- reviews -------------------------------------------------------------------------------------------------


def test_reviews_come_every_half_year_and_not_of_the_new(many):
    table = many["credit_reviews"]
    month = table["recorded_date"].dt.month
    assert set(month) == {6, 12} and (table["recorded_date"].dt.day > 30 - pc.REVIEW_DAYS).all()
    registered = many["customers"].set_index("customer_id")["registered_date"]
    since = (table["recorded_date"] - table["customer_id"].map(registered)).dt.days
    assert since.min() >= pc.REVIEW_AFTER
    unseen = many["credit_truth"]["customer_id"].drop_duplicates()
    assert 0.1 < 1 - unseen.isin(table["customer_id"]).mean() < 0.35
    expected = table[table["monthly_sales_expected"].notna()]
    assert (expected["customer_id"].map(registered) >= START).all() and not expected["customer_id"].duplicated().any()


def test_reviews_see_something_and_like_large_buyers(many):
    table = many["credit_reviews"].assign(quarter_end=lambda each: each["recorded_date"].dt.to_period("Q").dt.end_time)
    table["quarter_end"] = table["quarter_end"].dt.normalize()
    both = table.merge(many["credit_truth"], on=["customer_id", "quarter_end"])
    ability = both.groupby("management")["ability"].mean()
    assert ability["good"] > ability["fair"] + 0.2 > ability["poor"] + 0.4
    bought = many["invoices"].groupby("customer_id")["amount"].sum()
    total = both["customer_id"].map(bought)
    # Of equal truth, the larger buyers are called good more often.
    part = pd.qcut(0.7 * both["ability"] + 0.5 * both["will"], 10, labels=False)
    large = total > total.groupby(part).transform("median")
    good = (both["management"] == "good").groupby([part, large]).mean().unstack()
    assert (good[True] - good[False]).mean() > 0.05
    assert (many["credit_reviews"]["management"] == "good").mean() > 1.3 * (
        many["credit_reviews"]["management"] == "poor"
    ).mean()


# --- by hand, and at the edges -------------------------------------------------------------------------------


def test_days_and_quarters_by_hand():
    days = np.array([-5, 0, 89, 90, 1095, 2000])  # 2023-01-01 is day 0, 2023-04-01 day 90
    assert credit.quarter_of(days).tolist() == [0, 0, 0, 1, 11, 11]
    assert credit.next_month(np.array([0, 30, 31])).tolist() == [31, 31, 59]
    assert invoices.as_dates(np.array([0, p.N_DAYS - 1, p.N_DAYS])).astype(str).tolist() == [
        "2023-01-01",
        "2025-12-31",
        "NaT",
    ]


def test_bills_take_refunds_off_by_hand():
    """10 bought, 4 back, 1 bought, 5 bought: by order 10, nothing, 2; by month the whole at once."""
    records = pd.DataFrame({"entity": [0]})
    lines = pd.DataFrame(
        {
            "record": 0,
            "day": [3, 5, 7, 9],
            "order": [0, 0, 1, 2],
            "amount": [1000, -400, 100, 500],
            "is_refund": [False, True, False, False],
        }
    )

    def bills(is_monthly: bool) -> list[tuple[int, int]]:
        state = credit.State(**dict.fromkeys(credit.State.__annotations__))
        for name, value in {"entity": 0, "is_monthly": is_monthly, "credit_from": 0}.items():
            object.__setattr__(state, name, np.array([value]))
        made = invoices._bills(state, lines, records)
        return list(zip(made["day"].tolist(), made["amount"].tolist(), strict=True))

    assert bills(is_monthly=False) == [(3, 1000), (9, 200)]
    assert bills(is_monthly=True) == [(30, 1200)]
