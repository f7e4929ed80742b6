"""`hello-circle setup` in a real terminal, against a Discord and a Slack of our own."""

from pathlib import Path

from tests.operators.places import places
from tests.support.discord.server import TOKEN
from tests.support.slack import APP_TOKEN, BOT_TOKEN
from tests.support.terminal import terminal


async def test_right_at_once_for_both_platforms(tmp_path: Path) -> None:
    async with places(tmp_path, optional=True) as there:
        async with terminal(tmp_path, "setup", surroundings=there.surroundings) as screen:
            await screen.sees("Where the data lives", "Folder for the data:")
            screen.types("")
            await screen.sees("RECOVERY SHEET", "ENCRYPTION_KEYS=k20", "Press Enter when you have a copy")
            screen.types("")
            await screen.sees("Where shall the bot be?", "3. Both", "Number:")
            screen.types("3")
            await screen.sees("Discord bot token:")
            screen.types(TOKEN)
            await screen.sees("Open this link", "client_id=", "I wait until the bot is there.")
            there.discord.world.add_guild("Newcomers")
            await screen.sees("the bot is in 1 server: Newcomers.")
            await screen.sees("https://api.slack.com/apps?new_app=1", "Slack bot token")
            screen.types(BOT_TOKEN)
            await screen.sees("in the workspace Newcomers", "Slack app-level token")
            screen.types(APP_TOKEN)
            await screen.sees("Slack gives connections.", "Folder for the backups:")
            screen.types("")
            await screen.sees("What is set up", "How it stands", "What now", "In Slack, type: /hello community setup")
            assert await screen.ends() == 0
        for token in (TOKEN, BOT_TOKEN, APP_TOKEN):
            assert token in there.env
            assert token not in screen.seen
        assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
