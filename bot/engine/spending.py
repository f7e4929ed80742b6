"""Tells other processes, and the next start, what was taken out of the buckets that run low, and hears it of them."""

from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.engine.clock import Clock
from bot.engine.pace import Pace, Spent
from bot.faults import recorded
from bot.store import kept
from bot.store.database import Database, Tx
from bot.store.ids import new_id

PREFIX = "pace:"
OLD = 600
"""Seconds after which every bucket is full again, whatever was taken out."""

log = structlog.get_logger()


@dataclass
class Spending:
    """Exchanges with other processes how much each sender used; does nothing while nobody is near a limit."""

    db: Database
    pace: Pace
    clock: Clock
    _name: str = field(default_factory=lambda: PREFIX + new_id())
    _told: bool = False

    async def exchange(self) -> None:
        """Take out of the buckets here what was taken out elsewhere, and tell what was taken out here."""
        now = self.clock.now().timestamp()
        try:
            written = await self.db.read(lambda tx: kept.beginning(tx, PREFIX))
            others = {name: value for name, value in written.items() if name != self._name}
            self.pace.hear({name: (now - value["at"], _spent(value)) for name, value in others.items()})
            gone = [name for name, value in others.items() if now - value["at"] > OLD]
            told = self.pace.told()
            if told or gone or self._told:
                await self.db.row_by_row(lambda tx: self._tell(tx, told, gone, now))
            self._told = bool(told)
        except Exception as fault:  # noqa: BLE001 - the buckets here hold all the same, whatever another version wrote
            log.warning("pace not shared", **recorded(fault))

    def _tell(self, tx: Tx, told: dict[str, Spent], gone: list[str], now: float) -> None:
        for name in gone if told else (*gone, self._name):
            kept.drop(tx, name)
        if told:
            kept.put(tx, self._name, {"at": now, "told": told})


def _spent(value: dict[str, Any]) -> dict[str, Spent]:
    return {mark: Spent(*numbers) for mark, numbers in value["told"].items()}
