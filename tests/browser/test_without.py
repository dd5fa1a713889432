"""Where there is no browser, the last lines say what was not looked at."""

import os
import subprocess
import sys

from crmlib.files.places import ROOT


def test_without_a_browser_the_last_lines_say_what_was_not_looked_at_and_how_to_get_one(tmp_path):
    hidden = {name: value for name, value in os.environ.items() if name != "CRM_REQUIRE_BROWSER"}
    hidden |= {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/browser/test_decks.py"]
    done = subprocess.run(
        [*command, "-k", "letters"], cwd=ROOT, env=hidden, capture_output=True, text=True, encoding="utf-8", check=False
    )
    *_, what, how, count = done.stdout.splitlines()
    assert done.returncode == 0 and count.startswith("1 skipped")
    assert what == "Tests that need a browser (no Chromium on this machine): 1, in tests/browser/test_decks.py."
    assert "install Chromium or Chrome, or: python -m playwright install chromium" in how
