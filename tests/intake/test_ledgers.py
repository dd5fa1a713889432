"""Ledgers as accounting systems export them, made up by hand: what is owed, overdue on a day and paid in time."""

import re

import pandas as pd
import pytest
import xlsxwriter

from crmlib import ledger
from crmlib.datasets import load_data
from crmlib.intake.prepare import prepare

DAY = "2025-03-31"  # the day to look from, in all of them

# --- one row per invoice, with when it was due and paid -------------------------------------------

YONYOU = """应收账款明细表,,,,,,
编制单位：某某公司,期间：2025.01-2025.03,,,,,
客户编码,客户名称,单据号,单据日期,到期日,价税合计,收款日期
K001,宏达贸易,XS-0001,2025-01-05,2025-02-04,"11,300.00",2025-02-01
K001,宏达贸易,XS-0002,2025-01-20,2025-02-19,"22,600.00",2025-03-05
K002,金桥商行,XS-0003,2025-02-01,2025-03-03,"5,650.00",
K002,金桥商行,XS-0004,2025-03-10,2025-04-09,"1,130.00",未付
合计,,,,,"40,680.00",
"""
# owed 5,650 + 1,130; overdue 5,650; due before the day 11,300 + 22,600 + 5,650, of which 11,300 in time

KINGDEE = """日期\t单据编号\t往来单位\t业务类型\t借方金额\t贷方金额\t对应发票号
2025/1/5\tFP001\t宏达贸易\t销售发票\t10000\t\t
2025/1/28\tSK001\t宏达贸易\t收款单\t\t4000\tFP001
2025/2/20\tSK002\t宏达贸易\t收款单\t\t6000\tFP001
2025/2/1\tFP002\t金桥商行\t销售发票\t8000\t\t
2025/2/28\tSK003\t金桥商行\t收款单\t\t3000\tFP002
2025/3/20\tFP003\t金桥商行\t销售发票\t2000\t\t
2025/1/1\t\t金桥商行\t期初余额\t500\t\t
"""

TERMS = """客户,发票号码,开票日期,账期,金额,回款日期
A,F1,2025-01-10,30天,1000,2025-02-09
A,F2,2025-01-10,月结30天,2000,2025-03-05
B,F3,2025-03-01,3个月,4000,
B,F4,2025-02-15,货到付款,8000,
B,F5,2025-02-15,面议,16000,
"""

SAP = """Account;Document Number;Document Type;Document Date;Net due date;Clearing date;Clearing Document;\
Amount in local currency;Local Currency;Text
10001;9000000001;RV;05.01.2025;04.02.2025;03.02.2025;1400000007;11.900,00;EUR;
10001;9000000002;RV;10.01.2025;09.02.2025;20.02.2025;1400000008;2.380,00;EUR;
10001;1400000007;DZ;03.02.2025;03.02.2025;03.02.2025;1400000007;11.900,00-;EUR;payment
10001;1400000008;DZ;20.02.2025;20.02.2025;20.02.2025;1400000008;2.380,00-;EUR;payment
10002;9000000003;RV;01.02.2025;03.03.2025;;;595,00;EUR;
10002;1600000001;DG;15.02.2025;15.02.2025;;;95,00-;EUR;credit, no invoice named
10002;1400000009;DZ;28.02.2025;28.02.2025;;;100,00-;EUR;on account
*;;;;;;;12.200,00;EUR;
"""

DATEV = """Kontonummer;Kontobezeichnung;Rechnungsnr.;Rechnungsdatum;Fälligkeit;Betrag Soll;Betrag Haben;Saldo
10100;Bäcker Klein GmbH;RE-1;05.01.2025;04.02.2025;1.190,00;;1.190,00
10100;Bäcker Klein GmbH;RE-2;10.03.2025;09.04.2025;2.380,00;;3.570,00
10200;Autohaus Sommer;RE-3;01.02.2025;03.03.2025;595,00;;595,00
"""

