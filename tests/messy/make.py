"""Write the bad files: what people really send, and what somebody sends to break things.

`cases.toml` says of each what must happen. Files that are plain text lie here as they are; those below are
binary, in another encoding, or too long to keep.

    python tests/messy/make.py FOLDER
"""

from __future__ import annotations

import gzip
import io
import sys
from datetime import datetime
from pathlib import Path

HEAD = "customer_id,order_date,amount\n"
ROWS = [(f"c{k % 40:02}", f"2024-{1 + k % 12:02}-{1 + k % 28:02}", f"{(7 * k) % 90 + 1}.50") for k in range(200)]
LINES = "".join(f"{','.join(row)}\n" for row in ROWS)


def workbook(write) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime(2024, 1, 1)})  # the same bytes every time
    write(book)
    book.close()
    return buffer.getvalue()


def fill(sheet, names=("customer_id", "order_date", "amount"), top=0):
    sheet.write_row(top, 0, names)
    for i, (who, day, amount) in enumerate(ROWS[:60], top + 1):
        sheet.write_string(i, 0, who)
        sheet.write_string(i, 1, day)
        sheet.write_number(i, 2, float(amount))


def untidy(book):
    book.add_worksheet("说明").write(0, 0, "销售明细，请看下一页")
    sheet, days = book.add_worksheet("明细"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.merge_range(0, 0, 0, 2, "2024 年销售明细")
    fill(sheet, ("会员卡号", "消费日期", "消费金额"), top=2)
    sheet.write_datetime(3, 1, datetime(2024, 5, 6), days)
    sheet.write_string(4, 2, "¥1,234.50")
    sheet.write_row(63, 0, ["合计"])
    sheet.write_number(63, 2, 99999)


def two_sheets(book):
    for name in ("2023", "2024"):
        fill(book.add_worksheet(name))


def locked(book):
    fill(book.add_worksheet("orders"))


def make(folder: Path) -> None:
    """Write every file that is not kept as it is."""
    files = {
        "empty.csv": b"",
        "header-only.csv": HEAD.encode(),
        "blank-lines.csv": b"\n\n   \n\n",
        "binary-junk.csv": bytes((i * 7919 + 13) % 251 + 1 for i in range(3000)),
        "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "paper.csv": b"%PDF-1.7\n" + bytes(200),
        "nul.csv": (HEAD + "a\0b,2024-01-02,5\n").encode(),
        "cut-off.csv.gz": gzip.compress((HEAD + LINES).encode(), mtime=0)[:-40],
        "whole.csv.gz": gzip.compress((HEAD + LINES).encode(), mtime=0),
        "cut-off.xlsx": workbook(two_sheets)[:3000],
        "cut-off.parquet": b"PAR1" + bytes(100),
        "not-a.parquet": (HEAD + LINES).encode(),
        "untidy.xlsx": workbook(untidy),
        "two-sheets.xlsx": workbook(two_sheets),
        "gb18030.csv": ("会员编号,下单时间,实付金额\n" + LINES).replace("c0", "王").encode("gb18030"),
        "utf-16.csv": (HEAD + LINES).encode("utf-16"),
        "cp1252.csv": (HEAD + LINES.replace("c0", "Müller ")).encode("cp1252"),
        "mixed-encodings.csv": (HEAD + LINES).encode() + "王芳,2024-01-02,5\n".encode() + "李娜,2024-01-02,5\n".encode("gb18030"),
        "bom-semicolon.csv": ("\ufeff" + HEAD + LINES).replace(",", ";").encode(),
        "open-quote.csv": (HEAD + LINES + '"c99,2024-05-05,7.50\n' + LINES).encode(),
        "line-breaks.csv": (HEAD.replace("\n", ",note\n") + "".join(f'{",".join(row)},"two\nlines"\n' for row in ROWS)).encode(),
        "ragged.csv": (HEAD + LINES + "c01,2024-01-02\nc01,2024-01-02,5,extra,6\n").encode(),
        "ids-of-40-digits.csv": (HEAD + "".join(f"{10**39 + k % 40},{day},{amount}\n" for k, (_, day, amount) in enumerate(ROWS))).encode(),
        "ids-emoji.csv": (HEAD + LINES.replace("c0", "😀").replace("c1", "𠮷")).encode(),
        "ids-zeros.csv": (HEAD + "".join(f"{k % 40:06},{day},{amount}\n" for k, (_, day, amount) in enumerate(ROWS))).encode(),
        "ids-phones.csv": (HEAD + "".join(f"138{k % 40:08},{day},{amount}\n" for k, (_, day, amount) in enumerate(ROWS))).encode(),
        "hostile-names.csv": (
            HEAD.replace("\n", ",category\n")
            + "".join(f"{HOSTILE[k % len(HOSTILE)]},{day},{amount},{HOSTILE[-k % len(HOSTILE)]}\n" for k, (_, day, amount) in enumerate(ROWS))
        ).encode(),
        "title-lines.csv": ("订单导出\n账号：[shop]\n\n" + "买家会员名\t,订单创建时间,买家实际支付金额\n" + LINES + "合计,,\n").encode("gb18030"),
        "duplicate-lines.csv": (HEAD + LINES + LINES).encode(),
        "future.csv": (HEAD + LINES + "c01,2999-12-31,5.50\n").encode(),
        "too-large.csv": (HEAD + LINES + "c01,2024-01-02,1e308\nc01,2024-01-02,99999999999999999.00\n").encode(),
        "years-of-two-digits.csv": (HEAD + "".join(f"{who},{int(day[5:7])}/{int(day[8:])}/24,{amount}\n" for who, day, amount in ROWS)).encode(),
        "sap.csv": (
            "Debitor;Belegdatum;Nettobetrag\n"
            + "".join(f"{who};{day[8:]}.{day[5:7]}.{day[:4]};1.{amount.replace('.', ',').zfill(6)}{'-' if k % 9 == 0 else ''}\n" for k, (who, day, amount) in enumerate(ROWS))
        ).encode(),
        "online-retail.csv": ("InvoiceNo,Quantity,InvoiceDate,UnitPrice,CustomerID\n" + "".join(f"{k},2,{day},{amount},{who}\n" for k, (who, day, amount) in enumerate(ROWS))).encode(),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)


HOSTILE = [
    "<script>window.x=1</script>", "<img src=x onerror=window.x=1>", "=HYPERLINK(A1)", "+1+1", "@SUM(A1)", "-2+3", "'; DROP TABLE x; --",
    "{{7*7}}", "${x}", "$\\frac{1}{2}$", "\u202eevil", "\x1b[31mred", "𠮷野家", "a&b;<b>", "../../etc", "%s%n", "NaN1", "＝1+1",
]  # fmt: skip


if __name__ == "__main__":
    make(Path(sys.argv[1]))
