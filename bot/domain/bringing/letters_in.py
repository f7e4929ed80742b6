"""The words in a file's bytes, whichever program wrote them."""

import codecs
import re
from itertools import islice

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD = ("cp1252", "mac_roman", "cp850")
"""How Excel writes CSV where it does not write UTF-8: on Windows, on a Mac, and for MS-DOS."""
_WEIGHTS = (
    ("éèàçê", 3),
    ("ôïëâîûùñöü‘’“”«»–—…•œ€°¿¡", 2),
    ("äáíóúìòãõåøæßÿšžÀÂÄÇÉÈÊËÎÏÔÖÙÛÜÑÁÍÓÚÌÒÃÕÅØÆŒŠŽ·²®©™½£", 1),
)
_LIKELY = {sign: weight for signs, weight in _WEIGHTS for sign in signs}
"""Letters and signs beyond ASCII that lists of people really have, and how often."""
_ELIDED = frozenset("ldjmntscuo")
"""Letters before an apostrophe, as in "l’eau", "qu’il" and "O’Brien"."""
_CAPITAL, _UNLIKELY, _IMPOSSIBLE = 4, -2, -3
_LOOKED_AT = 20_000
"""Letters beyond ASCII after which the way they are written is known."""
_BEYOND = re.compile(r"[^\x00-\x7f]")
_USUAL = frozenset(sign for sign in _LIKELY if sign.isalpha())
_WORD = re.compile(r"[^\x00-@\[-`{-\x7f\xa0’‘“”«»–—…•·°®™©¿¡]{3,}")
"""A run of letters, and of what letters of another alphabet look like when they are read wrongly."""
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\v\x1a")
"""What no text has; a picture or a document has many of them."""


class StrangeLetters(ValueError):
    """The letters of a file are in an old way of writing that is not told, such as Arabic or Polish from Excel."""


def words_in(data: bytes) -> str | None:
    """Give the text of a file; None when it is no text.

    Raises:
        StrangeLetters: it is a text whose letters cannot be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _plain(data.decode(encoding, errors="replace"))
    without_mark = _utf16(data)
    if without_mark is not None:
        return _plain(data.decode(without_mark, errors="replace"))
    try:
        return _plain(data.decode("utf-8"))
    except UnicodeDecodeError:
        text = _plain(max((data.decode(encoding, errors="replace") for encoding in _OLD), key=_likely))
    if text is not None and _is_strange(text):
        raise StrangeLetters
    return text


def _utf16(data: bytes) -> str | None:
    """Tell UTF-16 without its mark by its many zeros, which stand at every other place."""
    start = data[:2000]
    zeros = (start[0::2].count(0), start[1::2].count(0))
    if max(zeros) * 5 < len(start) or min(zeros) * 10 > max(zeros):
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _likely(text: str) -> int:
    places = (match.start() for match in islice(_BEYOND.finditer(text), _LOOKED_AT))
    return sum(_weight(text[place - 1 : place], text[place], text[place + 1 : place + 2]) for place in places)


def _weight(before: str, sign: str, after: str) -> int:
    """Tell how likely a sign is where it stands: no word has a capital or a mark in its middle, but for "l’eau"."""
    inside = before.isalpha() and after.isalpha()
    if (sign.isupper() and before.islower()) or (sign.islower() and after.isupper()):
        return _IMPOSSIBLE
    if sign.isupper() and before.isalpha() and after.islower():
        return _IMPOSSIBLE
    if sign in _LIKELY and sign.isupper() and after.islower():
        return _CAPITAL
    if inside and not sign.isalpha():
        return _LIKELY[sign] if sign == "’" and before.lower() in _ELIDED else _IMPOSSIBLE
    return _LIKELY.get(sign, _UNLIKELY)


def _is_strange(text: str) -> bool:
    """Tell whether more than a third of the words beyond ASCII are such as no western language has."""
    words = [word for word in _WORD.findall(text) if not word.isascii() and any(map(str.isalpha, word))]
    return sum(map(_is_strange_word, words)) * 3 > len(words)


def _is_strange_word(word: str) -> bool:
    beyond = [c for c in word if c > "\x7f"]
    most = len(beyond) == len(word) or (len(word) > len("été") and len(beyond) * 2 > len(word))
    return most or not _USUAL.issuperset(beyond)


def _plain(text: str) -> str | None:
    return None if any(c in _CONTROLS for c in text) else text
