"""New names given in a meeting, as people write them: "Priya at Nordik; Tom and Ana at Bell"; doubt is marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.name_words import JOINING_WORDS, PARTICLES, SOMEONE, before_place, is_place, is_title
from bot.domain.sameness import is_legal_form

LONGEST = 80
"""Letters of a name and of a place; what is longer is asked about."""
MOST_WORDS = 5
MOST_SMALL = 2
"""Words in small letters in a place, beside those that join; a sentence has more."""
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
_STUCK = re.compile(r"[&+—]|--")
"""Signs that may stand between two names, or between a name and its place, with no space beside them."""
_COLON = re.compile(r"\s*:\s+")
_GROUP = re.compile(r"\s*[(\[<]([^()\[\]<>]*)[)\]>]")
_PLACEHOLDER = re.compile(r"\x00(\d+)\x00")
_PART_OF = re.compile(r"(?:\b(?:de|du|des|of)\s+|\bd['’])\S", re.IGNORECASE)
_WITH_ARTICLE = re.compile(r"\S+(?: \S+)? de (?:la|las|los|le) \S+")
_COLUMNS = " | "
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
    people: dict[tuple[str, str], NewName] = {}
    if _NOBODY.fullmatch(text.strip(" .!")):
        return []
    for entry in _ENTRY.split(text.strip().replace("\t", " - ")):
        for person in _read_entry(_BULLET.sub("", entry), organisation):
            people.setdefault((person.name.casefold(), person.organisation.casefold()), person)
    return list(people.values())


def write_new_names(names: Sequence[NewName]) -> str:
    """Write names so that they are read back as they are."""
    return "\n".join(_COLUMNS.join((*map(_one_line, (n.name, n.organisation)), *_doubt_mark(n))) for n in names)


def checked(names: Sequence[NewName], at: int, right: NewName) -> list[NewName]:
    """Replace one name by the right one, and drop the asides behind it that are a part of its place."""
    place = right.organisation.casefold()
    after = [name for name in names[at + 1 :] if not (name.aside and name.name.casefold() in place)]
    return [*names[:at], right, *after]


def _doubt_mark(name: NewName) -> tuple[str, ...]:
    if name.left:
        return (_LEFT,)
    return ("??",) if name.aside else () if name.sure else ("?",)


def _one_line(words: str) -> str:
    return " ".join(re.sub(r"[;|\n]", "/", words).split())


def _read_entry(entry: str, giver: str) -> Iterator[NewName]:
    if _COLUMNS in entry:
        name, place, *doubt = (part.strip() for part in entry.split(_COLUMNS, 2))
        if name:
            yield NewName(name, place or giver, sure=not doubt, aside=doubt == ["??"], left=doubt == [_LEFT])
        return
    people = _Entry(entry).people(giver)
    capital = any(person.name[:1].isupper() for person in people)
    for person in people:
        if person.name:
            # Beside a name with a capital letter, words in small letters say what somebody does.
            sure = person.sure and _fits(person) and not (capital and person.name[0].islower())
            yield replace(person, sure=sure)


def _fits(name: NewName) -> bool:
    return len(name.name) <= LONGEST and len(name.organisation) <= LONGEST


@dataclass(frozen=True, slots=True)
class _NamePiece:
    """A part of an entry between two commas or "and"s."""

    name: str
    place: str
    sure: bool
    mark: str
    """What parts it from the piece before it."""

    @property
    def after_and(self) -> bool:
        """Whether "and" stands before it, and no comma."""
        return _AND.search(self.mark) is not None


class _Entry:
    """One entry, split into pieces; a placeholder stands for each group in brackets, so that none is split."""

    def __init__(self, entry: str) -> None:
        self._groups: list[str] = []
        self._text = _COMMA_AT.sub(" ", _COMMA_TITLE.sub(" ", _GROUP.sub(self._store_group, entry)))
        separators = list(_BETWEEN.finditer(self._text))
        starts = [0, *(separator.end() for separator in separators)]
        ends = [*(separator.start() for separator in separators), len(self._text)]
        marks = ["", *(separator.group() for separator in separators)]
        parts = [(self._text[a:b], mark) for a, b, mark in zip(starts, ends, marks, strict=True)]
        pieces = [self._piece(text, mark) for text, mark in _with_legal_forms(parts) if text.strip(" .")]
        self._pieces = _with_places(pieces)

    def people(self, giver: str) -> list[NewName]:
        """List everybody in the entry."""
        pieces = self._pieces
        last = max((i for i, piece in enumerate(pieces) if piece.place), default=-1)
        if last < 0:
            return self._without_place(giver)
        named: list[NewName] = []
        waiting: list[_NamePiece] = []
        for piece in pieces[: last + 1]:
            if not piece.place:
                waiting.append(piece)
                continue
            named += self._sharing_place(named, waiting, piece)
            named.append(NewName(piece.name, piece.place, piece.sure))
            waiting = []
        behind = pieces[last + 1 :]
        if behind:
            joined = _longer_place(named[-1].organisation, behind)
            named[-1] = replace(named[-1], organisation=joined, sure=False)
        # What stands behind a place is a part of it, or a person: "Ana at Marks and Spencer".
        return named + [NewName(piece.name, giver, sure=False, aside=True) for piece in behind]

    def _without_place(self, giver: str) -> list[NewName]:
        """Read names alone: "Tom and Ana" are two; of "Tom, Hydro" nobody knows which it is."""
        pieces = self._pieces
        if len(pieces) == 2 and not pieces[1].after_and:
            person, aside = pieces
            return [NewName(person.name, aside.name, sure=False), NewName(aside.name, giver, sure=False, aside=True)]
        listed = len(pieces) < 2 or pieces[-1].after_and
        sure = listed and "@" not in self._text
        return [NewName(piece.name, giver, sure=sure and piece.sure) for piece in pieces]

    def _sharing_place(self, named: list[NewName], waiting: list[_NamePiece], piece: _NamePiece) -> list[NewName]:
        """Give those who stand before a place that place: "Tom and Ana at Bell" are both there."""
        if named and waiting:
            named[-1] = replace(named[-1], sure=False)
        sure = piece.after_and and not named
        return [
            NewName(earlier.name, piece.place, sure=sure and earlier.sure, aside=bool(named) and earlier is waiting[0])
            for earlier in waiting
        ]

    def _piece(self, text: str, mark: str) -> _NamePiece:
        at = _AT.search(text)
        colon = _COLON.search(text) if at is None else None
        split = at or colon
        if split is not None and split.start() > 0 and split.end() < len(text):
            name, place = self._restore_groups(text[: split.start()]), self._restore_groups(text[split.end() :])
            sure = (
                colon is None
                and _is_short(place)
                and _AT.search(text, split.end()) is None
                and "\x00" not in text[: split.start()]
            )
            return _NamePiece(name, place, sure and _is_surely_a_name(name, placed=True), mark)
        group = _PLACEHOLDER.search(text)
        place = self._groups[int(group[1])].strip() if group is not None else ""
        if (
            group is not None
            and _is_place(place)
            and not text[group.end() :].strip(" .")
            and text[: group.start()].strip()
        ):
            name = self._restore_groups(text[: group.start()])
            return _NamePiece(name, place, _is_surely_a_name(name, placed=True), mark)
        name, place = before_place(self._restore_groups(text))
        return _NamePiece(name, place, _is_surely_a_name(name, placed=bool(place)), mark)

    def _store_group(self, group: re.Match[str]) -> str:
        self._groups.append(group[1])
        # No member can type NUL: it is taken out of every text that arrives.
        return f" \x00{len(self._groups) - 1}\x00"

    def _restore_groups(self, text: str) -> str:
        whole = _PLACEHOLDER.sub(lambda placeholder: f"({self._groups[int(placeholder[1])]})", text)
        return " ".join(whole.split()).strip(" ,:") if whole.rstrip().endswith(".") else whole.strip(" ,:@")


def _with_legal_forms(parts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give a legal form back to the organisation before it: "Bell, Inc." is one."""
    whole: list[tuple[str, str]] = []
    for text, mark in parts:
        if whole and is_legal_form(text):
            whole[-1] = (f"{whole[-1][0]}{mark}{text}", whole[-1][1])
        else:
            whole.append((text, mark))
    return whole


