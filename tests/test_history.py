"""How long facts hold: by hand, by the known truth of the teaching company, by mistake."""

import numpy as np
import pandas as pd
import pytest

from crmlib import datasets
from crmlib.history import as_known, half_life, spells

FACTS = pd.DataFrame(
    {
        "customer_id": ["A", "A", "B", "A", "A"],
        "field": ["address", "address", "address", "phone", "address"],
        "field_value": ["1", "3", "5", "154", "2"],
        "valid_from": pd.to_datetime(["2020-01-01", "2024-01-01", "2022-06-01", "2020-01-01", "2021-01-01"]),
    }
)


def test_each_fact_ends_where_the_next_begins():
    found = spells(FACTS, as_of="2024-12-31")
    assert found["field_value"].tolist() == ["1", "2", "3", "154", "5"]
    ends = ["2021-01-01", "2024-01-01", None, None, None]
    assert [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in found["valid_to"]] == ends
    assert found["has_ended"].tolist() == [True, True, False, False, False]
    np.testing.assert_allclose(found["years"] * 365.25, [366, 1095, 365, 1826, 944])


def test_what_comes_after_as_of_is_not_known():
    found = spells(FACTS, as_of="2023-12-31")
    assert found["field_value"].tolist() == ["1", "2", "154", "5"]
    assert found["has_ended"].sum() == 1
    on_the_day = spells(FACTS, as_of="2024-01-01")
    assert on_the_day["has_ended"].sum() == 2


def test_half_of_exponential_lives_is_over_after_the_half_life():
    random = np.random.default_rng(14)
    lives, seen = random.exponential(8, 40_000), random.uniform(0, 10, 40_000)
    lasted = pd.DataFrame({"years": np.minimum(lives, seen), "has_ended": lives <= seen})
    found = half_life(lasted)
    assert found["low"] < np.median(lives) < found["high"]
    assert found["half_life"] == pytest.approx(8 * np.log(2), rel=0.03)
    assert lasted.loc[lasted["has_ended"], "years"].median() < 0.6 * found["half_life"]  # the ended ones alone mislead


def test_nothing_changed():
    found = half_life(pd.DataFrame({"years": [2.0, 3.0], "has_ended": [False, False]}))
    assert found["half_life"] == found["high"] == np.inf
    assert found["low"] == pytest.approx(np.log(2) * 5 / 3.6889, rel=1e-4)  # 3.69 is possible where none was seen


def test_the_interval_holds_19_times_of_20():
    random = np.random.default_rng(3)
    inside = 0
    for _ in range(200):
        n = random.poisson(12)
        found = half_life(
            pd.DataFrame({"years": [100.0] * (n + 1), "has_ended": [True] * n + [False]}) * [1 / (n + 1), 1]
        )
        inside += found["low"] <= np.log(2) * 100 / 12 <= found["high"]
    assert inside >= 185


def test_the_teaching_company_is_told_less_than_is_true():
    tables, truth = datasets.load_teaching_company(), datasets.load_truth("teaching-company")
    told = tables["customer_changes"].query("field == 'address'")
    untold = truth["unrecorded_changes"].query("field == 'address'")
    both = pd.concat([told.drop(columns="recorded_date"), untold])
    assert half_life(spells(told, as_of="2025-12-31"))["low"] > half_life(spells(both, as_of="2025-12-31"))["high"]


def test_mistakes_are_told():
    with pytest.raises(ValueError, match="two of customer A begin on the same"):
        spells(pd.concat([FACTS, FACTS.head(1)]), as_of="2025-01-01")
    with pytest.raises(ValueError, match="valid_from must hold dates"):
        spells(FACTS.assign(valid_from="2020-01-01"), as_of="2025-01-01")
    with pytest.raises(ValueError, match="zero or more"):
        half_life(pd.DataFrame({"years": [-1.0], "has_ended": [True]}))
    with pytest.raises(ValueError, match="has_ended"):
        half_life(pd.DataFrame({"years": [1.0]}))


def test_as_known_is_what_was_written_down_by_that_evening():
    customers = pd.DataFrame(
        {"address": ["1", None, "5"], "city": ["x", "y", "z"]}, index=pd.Index(["A", "B", "C"], name="customer_id")
    )
    customers["registered_date"] = pd.to_datetime(["2020-01-01", "2022-06-01", "2024-01-02"])
    facts = FACTS.assign(
        recorded_date=pd.to_datetime(["2020-01-01", "2024-01-01", "2023-07-01", "2020-01-01", "2024-03-01"])
    )
    found = as_known(customers, facts, as_of="2024-01-01")
    assert found.index.tolist() == ["A", "B"]  # C came a day later
    assert found["address"].tolist() == ["3", "5"]  # the day itself counts; B's was missing and learned
    assert found["checked_date"].tolist() == [pd.Timestamp("2024-01-01"), pd.Timestamp("2023-07-01")]
    assert "phone" not in found  # no field of the records
    earlier = as_known(customers, facts, as_of="2023-06-30")
    assert earlier["address"].fillna("-").tolist() == ["1", "-"]
    assert earlier["checked_date"].tolist() == [pd.Timestamp("2020-01-01"), pd.Timestamp("2022-06-01")]
    # what is told late about an older address does not undo the newer one
    assert as_known(customers, facts, as_of="2024-12-31").loc["A", "address"] == "3"
