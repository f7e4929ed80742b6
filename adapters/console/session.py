"""The console as a platform: turns what is typed into invocations, and keeps what comes back on the screen."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Self
from zoneinfo import ZoneInfo

from adapters.console.files import read_upload
from adapters.console.messenger import ConsoleMessenger
from adapters.console.screen import COMMUNITY, NAME, PLATFORM, Screen, ScreenEntry
from adapters.platform import Circle
from adapters.runtime import open_circle
from bot.engine.clock import Clock, ManualClock
from bot.engine.invocation import (
    CalledCommand,
    Invocation,
    Place,
    PressedButton,
    Request,
    Sender,
    SubmittedForm,
    TypedLine,
)
from bot.engine.pace import UNLIMITED
from bot.engine.registry import Registry
from bot.engine.role import Role
from bot.engine.rule import Suggestion
from bot.ui.languages import best
from bot.ui.reply import Reply

CHANNEL = "digest"
ORGANISER = "organiser"
"""The person who set a fresh console community up."""


class CannotDo(Exception):
    """What was asked cannot be done on this screen, such as pressing a button that is not there."""


class Session:
    """One open console: its screen, and the bot behind it, which can be restarted."""

    def __init__(
        self, url: str, keys: str, clock: Clock, product: Registry | None = None, backups: Path | None = None
    ) -> None:
        self._url, self._keys, self._product, self._backups = url, keys, product, backups
        self.clock = clock
        self.screen = Screen()
        self.zone = ZoneInfo("UTC")
        # Delivery ids must not repeat those of an earlier run, whose answers the database keeps.
        self._run = token_hex(4)
        self._stack = AsyncExitStack()
        self._circle: Circle | None = None
        self._own_copy = False
        """Whether nobody but this session can have changed the file since it was closed."""

    @classmethod
    async def beside(cls, circle: Circle, screen: Screen) -> Self:
        """Open a console on a bot that is running already, beside its other platforms."""
        session = cls("", "", circle.clock)
        session.screen, session._circle = screen, circle
        session.zone = await circle.zone_of(PLATFORM, COMMUNITY) or session.zone
        return session

    @property
    def circle(self) -> Circle:
        """The running bot."""
        assert self._circle is not None, "the session is closed"  # noqa: S101 - a slip of the caller
        return self._circle

    @property
    def registry(self) -> Registry:
        """The product that the bot speaks."""
        return self.circle.dispatcher.registry

    async def __aenter__(self) -> Self:
        """Open the bot behind the console."""
        messenger = ConsoleMessenger(self.screen, self.clock)
        opening = open_circle(
            self._url,
            self._keys,
            self.clock,
            {PLATFORM: messenger},
            UNLIMITED,
            self._product,
            backups=self._backups,
            own_copy=self._own_copy,
        )
        self._circle = await self._stack.enter_async_context(opening)
        self.zone = await self._circle.zone_of(PLATFORM, COMMUNITY) or self.zone
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the bot; the screen stays."""
        await self._stack.aclose()
        self._circle = None

    async def set_up(self, zone: str) -> None:
        """Set a fresh community up, as its organiser would; one that is set up stays as it is."""
        setting_up = self.registry.role(Role.SET_UP)
        if setting_up is not None and await self.circle.zone_of(PLATFORM, COMMUNITY) is None:
            self.screen.profile(ORGANISER).organiser = True
            values_by_name = {"channel": CHANNEL, "zone": zone, "language": "en", "guide": "no"}
            values = {
                param.name: values_by_name[param.name] for param in setting_up.params if param.name in values_by_name
            }
            await self.circle.dispatcher.answer(self._invocation(ORGANISER, CalledCommand(setting_up.name, values)))
        self.zone = await self.circle.zone_of(PLATFORM, COMMUNITY) or ZoneInfo(zone)

    async def ask(self, handle: str, request: Request) -> ScreenEntry:
        """Deliver one request of a person, and show the answer."""
        self.screen.last = self._invocation(handle, request)
        return await self._deliver(self.screen.last)

    async def type(self, handle: str, line: str) -> ScreenEntry:
        """Type a line."""
        return await self.ask(handle, TypedLine(line))

    async def press(self, handle: str, label: str) -> ScreenEntry:
        """Press the newest button with this label.

        Raises:
            CannotDo: there is no such button.
        """
        button = self.screen.button(handle, label)
        if button is None:
            labels = ", ".join(f'"{shown}"' for shown in self.screen.labels(handle)) or "none"
            message = f'@{handle} sees no button "{label}"; there are: {labels}'
            raise CannotDo(message)
        return await self.ask(handle, PressedButton(button.token))

    async def fill(self, handle: str, values: Mapping[str, str]) -> ScreenEntry:
        """Send the open form; what stood in it stays where nothing else is given.

        Raises:
            CannotDo: no form is open, or it does not ask for a value.
        """
        form = self.screen.forms.get(handle)
        if form is None:
            message = f"@{handle} has no open form"
            raise CannotDo(message)
        stranger = set(values) - {field.name for field in form.fields}
        if stranger:
            asked = ", ".join(field.name for field in form.fields)
            message = f"the form does not ask for {', '.join(sorted(stranger))}; it asks for: {asked}"
            raise CannotDo(message)
        stood = {field.name: field.value for field in form.fields if field.value}
        return await self.ask(handle, SubmittedForm(form.token, {**stood, **values}))

    async def redeliver(self) -> ScreenEntry:
        """Repeat the last delivery, with the same id, as a platform does after a lost answer.

        Raises:
            CannotDo: nothing was delivered yet.
        """
        if self.screen.last is None:
            message = "nothing was delivered yet"
            raise CannotDo(message)
        return await self._deliver(self.screen.last)

    async def suggest(self, handle: str, command: str, param: str, typed: str) -> ScreenEntry:
        """Show the suggestions for what has been typed so far."""
        fitting = await self.offers(handle, command, param, typed)
        return self._show(handle, command, suggestions=tuple(suggestion.label for suggestion in fitting))

    async def offers(self, handle: str, command: str, param: str, typed: str) -> tuple[Suggestion, ...]:
        """Return the suggestions for what has been typed so far, without showing them."""
        return await self.circle.dispatcher.suggest(self._invocation(handle, TypedLine("")), command, param, typed)

    async def organises(self, handle: str) -> bool:
        """Tell whether a person may be offered what only organisers do."""
        return await self.circle.dispatcher.organises(self._invocation(handle, TypedLine("")))

    async def move(self, to: datetime) -> list[ScreenEntry]:
        """Move the clock; everything that falls due on the way runs, in order. Needs a manual clock."""
        before = len(self.screen.seen)
        last_due: datetime | None = None
        # What stays due, such as a post that was put off, is tried once and does not hold the clock.
        while (due := await self.circle.rounds.next_due()) is not None and due <= to and due != last_due:
            self._set(due)
            await self.circle.rounds.tick()
            last_due = due
        self._set(to)
        return self.screen.seen[before:]

    async def restart(self, to: datetime | None = None) -> list[ScreenEntry]:
        """Close the bot, let the clock reach an instant meanwhile, and open it again on the same database.

        Raises:
            CannotDo: other platforms use the bot too.
        """
        if not self._url:
            message = "this bot is not mine to restart"
            raise CannotDo(message)
        await self.__aexit__()
        if to is not None:
            self._set(to)
        await self.__aenter__()
        before = len(self.screen.seen)
        await self.circle.rounds.tick()
        return self.screen.seen[before:]

    def language_of(self, handle: str) -> str:
        """Tell what a person reads: the language of their newest answer, else what their profile says."""
        mine = (seen.language for seen in reversed(self.screen.seen) if seen.to == f"@{handle}" and seen.command)
        return next(mine, best(self.screen.profile(handle).language))

    def _set(self, to: datetime) -> None:
        if isinstance(self.clock, ManualClock):
            self.clock.move(to)

    def _invocation(self, handle: str, request: Request) -> Invocation:
        profile = self.screen.profile(handle)
        sender = Sender(handle, handle.capitalize(), organiser=profile.organiser, language=profile.language)
        self.screen.deliveries += 1
        delivery = f"{self._run}-{self.screen.deliveries}"
        place = Place(PLATFORM, COMMUNITY, NAME, fetch=read_upload, organises=self._organises)
        return Invocation(delivery, place, sender, request)

    def _organises(self, handle: str) -> bool:
        profile = self.screen.profiles.get(handle)
        return profile is not None and profile.organiser

    async def _deliver(self, invocation: Invocation) -> ScreenEntry:
        handle = invocation.sender.user
        answer = await self.circle.dispatcher.answer(invocation)
        if answer.form is not None:
            self.screen.forms[handle] = answer.form
        elif isinstance(invocation.request, SubmittedForm):
            self.screen.forms.pop(handle, None)
        seen = ScreenEntry(
            self.clock.now(),
            f"@{handle}",
            answer.visibility,
            answer.command,
            answer.reply,
            answer.language,
            answer.form,
        )
        self.screen.seen.append(seen)
        await self.circle.rounds.tick()
        return seen

    def _show(self, handle: str, command: str, suggestions: tuple[str, ...]) -> ScreenEntry:
        language = self.language_of(handle)
        seen = ScreenEntry(
            self.clock.now(), f"@{handle}", "private", command, Reply(()), language, suggestions=suggestions
        )
        self.screen.seen.append(seen)
        return seen


@asynccontextmanager
async def open_session(
    url: str, keys: str, clock: Clock, zone: str, product: Registry | None = None, *, backups: Path | None = None
) -> AsyncGenerator[Session]:
    """Open a console on a database; a fresh one becomes a community that is set up."""
    async with Session(url, keys, clock, product, backups) as session:
        await session.set_up(zone)
        yield session
