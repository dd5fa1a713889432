"""Records that may be one customer are found before anything is masked, and told without a name."""

import numpy as np
import pandas as pd
import pytest

from crmlib.datasets import load_data
from crmlib.intake import duplicates
from crmlib.intake.duplicates import find_pairs
from crmlib.tables import RECORD_PAIRS

RANDOM = np.random.default_rng(11)
FAMILY = "Walker Hughes Bennett Foster Simmons Russell Griffin Hayes Myers Ford".split()
GIVEN = "Emma Liam Olivia Noah Ava Ethan Sophia Mason Mia Logan".split()
RECORDS = pd.DataFrame(
    {
        "customer_id": [f"{n:04}" for n in range(100)],
        "name": [f"{given} {family}" for family in FAMILY for given in GIVEN],
        "phone": [f"+1 {RANDOM.integers(200, 989)} 555 {RANDOM.integers(1000, 9999)}" for _ in range(100)],
        "birth_date": "1980-02-03",
    }
)
AGAIN = RECORDS.iloc[[17]].assign(customer_id="9001", name="Mason  BENNETT", birth_date="")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "own").mkdir()
    AGAIN.loc[:, "phone"] = RECORDS.loc[17, "phone"].replace("+1 ", "")
    AGAIN.loc[:, "name"] = RECORDS.loc[17, "name"].upper()
    pd.concat([RECORDS, AGAIN]).to_csv(tmp_path / "own" / "customers.csv", index=False)
    return tmp_path / "own"


def test_the_pair_is_found_masked_or_not_and_holds_no_name(folder):
    hidden, shown = (load_data(folder, with_pairs=True, show_personal=flag)[0] for flag in (False, True))
    pairs = hidden["record_pairs"]
    assert pairs.loc[pairs["is_likely"], ["id_left", "id_right"]].to_numpy().tolist() == [["0017", "9001"]]
    pd.testing.assert_frame_equal(pairs, shown["record_pairs"])
    assert set(pairs.columns) <= set(RECORD_PAIRS.names)
    text = pairs.to_csv()
    assert not [word for word in (*FAMILY, *GIVEN, "555", "1980") if word.casefold() in text.casefold()]
    assert hidden["customers"]["name"].str.endswith("***").all()


def test_nothing_is_compared_unless_asked_for(folder):
    assert list(load_data(folder)[0]) == ["customers"]


def test_numbers_that_are_personal_are_replaced_in_the_pairs_too(folder):
    emails = [f"{name.lower().replace(' ', '.')}@example.com" for name in RECORDS["name"]]
    mine = RECORDS.assign(customer_id=emails)
    twice = mine.iloc[[3]].assign(customer_id=emails[3].replace("example", "exampel"))
    pd.concat([mine, twice]).to_csv(folder / "customers.csv", index=False)
    tables, _ = load_data(folder, with_pairs=True)
    pairs = tables["record_pairs"][tables["record_pairs"]["is_likely"]]
    assert len(pairs) == 1
    assert pairs[["id_left", "id_right"]].isin(set(tables["customers"]["customer_id"])).all(axis=None)
    assert pairs["id_left"].str.startswith("customer-").all() and "@" not in tables["record_pairs"].to_csv()


def test_a_mail_that_numbers_the_customers_is_compared_too():
    mails = [f"{given}.{family}@example.com".lower() for family in FAMILY for given in GIVEN]
    records = RECORDS[["name"]].assign(customer_id=mails)
    again = records.iloc[[5]].assign(customer_id=mails[5].replace("example", "exmaple"))
    (pair,) = find_pairs(pd.concat([records, again])).to_dict("records")
    assert {pair["id_left"], pair["id_right"]} == {mails[5], again["customer_id"].iloc[0]}
    assert (pair["name"], pair["email"]) == ("agree", "nearly")


def test_a_list_of_names_alone_shows_who_stands_there_twice_but_calls_nobody_likely():
    records = pd.concat([RECORDS, RECORDS.iloc[[4]].assign(customer_id="9004")])[["customer_id", "name"]]
    pairs = find_pairs(records)
    assert pairs[["id_left", "id_right", "name"]].to_numpy().tolist()[0] == ["0004", "9004", "agree"]
    assert not pairs["is_likely"].any()


def test_of_a_number_that_stands_twice_the_first_record_is_compared():
    twice = RECORDS.iloc[[0]].assign(name="Somebody Else", phone="")
    assert "0000" not in find_pairs(pd.concat([RECORDS, twice]))[["id_left", "id_right"]].to_numpy()


@pytest.mark.parametrize(
    "records", [RECORDS.iloc[:1], RECORDS[["customer_id"]], RECORDS.assign(name=None)[["customer_id", "name"]]]
)
def test_there_must_be_two_and_something_to_compare_them_by(records):
    assert find_pairs(records) is None


def test_a_list_too_long_for_a_run_is_left_to_link_records(monkeypatch):
    customers = pd.DataFrame({"customer_id": ["1", "2", "3"], "phone": ["1544108"] * 3})
    monkeypatch.setattr(duplicates, "MOST_RECORDS", 2)
    assert duplicates.find_pairs(customers) is None
    assert duplicates.find_pairs(customers.head(2)) is not None
