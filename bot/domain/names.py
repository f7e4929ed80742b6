"""How names are compared and put in order, in any script."""

import unicodedata


def folded(text: str) -> str:
    """Fold case, accents and spaces, so that names typed differently compare equal."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
