"""Work whose people know the term: they are told it, and need no other word.

The list is the default; organisers change it in the settings of their community.
"""

import re
from collections.abc import Sequence

from bot.letters import folded

ROLES = (
    "recruiter",
    "talent acquisition",
    "headhunter",
    "career advisor",
    "career adviser",
    "career counsellor",
    "career counselor",
    "career coach",
    "employment counsellor",
    "employment counselor",
    "employment advisor",
    "employment specialist",
    "job coach",
    "job developer",
    "settlement worker",
    "settlement counsellor",
    "mentor",
    "recruteur",
    "recruteuse",
    "chasseur de têtes",
    "conseiller en emploi",
    "conseillère en emploi",
    "conseiller en orientation",
    "conseillère en orientation",
    "conseiller d'orientation",
    "conseillère d'orientation",
    "coach de carrière",
    "intervenant en établissement",
    "intervenante en établissement",
    "agent d'établissement",
    "agente d'établissement",
    "agent d'intégration",
    "agente d'intégration",
    "mentore",
)
# "My mentor gave me her name" tells nothing of the person on the list.
_ANOTHERS = ("my", "our", "her", "his", "by", "from", "no", "not", "mon", "ma", "notre", "son", "sa", "par", "pas")
_THEIRS = "".join(rf"(?<!\b{word} )" for word in _ANOTHERS)


def role_in(texts: Sequence[str], roles: Sequence[str] = ROLES) -> str | None:
    """Find a role that is said of a person; None when there is none."""
    plain = " . ".join(_spaced(text) for text in texts)
    for role in sorted(roles, key=len, reverse=True):
        word = re.escape(_spaced(role))
        if word and re.search(rf"{_THEIRS}\b{word}s?\b", plain):
            return role
    return None


def roles_in(line: str) -> tuple[str, ...]:
    """Read a list of roles that an organiser typed, parted by commas or lines."""
    roles = (" ".join(piece.split()) for piece in re.split(r"[,;\n]", line))
    return tuple(dict.fromkeys(piece for piece in roles if piece))


def _spaced(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", folded(text)))
