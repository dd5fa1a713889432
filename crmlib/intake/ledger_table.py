"""What a ledger may say of an invoice beyond the contract of `invoices`, and what its columns are called elsewhere.

An accounting system has more columns than an invoice needs: what was paid so far, what is open, debit and credit, the
kind of a document. They are read as `LEDGER`, and `settle` makes invoices of them.
"""

from __future__ import annotations

from crmlib.tables import INVOICES, TABLES, Column, Table

PAYMENTS = range(2, 7)  # further payments of an invoice, in columns beside the first

LEDGER = Table(
    name=INVOICES.name,
    row="one line of a ledger: an invoice, a receipt, a credit note",
    key=INVOICES.key,
    columns=(
        Column("customer_id", "string", "who owes it", required=True),
        Column("invoice_id", "string", "the number of the invoice, or of the document"),
        Column("due_date", "date", "the last day on which it is paid in time"),
        Column("invoice_date", "date", "the day of the invoice, or of the document"),
        Column("terms", "string", "the terms of payment, such as net 30, where no column has the day it is due"),
        Column("paid_date", "date", "when it was paid, or when the clearing was booked"),
        Column("written_off_date", "date", "when it was given up as bad"),
        Column("open_amount", "number", "what is still open of it", unit="currency"),
        Column("paid_amount", "number", "what was paid of it so far", unit="currency"),
        Column("debit", "number", "what was charged", unit="currency"),
        Column("credit", "number", "what was paid or credited", unit="currency"),
        Column("amount", "number", "what the invoice comes to", unit="currency"),
        Column("kind", "string", "what kind of document it is: an invoice, a receipt, a credit note"),
        Column("side", "string", "whether the amount is a debit or a credit"),
        Column("status", "string", "whether it is open, paid, void or written off"),
        Column("reference", "string", "the invoice that a receipt or a credit note is for"),
        Column("clearing_id", "string", "the number under which invoices and receipts were matched"),
        Column("note", "string", "what the row says in words"),
        *(
            column
            for n in PAYMENTS
            for column in (
                Column(f"paid_date_{n}", "date", f"the day of payment {n}"),
                Column(f"paid_amount_{n}", "number", f"the amount of payment {n}", unit="currency"),
            )
        ),
    ),
)

