"""The teaching company: the same bytes again, its laws, and what is wrong in its files."""

from __future__ import annotations

import csv
import inspect
import re
import zlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from crmlib import intake, language, simulate
from crmlib.simulate import __main__ as command
from crmlib.simulate import (
    brands,
    changes,
    company,
    contacts,
    credit,
    entities,
    files,
    ideas,
    invoices,
    marketing,
    mess,
    names,
    orders,
    prospects,
    records,
    reviews,
    roles,
    service,
    statements,
    streams,
    subscriptions,
    truth,
)
from crmlib.simulate import parameters as p
from crmlib.tables import TABLES

SHIPPED = Path(__file__).parents[2] / "datasets" / "teaching-company"
PUBLIC = tuple(name for name in TABLES if name != "customer_values")  # it has the orders themselves
# Columns that stand in a table and in the truth: keys, and what unrecorded changes share with the recorded.
SHARED = {column for contract in truth.FILES.values() for column in contract.key} - {"taste", "case"}
SHARED |= {"field_value", "survey_date"}
DRAWING = (entities, records, orders, service, changes, roles, prospects, contacts, mess)
DRAWING += (credit, invoices, statements, reviews, subscriptions, brands, marketing, ideas)


@pytest.fixture(scope="module")
def made() -> dict[str, pd.DataFrame]:
    return simulate.simulate_company()


@pytest.fixture(scope="module")
def lines(made) -> pd.DataFrame:
    """Transactions beside the truth about their customer."""
    return made["transactions"].join(made["truth"].set_index("customer_id"), on="customer_id")


@pytest.fixture(scope="module")
def planted() -> pd.DataFrame:
    return pd.read_csv(SHIPPED / "truth" / "planted-lines.csv", dtype="str", keep_default_na=False).astype(
        {"line": int}
    )


def fen(amounts: pd.Series) -> pd.Series:
    return (amounts * 100).round().astype("int64")


# --- the same bytes again ----------------------------------------------------------------------------------


def test_shipped_files_are_made_again_byte_by_byte(tmp_path):
    # Again with: make data
    written = simulate.write_company(tmp_path)
    there = {path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("*") if path.is_file()}
    assert there == {path.relative_to(tmp_path).as_posix() for path in written}
    for path in written:
        assert path.read_bytes() == (SHIPPED / path.relative_to(tmp_path)).read_bytes(), path.name


def test_files_are_utf_8_with_line_feeds_and_small():
    sizes = {}
    for name in files.FILES:
        content = (SHIPPED / name).read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf") and b"\r" not in content and content.endswith(b"\n")
        content.decode("utf-8")
        sizes[name] = len(content)
    assert sum(sizes.values()) < 9_000_000
    assert max(sizes[f"transactions-{year}.csv"] for year in files.YEARS) < 2_500_000


def test_another_seed_is_another_company():
    one, other = (simulate.simulate_company(n_customers=30, seed=seed) for seed in (1, 2))
    assert not one["customers"]["name"].equals(other["customers"]["name"])
    assert not one["transactions"]["amount"].equals(other["transactions"]["amount"])
    pd.testing.assert_frame_equal(one["products"], other["products"])


@pytest.mark.parametrize("table", (*company.BY_CHUNK, *company.ADDED_UP))
def test_a_table_made_alone_is_the_same(table):
    together = company.make_chunk(5, 0, 300)
    alone = company.make_chunk(5, 0, 300, tables=(table,))
    assert list(alone) == [table]
    pd.testing.assert_frame_equal(alone[table], together[table])


def test_a_table_that_draws_more_changes_no_other(monkeypatch):
    before = company.make_chunk(5, 0, 300)
    greedy = names.make_people
    monkeypatch.setattr(names, "make_people", lambda chance, female: greedy(1 - chance, ~female))
    monkeypatch.setattr(p, "COMPLAINTS_PER_ORDER", 0.5)
    after = company.make_chunk(5, 0, 300)
    assert not before["customers"]["name"].equals(after["customers"]["name"])
    assert not before["activities"].equals(after["activities"])
    for table in ("transactions", "truth"):
        pd.testing.assert_frame_equal(before[table], after[table])


def test_no_two_parts_draw_from_one_stream(monkeypatch, tmp_path):
    seen = []

    def noted(seed, name, chunk=0):
        seen.append((name, chunk))
        return streams.stream(seed, name, chunk)

    monkeypatch.setattr(p, "CHUNK", 60)
    for module in DRAWING:
        monkeypatch.setattr(module, "stream", noted)
    simulate.write_company(tmp_path, n_customers=150, seed=1)
    of_all_chunks = [one for one in seen if one[0] == "marketing plan"]  # what is spent a head is one plan for all
    assert len(set(of_all_chunks)) == 1
    seen = [one for one in seen if one not in of_all_chunks]
    assert len(seen) == len(set(seen)) == 3 * len({name for name, _ in seen})
    seen.append(of_all_chunks[0])
    keys = {zlib.crc32(name.encode()) for name, _ in seen}
    assert len(keys) == len({name for name, _ in seen})  # no two names have one key
    # Every module that draws for the company was watched; the bank draws for itself, from a stream of its own.
    assert zlib.crc32(b"bank") not in keys
    drawing = {module for module in vars(simulate).values() if inspect.ismodule(module) and hasattr(module, "stream")}
    assert {module for module in drawing - {streams} if module.__name__ != "crmlib.simulate.bank"} == set(DRAWING)


