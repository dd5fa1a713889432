"""Open the kit in JupyterLab, in English or Chinese, and say which lessons there are."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from crmlib.language import t

ROOT = Path(__file__).resolve().parents[1]
LOCALES = {"en": "en", "zh": "zh_CN"}
START = {language: f"notebooks/{language}/00-start-here.ipynb" for language in LOCALES}
SOURCES = ROOT / "notebooks" / "source"


def list_lessons(language: str) -> list[dict]:
    """The lessons there are, in order, as their sources say.

    Returns
    -------
    list of dict
        One per lesson: chapter and lesson (numbers), title (in `language`), minutes (None where
        the source does not say) and path, from the folder of the language's notebooks.
    """
    if language not in LOCALES:
        raise ValueError(t("language must be one of {languages}; got {language!r}.").format(languages=list(LOCALES), language=language))
    lessons = []
    for path in sorted(SOURCES.glob("[0-9]-*/[0-9]-*.py")):
        text = path.read_text(encoding="utf-8")
        title = re.search(rf'^# %% \[markdown\].*lang="{language}".*\n# # (.+)', text, flags=re.MULTILINE)
        minutes = re.search(r"^# %% \[markdown\].*\bminutes=(\d+)", text, flags=re.MULTILINE)
        lessons.append(
            {
                "chapter": int(path.parent.name[0]),
                "lesson": int(path.name[0]),
                "title": title[1].strip() if title else path.stem,
                "minutes": int(minutes[1]) if minutes else None,
                "path": f"{path.parent.name}/{path.stem}.ipynb",
            }
        )
    return lessons


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
        raise ValueError(t("language must be one of {languages}; got {language!r}.").format(languages=list(LOCALES), language=language))
    root = ROOT if folder is None else folder.resolve()
    with tempfile.TemporaryDirectory(prefix="crmlib-lab-") as settings:
        make_settings(language, Path(settings))
        command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={root}", f"--LabApp.app_settings_dir={settings}"]
        command += [f"--LabApp.default_url=/lab/tree/{START[language]}"] if folder is None else []
        return subprocess.run([*command, *options], cwd=root, check=False).returncode
