"""What a member keeps is counted along, and never differs from what is there, whatever they do one after the other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
import sqlalchemy as sa
from hypothesis import given, settings, strategies as st

from bot.domain.ids import LeadId, Who
from bot.domain.lead import FollowUpClock, Lead, closed
from bot.domain.meeting import Notes
from bot.domain.member import Appearance
from bot.domain.promise import CheckIn, Promise
from bot.domain.week import Week
from bot.features.link import linking
from bot.store import identities, leads, lists, meetings, members, merging, promises, room, wins
from bot.store.batch import Tx, driver
from bot.store.errors import Full
from bot.store.ids import new_id
from bot.store.tables import amounts
from bot.store.tables.base import COUNTED, tables_marked
from tests.support.store import NOW, someone

WEEK = Week.from_iso("2026-W11")


def by_sql(tx: Tx, who: Who) -> tuple[int, int, int]:
    """Count by hand what a member keeps."""

    def number(what: str, table: str, which: str = "true") -> int:
        words = f"SELECT {what} FROM {table} WHERE community_id = :community AND member_id = :member AND {which}"  # noqa: S608 - our own words
        return tx.execute(sa.text(words), {"community": who.community, "member": who.member}).scalar_one()

    people, opened = number("count(*)", "leads"), number("count(*)", "leads", "stage <> 'closed'")
    size = f"coalesce(sum(length(private) - {room.ENVELOPE}), 0)"
    text = sum(number(size, table.name) for table in tables_marked(COUNTED))
    return people, opened, text


class Life:
    """Two members of two communities, who are one person now and then."""

    def __init__(self, tx: Tx, chance: Random) -> None:
        self.tx, self.chance = tx, chance
        self.home, self.side = someone(tx, platform_id="home"), someone(tx, platform_id="side")
        self.undo: list[str] = []
        self.brought: list[str] = []

    @property
    def who(self) -> Who:
        return self.chance.choice((self.home, self.side))

    def some(self, who: Who) -> Lead | None:
        on_list = leads.choices(self.tx, who, open_only=False)
        return self.chance.choice(on_list) if on_list else None

    def words(self) -> str:
        return "é" * self.chance.randrange(200)

    def add(self) -> None:
        name = self.chance.choice(("Dana", "Lee", "Tom", "Ann", "Max"))
        leads.add(self.tx, self.who, leads.NewLead(name, "Nordik", self.words()), NOW)

    def edit(self) -> None:
        if lead := self.some(who := self.who):
            leads.save(self.tx, who, replace(lead, notes=self.words()), NOW)

    def close_or_open(self) -> None:
        if lead := self.some(who := self.who):
            clock = closed(lead.clock) if lead.is_open else FollowUpClock()
            leads.save(self.tx, who, replace(lead, clock=clock), NOW)

    def drop(self) -> None:
        if lead := self.some(who := self.who):
            leads.drop(self.tx, who, lead.id)

    def bring(self) -> None:
        names = [f"Brought {number}" for number in range(3)]
        alike = lists.are_listed(self.tx, self.home, [(name, "") for name in names])
        new = [name for name, there in zip(names, alike, strict=True) if not there]
        listed = [
            lists.ListedPerson(Lead(LeadId(new_id()), name, "", self.words(), FollowUpClock(), NOW)) for name in new
        ]
        self.brought.append(lists.add(self.tx, self.home, listed, NOW))

    def take_list_back(self) -> None:
        if self.brought:
            lists.take_back(self.tx, self.home, self.brought.pop())

    def merge(self) -> None:
        first, second = self.some(self.home), self.some(self.home)
        if first and second and first.id != second.id:
            self.undo.append(merging.merge(self.tx, self.home, first, second, NOW)[1])

    def part(self) -> None:
        if self.undo and (before := merging.noted(self.tx, self.home, undo := self.undo.pop())):
            merging.part(self.tx, self.home, undo, before)

    def meet(self) -> None:
        if lead := self.some(who := self.who):
            planned = meetings.new(lead.id)
            meetings.keep(self.tx, who, planned, NOW)
            meetings.keep(self.tx, who, replace(planned, notes=Notes(place=self.words())), NOW)

    def tell(self) -> None:
        win = wins.add(self.tx, who := self.who, WEEK, Appearance.HIDDEN, self.words(), NOW)
        if self.chance.random() < 0.5:
            wins.drop(self.tx, who, win)

    def week(self) -> None:
        who = self.who
        promises.plan(self.tx, who, Promise(WEEK, 2, sentence=self.words()), NOW)
        promises.report(self.tx, who, CheckIn(WEEK, 1, help=self.words()), "some", NOW)
        if self.chance.random() < 0.5:
            promises.take_back_report(self.tx, who, WEEK)

    def link_or_part(self) -> None:
        link = identities.link_of(self.tx, self.home)
        if link is None:
            linking.join(self.tx, self.home, self.side, NOW)
        else:
            linking.part(self.tx, link, NOW + timedelta(hours=1))

    def forget(self) -> None:
        members.forget(self.tx, self.side, NOW)
        self.side = someone(self.tx, platform_id="side")


DEEDS: tuple[Callable[[Life], None], ...] = (
    Life.add,
    Life.edit,
    Life.close_or_open,
    Life.drop,
    Life.bring,
    Life.take_list_back,
    Life.merge,
    Life.part,
    Life.meet,
    Life.tell,
    Life.week,
    Life.link_or_part,
    Life.forget,
)


@pytest.mark.file_only("the same statements, which take longer there")
def test_the_count_is_what_is_there_or_is_not_there(tx: Tx) -> None:
    rows: list[int] = []

    @given(st.lists(st.sampled_from(DEEDS), min_size=5, max_size=12), st.integers(0, 2**32))
    @settings(max_examples=20, deadline=None)
    def holds(deeds: list[Callable[[Life], None]], chance: int) -> None:
        driver(tx).execute("SAVEPOINT life")
        try:
            life = Life(tx, Random(chance))
            for deed in (Life.add, Life.add, *deeds, Life.add):
                deed(life)
                for who in (life.home, life.side):
                    assert room.amounts_of(tx, who) == by_sql(tx, who), deed.__name__
            rows.append(tx.execute(sa.select(sa.func.count()).select_from(amounts)).scalar_one())
        finally:
            driver(tx).execute("ROLLBACK TO life")

    holds()
    assert sum(rows) > len(rows) / 2, "else it is counted anew each time, and not along"


def test_a_count_that_is_too_high_refuses_nobody(tx: Tx, amina: Who) -> None:
    leads.add(tx, amina, leads.NewLead("Dana", "Nordik", "why"), NOW)
    tx.execute(amounts.update().values(people=20_001, open_people=2_001, text_bytes=2_000_001))
    assert leads.add(tx, amina, leads.NewLead("Lee", "Nordik", "why"), NOW).is_new
    assert room.amounts_of(tx, amina) == by_sql(tx, amina)


def test_a_list_that_is_brought_cannot_hold_more_text_than_one_may_keep(
    tx: Tx, amina: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "TEXT_BYTES", 10_000)
    many = [
        lists.ListedPerson(Lead(LeadId(new_id()), f"Person {n}", "Nordik", "w" * 900, FollowUpClock(), NOW))
        for n in range(20)
    ]
    with pytest.raises(Full):
        lists.add(tx, amina, many, NOW)
    assert lists.add(tx, someone(tx, "Omar"), many[:5], NOW)


def test_one_persons_two_lists_become_one_that_may_be_too_long_and_takes_nobody_more(
    tx: Tx, amina: Who, stranger: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link never fails for it, and nobody is lost: it is full until some are closed."""
    monkeypatch.setattr(room, "OPEN_PEOPLE", 4)
    for who, letters in ((amina, "abc"), (stranger, "xyz")):
        for letter in letters:
            leads.add(tx, who, leads.NewLead(f"Dana {letter * 3}", "Nordik", "why"), NOW)
    linking.join(tx, amina, stranger, NOW)
    assert room.amounts_of(tx, amina).open_people == 6
    with pytest.raises(Full):
        leads.add(tx, amina, leads.NewLead("Lee", "Nordik", "why"), NOW)


@pytest.mark.file_only("what a statement reads is the same on a server")
def test_adding_reads_no_list_however_long_it_is(tx: Tx, amina: Who) -> None:
    leads.add(tx, amina, leads.NewLead("Dana", "Nordik", "why"), NOW)
    asked: list[str] = []
    driver(tx).set_trace_callback(asked.append)
    leads.add(tx, amina, leads.NewLead("Lee", "Nordik", "why"), NOW)
    driver(tx).set_trace_callback(None)
    assert asked
    assert not [words for words in asked if "count(" in words or "sum(" in words], asked
