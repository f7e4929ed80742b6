"""Makes one person of two members, takes that back, and lets a list live on where the bot still is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.community import Community
from bot.domain.ids import LeadId, Who
from bot.domain.joining import Joined
from bot.domain.lead import Lead
from bot.domain.sameness import alike_pairs, same_person_key
from bot.domain.week import Week
from bot.features.buddy import changed, walk_away
from bot.features.registry import farewell
from bot.store import (
    buddies,
    communities,
    identities,
    joining,
    leads,
    link_codes,
    link_pairs,
    moving,
    notices,
    spellings,
    taking_back,
)
from bot.store.database import Tx
from bot.store.identities import IdentityLink
from bot.store.touched import touch
from bot.ui.codec import encode

BUDDY = "buddy"
"""What a walk with buddies is noted as."""


def join(tx: Tx, home: Who, side: Who, now: datetime) -> Joined:
    """Let a side act as the home from now on; what both had becomes one."""
    for who in (home, side):
        # An open code dies with a link.
        link_codes.drop(tx, who)
        link_codes.withdraw(tx, who)
    walk_ended = _leave_buddies(tx, side, now)
    joined = replace(_bring(tx, side, home, now), walk_ended=walk_ended)
    identities.link(tx, side, home, now)
    for who in (home, side):
        touch(tx, who)
    return joined


def part(tx: Tx, link: IdentityLink, now: datetime) -> bool:
    """End a link; returns whether both sides are as they were, because it was not a day old."""
    restored = taking_back.can(tx, link, now)
    if restored:
        taking_back.give_back(tx, link.side, link.home, communities.get(tx, link.side.community).tz)
    identities.unlink(tx, link.side)
    if restored:
        _walk_again(tx, link.side, now)
    moving.drop(tx, moving.link_moves, link.side)
    for who in (link.home, link.side):
        touch(tx, who)
    return restored


def move_home(tx: Tx, link: IdentityLink, now: datetime) -> None:
    """Let the list of a person live on at their other place, and the old home act as the member there."""
    identities.unlink(tx, link.side)
    _bring(tx, link.home, link.side, now)
    identities.link(tx, link.home, link.side, now)
    for who in (link.home, link.side):
        moving.drop(tx, moving.link_moves, who)
        touch(tx, who)


@farewell
def live_on(tx: Tx, community: Community, now: datetime) -> None:
    """Let the list of who is linked live on at their other place, so that nobody loses it with this one."""
    for link in identities.homes_in(tx, community.id):
        if communities.left_at(tx, link.side.community) is None:
            move_home(tx, link, now)


def _bring(tx: Tx, side: Who, home: Who, now: datetime) -> Joined:
    """Bring everything of a side to the home: one list, one plan for each week, one choice of each setting."""
    zone = communities.get(tx, home.community).tz
    ours = leads.choices(tx, home, open_only=False)
    theirs = leads.choices(tx, side, open_only=False)
    moved = joining.move_leads(tx, side, home, zone)
    known = {same_person_key(lead.name, lead.organisation): lead.id for lead in ours}
    keys = {lead.id: same_person_key(lead.name, lead.organisation) for lead in theirs}
    same = {lead: known[key] for lead, key in keys.items() if key in known}
    alike = _alike(tx, home, ours, [lead for lead in theirs if lead.id not in same])
    same |= {two: one for one, two, said in alike if said}
    joining.fuse(tx, home, same, side)
    asked = [(one, two) for one, two, said in alike if said is None and two not in same]
    link_pairs.put(tx, home, asked)
    dropped = joining.move_weeks(tx, side, home, Week.at(now, zone))
    news = joining.move_news(tx, side, home)
    joining.move_whole(tx, side, home)
    joining.move_settings(tx, side, home)
    return Joined(moved, len(same), len(asked), news, plan_dropped=dropped)


def _alike(tx: Tx, home: Who, ours: Sequence[Lead], theirs: Sequence[Lead]) -> list[tuple[LeadId, LeadId, bool | None]]:
    """Pair who could be one person, with what the member said of them before."""
    mine, other = ([(lead.name, lead.organisation) for lead in each] for each in (ours, theirs))
    pairs = [(ours[one].id, theirs[two]) for one, two in alike_pairs(mine, other)]
    told = {two.id: spellings.told(tx, home, two.name, two.organisation) for _, two in pairs}
    return [(one, two.id, told[two.id].get(one)) for one, two in pairs]


def _leave_buddies(tx: Tx, side: Who, now: datetime) -> bool:
    """Take a side out of its community's buddies, if it is there; the others hear only that their buddy changed."""
    seeking, group = buddies.seeking(tx, side), buddies.group_of(tx, side)
    if seeking is None:
        return False
    buddies.leave(tx, side)
    texts = {"field": seeking.field, "since": seeking.since.iso}
    if group is not None:
        walk_away(tx, communities.get(tx, side.community), side.member, group, now)
        texts["group"] = group.id
    moving.note(tx, side, BUDDY, [("seeking", texts)])
    return True


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
        touch(tx, who)
        if member != side.member:
            notices.keep_for_morning(
                tx, who, f"buddy-back:{texts['group']}:{now.isoformat()}", encode(changed(alone=False)), now
            )
