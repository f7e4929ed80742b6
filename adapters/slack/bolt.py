"""The Bolt app: one listener for each kind of payload, and an answer for whatever else comes.

Bolt tries its listeners one by one, so a listener for each command would cost most of its rate. The one place that
knows Bolt's loose types.
"""

import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeAlias

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack.answering import Ack
from adapters.slack.api import Api, quiet
from adapters.slack.intake import DeliveryIntake
from adapters.slack.words import PLATFORM
from adapters.waits import answered, asked, heard
from bot.engine.apology import report_fault
from bot.measures import Measures

OK = 200
ANY = re.compile(r"[\s\S]*")

Take: TypeAlias = Callable[[dict[str, Any], Ack], Coroutine[Any, Any, None]]

log = structlog.get_logger()


class Acknowledged(BoltResponse):
    """An acknowledgement as it was given; how it came tells how it goes back, so it is written as JSON once."""

    carries: Mapping[str, Any] | str = ""

    @classmethod
    def with_(cls, carries: Mapping[str, Any] | str) -> "Acknowledged":
        """Make one that carries an answer."""
        response = cls(status=OK)
        response.carries = carries
        return response


def build(outside: Api, taking: DeliveryIntake, measures: Measures) -> AsyncApp:
    """Make the app; nothing in it asks Slack who it is for each request, and `taking` knows each workspace's token."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token="of each workspace")  # noqa: S106 - no secret

    app = AsyncApp(
        logger=quiet,
        name="hello-circle",
        client=outside.client,
        authorize=authorize,
        signing_secret="checked before Bolt sees it",  # noqa: S106 - a word, not a secret
        request_verification_enabled=False,
        # Else Bolt looks every ten milliseconds whether a listener has acknowledged.
        process_before_response=True,
        raise_error_for_unhandled_request=True,
    )
    _listen(app, taking, measures)
    app.error(_on_error)
    return app


def _listen(app: AsyncApp, taking: DeliveryIntake, measures: Measures) -> None:
    def listener(take: Take, *, waited_for: bool = True) -> Callable[[dict[str, Any]], Awaitable[Acknowledged]]:
        """Make a listener that is over as soon as there is an acknowledgement; the answer may go on after it."""

        async def listen(body: dict[str, Any]) -> Acknowledged:
            if waited_for:
                asked(measures, PLATFORM)
            ack = Ack()
            taking.do(_whole(take(body, ack)), body, ack)
            response = await ack.response
            heard()
            return Acknowledged.with_(response)

        return listen

    # Bolt's decorators take any function, and so have no type that tells anything.
    decorators: Any = app
    decorators.command(ANY)(listener(taking.command))
    decorators.block_action(ANY)(listener(taking.press))
    decorators.view_submission(ANY)(listener(taking.submission))
    decorators.shortcut(ANY)(listener(taking.shortcut))
    decorators.options(ANY)(listener(taking.suggestions, waited_for=False))
    decorators.event(ANY)(listener(taking.event, waited_for=False))


async def _whole(work: Coroutine[Any, Any, None]) -> None:
    """Run a handler, and note when nothing more comes."""
    try:
        await work
    finally:
        answered()


async def _on_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
    """Leave nothing without an answer: what no listener takes is acknowledged, and a fault of Bolt is noted."""
    if isinstance(error, BoltUnhandledRequestError):
        log.warning("nobody takes this", kind=str(body.get("type"))[:40])
    else:
        report_fault(error, platform="slack")
    return Acknowledged(status=OK)


async def from_socket(app: AsyncApp, envelope: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take an envelope of Socket Mode; returns what its acknowledgement carries."""
    retry: dict[str, str | Sequence[str]] = {
        f"x-slack-retry-{name}": str(envelope[key])
        for name, key in (("num", "retry_attempt"), ("reason", "retry_reason"))
        if envelope.get(key)
    }
    body: Any = envelope.get("payload") or {}
    response = await dispatch(app, lambda: AsyncBoltRequest(mode="socket_mode", body=body, headers=retry))
    carries = response.carries if isinstance(response, Acknowledged) else ""
    return {"text": carries} if carries and isinstance(carries, str) else carries or {}


async def dispatch(app: AsyncApp, make: Callable[[], AsyncBoltRequest]) -> BoltResponse:
    """Hand a request to Bolt; one of a shape that Bolt stumbles over is acknowledged all the same."""
    try:
        return await app.async_dispatch(make())
    except Exception as fault:  # noqa: BLE001 - a delivery without an answer would come again, or show an error
        report_fault(fault, platform="slack")
        return Acknowledged(status=OK)
