"""What keep says, left to a database: the same rows as of a text file, whatever stands in them, and all counted."""

from __future__ import annotations

import csv
import dataclasses
import json
import sqlite3

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import intake
from crmlib.intake import engines
from crmlib.intake.kept import keep_tables, read_kept
from crmlib.intake.prepare import prepare
from crmlib.intake.rows import is_one_of
from crmlib.lesson import findings

HOSTILE = [
    *("paid", "Paid", "PAID", " paid", "paid ", "\tpaid\n", "\u3000paid", "paid\u00a0", "pa%d", "pa_d", "pa*d", "p"),
    *("paid'", '"paid"', "'; DROP TABLE orders; --", "交易成功", " 交易成功", "已付款", "straße", "STRASSE", "İ", "i"),
    *("1", "01", "1.0", "+1", "-1", "-1,5", "(3)", "0", "", " ", "NULL", "null", "nan", "true", "<0", "[a]", "a", "?"),
]
WANTED = [
    *(["paid"], ["Paid "], ["paid", "交易成功"], ["pa*"], ["*"], ["*成功"], ["pa%d"], ["pa_d"], ["paid'", '"paid"']),
    *(["1"], ["01", "1.0"], ["<0"], [""], [" "], ["NULL"], ["'; DROP TABLE orders; --"], ["straße"], ["i"], ["?"]),
    *(["[a]"], ["[a]*"], ["*'*"], ["p*", "<0", ""], ["true"], ["paid"] * 2, ["İ"], ["nan"], ["\u3000paid"]),
]
NAMES = ["customer_id", "order_date", "amount", "State"]


def make_rows(states):
    return [(f"C{n % 7}", f"2024-03-{1 + n % 28:02d}", n + 0.25, state) for n, state in enumerate(states)]


def save(folder, ending, rows, state="VARCHAR"):
    """The rows as a database; `state` is the type of their last column."""
    path = folder / f"shop.{ending}"
    path.unlink(missing_ok=True)
    made = f'CREATE TABLE orders (customer_id VARCHAR, order_date VARCHAR, amount DOUBLE, "State" {state})'
    with (sqlite3 if ending == "db" else duckdb).connect(path) as connection:
        connection.execute(made)
        for row in rows:
            connection.execute("INSERT INTO orders VALUES (?, ?, ?, ?)", row)
        connection.commit()
    connection.close()
    return path


def save_text(folder, rows):
    path = folder / "shop.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([NAMES, *rows])
    return path


def read(path, **said):
    return intake.read_transactions(path, mapping={"nobody": {"customer_id": []}, **said})


def kept_of(path, **said):
    """The rows that are kept, how many were read and set aside, and the error where there are none."""
    try:
        orders, report = read(path, **said)
    except ValueError as error:
        assert "at least one row" in str(error)
        return [], 0
    assert report.n_read == report.n_accepted + report.n_rejected
    return orders[["customer_id", "order_date", "amount"]].to_numpy().tolist(), report.n_rejected


@pytest.mark.parametrize("ending", ["db", "duckdb"])
@pytest.mark.parametrize("wanted", WANTED, ids=repr)
def test_the_same_rows_are_kept_as_of_a_text(tmp_path, ending, wanted):
    rows = make_rows([*HOSTILE, None, *HOSTILE[:5]])
    said = {"keep": {"State": wanted}}
    of_text = kept_of(save_text(tmp_path, rows), **said)
    assert kept_of(save(tmp_path, ending, rows), **said) == of_text
    assert kept_of(save(tmp_path, ending, rows, "VARCHAR COLLATE NOCASE"), **said) == of_text  # the engine's own idea


@pytest.mark.parametrize("ending", ["db", "duckdb"])
@given(
    states=st.lists(
        st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=4), min_size=1
    ),
    data=st.data(),
)
def test_and_so_with_any_text(tmp_path_factory, ending, states, data):
    folder = tmp_path_factory.mktemp("any")
    wanted = data.draw(
        st.lists(st.sampled_from([state or "" for state in states]) | st.text("ab*? \n", max_size=3), min_size=1)
    )
    rows = make_rows(states)
    orders = [row[2] for row in kept_of(save(folder, ending, rows), keep={"State": wanted})[0]]
    fits = [is_one_of((state or "").strip(), [one.strip() for one in wanted]) for state in states]
    assert orders == [row[2] for row, is_kept in zip(rows, fits, strict=True) if is_kept]


