"""Reads a file that a person named; what is in the way is told in one plain line, with what to do."""

import errno
from pathlib import Path

from bot.store.errors import StartError

_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL}


def read_text(path: Path, *, errors: str = "strict") -> str:
    """Read a text file; `errors` is what becomes of bytes that are no text, as for `str.decode`.

    Raises:
        StartError: it cannot be read; the message names it and says what to do.
    """
    try:
        return path.read_text(encoding="utf-8-sig", errors=errors)
    except UnicodeDecodeError:
        raise StartError(f"The file {path} is not text in UTF-8. Save it as UTF-8, then try again.") from None
    except (OSError, ValueError) as problem:
        raise StartError(_why(path, problem)) from None


def trouble(error: OSError) -> str:
    """Say which file cannot be used, and why."""
    why = error.strerror or str(error)
    return f"{error.filename} cannot be used: {why}." if error.filename else f"Something cannot be written: {why}."


def _why(path: Path, problem: OSError | ValueError) -> str:
    if isinstance(problem, IsADirectoryError):
        return f"{path} is a folder, and no file. Correct the path."
    if isinstance(problem, PermissionError):
        return f"I have no right to read {path}. Change its rights, or name another file."
    if not isinstance(problem, OSError) or problem.errno in _NOT_THERE:
        return f"The file {path} is not there. Correct the path."
    return f"The file {path} cannot be read: {problem.strerror}. Try another file."
