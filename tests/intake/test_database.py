"""SQLite and DuckDB as people have them: tables found, asked, read; loose types; nothing changed or left behind."""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import intake
from crmlib.intake import Undecided, database, engines, loose
from crmlib.intake.load import load_path
from crmlib.intake.prepare import prepare
from crmlib.tables import TRANSACTIONS

ORDERS = "CREATE TABLE orders (customer_id, order_date, amount);"
ROWS = "INSERT INTO orders VALUES ('C1', '2024-01-02', 10), ('C2', '2024-01-03', 20.5), ('C1', '2024-01-04', 30);"
TYPED = ORDERS.replace("customer_id", "customer_id TEXT").replace("order_date", "order_date TEXT")
TYPED = TYPED.replace("amount", "amount DOUBLE")


@pytest.fixture
def save(tmp_path):
    """Make a database: `save(sql)` of SQLite, `save(sql, "shop.duckdb")` of DuckDB."""

    def save(sql, name="shop.db"):
        path = tmp_path / name
        if name.endswith("duckdb"):
            with duckdb.connect(str(path)) as connection:
                connection.execute(sql)
        else:
            connection = sqlite3.connect(path)
            connection.executescript(sql)
            connection.commit()
            connection.close()
        return path

    save.folder = tmp_path
    return save


def read(path, **said):
    return intake.read_transactions(path, mapping=said)


def say(path, text):
    path.with_name(f"{path.name}.mapping.toml").write_text(text, encoding="utf-8")


def tell(sql):
    """One of rows with these dates, or amounts."""
    return ORDERS + sql


# --- a table of it ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["shop.db", "shop.duckdb", "shop.backup"])
def test_every_row_is_read_and_the_file_told(save, name):
    sql = TYPED + ROWS + "INSERT INTO orders VALUES ('C3', 'soon', 4), (NULL, '2024-01-05', 5);"
    path = save(sql, name)
    orders, report = read(path)
    assert orders["customer_id"].tolist() == ["C1", "C2", "C1"]
    assert orders["order_date"].tolist() == [pd.Timestamp(2024, 1, n) for n in (2, 3, 4)]
    assert orders["amount"].tolist() == [10, 20.5, 30]
    assert report.rejected[["line", "column"]].to_numpy().tolist() == [[4, "order_date"], [5, "customer_id"]]
    assert str(report).startswith(f"transactions from {name} (table orders)\n  5 rows read = 3 accepted + 2 set aside")
    assert "A database has no lines: `line` is the number of the row in the order it gives them." in report.notes
    assert (report.relation, report.encoding, report.delimiter, report.sheet) == ("orders", None, None, None)


