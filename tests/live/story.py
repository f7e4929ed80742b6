"""Two days of a community in two minutes: what the bot must send by itself falls due by commands alone."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.live.doors import AUTHOR, ORGANISER, Arrived, Door
from tests.live.waiting import passes, until
from tests.support.process import Started, started

ZONES = ("Europe/London", "America/Toronto", "Asia/Tokyo", "Pacific/Auckland")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COMES_WITHIN = 300.0
"""Seconds that are far more than until the next minute is over, and two looks of the bot at its agenda."""
TWO_ROUNDS = 45.0
DIGEST, SHEET, THANKS = "The week of", "A goal makes the talk easier.", "Your tip is published."


def by_day() -> ZoneInfo:
    """Choose a zone in which it is day now, so that nothing here falls on two days."""
    now = datetime.now(UTC)  # noqa: TID251 - of the test, not the bot
    return next(zone for zone in map(ZoneInfo, ZONES) if 7 <= now.astimezone(zone).hour < 21)


def next_minute(zone: ZoneInfo) -> datetime:
    """Tell the next full minute that leaves some seconds to type, and the bot one look at what was typed."""
    now = datetime.now(zone)  # noqa: TID251 - of the test, not the bot
    return (now + timedelta(seconds=85)).replace(second=0, microsecond=0)


def with_words(arrived: Sequence[Arrived], words: str) -> list[Arrived]:
    """Keep the messages that hold certain words."""
    return [message for message in arrived if words in message.text]


async def prepares(door: Door, zone: ZoneInfo) -> None:
    """Set a community up, plan a meeting for tomorrow and have a tip published: the thanks are due at once."""
    where = {"channel": "#digest", "zone": zone.key, "language": "en", "guide": False}
    await door.does(ORGANISER, "community setup", "Your community is ready", **where)
    dana = {"name": "Dana R.", "organisation": "Nordik", "why": "She built the river sensor."}
    await door.does(AUTHOR, "lead add", "is on your list", **dana)
    await door.does(AUTHOR, "meeting plan", "Dana R., Nordik", lead="Dana R.", when="tomorrow 10:00")
    await door.does(AUTHOR, "tip share", "Thank you.", text="I write on Tuesday mornings.", topic="asking")
    await door.does(ORGANISER, "community tips", "1 tip waits")
    await door.presses_and(ORGANISER, "Publish", "Its author is thanked.")


async def brings_due(door: Door, at: datetime) -> None:
    """Move the digest and the evening's sheet to the next minute."""
    hour = f"{at:%H:%M}"
    moved = {"day": DAYS[at.weekday()], "hour": hour, "evening": hour}
    await door.does(ORGANISER, "community settings", "Settings of this community", **moved)


def sent(door: Door) -> dict[str, int]:
    """Count what the bot sent by itself."""
    private = door.private(AUTHOR)
    return {
        "digests": len(door.channel()),
        "sheets": len(with_words(private, SHEET)),
        "thanks": len(with_words(private, THANKS)),
    }


EACH_ONCE = {"digests": 1, "sheets": 1, "thanks": 1}


async def lives(folder: Path, zone: ZoneInfo, *doors: Door) -> None:
    """Live through it on some platforms at once, in one process that is killed and started again."""
    settings = {name: value for door in doors for name, value in door.settings.items()}
    async with started(folder, settings) as bot:
        await on_all(doors, bot, zone)
        bot.process.kill()
        await bot.process.wait()
    async with started(folder, settings) as bot:
        for door in doors:
            await door.ready()
        await passes(TWO_ROUNDS)
        for door in doors:
            assert sent(door) == EACH_ONCE, bot.said
            await door.does(AUTHOR, "lead list", "1 person on your list")
    assert "unknown" not in bot.said, bot.said


async def on_all(doors: Sequence[Door], bot: Started, zone: ZoneInfo) -> None:
    """Do the first part everywhere, up to a button pressed on what arrived."""
    for door in doors:
        await door.ready()
        await prepares(door, zone)
    for door in doors:
        await brings_due(door, next_minute(zone))
    for door in doors:
        try:
            await until("everything was sent", lambda of=door: sent(of) == EACH_ONCE, COMES_WITHIN)
        except AssertionError as late:
            raise AssertionError(f"{late}: {sent(door)}\n{bot.said}") from None
        (digest,) = door.channel()
        assert DIGEST in digest.text, digest.text
    for door in doors:
        (sheet,) = with_words(door.private(AUTHOR), SHEET)
        await sheet.press("We met")
