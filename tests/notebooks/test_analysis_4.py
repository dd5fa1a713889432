"""The analysis of chapter 4: the hold-out decides what its numbers are, and where no model is carried it says so."""

import re

import numpy as np
import pandas as pd
import pytest
from analyses import many, orders, read_cells, run_cells, skipped, texts
from helpers import find_half_width

from crmlib import datasets, language, value
from crmlib.files.places import SOURCES

SOURCE = SOURCES / "4-crm-strategy" / "analysis.py"
NO_NUMBER = re.compile(r"\b(nan|inf|NaT|None)\b|–(?! \d)|∞", re.IGNORECASE)
FROM_A_TO_A = re.compile(r"(?:^|[\s(（])(\S+) (to|至) \1([;)，。；）]|[.,]?(\s|$))")

ACT, MARGIN, HEALTH, TEST = "Whom to act on", "Margin", "Can these data carry a model?", "Does the model predict?"
WORTH, STILL, KINDS = "What is each customer worth?", "Who is a customer still?", "Which segments hold the worth?"
GROWTH, FORMULA = "More, longer, deeper", "What does the course's formula say?"
NO_MODEL = {HEALTH, TEST, WORTH, STILL}
CONTRACTS = "What are the contracts worth?"
ALWAYS = {MARGIN, KINDS, CONTRACTS}  # neither cost, nor a column that sorts customers, nor contracts


def shop(n=500, *, days=730, seed=3, gap=30.0, start="2023-01-01"):
    """n customers who come by and by, buy at a rate of their own, and leave without a word."""
    rng, rows = np.random.default_rng(seed), []
    for i in range(n):
        rate, leaves, size = rng.gamma(1, 1 / gap), rng.beta(0.8, 4), rng.gamma(4, 10)
        day = rng.integers(0, int(days * 0.9))
        while day < days:
            bought = pd.Timestamp(start) + pd.Timedelta(days=int(day))
            rows.append((f"c{i:04}", bought, round(float(rng.gamma(6, size / 6)), 2)))
            if rng.random() < leaves:
                break
            day += rng.exponential(1 / rate)
    return orders(*zip(*rows, strict=True))


def yearly(n=400, years=8):
    """Gifts of one day a year, as lists of donors have them."""
    rng, rows = np.random.default_rng(1), []
    for i in range(n):
        gives, leaves = rng.beta(1.2, 0.75), rng.beta(0.66, 2.8)
        rows.append((f"d{i:04}", 0))
        for year in range(1, years):
            if rng.random() < leaves:
                break
            if rng.random() < gives:
                rows.append((f"d{i:04}", year))
    who, year = zip(*rows, strict=True)
    return orders(who, [f"{2017 + one}-06-30" for one in year], rng.lognormal(3, 1, len(rows)).round(2))


def monthly(n=200):
    """Contracts: the same amount every month, until it ends."""
    rng, rows = np.random.default_rng(2), []
    for i in range(n):
        leaves = rng.beta(1, 9)
        for month in range(rng.integers(0, 24), 36):
            rows.append((f"s{i:03}", pd.Timestamp("2022-01-05") + pd.DateOffset(months=int(month)), 9.9))
            if rng.random() < leaves:
                break
    return orders(*zip(*rows, strict=True))


def leaving():
    """Customers who come, buy and leave: the test is passed in part, the parameters of all years are not told."""
    rng, rows = np.random.default_rng(77), []
    for i in range(700):
        start, life, rate = rng.integers(0, 900), rng.exponential(420), rng.gamma(0.9, 1 / 35)
        day = start
        while day < min(start + life, 1095):
            amount = round(float(rng.lognormal(3.6, 0.6)), 2)
            rows.append((f"c{i:04}", pd.Timestamp("2023-01-02") + pd.Timedelta(days=int(day)), amount))
            day += rng.exponential(1 / rate)
    return orders(*zip(*rows, strict=True))


