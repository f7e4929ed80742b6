"""What can go wrong on the way happens when it is switched on, so many times, and no more."""

import asyncio
import json

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.http_retry.builtin_interval_calculators import FixedValueRetryIntervalCalculator
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.loopback.bare import answer
from tests.support.slack import BOT_TOKEN, Slack

POST = "chat.postMessage"


async def post(client: AsyncWebClient, slack: Slack) -> str:
    return (await answer(client.chat_postMessage(channel=slack.general.id, text="x")))["ts"]


async def test_an_error_comes_for_the_next_calls_only(slack: Slack, client: AsyncWebClient) -> None:
    slack.faults.error(POST, "not_in_channel", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="not_in_channel"):
            await post(client, slack)
    await post(client, slack)
    assert len(slack.workspace.messages) == 1


async def test_too_many_calls_are_told_when_to_come_back(slack: Slack, client: AsyncWebClient) -> None:
    slack.faults.limited(POST, retry_after=30)
    with pytest.raises(SlackApiError) as error:
        await post(client, slack)
    assert (error.value.response.status_code, error.value.response.headers["Retry-After"]) == (429, "30")
    assert not slack.workspace.messages


async def test_a_broken_server_answers_with_a_page(slack: Slack, client: AsyncWebClient) -> None:
    slack.faults.status(POST, 503)
    with pytest.raises(SlackApiError) as error:
        await post(client, slack)
    assert error.value.response.status_code == 503


async def test_a_connection_is_reset_before_or_after_it_was_done(slack: Slack, client: AsyncWebClient) -> None:
    slack.faults.reset(POST)
    with pytest.raises((aiohttp.ClientError, ConnectionError)):
        await post(client, slack)
    assert not slack.workspace.messages
    slack.faults.lost(POST)
    with pytest.raises((aiohttp.ClientError, ConnectionError)):
        await post(client, slack)
    assert len(slack.workspace.messages) == 1


async def test_an_answer_is_cut_in_half(slack: Slack, client: AsyncWebClient) -> None:
    slack.faults.truncated(POST)
    with pytest.raises((SlackApiError, json.JSONDecodeError, aiohttp.ClientError)):
        await post(client, slack)
    assert len(slack.workspace.messages) == 1


async def test_an_answer_is_held_until_it_is_let_go(slack: Slack, client: AsyncWebClient) -> None:
    held = slack.faults.held(POST)
    waiting = asyncio.create_task(post(client, slack))
    await held.reached.wait()
    assert not waiting.done()
    held.release()
    assert await waiting


async def test_the_librarys_own_retry_posts_twice_after_a_lost_answer(slack: Slack) -> None:
    """Why writes must not be repeated by the library: Slack has no key that would stop the second."""
    slack.faults.lost(POST)
    at_once = AsyncConnectionErrorRetryHandler(interval_calculator=FixedValueRetryIntervalCalculator(0))
    await post(AsyncWebClient(BOT_TOKEN, base_url=slack.api_url, retry_handlers=[at_once]), slack)
    assert len(slack.workspace.messages) == 2
