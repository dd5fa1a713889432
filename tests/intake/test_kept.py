"""What a run keeps of its data is what was read, to the dtype and the last line set aside."""

import dataclasses
import tempfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlib import datasets
from crmlib.intake import IntakeReport, kept
from crmlib.language import speaking

TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
AMOUNTS = st.floats(-1e12, 1e12) | st.none()
DAYS = st.datetimes(pd.Timestamp("1700-01-01"), pd.Timestamp("2200-01-01"))
COUNTS = st.none() | st.integers(-(2**53), 2**53)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


def expect_same(one, other):
    """Two pairs of tables and reports that nobody can tell apart."""
    assert list(one[0]) == list(other[0]) == list(one[1]) == list(other[1])
    for name, frame in one[0].items():
        pd.testing.assert_frame_equal(frame, other[0][name], check_exact=True)
        for field in dataclasses.fields(IntakeReport):
            ours, theirs = (getattr(reports[name], field.name) for reports in (one[1], other[1]))
            if field.name == "rejected":
                pd.testing.assert_frame_equal(ours, theirs)
            elif field.name == "path":  # where it lay is nobody's business
                assert Path(ours.name) == theirs
            else:
                assert (ours, type(ours)) == (theirs, type(theirs)), field.name


@st.composite
def tables_and_reports(draw):
    n = draw(st.integers(0, 5))

    def column(values, dtype):
        return pd.Series(draw(st.lists(values, min_size=n, max_size=n)), dtype=dtype)

    frame = pd.DataFrame(
        {
            "customer_id": column(TEXTS, "str"),
            "order_date": column(DAYS, "datetime64[us]"),
            "amount": column(AMOUNTS, "float64"),
            "n_times": column(COUNTS, "Int64"),
            "is_open": column(st.none() | st.booleans(), "boolean"),
        }
    )
    cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    rejected = pd.DataFrame(
        draw(st.lists(st.tuples(st.integers(1, 99), cells, cells, cells), max_size=3)),
        columns=["line", "column", "value", "reason"],
    ).astype({"line": "int64", "column": "str", "value": "str", "reason": "str"})
    report = IntakeReport(
        path=Path(draw(NAMES.filter(lambda name: "\0" not in name))),
        sha256="a" * 64,
        table="transactions",
        encoding=draw(st.none() | NAMES),
        delimiter=draw(st.none() | st.sampled_from(",;\t|")),
        columns=draw(st.dictionaries(NAMES | st.tuples(NAMES, NAMES), NAMES, max_size=3)),
        n_read=n + len(rejected),
        n_accepted=n,
        n_rejected=len(rejected),
        rejected=rejected,
        notes=tuple(draw(st.lists(cells, max_size=2))),
        sheet=draw(st.none() | NAMES),
        doubts=tuple(draw(st.lists(cells, max_size=2))),
        currency=draw(st.none() | NAMES),
    )
    return {"transactions": frame}, {"transactions": report}


@settings(max_examples=50, deadline=None)
@given(tables_and_reports())
def test_what_is_kept_is_what_was_read(read):
    with tempfile.TemporaryDirectory() as folder:
        kept.keep_tables(Path(folder), *read)
        assert kept.is_kept(Path(folder))
        expect_same(read, datasets.load_data(folder))


@pytest.mark.parametrize("name", ["cdnow", "teaching-company"])
def test_the_kits_data_are_kept_as_they_are(tmp_path, name):
    read = datasets.load_data(name)
    kept.keep_tables(tmp_path, *read)
    expect_same(read, datasets.load_data(tmp_path, mapping="nowhere.toml"))
    assert read[1]["transactions"].currency == {"cdnow": "USD", "teaching-company": "CNY"}[name]


def test_only_a_folder_that_says_so_is_one(tmp_path):
    assert not kept.is_kept(tmp_path) and not kept.is_kept(tmp_path / "nowhere")
    for text in ("", "[]", "{}", '{"made_by": "somebody"}'):
        (tmp_path / kept.ACCOUNT).write_text(text, encoding="utf-8")
        assert not kept.is_kept(tmp_path)


def test_a_kept_table_that_lost_rows_is_refused(tmp_path):
    kept.keep_tables(tmp_path, *datasets.load_data("cdnow"))
    table = pd.read_parquet(tmp_path / "transactions.parquet")
    table.head(7).to_parquet(tmp_path / "transactions.parquet")
    with pytest.raises(
        ValueError, match="must hold tables kept by this version.*6919 rows of transactions were kept, and 7 are there"
    ):
        datasets.load_data(tmp_path)
    (tmp_path / "transactions.parquet").unlink()
    with pytest.raises(ValueError, match="must hold tables kept by this version.*FileNotFoundError"):
        datasets.load_data(tmp_path)


DAY = date(2025, 1, 1)


@pytest.fixture
def doubted(tmp_path):
    kept.keep_tables(tmp_path, *datasets.load_data("cdnow"))
    kept.keep_doubts(tmp_path, ["a doubt, 一"], today=DAY)
    return tmp_path


def test_doubts_are_known_of_the_same_tables_on_the_same_day_in_the_same_language(doubted, tmp_path_factory):
    assert kept.read_doubts(doubted, today=DAY) == ["a doubt, 一"]
    assert kept.read_doubts(doubted, today=date(2025, 1, 2)) is None
    with speaking("zh"):
        assert kept.read_doubts(doubted, today=DAY) is None
    moved = doubted.rename(tmp_path_factory.mktemp("elsewhere") / "kept")
    assert kept.read_doubts(moved, today=DAY) == ["a doubt, 一"]


def test_doubts_of_other_tables_are_none_of_these(doubted):
    tables, reports = datasets.load_data(doubted)
    more = pd.concat([tables["transactions"], tables["transactions"].head(1)])
    more.to_parquet(doubted / "transactions.parquet", index=False)
    assert kept.read_doubts(doubted, today=DAY) is None
    tables["transactions"].to_parquet(doubted / "transactions.parquet", index=False)
    assert kept.read_doubts(doubted, today=DAY) == ["a doubt, 一"]
    reports["transactions"] = dataclasses.replace(reports["transactions"], sha256="b" * 64)
    kept.keep_tables(doubted, tables, reports)
    assert kept.read_doubts(doubted, today=DAY) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"of": {}, "said": []}', '{"said": 3'])
def test_what_is_no_doubts_is_not_taken_for_them(doubted, text):
    (doubted / kept.DOUBTS).write_text(text, encoding="utf-8")
    assert kept.read_doubts(doubted, today=DAY) is None
    (doubted / kept.DOUBTS).unlink()
    assert kept.read_doubts(doubted, today=DAY) is None


def test_a_notebook_takes_what_is_known_and_otherwise_looks_itself(doubted):
    tables = datasets.load_data(doubted)[0]
    assert datasets.find_doubts(doubted, tables, today=DAY) == ["a doubt, 一"]
    early = date(1997, 6, 1)
    (said,) = datasets.find_doubts(str(doubted), tables, today=early)
    assert said.endswith("does not count them.") or "dated after today" in said
    assert datasets.find_doubts("cdnow", tables, today=early) == [said]
