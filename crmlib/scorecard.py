"""What earns a customer credit, as configuration: a scorecard in a readable file, refused unless it is whole."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from crmlib import rating, require
from crmlib.language import t
from crmlib.rating import Item, Scorecard


def load_scorecard(where: str | os.PathLike) -> Scorecard:
    """A scorecard, read from a TOML file or from those that come with the kit.

    The file says the classes, the items with their levels or slopes, the grades with cut-offs, limits and terms, the
    vetoes and caps, and under [checks] what all that adds up to. It is refused, with the first thing that is wrong,
    unless it is whole: sums as promised, each name once, grades without gap or overlap, no level that nobody reaches
    or that pays less for a better fact.

    When something else is right: where it is known who later failed to pay, points fitted to that, beside this card.

    Parameters
    ----------
    where : str or path
        The path of a file, or one of `list_scorecards`. The ones of the kit fill the course's frame; they are no
        standard, and each item says where it comes from (S, M or R).

    Returns
    -------
    Scorecard
        Frozen, with classes, items, facts, grades, vetoes and caps, in the order of the file.

    Raises
    ------
    ValueError
        There is no such file, it is no TOML, or what it says is not whole.

    Examples
    --------
    >>> card = load_scorecard("default")
    >>> len(card.items), card.total, card.grade_names
    (20, 100, ['AAA', 'AA', 'A', 'B', 'C'])
    """
    return rating.read_card(where)


def list_scorecards() -> pd.DataFrame:
    """The scorecards that come with the kit.

    Returns
    -------
    DataFrame
        One row per scorecard (index `scorecard`, what `load_scorecard` takes): name in the reader's language,
        n_items, n_classes, total and financial, the points of financial items.

    Examples
    --------
    >>> list_scorecards()[["n_items", "n_classes", "financial"]]
               n_items  n_classes  financial
    scorecard
    35-35-30        20          3         30
    default         20          5         30
    """
    cards = {name: load_scorecard(name) for name in rating.SHIPPED}
    rows = [
        {
            "name": card.said(),
            "n_items": len(card.items),
            "n_classes": len(card.classes),
            "total": card.total,
            "financial": sum(item.points for item in card.items if item.is_financial),
        }
        for card in cards.values()
    ]
    return pd.DataFrame(rows, index=pd.Index([*cards], name="scorecard"))


def copy_scorecard(name: str, path: str | os.PathLike) -> Path:
    """Copy a scorecard of the kit to a file of yours, with its comments, to be changed there.

    Parameters
    ----------
    name : str
        One of `list_scorecards`.
    path : str or path
        Where to; nothing may be there yet.

    Returns
    -------
    Path
        Where it lies now.

    Raises
    ------
    ValueError
        There is no such scorecard, or a file lies there already.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     load_scorecard(copy_scorecard("default", Path(folder) / "mine.toml")).id
    'mine'
    """
    require.one_of(name, rating.SHIPPED, "name")
    path = Path(path)
    text = (rating.FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise ValueError(
            t(
                "path must be a file that is not there yet; {path} is. Choose another name, or delete it.",
                path=path.name,
            )
        ) from None
    return path


def list_items(card: Scorecard) -> pd.DataFrame:
    """The items of a scorecard as a table.

    Parameters
    ----------
    card : Scorecard
        A result of `load_scorecard`.

    Returns
    -------
    DataFrame
        One row per item (index `item`, its name in other tables), in the card's order: class_id, the class's name in
        the file, the same in every language; class and name in the reader's language; points, is_financial, is_key,
        source of the points and a note on it, and rule, how its points are got, in words.

    Examples
    --------
    >>> list_items(load_scorecard("default")).loc["current_cover", ["points", "source", "rule"]].to_dict()
    {'points': 4, 'source': 'S', 'rule': 'current assets / current liabilities: 100.0% 0 points, 150.0% 4 points'}
    """
    rows = [
        {
            "class_id": item.class_id,
            "class": card.card_class(item.class_id).said(),
            "name": item.said(),
            "points": item.points,
            "is_financial": item.is_financial,
            "is_key": item.is_key,
            "source": item.source,
            "note": item.note_said(),
            "rule": rating.in_words(item, card),
        }
        for item in card.items
    ]
    return pd.DataFrame(rows, index=pd.Index(card.item_names, name="item"))


def reweigh(card: Scorecard, points: Mapping[str, float]) -> Scorecard:
    """The same scorecard with other points for its classes, to ask how much the grades hang on the weights.

    Within a class all items and levels grow alike, so an item keeps its share of its class.

    Parameters
    ----------
    card : Scorecard
        A result of `load_scorecard`.
    points : mapping of str to float
        New points by the id of a class, each above 0; classes that are not named keep theirs. All together must add up
        to what they did.

    Returns
    -------
    Scorecard
        Another card; the given one stays as it is.

    Raises
    ------
    ValueError
        A class is not one of the card, its points are not above 0, or the sum changes.

    Examples
    --------
    Ten points from the keeping of payments to the ability to pay debts.

    >>> card = load_scorecard("default")
    >>> other = reweigh(card, {"keeping": 32, "solvency": 24})
    >>> round(other.item("repayment").points, 2), round(other.item("indebtedness").points, 2), round(other.total, 9)
    (15.24, 6.86, 100.0)
    """
    ids = [one.id for one in card.classes]
    for name, value in points.items():
        require.one_of(name, ids, t("each name in points"))
        require.number(value, name, above=0, example=30)
    classes = tuple(replace(one, points=points.get(one.id, one.points)) for one in card.classes)
    total = sum(one.points for one in classes)
    if abs(total - card.total) > 1e-9:
        raise ValueError(
            t(
                "points must leave the sum at {total:g}, or the cut-offs would mean something else; they make it"
                " {found:g}. Take from another class what you give, for example {example}.",
                total=card.total,
                found=total,
                example={ids[0]: 20, ids[-1]: 15},
            )
        )
    factor = {new.id: new.points / old.points for new, old in zip(classes, card.classes, strict=True)}
    items = tuple(_scaled(item, factor[item.class_id]) for item in card.items)
    return replace(card, classes=classes, items=items)


def rebalance(card: Scorecard, points: Mapping[str, float]) -> pd.Series:
    """Points for all classes when some are given new ones, and the others share what is left as they did before.

    "Ten points more for character" does not say who pays for them. Here all others do, in proportion. What comes out is
    what `reweigh` takes, and a row of what `score_weightings` takes.

    When something else is right: naming who pays, where two classes are about the same thing.

    Parameters
    ----------
    card : Scorecard
        A result of `load_scorecard`.
    points : mapping of str to float
        New points by the id of a class, from 0 up, at most the card's total together.

    Returns
    -------
    Series
        The points of every class, indexed by class_id, in the card's order; they add up to what they did.

    Raises
    ------
    ValueError
        A class is not one of the card, its points are below 0, they are more than there are, or every class is named
        and the sum changes.

    Examples
    --------
    >>> rebalance(load_scorecard("default"), {"character": 38}).round(2).to_dict()
    {'character': 38.0, 'keeping': 36.17, 'solvency': 12.06, 'operations': 7.75, 'earnings': 6.03}
    """
    points = dict(points)
    old = pd.Series({one.id: one.points for one in card.classes}, name="points", dtype=float).rename_axis("class_id")
    for name, value in points.items():
        require.one_of(name, list(old.index), t("each name in points"))
        require.number(value, name, least=0, example=30)
    rest, left = old.drop([*points]), card.total - sum(points.values())
    if left < -1e-9 or (rest.sum() == 0 and left > 1e-9):
        raise ValueError(
            t(
                "points must leave the sum at {total:g}; those named make {found:g}, and no other class can make up for"
                " it. For example {example}.",
                total=card.total,
                found=sum(points.values()),
                example={old.index[0]: 20},
            )
        )
    new = old.copy()
    new[rest.index] = rest * (max(left, 0.0) / rest.sum()) if rest.sum() else rest
    new[[*points]] = [*points.values()]
    return new


def score_weightings(scores: pd.DataFrame, card: Scorecard, weightings: pd.DataFrame) -> pd.DataFrame:
    """The scores that many other weightings of the classes would give, without judging the facts again.

    Each class has points that were got and points that could be judged. With other weights both grow alike, so a
    column is the score that `credit.score_customers` gives with the card of `reweigh`. `grade_weightings` goes on to
    the grades.

    When something else is right: where a weighting also decides who can be rated at all, `reweigh`, one card each.

    Parameters
    ----------
    scores : DataFrame
        A result of `credit.score_customers` with this card.
    card : Scorecard
        The card they were scored by.
    weightings : DataFrame
        One row per weighting, one column per class (its class_id): points from 0 up, which add up to the card's total.

    Returns
    -------
    DataFrame
        One row per customer, one column per weighting: score, 0 to 100; missing where nothing with a weight could be
        judged.

    Raises
    ------
    ValueError
        A column is missing, points are below 0 or no numbers, or a row does not add up to the card's total.

    Examples
    --------
    Full points in all that is read from statements, none in all else:

    >>> card = load_scorecard("default")
    >>> points = {item.id: item.points * item.is_financial for item in card.items}
    >>> scores = pd.DataFrame(points, index=["ann"])
    >>> even = rebalance(card, {"solvency": 14 * 5 / 3, "operations": 9 * 5 / 3, "earnings": 7 * 5 / 3})
    >>> score_weightings(scores, card, pd.DataFrame({"30": rebalance(card, {}), "50": even}).T).round(6)
          30    50
    ann  30.0  50.0
    """
    old = rebalance(card, {})
    require.numbers(weightings, list(old.index), "weightings")
    new = weightings[list(old.index)].to_numpy(dtype=float)
    is_wrong = (new < 0).any(axis=1) | (abs(new.sum(axis=1) - card.total) > 1e-6)
    if is_wrong.any():
        first = is_wrong.argmax()
        raise ValueError(
            t(
                "each row of weightings must hold points of at least 0 that add up to {total:g}; row {row!r} begins at"
                " {lowest:g} and adds up to {found:g}. A row can be made by rebalance(card, {example}).",
                total=card.total,
                row=weightings.index[first],
                lowest=new[first].min(),
                found=new[first].sum(),
                example={old.index[0]: 20},
            )
        )
    got, judged = _by_class(scores, card)
    factor = (new / old.where(old > 0, 1).to_numpy()).T
    got, judged = ((one.to_numpy() @ factor).round(rating.DIGITS) for one in (got, judged))  # as a score is rounded
    with np.errstate(invalid="ignore"):
        score = got / judged * 100
    return pd.DataFrame(score.round(rating.DIGITS), index=scores.index, columns=weightings.index)


def grade_weightings(scores: pd.DataFrame, card: Scorecard, weightings: pd.DataFrame) -> pd.DataFrame:
    """The grades that many other weightings of the classes would give to the same customers.

    Only the weights change: vetoes and caps hold as they did, and coverage is the one of the table of scores, so that
    who was rated still is, and who was not is not.

    When something else is right: `reweigh`, one card each, to ask who could be rated at all; with more weight
    on statements, who gives none soon lacks coverage.

    Parameters
    ----------
    scores : DataFrame
        A result of `credit.score_customers` with this card.
    card : Scorecard
        The card they were scored by.
    weightings : DataFrame
        As in `score_weightings`.

    Returns
    -------
    DataFrame
        One row per customer, one column per weighting: the grade as text, "not rated" among them.

    Raises
    ------
    ValueError
        As `score_weightings`.

    Examples
    --------
    All points of what is read from statements, none of all else; and every fact is known.

    >>> card = load_scorecard("default")
    >>> scores = pd.DataFrame({item.id: item.points * item.is_financial for item in card.items}, index=["ann"])
    >>> scores = scores.assign(score=30.0, coverage=1.0, veto_grade=None, cap=None)
    >>> financial = {"solvency": 44, "operations": 24, "earnings": 22}
    >>> table = pd.DataFrame({"card": rebalance(card, {}), "statements": rebalance(card, financial)}).T
    >>> grade_weightings(scores, card, table)
        card statements
    ann    C        AAA
    """
    many = score_weightings(scores, card, weightings)
    grades = {name: rating.grade_scores(scores.assign(score=many[name]), card)["grade"] for name in many}
    return pd.DataFrame(grades, index=scores.index, columns=weightings.index).astype("str")


def split_score(scores: pd.DataFrame, card: Scorecard) -> pd.DataFrame:
    """How many points of each score are from which class; the classes of a customer add up to their score.

    A class tells customers apart only as far as they differ in it: of 28 points that everybody gets, none decides
    anything. The share of a class in what differs is its covariance with the score over the variance of the score.

    When something else is right: `credit.explain_scores`, item by item, for the talk with one customer.

    Parameters
    ----------
    scores : DataFrame
        A result of `credit.score_customers` with this card.
    card : Scorecard
        The card they were scored by.

    Returns
    -------
    DataFrame
        One row per customer, one column per class (its class_id): points got, out of 100 that could be judged; missing
        where nothing could.

    Raises
    ------
    ValueError
        A column is missing.

    References
    ----------
    Nominal and effective weights: Wang & Stanley (1970), Review of Educational Research 40(5), 663-705,
    doi:10.3102/00346543040005663.

    Examples
    --------
    Half of the points of keeping, and nothing else is known:

    >>> card = load_scorecard("default")
    >>> points = {item.id: item.points / 2 if item.class_id == "keeping" else None for item in card.items}
    >>> split_score(pd.DataFrame(points, index=["ann"]), card)["keeping"].to_dict()
    {'ann': 50.0}
    """
    got, judged = _by_class(scores, card)
    whole = judged.sum(axis=1)
    return got.div(whole.where(whole > 0), axis=0) * 100


def _by_class(scores: pd.DataFrame, card: Scorecard) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Points got and points that could be judged, one column per class."""
    require.columns(scores, card.item_names, "scores")
    points = scores[card.item_names].astype(float)
    possible = points.notna() * np.array([item.points for item in card.items], dtype=float)
    classes = [one.id for one in card.classes]
    of_item = [item.class_id for item in card.items]
    got, judged = (one.T.groupby(of_item).sum().T[classes] for one in (points, possible))
    return got, judged


