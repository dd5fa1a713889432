"""An analysis notebook run on small tables, and what it said."""

import functools
import shutil

import jupytext
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from crmlib.lesson import findings, headlines


@functools.cache
def read_cells(source):
    """The code cells of an analysis."""
    return [cell for cell in jupytext.read(source, fmt="py:percent").cells if cell.cell_type == "code"]


def run_cells(source, folder, tables, patch, **parameters):
    """The cells of an analysis on tables by name; its marks and its variables. What it would draw is drawn."""
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    for name, table in tables.items():
        table.to_csv(data / f"{name}.csv", index=False)
    marks = []
    for module in (findings, headlines):
        patch.setattr(module, "show_marked", lambda text, *, mark, **more: marks.append(mark))
    patch.setattr(plt, "show", lambda: draw())
    names = {"display": lambda table: show_table(table)}
    given = {"data": str(data), "out": str(folder / "out"), **parameters}
    for cell in read_cells(source):
        exec(compile(cell.source, "cell", "exec"), names)
        if "parameters" in cell.metadata.get("tags", []):
            unknown = set(given) - set(names)
            assert unknown == set()
            names.update(given)
    assert not plt.get_fignums()
    return marks, names


def show_table(table):
    """As a notebook would: what a table cannot show fails here."""
    return table._repr_html_()


def draw():
    """Draw every figure and close it: a glyph that is missing warns here."""
    for number in plt.get_fignums():
        plt.figure(number).canvas.draw()
        plt.close(number)


def texts(marks, kind="finding"):
    return [mark["text"] for mark in marks if mark["kind"] == kind]


def skipped(marks):
    return [mark["section"] for mark in marks if mark["kind"] == "skipped"]


def orders(customer_ids, dates, amounts, **more):
    return pd.DataFrame({"customer_id": customer_ids, "order_date": dates, "amount": amounts, **more})


def many(n, seed=1, days=400, lines_each=12, start="2024-01-01"):
    """n customers who buy at random over some days, some much more than others."""
    rng = np.random.default_rng(seed)
    ids = np.repeat([f"c{i:03}" for i in range(n)], lines_each)
    dates = pd.Timestamp(start) + pd.to_timedelta(rng.integers(0, days, n * lines_each), unit="D")
    size = np.repeat(rng.lognormal(3, 1, n), lines_each)
    amounts = np.round(size * rng.uniform(0.5, 1.5, n * lines_each), 2)
    return orders(ids, dates, amounts, cost=np.round(amounts * 0.7, 2))
