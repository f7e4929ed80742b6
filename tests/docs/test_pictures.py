"""The pictures of a terminal show what the bot says today."""

import pytest

from docs.pictures import PICTURES, STORIES, told


@pytest.mark.parametrize("name", STORIES)
async def test_the_picture_shows_what_the_bot_says(name: str) -> None:
    words = (PICTURES / f"{name}.txt").read_text(encoding="utf-8")
    terminal, _ = await told(STORIES[name])
    assert terminal.export_text() == words, f"{name}.png is not true any more; run: make pictures, and look at it"
