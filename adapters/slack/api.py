"""Slack's Web API: one shared session, and every failure named by what is known of its effect."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any, cast
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

from bot.engine.departure import Overdue
from bot.faults import recorded

HOOKS = "hooks.slack.com"
"""The only host of a response_url."""
GONE = frozenset({"token_revoked", "account_inactive", "invalid_auth", "not_authed", "token_expired"})
"""What Slack says when the bot may not use the workspace any more."""
SHORT_WAIT = 20
"""Seconds for which a write that Slack put off is waited for; later than that it is for the next round."""
UNSURE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""What Slack says when it does not know itself whether it was done."""
SOCKETS = "apps.connections.open"
"""The only call with the app-level token; its refusal says nothing of the bot's."""
FILES = "files.slack.com"
"""The only host of files, which are shown the bot's token."""
OK, TOO_MANY, SERVER_ERROR = 200, 429, 500
CHUNK = 64 * 1024

log = structlog.get_logger()
quiet = logging.getLogger("hello-circle.slack")
quiet.setLevel(logging.CRITICAL + 1)
"""For libraries whose logs hold what people wrote."""


class SlackDenied(Exception):
    """Slack said no, so nothing was done; `code` is its word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RateLimited(SlackDenied):
    """Slack said not now; nothing was done, and it may be asked again after some seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


class SlackUnanswered(Exception):
    """No answer came that says whether it was done."""


class SlackUnreached(SlackUnanswered):
    """No connection came about, or the time to leave was over, so nothing was done."""


