"""Suggestions while a person types a name, from a list of 10,000; they must be there before Discord stops to wait."""

from pathlib import Path
from secrets import token_hex
from time import perf_counter

from bench.circle import NOW, PLACE, Circle, open_circle
from bench.seed import long_list
from bench.table import Row, at_most, spread
from bot.domain.ids import Who
from bot.engine.invocation import CalledCommand, Invocation, Sender
from bot.store import communities, members
from bot.store.database import Tx

MANY = 10_000
WORST = 1.0
"""Seconds; Discord waits for three."""
TYPED = ("", "d", "dana", "dana b", "nordik 4", "danna cabba", "nobody at all")


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Type many beginnings, some of which fit nothing."""
    async with open_circle(folder) as circle:
        await long_list(circle.db, await circle.db.write(_somebody), MANY)
        took = [await _suggested(circle, typed) for _ in range(3 if quick else 15) for typed in TYPED]
    return [
        at_most(f"suggestions from {MANY:,} leads, the slowest of {len(took)}", max(took), WORST),
        spread("  the same, spread", took),
    ]


async def _suggested(circle: Circle, typed: str) -> float:
    """Ask for suggestions once; gives the seconds.

    Raises:
        RuntimeError: what was typed fits, and nothing was offered.
    """
    asked = Invocation(token_hex(8), PLACE, Sender("user0", "Member 0"), CalledCommand("lead show"))
    start = perf_counter()
    suggestions = await circle.dispatcher.suggest(asked, "lead show", "lead", typed)
    took = perf_counter() - start
    if "nobody" not in typed and not suggestions:
        raise RuntimeError(typed)
    return took


def _somebody(tx: Tx) -> Who:
    community = communities.ensure(tx, PLACE.platform, PLACE.community, PLACE.name, NOW)
    return Who(community.id, members.ensure(tx, community.id, "user0", "Member 0", NOW).id)
