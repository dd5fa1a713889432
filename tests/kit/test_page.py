"""The page of a run, and its workbook: the answer first, each doubt once, and every row accounted for."""

import re

import nbformat
import pandas as pd
import pytest
from helpers import code, figure, lesson, prose
from nbconvert.filters import clean_html

from crmlib.files.safe_csv import write_csv
from crmlib.kit import report, workbook

SOURCE = {
    "kind": "source",
    "text": "",
    "notes": ["a <note>"],
    "table": "transactions",
    "file": "mine.csv",
    "sha256": "1",
}
SOURCE |= {"n_read": 1200, "n_accepted": 1080, "n_rejected": 120, "n_on_purpose": 20, "share_of_rows": 0.0833}
SOURCE |= {"amount_accepted": 54260.66, "amount_set_aside": 4100.5, "share_of_money": 0.0703, "currency": "CNY"}
SOURCE |= {"reasons": [{"reason": "customer_id is <empty>", "n": 100}, {"reason": "a total", "n": 20}]}
SOURCE |= {"columns": [{"theirs": "Menge × Preis", "ours": "amount", "meaning": "what was paid"}]}
SOURCE |= {"said": ["Only rows whose 订单状态 is 交易成功 count."], "set_aside": "set-aside/transactions.csv"}
PERIOD = {"kind": "period", "text": "", "first_day": "2024-01-31", "last_day": "2024-02-03", "as_of": "2024-02-03"}
FACTS = [{"name": "customers", "label": "Customers", "shown": "1,998", "value": 1998}]
FACTS += [
    {"name": "trend", "label": "Trend", "shown": "Up by 3 % in each of the last five months or so", "value": None}
]
HEADLINE = {"kind": "headline", "text": "", "currency": "EUR", "facts": FACTS}
ACT_ON = {"kind": "act_on", "text": "37 customers are overdue.", "name": "2-act-on", "title": "Whom to act on"}
ACT_ON |= {"path": "tables/2-act-on.csv", "columns": ["customer", "money at stake"], "is_number": [False, True]}
ACT_ON |= {"rows": [["<C017>", "€12,345"]], "n_all": 37}


def doubt(text, **more):
    return {"kind": "doubt", "text": text, "doubt": text, **more}


def finding(text):
    return {"kind": "finding", "text": text}


@pytest.fixture
def make(tmp_path):
    """The page, and the workbook by sheet, of notebooks that said these marks."""

    def make(*notebooks, tables=(), language="en"):
        run = {"data": "mine.csv", "language": language, "parameters": {"as_of": None}, "command": "crmlib run"}
        run |= {"versions": {"crmlib": "1"}, "started": "2024-03-01T00:00", "left_out": []}
        executed = []
        for number, marks in enumerate(notebooks):
            marks = [*marks, *(_write(tmp_path, name, frame) for name, frame in tables if number == 0)]
            outputs = [nbformat.v4.new_output("display_data", metadata={"crmlib": mark}) for mark in marks]
            cells = [nbformat.v4.new_markdown_cell("# A chapter"), nbformat.v4.new_code_cell("", outputs=outputs)]
            notebook = nbformat.v4.new_notebook(cells=cells)
            executed.append(({"name": f"{number}-x", "status": "ok", **report.read_marks(notebook)}, notebook))
        path = workbook.write_workbook(run, [entry for entry, _ in executed], tmp_path)
        sheets = pd.read_excel(path, sheet_name=None, engine="calamine", dtype=object) if path else None
        return report.make_page(run, executed, tmp_path), sheets

    return make


def _write(folder, name, frame):
    path = f"tables/{name}.csv"
    write_csv(frame, folder / path, index=False)
    return {"kind": "table", "text": "", "name": name, "title": name.title(), "path": path, "n_rows": len(frame)}


def order(page, *texts):
    """Each text stands in the page once, in this order."""
    body = page.split("</style>")[1]
    assert [body.count(text) for text in texts] == [1] * len(texts)
    places = [body.index(text) for text in texts]
    return places == sorted(places)


BEST = pd.DataFrame({"customer_id": ["C1", "C2"], "monetary": [900.5, 12.0]})


