"""The demo's community: eight people and six weeks, made by typing commands while the clock moves."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from adapters.console.script import run_line
from adapters.console.session import ORGANISER, Session
from bot.domain.week import Week, local_to_utc

WEEKS = 6
_PEOPLE = ("amina", "omar", "li", "sofia", "daniel", "noor", "priyanka", "viktor")
_WORK = {
    "amina": "I want to test software for medical devices.",
    "omar": "I want to plan the repair of bridges.",
    "li": "I want to work in a water laboratory.",
    "sofia": "I want to teach children who learn French.",
    "daniel": "I want to cook in a hotel.",
    "noor": "I want to keep the books of a small firm.",
    "priyanka": "I want to design web pages.",
    "viktor": "I want to drive trains.",
}
_FIRST_NAMES = [
    "Dana",
    "Tom",
    "Priya",
    "Marc",
    "Anne",
    "Joe",
    "Wen",
    "Rosa",
    "Ivan",
    "Claire",
    "Sam",
    "Hana",
    "Lena",
    "Paul",
    "Mina",
    "Igor",
    "Elsa",
    "Hugo",
    "Rita",
    "Ben",
    "Sara",
    "Theo",
    "Ines",
    "Karl",
]
_PLACES = (
    ("Nordik", "built the river sensor"),
    ("Hydro", "runs the test team"),
    ("Acme Design", "changed careers like me"),
    ("City of Laval", "spoke at the library"),
    ("Blue Clinic", "works with nurses"),
    ("Northern Rail", "trains new drivers"),
    ("Lab Eau", "studied what I studied"),
    ("Hotel Bellevue", "leads a big kitchen"),
    ("Bridgeworks", "repairs old bridges"),
    ("Ecole Soleil", "teaches newcomers"),
    ("Counting House", "began as a cashier"),
    ("Webb Studio", "hires juniors"),
)
_NEW_NAMES = (2, 1, 3, 0, 2, 1, 1, 0)
"""How many people each adds in a usual week; some rest, some do more, and it changes with the week."""


def beginning(end: datetime, zone: ZoneInfo) -> datetime:
    """Tell when the story begins so that it ends at an instant."""
    return local_to_utc(_first_week(end, zone).monday, time(8), zone)


async def tell(session: Session, end: datetime) -> None:
    """Play the six weeks in a fresh community, up to an instant."""
    zone = session.zone
    async with session.circle.db.durable_at_the_end():
        for at, line in sorted(_lines(_first_week(end, zone), zone), key=lambda step: step[0]):
            if at > end:
                break
            await session.move(at)
            await run_line(session, line)
        await session.move(end)


def _first_week(end: datetime, zone: ZoneInfo) -> Week:
    return Week.at(end, zone).plus(-WEEKS)


def _lines(first: Week, tz: ZoneInfo) -> Iterator[tuple[datetime, str]]:
    yield from _beginning(first, tz)
    for number in range(WEEKS + 1):
        yield from _week(number, first.plus(number), tz)


def _at(week: Week, day: int, minutes: int, tz: ZoneInfo) -> datetime:
    clock = time(minutes // 60, minutes % 60)
    return local_to_utc(week.monday + timedelta(days=day), clock, tz)


def _beginning(first: Week, tz: ZoneInfo) -> Iterator[tuple[datetime, str]]:
    board = ("name", "name", "nickname", "name", "name", "hidden", "name", "name")
    for number, who in enumerate(_PEOPLE):
        at = _at(first, 0, 9 * 60 + number, tz)
        language = "fr" if who == "sofia" else "en"
        yield (
            at,
            f'@{who} /start language:{language} zone:"{tz.key}" work:"{_WORK[who]}" number:2 board:{board[number]}',
        )
    at = _at(first, 0, 9 * 60 + 30, tz)
    yield at, "@li /board join as:nickname nickname:Maple"
    yield at, '@daniel /tip share topic:asking text:"I write my messages on Sunday evening. I send them on Tuesday."'
    yield at, f"@{ORGANISER} as organiser"
    yield at, f"@{ORGANISER} /community tips"
    yield at, f'@{ORGANISER} press "Publish"'


def _week(number: int, week: Week, tz: ZoneInfo) -> Iterator[tuple[datetime, str]]:
    for person, who in enumerate(_PEOPLE):
        at = _at(week, 1, 10 * 60 + person, tz)
        if who == "noor" and number == 3:  # the week of her holiday
            yield at, f"@{who} /me pause"
            continue
        yield at, f"@{who} /week plan asks:{1 + (person + number) % 2}"
        yield from _deeds(number, person, week, tz)
        if (person + number) % 4:
            asked = 0 if (person + number) % 5 == 0 else 1 + (person + number) % 2
            # The story ends on Thursday, so its last reports are early.
            yield _at(week, 3 if number == WEEKS else 6, 17 * 60 + person, tz), f"@{who} /week report asks:{asked}"
    yield _at(week, 4, 15 * 60, tz), '@omar /tip tried tip:"Say why you chose" worked:yes'
    if number == WEEKS:
        yield _at(week, 2, 16 * 60, tz), '@priyanka /win share show:name text:"I have a second interview on Thursday!"'


def _deeds(number: int, person: int, week: Week, tz: ZoneInfo) -> Iterator[tuple[datetime, str]]:
    """Add people, ask them, hear from some, meet a few."""
    who = _PEOPLE[person]
    # The story ends on the Thursday of its last week.
    day, name_of_day = (3, "thursday") if number == WEEKS else (4, "friday")
    for n in range(max(0, _NEW_NAMES[person] + (number + person) % 3 - 1)):
        # The last letter changes with the week, so that nobody is added twice.
        name = f"{_FIRST_NAMES[(person * 7 + number * 5 + n) % len(_FIRST_NAMES)]} {'RSTLMKP'[number]}."
        organisation, why = _PLACES[(person * 5 + number * 3 + n) % len(_PLACES)]
        at = _at(week, 1 + n, 11 * 60 + person, tz)
        yield at, f'@{who} /lead add name:"{name}" organisation:"{organisation}" why:"{why}"'
        if n == 0:
            yield at + timedelta(hours=2), f'@{who} /ask sent lead:"{name}" wording:chat'
            if (number + person) % 3 == 0:
                yield at + timedelta(days=1), f'@{who} /ask replied lead:"{name}" answer:yes'
                yield (
                    at + timedelta(days=1, hours=1),
                    f'@{who} /meeting plan lead:"{name}" when:"{name_of_day} 14:00" place:"phone"',
                )
                yield (
                    _at(week, day, 16 * 60 + person, tz),
                    f'@{who} /meeting log lead:"{name}" reached:yes talked:them human:"likes to ski"',
                )
