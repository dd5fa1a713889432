"""Choose versions: pyproject.toml -> requirements.lock, two locks on top of it, environment.yml.

Run by `make lock`. One lock serves Linux, macOS and Windows and Python 3.11 to 3.13; requirements-test.lock holds only
what tests need on top of the first, requirements-engines.lock what Spark and PostgreSQL need. conda has no hashed
lock, so environment.yml repeats the first lock's versions.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ASKED_FOR = ("jupyterlab", "pandas", "matplotlib", "scikit-learn", "nbval", "papermill")
HEAD = """\
# The kit with conda, in one command: conda env create --file environment.yml
# Written by `make lock` from requirements.lock: python and pip come from conda,
# everything else from pip at the locked versions.
name: crm-kit
channels:
  - conda-forge
dependencies:
  - python=3.12
  - pip
  - pip:
"""


def read_pins(lock: str) -> list[str]:
    """The pinned requirements of a lock, without hashes and comments."""
    return re.findall(r"^([A-Za-z0-9][^\s\\]*==[^\\\n]*?)\s*\\?$", lock, flags=re.MULTILINE)


def package(pin: str) -> str:
    return pin.split("==")[0]


def make_environment(lock: str) -> str:
    pins = read_pins(lock)
    asked = [pin for name in ASKED_FOR for pin in pins if package(pin) == name]
    rest = [pin for pin in pins if pin not in asked]

    def lines(items: list[str]) -> str:
        return "".join(f'      - "{pin}"\n' for pin in items)

    return (
        HEAD
        + "      - -e .\n      # what the kit is made of\n"
        + lines(asked)
        + "      # what these need\n"
        + lines(rest)
    )


def compile_lock(target: str, *options: str) -> str:
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-emit-index-url", "--no-annotate", "--custom-compile-command", "make lock"]
    subprocess.run([*command, "pyproject.toml", "-o", target, *options], cwd=ROOT, check=True)
    return (ROOT / target).read_text(encoding="utf-8")


def lock_on_top(target: str, known: set[str], *extras: str) -> None:
    """A lock of what the extras need and the first lock has not."""
    options = [word for extra in extras for word in ("--extra", extra)]
    both = compile_lock(target, *options, "--constraint", "requirements.lock")
    head, *entries = re.split(r"(?m)^(?=[A-Za-z0-9])", both)
    more = [entry for entry in entries if read_pins(entry)[0] not in known]
    (ROOT / target).write_text(head + "".join(more), encoding="utf-8", newline="\n")


def main() -> None:
    lock = compile_lock("requirements.lock", "--upgrade")
    known = set(read_pins(lock))
    lock_on_top("requirements-test.lock", known, "test")
    lock_on_top("requirements-engines.lock", known, "spark", "postgres")
    (ROOT / "environment.yml").write_text(make_environment(lock), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
