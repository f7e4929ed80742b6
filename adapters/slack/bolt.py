"""The Bolt app: one listener for each kind of payload, and an answer for whatever else comes.

Bolt tries its listeners one by one, so a listener for each command would cost most of its rate. The one place that
knows Bolt's loose types.
"""

import json
import re
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeAlias

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack.api import Api, Identity, quiet
from adapters.slack.desk import Ack, Desk
from adapters.slack.words import PLATFORM
from adapters.waits import answered, asked, heard
from bot.engine.apology import apologise, report_fault
from bot.measures import Measures
from bot.ui.plain import plain

OK = 200
ANY = re.compile(r"[\s\S]*")

Take: TypeAlias = Callable[[dict[str, Any], Ack], Coroutine[Any, Any, None]]

log = structlog.get_logger()


def build(api: Api, me: Identity, desk: Desk, measures: Measures) -> AsyncApp:
    """Make the app; nothing in it asks Slack who it is for each request."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=me.team, bot_token=api.bot_token, bot_id=me.bot, bot_user_id=me.user
        )

    app = AsyncApp(
        logger=quiet,
        name="hello-circle",
        client=api.client,
        authorize=authorize,
        signing_secret="checked before Bolt sees it",  # noqa: S106 - a word, not a secret
        request_verification_enabled=False,
        raise_error_for_unhandled_request=True,
    )
    _listen(app, desk, measures)
    app.error(_on_error)
    return app


def _listen(app: AsyncApp, desk: Desk, measures: Measures) -> None:
    def waited_for(take: Take) -> Callable[..., Coroutine[Any, Any, None]]:
        async def listen(ack: Ack, body: dict[str, Any]) -> None:
            asked(measures, PLATFORM)

            async def acknowledge(text: dict[str, Any] | str = "") -> object:
                taken = await ack(text)
                heard()
                return taken

            await desk.do(take(body, acknowledge))
            answered()

        return listen

    async def on_options(ack: Ack, body: dict[str, Any]) -> None:
        await desk.do(desk.suggestions(body, ack))

    async def on_event(body: dict[str, Any]) -> None:
        await desk.do(desk.event(body))

    # Bolt's decorators take any function, and so have no type that tells anything.
    decorators: Any = app
    decorators.command(ANY)(waited_for(desk.command))
    decorators.block_action(ANY)(waited_for(desk.press))
    decorators.view_submission(ANY)(waited_for(desk.submission))
    decorators.shortcut(ANY)(waited_for(desk.shortcut))
    decorators.options(ANY)(on_options)
    decorators.event(ANY)(on_event)


async def _on_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
    """Leave nothing without an answer: what no listener takes is acknowledged, and a fault of ours is told."""
    if isinstance(error, BoltUnhandledRequestError):
        log.warning("nobody takes this", kind=str(body.get("type"))[:40])
        return BoltResponse(status=OK, body="")
    said = apologise(report_fault(error, platform="slack"))
    text = plain(said, "en") if "command" in body else ""
    return BoltResponse(status=OK, body=text)


async def from_socket(app: AsyncApp, envelope: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take an envelope of Socket Mode; returns what its acknowledgement carries."""
    retry: dict[str, str | Sequence[str]] = {
        f"x-slack-retry-{name}": str(envelope[key])
        for name, key in (("num", "retry_attempt"), ("reason", "retry_reason"))
        if envelope.get(key)
    }
    body: Any = envelope.get("payload") or {}
    response = await dispatch(app, lambda: AsyncBoltRequest(mode="socket_mode", body=body, headers=retry))
    if not response.body or response.status != OK:
        return {}
    kind = response.headers.get("content-type", [""])[0]
    return json.loads(response.body) if kind.startswith("application/json") else {"text": response.body}


async def dispatch(app: AsyncApp, make: Callable[[], AsyncBoltRequest]) -> BoltResponse:
    """Hand a request to Bolt; one of a shape that Bolt stumbles over is acknowledged all the same."""
    try:
        return await app.async_dispatch(make())
    except Exception as fault:  # noqa: BLE001 - a delivery without an answer would come again, or show an error
        report_fault(fault, platform="slack")
        return BoltResponse(status=OK, body="")
