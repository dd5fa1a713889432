"""Moves between grades: how many are luck, and what came of the falls."""

import numpy as np
import pandas as pd
import pytest

from crmlib import credit, transitions

DUE = pd.to_datetime(["2024-01-31", "2024-02-29", "2024-03-31", "2024-01-31", "2024-04-30", "2024-12-31"])
INVOICES = pd.DataFrame({
    "invoice_id": list("123456"),
    "customer_id": ["ann", "bob", "ann", "bob", "ann", "ann"],
    "due_date": DUE,
    "paid_date": DUE + pd.to_timedelta([0, 5, 20, 7, None, 90], "D"),
}, index=[3, 1, 4, 15, 9, 2])  # fmt: skip


def delays(ledger):
    return (ledger["paid_date"] - ledger["due_date"]).dt.days


# --- shuffled payments ---


def test_everybody_keeps_their_own_delays_and_nothing_else_changes():
    seen = set()
    for ledger in credit.shuffle_payments(INVOICES, until="2024-12-01", n_times=40, seed=1):
        pd.testing.assert_frame_equal(ledger.drop(columns="paid_date"), INVOICES.drop(columns="paid_date"))
        late = delays(ledger)
        assert sorted(late[[3, 4]]) == [0, 20]
        assert sorted(late[[1, 15]]) == [5, 7]
        seen.add(tuple(late[[3, 4, 1, 15]]))
    assert len(seen) == 4  # two customers, two orders each, drawn apart from each other


def test_what_was_never_paid_or_is_due_later_stays():
    for ledger in credit.shuffle_payments(INVOICES, until="2024-12-31", n_times=20, seed=2):
        assert pd.isna(ledger.loc[9, "paid_date"])
        assert delays(ledger)[2] == 90
    drawn = [delays(one)[2] for one in credit.shuffle_payments(INVOICES, until="2025-01-01", n_times=40, seed=2)]
    assert set(drawn) == {0, 20, 90}


def test_each_order_is_as_likely():
    first = [delays(one)[3] for one in credit.shuffle_payments(INVOICES, until="2024-12-01", n_times=2000, seed=3)]
    assert abs(np.mean([late == 0 for late in first]) - 0.5) < 4 * 0.5 / 2000**0.5


def test_the_same_seed_shuffles_alike_and_the_table_stays():
    kept = INVOICES.copy()
    once, twice = (list(credit.shuffle_payments(INVOICES, until="2025-02-01", n_times=5, seed=7)) for _ in range(2))
    for one, other in zip(once, twice, strict=True):
        pd.testing.assert_frame_equal(one, other)
    assert len({tuple(delays(one).fillna(-1)) for one in once}) > 1
    pd.testing.assert_frame_equal(INVOICES, kept)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"invoices": INVOICES.drop(columns="paid_date")}, "invoices must have the columns"),
        ({"n_times": 0}, "n_times must be a whole number of at least 1; got 0"),
        ({"until": "soon"}, "until must be"),
    ],
)
def test_what_cannot_be_shuffled_is_refused(change, message):
    arguments = {"invoices": INVOICES, "until": "2025-01-01", "n_times": 1, "seed": 1} | change
    with pytest.raises(ValueError, match=message):
        next(credit.shuffle_payments(arguments.pop("invoices"), **arguments))


# --- shares and powers ---


def test_who_is_rated_twice_and_has_another_grade():
    before = pd.Series({"ann": "A", "bob": "B", "cy": None, "dee": "not rated", "eve": "A", "flo": "C"})
    after = pd.Series({"flo": "C", "eve": "not rated", "bob": "A", "ann": "A", "cy": "A", "gus": "A"})
    assert credit.share_moved(before, after) == pytest.approx(1 / 3)  # ann, bob, flo
    assert np.isnan(credit.share_moved(before[["dee"]], after))
    with pytest.raises(ValueError, match="every customer must stand once in after; 'ann'"):
        credit.share_moved(before, after.rename({"bob": "ann"}))


def test_moved_is_what_mobility_does_not_call_the_same():
    rng = np.random.default_rng(8)
    before, after = (pd.Series(rng.choice(["A", "B", "C", "not rated"], 200)) for _ in range(2))
    counts = credit.migration_counts(before, after, grades=["A", "B", "C"])
    same = transitions.mobility(counts.loc[["A", "B", "C"], ["A", "B", "C"]])["same"]
    assert credit.share_moved(before, after) == pytest.approx(1 - same)


