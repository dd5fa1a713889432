"""JupyterLab as a student meets it: open a lesson, run it all, do an exercise wrong and right, move a slider.

The editions' outputs are compared by nbval; here are the things only a browser shows.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from seeing import browser  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
START = "00-start-here"
LONGEST = 240_000  # milliseconds to wait for a lesson to have run, on a machine with other things to do


@pytest.fixture(scope="module", params=["en", "zh"])
def lab(request, tmp_path_factory, browser):  # noqa: F811
    """JupyterLab on a copy of the notebooks, in a language: a function that opens one of them in a browser."""
    language, folder = request.param, tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks" / language, folder / "notebooks" / language)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = (
        "import sys; from pathlib import Path; from crmlib import lab; lab.ROOT = Path(sys.argv[1]); "
        "sys.exit(lab.open_lab(sys.argv[2], *sys.argv[3:]))"
    )
    options = ["--no-browser", f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--allow-root"]
    own = {name: str(folder / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTER_RUNTIME_DIR")}
    environment = os.environ | own | {"PYTHONPATH": str(ROOT)}
    log = (folder / "log").open("w")
    server = subprocess.Popen([sys.executable, "-c", code, str(folder), language, *options], env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api", server, folder / "log")
        page = browser.new_page(viewport={"width": 1300, "height": 1000})

        def open_notebook(name):
            page.goto(f"http://127.0.0.1:{port}/lab/tree/notebooks/{language}/{name}.ipynb?reset", wait_until="domcontentloaded")
            page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell", timeout=90_000)
            return page

        open_notebook.language = language
        yield open_notebook
        page.close()
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def _wait_for(url, server, log):
    for _ in range(240):
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.5)
    raise RuntimeError(f"JupyterLab did not start: {log.read_text(errors='replace')[-2000:]}")


def run_all(page):
    """Run every cell and wait until the last one has its number."""
    page.evaluate("() => window.jupyterapp?.commands?.execute('notebook:run-all-cells')")
    if page.evaluate("() => window.jupyterapp === undefined"):
        page.locator("li.lm-MenuBar-item").nth(3).click()
        page.locator("li.lm-Menu-item[data-command='runmenu:run-all']").click()
    page.wait_for_function("() => document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle' && window.sawBusy", timeout=LONGEST)


WATCH = """() => { window.sawBusy = false; setInterval(() => {
  if (document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'busy') window.sawBusy = true; }, 50); }"""


def see_everything(page):
    """The text of all outputs: JupyterLab draws only what is near the window, so go down in steps."""
    texts, box = {}, page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer").first
    height = box.evaluate("e => e.scrollHeight")
    for top in range(0, height + 700, 700):
        box.evaluate("(e, top) => { e.scrollTop = top }", top)
        page.wait_for_timeout(250)
        for kind, text in page.evaluate(
            "() => [...document.querySelectorAll('.jp-OutputArea-output')].map(e => [e.dataset.mimeType || '', e.innerText])"
        ):
            texts[kind, text] = True
    return list(texts)


@pytest.mark.slow
@pytest.mark.parametrize("name", [START])
def test_a_student_can_run_a_notebook_and_is_answered(lab, name):
    page = lab(name)
    page.evaluate(WATCH)
    run_all(page)
    outputs = see_everything(page)
    assert [text for kind, text in outputs if kind in ("application/vnd.jupyter.error", "application/vnd.jupyter.stderr")] == []
    said = "\n".join(text for _, text in outputs)
    assert "Glyph" not in said and "□" not in said
    waiting = {"en": "Not attempted", "zh": "还没有作答"}[lab.language]
    assert waiting in said, said[-1500:]


def answer(page, blank, text):
    """Put an answer in the place of the three dots and run the cell."""
    cell = page.locator(f".jp-CodeCell:has-text('{blank} = ...')").first
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    line = cell.locator(".cm-line", has_text=re.compile(rf"^{blank} = ")).first
    line.click()
    page.keyboard.press("End")
    for _ in range(3):
        page.keyboard.press("Backspace")
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(3000)
    return page.locator(".jp-CodeCell", has_text="check(").first.locator(".jp-OutputArea-output").first.inner_text()
