"""What a message calls the talk it asks for."""

from bot.domain.ask import Wording
from bot.domain.outreach.letters import mended, words_of
from bot.domain.outreach.term import find_term

_WORDS: dict[Wording, frozenset[str]] = {
    Wording.COFFEE: frozenset({"coffee", "tea", "cafe", "the"}),
    Wording.CALL: frozenset({"call", "phone", "zoom", "telephone", "tel", "appel", "appeler", "telephoner"}),
    Wording.CHAT: frozenset({"chat", "conversation", "causer", "jaser", "bavarder"}),
    Wording.DISCUSSION: frozenset({"discussion", "discuss", "discuter", "echanger"}),
    Wording.MEETING: frozenset({"meeting", "meet", "rencontre", "rencontrer"}),
}
_TEA = {"un", "du", "d", "autour"}


def wording_of(text: str) -> Wording | None:
    """Tell what a message calls the talk; None when it does not say."""
    if find_term(text) is not None:
        return Wording.TERM
    words = mended(words_of(text))
    # In English "the" is no tea; in French it is one after "un thé" or "d'un thé".
    said = {w for before, w in zip(["", *words], words, strict=False) if w != "the" or before in _TEA}
    return next((wording for wording, names in _WORDS.items() if said & names), None)
