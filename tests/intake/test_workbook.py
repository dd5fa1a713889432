"""Excel as people have it: types cell by cell, errors, sheets; and the same table in any kind of file."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time

import numpy as np
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crmlib import intake, language
from crmlib.intake import Undecided, sheet_errors
from crmlib.intake.sheets import as_text
from crmlib.tables import CUSTOMERS, TRANSACTIONS

HEADER = ("customer_id", "order_date", "amount")
GOOD = ("a1", date(2024, 1, 2), 5)


@pytest.fixture
def save(tmp_path):
    """Make a workbook: `save(rows)` or `save(Data=rows, Notes=...)` gives its path. A cell may be a function."""

    def save(rows=(), *, name="sales.xlsx", hidden=(), options=None, **sheets):
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm", **(options or {})}) as book:
            for title, content in (sheets or {"Orders": rows}).items():
                sheet = book.add_worksheet(title)
                for i, row in enumerate(content):
                    for j, cell in enumerate(row):
                        if callable(cell):
                            cell(sheet, i, j)
                        elif isinstance(cell, tuple):  # a number and how it is shown
                            sheet.write_number(i, j, cell[0], book.add_format({"num_format": cell[1]}))
                        else:
                            sheet.write(i, j, cell)
                if title in hidden:
                    sheet.hide()
        return path

    return save


def formula(text, result):
    return lambda sheet, i, j: sheet.write_formula(i, j, text, None, result)


def text(value):
    """Text, also where it looks like a number or a formula."""
    return lambda sheet, i, j: sheet.write_string(i, j, value)


def number(value, shown):
    """A number with a format, as the save below makes it."""
    return value, shown


@pytest.fixture
def read(save):
    """Make a workbook and read it: the transactions and the report."""

    def read(*rows, table=TRANSACTIONS, sheet=None, **options):
        return intake.read_table(save(rows, **options), table, sheet=sheet)

    return read


def set_aside(report):
    return list(report.rejected[["line", "column", "value", "reason"]].itertuples(index=False, name=None))


# --- cells ------------------------------------------------------------------------------------------------


def test_every_row_of_a_small_workbook(read):
    orders, report = read(
        ("Orders of 2024",),  # row 1, a title
        (),  # 2
        (*HEADER, "order_id", "quantity", "shelf"),  # 3
        ("007", date(2024, 6, 7), 12.5, "o1", 2, "A"),  # 4, accepted
        (
            8,
            datetime(2024, 6, 7, 18, 30, 17),
            text("12.50"),
            17,
            text("2"),
            "A",
        ),  # 5, accepted: ids as numbers, numbers as text
        (9, text("2024-06-08"), -2, None, None, None),  # 6, accepted
        (),  # 7, blank
        (10, "soon", 1),  # 8, no date
        (None, date(2024, 6, 9), 3),  # 9, nobody
        ("合计", None, 31),  # 10, adds the others up
    )
    assert orders["customer_id"].tolist() == ["007", "8", "9"]
    moments = ["2024-06-07", "2024-06-07 18:30:17", "2024-06-08"]
    assert orders["order_date"].tolist() == [pd.Timestamp(moment) for moment in moments]
    assert orders["amount"].tolist() == [12.5, 12.5, -2.0]
    assert orders["order_id"].tolist()[:2] == ["o1", "17"] and orders["quantity"].tolist()[:2] == [2.0, 2.0]
    assert orders.loc[2, ["order_id", "quantity"]].isna().all()
    assert (report.n_read, report.n_accepted, report.n_rejected) == (6, 3, 3)
    assert set_aside(report) == [
        (8, "order_date", "soon", "order_date is not a date"),
        (9, "customer_id", "", "customer_id is empty"),
        (
            10,
            "customer_id",
            "合计",
            "customer_id is the word for a total: the line adds others up (also: order_date is empty)",
        ),
    ]
    assert (report.sheet, report.encoding, report.delimiter) == ("Orders", None, None)
    assert report.notes[:3] == (
        "The names of the columns stand in line 3; what is above was passed over.",
        "Left out, not being columns of transactions: shelf.",
        "1 blank line passed over (the first: line 7).",
    )
    assert "`line` is the number of the row in the sheet." in report.notes
    assert str(report).startswith(
        "transactions from sales.xlsx (sheet Orders)\n  6 rows read = 3 accepted + 3 set aside\n"
    )


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (date(2024, 6, 7), "2024-06-07"),
        (datetime(2024, 6, 7, 0, 0), "2024-06-07"),
        (datetime(2024, 6, 7, 18, 30, 17), "2024-06-07 18:30:17"),
        (datetime(1900, 3, 1), "1900-03-01"),  # from here on Excel's days are those of the calendar
        (number(45450, 'yyyy"年"m"月"d"日"'), "2024-06-07"),
        (number(45450.75, "d/m/yy h:mm"), "2024-06-07 18:00"),
        (formula("=TODAY()", 45450), None),  # a number without the form of a date
        (formula('=TEXT(A1,"yyyy-mm-dd")', "2024-06-07"), "2024-06-07"),
        (text("2024/6/7"), "2024-06-07"),
    ],
)
def test_dates_are_those_the_sheet_shows(read, cell, value):
    orders, report = read(HEADER, GOOD, ("b", cell, 1))
    if value is None:
        reason = "order_date looks like a spreadsheet's count of days; write YYYY-MM-DD"
        assert set_aside(report) == [(3, "order_date", "45450", reason)]
    else:
        assert orders["order_date"].tolist() == [pd.Timestamp("2024-01-02"), pd.Timestamp(value)]


@pytest.mark.parametrize("cell", [time(8, 5), True, number(-5, "yyyy-mm-dd"), number(1.5, "[h]:mm:ss"), 12.5])
def test_what_is_no_day_is_set_aside(read, cell):
    orders, report = read(HEADER, GOOD, ("b", cell, 1))
    assert len(orders) == 1 and report.rejected["column"].tolist() == ["order_date"]


def test_days_of_the_1904_system_are_those_days(read):
    # Excel for Mac counted from 1904: the same day is a number smaller by 1,462.
    orders, _ = read(
        HEADER, ("a", date(2024, 6, 7), 1), ("b", datetime(2024, 6, 7, 18, 30), 2), options={"date_1904": True}
    )
    assert orders["order_date"].tolist() == [pd.Timestamp("2024-06-07"), pd.Timestamp("2024-06-07 18:30")]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (5, 5.0),
        (0.1 + 0.2, 0.3),  # as the sheet shows it; the file says 0.30000000000000004
        (19.99, 19.99),
        (1e-7, 1e-7),
        (1234567.89, 1234567.89),
        (number(0.125, "0.0%"), 0.125),
        (number(1234.5, "#,##0.00 [$€-407]"), 1234.5),
        (formula("=B2*2", 2.5), 2.5),
        (formula('="1"&"2"', "12"), 12.0),
        (text("5"), 5.0),
        (text(" ¥1,234.50 "), 1234.5),
        (text("(3.00)"), -3.0),
    ],
)
def test_amounts_are_the_numbers_of_the_sheet(read, cell, value):
    orders, report = read(HEADER, GOOD, ("b", date(2024, 1, 2), cell))
    assert orders["amount"].tolist() == [5.0, value] and report.n_rejected == 0


@pytest.mark.parametrize("cell", [True, False, date(2024, 10, 3), time(8, 5), 1e14, "five"])
def test_what_is_no_amount_is_set_aside(read, cell):
    # 3.10 typed where the 3rd of October is meant becomes a date; a date is no amount.
    orders, report = read(HEADER, GOOD, ("b", date(2024, 1, 2), cell))
    assert len(orders) == 1 and report.rejected["column"].tolist() == ["amount"]


def test_a_number_beside_text_is_itself_whatever_the_text_means(read):
    # Where text has decimals after a comma, 1.234 as a number is still 1.234, not 1234.
    orders, report = read(
        HEADER,
        ("a", date(2024, 1, 2), 1.234),
        ("b", date(2024, 1, 2), text("1.234,50")),
        ("c", date(2024, 1, 2), text("2,5")),
    )
    assert orders["amount"].tolist() == [1.234, 1234.5, 2.5]
    assert "amount: decimals follow a comma." in report.notes


def test_numbers_and_dates_are_what_they_are_whatever_is_said_of_text(save):
    path = save([HEADER, ("a", date(2024, 3, 4), 1.234)])
    orders, _ = intake.read_transactions(path, decimal=",", dates="day first")
    assert orders.loc[0, ["order_date", "amount"]].tolist() == [pd.Timestamp("2024-03-04"), 1.234]


def test_text_that_may_be_two_things_is_asked_though_numbers_stand_beside_it(read):
    with pytest.raises(Undecided, match="amount: 1,250 may be 1.25 or 1250"):
        read(HEADER, GOOD, ("b", date(2024, 1, 2), text("1,250")))


def test_typed_dates_do_not_say_what_text_beside_them_means(read):
    with pytest.raises(Undecided, match="order_date: 03/04/2024 may be 2024-04-03 or 2024-03-04"):
        read(HEADER, GOOD, ("b", text("03/04/2024"), 1))


def test_truth_values_and_days_of_customers(save):
    path = save(
        [
            ("customer_id", "birth_date", "city"),
            (1, datetime(1980, 5, 4, 10, 30), "Ulm"),
            (2, None, True),
            (3, text("1981-01-01"), 5),
        ]
    )
    customers, report = intake.read_table(path, CUSTOMERS)
    assert customers["birth_date"].tolist() == [pd.Timestamp("1980-05-04"), pd.NaT, pd.Timestamp("1981-01-01")]
    assert customers["city"].tolist() == ["Ulm", "true", "5"]
    assert "birth_date: 1 cell with a time of day; the day was kept." in report.notes


@given(
    values=st.lists(
        st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9).map(lambda x: round(x, 2)), st.booleans()),
        max_size=30,
    )
)
def test_text_of_a_number_is_that_number(values):
    for value in values:
        if isinstance(value, bool):
            assert as_text(value) == str(value).lower()
        else:
            assert float(as_text(float(value))) == value and "e" not in as_text(float(value))


# --- digits that Excel has lost -----------------------------------------------------------------------------


def test_long_numbers_are_no_customers_for_their_digits_are_lost(read):
    # Excel keeps fifteen digits: ...456 and ...457 are both ...450 to it, and two customers one.
    orders, report = read(
        HEADER,
        (123456789012345, date(2024, 1, 2), 1),  # fifteen: exact
        (1234567890123450, date(2024, 1, 2), 2),
        (1234567890123456, date(2024, 1, 2), 4),  # written by a program that keeps more: nobody can tell
        (text("1234567890123456"), date(2024, 1, 2), 8),  # as text: exact
        (text("1.23457E+15"), date(2024, 1, 2), 16),
    )
    assert orders["customer_id"].tolist() == ["123456789012345", "1234567890123456"]
    assert report.rejected["line"].tolist() == [3, 4, 6]
    assert set(report.rejected["reason"]) == {
        "customer_id is a long number shortened by a spreadsheet, which lost its last digits; export it again as text"
    }


@pytest.mark.parametrize("column", ["customer_id", "order_id"])
def test_a_file_whose_numbers_are_all_lost_is_refused_with_a_word(read, column):
    rows = [(1.2345678901234e17 + 1000 * i, date(2024, 1, 2), 1) for i in range(12)]
    header = HEADER if column == "customer_id" else ("order_id", "order_date", "amount", "customer_id")
    rows = rows if column == "customer_id" else [(*row, "a") for row in rows]
    with pytest.raises(
        ValueError, match=f"{column} is a long number shortened|it is a long number shortened by a spreadsheet"
    ):
        read(header, *rows)


def test_a_csv_that_excel_shortened_is_told_too(tmp_path):
    path = tmp_path / "sales.csv"
    path.write_text(
        "customer_id,order_date,amount,product_id\n1.23457E+17,2024-01-02,1,p\nA1E+1,2024-01-02,2,6.90123E+12\n7E3,2024-01-02,2,p\n"
    )
    orders, report = intake.read_transactions(path)
    assert orders["customer_id"].tolist() == ["A1E+1", "7E3"]  # these look like it and are not
    assert orders["product_id"].tolist() == ["6.90123E+12", "p"]
    sentence = (
        "product_id: 1 cell with a long number shortened by a spreadsheet, such as 1.23E+17, kept though its last"
        " digits are lost."
    )
    assert sentence in report.notes


# --- errors and formulas ------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", ["#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"])
@pytest.mark.parametrize("column", ["customer_id", "amount", "cost", "category"])
def test_a_cell_with_an_error_is_set_aside_and_called_one(read, error, column):
    header = (*HEADER, "cost", "category")
    bad = [
        formula("=1/0", error) if name == column else value
        for name, value in zip(header, (*GOOD, 1, "tea"), strict=True)
    ]
    orders, report = read(header, (*GOOD, 1, "tea"), bad)
    assert len(orders) == 1
    assert set_aside(report) == [(3, column, error, f"{column} is an error of the spreadsheet, no value")]


def test_a_search_that_found_nothing_is_an_empty_cell_with_a_word(read):
    orders, report = read(
        (*HEADER, "category"), (*GOOD, "tea"), (*GOOD, formula("=NA()", "#N/A")), (*GOOD, text("#N/A"))
    )
    assert orders["category"].isna().tolist() == [False, True, True]
    assert "category: 2 cells with a word for nothing, such as NULL or N/A, read as empty." in report.notes


def test_an_error_in_a_row_with_nothing_else_is_no_blank_row(read):
    _, report = read(HEADER, GOOD, (None, None, formula("=1/0", "#DIV/0!")))
    assert (report.n_read, report.n_rejected) == (2, 1)


def test_errors_in_a_column_left_out_do_no_harm(read):
    orders, report = read((*HEADER, "x"), (*GOOD, formula("=1/0", "#DIV/0!")))
    assert len(orders) == 1 and report.n_rejected == 0


def unresolve(path):
    """As programs write a workbook that no spreadsheet has opened: formulas without results."""
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    content[name] = (
        content[name]
        .replace(b"</f><v>0</v></c>", b"</f><v></v></c>")
        .replace(b"</f><v>EMPTY</v></c>", b"</f><v></v></c>")
    )
    with zipfile.ZipFile(path, "w") as archive:
        for member, data in content.items():
            archive.writestr(member, data)


def test_formulas_without_a_result_are_told(save):
    above = (formula("=1", 0), None, formula("=1", 0))
    path = save(
        [
            above,
            (*HEADER, "cost", "x"),
            (*GOOD, formula("=C2/2", 0), 1),
            (*GOOD, 1, formula("=C2/2", 0)),
            (*GOOD, formula('=""', "EMPTY"), 1),
        ]
    )
    unresolve(path)
    orders, report = intake.read_transactions(path)
    assert orders["cost"].isna().tolist() == [True, False, True]
    # Row 1 is above the names, row 4 has one in a column that is not read, row 5 one whose result is an empty text.
    sentence = (
        "1 cell with a formula but no result, read as empty (the first: row 3); open the workbook in the program it"
        " comes from and save it again."
    )
    assert [note for note in report.notes if "formula" in note] == [sentence]


def test_a_formula_without_a_result_is_no_empty_cell(save):
    rows = [(*GOOD,), ("b", date(2024, 1, 3), formula("=C2", 0)), *[()] * 2, (None, None, formula("=C2", 0)), (*GOOD,)]
    path = save([HEADER, *rows, (*GOOD,)])
    unresolve(path)
    orders, report = intake.read_transactions(path)
    assert len(orders) == 3
    # Row 6 holds nothing else, and is a row all the same.
    assert report.rejected[["line", "reason"]].to_numpy().tolist()[0] == [
        3,
        "amount is a formula that nobody has worked out",
    ]
    assert report.rejected["line"].tolist() == [3, 6]


@pytest.mark.parametrize("n", [1, 12])
def test_a_needed_column_of_formulas_without_results_is_refused_as_what_it_is(save, n):
    path = save([HEADER, *[("a", date(2024, 1, 2), formula("=1+1", 0))] * n])
    unresolve(path)
    with pytest.raises(ValueError, match=f"of the {n} cells of 'amount' {n} have none.*open it in a spreadsheet"):
        intake.read_transactions(path)


def test_a_sheet_of_nothing_but_formulas_without_results_is_not_called_empty(save):
    path = save([[formula("=Data!A1", 0)] * 3] * 4)
    unresolve(path)
    with pytest.raises(ValueError, match="it holds 12 formulas that nobody has worked out and no value"):
        intake.read_transactions(path)
    path = save([[formula("=Data!A1", 0), "order_date", "amount"], GOOD])
    unresolve(path)
    with pytest.raises(ValueError, match="those with the names of its columns have none"):
        intake.read_transactions(path)


def test_rows_that_do_not_show_are_read_and_doubted(save):
    def hide(sheet, i, j):
        sheet.write(i, j, "b")
        sheet.set_row(i, None, None, {"hidden": True})

    path = save([HEADER, GOOD, (hide, date(2024, 1, 2), 7), GOOD, (hide, date(2024, 1, 3), 8)])
    orders, report = intake.read_transactions(path)
    assert orders["amount"].sum() == 25
    (doubt,) = report.doubts
    assert doubt.startswith("Read though the sheet does not show them: 2 rows (hidden")
    assert "the first: row 3" in doubt


def test_errors_are_found_where_they_are(save, monkeypatch):
    sheet = [("<v>#REF!</v>", text('t="e"'), 1), (formula("=1/0", "#DIV/0!"), None, formula("=1", 1)), ()]
    sheet += [(None,) * 26 + (formula("=A1", "#REF!"), 5)]  # the 27th column is AA
    path = save(Other=[(formula("=1", "#NUM!"),)], Data=sheet)
    wanted = {(1, 0): "#DIV/0!", (3, 26): "#REF!"}
    assert sheet_errors.find_errors(path, "Data") == (wanted, [], [], [])
    for size in range(1, 60):  # wherever a block ends
        monkeypatch.setattr(sheet_errors, "BLOCK", size)
        assert sheet_errors.find_errors(path, "Data") == (wanted, [], [], [])
    assert sheet_errors.find_errors(path, "Other") == ({(0, 0): "#NUM!"}, [], [], [])
    assert sheet_errors.find_errors(path, "None") == ({}, [], [], [])


def test_text_that_looks_like_an_error_in_the_xml_is_none(save):
    path = save([(text('t="e"'), text("</f></c>"))], options={"constant_memory": True})  # text in the sheet itself
    assert sheet_errors.find_errors(path, "Orders") == ({}, [], [], [])


def test_what_is_no_xlsx_has_no_errors_to_find(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0 something old")
    assert sheet_errors.find_errors(path, "Data") == ({}, [], [], [])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    assert sheet_errors.find_errors(path, "Data") == ({}, [], [], [])


# --- rows and columns ---------------------------------------------------------------------------------------


def test_blank_rows_and_columns_far_out_are_no_part_of_the_table(save):
    wide = [(None,) * 3000 + (" ",), (None, *HEADER, *(None,) * 2996, "")]
    rows = [(None, *GOOD), (), (" ", None), (None, *GOOD), *[()] * 500, (None,) * 2000 + ("",)]
    orders, report = intake.read_transactions(save([*wide, *rows]))
    assert len(orders) == 2 and report.n_read == 2
    assert report.notes[0] == "The names of the columns stand in line 2; what is above was passed over."
    assert "2 blank lines passed over (the first: line 4)." in report.notes
    assert "Left out, not being columns of transactions: column 1." in report.notes


def test_a_column_without_a_name_that_holds_something_is_named_by_its_place(read):
    _, report = read((*HEADER, None, None), (*GOOD, None, "x"))
    assert "Left out, not being columns of transactions: column 4, column 5." in report.notes


def test_the_line_is_the_row_of_the_sheet(read):
    _, report = read((), (), HEADER, GOOD, (), ("b", "?", 1), (), (), ("c", "?", 1))
    assert report.rejected["line"].tolist() == [6, 9]


def test_repeated_rows_are_counted_with_all_columns(read):
    _, report = read((*HEADER, "till"), (*GOOD, 1), (*GOOD, 2), (*GOOD, 1))
    assert "1 row repeating another exactly, 5.00 in all, kept (the first: row 4)." in report.notes


@pytest.mark.parametrize("sheets", [{"A": [], "B": []}, {"A": [(" ",)]}])
def test_a_workbook_with_nothing_in_it_is_refused(save, sheets):
    with pytest.raises(ValueError, match=r"sales.xlsx must hold a header line and rows; its sheets? .*(is|are) empty"):
        intake.read_transactions(save(**sheets))


def test_a_header_alone_is_refused(read):
    with pytest.raises(ValueError, match="it holds a header and no rows"):
        read(HEADER)


# --- sheets -------------------------------------------------------------------------------------------------


def test_the_sheet_with_the_names_we_know_is_taken(save):
    path = save(
        Cover=[("Sales of 2024",), ("by Ann",)], Kunden=[("Kunde", "Ort"), ("a", "Ulm")], Data=[HEADER, GOOD], Empty=[]
    )
    orders, report = intake.read_transactions(path)
    assert report.sheet == "Data" and len(orders) == 1


def test_sheets_that_are_alike_are_asked_and_the_answer_is_taken(save):
    path = save(**{"2023": [HEADER, GOOD], "2024": [HEADER, GOOD, GOOD]})
    with pytest.raises(
        Undecided,
        match=r'has 2 sheets that may be meant.*sheet = \["2023", "2024"\] .all of them as one table, 3 rows. or'
        ' "2023" .1 rows. or "2024" .2 rows.',
    ) as asked:
        intake.read_transactions(path)
    (question,) = asked.value.questions
    assert (question.table, question.section, question.key) == ("transactions", "file", "sheet")
    for choice, n in zip(question.choices[1:], (1, 2), strict=True):
        orders, report = intake.read_transactions(path, sheet=choice.value)
        assert len(orders) == n and report.sheet == choice.value


def test_hidden_sheets_are_not_taken_unless_named(save):
    path = save(New=[HEADER, GOOD], Old=[HEADER, GOOD, GOOD], hidden=("Old",))
    assert intake.read_transactions(path)[1].sheet == "New"
    assert len(intake.read_transactions(path, sheet="Old")[0]) == 2


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(save):
    with pytest.raises(ValueError, match=r"sheet must be one of \['Data', '订单'\]; sales.xlsx has no 'data'"):
        intake.read_transactions(save(Data=[HEADER, GOOD], 订单=[HEADER, GOOD]), sheet="data")


def test_a_sheet_is_for_workbooks(tmp_path):
    path = tmp_path / "sales.csv"
    path.write_text("customer_id,order_date,amount\na,2024-01-02,1\n")
    with pytest.raises(ValueError, match="sheet is for workbooks; sales.csv is none"):
        intake.read_transactions(path, sheet="Data")
    with pytest.raises(ValueError, match="encoding is for text files"):
        path = tmp_path / "sales.xlsx"
        with xlsxwriter.Workbook(path) as book:
            book.add_worksheet()
        intake.read_transactions(path, encoding="utf-8")


def test_a_sheet_of_a_chart_is_passed_over(tmp_path):
    path = tmp_path / "sales.xlsx"
    with xlsxwriter.Workbook(path) as book:
        chart = book.add_chart({"type": "line"})
        book.add_chartsheet("Chart").set_chart(chart)
        sheet = book.add_worksheet("Data")
        for i, row in enumerate((HEADER, ("a1", "2024-01-02", 5))):
            sheet.write_row(i, 0, row)
        chart.add_series({"values": "=Data!$C$2:$C$2"})
    assert len(intake.read_transactions(path)[0]) == 1


@pytest.mark.parametrize("content", [b"PK\x03\x04 and no more", b"\xd0\xcf\x11\xe0 and no more"])
def test_a_broken_workbook_is_a_sentence(tmp_path, content):
    path = tmp_path / "sales.xlsx"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="sales.xlsx must be a whole workbook; it cannot be read"):
        intake.read_transactions(path)


def test_notes_are_said_in_chinese(save):
    language.use("zh")
    path = save(
        [
            (*HEADER, "cost"),
            (*GOOD, formula("=C2/2", 0)),
            (1e17, date(2024, 1, 2), 1, 1),
            (*GOOD, formula("=1/0", "#DIV/0!")),
        ]
    )
    unresolve(path)
    said = str(intake.read_transactions(path)[1])
    assert "工作表" in said and "spreadsheet" not in said and "formula" not in said


# --- the same table in other files --------------------------------------------------------------------------

names = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=8)
rows = st.lists(
    st.tuples(
        names.map(str.strip).filter(lambda text: text and text.casefold() not in intake.cells.MISSING),
        st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
        st.integers(-(10**8), 10**8).map(lambda cents: cents / 100),
        st.one_of(st.none(), st.integers(0, 99)),
    ),
    min_size=1,
    max_size=20,
)


@settings(max_examples=30, deadline=None)
@example(rows=[("007", datetime(2024, 6, 7), 0.1, None), ("=1+1", datetime(2024, 6, 7, 23, 59, 59), -0.07, 3)])
@given(rows=rows)
def test_csv_excel_and_parquet_of_the_same_table_are_equal(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("same")
    frame = pd.DataFrame(rows, columns=["customer_id", "order_date", "amount", "quantity"])
    frame["order_date"] = frame["order_date"].astype("datetime64[us]")
    frame["quantity"] = frame["quantity"].astype("float64")
    frame.to_csv(folder / "a.csv", index=False)
    frame.to_parquet(folder / "a.parquet")
    with xlsxwriter.Workbook(folder / "a.xlsx", {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, moment = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.write_row(0, 0, frame.columns)
        for i, (who, when, amount, quantity) in enumerate(rows, 1):
            sheet.write_string(i, 0, who)
            sheet.write_datetime(i, 1, when, moment)
            sheet.write(i, 2, amount)
            sheet.write(i, 3, quantity)
    try:
        tables = [intake.read_transactions(folder / f"a.{kind}")[0] for kind in ("csv", "xlsx", "parquet")]
    except ValueError:  # all of the made-up customers are words for a total
        for kind in ("csv", "xlsx", "parquet"):
            with pytest.raises(ValueError, match="must hold at least one row"):
                intake.read_transactions(folder / f"a.{kind}")
        return
    pd.testing.assert_frame_equal(tables[0], tables[1])
    pd.testing.assert_frame_equal(tables[0], tables[2])
    assert np.isclose(
        tables[0]["amount"].sum(), frame["amount"][frame["customer_id"].isin(tables[0]["customer_id"])].sum()
    )
