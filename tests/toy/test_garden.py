"""A product of its own grows on the engine alone: the same at every door, and nothing of Hello Circle is loaded."""

import os
import subprocess
import sys
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.slack.manifest import manifest
from bot.engine.invocation import CalledCommand, PressedButton
from bot.engine.registry import Registry
from tests.console.test_prompt import terminal
from tests.contract.doors import CHANGE
from tests.support.console import Console, open_console, said
from tests.support.store import NOW
from tests.toy import garden
from tests.toy.beginning import begin
from tests.toy.doors import DOORS, Garden, open_garden

ROOT = Path(__file__).parent.parent.parent
ADD, LIST = garden().need("plant add"), garden().need("plant list")
TOMATOES = {"name": "Tomatoes", "days": "2"}
FRIDAY = NOW + timedelta(days=11, hours=8)
"""17:00 in Toronto, in the week after the garden was opened."""


@pytest.fixture(params=DOORS)
async def door(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Garden]:
    async with open_garden(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
async def circle(tmp_path: Path) -> AsyncGenerator[Console]:
    """The garden on the console."""
    begin(tmp_path)
    async with open_console(tmp_path, product=garden()) as opened:
        yield opened


async def test_a_plant_that_is_typed_whole_stands_in_the_list(door: Garden):
    added = await door.type("Amina", ADD, TOMATOES)
    assert added.text == "Tomatoes is in the garden.\nSee your plants with /plant list."
    listed = await door.type("Amina", LIST, {})
    assert listed.text == "Your plants\nTomatoes needs water on Wednesday 11 March 2026."
    assert listed.buttons == ("Water it", "Add a plant")


async def test_a_form_that_is_sent_with_a_wrong_number_is_put_right(door: Garden):
    form = await door.type("Amina", ADD, {})
    assert form.form == ("A new plant", ("name", "days"))
    wrong = await door.fill("Amina", {**TOMATOES, "days": "99"})
    assert wrong.again
    again = wrong if wrong.form is not None else await door.press("Amina", CHANGE)
    assert again.form is not None
    assert "days" in again.form[1]
    assert "from 1 to 30" in wrong.text + door.beside("Amina", "days")
    added = await door.fill("Amina", {"days": "2"})
    assert added.text.startswith("Tomatoes is in the garden.")


async def test_a_button_waters_a_plant_and_pressed_twice_waters_it_once(door: Garden):
    await door.type("Amina", ADD, TOMATOES)
    await door.type("Amina", LIST, {})
    for day in (1, 2):
        await door.move(NOW + timedelta(days=day))
        watered = await door.press("Amina", "Water it")
        assert watered.text == "Tomatoes needs water on Thursday 12 March 2026."
    assert "Thursday 12 March" in (await door.type("Amina", LIST, {})).text


async def test_the_same_button_waters_again_once_something_else_was_done(door: Garden):
    await door.type("Amina", ADD, TOMATOES)
    await door.type("Amina", LIST, {})
    await door.press("Amina", "Water it")
    await door.type("Amina", ADD, {"name": "Basil", "days": "5"})
    await door.move(NOW + timedelta(days=1))
    watered = await door.press("Amina", "Water it")
    assert watered.text == "Tomatoes needs water on Thursday 12 March 2026."


async def test_only_ones_own_plants_are_offered_and_found(door: Garden):
    for who, name in (("Amina", "Tomatoes"), ("Amina", "Basil"), ("Omar", "Tomatillos")):
        await door.type(who, ADD, {"name": name, "days": "5"})
    assert await door.suggested("Amina", "tom") == ["Tomatoes"]
    answer = await door.type("Amina", LIST, {"plant": "basil"})
    assert "Basil" in answer.text
    assert "Tomatoes" not in answer.text
    assert (await door.type("Omar", LIST, {"plant": "basil"})).text.startswith("I could not find this plant.")


async def test_the_channel_reads_of_the_garden_once_a_week(door: Garden):
    await door.type("Amina", ADD, TOMATOES)
    await door.move(FRIDAY - timedelta(minutes=1))
    assert door.posted() == []
    await door.move(FRIDAY)
    assert len(door.posted()) == 1
    await door.restart()
    await door.move(FRIDAY + timedelta(days=1))
    (post,) = door.posted()
    assert "The garden this week" in post
    assert "1 plant grows here." in post


async def test_a_thirsty_plant_is_told_of_privately_and_can_be_watered_there(door: Garden):
    await door.type("Amina", ADD, TOMATOES)
    await door.move(NOW + timedelta(days=2, hours=1))
    await door.restart()
    (letter,) = door.letters("Amina")
    assert "Tomatoes is thirsty." in letter
    assert "Tomatoes needs water on Friday 13 March 2026." in await door.press_letter("Amina", "Water it")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/plont add", "I do not know the command /plont add.\n\nDid you mean /plant add?"),
        ("/dance", "I do not know the command /dance.\n\nYou can type /plant add or /plant list."),
        ("/plant", "Please type a whole command.\n\nYou can type /plant add or /plant list."),
        ("/garden", "Please type a whole command.\n\nYou can type /plant add or /plant list."),
        ("/help", "Please type a whole command.\n\nYou can type /plant add or /plant list."),
        ("/hello", "Please type a whole command.\n\nYou can type /plant add or /plant list."),
    ],
)
async def test_what_nobody_declared_leads_to_what_can_be_typed(circle: Console, line: str, words: str):
    seen = await circle.one(f"@amina {line}")
    assert (seen.error, seen.text) == ("unknown-command", words)


