"""The home page in Slack: the member's own page, written anew after everything they change."""

from dataclasses import replace

import structlog

from adapters.slack.api import Api, SlackDenied, SlackUnanswered
from adapters.slack.people import People
from adapters.slack.render import view_blocks
from bot.engine.answer import Answer
from bot.engine.call import Stamp
from bot.engine.dispatch import Dispatcher
from bot.engine.finding import audience_of
from bot.engine.invocation import Invocation, PressedButton
from bot.engine.role import Role

MOST = 5_000
"""People whose page is kept fresh: those who opened it since the bot started."""

log = structlog.get_logger()


class Home:
    """Publishes home pages."""

    def __init__(self, dispatcher: Dispatcher, api: Api, people: People) -> None:
        self._dispatcher = dispatcher
        self._api = api
        self._people = people
        self._opened: dict[str, None] = {}
        self._writing: set[str] = set()
        self._stale: set[str] = set()

    async def show(self, invocation: Invocation) -> None:
        """Write the page of a person who opened it."""
        user = invocation.sender.user
        self._opened.pop(user, None)
        self._opened[user] = None
        if len(self._opened) > MOST:
            del self._opened[next(iter(self._opened))]
        await self._write(invocation)

    async def refresh(self, invocation: Invocation, answer: Answer, *, seen: bool) -> None:
        """Write the page again after something changed; `seen` when the person is looking at it."""
        command = self._dispatcher.registry.get(answer.command)
        changed = command is not None and not command.reads and answer.reply.error is None
        if changed and (seen or invocation.sender.user in self._opened):
            await self._write(invocation)

    async def _write(self, invocation: Invocation) -> None:
        """Write one page at a time for a person, and once more when something changed meanwhile."""
        user = invocation.sender.user
        self._stale.add(user)
        if user in self._writing:
            return
        self._writing.add(user)
        try:
            while user in self._stale:
                self._stale.discard(user)
                await self._publish(invocation)
        finally:
            self._writing.discard(user)

    async def _publish(self, invocation: Invocation) -> None:
        """Run the home command as if it was pressed, and publish its answer as the page."""
        page = self._dispatcher.registry.role(Role.HOME)
        if page is None:
            return
        sender = await self._people.sender(invocation.sender)
        stamp = Stamp(self._dispatcher.signer, audience_of(invocation), self._dispatcher.clock.now())
        asked = replace(invocation, delivery="home", sender=sender, request=PressedButton(page.token(stamp, {})))
        answer = await self._dispatcher.answer(asked)
        view = {"type": "home", "blocks": view_blocks(answer.reply, answer.language)}
        try:
            await self._api.write("views.publish", user_id=sender.user, view=view)
        except (SlackDenied, SlackUnanswered) as fault:
            log.warning("home page not written", reason=fault.code if isinstance(fault, SlackDenied) else "lost")
