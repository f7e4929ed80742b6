"""Names of commands and values work in every language, wherever lines are typed."""

import re
from pathlib import Path

import pytest

from bot.engine.meant import command_meant, spellings_of
from bot.engine.typed import read_typed
from bot.features import everything
from bot.letters import folded
from bot.ui.languages import spoken
from bot.ui.names import said_command, said_line, said_value
from bot.ui.voice import say
from tests.support.console import Console

LISTED = [pytest.param(command, id=command.name.replace(" ", "-")) for command in everything().listed]


async def test_help_is_whole_in_french(circle: Console) -> None:
    await circle.run("@amina speaks fr")
    overview = (await circle.one("@amina /aide")).text
    assert "/personne (ajouter, terminer, changer, importer, liste, fusionner, suivante, voir et mots)" in overview
    for command in everything().listed:
        if said_command(command.name, "fr") != command.name:
            assert f"/{command.name.split()[0]} " not in overview


@pytest.mark.parametrize(
    "line",
    [
        "/aide commande:personne",
        "/help commande:lead",
        "/aide personne",
        "/hello aide /personne",
        "/personne aide",
        "/lead aide",
        "/? PERSONNE",
    ],
)
async def test_help_is_asked_for_in_any_words(circle: Console, line: str) -> None:
    await circle.run("@amina speaks fr")
    seen = await circle.one(f"@amina {line}")
    assert "Aide pour /personne" in seen.text
    assert '/personne ajouter nom:"Dana R." employeur:"Nordik"' in seen.text


@pytest.mark.parametrize(
    "line",
    [
        '/personne ajouter nom:"Dana" employeur:"Nordik" pourquoi:"le capteur"',
        '/hello personne ajouter nom:"Dana" organisation:"Nordik" why:"le capteur"',
        '/lead ajouter --nom Dana employeur:"Nordik" pourquoi:"le capteur"',
        '/personne add NOM:"Dana" EMPLOYEUR:"Nordik" Pourquoi:"le capteur"',
    ],
)
async def test_a_line_may_mix_languages(circle: Console, line: str) -> None:
    assert "Dana, Nordik is on your list." in (await circle.one(f"@amina {line}")).text


async def test_accents_and_hyphens_are_not_needed(circle: Console) -> None:
    await circle.run('@amina /lead add name:Dana organisation:Nordik why:"the sensor"')
    sent = await circle.one('@amina /message envoye personne:dana terme_utilise:"un échange simple"')
    assert "Dana" in sent.text
    assert sent.error is None
    replied = await circle.one("@amina /message re\u0301ponse personne:dana reponse:oui")
    assert (replied.error, replied.command) == (None, "ask replied")


@pytest.mark.parametrize(
    ("command", "english", "own", "elsewhere"),
    [
        ("tip get", "number", "numéro", "nombre"),
        ("ask draft", "want", "comprendre", "je-veux"),
        ("lead list", "file", "en-fichier", "fichier"),
    ],
)
def test_a_word_that_means_two_things_in_english_has_two_names(
    command: str, english: str, own: str, elsewhere: str
) -> None:
    assert said_value(english, "fr", command) == own
    others = [
        listed
        for listed in everything().listed
        if listed.name != command and english in [param.name for param in listed.named]
    ]
    assert others
    for other in others:
        assert said_value(english, "fr", other.name) == elsewhere
        assert set(read_typed(other, f'{elsewhere}:"3"')) == {english}
    declared = everything().need(command)
    for name in (english, own, elsewhere, folded(own)):
        assert read_typed(declared, f'{name}:"3"') == {english: "3"}
    assert said_line(f'/{command} {english}:"3"', "fr").endswith(f' {own}:"3"')


