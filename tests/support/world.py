"""Two communities with members who each have one thing of every kind, made by their own commands."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

import sqlalchemy as sa

from adapters.console.screen import COMMUNITY, PLATFORM
from bot.domain.ids import LeadId, Who
from bot.domain.member import Member
from bot.domain.week import Week
from bot.engine.call import Stamp
from bot.engine.drafts import edit
from bot.engine.invocation import CalledCommand, Request, SubmittedForm
from bot.engine.tokens import Audience, Signer, can_carry
from bot.features import everything
from bot.store import asks, buddies, communities, leads, link_codes, link_pairs, meetings, members, tips
from bot.store.database import Tx
from bot.store.keyring import KeyRing
from bot.store.tables import METADATA, wins
from tests.support.console import Console, open_console
from tests.support.in_memory import quick_folder
from tests.support.store import NOW, RING, is_on_server, kept_as_template, put_like

FEATURES = Path(__file__).parent.parent / "features"
"""Where a family may say, by `things(world, who)` in its things.py, how a person makes a thing of its own; gives ids by kinds."""
ELSEWHERE = "elsewhere"
SIGNER = Signer(KeyRing.parse(RING).derived("tokens"))
WEEK = "2026-W11"
MISSING = "A" * 22
Rows: TypeAlias = dict[tuple[str, str], set[str]]
"""Rows by table and owner; what is nobody's has the owner ""."""


@dataclass(frozen=True)
class Person:
    """Somebody who uses the bot, in their community."""

    user: str
    community: str = COMMUNITY
    organiser: bool = False

    @property
    def canary(self) -> str:
        """A word that stands in everything private this person wrote."""
        return f"Zq{self.user}"


AMINA, OMAR, FAY = Person("amina"), Person("omar"), Person("fay")
ORGANISER = Person("organiser", organiser=True)
ZOE, OLGA = Person("zoe", ELSEWHERE), Person("olga", ELSEWHERE, organiser=True)
PEOPLE = (AMINA, OMAR, FAY, ORGANISER, ZOE, OLGA)


@dataclass
class World:
    """The two communities, open; `things` has the id of each kind of thing of each person."""

    console: Console
    things: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])

    async def ask(self, who: Person, request: Request) -> Any:
        """Let a person do something where they are."""
        return await self.console.answer(request, who=who.user, community=who.community, organiser=who.organiser)

    async def call(self, who: Person, command: str, **values: str) -> Any:
        """Let a person use a command, as from a platform's options."""
        return await self.ask(who, CalledCommand(command, values))

    def token(self, who: Person, command: Any, raw: dict[str, str]) -> str:
        """Sign what a genuine button of the bot for this person would carry."""
        stamp = Stamp(SIGNER, Audience(PLATFORM, who.community, who.user), self.console.clock.now())
        return command.token(stamp, raw)

    async def submit(self, who: Person, command: Any, raw: dict[str, str]) -> Any:
        """Press a genuine button or send its form: what tokens carry goes in the token, the rest in the form."""
        may_carry = {param.name for param in command.carried}
        carried = {name for name, value in raw.items() if name in may_carry and can_carry(value)}
        token = self.token(who, command, {name: value for name, value in raw.items() if name in carried})
        return await self.ask(
            who, SubmittedForm(token, {name: value for name, value in raw.items() if name not in carried})
        )

    async def read(self, work: Any) -> Any:
        """Look into the store."""
        return await self.console.session.circle.db.read(work)

    async def rows(self) -> Rows:
        """Every row of every table by whose it is, but for drafts and answers that a refusal may leave."""
        return await self.read(_rows)


def identity(tx: Tx, who: Person) -> Who:
    """Find a person's ids."""
    member = _member(tx, who)
    assert member is not None
    return Who(member.community, member.id)


def _member(tx: Tx, who: Person) -> Member | None:
    community = communities.find(tx, PLATFORM, who.community)
    return community and members.find(tx, community.id, who.user)


def _rows(tx: Tx) -> Rows:
    users = {member.id: who.user for who in PEOPLE if (member := _member(tx, who)) is not None}
    rows: Rows = {}
    for table in METADATA.sorted_tables:
        if table.name not in {"drafts", "deliveries"}:
            owner = "id" if table.name == "members" else "member_id"
            for row in tx.execute(sa.select(table)):
                whose = users.get(row._mapping.get(owner, ""), "")
                rows.setdefault((table.name, whose), set()).add(repr(row))
    return rows


