"""A folder of files: parts of one table put together."""

import pytest

from crmlib.datasets import load_data

HEADER = "customer_id,order_date,amount\n"
FIRST, SECOND, THIRD = (f"c{n},2024-01-0{n},{n}.50\n" for n in (1, 2, 3))


@pytest.fixture
def read_parts(tmp_path):
    def read(**parts):
        for name, lines in parts.items():
            (tmp_path / f"transactions-{name}.csv").write_text(HEADER + lines, encoding="utf-8")
        return load_data(tmp_path)

    return read


def test_a_line_that_stands_twice_in_one_part_is_no_overlap(read_parts):
    tables, reports = read_parts(a=FIRST + FIRST, b=SECOND)
    assert len(tables["transactions"]) == 3 and reports["transactions"].doubts == ()


def test_lines_of_another_part_are_counted_once_each_and_added_up(read_parts):
    _, reports = read_parts(a=FIRST + SECOND + SECOND, b=SECOND + THIRD, c=THIRD)
    assert reports["transactions"].doubts == (
        "In one part and in another as well: 2 rows, 6.00 in all, counted twice. Do the periods of the files overlap?",
    )


def test_parts_that_are_the_same_file_are_refused(read_parts):
    with pytest.raises(ValueError, match="'transactions-a.csv' and 'transactions-b.csv' are the same, byte for byte"):
        read_parts(a=FIRST, b=FIRST)


def test_a_table_is_whole_or_in_parts(read_parts, tmp_path):
    (tmp_path / "transactions.csv").write_text(HEADER + THIRD, encoding="utf-8")
    with pytest.raises(ValueError, match="transactions must be there once, whole or in parts"):
        read_parts(a=FIRST)
