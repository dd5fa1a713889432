"""The signs of good customers and of bad ones, as the course lists them, and what the year after says of them.

A sign counts only where a table holds evidence of it. What no table holds is *not judged*, and no zero: of the five
signs of a bad customer four can be judged from orders and activities ("distracts you from your plan" cannot), of the
four signs of a good one three ("takes you where your strategy goes" cannot). Where the lines are drawn is ours, not
the course's; each is an argument.
"""

from __future__ import annotations

import pandas as pd

from crmlib import require
from crmlib.language import t

REQUESTS = ("representative visit", "home delivery", "phone order")


def service_facts(
    profit: pd.DataFrame,
    lines: pd.DataFrame,
    activities: pd.DataFrame,
    *,
    requests: tuple[str, ...] = REQUESTS,
    returned: str = "return handling",
    complained: str = "complaint",
) -> pd.DataFrame:
    """What `bad_signs` judges by: orders, returns, requests and complaints of a period, beside the profit.

    Parameters
    ----------
    profit : DataFrame
        One row per customer who bought or was served: gross_profit, cost_to_serve, net_profit
        (a result of `profitability.net_profit`).
    lines : DataFrame
        One row per line of an order or of a refund: customer_id, order_id, amount. A refund is no order.
    activities : DataFrame
        One row per customer, month and activity: customer_id, activity, n_times.
    requests : tuple of str
        Names of the activities that a customer asks for.
    returned, complained : str
        Names of the activity that a returned line causes, and of a complaint.

    Returns
    -------
    DataFrame
        One row per customer: `profit` with n_orders, n_requests, n_returned and n_complaints; 0 where there was none.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> profit = pd.DataFrame({"gross_profit": [9.0], "cost_to_serve": 40.0, "net_profit": -31.0}, index=["ann"])
    >>> lines = pd.DataFrame({"customer_id": ["ann"], "order_id": ["1"], "amount": [50.0]})
    >>> done = pd.DataFrame({"customer_id": "ann", "activity": ["home delivery", "complaint"], "n_times": [2, 1]})
    >>> service_facts(profit, lines, done).loc["ann", ["n_orders", "n_requests", "n_complaints"]].astype(int).to_dict()
    {'n_orders': 1, 'n_requests': 2, 'n_complaints': 1}
    """
    require.columns(profit, ("gross_profit", "cost_to_serve", "net_profit"), "profit")
    require.columns(lines, ("customer_id", "order_id", "amount"), "lines")
    require.columns(activities, ("customer_id", "activity", "n_times"), "activities")
    bought = lines[lines["amount"] >= 0]
    counts = {"n_orders": bought.groupby("customer_id")["order_id"].nunique()}
    kinds = {"n_requests": requests, "n_returned": (returned,), "n_complaints": (complained,)}
    for name, wanted in kinds.items():
        done = activities[activities["activity"].isin(wanted)]
        counts[name] = done.groupby("customer_id")["n_times"].sum()
    return profit.assign(**{name: count.reindex(profit.index).fillna(0) for name, count in counts.items()})


def bad_signs(facts: pd.DataFrame, *, returned_per_order: float = 0.25, requests_per_order: float = 2) -> pd.DataFrame:
    """Four of the course's five signs of a bad customer; the fifth stands in no table and is not judged.

    Parameters
    ----------
    facts : DataFrame
        One row per customer: n_orders, n_returned, n_requests, n_complaints, cost_to_serve and net_profit of one
        period (a result of `service_facts`).
    returned_per_order : float
        From how many returned lines an order on somebody "asks for what you do badly". Weak evidence: a return may
        be a whim.
    requests_per_order : float
        From how many visits, deliveries and calls an order on somebody "asks for much service".

    Returns
    -------
    DataFrame
        One row per customer, True where a sign shows: returns much; costs more than brings (net_profit below 0);
        asks much; unhappy (a complaint although cost_to_serve is above the median). Without orders, one order is
        divided by.

    Raises
    ------
    ValueError
        A column is missing, or holds what is no number.

    Examples
    --------
    >>> facts = pd.DataFrame({"n_orders": [4, 2], "n_returned": [1, 0], "n_requests": [2, 1], "n_complaints": [0, 1],
    ...                       "cost_to_serve": [62.0, 90.0], "net_profit": [188.0, -10.0]}, index=["e", "x"])
    >>> bad_signs(facts).sum(axis=1).to_dict()
    {'e': 1, 'x': 2}
    """
    wanted = ("n_orders", "n_returned", "n_requests", "n_complaints", "cost_to_serve", "net_profit")
    require.numbers(facts, wanted, "facts")
    orders = facts["n_orders"].clip(lower=1)
    served = facts["cost_to_serve"] > facts["cost_to_serve"].median()
    return pd.DataFrame(
        {
            "returns much": facts["n_returned"] / orders >= returned_per_order,
            "costs more than brings": facts["net_profit"] < 0,
            "asks much": facts["n_requests"] / orders >= requests_per_order,
            "unhappy": (facts["n_complaints"] > 0) & served,
        }
    )


