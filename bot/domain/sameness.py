"""Whether two entries of a list are one person: the same letters, or merely alike, which only the member can tell."""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from itertools import zip_longest
from typing import TypeAlias

from bot.domain.ideographs import FIRST_WAY, ORGANISATION_FORMS
from bot.letters import folded, letters_of

PostEntry: TypeAlias = tuple[str, str]
"""A name and an organisation."""
LONG_ENOUGH = 4
"""Letters of a word in which one other letter may be a slip; Tom and Tim are two people."""
TOO_MANY = 2
"""Slips in name and place together, from which on it is somebody else."""
_TWINS = str.maketrans(
    FIRST_WAY
    | {
        # Persian, Urdu and Kurdish keyboards beside the Arabic one.
        **dict.fromkeys("\u064a\u0649\u06d0\u06d2\u0626", "\u06cc"),
        **dict.fromkeys("\u0643\u06aa", "\u06a9"),
        **dict.fromkeys("\u06be\u06c1\u06c2\u0629\u06c0\u06d5", "\u0647"),
        **dict.fromkeys("\u0623\u0625\u0622\u0671", "\u0627"),
        "\u0624": "\u0648",
        # Signs that join, part or lengthen letters.
        **dict.fromkeys("\u0640\u200c\u200d\u02bb\u02bc\u02b9\u02bd\u02be\u02bf\u00b7\u30fb", ""),
        # Letters that look alike in Latin, Cyrillic and Greek, where two keyboards are in use.
        **dict(zip("авеиіјкмнорсѕтухһԁո", "abeuijkmhopcstyxhdn", strict=True)),
        **dict(zip("αονρτυχικ", "aovptuxik", strict=True)),
        # Letters that a keyboard without them writes as others.
        "ı": "i", "đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŋ": "n", "ə": "e",
    }
)  # fmt: skip
_FORMS = frozenset(
    [
        "inc",
        "incorporated",
        "ltd",
        "limited",
        "ltee",
        "limitee",
        "llc",
        "llp",
        "lp",
        "plc",
        "corp",
        "corporation",
        "co",
        "company",
        "cie",
        "compagnie",
        "enr",
        "senc",
        "sencrl",
        "gmbh",
        "ag",
        "kg",
        "ohg",
        "ug",
        "sa",
        "sas",
        "sarl",
        "eurl",
        "sasu",
        "snc",
        "spa",
        "srl",
        "bv",
        "nv",
        "ab",
        "as",
        "asa",
        "oy",
        "oyj",
        "aps",
        "pty",
        "pvt",
        "pte",
        "kk",
        "sl",
        "slu",
        "ltda",
        "lda",
        "sp",
        "zoo",
        "doo",
        "kft",
        "zrt",
        "ooo",
        "oao",
        "zao",
    ]
)
"""Legal forms of organisations, in letters alone."""
_SURE_FORMS = frozenset(
    [
        "inc",
        "incorporated",
        "ltd",
        "ltee",
        "limitee",
        "llc",
        "llp",
        "plc",
        "corp",
        "corporation",
        "gmbh",
        "sarl",
        "eurl",
        "senc",
        "sencrl",
    ]
)
"""Legal forms that end no person's name."""
_BEGINNINGS = frozenset("the les groupe societe compagnie ooo oao zao pao ao".split())  # noqa: SIM905
_ENDINGS = frozenset(["group", "groupe"])
"""Words round the name of an organisation that are often left out."""


def same_person_key(name: str, organisation: str) -> str:
    """Write name and organisation so that two entries of one person are equal.

    Rule: the same person is the same letters of name and organisation; marks count, for they make another name.
    """
    return f"{letters_of(name)}\n{letters_of(organisation)}"


class Likeness:
    """What is looked for in a list: everybody who could be this person, written in another way."""

    def __init__(self, name: str, organisation: str) -> None:
        self._name, self._place = _plain_words(name), _without_form(_plain_words(organisation))
        letters = _joined(self._name)
        middle = len(letters) // 2
        self._begin, self._end = letters[: max(0, middle - 1)], letters[middle:]

    def may_fit(self, bare_name: str) -> bool:
        """Tell from the bare letters of a name whether it can be alike: most of a list of thousands cannot."""
        # One slip, two letters at most, leaves alone what is before the middle or what is behind it.
        return bare_name.startswith(self._begin) or bare_name.endswith(self._end)

    def may_fit_any(self, bare_names: str) -> bool:
        """Tell whether `may_fit` holds for any of a long list; it is one text, each name between line ends."""
        return f"\n{self._begin}" in bare_names or f"{self._end}\n" in bare_names

    def fits(self, name: str, organisation: str) -> bool:
        """Tell whether another entry is alike: marks, twin letters and legal form aside, one slip at most."""
        slips = _slips(self._name, _plain_words(name))
        return slips < TOO_MANY and slips + _slips(self._place, _without_form(_plain_words(organisation))) < TOO_MANY


