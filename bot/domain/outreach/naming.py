"""What a message calls the talk it asks for."""

from bot.domain.ask import Wording
from bot.domain.outreach.language import EntryKind
from bot.domain.outreach.signs import signs
from bot.domain.outreach.spelling import mended, words_of
from bot.domain.outreach.term import find_term

_KINDS = {
    Wording.COFFEE: EntryKind.COFFEE,
    Wording.CALL: EntryKind.CALL,
    Wording.CHAT: EntryKind.CHAT,
    Wording.DISCUSSION: EntryKind.DISCUSSION,
    Wording.MEETING: EntryKind.MEETING,
}


def wording_of(text: str) -> Wording | None:
    """Tell what a message calls the talk; None when it does not say."""
    if find_term(text) is not None:
        return Wording.TERM
    plain = " ".join(mended(words_of(text)))
    return next((wording for wording, kind in _KINDS.items() if signs(kind).found_in(plain)), None)
