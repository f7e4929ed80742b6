"""Gathers what a digest tells; names only of members who agreed to be named."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.core.standing import standing
from bot.domain.ask import Wording
from bot.domain.community import Community
from bot.domain.digest import DigestFacts, GoodNews, Totals
from bot.domain.evidence import Tally, best_first, rolled
from bot.domain.ids import MemberId, Who
from bot.domain.leaderboard import board
from bot.domain.member import Appearance
from bot.domain.outsiders import outsider_in
from bot.domain.privacy import may_be_told
from bot.domain.promise import personal_best
from bot.domain.tip import next_tip
from bot.domain.week import Week
from bot.domain.win import Win
from bot.store import asks, buddies, events, leads, members, promises, snapshots, tips, wins
from bot.store.database import Tx
from bot.store.snapshots import Snapshot

WEEKS = 8
"""Weeks of totals in the chart."""
BEST_LOOKS_BACK = 26
"""Weeks in which the last four active ones are looked for."""


def gather(tx: Tx, community: Community, week: Week, until: datetime) -> DigestFacts:
    """Gather the facts of a week, counting what was recorded until an instant."""
    firsts = events.first_asks(tx, community.id, week, until)
    named = members.shown_names(tx, community.id)
    unnamed = sum(who not in named for who in firsts)
    walking = sum(len(group.members) for group in buddies.groups(tx, community.id))
    promised, reported = promises.totals(tx, community.id, week, until)
    return DigestFacts(
        week=week,
        totals=_totals(tx, community, week, until),
        board=board(standing(tx, community, week, until)),
        wins=[_news(tx, community, win) for win in _tellable(tx, community, week, until)],
        bests=_bests(tx, community, week, named, until),
        promised=promised if may_be_told(promised) else 0,
        reported=reported if may_be_told(promised) else 0,
        first_asks=[named[who] for who in firsts if who in named],
        first_asks_unnamed=unnamed if may_be_told(unnamed) else 0,
        tip=next_tip(tips.published(tx, community.id), week),
        buddies=walking if may_be_told(walking) else 0,
    )


def freeze(tx: Tx, community: Community, known: DigestFacts, until: datetime) -> DigestFacts:
    """Keep the week as it is posted; gives it with what is newly known of wordings.

    Those figures change here and nowhere else, so nobody can watch one change with a single ask.
    """
    before = snapshots.latest(tx, community.id)
    tallies = dict(before.wordings) if before is not None else {}
    fresh: dict[Wording, Tally] = {}
    # A quiet week's post has no room for figures; they wait for the next one.
    for wording in () if known.is_quiet else Wording:
        counted = tallies.get(wording, Tally())
        tally = rolled(counted, asks.settled(tx, community.id, wording, counted, until))
        if tally != counted:
            fresh[wording] = tallies[wording] = tally
    added = events.counts(tx, community.id, known.week, events.LEAD, until)
    frozen = Snapshot(known.week, until, known.this_week, known.board, added, tallies)
    if not snapshots.freeze(tx, community.id, frozen):
        return known
    return replace(known, rates=best_first(fresh))


def _totals(tx: Tx, community: Community, week: Week, until: datetime) -> list[Totals]:
    """Read the totals of the last weeks, from the first that had anything; a posted week stays as it was posted."""
    first = week.plus(1 - WEEKS)
    posted = {frozen.week: frozen.totals for frozen in snapshots.between(tx, community.id, first, week)}
    counted = events.totals(tx, community.id, first, week, until)
    every = [posted.get(each) or _counted(each, counted.get(each, {})) for each in map(first.plus, range(WEEKS))]
    began = next((i for i, totals in enumerate(every) if totals.actions), WEEKS - 1)
    return every[began:]


def _counted(week: Week, counts: Mapping[str, int]) -> Totals:
    return Totals(week, counts.get(events.LEAD, 0), counts.get(events.ASK, 0), counts.get(events.MEETING, 0))


def _tellable(tx: Tx, community: Community, week: Week, until: datetime) -> list[Win]:
    """Read the good news of a week that names nobody on its member's list, not even one who was added since."""
    shared = wins.of_week(tx, community.id, week, until)
    known = {who: leads.names(tx, Who(community.id, who), open_only=False) for who in {win.member for win in shared}}
    return [win for win in shared if outsider_in(win.text, (lead.name for lead in known[win.member])) is None]


def _news(tx: Tx, community: Community, win: Win) -> GoodNews:
    """Name who shares good news, as they chose for this news."""
    member = members.get(tx, Who(community.id, win.member))
    names = {Appearance.NAME: member.name, Appearance.NICKNAME: member.nickname}
    return GoodNews(names.get(win.appearance), win.text)


def _bests(tx: Tx, community: Community, week: Week, named: Mapping[MemberId, str], until: datetime) -> list[str]:
    """Name the members on the board whose week was their best so far."""
    span = (week.plus(-BEST_LOOKS_BACK), week)
    found: list[str] = []
    for who, weeks in events.by_member(tx, community.id, events.LEAD, span, until).items():
        earlier = [weeks[each] for each in sorted(weeks, reverse=True) if each < week]
        if who in named and personal_best(weeks.get(week, 0), earlier).is_best:
            found.append(named[who])
    return found
