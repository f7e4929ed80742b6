"""The people of a brought list while they wait for the member's yes, and as they are kept after it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from bot.domain.bringing.clocks import ANSWERED, ASKED, brought_clock
from bot.domain.bringing.people import Person
from bot.domain.bringing.stages import ToldStage
from bot.domain.ids import LeadId
from bot.domain.lead import CloseReason, Lead, Stage
from bot.domain.week import local_to_utc
from bot.engine.call import Call
from bot.engine.holidays import days_off
from bot.store.ids import new_id
from bot.store.lists import ListedPerson
from bot.ui.text import t
from bot.ui.voice import say

NOT_KNOWN = t("not known yet")
FROM_LIST = t("from my own list")


def written(people: Sequence[Person]) -> str:
    """Write people as JSON, to wait for a yes."""
    return json.dumps(
        [
            {
                "name": person.name,
                "organisation": person.organisation,
                "why": person.why,
                "notes": person.notes,
                "stage": person.standing.stage,
                "reason": person.standing.reason,
                "added": person.added and person.added.isoformat(),
                "contacted": person.contacted and person.contacted.isoformat(),
            }
            for person in people
        ],
        ensure_ascii=False,
    )


def read(people_json: str) -> list[Person]:
    """Read people who were written as JSON."""
    rows: list[Mapping[str, str | None]] = json.loads(people_json)
    return [
        Person(
            row["name"] or "",
            row["organisation"] or "",
            row["why"] or "",
            row["notes"] or "",
            ToldStage(Stage(row["stage"]), CloseReason(row["reason"]) if row["reason"] else None),
            _day(row["added"]),
            _day(row["contacted"]),
        )
        for row in rows
    ]


def _day(written_day: str | None) -> date | None:
    return date.fromisoformat(written_day) if written_day else None


def listed(call: Call, person: Person) -> ListedPerson:
    """Make the entry of a person, as if what the list tells had been logged on its days."""
    clock = brought_clock(person.standing, person.contacted, call.today, days_off(call.community.holidays))
    last = _noon(call, person.contacted) or call.now
    lead = Lead(
        LeadId(new_id()),
        person.name,
        person.organisation,
        person.why,
        clock,
        _noon(call, person.added) or call.now,
        notes=person.notes,
        closed=last if clock.stage is Stage.CLOSED else None,
        close_reason=person.standing.reason,
    )
    stage = person.standing.stage
    return ListedPerson(lead, last if stage in ASKED else None, replied=stage in ANSWERED)


def _noon(call: Call, day: date | None) -> datetime | None:
    # Noon is on the same date in most zones; what happened today happened by now.
    return None if day is None else min(call.now, local_to_utc(day, time(12), call.zone))


def with_words(call: Call, person_texts: tuple[str, str]) -> tuple[str, str]:
    """Give an organisation and a why for somebody of whom the list tells none."""
    organisation, why = person_texts
    return organisation or say(NOT_KNOWN, call.language), why or say(FROM_LIST, call.language)
