"""The command: sentences instead of tracebacks, and exit codes that can be relied on."""

import gzip
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest
from helpers import make_notebook

from crmlib.kit import cli
from crmlib.kit import run as kit

GOOD = 'from crmlib.lesson.findings import needs, say\nsay("{n} customers, {share}", n=n, share="12%")'
SKIPPING = GOOD + '\nneeds({}, "activities", section="Cost to serve")'
SLOW = "import time\nopen('started', 'w').close()\nprint('waiting', flush=True)\ntime.sleep(60)"


# --- crmlib data ---


def test_data_lists_every_data_set_of_the_kit_one_line_each_in_a_pipe(call):
    code, said, _ = call("data")
    assert code == 0
    heading, *lines = said.splitlines()
    assert heading.split() == ["name", "kind", "rows", "customers", "period", "licence", "source"]
    assert [line.split()[0] for line in lines] == [
        "teaching-company",
        "complete-journey",
        "cdnow",
        "german-credit",
        "febrl",
        "bank-calls",
        "restaurants",
        "charity",
        "donors",
        "rating-transitions",
        "lending-club",
        "mortgages",
        "bankruptcies",
        "telecom",
        "cracker",
        "heating",
    ]
    assert lines[1].split()[1:4] == ["real", "1,469,307", "2,469"]
    assert "\x1b" not in said


@pytest.mark.parametrize("width", [30, 80, 200])
def test_data_fits_the_terminal_and_loses_nothing(call, monkeypatch, capsys, width):
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((width, 24)))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, said, _ = call("data")
    said = re.sub(r"\x1b\[[0-9;]*m", "", said)
    assert code == 0
    assert max(len(line) for line in said.splitlines()) <= width
    for word in ("teaching-company", "1,469,307", "1998-06-30", "CC-BY-4.0", "lifetimes"):
        assert word in said


def test_data_shows_what_a_table_must_hold(call):
    code, said, _ = call("data", "--columns", "transactions")
    assert code == 0
    assert said.splitlines()[1].split() == ["column", "type", "unit", "needed", "meaning"]
    assert [line.split()[3] for line in said.splitlines() if line.startswith("amount")] == ["yes"]
    assert "a refund is negative" in said


# --- crmlib run ---


@pytest.fixture
def notebooks(tmp_path, monkeypatch):
    """Let the command run these notebooks instead of the kit's."""

    def put(**code):
        paths = [make_notebook(tmp_path, name.replace("_", "-"), text) for name, text in code.items()]
        monkeypatch.setattr(kit, "list_analyses", lambda *_: paths)

    return put


def test_a_failure_is_named_the_rest_goes_on_and_it_exits_with_1(call, notebooks, tmp_path):
    notebooks(a2_bad="1 / 0", a3_good=SKIPPING)
    code, said, complained = call("run", "--data", "cdnow", "--out", tmp_path / "out")
    assert code == 1
    assert "  failed  a2-bad, cell 3: ZeroDivisionError: division by zero" in said
    assert "  ok      a3-good: 1 finding, 1 section left out" in said
    assert '  "Cost to serve" is left out: there is no table activities' in said
    assert "  1 finding, 1 section left out, 0 rows set aside, 1 notebook failed" in said
    assert f"  open    {tmp_path / 'out' / 'index.html'}" in said
    assert complained == ""


