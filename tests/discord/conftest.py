from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
import structlog

from tests.support.simulated import Simulated, simulated


@pytest.fixture
async def server(tmp_path: Path) -> AsyncGenerator[Simulated]:
    """A server whose organiser has set the community up."""
    async with simulated(tmp_path) as made:
        await made.set_up()
        yield made


@pytest.fixture
async def fresh(tmp_path: Path) -> AsyncGenerator[Simulated]:
    """A server the bot has just joined."""
    async with simulated(tmp_path) as made:
        yield made


@pytest.fixture(autouse=True)
def quiet() -> Generator[None]:
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    yield
    structlog.reset_defaults()
