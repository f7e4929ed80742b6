"""What a tip may hold."""

import re

from bot.engine.call import Call
from bot.engine.errors import BadValue
from bot.engine.rules import Lines
from bot.ui.text import t

_LINK = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|org|net|io|ca|fr|info|biz|ru|xyz|me|co)\b", re.IGNORECASE)

TIP_TEXT = Lines(label=t("Your tip"), most=500, no_contacts=True)


def check_tip(call: Call, text: str) -> str:
    """Clean the words of a tip.

    Raises:
        BadValue: they are too long, or hold what a tip never holds: a link, an address, a number, a key.
    """
    words = TIP_TEXT.read(call, text)
    if _LINK.search(words):
        raise BadValue(
            t("A tip cannot hold a link."),
            t("Please write the idea in your own words and send it again."),
        )
    return words
