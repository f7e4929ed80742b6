"""`hello-circle run`, where members may go as fast as they can: what is measured is the bot, not its patience."""

import asyncio

from adapters.cli import collect_seldom
from adapters.serving import run_configured
from bot.engine.pace import UNLIMITED

if __name__ == "__main__":
    collect_seldom()
    asyncio.run(run_configured(with_console=False, rates=UNLIMITED))
