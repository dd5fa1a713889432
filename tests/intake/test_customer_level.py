"""Files of one row per customer: known as such, asked where it may be either, read without a word lost.

All values are made up; the headers are those of files that people know.
"""

import pandas as pd
import pytest

from crmlib.datasets import load_data
from crmlib.intake.customer_level import is_customer_level
from crmlib.intake.mapping_file import read_mapping
from crmlib.intake.prepare import prepare
from crmlib.intake.worth import find_money
from crmlib.language import speaking

N = 24
VALUES = [round(7.5 * 1.35**i, 2) for i in range(N)]  # skewed, as money is


IDS, FEW = [f"{7000 + i}-ABC" for i in range(N)], [i % 2 for i in range(N)]
TELCO = pd.DataFrame(
    {
        "customerID": IDS,
        "gender": ["Male", "Female"] * 12,
        "SeniorCitizen": FEW,
        "tenure": range(N),
        "MonthlyCharges": [20.05 + i for i in range(N)],
        "TotalCharges": [" ", *map(str, VALUES[1:])],
        "Churn": ["No", "Yes"] * 12,
    }
)
WHOLESALE = pd.DataFrame(
    {
        "Channel": [1 + i % 2 for i in range(N)],
        "Region": [1 + i % 3 for i in range(N)],
        "Fresh": [int(value * 10) for value in VALUES],
        "Milk": [int(value * 3) for value in VALUES[::-1]],
        "Delicassen": [int(value) for value in VALUES],
    }
)
MALL = pd.DataFrame(
    {
        "CustomerID": range(1, N + 1),
        "Gender": ["Male", "Female"] * 12,
        "Age": [20 + i for i in range(N)],
        "Annual Income (k$)": [15 + 3 * i for i in range(N)],
        "Spending Score (1-100)": [(37 * i) % 100 for i in range(N)],
    }
)
CARDS = pd.DataFrame(
    {
        "CUST_ID": [f"C1{i:04}" for i in range(N)],
        "BALANCE": VALUES[::-1],
        "BALANCE_FREQUENCY": [i / N for i in range(N)],
        "PURCHASES": VALUES,
        "CASH_ADVANCE": VALUES[::-1],
        "PURCHASES_TRX": range(N),
        "CREDIT_LIMIT": [1000.0 * (1 + i) for i in range(N)],
    }
)
BANK = pd.DataFrame(
    {
        "CLIENTNUM": range(768_805_383, 768_805_383 + N),
        "Attrition_Flag": "Existing Customer",
        "Customer_Age": range(30, 30 + N),
        "Credit_Limit": [1500.0 + i for i in range(N)],
        "Total_Trans_Amt": [1000 + 70 * i for i in range(N)],
        "Total_Trans_Ct": range(10, 10 + N),
    }
)
DAYS = pd.date_range("2023-01-15", periods=N, freq="9D")
DONORS = pd.DataFrame(
    {
        "Donor ID": [f"D{i:03}" for i in range(N)],
        "Total Giving": VALUES,
        "Number of Gifts": range(1, N + 1),
        "First Gift Date": DAYS.strftime("%m/%d/%Y"),
        "Last Gift Date": (DAYS + pd.Timedelta(days=99)).strftime("%m/%d/%Y"),
    }
)
SHOP = pd.DataFrame(
    {
        "Customer ID": [f"'{7_000_000_000 + i}" for i in range(N)],
        "First Name": "Ann",
        "Email": [f"a{i}@example.com" for i in range(N)],
        "Total Spent": VALUES,
        "Total Orders": range(N),
        "Note": "",
        "Tax Exempt": "no",
    }
)
ZH = pd.DataFrame(
    {
        "会员编号": IDS,
        "姓名": "王小明",
        "累计消费金额": VALUES,
        "订单数": range(N),
        "最近购买时间": DAYS.strftime("%Y-%m-%d"),
    }
)
DE = pd.DataFrame({"Kundennummer": IDS, "Gesamtumsatz": VALUES, "Anzahl Bestellungen": range(N)})
FR = pd.DataFrame({"Id client": IDS, "Total dépensé": VALUES, "Nombre de commandes": range(N)})
ES = pd.DataFrame(
    {
        "Id cliente": IDS,
        "Total gastado": VALUES,
        "Número de pedidos": range(N),
        "Última compra": DAYS.strftime("%d/%m/%Y"),
    }
)


