"""Sends private messages, each once; what cannot be delivered waits in the member's inbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.engine.clock import Clock
from bot.engine.departure import leaving_by, moment_after
from bot.engine.messenger import Messenger, Outcome, Posted, PutOff, Refused, ToMember, Unknown
from bot.scheduling.insisting import insist
from bot.scheduling.outcomes import attempt, is_absent, log_fields
from bot.scheduling.pulse import Pulse
from bot.scheduling.taking_back import take_back
from bot.scheduling.tempo import Tempo
from bot.store import notices
from bot.store.database import Database, Tx
from bot.store.errors import LostClaim
from bot.store.notices import DueNotice
from bot.store.reach import place_of
from bot.store.turns import on_behalf_of
from bot.ui.codec import decode
from bot.ui.languages import best

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
    pulse: Pulse = field(default_factory=Pulse)
    tempo: Tempo = field(default_factory=Tempo)

    async def send_due(self) -> None:
        """Send every waiting notice."""
        while True:
            claimed = await self.db.row_by_row(self._claim)
            for notice in claimed:
                with on_behalf_of(place_of(notice.platform, notice.platform_community)):
                    await self._send_alone(notice)
            if len(claimed) < TAKEN_UP:
                return

    def _claim(self, tx: Tx) -> list[DueNotice]:
        on, lease = tuple(self.messengers), self.tempo.lease
        return notices.claim(tx, self.clock.now(), self.owner, lease, platforms=on, limit=TAKEN_UP)

    async def _send_alone(self, notice: DueNotice) -> None:
        """Send a message, unless it is somebody else's by now, or no news any more."""
        try:
            await self._send(notice)
        except LostClaim:
            log.info("notice taken over", notice=notice.id)

    async def _send(self, notice: DueNotice) -> None:
        messenger = self.messengers[notice.platform]
        to = ToMember(notice.platform_community, notice.platform_user)
        if notice.tried_before:
            # A message that may be there already is never sent blindly again; the inbox holds it too.
            outcome = await attempt("look-up", messenger.find(to, notice.id))
            if not is_absent(outcome):
                await self._settle(notice, outcome, looked=True)
                return
        # As for posts: noted first, with a new lease, and sent only in the first half of it.
        now, moment = self.clock.now(), moment_after(self.tempo.leaves_within)
        await self.db.write(lambda tx: notices.sending(tx, notice, now, self.tempo.lease))
        with leaving_by(moment):
            post = messenger.post(to, decode(notice.reply), best(*notice.languages), notice.id)
            outcome = await attempt("post", post)
        await self._settle(notice, outcome, looked=False)

    async def _settle(self, notice: DueNotice, outcome: Outcome, *, looked: bool) -> None:
        now = self.clock.now()
        is_first = await insist(lambda: self.db.write(lambda tx: self._record(tx, notice, outcome, now, looked=looked)))
        self.pulse.beat()
        if isinstance(outcome, Posted):
            await self._leave_one(notice, outcome, is_first=is_first)

    async def _leave_one(self, notice: DueNotice, outcome: Posted, *, is_first: bool) -> None:
        """Take back what somebody else sent, too, where that can be seen; whoever looks leaves the first one."""
        messenger = self.messengers[notice.platform]
        to = ToMember(notice.platform_community, notice.platform_user)
        seen: Outcome = outcome if is_first else await attempt("look-up", messenger.find(to, notice.id))
        if isinstance(seen, Posted) and not await take_back(messenger, to, seen.again):
            log.warning("notice is there twice", notice=notice.id)

    def _record(self, tx: Tx, notice: DueNotice, outcome: Outcome, now: datetime, *, looked: bool) -> bool:
        """Record what came of a message; returns whether nobody had said before that it is sent."""
        log.info("notice", notice=notice.id, **log_fields(outcome))
        match outcome:
            case Posted():
                return notices.sent(tx, notice)
            case Refused():
                notices.to_inbox(tx, notice)
            case PutOff():
                notices.put_off(tx, notice, now, outcome.after, doubted=looked)
            case Unknown() if notice.tried_before:
                notices.to_inbox(tx, notice)
            case Unknown():
                pass  # the lease runs out, and the next round looks for it
        return True
