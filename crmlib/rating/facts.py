"""From invoices, statements and reviews to the facts of each customer, as they were known before a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t

INVOICES = ("customer_id", "invoice_date", "due_date", "amount", "paid_date")
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


@dataclass(frozen=True)
class Known:
    """Rows that were known before the day: whose each is, by its place among `names`, and its columns."""

    names: pd.Index
    place: np.ndarray
    columns: dict[str, np.ndarray]

    def who(self, everyone: pd.Index) -> np.ndarray:
        """Whose each row is, by the place among everyone."""
        return everyone.get_indexer(self.names)[self.place]

    def present(self) -> pd.Index:
        """The customers who have a row."""
        return self.names[np.bincount(self.place, minlength=len(self.names)) > 0]


def gather(tables: Mapping[str, pd.DataFrame], day: pd.Timestamp, max_age_days: int) -> pd.DataFrame:
    """One row per customer of whom anything was known before the day."""
    oldest = day - pd.Timedelta(days=max_age_days)
    invoices = _known_invoices(tables["invoices"], day) if "invoices" in tables else None
    statements = _known(tables["statements"], "statements", day) if "statements" in tables else None
    reviews = _known(tables["credit_reviews"], "credit_reviews", day) if "credit_reviews" in tables else None
    first, *others = (known.present() for known in (invoices, statements, reviews) if known is not None)
    everyone = first.append(others).unique().sort_values().rename("customer_id")
    facts = pd.DataFrame({"as_of": day}, index=everyone)
    facts["relation_days"] = _relation_days(tables.get("customers"), invoices, everyone, day)
    ledger = _read_ledger(invoices, everyone, day)
    # A list of open items holds no invoice that was paid, so of repayment it says nothing.
    if invoices is not None and tables["invoices"]["paid_date"].isna().all():
        ledger[["amount_due", "repaid_share", "on_time_share"]] = np.nan
    return pd.concat(
        [
            facts,
            ledger,
            _read_statements(statements, everyone, day, oldest),
            _read_reviews(reviews, everyone, day, oldest),
        ],
        axis=1,
    )


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


def _coded(table: pd.DataFrame, name: str, is_known: np.ndarray) -> tuple[pd.Index, np.ndarray]:
    """The customers of a table, each once, and whose each known row is."""
    who = table["customer_id"]
    if isinstance(who.dtype, pd.CategoricalDtype):  # numbered already, so that a long log need not be for each quarter
        names, place = who.cat.categories.astype("str"), who.cat.codes.to_numpy().astype(np.int64)
    else:
        place, names = pd.factorize(who.astype("str"))
    missing = place < 0
    if missing.any():
        raise ValueError(
            t(
                "every row of {name} must have a customer_id; {n_bad:,} of {n:,} have none. Find out whose they are, or"
                " leave them out and say so.",
                name=name,
                n_bad=int(missing.sum()),
                n=len(table),
            )
        )
    return names, place[is_known]


# --- the ledger ---------------------------------------------------------------------------------


def _known_invoices(table: pd.DataFrame, day: pd.Timestamp) -> Known:
    require.columns(table, INVOICES, "invoices")
    made = days(table, "invoice_date", "invoices").to_numpy()
    is_known = made < np.datetime64(day)
    names, place = _coded(table, "invoices", is_known)
    columns = {"made": made[is_known], "due": days(table, "due_date", "invoices").to_numpy()[is_known]}
    for column, name in (("paid_date", "paid"), ("written_off_date", "lost")):
        if column in table:
            ended = days(table, column, "invoices", may_miss=True).to_numpy()[is_known]
            columns[name] = np.where(ended < np.datetime64(day), ended, np.datetime64("NaT"))  # the rest is to come
        else:
            columns[name] = np.full(len(place), np.datetime64("NaT", "s"))
    require.numbers(table, ["amount"], "invoices")
    amount = table["amount"].to_numpy(dtype=float)
    bad = amount <= 0
    if bad.any():
        raise ValueError(
            t(
                "every amount of invoices must be above 0; {n_bad:,} of {n:,} are not, the first {value:,.2f}. Take"
                " credit notes off the invoice they belong to, or leave them out and say so.",
                n_bad=int(bad.sum()),
                n=len(table),
                value=float(amount[bad.argmax()]),
            )
        )
    return Known(names, place, columns | {"amount": amount[is_known]})


def _read_ledger(invoices: Known | None, everyone: pd.Index, day: pd.Timestamp) -> pd.DataFrame:
    """Of each customer: due last quarter and what was repaid; what is overdue; bad debts; average monthly sales."""
    if invoices is None:
        return pd.DataFrame(np.nan, index=everyone, columns=[*LEDGER, *SALES])
    who, rows, n = invoices.who(everyone), invoices.columns, len(everyone)
    amount, due, paid, lost = (rows[name] for name in ("amount", "due", "paid", "lost"))
    first, end = (np.datetime64(one) for one in last_quarter(day))
    is_paid, is_lost = ~np.isnat(paid), ~np.isnat(lost)

    def added(chosen: np.ndarray) -> np.ndarray:
        place = np.flatnonzero(chosen)
        return np.bincount(who[place], weights=amount[place], minlength=n)

    is_new = (due >= first) & (due < end)
    # Older debt that was still open when the quarter began is due in it as well, until it is paid or given up.
    is_old = (due < first) & ~(paid < first) & ~(lost < first)
    is_overdue = (due < np.datetime64(day)) & ~is_paid & ~is_lost
    late = np.zeros(n)
    np.maximum.at(late, who[is_overdue], (np.datetime64(day) - due[is_overdue]) / np.timedelta64(1, "D"))
    fell_due, all_due = added(is_new), added(is_new | is_old)
    facts = {
        "amount_due": all_due,
        "repaid_share": _share(added((is_new | is_old) & is_paid), all_due),
        "on_time_share": _share(added(is_new & is_paid & (paid <= due)), fell_due),
        "n_bad_debts": np.bincount(who[is_lost], minlength=n).astype(float),
        "overdue_amount": added(is_overdue),
        "overdue_days": late,
    }
    facts |= dict(zip(SALES, _monthly_sales(who, amount, rows["made"], n, day), strict=True))
    has_one = np.bincount(who, minlength=n) > 0  # no invoice, no evidence
    return pd.DataFrame({name: np.where(has_one, value, np.nan) for name, value in facts.items()}, index=everyone)


def _monthly_sales(
    who: np.ndarray, amount: np.ndarray, made: np.ndarray, n: int, day: pd.Timestamp
) -> tuple[np.ndarray, np.ndarray]:
    """Mean sales of the months in which anything was sold, of the twelve whole months before the day; and how many."""
    end = day.to_period("M").start_time
    place = np.flatnonzero((made >= np.datetime64(end - pd.DateOffset(months=12))) & (made < np.datetime64(end)))
    who, amount = who[place], amount[place]
    month = (made[place].astype("datetime64[M]") - np.datetime64(end, "M")).astype(int) + 12
    n_months = (np.bincount(who * 12 + month, minlength=n * 12).reshape(n, 12) > 0).sum(axis=1)
    return _share(np.bincount(who, weights=amount, minlength=n), n_months, digits=6), n_months


def _share(part: np.ndarray, whole: np.ndarray, digits: int = DIGITS) -> np.ndarray:
    """The part by the whole; NaN where the whole is not above 0."""
    return np.round(np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0), digits)


def _relation_days(
    customers: pd.DataFrame | None, invoices: Known | None, everyone: pd.Index, day: pd.Timestamp
) -> np.ndarray:
    """Days since the customer was registered, or since the first invoice, whichever is earlier."""
    began = np.full(len(everyone), np.datetime64("NaT", "s"))
    if customers is not None:
        require.columns(customers, ["customer_id", "registered_date"], "customers")
        registered = days(customers, "registered_date", "customers", may_miss=True).to_numpy()
        place = everyone.get_indexer(customers["customer_id"].astype("str"))
        is_there = (place >= 0) & ~np.isnat(registered)
        began = _earliest(began, place[is_there], registered[is_there])
    if invoices is not None:
        began = _earliest(began, invoices.who(everyone), invoices.columns["made"])
    began[~(began < np.datetime64(day))] = np.datetime64("NaT")
    return (np.datetime64(day, "s") - began) / np.timedelta64(1, "D") // 1


def _earliest(began: np.ndarray, place: np.ndarray, days: np.ndarray) -> np.ndarray:
    late = np.datetime64("9999-12-31", "s")
    first = np.where(np.isnat(began), late, began).astype(np.int64)
    np.minimum.at(first, place, days.astype("datetime64[s]").astype(np.int64))
    first = first.astype("datetime64[s]")
    first[first == late] = np.datetime64("NaT")
    return first


# --- statements and reviews ---------------------------------------------------------------------

WANTED = {"statements": ("period_end", *STATEMENT_AMOUNTS), "credit_reviews": tuple(REVIEWED)}


def _known(table: pd.DataFrame, name: str, day: pd.Timestamp) -> Known:
    """What was recorded before the day."""
    require.columns(table, ["customer_id", "recorded_date", *WANTED[name]], name)
    recorded = days(table, "recorded_date", name).to_numpy()
    is_known = recorded < np.datetime64(day)
    names, place = _coded(table, name, is_known)
    columns = {"recorded_date": recorded[is_known]}
    if name == "statements":
        columns["period_end"] = days(table, "period_end", name).to_numpy()[is_known]
        for column in STATEMENT_AMOUNTS:
            columns[column] = table[column].to_numpy(dtype=float, na_value=np.nan)[is_known]
    else:
        columns |= {column: table[column].array[is_known] for column in REVIEWED}
    return Known(names, place, columns)


def _newest(known: Known, key: list[np.ndarray], name: str) -> np.ndarray:
    """The place of the row recorded last of each key, sorted by it; two of one day are refused."""
    order = np.lexsort([known.columns["recorded_date"], *key[::-1]])
    is_same = np.all([one[order][1:] == one[order][:-1] for one in key], axis=0)
    recorded = known.columns["recorded_date"][order]
    twice = is_same & (recorded[1:] == recorded[:-1])
    if twice.any():
        place = twice.argmax()
        raise ValueError(
            t(
                "{name} must have one row per customer and day; {who!r} has two of {day}. Keep the right one:"
                " {name}.drop_duplicates(['customer_id', 'recorded_date']).",
                name=name,
                who=known.names[known.place[order[place]]],
                day=str(recorded[place].astype("datetime64[D]")),
            )
        )
    return order[~np.append(is_same, False)] if len(order) else order


def _read_statements(
    statements: Known | None, everyone: pd.Index, day: pd.Timestamp, oldest: pd.Timestamp
) -> pd.DataFrame:
    """The ratios of each customer's newest statement, unless it is too old; growth against the year before."""
    if statements is None:
        return pd.DataFrame(np.nan, index=everyone, columns=["statement_age_days", *RATIOS])
    who, end = statements.who(everyone), statements.columns["period_end"]
    each = _newest(statements, [who, end], "statements")  # of each period as it was revised last
    who, end = who[each], end[each]
    values = {name: statements.columns[name][each] for name in STATEMENT_AMOUNTS}
    month = who * 100_000 + end.astype("datetime64[M]").astype(int)  # one number a customer and month, in order
    is_newest = np.append(who[1:] != who[:-1], True)[: len(who)] & (end >= np.datetime64(oldest))
    place = np.flatnonzero(is_newest)
    before = np.searchsorted(month, month[place] - 12)
    is_there = month[before] == month[place] - 12
    values = {name: value[place] for name, value in values.items()} | {
        "revenue_before": np.where(is_there, values["revenue"][before], np.nan)
    }
    age = (np.datetime64(day) - end[place]) / np.timedelta64(1, "D") // 1
    return _spread({"statement_age_days": age} | _ratios(values), who[place], everyone)


