"""The messy files that no editor can keep: workbooks, archives, other encodings, control characters, folders.

    python tests/messy/make.py FOLDER

writes them into FOLDER, the same bytes every time (but for the compression of this Python). Each function here
makes the file, or the folder, of its name: `title_rows_xlsx` makes title-rows.xlsx.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import sqlite3
import struct
import sys
import zipfile
import zlib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

HEADER = "customer_id,order_date,amount"
ROWS = (("C1", "2024-01-02", "10.00"), ("C2", "2024-01-03", "20.00"), ("C3", "2024-01-04", "30.00"))
ORDERS = "".join(f"{','.join(row)}\n" for row in ((HEADER,), *ROWS))  # 60.00 in all
CHINESE = "客户编号,下单时间,实付金额,品类\n甲,2024-01-02,10.00,茶\n乙,2024年1月3日,20.00,杯\n"  # 30.00 in all


# --- bytes that are no table ----------------------------------------------------------------------


def junk_csv() -> bytes:
    return random.Random(7).randbytes(3_000)


def picture_csv() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )


def paper_csv() -> bytes:
    return b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def page_xls() -> bytes:
    """What many shops' "Excel" button sends: a web page."""
    return b"<html><table><tr><td>customer_id</td></tr><tr><td>C1</td></tr></table></html>"


def nul_csv() -> bytes:
    return ORDERS.replace("C2", "C\0").encode()


