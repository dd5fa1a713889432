"""Files that are packed: read as what is in them, and known by the bytes that lie there."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import lzma
import zipfile

import pytest

from crmlib import intake
from crmlib.intake.load import find_files
from crmlib.intake.source import Source, kind_of
from crmlib.tables import TRANSACTIONS

HEADER = "customer_id,order_date,amount\n"
ORDERS = HEADER + "".join(f"C{i % 7},2024-01-{1 + i % 28:02},{i}.50\n" for i in range(200))
TOTAL = 200 * 199 / 2 + 100


def zipped(files: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)  # no hour of the day in it
    return content.getvalue()


PACKED = {
    "orders.csv.gz": gzip.compress(ORDERS.encode(), mtime=0),
    "orders.csv.bz2": bz2.compress(ORDERS.encode()),
    "orders.csv.xz": lzma.compress(ORDERS.encode()),
    "orders.zip": zipped({"orders.csv": ORDERS}),
    "in-a-folder.zip": zipped({"export/orders.csv": ORDERS, "__MACOSX/orders.csv": "x", "readme.txt": "Read me."}),
    "orders.csv": zipped({"orders.csv": ORDERS}),
    "twice.zip": zipped({"orders.csv.gz": gzip.compress(ORDERS.encode(), mtime=0)}),
    "orders.data": bz2.compress(ORDERS.encode()),
}


@pytest.mark.parametrize("name", PACKED)
def test_what_is_packed_is_read_and_hashed_as_it_lies_there(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(PACKED[name])
    orders, report = intake.read_transactions(path)
    assert (len(orders), orders["amount"].sum()) == (200, TOTAL)
    assert report.sha256 == hashlib.sha256(PACKED[name]).hexdigest()
    assert report.path == path
    assert path.read_bytes() == PACKED[name]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_an_encoding_is_found_in_what_is_packed(tmp_path, encoding):
    text = "客户编号,下单时间,实付金额\n甲,2024-01-02,10\n".encode(encoding)
    columns = {"客户编号": "customer_id", "下单时间": "order_date", "实付金额": "amount"}
    for name, content in {"a.csv.bz2": bz2.compress(text), "b.zip": zipped({"a.csv": text})}.items():
        (tmp_path / name).write_bytes(content)
        orders, report = intake.read_transactions(tmp_path / name, columns=columns)
        assert orders["customer_id"].tolist() == ["甲"] and report.encoding == encoding


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "a.csv.gz",
            gzip.compress(ORDERS.encode(), mtime=0)[:-30],
            "must be a whole packed file; it is cut off or damaged",
        ),
        ("a.csv.bz2", bz2.compress(ORDERS.encode())[:-30], "must be a whole packed file; it is cut off or damaged"),
        ("a.csv.xz", lzma.compress(ORDERS.encode())[:-30], "must be a whole packed file; it is cut off or damaged"),
        ("a.csv.bz2", b"BZh9nonsense", "must be a whole packed file"),
        ("a.csv.xz", b"\xfd7zXZ\x00nonsense", "must be a whole packed file"),
        ("a.zip", PACKED["orders.zip"][:-60], "must be a whole packed file"),
        (
            "a.zip",
            zipped({"a.csv": ORDERS, "b.csv": ORDERS}),
            "must hold one file of data; it holds a.csv, b.csv. Unpack it",
        ),
        ("a.zip", zipped({}), "must hold one file of data; it holds none"),
        ("a.zip", zipped({"a.pdf": b"%PDF-1.4"}), "it is a PDF"),
        ("a.zip", zipped({"[Content_Types].xml": "x"}), "it is an Office document. If it is a workbook, give it"),
        ("a.csv.gz", gzip.compress(b"%PDF-1.4", mtime=0), "it is a PDF"),
    ],
)
def test_what_is_not_whole_or_not_one_is_refused_with_a_sentence(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(
        ValueError, match=f"^{'a.pdf' if content.startswith(b'PK') and 'PDF' in said else name}"
    ) as error:
        intake.read_transactions(tmp_path / name)
    assert said in str(error.value)


def test_a_file_damaged_in_the_middle_is_refused(tmp_path):
    """The check sum at the end tells."""
    rows = HEADER + "".join(f"C{i},2024-01-02,{i * 7919 % 10007}.00\n" for i in range(20_000))
    content = bytearray(zipped({"a.csv": rows}))
    content[len(content) // 2] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(ValueError, match="must be a whole packed file"):
        intake.read_transactions(tmp_path / "a.zip")


def test_a_locked_archive_says_so(tmp_path):
    content = bytearray(zipped({"a.csv": ORDERS}))
    for start in (content.find(b"PK\x03\x04") + 6, content.find(b"PK\x01\x02") + 8):
        content[start] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(ValueError, match="locked with a password"):
        intake.read_transactions(tmp_path / "a.zip")


def test_a_workbook_and_parquet_in_an_archive(tmp_path):
    import pandas as pd

    frame = pd.DataFrame({"customer_id": ["a", "b"], "order_date": ["2024-01-02"] * 2, "amount": [1.5, 2.5]})
    frame.to_excel(tmp_path / "x.xlsx", index=False)
    frame.to_parquet(tmp_path / "x.parquet")
    for inner in ("x.xlsx", "x.parquet"):
        path = tmp_path / f"{inner}.zip"
        path.write_bytes(zipped({inner: (tmp_path / inner).read_bytes()}))
        orders, report = intake.read_transactions(path)
        assert orders["amount"].tolist() == [1.5, 2.5]
        assert report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_folder_knows_every_ending_that_can_be_read(tmp_path):
    names = [
        "transactions.CSV.bz2",
        "customers.tsv",
        "products.txt.gz",
        "activities.zip",
        "activity_rates.jsonl",
        "notes.md",
    ]
    for name in names:
        (tmp_path / name).write_bytes(b"")
    found = {table: [path.name for path in paths] for table, paths in find_files(tmp_path).items()}
    assert found == {
        "transactions": ["transactions.CSV.bz2"],
        "customers": ["customers.tsv"],
        "products": ["products.txt.gz"],
        "activities": ["activities.zip"],
        "activity_rates": ["activity_rates.jsonl"],
    }


# --- JSON ---

OBJECTS = [
    {
        "customer_id": 1000 + i % 5,
        "order_date": f"2024-01-{i + 1:02}",
        "amount": i + 0.25,
        "note": None,
        "shop": {"id": 7},
    }
    for i in range(20)
]
JSON = {
    "a list": json.dumps(OBJECTS),
    "a list over many lines": json.dumps(OBJECTS, indent=4),
    "lines": "\n".join(map(json.dumps, OBJECTS)) + "\n",
    "lines with blank ones": "\n\n".join(map(json.dumps, OBJECTS)),
    "a list under a name": json.dumps({"count": 20, "orders": OBJECTS}),
    "with a mark": "\ufeff" + json.dumps(OBJECTS),
}


@pytest.mark.parametrize("form", JSON)
def test_json_is_read_as_rows(tmp_path, form):
    path = tmp_path / "orders.json"
    path.write_text(JSON[form], encoding="utf-8")
    with Source(path) as source:
        assert kind_of(source.inside, source.head) == "json"
    orders, report = intake.read_transactions(path)
    assert orders["amount"].tolist() == [i + 0.25 for i in range(20)]
    assert orders["customer_id"].tolist() == [str(1000 + i % 5) for i in range(20)]
    assert report.n_read == 20 and "(JSON)" in str(report)
    assert any("shop.id" in note for note in report.notes)
    orders, _ = intake.read_transactions(path, columns={"shop.id": "order_id"})
    assert set(orders["order_id"]) == {"7"}


def test_numbers_of_json_are_taken_to_the_digit(tmp_path):
    """1.250 is a number with a point there, and asks nothing; long numbers keep their digits."""
    path = tmp_path / "orders.json"
    path.write_text('[{"customer_id": 110101199003077715, "order_date": "2024-01-02", "amount": 1.250}]')
    orders, _ = intake.read_transactions(path)
    assert orders.loc[0, ["customer_id", "amount"]].tolist() == ["110101199003077715", 1.25]
    assert set(TRANSACTIONS.required) <= set(orders.columns)


def test_a_line_that_is_no_object_is_set_aside(tmp_path):
    path = tmp_path / "orders.jsonl"
    path.write_text("\n".join([*map(json.dumps, OBJECTS), '{"customer_id": 1, ', "[1]"]))
    _, report = intake.read_transactions(path)
    assert (report.n_read, report.n_accepted) == (22, 20)
    assert report.rejected["line"].tolist() == [21, 22]
    assert set(report.rejected["reason"]) == {"the line is not one JSON object"}


@pytest.mark.parametrize("text", ['{"a": [1], "b": [2]}', json.dumps(OBJECTS)[:-20], '{"a": ', '[{"a": 1}, 1]'])
def test_other_json_is_refused_in_words(tmp_path, text):
    path = tmp_path / "orders.json"
    path.write_text(text)
    with pytest.raises(ValueError, match="must hold a list of objects, one for each row, or one object in each line"):
        intake.read_transactions(path)
