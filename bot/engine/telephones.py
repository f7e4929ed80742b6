"""Finds telephone numbers among other numbers.

A number is a telephone number by its digits, whatever stands between them, or by the word before it. A meeting room, a
code, an amount, a list or a row of years is none, however many digits it has.
"""

import re
from itertools import pairwise

from bot.engine.date_words import in_ascii_digits

_SIGN = r"[\s().·•*~_|/\u2010-\u2015\u2212-]"
_GAP = rf"(?:{_SIGN}|,(?=\d)){{0,4}}"
"""What may stand between two digits of one number; a comma with a space behind it ends a number."""
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(
    r"(?:(?<![\w/:.,#$€£-])|(?<=[^\W\d][:,_])|(?<=[eé]l\.)|(?<=^/)|(?<=\s/))"
    rf"(?:\+|00)?\(?\d(?:{_GAP}\d){{6,29}}(?=x ?\d|ext|poste|(?![\w/:]|[.,]\d))"
)
"""What may be a number: behind a space or a bracket, or behind a word such as "Tel:" with nothing between."""
_BEHIND_NAME = re.compile(
    rf"(?<![\w/.-])(?=[^\W\d_]*[^\W\d_A-Z])[^\W\d_]+-(?P<number>\(?[2-9]\d\d\)?{_SIGN}{{0,3}}[2-9]\d\d{_SIGN}{{0,3}}\d{{4}})(?!\w)"
)
"""A number that hangs on a name, such as "Dana-416-555-0199"; behind capitals it is the number of an order."""
_PARTED = re.compile(
    rf"(?<!\d)\(?[2-9]\d\d\)?(?P<first>{_SIGN}{{0,3}})[2-9]\d\d(?P<second>{_SIGN}{{0,3}})\d{{4}}(?!\d)"
)
"""A number among other digits, such as a day, an hour, a room or a second number."""
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"{_YEAR}[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:0?[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?<!\d)(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|[12]\d|3[01])[-/. ]{_YEAR}"
)
_YEARS = re.compile(rf"(?:{_YEAR}[\s.,/-]*(?:-\s*)?)+")
_SAYS_CALL = re.compile(
    r"\b(?:tel|tél|tél[ée]phone|telephone|phone|cell|cellular|cellulaire|mobile|portable|call|ring|dial|text|texte|texto|sms|fax|"
    r"whats ?app|signal|telegram|viber|wechat|appel\w*|rappel\w*|rejoindre|joindre|reach|numéro|numero|number)\b",
    re.IGNORECASE,
)
_ROOMS = r"zoom|teams|webex|google meet|meet(?=(?: id)?[\s:#]*$)|skype|jitsi"
_CODES = (
    r"meetings?|réunions?|conference|conférence|ids?|identifiant|codes?|passcode|pin|noc|cnp|naics|isbn|issn|doi|orcid|"
    r"patent|brevet|invoices?|factures?|orders?|commandes?|tickets?|dossiers?|ref|réf|reference|référence|serial|série|"
    r"siret|siren|neq|rbq|ccq|wo|pct|licen[cs]es?|permis|permits?|certificates?|certificats?|matricule|postal|postaux|zip|account|compte|tracking|parcel|colis|booking|réservation|confirmation"
)
_SAYS_ROOM = re.compile(rf"\b(?:{_ROOMS})\b", re.IGNORECASE)
_SAYS_CODE = re.compile(rf"\b(?:{_CODES})\b", re.IGNORECASE)
_COUNTS = (
    r"budget|revenue|sales|ventes|population|users|usagers|grants?|subventions?|project|projet|years?|années?|dates?|"
    r"prices?|prix|salary|salaire|wages?|costs?|coûts?|scores?|grades?|pages?|sizes?|cad|usd|eur|rooms?|salles?|suite|"
    r"floor|étage|box|route|highway|line|bus|flight|vol|train|version|cases?|files?|fichiers?"
)
_SAYS_COUNT = re.compile(rf"\b(?:{_COUNTS})\b|[$€£]\s?$", re.IGNORECASE)
"""Words for an amount or a place; they do not excuse what is put together as only a telephone number is."""
_ITS_NUMBER = re.compile(
    rf"(?<=\b)({_ROOMS}|{_CODES}|{_COUNTS}) (?:numbers?|no\b\.?)|\b(?:numbers?|numéros?) (?:of|de|du|d') ?(?:la |l'|the )?({_CODES}|{_COUNTS})\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"[,;]|\.\s|\d")
"""What ends the reach of a word: "room 5, 416-555-0199" has a room, and then something else."""
_IN_A_ROW = re.compile(r"\d{7,}[\s,;&]*(?:(?:and|et|or|ou)\s)?")
_MONEY = re.compile(
    r"^\s?(?:\$|€|£|%|cad|usd|eur|dollars?|euros?|people|personnes|users|users|km|m²|units?|unités)", re.IGNORECASE
)
_BEFORE, _FURTHER = 28, 60
"""Characters before a number in which a word says that it is called, or what else it is."""
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"\+\d[\d ]{6,20}\d",
        r"00 ?[1-9](?: ?\d){7,13}",
        r"1? ?\(?[2-9]\d\d\)? ?[2-9]\d\d ?\d{4}",
        r"1 ?8\d\d [2-9]\d\d \d{4}",
        r"\(?[2-9]\d\d\)? \d{3} \d{4}|3\d{9}",
        r"\(0?\d{1,5}\) ?\d{2,5}(?: ?\d{2,5}){1,3}",
        r"[1-9]{2} ?9 ?\d{4} ?\d{4}",
        r"0[1-9]\d?\d?(?: ?\d{2,4}){2,4}|0[1-9]\d{7,9}|0[1-9]\d{2,4} \d{6,8}",
        r"(?!(\d\d)\d{3} \1)[6-9]\d{4} \d{5}",
        r"1[3-9]\d \d{4} \d{4}|1[3-9]\d{9}",
        r"[679]\d\d(?: \d\d){3}|[679]\d\d \d{3} \d{3}|[679]\d{8}",
        r"[2-9]\d\d [2-9]\d\d \d\d \d\d|[78] ?\(\d{3}\) ?\d{3} \d\d \d\d",
        r"8 ?[3489]\d\d ?\d{3} ?\d\d ?\d\d",
        r"[2-9]\d \d{4} \d{4}",
    )
)
"""Telephone numbers as the world writes them, with every separator made a space."""
_ANY_GROUPS = re.compile(r"1?[2-9]\d\d[2-9]\d{6}")
"""A number of North America, which is known by its digits however they are put together."""
_THOUSANDS = re.compile(r"\d{1,3}(?:[ ,.]\d{3})+")
_LEAST = 7
"""Digits of a number that somebody says is a telephone number."""


