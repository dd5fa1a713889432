"""OpenDocument: merged cells, hidden rows and formulas without results, wherever rows and cells are repeated."""

from __future__ import annotations

import zipfile

import pytest

from crmlib import intake
from crmlib.intake import open_document

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"


def text(value, attributes=""):
    return f'<table:table-cell office:value-type="string"{attributes}><text:p>{value}</text:p></table:table-cell>'


def number(value, attributes=""):
    kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}{attributes}><text:p>{value}</text:p></table:table-cell>"


def row(*cells, attributes=""):
    return f"<table:table-row{attributes}>{''.join(cells)}</table:table-row>"


HEADER = row(*map(text, ("customer_id", "order_date", "amount")))
COVERED = "<table:covered-table-cell/>"
UNSOLVED = '<table:table-cell table:formula="of:=[.A1]*2"/>'


@pytest.fixture
def save(tmp_path):
    def save(*rows, before=""):
        path = tmp_path / "sales.ods"
        sheet = f'<table:table table:name="Orders">{"".join(rows)}</table:table>'
        content = f"<office:document-content {SPACES}><office:body><office:spreadsheet>{before}{sheet}"
        content += "</office:spreadsheet></office:body></office:document-content>"
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", KIND)
            archive.writestr("content.xml", content)
            archive.writestr("META-INF/manifest.xml", manifest)
        return path

    return save


def test_a_merged_cell_holds_its_value_in_each_of_its_rows(save):
    merged = ' table:number-rows-spanned="3" table:number-columns-spanned="1"'
    rows = [row(text("Orders of 2024", ' table:number-columns-spanned="3"'), COVERED * 2), row(), HEADER]
    rows += [row(text("C1", merged), text("2024-01-02"), number(10))]
    rows += [row(COVERED, text(f"2024-01-0{n}"), number(10 * n)) for n in (3, 4)]
    rows += [row(text("C2"), text("2024-01-05"), number(50))]
    orders, report = intake.read_transactions(save(*rows))
    assert orders["customer_id"].tolist() == ["C1", "C1", "C1", "C2"]
    assert "2 cells merged with the one above, read with its value: customer_id." in report.notes


def test_formulas_without_results_are_not_called_empty(save):
    rows = [row(text("C1"), text("2024-01-02"), UNSOLVED) for _ in range(3)]
    with pytest.raises(ValueError, match="of the 3 cells of 'amount' 3 have none"):
        intake.read_transactions(save(HEADER, *rows))


@pytest.mark.parametrize("how", ["collapse", "filter"])
def test_rows_that_do_not_show_are_doubted(save, how):
    rows = [row(text("C1"), text("2024-01-02"), number(1)), row(text("C2"), text("2024-01-02"), number(2))]
    hidden = row(
        text("C3"),
        text("2024-01-03"),
        number(4),
        attributes=f' table:visibility="{how}" table:number-rows-repeated="2"',
    )
    orders, report = intake.read_transactions(save(HEADER, rows[0], hidden, rows[1]))
    assert orders["amount"].sum() == 11
    assert report.doubts[0].startswith("Read though the sheet does not show them: 2 rows")
    assert "the first: row 3" in report.doubts[0]


def test_places_count_what_is_repeated_and_only_in_their_sheet(save):
    other = f'<table:table table:name="Other">{row(UNSOLVED)}</table:table>'
    gap = row('<table:table-cell table:number-columns-repeated="4"/>', attributes=' table:number-rows-repeated="7"')
    wide = row('<table:table-cell table:number-columns-repeated="5"/>', UNSOLVED)
    path = save(HEADER, gap, f"<table:table-row-group>{wide}</table:table-row-group>", before=other)
    with zipfile.ZipFile(path) as archive:
        assert open_document.look(archive, "Orders") == ([], [(8, 5)], [])
        assert open_document.look(archive, "Other") == ([], [(0, 0)], [])


def test_the_words_are_found_wherever_a_block_ends(save, monkeypatch):
    plain = save(HEADER, row(text("C1", ' table:number-rows-spanned="1"')))
    with zipfile.ZipFile(plain) as archive:
        assert not open_document._is_worth_a_look(archive)
    path = save(HEADER, row(text("C1", ' table:number-rows-spanned="2"')), row(COVERED))
    with zipfile.ZipFile(path) as archive:
        for size in range(30, 90):
            monkeypatch.setattr(open_document, "BLOCK", size)
            assert open_document._is_worth_a_look(archive)
