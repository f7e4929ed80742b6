"""What the bot is run with: the unit, the image, the dashboard and the alerts say what the program is."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from adapters.serving import DRAIN_SECONDS
from adapters.watching import server
from adapters.watching.counted import PrometheusMeasures
from bot.config import Settings
from bot.engine import errors
from bot.engine.errors import BotError

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
HARDENED = {
    "DynamicUser", "NoNewPrivileges", "PrivateDevices", "PrivateTmp", "PrivateUsers", "ProtectClock",
    "ProtectControlGroups", "ProtectHome", "ProtectHostname", "ProtectKernelLogs", "ProtectKernelModules",
    "ProtectKernelTunables", "RemoveIPC", "LockPersonality", "MemoryDenyWriteExecute", "RestrictNamespaces",
    "RestrictRealtime", "RestrictSUIDSGID",
}  # fmt: skip
MOST_EXPOSED = 2.0


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def unit() -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", text("hello-circle.service"), re.MULTILINE):
        values.setdefault(name, []).append(value)
    return values


def test_the_unit_gives_the_bot_nothing_that_it_does_not_need() -> None:
    settings = unit()
    assert [name for name in HARDENED if settings.get(name) != ["yes"]] == []
    assert settings["CapabilityBoundingSet"] == settings["AmbientCapabilities"] == [""]
    assert settings["ProtectSystem"] == ["strict"]
    assert settings["SystemCallFilter"] == ["@system-service", "~@privileged @resources"]


def test_systemd_finds_the_unit_hardly_exposed() -> None:
    """Where systemd is; elsewhere the test above holds the same lines."""
    program = shutil.which("systemd-analyze")
    if program is not None:
        looked = subprocess.run(  # noqa: S603
            [program, "security", "--offline=true", "--no-pager", DEPLOY / "hello-circle.service"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        (exposure,) = re.findall(r"exposure level for \S+: ([\d.]+)", looked.stdout)
        assert float(exposure) <= MOST_EXPOSED


def test_a_wrong_setting_stops_the_unit_and_a_stop_has_time_to_answer() -> None:
    settings = unit()
    assert settings["Restart"] == ["on-failure"]
    assert settings["RestartPreventExitStatus"] == ["2"]
    assert int(settings["TimeoutStopSec"][0]) > DRAIN_SECONDS
    (grace,) = re.findall(r"stop_grace_period: (\d+)s", text("compose.yaml"))
    assert int(grace) > DRAIN_SECONDS


def test_the_image_is_pinned_runs_as_nobody_and_says_whether_it_is_ready() -> None:
    containerfile = text("Containerfile")
    (base,) = re.findall(r"^ARG BASE=(\S+)$", containerfile, re.MULTILINE)
    assert re.fullmatch(r"docker\.io/library/python:3\.\d+-slim@sha256:[0-9a-f]{64}", base)
    assert re.findall(r"^FROM (\S+)", containerfile, re.MULTILINE) == ["${BASE}", "${BASE}"]
    assert re.search(r"^USER circle$", containerfile, re.MULTILINE)
    assert "--require-hashes" in containerfile
    assert "requirements/dev.txt" not in containerfile, "neither Node nor pytest belong in it"
    assert server.READY in containerfile.partition("HEALTHCHECK")[2]
    settings = {name.upper() for name in Settings.model_fields} | {"PATH", "PYTHONDONTWRITEBYTECODE", "BACKUP_DIR"}
    (surroundings,) = re.findall(r"^ENV ((?:.*\\\n)*.*)$", containerfile, re.MULTILINE)
    assert set(re.findall(r"(\w+)=", surroundings)) <= settings


def test_the_composed_service_can_write_its_data_its_backups_and_nothing_else() -> None:
    composed = text("compose.yaml")
    for line in ("read_only: true", "cap_drop: [ALL]", "- data:/data", "- backups:/backups", "tmpfs: [/tmp]"):
        assert line in composed
    ports = re.findall(r'^\s+- "([^"]+)" #', composed, re.MULTILINE)
    assert ports == ["127.0.0.1:8787:8787", "127.0.0.1:3000:3000"], "only this machine reaches them"
    assert "EXPOSE 8787 3000" in text("Containerfile")


def queries() -> Iterator[str]:
    """Give every query of the dashboard and of the alerts."""
    panels: list[Any] = json.loads(text("grafana.json"))["panels"]
    yield from (target["expr"] for panel in panels for target in panel["targets"])
    yield from re.findall(r"^\s+expr: (.*)$", text("alerts.yaml"), re.MULTILINE)


def counted() -> dict[str, set[str]]:
    """Name every figure of ours as Prometheus keeps it, with its labels."""
    watching = PrometheusMeasures()
    watching.answered("lead add", "done")
    watching.waited("read", 0.1)
    watching.posted("digest", "posted")
    watching.first_answer("slack", 0.1)
    watching.final_answer("slack", 0.1)
    watching.reconnected("slack")
    watching.ready.labels("database").set(1)
    watching.info.labels("1", "1").set(1)
    labels: dict[str, set[str]] = {}
    for family in watching.registry.collect():
        for sample in family.samples:
            labels.setdefault(sample.name, set()).update(sample.labels)
    return labels


def test_the_dashboard_and_the_alerts_ask_for_figures_that_there_are() -> None:
    figures, asked = counted(), list(queries())
    names = {name for query in asked for name in re.findall(r"\b(?:hello_circle|process)_\w+", query)}
    assert {name for name in names if name not in figures} == set()
    labels = {label for name in figures for label in figures[name]} | {"job"}
    used = {
        label.strip()
        for query in asked
        for group in re.findall(r"\bby \(([^)]*)\)", query)
        for label in group.split(",")
    }
    used |= {label for query in asked for label in re.findall(r"(\w+)=~?\"", query)}
    assert used <= labels
    codes = {kind.code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, BotError)}
    outcomes = {
        outcome for query in asked for group in re.findall(r'outcome=~"([^"]*)"', query) for outcome in group.split("|")
    }
    assert outcomes <= codes


def test_the_dashboard_shows_every_figure_of_ours() -> None:
    families = {
        re.sub(r"_(total|bucket|sum|count)$", "", name) for name in counted() if name.startswith("hello_circle")
    }
    shown = " ".join(queries())
    assert {name for name in families if name not in shown} == set()


def test_every_figure_of_ours_is_explained_to_the_operator() -> None:
    page = (DEPLOY.parent / "docs" / "operators" / "monitoring.md").read_text(encoding="utf-8")
    families = {name for name in counted() if name.startswith("hello_circle")}
    families = {re.sub(r"_(bucket|sum|count)$", "", name) for name in families}
    assert {name for name in families if f"`{name}`" not in page} == set()
