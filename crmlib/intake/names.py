"""What columns are called elsewhere, in English, German, Chinese and Japanese mostly: to propose, or to ask.

`ALIASES` has for each column of ours the names that say it, and after the bar those that may
mean something else as well (a "date" may be that of delivery, a "customer" a name).
"""

from __future__ import annotations

import re
from functools import cache

from crmlib.intake.called import CALLED, PARTS
from crmlib.intake.ledger_table import LEDGER_ALIASES, table_said
from crmlib.language import speaking, t
from crmlib.language.texts import LANGUAGES
from crmlib.tables import CUSTOMERS, TABLES, Table

# In lower case, without spaces and marks; likeliest first.
ALIASES = {
    "customer_id": (
        "customerno customernumber customernr customercode custid custno custnr clientid clientno memberid memberno"
        " userid buyerid householdid householdkey accountid accountno cardno loyaltycardno partnerid debitorennummer"
        " debitor kundennummer kundennr kdnr kundenid kunnr customerkey clienteid idclient idcliente numeroclient"
        " 客户编号 客户号 客户id 客户代码 客户编码 顾客编号 顾客id 顾客号 会员编号 会员号 会员id 会员卡号 用户id"
        " 用户编号 用户标识 openid 买家id 买家会员名 买家账号 买家帐号 下单账号 下单帐号 会员账号 客戶編號 顧客編號"
        " 會員編號 會員卡號 客戶代碼 clientnum donorid donorno donornumber constituentid subscriberid policyholderid"
        " 捐赠人编号 捐赠者编号 顧客番号 顧客コード 会員番号 고객번호 고객id 회원번호 회원id |"
        " customer client household member user buyer shopper kunde cliente 客户 顾客 会员"
        " 用户 买家 客户名称 会员名 买家昵称 phone mobile telephone email 手机 手机号 电话 邮箱"
    ),
    "order_date": (
        "orderdatetime ordertime orderedat orderdt invoicedate invoicetime purchasedate purchasetime "
        "transactiondate transactiontime transactiontimestamp saledate salesdate bookingdate receiptdate bestelldatum "
        "rechnungsdatum auftragsdatum kaufdatum belegdatum buchungsdatum fechapedido datecommande 订单日期 下单时间"
        " 下单日期 订单时间 "
        "订单创建时间 购买日期 购买时间 交易日期 交易时间 成交时间 消费时间 消费日期 销售日期 訂單日期 下單時間"
        " 下單日期 交易時間 "
        "消費日期"
        " 注文日 注文日時 購入日 購入日時 売上日 取引日 주문일 주문일자 주문일시 구매일 구매일자 |"
        " datetime date timestamp time created createdat createdon paidat datum fecha budat fkdat bldat "
        "日期 时间 创建时间 付款时间 支付时间 付款日期 订单付款时间 发货时间 日期時間 shippingdate deliverydate"
    ),
    "amount": (
        "totalamount netamount orderamount salesamount lineamount linetotal totalprice salesvalue netsales paidamount"
        " amountpaid nettobetrag gesamtbetrag gesamtpreis umsatz importetotal montanttotal 实付金额 支付金额 付款金额"
        " 实收金额 订单金额 消费金额 销售金额 交易金额 成交金额 买家实际支付金额 订单实付金额 买家实付金额 商家实收金额"
        " 订单实收金额 实际支付金额 實付金額 消費金額 訂單金額 invoiceamount amountinvoiced openamount 发票金额"
        " 开票金额"
        " 價稅合計 价税合计"
        " 売上金額 購入金額 注文金額 결제금액 주문금액 구매금액 |"
        " salestotal sales revenue turnover total paid value"
        " betrag nettoumsatz bruttobetrag grossamount importe montant ordertotal ordertotalamount grandtotal netwr"
        " dmbtr wrbtr 实付款 结算金额 金額 總金額 金额 总金额 销售额 总额 总价 应付金额 买家应付货款"
    ),
    "value": (
        "customervalue totalspent totalspend totalspending totalspendings amountspent moneyspent lifetimespend"
        " lifetimespent lifetimespending lifetimevalue customerlifetimevalue clv cltv ltv historicalvalue"
        " lifetimerevenue lifetimesales lifetimeamount totalrevenue totalcharges totalpurchases totalpurchaseamount"
        " totalpurchasevalue totaltransamt totaltransactionamount totalordervalue totalgiving totalgifts"
        " totaldonations lifetimegiving lifetimegifts monetary monetaryvalue gesamtumsatz umsatzgesamt kundenumsatz"
        " kundenwert kundenlebenswert summebestellungen gesamtspende gesamtspenden totaldépensé totaldepense"
        " montanttotaldépensé montanttotaldepense dépensetotale depensetotale dépensestotales depensestotales"
        " valeurclient totaldesachats catotal gastototal totalgastado totalcomprado importetotalgastado valorcliente"
        " valordelcliente 消费总额 总消费额 总消费 总消费金额 消费总金额 累计消费 累计消费金额 累计消费额 累计金额"
        " 累计交易金额 累计成交金额 累计购买金额 历史消费金额 历史消费总额 客户价值 购买总额 购买总金额 交易总额"
        " 交易总金额 成交总额 累计实付金额 累计捐赠金额 捐赠总额 消費總額 累計消費 累計消費金額 總消費金額 | amount"
        " total totalamount totalsales totalpaid sales revenue turnover spend spent spending purchases umsatz"
        " betrag gesamtbetrag montant importe donation donations 消费金额 消费额 购买金额 交易金额 成交金额 金额 总金额"
        " 销售额"
    ),
    "n_orders": (
        "totalorders orderscount ordercount ordersnumber numberoforders numorders noorders totaltransct"
        " totaltransactions transactioncount transactionscount numberoftransactions numberofpurchases purchasecount"
        " totalnumberofpurchases numberofgifts giftcount frequency anzahlbestellungen bestellanzahl anzahlkäufe"
        " anzahlkaeufe anzahlspenden nombredecommandes nbcommandes nombrecommandes nombredachats númerodepedidos"
        " numerodepedidos totalpedidos cantidaddepedidos 订单数 订单数量 订单总数 累计订单数 购买次数 消费次数 交易次数"
        " 交易笔数 累计消费次数 成交次数 累计购买次数 捐赠次数 訂單數 消費次數 購買次數 | orders purchases transactions"
        " bestellungen commandes pedidos"
    ),
    "first_order_date": (
        "firstorder firstpurchase firstpurchasedate firsttransactiondate firstgiftdate dateoffirstpurchase"
        " dateoffirstorder erstbestellung erstebestellung ersterkauf erstkauf premièrecommande premierecommande"
        " premierachat primerpedido primeracompra 首单时间 首单日期 首次购买时间 首次购买日期 首次消费时间 首次消费日期"
        " 首次下单时间 首次交易时间 第一次消费时间"
    ),
    "last_order_date": (
        "lastorder lastpurchase lastpurchasedate lasttransactiondate lastgiftdate dateoflastpurchase"
        " dateoflastorder mostrecentpurchase mostrecentorder letztebestellung letzterkauf letztekaufdatum"
        " dernièrecommande dernierecommande dernierachat últimacompra ultimacompra últimopedido ultimopedido"
        " 最近购买时间 最近购买日期 最后购买时间 最后购买日期 最近消费时间 最近消费日期 最后消费时间 最后消费日期"
        " 最近下单时间 末次消费时间 最近交易时间 最后一次消费时间 最近一次消费时间 最近一次购买时间"
    ),
    "profit": (
        "totalprofit grossprofit netprofit rohertrag deckungsbeitrag gewinn bénéfice benefice beneficio"
        " 利润 毛利 毛利额 净利润 利润总额"
    ),
    "order_id": (
        "orderno ordernumber ordernr invoiceno invoiceid invoicenumber invoice basketid receiptid receiptno receipt "
        "transactionid transactionno transaction ticketid billno auftragsnummer auftragsnr bestellnummer bestellnr "
        "rechnungsnummer rechnungsnr belegnummer belegnr vbeln pedido 訂單編號 订单编号 订单号 订单id 单号 发票号"
        " 流水号 交易号 小票号 注文番号 伝票番号 주문번호 | order id"
    ),
    "product_id": (
        "stockcode productcode productno itemid itemcode itemno sku articleno articleid artikelnummer artikelnr"
        " 商品编号 商品编码 商品id 产品编号 产品编码 货号 条码 | product item article artikel 商品 产品"
    ),
    "category": (
        "productcategory itemcategory department warengruppe kategorie 品类 类别 商品类别 产品类别 分类 商品分类"
    ),
    "quantity": (
        "qty units menge anzahl stueck stück cantidad quantite 数量 件数 购买数量 销售数量 宝贝总数量 | count pieces"
    ),
    "cost": "costofgoods cogs totalcost kosten einstandspreis 成本 成本金额 商品成本",
    "channel": "saleschannel kanal vertriebskanal 渠道 销售渠道",
    "customer_type": "kundentyp 客户类型",
    "name": "customername fullname kundenname 姓名 客户姓名 客户名称 名称 会员姓名",
    "phone": "telephone mobile telefon phonenumber mobilephone 电话 手机 手机号 手机号码 联系电话",
    "email": "mail emailaddress 邮箱 电子邮箱 电子邮件",
    "address": "street adresse anschrift 地址 收货地址",
    "city": "town stadt ort 城市",
    "birth_date": "birthday dateofbirth dob geburtsdatum 出生日期 生日",
    "industry": "branche 行业",
    "registered_date": "registrationdate signupdate joindate 注册日期 注册时间 入会日期 登记日期"
    " 建档日期 建档时间 开户日期",
    "referred_by": "referrer referrerid 推荐人",
    "product_name": "description itemname artikelname 商品名称 产品名称",
    "list_price": "unitprice price preis einzelpreis stueckpreis listenpreis precio prix 单价 价格 标价",
    "unit_cost": "stueckkosten 单位成本 进价",
    "month": "monat 月份",
    "activity": "activitytype aktivitaet 活动 活动类型",
    "n_times": "times frequency anzahl 次数",
    "driver": "costdriver 动因 成本动因",
    "invoice_id": (
        "invoiceno invoicenumber invoicenr invoice documentno documentnumber billno rechnungsnummer rechnungsnr"
        " belegnummer"
        " belegnr 发票号 发票号码 发票编号 单据号 单据编号 應收單號 發票號碼"
    ),
    "invoice_date": (
        "billdate billingdate documentdate postingdate dateofinvoice rechnungsdatum belegdatum buchungsdatum 发票日期"
        " 开票日期 开票时间 單據日期 發票日期 单据日期 | date datum 日期"
    ),
    "due_date": (
        "paymentdue paymentduedate dueon duedateofpayment netduedate maturity maturitydate faelligkeit fälligkeit"
        " faelligkeitsdatum fälligkeitsdatum faelligam fälligam 到期日 到期日期 应收日期 应收款日期 应付日期 应付款日期"
        " 约定付款日 约定付款日期 付款到期日 付款期限 最后付款日 到期時間 應收日期 | due 期限"
    ),
    "paid_date": (
        "paymentdate paidon datepaid paymentreceived clearingdate cleareddate settlementdate settledon dateofpayment"
        " zahlungsdatum zahlungseingang ausgleichsdatum bezahltam 付款日 付款日期 付款时间 实付日期 实际付款日"
        " 实际付款日期"
        " 回款日期 回款时间 收款日期 到账日期 结清日期 付清日期 收款日 | 核销日期"
    ),
    "written_off_date": (
        "writeoffdate writeoff chargeoffdate ausbuchungsdatum ausgebucht 坏账日期 坏账核销日期 坏账确认日期"
    ),
    "period_end": (
        "periodenddate periodending balancesheetdate reportdate reportingdate statementdate quarterend stichtag 报告期"
        " 报表日期 报告日期 截止日期 期末日期 季度末 会计期末 资产负债表日 | period quarter 会计期间 季度"
    ),
    "recorded_date": (
        "receiveddate receivedon recordedon eingangsdatum erfasstam 收到日期 登记日期 记录日期 录入日期 评价日期"
        " 评审日期 评审时间"
    ),
    "total_assets": "assets bilanzsumme 总资产 资产总额 资产总计 资产合计",
    "total_liabilities": "liabilities totaldebt verbindlichkeiten 总负债 负债总额 负债合计 负债总计",
    "current_assets": "umlaufvermoegen umlaufvermögen 流动资产 流动资产合计",
    "current_liabilities": "kurzfristigeverbindlichkeiten 流动负债 流动负债合计",
    "inventory": "inventories stock vorraete vorräte 存货 库存",
    "receivables": "accountsreceivable tradereceivables debtors forderungen 应收账款 应收帐款",
    "revenue": (
        "revenues sales turnover netsales umsatz umsatzerloese umsatzerlöse 营业收入 主营业务收入 营业额"
        " 营业总收入 销售收入"
    ),
    "cost_of_sales": "costofgoodssold cogs costofrevenue herstellungskosten 营业成本 主营业务成本 销售成本",
    "net_profit": "netincome profitaftertax jahresueberschuss jahresüberschuss 净利润 净利",
    "operating_cash_flow": (
        "cashflowfromoperations operatingcashflows cashfromoperations 经营活动现金流量净额 经营活动产生的现金流量净额"
        " 经营现金流 经营现金流量"
    ),
    "years_in_business": "yearsoperating businessage 经营年限 成立年限 开业年数",
    "business_size": "companysize 企业规模 经营规模 规模大小 | size 规模",
    "trade_rank": "industryrank 行业地位 行业排名 同行排名 当地同行业排名 同行业排名",
    "management": "managementquality 管理素质 管理水平 负责人品德及企业管理素质",
    "supplier_rank": "业务关系强度 供应商地位 供货地位 我方地位 我方在其供应商中的地位",
    "good_faith": "cooperation 合作诚意 是否提供报表 报表提供情况",
    "n_staff": "employees numberofemployees staff headcount mitarbeiter 员工人数 员工数 职工人数",
    "litigation": "lawsuits 诉讼 诉讼记录 诉讼情况",
    "is_staff_stable": "员工是否稳定 员工稳定 员工稳定性",
    "is_halted": "是否停业 停业整改 停业 已责令停业整改 责令停业",
    "is_sued_by_supplier": "是否被供应商起诉 被供应商起诉",
    "is_export": "是否出口 出口业务 出口",
    "monthly_sales_expected": "expectedmonthlysales 预计月销售额 预计月平均销售额",
}
# Names of people and firms, which two may share.
NAME_COLUMNS = frozenset(
    (
        "客户名称 客户姓名 顾客姓名 买家昵称 收货人 收货人姓名 收件人 收件人姓名 联系人 联系人姓名 氏名 名字 firstname "
        "lastname surname givenname forename familyname vorname nachname familienname prénom prenom nombre apellido "
        "apellidos cognome nome"
    ).split()
)