@pytest.mark.parametrize("ending", ["db", "duckdb"])
@pytest.mark.parametrize(
    ("kind", "states"),
    [("BIGINT", [1, -1, 10, None, 0]), ("DOUBLE", [1.0, -1.5, None, 10.0, 0.0]), ("DATE", ["2024-01-02", None])],
)
@pytest.mark.parametrize("wanted", [["1"], ["1.0"], ["<0"], [""], ["10", "-1.5"], ["2024*"], ["1*"]], ids=repr)
def test_numbers_and_days_are_as_they_are_written(tmp_path, ending, kind, states, wanted):
    rows = make_rows(states * 3)
    # Of a number with decimals nobody knows whether 10 is written 10 or 10.0, as a text has it.
    both = [*wanted, *(f"{value}.0" for value in wanted)] if kind == "DOUBLE" else wanted
    of_text = kept_of(save_text(tmp_path, rows), keep={"State": both})
    assert kept_of(save(tmp_path, ending, rows, kind), keep={"State": wanted}) == of_text


@pytest.mark.parametrize("ending", ["db", "duckdb"])
def test_only_rows_that_count_are_read(tmp_path, ending, monkeypatch):
    read_of = []
    engine = engines._Sqlite if ending == "db" else engines._Duckdb
    read_really = engine.read

    def look(self, *said):
        read_of.append(read_really(self, *said))
        return read_of[-1]

    monkeypatch.setattr(engine, "read", look)
    path = save(tmp_path, ending, make_rows(["paid", "open", "open", "paid", None]))
    _, report = read(path, keep={"State": ["paid"]})
    assert [len(cells.row_hash) for cells in read_of] == [2]
    assert all(len(column) == 2 for column in read_of[0].whole.values())
    assert (report.n_read, report.n_accepted, report.n_rejected, report.n_on_purpose) == (5, 2, 3, 3)
    assert report.left_out == {"State is none of the values whose rows count": 3} and report.rejected.empty
    assert "    3: State is none of the values whose rows count (left out by the database)" in str(report)
    assert any("3 rows. They are counted, not read" in note for note in report.notes)
    assert report.losses == []  # nobody misses what somebody said does not count


@pytest.mark.parametrize("ending", ["db", "duckdb"])
def test_several_conditions_are_counted_one_by_one_and_rows_keep_their_number(tmp_path, ending):
    rows = make_rows(["paid", "open", "paid", "open", "paid"])
    rows[1] = ("C9", *rows[1][1:])
    rows[2] = (rows[2][0], "soon", *rows[2][2:])
    rows[3] = ("C9", *rows[3][1:])
    rows[4] = ("C9", *rows[4][1:])
    path = save(tmp_path, ending, rows)
    said = {"keep": {"State": ["paid"], "customer_id": ["C0", "C2"], "amount": "all"}}
    orders, report = read(path, **said)
    assert orders["customer_id"].tolist() == ["C0"]
    assert list(report.left_out.items()) == [
        ("State is none of the values whose rows count", 2),
        ("customer_id is none of the values whose rows count", 1),
    ]
    assert report.rejected[["line", "value"]].to_numpy().tolist() == [[3, "soon"]]  # of the table, not of what is kept
    of_text = read(save_text(tmp_path, rows), **said)[1]
    assert (of_text.n_read, of_text.n_rejected, of_text.n_on_purpose) == (5, 4, report.n_on_purpose)


@pytest.mark.parametrize("ending", ["db", "duckdb"])
def test_rows_that_repeat_another_are_told_among_those_kept(tmp_path, ending):
    rows = [*make_rows(["paid", "open"]), *make_rows(["paid", "open"])]
    orders, report = read(save(tmp_path, ending, rows), keep={"State": ["paid"]}, file={"repeated": "once"})
    assert len(orders) == 1 and report.n_rejected == 3


