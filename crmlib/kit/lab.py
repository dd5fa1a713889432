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
    path.write_text(json.dumps(overrides, indent=2), encoding="utf-8")
    return path


def open_lab(language: str, *options: str, folder: Path | None = None) -> int:
    """Run JupyterLab on the kit, or on a folder of yours, until it is closed; `options` go to it as they are.

    Your own settings, once you change one in JupyterLab, win over these defaults. Ctrl-C is JupyterLab's: it
    asks whether to stop, and goes on where nobody answers.

    Returns
    -------
    int
        The code JupyterLab ended with.

    Raises
    ------
    ValueError
        The language is not one of the kit's, or root would run it.
    """
    require.one_of(language, list(LOCALES), "language")
    if hasattr(os, "geteuid") and os.geteuid() == 0 and "--allow-root" not in options:
        raise ValueError(
            t(
                "JupyterLab must not be run as root, who may do everything: so may then whatever runs in a notebook."
                " Run it as another user; or, where root is all there is (a container), say: crmlib lab -- --allow-root"
            )
        )
    root = ROOT if folder is None else folder.resolve()
    with tempfile.TemporaryDirectory(prefix="crmlib-lab-") as settings:
        make_settings(language, Path(settings))
        command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={root}"]
        command += [f"--LabApp.app_settings_dir={settings}"]
        command += [f"--LabApp.default_url=/lab/tree/{START[language]}"] if folder is None else []
        return _wait_for(subprocess.Popen([*command, *options], cwd=root))


def _wait_for(server: subprocess.Popen) -> int:
    """The code a server ends with; Ctrl-C reaches it by itself, and what asks us to end is passed on."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return server.wait()
    except KeyboardInterrupt:  # SIGTERM
        server.terminate()
        return server.wait()
    finally:
        signal.signal(signal.SIGINT, before)
