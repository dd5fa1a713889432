"""Credit: facts as they were known, points, grades at their boundaries, limits, moves, losses; by hand and by law."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlib import credit, language, scorecard

CARD = scorecard.load_scorecard("default")
DAY = pd.Timestamp("2025-01-01")

# A customer about whom all is known and all is best.
BEST = {
    "years_in_business": 10.0, "business_size": "large", "trade_rank": "top 3", "management": "good",
    "relation_days": 900.0, "supplier_rank": "main", "good_faith": "gives", "n_staff": 150.0, "is_staff_stable": True,
    "litigation": "none", "repaid_share": 1.0, "on_time_share": 1.0, "n_bad_debts": 0.0, "debt_ratio": 0.5,
    "current_ratio": 2.0, "quick_ratio": 1.2, "cash_flow_ratio": 0.3, "receivable_days": 30.0,
    "inventory_turnover": 8.0, "revenue_growth": 0.2, "gross_margin": 0.3, "net_margin": 0.1, "is_halted": False,
    "is_sued_by_supplier": False, "is_export": False,
}  # fmt: skip
LEDGER = ["repaid_share", "on_time_share", "n_bad_debts"]
BALANCE = [
    "debt_ratio", "current_ratio", "quick_ratio", "cash_flow_ratio", "receivable_days", "inventory_turnover",
    "revenue_growth", "gross_margin", "net_margin",
]  # fmt: skip
REVIEW = [name for name in BEST if name not in [*LEDGER, *BALANCE, "relation_days"]]


def facts_of(**customers):
    """One row per customer: the best facts but for those named."""
    rows = {who: BEST | dict(changed) for who, changed in customers.items()}
    return pd.DataFrame.from_dict(rows, orient="index")


def score(facts, card=CARD):
    return credit.score_customers(facts, card, as_of=DAY)


def grade(facts, card=CARD):
    return credit.assign_grades(score(facts, card), card)


def unknown(*names):
    return dict.fromkeys(names)


# --- points ---

POINTS = [
    # item, facts, points by the table of the course
    ("overall_impression", {"years_in_business": 3, "business_size": "large"}, 4),
    ("overall_impression", {"years_in_business": 2.9, "business_size": "large"}, 3),
    ("overall_impression", {"years_in_business": 1, "business_size": "medium"}, 3),
    ("overall_impression", {"years_in_business": 20, "business_size": "small"}, 1),
    ("overall_impression", {"years_in_business": 0.5, "business_size": "medium"}, 1),
    ("overall_impression", {"years_in_business": 0.5, "business_size": "small"}, 0),
    ("trade_standing", {"trade_rank": "top 10"}, 2),
    ("trade_standing", {"trade_rank": "other"}, 0),
    ("leadership", {"management": "fair"}, 2),
    ("relation_length", {"relation_days": 731}, 3),
    ("relation_length", {"relation_days": 730}, 2),
    ("relation_length", {"relation_days": 365}, 2),
    ("relation_length", {"relation_days": 364}, 1),
    ("relation_length", {"relation_days": 59}, 0),
    ("supply_position", {"supplier_rank": "occasional"}, 1),
    ("cooperation", {"good_faith": "reluctant"}, 2),
    ("workforce", {"n_staff": 100, "is_staff_stable": True}, 2),
    ("workforce", {"n_staff": 99, "is_staff_stable": True}, 1),
    ("workforce", {"n_staff": 500, "is_staff_stable": False}, 0),
    ("workforce", {"n_staff": 29, "is_staff_stable": True}, 0),
    ("lawsuits", {"litigation": "won"}, 3),
    ("lawsuits", {"litigation": "pending"}, 1),
    ("lawsuits", {"litigation": "lost"}, 0),
    ("repayment", {"repaid_share": 0.95}, 19),
    ("repayment", {"repaid_share": 0.6}, 12),
    ("repayment", {"repaid_share": 0.5999}, 0),
    ("punctuality", {"on_time_share": 0.5}, 7),
    ("punctuality", {"on_time_share": 0.49}, 0),
    ("bad_debts", {"n_bad_debts": 1}, 0),
    ("indebtedness", {"debt_ratio": 0.60}, 4),
    ("indebtedness", {"debt_ratio": 0.67}, 3),  # 7 points above 60, at 1/7 each
    ("indebtedness", {"debt_ratio": 0.88}, 0),
    ("indebtedness", {"debt_ratio": 1.4}, 0),
    ("current_cover", {"current_ratio": 1.4}, 3.2),  # 10 below 150, at 0.08 each
    ("current_cover", {"current_ratio": 1.0}, 0),
    ("quick_cover", {"quick_ratio": 0.9}, 2.4),  # 10 below 100, at 0.06 each
    ("quick_cover", {"quick_ratio": 0.5}, 0),
    ("cash_cover", {"cash_flow_ratio": 0.1}, 1.5),
    ("cash_cover", {"cash_flow_ratio": -0.3}, 0),
    ("collection", {"receivable_days": 82.5}, 2),
    ("collection", {"receivable_days": 120}, 0),
    ("stock_turn", {"inventory_turnover": 4}, 1),
    ("sales_growth", {"revenue_growth": 0.0}, 1.5),
    ("gross_profitability", {"gross_margin": 0.125}, 1.5),
    ("net_profitability", {"net_margin": 0.025}, 2),
    ("net_profitability", {"net_margin": -0.2}, 0),
]  # fmt: skip


@pytest.mark.parametrize(("item", "changed", "points"), POINTS)
def test_points_by_hand(item, changed, points):
    scores = score(facts_of(ann=changed, best={}))
    assert scores.loc["ann", item] == pytest.approx(points, abs=1e-12)
    others = [name for name in CARD.item_names if CARD.item(item).facts != CARD.item(name).facts]
    assert (scores.loc["ann", others] == scores.loc["best", others]).all()


def test_the_best_have_all_points_and_their_items_add_up():
    scores = score(facts_of(ann={}))
    assert scores.loc["ann", CARD.item_names].tolist() == [item.points for item in CARD.items]
    assert scores.loc["ann", ["points", "coverage", "score"]].tolist() == [100, 1, 100]
    assert (scores.loc["ann", "missing_key"], scores["veto"].isna().all(), scores["cap"].isna().all()) == (
        "",
        True,
        True,
    )


def test_the_second_profile_scales_the_points():
    card = scorecard.load_scorecard("35-35-30")
    scores = score(facts_of(ann={"repaid_share": 0.9, "trade_rank": "top 10"}, best={}), card)
    assert scores.loc["best", "score"] == 100
    assert scores.loc["ann", ["repayment", "trade_standing"]].tolist() == pytest.approx([15.3, 2.5], abs=1e-12)


# --- grades: boundaries ---


@pytest.mark.parametrize(
    ("points", "expected"),
    [(100, "AAA"), (90, "AAA"), (89.999, "AA"), (89.9999999999, "AA"), (80, "AA"), (79.99, "A"), (70, "A"),
     (69.99, "B"), (60, "B"), (59.99, "C"), (0, "C"), (None, "not rated")],
)  # fmt: skip
def test_cutoffs_are_exact_and_nothing_is_rounded(points, expected):
    assert credit.assign_grades(pd.Series([points], index=["ann"]), CARD).tolist() == [expected]


def test_grades_are_ordered_from_not_rated_to_the_best():
    grades = credit.assign_grades(pd.Series({"ann": 95.0, "bob": np.nan, "cy": 61.0}), CARD)
    assert grades.name == "grade"
    assert grades.cat.categories.tolist() == ["not rated", "C", "B", "A", "AA", "AAA"]
    assert (grades >= "B").tolist() == [True, False, True]


@pytest.mark.parametrize("n", [1, 100])
def test_a_sum_of_90_is_90_whatever_floats_make_of_it(n):
    """By hand each of these loses 10 points; added up as floats 89.99999999999999 are left."""
    lost = [(0.83, 0.70, 1.50, 0.60), (0.96, 0.60, 1.38, 0.56), (0.80, 0.82, 1.17, 0.86), (0.83, 0.75, 1.27, 0.79)]
    names = ["repaid_share", "on_time_share", "current_ratio", "quick_ratio"]
    facts = facts_of(**{f"c{number}": dict(zip(names, lost[number % 4], strict=True)) for number in range(4 * n)})
    scores = score(facts)
    assert (scores[CARD.item_names].cumsum(axis=1).iloc[:, -1] < 90).all()
    assert (scores["points"] == 90).all() and (scores["score"] == 90).all()
    assert set(grade(facts)["grade"]) == {"AAA"}


@given(st.lists(st.floats(0, 100), min_size=2, max_size=30))
def test_a_higher_score_never_has_a_lower_grade(points):
    ordered = credit.assign_grades(pd.Series(sorted(points)), CARD)
    assert ordered.cat.codes.is_monotonic_increasing
    other = scorecard.with_cutoffs(CARD, {"AAA": 86, "AA": 61, "A": 46, "B": 31})
    assert (credit.assign_grades(pd.Series(sorted(points)), other).cat.codes >= ordered.cat.codes).all()


@pytest.mark.parametrize("points", [-0.01, 100.01, np.inf, "many"])
def test_what_is_no_score_is_refused(points):
    with pytest.raises(ValueError, match="every score must be a number from 0 to 100, or missing; got .*'ann'"):
        credit.assign_grades(pd.Series({"ann": points}), CARD)


# --- veto, coverage, cap, score ---


def test_a_veto_wins_over_the_score_and_over_a_cap():
    graded = grade(facts_of(
        ann={"is_halted": True}, bob={"is_sued_by_supplier": True, "relation_days": 9}, cy={"is_export": True}, dee={},
    ))  # fmt: skip
    assert graded["grade"].tolist() == ["C", "C", "C", "AAA"]
    assert graded["reason"].tolist() == ["veto", "veto", "veto", "score"]
    scores = score(facts_of(ann={"is_halted": True, "is_export": True}))
    assert scores.loc["ann", ["veto", "veto_grade"]].tolist() == ["halted", "C"]


def test_a_cap_wins_over_a_better_score_and_leaves_a_worse_one():
    bad = {"repaid_share": 0.0, "on_time_share": 0.0}
    graded = grade(facts_of(ann={"relation_days": 364}, bob={"relation_days": 365}, cy={"relation_days": 200} | bad))
    assert graded["grade"].tolist() == ["A", "AAA", "B"]  # 100 - 34 - 2 = 64
    assert graded["reason"].tolist() == ["cap", "score", "score"]


def test_a_veto_wins_over_missing_facts_as_what_is_known_is_enough():
    graded = grade(facts_of(ann={"is_halted": True} | unknown(*LEDGER, *BALANCE), bob=unknown(*LEDGER, *BALANCE)))
    assert graded["grade"].tolist() == ["C", "not rated"]
    assert graded["reason"].tolist() == ["veto", "coverage"]


def test_no_history_is_neither_58_nor_100():
    """By the plain sum 42 points are lost, by the share all are won; told are both, and the grade is neither."""
    facts = facts_of(ann=unknown(*LEDGER))
    scores = score(facts)
    assert scores.loc["ann", ["points", "coverage", "score"]].tolist() == [58, 0.58, 100]
    assert scores.loc["ann", ["repayment", "punctuality", "bad_debts"]].isna().all()
    assert scores.loc["ann", "missing_key"] == "repayment, punctuality, bad_debts"
    by_sum, by_share = (credit.assign_grades(scores[name], CARD).iloc[0] for name in ("points", "score"))
    assert (by_sum, by_share) == ("C", "AAA")
    assert grade(facts).loc["ann"].tolist() == ["not rated", "coverage"]


def test_coverage_of_70_percent_is_enough_and_a_missing_key_item_caps():
    facts = facts_of(ann=unknown(*BALANCE), bob=unknown(*BALANCE, "trade_rank"), cy=unknown("gross_margin"))
    assert score(facts)["coverage"].tolist() == [0.70, 0.66, 0.97]
    graded = grade(facts)
    assert graded["grade"].tolist() == ["A", "not rated", "AAA"]
    assert graded["reason"].tolist() == ["cap", "coverage", "score"]


def test_nothing_due_last_quarter_is_no_evidence():
    scores = score(facts_of(ann=unknown("repaid_share", "on_time_share"), bob={}))
    assert scores.loc["ann", ["points", "coverage", "score"]].tolist() == [66, 0.66, 100]
    assert scores.loc["bob", "score"] == 100


def test_a_veto_of_which_nothing_is_known_is_a_key_fact_that_is_missing():
    facts = facts_of(ann=unknown("is_halted"))
    assert score(facts).loc["ann", ["missing_key", "cap"]].tolist() == ["halted", "A"]
    assert grade(facts).loc["ann"].tolist() == ["A", "cap"]


def test_nothing_known_is_not_rated_and_no_score():
    scores = score(facts_of(ann=unknown(*BEST)))
    assert scores.loc["ann", ["points", "coverage"]].tolist() == [0, 0]
    assert np.isnan(scores.loc["ann", "score"])
    assert grade(facts_of(ann=unknown(*BEST))).loc["ann"].tolist() == ["not rated", "coverage"]


def test_an_item_of_two_facts_needs_both():
    assert np.isnan(score(facts_of(ann=unknown("is_staff_stable"))).loc["ann", "workforce"])


def test_a_card_without_vetoes_and_caps_grades_by_score():
    import dataclasses

    bare = dataclasses.replace(CARD, vetoes=(), caps=())
    facts = facts_of(ann={"relation_days": 10, "is_halted": True})
    assert grade(facts, bare).loc["ann"].tolist() == ["AAA", "score"]  # 97


# --- laws ---

ORDERED = {fact.id: fact.words for fact in CARD.facts if fact.words}
LESS_IS_BETTER = ("debt_ratio", "receivable_days", "n_bad_debts")
numbers = st.floats(-3, 1500, allow_nan=False)
TRUTHS = [fact.id for fact in CARD.facts if fact.type == "truth"]
any_facts = st.fixed_dictionaries(
    {
        fact.id: st.sampled_from(fact.words) if fact.words else st.booleans() if fact.type == "truth" else numbers
        for fact in CARD.facts
    }
)


@settings(max_examples=40)
@given(any_facts, any_facts, st.sampled_from([name for name in BEST if name not in TRUTHS[1:]]))
def test_a_better_fact_never_lowers_points_score_or_grade(facts, other, name):
    pair = [facts[name], other[name]]
    if name in ORDERED:
        pair.sort(key=ORDERED[name].index, reverse=True)
    else:
        pair.sort(reverse=name in LESS_IS_BETTER)
    table = pd.DataFrame([facts | {name: value} for value in pair], index=["worse", "better"])
    scores, graded = score(table), grade(table)
    assert (scores.loc["better", CARD.item_names] >= scores.loc["worse", CARD.item_names]).all()
    assert scores.loc["better", "score"] >= scores.loc["worse", "score"]
    assert graded["grade"].cat.codes["better"] >= graded["grade"].cat.codes["worse"]
    assert scores[CARD.item_names].sum(axis=1).to_numpy() == pytest.approx(scores["points"].to_numpy(), abs=1e-9)
    assert scores["points"].between(0, 100).all()


@settings(max_examples=25)
@given(any_facts, st.sets(st.sampled_from([*BEST]), max_size=8))
def test_a_missing_fact_never_brings_points_and_always_costs_coverage(facts, lost):
    table = pd.DataFrame([facts, facts | dict.fromkeys(lost)], index=["all", "some"]).astype(
        dict.fromkeys(BEST, "object")
    )
    scores = score(table)
    assert scores.loc["some", "points"] <= scores.loc["all", "points"] + 1e-9
    gone = sum(item.points for item in CARD.items if set(item.facts) & lost)
    assert scores.loc["some", "coverage"] == pytest.approx(1 - gone / 100, abs=1e-9)
    known = scores.loc["some", CARD.item_names].astype(float).dropna()
    assert (known == scores.loc["all", known.index]).all()


@given(st.permutations(["ann", "bob", "cy"]))
def test_the_order_of_rows_changes_nothing(order):
    facts = facts_of(ann={}, bob={"repaid_share": 0.7}, cy={"relation_days": 90})
    pd.testing.assert_frame_equal(score(facts.loc[order]), score(facts))


# --- facts of several days ---


def test_of_several_rows_the_newest_before_the_day_counts():
    facts = pd.concat([facts_of(ann={"repaid_share": share}) for share in (0.7, 0.8, 0.9)])
    facts["recorded_date"] = pd.to_datetime(["2024-10-01", "2024-12-31", "2025-01-01"])
    assert score(facts)["repayment"].tolist() == [16]
    assert credit.score_customers(facts, CARD, as_of="2025-01-02")["repayment"].tolist() == [18]
    assert credit.score_customers(facts, CARD, as_of="2024-10-01").empty
    assert score(facts.rename_axis("customer_id").reset_index())["repayment"].tolist() == [16]


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from(["ann", "bob"]), st.integers(0, 400), st.floats(0, 1)), max_size=6))
def test_facts_recorded_on_the_day_or_later_change_nothing(later):
    facts = facts_of(ann={"repaid_share": 0.7}, bob={"on_time_share": 0.8})
    facts["recorded_date"] = DAY - pd.Timedelta(days=1)
    rows = [BEST | {"repaid_share": share, "recorded_date": DAY + pd.Timedelta(days=n)} for _, n, share in later]
    more = pd.concat([facts, pd.DataFrame(rows, index=[who for who, _, _ in later], columns=facts.columns)])
    more = more.astype(facts.dtypes)
    pd.testing.assert_frame_equal(score(more), score(facts))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda f: f.drop(columns="debt_ratio"), r"facts must have the columns .*missing \['debt_ratio'\]"),
        (lambda f: f.assign(trade_rank="top ten"), "trade_rank of facts must be one of .*; got 'top ten', .*'ann'"),
        (lambda f: f.assign(debt_ratio=np.inf), "debt_ratio of facts must be a number, or missing .*; got inf"),
        (lambda f: f.assign(debt_ratio="60%"), "debt_ratio of facts must be a number, .*; got 60%"),
        (lambda f: f.assign(is_halted="yes"), "is_halted of facts must be true or false, .*; got 'yes'"),
        (lambda f: f.assign(as_of=pd.Timestamp("2025-04-01")), "known before as_of, 2025-01-01; .* as of 2025-04-01"),
        (lambda f: pd.concat([f, f]), "every customer must have one row of facts, .*; 1 have more, the first 'ann'"),
        (lambda f: pd.concat([f, f]).assign(recorded_date=pd.Timestamp("2024-12-01")), "every customer must have one"),
        (lambda f: f.assign(recorded_date=None), "every recorded_date of facts must be a day; 1 of 1 are not"),
    ],
)
def test_facts_that_are_none_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        score(change(facts_of(ann={})))


# --- explanations ---


def test_an_explanation_says_what_was_known_reached_and_missed():
    facts = facts_of(ann={"repaid_share": 0.9, "trade_rank": "top 10", "n_staff": None, "debt_ratio": 0.67})
    explained = credit.explain_scores(facts, CARD, as_of=DAY)
    assert explained.index.names == ["customer_id", "item"]
    assert explained.loc["ann"].index.tolist() == CARD.item_names
    repaid, rank, staff, debt = (
        explained.loc[("ann", item)] for item in ("repayment", "trade_standing", "workforce", "indebtedness")
    )
    assert repaid[["class", "points", "out_of", "missed", "level"]].tolist() == ["keeping of payments", 18, 20, 2, ""]
    assert repaid["sentence"] == "repayment of credit: 18 of 20 points (repaid of the credit due last quarter: 90.0%)."
    assert rank[["level", "points", "missed"]].tolist() == ["rank in the local trade: top 10", 2, 2]
    assert np.isnan(staff["points"]) and np.isnan(staff["missed"])
    assert staff["sentence"] == (
        "staff: number and stability: not known (staff: not known; staff is stable: yes);"
        " no points, and none asked for."
    )
    assert debt["points"] == pytest.approx(3, abs=1e-12)


def test_explained_points_are_the_points_that_score():
    facts = facts_of(ann={"repaid_share": 0.9}, bob={"net_margin": 0.01} | unknown(*LEDGER))
    explained = credit.explain_scores(facts, CARD, as_of=DAY)["points"].unstack()
    scores = score(facts)[CARD.item_names]
    assert np.array_equal(explained[CARD.item_names], scores, equal_nan=True)


def test_numbers_in_an_explanation_are_counted_as_people_count():
    facts = facts_of(
        ann={"n_bad_debts": 1, "relation_days": 1, "n_staff": 1, "years_in_business": 1.5, "debt_ratio": 0.68}
    )
    told = credit.explain_scores(facts, CARD, as_of=DAY).loc["ann"]
    assert told["fact"]["bad_debts"] == "bad debts with us: 1 time"
    assert told["fact"]["relation_length"] == "length of the relation: 1 day"
    assert told["fact"]["workforce"].startswith("staff: 1 person; ")
    assert told["fact"]["overall_impression"].startswith("years in business: 1.5 years; ")
    assert told["sentence"]["indebtedness"] == "debt ratio: 2.86 of 4 points (liabilities / assets: 68.0%)."
    language.use("zh")
    told = credit.explain_scores(facts, CARD, as_of=DAY).loc["ann"]
    assert told["fact"]["bad_debts"] == "呆账、坏账次数：1 次"


def test_an_explanation_is_in_the_language_in_use():
    language.use("zh")
    explained = credit.explain_scores(facts_of(ann={"relation_days": 400}), CARD, as_of=DAY)
    assert explained.loc[("ann", "relation_length"), "sentence"] == (
        "业务关系持续期：3 分里得 2 分（业务关系持续时间：400 天）。"
    )
    assert explained.loc[("ann", "relation_length"), "level"] == "业务关系持续时间：不低于 365 天"
    assert explained.loc[("ann", "bad_debts"), "class"] == "信用履约率评价"


def sentences(facts, card=CARD):
    return credit.explain_grades(score(facts, card), card)


def test_a_grade_is_told_with_its_reason():
    told = sentences(facts_of(
        ann={"repaid_share": 0.7, "trade_rank": "other", "gross_margin": None},
        bob={"is_sued_by_supplier": True},
        cy={"relation_days": 200, "debt_ratio": None},
        dee=unknown(*LEDGER),
        eve={},
    ))  # fmt: skip
    assert told["sentence"].tolist() == [
        "AA: score 89.6 of 100. 97.0% of the points could be judged."
        " Most was missed in: repayment of credit (6 of 20), rank in the local trade (4 of 4).",
        "C by veto: sued by another supplier over payment. The score alone, 100.0, would give AAA.",
        "A at most: new customer; not known: debt ratio. The score alone, 97.9, would give AAA.",
        "Not rated: 58.0% of the points could be judged. Not known: repayment of credit, repayment on time,"
        " record of bad debts.",
        "AAA: score 100.0 of 100.",
    ]
    assert told["reason"].tolist() == ["score", "veto", "cap", "coverage", "score"]
    assert told["by_score"].tolist() == ["AA", "AAA", "AAA", "AAA", "AAA"]


def test_a_score_in_a_sentence_is_cut_off_and_not_rounded():
    scores = score(facts_of(ann={})).assign(score=89.999)
    assert credit.explain_grades(scores, CARD)["sentence"].tolist() == ["AA: score 89.9 of 100."]


def test_a_grade_is_told_in_chinese():
    language.use("zh")
    told = sentences(facts_of(ann={"is_export": True}, bob={"relation_days": 200}, cy={"on_time_share": 0.5}))
    assert told["sentence"].tolist() == [
        "C 级，触发否决项：出口业务（款到付款）。单看得分（100.0）应为 AAA 级。",
        "最高只能评 A 级：新开发客户。单看得分（98.0）应为 AAA 级。",
        "AAA 级：得分 93.0（满分 100）。失分最多的是：按期履约率（14 分里失 7 分）。",
    ]


# --- limits ---

GRADED = credit.assign_grades(pd.Series({"ann": 95, "bob": 85, "cy": 75, "dee": 65, "eve": 30, "fay": None}), CARD)
SALES = pd.DataFrame({"monthly_sales": 200_000.0, "monthly_sales_expected": np.nan}, index=GRADED.index)


def test_limits_of_the_source_by_hand():
    own_terms = credit.credit_limits(GRADED, SALES, CARD)
    assert own_terms["limit"].tolist() == [900_000, 400_000, 240_000, 120_000, 0, 0]
    assert own_terms["term_days"].tolist() == [90, 60, 45, 30, 0, 0]
    two_months = credit.credit_limits(GRADED, SALES, CARD, term_days=60)
    assert two_months["limit"].tolist() == [600_000, 400_000, 320_000, 240_000, 0, 0]
    agreed = credit.credit_limits(GRADED, SALES, CARD, coefficients={"AAA": 3.0})
    assert agreed["limit"].tolist() == [1_800_000, 400_000, 240_000, 120_000, 0, 0]


def test_new_customers_count_with_what_is_expected_of_them():
    sales = SALES.assign(
        monthly_sales=[200_000, np.nan, np.nan, np.nan, np.nan, np.nan],
        monthly_sales_expected=[1.0, 50_000, np.nan, 0.0, np.nan, 9.0],
    )
    limits = credit.credit_limits(GRADED, sales, CARD)
    assert limits["basis"].tolist() == [
        "past sales", "expected sales", "none", "expected sales", "none", "expected sales",
    ]  # fmt: skip
    assert limits["limit"].fillna(-1).tolist() == [900_000, 100_000, -1, 0, 0, 0]


def test_new_limits_grow_step_by_step():
    sales = SALES.assign(relation_days=[0.0, 91, 92, 183, 273, 1000])
    graded = pd.Series("AA", index=SALES.index)
    limits = credit.credit_limits(graded, sales, CARD, stepwise=True)
    assert limits["step_share"].tolist() == [0.25, 0.25, 0.5, 0.75, 0.75, 1]
    assert limits["limit"].tolist() == [100_000, 100_000, 200_000, 300_000, 300_000, 400_000]
    later = credit.credit_limits(graded, sales.assign(relation_days=274), CARD, stepwise=True)
    assert set(later["step_share"]) == {1.0}
    unknown_length = credit.credit_limits(graded, sales.assign(relation_days=np.nan), CARD, stepwise=True)
    assert set(unknown_length["step_share"]) == {0.25}
    assert set(credit.credit_limits(graded, sales, CARD)["step_share"]) == {1.0}


def test_limits_of_the_table_of_grades_are_those_of_its_column():
    table = pd.DataFrame({"grade": GRADED, "reason": "score"})
    pd.testing.assert_frame_equal(credit.credit_limits(table, SALES, CARD), credit.credit_limits(GRADED, SALES, CARD))


@given(st.lists(st.floats(0, 100), min_size=2, max_size=2), st.floats(0, 1e9))
def test_a_better_score_never_has_a_lower_limit(points, monthly):
    graded = credit.assign_grades(pd.Series(sorted(points), index=["worse", "better"]), CARD)
    sales = pd.DataFrame({"monthly_sales": monthly, "monthly_sales_expected": np.nan}, index=graded.index)
    limit = credit.credit_limits(graded, sales, CARD)["limit"]
    assert limit["better"] >= limit["worse"] >= 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"grades": pd.Series({"ann": "D"})}, r"every grade of grades must be one of .*; got \['D'\]"),
        (
            {"grades": pd.Series({"zoe": "A"})},
            "facts must hold every customer of grades; 1 are missing, the first 'zoe'",
        ),
        ({"grades": pd.concat([GRADED, GRADED])}, "every customer must stand once in grades; 'ann'"),
        ({"facts": SALES.assign(monthly_sales=-1)}, "monthly sales must be 0 or more; the lowest is -1"),
        ({"facts": SALES.drop(columns="monthly_sales_expected")}, "facts must have the columns"),
        ({"coefficients": {"AAA": 4}}, "the coefficient of AAA must lie between 1.5 and 3, .*; got 4"),
        ({"coefficients": {"D": 1}}, "each grade in coefficients must be one of .*; got 'D'"),
        ({"term_days": 0}, "term_days must be a whole number of at least 1; got 0"),
        ({"stepwise": True}, r"facts must have the columns .*missing \['relation_days'\]"),
    ],
)
def test_limits_from_what_is_none_are_refused(change, message):
    arguments = {"grades": GRADED, "facts": SALES} | change
    grades, facts = arguments.pop("grades"), arguments.pop("facts")
    with pytest.raises(ValueError, match=message):
        credit.credit_limits(grades, facts, CARD, **arguments)


# --- moves between grades ---

GRADES = ["AAA", "AA", "A"]
THEN = pd.Series({"ann": "AAA", "bob": "AA", "cy": "AA", "dee": "not rated", "eve": None})
NOW = pd.Series({"bob": "A", "ann": "AAA", "dee": "AA", "fay": "A", "eve": "not rated"})


def test_moves_by_hand_with_those_who_left_are_new_and_not_rated():
    counts = credit.migration_counts(THEN, NOW, grades=GRADES)
    assert counts.index.tolist() == ["AAA", "AA", "A", "not rated", "new"]
    assert counts.columns.tolist() == ["AAA", "AA", "A", "not rated", "left"]
    assert counts.to_numpy().tolist() == [
        [1, 0, 0, 0, 0],
        [0, 0, 1, 0, 1],
        [0, 0, 0, 0, 0],
        [0, 1, 0, 1, 0],
        [0, 0, 1, 0, 0],
    ]


def test_a_row_that_held_nobody_is_missing_not_zero():
    matrix = credit.migration_matrix(THEN, NOW, grades=GRADES)
    assert matrix.loc["A"].isna().all()
    assert matrix.loc["AA"].tolist() == [0, 0, 0.5, 0, 0.5]
    assert matrix.drop(index="A").sum(axis=1).tolist() == [1, 1, 1, 1]


def test_grades_of_the_kit_move_as_they_are():
    graded = credit.assign_grades(pd.Series({"ann": 95.0, "bob": None}), CARD)
    counts = credit.migration_counts(graded, graded[::-1], grades=[*CARD.grade_names, "not rated"])
    assert (counts.loc["AAA", "AAA"], counts.loc["not rated", "not rated"], counts.to_numpy().sum()) == (1, 1, 2)
    assert counts.index.tolist() == [*CARD.grade_names, "not rated", "new"]


@given(*[st.dictionaries(st.integers(0, 30), st.sampled_from([*GRADES, "not rated"]), max_size=20)] * 2)
def test_everybody_is_counted_once(then, now):
    before, after = pd.Series(then, dtype="object"), pd.Series(now, dtype="object")
    counts = credit.migration_counts(before, after, grades=GRADES)
    assert counts.to_numpy().sum() == len(set(then) | set(now))
    assert counts["left"].sum() == len(set(then) - set(now))
    assert counts.loc["new"].sum() == len(set(now) - set(then))
    rows = credit.migration_matrix(before, after, grades=GRADES).sum(axis=1, skipna=False).dropna()
    assert np.allclose(rows, 1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"grades": ["AAA", "AA"]}, r"every grade of before must be one of .*|every grade of after .* got \['A'\]"),
        ({"grades": ["AAA", "AAA", "AA", "A"]}, "grades must be different names"),
        ({"grades": [*GRADES, "left"]}, "grades must be different names, none of them 'new' or 'left'"),
        ({"after": pd.concat([NOW, NOW])}, "every customer must stand once in after; 'bob'"),
    ],
)
def test_moves_of_what_is_none_are_refused(change, message):
    arguments = {"before": THEN, "after": NOW, "grades": GRADES} | change
    with pytest.raises(ValueError, match=message):
        credit.migration_counts(arguments["before"], arguments["after"], grades=arguments["grades"])


def test_a_year_is_four_quarters_with_their_paths():
    """A matrix of quarters to the fourth power, as `numbers.md` has it, made of grades that left and came back."""
    from crmlib import transitions

    before = pd.Series(["A"] * 10 + ["B"] * 10)
    after = pd.Series(["A"] * 9 + ["B"] + ["B"] * 9 + ["A"])
    matrix = credit.migration_matrix(before, after, grades=["A", "B"]).loc[["A", "B"], ["A", "B"]]
    year = transitions.forecast(matrix, pd.Series({"A": 1.0, "B": 0.0}), periods=4)
    assert year["A"].iloc[-1] == pytest.approx(0.7048, abs=1e-12)
    assert year["A"].iloc[-1] > 0.9**4


# --- loss against margin ---

OWING = pd.DataFrame({
    "grade": pd.Categorical(["AAA", "AAA", "C", "B"], ["not rated", "C", "B", "AAA"], ordered=True),
    "exposure": [600.0, 400.0, 100.0, 0.0], "margin": [50.0, 30.0, 4.0, -1.0],
})  # fmt: skip
RATES = pd.Series({"AAA": 0.01, "B": 0.05, "C": 0.2})


def test_loss_against_margin_by_hand():
    table = credit.expected_loss(OWING, default_rates=RATES, loss_given_default=0.5)
    assert table.index.tolist() == ["AAA", "B", "C"]
    assert table["n_customers"].tolist() == [2, 1, 1]
    assert table["expected_loss"].tolist() == [5, 0, 10]
    assert table["net"].tolist() == [75, -1, -6]
    assert table["loss_per_margin"].fillna(-1).tolist() == [5 / 80, -1, 2.5]
    assert table["break_even_rate"].fillna(-1).tolist() == [0.16, -1, 0.08]


def test_at_the_break_even_rate_nothing_is_left():
    rates = credit.expected_loss(OWING, default_rates=RATES)["break_even_rate"].fillna(0.05)
    assert credit.expected_loss(OWING, default_rates=rates)["net"][["AAA", "C"]].tolist() == pytest.approx([0, 0])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"default_rates": RATES.drop("C")}, "default_rates must have a share .*; that of 'C' is nan"),
        ({"default_rates": RATES * 10}, "default_rates must have a share .*; that of 'C' is 2.0"),
        ({"loss_given_default": 45}, "loss_given_default must lie between 0 and 1; got 45"),
        ({"customers": OWING.assign(exposure=-1.0)}, "every customer must have a grade and an exposure of 0 or more"),
        ({"customers": OWING.assign(grade=None)}, "every customer must have a grade .*; 4 have no grade"),
        ({"customers": OWING.drop(columns="margin")}, "customers must have the columns"),
        ({"customers": OWING.assign(margin=np.nan)}, "every margin of customers must be a number"),
    ],
)
def test_losses_from_what_is_none_are_refused(change, message):
    arguments = {"customers": OWING, "default_rates": RATES} | change
    with pytest.raises(ValueError, match=message):
        credit.expected_loss(arguments.pop("customers"), **arguments)


def test_the_whole_way_in_one_call_is_the_three_steps():
    days = pd.to_datetime(["2024-10-20", "2024-11-20", "2025-01-05"])
    ledger = pd.DataFrame({"invoice_id": ["1", "2", "3"], "customer_id": ["ann", "ann", "bob"], "due_date": days,
                           "invoice_date": days - pd.Timedelta(days=30), "amount": [100.0, 300.0, 50.0],
                           "paid_date": days})  # fmt: skip
    review = pd.DataFrame({"customer_id": ["ann"], "recorded_date": "2024-12-01", "management": "good"})
    tables = {"invoices": ledger, "credit_reviews": review}
    facts = credit.gather_facts(tables, as_of=DAY)
    scores = score(facts)
    graded = credit.explain_grades(scores, CARD)
    rated = credit.rate_customers(tables, CARD, as_of=DAY)
    assert rated.index.tolist() == ["ann", "bob"]
    assert rated[["grade", "reason", "sentence"]].equals(graded[["grade", "reason", "sentence"]])
    assert rated[["score", "points", "coverage"]].equals(scores[["score", "points", "coverage"]])
    assert rated[facts.columns].equals(facts)
    untold = credit.rate_customers(tables, CARD, as_of=DAY, with_sentence=False)
    assert untold.equals(rated.drop(columns="sentence"))
    assert rated.loc["ann", "overdue_amount"] == 0
    assert rated.loc["bob", "grade"] == "not rated"
