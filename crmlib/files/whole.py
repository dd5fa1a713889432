"""A file that is whole or not there: written beside its place, then moved."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

EVERYBODY_READS = 0o644


def write_whole(path: str | os.PathLike, content: str | bytes) -> Path:
    """Write a file so that whoever looks sees the old one or the new one, never half of either.

    Text is written as UTF-8, its line ends as they are; what UTF-8 cannot hold (half a pair of surrogates,
    out of a file's name) as ``\\udcff``. A file that is there keeps its mode, and a link leads on to its file.

    When something else is right: `folders.replaced` for a folder, `safe_csv.write_csv` for a table.

    Parameters
    ----------
    path : path
        Where to; its folder must be there.
    content : str or bytes
        All of it.

    Returns
    -------
    Path
        Where the file now is.

    Raises
    ------
    OSError
        The folder is not there or may not be written; nothing is left lying in it.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_whole(Path(folder) / "notes.txt", "tea\\n")
    ...     path.read_text(), [entry.name for entry in path.parent.iterdir()]
    ('tea\\n', ['notes.txt'])
    """
    path = Path(path)
    target = Path(os.path.realpath(path))
    data = content.encode("utf-8", errors="backslashreplace") if isinstance(content, str) else content
    mode = EVERYBODY_READS
    with suppress(FileNotFoundError):
        mode = stat.S_IMODE(target.stat().st_mode)
    # A short name of its own: with the file's in it, a name of 250 letters would be too long.
    handle, part = tempfile.mkstemp(prefix=".crmlib-", suffix=".part", dir=target.parent)
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
        os.chmod(part, mode)  # mkstemp makes files that only their owner may read
        os.replace(part, target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return path