LEXWARE = """Kunde;Rechnungsnummer;Belegdatum;Fälligkeitsdatum;Rechnungsbetrag;Offener Betrag
Bäcker Klein GmbH;RE-1;05.01.2025;04.02.2025;1.190,00;690,00
Bäcker Klein GmbH;RE-2;10.03.2025;09.04.2025;2.380,00;2.380,00
Autohaus Sommer;RE-3;01.02.2025;03.03.2025;595,00;595,00
Summe;;;;4.165,00;3.665,00
"""

QUICKBOOKS = """A/R Aging Detail,,,,,,,
"As of March 31, 2025",,,,,,,
Type,Date,Num,Name,Terms,Due Date,Aging,Open Balance
Invoice,01/15/2025,1001,Acme Corp.,Net 30,02/14/2025,45,"1,500.00"
Invoice,03/10/2025,1002,Acme Corp.,Net 30,04/09/2025,,250.00
Invoice,02/13/2025,1003,Blue Ltd.,Net 15,02/28/2025,31,"3,000.00"
Credit Memo,02/20/2025,CM7,Blue Ltd.,,02/20/2025,,-400.00
Total,,,,,,,"4,350.00"
"""

XERO = """ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountPaid,InvoiceAmountDue,Description,Quantity,\
UnitAmount,Currency,Type,Status
Ridgeway,INV-1,15/01/2025,14/02/2025,300.00,0.00,300.00,Desk,1,100.00,GBP,Sales invoice,Awaiting Payment
Ridgeway,INV-1,15/01/2025,14/02/2025,300.00,0.00,300.00,Chair,2,100.00,GBP,Sales invoice,Awaiting Payment
Hamilton,INV-2,20/01/2025,19/02/2025,500.00,200.00,300.00,Lamp,5,100.00,GBP,Sales invoice,Awaiting Payment
Hamilton,INV-3,25/03/2025,24/04/2025,80.00,0.00,80.00,Lamp,1,80.00,GBP,Sales invoice,Voided
Hamilton,INV-4,25/03/2025,24/04/2025,90.00,0.00,90.00,Lamp,1,90.00,GBP,Sales invoice,Awaiting Payment
"""

PAYMENTS = """customer,invoice no,invoice date,due date,invoice amount,payment date,amount paid
A,1,2025-01-01,2025-01-31,1000,2025-01-20,400
A,1,2025-01-01,2025-01-31,1000,2025-02-10,600
B,2,2025-01-05,2025-02-04,500,2025-02-04,500
B,3,2025-01-10,2025-02-09,700,2025-02-05,300
C,4,2025-03-01,2025-03-31,900,,
"""

WIDE = """客户名称,发票号,开票日期,到期日,发票金额,第一次回款日期,第一次回款金额,第二次回款日期,第二次回款金额
甲公司,F1,2025-01-05,2025-02-04,1000,2025-01-20,600,2025-02-04,400
甲公司,F2,2025-01-10,2025-02-09,800,2025-02-01,500,,
乙公司,F3,2025-02-01,2025-03-03,300,2025-03-10,300,,
乙公司,F4,2025-03-01,2025-04-30,200,,,,
"""

CREDITS = """customer,invoice_id,invoice_date,due_date,amount,paid_date,applied to
A,1,2025-01-01,2025-01-31,1000.00,2025-01-30,
A,C1,2025-01-15,2025-01-15,-250.00,,1
B,2,2025-01-05,2025-02-04,600.00,,
B,C2,2025-01-20,2025-01-20,-600.00,,2
B,3,2025-02-05,2025-03-07,90.00,,
C,C3,2025-02-20,2025-02-20,-40.00,,
"""

STATUS = """客户编号,发票号,开票日期,应收日期,应收金额,付款日期,是否付清
1,F1,2025-01-01,2025-01-31,100.00,2025-01-31,是
1,F2,2025-01-02,2025-02-01,200.00,,是
2,F3,2025-01-03,2025-02-02,400.00,,否
2,F4,2025-01-04,2025-02-03,800.00,,坏账
3,F5,2025-01-05,2025-02-04,1600.00,,作废
3,F6,2025-03-05,2025-04-04,3200.00,,否
"""

