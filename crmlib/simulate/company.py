"""The tables of the teaching company, chunk by chunk of customers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from crmlib.language import t
from crmlib.simulate import (
    brands,
    changes,
    contacts,
    credit,
    ideas,
    invoices,
    marketing,
    names,
    orders,
    prospects,
    records,
    reviews,
    roles,
    service,
    sources,
    statements,
    subscriptions,
)
from crmlib.simulate import parameters as p
from crmlib.simulate.entities import make_entities

WHOLE = ("products", "activity_rates", "choice_weights_truth")  # the same however many customers there are
BY_CUSTOMER = ("customers", "transactions", "activities", "truth")
FACTS = ("customer_changes", "unrecorded_changes")
ROLES = ("customer_roles", "customer_roles_truth")
PROSPECTS = ("prospects", "contacts", "prospects_truth")
CREDIT = ("invoices", "statements", "credit_reviews", "credit_truth")
WORTH = ("subscriptions", "subscriptions_truth", "brand_survey", "brand_survey_truth", "ideas", "ideas_truth")
SPENDING = ("marketing_spending", "marketing_spending_truth")
BY_CHUNK = (*BY_CUSTOMER, *FACTS, *ROLES, *PROSPECTS, *CREDIT, *WORTH)
ADDED_UP = ("lead_sources", *SPENDING)  # over the chunks
TABLES = (*BY_CHUNK, *ADDED_UP, *WHOLE)


def check_size(n_customers: int, seed: int) -> None:
    """Refuse what is no number of customers or no seed."""
    if isinstance(n_customers, bool) or not isinstance(n_customers, int) or n_customers < 1:
        raise ValueError(
            t(
                "n_customers must be a whole number of at least 1; got {n_customers!r}. Use n_customers=3000, for"
                " instance.",
                n_customers=n_customers,
            )
        )
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise ValueError(t("seed must be a whole number of at least 0; got {seed!r}. Use seed=1, say.", seed=seed))


def chunk_sizes(n_customers: int) -> Iterator[tuple[int, int]]:
    """Number and size of each chunk.

    Examples
    --------
    >>> list(chunk_sizes(25_000))
    [(0, 10000), (1, 10000), (2, 5000)]
    """
    for chunk in range(-(-n_customers // p.CHUNK)):
        yield chunk, min(p.CHUNK, n_customers - chunk * p.CHUNK)


def make_chunk(
    seed: int, chunk: int, n_records: int, *, tables: tuple[str, ...] = (*BY_CHUNK, *ADDED_UP)
) -> dict[str, pd.DataFrame]:
    """The tables of `n_records` customer records. What one table draws changes no other."""
    n_entities = n_records - records.n_duplicates(n_records)
    who = make_entities(seed, chunk, n_entities)
    known = records.make_records(who, seed, chunk, n_records)
    made = {}
    later = {*FACTS, *ROLES, *PROSPECTS, "lead_sources"} & set(tables)  # these tell of people by name, or of an address
    if later or "customers" in tables:
        made["customers"] = records.make_customers(who, known, seed, chunk)
    if {"transactions", "activities", *CREDIT} & set(tables):
        lines = orders.make_lines(who, known, seed, chunk)
        if "transactions" in tables:
            made["transactions"] = orders.make_transactions(lines, known, chunk)
        if "activities" in tables:
            made["activities"] = service.make_activities(who, known, lines, seed, chunk)
        if set(CREDIT) & set(tables):
            made |= _make_credit(who, known, lines, seed, chunk)
    if "truth" in tables:
        made["truth"] = records.make_truth(who, known, chunk)
    if later & set(FACTS):
        facts = changes.make_facts(who, known, made["customers"], seed, chunk)
        made |= {"customer_changes": changes.make_changes(facts), "unrecorded_changes": changes.make_truth(facts)}
    if later & set(ROLES):
        labels = roles.make_labels(who, known, made["customers"], seed, chunk)
        made |= {"customer_roles": roles.make_roles(labels), "customer_roles_truth": roles.make_truth(labels)}
    if later & {*PROSPECTS, "lead_sources"}:
        made |= _make_prospects(who, known, made["customers"], seed, chunk)
    if {*WORTH, *SPENDING} & set(tables):
        made |= _make_worth(who, known, seed, chunk)
    return {name: table for name, table in made.items() if name in tables}


def _make_prospects(
    who: pd.DataFrame, known: pd.DataFrame, customers: pd.DataFrame, seed: int, chunk: int
) -> dict[str, pd.DataFrame]:
    """The prospects, the calls to them, and what finding them cost."""
    first = np.flatnonzero(~known["is_second"])
    first_record = np.empty(len(who), dtype=int)
    first_record[known["entity"].to_numpy()[first]] = first
    places = {city: place for place, city in enumerate(names.CITIES)}
    cities = customers["city"].map(places).fillna(-1).astype(int).to_numpy()[first_record]
    leads = prospects.make_leads(who, cities, seed, chunk, len(known))
    calls, ends = contacts.make_calls(leads, prospects.called_on(leads) == 1, seed, chunk)
    return {
        "prospects": prospects.make_prospects(leads, ends, customers, first_record, seed, chunk),
        "contacts": contacts.make_contacts(calls, prospects.prospect_ids(len(leads), chunk)),
        "prospects_truth": prospects.make_truth(leads, chunk),
        "lead_sources": sources.make_sources(leads),
    }


def _make_credit(
    who: pd.DataFrame, known: pd.DataFrame, lines: pd.DataFrame, seed: int, chunk: int
) -> dict[str, pd.DataFrame]:
    """What organisations owe, what is known of them, and the truth; it tells nothing of who has a second record."""
    state = credit.make_state(who, seed, chunk)
    bills, defaults = invoices.make_bills(state, lines, known, seed, chunk)
    first = known[~known["is_second"]].set_index("entity")["customer_id"]
    customer_id = first.reindex(state.entity).to_numpy()
    most, usual = credit.bought(state, lines, known)
    firms = statements.make_firms(state, most, seed, chunk)
    revenue = statements.revenues(state, firms, seed, chunk)
    stop = defaults["stop"].to_numpy()
    return {
        "invoices": invoices.make_invoices(bills, known, chunk),
        "statements": statements.make_statements(state, firms, revenue, customer_id, seed, chunk),
        "credit_reviews": reviews.make_reviews(state, firms, revenue, usual, customer_id, stop, seed, chunk),
        "credit_truth": invoices.make_truth(state, bills, defaults, customer_id),
    }


def _make_worth(who: pd.DataFrame, known: pd.DataFrame, seed: int, chunk: int) -> dict[str, pd.DataFrame]:
    """What chapter 4 looks at: each table from a stream of its own, the truth apart."""
    made = {}
    for name, module, rows in (
        ("subscriptions", subscriptions, subscriptions.make_subscriptions(who, known, seed, chunk)),
        ("brand_survey", brands, brands.make_answers(who, known, seed, chunk)),
        ("marketing_spending", marketing, marketing.make_spending(seed, chunk, len(known))),
        ("ideas", ideas, ideas.make_ideas(who, known, seed, chunk)),
    ):
        made |= {name: module.make_public(rows), f"{name}_truth": module.make_truth(rows)}
    return made


def add_up(name: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    """A table of `ADDED_UP`, of all chunks together."""
    return (marketing if name in SPENDING else sources).add_up(parts)


def make_whole() -> dict[str, pd.DataFrame]:
    """The tables that are the same for any number of customers."""
    return {
        "products": orders.make_products(),
        "activity_rates": service.make_activity_rates(),
        "choice_weights_truth": brands.make_weights(),
    }
