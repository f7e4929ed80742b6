"""Leases that a test can wait for: on a server they go by the server's own clock, which no test moves."""

from datetime import timedelta

from bot.engine.clock import pause
from bot.scheduling.tempo import Tempo
from tests.support.store import is_on_server

QUICK = Tempo(lease=timedelta(seconds=0.1))
LATER = QUICK.lease + timedelta(seconds=1)
"""How far a clock is moved by hand so that a quick lease is over on a file."""


async def run_out(tempo: Tempo = QUICK) -> None:
    """Let the leases of a server end; on a file they end when the clock is moved."""
    if is_on_server():
        await pause(tempo.lease.total_seconds() * 1.1)
