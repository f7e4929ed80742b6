"""Buddies: pairs or trios of members who walk a week together, matched by rule and by no organiser.

Rule: the same language, near in time, the same field when possible, nobody they walked with in the last twelve weeks,
and nobody whom one of the two does not want.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import MemberId
from bot.domain.week import Week

NOT_AGAIN_FOR = 12
"""Weeks before the same two are matched again."""
HOURS_APART = 3
"""Buddies live at most this many hours apart."""
DAY = 24 * 60


class WorkField(StrEnum):
    """The field of work a member looks in."""

    HEALTH = "health"
    TECHNOLOGY = "technology"
    BUILDING = "building"
    TEACHING = "teaching"
    BUSINESS = "business"
    FOOD = "food"
    SCIENCE = "science"
    CULTURE = "culture"
    TRANSPORT = "transport"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Seeker:
    """A member who looks for a buddy; the offset is the minutes their clock is ahead of UTC."""

    member: MemberId
    language: str
    offset: int
    field: WorkField
    since: Week


@dataclass(frozen=True, slots=True)
class Pairing:
    """Who walks with whom, and who found nobody; everybody is in exactly one of them."""

    groups: Sequence[tuple[MemberId, ...]]
    alone: Sequence[MemberId]


LeadPair = frozenset[MemberId]


def fits(seeker: Seeker, other: Seeker, apart: Collection[LeadPair]) -> bool:
    """Tell whether two members may be buddies."""
    return (
        seeker.member != other.member
        and seeker.language == other.language
        and _apart(seeker, other) <= HOURS_APART * 60
        and frozenset((seeker.member, other.member)) not in apart
    )


def match(seekers: Iterable[Seeker], apart: Collection[LeadPair]) -> Pairing:
    """Match members in pairs, and those who are left over with a pair, so that as few as possible are alone.

    The same seekers give the same groups, in whatever order they come.

    Args:
        seekers: who looks for a buddy.
        apart: the pairs that stay apart: they walked together lately, or one does not want the other.
    """
    waiting = sorted(seekers, key=lambda seeker: (seeker.since, seeker.member))
    near = {seeker.member: [other for other in waiting if fits(seeker, other, apart)] for seeker in waiting}
    by_id = {seeker.member: seeker for seeker in waiting}
    partner = _pairs(waiting, near)
    _free_the_lonely(waiting, near, partner)
    groups = [list(pair) for pair in sorted({tuple(sorted(pair)) for pair in partner.items()})]
    alone = [
        seeker.member
        for seeker in waiting
        if seeker.member not in partner and not _joins_pair(seeker, groups, near, by_id)
    ]
    return Pairing(sorted(tuple(sorted(group)) for group in groups), alone)


def _pairs(waiting: Sequence[Seeker], near: Mapping[MemberId, Sequence[Seeker]]) -> dict[MemberId, MemberId]:
    """Pair members, beginning with who has the fewest choices."""
    partner: dict[MemberId, MemberId] = {}

    def left(seeker: Seeker) -> list[Seeker]:
        return [other for other in near[seeker.member] if other.member not in partner]

    while unpaired := [seeker for seeker in waiting if seeker.member not in partner and left(seeker)]:
        first = min(unpaired, key=lambda seeker: (len(left(seeker)), seeker.since, seeker.member))
        best = min(
            left(first), key=lambda other: (*_distance(first, other), len(left(other)), other.since, other.member)
        )
        partner[first.member], partner[best.member] = best.member, first.member
    return partner


def _free_the_lonely(
    waiting: Sequence[Seeker], near: Mapping[MemberId, Sequence[Seeker]], partner: dict[MemberId, MemberId]
) -> None:
    """Part a pair when both of the two then find somebody who was alone."""
    while True:
        lonely = [seeker for seeker in waiting if seeker.member not in partner]
        swap = next(
            (
                (first.member, taken.member, partner[taken.member], second.member)
                for first in lonely
                for taken in near[first.member]
                for second in lonely
                if taken.member in partner and second is not first and _is_near(partner[taken.member], second, near)
            ),
            None,
        )
        if swap is None:
            return
        first, taken, their_partner, second = swap
        partner[first], partner[taken] = taken, first
        partner[their_partner], partner[second] = second, their_partner


def _is_near(member: MemberId, other: Seeker, near: Mapping[MemberId, Sequence[Seeker]]) -> bool:
    return any(seeker.member == other.member for seeker in near[member])


def _joins_pair(
    seeker: Seeker,
    groups: list[list[MemberId]],
    near: Mapping[MemberId, Sequence[Seeker]],
    by_id: Mapping[MemberId, Seeker],
) -> bool:
    """Let somebody who is alone join a pair in which both fit."""
    friends = {other.member for other in near[seeker.member]}
    # Two who are alone do not fit each other, so nobody fits all three of a trio.
    fitting = [group for group in groups if friends.issuperset(group)]
    if not fitting:
        return False
    nearest = min(fitting, key=lambda group: (sum(_distance(seeker, by_id[member])[0] for member in group), group))
    nearest.append(seeker.member)
    return True


def _distance(seeker: Seeker, other: Seeker) -> tuple[int, int]:
    """Tell how far two are from each other: first the field, then the hours."""
    return int(seeker.field is not other.field), _apart(seeker, other)


def _apart(seeker: Seeker, other: Seeker) -> int:
    minutes = abs(seeker.offset - other.offset) % DAY
    return min(minutes, DAY - minutes)