@pytest.mark.parametrize("name", ["shop.db", "shop.duckdb"])
def test_nothing_is_changed_and_nothing_left_behind(save, name, tmp_path):
    path = save(TYPED + ROWS, name)
    before = path.read_bytes(), path.stat().st_mtime_ns
    prepare(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_database_that_keeps_a_log_is_read_without_making_one(save, tmp_path):
    path = save(f"PRAGMA journal_mode=WAL; {ORDERS} {ROWS}")
    assert len(read(path)[0]) == 3 and [file.name for file in tmp_path.iterdir()] == ["shop.db"]


@pytest.mark.parametrize("name", ["shop.db", "shop.duckdb"])
def test_views_and_hostile_names_are_read(save, name):
    sql = TYPED.replace("orders", '"my ""orders""; DROP TABLE x --"').replace("amount", '"Total ""€"""')
    sql += ROWS.replace("orders", '"my ""orders""; DROP TABLE x --"')
    sql += (
        'CREATE VIEW "sales view" AS SELECT *, 1 AS n FROM "my ""orders""; DROP TABLE x --" WHERE customer_id = \'C1\';'
    )
    path = save(sql, name)
    mapping = {"columns": {"amount": 'Total "€"'}}
    for table, n in (('my "orders"; DROP TABLE x --', 3), ("sales view", 2)):
        assert len(read(path, **mapping, file={"table": table})[0]) == n


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("ending", ["db", "duckdb"])
def test_a_path_is_a_path_whatever_its_letters(save, ending, monkeypatch):
    mark = "?" if ending == "db" else ""  # which DuckDB takes for the end of a path
    for name in (f"a{mark}mode=rw#b%20'c.{ending}", f"md:sales.{ending}"):
        path = save(TYPED + ROWS, "plain." + ending).rename(save.folder / name)
        monkeypatch.chdir(path.parent)
        assert len(read(path.name)[0]) == 3


def test_a_table_of_another_schema_is_named_with_it(save):
    path = save(
        "CREATE SCHEMA sales;" + TYPED.replace("orders", "sales.orders") + ROWS.replace("orders", "sales.orders"),
        "a.duckdb",
    )
    assert read(path)[1].relation == "sales.orders"
    assert len(read(path, file={"table": "Sales.Orders"})[0]) == 3  # in any case


@pytest.mark.parametrize("name", ["shop.db", "shop.duckdb"])
def test_rows_that_repeat_another_are_told_by_all_their_columns(save, name):
    sql = TYPED.replace("amount DOUBLE", "amount DOUBLE, note TEXT")
    sql += "".join(f"INSERT INTO orders VALUES ('C1', '2024-01-02', 1, '{note}');" for note in "abb")
    (note,) = [note for note in read(save(sql, name))[1].notes if "repeating" in note]
    assert note.startswith("1 row repeating another exactly")


@pytest.mark.parametrize("name", ["shop.db", "shop.duckdb"])
def test_of_a_table_with_a_key_only_what_is_needed_is_fetched(save, name, monkeypatch):
    asked = []
    sql = TYPED.replace("(customer_id", "(id INTEGER PRIMARY KEY, photo TEXT, customer_id")
    rows = "INSERT INTO orders VALUES (1, 'x', 'C1', '2024-01-02', 1), (2, 'y', 'C1', '2024-01-02', 1);"
    path = save(sql + rows, name)
    engine = engines._Duckdb if name.endswith("duckdb") else engines._Sqlite
    read_really = engine.read

    def look(self, relation, places, texts, *conditions):
        asked.append([relation.names[place] for place in places])
        return read_really(self, relation, places, texts, *conditions)

    monkeypatch.setattr(engine, "read", look)
    report = read(path)[1]
    assert asked == [["customer_id", "order_date", "amount"]]
    assert not [note for note in report.notes if "repeating" in note]  # no two rows are alike


def test_columns_said_or_filled_work_as_elsewhere(save):
    sql = ORDERS.replace(")", ", Status, Region)")
    rows = [
        "'C1', '2024-01-02', 1, 'paid', 'N'",
        "'', '2024-01-03', 2, 'paid', 'S'",
        "NULL, '2024-01-04', 4, 'paid', 'S'",
    ]
    rows += ["'C2', '2024-01-05', 8, 'open', 'N'", "NULL, '2024-01-06', 16, 'paid', 'N'"]
    path = save(sql + "".join(f"INSERT INTO orders VALUES ({row});" for row in rows))
    said = {"keep": {"Status": ["paid"]}, "file": {"fill_down": ["customer_id"], "extra": ["Region"]}}
    orders, report = read(path, **said)
    assert orders["customer_id"].tolist() == ["C1", "C1", "C1", "C2"]
    assert orders["amount"].sum() == 23 and orders["Region"].tolist() == ["N", "S", "S", "N"]
    assert (report.n_read, report.n_rejected) == (5, 1)


# --- types --------------------------------------------------------------------------------------------


MOMENT = datetime(2024, 6, 7, 18, 30)
SECONDS = 1717785000


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("'2024-06-07 18:30:00'", MOMENT),
        ("'2024-06-07T18:30:00.000Z'", MOMENT),
        (SECONDS, MOMENT),
        (SECONDS * 1000, MOMENT),
        (SECONDS * 1_000_000, MOMENT),
        (f"{SECONDS}.0", MOMENT),
        ("julianday('2024-06-07 18:30:00')", MOMENT),
        (20240607, datetime(2024, 6, 7)),
        ("'20240607'", datetime(2024, 6, 7)),
    ],
)
def test_dates_as_sqlite_has_them(save, written, meant):
    orders, report = read(save(tell(f"INSERT INTO orders VALUES ('C1', {written}, 1), ('C2', {written}, 2);")))
    assert orders["order_date"].tolist() == [pd.Timestamp(meant)] * 2
    is_told = any("numbers that count seconds or days" in note for note in report.notes)
    assert is_told == (not str(written).startswith(("'", "2024")))