NEVER = """customer_no,invoice_no,invoice_date,due_date,amount,paid_date
1,F1,2025-01-01,2025-01-31,100,1900-01-00
1,F2,2025-01-02,2025-02-01,200,9999-12-31
2,F3,2025-01-03,2025-02-02,400,2025-02-01
2,F4,2025-01-04,2025-02-03,800,0000-00-00
3,F5,2025-01-05,2025-04-04,1600,-
"""

TWICE = """customer_no,invoice_no,invoice_date,due_date,amount,paid_date
1,F1,2025-01-01,2025-01-31,100,2025-01-15
2,F2,2025-01-02,2025-02-01,200,
1,F1,2025-01-01,2025-01-31,100,2025-01-15
2,F2,2025-01-02,2025-02-01,200,
"""

LINES = """customer_no,invoice_no,invoice_date,due_date,amount,paid_date
1,F1,2025-01-01,2025-01-31,100,2025-01-15
1,F1,2025-01-01,2025-01-31,50,2025-02-15
2,F2,2025-01-02,2025-02-01,200,
2,F2,2025-01-02,2025-02-01,30,
3,F3,2025-01-02,2025-03-01,60,
3,F3,2025-01-02,2025-06-01,70,
"""

SIDES = """Kunde;Belegnr;Belegdatum;Fälligkeit;Betrag;S/H;Belegart
K1;R1;02.01.2025;01.02.2025;1000,00;S;RE
K1;Z1;25.01.2025;;1000,00;H;ZE
K2;R2;05.01.2025;04.02.2025;300,00;S;RE
"""

TAIWAN = """客戶編號,發票號碼,發票日期,應收日期,金額,收款日
C1,AB1,2025/01/05,2025/02/04,1000,2025/02/03
C2,AB2,2025/02/05,2025/03/07,500,
"""

RED = """日期,单据号,客户编码,借方金额,贷方金额,对应发票号,账期
2025-01-05,F1,A,1000,,,30天
2025-01-10,H1,A,-200,,F1,
2025-01-20,S1,A,,800,F1,
2025-01-06,F2,B,500,,,30天
2025-01-25,S2,B,,500,F2,
2025-02-20,S3,B,,-500,,
"""
# F1 is 800 after the credit in red, paid in time; the payment of F2 came back

NO_NUMBER = """Customer,Invoice date,Due date,Amount,Paid date
A,2025-01-05,2025-02-04,100,2025-02-04
A,2025-01-05,2025-02-04,100,
B,2025-03-05,2025-04-04,50,
"""

GERMAN_TERMS = """Kundennr;Rechnungsnr;Rechnungsdatum;Zahlungsziel;Betrag;Bezahlt am
1;R1;05.01.2025;30 Tage netto;1.190,00;04.02.2025
1;R2;05.01.2025;14 Tage;595,00;25.01.2025
2;R3;20.02.2025;sofort;119,00;
"""

HALF_NAMED = """客户,票号,日期,到期,欠款
张三贸易,1,2025-01-05,2025-02-04,120.50
李四五金,2,2025-03-05,2025-04-04,80.00
"""

ODOO = """date,move_name,partner_id,date_maturity,debit,credit,balance,amount_residual,matching_number,parent_state
2025-01-05,INV/1,Azure,2025-02-04,1000,0,1000,0,A1,posted
2025-02-03,BNK/1,Azure,False,0,1000,-1000,0,A1,posted
2025-01-20,INV/2,Azure,2025-02-19,500,0,500,0,A2,posted
2025-03-01,BNK/2,Azure,False,0,500,-500,0,A2,posted
2025-02-10,INV/3,Deco,2025-03-12,300,0,300,200,P3,posted
2025-03-15,BNK/3,Deco,False,0,100,-100,0,P3,posted
2025-03-10,INV/4,Deco,2025-04-09,50,0,50,50,False,posted
"""  # what is open tells what was paid as the receipts do: it counts once, on their days

RUSSIAN = """Контрагент;Номер;Дата;Срок оплаты;Дата оплаты;Сумма
ООО Вектор;1;05.01.2025;04.02.2025;03.02.2025;1 000,00
ООО Вектор;2;20.02.2025;22.03.2025;;300,00
АО Север;3;20.03.2025;19.04.2025;;200,50
"""

