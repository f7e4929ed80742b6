"""What people paste and type by mistake: each is named, with the way to mend it, and asked again."""

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.operators.places import Places, places
from tests.support.discord.server import TOKEN
from tests.support.slack import APP_TOKEN, BOT_TOKEN
from tests.support.slack.calls import Token
from tests.support.terminal import Terminal, terminal

HEX = "0123456789abcdef" * 2


async def test_a_place_where_data_cannot_live_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "postgresql.conf").write_text("x")
    (tmp_path / "theirs").mkdir()
    with sqlite3.connect(tmp_path / "theirs" / "hello-circle.db") as theirs:
        theirs.execute("CREATE TABLE songs (name)")
    wrong = {
        "file": "is a file, and no folder. Type another folder.",
        "/proc/nothing": "I cannot write in /proc/nothing: No such file or directory. Type a folder in which you may",
        "other": "holds things of another program, such as postgresql.conf. Type a folder that is new or empty.",
        "theirs": "is not a database of Hello Circle, so I leave it as it is.",
        "x" * 300: "File name too long. Type a folder in which you may write.",
    }
    async with terminal(tmp_path, "setup", "--platforms", "terminal") as screen:
        await screen.sees("Folder for the data:")
        for folder, words in wrong.items():
            screen.types(folder)
            await screen.sees(words, "Folder for the data:")
        screen.types("mine")
        await screen.sees(f"The data is in {tmp_path / 'mine'}.")


async def test_every_wrong_token_of_discord_is_named_and_asked_again(tmp_path: Path) -> None:
    wrong = {
        "": "Nothing was pasted. It is on Discord's page, under Bot.",
        BOT_TOKEN: "This is a bot token of Slack. I need a bot token of Discord. It is on Discord's page, under Bot.",
        APP_TOKEN: "This is an app-level token of Slack.",
        "aB3-dEf_hIjKlMnOpQrStUvWxYz01234": "This is a client secret of Discord.",
        "1000000000000000000": "This is an id of Discord, which is a number.",
        HEX * 2: "This is a public key of Discord.",
        "https://discord.com/api/webhooks/1/abc": "This is a webhook address of Discord.",
        "hunter2": "This is something that I do not know.",
    }
    async with places(tmp_path) as there:
        there.discord.world.add_guild("Newcomers")
        arguments = ("setup", "--data", "data", "--platforms", "discord")
        async with terminal(tmp_path, *arguments, surroundings=there.surroundings) as screen:
            await screen.sees("Press Enter when you have a copy")
            screen.types("")
            await screen.sees("Discord bot token:")
            for pasted, words in wrong.items():
                screen.types(pasted)
                await screen.sees(words, "Discord bot token:")
                assert not pasted or pasted not in screen.seen
            screen.types("MTAwMA.other.token")
            await screen.sees("Discord does not know this token.", "press Reset Token", "paste another one:")
            there.discord.api.page = {"bot_require_code_grant": True}
            screen.pastes(f'Bot "{TOKEN[:9]}\n{TOKEN[9:]}"')
            await screen.sees(
                "I took off what was not part of it: the word in front of it, quotation marks, and a line"
            )
            await screen.sees("asks for a code grant", "switch off Requires OAuth2 Code Grant.", "paste another one:")
            there.discord.api.page = {"interactions_endpoint_url": "https://example.org"}
            screen.types("")
            await screen.sees("sends all commands to a web address", "Interactions Endpoint URL", "paste another one:")
            there.discord.api.page = {"flags": 1 << 19 | 1 << 15}
            screen.types("")
            await screen.sees("may see more than it needs: Server Members Intent and Message Content Intent.")
            await screen.sees("switch these off and press Save Changes.", "the bot is in 1 server: Newcomers.")
            await screen.sees("Folder for the backups:")
            assert f"DISCORD_TOKEN={TOKEN}" in there.env


@asynccontextmanager
async def at_slack(there: Places) -> AsyncGenerator[Terminal]:
    """Start set-up for Slack, and go on until it asks for the bot token."""
    arguments = ("setup", "--data", "data", "--platforms", "slack")
    async with terminal(there.folder, *arguments, surroundings=there.surroundings) as screen:
        await screen.sees("Press Enter when you have a copy")
        screen.types("")
        await screen.sees("Slack bot token")
        yield screen


