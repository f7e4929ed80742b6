"""The texts: complete in every language, plain, and without the term that most people do not know."""

import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog

from bot.locales import catalogs
from bot.locales.catalogs import CatalogMessage
from bot.ui.text import t, tc
from bot.ui.voice import say

ROOT = Path(__file__).parent.parent.parent
TERM = re.compile(
    r"info\w*[\s-]+(?:al\s+)?interview|entre(?:tien|vue)s?\s+(?:d['’]\s*information|informati\w+)"
    r"|(?:rencontre|interview)s?\s+(?:d['’]\s*information|informati\w+)",
    re.IGNORECASE,
)
HELLO = CatalogMessage("Hello, {name}.", None, "bot/x.py")
PEOPLE = CatalogMessage("{n} person", "{n} people", "bot/x.py")


def told(texts: list[CatalogMessage], *messages: tuple[Any, Any, bool], language: str = "fr") -> list[str]:
    catalog = Catalog(locale=language)
    for key, words, fuzzy in messages:
        catalog.add(key, words, flags=["fuzzy"] if fuzzy else [])
    return list(catalogs.catalog_problems(catalog, texts, language))


def test_the_texts_and_every_translation_are_whole() -> None:
    assert catalogs.problems() == []


def test_a_whole_catalog_has_no_problem() -> None:
    good = (
        ("Hello, {name}.", "Bonjour, {name}.", False),
        (("{n} person", "{n} people"), ("une personne", "{n} personnes"), False),
    )
    assert told([HELLO, PEOPLE], *good) == []


@pytest.mark.parametrize(
    ("key", "words", "fuzzy", "problem"),
    [
        ("Hello, {name}.", "", False, "not translated"),
        ("Hello, {name}.", "Bonjour, {name}.", True, "not translated"),
        ("Hello, {name}.", "Bonjour, {nom}.", False, "other placeholders"),
        ("Hello, {name}.", "Bonjour.", False, "other placeholders"),
        ("Hello, {name}.", "Bonjour, {name} {extra}.", False, "other placeholders"),
        ("Hello, {name}.", "mot " * 21 + "{name}", False, "a sentence of 22 words"),
        ("Gone", "Parti", False, "no longer said"),
    ],
)
def test_what_is_wrong_with_a_translation_is_told(key: str, words: str, fuzzy: bool, problem: str) -> None:  # noqa: FBT001
    problems = told([HELLO], (key, words, fuzzy))
    assert any(told_problem.startswith(problem) for told_problem in problems), problems


@pytest.mark.parametrize(
    ("french", "problem"),
    [
        ({"/lead": "/personne", "/lead add": "/personne ajouter", "name:": "nom:"}, None),
        ({"/lead": "/Personne", "/lead add": "/Personne ajouter", "name:": "nom:"}, "small letters"),
        ({"/lead": "/personne", "/lead add": "/personne ajouter une", "name:": "nom:"}, "needs a name like it"),
        ({"/lead": "/personne", "/lead add": "/gens ajouter", "name:": "nom:"}, "must begin with '/personne'"),
        ({"/lead": "/personne", "/lead add": "/personne ajouter", "name:": "nom"}, "needs a name like it"),
        ({"/lead": "/l’amie", "/lead add": "/l’amie ajouter", "name:": "nom:"}, "small letters"),
        ({"/lead": "/" + "p" * 33, "/lead add": "/" + "p" * 33 + " ajouter", "name:": "nom:"}, "at most 32"),
        ({"/lead": "/a", "/lead add": "/a b", "/lead edit": "/a b", "name:": "nom:"}, "stands for both"),
        ({"/lead": "/personne", "/lead add": "", "name:": "nom:"}, "not translated"),
    ],
)
def test_a_translated_name_is_one_that_every_menu_takes(french: dict[str, str], problem: str | None) -> None:
    names = [CatalogMessage(name, None, "bot/x.py") for name in french]
    problems = told(names, *((name, own, False) for name, own in french.items()))
    assert (problems == []) if problem is None else any(problem in told_problem for told_problem in problems), problems


