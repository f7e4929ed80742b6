"""What becomes one when a person links two members: an outside person who is on both lists, and the settings."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.ids import LeadId
from bot.domain.lead import KnowsTerm, Lead, Stage
from bot.domain.member import Appearance, Member
from bot.domain.names import folded

_FURTHEST = (Stage.CLOSED, Stage.NEW, Stage.ASKED, Stage.REPLIED, Stage.MEETING, Stage.MET, Stage.IN_TOUCH)
"""Rule: open before closed, then who is further."""
_OPENNESS = (Appearance.HIDDEN, Appearance.NICKNAME, Appearance.NAME)
"""The more private first."""
SHORTEST = 4
"""Letters of a word in which one letter may be a slip."""
SETTINGS = (
    "language",
    "zone",
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
class Joined:
    """What came of joining two lists."""

    moved: int = 0
    """People who came to the home's list."""
    same: int = 0
    """Those of them who were on it already."""
    asked: int = 0
    """Those of them who may be one with somebody on it."""
    news: int = 0
    """Good news that was to be shown, and is private now."""
    plan_dropped: bool = False
    """Whether both had a plan for the running week, so that one goes on."""


def one_of(kept: Lead, other: Lead) -> Lead:
    """Make one lead of two that are the same person, under the id of the first.

    Rule: what was written earlier stays where they differ; what was written otherwise goes into the notes; the clock is that
    of the one who is further.
    """
    earlier, later = sorted((kept, other), key=lambda lead: lead.added)
    ahead = max((kept, other), key=lambda lead: (_FURTHEST.index(lead.stage), _touched(lead)))
    words = [earlier.notes, later.notes]
    if later.why != earlier.why:
        words.insert(1, later.why)
    source = earlier.source or later.source
    return replace(
        ahead,
        id=kept.id,
        name=earlier.name,
        organisation=earlier.organisation,
        why=earlier.why,
        added=earlier.added,
        knows_term=later.knows_term if earlier.knows_term is KnowsTerm.NOT_SURE else earlier.knows_term,
        source=None if source in {kept.id, other.id} else source,
        notes="\n".join(dict.fromkeys(word for word in words if word)),
        touched=max(_touched(kept), _touched(other)),
    )


def _touched(lead: Lead) -> datetime:
    return lead.touched or lead.added


def settings_of_one(home: Member, side: Member) -> Mapping[str, object]:
    """Tell which settings of the home change when a side joins it.

    Rule: what was chosen at home stays; what was chosen only at the side comes over; of two choices how to appear, the more
    private one counts.
    """
    appearance, nickname = _shown(home, side)
    one = replace(
        home,
        language=home.language or side.language,
        zone=home.zone or side.zone,
        work=home.work or side.work,
        number=home.number if home.number is not None else side.number,
        checkins=home.checkins or side.checkins,
        reminders=home.reminders and side.reminders,
        started=home.started or side.started,
        paused_until=max((day for day in (home.paused_until, side.paused_until) if day is not None), default=None),
        appearance=appearance,
        nickname=nickname,
    )
    return {name: new for name in SETTINGS if (new := getattr(one, name)) != getattr(home, name)}


def _shown(home: Member, side: Member) -> tuple[Appearance, str | None]:
    """Choose how one person appears: as was chosen, and of two choices the more private one."""
    chosen = [each for each in (home, side) if each.appearance is not Appearance.UNANSWERED]
    if not chosen:
        return home.appearance, home.nickname or side.nickname
    one = min(chosen, key=lambda each: _OPENNESS.index(each.appearance))
    return one.appearance, one.nickname or home.nickname or side.nickname


def maybe_same(ours: Sequence[Lead], theirs: Sequence[Lead]) -> list[tuple[LeadId, LeadId]]:
    """Find who of one list may be somebody of another list: the same letters, but for marks or one spelling step."""
    by_mark: defaultdict[tuple[str, str], set[LeadId]] = defaultdict(set)
    words = {lead.id: (folded(lead.name), folded(lead.organisation)) for lead in (*ours, *theirs)}
    for lead in ours:
        for mark in _marks(*words[lead.id]):
            by_mark[mark].add(lead.id)
    found: list[tuple[LeadId, LeadId]] = []
    for lead in theirs:
        near = {each for mark in _marks(*words[lead.id]) for each in by_mark.get(mark, ())}
        alike = (each for each in near if sum(map(steps_between, words[each], words[lead.id])) <= 1)
        found += [(each, lead.id) for each in sorted(alike)]
    return found


def _marks(name: str, organisation: str) -> set[tuple[str, str]]:
    """Leave each letter out in turn: words that are one step apart have such a word in common."""
    return {(less, organisation) for less in _less_one(name)} | {(name, less) for less in _less_one(organisation)}


def _less_one(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def steps_between(one: str, other: str) -> int:
    """Count the spelling steps between two words, as 0, 1 or 2 for more: a letter changed, left out, or two exchanged."""
    if one == other:
        return 0
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST or len(long) - len(short) > 1:
        return 2
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return 1 if short[at:] == long[at + 1 :] else 2
    changed = short[at + 1 :] == long[at + 1 :]
    exchanged = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return 1 if changed or exchanged else 2
