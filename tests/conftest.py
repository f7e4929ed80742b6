"""What every test may ask for."""

from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import settings

from tests.support.console import Console, open_console, quick_folder
from tests.support.discord import published

# How fast the machine is at this moment is nothing that a test of rules is about.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--openapi", type=Path, help="Discord's published description, to hold every request against")


def pytest_configure(config: pytest.Config) -> None:
    if file := config.getoption("--openapi"):
        published.SEEN[:] = [published.Published(file)]


@pytest.fixture(autouse=True)
def logged() -> Generator[list[dict[str, Any]]]:
    """Keep the logs of each test to itself, and give them to those who ask."""
    kept: list[dict[str, Any]] = []

    def keep(_: object, level: str, event: Any) -> Any:
        kept.append({**event, "level": level})
        raise structlog.DropEvent

    structlog.configure(processors=[structlog.contextvars.merge_contextvars, keep])
    yield kept
    structlog.reset_defaults()


@pytest.fixture
async def circle() -> AsyncGenerator[Console]:
    """A community that is set up, on a fresh database, on a Monday at 9:00 in Toronto."""
    with quick_folder() as folder:
        async with open_console(Path(folder)) as opened:
            yield opened