def test_what_is_missing_is_told() -> None:
    assert told([HELLO]) == ["missing: 'Hello, {name}.'"]


def test_one_english_word_for_two_things_has_two_translations() -> None:
    person, window = catalogs.texts_in('t("Close")\ntc("a window", "Close")', "bot/x.py")
    catalog = Catalog(locale="fr")
    catalog.add("Close", "Terminer le suivi")
    assert list(catalogs.catalog_problems(catalog, [person, window], "fr")) == ["missing: 'Close'"]
    catalog.add("Close", "Fermer", context="a window")
    assert list(catalogs.catalog_problems(catalog, [person, window], "fr")) == []
    assert list(catalogs.catalog_problems(catalog, [person], "fr")) == ["no longer said: 'Close'"]


def test_a_text_is_said_in_the_meaning_its_context_names() -> None:
    assert say(t("Close"), "fr") == "Terminer le suivi"
    assert say(tc("a window", "Close"), "fr") == "Fermer"
    assert say(tc("a window", "Close"), "en") == "Close"


def test_a_plural_with_too_few_forms_or_without_its_number_is_told() -> None:
    too_few = told([PEOPLE], (("{n} person", "{n} people"), ("{n} personne", ""), False))
    assert too_few == ["not translated: '{n} person'"]
    many = told([PEOPLE], (("{n} person", "{n} people"), ("une personne", "{m} personnes"), False))
    assert any("other placeholders" in told_problem for told_problem in many)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ('t("We don\'t know.")', "a contraction"),
        ('t("It\'s here.")', "a contraction"),
        ('tn("You\'ll see {n}.", "You see {n}.", 1)', "a contraction"),
        (f't("{"word " * 16}")', "a sentence of 16 words"),
        ('@command("x")\ndef x(call):\n    """You can\'t."""', "a contraction"),
    ],
)
def test_an_english_text_that_is_not_plain_is_told(source: str, problem: str) -> None:
    problems = [
        told_problem for text in catalogs.texts_in(source, "x.py") for told_problem in catalogs._source_problems(text)
    ]
    assert any(problem in told_problem for told_problem in problems), problems


def test_plain_english_is_not_told() -> None:
    source = 't("Dana\'s list. " "It has {n} people, and you know where they work. Add one more person now.")'
    assert [
        told_problem for text in catalogs.texts_in(source, "x.py") for told_problem in catalogs._source_problems(text)
    ] == []


def test_a_catalog_that_was_not_compiled_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogs, "compiled", lambda language: b"other")
    assert "fr: messages.mo is out of date; run: make catalogs" in catalogs.problems()


def test_the_checker_exits_with_1_when_something_is_wrong(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(catalogs, "problems", list)
    assert catalogs.main(["check"]) == 0
    monkeypatch.setattr(catalogs, "problems", lambda: ["fr: missing: 'Hello'"])
    assert catalogs.main(["check"]) == 1
    assert catalogs.main(["dance"]) == 2
    assert "update | compile | check" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    ["an informational interview", "Info-interview", "un entretien d’information", "une entrevue informative",
     "une rencontre d'information", "informationnal  interviews", "entretien d'information"],
)  # fmt: skip
def test_the_term_is_known_in_its_forms(words: str) -> None:
    assert TERM.search(words)


def test_no_text_for_members_has_the_term_but_help_where_it_is_explained() -> None:
    allowed = {"bot/features/help/commands.py", *WORDS_IT_LOOKS_FOR}
    texts = catalogs.collected()
    assert any(TERM.search(text.message) for text in texts if text.place == "bot/features/help/commands.py")
    explained = {text.message for text in texts if text.place in allowed}
    for text in texts:
        if text.message not in explained:
            assert not TERM.search(f"{text.message} {text.plural or ''}"), text
    for language in catalogs.languages():
        for message in catalogs.read(language):
            key = message.id if isinstance(message.id, str) else message.id[0]
            if key and key not in explained:
                assert not TERM.search(str(message.string)), message.string


WORDS_IT_LOOKS_FOR: frozenset[str] = frozenset()
"""Files that must name the term because they warn of it in a member's own message."""
