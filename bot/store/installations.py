"""What lets the bot into the places that people added it to: sealed with the key ring, and found by what it serves."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.store.batch import Tx
from bot.store.crypto import vault_of
from bot.store.errors import NotSaved
from bot.store.tables import install_states as states, installations as table, installed_teams as teams
from bot.store.upsert import insert_if_new, insert_or_replace

STATE_LASTS = timedelta(hours=1)
"""How long somebody may take to add the bot, once they have begun."""

MOST_STATES = 10_000
"""Whoever asks for the page gets a word that is remembered, so there is a most."""

_WHOLE = ("key_id", "sealed", "expires_at", "renewing_until", "installed_at")


@dataclass(frozen=True, slots=True)
class Installation:
    """What the bot may use in one place, as the platform gave it."""

    place: str
    credentials: Mapping[str, Any]
    expires_at: datetime | None
    """When it ends, unless it is renewed; None when it does not end by itself."""


def put(tx: Tx, installation: Installation, team: str | None, now: datetime) -> None:
    """Keep an installation, instead of an earlier one in the same place; `team` is a workspace that it serves."""
    row = {**_sealed(tx, installation), "renewing_until": None, "installed_at": now}
    tx.execute(insert_or_replace(table, *_WHOLE), row)
    if team is not None:
        serve(tx, team, installation.place)


def serve(tx: Tx, team: str, place: str) -> None:
    """Note which installation serves a workspace; what served it before does so no more."""
    tx.execute(insert_or_replace(teams, "place"), {"team": team, "place": place})


def find(tx: Tx, place: str) -> Installation | None:
    """Find the installation of a place."""
    return _read(tx, sa.select(table).where(table.c.place == place))


def hold(tx: Tx, place: str) -> Installation | None:
    """Find the installation of a place, and let nobody else change it until the transaction ends."""
    return _read(tx, sa.select(table).where(table.c.place == place).with_for_update())


def serving(tx: Tx, team: str) -> Installation | None:
    """Find the installation that serves a workspace."""
    return _read(tx, sa.select(table).join(teams, teams.c.place == table.c.place).where(teams.c.team == team))


def served(tx: Tx, place: str | None = None) -> list[str]:
    """Name the workspaces that an installation serves, or that any does."""
    query = sa.select(teams.c.team).order_by(teams.c.team)
    return list(tx.execute(query if place is None else query.where(teams.c.place == place)).scalars())


def unserve(tx: Tx, team: str, place: str) -> bool:
    """Note that an installation serves a workspace no more; returns whether it did."""
    return tx.execute(teams.delete().where(teams.c.team == team, teams.c.place == place)).rowcount == 1


def take_renewal(tx: Tx, place: str, now: datetime, until: datetime) -> bool:
    """Take the turn to renew an installation; returns False when somebody else has it until later than now."""
    free = sa.or_(table.c.renewing_until.is_(None), table.c.renewing_until <= now)
    taken = tx.execute(table.update().where(table.c.place == place, free).values(renewing_until=until))
    return taken.rowcount == 1


def renew(tx: Tx, before: Installation, after: Installation) -> bool:
    """Keep what an installation was renewed to; returns False when another one stands in its place meanwhile."""
    if hold(tx, before.place) != before:
        return False
    row = {**_sealed(tx, after), "renewing_until": None}
    tx.execute(table.update().where(table.c.place == before.place), row)
    return True


def remove(tx: Tx, gone: Installation) -> list[str] | None:
    """Drop an installation that ended, and name the workspaces it served; None when another one stands in its place."""
    if hold(tx, gone.place) != gone:
        return None
    # What another installation serves by now is not left.
    left = sorted(tx.execute(teams.delete().where(teams.c.place == gone.place).returning(teams.c.team)).scalars())
    tx.execute(table.delete().where(table.c.place == gone.place))
    return left


def begin(tx: Tx, state: str, now: datetime) -> None:
    """Remember that somebody began to add the bot.

    Raises:
        NotSaved: so many have begun within an hour that it is no crowd of people.
    """
    if _begun(tx) >= MOST_STATES:
        purge_states(tx, now)
        if _begun(tx) >= MOST_STATES:
            raise NotSaved("Too many began to add the bot, and did not end it.")
    tx.execute(insert_if_new(states), {"state": _hash(state), "ends_at": now + STATE_LASTS})


def take_state(tx: Tx, state: str, now: datetime) -> bool:
    """Use up the word of somebody who began to add the bot; returns whether it was there, and in time."""
    mine = (states.c.state == _hash(state), states.c.ends_at > now)
    return tx.execute(states.delete().where(*mine)).rowcount == 1


def purge_states(tx: Tx, now: datetime) -> None:
    """Drop the words of those who began to add the bot and did not."""
    tx.execute(states.delete().where(states.c.ends_at <= now))


def _begun(tx: Tx) -> int:
    return tx.execute(sa.select(sa.func.count()).select_from(states)).scalar_one()


def _sealed(tx: Tx, installation: Installation) -> dict[str, Any]:
    ring = vault_of(tx).ring
    secret = json.dumps(dict(installation.credentials)).encode()
    return {
        "place": installation.place,
        "key_id": ring.current,
        "sealed": ring.wrap(installation.place, secret, table.name),
        "expires_at": installation.expires_at,
    }


def _read(tx: Tx, query: sa.Select[Any]) -> Installation | None:
    row = tx.execute(query).first()
    if row is None:
        return None
    secret = vault_of(tx).ring.unwrap(row.place, row.key_id, row.sealed, table.name)
    return Installation(row.place, json.loads(secret), row.expires_at)


def _hash(state: str) -> bytes:
    return hashlib.sha256(state.encode()).digest()
