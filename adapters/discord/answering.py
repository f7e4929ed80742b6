"""Answers interactions: with the first answer where the store answers in time, else by an edit of an acknowledgement.

Nothing is kept between two interactions: what a button or a form needs is in its signed id, or in the store.
"""

import asyncio
from datetime import timedelta
from typing import Any

import discord
import structlog

from adapters.answering import AT_ONCE, DelayedAck, PendingAnswers, behind_a_button, shutting_down
from adapters.discord import inbound
from adapters.discord.dialect import DiscordDialect
from adapters.discord.files import fetching
from adapters.discord.permissions import look, organises
from adapters.discord.render import Rendered
from adapters.discord.showing import DiscordShowing, TooLate, changes_its_message
from bot.engine.answer import Answer, Plan
from bot.engine.apology import apologise, report_fault
from bot.engine.dispatch import Dispatcher
from bot.engine.invocation import Invocation, Visibility
from bot.ui.languages import best

FORM_SECONDS = 2.0
"""How long a form may wait for the store, because it cannot be opened after an acknowledgement."""
SUGGEST_SECONDS = 2.5
OLD = timedelta(seconds=1)
"""Age from which on Discord is asked first whether it still waits: after a connection that was lost, it may not."""

log = structlog.get_logger()


class DiscordAnswering:
    """Answers the interactions of one client."""

    def __init__(self, dispatcher: Dispatcher, dialect: DiscordDialect) -> None:
        self._dispatcher = dispatcher
        self._showing = DiscordShowing(dispatcher, dialect)
        self._underway = PendingAnswers()
        self._least: timedelta | None = None
        """The smallest age of an interaction so far: the difference of the clocks, and the network delay."""

    async def drain(self) -> None:
        """Take up nothing new, and return when everything that was taken up is answered."""
        await self._underway.drain()

    async def take(self, interaction: discord.Interaction[Any]) -> None:
        """Answer one interaction, whatever happens."""
        with self._underway.taken_up():
            try:
                await self._take(interaction)
            except TooLate:
                log.warning("too late", interaction=interaction.id)
            except Exception as fault:  # noqa: BLE001 - whatever it is, the person gets a word
                await self._apologise(interaction, fault)

    async def _take(self, interaction: discord.Interaction[Any]) -> None:
        if interaction.type is discord.InteractionType.autocomplete:
            await self._suggest(interaction)
            return
        if self._underway.closing:
            busy = shutting_down(interaction.locale.value)
            await self._showing.say(interaction, await self._showing.written(interaction, busy), busy.visibility)
            return
        await self._answer(interaction)

    async def _answer(self, interaction: discord.Interaction[Any]) -> None:
        server = inbound.server_of(interaction)
        fetch = fetching(interaction.client, inbound.attached(interaction))
        invocation = inbound.invocation(interaction, lambda channels: look(interaction.client, server, channels), fetch)
        plan = self._dispatcher.plan(invocation)
        # Discord opens no form as the answer to a form.
        opens = plan.opens_form and interaction.type is not discord.InteractionType.modal_submit
        visibility = Visibility.PRIVATE if opens else plan.visibility
        in_place = not opens and changes_its_message(interaction, plan.spot)
        age = self._dispatcher.clock.now() - interaction.created_at
        is_old = self._is_old(age) and not opens
        if is_old:
            await self._showing.acknowledge(interaction, visibility, in_place=in_place)
            # Discord waited for it still, so the clocks were moved against each other.
            self._least = age
        seconds = FORM_SECONDS if opens else AT_ONCE
        patience = DelayedAck(seconds, lambda: self._showing.acknowledge(interaction, visibility, in_place=in_place))
        try:
            answer = await self._answered(interaction, invocation, plan)
            shown = None if opens and answer.asks else await self._written(interaction, invocation, answer)
        finally:
            was_lost = await patience.lost()
        if answer.form is not None and shown is None and not was_lost:
            await self._showing.open(interaction, answer.form, answer.language)
            return
        answer, message = shown or await self._written(interaction, invocation, answer)
        if was_lost or is_old:
            await self._showing.replace(interaction, answer, message, in_place=in_place)
        else:
            await self._showing.at_once(interaction, answer, message)

    def _is_old(self, age: timedelta) -> bool:
        """Tell whether an interaction of this age was on its way for so long that Discord may have given up on it."""
        self._least = age if self._least is None else min(age, self._least)
        return age - self._least > OLD

    async def _answered(self, interaction: discord.Interaction[Any], invocation: Invocation, plan: Plan) -> Answer:
        """Answer, after Discord was asked who organises the server, where the interaction does not say it itself."""
        server = inbound.server_of(interaction)
        if plan.needs_organiser and interaction.guild_id is None and server is not None:
            organiser = await organises(interaction.client, server, interaction.user.id)
            invocation = inbound.as_organiser(invocation, organiser=organiser)
        return await self._dispatcher.answer(invocation, plan)

    async def _written(
        self, interaction: discord.Interaction[Any], invocation: Invocation, answer: Answer
    ) -> tuple[Answer, Rendered]:
        answer = await behind_a_button(self._dispatcher, invocation, answer)
        return answer, await self._showing.written(interaction, answer, invocation)

    async def _suggest(self, interaction: discord.Interaction[Any]) -> None:
        typing = inbound.typing(interaction)
        invocation = inbound.invocation(interaction)
        try:
            async with asyncio.timeout(SUGGEST_SECONDS):
                offers = await self._dispatcher.suggest(invocation, typing.command, typing.param, typing.text)
        except TimeoutError:
            offers = ()
        await self._showing.offer(interaction, offers)

    async def _apologise(self, interaction: discord.Interaction[Any], fault: Exception) -> None:
        """Say that something went wrong, by whatever way is still open, and keep a record."""
        error = report_fault(fault, interaction=str(interaction.id))
        # What is offered while typing has no place for words.
        if interaction.type is not discord.InteractionType.autocomplete:
            await self._showing.last_word(interaction, apologise(error), best(interaction.locale.value))