async def settle(world: World, who: Person) -> None:
    """Let a person make one thing of every kind, with their canary in every private text."""
    word = who.canary
    answers = [
        await world.call(who, "start", language="en", zone="Toronto", work=f"{word} work", number="2", board="hidden"),
        await world.call(who, "lead add", name=f"{word} Known", organisation=f"{word} Works", why=f"{word} why"),
        await world.call(who, "lead edit", lead=f"{word} Known", notes=f"{word} notes"),
        await world.call(who, "ask sent", lead=f"{word} Known", wording="chat"),
        await world.call(who, "ask replied", lead=f"{word} Known", answer="yes"),
        await world.call(
            who,
            "meeting log",
            lead=f"{word} Known",
            reached="yes",
            talked="them",
            human=word,
            names=f"{word} Next",
            want=word,
        ),
        await world.call(who, "week plan", asks="1", sentence=f"{word} plan"),
        await world.call(who, "week report", asks="1", help=f"{word} help"),
        await world.call(who, "win share", text=f"{word} win", show="private"),
        await world.call(who, "tip share", text=f"Tip of {who.user} in {who.community}"),
    ]
    assert [answer.reply.error for answer in answers] == [None] * len(answers)
    refused = await world.call(who, "lead add", name=f"{word} draft", organisation=word, why=f"a@b.ca {word}")
    audience = Audience(PLATFORM, who.community, who.user)
    draft = SIGNER.open(refused.again, audience)
    assert draft.code == edit.code
    things = await world.console.session.circle.db.write(lambda tx: _things(tx, identity(tx, who)))
    world.things[who.user] = {"draft": draft.values[0], **things}
    for file in sorted(FEATURES.glob("*/things.py")):
        family = import_module(f"tests.features.{file.parent.name}.things")
        world.things[who.user] |= await family.things(world, who)


def _things(tx: Tx, who: Who) -> dict[str, str]:
    win = tx.execute(sa.select(wins.c.id).where(wins.c.member_id == who.member)).scalar_one()
    (lead,) = leads.choices(tx, who, open_only=False)
    (meeting,) = meetings.of_member(tx, who)
    (ask,) = asks.to_lead(tx, who, lead.id)
    things = {"lead": lead.id, "ask": ask.id, "meeting": meeting.id, "win": win, "other": _walked_with(tx, who)}
    return {**things, "question": _asked_whether_it_is_them(tx, who), "pair": _may_be_one(tx, who, lead.id)}


def _asked_whether_it_is_them(tx: Tx, who: Who) -> str:
    """Let somebody of the other community have entered a code of a member."""
    places = {communities.find(tx, PLATFORM, platform_id) for platform_id in (COMMUNITY, ELSEWHERE)}
    (elsewhere,) = (place for place in places if place is not None and place.id != who.community)
    somebody = members.ensure(tx, elsewhere.id, f"entered the code of {who.member}", "Somebody", NOW)
    link_codes.offer(tx, who, f"code of {who.member}", NOW)
    return link_codes.ask(tx, who, Who(elsewhere.id, somebody.id), NOW)


def _may_be_one(tx: Tx, who: Who, lead: LeadId) -> str:
    """Let a member have a second person on their list who may be the first one."""
    twin = leads.add(tx, who, leads.NewLead("Twin", "Works", "why"), NOW).lead
    link_pairs.put(tx, who, [(lead, twin.id)])
    return link_pairs.waiting(tx, who)[0].id


def _walked_with(tx: Tx, who: Who) -> str:
    """Let a member have had a buddy in a week that is over, whom nobody else had."""
    buddy = members.ensure(tx, who.community, f"buddy of {who.member}", "Buddy", NOW).id
    week = Week.from_iso(WEEK).previous()
    group = buddies.open_group(tx, who.community, [who.member, buddy], week)
    buddies.part(tx, who.community, buddies.BuddyGroup(group, week, [who.member, buddy]), [who.member], week)
    return buddy


async def build(world: World) -> None:
    """Set both communities up, let everybody make their things, and forget Fay."""
    await world.call(OLGA, "community setup", channel="digest", zone="Toronto", language="en")
    await world.call(ORGANISER, "community settings", review="yes")
    for who in PEOPLE:
        await settle(world, who)
    await world.submit(FAY, everything().get("me forget-now"), {})
    for organiser in (ORGANISER, OLGA):
        await publish(world, organiser)
    for who in PEOPLE:
        await world.call(who, "lead next")


async def publish(world: World, organiser: Person) -> None:
    """Publish the first tip that waits; it is the community's, and the second goes on waiting."""

    def waiting(tx: Tx) -> list[str]:
        return [tip.id for tip in tips.to_review(tx, identity(tx, organiser).community)]

    waiting_tips = await world.read(waiting)
    await world.submit(organiser, everything().get("community tip-publish"), {"tip": waiting_tips[0]})
    world.things[organiser.community] = {"tip": waiting_tips[0], "waiting": waiting_tips[1]}


_BUILT: dict[bool, tuple[bytes | str, dict[str, dict[str, str]]]] = {}
"""The two communities, with their things: in a file, or on the server."""


async def _built() -> tuple[bytes | str, dict[str, dict[str, str]]]:
    if is_on_server() not in _BUILT:
        with quick_folder() as folder:
            async with open_console(Path(folder)) as console:
                world = World(console)
                await build(world)
            _BUILT[is_on_server()] = kept_as_template(Path(folder)), world.things
    return _BUILT[is_on_server()]


async def file_of_the_world() -> bytes:
    """Give the database file of the two communities, as it lies on the disk when the bot has ended."""
    file, _ = await _built()
    assert isinstance(file, bytes)
    return file


async def put_world(folder: Path) -> None:
    """Put the database of the two communities into a folder."""
    template, _ = await _built()
    put_like(folder, template)


@asynccontextmanager
async def open_world() -> AsyncGenerator[World]:
    """Open a fresh copy of the two communities, half an hour after they were made."""
    template, things = await _built()
    with quick_folder() as folder:
        put_like(Path(folder), template)
        async with open_console(Path(folder), NOW + timedelta(minutes=30)) as console:
            yield World(console, things)
