"""What ten billion lines would take, on paper: from the figures in figures.json, with its assumptions beside it.

    python benchmarks/estimate.py                              print
    python benchmarks/estimate.py --write                      and put it into docs/scale.md and docs/scale.zh.md
    python benchmarks/estimate.py --lines 2e9 --customers 5e7 --cores 64 --price 0.04

An estimate and no measurement: cost is taken to grow in proportion beyond what was measured.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import measure
from logs import find_log

ENGINES = ("DuckDB", "PostgreSQL", "Spark, two workers")
ROW_BYTES = 80  # of one customer over the wire: an id, two dates, three counts, two sums
FRAME_BYTES = 100  # and as a row of pandas
READ = 1e9  # bytes a second that a machine's disk, or its part of the network, gives
BEGIN, END = "<!-- estimate: written by benchmarks/estimate.py --write -->\n", "<!-- end of estimate -->"
DOCS = {"en": measure.HERE.parent / "docs" / "scale.md", "zh": measure.HERE.parent / "docs" / "scale.zh.md"}
WORDS = {
    "en": {
        "head": "| engine | CPU seconds a million lines, measured | core hours for {lines:,.0f} lines | on {cores} cores | at {price} a core hour |",
        "row": "| {engine} | {each:.2f} (from {few:,.0f} to {many:,.0f} lines) | {hours:,.1f} | {minutes:,.0f} min | {cost:,.2f} |",
        "read": "Reading {size:,.0f} GB of Parquet ({each:.0f} bytes a line, measured) at 1 GB a second and machine: {minutes:,.0f} min on one, in parts on several.",
        "wire": "Over the wire: {customers:,.0f} customers of {bytes} bytes, {size:,.0f} GB; as a DataFrame {frame:,.0f} GB. {verdict}",
        "too_many": "That is more than a laptop has: go on with `summary_expression`, and fetch tiers, cohorts and sums.",
        "fits": "That fits into one machine.",
        "spill": "DuckDB on one machine works in 30 bytes a line at most, {memory:,.0f} GB, or less with a disk of about as much to spill to.",
    },
    "zh": {
        "head": "| 引擎 | 每百万行的 CPU 秒数（实测） | {lines:,.0f} 行需要的核时 | 用 {cores} 个核 | 每核时 {price} 时的费用 |",
        "row": "| {engine} | {each:.2f}（从 {few:,.0f} 行到 {many:,.0f} 行） | {hours:,.1f} | {minutes:,.0f} 分钟 | {cost:,.2f} |",
        "read": "读取 {size:,.0f} GB 的 Parquet（实测每行 {each:.0f} 字节），每台机器每秒 1 GB：一台要 {minutes:,.0f} 分钟，多台就分摊。",
        "wire": "网络上传输：{customers:,.0f} 位客户，每位 {bytes} 字节，共 {size:,.0f} GB；变成 DataFrame 占 {frame:,.0f} GB。{verdict}",
        "too_many": "这超过了笔记本电脑的内存：请继续用 `summary_expression`，只取分层、同期群和合计。",
        "fits": "一台机器放得下。",
        "spill": "单机 DuckDB 每行最多用 30 字节内存，共 {memory:,.0f} GB；内存少一些也行，但要有差不多大的磁盘来溢写。",
    },
}


def cost_a_line(rows: list[dict], engine: str) -> tuple[float, int, int]:
    """CPU seconds of one line more, from the shortest log to the longest, and how long those were."""
    found = sorted((int(one["rows"].replace(",", "")), one["cpu"][1]) for one in rows if one["what"] == engine)
    (few, least), (many, most) = found[0], found[-1]
    if many <= few:
        raise SystemExit("two lengths must have been measured: python benchmarks/engines.py --lines 1000000 10000000")
    return (most - least) / (many - few), few, many


def estimate(kept: dict, asked: argparse.Namespace, language: str) -> str:
    """The estimate in a language, as Markdown."""
    words, lines = WORDS[language], []
    given = {"lines": asked.lines, "cores": asked.cores, "price": asked.price}
    lines.append(words["head"].format(**given))
    lines.append("| --- | ---: | ---: | ---: | ---: |")
    for engine in ENGINES:
        each, few, many = cost_a_line(kept["engines"]["rows"], engine)
        hours = each * asked.lines / 3600
        told = {"each": each * 1e6, "few": few, "many": many, "hours": hours, "cost": hours * asked.price}
        lines.append(words["row"].format(engine=engine, minutes=hours / asked.cores * 60, **told))
    log = 1_000_000
    each = Path(find_log(log)).stat().st_size / log
    size, frame = each * asked.lines / 1e9, asked.customers * FRAME_BYTES / 1e9
    verdict = words["too_many" if frame > 16 else "fits"]
    sent = {"customers": asked.customers, "bytes": ROW_BYTES, "size": asked.customers * ROW_BYTES / 1e9}
    points = [
        words["read"].format(size=size, each=each, minutes=size * 1e9 / READ / 60),
        words["wire"].format(**sent, frame=frame, verdict=verdict),
        words["spill"].format(memory=30 * asked.lines / 1e9),
    ]
    return "\n".join([*lines, "", *(f"- {point}" for point in points)]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lines", type=float, default=1e10)
    parser.add_argument("--customers", type=float, default=2e8)
    parser.add_argument("--cores", type=int, default=64)
    parser.add_argument("--price", type=float, default=0.05, help="of a core for an hour, in your currency")
    parser.add_argument("--write", action="store_true", help="put it into docs/scale.md and docs/scale.zh.md")
    asked = parser.parse_args()
    kept = json.loads(measure.FIGURES.read_text(encoding="utf-8"))
    print(estimate(kept, asked, "en"))
    for language, path in DOCS.items() if asked.write else ():
        head, rest = path.read_text(encoding="utf-8").split(BEGIN)
        text = head + BEGIN + estimate(kept, asked, language) + END + rest.split(END)[1]
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
