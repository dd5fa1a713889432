"""What is asked of customers: the course's lists whole, a purpose for all that is kept, nothing sensitive among it."""

import re

import pandas as pd
import pytest

from crmlib import contracts, datasets
from crmlib.identity import quality_score

CONTRACTS = {"person": contracts.person_contract, "organization": contracts.organization_contract}
REASONS = {"", "health", "belief", "child", "money", "dignity", "somebody else"}


@pytest.mark.parametrize(
    ("kind", "sizes"),
    [("person", [8, 10, 8, 4, 4]), ("organization", [9, 4, 4, 3])],  # counted on the course's slides
)
def test_the_lists_are_the_course_s(kind, sizes):
    fields = contracts.course_fields(kind)
    assert fields.groupby("topic", sort=False).size().tolist() == sizes
    assert fields.index.is_unique
    assert set(fields["sensitive"]) <= REASONS


def test_what_the_law_names_is_flagged():
    sensitive = contracts.course_fields("person")["sensitive"]
    assert sensitive["blood type"] == "health"
    assert sensitive["beliefs and attitudes"] == "belief"
    assert sensitive["income"] == "money"
    assert (sensitive[[name for name in sensitive.index if name.endswith("of the children")]] == "child").all()
    assert (sensitive[[name for name in sensitive.index if name.endswith("of the spouse")]] == "somebody else").all()


@pytest.mark.parametrize("kind", contracts.KINDS)
def test_nothing_sensitive_has_a_purpose_at_a_grocer(kind):
    fields = contracts.course_fields(kind)
    assert (fields.loc[fields["purpose"] != "", "sensitive"] == "").all()
    assert (fields["purpose"] == "").any()


@pytest.mark.parametrize("kind", contracts.KINDS)
def test_each_field_of_a_contract_has_a_purpose(kind):
    contract = CONTRACTS[kind]()
    assert all(field.purpose for field in contract)
    asked = contracts.course_fields(kind)["purpose"]
    purpose = {field.name: field.purpose for field in contract}
    name_of = {"person": "full name", "organization": "name"}[kind]
    for name, column in {name_of: "name", "telephone": "phone", "address": "address"}.items():
        assert asked[name] == purpose[column]


@pytest.mark.parametrize(
    ("value", "is_good"),
    [
        ("15411112222", True),
        ("154-1111-2222", True),
        ("154 1111 2222", True),
        ("+86 15411112222", True),
        ("(86)15411112222", True),
        ("0571-82345678", True),
        ("1541111222", False),
        ("154111122223", False),
        ("12411112222", False),
        ("１５４１１１１２２２２", False),
        ("00000000000", False),
    ],
)
def test_forms_of_telephone_numbers(value, is_good):
    assert bool(re.fullmatch(contracts.TELEPHONE, value)) == is_good


def test_the_contracts_fit_the_teaching_company():
    customers = datasets.load_teaching_company()["customers"]
    for kind, name in {"person": "person", "organization": "organisation"}.items():
        records = customers[customers["customer_type"] == name]
        contract = CONTRACTS[kind](fresh_days=365)
        found = quality_score(records, contract, as_of="2025-12-31", checked="registered_date")
        assert "birth_date" in found.index[found["purpose"].isna()]
        assert found["fresh"].dropna().index.tolist() == ["phone", "address", "all"]
        assert (found["valid"].dropna() > 0.95).all()  # the planted faults of form are few


def test_days_of_freshness_are_asked_for():
    records = pd.DataFrame({"name": ["Ann Li"], "phone": ["15411112222"], "address": ["Lane 3"], "city": ["杭州"]})
    records["customer_id"], records["email"], records["referred_by"] = "1", None, None
    records["day"] = pd.Timestamp("2025-01-01")
    for days, fit in {364: 1.0, 363: 0.0}.items():
        contract = contracts.person_contract(fresh_days=days)
        assert quality_score(records, contract, as_of="2025-12-31", checked="day").loc["all", "fit"] == fit


def test_only_two_kinds():
    with pytest.raises(ValueError, match=r"one of \['person', 'organization'\]"):
        contracts.course_fields("firm")
