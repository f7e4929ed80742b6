"""The page that says how long everything is kept, and the job that drops it, say the same; nothing is in neither."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.config import Settings
from bot.domain.ids import CommunityId, Who
from bot.features import everything
from bot.scheduling import expiry
from bot.store import communities, deliveries, drafts, erased, installations, link_codes, notices, posts, reports
from bot.store.backups.erasures import SPARE
from bot.store.database import Tx
from bot.store.tables import METADATA, link_moves, links
from tests.support.store import NOW, someone

PAGE = (Path(__file__).parent.parent.parent / "docs" / "operators" / "data.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `?([\w.]+)`? \| [^|]+ \| ([^|]+) \|$", PAGE, re.MULTILINE))
UNITS = {"day": timedelta(days=1), "hour": timedelta(hours=1)}


def span(text: str) -> timedelta:
    number, unit = text.split()
    return int(number) * UNITS[unit.removesuffix("s")]


def test_the_page_and_the_job_say_the_same() -> None:
    told = {name: span(text) for name, text in ROWS.items() if name != "table"}
    lives = {life.table: life.kept_for for life in expiry.LIVES}
    backups = timedelta(days=Settings.model_fields["backup_keep_days"].default)
    assert told == {**lives, "backups": backups, "erasures.json": erased.KEPT_FOR + SPARE}


def test_every_table_has_its_days_or_its_owner() -> None:
    named = set(re.findall(r"`(\w+)`", PAGE))
    tables = {table.name for table in METADATA.sorted_tables}
    assert tables - named == set(), "say in docs/operators/data.md how long these tables are kept"
    by_itself = {life.table for life in expiry.LIVES}
    sections = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    owned = {name for part in sections if "kept as long" in part for name in re.findall(r"`(\w+)`", part)}
    assert owned | by_itself == tables
    assert owned & by_itself == set()


def test_what_goes_with_its_member_is_tied_to_one() -> None:
    part = next(
        part
        for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)
        if part.startswith("What is kept as long as its member")
    )
    for name in set(re.findall(r"`(\w+)`", part)) - {"agenda", "members"}:
        keys = METADATA.tables[name].foreign_key_constraints
        tied = {key.referred_table.name for key in keys if key.ondelete == "CASCADE"}
        assert tied & {"members", "leads"}, name


def test_no_answer_is_kept_longer_than_it_says() -> None:
    lasting = [command.lasts for command in everything() if command.again.name == "NEVER"]
    assert max(lasting) == deliveries.LONGEST


@pytest.mark.parametrize("life", [life for life in expiry.LIVES if life.drop is not None], ids=lambda life: life.table)
def test_each_is_dropped_when_its_time_is_over_and_not_before(tx: Tx, life: expiry.RowLifetime) -> None:
    put(tx, life.table)
    table = METADATA.tables[life.table]

    def there() -> int:
        return tx.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()

    assert there() == 1
    expiry.purge(tx, NOW + life.kept_for - timedelta(minutes=1), at_night=True)
    assert there() == 1
    expiry.purge(tx, NOW + life.kept_for + timedelta(minutes=1), at_night=True)
    assert there() == 0


def put(tx: Tx, table: str) -> None:
    """Put one row into a table that is dated now."""
    who, other = someone(tx), someone(tx, "Omar", "elsewhere")
    MADE[table](tx, who, other)


def entered_code(tx: Tx, who: Who, other: Who) -> None:
    link_codes.offer(tx, who, "code", NOW)
    link_codes.ask(tx, who, other, NOW)


def linked(tx: Tx, who: Who, other: Who) -> None:
    mine = {"community_id": who.community, "member_id": who.member}
    there = {"other_community": other.community, "other_member": other.member, "linked_at": NOW}
    tx.execute(links.insert(), {**mine, **there})
    tx.execute(link_moves.insert(), {**mine, "thing": "wins", "id": "1", "private": None})


COUNTS_ONCE = deliveries.Press(b"press", deliveries.LONGEST)
MADE: dict[str, Callable[[Tx, Who, Who], object]] = {
    "deliveries": lambda tx, who, _: deliveries.record(tx, who, "d", "{}", "en", NOW, COUNTS_ONCE),
    "drafts": lambda tx, who, _: drafts.keep(tx, who, "d", "lead add", "{}", NOW),
    "notices": lambda tx, who, _: notices.keep(tx, who, "key", "{}", NOW),
    "link_codes": entered_code,
    "link_tries": lambda tx, who, _: link_codes.may_try(tx, who, NOW),
    "link_moves": linked,
    "install_states": lambda tx, *_: installations.begin(tx, "a state", NOW),
    "posts": lambda tx, who, _: posts.enter(tx, [posts.PostEntry(who.community, "digest", "2026-W11", NOW)]),
    "organiser_reads": lambda tx, who, _: reports.note_look(tx, who, "totals", NOW),
    "tombstones": lambda tx, _, other: communities.erase(tx, CommunityId(other.community), NOW),
}


def test_the_words_of_a_post_that_nobody_could_tell_of_go_after_30_days(tx: Tx) -> None:
    who = someone(tx)
    posts.enter(tx, [posts.PostEntry(who.community, "digest", "2026-W11", NOW)])
    tx.exec_driver_sql("update posts set state = 'uncertain', private = x'00'")
    expiry.purge(tx, NOW + timedelta(days=29), at_night=True)
    assert tx.exec_driver_sql("select state from posts").scalar_one() == "uncertain"
    expiry.purge(tx, NOW + timedelta(days=31), at_night=True)
    assert tx.exec_driver_sql("select state, private from posts").one() == ("skipped", None)
