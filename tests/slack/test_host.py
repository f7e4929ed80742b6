"""One bot in many Slack workspaces: each has its own circle, and what one does or loses is no matter of the others."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.renewing import TokenRenewal
from bot.store import communities, installations
from tests.support.slack import HttpDoor, Slack
from tests.support.slack.cloud import CLIENT, CLIENT_SECRET
from tests.support.slack_host import Host, a_host, hosting, open_host, organiser_of

STRANGER = "I am not in this workspace, or I was taken out of it."


@pytest.fixture
async def host(tmp_path: Path) -> AsyncGenerator[Host]:
    async with open_host(tmp_path) as host:
        yield host


async def added(host: Host, team: str) -> Slack:
    slack = host.workspace(team)
    await host.add(team)
    # Only this workspace knows its admin, so another one's token would not find them.
    await organiser_of(slack, f"olga{team}")
    return slack


def digests(slack: Slack) -> list[str]:
    digest = slack.workspace.channel_named("digest").id
    return [
        str(message.payload)
        for message in slack.workspace.messages
        if message.channel == digest and not message.only_for
    ]


async def test_two_workspaces_work_side_by_side_and_no_text_crosses(host: Host) -> None:
    first, second = await added(host, "T1"), await added(host, "T2")
    # The same person's id in both: only the workspace tells them apart.
    amina, other = first.person("amina"), second.person("amina")
    await amina.types("/lead add name:Dana organisation:Nordik why:Sensors")
    await other.types("/lead list")
    assert "Dana" not in other.sees.text
    await other.types("/lead add name:Kofi organisation:Delta why:Bridges")
    await amina.types("/lead list")
    assert "Dana" in amina.sees.last.text
    assert "Kofi" not in amina.sees.text
    await host.later(days=8)
    for slack, mine, theirs in ((first, "T1", "T2"), (second, "T2", "T1")):
        assert len(digests(slack)) == 1
        used = {token.value for token in host.cloud.tokens_of(mine)}
        assert used.isdisjoint(token.value for token in host.cloud.tokens_of(theirs))


async def test_forms_buttons_menus_and_the_home_page_work_with_the_right_token(host: Host) -> None:
    slack = await added(host, "T1")
    await added(host, "T2")
    amina = slack.person("amina")
    await amina.opens_home()
    await amina.types("/lead add")
    await amina.submits(name="Dana", organisation="Nordik", why="She built it.")
    assert "Dana, Nordik is on your list." in amina.sees.text
    assert amina.sees.home is not None
    await amina.opens_home()
    assert "Dana, Nordik" in amina.sees.home.text
    await amina.types("/lead show")
    options = await amina.looks_up("lead", "Dana")
    assert len(options) == 1


async def test_somebody_where_the_bot_is_not_hears_how_to_add_it_and_nothing_is_kept(host: Host) -> None:
    slack = host.workspace("T9")
    zoe = slack.person("zoe")
    await zoe.types("/lead list")
    assert STRANGER in zoe.sees.text
    assert f"{host.address}/slack/install" in str(slack.workspace.messages[-1].payload)
    assert await host.circle.db.read(lambda tx: communities.find(tx, "slack", "T9")) is None


async def test_one_workspace_that_takes_the_bot_out_falls_silent_and_the_other_goes_on(host: Host) -> None:
    first, second = await added(host, "T1"), await added(host, "T2")
    await host.cloud.removes("T1")
    gone = await host.circle.db.read(lambda tx: communities.find(tx, "slack", "T1"))
    assert gone is not None
    assert await host.circle.db.read(lambda tx: communities.left_at(tx, gone.id)) is not None
    assert await host.circle.db.read(lambda tx: installations.find(tx, "T1")) is None
    await host.later(days=8)
    assert (len(digests(first)), len(digests(second))) == (0, 1)
    await host.later(days=24)
    assert await host.circle.db.read(lambda tx: communities.find(tx, "slack", "T1")) is None
    assert await host.circle.db.read(lambda tx: communities.find(tx, "slack", "T2")) is not None


async def test_after_an_uninstall_the_next_installation_finds_everything_where_it_was(host: Host) -> None:
    slack = await added(host, "T1")
    amina = slack.person("amina")
    await amina.types("/lead add name:Dana organisation:Nordik why:Sensors")
    await host.cloud.removes("T1")
    await amina.types("/lead list")
    assert STRANGER in amina.sees.last.text
    await host.later(days=3)
    await host.add("T1")
    await amina.types("/lead list")
    assert "Dana" in amina.sees.last.text
    await host.later(days=8)
    assert len(digests(slack)) == 1


async def test_a_late_word_of_an_end_does_not_end_a_newer_installation(host: Host) -> None:
    slack = await added(host, "T1")
    host.cloud.ends("T1", "account_inactive")
    await host.add("T1")
    await host.cloud.tells_of_the_end("T1")
    amina = slack.person("amina")
    await amina.types("/lead list")
    assert "Your list is empty" in amina.sees.last.text


async def test_a_workspace_that_ended_without_a_word_is_noticed_at_the_next_post(host: Host) -> None:
    slack = await added(host, "T1")
    host.cloud.ends("T1", "token_revoked")
    await host.later(days=8)
    gone = await host.circle.db.read(lambda tx: communities.find(tx, "slack", "T1"))
    assert gone is not None
    assert await host.circle.db.read(lambda tx: communities.left_at(tx, gone.id)) is not None
    assert digests(slack) == []


async def test_tokens_are_renewed_before_they_end_and_the_old_one_is_not_used(host: Host) -> None:
    slack = await added(host, "T1")
    (first,) = host.cloud.tokens_of("T1")
    host.clock.move(host.clock.now() + timedelta(hours=10, minutes=1))
    amina = slack.person("amina")
    await amina.types("/lead list")
    assert "Your list is empty" in amina.sees.last.text
    assert [token.value for token in host.cloud.tokens_of("T1")][-1] != first.value
    await host.later(days=30)
    assert len(digests(slack)) == 4
    assert not [refused for refused in slack.refused if refused[1] in {"token_expired", "invalid_auth"}]


async def test_a_token_that_ended_while_nothing_was_asked_is_renewed_at_the_next_word(host: Host) -> None:
    slack = await added(host, "T1")
    host.clock.move(host.clock.now() + timedelta(days=60))
    amina = slack.person("amina")
    await amina.types("/lead list")
    assert "Your list is empty" in amina.sees.last.text


async def test_many_at_once_renew_a_token_once(host: Host) -> None:
    slack = await added(host, "T1")
    people = [slack.person(f"p{n}") for n in range(5)]
    host.clock.move(host.clock.now() + timedelta(hours=11))
    before = len(host.cloud.exchanges)
    await asyncio.gather(*(person.types("/lead list", quiet=True) for person in people))
    assert len(host.cloud.exchanges) == before + 1


async def test_of_two_processes_one_renews_and_the_other_waits_for_it(host: Host) -> None:
    host.workspace("T1")
    await host.add("T1")
    host.clock.move(host.clock.now() + timedelta(hours=13))
    installations = host.circle.installations("slack")
    old = await installations.find("T1")
    assert old is not None
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(base_url=host.cloud.api_url, session=session)
        rotator = AsyncTokenRotator(client_id=CLIENT, client_secret=CLIENT_SECRET, client=client)
        processes = [TokenRenewal(installations, rotator, host.clock) for _ in range(2)]
        renewed = await asyncio.gather(*(exchange.current(old) for exchange in processes))
    assert renewed[0] == renewed[1] == await installations.find("T1")
    assert renewed[0] != old
    assert [exchange.get("grant_type") for exchange in host.cloud.exchanges] == [None, "refresh_token"]


async def test_slack_not_answering_a_renewal_is_tried_again_with_the_old_token_meanwhile(host: Host) -> None:
    slack = await added(host, "T1")
    host.clock.move(host.clock.now() + timedelta(hours=10, minutes=1))
    host.cloud.faults.status("oauth.v2.access", 503)
    amina = slack.person("amina")
    await amina.types("/lead list")
    assert "Your list is empty" in amina.sees.last.text
    (only,) = host.cloud.tokens_of("T1")
    host.clock.move(host.clock.now() + timedelta(hours=1))
    await amina.types("/lead list")
    assert [token.value for token in host.cloud.tokens_of("T1")] != [only.value]


async def test_a_wrong_client_secret_ends_no_installation(host: Host) -> None:
    slack = await added(host, "T1")
    host.cloud.faults.error("oauth.v2.access", "bad_client_secret", times=999)
    await host.later(days=2)
    assert await host.circle.db.read(lambda tx: installations.find(tx, "T1")) is not None
    host.cloud.faults.clear("oauth.v2.access")
    await host.later(days=7)
    assert len(digests(slack)) == 1


async def test_an_organisation_wide_installation_serves_each_of_its_workspaces(host: Host) -> None:
    first, second = host.workspace("T1", "E1"), host.workspace("T2", "E1")
    page = await host.add("T1", "T2", organisation="E1")
    assert "Hello Circle is in your workspace" in page
    await organiser_of(first, "olga")
    await organiser_of(second, "pavel")
    amina, kofi = first.person("amina"), second.person("kofi")
    await amina.types("/lead add")
    await amina.submits(name="Dana", organisation="Nordik", why="She built it.")
    await kofi.types("/lead list")
    assert "Dana" not in kofi.sees.text
    await amina.types("/lead list")
    assert "Dana" in amina.sees.last.text
    await host.later(days=8)
    assert (len(digests(first)), len(digests(second))) == (1, 1)
    await host.cloud.removes("T1")
    await host.later(days=31)
    for team in ("T1", "T2"):
        assert await host.circle.db.read(lambda tx, team=team: communities.find(tx, "slack", team)) is None


async def test_an_organisation_can_take_one_workspace_out_and_put_it_back(host: Host) -> None:
    first, second = host.workspace("T1", "E1"), host.workspace("T2", "E1")
    await host.add("T1", "T2", organisation="E1")
    await organiser_of(first, "olga")
    await organiser_of(second, "pavel")
    await host.cloud.tells_of_teams("T1", "team_access_revoked", "T2")
    await host.later(days=8)
    assert (len(digests(first)), len(digests(second))) == (1, 0)
    await host.cloud.tells_of_teams("T1", "team_access_granted", "T2")
    await host.circle.rounds.tick()
    # Less than 48 hours late, so it still comes.
    assert (len(digests(first)), len(digests(second))) == (1, 1)


async def test_what_an_admin_left_out_is_left_out_there_alone(host: Host) -> None:
    whole, less = host.workspace("T1"), host.workspace("T2")
    await host.add("T1")
    await host.add("T2", without="files:write")
    for slack in (whole, less):
        olga = await organiser_of(slack)
        await olga.types("/hello me export")
    assert whole.called("files.completeUploadExternal")
    assert not less.called("files.completeUploadExternal")


async def test_what_happened_while_the_bot_was_down_is_made_good_at_the_start(tmp_path: Path) -> None:
    async with a_host(tmp_path) as host:
        async with hosting(host):
            slack = await added(host, "T1")
            amina = slack.person("amina")
            await amina.types("/lead add name:Dana organisation:Nordik why:Sensors")
        async with hosting(host):
            await amina.types("/lead list")
            assert "Dana" in amina.sees.last.text
            await host.later(days=8)
            assert len(digests(slack)) == 1


async def test_forged_and_old_deliveries_are_refused_for_every_workspace(host: Host) -> None:
    slack = await added(host, "T1")
    door = slack.door
    assert isinstance(door, HttpDoor)
    body = '{"type":"event_callback","team_id":"T1","event":{"type":"app_uninstalled"}}'
    assert (await door.post(body, "application/json", forged=True)).status == 401
    assert (await door.post(body, "application/json", age=301)).status == 401
    assert (await door.post(body, "application/json", headers={"X-Slack-Signature": ""})).status == 401
    assert await host.circle.db.read(lambda tx: installations.find(tx, "T1")) is not None


async def test_a_delivery_that_comes_again_does_nothing_twice(host: Host) -> None:
    slack = await added(host, "T1")
    amina = slack.person("amina")
    await amina.types("/lead add name:Dana organisation:Nordik why:Sensors")
    command = slack.deliveries[-1]
    await slack.deliver_again(command)
    await amina.types("/lead list")
    assert "1 person on your list" in amina.sees.last.text
