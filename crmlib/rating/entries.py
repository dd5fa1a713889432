"""One place of a scorecard's file: its keys taken one by one, each told where it stands and what it must be."""

from __future__ import annotations

import math

from crmlib.language import t

_NOTHING = object()


class Entry:
    """A table of the file, such as one item, and where it stands."""

    def __init__(self, said: dict, place: str, file: str) -> None:
        self.said, self.place, self.file, self.taken = said, place, file, []

    @property
    def place_id(self) -> str:
        """The last name of the place: of [facts.debt_ratio], debt_ratio."""
        return self.place.rsplit(".", 1)[-1]

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self.said

    def keys(self) -> list[str]:
        """All keys, in the order they stand."""
        return list(self.said)

    def error(self, what: str, example: str) -> ValueError:
        """What must hold and was found, with where and an example."""
        where = f"{self.file}, {self.place}" if self.place else self.file
        return ValueError(t("{where}: {what} For example: {example}", where=where, what=what, example=example))

    def take(self, key: str, default: object = _NOTHING, *, example: str = "...") -> object:
        """The value of a key that must be there, unless there is a default."""
        self.taken.append(key)
        if key in self.said:
            return self.said[key]
        if default is not _NOTHING:
            return default
        raise self.error(
            t("must have {key}; it has {has}. Add the line.", key=key, has=self.keys()), f"{key} = {example}"
        )

    def _must(self, key: str, must: str, value: object, example: str) -> ValueError:
        return self.error(t("{key} must be {must}; got {value!r}.", key=key, must=must, value=value), example)

    def text(self, key: str, default: object = _NOTHING) -> str:
        """Text with something in it."""
        value = self.take(key, default, example='"..."')
        if not isinstance(value, str) or (not value.strip() and value != default):
            raise self._must(key, t("text in quotes"), value, f'{key} = "..."')
        return value

    def id(self) -> str:
        """The name in tables: small letters, digits and _, and from then on part of the place."""
        value = self.text("id")
        self.place = f"{self.place} {value!r}"
        return value

    def texts(self, key: str, *, like: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Different texts in brackets, as many as `like`."""
        example = f'{key} = ["large", "small"]'
        value = self.take(key, example='["large", "small"]')
        is_right = isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)
        if not is_right or len(set(value)) < max(len(value), 1):
            raise self._must(key, t("different texts in brackets"), value, example)
        if like is not None and len(value) != len(like):
            must = t("{n} texts, one for each of {like}", n=len(like), like=list(like))
            raise self._must(key, must, value, example)
        return tuple(value)

    def choice(self, key: str, choices: tuple[str, ...], default: object = _NOTHING) -> str:
        """One of a few texts."""
        value = self.take(key, default, example=f'"{choices[-1]}"')
        if value not in choices:
            raise self._must(key, t("one of {choices}", choices=list(choices)), value, f'{key} = "{choices[-1]}"')
        return value

    def truth(self, key: str) -> bool:
        """True or false."""
        value = self.take(key, example="true")
        if not isinstance(value, bool):
            raise self._must(key, t("true or false"), value, f"{key} = true")
        return value

    def number(
        self,
        key: str,
        default: object = _NOTHING,
        *,
        least: float = -math.inf,
        above: float = -math.inf,
        most: float = math.inf,
    ) -> float:
        """A finite number within bounds."""
        value = self.take(key, default, example="4")
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not is_number or not least <= value <= most or not value > above:
            raise self._must(key, _bounds(least, above, most), value, f"{key} = {_example(least, most)}")
        return value

    def numbers(self, key: str, *, most: float) -> tuple[float, ...]:
        """Numbers above 0 that do not fall, in brackets."""
        example = f"{key} = [0.25, 0.5, 0.75]"
        value = self.take(key, example="[0.25, 0.5, 0.75]")
        is_right = isinstance(value, list) and all(
            isinstance(one, int | float) and not isinstance(one, bool) and 0 < one <= most for one in value
        )
        if not is_right or value != sorted(value):
            raise self._must(
                key, t("numbers in brackets, above 0 and up to {most:g}, none below the one before", most=most), value,
                example,
            )  # fmt: skip
        return tuple(value)

    def entry(self, key: str) -> Entry:
        """A table below this one."""
        value = self.take(key, example="{...}")
        if not isinstance(value, dict):
            raise self._must(key, t("a table of keys and values"), value, f"[{key}]")
        return Entry(value, f"{self.place} {key}".strip(), self.file)

    def entries(self, key: str, *, needed: bool = True) -> list[Entry]:
        """Several tables below this one, numbered until they say their name."""
        value = self.take(key, *([] if needed else [[]]), example=f"[[{key}]]")
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value) or (needed and not value):
            raise self._must(key, t("at least one table, each begun by [[{key}]]", key=key), value, f"[[{key}]]")
        return [
            Entry(one, f"{self.place} {key} {number}".strip(), self.file) for number, one in enumerate(value, start=1)
        ]

    def named(self, key: str) -> list[Entry]:
        """Several tables below this one, each under its name."""
        value = self.entry(key)
        if not all(isinstance(one, dict) for one in value.said.values()) or not value.said:
            raise self._must(key, t("tables such as [{key}.name]", key=key), value.said, f"[{key}.debt_ratio]")
        return [Entry(one, f"{key}.{name}", self.file) for name, one in value.said.items()]

    def refuse_others(self, but: tuple[str, ...] = ()) -> None:
        """No key may be left that nobody asked for."""
        known = list(dict.fromkeys([*self.taken, *but]))
        unknown = [key for key in self.said if key not in known]
        if unknown:
            raise self.error(
                t("keys must be among {known}; got {unknown}. Mend or delete the line.", known=known, unknown=unknown),
                f"{known[0]} = ...",
            )


def _bounds(least: float, above: float, most: float) -> str:
    if above > -math.inf:
        return t("a number above {n}", n=above)
    if most < math.inf:
        return t("a number from {least:g} to {most:g}", least=least, most=most)
    return t("a number of at least {n}", n=least) if least > -math.inf else t("a number")


def _example(least: float, most: float) -> str:
    return f"{most * 0.7:g}" if most < math.inf else f"{max(least, 4):g}"
