"""Sends private messages, each once; what cannot be delivered waits in the member's inbox."""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from bot.core.clock import Clock
from bot.core.messenger import Messenger, Outcome, Posted, Refused, ToMember, Unknown
from bot.scheduling.posting import LEASE
from bot.store import notices
from bot.store.database import Database, Tx
from bot.store.notices import Waiting
from bot.ui.codec import decode

TAKEN_UP = 50
"""Notices that are claimed together."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Notifier:
    """Sends the notices that wait."""

    db: Database
    clock: Clock
    messengers: Mapping[str, Messenger]
    owner: str

    async def send_due(self) -> None:
        """Send every waiting notice."""
        while True:
            claimed = await self.db.write(self._claim)
            for notice in claimed:
                outcome = await self._send(notice)
                await self.db.write(lambda tx, n=notice, o=outcome: self._record(tx, n, o))
            if len(claimed) < TAKEN_UP:
                return

    def _claim(self, tx: Tx) -> list[Waiting]:
        now = self.clock.now()
        return notices.claim(tx, now, self.owner, now + LEASE, platforms=tuple(self.messengers), limit=TAKEN_UP)

    async def _send(self, notice: Waiting) -> Outcome:
        messenger = self.messengers[notice.platform]
        to = ToMember(notice.platform_community, notice.platform_user)
        try:
            if notice.tried_before:
                # A message that may be there already is never sent blindly again; the inbox holds it too.
                found = await messenger.find(to, notice.id)
                if not (isinstance(found, Refused) and found.reason == "absent"):
                    return found
            return await messenger.post(to, decode(notice.reply), notice.language, notice.id)
        except Exception as error:  # noqa: BLE001 - whatever happened, nobody knows whether it arrived
            log.warning("notice unknown", notice=notice.id, fault=type(error).__name__)
            return Unknown()

    def _record(self, tx: Tx, notice: Waiting, outcome: Outcome) -> None:
        match outcome:
            case Posted():
                notices.sent(tx, notice)
            case Refused():
                notices.to_inbox(tx, notice)
            case Unknown() if notice.tried_before:
                notices.to_inbox(tx, notice)
            case Unknown():
                pass  # the lease runs out, and the next round looks for it
