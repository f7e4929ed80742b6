"""Changes the master key: a new one in front, every community's key wrapped with it, the old one dropped in the end.

Each step is whole or not done at all, and a change that was interrupted is finished at the next call.
"""

import typer

from adapters.log import set_up_logging
from adapters.operator.backups.place import DataPlace, place_of
from adapters.operator.env_file import EnvFile
from adapters.runtime import open_database
from adapters.wording import tell, worded
from bot.config import SettingsError, load_settings, settings_file
from bot.store.backups.copies import Copies
from bot.store.backups.folder import Backup, listed
from bot.store.backups.making import wrapped_in
from bot.store.crypto import rewrap, wrapped_by
from bot.store.errors import StartError, StoreError, WrongKey
from bot.store.keyring import KeyRing, is_name, without
from bot.ui.text import Text, t, tc
from bot.ui.values import Count, Together, UserText

SETTING = "ENCRYPTION_KEYS"
SAFE = t("Keep a copy of ENCRYPTION_KEYS, as it is now, in your second safe place.")


async def rotate_keys(name: str | None) -> str | None:
    """Change the current key, or finish a change that was begun; returns the problem, if there is one."""
    try:
        place = _place()
        place.check_free()
        if await _is_finished(place):
            entry = _new_entry(place, name)
            if not _is_in_file(place.keys):
                tell(t("ENCRYPTION_KEYS is not in the file .env here, so I cannot change it."))
                tell(t("Put this in front of it, with a comma. Then type again: hello-circle keys rotate"))
                typer.echo(entry)
                return None
            EnvFile(settings_file()).put({SETTING: f"{entry},{place.keys}"})
            place = _place()
        else:
            tell(t("A change of the key was begun before; I finish it."))
        await _wrap(place)
        _tell_old(place)
    except (SettingsError, StoreError) as problem:
        return worded(problem)
    return None


def check_keys() -> str | None:
    """Say what each key is needed for; returns the problem, if there is one."""
    try:
        place = _place()
        wrapped = wrapped_in(place.origin, place.ring)
        backups = listed(place.folder)
        for name in place.ring.names:
            tell(_use(place.ring, name, wrapped, _needing(backups, name)))
        missing = sorted({key for backup in backups for key in backup.manifest.keys if key not in place.ring})
        for name in missing:
            tell(
                t(
                    "{name}: not in ENCRYPTION_KEYS; backups that nobody can restore: {n}",
                    name=UserText(name),
                    n=Count(len(_needing(backups, name))),
                )
            )
    except (SettingsError, StoreError) as problem:
        return worded(problem)
    return None


async def drop_key(name: str, *, at_once: bool) -> str | None:
    """Take a key out of the settings that nothing needs any more; returns the problem, if there is one."""
    try:
        place = _place()
        problem = await _why_kept(place, name, at_once=at_once)
        if problem is not None:
            raise problem
        EnvFile(settings_file()).put({SETTING: without(place.keys, name)})
    except (SettingsError, StoreError) as fault:
        return worded(fault)
    tell(t("The key {name} is out of .env. Buttons from before the change do not work any more.", name=UserText(name)))
    tell(SAFE)
    return None


async def _why_kept(place: DataPlace, name: str, *, at_once: bool) -> StoreError | None:
    """Say why a key cannot be dropped; None when it can."""
    if name not in place.ring:
        names = ", ".join(place.ring.names)
        return WrongKey("There is no key {name} in ENCRYPTION_KEYS. It has: {names}.", name=name, names=names)
    if name == place.ring.current:
        return WrongKey("The key {name} is the current one. Change it first with: hello-circle keys rotate", name=name)
    if not await _is_finished(place):
        return WrongKey("A change of the key is not finished. Finish it with: hello-circle keys rotate")
    needing = _needing(listed(place.folder), name)
    if needing and not at_once:
        gone = max(backup.made_at for backup in needing) + place.keep
        return WrongKey(
            "Backups that still need the key {name}: {n}. The last one is deleted on {day}. "
            "Try again then. To drop it now, and give these backups up, add --now.",
            name=name,
            n=len(needing),
            day=f"{gone:%Y-%m-%d}",
        )
    if not _is_in_file(place.keys):
        return WrongKey(
            "ENCRYPTION_KEYS is not in the file .env here. Take the key {name} out where it is set.", name=name
        )
    return None


def _place() -> DataPlace:
    settings = load_settings()
    set_up_logging("WARNING" if settings.log_level == "INFO" else settings.log_level, settings.log_format)
    place = place_of(settings)
    if not place.is_there:
        raise StartError("The database file {file} is not there. Correct DATABASE_URL.", file=place.origin)
    return place


def _is_in_file(keys: str) -> bool:
    return EnvFile(settings_file()).values().get(SETTING, "").strip() == keys


async def _is_finished(place: DataPlace) -> bool:
    """Tell whether the current key wraps everything, and no other key's proof is left."""
    async with open_database(place.url, place.keys, copies=Copies(place.folder)) as db:
        return set(await db.read(wrapped_by)) == {place.ring.current}


async def _wrap(place: DataPlace) -> None:
    async with open_database(place.url, place.keys, copies=Copies(place.folder)) as db:
        await db.write(rewrap)
        communities = (await db.read(wrapped_by))[place.ring.current]
        await db.empty_log()
    current = UserText(place.ring.current)
    tell(t("The current key is {name}. It wraps the keys of all communities: {n}.", name=current, n=Count(communities)))
    tell(SAFE)
    if isinstance(place.origin, str):
        tell(t("Do bots run on several machines? Put it into the settings of each, then start them."))


def _new_entry(place: DataPlace, name: str | None) -> str:
    used = {*place.ring.names, *(key for backup in listed(place.folder) for key in backup.manifest.keys)}
    if name is not None and not is_name(name):
        raise WrongKey("A key's name has at most 32 letters of English, digits, - and _.")
    if name in used:
        raise WrongKey("There was a key {name} before. Give the new one a name of its own.", name=name)
    return KeyRing.new(name)


def _tell_old(place: DataPlace) -> None:
    for name in place.ring.names[1:]:
        needing, old = _needing(listed(place.folder), name), UserText(name)
        kept_for = t(
            "The old key {name} is kept for buttons of before, and for backups: {n}.", name=old, n=Count(len(needing))
        )
        tell(kept_for)
        tell(t("In {n} days, drop it with: hello-circle keys drop {name}", n=Count(place.keep.days), name=old))


def _needing(backups: list[Backup], name: str) -> list[Backup]:
    return [backup for backup in backups if name in backup.manifest.keys]


def _use(ring: KeyRing, name: str, wrapped: dict[str, int], needing: list[Backup]) -> Text:
    facts = [tc("of a key", "current") if name == ring.current else tc("of a key", "old")]
    if name in wrapped:
        facts.append(t("communities: {n}", n=Count(wrapped[name])))
    facts.append(t("backups: {n}", n=Count(len(needing))))
    if name != ring.current:
        can_go = name not in wrapped and not needing
        facts.append(t("can be dropped") if can_go else t("cannot be dropped yet"))
    if name == ring.current and set(wrapped) - {name}:
        facts.append(t("a change is not finished: type hello-circle keys rotate"))
    return t("{name}: {facts}", name=UserText(name), facts=Together(tuple(facts)))
