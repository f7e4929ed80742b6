"""A circle in a browser: the console's session, which also tells where an answer is shown."""

from dataclasses import replace
from datetime import datetime
from typing import Self

from adapters.console.screen import Screen
from adapters.console.session import ORGANISER, Session
from adapters.web.uploads import Uploads
from bot.engine.answer import Answer
from bot.engine.call import Stamp
from bot.engine.clock import ManualClock
from bot.engine.finding import audience_of
from bot.engine.invocation import Invocation, PressedButton, Request, TypedLine, Upload
from bot.engine.registry import Role

__all__ = ["ORGANISER", "WebSession"]


class WebSession(Session):
    """One circle with its screen and its clock; it can be closed for a while and opened again."""

    def __init__(self, url: str, keys: str, at: datetime, uploads: Uploads) -> None:
        super().__init__(url, keys, ManualClock(at))
        self._uploads = uploads

    @classmethod
    def like(cls, url: str, keys: str, other: Session, uploads: Uploads) -> Self:
        """Make a session on a copy of another's database, with what was seen there so far."""
        session = cls(url, keys, other.clock.now(), uploads)
        # The copy was made by this program, in a folder of its own.
        session._own_copy = True
        was = other.screen
        # What was seen cannot change, so that all circles share it; each has its own list of it.
        session.screen = Screen(
            seen=list(was.seen),
            profiles={name: replace(profile) for name, profile in was.profiles.items()},
            posted=dict(was.posted),
        )
        session.zone = other.zone
        return session

    @property
    def is_open(self) -> bool:
        """Whether the bot runs behind it at this moment."""
        return self._circle is not None

    async def answer(self, handle: str, request: Request) -> tuple[Invocation, Answer]:
        """Deliver one request of a person, and do what falls due because of it."""
        invocation = self._invocation(handle, request)
        plan = self.circle.dispatcher.plan(invocation)
        answer = await self.circle.dispatcher.answer(invocation, plan)
        self._uploads.forget(self)
        await self.circle.rounds.tick()
        return invocation, answer

    async def home(self, handle: str) -> Answer | None:
        """Write a person's own page, where the product has one."""
        page = self.registry.role(Role.HOME)
        if page is None:
            return None
        invocation = self._invocation(handle, TypedLine(""))
        dispatcher = self.circle.dispatcher
        stamp = Stamp(dispatcher.signer, audience_of(invocation), dispatcher.clock.now())
        return await dispatcher.answer(replace(invocation, request=PressedButton(page.token(stamp, {}))))

    def _invocation(self, handle: str, request: Request) -> Invocation:
        # A path is a file of whoever hosts the page, so it leads to nothing here.
        invocation = super()._invocation(handle, request)
        return replace(invocation, place=replace(invocation.place, fetch=self._fetch))

    async def _fetch(self, name: str) -> Upload:
        return self._uploads.find(self, name)
