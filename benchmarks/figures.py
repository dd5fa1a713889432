"""Where figures of a benchmark stand in README.md: between ``<!-- name: ... -->`` and ``<!-- end of name -->``."""

from __future__ import annotations

from pathlib import Path

README = Path(__file__).resolve().parent / "README.md"


def write_figures(name: str, figures: str) -> None:
    """Put new figures in the place of the old ones."""
    head, rest = README.read_text(encoding="utf-8").split(f"<!-- {name}: ")
    mark, rest = rest.split("\n", 1)
    tail = rest.split(f"<!-- end of {name} -->")[1]
    text = f"{head}<!-- {name}: {mark}\n{figures}\n<!-- end of {name} -->{tail}"
    README.write_text(text, encoding="utf-8", newline="\n")
