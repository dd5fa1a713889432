"""Orders with everything that sets a row aside, and what a mapping says of them."""

import datetime as dt

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


def make_messy(n=3_000):
    """Lines with everything that sets a row aside, by type and by text, and what is worth a word."""
    rng = np.random.default_rng(4)
    ids = [f"C{k:04}" for k in rng.integers(1, 300, n)]
    days = [dt.datetime(2023, 1, 1) + dt.timedelta(minutes=int(k)) for k in rng.integers(0, 900_000, n)]
    amounts = rng.integers(100, 90_000, n) / 100
    frame = pd.DataFrame(
        {
            "Customer ID": ids,
            "Order Date": days,
            "Total": amounts,
            "Order No": [f"A{k:05}" for k in rng.integers(0, 2_000, n)],
            "Status": np.where(rng.random(n) < 0.9, "paid", "open"),
            "Region": np.where(rng.random(n) < 0.5, "north", "south "),
            "Price": [str(k) for k in amounts],
        }
    )
    frame.loc[[3, 40], "Customer ID"] = None
    frame.loc[[5, 41], "Customer ID"] = ["", "  "]
    frame.loc[[6, 42, 43], "Customer ID"] = ["Guest", "N/A", " C0001 "]
    frame.loc[[7], "Order Date"] = pd.NaT
    frame.loc[[8, 9], "Order Date"] = [dt.datetime(1850, 1, 1), dt.datetime(2250, 1, 1)]
    frame.loc[[10, 3], "Total"] = np.nan
    frame.loc[[11, 12], "Total"] = [np.inf, 1e15]
    frame.loc[[13, 14, 15], "Total"] = [-12.5, 0.0, 1.005]
    frame.loc[[16], "Order No"] = ["Total"]
    frame.loc[[17, 18], "Order No"] = [" A1", "null"]
    return pd.concat([frame, frame[20:25]], ignore_index=True)


def write(frame, path, **types):
    table = pa.Table.from_pandas(frame, preserve_index=False)
    for name, kind in types.items():
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, table[name].cast(kind, safe=False))
    pq.write_table(table, path, row_group_size=500)
    return path


COLUMNS = {"Customer ID": "customer_id", "Order Date": "order_date", "Total": "amount", "Order No": "order_id"}


def say(**sections):
    return {"columns": {ours: theirs for theirs, ours in COLUMNS.items()}, "keep": {"Status": "all"}} | sections
