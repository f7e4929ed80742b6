"""Looks at what Slack says of the two tokens: for set-up and for doctor, beside a bot that runs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.findings import Finding, fail, ok, warn
from adapters.slack.api import GONE, Api, Identity, RateLimited, SlackDenied, SlackUnanswered, code_of
from adapters.slack.manifest import OPTIONAL_SCOPES, PAGE_PATH, SCOPES
from adapters.slack.permissions import lack_of
from adapters.slack.tokens import Client
from bot.ui.text import Text, t
from bot.ui.values import Count, Together, UserText

HELLO_WITHIN = 10.0
PAGE = "https://api.slack.com/apps"
BUSY = ("ratelimited", "rate_limited")
WRONG_KIND = {"not_allowed_token_type", "missing_scope", "no_permission"}


class MayNotLook(Exception):
    """The organisers left out the scope with which a channel can be looked at."""


@dataclass(frozen=True, slots=True)
class SlackBot:
    """Whose bot token it is; `app` only where Slack tells it."""

    who: Identity
    workspace: str
    app: str | None


async def bot_of(api: Api) -> SlackBot:
    """Ask whose bot token it is.

    Raises:
        Denied: the token is not good.
        Lost: no answer came.
    """
    who = await api.who_am_i()
    response = await api.read("auth.test")
    return SlackBot(who, str(response.get("team", "")), await _app_of(api, who))


async def _app_of(api: Api, who: Identity) -> str | None:
    """Ask which app a bot belongs to; None when Slack does not tell."""
    if not who.bot or "users:read" not in who.scopes:
        return None
    try:
        response = await api.read("bots.info", bot=who.bot)
    except (SlackDenied, SlackUnanswered):
        return None
    bot: Any = response.get("bot") or {}
    return str(bot.get("app_id", "")) or None


async def app_behind(api: Api, app_token: str) -> str | None:
    """Ask which app an app-level token belongs to; None when Slack does not tell."""
    asking = Api(api.session, api.url, app_token)
    try:
        return str((await asking.read("auth.test")).get("app_id", "")) or None
    except (SlackDenied, SlackUnanswered):
        return None


def scope_findings(who: Identity) -> list[Finding]:
    """Compare what the app may do with what it needs, and with what makes it better."""
    needed = [scope for scope in SCOPES if scope not in who.scopes]
    better = [scope for scope in OPTIONAL_SCOPES if scope not in who.scopes]
    if needed:
        return [
            fail(
                "slack-scopes",
                t("The app may not do all that it needs. It lacks: {scopes}.", scopes=_named(needed)),
                t("On Slack's page, under OAuth & Permissions, add these scopes. Then press Reinstall to Workspace."),
            )
        ]
    if better:
        seen = t("All needed scopes are there. You left out: {scopes}.", scopes=_named(better))
        return [ok("slack-scopes", seen)]
    return [ok("slack-scopes", t("All {n} scopes are there.", n=Count(len(SCOPES) + len(OPTIONAL_SCOPES))))]


def _named(scopes: Sequence[str]) -> Together:
    return Together(tuple(UserText(scope) for scope in scopes))


def bot_refusal(code: str) -> Finding:
    """Say what Slack's no to the bot token means."""
    if code in GONE:
        return fail(
            "slack-token",
            t("Slack does not take this bot token ({code}). It ended, or it is not complete.", code=UserText(code)),
            t("On Slack's page, under Install App, press Reinstall to Workspace. Copy the new token whole."),
        )
    return fail(
        "slack-token",
        t("Slack refuses this bot token ({code}).", code=UserText(code)),
        t("Look at the app on Slack's page, or ask an admin of the workspace."),
    )


def app_refusal(code: str) -> Finding:
    """Say what Slack's no to the app-level token means."""
    if code in WRONG_KIND:
        return fail(
            "slack-socket",
            t("This app-level token may not open connections ({code}).", code=UserText(code)),
            t("On Slack's page, under Basic Information, make a new one with the scope connections:write."),
        )
    return fail(
        "slack-socket",
        t("Slack does not take this app-level token ({code}). It ended, or it is not complete.", code=UserText(code)),
        t("On Slack's page, under Basic Information, App-Level Tokens, make a new one."),
    )


def silence(check: str = "slack-token") -> Finding:
    """Say that Slack could not be reached."""
    return fail(
        check,
        t("I cannot reach Slack."),
        t("Look at the network of this machine, and at {page}.", page=UserText("https://slack-status.com")),
    )


