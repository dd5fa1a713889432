"""What a firm asks of its customers: the course's list, what each field is for, and contracts on what is kept.

What has no purpose is not asked. The purposes are those of a grocer that delivers, such as the teaching company;
another firm has others, and writes them into a contract of its own. Contracts are for `identity.quality_score`.
"""

from __future__ import annotations

import pandas as pd

from crmlib import require
from crmlib.language import t
from crmlib.tables import Field

KINDS = ("person", "organization")
# As people type it: 154-1111-2222, +86 15411112222. Digits of full width are none: a machine cannot dial them.
MOBILE = r"(\+?\(?86\)?[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}"
TELEPHONE = rf"{MOBILE}|0[1-9][0-9]{{1,2}}[ -]?[2-9][0-9]{{6,7}}"
EMAIL = r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}"
WITH_A_NUMBER = r".*[0-9].*"  # a street without one finds no door

# The course's lists, in its order: topic, field, and why it is sensitive, if it is.
_PERSON = {
    "about themselves": {
        "full name": "",
        "gender": "",
        "age": "",
        "character": "dignity",
        "blood type": "health",
        "telephone": "",
        "fax": "",
        "address": "",
    },
    "family": {
        "marital status": "dignity",
        "name of the spouse": "somebody else",
        "birthday of the spouse": "somebody else",
        "character of the spouse": "somebody else",
        "has children": "dignity",
        "names of the children": "child",
        "ages of the children": "child",
        "birthdays of the children": "child",
        "schooling of the children": "child",
        "lives with parents": "somebody else",
    },
    "career": {
        "employment": "",
        "employer": "",
        "place of work": "",
        "position": "",
        "time in the position": "",
        "income": "money",
        "reason for leaving": "dignity",
        "plans": "",
    },
    "mind and attitude": {
        "motive of buying": "",
        "personality": "dignity",
        "way of life": "",
        "beliefs and attitudes": "belief",
    },
    "behavior": {"how often they buy": "", "what they buy": "", "how much they spend": "", "where they buy": ""},
}
_ORGANIZATION = {
    "basics": {
        "name": "",
        "address": "",
        "telephone": "",
        "year founded": "",
        "industry": "",
        "size": "",
        "business philosophy": "",
        "region served": "",
        "image and reputation": "",
    },
    "business": {"ability to sell": "", "sales": "", "potential": "", "problems": ""},
    "dealings": {"terms": "", "credit grade": "", "closeness": "", "will to cooperate": ""},
    "people in charge": {
        "age of the manager": "",
        "character of the manager": "dignity",
        "interests of the manager": "dignity",
    },
}
_LISTS = {"person": _PERSON, "organization": _ORGANIZATION}


def course_fields(kind: str) -> pd.DataFrame:
    """What the course lists to ask of a customer, with the purpose that a grocer has for it, and what is sensitive.

    Sensitive is what can hurt somebody's dignity, body or property if it leaks: `health`, `belief`, `child` (under
    14), `money`, which the law of China names (PIPL, article 28; health and belief also GDPR, article 9), `dignity`,
    from its general words, and, our own addition, what is about `somebody else` who was not asked. It is a
    list to think with and no legal advice.

    When something else is right: the purposes are those of a grocer that delivers. A bank asks for income, a
    hospital for a blood type, and each has a good reason; write your own.

    Parameters
    ----------
    kind : {"person", "organization"}
        Whose list.

    Returns
    -------
    DataFrame
        One row per field (index `field`), in the course's order: `topic`, `purpose` (empty: none, so it is not
        asked), `sensitive` (why; empty if not).

    Raises
    ------
    ValueError
        kind is neither.

    References
    ----------
    Personal Information Protection Law of the People's Republic of China (2021), articles 6 and 28. Regulation (EU)
    2016/679 (GDPR), articles 5 and 9.

    Examples
    --------
    >>> fields = course_fields("person")
    >>> fields.loc[["telephone", "blood type"], ["purpose", "sensitive"]].to_dict("index")["blood type"]
    {'purpose': '', 'sensitive': 'health'}
    >>> int((fields["purpose"] != "").sum()), len(fields)
    (9, 34)
    """
    require.one_of(kind, KINDS, "kind")
    purposes = _purposes(kind)
    rows = [
        {"field": field, "topic": topic, "purpose": purposes.get(field, ""), "sensitive": why}
        for topic, fields in _LISTS[kind].items()
        for field, why in fields.items()
    ]
    return pd.DataFrame(rows).set_index("field").astype("str")


