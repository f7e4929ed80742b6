"""Knowing when a bot in this process is done: the tasks it began for an action have ended."""

import asyncio
from pathlib import Path
from types import CodeType

import slack_bolt

ROOT = Path(__file__).parents[3]
LONG_LIVED = frozenset({"listen", "keep"})
"""Listening lasts as long as a connection, so it is not waited for."""
HOMES = (str(Path(slack_bolt.__file__).parent), str(ROOT / "adapters"), str(ROOT / "bot"))


def tasks() -> set["asyncio.Task[object]"]:
    return asyncio.all_tasks()


def begun_since(before: set["asyncio.Task[object]"]) -> set["asyncio.Task[object]"]:
    """List the bot's tasks that were begun meanwhile and still run."""
    return {task for task in asyncio.all_tasks() if task not in before and _is_the_bots(task)}


def _is_the_bots(task: "asyncio.Task[object]") -> bool:
    code: CodeType | None = getattr(task.get_coro(), "cr_code", None)
    return code is not None and code.co_name not in LONG_LIVED and code.co_filename.startswith(HOMES)
