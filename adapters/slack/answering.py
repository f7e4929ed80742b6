"""Answers what arrives from Slack: in the acknowledgement where the store answers in time, else after it.

Slack wants a first answer within three seconds, and gives a form as long to open.
"""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import structlog

from adapters.answering import AT_ONCE, DelayedAck
from adapters.slack import files, form, inbound
from adapters.slack.api import Api
from adapters.slack.home import Home
from adapters.slack.inbound import Payload, SlackDelivery
from adapters.slack.people import People
from adapters.slack.permissions import Channels
from adapters.slack.render import Block
from adapters.slack.showing import SlackShowing, response_to, type_of
from bot.engine.answer import Answer, Plan
from bot.engine.dispatch import Dispatcher
from bot.engine.invocation import Lack
from bot.ui.languages import best

log = structlog.get_logger()


class Ack:
    """The acknowledgement of one delivery: a whole response or nothing; only the first one goes to Slack."""

    def __init__(self) -> None:
        self.response: asyncio.Future[Mapping[str, Any] | str] = asyncio.get_running_loop().create_future()

    async def __call__(self, response: Mapping[str, Any] | str = "") -> None:
        """Acknowledge."""
        if not self.response.done():
            self.response.set_result(response)


class SlackAnswering:
    """Takes every kind of delivery of one workspace to the dispatcher, and its answer back to where it was asked."""

    def __init__(self, dispatcher: Dispatcher, api: Api, people: People, home: Home, *, takes_files: bool) -> None:
        self._dispatcher = dispatcher
        self._api = api
        self._people = people
        self._home = home
        self._channels = Channels(api)
        self._files = files.Files(api)
        self._showing = SlackShowing(dispatcher, api)
        self._takes_files = takes_files

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
        waiting = form.waiting_view(self._people.language(arrived.user))
        patience = DelayedAck(AT_ONCE, lambda: ack({"response_action": "update", "view": waiting}))
        try:
            answer = await self._answer(arrived, self._dispatcher.plan(arrived.invocation))
        finally:
            was_lost = await patience.lost()
        if was_lost:
            await self._showing.update(arrived.view, answer)
        else:
            await ack(response_to(arrived, answer))
        await self._afterwards(arrived, answer)

    async def suggestions(self, body: Payload, ack: Ack) -> None:
        """Offer what fits what has been typed into a menu."""
        wanted = inbound.wanted(body)
        offers: list[Block] = []
        if wanted is not None:
            try:
                async with asyncio.timeout(AT_ONCE):
                    offers = await self._suggest(wanted)
            except TimeoutError:
                log.info("suggestions too late")
        await ack({"options": offers})

    async def show_home(self, arrived: SlackDelivery) -> None:
        """Show the home page to a person who opened it."""
        await self._home.show(arrived.invocation)

    async def _take(self, arrived: SlackDelivery | None, ack: Ack, *, inline: bool = False) -> None:
        if arrived is None:
            await ack()
            return
        plan = self._dispatcher.plan(arrived.invocation)
        if inline and not plan.opens_form:
            answer = await self._answer_at_once(arrived, plan, ack)
        else:
            await ack()
            answer = await self._answer_after(arrived, plan)
        await self._afterwards(arrived, answer)

    async def _answer_at_once(self, arrived: SlackDelivery, plan: Plan, ack: Ack) -> Answer:
        """Answer in the acknowledgement; after a second the acknowledgement goes first, and the answer follows."""
        patience = DelayedAck(AT_ONCE, ack)
        try:
            answer = await self._answer(arrived, plan)
            message = None if answer.asks else await self._showing.written(arrived, answer)
        finally:
            was_lost = await patience.lost()
        if message is not None and not was_lost:
            await ack({**message, "response_type": type_of(answer)})
            return answer
        await ack()
        await (self._showing.open(arrived, answer) if message is None else self._showing.send(arrived, answer, message))
        return answer

    async def _answer_after(self, arrived: SlackDelivery, plan: Plan) -> Answer:
        """Answer after the acknowledgement, in the place where it was asked."""
        if arrived.view:
            answer = await self._answer(arrived, plan)
            await self._showing.update(arrived.view, answer)
            return answer
        if plan.opens_form or not arrived.response_url:
            return await self._answer_in_modal(arrived, plan)
        answer = await self._answer(arrived, plan)
        if answer.asks:
            await self._showing.open(arrived, answer)
        else:
            await self._showing.say(arrived, answer)
        return answer

    async def _answer_in_modal(self, arrived: SlackDelivery, plan: Plan) -> Answer:
        """Answer in a modal; the trigger lives three seconds, so after one a modal opens that is filled later."""
        waiting = form.waiting_view(self._people.language(arrived.user))
        patience = DelayedAck(AT_ONCE, lambda: self._showing.try_open(arrived, waiting))
        try:
            answer = await self._answer(arrived, plan)
        finally:
            was_lost = await patience.lost()
        if was_lost and patience.given is not None:
            await self._showing.update(patience.given, answer)
        elif was_lost:
            await self._showing.too_late(arrived, answer)
        elif answer.asks or not arrived.response_url:
            await self._showing.open(arrived, answer)
        else:
            await self._showing.say(arrived, answer)
        return answer

    async def _answer(self, arrived: SlackDelivery, plan: Plan) -> Answer:
        sender = await self._people.sender(arrived.invocation.sender, afresh=plan.needs_organiser)

        async def look(channels: Collection[str]) -> Mapping[str, Lack]:
            return await self._channels.look(channels, sender.user, best(sender.language))

        fetch = files.fetching(self._api, arrived.files)
        place = replace(arrived.invocation.place, look=look, fetch=fetch, takes_files=self._takes_files)
        invocation = await self._people.named(replace(arrived.invocation, sender=sender, place=place))
        return await self._dispatcher.answer(invocation, plan)

    async def _suggest(self, wanted: inbound.MenuQuery) -> list[Block]:
        sender = await self._people.sender(wanted.invocation.sender)
        invocation = replace(wanted.invocation, sender=sender)
        offers = await self._dispatcher.suggest(invocation, wanted.command, wanted.param, wanted.typed)
        return [form.option(offer.label, offer.value) for offer in offers]

    async def _afterwards(self, arrived: SlackDelivery, answer: Answer) -> None:
        if not answer.asks:
            await self._files.send(arrived.user, answer)
            await self._home.refresh(arrived.invocation, answer, seen=arrived.at_home)
