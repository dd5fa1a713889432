"""The teaching company's books as a Chinese office would keep them: read back, they give the scores they gave."""

import pandas as pd
import pytest

from crmlib import credit, datasets, scorecard
from crmlib.intake.prepare import prepare
from crmlib.tables import STATEMENTS

DAY = "2025-01-01"
LEDGER = {
    "invoice_id": "发票号",
    "customer_id": "客户编码",
    "invoice_date": "开票日期",
    "due_date": "到期日",
    "amount": "金额",
    "paid_date": "收款日期",
    "written_off_date": "坏账日期",
}
SHEET = {
    "customer_id": "客户编码",
    "period_end": "报告期",
    "recorded_date": "收到日期",
    "total_assets": "资产总计",
    "total_liabilities": "负债合计",
    "current_assets": "流动资产合计",
    "current_liabilities": "流动负债合计",
    "inventory": "存货",
    "receivables": "应收账款",
    "revenue": "营业收入",
    "cost_of_sales": "营业成本",
    "net_profit": "净利润",
    "operating_cash_flow": "经营活动产生的现金流量净额",
}


@pytest.fixture(scope="module")
def books():
    """Tables of forty customers who have a ledger, statements and reviews."""
    tables, _ = datasets.load_data("teaching-company")
    some = sorted(set(tables["statements"]["customer_id"]))[:40]
    names = ("invoices", "statements", "credit_reviews", "customers")
    return {name: tables[name][tables[name]["customer_id"].isin(some)].reset_index(drop=True) for name in names}


def save(books, folder):
    """The books in Chinese: GB18030, ten thousands below a title, words for choices, files named by hand."""
    books["invoices"].rename(columns=LEDGER).to_csv(folder / "应收账款明细.csv", index=False, encoding="gb18030")
    money = [column.name for column in STATEMENTS.columns if column.unit == "currency"]
    sheet = books["statements"].assign(**{name: books["statements"][name] / 10_000 for name in money})
    with pd.ExcelWriter(folder / "财务报表.xlsx", engine="xlsxwriter") as book:
        sheet.rename(columns=SHEET).to_excel(book, index=False, startrow=2)
        book.sheets["Sheet1"].write(0, 0, "财务报表汇总")
        book.sheets["Sheet1"].write(1, 0, "单位：万元")
    reviews = books["credit_reviews"].copy()
    facts = [fact for fact in scorecard.load_scorecard("default").facts if fact.id in reviews]
    for fact in facts:
        words = dict(zip(fact.words, fact.words_zh, strict=True)) if fact.words else {True: "是", False: "否"}
        if fact.type != "number":
            reviews[fact.id] = reviews[fact.id].map(words)
    chinese = {"customer_id": "客户编码", "recorded_date": "评审日期"} | {fact.id: fact.name_zh for fact in facts}
    reviews.rename(columns=chinese).to_csv(folder / "信用评审.csv", index=False)
    people = books["customers"][["customer_id", "name", "registered_date"]]
    people.set_axis(["客户编码", "客户名称", "登记日期"], axis=1).to_csv(folder / "客户资料.csv", index=False)


def test_books_kept_in_chinese_give_the_same_scores(books, tmp_path):
    save(books, tmp_path)
    done = prepare(tmp_path)
    assert {name: len(frame) for name, frame in done.tables.items()} == {
        name: len(frame) for name, frame in books.items()
    }
    assert all(report.n_rejected == 0 for report in done.reports.values())
    card = scorecard.load_scorecard("default")

    def score(tables):
        return credit.score_customers(credit.gather_facts(tables, as_of=DAY), card, as_of=DAY)

    scores = score(done.tables)
    pd.testing.assert_frame_equal(scores, score(books))
    assert len(scores) > 20 and scores["score"].nunique() > 5


def test_without_a_day_of_registration_the_first_invoice_says_how_long_they_are_known(books):
    tables = books | {"customers": books["customers"][["customer_id", "name"]]}
    facts = credit.gather_facts(tables, as_of=DAY)
    assert facts["relation_days"].notna().any()
