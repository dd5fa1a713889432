"""Open the kit in JupyterLab, in English or Chinese."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from crmlib import require
from crmlib.files.places import ROOT
from crmlib.files.whole import write_whole
from crmlib.language import t

LOCALES = {"en": "en", "zh": "zh_CN"}
START = {language: f"notebooks/{language}/0-start-here/0-start-here.ipynb" for language in LOCALES}


def make_settings(language: str, folder: Path) -> Path:
    """Write JupyterLab's defaults for a lesson: its language, and no pop-up that asks for the net."""
    overrides = {
        "@jupyterlab/translation-extension:plugin": {"locale": LOCALES[language]},
        "@jupyterlab/apputils-extension:notification": {
            "fetchNews": "false",
            "checkForUpdates": False,
            "doNotDisturbMode": True,
        },
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "overrides.json"
    return write_whole(path, json.dumps(overrides, indent=2))


def open_lab(language: str, *options: str, folder: Path | None = None) -> int:
    """Run JupyterLab on the kit, or on a folder of yours, until it is closed: its exit code.

    `options` go to ``jupyter lab`` as they are. Your own settings, once you change one in JupyterLab, win
    over these defaults.
    """
    require.one_of(language, list(LOCALES), "language")
    root = ROOT if folder is None else folder.resolve()
    with tempfile.TemporaryDirectory(prefix="crmlib-lab-") as settings:
        make_settings(language, Path(settings))
        command = [
            sys.executable,
            "-m",
            "jupyterlab",
            f"--ServerApp.root_dir={root}",
            f"--LabApp.app_settings_dir={settings}",
        ]
        command += [f"--LabApp.default_url=/lab/tree/{START[language]}"] if folder is None else []
        code = _wait_for([*command, *options], root)
    if code != 0 and _is_root() and "--allow-root" not in options:
        print(
            t(
                "JupyterLab does not run for root unless told to, for whoever reaches it can then change all of the"
                " machine. Use an account of your own; or, in a container that is yours alone, say:"
                " crmlib lab -- --allow-root"
            ),
            file=sys.stderr,
        )
    return code


def _wait_for(command: list[str], root: Path) -> int:
    """Run a command to its end, and return its exit code as the shell would.

    Ctrl-C reaches both of us: JupyterLab asks whether to end, and we wait for what it is told. Who asks
    only us to end has JupyterLab asked too.
    """
    process = subprocess.Popen(command, cwd=root)
    before = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        while True:
            try:
                code = process.wait()
                return code if code >= 0 else 128 - code
            except KeyboardInterrupt:
                continue
    finally:
        signal.signal(signal.SIGTERM, before)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
