"""The fourth step: where the backup of each night goes."""

import tempfile
from pathlib import Path

from adapters.operator.setup.work import SetUpRun
from bot.ui.text import Text, t
from bot.ui.values import UserText

SETTING, FOLDER = "BACKUP_DIR", "backups"


async def settle(work: SetUpRun) -> None:
    """Find out where backups go, and write it down."""
    work.dialogue.head(t("4. Backups"))
    option = work.options.backups
    folder_set = work.settings.backup_dir.strip()
    if option is None and folder_set and _problem(Path(folder_set)) is None:
        _done(work, folder_set)
        return
    work.dialogue.say(t("The bot makes a backup each night. On another disk it helps even when this one is lost."))
    while True:
        default = str(work.home / FOLDER)
        folder = option if option is not None else Path(await work.dialogue.ask(t("Folder for the backups:"), default))
        folder, option = folder.expanduser().absolute(), None
        problem = _problem(folder)
        if problem is None:
            work.keep({SETTING: str(folder)})
            _done(work, str(folder))
            return
        work.dialogue.wrong(*problem)


def _done(work: SetUpRun, folder: str) -> None:
    line = t("A backup goes to {folder} each night.", folder=UserText(folder))
    work.dialogue.say(line)
    work.transcript.append(line)


def _problem(folder: Path) -> tuple[Text, Text] | None:
    """Make a folder, and tell why no backup can be written in it; None when one can."""
    shown_path = UserText(str(folder))
    try:
        if folder.exists() and not folder.is_dir():
            return t("{folder} is a file, and no folder.", folder=shown_path), t("Type another folder.")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except (OSError, ValueError) as error:
        why = UserText(getattr(error, "strerror", None) or str(error))
        what = t("I cannot write in {folder}: {why}.", folder=shown_path, why=why)
        return what, t("Type a folder in which you may write.")
