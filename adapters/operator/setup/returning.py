"""On a new machine, before the key is made: a backup is put back, with the key of the recovery sheet."""

from collections.abc import Callable
from pathlib import Path

from adapters.files import read_text
from adapters.operator.backups.place import folder_of, place_of
from adapters.operator.backups.restoring import restore, unpacked
from adapters.operator.backups.telling import told
from adapters.operator.program import line as typed
from adapters.operator.setup import key
from adapters.operator.setup.work import SetUpRun
from bot.store.backups.container import Manifest
from bot.store.backups.making import check_keys
from bot.store.errors import StartError, WrongKey
from bot.store.keyring import KeyRing
from bot.store.looking import began, has_begun, looking
from bot.store.migrate import HEAD
from bot.ui.text import Text, t
from bot.ui.values import UserText


async def settle(work: SetUpRun) -> None:
    """Put the backup back that was named; data that is here already stays.

    Raises:
        StartError: it is no backup, or cannot be put back; nothing was changed.
    """
    if work.options.restore is None:
        return
    file = work.options.restore.expanduser().resolve()
    work.dialogue.head(t("Your backup"))
    if _has_data(work):
        line = typed(f"restore {file}")
        notice = t("There is data here already, so I put nothing back. To put it back all the same: {line}", line=line)
        work.dialogue.say(notice)
        work.transcript.append(notice)
        return
    with unpacked(file, work.origin, folder_of(work.settings)) as (manifest, fresh):
        await _opened(work, lambda ring: _misfit(manifest, fresh, ring))
    now, place = work.clock.now(), place_of(work.settings)
    for line in told(await restore(place, file, now), now, place.keep):
        work.dialogue.say(line)
        work.transcript.append(line)


async def _opened(work: SetUpRun, wrong_with: Callable[[KeyRing], Text | None]) -> None:
    """See that the settings have the key of the backup: that of the sheet that was named, or one that is pasted now."""
    key_text = key.keys_of(work)
    if work.options.recovery_sheet is not None:
        key_text = key.key_in(read_text(work.options.recovery_sheet))
    try:
        problem = wrong_with(KeyRing.parse(key_text))
    except WrongKey:
        problem = key.NO_KEY if key_text else t("The backup is sealed with a key.")
    if problem is not None:
        option = t("Name the file of your recovery sheet with {option}.", option=UserText("--recovery-sheet"))
        await key.asked_for(work, problem, wrong_with, option=option)
        return
    work.keep({key.SETTING: key_text})
    work.note_copy(KeyRing.parse(key_text))


def _misfit(manifest: Manifest, database: Path, ring: KeyRing) -> Text | None:
    """Tell why a ring does not open a backup; of an older schema the names of the keys alone are compared."""
    try:
        check_keys(manifest, ring)
    except WrongKey:
        return key.OTHER_KEY
    return key.misfit(database, ring) if manifest.schema == HEAD else None


def _has_data(work: SetUpRun) -> bool:
    """Tell whether a community is in the database that is here; one that set-up just made is empty."""
    if not has_begun(work.origin):
        return False
    try:
        with looking(work.origin, KeyRing.parse(key.keys_of(work))) as tx:
            return began(tx) is not None
    except StartError:
        return True
