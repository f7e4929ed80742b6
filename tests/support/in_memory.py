"""Where tests keep what they throw away again: in memory where there is room, because they wait for no disk there."""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

_MEMORY = Path("/dev/shm")  # noqa: S108 - only folders of their own are made in it
_ROOM = 2 * 1024**3
"""Bytes that must be free in memory for a whole run; a container often has a thirtieth of that."""


def has_room() -> bool:
    """Tell whether a run may keep its folders in memory."""
    return os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= _ROOM


def quick_place() -> Path:
    """Give the folder for what may be in memory."""
    return _MEMORY if has_room() else Path(gettempdir())


def quick_folder() -> TemporaryDirectory[str]:
    """Make a folder in memory where there is room, which goes with the `with` around it."""
    return TemporaryDirectory(prefix="hello-circle-", dir=quick_place())
