"""Whether a scorecard is whole: sums as its file promises, names once, no gap, nothing that runs against itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from crmlib.language import t
from crmlib.rating.card import NOT_RATED, Condition, Grade, Scorecard
from crmlib.rating.levels import check_item

PROMISES = ("n_items", "n_classes", "total", "financial", "non_financial")
RESERVED = ("points", "score", "coverage", "missing_key", "veto", "cap", "cap_because", "grade", "reason")
STATES = (NOT_RATED, "new", "left")


def refuse_unless_whole(card: Scorecard, promises: dict[str, float], file: str) -> None:
    """Refuse a card that is not what its file says it is, with the first thing that is wrong."""
    try:
        _check_names(card)
        _check_facts(card)
        for item in card.items:
            check_item(item, card)
        _check_sums(card, promises)
        _check_grades(card)
        _check_rules(card)
    except ValueError as error:
        raise ValueError(f"{file}: {error}") from None


def _check_names(card: Scorecard) -> None:
    lists = (
        (card.classes, t("classes")),
        (card.items, t("items")),
        (card.grades, t("grades")),
        (card.rules, t("vetoes and caps")),
    )
    for named, what in lists:
        for key in ("id", "name", "name_zh"):
            _refuse_twice([getattr(one, key) for one in named], what, key)
    for item in card.items:
        if not item.id.isidentifier() or item.id in RESERVED or item.id in card.fact_names:
            raise ValueError(
                t(
                    "the id of an item becomes a column of points: it must be letters, digits and _, no fact's name and"
                    " none of {reserved}; got {id!r}. For example id = 'repayment'.",
                    reserved=list(RESERVED),
                    id=item.id,
                )
            )
    for name in card.grade_names:
        if name in STATES:
            raise ValueError(
                t(
                    "the id of a grade must be none of {states}, which are states of their own; got {name!r}. For"
                    " example id = 'C'.",
                    states=list(STATES),
                    name=name,
                )
            )


def _refuse_twice(names: Iterable[str], what: str, key: str) -> None:
    name, n = Counter(names).most_common(1)[0] if names else ("", 0)
    if n > 1:
        raise ValueError(
            t(
                "{what} must each have a {key} of their own; {name!r} stands there {n} times. Rename all but one.",
                what=what,
                key=key,
                name=name,
                n=n,
            )
        )


def _check_facts(card: Scorecard) -> None:
    declared = {fact.id: fact for fact in card.facts}
    asked = [(t("item {id}", id=item.id), fact) for item in card.items for fact in item.facts]
    asked += [(t("rule {id}", id=rule.id), one.fact) for rule in card.rules for one in rule.when]
    for where, fact in asked:
        if fact not in declared:
            raise ValueError(
                t(
                    "{where} asks for the fact {fact!r}, which must be declared; [facts] has {declared}. Mend the name,"
                    ' or add [facts.{fact}] with type = "number".',
                    where=where,
                    fact=fact,
                    declared=list(declared),
                )
            )
    conditions = [(item.id, one) for item in card.items for level in item.levels for one in level.when]
    conditions += [(rule.id, one) for rule in card.rules for one in rule.when]
    for where, condition in conditions:
        _check_condition(condition, where, card)
    for item in card.items:
        if item.slope and card.fact(item.slope.fact).type != "number":
            raise ValueError(
                t(
                    "{where}: the fact of a slope must be a number; {fact} is of type {type!r}. Use levels.",
                    where=item.id,
                    fact=item.slope.fact,
                    type=card.fact(item.slope.fact).type,
                )
            )
    for name in declared:
        if name not in card.fact_names:
            raise ValueError(
                t(
                    "every fact must be asked for by an item, a veto or a cap; nobody asks for {fact!r}. Delete"
                    " [facts.{fact}], or mend the name where it is asked for.",
                    fact=name,
                )
            )


def _check_condition(condition: Condition, where: str, card: Scorecard) -> None:
    fact = card.fact(condition.fact)
    asks = "number" if condition.bound else "truth" if isinstance(condition.values[0], bool) else "words"
    if asks != fact.type:
        raise ValueError(
            t(
                "{where}: {fact} is of type {type!r}, but its condition is one for {asks!r}. For example {example}.",
                where=where,
                fact=fact.id,
                type=fact.type,
                asks=asks,
                example={
                    "number": f"{fact.id} = {{at_least = 3}}",
                    "truth": f"{fact.id} = true",
                    "words": f"{fact.id} = {list(fact.words[:1])}",
                }[fact.type],
            )
        )
    unknown = [one for one in condition.values if asks == "words" and one not in fact.words]
    if unknown:
        raise ValueError(
            t(
                "{where}: the words of {fact} must be among {words}; got {unknown}. Mend the word, or add it to"
                " [facts.{fact}].",
                where=where,
                fact=fact.id,
                words=list(fact.words),
                unknown=unknown,
            )
        )


def _check_sums(card: Scorecard, promises: dict[str, float]) -> None:
    for one in card.classes:
        found = sum(item.points for item in card.items if item.class_id == one.id)
        if not _equal(found, one.points):
            raise ValueError(
                t(
                    "the items of class {id} must add up to its {points:g} points; they add up to {found:g}. Change an"
                    " item, or the class.",
                    id=one.id,
                    points=one.points,
                    found=found,
                )
            )
    _check_promises(card, promises)


def _check_promises(card: Scorecard, promises: dict[str, float]) -> None:
    financial = sum(item.points for item in card.items if item.is_financial)
    found = dict(
        zip(
            PROMISES,
            (len(card.items), len(card.classes), card.total, financial, card.total - financial),
            strict=True,
        )
    )
    texts = {
        "n_items": t("items"),
        "n_classes": t("classes"),
        "total": t("points in all"),
        "financial": t("points of financial items"),
        "non_financial": t("points of non-financial items"),
    }
    for name, promised in promises.items():
        if not _equal(found[name], promised):
            raise ValueError(
                t(
                    "[checks] promises {promised:g} {what}; there are {found:g}. Mend the items, or, if you mean"
                    " another scheme, say {name} = {found:g}.",
                    promised=promised,
                    what=texts[name],
                    found=found[name],
                    name=name,
                )
            )


def _equal(one: float, other: float) -> bool:
    return abs(one - other) < 1e-9  # the dust of floats


def _check_grades(card: Scorecard) -> None:
    best, *others = card.grades
    if best.below is not None:
        raise ValueError(
            t("the best grade, {id}, stands first and must have no upper end; got below = {below:g}. Delete it.",
              id=best.id, below=best.below)
        )  # fmt: skip
    above = best
    for grade in others:
        _check_border(above, grade)
        above = grade
    if above.at_least != 0:
        raise ValueError(
            t(
                "the worst grade, {id}, stands last and must begin at 0, or some scores have no grade; it begins at"
                " {found:g}. Write at_least = 0.",
                id=above.id,
                found=above.at_least,
            )
        )
    if not 0 < best.at_least <= 100:
        raise ValueError(
            t(
                "the best grade, {id}, must begin above 0 and at 100 at the most, as scores end there; it begins at"
                " {found:g}. For example at_least = 90.",
                id=best.id,
                found=best.at_least,
            )
        )


def _check_border(better: Grade, worse: Grade) -> None:
    end = worse.below
    values = {"better": better.id, "worse": worse.id, "start": better.at_least}
    if end is None or not worse.at_least < end:
        raise ValueError(
            t(
                "grade {id} must end above where it begins, at {start:g}; got below = {below}. Grades stand from the"
                " best to the worst. For example at_least = 80, below = 90.",
                id=worse.id,
                start=worse.at_least,
                below=end,
            )
        )
    if end > better.at_least:
        raise ValueError(
            t(
                "grades must not overlap; {worse} goes up to {end:g}, but {better} begins at {start:g} already. Write"
                " below = {start:g} for {worse}.",
                end=end,
                **values,
            )
        )
    if end < better.at_least:
        raise ValueError(
            t(
                "grades must leave no gap; {worse} ends at {end:g}, but {better} begins only at {start:g}. Write below"
                " = {start:g} for {worse}.",
                end=end,
                **values,
            )
        )
    _check_credit(better, worse)


def _check_credit(better: Grade, worse: Grade) -> None:
    if worse.coefficient_max > better.coefficient or worse.term_days > better.term_days:
        raise ValueError(
            t(
                "a worse grade must not get more credit than a better one; {worse} gets coefficient {less:g} and"
                " {worse_days} days, {better} {more:g} and {better_days} days. Lower those of {worse}.",
                worse=worse.id,
                better=better.id,
                less=worse.coefficient_max,
                more=better.coefficient,
                worse_days=worse.term_days,
                better_days=better.term_days,
            )
        )


def _check_rules(card: Scorecard) -> None:
    named = [(rule.id, rule.grade) for rule in card.vetoes] + [(rule.id, rule.highest) for rule in card.caps]
    for where, grade in [*named, ("highest_if_key_missing", card.highest_if_key_missing)]:
        if grade not in card.grade_names:
            raise ValueError(
                t(
                    "{where} must name one of the grades {grades}; got {grade!r}.",
                    where=where,
                    grades=card.grade_names,
                    grade=grade,
                )
            )
