"""How names are compared and put in order, in any script."""

import re
import unicodedata


def folded(text: str) -> str:
    """Fold case, accents and spaces, so that names typed differently compare equal."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    # No mark comes before U+0300, and most letters do: asking for each would take three times as long.
    return " ".join("".join([c for c in plain if c < "\u0300" or not unicodedata.combining(c)]).split())


def letters_of(text: str) -> str:
    """Keep the letters of a name with their marks, whatever their case, width, spaces and punctuation."""
    if text.isascii():
        plain = text.casefold()
    else:
        # Folding case can bring back what NFKC had taken away, so it is done before and after.
        plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    if plain.isascii():
        return " ".join(_SIGNS.sub(" ", plain).split()) or plain
    letters = "".join(" " if unicodedata.category(c).startswith("P") else c for c in plain)
    # A name of signs alone stays as it is, because an empty name would equal every other one.
    return " ".join(letters.split()) or plain


_SIGNS = re.compile("[!-#%-*,-/:;?@\\[-\\]_{}]")
"""The punctuation of ASCII; its other signs, such as + and $, are symbols."""


def greeted(name: str) -> str:
    """Leave out the initial of a family name, with which nobody is greeted: "Dana R." is Dana."""
    words = name.split()
    while len(words) > 1 and re.fullmatch(r"\w\.?", words[-1]):
        words.pop()
    return " ".join(words)
