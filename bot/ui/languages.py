"""The languages Hello Circle speaks, and their catalogs."""

import gettext
from functools import cache
from pathlib import Path

from babel import Locale

SOURCE = "en"
LOCALES = Path(__file__).parent.parent / "locales"


@cache
def spoken() -> tuple[str, ...]:
    """Name every language with a catalog, English first."""
    return (SOURCE, *sorted(path.parts[-3] for path in LOCALES.glob("*/LC_MESSAGES/messages.mo")))


def best(*wishes: str | None) -> str:
    """Choose the first wish that is spoken; "fr-CA" finds French, and nothing finds English."""
    for wish in wishes:
        base = (wish or "").replace("_", "-").split("-")[0].lower()
        if base in spoken():
            return base
    return SOURCE


@cache
def catalog(language: str) -> gettext.NullTranslations:
    """Load the catalog of a spoken language; English is its own catalog."""
    if language == SOURCE:
        return gettext.NullTranslations()
    return gettext.translation("messages", LOCALES, [language])


@cache
def locale(language: str) -> Locale:
    """Load the CLDR data of a language."""
    return Locale.parse(language)


@cache
def right_to_left(language: str) -> bool:
    """Tell whether a language is written from right to left."""
    return locale(language).text_direction == "rtl"