FORTY = [f"c{i:02}" for i in range(40)]
TINY = {
    "one order": (orders(["a"], ["2024-05-05"], [10.0]), NO_MODEL | {GROWTH, FORMULA}, "only 1 customer bought"),
    "20 customers": (shop(20), NO_MODEL | {GROWTH}, "only 20 customers bought"),
    "bought once": (
        orders([f"c{i}" for i in range(200)], pd.date_range("2024-01-01", periods=200), 20.0),
        NO_MODEL | {GROWTH},
        "nobody bought again",
    ),
    "three weeks": (shop(300, days=21, gap=5.0), NO_MODEL | {GROWTH, FORMULA}, "the data cover 21 days"),
    "only refunds": (
        orders(list("abcdefgh"), pd.date_range("2024-01-01", periods=8, freq="20D"), -5.0),
        NO_MODEL | {GROWTH, FORMULA, ACT},
        "only 0 customers bought",
    ),
    "all zero": (shop().assign(amount=0.0), NO_MODEL | {GROWTH, FORMULA, ACT}, "do not tell its parameters"),
    "once a year": (yearly(), NO_MODEL, "purchases lie on few days"),
    "contracts": (monthly(), NO_MODEL, "customers buy at even gaps"),
    "all alike": (
        orders(FORTY * 30, pd.date_range("2024-01-01", periods=30, freq="14D").repeat(40), 10.0),
        NO_MODEL,
        "customers buy at even gaps",
    ),
    "as many each": (many(99).drop(columns="cost"), NO_MODEL, "do not tell its parameters"),
    "leaving": (leaving(), {WORTH, STILL}, "do not tell its parameters"),
    "a shop": (shop(), set(), None),
    "a date in the far future": (pd.concat([shop(), orders(["c0001"], ["2052-01-01"], [9.0])]), set(), None),
}  # fmt: skip


def headline(marks):
    return next(mark for mark in marks if mark["kind"] == "headline")


def facts(marks):
    return {fact["name"]: fact["value"] for fact in headline(marks)["facts"]}


def said(marks, start):
    return next((text for text in texts(marks) if text.startswith(start)), None)


def acted_on(marks):
    return next(mark for mark in marks if mark["kind"] == "act_on")


@pytest.fixture(scope="module")
def company():
    return {
        name: table
        for name, table in datasets.load_teaching_company().items()
        if name in ("transactions", "customers", "subscriptions")
    }


