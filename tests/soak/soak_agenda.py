"""Whatever members and organisers do, and wherever they travel: what is planned is what would be planned now."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from secrets import token_hex
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from adapters.console.screen import COMMUNITY, PLATFORM
from bot.domain.ids import MemberId, Who
from bot.engine.answer import Answer
from bot.engine.invocation import Invocation, Place, PressedButton, Request, Sender, TypedLine
from bot.engine.replanning import REPLAN
from bot.engine.schedule import Change, CommunitySchedule, MemberSchedule
from bot.features import everything
from bot.store import agenda, communities, identities, members
from bot.store.database import Tx
from bot.store.tables import members as member_table
from bot.ui.plain import all_buttons
from tests.support.console import ZONE, Console, open_console, said

STEPS, SEEDS = 250, 12
ELSEWHERE = "elsewhere"
MEMBERS, PLACES = ("amina", "omar", "li"), (COMMUNITY, COMMUNITY, ELSEWHERE)
PEOPLE = ("Dana R.", "Priya S.", "Tom W.", "Zoé B.")
CITIES = (
    "Toronto",
    "Vancouver",
    "Paris",
    "Tokyo",
    "Kolkata",
    "Auckland",
    "Honolulu",
    "St. John's",
    "UTC",
    "Kiritimati",
)
ZONES = (None, "Asia/Tokyo", "Pacific/Honolulu", "Europe/Paris", "America/Toronto", "Asia/Kolkata")
NAMES = ("Amina", "  A  b ", "Zoé\u200b", "\N{SLIGHTLY SMILING FACE}", "", "X" * 90)
DAYS = ("yesterday", "today", "tomorrow", "friday", "monday", "in 3 days")
HOURS = ("7:00", "9:00", "12:30", "18:00", "23:30")
OF_MEMBERS = (
    '/ask sent "{person}" wording:chat', '/ask sent "{person}" when:yesterday', '/ask replied "{person}" answer:yes',
    '/ask replied "{person}" answer:later', "/ask undo", '/meeting plan "{person}" when:"{day} {hour}"',
    '/meeting plan "{person}" when:"{day} {hour}"', "/meeting cancel", "/meeting undo", '/followup done "{person}"',
    '/followup snooze "{person}" until:{day}', '/followup off "{person}"', "/followup all-later until:{day}",
    "/week plan asks:2", "/week plan", "/week report asks:1", "/me pause", "/me pause weeks:2", '/me settings zone:"{city}"',
    "/me settings reminders:no", "/me settings reminders:yes", "/me settings checkins:yes", "/me settings language:fr",
    "/buddy join field:health", "/buddy leave", '/lead close "{person}"', '/lead edit lead:"{person}" name:"{person}"',
    "/lead list", "/me inbox", "/me undo", "/me link", "/me forget",
)  # fmt: skip
OF_ORGANISERS = (
    "/community settings hour:{hour}", "/community settings day:tuesday", "/community settings day:sunday",
    "/community settings morning:9:00", "/community settings morning:11:00", "/community settings evening:20:00",
    "/community settings checkin:12:00 reminder:8:00", "/community settings holidays:ontario move_digest:yes",
    '/community setup channel:#digest zone:"{city}" language:en digest_at:10:00', "/community digest now",
)  # fmt: skip


class Circles:
    """Two communities whose members do things at random, sign their names anew and fly around."""

    def __init__(self, console: Console, dice: Random) -> None:
        self._console, self._dice = console, dice
        self._zones: dict[tuple[str, str], str | None] = {}
        self._last: dict[tuple[str, str], Answer] = {}
        self.log: list[str] = []

    async def begin(self) -> None:
        """Set the other community up, and give everybody some people."""
        await self._ask(
            "olga", ELSEWHERE, TypedLine("/community setup channel:#digest zone:Paris language:fr"), organiser=True
        )
        for who in MEMBERS:
            for place in (COMMUNITY, ELSEWHERE):
                for person in PEOPLE:
                    await self._ask(who, place, TypedLine(f'/lead add name:"{person}" organisation:"Nordik" why:"x"'))

    async def step(self) -> None:
        """Let something happen."""
        dice = self._dice
        who, place, chance = dice.choice(MEMBERS), dice.choice(PLACES), dice.random()
        if chance < 0.12:
            await self._ask("olga", dice.choice(PLACES), TypedLine(self._line(OF_ORGANISERS)), organiser=True)
        elif chance < 0.15:
            await self._link(who)
        elif chance < 0.25:
            await self._time_goes_on()
        elif chance < 0.45:
            tokens = [pressable.token for pressable in all_buttons(self._last[who, place].reply)]
            if tokens:
                await self._ask(who, place, PressedButton(dice.choice(tokens)))
        else:
            await self._ask(who, place, TypedLine(self._line(OF_MEMBERS)))

    def _line(self, lines: tuple[str, ...]) -> str:
        dice = self._dice
        return dice.choice(lines).format(
            person=dice.choice(PEOPLE), day=dice.choice(DAYS), hour=dice.choice(HOURS), city=dice.choice(CITIES)
        )

    async def _time_goes_on(self) -> None:
        minutes = self._dice.choice((5, 60, 300, 1_440, 3_000, 10_080, 20_160))
        to = self._console.clock.now() + timedelta(minutes=minutes)
        self.log.append(f"until {to}")
        await self._console.run(f"at {to.astimezone(ZoneInfo(ZONE)):%Y-%m-%dT%H:%M}")

    async def _link(self, who: str) -> None:
        code = re.search(r"code:(\S{9})", said(await self._ask(who, COMMUNITY, TypedLine("/me link"))))
        if code is not None:
            await self._ask(who, ELSEWHERE, TypedLine(f"/me link code:{code[1]}"))
            asked = all_buttons((await self._ask(who, COMMUNITY, TypedLine("/me link"))).reply)
            if asked:
                await self._ask(who, COMMUNITY, PressedButton(asked[0].token))

    async def _ask(self, who: str, place: str, request: Request, *, organiser: bool = False) -> Answer:
        if (who, place) not in self._zones or self._dice.random() < 0.08:
            self._zones[who, place] = self._dice.choice(ZONES)
        name = self._dice.choice(NAMES) if self._dice.random() < 0.03 else who.capitalize()
        sender = Sender(who, name, organiser=organiser, zone=self._zones[who, place])
        self.log.append(f"{sender} in {place}: {request}")
        invocation = Invocation(token_hex(8), Place(PLATFORM, place, "Newcomers"), sender, request)
        answer = self._last[who, place] = await self._console.session.circle.dispatcher.answer(invocation)
        return answer


def astray(tx: Tx, now: datetime) -> list[str]:
    """List what is planned otherwise than it would be now; what is due is about to be done."""
    otherwise: list[str] = []
    for community in communities.present(tx):
        ids = [
            MemberId(""),
            *tx.execute(sa.select(member_table.c.id).where(member_table.c.community_id == community.id)).scalars(),
        ]
        for member_id in ids:
            who = Who(community.id, member_id)
            for schedule in everything().schedules.values():
                planned = agenda.when(tx, community.id, member_id, schedule.kind)
                if isinstance(schedule, MemberSchedule) and member_id and not _waits(tx, who):
                    due = schedule.next(tx, community, members.get(tx, who), now)
                    due = None if identities.acts_as(tx, who) is not None else due
                elif isinstance(schedule, CommunitySchedule) and not member_id:
                    due = schedule.next(Change(tx, community, community, planned, now))
                else:
                    continue
                if planned != due and (planned is None or planned > now):
                    otherwise.append(f"{community.platform_id} {member_id} {schedule.kind}: {planned}, not {due}")
    return otherwise


def _waits(tx: Tx, who: Who) -> bool:
    """Tell whether a member's times are about to be put anew, because those of their community moved."""
    return agenda.when(tx, who.community, who.member, REPLAN) is not None


@pytest.mark.parametrize("kept_on", ["file", "server"], indirect=True)
@pytest.mark.parametrize("seed", range(SEEDS))
async def test_what_is_planned_is_what_would_be_planned_now(tmp_path: Path, seed: int) -> None:
    async with open_console(tmp_path) as console:
        circles = Circles(console, Random(seed))
        await circles.begin()
        for _ in range(STEPS):
            await circles.step()
            now = console.clock.now()
            wrong = await console.session.circle.db.read(lambda tx, now=now: astray(tx, now))
            assert wrong == [], "\n".join(circles.log[-8:])
