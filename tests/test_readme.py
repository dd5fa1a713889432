"""What the README shows is what the commands print: a fresh copy of the example, the same words."""

import re
import shutil
from pathlib import Path

import pytest
from test_cli import call  # noqa: F401

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```\n\$ (crmlib [^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def read_blocks():
    """The commands shown with their output."""
    return BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))


def steady(text):
    """Without what differs from day to day and machine to machine: today, and seconds."""
    text = re.sub(r"(?<=after today, )\d{4}-\d\d-\d\d", "TODAY", text)
    return re.sub(r"\d+\.\d s$", "TIME s", text, flags=re.MULTILINE).strip()


def test_three_commands_are_shown():
    assert [command.split()[1] for command, _ in read_blocks()] == ["check", "run", "new"]


@pytest.mark.slow
def test_what_the_readme_shows_is_what_the_commands_print(call, tmp_path, monkeypatch):  # noqa: F811
    shutil.copy(ROOT / "docs" / "example" / "shop-export.csv", tmp_path)
    monkeypatch.chdir(tmp_path)
    for command, shown in read_blocks():
        _, said, complained = call(*command.split()[1:])
        assert (steady(said), complained) == (steady(shown), ""), command


def test_the_example_is_what_its_script_makes():
    import runpy

    made = runpy.run_path(str(ROOT / "docs" / "example" / "make.py"))
    assert made["PATH"].read_text(encoding="gb18030").splitlines() == made["make_lines"]()
