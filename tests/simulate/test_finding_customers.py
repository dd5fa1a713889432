"""Prospects, calls, changes and roles of the teaching company: their laws, and what a rule cannot know."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from crmlib import simulate
from crmlib.simulate import contacts, prospects, sources
from crmlib.simulate import parameters as p
from crmlib.simulate import parameters_facts as pf
from crmlib.simulate import parameters_prospects as pp

END = pd.Timestamp(p.END)
SCORES = ["money_score", "authority_score", "need_score"]


@pytest.fixture(scope="module")
def made() -> dict[str, pd.DataFrame]:
    return simulate.simulate_company()


@pytest.fixture(scope="module")
def many() -> dict[str, pd.DataFrame]:
    """A larger company, for shares that chance would blur."""
    return simulate.simulate_company(n_customers=12_000, seed=8)


def decided(made: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Prospects whose outcome is known, beside the truth; won and year added."""
    table = made["prospects"].merge(made["prospects_truth"], on="prospect_id")
    table = table[table["outcome"] != "open"]
    return table.assign(won=table["outcome"] == "won", year=table["found_date"].dt.year)


# --- prospects ---------------------------------------------------------------------------------------------


def test_old_prospects_are_organisations_that_were_customers_when_found(made):
    table = made["prospects"]
    assert (table["customer_id"].notna() == table["is_old_customer"]).all()
    old = table[table["is_old_customer"]]
    customer = made["customers"].set_index("customer_id").loc[old["customer_id"]].reset_index()
    truth = made["truth"].set_index("customer_id").loc[old["customer_id"]].reset_index()
    assert old["customer_id"].is_unique and (customer["customer_type"] == "organisation").all()
    assert ((old["found_date"].to_numpy() - customer["registered_date"].to_numpy()) >= np.timedelta64(90, "D")).all()
    assert not truth["never_buys"].any() and truth["is_duplicate_of"].isna().all()
    assert customer["name"].tolist() == old["name"].tolist()
    is_known = customer["city"].notna().to_numpy()
    assert (customer["city"].to_numpy() == old["city"].to_numpy())[is_known].all()
    assert (truth["left_date"].to_numpy() < old["found_date"].to_numpy()).any()  # some had left
    assert set(table.loc[~table["is_old_customer"], "source"]) == {source[0] for source in pp.SOURCES[:-1]}


def test_an_outcome_has_its_day_and_its_margin_and_nothing_else_has(made):
    table = made["prospects"]
    is_won = table["outcome"] == "won"
    assert table["converted_date"].notna().equals(is_won) and table["order_margin"].notna().equals(is_won)
    assert (table.loc[is_won, "converted_date"] > table.loc[is_won, "found_date"]).all()
    assert (table.loc[is_won, "order_margin"] > 0).all()
    assert table["found_date"].is_monotonic_increasing and table["found_date"].between("2024-01-01", "2025-12-31").all()
    for column in SCORES:
        assert table[column].dropna().between(0, 100).all() and (table[column].dropna() % 5 == 0).all()
        assert 0.03 < table[column].isna().mean() < 0.25
    is_list = table["source"] == "bought list"
    assert table.loc[is_list, SCORES].isna().mean().mean() > 1.5 * table.loc[~is_list, SCORES].isna().mean().mean()


