"""How good customer records are: by hand, by law, by mistake, on the teaching company."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import datasets
from crmlib.records import Field, quality_score

AS_OF = "2025-12-31"
RECORDS = pd.DataFrame(
    {
        "customer_id": ["1", "2", "3", "4", "5"],
        "phone": ["154-1111 2222", "15411112222", "154-33", None, "  "],
        "birth_date": pd.to_datetime(
            ["1990-01-01", "2026-01-01", None, "2025-12-31 23:00", "1980-01-01"], format="ISO8601"
        ),
        "kind": ["person", "firm", "Person", "person", ""],
        "checked_date": pd.to_datetime(
            ["2025-12-31 20:00", "2025-12-01", "2025-11-30", None, "2026-01-01"], format="ISO8601"
        ),
        "religion": ["-", None, None, None, None],
    }
)
CONTRACT = [
    Field("customer_id", "to tell records apart", unique=True, fresh_days=30),
    Field("phone", "to call", required=False, pattern=r"154[- ]?\d{4} ?\d{4}", unique=True),
    Field("birth_date", "to ask about age", required=False),
    Field("kind", "to write in the right form", choices=("person", "firm")),
]


def test_the_scores_by_hand():
    found = quality_score(RECORDS, CONTRACT, as_of=AS_OF, checked="checked_date")
    assert found.index.tolist() == ["customer_id", "phone", "birth_date", "kind", "religion", "all"]
    assert found["n_filled"].tolist() == [5, 3, 4, 4, 1, 5]
    assert found["complete"].tolist() == [1, 0.6, 0.8, 0.8, 0.2, 0.8]  # in all: of what is required
    # 154-33 is short. A birth after as_of is none; one on its evening is. "Person" is no choice.
    np.testing.assert_allclose(found["valid"], [np.nan, 2 / 3, 3 / 4, 3 / 4, np.nan, 3 / 5])
    # The first two numbers are the same but for marks.
    np.testing.assert_allclose(found["unique"], [1, 1 / 3, np.nan, np.nan, np.nan, 3 / 5])
    # Checked 0, 30 and 31 days ago, never, and after as_of.
    np.testing.assert_allclose(found["fresh"], [2 / 5, np.nan, np.nan, np.nan, np.nan, 2 / 5])
    # Phones: only the two empty ones are fit. In all: the first two share a number, the others fail in something, too.
    np.testing.assert_allclose(found["fit"], [2 / 5, 2 / 5, 4 / 5, 3 / 5, np.nan, 0])


def test_what_is_not_needed_has_no_purpose():
    found = quality_score(RECORDS, CONTRACT, as_of=AS_OF, checked="checked_date")
    assert found.index[found["purpose"].isna()].tolist() == ["religion", "all"]
    assert found.loc["phone", "purpose"] == "to call"


def test_letters_keep_their_marks_and_full_width_digits_are_digits():
    records = pd.DataFrame({"email": ["a-b@x.org", "ab@x.org", "A-B@X.org "], "phone": ["１５４", "1 5-4", "155"]})
    fields = [Field("email", "to write", unique=True), Field("phone", "to call", unique=True)]
    # The second mail address is another, the third phone number; no record is the only one in both.
    assert quality_score(records, fields, as_of=AS_OF)["unique"].tolist() == [1 / 3, 1 / 3, 0]


texts = st.lists(st.sampled_from(["154", "155", "x", "", None]), min_size=1, max_size=12)


@given(texts, texts, st.booleans(), st.booleans())
def test_a_record_is_no_better_than_its_worst_field(first, second, required, unique):
    n = min(len(first), len(second))
    records = pd.DataFrame({"a": first[:n], "b": second[:n]}, dtype="str")
    fields = [Field("a", "p", required=required, pattern=r"\d+"), Field("b", "q", unique=unique, choices=("154", "x"))]
    found = quality_score(records, fields, as_of=AS_OF)
    shares = found.drop(columns=["purpose", "n_filled"]).to_numpy(dtype=float)
    assert ((shares >= 0) & (shares <= 1) | np.isnan(shares)).all()
    assert found.loc["all", "fit"] <= found.loc[["a", "b"], "fit"].min()
    assert found.loc["all", "fit"] <= found.loc["all", ["complete", "valid"]].min() + 1e-12
    # Neither the order of the records nor a copy of a contract that asks less makes it worse.
    pd.testing.assert_frame_equal(quality_score(records[::-1], fields, as_of=AS_OF), found)
    less = [Field("a", "p", required=False), Field("b", "q", unique=unique, choices=("154", "x"))]
    assert quality_score(records, less, as_of=AS_OF).loc["all", "fit"] >= found.loc["all", "fit"]


def test_the_records_of_the_teaching_company(record_property):
    """Two records of one person are mostly spelled differently: what is unique by its letters misses them."""
    customers = datasets.load_teaching_company()["customers"]
    truth = datasets.load_truth("teaching-company")["customers"].set_index("customer_id")
    contract = [
        Field("customer_id", "to tell records apart", unique=True),
        Field("phone", "to call about a delivery", required=False, pattern=r"154[- ]?\d{4}[- ]?\d{4}", unique=True),
    ]
    found = quality_score(customers, contract, as_of=AS_OF)
    n_second = int(truth["is_duplicate_of"].notna().sum())
    n_shared = round((1 - found.loc["phone", "unique"]) * found.loc["phone", "n_filled"])
    print(f"\n{found.drop(columns='purpose').round(3)}")
    print(f"second records: {n_second}; records that share a phone: {n_shared}")
    record_property("records that share a phone", n_shared)
    assert found.loc["customer_id", "unique"] == 1
    assert 0 < n_shared < 2 * n_second


# --- by mistake ---


@pytest.mark.parametrize(
    ("contract", "options", "message"),
    [
        ([], {}, "contract must hold different columns, at least one; got []"),
        ([Field("phone", "a"), Field("phone", "b")], {}, "contract must hold different columns"),
        ([Field("phone", " ")], {}, "every field must have a purpose; phone has none. Say what it is kept for, or do"),
        ([Field("fax", "a")], {}, "missing ['fax']"),
        ([Field("phone", "a", pattern="(")], {}, "pattern must be a regular expression; that of phone, '(', is none"),
        ([Field("phone", "a", fresh_days=0)], {}, "fresh_days must be a whole number of at least 1"),
        ([Field("phone", "a", fresh_days=9)], {}, "['phone'] have, and checked is None"),
        ([Field("phone", "a", fresh_days=9)], {"checked": "kind"}, "['phone'] have, and checked is 'kind'"),
        ([Field("phone", "a")], {"as_of": "soon"}, "as_of must be a day"),
    ],
)
def test_contracts_that_are_none(contract, options, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        quality_score(RECORDS, contract, **{"as_of": AS_OF} | options)


def test_no_records():
    with pytest.raises(ValueError, match="records must hold at least one record; it is empty"):
        quality_score(RECORDS[:0], CONTRACT, as_of=AS_OF)
