"""What could identify a person does not get past the reading of a file, unless asked for."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crmlib import datasets, language
from crmlib.customers import summarize_customers
from crmlib.intake.privacy import looks_personal, mask_personal, mask_text
from crmlib.tables import TABLES

PHONES = ["13800138000", "139 0013 9000", "+8613700137000"]
CARD = "330203198505041234"
# Everything personal in the files below, however it is written.
SECRETS = [
    "王小明",
    "小明",
    "Ann Lee",
    "Lee",
    *PHONES,
    "138-0013-8000",
    "wang@example.com",
    "Hafenstr",
    "1985-05-04",
    "05-04",
    CARD,
    "example.com",
]


@pytest.fixture
def folder(tmp_path):
    """Three tables that hang together by telephone numbers, with rows that cannot be read."""
    (tmp_path / "transactions.csv").write_text(
        "customer_id,order_date,amount,channel\n"
        "13800138000,2024-01-02,5.00,shop\n"
        f"139 0013 9000,2024-01-03,6.00,web\n{CARD},2024-01-04,7.00,web\nwang@example.com,2024-01-05,8.00,web\n"
        "C0042,2024-01-06,9.00,shop\n"
        "13800138000,2024-01-07,call 138-0013-8000,shop\n"  # a number where none belongs: set aside
        "13800138000,by wang@example.com,5.00,shop\n"
        f"{CARD},2024-01-08\n",  # too short
        encoding="utf-8",
    )
    (tmp_path / "customers.csv").write_text(
        "customer_id,customer_type,name,phone,email,address,city,birth_date,registered_date,referred_by\n"
        "13800138000,person,王小明,13800138000,wang@example.com,Hafenstr. 5,宁波,1985-05-04,2020-03-04,139 0013 9000\n"
        "139 0013 9000,person,Ann Lee,+8613700137000,,,Ulm,,2021-05-06,\n"
        "C0042,robot,王小明,13800138000,,,,,,\n"  # no such type: set aside
        "+8613700137000,person,Ann Lee,,,,,sometime 1985-05-04,,\n"
        "王小明,person,Ann Lee\n",  # too short: nobody can say which part is personal
        encoding="utf-8",
    )
    (tmp_path / "activities.csv").write_text(
        "customer_id,month,activity,n_times\n13800138000,2024-01-01,call,3\nC0042,2024-01-01,call,1\n", encoding="utf-8"
    )
    return tmp_path


def everything(tables, reports):
    """All that can be seen of what was read, as text."""
    parts = [frame.to_csv() for frame in tables.values()]
    for report in reports.values():
        parts += [report.rejected.to_csv(), *report.notes, str(report), repr(report), str(report.columns)]
    return "\n".join(parts)


# --- whole folders ----------------------------------------------------------------------------------------


def test_nothing_personal_is_left_anywhere(folder):
    tables, reports = datasets.load_data(folder)
    seen = everything(tables, reports)
    assert [secret for secret in SECRETS if secret in seen] == []
    assert not [word for word in re.findall(r"[\w@.+-]+", seen) if looks_personal(word)]


def test_all_of_it_is_there_when_it_is_asked_for(folder):
    tables, reports = datasets.load_data(folder, show_personal=True)
    seen = everything(tables, reports)
    shown = [secret for secret in SECRETS if secret in seen]
    assert {
        "王小明",
        "13800138000",
        "139 0013 9000",
        "wang@example.com",
        "Hafenstr",
        "1985-05-04",
        CARD,
        "138-0013-8000",
    } <= set(shown)
    assert not any("masked" in note or "stand for them" in note for report in reports.values() for note in report.notes)


def test_a_customer_has_the_same_new_number_in_every_table(folder):
    masked, plain = (datasets.load_data(folder, show_personal=shown)[0] for shown in (False, True))
    new = {}
    for name, frame in plain.items():
        for column in {"customer_id", "referred_by"} & set(frame):
            for old, now in zip(frame[column], masked[name][column], strict=True):
                assert pd.isna(now) if pd.isna(old) else new.setdefault(old, now) == now
    assert len(set(new.values())) == len(new) == 5  # nobody became somebody else
    assert new["C0042"] == "C0042"  # a plain number stays
    assert {number for number in new.values() if number != "C0042"} == {f"customer-{i:05}" for i in range(1, 5)}


def test_what_is_no_secret_stays_as_it_is(folder):
    masked, plain = (datasets.load_data(folder, show_personal=shown)[0] for shown in (False, True))
    for name, frame in plain.items():
        personal = {column.name for column in TABLES[name].columns if column.personal} | {"customer_id", "referred_by"}
        open_columns = [column for column in frame if column not in personal]
        pd.testing.assert_frame_equal(masked[name][open_columns], frame[open_columns])
        assert masked[name].dtypes.equals(frame.dtypes) and list(masked[name]) == list(frame)
        assert masked[name].isna().equals(frame.isna())


def test_the_counts_are_those_of_the_file_and_the_notes_say_what_was_done(folder):
    reports = datasets.load_data(folder)[1]
    assert [(report.n_read, report.n_rejected) for report in reports.values()] == [(8, 3), (5, 3), (2, 0)]
    assert reports["customers"].notes[-3:] == (
        (
            "Personal fields masked: name, phone, email, address, birth_date; of a date of birth only the year stays"
            " (show_personal shows them)."
        ),
        (
            "customer_id: the numbers are personal (name, telephone, e-mail or identity card); others stand for them,"
            " customer-00001 and so on (show_personal shows them)."
        ),
        (
            "referred_by: the numbers are personal (name, telephone, e-mail or identity card); others stand for them,"
            " customer-00001 and so on (show_personal shows them)."
        ),
    )
    assert "others stand for them" in reports["activities"].notes[-1]


def test_rows_set_aside_are_masked_and_still_say_where_and_why(folder):
    rejected = datasets.load_data(folder)[1]["transactions"].rejected
    assert rejected["line"].tolist() == [7, 8, 9]
    assert rejected["value"].tolist() == ["call ***", "b***", "3***"]
    assert rejected.dtypes.astype("str").to_dict() == {
        "line": "int64",
        "column": "str",
        "value": "str",
        "reason": "str",
    }


def test_the_kits_own_people_are_made_up_and_stay():
    tables, reports = datasets.load_data("teaching-company")
    assert not tables["customers"]["name"].str.contains("***", regex=False).any()
    assert not any("masked" in note for note in reports["customers"].notes)


def test_it_is_said_in_chinese(folder):
    language.use("zh")
    notes = datasets.load_data(folder)[1]["customers"].notes
    assert all(re.search("[一-鿿]", note) for note in notes) and not any("masked" in note for note in notes)


# --- tables -----------------------------------------------------------------------------------------------


def test_by_hand():
    customers = pd.DataFrame(
        {
            "customer_id": pd.array(["7", "8"], dtype="str"),
            "name": pd.array(["王小明", None], dtype="str"),
            "phone": pd.array(["0574-1234", "x"], dtype="str"),
            "birth_date": pd.Series(["1985-05-04", None], dtype="datetime64[us]"),
            "city": ["宁波", "Ulm"],
        }
    )
    before = customers.copy()
    tables, notes = mask_personal({"customers": customers})
    masked = tables["customers"]
    assert masked["name"].tolist()[0] == "王***" and pd.isna(masked["name"][1])
    assert masked["phone"].tolist() == ["0***", "x***"]
    assert masked["birth_date"].tolist() == [pd.Timestamp("1985-01-01"), pd.NaT]
    assert masked["customer_id"].tolist() == ["7", "8"] and masked["city"].tolist() == ["宁波", "Ulm"]
    assert notes == {
        "customers": [
            "Personal fields masked: name, phone, birth_date; of a date of birth only the year stays (show_personal"
            " shows them)."
        ]
    }
    pd.testing.assert_frame_equal(customers, before)  # the table given is not changed


def test_columns_that_are_wholly_empty_stay_so():
    customers = pd.DataFrame(
        {
            "customer_id": ["7"],
            "name": pd.array([None], dtype="str"),
            "birth_date": pd.Series([pd.NaT], dtype="datetime64[us]"),
        }
    )
    masked = mask_personal({"customers": customers})[0]["customers"]
    assert masked.isna().iloc[0].tolist() == [False, True, True]
    assert masked.dtypes.equals(customers.dtypes)


def test_one_telephone_number_among_plain_numbers_is_found():
    ids = [f"C{i:06}" for i in range(5_000)] + ["13800138000"]
    orders = pd.DataFrame({"customer_id": pd.array(ids, dtype="str")})
    tables, notes = mask_personal({"transactions": orders})
    assert tables["transactions"]["customer_id"].tolist() == [*ids[:-1], "customer-00001"]
    assert len(notes["transactions"]) == 1


def test_a_new_number_is_nobodys():
    ids = ["customer-00001", "13800138000", "customer-00003", "13900139000"]
    tables, _ = mask_personal({"transactions": pd.DataFrame({"customer_id": pd.array(ids, dtype="str")})})
    assert tables["transactions"]["customer_id"].tolist() == [
        "customer-00001",
        "customer-00002",
        "customer-00003",
        "customer-00004",
    ]


def test_tables_without_customers_or_unknown_ones_pass():
    tables = {
        "products": pd.DataFrame({"product_id": ["13800138000"]}),
        "mine": pd.DataFrame({"color": ["red"]}),
        "transactions": pd.DataFrame({"customer_id": pd.array([], dtype="str")}),
    }
    masked, notes = mask_personal(tables)
    assert all(masked[name].equals(frame) for name, frame in tables.items())
    assert notes == {"products": [], "mine": [], "transactions": []}


@given(
    st.lists(
        st.sampled_from([*PHONES, "wang@example.com", CARD, "C1", "7", "customer-00002", "20240607", "a b"])
        | st.text("0139+- @.Xx", min_size=1, max_size=20),
        max_size=20,
    )
)
@example(["1" + " -" * 9 + "3800138000"])
def test_customers_stay_apart_and_no_number_stays_personal(ids):
    orders = pd.DataFrame({"customer_id": pd.array(ids, dtype="str")})
    now = mask_personal({"transactions": orders})[0]["transactions"]["customer_id"].tolist()
    assert not any(map(looks_personal, now))
    assert len(set(zip(ids, now, strict=True))) == len(set(ids)) == len(set(now))
    assert [new for old, new in zip(ids, now, strict=True) if not looks_personal(old)] == [
        old for old in ids if not looks_personal(old)
    ]


# --- text -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("call 13800138000 now", "call *** now"),
        ("电话13800138000，微信同号", "电话***，微信同号"),
        ("138 0013 8000/138-0013-8000", "***/***"),
        ("+8613800138000 or 86 13800138000", "*** or ***"),
        ("+44 20 7946 0000, +442079460000", "***, ***"),
        ("a.b-c+d@mail.example.co.uk;x", "***;x"),
        (f"id {CARD} or 33020319850504123x", "id *** or ***"),
        (
            "order 2024060713800138000 of 12800138000",
            "order 2024060713800138000 of 12800138000",
        ),  # too long; no mobile number
        ("2024-06-07 18:30, 1,234.50", "2024-06-07 18:30, 1,234.50"),
        ("+5 kg, a@b, 100000", "+5 kg, a@b, 100000"),
        ("", ""),
    ],
)
def test_a_text_loses_what_is_personal_and_nothing_else(text, masked):
    assert mask_text(text) == masked


def test_pseudonyms_follow_the_numbers_and_not_the_rows():
    numbers = [f"139{n:08}" for n in (7, 3, 900, 41, 5)]
    orders = pd.DataFrame({"customer_id": numbers * 2, "order_date": pd.Timestamp("2024-01-02"), "amount": 10.0})
    for seed in range(5):
        shuffled = orders.sample(frac=1, random_state=seed)
        masked = mask_personal({"transactions": shuffled})[0]["transactions"]
        stand_for = dict(zip(shuffled["customer_id"], masked["customer_id"], strict=True))
        assert [stand_for[number] for number in sorted(numbers)] == [f"customer-0000{n}" for n in range(1, 6)]
        # All are equal here: who comes first is whoever did before the numbers were masked.
        first = summarize_customers(shuffled, as_of="2024-02-01").sort_values("monetary", kind="stable").index[:2]
        then = summarize_customers(masked, as_of="2024-02-01").sort_values("monetary", kind="stable").index[:2]
        assert [stand_for[number] for number in first] == then.tolist()


def test_pseudonyms_are_of_one_length_however_many():
    numbers = pd.Series([f"139{n:08}" for n in range(100_001)], dtype="str")
    masked = mask_personal({"transactions": pd.DataFrame({"customer_id": numbers})})[0]["transactions"]["customer_id"]
    assert masked.is_monotonic_increasing and masked.iloc[-1] == "customer-100001"