def buying_facts(
    lines: pd.DataFrame, earlier: pd.DataFrame, products: pd.DataFrame, *, n_strong: int = 3
) -> pd.DataFrame:
    """What `good_signs` judges by: what somebody buys, what they pay of the list price, and what is new to them.

    Parameters
    ----------
    lines : DataFrame
        One row per line of an order, of the period judged: customer_id, product_id, category, quantity, amount,
        cost. Refunds are left out.
    earlier : DataFrame
        The same of an earlier period: customer_id, category and amount. Who did not buy then can show nothing new.
    products : DataFrame
        One row per product: product_id and list_price.
    n_strong : int
        How many categories are what the firm "does well": those of the highest margin in `lines`.

    Returns
    -------
    DataFrame
        One row per customer who bought: strong_share, of what they spent; paid_share, of the list price; n_new,
        categories they had not bought earlier.

    Raises
    ------
    ValueError
        A column is missing, or n_strong is below 1.

    Examples
    --------
    >>> tea = {"customer_id": ["ann"], "product_id": ["t"], "category": ["tea"], "quantity": 2.0, "amount": 18.0}
    >>> lines, earlier = (pd.DataFrame(tea | {"category": [name], "cost": 9.0}) for name in ("tea", "oil"))
    >>> buying_facts(lines, earlier, pd.DataFrame({"product_id": ["t"], "list_price": [10.0]})).T["ann"].to_dict()
    {'strong_share': 1.0, 'paid_share': 0.9, 'n_new': 1.0}
    """
    wanted = ("customer_id", "product_id", "category", "quantity", "amount", "cost")
    require.columns(lines, wanted, "lines")
    require.columns(earlier, ("customer_id", "category", "amount"), "earlier")
    require.columns(products, ("product_id", "list_price"), "products")
    require.whole(n_strong, "n_strong")
    sold, before = lines[lines["amount"] > 0], earlier[earlier["amount"] > 0]
    sold = sold.assign(list_amount=sold["product_id"].map(products.set_index("product_id")["list_price"]))
    sold["list_amount"] *= sold["quantity"]
    total = sold.groupby("category", observed=True)[["amount", "cost"]].sum()
    strong = (1 - total["cost"] / total["amount"]).nlargest(n_strong).index
    spent = sold.groupby("customer_id")[["amount", "list_amount"]].sum()
    in_strong = sold[sold["category"].isin(strong)].groupby("customer_id")["amount"].sum()
    known = pd.MultiIndex.from_frame(before[["customer_id", "category"]].astype(str))
    pairs = sold[["customer_id", "category"]].astype(str).drop_duplicates()
    fresh = pairs[~pd.MultiIndex.from_frame(pairs).isin(known) & pairs["customer_id"].isin(before["customer_id"])]
    return pd.DataFrame(
        {
            "strong_share": in_strong.reindex(spent.index).fillna(0.0) / spent["amount"],
            "paid_share": spent["amount"] / spent["list_amount"],
            "n_new": fresh.groupby("customer_id").size().reindex(spent.index).fillna(0).astype(int),
        }
    )


