"""All of a run in one Excel workbook: the answer, the doubts, every result table, and the account of every row."""

from __future__ import annotations

from pathlib import Path

from crmlib import language
from crmlib.files.safe_xlsx import Sheet, write_xlsx
from crmlib.kit import report
from crmlib.kit.columns import in_language, kind_of
from crmlib.language import t

MOST_ROWS = 50_000  # of a table: a longer one takes too long to write and to open; all of it is in the CSV file


def write_workbook(run: dict, entries: list[dict], folder: Path) -> Path | None:
    """Write the workbook of a run into its folder, in the language of the run.

    Parameters
    ----------
    run : dict
        What run.json will hold.
    entries : list of dict
        Its notebooks.
    folder : Path
        With the result tables as CSV.

    Returns
    -------
    Path or None
        Where it is; None where there is no result to put in it.
    """
    tables = [table for entry in entries for table in entry["tables"]]
    if not tables:
        return None
    with language.speaking(run["language"]):
        currency = report.find_currency(run, entries)
        results = [make_table(table, folder, currency) for table in tables]
        doubts = _list_doubts(entries)
        sheets = [_tell_run(run, entries, currency), *([doubts] if doubts.rows else []), *results]
        sheets += [_account(entries, currency), _columns(entries), _findings(entries)]
        return write_xlsx(folder / report.WORKBOOK, sheets)


def make_table(table: dict, folder: Path, currency: str | None) -> Sheet:
    """A result table as a sheet."""
    frame = report.read_table(folder / table["path"], MOST_ROWS)
    typical = frame.head(report.TYPICAL_ROWS)
    kinds = [
        kind_of(str(name), typical.iloc[:, place].tolist(), table["name"]) for place, name in enumerate(frame.columns)
    ]
    headings = [t(str(name).replace("_", " ")) for name in frame.columns]
    headings = [
        t("{heading} ({unit})", heading=heading, unit=currency) if kind == "money" and currency else heading
        for heading, kind in zip(headings, kinds, strict=True)
    ]
    for place, kind in enumerate(kinds):
        if kind in ("text", "truth"):
            known = {cell: _word(cell, kind) for cell in frame.iloc[:, place].unique()}
            frame.isetitem(place, frame.iloc[:, place].map(known))
    return Sheet(table["title"], headings, kinds, frame.to_numpy().tolist())


def _word(cell: str, kind: str) -> str:
    if kind == "truth":
        return {"True": t("yes"), "False": t("no")}.get(cell, cell)
    return in_language(cell)


def _tell_run(run: dict, entries: list[dict], currency: str | None) -> Sheet:
    """What the workbook is of: the data, the answer, and which table is where."""
    about = report.describe_data(run, entries)
    title = about["title"]
    rows = [(t("Data"), t(title))]
    rows += [(fact["label"], fact["shown"]) for fact in report.find_facts(entries)]
    if about["first_day"]:
        days = t("{first} to {last}", first=about["first_day"], last=about["last_day"])
        rows.append((t("Period of the data"), days))
    rows += [(t("Seen as of"), str(about["as_of"]))] if about["as_of"] else []
    rows.append((t("Currency"), currency or t("no currency is named")))
    rows += [(t("Whom to act on"), entry["act_on"]["text"]) for entry in entries if entry["act_on"]]
    for table in (table for entry in entries for table in entry["tables"]):
        values = {"path": table["path"], "n": language.number(table["n_rows"])}
        text = t("{n} rows, also in {path}", **values)
        n_here = min(MOST_ROWS, table.get("n_shown", MOST_ROWS))  # a CSV may have only the best
        if table["n_rows"] > n_here:
            values["path"] = table.get("whole") or table["path"]
            text = t("the first {most} of {n} rows; all are in {path}", most=language.number(n_here), **values)
        rows.append((table["title"], text))
    made = t("Made by crmlib {version} on {day}", version=run["versions"]["crmlib"], day=run["started"][:10])
    rows += [(t("Made"), made), (t("To repeat it"), run["command"])]
    return Sheet(t("Overview"), [t("What"), t("Value")], ["text", "text"], rows)


def _list_doubts(entries: list[dict]) -> Sheet:
    rows = [(t("serious"), doubt) for doubt in report.list_doubts(entries, grave=True)]
    rows += [(t("doubtful"), doubt) for doubt in report.list_doubts(entries, grave=False)]
    return Sheet(t("Doubts"), [t("how grave"), t("doubt")], ["text", "text"], rows)


def _findings(entries: list[dict]) -> Sheet:
    rows = [(entry["title"], text) for entry in entries for text in entry["findings"]]
    rows += [(entry["title"], section["text"]) for entry in entries for section in entry["skipped"]]
    return Sheet(t("Findings"), [t("chapter"), t("finding")], ["text", "text"], rows)


def _account(entries: list[dict], currency: str | None) -> Sheet:
    """What became of the rows and the money of each table that was read, and why rows were set aside."""
    money = t("{heading} ({unit})", heading=t("money"), unit=currency) if currency else t("money")
    headings = [t("table"), t("file"), t("what became of them"), t("rows"), t("share of the rows"), money]
    kinds = ["text", "text", "text", "count", "share", "money", "share"]
    rows = []
    for source in report.list_sources(entries):
        share = source["share_of_money"]
        said = [
            (t("read"), source["n_read"], None, None),
            (t("accepted"), source["n_accepted"], source["amount_accepted"], None if share is None else 1 - share),
            (t("set aside"), source["n_rejected"], source["amount_set_aside"], share),
        ]
        said += [
            (t("set aside: {reason}", reason=reason["reason"]), reason["n"], None, None) for reason in source["reasons"]
        ]
        for what, n, amount, share_of_money in said:
            known = [n, n / source["n_read"] if source["n_read"] else None, amount, share_of_money]
            cells = ["" if value is None else repr(value) for value in known]
            rows.append([t(source["table"].replace("_", " ")), source["file"], what, *cells])
    return Sheet(t("Account of rows"), [*headings, t("share of the money")], kinds, rows)


def _columns(entries: list[dict]) -> Sheet:
    """Which column was taken for what, and what was said of the file."""
    headings = [t("table"), t("file"), t("column of the file"), t("taken for"), t("meaning")]
    rows = []
    for source in report.list_sources(entries):
        named = [t(source["table"].replace("_", " ")), source["file"]]
        rows += [[*named, column["theirs"], column["ours"], column["meaning"]] for column in source["columns"]]
        rows += [[*named, "", "", text] for text in source["said"]]
    return Sheet(t("Columns taken"), headings, ["text"] * len(headings), rows)
