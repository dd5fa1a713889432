"""What every question is made of compiles for the warehouses that Ibis speaks; nothing answers here."""

import warnings

import ibis
import pandas as pd
import pytest
from ibis.common.exceptions import OperationNotDefinedError

from crmlib import customers, engine, lifecycle, quality

# Ibis 12 asks for a table's columns by a function that DuckDB 2 has since renamed.
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table")
DAY, CUT = pd.Timestamp("2024-06-30"), pd.Timestamp("2024-03-31")
LINES = pd.DataFrame(
    {
        "customer_id": ["ann", "ann", "ann", "bob", "bob", "cy"],
        "order_date": pd.to_datetime(
            ["2024-01-05", "2024-03-01", "2024-05-01", "2024-02-01", "2024-04-08", "2024-04-05"]
        ),
        "amount": [20.0, 5.555, 1e16, -8.0, 9.0, 0.0],
        "order_id": ["1", "2", "", None, "4", "5"],
        "cost": 1.0,
    }
)


def later(lines):
    with engine.opened(lines) as (table, run):
        engine.find_later_purchases(table, run, CUT, DAY)
        engine.find_later_days(table, run, CUT, DAY)


QUESTIONS = {
    "summary": lambda lines: customers.summarize_customers(lines, as_of=DAY, since="2024-01-02"),
    "snapshots": lambda lines: customers.snapshots(lines, dates=[CUT, DAY], window_days=90),
    "cohorts": lambda lines: [customers.cohort_retention(lines, as_of=DAY, period=one) for one in "WM"],
    "repeats": lambda lines: customers.repeat_purchase_summary(lines, as_of=DAY, unit="week"),
    "stages": lambda lines: lifecycle.assign_stages(lines, as_of=DAY),
    "next": lambda lines: lifecycle.next_purchase(lines, as_of=DAY),
    "last day": quality.last_day,
    "later": later,
}


@pytest.fixture(scope="module")
def asked():
    """The expressions behind each question, of days as times and as dates."""
    connection = ibis.duckdb.connect()
    seen, answer = [], connection.to_pyarrow
    connection.to_pyarrow = lambda expression: (seen.append(expression), answer(expression))[1]
    connection.con.register("lines", LINES)
    found = {}
    for kind in ("TIMESTAMP", "DATE"):
        connection.raw_sql(f"CREATE TABLE log_{kind} AS SELECT * REPLACE (order_date::{kind} AS order_date) FROM lines")
        log = connection.table(f"log_{kind}")
        for name in QUESTIONS if kind == "TIMESTAMP" else ("summary", "cohorts", "repeats"):
            seen.clear()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # amounts with three decimals, for their expression
                QUESTIONS[name](log)
            found[name, kind] = [*seen]
    yield found
    connection.disconnect()


def missing(asked, dialect):
    """The questions that do not compile, and what of them does not."""
    found = {}
    for (name, _), expressions in asked.items():
        for expression in expressions:
            try:
                assert "SELECT" in ibis.to_sql(expression, dialect=dialect)
            except OperationNotDefinedError as error:
                found[name] = str(error)
    return found


@pytest.mark.parametrize("dialect", ["bigquery", "snowflake", "trino", "databricks", "clickhouse", "postgres"])
def test_every_question_compiles(asked, dialect):
    assert missing(asked, dialect) == {}


def test_what_does_not_compile_for_sql_server(asked):
    """Ibis has no word there for the amount of the first day; what docs/decisions/0022 says of it holds."""
    found = missing(asked, "mssql")
    assert sorted(found) == ["repeats", "stages"]
    assert all("ArgMin" in said for said in found.values())


def test_what_an_engine_cannot_do_is_refused_in_words(asked, monkeypatch):
    table = asked["repeats", "DATE"][0].op().find(ibis.expr.operations.DatabaseTable)[0].to_expr()
    backend, answer = table.get_backend(), table.get_backend().to_pyarrow

    def compiled(expression):
        ibis.to_sql(expression, dialect="mssql")
        return answer(expression)

    monkeypatch.setattr(backend, "to_pyarrow", compiled)
    said = r"duckdb must be able to answer this question; .*'ArgMin'.* Copy the table into Parquet"
    with pytest.warns(UserWarning), pytest.raises(ValueError, match=said):
        QUESTIONS["repeats"](table)