def test_a_larger_company_begins_like_a_smaller_one(monkeypatch):
    monkeypatch.setattr(p, "CHUNK", 100)
    small, large = (simulate.simulate_company(n_customers=n, seed=3) for n in (200, 350))
    assert [len(each["customers"]) for each in (small, large)] == [200, 350]
    first = large["customers"]["customer_id"].iloc[:200]
    for table in (*company.BY_CUSTOMER, *company.FACTS):
        same = large[table][large[table]["customer_id"].isin(first)].reset_index(drop=True)
        pd.testing.assert_frame_equal(same, small[table])
    for table, key in (("customers", "customer_id"), ("truth", "customer_id")):
        assert large[table][key].is_unique
    assert large["truth"]["entity_id"].nunique() == 350 - large["truth"]["is_duplicate_of"].notna().sum()
    for table in (*company.ROLES, *company.PROSPECTS, *company.CREDIT):  # N..., Q... and R... are numbered by chunks
        key = large[table].columns[0]
        same = large[table][large[table][key].isin(small[table][key])].reset_index(drop=True)
        pd.testing.assert_frame_equal(same, small[table])
    # The second hundred is not the first again.
    assert set(large["customers"]["phone"].iloc[:100].dropna()).isdisjoint(large["customers"]["phone"].iloc[100:200])
    chunk_of = large["customers"].assign(chunk=np.arange(350) // 100).set_index("customer_id")["chunk"]
    assert (
        large["transactions"]
        .assign(chunk=large["transactions"]["customer_id"].map(chunk_of))
        .groupby("order_id")["chunk"]
        .nunique()
        .max()
        == 1
    )


def test_files_begin_alike_too(monkeypatch, tmp_path):
    monkeypatch.setattr(p, "CHUNK", 100)
    for n in (200, 350):
        simulate.write_company(tmp_path / str(n), n_customers=n, seed=3)
    added_up = {"lead_sources.csv", "marketing_spending.csv"}  # sums over the chunks
    for name in (name for name in files.FILES if name not in added_up):
        small, large = ((tmp_path / str(n) / name).read_bytes() for n in (200, 350))
        assert large.startswith(small), name


# --- nothing half done -------------------------------------------------------------------------------------


def test_a_run_broken_off_leaves_nothing_that_looks_whole(tmp_path):
    def stop(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate.write_company(tmp_path, n_customers=20, seed=1, progress=stop)
    assert list(tmp_path.iterdir()) == []
    simulate.write_company(tmp_path, n_customers=20, seed=1)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(KeyboardInterrupt):
        simulate.write_company(tmp_path, n_customers=30, seed=2, progress=stop)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_what_a_killed_run_left_is_cleared(tmp_path):
    (tmp_path / files.UNFINISHED / "truth").mkdir(parents=True)
    (tmp_path / files.UNFINISHED / "customers.csv").write_text("half a li", encoding="utf-8")
    written = simulate.write_company(tmp_path, n_customers=20, seed=1)
    assert not (tmp_path / files.UNFINISHED).exists()
    assert written[0].read_text(encoding="utf-8").startswith("customer_id,customer_type,name,")


def test_progress_and_headers_over_chunks(monkeypatch, tmp_path):
    monkeypatch.setattr(p, "CHUNK", 40)
    told = []
    written = simulate.write_company(tmp_path, n_customers=100, seed=1, progress=lambda *numbers: told.append(numbers))
    assert told == [(40, 100), (80, 100), (100, 100)]
    for path in written[:-1]:
        first, *rest = path.read_text(encoding="utf-8").splitlines()
        assert first not in rest


@pytest.mark.parametrize("n", [1, 2, 7])
def test_a_tiny_company_is_one_too(tmp_path, n):
    written = simulate.write_company(tmp_path, n_customers=n, seed=4)
    assert len(pd.read_csv(written[0])) == n
    assert {path.relative_to(tmp_path).as_posix() for path in written} == {*files.FILES, "README.md"}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"n_customers": 0},
            r"n_customers must be a whole number of at least 1; got 0\. Use n_customers=3000",
        ),
        ({"n_customers": 2.5}, r"n_customers must be a whole number of at least 1; got 2\.5"),
        ({"n_customers": True}, "n_customers must be a whole number of at least 1; got True"),
        ({"seed": -1}, r"seed must be a whole number of at least 0; got -1\. Use seed=1"),
        ({"seed": "x"}, "seed must be a whole number of at least 0; got 'x'"),
    ],
)
def test_mistakes_say_what_to_do(tmp_path, wrong, message):
    with pytest.raises(ValueError, match=message):
        simulate.simulate_company(**wrong)
    with pytest.raises(ValueError, match=message):
        simulate.write_company(tmp_path / "new", **wrong)
    assert not (tmp_path / "new").exists()


