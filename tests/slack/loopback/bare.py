"""A bare bolt app beside the loopback Slack: the rules are tried with the real libraries."""

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from tests.support.present import present
from tests.support.slack import APP_TOKEN, BOT_TOKEN, BOT_USER, SECRET, TEAM, Person, Slack


@asynccontextmanager
async def web_client(slack: Slack) -> AsyncIterator[AsyncWebClient]:
    """Open a client that repeats nothing."""
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(BOT_TOKEN, base_url=slack.api_url, session=session, retry_handlers=[])


async def answer(asked: Awaitable[AsyncSlackResponse]) -> dict[str, Any]:
    """Give what Slack answers to a call."""
    data = (await asked).data
    assert isinstance(data, dict)
    return data


async def post(client: AsyncWebClient, url: str, **sent: Any) -> tuple[int, str]:
    """Send something to an address of Slack's by the client's session; returns the status and the words."""
    async with present(client.session).post(url, **sent) as response:
        return response.status, await response.text()


def bare_app(client: AsyncWebClient) -> AsyncApp:
    async def authorize(enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=TEAM, bot_token=BOT_TOKEN, bot_user_id=BOT_USER)

    return AsyncApp(signing_secret=SECRET, authorize=authorize, client=client)


@asynccontextmanager
async def over_sockets(slack: Slack, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """Connect an app by one socket."""
    client = AsyncWebClient(APP_TOKEN, base_url=slack.api_url)
    handler = AsyncSocketModeHandler(app, APP_TOKEN, web_client=client, ping_interval=0.3)
    await handler.connect_async()
    await slack.connected()
    try:
        yield handler
    finally:
        await handler.close_async()


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def asked(name: str, label: str, *, optional: bool = False, **element: Any) -> dict[str, Any]:
    control = {"action_id": "value", **element}
    return {"type": "input", "block_id": name, "label": plain(label), "optional": optional, "element": control}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    view = {"type": "modal", "callback_id": "form", "title": plain("A lead"), "submit": plain("Save")}
    return view | {"blocks": list(blocks) or [asked("name", "Name", type="plain_text_input")], **more}


def go(label: str = "Go", **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": plain(label), **more}]}


async def open_modal(slack: Slack, client: AsyncWebClient, person: Person, view: dict[str, Any]) -> None:
    await client.views_open(trigger_id=slack.workspace.trigger(person.id), view=view)
