"""A text that names a way out names one that is there."""

import re
from pathlib import Path

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