def test_the_answer_stands_above_the_evidence_and_the_account_at_the_end(make):
    marks = [
        SOURCE,
        PERIOD,
        doubt("Is it?"),
        doubt("Much is lost.", grave=True),
        HEADLINE,
        ACT_ON,
        finding("So it is."),
    ]
    act_on = pd.DataFrame({"customer_id": ["C017"]})
    page, _ = make(
        marks, [doubt("Is it?"), finding("Indeed.")], tables=[("2-best-customers", BEST), ("2-act-on", act_on)]
    )
    assert order(
        page, "Much is lost.", "1,998", "Is it?", "37 customers are overdue.", "&lt;C017&gt;", "€900.50", "So it is.",
        'id="account"', "customer_id is &lt;empty&gt;", "a &lt;note&gt;",
    )  # fmt: skip
    assert 'class="grave" role="alert"' in page
    assert "the first 1 of 37 rows" in page


def test_the_account_says_shares_money_columns_and_what_was_said(make):
    page, _ = make([SOURCE, PERIOD])
    for text in (
        "1,200 rows read, 10.0% set aside; of the money 7.0%",
        "data from 2024-01-31 to 2024-02-03",
        "seen as of 2024-02-03",
        "amounts in CNY",
        "¥54,260.66",
        "¥4,100.50 (7.0%)",
        "100 rows (8.3%)",
        "<td>Menge × Preis</td><td>amount</td><td>what was paid</td>",
        "Only rows whose 订单状态 is 交易成功 count.",
    ):
        assert text in page, text


def test_the_account_in_chinese(make):
    page, sheets = make([SOURCE, PERIOD, HEADLINE], tables=[("2-best-customers", BEST)], language="zh")
    assert "读取 1,200 行，未采用 10.0%；占金额的 7.0%" in page
    words = re.sub(r"<[^>]+>", " ", page.split("</style>")[1])
    assert [word for word in ("rows read", "set aside", "taken for", "account") if word in words] == []
    assert list(sheets) == ["概览", "2-Best-Customers", "每一行的去向", "各列的用途", "结论"]
    assert sheets["2-Best-Customers"].columns.tolist() == ["客户编号", "购买金额（已减退款）（EUR）"]


def test_data_without_days_or_a_currency_say_nothing_of_days(make):
    page, _ = make([SOURCE | {"currency": None}])
    assert "seen as of" not in page and "the last day in the data" not in page
    assert "no currency is named" in page and "54,260.66" in page


def test_where_nothing_is_set_aside_no_share_is_said(make):
    page, _ = make([SOURCE | {"n_rejected": 0, "n_accepted": 1200, "reasons": []}])
    assert "1,200 rows read, all accepted" in page and "of the money" not in page.split("account")[0]


def test_every_doubt_is_said_once_and_nothing_where_there_is_none(make):
    grave = doubt("is <b> 1 row wrong?", grave=True)
    page, _ = make([doubt("is <b> 1 row wrong?"), grave], [grave, doubt("another")])
    assert order(page, "is &lt;b&gt; 1 row wrong?", "another")
    assert page.index('class="grave"') < page.index("is &lt;b&gt;") < page.index('class="doubtful"')
    empty, _ = make()
    assert "doubtful" not in empty.split("</style>")[1] and "grave" not in empty.split("</style>")[1]


def test_a_long_table_shows_its_first_ten_and_a_short_one_all(make):
    long = pd.DataFrame({"customer_id": [f"C{n}" for n in range(37)], "monetary": range(37, 0, -1)})
    page, sheets = make([SOURCE], tables=[("2-customers", long), ("2-short", long.head(10))])
    assert page.count(">C9<") == 2 and ">C10<" not in page
    assert "the first 10 of 37 rows" in page and "10 rows" in page
    assert len(sheets["2-Customers"]) == 37


def test_the_workbook_holds_the_tables_the_doubts_and_the_account(make):
    table = pd.DataFrame({"customer_id": ["007", "=1+1"], "value_share": [0.25, 0.75], "monetary": [1234.5, None]})
    marks = [SOURCE, PERIOD, HEADLINE, ACT_ON, doubt("Is it?"), doubt("Lost.", grave=True), finding("So it is.")]
    page, sheets = make(marks, tables=[("2-customers", table)])
    assert list(sheets) == ["Overview", "Doubts", "2-Customers", "Account of rows", "Columns taken", "Findings"]
    assert sheets["2-Customers"].columns.tolist() == ["customer id", "value share", "monetary (EUR)"]
    assert sheets["2-Customers"].iloc[:, :2].to_numpy().tolist() == [["007", 0.25], ["'=1+1", 0.75]]
    overview = dict(sheets["Overview"].to_numpy().tolist())
    assert (overview["Customers"], overview["Currency"], overview["Data"]) == ("1,998", "EUR", "mine.csv")
    assert overview["2-Customers"] == "2 rows, also in tables/2-customers.csv"
    assert sheets["Doubts"].to_numpy().tolist() == [["serious", "Lost."], ["doubtful", "Is it?"]]
    account = sheets["Account of rows"].set_index("what became of them")
    assert account["rows"].tolist() == [1200, 1080, 120, 100, 20]
    assert account.loc["set aside", ["share of the rows", "money (EUR)", "share of the money"]].tolist() == [
        0.1,
        4100.5,
        0.0703,
    ]
    assert sheets["Columns taken"].iloc[0, 2:4].tolist() == ["Menge × Preis", "amount"]
    assert sheets["Findings"]["finding"].tolist() == ["So it is."]
    assert 'href="tables/all.xlsx"' in page


