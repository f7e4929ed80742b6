"""The process that draws for `bot.ui.studio`: charts come in by its input, pictures leave by its output.

It is started without any settings or secrets, and ends when its input does: also when the bot was killed.
"""

import os
import pickle
import signal
import struct
import sys
from contextlib import suppress
from typing import IO

from bot.ui.chart import PictureError
from bot.ui.drawing import draw

LENGTH = struct.Struct(">I")
"""How many bytes follow; none where a chart cannot be drawn."""
LONGEST = 30
"""Seconds for one picture; what takes longer ends the process, and whoever waits is told."""
_BEHIND = 10
"""How far a drawing stands back when the processor has other work: members who type come first."""


def main() -> None:
    """Draw until nothing comes any more."""
    with suppress(OSError):  # some services may not change it
        os.nice(_BEHIND)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while (request := received(requests)) is not None:
        signal.alarm(LONGEST)
        send(answers, _drawn(request))
        signal.alarm(0)


def send(to: IO[bytes], content: bytes) -> None:
    """Send bytes to the other side."""
    to.write(LENGTH.pack(len(content)) + content)
    to.flush()


def received(by: IO[bytes]) -> bytes | None:
    """Wait for bytes from the other side; None when there is none any more."""
    head = by.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    content = by.read(length)
    return content if len(content) == length else None


def _drawn(request: bytes) -> bytes:
    chart, language = pickle.loads(request)  # noqa: S301 - the bot itself wrote it, into a pipe of its own
    try:
        return draw(chart, language)
    except PictureError:
        return b""


if __name__ == "__main__":
    main()
