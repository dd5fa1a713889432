"""Open the kit in JupyterLab, in English or Chinese."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

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
    """Run JupyterLab on the kit, or on a folder of yours, until it is closed; `options` go to ``jupyter lab`` as they are.

    Your own settings, once you change one in JupyterLab, win over these defaults.
    """
    if language not in LOCALES:
        raise ValueError(
            t("language must be one of {languages}; got {language!r}.", languages=list(LOCALES), language=language)
        )
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
        return subprocess.run([*command, *options], cwd=root, check=False).returncode
