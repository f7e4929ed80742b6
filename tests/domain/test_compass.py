"""The compass is read out of the talks that were held, in the order in which things were learned."""

from datetime import UTC, datetime, timedelta

from bot.domain.compass import LearnedFact, compass
from bot.domain.ids import LeadId, MeetingId
from bot.domain.lead import FollowUpClock, Lead
from bot.domain.meeting import Meeting, MeetingState, Notes

NOW = datetime(2026, 3, 11, 14, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def held(ident: str, lead: str, at: datetime | None = NOW, **notes: str) -> Meeting:
    return Meeting(MeetingId(ident), LeadId(lead), MeetingState.HELD, held_at=at, notes=Notes(**notes))


def lead(name: str, source: str | None = None) -> Lead:
    return Lead(LeadId(name), name, "Nordik", "why", FollowUpClock(), NOW, source=LeadId(source) if source else None)


def test_what_is_wanted_stands_in_the_order_learned() -> None:
    read = compass([held("b", "tom", LATER, want="care", no_longer="sales"), held("a", "ana", want="rivers")], [])
    assert read.want == [LearnedFact(NOW, "rivers"), LearnedFact(LATER, "care")]
    assert read.no_longer == [LearnedFact(LATER, "sales")]
    assert (read.talks, read.names_hoped_for) == (2, 6)


def test_two_talks_of_one_moment_keep_one_order() -> None:
    first, second = held("a", "ana", want="rivers"), held("b", "tom", want="care")
    for talks in ([first, second], [second, first]):
        assert [learned.words for learned in compass(talks, []).want] == ["rivers", "care"]


def test_only_talks_that_were_held_count() -> None:
    planned = Meeting(MeetingId("p"), LeadId("ana"), MeetingState.PLANNED, planned_for=NOW, notes=Notes(want="x"))
    off = Meeting(MeetingId("o"), LeadId("ana"), MeetingState.OFF, held_at=NOW, notes=Notes(want="x"))
    read = compass([planned, off, held("u", "ana", None, want="x")], [])
    assert (read.want, read.talks, read.new_names) == ([], 0, 0)


def test_a_name_counts_once_whether_it_was_noted_or_put_on_the_list() -> None:
    talks = [
        held("a", "ana", names="Priya at Bell; Tom"),
        held("b", "ana", LATER, names="PRIYA at Hydro; Lee"),
        held("c", "noor", LATER, names="Kim, Hydro"),
        held("d", "omar", LATER),
    ]
    people = [lead("priya", "ana"), lead("x", "omar"), lead("y", "omar"), lead("z", "nobody held"), lead("w")]
    assert compass(talks, people).new_names == 3 + 1 + 2
    assert compass(talks[:1], people).new_names == 2
    assert compass(talks[3:], people).new_names == 2
