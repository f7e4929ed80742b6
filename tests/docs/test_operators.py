"""The operators' pages: each can be found, and each command on any page is one that can be typed."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from adapters.cli import app
from adapters.operator.doctor.database import ONE_PROCESS
from bot.store import server

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", ROOT / "SECURITY.md", ROOT / ".env.example", *sorted((ROOT / "docs").rglob("*.md"))]
TYPED = re.compile(r"^ *(?:\$ )?(?:sudo (?:-u \S+ )?)?(?:\S*/bin/)?hello-circle ((?:[^\s|&;#>…]+ ?)+)", re.MULTILINE)
"""A line that begins with the program, and what follows it up to a pipe, a comment or what is left open."""


def test_each_page_is_in_the_table_of_the_first_one() -> None:
    folder = ROOT / "docs" / "operators"
    listed = re.findall(r"^\|.*\]\(([\w-]+\.md)\) \|$", (folder / "index.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(path.name for path in folder.glob("*.md") if path.name != "index.md")


def unknown(words: list[str]) -> Iterator[str]:
    """Name what nobody can type in a line: a command, or an option of it."""
    command: Any = typer.main.get_command(app)
    while words and hasattr(command, "commands") and not words[0].startswith("-"):
        name, *words = words
        if name not in command.commands:
            yield name
            return
        command = command.commands[name]
    options = {option for param in command.params for option in param.opts} | {"--help"}
    yield from (word for word in words if word.startswith("--") and word.partition("=")[0] not in options)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("run", []),
        ("rum", ["rum"]),
        ("keys new", []),
        ("keys old", ["old"]),
        ("run --console", []),
        ("run --x", ["--x"]),
    ],
)
def test_a_command_that_is_not_there_is_noticed(line: str, wrong: list[str]) -> None:
    assert list(unknown(line.split())) == wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_can_be_typed(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    code = re.findall(r"`([^`\n]+)`", text) + re.findall(r"^ *```[^\n]*\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    for line in (line for part in code for line in TYPED.findall(part)):
        assert list(unknown(line.split())) == [], f"hello-circle {line}"


def test_the_pages_say_how_many_connections_a_bot_takes_at_most() -> None:
    most = server.WRITERS + server.READERS + 1  # of a backup
    assert most == ONE_PROCESS == 10
    for page, words in (("postgresql", "up to ten."), ("kubernetes", "up to ten"), ("scale", "ten for each bot")):
        assert words in (ROOT / "docs" / "operators" / f"{page}.md").read_text(encoding="utf-8"), page
