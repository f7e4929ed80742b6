"""Every command of a member with a long list: 1,000, 10,000 and 20,000 people, of whom 2,000 are open at the most."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from time import perf_counter
from zoneinfo import ZoneInfo

from bench.circle import NOW, PLACE, Circle, in_letters, open_circle
from bench.seed import OPEN, close
from bench.table import Row
from bot.domain.ids import LeadId, Who
from bot.domain.meeting import GoalReached, MeetingState, MoreTalkative, Notes, WorkKnown
from bot.domain.member import Appearance
from bot.domain.week import Week
from bot.engine.invocation import CalledCommand, Invocation, Sender
from bot.features.digest import facts
from bot.store import asks, communities, events, leads, meetings, members
from bot.store.database import Tx

SIZES = (1_000, 10_000, 20_000)
BATCH = 250
ADDED = 10
"""People that the commands themselves add, at the most."""
LIMIT = 1.0
PAPERS = "/me export", "/me record"
"""They hold all there is, so they may take as long as there is much; they read beside the writer."""
NEWS = "I have a job interview on Friday, after a talk with a kind person from the river team. Thank you all."
NAME = f"Dana {in_letters(0).ljust(4, 'k')}"
CALLS: tuple[tuple[str, dict[str, str]], ...] = (
    ("help", {}),
    ("lead add", {"name": "Lee {n}", "organisation": "Bell", "why": "tests"}),
    ("lead add", {"name": "Ana {n}", "organisation": "Bell", "why": "tests", "source": "{name}"}),
    ("lead list", {}),
    ("lead list", {"stage": "closed"}),
    ("lead show", {"lead": "{name}"}),
    ("lead edit", {"lead": "{name}", "notes": "likes to ski"}),
    ("lead edit", {"lead": "{name}", "source": "{other}"}),
    ("lead next", {}),
    ("ask draft", {"lead": "{name}"}),
    ("ask check", {"lead": "{name}", "text": "Hello, I saw your talk about rivers. Could we speak for ten minutes?"}),
    ("ask sent", {"lead": "{name}", "wording": "chat"}),
    ("ask replied", {"lead": "{name}", "answer": "yes"}),
    ("meeting plan", {"lead": "{name}", "when": "friday 14:00"}),
    ("meeting prep", {"lead": "{name}", "goal": "hear how they began"}),
    ("meeting log", {"lead": "{name}", "reached": "yes", "talked": "them", "names": "Tom {n} at Hydro"}),
    ("meeting list", {}),
    ("meeting undo", {}),
    ("followup list", {}),
    ("followup snooze", {"lead": "{name}", "until": "tomorrow"}),
    ("followup done", {"lead": "{name}"}),
    ("lead close", {"lead": "{other}"}),
    ("week plan", {"asks": "2"}),
    ("week report", {"asks": "1"}),
    ("week last", {}),
    ("week history", {}),
    ("board join", {"as": "name"}),
    ("board show", {}),
    ("board me", {}),
    ("buddy show", {}),
    ("win share", {"text": NEWS, "show": "name"}),
    ("win thanks", {"lead": "{name}"}),
    ("tip get", {}),
    ("me odds", {}),
    ("me compass", {}),
    ("me resume", {}),
    ("me record", {}),
    ("me settings", {}),
    ("me inbox", {}),
    ("me export", {}),
)
LATER = NOW + timedelta(days=1)
ZONE = ZoneInfo("America/Toronto")


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Use every command with a list of each size, and show how long it takes."""
    sizes = SIZES[:2] if quick else SIZES
    took: dict[str, list[float]] = {}
    for size in sizes:
        async with open_circle(folder / str(size), 8) as circle:
            for name, seconds in (await _at_size(circle, size)).items():
                took.setdefault(name, []).append(seconds)
    shown = " / ".join(f"{size:,}" for size in sizes)
    by_time = sorted(took.items(), key=lambda entry: -entry[1][-1])
    return [_row(f"{name}, with {shown} people", sizes, seconds) for name, seconds in by_time]


