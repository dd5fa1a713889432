"""Orders in PostgreSQL and Spark are counted and set aside as the same rows in a file are."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crmlib import datasets
from crmlib.intake.linked import open_again
from crmlib.intake.links import stay_put
from crmlib.intake.report import count_reasons

pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]

N = 300
SAID = {
    "transactions": {
        "columns": {"customer_id": "Kunde", "order_id": "Nummer"},
        "keep": {"Status": ["pa*"]},
        "negative": {"Nummer": ["A1*"]},
        "file": {"extra": ["Region"]},
    }
}


def make_lines():
    rows = pa.table(
        {
            "Kunde": [f"C{k % 40:03}" for k in range(N)],
            "order_date": [dt.datetime(2024, 1, 1, 8) + dt.timedelta(hours=11 * k) for k in range(N)],
            "amount": [k / 4 - 3 for k in range(N)],
            "Nummer": [f"A{k // 2}" for k in range(N)],
            "Status": [None if k == 20 else "paid" if k % 9 else "open" for k in range(N)],
            "Region": ["north" if k % 2 else " south" for k in range(N)],
        }
    )
    columns = {name: rows[name].to_pylist() for name in rows.column_names}
    columns["Kunde"][3:7] = [None, " C001", "Guest", ""]
    columns["amount"][7:10] = [None, float("nan"), float("inf")]
    columns["amount"][10:13] = [1e15, 1.005, 0.0]
    columns["order_date"][13:15] = [None, dt.datetime(1850, 1, 1)]
    columns["Nummer"][15:17] = ["", " A1 "]
    return pa.table(columns, schema=rows.schema)


@pytest.fixture(params=["postgres", "spark"])
def url(request):
    """The lines where they lie, by their URL."""
    engine = request.getfixturevalue(request.param)
    table = engine.keep(make_lines(), "orders_there")
    if request.param == "postgres":
        return f"postgres://crm@/postgres?table=orders_there&host={engine.folder}"
    assert table.count().to_pyarrow().as_py() == N
    place = max(Path(engine.folder).glob("*/part-0.parquet"), key=lambda file: file.stat().st_mtime_ns).parent
    return f"spark://local?parquet={place}"


def test_a_table_elsewhere_is_the_same_as_a_file_of_its_rows(url, tmp_path):
    pq.write_table(make_lines(), tmp_path / "orders.parquet")
    small, report = (found["transactions"] for found in datasets.load_data(tmp_path / "orders.parquet", mapping=SAID))
    tables, reports = datasets.load_data(url, mapping=SAID)
    account = reports["transactions"]
    for name in (
        "n_read",
        "n_accepted",
        "n_rejected",
        "n_on_purpose",
        "amount_accepted",
        "amount_set_aside",
        "columns",
    ):
        assert getattr(account, name) == getattr(report, name), name
    assert count_reasons(account) == count_reasons(report)
    listed = ["column", "value", "reason"]
    aside = (one.rejected[listed].replace("nan", "") for one in (report, account))  # Spark hands NaN on as NULL
    ours, theirs = (one.sort_values(listed, ignore_index=True) for one in aside)
    pd.testing.assert_frame_equal(theirs, ours)
    again = open_again(stay_put(url), SAID)
    for there in (tables["transactions"], again):
        order = ["order_date", "customer_id"]
        found = there.to_pyarrow().to_pandas()[list(small)].sort_values(order, ignore_index=True)
        pd.testing.assert_frame_equal(found.astype(small.dtypes), small.sort_values(order, ignore_index=True))
    if url.startswith("postgres"):
        tables["transactions"].get_backend().disconnect()
        again.get_backend().disconnect()
