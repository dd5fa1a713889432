"""A folder of files: parts of one table put together."""

import pandas as pd
import pytest

from crmlib.datasets import load_data
from crmlib.intake.names import meaning_by_name

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


def test_a_ledger_as_exported_is_taken_in(tmp_path):
    """What is open, paid in part, credited, and the total below: one row per invoice, and nothing for the total."""
    (tmp_path / "invoices.csv").write_text(
        "发票号,客户编号,开票日期,到期日,发票金额,付款日期\n"
        'F001,K01,2025/1/5,2025/2/4,"1,200.50",2025/2/1\n'
        "F002,K01,2025/2/5,2025/3/7,800.00,\n"
        "F003,K02,2025/2/10,2025/3/12,500.00,\n"
        '合计,,,,"2,500.50",\n',
        encoding="gb18030",
    )
    theirs = ["发票号", "客户编号", "开票日期", "到期日", "发票金额", "付款日期"]
    known = meaning_by_name("invoices")
    tables, reports = load_data(tmp_path, columns={"invoices": {name: known[name] for name in theirs}})
    invoices, report = tables["invoices"], reports["invoices"]
    assert (report.n_read, report.n_accepted) == (4, 3)
    assert "invoice_id is the word for a total" in report.rejected["reason"].item()
    assert invoices["amount"].tolist() == [1200.5, 800.0, 500.0]
    assert not any("belong to no customer" in note for note in report.notes)  # the total is nobody's debt
    assert invoices["due_date"].tolist() == [pd.Timestamp(day) for day in ("2025-02-04", "2025-03-07", "2025-03-12")]
    assert invoices["paid_date"].isna().tolist() == [False, True, True]
