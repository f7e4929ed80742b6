"""How a payload reaches the bot and what it answers, whatever the road."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Kind = Literal["slash_commands", "interactive", "events_api"]
ACK_WITHIN = 3.0
"""Seconds by the clock of this Slack."""
PATIENCE = 60.0
"""Seconds of the machine after which a test fails instead of waiting on; only what never comes takes so long."""


@dataclass(frozen=True)
class Ack:
    """The bot's acknowledgement; `error` is the word Slack shows a person when there is none."""

    payload: Any = None
    error: str | None = None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Delivery:
    """One payload on its way."""

    id: str
    kind: Kind
    payload: dict[str, Any]
    sent: float
    attempt: int = 0
    reason: str = ""
    answer: "asyncio.Future[Ack]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    socket: int | None = None
    """The number of the socket it went by."""

    def answered(self, ack: Ack) -> None:
        if not self.answer.done():
            self.answer.set_result(ack)


class Door(Protocol):
    """A road to the bot: sockets or signed requests."""

    async def give(self, delivery: Delivery) -> None:
        """Bring a payload to the bot; its answer is set on the delivery, now or later."""
        ...
