"""Scorecards: those of the kit are whole, and one that is not is refused with a message of its own."""

import dataclasses
import tomllib
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import crmlib
from crmlib import credit, language, scorecard
from crmlib.files.places import ROOT

DEFAULT = (Path(crmlib.__file__).parent / "rating" / "default.toml").read_text(encoding="utf-8")
CARD = scorecard.load_scorecard("default")


@pytest.fixture
def load(tmp_path):
    """Load the default card after one text of it was replaced by another."""

    def load(old, new, *, count=1):
        assert old in DEFAULT
        path = tmp_path / "mine.toml"
        path.write_text(DEFAULT.replace(old, new, count), encoding="utf-8")
        return scorecard.load_scorecard(path)

    return load


# --- the cards of the kit ---


@pytest.mark.parametrize("name", ["default", "35-35-30"])
def test_the_cards_of_the_kit_are_the_frame_of_the_course(name):
    card = scorecard.load_scorecard(name)
    assert (len(card.items), card.total) == (20, 100)
    assert sum(item.points for item in card.items if item.is_financial) == 30
    assert card.grade_names == ["AAA", "AA", "A", "B", "C"]
    assert [grade.at_least for grade in card.grades] == [90, 80, 70, 60, 0]
    assert [grade.coefficient for grade in card.grades] == [1.5, 1.0, 0.8, 0.6, 0.0]
    assert [grade.term_days for grade in card.grades] == [90, 60, 45, 30, 0]
    assert (card.min_coverage, card.highest_if_key_missing) == (0.7, "A")
    assert [veto.id for veto in card.vetoes] == ["halted", "sued_by_supplier", "export"]


def test_the_classes_have_the_points_of_their_profile():
    assert [one.points for one in CARD.classes] == [28, 42, 14, 9, 7]
    assert [one.name_zh for one in CARD.classes] == [
        name + "评价" for name in ("品质特性", "信用履约率", "偿债能力", "经营能力", "盈利能力")
    ]
    assert [one.points for one in scorecard.load_scorecard("35-35-30").classes] == [35, 35, 30]


def test_the_points_of_the_items_are_those_of_the_default_table():
    assert [item.points for item in CARD.items] == [4, 4, 4, 3, 3, 4, 2, 4, 20, 14, 8, 4, 4, 3, 3, 4, 2, 3, 3, 4]
    by_source = {source: [item.id for item in CARD.items if item.source == source] for source in "SM"}
    assert by_source["S"] == ["supply_position", "current_cover", "quick_cover"]
    assert by_source["M"] == [
        "leadership", "cooperation", "workforce", "lawsuits", "repayment", "punctuality", "bad_debts",
    ]  # fmt: skip


def test_both_profiles_ask_for_the_same_facts():
    other = scorecard.load_scorecard("35-35-30")
    assert other.facts == CARD.facts
    assert other.item_names == CARD.item_names
    assert (other.grades, other.vetoes, other.caps) == (CARD.grades, CARD.vetoes, CARD.caps)


def test_every_name_is_there_in_both_languages():
    for one in [*CARD.classes, *CARD.items, *CARD.facts, *CARD.rules]:
        assert one.name.isascii()
        assert any("\u4e00" <= letter <= "\u9fff" for letter in one.name_zh), one.id
    assert all(bool(item.note) == bool(item.note_zh) for item in CARD.items)
    for fact in CARD.facts:
        assert len(fact.words) == len(fact.words_zh)


def test_a_card_is_frozen_and_reads_names_in_the_language_in_use():
    with pytest.raises(dataclasses.FrozenInstanceError):
        CARD.min_coverage = 0
    assert (CARD.item("repayment").said(), CARD.grades[4].meaning_said()[:12]) == (
        "repayment of credit",
        "a great risk",
    )
    language.use("zh")
    assert (CARD.item("repayment").said(), CARD.fact("trade_rank").word("top 3")) == ("信用履约率", "前三名")
    assert CARD.grades[4].meaning_said().startswith("风险很大")


