"""Two lists that were joined and taken back at once are what they were, whoever was on them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from bot.domain.ask import AnswerKind
from bot.domain.buddies import WorkField
from bot.domain.ids import Who
from bot.domain.meeting import Notes
from bot.domain.member import Appearance
from bot.domain.promise import CheckIn, Promise
from bot.domain.week import Week
from bot.features.link import linking
from bot.store import (
    asks,
    buddies,
    communities,
    drafts,
    events,
    identities,
    joining,
    leads,
    meetings,
    members,
    promises,
    wins,
)
from bot.store.database import Tx
from bot.store.moving import rows
from bot.store.tables import METADATA
from tests.support.in_memory import quick_folder
from tests.support.store import NOW, open_tx, someone

NAMES = ("Dana", "DANA", "Dána", "Danna", "Tom", "Priya", "Олена", "Олéна")
PEOPLE = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(("Nordik", "Hydro")), st.booleans()), max_size=6)
LEFT_OUT = {"agenda", "amounts", "buddy_groups", "notices", "link_codes"}


def everything(tx: Tx, who: Who) -> dict[str, list[str]]:
    """Give every row of a member, with the texts opened."""
    tables = [table for table in METADATA.sorted_tables if "member_id" in table.c and table.name not in LEFT_OUT]
    entries = {table.name: sorted(map(plain, rows(tx, table, who))) for table in tables}
    return {**entries, "members": [repr(members.get(tx, who))]}


def plain(row: Any) -> str:
    return repr(sorted(row.items(), key=str))


def live(tx: Tx, place: str, people: list[tuple[str, str, bool]]) -> Who:
    """Let somebody have people on their list, some of them asked and answered, and one thing of other kinds."""
    who = someone(tx, platform_id=place)
    week = Week.at(NOW, communities.get(tx, who.community).tz)
    for number, (name, organisation, asked) in enumerate(people):
        at = NOW + timedelta(minutes=number)
        lead, new, _ = leads.add(tx, who, leads.NewLead(name, organisation, f"why {place} {number}", notes=place), at)
        if new:
            events.record(tx, who, events.Event(events.LEAD, week, at, lead.id), at)
        if asked:
            ask = asks.add(tx, who, lead.id, "chat", at)
            asks.save_answer(tx, who, asks.Ask(ask, lead.id, at, at, AnswerKind.YES))
            events.record(tx, who, events.Event(events.ASK, week, at, lead.id, ask), at)
        talk = replace(meetings.new(lead.id), notes=Notes(goal=f"goal {number % 2}"))
        meetings.add(tx, who, replace(talk, planned_for=at + timedelta(days=2)) if asked else talk, at)
    promises.plan(tx, who, Promise(week, len(people), sentence=f"plan {place}"), NOW)
    promises.report(tx, who, CheckIn(week, 1, help=f"help {place}"), "some", NOW)
    wins.add(tx, who, week, Appearance.NAME, f"news {place}", NOW)
    drafts.keep(tx, who, f"delivery {place}", "lead add", "{}", NOW)
    members.update(tx, who, work=f"work {place}", number=len(people), appearance=Appearance.NICKNAME, nickname=place)
    members.pause(tx, who, week.plus(len(people)), week.plus(len(people) + 1))
    buddies.join(tx, who, WorkField.HEALTH, week)
    return who


@given(PEOPLE, PEOPLE)
@settings(max_examples=8, deadline=None)
def test_a_link_that_is_taken_back_leaves_no_trace(ours: list[Any], theirs: list[Any]) -> None:
    with quick_folder() as folder, open_tx(Path(folder)) as tx:
        home, side = live(tx, "home", ours), live(tx, "side", theirs)
        before = everything(tx, home), everything(tx, side)
        linking.join(tx, home, side, NOW)
        assert leads.choices(tx, side, open_only=False) == []
        link = identities.link_of(tx, home)
        assert link is not None
        assert linking.part(tx, link, NOW + timedelta(hours=1))
        assert (everything(tx, home), everything(tx, side)) == before


@given(PEOPLE, PEOPLE)
@settings(max_examples=8, deadline=None)
def test_nobody_and_nothing_that_was_done_is_lost_or_counted_twice(ours: list[Any], theirs: list[Any]) -> None:
    with quick_folder() as folder, open_tx(Path(folder)) as tx:
        home, side = live(tx, "home", ours), live(tx, "side", theirs)
        sent = asks.counts_of(tx, home).sent + asks.counts_of(tx, side).sent
        joined = linking.join(tx, home, side, NOW)
        now_on_it = leads.choices(tx, home, open_only=False)
        assert asks.counts_of(tx, home).sent == sent
        assert sum(events.of_member(tx, home, events.LEAD).values()) == len(now_on_it)
        assert len(now_on_it) >= len({(name.casefold(), place) for name, place, _ in (*ours, *theirs)})
        assert joined.moved - joined.same <= len(now_on_it)


@pytest.mark.parametrize(("after", "possible"), [(timedelta(hours=23), True), (timedelta(days=1), False)])
def test_what_was_noted_is_dropped_after_a_day(after: timedelta, *, possible: bool, tx: Tx) -> None:
    home, side = live(tx, "home", [("Dana", "Nordik", True)]), live(tx, "side", [("Dana", "Nordik", True)])
    linking.join(tx, home, side, NOW)
    joining.forget_notes(tx, NOW + after - identities.TAKEN_BACK_FOR)
    link = identities.link_of(tx, side)
    assert link is not None
    assert linking.part(tx, link, NOW + timedelta(hours=1)) is possible
    assert (leads.choices(tx, side, open_only=False) != []) is possible