def test_each_cell_is_what_it_is_where_types_are_mixed(save):
    rows = f"(1, {SECONDS}, '1.234,50'), ('C2', '2024-06-08', 1.25), (2.0, '2024-06-09', '2,5'), ('', 'x', NULL)"
    orders, report = read(save(tell(f"INSERT INTO orders VALUES {rows};")))
    assert orders["customer_id"].tolist() == ["1", "C2", "2"]
    assert orders["order_date"].tolist() == [pd.Timestamp(MOMENT), pd.Timestamp(2024, 6, 8), pd.Timestamp(2024, 6, 9)]
    assert orders["amount"].tolist() == [1234.5, 1.25, 2.5]
    assert report.n_rejected == 1


def test_a_question_of_a_text_is_asked_of_a_database_too(save):
    with pytest.raises(Undecided, match="order_date: 03/04/2024 may be"):
        read(save(tell("INSERT INTO orders VALUES ('C1', '03/04/2024', 1);")))


def test_whole_numbers_are_kept_to_the_last_digit(save):
    big = 2**53 + 1
    orders, _ = read(save(tell(f"INSERT INTO orders VALUES ({big}, '2024-01-02', 1), ({big + 1}, '2024-01-02', 1.5);")))
    assert orders["customer_id"].tolist() == [str(big), str(big + 1)]


def test_types_of_duckdb_are_read_as_those_of_parquet(save):
    sql = """CREATE TABLE orders (customer_id UUID, order_date TIMESTAMPTZ, amount DECIMAL(10, 2), quantity HUGEINT,
    channel ENUM ('web', 'shop'), wait INTERVAL, items INTEGER[], born DATE);
    SET TimeZone = 'UTC';
    INSERT INTO orders VALUES ('00000000-0000-0000-0000-00000000000a', '2024-06-07 18:30:00+00', 740.04, 2, 'web',
    INTERVAL 1 DAY, [1, 2], '2024-01-01');"""
    orders, _ = read(save(sql, "a.duckdb"))
    wanted = {"customer_id": "00000000-0000-0000-0000-00000000000a", "order_date": pd.Timestamp(MOMENT)}
    wanted |= {"amount": 740.04, "quantity": 2.0, "channel": "web"}
    assert orders.iloc[0].to_dict() == wanted


@given(st.lists(st.one_of(st.none(), st.integers(-(2**62), 2**62), st.floats(allow_nan=False), st.text(max_size=3))))
def test_a_loose_column_keeps_every_cell(cells):
    column = loose.Loose()
    for start in range(0, len(cells), 2):
        column.add(cells[start : start + 2])
    values, is_typed = column.finish()
    found = values.to_pylist()
    assert [cell is None for cell in found] == [cell is None for cell in cells]
    if is_typed is None:
        assert found == cells
    else:
        assert is_typed.tolist() == [isinstance(cell, int | float) for cell in cells]
        assert [a for a, cell in zip(found, cells, strict=True) if isinstance(cell, str)] == [
            cell for cell in cells if isinstance(cell, str)
        ]


# --- which table is meant -------------------------------------------------------------------------------


