"""A folder of your own: the analysis notebooks, ready to open on your data and to be changed.

my-analysis/
    README.md                       what is here and what to do next
    2-customer-pyramid.ipynb ...    the chapters' analyses, their parameters filled in
    results/                        what the notebooks write when you run them
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import nbformat

from crmlib import datasets
from crmlib.files.whole import write_whole
from crmlib.intake.links import is_link, show_link, stay_put, take_password
from crmlib.intake.mapping_written import write_mapping
from crmlib.intake.prepare import needs_keeping
from crmlib.kit import run as runs
from crmlib.kit.batch import read_first
from crmlib.kit.chapters import part_fit
from crmlib.kit.prepared import refuse_unusable
from crmlib.kit.terminal import as_argument, as_command
from crmlib.language import speaking, t

MAPPING = "mapping.toml"  # in the new folder, where none can lie beside the data
NEAR = 3  # folders up: beyond, the whole path is plainer


def make_workspace(
    folder: str | os.PathLike,
    data: str | os.PathLike,
    *,
    language: str = "en",
    chapters: Sequence[int] = (),
    as_of: str | None = None,
    mapping: str | os.PathLike | None = None,
    show_personal: bool = False,
) -> list[Path]:
    """Copy the analysis notebooks of a language into a new folder, with their parameters filled in.

    Parameters
    ----------
    folder : path
        To be made; it may be there if it is empty. It appears whole or not at all.
    data : path
        A data set of the kit, or the path of a file or folder. What lies near is named from
        `folder`, so that both can be moved together.
    language, chapters
        Which notebooks.
    as_of : str, optional
        The day to look from; the last day in the data if None.
    mapping : path, optional
        A mapping file that does not lie beside the data.
    show_personal : bool
        Do not mask personal fields.

    Returns
    -------
    list of Path
        The notebooks.

    Raises
    ------
    ValueError
        The folder holds files, or the data, a chapter or the language is not known.
    """
    data = take_password(data) if is_link(data) else data
    folder = Path(folder).expanduser().resolve()
    notebooks = runs.list_analyses(language, chapters)
    last_day = runs.check_data(data)
    check_folder(folder)
    place = str(data) if data in datasets.COMPANIES else str(Path(data).expanduser().absolute())
    place = stay_put(data) if is_link(data) else place
    if last_day:
        refuse_unusable(str(data), mapping=mapping)
    lost: dict = {}  # a mapping that could not be kept beside the data
    if not last_day:
        given = {"mapping": mapping, "show_personal": show_personal, "as_of": as_of}
        found = read_first(str(data), language=language, chapters=chapters, **given)
        as_of, prepared = found["as_of"], found["prepared"]
        notebooks, _ = part_fit(notebooks, prepared.tables, language)
        lost = prepared.mapping if prepared.path is None and needs_keeping(prepared.mapping) else {}
        mapping = mapping or (prepared.path if is_link(data) else None)  # which lies beside nothing
    parameters: dict = {"data": _from(folder, place), "language": language, "out": "results"}
    parameters |= {"as_of": as_of or last_day} if as_of or last_day else {}
    parameters |= {"mapping": _from(folder, str(Path(mapping).expanduser().resolve()))} if mapping else {}
    parameters |= {"mapping": MAPPING} if lost else {}
    parameters |= {"show_personal": True} if show_personal else {}
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Nobody else has this name: what only looks like ours is left alone.
    hold = Path(tempfile.mkdtemp(prefix=".crmlib-", suffix=".partial", dir=folder.parent))
    work = hold / "new"
    try:
        work.mkdir()
        for path in notebooks:
            notebook = fill_parameters(nbformat.read(path, as_version=4), parameters)
            write_whole(work / path.name, nbformat.writes(notebook) + "\n")
        text = _describe(folder.name, data, [path.name for path in notebooks], language)
        write_whole(work / "README.md", text)
        if lost:
            write_mapping(work / MAPPING, lost)
        if folder.exists():
            folder.rmdir()
        work.rename(folder)
    finally:
        shutil.rmtree(hold, ignore_errors=True)
    return [folder / path.name for path in notebooks]


def check_folder(folder: Path) -> None:
    """Refuse a folder that holds anything: nothing of yours is written over."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(t("the folder must be new or empty; {folder} is not. Choose another name.", folder=folder))


def _from(folder: Path, place: str) -> str:
    """The path of something as a notebook in `folder` finds it; names of data sets and URLs stay."""
    path = Path(place)
    if is_link(place) or not path.is_absolute():
        return place
    try:
        relative = os.path.relpath(path, folder)
    except ValueError:  # on another drive of Windows
        return place
    return relative.replace(os.sep, "/") if Path(relative).parts.count("..") <= NEAR else place


def fill_parameters(notebook: nbformat.NotebookNode, values: dict) -> nbformat.NotebookNode:
    """A copy without outputs, whose parameters cell says `values`; what it does not have is left out.

    Examples
    --------
    >>> cell = nbformat.v4.new_code_cell("data = 'x'  # yours\\nout = None", metadata={"tags": ["parameters"]})
    >>> filled = fill_parameters(nbformat.v4.new_notebook(cells=[cell]), {"data": "sales.csv"})
    >>> print(filled.cells[0].source)
    data = 'sales.csv'  # yours
    out = None
    """
    filled = nbformat.from_dict(notebook)
    for cell in filled.cells:
        if cell.cell_type != "code":
            continue
        cell.outputs, cell.execution_count = [], None
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = "\n".join(_fill_line(line, values) for line in cell.source.splitlines())
    filled.metadata.pop("crmlib", None)  # it is nobody's edition any more
    return filled


def _fill_line(line: str, values: dict) -> str:
    match = re.match(r"(\w+) = ", line)
    if not match or match[1] not in values:
        return line
    comment = re.search(r"  # .*$", line)
    return f"{match[1]} = {values[match[1]]!r}{comment[0] if comment else ''}"


def _describe(name: str, data: str | os.PathLike, notebooks: list[str], spoken: str) -> str:
    with speaking(spoken):
        lines = [
            f"# {name}",
            "",
            t(
                "Analyses of {data}. Open this folder with: {command}",
                data=f"`{show_link(data) if is_link(data) else Path(data).name or data}`",
                command=f"`{as_command('crmlib', 'lab', as_argument(Path(name)))}`",
            ),
            "",
            *(f"- [{notebook}]({notebook})" for notebook in notebooks),
            "",
            t(
                "Run all cells. The first code cell holds what you can change; every result is also written to"
                " `results/`. Which column of your file is which stands in the mapping file beside your data; `crmlib"
                " check` shows it."
            ),
            "",
        ]
    return "\n".join(lines)
