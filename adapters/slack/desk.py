"""Answers what arrives from Slack: first at once, from what is known without the store, then with the answer.

Slack wants a first answer within three seconds and gives a form as long to open. So an answer that is ready within
`AT_ONCE` goes out with the acknowledgement; else the acknowledgement goes first, or a modal that waits.
"""

import asyncio
from collections.abc import Collection, Coroutine, Mapping
from dataclasses import replace
from typing import Any, Protocol

import structlog

from adapters.platform import Homes
from adapters.slack import files, form, inbound
from adapters.slack.api import GONE, Api, Denied, Identity, Lost
from adapters.slack.channels import Channels
from adapters.slack.home import Home
from adapters.slack.inbound import Arrived, Payload
from adapters.slack.people import People
from adapters.slack.render import Block, pages
from adapters.slack.showing import Window, asks, messages, response_to, type_of
from bot.engine.answer import Answer, Plan
from bot.engine.dispatch import Dispatcher
from bot.engine.invocation import Lack
from bot.ui.languages import best
from bot.ui.reply import reply
from bot.ui.text import t

AT_ONCE = 1.0
"""Seconds that an acknowledgement waits for an answer."""
STRANGER = reply(t("I belong to another workspace, so I cannot answer you here."))

log = structlog.get_logger()


class Ack(Protocol):
    """Bolt's way to acknowledge a delivery, with a whole response or with nothing."""

    async def __call__(self, text: dict[str, Any] | str = "") -> object:
        """Acknowledge."""
        ...


