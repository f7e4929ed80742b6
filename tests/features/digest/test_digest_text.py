"""The text of the digest: its order, its length at the worst, its languages; nothing in it pings or singles out."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from bot.domain.community import Community
from bot.domain.digest import DigestFacts, Disclosure, GoodNews, TeamGoal, Totals
from bot.domain.ids import CommunityId, MemberId, TipId
from bot.domain.leaderboard import Score, board
from bot.domain.own_tips import OWN as OUR_OWN
from bot.domain.tip import Evidence, Tip, TipState, Topic
from bot.domain.week import Week
from bot.domain.win import A_DIGEST
from bot.engine.tokens import Signer
from bot.features import everything
from bot.features.digest.post import MOST_CHARACTERS, write_digest
from bot.ui.plain import all_buttons, plain
from bot.ui.reply import Image, Ranking, Reply
from bot.ui.voice import say

everything()
WEEK = Week(2026, 11)
NOW = datetime(2026, 3, 16, 16, 30, tzinfo=UTC)
SIGNER = Signer((b"tests",))
TOTALS = [Totals(WEEK.plus(n - 7), 10 + n, 20 + n, n) for n in range(8)]
LONGEST = "W" * 80
OWN = Tip(TipId("own"), Topic.OTHER, "A tip. " * 71, TipState.PUBLISHED, evidence=Evidence(500, 499, NOW))


def community(second: str | None = None, first: str = "en") -> Community:
    return Community(CommunityId("c"), "console", "circle", "Newcomers", "America/Toronto", first, second, "digest")


def seeded(number: int) -> Tip:
    own = OUR_OWN[number]
    return Tip(TipId(own.key), own.topic, own.text, TipState.PUBLISHED, seeded=True, evidence=Evidence(9, 6, NOW))


def facts(names: list[str], **more: Any) -> DigestFacts:
    """Make a week in which everybody did everything."""
    scores = [Score(MemberId(f"{n}"), name, 10) for n, name in enumerate(names)]
    return DigestFacts(
        week=WEEK,
        totals=TOTALS,
        board=board(scores),
        wins=[GoodNews(name, "I have a job! " * 21) for name in names[:A_DIGEST]],
        bests=names,
        promised=len(names),
        reported=len(names),
        first_asks=names,
        first_asks_unnamed=500,
        **{"tip": OWN, **more},
    )


def text_of(reply: Reply, language: str = "en") -> str:
    return plain(Reply(tuple(part for part in reply.parts if not isinstance(part, Image))), language)


def whole(reply: Reply, language: str = "en") -> str:
    """Give everything a reader may get as text, the words of the picture too."""
    return plain(reply, language)


SOME = replace(
    facts(["Amina", "Li", "Omar"]),
    board=board(Score(MemberId(name), name, n) for name, n in (("Amina", 3), ("Li", 3), ("Omar", 1))),
    wins=[GoodNews("Amina", "I have a job."), GoodNews(None, "I have an interview.")],
    bests=["Omar", "Amina"],
    promised=19,
    reported=14,
    first_asks=["Li"],
    first_asks_unnamed=0,
    tip=seeded(0),
)


def test_the_eight_parts_come_in_their_order():
    reply = write_digest(SOME, community(), SIGNER, NOW)
    text = text_of(reply)
    order = [
        "Together: 17 leads, 27 asks, 7 meetings. The week before: 16 leads, 26 asks and 6 meetings.",
        "Most leads",
        "1. Amina: 3\n1. Li: 3\n3. Omar: 1",
        "Good news",
        "- Amina: I have a job.\n- A member: I have an interview.",
        "Personal best: Amina and Omar.",
        "Promises with a report: 14 of 19. A zero counts too.",
        "First ask ever: Li. Well done.",
        "Tip: Say why you chose this person",
        "Tried by 9, worked for 6.",
    ]
    places = [text.index(heading) for heading in order]
    assert places == sorted(places)
    assert [say(button.label, "en") for button in all_buttons(reply)] == ["Add a person", "Plan my week", "Read a tip"]


def test_the_picture_has_words_that_stand_for_it():
    reply = write_digest(SOME, community(), SIGNER, NOW)
    (image,) = (part for part in reply.parts if isinstance(part, Image))
    assert say(image.alt, "en") == "Chart of 8 weeks. Last week: 17 leads, 27 asks, 7 meetings."
    assert [(place.place, place.name) for place in image.chart.places] == [(1, "Amina"), (1, "Li"), (3, "Omar")]


def test_what_there_is_not_is_left_out():
    bare = DigestFacts(WEEK, TOTALS)
    text = text_of(write_digest(bare, community(), SIGNER, NOW))
    for word in ("Most leads", "Good news", "Personal best", "Promises", "First ask", "Tip"):
        assert word not in text


def test_many_names_are_cut_and_the_rest_are_counted():
    many = replace(SOME, bests=[f"Member {letter}" for letter in "LKJIHGFEDCBA"], first_asks=[], first_asks_unnamed=1)
    text = text_of(write_digest(many, community(), SIGNER, NOW))
    assert "Personal best: Member A, Member B, Member C, Member D, Member E, Member F, and 6 more." in text
    assert "1 member sent a first ask. Well done." in text


def test_many_members_who_share_a_place_are_counted():
    reply = write_digest(facts([f"Member {n:03}" for n in range(500)]), community(), SIGNER, NOW)
    (ranking,) = (part for part in reply.parts if isinstance(part, Ranking))
    assert {place.place for place in ranking.places} == {1}
    assert f"And {500 - len(ranking.places)} more members." in text_of(reply)


def test_a_calm_week_gets_one_kind_line_and_a_tip_and_keeps_good_news():
    calm = replace(SOME, totals=[Totals(WEEK, 1, 1, 0, Disclosure.NOTHING)])
    reply = write_digest(calm, community(), SIGNER, NOW)
    text = text_of(reply)
    assert "A calm week. One short message to one person is a good start." in text
    assert "Tip: " in text
    assert "I have a job." in text
    for word in ("Together", "Most leads", "Promises", "Personal best", "First ask"):
        assert word not in text
    assert not any(isinstance(part, Image) for part in reply.parts)


def test_nobody_who_did_nothing_is_named_and_no_last_place_is_shown():
    scores = [Score(MemberId(f"{n}"), f"Member {n}", value) for n, value in enumerate((9, 8, 7, 6, 5, 4, 0, 0))]
    text = text_of(write_digest(replace(SOME, board=board(scores), wins=[]), community(), SIGNER, NOW))
    assert "5. Member 4: 5" in text
    for name in ("Member 5", "Member 6", "Member 7"):
        assert name not in text


@pytest.mark.parametrize("first", ["en", "fr"])
@pytest.mark.parametrize("second", [None, "en", "fr"])
def test_five_hundred_members_with_the_longest_names_fit(first, second):
    for tip in (OWN, max(map(seeded, range(len(OUR_OWN))), key=lambda own: len(own.text))):
        for name in (LONGEST, "ქართული" * 11, "佐藤" * 40, "👩🏽‍💻" * 20):
            many = facts([f"{n:03} {name}"[:80] for n in range(500)], tip=tip)
            many = replace(many, goal=TeamGoal(5000, in_a_row=52))
            reply = write_digest(many, community(second, first), SIGNER, NOW)
            assert len(whole(reply, first)) <= MOST_CHARACTERS
            assert "…" in whole(reply, first)


@settings(max_examples=30)
@given(
    st.lists(st.text(min_size=1, max_size=80), max_size=60),
    st.lists(st.text(min_size=1, max_size=300), max_size=A_DIGEST),
    st.sampled_from([None, "fr"]),
)
def test_whatever_members_write_it_fits(names, news, second):
    any_week = replace(facts(names), wins=[GoodNews(None, text) for text in news])
    assert len(whole(write_digest(any_week, community(second), SIGNER, NOW))) <= MOST_CHARACTERS


def test_two_languages_tell_the_same_facts_twice():
    english = text_of(write_digest(SOME, community(), SIGNER, NOW))
    both = text_of(write_digest(SOME, community("fr"), SIGNER, NOW))
    assert both.startswith(english)
    assert both.count("3. Omar") == 2
    french = text_of(write_digest(SOME, community(None, "fr"), SIGNER, NOW), "fr")
    assert both == f"{english}\n\n{french}"


@pytest.mark.parametrize(("first", "second"), [("en", "fr"), ("fr", "en")])
def test_each_language_of_a_post_keeps_its_own_punctuation(first: str, second: str):
    text = plain(write_digest(facts(["Amina", "Ben", "Li"]), community(second, first), SIGNER, NOW), first)
    assert re.findall(r"Amina ?: (?=10)", text) == [
        {"en": "Amina: ", "fr": "Amina : "}[code] for code in (first, second)
    ]


def test_the_buttons_are_for_everyone_in_the_channel():
    for button in all_buttons(write_digest(SOME, community(), SIGNER, NOW)):
        assert len(button.token) <= 100
        assert button.token[4] == "e"
