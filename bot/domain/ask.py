"""An ask: one attempt to reach a lead, the words it used, and the answer."""

from enum import StrEnum


class Wording(StrEnum):
    """What the message called the talk."""

    CHAT = "chat"
    CALL = "call"
    COFFEE = "coffee"
    MEETING = "meeting"
    DISCUSSION = "discussion"
    TERM = "term"
    OTHER = "other"


class AnswerKind(StrEnum):
    """What a lead answered."""

    YES = "yes"
    LATER = "later"
    NO = "no"
