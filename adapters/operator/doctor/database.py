"""Looks at the database file, the disk it is on, and the copies of it."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from adapters.findings import Finding, fail, ok, warn
from adapters.operator.backups import last_drill, newest
from adapters.operator.backups.place import folder_of
from adapters.operator.doctor.look import CheckContext
from adapters.operator.program import line as typed
from adapters.wording import explained
from bot.store.database import Tx
from bot.store.errors import Corrupt, NewerSchema, StoreError
from bot.store.looking import began, damage_in, key_problem, looking, rows, schema, server_facts
from bot.store.migrate import HEAD
from bot.ui.text import t, tn
from bot.ui.values import Count, UserText

MEGABYTE = 1024 * 1024
ONE_PROCESS = 10
"""Connections that a bot keeps to a server at most, with the one of its backup."""
CLOCKS_APART = 5.0
"""Seconds by which two clocks may differ."""
LEAST_FREE = 200 * MEGABYTE
TIMES_ITSELF = 3
"""A migration, a backup and a drill each need as much room as the database has."""
SOON = timedelta(days=90)
YOUNG = timedelta(days=7)
"""Until then nobody can tell how fast a database grows."""
COPY_OLD, COPY_TOO_OLD = timedelta(hours=30), timedelta(days=8)
DRILL_OLD = timedelta(days=9)


def unreadable(look: CheckContext) -> Finding | None:
    """Tell why nothing of the database can be read; None when it can, or there is none."""
    if isinstance(look.path, Path) and not look.path.exists():
        return None
    try:
        with looking(look.path, look.ring) as tx:
            schema(tx)
    except NewerSchema as newer:
        return fail("database", explained(newer), t("Install the version that wrote it."))
    except Corrupt as why:
        return fail("database", explained(why), t("Stop the bot, and put back your newest backup."))
    except StoreError as why:
        return fail("database", explained(why), t("Do what this line says, then look again."))
    return None


def database_findings(look: CheckContext) -> Iterator[Finding]:
    """Read the whole database, whatever its size, and look at the room it has."""
    if look.readable:
        yield _whole(look) if look.begun else _not_begun()
    if isinstance(look.path, Path):
        yield _room(look, look.path)
    elif look.readable:
        yield _server(look)


def _not_begun() -> Finding:
    seen = t("There is no database yet.")
    return warn("database", seen, t("It is made at the first start: {line}", line=typed("run")))


def _whole(look: CheckContext) -> Finding:
    with looking(look.path, look.ring) as tx:
        schema_now = schema(tx)
        if schema_now is None:
            return _not_begun()
        if schema_now == HEAD and key_problem(tx, look.ring) is not None:
            seen = t("Its rows were not read, because the key does not open them.")
            return warn("database", seen, t("Mend the key, then look again."))
        damage = damage_in(tx)
        if damage is not None:
            seen = t("It is damaged: {what}.", what=UserText(damage))
            return fail("database", seen, t("Stop the bot, and put back your newest backup."))
        if schema_now != HEAD:
            seen = t(
                "It has schema {old}, and this version needs {new}.",
                old=UserText(schema_now or "-"),
                new=UserText(HEAD),
            )
            return warn("database", seen, t("Start the bot; it makes a backup, then moves the data."))
        size = Count(max(1, _bytes(look, tx) // MEGABYTE))
        return ok(
            "database",
            t(
                "Whole. Schema {schema}, {size} MB, rows: {rows}.",
                schema=UserText(HEAD),
                rows=Count(rows(tx)),
                size=size,
            ),
        )


def _bytes(look: CheckContext, tx: Tx) -> int:
    return server_facts(tx).size if isinstance(look.path, str) else look.path.stat().st_size


def _server(look: CheckContext) -> Finding:
    """Look whether the server has room for one more process, and its clock is right; its disk is in its own hands."""
    with looking(look.path, look.ring) as tx:
        facts = server_facts(tx)
    if facts.room < ONE_PROCESS:
        seen = tn(
            "The server takes {n} more connection from this user. One more bot needs {needed}.",
            "The server takes {n} more connections from this user. One more bot needs {needed}.",
            max(0, facts.room),
            needed=Count(ONE_PROCESS),
        )
        mend = t("Raise max_connections, or the limit of the user or database. Or put a pooler in front of the server.")
        return warn("server", seen, mend)
    if abs(facts.clock - look.present.timestamp()) > CLOCKS_APART:
        seen = t("The clock of the database server is not that of this machine.")
        return warn("server", seen, t("Let both machines keep their time by themselves."))
    figures = {"used": Count(facts.connections), "most": Count(facts.most_connections)}
    version = UserText(facts.version)
    return ok("server", t("PostgreSQL {version}, {used} of {most} connections in use.", version=version, **figures))


def _room(look: CheckContext, path: Path) -> Finding:
    """Compare what is free with what the database has and how fast it grows."""
    size = path.stat().st_size if path.is_file() else 0
    free = shutil.disk_usage(_nearest_folder(path.parent)).free
    free_megabytes = Count(free // MEGABYTE)
    if free < max(LEAST_FREE, size):
        seen = t("Only {free} MB are free on the disk of the database.", free=free_megabytes)
        return fail("disk", seen, t("Make room now, or move the data to a larger disk."))
    time_left = _lasts(look, size, free)
    if free < TIMES_ITSELF * size or (time_left is not None and time_left < SOON):
        seen = t("{free} MB are free. A backup or a new version may soon have no room.", free=free_megabytes)
        return warn("disk", seen, t("Make room, or move the data to a larger disk."))
    if time_left is None:
        return ok("disk", t("{free} MB are free.", free=free_megabytes))
    years = time_left.days // 365
    if years >= 1:
        return ok(
            "disk",
            tn(
                "{free} MB are free, for more than a year.",
                "{free} MB are free, for {n} years.",
                min(years, 99),
                free=free_megabytes,
            ),
        )
    return ok(
        "disk",
        tn("{free} MB are free, for a day.", "{free} MB are free, for {n} days.", time_left.days, free=free_megabytes),
    )


def _nearest_folder(folder: Path) -> Path:
    """Find the nearest folder that exists: the folder itself, else the first parent that is there."""
    return next(parent for parent in (folder, *folder.parents) if parent.is_dir())


def _lasts(look: CheckContext, size: int, free: int) -> timedelta | None:
    """Tell for how long the disk lasts, if the database goes on growing as it did; None when it is too young."""
    with look.database() as tx:
        first = began(tx) if tx is not None else None
    if first is None or look.now - first < YOUNG or not size:
        return None
    return (look.now - first) * min(free / size, 1000.0)


def copy_findings(look: CheckContext) -> Iterator[Finding]:
    """Look how old the newest backup is, and whether the last drill could restore it."""
    folder = folder_of(look.settings)
    backup = newest(folder)
    keep_days = Count(look.settings.backup_keep_days)
    make = t("Type: {line}", line=typed("backup"))
    if backup is None:
        yield warn("backups", t("There is no backup yet. The bot makes one each night."), make)
        return
    age = look.now - backup.made_at
    hours = Count(int(age.total_seconds() // 3600))
    if not backup.verified:
        yield fail("backups", t("The newest backup could not be read when it was checked."), make)
    elif age > COPY_TOO_OLD:
        yield fail("backups", t("The newest backup is {hours} h old.", hours=hours), make)
    elif age > COPY_OLD:
        yield warn("backups", t("The newest backup is {hours} h old.", hours=hours), make)
    else:
        yield ok(
            "backups",
            t("The newest backup is {hours} h old, checked, and kept {days} days.", hours=hours, days=keep_days),
        )
    yield _drill(look, folder)


def _drill(look: CheckContext, folder: Path) -> Finding:
    drill, mend = last_drill(folder), t("Type: {line}", line=typed("drill"))
    if drill is None:
        return ok("drill", t("No drill yet. The bot does one each week."))
    if not drill.passed:
        return fail("drill", t("The last drill could not restore the newest backup."), mend)
    days = (look.now - drill.at).days
    if timedelta(days=days) >= DRILL_OLD:
        seen = tn("The last drill was {n} day ago.", "The last drill was {n} days ago.", days)
        return warn("drill", seen, mend)
    if not days:
        seconds = Count(round(drill.seconds))
        return ok("drill", t("The last drill was today. It restored all in {seconds} s.", seconds=seconds))
    restored = tn(
        "The last drill was {n} day ago. It restored all in {seconds} s.",
        "The last drill was {n} days ago. It restored all in {seconds} s.",
        days,
        seconds=Count(round(drill.seconds)),
    )
    return ok("drill", restored)
