"""Several workspaces behind one address, to which people add the app by Slack's OAuth; tokens end and are renewed."""

import base64
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
from aiohttp import web

from bot.engine.clock import Clock
from tests.support.slack import settling
from tests.support.slack.app import App
from tests.support.slack.calls import Token, arguments
from tests.support.slack.faults import Faults, reset
from tests.support.slack.server import Slack
from tests.support.slack.workspace import APP, BOT_USER, Workspace

CLIENT, CLIENT_SECRET = "1234567890.1234567890123", "0123456789abcdef" * 2
CODE_LIVES, TOKEN_LIVES = 600, 43_200
"""Seconds: ten minutes, and twelve hours."""


@dataclass
class Grant:
    """What somebody allowed the app: in one workspace, or in all of an organisation."""

    teams: list[str]
    scopes: tuple[str, ...]
    organisation: str | None = None
    tokens: list[Token] = field(default_factory=list)
    refresh: str = ""


@dataclass
class Code:
    """What a browser brings back; good once, for ten minutes."""

    grant: Grant
    redirect: str
    issued: float
    used: bool = False


class Cloud:
    """Slack as a host of one app for everybody sees it; use `open_cloud`."""

    def __init__(self, app: App, clock: Clock, token_lives: float = TOKEN_LIVES) -> None:
        self.app = app
        self.clock = clock
        self._token_lives = token_lives
        self.slacks: dict[str, Slack] = {}
        self.faults = Faults()
        self.exchanges: list[dict[str, str]] = []
        """What was asked of `oauth.v2.access`."""
        self._grants: list[Grant] = []
        self._expires: dict[str, float] = {}
        self._codes: dict[str, Code] = {}
        self._numbers = itertools.count(1)
        self._runner: web.AppRunner | None = None
        self.base = ""

    @property
    def api_url(self) -> str:
        """The address for `SLACK_API_URL`."""
        return f"{self.base}/api/"

    async def start(self) -> None:
        app = web.Application(client_max_size=4_000_000)
        app.on_response_prepare.append(self._dated)
        app.router.add_get("/api/api.test", self._test)
        app.router.add_route("*", "/api/oauth.v2.access", self._access)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/respond/{hook:.+}", self._respond)
        app.router.add_post("/upload/v1/{file}", self._upload)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        for slack in self.slacks.values():
            await slack.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    def check(self) -> None:
        for slack in self.slacks.values():
            slack.check()

    def workspace(self, team: str, organisation: str | None = None) -> Slack:
        """Add a workspace, which does not have the app yet."""
        first = 1000 * (len(self.slacks) + 1)
        slack = Slack(self.clock, self.app, workspace=Workspace(self.clock, team, organisation, first))
        slack.tokens.clear()
        slack.is_at(self.base)
        self.slacks[team] = slack
        return slack

    def allows(self, redirect: str, *teams: str, organisation: str | None = None, without: str = "") -> str:
        """Let an admin say yes to the app, on Slack's own page; gives the code that the browser takes along."""
        scopes = tuple(sorted(self.app.scopes - {without}))
        grant = Grant(list(teams), scopes, organisation)
        self._grants.append(grant)
        code = f"code-{next(self._numbers)}"
        self._codes[code] = Code(grant, redirect, self.now())
        return code

    def now(self) -> float:
        return self.clock.now().timestamp()

    def tokens_of(self, team: str) -> list[Token]:
        """List the tokens that work in a workspace."""
        return [token for token in self.slacks[team].tokens.values() if self._ended(token) is None]

    async def removes(self, team: str) -> None:
        """Take the app out of a workspace, or out of the organisation that it is in; it is told."""
        self.ends(team, "account_inactive")
        await self.tells_of_the_end(team)

    async def tells_of_the_end(self, team: str) -> None:
        """Tell the app that it was taken out, and wait until it has done what follows."""
        before = settling.tasks()
        await self.slacks[team].tells_of_the_end()
        await self.slacks[team].settled(before)

    async def tells_of_teams(self, team: str, kind: str, *changed: str) -> None:
        """Tell the app that an organisation gave it workspaces, or took them away; and wait until it has heard."""
        slack, before = self.slacks[team], settling.tasks()
        await slack.deliver("events_api", slack.payloads.event({"type": kind, "team_ids": list(changed)}))
        await slack.settled(before)

    def ends(self, team: str, why: str) -> None:
        """End every token of a workspace, without a word."""
        for grant in self._grants:
            if team in grant.teams:
                grant.refresh = ""
                for token in grant.tokens:
                    token.ended = why

    async def _dated(self, _: web.Request, response: web.StreamResponse) -> None:
        response.headers["Date"] = formatdate(self.now(), usegmt=True)

    async def _test(self, _: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True})

    async def _access(self, request: web.Request) -> web.StreamResponse:
        asked = {name: str(value) for name, value in (await arguments(request)).items()}
        self.exchanges.append(asked)
        fault = self.faults.take("oauth.v2.access")
        if fault is not None and fault.kind != "lost":
            return web.Response(status=fault.status) if fault.kind == "status" else _no(fault.error)
        credentials = request.headers.get("Authorization", "").removeprefix("Basic ")
        client, _, secret = base64.b64decode(credentials).decode().partition(":")
        if (client, secret) != (CLIENT, CLIENT_SECRET):
            return _no("invalid_client_id" if client != CLIENT else "bad_client_secret")
        answer = self._renewed(asked) if asked.get("grant_type") == "refresh_token" else self._exchanged(asked)
        return reset(request) if fault is not None else web.json_response(answer)

    def _exchanged(self, asked: dict[str, str]) -> dict[str, Any]:
        code = self._codes.get(asked.get("code", ""))
        if code is None or self.now() - code.issued > CODE_LIVES:
            return {"ok": False, "error": "invalid_code"}
        if code.used:
            return {"ok": False, "error": "code_already_used"}
        if asked.get("redirect_uri") != code.redirect:
            return {"ok": False, "error": "bad_redirect_uri"}
        code.used = True
        grant = code.grant
        organisation = {"id": grant.organisation, "name": "Newcomers of the country"} if grant.organisation else None
        return {
            **self._token_of(grant),
            "app_id": APP,
            "authed_user": {"id": "U0ADMIN"},
            "team": None if organisation else {"id": grant.teams[0], "name": "Newcomers"},
            "enterprise": organisation,
            "is_enterprise_install": organisation is not None,
        }

    def _renewed(self, asked: dict[str, str]) -> dict[str, Any]:
        grant = next(
            (
                given_grant
                for given_grant in self._grants
                if given_grant.refresh and given_grant.refresh == asked["refresh_token"]
            ),
            None,
        )
        return {"ok": False, "error": "invalid_refresh_token"} if grant is None else self._token_of(grant)

    def _token_of(self, grant: Grant) -> dict[str, Any]:
        number = next(self._numbers)
        token = Token(f"xoxe.xoxb-1-{number}", "bot", set(grant.scopes))
        grant.refresh = f"xoxe-1-{number}"
        grant.tokens.append(token)
        self._expires[token.value] = self.now() + self._token_lives
        for team in grant.teams:
            self.slacks[team].tokens[token.value] = token
        return {
            "ok": True,
            "access_token": token.value,
            "refresh_token": grant.refresh,
            "expires_in": int(self._token_lives),
            "token_type": "bot",
            "scope": ",".join(grant.scopes),
            "bot_user_id": BOT_USER,
        }

    def _ended(self, token: Token) -> str | None:
        if token.ended is None and self.now() >= self._expires[token.value]:
            token.ended = "token_expired"
        return token.ended

    async def _api(self, request: web.Request) -> web.StreamResponse:
        args = await arguments(request)
        secret = request.headers.get("Authorization", "").removeprefix("Bearer ")
        holders = [slack for slack in self.slacks.values() if secret in slack.tokens]
        if not holders:
            return _no("invalid_auth" if secret else "not_authed")
        self._ended(holders[0].tokens[secret])
        return await _meant(holders, args)._api(request)

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        return await self.slacks[request.match_info["hook"].split("/")[0]]._respond(request)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        file = request.match_info["file"]
        return await next(slack for slack in self.slacks.values() if file in slack.workspace.files)._upload(request)


