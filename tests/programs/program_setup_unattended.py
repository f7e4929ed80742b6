"""Set-up without questions: everything is given, and what is wrong ends it with one line."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapters.cli import app
from tests.operators.places import Places, places
from tests.support.discord.server import TOKEN
from tests.support.slack import APP_TOKEN, BOT_TOKEN
from tests.support.terminal import terminal

PATIENCE = 180
FILES = ("--discord-token-file", "d", "--slack-bot-token-file", "b", "--slack-app-token-file", "a")


@pytest.fixture(autouse=True)
def its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


async def setup(there: Places, *arguments: str, **more: str) -> tuple[int, str, str]:
    """Run it with no terminal; gives how it ended, and what it said on both streams."""
    return await run(there.folder, "setup", *arguments, **there.surroundings, **more)


async def run(folder: Path, *arguments: str, **surroundings: str) -> tuple[int, str, str]:
    """Run it in a thread of its own, with the platforms beside it."""
    assert Path.cwd() == folder
    ran = await asyncio.to_thread(CliRunner().invoke, app, arguments, env={"LANG": "C", **surroundings})
    return ran.exit_code, ran.stdout, ran.stderr


async def process(folder: Path, *arguments: str, **surroundings: str) -> tuple[int, str, str]:
    """Run it as a program of its own."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}  # noqa: TID251
    begun = await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("hello-circle"),
        *arguments,
        cwd=folder,
        env={**inherited, **surroundings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    async with asyncio.timeout(PATIENCE):
        out, error = await begun.communicate()
    assert begun.returncode is not None
    return begun.returncode, out.decode(), error.decode()


def tokens(folder: Path, *, discord: str = TOKEN, bot: str = BOT_TOKEN, app: str = APP_TOKEN) -> None:
    for name, token in (("d", discord), ("b", bot), ("a", app)):
        (folder / name).write_text(f"{token}\n")


async def test_without_a_terminal_it_ends_with_2_and_names_its_options(tmp_path: Path) -> None:
    code, out, error = await process(tmp_path, "setup")
    assert (code, out) == (2, "")
    for option in (*FILES[::2], "--data", "--yes", "--recovery-sheet"):
        assert option in error
    assert list(tmp_path.iterdir()) == []


async def test_everything_is_set_up_from_files_and_again_changes_nothing(tmp_path: Path) -> None:
    async with places(tmp_path) as there:
        tokens(tmp_path)
        there.discord.world.add_guild("Newcomers")
        arguments = (
            *FILES,
            "--data",
            "the data",
            "--backups",
            "copies",
            "--recovery-sheet",
            f"{tmp_path}-sheet",
            "--yes",
        )
        code, out, error = await process(tmp_path, "setup", *arguments, **there.surroundings)
        assert (code, error) == (0, "")
        first = there.env
        for name in (
            "DATABASE_URL",
            "ENCRYPTION_KEYS",
            "DISCORD_TOKEN",
            "SLACK_APP_TOKEN",
            "BACKUP_DIR",
            "HEALTH_PORT",
        ):
            assert f"\n{name}=" in first
        key = first.split("ENCRYPTION_KEYS=")[1].split()[0]
        assert key in Path(f"{tmp_path}-sheet").read_text()
        for secret in (TOKEN, BOT_TOKEN, APP_TOKEN, key):
            assert secret not in out
        code, out, error = await setup(there, "--yes")
        assert (code, error, there.env) == (0, "", first)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"discord": BOT_TOKEN}, "This is a bot token of Slack. I need a bot token of Discord."),
        ({"discord": "MTAwMA.other.token"}, "Discord does not know this token."),
        ({"bot": "xoxp-1"}, "This is a user token of Slack. I need a bot token of Slack."),
        ({"bot": "xoxb-other"}, "Slack does not take this bot token (invalid_auth)."),
        ({"app": BOT_TOKEN}, "I need an app-level token of Slack."),
    ],
)
async def test_a_wrong_token_ends_it_with_one_line(tmp_path: Path, wrong: dict[str, str], words: str) -> None:
    async with places(tmp_path) as there:
        tokens(tmp_path, **wrong)
        there.discord.world.add_guild("Newcomers")
        code, _, error = await setup(there, *FILES, "--data", "data", "--yes")
        assert (code, len(error.splitlines())) == (2, 1)
        assert words in error


