"""Names for the ids of things, so that one cannot be taken for another."""

from dataclasses import dataclass
from typing import NewType

CommunityId = NewType("CommunityId", str)
MemberId = NewType("MemberId", str)
LeadId = NewType("LeadId", str)
MeetingId = NewType("MeetingId", str)
TipId = NewType("TipId", str)
WinId = NewType("WinId", str)


@dataclass(frozen=True, slots=True)
class Who:
    """A member of a community; every question about a member's things names both."""

    community: CommunityId
    member: MemberId
