"""Links two members as one person, ends a link, and moves a list to the other platform when the bot leaves one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.community import Community
from bot.domain.ids import LeadId, Who
from bot.domain.joining import JoinedLists
from bot.domain.lead import Lead
from bot.domain.sameness import alike_pairs, same_person_key
from bot.domain.week import Week
from bot.features.buddy import changed, go_alone
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
"""The kind of the note about the buddies that a side left."""


@dataclass(frozen=True, slots=True)
class AlikeLeads:
    """Two leads that could be one person, and what the member answered when they were asked before."""

    of_home: LeadId
    of_side: LeadId
    answer: bool | None


def join(tx: Tx, home: Who, side: Who, now: datetime) -> JoinedLists:
    """Let the side act as the home from now on, and merge what both had; returns what was moved and merged."""
    for who in (home, side):
        # A code that is still open would let the linked person be linked once more.
        link_codes.drop(tx, who)
        link_codes.withdraw(tx, who)
    walk_ended = _leave_buddies(tx, side, now)
    joined = replace(_bring(tx, side, home, now), walk_ended=walk_ended)
    identities.link(tx, side, home, now)
    # The schedules of both are planned anew at the end of the unit of work.
    for who in (home, side):
        touch(tx, who)
    return joined


def part(tx: Tx, link: IdentityLink, now: datetime) -> bool:
    """End a link; returns whether both sides are restored as they were, which works for a day."""
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
    """Move a person's list to their other platform, and let the old home act as the member there."""
    identities.unlink(tx, link.side)
    _bring(tx, link.home, link.side, now)
    identities.link(tx, link.home, link.side, now)
    for who in (link.home, link.side):
        moving.drop(tx, moving.link_moves, who)
        touch(tx, who)


@farewell
def live_on(tx: Tx, community: Community, now: datetime) -> None:
    """Before the bot leaves a community, move the lists of linked members to their other platform."""
    for link in identities.homes_in(tx, community.id):
        if communities.left_at(tx, link.side.community) is None:
            move_home(tx, link, now)


def _bring(tx: Tx, side: Who, home: Who, now: datetime) -> JoinedLists:
    """Move everything of the side to the home: one list, one plan for each week, one choice of each setting."""
    zone = communities.get(tx, home.community).tz
    # Both lists are read before the leads move; afterwards they are one list.
    home_leads = leads.choices(tx, home, open_only=False)
    side_leads = leads.choices(tx, side, open_only=False)
    moved = joining.move_leads(tx, side, home, zone)
    id_of_key = {same_person_key(lead.name, lead.organisation): lead.id for lead in home_leads}
    keys = {lead.id: same_person_key(lead.name, lead.organisation) for lead in side_leads}
    same = {lead: id_of_key[key] for lead, key in keys.items() if key in id_of_key}
    pairs = _alike_leads(tx, home, home_leads, [lead for lead in side_leads if lead.id not in same])
    same |= {pair.of_side: pair.of_home for pair in pairs if pair.answer}
    joining.join_same(tx, home, same, side)
    # A lead that was fused with one of its pairs needs no question about the others.
    questions = [(pair.of_home, pair.of_side) for pair in pairs if pair.answer is None and pair.of_side not in same]
    link_pairs.put(tx, home, questions)
    dropped = joining.move_weeks(tx, side, home, Week.at(now, zone))
    news = joining.move_news(tx, side, home)
    joining.move_whole(tx, side, home)
    joining.move_settings(tx, side, home)
    return JoinedLists(moved, len(same), len(questions), news, plan_dropped=dropped)


def _alike_leads(tx: Tx, home: Who, home_leads: Sequence[Lead], side_leads: Sequence[Lead]) -> list[AlikeLeads]:
    """Pair the leads of two lists that are alike."""
    home_entries, side_entries = (
        [(lead.name, lead.organisation) for lead in listed] for listed in (home_leads, side_leads)
    )
    pairs = [(home_leads[i].id, side_leads[j]) for i, j in alike_pairs(home_entries, side_entries)]
    answers = {lead.id: spellings.answers_about(tx, home, lead.name, lead.organisation) for _, lead in pairs}
    return [AlikeLeads(of_home, lead.id, answers[lead.id].get(of_home)) for of_home, lead in pairs]


def _leave_buddies(tx: Tx, side: Who, now: datetime) -> bool:
    """Take the side out of the buddies of its community; returns whether it was among them.

    What it left is noted, so that ending the link within a day can restore it.
    """
    seeking, group = buddies.seeking(tx, side), buddies.group_of(tx, side)
    if seeking is None:
        return False
    go_alone(tx, side, now)
    texts = {"field": seeking.field, "since": seeking.since.iso}
    if group is not None:
        texts["group"] = group.id
    moving.note(tx, side, BUDDY, [("seeking", texts)])
    return True


def _walk_again(tx: Tx, side: Who, now: datetime) -> None:
    """Let the side look for a buddy again, and restore its group when the others have no new one."""
    texts = moving.noted(tx, side, BUDDY).get("seeking")
    if texts is None:
        return
    buddies.join(tx, side, buddies.WorkField(texts["field"]), Week.from_iso(texts["since"]))
    community = communities.get(tx, side.community)
    restored = buddies.walk_again(tx, side, texts["group"]) if "group" in texts else []
    for member in restored:
        who = Who(community.id, member)
        touch(tx, who)
        if member != side.member:
            notices.keep_for_morning(
                tx, who, f"buddy-back:{texts['group']}:{now.isoformat()}", encode(changed(alone=False)), now
            )
