"""What people did, and how the bot answers it: once, within three seconds, and by edits for a quarter of an hour."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.support.discord import checking
from tests.support.discord.rules import PRIVATE, Json
from tests.support.discord.wire import ApiError, Asked
from tests.support.discord.world import Channel, Message, World

COMMAND, PRESS, SUGGEST, SUBMIT = 2, 3, 4, 5
MESSAGE, DEFER, UPDATE, SUGGESTIONS, MODAL = 4, 5, 7, 8, 9
FIRST_ANSWER, LAST_EDIT = timedelta(seconds=3), timedelta(minutes=15)
UNKNOWN_INTERACTION = ApiError(404, 10062, "Unknown interaction")


@dataclass
class Interaction:
    """One thing somebody did."""

    id: str
    token: str
    kind: int
    user: str
    channel: Channel
    at: datetime
    payload: Json = field(default_factory=dict)
    source: Message | None = None
    """The message that the pressed button stands in."""
    answers: list[Json] = field(default_factory=list)
    """The bodies of the answers Discord took; more than one is impossible."""
    message: Message | None = None
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)
    written: asyncio.Event = field(default_factory=asyncio.Event)
    """There is something to read or to fill in."""


class Interactions:
    """Discord's side of the routes that need an interaction's token."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.first_answer = FIRST_ANSWER
        """Time for the first answer; only the real program on a busy machine is given more than Discord gives."""
        self._known: dict[str, Interaction] = {}
        self.checked = True
        self.routes: dict[str, Callable[[Asked], Any]] = {
            "POST /interactions/{interaction}/{token}/callback": self._callback,
            "PATCH /webhooks/{application}/{token}/messages/@original": self._edit,
            "POST /webhooks/{application}/{token}": self._follow_up,
        }

    def open(self, kind: int, user: str, channel: Channel) -> Interaction:
        """Begin an interaction."""
        id_ = self._world.new_id()
        made = Interaction(id_, f"token{id_}", kind, user, channel, self._world.clock.now())
        self._known[made.token] = made
        return made

    def forget(self, known: Interaction) -> None:
        """Drop an interaction that was answered, so that a long run does not keep them all."""
        del self._known[known.token]

    def _callback(self, asked: Asked) -> Json:
        known = self._known.get(asked.path["token"])
        if known is None or known.id != asked.path["interaction"]:
            raise UNKNOWN_INTERACTION
        if self._world.clock.now() - known.at > self.first_answer:
            raise UNKNOWN_INTERACTION
        if known.answers:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        if self.checked:
            checking.callback(asked.body, asked.file_names)
        kind = asked.body["type"]
        if (kind == MODAL and known.kind in (SUBMIT, SUGGEST)) or ((kind == SUGGESTIONS) != (known.kind == SUGGEST)):
            raise checking.Invalid([(("type",), f"{kind} does not answer an interaction of type {known.kind}")])
        if kind == UPDATE and (known.source is None or not self._is_private(known.source)):
            raise checking.Invalid([(("type",), "there is no message to change, or others read it too")])
        known.answers.append(asked.body)
        self._take(known, asked)
        known.acknowledged.set()
        return self._told(known)

    def _is_private(self, message: Message) -> bool:
        direct = {channel.id for channel in self._world.direct.values()}
        return message.only is not None or message.channel in direct

    def _take(self, known: Interaction, asked: Asked) -> None:
        kind, data = asked.body["type"], asked.body.get("data") or {}
        if kind in (MESSAGE, DEFER):
            only = known.user if data.get("flags", 0) & PRIVATE else None
            known.message = self._world.add(known.channel, data if kind == MESSAGE else {}, asked.files, only)
        if kind == UPDATE and known.source is not None:
            known.message = known.source
            self._world.write(known.source, data, asked.files)
        if kind != DEFER:
            known.written.set()

    def _told(self, known: Interaction) -> Json:
        made: Json = {"interaction": {"id": known.id, "type": known.kind, "response_message_id": None}}
        if known.message is not None:
            made["interaction"] |= {"response_message_id": known.message.id, "response_message_ephemeral": True}
            made["resource"] = {"type": known.answers[0]["type"], "message": known.message.as_json()}
        return made

    def _of_token(self, asked: Asked) -> Interaction:
        known = self._known.get(asked.path["token"])
        if known is None or asked.path["application"] != self._world.bot.id:
            raise ApiError(404, 10015, "Unknown Webhook")
        if self._world.clock.now() - known.at > LAST_EDIT:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        return known

    def _edit(self, asked: Asked) -> Json:
        known = self._of_token(asked)
        if known.message is None:
            raise ApiError(404, 10008, "Unknown Message")
        if self.checked:
            checking.edit(asked.body, asked.file_names)
        self._world.write(known.message, asked.body, asked.files)
        known.message.edits += 1
        known.written.set()
        return known.message.as_json()

    def _follow_up(self, asked: Asked) -> Json:
        known = self._of_token(asked)
        if not known.answers:
            raise ApiError(404, 10015, "Unknown Webhook")
        if self.checked:
            checking.edit(asked.body, asked.file_names)
        only = known.user if asked.body["flags"] & PRIVATE else None
        return self._world.add(known.channel, asked.body, asked.files, only).as_json()
