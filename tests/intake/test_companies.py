"""The kit's companies are read once; nobody sees what another did to their tables, or notes in another language."""

import pandas as pd

from crmlib import datasets
from crmlib.intake import companies
from crmlib.language import speaking


def test_a_company_is_read_once_and_each_who_asks_has_tables_of_their_own():
    first, reports = datasets.load_data("cdnow")
    n_read = companies._read_once.cache_info().misses
    before = first["transactions"].copy(deep=True)
    first["transactions"].loc[0, "amount"] = -1.0
    first["transactions"]["more"] = 1
    first["transactions"].index.name = "line"
    del first["transactions"]["quantity"]
    reports.clear()
    second, reports = datasets.load_data("cdnow")
    pd.testing.assert_frame_equal(second["transactions"], before)
    assert second["transactions"].index.name is None
    assert reports["transactions"].n_read == len(before)
    assert companies._read_once.cache_info().misses == n_read


def test_the_notes_of_a_report_are_in_the_language_of_who_asks():
    english = datasets.load_data("teaching-company")[1]["transactions"].notes
    with speaking("zh"):
        chinese = datasets.load_data("teaching-company")[1]["transactions"].notes
    assert len(english) == len(chinese) > 0
    assert not {str(note) for note in english} & {str(note) for note in chinese}
    assert datasets.load_data("teaching-company")[1]["transactions"].notes == english
