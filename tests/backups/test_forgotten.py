"""Backups forget a member within 30 days: every file that the product made is opened on day 31, and nothing is in it."""

import os
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from adapters.operator.backups.nightly import Nightly
from bot.engine.invocation import CalledCommand
from bot.features import everything
from bot.store import notices
from bot.store.backups.container import Reason
from bot.store.backups.folder import listed, remember_elsewhere
from bot.store.batch import Tx
from bot.store.crypto import VAULT, Vault, seal, unseal
from bot.store.keyring import KeyRing
from bot.store.sqlite import READER, connect
from bot.store.tables import METADATA, posts
from bot.store.types import Private, Sealed
from bot.ui.codec import encode
from bot.ui.reply import Paragraph, reply
from bot.ui.text import t
from bot.ui.values import UserText
from tests.support.backups import backed_up, contents, place_in
from tests.support.console import Console, open_console, said
from tests.support.store import NOW, RING, path_in
from tests.support.world import AMINA, OMAR, World, identity, open_world


def seen_by_whoever_has_the_key(database: Path) -> str:
    """Open every sealed text of a database, and write every row of it."""
    tx = connect(database, READER)
    tx.info[VAULT] = Vault(KeyRing.parse(RING))
    try:
        return "\n".join(text for table in METADATA.sorted_tables for text in _rows(tx, table))
    finally:
        tx.close()
        tx.engine.dispose()


def _rows(tx: Tx, table: sa.Table) -> list[str]:
    texts: list[str] = []
    for row in tx.execute(sa.select(table)).all():
        texts.append(repr(row))
        values: dict[str, Any] = dict(row._mapping)
        sealed = values.get("private")
        if isinstance(sealed, Sealed):
            kind = table.c.private.type
            assert isinstance(kind, Private)
            community = values.get("community_id", values.get("id"))
            texts.append(repr(unseal(tx, sealed, str(community), kind.identity(row))))
    return texts


def traces(console: Console, tmp_path: Path, words: list[bytes]) -> list[str]:
    """Name every file, and every part of an archive, in which one of these words is: as it is, or once it is opened."""
    traces_found: list[str] = []
    for name, raw in contents(console.folder):
        content = raw
        if raw.startswith(b"SQLite"):
            copy = tmp_path / "opened.db"
            copy.write_bytes(raw)
            content = raw + seen_by_whoever_has_the_key(copy).encode()
        # Two people of this world are called by the id of another one.
        content = content.replace(b"buddy of " + words[1], b"").replace(b"code of " + words[1], b"")
        traces_found += [f"{name}: {word!r}" for word in words if word in content]
    return traces_found


async def boxes_of(world: World) -> list[bytes]:
    """Collect what a member has in the database, as it is written there: ids, keys and sealed texts."""

    def collect(tx: Tx) -> list[bytes]:
        who = identity(tx, AMINA)
        raw: list[bytes] = [who.member.encode()]
        for table in METADATA.sorted_tables:
            mine = "id" if table.name == "members" else "member_id"
            if mine in table.c and "private" in table.c:
                rows = tx.execute(sa.select(table.c.private).where(table.c[mine] == who.member)).all()
                raw += [box.box for (box,) in rows if box is not None]
        (key,) = tx.exec_driver_sql("select user_key from members where id = ?", (who.member,)).one()
        return [*raw, bytes(key)]

    return await world.read(collect)


async def days_pass(console: Console, nightly: Nightly, days: int) -> None:
    for _ in range(days):
        console.clock.move(console.clock.now() + timedelta(days=1))
        await console.session.circle.rounds.tick()
        await nightly.look()


async def test_on_day_31_no_file_of_ours_holds_anything_of_who_was_forgotten(tmp_path: Path) -> None:
    async with open_world() as world:
        console = world.console
        place = place_in(console.folder)
        nightly = Nightly(console.session.circle, place)
        canary = [AMINA.canary.encode(), *await boxes_of(world)]
        await console.session.circle.rounds.tick()
        await days_pass(console, nightly, 2)
        leave_old_copies(console)
        assert len(traces(console, tmp_path, canary)) > 3, "the copies hold her now"
        await world.submit(AMINA, everything().get("me forget-now"), {})
        await nightly.look()
        await days_pass(console, nightly, 31)
        backups = listed(place.folder)
        assert len(backups) > 20
        assert {backup.manifest.reason for backup in backups} == {Reason.NIGHTLY}
        console.clock.move(console.clock.now() + timedelta(hours=1))
        await console.session.circle.db.empty_log()
        assert traces(console, tmp_path, canary) == []


def leave_old_copies(console: Console) -> None:
    """Leave every kind of copy behind that this or an earlier version makes."""
    path, now = path_in(console.folder), console.clock.now()
    for name in ("before-0008", "before-mending", "damaged"):
        old = path.with_name(f"{path.name}.{name}")
        shutil.copyfile(path, old)
        os.utime(old, (now.timestamp(), now.timestamp()))
    for reason in (Reason.ASKED, Reason.UPGRADE):
        backed_up(console.folder, now, reason)
    aside = backed_up(console.folder, now).path
    aside.rename(aside.with_name(aside.name.replace("nightly", "aside")))
    elsewhere = console.folder / "another disk"
    shutil.copytree(console.folder / "backups", elsewhere)
    remember_elsewhere(console.folder / "backups", elsewhere)


async def test_a_backup_of_the_next_night_holds_nothing_that_others_were_told(tmp_path: Path) -> None:
    async with open_console(tmp_path) as console:
        await console.run(
            "@amina /board join as:name",
            "@amina /buddy join field:health",
            "@omar /buddy join field:health",
            '@amina /win share text:"Zqnews came" show:name',
            "at 2026-03-16T13:00",
        )
        cheer = await console.answer(CalledCommand("buddy cheer", {"cheer": "you-can"}), who="omar", delivery="cheer")
        assert "Amina" in said(cheer)
        await console.session.circle.db.write(told_in_the_inbox)
        before = opened(backed_up(tmp_path, console.clock.now()).path, tmp_path)
        assert before.count("Amina") > 3
        assert "Zqnews" in before
        await console.run("@amina /me forget", '@amina press "Yes, erase everything"')
        after = opened(backed_up(tmp_path, console.clock.now()).path, tmp_path)
        assert "Amina" not in after
        assert "Zqnews" not in after
        assert "No message waits" in (await console.one("@omar /me inbox")).text
        again = await console.answer(CalledCommand("buddy cheer", {"cheer": "you-can"}), who="omar", delivery="cheer")
        assert said(again).startswith("I did this before.")


def told_in_the_inbox(tx: Tx) -> None:
    """Tell Omar something of Amina that he did not read, and let a digest with her in it be uncertain."""
    who = identity(tx, OMAR)
    notices.keep(tx, who, "told", encode(reply(Paragraph(t("Hello {name}", name=UserText("Amina"))))), NOW)
    box = seal(tx, "posts", who.community, "digest:2026-W10", {"payload": '"Amina" was first'})
    row = {"community_id": who.community, "kind": "digest", "period": "2026-W10", "due_at": NOW, "private": box}
    tx.execute(posts.insert(), {**row, "state": "uncertain"})


def opened(backup: Path, folder: Path) -> str:
    """Open everything in a backup."""
    copy = folder / "opened.db"
    with zipfile.ZipFile(backup) as archive:
        copy.write_bytes(archive.read("database.db"))
    return seen_by_whoever_has_the_key(copy)
