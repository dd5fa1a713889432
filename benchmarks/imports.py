"""What it costs to import a noun of crmlib, beside pandas; and, where asked, to install the kit from its lock.

    python benchmarks/imports.py               every noun, each in a process of its own
    python benchmarks/imports.py --install     and an environment made from the lock, with pip's cache as it is

Byte code is in its place from the first round on. A process that imports nothing is taken off.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys

import measure

ROOT = measure.HERE.parent
SHOWN = 5  # nouns, the dearest; the others in a row of their own
ENGINE = "crmlib.engine.sources"  # not with a noun, but when a function that needs it is first called


def measure_import(module: str) -> dict:
    """CPU seconds of `import module` and the peak memory of a process that does no more."""
    with measure.spent() as found:
        if module:
            __import__(module)
    return found


def list_nouns() -> list[str]:
    """The files of the package, which are the nouns of the field."""
    return sorted(f"crmlib.{path.stem}" for path in (ROOT / "crmlib").glob("*.py") if not path.stem.startswith("_"))


def find(options: object) -> tuple[list[dict], list[str]]:
    modules = ["pandas", ENGINE, *(options.modules or list_nouns())]
    found = measure.in_turns(
        modules, options.rounds, lambda module: measure.child("imports.py", "measure_import", module)
    )
    pandas = found.pop("pandas")
    rows = [measure.row("`import pandas`", "", pandas, pandas)]
    rows.append(
        measure.row(
            "the engine (Ibis, DuckDB) and pandas, at the first call that needs it", "", found.pop(ENGINE), pandas
        )
    )
    dear = sorted(found, key=lambda module: -statistics.median(run["cpu"] for run in found[module]))
    rows += [measure.row(f"`import {module}`", "", found[module], pandas) for module in dear[:SHOWN]]
    rest = [run for module in dear[SHOWN:] for run in found[module]]
    if rest:
        rows.append(measure.row(f"each of the other {len(dear) - SHOWN} nouns", "", rest, pandas * (len(dear) - SHOWN)))
    return rows, []


def install(options: object) -> tuple[list[dict], list[str]]:
    """Make an environment as `make` does, from the lock."""
    folder = measure.BUILD / "environment"
    shutil.rmtree(folder, ignore_errors=True)
    with measure.spent() as found:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [
            str(folder / ("Scripts" if os.name == "nt" else "bin") / "python"),
            "-m",
            "pip",
            "--disable-pip-version-check",
            "install",
            "--quiet",
        ]
        locked = ["--require-hashes", "--no-deps", "--no-compile", "-r", str(ROOT / "requirements.lock")]
        subprocess.run([*pip, *locked], check=True)
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", str(ROOT)], check=True)
    size = sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
    n_packages = len(list(folder.glob("lib/*/site-packages/*.dist-info")))
    shutil.rmtree(folder)
    says = f"{n_packages} packages, {size / 1e6:,.0f} MB on disk, {found['seconds']:.0f} s by the clock"
    return [measure.row(says, f"{n_packages} packages", [{"cpu": found["cpu"]}])], []


def add(parser: object) -> None:
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--modules", nargs="+", help="only these")
    parser.add_argument("--install", action="store_true", help="make an environment instead")


if __name__ == "__main__":
    is_install = "--install" in sys.argv
    measure.main(
        __doc__, "install" if is_install else "imports", install if is_install else find, [measure_import], add
    )