def test_the_list_of_items_says_how_points_are_got():
    rules = scorecard.list_items(CARD)["rule"]
    assert rules["supply_position"] == (
        "our rank among their suppliers: main: 3 points; secondary: 2 points; occasional: 1 point"
    )
    assert rules["repayment"].endswith("0.0% 0 points, 100.0% 20 points; none below 60.0%")
    assert rules["workforce"].endswith("staff: at least 30 people, staff is stable: yes: 1 point; all others: 0 points")
    assert scorecard.list_items(CARD)["note"]["cooperation"] == "The name is S, the points are M."
    language.use("zh")
    assert scorecard.list_items(CARD)["note"]["cooperation"] == "名称有公开来源（S），分数是常见的说法（M）。"
    assert scorecard.list_items(CARD)["rule"]["bad_debts"] == "呆账、坏账次数：低于 1 次：8 分；其余情况：0 分"
    assert scorecard.list_items(CARD)["rule"]["indebtedness"] == "资产负债率：88.0% 得 0 分，60.0% 得 4 分"


def test_the_cards_of_the_kit_travel_with_an_install(tmp_path, monkeypatch):
    from flit_core import buildapi

    monkeypatch.chdir(ROOT)
    with zipfile.ZipFile(tmp_path / buildapi.build_wheel(tmp_path)) as wheel:
        packed = [name for name in wheel.namelist() if name.endswith(".toml")]
    assert packed == [f"crmlib/rating/{name}.toml" for name in scorecard.list_scorecards().index]


def test_comments_say_where_each_number_is_from():
    text = tomllib.loads(DEFAULT)
    assert all(item["source"] in "SMR" for item in text["items"])
    for line in ("n_items = 20              # S", "points = 28            # name S, points M"):
        assert line in DEFAULT


# --- a card of one's own ---


def test_a_copy_can_be_changed_and_loaded(tmp_path):
    path = scorecard.copy_scorecard("default", tmp_path / "mine.toml")
    assert scorecard.load_scorecard(str(path)) == dataclasses.replace(CARD, id="mine")
    with pytest.raises(ValueError, match="path must be a file that is not there yet; mine.toml is"):
        scorecard.copy_scorecard("default", path)
    with pytest.raises(ValueError, match=r"name must be one of .*; got 'standard'"):
        scorecard.copy_scorecard("standard", tmp_path / "other.toml")


def test_another_scheme_says_other_sums():
    """A card of one class, two items and ten points is whole if its file says so."""
    card = scorecard.load_scorecard(Path(__file__).parent / "reference" / "small_card.toml")
    assert (card.total, len(card.items), card.grade_names) == (10, 2, ["yes", "no"])


# --- what is refused ---

