"""Parts of one table: named by a pattern, or in folders as Spark writes them."""

import pandas as pd
import pytest

from crmlib import datasets
from crmlib.intake.prepare import prepare

DAYS = pd.to_datetime(["2024-01-05", "2024-02-06", "2024-03-07", "2024-04-08"])
LINES = pd.DataFrame({"customer_id": list("abca"), "order_date": DAYS, "amount": [1.5, 2.25, -3.0, 4.0]})


@pytest.fixture
def parts(tmp_path):
    """Two parts of one name below a folder, beside what Spark puts there."""
    for year, lines in (("2023", LINES[:2]), ("2024", LINES[2:])):
        folder = tmp_path / "big" / f"year={year}"
        folder.mkdir(parents=True)
        lines.to_parquet(folder / "part-0.parquet", index=False)
    (tmp_path / "big" / "_SUCCESS").touch()
    (tmp_path / "big" / "year=2023" / ".part-0.parquet.crc").write_bytes(b"crc")
    (tmp_path / "big" / "year=2023" / "_metadata.parquet").write_bytes(b"no data")
    return tmp_path / "big"


def test_a_pattern_and_a_folder_of_parts_are_one_table(parts):
    for place in (parts / "*" / "*.parquet", parts / "**" / "*.parquet", parts):
        tables, reports = datasets.load_data(place)
        pd.testing.assert_frame_equal(tables["transactions"], LINES.astype({"customer_id": "str"}))
        assert (reports["transactions"].n_read, reports["transactions"].n_accepted) == (4, 4)
        assert any(note.startswith("year=2024/part-0.parquet: ") for note in reports["transactions"].notes)
        assert not any("_SUCCESS" in note for note in reports["transactions"].notes)


def test_a_folder_called_like_a_table_holds_its_parts_beside_other_tables(parts, tmp_path):
    parts.rename(tmp_path / "transactions")
    (tmp_path / "customers.csv").write_text("customer_id,city\na,Rome\nb,Oslo\n", encoding="utf-8")
    tables, reports = datasets.load_data(tmp_path)
    assert len(tables["transactions"]) == 4 and len(tables["customers"]) == 2
    assert not any("Not read" in note for report in reports.values() for note in report.notes)


def test_the_mapping_of_a_pattern_lies_in_its_folder(parts):
    for file in parts.rglob("part-*.parquet"):
        pd.read_parquet(file).rename(columns={"customer_id": "Kunde"}).to_parquet(file, index=False)
    prepared = prepare(parts / "*" / "*.parquet")
    assert prepared.path == parts / "mapping.toml" and prepared.is_drafted
    assert datasets.load_data(parts / "*" / "*.parquet")[0]["transactions"]["customer_id"].tolist() == list("abca")


def test_parts_with_other_columns_and_patterns_of_nothing_are_refused(parts):
    LINES.rename(columns={"amount": "total"}).to_parquet(parts / "other.parquet", index=False)
    with pytest.raises(ValueError, match=r"part-0\.parquet differ in \['amount', 'total'\]"):
        datasets.load_data(parts / "**" / "*.parquet")
    with pytest.raises(FileNotFoundError, match=r"no file is called like '.*none-\*"):
        datasets.load_data(parts / "none-*.parquet")
    (parts / "notes.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"must all be Parquet, or all text, .* also names \['notes\.csv'\]"):
        datasets.load_data(parts / "*.*")


def test_a_part_that_is_not_whole_is_refused_though_others_are(tmp_path):
    LINES[:2].to_parquet(tmp_path / "p1.parquet", index=False)
    LINES[2:].to_parquet(tmp_path / "p2.parquet", index=False)
    whole = (tmp_path / "p2.parquet").read_bytes()
    (tmp_path / "p2.parquet").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ValueError, match=r"p2\.parquet must be a whole Parquet file"):
        datasets.load_data(tmp_path)


def test_what_only_folders_say_is_doubted_but_for_days(parts, tmp_path):
    assert datasets.load_data(parts)[1]["transactions"].doubts == ()
    (parts / "year=2023").rename(parts / "currency=EUR")
    (parts / "year=2024").rename(parts / "currency=USD")
    doubts = datasets.load_data(parts)[1]["transactions"].doubts
    assert any(doubt.startswith("Only the names of folders say currency (EUR, USD)") for doubt in doubts)
    only = datasets.load_data(parts / "currency=EUR" / "*.parquet")[1]["transactions"]
    assert (only.n_read, only.doubts) == (2, ())
