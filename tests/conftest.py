"""What every test shares."""

import os
import shutil
import signal
import sys

import matplotlib
import pytest

# Kernels started by a test inherit these: the last digit shown must not depend on
# the number of threads, nor the order of a set on the process.
os.environ.update({"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"})
matplotlib.use("Agg")


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


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None and not os.environ.get("CRM_REQUIRE_BROWSER"):
        pytest.skip("no Chromium on this machine; install it to see the pages as a browser does (CI requires it)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


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
