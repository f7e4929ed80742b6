"""Draws an entry as Slack shows it: by Slack's own renderer, as the payloads that Slack would get."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from adapters.slack import form as slack_form
from adapters.slack.files import apart, where_apart
from adapters.slack.inbound import SlackDelivery, command, shortcut
from adapters.slack.pages import pages
from adapters.slack.render import Block, in_row, view_blocks
from adapters.slack.showing import response_to, view_of
from adapters.slack.words import learn_families
from adapters.web.entry import ChatEntry, Room
from adapters.web.pictures import as_data, drawn
from bot.domain.week import local_to_utc
from bot.engine.answer import Answer
from bot.engine.dispatch import Dispatcher
from bot.engine.invocation import Invocation, Request, SubmittedForm
from bot.engine.registry import Registry
from bot.ui.reply import Reply

PLATFORM = "slack"
PICTURE = "F0PICTURE"
"""The id by which a message names its picture."""
MOMENT = "datetimepicker"


class AsSlack:
    """Writes what Slack would be sent."""

    def __init__(self, registry: Registry) -> None:
        learn_families(registry)

    @staticmethod
    def typed(line: str) -> Request:
        """Read a line as the slash command that it is on Slack."""
        name, _, text = line.partition(" ")
        return command({"command": name, "text": text}).invocation.request

    @staticmethod
    def shortcut(name: str, words: str, registry: Registry) -> Request | None:
        """Read a shortcut that was used on a message with these words; None where there is none of this name."""
        used = shortcut({"callback_id": name, "message": {"text": escape(words, quote=False)}}, registry)
        return None if used is None else used.invocation.request

    @staticmethod
    def submitted(token: str, state: Mapping[str, Any], zone: ZoneInfo) -> SubmittedForm:
        """Read a modal that was sent; an instant comes as the clock on the wall shows it."""
        for elements in state.get("values", {}).values():
            for element in elements.values():
                local = element.get("selected_local")
                if local:
                    at = datetime.fromisoformat(str(local))
                    element["selected_date_time"] = int(local_to_utc(at.date(), at.time(), zone).timestamp())
        return SubmittedForm(token, slack_form.read(state))

    @staticmethod
    def view(answer: Answer, zone: ZoneInfo) -> Block:
        """Write an answer as a window: a form, or words."""
        view = view_of(answer)
        for block in view["blocks"]:
            element = block.get("element", {})
            if element.get("type") == MOMENT and "initial_date_time" in element:
                at = datetime.fromtimestamp(element["initial_date_time"], zone)
                element["initial_local"] = at.strftime("%Y-%m-%dT%H:%M")
        return view

    @staticmethod
    def problems(invocation: Invocation, answer: Answer, asked: frozenset[str]) -> dict[str, str]:
        """Say what is wrong beside each question of a window that was sent; nothing where that is not possible."""
        return response_to(SlackDelivery(invocation, fields=asked), answer).get("errors", {})

    @staticmethod
    def home(answer: Answer) -> list[Block]:
        """Write a person's own page."""
        return view_blocks(answer.reply, answer.language)

    async def messages(self, dispatcher: Dispatcher, entry: ChatEntry) -> list[Block]:
        """Write an entry as one message, or as more where a post is too long for one."""
        language, post = entry.language, entry.invocation is None
        images = await drawn(entry.reply, language, entry.pictures) if post else {}
        split = pages(_reply(entry), language, PICTURE if images else None)
        if len(split) > 1 and entry.invocation is not None:
            split = pages(await _first_page(dispatcher, entry, entry.invocation), language)[:1]
        shown = [page.message(language)["blocks"] for page in split]
        for pressed, reply in entry.rows:
            fresh = pages(reply, language)[0].blocks
            merged = in_row(shown[0], _action(shown[0], pressed), fresh)
            if merged is None:
                shown.append(fresh)
            else:
                shown[0] = merged
        picture = next(iter(images.values()), None)
        files = {} if picture is None else {PICTURE: {"data": as_data("image/png", picture)}}
        return [{"blocks": blocks, "files": files} for blocks in shown]

    @staticmethod
    def row_fits(entry: ChatEntry, blocks: list[Block], pressed: str, reply: Reply) -> bool:
        """Tell whether a reply can stand in the place of the row of a button; Slack tells that of a private message only."""
        if entry.room is not Room.BOT:
            return False
        return in_row(blocks, _action(blocks, pressed), pages(reply, entry.language)[0].blocks) is not None

    @staticmethod
    def files(entry: ChatEntry) -> list[Block]:
        """Give the files of an answer, which Slack shows in the person's private messages with the bot."""
        return [
            {"name": file.name, "data": as_data(file.media_type, file.data), "size": len(file.data)}
            for file in apart(entry.reply)
        ]


async def _first_page(dispatcher: Dispatcher, entry: ChatEntry, asked: Invocation) -> Reply:
    if PLATFORM not in entry.paged:
        turned = pages(_reply(entry), entry.language, turned=True)
        own = replace(asked, delivery=f"{asked.delivery}-{PLATFORM}")
        split = [Reply(tuple(page.holds), entry.reply.error) for page in turned]
        entry.paged[PLATFORM] = await dispatcher.in_pages(own, split)
    return entry.paged[PLATFORM]


def _reply(entry: ChatEntry) -> Reply:
    """Give the reply, with where its files are."""
    return Reply((*entry.reply.parts, *where_apart(entry.reply)), entry.reply.error)


def _action(blocks: list[Block], token: str) -> str:
    """Find the id by which a message names the button that carries a token."""
    elements = (element for block in blocks for element in block.get("elements", ()))
    return next((element.get("action_id", "") for element in elements if element.get("value") == token), "")
