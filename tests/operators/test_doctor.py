"""`hello-circle doctor`: each check is seen good and seen bad, each with a way to mend it."""

import shutil
import sqlite3
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from adapters.findings import Finding, Severity, worst
from adapters.operator.answers import SetUpAnswers
from adapters.operator.doctor import clock as clock_checks, database as database_checks
from adapters.operator.doctor.run import as_text, examine
from bot.domain.ids import Who
from bot.engine.clock import ManualClock, SystemClock
from bot.store import communities, members
from bot.store.database import Tx
from bot.store.keyring import KeyRing
from bot.ui.text import t
from bot.ui.values import UserText
from bot.ui.voice import say
from tests.operators.places import Places, places
from tests.support.backups import backed_up
from tests.support.discord.server import TOKEN
from tests.support.discord.world import SEND, Overwrite
from tests.support.slack import APP_TOKEN, BOT_TOKEN
from tests.support.slack.workspace import TEAM
from tests.support.store import RING, begin_from_template, open_store, path_in, url_of

OK, WARN, FAIL = Severity.OK, Severity.WARN, Severity.FAIL


@pytest.fixture(autouse=True)
def its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings(folder: Path, **more: str) -> None:
    """Write the settings file as set-up does."""
    values = {"DATABASE_URL": url_of(folder), "ENCRYPTION_KEYS": RING, **more}
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    (folder / ".env").chmod(0o600)


def with_copies(folder: Path) -> None:
    """Leave a copy of the key and of the data."""
    begin_from_template(folder, RING)
    SetUpAnswers.beside(path_in(folder)).note_copy(KeyRing.parse(RING), "2026-11-27")
    backed_up(folder, SystemClock().now())


async def found(check: str = "") -> list[Finding]:
    """Look, and give what one check found; every finding that is not good says how to mend it."""
    findings = await examine(SystemClock())
    assert all((finding.mend is None) is (finding.standing is OK) for finding in findings)
    return [finding for finding in findings if not check or finding.check == check]


async def stands(check: str) -> Severity:
    """Look, and tell how one check stands."""
    ours = await found(check)
    assert ours, f"nobody looked at {check}"
    return worst(ours)


def words(findings: Iterable[Finding]) -> str:
    return " ".join(
        say(finding.seen, "en") + " " + (say(finding.mend, "en") if finding.mend else "") for finding in findings
    )


def begun(tx: Tx, platform: str, place: str, channel: str) -> str:
    """Set a community up."""
    home = communities.ensure(tx, platform, place, "Newcomers", SystemClock().now())
    olga = members.ensure(tx, home.id, "olga", "Olga", SystemClock().now())
    who = Who(home.id, olga.id)
    communities.set_up(tx, who, digest_channel=channel, zone="America/Toronto", language="en")
    return home.id


@asynccontextmanager
async def on_platforms(folder: Path) -> AsyncGenerator[Places]:
    """Set a circle up on both platforms, each with its community; no bot runs."""
    async with places(folder, optional=True) as there:
        with_copies(folder)
        tokens = {"DISCORD_TOKEN": TOKEN, "SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}
        settings(folder, **tokens, **there.surroundings)
        guild = there.discord.world.add_guild("Newcomers")
        channel = next(place for place in guild.channels.values() if place.name == "digest")
        there.slack.person("olga", owner=True)
        digest = there.slack.channel("digest")
        async with open_store(folder) as db:
            await db.write(lambda tx: begun(tx, "discord", guild.id, channel.id))
            await db.write(lambda tx: begun(tx, "slack", TEAM, digest.id))
        yield there


async def test_settings_that_are_good_unknown_or_open_to_others(tmp_path: Path) -> None:
    begin_from_template(tmp_path, RING)
    settings(tmp_path)
    assert await stands("settings") is OK
    settings(tmp_path, DISCORD_TOKE="x", ZEBRA_CROSSING="y")
    text = words(await found("settings"))
    assert "DISCORD_TOKE is no setting. Did you mean DISCORD_TOKEN?" in text
    assert "ZEBRA_CROSSING is no setting. Take this line out" in text
    assert await stands("settings") is WARN
    settings(tmp_path)
    (tmp_path / ".env").chmod(0o644)
    assert "Others on this machine can read .env" in words(await found("settings"))
    assert await stands("settings") is WARN


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ENCRYPTION_KEYS=\n", "ENCRYPTION_KEYS is not set"),
        ("ENCRYPTION_KEYS=hunter2\n", "Key number 1 of ENCRYPTION_KEYS"),
        (f"ENCRYPTION_KEYS={RING}\nLOG_LEVEL=hunter2\n", "LOG_LEVEL is not right"),
        (f"ENCRYPTION_KEYS={RING}\nDATABASE_URL=mysql://u:hunter2@h/x\n", "DATABASE_URL is not right"),
    ],
)
async def test_settings_that_cannot_be_used_are_told_and_the_versions_all_the_same(
    tmp_path: Path, text: str, sentence: str
) -> None:
    (tmp_path / ".env").write_text(text)
    first, versions = await found()
    assert (first.check, first.standing, versions.check) == ("settings", FAIL, "versions")
    assert sentence in words([first])
    assert "hunter2" not in words([first])