def _row(name: str, sizes: tuple[int, ...], seconds: list[float]) -> Row:
    """Show the seconds at each size, and from which size on they pass the limit; papers of everything may."""
    passes = next((f"at {size:,}" for size, taken in zip(sizes, seconds, strict=True) if taken > LIMIT), "never")
    figure = " / ".join(f"{taken:.3f} s" for taken in seconds)
    if name.startswith(PAPERS):
        return Row(name, figure, aim=f"passes {LIMIT:g} s {passes}")
    return Row(name, figure, aim=f"passes {LIMIT:g} s {passes}", reached=passes == "never")


async def _at_size(circle: Circle, size: int) -> dict[str, float]:
    who = await circle.db.write(_somebody)
    for first in range(0, size - ADDED, BATCH):
        some = range(first, min(first + BATCH, size - ADDED))
        await circle.db.write(lambda tx, some=some: _add(tx, who, some))
    took: dict[str, float] = {}
    fill = {"name": NAME, "other": f"Dana {in_letters(7).ljust(4, 'k')}", "n": "Karim"}
    for command, values in CALLS:
        typed = {name: value.format(**fill) for name, value in values.items()}
        start = perf_counter()
        answer = await circle.call(0, command, **typed)
        label = f"/{command} {' '.join(f'{name}:' for name in values)}".strip()
        took[label] = perf_counter() - start
        if answer.reply.error:
            message = f"{label}: {answer.reply}"
            raise RuntimeError(message)
    start = perf_counter()
    await circle.db.write(lambda tx: _digest(tx, who))
    took["the figures of a digest, with good news of this member"] = perf_counter() - start
    asked = Invocation(token_hex(8), PLACE, Sender("user0", "Member 0"), CalledCommand("lead show"))
    start = perf_counter()
    await circle.dispatcher.suggest(asked, "lead show", "lead", "dana b")
    took["suggestions while a name is typed"] = perf_counter() - start
    start = perf_counter()
    await circle.db.write(lambda tx: members.forget(tx, who, NOW))
    took["/me forget, once it is confirmed"] = perf_counter() - start
    return took


def _digest(tx: Tx, who: Who) -> None:
    community = communities.get(tx, who.community)
    facts.gather_facts(tx, community, facts.freeze_week(tx, community, Week.at(NOW, ZONE), LATER))


def _somebody(tx: Tx) -> Who:
    community = communities.ensure(tx, PLACE.platform, PLACE.community, PLACE.name, NOW)
    who = Who(community.id, members.ensure(tx, community.id, "user0", "Member 0", NOW).id)
    members.update(tx, who, appearance=Appearance.NAME, work="I want to measure rivers.", started=True)
    return who


def _add(tx: Tx, who: Who, some: range) -> None:
    """Add people as years of work leave them: some asked, some met, most of them closed."""
    week = Week.of(NOW.date())
    for number in some:
        at = NOW - timedelta(hours=1 + number % 5_000)
        new = leads.NewLead(f"Dana {in_letters(number).ljust(4, 'k')}", f"Nordik {number % 97}", "Built the sensor.")
        lead = leads.add(tx, who, new, at).lead
        events.record(tx, who, events.Event(events.LEAD, week.plus(-number % 50), at, lead.id), at)
        if number % 2:
            ask = asks.add(tx, who, lead.id, "chat", at)
            events.record(tx, who, events.Event(events.ASK, week.plus(-number % 50), at, lead.id, ask), at)
        if number % 10 == 0:
            _met(tx, who, lead.id, week.plus(-number % 50), number)
        if number >= OPEN:
            close(tx, who, lead, at)


def _met(tx: Tx, who: Who, lead: LeadId, week: Week, number: int) -> None:
    talk = replace(
        meetings.new(lead),
        state=MeetingState.HELD,
        held_at=NOW - timedelta(days=2),
        logged_at=NOW - timedelta(days=1),
        reached=GoalReached.YES,
        talked=MoreTalkative.THEM,
        knows=WorkKnown.YES,
        notes=Notes(human="likes to ski", want="I want to measure rivers"),
    )
    meetings.add(tx, who, talk, NOW)
    # Thousands of rows of one millisecond could get one number twice.
    noted = NOW + timedelta(milliseconds=number)
    events.record(tx, who, events.Event(events.MEETING, week, NOW, lead, talk.id), noted)
