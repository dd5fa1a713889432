"""Whether a model of purchases is fit to be used: CDNOW beside its papers, and models that are ill."""

import dataclasses

import numpy as np
import pytest
from scipy.special import betaln, gammaln

from crmlib import customers, datasets, health, purchases, value


@pytest.fixture(scope="module")
def bought():
    return customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit="week")


@pytest.fixture(scope="module")
def model(bought):
    return purchases.fit_bg_nbd(bought["frequency"], bought["recency"], bought["tenure"])


@pytest.fixture(scope="module")
def spending(bought):
    again = bought[bought["monetary"] > 0]
    return purchases.fit_gamma_gamma(again["frequency"], again["monetary"])


def test_they_are_at_hand_in_value():
    assert value.check_purchase_model is health.check_purchase_model
    assert value.repeat_purchase_histogram is health.repeat_purchase_histogram


def test_repeats_drawn_are_those_of_the_closed_form(model, bought):
    """Fader, Hardie & Lee (2005), "Counting Your Customers" the Easy Way, equation 8."""
    r, alpha, a, b = model.params.values()
    x, t = np.arange(7.0), bought["tenure"].to_numpy()[:, None]
    buys = np.exp(
        gammaln(r + x) - gammaln(r) - gammaln(x + 1) + r * np.log(alpha / (alpha + t)) + x * np.log(t / (alpha + t))
    )
    fewer = np.cumsum(buys, axis=1) - buys
    stays = np.exp(betaln(a, b + x) - betaln(a, b))
    leaves = np.where(x > 0, np.exp(betaln(a + 1, np.maximum(b + x - 1, b)) - betaln(a, b)), 0.0)
    closed = (stays * buys + leaves * (1 - fewer)).mean(axis=0)
    table = health.repeat_purchase_histogram(model, bought)
    assert table["predicted_share"].to_numpy()[:7] == pytest.approx(closed, abs=0.005)
    assert table["predicted_share"].sum() == pytest.approx(1)
    assert table["actual_share"].to_numpy()[0] == (bought["frequency"] == 0).mean()


def test_the_health_of_cdnow(model, spending, bought):
    table = health.check_purchase_model(model, spending, bought)
    assert (table["verdict"] == "good").all()
    assert (table["what_to_do"] == "").all()
    found = table["found"].to_list()
    assert round(found[3], 2) == 0.11  # the correlation that Fader, Hardie & Lee (2005) print
    assert found[4] == pytest.approx(1411 / 2357)
    assert found[6] == 946


def test_an_ill_model_is_seen(model, spending, bought):
    odd = bought.assign(monetary=bought["monetary"].where(bought["frequency"] == 0, 10.0 * bought["frequency"]))
    few = dataclasses.replace(model, is_converged=False, covariance_of_logs=np.eye(4) * 4.0)
    table = health.check_purchase_model(few, spending, odd.head(150))
    assert table["verdict"].astype(str).tolist() == [
        "unusable",
        "doubtful",
        "good",
        "unusable",
        "good",
        table["verdict"].iloc[5],
        "unusable",
    ]
    assert (table["what_to_do"] != "").to_list() == (table["verdict"] != "good").to_list()
    other = dataclasses.replace(model, params={"r": 3.0, "alpha": 4.4, "a": 0.8, "b": 2.4})
    assert health.check_purchase_model(other, spending, bought)["verdict"].iloc[5] == "unusable"


def test_models_and_tables_are_checked(model, spending, bought):
    with pytest.raises(TypeError, match="fit_gamma_gamma"):
        health.check_purchase_model(spending, model, bought)
    with pytest.raises(ValueError, match="at least one customer"):
        health.repeat_purchase_histogram(model, bought.head(0))
