"""Numbers and yes or no, as people type them in English and French."""

import re
import unicodedata

from bot.letters import folded

_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "zero zéro none aucun aucune",
            "one un une",
            "two deux",
            "three trois",
            "four quatre",
            "five cinq",
            "six",
            "seven sept",
            "eight huit",
            "nine neuf",
            "ten dix",
            "eleven onze",
            "twelve douze",
        )
    )
    for word in map(folded, words.split())
}
_YES = {"yes", "y", "yeah", "yep", "ok", "okay", "true", "1", "oui", "o", "ouais", "vrai", "d'accord"}
_NO = {"no", "n", "nope", "false", "0", "non", "faux"}
_DIGITS = re.compile(r"\d{1,9}")


def read_number(text: str, language: str) -> int | None:
    """Read a whole number in any script's digits or as a small word; None when it is not surely one."""
    typed = folded(text)
    if typed in _WORDS:
        return _WORDS[typed]
    if _DIGITS.fullmatch(typed):
        return int("".join(str(unicodedata.digit(digit)) for digit in typed))
    return None


def read_yes_no(text: str) -> bool | None:
    """Read yes or no; None when it is neither."""
    typed = folded(text)
    return True if typed in _YES else False if typed in _NO else None
