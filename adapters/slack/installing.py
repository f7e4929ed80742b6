"""Adding the bot to a workspace by a button: Slack's own OAuth flow, as Bolt does it, over our database."""

import secrets
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin

import aiohttp
import structlog
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models.installation import Installation as FromSlack
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from adapters.platform import Installations
from adapters.slack.api import Api, quiet
from adapters.slack.credentials import credentials_from
from adapters.slack.manifest import BACK_PATH, OPTIONAL_SCOPES, PAGE_PATH, SCOPES
from adapters.slack.tokens import Client
from adapters.slack.words import PLATFORM
from bot.engine.apology import report_fault
from bot.engine.clock import Clock
from bot.faults import recorded
from bot.store.errors import StoreError

PAGE, START, BACK = PAGE_PATH, f"{PAGE_PATH}/start", BACK_PATH
INSTALLED, NOT_INSTALLED = "/slack/installed", "/slack/not-installed"
STATE_SECONDS = 3600
"""As long as the database remembers who began."""
CANCELLED, TOO_LATE, SILENT, NOT_KEPT, REFUSED = "cancelled", "too-late", "silent", "not-kept", "refused"
WHY = {
    "access_denied": CANCELLED,
    "invalid_browser": TOO_LATE,
    "invalid_state": TOO_LATE,
    "missing_code": REFUSED,
    "invalid_code": REFUSED,
    "storage_error": NOT_KEPT,
}
"""What went wrong, by Bolt's and Slack's words for it; all else is a refusal of Slack."""

log = structlog.get_logger()


class _States(AsyncOAuthStateStore):
    """The words by which a browser that comes back from Slack is known to have begun here; each counts once."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    async def async_issue(self, *_: Any, **__: Any) -> str:
        """Make a word for a browser that begins."""
        state = secrets.token_urlsafe(32)
        await self._installations.begin(state)
        return state

    async def async_consume(self, state: str) -> bool:
        """Use a word up; returns whether it was good."""
        return await self._installations.take_state(state)


class _Store(AsyncInstallationStore):
    """Where Bolt puts what Slack gave."""

    def __init__(self, installations: Installations, clock: Clock) -> None:
        self._installations = installations
        self._clock = clock

    async def async_save(self, installation: FromSlack) -> None:
        """Keep an installation.

        Raises:
            BoltError: it could not be kept.
        """
        try:
            await self._installations.add(credentials_from(installation, self._clock), installation.team_id)
        except (StoreError, ValueError) as fault:
            log.warning("installation not kept", **recorded(fault))
            message = "not kept"
            raise BoltError(message) from fault


@dataclass(frozen=True, slots=True)
class InstallFlow:
    """The steps of adding the bot, each as an answer to a browser."""

    flow: AsyncOAuthFlow
    privacy: str
    """Where the privacy text is; empty where there is none."""

    async def start(self) -> BoltResponse:
        """Send a browser to Slack."""
        # Nothing of the address is passed on: Bolt would write it into Slack's as it is.
        return await _surely(self.flow.handle_installation(AsyncBoltRequest(body="", query="", mode="http")))

    async def back(self, query: str, cookie: str) -> BoltResponse:
        """Take a browser that comes back from Slack, and exchange what it brings for the tokens."""
        request = AsyncBoltRequest(body="", query=query, headers={"cookie": cookie}, mode="http")
        return await _surely(self.flow.handle_callback(request))


async def _surely(answer: Awaitable[BoltResponse]) -> BoltResponse:
    """Send a browser on in every case: to a page that says what went wrong, when something did."""
    try:
        return await answer
    except (aiohttp.ClientError, TimeoutError, OSError) as fault:
        log.warning("installation not finished", **recorded(fault))
        return _to(NOT_INSTALLED, why=SILENT)
    except Exception as fault:  # noqa: BLE001 - whatever it is, the person gets a word
        report_fault(fault, platform=PLATFORM)
        return _to(NOT_INSTALLED, why=NOT_KEPT)


def installing(client: Client, outside: Api, installations: Installations, clock: Clock) -> InstallFlow:
    """Make the flow; Slack calls back at the public address of the settings."""
    settings = AsyncOAuthSettings(
        client_id=client.id,
        client_secret=client.secret,
        scopes=[*SCOPES, *OPTIONAL_SCOPES],
        user_scopes=[],
        redirect_uri=f"{client.address}{BACK}",
        install_path=START,
        install_page_rendering_enabled=False,
        redirect_uri_path=BACK,
        callback_options=AsyncCallbackOptions(_done, _failed),
        authorization_url=urljoin(outside.url, "../oauth/v2/authorize"),
        installation_store=_Store(installations, clock),
        state_store=_States(installations),
        state_expiration_seconds=STATE_SECONDS,
        logger=quiet,
    )
    return InstallFlow(AsyncOAuthFlow(client=outside.client, logger=quiet, settings=settings), client.privacy)


async def _done(args: AsyncSuccessArgs) -> BoltResponse:
    installed = args.installation
    place = {"team": installed.team_id} if installed.team_id else {}
    return _to(INSTALLED, args.settings, app=installed.app_id or "", **place)


async def _failed(args: AsyncFailureArgs) -> BoltResponse:
    why = WHY.get(args.reason, REFUSED)
    log.info("not installed", why=why)
    # The cookie stays: a forged address must not end what this browser has begun.
    return _to(NOT_INSTALLED, why=why)


def _to(page: str, settings: AsyncOAuthSettings | None = None, **query: str) -> BoltResponse:
    """Send a browser on to a page whose address holds no secret, so that it may be loaded again and shown."""
    headers: dict[str, str | Sequence[str]] = {"Location": f"{page}?{urlencode(query)}"}
    if settings is not None:
        headers["Set-Cookie"] = [settings.state_utils.build_set_cookie_for_deletion()]
    return BoltResponse(status=302, body="", headers=headers)
