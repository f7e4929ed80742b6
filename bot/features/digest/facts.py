"""Takes the snapshot of a week, and reads from snapshots what a digest shows; only members who agreed are named."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from bot.domain.ask import Wording
from bot.domain.community import Community
from bot.domain.digest import DigestFacts, Disclosure, GoodNews, Totals, how_told
from bot.domain.evidence import Tally, best_first, rolled
from bot.domain.ids import CommunityId, MemberId, TipId
from bot.domain.leaderboard import board
from bot.domain.privacy import may_be_told
from bot.domain.promise import personal_best
from bot.domain.report import ANYTHING, NAME, DoneTotal
from bot.domain.snapshot import NamedMember, News, Snapshot
from bot.domain.tip import Evidence, Tip, TipState, next_tip, weighed
from bot.domain.week import Week
from bot.features.board import StillNamed, settled_goal, standing
from bot.features.win import news_due, news_told
from bot.store import asks, buddies, events, members, promises, snapshots, tips
from bot.store.database import Tx

WEEKS = 8
"""Weeks of totals in the chart."""
BEST_LOOKS_BACK = 26
"""How many weeks back a member's last four active weeks are searched."""


def freeze_week(tx: Tx, community: Community, week: Week, until: datetime) -> Snapshot:
    """Return the snapshot of a week, and take it first when there is none; it counts what was recorded before `until`.

    Rule: this happens once a week, when the digest is due, whether or not the digest can be posted.
    """
    snapshot = snapshots.find(tx, community.id, week)
    if snapshot is None:
        snapshot = _take_snapshot(tx, community, week, until)
        snapshots.freeze(tx, community.id, snapshot)
        if snapshot.tip is not None:
            tips.note_shown(tx, community.id, snapshot.tip, week)
    return snapshot


def gather_facts(tx: Tx, community: Community, frozen: Snapshot) -> DigestFacts:
    """Read what the digest of a frozen week shows, with the names that may still be shown."""
    still_named = StillNamed(tx, community.id)
    # Where there is no leaderboard, nobody stands out: what names are for their numbers is left out too.
    numbers_named = community.ranks
    return DigestFacts(
        week=frozen.week,
        totals=_totals(tx, community, frozen.week),
        board=still_named.board(frozen) if numbers_named else (),
        goal=frozen.goal if community.has_goal else None,
        wins=[GoodNews(name, text) for name, text in news_told(tx, community, frozen)],
        bests=still_named.names(frozen.bests) if numbers_named else (),
        promised=frozen.promised,
        reported=frozen.reported,
        first_asks=still_named.names(frozen.first_asks) if numbers_named else (),
        first_asks_unnamed=frozen.first_asks_unnamed,
        tip=_tip(tx, community, frozen),
        rates=best_first({wording: frozen.wordings[wording] for wording in frozen.fresh}),
        buddies=frozen.buddies,
    )


def _take_snapshot(tx: Tx, community: Community, week: Week, until: datetime) -> Snapshot:
    """Count a week; figures that add up over weeks go on from the snapshot before."""
    empty = Snapshot(week.previous(), until, Totals(week.previous(), told=Disclosure.NOTHING))
    before = snapshots.latest(tx, community.id) or empty
    named = members.shown_names(tx, community.id) if community.ranks else {}
    deeds = events.deeds(tx, community.id, week, until)
    places = tuple(board(standing(tx, community, week, until))) if community.ranks else ()
    totals = _count(week, deeds, {row.score.member for row in places})
    wordings, fresh = _wordings(tx, community.id, before, totals, until)
    firsts = events.first_asks(tx, community.id, week, until)
    unnamed = sum(member not in named for member in firsts)
    with_buddy = sum(len(group.members) for group in buddies.groups(tx, community.id))
    told_news = list(news_due(tx, community, week, until))
    promised, reported = promises.totals(tx, community.id, week, until)
    evidence = _weigh_evidence(tx, community.id, before, until)
    tips.seed(tx, community.id, until)
    published = [replace(tip, evidence=evidence.get(tip.id)) for tip in tips.published(tx, community.id)]
    tip = next_tip(published, week)
    return Snapshot(
        week=week,
        frozen_at=until,
        totals=totals,
        done=_done(
            {**deeds, **_beside(tx, community, week, until, told_news)}, deeds, exact=totals.told is Disclosure.EXACT
        ),
        board=places,
        goal=settled_goal(tx, community, totals),
        leads=deeds.get(events.LEAD, {}),
        news=tuple(told_news),
        bests=tuple(_bests(tx, community.id, week, named, until)),
        first_asks=tuple(NamedMember(member, named[member]) for member in firsts if member in named),
        # Counts of fewer than five members are not even stored.
        first_asks_unnamed=unnamed if may_be_told(unnamed) else 0,
        promised=promised if may_be_told(promised) else 0,
        reported=reported if may_be_told(promised) else 0,
        buddies=with_buddy if may_be_told(with_buddy) else 0,
        tip=tip.id if tip is not None else None,
        evidence=evidence,
        wordings=wordings,
        fresh=fresh,
    )


