"""The first step: where the data lives."""

import tempfile
from pathlib import Path

from adapters.operator.answers import FILE
from adapters.operator.setup.work import SetUpRun
from adapters.wording import explained, value_text
from bot.config import from_surroundings
from bot.store.address import shown
from bot.store.belonging import check_ours
from bot.store.errors import NotOurs, StoreError
from bot.store.looking import check_server
from bot.store.sqlite import url_of
from bot.ui.text import Text, t
from bot.ui.values import UserText

DATABASE = "hello-circle.db"
FOLDER = "data"
HARMLESS = {"lost+found", FILE, "backups"}
OWNER_ONLY = 0o700


async def settle(work: SetUpRun) -> None:
    """Find out where the data lives, make the folder, and write it down."""
    dialogue = work.dialogue
    dialogue.head(t("1. Where the data lives"))
    option = work.options.data
    if option is None and ("DATABASE_URL" in work.env.values() or from_surroundings("DATABASE_URL")):
        origin = work.origin
        if isinstance(origin, str):
            _on_server(work, origin)
            return
        problem = _problem(origin.parent, origin.name)
        if problem is None:
            _done(work, origin.parent)
            return
        dialogue.wrong(*problem)
    while True:
        folder = option if option is not None else Path(await dialogue.ask(t("Folder for the data:"), str(_default())))
        folder, option = folder.expanduser().absolute(), None
        problem = _problem(folder, DATABASE)
        if problem is None:
            work.keep({"DATABASE_URL": url_of(folder.resolve() / DATABASE)})
            _done(work, folder)
            return
        dialogue.wrong(*problem)


def _on_server(work: SetUpRun, url: str) -> None:
    """Say which database on a server has the data.

    Raises:
        StartError: it cannot be reached, or is not ours.
    """
    check_server(url)
    sentence = t("The data is in the database {name}.", name=value_text(shown(url)))
    work.dialogue.say(sentence)
    work.transcript.append(sentence)


def _default() -> Path:
    """Suggest the present folder when a database is in it already, else a new folder in it."""
    present_folder = Path.cwd()
    return present_folder if (present_folder / DATABASE).is_file() else present_folder / FOLDER


def _done(work: SetUpRun, folder: Path) -> None:
    line = t("The data is in {folder}.", folder=UserText(str(folder)))
    work.dialogue.say(line)
    work.transcript.append(line)


def _problem(folder: Path, name: str) -> tuple[Text, Text] | None:
    """Make a folder, and tell why data cannot live in it; None when it can."""
    shown_path, retry, database = UserText(str(folder)), t("Type another folder."), folder / name
    try:
        if folder.exists() and not folder.is_dir():
            return t("{folder} is a file, and no folder.", folder=shown_path), retry
        folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0" * 4096)
            probe.flush()
        check_ours(database)
        if not database.exists() and (others := _others(folder)):
            what = t(
                "{folder} holds things of another program, such as {file}.", folder=shown_path, file=UserText(others)
            )
            return what, t("Type a folder that is new or empty.")
    except OSError as error:
        what = t("I cannot write in {folder}: {why}.", folder=shown_path, why=UserText(error.strerror or str(error)))
        return what, t("Type a folder in which you may write.")
    except ValueError:
        return t("{folder} can be no folder.", folder=shown_path), retry
    except StoreError as refused:
        theirs = t("{file} is not a database of Hello Circle, so I leave it as it is.", file=UserText(str(database)))
        return theirs if isinstance(refused, NotOurs) else explained(refused), retry
    return None


def _others(folder: Path) -> str:
    """Name something in a folder that is surely not ours; nothing when there is nothing."""
    for entry in sorted(folder.iterdir()):
        if entry.name not in HARMLESS and not entry.name.startswith((DATABASE, ".env", "slack-")):
            return entry.name
    return ""
