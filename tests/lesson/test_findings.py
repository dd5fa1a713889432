"""What a notebook says of itself: sentences, and marks that a report can collect."""

from types import SimpleNamespace

import matplotlib
import pytest

from crmlib import language
from crmlib.lesson import findings
from crmlib.lesson.display import as_html

YEAR, DAY = "The data run from 2024-01-01 to 2024-12-31", "All the data are of one day, 2024-01-01"


@pytest.fixture
def marks(monkeypatch):
    found = []
    monkeypatch.setattr(findings, "show_marked", lambda text, *, mark, **more: found.append(mark))
    return found


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
    report = SimpleNamespace(
        n_read=3, n_accepted=3, n_rejected=0, path="a/activity_rates.csv", sha256="0", notes=(), doubts=()
    )
    findings.show_source({"activity_rates": report})
    language.use("zh")
    findings.show_source({"activity_rates": report})
    assert [mark["text"] for mark in marks] == [
        "activity rates: 3 rows read, 3 accepted, 0 set aside.",
        "活动单价：读入 3 行，采用 3 行，未采用 0 行。",
    ]
    assert {mark["table"] for mark in marks} == {"activity_rates"}


def test_a_dollar_in_a_sentence_begins_no_formula():
    # JupyterLab takes what stands between two dollars of one text for mathematics.
    assert "$" not in as_html("from $32 to $78").replace("<span>$</span>", "")
    language.use("en")
    assert matplotlib.rcParams["text.parse_math"] is False
