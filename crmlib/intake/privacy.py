"""Personal fields of your own data: masked unless asked for.

Masking happens where data are read, so nothing after it, no figure, table, report or
notebook, can show what was never there. The kit's own people are made up and stay as they are.

What is personal is told by the contract (`tables.Column.personal`), by what a column is called and by its
values (`personal`). Names of columns, sheets and files stay as they are: whoever has the data wrote them, and the
mapping file and the command have to repeat them. A firm is no person; but where names of firms and of people
stand in one column and nothing tells them apart, all are masked.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

import pandas as pd

from crmlib.intake.cells import ERRORS, MISSING
from crmlib.intake.headers import is_of_goods
from crmlib.intake.identifiers import IN_TEXT
from crmlib.intake.mentions import hide_people
from crmlib.intake.owners import are_owned
from crmlib.intake.personal import is_free_text, judge_column, sample, year_of_days
from crmlib.intake.persons import MAY_BE, person
from crmlib.intake.shown import looks_personal, mask_text, mask_value, names_person
from crmlib.intake.varying import hide_varying
from crmlib.language import t
from crmlib.language.words import is_total
from crmlib.tables import TABLES

LINKED = ("customer_id", "referred_by")  # columns that hold numbers of customers
# What `looks_personal` may find, so that it need not look at each of a million.
MAYBE_NAME = r"\pL\pL+[ ,]|\p{Han}\p{Han}|\p{Hangul}\p{Hangul}|\p{Cyrillic} |\p{Arabic} |, *\pL\pL"
MAYBE_MENTION = r"\pL[\pL.'’:,!-]* +\pL|[^\x00-\x7f]|\w:"
MOST_ROWS = 20_000  # looked at, to tell free text
PLAIN_MOBILE = r"1[3-9][0-9]{9}"  # of these there may be millions
SUSPECT = r"@|(?:[0-9０-９][^0-9０-９]*){9}|^wxid_|^o[\w-]{27}$"


def mask_personal(
    tables: dict[str, pd.DataFrame], *, is_named: bool = False
) -> tuple[dict[str, pd.DataFrame], dict[str, list[str]]]:
    """The tables with personal columns masked, and by table a sentence on what was done.

    Of a name the first character stays, of other text too; a date of birth becomes its year's
    first day; customers whose numbers are telephone numbers, e-mail addresses or those of
    identity cards get others (``customer-00001`` ...), the same in every table; where `is_named`, or where their
    values say so, because they are names. Other columns that are judged personal by their values, those of the
    contract and further ones, get such numbers too (``Salesperson-1`` ...), so that rows of one person stay together.

    Examples
    --------
    >>> customers = pd.DataFrame({"customer_id": ["7"], "name": ["王小明"], "city": ["宁波"], "Seller": ["Anna Lang"]})
    >>> mask_personal({"customers": customers})[0]["customers"]
      customer_id  name city    Seller
    0           7  王***   宁波  Seller-1
    """
    masked, notes = {}, {name: [] for name in tables}
    for name, frame in tables.items():
        frame = frame.copy(deep=False)
        personal = [c for c in TABLES[name].columns if c.personal and c.name in frame] if name in TABLES else []
        for column in personal:
            values = frame[column.name]
            if column.type == "date":
                frame[column.name] = values.dt.to_period("Y").dt.to_timestamp().astype(values.dtype)
            else:
                frame[column.name] = values.map(lambda text: f"{text[0]}***", na_action="ignore").astype(values.dtype)
        if personal:
            notes[name].append(
                t(
                    "Personal fields masked: {columns}; of a date of birth only the year stays (show_personal shows"
                    " them).",
                    columns=", ".join(column.name for column in personal),
                )
            )
        notes[name] += _mask_by_values(frame, name)
        masked[name] = frame
    return _number_anew(masked, notes, is_named)


# --- other columns ------------------------------------------------------------------------------


def _mask_by_values(frame: pd.DataFrame, table: str) -> list[str]:
    """Mask, in place, what the contract does not call personal and its values do."""
    said, notes = {c.name: c for c in TABLES[table].columns} if table in TABLES else {}, []
    since = min(filter(None, map(year_of_days, days_in(frame))), default=None)
    for name in frame.columns:
        known = said.get(name)
        if name in LINKED or (known and (known.personal or known.choices or known.type != "string")):
            continue
        kind = kind_of_people(frame, name, is_known=known is not None, since=since)
        if kind:
            frame[name] = years_of(frame[name]) if kind == "date of birth" else stand_in(frame[name], str(name))
            notes.append(
                t(
                    "{column} holds {what}: others stand for them, such as {example} (show_personal shows them).",
                    column=name,
                    what=in_words(kind),
                    example=frame[name].dropna().min() if frame[name].notna().any() else t("empty"),
                )
            )
        elif is_text(frame[name]) and not (known and name.endswith("_id")):
            frame[name] = mask_cells(frame[name], are_goods=is_of_goods(str(name)))
    return notes


def days_in(frame: pd.DataFrame) -> list[pd.Series]:
    """The columns of days that the contract knows."""
    return [frame[name] for name in frame if pd.api.types.is_datetime64_any_dtype(frame[name]) and name != "birth_date"]


def kind_of_people(frame: pd.DataFrame, name: str, *, is_known: bool, since: int | None) -> str | None:
    """What a column holds of people; a further one is weighed against the customers as well."""
    values = frame[name]
    if is_known:
        return judge_column(values, str(name) if is_of_goods(str(name)) else "")
    is_owned = "customer_id" in frame and is_text(values) and are_owned(values, frame["customer_id"])
    kind = judge_column(values, str(name), is_owned=is_owned, since=since)
    if kind or not is_text(values) or is_of_goods(str(name)):
        return kind
    some = values.iloc[:: len(values) // MOST_ROWS + 1].dropna()
    return "text" if is_free_text(sample(some), len(some), str(name)) else None


def in_words(kind: str) -> str:
    return {
        "name": t("names of people"),
        "telephone": t("telephone numbers"),
        "email": t("e-mail addresses"),
        "identity card": t("numbers of identity cards"),
        "bank account": t("numbers of bank accounts"),
        "WeChat id": t("WeChat ids"),
        "messenger": t("names on messengers"),
        "address": t("addresses"),
        "date of birth": t("dates of birth"),
        "text": t("texts about people"),
    }[kind]


def years_of(values: pd.Series) -> pd.Series:
    """Of dates written as text the year, where it has four digits.

    Examples
    --------
    >>> years_of(pd.Series(["1985-05-04", "4.5.1985", "04/05/85"], dtype="str")).tolist()
    ['1985', '1985', nan]
    """
    return values.astype("str").str.extract(r"(?:^|[^0-9])((?:19|20)[0-9]{2})", expand=False).astype("str")


def is_text(values: pd.Series) -> bool:
    return pd.api.types.is_string_dtype(values) or values.dtype == object


def stand_in(values: pd.Series, name: str) -> pd.Series:
    """Something else for each different value, in their order: what belonged together still does.

    Examples
    --------
    >>> stand_in(pd.Series(["Bo", "Al", None, "Bo"], dtype="str"), "Seller").tolist()
    ['Seller-2', 'Seller-1', nan, 'Seller-2']
    """
    different = sorted(values.dropna().astype(str).unique())
    width = len(str(len(different)))
    numbers = {value: f"{name}-{n:0{width}}" for n, value in enumerate(different, 1)}
    return values.map(lambda value: numbers[str(value)], na_action="ignore").astype("str")


def mask_cells(values: pd.Series, *, are_goods: bool) -> pd.Series:
    """A column that is not personal as a whole: cells that are, and parts of them."""
    texts = pd.Series(values.dropna().unique(), dtype="str")
    suspect = texts[texts.str.contains(SUSPECT)]
    numbers = {text: masked for text in suspect if (masked := IN_TEXT.sub("***", text)) != text}
    numbers |= {text: f"{text[0]}***" for text in suspect if looks_personal(text)}
    without = hide_varying(texts.tolist(), in_goods=are_goods) if len(texts) <= MOST_ROWS else {}
    numbers |= {text: without[text.strip()] for text in texts if text.strip() in without and text not in numbers}
    for text in texts[texts.str.contains(MAYBE_MENTION)]:
        masked = hide_people(numbers.get(text, text), in_goods=are_goods)
        if masked != text:
            numbers[text] = masked
    return values.replace(numbers) if numbers else values


# --- rows set aside -----------------------------------------------------------------------------


def mask_rejected(rejected: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The rows set aside of a table, masked as the table was: `before` it was, and `after`.

    Of a line that cannot be split, and of a cell of a column whose values were replaced, the first character
    stays; of another cell what looks personal, or what stands in such a column elsewhere, goes.
    """
    replaced = [c for c in after if not after[c].equals(before[c])]
    others = set().union(*(before[c].dropna().astype(str).unique() for c in replaced)) if replaced else set()
    values = rejected["value"]
    for column, cells in values.groupby(rejected["column"], sort=False):
        is_whole = column in replaced or (column == "" and bool(replaced))
        kind = None if is_whole or column == "" else judge_column(cells)
        values = values.mask(
            rejected["column"] == column,
            cells.map(lambda cell, whole=is_whole or kind is not None: _masked_cell(cell, others, is_personal=whole)),
        )
    return rejected.assign(value=values.astype("str"))


