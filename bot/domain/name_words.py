"""Words that tell a name from a place, and both from a sentence."""

import re

from bot.letters import folded

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
JOINING_WORDS = frozenset(["the", "of", "and", "for", "in", "at", "et", "pour", "à", "d", "l"])
"""Words in small letters inside places."""
SOMEONE = frozenset(
    "the a an her his their my our your someone somebody nobody none no i me from at or and y e und plus then with "  # noqa: SIM905
    "moi mon ma mes son sa ses leur notre votre personne aucun aucune un une et ou puis chez и و".split()
)
"""Words in small letters that are no part of a name, or that may stand between two."""
_TITLES = frozenset(
    "mr mrs ms miss mx sir madam dr doctor prof professor pr mme mlle monsieur madame docteur docteure me maitre "  # noqa: SIM905
    "professeur professeure".split()
)
"""What stands before a name, and is none by itself: "Mr and Mrs Chen"."""
_BETWEEN = re.compile(r"[\s/,]+")
_JOINS = frozenset("and et & + or ou".split())  # noqa: SIM905
"""What may stand between two titles, in folded letters."""
_BEGINS = frozenset(
    "hopital clinique universite ecole polytechnique institut ministere caisse bibliotheque musee garderie pharmacie "  # noqa: SIM905
    "fondation association laboratoire laboratoires usine cabinet syndicat centre cegep college restaurant hotel".split()
)
_ENDS = frozenset(
    "hospital clinic university institute ministry library museum pharmacy foundation laboratory daycare college".split()  # noqa: SIM905
)
_SHORT = frozenset("chu chum chus chuq chul cusm muhc ciusss cisss clsc chsld cpe uqam hec ets".split())  # noqa: SIM905
"""Words that begin or end what is surely a place, or are one, and that are no person's name; in folded letters."""
_SAINTLY = re.compile(r"(?:saint|sainte|st|ste)-[a-z]+(?:-[a-z]+)*|hotel-dieu|notre-dame")
"""A place that is called by one word: "Tom, Saint-Luc"; "Luc Saint-Pierre" is a person."""
_INSIDE = "|".join(
    sorted({*_BEGINS, *_SHORT, "hotel-dieu"} - {"hotel", "centre", "usine", "college"}, key=len, reverse=True)
)
_IN_NAME = re.compile(rf"(?<=[\s'])(?:{_INSIDE})\b")
"""Where a place begins behind a name; a few of its words are family names too."""
_LINK = re.compile(r"\s+(?:(?:de|du|of|au|a|from)\s+)?(?:l'|la\s+|le\s+|les\s+|the\s+)?$|\s+d'$")


def is_title(words: str) -> bool:
    """Tell whether words are titles and nothing else, such as "Mr." or "Mr and Mrs"; "M" without its dot is an initial."""
    plain = [word for word in _BETWEEN.split(folded(words)) if word and word not in _JOINS]
    return bool(plain) and all(word == "m." or word.strip(".") in _TITLES for word in plain)


def is_place(words: str) -> bool:
    """Tell whether words surely name a place, such as a hospital or a school."""
    plain = folded(words)
    parts = plain.split()
    if not parts:
        return False
    begins = parts[0] in _BEGINS | _SHORT or (parts[0] in _ENDS and parts[1:2] == ["of"])
    return begins or parts[-1] in _ENDS or _SAINTLY.fullmatch(plain) is not None


def before_place(words: str) -> tuple[str, str]:
    """Part a name from the place that stands behind it with no comma: "Marie Roy Hôpital Sainte-Justine"."""
    plain = folded(words)
    place = _IN_NAME.search(plain) if len(plain) == len(words) and not is_place(words) else None
    name = _LINK.sub("", plain[: place.start()]) if place is not None else ""
    return (words[: len(name)].strip(), words[place.start() :].strip()) if place is not None and name else (words, "")
