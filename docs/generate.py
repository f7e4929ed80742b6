"""Writes what follows from the code: commands in each language, errors, settings, and the manifest of Slack.

`python docs/generate.py` writes them; with `--check` it only says which are out of date, and exits with 1.
"""

import sys
from pathlib import Path
from posixpath import normpath

from pydantic import SecretStr

from adapters.slack import manifest
from bot.config import Settings
from bot.engine import errors
from bot.engine.errors import BotError
from bot.features import everything
from docs.command_pages import commands_page
from docs.packaged_unit import packaged

DOCS = Path(__file__).parent


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


def settings_page() -> str:
    """Describe every setting, in the order of the example, with its default."""
    lines = [
        "# Settings",
        "",
        "They are in the file `.env` in the folder where the bot is started, or in its environment, which wins.",
        "`hello-circle setup` writes the file, and `hello-circle doctor` names what is unknown or missing in it.",
        "A setting that is not there has its default. This page is generated: `make generated`.",
        "",
        "| name | what it is | default |",
        "|---|---|---|",
    ]
    lines += [
        f"| `{name.upper()}` | {_capital(field.description or '')} | {_default(field.default)} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(lines) + "\n"


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _default(value: object) -> str:
    text = value.get_secret_value() if isinstance(value, SecretStr) else value
    return f"`{text}`" if text not in {None, ""} else "none"


PAGES = {
    "commands.md": commands_page,
    "fr/commands.md": lambda: commands_page("fr"),
    "errors.md": errors_page,
    "operators/settings.md": settings_page,
    "../deploy/hello-circle.service": packaged,
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
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(PAGES[name](), encoding="utf-8")
    return 0


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
