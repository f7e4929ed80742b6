"""The operator's door: every sub-command of `hello-circle`."""

import gc
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated

import typer

from adapters.ending import do, finish
from adapters.files import trouble
from adapters.operator import cli as operator

app = typer.Typer(
    name="hello-circle",
    help="A bot for peer-support communities of newcomers who look for work.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
db_commands = typer.Typer(help="Look after the database.", no_args_is_help=True)
app.add_typer(db_commands, name="db")

app.add_typer(operator.app)

manifest_commands = typer.Typer(help="Print what a platform needs to know of the bot.", no_args_is_help=True)
app.add_typer(manifest_commands, name="manifest")

At = Annotated[str | None, typer.Option("--at", help="Where the clock starts, such as 2026-03-12T18:00.")]
Db = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="FILE|URL",
        help="Keep the data in this file, with its key in FILE.key; or on a server, with the key of your settings.",
    ),
]


@app.command()
def demo(
    *,
    at: At = None,
    db: Db = None,
    web: Annotated[bool, typer.Option("--web", help="Try it in a browser, as on Discord or Slack.")] = False,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="The port of the page; 0 takes a free one.")
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="For everybody, behind a proxy: each visitor gets a circle for 30 minutes.")
    ] = False,
    listen: Annotated[
        str | None,
        typer.Option(
            "--listen", metavar="ADDRESS", help="Where a public page listens, if the proxy is not on this machine."
        ),
    ] = None,
    opens: Annotated[bool, typer.Option("--open/--no-open", help="Open the page where there is a browser.")] = True,
) -> None:
    """Try Hello Circle in this terminal or a browser, as Amina in a small community. Nothing leaves this machine."""
    if not web:
        if port is not None or public or listen is not None:
            finish("--port, --public and --listen are for --web; add it.")
        from adapters.console.demo import run_demo  # noqa: PLC0415

        do(run_demo(at, db))
        return
    if db is not None:
        finish("--db is for the terminal; the circles of --web are kept nowhere.")
    if listen is not None and not public:
        finish("--listen is for --public; a page of your own is only for this machine.")
    from adapters.web.demo import HOST, PORT, run_web_demo  # noqa: PLC0415

    place = (HOST if listen is None else listen, PORT if port is None else port)
    do(run_web_demo(at, place, public=public, opens=opens))


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

    do(run_file(file, at=at, db=db, as_json=as_json, zone=zone, seeded=seeded))


@app.command()
def run(
    *,
    console: Annotated[
        bool, typer.Option("--console", help="Use this terminal too, beside the other platforms.")
    ] = False,
) -> None:
    """Start the bot on every platform whose token is set. With no token, its platform is this terminal."""
    from adapters.serving import run_configured  # noqa: PLC0415

    do(run_configured(with_console=console))


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(f"hello-circle {installed_version('hello-circle')}")


@db_commands.command()
def upgrade() -> None:
    """Bring the database of your settings to this version, after a backup beside it."""
    from adapters.operator.database import upgrade_database  # noqa: PLC0415

    do(upgrade_database())


@db_commands.command()
def check() -> None:
    """Read the whole database of your settings, and say whether it is whole. Stop the bot first."""
    from adapters.operator.database import check_database  # noqa: PLC0415

    do(check_database())


@db_commands.command(name="mend")
def mend_() -> None:
    """Take out the rows of a damaged database that nobody can read, after a copy. Only when you have no good backup."""
    from adapters.operator.database import mend_database  # noqa: PLC0415

    do(mend_database())


@db_commands.command(name="copy")
def copy_(
    to: Annotated[
        str, typer.Option("--to", metavar="FILE|URL", help="The new file, or the empty database on a server.")
    ],
) -> None:
    """Copy everything to a PostgreSQL server, or from one into a file, and compare every row. Stop the bot first."""
    from adapters.operator.copying import copy_database  # noqa: PLC0415

    finish(copy_database(to))


@manifest_commands.command()
def discord(
    application: Annotated[
        str | None, typer.Option("--application", help="The application's id. Without it, DISCORD_TOKEN tells it.")
    ] = None,
) -> None:
    """Print the link with which an organiser adds the bot to a Discord server, with the least permissions."""
    from adapters.discord.manifest import invite_link  # noqa: PLC0415

    link, problem = invite_link(application)
    if link:
        typer.echo(link)
    finish(problem)


@manifest_commands.command()
def slack(
    address: Annotated[
        str | None,
        typer.Option("--address", help="Your public address, such as https://circle.example.org. Only for HTTP mode."),
    ] = None,
    *,
    for_everybody: Annotated[
        bool, typer.Option("--for-everybody", help="Let any workspace add the app; needs --address.")
    ] = False,
    link: Annotated[bool, typer.Option("--link", help="Print a link that opens Slack with it filled in.")] = False,
) -> None:
    """Print the app manifest that an organiser gives to Slack; it follows from the commands."""
    from adapters.slack import manifest  # noqa: PLC0415
    from bot.features import everything  # noqa: PLC0415

    if address is not None and not manifest.is_address(address):
        finish("--address is not right; write it like https://circle.example.org.")
    if for_everybody and address is None:
        finish("--for-everybody needs --address, as people come back there from Slack.")
    write = manifest.link if link else manifest.written
    typer.echo(write(everything(), address, for_everybody=for_everybody), nl=link)


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
        from adapters.wording import worded  # noqa: PLC0415

        typer.echo(f"hello-circle: {worded(trouble(error))}", err=True)
        sys.exit(2)


def collect_seldom() -> None:
    """Look for rings of waste after twenty thousand new things, not seven hundred: what a start loads stays to the end."""
    gc.set_threshold(20_000)


def main() -> None:
    """Run the command that was typed."""
    collect_seldom()
    with _streams():
        app(prog_name=Path(sys.argv[0]).name)
