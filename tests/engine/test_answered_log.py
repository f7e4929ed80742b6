"""The log says that a command was answered when what it did is kept, and once."""

from typing import Any

from bot.engine.invocation import TypedLine
from tests.support.console import Console

ADD = '/lead add name:Dana organisation:Nordik why:"built the sensor"'


def answered(logged: list[dict[str, Any]]) -> list[str]:
    return [record["command"] for record in logged if record["event"] == "answered"]


async def test_what_was_done_is_logged_with_ids_alone(circle: Console, logged: list[dict[str, Any]]) -> None:
    await circle.one(f"@amina {ADD}")
    (record,) = [record for record in logged if record.get("command") == "lead add"]
    assert set(record) == {"event", "level", "command", "community", "member"}


async def test_a_command_that_was_refused_or_delivered_again_is_not_logged_as_answered(
    circle: Console, logged: list[dict[str, Any]]
) -> None:
    logged.clear()
    await circle.one("@amina /lead add name:Dana")
    await circle.one("@amina /lead show nobody")
    assert answered(logged) == []
    for _ in range(2):
        await circle.answer(TypedLine(ADD), delivery="one")
    assert answered(logged) == ["lead add"]


async def test_a_line_that_is_asked_about_instead_of_being_done_is_not_logged(
    circle: Console, logged: list[dict[str, Any]]
) -> None:
    logged.clear()
    line = "@amina /ask sent dana"
    await circle.run(f"@amina {ADD}")
    await circle.one(line)
    assert "You typed the same less than a minute ago." in (await circle.one(line)).text
    assert answered(logged) == ["lead add", "ask sent"]
