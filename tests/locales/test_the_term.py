"""The term stands in /help, where it is explained, and nowhere else in what members read."""

from bot.domain.outreach.term import find_term
from bot.locales.catalogs import collected, languages, read

EXPLAINED_IN = "bot/features/help/commands.py"


def test_no_text_of_the_bot_holds_the_term_outside_help():
    places = {
        text.place for text in collected() if any(find_term(words) for words in (text.message, text.plural or ""))
    }
    assert places == {EXPLAINED_IN}


def test_no_translation_brings_the_term_in():
    explained = {text.message for text in collected() if text.place == EXPLAINED_IN}
    for language in languages():
        for message in read(language):
            key = message.id if isinstance(message.id, str) else message.id[0]
            forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
            if key and key not in explained:
                assert not any(find_term(form) for form in forms), key
