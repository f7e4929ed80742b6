"""Every value of every command can be got wrong and put right: what was typed is shown, and the form leads to an end."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.engine.command import AnyCommand
from bot.engine.params import Param
from bot.engine.rule import Kind
from bot.features import everything
from tests.contract.doors import CHANGE, CHANNEL, Door, Heard, open_door
from tests.contract.test_same_at_every_door import example_of, who_types

WITH_FORM = [command for command in everything().listed if command.form is not None]
WRONG = {
    Kind.LINE: "write to dana@nordik.example",
    Kind.LINES: "write to dana@nordik.example",
    Kind.NUMBER: "many",
    Kind.YES_NO: "perhaps",
    Kind.CHOICE: "zebra",
    Kind.DAY: "zebraday",
    Kind.MOMENT: "zebraday",
    Kind.TIME: "noonish",
    Kind.REF: "zebra",
    Kind.PERSON: "zebra",
    Kind.CHANNEL: "not a channel",
    Kind.FILE: "zebra",
}
LIST = str(Path(__file__).parents[2] / "docs" / "examples" / "list.csv")
SECRET = "xoxb-123456789012-abcdefgh"
RIGHT = {
    Kind.LINE: "some words",
    Kind.LINES: "some words",
    Kind.YES_NO: "yes",
    Kind.DAY: "2026-03-06",
    Kind.MOMENT: "2026-03-12 15:00",
    Kind.TIME: "09:15",
    Kind.PERSON: "Omar",
    Kind.CHANNEL: CHANNEL,
    Kind.FILE: LIST,
}
NAMES = {
    "lead": "Dana R.", "source": "Tom", "tip": "Say why", "zone": "Montreal", "win": "A new job", "same": "another",
    "name": "Noor K.", "other": "Tom", "until": "Tomorrow",
}  # fmt: skip
"""What is on the list, and who is not yet."""
ENOUGH = {("lead import", "rows")}
"""Values of which one is needed, whichever."""
PICKED = {Kind.NUMBER, Kind.YES_NO, Kind.CHOICE, Kind.CHANNEL, Kind.PERSON, Kind.FILE}
"""Values that Discord's own input line never takes wrong."""


def right(command: AnyCommand, param: Param) -> str:
    rule = param.rule
    if param.name in NAMES:
        return NAMES[param.name]
    if rule.kind is Kind.NUMBER:
        return str(rule.bounds[0]) if rule.bounds else "1"
    if rule.kind is Kind.CHOICE:
        return rule.choices()[0][0]
    if rule.kind is Kind.REF:
        assert not param.required, f"say in NAMES what a {param.name} is called, and let `somebody` have one"
        return ""
    return example_of(command).get(param.name, RIGHT[rule.kind]) if rule.kind is Kind.LINES else RIGHT[rule.kind]


def wrong(param: Param) -> str:
    if param.rule.kind in {Kind.LINE, Kind.LINES} and not getattr(param.rule, "no_contacts", False):
        return SECRET
    return WRONG[param.rule.kind]


CASES = [
    pytest.param(command, param, id=f"{command.name} {param.name}")
    for command in WITH_FORM
    for param in command.named
    if not param.rule.narrows
]


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["console", "discord", "slack"])
async def door(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Door]:
    named = {command.name: command for command in everything().listed}
    folder: Path = tmp_path_factory.mktemp("forms")
    async with open_door(request.param, folder) as opened:
        setup = {"channel": CHANNEL, "zone": "America/Toronto", "language": "en"}
        await opened.type("Organiser", named["community setup"], setup)
        await opened.type("Omar", named["board me"], {})
        yield opened


_NUMBER = iter(range(10_000))


async def somebody(door: Door, command: AnyCommand) -> str:
    """Give a person with two people on their list, one of them asked; nobody else's steps are in their way."""
    named = {listed.name: listed for listed in everything().listed}
    if who_types(command) == "Organiser":
        return "Organiser"
    who = f"Person{next(_NUMBER)}"
    for name in ("Dana R.", "Tom"):
        await door.type(who, named["lead add"], {"name": name, "organisation": "Nordik", "why": "rivers"})
    if command.family == "win":
        await door.type(who, named["win share"], {"text": "A new job at the mill", "show": "private"})
    if command.name == "ask replied":
        await door.type(who, named["ask sent"], {"lead": "dana", "wording": "chat", "when": "2026-03-05"})
    return who


def typed(command: AnyCommand) -> dict[str, str]:
    """Give what a whole line has: everything that is needed."""
    return {param.name: right(command, param) for param in command.named if param.required}


async def finish(door: Door, who: str, command: AnyCommand, heard: Heard, values: dict[str, str]) -> Heard:
    """Fill in what is right, form after form, as far as each asks for it."""
    for _ in range(3):
        if heard.form is None and "The form is ready." in heard.text:
            heard = await door.press(who, "Open the form")
        if heard.form is None:
            return heard
        rights = {name: values.get(name, right(command, _param(command, name))) for name in heard.form[1]}
        needed = {
            name: value
            for name, value in rights.items()
            if name in values or _param(command, name).required or ((command.name, name) in ENOUGH and not values)
        }
        heard = await door.fill(who, needed)
    raise AssertionError(f"/{command.name} asks again and again: {heard}")


def _param(command: AnyCommand, name: str) -> Param:
    return next(param for param in command.params if param.name == name)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("command", "param"), CASES)
async def test_a_wrong_value_can_be_put_right(door: Door, command: AnyCommand, param: Param) -> None:
    if door.name == "discord" and param.rule.kind in PICKED:
        return  # its own input line takes no such value
    who = await somebody(door, command)
    mistake = wrong(param)
    heard = await door.type(who, command, {**typed(command), param.name: mistake})
    if heard.form is None:
        assert heard.again, f"nothing leads on from: {heard.text}"
        heard = await door.press(who, CHANGE)
    assert heard.form is not None, heard.text
    assert param.name in heard.form[1], f"{param.name} cannot be corrected in {heard.form}"
    if param.rule.kind not in {Kind.LINE, Kind.LINES}:
        assert mistake in door.beside(who, param.name), "what was typed is shown"
    ended = await finish(door, who, command, heard, {param.name: right(command, param)})
    assert ended.text, f"/{command.name} ends without a word"
    assert not ended.again, ended.text


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("command", WITH_FORM, ids=lambda command: command.name)
async def test_a_form_with_nothing_typed_can_be_filled_in(door: Door, command: AnyCommand) -> None:
    who = await somebody(door, command)
    heard = await door.type(who, command, {})
    ended = await finish(door, who, command, heard, {})
    assert ended.text
    assert not ended.again, ended.text
