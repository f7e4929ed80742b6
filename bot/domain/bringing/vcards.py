"""Address cards (vCard 2.1, 3.0 and 4.0) as rows of a table.

Only who somebody is and where they work is read; their addresses, numbers and pictures are passed over unread.
"""

import quopri
import re
from collections.abc import Iterator, Mapping

Cards = list[list[str]]
HEADINGS = ["Name", "Organisation", "Job title", "Notes"]
_FOLD = re.compile(r"\n[ \t]")
_SOFT = re.compile(r"=\n")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LINE = re.compile(r'(?:[\w-]+\.)?([A-Za-z-]+)((?:;(?:[^":\n]|"[^"\n]*")*)?):(.*)')
_CHARSET = re.compile(r'CHARSET="?([\w.:-]+)', re.IGNORECASE)
_NAMED = {"FN": "name", "N": "parts", "ORG": "organisation", "TITLE": "title", "ROLE": "title", "NOTE": "notes"}
_SEAM = "\x1f"
"""Between the parts of a value that has several."""
PASSED = {
    "EMAIL": "E-mail",
    "TEL": "Telephone",
    "ADR": "Address",
    "BDAY": "Birthday",
    "PHOTO": "Photo",
    "IMPP": "Chat",
    "URL": "URL",
}
"""What cards hold and is never read, by what it is called in a table."""


def is_cards(text: str) -> bool:
    """Tell whether a text is address cards."""
    return text.lstrip("\ufeff \r\n\t")[:11].upper() == "BEGIN:VCARD"


def rows_of_cards(text: str) -> Cards:
    """Write cards as a table: a row of headings, then a row for each card; what is passed over is an empty column."""
    text = _FOLD.sub("", text.lstrip("\ufeff \r\n\t").replace("\r\n", "\n").replace("\r", "\n"))
    cards, passed = list(_cards(text)), _passed(text)
    rows = [
        [
            card.get("name") or _joined(card),
            # A department stands behind it.
            card.get("organisation", "").split(_SEAM)[0],
            card.get("title", ""),
            card.get("notes", ""),
        ]
        for card in cards
    ]
    return [[*HEADINGS, *passed], *rows]


def _passed(text: str) -> list[str]:
    names = {match[1].upper() for match in map(_LINE.match, text.split("\n")) if match}
    return [heading for name, heading in PASSED.items() if name in names]


def _cards(text: str) -> Iterator[Mapping[str, str]]:
    for chunk in re.split(r"(?im)^BEGIN:VCARD[ \t]*$", text)[1:]:
        card: dict[str, str] = {}
        for line in _whole(re.split(r"(?im)^END:VCARD[ \t]*$", chunk)[0]):
            match = _LINE.match(line)
            name = _NAMED.get(match[1].upper()) if match else None
            if match and name is not None and not card.get(name):
                card[name] = _value(match[3], match[2], parts=name in {"parts", "organisation"})
        yield card


def _whole(card: str) -> list[str]:
    """Give the lines of a card; in quoted-printable a line goes on after its last sign."""
    joined = _SOFT.sub("", card) if "QUOTED-PRINTABLE" in card.upper() else card
    return joined.split("\n")


def _value(raw: str, parameters: str, *, parts: bool) -> str:
    if "QUOTED-PRINTABLE" in parameters.upper():
        raw = _decoded(quopri.decodestring(raw.encode()), parameters)
    pieces = re.split(r"(?<!\\);", raw) if parts else [raw]
    plain = [_ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], piece).strip() for piece in pieces]
    return _SEAM.join(plain) if parts else plain[0]


def _decoded(data: bytes, parameters: str) -> str:
    """Read a value in the letters that its card names, else in the usual ones."""
    named = _CHARSET.search(parameters)
    for encoding in (named[1] if named else "utf-8", "utf-8"):
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", errors="replace")


def _joined(card: Mapping[str, str]) -> str:
    """Write the given name before the family name, which cards keep in the other order."""
    family, given_name, *_ = (*card.get("parts", "").split(_SEAM), "")
    return f"{given_name} {family}".strip()
