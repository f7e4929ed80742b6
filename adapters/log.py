"""Logs for the operator, on standard error: ids and kinds of faults, never names or texts."""

import logging
import sys

import structlog

from bot.faults import tell_whole


def set_up_logging(level: str = "INFO", style: str = "text", *, development: bool = False) -> None:
    """Send the logs of everything to standard error, as text or as JSON; in development with what faults say."""
    tell_whole(development=development)
    number = logging.getLevelNamesMapping()[level.upper()]
    shown = structlog.processors.JSONRenderer() if style == "json" else _for_people()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            shown,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Libraries log what they send, which may hold names; only their warnings are of use.
    logging.basicConfig(level=max(number, logging.WARNING), stream=sys.stderr)


def _for_people() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
