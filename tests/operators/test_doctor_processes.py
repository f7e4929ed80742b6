"""`hello-circle doctor` on a server that several processes share."""

import re
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from time import monotonic

import pytest

from adapters.findings import Finding, Severity
from adapters.operator.doctor import database, look, run
from adapters.operator.doctor.look import CheckContext
from adapters.operator.doctor.run import as_text, examine
from bot.engine.clock import ManualClock, SystemClock
from bot.store import leases, processes
from bot.store.database import Tx
from bot.store.present import present
from bot.store.processes import Process
from tests.operators.test_doctor import settings
from tests.support import postgres
from tests.support.store import open_store

PARTS = [f"discord:part:6:{part:05}" for part in range(6)]


def crowd(tx: Tx) -> None:
    """Let three processes run, of which one ended without a word and one has another version."""
    now, mine = present(tx), version("hello-circle")
    gone = now - leases.LASTS - timedelta(seconds=5)
    for name, its_version, seen_at in (("dead", mine, gone), ("one", mine, now), ("two", "0.0.9", now)):
        processes.note(tx, Process(name, its_version, ("discord", "slack"), now, seen_at, leaving=False))
    leases.provide(tx, [*PARTS, "slack:socket:0", "slack:socket:1", "discord:part:2:00000"])
    for part, holder in zip(PARTS, ("one", "one", "two", "one", "two"), strict=False):
        leases.take(tx, part, holder, now)
    leases.take(tx, "slack:socket:1", "one", now)


@pytest.mark.server_only
async def test_doctor_lists_who_runs_and_what_each_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    async with open_store(tmp_path) as db:
        await db.write(crowd)
    settings(tmp_path)
    findings = [finding for finding in await examine(SystemClock()) if finding.check == "processes"]
    text = " ".join(as_text(findings, "en").split())
    assert [finding.standing for finding in findings] == [Severity.WARN, Severity.OK, Severity.WARN, Severity.WARN]
    mine = version("hello-circle")
    assert f"one: version {mine}, serves discord, slack. Shards of Discord: 0-1, 3. Sockets of Slack: 1." in text
    assert "two: version 0.0.9, serves discord, slack. Shards of Discord: 2, 4. Sockets of Slack: 0." in text
    assert "It ended without a word." in text
    assert "Nobody hears 1 of Discord's shards" in text, "those of an earlier number are nobody's"


@pytest.mark.file_only("what is said of a file")
async def test_doctor_names_no_processes_where_the_data_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    async with open_store(tmp_path) as db:
        await db.write(crowd)
    settings(tmp_path)
    assert not [finding for finding in await examine(SystemClock()) if finding.check == "processes"]


@pytest.mark.server_only
async def test_the_clock_of_a_server_is_compared_when_it_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    async with open_store(tmp_path) as db:
        await db.write(crowd)
    settings(tmp_path)

    def slowly(_: CheckContext) -> list[Finding]:
        """Let an hour pass before the server is asked."""
        monkeypatch.setattr(look, "monotonic", lambda: monotonic() + hour.total_seconds())
        return []

    hour, present = timedelta(hours=1), SystemClock().now()
    monkeypatch.setattr(database, "CLOCKS_APART", (hour / 2).total_seconds())
    (server,) = (finding for finding in await examine(ManualClock(present + hour)) if finding.check == "server")
    assert server.standing is Severity.WARN
    monkeypatch.setattr(run, "key_findings", slowly)
    (server,) = (finding for finding in await examine(ManualClock(present - hour)) if finding.check == "server")
    assert server.standing is Severity.OK


@pytest.mark.server_only
async def test_doctor_says_when_the_server_takes_too_few_connections_of_its_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    async with open_store(tmp_path):
        pass
    with postgres.narrow_user(9) as user:
        settings(tmp_path, DATABASE_URL=postgres.address(postgres.database_of(tmp_path), user))
        (server,) = [finding for finding in await examine(SystemClock()) if finding.check == "server"]
    assert server.standing is Severity.WARN
    text = " ".join(as_text([server], "en").split())
    assert re.search(r"takes \d more connections? from this user\. One more bot needs 10\.", text), "some end slowly"
    assert "Raise max_connections, or the limit of the user or database." in text
