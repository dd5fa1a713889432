"""JupyterLab as a student meets it: open a lesson, run it all, do an exercise wrong and right, move a slider.

The editions' outputs are compared by nbval; here are the things only a browser shows.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
START = "0-start-here/0-start-here"
ADVICE = "That is the biggest single order. A customer may have several: add them up first."
MOVING = "2-customer-pyramid/7-the-bank-and-its-fee"
LONGEST = 180_000  # milliseconds to wait for a lesson to have run, on a machine with other things to do


@pytest.fixture(scope="module", params=["en", "zh"])
def lab(request, tmp_path_factory, browser):
    """JupyterLab on a copy of the notebooks, in a language: a function that opens one of them in a browser."""
    language, folder = request.param, tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks" / language, folder / "notebooks" / language)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = (
        "import sys; from pathlib import Path; from crmlib.kit import lab; lab.ROOT = Path(sys.argv[1]); "
        "sys.exit(lab.open_lab(sys.argv[2], *sys.argv[3:]))"
    )
    options = [
        "--no-browser",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        "--allow-root",
    ]
    options.append("--LabApp.expose_app_in_browser=True")
    own = {
        name: str(folder / name)
        for name in (
            "JUPYTER_CONFIG_DIR",
            "JUPYTERLAB_SETTINGS_DIR",
            "JUPYTERLAB_WORKSPACES_DIR",
            "JUPYTER_RUNTIME_DIR",
        )
    }
    environment = os.environ | own | {"PYTHONPATH": str(ROOT)}
    log = (folder / "log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-c", code, str(folder), language, *options],
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/api", server, folder / "log")
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        page.set_default_timeout(LONGEST)

        def open_notebook(name):
            page.goto(
                f"http://127.0.0.1:{port}/lab/tree/notebooks/{language}/{name}.ipynb?reset",
                wait_until="domcontentloaded",
            )
            page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")
            page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.sessionContext")
            return page

        open_notebook.language = language
        yield open_notebook
        page.close()
    finally:
        os.killpg(server.pid, signal.SIGTERM)  # JupyterLab too, which ends its kernels
        server.wait(30)
        _wait_until_gone(port)
        log.close()


def _wait_until_gone(port):
    for _ in range(60):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.5)
    raise RuntimeError("JupyterLab did not end")


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


def run(page, command):
    """Run a command of JupyterLab's, as its menu does, and wait until it is done."""
    code = """async command => {
      const panel = window.jupyterapp.shell.currentWidget;
      await panel.context.ready; await panel.sessionContext.ready;
      await window.jupyterapp.commands.execute(command);
    }"""
    page.evaluate(code, command)
    page.wait_for_timeout(500)  # outputs are drawn after they have arrived


def see_everything(page):
    """The text of all outputs: JupyterLab draws only what is near the window, so go down in steps."""
    texts, box = {}, page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer").first
    height = box.evaluate("e => e.scrollHeight")
    for top in range(0, height + 700, 700):
        box.evaluate("(e, top) => { e.scrollTop = top }", top)
        page.wait_for_timeout(250)
        for kind, text in page.evaluate(
            "() => [...document.querySelectorAll('.jp-OutputArea-output')].map(e => [e.dataset.mimeType || '',"
            " e.innerText])"
        ):
            texts[kind, text] = True
    return list(texts)


def find_faults(outputs):
    """What nobody should see: errors, warnings, characters that no font could draw."""
    bad = [
        text for kind, text in outputs if kind in ("application/vnd.jupyter.error", "application/vnd.jupyter.stderr")
    ]
    return bad + [text for _, text in outputs if "Glyph" in text or "□" in text or "\ufffd" in text]


def answer(page, blank, value):
    """Put an answer in the place of the three dots, run the cell, and read what `check` says."""
    cell = page.locator(".jp-CodeCell", has_text=re.compile(rf"{blank} = ")).filter(has_text="check(").first
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-line", has_text=re.compile(rf"^{blank} = ")).first.click()
    page.keyboard.press("End")
    page.keyboard.press("Shift+Home")
    before = cell.inner_text()
    page.keyboard.type(f"{blank} = {value}")
    run(page, "notebook:run-cell")
    assert cell.inner_text() != before
    return cell.locator(".jp-OutputArea-output").first.inner_text()


@pytest.mark.slow
def test_a_first_exercise_is_answered_in_the_readers_language(lab):
    """Not attempted, wrong on purpose, right; what check says is the catalogue's, so the language is the reader's."""
    from crmlib import language

    page = lab(START)
    run(page, "notebook:run-all-cells")
    outputs = see_everything(page)
    assert find_faults(outputs) == []
    language.use(lab.language)
    said = {text: language.t(text) for text in ("Not attempted yet.", ADVICE, "Right.")}
    assert any(said["Not attempted yet."] in text for _, text in outputs)
    assert said[ADVICE] in answer(page, "most", "210")
    assert said["Right."] in answer(page, "most", "270")


@pytest.mark.slow
def test_a_lesson_runs_and_its_slider_moves(lab):
    page = lab(MOVING)
    run(page, "notebook:run-all-cells")
    assert find_faults(see_everything(page)) == []
    slider = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .widget-slider .noUi-handle").first
    slider.scroll_into_view_if_needed()
    image = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .widget-image").first
    before = image.get_attribute("src")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "([image, before]) => image.src !== before", arg=[image.element_handle(), before], timeout=60_000
    )