@pytest.fixture
def put(tmp_path):
    def put(frame, name="list.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        frame.to_csv(path, index=False)
        return path

    return put


def refused(path):
    with pytest.raises(ValueError) as caught:
        prepare(path)
    return str(caught.value)


def take(path, line):
    """Take the # from a line of the mapping beside a file."""
    mapping = path.with_name(f"{path.name}.mapping.toml")
    text = mapping.read_text(encoding="utf-8")
    assert text.count(f"# {line}") == 1, text
    mapping.write_text(text.replace(f"# {line}", line), encoding="utf-8")


# --- known at once ---


def names_people(frame):
    return bool({"First Name", "Email", "姓名", "手机", "手机号"} & set(frame.columns))


@pytest.mark.parametrize(
    ("frame", "columns"),
    [
        (TELCO, {"customer_id": "customerID", "value": "TotalCharges"}),
        (BANK, {"customer_id": "CLIENTNUM", "value": "Total_Trans_Amt", "n_orders": "Total_Trans_Ct"}),
        (
            DONORS,
            {
                "customer_id": "Donor ID",
                "value": "Total Giving",
                "n_orders": "Number of Gifts",
                "first_order_date": "First Gift Date",
                "last_order_date": "Last Gift Date",
            },
        ),
        (SHOP, {"customer_id": "Customer ID", "value": "Total Spent", "n_orders": "Total Orders"}),
        (
            ZH,
            {
                "customer_id": "会员编号",
                "value": "累计消费金额",
                "n_orders": "订单数",
                "last_order_date": "最近购买时间",
            },
        ),
        (DE, {"customer_id": "Kundennummer", "value": "Gesamtumsatz", "n_orders": "Anzahl Bestellungen"}),
        (FR, {"customer_id": "Id client", "value": "Total dépensé", "n_orders": "Nombre de commandes"}),
        (
            ES,
            {
                "customer_id": "Id cliente",
                "value": "Total gastado",
                "n_orders": "Número de pedidos",
                "last_order_date": "Última compra",
            },
        ),
    ],
    ids=["telco", "bank", "donors", "shop", "zh", "de", "fr", "es"],
)
def test_well_known_lists_of_customers_are_known_without_a_question(put, frame, columns):
    prepared = prepare(put(frame))
    # Where it says who they are as well, the records of the customers come with what they brought.
    assert list(prepared.tables) == ["customer_values", *(["customers"] if names_people(frame) else [])]
    assert prepared.mapping["customer_values"]["columns"] == columns
    report = prepared.reports["customer_values"]
    assert report.n_read == N == report.n_accepted + report.n_rejected
    assert any(note.startswith("One row per customer, not one per order (") for note in report.notes)


def test_an_empty_total_is_set_aside_with_its_reason_never_counted_as_nothing(put):
    prepared = prepare(put(TELCO))
    report = prepared.reports["customer_values"]
    assert report.rejected[["line", "column", "reason"]].to_numpy().tolist() == [[2, "value", "value is empty"]]
    assert prepared.tables["customer_values"]["value"].sum() == pytest.approx(sum(VALUES[1:]))


def test_orders_stay_orders(put):
    # Each customer once, in the kit's own names: as many orders as customers, and no question.
    orders = pd.DataFrame({"customer_id": IDS, "order_date": DAYS, "amount": VALUES})
    assert list(prepare(put(orders, "kit.csv")).tables) == ["transactions"]
    named = pd.DataFrame({"Kunde": IDS, "Bestelldatum": DAYS, "Betrag": VALUES})
    assert list(prepare(put(named, "named.csv")).tables) == ["transactions"]
    numbered = pd.DataFrame({"Kunde": IDS, "Bestellnummer": range(N), "Datum": DAYS, "Betrag": VALUES})
    assert list(prepare(put(numbered, "numbered.csv")).tables) == ["transactions"]


@pytest.mark.parametrize(
    ("names", "samples"),
    [
        (["customer_id", "amount"], {"customer_id": ["a", "a", "b"], "amount": ["1", "2", "3"]}),  # one comes again
        (["customer_id", "total spent"], {"customer_id": ["a", "a"], "total spent": ["1", "2"]}),
        (["sku", "price", "stock"], {"sku": ["a", "b"], "price": ["1", "2"], "stock": ["9", "8"]}),  # goods
        (["name", "city"], {"name": ["Ann", "Bob"], "city": ["Bonn", "Ulm"]}),  # no money
        (
            ["item id", "quantity", "total spent"],
            {"item id": ["1", "2"], "quantity": ["1", "2"], "total spent": ["3", "4"]},
        ),
        (["month", "total revenue"], {"month": ["2024-01-01", "2024-02-01"], "total revenue": ["3", "4"]}),
        (
            ["联系方式", "备注"],
            {"联系方式": ["13800138000", "13900139000"], "备注": ["", ""]},
        ),  # telephones are no money
        (["order_id", "total spent"], {"order_id": ["1", "2"], "total spent": ["1", "2"]}),
        ([], {}),
    ],
)
def test_what_is_no_list_of_customers_is_not_taken_for_one(names, samples):
    assert not is_customer_level(names, samples)


@pytest.mark.parametrize("day", ["2024-01-05", "05.01.2024", "45296", "20240105", "1704412800"])
def test_a_day_in_any_form_makes_it_no_list_of_customers(day):
    names = ["customer_id", "date", "amount"]
    samples = {"customer_id": ["a", "b"], "date": [day, day], "amount": ["3", "4"]}
    assert not is_customer_level(names, samples)
    assert is_customer_level(["customer_id", "time", "amount"], {**samples, "time": ["11", "35"]})  # months


def test_a_score_an_age_and_a_code_are_no_money():
    samples = {name: [str(cell) for cell in MALL[name]] for name in MALL}
    assert "Gender" not in find_money(list(samples), samples, ["CustomerID"])
    samples = {name: [str(cell) for cell in WHOLESALE[name]] for name in WHOLESALE}
    assert set(find_money(list(samples), samples, [])) == {"Fresh", "Milk", "Delicassen"}


# --- asked ---


def test_where_it_may_be_either_it_is_asked_and_the_answer_is_kept(put):
    path = put(pd.DataFrame({"customer_id": IDS, "created_at": DAYS, "total": VALUES}))
    said = refused(path)
    assert "Every customer stands in one row only (rows: 24), and created_at may be any day." in said
    assert 'rows = "customers"  # one row per customer' in said and 'rows = "orders"  # one row per order' in said
    take(path, 'rows = "customers"')
    prepared = prepare(path)
    assert list(prepared.tables) == ["customer_values"]
    assert prepared.tables["customer_values"]["value"].sum() == pytest.approx(sum(VALUES))
    assert list(load_data(path)[0]) == ["customer_values"]  # by the mapping beside it
    mapping = path.with_name(f"{path.name}.mapping.toml")
    mapping.write_text(mapping.read_text(encoding="utf-8").replace('"customers"', '"orders"', 1), encoding="utf-8")
    assert list(prepare(path).tables) == ["transactions"]


def test_a_few_rows_say_nothing_of_what_they_are(put):
    short = pd.DataFrame({"customer_id": IDS[:9], "created_at": DAYS[:9], "total": VALUES[:9]})
    assert list(prepare(put(short)).tables) == ["transactions"]


def test_several_columns_may_be_the_value_and_their_sum_is_a_choice(put):
    path = put(WHOLESALE)
    said = refused(path)
    assert said.startswith("This looks like one row per customer, not one per order.")
    assert '  value = "Fresh"  # ' in said and "Channel" not in said
    take(path, 'value = ["Fresh", "Milk", "Delicassen"]')
    prepared = prepare(path)
    values = prepared.tables["customer_values"]
    assert values["value"].tolist() == WHOLESALE[["Fresh", "Milk", "Delicassen"]].sum(axis=1).tolist()
    assert prepared.reports["customer_values"].columns == {"Fresh + Milk + Delicassen": "value"}


def test_rows_without_a_number_are_numbered_by_their_place_and_it_is_said(put):
    gap = WHOLESALE.astype(object)
    gap.loc[1, "Milk"] = ""
    path = put(gap[["Channel", "Fresh", "Milk"]])
    refused(path)
    take(path, 'value = ["Fresh", "Milk"]')
    prepared = prepare(path)
    report = prepared.reports["customer_values"]
    assert prepared.tables["customer_values"]["customer_id"].tolist() == [
        f"row-{n:05}" for n in range(1, N + 1) if n != 2
    ]
    assert "No column says who the customers are: rows are numbered instead, row-00001 being the first." in report.notes
    assert report.rejected["line"].tolist() == [3]
    assert read_mapping(prepared.path)["customer_values"]["file"] == {"rows": "numbered"}


def test_a_line_that_is_no_row_has_its_number_too(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Gender,Total Spent\nM,5\nF\nM,7\nF,9\n", encoding="utf-8")
    prepared = prepare(path)
    assert prepared.tables["customer_values"]["customer_id"].tolist() == ["row-00001", "row-00003", "row-00004"]
    assert prepared.reports["customer_values"].rejected["line"].tolist() == [3]


@pytest.mark.parametrize(
    ("frame", "first", "never"),
    [(CARDS, "PURCHASES", "BALANCE_FREQUENCY"), (MALL, "Spending Score (1-100)", "Gender")],
)
def test_which_column_is_the_value_is_asked_the_likeliest_first(put, frame, first, never):
    said = refused(put(frame))
    choices = [line for line in said.splitlines() if line.startswith("  value = ")]
    assert choices[0].startswith(f'  value = "{first}"')
    assert never not in said


SILLY = {
    "T": range(3, 3 + N),
    "Age": [20 + i % 50 for i in range(N)],
    "Trans.": [1 + i % 7 for i in range(N)],
    "Rating": [1 + i % 9 / 2 for i in range(N)],
    "Share A": [i / 30 for i in range(N)],
    "Since": [2001 + i % 20 for i in range(N)],
    "Region code": [100 * (1 + i % 9) for i in range(N)],
    "Weeks.": [30 + i % 9 + 0.43 for i in range(N)],
    "年龄": [20 + i % 50 for i in range(N)],
    "购买频次": [1 + i % 30 for i in range(N)],
    "Flag A": [i % 2 for i in range(N)],
    "Row": range(1000, 1000 + N),
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_no_column_is_money_none_is_offered_and_it_is_said_how_to_name_one(put, language):
    path = put(pd.DataFrame({"Customer ID": IDS, **SILLY}))
    with speaking(language):
        said = refused(path)
    assert {"en": "no column looks like what they brought", "zh": "没有一列像"}[language] in said
    assert "Age" in said and "[customer_values.columns]" in said
    assert 'value = "name in the file"' in said and "#" not in said
    path.with_name("list.csv.mapping.toml").write_text('[customer_values.columns]\nvalue = "Age"\n', encoding="utf-8")
    assert prepare(path).tables["customer_values"]["value"].tolist() == list(SILLY["Age"])


def test_beside_money_nothing_else_is_offered(put):
    table = {"Customer ID": IDS, **SILLY, "Wert A": VALUES, "Wert B": [3 * value for value in VALUES]}
    said = refused(put(pd.DataFrame(table)))
    offered = {line.split('"')[1] for line in said.splitlines() if line.startswith('  value = "')}
    assert offered == {"Wert A", "Wert B"}


def test_few_purchases_are_asked_about_though_nothing_else_may_be_the_value(put):
    table = {"Customer ID": IDS, "T": range(3, 3 + N), "Purchases": [1 + i % 9 for i in range(N)]}
    assert 'value = "Purchases"' in refused(put(pd.DataFrame(table)))


def test_who_says_that_a_row_is_an_order_is_heard(put):
    path = put(CARDS)
    refused(path)
    mapping = path.with_name(f"{path.name}.mapping.toml")
    mapping.write_text('[transactions.file]\nrows = "orders"\n', encoding="utf-8")
    assert "order_date" in refused(path)


def test_who_the_customer_is_is_asked_where_texts_might_say_it(put):
    firms = pd.DataFrame(
        {"Firm": [f"Firm {chr(65 + i)}" for i in range(N)], "City": ["Bonn", "Ulm"] * 12, "Total Spent": VALUES}
    )
    path = put(firms)
    said = refused(path)
    assert "Which column says who the customer is?" in said and 'customer_id = "Firm"' in said and "City" not in said
    take(path, 'customer_id = "Firm"')
    prepared = prepare(path, show_personal=True)
    assert prepared.tables["customer_values"]["customer_id"].tolist() == firms["Firm"].tolist()
    path.with_name(f"{path.name}.mapping.toml").write_text(
        '[customer_values.file]\nrows = "numbered"\n', encoding="utf-8"
    )
    assert prepare(path).tables["customer_values"]["customer_id"][0] == "row-00001"


# --- read ---


def test_a_folder_may_have_a_list_of_customers(put, tmp_path):
    folder = put(DONORS, "shop/customer_values.csv").parent
    prepared = prepare(folder)
    assert list(prepared.tables) == ["customer_values"]
    assert list(load_data(folder)[0]) == ["customer_values"]
    values = prepared.tables["customer_values"]
    assert values["first_order_date"].tolist() == list(DAYS)
    assert values["n_orders"].tolist() == list(range(1, N + 1))


def test_in_a_call_the_columns_say_what_it_is(put):
    path = put(TELCO)
    for columns in ({"customerID": "customer_id", "TotalCharges": "value"},):
        assert list(load_data(path, columns=columns)[0]) == ["customer_values"]
        assert list(load_data(path, columns={"customer_values": columns})[0]) == ["customer_values"]


def test_what_is_personal_in_a_list_of_customers_is_masked(put):
    prepared = prepare(put(SHOP.drop(columns="Customer ID")))
    assert prepared.tables["customer_values"]["customer_id"].str.startswith("customer-").all()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[customer_values.sum]\nvalue = ["Fresh"]\n', "value under [customer_values.sum] must be at least two names"),
        ('[customer_values.sum]\nvalue = ["Fresh", "Eggs"]\n', "it has no ['Eggs']"),
        ('[customer_values.file]\nrows = "people"\n', "rows under [customer_values.file] must be one of"),
        ('[customer_values.sum]\nvalue = ["Fresh", "Fresh"]\n', "a sum must be of at least two columns"),
    ],
)
def test_a_slip_in_the_mapping_is_named(put, text, message):
    path = put(WHOLESALE)
    path.with_name(f"{path.name}.mapping.toml").write_text(text, encoding="utf-8")
    assert message in refused(path)
