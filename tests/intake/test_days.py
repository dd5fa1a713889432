"""Days in other languages, with days of the week, and what comes first in them."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa
import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from crmlib.intake.columns import parse_text
from crmlib.intake.conventions import Undecided
from crmlib.intake.days import looks_like_date, to_datetime
from crmlib.intake.month_names import LANGUAGES, months_by_language
from crmlib.intake.orders import find_month_words, find_order
from crmlib.tables import TRANSACTIONS

DAY = TRANSACTIONS.column("order_date")
SAME = [
    "18. März 2024", "18.März 2024", "18 Mrz 2024", "18-Mär-24", "18. maerz 2024", "Montag, 18. März 2024",
    "Mo., 18. März 2024", "Mo 18.03.2024", "18 mars 2024", "18-mars-24", "lun. 18 mars 2024", "lundi 18 mars 2024",
    "18 de marzo de 2024", "lunes, 18 de marzo de 2024", "18-mar-24", "18/mar/2024", "18 de março de 2024",
    "segunda-feira, 18 de março de 2024", "18 MARZO 2024", "lunedì 18 marzo 2024", "18 maart 2024", "18 mrt. 2024",
    "18 marca 2024", "18 marca 2024 r.", "18 marts 2024", "mandag den 18. marts 2024", "18 mars 2024",
    "måndag 18 mars 2024", "18. maaliskuuta 2024", "18. března 2024", "2024. március 18.", "18 martie 2024",
    "18 марта 2024 г.", "18 марта 2024", "понедельник, 18 марта 2024 г.", "18 мар. 2024", "18 березня 2024 р.",
    "18 Mart 2024 Pazartesi", "18 Μαρτίου 2024", "18 de març de 2024", "18 Maret 2024", "18MAR2024", "18MAR24",
    "Mon, 18 Mar 2024", "Monday, March 18, 2024", "Monday, March 18th, 2024", "March 18 2024", "18th of March 2024",
    "the 18th of March, 2024", "2024-Mar-18", "2024 March 18", "18-3月-24", "18-三月-2024", "星期一 2024-03-18",
    "2024年3月18日 星期一", "2024年3月18日（星期一）", "2024-03-18 周一",
    "周一，2024/3/18", "2024/3/18(月)", "2024年3月18日月曜日",
    "2024년 3월 18일", "2024년 3월 18일 월요일", "2024. 3. 18.", "2024-03-18 Mon", "2024-03-18 (Monday)",
]  # fmt: skip


@pytest.mark.parametrize("text", SAME)
def test_one_day_as_many_write_it(text):
    assert to_datetime(text, "day first") == datetime(2024, 3, 18)
    assert looks_like_date(text)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("Mon, 18 Mar 2024 14:30:00 +0800", 14, 30),
        ("Mon, 18 Mar 2024 14:30:00 GMT", 14, 30),
        ("Mon Mar 18 2024 14:30:00 GMT+0800 (China Standard Time)", 14, 30),
        ("Mon Mar 18 14:30:00 UTC 2024", 14, 30),
        ("18. März 2024 um 14:30 Uhr", 14, 30),
        ("18. März 2024, 14:30", 14, 30),
        ("18 mars 2024 à 14h30", 14, 30),
        ("18 mars 2024 kl. 14:30", 14, 30),
        ("2024年3月18日 星期一 下午2:30", 14, 30),
        ("2024/3/18(月) 14時30分", 14, 30),
        ("2024년 3월 18일 오후 2:30", 14, 30),
        ("2024-03-18 Mon 14:30:00", 14, 30),
        ("Mar 18, 2024, 2:30 PM", 14, 30),
    ],
)
def test_a_time_beside_it(text, hour, minute):
    assert to_datetime(text) == datetime(2024, 3, 18, hour, minute)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1er janvier 2024", datetime(2024, 1, 1)),
        ("23. Dezember 2024", datetime(2024, 12, 23)),  # not the zember of a De
        ("23 décembre 2024", datetime(2024, 12, 23)),
        ("1º de enero de 2024", datetime(2024, 1, 1)),
        ("1° gennaio 2024", datetime(2024, 1, 1)),
        ("7 de febrero de 2024", datetime(2024, 2, 7)),
        ("mar. 18 mars 2024", datetime(2024, 3, 18)),  # mardi, though it was a Monday
        ("mar 18 2024", datetime(2024, 3, 18)),
        ("mar 5 mar 2024", datetime(2024, 3, 5)),
        ("sex, 5 abr 2024", datetime(2024, 4, 5)),
        ("1 août 2024", datetime(2024, 8, 1)),
        ("1 AOUT 2024", datetime(2024, 8, 1)),
        ("31 paź 2024", datetime(2024, 10, 31)),
        ("二〇二四年三月十八日", datetime(2024, 3, 18)),
        ("二零二四年十二月三十一日 星期二", datetime(2024, 12, 31)),
        ("二〇二四年十月廿日", datetime(2024, 10, 20)),
        ("二〇二四年一月十日 14:30", datetime(2024, 1, 10, 14, 30)),
        ("31 pazdziernika 2024", datetime(2024, 10, 31)),
    ],
)
def test_accents_ordinals_and_names_that_are_a_day_and_a_month(text, value):
    assert to_datetime(text) == value


@given(day=st.dates(datetime(1970, 1, 1).date(), datetime(2099, 12, 31).date()), language=st.sampled_from(LANGUAGES))
def test_what_each_language_writes_is_read(day, language):
    """As CLDR writes it, long and middling, with the other names of the language around it."""
    words = frozenset(months_by_language()[language])
    for form in ("long", "medium"):
        text = format_date(day, form, locale=language)
        assert to_datetime(text, "day first", words).date() == day, text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("18 apples 2024", "is not a date"),
        ("18 March", "is not a date"),
        ("mars-24", "is a month without a day"),
        ("March 2024", "is a month without a day"),
        ("31 février 2024", "is no day of the calendar"),
        ("18 marsch 2024", "is not a date"),
        ("18 mars 20245", "is not a date"),
        ("20240318 14.30", "is not a date"),
        ("18 listopada 2024", "names a month that is another in another language"),
        ("18 lip 2024", "names a month that is another in another language"),
        ("Montag 2024", "is not a date"),
        ("C021 mars 2024", "is not a date"),
    ],
)
def test_what_is_no_day_is_not_made_one(text, reason):
    with pytest.raises(ValueError, match=f"^{reason}"):
        to_datetime(text, "day first")


def test_the_other_names_of_a_column_tell_what_a_name_means():
    polish = find_month_words(pa.array(["18 listopada 2024", "3 stycznia 2024", "x"], pa.large_string()))
    croatian = find_month_words(pa.array(["18 listopada 2024", "3 siječnja 2024"], pa.large_string()))
    assert to_datetime("18 listopada 2024", None, polish) == datetime(2024, 11, 18)
    assert to_datetime("18 listopada 2024", None, croatian) == datetime(2024, 10, 18)
    assert find_month_words(pa.array(["3 stycznia 2024", "2024-01-02"], pa.large_string())) == frozenset()


@pytest.mark.parametrize("text", ["12 High Street", "Room 12, 2024", "3 in 2024", "mar", "Mr 18 2024", "007", ""])
def test_other_words_with_numbers_do_not_look_like_dates(text):
    assert not looks_like_date(text)


# --- what comes first ---


def order_of(*cells):
    return find_order(pa.array(cells, pa.large_string()), DAY)


def test_a_day_of_the_week_does_not_hide_what_comes_first():
    assert order_of("Mo 03.04.2024") == "day first"
    assert order_of("Mon 03/04/2024", "Thu 25/04/2024") == "day first"
    assert order_of("04/25/2024 (Thu)", "04/03/2024 (Wed)") == "month first"


def test_a_day_that_is_the_same_either_way_is_not_asked_about():
    assert order_of("07/07/2024", "05/05/2024") == "day first"
    with pytest.raises(Undecided, match="07/02/2024 may be 2024-02-07 or 2024-07-02"):
        order_of("07/07/2024", "07/02/2024")


@given(st.lists(st.sampled_from(["07/02/2024", "25/02/2024", "02/25/2024", "07/07/2024", "24/02/25", "25/02/03"])))
def test_two_values_to_compare_differ_and_show_why(cells):
    """The first of each pair once fitted both orders, and the question compared a value with itself."""
    try:
        order_of(*cells)
    except Undecided as undecided:
        question = undecided.questions[0]
        if "no order" in question.text:
            _, _, said = question.text.partition("fits all values: ")
            first, _, second = said.rstrip(".").partition("; ")
            first, second = first.split(" ", 1)[0], second.split(" ", 1)[0]
            assert first != second and "07/02/2024" not in (first, second) and "07/07/2024" not in (first, second)
        else:
            assert len({choice.meaning for choice in question.choices}) > 1


def test_no_order_fits_all():
    with pytest.raises(Undecided) as error:
        order_of("07/02/2024", "25/02/2024", "02/25/2024", "26/02/2024")
    assert "25/02/2024 can have the day first, not the month first; 02/25/2024 the month first, not the day first." in (
        str(error.value)
    )


def test_two_digits_of_a_year_are_shown_as_they_are_read():
    with pytest.raises(Undecided, match="03/04/70 may be 1970-04-03 or 1970-03-04"):
        order_of("03/04/70")


ENGLISH = ["18 Mar 2024", "18-Mar-2024", "Mar 18, 2024", "Mon, 18 Mar 2024", "Monday March 18th, 2024", "18. März 2024"]
ENGLISH += ["Mon 18 Mar 2024 14:30", "18 mars 2024, 14:30:05", "31 Feb 2024", "Bob 18 Mar 2024", "18 listopada 2024"]


@given(st.lists(st.sampled_from([*SAME, *ENGLISH]), min_size=1))
def test_many_at_once_are_read_as_one_by_one(cells):
    parsed = parse_text(pa.chunked_array([pa.array(cells, pa.large_string())]), DAY, order="day first")
    words = find_month_words(pa.array(cells, pa.large_string()))
    for cell, value, problem in zip(cells, parsed.values, parsed.problem, strict=True):
        try:
            wanted = to_datetime(cell, "day first", words)
        except ValueError as error:
            assert problem and parsed.reasons[problem - 1] == str(error)
        else:
            assert not problem and value.astype(datetime) == wanted