SHOP = """CREATE TABLE customers (customer_id TEXT, name TEXT); INSERT INTO customers VALUES ('C1', 'Ann');
CREATE TABLE products (id INTEGER, title TEXT); INSERT INTO products VALUES (1, 'tea');
CREATE TABLE items (id INTEGER, order_id INTEGER, product_id INTEGER, quantity INTEGER, price DOUBLE);
INSERT INTO items VALUES (1, 1, 1, 2, 5); CREATE TABLE empty_orders (customer_id TEXT, order_date TEXT, amount DOUBLE);
"""


@pytest.mark.parametrize("name", ["shop.db", "shop.duckdb"])
def test_the_table_with_the_columns_that_are_needed_is_taken(save, name):
    prepared = prepare(save(SHOP + TYPED + ROWS, name))
    assert prepared.reports["transactions"].relation == "orders"
    # A table named as ours is read, as in a folder; products have no number known here.
    assert list(prepared.tables) == ["customers", "transactions"] or set(prepared.tables) == {
        "customers",
        "transactions",
    }
    assert prepared.tables["customers"]["name"].tolist() == ["A***"]
    (note,) = [note for note in prepared.reports["transactions"].notes if note.startswith("Other tables")]
    assert "customers" in note and "items" in note


def test_two_tables_that_may_be_meant_are_asked_and_the_answer_is_used(save, tmp_path):
    path = save(ORDERS + ROWS + (ORDERS + ROWS).replace("orders", "old_orders"))
    with pytest.raises(ValueError, match="shop.db has 2 tables that may be meant"):
        prepare(path)
    mapping = tmp_path / "shop.db.mapping.toml"
    line = '# table = "old_orders"'
    assert line in mapping.read_text(encoding="utf-8")
    mapping.write_text(mapping.read_text(encoding="utf-8").replace(line, line[2:]), encoding="utf-8")
    assert load_path(path)[1]["transactions"].relation == "old_orders"


def test_where_no_table_has_all_that_is_needed_one_is_asked_for_or_a_view(save):
    sql = "CREATE TABLE orders (OrderID INTEGER, CustomerID TEXT, OrderDate TEXT, Freight REAL);"
    sql += "INSERT INTO orders VALUES (1, 'C1', '2024-01-02', 9.9);"
    sql += (
        "CREATE TABLE lines (OrderID INTEGER, UnitPrice REAL, Quantity INTEGER); INSERT INTO lines VALUES (1, 2.5, 4);"
    )
    with pytest.raises(Undecided, match="No table of shop.db has columns known to be all of customer_id") as asked:
        read(save(sql))
    assert [choice.value for choice in asked.value.questions[0].choices] == ["orders", "lines"]
    sql = "CREATE VIEW sales AS SELECT CustomerID, OrderDate, Quantity * UnitPrice AS amount FROM orders JOIN lines"
    path = save(sql + " USING (OrderID);")
    said = {"customer_id": "CustomerID", "order_date": "OrderDate"}
    assert read(path, columns=said)[0]["amount"].tolist() == [10]
    assert prepare(path).reports["transactions"].relation == "sales"


def test_a_day_of_an_unknown_name_is_known_by_its_values(save):
    sql = "CREATE TABLE payment (id INTEGER, customer_id INTEGER, amount REAL, payed_on TEXT);"
    sql += "INSERT INTO payment VALUES (1, 7, 9.5, '2024-01-02 10:11:12.000');"
    sql += "CREATE TABLE rental (id INTEGER, customer_id INTEGER); INSERT INTO rental VALUES (1, 7);"
    with pytest.raises(ValueError, match="payed_on|No column is known to be order_date"):
        prepare(save(sql))
    prepared = prepare(save("SELECT 1;"), ask=lambda question: question.choices[0])
    assert prepared.reports["transactions"].relation == "payment"


