"""The operator's door: every sub-command of `hello-circle`."""

import asyncio
import os
import sys
from collections.abc import Coroutine, Generator
from contextlib import contextmanager
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated

import typer

from adapters.files import trouble

app = typer.Typer(
    name="hello-circle",
    help="A bot for peer-support communities of newcomers who look for work.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
db_commands = typer.Typer(help="Look after the database.", no_args_is_help=True)
app.add_typer(db_commands, name="db")

manifest_commands = typer.Typer(help="Print what a platform needs to know of the bot.", no_args_is_help=True)
app.add_typer(manifest_commands, name="manifest")

key_commands = typer.Typer(help="Make encryption keys.", no_args_is_help=True)
app.add_typer(key_commands, name="keys")


WHERE = "discord|slack|both|terminal"
At = Annotated[str | None, typer.Option("--at", help="Where the clock starts, such as 2026-03-12T18:00.")]
Db = Annotated[
    Path | None, typer.Option("--db", readable=False, help="Keep the data in this file. Its key is kept in FILE.key.")
]

Speaks = Annotated[
    str | None, typer.Option("--language", help="Speak this language, en or fr, and not that of the terminal.")
]


@app.command()
def demo(at: At = None, db: Db = None) -> None:
    """Try Hello Circle in this terminal, as Amina in a small community. Nothing leaves this machine."""
    from adapters.console.demo import run_demo  # noqa: PLC0415

    _do(run_demo(at, db))


@app.command()
def script(
    file: Annotated[
        Path, typer.Argument(metavar="FILE|-", readable=False, help="The script; - reads it from standard input.")
    ],
    *,
    at: At = None,
    db: Db = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for everything anyone sees.")] = False,
    zone: Annotated[str, typer.Option("--zone", help="The time zone of a fresh community.")] = "America/Toronto",
    seeded: Annotated[
        bool, typer.Option("--seeded", help="Start with the demo's community and its six weeks.")
    ] = False,
) -> None:
    """Run a script, one step a line, and print what each person sees.

    A line is `@amina /lead add …`, `@amina press "Label"`, `@amina fill name:"…"`, `@amina suggest /lead show lead:"da"`,
    `@omar as organiser`, `@amina speaks fr`, `at 2026-03-16T12:30`, `restart [TIME]`, `redeliver`, or `# a comment`.
    """
    from adapters.console.batch import run_file  # noqa: PLC0415

    _do(run_file(file, at=at, db=db, as_json=as_json, zone=zone, seeded=seeded))


@app.command()
def run(
    *,
    console: Annotated[
        bool, typer.Option("--console", help="Use this terminal too, beside the other platforms.")
    ] = False,
) -> None:
    """Start the bot on every platform whose token is set. With no token, its platform is this terminal."""
    from adapters.serving import run_configured  # noqa: PLC0415

    _do(run_configured(with_console=console))


@app.command()
def setup(
    *,
    data: Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Where the data lives.")] = None,
    platforms: Annotated[
        str | None,
        typer.Option("--platforms", metavar=WHERE, help="Where the bot shall be, also when that was said before."),
    ] = None,
    discord_token_file: Annotated[
        Path | None,
        typer.Option("--discord-token-file", metavar="FILE", help="A file that holds the bot token of Discord."),
    ] = None,
    slack_bot_token_file: Annotated[
        Path | None,
        typer.Option("--slack-bot-token-file", metavar="FILE", help="A file that holds the bot token of Slack."),
    ] = None,
    slack_app_token_file: Annotated[
        Path | None,
        typer.Option("--slack-app-token-file", metavar="FILE", help="A file that holds the app-level token of Slack."),
    ] = None,
    backups: Annotated[
        Path | None, typer.Option("--backups", metavar="DIR", help="Where the backup of each night goes.")
    ] = None,
    recovery_sheet: Annotated[
        Path | None,
        typer.Option("--recovery-sheet", metavar="FILE", help="Save the recovery sheet of the key in this new file."),
    ] = None,
    language: Speaks = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing: take what is given here, what is there, and the defaults.")
    ] = False,
) -> None:
    """Set the bot up, step by step. Run it again at any time: it keeps what is right, and asks for the rest."""
    from adapters.operator.setup.run import set_up  # noqa: PLC0415
    from adapters.operator.setup.work import Options  # noqa: PLC0415
    from bot.config import wished_language  # noqa: PLC0415
    from bot.ui.languages import best  # noqa: PLC0415

    given = Options(
        data=data,
        discord_token=discord_token_file,
        slack_bot_token=slack_bot_token_file,
        slack_app_token=slack_app_token_file,
        recovery_sheet=recovery_sheet,
        backups=backups,
        platforms=platforms,
    )
    ended, problem = set_up(given, best(language, wished_language()), unattended=yes)
    if problem is not None:
        typer.echo(f"hello-circle: {problem}", err=True)
    raise typer.Exit(ended)


