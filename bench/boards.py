"""A week's board: counted from events, named, ranked; in one community of 500, alone and among 5,000 others."""

import asyncio
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.circle import NOW, PLACE, Circle, open_circle
from bench.seed import everyone_joined, fill, fill_everyone, many_communities
from bench.table import Row, at_most, spread
from bot.domain.leaderboard import RankedMember, board
from bot.domain.week import Week
from bot.features.board.standing import standing
from bot.store import communities
from bot.store.database import Tx

SIZE = 500
LEADS = SIZE * 200
"""Four leads a member and week, for fifty weeks."""
OTHERS, OF_OTHERS = 5_000, 8
LIMIT = 0.001


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Measure both files in turn, and the command that shows the board."""
    times = 40 if quick else 150
    rows: list[Row] = []
    for kind, others in (("alone", 0), ("among", 500 if quick else OTHERS)):
        async with open_circle(folder / kind, SIZE) as circle:
            community = await circle.db.write(lambda tx: everyone_joined(tx, PLACE.community, SIZE))
            await many_communities(circle.db, others, OF_OTHERS)
        file = folder / kind / "circle.db"
        await asyncio.to_thread(fill, file, community, LEADS)
        if others:
            await asyncio.to_thread(fill_everyone, file)
        async with open_circle(folder / kind) as circle:
            where = f"among {others:,} communities" if others else "alone in the file"
            took = await board_time(circle, PLACE.community, times)
            rows.append(at_most(f"a week's board, {SIZE} members, {where}", took, LIMIT))
            if not others:
                rows.append(spread("  /board show, the same community", await _shown(circle, times)))
    return rows


async def board_time(circle: Circle, platform_id: str, times: int) -> float:
    """Make the board many times on a reader's connection; gives the median of the seconds of one."""

    def timed_board(tx: Tx) -> float:
        start = perf_counter()
        places = _board(tx, platform_id)
        took = perf_counter() - start
        if not places:
            message = "the board is empty"
            raise RuntimeError(message)
        return took

    return median([await circle.db.read(timed_board) for _ in range(times)])


def _board(tx: Tx, platform_id: str) -> list[RankedMember]:
    """Make the board as the digest does."""
    community = communities.find(tx, PLACE.platform, platform_id)
    if community is None:
        raise RuntimeError(platform_id)
    return board(standing(tx, community, Week.at(NOW, community.tz), NOW))


async def _shown(circle: Circle, times: int) -> list[float]:
    took: list[float] = []
    for number in range(times):
        start = perf_counter()
        await circle.call(number % SIZE, "board show")
        took.append(perf_counter() - start)
    return took
