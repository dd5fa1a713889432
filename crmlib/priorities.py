"""Whom to act on: who is overdue, who fell, who costs more than they bring, who owes too much; the money at stake."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.customer_index import is_unique, look_up, rank, rank_order
from crmlib.language import money, number, plural, t

OVERDUE_TIMES = 3
FEWEST_ORDERS = 4  # three gaps: fewer make no rhythm
NOT_RATED = "not rated"


def overdue(summary: pd.DataFrame, *, times: float = OVERDUE_TIMES) -> pd.DataFrame:
    """The customers whose last order lies longer back than their own rhythm explains.

    The usual gap of a customer is the mean of the days between two orders. Who buys by chance at a steady rate is
    silent for more than k of their gaps once in exp(k) times, in 20 for k = 3, where the gap is known. Where it is
    the mean of n gaps, as here, once in (1 + k/n)^n times: after four orders in 8. So each customer has this chance
    beside them, and nobody is listed whose gap would be that of others.

    When something else is right: BG/NBD, which gives a probability of being a customer still, and borrows from
    others where one has few orders; an end of contract, where there are contracts.

    Parameters
    ----------
    summary : DataFrame
        One row per customer over all that is known of them: recency_days, tenure_days, frequency,
        as `customers.summarize_customers` gives them without `since`.
    times : float
        From how many usual gaps on a customer is overdue; above 1.

    Returns
    -------
    DataFrame
        One row per customer who is overdue, index `customer_id`: usual_gap_days, recency_days,
        times_usual, the one by the other, n_gaps, and chance_rate, how often a steady customer is silent so long by
        chance, the gap being reckoned from so many. Nobody with fewer than 4 orders is overdue.

    Raises
    ------
    ValueError
        A column is missing, or times is not above 1.

    References
    ----------
    Cox & Lewis (1966), The Statistical Analysis of Series of Events, ch. 2: gaps of events that come by chance.

    Examples
    --------
    Ann ordered every 10 days and has not for 40; Bob every 40 days.

    >>> summary = pd.DataFrame(
    ...     {"recency_days": [40, 40], "tenure_days": [90, 200], "frequency": [6, 5]},
    ...     index=pd.Index(["ann", "bob"], name="customer_id"),
    ... )
    >>> overdue(summary)
                 usual_gap_days  recency_days  times_usual  n_gaps  chance_rate
    customer_id
    ann                    10.0            40          4.0       5     0.052922
    """
    require.columns(summary, ["recency_days", "tenure_days", "frequency"], "summary")
    require.number(times, "times", above=1, example=OVERDUE_TIMES)
    is_known = (summary["frequency"].fillna(0) >= FEWEST_ORDERS).to_numpy(dtype=bool)
    known = summary.loc[is_known, ["recency_days", "tenure_days", "frequency"]]
    known = known.dropna().astype(float)
    gap = (known["tenure_days"] - known["recency_days"]) / (known["frequency"] - 1)
    found = pd.DataFrame({"usual_gap_days": gap, "recency_days": known["recency_days"].astype(int)})
    found = found[(gap > 0).to_numpy()]
    found["times_usual"] = found["recency_days"] / found["usual_gap_days"]
    found["n_gaps"] = look_up(known["frequency"], found.index).astype(int) - 1
    found["chance_rate"] = (1 + found["times_usual"] / found["n_gaps"]) ** -found["n_gaps"]
    return found[(found["times_usual"] > times).to_numpy()]


def fallen(before: pd.DataFrame, after: pd.DataFrame, *, at_least: float = 0.2) -> pd.Series:
    """What the customers brought less who were above the lowest tier, and fell.

    Parameters
    ----------
    before, after : DataFrame
        One row per customer who bought in a period, and in the next one of the same length: value,
        and tier (an ordered categorical, the lowest first). Who is not in `after` bought nothing.
    at_least : float
        By which share their money must have shrunk; one who fell because others rose has not changed.

    Returns
    -------
    Series
        The money they brought less, by customer_id, from the most to the least.

    Raises
    ------
    ValueError
        A column is missing, or at_least is no share.

    Examples
    --------
    >>> kind = pd.CategoricalDtype(["small", "VIP"], ordered=True)
    >>> before = pd.DataFrame({"value": [90.0, 80.0, 5.0]}, index=["ann", "bob", "cy"])
    >>> before["tier"] = pd.Categorical(["VIP", "VIP", "small"], dtype=kind)
    >>> after = pd.DataFrame({"value": [20.0, 85.0]}, index=["ann", "bob"])
    >>> after["tier"] = pd.Categorical(["small", "VIP"], dtype=kind)
    >>> fallen(before, after)
    ann    70.0
    Name: at_stake, dtype: float64
    """
    for frame, name in ((before, "before"), (after, "after")):
        require.columns(frame, ["value", "tier"], name)
    require.share(at_least, "at_least")
    high = before[(before["tier"].cat.codes > 0).to_numpy()]
    tier_now = look_up(after["tier"].cat.codes, high.index, -1)
    less = high["value"] - look_up(after["value"], high.index, 0.0)
    is_fallen = (tier_now < high["tier"].cat.codes) & (less > 0) & (less >= at_least * high["value"])
    return rank(less[is_fallen.to_numpy()].round(6)).rename("at_stake")


def list_priorities(reasons: Mapping[str, pd.Series]) -> pd.DataFrame:
    """One row per customer to act on, whatever the reason, from the most money at stake to the least.

    What is at stake is not added up over reasons: it would be the same money twice.

    Parameters
    ----------
    reasons : dict of str to Series
        For each reason the money at stake, by customer_id.

    Returns
    -------
    DataFrame
        One row per customer, index `customer_id`: reason (that with most at stake; the first of
        equal ones), also (the other reasons, with "; " between them) and at_stake.

    Raises
    ------
    ValueError
        A customer stands twice under a reason.

    Examples
    --------
    >>> list_priorities({"overdue": pd.Series({"ann": 70.0}), "loses money": pd.Series({"bob": 9.0, "ann": 5.0})})
                      reason         also  at_stake
    customer_id
    ann              overdue  loses money      70.0
    bob          loses money                    9.0
    """
    twice = [reason for reason, amounts in reasons.items() if not is_unique(amounts.index)]
    if twice:
        raise ValueError(
            t("each customer must stand once under a reason; under {reasons} some stand twice.", reasons=twice)
        )
    parts = [pd.DataFrame({"reason": name, "at_stake": amounts.dropna()}) for name, amounts in reasons.items()]
    rows = pd.concat([part.assign(place=place) for place, part in enumerate(parts)]) if parts else _nobody()
    rows = rows.sort_values(["at_stake", "place"], ascending=[False, True], kind="stable")
    is_other = rows.index.duplicated()
    found = rows[~is_other].assign(also=rows[is_other].groupby(level=0)["reason"].agg("; ".join)).fillna({"also": ""})
    return found[["reason", "also", "at_stake"]].iloc[rank_order(found["at_stake"])].rename_axis("customer_id")


def watch_debtors(debtors: pd.DataFrame, *, days_late: int = 90) -> pd.DataFrame:
    """Which customers who owe money to act on, why, what is at stake, and what to do first.

    Three reasons: overdue, at stake is what is overdue; above the limit, at stake is what they owe beyond it, of a
    grade without credit all; not rated, at stake is all that they owe. What is at stake is the largest of these, not
    their sum.

    Of what to do the first that fits: stop delivery, where a debt is overdue for more than `days_late` days; cash
    first, where the grade gives no credit; call for payment, where anything is overdue; cash first until below the
    limit, where that is passed; ask for statements, or fill in the review, where a rating lacks them; else watch the
    next payment.

    When something else is right: a dispute over goods, an agreed delay or an error of our own. The list does not know
    of them; whoever calls asks first.

    Parameters
    ----------
    debtors : DataFrame
        One row per customer: owed, overdue_amount and overdue_days, as `receivables.owed_by_customer` gives them; if
        there, grade ("not rated" for who is not), limit, missing where it is not known, and lacks, of who is not
        rated: "statements", "review" or neither.
    days_late : int
        Beyond how many days overdue no more is delivered.

    Returns
    -------
    DataFrame
        One row per customer to act on, index `customer_id`, from the most money at stake to the least: what_to_do,
        reason, also and at_stake as in `list_priorities`, and above_limit, missing where no limit is known.

    Raises
    ------
    ValueError
        A column is missing, or days_late is no whole number.

    Examples
    --------
    >>> debtors = pd.DataFrame(
    ...     {"owed": [90.0, 50.0, 20.0, 9.0], "overdue_amount": [30.0, 0.0, 20.0, 0.0], "overdue_days": [5, 0, 95, 0],
    ...      "grade": ["A", "not rated", "C", "B"], "limit": [80.0, 0.0, 0.0, 10.0], "lacks": "statements"},
    ...     index=["ann", "bob", "cy", "dee"])
    >>> watch_debtors(debtors)[["what_to_do", "reason", "also", "at_stake"]]
                         what_to_do     reason             also  at_stake
    customer_id
    bob          ask for statements  not rated                       50.0
    ann            call for payment    overdue  above the limit      30.0
    cy                stop delivery    overdue  above the limit      20.0
    """
    require.columns(debtors, ["owed", "overdue_amount", "overdue_days"], "debtors")
    require.whole(days_late, "days_late")
    nothing = pd.Series(np.nan, index=debtors.index)
    is_unrated = debtors["grade"].astype("str") == NOT_RATED if "grade" in debtors else nothing.notna()
    limit = debtors.get("limit", nothing).astype(float).mask(is_unrated)
    above = (debtors["owed"] - limit).clip(lower=0).round(6)
    overdue = debtors["overdue_amount"]
    reasons = {"overdue": overdue, "above the limit": above, "not rated": debtors["owed"].where(is_unrated)}
    watched = list_priorities({reason: amounts[amounts > 0] for reason, amounts in reasons.items()})
    lacks = debtors.get("lacks", pd.Series("", index=debtors.index))
    rules = {
        "stop delivery": debtors["overdue_days"] > days_late,
        "cash first": (limit == 0) & (debtors["owed"] > 0),
        "call for payment": overdue > 0,
        "cash first, until below the limit": above > 0,
        "ask for statements": lacks == "statements",
        "fill in the review": lacks == "review",
    }
    actions = np.select([*rules.values()], [*rules], "watch the next payment")
    watched.insert(0, "what_to_do", pd.Series(actions, index=debtors.index, dtype="str").reindex(watched.index))
    return watched.assign(above_limit=above.reindex(watched.index))


def tell_debtors(watched: pd.DataFrame, *, currency: str | None = None) -> pd.Series:
    """Why each customer stands on the list of `watch_debtors`, in a sentence of the reader's language.

    Parameters
    ----------
    watched : DataFrame
        A result of `watch_debtors`, with overdue_amount, overdue_days and owed; if there, limit, grade and sentence,
        as `credit.explain_grades` gives it, which ends what is said.
    currency : str, optional
        Of the amounts.

    Returns
    -------
    Series
        One text per customer, index as `watched`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> watched = pd.DataFrame({"owed": [90.0], "overdue_amount": [30.0], "overdue_days": [5], "above_limit": [10.0],
    ...                         "limit": [80.0], "sentence": ["A: score 71.0 of 100."]}, index=["ann"])
    >>> tell_debtors(watched, currency="CNY")["ann"]
    '¥30 overdue, the oldest of it for 5 days; ¥10 above the limit of ¥80. A: score 71.0 of 100.'
    """
    require.columns(watched, ["owed", "overdue_amount", "overdue_days", "above_limit"], "watched")
    rows = watched.itertuples(index=False, name=None)  # a Series a row would take longer than its sentence
    told = [_tell_debtor(dict(zip(watched.columns, row, strict=True)), currency) for row in rows]
    return pd.Series(told, index=watched.index, dtype="str")


def _tell_debtor(row: dict, currency: str | None) -> str:
    told = []
    if row["overdue_amount"] > 0:
        n_days = int(row["overdue_days"])
        days = plural(n_days, "1 day", "{said} days", said=number(n_days))
        amount = money(row["overdue_amount"], currency)
        told.append(t("{amount} overdue, the oldest of it for {days}", amount=amount, days=days))
    if row["above_limit"] > 0:
        above, limit = money(row["above_limit"], currency), row.get("limit", 0.0)
        told.append(
            t("{amount} above the limit of {limit}", amount=above, limit=money(limit, currency))
            if limit > 0
            else t("{amount} owed, and no credit at this grade", amount=above)
        )
    if not told:
        told.append(t("owes {amount}", amount=money(row["owed"], currency)))
    text = t("{text}.", text=t("; ").join(told))
    return t("{text} {more}", text=text, more=row["sentence"]) if row.get("sentence") else text


def _nobody() -> pd.DataFrame:
    return pd.DataFrame({"reason": pd.Series(dtype="str"), "at_stake": pd.Series(dtype=float), "place": []})
