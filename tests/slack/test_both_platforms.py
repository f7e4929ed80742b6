"""Slack and Discord in one process, on one database."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.simulated import Simulated, simulated
from tests.support.slack_bot import World, a_workspace, beside


@dataclass
class Both:
    slack: World
    discord: Simulated


@pytest.fixture
async def both(tmp_path: Path) -> AsyncGenerator[Both]:
    async with simulated(tmp_path) as discord, a_workspace(tmp_path, discord.clock) as world:
        world.messengers = discord.messengers
        async with beside(world, discord.circle):
            await world.set_up()
            await discord.set_up()
            yield Both(world, discord)


async def a_code(both: Both) -> str:
    """Ask for a code in Slack, as Amina."""
    amina = both.slack.slack.people["amina"]
    seen = await amina.types("/hello me link")
    assert seen.last.only_for_me
    return seen.last.text.split("/hello me link code:")[1][:9]


async def test_each_platform_answers_on_its_own(both: Both) -> None:
    amina, omar = both.slack.slack.person("amina"), both.discord.someone("Omar")
    seen = await amina.types('/lead add name:"Dana" organisation:"Nordik" why:"works there"')
    assert "Dana, Nordik is on your list." in seen.last.text
    said = await both.discord.type(omar, "lead list")
    assert "Your list is empty." in said.text


async def test_a_person_on_both_counts_once(both: Both) -> None:
    amina = both.slack.slack.person("amina")
    await amina.types('/lead add name:"Dana" organisation:"Nordik" why:"works there"')
    there = both.discord.someone("Amina")
    said = await both.discord.type(there, "me link", code=await a_code(both))
    assert "You are linked" in said.text
    assert said.private
    said = await both.discord.type(there, "lead add", name="Dana", organisation="Nordik", why="works there")
    assert "is on your list already" in said.text
    seen = await amina.types("/board me")
    assert "*New names in all*\n1" in seen.last.text


async def test_the_link_can_be_ended(both: Both) -> None:
    amina = both.slack.slack.person("amina")
    await amina.types('/lead add name:"Dana" organisation:"Nordik" why:"works there"')
    there = both.discord.someone("Amina")
    said = await both.discord.type(there, "me link", code=await a_code(both))
    said = await both.discord.press(there, said, "End the link")
    assert "The link is ended." in said.text
    said = await both.discord.type(there, "lead list")
    assert "Your list is empty." in said.text


async def test_a_code_works_once_and_for_ten_minutes(both: Both) -> None:
    both.slack.slack.person("amina")
    code = await a_code(both)
    first, second = both.discord.someone("Amina"), both.discord.someone("Eve")
    await both.discord.type(first, "me link", code=code)
    said = await both.discord.type(second, "me link", code=code)
    assert "This code does not work." in said.text
    code = await a_code(both)
    await both.slack.later(minutes=10)
    said = await both.discord.type(second, "me link", code=code)
    assert "This code does not work." in said.text


async def test_nobody_guesses_a_code(both: Both) -> None:
    both.slack.slack.person("amina")
    code = await a_code(both)
    eve = both.discord.someone("Eve")
    for guess in range(5):
        said = await both.discord.type(eve, "me link", code=f"AAAA-AAA{'ABCDE'[guess]}")
        assert "This code does not work." in said.text
    said = await both.discord.type(eve, "me link", code=code)
    assert "That was too many tries." in said.text


async def test_who_has_a_list_of_their_own_there_keeps_it(both: Both) -> None:
    both.slack.slack.person("amina")
    there = both.discord.someone("Amina")
    await both.discord.type(there, "lead add", name="Tom", organisation="Hydro", why="works there")
    said = await both.discord.type(there, "me link", code=await a_code(both))
    assert "You have people on your list here" in said.text


async def test_a_linked_organiser_organises_only_their_own_server(both: Both) -> None:
    both.slack.slack.person("amina")
    olga = both.discord.someone("Olga", organiser=True)
    await both.discord.type(olga, "me link", code=await a_code(both))
    await both.discord.type(olga, "community settings", cap=7)
    seen = await both.slack.owner.types("/hello community settings day:monday")
    assert "*Leads counted for the board, at most*\n10" in seen.last.text


async def test_a_linked_organiser_gets_back_what_was_refused_for_their_own_server(both: Both) -> None:
    both.slack.slack.person("amina")
    olga = both.discord.someone("Olga", organiser=True)
    await both.discord.type(olga, "me link", code=await a_code(both))
    refused = await both.discord.type(olga, "community settings", hour="late", cap=7)
    form = await both.discord.press(olga, refused, "Change what I typed")
    assert form.asked["hour"]["value"] == "late"
    said = await both.discord.send(olga, form, hour="9:00", cap="7")
    assert "Leads counted for the board, at most: 7" in said.text
    seen = await both.slack.owner.types("/hello community settings day:monday")
    assert "*Leads counted for the board, at most*\n10" in seen.last.text


async def test_a_linked_member_refuses_a_buddy_where_their_list_is(both: Both) -> None:
    both.slack.slack.person("amina")
    amina, omar = both.discord.someone("Amina"), both.discord.someone("Omar")
    await both.discord.type(amina, "me link", code=await a_code(both))
    said = await both.discord.type(amina, "buddy join", field="health", never=omar.user)
    assert "Type it on the platform where your list is." in said.text


async def test_forgetting_forgets_both(both: Both) -> None:
    amina = both.slack.slack.person("amina")
    await amina.types('/lead add name:"Dana" organisation:"Nordik" why:"works there"')
    there = both.discord.someone("Amina")
    await both.discord.type(there, "me link", code=await a_code(both))
    said = await both.discord.press(there, await both.discord.type(there, "me forget"), "Yes, erase everything")
    assert "I erased everything about you." in said.text
    seen = await amina.types("/lead list")
    assert "Your list is empty." in seen.last.text
    said = await both.discord.type(there, "lead list")
    assert "Your list is empty." in said.text


async def test_slack_going_away_leaves_discord_running(both: Both) -> None:
    omar = both.discord.someone("Omar")
    slack = both.slack.slack
    await slack.uninstalls()
    await asyncio.wait({both.slack.ended}, timeout=30)
    assert "Slack took the workspace away" in str(both.slack.ended.exception())
    said = await both.discord.type(omar, "lead list")
    assert "Your list is empty." in said.text
