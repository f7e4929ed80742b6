"""A circle of members at a console: the door by which the tests come in, with real storage and a clock moved by hand."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from adapters.console.screen import COMMUNITY, PLATFORM, ScreenEntry
from adapters.console.script import run_line
from adapters.console.session import ORGANISER, Session, open_session
from bot.engine.answer import Answer
from bot.engine.clock import ManualClock
from bot.engine.invocation import Invocation, Place, Request, Sender, TypedLine
from bot.engine.registry import Registry
from bot.ui.button import Button
from bot.ui.plain import all_buttons, plain
from bot.ui.voice import say
from tests.support import postgres
from tests.support.in_memory import quick_folder
from tests.support.store import (
    NOW,
    RING,
    begin_from_template,
    begun,
    is_on_server,
    kept_as_template,
    path_in,
    put_like,
    url_of,
)

ZONE = "America/Toronto"


@dataclass(frozen=True)
class Console:
    """An open console; each line is one of the script language, such as `@amina /lead next` or `at 2026-03-16T12:30`."""

    session: Session
    clock: ManualClock
    folder: Path

    async def run(self, *lines: str) -> list[ScreenEntry]:
        """Do some lines; returns everything anyone saw because of them, in order."""
        seen: list[ScreenEntry] = []
        for line in lines:
            seen += await run_line(self.session, line)
        return seen

    async def one(self, line: str) -> ScreenEntry:
        """Do one line of a person, which one answer belongs to."""
        (seen,) = await self.run(line)
        return seen

    async def answer(
        self,
        request: Request,
        *,
        who: str = "amina",
        community: str = COMMUNITY,
        organiser: bool = False,
        language: str | None = None,
        delivery: str | None = None,
    ) -> Answer:
        """Hand a request over as a platform does, from any community, with any claim about the sender."""
        sender = Sender(who, who.capitalize(), organiser=organiser, language=language)
        place = Place(PLATFORM, community, "Newcomers")
        invocation = Invocation(delivery or token_hex(8), place, sender, request)
        return await self.session.circle.dispatcher.answer(invocation)

    async def suggest(
        self, command: str, param: str, typed: str = "", *, who: str = "amina", community: str = COMMUNITY
    ) -> list[str]:
        """Ask what fits what was typed so far; returns the labels."""
        invocation = Invocation(token_hex(8), Place(PLATFORM, community), Sender(who, who.capitalize()), TypedLine(""))
        suggestions = await self.session.circle.dispatcher.suggest(invocation, command, param, typed)
        return [suggestion.label for suggestion in suggestions]

    @property
    def stored(self) -> bytes:
        """Every byte the database has written, the journal of a file included."""
        if is_on_server():
            return postgres.written(postgres.database_of(self.folder))
        files = sorted(self.folder.glob(f"{path_in(self.folder).name}*"))
        return b"".join(file.read_bytes() for file in files)


_SET_UP: dict[bool, bytes | str] = {}
"""The database of a fresh community that was set up once, by its organiser's command: a file, or a name on the server."""


@asynccontextmanager
async def open_console(
    folder: Path, at: datetime = NOW, zone: str = ZONE, product: Registry | None = None
) -> AsyncGenerator[Console]:
    """Open a console on the database of a folder; a fresh one becomes a community that is set up."""
    if (at, zone, product) == (NOW, ZONE, None) and not begun(folder):
        await _begin_set_up(folder)
    begin_from_template(folder, RING)
    clock = ManualClock(at)
    async with open_session(url_of(folder), RING, clock, zone, product) as session:
        session.screen.profile(ORGANISER).organiser = True
        yield Console(session, clock, folder)


async def _begin_set_up(folder: Path) -> None:
    """Put the database of a community that is set up into a folder, the quick way."""
    if is_on_server() not in _SET_UP:
        with quick_folder() as first:
            begin_from_template(Path(first), RING)
            async with open_session(url_of(Path(first)), RING, ManualClock(NOW), ZONE):
                pass
            _SET_UP[is_on_server()] = kept_as_template(Path(first))
    put_like(folder, _SET_UP[is_on_server()])


def said(answer: Answer) -> str:
    """Give the words of an answer."""
    return plain(answer.reply, answer.language)


def button(answer: Answer, label: str) -> Button:
    """Find a button of an answer."""
    return next(candidate for candidate in all_buttons(answer.reply) if say(candidate.label, answer.language) == label)
