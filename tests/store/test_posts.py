"""The ledger of posts: one owner at a time, one step at a time, and never the same step twice."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.ids import CommunityId, Who
from bot.store import communities, lease, posts, touched
from bot.store.database import Tx
from bot.store.errors import LostClaim
from bot.store.post_keys import KEY_LETTERS, key_of
from bot.store.posts import Claim, PostEntry, PostState
from bot.store.tables import posts as post_table
from tests.support.present import present
from tests.support.store import NOW, is_on_server

WEEK = "2026-W11"
LEASE = timedelta(minutes=2)
LATER = NOW + LEASE + timedelta(seconds=1)


@pytest.fixture
def home(tx: Tx, amina: Who) -> CommunityId:
    communities.set_up(
        tx, amina, zone="America/Toronto", language="en", second_language=None, digest_channel="digest", digest_at=None
    )
    return amina.community


def enter(tx: Tx, home: CommunityId, period: str = WEEK, skipped: str | None = None) -> bool:
    before = posts.find(tx, home, "digest", period)
    told = posts.enter(tx, [PostEntry(home, "digest", period, NOW, skipped)])
    new = before is None and posts.find(tx, home, "digest", period) is not None
    assert len(told) == (new and skipped is not None), "somebody is told once, and only of what is left out"
    return new


def claim(tx: Tx, owner: str = "one", now=NOW, platforms: tuple[str, ...] = ("console",)) -> list[Claim]:
    return posts.claim(tx, now, owner, LEASE, platforms=platforms, limit=10)


def later(tx: Tx, by: timedelta = LATER - NOW, since: datetime = NOW) -> datetime:
    """Let time pass: on a server, whose clock no test moves, all that is compared with it comes nearer instead."""
    if is_on_server():
        held = post_table.c.state.in_((PostState.CLAIMED, PostState.SENDING))
        sooner = sa.type_coerce(post_table.c.next_at, sa.BigInteger) - lease.microseconds(by)
        tx.execute(post_table.update().where(held).values(next_at=sooner))
    return since + by


def state(tx: Tx, home: CommunityId) -> PostState | None:
    post = posts.find(tx, home, "digest", WEEK)
    return post and post.state


def test_a_week_is_entered_once(tx: Tx, home: CommunityId) -> None:
    assert enter(tx, home)
    assert not enter(tx, home)
    assert not enter(tx, home, skipped="late")
    assert posts.find(tx, home, "digest", WEEK) == posts.Post(PostState.DUE, NOW, None, None)
    assert posts.find(tx, home, "digest", "2026-W12") is None


def test_a_week_that_is_left_out_is_on_record_with_the_reason_and_is_never_claimed(tx: Tx, home: CommunityId) -> None:
    assert enter(tx, home, skipped="late")
    assert posts.find(tx, home, "digest", WEEK) == posts.Post(PostState.SKIPPED, NOW, "late", None)
    assert claim(tx) == []
    assert posts.earliest(tx, NOW) is None


def test_only_one_of_two_owners_gets_a_post_until_the_lease_ends(tx: Tx, home: CommunityId) -> None:
    enter(tx, home)
    assert claim(tx, now=NOW - timedelta(seconds=1)) == []
    assert claim(tx, platforms=("discord",)) == []
    (mine,) = claim(tx)
    assert (mine.community, mine.period, mine.channel, mine.language) == (home, WEEK, "digest", "en")
    assert (mine.attempt, mine.payload, mine.sent_before) == (1, None, False)
    assert claim(tx, "two") == []
    ends = present(posts.earliest(tx, NOW))
    assert LEASE - timedelta(seconds=9 if is_on_server() else 0) <= ends - NOW <= LEASE
    (theirs,) = claim(tx, "two", later(tx))
    assert (theirs.attempt, theirs.key) == (2, mine.key)


def test_who_lost_the_lease_takes_no_step_any_more(tx: Tx, home: CommunityId) -> None:
    enter(tx, home)
    (mine,) = claim(tx)
    (theirs,) = claim(tx, "two", later(tx))
    with pytest.raises(LostClaim):
        posts.sending(tx, mine, "words", NOW, LEASE)
    assert not posts.is_held(tx, mine)
    assert not posts.skip(tx, mine, "why")
    assert not posts.fail(tx, mine, "why")
    assert not posts.uncertain(tx, mine)
    assert state(tx, home) is PostState.CLAIMED
    posts.sending(tx, theirs, "words", NOW, LEASE)
    assert posts.is_held(tx, theirs)
    assert posts.posted(tx, theirs, "p2") == "p2"
    assert posts.find(tx, home, "digest", WEEK) == posts.Post(PostState.POSTED, NOW, None, "p2")


def test_the_same_owner_in_an_earlier_attempt_has_lost_it_too(tx: Tx, home: CommunityId) -> None:
    enter(tx, home)
    (first,) = claim(tx)
    (again,) = claim(tx, "one", later(tx))
    assert (posts.is_held(tx, first), posts.is_held(tx, again)) == (False, True)


MEANWHILE: dict[str, Callable[[Tx, Claim], object]] = {
    "claimed": lambda tx, theirs: None,
    "sending": lambda tx, theirs: posts.sending(tx, theirs, "words", NOW, LEASE),
    "put off": lambda tx, theirs: posts.put_off(tx, theirs, NOW, LATER - NOW, doubted=False),
    "failed": lambda tx, theirs: posts.fail(tx, theirs, "archived"),
    "uncertain": posts.uncertain,
    "said to be there": lambda tx, theirs: (
        posts.uncertain(tx, theirs),
        posts.resolve(tx, theirs.community, "digest", WEEK, there=True),
    ),
}


@pytest.mark.parametrize("meanwhile", MEANWHILE)
def test_who_was_overtaken_and_hears_that_it_is_there_is_right_whatever_another_one_did(
    tx: Tx, home: CommunityId, meanwhile: str
) -> None:
    enter(tx, home)
    (mine,) = claim(tx)
    posts.sending(tx, mine, "words", NOW, LEASE)
    (theirs,) = claim(tx, "two", later(tx))
    MEANWHILE[meanwhile](tx, theirs)
    assert posts.posted(tx, mine, "p1") == "p1"
    assert posts.find(tx, home, "digest", WEEK) == posts.Post(PostState.POSTED, NOW, None, "p1")
    with pytest.raises(LostClaim):
        posts.sending(tx, theirs, "words", NOW, LEASE)
    assert not posts.fail(tx, theirs, "why")
    assert claim(tx, "three", NOW + 3 * LEASE) == []


def test_of_two_that_are_there_the_first_on_record_stays(tx: Tx, home: CommunityId) -> None:
    enter(tx, home)
    (first,) = claim(tx)
    posts.sending(tx, first, "words", NOW, LEASE)
    (second,) = claim(tx, "two", later(tx))
    posts.sending(tx, second, "words", NOW, LEASE)
    assert [posts.posted(tx, first, "p1"), posts.posted(tx, second, "p2")] == ["p1", "p1"]
    assert [posts.posted(tx, first, "p1"), posts.posted(tx, second, "p2")] == ["p1", "p1"]


def test_after_a_crash_while_sending_the_next_owner_knows_the_words_and_the_doubt(tx: Tx, home: CommunityId) -> None:
    enter(tx, home)
    posts.sending(tx, claim(tx)[0], "the same words", NOW, LEASE)
    (again,) = claim(tx, "two", later(tx))
    assert (again.payload, again.sent_before) == ("the same words", True)


@pytest.mark.parametrize("end", ["posted", "skip", "fail"])
def test_what_is_settled_is_done_once_and_never_taken_up_again(tx: Tx, home: CommunityId, end: str) -> None:
    enter(tx, home)
    (mine,) = claim(tx)
    posts.sending(tx, mine, "words", NOW, LEASE)
    step = getattr(posts, end)
    assert step(tx, mine, "note")
    assert not posts.is_held(tx, mine)
    post = posts.find(tx, home, "digest", WEEK)
    assert post is not None
    assert (post.reference, post.reason) == (("note", None) if end == "posted" else (None, "note"))
    assert claim(tx, "two", later(tx)) == []
    assert posts.earliest(tx, NOW) is None


def test_an_uncertain_post_waits_for_an_organiser_who_saw_it(tx: Tx, home: CommunityId) -> None:
    enter(tx, home)
    (mine,) = claim(tx)
    posts.sending(tx, mine, "words", NOW, LEASE)
    assert posts.uncertain(tx, mine)
    assert (state(tx, home), claim(tx, "two", later(tx))) == (PostState.UNCERTAIN, [])
    assert not posts.post_now(tx, home, "digest", WEEK, LATER)
    assert posts.resolve(tx, home, "digest", WEEK, there=True)
    assert state(tx, home) is PostState.POSTED
    assert not posts.resolve(tx, home, "digest", WEEK, there=False)


def test_an_uncertain_post_that_is_not_there_comes_again_with_the_same_words(tx: Tx, home: CommunityId) -> None:
    enter(tx, home)
    (mine,) = claim(tx)
    posts.sending(tx, mine, "words", NOW, LEASE)
    posts.uncertain(tx, mine)
    assert posts.resolve(tx, home, "digest", WEEK, there=False)
    (again,) = claim(tx, "two", later(tx))
    assert (again.payload, again.sent_before) == ("words", False)


def test_a_post_that_is_not_there_can_be_asked_for_now_and_one_that_is_cannot(tx: Tx, home: CommunityId) -> None:
    assert posts.post_now(tx, home, "digest", WEEK, NOW)
    assert posts.post_now(tx, home, "digest", WEEK, NOW)
    (mine,) = claim(tx)
    assert not posts.post_now(tx, home, "digest", WEEK, NOW)
    assert posts.fail(tx, mine, "channel-gone")
    assert posts.post_now(tx, home, "digest", WEEK, LATER)
    assert posts.find(tx, home, "digest", WEEK) == posts.Post(PostState.DUE, NOW, None, None)
    (again,) = claim(tx, "two", later(tx))
    posts.sending(tx, again, "words", NOW, LEASE)
    posts.posted(tx, again, "p1")
    assert not posts.post_now(tx, home, "digest", WEEK, LATER)


ENDED = {
    "left": lambda tx, mine: posts.fail(tx, mine, posts.LEFT),
    "closed": lambda tx, mine: posts.fail(tx, mine, "closed"),
    "skipped": lambda tx, mine: posts.skip(tx, mine, posts.LEFT),
    "posted": lambda tx, mine: posts.posted(tx, mine, "ref"),
    "waits": lambda tx, mine: posts.put_off(tx, mine, NOW, LATER - NOW, doubted=False),
}


@pytest.mark.parametrize(
    ("end", "since", "comes"),
    [
        ("left", -1, True),
        ("left", 0, False),
        ("left", 1, False),
        ("closed", -1, False),
        ("skipped", -1, False),
        ("posted", -1, False),
        ("waits", -1, False),
    ],
)
def test_what_failed_because_the_bot_was_away_comes_when_it_is_back(
    tx: Tx, home: CommunityId, stranger: Who, end: str, since: int, *, comes: bool
) -> None:
    enter(tx, home)
    (mine,) = claim(tx)
    ENDED[end](tx, mine)
    before = posts.find(tx, home, "digest", WEEK)
    posts.take_up(tx, stranger.community, NOW + timedelta(seconds=since), LATER)
    assert posts.find(tx, home, "digest", WEEK) == before, "another community's return changes nothing"
    posts.take_up(tx, home, NOW + timedelta(seconds=since), LATER)
    after = posts.find(tx, home, "digest", WEEK)
    assert after == (posts.Post(PostState.DUE, NOW, None, None) if comes else before)
    if comes:
        assert posts.earliest(tx, NOW) == LATER
        assert claim(tx, now=NOW + LEASE) == []
        assert [post.attempt for post in claim(tx, now=LATER)] == [2]


@pytest.mark.parametrize("end", [*ENDED, "due", "claimed", "uncertain"])
@pytest.mark.parametrize("instant", [-1, 0])
def test_what_a_clock_entered_that_was_ahead_is_forgotten_unless_it_was_sent(
    tx: Tx, home: CommunityId, end: str, instant: int
) -> None:
    enter(tx, home)
    if end != "due":
        (mine,) = claim(tx)
        if end in ENDED:
            ENDED[end](tx, mine)
        elif end == "uncertain":
            posts.sending(tx, mine, "words", NOW, LEASE)
            posts.uncertain(tx, mine)
    posts.forget_after(tx, NOW + timedelta(seconds=instant))
    forgotten = instant < 0 and end not in {"posted", "uncertain"}
    assert (posts.find(tx, home, "digest", WEEK) is None) is forgotten


def test_a_post_that_is_asked_for_now_moves_the_times_of_its_community(tx: Tx, home: CommunityId) -> None:
    touched.take_communities(tx)
    posts.post_now(tx, home, "digest", WEEK, NOW)
    assert [community for community, _ in touched.take_communities(tx)] == [home]


def test_the_key_of_a_post_is_always_the_same_and_never_anothers(tx: Tx, home: CommunityId) -> None:
    assert key_of(home, "digest", WEEK) == key_of(home, "digest", WEEK)
    keys = {key_of(where, "digest", when) for where in (home, "other") for when in (WEEK, "2026-W12")}
    assert len(keys) == 4
    assert all(len(key) == KEY_LETTERS for key in keys)


def test_a_post_that_waited_for_its_turn_gets_a_new_lease_when_it_is_sent(tx: Tx, home: CommunityId) -> None:
    enter(tx, home)
    (mine,) = claim(tx)
    begun = later(tx, LEASE * 0.6)
    posts.sending(tx, mine, "words", begun, LEASE)
    then = later(tx, LEASE * 0.6, begun)
    assert claim(tx, "two", then) == []
    (theirs,) = claim(tx, "two", later(tx, LEASE, then))
    assert theirs.sent_before


HOUR = timedelta(hours=1)


@pytest.mark.server_only
@pytest.mark.parametrize("wrong_by", [HOUR, -HOUR])
def test_a_machine_whose_clock_is_wrong_holds_a_lease_as_long_as_others(
    tx: Tx, home: CommunityId, wrong_by: timedelta
) -> None:
    enter(tx, home)
    later(tx)
    (mine,) = posts.claim(tx, NOW + HOUR, "one", LEASE, platforms=("console",), limit=10)
    posts.sending(tx, mine, "words", NOW + wrong_by, LEASE)
    assert claim(tx, "two", NOW) == claim(tx, "three", NOW + HOUR) == []
    (theirs,) = claim(tx, "two", later(tx))
    assert theirs.sent_before


def test_a_look_that_was_put_off_is_taken_again_after_its_time(tx: Tx, home: CommunityId) -> None:
    enter(tx, home)
    (mine,) = claim(tx)
    posts.put_off(tx, mine, NOW, LEASE, doubted=True)
    assert claim(tx, "two", NOW) == []
    (again,) = claim(tx, "two", later(tx))
    assert again.sent_before


@pytest.mark.server_only
def test_a_machine_whose_clock_is_ahead_takes_no_lease_from_others(tx: Tx, home: CommunityId) -> None:
    enter(tx, home)
    (mine,) = claim(tx)
    assert claim(tx, "two", NOW + HOUR) == []
    posts.put_off(tx, mine, NOW, LEASE, doubted=True)
    assert claim(tx, "two", NOW + HOUR) == []
    (again,) = claim(tx, "two", later(tx))
    assert again.sent_before


def test_what_is_due_goes_by_the_time_of_the_round(tx: Tx, home: CommunityId) -> None:
    enter(tx, home)
    assert claim(tx, now=NOW - HOUR) == []
    (mine,) = claim(tx)
    posts.put_off(tx, mine, NOW, HOUR, doubted=False)
    assert (claim(tx, now=later(tx)), posts.earliest(tx, NOW)) == ([], NOW + HOUR)
    assert len(claim(tx, now=NOW + HOUR)) == 1
