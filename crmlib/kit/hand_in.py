"""What a class has handed in: notebooks in folders, side by side or zipped, and whose and which lesson each is."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from crmlib.kit.apart import ASKED
from crmlib.language import t
from crmlib.lesson.exercise_files import read_exercises
from crmlib.lesson.sources import exercises_beside, has_exercises, list_sources, name_of

LARGEST = 50_000_000  # bytes of a notebook, or of a file beside it
UTF8_NAME = 0x800  # the flag of a zip archive whose names are UTF-8
# What a learning platform puts behind a student's name: "Zhang San_12345_assignsubmission_file_".
PLATFORM = re.compile(r"_\d+_assignsubmission_\w+?_?$")


@dataclass(frozen=True)
class HandIn:
    """A notebook that was handed in.

    `file` is its path below the folder; `cells` its code cells, None where it cannot be read; `lesson` the source
    of the kit's lesson, None where it is none; `beside` what lay in its folder, where a student has one.
    """

    student: str
    file: str
    cells: list[str] | None
    lesson: Path | None
    beside: dict[str, bytes] = field(default_factory=dict)


def read_handed_in(place: Path) -> list[HandIn]:
    """The notebooks in a folder, or in a zip of one, in the order of their students.

    Raises
    ------
    ValueError
        There is none, or the archive cannot be read.
    FileNotFoundError
        There is no such folder or archive.
    """
    if not place.exists():
        raise FileNotFoundError(t("FOLDER must be a folder or a zip archive; there is none at {path}.", path=place))
    files = dict(_files_of(place))
    notebooks = [name for name in files if name.suffix.lower() == ".ipynb"]
    if not notebooks:
        raise ValueError(
            t(
                "{path} must hold notebooks (.ipynb), in a folder for each student or side by side; none was found.",
                path=place,
            )
        )
    students = name_students(notebooks)
    found = []
    for name in notebooks:
        cells = _read_cells(files[name])
        has_folder = len(name.parts) > 1
        beside = {
            other.name: content
            for other, content in files.items()
            if has_folder and other.parent == name.parent and other.suffix.lower() != ".ipynb"
        }
        lesson = None if cells is None else find_lesson(cells, files[name])
        found.append(HandIn(students[name], str(name), cells, lesson, beside))
    return sorted(found, key=lambda one: (one.student, one.file))


def name_students(notebooks: list[PurePosixPath]) -> dict[PurePosixPath, str]:
    """Whose each notebook is: by its folder, or by its own name where notebooks lie side by side.

    A folder around all the others is nobody's.

    Examples
    --------
    >>> paths = [PurePosixPath("class/张三/1.ipynb"), PurePosixPath("class/Li_7_assignsubmission_file_/1.ipynb")]
    >>> list(name_students(paths).values())
    ['张三', 'Li']
    >>> list(name_students([PurePosixPath("li-1.ipynb")]).values())
    ['li-1']
    """
    level = 0
    while (
        len({path.parts[level] for path in notebooks}) == 1
        and all(len(path.parts) > level + 1 for path in notebooks)
        and (len({path.parts[: level + 2] for path in notebooks if len(path.parts) > level + 2}) > 1)
    ):
        level += 1
    return {
        path: PLATFORM.sub("", path.parts[level]) if len(path.parts) > level + 1 else path.stem for path in notebooks
    }


def find_lesson(cells: list[str], content: bytes) -> Path | None:
    """Which lesson of the kit a notebook is: by the exercises it asks, else by what it says of itself."""
    lessons = {source: set(_ids_of(source)) for source in list_sources() if has_exercises(source)}
    asked = Counter(id for code in cells for id in set(ASKED.findall(code)))
    votes = {source: sum(asked[id] for id in ids) for source, ids in lessons.items()}
    if votes and max(votes.values()) > 0:
        return max(votes, key=votes.__getitem__)
    try:
        said = json.loads(content)["metadata"]["crmlib"]["source"]
    except (ValueError, KeyError, TypeError):
        return None
    return next((source for source in lessons if name_of(source) == said), None)


def _ids_of(source: Path) -> list[str]:
    """The ids of a lesson's exercises, from the file beside it."""
    path = exercises_beside(source)
    return list(read_exercises(path)) if path.exists() else []


def _read_cells(content: bytes) -> list[str] | None:
    """The code cells of a notebook; None where it is no notebook."""
    try:
        cells = json.loads(content.decode("utf-8-sig"))["cells"]
        codes = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
        return ["".join(code) if isinstance(code, list) else str(code) for code in codes]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


# --- files, wherever they lie ---------------------------------------------------------------------


def _files_of(place: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Each file below a folder or in an archive by its path there; an archive in a folder is a folder."""
    if place.is_file():
        yield from _members_of(place.read_bytes(), place.name)
        return
    for path in sorted(place.rglob("*")):
        name = PurePosixPath(path.relative_to(place).as_posix())
        if _is_hidden(name) or path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
            continue
        if path.suffix.lower() == ".zip":
            yield from ((name.with_suffix("") / inner, held) for inner, held in _members_of(path.read_bytes(), path))
        else:
            yield name, path.read_bytes()


def _members_of(content: bytes, name: object) -> Iterator[tuple[PurePosixPath, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                # Nothing is unpacked to where an entry says: a name such as ../../x is no more than a name.
                inner = PurePosixPath(_name_in(entry).replace("\\", "/").lstrip("/"))
                if not entry.is_dir() and not _is_hidden(inner) and entry.file_size <= LARGEST:
                    yield inner, archive.read(entry)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as fault:
        raise ValueError(
            t("{path} must be a zip archive that can be unpacked: {fault}", path=name, fault=fault)
        ) from fault


def _name_in(entry: zipfile.ZipInfo) -> str:
    """The name of an entry: older Windows writes Chinese ones in GBK and does not say so."""
    if entry.flag_bits & UTF8_NAME:
        return entry.filename
    raw = entry.filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _is_hidden(path: PurePosixPath) -> bool:
    """What systems and Jupyter put beside for themselves."""
    return any(part.startswith((".", "__MACOSX")) for part in path.parts)