@pytest.mark.parametrize("ending", ["db", "duckdb"])
def test_what_cannot_be_left_to_the_database_is_looked_at_after_reading(tmp_path, ending):
    rows = [("C1", "2024-03-01", 1, "open"), (None, "2024-03-02", 2, "paid"), ("C2", "2024-03-03", 4, "paid")]
    orders, report = read(save(tmp_path, ending, rows), keep={"State": ["paid"]}, file={"fill_down": ["customer_id"]})
    assert orders["customer_id"].tolist() == ["C1", "C2"]  # the first stands in a row that does not count
    assert report.left_out == {} and report.rejected["line"].tolist() == [1]
    seconds = [("C1", 1717785000, 1, "paid"), ("C2", 1749321000, 2, "paid")]
    path = save(tmp_path, ending, [])
    with (sqlite3 if ending == "db" else duckdb).connect(path) as connection:
        connection.execute(
            "CREATE TABLE moments (customer_id VARCHAR, order_date BIGINT, amount DOUBLE, state VARCHAR)"
        )
        connection.executemany("INSERT INTO moments VALUES (?, ?, ?, ?)", seconds)
        connection.commit()
    connection.close()
    orders, report = read(path, keep={"order_date": ["2024*"]}, file={"table": "moments"})
    assert orders["customer_id"].tolist() == ["C1"] and report.left_out == {}


@pytest.mark.parametrize("ending", ["db", "duckdb"])
def test_days_of_a_year_are_kept_by_the_database(tmp_path, ending):
    rows = [("C1", "2023-03-01", 1, "a"), ("C2", "2024-03-02", 2, "a"), ("C3", "2024-03-03", 4, "a")]
    orders, report = read(save(tmp_path, ending, rows), keep={"order_date": ["2024-*"]})
    assert orders["customer_id"].tolist() == ["C2", "C3"] and sum(report.left_out.values()) == 1


@pytest.mark.parametrize("ending", ["db", "duckdb"])
def test_where_no_row_counts_the_reason_is_told(tmp_path, ending):
    path = save(tmp_path, ending, make_rows(["paid", "open"]))
    with pytest.raises(ValueError, match=r"all 2 rows were set aside\. 2: State is none of the values"):
        read(path, keep={"State": ["sent"]})
    with pytest.raises(ValueError, match=r"under keep must be columns of the file; it has no \['Status'\]"):
        read(path, keep={"Status": ["sent"]})


def test_the_page_and_the_run_count_every_row(tmp_path, monkeypatch):
    path = save(tmp_path, "db", make_rows(["paid", "open", "paid", "open"]))
    report = read(path, keep={"State": ["paid"]})[1]
    marks = []
    monkeypatch.setattr(findings, "show_marked", lambda text, *, mark, **_: marks.append((text, mark)))
    findings.show_source({"transactions": report}, out=tmp_path / "out")
    ((text, mark),) = marks
    assert text == "transactions: 4 rows read, 2 accepted, 2 set aside."
    assert (mark["n_read"], mark["n_accepted"], mark["n_rejected"], mark["n_left_out"]) == (4, 2, 2, 2)
    assert mark["reasons"] == [{"reason": "State is none of the values whose rows count", "n": 2}]
    assert any("They are counted, not read" in note for note in mark["notes"])
    assert "set_aside" not in mark and not (tmp_path / "out").exists()  # there is nothing to write
    with pytest.raises(ValueError, match="must account for every row"):
        dataclasses.replace(report, left_out={})


def test_what_a_database_left_out_is_kept_with_its_account(tmp_path):
    path = save(tmp_path, "db", make_rows(["paid", "open", "paid"]))
    path.with_name("shop.db.mapping.toml").write_text('[transactions.keep]\nState = ["paid"]\n', encoding="utf-8")
    prepared = prepare(path)
    folder = tmp_path / "kept"
    folder.mkdir()
    keep_tables(folder, prepared.tables, prepared.reports)
    report = read_kept(folder)[1]["transactions"]
    assert (report.left_out, report.n_read) == ({"State is none of the values whose rows count": 1}, 3)
    assert json.loads((folder / "account.json").read_text(encoding="utf-8"))["reports"]
    assert pd.read_parquet(folder / "transactions.set-aside.parquet").empty
