from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from bot.domain.ids import CommunityId, LeadId, MemberId
from bot.domain.joining import one_of, settings_of_one
from bot.domain.lead import CloseReason, FollowUpClock, KnowsTerm, Lead, Stage
from bot.domain.member import Appearance, Member
from bot.domain.sameness import Likeness, alike_pairs

MONDAY = datetime(2026, 3, 9, 13, tzinfo=UTC)


def lead(ident: str, name: str = "Dana", organisation: str = "Nordik", stage: Stage = Stage.NEW, day: int = 0) -> Lead:
    added = MONDAY + timedelta(days=day)
    return Lead(LeadId(ident), name, organisation, f"why {ident}", FollowUpClock(stage), added, notes=f"notes {ident}")


def member(**values: Any) -> Member:
    joined = Member(MemberId("m"), CommunityId("c"), "U1", "Amina")
    return replace(joined, **values)


def test_of_two_entries_of_one_person_the_earlier_words_stay_and_the_others_go_into_the_notes() -> None:
    joined = one_of(lead("home", "Dana R.", "Nordik inc", day=2), lead("side", "DANA R", day=0))
    assert (joined.id, joined.name, joined.organisation) == ("home", "DANA R", "Nordik")
    assert (joined.why, joined.added) == ("why side", MONDAY)
    assert joined.notes == "notes side\nwhy home\nnotes home"


@pytest.mark.parametrize(
    ("stage", "other_stage", "then"),
    [
        (Stage.NEW, Stage.ASKED, Stage.ASKED),
        (Stage.MET, Stage.ASKED, Stage.MET),
        (Stage.CLOSED, Stage.NEW, Stage.NEW),
        (Stage.IN_TOUCH, Stage.CLOSED, Stage.IN_TOUCH),
        (Stage.CLOSED, Stage.CLOSED, Stage.CLOSED),
    ],
)
def test_one_person_stands_where_the_further_entry_stands(stage: Stage, other_stage: Stage, then: Stage) -> None:
    for first, second in ((stage, other_stage), (other_stage, stage)):
        assert one_of(lead("home", stage=first), lead("side", stage=second)).stage is then


def test_an_entry_that_was_closed_leaves_no_reason_on_one_that_is_open() -> None:
    shut = replace(lead("home", stage=Stage.CLOSED), closed=MONDAY, close_reason=CloseReason.SAID_NO)
    joined = one_of(shut, lead("side"))
    assert (joined.is_open, joined.closed, joined.close_reason) == (True, None, None)


def test_nobody_is_their_own_source() -> None:
    joined = one_of(lead("home"), replace(lead("side"), source=LeadId("home")))
    assert joined.source is None


def test_who_named_the_person_stays_and_comes_over_from_the_other_entry() -> None:
    rosa, daniel = LeadId("rosa"), LeadId("daniel")
    named = replace(lead("side", day=1), source=daniel)
    assert one_of(lead("home"), named).source == daniel
    assert one_of(named, lead("home")).source == daniel
    assert one_of(replace(lead("home"), source=rosa), named).source == rosa


def test_what_is_known_of_the_term_comes_over_where_the_earlier_entry_is_not_sure() -> None:
    sure = replace(lead("side", day=1), knows_term=KnowsTerm.YES)
    assert one_of(lead("home"), sure).knows_term is KnowsTerm.YES
    assert one_of(replace(lead("home"), knows_term=KnowsTerm.NO), sure).knows_term is KnowsTerm.NO


def test_of_two_entries_at_one_stage_the_one_that_was_touched_last_tells_the_clock() -> None:
    early = replace(lead("home", stage=Stage.ASKED, day=2), touched=MONDAY + timedelta(days=3))
    late = replace(lead("side", stage=Stage.ASKED), touched=MONDAY + timedelta(days=4))
    late = replace(late, clock=FollowUpClock(Stage.ASKED, tries=2))
    for first, second in ((early, late), (late, early)):
        joined = one_of(first, second)
        assert (joined.clock.tries, joined.touched) == (2, late.touched)
    assert one_of(lead("home", day=1), lead("side")).touched == MONDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        (("Dana", "Nordik"), ("Dána", "Nordik"), True),
        (("Olena", "Hydro"), ("Olenna", "Hydro"), True),
        (("Marta", "Hydro"), ("Matra", "Hydro"), True),
        (("Dana", "Nordik"), ("Dana", "Nordic"), True),
        (("Olena", "Hydro"), ("Olenna", "Hydra"), False),
        (("Dana", "Nordik"), ("Dana", "Hydro"), False),
        (("Olena", "Hydro"), ("Oolena", "Hydro"), True),
        (("Olena", "Hydro"), ("Olena", "HHydro"), True),
        (("Ana", "Hydro"), ("Ina", "Hydro"), False),
        (("Dana", "Nordik"), ("Priya", "Nordik"), False),
    ],
)
def test_who_may_be_the_same_person_is_asked_about(
    first: tuple[str, str], second: tuple[str, str], *, asked: bool
) -> None:
    assert bool(alike_pairs([first], [second])) is asked


