"""One record per customer: which records are one person's, and what was compared to know it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from crmlib import engine, require
from crmlib.evidence import LARGEST_BLOCK, agreement_weight, estimate_chances
from crmlib.language import t
from crmlib.records import Field, quality_score
from crmlib.review import ReviewThresholds, is_true_pair, link_quality, review_thresholds

OUTCOMES = ("agree", "nearly", "differ", "missing")
# What knows of records but links none lives in nouns of its own, and is at hand here, too.
__all__ = [
    "Field",
    "ReviewThresholds",
    "agreement_weight",
    "count_comparisons",
    "estimate_chances",
    "group_records",
    "is_true_pair",
    "link_quality",
    "link_records",
    "quality_score",
    "review_thresholds",
]


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
