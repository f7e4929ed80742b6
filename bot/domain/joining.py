"""Joins two members that are one person: the leads that are on both lists, and the settings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.lead import MOST_TAGS, HelloInterval, KnowsTerm, Lead, Stage
from bot.domain.member import Appearance, Member
from bot.letters import folded

_FURTHEST = (Stage.CLOSED, Stage.NEW, Stage.ASKED, Stage.REPLIED, Stage.MEETING, Stage.MET, Stage.IN_TOUCH)
"""Rule: open before closed, then who is further."""
_OPENNESS = (Appearance.HIDDEN, Appearance.NICKNAME, Appearance.NAME)
"""The more private first."""
SETTINGS = (
    "language",
    "zone",
    "seen_zone",
    "work",
    "number",
    "checkins",
    "reminders",
    "started",
    "paused_until",
    "appearance",
    "nickname",
)


@dataclass(frozen=True, slots=True)
class JoinedLists:
    """What came of joining two lists."""

    moved: int = 0
    """People who came to the home's list."""
    same: int = 0
    """Those of them who were on it already."""
    asked: int = 0
    """Those of them who may be one with somebody on it."""
    news: int = 0
    """Good news that was to be shown, and is private now."""
    walk_ended: bool = False
    """Whether the side had agreed to have a buddy, and has none any more."""
    plan_dropped: bool = False
    """Whether both had a plan for the running week, so that one goes on."""


def one_of(first: Lead, second: Lead) -> Lead:
    """Make one lead of two that are the same person, under the id of the first.

    Rule: where the two differ, what was written earlier stays, and the later reason is added to the notes, as are own
    words for which there is no room; the clock is that of the one who is further.
    """
    earlier, later = sorted((first, second), key=lambda lead: lead.added)
    ahead = max((first, second), key=lambda lead: (_FURTHEST.index(lead.stage), _touched(lead)))
    words = [earlier.notes, later.notes]
    if later.why != earlier.why:
        words.insert(1, later.why)
    by_letters: dict[str, str] = {}
    for tag in (*earlier.tags, *later.tags):
        by_letters.setdefault(folded(tag), tag)
    tags = list(by_letters.values())
    words.append(", ".join(tags[MOST_TAGS:]))
    source = earlier.source or later.source
    return replace(
        ahead,
        id=first.id,
        name=earlier.name,
        organisation=earlier.organisation,
        why=earlier.why,
        added=earlier.added,
        knows_term=later.knows_term if earlier.knows_term is KnowsTerm.NOT_SURE else earlier.knows_term,
        source=None if source in {first.id, second.id} else source,
        # A dict keeps the order, and each text once.
        notes="\n".join(dict.fromkeys(word for word in words if word)),
        touched=max(_touched(first), _touched(second)),
        every=later.every if earlier.every is HelloInterval.MONTH else earlier.every,
        tags=tuple(tags[:MOST_TAGS]),
    )


def _touched(lead: Lead) -> datetime:
    return lead.touched or lead.added


def settings_of_one(home: Member, side: Member) -> Mapping[str, object]:
    """Tell which settings of the home change when a side joins it.

    Rule: what was chosen at home stays; what was chosen only at the side comes over; of two choices how to appear, the more
    private one counts.
    """
    appearance, nickname = _shown(home, side)
    joined = replace(
        home,
        language=home.language or side.language,
        zone=home.zone or side.zone,
        seen_zone=home.seen_zone or side.seen_zone,
        work=home.work or side.work,
        number=home.number if home.number is not None else side.number,
        checkins=home.checkins or side.checkins,
        reminders=home.reminders and side.reminders,
        started=home.started or side.started,
        paused_until=max((day for day in (home.paused_until, side.paused_until) if day is not None), default=None),
        appearance=appearance,
        nickname=nickname,
    )
    return {name: new for name in SETTINGS if (new := getattr(joined, name)) != getattr(home, name)}


def _shown(home: Member, side: Member) -> tuple[Appearance, str | None]:
    """Choose how one person appears: as was chosen, and of two choices the more private one."""
    chosen = [member for member in (home, side) if member.appearance is not Appearance.UNANSWERED]
    if not chosen:
        return home.appearance, home.nickname or side.nickname
    more_private = min(chosen, key=lambda member: _OPENNESS.index(member.appearance))
    return more_private.appearance, more_private.nickname or home.nickname or side.nickname