# In lower case, without spaces and marks; likeliest first, and after the bar what may mean something else as well.
LEDGER_ALIASES = {
    "terms": (
        "paymentterms termsofpayment creditterms paymentterm zahlungsbedingung zahlungsbedingungen zahlungsziel"
        " zahlungskondition 账期 账期天数 付款条件 收款条件 付款条款 信用期 信用期限 信用天数 结算账期 帳期 付款條件"
        " paymenttermsname"
    ),
    "open_amount": (
        "openbalance openbal balancedue amountdue invoiceamountdue outstanding outstandingamount"
        " amountoutstanding remaining remainingamount unpaidamount offen offenerbetrag offenbetrag restbetrag"
        " offenersaldo 未收金额 未付金额 未收款 未回款 未回款金额 未核销金额 未核销余额 未结金额 欠款 欠款金额 欠款余额"
        " 应收余额 未收余额 剩余金额 未清金额 residualamount amountresidual"
        " остатокдолга задолженность долг | balance saldo 余额 本币余额"
    ),
    "paid_amount": (
        "amountpaid invoiceamountpaid paidtodate amountreceived receivedamount zahlbetrag zahlung"
        " gezahlt bezahlterbetrag gezahlterbetrag 已收金额 已付金额 已收款 已收款金额 收款金额 回款金额 已回款"
        " 已回款金额 实收金额 已核销金额 付款金额 到账金额 | received 已付 paid bezahlt"
    ),
    "debit": (
        "debitamount betragsoll umsatzsoll sollumsatz sollbetrag debits"
        " 借方 借方金额 本期借方 借方发生额 本期应收 | soll"
    ),
    "credit": (
        "creditamount betraghaben umsatzhaben habenumsatz habenbetrag credits"
        " 贷方 贷方金额 本期贷方 贷方发生额 本期收回 | haben"
    ),
    "kind": (
        "documenttype doctype docutype transactiontype transtype invoicetype entrytype belegart belegtyp buchungsart"
        " vorgangsart 单据类型 业务类型 凭证类型 单据类别 票据类型 類型 | type art 类型 类别 文档类型"
    ),
    "side": (
        "debitcredit debitcreditindicator debitcreditind drcr shkzg sollhaben sollhabenkennzeichen sh dc"
        " 借贷 借贷方向 借贷标志 方向"
    ),
    "status": (
        "invoicestatus paymentstatus ispaid zahlungsstatus rechnungsstatus 状态 付款状态 收款状态"
        " 回款状态 核销状态 结清状态 是否付清 是否已付 是否付款 是否收款 是否回款 是否结清 是否核销 发票状态"
        " 收款情况 付款情况 回款情况 结算状态"
        " | paid bezahlt 已付"
    ),
    "reference": (
        "appliedto appliedinvoice appliestoinvoice relatedinvoice originalinvoice invoiceref invoicereference"
        " rechnungsbezug zurechnung zurechnungsnr bezugsrechnung 对应发票 对应发票号 关联发票 关联发票号 原发票号"
        " 原发票号码 核销发票号 核销发票 被核销单号 源单号 源单编号 对应单号 对应单据号 蓝字发票号"
    ),
    "clearing_id": (
        "clearingdocument clearingdoc clrngdoc clearingno clearingnumber ausgleichsbeleg ausgleichsnr ausglbel"
        " ausglbeleg matching matchingno matchingnumber 核销单号 核销号 清账凭证"
    ),
    "note": "memo buchungstext postingtext text description verwendungszweck 摘要 备注 说明",
}
# Further names of columns that the contract has, in ledgers only.
MORE_ALIASES = {
    "customer_id": (
        "account customeraccount debitorno debitornr debitorkonto kontonr kontonummer konto customername contactname"
        " debitorname kundenname name kontobezeichnung 往来单位编码 往来单位 单位编码 单位名称 购货单位 购买方"
        " 购买方名称 公司名称 往来客户 客户简称 partner контрагент покупатель клиент"
    ),
    "invoice_id": (
        "documentno documentnumber document num invoicenum referenznummer belegfeld1 reference beleg 单据号 单据编号"
        " 单号 凭证号 凭证编号 票号 编号 journalentry movename номердокумента номер"
    ),
    "invoice_date": (
        "documentdate docdate invoicedate belegdat postingdate date 业务日期 制单日期 入账日期 记账日期 凭证日期"
        " createdat датадокумента датасчета дата"
    ),
    "due_date": "netduedate netdue duedt due faelligkeitam faellig fällig nettofälligkeit nettofäll"
    " datematurity 到期 应收到期日 应付款日 应收款日 应付日 还款日期 срокоплаты датапогашения",
    "paid_date": (
        "clearing clrngdate fullypaidon lastpaymentdate paidat paid bezahlt 最后付款日期 清账日期 实际收款日期"
        " 实际回款日期 收款时间 ausgleich датаоплаты"
    ),
    "amount": (
        "invoicetotal amountinlocalcurrency amountinlc amountinlocalcurr localcurrencyamount amountindoccurr"
        " amountindocumentcurrency originalamount origamount invoicedamount rechnungsbetrag bruttobetrag"
        " 应收金额 应收款 应收账款金额 含税金额 发票总额 开票总额 货款 原币金额 本币金额"
        " betraginhw суммадокумента сумма"
    ),
}


def table_said(name: str) -> Table:
    """The columns of which a mapping file may speak: of invoices those of a ledger as well.

    Examples
    --------
    >>> "terms" in table_said("invoices").names, "terms" in table_said("transactions").names
    (True, False)
    """
    return LEDGER if name == INVOICES.name else TABLES[name]
