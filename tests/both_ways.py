"""The same orders read into memory and where they lie, and that nothing tells them apart."""

import ibis
import pandas as pd

from crmlib import datasets
from crmlib.intake import fits, kept, large
from crmlib.intake.report import count_reasons

SAME = [
    "table",
    "sha256",
    "columns",
    "n_read",
    "n_accepted",
    "n_rejected",
    "n_on_purpose",
    "currency",
    "amount_accepted",
    "amount_set_aside",
    "said",
    "doubts",
    "encoding",
    "delimiter",
]


def keep(tables, reports, folder):
    """The orders as a run keeps them, in their order."""
    folder.mkdir(exist_ok=True)
    kept.keep_tables(folder, tables, reports)
    return kept.read_kept(folder)


def read_both(place, monkeypatch, *, largest=1_000, is_kept=True, **options):
    """The same data read into memory, and where it lies; of that the orders as a run keeps them."""
    monkeypatch.setattr(large, "LARGEST_IN_MEMORY", 10**9)
    small = datasets.load_data(place, **options)
    monkeypatch.setattr(large, "LARGEST_IN_MEMORY", largest)
    monkeypatch.setattr(fits, "SMALLEST", 0)
    there = datasets.load_data(place, **options)
    assert isinstance(there[0]["transactions"], ibis.Table)
    if not is_kept:
        return small, there
    again = keep(*there, place.parent / "kept")
    for name in ("notes", "n_read", "left_out", "not_listed", "doubts"):
        assert getattr(again[1]["transactions"], name) == getattr(there[1]["transactions"], name)
    return small, (again[0], there[1])


def expect_same(small, there):
    """The same rows and the same account, whichever way they were read."""
    frame = small[0]["transactions"]
    found = there[0]["transactions"].to_pyarrow().to_pandas()
    assert list(found) == list(frame)
    pd.testing.assert_frame_equal(found.astype(frame.dtypes), frame, check_exact=True)
    ours, theirs = small[1]["transactions"], there[1]["transactions"]
    for name in SAME:
        assert getattr(theirs, name) == getattr(ours, name), name
    assert list(theirs.notes) == list(ours.notes), set(theirs.notes) ^ set(ours.notes)
    pd.testing.assert_frame_equal(theirs.rejected, ours.rejected)
    assert count_reasons(theirs) == count_reasons(ours)


def expect_same_rows(small, there):
    """The same of parts, whose notes and doubts are of each part, or where they lie of all that are alike."""
    frame = small[0]["transactions"]
    found = there[0]["transactions"].to_pyarrow().to_pandas()
    pd.testing.assert_frame_equal(found.astype(frame.dtypes), frame, check_exact=True)
    ours, theirs = small[1]["transactions"], there[1]["transactions"]
    for name in SAME:
        if name != "doubts":
            assert getattr(theirs, name) == getattr(ours, name), name
    pd.testing.assert_frame_equal(theirs.rejected, ours.rejected)
    assert count_reasons(theirs) == count_reasons(ours)
