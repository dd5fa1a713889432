"""Answers as plain JSON and back: numbers, texts, dates, lists, tables. Nothing in it can run.

What a student's notebook computed is read by another process this way, and never by unpickling it.
"""

from __future__ import annotations

import math
from datetime import date
from numbers import Integral, Number

import numpy as np
import pandas as pd

from crmlib.lesson.kinds import kind_of

MOST_VALUES = 200_000  # of an answer
LONGEST_TEXT = 20_000  # characters of a judgment
TOO_MUCH = {"kind": "other", "type": "object"}


class _Stranger:
    """Stands for a value that is of no kind an answer may be; only the name of its type is left."""


def to_plain(value: object, depth: int = 6) -> dict:
    """A value as what JSON can hold; of other kinds only the name of the type.

    Examples
    --------
    >>> to_plain(0.5), to_plain(...), to_plain([1])["items"]
    ({'kind': 'number', 'value': 0.5}, {'kind': 'blank'}, [{'kind': 'number', 'value': 1}])
    """
    if value is ... or value is None:
        return {"kind": "blank"}
    kind = kind_of(value)
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if kind == "number":
        return {"kind": kind, "value": _as_number(value)}
    if kind == "bool":
        return {"kind": kind, "value": bool(value)}
    if kind == "text":
        return {"kind": kind, "value": str.__str__(value)[:LONGEST_TEXT]}
    if kind == "date":
        return {"kind": kind, "value": None if pd.isna(value) else pd.Timestamp(value).isoformat()}
    if depth and kind in ("list", "set", "dict", "Series", "DataFrame") and _size(value) <= MOST_VALUES:
        return _whole_to_plain(kind, value, depth - 1)
    return {"kind": "other", "type": kind}


def _size(value: object) -> int:
    return int(np.size(value)) if hasattr(value, "dtype") or isinstance(value, pd.DataFrame) else len(value)


def _as_number(value: Number) -> int | float | str | None:
    if value is pd.NA:
        return None
    if isinstance(value, Integral):
        return int(value) if abs(int(value)) < 2**63 else str(int(value))
    return float(value)


def _whole_to_plain(kind: str, value: object, depth: int) -> dict:
    if kind == "dict":
        pairs = [[to_plain(key, depth), to_plain(held, depth)] for key, held in list(value.items())[:MOST_VALUES]]
        return {"kind": kind, "items": pairs}
    if kind == "DataFrame":
        columns = [to_plain(value.iloc[:, place], depth) for place in range(value.shape[1])]
        return {"kind": kind, "columns": columns, "index": _labels(value.index, depth)}
    if kind == "Series":
        name = to_plain(value.name, depth)
        return {"kind": kind, "items": _items(value, depth), "name": name, "index": _labels(value.index, depth)}
    return {"kind": kind, "items": _items(value, depth)}


def _labels(index: pd.Index, depth: int) -> dict:
    return {"items": _items(index, depth), "names": [None if name is None else str(name) for name in index.names]}


def _items(values: object, depth: int) -> list[dict]:
    return [to_plain(value, depth) for value in list(values)[:MOST_VALUES]]


def from_plain(plain: object) -> object:
    """The value again; `...` for a blank, a stranger for what is of no kind of an answer.

    Examples
    --------
    >>> from_plain(to_plain({"VIP": [0.5, 2]}))
    {'VIP': [0.5, 2]}
    >>> from_plain(to_plain(pd.Series([1, 2], index=["a", "b"], name="n"))).to_dict()
    {'a': 1, 'b': 2}
    """
    if not isinstance(plain, dict):
        return _Stranger()
    kind = plain.get("kind")
    if kind == "blank":
        return ...
    if kind == "number":
        return _number_from(plain.get("value"))
    if kind in ("bool", "text"):
        value = plain.get("value")
        return value if isinstance(value, bool if kind == "bool" else str) else _Stranger()
    if kind == "date":
        return pd.NaT if plain.get("value") is None else pd.Timestamp(str(plain["value"]))
    if kind in ("list", "set", "dict", "Series", "DataFrame"):
        return _whole_from(kind, plain)
    if plain.get("type") in ("function", "builtin_function_or_method", "method"):
        return to_plain  # a function; which one does not matter
    return type(str(plain.get("type"))[:40], (_Stranger,), {})()


def _number_from(value: object) -> object:
    if value is None:
        return pd.NA
    if isinstance(value, str):
        return int(value) if value.lstrip("-").isdigit() else math.nan
    return value


def _whole_from(kind: str, plain: dict) -> object:
    if kind == "dict":
        return {_as_label(from_plain(key)): from_plain(held) for key, held in plain["items"]}
    if kind == "DataFrame":
        columns = [from_plain(column) for column in plain["columns"]]
        index = _labels_from(plain["index"])
        frame = pd.DataFrame(dict(enumerate(column.array for column in columns)), index=index)
        frame.columns = [column.name for column in columns]
        return frame
    items = [from_plain(item) for item in plain["items"]]
    if kind == "Series":
        name = from_plain(plain["name"])
        values = pd.Series(items, dtype=None if items else float)
        return pd.Series(values.array, index=_labels_from(plain["index"]), name=None if name is ... else name)
    return {*map(_as_label, items)} if kind == "set" else items


def _labels_from(plain: dict) -> pd.Index:
    items = [from_plain(item) for item in plain["items"]]
    names = plain["names"]
    if len(names) > 1:
        return pd.MultiIndex.from_tuples([tuple(item) for item in items], names=names)
    return pd.Index([_as_label(item) for item in items], name=names[0])


def _as_label(value: object) -> object:
    return tuple(map(_as_label, value)) if isinstance(value, list) else value


def shorten(value: object, longest: int = 60) -> str:
    """An answer in a few words, for a table; what kind it is where it is large.

    Examples
    --------
    >>> shorten(0.123456789), shorten(np.int64(7)), shorten(...), shorten(list(range(100)))
    ('0.12345679', '7', '', 'list of 100: [0, 1, 2, ...')
    """
    if value is ...:
        return ""
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, float):
        return f"{value:.8g}"
    if isinstance(value, (bool, int, str, date)) or value is pd.NA:
        said = str(value)
    elif isinstance(value, (pd.Series, pd.DataFrame)):
        said = f"{type(value).__name__} of {len(value)}: {value.head(3).to_dict()}"
    elif isinstance(value, (list, set, dict)):
        first = repr(list(value)[:3] if not isinstance(value, dict) else dict(list(value.items())[:3]))
        said = f"{type(value).__name__} of {len(value)}: {first[:-1]}{', ...' if len(value) > 3 else first[-1]}"
    else:
        said = "function" if callable(value) else type(value).__name__
    said = " ".join(said.split())
    return said if len(said) <= longest else said[: longest - 1] + "…"
