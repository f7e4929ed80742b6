"""Logs for the operator, on standard error: ids and kinds of faults, never names or texts."""

import logging
import sys

import structlog


def set_up_logging(level: str = "INFO", style: str = "text") -> None:
    """Send the logs of everything to standard error, as text or as JSON."""
    number = logging.getLevelNamesMapping()[level.upper()]
    shown = structlog.processors.JSONRenderer() if style == "json" else structlog.dev.ConsoleRenderer(colors=False)
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