async def test_a_number_in_a_list_is_not_a_count(circle: Console) -> None:
    await circle.run("@amina speaks fr")
    for line in ("/conseil lire numéro:2", "/conseil lire numero:2", "/conseil lire nombre:2", "/tip get number:2"):
        assert (await circle.one(f"@amina {line}")).error is None
    assert "Vouliez-vous dire numéro ?" in (await circle.one("@amina /conseil lire numérro:2")).text
    assert "« numéro » est là deux fois" in (await circle.one("@amina /conseil lire numéro:2 nombre:3")).text
    assert "5" in (await circle.one("@amina /moi réglages nombre:5")).text


async def test_suggestions_have_the_words_of_the_reader(circle: Console) -> None:
    await circle.run("@amina speaks fr")
    assert "personne ajouter" in (await circle.one('@amina suggest /aide commande:"pers"')).suggestions


@pytest.mark.parametrize("typed", ["per", "/personne aj", "lead", "add", "personnne", ""])
async def test_help_is_found_by_either_name_and_shown_once_by_the_readers(circle: Console, typed: str) -> None:
    await circle.run("@amina speaks fr")
    offered = (await circle.one(f'@amina suggest /aide commande:"{typed}"')).suggestions
    assert "personne" in {name.split()[0] for name in offered}
    assert len(offered) == len(set(offered))
    assert not [name for name in offered if name.startswith("lead")]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/message envoyé personne:dana terme-utilisé:café", "Vous avez écrit à Dana"),
        ("/ask sent lead:dana wording:coffee", "Vous avez écrit à Dana"),
        ("/message envoyé dana café", "Vous avez écrit à Dana"),
        ("/tableau entrer comment:nom", "sous le nom Amina"),
        ("/tableau entrer surnom", "Choisissez un surnom"),
        ("/nouvelle partager texte:bravo visible:nom", "avec mon nom"),
    ],
)
async def test_a_choice_needs_no_small_words_before_it(circle: Console, line: str, answer: str) -> None:
    await circle.run("@amina speaks fr", '@amina /lead add name:Dana organisation:Nordik why:"the sensor"')
    assert answer in (await circle.one(f"@amina {line}")).text


async def test_files_have_names_in_the_words_of_the_reader(circle: Console) -> None:
    await circle.run("@amina speaks fr", '@amina /lead add name:Dana organisation:Nordik why:"the sensor"')
    await circle.run("@amina /message envoyé dana")
    names = {
        line: [file.name for file in (await circle.one(f"@amina {line}")).files]
        for line in (
            "/moi cv",
            "/moi relevé",
            '/rencontre prévoir personne:dana quand:"demain 15h"',
            "/rencontre annuler dana",
        )
    }
    assert list(names.values()) == [
        ["lignes-cv.txt"],
        ["mon-releve.html", "mon-releve.csv", "mon-releve.xlsx"],
        ["rencontre.ics"],
        ["rencontre-annulee.ics"],
    ]


async def test_a_refusal_names_what_the_reader_types(circle: Console) -> None:
    await circle.run("@amina speaks fr")
    assert "Vouliez-vous dire nom ?" in (await circle.one('@amina /personne ajouter nomm:"Dana"')).text
    assert "/personne ajouter" in (await circle.one("@amina /persone ajouter")).text
    assert "/lead add" in (await circle.one("@omar /persone ajouter")).text


@pytest.mark.parametrize("language", spoken())
def test_every_example_means_the_same_in_every_language(language: str) -> None:
    for command in everything().listed:
        line = said_line(command.example, language)
        words = line.removeprefix("/").split()
        assert " ".join(command_meant(words, everything())).startswith(command.name)
        typed = line.removeprefix(f"/{said_command(command.name, language)}").strip()
        example = command.example.removeprefix(f"/{command.name}").strip()
        assert set(read_typed(command, typed)) == set(read_typed(command, example)), line


