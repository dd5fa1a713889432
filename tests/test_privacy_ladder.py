"""What a file singles out, and what it still finds: by hand, by the law of large numbers, by mistake."""

import numpy as np
import pandas as pd
import pytest

from crmlib import datasets
from crmlib.privacy import detail_ladder

LEARNED = pd.DataFrame({"town": list("xxxyyz"), "job": list("abaaba"), "yes": [1, 0, 1, 0, 0, 1]})
LATER = pd.DataFrame({"town": list("xxyyw"), "job": list("ababa"), "yes": [1, 1, 0, 1, 0]})


def ladder(**changed):
    given = {"learned": LEARNED, "later": LATER, "details": {"fine": ["town", "job"], "none": []}, "n_chosen": 3}
    return detail_ladder(**(given | {"outcome": "yes"} | changed))


def test_by_hand():
    found = ladder()
    # Groups xa (2 people, share 1), xb, ya, yb, za of one: four alone, six of six in groups of fewer than five.
    # Of LATER: xa first (a yes), then w, never seen (a no), then one of xb, ya and yb by lot (two of three are a yes).
    assert found.loc["fine"].tolist() == [1, 4, 1.0, pytest.approx(1 + 0 + 2 / 3), 0]
    # None takes each of five with 3/5; fine takes two for certain and three with 1/3. A yes: 3 of 5, so 6/25 of one.
    apart = 2 * (2 / 5) ** 2 + 3 * (3 / 5 - 1 / 3) ** 2
    assert found.loc["none"].tolist() == [
        6,
        0,
        0.0,
        pytest.approx(3 * 3 / 5),
        pytest.approx(2 * (apart * 6 / 25) ** 0.5),
    ]


def test_a_group_not_seen_before_gets_the_share_of_all():
    later = pd.DataFrame({"town": ["w", "y"], "job": ["a", "a"], "yes": [1, 0]})
    assert ladder(later=later, n_chosen=1).loc["fine", "n_yes"] == 1  # w: one half of all; ya: none


def test_a_missing_value_is_a_group_of_its_own():
    learned = LEARNED.assign(town=[None, None, "x", "y", "y", "z"])
    assert ladder(learned=learned, details={"town": ["town"]}).loc["town", "k"] == 1
    assert ladder(learned=learned, details={"town": ["town"]}).loc["town", "n_alone"] == 2


def test_detail_helps_where_it_matters_and_groups_are_large():
    random = np.random.default_rng(5)
    people = pd.DataFrame({"kind": random.integers(0, 4, 20_000), "noise": random.integers(0, 5_000, 20_000)})
    people["yes"] = random.random(20_000) < people["kind"] / 10
    files = {"kind": ["kind"], "both": ["kind", "noise"], "nothing": []}
    found = detail_ladder(people[:10_000], people[10_000:], files, outcome="yes", n_chosen=2_000)["n_yes"]
    assert found["kind"] > found["both"] > found["nothing"]


def test_three_lines_of_pandas_find_the_same_k():
    calls = datasets.load_bank_calls()
    columns = ["job", "education"]
    found = detail_ladder(calls, calls, {"both": columns}, outcome="subscribed", n_chosen=100)
    size = calls.groupby(columns).size()
    assert (found.loc["both", "k"], found.loc["both", "n_alone"]) == (size.min(), (size == 1).sum())


def test_mistakes_are_told():
    with pytest.raises(ValueError, match="at most the people of later, 5"):
        ladder(n_chosen=6)
    with pytest.raises(ValueError, match="salary"):
        ladder(details={"fine": ["salary"]})
    with pytest.raises(ValueError, match="one of them is empty"):
        ladder(learned=LEARNED.head(0))


def test_two_files_differ_by_no_more_than_chance_19_times_of_20():
    random = np.random.default_rng(8)
    people = pd.DataFrame({"a": random.integers(0, 40, 6_000), "b": random.integers(0, 5, 6_000)})
    inside = []
    for _ in range(60):  # nobody says yes for a reason, so no file is better than another
        learned, later = people[:3_000].copy(), people[3_000:].copy()
        learned["yes"], later["yes"] = random.random(3_000) < 0.2, random.random(3_000) < 0.2
        found = detail_ladder(learned, later, {"a": ["a"], "b": ["b"]}, outcome="yes", n_chosen=1_000)
        inside.append(abs(found["n_yes"].diff().iloc[1]) <= found.loc["b", "by_chance"])
    assert 0.9 <= np.mean(inside) < 1