def test_left_out_sections_are_no_failure_and_it_says_where_to_look(call, notebooks, tmp_path, monkeypatch):
    notebooks(a2_good=SKIPPING)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.orders.csv.gz").write_bytes(gzip.compress(b"customer_id,order_date,amount\na,2024-01-02,5\n"))
    code, said, _ = call("run", "my.orders.csv.gz", "--as-of", "2024-02-29")
    assert code == 0
    assert "1 section left out" in said
    assert f"  open    {os.path.join('build', 'my.orders', 'index.html')}" in said
    assert (tmp_path / "build" / "my.orders" / "index.html").exists()
    assert '"as_of": "2024-02-29"' in (tmp_path / "build" / "my.orders" / "run.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--data", "nowhere.csv"], "Error: data must be a data set of the kit (teaching-company, "),
        (["run", "--data", "cdnow", "--data", "nowhere.csv"], "there is no 'nowhere.csv' here"),
        (["run", "--data", "febrl"], "Error: data must have transactions to be analyzed; febrl has none"),
        (["run", "--chapter", "99"], "Error: chapter must be one of [1, 2"),
        (["run", "--chapter", "two"], "'two' is not a valid integer"),
        (["run", "--as-of", "31.12.2025"], "--as-of must be a day such as 2025-12-31; got 31.12.2025"),
        (["run", "--as-of", "2025-02-29"], "--as-of must be a day such as 2025-12-31; got 2025-02-29"),
        (["run", "--language", "fr"], "'fr' is not one of 'en', 'zh'"),
        (["run", "--out", "x"], "--out and --mapping take one data set"),
        (
            ["run", "--data", "cdnow", "--mapping", "x.toml"],
            "a mapping file is for a file of yours; cdnow is a data set",
        ),
        (["check", "cdnow", "--mapping", "x.toml"], "Leave --mapping out."),
        (["check", "febrl"], "Error: data must have transactions to be analyzed; febrl has none"),
        (["run", "--speed", "9"], "No such option"),
        (["data", "--columns", "x"], "--columns must be one of transactions"),
        (["nonsense"], "No such command 'nonsense'"),
    ],
)
def test_mistakes_are_sentences_exit_with_2_and_nothing_runs(call, monkeypatch, arguments, message):
    monkeypatch.setattr(kit, "run_analyses", lambda *_, **__: pytest.fail("it ran"))
    code, said, complained = call(*arguments)
    assert code == 2
    assert message in complained
    assert "Traceback" not in said + complained


def test_somebodys_own_folder_is_not_replaced(call, notebooks, tmp_path):
    notebooks(a2_good=GOOD)
    code, _, complained = call("run", "--data", "cdnow", "--out", tmp_path)
    assert code == 2
    assert "a2-good.ipynb, which no run made. Choose another folder" in complained


def test_a_fault_of_ours_is_one_sentence_and_says_how_to_see_more(call, monkeypatch):
    monkeypatch.setattr(kit, "run_analyses", lambda *_, **__: {}["tiers"])
    code, _, complained = call("run", "--data", "cdnow")
    assert code == 1
    assert complained == "Error: 'tiers' (KeyError; put CRMLIB_DEBUG=1 before the command to see where)\n"
    monkeypatch.setattr(kit, "run_analyses", lambda *_, **__: int("x"))
    assert call("run", "--data", "cdnow")[::2] == (
        1,
        (
            "Error: invalid literal for int() with base 10: 'x' (ValueError; put CRMLIB_DEBUG=1 before the command to"
            " see where)\n"
        ),
    )


def test_debugging_shows_the_traceback(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["crmlib", "run", "--data", "cdnow"])
    monkeypatch.setattr(kit, "run_analyses", lambda *_, **__: {}["tiers"])
    monkeypatch.setenv("CRMLIB_DEBUG", "1")
    with pytest.raises(KeyError, match="tiers"):
        cli.main()


# --- as the shell has it ---

RUN = """
import sys
from pathlib import Path
from crmlib.kit import cli
from crmlib.kit import run as kit
notebook = Path(sys.argv.pop(1))
kit.list_analyses = lambda *_: [notebook]
cli.main()
"""


def start(notebook, out, *more, **options):
    command = [sys.executable, "-c", RUN, str(notebook), "run", "--data", "cdnow", "--out", str(out), *more]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.Popen(command, encoding="utf-8", **pipes)