async def test_a_key_that_fits_has_no_copy_or_is_another(tmp_path: Path) -> None:
    begin_from_template(tmp_path, RING)
    settings(tmp_path)
    assert await stands("key") is WARN
    with_copies(tmp_path)
    assert await stands("key") is OK
    async with open_store(tmp_path) as db:
        await db.write(lambda tx: communities.ensure(tx, "discord", "1"))
    settings(tmp_path, ENCRYPTION_KEYS=KeyRing.new("test"))
    assert await stands("key") is FAIL
    assert RING not in words(await found("key"))
    assert "damaged" not in words(await found("database")), "nobody shall put a backup back because of a key"


async def test_a_database_that_is_whole_missing_damaged_older_newer_or_anothers(tmp_path: Path) -> None:
    settings(tmp_path)
    assert await stands("database") is WARN
    begin_from_template(tmp_path, RING)
    assert await stands("database") is OK
    good = path_in(tmp_path).read_bytes()
    for revision, standing in (("0015", WARN), ("9999", FAIL)):
        with sqlite3.connect(path_in(tmp_path)) as raw:
            raw.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        raw.close()
        assert await stands("database") is standing
    path_in(tmp_path).write_bytes(good[:4096] + b"\xff" * 4096 + good[8192:])
    assert await stands("database") is FAIL
    path_in(tmp_path).write_bytes(b"a song" * 100)
    assert await stands("database") is FAIL


@pytest.mark.parametrize(("free", "standing"), [(10**12, OK), (10**6, FAIL)])
async def test_a_disk_with_room_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, standing: Severity
) -> None:
    begin_from_template(tmp_path, RING)
    settings(tmp_path)
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(database_checks.shutil, "disk_usage", lambda _: usage._replace(free=free))
    assert await stands("disk") is standing


async def test_a_disk_is_held_against_how_fast_the_database_grows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(tmp_path)
    now = SystemClock().now()
    async with open_store(tmp_path) as db:
        await db.write(lambda tx: communities.ensure(tx, "discord", "1", "x", now - timedelta(days=10)))
    usage, size = shutil.disk_usage(tmp_path), path_in(tmp_path).stat().st_size
    monkeypatch.setattr(database_checks, "LEAST_FREE", 0)
    for times, standing in ((4, WARN), (20, OK), (200, OK)):
        monkeypatch.setattr(database_checks.shutil, "disk_usage", lambda _, n=times: usage._replace(free=size * n))
        assert await stands("disk") is standing
    assert "for 5 years" in words(await found("disk"))


class Copy:
    def __init__(self, age: timedelta, *, verified: bool = True) -> None:
        self.made_at, self.verified = SystemClock().now() - age, verified


class Drilled:
    def __init__(self, age: timedelta, *, passed: bool = True) -> None:
        self.at, self.passed, self.seconds = SystemClock().now() - age, passed, 3.2


@pytest.mark.parametrize(
    ("copy", "drill", "backups", "drills"),
    [
        (None, None, WARN, None),
        (Copy(timedelta(hours=5)), None, OK, OK),
        (Copy(timedelta(hours=5)), Drilled(timedelta(days=3)), OK, OK),
        (Copy(timedelta(hours=40)), Drilled(timedelta(days=12)), WARN, WARN),
        (Copy(timedelta(days=9)), Drilled(timedelta(days=3), passed=False), FAIL, FAIL),
        (Copy(timedelta(hours=1), verified=False), None, FAIL, OK),
    ],
)
async def test_backups_and_drills_of_every_age(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    copy: Copy | None,
    drill: Drilled | None,
    backups: Severity,
    drills: Severity | None,
) -> None:
    begin_from_template(tmp_path, RING)
    settings(tmp_path)
    monkeypatch.setattr(database_checks, "newest", lambda _: copy)
    monkeypatch.setattr(database_checks, "last_drill", lambda _: drill)
    assert await stands("backups") is backups
    assert [finding.standing for finding in await found("drill")] == ([] if drills is None else [drills])