async def test_a_place_that_is_none_ends_it_with_one_line(tmp_path: Path) -> None:
    code, _, error = await run(tmp_path, "setup", "--platforms", "irc", "--yes")
    assert (code, error) == (
        2,
        "hello-circle: --platforms is not right; write one of discord, slack, both, terminal.\n",
    )


async def test_a_missing_token_and_a_missing_file_are_told(tmp_path: Path) -> None:
    async with places(tmp_path) as there:
        code, _, error = await setup(there, "--platforms", "discord", "--data", "data", "--yes")
        assert code == 2
        assert "--discord-token-file" in error
        code, _, error = await setup(there, "--discord-token-file", "nowhere", "--data", "data", "--yes")
        assert code == 2
        assert "nowhere is not there." in error


async def test_a_bot_in_no_server_is_set_up_and_told(tmp_path: Path) -> None:
    async with places(tmp_path) as there:
        tokens(tmp_path)
        code, out, _ = await setup(there, *FILES[:2], "--data", "data", "--yes")
        assert code == 0
        assert "The bot is in no server yet." in out
        assert "client_id=" in out


async def test_a_setting_of_the_environment_that_wins_is_told(tmp_path: Path) -> None:
    async with places(tmp_path) as there:
        tokens(tmp_path)
        code, _, error = await setup(there, *FILES[:2], "--data", "data", "--yes", DISCORD_TOKEN="MTAwMA.old.token")
        assert code == 2
        assert "DISCORD_TOKEN is set in the environment, which wins" in error


async def test_a_key_that_is_gone_is_asked_for_and_never_made_anew(tmp_path: Path) -> None:
    async with places(tmp_path) as there:
        code, _, _ = await setup(there, "--platforms", "terminal", "--data", "data", "--yes")
        assert code == 0
        key = there.env.split("ENCRYPTION_KEYS=")[1].split()[0]
        (tmp_path / ".env").write_text(there.env.replace(key, ""))
        code, _, error = await setup(there, "--yes")
        assert code == 2
        assert "There is data here, and no key in the settings." in error
        async with terminal(tmp_path, "setup", surroundings=there.surroundings) as screen:
            await screen.sees(
                "There is data here, and no key", "Your recovery sheet has the right key.", "Paste the key"
            )
            screen.types("k1:" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU=")
            await screen.sees("This key does not open the data.", "Paste the key")
            assert "QUJDREVG" not in there.env, "only a key that fits is kept"
            screen.types(f"    ENCRYPTION_KEYS={key}")
            await screen.sees("and you have a copy of it.", "What is set up")
            assert await screen.ends() == 0
        assert f"ENCRYPTION_KEYS={key}" in there.env


async def test_the_recovery_sheet_never_lies_beside_the_data(tmp_path: Path) -> None:
    async with places(tmp_path) as there:
        for beside in ("sheet", "data/sheet", "data/backups/deep/sheet"):
            code, _, error = await setup(
                there, "--platforms", "terminal", "--data", "data", "--recovery-sheet", beside, "--yes"
            )
            assert code == 2
            assert "is beside the data, and would be lost together with it." in error
        code, out, _ = await setup(there, "--yes")
        assert code == 0
        assert "Nobody has a copy of the key yet." in out


async def test_it_speaks_french_where_the_terminal_does(tmp_path: Path) -> None:
    async with places(tmp_path, optional=True) as there:
        there.discord.world.add_guild("Newcomers")
        tokens(tmp_path, discord=BOT_TOKEN)
        _, out, error = await setup(there, *FILES[:2], "--data", "data", "--yes", LANG="fr_CA.UTF-8")
        assert "1. Où sont les données" in out
        assert "C’est un jeton de bot de Slack. Il me faut un jeton de bot de Discord." in error
        tokens(tmp_path)
        _, out, _ = await setup(there, *FILES, "--data", "data", "--yes", "--language", "fr")
        assert "Dans Discord, tapez : /community setup" in out
        code, told, _ = await run(tmp_path, "doctor", "--json", LANG="fr_CA.UTF-8", **there.surroundings)
        assert code == 2 if json.loads(told)["result"] == "fail" else 1
        assert "Everything" not in told