def keep_items(card: Scorecard, items: Sequence[str], *, keep_classes: bool = False) -> Scorecard:
    """The same scorecard with some of its items only, scaled up to the old sum: what the facts at hand can judge.

    For a ledger without statements and reviews, say. Vetoes and caps stay: where nobody knows whether one holds, a key
    fact is missing, so the grade is at most the one named for that.

    When something else is right: the whole card with its coverage. A grade from a third of the facts is an opinion on
    that third, and must be called so.

    Parameters
    ----------
    card : Scorecard
        A result of `load_scorecard`.
    items : sequence of str
        The items to keep, by their names in tables.
    keep_classes : bool
        Whether classes keep their points, as far as they still have items; those of the others go to all in
        proportion. If not, a class that loses items loses weight, and two questions are asked at once.

    Returns
    -------
    Scorecard
        Another card, with the classes that still have items; the given one stays as it is.

    Raises
    ------
    ValueError
        An item is not one of the card's, or none is left.

    Examples
    --------
    The ledger alone: 42 points of 100, scaled up.

    >>> ledger = keep_items(load_scorecard("default"), ["repayment", "punctuality", "bad_debts"])
    >>> [(item.id, round(item.points, 1)) for item in ledger.items]
    [('repayment', 47.6), ('punctuality', 33.3), ('bad_debts', 19.0)]

    Without one item of 14 points' worth of ability to pay, the class keeps its 14.

    >>> some = [name for name in load_scorecard("default").item_names if name != "indebtedness"]
    >>> [round(one.points, 1) for one in keep_items(load_scorecard("default"), some, keep_classes=True).classes]
    [28.0, 42.0, 14.0, 9.0, 7.0]
    """
    for name in items:
        require.one_of(name, card.item_names, t("each name in items"))
    kept = [item for item in card.items if item.id in set(items)]
    if not kept:
        raise ValueError(
            t(
                "items must name at least one item; it is empty. For example items={example}.",
                example=card.item_names[:2],
            )
        )
    left = {one.id: sum(item.points for item in kept if item.class_id == one.id) for one in card.classes}
    worth = {one.id: one.points if keep_classes else left[one.id] for one in card.classes if left[one.id]}
    scale = {name: points * card.total / sum(worth.values()) / left[name] for name, points in worth.items()}
    scaled = tuple(_scaled(item, scale[item.class_id]) for item in kept)
    points = {one.id: sum(item.points for item in scaled if item.class_id == one.id) for one in card.classes}
    classes = tuple(replace(one, points=points[one.id]) for one in card.classes if points[one.id])
    asked = replace(card, items=scaled).fact_names
    return replace(card, items=scaled, classes=classes, facts=tuple(fact for fact in card.facts if fact.id in asked))


