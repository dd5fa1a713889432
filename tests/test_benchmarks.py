"""The benchmarks run, at sizes at which nothing is measured, and their figures stand in one table."""

import importlib
import json
import os
import subprocess
import sys

import pytest

from crmlib.files.places import ROOT

FOLDER = ROOT / "benchmarks"
# The last two change crmlib for what they measure.
TINY = {
    "summarize_customers": "--lines 2000 --rounds 1 --memory 500MB",
    "counting": "--lines 2000 --rounds 1",
    "calls": "--lines 2000",
    "growth": "--curves rows dates --lines 2000 4000 --dates 1 2 --constant 2000",
    "purchases": "--sizes 2000 --rounds 1",
    "fitting": "--records 3000 --rounds 1",
    "rating": "--customers 200",
    "linkage": "--records 1500",
    "imports": "--rounds 1 --modules crmlib.pyramid",
    "intake": "--lines 2000 --rounds 1",
    "parts": "--lines 2000 --rounds 1",
}
# All in one process: to start one for each measurement takes far longer than what is done at these sizes.
DRIVER = """
import importlib, json, runpy, sys
from pathlib import Path
folder, file, scripts = sys.argv[1:]
sys.path.insert(0, folder)
import measure
def child(script, name, *arguments, python=None, **environment):
    call = getattr(importlib.import_module(script.removesuffix(".py")), name)
    return json.loads(json.dumps(call(*json.loads(json.dumps(arguments)))))
measure.child = child
for script, options in json.loads(scripts).items():
    sys.argv = [script, *options.split(), "--keep", file]
    runpy.run_path(str(Path(folder, script + ".py")), run_name="__main__")
"""


@pytest.fixture
def measure(monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("measure")


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """What all scripts print and keep at these sizes."""
    folder = tmp_path_factory.mktemp("benchmarks")
    kept = folder / "figures.json"
    command = [sys.executable, "-c", DRIVER, str(FOLDER), str(kept), json.dumps(TINY)]
    place = {**os.environ, "CRMLIB_BENCHMARKS": str(folder)}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=place)
    assert done.returncode == 0, done.stderr
    return done.stdout, json.loads(kept.read_text(encoding="utf-8"))


def test_every_script_is_run_here_or_its_reason_is_known(monkeypatch):
    scripts = {path.stem for path in FOLDER.glob("*.py")}
    # run: of whole notebooks, which are tested; engines: of servers, whose answers tests/engine compares
    assert scripts - set(TINY) == {"measure", "logs", "table", "run", "engines", "estimate"}
    monkeypatch.syspath_prepend(str(FOLDER))
    assert set(importlib.import_module("table").MODEST) == set(TINY) | {"run"}


def test_the_scripts_run_and_print_the_rows_they_keep(ran, measure):
    printed, kept = ran
    assert len(kept) == len(TINY)
    assert set(kept) <= set(measure.SECTIONS)
    for section in kept.values():
        assert section["rows"]
        for row in section["rows"]:
            assert f"| {row['what']} | {row['rows']} |" in printed
            assert "text" in row or row["cpu"][0] <= row["cpu"][1] <= row["cpu"][2]


def test_answers_that_differ_stop_the_comparison(monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))
    script = importlib.import_module("summarize_customers")
    limit = {"exact": "1", "cents": "1"}
    script.compare({(script.SQL_BY_HAND, None): [limit], (script.PANDAS, None): [{"exact": "2", "cents": "1"}]})
    with pytest.raises(SystemExit, match="nothing to compare"):
        script.compare({(script.SQL_BY_HAND, None): [limit], (script.OURS, None): [{"exact": "2", "cents": "1"}]})


def test_a_measurement_is_a_process_of_its_own(measure):
    pytest.importorskip("resource", reason="Windows does not tell the peak memory of a process")
    ballast = b"x" * 400_000_000
    found = measure.child("imports.py", "measure_import", "")
    assert 0 < found["peak"] < 0.3 < 0.4 < measure.peak_memory()
    assert len(ballast) == 400_000_000


def test_a_log_is_the_same_each_time_and_as_long_as_asked(tmp_path, monkeypatch):
    import pyarrow.parquet as pq

    monkeypatch.syspath_prepend(str(FOLDER))
    logs = importlib.import_module("logs")
    monkeypatch.setattr(logs, "BLOCK", 700)
    for name in ("one", "two"):
        logs.make_log(str(tmp_path / name), 2_000, 100)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    log = pq.read_table(tmp_path / "one").to_pandas()
    assert len(log) == 2_000
    assert log["order_date"].is_monotonic_increasing
    assert log.groupby("order_id")["customer_id"].nunique().max() == 1


