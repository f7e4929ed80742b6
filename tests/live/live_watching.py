"""What whoever watches the bot reads, from the program as it runs, on both platforms at once."""

import errno
import json
import os
import signal
import socket
from importlib.metadata import version
from math import inf
from pathlib import Path
from typing import TypeAlias

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.engine import errors
from bot.features import everything
from bot.scheduling.pulse import STILL
from bot.store import migrate
from tests.live.doors import AUTHOR, ORGANISER
from tests.live.waiting import until
from tests.support.process import started
from tests.support.slack import TEAM
from tests.support.watched import Watched, watched

NAMES = ("Dana", "Nordik", "amina", "olga", "Newcomers", "rivers")
NAMES_OF_COMMANDS = {command.name for command in everything().listed}
CODES = {kind.code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.BotError)}
IN_USE = os.strerror(errno.EADDRINUSE)
Figures: TypeAlias = dict[tuple[str, tuple[tuple[str, str], ...]], float]
SET_UP = {"channel": "#digest", "zone": "Toronto", "language": "en"}
DANA = {"name": "Dana R.", "organisation": "Nordik", "why": "rivers"}


async def uses(seen: Watched) -> None:
    """Set both communities up, and do and mistake a few things in each."""
    for door in (seen.on_slack, seen.on_discord):
        await door.does(ORGANISER, "community setup", "Your community is ready", **SET_UP)
        await door.does(AUTHOR, "lead add", "is on your list", **DANA)
    await seen.on_slack.does(AUTHOR, "lead show", "I could not find", lead="Zed")
    await seen.on_slack.does(AUTHOR, "Dana of Nordik and her rivers", "I do not know the command")


async def figures(seen: Watched) -> Figures:
    status, text = await seen.page("metrics")
    assert status == 200
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def answers(measured: Figures, platform: str) -> tuple[float, float]:
    """Count the first and the whole answers on a platform."""
    first, final = (f"hello_circle_{which}_answer_seconds_count" for which in ("first", "final"))
    of = (("platform", platform),)
    return measured.get((first, of), 0), measured.get((final, of), 0)


async def all_counted(seen: Watched, commands: dict[str, int]) -> bool:
    """Tell whether every answer is counted; what comes after the last word of one takes a moment."""
    measured = await figures(seen)
    return all(answers(measured, platform)[1] == number for platform, number in commands.items())


def of_ours(measured: Figures) -> list[tuple[str, dict[str, str]]]:
    return [(name, dict(labels)) for name, labels in measured if name.startswith("hello_circle_")]


async def test_all_is_told_and_nobody_is_named(tmp_path: Path) -> None:
    async with watched(tmp_path) as seen:
        assert await seen.page("healthz") == (200, "ok\n")
        checks = await seen.checks()
        assert set(checks) == {"database", "round", "slack", "discord"}
        assert checks["slack"]["seen"] == checks["discord"]["seen"] == "connected"
        await uses(seen)
        commands = {"slack": 4, "discord": 2}
        await until("all is counted", lambda: all_counted(seen, commands))
        measured = await figures(seen)
        pages = "".join([(await seen.page(name))[1] for name in ("metrics", "readyz")])
        people = [person.id for person in seen.slack.people.values()]
        people += [str(person.user.id) for person in seen.on_discord.people.values()]
        places = [TEAM, str(seen.on_discord.guild.id), seen.on_slack.digest.id, str(seen.on_discord.digest.id)]
    assert [word for word in (*NAMES, *people, *places) if word in pages] == []
    allowed = {
        "command": NAMES_OF_COMMANDS | {"none"},
        "outcome": CODES | {"done", "form"},
        "platform": {"slack", "discord"},
        "kind": {"read", "write"},
        "check": set(checks),
        "version": {version("hello-circle")},
        "schema": {migrate.HEAD},
    }
    labels_used = {
        (label, value) for _, labels in of_ours(measured) for label, value in labels.items() if label != "le"
    }
    assert {(label, value) for label, value in labels_used if value not in allowed[label]} == set()
    assert {label for label, _ in labels_used} == set(allowed)
    assert measured["hello_circle_commands_total", (("command", "lead add"), ("outcome", "done"))] == 2
    assert measured["hello_circle_commands_total", (("command", "lead show"), ("outcome", "not-found"))] == 1
    assert measured["hello_circle_commands_total", (("command", "none"), ("outcome", "unknown-command"))] == 1
    for platform in ("slack", "discord"):
        assert answers(measured, platform) == (commands[platform], commands[platform])
        assert measured["hello_circle_ready", (("check", platform),)] == 1
    assert measured["hello_circle_writes_per_commit_count", ()] >= 4
    assert measured["hello_circle_store_wait_seconds_count", (("kind", "read"),)] > 0
    assert measured["hello_circle_notices_waiting", ()] == 0
    # The first backup is made soon after the start.
    assert measured["hello_circle_backup_age_seconds", ()] in (inf, pytest.approx(0, abs=STILL))
    assert measured["hello_circle_round_age_seconds", ()] < STILL


async def test_a_life_is_told_from_its_start_to_its_stop(tmp_path: Path) -> None:
    async with watched(tmp_path, {"LOG_FORMAT": "json"}) as seen:
        await uses(seen)
        await seen.slack.sockets.disconnect()
        await until("the socket is made anew", lambda: "reconnected" in seen.bot.said)
        await seen.discord.gateway.drop()
        await until("Discord is there again", lambda: seen.bot.said.count('"reconnected"') == 2)
        measured = await figures(seen)
        seen.bot.tell(signal.SIGTERM)
        code, log = await seen.bot.ended()
    assert code == 0
    told = [json.loads(line) for line in log.splitlines()]
    (start,) = [record for record in told if record["event"] == "start"]
    assert start["platforms"] == ["discord", "slack"]
    assert (start["version"], start["schema"], start["communities"]) == (version("hello-circle"), migrate.HEAD, 0)
    steps = [
        record["event"]
        for record in told
        if record["event"] in {"start", "ready", "platform ready", "reconnected", "stop"}
    ]
    assert steps == ["start", "platform ready", "platform ready", "ready", "reconnected", "reconnected", "stop"]
    assert (told[-1]["event"], told[-1]["reason"], told[-1]["drained"]) == ("stop", "asked to", True)
    assert measured["hello_circle_socket_reconnects_total", (("platform", "slack"),)] == 1
    assert measured["hello_circle_socket_reconnects_total", (("platform", "discord"),)] == 1
    assert not [word for word in NAMES if word in log]


async def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        settings = {"DISCORD_TOKEN": "MTAwMA.a.b", "HEALTH_PORT": str(port), "LOG_LEVEL": "ERROR"}
        async with started(tmp_path, settings) as bot:
            code, log = await bot.ended()
    assert code == 2
    assert log == f"hello-circle: HEALTH_PORT 127.0.0.1:{port} cannot be used: {IN_USE}. Choose another one.\n"


async def test_nobody_listens_where_nobody_asked_for_it(tmp_path: Path) -> None:
    async with watched(tmp_path, {"HEALTH_HOST": "127.0.0.2"}) as seen:
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.1", int(seen.address.rsplit(":", 1)[1])), timeout=2)