@pytest.mark.parametrize(
    ("home", "side", "then"),
    [
        ({"number": None}, {"number": 3}, {"number": 3}),
        ({"number": 0}, {"number": 3}, {}),
        ({"paused_until": date(2026, 3, 22)}, {"paused_until": date(2026, 3, 29)}, {"paused_until": date(2026, 3, 29)}),
        ({"paused_until": date(2026, 3, 29)}, {"paused_until": date(2026, 3, 22)}, {}),
        ({"checkins": True}, {"checkins": False}, {}),
        ({"reminders": False}, {"reminders": True}, {}),
        ({"started": False}, {"started": True}, {"started": True}),
        ({"nickname": None}, {"nickname": "Maple"}, {"nickname": "Maple"}),
        ({"nickname": "Fern"}, {"nickname": "Maple"}, {}),
    ],
)
def test_a_setting_of_the_home_stays_and_one_it_lacks_comes_over(
    home: dict[str, Any], side: dict[str, Any], then: dict[str, Any]
) -> None:
    assert settings_of_one(member(**home), member(**side)) == then


@pytest.mark.parametrize(
    ("chooses", "home", "side", "then"),
    [
        ("home", "Fern", "Maple", "Fern"),
        ("side", "Fern", "Maple", "Maple"),
        ("side", "Fern", None, "Fern"),
        ("home", None, "Maple", "Maple"),
    ],
)
def test_the_nickname_is_that_of_the_choice_that_counts(
    chooses: str, home: str | None, side: str | None, then: str
) -> None:
    home_member = member(nickname=home, appearance=Appearance.NICKNAME if chooses == "home" else Appearance.NAME)
    other = member(nickname=side, appearance=Appearance.NICKNAME if chooses == "side" else Appearance.NAME)
    assert settings_of_one(home_member, other).get("nickname", home) == then


@pytest.mark.parametrize(
    ("home", "side", "then"),
    [
        (Appearance.UNANSWERED, Appearance.UNANSWERED, Appearance.UNANSWERED),
        (Appearance.UNANSWERED, Appearance.NICKNAME, Appearance.NICKNAME),
        (Appearance.NAME, Appearance.UNANSWERED, Appearance.NAME),
        (Appearance.NAME, Appearance.NICKNAME, Appearance.NICKNAME),
        (Appearance.NAME, Appearance.HIDDEN, Appearance.HIDDEN),
        (Appearance.NICKNAME, Appearance.HIDDEN, Appearance.HIDDEN),
    ],
)
def test_a_choice_stays_and_of_two_the_more_private_one(home: Appearance, side: Appearance, then: Appearance) -> None:
    for first, second in ((home, side), (side, home)):
        changes = settings_of_one(
            member(appearance=first, nickname="Maple"), member(appearance=second, nickname="Maple")
        )
        assert changes.get("appearance", first) is then


def test_what_was_chosen_at_home_stays_and_what_was_chosen_only_at_the_side_comes_over() -> None:
    home = member(language="fr", number=2, reminders=True)
    side = member(language="en", zone="America/Montreal", number=5, work="rivers", reminders=False, checkins=True)
    assert settings_of_one(home, side) == {
        "zone": "America/Montreal",
        "work": "rivers",
        "reminders": False,
        "checkins": True,
    }
    there = member(seen_zone="Asia/Tokyo")
    assert settings_of_one(home, there) == {"seen_zone": "Asia/Tokyo"}
    assert settings_of_one(member(seen_zone="Europe/Paris"), there) == {}
    resting = member(paused_until=date(2026, 3, 22))
    assert settings_of_one(home, resting) == {"paused_until": date(2026, 3, 22)}


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(("Dana", "Dána", "Danna", "Dona", "Olena Koval", "Olena Kowal", "Olenakoval", "李明", "李月")),
        st.sampled_from(("Nordik", "Nordik Inc.", "Nordic", "Hydro")),
    ),
    max_size=8,
)


@given(ENTRIES, ENTRIES)
def test_long_lists_find_the_same_pairs_as_looking_at_each(
    ours: list[tuple[str, str]], theirs: list[tuple[str, str]]
) -> None:
    pairs = [(i, j) for j, their in enumerate(theirs) for i, our in enumerate(ours) if Likeness(*their).fits(*our)]
    assert alike_pairs(ours, theirs) == pairs
