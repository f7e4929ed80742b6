"""How names are compared and put in order, in any script."""

import unicodedata


def folded(text: str) -> str:
    """Fold case, accents and spaces, so that names typed differently compare equal."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    # No mark comes before U+0300, and most letters do: asking for each would take three times as long.
    return " ".join("".join([c for c in plain if c < "\u0300" or not unicodedata.combining(c)]).split())
