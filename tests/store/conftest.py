from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest

from bot.domain.ids import Who
from bot.store.database import Database, Tx
from tests.support.store import open_store, open_tx, someone


@pytest.fixture
async def db(tmp_path: Path) -> AsyncGenerator[Database]:
    async with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def tx(tmp_path: Path) -> Generator[Tx]:
    with open_tx(tmp_path) as opened:
        yield opened


@pytest.fixture
def amina(tx: Tx) -> Who:
    return someone(tx)


@pytest.fixture
def omar(tx: Tx) -> Who:
    return someone(tx, "Omar")


@pytest.fixture
def stranger(tx: Tx) -> Who:
    """A member of another community."""
    return someone(tx, "Stranger", "elsewhere")
