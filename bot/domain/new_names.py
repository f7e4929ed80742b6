"""New names given in a meeting, as people write them: "Priya at Nordik; Tom and Ana at Bell"; doubt is marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.sameness import is_legal_form

LONGEST = 80
"""Letters of a name and of a place; what is longer is asked about."""
MOST_WORDS = 5
MOST_SMALL = 2
"""Words in small letters in a place, beside those that join; a sentence has more."""
PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "des",
        "la",
        "las",
        "los",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "bin",
        "bint",
        "ibn",
        "ben",
        "al",
        "el",
        "abu",
        "ap",
        "y",
        "e",
        "zu",
    ]
)
"""Small words inside names, in small letters."""
_JOINS = frozenset(["the", "of", "and", "for", "in", "at", "et", "pour", "à", "d", "l"])
_ENTRY = re.compile(r"\s*[;；؛\n]\s*")
_BULLET = re.compile(r"^(?:[-*•–—]|\d{1,2}[.)])\s+")
_BETWEEN = re.compile(r"\s*,?\s+(?:and|et|&|\+)\s+|\s*[,،、，]\s*|\s+/\s+", re.IGNORECASE)
_AND = re.compile(r"\b(?:and|et)\b|[&+]", re.IGNORECASE)
_AT = re.compile(
    r"\s+(?:(?:who |qui )?(?:works?|working|travaille) (?:at|for|with|chez|à|pour)|at|from|de chez|chez|à|[-–—])\s+|\s*@\s*",
    re.IGNORECASE,
)
_COMMA_AT = re.compile(r"\s*,\s*(?=(?:at|from|chez|à|who|qui)\s|@)", re.IGNORECASE)
_COMMA_TITLE = re.compile(
    r"\s*,\s*(?=(?:jr|sr|i{2,3}|ph\.? ?d|m\.?d|mba|[mb]\.?sc|cpa|rn|esq|p\.? ?eng|ing|pmp|jd|avocate?)\.?\s*"
    r"(?:$|[,(@\[–—-]|(?:at|from|chez|de chez|à|and|et)\s))",
    re.IGNORECASE,
)
"""A comma before what belongs to the name: "Ana Silva, PhD" is one person."""
_NOBODY = re.compile(
    r"no|non|none|nobody|no one|nothing|not yet|no names?|n/a|-|aucune?|aucun nom|personne|rien|pas encore",
    re.IGNORECASE,
)
"""Answers that say that no name was given, when nothing else is said."""
_SOMEONE = frozenset(
    "the a an her his their my our your someone somebody nobody none no i me from at or and y e und plus then with "  # noqa: SIM905
    "moi mon ma mes son sa ses leur notre votre personne aucun aucune un une et ou puis chez и و".split()
)
"""Words in small letters that are no part of a name, or that may stand between two."""
_STUCK = re.compile(r"[&+—]|--")
"""Signs that may stand between two names, or between a name and its place, with no space beside them."""
_COLON = re.compile(r"\s*:\s+")
_GROUP = re.compile(r"\s*[(\[<]([^()\[\]<>]*)[)\]>]")
_HELD = re.compile(r"\x00(\d+)\x00")
_PART_OF = re.compile(r"(?:\b(?:de|du|des|of)\s+|\bd['’])\S", re.IGNORECASE)
_WITH_ARTICLE = re.compile(r"\S+(?: \S+)? de (?:la|las|los|le) \S+")
_KEPT = " | "
"""Stands between name and place, and before a mark of doubt, in what was checked."""
_LEFT = "-"
"""The mark of a name that is left out, but keeps its place among the others."""


@dataclass(frozen=True, slots=True)
class NewName:
    """A person somebody named, and where they work."""

    name: str
    organisation: str
    sure: bool = True
    """Whether there is one way to read it; else the member is asked."""
    aside: bool = False
    """Whether it may be no person at all, but a part of the place that stands before it."""
    left: bool = False
    """Whether the member does not want it on the list."""


def read_new_names(text: str, organisation: str) -> list[NewName]:
    """Read names, each once and none left out; a name without a place gets the place of who gave it."""
    found: dict[tuple[str, str], NewName] = {}
    if _NOBODY.fullmatch(text.strip(" .!")):
        return []
    for entry in _ENTRY.split(text.strip()):
        for made in _read_entry(_BULLET.sub("", entry), organisation):
            found.setdefault((made.name.casefold(), made.organisation.casefold()), made)
    return list(found.values())


def write_new_names(names: Sequence[NewName]) -> str:
    """Write names so that they are read back as they are."""
    return "\n".join(_KEPT.join((*map(_plain, (n.name, n.organisation)), *_doubt(n))) for n in names)


def checked(names: Sequence[NewName], at: int, right: NewName) -> list[NewName]:
    """Put one name right; what turns out to be a part of its place is no name any more."""
    place = right.organisation.casefold()
    after = [each for each in names[at + 1 :] if not (each.aside and each.name.casefold() in place)]
    return [*names[:at], right, *after]


def _doubt(name: NewName) -> tuple[str, ...]:
    if name.left:
        return (_LEFT,)
    return ("??",) if name.aside else () if name.sure else ("?",)


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[;|\n]", "/", words).split())


def _read_entry(entry: str, giver: str) -> Iterator[NewName]:
    if _KEPT in entry:
        name, place, *doubt = (part.strip() for part in entry.split(_KEPT, 2))
        if name:
            yield NewName(name, place or giver, sure=not doubt, aside=doubt == ["??"], left=doubt == [_LEFT])
        return
    people = _Entry(entry).people(giver)
    capital = any(each.name[:1].isupper() for each in people)
    for each in people:
        if each.name:
            # Beside a name with a capital letter, words in small letters say what somebody does.
            sure = each.sure and _fits(each) and not (capital and each.name[0].islower())
            yield replace(each, sure=sure)


def _fits(name: NewName) -> bool:
    return len(name.name) <= LONGEST and len(name.organisation) <= LONGEST


@dataclass(frozen=True, slots=True)
class _NamePiece:
    """A part of an entry between two commas or "and"s."""

    name: str
    place: str
    sure: bool
    after_and: bool


class _Entry:
    """One entry, with what stands in brackets held together while the rest is split."""

    def __init__(self, entry: str) -> None:
        self._held: list[str] = []
        self._text = _COMMA_AT.sub(" ", _COMMA_TITLE.sub(" ", _GROUP.sub(self._hold, entry)))
        starts = [0, *(found.end() for found in _BETWEEN.finditer(self._text))]
        between = [found.group() for found in _BETWEEN.finditer(self._text)]
        ends = [*(found.start() for found in _BETWEEN.finditer(self._text)), len(self._text)]
        marks = ["", *between]
        parts = [(self._text[a:b], mark) for a, b, mark in zip(starts, ends, marks, strict=True)]
        self._pieces = [self._piece(text, mark) for text, mark in _whole(parts) if text.strip(" .")]

    def people(self, giver: str) -> list[NewName]:
        """List everybody in the entry."""
        pieces = self._pieces
        last = max((i for i, piece in enumerate(pieces) if piece.place), default=-1)
        if last < 0:
            return self._without_place(giver)
        made: list[NewName] = []
        waiting: list[_NamePiece] = []
        for piece in pieces[: last + 1]:
            if not piece.place:
                waiting.append(piece)
                continue
            made += self._before(made, waiting, piece)
            made.append(NewName(piece.name, piece.place, piece.sure))
            waiting = []
        rest = pieces[last + 1 :]
        if rest:
            joined = _joined(made[-1].organisation, rest)
            made[-1] = replace(made[-1], organisation=joined, sure=False)
        # What stands behind a place is a part of it, or a person: "Ana at Marks and Spencer".
        return made + [NewName(each.name, giver, sure=False, aside=True) for each in rest]

    def _without_place(self, giver: str) -> list[NewName]:
        """Read names alone: "Tom and Ana" are two; of "Tom, Hydro" nobody knows which it is."""
        pieces = self._pieces
        if len(pieces) == 2 and not pieces[1].after_and:
            person, aside = pieces
            return [NewName(person.name, aside.name, sure=False), NewName(aside.name, giver, sure=False, aside=True)]
        listed = len(pieces) < 2 or pieces[-1].after_and
        sure = listed and "@" not in self._text
        return [NewName(each.name, giver, sure=sure and each.sure) for each in pieces]

    def _before(self, made: list[NewName], waiting: list[_NamePiece], piece: _NamePiece) -> list[NewName]:
        """Give those who stand before a place that place: "Tom and Ana at Bell" are both there."""
        if made and waiting:
            made[-1] = replace(made[-1], sure=False)
        sure = piece.after_and and not made
        return [
            NewName(each.name, piece.place, sure=sure and each.sure, aside=bool(made) and each is waiting[0])
            for each in waiting
        ]

    def _piece(self, text: str, mark: str) -> _NamePiece:
        after_and = _AND.search(mark) is not None
        at = _AT.search(text)
        colon = _COLON.search(text) if at is None else None
        split = at or colon
        if split is not None and split.start() > 0 and split.end() < len(text):
            name, place = self._plain(text[: split.start()]), self._plain(text[split.end() :])
            sure = (
                colon is None
                and _is_short(place)
                and _AT.search(text, split.end()) is None
                and "\x00" not in text[: split.start()]
            )
            return _NamePiece(name, place, sure and _named(name, placed=True), after_and)
        group = _HELD.search(text)
        place = self._held[int(group[1])].strip() if group is not None else ""
        if (
            group is not None
            and _is_place(place)
            and not text[group.end() :].strip(" .")
            and text[: group.start()].strip()
        ):
            name = self._plain(text[: group.start()])
            return _NamePiece(name, place, _named(name, placed=True), after_and)
        name = self._plain(text)
        return _NamePiece(name, "", _named(name, placed=False), after_and)

    def _hold(self, group: re.Match[str]) -> str:
        self._held.append(group[1])
        return f" \x00{len(self._held) - 1}\x00"

    def _plain(self, text: str) -> str:
        whole = _HELD.sub(lambda found: f"({self._held[int(found[1])]})", text)
        return " ".join(whole.split()).strip(" ,:") if whole.rstrip().endswith(".") else whole.strip(" ,:@")


def _whole(parts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give a legal form back to the organisation before it: "Bell, Inc." is one."""
    made: list[tuple[str, str]] = []
    for text, mark in parts:
        if made and is_legal_form(text):
            made[-1] = (f"{made[-1][0]}{mark}{text}", made[-1][1])
        else:
            made.append((text, mark))
    return made


