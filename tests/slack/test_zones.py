"""Who never chose a time zone gets private messages by the clock of their own Slack."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.support.both import Both
from tests.support.slack_bot import World

UNTIL = datetime(2026, 3, 18, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["America/Vancouver", "Europe/Paris", "Pacific/Kiritimati"])
async def test_the_sheet_and_the_morning_come_by_the_clock_slack_names(world: World, zone: str) -> None:
    amina = world.slack.person("amina", tz=zone)
    await amina.types('/hello lead add name:"Dana R." organisation:"Nordik" why:"x"')
    await amina.types('/hello meeting plan lead:"dana" when:"2026-03-12 15:00"')
    await world.move(UNTIL)
    told = [message for message in amina.sees.messages if message.direct and not message.files]
    hours = [at(message.message.ts, zone) for message in told]
    assert hours == ["Wed 11 18:00", "Fri 13 09:00"]


async def test_a_zone_that_is_none_is_not_kept(world: World) -> None:
    amina = world.slack.person("amina", tz="Mars/Olympus")
    await amina.types('/hello lead add name:"Dana R." organisation:"Nordik" why:"x"')
    seen = await amina.types("/hello me settings")
    assert "Toronto" in seen.text


def at(ts: str, zone: str) -> str:
    return datetime.fromtimestamp(float(ts), ZoneInfo(zone)).strftime("%a %d %H:%M")


@pytest.mark.parametrize("line", ["/hello week plan", "/hello lead list", "/hello lead show nobody", "/hello help"])
async def test_who_travels_is_told_by_the_new_clock_whatever_they_use_first(world: World, line: str) -> None:
    amina = world.slack.person("amina", tz="Europe/Paris")
    await amina.types('/hello lead add name:"Dana R." organisation:"Nordik" why:"x"')
    await amina.types('/hello meeting plan lead:"dana" when:"2026-03-12 15:00"')
    await world.later(hours=13)
    amina.user.tz = "Pacific/Honolulu"
    await amina.types(line)
    await world.move(UNTIL)
    told = [message for message in amina.sees.messages if message.direct and not message.files]
    hours = [at(message.message.ts, "Pacific/Honolulu") for message in told]
    assert hours == ["Wed 11 18:00", "Fri 13 09:00"]


@pytest.mark.parametrize(
    ("moves_to", "city", "nine"),
    [
        (None, "Tokyo", datetime(2026, 3, 12, 0, tzinfo=UTC)),
        ("Pacific/Honolulu", "Honolulu", datetime(2026, 3, 12, 19, tzinfo=UTC)),
    ],
)
async def test_the_messages_of_a_list_on_discord_go_by_the_clock_that_slack_names(
    both: Both, moves_to: str | None, city: str, nine: datetime
) -> None:
    both.slacker().user.tz = "Asia/Tokyo"
    await both.link_home_in_discord()
    await both.in_slack('/hello lead add name:"Dana R." organisation:"Nordik" why:"x"')
    await both.in_slack("/hello ask sent dana when:2026-03-05")
    if moves_to is not None:
        await both.later(hours=13)
        both.slacker().user.tz = moves_to
    assert f"{city} time" in await both.in_slack("/hello me settings")
    await both.move(nine - timedelta(minutes=1))
    assert "Dana R." not in "".join(both.letters_in_discord())
    await both.move(nine + timedelta(minutes=1))
    assert "Dana R." in both.letters_in_discord()[-1]


async def test_a_link_that_is_taken_back_leaves_the_clock_as_it_was(both: Both) -> None:
    both.slacker().user.tz = "Asia/Tokyo"
    await both.link_home_in_discord()
    assert "Tokyo time" in (await both.in_discord("me settings")).text
    page = await both.in_discord("me link")
    await both.discord.press(both.discord.someone("Amina"), page, "End the link")
    assert "Toronto time" in (await both.in_discord("me settings")).text
