"""A loopback Slack, and a bare bolt app beside it: the rules are tried with the real libraries."""

from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.slack import APP_TOKEN, BOT_TOKEN, BOT_USER, SECRET, TEAM, App, Shortcut, Slack, open_slack

SHORTCUTS = (Shortcut("Log a lead", "log", "global"), Shortcut("Share as a tip", "share", "message"))


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[Slack]:
    async with open_slack(App(shortcuts=SHORTCUTS), patience=3) as made:
        yield made


@pytest_asyncio.fixture
async def client(slack: Slack) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(BOT_TOKEN, base_url=slack.api_url, session=session, retry_handlers=[])


@pytest_asyncio.fixture
async def app(client: AsyncWebClient) -> AsyncApp:
    async def authorize(enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=TEAM, bot_token=BOT_TOKEN, bot_user_id=BOT_USER)

    return AsyncApp(signing_secret=SECRET, authorize=authorize, client=client)


@pytest_asyncio.fixture
async def running(slack: Slack, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    handler = AsyncSocketModeHandler(app, APP_TOKEN, web_client=AsyncWebClient(APP_TOKEN, base_url=slack.api_url))
    await handler.connect_async()
    await slack.connected()
    yield handler
    await handler.close_async()
