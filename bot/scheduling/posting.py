"""Sends one claimed post, exactly once: every step is on record before the next is taken.

`due → claimed (lease) → sending → posted`. After a crash a post that was being sent is looked for on the platform;
it is sent again only when it is surely not there, and when nobody can tell, the organiser is asked. What was put off
is surely not there. A request that has not left in the first half of its lease does not leave any more, so that a process
which stood still sends nothing that another one sends by then.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.engine.clock import Clock
from bot.engine.departure import leaving_by, moment_after
from bot.engine.messenger import Messenger, Outcome, Posted, PutOff, Refused, ToChannel, Unknown
from bot.engine.schedule import Schedule, Skip
from bot.engine.tokens import Signer
from bot.faults import recorded
from bot.scheduling.outcomes import attempt, is_absent, log_fields, word
from bot.scheduling.pulse import Pulse
from bot.scheduling.tempo import Tempo
from bot.scheduling.weekly import WeeklyPost, is_too_late
from bot.store import communities, posts
from bot.store.database import Database, Tx
from bot.store.errors import LostClaim
from bot.store.posts import Claim
from bot.store.reach import place_of
from bot.store.turns import on_behalf_of
from bot.ui.codec import decode, encode

TAKEN_UP, AT_ONCE = 60, 60
"""Posts that are claimed together, and those of them that are sent at the same time; each gets a new lease then.

Nobody claims more than can be sent at once, so that several bots share what is due to its end."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Poster:
    """Sends the posts that are due."""

    db: Database
    clock: Clock
    signer: Signer
    schedules: Mapping[str, Schedule]
    messengers: Mapping[str, Messenger]
    owner: str
    pulse: Pulse = field(default_factory=Pulse)
    tempo: Tempo = field(default_factory=Tempo)

    async def send_due(self) -> int:
        """Send every post that is due; returns how many were taken up."""
        taken, turns = 0, asyncio.Semaphore(AT_ONCE)
        while True:
            claims = await self.db.row_by_row(self._claim)
            await asyncio.gather(*(self._send_alone(claim, turns) for claim in claims))
            taken += len(claims)
            if len(claims) < TAKEN_UP:
                return taken

    def _claim(self, tx: Tx) -> list[Claim]:
        on, lease = tuple(self.messengers), self.tempo.lease
        return posts.claim(tx, self.clock.now(), self.owner, lease, platforms=on, limit=TAKEN_UP)

    async def _send_alone(self, claim: Claim, turns: asyncio.Semaphore) -> None:
        """Send a post in its turn; what is wrong with one community must not keep the others waiting."""
        try:
            async with turns:
                with on_behalf_of(place_of(claim.platform, claim.platform_community)):
                    await self._send(claim)
        except LostClaim:
            log.warning("post taken over", kind=claim.kind, community=claim.community, period=claim.period)
        except Exception as error:  # noqa: BLE001 - the lease runs out, and a later round tries again
            which = {"kind": claim.kind, "community": claim.community, "period": claim.period}
            log.error("post failed", **which, **recorded(error))  # noqa: TRY400 - a traceback may hold names

    async def _send(self, claim: Claim) -> None:
        messenger = self.messengers[claim.platform]
        to = ToChannel(claim.platform_community, claim.channel or "")
        if claim.is_looked_for:
            # It may be there although the bot never heard so; sending it blindly could post it twice.
            outcome = await attempt("look-up", messenger.find(to, claim.key))
            if not is_absent(outcome):
                await self._settle(claim, outcome, looked=True)
                return
        # Before the mark, whose lease so ends later than this allows.
        moment = moment_after(self.tempo.leaves_within)
        payload = await self._freeze(claim)
        if payload is not None:
            with leaving_by(moment):
                outcome = await attempt("post", messenger.post(to, decode(payload), claim.language, claim.key))
            await self._settle(claim, outcome, looked=False)

    async def _freeze(self, claim: Claim) -> str | None:
        """Freeze the week and keep the text before the first attempt, so that a repeat sends the same."""
        now = self.clock.now()
        return await self.db.write(lambda tx: self._prepare(tx, claim, now))

    def _prepare(self, tx: Tx, claim: Claim, now: datetime) -> str | None:
        if claim.payload is not None:
            posts.sending(tx, claim, claim.payload, now, self.tempo.lease)
            return claim.payload
        community = communities.get(tx, claim.community)
        schedule = self._schedule(claim)
        # One that was looked for after a restore, and is not there.
        is_late = claim.sent_before and is_too_late(claim.due, now)
        reply = Skip("late") if is_late else schedule.compose(tx, community, claim.period, claim.due, self.signer)
        if isinstance(reply, Skip):
            posts.skip(tx, claim, reply.reason)
            self.db.measures.posted(claim.kind, "skipped")
            schedule.refused(tx, community, claim.period, Refused(reply.reason), self.signer, now)
            return None
        payload = encode(reply)
        posts.sending(tx, claim, payload, now, self.tempo.lease)
        return payload

    def _schedule(self, claim: Claim) -> WeeklyPost:
        schedule = self.schedules[claim.kind]
        assert isinstance(schedule, WeeklyPost), claim.kind  # noqa: S101 - only weekly posts are entered
        return schedule

    async def _settle(self, claim: Claim, outcome: Outcome, *, looked: bool) -> None:
        now = self.clock.now()
        await self.db.write(lambda tx: self._record(tx, claim, outcome, now, looked=looked))
        self.db.measures.posted(claim.kind, "uncertain" if looked and isinstance(outcome, Unknown) else word(outcome))
        self.pulse.beat()

    def _record(self, tx: Tx, claim: Claim, outcome: Outcome, now: datetime, *, looked: bool) -> None:
        log.info("post", kind=claim.kind, community=claim.community, period=claim.period, **log_fields(outcome))
        match outcome:
            case Posted():
                posts.posted(tx, claim, outcome.reference)
                self._schedule(claim).lacked(tx, claim, outcome.lack, self.signer, now)
            case Refused():
                posts.fail(tx, claim, outcome.reason)
                if outcome.reason != posts.LEFT:  # where the bot is not there, nobody can be told
                    community = communities.get(tx, claim.community)
                    self._schedule(claim).refused(tx, community, claim.period, outcome, self.signer, now)
            case PutOff():
                posts.put_off(tx, claim, now, outcome.after, doubted=looked and claim.sent_before)
            case Unknown() if looked:
                posts.uncertain(tx, claim)
                self._schedule(claim).uncertain(tx, claim, self.signer, now)
            case Unknown():
                pass  # the lease runs out, and the next round looks for the post