def test_a_table_too_long_for_a_workbook_is_cut_and_says_so(make, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    _, sheets = make([SOURCE], tables=[("2-long", pd.DataFrame({"n_x": range(9)}))])
    assert sheets["2-Long"]["n x"].tolist() == [0, 1, 2]
    assert "the first 3 of 9 rows; all are in tables/2-long.csv" in sheets["Overview"]["Value"].tolist()


@pytest.mark.parametrize("most_rows", [50, 50_000])
def test_of_a_very_large_table_the_best_are_shown_and_where_all_are_is_said(make, tmp_path, monkeypatch, most_rows):
    monkeypatch.setattr(workbook, "MOST_ROWS", most_rows)
    mark = _write(tmp_path, "2-many", pd.DataFrame({"n_x": range(9)}))
    mark |= {"n_rows": 4000, "n_shown": 9, "whole": "tables/2-many.parquet"}
    page, sheets = make([SOURCE, mark])
    assert len(sheets["2-Many"]) == 9
    assert "the first 9 of 4,000 rows; all are in tables/2-many.parquet" in sheets["Overview"]["Value"].tolist()
    assert 'the file has the best 9; all are in <a href="tables/2-many.parquet">tables/2-many.parquet</a>' in page


def test_a_run_without_tables_has_no_workbook(make):
    page, sheets = make([SOURCE])
    assert sheets is None and "all.xlsx" not in page


def test_a_board_reads_the_answer_of_every_chapter_and_finds_all_parts(make):
    credit = [{"name": "customers", "label": "Customers", "shown": "7", "value": 7}]
    credit += [{"name": "owed", "label": "Owed", "shown": "€99", "value": 99}]
    marks = [SOURCE, HEADLINE | {"answer": ["The first answer.", "And <more>."]}, ACT_ON, finding("So it is.")]
    other = [HEADLINE | {"facts": credit, "answer": ["The second answer."]}, ACT_ON | {"name": "3-act-on"}]
    page, _ = make(marks, other, tables=[("2-best-customers", BEST), ("2-x", BEST)])
    body = page.split("</style>")[1]
    assert order(
        page, "In short", "1,998", "€99", "The first answer.", "And &lt;more&gt;.", "The second answer.", "<nav"
    )
    assert "<dd>7</dd>" not in body  # said by the first already
    anchors, ids = re.findall(r'href="#([^"]+)"', body), re.findall(r'id="([^"]+)"', body)
    assert len(ids) == len(set(ids)) and set(anchors) <= set(ids)
    contents = body[body.index("<nav") : body.index("</nav>")]
    wanted = {"act-1", "act-2", "best-1", "chapter-1", "chapter-2", "tables-1", "account"}
    assert wanted <= set(re.findall(r'href="#([^"]+)"', contents))
    assert "tables-2" not in contents
    alone, _ = make(marks)
    summary = alone.split("</style>")[1].split("<nav")[0]
    assert "The first answer." in summary and "#chapter-1" not in summary  # one chapter needs no heading of its own


def test_a_chapter_without_an_answer_is_in_the_contents_only(make):
    page, _ = make([SOURCE, finding("So it is.")])
    body = page.split("</style>")[1]
    assert "In short" not in body and 'href="#chapter-1"' in body


def test_what_is_cleaned_once_is_as_clean_as_nbconvert_has_it(monkeypatch):
    nasty = '<b onclick="x()">a</b><script>window.x=1</script>'
    notebook = lesson(prose(nasty), code(f"print({nasty!r})", figure()), code(f"print({nasty!r})"))
    page = report.make_notebook_page(notebook, "x", "en")
    assert report._clean(nasty) == report._clean(nasty) == clean_html(nasty) != nasty
    monkeypatch.setattr(report, "_clean", clean_html)
    assert report.make_notebook_page(notebook, "x", "en") == page
