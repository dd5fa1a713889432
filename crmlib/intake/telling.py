"""The columns left out that say what a row counts for: read as well, and asked about (`judge`) or doubted (`doubts`).

By name a currency, a state, a refund or a discount; by their first values whatever has few different
ones, for a kind of row ("refund", 退货) may stand in any column.
"""

from __future__ import annotations

import re

from crmlib.intake.cells import CODES, CURRENCIES, MISSING, simplify
from crmlib.intake.mapping import Reading
from crmlib.intake.names import bare
from crmlib.intake.records import NUMBER_LIKE
from crmlib.language.words import kind_of_row

# In lower case, without spaces and marks, as in `names`.
CURRENCY = re.compile(
    r"(currency(code)?|curr|waehrung|währung|devise|moneda|valuta|币种|货币|货币代码|币别|幣別|通貨)$"
)
# Whether a row is a sale, a refund, or an order that came to nothing.
STATE_COLUMNS = frozenset(
    (
        "status orderstatus financialstatus paymentstatus transactionstatus bestellstatus auftragsstatus"
        " zahlungsstatus storno storniert cancelled canceled iscancelled iscanceled refunded isrefund"
        " returned isreturn transactiontype recordtype doctype documenttype ordertype direction"
        " debitcredit creditdebit drcr dc crdr sh sollhaben belegart auftragsart vorgangsart buchungsart"
        " shkzg debitcreditindicator creditdebitindicator 状态 订单状态 交易状态 支付状态 付款状态"
        " 退款状态 售后状态 当前状态 资金状态 收支 收支类型 收支方向 交易类型 业务类型 借贷 借贷标志"
        " 借贷方向 单据类型 订单类型 是否退款 是否取消 是否退货 是否作废"
    ).split()
)
REFUND_COLUMNS = frozenset(
    (
        "refund refundamount refundedamount amountrefunded returnedamount erstattung 退款金额 退货金额 已退款金额 退款 "
        "订单退款金额"
    ).split()
)
# Other systems' words: "Order Refund Amount", 物流状态, "Rabatt EUR", 满减优惠.
ANY_STATE = re.compile(r"(status|状态|狀態)$")
ANY_REFUND = re.compile(r"(refund|退款|退货|erstatt).*(amount|total|金额|金額|betrag)|(amount|total).*refund")
DISCOUNT = re.compile(
    r"discount|rabatt|nachlass|skonto|gutschein|remise|réduction|descuento|desconto|sconto|korting|rebate|coupon|voucher"
    r"|折扣|优惠|優惠|减免|立减|满减|抵扣|红包|让利|割引|할인"
)
NO_DISCOUNT = re.compile(r"code|name|type|reason|编号|名称|类型|说明|代码|(?<!折扣)率$")  # what belongs to one
OTHER_CUSTOMER = re.compile(r"customer|client|member|user|buyer|kunde|客户|顾客|会员|用户|买家")
FEW = 50  # different values in the sample; a column with more is no kind of row
FEWEST_TIMES = 2  # so often a value must stand there on the average


def find_telling(
    names: list[str], used: set[int], samples: dict[str, list[str]] | None = None, reading: Reading | None = None
) -> dict[str, int]:
    """The columns left out that say what a row counts for, by name, by their first values, or since somebody says so.

    Parameters
    ----------
    names : list of str
        All columns of the file.
    used : set of int
        The places of those that are ours.
    samples : dict of str to list of str, optional
        The first values of each.
    reading : Reading, optional
        What is said of the file: columns that are named there are read.

    Returns
    -------
    dict of str to int
        The place of each.

    Examples
    --------
    >>> find_telling(["Customer ID", "Total", "Currency", "Shelf"], {0, 1})
    {'Currency': 2}
    >>> find_telling(["id", "kind"], {0}, {"kind": ["sale", "refund", "sale", "sale"]})
    {'kind': 1}
    """
    unused = {name: place for place, name in enumerate(names) if place not in used and name}
    samples, wanted = samples or {}, reading.theirs if reading else set()
    found = {name for name in unused if name in wanted or _tells_by_name(name)}
    found |= {name for name in unused if has_few_values(samples.get(name, []))}
    if any(is_discount(name) or is_refund(name) for name in found):
        # Whether it was taken off already, other columns of numbers may tell.
        found |= {name for name in unused if are_numbers(samples.get(name, []))}
    return {name: place for name, place in unused.items() if name in found}


def _tells_by_name(name: str) -> bool:
    plain = bare(name)
    return (
        is_currency(name)
        or is_state(name)
        or is_refund(name)
        or is_discount(name)
        or OTHER_CUSTOMER.search(plain) is not None
        or kind_of_row(name) is not None  # "is_refund", "voided", 是否测试
    )


def is_currency(column: str) -> bool:
    return CURRENCY.search(bare(column)) is not None


def is_state(column: str) -> bool:
    return bare(column) in STATE_COLUMNS or ANY_STATE.search(bare(column)) is not None


def is_refund(column: str) -> bool:
    return bare(column) in REFUND_COLUMNS or ANY_REFUND.search(bare(column)) is not None


def is_discount(column: str) -> bool:
    return DISCOUNT.search(bare(column)) is not None and NO_DISCOUNT.search(bare(column)) is None


def has_few_values(values: list[str]) -> bool:
    """Does a sample have so few different texts that they may be kinds of rows? Numbers are none.

    Examples
    --------
    >>> has_few_values(["sale", "sale", "refund", "sale"]), has_few_values(["Ann", "Bob"]), has_few_values(["1", "1"])
    (True, False, False)
    """
    filled = [value.strip() for value in values if value.strip()]
    different = set(filled)
    if not filled or len(different) > FEW or all(NUMBER_LIKE.fullmatch(value) for value in different):
        return False
    return FEWEST_TIMES * len(different) <= len(values)


def are_numbers(values: list[str]) -> bool:
    filled = [value for value in values if value.strip()]
    return bool(filled) and sum(NUMBER_LIKE.fullmatch(value) is not None for value in filled) >= 0.8 * len(filled)


def are_currencies(texts: list[str]) -> bool:
    """Are these different cells the codes or signs of currencies, and nothing else?

    Examples
    --------
    >>> are_currencies(["EUR", "USD", ""]), are_currencies(["EU", "US"])
    (True, False)
    """
    filled = [text for text in map(simplify, texts) if text.casefold() not in MISSING]
    # Of two letters only signs: RS is Serbia, FR is France.
    return bool(filled) and all(
        text.upper() in CODES or (text.upper() in CURRENCIES and not re.fullmatch(r"[A-Za-z]{1,2}", text))
        for text in filled
    )