def bare(name: str) -> str:
    """A name without what people write differently: case, spaces, marks, a unit in brackets.

    Examples
    --------
    >>> bare("Order Date"), bare("Betrag (EUR)"), bare("实付金额（元）")
    ('orderdate', 'betrag', '实付金额')
    """
    without_unit = re.sub(r"[(（\[【].*?[)）\]】]\s*$", "", name)
    return re.sub(r"[\W_]+", "", without_unit or name).casefold()


ALIASES |= LEDGER_ALIASES


@cache
def aliases(ours: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that say a column of ours, and those that may mean another thing."""
    sure, _, unsure = ALIASES.get(ours, "").partition("|")
    return (bare(ours), *sure.split()), tuple(unsure.split())


@cache
def meaning_by_name(table: str) -> dict[str, str]:
    """Which column of ours a bare name may be, for the columns of a table."""
    found: dict[str, str] = {}
    for strength in (0, 1):
        for ours in table_said(table).names:
            for name in aliases(ours)[strength]:
                found.setdefault(name, ours)
    if table == CUSTOMERS.name:
        for ours, words in (*CALLED.items(), *((ours, words) for ours, both in PARTS.items() for words in both)):
            for name in words.split():
                found.setdefault(bare(name), ours)
    return found


def count_known(names: list[str], table: Table) -> int:
    """How many columns of a table a line of names seems to have."""
    known = meaning_by_name(table.name) if table.name in TABLES else {bare(name): name for name in table.names}
    return len({known[bare(name)] for name in names if bare(name) in known})


def is_known(name: str) -> bool:
    """Is it what a column of any table is called, here or elsewhere?

    Examples
    --------
    >>> is_known("實付金額"), is_known("Kundennummer"), is_known("屬薯踢擂")
    (True, True, False)
    """
    return bare(name) in _known_anywhere()


@cache
def _known_anywhere() -> frozenset[str]:
    return frozenset(name for table in TABLES for name in meaning_by_name(table))


def is_name(column: str) -> bool:
    """Does a column of theirs hold what people are called, by what it is called itself?

    Examples
    --------
    >>> is_name("客户姓名"), is_name("Customer Name"), is_name("Customer No.")
    (True, True, False)
    """
    return bare(column) in NAME_COLUMNS or bare(column) in aliases("name")[0]


def place_name(place: int, said: frozenset[str] = frozenset()) -> str:
    """What a column without a name is called: "column 3"; in the language in which it was said before, if it was.

    Examples
    --------
    >>> place_name(2), place_name(2, frozenset(["第 3 列"]))
    ('column 3', '第 3 列')
    """
    for language in LANGUAGES:
        with speaking(language):
            name = t("column {n}", n=place + 1)
        if name in said:
            return name
    return t("column {n}", n=place + 1)


def name_empty(names: list[str], said: frozenset[str]) -> list[str]:
    """Names for all columns, also those whose name is empty, so that they can be mapped."""
    return [name or _unless_taken(place_name(place, said), names) for place, name in enumerate(names)]


def _unless_taken(name: str, names: list[str]) -> str:
    return "" if name in names else name
