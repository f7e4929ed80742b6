"""Cleans what people type, once, at the edge: nothing invisible, nothing that turns text around, no broken letters."""

import re
import unicodedata

from bot.engine.contacts import has_contact

MARKS_IN_A_ROW = 4
"""More combining marks than this on one letter are noise; no living script needs them."""
JOINERS = "\u200c\u200d"
"""Kept between letters: Persian, Indic scripts and emoji need them."""
MOST_KEPT = 8_000
"""Characters of a refused text that are kept to be corrected; no platform takes so many in one field."""
_PLAIN = re.compile(r"[ -~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af]*")
_TAB = "\u21e5"
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}
_BLANKS = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"), " ")
"""Letters and signs that look like nothing, with which a name could be empty."""
_SECRETS = re.compile(
    r"xox[a-z]-[\w-]{10,}|xapp-[\w-]{10,}|[MNO][\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|-----BEGIN [A-Z ]*PRIVATE KEY"
)


def clean(text: str, *, lines: bool = False) -> str:
    """Give the text as it may be kept: composed, visible, and on one line unless `lines`."""
    if not _PLAIN.fullmatch(text):
        text = _visible(unicodedata.normalize("NFC", _breaks(text).translate(_BLANKS)))
    if not lines:
        return " ".join(text.split())
    rows = [" ".join(row.split()) for row in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


def _breaks(text: str) -> str:
    return re.sub(r"\r\n?|\v|\f|\x85|\u2028|\u2029", "\n", text)


def _visible(text: str) -> str:
    """Drop invisible characters, long runs of marks, and joiners that join nothing."""
    letters: list[str] = []
    marks = 0
    for i, c in enumerate(text):
        kind = unicodedata.category(c)
        if kind in {"Mn", "Me"}:
            marks += 1
            if marks > MARKS_IN_A_ROW or not letters:
                continue
        elif kind not in _DROPPED:
            marks = 0
        if c in "\n\t" or kind not in _DROPPED or (c in JOINERS and _joins(text, i)):
            letters.append(c)
    # Dropping what is invisible can bring together letters that compose.
    return unicodedata.normalize("NFC", "".join(letters))


def _joins(text: str, at: int) -> bool:
    """Tell whether a joiner stands between two visible signs of a script or emoji that uses joiners."""
    if at == 0 or at + 1 == len(text):
        return False
    before, after = text[at - 1], text[at + 1]
    return all(ord(c) > 0x5FF and unicodedata.category(c) not in _DROPPED | {"Zs"} for c in (before, after))


def length(text: str) -> int:
    """Count the characters as platforms do, in code points."""
    return len(text)


def looks_like_secret(text: str) -> bool:
    """Tell whether a text holds a platform's token or a private key."""
    return _SECRETS.search(text) is not None


def keepable(text: str, *, contacts: bool) -> str:
    """Give what may be kept of a text that was refused: nothing of a secret, and no contact unless `contacts`."""
    text = text[:MOST_KEPT]
    if looks_like_secret(clean(text)):
        return ""
    if contacts:
        return text
    # Tabs part the cells of rows that were pasted, and cleaning makes spaces of them.
    text = clean(text.replace("\t", _TAB), lines=True).replace(_TAB, "\t")
    while (contact := has_contact(text)) is not None:
        if contact not in text:
            return ""
        text = text.replace(contact, "")
    return text
