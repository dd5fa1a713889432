"""A file that is whole or not there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

READABLE = 0o644  # the system makes files that only their owner may read


def write_whole(path: Path, content: str | bytes) -> Path:
    """Write a file beside its place and move it there, so that nobody ever sees half of it.

    Text is written as UTF-8, line ends as they are. A file that is replaced leaves its permissions to
    the new one.

    Parameters
    ----------
    path : Path
        Where the file shall be; its folder is there.
    content : str or bytes
        All of it.

    Returns
    -------
    Path
        Where the file now is.

    Raises
    ------
    OSError
        It cannot be written; what was there before is there still, and nothing is left beside it.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "note.txt", "whole").read_text()
    'whole'
    """
    mode = path.stat().st_mode & 0o777 if path.exists() else READABLE
    # A name of its own length: one made of the file's could be longer than the system allows.
    handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with open(handle, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
        os.chmod(part, mode)
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return path
