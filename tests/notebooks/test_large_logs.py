"""Analyses of orders that stay where they are: the same sentences and tables, and pages that stay small."""

import io
import json
import traceback
from functools import partial

import ibis
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from analyses import many, run_cells, texts

from crmlib import chance, datasets, orders
from crmlib.files.places import ROOT
from crmlib.lesson import findings
from crmlib.plots import style

SOURCES = ROOT / "notebooks" / "source"
NAMES = ("1-identifying-customers", "2-customer-pyramid", "3-credit-rating", "4-crm-strategy")
CHAPTERS = {name: SOURCES / name / "analysis.py" for name in NAMES}
PYRAMID = CHAPTERS["2-customer-pyramid"]
# Ibis 12 reads by functions that DuckDB 2 and pandas 3.1 have since renamed.
pytestmark = [
    pytest.mark.filterwarnings("ignore:fetch_arrow_table"),
    pytest.mark.filterwarnings("ignore:The 'future.infer_string' option is deprecated"),
]


class Account:
    """What an analysis asks of the account of a file, when it is not to be shown."""

    currency = "CNY"


@pytest.fixture(scope="module")
def teaching_company():
    return datasets.load_data("teaching-company", with_pairs=True)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """An analysis on tables that are at hand: its marks, its variables, and the files that it wrote."""
    connection = ibis.duckdb.connect()

    def run(source, tables, reports, where_it_lies, **parameters):
        given = {name: table.copy() for name, table in tables.items()}
        if where_it_lies:
            connection.con.register("given", pa.Table.from_pandas(given["transactions"], preserve_index=False))
            connection.raw_sql("CREATE OR REPLACE TABLE transactions AS FROM given")
            given["transactions"] = connection.table("transactions")
        monkeypatch.setattr(datasets, "load_data", lambda data, **how: (given, reports))
        folder = tmp_path / ("table" if where_it_lies else "frame")
        folder.mkdir()
        marks, names = run_cells(source, folder, {}, monkeypatch, **parameters)
        files = {file.name: file.read_bytes() for file in (folder / "out" / "tables").iterdir()}
        return marks, names, files

    yield run
    plt.close("all")
    connection.disconnect()


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("as_of", [None, "2025-06-30"])
def test_orders_that_stay_where_they_are_say_what_they_say_in_memory(chapter, as_of, run, teaching_company):
    tables, reports = teaching_company
    shop = np.where(tables["transactions"]["customer_id"] < "C1", "north", "south")
    lines = tables["transactions"].assign(shop=shop)
    lines.loc[lines.index[::50], "shop"] = None
    if as_of:  # some costs are not known
        lines.loc[lines.index[::40], "cost"] = None
    tables = {**tables, "transactions": lines}
    in_memory, _, wanted = run(CHAPTERS[chapter], tables, reports, False, as_of=as_of)
    marks, names, files = run(CHAPTERS[chapter], tables, reports, True, as_of=as_of)
    assert isinstance(names["tables"]["transactions"], ibis.Table)
    assert marks == in_memory
    assert files == wanted
    assert len(files) > 5


@pytest.mark.parametrize("source", sorted(SOURCES.glob("*/analysis.py")), ids=lambda source: source.parent.name)
def test_every_table_can_be_kept_whole_as_parquet_and_no_figure_draws_each_customer(
    source, run, teaching_company, monkeypatch
):
    monkeypatch.setattr(findings, "MOST_IN_CSV", 5)
    monkeypatch.setattr(findings, "N_BEST", 4)
    monkeypatch.setattr(style, "MOST_POINTS", 500)
    monkeypatch.setattr(style, "N_STEPS", 100)
    drawn = []

    def draw():
        for figure in map(plt.figure, plt.get_fignums()):
            for ax in figure.axes:
                drawn.extend(len(line.get_xdata()) for line in ax.lines)
                drawn.extend(max(len(some.get_offsets()), len(some.get_paths())) for some in ax.collections)
                drawn.extend((len(ax.patches), len(ax.texts)))
            plt.close(figure)

    monkeypatch.setattr("analyses.draw", draw)
    marks, _, files = run(source, *teaching_company, False)
    assert 2 < max(drawn) <= 500  # there are 2,000 customers
    tables = [mark for mark in marks if mark["kind"] == "table"]
    long = [table for table in tables if table["n_rows"] > 5]
    assert len(long) > 2
    assert {table["name"] for table in tables if "whole" in table} == {table["name"] for table in long}
    for table in long:
        whole = pd.read_parquet(io.BytesIO(files[f"{table['name']}.parquet"])).reset_index()
        shown = pd.read_csv(io.BytesIO(files[f"{table['name']}.csv"]))
        assert (len(whole), len(shown)) == (table["n_rows"], table["n_shown"])
        assert [name for name in whole.columns if name != "index"] == shown.columns.tolist()


