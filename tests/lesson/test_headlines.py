"""The answer first: what is shown, and the marks that a page takes up."""

import json

import pandas as pd
import pytest

from crmlib import language
from crmlib.lesson import headlines
from crmlib.lesson.headlines import show_headline, show_priorities

FACTS = {
    "customers": ("Customers", "1,998", 1998),
    "revenue": ("Revenue", "$5", 5.0),
    "period": ("Period", "2024", None),
}


@pytest.fixture
def shown(monkeypatch):
    """What is shown: text, mark and HTML."""
    found = []
    monkeypatch.setattr(
        headlines, "show_marked", lambda text, *, mark, body=None, **more: found.append((text, mark, body))
    )
    return found


def act_on(n):
    ids = pd.Index([f"C{i:02}" for i in range(n)], name="customer_id")
    columns = {"reason": "fell a tier", "also": "overdue; loses money", "at_stake": [1234.5 - i for i in range(n)]}
    return pd.DataFrame(columns, index=ids).assign(last_order_date=pd.Timestamp("2024-05-01"))


def test_the_headline_is_a_sentence_and_facts(shown):
    show_headline(FACTS, currency="USD")
    ((text, mark, body),) = shown
    assert text == "Customers: 1,998 · Revenue: $5 · Period: 2024"
    assert mark["kind"] == "headline" and mark["currency"] == "USD" and mark["text"] == text
    assert mark["facts"][1] == {"name": "revenue", "label": "Revenue", "shown": "$5", "value": 5.0}
    assert [fact["value"] for fact in mark["facts"]] == [1998, 5.0, None]
    json.dumps(mark)  # it stands in the notebook's metadata
    assert "<script" not in body and "<span>$</span>5" in body


def test_what_comes_from_data_is_escaped(shown):
    show_headline({"customers": ("<b>", "<script>", None)})
    table = act_on(1).rename(index={"C00": "<script>alert(1)</script>"})
    show_priorities(table, "<i>", "2-act-on", title="Whom", out=None)
    for _, _, body in shown:
        assert "<script" not in body and "<b>" not in body and "<i>" not in body


def test_the_head_of_the_list_is_shown_as_people_read_it_and_all_of_it_is_kept(shown, tmp_path):
    show_priorities(act_on(12), "Twelve.", "2-act-on", title="Whom to act on", out=tmp_path, currency="USD")
    ((text, mark, body),) = shown
    assert (text, mark["kind"], mark["path"], mark["n_all"]) == ("Twelve.", "act_on", "tables/2-act-on.csv", 12)
    assert mark["columns"] == ["customer id", "reason", "also", "at stake", "last order date"]
    assert mark["is_number"] == [False, False, False, True, False]
    assert len(mark["rows"]) == 10
    assert mark["rows"][0] == ["C00", "fell a tier", "overdue; loses money", "$1,234.50", "2024-05-01"]
    assert "the first 10 of 12 rows" in body
    json.dumps(mark)
    kept = pd.read_csv(tmp_path / "tables" / "2-act-on.csv")
    assert len(kept) == 12 and kept["at_stake"][0] == 1234.5 and kept["reason"][0] == "fell a tier"


def test_reasons_are_in_the_language_of_the_reader(shown):
    language.use("zh")
    show_priorities(act_on(1), "一位。", "2-act-on", title="该先跟进谁", out=None)
    ((_, mark, _),) = shown
    assert mark["rows"][0][:3] == ["C00", "降级", "逾期未购；亏损"]
    assert mark["columns"] == ["客户编号", "原因", "另有", "涉及金额", "最近下单"]
    assert mark["path"] is None


def test_a_text_that_is_missing_is_an_empty_cell(shown):
    pair = pd.DataFrame({"email_left": ["a@b.de"], "email_right": [None]}, index=pd.Index(["7"], name="id_left"))
    show_priorities(pair.astype("str"), "One pair.", "1-pairs", title="Pairs", out=None)
    ((_, mark, body),) = shown
    assert mark["rows"] == [["7", "a@b.de", ""]] and "nan" not in body


def test_nobody_to_act_on_is_a_sentence(shown, tmp_path):
    show_priorities(act_on(0), "Nobody.", "2-act-on", title="Whom to act on", out=tmp_path)
    ((_, mark, body),) = shown
    assert (mark["rows"], mark["n_all"], mark["path"], body) == ([], 0, None, "Nobody.")
    assert not (tmp_path / "tables").exists()
