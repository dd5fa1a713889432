"""What every test shares."""

import gc
import os
import shutil
import signal
import sys
import warnings

import forks
import hypothesis
import matplotlib
import pytest
import sharing

# Kernels started by a test inherit these: the last digit shown must not depend on
# the number of threads, nor the order of a set on the process.
os.environ.update({"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"})
# A kernel without byte code compiles pandas and matplotlib anew, which takes longer than many a lesson.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
matplotlib.use("Agg")
# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("kit", deadline=None)
hypothesis.settings.load_profile("kit")
forks.fork_kernels()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """As --dist loadfile shares tests out, but files that read one run of a lesson go to one process."""
    return sharing.make_scheduler(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(autouse=True)
def speak_english():
    """Tests that speak Chinese must not leave others speaking it."""
    from crmlib import language

    yield
    language.use("en")


@pytest.fixture
def call(monkeypatch, capsys):
    """Run the command as the shell does, in this process: exit code, what it said, what it complained of."""

    from crmlib.kit import cli

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["crmlib", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    yield call
    for name, handler in before.items():
        signal.signal(name, handler)


@pytest.fixture
def displayed(monkeypatch):
    """What is displayed: a list of (bundle, metadata)."""
    seen = []
    monkeypatch.setattr(
        "IPython.display.display", lambda bundle, raw, metadata: seen.append((bundle, metadata["crmlib"]))
    )
    return seen


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


NO_BROWSER = "no Chromium on this machine"


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        place = CHROMIUM or playwright.chromium.executable_path  # playwright's own, where that was installed
        if not os.path.exists(place) and not os.environ.get("CRM_REQUIRE_BROWSER"):
            pytest.skip(NO_BROWSER)
        browser = playwright.chromium.launch(executable_path=place, args=QUIET)
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True, tryfirst=True)  # around pytest's own summary, so that this comes after it
def pytest_terminal_summary(terminalreporter):
    """Say last what could not be looked at, and how to get it: a dot that was not a look must not pass for one."""
    yield
    skipped = terminalreporter.stats.get("skipped", [])
    blind = [report for report in skipped if NO_BROWSER in str(report.longrepr)]
    if blind:
        files = sorted({report.nodeid.split("::")[0] for report in blind})
        terminalreporter.section("not looked at", yellow=True)
        terminalreporter.line(f"Tests that need a browser ({NO_BROWSER}): {len(blind)}, in {', '.join(files)}.")
        terminalreporter.line(
            "They look at slides, reports and JupyterLab as a reader sees them. To run them, install Chromium or "
            "Chrome, or: python -m playwright install chromium"
        )


@pytest.fixture
def see(browser):
    """Open a page from disk; it remembers what it asked for and complained of."""
    opened = []

    def see(path, *, width=1000):
        page = browser.new_page(viewport={"width": width, "height": 900})
        opened.append(page)
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield see
    for page in opened:
        page.close()


@pytest.fixture
def lying():
    """Lines as a table that stays where it is: an Ibis table of a DuckDB that lives as long as the test."""
    import ibis
    import pyarrow as pa

    connection = ibis.duckdb.connect()

    def lying(lines):
        arrow = lines if isinstance(lines, pa.Table) else pa.Table.from_pandas(lines, preserve_index=False)
        connection.con.register("given", arrow)
        connection.raw_sql("CREATE OR REPLACE TABLE lying AS FROM given")
        with warnings.catch_warnings():  # Ibis 12 reads by functions that DuckDB 2 and pandas 3.1 have since renamed
            warnings.simplefilter("ignore", DeprecationWarning)
            return connection.table("lying")

    yield lying
    connection.disconnect()


BEGAN = dict(os.environ)


def pytest_collection_finish():
    """Nor is what modules put there as they are read: scikit-learn's kept all kernels from being forked."""
    set_as_it_began()
    # What so many tests are made of stays: to look through it again and again for what is unused took three to five
    # hundredths of the time of two files (tests/messy, tests/intake/test_pushed.py).
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def environment_as_before():
    """What a call or an engine puts into the environment, as the password of a URL, is not the next test's."""
    yield
    set_as_it_began()


def set_as_it_began():
    for name in set(os.environ) - set(BEGAN) - {"PYTEST_CURRENT_TEST"}:
        del os.environ[name]
    for name, value in BEGAN.items():
        if os.environ.get(name) != value:
            os.environ[name] = value
