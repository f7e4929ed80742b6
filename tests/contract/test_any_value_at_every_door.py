"""Whatever a person types for a value, by every door: an answer in plain words, never a fault of the bot."""

from pathlib import Path

import pytest

from bot.engine.access import Access
from bot.engine.command import AnyCommand
from bot.engine.rule import Kind
from bot.features import everything
from tests.contract.doors import CHANNEL, DOORS, Door, open_door
from tests.contract.test_same_at_every_door import LEAD, example_of

TEXTS = (
    "x", "`x`", "A new job", '"', "~.~", "é" * 40, "🙂", "A" * 22, "@everyone <!channel>", "{name} %s", "\u202ex", "0", "-1",
    "9" * 40, "lead:dana", "2026-W11", "yes", "dana",
)  # fmt: skip
EACH = 3
"""Texts for each value; which ones moves on from value to value, so that all are tried."""
FAULT = "I made an error."
FREE = {Kind.LINE, Kind.LINES, Kind.REF, Kind.DAY, Kind.MOMENT, Kind.TIME}
"""What Discord lets people type as they like; it holds numbers, choices, channels and people itself."""


async def prepared(door: Door, command: AnyCommand, number: int) -> str:
    """Give a person with somebody on their list and some good news."""
    if command.access is Access.ORGANISER:
        return "Organiser"
    who = f"Person{number}"
    named = {listed.name: listed for listed in everything().listed}
    await door.type(who, named["lead add"], LEAD)
    await door.type(who, named["win share"], {"text": "A new job at the mill", "show": "private"})
    return who


@pytest.mark.parametrize("name", DOORS)
async def test_no_text_for_any_value_is_a_fault(name: str, tmp_path: Path) -> None:
    named = {command.name: command for command in everything().listed}
    tried: set[str] = set()
    async with open_door(name, tmp_path) as door:
        setup = {"channel": CHANNEL, "zone": "America/Toronto", "language": "en"}
        await door.type("Organiser", named["community setup"], setup)
        for number, command in enumerate(everything().listed):
            who = await prepared(door, command, number)
            for place, param in enumerate(command.params):
                if name == "discord" and (param.rule.kind not in FREE):
                    continue
                most = (param.rule.limit if name == "discord" else None) or len(max(TEXTS, key=len))
                for text in (TEXTS[(number + place * EACH + n) % len(TEXTS)] for n in range(EACH)):
                    # Discord's own input line takes no more letters than a value may have.
                    heard = await door.type(who, command, {**example_of(command), param.name: text[:most]})
                    tried.add(text)
                    assert FAULT not in heard.text, (command.name, param.name, text)
                    assert heard.text or heard.form is not None, (command.name, param.name, text)
    assert tried == set(TEXTS)