class _ShortWaits(AsyncRateLimitErrorRetryHandler):
    """Repeats a call that was put off for a moment; nothing else is ever repeated, because it may have been done.

    The call for a socket is left out: both connections share its wait, in `Api.open_socket`.
    """

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if request.url.endswith(SOCKETS):
            return False
        put_off = response is not None and response.status_code == TOO_MANY
        return put_off and response is not None and _seconds(response.headers) <= SHORT_WAIT


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose token it is: the workspace, the bot, and what it may do."""

    team: str
    user: str
    bot: str
    scopes: frozenset[str]


@dataclass
class Api:
    """Calls Slack for one workspace."""

    session: aiohttp.ClientSession
    url: str
    bot_token: str
    gone: str | None = field(default=None, init=False)
    """Why the workspace is lost, once it is."""
    lost: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    """Set when it is."""
    _sockets_from: float = field(default=0.0, init=False)
    """When the loop's own clock allows the next question for a connection: Slack said not before."""

    def __post_init__(self) -> None:
        """Make the client; it uses the one session."""
        self.client = AsyncWebClient(
            self.bot_token,
            base_url=self.url,
            session=self.session,
            retry_handlers=[_ShortWaits(max_retry_count=1)],
            logger=quiet,
        )

    def renew(self, bot_token: str) -> None:
        """Call with another token of the same workspace from now on."""
        self.bot_token = self.client.token = bot_token
        self.gone = None

    def lose(self, why: str) -> None:
        """Note that the bot may not use the workspace any more."""
        self.gone = self.gone or why
        self.lost.set()

    async def read(self, method: str, **params: str | int | bool) -> dict[str, Any]:
        """Ask Slack something.

        Raises:
            Denied: Slack said no.
            Lost: no answer came.
        """
        values = {name: str(value).lower() if isinstance(value, bool) else value for name, value in params.items()}
        return await self._call(method, params=values)

    async def write(self, method: str, **payload: Any) -> dict[str, Any]:
        """Have Slack do something, once.

        Raises:
            Denied: Slack said no, so it was not done.
            Lost: nobody knows whether it was done.
        """
        return await self._call(method, json=payload)

    async def who_am_i(self) -> Identity:
        """Ask whose token it is.

        Raises:
            Denied: the token is not good.
            Lost: no answer came.
        """
        answer = await self.read("auth.test")
        scopes = {scope.strip() for scope in str(answer.get("scopes", "")).split(",")} - {""}
        return Identity(answer["team_id"], answer.get("user_id", ""), answer.get("bot_id", ""), frozenset(scopes))

    async def open_socket(self, app_token: str) -> str:
        """Ask for the address of a Socket Mode connection.

        Raises:
            RateLimited: Slack asked to wait, at this call or at an earlier one.
            Denied: the app-level token is not good.
            Lost: no answer came.
        """
        now = asyncio.get_running_loop().time()
        if now < self._sockets_from:
            raise RateLimited(ceil(self._sockets_from - now))
        headers = {"Authorization": f"Bearer {app_token}"}
        try:
            return str((await self._call(SOCKETS, headers=headers))["url"])
        except RateLimited as wait:
            self._sockets_from = asyncio.get_running_loop().time() + wait.seconds
            raise

    def may_answer_at(self, url: str) -> bool:
        """Tell whether an address is one of Slack's own for answers, or the test server's."""
        return self._is_at(url, HOOKS)

    def _is_at(self, url: str, host: str) -> bool:
        wanted, ours = urlsplit(url), urlsplit(self.url)
        if wanted.username or wanted.password:
            return False
        if (wanted.scheme, wanted.netloc) == ("https", host):
            return True
        test_server = ours.hostname is not None and not ours.hostname.endswith("slack.com")
        return test_server and (wanted.scheme, wanted.netloc) == (ours.scheme, ours.netloc)

    async def answer_at(self, url: str, payload: Mapping[str, Any]) -> bool:
        """Answer a person where they asked; returns whether Slack took it."""
        if not self.may_answer_at(url):
            log.warning("not an address of slack", host=urlsplit(url).hostname)
            return False
        try:
            # A redirect could carry the answer to another host.
            async with self.session.post(url, json=dict(payload), allow_redirects=False) as response:
                return response.ok
        except (aiohttp.ClientError, TimeoutError) as fault:
            log.warning("answer not sent", **recorded(fault))
            return False

    async def upload(self, url: str, content: bytes) -> None:
        """Send the content of a file to the address Slack gave for it.

        Raises:
            Lost: it did not arrive.
        """
        try:
            async with self.session.post(url, data=content, allow_redirects=False) as response:
                if not response.ok:
                    raise SlackUnanswered
        except (aiohttp.ClientError, TimeoutError) as fault:
            raise SlackUnanswered from fault

    def keeps_files_at(self, url: str) -> bool:
        """Tell whether an address is where Slack keeps files, or the test server's: it is shown the bot's token."""
        return self._is_at(url, FILES)

    async def download(self, url: str, most: int) -> bytes:
        """Get the content of a file; what is longer than the most is cut off there.

        Raises:
            Denied: Slack does not give it.
            Lost: it did not arrive.
        """
        headers = {"Authorization": f"Bearer {self.bot_token}"}
        try:
            async with self.session.get(url, headers=headers, allow_redirects=False) as response:
                if response.status != OK:
                    raise SlackDenied(str(response.status))
                content = bytearray()
                async for chunk in response.content.iter_chunked(CHUNK):
                    content += chunk
                    if len(content) > most:
                        break
                return bytes(content)
        except (aiohttp.ClientError, TimeoutError) as fault:
            raise SlackUnanswered from fault

    async def _call(self, method: str, **arguments: Any) -> dict[str, Any]:
        client: Any = self.client  # its types are loose; what comes back is looked at below
        try:
            response = await client.api_call(method, **arguments)
        except SlackApiError as error:
            raise self._failure(method, error) from error
        except (aiohttp.ClientConnectorError, Overdue) as fault:
            raise SlackUnreached from fault
        except (aiohttp.ClientError, TimeoutError, OSError, SlackClientError, ValueError) as fault:
            raise SlackUnanswered from fault
        body: object = response.data
        if not isinstance(body, dict):
            raise SlackUnanswered
        data = cast("dict[str, Any]", body)
        return {**data, "scopes": response.headers.get("x-oauth-scopes", "")} if method == "auth.test" else data

    def _failure(self, method: str, error: SlackApiError) -> Exception:
        """Turn Slack's error into ours, by what it says of whether the call took effect."""
        response: Any = error.response
        status = getattr(response, "status_code", None)
        if status == TOO_MANY:
            return RateLimited(_seconds(response.headers))
        code = code_of(error)
        if not code or code in UNSURE or (isinstance(status, int) and status >= SERVER_ERROR):
            return SlackUnanswered()
        if code in GONE and method != SOCKETS:
            self.lose(code)
        return RateLimited(1) if code == "ratelimited" else SlackDenied(code)


def code_of(error: SlackApiError) -> str:
    """Read Slack's own word for an error; nothing where it gave none."""
    response: Any = error.response
    data: object = getattr(response, "data", None)
    return str(cast("dict[str, Any]", data).get("error", "")) if isinstance(data, dict) else ""


def _seconds(headers: Mapping[str, Any]) -> int:
    """Read the `Retry-After` header, which the library gives as a text or a list; 1 when there is none."""
    value: Any = next((value for name, value in headers.items() if name.lower() == "retry-after"), "1")
    several = cast("list[object]", value) if isinstance(value, list) else [value]
    text = str(several[0]) if several else ""
    return int(text) if text.isdecimal() else 1