def pack(files: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return content.getvalue()


def archive_csv() -> bytes:
    return pack({"orders.csv": ORDERS, "__MACOSX/._orders.csv": "x"})


def two_files_zip() -> bytes:
    return pack({"orders.csv": ORDERS, "customers.csv": "customer_id,name\nC1,Li\n", "readme.txt": "Two tables."})


def orders_csv_bz2() -> bytes:
    return bz2.compress(ORDERS.encode())


def orders_csv_xz() -> bytes:
    return lzma.compress(ORDERS.encode())


# --- cut off --------------------------------------------------------------------------------------


def whole_csv_gz() -> bytes:
    return gzip.compress(ORDERS.encode(), mtime=0)


def cut_off_csv_gz() -> bytes:
    return gzip.compress(many_orders().encode(), mtime=0)[:-40]


def many_orders() -> str:
    return HEADER + "\n" + "".join(f"C{i % 37:02},2024-{1 + i % 12:02}-15,{i}.00\n" for i in range(200))


def cut_off_xlsx() -> bytes:
    return workbook(lambda book: put(book.add_worksheet(), [HEADER.split(","), *ROWS]))[:-200]


def cut_off_in_a_line_csv() -> bytes:
    """The last amount was 30.00."""
    return ORDERS.encode()[:-5]


# --- encodings ------------------------------------------------------------------------------------


def gb18030_csv() -> bytes:
    return CHINESE.encode("gb18030")


def utf_16_csv() -> bytes:
    return b"\xff\xfe" + CHINESE.replace(",", "\t").encode("utf-16-le")


def utf_16_without_mark_csv() -> bytes:
    return CHINESE.encode("utf-16-le")


def put_in_cells(*words: str) -> str:
    """Names of columns in plain ASCII, and other words in the cells: 12 customers, 780.00 in all."""
    rows = (f"C{i:02},2024-01-{i:02},{10 * i}.00,{words[i % len(words)]}\n" for i in range(1, 13))
    return f"{HEADER},city\n" + "".join(rows)


def big5_csv() -> bytes:
    return "會員編號,訂單日期,實付金額,類別\n王小明,2024-01-02,10.00,電子\n李小姐,2024-01-03,20.00,食品\n".encode(
        "big5"
    )


def big5_in_cells_csv() -> bytes:
    return put_in_cells("台北市", "高雄市", "桃園市", "新竹縣").encode("big5")


def shift_jis_csv() -> bytes:
    return "顧客番号,注文日,売上金額,商品\n田中,2024-01-02,10.00,お茶\n鈴木,2024-01-03,20.00,コップ\n".encode(
        "shift_jis"
    )


def gb18030_in_cells_csv() -> bytes:
    return put_in_cells("男", "女").encode("gb18030")


def either_encoding_csv() -> bytes:
    return put_in_cells("彐彖").encode("gb18030")


def mark_and_semicolon_csv() -> bytes:
    return (
        "\ufeffKundennummer;Bestelldatum;Betrag;Kanal\r\nK1;02.01.2024;10,50;Büro\r\n".encode()
        + "K2;03.01.2024;20,00;Straße\r\n".encode()
    )


def cp1252_csv() -> bytes:
    return "customer_id,order_date,amount,city\nMüller,2024-01-02,10.00,Köln\nStröhl,2024-01-03,20.00,Düren\n".encode(
        "cp1252"
    )


def two_encodings_csv() -> bytes:
    """Two months put into one file, the first saved as UTF-8, the second as GB18030."""
    return CHINESE.encode() + "丙,2024-01-04,30.00,茶叶\n丁,2024-01-05,40.00,茶杯\n".encode("gb18030")


def marks_inside_csv() -> bytes:
    """Two files, one behind the other, each with its mark and its names."""
    return ("\ufeff" + ORDERS).encode() * 2


def old_mac_csv() -> bytes:
    return ORDERS.replace("\n", "\r").encode()


def windows_csv() -> bytes:
    return ORDERS.replace("\n", "\r\n").encode()


# --- characters that do something -----------------------------------------------------------------


def terminal_escapes_csv() -> bytes:
    """A title that would clear the screen, a number that would color it, a bell, a word that runs backwards."""
    return (
        "\x1b[2J\x1b[1;31mcustomer_id,order_date,amount,\x1b]0;owned\x07shelf\n"
        "\x1b[31mC1,2024-01-02,10.00,\x07\nC2,2024-01-03,2\u202e0.00,\u202etxt.exe\nC3,20\x1b[24-01-04,30.00,\x9b2J\n"
    ).encode()


def terminal_escapes_in_names_csv() -> bytes:
    """No column is known, so names and examples are shown in a question."""
    return "\x1b[2Jwer,\u202ewann,wie\x07viel\n\x1b[31mC1,2024-01-02,10.00\n\x1b[31mC2,2024-01-03,20.00\n".encode()


def unseen_characters_csv() -> bytes:
    """C1 written in five ways that look alike."""
    ids = ("C1", "C1\u200b", "\ufeffC1", "Ｃ1", "C1\u00a0", " C1", "C\u00ad1")
    return (HEADER + "\n" + "".join(f"{name},2024-01-02,{10 + i}.00\n" for i, name in enumerate(ids))).encode()


def alipay_csv() -> bytes:
    """As a wallet exports it: GB18030, titles above, cells filled up with tabs, remarks below."""
    lines = """\
----------------------------------------------------------------------------------
导出信息：
起始时间：[2024-01-01 00:00:00]    终止时间：[2024-01-31 23:59:59]
共4笔记录
------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------
交易号\t,商家订单号\t,交易创建时间\t,付款时间\t,买家id\t,金额（元）\t,收/支\t,交易状态\t,备注\t,
2024010222001\t,T1\t,2024-01-02 10:00:00\t,2024-01-02 10:00:05\t,2088001\t,10.00\t,收入\t,交易成功\t,\t,
2024010322001\t,T2\t,2024-01-03 10:00:00\t,2024-01-03 10:00:05\t,2088002\t,20.00\t,收入\t,交易成功\t,\t,
2024010422001\t,T3\t,2024-01-04 10:00:00\t,2024-01-04 10:00:05\t,2088002\t,5.00\t,支出\t,退款成功\t,\t,
2024010522001\t,T4\t,2024-01-05 10:00:00\t,\t,2088003\t,40.00\t,\t,交易关闭\t,\t,
------------------------------------------------------------------------------------
导出时间：[2024-02-01 09:00:00]    用户：***
""".replace("\n", "\r\n")
    return lines.encode("gb18030")


# --- Parquet --------------------------------------------------------------------------------------


def parquet(**columns) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    content = io.BytesIO()
    pq.write_table(pa.table(columns), content)
    return content.getvalue()


def typed_parquet() -> bytes:
    """What a warehouse writes: numbers of customers as integers, money as decimals, a day missing."""
    days = [date(2024, 1, 2), date(2024, 1, 3), None]
    return parquet(
        customer_id=[1001, 1002, 1002], order_date=days, amount=[Decimal("10.10"), Decimal("20.20"), Decimal("30.30")]
    )


def cut_off_parquet() -> bytes:
    return typed_parquet()[:-40]


def text_parquet() -> bytes:
    """A CSV named .parquet."""
    return ORDERS.encode()


# --- workbooks ------------------------------------------------------------------------------------


def workbook(fill, **options) -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **options}) as book:
        book.set_properties({"created": datetime(2024, 1, 1)})
        fill(book)
    return content.getvalue()