@pytest.fixture(scope="module")
def usual(company, tmp_path_factory):
    """The analysis of the teaching company as it comes, once: marks, names, and the folder of its tables."""
    folder = tmp_path_factory.mktemp("usual")
    with pytest.MonkeyPatch.context() as patch, language.speaking("en"):
        marks, names = run_cells(SOURCE, folder, company, patch)
    return marks, names, folder / "out" / "tables"


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The analysis of the shop, once: marks and names."""
    with pytest.MonkeyPatch.context() as patch, language.speaking("en"):
        return run_cells(SOURCE, tmp_path_factory.mktemp("plain"), {"transactions": shop()}, patch)


# --- any orders ---


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("name", TINY)
def test_the_notebook_goes_on_and_says_what_it_leaves_out(analyze, name, spoken):
    lines, expected, why = TINY[name]
    marks, names = analyze(lines, language=spoken)
    language.use(spoken)
    assert set(skipped(marks)) == {language.t(section) for section in expected | ALWAYS}
    answer = headline(marks)["answer"]
    assert 3 <= len(answer) <= 5
    assert names["has_model"] == (why is None)
    if why and spoken == "en":
        assert answer[0].startswith("These data carry no model of purchases: ") and why in answer[0]
        assert not any("numbers of the model are shown" in text for text in texts(marks))
    for text in (*(mark["text"] for mark in marks), *answer):
        assert not NO_NUMBER.search(text), text
        assert not FROM_A_TO_A.search(text), text
        if spoken == "zh":
            assert find_half_width(text) == []
    assert len(texts(marks)) == len(set(texts(marks)))  # nothing is said twice


def test_cells_are_short():
    assert [cell.source for cell in read_cells(SOURCE) if len(cell.source.splitlines()) > 20] == []


def test_orders_are_what_it_takes(analyze):
    values = pd.DataFrame({"customer_id": FORTY, "value": range(1, 41)})
    with pytest.raises(ValueError, match="data must have transactions to be analyzed; it has customer_values"):
        analyze({"customer_values": values})


@pytest.mark.parametrize(
    "wrong",
    [{"horizon_days": 0}, {"discount_rate": -0.1}, {"margin_rate": 30}, {"retention_rate": 1.2}, {"unit": "hour"}],
)
def test_a_setting_out_of_its_range_is_refused_by_name(analyze, wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        analyze(shop(50), **wrong)


def test_a_default_is_called_one_until_it_is_set(analyze):
    start = "As the notebook comes, not as you have chosen: "
    assert "the horizon, 365 days; the discount rate, 10% a year; the margin rate, 20%; the retention" in said(
        analyze(shop(20))[0], start
    )
    own = {"horizon_days": 180, "discount_rate": 0.05, "margin_rate": 0.3, "retention_rate": 0.6}
    assert said(analyze(shop(20), **own)[0], start) is None


# --- the answer ---


def test_the_answer_is_what_the_table_of_customers_adds_up_to(usual):
    marks, names, folder = usual
    kept = pd.read_csv(folder / "4-customers.csv", index_col="customer_id")
    assert facts(marks)["customer_equity"] == pytest.approx(kept["worth"].sum())
    assert facts(marks)["still_customers"] == pytest.approx(kept["probability_alive"].sum())
    assert kept["worth"].is_monotonic_decreasing and len(kept) == names["n_bought"]
    assert names["lowest"] < names["total"] < names["highest"]
    assert len(headline(marks)["answer"]) == 5
    assert skipped(marks) == []


def test_the_worth_of_a_customer_is_that_of_the_models(usual):
    _, names, _ = usual
    bought, best = names["bought"], names["best"]
    model, spending = names["fitted"][best]
    ahead = {"discount_rate": 0.1, "periods": 365 / 7, "unit": "week", "n_draws": 40}
    one = value.purchase_value(model, spending, bought.head(50), margin_rate=1.0, **ahead)
    expected = one["value"] * names["margin"].reindex(one.index)
    np.testing.assert_allclose(names["worth"]["value"].head(50), expected)


def test_an_interval_that_did_not_hold_what_came_is_as_wide_as_the_miss(usual):
    marks, names, _ = usual
    miss = names["then"]["holdout_spent"].sum() / names["of_money"][names["best"]].sum() - 1
    assert not names["of_test"][0] <= miss <= names["of_test"][1]
    assert names["highest"] / names["total"] - 1 >= abs(miss) - 1e-9
    assert "if it is off by as much as in its test" in headline(marks)["answer"][0]
    assert "95% interval" not in headline(marks)["answer"][0]


def test_half_of_the_worth_is_counted(usual):
    marks, names, _ = usual
    by_worth, n = names["by_worth"], names["n_half"]
    assert by_worth.head(n - 1).sum() < names["total"] / 2 <= by_worth.head(n).sum()
    assert f"Half of all the worth is that of {n} customers." in headline(marks)["answer"][1]


def test_a_longer_horizon_is_worth_more_and_discounting_less(analyze, plain):
    longer, dear = (
        facts(analyze(shop(), **more)[0])["customer_equity"] for more in ({"horizon_days": 730}, {"discount_rate": 0.5})
    )
    assert dear < facts(plain[0])["customer_equity"] < longer < 2 * facts(plain[0])["customer_equity"]


def test_the_unit_of_time_changes_next_to_nothing(analyze, plain):
    by_week, other = facts(plain[0]), facts(analyze(shop(), unit="month")[0])
    for name in ("customer_equity", "still_customers"):
        assert other[name] == pytest.approx(by_week[name], rel=0.02)


# --- the hold-out decides ---


def test_held_out_is_the_last_third_and_who_came_later_is_not_in_it(usual):
    _, names, folder = usual
    assert str(names["cut"].date()) == "2024-12-31" and names["test_days"] == 365
    lines = names["transactions"]
    known = lines[(lines["order_date"] < "2025-01-01") & (lines["amount"] >= 0)]
    assert set(names["then"].index) == set(known["customer_id"])
    later = lines[(lines["order_date"] >= "2025-01-01") & lines["customer_id"].isin(names["then"].index)]
    kept = pd.read_csv(folder / "4-holdout.csv")
    of_money = kept[kept["measure"] == "money"]
    np.testing.assert_allclose(of_money["actual"], later["amount"].sum())


def slump(lines, factor, day="2024-05-01"):
    """The same orders, but after a day only a share of them was made."""
    is_late = pd.to_datetime(lines["order_date"]) >= day
    keep = np.random.default_rng(7).random(len(lines)) < factor
    return lines[~is_late | keep]


@pytest.mark.parametrize(
    ("factor", "verdict", "first", "then"),
    [
        (1.0, "holds", "Those who have bought so far are worth ", "That is near enough"),
        (0.82, "doubtful", "Doubtful: those who have bought so far may be worth about ", "That is too far off"),
        (
            0.35,
            "fails",
            "These data carry no model of purchases: the model missed by more than 50% in the test",
            "That is no forecast",
        ),
    ],
)
def test_the_test_decides_whether_numbers_are_an_answer(analyze, factor, verdict, first, then):
    marks, names = analyze(slump(shop(900), factor))
    assert names["tested_verdict"] == verdict
    assert headline(marks)["answer"][0].startswith(first)
    assert said(marks, then)
    assert any("Tested on the last" in text for text in headline(marks)["answer"])
    assert (WORTH in skipped(marks)) == (verdict == "fails")
    assert ("still_customers" in facts(marks)) == (verdict != "fails")


def test_where_nobody_came_back_the_model_has_failed_and_that_is_no_lack_of_data(analyze):
    lines = shop(900)
    early = lines[pd.to_datetime(lines["order_date"]) < "2024-04-25"]
    late = shop(200, days=240, seed=9, start="2024-05-06")
    marks, names = analyze(pd.concat([early, late.assign(customer_id="new " + late["customer_id"])]))
    assert names["came"].sum() == 0 and names["tested_verdict"] == "fails"
    assert any("purchases that were predicted none came" in text for text in texts(marks, "skipped"))
    assert any("it was wrong altogether" in text for text in headline(marks)["answer"])


def test_a_test_far_shorter_than_the_horizon_and_few_customers_make_it_doubtful(analyze):
    marks, names = analyze(shop(800, days=91, gap=7.0))
    assert (names["tested_verdict"], names["verdict"]) == ("holds", "doubtful")
    assert "No plan should rest on it: it was tested over 30 days only." in headline(marks)["answer"][0]
    assert said(marks, "That is near enough, and yet the numbers of the model are shown as doubtful")
    marks, names = analyze(shop(100))
    if names["has_model"]:
        assert names["verdict"] == "doubtful"
        assert "its health check warns of: customers who bought again (" in headline(marks)["answer"][0]


def test_a_verdict_does_not_hang_on_one_customer(analyze):
    lines = shop(900)
    days = pd.date_range("2024-05-01", "2024-12-30", periods=8).normalize()
    giant = orders("c0001", days, 40_000.0)
    early = orders("c0001", pd.date_range("2023-03-01", "2024-04-01", periods=9).normalize(), 30.0)
    _, names = analyze(pd.concat([lines[lines["customer_id"] != "c0001"], early, giant]))
    together, without = names["misses"][2:]
    assert abs(together) > 0.5 > abs(without)
    assert names["tested_verdict"] == "fails"  # the worse of the two decides
    (cell,) = [cell for cell in read_cells(SOURCE) if "def misses_of" in cell.source]
    parts = {"pd": pd, "np": np, "why_not": "x", "best": None, "tested": {}}
    exec(compile(cell.source, "cell", "exec"), parts)
    predicted, actual = pd.Series({"ann": 10.0, "bob": 10.0}), pd.Series({"ann": 10.0, "bob": 40.0})
    assert parts["misses_of"](predicted, actual) == [20 / 50 - 1, 0.0]


def test_bg_nbd_is_taken_only_where_it_errs_less_without_any_one_customer(analyze):
    (cell,) = [cell for cell in read_cells(SOURCE) if "def misses_of" not in cell.source and "best = " in cell.source]

    class Flat:
        def __init__(self, *values):
            self.values = pd.Series(values, dtype=float)

        def future_purchases(self, *_):
            return self.values

        def expected_purchase(self, *_):
            return pd.Series(1.0, index=self.values.index)

    def best(of_mbg, of_bg):
        then = pd.DataFrame(
            {"holdout_purchases": [2, 2, 2], "frequency": 1, "recency": 1, "tenure": 2, "monetary": 1.0}
        )
        tested = {"MBG/NBD": (Flat(*of_mbg), Flat(*of_mbg)), "BG/NBD": (Flat(*of_bg), Flat(*of_bg))}
        names = {"then": then, "tested": tested, "fitted": tested, "forecasts": {}, "of_money": {}, "pd": pd, "np": np}
        names |= {"test_days": 7, "DAYS": {"week": 7}, "unit": "week", "UNDER": ["frequency", "recency", "tenure"]}
        exec(compile(cell.source, "cell", "exec"), names)
        return names["best"]

    assert best((1, 1, 1), (2, 2, 2)) == "BG/NBD"
    assert best((2, 2, 1), (2, 2, 2)) == "MBG/NBD"  # by one customer
    assert best((2, 2, 2), (1, 1, 1)) == "MBG/NBD"


def test_cdnow_is_predicted(analyze):
    lines = datasets.load_cdnow()
    marks, names = analyze(lines, margin_rate=0.3)
    assert names["verdict"] == "holds" and names["best"] == "MBG/NBD"
    assert "at the margin rate you have set, 30.0%" in headline(marks)["answer"][0]
    assert said(marks, "Bought once: 1,")
    # Everybody in it first bought in the first quarter of 1997.
    assert said(marks, "Seen for the first time in the first tenth of the data")
    assert 0 < names["n_alive"] < 1500  # one-time buyers are not alive for certain
    # Of many customers some are drawn, and the range of the total is about the same.
    models, ahead = names["fitted"]["MBG/NBD"], names["ahead"]
    whole = names["range_of_total"](models, names["bought"], **ahead)
    names["MOST_DRAWN"] = 800
    some = names["range_of_total"](models, names["bought"], **ahead)
    np.testing.assert_allclose(some[1], whole[1], rtol=0.4)


def test_complete_journey_runs(analyze):
    lines = datasets.load_data("complete-journey")[0]["transactions"]
    by_day = lines.assign(order_date=lines["order_date"].dt.normalize())
    by_day = by_day.groupby(["customer_id", "order_date"], as_index=False)["amount"].sum()
    marks, names = analyze(by_day)
    # A year of data is tested over its last third: too short to answer for a year, however well that third came out.
    assert names["verdict"] == "doubtful"
    assert "No plan should rest on it: it was tested over 122 days only." in headline(marks)["answer"][0]
    assert len(names["then"]) > 2000


# --- where no model is carried ---


def test_the_formula_is_called_an_assumption_and_reckoned_by_hand(analyze):
    lines = shop(20)
    marks, names = analyze(lines)
    last = names["as_of"]
    is_year = pd.to_datetime(lines["order_date"]) > last - pd.Timedelta(days=365)
    by_hand = lines.loc[is_year, "amount"].sum() * 0.2 * 0.7 / 1.1
    assert facts(marks)["customer_equity"] == pytest.approx(by_hand)
    assert "which is an assumption of the notebook's, not measured" in headline(marks)["answer"][1]
    marks, _ = analyze(lines, retention_rate=0.5, margin_rate=0.4)
    assert facts(marks)["customer_equity"] == pytest.approx(by_hand * 2 * 5 / 7)
    assert "which you have set" in headline(marks)["answer"][1]


def test_the_formula_gives_no_number_where_the_data_are_far_too_short(analyze):
    marks, _ = analyze(TINY["three weeks"][0])
    assert "customer_equity" not in facts(marks)
    assert "What the customers are worth cannot be told: the data cover 21 days" in headline(marks)["answer"][1]
    marks, _ = analyze(TINY["three weeks"][0], horizon_days=60)
    assert facts(marks)["customer_equity"] > 0
    assert said(marks, "The data are shorter than the horizon")


def test_of_contracts_the_share_who_paid_again_is_offered_as_the_rate(analyze, plain):
    for name in ("contracts", "once a year"):
        assert any("that is a retention rate: set retention_rate" in text for text in texts(analyze(TINY[name][0])[0]))
    found = said(plain[0], "Of the customers of the 182 days before the last 182")
    assert "a year." in found and found.endswith("The retention rate is hardly below that.")


# --- whom to act on ---


def test_the_list_is_of_those_worth_much_who_may_have_left(usual):
    marks, names, folder = usual
    kept = pd.read_csv(folder / "4-act-on.csv", index_col="customer_id")
    assert len(kept) == acted_on(marks)["n_all"] > 10 and kept["at_stake"].is_monotonic_decreasing
    alive = names["alive"].reindex(kept.index)
    assert alive.between(0.05, 0.8).all()
    there = names["worth"]["value"] / names["alive"]
    np.testing.assert_allclose(kept["at_stake"] + kept["worth"], there.reindex(kept.index))
    assert (
        kept["why"].str.match(r"(\d+ orders, one every [\d.]+ days on average; none for \d+ days|bought once, )").all()
    )


def test_a_big_customer_who_stopped_stands_on_the_list(analyze):
    lines = shop()
    stopped = orders("zz", pd.date_range("2024-01-05", "2024-11-20", freq="9D"), 200.0)
    _, names = analyze(pd.concat([lines, stopped]))
    assert names["act_on"].index[0] == "zz"


def test_without_a_model_it_is_those_who_wait_longer_than_they_usually_do(analyze):
    days = [day for i in range(20) for day in pd.date_range("2024-01-01", periods=12, freq=f"{20 + i}D")]
    lines = orders(np.repeat([f"c{i:02}" for i in range(20)], 12), days, np.repeat(np.arange(1, 21) * 10.0, 12))
    late = orders(["late"] * 12, pd.date_range("2024-01-01", periods=12, freq="10D"), 900.0)
    marks, names = analyze(pd.concat([lines, late]))
    assert not names["has_model"] and names["act_on"].index.tolist() == ["late"]
    assert names["act_on"].loc["late", "why"].startswith("12 orders, one every 10 days on average; none for ")


def test_names_out_of_the_data_neither_run_nor_break_a_sentence(analyze, tmp_path):
    odd = ["<script>alert(1)</script>", "=HYPERLINK(1)", "{brace}", "100%", "$5 & $6"]
    lines = shop()
    top = lines.groupby("customer_id")["amount"].sum().sort_values().index[-40:]
    lines["customer_id"] = lines["customer_id"].replace(
        dict(zip(top, [f"{odd[i % 5]}{i}" for i in range(40)], strict=True))
    )
    marks, names = analyze(lines)
    assert names["has_model"]
    kept = (tmp_path / "out" / "tables" / "4-customers.csv").read_text(encoding="utf-8-sig")
    assert not re.search(r"^=", kept, flags=re.MULTILINE)
    kinds = lines.drop_duplicates("customer_id")[["customer_id"]].assign(
        customer_type=lambda table: np.resize(["person", "organisation"], len(table)),
        city=lambda table: np.resize(["<b>Bonn</b>", "{city}", "=1+1"], len(table)),
    )
    marks, _ = analyze({"transactions": lines, "customers": kinds})
    assert KINDS not in skipped(marks) and any("city: " in text for text in texts(marks))


@pytest.mark.parametrize("shown", [False, True])
def test_names_stand_there_only_where_they_are_asked_for(analyze, shown):
    lines = pd.concat([shop(20), orders(["late"] * 12, pd.date_range("2024-01-01", periods=12, freq="10D"), 900.0)])
    people = pd.DataFrame({"customer_id": lines["customer_id"].unique()})
    people["name"] = [f"Ann Number{i}" for i in range(len(people))]
    marks, names = analyze({"transactions": lines, "customers": people}, show_personal=shown)
    assert ("name" in names["act_on"]) == shown
    assert any("Ann Number" in cell for row in acted_on(marks)["rows"] for cell in row) == shown


def test_whom_to_act_on_is_read_in_chinese(analyze):
    marks, names = analyze(shop(), language="zh")
    listed = acted_on(marks)
    assert len(names["act_on"]) > 0
    written = " ".join([*listed["columns"], *(cell for row in listed["rows"] for cell in row[1:])])
    assert set(re.findall(r"[a-z]{3,}", written, re.IGNORECASE)) == set()


# --- margin, segments, growth, doubts ---


def test_margin_is_from_the_costs_with_five_purchases_more_like_all(analyze):
    lines = shop()
    rate = np.where(lines["customer_id"] < "c0250", 0.5, 0.9)
    lines["cost"] = lines["amount"] * rate
    marks, names = analyze(lines)
    assert names["margin_from"] == "cost" and MARGIN not in skipped(marks)
    of_all = 1 - lines["cost"].sum() / lines["amount"].sum()
    n = lines.groupby("customer_id")["order_date"].nunique()
    own = (0.5 * n + 5 * of_all) / (n + 5)
    low = own.index < "c0250"
    np.testing.assert_allclose(names["margin"][own.index[low]], own[low])
    assert names["worth"]["value"].sum() == pytest.approx(facts(marks)["customer_equity"])


def test_too_many_missing_costs_are_no_margin(analyze):
    lines = shop().assign(cost=5.0)
    lines.loc[lines.index % 3 == 0, "cost"] = np.nan
    marks, names = analyze(lines)
    assert names["margin_from"] == "default"
    assert any("lines without a cost: " in text for text in texts(marks, "skipped"))
    assert "which is the notebook's default and not yours" in headline(marks)["answer"][0]


def test_segments_add_up_to_the_whole(usual):
    marks, names, folder = usual
    for place in (1, 2, 3):
        kept = pd.read_csv(folder / f"4-by-{place}.csv")
        assert kept["worth"].sum() == pytest.approx(names["total"])
        assert kept["worth_share"].sum() == pytest.approx(1)
        assert kept["n_customers"].sum() == len(names["ever"])
    assert said(marks, "customer type: organisation holds")


def test_growth_adds_up_and_a_part_is_shown_only_beyond_its_interval(usual):
    _, names, folder = usual
    parts = pd.read_csv(folder / "4-growth.csv", index_col="part")
    base = pd.read_csv(folder / "4-base.csv")
    change = base["equity"].diff().iloc[-1]
    assert parts.loc[["more", "longer", "deeper"], "amount"].sum() == pytest.approx(change)
    shown = set(names["moved"].index)
    for name, row in parts.drop("change").iterrows():
        assert (name in shown) == (row["low"] > 0 or row["high"] < 0)
    lines, last = names["transactions"], names["as_of"]
    is_last = (lines["order_date"] > last - pd.Timedelta(days=364)) & (lines["amount"] >= 0)
    assert base["n_customers"].iloc[-1] == lines.loc[is_last, "customer_id"].nunique()


def test_contracts_are_valued_by_the_share_that_stays(analyze):
    start = pd.Timestamp("2023-01-01")
    ends = [pd.NaT] * 60 + [pd.Timestamp("2024-07-01") + pd.Timedelta(days=i) for i in range(40)]
    table = pd.DataFrame(
        {"subscription_id": [f"S{i}" for i in range(100)], "customer_id": [f"c{i:04}" for i in range(100)]}
    )
    table = table.assign(monthly_fee=100.0, monthly_cost=60.0, start_date=start, end_date=ends)
    lines = pd.concat([shop(20), orders(["c0000"], ["2024-12-31"], [1.0])])
    marks, names = analyze({"transactions": lines, "subscriptions": table})
    months = (60 * 365 + sum(182 + i for i in range(40))) / (
        365.25 / 12
    )  # from 1 January 2024, the day after 365 days ago
    stay = 1 - 40 / months
    step = stay / 1.1 ** (1 / 12)
    by_hand = 60 * 40.0 * sum(step**k for k in range(1, 13))
    assert names["of_contracts"][0] == pytest.approx(by_hand, rel=1e-3)
    assert names["of_contracts"][1] < by_hand < names["of_contracts"][2]
    assert f"from month to month {stay:.1%} stay" in said(marks, "Running at the end of 2024-12-31: 60 contracts")
    assert any(text.startswith("Not in it: 60 contracts that are running") for text in headline(marks)["answer"])
    few, _ = analyze({"transactions": lines, "subscriptions": table.head(65)})
    assert CONTRACTS in skipped(few) and not any("Not in it" in text for text in headline(few)["answer"])


def test_a_horizon_beyond_the_test_is_a_doubt(analyze, plain):
    assert "and is asked for 365: beyond the test" in said(plain[0], "The model was tested over 24")
    marks, _ = analyze(shop(), horizon_days=240)
    assert said(marks, "The model was tested over") is None
    assert said(analyze(shop(), horizon_days=1000)[0], "The horizon is longer than all the data")


def test_one_customer_who_is_a_tenth_of_it_all_is_named(analyze):
    lines = shop()
    big = orders("zz", pd.date_range("2023-01-05", "2024-12-20", freq="14D"), 2000.0)
    marks, _ = analyze(pd.concat([lines, big]))
    assert said(marks, "One customer, zz, is ")


def test_lines_after_a_given_day_are_counted_out(analyze):
    lines = shop()
    marks, names = analyze(lines, as_of="2024-06-30")
    assert "They are not counted." in said(marks, "Lines after 2024-06-30: ")
    early = lines[pd.to_datetime(lines["order_date"]) <= "2024-06-30"]
    again, other = analyze(early, as_of="2024-06-30")
    assert facts(again) == facts(marks)
    assert names["cut"] == other["cut"] or names["until"] == pd.Timestamp("2024-06-30")
