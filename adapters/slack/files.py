"""Sends the files of answers and posts by Slack's upload flow, and gets those that people put into forms."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import structlog

from adapters.slack.api import Api, SlackDenied, SlackUnanswered
from adapters.slack.dialect import FALLBACK
from adapters.slack.render import TEXT, plain_text
from bot.engine.answer import Answer
from bot.engine.invocation import Fetch, Upload
from bot.engine.uploads import MOST_BYTES, too_large
from bot.ui.reply import File, Note, Reply
from bot.ui.text import Text, t, tn
from bot.ui.values import Count, UserText
from bot.ui.voice import say

BLOCK = 2900
"""Characters of a file in one block, where no file may be sent."""
BLOCKS = 3
"""Such blocks in one message."""
MOST_MESSAGES = 30
"""Messages for the text of one file: Slack takes one a second, and nobody copies out of more."""
SCOPE = UserText("files:write")

READ = "files:read"
"""What the bot needs to get the file that a person puts into a form."""

log = structlog.get_logger()


def fetching(api: Api, told: Mapping[str, Mapping[str, Any]]) -> Fetch:
    """Make the way to the files that came with a form; no other file is got, whoever names it."""

    async def fetch(name: str) -> Upload:
        if name not in told:
            raise FileNotFoundError(name)
        try:
            file = told[name] if "url_private_download" in told[name] else await _told_of(api, name)
            url = str(file.get("url_private_download", ""))
            if not api.keeps_files_at(url):
                raise FileNotFoundError(name)
            if int(file.get("size") or 0) > MOST_BYTES:
                raise too_large()
            # One byte more tells that it is longer than it says.
            return Upload(str(file.get("name", "")), await api.download(url, MOST_BYTES + 1))
        except (SlackDenied, SlackUnanswered) as fault:
            log.warning("file not got", reason=fault.code if isinstance(fault, SlackDenied) else "lost")
            raise FileNotFoundError(name) from fault

    return fetch


async def _told_of(api: Api, file: str) -> Mapping[str, Any]:
    """Ask Slack for what a form does not tell, as of a file from another workspace."""
    return (await api.read("files.info", file=file))["file"]


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


async def complete(api: Api, file: str, title: str) -> None:
    """End an upload of a file that a message of ours will show.

    Raises:
        Denied: Slack did not take the file.
        Lost: nobody knows whether it did.
    """
    await api.write("files.completeUploadExternal", files=[{"id": file, "title": title}])


def apart(reply: Reply) -> list[File]:
    """List the files of an answer that come in a message of their own."""
    return [part for part in reply.parts if isinstance(part, File) and not part.in_words]


def where_apart(reply: Reply) -> tuple[Note, ...]:
    """Say where the files of an answer are; () when it has none of its own."""
    number = len(apart(reply))
    place = tn("The file is in our private messages.", "The files are in our private messages.", number)
    return (Note(place),) if number else ()


class Files:
    """Sends the files of answers to the person alone: no answer that only one person sees can hold a file."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def send(self, user: str, answer: Answer) -> None:
        """Send the files of an answer in one message, in the person's own messages with the bot.

        A file whose words stand in the answer is left out: the answer itself is there to be copied.
        """
        files = apart(answer.reply)
        if not files:
            return
        try:
            await self._send(user, files, answer.language)
        except (SlackDenied, SlackUnanswered) as fault:
            log.warning("files not sent", reason=fault.code if isinstance(fault, SlackDenied) else "lost")
            await self._say(user, t("A file may not have reached you. Please ask for it again."), answer.language)

    async def _send(self, user: str, files: Sequence[File], language: str) -> None:
        try:
            sent = [(await upload(self._api, file.name, file.data), file.name) for file in files]
        except SlackDenied as denied:
            log.info("no files here", reason=denied.code)
            for file in files:
                await self._as_text(user, file, language)
            return
        comment = say(tn("Here is your file.", "Here are your files.", len(files)), language, FALLBACK)
        uploaded = [{"id": id_, "title": name} for id_, name in sent]
        try:
            # Slack takes a person here, and the words and the files are one message.
            upload_end = {"files": uploaded, "channels": user, "initial_comment": comment}
            await self._api.write("files.completeUploadExternal", **upload_end)
        except SlackDenied as denied:
            log.info("no files straight to a person", reason=denied.code)
            message = await self._api.write("chat.postMessage", channel=user, text=comment, **_FLAT)
            upload_end = {"files": uploaded, "channel_id": str(message["channel"]), "thread_ts": str(message["ts"])}
            await self._api.write("files.completeUploadExternal", **upload_end)

    async def _as_text(self, user: str, file: File, language: str) -> None:
        """Show a file as text, in as many parts as it needs, so that nothing of it is lost."""
        # The source of a page is nothing to read.
        as_words = not file.binary and file.media_type != "text/html"
        parts = list(_cut(file.content)) if as_words else []
        if not 0 < len(parts) <= MOST_MESSAGES:
            await self._say(user, t("I may not send the file {name} here.", name=UserText(file.name)), language)
            await self._say(user, HOW, language)
            return
        for number, blocks in enumerate(parts, 1):
            title = _title(file.name, number, len(parts))
            text = say(title, language, FALLBACK)
            shown = [{"type": "section", "text": plain_text(text, TEXT)}, *blocks]
            await self._api.write("chat.postMessage", channel=user, text=text, blocks=shown, **_FLAT)

    async def _say(self, user: str, words: Text, language: str) -> None:
        try:
            await self._api.write("chat.postMessage", channel=user, text=say(words, language, FALLBACK), **_FLAT)
        except (SlackDenied, SlackUnanswered) as fault:
            log.warning("no word reached the person", reason=fault.code if isinstance(fault, SlackDenied) else "lost")


HOW = t("An organiser can allow files in the settings of the app: add {scope}, install it again.", scope=SCOPE)
_FLAT: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}
"""No link in a message of ours unfolds."""


def _title(name: str, number: int, of: int) -> Text:
    if of == 1:
        return t("Here is your file: {name}", name=UserText(name))
    return t("Here is your file: {name}, part {n} of {of}", name=UserText(name), n=Count(number), of=Count(of))


def _cut(content: str) -> Iterator[list[dict[str, Any]]]:
    """Cut a text at the ends of lines where that is possible, into the blocks of as few messages as hold it."""
    blocks: list[dict[str, Any]] = []
    remaining = content
    while remaining:
        at = len(remaining) if len(remaining) <= BLOCK else remaining.rfind("\n", 1, BLOCK) + 1 or BLOCK
        text = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": remaining[:at]}]}
        blocks.append({"type": "rich_text", "elements": [text]})
        remaining = remaining[at:]
    for start in range(0, len(blocks), BLOCKS):
        yield blocks[start : start + BLOCKS]
