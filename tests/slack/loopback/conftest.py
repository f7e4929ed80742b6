from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.loopback.bare import bare_app, over_sockets, web_client
from tests.support.slack import App, Person, Shortcut, Slack, open_slack

SHORTCUTS = (Shortcut("Log a lead", "log", "global"), Shortcut("Share as a tip", "share", "message"))


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[Slack]:
    async with open_slack(App(shortcuts=SHORTCUTS), patience=5) as workspace:
        yield workspace


@pytest_asyncio.fixture
async def client(slack: Slack) -> AsyncIterator[AsyncWebClient]:
    async with web_client(slack) as caller:
        yield caller


@pytest_asyncio.fixture
async def app(client: AsyncWebClient) -> AsyncApp:
    return bare_app(client)


@pytest_asyncio.fixture
async def running(slack: Slack, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    async with over_sockets(slack, app) as handler:
        yield handler


@pytest.fixture
def amina(slack: Slack) -> Person:
    return slack.person("amina")