def put(sheet, rows, *, first: int = 0) -> None:
    for number, row in enumerate(rows, first):
        for place, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, place, cell)


def typed_xlsx() -> bytes:
    """Numbers are numbers, dates are serial numbers shown as dates, and an id is a number."""

    def fill(book):
        sheet, day = book.add_worksheet("Orders"), book.add_format({"num_format": "yyyy-mm-dd"})
        put(sheet, [HEADER.split(","), (1001, None, 0.1 + 0.2), (1002, None, 20), (1003, None, 29.7)])
        for row in (1, 2, 3):
            sheet.write_datetime(row, 1, datetime(2024, 1, row + 1), day)

    return workbook(fill)


def from_1904_xlsx() -> bytes:
    """As old Macs count days."""

    def fill(book):
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        put(sheet, [HEADER.split(","), ("C1", None, 10), ("C2", None, 20)])
        sheet.write_datetime(1, 1, datetime(2024, 1, 2), day)
        sheet.write_datetime(2, 1, datetime(2024, 1, 3), day)

    return workbook(fill, date_1904=True)


def title_rows_xlsx() -> bytes:
    """A merged title, a period, numbers as text, a gap, and a line that adds up."""

    def fill(book):
        sheet = book.add_worksheet("销售")
        sheet.merge_range(0, 0, 0, 3, "二〇二四年一月销售明细", book.add_format({"align": "center"}))
        sheet.write(1, 0, "2024-01-01 至 2024-01-31")
        put(
            sheet,
            [
                ("会员编号", "消费日期", "消费金额", "备注"),
                ("007", "2024/1/2", "¥1,010.00", None),
                ("008", "2024年1月3日", "20.00", "退换"),
            ],
            first=3,
        )
        put(sheet, [("009", "2024-01-04", 30, None), ("合计", None, 1060.0, None)], first=6)

    return workbook(fill)


def merged_customers_xlsx() -> bytes:
    """The number of the customer stands once for several lines, in a merged cell."""

    def fill(book):
        sheet = book.add_worksheet()
        put(sheet, [HEADER.split(","), (None, "2024-01-02", 10), (None, "2024-01-03", 20), ("C2", "2024-01-04", 30)])
        sheet.merge_range(1, 0, 2, 0, "C1")

    return workbook(fill)


def merged_totals_xlsx() -> bytes:
    """The total of an order is merged over its lines."""

    def fill(book):
        sheet = book.add_worksheet()
        lines = [("C1", "2024-01-02", None), ("C1", "2024-01-02", None), ("C2", "2024-01-04", 30)]
        put(sheet, [HEADER.split(","), *lines])
        sheet.merge_range(1, 2, 2, 2, 30)

    return workbook(fill)


def formulas_xlsx() -> bytes:
    """As programs write a workbook that no spreadsheet has opened."""

    def fill(book):
        sheet = book.add_worksheet()
        put(sheet, [HEADER.split(","), *[(a, b) for a, b, _ in ROWS]])
        for row in (1, 2, 3):
            sheet.write_formula(row, 2, "=10+20", None, "")

    return workbook(fill)


def only_formulas_xlsx() -> bytes:
    """A sheet that fetches all its cells from another workbook."""

    def fill(book):
        sheet = book.add_worksheet()
        for row in range(4):
            for place in range(3):
                sheet.write_formula(row, place, "=[1]Data!A1", None, "")

    return workbook(fill)


