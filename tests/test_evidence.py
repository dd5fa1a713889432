"""What an agreement says: published weights, chances that give the same pairs again, and mistakes."""

import pandas as pd
import pytest

from crmlib import datasets
from crmlib.evidence import agreement_weight, estimate_chances
from crmlib.identity import link_records


def test_the_published_weights():
    """Fellegi & Sunter: m .95, u .01."""
    assert abs(agreement_weight(0.95, 0.01) - 6.5699) <= 0.00005
    assert abs(agreement_weight(0.05, 0.99) + 4.3074) <= 0.00005


def test_estimated_chances_given_back_give_the_same_pairs():
    records = datasets.load_febrl().set_index("record_id")
    fields = {"surname": "text", "state": "category", "birth_date": "date"}
    chances = estimate_chances(records, fields=fields)
    pd.testing.assert_frame_equal(
        link_records(records, fields=fields), link_records(records, fields=fields, chances=chances)
    )


def test_a_learned_weight_is_that_of_its_two_chances():
    chances = estimate_chances(
        datasets.load_febrl().set_index("record_id"), fields={"surname": "text", "state": "category"}
    )
    weights = [agreement_weight(m, u) for m, u in chances[["m", "u"]].to_numpy()]
    assert len(weights) >= 4 and chances["weight"].tolist() == pytest.approx(weights, abs=1e-9)


def test_what_is_no_chance_is_refused():
    with pytest.raises(ValueError, match="m must be a number above 0"):
        agreement_weight(0, 0.5)
    with pytest.raises(ValueError, match="u must lie between 0 and 1"):
        agreement_weight(0.5, 1.5)