def _spread(columns: dict[str, np.ndarray], who: np.ndarray, everyone: pd.Index) -> pd.DataFrame:
    """Values of some, NaN for all others."""
    spread = {name: np.full(len(everyone), np.nan) for name in columns}
    for name, values in columns.items():
        spread[name][who] = values
    return pd.DataFrame(spread, index=everyone)


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


def _read_reviews(reviews: Known | None, everyone: pd.Index, day: pd.Timestamp, oldest: pd.Timestamp) -> pd.DataFrame:
    """What the newest review of each customer says, unless it is too old."""
    row = np.full(len(everyone), -1)
    age = np.full(len(everyone), np.nan)
    facts = {name: pd.array([], dtype=kind) for name, kind in REVIEWED.items()}
    if reviews is not None:
        who, recorded = reviews.who(everyone), reviews.columns["recorded_date"]
        newest = _newest(reviews, [who], "credit_reviews")
        newest = newest[recorded[newest] >= np.datetime64(oldest)]
        row[who[newest]] = newest
        age[who[newest]] = (np.datetime64(day) - recorded[newest]) / np.timedelta64(1, "D") // 1
        facts = {name: reviews.columns[name] for name in REVIEWED}
    columns = {
        name: pd.Series(column).reindex(row).astype(REVIEWED[name]).set_axis(everyone) for name, column in facts.items()
    }
    return pd.DataFrame({"review_age_days": age} | columns, index=everyone)