def hidden_rows_xlsx() -> bytes:
    """A filter hides an order."""

    def fill(book):
        sheet = book.add_worksheet()
        put(sheet, [HEADER.split(","), *[(a, b, float(c)) for a, b, c in ROWS]])
        sheet.autofilter(0, 0, 3, 2)
        sheet.filter_column(0, "x != C2")
        sheet.set_row(2, None, None, {"hidden": True})

    return workbook(fill)


def two_sheets_xlsx() -> bytes:
    def fill(book):
        put(book.add_worksheet("2023"), [HEADER.split(","), ("C1", "2023-01-02", 1), ("C2", "2023-01-03", 2)])
        put(book.add_worksheet("2024"), [HEADER.split(","), *[(a, b, float(c)) for a, b, c in ROWS]])
        book.add_worksheet("empty")

    return workbook(fill)


def unlike_sheets_xlsx() -> bytes:
    """The second sheet has one column more that is known; both hold orders."""

    def fill(book):
        put(book.add_worksheet("2023"), [HEADER.split(","), ("C1", "2023-01-02", 1), ("C2", "2023-01-03", 2)])
        put(
            book.add_worksheet("2024"),
            [(*HEADER.split(","), "channel"), *[(a, b, float(c), "web") for a, b, c in ROWS]],
        )
        put(book.add_worksheet("notes"), [("made by the till",)])

    return workbook(fill)


def hidden_sheet_xlsx() -> bytes:
    def fill(book):
        put(book.add_worksheet("Orders"), [HEADER.split(","), *[(a, b, float(c)) for a, b, c in ROWS]])
        sheet = book.add_worksheet("Old")
        put(sheet, [(*HEADER.split(","), "channel"), ("C9", "2019-01-02", 99, "web")])
        sheet.hide()

    return workbook(fill)


def days_turned_xlsx() -> bytes:
    """02/01/2024 ... opened where the month comes first: what fits became a date of the wrong month, the rest text."""

    def fill(book):
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "mm/dd/yyyy"})
        put(sheet, [HEADER.split(",")])
        for row, number in enumerate((2, 5, 9, 12, 13, 17, 25, 30), 1):  # days of January
            put(sheet, [(f"C{row}", None if number <= 12 else f"{number}/01/2024", 10)], first=row)
            if number <= 12:
                sheet.write_datetime(row, 1, datetime(2024, number, 1), day)

    return workbook(fill)


def long_numbers_xlsx() -> bytes:
    """Numbers of identity cards typed as numbers: a sheet keeps fifteen digits, so three people became one."""
    rows = [(110101199003077710 + i, f"2024-01-0{i + 2}", 10) for i in range(3)]
    return workbook(lambda book: put(book.add_worksheet(), [HEADER.split(","), *rows, ("C4", "2024-01-05", 40)]))


def errors_xlsx() -> bytes:
    """Formulas that came to nothing, and one never worked out."""

    def fill(book):
        sheet = book.add_worksheet()
        put(
            sheet,
            [
                HEADER.split(","),
                ("C1", "2024-01-02", 10),
                ("C2", "2024-01-03", None),
                ("C3", "2024-01-04", None),
                (None, "2024-01-05", 40),
            ],
        )
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(3, 2, "=B9", None, "")
        sheet.write_formula(4, 0, '=VLOOKUP("x",A1:A2,1,0)', None, "#N/A")

    return workbook(fill)


def amounts_became_dates_xlsx() -> bytes:
    """3.4 typed where points part days: the sheet made the third of April of it."""

    def fill(book):
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "d. mmm"})
        put(sheet, [HEADER.split(","), ("C1", "2024-01-02", 10), ("C2", "2024-01-03", None)])
        sheet.write_datetime(2, 2, datetime(2024, 4, 3), day)

    return workbook(fill)


def serials_xlsx() -> bytes:
    """Dates that lost their format."""
    return workbook(lambda book: put(book.add_worksheet(), [HEADER.split(","), ("C1", 45293, 10), ("C2", 45294, 20)]))


def empty_xlsx() -> bytes:
    return workbook(lambda book: book.add_worksheet())


