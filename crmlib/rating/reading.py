"""A scorecard's file: TOML, read into a `Scorecard` key by key, so that a slip of the pen is told where it stands."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from crmlib.language import t
from crmlib.rating import whole
from crmlib.rating.card import Cap, CardClass, Condition, Fact, Grade, Item, Level, Scorecard, Slope, Veto
from crmlib.rating.entries import Entry

FOLDER = Path(__file__).parent
SHIPPED = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
BOUNDS = ("at_least", "above", "at_most", "below")
TYPES = ("number", "truth", "words")
UNITS = ("", "percent", "days", "years", "people", "times a year", "times")
SOURCES = ("S", "M", "R", "own")
EXAMPLE = '[[items]]\nid = "litigation" ...'


def read_card(where: str | os.PathLike) -> Scorecard:
    """The scorecard in a file, or a shipped one by its name; refused unless it is whole."""
    path = FOLDER / f"{where}.toml" if str(where) in SHIPPED else Path(where)
    said = Entry(_parse(path, str(where)), "", path.name)
    card = Scorecard(
        **_names(said, needs_id=False) | {"id": said.text("id", default=path.stem)},
        facts=tuple(_read_fact(one) for one in said.named("facts")),
        classes=tuple(
            CardClass(**_names(one), points=one.number("points", least=0)) for one in said.entries("classes")
        ),
        items=tuple(_read_item(one) for one in said.entries("items")),
        grades=tuple(_read_grade(one) for one in said.entries("grades")),
        vetoes=tuple(
            Veto(**_names(one), grade=one.text("grade"), when=_read_when(one), source=_source(one))
            for one in said.entries("vetoes", needed=False)
        ),
        caps=tuple(
            Cap(**_names(one), highest=one.text("highest"), when=_read_when(one), source=_source(one))
            for one in said.entries("caps", needed=False)
        ),
        **_read_rest(said),
    )
    promised = said.entry("checks")
    promises = {name: promised.number(name, least=0) for name in whole.PROMISES}
    promised.refuse_others()
    said.refuse_others()
    whole.refuse_unless_whole(card, promises, path.name)
    return card


def _parse(path: Path, where: str) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise ValueError(
            t(
                "a scorecard must be the path of a TOML file or one of {shipped}; got {where!r}, and there is no such"
                " file. Copy a shipped one to begin with: scorecard.copy_scorecard('default', 'mine.toml').",
                shipped=list(SHIPPED),
                where=where,
            )
        ) from None
    except UnicodeDecodeError:
        raise ValueError(t("{file} must be text in UTF-8; it is not. Save it as UTF-8.", file=path.name)) from None
    except tomllib.TOMLDecodeError as error:
        raise ValueError(
            t(
                "{file} must be TOML, lines such as points = 4 under [[items]]; {error}. Mend that line.",
                file=path.name,
                error=error,
            )
        ) from None


def _names(said: Entry, *, needs_id: bool = True) -> dict[str, str]:
    names = {"name": said.text("name"), "name_zh": said.text("name_zh")}
    return ({"id": said.id()} | names) if needs_id else names


def _source(said: Entry) -> str:
    return said.choice("source", SOURCES)


def _read_fact(said: Entry) -> Fact:
    kind = said.choice("type", TYPES)
    words = said.texts("words") if kind == "words" else ()
    fact = Fact(
        id=said.place_id,
        name=said.text("name"),
        name_zh=said.text("name_zh"),
        type=kind,
        unit=said.choice("unit", UNITS, default=""),
        words=words,
        words_zh=said.texts("words_zh", like=words) if kind == "words" else (),
    )
    said.refuse_others()
    return fact


def _read_item(said: Entry) -> Item:
    names = _names(said)
    levels = tuple(_read_level(one) for one in said.entries("levels", needed=False))
    slope = _read_slope(said.entry("slope")) if said.has("slope") else None
    if bool(levels) == bool(slope):
        raise said.error(
            t("must have either levels or a slope; got {found}.", found=t("both") if slope else t("neither")),
            "slope = {fact = 'debt_ratio', zero = 0.88, full = 0.60}",
        )
    item = Item(
        **names,
        class_id=said.text("class"),
        points=said.number("points", above=0),
        is_financial=said.truth("is_financial"),
        is_key=said.truth("is_key"),
        source=_source(said),
        note=said.text("note", default=""),
        note_zh=said.text("note_zh", default=""),
        levels=levels,
        slope=slope,
    )
    said.refuse_others()
    return item


def _read_level(said: Entry) -> Level:
    level = Level(points=said.number("points", least=0), when=_read_when(said, needed=False))
    said.refuse_others()
    return level


def _read_when(said: Entry, *, needed: bool = True) -> tuple[Condition, ...]:
    if not needed and not said.has("when"):
        return ()
    when = said.entry("when")
    conditions = tuple(_read_condition(when, fact) for fact in when.said)
    if not conditions:
        raise when.error(t("must name at least one fact; it names none."), "when = {is_halted = true}")
    if needed:
        said.refuse_others(but=("id", "name", "name_zh", "source", "grade", "highest"))
    return conditions


def _read_condition(when: Entry, fact: str) -> Condition:
    value = when.take(fact)
    if isinstance(value, bool):
        return Condition(fact, values=(value,))
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return Condition(fact, values=tuple(value))
    if isinstance(value, dict) and len(value) == 1:
        [(bound, number)] = value.items()
        if bound in BOUNDS and isinstance(number, int | float) and not isinstance(number, bool):
            return Condition(fact, bound=bound, number=float(number))
    raise when.error(
        t(
            "{fact} must be true, false, some words in brackets, or one bound of {bounds}; got {value!r}.",
            fact=fact,
            bounds=list(BOUNDS),
            value=value,
        ),
        f"{fact} = {{at_least = 3}}",
    )


def _read_slope(said: Entry) -> Slope:
    slope = Slope(
        fact=said.text("fact"),
        zero=said.number("zero"),
        full=said.number("full"),
        none_below=said.number("none_below") if said.has("none_below") else None,
    )
    if slope.zero == slope.full:
        raise said.error(
            t("zero and full must be two different numbers; both are {number:g}.", number=slope.zero),
            "zero = 0.88, full = 0.60",
        )
    if slope.none_below is not None and not slope.zero <= slope.none_below <= slope.full:
        raise said.error(
            t(
                "none_below must lie between zero and a larger full, {zero:g} and {full:g}; got {found:g}.",
                zero=slope.zero,
                full=slope.full,
                found=slope.none_below,
            ),
            "zero = 0.0, full = 1.0, none_below = 0.6",
        )
    said.refuse_others()
    return slope


def _read_grade(said: Entry) -> Grade:
    coefficient = said.number("coefficient", least=0)
    grade = Grade(
        **_names(said),
        at_least=said.number("at_least"),
        below=said.number("below") if said.has("below") else None,
        coefficient=coefficient,
        coefficient_max=said.number("coefficient_max", least=coefficient, default=coefficient),
        term_days=int(said.number("term_days", least=0)),
        meaning=said.text("meaning"),
        meaning_zh=said.text("meaning_zh"),
    )
    said.refuse_others()
    return grade


def _read_rest(said: Entry) -> dict:
    missing, limits = said.entry("missing"), said.entry("limits")
    rest = {
        "min_coverage": missing.number("min_coverage", least=0, most=1),
        "highest_if_key_missing": missing.text("highest_if_key_missing"),
        "steps": limits.numbers("steps", most=1),
        "days_per_month": int(limits.number("days_per_month", least=1)),
    }
    missing.refuse_others()
    limits.refuse_others()
    return rest
