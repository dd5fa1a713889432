"""Their column names and ours: what is mapped, what is left out, and what may be meant."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from crmlib.intake.cells import to_datetime, to_number
from crmlib.intake.records import shorten
from crmlib.language import t
from crmlib.tables import Table, check_columns

# What columns are called elsewhere, likeliest first, in lower case without spaces and marks.
# Used to propose, never to map without being told.
ALIASES = {
    "customer_id": (
        "customerno customernumber customercode custid custno customer clientid client memberid userid "
        "buyerid householdid householdkey household accountid cardno loyaltycardno kundennummer kundennr "
        "kundenid kunde clienteid idclient 客户编号 客户号 客户id 客户代码 客户编码 客户 顾客编号 顾客id 会员编号 会员号 会员id 会员卡号 用户id "
        "用户编号 买家id"
    ),
    "order_date": (
        "orderdatetime ordertime orderedat invoicedate invoicetime purchasedate purchasetime "
        "transactiondate transactiontime transactiontimestamp saledate salesdate datetime date timestamp "
        "createdat bestelldatum rechnungsdatum auftragsdatum kaufdatum datum fecha 订单日期 下单时间 下单日期 订单时间 购买日期 "
        "购买时间 交易日期 交易时间 成交时间 付款时间 支付时间 消费时间 消费日期 销售日期 日期 时间"
    ),
    "amount": (
        "totalamount netamount orderamount salesamount lineamount linetotal totalprice salesvalue netsales "
        "salestotal sales revenue turnover total paid betrag umsatz gesamtbetrag gesamtpreis importe montant "
        "金额 实付金额 支付金额 付款金额 订单金额 消费金额 销售金额 交易金额 成交金额 总金额 销售额 总额 总价"
    ),
    "order_id": (
        "orderno ordernumber invoiceno invoiceid invoicenumber invoice basketid receiptid receiptno "
        "transactionid transactionno auftragsnummer bestellnummer rechnungsnummer belegnummer 订单编号 订单号 订单id "
        "单号 发票号 流水号 交易号"
    ),
    "product_id": (
        "stockcode productcode productno itemid itemcode itemno sku articleno artikelnummer 商品编号 商品编码 商品id "
        "产品编号 产品编码 货号"
    ),
    "category": "productcategory itemcategory department warengruppe kategorie 品类 类别 商品类别 产品类别 分类 商品分类",
    "quantity": "qty units count menge anzahl 数量 件数 购买数量 销售数量",
    "cost": "costofgoods cogs totalcost kosten 成本 成本金额 商品成本",
    "channel": "saleschannel kanal vertriebskanal 渠道 销售渠道",
    "customer_type": "kundentyp 客户类型",
    "name": "customername fullname kundenname 姓名 客户姓名 客户名称 名称",
    "phone": "telephone mobile telefon 电话 手机 手机号 联系电话",
    "email": "mail emailaddress 邮箱 电子邮箱 电子邮件",
    "address": "street adresse anschrift 地址",
    "city": "town stadt ort 城市",
    "birth_date": "birthday dateofbirth dob geburtsdatum 出生日期 生日",
    "industry": "branche 行业",
    "registered_date": "registrationdate signupdate joindate 注册日期 注册时间 入会日期",
    "referred_by": "referrer referrerid 推荐人",
    "product_name": "description itemname artikelname 商品名称 产品名称",
    "list_price": "unitprice price preis listenpreis 单价 价格 标价",
    "unit_cost": "stueckkosten 单位成本 进价",
    "month": "monat 月份",
    "activity": "activitytype aktivitaet 活动 活动类型",
    "n_times": "times frequency anzahl 次数",
    "driver": "costdriver 动因 成本动因",
}
MOST_NAMES = 30  # shown in a message


def map_columns(names: list[str], table: Table, columns: Mapping[str, str] | None) -> dict[int, str]:
    """At which place of the file stands which column of the contract.

    Raises
    ------
    ValueError
        `columns` names what the file or the contract has not, or two that become one; or a
        required column is missing, with the mapping that may be meant.
    TypeError
        `columns` is not a dict of text.
    """
    columns = _checked(names, table, columns)
    ours = [columns.get(name, name) for name in names]
    try:
        check_columns(pd.DataFrame(columns=_presentable(ours, table)), table)
    except ValueError as error:
        raise ValueError(f"{error}{_advice(names, ours, table, columns)}") from None
    return {place: name for place, name in enumerate(ours) if name in table.names}


def _presentable(ours: list[str], table: Table) -> list[str]:
    """The names for a message: what is no table may have a thousand, or one as long as a page."""
    foreign = [place for place, name in enumerate(ours) if name not in table.names][:MOST_NAMES]
    return [shorten(name, 40) for place, name in enumerate(ours) if name in table.names or place in foreign]


def _checked(names: list[str], table: Table, columns: Mapping[str, str] | None) -> dict[str, str]:
    if columns is None:
        return {}
    if not isinstance(columns, Mapping) or not all(
        isinstance(text, str) for pair in columns.items() for text in pair
    ):
        raise TypeError(
            "columns must be a dict from names in the file to names of the kit, both text; "
            f"got {columns!r}. For example columns={{'Total': 'amount'}}."
        )
    columns = {theirs.strip(): ours.strip() for theirs, ours in columns.items()}
    unknown = [theirs for theirs in columns if theirs not in names]
    if unknown:
        raise ValueError(
            f"columns must map names that are in the file; {unknown} are not. It has {_some(names)}. "
            "The name in the file stands on the left: columns={'name in the file': 'amount'}."
        )
    foreign = [ours for ours in columns.values() if ours not in table.names]
    if foreign:
        raise ValueError(
            f"columns must map to columns of {table.name}, {table.names}; {foreign} are not among them. "
            "The kit's name stands on the right: columns={'name in the file': 'amount'}."
        )
    for ours in dict.fromkeys(columns.values()):
        both = [theirs for theirs in columns if columns[theirs] == ours]
        both += [name for name in dict.fromkeys(names) if name == ours and name not in columns]
        if len(both) > 1:
            raise ValueError(
                f"{ours!r} must come from one column of the file; {both} would all become it. Keep one of "
                "them in columns=, and if the file has another of that very name, map it elsewhere or "
                "rename it in the file."
            )
        if names.count(both[0]) > 1:
            raise ValueError(
                f"{ours!r} must come from one column of the file; {names.count(both[0])} columns are called "
                f"{both[0]!r}. Rename them in the file."
            )
    return columns


def _advice(names: list[str], ours: list[str], table: Table, columns: dict[str, str]) -> str:
    missing = [name for name in table.required if name not in ours]
    if not missing:
        return ""
    found = likely(names, missing, taken=columns)
    if found:
        return f" Is it columns={ {**columns, **found} }?"
    if len(names) == 1:
        return " One column was found: its header has none of the delimiters comma, semicolon, tab and bar."
    if sum(map(_is_value, names)) * 2 >= len(names):
        return (
            " Its first line looks like a row: the file needs a line with the names of the columns above it."
        )
    return ""


def _is_value(name: str) -> bool:
    for convert in (to_number, to_datetime):
        try:
            convert(name)
        except ValueError:
            continue
        return True
    return False


def likely(names: list[str], wanted: list[str], *, taken: Mapping[str, str] | None = None) -> dict[str, str]:
    """Which of the file's names may be which wanted column, by name alone; to propose, not to use.

    Examples
    --------
    >>> likely(["CustomerID", "InvoiceDate", "Price", "金额"], ["customer_id", "order_date", "amount"])
    {'CustomerID': 'customer_id', 'InvoiceDate': 'order_date', '金额': 'amount'}
    """
    free = [name for name in dict.fromkeys(names) if name and name not in (taken or {})]
    found = {}
    for ours in wanted:
        by_form = {_bare(name): name for name in reversed(free) if name not in found}
        match = next(
            (by_form[alias] for alias in (_bare(ours), *ALIASES.get(ours, "").split()) if alias in by_form),
            None,
        )
        if match is not None:
            found[match] = ours
    return found


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def left_out_note(
    names: list[str], mapping: Mapping[int, str], table: Table, columns: Mapping[str, str]
) -> str | None:
    """A sentence on the columns that the contract does not have, with what some of them may be."""
    left = [
        name or f"column {place + 1}, without a name"
        for place, name in enumerate(names)
        if place not in mapping
    ]
    if not left:
        return None
    # Duplicates of our own names cannot be here: check_columns refuses them.
    note = t("Left out, not being columns of {table}: {columns}.").format(table=table.name, columns=_some(left, quoted=False))
    absent = [name for name in table.names if name not in mapping.values()]
    found = likely([names[place] for place in range(len(names)) if place not in mapping], absent)
    if found:
        note += t(" To use some of them: columns={mapping}.").format(mapping={**columns, **found})
    return note


def _some(names: list[str], *, quoted: bool = True) -> str:
    shown = [shorten(name, 40) for name in names[:MOST_NAMES]]
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    return (str(shown) if quoted else ", ".join(shown)) + more
