"""Open the kit in JupyterLab, in English or Chinese."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from jupyter_core.paths import jupyter_config_path

from crmlib import require
from crmlib.files.places import ROOT
from crmlib.files.whole import write_whole
from crmlib.kit.terminal import as_argument, as_command, plain
from crmlib.language import t

LOCALES = {"en": "en", "zh": "zh_CN"}
START = {language: f"notebooks/{language}/0-start-here/0-start-here.ipynb" for language in LOCALES}

OPENS_NOTHING = ("-h", "--help", "--help-all", "--version", "--show-config", "--show-config-json", "--generate-config")


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
    if _is_root() and not _may_be_root(options):
        print(_tell_root(language, options, folder), file=sys.stderr)
        return 1
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
        return _wait_for([*command, *options], root)


def _may_be_root(options: tuple[str, ...]) -> bool:
    """Has somebody allowed it, in the options or in a settings file of Jupyter's, or is nothing to be opened?"""
    if any("allow-root" in option or "allow_root" in option or option in OPENS_NOTHING for option in options):
        return True
    for folder in map(Path, jupyter_config_path()):
        for path in [*folder.glob("jupyter*_config.py"), *folder.glob("jupyter*_config.json")]:
            with suppress(OSError):
                if re.search(r"(?m)^[^#\n]*allow_root", path.read_text(encoding="utf-8", errors="replace")):
                    return True
    return False


def _tell_root(language: str, options: tuple[str, ...], folder: Path | None) -> str:
    """What root is to do, with the command to copy."""
    words = ["crmlib", "lab", *([as_argument(folder)] if folder else [])]
    words += ["--language", language] if language != "en" else []
    words += ["--", *options, "--allow-root"]
    lines = [
        t(
            "JupyterLab does not run for root unless told to, for whoever reaches it can then change all of the"
            " machine. Use an account of your own."
        ),
        t("Or, in a container that is yours alone:"),
        "  " + as_command(*words),
        t("And where your browser is outside the container:"),
        "  " + as_command(*words, "--no-browser", "--ip=0.0.0.0"),
    ]
    return "\n".join(map(plain, lines))


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
