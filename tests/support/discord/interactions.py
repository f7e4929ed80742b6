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
MESSAGE, DEFER, DEFER_UPDATE, UPDATE, SUGGESTIONS, MODAL = 4, 5, 6, 7, 8, 9
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
        self._by_token: dict[str, Interaction] = {}
        self.checked = True
        self.routes: dict[str, Callable[[Asked], Any]] = {
            "POST /interactions/{interaction}/{token}/callback": self._callback,
            "PATCH /webhooks/{application}/{token}/messages/@original": self._edit,
            "POST /webhooks/{application}/{token}": self._follow_up,
        }

    def open(self, kind: int, user: str, channel: Channel) -> Interaction:
        """Begin an interaction."""
        id_ = self._world.new_id()
        interaction = Interaction(id_, f"token{id_}", kind, user, channel, self._world.clock.now())
        self._by_token[interaction.token] = interaction
        return interaction

    def forget(self, interaction: Interaction) -> None:
        """Drop an interaction that was answered, so that a long run does not keep them all."""
        del self._by_token[interaction.token]

    def _callback(self, asked: Asked) -> Json | None:
        interaction = self._by_token.get(asked.path["token"])
        if interaction is None or interaction.id != asked.path["interaction"]:
            raise UNKNOWN_INTERACTION
        if self._world.clock.now() - interaction.at > self.first_answer:
            raise UNKNOWN_INTERACTION
        if interaction.answers:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        if self.checked:
            checking.callback(asked.body, asked.file_names)
        kind = asked.body["type"]
        if (kind == MODAL and interaction.kind in (SUBMIT, SUGGEST)) or (
            (kind == SUGGESTIONS) != (interaction.kind == SUGGEST)
        ):
            raise checking.Invalid([(("type",), f"{kind} does not answer an interaction of type {interaction.kind}")])
        if kind in (DEFER_UPDATE, UPDATE) and (interaction.source is None or not self._is_private(interaction.source)):
            raise checking.Invalid([(("type",), "there is no message to change, or others read it too")])
        interaction.answers.append(asked.body)
        self._take(interaction, asked)
        interaction.acknowledged.set()
        return self._told(interaction) if asked.query.get("with_response") else None

    def _is_private(self, message: Message) -> bool:
        direct = {channel.id for channel in self._world.direct.values()}
        return message.only is not None or message.channel in direct

    def _take(self, interaction: Interaction, asked: Asked) -> None:
        kind, data = asked.body["type"], asked.body.get("data") or {}
        if kind in (MESSAGE, DEFER):
            only = interaction.user if data.get("flags", 0) & PRIVATE else None
            interaction.message = self._world.add(
                interaction.channel, data if kind == MESSAGE else {}, asked.files, only
            )
        if kind in (DEFER_UPDATE, UPDATE) and interaction.source is not None:
            interaction.message = interaction.source
            if kind == UPDATE:
                self._world.write(interaction.source, data, asked.files)
        if kind not in (DEFER, DEFER_UPDATE):
            interaction.written.set()

    def _told(self, interaction: Interaction) -> Json:
        answer: Json = {"interaction": {"id": interaction.id, "type": interaction.kind, "response_message_id": None}}
        if interaction.message is not None:
            answer["interaction"] |= {"response_message_id": interaction.message.id, "response_message_ephemeral": True}
            answer["resource"] = {"type": interaction.answers[0]["type"], "message": interaction.message.as_json()}
        return answer

    def _of_token(self, asked: Asked) -> Interaction:
        interaction = self._by_token.get(asked.path["token"])
        if interaction is None or asked.path["application"] != self._world.bot.id:
            raise ApiError(404, 10015, "Unknown Webhook")
        if self._world.clock.now() - interaction.at > LAST_EDIT:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        return interaction

    def _edit(self, asked: Asked) -> Json:
        interaction = self._of_token(asked)
        if interaction.message is None:
            raise ApiError(404, 10008, "Unknown Message")
        if self.checked:
            checking.edit(asked.body, asked.file_names)
        self._world.write(interaction.message, asked.body, asked.files)
        interaction.message.edits += 1
        interaction.written.set()
        return interaction.message.as_json()

    def _follow_up(self, asked: Asked) -> Json:
        interaction = self._of_token(asked)
        if not interaction.answers:
            raise ApiError(404, 10015, "Unknown Webhook")
        if self.checked:
            checking.edit(asked.body, asked.file_names)
        if interaction.answers[0]["type"] == DEFER and not interaction.written.is_set():
            # It takes the place of "thinking".
            return self._edit(asked)
        only = interaction.user if asked.body["flags"] & PRIVATE else None
        interaction.message = self._world.add(interaction.channel, asked.body, asked.files, only)
        interaction.written.set()
        return interaction.message.as_json()