def good_signs(facts: pd.DataFrame, *, strong_share: float = 0.5, paid_share: float = 0.95) -> pd.DataFrame:
    """Three of the course's four signs of a good customer; the fourth stands in no table and is not judged.

    Parameters
    ----------
    facts : DataFrame
        One row per customer: strong_share, paid_share and n_new (a result of `buying_facts`).
    strong_share : float
        From which share of their spending on somebody "lets you do what you do well".
    paid_share : float
        From which share of the list price on somebody "values what you do, and pays".

    Returns
    -------
    DataFrame
        One row per customer, True where a sign shows: buys what we do well; pays the price; asks for new things
        (weak evidence: a whim will do).

    Raises
    ------
    ValueError
        A column is missing, or holds what is no number.

    Examples
    --------
    >>> facts = pd.DataFrame({"strong_share": [0.6, 0.1], "paid_share": [0.9, 0.97], "n_new": [0, 2]}, index=["a", "b"])
    >>> good_signs(facts).sum(axis=1).to_dict()
    {'a': 1, 'b': 2}
    """
    require.numbers(facts, ("strong_share", "paid_share", "n_new"), "facts")
    return pd.DataFrame(
        {
            "buys what we do well": facts["strong_share"] >= strong_share,
            "pays the price": facts["paid_share"] >= paid_share,
            "asks for new things": facts["n_new"] > 0,
        }
    )


def gradient(signs: pd.DataFrame, net_profit: pd.Series) -> pd.DataFrame:
    """What became of customers who showed no sign, one, two ...: every step, and not its two ends only.

    Parameters
    ----------
    signs : DataFrame
        One row per customer, one column per sign, True where it shows: of a period before.
    net_profit : Series
        Of the period after, one value for each of the customers; 0 for who left.

    Returns
    -------
    DataFrame
        One row per number of signs, from 0 to all, also where nobody shows so many: n_customers; losing_share, the
        share whose net profit lies below 0, with lowest_share and highest_share, its 95 % interval (Wilson);
        mean_net_profit. Range of a share 0 to 1; a checklist that predicts has shares that climb at every step.

    Raises
    ------
    ValueError
        A customer has signs and no net profit: on another base two checklists could not be compared.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22(158), 209-212, doi:10.1080/01621459.1927.10502953.

    Examples
    --------
    >>> shown = pd.DataFrame({"late": [True, True, False], "rude": [True, False, False]}, index=["a", "b", "c"])
    >>> gradient(shown, pd.Series({"a": -5.0, "b": 3.0, "c": 9.0}))[["n_customers", "losing_share", "mean_net_profit"]]
             n_customers  losing_share  mean_net_profit
    n_signs
    0                  1           0.0              9.0
    1                  1           0.0              3.0
    2                  1           1.0             -5.0
    """
    after = net_profit.reindex(signs.index)
    n_missing = int(after.isna().sum())
    if n_missing:
        raise ValueError(
            t(
                "every customer with signs must have a net_profit of the period after; {n_missing:,} of {n:,} have"
                " none. Give those who left a 0: net_profit.reindex(signs.index).fillna(0.0).",
                n_missing=n_missing,
                n=len(signs),
            )
        )
    n_signs = signs.sum(axis=1).astype(int).rename("n_signs")
    told = pd.DataFrame({"losing": after < 0, "net_profit": after}).groupby(n_signs)
    table = told.agg(
        n_customers=("losing", "size"), losing_share=("losing", "mean"), mean_net_profit=("net_profit", "mean")
    ).reindex(range(signs.shape[1] + 1))
    table["n_customers"] = table["n_customers"].fillna(0).astype(int)
    low, high = _wilson(table["losing_share"], table["n_customers"])
    return table.assign(lowest_share=low, highest_share=high)[
        ["n_customers", "losing_share", "lowest_share", "highest_share", "mean_net_profit"]
    ].rename_axis("n_signs")


def _wilson(share: pd.Series, n: pd.Series, z: float = 1.959964) -> tuple[pd.Series, pd.Series]:
    """The interval of a share of n, in closed form; missing where n is 0."""
    n = n.where(n > 0)
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * (share * (1 - share) / n + z**2 / (4 * n**2)) ** 0.5 / (1 + z**2 / n)
    return (middle - half).clip(lower=0), (middle + half).clip(upper=1)
