"""JupyterLab's parent: it waits for what JupyterLab is told, passes on what only it hears, and says what to do."""

import json
import os
import signal

import pytest

from crmlib.kit import lab
from crmlib.kit.terminal import as_command


class Process:
    """JupyterLab as far as its parent can tell: each wait is interrupted, or ends with a code."""

    def __init__(self, *ends):
        self.ends, self.ended = list(ends), 0

    def __call__(self, command, cwd):
        self.command, self.cwd = command, cwd
        return self

    def wait(self):
        end = self.ends.pop(0)
        if isinstance(end, int):
            return end
        return end() if callable(end) and not isinstance(end, type) else self._raise(end)

    @staticmethod
    def _raise(kind):
        raise kind

    def terminate(self):
        self.ended += 1


@pytest.fixture
def start(monkeypatch):
    def start(*ends, is_root=False):
        process = Process(*ends)
        monkeypatch.setattr(lab.subprocess, "Popen", process)
        monkeypatch.setattr(lab, "_is_root", lambda: is_root)
        return process

    return start


@pytest.mark.parametrize(("code", "told"), [(0, 0), (1, 1), (7, 7), (-15, 143), (-2, 130)])
def test_the_exit_code_is_jupyterlabs(start, code, told):
    start(code)
    assert lab.open_lab("en") == told


def test_after_ctrl_c_it_waits_until_jupyterlab_has_asked(start):
    process = start(KeyboardInterrupt, KeyboardInterrupt, 0)
    assert lab.open_lab("en") == 0
    assert process.ends == [] and process.ended == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGTERM")
def test_who_asks_only_the_parent_to_end_ends_jupyterlab(start):
    before = signal.getsignal(signal.SIGTERM)

    def be_asked():
        os.kill(os.getpid(), signal.SIGTERM)
        return -15

    process = start(be_asked)
    assert lab.open_lab("en") == 143
    assert process.ended == 1
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize("options", [("--allow-root",), ("--ServerApp.allow_root=True",), ("--version",)])
def test_who_may_be_root_is_let_in(start, options):
    process = start(7, is_root=True)
    assert lab.open_lab("en", *options) == 7
    assert process.ends == []


def test_root_is_told_what_to_do_before_jupyterlab_starts(start, capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(lab, "jupyter_config_path", lambda: [str(tmp_path)])
    monkeypatch.chdir(tmp_path)
    process = start(0, is_root=True)
    assert lab.open_lab("zh", "--port=7", folder=tmp_path / "my 分析") == 1
    assert process.ends == [0]  # it was not started
    command = capsys.readouterr().err.splitlines()[2].strip()
    assert command == as_command("crmlib", "lab", "my 分析", *"--language zh -- --port=7 --allow-root".split())
    (tmp_path / "jupyter_server_config.py").write_text("# c.ServerApp.allow_root = False\n", encoding="utf-8")
    assert lab.open_lab("en") == 1
    (tmp_path / "jupyter_server_config.py").write_text("c.ServerApp.allow_root = True\n", encoding="utf-8")
    assert lab.open_lab("en") == 0


def test_who_is_not_root_is_told_nothing(start, capsys):
    start(1)
    assert lab.open_lab("en") == 1
    assert capsys.readouterr().err == ""


def test_options_behind_two_dashes_are_jupyterlabs(call, start, tmp_path):
    process = start(0)
    assert call("lab", "--", "--allow-root", "--no-browser")[0] == 0
    assert process.command[-2:] == ["--allow-root", "--no-browser"]
    assert process.cwd == lab.ROOT
    assert any(word.endswith("/lab/tree/notebooks/en/0-start-here/0-start-here.ipynb") for word in process.command)
    process = start(3)
    assert call("lab", tmp_path, "--language", "zh", "--", "--port=7")[0] == 3
    assert process.command[-1] == "--port=7" and process.cwd == tmp_path
    assert not any("default_url" in word for word in process.command)
    assert call("lab", tmp_path / "nowhere")[0] == 2


def test_the_settings_speak_the_language(tmp_path):
    said = json.loads(lab.make_settings("zh", tmp_path / "new").read_text(encoding="utf-8"))
    assert said["@jupyterlab/translation-extension:plugin"] == {"locale": "zh_CN"}
    with pytest.raises(ValueError, match="language must be one of"):
        lab.open_lab("fr")
