"""Works of two bots that share transactions while some fail, some need each other, and connections are cut, many times."""

from pathlib import Path

import pytest

from bot.store import server
from tests.faults.sharing import check_by_chance

pytestmark = pytest.mark.server_only
TIMES = 150


@pytest.mark.parametrize("seed", range(TIMES))
async def test_each_is_kept_once_and_in_its_order(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(server, "WRITERS", 1)
    await check_by_chance(tmp_path, seed)