def test_a_square_matrix_keeps_who_left_away_and_no_one_who_is_new():
    before = pd.Series({"ann": "A", "bob": "A", "cy": "B", "dee": "not rated", "eve": "A", "flo": "A"})
    after = pd.Series({"ann": "A", "bob": "B", "cy": "A", "dee": "not rated", "eve": "A", "new": "B"})
    counts = credit.migration_counts(before, after, grades=["A", "B"])
    square = credit.square_matrix(counts)
    assert square.index.tolist() == square.columns.tolist() == ["A", "B", "not rated", "left"]
    assert square.loc["A"].tolist() == [0.5, 0.25, 0, 0.25]
    assert square.loc["left"].tolist() == [0, 0, 0, 1]
    ahead = transitions.forecast(square, pd.Series({"A": 8.0, "B": 0.0, "not rated": 0.0, "left": 0.0}), periods=2)
    assert ahead.loc[2].tolist() == [4.0 * 0.5 + 2.0, 1.0, 0.0, 3.0]
    assert counts.index.tolist() == ["A", "B", "not rated", "new"]  # the counts stay as they were


def test_where_a_grade_held_nobody_its_future_is_unknown():
    counts = credit.migration_counts(pd.Series({"ann": "A"}), pd.Series({"ann": "A"}), grades=["A", "B"])
    with pytest.raises(ValueError, match=r"\['B', 'not rated'\] held nobody, and where they go is unknown"):
        credit.square_matrix(counts)


# --- how many moves are luck ---

BEFORE = pd.Series({"ann": "A", "bob": "A", "cy": "B", "dee": "not rated", "eve": "A"})
AFTER = pd.Series({"ann": "A", "bob": "B", "cy": "A", "dee": "A", "fay": "B"})


def test_only_who_is_rated_twice_counts():
    shuffled = [
        pd.Series({"ann": "A", "bob": "B", "cy": "B", "dee": "A"}),
        pd.Series({"ann": "A", "bob": "A", "cy": "A", "dee": "B"}),
        pd.Series({"ann": "A", "bob": "B", "cy": "not rated", "dee": "C"}),
    ]
    found = credit.moves_by_chance(BEFORE, AFTER, shuffled, seed=1)
    assert found["n_rated"] == 3  # ann, bob, cy
    assert found["moved"] == pytest.approx(2 / 3)
    # ann never; bob in two of three pairs; cy in the one pair that there is.
    assert found["by_chance"] == pytest.approx((0 + 2 / 3 + 1) / 3)
    assert found["ratio"] == pytest.approx((2 / 3 + 1) / 2)


def test_the_pairs_are_all_pairs():
    rng = np.random.default_rng(5)
    people = [f"{k}" for k in range(60)]
    table = pd.DataFrame(rng.choice(["A", "B", "C"], (60, 7), p=[0.6, 0.3, 0.1]), index=people)
    shuffled = [table[k] for k in range(7)]
    by_hand = np.mean([(table[i] != table[j]).mean() for i in range(7) for j in range(i)])
    found = credit.moves_by_chance(table[0], table[1], shuffled, seed=1)
    assert found["by_chance"] == pytest.approx(by_hand)
    assert found["moved"] == pytest.approx((table[0] != table[1]).mean())


def test_the_interval_holds_a_known_ratio_nearly_as_often_as_it_says():
    """Of each customer grades differ by chance in 3 of 10 pairs, and in truth in half: the ratio is .6."""
    rng = np.random.default_rng(11)
    people, n, holds = [f"{k}" for k in range(150)], 200, 0
    high_share = (1 - 0.4**0.5) / 2  # of two draws with this share they differ with chance .3
    for _ in range(n):
        table = pd.DataFrame(np.where(rng.random((150, 12)) < high_share, "A", "B"), index=people)
        before = pd.Series("A", index=people)
        after = pd.Series(np.where(rng.random(150) < 0.5, "A", "B"), index=people)
        found = credit.moves_by_chance(before, after, [table[k] for k in range(12)], seed=1, n_resamples=300)
        holds += found["low"] <= 0.6 <= found["high"]
    assert 0.95 - 4 * (0.95 * 0.05 / n) ** 0.5 < holds / n <= 1


def grade_of_quarter(ledger):
    """By the share paid on time of the three invoices of the last quarter."""
    last = ledger[ledger["due_date"] >= "2024-10-01"]
    on_time = (last["paid_date"] <= last["due_date"]).groupby(last["customer_id"]).mean()
    return on_time.gt(0.9).map({True: "A", False: "B"})


