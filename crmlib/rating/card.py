"""A scorecard as data: classes, items with their levels or slope, grades, vetoes, caps."""

from __future__ import annotations

from dataclasses import dataclass

from crmlib import language

NOT_RATED = "not rated"


@dataclass(frozen=True)
class Named:
    """What has a name in both languages."""

    id: str
    name: str
    name_zh: str

    def said(self) -> str:
        """The name in the language in use."""
        return self.name_zh if language.current() == "zh" else self.name


@dataclass(frozen=True)
class Fact(Named):
    """A fact that items ask for: a number, a truth, or one of a few words, the best first."""

    type: str
    unit: str = ""
    words: tuple[str, ...] = ()
    words_zh: tuple[str, ...] = ()

    def word(self, word: str) -> str:
        """A word of the fact in the language in use."""
        is_twin = language.current() == "zh" and self.words_zh
        return self.words_zh[self.words.index(word)] if is_twin else word


@dataclass(frozen=True)
class Condition:
    """What one fact must be: at least, above, at most or below a number, or one of some values."""

    fact: str
    bound: str = ""
    number: float = 0.0
    values: tuple[str | bool, ...] = ()


@dataclass(frozen=True)
class Level:
    """Points for whom all the conditions hold; of several levels, the first that holds counts."""

    points: float
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Slope:
    """Points that grow in a straight line from none, where the fact is `zero`, to all, where it is `full`.

    Below `none_below` there are none.
    """

    fact: str
    zero: float
    full: float
    none_below: float | None = None


@dataclass(frozen=True)
class CardClass(Named):
    """A class of items, with its points."""

    points: float


@dataclass(frozen=True)
class Item(Named):
    """One item: its class, its points, and how they are got, by `levels` or by a `slope`.

    `source` is S (found in a public source), M (commonly quoted), R (a reconstruction) or "own".
    """

    class_id: str
    points: float
    is_financial: bool
    is_key: bool
    source: str
    note: str = ""
    note_zh: str = ""
    levels: tuple[Level, ...] = ()
    slope: Slope | None = None

    def note_said(self) -> str:
        """What there is to say about its source, in the language in use."""
        return self.note_zh if language.current() == "zh" else self.note

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts it asks for, each once."""
        asked = [self.slope.fact] if self.slope else [one.fact for level in self.levels for one in level.when]
        return tuple(dict.fromkeys(asked))


@dataclass(frozen=True)
class Grade(Named):
    """A grade: scores from `at_least` up to, not with, `below`; its limit in months of sales, its term in days.

    `coefficient` is the usual one, `coefficient_max` the highest that may be agreed on.
    """

    at_least: float
    below: float | None
    coefficient: float
    coefficient_max: float
    term_days: int
    meaning: str
    meaning_zh: str

    def meaning_said(self) -> str:
        """What the grade means, in the language in use."""
        return self.meaning_zh if language.current() == "zh" else self.meaning


@dataclass(frozen=True)
class Veto(Named):
    """For whom all conditions hold, the grade is this one, whatever the score."""

    grade: str
    when: tuple[Condition, ...]
    source: str = ""


@dataclass(frozen=True)
class Cap(Named):
    """For whom all conditions hold, no grade above `highest`."""

    highest: str
    when: tuple[Condition, ...]
    source: str = ""


@dataclass(frozen=True)
class Scorecard(Named):
    """A whole scorecard, as `scorecard.load_scorecard` reads it; checked, so that it is one.

    Grades stand from the best to the worst. `min_coverage` is the share of the points whose facts must be known for a
    grade, `highest_if_key_missing` the best grade where a key fact is not, `steps` the shares of the full limit that
    new customers get in their first quarters.
    """

    classes: tuple[CardClass, ...]
    items: tuple[Item, ...]
    facts: tuple[Fact, ...]
    grades: tuple[Grade, ...]
    vetoes: tuple[Veto, ...]
    caps: tuple[Cap, ...]
    min_coverage: float
    highest_if_key_missing: str
    steps: tuple[float, ...]
    days_per_month: int

    @property
    def total(self) -> float:
        """All points."""
        return sum(item.points for item in self.items)

    @property
    def rules(self) -> tuple[Veto | Cap, ...]:
        """Vetoes and caps."""
        return (*self.vetoes, *self.caps)

    @property
    def item_names(self) -> list[str]:
        """The names of the items in tables, in the card's order."""
        return [item.id for item in self.items]

    @property
    def grade_names(self) -> list[str]:
        """The grades, the best first."""
        return [grade.id for grade in self.grades]

    @property
    def fact_names(self) -> list[str]:
        """The facts that items, vetoes and caps ask for, each once."""
        asked = [fact for item in self.items for fact in item.facts]
        asked += [one.fact for rule in self.rules for one in rule.when]
        return list(dict.fromkeys(asked))

    def fact(self, name: str) -> Fact:
        """The fact of that name."""
        return next(fact for fact in self.facts if fact.id == name)

    def item(self, name: str) -> Item:
        """The item of that name."""
        return next(item for item in self.items if item.id == name)

    def card_class(self, name: str) -> CardClass:
        """The class of that name."""
        return next(one for one in self.classes if one.id == name)