UNCOVERED = '    {points = 0},\n]\n\n[[items]]\nid = "lawsuits"'
WRONG = [
    # sums, as the file says
    ("n_items = 20 ", "n_items = 21 ", "promises 21 items; there are 20. Mend the items, or, .* say n_items = 20"),
    ("n_classes = 5 ", "n_classes = 3 ", r"\[checks\] promises 3 classes; there are 5"),
    ("total = 100 ", "total = 110 ", "promises 110 points in all; there are 100"),
    ("financial = 30 ", "financial = 40 ", "promises 40 points of financial items; there are 30"),
    ("non_financial = 70 ", "non_financial = 60 ", "promises 60 points of non-financial items; there are 70"),
    ("is_financial = true", "is_financial = false", "promises 30 points of financial items; there are 26"),
    ("points = 28 ", "points = 30 ", "items of class character must add up to its 30 points; they add up to 28"),
    # keys
    ("is_key = false", "is_kye = false", r"items 1 'overall_impression': must have is_key; it has .*'is_kye'"),
    ("is_key = false", "is_key = false\nweight = 3", r"'overall_impression': keys must be among .*; got \['weight'\]"),
    ("\n[limits]", "\n[limits]\nfirst = 2", r"limits: keys must be among .*; got \['first'\]"),
    ('\nname = "five', '\ntitle = "x"\nname = "five', r": keys must be among .*; got \['title'\]"),
    ("\n[missing]", "\n[absent]", "must have missing; it has"),
    ("is_financial = false", "is_financial = 0", "is_financial must be true or false; got 0"),
    ("points = 28 ", 'points = "28" ', "classes 1 'character': points must be a number of at least 0; got '28'"),
    ("points = 28 ", "points = nan ", "points must be a number of at least 0; got nan"),
    ("min_coverage = 0.70", "min_coverage = 70", "min_coverage must be a number from 0 to 1; got 70"),
    ("steps = [0.25, 0.50, 0.75]", "steps = [0.5, 0.25]", "steps must be numbers in brackets, .*none below the one"),
    ('source = "R"', 'source = "X"', r"source must be one of \['S', 'M', 'R', 'own'\]; got 'X'"),
    ('words_zh = ["大型", "中型", "小型"]', 'words_zh = ["大型"]', "words_zh must be 3 texts, one for each of"),
    # names
    ('id = "leadership"', 'id = "lawsuits"', "items must each have a id of their own; 'lawsuits' stands there 2 times"),
    ('name_zh = "行业地位"', 'name_zh = "整体印象"', "items must each have a name_zh of their own; '整体印象'"),
    ('id = "keeping"', 'id = "character"', "classes must each have a id of their own; 'character'"),
    ('class = "keeping"', 'class = "payments"', "item repayment: its class must be one of .*; got 'payments'"),
    ('id = "repayment"', 'id = "repaid_share"', "no fact's name and none of .*; got 'repaid_share'"),
    ('id = "repayment"', 'id = "score"', "becomes a column of points: .*; got 'score'"),
    ('id = "C"', 'id = "not rated"', "the id of a grade must be none of .*; got 'not rated'"),
    # facts
    ('fact = "debt_ratio"', 'fact = "debt_ration"', "item indebtedness asks for the fact 'debt_ration', .*declared"),
    ("when = {is_halted = true}", "when = {is_stopped = true}", "rule halted asks for the fact 'is_stopped'"),
    ('trade_rank = ["top 10"]', 'trade_rank = ["top ten"]', "the words of trade_rank must be among .*'top ten'"),
    ('trade_rank = ["top 10"]', "trade_rank = {at_least = 3}", "trade_rank is of type 'words', but its condition"),
    ("is_halted = true", 'is_halted = ["yes"]', "is_halted is of type 'truth', but its condition is one for 'words'"),
    ("relation_days = {at_least = 365}", "relation_days = {from = 365}", "or one bound of .*; got {'from': 365}"),
    ('fact = "debt_ratio"', 'fact = "trade_rank"', "the fact of a slope must be a number; trade_rank is of type"),
    ("[facts.is_export]", "[facts.is_exporter]", "asks for the fact 'is_export', which must be declared"),
    ('[facts.is_export]', '[facts.idle]\ntype = "truth"\nname = "i"\nname_zh = "闲"\n\n[facts.is_export]',
     "nobody asks for 'idle'"),
    # levels
    ("points = 4, when = {trade_rank", "points = 5, when = {trade_rank", "no level may bring more than the item's 4 "),
    ("points = 4, when = {trade_rank", "points = 3, when = {trade_rank", "must bring all 4 points; it brings 3"),
    ("points = 2, when = {good_faith", "points = 0, when = {good_faith", None),
    ('points = 0, when = {good_faith', 'points = 3, when = {good_faith',
     "item cooperation: levels must not run against each other, .*reluctant brings 2 and refuses brings 3"),
    ("points = 2, when = {relation_days", "points = 0.5, when = {relation_days",
     "levels must not run against each other, .* 0 at 59 and 1 at 60, but 1 at 212.5 and 0.5 at 365"),
    ("relation_days = {above = 730}", "relation_days = {above = 60}",
     "every level must be reached by somebody; the one of 2 points, number 2, never is"),
    ('trade_rank = ["other"]', 'trade_rank = ["top 10"]', "leave no gap; none holds for trade_rank = other"),
    ("n_bad_debts = {below = 1}", "n_bad_debts = {above = 1}", None),
    ("n_staff = {at_least = 30}", "n_staff = {at_least = 200}", "the one of 1 points, number 2, never is"),
    (UNCOVERED, UNCOVERED.replace("    {points = 0},\n", ""), "levels must leave no gap; none holds for n_staff = 29"),
    # slopes
    ("zero = 0.88, full = 0.60", "zero = 0.60, full = 0.60", "zero and full must be two different numbers; both are"),
    ("none_below = 0.6", "none_below = 1.6", "none_below must lie between zero and a larger full, 0 and 1; got 1.6"),
    ('slope = {fact = "debt_ratio", zero = 0.88, full = 0.60}', "", "must have either levels or a slope; got neither"),
    # grades
    ("below = 90\n", "below = 95\n", "must not overlap; AA goes up to 95, but AAA begins at 90 already"),
    ("below = 90\n", "below = 88\n", "must leave no gap; AA ends at 88, but AAA begins only at 90. Write below = 90"),
    ("below = 90\n", "", "grade AA must end above where it begins, at 80; got below = None"),
    ("at_least = 80\n", "at_least = 99\n", "grade AA must end above where it begins"),
    ("at_least = 0\n", "at_least = 10\n", "the worst grade, C, stands last and must begin at 0, .*it begins at 10"),
    ("at_least = 90\n", "at_least = 90\nbelow = 100\n", "the best grade, AAA, stands first and must have no upper end"),
    ("coefficient = 0.8", "coefficient = 1.2", "A gets coefficient 1.2 and 45 days, AA 1 and 60 days"),
    ("term_days = 45", "term_days = 75", "A gets coefficient 0.8 and 75 days, AA 1 and 60 days"),
    ("coefficient_max = 3.0", "coefficient_max = 1.0", "coefficient_max must be a number of at least 1.5; got 1.0"),
    # rules
    ('grade = "C"', 'grade = "D"', r"halted must name one of the grades \['AAA', .*; got 'D'"),
    ('highest = "A"', 'highest = "a"', "new_customer must name one of the grades .*; got 'a'"),
    ('highest_if_key_missing = "A"', 'highest_if_key_missing = "D"', "highest_if_key_missing must name one of the"),
    ("when = {is_halted = true}", "when = {}", "must name at least one fact; it names none"),
    ("when = {is_halted = true}", "when = {is_halted = true}\nlevel = 2", r"'halted': keys must be .*\['level'\]"),
    # the file
    ("\n[checks]", "\n[checks", "must be TOML, lines such as points = 4 under .*line 17"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), WRONG)