def test_old_customers_say_yes_more_often_for_who_they_are(many):
    """A gap as in the course's claim; among prospects who are equally likely by the truth, none."""
    table = decided(many)
    share = table.groupby("is_old_customer")["won"].mean()
    assert 0.10 < share[False] < 0.20 and 0.38 < share[True] < 0.55
    # The same calls whoever they are: the chance at a call is a function of the traits and of the year alone.
    traits = table[["money", "authority", "need"]]
    for year, weights in ((2024, pp.YES), (2025, pp.YES_LATER)):
        one = table["year"] == year
        total = weights["start"] + weights["need and authority"] * traits["need"] * traits["authority"]
        total = total + sum(weights[name] * traits[name] for name in traits)
        assert np.allclose(table["chance_per_call"][one], (1 / (1 + np.exp(-total)))[one], atol=2e-4)
    # Weighted to equal chances, the gap goes: within twentieths of chance_per_call, by the new customers' shares.
    part = pd.qcut(table["chance_per_call"], 40, labels=False)
    within = table.groupby([part, "is_old_customer"])["won"].agg(["mean", "size"]).unstack()
    within = within[(within["size"] >= 10).all(axis=1)]
    gap = np.average(within["mean"][True] - within["mean"][False], weights=within["size"][True])
    assert abs(gap) < 0.06 < share[True] - share[False]


def test_need_counts_most_and_the_years_differ(many):
    table = decided(many)
    for year in (2024, 2025):
        one = table[table["year"] == year]
        link = one[[*SCORES, "won"]].astype(float).corr()["won"]
        assert link["need_score"] > link["authority_score"] > link["money_score"]
    share = table.groupby(["year", "source"])["won"].mean().unstack()
    assert share.loc[2025, "ad"] < 0.75 * share.loc[2024, "ad"]
    # The truth does not decide: chance is left beside it.
    assert table.loc[table["chance_in_twelve"] > 0.9, "won"].mean() < 0.99


# --- calls -------------------------------------------------------------------------------------------------


def test_calls_are_numbered_end_with_an_answer_and_agree_with_the_prospect(made):
    calls, table = made["contacts"], made["prospects"].set_index("prospect_id")
    by_prospect = calls.groupby("prospect_id", sort=False)
    assert (calls["n_contact"] == by_prospect.cumcount() + 1).all() and calls["n_contact"].max() == pp.MOST_CALLS
    assert (by_prospect["contact_date"].diff().dropna().dt.days >= pp.GAP_LEAST).all()
    last = by_prospect.tail(1).set_index("prospect_id")
    assert (calls[~calls.index.isin(by_prospect.tail(1).index)]["outcome"].isin(["no answer", "call again"])).all()
    outcome = table.loc[last.index, "outcome"]
    for answer in ("won", "declined"):
        assert (last["outcome"] == answer).equals(outcome == answer)
    won = outcome == "won"
    assert (last.loc[won, "contact_date"] == table.loc[last.index, "converted_date"][won]).all()
    assert (last["contact_date"] > table.loc[last.index, "found_date"]).all() and last["contact_date"].max() <= END
    # Whoever was not called yet, or is to be called again, is open.
    uncalled = table.index.difference(last.index)
    assert len(uncalled) and (table.loc[uncalled, "outcome"] == "open").all()
    assert table.loc[table["outcome"] == "open", "found_date"].min() > pd.Timestamp("2025-06-01")


def test_minutes_tell_the_answer_and_cost_follows(made):
    calls = made["contacts"]
    median = calls[calls["channel"] == "phone"].groupby("outcome")["minutes"].median()
    assert median["won"] > 1.8 * median["call again"] > median["declined"] > median["no answer"]
    # By hand: a call costs 8 yuan and 1 a minute, a visit 90 and 1 a minute.
    once = calls["channel"].map({"phone": 8, "visit": 90})
    assert (calls["cost"] == once + calls["minutes"]).all()