def _scaled(item: Item, factor: float) -> Item:
    levels = tuple(replace(level, points=level.points * factor) for level in item.levels)
    return replace(item, points=item.points * factor, levels=levels)


def with_cutoffs(card: Scorecard, cutoffs: Mapping[str, float]) -> Scorecard:
    """The same scorecard with other cut-offs, to ask how many customers change grade.

    Parameters
    ----------
    card : Scorecard
        A result of `load_scorecard`.
    cutoffs : mapping of str to float
        From which score on each grade but the worst is given, above 0 and up to 100, falling from best to worst.

    Returns
    -------
    Scorecard
        Another card; the given one stays as it is.

    Raises
    ------
    ValueError
        A grade is missing or unknown, or a cut-off does not lie below the one of the better grade.

    Examples
    --------
    Another set in circulation: a score of 61 is AA there.

    >>> other = with_cutoffs(load_scorecard("default"), {"AAA": 86, "AA": 61, "A": 46, "B": 31})
    >>> [(grade.id, grade.at_least) for grade in other.grades]
    [('AAA', 86), ('AA', 61), ('A', 46), ('B', 31), ('C', 0)]
    """
    names = card.grade_names[:-1]
    found = [cutoffs[name] for name in names if name in cutoffs]
    is_falling = all(low < high for high, low in zip([100.0000001, *found], [*found, 0.0], strict=True))
    if set(cutoffs) != set(names) or not is_falling:
        raise ValueError(
            t(
                "cutoffs must give {grades} numbers from 100 down that fall and end above 0; got {found}. For example"
                " {example}.",
                grades=names,
                found=dict(cutoffs),
                example={grade.id: grade.at_least for grade in card.grades[:-1]},
            )
        )
    starts = [*found, 0]
    grades = tuple(
        replace(grade, at_least=start, below=below)
        for grade, start, below in zip(card.grades, starts, [None, *starts[:-1]], strict=True)
    )
    return replace(card, grades=grades)