def _joined(place: str, rest: Sequence[_NamePiece]) -> str:
    for each in rest:
        place += f" and {each.name}" if each.after_and else f", {each.name}"
    return place


def _is_short(place: str) -> bool:
    """Tell a place from a sentence, such as "Bell told me about Ana"; a place typed in small letters is one too."""
    small = [word for word in place.split() if word[0].islower() and word.casefold() not in PARTICLES | _JOINS]
    return len(small) <= MOST_SMALL or not any(c.isupper() for c in place)


def _is_place(words: str) -> bool:
    """Tell a place in brackets from a word about the person, such as (she/her)."""
    return bool(words) and "/" not in words and not words[0].islower()


def _named(name: str, *, placed: bool) -> bool:
    """Tell whether words are surely one name: few, with letters alone, and none that belongs to a sentence."""
    words = name.split()
    if not words or len(words) > MOST_WORDS or any(c.isdigit() or c in "()/?!:\x00" for c in name):
        return False
    if _STUCK.search(name) or name == "I" or not any(c.isalpha() for c in name) or not _SOMEONE.isdisjoint(words):
        return False
    if not placed and _PART_OF.search(name) and not _WITH_ARTICLE.fullmatch(name):
        return False
    small = [word for word in words if word[0].islower() and word.casefold().strip("'’.") not in PARTICLES]
    return not small or (len(small) == len(words) <= 2)
