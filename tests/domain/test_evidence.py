"""Reply rate by wording in communities of any size: no figure, and no two figures, tell of one person."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, strategies as st

from bot.domain.ask import Wording
from bot.domain.evidence import MEMBERS, MORE_THAN, Outcome, Tally, best_first, rolled
from tests.support.present import present

START = datetime(2026, 3, 9, tzinfo=UTC)


def asks_of(senders):
    """Make asks in their order; `senders` is who sent each, and whether it was answered."""
    return [
        Outcome(f"member {who}", START + timedelta(hours=n), f"{n:04}", answered)
        for n, (who, answered) in enumerate(senders)
    ]


small_communities = st.integers(1, 9).flatmap(
    lambda size: (
        st.lists(st.tuples(st.integers(1, size), st.booleans()), max_size=30)
        | st.lists(st.tuples(st.integers(1, size), st.booleans()), min_size=60, max_size=120)
    )
)
digests = st.lists(st.integers(0, 120), max_size=6).map(sorted)


def posted(asks, cuts):
    """Give the tallies of digests that were posted when so many asks had settled."""
    tallies = [Tally()]
    for cut in cuts:
        tallies.append(rolled(tallies[-1], asks[:cut]))
    return tallies


@given(small_communities, digests)
def test_between_two_digests_lie_whole_groups_of_many_members(senders, cuts):
    asks = asks_of(senders)
    for before, after in pairwise(posted(asks, cuts)):
        if before == after:
            continue
        between = [
            a
            for a in asks
            if (not before.last or (a.sent, a.id) > before.last) and (a.sent, a.id) <= present(after.last)
        ]
        sent = Counter(ask.member for ask in between)
        assert after.asks - before.asks == len(between) > MORE_THAN
        assert after.answered - before.answered == sum(ask.answered for ask in between)
        assert len(sent) >= MEMBERS
        assert max(sent.values()) * 2 <= len(between)


@given(small_communities, digests)
def test_every_figure_leaves_open_whether_any_single_ask_was_answered(senders, cuts):
    for tally in posted(asks_of(senders), cuts):
        if tally.asks:
            fits = [n for n in range(tally.asks + 1) if Tally(tally.asks, n).tenths == tally.tenths]
            # With one of the answers turned round, the figure could be the same: some other number of answers fits too.
            assert len(fits) > 1
            assert any(0 < n < tally.asks for n in fits)


@given(small_communities, st.integers(1, 9))
def test_a_member_who_is_forgotten_changes_no_figure_that_was_posted(senders, who):
    asks = asks_of(senders)
    before = rolled(Tally(), asks)
    left = [ask for ask in asks if ask.member != f"member {who}"]
    assert rolled(before, left) == before


@given(small_communities, st.integers(0, 120))
def test_it_does_not_matter_when_the_digests_came(senders, cut):
    asks = asks_of(senders)
    assert posted(asks, [cut, len(asks)])[-1] == rolled(Tally(), asks)


def test_twenty_asks_by_five_are_too_few_and_twenty_one_are_enough():
    senders = [(n % 5, n % 2 == 0) for n in range(21)]
    assert rolled(Tally(), asks_of(senders[:20])) == Tally()
    full = rolled(Tally(), asks_of(senders))
    assert full == Tally(21, 11, (START + timedelta(hours=20), "0020"))
    assert rolled(full, asks_of(senders)) == full


def test_many_asks_by_four_are_too_few():
    assert rolled(Tally(), asks_of([(n % 4, True) for n in range(200)])) == Tally()


def test_one_member_cannot_be_more_than_half_of_a_figure():
    senders = [(0, True)] * 17 + [(n, False) for n in range(1, 5)]
    assert rolled(Tally(), asks_of(senders)) == Tally()
    more = senders + [(n % 4 + 1, False) for n in range(13)]
    assert rolled(Tally(), asks_of(more)).asks == 34


def test_a_share_is_never_none_or_all():
    assert Tally(21, 0).tenths == 1
    assert Tally(21, 21).tenths == 9
    assert Tally(30, 10).tenths == 3


def test_the_most_answered_comes_first_and_what_has_no_figure_is_left_out():
    tallies = {Wording.CALL: Tally(30, 10), Wording.CHAT: Tally(30, 20), Wording.TERM: Tally()}
    assert [rate.wording for rate in best_first(tallies)] == [Wording.CHAT, Wording.CALL]