def test_late_calls_of_the_sellers_go_to_the_likely_and_those_of_the_lot_do_not(many):
    calls = many["contacts"].merge(many["prospects"][["prospect_id", "lot", "city", "found_date"]], on="prospect_id")
    truth = many["prospects_truth"].set_index("prospect_id")["chance_per_call"]
    calls["chance"] = calls["prospect_id"].map(truth)
    late = calls[calls["n_contact"] >= 7]
    drawn = many["prospects"][many["prospects"]["lot"].notna()]
    assert set(drawn["city"]) == {pp.LOT_CITY} and drawn["found_date"].between(pp.LOT_FROM, pp.LOT_TO).all()
    assert (drawn["lot"] == "called on").mean() == pytest.approx(pp.LOT_SHARE, abs=0.05)
    by_lot = late[late["lot"] == "called on"]
    by_choice = late[late["lot"].isna() & (late["found_date"] >= pp.LOT_FROM)]
    assert by_choice["chance"].mean() > 1.3 * by_lot["chance"].mean()
    assert (by_choice["outcome"] == "won").mean() > (by_lot["outcome"] == "won").mean()
    # Of those called on, nobody is given up before the twelfth call.
    given_up = many["prospects"].query("lot == 'called on' and outcome == 'given up'")["prospect_id"]
    assert (calls[calls["prospect_id"].isin(given_up)].groupby("prospect_id")["n_contact"].max() == 12).all()


def test_chances_by_call_by_hand():
    # A half at the best call, which is the third: 0.225, 0.45, 0.5 ...; within twelve calls one less all noes.
    by_call = contacts.yes_by_call(np.array([0.5]))
    assert by_call[0, :3].tolist() == [0.225, 0.45, 0.5] and by_call.shape == (1, 12)
    leads = pd.DataFrame({"yes": [0.5], "kind": [1], "money": [0.0], "authority": [0.0], "need": [0.0]})
    truth = prospects.make_truth(leads, 0)
    assert truth.loc[0, "chance_in_twelve"] == pytest.approx(1 - np.prod(1 - by_call), abs=1e-4)
    assert truth.loc[0, "expected_margin"] == pytest.approx(2100 * np.exp(0.45**2 / 2), abs=0.01)


def test_costs_of_sources_are_those_of_the_prospects_over_chunks(monkeypatch):
    monkeypatch.setattr(p, "CHUNK", 100)
    made = simulate.simulate_company(n_customers=250, seed=3)
    table = made["prospects"]
    count = table.groupby(["source", table["found_date"].dt.year]).size()
    found = made["lead_sources"].set_index(["source", "year"])["cost"]
    assert len(found) == len(pp.SOURCES) * len(sources.YEARS)
    for source, chinese, *_, unit in pp.SOURCES:
        assert (made["lead_sources"].query("source == @source")["source_zh"] == chinese).all()
        for year, fen in zip(sources.YEARS, unit, strict=True):
            assert found[source, year] == pytest.approx(count.get((source, year), 0) * fen / 100)


# --- changes -----------------------------------------------------------------------------------------------


def test_the_first_fact_is_what_was_typed_and_later_ones_are_learnt_later(made):
    table = made["customer_changes"]
    customers = made["customers"].set_index("customer_id")
    registered = table["customer_id"].map(customers["registered_date"])
    is_first = table["valid_from"] == registered
    assert (table["recorded_date"][is_first] == registered[is_first]).all()
    assert (table["recorded_date"] > table["valid_from"])[~is_first].all()
    for field in ("address", "phone"):
        first = table[is_first & (table["field"] == field)].set_index("customer_id")["field_value"]
        typed = customers.loc[made["truth"]["is_duplicate_of"].isna().to_numpy(), field].dropna()
        pd.testing.assert_series_equal(first.sort_index(), typed.sort_index(), check_names=False)
    # Second records have none; who has left tells nothing.
    truth = made["truth"].set_index("customer_id")
    assert truth.loc[table["customer_id"], "is_duplicate_of"].isna().all()
    left = table["customer_id"].map(truth["left_date"]).fillna(END)
    assert (table["recorded_date"] <= left)[~is_first].all() and table["recorded_date"].max() <= END
    kinds = customers["customer_type"]
    assert set(table.loc[table["field"] == "job", "customer_id"].map(kinds)) == {"person"}
    assert set(table.loc[table["field"] == "contact person", "customer_id"].map(kinds)) == {"organisation"}
    same = table.sort_values(["customer_id", "field", "valid_from"])
    assert not (same[["customer_id", "field", "field_value"]].shift() == same[same.columns[:3]]).all(axis=1).any()


