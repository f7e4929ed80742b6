"""Writes what follows from the code: `docs/commands.md`, `docs/errors.md` and `deploy/slack-manifest.json`.

`python docs/generate.py` writes them; with `--check` it only says which are out of date, and exits with 1.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from posixpath import normpath

from adapters.slack import manifest
from bot.engine import errors
from bot.engine.access import Access
from bot.engine.command import AnyCommand
from bot.engine.errors import BotError
from bot.engine.params import Param
from bot.engine.rule import Kind
from bot.features import everything
from bot.ui.languages import SOURCE, spoken
from bot.ui.names import said_command
from bot.ui.values import LanguageName
from bot.ui.voice import say

DOCS = Path(__file__).parent
KINDS = {
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
}


def commands_page() -> str:
    """Describe every command that people can type."""
    lines = [
        "# Commands",
        "",
        "Every command works on every platform. A value with a star is needed; a form asks for it when it is missing.",
        "This page is generated: `make generated`.",
    ]
    family = ""
    for made in everything().listed:
        if made.family != family:
            family = made.family
            lines += ["", f"## /{family}"]
        lines += ["", *_command(made)]
    return "\n".join([*lines, "", *_other_names()]) + "\n"


def _other_names() -> Iterator[str]:
    """Say what each command is called where a menu is in the reader's language."""
    others = [language for language in spoken() if language != SOURCE]
    yield "## Names in other languages"
    yield "Discord shows these in its menu, to people whose Discord is in that language."
    yield ""
    yield f"| command | {' | '.join(say(LanguageName(each), each) for each in others)} |"
    yield "|---|" + "---|" * len(others)
    for made in everything().listed:
        yield f"| `/{made.name}` | {' | '.join(f'`/{said_command(made.name, each)}`' for each in others)} |"


def _command(made: AnyCommand) -> Iterator[str]:
    yield f"### `/{made.name}`"
    yield say(made.description, "en")
    if made.access is Access.ORGANISER:
        yield ""
        yield "Only for organisers."
    if made.params:
        yield ""
        yield "| value | what it is | how it is given |"
        yield "|---|---|---|"
        yield from (_row(param) for param in made.named)
    yield ""
    yield f"Example: `{made.example}`"


def _row(param: Param) -> str:
    choices = ", ".join(f"`{value}`" for value, _ in param.rule.choices())
    limit = f", at most {param.rule.limit} characters" if param.rule.limit else ""
    star = "*" if param.required else ""
    how = f"one of {choices}" if choices else f"{KINDS[param.rule.kind]}{limit}"
    return f"| `{param.name}`{star} | {say(param.rule.label, 'en')} | {how} |"


def errors_page() -> str:
    """List the stable code of every error, with what it means."""
    lines = [
        "# Errors",
        "",
        "Every error tells the person what happened and what to do next. These codes are stable, for scripts and tests.",
        "This page is generated: `make generated`.",
        "",
        "| code | meaning |",
        "|---|---|",
    ]
    kinds = (kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, BotError))
    lines += [
        f"| `{kind.code}` | {(kind.__doc__ or '').splitlines()[0]} |"
        for kind in sorted(kinds, key=lambda kind: kind.code)
        if kind is not BotError
    ]
    return "\n".join(lines) + "\n"


PAGES = {
    "commands.md": commands_page,
    "errors.md": errors_page,
    "../deploy/slack-manifest.json": lambda: manifest.written(everything()),
}


def main(arguments: list[str]) -> int:
    """Write the pages, or check that they are true."""
    stale = [name for name, page in PAGES.items() if _read(DOCS / name) != page()]
    if "--check" in arguments:
        for name in stale:
            sys.stderr.write(f"{normpath(f'docs/{name}')} is out of date; run: make generated\n")
        return 1 if stale else 0
    for name in stale:
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(PAGES[name](), encoding="utf-8")
    return 0


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
