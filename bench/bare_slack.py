"""The floor: a bare bolt handler that acknowledges `/lead` with a word, by Socket Mode or signed HTTP."""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

SOCKETS = 2


def bare_app(client: AsyncWebClient, secret: str) -> AsyncApp:
    """Make an app that only repeats what was typed, and asks Slack nothing."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=client.token, bot_user_id="U0BOT")

    async def lead(ack: Any, command: dict[str, Any]) -> None:
        await ack(f"Added: {command['text']}")

    quiet = logging.getLogger("bench.bare")
    quiet.setLevel(logging.ERROR)  # it warns that a token is not used
    app = AsyncApp(logger=quiet, authorize=authorize, client=client, signing_secret=secret)
    bolt: Any = app  # it leaves the types of its handlers open
    bolt.command("/lead")(lead)
    return app


@asynccontextmanager
async def bare_sockets(api_url: str, bot_token: str, app_token: str) -> AsyncGenerator[None]:
    """Connect the bare app by as many sockets as the bot has."""
    async with aiohttp.ClientSession() as session:
        app = bare_app(AsyncWebClient(bot_token, base_url=api_url, session=session), "unused")
        client = AsyncWebClient(app_token, base_url=api_url, session=session)
        lines = [AsyncSocketModeHandler(app, app_token, web_client=client) for _ in range(SOCKETS)]
        for line in lines:
            await line.connect_async()
        try:
            yield
        finally:
            for line in lines:
                await line.close_async()


@asynccontextmanager
async def bare_http(api_url: str, bot_token: str, secret: str) -> AsyncGenerator[str]:
    """Serve the bare app by bolt's own server; gives its address."""
    async with aiohttp.ClientSession() as session:
        app = bare_app(AsyncWebClient(bot_token, base_url=api_url, session=session), secret)
        runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        finally:
            await runner.cleanup()