U8 = """应收明细账,,,,,,,,,
客户编码,客户名称,单据日期,单据类型,单据号,摘要,本期应收,本期收回,余额,到期日,对应单据号
01,华联商贸,2025-01-05,销售专用发票,XS1,销售,1000,,1000,2025-02-04,XS1
01,华联商贸,2025-02-03,收款单,SK1,货款,,1000,0,,XS1
01,华联商贸,2025-02-10,销售专用发票,XS2,销售,600,,600,2025-03-12,XS2
01,华联商贸,2025-03-10,销售专用发票,XS3,销售,400,,1000,2025-04-09,XS3
01,华联商贸,,,,小计,2000,1000,1000,,
"""

STATES = """单据编号,业务日期,客户编码,到期日,价税合计,核销状态
AR1,2025-01-05,A,2025-02-04,1000,完全核销
AR2,2025-01-20,A,2025-02-19,300,未核销
AR3,2025-03-10,B,2025-04-09,200,未核销
"""

FBL5N = """Debitor;Art;Belegnr.;Belegdat.;Nettofäll.;Betrag in HW;Ausgl.bel.;Ausgleich;S/H;Text
1001;RV;18001;05.01.2025;04.02.2025;1.000,00;14001;03.02.2025;S;
1001;DZ;14001;03.02.2025;03.02.2025;1.000,00-;14001;03.02.2025;H;Zahlungseingang
1001;RV;18002;05.02.2025;07.03.2025;300,00;;;S;
1002;RV;18003;10.03.2025;09.04.2025;250,00;;;S;
"""

LEDGERS = {
    "yonyou, a title, totals, 未付": ("应收账款明细.csv", YONYOU, {}, 4, 6780.0, 5650.0, 11300 / 39550, 1),
    "kingdee, debit and credit": ("往来账.txt", KINGDEE, {"terms": "30天"}, 3, 7000.0, 5000.0, 0 / 15000, 4),
    "terms in words": ("回款.csv", TERMS, {}, 4, 12000.0, 8000.0, 1000 / 11000, 1),
    "SAP FBL5N": ("FBL5N.csv", SAP, {}, 3, 595.0, 595.0, 11900 / 14875, 5),
    "DATEV, debit and credit": ("OPOS.csv", DATEV, {}, 3, 4165.0, 1785.0, None, 0),
    "Lexware, what is open": ("offene Posten.csv", LEXWARE, {}, 3, 3665.0, 1285.0, None, 1),
    "QuickBooks A/R": ("AR aging detail.csv", QUICKBOOKS, {}, 3, 4750.0, 4500.0, None, 2),
    "Xero, a line for each thing": ("invoices.csv", XERO, {}, 3, 690.0, 600.0, None, 2),
    "a row for each payment": ("ledger.csv", PAYMENTS, {}, 4, 1300.0, 1300.0, 500 / 2800, 1),  # 900 due on the day
    "columns for each payment": ("回款台账.csv", WIDE, {}, 4, 500.0, 300.0, 1000 / 1600, 0),
    "credit notes": ("ledger.csv", CREDITS, {}, 2, 90.0, 90.0, 750 / 840, 4),
    "states in words": ("收款.csv", STATUS, {}, 3, 3600.0, 400.0, 100 / 500, 3),
    "days that mean never": ("ledger.csv", NEVER, {}, 5, 2700.0, 1100.0, 400 / 1500, 0),
    "a ledger twice": ("ledger.csv", TWICE, {}, 2, 200.0, 200.0, 100 / 300, 2),
    "lines and instalments": ("ledger.csv", LINES, {}, 4, 360.0, 290.0, 0 / 440, 2),
    "sides in a column": ("ledger.csv", SIDES, {"receipts": "oldest first"}, 2, 300.0, 300.0, 1000 / 1300, 1),
    "traditional characters": ("應收.csv", TAIWAN, {}, 2, 500.0, 500.0, 1000 / 1500, 0),
    "a credit in red, a payment that came back": ("往来.csv", RED, {}, 2, 0.0, 0.0, 1300 / 1300, 4),
    "no numbers": ("AR.csv", NO_NUMBER, {}, 3, 150.0, 100.0, 100 / 200, 0),
    "German terms": ("Rechnungen.csv", GERMAN_TERMS, {}, 3, 119.0, 119.0, 1190 / 1904, 0),
    "Odoo, what is open and the receipts": ("ledger.csv", ODOO, {}, 4, 250.0, 200.0, 1000 / 1700, 3),
    "1C, in Russian": ("ledger.csv", RUSSIAN, {}, 3, 500.5, 300.0, 1000 / 1300, 0),
    "U8, what came in beside a balance that runs": ("ledger.csv", U8, {}, 3, 1000.0, 600.0, 1000 / 1600, 2),
    "Kingdee, the state alone": ("应收单.csv", STATES, {}, 2, 500.0, 300.0, None, 1),
    "SAP in German": ("ledger.csv", FBL5N, {}, 3, 550.0, 300.0, 1000 / 1300, 1),
    "few words": ("应收.csv", HALF_NAMED, {}, 2, 200.5, 120.5, None, 0),
}