async def socket_finding(api: Api, app_token: str, *, connecting: bool) -> Finding:
    """Look whether the app-level token opens a connection.

    `connecting` opens one and waits for Slack's hello; never beside a bot that runs, because Slack would hand a
    member's command to it.
    """
    try:
        url = await api.open_socket(app_token)
        if connecting:
            return await _hello(api, url)
    except RateLimited as wait:
        return warn(
            "slack-socket",
            t("Slack wants to be asked later."),
            t("Wait {n} s, then look again.", n=Count(wait.seconds)),
        )
    except SlackDenied as denied:
        return app_refusal(denied.code)
    except (SlackUnanswered, aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return silence("slack-socket")
    return ok("slack-socket", t("Slack gives connections."))


async def _hello(api: Api, url: str) -> Finding:
    async with api.session.ws_connect(url) as socket:
        frame = json.loads((await socket.receive(timeout=HELLO_WITHIN)).data or "{}")
    if frame.get("type") == "hello":
        return ok("slack-socket", t("Slack gives connections."))
    return fail(
        "slack-socket",
        t("Socket Mode is off for this app, so Slack gives no connection."),
        t("On Slack's page, under Socket Mode, switch on Enable Socket Mode."),
    )


async def client_finding(api: Api, client: Client) -> Finding:
    """Look whether Slack takes the client id and secret."""
    mend = t("On Slack's page, under Basic Information, copy the client id and secret again.")
    code = await _refused_with(api, client)
    if code is None:
        return silence("slack-client")
    if code == "invalid_code":
        return ok("slack-client", t("Slack takes the client id and secret."))
    if code in BUSY:
        return warn("slack-client", t("Slack wants to be asked later."), t("Wait a minute, then look again."))
    seen = t("Slack does not take the client id and secret ({code}).", code=UserText(code))
    return fail("slack-client", seen, mend)


async def client_id_finding(api: Api, client_id: str) -> Finding:
    """Look whether Slack knows a client id, which it looks at before the secret."""
    code = await _refused_with(api, Client(client_id, "nobody's", ""))
    if code is None:
        return silence("slack-client")
    if code != "invalid_client_id":
        return ok("slack-client", t("Slack knows this client id."))
    mend = t("On Slack's page, under Basic Information, copy the client id again.")
    return fail("slack-client", t("Slack does not know this client id."), mend)


async def _refused_with(api: Api, client: Client) -> str | None:
    """Exchange a code that nobody has, and tell with which word Slack refuses; None when it does not answer."""
    slack: Any = api.client  # its types are loose
    try:
        await slack.oauth_v2_access(client_id=client.id, client_secret=client.secret, code="nobody's")
    except SlackApiError as fault:
        return code_of(fault) or None
    except (aiohttp.ClientError, TimeoutError, OSError):
        return None
    return next(iter(BUSY))


async def address_finding(api: Api, address: str) -> Finding:
    """Look whether something answers at the public address, with a certificate that browsers take."""
    shown = UserText(address)
    try:
        async with api.session.get(f"{address}{PAGE_PATH}", allow_redirects=False) as answer:
            status = UserText(str(answer.status))
            return ok("slack-page", t("{address} answers ({status}).", address=shown, status=status))
    except aiohttp.ClientConnectorCertificateError:
        seen = t("{address} has no certificate that browsers take.", address=shown)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        seen = t("{address} does not answer yet.", address=shown)
    return warn("slack-page", seen, t("Let your web server with HTTPS send /slack/ to the port of the bot."))


async def page_finding(api: Api, client: Client) -> Finding:
    """Look whether people reach the page on which they add the app."""
    page = UserText(f"{client.address}{PAGE_PATH}")
    mend = t("Look whether the bot runs, and whether your proxy sends /slack/ to its port.")
    try:
        async with api.session.get(f"{client.address}{PAGE_PATH}", allow_redirects=False) as answer:
            if answer.ok:
                return ok("slack-page", t("Everybody can add the app at {page}.", page=page))
            seen = t("{page} answers with {status}.", page=page, status=UserText(str(answer.status)))
    except (aiohttp.ClientError, TimeoutError, OSError):
        seen = t("{page} does not answer.", page=page)
    return warn("slack-page", seen, mend)


async def channel_lack(api: Api, channel: str) -> Text | None:
    """Tell what keeps the bot from posting in a channel; None when nothing does.

    Raises:
        MayNotLook: the app lacks the scope to look.
        Lost: no answer came.
    """
    try:
        await api.read("conversations.history", channel=channel, limit=1)
    except SlackDenied as denied:
        if denied.code == "missing_scope":
            raise MayNotLook from denied
        lack = lack_of(denied.code, channel)
        return lack.why if lack is not None else None
    return None
