"""Changes the master key: a new one in front, every community's key wrapped with it, the old one dropped in the end.

Each step is whole or not done at all, and a change that was interrupted is finished at the next call.
"""

import typer

from adapters.log import set_up_logging
from adapters.operator.backups.place import DataPlace, place_of
from adapters.operator.env_file import EnvFile
from adapters.runtime import open_database
from bot.config import SettingsError, load_settings, settings_file
from bot.store.backups.copies import Copies
from bot.store.backups.folder import Backup, listed
from bot.store.backups.making import wrapped_in
from bot.store.crypto import rewrap, wrapped_by
from bot.store.errors import StartError, StoreError, WrongKey
from bot.store.keyring import KeyRing, is_name, without

SETTING = "ENCRYPTION_KEYS"
SAFE = "Keep a copy of ENCRYPTION_KEYS, as it is now, in your second safe place."


async def rotate_keys(name: str | None) -> str | None:
    """Change the current key, or finish a change that was begun; returns the problem, if there is one."""
    try:
        place = _place()
        if await _is_finished(place):
            entry = _new_entry(place, name)
            if not _is_in_file(place.keys):
                typer.echo("ENCRYPTION_KEYS is not in the file .env here, so I cannot change it. Put this in front of")
                typer.echo("it, with a comma after it. Then type again: hello-circle keys rotate")
                typer.echo(entry)
                return None
            EnvFile(settings_file()).put({SETTING: f"{entry},{place.keys}"})
            place = _place()
        else:
            typer.echo("A change of the key was begun before; I finish it.")
        await _wrap(place)
        _tell_old(place)
    except (SettingsError, StoreError) as problem:
        return str(problem)
    return None


def check_keys() -> str | None:
    """Say what each key is needed for; returns the problem, if there is one."""
    try:
        place = _place()
        wrapped = wrapped_in(place.origin, place.ring)
        backups = listed(place.folder)
        for name in place.ring.names:
            typer.echo(f"{name}: {_use(place.ring, name, wrapped, _needing(backups, name))}")
        missing = sorted({key for backup in backups for key in backup.manifest.keys if key not in place.ring})
        for name in missing:
            typer.echo(
                f"{name}: not in ENCRYPTION_KEYS; backups that nobody can restore: {len(_needing(backups, name))}"
            )
    except (SettingsError, StoreError) as problem:
        return str(problem)
    return None


async def drop_key(name: str, *, at_once: bool) -> str | None:
    """Take a key out of the settings that nothing needs any more; returns the problem, if there is one."""
    try:
        place = _place()
        problem = await _why_kept(place, name, at_once=at_once)
        if problem is not None:
            return problem
        EnvFile(settings_file()).put({SETTING: without(place.keys, name)})
    except (SettingsError, StoreError) as fault:
        return str(fault)
    typer.echo(f"The key {name} is out of .env. Buttons that were sent before it was changed do not work any more.")
    typer.echo(SAFE)
    return None


async def _why_kept(place: DataPlace, name: str, *, at_once: bool) -> str | None:
    """Say why a key cannot be dropped; None when it can."""
    if name not in place.ring:
        return f"There is no key {name!r} in ENCRYPTION_KEYS. It has: {', '.join(place.ring.names)}."
    if name == place.ring.current:
        return f"The key {name!r} is the current one. Change it first with: hello-circle keys rotate"
    if not await _is_finished(place):
        return "A change of the key is not finished. Finish it with: hello-circle keys rotate"
    needing = _needing(listed(place.folder), name)
    if needing and not at_once:
        gone = max(backup.made_at for backup in needing) + place.keep
        return (
            f"Backups that still need the key {name!r}: {len(needing)}. The last one is deleted on {gone:%-d %B %Y}. "
            "Try again then. To drop it now, and give these backups up, add --now."
        )
    if not _is_in_file(place.keys):
        return f"ENCRYPTION_KEYS is not in the file .env here. Take the key {name!r} out where it is set."
    return None


def _place() -> DataPlace:
    settings = load_settings()
    set_up_logging("WARNING" if settings.log_level == "INFO" else settings.log_level, settings.log_format)
    place = place_of(settings)
    if not place.is_there:
        raise StartError(f"The database file {place.origin} is not there. Correct DATABASE_URL.")
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
    typer.echo(f"The current key is {place.ring.current}. It wraps the keys of all communities: {communities}.")
    typer.echo(SAFE)


def _new_entry(place: DataPlace, name: str | None) -> str:
    used = {*place.ring.names, *(key for backup in listed(place.folder) for key in backup.manifest.keys)}
    if name is not None and not is_name(name):
        raise WrongKey("The name of a key has letters of English, digits, - and _, and at most 32 of them.")
    if name in used:
        raise WrongKey(f"There was a key {name!r} before. Give the new one a name of its own.")
    return KeyRing.new(name)


def _tell_old(place: DataPlace) -> None:
    for name in place.ring.names[1:]:
        needing = _needing(listed(place.folder), name)
        typer.echo(f"The old key {name} is kept, for buttons that were sent before, and for backups: {len(needing)}.")
        typer.echo(f"In {place.keep.days} days, drop it with: hello-circle keys drop {name}")


def _needing(backups: list[Backup], name: str) -> list[Backup]:
    return [backup for backup in backups if name in backup.manifest.keys]


def _use(ring: KeyRing, name: str, wrapped: dict[str, int], needing: list[Backup]) -> str:
    facts = ["current" if name == ring.current else "old"]
    if name in wrapped:
        facts.append(f"communities: {wrapped[name]}")
    facts.append(f"backups: {len(needing)}")
    if name != ring.current:
        facts.append("can be dropped" if name not in wrapped and not needing else "cannot be dropped yet")
    if name == ring.current and set(wrapped) - {name}:
        facts.append("a change is not finished: type hello-circle keys rotate")
    return ", ".join(facts)
