"""A table of a run as one reads it from afar, on a slide."""

from __future__ import annotations

import re

YEAR = "(?:19|20)[0-9]{2}"


def tidy_table(table: str) -> str:
    """A table of a run as one reads it from afar: one row of heads, no row numbers, 584,697 for 584697.0.

    A table whose cells span several rows or columns stays as it is.

    Examples
    --------
    >>> tidy_table("<table><tr><th></th><th>x</th></tr><tr><th>0</th><td>1200.0</td></tr></table>")
    '<table><thead><tr><th>x</th></tr></thead><tbody><tr><td>1,200</td></tr></tbody></table>'
    """
    rows = _read_cells(table)
    if "span=" in table or len({len(row) for row in rows}) != 1 or not rows[0]:
        return table
    n_head = sum(all(tag == "th" for tag, _ in row) for row in rows)
    if n_head == 2 and not rows[0][0][1] and not any(text for _, text in rows[1][1:]):
        rows, n_head = [[rows[1][0], *rows[0][1:]], *rows[2:]], 1
    is_numbered = all(row[0][0] == "th" and row[0][1].isdigit() for row in rows[n_head:])
    is_numbered &= not all(re.fullmatch(YEAR, row[0][1]) for row in rows[n_head:])  # those say what a row is
    if n_head == 1 and len(rows[0]) > 1 and not rows[0][0][1] and is_numbered:
        rows = [row[1:] for row in rows]
    columns = [_drop_zeros(list(column), n_head) for column in zip(*rows, strict=True)]
    written = ["".join(f"<{tag}>{text}</{tag}>" for tag, text in row) for row in zip(*columns, strict=True)]
    head, body = ("".join(f"<tr>{row}</tr>" for row in part) for part in (written[:n_head], written[n_head:]))
    return (
        f"{re.match('<table[^>]*>', table)[0]}{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table>"
    )


def _read_cells(table: str) -> list[list[tuple[str, str]]]:
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    return [
        [(tag, text.strip()) for tag, text in re.findall(r"<(t[hd])[^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def _drop_zeros(column: list[tuple[str, str]], n_head: int) -> list[tuple[str, str]]:
    if not all(tag == "td" and re.fullmatch(r"-?\d+\.0", text) for tag, text in column[n_head:]):
        return column
    return column[:n_head] + [("td", f"{float(text):,.0f}") for _, text in column[n_head:]]