def phone_in(text: str) -> str | None:
    """Find a telephone number; None when there is none."""
    plain = in_ascii_digits(text)
    if not _DIGIT.search(plain):
        return None
    for match in _BEHIND_NAME.finditer(plain):
        start, end = match.span("number")
        if not _is_other(plain[max(0, start - _FURTHER) : start - 1], strong=True):
            return text[start:end]
    for match in _DIGITS.finditer(plain):
        number = match.group().rstrip(" (-./")
        phone = _phone_of(number, plain[max(0, match.start() - _FURTHER) : match.start()], plain[match.end() :])
        if phone is not None:
            start = match.start() + number.index(phone)
            return text[start : start + len(phone)].strip()
    return None


def _phone_of(number: str, before: str, after: str) -> str | None:
    """Find the telephone number in a row of digits, without the day, the hour or the other number beside it."""
    if number.startswith("+"):
        return number if sum(map(str.isdigit, number)) >= _LEAST else None
    parted = _PARTED.search(number)
    if parted is None and (_DATE.search(number) or _YEARS.fullmatch(number)):
        return None
    strong = parted is not None and bool(parted["first"].strip() and parted["second"].strip())
    money = _MONEY.match(after) is not None
    if not _is_other(before, strong=strong):
        for candidate in () if money else (number, *number.split("/")):
            if _has_shape(_spaced(candidate)) or _is_put_together(candidate):
                return candidate.strip()
        if _called_at(before) >= 0 and sum(map(str.isdigit, number)) >= _LEAST:
            return number
    if parted is None or money or _is_other(before + number[: parted.start()], strong=strong):
        return None
    return parted.group()


def _is_other(before: str, *, strong: bool) -> bool:
    """Tell whether the words before a number say that it is no telephone number."""
    if re.search(r"\b(?:zoom|teams|video|conference) call\W*$", before, re.IGNORECASE):
        return True
    plain = _ITS_NUMBER.sub(lambda match: match[1] or match[2], before)
    others = [match.start() for match in _SAYS_ROOM.finditer(plain) if _reaches_far(plain[match.end() :])]
    for words in (_SAYS_CODE,) if strong else (_SAYS_CODE, _SAYS_COUNT):
        others += [match.start() for match in words.finditer(plain) if _reaches(plain[match.end() :])]
    return max(others, default=-1) > _called_at(plain)


def _reaches(between: str) -> bool:
    return _ANOTHER.search(_IN_A_ROW.sub("", between)) is None


def _reaches_far(between: str) -> bool:
    """Tell whether a meeting room is still spoken of: until its number is said, or another way to talk is."""
    return sum(map(str.isdigit, between)) < _LEAST and re.search(r"\b(?:or|ou)\b", between) is None


def _called_at(before: str) -> int:
    """Tell where the last word stands that says a number is called; -1 when there is none nearby."""
    return max((match.start() for match in _SAYS_CALL.finditer(before, max(0, len(before) - _BEFORE))), default=-1)


def _spaced(number: str) -> str:
    words = re.sub(r"[.,·•*~_|\u2010-\u2015\u2212/-]", " ", number).split()
    return " ".join(words).replace("( ", "(").replace(" )", ")")


def _has_shape(spaced: str) -> bool:
    """Tell whether digits stand together as in a telephone number; a bracket that stands alone does not matter."""
    bare = " ".join(spaced.replace("(", " ").replace(")", " ").split())
    return any(shape.fullmatch(digits) for shape in _SHAPES for digits in (spaced, bare))


def _is_put_together(number: str) -> bool:
    """Tell a telephone number whose digits stand in unusual groups from a list, a range or an amount."""
    groups = re.findall(r"\d+", number)
    digits = "".join(groups)
    if all(len(group) == 1 for group in groups):
        return _has_shape(digits)
    if len(groups) == 1 or not _ANY_GROUPS.fullmatch(digits):
        return False
    if all(_THOUSANDS.fullmatch(part.strip()) for part in re.split(r"[\u2010-\u2015\u2212/-]", number)):
        return False
    lengths = {len(group) for group in groups}
    counts_up = max(lengths) - min(lengths) <= 1 and all(
        int(group) < int(following) for group, following in pairwise(groups)
    )
    alike = len(lengths) == 1 and not any(group.startswith("0") for group in groups)
    return not counts_up and not alike
