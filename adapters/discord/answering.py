"""Answers interactions: the first answer from the declaration alone, then edits of it, and never a second message.

Nothing is kept between two interactions: what a button or a form needs is in its signed id, or in the store.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import aiohttp
import discord
import structlog

from adapters.discord import inbound, wire
from adapters.discord.dialect import DiscordDialect
from adapters.discord.files import fetching
from adapters.discord.form import modal
from adapters.discord.paging import pages
from adapters.discord.permissions import look, organises
from adapters.discord.pictures import draw_all
from adapters.discord.render import Attached, MessageBuilder, Rendered, render
from bot.engine.answer import Answer
from bot.engine.apology import apologise, report_fault
from bot.engine.dispatch import Dispatcher
from bot.engine.errors import NotNow
from bot.engine.invocation import Invocation, Visibility
from bot.ui.button import Button, Style
from bot.ui.languages import best
from bot.ui.reply import Buttons, Paragraph, Reply
from bot.ui.text import t

FORM_SECONDS = 2.0
"""How long a form may wait for the store; Discord wants the first answer within three seconds."""
SUGGEST_SECONDS = 2.5
TRIES = 3
"""How often an answer is sent when the connection breaks; the same one twice changes nothing."""
DONE_ALREADY = 40060

BROKEN = (OSError, aiohttp.ClientError, TimeoutError, discord.DiscordServerError)
"""No answer came: nobody knows whether Discord took it."""

log = structlog.get_logger()


class TooLate(Exception):
    """Discord does not wait for this interaction any more; nothing was done for it."""


class Answering:
    """Answers the interactions of one client."""

    def __init__(self, dispatcher: Dispatcher, dialect: DiscordDialect) -> None:
        self._dispatcher = dispatcher
        self._dialect = dialect
        self._busy: set[asyncio.Task[Any]] = set()
        self._closing = False

    async def drain(self) -> None:
        """Take up nothing new, and return when everything that was taken up is answered."""
        self._closing = True
        while self._busy:
            await asyncio.wait(self._busy)

    async def take(self, given: discord.Interaction[Any]) -> None:
        """Answer one interaction, whatever happens."""
        task = asyncio.current_task()
        assert task is not None, "only a running loop delivers interactions"  # noqa: S101 - a slip of ours
        self._busy.add(task)
        try:
            await self._take(given)
        except TooLate:
            log.warning("too late", interaction=given.id)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the person gets a word
            await self._apologise(given, fault)
        finally:
            self._busy.discard(task)

    async def _take(self, given: discord.Interaction[Any]) -> None:
        if given.type is discord.InteractionType.autocomplete:
            await self._suggest(given)
            return
        if self._closing:
            busy = NotNow(t("I start again at this moment."), t("Please try again in a minute."))
            await self._respond(given, Answer(apologise(busy), best(given.locale.value)))
            return
        server = inbound.server_of(given)
        fetch = fetching(given.client, inbound.attached(given))
        invocation = inbound.invocation(given, lambda channels: look(given.client, server, channels), fetch)
        plan = self._dispatcher.plan(invocation)
        # Discord opens no form as the answer to a form.
        if plan.opens_form and given.type is not discord.InteractionType.modal_submit:
            await self._open(given, invocation, ask=plan.needs_organiser)
            return
        await self._defer(given, plan.visibility)
        if plan.needs_organiser:
            invocation = await self._ask_organiser(given, invocation)
        await self._show(given, invocation, await self._dispatcher.answer(invocation))

    async def _suggest(self, given: discord.Interaction[Any]) -> None:
        typing = inbound.typing(given)
        invocation = inbound.invocation(given)
        try:
            async with asyncio.timeout(SUGGEST_SECONDS):
                found = await self._dispatcher.suggest(invocation, typing.command, typing.param, typing.text)
        except TimeoutError:
            found = ()
        choices = [{"name": each.label[:100] or each.value, "value": each.value} for each in found]
        await self._first(given, wire.SUGGESTIONS, {"choices": choices})

    async def _ask_organiser(self, given: discord.Interaction[Any], invocation: Invocation) -> Invocation:
        """Ask Discord afresh, where the interaction does not say it itself."""
        server = inbound.server_of(given)
        if given.guild_id is not None or server is None:
            return invocation
        return inbound.as_organiser(invocation, organiser=await organises(given.client, server, given.user.id))

    async def _open(self, given: discord.Interaction[Any], invocation: Invocation, *, ask: bool) -> None:
        """Open a form if the store answers in time, else acknowledge, and give a button that opens it."""
        working = asyncio.create_task(self._form_of(given, invocation, ask=ask))
        await patiently(working)
        if working.done():
            answer = working.result()
            if answer.form is not None and not answer.reply.parts:
                reader = MessageBuilder(answer.language, self._dialect)
                await self._first(given, wire.MODAL, modal(answer.form, reader))
            else:
                await self._respond(given, answer, invocation)
            return
        await self._defer(given, Visibility.PRIVATE)
        await self._show(given, invocation, await working)

    async def _form_of(self, given: discord.Interaction[Any], invocation: Invocation, *, ask: bool) -> Answer:
        return await self._dispatcher.answer(await self._ask_organiser(given, invocation) if ask else invocation)

    async def _defer(self, given: discord.Interaction[Any], visibility: Visibility) -> None:
        """Acknowledge with the declared visibility, which Discord fixes here."""
        flags = wire.PRIVATE if visibility is Visibility.PRIVATE else 0
        await self._first(given, wire.DEFER, {"flags": flags})

    async def _first(
        self, given: discord.Interaction[Any], kind: int, data: dict[str, Any], files: Sequence[Attached] = ()
    ) -> None:
        """Give the first answer, once more when the connection breaks: Discord takes one, and says it has it.

        Raises:
            TooLate: Discord does not wait any more.
        """
        for _ in range(TRIES):
            try:
                await wire.respond(given, kind, data, files)
            except discord.NotFound as error:
                raise TooLate from error
            except BROKEN:
                log.warning("first answer unknown", interaction=given.id)
            except discord.HTTPException as error:
                if error.code == DONE_ALREADY:
                    return
                if error.status < wire.THEIR_FAULT:
                    raise
            else:
                return

    async def _respond(
        self, given: discord.Interaction[Any], answer: Answer, invocation: Invocation | None = None
    ) -> None:
        """Answer at once with a message, privately or as declared."""
        await self._say(given, await self._message(given, answer, invocation), answer.visibility)

    async def _say(self, given: discord.Interaction[Any], message: Rendered, visibility: Visibility) -> None:
        private = wire.PRIVATE if visibility is Visibility.PRIVATE else 0
        body = wire.body_of(message)
        await self._first(given, wire.MESSAGE, {**body, "flags": body["flags"] | private}, message.files)

    async def _show(self, given: discord.Interaction[Any], invocation: Invocation, answer: Answer) -> None:
        """Put an answer where the acknowledgement stands, or, when it never arrived, give it as the first one.

        A form cannot stand there, so a button opens it.
        """
        if answer.form is not None and not answer.reply.parts:
            button = await self._dispatcher.set_aside(invocation)
            answer = Answer(Reply((Paragraph(t("The next form is ready.")), Buttons((button,)))), answer.language)
        message = await self._message(given, answer, invocation)
        try:
            await self._edit(given, message)
        except discord.NotFound:
            await self._say(given, message, answer.visibility)

    async def _edit(self, given: discord.Interaction[Any], message: Rendered) -> None:
        for attempt in range(1, TRIES + 1):
            try:
                await wire.edit(given, message)
            except BROKEN:
                if attempt == TRIES:
                    raise
            except discord.HTTPException as error:
                if error.status < wire.THEIR_FAULT or attempt == TRIES:
                    raise
            else:
                return

    async def _message(
        self, given: discord.Interaction[Any], answer: Answer, invocation: Invocation | None
    ) -> Rendered:
        reader = MessageBuilder(answer.language, self._dialect)
        reply = answer.reply
        if answer.again is not None:
            edit = Button(t("Change what I typed"), answer.again, Style.MAIN)
            reply = Reply((*reply.parts, Buttons((edit,))), reply.error)
        split = pages(reply, reader)
        if len(split) > 1 and invocation is not None:
            reply = await self._dispatcher.in_pages(invocation, split)
        return render(reply, reader, await draw_all(reply, answer.language), self._footer(given))

    def _footer(self, given: discord.Interaction[Any]) -> Sequence[str]:
        """Name the server in a private message, so that its buttons know where they belong."""
        server = inbound.server_of(given) if given.guild_id is None else None
        return () if server is None else (server_line(given.client, server, self._dialect),)

    async def _apologise(self, given: discord.Interaction[Any], fault: Exception) -> None:
        """Say that something went wrong, by whatever way is still open, and keep a record."""
        error = report_fault(fault, interaction=str(given.id))
        if given.type is discord.InteractionType.autocomplete:
            return  # what is offered while typing has no place for words
        language = best(str(given.locale.value))
        message = render(apologise(error), MessageBuilder(language, self._dialect), {})
        body = wire.body_of(message)
        try:
            # Not `_say`: what was acknowledged before needs another way.
            await wire.respond(given, wire.MESSAGE, {**body, "flags": body["flags"] | wire.PRIVATE})
        except discord.HTTPException as already:
            if already.code == DONE_ALREADY:
                await self._last_word(given, message)
        except BROKEN:
            await self._last_word(given, message)

    async def _last_word(self, given: discord.Interaction[Any], message: Rendered) -> None:
        try:
            await wire.edit(given, message)
        except (discord.HTTPException, *BROKEN):
            log.warning("no word reached the person", interaction=given.id)


async def patiently(working: asyncio.Task[Answer]) -> None:
    """Wait for the store as long as Discord allows before the first answer."""
    await asyncio.wait({working}, timeout=FORM_SECONDS)


def server_line(client: discord.Client, server: int, dialect: DiscordDialect) -> str:
    """Link to a server by its name."""
    guild = client.get_guild(server)
    name = dialect.user(guild.name) if guild is not None else str(server)
    return f"[{name}]({inbound.SERVER_LINK}{server})"
