"""What the README shows is what the commands print: a fresh copy of the example, the same words."""

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```\n\$ (crmlib [^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


READMES = ["README.md", "README.zh.md"]


def read_blocks(name="README.md"):
    """The commands shown with their output."""
    return BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))


def steady(text):
    """Without what differs from day to day and machine to machine: today, and seconds."""
    text = re.sub(r"(?<=after today, )\d{4}-\d\d-\d\d|(?<=晚于今天 )\d{4}-\d\d-\d\d", "TODAY", text)
    return re.sub(r"\d+\.\d ?(s|秒)$", "TIME", text, flags=re.MULTILINE).strip()


@pytest.mark.parametrize("name", READMES)
def test_three_commands_are_shown(name):
    assert [command.split()[1] for command, _ in read_blocks(name)] == ["check", "run", "new"]


def test_the_two_readmes_say_the_same():
    """As far as a program can see: as many sections, the same commands, the same pages and pictures."""

    def outline(name):
        text = (ROOT / name).read_text(encoding="utf-8")
        prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        commands = [
            re.sub(r" (--language|EDITION=)[ =]?zh", "", command.split("#")[0].strip())
            for command in re.findall(r"^(?:\$ )?((?:make|crmlib|\S*python\S*|\.venv\S*) .*)$", text, re.MULTILINE)
        ]
        links = {link.replace(".zh.md", ".md") for link in re.findall(r"\]\(([^)]+)\)", prose)} - {
            "README.md",
            "docs/images/lesson-en.png",
        }
        return len(re.findall("^## ", text, re.MULTILINE)), commands, links

    assert outline("README.md") == outline("README.zh.md")


@pytest.mark.slow
@pytest.mark.parametrize("name", READMES)
def test_what_the_readme_shows_is_what_the_commands_print(call, tmp_path, monkeypatch, name):
    shutil.copy(ROOT / "docs" / "example" / "shop-export.csv", tmp_path)
    monkeypatch.chdir(tmp_path)
    for command, shown in read_blocks(name):
        _, said, complained = call(*command.split()[1:])
        assert (steady(said), complained) == (steady(shown), ""), command


def test_the_example_is_what_its_script_makes():
    import runpy

    made = runpy.run_path(str(ROOT / "docs" / "example" / "make.py"))
    assert made["PATH"].read_text(encoding="gb18030").splitlines() == made["make_lines"]()