@app.command()
def doctor(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON, for programs.")] = False,
    language: Speaks = None,
) -> None:
    """Look whether everything is well, and say how to mend what is not. It ends with 0, 1 (soon) or 2 (now)."""
    from adapters.operator.doctor.run import doctor as look  # noqa: PLC0415
    from bot.config import wished_language  # noqa: PLC0415
    from bot.engine.clock import SystemClock  # noqa: PLC0415
    from bot.ui.languages import best  # noqa: PLC0415

    text, standing = asyncio.run(look(SystemClock(), best(language, wished_language()), json_wanted=as_json))
    typer.echo(text.rstrip())
    raise typer.Exit(int(standing))


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(f"hello-circle {installed_version('hello-circle')}")


@key_commands.command()
def new() -> None:
    """Print a new random key for ENCRYPTION_KEYS. Keep it in .env and in one other safe place."""
    from adapters.runtime import new_keys  # noqa: PLC0415

    typer.echo(new_keys())


@db_commands.command()
def upgrade() -> None:
    """Bring the database of your settings to this version, after a backup beside it."""
    from adapters.operator.database import upgrade_database  # noqa: PLC0415

    _do(upgrade_database())


@db_commands.command()
def check() -> None:
    """Read the whole database of your settings, and say whether it is whole. Stop the bot first."""
    from adapters.operator.database import check_database  # noqa: PLC0415

    _do(check_database())
    typer.echo("The database is whole.")


@db_commands.command(name="mend")
def mend_() -> None:
    """Take out the rows of a damaged database that nobody can read, after a copy. Only when you have no good backup."""
    from adapters.operator.database import mend_database  # noqa: PLC0415

    _do(mend_database())
    typer.echo("The database is whole.")


@manifest_commands.command()
def discord(
    application: Annotated[
        str | None, typer.Option("--application", help="The application's id. Without it, DISCORD_TOKEN tells it.")
    ] = None,
) -> None:
    """Print the link with which an organiser adds the bot to a Discord server, with the least permissions."""
    from adapters.discord.invite import invite_link  # noqa: PLC0415

    link, problem = invite_link(application)
    if link:
        typer.echo(link)
    _finish(problem)


@manifest_commands.command()
def slack(
    address: Annotated[
        str | None,
        typer.Option("--address", help="Your public address, such as https://circle.example.org. Only for HTTP mode."),
    ] = None,
    *,
    link: Annotated[bool, typer.Option("--link", help="Print a link that opens Slack with it filled in.")] = False,
) -> None:
    """Print the app manifest that an organiser gives to Slack; it follows from the commands."""
    from adapters.slack import manifest  # noqa: PLC0415
    from bot.features import everything  # noqa: PLC0415

    if address is not None and not manifest.is_address(address):
        _finish("--address is not right; write it like https://circle.example.org.")
    product = everything()
    typer.echo(manifest.link(product, address) if link else manifest.written(product, address), nl=link)


def _do(work: Coroutine[object, object, str | None]) -> None:
    _finish(asyncio.run(work))


def _finish(problem: str | None) -> None:
    """Print a problem as one line and leave with 2; a problem is for the person who started this."""
    if problem is not None:
        typer.echo(f"hello-circle: {problem}", err=True)
        raise typer.Exit(2)


@contextmanager
def _streams() -> Generator[None]:
    """Give a process that was started without standard streams empty ones, and say in one line when one fails."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        # What is still to be written would fail again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        typer.echo(f"hello-circle: {trouble(error)}", err=True)
        sys.exit(2)


def main() -> None:
    """Run the command that was typed."""
    with _streams():
        app(prog_name=Path(sys.argv[0]).name)
