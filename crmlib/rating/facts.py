"""From invoices, statements and reviews to the facts of each customer, as they were known before a day."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t

INVOICES = ("invoice_id", "customer_id", "invoice_date", "due_date", "amount", "paid_date")
STATEMENT_AMOUNTS = (
    "total_assets", "total_liabilities", "current_assets", "current_liabilities", "inventory", "receivables", "revenue",
    "cost_of_sales", "net_profit", "operating_cash_flow",
)  # fmt: skip
REVIEWED = {
    "years_in_business": "Float64",
    "business_size": "str",
    "trade_rank": "str",
    "management": "str",
    "supplier_rank": "str",
    "good_faith": "str",
    "n_staff": "Float64",
    "is_staff_stable": "boolean",
    "litigation": "str",
    "is_halted": "boolean",
    "is_sued_by_supplier": "boolean",
    "is_export": "boolean",
    "monthly_sales_expected": "Float64",
}
LEDGER = ("amount_due", "repaid_share", "on_time_share", "n_bad_debts", "overdue_amount", "overdue_days")
SALES = ("monthly_sales", "n_months_sold")
RATIOS = (
    "debt_ratio", "current_ratio", "quick_ratio", "cash_flow_ratio", "receivable_days", "inventory_turnover",
    "revenue_growth", "gross_margin", "net_margin",
)  # fmt: skip
DIGITS = 12  # shares of sums of money: what is beyond is dust of float arithmetic


def gather(tables: Mapping[str, pd.DataFrame], day: pd.Timestamp, max_age_days: int) -> pd.DataFrame:
    """One row per customer of whom anything was known before the day."""
    invoices = _known_invoices(tables["invoices"], day) if "invoices" in tables else None
    # A list of open items holds no invoice that was paid, so of repayment it says nothing.
    is_open_list = invoices is not None and tables["invoices"]["paid_date"].isna().all()
    statements = _known(tables, "statements", ("period_end", *STATEMENT_AMOUNTS), day)
    reviews = _known(tables, "credit_reviews", [*REVIEWED], day)
    parts = [table["customer_id"] for table in (invoices, statements, reviews) if table is not None]
    everyone = pd.Index(pd.unique(pd.concat(parts)), name="customer_id", dtype="str").sort_values()
    facts = pd.DataFrame(index=everyone)
    facts["as_of"] = day
    facts["relation_days"] = _relation_days(tables.get("customers"), invoices, everyone, day)
    facts = facts.join(_read_ledger(invoices, everyone, day))
    if is_open_list:
        facts[["amount_due", "repaid_share", "on_time_share"]] = np.nan
    facts = facts.join(_read_statements(statements, everyone, day, max_age_days))
    return facts.join(_read_reviews(reviews, everyone, day, max_age_days))


def last_quarter(day: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First day of the last whole quarter before a day, and of the quarter after it."""
    end = day.to_period("Q").start_time
    return end - pd.DateOffset(months=3), end


def days(table: pd.DataFrame, column: str, name: str, *, may_miss: bool = False) -> pd.Series:
    """A column of dates, as days; text has the year first."""
    given = table[column]
    if isinstance(given.dtype, pd.DatetimeTZDtype):
        given = given.dt.tz_localize(None)
    try:
        found = given if given.dtype.kind == "M" else pd.to_datetime(given, format="ISO8601")
    except (ValueError, TypeError):
        found = pd.to_datetime(given, format="ISO8601", errors="coerce")
    bad = found.isna() & (given.notna() if may_miss else True)
    if bad.any():
        raise ValueError(
            t(
                "every {column} of {name} must be a day; {n_bad:,} of {n:,} are not, the first {value!r}. Give dates,"
                " or text with the year first such as '2024-12-31'; leave out rows without one and say so.",
                column=column,
                name=name,
                n_bad=int(bad.sum()),
                n=len(table),
                value=given[bad].iloc[0],
            )
        )
    return found


# --- the ledger ---------------------------------------------------------------------------------