def _count(week: Week, deeds: Mapping[str, Mapping[MemberId, int]], named: set[MemberId]) -> Totals:
    """Add up a week's leads, asks and meetings, and decide whether the totals may be told exactly."""
    kinds = [deeds.get(kind, {}) for kind in (events.LEAD, events.ASK, events.MEETING)]
    leads, asked, meetings = (sum(counts.values()) for counts in kinds)
    acted = {member for counts in kinds for member in counts}
    return Totals(week, leads, asked, meetings, how_told(leads + asked + meetings, acted, named))


Counts: TypeAlias = Mapping[str, Mapping[MemberId, int]]
"""How often each member did something, by kind."""


def _beside(tx: Tx, community: Community, week: Week, until: datetime, told: Sequence[News]) -> Counts:
    """Count what is no deed of its own: names that people passed on, and what the good news of the digest is about."""
    about: defaultdict[str, Counter[MemberId]] = defaultdict(Counter)
    for item in told:
        if item.about is not None:
            about[item.about][item.member] += 1
    return {NAME: events.names_passed_on(tx, community.id, week, until), **about}


def _done(counted: Counts, deeds: Counts, *, exact: bool) -> dict[str, DoneTotal]:
    """Count each kind with its members, for the organisers' report."""
    by_kind = {kind: DoneTotal(sum(counts.values()), frozenset(counts), exact) for kind, counts in counted.items()}
    people = frozenset(member for counts in deeds.values() for member in counts)
    return {**by_kind, ANYTHING: DoneTotal(len(people), people, exact)}


def _wordings(
    tx: Tx, community: CommunityId, before: Snapshot, totals: Totals, until: datetime
) -> tuple[dict[Wording, Tally], tuple[Wording, ...]]:
    """Count how asks of each wording were answered; returns all tallies, and the wordings whose tally is new."""
    tallies = dict(before.wordings)
    fresh: list[Wording] = []
    # The post of a quiet week shows no figures, so they wait for the next one.
    for wording in () if totals.told is Disclosure.NOTHING else Wording:
        counted = tallies.get(wording, Tally())
        tally = rolled(counted, asks.settled(tx, community, wording, counted, until))
        if tally != counted:
            tallies[wording] = tally
            fresh.append(wording)
    return tallies, tuple(fresh)


def _weigh_evidence(tx: Tx, community: CommunityId, before: Snapshot, until: datetime) -> dict[TipId, Evidence]:
    """Add the new verdicts of members to the evidence of each tip; tips with too few members have none."""
    verdicts = tips.verdicts(tx, community)
    weights = {
        tip: weighed(before.evidence.get(tip), verdicts.get(tip, ()), until) for tip in {*before.evidence, *verdicts}
    }
    return {tip: weight for tip, weight in weights.items() if weight is not None}


def _totals(tx: Tx, community: Community, week: Week) -> list[Totals]:
    """Read the totals of the last weeks for the chart, from the first week that has any."""
    first = week.plus(1 - WEEKS)
    by_week = {frozen.week: frozen.totals for frozen in snapshots.between(tx, community.id, first, week)}
    all_totals = [
        by_week.get(column_week, Totals(column_week, told=Disclosure.NOTHING))
        for column_week in map(first.plus, range(WEEKS))
    ]
    begin = next((i for i, totals in enumerate(all_totals) if totals.told is not Disclosure.NOTHING), WEEKS - 1)
    return all_totals[begin:]


def _tip(tx: Tx, community: Community, frozen: Snapshot) -> Tip | None:
    """Read the tip of a frozen week; None when it was hidden since."""
    tip = tips.find(tx, community.id, frozen.tip) if frozen.tip is not None else None
    if tip is None or tip.state is not TipState.PUBLISHED:
        return None
    return replace(tip, evidence=frozen.evidence.get(tip.id))


def _bests(
    tx: Tx, community: CommunityId, week: Week, named: Mapping[MemberId, str], until: datetime
) -> list[NamedMember]:
    """List the members on the board whose number of leads in this week is a personal best."""
    span = (week.plus(-BEST_LOOKS_BACK), week)
    bests: list[NamedMember] = []
    for member, counts in events.by_member(tx, community, events.LEAD, span, until).items():
        newest_first = [counts[active] for active in sorted(counts, reverse=True) if active < week]
        if member in named and personal_best(counts.get(week, 0), newest_first).is_best:
            bests.append(NamedMember(member, named[member]))
    return bests
