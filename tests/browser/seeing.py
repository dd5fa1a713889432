"""A real browser, and pages opened in it from disk as a reader opens them: fixtures to import.

No conftest.py, for pytest cannot collect doctests from two files of one name.
"""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None and not os.environ.get("CRM_REQUIRE_BROWSER"):
        pytest.skip("no Chromium on this machine; install it to see the pages as a browser does (CI requires it)")
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