def test_a_card_that_is_not_whole_is_refused_with_a_message_of_its_own(load, old, new, message):
    if message is None:  # unusual, but nothing runs against anything
        assert load(old, new).total == 100
    else:
        with pytest.raises(ValueError, match=f"(?s)mine.toml.*{message}"):
            load(old, new)


def test_messages_are_all_different_and_in_chinese_too(load):
    said = set()
    language.use("zh")
    wrong = [(old, new) for old, new, message in WRONG if message]
    for old, new in wrong:
        with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]") as caught:
            load(old, new)
        said.add(str(caught.value))
    assert len(said) == len(wrong)


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"one of \['35-35-30', 'default'\]; got 'standard'.*copy_scorecard"):
        scorecard.load_scorecard("standard")
    path = tmp_path / "gbk.toml"
    path.write_bytes('name = "品质"'.encode("gb18030"))
    with pytest.raises(ValueError, match="gbk.toml must be text in UTF-8"):
        scorecard.load_scorecard(path)


# --- other weights, other cut-offs ---


@given(st.integers(1, 60), st.sampled_from(["character", "solvency", "operations", "earnings"]))
def test_other_weights_keep_the_sum_and_the_shares_within_a_class(given_away, to):
    points = {one.id: one.points for one in CARD.classes}
    given_away = min(given_away, 41)
    other = scorecard.reweigh(CARD, {"keeping": 42 - given_away, to: points[to] + given_away})
    assert other.total == pytest.approx(100, abs=1e-9)
    assert other.item("repayment").points / (42 - given_away) == pytest.approx(20 / 42, abs=1e-12)
    for old, new in zip(CARD.items, other.items, strict=True):
        assert [a.points * new.points / old.points for a in old.levels] == pytest.approx([b.points for b in new.levels])
    assert scorecard.reweigh(other, points).item("repayment").points == pytest.approx(20, abs=1e-9)


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ({"keeping": 30}, "points must leave the sum at 100, .*; they make it 88"),
        ({"payment": 30}, "each name in points must be one of .*; got 'payment'"),
        ({"keeping": 0, "solvency": 56}, "keeping must be a number above 0; got 0"),
    ],
)
def test_other_weights_that_are_no_scheme_are_refused(points, message):
    with pytest.raises(ValueError, match=message):
        scorecard.reweigh(CARD, points)