def test_a_table_called_transactions_is_meant(save):
    assert read(save(ORDERS + ROWS + (ORDERS + ROWS).replace("orders", "Transactions")))[1].relation == "Transactions"


def test_a_mapping_names_further_tables(save):
    path = save(SHOP.replace("customers", "clients") + ORDERS + ROWS)
    say(path, '[customers.file]\ntable = "clients"\n[products.columns]\nproduct_id = "id"\nproduct_name = "title"\n')
    tables, reports = load_path(path)
    assert set(tables) == {"transactions", "customers", "products"}
    assert reports["customers"].relation == "clients" and tables["products"]["product_name"].tolist() == ["tea"]


def test_mapped_columns_say_which_table_is_meant(save):
    sql = ORDERS + ROWS + "CREATE TABLE till (k, d, x); INSERT INTO till VALUES ('C9', '2024-01-02', 7);"
    report = read(save(sql), columns={"customer_id": "k", "order_date": "d", "amount": "x"})[1]
    assert report.relation == "till"


def test_a_folder_may_hold_a_database(save, tmp_path):
    path = save(ORDERS + ROWS, "transactions.sqlite")
    (tmp_path / "customers.csv").write_text("customer_id,city\nC1,Ningbo\n", encoding="utf-8")
    tables, _ = load_path(tmp_path)
    assert (len(tables["transactions"]), len(tables["customers"])) == (3, 1) and path.exists()


# --- what cannot be read ----------------------------------------------------------------------------------


def refused(path, match, **said):
    with pytest.raises(ValueError, match=match) as error:
        read(path, **said)
    assert str(path.parent) not in str(error.value)


def test_what_is_said_of_it_must_fit(save, tmp_path):
    path = save(ORDERS + ROWS)
    refused(
        path,
        r"table under \[transactions.file\] must be one of \['orders'\]; shop.db has no 'order'",
        file={"table": "order"},
    )
    refused(path, "encoding is for text files; shop.db is none", file={"encoding": "cp1252"})
    refused(path, "sheet is for workbooks; shop.db is none", file={"sheet": "orders"})
    text = tmp_path / "sales.csv"
    text.write_text("customer_id,order_date,amount\na,2024-01-02,1\n", encoding="utf-8")
    refused(text, "table is for databases; sales.csv is none", file={"table": "orders"})


@pytest.mark.parametrize("name", ["shop.db", "shop.duckdb"])
def test_a_database_without_rows_is_told(save, name):
    refused(save(TYPED, name), f"{name} must hold a table with rows; its tables orders are empty")
    refused(save("CREATE TABLE x (a INTEGER); DROP TABLE x;", f"no-{name}"), "it has no tables")


@pytest.mark.parametrize("name", ["shop.db", "shop.duckdb"])
def test_a_damaged_database_is_told(save, name):
    path = save(TYPED + ROWS, name)
    whole = path.read_bytes()
    path.write_bytes(whole[:5000])
    refused(path, f"{name} must be a whole (SQLite|DuckDB) database; it cannot be read .*(cut off|Could not read)")
    path.write_bytes(whole[:100] + bytes(255 - byte for byte in whole[100:]))
    refused(path, f"{name} must be a")
    path.write_bytes(bytes(255 - byte for byte in whole))
    refused(path, "must be a SQLite or DuckDB database, as its name says")


def test_an_encrypted_database_is_told(tmp_path):
    path = tmp_path / "a.duckdb"
    with duckdb.connect() as connection:
        connection.execute("SET force_mbedtls_unsafe = 'true'")
        connection.execute(
            f"ATTACH '{path}' AS locked (ENCRYPTION_KEY 'secret'); CREATE TABLE locked.t AS SELECT 1 AS a"
        )
        connection.execute("DETACH locked")
    refused(path, "opens without a key; it is encrypted or damaged")


def test_a_database_in_use_is_told(save):
    path = save(TYPED + ROWS, "a.duckdb")
    with duckdb.connect(str(path)):
        refused(path, "a.duckdb must not be in use while it is read")


