"""Three real processes share four shards of a loopback Discord on one PostgreSQL, by the clock on the wall."""

import signal
from pathlib import Path
from time import monotonic

import pytest

from bot.engine.clock import SystemClock
from tests.soak.sharded import sharded, tell
from tests.support.discord.server import loopback

pytestmark = pytest.mark.server_only


async def test_shards_are_shared_evenly_taken_over_and_handed_over(tmp_path: Path):
    async with loopback(SystemClock()) as discord, sharded(tmp_path, discord, "one", "two") as house:
        tell(f"two processes: shared evenly after {await house.shared(2, 2):.1f} s")

        house.begin_typing()
        await house.start("three")
        tell(f"a third joins: shared evenly after {await house.shared(2, 1, 1):.1f} s")
        fates = await house.end_typing()
        tell(f"meanwhile {dict(fates)}")
        assert set(fates) == {"answered once"}, fates

        house.begin_typing()
        begun = monotonic()
        await house.stop("two")
        tell(f"a calm stop: it ended after {monotonic() - begun:.1f} s")
        await house.shared(2, 2)
        fates = await house.end_typing()
        tell(f"meanwhile {dict(fates)}")
        assert set(fates) == {"answered once"}, fates

        await house.kill("one")
        seconds = await house.answered_everywhere()
        tell(f"kill -9: every shard is answered again after {seconds:.1f} s")
        assert seconds <= 60
        assert sorted(house.held().values()) == [4]


async def test_one_that_slept_finds_its_shards_with_another_and_takes_its_share_again(tmp_path: Path):
    async with loopback(SystemClock()) as discord, sharded(tmp_path, discord, "one", "two") as house:
        await house.shared(2, 2)
        house.running["one"].tell(signal.SIGSTOP)
        seconds = await house.answered_everywhere()
        tell(f"SIGSTOP: every shard is answered again after {seconds:.1f} s")
        assert seconds <= 60
        house.begin_typing()
        house.running["one"].tell(signal.SIGCONT)
        tell(f"SIGCONT: shared evenly after {await house.shared(2, 2):.1f} s")
        fates = await house.end_typing()
        tell(f"meanwhile {dict(fates)}")
        assert set(fates) == {"answered once"}, fates