def test_some_items_are_scaled_up_to_the_old_sum():
    items = ["relation_length", "repayment", "punctuality", "bad_debts"]
    ledger = scorecard.keep_items(CARD, items)
    assert ledger.item_names == items
    assert ledger.total == pytest.approx(100, abs=1e-9)
    assert [one.id for one in ledger.classes] == ["character", "keeping"]
    assert [one.points for one in ledger.classes] == pytest.approx([300 / 45, 4200 / 45], abs=1e-9)
    assert ledger.item("relation_length").levels[1].points == pytest.approx(200 / 45, abs=1e-12)
    assert (ledger.vetoes, ledger.caps, ledger.grades) == (CARD.vetoes, CARD.caps, CARD.grades)
    assert {fact.id for fact in ledger.facts} == set(ledger.fact_names)
    with pytest.raises(ValueError, match="each name in items must be one of .*; got 'debt_ratio'"):
        scorecard.keep_items(CARD, ["debt_ratio"])
    with pytest.raises(ValueError, match="items must name at least one item; it is empty"):
        scorecard.keep_items(CARD, [])


def test_classes_can_keep_their_points_when_items_go():
    """Within a class what is left grows; the points of a class without items go to all in proportion."""
    items = [item.id for item in CARD.items if item.class_id != "earnings" and item.id != "bad_debts"]
    kept = scorecard.keep_items(CARD, items, keep_classes=True)
    assert kept.total == pytest.approx(100, abs=1e-9)
    assert [one.points for one in kept.classes] == pytest.approx([28 / 0.93, 42 / 0.93, 14 / 0.93, 9 / 0.93], abs=1e-9)
    assert kept.item("repayment").points == pytest.approx(42 / 0.93 * 20 / 34, abs=1e-9)
    assert kept.item("leadership").points / kept.item("workforce").points == pytest.approx(2, abs=1e-12)
    as_before = scorecard.keep_items(CARD, CARD.item_names, keep_classes=True)
    assert [item.points for item in as_before.items] == pytest.approx([item.points for item in CARD.items], abs=1e-12)


@given(st.floats(0, 100), st.sampled_from(["character", "keeping", "earnings"]))
def test_others_share_what_is_left_as_before(points, name):
    new = scorecard.rebalance(CARD, {name: points})
    old = scorecard.rebalance(CARD, {})
    assert old.to_dict() == {one.id: one.points for one in CARD.classes}
    assert (new.sum(), new[name]) == pytest.approx((100, points), abs=1e-9)
    others = old.drop(name).index
    assert (new[others] / (100 - points) if points < 100 else old[others] / old[others].sum()).to_numpy() == (
        pytest.approx((old[others] / old[others].sum()).to_numpy(), abs=1e-6)
    )


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ({"payment": 30}, "each name in points must be one of .*; got 'payment'"),
        ({"keeping": -1}, "keeping must be a number of at least 0; got -1"),
        ({"keeping": 80, "character": 30}, "points must leave the sum at 100; those named make 110, and no other"),
        ({one.id: 10 for one in CARD.classes}, "points must leave the sum at 100; those named make 50"),
    ],
)
def test_points_that_cannot_be_shared_are_refused(points, message):
    with pytest.raises(ValueError, match=message):
        scorecard.rebalance(CARD, points)


# --- many weightings at once ---

FACTS = pd.DataFrame(
    {
        "repaid_share": [1.0, 0.9, 0.7, None],
        "on_time_share": [0.9, 0.8, None, None],
        "n_bad_debts": [0, 0, 2, None],
        "debt_ratio": [0.5, 0.7, 0.9, 0.6],
        "current_ratio": [1.6, 1.2, None, 1.1],
        "net_margin": [0.06, 0.02, None, 0.01],
        "trade_rank": ["top 3", "other", "top 10", None],
        "is_export": [False, False, True, False],
    },
    index=list("ABCD"),
).reindex(columns=CARD.fact_names)


def test_many_weightings_score_as_one_card_each():
    """One table for all, and the cards of `reweigh` one after the other, whatever is known of a customer."""
    weightings = pd.DataFrame(
        {
            "even": scorecard.rebalance(CARD, dict.fromkeys(["character", "keeping"], 25)),
            "earnings": [20, 20, 20, 20, 20],
        }
    ).T
    scores = credit.score_customers(FACTS, CARD, as_of="2025-01-01")
    many = scorecard.score_weightings(scores, CARD, weightings)
    for name, points in weightings.iterrows():
        one = credit.score_customers(FACTS, scorecard.reweigh(CARD, points), as_of="2025-01-01")["score"]
        assert many[name].to_numpy() == pytest.approx(one.to_numpy(), abs=1e-7)
    same = scorecard.score_weightings(scores, CARD, scorecard.rebalance(CARD, {}).to_frame("card").T)["card"]
    assert same.to_numpy() == pytest.approx(scores["score"].to_numpy(), abs=1e-9)


