from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
import structlog

from tests.support.simulated import Simulated, simulated


@pytest.fixture
async def server(tmp_path: Path) -> AsyncGenerator[Simulated]:
    """A server whose organiser has set the community up."""
    async with simulated(tmp_path) as simulation:
        await simulation.set_up()
        yield simulation


@pytest.fixture
async def fresh(tmp_path: Path) -> AsyncGenerator[Simulated]:
    """A server the bot has just joined."""
    async with simulated(tmp_path) as simulation:
        yield simulation


@pytest.fixture(autouse=True)
def quiet() -> Generator[None]:
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    yield
    structlog.reset_defaults()
