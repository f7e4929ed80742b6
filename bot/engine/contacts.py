"""Finds e-mail addresses, links to a chat and telephone numbers, which are never kept of outsiders, and nothing else."""

import re
import unicodedata

from bot.engine.spelled import may_be_address
from bot.engine.telephones import phone_in

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
_COMMA_EMAIL = re.compile(
    rf"[\w.+%'-]{{1,64}}@[\w-]+(?:,(?i:{_ENDINGS}|[a-z]{{2}})\b|\s(?i:com|org|net|ca|fr)(?=[\s.,;!?)]*$))"
)
"""An address with a slip: a comma or a space where its dot belongs."""
_CODED_EMAIL = re.compile(r"[\w.+-]{1,64}%40[\w-]+\.[\w.-]+", re.IGNORECASE)
_CHAT = re.compile(
    r"\b(?:(?:t|wa|m|line|signal|viber)\.me|telegram\.(?:me|org)|(?:api|chat|web)\.whatsapp\.com)/[^\s,;]+"
    r"|\b(?:skype|sms|callto|whatsapp|tg|viber):(?://)?[\w.+-]{3,}",
    re.IGNORECASE,
)
"""A link that opens a chat with one person."""
_MAILBOX = re.compile(r"[\w.+%-]{2,64}@(?:gmail|hotmail|icloud|protonmail)\b", re.IGNORECASE)
"""An address without its ending; nobody works at these places, so "Tom@Gmail" is no person and a firm."""
_PLACES = re.compile(r"(?:St|Ste|Mt|Ft|Dr)\.[A-Z]\w*$")
"""The end of a place such as "Room4@St.Michael"."""


_MAY_BE_EMAIL = re.compile(r"[@%/:\[({<]|(?i:dot|point)")
"""A sign or word that every address or link has: most texts have none, and are looked at once."""


def has_contact(text: str) -> str | None:
    """Find an e-mail address or a telephone number; None when there is none."""
    text = unicodedata.normalize("NFKC", text)
    return _email_in(text) or phone_in(text)


def _email_in(text: str) -> str | None:
    if not _MAY_BE_EMAIL.search(text):
        return None
    for match in _EMAIL.finditer(text):
        if not _PLACES.search(match.group()):
            return match.group()
    loose = _loose_in(text)
    if loose is not None:
        return loose
    for pattern in (_COMMA_EMAIL, _CODED_EMAIL, _CHAT, _MAILBOX):
        match = pattern.search(text)
        if match is not None:
            return match.group()
    return None


def _loose_in(text: str) -> str | None:
    """Find an address with spaces or words for its signs, where one may be."""
    at = 0
    while (match := _LOOSE_EMAIL.search(text, at)) is not None:
        if may_be_address(match.group(), text[match.end() :]):
            return match.group()
        # What follows may still be one: the words that were no mailbox are left behind.
        at = match.start() + len(match.group().split()[0])
    return None
