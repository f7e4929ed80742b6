"""Says in one line for the operator what is wrong with a file, a folder or a stream."""

import sys
from pathlib import Path


def trouble(error: OSError) -> str:
    """Say which file cannot be used, and why."""
    why = error.strerror or str(error)
    return f"{error.filename} cannot be used: {why}." if error.filename else f"Something cannot be written: {why}."


def read_text(path: Path, what: str) -> tuple[str, str | None]:
    """Read a text file, or with - what is typed; returns its text, or the problem with it."""
    try:
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return "", f"{what} {path} is no text in UTF-8. Save it as UTF-8."
    except OSError as error:
        return "", f"{what} {path} cannot be read: {error.strerror}."
