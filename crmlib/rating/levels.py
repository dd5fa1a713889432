"""Whether the levels of an item are whole: all points to be had, no gap, none out of reach, none against another."""

from __future__ import annotations

import itertools

import numpy as np

from crmlib.language import t
from crmlib.rating.card import Item, Scorecard
from crmlib.rating.points import item_points


def check_item(item: Item, card: Scorecard) -> None:
    """The class of an item is there, and its levels are whole."""
    if item.class_id not in [one.id for one in card.classes]:
        raise ValueError(
            t(
                "item {id}: its class must be one of {classes}; got {found!r}.",
                id=item.id,
                classes=[one.id for one in card.classes],
                found=item.class_id,
            )
        )
    if not item.levels:
        return
    best = max(level.points for level in item.levels)
    if best > item.points:
        raise ValueError(
            t(
                "item {id}: no level may bring more than the item's {points:g} points; one brings {best:g}. Lower the"
                " level, or raise the item and lower another.",
                id=item.id,
                points=item.points,
                best=best,
            )
        )
    if best < item.points:
        raise ValueError(
            t(
                "item {id}: the best level must bring all {points:g} points; it brings {best:g}, so that nobody can"
                " reach the sum. Raise the level, or lower the item and raise another.",
                id=item.id,
                points=item.points,
                best=best,
            )
        )
    _check_levels(item, card)


def _check_levels(item: Item, card: Scorecard) -> None:
    """Every value that can occur has a level, every level is reached by some, and no fact pays both ways."""
    grid, points, reached = _try_all(item, card)
    none = ~np.isfinite(points)
    if none.any():
        raise ValueError(
            t(
                "item {id}: levels must leave no gap; none holds for {values}. End with a level for all others:"
                " {{points = 0}}.",
                id=item.id,
                values=_told(grid, none.argmax(), card),
            )
        )
    for number, level in enumerate(item.levels):
        if number not in reached:
            raise ValueError(
                t(
                    "item {id}: every level must be reached by somebody; the one of {points:g} points, number {number},"
                    " never is, as those above it take all. Put the narrower level first, or delete it.",
                    id=item.id,
                    points=level.points,
                    number=number + 1,
                )
            )
    _check_direction(item, card, grid, points)


def _try_all(item: Item, card: Scorecard) -> tuple[dict[str, np.ndarray], np.ndarray, set[int]]:
    """Points at every combination of values that can make a difference."""
    values = []
    for name in item.facts:
        fact = card.fact(name)
        cuts = {one.number for level in item.levels for one in level.when if one.fact == name and one.bound}
        ends = sorted(cuts)
        between = [(low + high) / 2 for low, high in itertools.pairwise(ends)]
        numbers = sorted([*ends, *between, ends[0] - 1, ends[-1] + 1]) if ends else []
        values.append({"number": numbers, "truth": [0, 1], "words": range(len(fact.words))}[fact.type])
    rows = np.array([*itertools.product(*values)], dtype=float)
    grid = {name: rows[:, place] for place, name in enumerate(item.facts)}
    points, levels = item_points(item, grid, card)
    return grid, points, set(levels.tolist())


def _check_direction(item: Item, card: Scorecard, grid: dict[str, np.ndarray], points: np.ndarray) -> None:
    by_values = {tuple(values): worth for *values, worth in zip(*grid.values(), points, strict=True)}
    for place, name in enumerate(grid):
        line = sorted(set(grid[name]))
        steps: dict[float, tuple] = {}  # of each way one: from, to, points there and there
        for values, worth in by_values.items():
            after = line.index(values[place]) + 1
            if after < len(line):
                there = by_values[(*values[:place], line[after], *values[place + 1 :])]
                steps.setdefault(np.sign(there - worth), (values[place], line[after], worth, there))
        if card.fact(name).type == "words":
            _refuse_worse_word(item, name, steps.get(1.0), card)
        else:
            _refuse_both_ways(item, name, steps.get(1.0), steps.get(-1.0), card)


def _refuse_worse_word(item: Item, name: str, step: tuple | None, card: Scorecard) -> None:
    if step:
        better, worse, less, more = step
        raise ValueError(
            t(
                "item {id}: levels must not run against each other, so a better word of {fact} must not bring fewer"
                " points; {better} brings {less:g} and {worse} brings {more:g}. Mend the points, or the order of words"
                " in [facts.{fact}], the best first.",
                id=item.id,
                fact=name,
                better=_value_said(name, better, card),
                worse=_value_said(name, worse, card),
                less=less,
                more=more,
            )
        )


def _refuse_both_ways(item: Item, name: str, up: tuple | None, down: tuple | None, card: Scorecard) -> None:
    if up and down:
        told = [
            t(
                "{less:g} at {low} and {more:g} at {high}",
                low=_value_said(name, low, card),
                high=_value_said(name, high, card),
                less=less,
                more=more,
            )
            for low, high, less, more in sorted((up, down))
        ]
        raise ValueError(
            t(
                "item {id}: levels must not run against each other, so points must go one way as {fact} grows; there"
                " are {first}, but {second}. Mend the points, or the bounds.",
                id=item.id,
                fact=name,
                first=told[0],
                second=told[1],
            )
        )


def _value_said(name: str, value: float, card: Scorecard) -> str:
    fact = card.fact(name)
    if fact.type == "words":
        return fact.words[int(value)]
    return {0: "false", 1: "true"}[int(value)] if fact.type == "truth" else f"{value:g}"


def _told(grid: dict[str, np.ndarray], row: int, card: Scorecard) -> str:
    return ", ".join(f"{name} = {_value_said(name, column[row], card)}" for name, column in grid.items())