def _known_invoices(table: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    require.columns(table, INVOICES, "invoices")
    made = days(table, "invoice_date", "invoices")
    is_known = (made < day).to_numpy()
    known = table if is_known.all() else table[is_known]
    columns = {"customer_id": known["customer_id"].astype("str"), "invoice_date": made[is_known]}
    columns["due_date"] = days(known, "due_date", "invoices")
    columns["amount"] = known["amount"]
    for name in ("paid_date", "written_off_date"):
        if name in known:
            ended = days(known, name, "invoices", may_miss=True)
            columns[name] = ended.where(ended < day)  # what comes later is not known yet
        else:
            columns[name] = pd.Series(pd.NaT, index=known.index)
    invoices = pd.DataFrame(columns)
    require.numbers(invoices, ["amount"], "invoices")
    bad = (invoices["amount"] <= 0).to_numpy()
    if bad.any():
        raise ValueError(
            t(
                "every amount of invoices must be above 0; {n_bad:,} of {n:,} are not, the first {value:,.2f}. Take"
                " credit notes off the invoice they belong to, or leave them out and say so.",
                n_bad=int(bad.sum()),
                n=len(invoices),
                value=float(invoices["amount"].iloc[bad.argmax()]),
            )
        )
    return invoices


def _read_ledger(invoices: pd.DataFrame | None, everyone: pd.Index, day: pd.Timestamp) -> pd.DataFrame:
    """Of each customer: due last quarter and what was repaid; what is overdue; bad debts; average monthly sales."""
    facts = pd.DataFrame(np.nan, index=everyone, columns=[*LEDGER, *SALES])
    if invoices is None:
        return facts
    who, amount = everyone.get_indexer(invoices["customer_id"]), invoices["amount"].to_numpy(dtype=float)
    first, end = (np.datetime64(one) for one in last_quarter(day))
    made, due, paid, lost = (
        invoices[name].to_numpy(dtype="datetime64[s]")
        for name in ("invoice_date", "due_date", "paid_date", "written_off_date")
    )

    def added(rows: np.ndarray, weights: np.ndarray | None = amount) -> np.ndarray:
        return np.bincount(who[rows], weights=None if weights is None else weights[rows], minlength=len(everyone))

    is_new = (due >= first) & (due < end)
    # Older debt that was still open when the quarter began is due in it as well, until it is paid or given up.
    is_old = (due < first) & ~(paid < first) & ~(lost < first)
    is_paid = ~np.isnat(paid)
    fell_due, all_due = added(is_new), added(is_new | is_old)
    facts["amount_due"] = all_due
    facts["repaid_share"] = _share(added((is_new | is_old) & is_paid), all_due)
    facts["on_time_share"] = _share(added(is_new & is_paid & (paid <= due)), fell_due)
    is_overdue = (due < np.datetime64(day)) & ~is_paid & np.isnat(lost)
    facts["overdue_amount"] = added(is_overdue)
    late = np.zeros(len(everyone))
    np.maximum.at(late, who[is_overdue], (np.datetime64(day) - due[is_overdue]) / np.timedelta64(1, "D"))
    facts["overdue_days"] = late
    facts["n_bad_debts"] = added(~np.isnat(lost), None).astype(float)
    facts[list(SALES)] = _monthly_sales(who, amount, made, len(everyone), day)
    has_none = added(np.ones(len(amount), dtype=bool), None) == 0  # no invoice, no evidence
    facts.loc[has_none] = np.nan
    return facts


def _monthly_sales(who: np.ndarray, amount: np.ndarray, made: np.ndarray, n: int, day: pd.Timestamp) -> np.ndarray:
    """Mean sales of the months in which anything was sold, of the twelve whole months before the day; and how many."""
    end = np.datetime64(day, "M")
    months = (made.astype("datetime64[M]") - end).astype(int)
    rows = (months >= -12) & (months < 0)
    sold = np.bincount(who[rows] * 12 + months[rows] + 12, minlength=n * 12).reshape(n, 12) > 0
    n_months = sold.sum(axis=1)
    total = np.bincount(who[rows], weights=amount[rows], minlength=n)
    return np.column_stack([_share(total, n_months, digits=6), n_months])


def _share(part: np.ndarray, whole: np.ndarray, digits: int = DIGITS) -> np.ndarray:
    """The part by the whole; NaN where the whole is not above 0."""
    return np.round(np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0), digits)


def _relation_days(
    customers: pd.DataFrame | None, invoices: pd.DataFrame | None, everyone: pd.Index, day: pd.Timestamp
) -> np.ndarray:
    """Days since the customer was registered, or since the first invoice, whichever is earlier."""
    began = pd.Series(pd.NaT, index=everyone, dtype="datetime64[s]")
    if customers is not None:
        require.columns(customers, ["customer_id", "registered_date"], "customers")
        registered = pd.Series(
            days(customers, "registered_date", "customers", may_miss=True).to_numpy(dtype="datetime64[s]"),
            index=customers["customer_id"].astype("str"),
        )
        began = registered.groupby(level=0).min().reindex(everyone)
    if invoices is not None:
        who = everyone.get_indexer(invoices["customer_id"])
        first = np.full(len(everyone), np.datetime64("9999-01-01", "s"))
        np.minimum.at(first, who, invoices["invoice_date"].to_numpy(dtype="datetime64[s]"))
        first[first == np.datetime64("9999-01-01", "s")] = np.datetime64("NaT")
        began = pd.concat([began, pd.Series(first, index=everyone)], axis=1).min(axis=1)
    began = began.where(began < day)
    return (day - began).dt.days.to_numpy(dtype=float, na_value=np.nan)


