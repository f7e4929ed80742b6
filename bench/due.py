"""Ten thousand communities whose digest falls due in the same minute."""

from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.blocked import watched
from bench.circle import NOW, PLACE, Circle, open_circle
from bench.seed import many_communities
from bench.table import Row, at_most, milliseconds
from bot.engine.tokens import Signer
from bot.features import everything
from bot.features.week.digest_hour import DIGEST
from bot.scheduling.planning import Planner
from bot.scheduling.posting import TAKEN_UP
from bot.store import agenda, communities, posts
from bot.store.database import Tx

MANY = 10_000
LIMIT, BLOCKED_LIMIT = 1.0, 0.05
LEASE = timedelta(minutes=2)


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Measure how long planning and claiming take, and for how long the loop was blocked."""
    async with open_circle(folder) as circle:
        names = await many_communities(circle.db, MANY)
        planned: list[float] = []
        claimed: list[float] = []
        blocked: list[float] = []
        for week in range(1 if quick else 3):
            due = NOW + timedelta(weeks=week + 1)
            await circle.db.write(lambda tx, at=due: _fall_due(tx, names, at))
            with watched() as seen:
                start = perf_counter()
                await _plan(circle, due)
                planned.append(perf_counter() - start)
                claimed.append(planned[-1] + await _claim(circle, due))
            blocked.append(seen.longest)
    return [
        at_most(f"{MANY:,} communities due in one minute: entered in the ledger", median(planned), LIMIT),
        at_most("  the same, and each claimed for sending", median(claimed), LIMIT),
        Row(
            "  the event loop's longest block meanwhile",
            milliseconds(max(blocked)),
            aim=f"< {BLOCKED_LIMIT * 1000:g} ms",
            reached=max(blocked) < BLOCKED_LIMIT,
        ),
    ]


def _fall_due(tx: Tx, names: list[str], at: datetime) -> None:
    for number, name in enumerate(names):
        community = communities.find(tx, PLACE.platform, name)
        if community is not None:
            agenda.put(tx, community.id, "", DIGEST, at - timedelta(seconds=number % 60))


async def _plan(circle: Circle, now: datetime) -> None:
    planner = Planner(everything().schedules, Signer((b"bench",)))
    entered = 0
    while step := await circle.db.write(lambda tx: planner.plan_due(tx, now)):
        entered += step
    if entered != MANY:
        message = f"{entered} were entered"
        raise RuntimeError(message)


async def _claim(circle: Circle, now: datetime) -> float:
    def claim(tx: Tx) -> int:
        return len(posts.claim(tx, now, "bench", LEASE, platforms=(PLACE.platform,), limit=TAKEN_UP))

    start, taken = perf_counter(), 0
    while step := await circle.db.write(claim):
        taken += step
    if taken != MANY:
        message = f"{taken} were claimed"
        raise RuntimeError(message)
    return perf_counter() - start
