"""Set-up for a host: one app that every workspace may add, and a public bot; each value is tried before it is kept."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from adapters.slack.manifest import manifest
from bot.engine.clock import SystemClock
from bot.features import everything
from tests.programs.program_setup_unattended import run
from tests.support.discord.server import TOKEN, Loopback, loopback
from tests.support.slack import App
from tests.support.slack.cloud import CLIENT, CLIENT_SECRET, Cloud, open_cloud
from tests.support.slack_host import ADDRESS
from tests.support.terminal import Terminal, terminal

SIGNING = "fedcba9876543210" * 2
HERE = "http://127.0.0.1:9"
"""An address at which nobody answers yet."""


@pytest.fixture(autouse=True)
def its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "client").write_text(CLIENT_SECRET)
    (tmp_path / "signing").write_text(SIGNING)


@asynccontextmanager
async def platforms() -> AsyncGenerator[tuple[Cloud, Loopback, dict[str, str]]]:
    """Both platforms, and where they are."""
    app = App.of_manifest(manifest(everything(), ADDRESS, for_everybody=True))
    async with open_cloud(app, SystemClock()) as cloud, loopback(SystemClock()) as discord:
        yield cloud, discord, {"DISCORD_API_URL": discord.api_url, "SLACK_API_URL": cloud.api_url}


def given(**other: str) -> tuple[str, ...]:
    """The options of a host who gives everything."""
    options = {
        "--for": "everybody",
        "--platforms": "slack",
        "--data": "data",
        "--slack-address": HERE,
        "--slack-port": "3100",
        "--slack-client-id": CLIENT,
        "--slack-client-secret-file": "client",
        "--slack-signing-secret-file": "signing",
        "--privacy": "https://circle.example.org/privacy",
    }
    merged = options | {f"--{name.replace('_', '-')}": value for name, value in other.items()}
    return ("setup", "--yes", *(word for pair in merged.items() if pair[1] for word in pair))


def kept() -> dict[str, str]:
    lines = (line.partition("=") for line in Path(".env").read_text().splitlines() if "=" in line and line[0] != "#")
    return {name: value for name, _, value in lines}


async def begins(screen: Terminal) -> None:
    """Choose everybody, on Slack."""
    await screen.sees("Folder for the data:")
    screen.types("")
    await screen.sees("Press Enter when you have a copy")
    screen.types("")
    await screen.sees("5. For everybody", "Number:")
    screen.types("5")
    await screen.sees("Where may everybody add it?", "Number:")
    screen.types("2")


async def answers(screen: Terminal, *asked: tuple[str, str]) -> None:
    """Wait for each question, after what is said before it, and type its answer."""
    for question, answer in asked:
        await screen.sees(*question.split(" … "))
        screen.types(answer)


async def test_a_host_is_asked_for_each_value_in_turn_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    async with platforms() as (_, _, there):
        async with terminal(tmp_path, "setup", surroundings=there) as screen:
            await begins(screen)
            await answers(
                screen,
                ("Public address of the bot:", "circle.example.org"),
                ("This is no address with HTTPS. … Public address of the bot:", f"{HERE}/"),
                ("Port to which your proxy sends /slack/: [3000]", ""),
                ("slack-manifest.json … Client ID:", ""),
                ("Nothing was pasted. … Client ID:", "1111111111.2222222222222"),
                ("Slack does not know this client id. … paste another one:", CLIENT),
            )
            await screen.sees("Client Secret:")
            assert await screen.stops("\x03") == 130
        assert kept()["SLACK_CLIENT_ID"] == CLIENT
        async with terminal(tmp_path, "setup", surroundings=there) as screen:
            await answers(
                screen,
                ("Client Secret:", "f" * 32),
                ("(bad_client_secret) … paste another one:", CLIENT_SECRET),
                ("Signing Secret:", CLIENT_SECRET),
                ("This is the client secret again. … paste another one:", SIGNING),
                ("Address of your privacy text", ""),
                ("Folder for the backups:", ""),
            )
            await screen.sees("What is set up", "privacy text is still to be published", f"{HERE}/slack/install")
            assert await screen.ends() == 0
        assert not [secret for secret in (CLIENT_SECRET, SIGNING) if secret in screen.seen]


async def test_everything_is_given_beforehand_and_again_changes_nothing() -> None:
    async with platforms() as (_, discord, there):
        Path("d").write_text(TOKEN)
        code, out, error = await run(Path.cwd(), *given(platforms="both", discord_token_file="d"), **there)
        assert (code, error) == (0, "")
        assert f"everybody may add the app, at {HERE}/slack/install" in out
        assert "Discord: everybody may add the bot with https://discord.com/" in out
        assert CLIENT_SECRET not in out
        assert SIGNING not in out
        first = kept()
        assert (first["SLACK_CLIENT_ID"], first["SLACK_HTTP_PORT"], first["SLACK_PUBLIC_URL"]) == (CLIENT, "3100", HERE)
        assert not discord.world.guilds, "nobody waits until it is in a server"
        code, _, error = await run(Path.cwd(), "setup", "--yes", **there)
        assert (code, error, kept()) == (0, "", first)
        assert Path(".env").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"slack_address": "http://circle.example.org"}, "This is no address with HTTPS."),
        ({"slack_address": ""}, "--slack-address"),
        ({"slack_client_id": "1111111111.2222222222222"}, "Slack does not know this client id."),
        ({"slack_client_id": "A0123456789"}, "This is an id of a Slack app. I need a client id of Slack."),
        ({"slack_client_id": ""}, "--slack-client-id"),
        ({"slack_client_secret_file": "signing"}, "(bad_client_secret)"),
        ({"slack_client_secret_file": ""}, "--slack-client-secret-file"),
        ({"slack_signing_secret_file": "client"}, "This is the client secret again."),
        ({"privacy": "circle.example.org/privacy"}, "This is no address with HTTPS."),
        ({"slack_port": "70000"}, "This is no port."),
        ({"for": "all"}, "--for is not right; write one of circle, everybody."),
    ],
)
async def test_a_wrong_value_ends_it_with_one_line(wrong: dict[str, str], told: str) -> None:
    async with platforms() as (_, _, there):
        code, _, error = await run(Path.cwd(), *given(**wrong), **there)
        assert (code, len(error.splitlines())) == (2, 1)
        assert told in error


async def test_one_who_goes_from_one_circle_to_everybody_and_back_has_no_settings_that_do_not_go_together() -> None:
    async with platforms() as (_, _, there):
        Path(".env").write_text("SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\n")
        code, out, error = await run(Path.cwd(), *given(), **there)
        assert (code, error) == (0, "")
        assert "I take out the tokens of one workspace." in out
        assert (kept()["SLACK_BOT_TOKEN"], kept()["SLACK_APP_TOKEN"]) == ("", "")
        code, out, _ = await run(Path.cwd(), "setup", "--yes", "--for", "circle", "--platforms", "slack", **there)
        assert code == 2
        assert "I take out the app for everybody." in out
        assert kept()["SLACK_CLIENT_ID"] == ""


async def test_a_bot_of_discord_that_only_its_owner_may_add_is_told_and_doctor_tells_it_too() -> None:
    async with platforms() as (_, discord, there):
        Path("d").write_text(TOKEN)
        discord.api.page = {"bot_public": False}
        arguments = ("--for", "everybody", "--platforms", "discord", "--discord-token-file", "d", "--data", "data")
        code, out, _ = await run(Path.cwd(), "setup", "--yes", *arguments, **there)
        assert code == 0
        assert "Only you may add the bot to a server." in out
        _, told, _ = await run(Path.cwd(), "doctor", "--json", **there)
        assert '"discord-public"' in told
