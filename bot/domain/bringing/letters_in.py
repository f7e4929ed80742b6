"""The words in a file's bytes, whichever program wrote them."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD = ("cp1252", "mac_roman", "cp850")
"""How Excel writes CSV where it does not write UTF-8: on Windows, on a Mac, and for MS-DOS."""
_USUAL = frozenset("àâäçéèêëîïôöùûüÿñáíóúãõåøæœßÀÂÄÇÉÈÊËÎÏÔÖÙÛÜÑÁÍÓÚÅØÆŒ’«»–—€°")
"""Letters and signs beyond ASCII that lists of people really have."""
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\v\x1a")
"""What no text has; a picture or a document has many of them."""


def words_in(data: bytes) -> str | None:
    """Give the text of a file; None when it is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _plain(data.decode(encoding, errors="replace"))
    without_mark = _utf16(data)
    if without_mark is not None:
        return _plain(data.decode(without_mark, errors="replace"))
    try:
        return _plain(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _plain(max((data.decode(each, errors="replace") for each in _OLD), key=_likely))


def _utf16(data: bytes) -> str | None:
    """Tell UTF-16 without its mark by its many zeros, which stand at every other place."""
    start = data[:2000]
    zeros = (start[0::2].count(0), start[1::2].count(0))
    if max(zeros) * 5 < len(start) or min(zeros) * 10 > max(zeros):
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _likely(text: str) -> int:
    beyond = [c for c in text if c > "\x7f"]
    return sum(1 if c in _USUAL else -1 for c in beyond)


def _plain(text: str) -> str | None:
    return None if any(c in _CONTROLS for c in text) else text