def test_rows_of_the_same_name_and_size_take_the_place_of_the_old_ones(measure, tmp_path):
    file = tmp_path / "figures.json"
    runs = [{"cpu": 2.0, "peak": 0.5}, {"cpu": 4.0, "peak": 0.75}]
    half = [{"cpu": 1.0}, {"cpu": 1.0}]
    measure.keep(file, "calls", [measure.row("ours", 10, runs), measure.row("ours", 20, runs)], [])
    kept = measure.keep(file, "calls", [measure.row("ours", 10, runs, half)], ["A remark."])
    assert [(row["rows"], row["ratio"]) for row in kept["calls"]["rows"]] == [("10", [2.0, 3.0, 4.0]), ("20", None)]
    text = measure.table_of(kept)
    assert "| ours | 10 | 3.00 (2.00 to 4.00) | 3.00 (2.00 to 4.00) | 0.75 GB |\n" in text
    assert "| *A remark.* |" in text
    measure.keep(file, "imports", [measure.row("the dearest", "", runs)], [])
    kept = measure.keep(file, "imports", [measure.row("another", "", runs)], [])
    assert [row["what"] for row in kept["imports"]["rows"]] == ["another"]


def test_what_ran_elsewhere_is_marked_as_such(measure, tmp_path, monkeypatch):
    file = tmp_path / "figures.json"
    runs = [{"cpu": 2.0, "peak": None}]
    measure.keep(file, "calls", [measure.row("ours", 10, runs)], [])
    monkeypatch.setattr(measure, "machine", lambda: "Another machine")
    kept = measure.keep(file, "calls", [measure.row("ours", 20, runs), measure.said("theirs", 20, "not run")], [])
    text = measure.table_of(kept)
    assert "| ours [a] | 10 |" in text
    assert "| ours [b] | 20 |" in text
    assert "| theirs | 20 | not run |" in text
    assert "- [b] Another machine; " in text


def test_the_readme_shows_the_figures_that_are_kept(measure):
    text = measure.README.read_text(encoding="utf-8")
    kept = json.loads(measure.FIGURES.read_text(encoding="utf-8"))
    assert measure.table_of(kept) in text


@pytest.fixture
def estimate(measure, monkeypatch, tmp_path):
    module = importlib.import_module("estimate")
    log = tmp_path / "log.parquet"
    log.write_bytes(b"x" * 15_000_000)  # 15 bytes a line
    monkeypatch.setattr(module, "find_log", lambda n_lines: str(log))
    return module


def engines(**seconds):
    names = {"duckdb": "DuckDB", "postgres": "PostgreSQL", "spark": "Spark, two workers"}
    rows = [
        {"what": names[name], "rows": f"{n:,}", "cpu": [cpu, cpu, cpu]}
        for name, found in seconds.items()
        for n, cpu in zip((1_000_000, 11_000_000), found, strict=True)
    ]
    return {"engines": {"rows": rows}}


def test_an_estimate_is_reckoned_from_what_one_line_more_costs(estimate):
    kept = engines(duckdb=(1.0, 4.6), postgres=(2.0, 38.0), spark=(20.0, 92.0))
    asked = estimate.argparse.Namespace(lines=1e10, customers=2e8, cores=10, price=2.0)
    text = estimate.estimate(kept, asked, "en")
    # (4.6 - 1.0) / 10 million lines, times ten billion lines: 3,600 CPU seconds, one core hour, 6 minutes on ten.
    assert "| DuckDB | 0.36 (from 1,000,000 to 11,000,000 lines) | 1.0 | 6 min | 2.00 |" in text
    assert "| Spark, two workers | 7.20 (from 1,000,000 to 11,000,000 lines) | 20.0 | 120 min | 40.00 |" in text
    assert "Reading 150 GB of Parquet (15 bytes a line, measured)" in text
    assert "200,000,000 customers of 80 bytes, 16 GB; as a DataFrame 20 GB. That is more than a laptop has" in text
    few = estimate.argparse.Namespace(**{**vars(asked), "customers": 1e6})
    assert "That fits into one machine." in estimate.estimate(kept, few, "en")
    assert "| 1.0 | 6 分钟 | 2.00 |" in estimate.estimate(kept, asked, "zh")


def test_an_estimate_takes_two_lengths(estimate):
    kept = engines(duckdb=(1.0, 4.6))
    kept["engines"]["rows"] = kept["engines"]["rows"][:1]
    asked = estimate.argparse.Namespace(lines=1e10, customers=2e8, cores=10, price=2.0)
    with pytest.raises(SystemExit, match="two lengths must have been measured"):
        estimate.estimate(kept, asked, "en")


def test_the_estimate_in_the_docs_is_that_of_the_figures(measure):
    kept = json.loads(measure.FIGURES.read_text(encoding="utf-8"))
    if "engines" not in kept:
        pytest.skip("the engines have not been measured on this machine: benchmarks/engines.py --readme")
    estimate = importlib.import_module("estimate")
    each, few, many = estimate.cost_a_line(kept["engines"]["rows"], "DuckDB")
    for path in estimate.DOCS.values():
        assert f"| DuckDB | {each * 1e6:.2f}" in path.read_text(encoding="utf-8")
