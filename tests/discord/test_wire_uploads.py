"""A list comes as an attachment of the command, or in the form; both over real sockets."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.support.discord.running import Running, running

LIST = b"Name,Company,Email\nDana R.,Nordik,dana@nordik.com\n"


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[Running]:
    async with running(tmp_path) as running_bot:
        yield running_bot


async def test_a_file_attached_to_the_command_is_read(bot: Running):
    amina = bot.someone("Amina")
    reply = await amina.types("/lead import", file=amina.attaches("list.csv", LIST))
    assert "1 person is new." in reply
    assert "1 person is on your list now." in await amina.presses("Yes, add 1 person")


async def test_a_file_put_into_the_form_is_read(bot: Running):
    amina = bot.someone("Amina")
    assert await amina.types("/lead import") == ""
    assert "1 person is new." in await amina.fills(file=amina.attaches("list.csv", LIST))


async def test_a_file_that_is_gone_or_too_large_is_told(bot: Running):
    amina = bot.someone("Amina")
    assert "I could not get the file." in await amina.types("/lead import", file="123")
    assert "The file is too large." in await amina.types("/lead import", file=amina.attaches("x", b"x" * 5_000_001))
