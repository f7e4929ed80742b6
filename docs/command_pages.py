"""Writes the page of all commands, once for each language that has such a page: `docs/commands.md`, `docs/fr/commands.md`."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.engine.access import Access
from bot.engine.command import AnyCommand
from bot.engine.params import Param
from bot.engine.rule import Kind
from bot.features import everything
from bot.ui.languages import SOURCE, spoken
from bot.ui.names import said_command, said_line, said_value
from bot.ui.values import LanguageName
from bot.ui.voice import say


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the page itself, in one language; those of the commands come from the catalogs."""

    title: str
    other: str
    about: str
    values: tuple[str, str, str]
    organisers: str
    example: str
    one_of: str
    limit: str
    names: str
    names_about: str
    command: str
    kinds: dict[Kind, str]


ENGLISH = Words(
    title="Commands",
    other="[Français](fr/commands.md)",
    about="Every command works on every platform. A value with a star is needed; a form asks for it when it is missing.\n"
    "This page is generated: `make generated`.",
    values=("value", "what it is", "how it is given"),
    organisers="Only for organisers.",
    example="Example:",
    one_of="one of",
    limit=", at most {limit} characters",
    names="Names in other languages",
    names_about="Discord shows these in its menu, to people whose Discord is in that language.",
    command="command",
    kinds={
        Kind.LINE: "one line",
        Kind.LINES: "several lines",
        Kind.NUMBER: "a whole number",
        Kind.YES_NO: "yes or no",
        Kind.CHOICE: "a choice",
        Kind.DAY: "a day",
        Kind.MOMENT: "a day and an hour",
        Kind.TIME: "an hour, such as 12:30",
        Kind.REF: "a name, with suggestions",
        Kind.CHANNEL: "a channel",
        Kind.PERSON: "a member",
        Kind.FILE: "a file",
    },
)
FRENCH = Words(
    title="Commandes",
    other="[English](../commands.md)",
    about="Chaque commande marche sur chaque plateforme. Une valeur avec une étoile est nécessaire ; un formulaire la\n"
    "demande si elle manque. Cette page est écrite par le programme : `make generated`.",
    values=("valeur", "ce que c’est", "comment la donner"),
    organisers="Seulement pour les responsables.",
    example="Exemple :",
    one_of="au choix",
    limit=", {limit} caractères au plus",
    names="Noms dans d’autres langues",
    names_about="Discord montre ces noms dans son menu, aux personnes dont le Discord est dans cette langue.",
    command="commande",
    kinds={
        Kind.LINE: "une ligne",
        Kind.LINES: "plusieurs lignes",
        Kind.NUMBER: "un nombre entier",
        Kind.YES_NO: "oui ou non",
        Kind.CHOICE: "un choix",
        Kind.DAY: "un jour",
        Kind.MOMENT: "un jour et une heure",
        Kind.TIME: "une heure, par exemple 12:30",
        Kind.REF: "un nom, avec des propositions",
        Kind.CHANNEL: "un canal",
        Kind.PERSON: "membre de la communauté",
        Kind.FILE: "un fichier",
    },
)
WORDS = {"en": ENGLISH, "fr": FRENCH}


def commands_page(language: str = SOURCE) -> str:
    """Describe every command that people can type, under the names it has in a language."""
    words = WORDS[language]
    lines = [f"# {words.title}", "", words.other, "", words.about]
    family = ""
    for command in everything().listed:
        if command.family != family:
            family = command.family
            lines += ["", f"## /{said_command(family, language)}"]
        lines += ["", *_command(command, language)]
    return "\n".join([*lines, "", *_other_names(language)]) + "\n"


def _other_names(language: str) -> Iterator[str]:
    """Say what each command is called where a menu is in another language."""
    words, others = WORDS[language], [other for other in spoken() if other != language]
    yield f"## {words.names}"
    yield ""
    yield words.names_about
    yield ""
    yield f"| {words.command} | {' | '.join(say(LanguageName(other), other) for other in others)} |"
    yield "|---|" + "---|" * len(others)
    for command in everything().listed:
        named = (f"`/{said_command(command.name, other)}`" for other in others)
        yield f"| `/{said_command(command.name, language)}` | {' | '.join(named)} |"


def _command(command: AnyCommand, language: str) -> Iterator[str]:
    words = WORDS[language]
    yield f"### `/{said_command(command.name, language)}`"
    yield ""
    yield say(command.description, language)
    if command.access is Access.ORGANISER:
        yield ""
        yield words.organisers
    if command.params:
        yield ""
        yield f"| {' | '.join(words.values)} |"
        yield "|---|---|---|"
        yield from (_row(command, param, language) for param in command.named)
    yield ""
    yield f"{words.example} `{said_line(command.example, language)}`"


def _row(command: AnyCommand, param: Param, language: str) -> str:
    """Say how a value is given; a choice by what is typed in English, and by what it means in another language."""
    words = WORDS[language]
    choices = [value if language == SOURCE else say(label, language) for value, label in param.rule.choices()]
    limit = words.limit.format(limit=param.rule.limit) if param.rule.limit else ""
    star = "*" if param.required else ""
    listed = ", ".join(f"`{choice}`" for choice in choices)
    how = f"{words.one_of} {listed}" if choices else f"{words.kinds[param.rule.kind]}{limit}"
    return f"| `{said_value(param.name, language, command.name)}`{star} | {say(param.rule.label, language)} | {how} |"
