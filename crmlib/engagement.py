"""Four kinds of value of a customer: what they buy, whom they bring, what they may yet buy, what they teach us."""

from __future__ import annotations

import pandas as pd

from crmlib import require
from crmlib.language import t


def kinds_of_value(
    transaction: pd.Series,
    *,
    referred_by: pd.Series,
    word_share: float,
    growth: pd.Series | None = None,
    knowledge: pd.Series | None = None,
    saved_cost: float = 0.0,
) -> pd.DataFrame:
    """Transaction, referral, growth and knowledge value of each customer, a referred customer counted once.

    Of somebody who was recommended, the share that word of mouth brought (who would not have come anyway) belongs to
    the account of whoever recommended them, and is taken off their own: so the total over all customers is what the
    firm has, and not more. Only direct recommendations count.

    When something else is right: `transaction` alone, to decide what may be spent on a customer who recommends nobody.

    Parameters
    ----------
    transaction : Series
        What each customer's own purchases bring, costs taken off, in currency units, indexed by customer_id.
    referred_by : Series
        Who recommended each customer, indexed by customer_id; missing where nobody did. Who is in it and not in
        `transaction` brings 0.
    word_share : float
        The share of the recommended who would not have come anyway, 0 to 1. An assumption, unless a test by lot
        measured it.
    growth, knowledge : Series, optional
        What each customer may yet buy (`growth_value`), and what their ideas brought; 0 where missing.
    saved_cost : float
        What winning a customer costs otherwise: it is saved for those who would have come anyway.

    Returns
    -------
    DataFrame
        One row per customer (index customer_id), in currency units: transaction_value; referral_value, what those whom
        they recommended bring to their account; growth_value; knowledge_value; passed_on_value, what of their own
        belongs to the account of whoever recommended them, taken off; and total_value, the sum of the five.

    Raises
    ------
    TypeError, ValueError
        A value is missing or infinite, a customer stands twice, a share lies outside 0 to 1, or somebody recommended
        themselves.

    References
    ----------
    Kumar, Aksoy, Donkers, Venkatesan, Wiesel & Tillmanns (2010), Undervalued or overvalued customers: capturing total
    customer engagement value, doi:10.1177/1094670510375602: CLV, CRV, CIV and CKV. The course: 交易价值, 推荐价值,
    成长价值, 知识价值.

    Examples
    --------
    >>> brought = pd.Series({"ann": 50.0, "bob": 200.0})
    >>> kinds_of_value(brought, referred_by=pd.Series({"bob": "ann"}), word_share=0.5)[
    ...     ["transaction_value", "referral_value", "passed_on_value", "total_value"]
    ... ].T.to_dict("list")
    {'ann': [50.0, 100.0, 0.0, 150.0], 'bob': [200.0, 0.0, -100.0, 100.0]}
    """
    require.values(transaction)
    require.share(word_share, "word_share")
    require.number(saved_cost, "saved_cost", least=0, example=40)
    by = _recommended(referred_by)
    everybody = transaction.index.union(by.index).union(pd.Index(by.unique())).rename("customer_id")
    table = pd.DataFrame({"transaction_value": transaction}).reindex(everybody).fillna(0.0).astype(float)
    brought = word_share * table.loc[by.index, "transaction_value"]
    table["referral_value"] = (brought + (1 - word_share) * saved_cost).groupby(by).sum()
    for name, extra in {"growth_value": growth, "knowledge_value": knowledge}.items():
        if extra is not None and len(extra):
            require.values(extra)
            table = table.reindex(table.index.union(extra.index).rename("customer_id"))
        table[name] = 0.0 if extra is None else extra
    table["passed_on_value"] = -brought
    table = table.astype(float).fillna(0.0)
    return table.assign(total_value=table.sum(axis=1))


