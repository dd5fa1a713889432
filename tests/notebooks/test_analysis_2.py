"""The analysis of chapter 2 goes on for any transactions table, and says what it leaves out.

The code cells of the source run one after the other, as in a notebook, with every warning an
error. What the notebook would show is collected instead: the marks of `findings`, and the
tables, which must be able to show themselves.
"""

import re

import numpy as np
import pandas as pd
import pytest
from analyses import many, orders, read_cells, skipped, texts
from helpers import find_half_width

from crmlib import language
from crmlib.files.places import SOURCES

SOURCE = SOURCES / "2-customer-pyramid" / "analysis.py"
NO_NUMBER = re.compile(r"\b(nan|inf|NaT|None)\b|–|∞", re.IGNORECASE)


PYRAMID, CONCENTRATION, CLAIMS = "The pyramid", "How concentrated is it?", "Famous ratios and this firm"
WINDOWS, ABC, MOVES = "The best fifth by length of period", "A, B and C", "Who moved up, who moved down?"
CHANCE, PROFIT, SERVICE, BUDGET = (
    "How much of that is chance?", "Profit is not revenue", "Cost to serve", "What follows for the budget",
)  # fmt: skip
ALWAYS = {PROFIT, SERVICE}  # no cost, no activities
TREND, BIGGEST, ACT = "Which way does it go?", "The biggest customers", "Whom to act on"
NO_MONEY = {PYRAMID, CONCENTRATION, ABC, BUDGET, ACT}
NEARLY_ALL = NO_MONEY | {WINDOWS, MOVES}
FORTY = [f"c{i:02}" for i in range(40)]
TINY = {
    "one order": (orders(["a"], ["2024-05-05"], [10.0]), NEARLY_ALL | {TREND}),
    "one customer": (orders(["a"] * 30, pd.date_range("2024-01-01", periods=30, freq="5D"), 10.0), NEARLY_ALL),
    "two customers": (
        orders(["a", "b"] * 40, pd.date_range("2024-01-01", periods=80, freq="5D"), [10.0, 30.0] * 40),
        {PYRAMID, CONCENTRATION, WINDOWS, BUDGET, MOVES, ACT},
    ),
    "only refunds": (
        orders(list("abcdefgh"), pd.date_range("2024-01-01", periods=8, freq="20D"), -5.0),
        NEARLY_ALL | {BIGGEST},
    ),
    "all zero": (
        orders(list("abcdefgh") * 2, pd.date_range("2024-01-01", periods=16, freq="20D"), 0.0),
        NEARLY_ALL | {BIGGEST},
    ),
    "one day": (orders([f"c{i}" for i in range(40)], "2024-05-05", range(1, 41)), {WINDOWS, MOVES, TREND}),
    "five days": (
        orders([f"c{i}" for i in range(40)], pd.date_range("2024-05-01", periods=5).repeat(8), range(1, 41)),
        {WINDOWS, MOVES, TREND},
    ),
    "three lines in two months": (
        orders(["a", "b", "a"], ["2024-01-01", "2024-02-10", "2024-03-01"], [10.0, 20.0, 30.0]),
        NO_MONEY - {ABC} | {WINDOWS, MOVES},
    ),
    "all equal": (
        orders(FORTY * 30, pd.date_range("2024-01-01", periods=30, freq="14D").repeat(40), 10.0),
        set(),
    ),
    "99 customers": (many(99).drop(columns="cost"), set()),
    # 10 of 490 lines, 2 %: so late and yet no slip
    "no money in the last period": (
        pd.concat([many(40).drop(columns="cost"), orders([f"c{i:03}" for i in range(10)], "2026-06-30", -5.0)]),
        NO_MONEY | {MOVES, BIGGEST},
    ),
    "a date in the far future": (
        pd.concat([many(60).drop(columns="cost"), orders(["c001"], ["2052-01-01"], [1000.0])]), set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("name", TINY)
def test_the_notebook_goes_on_and_says_what_it_leaves_out(analyze, name, spoken):
    lines, expected = TINY[name]
    marks, _ = analyze(lines, language=spoken)
    language.use(spoken)
    few = {language.t(section) for section in (CLAIMS, CHANCE)}  # also left out where customers or weeks are few
    found = set(skipped(marks))
    assert found - few == {language.t(section) for section in expected | ALWAYS}
    for mark in marks:
        assert not NO_NUMBER.search(mark["text"]), mark["text"]
        assert not re.search(r"(\S+) (to|至) \1(\s|[.,;)，。；）]|$)", mark["text"]), mark["text"]
        if spoken == "zh":
            assert find_half_width(mark["text"]) == []
    assert len(texts(marks)) == len(set(texts(marks)))  # nothing is said twice
    assert len(texts(marks, "period")) == 1


def test_a_mistyped_date_moves_nothing_and_is_said(analyze):
    lines = many(60)
    clean, names = analyze(lines)
    late, with_slip = analyze(pd.concat([lines, orders(["c001"], ["2052-01-01"], [1000.0], cost=1.0)]))
    assert with_slip["as_of"] == names["as_of"]
    pd.testing.assert_frame_equal(with_slip["summary"], names["summary"])
    said = [text for text in texts(late) if text not in texts(clean)]
    assert said == [
        f"Lines after {names['as_of'].date()}: 1, the last of 2052-01-01. A day so far behind all others is taken for "
        "mistyped, so they are not counted; set as_of to count them."
    ]
    assert [mark for mark in late if mark["kind"] == "period"] == [mark for mark in clean if mark["kind"] == "period"]


def test_lines_after_a_given_day_are_counted_out(analyze):
    lines = orders(list("abcdef"), pd.date_range("2024-01-01", periods=6, freq="10D"), 10.0)
    marks, _ = analyze(lines, as_of="2024-02-01")
    # 1, 11, 21, 31 January; then 10 and 20 February
    assert "Lines after 2024-02-01: 2, the last of 2024-02-20. They are not counted." in texts(marks)
    assert "4 lines from 4 customers; the amounts add up to 40." in texts(marks)
    period = next(mark for mark in marks if mark["kind"] == "period")
    assert {key: period[key] for key in ("first_day", "last_day", "as_of")} == {
        "first_day": "2024-01-01", "last_day": "2024-02-20", "as_of": "2024-02-01",
    }  # fmt: skip
    with pytest.raises(ValueError, match="as_of must not lie before the first line; got 2023-12-31"):
        analyze(lines, as_of="2023-12-31")


def test_amounts_are_said_in_the_currency_of_the_file_unless_another_is_given(analyze):
    lines = orders(list("abcd"), pd.date_range("2024-01-01", periods=4), 10.0)
    paid = lines.assign(amount=[f"€{amount:.2f}" for amount in lines["amount"]])
    assert "4 lines from 4 customers; the amounts add up to €40." in texts(analyze(paid)[0])
    assert "4 lines from 4 customers; the amounts add up to £40." in texts(analyze(paid, currency="GBP")[0])


def test_a_missing_cost_is_said_and_left_out_of_profit_only(analyze):
    lines = many(40)
    _, whole = analyze(lines)
    gap = lines.copy()
    last = gap["order_date"].idxmax()
    gap.loc[last, "cost"] = np.nan
    marks, names = analyze(gap)
    assert any(re.match("Lines of the period without a cost: 1 of [0-9]+, ", text) for text in texts(marks))
    pd.testing.assert_series_equal(names["spending"], whole["spending"])
    # 30 % of the line is profit, and only that is gone
    who = gap.loc[last, "customer_id"]
    lost = whole["profit"]["net_profit"] - names["profit"]["net_profit"]
    assert lost[who] == pytest.approx(lines.loc[last, "amount"] - lines.loc[last, "cost"], abs=1e-9)
    assert lost.drop(who).abs().max() == 0


def test_profit_is_left_out_where_many_costs_are_missing(analyze):
    lines = many(40)
    lines.loc[lines.index % 3 == 0, "cost"] = np.nan
    marks, _ = analyze(lines)
    assert PROFIT in skipped(marks)
    assert any("more than a tenth of the lines of the period have no cost" in text for text in texts(marks, "skipped"))


def test_a_firm_that_loses_money_in_all_has_a_whale(analyze):
    lines = many(40)
    marks, names = analyze(lines.assign(cost=lines["amount"] * 2))
    assert names["curve"]["profit"].iloc[-1] < 0
    assert any("Customers who cost more than they bring: 40 of 40 (100.0%)" in text for text in texts(marks))


def test_a_firm_whose_customers_all_pay_is_not_said_to_lose(analyze):
    marks, _ = analyze(many(40))
    assert any(text.startswith("No customer costs more than they bring; ") for text in texts(marks))
    assert any(text.endswith("above the lowest tier, none loses money.") for text in texts(marks))


def test_ties_at_a_cut_are_said(analyze):
    marks, _ = analyze(TINY["all equal"][0])
    # 40 customers: 1 % rounds to 0, 5 % are 2, 20 % are 8; all 40 spent the same
    assert sum("40 customers spent the same" in text for text in texts(marks)) == 2
    assert any("look steadier than the customers are" in text for text in texts(marks))
    marks, _ = analyze(many(60))
    assert not any("spent the same" in text for text in texts(marks))


def test_few_customers_are_called_few(analyze):
    marks, _ = analyze(many(20))
    assert any(text.startswith("These are fewer than 30 customers.") for text in texts(marks))
    assert any("too few to tell" in text for text in texts(marks))
    marks, _ = analyze(many(99))
    assert not any(text.startswith("These are fewer than") for text in texts(marks))


def test_activities_of_months_that_lie_mostly_in_the_period_count(analyze):
    lines = many(40, days=366, start="2024-01-01")  # as_of is at most 2024-12-31: since = 2024-01-02
    lines = pd.concat([lines, orders(["c000"], ["2024-12-31"], [5.0], cost=1.0)])
    months = pd.to_datetime(["2023-12-01", "2024-01-01", "2024-12-01"])
    activities = pd.DataFrame({"customer_id": "c000", "month": months, "activity": "visit", "n_times": [100, 10, 1]})
    rates = pd.DataFrame({"activity": ["visit"], "unit_cost": [2.0]})
    marks, names = analyze(lines, {"activities": activities, "activity_rates": rates})
    # January counts though its first day lies before the period; December 2023 does not
    assert names["profit"].loc["c000", "cost_to_serve"] == 22.0
    assert any("Counted whole: 2024-01 to 2024-12;" in text for text in texts(marks))
    marks, _ = analyze(lines, {"activities": activities, "activity_rates": rates.assign(activity="call")})
    assert '"Cost to serve" is left out: the table activity_rates has no rate for visit.' in texts(marks, "skipped")


def test_moves_by_chance_alone_are_called_so(analyze):
    # Everybody buys about as much in every week: whoever moves does so by chance.
    marks, names = analyze(many(200, days=364, lines_each=40))
    together = names["stay"].loc["above the lowest tier"]
    assert together["lowest_by_chance"] <= together["stayed_by_chance"] <= together["highest_by_chance"]
    assert "Chance alone moves as many, give or take one customer: these moves need no other explanation." in texts(
        marks
    )


def test_moves_beyond_chance_are_told_apart(analyze):
    lines = many(200, days=364, lines_each=40)
    # In the second half the customers change places: the biggest becomes the smallest.
    total = lines.groupby("customer_id")["amount"].sum().sort_values()
    swap = dict(zip(total.index, total.index[::-1], strict=True))
    is_late = lines["order_date"] >= "2024-07-01"
    lines.loc[is_late, "customer_id"] = lines.loc[is_late, "customer_id"].map(swap)
    marks, _ = analyze(lines)
    assert any(text.startswith("More customers moved than chance alone moves") for text in texts(marks))


# --- the answer first ---


def facts(marks):
    (headline,) = [mark for mark in marks if mark["kind"] == "headline"]
    return {fact["name"]: fact["value"] for fact in headline["facts"]}


def acted_on(marks):
    (listed,) = [mark for mark in marks if mark["kind"] == "act_on"]
    return listed


def test_the_answer_stands_before_the_evidence(analyze):
    marks, names = analyze(many(99))
    kinds = [mark["kind"] for mark in marks]
    assert kinds.index("period") < kinds.index("headline") < kinds.index("act_on") < kinds.index("source")
    found = facts(marks)
    assert found["customers"] == len(names["summary"])
    assert found["revenue"] == pytest.approx(names["summary"]["monetary"].sum())
    assert found["top_20_share"] == names["top_20"]
    assert set(found) == {"customers", "revenue", "period", "top_20_share", "trend"}


def test_the_first_order_is_that_of_all_the_data_not_of_the_period(analyze):
    lines = pd.concat([many(40), orders(["c000"], ["2021-03-01"], [5.0], cost=1.0)])
    _, names = analyze(lines, period_days=90)
    assert names["since"] > pd.Timestamp("2021-03-01")
    first = pd.to_datetime(lines["order_date"]).groupby(lines["customer_id"]).min()
    summary = names["summary"]
    assert summary["first_order_date"].tolist() == first.loc[summary.index].tolist()
    assert summary.loc["c000", "tenure_days"] == (names["as_of"] - pd.Timestamp("2021-03-01")).days


def test_the_biggest_stand_first_in_what_is_kept(analyze, tmp_path):
    _, names = analyze(many(60))
    kept = {
        name: pd.read_csv(tmp_path / "out" / "tables" / f"{name}.csv") for name in ("2-customers", "2-best-customers")
    }
    total = names["summary"]["monetary"]
    assert kept["2-customers"]["monetary"].is_monotonic_decreasing and len(kept["2-customers"]) == len(total)
    assert kept["2-best-customers"]["customer_id"].tolist() == total.sort_values(ascending=False).index[:10].tolist()


def test_a_big_customer_who_stopped_is_to_be_acted_on(analyze, tmp_path):
    # Forty buy every 14 days; c00 and c01 twenty times as much, and c00 stopped 84 days, six gaps, before the end.
    days = pd.date_range("2024-01-01", periods=30, freq="14D")
    lines = orders(FORTY * 30, days.repeat(40), 10.0)
    lines.loc[lines["customer_id"].isin(["c00", "c01"]), "amount"] = 200.0
    lines = lines[(lines["customer_id"] != "c00") | (lines["order_date"] <= days[-1] - pd.Timedelta(days=84))]
    marks, names = analyze(lines)
    listed = acted_on(marks)
    assert [row[:2] for row in listed["rows"]] == [["c00", "overdue"]]
    kept = pd.read_csv(tmp_path / "out" / "tables" / "2-act-on.csv")
    # What it brought in the period, the 365 days to the last order: 14-day steps, less the last six.
    assert kept["at_stake"].tolist() == [names["summary"].loc["c00", "monetary"]] == [200.0 * 21]
    assert listed["text"].startswith("Customers to act on: 1. At stake: 4,200")


def test_where_nobody_shows_a_sign_there_is_nobody_to_act_on(analyze):
    marks, _ = analyze(TINY["all equal"][0])
    assert acted_on(marks)["text"] == "By these signs there is nobody to act on."


def test_who_loses_money_is_to_be_acted_on_by_the_loss(analyze):
    lines = many(40)
    top = lines.groupby("customer_id")["amount"].sum().idxmax()
    lines.loc[lines["customer_id"] == top, "cost"] = lines["amount"] + 1.0
    marks, names = analyze(lines)
    assert names["act_on"].loc[top, "reason"] == "loses money" or "loses money" in names["act_on"].loc[top, "also"]
    assert names["reasons"]["loses money"][top] == pytest.approx(-names["profit"].loc[top, "net_profit"])


@pytest.mark.parametrize(
    ("factor", "who", "said"),
    [
        (2.0, "everybody", "Revenue grew, and not by one customer alone."),
        (0.5, "everybody", "Revenue shrank, and not by one customer alone."),
        (1.0, "everybody", "Revenue stands still: a change of less than 5% is no trend."),
        (90.0, "c07", "Without the customer who changed most it would be"),
    ],
)
def test_the_verdict_on_the_trend_follows_from_the_numbers(analyze, factor, who, said):
    days = pd.date_range("2023-01-01", "2024-12-31")
    lines = orders(np.resize(FORTY, len(days)), days, 10.0)
    is_theirs = (lines["customer_id"] == who) | (who == "everybody")
    lines.loc[is_theirs & (lines["order_date"] >= "2024-10-01"), "amount"] *= factor
    marks, _ = analyze(lines)
    verdicts = ("Revenue grew", "Revenue shrank", "Revenue stands still", "Without the customer")
    assert [text.startswith(said) for text in texts(marks) if text.startswith(verdicts)] == [True]


# --- one row per customer ---


def listed(n=40, **more):
    """n customers, each with a value."""
    values = pd.DataFrame(
        {"customer_id": [f"c{i:03}" for i in range(n)], "value": [round(9.0 * 1.12**i, 2) for i in range(n)]}
    )
    return {"customer_values": values.assign(**more)}


DAYS = {
    "n_orders": 5,
    "first_order_date": pd.Timestamp("2023-01-01"),
    "last_order_date": pd.date_range("2024-01-01", periods=40, freq="3D"),
}
OF_ORDERS = {TREND, WINDOWS, MOVES, SERVICE}


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize(
    ("tables", "left_out"),
    [
        (listed(), OF_ORDERS | {PROFIT, ACT}),
        (listed(**DAYS), OF_ORDERS | {PROFIT}),
        (listed(profit=[5.0 - i % 7 for i in range(40)]), OF_ORDERS),
        (listed(cost=[8.0] * 39 + [900.0]), OF_ORDERS),
        (listed(1), OF_ORDERS | NO_MONEY | {PROFIT, CLAIMS}),
        (listed(8, value=0.0), OF_ORDERS | NO_MONEY | {PROFIT, BIGGEST, CLAIMS}),
    ],
    ids=["values", "days", "profit", "cost", "one", "zero"],
)
def test_a_list_of_customers_is_analyzed_as_far_as_it_goes(analyze, tables, left_out, spoken):
    marks, names = analyze(tables, language=spoken)
    language.use(spoken)
    few = {language.t(section) for section in (CLAIMS,)}
    assert set(skipped(marks)) - few == {language.t(section) for section in left_out} - few
    for mark in marks:
        assert not NO_NUMBER.search(mark["text"]), mark["text"]
        if spoken == "zh":
            assert find_half_width(mark["text"]) == []
    assert facts(marks)["revenue"] == pytest.approx(tables["customer_values"]["value"].sum())
    assert texts(marks, "period") == [] and "period" not in facts(marks)
    assert len(texts(marks)) == len(set(texts(marks)))


def test_a_list_of_customers_says_what_their_orders_say(analyze):
    # One period that holds everything: the same tiers, Gini and shares from orders and from their totals.
    lines = many(60).drop(columns="cost")
    _, of_orders = analyze(lines, period_days=5000)
    total = lines.groupby("customer_id")["amount"].sum().round(2).rename("value").reset_index()
    _, of_list = analyze({"customer_values": total})
    for name in ("gini", "top_20"):
        assert of_list[name] == pytest.approx(of_orders[name])
    pd.testing.assert_frame_equal(of_list["tiers"], of_orders["tiers"])


def test_orders_go_before_a_list_of_customers(analyze):
    marks, names = analyze({"transactions": many(40), **listed()})
    assert names["has_orders"] and len(texts(marks, "period")) == 1


def test_tables_without_orders_and_values_are_refused(analyze):
    with pytest.raises(
        ValueError, match="data must have transactions or customer_values to be analyzed; it has customers"
    ):
        analyze({"customers": pd.DataFrame({"customer_id": ["1"], "city": ["Bonn"]})})


# --- verdicts, defaults, and whom to act on by name ---


def test_no_change_is_neither_more_nor_less(analyze):
    _, names = analyze(many(40))
    said_of = names["said_of"]
    assert [said_of(change) for change in (0.0, -0.0, 0.0004, -0.0004)] == ["about the same"] * 4
    assert [said_of(change) for change in (0.0006, -0.0006, 0.5)] == ["0.1% more", "0.1% less", "50.0% more"]


def test_nothing_is_compared_to_zero_percent(analyze):
    days = pd.date_range("2023-01-01", "2024-12-31")
    lines = orders(np.resize(FORTY, len(days)), days, 10.0)
    marks, names = analyze(lines)
    assert names["change"].share == 0
    said = [mark["text"] for mark in marks] + names["answer"]
    assert [text for text in said if re.search(r"\b0\.0% (more|less)", text)] == []
    assert (
        "Revenue from 2024-10 to 2024-12 stands about where it stood in the same months a year before."
        in names["answer"]
    )


def test_a_default_is_called_one_until_it_is_set(analyze):
    (cell,) = [cell for cell in read_cells(SOURCE) if "parameters" in cell.metadata.get("tags", [])]
    given = {}
    exec(cell.source, given)
    marks, names = analyze(many(40))
    assert names["DEFAULTS"] == {name: given[name] for name in names["DEFAULTS"]}

    def called(marks):
        return [text for text in texts(marks) if text.startswith("As the notebook comes")]

    assert "the period, 365 days; the cuts, 1% / 5% / 20% of the customers; the budget, 100,000" in called(marks)[0]
    marks, _ = analyze(many(40), budget=5_000, period_days=200)
    assert "the budget" not in called(marks)[0] and "the period" not in called(marks)[0]
    marks, _ = analyze(many(40), budget=5_000, period_days=200, cuts=(0.1, 0.3))
    assert called(marks) == []


def test_the_answer_has_three_to_five_sentences_and_names_whom_to_act_on(analyze):
    lines = many(99)
    top = lines.groupby("customer_id")["amount"].sum().idxmax()
    lines = lines[(lines["customer_id"] != top) | (lines["order_date"] < "2024-07-01")]
    marks, names = analyze(lines)
    (headline,) = [mark for mark in marks if mark["kind"] == "headline"]
    assert 3 <= len(headline["answer"]) <= 5
    assert names["act_on"].index[0] == top
    assert any(f"First: {top} (" in text for text in headline["answer"])
    (fell,) = [text for text in texts(marks) if text.startswith("Fell a tier and brought")]
    assert f"Out of the best tier, 1: {top} (" in fell


def test_a_verdict_on_moves_stands_if_one_more_customer_stays(analyze):
    """What lies outside chance by less than one customer is no verdict: the cell is run on such numbers."""
    (cell,) = [cell for cell in read_cells(SOURCE) if "one_customer = 1 / n_drawn_best" in cell.source]
    said = []

    def judge(stayed):
        numbers = {"stayed_between_periods": stayed, "lowest_by_chance": 0.70, "highest_by_chance": 0.80}
        names = {"has_chance": True, "n_drawn_best": 100, "together": numbers, "say": said.append}
        exec(compile(cell.source, "cell", "exec"), names)
        return said.pop().split()[0]

    assert [judge(stayed) for stayed in (0.685, 0.695, 0.75, 0.805, 0.815)] == ["More", *["Chance"] * 3, "Fewer"]


def test_a_ratio_is_called_too_high_only_beyond_what_chance_allows(analyze):
    marks, names = analyze(many(99))
    claims = names["claims"]
    assert (claims["low"] <= claims["here"]).all() and (claims["here"] <= claims["high"]).all()
    more, less = (claims["value_share"] > claims["high"]).sum(), (claims["value_share"] < claims["low"]).sum()
    start = "Of the 4 ratios, so many claim more concentration than other customers of this kind would show: "
    start += f"{more}; less: {less};"
    assert any(text.startswith(start) for text in texts(marks))


def test_what_is_missing_is_said_in_plain_words(analyze):
    marks, names = analyze(many(40).drop(columns="cost"))
    said = texts(marks, "skipped")
    assert any(
        text.endswith("does not say what the goods of the line cost the seller. Add one column, cost.") for text in said
    )
    assert names["answer"][-1] == "Who costs more than they bring cannot be told: these data have no purchase cost."


def test_whom_to_act_on_is_read_in_chinese(analyze):
    marks, names = analyze(many(99), language="zh")
    assert len(names["act_on"]) > 0
    listed = acted_on(marks)
    written = " ".join([*listed["columns"], *(cell for row in listed["rows"] for cell in row)])
    assert set(re.findall(r"[a-z]{3,}", written, re.IGNORECASE)) <= {"VIP"}
