"""The line of good news: five a digest and one of each member, and what a member was told stays true."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from bot.domain.ids import MemberId, WinId
from bot.domain.member import Appearance
from bot.domain.week import Week
from bot.domain.win import A_DIGEST, Win, line_up, place_in_line

WEEK = Week(2026, 11)
START = datetime(2026, 3, 9, tzinfo=UTC)


def win(number, week=WEEK, member=None):
    who = MemberId(member or f"m{number}")
    return Win(WinId(str(number)), who, week, Appearance.NAME, f"{number}", START + timedelta(minutes=number))


@given(st.integers(0, 40))
def test_each_gets_the_first_digest_with_room_and_nobody_moves(number):
    line: list[Win] = []
    for n in range(number):
        line.append(win(n, place_in_line(line, MemberId(f"m{n}"), WEEK)))
    assert line_up(line, WEEK) == {news.id: news.week for news in line}
    assert [news.week for news in line] == [WEEK.plus(n // A_DIGEST) for n in range(number)]


@given(st.integers(0, 25), st.sets(st.integers(0, 24)))
def test_who_takes_news_back_lets_nobody_show_earlier_than_told(number, back):
    line = [win(n, WEEK.plus(n // A_DIGEST)) for n in range(number)]
    left = [news for n, news in enumerate(line) if n not in back]
    assert line_up(left, WEEK) == {news.id: news.week for news in left}
    assert place_in_line(left, MemberId("new"), WEEK) >= max((news.week for news in left), default=WEEK)


@given(st.integers(0, 25))
def test_after_a_missed_digest_its_news_comes_first_and_the_order_stays(number):
    line = [win(n, WEEK.plus(n // A_DIGEST)) for n in range(number)]
    moved = line_up(line, WEEK.next())
    places = [moved[news.id] for news in line]
    assert places == sorted(places)
    assert all(week > WEEK for week in places)
    assert max(Counter(places).values(), default=0) <= A_DIGEST


shares = st.lists(st.sampled_from("abcdefgh"), max_size=40)


@given(shares)
def test_one_digest_tells_one_news_of_each_member_and_everybodys_first_before_anybodys_next(members):
    line: list[Win] = []
    for n, member in enumerate(members):
        line.append(win(n, place_in_line(line, MemberId(member), WEEK), member))
    assert line_up(line, WEEK) == {news.id: news.week for news in line}
    for week in {news.week for news in line}:
        told = [news.member for news in line if news.week == week]
        assert len(told) == len(set(told)) <= A_DIGEST
    firsts = [news for n, news in enumerate(line) if news.member not in {other.member for other in line[:n]}]
    assert [news.week for news in firsts] == sorted(news.week for news in firsts)
    # Eight members, five a digest: nobody's first news waits for those who share much.
    assert all(news.week <= WEEK.plus(len(firsts)) for news in firsts)


@given(shares)
def test_a_line_from_before_is_told_one_of_each_member_a_digest_too(members):
    line = [win(n, WEEK.plus(n // A_DIGEST), member) for n, member in enumerate(members)]
    places = line_up(line, WEEK)
    assert all(places[news.id] >= news.week for news in line)
    assert len({(news.member, places[news.id]) for news in line}) == len(line)
    assert max(Counter(places.values()).values(), default=0) <= A_DIGEST


def test_eleven_news_of_one_member_hold_nobody_up():
    line: list[Win] = []
    for n, member in enumerate(["a"] * 11 + ["b", "c", "b"]):
        line.append(win(n, place_in_line(line, MemberId(member), WEEK), member))
    assert [news.week for news in line[:11]] == [WEEK.plus(n) for n in range(11)]
    assert [news.week for news in line[11:]] == [WEEK, WEEK, WEEK.plus(1)]
