"""Logs for the operator, on standard error: ids and kinds of faults, never names or texts."""

import logging
import sys
from contextlib import suppress
from typing import Any, TextIO

import structlog

from bot.faults import tell_whole


class UnfailingStream:
    """A stream that swallows write errors, such as of a full disk: a log line is lost, and the work goes on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """Write, if that is possible."""
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """Flush, if that is possible; what stays in the buffer goes with the next line."""
        with suppress(OSError):
            self._stream.flush()


def set_up_logging(level: str = "INFO", style: str = "text", *, development: bool = False) -> None:
    """Send the logs of everything to standard error, as text or as JSON; in development with what faults say."""
    tell_whole(development=development)
    stream: Any = UnfailingStream(sys.stderr)  # structlog and logging use no more of a file than these two
    number = logging.getLevelNamesMapping()[level.upper()]
    shown = structlog.processors.JSONRenderer() if style == "json" else _for_people()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            shown,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    # Libraries log what they send, which may hold names; only their warnings are of use.
    logging.basicConfig(level=max(number, logging.WARNING), stream=stream)


def _for_people() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