def test_where_nobody_changes_chance_explains_most_moves_and_never_clearly_more():
    """Each of 600 customers is late with a chance that stays: what really differs by luck is known."""
    rng = np.random.default_rng(21)
    late = np.repeat(rng.beta(1, 2, 600), 12)
    due = pd.to_datetime([f"2024-{month:02d}-15" for month in range(1, 13)] * 600)
    ledger = pd.DataFrame({"customer_id": np.repeat([f"{k}" for k in range(600)], 12), "due_date": due})
    ledger["paid_date"] = ledger["due_date"] + pd.to_timedelta(np.where(rng.random(len(late)) < late, 9, 0), "D")
    shuffled = [
        grade_of_quarter(one) for one in credit.shuffle_payments(ledger, until="2025-01-01", n_times=30, seed=4)
    ]
    redrawn = ledger["due_date"] + pd.to_timedelta(np.where(rng.random(len(late)) < late, 9, 0), "D")
    again, real = grade_of_quarter(ledger.assign(paid_date=redrawn)), grade_of_quarter(ledger)
    found = credit.moves_by_chance(real, again, shuffled, seed=1)
    assert found["low"] < 1  # it never says more than there is
    assert 0.75 < found["ratio"] < found["high"]


def test_where_nobody_moved_there_is_no_ratio():
    found = credit.moves_by_chance(BEFORE, BEFORE, [BEFORE, BEFORE], seed=1)
    assert (found["moved"], found["by_chance"]) == (0, 0)
    assert found[["ratio", "low", "high"]].isna().all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"shuffled": [AFTER]}, "grades from two ledgers or more; got 1"),
        ({"after": pd.concat([AFTER, AFTER])}, "every customer must stand once in after; 'ann'"),
        ({"shuffled": [AFTER, pd.concat([AFTER, AFTER])]}, "every customer must stand once in shuffled; 'ann'"),
        ({"after": pd.Series({"dee": "A"})}, "at least one customer must be rated before and after; none is"),
        ({"n_resamples": 0}, "n_resamples must be a whole number"),
    ],
)
def test_moves_of_nobody_are_refused(change, message):
    arguments = {"before": BEFORE, "after": AFTER, "shuffled": [AFTER, AFTER], "seed": 1} | change
    with pytest.raises(ValueError, match=message):
        credit.moves_by_chance(**arguments)


# --- what came of those who fell ---

KIND = pd.CategoricalDtype(["not rated", "C", "B", "A"], ordered=True)


def graded(**grades):
    return pd.Series(grades, dtype=KIND)


GRADES = {
    "2024-01-01": graded(ann="A", bob="A", cy="A", dee="not rated", eve="B", flo="A"),
    "2024-04-01": graded(ann="B", bob="C", cy="not rated", dee="C", eve="A", flo="B"),
    "2024-07-01": graded(ann="C", bob="A", cy="C", dee="C", eve="B", flo="not rated"),
    "2024-10-01": graded(ann="B", bob="A", cy="C", dee="C"),
}
SOLD = pd.DataFrame(
    {
        "customer_id": ["ann"] * 6 + ["bob", "eve"],
        "invoice_date": pd.to_datetime(
            [
                "2024-03-31",
                "2024-04-01",
                "2024-06-30",
                "2024-07-01",
                "2024-09-30",
                "2024-10-01",
                "2024-05-05",
                "2024-08-08",
            ]
        ),
        "amount": [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0],
        "paid_date": pd.to_datetime([None, None, "2024-08-01", None, "2024-11-01", None, "2024-06-01", None]),
    }
)


def test_falls_by_hand():
    fell = credit.list_downgrades(GRADES, SOLD)
    assert fell[["customer_id", "before", "after"]].to_numpy().tolist() == [
        ["ann", "A", "B"],
        ["bob", "A", "C"],
        ["flo", "A", "B"],
        ["ann", "B", "C"],
        ["eve", "A", "B"],
    ]
    assert fell["day"].dt.strftime("%m-%d").tolist() == ["04-01"] * 3 + ["07-01"] * 2
    # Ann is low in July too, and back at B, not below it, in October; flo is not rated, eve is gone.
    assert fell["is_low_again"].tolist() == [True, False, False, False, False]
    sums = fell[["amount_first", "unpaid_amount_first", "amount_second", "unpaid_amount_second"]]
    assert sums.to_numpy().tolist() == [
        [6, 2, 24, 8],
        [64, 0, 0, 0],
        [0, 0, 0, 0],
        [24, 8, 32, 32],
        [128, 128, 0, 0],
    ]


def test_where_nobody_fell_the_list_is_empty():
    same = {day: graded(ann="A") for day in list(GRADES)[:3]}
    assert credit.list_downgrades(same, SOLD).empty


@pytest.mark.parametrize(
    ("grades", "message"),
    [
        (dict(list(GRADES.items())[:2]), "grades must be of three days or more, in the order of time"),
        (dict(reversed(GRADES.items())), "grades must be of three days or more, in the order of time"),
        ({day: one.astype(str) for day, one in GRADES.items()}, "grades must be ordered from worst to best"),
        ({day: pd.concat([one, one]) for day, one in GRADES.items()}, "every customer must stand once in grades"),
    ],
)
def test_falls_of_what_is_no_rating_are_refused(grades, message):
    with pytest.raises(ValueError, match=message):
        credit.list_downgrades(grades, SOLD)
