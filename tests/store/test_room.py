"""A member keeps at most 2,000 open people, 20,000 in all, and 2 MB of text; past it nothing is lost, and a word says what to do."""

from dataclasses import replace

import pytest

from bot.domain import room as limits
from bot.domain.ids import Who
from bot.domain.lead import closed
from bot.domain.member import Appearance
from bot.domain.week import Week
from bot.store import leads, room, wins
from bot.store.batch import Tx, driver
from bot.store.errors import Full
from bot.store.leads import NewLead
from bot.store.prepared import Prepared, _bound
from tests.support.console import Console
from tests.support.store import NOW

FEW = 5
ADD = '@amina /lead add name:"{name}" organisation:"Nordik" why:"built the river sensor"'


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "OPEN_PEOPLE", FEW)
    monkeypatch.setattr(room, "PEOPLE", FEW + 2)
    monkeypatch.setattr("bot.features.people.room.OPEN_PEOPLE", FEW)
    monkeypatch.setattr("bot.features.people.room.PEOPLE", FEW + 2)


def test_the_limits_are_those_that_were_promised():
    assert (limits.OPEN_PEOPLE, limits.PEOPLE, limits.TEXT_BYTES) == (2_000, 20_000, 2_000_000)


@pytest.mark.usefixtures("few")
async def test_the_open_list_has_an_end_and_says_how_to_make_room(circle: Console):
    for number in range(FEW):
        assert (await circle.one(ADD.format(name="Dana " + "abcdefg"[number] * 3))).error is None
    refused = await circle.one(ADD.format(name="Lee Wong"))
    assert refused.error == "full"
    assert refused.text.startswith("I cannot keep more than 5 open people for you.")
    assert "/lead close" in refused.text
    assert 'name:"Lee Wong" organisation:"Nordik" why:"built the river sensor"' in refused.text
    assert (await circle.one(ADD.format(name="Dana aaa"))).text.startswith("Dana aaa, Nordik is on your list already")
    await circle.one('@amina /lead close lead:"Dana aaa"')
    assert (await circle.one(ADD.format(name="Lee Wong"))).error is None
    again = await circle.run('@amina /lead show lead:"Dana aaa"', '@amina press "Open again"')
    assert again[-1].error == "full"
    await circle.run('@amina /lead close lead:"Dana bbb"', ADD.format(name="Ann Roy"))
    await circle.one('@amina /lead close lead:"Ann Roy"')
    refused = await circle.one(ADD.format(name="Max Roy"))
    assert refused.text.startswith("I cannot keep more than 7 people for you.")
    await circle.run("@amina speaks fr", "@amina /start language:fr zone:Toronto")
    assert (await circle.one(ADD.format(name="Max Roy"))).text.startswith(
        "Je ne peux pas garder plus de 7 personnes pour vous."
    )


def test_text_has_an_end_and_may_be_made_shorter(tx: Tx, amina: Who, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "TEXT_BYTES", 2_000)
    lead = leads.add(tx, amina, NewLead("Dana", "Nordik", "why", notes="x" * 1_500), NOW).lead
    with pytest.raises(Full):
        leads.add(tx, amina, NewLead("Lee", "Bell", "w" * 600), NOW)
    with pytest.raises(Full):
        leads.save(tx, amina, replace(lead, notes="x" * 2_500), NOW)
    with pytest.raises(Full):
        wins.add(tx, amina, Week.from_iso("2026-W11"), Appearance.HIDDEN, "y" * 600, NOW)
    assert leads.save(tx, amina, replace(lead, clock=closed(lead.clock)), NOW)
    assert leads.save(tx, amina, replace(lead, notes="x"), NOW)
    assert leads.add(tx, amina, NewLead("Ann", "Bell", "w" * 600), NOW).is_new


def test_each_members_room_is_their_own(tx: Tx, amina: Who, omar: Who, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "TEXT_BYTES", 1_000)
    leads.add(tx, amina, NewLead("Dana", "Nordik", "why" * 300), NOW)
    assert leads.add(tx, omar, NewLead("Dana", "Nordik", "why" * 300), NOW).is_new


@pytest.mark.file_only("SQLite's own words for a plan")
@pytest.mark.parametrize("statement", [room._open, leads._open, leads._open_names])
def test_the_open_are_found_without_reading_the_closed(tx: Tx, amina: Who, statement: Prepared):
    plan = statement.plan(tx)
    bound = _bound(plan, {"community": amina.community, "member": amina.member})
    steps = driver(tx).execute(f"EXPLAIN QUERY PLAN {plan.sql}", bound).fetchall()
    assert any("ix_leads_open" in step[3] for step in steps), steps
