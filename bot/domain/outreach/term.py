"""The term that career courses use, found in English and French with its misspellings and abbreviations.

Rule: only the whole term counts. An "information session" or an "interview" alone is none of it.
"""

import re
from collections.abc import Sequence

from bot.domain.outreach.letters import distance
from bot.letters import folded

_WORD = re.compile(r"[^\W\d_]+")
_ABOUT_EN = ("informational", "information", "informative", "informationals")
_ABOUT_FR = ("information", "informations", "informationnel", "informationnelle", "informatif", "informative")
_SHORT = {"info", "infos", "inf", "inform", "infor"}
_TALK_EN = ("interview", "interviews", "interviewing")
_TALK_EN_SHORT = {"intvw", "intv", "itw", "interv", "intvws"}
_TALK_FR = ("entretien", "entretiens", "entrevue", "entrevues", "rencontre", "rencontres")
_LINKS = {"d", "de", "dinformation", "dinformations", "dinfo", "dinfos"}
_OTHER_WORDS = {
    "informatique",
    "informatiques",
    "informed",
    "informal",
    "informel",
    "informelle",
    "internal",
    "infirmier",
}
_OTHER_BEFORE = {"more", "further", "additional", "contact", "personal", "extra"}
_NEAR = re.compile(r"[\s\-–'`’.]{1,3}")


def find_term(text: str) -> str | None:
    """Find the term as it was written; None when it is not there."""
    words = [(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]
    plain = [folded(word) for word, _, _ in words]
    for i in range(len(words)):
        size = _english(plain, i) or _french(plain, i)
        if size and all(_together(text, words[k][2], words[k + 1][1], plain[k]) for k in range(i, i + size - 1)):
            return text[words[i][1] : words[i + size - 1][2]]
    return None


def _english(words: Sequence[str], at: int) -> int:
    """Count the words of "informational interview" at a place, or of "interview for information"."""
    pair = words[at : at + 2]
    if len(pair) < 2:
        return 0
    before = words[at - 1] if at else ""
    about = _like(pair[0], _ABOUT_EN, 2) or pair[0] in _SHORT
    if about and _talk_en(pair[1]) and before not in _OTHER_BEFORE:
        return 2
    return 0


def _talk_en(word: str) -> bool:
    return _like(word, _TALK_EN, 2) or word in _TALK_EN_SHORT


def _french(words: Sequence[str], at: int) -> int:
    """Count the words of « entretien d'information » or « rencontre informative » at a place."""
    if not _like(words[at], _TALK_FR, 2 if len(words[at]) > 8 else 1):
        return 0
    rest = words[at + 1 : at + 3]
    if rest and rest[0].startswith("d") and (rest[0] in _LINKS - {"d", "de"} or _like(rest[0][1:], _ABOUT_FR[:2], 2)):
        return 2
    if rest and _like(rest[0], _ABOUT_FR[2:], 1):
        return 2
    if len(rest) == 2 and rest[0] in {"d", "de"} and (_like(rest[1], _ABOUT_FR[:2], 2) or rest[1] in _SHORT):
        return 3
    return 0


def _like(word: str, known: Sequence[str], most: int) -> bool:
    if word in _OTHER_WORDS:
        return False
    return any(word[:1] == each[0] and distance(word, each, most) <= most for each in known)


def _together(text: str, end: int, start: int, word: str) -> bool:
    """Tell whether two words stand in one phrase; a full stop parts them, except after an abbreviation."""
    between = text[end:start]
    if "." in between and word not in _SHORT:
        return False
    return _NEAR.fullmatch(between) is not None
