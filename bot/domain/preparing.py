"""Before and after a meeting: the few questions, and what the figures of many meetings say."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.ids import LeadId
from bot.domain.meeting import Meeting, MeetingState, MoreTalkative, WorkKnown

MOST_QUESTIONS = 5
"""Rule: a conversation, not an interrogation; a sixth question is asked about, and may still be kept."""
FEWEST_TALKS = 8
"""Rule: who talked more is compared only from this many meetings on."""
_MARKS = re.compile(r"^\s*(?:(?:[-*•–]|\d{1,2}\s*[.)](?=\s|$))\s*)+")
"""Dashes and numbers before a question; the 1.5 of "1.5 years or more?" is no such number."""
_BEHIND_QUESTION = re.compile(r"(?<=[?؟？])\s+")


def read_questions(text: str) -> list[str]:
    """Read questions, one a line or one behind the other, without their numbers or dashes."""
    pieces = (piece for line in text.splitlines() for piece in _BEHIND_QUESTION.split(line))
    questions = (_MARKS.sub("", piece).strip() for piece in pieces)
    return [question for question in questions if any(c.isalnum() for c in question)]


def write_questions(questions: Sequence[str]) -> str | None:
    """Write questions so that they are read back the same."""
    return "\n".join(questions) or None


@dataclass(frozen=True, slots=True)
class TalkFigures:
    """What a member's own meetings say, as counts."""

    held: int
    answered: int
    """Meetings after which the member said whether the other person knows which work they want."""
    clear: int
    they_talked: int
    they_talked_in_touch: int

    @property
    def compares(self) -> bool:
        """Whether there are enough meetings to say what comes of letting the other person talk."""
        return self.held >= FEWEST_TALKS and self.they_talked > 0


def talk_figures(meetings: Sequence[Meeting], in_touch: Collection[LeadId]) -> TalkFigures:
    """Count what came of the meetings held; in touch is who is at that stage, and who was met again."""
    held = [meeting for meeting in meetings if meeting.state is MeetingState.HELD]
    times = Counter(meeting.lead for meeting in held)
    listened = [meeting for meeting in held if meeting.talked is MoreTalkative.THEM]
    return TalkFigures(
        held=len(held),
        answered=sum(meeting.knows is not None for meeting in held),
        clear=sum(meeting.knows is WorkKnown.YES for meeting in held),
        they_talked=len(listened),
        they_talked_in_touch=sum(meeting.lead in in_touch or times[meeting.lead] > 1 for meeting in listened),
    )
