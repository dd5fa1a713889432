"""A list of customers known as such: columns that say who they are, and none that says what they bought or brought."""

from __future__ import annotations

from crmlib.intake.called import CALLED, PARTS
from crmlib.intake.names import aliases, bare
from crmlib.intake.samples import filled
from crmlib.intake.worth import find_money, has_money_in_name, is_no_money, is_other_money

Columns = dict[str, "str | list[str]"]
GIVEN_ZH = "名"
FIRMS = (
    "firma",
    "firmenname",
    "company",
    "companyname",
    "organization",
    "organisation",
    "公司名称",
    "单位名称",
    "企业名称",
)
PEOPLE = ("name", "phone", "email", "address")  # by these two records can be compared


def names_in(theirs: str | list[str]) -> list[str]:
    """The names of a mapping, those that are put together one by one."""
    return [theirs] if isinstance(theirs, str) else list(theirs)


def find_people(names: list[str], samples: dict[str, list[str]]) -> Columns:
    """Which columns say who a customer is, by their names: name, telephone, e-mail, address; of several the fullest.

    Examples
    --------
    >>> names = ["Vorname", "Name", "Straße", "Telefon"]
    >>> find_people(names, {name: ["x", "y"] for name in names})
    {'name': ['Vorname', 'Name'], 'phone': 'Telefon', 'address': 'Straße'}
    >>> find_people(["名", "姓"], {"名": ["小明", "娜"], "姓": ["王", "李"]})
    {'name': ['姓', '名']}
    """
    found: Columns = {}
    for ours in PEOPLE:
        taken = {name for one in found.values() for name in names_in(one)}
        free = [name for name in names if name and name not in taken and names.count(name) == 1]
        parts = [_first(free, words.split(), samples) for words in PARTS.get(ours, ())]
        firm = _first(free, FIRMS, samples) if ours == "name" else None
        if firm and len(parts) > 1 and parts[1] and _count(firm, samples) > _count(parts[1], samples):
            found[ours] = firm  # a list of firms, some with a person to speak to
            continue
        if len(parts) > 1 and all(parts):
            found[ours] = parts[::-1] if parts[0] == GIVEN_ZH else parts  # 王 before 小明
            continue
        for known in (aliases(ours)[0], [*map(bare, CALLED[ours].split())]):
            if ours not in found and (one := _first(free, known, samples)):
                found[ours] = one
    return found


def _first(names: list[str], known: list[str], samples: dict[str, list[str]]) -> str | None:
    """The column with one of some names that holds most."""
    fitting = [name for name in names if bare(name) in known and filled(samples.get(name, []))]
    return max(fitting, key=lambda name: _count(name, samples), default=None)


def _count(name: str, samples: dict[str, list[str]]) -> int:
    return len(filled(samples.get(name, [])))


def is_of_orders(names: list[str]) -> bool:
    """Does a column, by its name, say what only an order has: its number, its day, its amount, its goods?

    Examples
    --------
    >>> is_of_orders(["Kunde", "Bestelldatum"]), is_of_orders(["Kunde", "Straße"])
    (True, False)
    """
    told = ("order_id", "order_date", "amount", "quantity", "product_id", "product_name")
    return bool({bare(name) for name in names} & {name for ours in told for name in aliases(ours)[0]})


def is_customer_list(names: list[str], samples: dict[str, list[str]]) -> bool:
    """Is a row the record of a customer, with a name or a number to reach them, and no word of what they brought?

    Examples
    --------
    >>> names = ["Kundennr", "Name", "Straße", "PLZ", "Kreditlimit"]
    >>> is_customer_list(names, {"Kundennr": ["1", "2"], "Name": ["A", "B"], "PLZ": ["53111", "89073"]})
    True
    >>> is_customer_list(["Name", "Umsatz"], {"Name": ["A", "B"], "Umsatz": ["1,5", "200,0"]})
    False
    """
    of_values = {name for ours in ("value", "n_orders") for name in aliases(ours)[0]}
    if is_of_orders(names) or {bare(name) for name in names} & of_values or not find_people(names, samples):
        return False
    money = find_money(names, samples, [])
    return not [one for one in money if has_money_in_name(one) and not (is_other_money(one) or is_no_money(one))]
