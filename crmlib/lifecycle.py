"""Where each customer stands in the life of the relation: stages, kinds of value, RFM scores, the next purchase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib import engine, require
from crmlib.language import t

if TYPE_CHECKING:
    import ibis

STAGES = ("acquisition", "growth", "maturity", "decline", "ended")
POTENTIAL = "potential"  # registered, and never bought: of the first stage in the course, and in no transaction
WINDOW_DAYS = 730  # two years, so that every season is in the slope twice
KINDS = ("most profit now", "may become largest", "losing value", "other relational", "transactional", "no relation")
FEW_DAYS = 3  # with fewer days of purchase a customer is still being won
RHYTHM_DAYS = 4  # three gaps: fewer make no rhythm
LATE, GONE = 3.0, 6.0
CLEAR = 1.645  # standard errors: of customers who spend steadily, 1 in 20 seems to rise and 1 in 20 to fall


def assign_stages(
    transactions: pd.DataFrame | str | Path | ibis.Table,
    *,
    as_of: object,
    late: float = LATE,
    gone: float = GONE,
    clear: float = CLEAR,
) -> pd.DataFrame:
    """The stage of each customer in the life of the relation, with what it rests on.

    The first of these that holds:

    1. ended: silent for more than `gone` gaps;
    2. acquisition: fewer than 3 days of purchase;
    3. decline: silent for more than `late` gaps, or spending falls clearly;
    4. growth: spending rises clearly;
    5. maturity: all others.

    A gap is the mean of the days between two days of purchase of the customer; of who has fewer than 4, the median
    gap of all who came back. Who buys by chance at a steady rate, and whose gap is known, waits longer than 3 gaps
    once in twenty times, than 6 once in 400; where the gap is the mean of three, once in 8 and in 27. The slope is the
    least-squares line through spending by day, over the last two years or since the first purchase, which is left
    out. It is clear where it lies more than `clear` standard errors from 0.

    When something else is right: an end of contract, where there are contracts; BG/NBD for a probability of being a
    customer still. A slope over less than two years mistakes a season for a trend. Who registered and never bought
    is in no transaction: `stages_of_registered` counts such potential customers as well.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `customers.summarize_customers`.
    as_of : date, str or Timestamp
        The day to look from; it counts whole, and later lines are not seen.
    late, gone : float
        How many gaps of silence make a decline, and an end; above 0, late the smaller.
    clear : float
        How many standard errors make a slope clear, above 0.

    Returns
    -------
    DataFrame
        One row per customer with at least one line, sorted by the index `customer_id`:

        stage             ordered, acquisition < growth < maturity < decline < ended; missing of who has refunds only
        n_days            days of purchase (int64)
        first_order_date  day of the first purchase
        last_order_date   day of the last purchase
        tenure_days       days from the first purchase to as_of (Int64)
        recency_days      days from the last purchase to as_of (Int64)
        gap_days          the usual gap, their own or that of all
        is_own_gap        whether it is their own
        times_gap         recency_days in gaps
        yearly_slope      change of spending in a year, as a share of its mean; missing where there is no spending
        slope_z           the slope in standard errors

    Raises
    ------
    ValueError
        As `customers.summarize_customers`; or late, gone or clear is not above 0, or late is not below gone.

    References
    ----------
    Cox & Lewis (1966), The Statistical Analysis of Series of Events, ch. 3: the test of a trend.

    Examples
    --------
    Ann comes every ten days and has been away for 40; Bob came once.

    >>> days = [*pd.date_range("2024-01-01", periods=10, freq="10D"), pd.Timestamp("2024-05-01")]
    >>> lines = pd.DataFrame({"customer_id": ["ann"] * 10 + ["bob"], "order_date": days, "amount": 20.0})
    >>> assign_stages(lines, as_of="2024-05-10")[["stage", "n_days", "gap_days", "times_gap"]]
                       stage  n_days  gap_days  times_gap
    customer_id
    ann              decline      10      10.0        4.0
    bob          acquisition       1      10.0        0.9
    """
    for value, name, example in ((late, "late", LATE), (gone, "gone", GONE), (clear, "clear", CLEAR)):
        require.number(value, name, above=0, example=example)
    if not late < gone:
        raise ValueError(t("late must be below gone; got late {late:g} and gone {gone:g}.", late=late, gone=gone))
    last = require.day(as_of, "as_of")
    with engine.opened(transactions) as (lines, run):
        engine.refuse_before(engine.look(lines, run), last)
        rhythm = engine.find_rhythm(lines, run, last, WINDOW_DAYS)
    stages = _describe(rhythm, last)
    silence, slope = stages["times_gap"], stages["slope_z"]
    rules = {  # the first that holds
        None: stages["n_days"] == 0,
        "ended": silence > gone,
        "acquisition": stages["n_days"] < FEW_DAYS,
        "decline": (silence > late) | (slope < -clear),
        "growth": slope > clear,
    }
    places = [-1 if name is None else STAGES.index(name) for name in rules]
    stage = np.select([holds.to_numpy() for holds in rules.values()], places, STAGES.index("maturity"))
    stages.insert(0, "stage", pd.Categorical.from_codes(stage, STAGES, ordered=True))
    return stages


def stages_of_registered(
    transactions: pd.DataFrame | str | Path | ibis.Table, registered_date: pd.Series, *, as_of: object
) -> pd.Series:
    """The stage of everybody who had registered by a day; who had bought nothing by then is potential.

    No transaction shows who never bought, and a customer of today was none before the day they registered: so the
    list of the registered says who is counted, and the transactions say where they stand.

    When something else is right: `assign_stages` alone, where only buyers are registered, or nobody is.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `assign_stages`; who is in it and had not registered is left out.
    registered_date : Series
        The day each customer registered, by customer_id.
    as_of : date, str or Timestamp
        The day to look from; it counts whole.

    Returns
    -------
    Series
        Named "stage", one row per customer registered by then, in the order of `registered_date`; ordered,
        potential < acquisition < growth < maturity < decline < ended.

    Raises
    ------
    ValueError
        As `assign_stages`; or a customer is registered twice, or without a day.

    Examples
    --------
    Ann bought, Bob has not yet; Cy registers in May.

    >>> lines = pd.DataFrame({"customer_id": ["ann"], "order_date": pd.to_datetime(["2024-03-01"]), "amount": [9.0]})
    >>> joined = pd.Series(pd.to_datetime(["2024-02-02", "2024-03-03", "2024-05-05"]), index=["ann", "bob", "cy"])
    >>> stages_of_registered(lines, joined, as_of="2024-03-31").to_dict()
    {'ann': 'acquisition', 'bob': 'potential'}
    """
    if not registered_date.index.is_unique or registered_date.isna().any():
        raise ValueError(
            t(
                "registered_date must hold one day for each customer_id; {n_twice} stand twice, {n_missing} have no"
                " day. Keep one row of each customer, and drop who has no day.",
                n_twice=int(registered_date.index.duplicated().sum()),
                n_missing=int(registered_date.isna().sum()),
            )
        )
    after = require.day(as_of, "as_of") + pd.Timedelta(days=1)
    known = registered_date.index[registered_date < after]
    stage = assign_stages(transactions, as_of=as_of)["stage"].astype("object").reindex(known)
    stage = stage.where(stage.notna(), POTENTIAL)
    return stage.astype(pd.CategoricalDtype([POTENTIAL, *STAGES], ordered=True)).rename("stage")


def assign_kinds(
    stages: pd.DataFrame,
    profit: pd.Series,
    *,
    is_transactional: pd.Series,
    best: float = 0.2,
    considerable: float = 0.5,
) -> pd.Series:
    """The course's three kinds of valuable customers, after the transactional ones are set apart.

    The first of these that holds:

    1. transactional: who is said to be, they come for the price;
    2. no relation: fewer than 3 days of purchase, or ended;
    3. losing value: profitable and in decline, even if nobody brings more;
    4. most profit now: the best fifth by profit of those with a relation;
    5. may become largest: of the better half by profit, those who grow;
    6. other relational: all others.

    When something else is right: customer lifetime value, where the margins of years to come can be estimated.

    Parameters
    ----------
    stages : DataFrame
        A result of `assign_stages`.
    profit : Series
        The profit of each customer, indexed by customer_id; who is not there brought none.
    is_transactional : Series
        Whether a customer comes for the price only, indexed by customer_id; who is not there is taken not to.
    best, considerable : float
        Which share of those with a relation brings the most, and which brings a considerable profit, 0 to 1.

    Returns
    -------
    Series
        Named "kind", one row per customer of `stages`; categorical: the three kinds, the other relational, the
        transactional, and no relation.

    Raises
    ------
    ValueError
        A column is missing, a profit is no number, best or considerable is no share, or best is not below considerable.

    References
    ----------
    The course's 识别有价值的客户: 分离出交易型客户, 分析关系型客户.

    Examples
    --------
    >>> stages = pd.DataFrame(
    ...     {"stage": ["maturity", "growth", "decline", "maturity", "ended"], "n_days": 9}, index=list("abcde")
    ... )
    >>> profit = pd.Series({"a": 90.0, "b": 50.0, "c": 40.0, "d": 10.0, "e": 5.0})
    >>> assign_kinds(stages, profit, is_transactional=pd.Series({"d": True})).astype(str).to_dict()
    {'a': 'most profit now', 'b': 'may become largest', 'c': 'losing value', 'd': 'transactional', 'e': 'no relation'}
    """
    require.columns(stages, ["stage", "n_days"], "stages")
    for value, name in ((best, "best"), (considerable, "considerable")):
        require.share(value, name)
    if not best < considerable:
        raise ValueError(
            t(
                "best must be below considerable; got best {best:g} and considerable {considerable:g}.",
                best=best,
                considerable=considerable,
            )
        )
    require.numbers(profit.to_frame("profit"), ["profit"], "profit")
    mine = profit.reindex(stages.index, fill_value=0.0)
    is_for_price = is_transactional.reindex(stages.index, fill_value=False).astype(bool)
    stage = stages["stage"].astype("object")
    is_loose = (stages["n_days"] < FEW_DAYS) | (stage == "ended")
    place = mine[~is_for_price & ~is_loose].rank(pct=True).reindex(stages.index)
    rules = {  # the first that holds
        "transactional": is_for_price,
        "no relation": is_loose,
        "losing value": (stage == "decline") & (mine > 0),
        "most profit now": place > 1 - best,
        "may become largest": (stage == "growth") & (place > 1 - considerable),
    }
    kind = np.select([holds.to_numpy() for holds in rules.values()], [*rules], "other relational")
    return pd.Series(pd.Categorical(kind, KINDS), index=stages.index, name="kind")


def rfm_scores(summary: pd.DataFrame, *, n_scores: int = 5) -> pd.DataFrame:
    """Scores of recency, frequency and monetary, 1 to 5, that never part customers who are equal.

    A score is a customer's place among all, the share who are worse and half of those who are equal, cut into fifths.
    Where half the customers bought once, all of them have a 2 in frequency, nobody has a 1, and the best still have
    a 5; where all are equal, all have a 3. No order of rows and no customer number decides.

    When something else is right: places are those among these customers; compare days or money over years and firms.

    Parameters
    ----------
    summary : DataFrame
        One row per customer: recency_days, frequency, monetary, as `customers.summarize_customers` gives them. Who
        has no order has no recency, which counts as the longest.
    n_scores : int
        Into how many parts, 2 to 9.

    Returns
    -------
    DataFrame
        One row per customer, index as `summary`: recency_score (the recent have the highest), frequency_score and
        monetary_score (int64, 1 is worst), and rfm, the three digits in that order as text.

    Raises
    ------
    ValueError
        A column or a number is missing, there is no customer, or n_scores is not a whole number from 2 to 9.

    References
    ----------
    Hughes (1994), Strategic Database Marketing: the fifths, which there part equal customers by chance.

    Examples
    --------
    >>> summary = pd.DataFrame({
    ...     "recency_days": [5, 10, 20, 40, 80], "frequency": [9, 2, 1, 1, 1], "monetary": [90, 80, 20, 10, 9],
    ... }, index=list("abcde"))
    >>> rfm_scores(summary)["rfm"].to_dict()
    {'a': '555', 'b': '444', 'c': '323', 'd': '222', 'e': '121'}
    """
    require.columns(summary, ["recency_days", "frequency", "monetary"], "summary")
    require.whole(n_scores, "n_scores", least=2)
    if n_scores > 9:
        raise ValueError(t("n_scores must be at most 9, a digit each; got {n}.", n=n_scores))
    if summary.empty:
        raise ValueError(t("summary must hold at least one customer; it is empty."))
    require.numbers(summary, ["frequency", "monetary"], "summary")
    silence = summary["recency_days"].astype("float64").where(summary["frequency"] > 0, np.inf)
    require.numbers(silence[summary["frequency"] > 0].to_frame(), ["recency_days"], "summary")
    worth = {"recency": -silence, "frequency": summary["frequency"], "monetary": summary["monetary"]}
    scores = pd.DataFrame({f"{name}_score": _score(value.astype(float), n_scores) for name, value in worth.items()})
    recency, frequency, monetary = (scores[name].astype("str") for name in scores)
    return scores.assign(rfm=recency + frequency + monetary)


def next_purchase(
    transactions: pd.DataFrame | str | Path | ibis.Table,
    *,
    as_of: object,
    level: float = 0.8,
    horizon_days: int | None = None,
) -> pd.DataFrame:
    """When each customer is expected to buy next, with an interval learned on an earlier part of the same log.

    As of an earlier day, `horizon_days` before, it is known who came back and when. Waits are counted in gaps (as in
    `assign_stages`) and learned apart for customers of like silence: how long one silent for three gaps still waits
    is asked of those who had been silent as long. The interval is a split conformal one: it holds the day for at least
    `level` of all customers, whatever the law of waits, as long as they go on as before. A season or a campaign
    between the two days breaks that: test it on days to come. On Complete Journey, as of 2017-09-30, the intervals held
    for 90 % of 2,446 households in the 60 days after, with the default level and 60 days to learn from.

    When something else is right: BG/NBD for how many purchases; for when a product runs out, the lines of that product.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `customers.summarize_customers`.
    as_of : date, str or Timestamp
        The day to look from; it counts whole, and later lines are not seen. The log should be complete up to it.
    level : float
        The share of customers whose next day the interval is to hold, between 0 and 1.
    horizon_days : int, optional
        How long customers are watched to learn their waits; a third of the log if left out. No date lies farther ahead.

    Returns
    -------
    DataFrame
        One row per customer with a purchase, sorted by the index `customer_id`: last_order_date, gap_days,
        is_own_gap, times_gap; expected_date, by which half of their like had come back; earliest_date and latest_date,
        the interval; n_learned, from how many. A date beyond the horizon is missing: not seen to come, or not for sure.

    Raises
    ------
    ValueError
        As `customers.summarize_customers`; level is not between 0 and 1; horizon_days is no whole number of at least
        1, or leaves no purchase to learn from.

    References
    ----------
    Vovk, Gammerman & Shafer (2005), Algorithmic Learning in a Random World, ch. 4: by groups.

    Examples
    --------
    Thirty customers who come every ten days.

    >>> days = pd.date_range("2024-01-01", periods=12, freq="10D")
    >>> lines = pd.DataFrame([(f"c{n:02}", day, 9.0) for n in range(30) for day in days])
    >>> lines.columns = ["customer_id", "order_date", "amount"]
    >>> expected = next_purchase(lines, as_of="2024-04-24", horizon_days=30)
    >>> expected[["last_order_date", "earliest_date", "expected_date", "latest_date"]].head(1)
                last_order_date earliest_date expected_date latest_date
    customer_id
    c00              2024-04-20    2024-04-30    2024-04-30  2024-04-30
    """
    require.number(level, "level", above=0, example=0.8)
    require.share(level, "level")
    last = require.day(as_of, "as_of")
    if horizon_days is not None:
        require.whole(horizon_days, "horizon_days")
    with engine.opened(transactions) as (lines, run):
        log = engine.look(lines, run)
        engine.refuse_before(log, last)
        third = max((last - log.first.normalize()).days // 3, 1)
        cut = last - pd.Timedelta(days=third if horizon_days is None else int(horizon_days))
        before = _describe_gaps(engine.find_purchase_days(lines, run, cut), cut)
        came = None if before is None else engine.find_next_days(lines, run, cut, last)
        now = None if before is None else _describe_gaps(engine.find_purchase_days(lines, run, last), last)
    if before is None:
        raise ValueError(
            t(
                "to learn how long customers wait, one must have come back by {cut:%Y-%m-%d}, {horizon} days before"
                " as_of; none had. The lines begin on {first:%Y-%m-%d}. Choose a smaller horizon_days or a later"
                " as_of.",
                cut=cut,
                horizon=(last - cut).days,
                first=log.first,
            )
        )
    expected = engine.expect_waits(before, came, now, horizon=(last - cut).days, level=level)
    dates = expected[["earliest", "middle", "latest"]].apply(lambda days: last + pd.to_timedelta(days, unit="D"))
    dates.columns = ["earliest_date", "expected_date", "latest_date"]
    shown = now[["last_order_date", "gap_days", "is_own_gap", "times_gap"]]
    return pd.concat([shown, dates, expected["n"].rename("n_learned")], axis=1)


# --- the evidence -------------------------------------------------------------------------------


def _describe_gaps(days: pd.DataFrame | None, last: pd.Timestamp) -> pd.DataFrame | None:
    """Of who has a usual gap, what a wait is told from; None where nobody has."""
    if days is None:
        return None
    known = _describe(days, last).dropna(subset="gap_days")
    return known[["last_order_date", "recency_days", "gap_days", "is_own_gap", "times_gap"]] if len(known) else None


def _describe(rhythm: pd.DataFrame, last: pd.Timestamp) -> pd.DataFrame:
    """What is known of each customer as of a day, from what the engine found."""
    n_days = rhythm["n_days"]
    tenure, recency = ((last - rhythm[name]).dt.days for name in ("first_order_date", "last_order_date"))
    gap = (tenure - recency) / (n_days - 1).where(n_days > 1)
    is_own = n_days >= RHYTHM_DAYS
    gap = gap.where(is_own, gap.median()).where(n_days > 0)
    return pd.DataFrame(
        {
            "n_days": n_days,
            "first_order_date": rhythm["first_order_date"],
            "last_order_date": rhythm["last_order_date"],
            "tenure_days": tenure.astype("Int64"),
            "recency_days": recency.astype("Int64"),
            "gap_days": gap,
            "is_own_gap": is_own,
            "times_gap": recency / gap,
            **{name: rhythm[name] for name in ("yearly_slope", "slope_z") if name in rhythm},
        }
    )


def _score(value: pd.Series, n_scores: int) -> pd.Series:
    """The part of n_scores that the middle of a customer's equals lies in; whole numbers, so nothing is rounded."""
    twice_place = (2 * value.rank(method="average") - 1).round().astype("int64")  # worse ones twice, and all equal ones
    return -(-n_scores * twice_place // (2 * len(value)))
