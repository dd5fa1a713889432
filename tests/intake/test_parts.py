"""Parts of a folder, told by their names and their columns; a file of returns; files left unread."""

from __future__ import annotations

import pytest

from crmlib.intake.load import find_files, load_path
from crmlib.intake.parts import goes_on, is_part

HEADER = "order_id,customer_id,order_date,amount\n"
FIRST = HEADER + "1,a,2024-01-02,10.00\n2,b,2024-01-03,20.00\n"
SECOND = HEADER + "3,a,2024-02-02,30.00\n4,c,2024-02-03,40.00\n"
BACK = HEADER + "5,b,2024-02-05,20.00\n"


@pytest.fixture
def folder(tmp_path):
    """A folder of files, by their names."""

    def folder(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return folder


def load(path, mapping=None):
    tables, reports = load_path(path, mapping=mapping)
    return tables["transactions"], reports["transactions"]


@pytest.mark.parametrize("second", ["transactions_2", "transactions (2)", "transactions2", "transactions-2"])
def test_the_second_of_two_downloads_goes_on_where_the_first_ends(folder, second):
    orders, report = load(folder(transactions=FIRST, **{second: SECOND}))
    assert (len(orders), orders["amount"].sum(), report.doubts) == (4, 100.0, ())
    assert (report.n_read, report.amount_accepted) == (4, 100.0)


def test_a_year_beside_the_whole_may_stand_in_both(folder):
    with pytest.raises(ValueError, match="transactions must be there once, whole or in parts"):
        load(folder(transactions=FIRST, **{"transactions-2023": SECOND}))


def test_a_part_that_is_the_first_again_is_refused(folder):
    with pytest.raises(ValueError, match="must be different files"):
        load(folder(transactions=FIRST, transactions_2=FIRST))


def test_files_of_any_name_with_the_same_columns_are_parts(folder):
    path = folder(**{"sales 2023": FIRST, "sales 2024": SECOND, "readme": "what this is\nnothing\n"})
    assert [file.name for file in find_files(path)["transactions"]] == ["sales 2023.csv", "sales 2024.csv"]
    assert load(path)[0]["amount"].sum() == 100.0


def test_files_with_other_columns_are_no_parts(folder):
    with pytest.raises(ValueError, match="must have a file named after a table"):
        load(folder(sales=FIRST, more="customer_id,order_date,paid,shelf\na,2024-01-02,1,x\n"))


def test_a_file_left_unread_that_looks_like_orders_is_doubted(folder):
    orders, report = load(folder(transactions=FIRST, more=SECOND, notes="note\nx\n"))
    assert orders["amount"].sum() == 30.0
    assert report.doubts == (
        "more.csv is not read, and has the columns of orders. If it is a part of them, call it transactions-more.csv.",
    )


def test_a_file_of_returns_is_offered_and_taken_off(folder):
    path = folder(transactions=FIRST, returns=BACK)
    (doubt,) = load(path)[1].doubts
    assert 'returns = "returns.csv"' in doubt and "[transactions.file]" in doubt
    orders, report = load(path, {"transactions": {"file": {"returns": "returns.csv"}}})
    assert orders["amount"].tolist() == [10.0, 20.0, -20.0]
    assert (report.n_read, report.amount_accepted, report.doubts) == (3, 10.0, ())
    assert any("Read as what was paid back" in note for note in report.notes)


def test_returns_beside_one_file_with_a_mapping_of_its_own(folder):
    path = folder(sales=FIRST, back="no,who,day,money\n5,b,2024-02-05,20.00\n")
    (path / "back.csv.mapping.toml").write_text(
        '[transactions.columns]\ncustomer_id = "who"\norder_date = "day"\namount = "money"\n', encoding="utf-8"
    )
    orders, _ = load(path / "sales.csv", {"transactions": {"file": {"returns": "back.csv"}}})
    assert orders["amount"].sum() == 10.0


def test_returns_that_cannot_be_read_name_their_file(folder):
    path = folder(sales=FIRST, back="no,who\n5,b\n")
    with pytest.raises(ValueError, match=r"^back.csv: transactions must have the columns"):
        load(path / "sales.csv", {"transactions": {"file": {"returns": "back.csv"}}})
    with pytest.raises(FileNotFoundError, match="gone.csv"):
        load(path / "sales.csv", {"transactions": {"file": {"returns": "gone.csv"}}})


def test_names_of_parts():
    assert [is_part(name) for name in ("transactions", "transactions_notes", "transactions_part_b")] == [
        False,
        False,
        True,
    ]
    assert [goes_on(name) for name in ("transactions_2", "transactions-1", "transactions-2024")] == [True, False, False]
