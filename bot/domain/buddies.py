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
MOST = 3


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


Pair = frozenset[MemberId]


def fits(one: Seeker, other: Seeker, apart: Collection[Pair]) -> bool:
    """Tell whether two members may be buddies."""
    return (
        one.member != other.member
        and one.language == other.language
        and _apart(one, other) <= HOURS_APART * 60
        and frozenset((one.member, other.member)) not in apart
    )


def match(seekers: Iterable[Seeker], apart: Collection[Pair]) -> Pairing:
    """Match members in pairs, and those who are left over with a pair, so that as few as possible are alone.

    The same seekers give the same groups, in whatever order they come.

    Args:
        seekers: who looks for a buddy.
        apart: the pairs that stay apart: they walked together lately, or one does not want the other.
    """
    every = sorted(seekers, key=lambda each: (each.since, each.member))
    near = {each.member: [other for other in every if fits(each, other, apart)] for each in every}
    by_id = {each.member: each for each in every}
    partner = _pairs(every, near)
    _free_the_lonely(every, near, partner)
    groups = [[each.member, partner[each.member]] for each in every if each.member < partner.get(each.member, "")]
    alone = [each.member for each in every if each.member not in partner and not _joins(each, groups, near, by_id)]
    return Pairing(sorted(tuple(sorted(group)) for group in groups), alone)


def _pairs(every: Sequence[Seeker], near: Mapping[MemberId, Sequence[Seeker]]) -> dict[MemberId, MemberId]:
    """Pair members, beginning with who has the fewest choices."""
    partner: dict[MemberId, MemberId] = {}

    def left(each: Seeker) -> list[Seeker]:
        return [other for other in near[each.member] if other.member not in partner]

    while open_ := [each for each in every if each.member not in partner and left(each)]:
        first = min(open_, key=lambda each: (len(left(each)), each.since, each.member))
        best = min(
            left(first), key=lambda other: (*_distance(first, other), len(left(other)), other.since, other.member)
        )
        partner[first.member], partner[best.member] = best.member, first.member
    return partner


def _free_the_lonely(
    every: Sequence[Seeker], near: Mapping[MemberId, Sequence[Seeker]], partner: dict[MemberId, MemberId]
) -> None:
    """Part a pair when both of the two then find somebody who was alone."""
    while True:
        lonely = [each for each in every if each.member not in partner]
        swap = next(
            (
                (one.member, a.member, partner[a.member], other.member)
                for one in lonely
                for a in near[one.member]
                for other in lonely
                if a.member in partner and other is not one and _is_near(partner[a.member], other, near)
            ),
            None,
        )
        if swap is None:
            return
        one, a, b, other = swap
        partner[one], partner[a], partner[b], partner[other] = a, one, other, b


def _is_near(member: MemberId, other: Seeker, near: Mapping[MemberId, Sequence[Seeker]]) -> bool:
    return any(each.member == other.member for each in near[member])


def _joins(
    each: Seeker,
    groups: list[list[MemberId]],
    near: Mapping[MemberId, Sequence[Seeker]],
    by_id: Mapping[MemberId, Seeker],
) -> bool:
    """Let somebody who is alone join a pair in which both fit."""
    friends = {other.member for other in near[each.member]}
    open_ = [group for group in groups if len(group) < MOST and friends.issuperset(group)]
    if not open_:
        return False
    min(open_, key=lambda group: (sum(_distance(each, by_id[m])[0] for m in group), group)).append(each.member)
    return True


def _distance(one: Seeker, other: Seeker) -> tuple[int, int]:
    """Tell how far two are from each other: first the field, then the hours."""
    return int(one.field is not other.field), _apart(one, other)


def _apart(one: Seeker, other: Seeker) -> int:
    minutes = abs(one.offset - other.offset) % DAY
    return min(minutes, DAY - minutes)
