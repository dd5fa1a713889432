"""What the columns of a result table hold, so that the page and the workbook show them alike.

The tables are read back from their CSV files as text: what is shown is what the file holds.
"""

from __future__ import annotations

import re

from crmlib import language
from crmlib.files.safe_csv import PLAIN_NUMBER
from crmlib.language import t
from crmlib.tables import TABLES

MOST_DIGITS = 25  # of a cell: more are the number of something, not an amount
LARGEST_SHARE = 10  # what is beyond is counted in something else, whatever it is called
DAY = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?")
SHARES = re.compile(
    r"(^|_)(share|shares|rate|chance|probability)(_|$)|^(stayed|here$|(complete|valid|unique|fresh|fit)$)"
    r"|^(coverage|loss_per_margin)$"
)
ALL_SHARES = re.compile(r"(^|-)(share|rate)s?$")  # of a table's name: each of its numbers is one
MONEY = re.compile(
    r"(^|_)(value|amount|revenue|spending|profit|cost|monetary|price|budget|money|sales|mean|lowest|highest)(_|$)"
    r"|^(owed|limit|above_limit|at_stake|exposure|expected_loss|margin|net)$"
)
NO_MONEY = re.compile(r"(^|_)(per|n|count|days)(_|$)")
PERSONAL = {column.name for table in TABLES.values() for column in table.columns if column.personal}
OURS = {column.name: column for table in TABLES.values() for column in table.columns}


def kind_of(name: str, cells: list[str], table: str = "") -> str:
    """What a column holds: "id", "text", "truth", "date", "share", "money", "count" or "number".

    Parameters
    ----------
    name : str
        Of the column, as the CSV file has it.
    cells : list of str
        As the file has them; empty ones say nothing.
    table : str
        Of which it is one: of a table of shares every number is a share.

    Examples
    --------
    >>> kind_of("monetary", ["741817.361", ""]), kind_of("n_customers", ["19"]), kind_of("customer_id", ["7"])
    ('money', 'count', 'id')
    >>> kind_of("phone_left", ["13912345678"]), kind_of("id_left", ["1001"]), kind_of("complete", ["0.73"])
    ('id', 'id', 'share')
    >>> kind_of("VIP", ["0.625"], "2-move-shares"), kind_of("first_order_date", ["2024-01-31"])
    ('share', 'date')
    """
    filled = [cell for cell in cells if cell]
    if name == "id" or name.endswith("_id") or re.sub(r"_(left|right)$", "", name) in ("id", *PERSONAL):
        return "id"
    if not filled:
        return "text"
    if all(DAY.fullmatch(cell) for cell in filled):
        return "date"
    if set(filled) <= {"True", "False"}:
        return "truth"
    if not all(_is_amount(cell) for cell in filled):
        return "text"
    is_share = SHARES.search(name) or ALL_SHARES.search(table)
    if is_share and max(abs(float(cell)) for cell in filled) <= LARGEST_SHARE:
        return "share"
    is_known_money = name in OURS and OURS[name].unit == "currency"
    if is_known_money or (MONEY.search(name) and not NO_MONEY.search(name)):
        return "money"
    return "count" if all(re.fullmatch(r"[+-]?\d+", cell) for cell in filled) else "number"


def _is_amount(cell: str) -> bool:
    """Leading zeros and very many digits make the number of something, not an amount."""
    return bool(PLAIN_NUMBER.fullmatch(cell)) and not re.match(r"[+-]?0\d", cell) and len(cell) <= MOST_DIGITS


def digits_of(kind: str, cells: list[str]) -> int:
    """How many decimals are worth reading.

    Examples
    --------
    >>> digits_of("number", ["741.5"]), digits_of("number", ["0.7953"]), digits_of("count", ["7"])
    (2, 4, 0)
    """
    filled = [cell for cell in cells if cell]
    if kind == "count" or all(re.fullmatch(r"[+-]?\d+", cell) for cell in filled):
        return 0
    if kind == "money" or max(abs(float(cell)) for cell in filled) >= 100:
        return 2
    return 4


def show_column(name: str, cells: list[str], *, table: str = "", currency: str | None = None) -> tuple[list[str], bool]:
    """The cells of a column of a CSV file as people read them, and whether they are numbers.

    Shares and rates are shown as percentages, money with its currency, other amounts with separators; what is
    no number (nor the number of a customer or product) as it is, or in the reader's language where it
    is a name the kit knows.

    Examples
    --------
    >>> show_column("value_share", ["0.2510", "0.7490"])
    (['25.1%', '74.9%'], True)
    >>> show_column("value", ["741817.361", "1.5", ""], currency="CNY")
    (['¥741,817.36', '¥1.50', ''], True)
    >>> show_column("customer_id", ["1001", "1002"])
    (['1001', '1002'], False)
    """
    kind = kind_of(name, cells, table)
    if kind == "id":
        return cells, False
    if kind == "truth":
        return [cell and {"True": t("yes"), "False": t("no")}[cell] for cell in cells], False
    if kind == "date":
        return [cell.removesuffix(" 00:00:00") for cell in cells], False
    if kind == "text":
        return [in_language(cell) for cell in cells], False
    if kind == "share":
        return [cell and language.percent(float(cell)) for cell in cells], True
    digits = digits_of(kind, cells)
    if kind == "money":
        return [cell and language.money(float(cell), currency, digits) for cell in cells], True
    return [cell and language.number(float(cell), digits) for cell in cells], True


def in_language(cell: str) -> str:
    """A name the kit knows, in the reader's language; anything else as it is."""
    return language.find_twin(cell.replace("_", " ")) or cell
