"""What breaks slowly shows within two minutes too."""

from pathlib import Path

from tests.live.waiting import until
from tests.support.watched import watched

STUCK = '''
"""Lets a round hang from the moment that a file is there; nothing in the program can be made to, as far as we know."""
import asyncio
from pathlib import Path
from bot.scheduling.rounds import Rounds

whole = Rounds.tick

async def tick(self):
    while Path("stuck").exists():
        await asyncio.sleep(0.1)
    await whole(self)

Rounds.tick = tick
'''


async def test_a_round_that_hangs(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(STUCK, encoding="utf-8")
    async with watched(tmp_path, surroundings={"PYTHONPATH": str(tmp_path)}) as seen:
        (tmp_path / "stuck").touch()
        checks = await seen.turns_red("round")
        assert "last sign of life 12" in checks["round"]["seen"]
        (tmp_path / "stuck").unlink()
        await seen.turns_green()


async def test_a_connection_of_discord_that_is_dead_without_a_word(tmp_path: Path) -> None:
    async with watched(tmp_path) as seen:
        seen.discord.gateway.sessions[0].silent = seen.discord.gateway.takes_nobody = True
        await seen.turns_red("discord")
        await until("the operator is told", lambda: "platform not reached" in seen.bot.said, within=10)
        seen.discord.gateway.takes_nobody = False
        await seen.turns_green()