# --- statements and reviews ---------------------------------------------------------------------


def _known(
    tables: Mapping[str, pd.DataFrame], name: str, wanted: list[str] | tuple[str, ...], day: pd.Timestamp
) -> pd.DataFrame | None:
    """What was recorded before the day, the columns wanted."""
    if name not in tables:
        return None
    table = tables[name]
    require.columns(table, ["customer_id", "recorded_date", *wanted], name)
    recorded = days(table, "recorded_date", name)
    is_known = (recorded < day).to_numpy()
    known = table.loc[is_known, ["customer_id", *wanted]]
    return known.assign(customer_id=known["customer_id"].astype("str"), recorded_date=recorded[is_known])


def _newest(table: pd.DataFrame, by: list[str], key: list[str], name: str) -> pd.DataFrame:
    """Of each key the row that is newest; two that are equally new are refused."""
    table = table.sort_values([*key, *by], kind="stable")
    twice = table.duplicated([*key, *by])
    if twice.any():
        row = table[twice].iloc[0]
        raise ValueError(
            t(
                "{name} must have one row per customer and day; {who!r} has two of {day}. Keep the right one:"
                " {name}.drop_duplicates({key}).",
                name=name,
                who=row["customer_id"],
                day=f"{row[by[-1]]:%Y-%m-%d}",
                key=["customer_id", *by],
            )
        )
    return table.drop_duplicates(key, keep="last")


def _read_statements(
    statements: pd.DataFrame | None, everyone: pd.Index, day: pd.Timestamp, max_age_days: int
) -> pd.DataFrame:
    """The ratios of each customer's newest statement, unless it is too old; growth against the year before."""
    facts = pd.DataFrame(np.nan, index=everyone, columns=["statement_age_days", *RATIOS])
    if statements is None or statements.empty:
        return facts
    statements = statements.assign(period_end=days(statements, "period_end", "statements"))
    statements = _newest(statements, ["recorded_date"], ["customer_id", "period_end"], "statements")
    newest = statements.drop_duplicates("customer_id", keep="last")
    newest = newest[newest["period_end"] >= day - pd.Timedelta(days=max_age_days)]
    months = statements["period_end"].dt.year * 12 + statements["period_end"].dt.month
    earlier = statements[["customer_id", "revenue"]].assign(month=months + 12)
    month = newest["period_end"].dt.year * 12 + newest["period_end"].dt.month
    newest = newest.assign(month=month).merge(
        earlier, on=["customer_id", "month"], how="left", suffixes=("", "_before")
    )
    values = {
        name: newest[name].to_numpy(dtype=float, na_value=np.nan) for name in (*STATEMENT_AMOUNTS, "revenue_before")
    }
    ratios = pd.DataFrame(_ratios(values), index=newest["customer_id"])
    ratios.insert(0, "statement_age_days", (day - newest["period_end"]).dt.days.to_numpy(dtype=float))
    return ratios.reindex(everyone)


def _ratios(values: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The nine ratios; one whose denominator is 0 or less is not known."""
    revenue, owed = values["revenue"], values["current_liabilities"]
    return {
        "debt_ratio": _share(values["total_liabilities"], values["total_assets"]),
        "current_ratio": _share(values["current_assets"], owed),
        "quick_ratio": _share(values["current_assets"] - values["inventory"], owed),
        "cash_flow_ratio": _share(values["operating_cash_flow"], owed),
        "receivable_days": _share(365 * values["receivables"], revenue),
        "inventory_turnover": _share(values["cost_of_sales"], values["inventory"]),
        "revenue_growth": _share(revenue - values["revenue_before"], values["revenue_before"]),
        "gross_margin": _share(revenue - values["cost_of_sales"], revenue),
        "net_margin": _share(values["net_profit"], revenue),
    }


def _read_reviews(
    reviews: pd.DataFrame | None, everyone: pd.Index, day: pd.Timestamp, max_age_days: int
) -> pd.DataFrame:
    """What the newest review of each customer says, unless it is too old."""
    if reviews is None:
        empty = pd.DataFrame(index=everyone, columns=["review_age_days", *REVIEWED], dtype="Float64")
        return empty.astype(REVIEWED | {"review_age_days": "float64"})
    newest = _newest(reviews, ["recorded_date"], ["customer_id"], "credit_reviews").set_index("customer_id")
    newest = newest[newest["recorded_date"] >= day - pd.Timedelta(days=max_age_days)]
    age = (day - newest.pop("recorded_date")).dt.days.astype("float64")
    newest.insert(0, "review_age_days", age)
    return newest.astype(REVIEWED).reindex(everyone)