async def test_a_backup_beside_the_database_is_found(tmp_path: Path) -> None:
    begin_from_template(tmp_path, RING)
    settings(tmp_path)
    assert await stands("backups") is WARN
    with_copies(tmp_path)
    assert await stands("backups") is OK


async def test_a_clock_that_is_right_away_or_unknown(tmp_path: Path) -> None:
    async with places(tmp_path) as there:
        begin_from_template(tmp_path, RING)
        settings(tmp_path)
        assert await stands("clock") is OK
        settings(tmp_path, DISCORD_TOKEN=TOKEN, **there.surroundings)
        assert await stands("clock") is OK
        for away, standing in ((timedelta(minutes=2), WARN), (timedelta(hours=2), FAIL)):
            there.discord.clock = ManualClock(SystemClock().now() + away)
            assert await stands("clock") is standing
        settings(tmp_path, DISCORD_TOKEN=TOKEN, DISCORD_API_URL="http://127.0.0.1:9")
        assert await stands("clock") is WARN


@pytest.mark.parametrize(("version", "standing"), [("2026c", OK), ("2025b", OK), ("2019a", WARN)])
async def test_time_zones_that_are_new_or_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, standing: Severity
) -> None:
    begin_from_template(tmp_path, RING)
    settings(tmp_path)
    (tmp_path / "zones").mkdir()
    (tmp_path / "zones" / "tzdata.zi").write_text(f"# version {version}\n")
    monkeypatch.setattr(clock_checks.zoneinfo, "TZPATH", (str(tmp_path / "zones"),))
    findings = await examine(ManualClock(datetime(2026, 12, 31, tzinfo=UTC)))
    assert [finding.standing for finding in findings if finding.check == "zones"] == [standing]


async def test_discord_good_and_bad(tmp_path: Path) -> None:
    async with on_platforms(tmp_path) as there:
        discord = there.discord
        assert await stands("discord-token") is OK
        assert await stands("discord-page") is OK
        assert await stands("discord-channels") is OK
        assert await stands("discord-commands") is WARN  # no bot has sent them yet
        discord.api.page = {"flags": 1 << 14}
        assert await stands("discord-page") is WARN
        discord.api.page = {"interactions_endpoint_url": "https://example.org"}
        assert await stands("discord-page") is FAIL
        discord.api.page = {}
        (guild,) = discord.world.guilds.values()
        channel = next(place for place in guild.channels.values() if place.name == "digest")
        channel.overwrites = [Overwrite(discord.world.bot.id, 1, deny=SEND)]
        assert await stands("discord-channels") is FAIL
        assert f"In #{channel.id} I still need: Send Messages." in words(await found("discord-channels"))
        del guild.channels[channel.id]
        assert "is not there any more" in words(await found("discord-channels"))
        discord.world.guilds.clear()
        assert await stands("discord-token") is WARN
        discord.token = "MTAwMA.another.token"
        assert await stands("discord-token") is FAIL
        settings(tmp_path, DISCORD_TOKEN=TOKEN, DISCORD_API_URL="http://127.0.0.1:9")
        assert "I cannot reach Discord." in words(await found("discord-token"))


async def test_slack_good_and_bad(tmp_path: Path) -> None:
    async with on_platforms(tmp_path) as there:
        slack = there.slack
        for check in ("slack-token", "slack-scopes", "slack-socket", "slack-channels"):
            assert await stands(check) is OK
        slack.tokens[BOT_TOKEN].scopes -= {"channels:history"}
        text = words(await found("slack-channels"))
        assert "Without a history scope I cannot look at 1 digest channel." in text
        assert "can post" not in text
        slack.tokens[BOT_TOKEN].scopes |= {"channels:history"}
        slack.tokens[BOT_TOKEN].scopes -= {"users:read"}
        assert await stands("slack-scopes") is FAIL
        slack.tokens[BOT_TOKEN].scopes |= {"users:read"}
        slack.sockets.off = True
        assert await stands("slack-socket") is FAIL
        slack.sockets.off = False
        slack.tokens[APP_TOKEN].ended = "token_revoked"
        assert await stands("slack-socket") is FAIL
        slack.tokens[APP_TOKEN].ended = None
        digest = next(place for place in slack.workspace.channels.values() if place.name == "digest")
        digest.members.discard("U0BOT")
        assert "so I cannot post there" in words(await found("slack-channels"))
        assert await stands("slack-channels") is FAIL
        slack.tokens[BOT_TOKEN].ended = "account_inactive"
        assert await stands("slack-token") is FAIL
        settings(tmp_path, SLACK_BOT_TOKEN=APP_TOKEN, SLACK_APP_TOKEN=APP_TOKEN)
        assert "SLACK_BOT_TOKEN is an app-level token" in words(await found("slack-token"))