def without(*names: str) -> Registry:
    """Give the garden without some of its commands."""
    return Registry(*(command for command in garden() if command.name not in names))


async def test_a_button_of_a_command_that_was_taken_out_says_so(tmp_path: Path):
    begin(tmp_path)
    async with open_console(tmp_path, product=garden()) as before:
        await before.run('@amina /plant add name:"Tomatoes" days:2')
        listed = await before.one("@amina /plant list")
    async with open_console(tmp_path, product=without("plant water", "garden open")) as after:
        answer = await after.answer(PressedButton(dict(listed.buttons)["Water it"].token))
        assert answer.reply.error == "stale-button"
        assert said(answer) == "This button does not work any more.\n\nYou can type /plant add or /plant list."


async def test_a_product_that_is_not_set_up_by_anybody_works_at_once(tmp_path: Path):
    begin(tmp_path)
    async with open_console(tmp_path, product=without("garden open")) as opened:
        seen = await opened.one('@amina /plant add name:"Tomatoes" days:2')
        assert seen.text.startswith("Tomatoes is in the garden.")


async def test_before_the_garden_is_open_its_own_way_to_open_it_is_told(tmp_path: Path):
    begin(tmp_path)
    async with open_console(tmp_path, product=garden()) as opened:
        answer = await opened.answer(CalledCommand("plant list", {}), community="elsewhere")
        assert said(answer) == "This community is not set up yet.\n\nAn organiser can type /garden open first."


async def test_the_prompt_of_a_product_without_help_says_how_it_is_used(circle: Console):
    shown = await terminal(circle.session, welcome=None)
    assert "A command starts with /, such as /plant add." in shown
    assert "/help" not in shown


async def test_slack_has_no_home_tab_where_no_command_writes_it():
    slack_manifest = manifest(garden())
    assert slack_manifest["features"]["app_home"]["home_tab_enabled"] is False
    assert "app_home_opened" not in slack_manifest["settings"]["event_subscriptions"]["bot_events"]
    assert [slash_command["command"] for slash_command in slack_manifest["features"]["slash_commands"]] == ["/hello"]


PROGRAM = """
import asyncio, sys
from pathlib import Path
from tests.support.in_memory import quick_folder
from tests.toy import garden
from tests.toy.doors import DOORS, open_garden

async def go():
    for name in DOORS:
        with quick_folder() as folder:
            async with open_garden(name, Path(folder)) as door:
                heard = await door.type("Amina", garden().need("plant list"), {})
                assert heard.text == "Your plants", heard

asyncio.run(go())
assert {"adapters.console.session", "adapters.discord.connection", "adapters.slack.answering"} <= set(sys.modules)
print(sorted(name for name in sys.modules if name.startswith("bot.features")))
"""


def test_nothing_of_hello_circle_is_loaded_at_any_door():
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},  # noqa: TID251
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "[]"
