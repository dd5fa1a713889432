"""One record per customer: what is kept of them and for what, how good it is, and which records are one person's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from crmlib import engine, require
from crmlib.language import t
from crmlib.tables import Field

WHOLE = "all"  # the row of all columns together
OUTCOMES = ("agree", "nearly", "differ", "missing")
LARGEST_BLOCK = 1000  # records that share a key: more are a default typed in, or a value that says little


def quality_score(
    records: pd.DataFrame, contract: Sequence[Field], *, as_of: object, checked: str | None = None
) -> pd.DataFrame:
    r"""How good customer records are: complete, valid, unique, fresh and fit for their purpose, by column and in all.

    A value is fit if it is there and fails in nothing that the contract asks; an empty one is fit where the field is
    not required. In all, a record is fit if all its fields are, so that good columns do not make up for a bad
    one. Fit is what the contract calls so: a number of the right form may still be another person's, and a dash is a
    value unless a pattern says otherwise.

    When something else is right: to find the records of one person, `unique` sees only values that are the same but
    for spaces, case, width, and in numbers their punctuation; record linkage sees more.

    Parameters
    ----------
    records : DataFrame
        One row per record.
    contract : sequence of Field
        The columns to be kept, each with its purpose.
    as_of : date, str or Timestamp
        The day of the judgment: dates after it are not valid, and freshness counts up to it.
    checked : str, optional
        The column that says when a record was last checked; needed where a field has fresh_days.

    Returns
    -------
    DataFrame
        One row per column (index `column`), in the order of the contract; then those that records have beyond it, which
        have no purpose and should not be kept; last "all". purpose, n_filled, and shares: complete (of the records),
        valid, unique and fresh (of the values there; missing where nothing is asked), fit (of the records). In the row
        "all", of the records, in which no field fails in it. Range 0 to 1; best 1.

    Raises
    ------
    ValueError
        There is no record; the contract is empty, or has a field twice, without a purpose, not in records, with a
        pattern that is none, or with fresh_days where `checked` is no column of dates; as_of is no day.

    Examples
    --------
    Bob's number has a digit too few; Cy has Ann's; Dee has none, which is no fault; the last has no name.

    >>> phones = ["154-4108", "154-410", "1544108", None, "154-4111"]
    >>> records = pd.DataFrame({"name": ["Ann", "Bob", "Cy", "Dee", None], "phone": phones})
    >>> contract = [
    ...     Field("name", "to address them"),
    ...     Field("phone", "to call them", required=False, pattern=r"154-?\d{4}", unique=True),
    ... ]
    >>> quality_score(records, contract, as_of="2025-12-31")[["complete", "valid", "unique", "fit"]]
            complete  valid  unique  fit
    column
    name         0.8    NaN     NaN  0.8
    phone        0.8   0.75     0.5  0.4
    all          0.8   0.80     0.6  0.2
    """
    last = require.day(as_of, "as_of")
    _check_contract(records, contract, checked)
    good = {field.name: _judge(records, field, last, checked) for field in contract}
    rows = {field.name: {"purpose": field.purpose} | _shares(good[field.name]) for field in contract}
    for name in records.columns:
        if name not in rows and name != checked:
            is_there = ~_is_blank(records[name])
            rows[name] = {"n_filled": int(is_there.sum()), "complete": is_there.mean()}
    together = {"n_filled": len(records)}
    required = [good[field.name]["complete"] for field in contract if field.required]
    together["complete"] = np.logical_and.reduce(required).mean() if required else np.nan
    for what in ("valid", "unique", "fresh", "fit"):
        asked = [one[what] | (~one["complete"] & (what != "fit")) for one in good.values() if what in one]
        together[what] = np.logical_and.reduce(asked).mean() if asked else np.nan
    columns = ["purpose", "n_filled", "complete", "valid", "unique", "fresh", "fit"]
    table = pd.DataFrame.from_dict(rows | {WHOLE: together}, orient="index").reindex(columns=columns)
    return table.rename_axis("column").astype({"n_filled": "int64", "purpose": "str"})


class ReviewThresholds(NamedTuple):
    """Below `lower` two records stay apart, from `upper` on they are merged; between, somebody looks."""

    lower: float
    upper: float


def link_records(
    records: pd.DataFrame,
    *,
    fields: Mapping[str, str] | None = None,
    block_on: Sequence[str | Sequence[str]] | None = None,
    between: str | None = None,
    chances: pd.DataFrame | None = None,
    share: float | None = None,
    largest_block: int = LARGEST_BLOCK,
) -> pd.DataFrame:
    r"""Pairs of records that may be one person or firm, with the weight of the evidence, by Fellegi and Sunter.

    Each field of a pair agrees, nearly agrees, differs, or is missing in one of the two. An outcome that has the
    chance m between two records of one person and u between two of strangers weighs :math:`\log_2(m/u)` bits; a
    missing field weighs nothing; the weights of the fields are added, as if the fields knew nothing of each
    other. They do: a family shares address and telephone, and people of one name make themselves the same mail address,
    so that a high weight is less certain than it says. Nothing is merged: what to do with a pair is a decision
    (`review_thresholds`).

    What is typed differently and means the same agrees: full-width digits, spaces and hyphens, +86, case, an
    address with or without its city. By kind of field, nearly is

    - name: the same sounds in any order (Chinese by pinyin, surnames such as 单 曾 吕 by their own reading); of names
      that are not those of Chinese people, also three quarters of the letters. A surname with a title is missing.
    - phone: one digit wrong, lost or exchanged with the next; or one number ends with the other.
    - email: one sign wrong. - code: one sign wrong, of four or more.
    - date: day and month exchanged, or one digit wrong.
    - address: the same numbers and similar words, or the same words and one number wrong or left out.
    - text: four fifths of the letters. - category: nothing.

    Comparing all pairs is too much for a long file and mostly idle: only pairs that agree in one of the rules of
    `block_on` are compared, by sound in a name. A pair that agrees in none is never seen; `count_comparisons`
    says how many these are, and `link_quality` what that costs where the truth is known.

    When something else is right: an id that both records must have (a card, a tax number) needs no chances; splink
    does the same on Spark, and weighs a rare name more than a frequent one. Of one field alone nobody can tell how many
    of the pairs that agree are one person: the probabilities stay low, and the order by weight is what there is.

    Parameters
    ----------
    records : DataFrame
        One row per record, its id in the column customer_id or else in the index.
    fields : mapping of str to str, optional
        The columns to compare, each with its kind: name, phone, email, address, date, code, text or category. Without
        it, those of name, phone, email, address and birth_date that there are.
    block_on : sequence of str or sequences of str, optional
        Rules: a pair is compared if it agrees in a column, or in all of a group of columns. Without it, each of the
        fields is a rule but categories.
    between : str, optional
        A column: only records that differ in it are compared, such as two lists that each hold a person once.
    chances : DataFrame, optional
        m and u, as from `estimate_chances`; or one row per field with m and u of agreement, where all else is one
        outcome. Without it, they are estimated from `records`.
    share : float, optional
        The share of all pairs that are one person; without it, what the probabilities add up to.
    largest_block : int
        A key that more records share finds no pair.

    Returns
    -------
    DataFrame
        One row per pair compared, the highest weight first: id_left and id_right (left sorts first), weight (in
        bits), probability (range 0 to 1), found_by (the first rule that found it), and one column per field with its
        outcome. The same whatever the order of the rows.

    Raises
    ------
    ValueError
        There are fewer than two records, or an id is missing or stands twice; a column is missing, a kind unknown, no
        rule given or one of no field; chances are not complete, or no chances.

    References
    ----------
    Fellegi & Sunter (1969), A theory for record linkage, doi:10.1080/01621459.1969.10501049; Winkler (1988), Using the
    EM algorithm for weight computation in the Fellegi-Sunter model of record linkage.

    Examples
    --------
    The first two are one person, written by two clerks; the third has only the family's telephone.

    >>> records = pd.DataFrame(
    ...     {"name": ["张伟", "章伟", "张娜"], "phone": ["15441085533", "+86 154-4108-5533", "15441085533"]},
    ...     index=["A", "B", "C"],
    ... )
    >>> index = pd.MultiIndex.from_product([["name", "phone"], ["agree", "nearly", "differ"]])
    >>> m, u = [0.7, 0.2, 0.1, 0.9, 0.05, 0.05], [0.01, 0.02, 0.97, 0.001, 0.001, 0.998]
    >>> pairs = link_records(records, chances=pd.DataFrame({"m": m, "u": u}, index=index), share=0.1)
    >>> pairs[["id_left", "id_right", "weight", "probability", "name", "phone"]].round(2)
      id_left id_right  weight  probability    name  phone
    0       A        B   13.14         1.00  nearly  agree
    1       A        C    6.54         0.91  differ  agree
    2       B        C    6.54         0.91  differ  agree
    """
    plan = engine.plan_linkage(records, fields, block_on, between, largest_block)
    if share is not None:
        require.share(share, "share")
    found = engine.compare_pairs(plan.prepared)
    if chances is None:
        m, u = engine.learn_chances(plan.prepared, found)
    else:
        m, u = engine.given_chances(chances, list(plan.fields))
    outcomes = found[[f"g_{place}" for place in range(len(plan.fields))]].to_numpy()
    weight = engine.weigh(outcomes, m, u)
    chance = engine.probabilities(weight, np.ones(len(found)), plan.prepared.n_pairs, share)
    ids = plan.prepared.ids
    pairs = pd.DataFrame(
        {
            "id_left": ids[found["left_n"]],
            "id_right": ids[found["right_n"]],
            "weight": weight.round(6),
            "probability": chance.round(9),
            "found_by": pd.Categorical.from_codes(found["rule"], [*plan.rules]),
        }
    )
    codes = np.where(outcomes < 0, 3, 2 - outcomes)
    for place, name in enumerate(plan.fields):
        pairs[name] = pd.Categorical.from_codes(codes[:, place], OUTCOMES)
    return pairs.sort_values("weight", ascending=False, kind="stable", ignore_index=True)


def estimate_chances(
    records: pd.DataFrame,
    *,
    fields: Mapping[str, str] | None = None,
    block_on: Sequence[str | Sequence[str]] | None = None,
    between: str | None = None,
    largest_block: int = LARGEST_BLOCK,
) -> pd.DataFrame:
    """How often each field agrees, nearly agrees or differs between records of one person, and between strangers.

    Nobody says which pairs are one person: u is counted among all pairs, and m comes from the pairs that a rule
    finds, split in two kinds by expectation and maximization (EM). What a rule finds agrees in its own fields by
    construction, so it teaches the others only; a field that no rule leaves free keeps a guess, .9 for agreement.

    When something else is right: pairs that somebody has looked at, if they were drawn by lot. In a file of a few
    records, or with hardly a duplicate, EM has nothing to learn from: give chances of your own.

    Parameters
    ----------
    records : DataFrame
        One row per record, its id in the column customer_id or else in the index.
    fields : mapping of str to str, optional
        The columns to compare, each with its kind, as in `link_records`.
    block_on : sequence of str or sequences of str, optional
        The rules by which pairs are found, as in `link_records`.
    between : str, optional
        A column: only records that differ in it are compared.
    largest_block : int
        A key that more records share finds no pair.

    Returns
    -------
    DataFrame
        One row per field and outcome (index `field`, `outcome`: agree, nearly, differ): m, u and weight, in bits. m and
        u of a field add up to 1, missing values apart; a category is never nearly the same.

    Raises
    ------
    ValueError
        As `link_records`.

    Examples
    --------
    >>> from crmlib import datasets
    >>> records = datasets.load_febrl().set_index("record_id")
    >>> fields = {"surname": "text", "postcode": "code", "birth_date": "date"}
    >>> estimate_chances(records, fields=fields).loc["birth_date"].round({"m": 2, "u": 5, "weight": 1})
                m        u  weight
    outcome
    agree    0.94  0.00003    14.9
    nearly   0.01  0.00099     3.7
    differ   0.05  0.99898    -4.3
    """
    plan = engine.plan_linkage(records, fields, block_on, between, largest_block)
    m, u = engine.learn_chances(plan.prepared, engine.compare_pairs(plan.prepared))
    rows = [
        {"field": name, "outcome": outcome, "m": m[place][level], "u": u[place][level]}
        for place, name in enumerate(plan.fields)
        for level, outcome in ((2, "agree"), (1, "nearly"), (0, "differ"))
        if u[place][level] > 0
    ]
    table = pd.DataFrame(rows).set_index(["field", "outcome"])
    return table.assign(weight=np.log2(table["m"] / table["u"]))


def count_comparisons(
    records: pd.DataFrame,
    *,
    fields: Mapping[str, str] | None = None,
    block_on: Sequence[str | Sequence[str]] | None = None,
    between: str | None = None,
    largest_block: int = LARGEST_BLOCK,
) -> pd.DataFrame:
    """How many pairs of records each rule finds, and how many are never compared.

    Among those never compared are nearly all pairs of strangers, and the pairs of one person that agree in no rule.
    How many these are the file does not say; `link_quality` counts them where the truth is known.

    Parameters
    ----------
    records : DataFrame
        One row per record, its id in the column customer_id or else in the index.
    fields : mapping of str to str, optional
        The columns to compare, each with its kind, as in `link_records`.
    block_on : sequence of str or sequences of str, optional
        The rules by which pairs are found, as in `link_records`.
    between : str, optional
        A column: only records that differ in it are compared.
    largest_block : int
        A key that more records share finds no pair.

    Returns
    -------
    DataFrame
        One row per rule (index `rule`), then "compared", "never compared" and "all pairs": n_pairs; n_added, those no
        rule above it found; n_left_out, pairs of keys that more than `largest_block` records share; n_without, records
        without a key. Missing where nothing is asked.

    Raises
    ------
    ValueError
        As `link_records`.

    Examples
    --------
    >>> records = pd.DataFrame({"name": ["Ann", "Ann", "Bob", "Cy"], "phone": ["5551", "5551", "5551", None]})
    >>> count_comparisons(records, block_on=["name", "phone"])
                    n_pairs  n_added  n_left_out  n_without
    rule
    name                  1        1           0          0
    phone                 3        2           0          1
    compared              3     <NA>        <NA>       <NA>
    never compared        3     <NA>        <NA>       <NA>
    all pairs             6     <NA>        <NA>       <NA>
    """
    plan = engine.plan_linkage(records, fields, block_on, between, largest_block)
    found = engine.compare_pairs(plan.prepared)
    rows = {}
    for number, rule in enumerate(plan.rules):
        n_all, n_without = engine.count_block(plan.prepared, number)
        n_pairs = int(found[f"met_{number}"].sum())
        n_added = int((found["rule"] == number).sum())
        rows[rule] = {"n_pairs": n_pairs, "n_added": n_added, "n_left_out": n_all - n_pairs, "n_without": n_without}
    n_all = plan.prepared.n_pairs
    for name, n_pairs in (("compared", len(found)), ("never compared", n_all - len(found)), ("all pairs", n_all)):
        rows[name] = {"n_pairs": n_pairs}
    columns = ["n_pairs", "n_added", "n_left_out", "n_without"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype("Int64").rename_axis("rule")


def agreement_weight(m: float, u: float) -> float:
    r"""What one outcome of one field says, in bits: :math:`\log_2(m/u)`, the weight of Fellegi and Sunter.

    One bit doubles the odds that two records are one person's, minus one halves them, zero says nothing. The weight
    of a disagreement is that of the chances of disagreeing, 1 - m and 1 - u.

    Parameters
    ----------
    m, u : float
        The chance of the outcome between two records of one person, and between two of strangers; above 0, at most 1.

    Returns
    -------
    float
        Bits; no limit on either side.

    Raises
    ------
    ValueError
        m or u is no chance, or 0: what cannot be between strangers would prove, and no field does.

    References
    ----------
    Fellegi & Sunter (1969), doi:10.1080/01621459.1969.10501049.

    Examples
    --------
    >>> round(agreement_weight(0.95, 0.01), 4), round(agreement_weight(1 - 0.95, 1 - 0.01), 4)
    (6.5699, -4.3074)
    """
    for value, name in ((m, "m"), (u, "u")):
        require.share(value, name)
        require.number(value, name, above=0, example=0.01)
    return float(np.log2(m) - np.log2(u))


def is_true_pair(pairs: pd.DataFrame, truth: pd.DataFrame) -> pd.Series:
    """Which pairs are known to be one person's; which of the two ids stands first does not matter.

    Parameters
    ----------
    pairs : DataFrame
        One row per pair: id_left and id_right.
    truth : DataFrame
        One row per true pair, the two ids in its first two columns.

    Returns
    -------
    Series
        True or false, index as `pairs`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> pairs = pd.DataFrame({"id_left": ["A", "A"], "id_right": ["B", "C"]})
    >>> is_true_pair(pairs, pd.DataFrame({"one": ["B"], "other": ["A"]})).tolist()
    [True, False]
    """
    require.columns(pairs, ["id_left", "id_right"], "pairs")
    if truth.shape[1] < 2:
        raise ValueError(t("truth must have two columns of ids, one row per true pair; got {n}.", n=truth.shape[1]))
    true = {frozenset(pair) for pair in truth.iloc[:, :2].itertuples(index=False)}
    found = [frozenset(pair) in true for pair in zip(pairs["id_left"], pairs["id_right"], strict=True)]
    return pd.Series(found, index=pairs.index, dtype=bool, name="is_true_pair")


def link_quality(pairs: pd.DataFrame, truth: pd.DataFrame, *, thresholds: Sequence[float] = (0.5,)) -> pd.DataFrame:
    """How right the linked pairs are, where it is known which records are one person's.

    Precision is the share of the linked pairs that are true, recall the share of the true pairs that are
    linked. Recall counts the true pairs that were never compared, too: a method looks better without them than it is.

    Parameters
    ----------
    pairs : DataFrame
        All pairs compared, from `link_records`: id_left, id_right and probability.
    truth : DataFrame
        One row per true pair, the two ids in its first two columns. Of a person with three records, all three pairs.
    thresholds : sequence of float
        Probabilities from which on a pair counts as linked.

    Returns
    -------
    DataFrame
        One row per threshold (index `threshold`): n_linked, n_correct, n_false, n_missed (true pairs that are not
        linked), n_never_compared (those of them that no rule found); precision and recall (range 0 to 1; best 1;
        missing where nothing is linked, or nothing is true).

    Raises
    ------
    ValueError
        A column is missing, or a threshold is no probability.

    Examples
    --------
    >>> pairs = pd.DataFrame({"id_left": ["A", "A"], "id_right": ["B", "C"], "probability": [0.9, 0.6]})
    >>> truth = pd.DataFrame({"one": ["B", "D"], "other": ["A", "E"]})
    >>> link_quality(pairs, truth, thresholds=[0.5]).loc[0.5].to_dict()
    {'n_linked': 2.0, 'n_correct': 1.0, 'n_false': 1.0, 'n_missed': 1.0, 'n_never_compared': 1.0, 'precision': 0.5, \
'recall': 0.5}
    """
    require.columns(pairs, ["id_left", "id_right", "probability"], "pairs")
    is_true = is_true_pair(pairs, truth).to_numpy()
    n_true = len({frozenset(pair) for pair in truth.iloc[:, :2].itertuples(index=False)})
    rows = {}
    for threshold in thresholds:
        require.share(threshold, "threshold")
        is_linked = pairs["probability"].to_numpy() >= threshold
        n_linked, n_correct = int(is_linked.sum()), int((is_linked & is_true).sum())
        rows[threshold] = {
            "n_linked": n_linked,
            "n_correct": n_correct,
            "n_false": n_linked - n_correct,
            "n_missed": n_true - n_correct,
            "n_never_compared": n_true - int(is_true.sum()),
            "precision": n_correct / n_linked if n_linked else np.nan,
            "recall": n_correct / n_true if n_true else np.nan,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("threshold")


def review_thresholds(*, false_merge: float, missed_duplicate: float, review: float) -> ReviewThresholds:
    """Between which probabilities a pair is worth a look by somebody, from what mistakes and looks cost.

    Leaving a pair apart costs its probability times a missed duplicate; merging it costs the rest of the probability
    times a false merge; a look costs the same for every pair, and is taken to find the truth. A look is cheapest
    from review / missed_duplicate to 1 - review / false_merge. Where a look costs too much, there is no such
    range, and both are false apart from the single probability where merging and leaving cost the same.

    The probabilities must be right for that, and those of fields that know of each other are too sure of themselves:
    look at some pairs beyond both thresholds, drawn by lot.

    Parameters
    ----------
    false_merge, missed_duplicate : float
        What one such mistake costs, in currency units; above 0.
    review : float
        What one look costs, in currency units; 0 or more.

    Returns
    -------
    ReviewThresholds
        lower and upper, probabilities; the same where nothing is worth a look.

    Raises
    ------
    ValueError
        A cost is no number, or too small.

    References
    ----------
    Fellegi & Sunter (1969), doi:10.1080/01621459.1969.10501049, have the three decisions; Tepping (1968), A model for
    optimum linkage of records, doi:10.1080/01621459.1968.10480930, their costs.

    Examples
    --------
    >>> review_thresholds(false_merge=200, missed_duplicate=50, review=5)
    ReviewThresholds(lower=0.1, upper=0.975)
    >>> review_thresholds(false_merge=200, missed_duplicate=50, review=45)
    ReviewThresholds(lower=0.8, upper=0.8)
    """
    require.number(false_merge, "false_merge", above=0, example=200)
    require.number(missed_duplicate, "missed_duplicate", above=0, example=50)
    require.number(review, "review", least=0, example=5)
    lower, upper = review / missed_duplicate, 1 - review / false_merge
    if lower >= upper:
        lower = upper = false_merge / (false_merge + missed_duplicate)
    return ReviewThresholds(lower, upper)


def group_records(ids: pd.Index | pd.Series, pairs: pd.DataFrame) -> pd.Series:
    """Whose each record is, once pairs are accepted: linked records get one id, also along a chain.

    If A is B and B is C, then A is C, although nobody compared them or they looked unlike: one false pair merges two
    people with all their records. Look at groups of three and more.

    Parameters
    ----------
    ids : Index or Series
        The ids of all records.
    pairs : DataFrame
        The accepted pairs only: id_left and id_right.

    Returns
    -------
    Series
        `person_id` by record, in the order of `ids`: the smallest id of the group; of a record in no pair, its own.

    Raises
    ------
    ValueError
        A column is missing, an id stands twice, or a pair has an id that is not among `ids`.

    Examples
    --------
    >>> pairs = pd.DataFrame({"id_left": ["A", "B"], "id_right": ["B", "D"]})
    >>> group_records(pd.Index(["A", "B", "C", "D"]), pairs).to_dict()
    {'A': 'A', 'B': 'A', 'C': 'C', 'D': 'A'}
    """
    require.columns(pairs, ["id_left", "id_right"], "pairs")
    ids = pd.Index(ids)
    engine.check_record_ids(ids)
    above = {one: one for one in ids}

    def first_of(one: object) -> object:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for left, right in zip(pairs["id_left"], pairs["id_right"], strict=True):
        for one in (left, right):
            if one not in above:
                raise ValueError(t("ids must hold every id of pairs; {one!r} is not among them.", one=one))
        small, large = sorted((first_of(left), first_of(right)))
        above[large] = small
    return pd.Series([first_of(one) for one in ids], index=ids, name="person_id")


def _judge(records: pd.DataFrame, field: Field, last: pd.Timestamp, checked: str | None) -> dict[str, np.ndarray]:
    """For each record, whether its value passes what the contract asks of it; what it does not ask is not there."""
    column = records[field.name]
    is_there = ~_is_blank(column)
    good = {"complete": is_there}
    is_date = pd.api.types.is_datetime64_any_dtype(column)
    if is_date or field.pattern is not None or field.choices:
        good["valid"] = is_there & (column < last + pd.Timedelta(days=1)).to_numpy() if is_date else is_there.copy()
        texts = column.astype("str").str.strip()
        if field.pattern is not None:
            good["valid"] &= texts.str.fullmatch(field.pattern).to_numpy(dtype=bool)
        if field.choices:
            good["valid"] &= texts.isin(field.choices).to_numpy()
    if field.unique:
        plain = column.where(is_there).map(_plain, na_action="ignore")
        good["unique"] = is_there & ~plain.duplicated(keep=False).to_numpy()
    if field.fresh_days is not None:
        age = (last - records[checked].dt.normalize()).dt.days
        good["fresh"] = is_there & ((age >= 0) & (age <= field.fresh_days)).to_numpy()
    fit = np.logical_and.reduce(list(good.values()))
    good["fit"] = fit if field.required else fit | ~is_there
    return good


def _shares(good: dict[str, np.ndarray]) -> dict[str, float]:
    n_there = int(good["complete"].sum())
    shares = {"n_filled": n_there, "complete": good["complete"].mean(), "fit": good["fit"].mean()}
    for what in ("valid", "unique", "fresh"):
        if what in good and n_there:
            shares[what] = good[what].sum() / n_there
    return shares


def _is_blank(column: pd.Series) -> np.ndarray:
    """Missing, or text without a character that shows."""
    return (column.isna() | (column.astype("str").str.strip() == "")).to_numpy(dtype=bool)


def _plain(value: object) -> str:
    """A value without what people type differently: width, case, spaces; in numbers, all but the digits."""
    text = "".join(unicodedata.normalize("NFKC", str(value)).casefold().split())
    return text if any(map(str.isalpha, text)) else re.sub(r"\D", "", text) or text


def _check_contract(records: pd.DataFrame, contract: Sequence[Field], checked: str | None) -> None:
    if records.empty:
        raise ValueError(t("records must hold at least one record; it is empty."))
    names = [field.name for field in contract]
    if not names or len(set(names)) < len(names):
        raise ValueError(t("contract must hold different columns, at least one; got {names}.", names=names))
    require.columns(records, names, "records")
    for field in contract:
        if not field.purpose.strip():
            raise ValueError(
                t(
                    "every field must have a purpose; {name} has none. Say what it is kept for, or do not keep it.",
                    name=field.name,
                )
            )
        try:
            re.compile(field.pattern or "")
        except re.error as error:
            raise ValueError(
                t(
                    "pattern must be a regular expression; that of {name}, {pattern!r}, is none: {error}.",
                    name=field.name,
                    pattern=field.pattern,
                    error=error,
                )
            ) from error
        if field.fresh_days is not None:
            require.whole(field.fresh_days, "fresh_days")
    stale = [field.name for field in contract if field.fresh_days is not None]
    if stale and (checked not in records or not pd.api.types.is_datetime64_any_dtype(records[checked])):
        raise ValueError(
            t(
                "where fields have fresh_days, checked must name a column of dates; {stale} have, and checked is"
                " {checked!r}. Say when each record was last checked, or leave fresh_days out.",
                stale=stale,
                checked=checked,
            )
        )