def _recommended(referred_by: pd.Series) -> pd.Series:
    """Who was recommended by whom, those who were not left out."""
    by = referred_by.dropna()
    if by.index.has_duplicates:
        twice = by.index[by.index.duplicated()][0]
        raise ValueError(
            t("referred_by must have one row per customer; {twice!r} stands there more than once.", twice=twice)
        )
    is_own = by.index.to_numpy() == by.to_numpy()
    if is_own.any():
        raise ValueError(
            t("nobody recommends themselves; {first!r} does in referred_by. Leave it empty.", first=by.index[is_own][0])
        )
    return by


def cross_selling_table(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Who without a category in one period bought of it in the next, and what it brought: what a gap is worth.

    Of the customers of the first period; who did not come again added nothing. A category that is new in a basket may
    stand for one that has left it, so the gain is at most what is given here.

    Parameters
    ----------
    before, after : DataFrame
        One row per line of an order or of a refund, of each period and no other: customer_id, category, amount and
        cost, in currency units.

    Returns
    -------
    DataFrame
        One row per category (index ``category``): n_without_it, customers of the first period who bought none of it;
        n_who_added, those of them who did in the second; added_share; average_gain, what it brought from each of
        those, the goods taken off; expected_gain, from each who was without it: the product of the two.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> before = pd.DataFrame({"customer_id": ["ann", "bob"], "category": ["oil", "tea"], "amount": 9.0, "cost": 5.0})
    >>> after = before.assign(category="oil")
    >>> cross_selling_table(before, after).loc["oil"].to_dict()
    {'n_without_it': 1.0, 'n_who_added': 1.0, 'added_share': 1.0, 'average_gain': 4.0, 'expected_gain': 4.0}
    """
    first, second = _by_category(before, "before"), _by_category(after, "after")
    categories = first.columns.union(second.columns)
    without = first.reindex(columns=categories).isna()
    later = second.reindex(index=first.index, columns=categories)
    added = without & later.notna()
    counts = pd.DataFrame({"n_without_it": without.sum(), "n_who_added": added.sum()}).rename_axis("category")
    counts["added_share"] = (counts["n_who_added"] / counts["n_without_it"]).fillna(0.0)
    counts["average_gain"] = (later.where(added).sum() / counts["n_who_added"]).fillna(0.0)
    return counts.assign(expected_gain=counts["added_share"] * counts["average_gain"])


def growth_value(lines: pd.DataFrame, table: pd.DataFrame) -> pd.Series:
    """What each customer may yet buy: the gain expected of every category of which they bought none, added up.

    Parameters
    ----------
    lines : DataFrame
        As in `cross_selling_table`, of the period from which one looks ahead.
    table : DataFrame
        One row per category, with expected_gain: a result of `cross_selling_table`, from the periods before.

    Returns
    -------
    Series
        Named "growth", one number per customer of `lines`, in currency units.

    Raises
    ------
    ValueError
        A column is missing, or a category has no expected_gain.

    References
    ----------
    The course's 成长价值.

    Examples
    --------
    >>> table = pd.DataFrame({"expected_gain": [4.0, 3.0]}, index=["oil", "tea"])
    >>> lines = pd.DataFrame({"customer_id": ["ann", "bob"], "category": ["oil", "tea"], "amount": 9.0, "cost": 5.0})
    >>> growth_value(lines, table).to_dict()
    {'ann': 3.0, 'bob': 4.0}
    """
    require.columns(table, ("expected_gain",), "table")
    bought = _by_category(lines, "lines")
    missing = [str(name) for name in bought.columns if name not in table.index]
    if missing:
        raise ValueError(t("table must have a row for every category of lines; missing {missing}.", missing=missing))
    gains = table["expected_gain"].astype(float)
    return bought.reindex(columns=gains.index).isna().astype(float).dot(gains).rename("growth")


def _by_category(lines: pd.DataFrame, name: str) -> pd.DataFrame:
    """What each category brought from each customer, the goods taken off; missing where they bought none."""
    require.columns(lines, ("customer_id", "category", "amount", "cost"), name)
    profit = (lines["amount"] - lines["cost"]).astype(float)
    names = lines["category"].astype(object)
    return profit.groupby([lines["customer_id"], names]).sum().unstack()
