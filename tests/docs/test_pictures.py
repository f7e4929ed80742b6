"""The pictures of a terminal and of Discord show what the bot says today."""

from pathlib import Path

import pytest

from docs import pictures_discord
from docs.pictures import PICTURES, STORIES, told


@pytest.mark.parametrize("name", STORIES)
async def test_the_picture_shows_what_the_bot_says(name: str) -> None:
    words = (PICTURES / f"{name}.txt").read_text(encoding="utf-8")
    terminal, _ = await told(STORIES[name])
    assert terminal.export_text() == words, f"{name}.png is not true any more; run: make pictures, and look at it"


async def test_the_pictures_of_discord_show_what_the_bot_sends(tmp_path: Path) -> None:
    drawn = await pictures_discord.told(tmp_path)
    assert set(drawn) == {"form", "lead", "digest"}
    for name, message in drawn.items():
        words = (PICTURES / f"discord-{name}.txt").read_text(encoding="utf-8")
        assert "\n".join(pictures_discord.words(message)) + "\n" == words, f"discord-{name}.png: run make pictures"
