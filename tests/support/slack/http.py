"""HTTP mode: signed requests to the bot's own server, as Slack signs them, and as others would forge them."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.support.slack.delivery import PATIENCE, Ack, Delivery, Kind

FORM = "application/x-www-form-urlencoded"


class HttpDoor:
    """Brings payloads to one address of the bot."""

    def __init__(self, url: str, secret: str, time_of: Callable[[], float]) -> None:
        self.url = url
        self.secret = secret
        self.time_of = time_of
        self._session: aiohttp.ClientSession | None = None

    async def give(self, delivery: Delivery) -> None:
        headers = {}
        if delivery.attempt:
            headers = {"x-slack-retry-num": str(delivery.attempt), "x-slack-retry-reason": delivery.reason}
        try:
            ack = await self.post(*written(delivery.kind, delivery.payload), headers=headers)
        except TimeoutError:
            ack = Ack(error="operation_timeout")
        except aiohttp.ClientError:
            ack = Ack(error="dispatch_failed")
        delivery.answered(ack)

    async def post(
        self,
        body: str,
        content_type: str = FORM,
        *,
        headers: dict[str, str] | None = None,
        age: float = 0,
        forged: bool = False,
    ) -> Ack:
        """Post a signed body; older by `age` seconds, signed with another secret when forged.

        A header given here replaces the good one, so that it can be malformed; an empty one is left out.
        """
        signed = self.signature(body, age=age, secret="somebody else's" if forged else self.secret)
        sent = {"Content-Type": content_type, **signed, **(headers or {})}
        return await self.raw(body, {name: value for name, value in sent.items() if value})

    async def raw(self, body: str, headers: dict[str, str]) -> Ack:
        """Post a body with exactly these headers."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        async with (
            asyncio.timeout(PATIENCE),
            self._session.post(self.url, data=body.encode(), headers=headers) as answer,
        ):
            read = await answer.text()
            error = None if answer.status == 200 else "dispatch_failed"
            return Ack(_payload(answer.content_type, read), error, answer.status, dict(answer.headers))

    def signature(self, body: str, *, age: float = 0, secret: str | None = None) -> dict[str, str]:
        """Sign a body: `v0=HMAC_SHA256(secret, "v0:time:body")`."""
        at = str(int(self.time_of() - age))
        digest = hmac.new((secret or self.secret).encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={digest}"}

    async def verify_url(self) -> Ack:
        """Ask what Slack asks when an organiser enters the address; the challenge must come back."""
        body = json.dumps({"type": "url_verification", "token": "verification-token", "challenge": "challenge-1"})
        return await self.post(body, "application/json")

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def written(kind: Kind, payload: dict[str, Any]) -> tuple[str, str]:
    """Write a payload as Slack posts it: a form for commands and presses, JSON for events."""
    if kind == "slash_commands":
        return urlencode(payload), FORM
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)}), FORM
    return json.dumps(payload), "application/json"


def _payload(content_type: str, read: str) -> Any:
    if not read:
        return None
    if content_type == "application/json":
        return json.loads(read)
    return {"text": read}
