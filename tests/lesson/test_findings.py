"""What a notebook says of itself: sentences, and marks that a report can collect."""

from pathlib import Path

import matplotlib
import pandas as pd
import pytest

from crmlib import language
from crmlib.intake.report import REJECTED, IntakeReport
from crmlib.lesson import findings
from crmlib.lesson.display import as_html

YEAR, DAY = "The data run from 2024-01-01 to 2024-12-31", "All the data are of one day, 2024-01-01"


@pytest.fixture
def marks(monkeypatch):
    found = []
    monkeypatch.setattr(findings, "show_marked", lambda text, *, mark, **more: found.append(mark))
    return found


def make_report(table, n_accepted, rejected, **more):
    """The report of a file with a few rows set aside: (line, column, value, reason) each."""
    frame = pd.DataFrame(rejected, columns=REJECTED).astype({"reason": "str"})
    n_read = n_accepted + len(frame)
    columns = {"Kunde": "customer_id"} if table == "transactions" else {}
    path = Path("a", f"{table}.csv")
    return IntakeReport(
        path, "0", table, "utf-8", ",", columns, n_read, n_accepted, len(frame), frame, more.pop("notes", ()), **more
    )


def test_enough_says_nothing_where_the_section_can_run(marks):
    assert findings.enough(True, "it needs more", section="The pyramid") is True
    assert marks == []


def test_too_little_is_said_and_marked_as_skipped(marks):
    assert findings.enough(False, "it needs two customers", section="The pyramid") is False
    text = '"The pyramid" is left out: it needs two customers.'
    assert marks == [{"text": text, "kind": "skipped", "section": "The pyramid", "needs": {}}]


@pytest.mark.parametrize(
    ("first", "last", "as_of", "text"),
    [
        ("2024-01-01", "2024-12-31", "2024-06-30", f"{YEAR}; they are looked at from 2024-06-30."),
        ("2024-01-01", "2024-01-01", "2024-01-01", "All the data are of one day, 2024-01-01."),
        ("2024-01-01", "2024-01-01", "2024-02-01", f"{DAY}; they are looked at from 2024-02-01."),
        ("2024-01-01 09:00", "2024-12-31", "2024-12-31", f"{YEAR}, their last day, and are looked at from there."),
    ],
)
def test_the_period_is_said_and_marked_with_iso_days(marks, first, last, as_of, text):
    findings.show_period(first, last, as_of=as_of)
    assert marks == [{"text": text, "kind": "period", "first_day": first[:10], "last_day": last, "as_of": as_of}]


def test_a_day_before_the_data_is_refused(marks):
    with pytest.raises(
        ValueError, match="as_of must not lie before the first line; got 2023-12-31, and the lines run from 2024-01-01"
    ):
        findings.show_period("2024-01-01", "2024-12-31", as_of="2023-12-31")
    assert marks == []


def test_tables_are_named_in_the_reader_s_language_and_by_their_name_in_the_mark(marks):
    report = make_report("activity_rates", 3, [])
    findings.show_source({"activity_rates": report})
    language.use("zh")
    findings.show_source({"activity_rates": report})
    assert [mark["text"] for mark in marks] == [
        "activity rates: 3 rows read, 3 accepted, 0 set aside.",
        "活动单价：读入 3 行，采用 3 行，未采用 0 行。",
    ]
    assert {mark["table"] for mark in marks} == {"activity_rates"}


def test_the_mark_of_a_source_holds_what_an_auditor_asks(marks, tmp_path):
    rejected = [(n, "customer_id", "", "customer_id is empty") for n in (2, 4)] + [(9, "amount", "x", "amount is not")]
    said = {"keep": {"Status": ["paid"]}}
    money = {"amount_accepted": 90.0, "amount_set_aside": 10.0, "currency": "EUR"}
    report = make_report("transactions", 9, rejected, doubts=("Is it?",), said=said, n_on_purpose=1, **money)
    findings.show_source({"transactions": report}, out=tmp_path)
    source, grave, doubt = marks
    assert (source["share_of_rows"], source["share_of_money"], source["currency"]) == (2 / 12, 0.1, "EUR")
    assert (source["amount_accepted"], source["amount_set_aside"], source["n_on_purpose"]) == (90, 10, 1)
    assert source["reasons"] == [{"reason": "customer_id is empty", "n": 2}, {"reason": "amount is not", "n": 1}]
    assert source["columns"] == [{"theirs": "Kunde", "ours": "customer_id", "meaning": "who bought"}]
    assert source["said"] == ["Only rows whose Status is paid count."]
    assert (tmp_path / source["set_aside"]).exists()
    assert grave["grave"] is True
    assert grave["doubt"].startswith("Much is set aside: 2 of 12 rows (16.7%), 10.00 (10.0% of the money).")
    assert (doubt["doubt"], doubt.get("grave")) == ("Is it?", None)


def test_a_dollar_in_a_sentence_begins_no_formula():
    # JupyterLab takes what stands between two dollars of one text for mathematics.
    assert "$" not in as_html("from $32 to $78").replace("<span>$</span>", "")
    language.use("en")
    assert matplotlib.rcParams["text.parse_math"] is False


@pytest.mark.parametrize(("best", "first"), [(None, "c000"), ("spent", "c149")])
def test_a_very_large_table_is_kept_whole_as_parquet_and_its_best_as_csv(tmp_path, marks, monkeypatch, best, first):
    monkeypatch.setattr(findings, "MOST_IN_CSV", 100)
    monkeypatch.setattr(findings, "N_BEST", 10)
    index = pd.Index([f"c{i:03}" for i in range(150)], name="customer_id")
    table = pd.DataFrame({"spent": range(150)}, index=index)
    findings.save_table(table, "2-customers", title="Customers", out=tmp_path, best=best)
    (mark,) = marks
    assert mark["text"] == (
        "Table written: tables/2-customers.parquet, all of its 150 rows; tables/2-customers.csv, the best 10."
    )
    assert (mark["path"], mark["whole"]) == ("tables/2-customers.csv", "tables/2-customers.parquet")
    assert (mark["n_rows"], mark["n_shown"]) == (150, 10)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / mark["whole"]), table)
    shown = pd.read_csv(tmp_path / mark["path"])
    assert (len(shown), shown["customer_id"][0]) == (10, first)
    findings.save_table(table.head(100), "2-tiers", title="Tiers", out=tmp_path)
    assert "whole" not in marks[-1]
    assert len(list((tmp_path / "tables").iterdir())) == 3
