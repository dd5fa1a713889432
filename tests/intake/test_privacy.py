"""What could identify a person does not get past the reading of a file, unless asked for."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crmlib import datasets, language
from crmlib.customers import summarize_customers
from crmlib.intake import read_transactions
from crmlib.intake.identifiers import find_number
from crmlib.intake.prepare import prepare
from crmlib.intake.privacy import mask_personal, mask_rejected
from crmlib.intake.shown import looks_personal, mask_text, mask_value, show_values
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
    # What may be a telephone gets another number where most of the column are.
    is_plain = [find_number(old) is None for old in ids]
    assert [new for new, plain in zip(now, is_plain, strict=True) if plain] == [
        old for old, plain in zip(ids, is_plain, strict=True) if plain
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


# --- judged by their values -------------------------------------------------------------------------------

NAMES = ["Dieter Vogel", "Anna Lang", "Berta Meier", "王小明"]


def orders_of(ids, **further):
    n = len(ids)
    return pd.DataFrame(
        {
            "customer_id": pd.array(ids, dtype="str"),
            "order_date": pd.Timestamp("2024-01-02"),
            "amount": [float(i) for i in range(n)],
            **{name: pd.array(values, dtype="str") for name, values in further.items()},
        }
    )


def test_customers_known_by_their_names_get_numbers():
    tables, notes = mask_personal({"transactions": orders_of([*NAMES, "Dieter Vogel", "Guest-1"])})
    assert tables["transactions"]["customer_id"].tolist() == [f"customer-0000{n}" for n in (3, 1, 2, 5, 3, 4)]
    assert "others stand for them" in notes["transactions"][0]


def test_one_name_among_codes_is_found_and_firms_stay():
    ids = [f"C{n:03}" for n in range(50)] + ["Anna Lang", "王小明", "Vogel GmbH", "宁波大学"]
    now = mask_personal({"transactions": orders_of(ids)})[0]["transactions"]["customer_id"].tolist()
    assert now[:50] == ids[:50] and now[50:] == ["customer-00001", "customer-00002", "Vogel GmbH", "宁波大学"]
    firms = ["Vogel GmbH", "Smith & Sons Ltd", "Lehmann AG", "宁波海天集团有限公司"]
    assert mask_personal({"transactions": orders_of(firms)})[0]["transactions"]["customer_id"].tolist() == firms


def test_in_a_column_of_telephones_those_less_sure_are_masked_too():
    ids = ["(200) 555-1000", "0171 2345678", "010-65551000", "+49 (0)171 2345678", "138.0013.8000", "C7", "Anna Lang"]
    now = mask_personal({"transactions": orders_of(ids)})[0]["transactions"]["customer_id"].tolist()
    assert sorted(now) == ["C7", *(f"customer-0000{n}" for n in range(1, 7))]


def test_further_columns_are_masked_and_their_groups_stay_apart():
    sellers = ["Jane Smith", "John Smith", None, "Jane Smith"]
    frame = orders_of(["1", "2", "3", "4"], Salesperson=sellers, Region=["North", "South", "North", "South"])
    frame["Phone"] = [13800138000.0, 13912345678.0, 13700001111.0, 13800138000.0]
    frame["Birthday"] = pd.array(["1985-05-04", "5.6.1990", None, "19850504"], dtype="str")
    frame["Note"] = pd.array(["paid", "call 13800138000", "x", "wang@example.com"], dtype="str")
    before = frame.copy()
    tables, notes = mask_personal({"transactions": frame})
    masked = tables["transactions"]
    assert masked["Salesperson"].fillna("").tolist() == ["Salesperson-1", "Salesperson-2", "", "Salesperson-1"]
    assert masked["Phone"].tolist() == ["Phone-2", "Phone-3", "Phone-1", "Phone-2"]
    assert masked["Note"].tolist() == ["paid", "call ***", "x", "w***"]
    assert masked["Birthday"].fillna("").tolist() == ["1985", "1990", "", "1985"]
    assert masked["Region"].tolist() == frame["Region"].tolist()
    assert [note.split(" (")[0] for note in notes["transactions"]] == [
        "Salesperson holds names of people: others stand for them, such as Salesperson-1",
        "Phone holds telephone numbers: others stand for them, such as Phone-1",
        "Birthday holds dates of birth: others stand for them, such as 1985",
    ]
    pd.testing.assert_frame_equal(frame, before)


def test_columns_of_the_contract_are_judged_as_well():
    frame = orders_of(["1", "2", "3"], channel=NAMES[:3], category=["wine", "tea", "rice"])
    masked = mask_personal({"transactions": frame})[0]["transactions"]
    assert masked["channel"].tolist() == ["channel-3", "channel-1", "channel-2"]
    assert masked["category"].tolist() == ["wine", "tea", "rice"]


def test_rows_set_aside_lose_what_the_table_lost():
    before = orders_of(NAMES, Seller=["Jo Xu", "Bo Xu", "Al Xu", "Cy Xu"])
    after = mask_personal({"transactions": before})[0]["transactions"]
    cells = [
        ("customer_id", "Total"),
        ("customer_id", "#N/A"),
        ("customer_id", "Xenia"),
        ("", "9;Xenia Unknown;2024"),
        ("amount", "Jo Xu"),
        ("amount", "n/a"),
        ("order_date", "soon"),
        ("quantity", "2, on 0171 2345678"),
    ]
    rejected = pd.DataFrame({"line": range(8), "column": [c for c, _ in cells], "value": [v for _, v in cells]})
    masked = mask_rejected(rejected.astype({"column": "str", "value": "str"}), before, after)["value"].tolist()
    assert masked == ["Total", "#N/A", "X***", "9***", "J***", "n/a", "soon", "2, on ***"]


def test_values_for_a_question_are_judged_by_their_column():
    assert show_values(["Tyrell Washington"], ["Tyrell Washington", "Hunter Brooks"], "Client") == ["T***"]
    assert show_values(["paid", "to 王小明", "王小明"], ["paid", "open", "to 王小明"]) == ["paid", "to ***", "王***"]
    assert show_values([]) == [] and show_values([""]) == [""]
    assert [mask_value(value) for value in ("Anna Lang", "Blue Ridge", "C021", "Anna")] == [
        "A***",
        "Blue Ridge",
        "C021",
        "Anna",
    ]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("(200) 555-1000 or 200-555-1000", "*** or ***"),
        ("010-65551000，138.0013.8000", "***，***"),
        ("１３８００１３８０００", "***"),
        ("0171 2345678; +49 (0)171 2345678", "***; ***"),
        ("wxid_a1b2c3d4", "***"),
        ("2024-06-07 18:30 on 03/04/2024", "2024-06-07 18:30 on 03/04/2024"),
        ("1,234.50 of 0.123456789, RE-2024-0017", "1,234.50 of 0.123456789, RE-2024-0017"),
        ("ISBN 978-3-16-148410-0, 12 345 678", "ISBN 978-3-16-148410-0, 12 345 678"),
    ],
)
def test_telephones_of_other_forms_are_taken_out_of_a_text(text, masked):
    assert mask_text(text) == masked


# --- files ------------------------------------------------------------------------------------------------


def write_people(folder, header):
    people = ["Dieter Vogel", "Anna Lang", "Berta Meier", "Dieter Vogel", "Uwe Krause"]
    rows = [f"{n},{person},2024-01-0{n},{n}.00,to {people[-n]}" for n, person in enumerate(people, 1)]
    path = folder / "orders.csv"
    path.write_text(
        f"order_id,{header},order_date,amount,Status\n" + "\n".join([*rows, "6,Gerd Maas,soon,9.00,paid", ""])
    )
    return path


@pytest.mark.parametrize("header", ["Customer", "Kunde", "客户", "买家", "会员", "Client Name", "Billing Name", "X1"])
def test_people_under_any_header_are_masked_unless_asked_for(tmp_path, header):
    path = write_people(tmp_path, header)
    columns = {"columns": {"customer_id": header}}
    secrets = ["Vogel", "Lang", "Meier", "Krause", "Maas"]
    seen, shown = (
        everything(*datasets.load_data(path, mapping={"transactions": columns}, show_personal=is_shown))
        for is_shown in (False, True)
    )
    doubts = datasets.load_data(path, mapping={"transactions": columns})[1]["transactions"].doubts
    assert [secret for secret in secrets if secret in seen + "\n".join(doubts)] == []
    assert {"Vogel", "Lang", "Meier", "Krause"} <= {secret for secret in secrets if secret in shown}
    assert any(f"customer_id is read from {header}: customers who share a name count as one" in one for one in doubts)


def test_doubts_show_people_only_when_asked_for(tmp_path):
    path = write_people(tmp_path, "customer_id")
    doubts = [
        "\n".join(datasets.load_data(path, show_personal=is_shown)[1]["transactions"].doubts)
        for is_shown in (False, True)
    ]
    assert "t*** (" in doubts[0] and "Anna" not in doubts[0]
    assert "to Anna Lang" in doubts[1]


def test_what_is_written_down_shows_nobody(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(
        "x,y,Notes,Order Date,Total\nDieter Vogel,王小明,call Anna Meier,2024-01-02,5\n" * 1, encoding="utf-8"
    )
    with pytest.raises(ValueError, match="No column is known to be customer_id") as error:
        prepare(path)
    written = path.with_name("orders.csv.mapping.toml").read_text(encoding="utf-8")
    for text in (written, str(error.value)):
        assert "D***" in text and "王***" in text
        assert not any(secret in text for secret in ("Vogel", "小明", "Anna", "Meier"))


def test_an_error_shows_nobody(tmp_path):
    path = tmp_path / "orders.csv"
    rows = "".join(f"{n},2024-01-02,{name}\n" for n, name in enumerate(NAMES * 3))
    path.write_text("customer_id,order_date,amount\n" + rows, encoding="utf-8")
    with pytest.raises(ValueError, match=r"for example 'D\*\*\*' \(line 2\), 'A\*\*\*' \(line 3\)"):
        read_transactions(path)
    with pytest.raises(ValueError, match="for example 'Dieter Vogel'"):
        datasets.load_data(path, show_personal=True)


def test_the_comma_of_a_name_is_none_of_a_number(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(
        'customer_id,order_date,amount\n1,2024-01-02,12.50\n2,2024-01-03,"Vogel, Dieter"\n', encoding="utf-8"
    )
    tables, reports = datasets.load_data(path)
    assert tables["transactions"]["amount"].tolist() == [12.5]
    assert reports["transactions"].rejected["value"].tolist() == ["V***"]


def test_a_header_that_is_not_closed_shows_nobody(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text('Dieter Vogel,13800138000,"2024-01-02,9\n', encoding="utf-8")
    with pytest.raises(ValueError, match="quote") as error:
        read_transactions(path)
    assert "Vogel" not in str(error.value) and "13800138000" not in str(error.value)


def test_a_cell_that_stands_in_a_masked_column_elsewhere_is_masked():
    before = orders_of(["1", "2", "3", "4"], Seller=["Xx Yy", "Anna Lang", "Berta Meier", "Uwe Krause"])
    after = mask_personal({"transactions": before})[0]["transactions"]
    cells = ["Xx Yy", "soon", "later", "Otto Maas", "never"]
    rejected = pd.DataFrame({"line": range(5), "column": "amount", "value": cells}).astype({"value": "str"})
    masked = mask_rejected(rejected, before, after)["value"].tolist()
    assert masked == ["X***", "soon", "later", "O***", "never"]


def test_a_question_on_rows_shows_nobody_and_its_answers_find_the_same_rows(tmp_path):
    path = tmp_path / "orders.csv"
    states = ["paid", "to Frau Vogel", "test", "refund to uwe@example.com"]
    rows = [f"C{n},2024-01-{n + 1:02},{n + 1}.00,{states[n % 4]}\n" for n in range(24)]
    path.write_text("customer_id,order_date,amount,Status\n" + "".join(rows), encoding="utf-8")
    with pytest.raises(ValueError, match="Was that paid back") as error:
        prepare(path)
    said = str(error.value) + path.with_name("orders.csv.mapping.toml").read_text(encoding="utf-8")
    assert "uwe@" not in said and "Vogel" not in said
    # "t***" would be test as well.
    assert 'Status = ["paid", "t????????????*", "test"]' in said or '"t????????????*"' in said
    tables, _ = datasets.load_data(
        path, mapping={"transactions": {"negative": {"Status": ["r***"]}, "keep": {"Status": "all"}}}
    )
    assert (tables["transactions"]["amount"] < 0).sum() == 6


def test_the_customer_with_most_rows_is_shown_as_the_others_are(tmp_path):
    path = tmp_path / "orders.csv"
    people = [
        f"{first} {last}"
        for first in ("Anna", "Uwe", "Ida", "Karl")
        for last in ("Xi", "Yps", "Zett", "Vogel", "Lang", "Maas")
    ]
    rows = [f"{people[n % 24]},2024-01-{n % 28 + 1:02},{n + 1}.00\n" for n in range(48)]
    rows += [f"Gast Hof,2024-02-{n % 28 + 1:02},{n + 7}.50\n" for n in range(48)]
    path.write_text("customer_id,order_date,amount\n" + "".join(rows), encoding="utf-8")
    for is_shown in (False, True):
        doubts = "\n".join(datasets.load_data(path, show_personal=is_shown)[1]["transactions"].doubts)
        assert f"One customer, {'Gast Hof' if is_shown else 'G***'}, has 50" in doubts
        assert ("Gast" in doubts) == is_shown
        assert f'customer_id = ["{"Gast Hof" if is_shown else "..."}"]' in doubts


def test_a_line_with_a_person_in_it_is_no_header(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("Anna Lang,tea,Ulm,12.50\nUwe Maas,rice,Ulm,3.20\n", encoding="utf-8")
    with pytest.raises(ValueError, match="its first line looks like a row") as error:
        prepare(path)
    assert "Anna" not in str(error.value)
    assert "Anna" not in path.with_name("orders.csv.mapping.toml").read_text(encoding="utf-8")


def test_a_question_on_the_encoding_shows_letters_and_no_name(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_bytes("customer_id,order_date,amount\nJürgen Müller,2024-01-02,5.00\n".encode("cp1252"))
    with pytest.raises(ValueError, match="Jür…") as error:
        prepare(path)
    written = path.with_name("orders.csv.mapping.toml").read_text(encoding="utf-8")
    assert not any(part in text for part in ("rgen", "ller") for text in (str(error.value), written))


def test_an_example_of_an_amount_has_no_words(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(
        'customer_id,order_date,amount\n1,2024-01-02,12.50 Dieter Vogel\n2,2024-01-03,"12,5"\n', encoding="utf-8"
    )
    with pytest.raises(ValueError, match=r"have decimals after a point") as error:
        read_transactions(path)
    assert "like 12.50 ***" in str(error.value) and "Vogel" not in str(error.value)


@pytest.mark.parametrize(
    "days", [["03/04/1985", "05/06/1971"], ["25/04/1985", "04/26/1971", "23/06/1966", "06/21/1955"]]
)
def test_a_question_on_days_of_birth_shows_none(tmp_path, days):
    path = tmp_path / "customers.csv"
    path.write_text("customer_id,birth_date\n" + "".join(f"C{n},{day}\n" for n, day in enumerate(days)))
    (tmp_path / "transactions.csv").write_text("customer_id,order_date,amount\nC1,2024-01-02,5.00\n")
    with pytest.raises(ValueError, match=r"03/04/2001 may be 2001-04-03|no order of day, month and year") as error:
        prepare(tmp_path)
    said = str(error.value) + (tmp_path / "mapping.toml").read_text(encoding="utf-8")
    assert not any(year in said for year in ("1985", "1971", "1966", "1955"))
