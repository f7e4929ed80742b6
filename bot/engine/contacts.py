"""Finds e-mail addresses and telephone numbers, which are never kept of outsiders, and nothing else.

A number is a telephone number by its shape, or by the word before it. A meeting room, a code, an amount or a row of
years is none, however many digits it has.
"""

import re
import unicodedata

from bot.engine.date_words import in_ascii_digits

_ENDINGS = (
    "com|org|net|edu|gov|info|biz|name|dev|app|online|site|email|mail|work|jobs|tech|cloud|agency|studio|io|ai|co|me"
)
"""What an address with spaces round its sign must end with, or with the two letters of a country."""
_EMAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,24}\b")
_LOOSE_EMAIL = re.compile(
    r"[\w.+%-]{1,64}\s?(?:@|[\[({<]\s?(?:@|(?i:at|arobase|a|à))\s?[\])}>]"
    r"|\s(?i:at|arobase|chez)(?=\s[\w-]+\s(?i:dot|point)\s))\s?"
    rf"[\w-]+(?:\s?(?:\.|[\[({{<]\s?(?i:dot|point)\s?[\])}}>]|\s(?i:dot|point)\s)\s?[\w-]+)*"
    rf"\s?(?:\.|[\[({{<]\s?(?i:dot|point)\s?[\])}}>]|\s(?i:dot|point)\s)\s?(?:{_ENDINGS}|[a-z]{{2}})\b"
)
_PLACES = re.compile(r"(?:St|Ste|Mt|Ft|Dr)\.[A-Z]\w*$")
"""The end of a place such as "Room4@St.Michael"."""
_DIGITS = re.compile(
    r"(?:(?<![\w/:.,#$€£-])|(?<=[^\W\d][:,])|(?<=[eé]l\.)|(?<=wa\.me/)|(?<=^/)|(?<=\s/))"
    r"(?:\+|00)?\(?\d[\d\s().\u2010-\u2015\u2212/-]{5,24}\d(?=x ?\d|ext|poste|(?![\w/:]|[.,]\d))"
)
"""What may be a number: behind a space or a bracket, or behind a word such as "Tel:" with nothing between."""
_PARTED = re.compile(r"(?<!\d)(?:\([2-9]\d\d\) ?|[2-9]\d\d[-.\u2010-\u2015] ?)[2-9]\d\d[-.\u2010-\u2015]\d{4}(?!\d)")
"""A number whose signs tell it from the digits beside it, such as a day, an hour or a second number."""
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
_SAYS_OTHER = re.compile(
    r"\b(?:zoom|teams|webex|meet|skype|jitsi|meeting|réunion|conference|conférence|id|identifiant|code|passcode|pin|noc|cnp|naics|isbn|"
    r"issn|doi|orcid|patent|brevet|invoice|facture|order|commande|ticket|case|dossier|file|fichier|ref|réf|reference|référence|serial|"
    r"série|version|room|salle|suite|floor|étage|box|route|highway|line|bus|flight|vol|train|siret|siren|neq|"
    r"budget|revenue|sales|ventes|population|users|usagers|grant|subvention|project|projet|years?|années?|dates?)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"^\s?(?:\$|€|£|%|cad|usd|eur|dollars?|euros?|people|personnes|users|users|km|m²|units?|unités)", re.IGNORECASE
)
_BEFORE = 28
"""Characters before a number in which a word says what it is."""
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"\+\d[\d ]{6,20}\d",
        r"00 ?[1-9](?: ?\d){7,13}",
        r"1? ?\(?[2-9]\d\d\)? ?[2-9]\d\d ?\d{4}",
        r"1 ?8\d\d [2-9]\d\d \d{4}",
        r"\(0?\d{1,5}\) ?\d{2,5}(?: ?\d{2,5}){1,3}",
        r"0[1-9]\d?\d?(?: ?\d{2,4}){2,4}|0[1-9]\d{7,9}|0[1-9]\d{2,4} \d{6,8}",
        r"[6-9]\d{4} \d{5}",
        r"1[3-9]\d \d{4} \d{4}|1[3-9]\d{9}",
        r"[679]\d\d(?: \d\d){3}|[679]\d\d \d{3} \d{3}|[679]\d{8}",
        r"[2-9]\d\d [2-9]\d\d \d\d \d\d|[78] ?\(\d{3}\) ?\d{3} \d\d \d\d",
        r"8 ?9\d\d ?\d{3} ?\d\d ?\d\d",
        r"[2-9]\d \d{4} \d{4}",
    )
)
"""Telephone numbers as the world writes them, with every separator made a space."""
_LEAST = 7
"""Digits of a number that somebody says is a telephone number."""


def has_contact(text: str) -> str | None:
    """Find an e-mail address or a telephone number; None when there is none."""
    text = unicodedata.normalize("NFKC", text)
    return _email_in(text) or _phone_in(text)


def _email_in(text: str) -> str | None:
    for found in _EMAIL.finditer(text):
        if not _PLACES.search(found.group()):
            return found.group()
    loose = _LOOSE_EMAIL.search(text)
    return loose.group() if loose is not None else None


def _phone_in(text: str) -> str | None:
    plain = in_ascii_digits(text)
    for found in _DIGITS.finditer(plain):
        number = found.group().rstrip(" (-./")
        phone = _phone_of(number, plain[max(0, found.start() - _BEFORE) : found.start()], plain[found.end() :])
        if phone is not None:
            start = found.start() + number.index(phone)
            return text[start : start + len(phone)].strip()
    return None


def _phone_of(number: str, before: str, after: str) -> str | None:
    """Find the telephone number in a row of digits, without the day, the hour or the other number beside it."""
    if number.startswith("+"):
        return number if sum(map(str.isdigit, number)) >= _LEAST else None
    parted = _PARTED.search(number)
    if parted is None and (_DATE.search(number) or _YEARS.fullmatch(number)):
        return None
    calls = _last(_SAYS_CALL, before)
    other = _last(_SAYS_OTHER, before)
    if other > calls or (
        other >= 0 and re.search(r"\b(?:zoom|teams|video|conference) call\W*$", before, re.IGNORECASE)
    ):
        return None
    if not _MONEY.match(after):
        for each in (number, *number.split("/")):
            if any(shape.fullmatch(_spaced(each)) for shape in _SHAPES):
                return each.strip()
    if parted is not None:
        return parted.group()
    return number if calls >= 0 and sum(map(str.isdigit, number)) >= _LEAST else None


def _spaced(number: str) -> str:
    words = re.sub(r"[.\u2010-\u2015\u2212/-]", " ", number).split()
    return " ".join(words).replace("( ", "(").replace(" )", ")")


def _last(words: re.Pattern[str], text: str) -> int:
    """Tell where the last of some words stands; -1 when there is none."""
    return max((found.start() for found in words.finditer(text)), default=-1)
