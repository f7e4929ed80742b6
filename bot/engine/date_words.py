"""The words for days, hours and numbers in English and French, folded: lower case, no accents, no hyphens."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import product

from bot.letters import folded

WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday mon lundi lun",
            "tuesday tue tues mardi mar",
            "wednesday wed weds wednsday mercredi mer mecredi",
            "thursday thu thur thurs jeudi jeu",
            "friday fri vendredi ven vend",
            "saturday sat samedi sam",
            "sunday sun dimanche dim",
        )
    )
    for word in words.split()
}
MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan janvier janv",
            "february feb febuary fevrier fev fevr",
            "march mar mars",
            "april apr avril avr",
            "may mai",
            "june jun juin",
            "july jul juillet juil",
            "august aug aout",
            "september sep sept septembre",
            "october oct octobre",
            "november nov novembre",
            "december dec decembre",
        ),
        start=1,
    )
    for word in words.split()
}
NEAR = {
    "today": 0, "aujourd'hui": 0, "aujourdhui": 0, "auj": 0, "ajd": 0, "jour": 0, "now": 0, "just now": 0, "maintenant": 0,
    "tout a l'heure": 0, "a l'instant": 0, "a moment ago": 0, "earlier today": 0, "later today": 0,
    "tomorrow": 1, "tomorow": 1, "tommorow": 1, "tommorrow": 1, "tmrw": 1, "demain": 1,
    "yesterday": -1, "hier": -1,
    "day after tomorrow": 2, "apres demain": 2, "surlendemain": 2,
    "day before yesterday": -2, "avant hier": -2,
}  # fmt: skip
NEXT = {"next", "prochain", "prochaine"}
COMING = {"coming", "qui vient"}
LAST = {"last", "past", "dernier", "derniere", "passe", "passee"}
IN_EIGHT = {"en 8": 7, "week": 7, "en 15": 14, "fortnight": 14}
"""What English and French put behind a day to mean a week or two later, such as « mardi en huit »."""
TURN = dict.fromkeys(NEXT, 1) | dict.fromkeys(LAST, -1) | {"": 0}
"""Which week or month is meant, beside the running one."""
FILLERS = re.compile(
    r"\b(?:on|the|le|la|les|this|ce|cet|cette|of|de|du|des|at|a|vers|around|about|around|for|pour|by|since|depuis|environ|pile|precise?s?|exactement|exactly|sharp)\b|\b[ld]'|@"
)
DAYS_OF = {"day": 1, "days": 1, "jour": 1, "jours": 1, "week": 7, "weeks": 7, "semaine": 7, "semaines": 7, "fortnight": 14}  # fmt: skip
LOOSE = {"8 jours": (7, 8), "15 jours": (14, 15), "1 huitaine": (7, 8), "1 quinzaine": (14, 15)}
"""French counts the day itself too: « huit jours » is a week, and « quinze jours » is two."""
MONTHS_OF = {"month": 1, "months": 1, "mois": 1, "year": 12, "years": 12, "an": 12, "ans": 12, "annee": 12}
MINUTES_OF = {
    word: minutes
    for minutes, words in ((1, "minute minutes min mins mn"), (60, "hour hours hr hrs heure heures h"))
    for word in words.split()
}

_ENGLISH = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
_FRENCH = "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()  # noqa: SIM905
_ENGLISH_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_FRENCH_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()  # noqa: SIM905
_TEENTHS = [f"{word}th" for word in _ENGLISH[13:]]


def _numbers() -> dict[str, str]:
    """Write every number in words that a day or an hour may have, as digits."""
    digits = {word: str(n) for n, word in enumerate(_ENGLISH)} | {word: str(n) for n, word in enumerate(_FRENCH)}
    digits |= {f"dix {word}": str(10 + n) for n, word in enumerate(_FRENCH[7:10], 7)}
    digits |= {word: str(n) for word, n in (_ENGLISH_TENS | _FRENCH_TENS).items()}
    digits |= {f"{ten} {unit}": str(n + i) for (ten, n), (i, unit) in product(_ENGLISH_TENS.items(), _ones(_ENGLISH))}
    digits |= {f"{ten} {unit}": str(n + i) for (ten, n), (i, unit) in product(_FRENCH_TENS.items(), _ones(_FRENCH))}
    digits |= {f"{ten} et un": str(n + 1) for ten, n in _FRENCH_TENS.items()}
    digits |= {word: f"{n}th" for n, word in enumerate(_ORDINALS, 1) if word != "second"}
    digits |= {word: f"{n}th" for n, word in enumerate(_TEENTHS, 13)} | {"twentieth": "20th", "thirtieth": "30th"}
    digits |= {f"twenty {word}": f"{n}th" for n, word in enumerate(_ORDINALS[:9], 21)} | {"thirty first": "31st"}
    return digits | {"premier": "1er", "premiere": "1er"}


def _ones(words: Sequence[str]) -> list[tuple[int, str]]:
    return list(enumerate(words))[1:10]


_WORDS = {word: digits for word, digits in _numbers().items() if word not in {"sept", "un", "h"}}
_UNITS = "|".join(
    sorted({*DAYS_OF, *MONTHS_OF, *MINUTES_OF, "huitaine", "quinzaine"} - {"h", "an"}, key=len, reverse=True)
)
_NUMBER = re.compile(rf"\b({'|'.join(sorted(_WORDS, key=len, reverse=True))})\b")
_SEVEN = re.compile(rf"\bsept(?= (?:{_UNITS}|h|ans?|{'|'.join(MONTHS)})\b)")
_ONE = re.compile(rf"\b(?:an?|une?)(?= (?:{_UNITS}|an|h)\b)")
_HALF = (
    (re.compile(r"\bhalf (?:an? |1 )?hour\b|\b(?:une? |1 )?demi heure\b"), "30 minutes"),
    (re.compile(r"(?<=\d)\s?([ap])\.?\s?m\b\.?"), r"\1m"),
)
_SPLIT = (
    (re.compile(r"(?<=[a-z])\.(?!\d)|(?<=\d)\.(?=\s|$)|[,;!?()\u00b7\u2022\u22c5]"), " "),
    (re.compile(r"(?<=[a-z])[-/](?=[a-z\d])|(?<=\d)[-/](?=[a-z])|(?<=\d)t(?=\d)"), " "),
)


def in_ascii_digits(text: str) -> str:
    """Write the digits of any script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() and unicodedata.digit(c, None) is not None else c for c in text
    )


def plain_words(text: str) -> str:
    """Write a day or an hour in one way: folded, numbers in digits, one space between words."""
    words = in_ascii_digits(folded(text)).replace("’", "'").replace("ʼ", "'")
    words = _HALF[1][0].sub(_HALF[1][1], words)
    for pattern, with_ in _SPLIT:
        words = pattern.sub(with_, words)
    words = " ".join(words.split())
    words = _SEVEN.sub("7", _NUMBER.sub(lambda match: _WORDS[match[0]], words))
    words = _ONE.sub("1", _HALF[0][0].sub(_HALF[0][1], words))
    return re.sub(r"\bun(?= (?:h|heures?|mars|avril|mai|juin)\b)", "1", words)
