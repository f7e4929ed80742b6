"""The communities of the wave: three large zones have three in five of them, and each had a typical small week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bench.wave.platform import DISCORD, SLACK
from bot.domain.community import Rhythm
from bot.domain.ids import Who
from bot.domain.member import Appearance
from bot.domain.week import Week, local_to_utc
from bot.features import everything
from bot.features.week.digest_hour import DIGEST
from bot.scheduling.planning import KINDS
from bot.store import agenda, communities, events, kept, members
from bot.store.database import Database, Tx

LARGE = ("America/Toronto", "Europe/Paris", "America/Vancouver")
SMALL = (
    "Australia/Sydney", "Asia/Tokyo", "Asia/Singapore", "Asia/Kolkata", "Asia/Dubai", "Africa/Nairobi", "Africa/Cairo",
    "Europe/London", "America/Sao_Paulo", "America/Halifax", "America/Chicago", "America/Denver",
)  # fmt: skip
MONDAY = Week.from_iso("2026-W12")
PEOPLE, ACTIVE = 5, 3
"""Members of each, and those of them who did something last week."""
BATCH = 250


@dataclass(frozen=True, slots=True)
class Home:
    """A community of the simulation."""

    name: str
    platform: str
    zone: str

    @property
    def due(self) -> datetime:
        """When its digest is due: Monday, 12:30."""
        return local_to_utc(MONDAY.monday, Rhythm().digest_at, ZoneInfo(self.zone))


def homes(many: int) -> list[Home]:
    """Name so many communities, half of them on each platform."""
    return [Home(f"c{number}", (DISCORD, SLACK)[number // 5 % 2], _zone(number)) for number in range(many)]


def _zone(number: int) -> str:
    place = number % 5
    return LARGE[place] if place < len(LARGE) else SMALL[(number // 5 * 2 + place - 3) % len(SMALL)]


async def settle(db: Database, all_homes: Sequence[Home]) -> None:
    """Set the communities up, with what they did in the week that the digest tells of."""
    await db.write(lambda tx: kept.put(tx, KINDS, {"kinds": sorted(everything().schedules)}))
    for first in range(0, len(all_homes), BATCH):
        some = all_homes[first : first + BATCH]
        await db.write(lambda tx, some=some: _settle(tx, some))


def _settle(tx: Tx, some: Sequence[Home]) -> None:
    for home in some:
        began = home.due - timedelta(days=40)
        community = communities.ensure(tx, home.platform, home.name, f"Newcomers {home.name}", began).id
        people = [Who(community, members.ensure(tx, community, f"u{n}", f"Amina {n}", began).id) for n in range(PEOPLE)]
        settings = {"zone": home.zone, "language": "en", "second_language": None, "digest_at": None}
        communities.set_up(tx, people[0], digest_channel="digest", **settings)
        for number, who in enumerate(people[:ACTIVE]):
            members.update(tx, who, appearance=Appearance.NAME)
            at = home.due - timedelta(days=3, hours=number)
            for kind in (events.LEAD, events.LEAD, events.ASK):
                events.record(tx, who, events.Event(kind, MONDAY.previous(), at), at)
        agenda.put(tx, community, "", DIGEST, home.due)
