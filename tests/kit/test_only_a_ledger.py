"""A folder that holds a ledger and no orders, from the command line: what can be done with it, and what cannot."""

import nbformat
import pandas as pd
import pytest

from crmlib.kit import batch, chapters
from crmlib.lesson import find_main

LEDGER = """invoice_id,customer_id,invoice_date,due_date,amount,paid_date
F1,C1,2024-01-05,2024-02-04,1000,2024-02-01
F2,C2,2024-01-10,2024-02-09,2000,2024-03-01
F3,C1,2024-03-05,2024-04-04,1500,
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "invoices.csv").write_text(LEDGER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("language", "held", "why"),
    [
        ("en", "3 invoices of 2 customers, due 2024-02-04 to 2024-04-04", "A ledger says who owes and who pays late"),
        ("zh", "2 位客户", "账款明细只说明谁欠款"),
    ],
)
def test_it_is_checked_and_orders_are_asked_for_in_words(call, place, language, held, why):
    _, said, complained = call("check", "books", "--language", language)
    assert complained == ""
    assert held in said and said.count(why) == 1


def test_chapters_1_and_2_alone_are_refused_with_the_reason(call, place):
    code, _, complained = call("run", "books", "--chapter", "1", "--chapter", "2")
    assert code == 2
    assert "data must have the table transactions (customer_id, order_date, amount)" in complained
    assert "A ledger says who owes and who pays late, which chapter 3 rates" in complained


@pytest.mark.parametrize("only", [("invoices",), ("invoices", "statements")])
def test_an_analysis_may_run_on_a_ledger_only(place, tmp_path, only):
    cells = [nbformat.v4.new_markdown_cell("# 3 · Ratings"), nbformat.v4.new_code_cell(f"find_main(t, only={only})")]
    path = tmp_path / "3.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    ledger = pd.read_csv(place / "books" / "invoices.csv")
    orders = pd.DataFrame({"customer_id": ["a"], "order_date": ["2024-01-01"], "amount": [1.0]})
    assert chapters.part_fit([path], {"invoices": ledger}, "en")[1] == []
    (unfit,) = chapters.part_fit([path], {"transactions": orders}, "en")[1]
    assert unfit[1].missing[0].startswith("the table invoices (invoice_id, customer_id, due_date, amount)")
    assert find_main({"transactions": orders, "invoices": ledger}, only=only) == "invoices"


def test_the_day_to_look_from_is_the_last_on_which_something_happened(place):
    own = batch.prepare_data("books")
    assert batch._last_day(own.tables) == "2024-03-05"  # F3 was made; that it is due in April is to come
