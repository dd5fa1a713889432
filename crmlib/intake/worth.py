"""Which columns may be money, by their names and first values; and which only count, rate, date or number something."""

from __future__ import annotations

import re
import statistics
from itertools import pairwise

from crmlib.intake.names import aliases, bare
from crmlib.intake.samples import filled, fits, to_numbers
from crmlib.intake.shown import looks_personal
from crmlib.tables import CUSTOMER_VALUES

# Words of names: of numbers that are no money, and of money.
NO_MONEY = frozenset(
    (
        "age alter birth year jahr zip plz postal postcode phone mobile lat lon score rating rate ratio percent pct"
        " frequency freq count ct qty quantity trx chng tenure month months day days size children dependent number"
        " recency satisfaction rank grade visits hour hours minute minutes week weeks share probability 年龄 电话 邮编"
        " 评分 得分 分数 积分 次数 频次 频率 数量 比例 占比 概率 月数 天数 时长 排名 满意度"
    ).split()
)
# Of money that is not what a customer brought.
OTHER_MONEY = frozenset("income salary gehalt limit credit balance bal saldo 收入 工资 余额 额度".split())
MONEY = (
    "spent spend amount amt purchase sales revenue charge payment total monetary value turnover donation gift mnt"
    " umsatz betrag montant importe gasto 金额 消费 捐赠"
).split()
WORD = re.compile(r"[A-Z]?[^\W\d_A-Z一-鿿]+|[A-Z]+(?![a-z])|[一-鿿]+")
NUMBERING = frozenset("id no nr num code key ref flag index 编号 序号 號 编码 代码 标志 标识".split())
FEW_KINDS = 5  # a number with no more values is a code
FEWEST_CODES = 20  # in so many rows
SKEWED = 1.2  # mean by median: money is unequal, a score or an age is not
MOST_COUNTED = 100  # a whole number up to here is a count, an age or a score, unless its name says money
MOST_GAPS = 2  # of running numbers: this far on the average is each from the one before
YEARS = 1900, 2100


def find_money(names: list[str], samples: dict[str, list[str]], ids: list[str]) -> list[str]:
    """The columns that may be what a customer brought, by their values; the likeliest first.

    Examples
    --------
    >>> samples = {"id": ["1", "2", "3"], "Age": ["31", "45", "28"], "Fresh": ["120", "9000", "85"]}
    >>> find_money(list(samples), samples, ["id"])
    ['Fresh', 'Age']
    """
    column = CUSTOMER_VALUES.column("value")
    found = {}
    for name in names:
        values = filled(samples.get(name, []))
        is_one = name and name not in ids and names.count(name) == 1 and len(values) > 1
        if not is_one or not fits(values, column) or all(map(looks_personal, values)):
            continue
        amounts = to_numbers(values)
        n_kinds = len(set(amounts))
        is_code = n_kinds <= FEW_KINDS and len(amounts) >= FEWEST_CODES
        if n_kinds > 1 and not is_code and sum(amount < 0 for amount in amounts) <= 0.1 * len(amounts):
            found[name] = has_money_in_name(name) - _is_hardly(name), _skew(amounts)
    return sorted(found, key=lambda name: found[name], reverse=True)


def is_skewed(values: list[str]) -> bool:
    """Are a few of the values far above the others, as they are where they are money?"""
    return _skew(to_numbers(filled(values))) >= SKEWED


def _skew(amounts: list[float]) -> float:
    middle = statistics.median(amounts)
    return statistics.fmean(amounts) / middle if middle > 0 else float("inf")


def is_no_money(name: str) -> bool:
    """Does a name say that it is a count, an age, a score or the like?"""
    return _has_word(name, NO_MONEY)


def _has_word(name: str, words: frozenset[str]) -> bool:
    found = {word.casefold() for word in WORD.findall(name)}
    return bool(found & words) or any(word in name for word in words if not word.isascii())


def has_money_in_name(name: str) -> bool:
    """Does a name say that it is money?"""
    known = {*aliases("value")[0], *aliases("value")[1], *aliases("amount")[0], *aliases("amount")[1]}
    return bare(name) in known or any(word in bare(name) for word in MONEY)


def is_other_money(name: str) -> bool:
    """Does a name say that it is money, but none that a customer brought: an income, a balance?"""
    return _has_word(name, OTHER_MONEY)


def _is_hardly(name: str) -> bool:
    return is_no_money(name) or is_other_money(name)


def find_worth(money: list[str], samples: dict[str, list[str]]) -> list[str]:
    """Of columns of numbers, those that may be what customers brought, the likeliest first; [] where none may.

    Ages, small counts, shares, years, scores, times and numbers of something are none. An income, or a score of
    spending, is offered where there is nothing better.

    Examples
    --------
    >>> find_worth(["Umsatz 2024", "T"], {"Umsatz 2024": ["12.5", "900"], "T": ["3", "12"]})
    ['Umsatz 2024']
    >>> find_worth(["Annual Income", "Age"], {"Annual Income": ["31000", "45000"], "Age": ["31", "45"]})
    ['Annual Income']
    """
    named = {name for name in money if has_money_in_name(name)}
    plain = [name for name in money if not _is_hardly(name)]
    found = [name for name in plain if name in named or not only_counts(name, samples.get(name, []))]
    return found or [name for name in money if name in named or (is_other_money(name) and not is_no_money(name))]


def only_counts(name: str, values: list[str]) -> bool:
    """Do numbers count, rate, date or number something, so that they are hardly money?

    Examples
    --------
    >>> only_counts("T", ["12", "30"]), only_counts("Rate A", ["0.25", "0.5"]), only_counts("A", ["2019", "2024"])
    (True, True, True)
    >>> only_counts("A", ["12.90", "330.00", "18.20"])
    False
    """
    amounts = to_numbers(filled(values))
    if not amounts or only_numbers_something(name, values):
        return True
    low, high = min(amounts), max(amounts)
    if all(amount == int(amount) for amount in amounts):
        return high <= MOST_COUNTED
    return 0 <= low <= high <= 1 or (high <= MOST_COUNTED and _skew(amounts) < SKEWED)


def only_numbers_something(name: str, values: list[str]) -> bool:
    """Are numbers those of something: running numbers, years, codes?

    Examples
    --------
    >>> only_numbers_something("Row", [str(n) for n in range(9)]), only_numbers_something("Region code", ["12", "7"])
    (True, True)
    """
    amounts = to_numbers(filled(values))
    if _has_word(name, NUMBERING) or not amounts or any(amount != int(amount) for amount in amounts):
        return _has_word(name, NUMBERING)
    low, high = min(amounts), max(amounts)
    goes_up = len(amounts) >= FEW_KINDS and all(first < second for first, second in pairwise(amounts))
    return (goes_up and high - low <= MOST_GAPS * len(amounts)) or YEARS[0] <= low <= high <= YEARS[1]