async def test_a_token_of_another_workspace_than_the_community_is_told(tmp_path: Path) -> None:
    async with on_platforms(tmp_path):
        assert await stands("slack-token") is OK
        async with open_store(tmp_path) as db:
            await db.write(lambda tx: begun(tx, "slack", "T0OTHER", "C1"))
        assert await stands("slack-token") is FAIL
        assert "another workspace (T0CIRCLE) than your community (T0OTHER)" in words(await found("slack-token"))


async def test_digests_that_are_planned_waiting_or_in_doubt(tmp_path: Path) -> None:
    settings(tmp_path)
    now = SystemClock().now()
    async with open_store(tmp_path) as db:
        home = await db.write(lambda tx: begun(tx, "discord", "1", "2"))
    assert await stands("waiting") is OK
    assert await stands("digest") is WARN
    put = "INSERT INTO agenda (community_id, member_id, kind, next_due_at) VALUES (?, '', 'digest', ?)"
    sql(tmp_path, put, home, micro(now + timedelta(days=3)))
    assert await stands("digest") is OK
    text = words(await found("digest"))
    assert "in America/Toronto (" in text
    assert "UTC)" in text
    enter = "INSERT INTO posts (community_id, kind, period, due_at, state, next_at, attempt) VALUES (?, 'digest', ?, ?, ?, ?, 0)"
    sql(tmp_path, enter, home, "2026-W01", micro(now), "uncertain", None)
    assert await stands("posts") is WARN
    sql(tmp_path, enter, home, "2026-W02", micro(now), "due", micro(now - timedelta(minutes=30)))
    assert await stands("waiting") is WARN
    assert "Something was due 30 minutes ago, and was not sent." in words(await found("waiting"))


def micro(at: object) -> int:
    return int(at.timestamp() * 1_000_000)  # type: ignore[attr-defined]


def sql(folder: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(path_in(folder)) as raw:
        raw.execute(statement, values)
    raw.close()


@asynccontextmanager
async def saying(told: object) -> AsyncGenerator[int]:
    """Answer at a port as a bot that runs does."""
    app = web.Application()

    async def ready(_: web.Request) -> web.Response:
        return web.json_response(told)

    app.router.add_get("/readyz", ready)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


GOOD = {"ready": True, "checks": {"tick": {"ok": True, "seen": "3 s ago"}, "discord": {"ok": True, "seen": "there"}}}
BAD = {"ready": False, "checks": {"tick": {"ok": False, "seen": "300 s ago"}}}


@pytest.mark.parametrize(
    ("told", "standing", "sentence"),
    [
        (GOOD, OK, "its 2 checks are good"),
        (BAD, FAIL, "The bot says of tick: 300 s ago"),
        ("hello", FAIL, "Something else answers"),
    ],
)
async def test_a_bot_that_runs_is_asked_how_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: object, standing: Severity, sentence: str
) -> None:
    async with open_store(tmp_path), saying(told) as port:
        settings(tmp_path, HEALTH_PORT=str(port))
        assert await stands("bot") is standing
        assert sentence in words(await found("bot"))


async def test_a_bot_that_runs_does_not_or_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings(tmp_path)
    begin_from_template(tmp_path, RING)
    assert await stands("bot") is WARN
    async with open_store(tmp_path):
        assert await stands("bot") is OK
        settings(tmp_path, HEALTH_PORT="9")
        assert await stands("bot") is FAIL
    assert await stands("bot") is WARN


async def test_platforms_that_are_none_are_told(tmp_path: Path) -> None:
    begin_from_template(tmp_path, RING)
    settings(tmp_path)
    assert await stands("platforms") is WARN
    settings(tmp_path, DISCORD_TOKEN=TOKEN, DISCORD_API_URL="http://127.0.0.1:9")
    assert await found("platforms") == []


async def test_looking_changes_nothing(tmp_path: Path) -> None:
    with_copies(tmp_path)
    settings(tmp_path)
    before = {
        path: path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }
    await examine(SystemClock())
    assert {path: path.read_bytes() for path in before} == before


def test_lines_are_broken_at_80_columns_and_links_stay_whole() -> None:
    link = "https://example.org/" + "a" * 100
    finding = Finding("settings", WARN, t("{what}", what=UserText("word " * 40)), t("{what}", what=UserText(link)))
    lines = as_text([finding], "en").splitlines()
    assert [line for line in lines if len(line) > 80 and not line.endswith(link)] == []
    assert any(line.endswith(link) for line in lines)