def _meant(holders: list[Slack], args: dict[str, Any]) -> Slack:
    """Find the workspace that a call with an organisation's token is about, by the ids in it."""
    values = {str(value) for value in args.values()}
    for slack in holders:
        held = slack.workspace
        ids = {*held.channels, *held.users, *held.triggers} - {BOT_USER}
        if values & ids or held.view(str(args.get("view_id"))) is not None:
            return slack
    return holders[0]


def _no(error: str) -> web.Response:
    return web.json_response({"ok": False, "error": error})


class Browser:
    """The browser of somebody who adds the app; it keeps cookies, and goes where it is sent."""

    def __init__(self, cloud: Cloud, bot: str) -> None:
        self._cloud = cloud
        self._bot = bot
        secure = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=bot)
        self._session = aiohttp.ClientSession(cookie_jar=secure)

    async def opens(self, path: str, **headers: str) -> tuple[int, str, str]:
        """Open a page of the bot; gives its status, what it says, and the address where that was."""
        async with self._session.get(f"{self._bot}{path}", headers=headers) as page:
            return page.status, await page.text(), page.url.path_qs

    async def sent_to_slack(self) -> dict[str, str]:
        """Press the button; gives what the bot asks Slack for."""
        async with self._session.get(f"{self._bot}/slack/install/start", allow_redirects=False) as sent:
            where = urlsplit(sent.headers["Location"])
            if f"{where.scheme}://{where.netloc}{where.path}" != f"{self._cloud.base}/oauth/v2/authorize":
                raise AssertionError(f"the bot sends people to {where.geturl()}")
            asked = {name: values[0] for name, values in parse_qs(where.query).items()}
            if asked["client_id"] != CLIENT or not self._cloud.app.scopes <= set(asked["scope"].split(",")):
                raise AssertionError(f"the bot asks Slack for {asked}")
            return asked

    async def adds_to(self, *teams: str, organisation: str | None = None, without: str = "") -> str:
        """Add the app to a workspace, or to all of an organisation; gives the page that says how it went."""
        asked = await self.sent_to_slack()
        code = self._cloud.allows(asked["redirect_uri"], *teams, organisation=organisation, without=without)
        return (await self.comes_back(code=code, state=asked["state"]))[1]

    async def comes_back(self, **query: str) -> tuple[int, str, str]:
        """Come back from Slack with something in the address."""
        async with self._session.get(f"{self._bot}/slack/oauth_redirect", params=query) as page:
            return page.status, await page.text(), page.url.path_qs

    async def close(self) -> None:
        await self._session.close()


@asynccontextmanager
async def open_cloud(app: App, clock: Clock, token_lives: float = TOKEN_LIVES) -> AsyncIterator[Cloud]:
    """Open a Slack to which workspaces can be added; at the end, fail for anything unknown."""
    cloud = Cloud(app, clock, token_lives)
    await cloud.start()
    try:
        yield cloud
    finally:
        await cloud.stop()
    cloud.check()