async def test_every_wrong_token_of_slack_is_named_and_asked_again(tmp_path: Path) -> None:
    wrong = {
        TOKEN: "This is a bot token of Discord. I need a bot token of Slack.",
        APP_TOKEN: "This is an app-level token of Slack. I need a bot token of Slack.",
        "xoxp-1-2-3": "This is a user token of Slack.",
        "xoxe.xoxb-1-2": "This is a token of Slack that is renewed every few hours.",
        HEX: "This is a signing secret or client secret of Slack.",
        "https://hooks.slack.com/services/T/B/x": "This is a webhook address of Slack.",
    }
    async with places(tmp_path) as there, at_slack(there) as screen:
        for pasted, words in wrong.items():
            screen.types(pasted)
            await screen.sees(words, "Slack bot token")
            assert pasted not in screen.seen


async def test_what_slack_refuses_is_named_and_tried_again_after_it_was_mended(tmp_path: Path) -> None:
    async with places(tmp_path) as there, at_slack(there) as screen:
        token = there.slack.tokens[BOT_TOKEN]
        token.ended = "token_revoked"
        screen.types(BOT_TOKEN)
        await screen.sees("Slack does not take this bot token (token_revoked).", "Reinstall", "paste another one:")
        token.ended = None
        token.scopes -= {"chat:write"}
        screen.types("")
        await screen.sees("It lacks: chat:write.", "add these scopes", "paste another one:")
        token.scopes |= {"chat:write"}
        screen.types("")
        await screen.sees("in the workspace Newcomers.", "Slack app-level token")
        assert f"SLACK_BOT_TOKEN={BOT_TOKEN}" in there.env


async def test_a_token_that_opens_no_connection_is_named_with_its_mend(tmp_path: Path) -> None:
    async with places(tmp_path) as there, at_slack(there) as screen:
        there.slack.tokens["xapp-poor"] = Token("xapp-poor", "app", set())
        there.slack.tokens["xapp-ended"] = Token("xapp-ended", "app", {"connections:write"}, ended="token_revoked")
        screen.types(BOT_TOKEN)
        await screen.sees("Slack app-level token")
        screen.types(BOT_TOKEN)
        await screen.sees("This is a bot token of Slack. I need an app-level token of Slack.", "app-level token")
        screen.types("xapp-poor")
        await screen.sees("may not open connections (missing_scope)", "connections:write.", "paste another one:")
        screen.types("xapp-ended")
        await screen.sees("does not take this app-level token (token_revoked).", "make a new one.", "another one:")
        there.slack.sockets.off = True
        screen.types(APP_TOKEN)
        await screen.sees("Socket Mode is off for this app", "switch on Enable Socket Mode.", "paste another one:")
        there.slack.sockets.off, there.slack.other_app = False, "A0OTHER"
        screen.types("")
        await screen.sees("is of another app (A0OTHER) than the bot token.", "(A0APP)", "paste another one:")
        there.slack.other_app = None
        screen.types("")
        await screen.sees("Slack gives connections.", "Folder for the backups:")
        assert BOT_TOKEN not in screen.seen
        assert APP_TOKEN not in screen.seen


async def test_a_network_that_is_away_is_named_and_tried_again_with_the_same_token(tmp_path: Path) -> None:
    async with places(tmp_path) as there:
        there.discord.world.add_guild("Newcomers")
        nowhere = {"DISCORD_API_URL": "http://127.0.0.1:9/api/v10"}
        (tmp_path / "token").write_text(f"{TOKEN}\n")
        arguments = ("setup", "--data", "data", "--platforms", "discord", "--discord-token-file", "token")
        async with terminal(tmp_path, *arguments, surroundings=nowhere) as screen:
            await screen.sees("Press Enter when you have a copy")
            screen.types("")
            await screen.sees("I cannot reach Discord.", "Look at the network of this machine", "paste another one:")
            screen.types("")
            await screen.sees("I cannot reach Discord.", "paste another one:")


async def test_another_workspace_the_second_time_is_asked_about(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "hello-circle-setup.json").write_text('{"slack": "T0OTHER"}')
    async with places(tmp_path) as there, at_slack(there) as screen:
        screen.types(BOT_TOKEN)
        await screen.sees("This is the workspace Newcomers (T0CIRCLE). Until now it was T0OTHER.", "Take this one?")
        screen.types("no")
        await screen.sees("Paste the bot token of the first workspace.", "paste another one:")
        screen.types("")
        await screen.sees("Take this one?")
        screen.types("perhaps")
        await screen.sees("I do not understand this.", "Take this one?")
        screen.types("yes")
        await screen.sees("in the workspace Newcomers.")
