"""Every command of the registry says the same at every door: the words, the buttons, who sees it, and its form."""

import asyncio
import itertools
from collections.abc import Generator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.engine.access import Access
from bot.engine.command import AnyCommand
from bot.engine.form import opens
from bot.engine.typed import read_typed
from bot.features import everything
from bot.store import ids
from tests.contract.doors import CHANNEL, DOORS, Door, Heard, open_door

LISTED = everything().listed
LEAD = {"name": "Dana R.", "organisation": "Nordik", "why": "built the *river* sensor, see http://x.example @here"}


def example_of(command: AnyCommand) -> Mapping[str, str]:
    """The values of the example that help shows."""
    line = command.example.removeprefix(f"/{command.name}").strip()
    values = read_typed(command, line)
    return {name: CHANNEL if value == "#digest" else value for name, value in values.items()}


def who_types(command: AnyCommand) -> str:
    return "Organiser" if command.access is Access.ORGANISER else "Amina"


async def live(door: Door) -> dict[str, list[Heard]]:
    """Set up, then type every command: bare, and as its example."""
    named = {command.name: command for command in LISTED}
    setup = {"channel": CHANNEL, "zone": "America/Toronto", "language": "en"}
    await door.type("Organiser", named["community setup"], setup)
    await door.type("Amina", named["lead add"], LEAD)
    heard: dict[str, list[Heard]] = {}
    for command in LISTED:
        bare_works = not any(p.required and not (command.form and p.rule.asked) for p in command.params)
        bare = [await door.type(who_types(command), command, {})] if bare_works else []
        heard[command.name] = [*bare, await door.type(who_types(command), command, example_of(command))]
    return heard


@pytest.fixture(scope="module")
def lives(_ids_in_order: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[Heard]]]:
    """What was heard at each door."""
    folder = tmp_path_factory.mktemp("doors")

    async def at(name: str) -> dict[str, list[Heard]]:
        async with open_door(name, folder / name) as door:
            return await live(door)

    return {name: asyncio.run(at(name)) for name in DOORS}


@pytest.fixture(scope="module", autouse=True)
def _ids_in_order() -> Generator[None]:
    """Make ids that grow, because things that are equal otherwise are shown in the order of their ids."""
    with pytest.MonkeyPatch.context() as patch:
        numbers = itertools.count(1)
        patch.setattr(ids.secrets, "token_urlsafe", lambda size: f"{next(numbers):0{size + 6}}")
        yield


@pytest.mark.parametrize("name", [name for name in DOORS if name != "console"])
@pytest.mark.parametrize("command", LISTED, ids=lambda command: command.name)
def test_a_command_says_the_same_as_in_the_console(
    command: AnyCommand, name: str, lives: dict[str, dict[str, list[Heard]]]
):
    assert lives[name][command.name] == lives["console"][command.name]


@pytest.mark.parametrize(
    "command", [command for command in LISTED if opens(command, {})], ids=lambda command: command.name
)
def test_a_bare_command_with_a_form_opens_it_everywhere(command: AnyCommand, lives: dict[str, dict[str, list[Heard]]]):
    for name in DOORS:
        first = lives[name][command.name][0]
        # A command that must first know who is meant asks that with buttons.
        assert first.form is not None or first.buttons


@pytest.mark.parametrize("name", DOORS)
async def test_a_form_and_its_buttons_lead_on_everywhere(name: str, tmp_path: Path):
    named = {command.name: command for command in LISTED}
    async with open_door(name, tmp_path) as door:
        setup = {"channel": CHANNEL, "zone": "America/Toronto", "language": "en"}
        await door.type("Organiser", named["community setup"], setup)
        form = await door.type("Amina", named["lead add"], {})
        assert form.form == ("Add a person", ("name", "organisation", "why"))
        added = await door.fill("Amina", LEAD)
        assert added.text.startswith("Dana R., Nordik is on your list.")
        asked = await door.press("Amina", "I asked them")
        assert asked.text.startswith("Good. You asked Dana R. on Monday 9 March 2026.")
        assert replace(asked, text="", buttons=()) == Heard()
