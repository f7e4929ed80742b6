from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
import structlog

from tests.support.both import Both, on_both
from tests.support.slack_bot import World, open_world


@pytest.fixture(autouse=True)
def quiet() -> Generator[None]:
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    yield
    structlog.reset_defaults()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncGenerator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


@pytest.fixture
async def both(tmp_path: Path) -> AsyncGenerator[Both]:
    async with on_both(tmp_path) as opened:
        yield opened
