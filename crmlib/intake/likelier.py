"""Which of a file's columns is meant, by what their values say: a code before a telephone, money before a count."""

from __future__ import annotations

import re

import pandas as pd

from crmlib.intake.conventions import Choice
from crmlib.intake.days import looks_like_date
from crmlib.intake.names import aliases, bare
from crmlib.intake.personal import judge_column
from crmlib.intake.rows import number_of
from crmlib.language import t
from crmlib.language.words import is_nobody, is_total

FEWEST_PAIRS, STRONG = 10, 0.8
NUMBERED = re.compile(r"(id|no|nr|num|number|code|key|ref|编号|号|號|编码|代码|卡号)$")
NOT_CUSTOMERS = re.compile(
    r"order|invoice|receipt|basket|product|item|sku|stock|article|store|shop|bill|ticket|phone|mobile|tel|zip|post|bestell"
    r"|rechnung|artikel|beleg|订单|单号|商品|货号|门店|小票|发票|流水|电话|手机|邮编"
)


def narrow(ours: str, candidates: list[str], samples: dict[str, list[str]]) -> list[str]:
    """Of several columns that may be a customer by their names, the one whose values number customers, if one does.

    Examples
    --------
    >>> samples = {"会员": ["HY1", "HY2", "HY1", "HY2"], "手机号": ["13800138000", "13912345678"] * 2}
    >>> narrow("customer_id", ["会员", "手机号"], samples)
    ['会员']
    """
    if ours != "customer_id" or len(candidates) < 2:
        return candidates
    numbering = [
        name
        for name in candidates
        if _are_codes(samples.get(name, [])) and judge_column(samples.get(name, []), name, is_customer=True) is None
    ]
    return numbering if len(numbering) == 1 else candidates


def choices_of_products(products: list[list[str]], samples: dict[str, list[str]]) -> list[Choice]:
    """Quantity times price, and the price alone, which may be that of the whole line; the likelier first."""
    choices = []
    for quantity, price in products:
        both = Choice([quantity, price], t("{first} times {second}", first=quantity, second=price))
        alone = Choice(price, t("{column} is that of the whole line already", column=price))
        grows = _grow_together(samples.get(quantity, []), samples.get(price, []))
        choices += [alone, both] if grows else [both, alone]
    return choices


def _grow_together(quantities: list[str], prices: list[str]) -> bool:
    """Are prices of lines with a higher quantity so much higher, that they must be those of the lines?"""
    pairs = [(number_of(q), number_of(p)) for q, p in zip(quantities, prices, strict=False)]
    known = pd.DataFrame([pair for pair in pairs if None not in pair], columns=["quantity", "price"])
    if len(known) < FEWEST_PAIRS or known["quantity"].nunique() < 2:
        return False
    return bool(known.corr(method="spearman").loc["quantity", "price"] > STRONG)


def find_better(ours: str, candidates: list[str], free: list[str], samples: dict[str, list[str]]) -> list[str]:
    """Columns that may be meant rather than the one whose name says so, by their values."""
    name = candidates[0]
    if ours == "amount" and _is_count(samples.get(name, [])):
        return [other for other in free if other != name and _is_money(samples.get(other, []))]
    if ours == "customer_id" and bare(name) in aliases(ours)[1]:
        return [other for other in free if other != name and _may_number_customers(other, samples.get(other, []))]
    return []


def _is_count(values: list[str]) -> bool:
    """Are they few whole numbers, as pieces are counted?"""
    filled = [value.strip() for value in values if value.strip()]
    return len(filled) >= FEWEST_PAIRS and all(re.fullmatch(r"\d{1,2}", value) for value in filled)


def _is_money(values: list[str]) -> bool:
    filled = [value for value in values if value.strip()]
    numbers = [number for value in filled if (number := number_of(value)) is not None]
    return len(numbers) >= 0.8 * max(1, len(filled)) and any(number != int(number) for number in numbers)


def _may_number_customers(name: str, values: list[str]) -> bool:
    """A column called a number or a code, whose values are codes that come again."""
    plain = bare(name)
    return NUMBERED.search(plain) is not None and NOT_CUSTOMERS.search(plain) is None and _are_codes(values)


def _are_codes(values: list[str]) -> bool:
    """Do they have digits, come again, and are no days or amounts?"""
    filled = [value.strip() for value in values if value.strip() and not is_nobody(value) and not is_total(value)]
    different = set(filled)
    return (
        1 < len(different) < 0.9 * len(filled)
        and all(re.search(r"\d", value) and not re.search(r"[.,]\d{1,2}$", value) for value in different)
        and not any(map(looks_like_date, different))
    )
