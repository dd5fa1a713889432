"""A list of customers, without orders and perhaps without what they brought, is known as such, whoever wrote it."""

import pandas as pd
import pytest

from crmlib.datasets import load_data
from crmlib.intake.called import CALLED, PARTS
from crmlib.intake.customer_list import is_customer_list
from crmlib.intake.names import bare
from crmlib.intake.prepare import prepare

N = 30
WHO = [f"Ann{n} Lee{n}" for n in range(N)]
MAILS = [f"a{n}@example.com" for n in range(N)]
PHONES = [f"0228 55{n:02}901" for n in range(N)]
FIRST, LAST = ([name.split()[part] for name in WHO] for part in (0, 1))


def write(folder, name, **columns):
    pd.DataFrame(columns).to_csv(folder / name, index=False)
    return folder / name


GOOGLE = {"First Name": FIRST, "Last Name": LAST, "E-mail 1 - Value": MAILS, "Phone 1 - Value": PHONES}
HUBSPOT = {"Record ID": range(501, 501 + N), "First Name": FIRST, "Last Name": LAST, "Email": MAILS}
OFFICE = {"Kundennr": range(N), "Vorname": FIRST, "Name": LAST, "Telefon": PHONES, "PLZ": range(53111, 53111 + N)}
YOUZAN = {
    "客户姓名": WHO,
    "客户昵称": "风",
    "客户手机号": PHONES,
    "客户积分": range(100, 100 + N),
    "客户储值余额": "12.50",
}


@pytest.mark.parametrize(
    ("columns", "mapped"),
    [
        (GOOGLE, {"name": ["First Name", "Last Name"], "phone": "Phone 1 - Value", "email": "E-mail 1 - Value"}),
        (HUBSPOT, {"customer_id": "Record ID", "name": ["First Name", "Last Name"], "email": "Email"}),
        (OFFICE, {"customer_id": "Kundennr", "name": ["Vorname", "Name"], "phone": "Telefon"}),
        (YOUZAN, {"name": "客户姓名", "phone": "客户手机号"}),
        ({"Name": WHO}, {"name": "Name"}),
    ],
    ids=["google", "hubspot", "office", "youzan", "names alone"],
)
def test_lists_of_customers_are_known_without_a_question(tmp_path, columns, mapped):
    prepared = prepare(write(tmp_path, "list.csv", **columns), show_personal=True)
    assert list(prepared.tables) == ["customers"]
    assert prepared.mapping["customers"]["columns"] == mapped
    table = prepared.tables["customers"]
    assert table["name"].tolist() == WHO and len(table) == N
    if "customer_id" not in mapped:
        assert table["customer_id"].tolist()[:2] == ["row-00001", "row-00002"]
    pd.testing.assert_frame_equal(load_data(tmp_path / "list.csv", show_personal=True)[0]["customers"], table)


def test_a_part_that_is_empty_leaves_no_space_and_two_leave_nothing(tmp_path):
    path = write(tmp_path, "list.csv", **{**OFFICE, "Vorname": ["", *FIRST[1:-1], ""], "Name": [*LAST[:-1], ""]})
    names = prepare(path, show_personal=True).tables["customers"]["name"]
    assert names.iloc[0] == LAST[0] and pd.isna(names.iloc[-1])


def test_in_a_list_of_firms_the_firm_is_the_name(tmp_path):
    firms = [f"Holzbau {n} GmbH" for n in range(N)]
    path = write(tmp_path, "list.csv", **{**OFFICE, "Vorname": "", "Name": ["", *LAST[1:]], "Firma": firms})
    assert prepare(path, show_personal=True).tables["customers"]["name"].tolist() == firms


def test_orders_and_what_customers_brought_are_no_list():
    days = [f"2024-01-{n + 1:02}" for n in range(N)]
    assert not is_customer_list(["Kunde", "Bestelldatum"], {"Kunde": WHO, "Bestelldatum": days})
    assert not is_customer_list(["Name", "Umsatz 2024"], {"Name": WHO, "Umsatz 2024": [f"{n}.50" for n in range(N)]})
    assert is_customer_list(["Name", "Kreditlimit"], {"Name": WHO, "Kreditlimit": ["0"] * N})


def test_the_list_in_another_sheet_of_a_workbook_is_read_beside_the_orders(tmp_path):
    days = pd.date_range("2024-01-01", periods=N)
    orders = pd.DataFrame({"Kundennr": range(N), "Bestelldatum": days, "Betrag": [9.5 + n for n in range(N)]})
    title = pd.DataFrame([["Kundenliste Nord", *[""] * 4], [""] * 5, [*OFFICE]])
    rows = pd.DataFrame(zip(*OFFICE.values(), strict=True))
    with pd.ExcelWriter(tmp_path / "shop.xlsx") as book:
        pd.concat([title, rows]).to_excel(book, sheet_name="Kunden", header=False, index=False)
        orders.to_excel(book, sheet_name="Umsatz", index=False)
    prepared = prepare(tmp_path / "shop.xlsx", show_personal=True)
    assert {name: len(table) for name, table in prepared.tables.items()} == {"transactions": N, "customers": N}
    assert set(prepared.tables["customers"]["customer_id"]) == set(prepared.tables["transactions"]["customer_id"])
    assert prepared.mapping["customers"]["file"]["sheet"] == "Kunden"


def test_records_take_the_number_that_the_orders_have(tmp_path):
    (tmp_path / "shop").mkdir()
    write(tmp_path / "shop", "transactions.csv", Email=MAILS, order_date="2024-05-06", amount="9.50")
    write(tmp_path / "shop", "customers.csv", **{"Customer ID": range(N), "Email": MAILS, "Name": WHO})
    (tmp_path / "shop" / "mapping.toml").write_text('[transactions.columns]\ncustomer_id = "Email"\n', "utf-8")
    tables = prepare(tmp_path / "shop", show_personal=True).tables
    assert tables["customers"]["customer_id"].tolist() == MAILS


def test_a_list_beside_orders_that_is_called_otherwise_is_pointed_at(tmp_path):
    (tmp_path / "shop").mkdir()
    write(tmp_path / "shop", "transactions.csv", customer_id=MAILS, order_date="2024-05-06", amount="9.50")
    write(tmp_path / "shop", "customers_export.csv", **HUBSPOT)
    doubts = prepare(tmp_path / "shop").reports["transactions"].doubts
    assert (
        "customers_export.csv is not read, and looks like a list of customers. To use it, call it customers.csv."
        in doubts
    )


def test_names_of_columns_are_written_as_they_are_compared():
    words = [word for both in PARTS.values() for part in both for word in part.split()]
    words += [word for known in CALLED.values() for word in known.split()]
    assert [word for word in words if bare(word) != word] == []
