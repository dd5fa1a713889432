"""Where the results of a data set go: ``build/<name>``, and to another folder where that name is taken.

Two files may have one name, a/sales.csv and b/sales.csv, or sales.csv and sales.xlsx. The results of the first go
to build/sales; of the second to build/b-sales, build/sales.xlsx or, where that is taken too, to a folder that ends in
a few letters of its own. Whose results lie in a folder its run.json says; run again, they go there again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from crmlib import datasets
from crmlib.files.folders import read_run
from crmlib.intake.links import is_link, name_link
from crmlib.intake.several import folder_of, is_pattern

BUILD = Path("build")
ENDINGS = (".gz", ".csv", ".parquet", ".xlsx", ".xls", ".xlsb", ".ods", ".db", ".sqlite", ".sqlite3", ".duckdb")
LONGEST_NAME = 200  # bytes: what lies beside a folder for a while has a longer name


def choose_folders(names: Sequence[str], build: Path = BUILD) -> dict[str, Path]:
    """The folder of each data set; what is named twice stands once.

    Parameters
    ----------
    names : sequence of str
        Data sets of the kit, or paths as somebody has written them.
    build : Path
        The folder with the folders.

    Examples
    --------
    >>> [path.as_posix() for path in choose_folders(["cdnow", "a/sales.csv", "b/sales.csv"], Path("nowhere")).values()]
    ['nowhere/cdnow', 'nowhere/sales', 'nowhere/b-sales']
    """
    chosen: dict[str, Path] = {}
    owners: dict[Path, str] = {}  # in this command
    for name in names:
        who = identify(name)
        if who in owners.values():
            continue
        folders = [build / folder for folder in list_names(name)]
        taken_by = {folder: owners.get(folder) or _owner(folder) for folder in folders}
        own = [folder for folder, owner in taken_by.items() if owner == who]
        free = [folder for folder, owner in taken_by.items() if owner is None]
        if len(free) > 1 and Path(taken_by[folders[0]] or "").name == free[0].name == Path(name).name:
            free = free[1:]  # the whole name does not tell a/sales.csv from b/sales.csv
        chosen[name] = [*own, *free, folders[-1]][0]
        owners[chosen[name]] = who
    return chosen


def identify(data: str) -> str:
    """What tells a data set from others of its name: a name of the kit, or where the file lies."""
    return data if data in datasets.COMPANIES or is_link(data) else str(Path(data).expanduser().resolve())


def list_names(data: str) -> list[str]:
    """What a data set's folder may be called, the plainest first.

    Examples
    --------
    >>> list_names("my/orders.csv.gz")[:3]
    ['orders', 'orders.csv.gz', 'my-orders']
    """
    if is_link(data):
        own = hashlib.sha256(data.encode()).hexdigest()[:8]
        return [name_link(data), f"{_shortened(name_link(data))}-{own}"]
    path = Path(data).expanduser()
    path = (folder_of(path) if is_pattern(path) else path).resolve()  # big/*.parquet goes to big
    plain = path.name
    for ending in ENDINGS:
        plain = plain.removesuffix(ending)
    plain = plain or "data"
    own = hashlib.sha256(os.fsencode(identify(data))).hexdigest()[:8]
    parents = [f"{path.parent.name}-{plain}"] if path.parent.name else []
    names = [plain, path.name, *parents, f"{_shortened(plain)}-{own}"]
    return list(dict.fromkeys(name for name in names if len(os.fsencode(name)) <= LONGEST_NAME or name == names[0]))


def _shortened(name: str) -> str:
    while len(os.fsencode(name)) > LONGEST_NAME - 20:
        name = name[:-1]
    return name


def _owner(folder: Path) -> str | None:
    """Whose results lie there; None where there are none, or nobody's we know."""
    data = read_run(folder).get("data")
    return identify(data) if isinstance(data, str) else None
