"""How much credit a customer gets: facts, points, grade, limit, and what moved and was lost since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from crmlib import rating, require
from crmlib.language import t
from crmlib.rating import NOT_RATED, Scorecard
from crmlib.rating import default_rates as default_rates  # how many of each grade failed to pay later
from crmlib.rating import fit_scorecard as fit_scorecard  # another way to points: from who paid and who did not
from crmlib.rating import later_payments as later_payments  # what became of the invoices after a day
from crmlib.rating import list_downgrades as list_downgrades  # what came of moves, and how many are luck
from crmlib.rating import moves_by_chance as moves_by_chance
from crmlib.rating import paying_ability as paying_ability  # cash and own funds, to set beside a limit
from crmlib.rating import share_moved as share_moved
from crmlib.rating import shuffle_payments as shuffle_payments
from crmlib.rating import square_matrix as square_matrix


def gather_facts(tables: Mapping[str, pd.DataFrame], *, as_of: object, max_age_days: int = 460) -> pd.DataFrame:
    """The facts of each customer that a rating asks for, as they were known before a day.

    A rating dated day D sees only what was recorded before D; unlike elsewhere in the kit, D itself does not count. An
    invoice due before D and paid on or after D is unpaid. Payments are those of the last whole calendar quarter before
    D: due in it is what fell due in it, and older debt that was still open when it began. An invoice is on time or not
    in the quarter it falls due, once.

    When something else is right: a ledger with payments in part. Here an invoice is paid as a whole or not at all. A
    list of open items, which has no column paid_date, tells what is overdue, but nothing of what was repaid.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By name; tables and columns that are absent give missing facts. invoices: customer_id, due_date and amount, and
        if there invoice_date (else they are known when they are due), paid_date and written_off_date. statements and
        credit_reviews: customer_id, recorded_date, period_end of statements, and what else is known. customers:
        customer_id and registered_date, for the length of the relation. At least one of the first three.
    as_of : date, str or Timestamp
        The day of the rating.
    max_age_days : int
        Statements that ended, and reviews that were recorded, longer ago than this many days are too old to count. Who
        has no newer one, no invoice made, due, paid or given up since, and none open, is a customer no more. 460 days
        is the age of a yearly statement when the next one comes.

    Returns
    -------
    DataFrame
        One row per customer who still is one, sorted by the index `customer_id`; what is not known is missing:

        as_of                the day of the rating
        relation_days        since the record was made or the first invoice, whichever is earlier
        amount_due           credit due last quarter
        repaid_share         share of it that was repaid; missing where nothing was due
        on_time_share        share repaid on time of what fell due last quarter; missing where nothing did
        n_bad_debts          invoices given up, ever; missing without an invoice
        overdue_amount       due before as_of and not paid, nor given up
        overdue_days         how long the oldest of it has been due
        monthly_sales        mean invoiced amount of a month with invoices, of the last twelve whole months
        n_months_sold        how many months that is
        statement_age_days   since the newest statement's end
        debt_ratio ...       nine ratios of that statement; one with a denominator of 0 or less is missing
        review_age_days      since the newest review
        years_in_business ...  what it says

    Raises
    ------
    ValueError
        None of the three tables is there, a column is missing, a date is none, paid_date is empty throughout, an amount
        is not above 0, or a customer has two statements or reviews of one day.

    Examples
    --------
    Ann paid one of two invoices in time; the other she paid on the day of the rating.

    >>> days = pd.to_datetime(["2024-11-10", "2024-12-20"])
    >>> paid = pd.to_datetime(["2024-11-08", "2025-01-01"])
    >>> invoices = pd.DataFrame({"invoice_id": ["1", "2"], "customer_id": "ann", "invoice_date": "2024-10-01",
    ...                          "due_date": days, "amount": [300.0, 100.0], "paid_date": paid})
    >>> facts = gather_facts({"invoices": invoices}, as_of="2025-01-01")
    >>> facts[["amount_due", "repaid_share", "overdue_amount", "debt_ratio"]]
                 amount_due  repaid_share  overdue_amount  debt_ratio
    customer_id
    ann               400.0          0.75           100.0         NaN
    """
    day = require.day(as_of, "as_of")
    require.whole(max_age_days, "max_age_days")
    needed = ("invoices", "statements", "credit_reviews")
    if not any(name in tables for name in needed):
        raise ValueError(
            t(
                "tables must have at least one of {needed}; it has {has}. For example"
                " gather_facts({{'invoices': invoices}}, as_of='2025-01-01').",
                needed=list(needed),
                has=[*tables],
            )
        )
    return rating.gather(tables, day, max_age_days)


def usable_tables(tables: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """The tables that a rating asks for, as it takes them, and what of yours it cannot take, told.

    `gather_facts` refuses what it cannot understand, so that nobody builds on it. A ledger as a firm has it holds some
    of that: credit notes, a row twice, two statements of one day. An analysis leaves these out and says so.

    When something else is right: mending them in the books. What is left out is money, too.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By name, of the contracts in `tables`.

    Returns
    -------
    tables : dict of str to DataFrame
        Those of invoices, statements, credit_reviews and customers that are there and have the columns that a rating
        needs: invoices of amounts above 0, without those that are alike in every column, and without paid_date where
        no row has one; of two statements or reviews of one customer and day the last.
    told : list of str
        A sentence on each thing that was left out or is odd, in the reader's language.

    Examples
    --------
    >>> invoices = pd.DataFrame({"invoice_id": ["1", "2"], "customer_id": "ann", "due_date": "2024-11-10",
    ...                          "amount": [300.0, -20.0], "paid_date": pd.to_datetime([None, None])})
    >>> tables, told = usable_tables({"invoices": invoices, "transactions": pd.DataFrame()})
    >>> [*tables], [*tables["invoices"]], len(told)
    (['invoices'], ['invoice_id', 'customer_id', 'due_date', 'amount'], 2)
    """
    return rating.usable(tables)


def score_customers(facts: pd.DataFrame, scorecard: Scorecard, *, as_of: object) -> pd.DataFrame:
    """The points of each customer, item by item, and the score out of what could be judged.

    A fact that is not known brings no points and takes none: the score is points out of the points that could be had,
    and coverage says how many those are. Neither is right alone: who has no history loses 42 points by the plain sum,
    and has 100 of 100 by the share.

    Parameters
    ----------
    facts : DataFrame
        One row per customer, indexed by customer_id, with the facts the scorecard asks for, as `gather_facts` gives
        them; what is not known is missing. With a column recorded_date there may be several rows per customer: only
        those recorded before as_of count, and of each customer the newest.
    scorecard : Scorecard
        A result of `scorecard.load_scorecard`.
    as_of : date, str or Timestamp
        The day of the rating; nothing recorded on it or later is seen.

    Returns
    -------
    DataFrame
        One row per customer, sorted by the index `customer_id`: the points of each item, under its name, missing where
        a fact is; points, their sum; coverage, the share of all points whose facts are known, 0 to 1; score, 0 to 100,
        points out of what could be judged; missing_key, the key items, vetoes and caps whose facts are not known, as
        text, empty if none; veto, the first one that holds, and the grade it leaves as veto_grade; cap, the highest
        grade that a cap or missing key facts allow, and cap_because, which those are. Missing where there is none.

    Raises
    ------
    ValueError
        A fact has no column, or a value is not of its kind; facts were gathered as of a later day; a customer stands
        twice.

    Examples
    --------
    >>> from crmlib import scorecard
    >>> card = scorecard.load_scorecard("default")
    >>> facts = pd.DataFrame({"repaid_share": [0.95, 0.5], "relation_days": 900}, index=["ann", "bob"])
    >>> facts = facts.reindex(columns=card.fact_names)
    >>> score_customers(facts, card, as_of="2025-01-01")[["repayment", "relation_length", "points", "coverage"]]
                 repayment  relation_length  points  coverage
    customer_id
    ann               19.0              3.0    22.0      0.23
    bob                0.0              3.0     3.0      0.23
    """
    known = rating.known_facts(facts, require.day(as_of, "as_of"))
    judged = rating.judge(known, scorecard)
    scores = pd.DataFrame(judged.points, index=known.index)
    possible = np.array([item.points for item in scorecard.items], dtype=float)
    judged_points = (scores.notna().to_numpy() * possible).sum(axis=1).round(rating.DIGITS)
    points = scores.sum(axis=1).round(rating.DIGITS)
    with np.errstate(invalid="ignore"):
        score = (points / judged_points * 100).round(rating.DIGITS)
    totals = {"points": points, "coverage": judged_points / scorecard.total, "score": score}
    totals["missing_key"] = rating.missing_key(scores, judged, scorecard)
    totals["veto"], totals["veto_grade"] = rating.first_veto(judged, scorecard, known.index)
    is_key_missing = np.asarray(totals["missing_key"] != "", dtype=bool)
    totals["cap"] = rating.lowest_cap(judged, scorecard, is_key_missing)
    totals["cap_because"] = rating.caps_that_hold(judged, scorecard, is_key_missing)
    return scores.assign(**totals)


def assign_grades(scores: pd.Series | pd.DataFrame, scorecard: Scorecard) -> pd.Series | pd.DataFrame:
    """The grade of each score, or, given the whole table of scores, grade and reason after vetoes, coverage and caps.

    Cut-offs are exact: 90 is AAA, 89.999 is AA, nothing is rounded. Of the table, the first of these that holds: a
    veto; too little coverage, which leaves the customer not rated, without open credit; a cap, where the score is
    above it; the score.

    Parameters
    ----------
    scores : Series or DataFrame
        Scores from 0 to 100, indexed by customer_id; a missing one is not rated. Or a result of `score_customers`.
    scorecard : Scorecard
        A result of `scorecard.load_scorecard`.

    Returns
    -------
    Series or DataFrame
        Of a Series, a Series named grade: categorical, ordered from "not rated" and the worst grade to the best. Of a
        DataFrame, one row per customer: grade, and reason (score, veto, cap or coverage).

    Raises
    ------
    ValueError
        A score lies outside 0 to 100 or is no number, or a column is missing.

    Examples
    --------
    >>> from crmlib import scorecard
    >>> card = scorecard.load_scorecard("default")
    >>> assign_grades(pd.Series({"ann": 90, "bob": 89.999, "cy": 59.99, "dee": None}), card).to_dict()
    {'ann': 'AAA', 'bob': 'AA', 'cy': 'C', 'dee': 'not rated'}
    """
    if isinstance(scores, pd.Series):
        return rating.cut(scores, scorecard)
    return rating.grade_scores(scores, scorecard)


def explain_scores(facts: pd.DataFrame, scorecard: Scorecard, *, as_of: object) -> pd.DataFrame:
    """Why each customer has their points: one line for each item, in the reader's language.

    Parameters
    ----------
    facts : DataFrame
        As in `score_customers`.
    scorecard : Scorecard
        As in `score_customers`.
    as_of : date, str or Timestamp
        As in `score_customers`.

    Returns
    -------
    DataFrame
        One row per customer and item (index `customer_id` and `item`), items in the card's order: class_id, the same in
        every language; class and name in the reader's language; fact, what is known, in words; level, which level was
        reached, empty for a slope; points, missing where a fact is; out_of; missed, the points not got; and sentence,
        all that in one.

    Raises
    ------
    ValueError
        As `score_customers`.

    Examples
    --------
    >>> from crmlib import scorecard
    >>> card = scorecard.load_scorecard("default")
    >>> facts = pd.DataFrame({"repaid_share": [0.95]}, index=["ann"]).reindex(columns=card.fact_names)
    >>> explained = explain_scores(facts, card, as_of="2025-01-01")
    >>> explained.loc[("ann", "repayment"), "sentence"]
    'repayment of credit: 19 of 20 points (repaid of the credit due last quarter: 95.0%).'
    """
    known = rating.known_facts(facts, require.day(as_of, "as_of"))
    return rating.explain(known, scorecard, rating.judge(known, scorecard))


def explain_grades(scores: pd.DataFrame, scorecard: Scorecard) -> pd.DataFrame:
    """Why each customer has their grade, in a sentence for whoever asks, in the reader's language.

    Parameters
    ----------
    scores : DataFrame
        A result of `score_customers`.
    scorecard : Scorecard
        The one they were scored by.

    Returns
    -------
    DataFrame
        One row per customer: grade and reason, as `assign_grades` gives them; by_score, the grade of the score alone;
        and sentence: the score, cut to one digit and not rounded, with the items in which most was missed; or the veto,
        the cap, or what is not known.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> from crmlib import scorecard
    >>> card = scorecard.load_scorecard("default")
    >>> facts = pd.DataFrame({"is_halted": [True]}, index=["ann"]).reindex(columns=card.fact_names)
    >>> explain_grades(score_customers(facts, card, as_of="2025-01-01"), card).loc["ann", "sentence"]
    'C by veto: ordered by an authority to stop business or to mend.'
    """
    require.columns(scores, [*scorecard.item_names, "missing_key", "veto", "cap_because"], "scores")
    graded = assign_grades(scores, scorecard)
    graded["by_score"] = rating.cut(scores["score"], scorecard)
    graded["sentence"] = rating.grade_sentences(scores, graded, scorecard)
    return graded


def rate_customers(
    tables: Mapping[str, pd.DataFrame], scorecard: Scorecard, *, as_of: object, with_sentence: bool = True
) -> pd.DataFrame:
    """Each customer's grade on a day, why they have it, and the facts behind it: the whole way in one call.

    It is `gather_facts`, `score_customers` and `explain_grades`, one after the other.

    When something else is right: those three, where facts are yours, or the points of each item are looked at.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        As in `gather_facts`.
    scorecard : Scorecard
        A result of `scorecard.load_scorecard`.
    as_of : date, str or Timestamp
        The day of the rating; nothing recorded on it or later is seen.
    with_sentence : bool
        Whether to say in a sentence why; of very many customers that takes longer than all the rest.

    Returns
    -------
    DataFrame
        One row per customer who still is one, sorted by the index `customer_id`: grade, reason, score, points, coverage
        and sentence (if asked for), as those functions give them, then the facts.

    Raises
    ------
    ValueError
        As `gather_facts` and `score_customers`.

    Examples
    --------
    >>> from crmlib import scorecard
    >>> card = scorecard.load_scorecard("default")
    >>> invoices = pd.DataFrame({"invoice_id": ["1"], "customer_id": "ann", "invoice_date": "2024-10-01",
    ...                          "due_date": "2024-11-10", "amount": 300.0, "paid_date": "2024-11-08"})
    >>> rate_customers({"invoices": invoices}, card, as_of="2025-01-01")[["grade", "reason", "coverage"]]
                     grade    reason  coverage
    customer_id
    ann          not rated  coverage      0.45
    """
    facts = gather_facts(tables, as_of=as_of)
    scores = score_customers(facts, scorecard, as_of=as_of)
    graded = explain_grades(scores, scorecard) if with_sentence else assign_grades(scores, scorecard)
    rated = graded[["grade", "reason"]].join(scores[["score", "points", "coverage"]])
    if with_sentence:
        rated["sentence"] = graded["sentence"]
    return rated.join(facts)


def credit_limits(
    grades: pd.Series | pd.DataFrame,
    facts: pd.DataFrame,
    scorecard: Scorecard,
    *,
    coefficients: Mapping[str, float] | None = None,
    term_days: int | None = None,
    stepwise: bool = False,
) -> pd.DataFrame:
    """The credit limit of each customer: average sales of a month x term in months x coefficient of the grade.

    Sales are those of the months in which anything was shipped; of who has none, what the seller expects of a month. A
    month is as many days as the scorecard says. Who is not rated has no open credit.

    When something else is right: a limit from what the customer can pay back, of their own cash and of all they owe;
    sales say what they would like to owe us.

    Parameters
    ----------
    grades : Series or DataFrame
        A result of `assign_grades`.
    facts : DataFrame
        One row per customer: monthly_sales, mean of the months with shipments, missing where there are none, and
        monthly_sales_expected, as `gather_facts` gives them; relation_days too, if stepwise.
    scorecard : Scorecard
        A result of `scorecard.load_scorecard`.
    coefficients : mapping of str to float, optional
        By grade, another coefficient that was agreed on, from the usual one up to the highest of the scorecard.
    term_days : int, optional
        The same term for all grades, instead of each grade's own.
    stepwise : bool
        Whether new customers begin with a part of the limit, which grows each quarter (of 91.25 days) of the relation
        as the scorecard's `steps` say. Who is not known to have a relation has the first step.

    Returns
    -------
    DataFrame
        One row per customer, index as `grades`: grade; monthly_sales, the ones counted on; basis (past sales, expected
        sales or none); coefficient; term_days; step_share, the part of the full limit, 0 to 1; limit, in currency,
        missing where there would be credit but no sales are known.

    Raises
    ------
    ValueError
        A column or a customer is missing, sales are negative, a coefficient is not allowed by the card, or term_days is
        no whole number.

    Examples
    --------
    >>> from crmlib import scorecard
    >>> card = scorecard.load_scorecard("default")
    >>> grades = assign_grades(pd.Series({"ann": 95, "bob": 75, "cy": 40}), card)
    >>> sales = pd.DataFrame({"monthly_sales": 200_000.0, "monthly_sales_expected": None}, index=grades.index)
    >>> credit_limits(grades, sales, card)["limit"].to_dict()
    {'ann': 900000.0, 'bob': 240000.0, 'cy': 0.0}
    """
    grade = grades["grade"] if isinstance(grades, pd.DataFrame) else grades
    known = rating.sales_of(grade, facts, stepwise)
    agreed = rating.agreed_coefficients(scorecard, coefficients or {})
    if term_days is not None:
        require.whole(term_days, "term_days")
    terms = {
        one.id: one.term_days if term_days is None or one.coefficient == 0 else term_days for one in scorecard.grades
    }
    text = rating.grade_texts(grade, scorecard)
    limits = pd.DataFrame({"grade": grade, "monthly_sales": known["monthly_sales"], "basis": known["basis"]})
    limits["coefficient"] = text.map(agreed).astype(float)
    limits["term_days"] = text.map(terms | {NOT_RATED: 0}).astype("int64")
    limits["step_share"] = rating.step_of(known["relation_days"], scorecard) if stepwise else 1.0
    months = limits["term_days"] / scorecard.days_per_month
    limit = limits["monthly_sales"] * months * limits["coefficient"] * limits["step_share"]
    limits["limit"] = limit.mask((limits["coefficient"] == 0) | (limits["term_days"] == 0), 0.0)
    return limits


def migration_counts(before: pd.Series, after: pd.Series, *, grades: Sequence[str]) -> pd.DataFrame:
    """How many customers moved from each grade to each, with those not rated, new, and gone.

    Customers are matched by customer_id. Who is only in `after` is new, who is only in `before` has left: neither is
    dropped, as leaving out those who left makes every grade look safer than it is.

    Parameters
    ----------
    before, after : Series
        The grade of each customer, indexed by customer_id; a missing one, or "not rated", is not rated.
    grades : sequence of str
        All grades, in the order of rows and columns; "not rated" need not be among them.

    Returns
    -------
    DataFrame
        One row per grade before, then not rated and new; one column per grade after, then not rated and left. Whole
        numbers that add up to the number of all customers.

    Raises
    ------
    ValueError
        A customer stands twice in a period, a grade is not one of `grades`, or grades are not different names.

    Examples
    --------
    >>> before = pd.Series({"ann": "A", "bob": "A", "cy": "B"})
    >>> after = pd.Series({"ann": "A", "bob": "B", "dee": None})
    >>> migration_counts(before, after, grades=["A", "B"])
    after      A  B  not rated  left
    before
    A          1  1          0     0
    B          0  0          0     1
    not rated  0  0          0     0
    new        0  0          1     0
    """
    names = [grade for grade in grades if grade != NOT_RATED]
    return rating.count_moves(before, after, [*names, NOT_RATED])


def migration_matrix(before: pd.Series, after: pd.Series, *, grades: Sequence[str]) -> pd.DataFrame:
    """What share of the customers of each grade moved to each: the rows of `migration_counts` as shares.

    For several periods on, `square_matrix` says what becomes of those who left; then `transitions.forecast`. A year is
    not the share of who stay in a quarter to the fourth power: paths leave and come back.

    When something else is right: where grades change within the period, or histories differ in length, a matrix from
    the times of the moves (durations). From two snapshots a move that was undone in between is not seen.

    Parameters
    ----------
    before, after : Series
        As in `migration_counts`.
    grades : sequence of str
        As in `migration_counts`.

    Returns
    -------
    DataFrame
        One row per grade before, then not rated and new; one column per grade after, then not rated and left. A row
        adds up to 1; one that held nobody is missing, not zero.

    Raises
    ------
    ValueError
        As `migration_counts`.

    References
    ----------
    Lando & Skodeberg (2002), Journal of Banking & Finance 26, doi:10.1016/S0378-4266(01)00228-X: by snapshots or by
    durations.

    Examples
    --------
    >>> before = pd.Series({"ann": "A", "bob": "A", "cy": "B"})
    >>> after = pd.Series({"ann": "A", "bob": "B", "cy": "B"})
    >>> migration_matrix(before, after, grades=["A", "B", "C"]).loc[["A", "C"]]
    after     A    B    C  not rated  left
    before
    A       0.5  0.5  0.0        0.0   0.0
    C       NaN  NaN  NaN        NaN   NaN
    """
    counts = migration_counts(before, after, grades=grades)
    held = counts.sum(axis=1)
    return counts.div(held.where(held > 0), axis=0)


def expected_loss(
    customers: pd.DataFrame, *, default_rates: pd.Series, loss_given_default: float = 1.0
) -> pd.DataFrame:
    """By grade: what is expected to be lost on credit, beside the margin that the same customers bring.

    Expected loss is exposure x default rate x loss given default. Small margins do not carry even a small rate: the
    break-even rate is the one at which nothing is left of the margin.

    When something else is right: the loss of a bad year. An expected loss is a mean over years, and customers of one
    trade fail together.

    Parameters
    ----------
    customers : DataFrame
        One row per customer: grade, exposure (what they owe at a time) and margin (of a year), in currency units.
    default_rates : Series
        The share of each grade's customers who fail to pay within a year, 0 to 1, indexed by grade.
    loss_given_default : float
        The share of the exposure that is lost then, 0 to 1.

    Returns
    -------
    DataFrame
        One row per grade, from the best to the worst where grades are ordered: n_customers, exposure, default_rate,
        expected_loss, margin, net (margin less loss), loss_per_margin, and break_even_rate. The last two are missing
        where the margin is not above 0, or there is no exposure or no loss given default.

    Raises
    ------
    ValueError
        A column, a number or a grade is missing, exposure is negative, or a rate is missing or no share.

    Examples
    --------
    >>> customers = pd.DataFrame({"grade": ["A", "A", "C"], "exposure": [50.0, 30.0, 20.0], "margin": [5.0, 4.0, 1.0]})
    >>> rates = pd.Series({"A": 0.02, "C": 0.10})
    >>> expected_loss(customers, default_rates=rates)[["exposure", "expected_loss", "net", "break_even_rate"]]
           exposure  expected_loss  net  break_even_rate
    grade
    A          80.0            1.6  7.4           0.1125
    C          20.0            2.0 -1.0           0.0500
    """
    require.share(loss_given_default, "loss_given_default")
    rates = rating.rates_by_grade(customers, default_rates)
    table = customers.groupby("grade", observed=True).agg(
        n_customers=("exposure", "size"), exposure=("exposure", "sum"), margin=("margin", "sum")
    )
    if isinstance(customers["grade"].dtype, pd.CategoricalDtype):
        table = table.iloc[::-1]  # ordered from the worst; read from the best
    table.index = pd.Index(table.index.astype("str"), name="grade")
    table.insert(2, "default_rate", rates.reindex(table.index))
    at_stake = table["exposure"] * loss_given_default
    table.insert(3, "expected_loss", at_stake * table["default_rate"])
    table["net"] = table["margin"] - table["expected_loss"]
    table["loss_per_margin"] = table["expected_loss"] / table["margin"].where(table["margin"] > 0)
    table["break_even_rate"] = table["margin"].where(table["margin"] > 0) / at_stake.where(at_stake > 0)
    return table