def test_changes_come_as_often_as_they_should(many):
    """Recorded and unrecorded together, a year of record gives the rate of the parameters."""
    customers = many["customers"][many["truth"]["is_duplicate_of"].isna()]
    years = (END - customers["registered_date"]).dt.days / p.DAYS_PER_YEAR
    is_first = many["customer_changes"]["recorded_date"] == many["customer_changes"]["valid_from"]
    told, untold = many["customer_changes"][~is_first], many["unrecorded_changes"]
    for kind, rates in pf.CHANGES.items():
        exposed = years[(customers["customer_type"] == kind).to_numpy()].sum()
        ids = set(customers.loc[customers["customer_type"] == kind, "customer_id"])
        for field in ("address", "phone"):
            n = sum(((part["field"] == field) & part["customer_id"].isin(ids)).sum() for part in (told, untold))
            assert n / exposed == pytest.approx(rates[field], rel=0.15), (kind, field)
    assert 0.2 < len(untold) / (len(told) + len(untold)) < 0.6
    keys = ["customer_id", "field", "valid_from"]
    assert not untold.merge(many["customer_changes"], on=keys).shape[0]


# --- roles -------------------------------------------------------------------------------------------------


def test_every_record_has_a_role_and_some_are_no_customers(made):
    table, truth = made["customer_roles"], made["customer_roles_truth"]
    assert table["customer_id"].tolist() == truth["customer_id"].tolist()
    listed = table[table["listed_in"] == "customers"]
    assert listed["customer_id"].tolist() == made["customers"]["customer_id"].tolist()
    others = table[table["listed_in"] != "customers"]
    assert others["customer_id"].str.startswith("N").all() and {"staff", "suppliers"} == set(others["listed_in"])
    assert not set(others["customer_id"]) & set(made["transactions"]["customer_id"])
    assert (truth["customer_kind"] == "no customer").equals(table["listed_in"] != "customers")
    # Two records of one have one role.
    again = made["truth"].dropna(subset="is_duplicate_of")
    kind = truth.set_index("customer_id")["customer_kind"]
    assert (kind.loc[again["customer_id"]].to_numpy() == kind.loc[again["is_duplicate_of"]].to_numpy()).all()
    assert 0.01 < listed["pays"].isna().mean() < 0.08


def test_the_planted_cases_are_those_in_which_rules_disagree(many):
    both = many["customer_roles"].merge(many["customer_roles_truth"], on="customer_id")
    assert both["is_ambiguous"].equals(both["case"].notna())
    assert set(both["case"].dropna()) == {
        "orders for neighbors",
        "resells a part",
        "staff who buy",
        "sells over the counter, too",
        "owner who buys for home",
        "supplier who buys",
        "sells on to staff",
        "business with a public name",
        "private nursing home",
        "canteen that resells",
    }
    assert both.loc[both["second_purpose"].notna(), "is_ambiguous"].all()
    canteens = both[both["case"] == "canteen that resells"]
    assert (canteens["purpose"] == "public service").all() and (canteens["second_purpose"] == "resale").all()
    customer = both["listed_in"] == "customers"
    assert ((both["is_staff"] & customer) == (both["case"] == "staff who buy")).all()
    plain = both[customer & ~both["is_ambiguous"]]
    by_purpose = {"own use": "consumer", "resale": "intermediary", "public service": "public-benefit"}
    by_purpose |= {"used in the organisation": "enterprise"}
    assert (plain["purpose"].map(by_purpose) == plain["customer_kind"]).all()
    names = both.merge(many["customers"][["customer_id", "name"]], on="customer_id")
    canteen = names["name"].str.contains("小学食堂|中学食堂", na=False)
    assert canteen.any() and (names.loc[canteen, "organisation_kind"] == "school").all()
