"""A text that names a way out names one that is there."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.engine.command import AnyCommand, Command
from bot.engine.registry import Reference
from bot.features import everything

ROOT = Path(__file__).parent.parent.parent
NAMED = re.compile(r'CommandRef\(\s*"([a-z -]+)"|\brefer_to\("([a-z -]+)"')
FOUND = sorted(
    {
        (str(file.relative_to(ROOT)), typed_name or pressed_name, bool(typed_name))
        for folder in ("bot", "adapters")
        for file in (ROOT / folder).rglob("*.py")
        for typed_name, pressed_name in NAMED.findall(file.read_text(encoding="utf-8"))
    }
)


def test_every_command_that_a_text_or_a_button_names_is_there() -> None:
    for file, name, typed in FOUND:
        command = everything().get(name)
        assert command is not None, f"{file} names {name}"
        assert command.listed or not typed, f"{file} says to type {name}, which only a button does"


def test_many_are_found() -> None:
    assert len(FOUND) > 60


def buttons() -> Iterator[tuple[str, AnyCommand, set[str]]]:
    """Give every button of a command that a module knows by a name: where it is, and the values that it carries."""
    everything()
    for file in sorted((ROOT / "bot" / "features").rglob("*.py")):
        module = sys.modules[".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="button"), keywords=keywords):
                    command = getattr(module, name, None)
                    command = command.command if isinstance(command, Reference) else command
                    if isinstance(command, Command):
                        values = {keyword.arg for keyword in keywords if keyword.arg not in {None, "style"}}
                        yield f"{file.relative_to(ROOT)}:{node.lineno}", command, {str(value) for value in values}
                case _:
                    pass


def test_a_button_carries_values_that_its_command_has() -> None:
    carried = list(buttons())
    wrong = [
        f"{place}: /{command.name} has no {', '.join(sorted(strange))}"
        for place, command, values in carried
        if (strange := values - {param.name for param in command.params})
    ]
    assert wrong == []
    assert len(carried) > 150