class Desk:
    """Takes every kind of delivery to the dispatcher, and its answer back to where it was asked."""

    def __init__(
        self, dispatcher: Dispatcher, api: Api, people: People, home: Home, homes: Homes, me: Identity
    ) -> None:
        self._dispatcher = dispatcher
        self._api = api
        self._people = people
        self._home = home
        self._homes = homes
        self._channels = Channels(api)
        self._files = files.Files(api)
        self._window = Window(dispatcher, api)
        self._team = me.team
        self._takes_files = files.READ in me.scopes
        self._busy: set[asyncio.Task[Any]] = set()

    async def command(self, body: Payload, ack: Ack) -> None:
        """Answer a slash command."""
        await self._take(inbound.command(body), ack, inline=True)

    async def press(self, body: Payload, ack: Ack) -> None:
        """Answer a pressed button; one that carries nothing of ours needs nothing."""
        await self._take(inbound.press(body), ack)

    async def shortcut(self, body: Payload, ack: Ack) -> None:
        """Answer a shortcut."""
        await self._take(inbound.shortcut(body, self._dispatcher.registry), ack)

    async def submission(self, body: Payload, ack: Ack) -> None:
        """Answer a submitted modal: errors in place, else the reply in the same modal."""
        arrived = inbound.submission(body)
        if arrived.team != self._team:
            await ack({"response_action": "update", "view": form.answer_view(STRANGER, "en")})
            return
        work = self._start(self._answer(arrived, self._dispatcher.plan(arrived.invocation)))
        if await _in_time(work):
            answer = work.result()
            await ack(response_to(arrived, answer))
        else:
            await ack({"response_action": "update", "view": form.waiting_view(self._people.language(arrived.user))})
            answer = await work
            await self._window.update(arrived.view, answer)
        await self._afterwards(arrived, answer)

    async def suggestions(self, body: Payload, ack: Ack) -> None:
        """Offer what fits what has been typed into a menu."""
        wanted = inbound.wanted(body)
        found: list[Block] = []
        if wanted is not None and wanted.invocation.place.community == self._team:
            work = self._start(self._suggest(wanted))
            found = work.result() if await _in_time(work) else []
        await ack({"options": found})

    async def event(self, body: Payload) -> None:
        """Show the home page to a person who opened it; note when the workspace takes the bot away."""
        ended = inbound.ended(body)
        if ended is not None and inbound.team_of(body) == self._team and await self._is_over():
            # Of the two words that Slack sends, the first ends the connection, so the second may never come.
            await self._homes.left(self._team)
            self._api.lose(ended)
        arrived = inbound.opened_home(body)
        if arrived is not None and arrived.team == self._team:
            await self._home.show(arrived.invocation)

    async def _is_over(self) -> bool:
        """Ask Slack whether the bot's token has ended: an old word of it may come after a new installation."""
        try:
            await self._api.who_am_i()
        except Denied as denied:
            return denied.code in GONE
        except Lost:
            # The next call that Slack answers tells it again.
            return False
        log.info("an old word of an end")
        return False

    async def do(self, work: Coroutine[Any, Any, None]) -> None:
        """Do one of the above so that `idle` waits for it."""
        await self._start(work)

    async def idle(self) -> None:
        """Wait until everything that was taken up is answered."""
        while self._busy:
            await asyncio.wait(self._busy)

    async def _take(self, arrived: Arrived | None, ack: Ack, *, inline: bool = False) -> None:
        if arrived is None:
            await ack()
            return
        if arrived.team != self._team:
            await self._refuse_stranger(arrived, ack, inline=inline)
            return
        plan = self._dispatcher.plan(arrived.invocation)
        work = self._start(self._answer(arrived, plan))
        if inline and not plan.opens_form and await _in_time(work):
            answer = work.result()
            await self._say_at_once(arrived, ack, answer)
        else:
            await ack()
            answer = await self._show(arrived, work, opens_form=plan.opens_form)
        await self._afterwards(arrived, answer)

    async def _say_at_once(self, arrived: Arrived, ack: Ack, answer: Answer) -> None:
        """Answer in the acknowledgement; several messages all go one way, because two ways would mix their order."""
        written = messages(answer)
        if len(written) == 1:
            await ack({**written[0], "response_type": type_of(answer)})
        else:
            await ack()
            await self._window.send(arrived, answer, written)

    async def _answer(self, arrived: Arrived, plan: Plan) -> Answer:
        sender = await self._people.sender(arrived.invocation.sender, afresh=plan.needs_organiser)
        invocation = await self._people.named(arrived.sent_by(sender).invocation)

        async def look(channels: Collection[str]) -> Mapping[str, Lack]:
            return await self._channels.look(channels, sender.user, best(sender.language))

        fetch = files.fetching(self._api, arrived.files)
        place = replace(invocation.place, look=look, fetch=fetch, takes_files=self._takes_files)
        return await self._dispatcher.answer(replace(invocation, place=place))

    async def _suggest(self, wanted: inbound.Wanted) -> list[Block]:
        sender = await self._people.sender(wanted.invocation.sender)
        invocation = Arrived(wanted.invocation).sent_by(sender).invocation
        found = await self._dispatcher.suggest(invocation, wanted.command, wanted.param, wanted.typed)
        return [form.option(each.label, each.value) for each in found]

    async def _show(self, arrived: Arrived, work: asyncio.Task[Answer], *, opens_form: bool) -> Answer:
        """Show an answer after the acknowledgement, in the place it was asked."""
        if arrived.view:
            await self._window.update(arrived.view, await work)
        elif (opens_form or not arrived.response_url) and not await _in_time(work):
            # The trigger lives three seconds, so a modal opens now and is filled when the answer is there.
            view = await self._window.try_open(arrived, form.waiting_view(self._people.language(arrived.user)))
            answer = await work
            await (self._window.too_late(arrived, answer) if view is None else self._window.update(view, answer))
        elif asks(await work) or not arrived.response_url:
            await self._window.open(arrived, await work)
        else:
            await self._window.say(arrived, await work)
        return await work

    async def _refuse_stranger(self, arrived: Arrived, ack: Ack, *, inline: bool) -> None:
        """Answer a person of another workspace, who sees the bot in a shared channel."""
        await ack({**pages(STRANGER, "en")[0].message("en"), "response_type": "ephemeral"} if inline else "")
        if not inline and arrived.response_url:
            await self._window.say(arrived, Answer(STRANGER, "en"))

    async def _afterwards(self, arrived: Arrived, answer: Answer) -> None:
        if not asks(answer):
            await self._files.send(arrived.user, answer)
            await self._home.refresh(arrived.invocation, answer, seen=arrived.at_home)

    def _start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)
        return task


async def _in_time(work: asyncio.Task[Any]) -> bool:
    done, _ = await asyncio.wait({work}, timeout=AT_ONCE)
    return bool(done)
