"""What an auditor asks of a reading: the money set aside, which column was taken for what, what was said."""

import dataclasses

import pytest

from crmlib import language
from crmlib.intake import audit, read_transactions
from crmlib.intake.kept import keep_tables, read_kept
from crmlib.intake.load import load_path

HEAD = "customer_id,order_date,amount\n"


def read(tmp_path, rows, head=HEAD, name="sales.csv", **options):
    path = tmp_path / name
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return read_transactions(path, **options)[1]


def test_money_of_rows_set_aside_is_counted_as_far_as_it_can_be_read(tmp_path):
    rows = [
        "a,2024-01-01,10",
        ",2024-01-02,2.50",
        "b,never,-4",
        "c,2024-01-03,many",
        "d,2024-01-04,5",
        "a,b",
        "Total,,1",
    ]
    report = read(tmp_path, rows)
    assert (report.n_read, report.n_rejected, report.n_on_purpose) == (7, 5, 1)
    assert (report.amount_accepted, report.amount_set_aside) == (15, 6.5)  # neither the total nor "many"
    assert report.share_of_rows == 4 / 7
    assert report.share_of_money == pytest.approx(6.5 / 21.5)


def test_a_table_without_amounts_has_no_money(tmp_path):
    (tmp_path / "customers.csv").write_text("customer_id,city\na,Rome\n", encoding="utf-8")
    (tmp_path / "transactions.csv").write_text(HEAD + "a,2024-01-01,10\n", encoding="utf-8")
    report = load_path(tmp_path)[1]["customers"]
    assert (report.amount_accepted, report.amount_set_aside, report.share_of_money) == (None, None, None)


@pytest.mark.parametrize(
    ("n_lost", "is_much"),
    [(0, False), (5, False), (6, True)],  # of 100 rows: a twentieth is not yet much
)
def test_more_than_a_twentieth_of_the_rows_is_said_aloud(tmp_path, n_lost, is_much):
    rows = [f"{'' if n < n_lost else f'c{n}'},2024-01-01,{1 if n < n_lost else 100}" for n in range(100)]
    report = read(tmp_path, rows)
    assert bool(report.losses) == is_much
    if is_much:
        assert report.losses == [
            "Much is set aside: 6 of 100 rows (6.0%), 6.00 (0.1% of the money). See why before you use a number."
        ]
        assert report.losses[0] in str(report)


def test_one_row_with_much_of_the_money_is_said_aloud_too(tmp_path):
    rows = [*(f"c{n},2024-01-0{n % 9 + 1},1" for n in range(99)), ",2024-01-01,7"]
    (found,) = read(tmp_path, rows).losses
    assert "1 of 100 rows (1.0%), 7.00 (6.6% of the money)" in found


def test_totals_are_no_loss(tmp_path):
    rows = [line for n in range(10) for line in (f"a{n},2024-01-01,1", "Total,2024-01-01,1")]
    report = read(tmp_path, rows)
    assert (report.n_rejected, report.n_on_purpose, report.amount_set_aside) == (10, 10, 0)
    assert report.losses == []


def test_what_somebody_has_said_does_not_count_is_no_loss(tmp_path):
    head, rows = f"state,{HEAD}", [f"{'paid' if n % 2 else 'void'},c{n},2024-01-{n + 1:02},{n}.5" for n in range(20)]
    (tmp_path / "sales.csv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    mapping = {"transactions": {"keep": {"state": ["paid"]}}}
    report = load_path(tmp_path / "sales.csv", mapping=mapping)[1]["transactions"]
    assert (report.n_accepted, report.n_rejected, report.n_on_purpose, report.amount_set_aside) == (10, 10, 10, 0)
    assert report.losses == [] and audit.tell_said(report.said) == ["Only rows whose state is paid count."]


def test_parts_of_a_table_are_weighed_together(tmp_path):
    for year, amount in ((2023, 10), (2024, 20)):
        rows = f"a,{year}-01-01,{amount}\n,{year}-01-02,{amount / 10}\n"
        (tmp_path / f"transactions-{year}.csv").write_text(HEAD + rows, encoding="utf-8")
    report = load_path(tmp_path)[1]["transactions"]
    assert (report.amount_accepted, report.amount_set_aside, report.n_on_purpose) == (30, 3, 0)
    assert report.losses == [
        "Much is set aside: 2 of 4 rows (50.0%), 3.00 (9.1% of the money). See why before you use a number."
    ]


def test_a_product_is_named_with_both_columns_in_the_contracts_order(tmp_path):
    columns = {("Menge", "Preis"): "amount", "Kunde": "customer_id", "Tag": "order_date"}
    report = read(tmp_path, ["2,1.50,2024-01-01,a"], head="Menge,Preis,Tag,Kunde\n", columns=columns)
    assert [(theirs, ours) for theirs, ours, _ in audit.list_columns(report)] == [
        ("Kunde", "customer_id"),
        ("Tag", "order_date"),
        ("Menge × Preis", "amount"),
    ]
    assert all(meaning for _, _, meaning in audit.list_columns(report))


def test_what_was_said_of_the_file_is_kept_with_the_report(tmp_path):
    report = read(tmp_path, ["a,07/06/2024,10"], dates={"order_date": "day first"}, encoding="utf-8")
    assert report.said == {"dates": {"order_date": "day first"}, "encoding": "utf-8"}
    assert audit.tell_said(report.said) == ["order_date: dates have the day first.", "Encoding: utf-8."]


def test_the_money_and_what_was_said_travel_with_the_tables_that_a_run_keeps(tmp_path):
    mapping = {"transactions": {"dates": {"order_date": "day first"}}}
    (tmp_path / "sales.csv").write_text(HEAD + "a,07/06/2024,10\n,07/06/2024,2\n", encoding="utf-8")
    tables, reports = load_path(tmp_path / "sales.csv", mapping=mapping)
    kept = tmp_path / "kept"
    kept.mkdir()
    keep_tables(kept, tables, reports)
    report = read_kept(kept)[1]["transactions"]
    assert (report.amount_accepted, report.amount_set_aside) == (10, 2)
    assert report.said == mapping["transactions"]


SAID = {
    "keep": {"订单状态": ["交易成功"], "Type": "all"},
    "negative": {"Type": ["refund", "void"], "Kind": []},
    "subtract": {"Discount": True, "Rebate": "share", "Voucher": False},
    "nobody": {"customer_id": ["Guest"]},
    "extra": [f"c{n}" for n in range(9)],
    "returns": "returns.csv",
    "repeated": "once",
    "sheet": ["2023", "2024"],
}


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_every_section_of_a_mapping_file_is_told(spoken):
    language.use(spoken)
    told = " ".join(audit.tell_said(SAID))
    for word in (
        "订单状态",
        "交易成功",
        "refund, void",
        "Kind",
        "Discount",
        "Rebate",
        "Voucher",
        "Guest",
        "returns.csv",
        "c5",
    ):
        assert word in told
    assert "c6" not in told and len(audit.tell_said(SAID)) == 12
    assert ("Only rows whose 订单状态 is 交易成功 count." in told) == (spoken == "en")


def test_nothing_said_is_nothing_told():
    assert audit.tell_said({}) == []


def test_a_report_of_an_earlier_version_is_still_one(tmp_path):
    report = read(tmp_path, ["a,2024-01-01,10"])
    old = {field.name: getattr(report, field.name) for field in dataclasses.fields(report)}
    for name in ("amount_accepted", "amount_set_aside", "n_on_purpose", "said"):
        old.pop(name)
    assert type(report)(**old).amount_accepted is None