def test_changes_that_another_program_keeps_are_doubted(save):
    path = save(f"PRAGMA journal_mode=WAL; {ORDERS} {ROWS}")
    other = sqlite3.connect(path)
    other.execute("INSERT INTO orders VALUES ('C9', '2024-02-02', 99)")
    other.commit()
    orders, report = read(path)
    assert len(orders) == 3  # as the file is
    assert report.doubts[0].startswith("shop.db-wal may hold changes that another program has not yet written")
    other.close()
    assert len(read(path)[0]) == 4 and not read(path)[1].doubts


def test_changes_that_duckdb_keeps_beside_it_are_read_and_told(tmp_path):
    with duckdb.connect(str(tmp_path / "a.duckdb")) as other:
        other.execute("SET checkpoint_threshold = '1GB'; " + TYPED + ROWS)
        for name in ("a.duckdb", "a.duckdb.wal"):
            (tmp_path / f"copy-{name}").write_bytes((tmp_path / name).read_bytes())
    orders, report = read(tmp_path / "copy-a.duckdb")
    assert len(orders) == 3
    assert report.doubts[0].startswith(
        "copy-a.duckdb.wal holds changes that are not yet in the database: they are read"
    )


def test_an_empty_database_with_changes_beside_it_says_so(save, tmp_path):
    path = save("CREATE TABLE x (a); DROP TABLE x;")
    path.with_name("shop.db-wal").write_bytes(b"x" * 40)
    refused(path, "it has no tables, though shop.db-wal beside it may hold changes")


def test_a_change_that_was_broken_off_is_refused(save):
    path = save(ORDERS + ROWS)
    path.with_name("shop.db-journal").write_bytes(engines.HOT_JOURNAL + bytes(20))
    refused(path, "a change to it was broken off")
    path.with_name("shop.db-journal").write_bytes(bytes(28))  # what is left of one that ended well
    assert len(read(path)[0]) == 3


def test_a_file_that_changes_while_it_is_read_is_refused(save, monkeypatch):
    path = save(ORDERS + ROWS)
    find_really = database._find_relation

    def find_and_write(*arguments):
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE more (a)")
        connection.close()
        return find_really(*arguments)

    monkeypatch.setattr(database, "_find_relation", find_and_write)
    refused(path, "shop.db must stay as it is while it is read")


def test_texts_of_another_encoding_are_told(save):
    refused(save(ORDERS + "INSERT INTO orders VALUES (CAST(x'fffe41' AS TEXT), '2024-01-02', 1);"), "texts in UTF-8")


def test_a_view_that_reads_other_files_does_not(save, tmp_path):
    (tmp_path / "x.csv").write_text("customer_id,order_date,amount\na,2024-01-02,1\n", encoding="utf-8")
    path = save(f"CREATE VIEW orders AS SELECT * FROM read_csv('{tmp_path / 'x.csv'}')", "a.duckdb")
    with pytest.raises(
        ValueError, match="a.duckdb must be a whole DuckDB database; it cannot be read .Permission Error"
    ):
        read(path)


@pytest.mark.parametrize(
    ("head", "is_one"),
    [(b"SQLite format 3\0", True), (b"12345678DUCK\x40\0\0\0", True), (b"customerDUCK,id\n", False), (b"", False)],
)
def test_what_is_a_database_its_first_bytes_say(head, is_one):
    from crmlib.intake.source import is_database

    assert is_database(head) == is_one


def test_a_table_is_scored_by_what_is_needed():
    score = database._score
    from crmlib.intake.mapping import Reading

    assert score(["customer_id", "order_date", "amount"], TRANSACTIONS, Reading()) == 3
    assert score(["order_id", "product_id", "quantity", "channel"], TRANSACTIONS, Reading()) == 0
    assert score(["Customer ID", "InvoiceDate", "Quantity", "UnitPrice"], TRANSACTIONS, Reading()) == 3
