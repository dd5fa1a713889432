"""What the benchmarks share: a measurement is a process of its own, in turns; what is found stands in one table.

A script has functions that are called in processes of their own (`child`), and one that asks for them and gives rows.
`main` makes a command of it: `--readme` writes the rows into README.md, `--keep FILE` into a file (`make benchmark`).
Only the standard library is imported here: interpreters of other environments read this file, too.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

try:
    import resource
except ImportError:  # Windows, where peak memory is left out
    resource = None

HERE = Path(__file__).resolve().parent
BUILD = Path(os.environ.get("CRMLIB_BENCHMARKS") or HERE.parent / "build" / "benchmarks")
FIGURES, README = HERE / "figures.json", HERE / "README.md"
PACKAGES = ("duckdb", "ibis-framework", "numpy", "pandas", "pyarrow", "scikit-learn", "scipy")
# In this order they stand in the table: section, what it is, what its ratios are to.
SECTIONS = {
    "summarize": ("One row per customer", "of the SQL"),
    "engines": ("The same expression, by engine", "of DuckDB"),
    "parts": ("What the time of a summary is spent on", "of the whole"),
    "counting": ("Ways to count distinct orders, in SQL", "of the SQL"),
    "calls": ("Other calls on an order log", ""),
    "purchases": ("Models of buying, fitted", "of ours"),
    "fitting": ("A scorecard, fitted", "of ours"),
    "rating": ("Credit rating, all quarters", ""),
    "linkage": ("Record linkage", ""),
    "intake": ("Intake of order lines", "of the fast way"),
    "runs": ("All analyses, as `crmlib run`", ""),
    "imports": ("Imports", "of pandas"),
    "install": ("Installation from the lock", ""),
    "growth": ("How cost grows", ""),
}
WHOLE = ("imports", "install")  # their rows are not of the same name the next time
HEAD = "| what | rows | CPU seconds | ratio | peak memory |\n| --- | ---: | ---: | ---: | ---: |"


# --- measuring ----------------------------------------------------------------------------------


def cpu_seconds() -> float:
    """Of this process, by all its threads, and of those it began that have ended."""
    if resource is None:
        return sum(os.times()[:4])
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def peak_memory() -> float | None:
    """The most memory this process has had, in GB."""
    try:  # ru_maxrss is at least that of the parent, here
        status = Path("/proc/self/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) * 1024 / 1e9
    except (OSError, StopIteration):
        if resource is None:
            return None
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9


@contextmanager
def spent() -> Iterator[dict]:
    """What the `with` cost: seconds, CPU seconds, and the peak memory of the process at its end."""
    found = {}
    start, cpu = time.monotonic(), cpu_seconds()
    yield found
    found |= {"cpu": cpu_seconds() - cpu, "seconds": time.monotonic() - start, "peak": peak_memory()}


def child(script: str, name: str, *arguments: object, python: str | None = None, **environment: str) -> dict:
    """Call a function of a script in a process of its own: another's memory would count as its."""
    command = [python or sys.executable, str(HERE / script), "--call", name, json.dumps(arguments)]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env={**os.environ, **environment}
    )
    if done.returncode:
        raise SystemExit(
            f"{script}, {name}{tuple(arguments)}: ended with {done.returncode}; there is no figure to show."
        )
    return json.loads(done.stdout.splitlines()[-1])


def in_turns(ways: Sequence, n_rounds: int, once: Callable[[object], dict]) -> dict:
    """What each way found in each round; the next round begins at the other end, as a machine gets busy or warm."""
    found = {way: [] for way in ways}
    for number in range(n_rounds):
        for way in list(ways)[:: -1 if number % 2 else 1]:
            named = way if isinstance(way, str) else ", ".join(map(str, filter(None, way)))
            print(f"  {named}, round {number + 1} of {n_rounds}", file=sys.stderr, flush=True)
            found[way].append(once(way))
    return found


# --- rows ---------------------------------------------------------------------------------------


def row(what: str, n_rows: int | str, runs: Sequence[dict], of: Sequence[dict] | None = None, *, size: int = 0) -> dict:
    """A row of the table, from the runs of one way and of what it is measured against; sorted by rows, else `size`."""
    peaks = [one["peak"] for one in runs if one.get("peak")]
    ratios = None if of is None else [one["cpu"] / other["cpu"] for one, other in zip(runs, of, strict=True)]
    return _named(what, n_rows, size) | {
        "cpu": _three([one["cpu"] for one in runs]),
        "ratio": ratios and _three(ratios),
        "peak": max(peaks) if peaks else None,
        "n_rounds": len(runs),
    }


def said(what: str, n_rows: int | str, text: str) -> dict:
    """A row that says in words what is to be said of it."""
    return _named(what, n_rows) | {"text": text}


def _named(what: str, n_rows: int | str, size: int = 0) -> dict:
    is_number = isinstance(n_rows, int)
    return {"what": what, "rows": f"{n_rows:,}" if is_number else n_rows, "size": n_rows if is_number else size}