def _masked_cell(cell: str, others: set[str], *, is_personal: bool) -> str:
    text = cell.strip()
    if not text or text.casefold() in MISSING or text.casefold() in ERRORS:
        return cell
    if is_total(text):
        return mask_text(cell)
    words = re.sub(r"[\d\W_]+", " ", text).strip()  # of "12.50 (Anna Lang)"
    has_form = (" " in words or not words.isascii()) and person(words) >= MAY_BE  # of a name, where none belongs
    if is_personal or text in others or has_form:
        return f"{text[0]}***"
    return mask_text(mask_value(cell))


# --- customers ----------------------------------------------------------------------------------


def _number_anew(tables: dict[str, pd.DataFrame], notes: dict[str, list[str]], is_named: bool) -> tuple[dict, dict]:
    """Give customers whose number is personal another; those with a plain number keep it.

    They are numbered in the order of their own numbers, so that whoever comes first among equals does
    so whatever the order of the rows, and masked or not.
    """
    ids = {(name, column): frame[column] for name, frame in tables.items() for column in LINKED if column in frame}
    if not ids:
        return tables, notes
    known = pd.Series(sorted(pd.unique(pd.concat(ids.values()).dropna())), dtype="str")
    taken = set(known[known.str.startswith("customer-")])
    width = max(5, len(str(len(known))))  # all of one length, so that their order is that of the numbers
    unused = (number for n in itertools.count(1) if (number := f"customer-{n:0{width}}") not in taken)
    numbers = dict(zip(_personal_ids(known, is_named), unused, strict=False))
    for (name, column), values in ids.items():
        others = values.map(numbers)
        if others.notna().any():
            tables[name][column] = others.fillna(values).astype(values.dtype)
            notes[name].append(
                t(
                    "{column}: the numbers are personal (name, telephone, e-mail or identity card); others stand for"
                    " them, customer-00001 and so on (show_personal shows them).",
                    column=column,
                )
            )
    return tables, notes


def _personal_ids(known: pd.Series, is_named: bool) -> Iterable[str]:
    """Which numbers of customers are personal: all where they are names; else those that are sure, or of one kind."""
    kind = "name" if is_named else judge_column(known, is_customer=True)
    if kind in ("name", "text", "address"):
        return known
    is_mobile = known.str.fullmatch(PLAIN_MOBILE)
    suspect = known[known.str.contains(SUSPECT) & ~is_mobile]
    # Where most are, those that say it less clearly are as well.
    numbers = [*known[is_mobile], *(suspect if kind else filter(looks_personal, suspect))]
    names = filter(names_person, known[known.str.contains(MAYBE_NAME)])
    return sorted({*numbers, *names})
