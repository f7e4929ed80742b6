import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from typer.testing import CliRunner

from adapters.cli import app
from adapters.slack.manifest import OPTIONAL_SCOPES, SCOPES, link, manifest, written
from bot.features import everything

ROOT = Path(__file__).parents[2]
PRODUCT = everything()
MADE = manifest(PRODUCT)
FEATURES = MADE["features"]
ALONE = {"lead", "tip", "meeting", "week", "board", "win"}


def hello_circle(*arguments: str) -> str:
    ran = CliRunner().invoke(app, arguments)
    assert ran.exit_code == 0
    return ran.output


def test_the_copy_in_the_repository_is_true() -> None:
    assert (ROOT / "deploy" / "slack-manifest.json").read_text(encoding="utf-8") == written(PRODUCT)


def test_the_operator_can_print_it_and_the_link() -> None:
    assert hello_circle("manifest", "slack") == written(PRODUCT)
    printed = hello_circle("manifest", "slack", "--link").strip()
    assert printed == link(PRODUCT)
    assert of_yaml(parse_qs(urlsplit(printed).query)["manifest_yaml"][0].splitlines()) == MADE
    assert len(printed) < 2500


def of_yaml(lines: list[str]) -> Any:
    """Read the little YAML that the link has: lists, mappings, and one value a line."""
    if lines[0].startswith("- "):
        starts = [number for number, line in enumerate(lines) if line.startswith("- ")]
        parts = [lines[begin:end] for begin, end in pairwise([*starts, len(lines)])]
        return [of_scalar_or_more([part[0][2:], *(line[2:] for line in part[1:])]) for part in parts]
    starts = [number for number, line in enumerate(lines) if not line.startswith((" ", "- "))]
    tree = {}
    for begin, end in pairwise([*starts, len(lines)]):
        name, _, value = lines[begin].partition(":")
        below = lines[begin + 1 : end]
        deep = 1 if below and below[0].startswith(" ") else 0
        tree[name] = of_yaml([line[deep:] for line in below]) if below else of_scalar(value.strip())
    return tree


def of_scalar_or_more(lines: list[str]) -> Any:
    return of_yaml(lines) if len(lines) > 1 or ": " in lines[0] else of_scalar(lines[0])


def of_scalar(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def test_it_asks_for_at_most_six_permissions_each_with_its_reason() -> None:
    guide = (ROOT / "docs" / "organisers" / "slack.md").read_text(encoding="utf-8")
    assert len(SCOPES) <= 6
    assert not [scope for scope in SCOPES if scope.endswith(":history")]
    for scope in (*SCOPES, *OPTIONAL_SCOPES):
        assert f"`{scope}`" in guide


def test_each_command_is_described_in_one_sentence_or_two() -> None:
    for command in FEATURES["slash_commands"]:
        assert len(re.findall(r"[.!?](?: |$)", command["description"])) <= 2, command["description"]
        assert len(command["description"]) <= 80


def test_it_keeps_slacks_limits() -> None:
    about = MADE["display_information"]
    assert 1 <= len(about["name"]) <= 35
    assert 1 <= len(about["description"]) <= 140
    commands = FEATURES["slash_commands"]
    assert 1 <= len(commands) <= 50
    for command in commands:
        assert re.fullmatch(r"/[a-z]{1,31}", command["command"])
        assert 1 <= len(command["description"]) <= 2000
        assert 1 <= len(command["usage_hint"]) <= 1000
        assert command["should_escape"] is True
    assert 1 <= len(FEATURES["shortcuts"]) <= 10
    for shortcut in FEATURES["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150


def test_every_command_is_reached_and_every_shortcut_leads_to_one() -> None:
    assert {command["command"] for command in FEATURES["slash_commands"]} == {"/hello", *(f"/{name}" for name in ALONE)}
    families = {command.family for command in everything().listed}
    hint = FEATURES["slash_commands"][0]["usage_hint"]
    assert families == set(hint.split(" | "))
    assert set(ALONE) <= families
    starts = {command: command.shortcut for command in PRODUCT if command.shortcut is not None}
    assert {command.name for command in starts} == {"lead add", "tip share"}
    for command, shortcut in starts.items():
        assert shortcut.takes in {None, *(param.name for param in command.asked)}


def test_with_an_address_slack_calls_it() -> None:
    written = manifest(everything(), "https://circle.example.org/")
    url = "https://circle.example.org/slack/events"
    assert written["settings"]["socket_mode_enabled"] is False
    assert written["settings"]["interactivity"]["request_url"] == url
    assert {command["url"] for command in written["features"]["slash_commands"]} == {url}
    assert MADE["settings"]["socket_mode_enabled"] is True


def test_for_everybody_it_names_where_people_come_back_renews_tokens_and_serves_organisations() -> None:
    address = "https://circle.example.org"
    written = manifest(everything(), f"{address}/", for_everybody=True)
    assert written["oauth_config"]["redirect_urls"] == [f"{address}/slack/oauth_redirect"]
    assert written["settings"]["token_rotation_enabled"] is written["settings"]["org_deploy_enabled"] is True
    told = set(written["settings"]["event_subscriptions"]["bot_events"])
    assert {"app_uninstalled", "tokens_revoked", "team_access_granted", "team_access_revoked"} <= told
    assert MADE["settings"]["org_deploy_enabled"] is False
    refused = CliRunner().invoke(app, ["manifest", "slack", "--for-everybody"])
    assert (refused.exit_code, "--for-everybody needs --address" in refused.stderr) == (2, True)


def test_the_console_starts_without_slacks_libraries() -> None:
    code = "import sys, adapters.cli, adapters.console.session, adapters.serving; print('slack_bolt' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603 - our own code
    assert ran.stdout.strip() == "False"
