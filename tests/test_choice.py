"""Choices: published numbers, laws, choices made from known weights, and refusals."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import approx_fprime

from crmlib import choice, datasets
from crmlib.choosing import logit, occasions

COSTS = ["installation_cost", "operating_cost"]
HEATING = {"occasion": "household_id", "alternative": "system", "chosen": "is_chosen"}
NAMES = {"occasion": "choice_id", "alternative": "brand", "chosen": "is_chosen"}


@pytest.fixture(scope="module")
def houses():
    return datasets.load_heating()


@pytest.fixture(scope="module")
def crackers():
    return datasets.load_cracker()


def made(rng, n, weights, *, brands="ABC", persons=None):
    """Choices from known weights; with `persons` each has a liking of their own for each brand."""
    k = len(brands)
    table = pd.DataFrame({"choice_id": np.repeat(np.arange(n), k), "brand": np.tile(list(brands), n)})
    for name in weights:
        table[name] = rng.normal(size=n * k)
    utility = sum(weight * table[name] for name, weight in weights.items()) + rng.gumbel(size=n * k)
    if persons is not None:
        table["person"] = table["choice_id"] % persons
        utility += rng.normal(size=(persons, k))[table["person"], np.tile(np.arange(k), n)]
    table["is_chosen"] = utility == utility.groupby(table["choice_id"]).transform("max")
    return table


# --- published numbers, to half a unit of the last printed digit ---------------------------------


def test_heating_gives_the_published_weights(houses):
    # Train and Croissant, Kenneth Train's exercises using the mlogit package for R, exercise 1, model with costs alone.
    model = choice.fit_choice(houses, **HEATING, drivers=COSTS)
    assert [round(weight, 8) for weight in model.params.values()] == [-0.00623187, -0.00458008]
    assert round(model.log_likelihood, 2) == -1095.24
    assert round(model.params["operating_cost"] / model.params["installation_cost"], 4) == 0.7349
    assert model.n_occasions == 900 and model.is_converged


def test_heating_with_constants_gives_the_published_weights(houses):
    # The same exercise, constants beside the heat pump; printed with 8 digits, the likelihood with 1.
    model = choice.fit_choice(houses, **HEATING, drivers=COSTS, base="heat_pump")
    expected = {
        "gas_central": 1.71097930,
        "gas_room": 0.30826328,
        "electric_central": 1.65884594,
        "electric_room": 1.85343697,
        "installation_cost": -0.00153315,
        "operating_cost": -0.00699637,
    }
    assert list(model.params) == list(expected)
    assert list(model.params.values()) == pytest.approx(list(expected.values()), abs=5e-8)
    assert round(model.log_likelihood, 1) == -1008.2


def test_switching_gives_the_published_example():
    # Rust, Lemon & Zeithaml (2004): last bought A; two purchases a year, 10 each, margin .4, discount .1, t = 0 to 6.
    moves = pd.DataFrame([[0.7, 0.3], [0.4, 0.6]], index=["A", "B"], columns=["A", "B"])
    terms = {"purchases_per_year": 2, "spend": 10, "margin_rate": 0.4, "discount_rate": 0.1, "n_purchases": 7}
    value = choice.switching_value(moves, "A", **terms)
    assert value.round(4).to_dict() == {"A": 16.3323, "B": 8.0480}
    assert value.sum() == pytest.approx(sum(4 / 1.1 ** (t / 2) for t in range(7)))


def test_crackers_are_bought_again_as_the_panel_says(crackers):
    bought = crackers[crackers["is_chosen"]]
    last = bought.groupby("household_id")["brand"].shift()
    brands = ["sunshine", "kleebler", "nabisco", "private"]
    moves = choice.switching_matrix(last, bought["brand"], alternatives=brands)
    assert np.diag(moves).round(3).tolist() == [0.386, 0.495, 0.842, 0.805]
    assert moves.sum(axis=1).tolist() == pytest.approx([1] * 4)


# --- laws -----------------------------------------------------------------------------------------


def test_by_hand_on_two_alternatives():
    # Three of four take the one that is a point better: e^w / (e^w + 1) = .75, w = ln 3; variance 1 / (4 x .75 x .25).
    table = pd.DataFrame({"choice_id": [1, 1, 2, 2, 3, 3, 4, 4], "brand": list("AB" * 4), "price": [1, 0] * 4})
    table["is_chosen"] = [True, False] * 3 + [False, True]
    model = choice.fit_choice(table, **NAMES, drivers=["price"])
    assert model.params["price"] == pytest.approx(np.log(3))
    assert model.standard_errors["price"] == pytest.approx((4 * 0.75 * 0.25) ** -0.5)
    assert model.log_likelihood == pytest.approx(3 * np.log(0.75) + np.log(0.25))
    assert model.null_log_likelihood == pytest.approx(4 * np.log(0.5))
    assert model.chances(table).tolist() == pytest.approx([0.75, 0.25] * 4)
    found = model.intervals().loc["price"]
    assert found["high"] - found["weight"] == pytest.approx(1.959964 * model.standard_errors["price"], abs=1e-6)
    assert model.score(table)["hit_rate"] == 0.75


def test_constants_alone_give_the_shares(crackers):
    model = choice.fit_choice(
        crackers, occasion="purchase_id", alternative="brand", chosen="is_chosen", drivers=[], base="private"
    )
    shares = crackers.groupby("brand")["is_chosen"].mean()
    assert model.shares(crackers).to_dict() == pytest.approx(shares.to_dict())
    counts = crackers.loc[crackers["is_chosen"], "brand"].value_counts()
    assert model.log_likelihood == pytest.approx((counts * np.log(counts / counts.sum())).sum())


def test_with_constants_the_shares_foretold_are_those_seen(houses):
    model = choice.fit_choice(houses, **HEATING, drivers=COSTS, base="heat_pump")
    seen = houses.groupby("system")["is_chosen"].mean()
    assert model.shares(houses).to_dict() == pytest.approx(seen.to_dict(), abs=1e-9)


def test_the_likelihood_is_highest_at_the_weights(houses):
    model = choice.fit_choice(houses, **HEATING, drivers=COSTS)
    arranged = occasions.arranged(houses, model.columns)
    rows = occasions.chosen_rows(houses, model.columns, arranged)
    at = model.weights * 1.3

    def likelihood(weights):
        return arranged.chances(weights)[1][rows].sum()

    slope = arranged.design[rows].sum(axis=0) - arranged.chances(at)[0] @ arranged.design
    assert approx_fprime(at, likelihood, 1e-9) == pytest.approx(slope, rel=1e-3)
    assert all(likelihood(model.weights * by) < model.log_likelihood for by in (0.99, 1.01))


def test_order_of_rows_and_a_constant_added_change_nothing(houses):
    model = choice.fit_choice(houses, **HEATING, drivers=COSTS)
    moved = houses.sample(frac=1, random_state=3).assign(operating_cost=lambda table: table["operating_cost"] + 1e4)
    again = choice.fit_choice(moved, **HEATING, drivers=COSTS)
    assert again.params == pytest.approx(model.params, rel=1e-7)
    assert again.standard_errors == pytest.approx(model.standard_errors, rel=1e-6)
    assert again.chances(moved).sort_index().tolist() == pytest.approx(model.chances(houses).tolist(), abs=1e-9)


def test_occasions_may_offer_different_alternatives():
    table = made(np.random.default_rng(5), 2_000, {"price": -1.0}, brands="ABCD")
    dropped = np.random.default_rng(6).random(len(table)) < 0.3
    kept = table[~dropped | table["is_chosen"]]
    kept = kept[kept.groupby("choice_id")["brand"].transform("size") > 1]
    model = choice.fit_choice(kept, **NAMES, drivers=["price"])
    assert model.chances(kept).groupby(kept["choice_id"]).sum().to_numpy() == pytest.approx(1)
    assert model.null_log_likelihood == pytest.approx(-np.log(kept.groupby("choice_id").size()).sum())
    assert model.params["price"] == pytest.approx(-1, abs=0.3)  # what was offered depends on the choice, a little


def test_a_newcomer_takes_from_all_alike(houses):
    """Independence from irrelevant alternatives: what is left keeps its proportions."""
    model = choice.fit_choice(houses, **HEATING, drivers=COSTS)
    without = houses[houses["system"] != "gas_room"]
    both = pd.DataFrame({"all": model.chances(houses), "four": model.chances(without)}).dropna()
    ratio = (both["all"] / both["four"]).groupby(houses["household_id"])
    assert (ratio.max() - ratio.min()).max() < 1e-12


# --- known truth ----------------------------------------------------------------------------------


def test_intervals_hold_the_weights_the_choices_were_made_of():
    rng, truth = np.random.default_rng(14), {"price": -0.8, "quality": 0.5}
    n_held = 0
    for _ in range(200):
        found = choice.fit_choice(made(rng, 300, truth), **NAMES, drivers=list(truth)).intervals()
        n_held += sum(found.loc[name, "low"] <= weight <= found.loc[name, "high"] for name, weight in truth.items())
    assert 0.92 < n_held / 400 < 0.98


def test_people_who_choose_often_count_once():
    """A driver that belongs to the person: occasions are no new evidence, and only intervals by chooser hold."""
    rng, held = np.random.default_rng(15), {"person": 0, None: 0}
    for _ in range(100):
        table = made(rng, 600, {"price": -0.5}, brands="AB", persons=30)
        liking = rng.normal(size=(30, 2))
        table["taste"] = liking[table["person"], np.tile([0, 1], 600)]
        for chooser in held:
            model = choice.fit_choice(table, **NAMES, drivers=["price", "taste"], chooser=chooser)
            low, high = model.intervals().loc["taste", ["low", "high"]]
            held[chooser] += low <= 0 <= high
    assert held["person"] >= 84 and held[None] < 60


# --- what a point more brings ---------------------------------------------------------------------


def test_what_is_gained_by_one_is_lost_by_the_others(houses):
    model = choice.fit_choice(houses, **HEATING, drivers=COSTS)
    after = choice.driver_return(model, houses, driver="installation_cost", alternative="heat_pump", by=-100)
    assert after["gained"].sum() == pytest.approx(0)
    assert after["gained"].drop("heat_pump").lt(0).all() and after.loc["heat_pump", "gained"] > 0
    assert (after["low"] < after["gained"]).all() and (after["gained"] < after["high"]).all()
    assert after["share"].to_dict() == pytest.approx(model.shares(houses).to_dict())
    one_percent = houses["installation_cost"].where(
        houses["system"] != "heat_pump", houses["installation_cost"] * 1.001
    )
    answered = model.shares(houses.assign(installation_cost=one_percent)) / model.shares(houses) - 1
    expected = choice.elasticities(model, houses, driver="installation_cost").loc["heat_pump"]
    assert (answered * 1000).to_dict() == pytest.approx(expected.to_dict(), rel=0.01)


def test_the_interval_of_what_is_gained_holds_the_truth():
    rng, n_held = np.random.default_rng(16), 0
    for _ in range(100):
        table = made(rng, 300, {"quality": 0.7})
        model = choice.fit_choice(table, **NAMES, drivers=["quality"])
        found = choice.driver_return(model, table, driver="quality", alternative="A").loc["A"]
        raised = table["quality"] + (table["brand"] == "A")
        before, after = (
            (np.exp(0.7 * values) / np.exp(0.7 * values).groupby(table["choice_id"]).transform("sum"))[
                table["brand"] == "A"
            ].mean()
            for values in (table["quality"], raised)
        )
        n_held += found["low"] <= after - before <= found["high"]
    assert 89 <= n_held <= 100


def test_nobody_rates_above_the_end_of_the_scale():
    table = made(np.random.default_rng(17), 200, {"quality": 1.0})
    table["quality"] = table["quality"].mul(2).round().clip(1, 5)
    model = choice.fit_choice(table, **NAMES, drivers=["quality"])
    free = choice.driver_return(model, table, driver="quality", alternative="A").loc["A", "gained"]
    held = choice.driver_return(model, table, driver="quality", alternative="A", highest=5).loc["A", "gained"]
    raised = table["quality"] + ((table["brand"] == "A") & (table["quality"] < 5))
    assert model.shares(table.assign(quality=raised))["A"] - model.shares(table)["A"] == pytest.approx(held)
    assert 0 < held < free


def test_a_hold_out_is_scored_without_being_fitted():
    rng = np.random.default_rng(18)
    old, new = (made(rng, 800, {"price": -1.0}) for _ in range(2))
    model = choice.fit_choice(old, **NAMES, drivers=["price"])
    score = model.score(new)
    by_hand = np.log(model.chances(new)[new["is_chosen"]])
    assert score["log_likelihood"] == pytest.approx(by_hand.sum())
    assert score["log_likelihood_per_occasion"] == pytest.approx(by_hand.mean())
    best = model.chances(new).groupby(new["choice_id"]).idxmax()
    assert score["hit_rate"] == pytest.approx(new.loc[best, "is_chosen"].mean())
    alike = choice.fit_choice(old, **NAMES, drivers=[], base="A").score(new)
    assert score["log_likelihood"] > alike["log_likelihood"]


def test_each_driver_is_raised_by_itself(houses):
    model = choice.fit_choice(houses, **HEATING, drivers=COSTS)
    both = choice.driver_returns(model, houses, alternative="heat_pump", drivers=COSTS, by=-50, highest=None)
    assert list(both.index) == COSTS and list(both.columns) == ["gained", "low", "high", "share", "share_after"]
    for driver in COSTS:
        one = choice.driver_return(model, houses, driver=driver, alternative="heat_pump", by=-50).loc["heat_pump"]
        assert both.loc[driver].to_dict() == pytest.approx(one.to_dict())


def test_the_lead_is_the_difference_of_the_logarithms_and_its_interval_holds():
    rng, n_held = np.random.default_rng(21), 0
    learned = made(rng, 400, {"price": -1.0, "quality": 0.6})
    full = choice.fit_choice(learned, **NAMES, drivers=["price", "quality"])
    part = choice.fit_choice(learned, **NAMES, drivers=["price"])
    large = made(rng, 40_000, {"price": -1.0, "quality": 0.6})
    truth = full.lead_over(part, large)["lead"]
    assert truth == pytest.approx((full.score(large) - part.score(large))["log_likelihood_per_occasion"])
    assert part.lead_over(full, large)["lead"] == pytest.approx(-truth)
    for _ in range(100):
        lead, low, high = full.lead_over(part, made(rng, 200, {"price": -1.0, "quality": 0.6}))
        n_held += low <= truth <= high
        assert low < lead < high
    assert 89 <= n_held <= 100


# --- refusals -------------------------------------------------------------------------------------


def changed(**columns):
    return made(np.random.default_rng(19), 60, {"price": -1.0}).assign(**columns)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (changed(is_chosen=False), "must have one alternative that was chosen; '0' has 0"),
        (changed(is_chosen=True), "must have one alternative that was chosen; '0' has 3"),
        (changed(is_chosen="yes"), "is_chosen must be true or false"),
        (changed().assign(price=lambda table: table["choice_id"]), "must differ between the alternatives.*price"),
        (changed().assign(price=lambda table: table["is_chosen"] * 1.0), r"price does \(separation\)"),
        (changed(brand="A"), "'A' stands twice in '0'"),
        (changed().iloc[[0, *range(3, 180)]], "must offer at least two alternatives; '0' has one"),
        (changed(choice_id=None), "every row must say its occasion"),
        (changed().drop(columns="price"), "must have the columns"),
        (changed(price=np.nan), "price"),
        (changed().iloc[:0], "it has none"),
    ],
    ids=["none", "two", "text", "constant", "separation", "twice", "alone", "no-id", "no-column", "missing", "empty"],
)
def test_what_cannot_be_fitted_is_refused_with_its_reason(table, message):
    with pytest.raises(ValueError, match=message):
        choice.fit_choice(table, **NAMES, drivers=["price"])


def test_separation_by_a_sum_of_drivers_is_seen():
    table = changed(quality=np.random.default_rng(20).normal(size=180))
    best = (table["price"] + 2 * table["quality"]).groupby(table["choice_id"]).transform("max")
    table["is_chosen"] = table["price"] + 2 * table["quality"] == best
    with pytest.raises(ValueError, match=r"price \+ quality does \(separation\)"):
        choice.fit_choice(table, **NAMES, drivers=["price", "quality"])


def test_drivers_that_say_the_same_are_refused():
    table = changed().assign(cents=lambda table: table["price"] * 100 + 3)
    with pytest.raises(ValueError, match="price, cents must not say the same"):
        choice.fit_choice(table, **NAMES, drivers=["price", "cents"])
    per_brand = table.assign(size=table["brand"].map({"A": 1, "B": 2, "C": 4}))
    with pytest.raises(ValueError, match="the constants say already"):
        choice.fit_choice(per_brand, **NAMES, drivers=["size"], base="A")


def test_arguments_are_checked():
    table = changed()
    with pytest.raises(ValueError, match="must name at least one column"):
        choice.fit_choice(table, **NAMES, drivers=[])
    with pytest.raises(ValueError, match="base must be one of the alternatives"):
        choice.fit_choice(table, **NAMES, drivers=["price"], base="Z")
    with pytest.raises(ValueError, match="different names; both have"):
        choice.fit_choice(table.rename(columns={"price": "B"}), **NAMES, drivers=["B"], base="A")
    with pytest.raises(ValueError, match="more choosers than weights"):
        choice.fit_choice(table.assign(person=1), **NAMES, drivers=["price"], chooser="person")
    model = choice.fit_choice(table, **NAMES, drivers=["price"], base="A")
    with pytest.raises(ValueError, match=r"must be one of \['A', 'B', 'C'\].*\['Z'\]"):
        model.chances(table.replace({"brand": {"C": "Z"}}))
    with pytest.raises(ValueError, match="driver must be one of"):
        choice.driver_return(model, table, driver="taste", alternative="A")
    with pytest.raises(ValueError, match="alternative must be one of"):
        choice.driver_return(model, table, driver="price", alternative="Z")
    with pytest.raises(ValueError, match="driver must be one of"):
        choice.elasticities(model, table, driver="taste")


def test_switching_is_checked():
    last, following = pd.Series(["A", None, "C"]), pd.Series(["A", "A", "A"])
    with pytest.raises(ValueError, match=r"one of \['A', 'B'\]; got \['C'\]"):
        choice.switching_matrix(last, following, alternatives=["A", "B"])
    moves = choice.switching_matrix(last, following, alternatives=["A", "B", "C"])
    assert moves.loc["B"].isna().all() and moves.loc["C", "A"] == 1
    people = ["ann", "ann", "bob"]  # as an index of people has it
    assert choice.switching_matrix(
        last.set_axis(people), following.set_axis(people), alternatives=["A", "B", "C"]
    ).equals(moves)
    with pytest.raises(ValueError, match="same rows"):
        choice.switching_matrix(last, following.iloc[::-1], alternatives=["A", "B", "C"])
    with pytest.raises(ValueError, match="there is none"):
        choice.switching_matrix(last.iloc[[1]], following.iloc[[1]], alternatives=["A"])
    terms = {"purchases_per_year": 2, "spend": 10, "margin_rate": 0.4, "discount_rate": 0.1, "n_purchases": 7}
    with pytest.raises(ValueError, match="each row must add up to 1"):
        choice.switching_value(moves, "A", **terms)
    whole = pd.DataFrame([[0.5, 0.5], [1.5, -0.5]], index=["A", "B"], columns=["A", "B"])
    with pytest.raises(ValueError, match="share from 0 to 1"):
        choice.switching_value(whole, "A", **terms)
    with pytest.raises(ValueError, match="last must be one of"):
        choice.switching_value(pd.DataFrame(np.eye(2), list("AB"), list("AB")), "Z", **terms)


def test_the_search_says_when_it_did_not_end(monkeypatch, houses):
    monkeypatch.setattr(logit, "FLAT", 0.0)
    assert not choice.fit_choice(houses, **HEATING, drivers=COSTS).is_converged