def _three(values: list[float]) -> list[float]:
    return [round(value, 4) for value in (min(values), statistics.median(values), max(values))]


def machine() -> str:
    """Cores, memory and processor, and the versions of what the kit works with."""
    name, memory = platform.processor() or "not named", ""
    try:
        told = Path("/proc/cpuinfo").read_text().splitlines()
        name = next(line.split(":", 1)[1].strip() for line in told if line.startswith("model name"))
        told = Path("/proc/meminfo").read_text().splitlines()[0]
        memory = f", {int(told.split()[1]) * 1024 / 1e9:.0f} GB of memory"
    except (OSError, StopIteration):
        pass
    packages = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores ({name}){memory};"
        f" Python {platform.python_version()}, {packages}"
    )


# --- the table ----------------------------------------------------------------------------------


def keep(file: Path, section: str, rows: list[dict], about: list[str]) -> dict:
    """Put rows in the place of those of the same name and size (a curve, of the same name); the others stay."""
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    on = f"{machine()}; {time.strftime('%B %Y')}"
    old = kept.get(section, {"rows": [], "about": []})
    stay = [] if section in WHOLE else old["rows"]
    merged = {_key(one): one for one in stay + [one | {"on": on} for one in rows]}
    kept[section] = {
        "rows": sorted(merged.values(), key=lambda one: one.get("size", 0)),
        "about": about or old["about"],
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    return kept


def _key(one: dict) -> tuple[str, str]:
    return one["what"], "" if "curve" in one else one["rows"]


def table_of(kept: dict) -> str:
    """One table of Markdown of all sections, and below it the machines."""
    lines, machines = [HEAD], {}
    for section, (title, of) in SECTIONS.items():
        found = kept.get(section, {"rows": [], "about": []})
        lines += [f"| **{title}** | | | {of} | |"] if found["rows"] else []
        for one in found["rows"]:
            mark = machines.setdefault(one["on"], chr(ord("a") + len(machines)))
            lines.append(_line(one, mark))
        lines += [f"| *{remark}* | | | | |" for remark in found["about"]]
    text = "\n".join(lines)
    if len(machines) == 1:
        return text.replace(" [a] |", " |") + f"\n\n{''.join(machines)}."
    return text + "\n\n" + "\n".join(f"- [{mark}] {on}." for on, mark in machines.items())


def _line(one: dict, mark: str) -> str:
    if "text" in one:
        return f"| {one['what']} | {one['rows']} | {one['text']} | | |"
    peak = "" if one["peak"] is None else f"{one['peak']:.2f} GB"
    ratio = "" if one["ratio"] is None else _spread(one["ratio"], one["n_rounds"])
    return f"| {one['what']} [{mark}] | {one['rows']} | {_spread(one['cpu'], one['n_rounds'])} | {ratio} | {peak} |"


def _spread(three: list[float], n_rounds: int) -> str:
    n_decimals = next((n for n, most in ((3, 0.095), (2, 20), (1, 200)) if three[1] < most), 0)
    least, middle, most = (f"{value:.{n_decimals}f}" for value in three)
    return middle if n_rounds == 1 else f"{middle} ({least} to {most})"


def write_readme(kept: dict) -> None:
    """Put the table between its marks in README.md."""
    begin, end = "<!-- table: written by the scripts with --readme -->\n", "<!-- end of table -->"
    head, rest = README.read_text(encoding="utf-8").split(begin)
    text = head + begin + table_of(kept) + "\n" + end + rest.split(end)[1]
    README.write_text(text, encoding="utf-8", newline="\n")


# --- a script -----------------------------------------------------------------------------------


def main(
    about: str,
    section: str,
    find: Callable[[argparse.Namespace], tuple[list[dict], list[str]]],
    calls: Sequence[Callable[..., dict]],
    add: Callable[[argparse.ArgumentParser], None],
) -> argparse.Namespace:
    """The command of a script: measure, print, and where asked keep; or be the child that measures."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    add(parser)
    parser.add_argument("--readme", action="store_true", help="write the figures into README.md")
    parser.add_argument("--keep", type=Path, help="add the figures to this file of JSON")
    parser.add_argument("--call", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.call:
        name, given = options.call
        print(json.dumps({call.__name__: call for call in calls}[name](*json.loads(given))))
        return options
    rows, says = find(options)
    print(table_of({section: {"rows": [one | {"on": machine()} for one in rows], "about": says}}))
    if options.keep:
        keep(options.keep, section, rows, says)
    if options.readme:
        write_readme(keep(FIGURES, section, rows, says))
    return options


def add_rounds(parser: argparse.ArgumentParser, lines: Sequence[int], rounds: int = 3) -> None:
    """Two options of most scripts."""
    parser.add_argument("--lines", type=int, nargs="+", default=[*lines], help="how long the logs are")
    parser.add_argument("--rounds", type=int, default=rounds)
