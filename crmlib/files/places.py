"""Where the kit's own files lie: beside the package, in the folder it was installed from."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATASETS = ROOT / "datasets"
NOTEBOOKS = ROOT / "notebooks"
SOURCES = NOTEBOOKS / "source"
ANALYSES = NOTEBOOKS / "analysis"
DOCS = ROOT / "docs"