def _with_places(pieces: Sequence[_NamePiece]) -> list[_NamePiece]:
    """Give a place beside a comma to the person before it, or behind it; where there is none, the member is asked."""
    whole: list[_NamePiece] = []
    waiting = ""
    for piece in pieces:
        if piece.place or not is_place(piece.name):
            whole.append(replace(piece, place=waiting) if waiting and not (piece.place or piece.after_and) else piece)
            waiting = ""
        elif whole and not whole[-1].place and not piece.after_and and not is_place(whole[-1].name):
            # Of several between commas nobody knows which are people, and who of them is there.
            listed = all(earlier.after_and for earlier in whole[1:]) or (whole[-1].after_and and whole[-2].place)
            whole = whole if listed else [replace(earlier, sure=False) for earlier in whole]
            whole[-1] = replace(whole[-1], place=piece.name)
        elif not whole and len(pieces) == 2 and not pieces[1].after_and and not is_place(pieces[1].name):
            waiting = piece.name
        else:
            whole.append(replace(piece, sure=False))
    return whole


def _longer_place(place: str, behind: Sequence[_NamePiece]) -> str:
    return place + "".join(f"{piece.mark}{piece.name}" for piece in behind)


def _is_short(place: str) -> bool:
    """Tell a place from a sentence, such as "Bell told me about Ana"; a place typed in small letters is one too."""
    small = [word for word in place.split() if word[0].islower() and word.casefold() not in PARTICLES | JOINING_WORDS]
    return len(small) <= MOST_SMALL or not any(c.isupper() for c in place)


def _is_place(words: str) -> bool:
    """Tell a place in brackets from a word about the person, such as (she/her)."""
    return bool(words) and "/" not in words and not words[0].islower()


def _is_surely_a_name(name: str, *, placed: bool) -> bool:
    """Tell whether words are surely one name: few, with letters alone, and none that belongs to a sentence."""
    words = name.split()
    if not words or len(words) > MOST_WORDS or any(c.isdigit() or c in "()/?!:\x00" for c in name):
        return False
    if _STUCK.search(name) or name == "I" or not any(c.isalpha() for c in name) or not SOMEONE.isdisjoint(words):
        return False
    if is_title(name):
        return False
    if not placed and _PART_OF.search(name) and not _WITH_ARTICLE.fullmatch(name):
        return False
    small = [word for word in words if word[0].islower() and word.casefold().strip("'’.") not in PARTICLES]
    return not small or (len(small) == len(words) <= 2)
