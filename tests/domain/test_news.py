"""The line of good news: five a digest, first come first told, and what a member was told stays true."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from bot.domain.ids import MemberId, WinId
from bot.domain.member import Appearance
from bot.domain.week import Week
from bot.domain.win import A_DIGEST, Win, end_of_line, line_up

WEEK = Week(2026, 11)
START = datetime(2026, 3, 9, tzinfo=UTC)


def win(number, week=WEEK):
    return Win(WinId(str(number)), MemberId("m"), week, Appearance.NAME, f"{number}", START + timedelta(minutes=number))


@given(st.integers(0, 40))
def test_each_gets_the_first_digest_with_room_and_nobody_moves(number):
    line: list[Win] = []
    for n in range(number):
        line.append(win(n, end_of_line(line, WEEK)))
    assert line_up(line, WEEK) == {each.id: each.week for each in line}
    assert [each.week for each in line] == [WEEK.plus(n // A_DIGEST) for n in range(number)]


@given(st.integers(0, 25), st.sets(st.integers(0, 24)))
def test_who_takes_news_back_lets_nobody_show_earlier_than_told(number, back):
    line = [win(n, WEEK.plus(n // A_DIGEST)) for n in range(number)]
    left = [each for n, each in enumerate(line) if n not in back]
    assert line_up(left, WEEK) == {each.id: each.week for each in left}
    assert end_of_line(left, WEEK) >= max((each.week for each in left), default=WEEK)


@given(st.integers(0, 25))
def test_after_a_missed_digest_its_news_comes_first_and_the_order_stays(number):
    line = [win(n, WEEK.plus(n // A_DIGEST)) for n in range(number)]
    moved = line_up(line, WEEK.next())
    places = [moved[each.id] for each in line]
    assert places == sorted(places)
    assert all(week > WEEK for week in places)
    assert max(Counter(places).values(), default=0) <= A_DIGEST
