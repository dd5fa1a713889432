"""Look at what changed, and only at that: `make check`, for the minute between two edits.

Changed is what git says differs from the last commit and from where the branch left origin/main, and files
it does not know yet. Of these

    Python files      keep the style (ruff), and their examples run
    tests             run that changed, or that import what changed: at any remove, but where that is half of
                      all, only those that lie in its folder or import it themselves; and those that name a
                      changed file of data or text
    notebooks         run that changed, or whose source did

Tests that run whole notebooks or a browser (marked slow) are left to `make test`, unless they changed themselves.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from crmlib.files.places import NOTEBOOKS, ROOT, SOURCES
from crmlib.kit.made_from import find_modules
from crmlib.language import LANGUAGES
from crmlib.lesson.sources import edition_path, list_sources

TESTS = ROOT / "tests"
PACKAGE = ROOT / "crmlib"
MANY = 0.5  # of the tests: a change that so many import is one for `make test`
IN_TWO = ("-q", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "-p", "no:cacheprovider")
NO_TESTS = 5  # pytest's own code for: all were left out, or there was none


def find_changed(root: Path = ROOT) -> set[Path]:
    """The files that differ from the last commit, or from where the branch left origin/main; not those deleted."""

    def ask(*words: str) -> list[str]:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)
        return done.stdout.split("\0") if done.returncode == 0 else []

    names = ask("diff", "--name-only", "-z", "HEAD")
    names += ask("diff", "--name-only", "-z", "--merge-base", "origin/main")
    names += ask("ls-files", "--others", "--exclude-standard", "-z")
    return {root / name for name in names if name and (root / name).is_file()}


def find_tests(changed: set[Path], tests: Path = TESTS) -> list[Path]:
    """The files of tests that changed, that import what changed, or that name it."""
    known = sorted(tests.rglob("test_*.py"))
    shared = {path for path in tests.glob("*.py") if path in changed}
    modules = {path for path in changed if path.is_relative_to(PACKAGE) and path.suffix == ".py"}
    names = {_name(path) for path in changed if path.suffix != ".py" and path.suffix != ".ipynb"}
    texts = {path: path.read_text(encoding="utf-8") for path in known}
    far = {path for path in known if modules & {*find_modules([texts[path]])}}
    if len(far) > MANY * len(known):
        beside = {tests / path.relative_to(PACKAGE).parent for path in modules} - {tests}
        far = {path for path in far if path.parent in beside or modules & _imported_itself(texts[path])}
    named = {path for path in known if any(name in texts[path] for name in names)}
    importing = [re.compile(rf"^ *(from|import) {one.stem}\b", re.MULTILINE) for one in shared]
    sharing = {path for path in known if any(one.search(texts[path]) for one in importing)}
    return sorted({path for path in known if path in changed} | far | named | sharing)


def _imported_itself(code: str) -> set[Path]:
    """The modules that a test imports by their names, and not through others."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            place = ROOT.joinpath(*name.split("."))
            found |= {place.with_suffix(".py"), place / "__init__.py"}
    return found


def _name(path: Path) -> str:
    """A file as tests name it: by its folder where many are called alike."""
    return f"{path.parent.name}/{path.name}" if path.name in ("README.md", "zh.po") else path.name


def find_notebooks(changed: set[Path]) -> list[Path]:
    """The editions that nbval runs and that changed, or whose source did."""
    sources = {edition_path(source, language): source for source in list_sources() for language in LANGUAGES}
    run_by_nbval = [path for path in sources if path.parts[len(NOTEBOOKS.parts)] != "zh"]
    return sorted(path for path in run_by_nbval if {path, sources[path]} & changed)


def main() -> int:
    changed = find_changed()
    python = sorted(path for path in changed if path.suffix == ".py")
    tests, notebooks = find_tests(changed), find_notebooks(changed)
    print(f"{len(changed)} files changed: {len(tests)} files of tests, {len(notebooks)} notebooks to run.", flush=True)
    failed = []
    if python:
        failed += _run("ruff", "check", "--quiet", *python)
        failed += _run("ruff", "format", "--quiet", "--check", *python)
    own = [path for path in tests if path in changed]
    examples = [path for path in python if path.is_relative_to(PACKAGE)]
    if others := [*examples, *(path for path in tests if path not in changed)]:
        failed += _run("pytest", *IN_TWO, "-m", "not slow", *others)
    if own or notebooks:
        failed += _run("pytest", *IN_TWO, *notebooks, *own)
    if any(path.is_relative_to(SOURCES) or path.is_relative_to(PACKAGE) for path in changed):
        print(
            "Lessons that import what changed were not run; python -m crmlib.kit.editions builds them, make test all."
        )
    return 1 if failed else 0


def _run(module: str, *arguments: str | Path) -> list[str]:
    """Run a tool; [its name] where it found something wrong."""
    done = subprocess.run([sys.executable, "-m", module, *map(str, arguments)], cwd=ROOT, check=False)
    return [] if done.returncode in (0, NO_TESTS) else [module]


if __name__ == "__main__":
    sys.exit(main())
