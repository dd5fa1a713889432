"""Values of a file as they may be shown: in a question, a doubt, an error, a remark, on the terminal.

Every one of these goes through `show_values`, which judges the column, or `mask_text`, where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crmlib.intake.headers import is_of_goods
from crmlib.intake.identifiers import IN_TEXT, find_number, is_sure
from crmlib.intake.mentions import hide_people
from crmlib.intake.personal import YEAR, is_free_text, judge_column
from crmlib.intake.persons import IS, person, without_number
from crmlib.intake.varying import hide_varying


def looks_personal(value: str) -> bool:
    """An e-mail address, a telephone, the number of an identity card or bank account, of a form that is sure."""
    return is_sure(find_number(value))


def names_person(value: str) -> bool:
    """A name that is known as one, of two words or in Chinese, Japanese or Korean: sure enough for a single cell."""
    return person(value) == IS and (" " in without_number(value) or not value.isascii())


def mask_value(value: str) -> str:
    """A value of which only the first character stays, if it looks personal."""
    return f"{value[0]}***" if looks_personal(value) or names_person(value) else value


def mask_text(text: str, *, in_goods: bool = False) -> str:
    """A text without e-mail addresses, telephones, numbers of identity cards and the people it names.

    Examples
    --------
    >>> mask_text("call 13800138000 or write to wang@example.com")
    'call *** or write to ***'
    >>> mask_text("(200) 555-1000, 0171 2345678 or 010-65551000"), mask_text("c/o Ott, 收件人：王小明")
    ('***, *** or ***', 'c/o ***, 收件人：***')
    """
    return hide_people(IN_TEXT.sub("***", text), in_goods=in_goods)


def show_values(
    values: Iterable[str],
    among: Iterable[str] | Mapping[str, int] | None = None,
    name: str = "",
    *,
    is_customer: bool = False,
    since: int | None = None,
) -> list[str]:
    """Values as they may be shown in a question, a doubt or an error: every one of these goes through here.

    Of what is personal the first character stays, of a day somebody was born on the year, and of the texts that
    people write what they like in (long, and hardly one like another) the first character as well.

    Parameters
    ----------
    values : iterable of str
        Some values of a column.
    among : iterable of str, or mapping of str to int, optional
        All of its values, or many, to judge it by, or how often each stands there; `values` otherwise.
    name : str
        What it is called in the file.
    is_customer : bool
        Are they customers?
    since : int, optional
        The year in which the other dates of the file begin.

    Examples
    --------
    >>> show_values(["Dieter Vogel"], ["Dieter Vogel", "Anna Lang"]), show_values(["paid", "call 13800138000"])
    (['D***'], ['paid', 'call ***'])
    >>> show_values(["1985-05-04"], name="Geburtstag"), show_values(["Calvin Klein"], name="Brand")
    (['1985***'], ['Calvin Klein'])
    """
    values, among = list(values), values if among is None else among
    texts = list(among)
    n_rows = sum(among.values()) if isinstance(among, Mapping) else len(texts)
    kind = judge_column(texts, name, is_customer=is_customer, since=since)
    if kind == "date of birth":
        return [_year_or_first(value) for value in values]
    are_goods = is_of_goods(name) and not is_customer
    is_free = not are_goods and is_free_text([text for text in texts if text.strip()], n_rows, name)
    if kind or is_free:
        return [f"{value.strip()[:1]}***" if value.strip() else value for value in values]
    without = hide_varying(texts, in_goods=are_goods)
    values = [without.get(value.strip(), value) for value in values]
    if are_goods:  # which are called after people
        return [f"{value[0]}***" if looks_personal(value) else mask_text(value, in_goods=True) for value in values]
    return [mask_text(mask_value(value)) for value in values]


def _year_or_first(value: str) -> str:
    """Of a day the year and what stands for the rest; of a text without a year the first character."""
    found = YEAR.search(value)
    return f"{found[1] or found[2]}***" if found else f"{value.strip()[:1]}***" if value.strip() else value
