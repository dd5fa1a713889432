"""How good customer records are, by a contract that says what each field is for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t
from crmlib.tables import Field

WHOLE = "all"  # the row of all columns together


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