def person_contract(*, fresh_days: int = 3 * 365) -> tuple[Field, ...]:
    """What a grocer that delivers keeps of a person, and for what; nothing in it is sensitive.

    When something else is right: another business has other purposes, and other columns; copy it and change it.

    Parameters
    ----------
    fresh_days : int
        For how many days a telephone number and an address are good after they were last checked.

    Returns
    -------
    tuple of Field
        For `identity.quality_score`, on customer_id, name, phone, email, address, city and referred_by. No birth
        date: nobody at the firm has a use for it.

    Examples
    --------
    >>> {field.name: field.purpose for field in person_contract()}["address"]
    'to deliver what they order'
    """
    return (
        Field("customer_id", t("to tell one record from another"), unique=True),
        Field("name", t("to write on the parcel"), pattern=r".*\S.*\S.*"),
        Field("phone", t("to call about an order"), pattern=TELEPHONE, unique=True, fresh_days=fresh_days),
        Field("email", t("to send receipts, if they wish"), required=False, pattern=EMAIL, unique=True),
        Field("address", t("to deliver what they order"), pattern=WITH_A_NUMBER, fresh_days=fresh_days),
        Field("city", t("to choose the route of the delivery"), pattern=r"[^-?]+"),
        Field("referred_by", t("to thank who recommended us"), required=False),
    )


def organization_contract(*, fresh_days: int = 3 * 365) -> tuple[Field, ...]:
    """What a grocer that delivers keeps of a firm, and for what; of the people in charge it keeps nothing.

    When something else is right: who sells on account also needs terms and a credit grade (chapter 3).

    Parameters
    ----------
    fresh_days : int
        For how many days a telephone number and an address are good after they were last checked.

    Returns
    -------
    tuple of Field
        For `identity.quality_score`: as `person_contract`, and the industry.

    Examples
    --------
    >>> [field.name for field in organization_contract() if field not in person_contract()]
    ['name', 'email', 'industry']
    """
    own = {
        "name": Field("name", t("to write on the invoice"), pattern=r".*\S.*\S.*"),
        "email": Field("email", t("to send invoices"), pattern=EMAIL, unique=True),
    }
    kept = tuple(own.get(field.name, field) for field in person_contract(fresh_days=fresh_days))
    return (*kept, Field("industry", t("to choose what to offer"), pattern=r"[^-?]+"))


def _purposes(kind: str) -> dict[str, str]:
    """The purpose of each field that a grocer has one for."""
    if kind == "organization":
        return {
            "name": t("to write on the invoice"),
            "address": t("to deliver what they order"),
            "telephone": t("to call about an order"),
            "industry": t("to choose what to offer"),
            "size": t("to plan the visits"),
            "sales": t("to plan the visits"),
            "potential": t("to plan the visits"),
            "terms": t("to send invoices"),
            "credit grade": t("to decide what is sold on credit"),
        }
    return {
        "full name": t("to write on the parcel"),
        "telephone": t("to call about an order"),
        "address": t("to deliver what they order"),
        "motive of buying": t("to choose what to offer"),
        "way of life": t("to choose what to offer"),
        "how often they buy": t("to see who falls silent"),
        "what they buy": t("to choose what to offer"),
        "how much they spend": t("to see who is worth a visit"),
        "where they buy": t("to staff shop, web and telephone"),
    }
