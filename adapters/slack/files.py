"""Sends the files of an answer, and the pictures of a post, by Slack's upload flow."""

from typing import Any

import structlog

from adapters.slack.api import Api, Denied, Lost
from adapters.slack.dialect import FALLBACK
from adapters.slack.render import TEXT, plain_text
from bot.core.answer import Answer
from bot.ui.reply import File
from bot.ui.text import t
from bot.ui.values import UserText
from bot.ui.voice import say

SHOWN = 2900
"""Characters of a file that are shown as text where no file may be sent."""

log = structlog.get_logger()


async def upload(api: Api, name: str, content: bytes, alt: str = "") -> str:
    """Bring a file to Slack, where nobody sees it yet; returns its id.

    Raises:
        Denied: the bot may not send files here.
        Lost: it did not arrive.
    """
    described = {"alt_txt": alt} if alt else {}
    place = await api.read("files.getUploadURLExternal", filename=name, length=len(content), **described)
    await api.upload(str(place["upload_url"]), content)
    return str(place["file_id"])


async def complete(api: Api, file: str, title: str, channel: str | None = None) -> None:
    """End an upload, and show the file in a channel if one is named.

    Raises:
        Denied: Slack did not take the file.
        Lost: nobody knows whether it did.
    """
    where: dict[str, Any] = {"channel_id": channel} if channel else {}
    await api.write("files.completeUploadExternal", files=[{"id": file, "title": title}], **where)


class Files:
    """Sends the files of answers to the person alone: no answer that only one person sees can hold a file."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def send(self, user: str, answer: Answer) -> None:
        """Send every file of an answer in the person's own messages with the bot."""
        for file in (part for part in answer.reply.parts if isinstance(part, File)):
            try:
                await self._send(user, file, answer.language)
            except (Denied, Lost) as fault:
                log.warning("file not sent", reason=fault.code if isinstance(fault, Denied) else "lost")

    async def _send(self, user: str, file: File, language: str) -> None:
        try:
            sent = await upload(self._api, file.name, file.data)
        except Denied:
            await self._as_text(user, file, language)
            return
        said = t("Here is your file: {name}", name=UserText(file.name))
        message = await self._api.write("chat.postMessage", channel=user, text=say(said, language, FALLBACK))
        await complete(self._api, sent, file.name, str(message["channel"]))

    async def _as_text(self, user: str, file: File, language: str) -> None:
        """Show a short file as text; a long one needs a permission that an organiser can give."""
        if file.binary or len(file.content) > SHOWN:
            said = t("I may not send files in this workspace. An organiser can allow it: {scope}.", scope=SCOPE)
            await self._api.write("chat.postMessage", channel=user, text=say(said, language, FALLBACK))
            return
        said = say(t("Here is your file: {name}", name=UserText(file.name)), language, FALLBACK)
        text = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": file.content}]}
        blocks: list[dict[str, Any]] = [
            {"type": "section", "text": plain_text(said, TEXT)},
            {"type": "rich_text", "elements": [text]},
        ]
        await self._api.write("chat.postMessage", channel=user, text=said, blocks=blocks)


SCOPE = UserText("files:write")
