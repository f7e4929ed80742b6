"""The second step: the key, and the recovery sheet that brings the data back when the machine is gone."""

import re
from collections.abc import Callable
from pathlib import Path

from adapters.operator.private_file import write_private
from adapters.operator.setup.work import SetUpRun
from adapters.runtime import new_keys, open_database
from bot.store.address import Origin
from bot.store.errors import InUse, WrongKey
from bot.store.keyring import KeyRing
from bot.store.looking import has_begun, key_problem, looking
from bot.ui.text import Text, t
from bot.ui.values import UserText
from bot.ui.voice import say

LINE = "-" * 72
NO_KEY = t("This is no key. A key is a name, a colon, and 44 letters and signs.")
OTHER_KEY = t("This key does not open the data. It is another key, or one of its letters is wrong.")
SETTING = "ENCRYPTION_KEYS"
_ON_A_SHEET = re.compile(rf"{SETTING}\s*=\s*(\S+)")


async def settle(work: SetUpRun) -> None:
    """Make the key or find the one that fits, try it on the database, and see that there is a copy of it."""
    work.dialogue.head(t("2. The key"))
    problem = _problem(work)
    if problem is not None:
        await asked_for(work, problem, lambda ring: misfit(work.origin, ring))
    await _open(work)
    await _copied(work)


async def asked_for(
    work: SetUpRun, problem: Text, wrong_with: Callable[[KeyRing], Text | None], *, option: Text | None = None
) -> None:
    """Ask for the key of the recovery sheet until it fits; only then it is kept, and its sheet is a copy of it.

    Raises:
        Unsettled: nobody is there who could be asked.
        StartError: it cannot be written.
    """
    question = t("Paste the key of your recovery sheet:")
    missing = t("Put it into {file}.", file=UserText(str(work.env.path)))
    while True:
        mend = t("Your recovery sheet has the right key.") if option is None or work.dialogue.there else option
        work.dialogue.wrong(problem, mend)
        pasted = key_in(await work.dialogue.secret(question, missing))
        try:
            ring = KeyRing.parse(pasted)
        except WrongKey:
            problem = NO_KEY if pasted else t("Nothing was pasted.")
            continue
        next_problem = wrong_with(ring)
        if next_problem is None:
            work.keep({SETTING: pasted})
            work.note_copy(ring)
            return
        problem = next_problem


def key_in(pasted: str) -> str:
    """Find the key in what somebody pasted: alone, with the name of the setting, or a whole sheet."""
    on_a_sheet = _ON_A_SHEET.search(pasted)
    return on_a_sheet[1] if on_a_sheet is not None else "".join(pasted.split())


def keys_of(work: SetUpRun) -> str:
    """Give the text of the key ring; nothing when there is none yet."""
    return work.settings.encryption_keys.get_secret_value().strip()


def _problem(work: SetUpRun) -> Text | None:
    """Tell why the key does not do; makes one where there is neither a key nor anything sealed with one."""
    origin, keys = work.origin, keys_of(work)
    has_data = has_begun(origin)
    if not keys and not has_data:
        work.keep({SETTING: new_keys()})
        return None
    try:
        ring = KeyRing.parse(keys)
    except WrongKey:
        return (
            t("What is in ENCRYPTION_KEYS is no key.") if keys else t("There is data here, and no key in the settings.")
        )
    return misfit(origin, ring) if has_data else None


def misfit(origin: Origin, ring: KeyRing) -> Text | None:
    """Tell why a ring does not open a database; None when it does."""
    with looking(origin, ring) as tx:
        return None if key_problem(tx, ring) is None else OTHER_KEY


async def _open(work: SetUpRun) -> None:
    """Make the database, or bring it to this version; a bot that runs has done both."""
    if work.running:
        return
    try:
        async with open_database(work.settings.database_url, keys_of(work)):
            pass
    except InUse:
        return


async def _copied(work: SetUpRun) -> None:
    """Show the recovery sheet until somebody has a copy of it, and then never again."""
    ring = KeyRing.parse(keys_of(work))
    if work.progress.has_copy(ring) is not None:
        line = t("The key {name} is there, and you have a copy of it.", name=UserText(ring.current))
        work.dialogue.say(line)
        work.transcript.append(line)
        return
    sheet = _sheet(work, keys_of(work))
    if work.options.recovery_sheet is not None:
        _save(work, work.options.recovery_sheet, sheet, ring)
        return
    if not work.dialogue.there:
        work.transcript.append(t("Nobody has a copy of the key yet. Copy ENCRYPTION_KEYS to another place."))
        return
    work.dialogue.show(sheet)
    await _kept(work, sheet, ring)


async def _kept(work: SetUpRun, sheet: str, ring: KeyRing) -> None:
    dialogue = work.dialogue
    dialogue.say(t("Copy this sheet now: on paper, or into a password manager. It is shown only until you did."))
    dialogue.say(t("I can also save it as a file, on a stick or another disk."))
    while True:
        answer = await dialogue.ask(t("Press Enter when you have a copy, or type the name of a file:"))
        if not answer:
            _noted(work, ring, t("You have a copy of the key {name}.", name=UserText(ring.current)))
            return
        if _save(work, Path(answer), sheet, ring):
            return


def _save(work: SetUpRun, file: Path, sheet: str, ring: KeyRing) -> bool:
    """Save the sheet in a file elsewhere; returns whether that was done."""
    file = file.expanduser().absolute()
    if file.is_dir():
        file /= "hello-circle-recovery-sheet.txt"
    shown_path = UserText(str(file))
    near = {work.home.resolve(), work.env.path.parent.resolve()}
    if near & {file.parent.resolve(), *file.parent.resolve().parents} - {Path("/")}:
        what = t("{file} is beside the data, and would be lost together with it.", file=shown_path)
        work.dialogue.wrong(what, t("Name a file on another disk or stick."))
        return False
    if file.exists():
        work.dialogue.wrong(t("{file} is there already.", file=shown_path), t("Name a new file."))
        return False
    try:
        write_private(file, sheet)
    except OSError as error:
        what = t("{file} cannot be written: {why}.", file=shown_path, why=UserText(error.strerror or str(error)))
        work.dialogue.wrong(what, t("Name a file in a folder that is there."))
        return False
    _noted(
        work,
        ring,
        t("The recovery sheet of the key {name} is in {file}.", name=UserText(ring.current), file=shown_path),
    )
    return True


def _noted(work: SetUpRun, ring: KeyRing, line: Text) -> None:
    work.note_copy(ring)
    work.dialogue.say(line)
    work.transcript.append(line)


def _sheet(work: SetUpRun, keys: str) -> str:
    """Write the recovery sheet: the key, what it is for, and what is lost without it."""
    language = work.dialogue.language
    words = (
        t("RECOVERY SHEET OF HELLO CIRCLE"),
        t("This key opens what your members wrote. It is in no backup."),
        t("With this key and a backup, everything comes back on a new machine."),
        t("Without it, nobody can read the data any more. That includes you."),
        t("Who has both the key and the data can read everything. Keep them apart."),
    )
    title, *lines = (say(text, language) for text in words)
    day = work.clock.now().date().isoformat()
    return "\n".join([LINE, f"{title} · {day}", "", f"    ENCRYPTION_KEYS={keys}", "", *lines, LINE, ""])
