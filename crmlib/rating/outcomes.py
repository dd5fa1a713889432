"""What became of invoices that were made after a day: paid, paid very late, not paid; and how often, by grade."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t
from crmlib.rating.card import NOT_RATED
from crmlib.rating.known import days
from crmlib.rating.limits import refuse_repeated


def later_payments(
    invoices: pd.DataFrame, *, since: object, until: object, as_of: object, days_late: int = 90
) -> pd.DataFrame:
    """What became of the invoices made from one day to another: the later payments that test a grade of the first day.

    An invoice has failed if it was not paid within so many days of the day on which it was due. Each must have had the
    time to fail: a window that ends too near to the last day of the ledger would call invoices good that are only
    young, so it is refused.

    When something else is right: `backtest.follow_payments`, to test a card: it tells apart who was in default on the
    day already, and looks at older invoices too. Here new sales are followed. And a loss in money for the books:
    what is 90 days late is often paid in the end, and what is not paid by `as_of` may still be.

    Parameters
    ----------
    invoices : DataFrame
        One row per invoice: customer_id, invoice_date, due_date, amount and paid_date, missing while it is not paid.
    since, until : date, str or Timestamp
        The first and the last day on which the invoices were made. A grade to be tested must be dated `since` or
        before.
    as_of : date, str or Timestamp
        The last day of the ledger; payments after it are not seen.
    days_late : int
        How many days after the due date an invoice has failed. 90 is the custom of banks.

    Returns
    -------
    DataFrame
        One row per customer with such an invoice, sorted by the index `customer_id`: n_invoices; amount; failed_amount,
        not paid in time; unpaid_amount, not paid by `as_of`; has_failed, whether any invoice has.

    Raises
    ------
    ValueError
        A column is missing, a date is none, an amount is no number, days are not in order, or an invoice had no time
        to fail.

    Examples
    --------
    Ann paid one invoice 100 days late; Bob's is still open.

    >>> invoices = pd.DataFrame({"customer_id": ["ann", "ann", "bob"], "amount": [300.0, 100.0, 50.0],
    ...     "invoice_date": pd.to_datetime("2024-01-10"), "due_date": pd.to_datetime("2024-02-10"),
    ...     "paid_date": pd.to_datetime(["2024-02-01", "2024-05-20", None])})
    >>> later_payments(invoices, since="2024-01-01", until="2024-01-31", as_of="2024-12-31").drop(columns="n_invoices")
                 amount  failed_amount  unpaid_amount  has_failed
    customer_id
    ann           400.0          100.0            0.0        True
    bob            50.0           50.0           50.0        True
    """
    first, last, end = (require.day(*one) for one in ((since, "since"), (until, "until"), (as_of, "as_of")))
    require.whole(days_late, "days_late")
    require.columns(invoices, ["customer_id", "invoice_date", "due_date", "amount", "paid_date"], "invoices")
    require.numbers(invoices, ["amount"], "invoices")
    made, due = (days(invoices, name, "invoices") for name in ("invoice_date", "due_date"))
    is_chosen = (made >= first) & (made < last + pd.Timedelta(days=1))
    _refuse_young(due[is_chosen], end, days_late)
    paid = days(invoices, "paid_date", "invoices", may_miss=True)
    paid = paid.where(paid < end + pd.Timedelta(days=1))
    amount = invoices["amount"].astype(float)
    is_failed = ~((paid - due).dt.days <= days_late)
    table = pd.DataFrame(
        {
            "customer_id": invoices["customer_id"],
            "n_invoices": 1,
            "amount": amount,
            "failed_amount": amount.where(is_failed, 0.0),
            "unpaid_amount": amount.where(paid.isna(), 0.0),
            "has_failed": is_failed,
        }
    )[is_chosen]
    grouped = table.groupby("customer_id")
    return grouped.sum(numeric_only=True).assign(has_failed=grouped["has_failed"].any())


def _refuse_young(due: pd.Series, end: pd.Timestamp, days_late: int) -> None:
    """Every invoice must have been due long enough ago."""
    limit = end - pd.Timedelta(days=days_late)
    n_young = int((due > limit).sum())
    if n_young:
        raise ValueError(
            t(
                "every invoice must have been due {days_late} days before as_of, {end}, or it had no time to fail;"
                " {n:,} were due later, the last on {last}. Choose an earlier until, or a later as_of.",
                days_late=days_late,
                end=f"{end:%Y-%m-%d}",
                n=n_young,
                last=f"{due.max():%Y-%m-%d}",
            )
        )


def default_rates(grades: pd.Series, has_failed: pd.Series) -> pd.DataFrame:
    """By grade: how many of those who bought later failed to pay, with its 95% interval (Wilson's).

    When something else is right: where most grades have a handful of customers, as here; then fewer, wider grades, or
    years put together, or the rates of an agency, called so.

    Parameters
    ----------
    grades : Series
        The grade of each customer on a day, indexed by customer_id; ordered grades keep their order.
    has_failed : Series
        Whether they failed later, True or false, indexed by customer_id: has_failed of `later_payments`. Those who
        bought nothing later are not in it, and count as neither. Those without a grade are left out.

    Returns
    -------
    DataFrame
        One row per grade, from the best to the worst, not rated last: n_graded; n_customers, of them with an invoice
        later; n_failed; default_rate, 0 to 1, low_rate and high_rate, missing where nobody bought.

    Raises
    ------
    ValueError
        A customer stands twice, or has_failed is not true or false.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22(158), 209-212.

    Examples
    --------
    >>> grades = pd.Series(["A", "A", "A", "C", "C"], index=list("abcde"), name="grade")
    >>> failed = pd.Series({"a": False, "b": False, "d": True, "new": True})
    >>> default_rates(grades, failed).round(2)
           n_graded  n_customers  n_failed  default_rate  low_rate  high_rate
    grade
    A             3            2         0           0.0      0.00       0.66
    C             2            1         1           1.0      0.21       1.00
    """
    from statsmodels.stats.proportion import proportion_confint  # seconds, which others need not wait for

    for one, name in ((grades, "grades"), (has_failed, "has_failed")):
        refuse_repeated(one, name)
    failed = pd.Series(require.truths(has_failed, "has_failed"), index=has_failed.index)
    names = grades.astype(object).where(grades.notna(), NOT_RATED).astype(str)
    is_bought = grades.index.isin(failed.index)
    customers = pd.DataFrame({"bought": is_bought, "failed": failed.reindex(grades.index, fill_value=False)})
    grouped = customers.groupby(names.rename(grades.name or "grade"))
    table = pd.DataFrame(
        {"n_graded": grouped.size(), "n_customers": grouped["bought"].sum(), "n_failed": grouped["failed"].sum()}
    )
    table = table.loc[_best_first(grades, table.index)]
    held = table["n_customers"].where(table["n_customers"] > 0)
    table["default_rate"] = table["n_failed"] / held
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = proportion_confint(table["n_failed"], table["n_customers"], method="wilson")
    return table.assign(low_rate=low.where(held.notna()), high_rate=high.where(held.notna()))


def _best_first(grades: pd.Series, names: pd.Index) -> list[str]:
    """The names from the best to the worst where grades are ordered, as sorted otherwise; not rated at the end."""
    is_ordered = isinstance(grades.dtype, pd.CategoricalDtype)
    order = [str(name) for name in grades.cat.categories[::-1]] if is_ordered else sorted(names)
    kept = [name for name in order if name in names and name != NOT_RATED]
    return [*kept, *([NOT_RATED] if NOT_RATED in names else [])]
