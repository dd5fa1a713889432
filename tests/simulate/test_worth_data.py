"""Subscriptions, the brand survey, marketing spending and ideas: their laws, and what was put into them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from crmlib import simulate
from crmlib.simulate import company, marketing, names
from crmlib.simulate import parameters as p
from crmlib.simulate import parameters_worth as pw

START, END = pd.Timestamp(p.START), pd.Timestamp(p.END)


@pytest.fixture(scope="module")
def many() -> dict[str, pd.DataFrame]:
    """A larger company, for shares that chance would blur."""
    return simulate.simulate_company(n_customers=20_000, seed=8)


def test_the_tables_that_were_there_do_not_hang_on_these(monkeypatch):
    mine = (*company.WORTH, *company.SPENDING)
    others = tuple(name for name in company.TABLES if name not in (*mine, *company.WHOLE))
    alone, together = company.make_chunk(5, 0, 300, tables=others), company.make_chunk(5, 0, 300)
    for name, value in {"FAMILY_SHARE": 0.9, "HALO": 0.0, "FOLLOWS": 3.0, "ADOPTED_SHARE": 0.5}.items():
        monkeypatch.setattr(pw, name, value)
    after = company.make_chunk(5, 0, 300)
    for name in ("subscriptions", "brand_survey", "marketing_spending", "ideas"):
        assert not after[name].equals(together[name])
    for name in others:
        pd.testing.assert_frame_equal(alone[name], together[name])
        pd.testing.assert_frame_equal(after[name], together[name])


# --- subscriptions -----------------------------------------------------------------------------------------


def test_subscriptions_run_whole_months_of_households_that_are_there(many):
    box, customers = many["subscriptions"], many["customers"].set_index("customer_id")
    assert box["subscription_id"].is_unique
    assert (box["start_date"].dt.day == 1).all() and box["start_date"].between(START, END).all()
    ended = box.dropna(subset="end_date")
    assert (ended["end_date"] + pd.Timedelta(days=1)).dt.day.eq(1).all() and (ended["end_date"] <= END).all()
    assert (ended["end_date"] > ended["start_date"]).all()  # everybody pays for a first month
    whose = customers.loc[box["customer_id"]]
    assert (whose["customer_type"] == "person").all()
    assert (whose["registered_date"].to_numpy() <= box["start_date"].to_numpy()).all()


def test_who_comes_back_did_leave_before(many):
    box = many["subscriptions"].sort_values(["customer_id", "start_date"])
    before = box.groupby("customer_id")["end_date"].shift()
    again = box["customer_id"].duplicated()
    assert 0.02 < again.mean() < 0.10
    assert (before[again] < box.loc[again, "start_date"]).all()


def test_fees_follow_the_plan_and_the_rise(many):
    box = many["subscriptions"]
    later = box["start_date"] >= pw.RISE_MONTH
    assert set(box.loc[(box["plan"] == "family") & later, "monthly_fee"]) == {238.0}
    assert set(box.loc[(box["plan"] == "family") & ~later, "monthly_fee"]) == {218.0}
    assert set(box.loc[box["plan"] == "basic", "monthly_fee"]) == {128.0}
    assert (box["monthly_fee"] > box["monthly_cost"]).all()


def test_who_leaves_easily_leaves_first_and_the_rise_drives_families_away(many):
    box = many["subscriptions"].merge(many["subscriptions_truth"], on="subscription_id")
    first = box[box["start_date"] == START]
    is_early = first["end_date"] < "2023-03-01"
    assert first.loc[is_early, "chance_to_leave"].mean() > 2 * first.loc[~is_early, "chance_to_leave"].mean()
    rise = pd.Timestamp(pw.RISE_MONTH) - pd.Timedelta(days=1)

    def share_leaving(plan: str) -> float:
        there = box[(box["plan"] == plan) & (box["start_date"] < "2025-01-01")]
        there = there[there["end_date"].isna() | (there["end_date"] >= rise)]
        return (there["end_date"] == rise).mean()

    assert share_leaving("family") > share_leaving("basic") + 0.10


# --- the brand survey --------------------------------------------------------------------------------------


def test_each_respondent_bought_at_one_grocer_last_and_next(many):
    survey = many["brand_survey"]
    asked = survey.groupby("respondent_id")
    assert (asked.size() == len(pw.GROCERS)).all()
    assert (asked["is_last"].sum() == 1).all() and (asked["is_next"].sum() == 1).all()
    assert (asked[["survey_date", "monthly_spend"]].nunique() == 1).all(axis=None)
    ratings = survey[list(pw.DRIVERS)]
    assert ratings.min().min() == 1 and ratings.max().max() == 5
    assert 0.01 < ratings.isna().mean().mean() < 0.03


def test_customers_of_ours_were_found_by_their_card_and_once_a_survey(many):
    survey = many["brand_survey"]
    ours = survey.dropna(subset="customer_id").drop_duplicates("respondent_id")
    assert not ours.duplicated(["survey_date", "customer_id"]).any()
    assert set(ours["customer_id"]) <= set(many["customers"]["customer_id"])
    at_ours = survey[survey["is_last"] & (survey["grocer"] == "Jiahe")]
    assert set(ours["respondent_id"]) <= set(at_ours["respondent_id"])
    assert 0.8 < at_ours["customer_id"].notna().mean() < 1


def test_chances_are_chances_and_came_true(many):
    truth = many["brand_survey_truth"]
    np.testing.assert_allclose(truth.groupby("respondent_id")["chance_next"].sum(), 1, atol=3e-4)
    both = many["brand_survey"].merge(truth, on=["respondent_id", "survey_date", "grocer"])
    for _, group in both.groupby(pd.cut(both["chance_next"], [0, 0.05, 0.2, 0.5, 0.8, 1])):
        error = (group["chance_next"] * (1 - group["chance_next"])).sum() ** 0.5 / len(group)
        assert abs(group["is_next"].mean() - group["chance_next"].mean()) < 4 * error


def test_where_they_bought_last_they_rate_higher_by_more_than_they_choose_it_for(many):
    """The halo: ratings of the last grocer lie above what the choice alone explains."""
    survey = many["brand_survey"]
    gap = survey[survey["is_last"]][list(pw.DRIVERS)].mean() - survey[~survey["is_last"]][list(pw.DRIVERS)].mean()
    assert (gap > 0.3).all()


# --- marketing spending ------------------------------------------------------------------------------------


def test_spending_is_of_every_city_month_and_aim_and_nobody_succeeds_twice(many):
    table = many["marketing_spending"]
    assert len(table) == len(names.CITIES) * 36 * len(pw.AIMS) and not table.duplicated(marketing.KEY).any()
    assert (table["n_success"] <= table["n_people"]).all() and (table["spent"] >= 0).all()
    assert (table["is_test"] == (table["month"] >= pw.TEST_FROM)).all()


def test_the_lot_knows_nothing_of_where_it_goes_well_and_the_manager_does(many):
    table = many["marketing_spending"].merge(many["marketing_spending_truth"], on=marketing.KEY)
    table["per_head"] = table["spent"] / table["n_people"]
    for aim in pw.AIMS:
        mine = table[table["aim"] == aim]
        by_lot, chosen = mine[mine["is_test"]], mine[~mine["is_test"]]
        assert abs(by_lot["per_head"].corr(by_lot["ceiling"], method="spearman")) < 0.25
        assert chosen["per_head"].corr(chosen["ceiling"], method="spearman") > 0.45
        assert by_lot["per_head"].round(2).nunique() == len(pw.TEST_LEVELS)


def test_success_comes_by_the_true_chance_between_floor_and_ceiling(many):
    table = many["marketing_spending"].merge(many["marketing_spending_truth"], on=marketing.KEY)
    assert table["chance_of_success"].between(table["floor"] - 1e-4, table["ceiling"] + 1e-4).all()
    expected = table["n_people"] * table["chance_of_success"]
    error = (expected * (1 - table["chance_of_success"])).sum() ** 0.5
    assert abs(table["n_success"].sum() - expected.sum()) < 4 * error


# --- ideas -------------------------------------------------------------------------------------------------


def test_ideas_come_from_customers_of_the_day_and_only_adopted_ones_gain(many):
    ideas = many["ideas"].merge(many["ideas_truth"], on="idea_id")
    whose = many["truth"].set_index("customer_id").loc[ideas["customer_id"]]
    assert (ideas["idea_date"].to_numpy() >= whose["active_from"].to_numpy()).all()
    assert (whose["left_date"].isna().to_numpy() | (ideas["idea_date"].to_numpy() <= whose["left_date"])).all()
    assert (ideas["yearly_gain"].notna() == ideas["is_adopted"]).all()
    assert (ideas.loc[~ideas["is_adopted"], "true_gain"] == 0).all()


def test_what_is_booked_is_more_than_what_is_gained(many):
    """Some adopted ideas bring nothing, and were booked all the same."""
    adopted = many["ideas"].merge(many["ideas_truth"], on="idea_id").query("is_adopted")
    assert adopted["yearly_gain"].sum() > 1.2 * adopted["true_gain"].sum()
    assert 0.2 < (adopted["true_gain"] == 0).mean() < 0.5
