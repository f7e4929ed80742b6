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
        raise StartError("The file {file} is not text in UTF-8. Save it as UTF-8, then try again.", file=path) from None
    except (OSError, ValueError) as problem:
        raise _explained(path, problem) from None


def trouble(error: OSError) -> StartError:
    """Say which file cannot be used, and why."""
    reason = error.strerror or str(error)
    if not error.filename:
        return StartError("Something cannot be written: {reason}.", reason=reason)
    return StartError("{file} cannot be used: {reason}.", file=error.filename, reason=reason)


def _explained(path: Path, problem: OSError | ValueError) -> StartError:
    if isinstance(problem, IsADirectoryError):
        return StartError("{file} is a folder, and no file. Correct the path.", file=path)
    if isinstance(problem, PermissionError):
        return StartError("I have no right to read {file}. Change its rights, or name another file.", file=path)
    if not isinstance(problem, OSError) or problem.errno in _NOT_THERE:
        return StartError("The file {file} is not there. Correct the path.", file=path)
    return StartError("The file {file} cannot be read: {reason}. Try another file.", file=path, reason=problem.strerror)