def take(folder, name, text, said=None):
    """A ledger prepared; what is `said` of the file stands in its mapping."""
    path = folder / name
    if isinstance(text, str):
        path.write_text(text, encoding="utf-8")
    if said:
        lines = ["[invoices.file]", *(f'{key} = "{value}"' for key, value in said.items())]
        (folder / f"{name}.mapping.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return prepare(path)


@pytest.mark.parametrize(
    ("name", "text", "said", "n", "owed", "overdue", "in_time", "n_aside"), LEDGERS.values(), ids=LEDGERS
)
def test_a_ledger_comes_to_what_it_comes_to_by_hand(tmp_path, name, text, said, n, owed, overdue, in_time, n_aside):
    done = take(tmp_path, name, text, said)
    assert list(done.tables) == ["invoices"]
    invoices, report = done.tables["invoices"], done.reports["invoices"]
    found = ledger.measure_ledger(invoices, as_of=DAY)
    assert (len(invoices), round(found["owed"], 2), round(found["overdue"], 2)) == (n, owed, overdue)
    assert pd.isna(found["paid_in_time"]) if in_time is None else found["paid_in_time"] == pytest.approx(in_time)
    assert report.n_rejected == n_aside and report.n_read == n + n_aside
    assert report.rejected["reason"].str.len().gt(5).all() and report.rejected["line"].gt(1).all()


# --- workbooks ------------------------------------------------------------------------------------


def save_by_hand(path):
    """A sheet as people make it: a title across, customers merged over their rows, subtotals, a signature."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("应收")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.merge_range(0, 0, 0, 5, "2025年一季度应收账款台账", None)
        sheet.write_row(2, 0, ["客户名称", "发票号", "开票日期", "应收日期", "金额", "收款日期"])
        rows = [
            ("F1", "2025-01-05", "2025-02-04", 1000.0, "2025-02-04"),
            ("F2", "2025-01-15", "2025-02-14", 500.0, None),
        ]
        rows += [("F3", "2025-02-05", "2025-03-07", 300.0, None), ("F4", "2025-03-05", "2025-04-04", 200.0, None)]
        for at, (number, *days, amount, paid) in zip((3, 4, 6, 7), rows, strict=True):
            sheet.write(at, 1, number)
            for place, text in zip((2, 3, 5), (*days, paid), strict=True):
                if text:
                    sheet.write_datetime(at, place, pd.Timestamp(text).to_pydatetime(), day)
            sheet.write(at, 4, amount)
        sheet.merge_range(3, 0, 4, 0, "东风机械厂", None)
        sheet.merge_range(6, 0, 7, 0, "南方五金行", None)
        sheet.write(5, 0, "小计"), sheet.write(5, 4, 1500.0)
        sheet.write(8, 0, "小计"), sheet.write(8, 4, 500.0)
        sheet.write(9, 0, "合计"), sheet.write(9, 4, 2000.0)


def test_a_sheet_made_by_hand(tmp_path):
    save_by_hand(tmp_path / "台账.xlsx")
    done = take(tmp_path, "台账.xlsx", None)
    found = ledger.measure_ledger(done.tables["invoices"], as_of=DAY)
    assert (found["n_invoices"], found["owed"], found["overdue"]) == (4, 1000.0, 800.0)
    assert found["paid_in_time"] == pytest.approx(1000 / 1800)
    report = done.reports["invoices"]
    assert (report.n_rejected, report.n_on_purpose, report.share_of_money) == (3, 3, 0.0)


# --- what is said, asked and refused --------------------------------------------------------------


def said_of(done):
    report = done.reports["invoices"]
    return " ".join((*report.notes, *report.doubts))


SAID = {
    "kingdee, debit and credit": [
        "Paid in part: 1 row, 3,000.00 so far",
        "5,000.00, is open",
        "Opening balances: 1 row",
    ],
    "terms in words": ["Due on the day their terms of payment say", "terms that can be read: 1 row, 16,000.00"],
    "SAP FBL5N": [
        "Receipts that name no invoice here: 1 row",
        "Credit notes that name no invoice here: 1 row, 95.00",
    ],
    "QuickBooks A/R": ["it is a list of open items", "Credit notes that name no invoice here: 1 row, 400.00"],
    "Lexware, what is open": ["Paid in part: 1 row, 500.00 so far", "690.00, is open"],
    "Xero, a line for each thing": ["Repeat an invoice above in everything: 1 row", "Paid in part: 1 row, 200.00"],
    "a row for each payment": ["Paid in part: 1 row, 300.00 so far. What is left of them, 400.00"],
    "columns for each payment": ["Paid in part: 1 row, 500.00 so far. What is left of them, 300.00"],
    "credit notes": ["taken off the invoices they name: 2 rows, 850.00", "that name no invoice here: 1 row, 40.00"],
    "states in words": [
        "Paid, and nothing says when: 1 row, 200.00",
        "Written off, and nothing says when: 1 row",
    ],
    "days that mean never": ["paid_date: 4 cells such as 1900-01-00 read as none"],
    "a ledger twice": ["Repeat an invoice above in everything: 2 rows, 300.00", 'repeated = "all"'],
    "a credit in red, a payment that came back": ["Payments taken back: 1 row, 500.00", "they name: 1 row, 200.00"],
    "no numbers": ["Without a number, numbered by their row: 3 rows"],
    "lines and instalments": ["Further lines of an invoice, added to it: 2 rows", "Invoices due in parts"],
}


@pytest.mark.parametrize("name", SAID)
def test_what_was_understood_is_said(tmp_path, name):
    file, text, given, *_ = LEDGERS[name]
    said = said_of(take(tmp_path, file, text, given))
    assert [part for part in SAID[name] if part not in said] == []


def test_the_day_of_payment_is_when_the_sum_first_reaches_the_amount(tmp_path):
    invoices = take(tmp_path, "ledger.csv", PAYMENTS).tables["invoices"].set_index("invoice_id")
    assert invoices.loc["1", "paid_date"] == pd.Timestamp("2025-02-10")  # 400 came in time, the rest did not
    assert pd.isna(invoices.loc["3", "paid_date"]) and invoices.loc["3", "amount"] == 400.0
    wide = take(tmp_path, "回款台账.csv", WIDE).tables["invoices"].set_index("invoice_id")
    assert wide.loc["F1", "paid_date"] == pd.Timestamp("2025-02-04")


ASKED = {
    "receipts that name no invoice": ("ledger.csv", SIDES, 'receipts = "oldest first"'),
    "orders or a ledger": (
        "sales.csv",
        "订单号,下单时间,客户编号,金额,到期日\n1,2025-01-01,A,5,2025-02-01\n2,2025-01-02,B,6,2025-02-01\n",
        'rows = "invoices"',
    ),
    "two amounts": (
        "ledger.csv",
        "客户编号,发票号,到期日,发票金额,开票金额\n1,F1,2025-02-01,100,113\n2,F2,2025-02-01,200,226\n",
        'amount = "开票金额"',
    ),
    "two currencies": (
        "ledger.csv",
        "customer_no,invoice_no,due date,amount,currency\n1,F1,2025-02-01,100,EUR\n2,F2,2025-02-01,200,USD\n",
        'currency = ["EUR"]',
    ),
}


@pytest.mark.parametrize(("name", "text", "line"), ASKED.values(), ids=ASKED)
def test_what_could_be_wrong_is_asked(tmp_path, name, text, line):
    with pytest.raises(ValueError, match=re.escape(line)):
        take(tmp_path, name, text)


def test_the_answer_is_used(tmp_path):
    name, text, _ = ASKED["orders or a ledger"]
    asked = []

    def answer(question):
        asked.append(question.key)
        return question.choices[0]

    (tmp_path / name).write_text(text.replace("订单号", "发票号"), encoding="utf-8")
    tables = prepare(tmp_path / name, ask=answer).tables
    assert list(tables) == ["invoices"] and asked == ["rows"]
    again = prepare(tmp_path / name)  # what was answered stands in the mapping file
    assert list(again.tables) == ["invoices"] and not again.is_drafted


REFUSED = {
    "ageing list": (
        "账龄分析表.csv",
        "客户,0-30天,31-60天,61-90天,90天以上,合计\n甲,1,2,3,4,10\n",
        "one row per customer",
    ),
    "ageing, English": ("aging.csv", "Customer,Current,1 - 30,31 - 60,61 - 90,> 90,Total\nA,1,2,3,4,5,15\n", "Current"),
    "no due date": (
        "应收账款.csv",
        "客户编号,发票号,开票日期,金额,未收金额\n1,F1,2025-01-01,100,100\n",
        "must say when each invoice is due",
    ),
    "terms nobody can read": (
        "ledger.csv",
        "客户编号,发票号,开票日期,账期,金额\n1,F1,2025-01-01,面议,100\n2,F2,2025-01-01,面议,100\n",
        "must say when each invoice is due",
    ),
}


@pytest.mark.parametrize(("name", "text", "why"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_taken_is_refused_with_what_must_be_there(tmp_path, name, text, why):
    with pytest.raises(ValueError, match=re.escape(why)):
        take(tmp_path, name, text)


@pytest.mark.parametrize(
    ("text", "owed", "overdue"),
    [
        # "Amount due" of Stripe is that of the invoice, of Xero what is left of it; a row that is paid tells
        (
            "id,Customer,Date (UTC),Due Date (UTC),Amount Due,Amount Paid,Paid At (UTC),Status\n"
            "in_1,cus_1,2025-01-05 10:00,2025-02-04 10:00,100.00,100.00,2025-02-01 09:00,paid\n"
            "in_2,cus_2,2025-01-06 10:00,2025-02-05 10:00,200.00,0.00,,open\n",
            200.0,
            200.0,
        ),
        # a balance that runs on is none of an invoice
        (
            "客户编号,单据号,单据日期,到期日,金额,余额\n1,F1,2025-01-01,2025-01-31,100,100\n"
            "1,F2,2025-01-02,2025-02-01,200,300\n1,F3,2025-01-03,2025-02-02,50,350\n1,F4,2025-03-03,2025-04-02,25,375\n",
            375.0,
            350.0,
        ),
        # a column called "Paid" holds amounts, or yes and no
        (
            "Customer no,Invoice number,Invoice date,Due date,Amount,Paid\nA,1,2025-01-01,2025-01-31,10.00,4.00\n"
            "B,2,2025-01-02,2025-02-01,20.00,0.00\n",
            26.0,
            26.0,
        ),
        (
            "Customer no,Invoice number,Invoice date,Due date,Amount,Paid,Date paid\n"
            "A,1,2025-01-01,2025-01-31,10.00,yes,2025-01-30\nB,2,2025-01-02,2025-02-01,20.00,no,\n",
            20.0,
            20.0,
        ),
    ],
    ids=["amount due is all", "a balance that runs", "paid is an amount", "paid is yes"],
)
def test_names_that_mean_two_things_are_told_by_their_values(tmp_path, text, owed, overdue):
    found = ledger.measure_ledger(take(tmp_path, "ledger.csv", text).tables["invoices"], as_of=DAY)
    assert (found["owed"], found["overdue"]) == (owed, overdue)


def test_a_day_of_payment_of_an_unknown_name_is_not_passed_over_in_silence(tmp_path):
    text = "客户编号,发票号,到期日,金额,打款日\n1,F1,2025-01-31,100,2025-01-30\n"
    assert 'paid_date = "打款日"' in said_of(take(tmp_path, "ledger.csv", text))


def test_orders_that_say_when_they_are_due_are_doubted(tmp_path):
    text = "customer_id,order_date,amount,due_date\n1,2025-01-01,100,2025-01-31\n2,2025-01-02,50,2025-02-01\n"
    (tmp_path / "transactions.csv").write_text(text, encoding="utf-8")
    report = load_data(tmp_path)[1]["transactions"]
    assert any("is the file a ledger of invoices? It is read as orders" in doubt for doubt in report.doubts)


def test_orders_stay_orders(tmp_path):
    (tmp_path / "sales.csv").write_text("客户编号,下单时间,金额\n1,2025-01-01,100\n2,2025-01-02,50\n", encoding="utf-8")
    assert list(prepare(tmp_path / "sales.csv").tables) == ["transactions"]


def test_days_in_an_order_that_cannot_be_are_doubted(tmp_path):
    text = "customer_no,invoice_no,invoice_date,due_date,amount,paid_date\n"
    text += "1,F1,2025-02-01,2025-01-01,100,2025-01-15\n2,F2,2025-01-01,2025-01-31,50,\n"
    said = said_of(take(tmp_path, "ledger.csv", text))
    assert "Due before the day of the invoice: 1 row" in said and "Paid before the day of the invoice: 1 row" in said


def test_names_of_customers_are_masked_as_in_orders(tmp_path):
    text = "客户名称,发票号,到期日,金额\n王小明,F1,2025-02-01,100\n李晓华,F2,2025-02-01,50\n"
    done = take(tmp_path, "应收账款.csv", text)
    assert set(done.tables["invoices"]["customer_id"]) == {"customer-00001", "customer-00002"}
    shown = str(done.reports["invoices"]) + str(done.reports["invoices"].rejected)
    assert "王小明" not in shown and "李晓华" not in shown


def test_a_folder_whose_files_are_called_as_people_call_them(tmp_path):
    (tmp_path / "应收账款2025.csv").write_text(TAIWAN, encoding="utf-8")
    (tmp_path / "客户资料.csv").write_text("客户编号,姓名\nC1,甲公司\nC2,乙公司\n", encoding="utf-8")
    done = prepare(tmp_path)
    assert set(done.tables) == {"invoices", "customers"}


def test_a_state_that_is_not_known_is_said_where_nothing_else_tells(tmp_path):
    text = STATES.replace("完全核销", "办结归档")
    report = take(tmp_path, "应收单.csv", text).reports["invoices"]
    said = [doubt for doubt in report.doubts if "办结归档" in doubt]
    assert len(said) == 1 and "count as open: 1 row, 1,000.00" in said[0]
    assert not any("未核销" in doubt for doubt in report.doubts)


@pytest.mark.parametrize("state", ["not settled", "nicht ausgeglichen", "Не оплачен", "pending"])
def test_what_is_not_paid_is_open(tmp_path, state):
    done = take(tmp_path, "应收单.csv", STATES.replace("完全核销", state))
    assert len(done.tables["invoices"]) == 3 and done.reports["invoices"].n_rejected == 0


def test_b2b_orders_with_terms_are_a_ledger_if_said(tmp_path):
    text = (
        "Name,Email,Financial Status,Paid at,Total,Created at,Payment Terms Name\n"
        "#1,a@shop.test,paid,2025-02-03 10:00:00 +0000,100,2025-01-05 09:00:00 +0000,Net 30\n"
        "#2,b@shop.test,pending,,50,2025-02-05 09:00:00 +0000,Net 30\n"
    )
    (tmp_path / "b2b.csv").write_text(text, encoding="utf-8")
    (tmp_path / "b2b.csv.mapping.toml").write_text('[transactions.file]\nrows = "invoices"\n', encoding="utf-8")
    found = ledger.measure_ledger(prepare(tmp_path / "b2b.csv").tables["invoices"], as_of=DAY)
    assert (found["owed"], found["overdue"]) == (50.0, 50.0)
