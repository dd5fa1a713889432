"""Two files of one name do not write over each other's results, and each finds its own again."""

import shutil
from pathlib import Path

import pytest
from helpers import make_notebook

from crmlib.files import folders
from crmlib.kit import results
from crmlib.kit import run as kit

ORDERS = "customer_id,order_date,amount\na,2024-01-02,5\nb,2024-01-03,5\n"
GOOD = 'from crmlib.lesson.findings import say\nsay("{n} customers, {share}", n=n, share="12%")'


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder in ("a", "b", "old/b"):
        Path(folder).mkdir(parents=True)
        Path(folder, "sales.csv").write_text(ORDERS, encoding="utf-8")
    Path("a", "sales.csv.gz").touch()
    return tmp_path


def put(name, data):
    """A folder of results as a run on `data` leaves it."""
    folder = Path("build", name)
    folder.mkdir(parents=True)
    folders.write_manifest(folder, {"data": data, "files": {}})


def choose(*names):
    return [path.relative_to("build").as_posix() for path in results.choose_folders(names).values()]


def test_the_second_of_a_name_gets_a_folder_of_its_own(here):
    assert choose("a/sales.csv") == ["sales"]
    put("sales", "a/sales.csv")
    assert choose("a/sales.csv") == choose("./a/sales.csv") == choose(str(here / "a" / "sales.csv")) == ["sales"]
    assert choose("b/sales.csv") == ["b-sales"]
    assert choose("a/sales.csv.gz") == ["sales.csv.gz"]  # that name tells the two apart
    put("b-sales", "b/sales.csv")
    (third,) = choose("old/b/sales.csv")
    assert third.startswith("sales-") and len(third) == len("sales-") + 8


def test_each_finds_its_own_again_even_where_the_plain_name_is_free_by_now(here):
    put("sales", "a/sales.csv")
    put("b-sales", "b/sales.csv")
    shutil.rmtree("build/sales")
    assert choose("b/sales.csv") == ["b-sales"]
    assert choose("a/sales.csv", "b/sales.csv") == ["sales", "b-sales"]


def test_in_one_command_too_and_what_is_named_twice_runs_once(here):
    assert choose("a/sales.csv", "b/sales.csv", "./a/sales.csv") == ["sales", "b-sales"]
    assert choose("cdnow", "cdnow") == ["cdnow"]
    Path("cdnow").mkdir()
    assert choose("cdnow", "./cdnow")[0] == "cdnow" and choose("cdnow", "./cdnow")[1].endswith("-cdnow")


def test_a_folder_that_nobody_is_known_to_own_stays_with_the_plain_name(here):
    Path("build/sales").mkdir(parents=True)
    assert choose("a/sales.csv") == ["sales"]
    Path("build/sales/run.json").write_text('{"data": "b/sales.csv"}', encoding="utf-8")  # without its seal
    assert choose("a/sales.csv") == ["sales"]


def test_a_very_long_name_is_no_obstacle(here):
    for name in ("n" * 226 + ".csv", "订单" * 40 + ".csv"):
        first, second = choose(f"a/{name}", f"b/{name}")
        assert len(second.encode()) <= 255 - 20 and first != second


def test_both_results_are_there_and_it_is_said(here, call, monkeypatch, tmp_path):
    notebook = make_notebook(tmp_path, "2-good", GOOD)
    monkeypatch.setattr(kit, "list_analyses", lambda *_: [notebook])
    code, said, _ = call("run", "--data", "a/sales.csv")
    assert (code, "The results of" in said) == (0, False)
    first = Path("build/sales/run.json").read_bytes()
    code, said, _ = call("run", "--data", "b/sales.csv")
    assert code == 0
    there, usual = Path("build/b-sales"), Path("build/sales")
    assert f"The results of b/sales.csv go to {there}: {usual} is for other data of that name." in said
    assert f"  open    {Path('build/b-sales/index.html')}" in said
    assert Path("build/sales/run.json").read_bytes() == first
    assert folders.read_run(Path("build/b-sales"))["data"] == "b/sales.csv"
