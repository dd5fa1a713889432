"""Linkage against Splink, and what EM learns against the truth that it does not see."""

import numpy as np
import pandas as pd
import pytest

from crmlib import datasets
from crmlib.engine import linkage
from crmlib.identity import count_comparisons, estimate_chances, link_records

FIELDS = {
    "given_name": "category", "surname": "category", "suburb": "category", "postcode": "category",
    "birth_date": "category", "social_security_id": "category",
}  # fmt: skip
RULES = ["birth_date", ("surname", "given_name")]
SHARE = 0.001


@pytest.fixture(scope="module")
def records():
    return datasets.load_febrl().set_index("record_id")


def pairs_of_splink(records, chances):
    """The same fields, rules and chances, compared and weighed by Splink."""
    import duckdb
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    comparisons = []
    for name in FIELDS:
        levels = [{"sql_condition": f"{name}_l IS NULL OR {name}_r IS NULL", "is_null_level": True}]
        for condition, outcome in ((f"{name}_l = {name}_r", "agree"), ("ELSE", "differ")):
            m, u = chances.loc[(name, outcome), ["m", "u"]]
            levels.append({"sql_condition": condition, "m_probability": m, "u_probability": u})
        levels = [{"label_for_charts": f"{name} {place}"} | level for place, level in enumerate(levels)]
        comparisons.append({"output_column_name": name, "comparison_levels": levels})
    rules = ["l.birth_date = r.birth_date", "l.surname = r.surname AND l.given_name = r.given_name"]
    settings = {
        "link_type": "dedupe_only", "unique_id_column_name": "record_id", "comparisons": comparisons,
        "blocking_rules_to_generate_predictions": rules, "probability_two_random_records_match": SHARE,
    }  # fmt: skip
    with duckdb.connect() as connection:
        table = DuckDBAPI(connection=connection).register(records[[*FIELDS]].reset_index())
        linker = Linker(table, settings, log_level=None)
        found = linker.inference.predict().as_pandas_dataframe()
    found = found.rename(columns={"record_id_l": "id_left", "record_id_r": "id_right"})
    return found.sort_values(["id_left", "id_right"], ignore_index=True)


def test_splink_finds_the_same_pairs_with_the_same_weights(records):
    chances = estimate_chances(records, fields=FIELDS, block_on=RULES)
    ours = link_records(records, fields=FIELDS, block_on=RULES, chances=chances, share=SHARE)
    ours = ours.sort_values(["id_left", "id_right"], ignore_index=True)
    theirs = pairs_of_splink(records, chances)
    assert len(ours) > 450
    pd.testing.assert_frame_equal(ours[["id_left", "id_right"]], theirs[["id_left", "id_right"]], check_dtype=False)
    prior = np.log2(SHARE / (1 - SHARE))
    assert ours["weight"].to_numpy() == pytest.approx(theirs["match_weight"].to_numpy() - prior, abs=2e-6)
    assert ours["probability"].to_numpy() == pytest.approx(theirs["match_probability"].to_numpy(), abs=2e-9)


def test_what_em_learns_is_near_the_truth(records):
    """Of the 500 true pairs, how often each field is the same; EM is told nothing of them."""
    chances = estimate_chances(records, fields=FIELDS)
    links = datasets.load_truth("febrl")["links"]
    left, right = (records.loc[links[column], [*FIELDS]].reset_index(drop=True) for column in links)
    is_there = left.notna() & right.notna()
    true = (left == right).where(is_there).mean().astype(float)
    learned = chances["m"].xs("agree", level="outcome")
    assert (learned - true).abs().max() < 0.02


def test_what_strangers_share_is_counted_without_the_duplicates(records):
    """Half of the records are copies: counted in, u of the number would be 500 times too large."""
    chances = estimate_chances(records, fields=FIELDS)
    links = datasets.load_truth("febrl")["links"]
    left, right = (records.loc[links[column], "surname"].reset_index(drop=True) for column in links)
    n, sizes = records["surname"].notna().sum(), records["surname"].value_counts()
    strangers = n * (n - 1) / 2 - (left.notna() & right.notna()).sum()
    true = ((sizes * (sizes - 1)).sum() / 2 - (left == right).sum()) / strangers
    assert chances.loc[("surname", "agree"), "u"] == pytest.approx(true, rel=0.01)
    assert chances.loc[("social_security_id", "agree"), "u"] < 1e-5


def test_a_field_that_every_rule_uses_keeps_the_guess(records):
    chances = estimate_chances(records, fields={"birth_date": "date", "state": "category"}, block_on=["birth_date"])
    assert chances.loc["birth_date", "m"].tolist() == [0.9, 0.05, 0.05]
    assert chances.loc[("state", "agree"), "m"] != 0.9


def test_a_key_that_too_many_share_finds_nothing(records):
    everyone = records.assign(phone="555-0000 000", name=records["surname"])
    count = count_comparisons(everyone, block_on=["phone", "name"], largest_block=100)
    assert count.loc["phone", ["n_pairs", "n_left_out"]].tolist() == [0, 1000 * 999 // 2]
    assert len(link_records(everyone, block_on=["phone", "name"], largest_block=100)) == count.loc["name", "n_pairs"]


def test_a_slow_query_shows_no_bar_which_a_notebook_would_keep_as_a_widget(records):
    asked = linkage._ask(records.head(2), "SELECT current_setting('enable_progress_bar') AS bar")
    assert not asked["bar"].any()
