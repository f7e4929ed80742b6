"""The commands for whoever runs the bot: set-up, a look at everything, backups and keys."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from adapters.ending import do, finish

app = typer.Typer()
"""Its commands stand beside those of `adapters/cli.py`."""
key_commands = typer.Typer(help="Make, change and check encryption keys.", no_args_is_help=True)
app.add_typer(key_commands, name="keys")

community_commands = typer.Typer(help="Count communities, hand one over, erase one.")
app.add_typer(community_commands, name="communities")

WHERE = "discord|slack|both|terminal"
Speaks = Annotated[
    str | None, typer.Option("--language", help="Speak this language, en or fr, and not that of the terminal.")
]


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
        typer.Option(
            "--recovery-sheet",
            metavar="FILE",
            help="Save the recovery sheet of the key in this new file; with --restore, read it from there.",
        ),
    ] = None,
    restore_file: Annotated[
        Path | None,
        typer.Option("--restore", metavar="FILE", help="Put this backup back first, as after a lost disk."),
    ] = None,
    who: Annotated[
        str | None,
        typer.Option("--for", metavar="circle|everybody", help="Whether any community may add the bot."),
    ] = None,
    slack_address: Annotated[
        str, typer.Option("--slack-address", metavar="URL", help="For everybody: where browsers and Slack reach it.")
    ] = "",
    slack_port: Annotated[
        int | None, typer.Option("--slack-port", metavar="PORT", help="For everybody: where your proxy sends Slack to.")
    ] = None,
    slack_client_id: Annotated[
        str, typer.Option("--slack-client-id", metavar="ID", help="For everybody: the client id of the app.")
    ] = "",
    slack_client_secret_file: Annotated[
        Path | None,
        typer.Option("--slack-client-secret-file", metavar="FILE", help="A file that holds its client secret."),
    ] = None,
    slack_signing_secret_file: Annotated[
        Path | None,
        typer.Option("--slack-signing-secret-file", metavar="FILE", help="A file that holds its signing secret."),
    ] = None,
    privacy: Annotated[str, typer.Option("--privacy", metavar="URL", help="For everybody: your privacy text.")] = "",
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

    options = Options(
        data=data,
        discord_token=discord_token_file,
        slack_bot_token=slack_bot_token_file,
        slack_app_token=slack_app_token_file,
        recovery_sheet=recovery_sheet,
        backups=backups,
        restore=restore_file,
        platforms=platforms,
        who=who,
        slack_client_id=slack_client_id,
        slack_client_secret=slack_client_secret_file,
        slack_signing_secret=slack_signing_secret_file,
        slack_address=slack_address,
        slack_port=slack_port,
        privacy=privacy,
    )
    ended, problem = set_up(options, best(language, wished_language()), unattended=yes)
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
def backup(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", readable=False, help="Where to; without it, BACKUP_DIR.")
    ] = None,
) -> None:
    """Make a backup of the database of your settings, and check it. The bot may run meanwhile."""
    from adapters.operator.backups.commands import make_backup  # noqa: PLC0415

    do(make_backup(folder))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", readable=False, help="The backup.")],
    *,
    old: Annotated[
        bool, typer.Option("--old", help="Take one that is older than any list of those who were forgotten.")
    ] = False,
) -> None:
    """Put a backup in the place of the database of your settings. Stop the bot first."""
    from adapters.operator.backups.commands import restore_backup  # noqa: PLC0415

    do(restore_backup(file, old=old))


@app.command()
def drill() -> None:
    """Try whether the newest backup can be restored. Nothing is changed, and the bot may run meanwhile."""
    from adapters.operator.backups.commands import drill_newest  # noqa: PLC0415

    do(drill_newest())


@key_commands.command()
def new() -> None:
    """Print a new random key for ENCRYPTION_KEYS. Keep it in .env and in one other safe place."""
    from adapters.runtime import new_keys  # noqa: PLC0415

    typer.echo(new_keys())


@key_commands.command()
def rotate(
    name: Annotated[
        str | None, typer.Option("--name", help="What the new key is called; without it, a name is made.")
    ] = None,
) -> None:
    """Put a new key in front, and wrap every community's key with it. Stop the bot first. Finishes what was begun."""
    from adapters.operator.key_change import rotate_keys  # noqa: PLC0415

    do(rotate_keys(name))


@key_commands.command(name="check")
def check_keys_() -> None:
    """Say which keys of your settings are in use, and by what. The bot may run meanwhile."""
    from adapters.operator.key_change import check_keys  # noqa: PLC0415

    finish(check_keys())


@key_commands.command()
def drop(
    name: Annotated[str, typer.Argument(help="The name of the old key.")],
    *,
    now: Annotated[
        bool, typer.Option("--now", help="Drop it though backups need it, which nobody can restore then.")
    ] = False,
) -> None:
    """Take an old key out of your settings, once no community and no backup needs it. Old buttons end with it."""
    from adapters.operator.key_change import drop_key  # noqa: PLC0415

    do(drop_key(name, at_once=now))


Named = Annotated[str, typer.Argument(metavar="ID", help="The community: its id, or the platform's.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON, for programs.")]


@community_commands.callback(invoke_without_command=True)
def communities(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List every community in figures, without names. The bot may run meanwhile."""
    if context.invoked_subcommand is None:
        list_(as_json=as_json)


@community_commands.command(name="list")
def list_(*, as_json: AsJson = False) -> None:
    """List every community in figures, without names. The bot may run meanwhile."""
    from adapters.operator.communities import list_communities  # noqa: PLC0415

    finish(list_communities(as_json=as_json))


@community_commands.command()
def export(
    named: Named, *, to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The new database file.")]
) -> None:
    """Write one community into a database of its own, with a new key, when its organisers ask. The bot may run."""
    from adapters.operator.communities import export_community  # noqa: PLC0415

    do(export_community(named, to))


@community_commands.command()
def erase(
    named: Named, *, yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether I am sure.")] = False
) -> None:
    """Erase one community at once, when its organisers ask. With the data in a file, stop the bot first."""
    from adapters.operator.communities import erase_community  # noqa: PLC0415

    do(erase_community(named, sure=yes))