def test_many_weightings_grade_as_the_table_of_scores_with_another_score():
    """Vetoes and caps hold with any weights, and coverage stays: D, of whom little is known, is never rated."""
    scores = credit.score_customers(FACTS, CARD, as_of="2025-01-01")
    scores["coverage"] = [0.8, 0.8, 0.8, 0.2]
    rows = {points: scorecard.rebalance(CARD, {"keeping": points}) for points in (10, 42, 90)}
    grades = scorecard.grade_weightings(scores, CARD, pd.DataFrame(rows).T)
    assert grades[42].tolist() == credit.assign_grades(scores, CARD)["grade"].astype("str").tolist()
    assert grades.loc["C"].tolist() == ["C"] * 3  # an export business, by veto
    assert grades.loc["D"].tolist() == ["not rated"] * 3
    assert grades.loc["A"].isin(["A", "B", "C"]).all()  # a key fact is not known: at most A
    assert grades.loc["B"].nunique() > 1


def test_a_weighting_of_what_nobody_knows_gives_no_score():
    scores = credit.score_customers(FACTS, CARD, as_of="2025-01-01")
    ledger = scorecard.rebalance(CARD, {"keeping": 100}).to_frame("ledger").T
    assert scorecard.score_weightings(scores, CARD, ledger)["ledger"].isna().tolist() == [False, False, False, True]


@pytest.mark.parametrize("change", [{"keeping": 43}, {"keeping": -1, "character": 71}])
def test_a_weighting_must_be_points_that_add_up(change):
    row = (scorecard.rebalance(CARD, {}) * 1.0).to_frame("mine").T.assign(**change)
    with pytest.raises(ValueError, match="each row of weightings must hold points .* add up to 100; row 'mine'"):
        scorecard.score_weightings(credit.score_customers(FACTS, CARD, as_of="2025-01-01"), CARD, row)


def test_the_parts_of_a_score_add_up_to_it():
    scores = credit.score_customers(FACTS, CARD, as_of="2025-01-01")
    parts = scorecard.split_score(scores, CARD)
    assert list(parts) == [one.id for one in CARD.classes]
    assert parts.sum(axis=1).to_numpy() == pytest.approx(scores["score"].to_numpy(), abs=1e-7)
    assert parts.loc["A", "keeping"] == pytest.approx(
        scores.loc["A", ["repayment", "punctuality", "bad_debts"]].sum() / scores.loc["A", "coverage"], abs=1e-7
    )
    with pytest.raises(ValueError, match="scores must have the columns"):
        scorecard.split_score(scores.drop(columns="repayment"), CARD)


def test_other_cutoffs_leave_no_gap():
    other = scorecard.with_cutoffs(CARD, {"AAA": 86, "AA": 61, "A": 46, "B": 31})
    assert [(grade.at_least, grade.below) for grade in other.grades] == [
        (86, None),
        (61, 86),
        (46, 61),
        (31, 46),
        (0, 31),
    ]
    assert CARD.grades[0].at_least == 90


@pytest.mark.parametrize(
    "cutoffs",
    [
        {"AAA": 86, "AA": 61, "A": 46},
        {"AAA": 86, "AA": 86, "A": 46, "B": 31},
        {"AAA": 101, "AA": 61, "A": 46, "B": 31},
        {"AAA": 86, "AA": 61, "A": 46, "B": 0},
        {"AAA": 86, "AA": 61, "A": 46, "B": 31, "C": 0},
    ],
)
def test_other_cutoffs_must_fall(cutoffs):
    with pytest.raises(ValueError, match="cutoffs must give .* numbers from 100 down that fall and end above 0"):
        scorecard.with_cutoffs(CARD, cutoffs)


def test_lists_are_tables_in_the_order_of_the_card():
    items = scorecard.list_items(CARD)
    assert items.index.tolist() == CARD.item_names
    assert items["points"].sum() == 100
    by_class = items.groupby("class_id", sort=False)["points"].sum().to_dict()
    assert by_class == {"character": 28, "keeping": 42, "solvency": 14, "operations": 9, "earnings": 7}
    assert items[items["is_key"]].index.tolist() == ["repayment", "punctuality", "bad_debts", "indebtedness"]
    assert pd.Series(items["source"]).isin(["S", "M", "R"]).all()