def test_of_many_customers_a_sample_is_drawn_and_said(run, monkeypatch):
    monkeypatch.setattr(chance, "MANY", 200)
    monkeypatch.setattr(chance, "SAMPLE", 150)
    tables, reports = {"transactions": many(300)}, {"transactions": Account}
    monkeypatch.setattr("crmlib.lesson.show_source", lambda *reports, **how: None)
    marks, names, _ = run(PYRAMID, tables, reports, True)
    intervals, moves = texts(marks, "doubt")[-2:]
    assert "Intervals are those of 150 customers drawn at random from 300" in intervals
    assert "Moves are compared with chance on 150 customers drawn at random from 300." in moves
    assert names["drawn"]["customer_id"].nunique() == 150
    assert names["drawn_counts"].to_numpy().sum() <= 150 < names["counts"].to_numpy().sum()
    assert f"; of all customers, {names['n_stayed'] / names['n_best']:.1%}." in moves
    again, same, _ = run(PYRAMID, tables, reports, False)
    assert again == marks
    assert same["drawn"].equals(names["drawn"])


def test_with_very_many_customers_page_and_notebook_stay_small(run, monkeypatch):
    rng, n = np.random.default_rng(7), 110_000
    who = np.concatenate([np.arange(n), rng.integers(0, n, n)])  # everybody bought on the last day
    days = pd.Timestamp("2024-12-30") - pd.to_timedelta(np.where(np.arange(2 * n) < n, 0, who % 700), unit="D")
    amounts = np.round(rng.lognormal(3, 1.5, 2 * n), 2)
    lines = pd.DataFrame({"customer_id": [f"c{one:06}" for one in who], "order_date": days, "amount": amounts})
    lines["cost"] = np.round(amounts * 0.9, 2)
    shown, drawn = [], []

    def draw():
        for number in plt.get_fignums():
            picture = io.StringIO()
            plt.figure(number).savefig(picture, format="svg")
            drawn.append(len(picture.getvalue()))
            plt.close(number)

    monkeypatch.setattr(chance, "SAMPLE", 2_000)
    monkeypatch.setattr("analyses.draw", draw)
    monkeypatch.setattr("analyses.show_table", lambda table: shown.append(len(table._repr_html_())))
    monkeypatch.setattr("crmlib.lesson.show_source", lambda *reports, **how: None)
    marks, _, files = run(PYRAMID, {"transactions": lines}, {"transactions": Account}, True)
    assert len(drawn) > 4
    assert max(drawn) < 300_000
    assert len(shown) > 4
    assert sum(shown) + len(json.dumps(marks, default=str)) < 500_000
    whole = {name for name in files if name.endswith(".parquet")}
    assert whole == {"2-customers.parquet", "2-tier-of-each-customer.parquet", "2-profit-of-each-customer.parquet"}
    assert pd.read_parquet(io.BytesIO(files["2-customers.parquet"])).shape[0] == n
    assert files["2-customers.csv"].count(b"\r\n") == 10_001


@pytest.mark.parametrize("chapter", ["1-identifying-customers", "2-customer-pyramid", "4-crm-strategy"])
def test_of_very_many_customers_no_objects_of_ids_are_made(chapter, run, monkeypatch):
    """pandas does so to find texts, and keeps them: of five million customers gigabytes (`customer_index`)."""
    n, made = 25_000, []
    objects_of = pd.arrays.ArrowStringArray.to_numpy

    def note(self, *given, **how):
        found = objects_of(self, *given, **how)
        if found.dtype == object and len(found) >= n // 3:
            ours = [one for one in traceback.extract_stack() if one.filename == "cell" or "crmlib" in one.filename]
            made.append((len(found), *(f"{one.filename}:{one.lineno} {one.line}" for one in ours[-2:])))
        return found

    lines = many(n, seed=3, days=800, lines_each=6)
    lines["channel"] = np.where(np.arange(len(lines)) % 3, "shop", "online")
    monkeypatch.setattr(chance, "MANY", 2_000)
    monkeypatch.setattr(chance, "SAMPLE", 1_000)
    monkeypatch.setattr(findings, "MOST_IN_CSV", 2_000)
    monkeypatch.setattr(findings, "N_BEST", 1_000)
    monkeypatch.setattr(orders, "sample_customers", partial(sample_few, orders.sample_customers))
    monkeypatch.setattr("crmlib.lesson.show_source", lambda *reports, **how: None)
    monkeypatch.setattr(pd.arrays.ArrowStringArray, "to_numpy", note)
    marks, _, _ = run(CHAPTERS[chapter], {"transactions": lines}, {"transactions": Account}, True)
    assert made == []
    assert len([mark for mark in marks if mark["kind"] == "table"]) >= 5


def sample_few(draw, lines, n_customers, **given):
    return draw(lines, min(n_customers, 1_000), **given)
