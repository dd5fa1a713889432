"""Files of the kit whose columns datapackage.json describes, each value of the type that is said there."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pandas as pd

from crmlib.files.places import DATASETS
from crmlib.language import t


def kit_path(name: str) -> Path:
    """Where data of the kit lie; FileNotFoundError where the package was installed without them."""
    path = DATASETS / name
    if not path.exists():
        raise FileNotFoundError(
            t(
                "the kit's data must lie beside the package, in {folder}; {name} was not found there. Install the kit"
                " from its folder: python -m pip install -e .",
                folder=DATASETS,
                name=name,
            )
        )
    return path


@cache
def description() -> dict:
    return json.loads(kit_path("datapackage.json").read_text(encoding="utf-8"))


def read_folder(folder: Path, described: str) -> dict[str, pd.DataFrame]:
    """The tables of a folder that has the files of a folder of the kit, such as "teaching-company/truth"."""
    paths = [entry["path"] for entry in description()["resources"] if entry["path"].startswith(f"{described}/")]
    return {Path(path).stem.replace("-", "_"): read_described(path, folder / Path(path).name) for path in paths}


def read_described(path: str, file: Path | None = None) -> pd.DataFrame:
    """A CSV of the kit, or another such file, each column of the type that datapackage.json says."""
    described = next(entry for entry in description()["resources"] if entry["path"] == path)
    file = file or kit_path(path)
    frame = pd.read_csv(file, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8")
    for field in described["schema"]["fields"]:
        column = frame[field["name"]]
        if field["type"] in ("date", "datetime"):
            frame[field["name"]] = pd.to_datetime(column, format="ISO8601").astype("datetime64[us]")
        elif field["type"] == "boolean":
            frame[field["name"]] = column.map({"true": True, "false": False}).astype("bool")
        elif field["type"] in ("integer", "number"):
            frame[field["name"]] = pd.to_numeric(column)
    return frame
