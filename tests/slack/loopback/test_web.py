"""The Web API of the loopback Slack refuses what Slack refuses, and is loud about what it does not know."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.loopback.bare import answer, post
from tests.support.slack import APP_TOKEN, BOT_TOKEN, App, Slack, open_slack


async def refused(call: Awaitable[Any]) -> Any:
    """Give the answer of a call that Slack refused."""
    with pytest.raises(SlackApiError) as error:
        await call
    return error.value.response


async def error_of(call: Awaitable[Any]) -> str:
    return (await refused(call))["error"]


async def test_a_token_must_be_known_alive_and_of_the_right_kind(slack: Slack, client: AsyncWebClient) -> None:
    tested = await client.auth_test()
    assert tested["user_id"] == "U0BOT"
    assert "chat:write" in tested.headers["X-OAuth-Scopes"]
    assert await error_of(client.auth_test(token="xoxb-unknown")) == "invalid_auth"
    assert await error_of(client.apps_connections_open(app_token=BOT_TOKEN)) == "not_allowed_token_type"
    assert await error_of(client.users_info(user="U0BOT", token=APP_TOKEN)) == "not_allowed_token_type"
    slack.tokens[BOT_TOKEN].scopes.discard("users:read")
    no = await refused(client.users_info(user="U0BOT"))
    assert (no["error"], no["needed"]) == ("missing_scope", "users:read")
    slack.tokens[BOT_TOKEN].ended = "token_revoked"
    assert await error_of(client.auth_test()) == "token_revoked"


async def test_a_person_has_a_zone_and_a_role_and_a_language_when_asked_for(
    slack: Slack, client: AsyncWebClient
) -> None:
    amina = slack.person("amina", locale="fr-FR", tz="America/Vancouver", admin=True)
    about = (await answer(client.users_info(user=amina.id)))["user"]
    assert (about["tz"], about["is_admin"], about["is_owner"]) == ("America/Vancouver", True, False)
    assert "locale" not in about
    asked = client.users_info(user=amina.id, include_locale=True)
    assert (await answer(asked))["user"]["locale"] == "fr-FR"
    assert await error_of(client.users_info(user="U0NOBODY")) == "user_not_found"


async def test_the_bot_posts_only_where_it_may(slack: Slack, client: AsyncWebClient) -> None:
    slack.person("amina")
    elsewhere, hidden, old = (
        slack.channel("elsewhere", bot=False),
        slack.channel("hidden", private=True, bot=False),
        slack.channel("old"),
    )
    old.archived = True
    assert await error_of(client.chat_postMessage(channel=elsewhere.id, text="hi")) == "not_in_channel"
    assert await error_of(client.chat_postMessage(channel=hidden.id, text="hi")) == "channel_not_found"
    assert await error_of(client.chat_postMessage(channel="C0NOTHING", text="hi")) == "channel_not_found"
    assert await error_of(client.chat_postMessage(channel=old.id, text="hi")) == "is_archived"
    assert await error_of(client.api_call("chat.postMessage", json={"channel": slack.general.id})) == "no_text"
    assert (await client.chat_postMessage(channel="#general", text="hi"))["channel"] == slack.general.id
    slack.tokens[BOT_TOKEN].scopes.add("chat:write.public")
    assert (await client.chat_postMessage(channel=elsewhere.id, text="hi"))["ok"]


async def test_an_ephemeral_message_is_seen_by_one_person_of_the_channel(slack: Slack, client: AsyncWebClient) -> None:
    amina, ben = slack.person("amina"), slack.person("ben")
    await client.chat_postEphemeral(channel=slack.general.id, user=amina.id, text="Only you")
    assert amina.sees.last.only_for_me
    assert not ben.sees.messages
    slack.general.members.discard(ben.id)
    call = client.chat_postEphemeral(channel=slack.general.id, user=ben.id, text="Only you")
    assert await error_of(call) == "user_not_in_channel"


async def test_the_bot_changes_its_own_messages_only(slack: Slack, client: AsyncWebClient) -> None:
    amina = slack.person("amina")
    mine = amina.says("Hello")
    posted = await answer(client.chat_postMessage(channel=slack.general.id, text="First"))
    await client.chat_update(channel=slack.general.id, ts=posted["ts"], text="Second")
    assert amina.sees.last.text == "Second"
    assert await error_of(client.chat_update(channel=slack.general.id, ts=mine.ts, text="x")) == "cant_update_message"
    assert await error_of(client.chat_update(channel=slack.general.id, ts="1.1", text="x")) == "message_not_found"


async def test_one_post_a_second_in_a_channel_when_it_is_switched_on(slack: Slack, client: AsyncWebClient) -> None:
    other = slack.channel("other")
    slack.one_post_a_second = True
    await client.chat_postMessage(channel=slack.general.id, text="1")
    await client.chat_postMessage(channel=other.id, text="1")
    no = await refused(client.chat_postMessage(channel=slack.general.id, text="2"))
    assert (no.status_code, no["error"], no.headers["Retry-After"]) == (429, "ratelimited", "1")
    slack.workspace.move(seconds=1)
    await client.chat_postMessage(channel=slack.general.id, text="2")


async def test_a_post_is_found_again_by_its_metadata(slack: Slack, client: AsyncWebClient) -> None:
    key = {"event_type": "digest", "event_payload": {"key": "week 11"}}
    since = str(slack.workspace.now())
    posted = await answer(client.chat_postMessage(channel=slack.general.id, text="Digest", metadata=key))
    slack.workspace.move(hours=1)
    await client.chat_postMessage(channel=slack.general.id, text="Later")
    whole = {"channel": slack.general.id, "include_all_metadata": True}
    page = await answer(client.conversations_history(**whole, oldest=since, inclusive=True, limit=1))
    assert [message["text"] for message in page["messages"]] == ["Later"]
    assert page["has_more"]
    second_page = await answer(client.conversations_history(**whole, cursor=page["response_metadata"]["next_cursor"]))
    assert (second_page["messages"][0]["ts"], second_page["messages"][0]["metadata"]) == (posted["ts"], key)
    bare = await answer(client.conversations_history(channel=slack.general.id))
    assert "metadata" not in bare["messages"][-1]
    wrong = client.chat_postMessage(channel=slack.general.id, text="x", metadata={"event_type": "digest"})
    assert await error_of(wrong) == "invalid_metadata_format"


async def test_history_needs_its_scope_and_membership(slack: Slack, client: AsyncWebClient) -> None:
    elsewhere = slack.channel("elsewhere", bot=False)
    assert await error_of(client.conversations_history(channel=elsewhere.id)) == "not_in_channel"
    slack.tokens[BOT_TOKEN].scopes.discard("channels:history")
    no = await refused(client.conversations_history(channel=slack.general.id))
    assert (no["error"], no["needed"]) == ("missing_scope", "channels:history")


async def test_a_direct_conversation_is_opened_once(slack: Slack, client: AsyncWebClient) -> None:
    amina, ben = slack.person("amina"), slack.person("ben")
    channel = (await answer(client.conversations_open(users=amina.id)))["channel"]["id"]
    assert (await answer(client.conversations_open(users=[amina.id])))["channel"]["id"] == channel
    await client.chat_postMessage(channel=channel, text="Hello you")
    assert amina.sees.last.direct
    assert not ben.sees.messages
    assert (await answer(client.conversations_info(channel=channel)))["channel"]["user"] == amina.id
    assert await error_of(client.conversations_open(users="U0NOBODY")) == "user_not_found"


async def test_a_picture_is_uploaded_in_three_steps_and_carries_its_alt_text(
    slack: Slack, client: AsyncWebClient
) -> None:
    amina = slack.person("amina")
    asked = client.files_getUploadURLExternal(filename="week.png", length=4, alt_txt="Leads: 4")
    place = await answer(asked)
    assert (await post(client, place["upload_url"], data=b"12345"))[0] == 400
    early = client.files_completeUploadExternal(files=[{"id": place["file_id"], "title": "Week"}])
    assert await error_of(early) == "file_not_found"
    assert (await post(client, place["upload_url"], data=b"1234"))[0] == 200
    picture = {"type": "image", "slack_file": {"id": place["file_id"]}, "alt_text": "Leads: 4"}
    not_yet = await refused(client.chat_postMessage(channel="#general", text="Week", blocks=[picture]))
    assert not_yet["errors"] == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]
    await client.files_completeUploadExternal(
        files=[{"id": place["file_id"], "title": "Week"}], channel_id=slack.general.id, initial_comment="Here it is"
    )
    assert (amina.sees.last.text, amina.sees.last.files) == ("Here it is", ["Leads: 4"])
    assert slack.workspace.files[place["file_id"]].content == b"1234"
    await client.chat_postMessage(channel="#general", text="Week", blocks=[picture])


async def test_upload_v2_of_the_library_works(slack: Slack, client: AsyncWebClient) -> None:
    amina = slack.person("amina")
    await client.files_upload_v2(content="a,b\n", filename="record.csv", channel=slack.general.id)
    assert amina.sees.last.files == ["record.csv"]


async def bot_that_calls(method: str, **arguments: str) -> None:
    async with open_slack(App()) as slack:
        answered = AsyncWebClient(BOT_TOKEN, base_url=slack.api_url).api_call(method, json=arguments)
        await asyncio.gather(answered, return_exceptions=True)


async def test_what_is_unknown_fails_the_test_that_used_it() -> None:
    with pytest.raises(AssertionError, match=r"the unknown method chat\.postMesage"):
        await bot_that_calls("chat.postMesage", channel="#general")
    with pytest.raises(AssertionError, match="unknown argument chanel='y'"):
        await bot_that_calls("chat.postMessage", channel="#general", text="x", chanel="y")


async def test_the_manifest_says_what_the_app_may_do() -> None:
    manifest = {
        "features": {
            "app_home": {"home_tab_enabled": False},
            "slash_commands": [{"command": "/hello", "description": "Say hello", "should_escape": True}],
            "shortcuts": [{"name": "Log a lead", "type": "global", "callback_id": "log", "description": "Log"}],
        },
        "oauth_config": {"scopes": {"bot": ["commands", "chat:write"], "bot_optional": ["files:write"]}},
        "settings": {"event_subscriptions": {"bot_events": ["app_uninstalled"]}},
    }
    async with open_slack(App.of_manifest(manifest)) as slack:
        client = AsyncWebClient(BOT_TOKEN, base_url=slack.api_url)
        amina = slack.person("amina")
        assert await error_of(client.users_info(user=amina.id)) == "missing_scope"
        view = {"type": "home", "blocks": [{"type": "divider"}]}
        assert await error_of(client.views_publish(user_id=amina.id, view=view)) == "not_enabled"
        with pytest.raises(AssertionError, match="/other is not a valid command"):
            await amina.types("/other")
        with pytest.raises(AssertionError, match="no home tab"):
            await amina.opens_home()
        with pytest.raises(AssertionError, match="no shortcut"):
            await amina.uses_shortcut("Something else")
    assert "files:write" in App.of_manifest(manifest, optional=True).scopes
