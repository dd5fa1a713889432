"""How cost grows: in rows, in customers, in dates, in notebooks; drawn into docs/images with --readme.

    python benchmarks/growth.py                                                    up to 20 million rows
    python benchmarks/growth.py --lines 1000000 10000000 100000000 --curves rows   only this curve
    python benchmarks/growth.py --draw                                             draw what README.md has

The exponent is the slope of a straight line through the points on two logarithmic scales: 1 is in proportion.
"""

from __future__ import annotations

import json
import math
import statistics

import measure
from calls import DATES
from logs import AS_OF, LINES_A_CUSTOMER, find_log, load_engine
from run import COMPANY, copy_notebooks, measure_run

IMAGES = measure.HERE.parent / "docs" / "images"
MILLION = 1_000_000
# A curve each: what is measured, along which axis.
CURVES = {
    "rows": (f"`summarize_customers` by rows, {LINES_A_CUSTOMER} a customer", "million rows"),
    "customers": ("`summarize_customers` by customers", "million customers"),
    "dates": ("`snapshots` by dates", "dates"),
    "notebooks": ("a run by notebooks, all alike", "notebooks"),
}


def measure_summary(path: str) -> dict:
    from crmlib import customers

    load_engine()
    with measure.spent() as found:
        customers.summarize_customers(path, as_of=AS_OF)
    return found


def measure_snapshots(path: str, n_dates: int) -> dict:
    """Month ends up to the last date of the log."""
    import pandas as pd

    from crmlib import customers

    load_engine()
    dates = list(pd.date_range(end=DATES[-1], periods=n_dates, freq="ME"))
    with measure.spent() as found:
        customers.snapshots(path, dates=dates)
    return found


def points_of(curve: str, options: object) -> list[list[float]]:
    """How much there was of what the curve goes along, its CPU seconds and its peak memory: medians."""
    if curve == "rows":
        asked = {n / MILLION: ("measure_summary", find_log(n)) for n in options.lines}
    elif curve == "customers":
        asked = {n / MILLION: ("measure_summary", find_log(options.constant, n)) for n in options.customers}
    elif curve == "dates":
        path = find_log(options.constant)
        asked = {n: ("measure_snapshots", path, n) for n in options.dates}
    else:
        asked = {n: copy_notebooks(n) for n in options.notebooks}

    def once(place: str) -> dict:
        if curve == "notebooks":
            return measure_run(COMPANY, asked[int(place)])
        return measure.child("growth.py", *asked[float(place)])

    found = measure.in_turns([str(place) for place in asked], options.rounds, once)
    medians = {
        place: [statistics.median(run[what] or math.nan for run in runs) for what in ("cpu", "peak")]
        for place, runs in found.items()
    }
    return [[float(place), *(round(value, 4) for value in two)] for place, two in medians.items()]


def exponent(points: list[list[float]], what: int) -> float:
    """The slope of the straight line through the logarithms: by least squares."""
    across = [math.log(point[0]) for point in points]
    up = [math.log(point[what]) for point in points]
    return statistics.linear_regression(across, up).slope if len(points) > 1 else math.nan


def find(options: object) -> tuple[list[dict], list[str]]:
    if options.draw:
        return read_rows(), []
    rows = []
    for curve in options.curves:
        points = points_of(curve, options)
        first, last = points[0], points[-1]
        what, along = CURVES[curve]
        constant = f", {options.constant / MILLION:g} million rows" if curve in ("customers", "dates") else ""
        text = (
            f"{first[1]:.1f} to {last[1]:.1f} s, exponent {exponent(points, 1):.2f};"
            f" {first[2]:.2f} to {last[2]:.2f} GB, exponent {exponent(points, 2):.2f}"
        )
        row = measure.said(what, f"{first[0]:g} to {last[0]:g} {along}{constant}", text)
        rows.append(row | {"curve": curve, "points": points})
    return rows, []


def draw(rows: list[dict]) -> None:
    """The curves that there are, two a figure: CPU seconds on the left, peak memory on the right."""
    import matplotlib

    matplotlib.use("Agg")
    curves = {row["curve"]: row for row in rows}
    _draw(curves, ("rows", "customers"), IMAGES / "cost-of-summary.png")
    _draw(curves, ("dates", "notebooks"), IMAGES / "cost-of-more.png")


def _draw(curves: dict[str, dict], names: tuple[str, str], path: object) -> None:
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(2, 2, figsize=(9, 5.6), layout="constrained")
    for pair, name in zip(axes, names, strict=True):
        points = curves[name]["points"] if name in curves else []
        for place, (ax, unit) in enumerate(zip(pair, ("CPU seconds", "peak memory, GB"), strict=True), start=1):
            ax.set_visible(bool(points))
            ax.plot([point[0] for point in points], [point[place] for point in points], marker="o", color="#1f77b4")
            ax.set(xlabel=CURVES[name][1], ylabel=unit)
            slope = exponent(points, place) if points else math.nan
            ax.set_title(f"{CURVES[name][0].replace('`', '')}: exponent {slope:.2f}", fontsize=9)
            ax.set(xlim=(0, None), ylim=(0, 1.1 * max(point[place] for point in points) if points else None))
            ax.grid(alpha=0.3)
    figure.savefig(path, dpi=110, metadata={"Software": None})
    plt.close(figure)


def add(parser: object) -> None:
    measure.add_rounds(parser, [n * MILLION for n in (1, 2, 5, 10, 20)], rounds=1)
    parser.add_argument("--customers", type=int, nargs="+", default=[10_000, 100_000, 500_000, 1_000_000, 2_000_000])
    parser.add_argument("--dates", type=int, nargs="+", default=[1, 2, 4, 8, 12])
    parser.add_argument("--notebooks", type=int, nargs="+", default=[1, 2, 3, 4])
    parser.add_argument("--constant", type=int, default=5 * MILLION, help="rows where something else varies")
    parser.add_argument("--curves", nargs="+", choices=list(CURVES), default=list(CURVES))
    parser.add_argument("--draw", action="store_true", help="measure nothing; draw the figures that README.md has")


def read_rows() -> list[dict]:
    """What README.md has."""
    return json.loads(measure.FIGURES.read_text(encoding="utf-8"))["growth"]["rows"]


if __name__ == "__main__":
    asked = measure.main(__doc__, "growth", find, [measure_summary, measure_snapshots], add)
    if asked.readme or asked.draw:
        draw(read_rows())