def open_document_ods() -> bytes:
    """OpenDocument: a zip of XML."""
    rows = "".join(
        "<table:table-row><table:table-cell"
        f' office:value-type="string"><text:p>{who}</text:p></table:table-cell><table:table-cell'
        ' office:value-type="date"'
        f' office:date-value="{day}"><text:p>{day}</text:p></table:table-cell><table:table-cell'
        ' office:value-type="float"'
        f' office:value="{amount}"><text:p>{amount}</text:p></table:table-cell></table:table-row>'
        for who, day, amount in ROWS
    )
    names = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>'
        for name in HEADER.split(",")
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "manifest")
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        f'<office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet><table:table'
        ' table:name="Orders">'
        f"<table:table-row>{names}</table:table-row>{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest {spaces} manifest:version="1.2"><manifest:file-entry manifest:full-path="/"'
        f' manifest:media-type="{kind}"/></manifest:manifest>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in (("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", manifest)):
            archive.writestr(zipfile.ZipInfo(name), text)
    return made.getvalue()


def old_excel_xls() -> bytes:
    """Excel 97: records of a kind, a length and a content, in a compound file. Days are numbers, shown as dates."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def label(row: int, place: int, text: str) -> bytes:
        return record(0x0204, struct.pack("<HHHHB", row, place, 0, len(text), 0) + text.encode("latin-1"))

    def number(row: int, place: int, value: float, look: int = 0) -> bytes:
        return record(0x0203, struct.pack("<HHHd", row, place, look, value))

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 1996, 0, 0x0600))

    def look(form: int) -> bytes:
        return record(0x00E0, struct.pack("<HHH", 0, form, 0) + bytes(14))

    end = record(0x000A, b"")
    looks = look(0) + look(14)  # as it is, and as a date
    name = b"Orders"
    before = len(begin(5) + looks) + 4 + 8 + len(name) + len(end)
    sheet_is_at = record(0x0085, struct.pack("<IHBB", before, 0, len(name), 0) + name)
    cells = b"".join(label(0, place, text) for place, text in enumerate(HEADER.split(",")))
    for row, (who, day, amount) in enumerate(ROWS, 1):
        serial = (date.fromisoformat(day) - date(1899, 12, 30)).days
        cells += label(row, 0, who) + number(row, 1, serial, 1) + number(row, 2, float(amount))
    return compound_file({"Workbook": begin(5) + looks + sheet_is_at + end + begin(0x10) + cells + end})


def locked_xlsx() -> bytes:
    """A workbook with a password, as it looks from outside: its content is noise."""
    noise = random.Random(7).randbytes(4_096)
    return compound_file(
        {"EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + b"<encryption/>", "EncryptedPackage": noise}
    )


def compound_file(streams: dict[str, bytes]) -> bytes:
    """The container of old Office files: sectors of 512 bytes, a table that chains them, a directory."""
    free, end, table_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    parts = {name: content.ljust(4_096, b"\0") for name, content in streams.items()}  # shorter ones live elsewhere
    parts = {name: content.ljust(-(-len(content) // 512) * 512, b"\0") for name, content in parts.items()}
    chain, body, starts = [table_sector, end], b"", {}
    for name, content in parts.items():
        starts[name] = len(chain)
        n = len(content) // 512
        chain += [*range(starts[name] + 1, starts[name] + n), end]
        body += content

    def entry(name: str, kind: int, *, left=free, right=free, child=free, start=end, size=0) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        text = text.ljust(64, b"\0") + struct.pack("<H", len(text) if name else 0)
        return text + struct.pack("<BBIII", kind, 1, left, right, child) + bytes(36) + struct.pack("<IQ", start, size)

    names = list(parts)
    directory = entry("Root Entry", 5, child=1)
    for place, name in enumerate(names):
        is_last = place == len(names) - 1
        directory += entry(name, 2, right=free if is_last else place + 2, start=starts[name], size=len(parts[name]))
    directory = directory.ljust(512, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4_096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    return head + table + directory + body


# --- databases --------------------------------------------------------------------------------------


def sqlite(*statements: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    content = connection.serialize()
    connection.close()
    return content


SHOP = (
    "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, created_at INTEGER, total TEXT)",
    "INSERT INTO orders VALUES (1, 1, 1704186000, '10.00'), (2, 2, 1704272400, '20.00'), (3, 3, 1704358800, '30.00')",
    "INSERT INTO orders VALUES (4, NULL, 1704358800, '40.00')",
)


def shop_db() -> bytes:
    """Moments as seconds, amounts as text, and the customers in a table of their own."""
    customers = ("CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, name TEXT, email TEXT)",)
    customers += ("INSERT INTO customers VALUES (1, 'Wang Xiaoming', 'wang@example.com')",)
    return sqlite(*SHOP, *customers, "CREATE TABLE settings (key TEXT, value TEXT)")


def two_tables_db() -> bytes:
    return sqlite(*SHOP, *[line.replace("orders", "orders_2023").replace("(3, 3", "(3, 9") for line in SHOP])


def no_tables_db() -> bytes:
    return sqlite("CREATE TABLE gone (a)", "DROP TABLE gone")


def empty_tables_db() -> bytes:
    return sqlite(SHOP[0])


def cut_off_db() -> bytes:
    return sqlite(*SHOP)[:5_000]


def encrypted_db() -> bytes:
    return random.Random(8).randbytes(8_192)


# --- folders, and mappings beside the data ----------------------------------------------------------


def no_tables() -> dict[str, bytes]:
    return {"orders.csv": ORDERS.encode(), "readme.txt": b"hello\n"}


def parts() -> dict[str, bytes]:
    """Two years; the first was written with other line ends, and nobody knows what todo.txt is."""
    more = f"{HEADER}\nC1,2025-01-02,40.00\nC4,2025-01-03,50.00\n,2025-01-04,60.00\n"
    return {
        "transactions-2024.csv": ORDERS.replace("\n", "\r\n").encode(),
        "transactions-2025.csv": more.encode(),
        "todo.txt": b"-\n",
    }


def parts_twice() -> dict[str, bytes]:
    """A month downloaded twice."""
    return {"transactions-01.csv": ORDERS.encode(), "transactions-01 (1).csv": ORDERS.encode()}


def parts_that_overlap() -> dict[str, bytes]:
    """The second export began before the first had ended."""
    rows = ORDERS.splitlines(keepends=True)
    return {
        "transactions-01.csv": "".join(rows).encode(),
        "transactions-02.csv": "".join([rows[0], rows[3], "C4,2024-02-01,40.00\n"]).encode(),
    }


def parts_in_two_currencies() -> dict[str, bytes]:
    return {
        "transactions-china.csv": f"{HEADER}\nC1,2024-01-02,¥10.00\n".encode(),
        "transactions-us.csv": f"{HEADER}\nC2,2024-01-02,$10.00\n".encode(),
    }


def people() -> dict[str, bytes]:
    """Orders and customers, who are known by their telephones."""
    orders = "客户编号,下单时间,实付金额\n13800138000,2024-01-02,10.00\n13900139000,2024-01-03,20.00\n"
    customers = "客户编号,姓名,手机号,邮箱\n13800138000,王小明,13800138000,wang@example.com\n"
    customers += "13900139000,李娜,13900139000,li@example.com\n"
    return {"transactions.csv": orders.encode(), "customers.csv": customers.encode()}


# --- all of them ----------------------------------------------------------------------------------

ENDINGS = ("csv", "csv_gz", "csv_bz2", "csv_xz", "zip", "xlsx", "xls", "ods", "parquet", "db")


def list_makers() -> dict[str, object]:
    """By the name of the file or folder, what makes it."""
    tools = {
        "many_orders",
        "pack",
        "put_in_cells",
        "workbook",
        "put",
        "compound_file",
        "parquet",
        "sqlite",
        "list_makers",
        "write_all",
    }
    found = {}
    for name, made_by in globals().items():
        if getattr(made_by, "__module__", None) != __name__ or not callable(made_by) or name in tools:
            continue
        ending = next((ending for ending in ENDINGS if name.endswith(f"_{ending}")), "")
        stem = name.removesuffix(f"_{ending}").replace("_", "-")
        found[f"{stem}.{ending.replace('_', '.')}" if ending else stem] = made_by
    return found


def write_all(folder: Path) -> None:
    for name, made_by in list_makers().items():
        made = made_by()
        parts = (
            {name: made} if isinstance(made, bytes) else {f"{name}/{part}": content for part, content in made.items()}
        )
        for path, content in parts.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