def bare(name: str) -> str:
    """Give the letters by which names are found alike: without marks and spaces, twin letters as one."""
    return _joined(_plain_words(name))


def alike_pairs(ours: Sequence[PostEntry], theirs: Sequence[PostEntry]) -> list[tuple[int, int]]:
    """Find who of one list could be somebody of another list, by their places; the lists may be long."""
    by_mark: defaultdict[PostEntry, list[int]] = defaultdict(list)
    for place, entry in enumerate(ours):
        for mark in _marks(*entry):
            by_mark[mark].append(place)
    pairs: list[tuple[int, int]] = []
    for place, entry in enumerate(theirs):
        likeness = Likeness(*entry)
        near = {index for mark in _marks(*entry) for index in by_mark.get(mark, ())}
        pairs += [(index, place) for index in sorted(near) if likeness.fits(*ours[index])]
    return pairs


def _marks(name: str, organisation: str) -> set[PostEntry]:
    """Leave each letter out in turn: names that are one slip apart have such a name in common."""
    person, place = _joined(_plain_words(name)), _joined(_without_form(_plain_words(organisation)))
    return {(less, place) for less in _less_one(person)} | {(person, less) for less in _less_one(place)}


def _less_one(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def is_organisation(name: str, organisation: str) -> bool:
    """Tell whether what stands for a name is the organisation, or has an organisation's legal form."""
    words = _plain_words(name)
    if len(words) > 1 and _form_at_end(words, _SURE_FORMS):
        return True
    own_name = _own_name(words)
    return bool(own_name) and own_name == _own_name(_plain_words(organisation))


def is_legal_form(words: str) -> bool:
    """Tell whether words are the legal form of an organisation and nothing else, such as "Inc."."""
    bare = _plain_words(words)
    return bool(bare) and _form_at_end(bare, _SURE_FORMS) == len(bare)


def _plain_words(text: str) -> list[str]:
    """Split a name into words without marks, with one letter for letters that are easily taken for each other."""
    if text.isascii():
        return letters_of(text).split()
    plain = folded(letters_of(text).translate(_TWINS)).translate(_TWINS)
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in plain).split()


def _without_form(words: list[str]) -> list[str]:
    size = _form_at_end(words, _FORMS)
    return words[:-size] if 0 < size < len(words) else words


def _own_name(words: list[str]) -> str:
    """Join what is left of an organisation's name without its legal form and the words that are often left out."""
    bare = _without_form(words)
    bare = bare[1:] if len(bare) > 1 and bare[0] in _BEGINNINGS else bare
    joined = _joined(bare[:-1] if len(bare) > 1 and bare[-1] in _ENDINGS else bare)
    for form in () if joined.isascii() else ORGANISATION_FORMS:
        stripped = joined.removeprefix(form).removesuffix(form)
        if stripped and stripped != joined:
            return stripped
    return joined


def _form_at_end(words: list[str], forms: frozenset[str]) -> int:
    """Count the words at the end that are a legal form, such as "inc", or "s a r l" written with points."""
    for size in range(min(len(words), 6), 0, -1):
        end = words[-size:]
        if "".join(end) in forms and (size == 1 or all(len(word) == 1 for word in end)):
            return size
    return 0


def _joined(words: list[str]) -> str:
    return "".join(words)


def _slips(left: list[str], right: list[str]) -> int:
    """Count the slips between two names: none, one, or too many to be alike."""
    differ = [(a, b) for a, b in zip_longest(left, right, fillvalue="") if a != b]
    if not differ:
        return 0
    if len(differ) == 1:
        return 1 if _one_step(*differ[0]) else TOO_MANY
    # The gaps between the words may be elsewhere.
    return 0 if _joined(left) == _joined(right) else TOO_MANY


def _one_step(left: str, right: str) -> bool:
    """Tell whether a letter was added, dropped, changed, or changed places with the next, in an alphabet."""
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    if len(long) < LONG_ENOUGH or len(long) - len(short) > 1 or not short:
        return False
    if short[0] != long[0] and short[-1] != long[-1]:
        return False
    # The letters are looked at last: of a list of thousands, hardly a name comes so far.
    return _is_near(short, long) and all(map(_spelled, left + right))


def _is_near(short: str, long: str) -> bool:
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    return swapped or short[start + 1 :] == long[start + 1 :]


def _spelled(letter: str) -> bool:
    """Tell whether a sign is a letter of an alphabet; another digit or another ideograph is another name."""
    return unicodedata.category(letter)[0] in "LM" and not "\u3040" <= letter <= "\ud7ff"
