"""Freezes a week, and gathers from frozen weeks what a digest tells; names only of members who agreed to be named."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.ask import Wording
from bot.domain.community import Community
from bot.domain.digest import DigestFacts, GoodNews, Told, Totals, how_told
from bot.domain.evidence import Tally, best_first, rolled
from bot.domain.ids import CommunityId, MemberId, TipId
from bot.domain.leaderboard import board
from bot.domain.privacy import may_be_told
from bot.domain.promise import personal_best
from bot.domain.report import ANYTHING, Done
from bot.domain.snapshot import NamedMember, Snapshot
from bot.domain.tip import Evidence, Tip, TipState, next_tip, weighed
from bot.domain.week import Week
from bot.features.board import StillNamed, standing
from bot.features.win import telling as news
from bot.store import asks, buddies, events, members, promises, snapshots, tips
from bot.store.database import Tx

WEEKS = 8
"""Weeks of totals in the chart."""
BEST_LOOKS_BACK = 26
"""Weeks in which the last four active ones are looked for."""


def frozen(tx: Tx, community: Community, week: Week, until: datetime) -> Snapshot:
    """Freeze a week, counting what was recorded until an instant; a week that is frozen stays as it is.

    Rule: this happens once a week, when the digest is due, whether or not the digest can be posted.
    """
    known = snapshots.find(tx, community.id, week)
    if known is None:
        known = _taken(tx, community, week, until)
        snapshots.freeze(tx, community.id, known)
        if known.tip is not None:
            tips.shown(tx, community.id, known.tip, week)
    return known


def told(tx: Tx, community: Community, frozen: Snapshot) -> DigestFacts:
    """Gather what the digest of a frozen week tells, with the names that may still be shown."""
    still = StillNamed(tx, community.id)
    return DigestFacts(
        week=frozen.week,
        totals=_totals(tx, community, frozen.week),
        board=still.board(frozen),
        wins=[GoodNews(name, text) for name, text in news.told(tx, community, frozen)],
        bests=still.names(frozen.bests),
        promised=frozen.promised,
        reported=frozen.reported,
        first_asks=still.names(frozen.first_asks),
        first_asks_unnamed=frozen.first_asks_unnamed,
        tip=_tip(tx, community, frozen),
        rates=best_first({wording: frozen.wordings[wording] for wording in frozen.fresh}),
        buddies=frozen.buddies,
    )


def _taken(tx: Tx, community: Community, week: Week, until: datetime) -> Snapshot:
    nothing = Snapshot(week.previous(), until, Totals(week.previous(), told=Told.NOTHING))
    before = snapshots.latest(tx, community.id) or nothing
    named = members.shown_names(tx, community.id)
    deeds = events.deeds(tx, community.id, week, until)
    places = tuple(board(standing(tx, community, week, until)))
    totals = _counted(week, deeds, {each.score.member for each in places})
    wordings, fresh = _wordings(tx, community.id, before, totals, until)
    firsts = events.first_asks(tx, community.id, week, until)
    unnamed = sum(who not in named for who in firsts)
    walking = sum(len(group.members) for group in buddies.groups(tx, community.id))
    promised, reported = promises.totals(tx, community.id, week, until)
    evidence = _evidence(tx, community.id, before, until)
    tips.seed(tx, community.id, until)
    published = [replace(tip, evidence=evidence.get(tip.id)) for tip in tips.published(tx, community.id)]
    tip = next_tip(published, week)
    return Snapshot(
        week=week,
        frozen_at=until,
        totals=totals,
        done=_done(deeds, exact=totals.told is Told.EXACT),
        board=places,
        leads=deeds.get(events.LEAD, {}),
        news=tuple(news.due(tx, community, week, until)),
        bests=tuple(_bests(tx, community.id, week, named, until)),
        first_asks=tuple(NamedMember(who, named[who]) for who in firsts if who in named),
        first_asks_unnamed=unnamed if may_be_told(unnamed) else 0,
        promised=promised if may_be_told(promised) else 0,
        reported=reported if may_be_told(promised) else 0,
        buddies=walking if may_be_told(walking) else 0,
        tip=tip.id if tip is not None else None,
        evidence=evidence,
        wordings=wordings,
        fresh=fresh,
    )


def _counted(week: Week, deeds: Mapping[str, Mapping[MemberId, int]], named: set[MemberId]) -> Totals:
    """Add up what was done, and decide how it may be told."""
    kinds = [deeds.get(kind, {}) for kind in (events.LEAD, events.ASK, events.MEETING)]
    leads, asked, meetings = (sum(each.values()) for each in kinds)
    acted = {who for each in kinds for who in each}
    return Totals(week, leads, asked, meetings, how_told(leads + asked + meetings, acted, named))


def _done(deeds: Mapping[str, Mapping[MemberId, int]], *, exact: bool) -> dict[str, Done]:
    found = {kind: Done(sum(counts.values()), frozenset(counts), exact) for kind, counts in deeds.items()}
    people = frozenset(who for counts in deeds.values() for who in counts)
    return {**found, ANYTHING: Done(len(people), people, exact)}


def _wordings(
    tx: Tx, community: CommunityId, before: Snapshot, totals: Totals, until: datetime
) -> tuple[dict[Wording, Tally], tuple[Wording, ...]]:
    """Count how asks of each wording were answered, and tell which figures are new."""
    tallies = dict(before.wordings)
    fresh: list[Wording] = []
    # A quiet week's post has no room for figures; they wait for the next one.
    for wording in () if totals.told is Told.NOTHING else Wording:
        counted = tallies.get(wording, Tally())
        tally = rolled(counted, asks.settled(tx, community, wording, counted, until))
        if tally != counted:
            tallies[wording] = tally
            fresh.append(wording)
    return tallies, tuple(fresh)


def _evidence(tx: Tx, community: CommunityId, before: Snapshot, until: datetime) -> dict[TipId, Evidence]:
    verdicts = tips.verdicts(tx, community)
    weights = {
        tip: weighed(before.evidence.get(tip), verdicts.get(tip, ()), until) for tip in {*before.evidence, *verdicts}
    }
    return {tip: weight for tip, weight in weights.items() if weight is not None}


def _totals(tx: Tx, community: Community, week: Week) -> list[Totals]:
    """Read the totals of the last weeks, from the first of which anything was told."""
    first = week.plus(1 - WEEKS)
    posted = {frozen.week: frozen.totals for frozen in snapshots.between(tx, community.id, first, week)}
    every = [posted.get(each, Totals(each, told=Told.NOTHING)) for each in map(first.plus, range(WEEKS))]
    began = next((i for i, totals in enumerate(every) if totals.told is not Told.NOTHING), WEEKS - 1)
    return every[began:]


def _tip(tx: Tx, community: Community, frozen: Snapshot) -> Tip | None:
    """Find the tip of a frozen week, while every member may see it."""
    tip = tips.find(tx, community.id, frozen.tip) if frozen.tip is not None else None
    if tip is None or tip.state is not TipState.PUBLISHED:
        return None
    return replace(tip, evidence=frozen.evidence.get(tip.id))


def _bests(
    tx: Tx, community: CommunityId, week: Week, named: Mapping[MemberId, str], until: datetime
) -> list[NamedMember]:
    """Name the members on the board whose week was their best so far."""
    span = (week.plus(-BEST_LOOKS_BACK), week)
    found: list[NamedMember] = []
    for who, weeks in events.by_member(tx, community, events.LEAD, span, until).items():
        earlier = [weeks[each] for each in sorted(weeks, reverse=True) if each < week]
        if who in named and personal_best(weeks.get(week, 0), earlier).is_best:
            found.append(NamedMember(who, named[who]))
    return found