def wait_until_it_runs(process, out):
    deadline = time.monotonic() + 60
    while not list(out.parent.glob(f".{out.name}.*.partial/new/started")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "the run did not start"
        time.sleep(0.05)


def test_help_names_every_command():
    done = subprocess.run([sys.executable, "-m", "crmlib", "--help"], capture_output=True, encoding="utf-8", check=True)
    assert [name for name in ("run", "check", "new", "data", "lab") if f"  {name} " not in done.stdout] == []


def test_a_console_that_cannot_write_it_shows_a_mark_not_a_traceback(tmp_path):
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-m", "crmlib", "data"], capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"84.51?" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGKILL, and Ctrl-C only to a whole console")
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
def test_a_run_that_is_ended_leaves_the_old_result_and_the_next_one_cleans_up(tmp_path, how, jobs):
    out = tmp_path / "build" / "mine"
    good, slow = make_notebook(tmp_path, "2-good", GOOD), make_notebook(tmp_path, "2-slow", SLOW)
    if how == signal.SIGKILL:  # elsewhere there is no old result: then there is none after it either
        kit.run_analyses("cdnow", out, notebooks=[good], tell=lambda _: None)
    old = {path: path.read_bytes() for path in tmp_path.rglob("build/mine/**/*") if path.is_file()}
    process = start(slow, out, f"--jobs={jobs}")
    wait_until_it_runs(process, out)
    if how == signal.SIGKILL:
        with pytest.raises(RuntimeError, match=f"only one run at a time.*process {process.pid} is at it"):
            kit.run_analyses("cdnow", out, notebooks=[good], tell=lambda _: None)
    process.send_signal(how)
    _, complained = process.communicate(timeout=30)
    assert {path: path.read_bytes() for path in tmp_path.rglob("build/mine/**/*") if path.is_file()} == old
    if how == signal.SIGKILL:
        assert process.returncode == -signal.SIGKILL
        assert len(list(out.parent.iterdir())) == 3  # the old result, a lock that nobody holds, and what was half done
        kit.run_analyses("cdnow", out, notebooks=[good], language="zh", tell=lambda _: None)
        assert 'lang="zh-CN"' in (out / "index.html").read_text(encoding="utf-8")
        assert [path.name for path in out.parent.iterdir()] == ["mine"]
    else:
        assert (process.returncode, complained.strip()) == (130, "Stopped. Nothing half-written was left.")
        assert list(out.parent.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminal in Python's library")
def test_the_bar_is_for_terminals_and_shows_the_time_left(tmp_path):
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = start(make_notebook(tmp_path, "2-good", GOOD), tmp_path / "out", stderr=theirs)
    said, _ = process.communicate(timeout=60)
    os.set_blocking(ours, False)
    seen = os.read(ours, 65536).decode()
    os.close(theirs)
    os.close(ours)
    assert process.returncode == 0
    assert re.search(r"2-good: +20%.*1/5 \[00:\d\d<00:\d\d", seen)
    assert seen.endswith("\r")  # and it leaves the line to ours
    assert "%|" not in said


def test_several_at_a_time_find_the_same_and_say_it_in_order(call, notebooks, tmp_path, monkeypatch):
    # The first takes longer than the second, and each asks where it is: no notebook may stand in another's folder.
    see = "\nimport os, time; there = str(os.listdir('prepared'))"
    see += "\ntime.sleep(2 * ('customers.parquet' in there)); open('where', 'w').write(there)"
    notebooks(a2_first=GOOD + see, a3_second=GOOD, a4_bad="1 / 0")
    monkeypatch.chdir(tmp_path)
    names = ["--data", "teaching-company", "--data", "cdnow"]
    code, one_by_one, _ = call("run", *names)
    first = {
        path.relative_to(tmp_path): path.read_bytes()
        for path in tmp_path.rglob("build/*/*")
        if path.suffix != ".json" and path.is_file()
    }
    code_of_many, at_once, complained = call("run", *names, "--jobs", 3)
    assert complained == ""
    assert code == code_of_many == 1
    assert re.sub(r"\d+\.\d+ s", "", one_by_one) == re.sub(r"\d+\.\d+ s", "", at_once)
    for path, content in first.items():
        assert (tmp_path / path).read_bytes() == content, path
    for name in ("teaching-company", "cdnow"):
        there = (tmp_path / "build" / name / "where").read_text()
        assert ("customers.parquet" in there) is (name == "teaching-company")


def test_an_engine_that_was_interrupted_is_no_error(monkeypatch, capsys):
    def interrupted(**_):
        try:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
        except KeyboardInterrupt:
            raise RuntimeError("Query interrupted") from None  # as DuckDB says it

    monkeypatch.setattr(cli.cli, "main", interrupted)
    monkeypatch.setattr(cli, "_was_stopped", threading.Event())
    before = {asked: signal.getsignal(asked) for asked in (signal.SIGINT, signal.SIGTERM)}
    try:
        with pytest.raises(SystemExit) as ended:
            cli.main()
    finally:
        logging.disable(logging.NOTSET)
        for asked, handler in before.items():
            signal.signal(asked, handler)
    assert ended.value.code == 130
    assert capsys.readouterr().err.strip() == "Stopped. Nothing half-written was left."
