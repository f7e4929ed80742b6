"""A table that has grown too large is cut into parts by community, as the page for operators says; the bot does not notice."""

import re
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from bot.domain.week import Week
from bot.store import communities, events
from bot.store.batch import Tx
from bot.store.postgres.filing import to_file
from tests.support.store import NOW, open_store, someone, url_of

pytestmark = pytest.mark.server_only
PAGE = Path(__file__).parent.parent.parent / "docs" / "operators" / "scale.md"


def cut_into_parts(folder: Path) -> None:
    (words,) = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    with psycopg.connect(url_of(folder), autocommit=True) as server:
        server.execute(words)


async def test_members_go_on_after_a_table_was_cut_into_parts(tmp_path: Path) -> None:
    async with open_store(tmp_path) as db:
        who = await db.write(someone)
        week = Week.of(NOW.date())
        await db.write(lambda tx: events.record(tx, who, events.Event(events.ASK, week, NOW, None, "before"), NOW))
    cut_into_parts(tmp_path)
    async with open_store(tmp_path) as db:

        def told(tx: Tx) -> int:
            later = NOW + timedelta(minutes=1)
            events.record(tx, who, events.Event(events.ASK, week, later, None, "after"), later)
            return sum(events.deeds(tx, who.community, week, later)[events.ASK].values())

        assert await db.write(told) == 2
        assert await db.write(lambda tx: events.undo(tx, who, "before"))
        last = await db.read(lambda tx: events.last_told(tx, who, [events.ASK]))
        assert last is not None
        assert last.thing == "after"
    to_file(url_of(tmp_path), tmp_path / "copy.db")
    async with open_store(tmp_path) as db:
        await db.write(lambda tx: communities.erase(tx, who.community, NOW))
    with psycopg.connect(url_of(tmp_path)) as server:
        assert server.execute("SELECT count(*) FROM events").fetchone() == (0,)
