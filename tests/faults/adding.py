"""What the killed process does: several members add leads without end, and every answer is told after it came.

Run in a process of its own. What is told goes to a file, one line a write, which outlives the process:
`go DELIVERY` before it is sent to the bot, `ack DELIVERY ANSWER` after its answer.
"""

import asyncio
import hashlib
import itertools
import os
from pathlib import Path

from bot.engine.answer import Answer
from bot.ui.codec import encode
from tests.faults.circle import MEMBERS, Circle, name_of, open_circle


def run(folder: Path, told: Path, cycle: int) -> None:
    """Add leads until the process is killed."""
    asyncio.run(_run(folder, told, cycle))


async def _run(folder: Path, told: Path, cycle: int) -> None:
    out = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    async with open_circle(folder) as circle:
        await asyncio.gather(*(_add_for_ever(circle, out, f"{cycle}-{member}") for member in range(MEMBERS)))


async def _add_for_ever(circle: Circle, out: int, prefix: str) -> None:
    for number in itertools.count():
        delivery = f"{prefix}-{number}"
        os.write(out, f"go {delivery}\n".encode())
        answer = await circle.add(delivery)
        word = "ack" if name_of(delivery) in str(answer.reply) else "bad"
        os.write(out, f"{word} {delivery} {mark(answer)}\n".encode())


def mark(answer: Answer) -> str:
    """Give what is the same only for the same answer."""
    return hashlib.sha256(encode(answer.reply).encode()).hexdigest()[:20]