def test_the_command_writes_the_same(tmp_path):
    ran = CliRunner().invoke(command.main, [str(tmp_path / "a"), "--customers", "30", "--seed", "9"])
    assert ran.exit_code == 0, ran.output
    assert re.search(r"31 files, 0\.\d MB, in ", ran.output)
    simulate.write_company(tmp_path / "b", n_customers=30, seed=9)
    for name in (*files.FILES, "README.md"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert CliRunner().invoke(command.main, [str(tmp_path), "--customers", "0"]).exit_code == 2


def test_it_is_called_simulated_in_both_languages():
    text = (SHIPPED / "README.md").read_text(encoding="utf-8")
    assert "**Everything here is simulated.**" in text and "（模拟数据）" in text
    assert f"--customers 3000 --seed {p.SEED}" in text
    with (SHIPPED / "transactions-2024.csv").open(encoding="utf-8") as stream:
        assert f"`transactions-2024.csv` | a line of an order or of a refund | {sum(1 for _ in stream) - 1:,} |" in text


# --- by contract -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PUBLIC)
def test_public_tables_have_the_columns_of_the_contract_and_none_of_the_truth(made, name):
    table, contract = made[name], TABLES[name]
    assert set(table.columns) == set(contract.names) - {"profit"}  # who knows the cost needs none
    known = {column.name for contract in truth.FILES.values() for column in contract.columns}
    assert not set(table.columns) & known - SHARED
    for column in (column for column in contract.columns if column.name in table):
        kind = table[column.name].dtype
        if column.type == "string":
            assert kind == "str", column.name
            assert not table[column.name].str.fullmatch(r"E\d{6,}").any(), column.name  # an entity_id
        elif column.type in ("date", "datetime"):
            assert kind == "datetime64[us]", column.name
        else:
            whole = "int64" if column.required else "Int64"
            assert kind == {"integer": whole, "number": "float64", "boolean": "boolean"}[column.type], column.name
        if column.required:
            assert table[column.name].notna().all(), column.name
        if column.choices:
            assert set(table[column.name].dropna()) <= set(column.choices)
    if contract.key:
        assert not table.duplicated(list(contract.key)).any()
    assert table.index.equals(pd.RangeIndex(len(table)))


@pytest.mark.parametrize("name", truth.FILES)
def test_truth_files_are_as_described(name):
    table = pd.read_csv(SHIPPED / name, dtype="str", keep_default_na=False)
    contract = truth.FILES[name]
    assert list(table.columns) == contract.names
    assert not table.duplicated(list(contract.key)).any()
    for column in contract.columns:
        values = set(table[column.name])
        assert not (column.required and "" in values), column.name
        if column.choices:
            assert values - {""} <= set(column.choices), column.name
        if column.type == "boolean":
            assert values == {"true", "false"}, column.name


def test_files_in_order_are_the_tables_in_memory(made):
    for name, table in (("customers", "customers"), ("truth/customers", "truth")):
        text = pd.read_csv(SHIPPED / f"{name}.csv", dtype="str", keep_default_na=False)
        assert text["customer_id"].tolist() == made[table]["customer_id"].tolist()
    text = pd.read_csv(SHIPPED / "customers.csv", dtype="str")
    days = made["customers"]["registered_date"].dt.strftime("%Y-%m-%d")
    pd.testing.assert_series_equal(text["registered_date"], days)
    for column in ("name", "phone", "email", "address", "city", "industry", "referred_by"):
        pd.testing.assert_series_equal(text[column], made["customers"][column])


# --- by law ------------------------------------------------------------------------------------------------


def test_customers_exist_and_orders_lie_between_joining_and_leaving(made, lines):
    assert set(made["transactions"]["customer_id"]) <= set(made["customers"]["customer_id"])
    day = lines["order_date"].dt.normalize()
    assert day.min() >= pd.Timestamp(p.START) and day.max() <= pd.Timestamp(p.END)
    assert (day >= lines["active_from"]).all()
    sale = lines["amount"] >= 0
    assert (day[sale] <= lines["left_date"].fillna(pd.Timestamp(p.END))[sale]).all()
    assert not lines["never_buys"].any()
    registered = made["customers"].set_index("customer_id")["registered_date"]
    # Nobody orders under a record that is not there yet.
    assert (day >= lines["customer_id"].map(registered)).all()
    late = (day - lines["left_date"]).dt.days
    assert late.max() <= p.REFUND_LATEST


def test_an_order_has_one_customer_one_minute_and_one_channel(lines):
    sales = lines[lines["amount"] >= 0].groupby("order_id")
    for column in ("customer_id", "order_date", "channel"):
        assert sales[column].nunique().max() == 1
    assert lines.groupby("order_id")["customer_id"].nunique().max() == 1
    assert not lines[lines["amount"] >= 0].duplicated(["order_id", "product_id"]).any()


def test_refunds_refer_to_an_earlier_line_and_never_exceed_it(made):
    table = made["transactions"]
    back = table[table["amount"] < 0]
    sold = table[table["amount"] > 0].set_index(["customer_id", "order_id", "product_id"])
    line = sold.loc[pd.MultiIndex.from_frame(back[["customer_id", "order_id", "product_id"]])].reset_index(drop=True)
    back = back.reset_index(drop=True)
    assert not back.duplicated(["order_id", "product_id"]).any()
    days = (back["order_date"].dt.normalize() - line["order_date"].dt.normalize()).dt.days
    assert days.between(1, p.REFUND_LATEST).all()
    assert (fen(-back["amount"]) <= fen(line["amount"])).all()
    assert ((-back["quantity"]).between(1, line["quantity"])).all()
    # Goods come back at what they cost: the same cost a unit.
    assert (fen(back["cost"]) * line["quantity"] == fen(line["cost"]) * back["quantity"]).all()
    whole = -back["quantity"] == line["quantity"]
    assert whole.any() and not whole.all()
    assert (back["amount"][whole] == -line["amount"][whole]).all()


def test_money_has_two_decimals_and_samples_cost_us(made):
    for table, columns in (("transactions", ["amount", "cost"]), ("products", ["list_price", "unit_cost"])):
        for column in columns:
            values = made[table][column]
            assert (values == values.round(2)).all()
    samples = made["transactions"][made["transactions"]["amount"] == 0]
    assert 0.002 < len(samples) / len(made["transactions"]) < 0.008
    assert (samples["quantity"] == 1).all() and (samples["cost"] > 0).all()
    for year in files.YEARS:
        with (SHIPPED / f"transactions-{year}.csv").open(encoding="utf-8", newline="") as stream:
            text = [row["amount"] for row in csv.DictReader(stream) if row["cost"]]
        odd = [value for value in text if not re.fullmatch(r"-?\d+\.\d\d", value)]
        assert len(odd) < 10, odd  # planted


def test_prices_by_hand(made):
    # Light soy sauce: 11.90; seasoning has a margin of 29 %: 11.90 x 0.71 = 8.449, in fen 844.
    # Price from April 2024 +3 %: 12.257, to the next ten fen 12.30; from April 2025 +6 %: 12.614, 12.70.
    # Cost from January 2024 +3 %: 8.6932, 8.69; from January 2025 +6 %: 8.9464, 8.94.
    product = [each[0] for each in p.PRODUCTS].index("Light soy sauce 500 mL")
    prices, costs = orders.price_list()
    days = [entities.day_number(day) for day in ("2023-12-31", "2024-01-01", "2024-03-31", "2024-04-01", "2025-04-01")]
    assert prices[days, product].tolist() == [1190, 1190, 1190, 1230, 1270]
    assert costs[days, product].tolist() == [844, 869, 869, 869, 894]
    row = made["products"].set_index("product_name").loc["Light soy sauce 500 mL"]
    assert (row["list_price"], row["unit_cost"], row["product_name_zh"]) == (12.7, 8.94, "生抽 500mL")
    assert (prices > costs).all()


def test_nobody_pays_more_than_the_list_price(lines):
    prices, costs = orders.price_list()
    sold = lines[lines["amount"] > 0]
    day = (sold["order_date"].dt.normalize() - pd.Timestamp(p.START)).dt.days.to_numpy()
    product = sold["product_id"].str[1:].astype(int).to_numpy() - 1
    quantity = sold["quantity"].to_numpy()
    at_list = prices[day, product] * quantity
    paid = fen(sold["amount"]).to_numpy()
    assert (paid <= at_list).all()
    assert (fen(sold["cost"]).to_numpy() == costs[day, product] * quantity).all()
    off = 100 - np.rint(100 * paid / at_list)
    assert (off >= np.minimum(sold["discount_percent"], 99) - 1).all()
    # The best promotion is 15 %; beyond it there is only the customer's own discount.
    assert (off <= np.maximum(sold["discount_percent"], 15) + 1).all()
    # By hand: the web sale of November 2023 takes 15 % off for households, other weeks nothing.
    november = (sold["order_date"] >= "2023-11-04") & (sold["order_date"] < "2023-11-12") & (sold["channel"] == "web")
    household = sold["segment"].str.contains("household")
    assert november.any() and np.allclose(off[november & household], 15, atol=1)
    quiet = (sold["order_date"] >= "2023-03-01") & (sold["order_date"] < "2023-05-01") & household
    assert quiet.any() and (off[quiet] == 0).all()


def test_duplicates_are_two_records_of_one(made, lines):
    table = made["truth"].set_index("customer_id")
    again = table[table["is_duplicate_of"].notna()]
    assert 0.03 <= len(again) / len(table) <= 0.04
    first = table.loc[again["is_duplicate_of"]]
    assert first["is_duplicate_of"].isna().all()
    assert first["entity_id"].tolist() == again["entity_id"].tolist()
    assert table["entity_id"].value_counts().max() == 2
    assert (table["entity_id"].value_counts() == 2).sum() == len(again)
    registered = made["customers"].set_index("customer_id")["registered_date"]
    assert (registered.loc[again.index].to_numpy() > registered.loc[again["is_duplicate_of"]].to_numpy()).all()
    # The orders of many are split between the two records.
    buying = set(lines["customer_id"])
    split = sum(one in buying and other in buying for one, other in again["is_duplicate_of"].items())
    assert split > 0.4 * len(again)
    # They are told by what is written, but not by all of it.
    people = made["customers"].set_index("customer_id")
    one, other = people.loc[again.index].reset_index(), people.loc[again["is_duplicate_of"]].reset_index()
    for field in ("name", "phone", "email", "address"):
        share = (one[field] == other[field]).mean()
        assert 0.1 < share < 0.8, field
    digits = [table["phone"].str.replace(r"^\+86|^\(86\)|\D", "", regex=True) for table in (one, other)]
    assert (digits[0] == digits[1]).mean() > (one["phone"] == other["phone"]).mean()


def test_whoever_recommends_was_there_before(made):
    table = made["customers"].set_index("customer_id")
    referred = table[table["referred_by"].notna()]
    by = table.loc[referred["referred_by"]]
    assert (by["registered_date"].to_numpy() < referred["registered_date"].to_numpy()).all()
    assert 0.08 < len(referred) / len(table) < 0.18
    # Few recommend to many: the best tenth of those who recommend at all have far more than a tenth.
    counts = referred["referred_by"].value_counts()
    assert counts.head(len(counts) // 10).sum() > 0.2 * counts.sum()


def test_activities_follow_the_orders(made):
    table = made["activities"]
    assert (table["n_times"] >= 1).all() and (table["month"].dt.day == 1).all()
    assert set(table["activity"]) == set(made["activity_rates"]["activity"])
    assert set(table["customer_id"]) <= set(made["customers"]["customer_id"])
    of = {name: part.set_index(["customer_id", "month"])["n_times"] for name, part in table.groupby("activity")}
    orders_of = made["transactions"].assign(
        month=made["transactions"]["order_date"].dt.to_period("M").dt.to_timestamp()
    )
    orders_of["month"] = orders_of["month"].astype("datetime64[us]")
    # One return handled for each line refunded, exactly.
    back = orders_of[orders_of["amount"] < 0].groupby(["customer_id", "month"]).size()
    pd.testing.assert_series_equal(of["return handling"], back, check_names=False)
    # One small order for each web or phone order below 60 yuan.
    sold = orders_of[orders_of["amount"] >= 0]
    total = sold.groupby(["customer_id", "month", "order_id", "channel"])["amount"].sum().reset_index()
    small = total[(total["amount"].mul(100).round() < p.SMALL_ORDER) & total["channel"].isin(["web", "phone"])]
    pd.testing.assert_series_equal(of["small order"], small.groupby(["customer_id", "month"]).size(), check_names=False)
    # At least one phone order handled for each that came by phone; nothing delivered without an order.
    phone = total[total["channel"] == "phone"].groupby(["customer_id", "month"]).size()
    assert (of["phone order"].reindex(phone.index) >= phone).all()
    ordered = total.groupby(["customer_id", "month"]).size().index
    assert of["home delivery"].index.isin(ordered).all() and of["special invoice"].index.isin(ordered).all()
    # Representatives visit organisations only.
    kinds = made["customers"].set_index("customer_id")["customer_type"]
    assert set(kinds.loc[of["representative visit"].index.get_level_values(0)]) == {"organisation"}


def test_nobody_real_is_meant_and_the_font_knows_every_character(made):
    table = made["customers"]
    digits = (
        table["phone"]
        .dropna()
        .map(lambda text: re.sub(r"\D", "", text.translate({0xFF10 + n: str(n) for n in range(10)}))[-11:])
    )
    assert digits.str.fullmatch(r"154\d{8}").all()
    assert table["email"].dropna().str.fullmatch(r"[a-z0-9.]+@example\.(com|net|org)").all()
    assert not set(table["name"]) & names.NOT_THESE
    written = "".join(table[["name", "address", "city"]].fillna("").to_numpy().ravel()) + "".join(
        made["products"]["product_name_zh"]
    )
    assert language.drawable(written) == written
    assert table["name"].str.contains("[喆堃昇玥]").any() and table["name"].str.contains("[A-Za-z]").any()
    person = table["customer_type"] == "person"
    assert table.loc[~person, "birth_date"].isna().all() and table.loc[person, "industry"].isna().all()
    first = made["truth"]["is_duplicate_of"].isna()  # in second records it may be mistyped
    age = ((table["registered_date"] - table["birth_date"]).dt.days / 365.25)[first].dropna()
    assert age.between(18, 85).all()
    assert table.loc[first, "birth_date"].value_counts().max() <= 4  # no heap at an age
    assert (table["name"] == table["name"].str.strip()).all()


# --- what comes out ----------------------------------------------------------------------------------------


def test_rates_are_those_of_the_truth(lines, made):
    """Of customers without trend to speak of, orders a year are what the truth says."""
    table = made["truth"]
    table = table[(table["active_from"] < pd.Timestamp(p.START)) & ~table["is_deal_prone"] & table["left_date"].isna()]
    table = table[table["yearly_trend"].abs() < 0.1].set_index("customer_id")
    single = table[~table["entity_id"].duplicated(keep=False) & table["is_duplicate_of"].isna()]
    single = single[~single.index.isin(made["truth"]["is_duplicate_of"])]
    count = lines[lines["amount"] >= 0].groupby("customer_id")["order_id"].nunique().reindex(single.index, fill_value=0)
    expected = single["orders_per_year"] * p.N_DAYS / p.DAYS_PER_YEAR
    assert count.sum() > 3000
    # Standard error of the sum below 2 % (regular customers have less than Poisson).
    assert 0.94 < count.sum() / expected.sum() < 1.06


def test_regular_customers_order_more_evenly(lines):
    days = (
        lines[lines["amount"] >= 0]
        .drop_duplicates("order_id")
        .assign(day=lambda table: table["order_date"].dt.normalize())
    )

    def unevenness(segment):
        gaps = (
            days[days["segment"] == segment]
            .groupby("customer_id")["day"]
            .apply(lambda day: day.diff().dt.days.std() / day.diff().dt.days.mean() if len(day) > 12 else np.nan)
        )
        return gaps.median()

    # Random orders have a coefficient of variation near 1 (more with seasons), every fourth of them near 0.5.
    assert unevenness("occasional household") > 0.8
    assert unevenness("restaurant") < 0.8 < unevenness("occasional household")
    assert unevenness("devoted household") < unevenness("occasional household")


def test_some_households_wait_for_promotions(lines):
    orders_ = lines[(lines["amount"] >= 0) & lines["segment"].str.contains("household")].drop_duplicates("order_id")
    day = (orders_["order_date"].dt.normalize() - pd.Timestamp(p.START)).dt.days
    in_promotion = pd.Series(entities.promotion_days()[day], index=orders_.index)
    waiting, others = (in_promotion[orders_["is_deal_prone"] == prone].mean() for prone in (True, False))
    # By hand: with a share x of days in promotion, waiting for 0.35 of the rest gives x / (x + 0.35 (1 - x)).
    assert waiting == pytest.approx(others / (others + p.DEAL_PRONE_ELSE * (1 - others)), abs=0.06)
    assert waiting > others + 0.1


def test_seasons(made):
    table = made["transactions"]
    monthly = table.set_index("order_date")["amount"].resample("MS").sum()
    for year in files.YEARS:
        ordinary = monthly[f"{year}-03" : f"{year}-08"].mean()
        assert monthly[f"{year}-01-01"] > 1.25 * ordinary  # the weeks before Spring Festival
        assert monthly[f"{year}-09-01"] > 1.1 * ordinary  # before Mid-Autumn
        assert monthly[f"{year}-02-01"] < monthly[f"{year}-01-01"]
    daily = table[table["amount"] >= 0].groupby(table["order_date"].dt.normalize())["order_id"].nunique()
    for festival in p.SPRING_FESTIVALS:
        before = daily[pd.Timestamp(festival) - pd.Timedelta(days=20) : pd.Timestamp(festival) - pd.Timedelta(days=1)]
        holiday = daily[pd.Timestamp(festival) : pd.Timestamp(festival) + pd.Timedelta(days=5)]
        assert holiday.sum() / 6 < 0.4 * before.mean()
    by_category = (
        table[table["amount"] > 0]
        .assign(month=table["order_date"].dt.month)
        .pivot_table(index="month", columns="category", values="amount", aggfunc="sum")
    )
    share = by_category.div(by_category.sum(axis=1), axis=0)
    assert share.loc[[7, 8], "drinks"].mean() > 1.3 * share.loc[[3, 4], "drinks"].mean()
    cakes = table[
        (table["product_id"] == made["products"].set_index("product_name").loc["Mooncake gift box", "product_id"])
    ]
    assert len(cakes) > 50 and set(cakes.loc[cakes["amount"] > 0, "order_date"].dt.month) <= {8, 9, 10}


def test_customers_leave_and_the_hasty_leave_first(made):
    """Survival of those won in 2023 falls, ever more slowly; a share of the large leave, too."""
    table = made["truth"][made["truth"]["is_duplicate_of"].isna()]
    cohort = table[table["active_from"].dt.year == 2023]
    lived = (cohort["left_date"].fillna(pd.Timestamp("2100-01-01")) - cohort["active_from"]).dt.days
    survival = [(lived >= days).mean() for days in (0, 365, 730)]
    assert survival[0] == 1 and 0.5 < survival[2] < survival[1] < 0.92
    assert survival[2] / survival[1] > survival[1] - 0.02  # retention rises with age
    left = table["left_date"].notna()
    assert (
        left[table["segment"] == "occasional household"].mean() > left[table["segment"] == "devoted household"].mean()
    )
    spent = made["transactions"].groupby(["customer_id", made["transactions"]["order_date"].dt.year])["amount"].sum()
    spent = spent.unstack(fill_value=0)
    best = spent[2023].nlargest(20).index
    lost = (spent.loc[best, 2025] < 0.3 * spent.loc[best, 2023]).sum()
    assert 1 <= lost <= 10
    fading = table["leaving"].value_counts(normalize=True)
    assert 0.45 < fading["fading"] < 0.65


def test_the_company_grows_by_winning_customers(made):
    year = made["transactions"]["order_date"].dt.year
    sums = made["transactions"].groupby(year)["amount"].sum()
    assert (sums.diff().dropna() > 0).all()
    joined = made["truth"]["active_from"].dt.year.value_counts()
    assert joined[2023] < joined[2024] < joined[2025]
    ordering = made["customers"]["customer_id"].isin(made["transactions"]["customer_id"])
    assert 0.05 < 1 - ordering.mean() < 0.2  # some never order


def test_refunds_are_about_two_percent_and_more_from_the_demanding(lines):
    back, sold = lines["amount"] < 0, lines["amount"] > 0
    assert 0.012 < back.sum() / sold.sum() < 0.035
    demanding = lines["demanding"] > 2

    def rate(group):
        return (back & group).sum() / (sold & group).sum()

    assert rate(demanding) > 1.5 * rate(~demanding)


def test_big_is_not_the_same_as_profitable(made):
    """The whale curve has a hump, and some of the largest customers lie on its far side."""
    table = made["transactions"]
    gross = table.groupby("customer_id")["amount"].sum() - table.groupby("customer_id")["cost"].sum()
    cost = made["activities"].merge(made["activity_rates"], on="activity")
    served = (cost["n_times"] * cost["unit_cost"]).groupby(cost["customer_id"]).sum()
    net = gross.sub(served, fill_value=0)
    peak = net.sort_values(ascending=False).cumsum().max()
    assert net.sum() > 0 and 1.1 < peak / net.sum() < 2
    best = table.groupby("customer_id")["amount"].sum().nlargest(150).index
    assert 5 <= (net.loc[best] < 0).sum() <= 75
    margin = 1 - table.groupby("category")["cost"].sum() / table.groupby("category")["amount"].sum()
    assert margin["oil"] < 0.1 and margin["tea"] > 0.4


def test_sales_are_concentrated_but_not_to_order():
    """Nothing sets the share of the best fifth; it differs from company to company."""
    shares = []
    for seed in range(6):
        table = simulate.simulate_company(n_customers=800, seed=seed)["transactions"]
        spent = table.groupby("customer_id")["amount"].sum().clip(lower=0).sort_values(ascending=False)
        shares.append(spent.iloc[: len(spent) // 5].sum() / spent.sum())
    assert 0.6 < min(shares) < max(shares) < 0.97
    assert max(shares) - min(shares) > 0.02


# --- what is wrong in the files ----------------------------------------------------------------------------


def undo(folder: Path) -> pd.DataFrame:
    """The lines of the files of transactions with every planted line undone, as text."""
    planted = pd.read_csv(folder / "truth" / "planted-lines.csv", dtype="str", keep_default_na=False)
    rows = []
    for year in files.YEARS:
        name = f"transactions-{year}.csv"
        header, *text = (folder / name).read_text(encoding="utf-8").splitlines()
        lines = dict(enumerate(text, start=2))
        for wrong in planted[planted["file"] == name].astype({"line": int}).itertuples():
            line = lines.pop(wrong.line)
            if wrong.kind == "no customer":
                assert line.startswith(",") and line.count(",") == 8
            elif wrong.kind == "repeated line":
                assert line in text[: wrong.line - 2]
            elif wrong.kind == "too few fields":
                assert line == wrong.written and 2 <= line.count(",") < 8 and wrong.meant.startswith(line)
                lines[wrong.line] = wrong.meant
            else:
                fields = next(csv.reader([line]))
                place = header.split(",").index(wrong.column)
                assert fields[place] == wrong.written
                fields[place] = wrong.meant
                lines[wrong.line] = ",".join(fields)
        rows += [lines[number].split(",") for number in sorted(lines)]
    return pd.DataFrame(rows, columns=header.split(","), dtype="str")


@pytest.mark.parametrize("times", [1, 300])
def test_files_without_what_was_planted_are_the_clean_tables(monkeypatch, tmp_path, times):
    """Undo every planted line, and what remains is the company, line by line; over chunks, too."""
    monkeypatch.setattr(p, "CHUNK", 400)
    much = {kind: times * share for kind, share in p.DAMAGED_PER_LINE.items()}
    monkeypatch.setattr(p, "DAMAGED_PER_LINE", much)
    monkeypatch.setattr(p, "TWICE_PER_LINE", times * p.TWICE_PER_LINE)
    simulate.write_company(tmp_path, n_customers=1000, seed=6)
    clean = simulate.simulate_company(n_customers=1000, seed=6)["transactions"]
    frame = undo(tmp_path)
    for column in ("amount", "cost"):
        assert frame[column].str.fullmatch(r"-?\d+\.\d\d").all()
    assert frame["quantity"].str.fullmatch(r"-?\d+").all()
    frame = frame.astype({"amount": float, "cost": float, "quantity": float})
    frame["order_date"] = pd.to_datetime(frame["order_date"], format="%Y-%m-%d %H:%M").astype("datetime64[us]")
    # In a file stands one chunk after another; in memory all years of one, then of the next.
    year = clean["order_date"].dt.year
    chunk = clean["customer_id"].str[1:].astype(int).sub(1) // 400
    expected = clean.assign(year=year, chunk=chunk).sort_values(["year", "chunk"], kind="stable")
    pd.testing.assert_frame_equal(frame, expected[list(frame)].reset_index(drop=True))


def test_a_little_of_every_mess_in_every_year(planted):
    counts = planted.groupby(["file", "kind"]).size().unstack(fill_value=0)
    assert list(counts.index) == [f"transactions-{year}.csv" for year in files.YEARS]
    assert set(counts.columns) == set(truth.PLANTED_LINES.column("kind").choices)
    assert (counts > 0).all(axis=None)
    total = sum((SHIPPED / name).read_text(encoding="utf-8").count("\n") - 1 for name in counts.index)
    assert 0.008 < counts["no customer"].sum() / total < 0.012
    assert counts.drop(columns="no customer").sum(axis=None) < 0.002 * total
    # What stands in the damaged places is neither a date nor an amount.
    dates = planted.loc[planted["kind"] == "impossible date", "written"]
    assert pd.to_datetime(dates, format="%Y-%m-%d %H:%M", errors="coerce").isna().all()
    amounts = planted.loc[planted["kind"] == "unreadable amount", "written"]
    assert pd.to_numeric(amounts, errors="coerce").isna().all()


@pytest.mark.parametrize("year", files.YEARS)
def test_intake_sets_aside_what_was_planted_and_nothing_else(planted, made, year):
    name = f"transactions-{year}.csv"
    accepted, report = intake.read_transactions(SHIPPED / name)
    wrong = planted[(planted["file"] == name) & (planted["kind"] != "repeated line")]
    assert sorted(report.rejected["line"]) == wrong["line"].tolist()
    found = report.rejected.set_index("line")
    for kind, part in wrong.groupby("kind"):
        columns = found.loc[part["line"], "column"]
        expected = part.set_index("line")["column"]
        assert kind == "too few fields" or (columns == expected).all(), kind
    # What it accepts is what was meant: the clean lines of the year, but for those damaged, and the repeated.
    with (SHIPPED / name).open(encoding="utf-8") as stream:
        n_lines = sum(1 for _ in stream) - 1
    assert len(accepted) == n_lines - len(wrong) == report.n_accepted
    clean = made["transactions"]
    clean = clean[clean["order_date"].dt.year == year]
    assert accepted.dtypes.equals(clean.dtypes[accepted.columns])
    both = accepted.drop_duplicates().merge(clean, how="left", indicator=True)
    assert (both["_merge"] == "both").all()
    n_damaged = (wrong["kind"] != "no customer").sum()
    assert len(accepted.drop_duplicates()) == len(clean) - n_damaged
    n_repeated = ((planted["file"] == name) & (planted["kind"] == "repeated line")).sum()
    assert accepted.duplicated().sum() == n_repeated


@pytest.mark.parametrize("name", [name for name in PUBLIC if name != "transactions"])
def test_intake_accepts_the_other_tables_whole(made, name):
    accepted, report = intake.read_table(SHIPPED / f"{name}.csv", TABLES[name])
    assert (report.n_rejected, report.n_accepted) == (0, len(made[name]))
    pd.testing.assert_frame_equal(accepted, made[name][list(accepted.columns)])
