"""URLs of orders that stay in a database: taken apart without asking anybody, the password out of them first.

    postgres://user@host/shop?table=sales.orders&customers=sales.customers

What stands behind the ? under the name of another table of the contract is that table, fetched whole.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode

from crmlib.language import t
from crmlib.tables import TABLES, TRANSACTIONS

SCHEMES = ("postgres", "postgresql", "duckdb", "spark")
PASSWORD = "PGPASSWORD"  # where PostgreSQL looks for it, here and in the notebooks


def is_link(data: object) -> bool:
    """Is it the URL of a table rather than a path?

    Examples
    --------
    >>> is_link("postgres://host/shop?table=orders"), is_link("orders.csv")
    (True, False)
    """
    return isinstance(data, str) and "://" in data and data.partition("://")[0].lower() in SCHEMES


def take_password(data: str) -> str:
    """The URL without the password in it, which is kept for this process and those it starts, and nowhere else.

    Examples
    --------
    >>> take_password("duckdb://shop.duckdb?table=orders"), take_password("orders.csv")
    ('duckdb://shop.duckdb?table=orders', 'orders.csv')
    """
    url, password = _split_password(data)
    if password is not None:
        os.environ[PASSWORD] = password
    return url


def hide_password(text: str) -> str:
    """A text for an error in which no password of a URL stands, also of one that is not known here.

    Examples
    --------
    >>> hide_password("mysql://ann:secret@host/shop"), hide_password("orders.csv")
    ('mysql://ann:***@host/shop', 'orders.csv')
    """
    return re.sub(r"(:/{1,2}[^:/@\s]*):[^@\s]*@", r"\1:***@", text)  # a path has one slash of two


def _split_password(data: str) -> tuple[str, str | None]:
    if not is_link(data):
        return data, None
    scheme, _, rest = data.partition("://")
    where, mark, query = rest.partition("?")
    user, at, server = where.rpartition("@")
    name, colon, password = user.partition(":")
    found = unquote(password) if at and colon else None
    pairs = parse_qsl(query, keep_blank_values=True)
    found = next((value for key, value in pairs if key == "password"), found)
    if found is None:
        return data, None
    kept = urlencode([pair for pair in pairs if pair[0] != "password"], safe="/:.", quote_via=quote)
    return f"{scheme}://{name}{at}{server}{mark}{kept}", found


def show_link(data: str) -> str:
    """The URL as a page shows it: without user and password, and without what is said to the driver.

    Examples
    --------
    >>> show_link("postgres://ann:secret@host/shop?table=orders&sslmode=require")
    'postgres://host/shop?table=orders'
    """
    scheme, _, rest = data.partition("://")
    where, _, query = rest.partition("?")
    pairs = [(key, value) for key, value in parse_qsl(query) if key in ("table", "parquet", *TABLES)]
    return f"{scheme}://{where.rpartition('@')[2]}?{urlencode(pairs, safe='/:.', quote_via=quote)}"


def stay_put(data: str) -> str:
    """The URL as it leads to the same place from any folder: of a DuckDB file, by its whole path."""
    scheme, _, rest = data.partition("://")
    where, mark, query = rest.partition("?")
    return f"{scheme}://{Path(where).expanduser().absolute()}{mark}{query}" if scheme.lower() == "duckdb" else data


def name_link(data: str) -> str:
    """What the table is called, as part of a file's name.

    Examples
    --------
    >>> name_link("postgres://host/shop?table=sales.orders"), name_link("spark://local?parquet=/data/orders")
    ('sales.orders', 'orders')
    """
    said = dict(parse_qsl(data.partition("?")[2]))
    name = said.get("table") or Path(said.get("parquet", "")).stem or "orders"
    return re.sub(r"[^\w.-]+", "-", name).strip(".-") or "orders"


def mapping_of(data: str) -> Path:
    """Where the mapping of a table lies: in the current folder, for there is none beside the table."""
    return Path(f"{name_link(data)}.mapping.toml")


def part_link(data: str) -> tuple[str, dict[str, str]]:
    """The URL of the orders alone, and those of the other tables that it names.

    Raises
    ------
    ValueError
        It holds a password: whoever has the URL would have that too.

    Examples
    --------
    >>> part_link("postgres://host/shop?table=orders&customers=crm.customers&sslmode=require")
    ('postgres://host/shop?table=orders&sslmode=require', \
{'customers': 'postgres://host/shop?table=crm.customers&sslmode=require'})
    """
    if _split_password(data)[1] is not None:
        raise ValueError(t("a URL handed on must be without its password; this one is not (`take_password`)."))
    base, _, query = data.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    others = {key: value for key, value in pairs if key in TABLES and key != TRANSACTIONS.name}
    plain = [pair for pair in pairs if pair[0] not in others]

    def make(table: str | None) -> str:
        said = [(key, table if table and key == "table" else value) for key, value in plain]
        return f"{base}?{urlencode(said, safe='/:.', quote_via=quote)}"

    return make(None), {name: make(table) for name, table in others.items()}