@pytest.mark.parametrize("language", spoken())
@pytest.mark.parametrize("command", LISTED)
async def test_every_example_is_read_by_a_reader_of_that_language(circle: Console, command, language: str) -> None:
    await circle.run("@omar as organiser", f"@omar speaks {language}")
    await circle.run('@omar /lead add name:"Dana R." organisation:"Nordik" why:"sensor"')
    await circle.run('@omar /lead add name:"D. Rahman" organisation:"Nordik" why:"sensor"')
    seen, *_ = await circle.run(f"@omar {said_line(command.example, language)}")
    # There is no such tip in a fresh community.
    assert seen.error in {None, "not-now", "not-found" if command.name == "tip report" else None}, seen.text


def test_no_name_of_any_language_means_two_things() -> None:
    registry = everything()
    paths = {" ".join(command.name.split()[:size]) for command in registry.listed for size in (1, 2, 3)}
    for path in paths:
        siblings = [
            sibling for sibling in paths if sibling.rpartition(" ")[0] == path.rpartition(" ")[0] and sibling != path
        ]
        mine = {folded(said_command(path, language).split()[-1]) for language in spoken()}
        for other in siblings:
            assert not mine & {folded(said_command(other, language).split()[-1]) for language in spoken()}, (
                path,
                other,
            )


@pytest.mark.parametrize("command", LISTED)
def test_no_value_of_a_command_has_the_name_of_another(command) -> None:
    names = [param.name for param in command.named]
    for name in names:
        for language in spoken():
            assert spellings_of(names, command.name)[said_value(name, language, command.name)] == name


SAME_IN_FRENCH = {
    "nordik",
    "csv",
    "rahman",
    "linkedin",
    "tsv",
    "vcard",
    "xlsx",
    "dana",
    "priya",
    "toronto",
    "bell",
    "ana",
    "tom",
    "pause",
    "notes",
    "questions",
    "standard",
    "minutes",
}
"""Names, and words that French has too."""


@pytest.mark.parametrize("command", LISTED)
def test_no_english_word_stands_in_what_french_shows_as_an_example(command) -> None:
    texts = [text for param in command.params for text in (param.rule.hint, param.rule.typing) if text is not None]
    shown = [
        (command.example, said_line(command.example, "fr")),
        *((say(text, "en"), say(text, "fr")) for text in texts),
    ]
    for english, french in shown:
        english_words = words_in(english) & words_in(french) - SAME_IN_FRENCH
        assert not english_words, french


def words_in(text: str) -> set[str]:
    """Give its words; whom it names after @ has the same name in every language."""
    return {word.lower() for word in re.findall(r"[^\W\d_]{3,}", re.sub(r"@\w+", "", text))}


def test_no_words_of_the_bot_pass_for_words_of_a_member() -> None:
    """What is said as a member's own words is said alike in every language."""
    fixed = re.compile(r'UserText\(f?"([^"{]*[^\W\d_]{2,}[^"]*)"')
    assert not [mixed for path in Path("bot").rglob("*.py") for mixed in fixed.findall(path.read_text("utf-8"))]


async def test_a_refusal_shows_an_example_in_the_words_of_the_reader(circle: Console) -> None:
    await circle.run("@organiser speaks fr")
    refused = await circle.one('@organiser /communauté configurer canal:"#?" ville:Toronto langue:français')
    assert "#bilan" in refused.text
    assert "#digest" not in refused.text


@pytest.mark.parametrize("name", ["jusqu'à", "jusqu’à", "Jusqu’à", "jusqu-à", "jusqu_à", "jusqu'a", "until"])
async def test_a_name_with_an_apostrophe_is_typed_as_it_is_written(circle: Console, name: str) -> None:
    await circle.run(
        '@amina /lead add name:"Dana R." organisation:"Nordik" why:"rivers"',
        "@amina /ask sent dana",
        "@amina speaks fr",
    )
    seen = await circle.one(f'@amina /suivi tout-reporter {name}:"15 avril"')
    assert "mercredi 15 avril 2026" in seen.text
    seen = await circle.one(f"@amina /suivi reporter personne:dana {name}:lundi")
    assert "lundi 16 mars 2026" in seen.text
