"""Draws an entry as Discord shows it: by Discord's own renderer, as the payloads that Discord would get."""

from dataclasses import replace
from typing import Any

from adapters.discord.commands import leaves, payloads
from adapters.discord.dialect import DiscordDialect
from adapters.discord.form import modal, values_of
from adapters.discord.pages import pages
from adapters.discord.render import Component, MessageBuilder, Rendered, in_row, render
from adapters.web.entry import ChatEntry
from adapters.web.pictures import as_data, drawn
from bot.engine.dispatch import Dispatcher
from bot.engine.form import Form
from bot.engine.invocation import SubmittedForm
from bot.engine.registry import Registry
from bot.ui.reply import File, Reply

PLATFORM = "discord"
PNG = "image/png"


class AsDiscord:
    """Writes what Discord would be sent."""

    def __init__(self, registry: Registry) -> None:
        self._dialect = DiscordDialect()
        # With an id, the name of a command can be pressed in a message.
        self._dialect.learn({leaf: "1" for payload in payloads(registry) for leaf in leaves(payload)})

    def reader(self, language: str) -> MessageBuilder:
        """Give what writes words for a reader."""
        return MessageBuilder(language, self._dialect)

    def form(self, form: Form, language: str) -> Component:
        """Write a form as a modal."""
        return modal(form, self.reader(language))

    @staticmethod
    def submitted(token: str, components: list[dict[str, Any]], people: dict[str, str]) -> SubmittedForm:
        """Read a modal that was sent."""
        return SubmittedForm(token, values_of(components, people))

    async def messages(self, dispatcher: Dispatcher, entry: ChatEntry) -> list[Component]:
        """Write an entry as one message, or as more where a post is too long for one."""
        reader = self.reader(entry.language)
        split = pages(entry.reply, reader)
        if len(split) > 1 and entry.invocation is not None:
            if PLATFORM not in entry.paged:
                asked = replace(entry.invocation, delivery=f"{entry.invocation.delivery}-{PLATFORM}")
                entry.paged[PLATFORM] = await dispatcher.in_pages(asked, split)
            split = [entry.paged[PLATFORM]]
        shown = [await self._written(reply, entry) for reply in split]
        for pressed, reply in entry.rows:
            fresh = await self._written(reply, entry)
            merged = in_row(shown[0].components, pressed, fresh)
            if merged is None:
                shown.append(fresh)
            else:
                # What stands keeps its own files.
                shown[0] = Rendered(merged.components, shown[0].files)
        return [_payload(message, entry.reply) for message in shown]

    def row_fits(self, entry: ChatEntry, message: list[Component], pressed: str, reply: Reply) -> bool:
        """Tell whether a reply can stand in the place of the row of a button."""
        fresh = render(reply, self.reader(entry.language), {})
        return in_row(message, pressed, fresh) is not None

    async def _written(self, reply: Reply, entry: ChatEntry) -> Rendered:
        images = await drawn(reply, entry.language, entry.pictures)
        return render(reply, self.reader(entry.language), images)


def _payload(message: Rendered, reply: Reply) -> Component:
    types = {part.name: part.media_type for part in reply.parts if isinstance(part, File)}
    files = {
        file.name: {"data": as_data(types.get(file.name, PNG), file.content), "size": len(file.content)}
        for file in message.files
    }
    return {"components": message.components, "files": files}
