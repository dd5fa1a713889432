"""Months without a day, as accounts have them: the first of the month, with a doubt; never in silence."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from crmlib import intake
from crmlib.intake.months import first_of_month, from_months
from crmlib.intake.prepare import prepare
from crmlib.language import speaking
from crmlib.tables import ACTIVITIES

WAYS = {
    "2024-03": "2024-12",
    "2024/3": "2024/12",
    "202403": "202412",
    "03/2024": "12/2024",
    "2024年3月": "2024年12月",
    "March 2024": "December 2024",
    "März 2024": "Dezember 2024",
    "2024 Mar": "2024 Dec",
}


def save(folder, *days, name="order_date"):
    path = folder / "sales.csv"
    rows = "".join(f"C{n % 3},{day},{n + 10}.5\n" for n, day in enumerate(days))
    path.write_text(f"customer_id,{name},amount\n{rows}", encoding="utf-8")
    return path


@pytest.mark.parametrize("march", WAYS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_is_the_first_of_its_month_and_that_is_doubted(tmp_path, march, language):
    path = save(tmp_path, march, WAYS[march], f" {march} ")
    with speaking(language):
        orders, report = intake.read_transactions(path)
    assert orders["order_date"].tolist() == [pd.Timestamp(2024, month, 1) for month in (3, 12, 3)]
    assert report.n_rejected == 0
    (doubt,) = report.doubts
    said = {"en": f"order_date: {march} is a month without a day", "zh": f"order_date：{march}"}[language]
    assert doubt.startswith(said) and {"en": "to a month only", "zh": "月"}[language] in doubt


def test_among_days_a_month_has_lost_its_day(tmp_path):
    orders, report = intake.read_transactions(save(tmp_path, "2024-03-07", "2024-04", "2024-05-09"))
    assert len(orders) == 2 and report.doubts == ()
    assert report.rejected["reason"].tolist() == ["order_date is a month without a day"]


def test_what_may_be_something_else_is_no_month(tmp_path):
    for text in ("2024-13", "2024-00", "1824-03", "Mar-24", "24-03", "2024.03", "20243", "Marz 2024x", "2024"):
        assert first_of_month(text) is None, text
    assert from_months(from_months(pa_of("null", "", "2024-03"))[0])[1] is None
    assert from_months(pa_of("null", "", "2024-03"))[0].to_pylist() == ["null", "", "2024-03-01"]


def pa_of(*texts):
    return pa.array(texts, pa.large_string())


def test_a_column_of_months_under_another_name_is_offered_as_days(tmp_path):
    path = save(tmp_path, "2024-03", "2024-04", "2024-04", name="Booked in")
    with pytest.raises(ValueError, match='order_date = "Booked in"'):
        prepare(path)


def test_a_table_of_months_has_nothing_to_doubt(tmp_path):
    path = tmp_path / "activities.csv"
    path.write_text("customer_id,month,activity,n_times\nC1,2024-03,visit,2\n", encoding="utf-8")
    table, report = intake.read_table(path, ACTIVITIES)
    assert table["month"].tolist() == [pd.Timestamp(2024, 3, 1)] and report.doubts == ()
