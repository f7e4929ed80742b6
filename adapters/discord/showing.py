"""Shows an answer: as the first answer to an interaction, in the place of what was pressed, or by an edit of what stands."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import aiohttp
import discord
import structlog

from adapters.answering import with_change
from adapters.discord import api, inbound
from adapters.discord.dialect import DiscordDialect
from adapters.discord.form import modal
from adapters.discord.pages import is_short, pages
from adapters.discord.pictures import draw_all
from adapters.discord.render import Attached, Component, MessageBuilder, Rendered, in_row, render
from adapters.discord.servers import name_of
from bot.engine.answer import Answer
from bot.engine.command import AnswerPlace
from bot.engine.dispatch import Dispatcher
from bot.engine.form import Form
from bot.engine.invocation import Invocation, Visibility
from bot.engine.rule import Suggestion
from bot.ui.reply import Reply

TRIES = 3
"""How often an answer is sent when the connection breaks; the same one twice changes nothing."""
DONE_ALREADY = 40060

BROKEN = (OSError, aiohttp.ClientError, TimeoutError, discord.DiscordServerError)
"""No answer came: nobody knows whether Discord took it."""

log = structlog.get_logger()


class TooLate(Exception):
    """Discord does not wait for this interaction any more."""


class DiscordShowing:
    """The ways to show an answer to an interaction."""

    def __init__(self, dispatcher: Dispatcher, dialect: DiscordDialect) -> None:
        self._dispatcher = dispatcher
        self._dialect = dialect

    async def written(
        self, interaction: discord.Interaction[Any], answer: Answer, invocation: Invocation | None = None
    ) -> Rendered:
        """Write an answer as a message, with its pictures; a long one is kept in pages, and the first is written."""
        reader = MessageBuilder(answer.language, self._dialect)
        reply = with_change(answer)
        footer = await self._footer(interaction)
        message = render(reply, reader, await draw_all(reply, answer.language), footer)
        if invocation is None or is_short(message):
            return message
        split = pages(reply, reader)
        if len(split) == 1:
            return message
        first = await self._dispatcher.in_pages(invocation, split)
        return render(first, reader, await draw_all(first, answer.language), footer)

    async def at_once(self, interaction: discord.Interaction[Any], answer: Answer, message: Rendered) -> None:
        """Give an answer as the first one: where the pressed button stands, or in a message of its own.

        Raises:
            TooLate: Discord does not wait any more.
        """
        changed = _changed(interaction, answer, message)
        if changed is None:
            await self.say(interaction, message, answer.visibility)
        else:
            await self._first(interaction, api.UPDATE, api.body_of(changed), changed.files)

    async def say(self, interaction: discord.Interaction[Any], message: Rendered, visibility: Visibility) -> None:
        """Give a message as the first answer.

        Raises:
            TooLate: Discord does not wait any more.
        """
        await self._first(interaction, api.MESSAGE, _flagged(message, visibility), message.files)

    async def open(self, interaction: discord.Interaction[Any], form: Form, language: str) -> None:
        """Open a form.

        Raises:
            TooLate: Discord does not wait any more.
        """
        await self._first(interaction, api.MODAL, modal(form, MessageBuilder(language, self._dialect)))

    async def offer(self, interaction: discord.Interaction[Any], offers: Sequence[Suggestion]) -> None:
        """Offer values while a person types.

        Raises:
            TooLate: Discord does not wait any more.
        """
        choices = [{"name": offer.label[:100] or offer.value, "value": offer.value} for offer in offers]
        await self._first(interaction, api.SUGGESTIONS, {"choices": choices})

    async def acknowledge(
        self, interaction: discord.Interaction[Any], visibility: Visibility, *, in_place: bool
    ) -> None:
        """Acknowledge, with the visibility of the answer, which Discord fixes here.

        With `in_place` the message of the pressed button stays as it is until the answer changes it.

        Raises:
            TooLate: Discord does not wait any more.
        """
        if in_place:
            await self._first(interaction, api.DEFER_UPDATE, {})
        else:
            await self._first(interaction, api.DEFER, {"flags": _only(visibility)})

    async def replace(
        self, interaction: discord.Interaction[Any], answer: Answer, message: Rendered, *, in_place: bool
    ) -> None:
        """Put an answer where the acknowledgement stands, or, when that never arrived, give it as the first answer.

        Raises:
            TooLate: Discord does not wait any more.
        """
        stands = _changed(interaction, answer, message) if in_place else message
        try:
            if stands is None:
                await _insist(lambda: api.follow(interaction, message, _only(answer.visibility)))
            else:
                await _insist(lambda: api.edit(interaction, stands))
        except discord.NotFound:
            await self.at_once(interaction, answer, message)

    async def last_word(self, interaction: discord.Interaction[Any], reply: Reply, language: str) -> None:
        """Send a reply as the first answer, else by an edit of the acknowledgement."""
        message = render(reply, MessageBuilder(language, self._dialect), {})
        try:
            # Not `say`: what was acknowledged before needs another way.
            await api.respond(interaction, api.MESSAGE, _flagged(message, Visibility.PRIVATE))
        except discord.HTTPException as already:
            if already.code == DONE_ALREADY:
                await self._put_if_possible(interaction, message)
        except BROKEN:
            await self._put_if_possible(interaction, message)

    async def _first(
        self, interaction: discord.Interaction[Any], kind: int, data: dict[str, Any], files: Sequence[Attached] = ()
    ) -> None:
        """Give the first answer, once more when the connection breaks: Discord takes one, and says it has it."""
        for _ in range(TRIES):
            try:
                await api.respond(interaction, kind, data, files)
            except discord.NotFound as error:
                raise TooLate from error
            except BROKEN:
                log.warning("first answer unknown", interaction=interaction.id)
            except discord.HTTPException as error:
                if error.code == DONE_ALREADY:
                    return
                if error.status < api.THEIR_FAULT:
                    raise
            else:
                return

    async def _put_if_possible(self, interaction: discord.Interaction[Any], message: Rendered) -> None:
        """Put a word where the acknowledgement stands, or below what was pressed, which an edit would take away."""
        try:
            if _is_private(interaction):
                await api.follow(interaction, message, _only(Visibility.PRIVATE))
            else:
                await api.edit(interaction, message)
        except (discord.HTTPException, *BROKEN):
            log.warning("no word reached the person", interaction=interaction.id)

    async def _footer(self, interaction: discord.Interaction[Any]) -> Sequence[str]:
        """Name the server in a private message, so that its buttons know where they belong."""
        server = inbound.server_of(interaction) if interaction.guild_id is None else None
        return () if server is None else (await server_line(interaction.client, server, self._dialect),)


async def _insist(send: Callable[[], Awaitable[None]]) -> None:
    """Send what came while Discord was in trouble again; the same edit twice is the same edit."""
    for attempt in range(1, TRIES + 1):
        try:
            await send()
        except BROKEN:
            if attempt == TRIES:
                raise
        except discord.HTTPException as error:
            if error.status < api.THEIR_FAULT or attempt == TRIES:
                raise
        else:
            return


def changes_its_message(interaction: discord.Interaction[Any], spot: AnswerPlace) -> bool:
    """Tell whether an answer changes the message that its button stands in.

    Only what nobody else sees is changed: a private answer, or a private message.
    """
    return spot is not AnswerPlace.BELOW and _is_private(interaction)


def _changed(interaction: discord.Interaction[Any], answer: Answer, message: Rendered) -> Rendered | None:
    """Give the message a button was pressed in as it is with the answer in it; None when the answer stands by itself."""
    if answer.reply.error is not None or not changes_its_message(interaction, answer.spot):
        return None
    if answer.spot is AnswerPlace.MESSAGE:
        return message
    pressed = str((interaction.data or {}).get("custom_id", ""))
    return in_row(_components(interaction), pressed, message)


def _is_private(interaction: discord.Interaction[Any]) -> bool:
    message = interaction.message
    return message is not None and (interaction.guild_id is None or message.flags.ephemeral)


def _components(interaction: discord.Interaction[Any]) -> list[Component]:
    return api.components_of(interaction.message)


def _flagged(message: Rendered, visibility: Visibility) -> dict[str, Any]:
    body = api.body_of(message)
    return {**body, "flags": body["flags"] | _only(visibility)}


def _only(visibility: Visibility) -> int:
    return api.PRIVATE if visibility is Visibility.PRIVATE else 0


async def server_line(client: discord.Client, server: int, dialect: DiscordDialect) -> str:
    """Link to a server by its name."""
    name = await name_of(client, server)
    return f"[{dialect.user(name) if name is not None else server}]({inbound.SERVER_LINK}{server})"
