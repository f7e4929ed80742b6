"""Makes one person of two members, takes that back, and lets a list live on where the bot still is."""

from datetime import datetime

from bot.core.agenda import plan_buddy, replan
from bot.core.buddying import changed, walk_away
from bot.domain.ids import Who
from bot.domain.joining import Joined, maybe_same
from bot.domain.lead import same_person_key
from bot.domain.week import Week
from bot.store import (
    agenda,
    buddies,
    communities,
    identities,
    joining,
    leads,
    link_codes,
    link_pairs,
    members,
    moving,
    notices,
    taking_back,
)
from bot.store.database import Tx
from bot.store.identities import Link
from bot.ui.codec import encode

BUDDY = "buddy"
"""What a walk with buddies is noted as."""


def join(tx: Tx, home: Who, side: Who, now: datetime) -> Joined:
    """Let a side act as the home from now on; what both had becomes one."""
    for who in (home, side):
        # An open code dies with a link.
        link_codes.drop(tx, who)
        link_codes.withdraw(tx, who)
    _leave_buddies(tx, side, now)
    joined = _bring(tx, side, home, now)
    identities.link(tx, side, home, now)
    agenda.clear_all(tx, side)
    _plan(tx, home, now)
    return joined


def part(tx: Tx, link: Link, now: datetime) -> bool:
    """End a link; returns whether both sides are as they were, because it was not a day old."""
    restored = now < link.taken_back_until and taking_back.can(tx, link.side)
    if restored:
        taking_back.give_back(tx, link.side, link.home, communities.get(tx, link.side.community).tz)
    identities.unlink(tx, link.side)
    if restored:
        _walk_again(tx, link.side, now)
    moving.drop(tx, moving.link_moves, link.side)
    for who in (link.home, link.side):
        _plan(tx, who, now)
    return restored


def move_home(tx: Tx, link: Link, now: datetime) -> None:
    """Let the list of a person live on at their other place, and the old home act as the member there."""
    identities.unlink(tx, link.side)
    _bring(tx, link.home, link.side, now)
    identities.link(tx, link.home, link.side, now)
    for who in (link.home, link.side):
        moving.drop(tx, moving.link_moves, who)
    agenda.clear_all(tx, link.home)
    _plan(tx, link.side, now)


def _bring(tx: Tx, side: Who, home: Who, now: datetime) -> Joined:
    """Bring everything of a side to the home: one list, one plan for each week, one choice of each setting."""
    zone = communities.get(tx, home.community).tz
    ours = leads.choices(tx, home, open_only=False)
    theirs = leads.choices(tx, side, open_only=False)
    moved = joining.move_leads(tx, side, home, zone)
    known = {same_person_key(lead.name, lead.organisation): lead.id for lead in ours}
    keys = {lead.id: same_person_key(lead.name, lead.organisation) for lead in theirs}
    same = {lead: known[key] for lead, key in keys.items() if key in known}
    joining.fuse(tx, home, same, side)
    alike = maybe_same(ours, [lead for lead in theirs if lead.id not in same])
    link_pairs.put(tx, home, alike)
    dropped = joining.move_weeks(tx, side, home, Week.at(now, zone))
    news = joining.move_news(tx, side, home)
    joining.move_drafts(tx, side, home)
    joining.move_settings(tx, side, home)
    return Joined(moved, len(same), len(alike), news, plan_dropped=dropped)


def _plan(tx: Tx, who: Who, now: datetime) -> None:
    """Put everything that is due to a member on the agenda."""
    community, member = communities.get(tx, who.community), members.get(tx, who)
    replan(tx, community, member, now)


def _leave_buddies(tx: Tx, side: Who, now: datetime) -> None:
    """Take a side out of its community's buddies; the others hear only that their buddy changed."""
    seeking, group = buddies.seeking(tx, side), buddies.group_of(tx, side)
    if seeking is None:
        return
    buddies.leave(tx, side)
    texts = {"field": seeking.field, "since": seeking.since.iso}
    if group is not None:
        walk_away(tx, communities.get(tx, side.community), side.member, group, now)
        texts["group"] = group.id
    moving.note(tx, side, BUDDY, [("seeking", texts)])


def _walk_again(tx: Tx, side: Who, now: datetime) -> None:
    """Let a side look for a buddy again, or walk on with those it left, when they walk with nobody else."""
    texts = moving.noted(tx, side, BUDDY).get("seeking")
    if texts is None:
        return
    buddies.join(tx, side, buddies.WorkField(texts["field"]), Week.from_iso(texts["since"]))
    community = communities.get(tx, side.community)
    back = buddies.walk_again(tx, side, texts["group"]) if "group" in texts else []
    for member in back:
        who = Who(community.id, member)
        plan_buddy(tx, community, members.get(tx, who), now)
        if member != side.member:
            notices.put(tx, who, f"buddy-back:{texts['group']}:{now.isoformat()}", encode(changed(alone=False)), now)
