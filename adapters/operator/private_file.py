"""Writes a file that its owner alone can read: whole, or not at all, whatever happens on the way."""

import os
import stat
from contextlib import suppress
from pathlib import Path

OWNER_ONLY = stat.S_IRUSR | stat.S_IWUSR


def write_private(path: Path, text: str) -> None:
    """Put a text in the place of a file, readable by its owner only; the owner of the earlier file stays the owner.

    Raises:
        OSError: it cannot be written; what was there before is still there.
    """
    path = path.resolve()
    new_path = path.with_name(f"{path.name}.new")
    new_path.unlink(missing_ok=True)
    try:
        handle = os.open(new_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, OWNER_ONLY)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            _keep_owner(path, handle)
            file.write(text)
            file.flush()
            os.fsync(handle)
        new_path.replace(path)
    except OSError:
        with suppress(OSError):
            new_path.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _keep_owner(path: Path, handle: int) -> None:
    """Leave a file to whom it belongs, when an administrator writes it; nobody else can."""
    with suppress(OSError):
        old_status = path.stat()
        os.fchown(handle, old_status.st_uid, old_status.st_gid)


def _settle(folder: Path) -> None:
    """Flush the folder to the disk with fsync, so that a power cut does not bring the old file back."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
